# The desk: its navigation.
desk-nav = La mesa
desk-nav-home = Hoy
desk-nav-edition = Edición
desk-nav-rooms = Sedes y salas
desk-nav-sessions = Sesiones
desk-nav-board = Tablero del programa
desk-nav-conflicts = Conflictos
desk-nav-releases = Publicaciones
desk-nav-rules = Reglas
desk-nav-registrations = Inscripciones
desk-nav-categories = Categorías
desk-nav-confirmations = Confirmaciones
desk-nav-organisations = Organizaciones
desk-nav-people = Personas
desk-nav-roll = Registro de miembros
desk-nav-letters = Cartas
desk-nav-audit = Quién hizo qué

# What is done.
done-saved = Guardado.
done-removed = Retirado.
done-stepped = La edición ha dado este paso.
done-placed = La sesión tiene su lugar.
done-unplaced = La sesión ya no tiene lugar.
done-swapped = Las dos sesiones han intercambiado sus lugares.
done-rescheduled = Las sesiones tienen sus nuevas horas.
done-copied = La pausa está copiada.
done-cancelled = Cancelado.
done-waived = El conflicto queda dispensado, con su motivo.
done-unwaived = El conflicto vuelve a contar.
done-released = El programa está publicado.
done-decided = Decidido. La persona recibe una carta.
done-confirmed = Confirmado.
done-confirmed-some = Confirmado donde la prueba basta. Las demás siguen en espera.
done-refused = Rechazado, con el motivo.
done-granted = El cargo está otorgado.
done-ended = Terminado.
done-imported = El registro de miembros está importado.
done-accepted = Aceptado.
done-held = La carta queda retenida.
done-let-go = La carta sale.
done-resent = Sale una nueva copia.

# Today.
desk-today = Lo que espera
desk-waits = En espera
desk-how-many = Cuántos
desk-waits-proposals = Propuestas sin lugar
desk-waits-blocking = Conflictos que bloquean la publicación
desk-waits-conflicts = Otros conflictos del borrador
desk-waits-agendas = Reuniones cuyo orden del día no ha salido
desk-waits-positions = Cargos por confirmar
desk-waits-registrations = Inscripciones por decidir
desk-waits-held = Cartas retenidas
desk-waits-failed = Cartas fallidas
desk-waits-nothing = Nada le espera aquí.
desk-first-run = De una mesa vacía a un congreso abierto
desk-editions = Ediciones
desk-todo-go = Ir
desk-todo-edition = La edición está anunciada
desk-todo-edition-text = { $count ->
    [one] Un idioma; las fechas, la zona y la ciudad aún pueden cambiar.
   *[other] { $count } idiomas; las fechas, la zona y la ciudad aún pueden cambiar.
 }
desk-todo-tracks = Ejes y formatos
desk-todo-tracks-text = { $count } en total, cada uno con sus reglas.
desk-todo-rooms = Sede y salas
desk-todo-rooms-text = { $count ->
    [0] Aún no hay salas.
    [one] Una sala.
   *[other] { $count } salas.
 }
desk-todo-categories = Categorías de inscripción
desk-todo-categories-text = { $count ->
    [0] Sin una, nadie puede inscribirse.
    [one] Una categoría.
   *[other] { $count } categorías.
 }
desk-todo-roll = Registro de miembros
desk-todo-roll-text = { $count ->
    [0] Aún no hay organizaciones: importe el registro, primero en prueba.
   *[other] Hay organizaciones. Importe de nuevo cuando cambie el registro.
 }
desk-todo-sessions = Primeras sesiones
desk-todo-sessions-text = { $count ->
    [0] Aún no hay sesiones.
    [one] Una sesión en el borrador.
   *[other] { $count } sesiones en el borrador.
 }
desk-todo-release = Un programa publicado
desk-todo-release-text = { $count ->
    [0] El público no ve nada antes de la primera publicación.
    [one] Una publicación.
   *[other] { $count } publicaciones.
 }
desk-todo-open = La inscripción está abierta
desk-todo-open-text = Anuncie la edición y luego ábrala: desde entonces la gente se inscribe.

# The edition.
desk-edition-new = Una nueva edición
desk-edition-new-lead = Una edición es un congreso: sus fechas, su ciudad, sus idiomas. Todo lo demás le pertenece.
desk-edition-facts = Datos
desk-edition-title = Título
desk-edition-state = Estado
desk-edition-slug = Nombre en las direcciones
desk-edition-slug-hint = Minúsculas, cifras y guiones: durban-2019
desk-edition-motto = Lema
desk-edition-city = Ciudad
desk-edition-country = País
desk-country-hint = Dos letras, como ZA o FR
desk-edition-zone = Zona horaria
desk-edition-zone-hint = Como Africa/Johannesburg o Europe/Paris
desk-edition-starts-on = Primer día
desk-edition-ends-on = Último día
desk-edition-languages = Idiomas del congreso
desk-edition-mandate-years = Años de un mandato
desk-edition-standard = Comenzar con los ejes, formatos, ámbitos, reglas y categorías habituales
desk-edition-standard-hint = Todo puede cambiarse después.
desk-edition-steps = Una edición avanza paso a paso; cada paso queda anotado.
desk-edition-step = Pasar a: { $state }

# Venues and rooms.
desk-room-new = Añadir una sala
desk-venue-new = Añadir una sede
desk-rooms-none = Aún no hay salas
desk-rooms-none-hint = Añada primero la sede y luego sus salas, con sus plazas y su acceso.
desk-venues = Sedes
desk-room-name = Sala
desk-room-venue = Sede
desk-room-capacity = Plazas
desk-room-capacity-hint = Cuántas personas caben. Vacío: no se sabe.
desk-room-floor = Planta
desk-room-directions = Cómo llegar
desk-room-access = Accesibilidad
desk-room-step-free = Sin escalones
desk-room-hearing-loop = Bucle magnético
desk-room-captions = Subtítulos en directo
desk-room-sign-language = Lengua de signos
desk-room-quiet = Sala tranquila cercana
desk-room-equipment = Equipamiento
desk-room-booths = Cabinas de interpretación
desk-room-streaming = Transmisión en línea
desk-room-layout = Disposición
desk-room-turnaround-minutes = Minutos entre sesiones
desk-room-hours = Horas de apertura
desk-room-opens = Abre
desk-room-closes = Cierra
desk-room-remove = Retirar esta sala
desk-position = Orden
desk-venue-name = Sede
desk-venue-address = Dirección
desk-venue-directions = Cómo llegar

# Sessions.
desk-session-new = Añadir una sesión
desk-sessions-none-hint = Añada la primera sesión; queda en el borrador hasta una publicación.
desk-session-title = Título
desk-session-abstract = Resumen
desk-session-kind = Tipo
desk-session-track = Eje
desk-session-track-hint = Ceremonias, plenarias y pausas no pertenecen a ningún eje.
desk-session-state = Estado
desk-session-day = Día
desk-session-placed = Tiene lugar
desk-session-when = Cuándo y dónde
desk-session-unplaced = Aún sin hora
desk-session-length-minutes = Duración en minutos
desk-session-entry = Cómo se entra
desk-session-capacity = Asientos
desk-session-capacity-hint = Para asientos reservados. Vacío: decide la sala.
desk-session-attendance = Cómo se asiste
desk-session-join-link = Enlace para quienes están en línea
desk-session-languages = Idiomas
desk-session-floor = Idiomas hablados
desk-session-interpreted = Interpretación a
desk-session-access = Lo que requiere
desk-session-code = Código corto
desk-session-local4action = Formato (Local4Action)
desk-session-format = Formato
desk-session-format-kind = Tipo dentro del formato
desk-session-domain = Ámbito
desk-session-other-domains = Otros ámbitos
desk-session-method = Método
desk-session-method-hint = Para un Lab: lo que se hace en él en común.
desk-session-participants-max = Participantes como máximo
desk-session-spheres = Esferas de gobierno
desk-sphere-local = Local
desk-sphere-regional = Regional
desk-sphere-national = Nacional
desk-session-call = Convocatoria de la que procede
desk-session-town-hall = Tema (Town Hall)
desk-session-theme = Tema
desk-session-assembly = Mesa y documentos (Assembly)
desk-session-region-group = Grupo de regiones
desk-session-sector = Sector
desk-session-scope = Tema de la mesa
desk-session-paper = Documento
desk-session-papers = Documentos
desk-session-statutory = Órgano (Estatutario)
desk-session-body = Órgano que se reúne
desk-session-organisers = Organizadores
desk-session-organiser = Organización
desk-session-leads = Dirige la sesión
desk-session-speakers = Ponentes
desk-session-speaker = Nombre
desk-session-speaker-role = En calidad de
desk-session-affiliation = De dónde
desk-session-high-level = De alto nivel
desk-session-elected = Con cargo electo
desk-session-remove = Retirar esta sesión

# Placing.
desk-place = Darle un lugar
desk-move = Moverla
desk-place-room = Sala
desk-place-starts = Comienzo, en la hora del congreso
desk-place-length-minutes = Duración en minutos
desk-place-do = Colocarla y ver los conflictos
desk-unplace = Quitarle su lugar
desk-swap = Intercambiar dos sesiones
desk-swap-lead = Cada una toma la sala y la hora de la otra.
desk-swap-one = Esta sesión
desk-swap-other = Y esta
desk-cancel = Cancelar la sesión
desk-cancel-reason = Motivo, dicho a quienes pensaban venir
desk-cancel-do = Cancelarla

# Conflicts.
desk-conflicts-lead = Lo que se opone al borrador tal como está. Los errores detienen una publicación hasta que se resuelvan o se dispensen con un motivo.
desk-conflicts-none = Ningún conflicto
desk-conflict-sentence = Qué ocurre
desk-conflict-severity = Gravedad
desk-conflict-sessions = Sesiones
desk-conflict-act = Dispensa
desk-waive = Dispensar
desk-waive-reason = Motivo
desk-unwaive = Retirar la dispensa

# Releases.
desk-release-new = Preparar una publicación
desk-release-title = Publicación { $number }: qué cambiaría
desk-releases-none = Aún no hay nada publicado
desk-releases-none-hint = El público ve el programa desde la primera publicación.
desk-release-number = Número
desk-release-name = Nombre
desk-release-name-hint = Vacío: lleva su número.
desk-release-only = Publicar solo lo marcado
desk-release-all = Publicar todo
desk-release-at = Cuándo
desk-release-note = Nota a los lectores
desk-release-draft = Estado del borrador
desk-release-why = Por qué no
desk-release-unchanged = Nada ha cambiado desde la última publicación
desk-release-unchanged-hint = Cambie o coloque primero una sesión.
desk-release-refusals = Aún no pueden publicarse
desk-release-conflicts = Conflictos restantes
desk-release-changes = { $count ->
    [one] Un cambio
   *[other] { $count } cambios
 }
desk-release-told = Una vez publicado, el programa y sus calendarios cambian para quienes pueden ver estas sesiones; quien tiene una sesión cambiada en su agenda ve allí el cambio.
desk-change = Cambio
desk-change-words = En palabras
desk-change-from-to = { $was } → { $is }
desk-change-added = Nueva
desk-change-removed = Ya no se muestra
desk-change-cancelled = Cancelada
desk-change-time = Otra hora
desk-change-room = Otra sala
desk-change-title = Otro título
desk-change-people = Otras personas
desk-change-text = Otros detalles

# Categories.
desk-category-new = Añadir una categoría
desk-categories-none = Aún no hay categorías
desk-categories-none-hint = Sin una, nadie puede inscribirse. Empiece con las habituales o añada las suyas.
desk-categories-seed = Comenzar con las categorías habituales
desk-category-title = Categoría
desk-category-description = Qué es
desk-category-code = Código
desk-category-places-max = Plazas
desk-category-places-hint = Más allá, se espera por orden. Vacío: sin límite.
desk-category-no-limit = Sin límite
desk-category-taken = Ocupadas
desk-category-opens-on = Abre el
desk-category-closes-on = Cierra el
desk-category-tag = Qué hace de las personas
desk-category-tag-hint = Las reglas pueden pedirlo.
desk-category-needs-review = Alguien decide sobre cada una
desk-category-no-sessions = No abre sesiones
desk-category-retired = Ya no se ofrece

# Registrations.
desk-registration-name = Nombre
desk-registration-organisation = Organización
desk-registration-position = Cargo
desk-registration-category = Categoría
desk-registration-state = Estado
desk-registration-number = Número
desk-registration-email = Correo electrónico
desk-registration-person = Esta persona
desk-registration-decide = Decidir
desk-registration-accept = Aceptar
desk-registration-refuse = Rechazar
desk-registration-reason = Motivo
desk-registration-reason-hint = La carta de rechazo lo dice.

# Confirmations.
desk-confirmations-lead = Las mejor probadas primero. Un dominio de correo por sí solo no confirma a nadie: mire esas una por una.
desk-confirmations-none = Ningún cargo espera
desk-confirmations-check = Confirmar los marcados…
desk-confirmations-about-to = { $count ->
    [one] Va a confirmar un cargo.
   *[other] Va a confirmar { $count } cargos.
 }
desk-confirmations-do = { $count ->
    [one] Confirmarlo
   *[other] Confirmar estos { $count }
 }
desk-position-person = Persona
desk-position-kind = Cargo
desk-position-organisation = Organización
desk-position-evidence = Qué lo respalda
desk-position-look = Ver
desk-position-reason = Motivo
desk-position-confirm = Confirmar
desk-position-refuse = Rechazar

# The member roll.
desk-roll-file = Archivo
desk-roll-file-hint = CSV o Excel (XLSX), una organización por fila, con una fila de títulos: nombre, país, tipo, categoría, estado…
desk-roll-charset = Caracteres
desk-charset-utf-8 = UTF-8 (habitual)
desk-charset-windows-1252 = Windows-1252 (Excel antiguos)
desk-roll-try = Probar, sin cambiar nada
desk-roll-plan = Qué haría la importación
desk-roll-plan-lead = Aún no se ha cambiado nada.
desk-roll-name = Organización
desk-roll-row = Fila
desk-roll-fate = Qué pasa con ella
desk-roll-changes = Cambios
desk-roll-messages = Por revisar
desk-roll-good-rows-only = Dejar las filas con errores y tomar las demás
desk-roll-apply = Importarlo ahora
desk-roll-too-long = Este archivo es demasiado largo para guardarlo entre dos páginas. Divídalo o envíelo a la interfaz de programación.
desk-roll-again = Otro archivo
desk-fate-create = Nuevas
desk-fate-update = Cambiadas
desk-fate-unchanged = Ya conocidas
desk-fate-error = Con errores

# Rules.
desk-rules-lead = Cada regla es una frase. La más cercana prevalece: una sesión sobre su formato, un formato sobre su eje.
desk-rules-others = Otras reglas
desk-scope-general = Todo
desk-scope-track = Eje
desk-scope-kind = Tipo de sesión
desk-scope-body = Órgano
desk-scope-format = Formato
desk-scope-session = Sesión
desk-scope-door = Puerta
desk-act-read = ver
desk-rule-of = Regla de
desk-rule-act = Para
desk-rule-sentence = Quién puede
desk-rule-none = Sin regla propia: vale la más general.
desk-rule-edit = Cambiar
desk-rule-change = Cambiar la regla
desk-rule-try = Probarla con alguien
desk-rule-try-name = Nombre de la persona
desk-rule-admits = { $name } puede hacerlo ({ $act }).
desk-rule-refuses = { $name } no puede hacerlo ({ $act }), porque la regla dice: { $sentence }
desk-rule-any-of = Una de estas cosas
desk-rule-any-of-hint = Solo esto deja entrar. Sin marcar nada, nadie puede.
desk-rule-all-of = Y todas estas
desk-rule-all-of-hint = Restringe la primera.
desk-rule-none-of = Y ninguna de estas
desk-rule-none-of-hint = Excepciones.
desk-rule-rule = Regla
desk-rule-nested = Esta regla contiene otras; quedan como están.
desk-rule-reading = Cómo leerla
desk-rule-reading-hint = Donde el texto de origen deja una duda.
desk-rule-preview = Ver quién gana y quién pierde
desk-rule-preview-title = Quién ganaría y quién perdería
desk-rule-preview-people = { $count ->
    [one] Hay una persona inscrita.
   *[other] Hay { $count } personas inscritas.
}
desk-rule-preview-nobody = Nada cambia para las personas inscritas.
desk-rule-preview-category = Categoría
desk-rule-preview-gain = Ganarían
desk-rule-preview-lose = Perderían
desk-rule-preview-all = En total
desk-rule-preview-first-gain = Ganarían, primeras por nombre: { $names }
desk-rule-preview-first-lose = Perderían, primeras por nombre: { $names }
desk-rule-preview-seats = Quienes perderían tienen estas plazas, se les ofrecen o las esperan. Elija más abajo qué pasa con ellas.
desk-rule-lost-seats = Las plazas de quienes pierden
lost-seats-keep = Las conservan
lost-seats-release = Pasan a quienes siguen en la lista; una carta lo dice a cada uno. Quien puede asistir por una invitación o un órgano conserva la suya
desk-rule-preview-limits = Lo que depende de una sola sesión no se cuenta: una invitación, la composición de un órgano, una convocatoria.
desk-rule-same = La misma que para proponer

# Letters and audit.
desk-letters-none = Ninguna carta
desk-letter-subject = Asunto
desk-letter-to = Para
desk-letter-language = Idioma
desk-letter-state = Estado
desk-letter-written = Escrita
desk-letter-sent = Enviada
desk-letter-error = Qué falló
desk-letter-hold = Retenerla
desk-letter-release = Dejarla salir
desk-letter-cancel = Cancelarla
desk-letter-resend = Enviar una nueva copia
desk-audit-at = Cuándo
desk-audit-who = Quién
desk-audit-nobody = El sistema
desk-audit-act = Acto
desk-audit-object-kind = Tipo de objeto
desk-audit-object = Su número
desk-audit-day = Día
desk-audit-erased = borrado con la persona
desk-audit-facts = Hechos

# People and their roles.
desk-person-name = Nombre
desk-person-badge = En la credencial
desk-person-language = Idioma
desk-person-positions = Cargos
desk-person-roles = Funciones
desk-position-state = Estado
desk-standing-role = Función
desk-standing-scope = Sobre
desk-standing-scope-ref = Cuál
desk-standing-scope-ref-hint = El código de un eje o sección, o el número de la cosa; nada para todas partes.
desk-standing-basis = Con qué fundamento
desk-standing-basis-hint = Una decisión, una carta, una fecha: quien lee la auditoría la ve.
desk-standing-grant = Otorgar una función
desk-standing-end = Hasta
desk-standing-end-do = Terminarla ahora
desk-standing-over = Terminada
desk-over-everywhere = En todas partes
desk-over-edition = Edición
desk-over-track = Eje
desk-over-organisation = Organización
desk-over-body = Órgano
desk-over-session = Sesión
desk-over-theme = Tema
desk-over-section = Sección

# Organisations.
desk-organisation-new = Añadir una organización
desk-organisations-none-hint = Importe el registro de miembros o añada una a mano.
desk-organisation-name = Nombre
desk-organisation-names = Su nombre en otros idiomas
desk-organisation-acronym = Siglas
desk-organisation-kind = Tipo
desk-organisation-country = País
desk-organisation-section = Sección de CGLU
desk-organisation-site = Sitio web
desk-organisation-email-domain = Dominio de correo
desk-organisation-email-domain-hint = Un indicio para las confirmaciones; por sí solo no confirma a nadie.
desk-organisation-despite-lookalike = Es otra, aunque los nombres se parezcan
desk-organisation-state = Estado
desk-organisation-membership = Membresía
desk-organisation-accept = Aceptar esta propuesta
desk-organisation-people = Personas y cargos
desk-organisation-focal-points = Puntos focales
desk-organisation-focal-point = Nuevo punto focal
desk-organisation-memberships = Membresías
desk-membership-category = Categoría
desk-membership-state = Estado
desk-membership-step = Siguiente paso
desk-membership-to = Pasar a
desk-membership-reason = Motivo
desk-membership-go = Dar este paso
desk-membership-admit = Registrar una membresía
desk-organisation-dues = Cuotas
desk-dues-year = Año
desk-dues-state = Estado
desk-dues-paid-on = Pagada el
desk-dues-record = Registrar la cuota
desk-organisation-relations = Relaciones
desk-relation-kind = Relación
desk-relation-other = Con qué organización
desk-relation-basis = Con qué fundamento
desk-relation-record = Registrar la relación
desk-relation-end = Terminarla

# States that wait.
registration-state-waiting = En espera de plaza
letter-state-waiting = En espera de salir

desk-nav-catalogue = Ejes y formatos
desk-track-new = Añadir un eje
desk-track-title = Título
desk-track-subtitle = Subtítulo
desk-track-description = En sus propias palabras
desk-track-places-max = Plazas
desk-track-places-max-hint = El máximo de personas admitidas en el eje; déjelo vacío si no hay límite.
desk-track-position = Orden
desk-track-code = Código
desk-track-remove = Quitar este eje
desk-no-limit = sin límite
desk-code = Código
desk-code-hint = Breve, para direcciones y archivos; se forma del título si está vacío.
desk-formats = Formatos de sesión
desk-format-new = Añadir un formato
desk-format-unnamed = Un formato por completar
desk-format-empty-lead = Este formato aún no tiene reglas. Dele un título y lo que pide a las sesiones; luego indique en Reglas quién puede proponer y asistir.
desk-format-title = Título
desk-format-tagline = Invitación en una línea
desk-format-lengths = Minutos: mínimo · habitual · máximo
desk-format-state = Estado
desk-format-code = Código
desk-format-position = Orden
desk-format-terms = Lo que pide a sus sesiones
desk-format-minutes-min = Duración mínima, en minutos
desk-format-minutes-usual = Duración habitual, en minutos
desk-format-minutes-max = Duración máxima, en minutos
desk-format-needs-call = Las sesiones llegan solo por una convocatoria
desk-format-interactive = Las sesiones indican su método y el máximo de participantes
desk-format-high-level = Las sesiones cuentan con una persona oradora de alto rango
desk-format-spheres = Las sesiones nombran los niveles de gobierno implicados
desk-format-kinds = Tipos dentro del formato
desk-format-kind = Título de un tipo
desk-format-retire = No ofrecer más este formato
desk-format-bring-back = Ofrecer de nuevo este formato
desk-format-remove = Quitar este formato
desk-domains = Ámbitos de política
desk-domain-new = Añadir un ámbito
desk-domain-title = Título
desk-domain-state = Estado
desk-domain-code = Código
desk-domain-position = Orden
desk-domain-retired = No se ofrece a las sesiones nuevas
desk-domain-remove = Quitar este ámbito

# Temas del Cabildo Público.
desk-themes = Temas del Cabildo Público
desk-theme-new = Añadir un tema
desk-theme-title = Título
desk-theme-question = La pregunta que plantea
desk-theme-code = Código
desk-theme-position = Orden
desk-theme-led-by = Lo dirige
desk-theme-state = Estado
desk-theme-retired = No se ofrece a las sesiones nuevas
desk-theme-remove = Quitar este tema
desk-theme-partners = Organizaciones que lo respaldan
desk-theme-leads = Quién lo dirige
desk-theme-leads-hint = Preparan las sesiones de este tema y pertenecen a una de sus organizaciones.
desk-partner-organisation-name = Organización
desk-partner-organisation-hint = Escriba el comienzo de su nombre. Quien dirige procede de la sociedad civil.
desk-partner-role = Parte en el tema
desk-partner-since = Desde
desk-partner-end = Fin
desk-partner-end-do = Terminar su parte
desk-partner-name = Nombrar a esta organización
desk-lead-person = Persona
desk-lead-since = Desde
desk-lead-dismiss = Fin
desk-lead-dismiss-do = Retirarle la dirección
desk-lead-name = Nombrar para dirigir
desk-lead-nobody = Nadie tiene todavía un cargo confirmado en una de sus organizaciones. Nombre antes una organización, o confirme un cargo.

# De qué tratan las sesiones de la Asamblea.
desk-scopes = Regiones y sectores de las sesiones
desk-scopes-standard = Estos se ofrecen mientras no cambie ni añada ninguno; después, la lista es propia de este congreso.
desk-sitting-new = Añadir un grupo de regiones o un sector
desk-sitting-title = Título
desk-sitting-kind = Clase
desk-sitting-code = Código
desk-sitting-position = Orden
desk-sitting-sections = Secciones
desk-sitting-sections-hint = Un grupo de regiones tiene al menos una.
desk-sitting-remove = Quitar este

desk-nav-meetings = Reuniones estatutarias
desk-meetings-none = Todavía no hay reuniones
desk-meetings-none-hint = Prevea una para un órgano a continuación; luego asígnele sala y hora como a cualquier sesión.
desk-meeting-plan = Prever una reunión
desk-meeting-title = Título
desk-meeting-title-hint = El nombre del órgano si se deja vacío.
desk-meeting-body = Órgano
desk-meeting-when = Cuándo
desk-meeting-state = Estado
desk-meeting-length-minutes = Minutos
desk-meeting-place = Sala y hora
desk-meeting-see = Verla como los miembros
desk-meeting-doors = Tres puertas
desk-meeting-line = La línea en el programa
desk-meeting-room = La sala
desk-meeting-papers = Documentos de la reunión
desk-meeting-agenda = Orden del día
desk-meeting-agenda-none = Todavía no hay puntos.
desk-meeting-due = El orden del día debe salir antes del
desk-meeting-agenda-send = Enviar el orden del día
desk-meeting-agenda-sent = El orden del día salió el { $when }.
desk-item-new = Añadir un punto
desk-item-title = Punto
desk-item-kind = Lo que se pide
desk-item-papers = Documentos
desk-paper-new = Añadir un documento
desk-paper-item = Para qué punto
desk-paper-title = Título
desk-paper-title-hint = El nombre del archivo si se deja vacío.
desk-paper-language = Idioma
desk-paper-audience = Para quién
desk-paper-file = Archivo
desk-paper-file-hint = PDF, Word, OpenDocument, Excel, PowerPoint o texto; 25 MiB como máximo.
audience-papers = Quien lea los documentos de la reunión
audience-roster = Solo quienes integran el órgano

desk-nav-bodies = Órganos
desk-body-name = Órgano
desk-body-what = Qué hace
desk-body-computed = Aquí no se inscribe a nadie: todo miembro, al corriente o en mora, pertenece por su membresía.
desk-body-roster = Quiénes lo integran
desk-body-roster-hint = Para nombrar a alguien, abra su página en Personas.
desk-seat-person = Persona
desk-seat-organisation = Por
desk-seat-basis = Con qué fundamento
desk-seat-basis-hint = La decisión o elección, con su fecha.
desk-seat-since = Desde
desk-seat-end = Fin
desk-seat-end-do = Terminar este puesto
desk-seat-over = hasta el { $day }
desk-seat-body = Órgano
desk-seat-name = Nombrar en un órgano
