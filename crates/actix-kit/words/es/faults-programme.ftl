# Editions, rooms, sessions, releases and imports.
fault-edition_over = Este congreso está archivado o cancelado: ya nada cambia en él.
fault-room_taken = La sala tiene entonces { $session }, o muy poco antes o después. Elija otra sala u otra hora.
fault-room_kept = La sala no está libre entonces. Elija otra sala u otra hora.
fault-track_closed = Aquí no se puede planificar ninguna sesión de este eje: no está configurado. Elija otro.
fault-session_over = Esta sesión se canceló o ya tiene informe: no cambia más.
fault-already_released = Esta sesión ya se publicó. Muévala o cancélela para que se avise a la gente.
fault-conflicts_left = Quedan conflictos que impiden publicar. Resuélvalos o acéptelos indicando el motivo.
fault-would_clash = Esto crea conflictos que el congreso no admite. Elija otro lugar u hora, o diga por qué pueden quedar.
fault-nothing_to_release = Nada ha cambiado desde la última publicación.
fault-no_such_conflict = Ese conflicto ya no existe. Mire la lista de nuevo.
fault-format_in_use = Hay sesiones que usan este formato. Retírelo en vez de eliminarlo.
fault-not_open_yet = Se abre a las { $opens_at }. Vuelva entonces.
fault-in_use_by_sessions = Hay sesiones que lo usan. Cámbielas antes.
fault-rule_changed = Alguien cambió esta regla entretanto. Léala de nuevo y repita su cambio.

# Files that are imported.
fault-not_xml = El archivo no se puede leer como XML. Expórtelo de nuevo y envíelo.
fault-xml_with_dtd = El archivo declara un tipo de documento, lo que no se acepta. Expórtelo sin él.
fault-xml_too_deep = El archivo anida más que cualquier programa (como máximo { $most }). Compruebe que lo es.
fault-xml_too_many = El archivo tiene más elementos que cualquier programa (como máximo { $most }). Divídalo.
fault-not_a_schedule = Es XML, pero no un programa. Envíe un schedule.xml con días y sesiones.
fault-nothing_to_import = Ninguna sesión del archivo se puede usar. Revise sus fechas, salas y títulos.
fault-row_twice = La fila { $row } trata de la misma sesión. Deje una sola.

# Beside a field.
fault-not_placed = Esta sesión aún no tiene lugar en el programa. Colóquela antes.
fault-unknown_choice = Elija de la lista.
fault-reserved = Este código lo usa el propio sitio. Elija otro.
fault-not_a_time = No es una hora. Escríbala así: 09:30, o con su día: 2019-11-14T09:30.
fault-not_a_link = No es una dirección de la web. Empieza por https:// o http://.
fault-not_a_moment = No es un instante. Escríbalo así: 2019-11-14T09:30:00Z.
fault-not_a_number = No es un número.
fault-not_a_zone = No es una zona horaria. Escríbala así: Africa/Johannesburg.
fault-not_hours = No son horas de apertura. La sala abre antes de cerrar, por ejemplo 08:00 y 18:30.
fault-skipped_hour = Ese día los relojes saltan esta hora. Elija otra.
fault-hour_twice = Ese día los relojes marcan esta hora dos veces. Diga si es la primera o la segunda.
fault-rule_too_deep = La regla anida demasiado. Simplifíquela.
fault-rule_too_long = La regla es demasiado larga. Acórtela.
fault-rule_without_any_of = Diga quién puede: elija al menos una línea bajo «alguno de».
fault-unknown_atom = La regla nombra algo desconocido. Elija de la lista.
fault-format_empty = Este formato aún no está definido. Elija otro.
fault-format_retired = Este formato ya no admite sesiones. Elija otro.
fault-zero_length = El fin debe ser posterior al comienzo.
fault-outside_edition = Está fuera de los días del congreso.
fault-kind_not_of_track = Este eje no tiene sesiones de este tipo. Elija otro.
fault-change_by_placing = La duración de una sesión colocada se cambia colocándola de nuevo.
fault-same_session = Elija una sesión distinta de esta.
fault-not_a_slug = Letras minúsculas de la a a la z y cifras, dos como mínimo; pueden unirse con guiones.
fault-choose_two = Marque exactamente dos sesiones.
fault-too_many_entries = Son demasiados. Quite algunos.
fault-fixed_severity = La gravedad de este control no puede cambiar.
fault-same_venue = Elija otra sede.
fault-choose_two_rooms = Marque sesiones de exactamente dos salas.
fault-only_breaks = Solo se copian las pausas y los bloqueos.
