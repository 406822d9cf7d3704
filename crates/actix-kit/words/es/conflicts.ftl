# What is wrong with a programme, or may be. $codes: the sessions it is about.
conflict-room-taken = { $codes }: en la misma sala a la misma hora.
conflict-turnaround = { $codes }: menos de { $minutes } minutos entre ellas en la misma sala.
conflict-person-conflict = { $codes }: { $name } participa en ambas a la misma hora.
conflict-plenary-conflict = { $codes }: a la misma hora que una sesión que es para todos.
conflict-precedence = { $codes }: en orden equivocado. Lo que va antes prepara lo que viene después.
conflict-outside-edition = { $codes }: fuera de los días del congreso.
conflict-too-short = { $codes }: { $minutes } minutos son menos que los { $least } que pide su formato.
conflict-too-long = { $codes }: { $minutes } minutos son más que los { $most } que permite su formato.
conflict-no-room = { $codes }: tiene hora y no tiene sala.
conflict-room-closed = { $codes }: la sala abre de { $opens } a { $closes } ese día.
conflict-room-too-small = { $codes }: la sala tiene { $seats } asientos para { $places } plazas.
conflict-interpretation-missing = { $codes }: la sala tiene { $booths } cabinas para { $languages } lenguas de interpretación.
conflict-accessibility-mismatch = { $codes }: pide un acceso que su sala no ofrece, o del que nadie ha dicho nada.
conflict-roster-empty = { $codes }: nadie forma parte de este órgano ese día.
conflict-one-sphere-only = { $codes }: participan menos de dos esferas de gobierno.
conflict-default-above-lab-minimum = Los { $minutes } minutos habituales de { $format } no son menos que los { $minimum } que dura al menos { $lab }.
conflict-lead-not-of-theme = { $codes }: la dirige una organización que no es socia de su tema.
