# The desk: its navigation.
desk-nav = La mesa
desk-nav-home = Hoy
desk-nav-edition = Edición
desk-nav-rooms = Sedes y salas
desk-nav-sessions = Sesiones
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
desk-waits-conflicts = Conflictos en el borrador
desk-waits-positions = Cargos por confirmar
desk-waits-registrations = Inscripciones por decidir
desk-waits-letters = Cartas retenidas o fallidas
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
