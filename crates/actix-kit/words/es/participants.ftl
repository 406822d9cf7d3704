# Lo que se ve del congreso mientras transcurre: ahora y a continuación, la agenda propia, las pantallas.

now-title = Ahora y a continuación
now-clock = En el congreso son las { $when }.
now-views = Qué sesiones
now-all = Todas
now-mine = Mi agenda
now-said = El programa ha cambiado; lo que ve está al día.
now-time-was = Estaba prevista: { $time }.
now-room-was = Sala prevista: { $room }.
now-empty = No hay nada en curso
now-empty-hint = Lo que empieza a continuación figura aquí en cuanto se sabe.

agenda-alone = Mi agenda en una página aparte
agenda-misfits = { $count ->
    [one] Una sesión no es compatible con otra.
   *[other] { $count } sesiones no son compatibles con otra.
}
agenda-walk = { $needed } minutos de camino con «{ $title }», y { $minutes } entre ambas.

filter-understood = Las sesiones que entiendo
filter-understood-hint = Celebradas en uno de estos idiomas, o interpretadas a uno de ellos.

screens-title = Pantallas
screens-hint = Para el vestíbulo y las puertas de las salas: abra una en cada pantalla y déjela; se actualiza sola.
screens-lobby = Vestíbulo
screens-lobby-heading = Programa
screens-nothing-on = No hay nada en curso.
screens-nothing-next = Nada más por ahora.
