# Los textos, tal como los muestran las páginas.
text-stale = Dice lo que el párrafo decía antes
text-unchanged = Nada cambió entre estas dos versiones.
text-change-changed = Cambiado
text-change-added = Añadido
text-change-removed = Suprimido
text-change-moved = Movido
text-change-same = Sin cambios
