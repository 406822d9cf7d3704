# Lo que se imprime: el programa como folleto, la agenda de una persona como hoja.

printed-pdf = PDF para imprimir
printed-agenda-pdf = PDF para imprimir
printed-contents = Índice
printed-by-time = Por hora
printed-by-room = Por sala
printed-sessions = Las sesiones
printed-hour = Hora
printed-session = Sesión
printed-people = Quién interviene
printed-rooms = Las salas
printed-floor = Idiomas hablados: { $languages }
printed-interpreted = Interpretación: { $languages }
printed-ways = Cómo llegar
