# Palabras de los códigos: el mensaje de un código es `<clase>-<código>`.

# Idiomas.
language-en = Inglés
language-fr = Francés
language-es = Español
language-pt = Portugués
language-ar = Árabe
language-ru = Ruso
language-zh = Chino
language-tr = Turco
language-zu = Zulú
language-ko = Coreano
language-ca = Catalán
language-de = Alemán
language-it = Italiano
language-sw = Suajili
language-id = Indonesio
language-ja = Japonés
language-ils = Signos internacionales
language-other = Otro idioma

# Estados de una edición.
edition-state-draft = Borrador
edition-state-announced = Anunciada
edition-state-open = Abierta
edition-state-running = En curso
edition-state-closed = Cerrada
edition-state-archived = Archivada
edition-state-cancelled = Cancelada

# Clases de sesión.
session-kind-sitting = Sesión de la Asamblea
session-kind-world_assembly = Asamblea Mundial
session-kind-town_hall = Cabildo Público
session-kind-local4action = Local4Action
session-kind-statutory = Reunión estatutaria
session-kind-plenary = Plenaria
session-kind-special = Sesión especial
session-kind-parallel = Sesión paralela
session-kind-hub = Hub
session-kind-ceremony = Ceremonia
session-kind-break = Pausa
session-kind-blocker = Bloqueo, solo secretaría

# Cómo se entra.
entry-walk_in = Entrada libre
entry-seat = Plazas reservadas
entry-invitation = Por invitación

# Cómo se asiste.
attendance-in_person = En la sala
attendance-online = En línea
attendance-mixed = En la sala y en línea

# Estados de una sesión.
session-state-proposed = Propuesta
session-state-scheduled = Programada
session-state-published = Publicada
session-state-moved = Trasladada
session-state-live = En curso
session-state-held = Celebrada
session-state-reported = Con informe
session-state-cancelled = Cancelada

# Estados de un formato.
format-state-active = En uso
format-state-empty = Aún sin reglas
format-state-retired = Retirado

# Sí, no o no se sabe.
known-yes = Sí
known-no = No
known-unknown = No se sabe

# Quién interviene, y en calidad de qué.
speaker-role-chair = preside
speaker-role-moderator = modera
speaker-role-speaker = interviene
speaker-role-presenter = presenta
speaker-role-respondent = responde
speaker-role-rapporteur = relata
speaker-role-lead = dirige

# Lo que ofrece una sala o una sesión.
access-step_free = Sin escalones
access-hearing_loop = Bucle magnético
access-captions = Subtítulos en directo
access-sign_language = Lengua de señas
access-quiet_room = Sala tranquila cerca

# Clases de organización.
organisation-kind-city = Ciudad
organisation-kind-metropolis = Metrópolis
organisation-kind-region = Región
organisation-kind-national_association = Asociación nacional de gobiernos locales
organisation-kind-regional_association = Asociación regional de gobiernos locales
organisation-kind-international_lg_network = Red internacional de gobiernos locales
organisation-kind-national_government = Gobierno nacional
organisation-kind-un_agency = Agencia de las Naciones Unidas
organisation-kind-international_organisation = Organización internacional
organisation-kind-ngo = Organización de la sociedad civil
organisation-kind-academia = Universidad o investigación
organisation-kind-foundation = Fundación
organisation-kind-company = Empresa
organisation-kind-press = Prensa
organisation-kind-section = Sección de CGLU
organisation-kind-consultation_mechanism = Mecanismo de consulta
organisation-kind-other = Otra

# Estados de una organización.
organisation-state-proposed = Propuesta
organisation-state-active = Activa
organisation-state-merged = Fusionada

# Categorías de miembro.
membership-category-individual = Gobierno local
membership-category-association = Asociación
membership-category-international_organisation = Organización internacional
membership-category-associate = Miembro asociado
membership-category-honorary = Miembro honorario
membership-category-section = Sección

# Estados de una afiliación.
membership-state-applied = Solicitada
membership-state-approved = Aprobada
membership-state-awaiting_fee = A la espera de la primera cuota
membership-state-active = Al corriente
membership-state-in_arrears = Con cuotas pendientes
membership-state-suspended = Suspendida
membership-state-excluded = Excluida
membership-state-resigned = Retirada

# Cuota de un año.
dues-state-paid = Pagada
dues-state-partial = Pagada en parte
dues-state-waived = Dispensada
dues-state-due = Pendiente

# Relaciones de una organización.
relation-gtf_network = Red de la Global Taskforce
relation-sister_org = Organización hermana
relation-uclg_partner = Socio de CGLU
relation-global_institutional_partner = Socio institucional mundial
relation-national_government_partner = Gobierno nacional asociado
relation-civil_society_partner = Socio de la sociedad civil
relation-stakeholder = Parte interesada
relation-consultation_mechanism = Mecanismo de consulta
relation-member_of_network = Miembro de una red

# Cargos.
position-mayor = Alcaldía
position-governor = Gobernación o presidencia regional
position-minister = Ministerio
position-head = Dirección de la organización
position-councillor = Concejalía
position-staff = Personal técnico
position-delegate = Persona delegada
position-other = Otro

# Estados de un cargo.
position-state-requested = Por confirmar
position-state-confirmed = Confirmado
position-state-refused = No confirmado
position-state-ended = Terminado

# Lo que respalda un cargo.
evidence-member_roll_contact = Contacto en el registro de miembros
evidence-document = Documento
evidence-email_domain = Dominio del correo
evidence-none = Nada todavía

# Secciones de CGLU.
section-africa = África
section-asia_pacific = Asia-Pacífico
section-eurasia = Eurasia
section-europe = Europa
section-latin_america = América Latina
section-mewa = Oriente Medio y Asia Occidental
section-north_america = América del Norte
section-metropolitan = Sección Metropolitana
section-regions = Foro de Regiones

# Funciones.
role-platform_admin = Administración del sitio
role-secretariat = Secretaría
role-section_officer = Responsable de sección
role-commission_secretariat = Secretaría de una comisión
role-theme_lead = Responsable de un tema
role-drafter = Redacción de un documento
role-session_lead = Responsable de una sesión
role-rapporteur = Relatoría
role-chair = Presidencia
role-returning_officer = Responsable del escrutinio
role-scrutineer = Persona escrutadora
role-registrar = Responsable de inscripciones
role-badge_desk = Mesa de credenciales
role-scanner = Control de puertas
role-translator = Traducción
role-press_officer = Servicio de prensa
role-care_desk = Atención a necesidades
role-gtf_convener = Convocatoria de la Global Taskforce
role-focal_point = Punto focal de una organización
role-body_member = Miembro de una instancia
role-participant = Participante

# Admisión a un eje.
admission-requested = Solicitada
admission-admitted = Admisión concedida
admission-waiting = En espera
admission-refused = Admisión denegada
admission-withdrawn = Retirada

# Estados de una inscripción.
registration-state-draft = Empezada
registration-state-pre_registered = Preinscripción
registration-state-applied = Enviada
registration-state-pending_network = A la espera de la red
registration-state-pending_proof = A la espera de un justificante
registration-state-pending_review = En revisión
registration-state-approved = Aprobada
registration-state-awaiting_payment = A la espera del pago
registration-state-confirmed = Confirmada
registration-state-badge_issued = Credencial emitida
registration-state-checked_in = Llegada registrada
registration-state-attended = Participación realizada
registration-state-rejected = Rechazada
registration-state-expired = Caducada
registration-state-cancelled = Cancelada
registration-state-refund_due = Por reembolsar
registration-state-refunded = Reembolsada

# Plazas.
seat-state-reserved = Reservada
seat-state-waiting = Lista de espera
seat-state-offered = Ofrecida
seat-state-released = Devuelta
seat-state-confirmed = Reservada
seat-state-expired = Oferta caducada

# Gravedad de un conflicto.
severity-block_move = Rechaza el cambio
severity-block_release = Impide publicar
severity-ignore = No se avisa
severity-warning = Advertencia
severity-info = Para información
severity-waived = Dispensado

# Cartas.
letter-state-held = Retenida
letter-state-queued = Por enviar
letter-state-sending = Enviándose
letter-state-sent = Enviada
letter-state-failed = Fallida
letter-state-cancelled = Retirada

# Qué es una organización para un tema, y de qué trata una sesión.
partner-role-lead = Lo dirige
partner-role-co = Se suma
scope-kind-continental = Grupo de regiones
scope-kind-sectoral = Sector

# Documentos, y lo que se dice de ellos.
paper-track-assembly = Documento de posición
paper-track-town_hall = Documento de política
paper-state-invited = Solicitado
paper-state-declined = Declinado
paper-state-drafting = En redacción
paper-state-submitted = Entregado
paper-state-screened = Examinado
paper-state-returned = Devuelto a su equipo
paper-state-published = Publicado
paper-state-open_comment = Abierto a comentarios
paper-state-presented = Presentado
paper-state-discussed = Discutido con los miembros
paper-state-debated = Debatido con otros colectivos
paper-state-consolidated = Consolidado
paper-state-final = Definitivo
paper-state-result_recorded = Resultado registrado
paper-state-transmitted = Transmitido a la Asamblea Mundial
paper-state-withdrawn = Retirado
paper-state-superseded = Sustituido por otro
paper-role-drafter = Redacción
paper-role-translator = Traducción
paper-step-begun = Comenzado
paper-step-went = Siguió adelante
paper-step-deadline_set = Plazo fijado
paper-step-revoked = Invitación retirada
paper-step-published = Versión publicada
paper-step-comments_opened = Comentarios abiertos
priority-kind-continental = Prioridad continental
priority-kind-sectoral = Prioridad sectorial
priority-kind-thematic = Prioridad temática
comment-position-support = A favor
comment-position-neutral = Neutral
comment-position-oppose = En contra
comment-state-posted = Publicado
comment-state-moderated = Ocultado por la moderación
comment-state-withdrawn = Retirado por quien lo escribió
disposition-accepted = Aceptado
disposition-partly = Aceptado en parte
disposition-not_accepted = No aceptado
alignment-complete = Completo
alignment-partly = Traducido en parte
alignment-missing = Sin traducir

# Cabildo Público: caucus, sus listas de preguntas, resultados de las sesiones, lo que le falta a un tema.
answer-kind-yes_no = Sí o no
answer-kind-extent = En qué medida
answer-kind-words = Con palabras
answer-value-yes = Sí
answer-value-partly = En parte
answer-value-no = No
answer-value-not_concerned = No atañe a este documento
review-state-asked = Pedida
review-state-answered = Respondida
deliberation-state-recorded = Anotado
deliberation-state-closed = Cerrado y transmitido
theme-lack-lead = Ningún socio lidera el tema.
theme-lack-lead_person = Ninguna persona lidera el tema.
theme-lack-introduction = La página presenta el tema en menos idiomas de los que tiene el congreso.
theme-lack-paper = El tema no tiene documento.
theme-lack-consultation = Nadie ha dicho cuándo recibe comentarios el documento.
theme-lack-consultation_short = Antes del congreso faltan { $days ->
    [one] un día
   *[other] { $days } días
 } para los { $months } meses en que el documento recibe comentarios.
theme-lack-dispositions = { $comments ->
    [one] De un comentario
   *[other] De { $comments } comentarios
 } no se ha dicho qué se hizo.
theme-lack-reviews = Hay caucus a los que no se pidió su revisión o que no han respondido.
theme-lack-session = Ninguna sesión del Cabildo Público trata el tema.
theme-lack-result = La sesión { $code } ha terminado y no se ha cerrado.

# Lo que decide un congreso.
outcome-kind-declaration = Declaración política
outcome-kind-recommendation = Recomendación política
outcome-kind-political_position = Posición política
outcome-state-drafted = En preparación
outcome-state-received = Recibido
outcome-state-presented = Presentado
outcome-state-debated = Debatido
outcome-state-adopted = Adoptado
outcome-state-amended_adopted = Adoptado con enmiendas
outcome-state-returned = Devuelto
outcome-state-not_adopted = No adoptado
outcome-source-assembly_paper = Documento de posición de la Asamblea
outcome-source-town_hall_session = Sesión del Cabildo Público
outcome-source-special_session = Sesión especial
agenda-phase-definition = Definición
agenda-phase-follow_up = Seguimiento
agenda-phase-review = Examen
reference-addressee-gtf = Global Taskforce
reference-addressee-uclg = Ciudades y Gobiernos Locales Unidos
reference-field-policy = Desarrollo de políticas
reference-field-advocacy = Incidencia
reference-field-work_plan = Planes de trabajo
response-answer-accepted = Aceptada
response-answer-partly = Aceptada en parte
response-answer-noted = Se toma nota
response-answer-not_accepted = No aceptada
collection-warning-single_item = Tiene un solo elemento: un congreso deja una serie, no un único texto.
collection-warning-no_declaration = No tiene ninguna declaración política.
collection-warning-no_recommendation = No tiene ninguna recomendación política.
collection-warning-undecided = Una parte de lo que se recibió aún no se ha decidido.

# Enmiendas a los textos, y textos sometidos a votación por partes.
amendment-kind-add = Adición
amendment-kind-delete = Supresión
amendment-kind-replace = Modificación
amendment-state-drafted = Espera apoyos
amendment-state-seconded = Apoyada
amendment-state-admissible = Admisible
amendment-state-inadmissible = No admisible
amendment-state-ordered = Por someter a votación
amendment-state-put = Sometida a votación
amendment-state-adopted = Adoptada
amendment-state-rejected = Rechazada
amendment-state-fallen = Sin objeto
amendment-state-withdrawn = Retirada
amendment-clash-identical = Ya se adoptó la misma
amendment-clash-same_block = Se adoptó otra enmienda al mismo pasaje
amendment-clash-target_gone = El pasaje tras el que iba a estar, o que enmienda, ya no está
amendment-clash-note_gone = Una nota a la que remite ya no está
amendment-clash-parent_gone = La enmienda que enmienda ya no está abierta
amendment-advice-adopt = Se recomienda adoptarla
amendment-advice-reject = Se recomienda rechazarla
amendment-advice-modify = Por modificar
division-state-parts = Sometido a votación por partes
division-state-whole = Por someter a votación entero
division-state-adopted = Adoptado
division-state-rejected = Rechazado
division-part-waiting = En espera
division-part-put = Sometida a votación
division-part-adopted = Adoptada
division-part-rejected = Rechazada

# La Asamblea: invitaciones, quién lee un documento, Asamblea Mundial.
invitation-state-open = Sin respuesta
invitation-state-accepted = Aceptada
invitation-state-declined = Declinada
invitation-state-revoked = Retirada
paper-speaker-role-presenter = Presenta
paper-speaker-role-respondent = Responde
paper-audience-participants = Participantes
paper-audience-everyone = Todo el mundo
world-assembly-state-proposed = Propuesta
world-assembly-state-awaiting_consent = A la espera de acuerdo
world-assembly-state-convoked = Convocada
world-assembly-state-open = Abierta
world-assembly-state-suspended = Suspendida
world-assembly-state-closed = Cerrada
world-assembly-state-published = Publicada
network-answer-agreed = De acuerdo
network-answer-not_agreed = En desacuerdo
endorsement-state-pending_network = A la espera de la red
endorsement-state-endorsed = Con aval
endorsement-state-refused = Sin aval
endorsement-state-withdrawn = Retirado
world-assembly-item-for_adoption = Para adopción
world-assembly-item-for_information = Para información
consensus-state-asked = Se pidieron objeciones
consensus-state-agreed = Acordado por consenso
consensus-state-voted = Votado
consensus-state-ended = Terminado sin consenso

# La palabra: intervenciones, mociones, decisiones.
floor-state-open = Abierta
floor-state-paused = Suspendida
floor-state-closed = Cerrada
speaking-order-asked = Por orden de solicitud
speaking-order-balanced = Equilibrado
balance-criterion-first_speech = Quien aún no ha hablado
balance-criterion-region = Región
balance-criterion-gender = Género
speaker-gender-woman = Mujer
speaker-gender-man = Hombre
speaker-gender-other = Otro
speech-kind-point_of_order = Cuestión de orden
speech-kind-interposed = Pregunta incidental
speech-kind-for_motion = A favor de la moción
speech-kind-against_motion = En contra de la moción
speech-kind-right_of_reply = Derecho de réplica
speech-kind-statement = Declaración
speech-state-requested = Por admitir
speech-state-queued = En espera
speech-state-called = Con la palabra
speech-state-speaking = Hablando
speech-state-paused = Tiempo detenido
speech-state-done = Ha hablado
speech-state-withdrawn = Retirada
speech-state-removed = Quitada de la lista
speech-removal-by_chair = Por la presidencia
speech-removal-debate_closed = Se cerró el debate
speech-removal-motion_decided = Se decidió la moción
speaker-place-point_of_order = Una cuestión de orden va primero
speaker-place-resumes = Recupera la palabra
speaker-place-interposed = Una pregunta admitida
speaker-place-on_motion = Habla sobre la moción
speaker-place-by_chair = Cambio de la presidencia
speaker-place-kept = Conserva este lugar
speaker-place-right_of_reply = Un derecho de réplica
speaker-place-in_order = Por orden de solicitud
speaker-place-waited = Esperó mientras otras personas pasaban
speaker-place-first_speech = Aún no ha hablado
speaker-place-region = De una región menos escuchada
speaker-place-gender = De un género menos escuchado
motion-kind-suspend_meeting = Suspensión de la sesión
motion-kind-adjourn_meeting = Levantamiento de la sesión
motion-kind-adjourn_debate = Aplazamiento del debate
motion-kind-close_debate = Cierre del debate
motion-kind-division = Votación por partes
motion-kind-reconsideration = Nuevo examen
motion-state-moved = Por decidir
motion-state-carried = Aprobada
motion-state-lost = Rechazada
motion-state-withdrawn = Retirada
motion-state-ruled_out = Declarada inadmisible
motion-state-fallen = Sin objeto
ruling-finding-well_taken = Procedente
ruling-finding-not_well_taken = Improcedente
ruling-finding-noted = Se toma nota
ruling-finding-out_of_order = Inadmisible
ruling-state-given = Puede apelarse
ruling-state-stands = Se mantiene
ruling-state-appealed = Apelada: por votar
ruling-state-upheld = Confirmada por votación
ruling-state-overruled = Revocada por votación
