# Lo que decide un congreso: la serie, un resultado, los informes, la publicación.
nav-outcomes = Resultados
outcomes-title = Lo que decidió { $city }
outcomes-lead = Declaraciones, recomendaciones y posiciones políticas. Cada una dice de dónde viene; lo que se devolvió o no se adoptó también queda aquí, con su motivo.
outcomes-series = La serie
outcomes-none = Todavía no hay nada decidido
outcomes-none-hint = Lo que la Asamblea Mundial adopte, devuelva o no adopte figurará aquí, cada texto con su código y su motivo.
outcomes-published = Publicado como colección, edición { $number }, el { $day }.
outcomes-read = Leer la colección
outcomes-contents = Índice
outcomes-editions = Ediciones publicadas
outcomes-hash = SHA-256 de lo publicado:
outcomes-reports = Qué resulta de ello
outcomes-unanswered = Recomendaciones que esperan respuesta
outcomes-unanswered-lead = Cada recomendación recibe la respuesta de un organismo responsable. Estas aún no la tienen; primero figuran las atrasadas.
outcomes-agendas = Agendas internacionales a las que sirven
outcomes-agendas-lead = Cuántos resultados adoptados sirven a cada agenda, y en qué parte de su vida. Lo que sirve a un objetivo sirve a su agenda.
outcomes-coverage = Prioridades estratégicas renovadas
outcomes-coverage-lead = Qué recomendaciones renuevan qué prioridad estratégica. Lo que se devolvió o no se adoptó no renueva nada.
outcomes-ways = De cada documento y sesión a lo que resultó
outcomes-ways-lead = Todo lo que se entregó a la Asamblea Mundial, y lo que dio de sí.
filter-kind = Tipo
filter-state = Estado
filter-theme = Temática
filter-agenda = Agenda internacional

# Qué fue de un resultado, y cuándo.
outcome-became-drafted = En preparación desde el { $day }
outcome-became-received = Recibido el { $day }
outcome-became-presented = Presentado el { $day }
outcome-became-debated = Debatido el { $day }
outcome-became-adopted = Adoptado el { $day }
outcome-became-amended-adopted = Adoptado con enmiendas el { $day }
outcome-became-returned = Devuelto el { $day }
outcome-became-not-adopted = No adoptado, decidido el { $day }

# Un resultado.
outcome = Resultado
outcome-text = Texto
outcome-authentic = Texto auténtico ({ $language })
outcome-translated = Traducción; lengua auténtica: { $language }
outcome-way = De dónde viene
outcome-way-words = En palabras
outcome-way-said = De dónde viene { $code }: su documento, su sesión y la Asamblea Mundial. Lo mismo figura abajo en palabras.
outcome-column-papers = Documento
outcome-column-sessions = Sesión
outcome-position-paper = Documento de posición
outcome-policy-paper = Documento de política
outcome-theme = Temática
outcome-session = Deliberado en la sesión
outcome-sent = Enviado a la Asamblea Mundial el { $day }
outcome-drafted-itself = Redactado para la propia Asamblea Mundial, desde el { $day }
outcome-history = Historia
outcome-use = Para qué sirve
outcome-addressed = Dirigido a
outcome-reference = { $whom }: { $field }
outcome-agendas = Agendas internacionales
outcome-priorities = Prioridades estratégicas
outcome-horizon = En seguimiento hasta el
outcome-responses = Respuestas
outcome-others = Va junto con
outcome-cite = Citar
outcome-citation = { $congress }. { $kind } { $code }: { $title }. { $became }. { $address }
outcome-data = Como datos (JSON)
outcome-to-desk = Ocuparse de él en la mesa
agenda = Agenda
agenda-phases = En qué parte de su vida
agenda-outcomes = Resultados
agenda-lead = Resultados adoptados que sirven a esta agenda, o a uno de sus objetivos.
agenda-none = Ningún resultado adoptado la sirve
agenda-none-hint = Los resultados dicen a qué agendas sirven cuando se entregan; la secretaría añade lo que falta.
agenda-read = Leer la propia agenda
priority = Prioridad estratégica
priority-recommendations = Renovada por
priority-bare = Ninguna recomendación
priority-unmapped = Recomendaciones que no renuevan ninguna prioridad
priority-none = Todavía no hay prioridades estratégicas
priority-none-hint = Las nombra la secretaría del congreso.
unanswered-body = Organismo responsable
unanswered-due = Respuesta esperada
unanswered-none = Nada espera respuesta
unanswered-none-hint = Quien haya sido consultado y no haya respondido figurará aquí.
unanswered-unasked = Sobre estas todavía no se ha consultado a nadie
way-input = Documento o sesión
way-track = Eje
way-organisation = Organización
way-outcomes = Lo que dio de sí
way-own = Redactado para la propia Asamblea Mundial

# Lo que responden los organismos.
responses-title = Lo que se pregunta a mi organización
responses-lead = Recomendaciones del congreso sobre las que se pregunta a su organización qué será de ellas. Lo que responda es público.
responses-none = No se ha preguntado nada a su organización
responses-none-hint = Cuando se le pregunte qué será de una recomendación, figurará aquí, con el día hasta el que responder.
response-title = Responder a una recomendación
response-answer = Responder
response-answer-choice = Lo que responde su organización
response-correct = Corregir la respuesta
response-said = Con sus propias palabras
response-said-hint = Basta un idioma. Qué hace al respecto, para cuándo, o por qué no.
response-answered = De qué día es la respuesta
response-answered-on = Respuesta del { $day }
response-answered-hint = Hoy si se deja vacío.
response-send = Enviar la respuesta
response-due = Esperada el { $day }, { $days ->
    [0] hoy
    [one] en un día
   *[other] en { $days } días
 }
response-late = Esperada el { $day }, { $days ->
    [one] un día de retraso
   *[other] { $days } días de retraso
 }
done-response-sent = La respuesta está enviada y es pública.
my-responses = { $count ->
    [one] Una recomendación espera mi respuesta
   *[other] { $count } recomendaciones esperan mi respuesta
 }

# La mesa.
desk-nav-outcomes = Resultados
desk-outcomes-inbox = Entregado a la Asamblea Mundial
desk-outcomes-inbox-none = Todavía no ha llegado nada
desk-outcomes-inbox-none-hint = Cuando se cierra una sesión de la Asamblea o del Town Hall, su resultado y sus recomendaciones llegan aquí, una vez.
desk-outcomes-from = Documento o sesión
desk-outcomes-track = Eje
desk-outcomes-sent = Llegó
desk-outcomes-with = Resultados
desk-outcomes-own = Redactado para la propia Asamblea Mundial
desk-outcomes-own-none = Nada todavía: una declaración se redacta aquí.
desk-outcomes-references = Referencias
desk-outcomes-references-count = { $count ->
    [0] Referencias
    [one] Referencias (una pendiente)
   *[other] Referencias ({ $count } pendientes)
 }
desk-outcomes-references-lead = Lo adoptado se convierte en referencia para la Global Taskforce y para CGLU: para las políticas, la incidencia y los planes de trabajo.
desk-outcomes-unreferenced = Adoptado, aún no dirigido a nadie
desk-outcomes-unreferenced-none = Todo lo adoptado está dirigido a alguien.
desk-outcomes-referenced = Dirigido
desk-waits-references = Adoptado, aún no dirigido a nadie
desk-outcome-new = Redactar un resultado
desk-outcome-new-lead = Para lo que nadie entrega: una declaración, por ejemplo. Solo lo ve la secretaría hasta que se presenta.
desk-outcome-draft = Redactarlo
desk-outcome-shown = Como lo ven quienes lo leen
desk-outcome-code = Código
desk-outcome-title = Título
desk-outcome-title-hint = Al menos en el idioma en que está escrito.
desk-outcome-kind = Tipo
desk-outcome-state = Estado
desk-outcome-language = Lengua auténtica
desk-outcome-language-hint = La lengua que cuenta; las demás son traducciones.
desk-outcome-markdown = Texto
desk-outcome-markdown-hint = En Markdown: una línea vacía entre párrafos, # antes de un título, - antes de un elemento de lista.
desk-outcome-adopted = Adoptado
desk-outcome-to-do = Pendiente
desk-outcome-refer = Decir para quién es
desk-outcome-horizon-to = Último día
desk-outcome-horizon-hint = Hasta entonces figura en el seguimiento.
desk-outcome-renews = Prioridades que renueva
desk-reference-none = Aún no dirigido a nadie. Diga para el trabajo de quién es.
desk-reference-addressed-to = A quién
desk-reference-field = Para qué
desk-reference-note = Nota
desk-reference-note-hint = Qué se espera que hagan con ello. Basta un idioma.
desk-reference-add = Dirigirlo
desk-agenda-none = Todavía no sirve a ninguna agenda internacional.
desk-agenda-add = Añadir
desk-link-other = Código del otro resultado
desk-link-other-hint = Por ejemplo TH-2019-03-R07.
desk-link-add = Enlazarlos
desk-response-organisation-name = Organismo responsable
desk-response-organisation-hint = Escriba el principio de su nombre y elija.
desk-response-due-on = Hasta qué día debe responder
desk-response-ask = Consultarlo
desk-response-answer = Respuesta
desk-response-enter = Anotar
desk-response-enter-do = Anotar su respuesta
desk-response-title = La respuesta de un organismo
desk-response-postpone = Darle otro día
desk-collection = Colección
desk-collection-lead = No una sola declaración, sino una serie: lo adoptado, en un orden, publicado como una edición numerada que no cambia más.
desk-collection-title = Cómo se llama
desk-collection-foreword = Prólogo
desk-collection-foreword-hint = Precede a los textos. Basta un idioma.
desk-collection-order = Orden
desk-collection-order-do = Guardar este orden
desk-collection-place = Lugar
desk-collection-none = Todavía no hay nada adoptado
desk-collection-none-hint = Lo que la Asamblea Mundial adopta se ordena y se publica aquí.
desk-collection-publish = Publicar
desk-collection-publish-do = Publicar la edición { $number }
desk-collection-number = Edición
desk-collection-when = Publicada
desk-collection-items = Textos
done-collection-published = Publicado. Es público, y se queda como está.
desk-priorities = Prioridades estratégicas
desk-priorities-lead = Lo que renuevan las recomendaciones. Cuál renueva qué se dice en su propia página.
desk-priority-new = Una nueva prioridad
desk-priority-title = Título
desk-priority-description = Qué significa
desk-priority-code-hint = Corto, en minúsculas y guiones bajos; se queda.
desk-priority-remove = Quitar esta prioridad
