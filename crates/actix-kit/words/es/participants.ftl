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
