# El tablero del programa.
board-title = Tablero del programa
board-help = Intro o Espacio toma esta sesión para moverla. Mayúsculas e Intro abren su formulario.
board-undo = Deshacer
board-redo = Rehacer
board-snap = Paso, en minutos:
board-snap-of = Paso de { $count } minutos
board-zoom = Tamaño:
board-zoom-small = pequeño
board-zoom-normal = normal
board-zoom-large = grande
board-rooms = Salas
board-rooms-of = Salas { $first } a { $last }
board-unscheduled = Sin lugar
board-search = Palabras del título
board-all-placed = Nada espera un lugar.
board-waiting = { $code }, { $count } min
board-more = { $count ->
    [one] Y una más: búsquela.
   *[other] Y { $count } más: búsquelas.
 }
board-more-conflicts = { $count ->
    [one] Y un conflicto más
   *[other] Y { $count } conflictos más
 }
board-no-room = Sin sala
board-choose = Marcar { $title }
board-bulk = Las sesiones marcadas:
board-minutes = Minutos (menos de 0: antes)
board-reason = Motivo, si un error puede quedar
board-shift = Poner más tarde
board-swap = Intercambiar los lugares de dos
board-place = Colocar por formulario
board-place-lead = La sesión toma esta sala desde entonces.
desk-place-session = Sesión
board-place-length-hint = Vacío, conserva su duración.
board-back = Volver al tablero
board-held = Tiene { $title }. Las flechas la mueven { $snap } minutos y de sala, Re Pág y Av Pág de día. Intro la suelta, Supr le quita el lugar, Escape la devuelve.
board-dropped = { $title }: ahora en { $room }, { $time }.
board-unplaced = { $title }: ahora sin lugar.
board-stays = { $title } se queda donde estaba.
board-theirs = Otra persona movió { $title }: { $room }, { $time }.
board-theirs-moved = Se movió { $title } ({ $name }, { $at }): ahora en { $room }, { $time }.
board-theirs-unplaced = { $title } ya no tiene lugar ({ $name }, { $at }).
board-theirs-changed = Se modificó { $title } ({ $name }, { $at }). Su lugar no cambió.
board-somebody = otra persona
board-you = usted, en otra ventana
board-free = Nada se opone.
board-unavailable = No disponible a esa hora.
board-nowhere = Sin lugar
board-refused = No se puede hacer
board-clash = Esto crea un conflicto que el congreso no admite
board-let-stand = Dejarlo y mover
board-leave = No hacer nada
board-stale = Otra persona pasó entretanto
board-take-over = Tomar el control
board-undone = Deshecho.
board-redone = Rehecho.
board-pick-some = Marque al menos una sesión.
board-pick-two = Marque exactamente dos sesiones.
board-offline = El servidor no responde. No se movió nada.
board-stretch = Alargar
board-close-gaps = Cerrar los huecos
board-exchange = Intercambiar dos salas
board-copy = Copiar una pausa
board-copy-which = ¿Qué pausa o bloqueo se copia a otras salas?
board-copy-none = Ninguna pausa ni bloqueo tiene lugar todavía.
board-copy-lead = { $session }: tendrá lugar también, a la misma hora, en las salas marcadas. Si una de ellas está ocupada, no se copia nada.
desk-copy-rooms = Salas
desk-copy-do = Copiar
