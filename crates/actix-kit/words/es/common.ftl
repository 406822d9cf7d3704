# Lo que figura en cada página.
skip = Ir al contenido
nav-main = Principal
nav-language = Idioma
nav-programme = Programa
nav-tracks = Ejes
nav-register = Inscribirse
nav-my-congress = Mi congreso
nav-desk = Organización
nav-sign-in = Iniciar sesión
nav-account = Cuenta
sign-in = Iniciar sesión
sign-out = Cerrar sesión

# La franja de la demostración.
demo-label = Demostración
demo-strip = Demostración: hoy es { $when }.
demo-caution = Las ciudades y las personas son ficticias.
demo-you-are = Usted es { $name }.
demo-change = Ser otra persona
demo-choose = ¿Quién quiere ser?
demo-about = Acerca de esta demostración

# El pie de cada página.
footer-times = Todas las horas son las de { $place }.
footer-not-official = Una demostración, no un sitio oficial: lo inventado está señalado.
footer-api = Interfaz de programación (API)

# Tres falsos amigos, distinguidos en cada página.
friends-title = Tres nombres que conviene no confundir:
friends-general-assembly = Asamblea General
friends-general-assembly-is = Los miembros de CGLU se reúnen y deciden.
friends-world-assembly = Asamblea Mundial
friends-world-assembly-is = Convocada por la Global Taskforce; recibe lo que aportan los ejes y lo adopta.
friends-partners = Asamblea General de Socios
friends-partners-is = Un socio del eje Cabildo Público.

# Sí, no y los botones habituales.
yes = Sí
no = No
save = Guardar
save-and-go-on = Guardar y continuar
go-on = Continuar
back = Volver
cancel = Cancelar
edit = Editar
add = Añadir
remove = Quitar
show = Mostrar
search = Buscar
send = Enviar
download = Descargar
print = Imprimir
copy = Copiar
copied = Copiado
close = Cerrar
undo = Deshacer
view = Ver
all = Todo
none = Ninguno
any = Indiferente
unknown = No se sabe
choose = Elegir
filter-any = Cualquiera
optional = (opcional)
more = Más
steps = Pasos
step-done = hecho
pages = Páginas
page-first = Primera página
page-next = Página siguiente
count-of = { $count } de { $whole }
results = { $count ->
    [0] Ningún resultado
    [one] { $count } resultado
   *[other] { $count } resultados
 }
sessions-count = { $count ->
    [0] Ninguna sesión
    [one] { $count } sesión
   *[other] { $count } sesiones
 }
people-count = { $count ->
    [0] Nadie
    [one] { $count } persona
   *[other] { $count } personas
 }
places-count = { $count ->
    [0] Ninguna plaza
    [one] { $count } plaza
   *[other] { $count } plazas
 }
places-left = { $count ->
    [0] Completo
    [one] { $count } plaza libre
   *[other] { $count } plazas libres
 }
minutes-count = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
 }
capacity-reserved = Plazas reservadas
capacity-registered = Personas inscritas

# Listas.
filter = Filtrar
filter-remove = quitar este filtro
filter-clear = Mostrar todo
select-all = Seleccionar todo
select-one = Seleccionar { $name }
selected-count = { $count ->
    [one] { $count } seleccionado
   *[other] { $count } seleccionados
 }
export-as = Guardar como
export-csv = CSV
export-xlsx = XLSX
export-json = JSON
list-empty = Aquí no hay nada todavía
list-empty-filtered = Nada coincide con estos filtros
list-empty-filtered-hint = Quite un filtro o busque otra palabra.

# Formularios.
form-wrong = { $count ->
    [one] Hay una respuesta que corregir
   *[other] Hay { $count } respuestas que corregir
 }
form-wrong-field = { $label }: { $sentence }
form-kept = Todo lo demás se conserva.
form-saved = Guardado
suggestions = Sugerencias: { $count }
suggestions-none = No hay sugerencias. Puede continuar con lo que ha escrito.
localized-hint = Basta un idioma; quienes leen en otro lo ven, con el idioma señalado.

# Faltas como páginas.
not-found-title = Esta página no existe o no está abierta para usted
not-found-sent-link = ¿Le enviaron este enlace? Inicie sesión y volverá aquí.
not-found-signed-in = Ha iniciado sesión como { $name }. Si alguien le envió este enlace, pregúntele si está abierto para usted.
fault-page-home = Ir al congreso
fault-page-number = Número de este error: { $number }

# Remedios: el único acto que ofrece una negativa.
remedy-sign_in = Iniciar sesión
remedy-register = Inscribirse en el congreso
remedy-choose_organisation = Elegir mi organización
remedy-remind_confirmer = Recordárselo a quien debe confirmar
remedy-ask_invitation = Pedir una invitación
remedy-see_similar = Ver sesiones similares abiertas para mí
remedy-settle_dues = Ver cómo abonar la cuota
remedy-add_second_factor = Añadir un segundo factor

# Puedo …, y por qué.
may-title = ¿Puedo…?
may-attend = asistir
may-propose = proponer
may-speak = intervenir
may-vote = votar

# Días y horas.
clock = { $hour }:{ $minute }
clock-span = { $from }–{ $until }
clock-until = hasta las { $time }
clock-now = Ahora
date-day = { $weekday } { $day } de { $month }
date-long = { $weekday } { $day } de { $month } de { $year }
date-plain = { $day } de { $month } de { $year }
date-time = { $date }, { $time }
date-span-days = { $day }–{ $last-day } de { $last-month } de { $last-year }
date-span-months = { $day } de { $month } – { $last-day } de { $last-month } de { $last-year }
date-span-years = { $day } de { $month } de { $year } – { $last-day } de { $last-month } de { $last-year }
zone-yours = Para usted, en { $place }: { $time }
weekday-1 = lunes
weekday-2 = martes
weekday-3 = miércoles
weekday-4 = jueves
weekday-5 = viernes
weekday-6 = sábado
weekday-7 = domingo
weekday-short-1 = lun
weekday-short-2 = mar
weekday-short-3 = mié
weekday-short-4 = jue
weekday-short-5 = vie
weekday-short-6 = sáb
weekday-short-7 = dom
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre

# Los ejes, con sus propias palabras.
track = Eje
track-assembly = Asamblea
track-town_hall = Cabildo Público
track-local4action = Local4Action
track-statutory = Estatutario
track-none = Fuera de los ejes
track-assembly-subtitle = Acción Local para las Personas
track-town_hall-subtitle = Las ciudades escuchan
track-local4action-subtitle = Compartir, escuchar, revisar
track-statutory-subtitle = La toma de decisiones de CGLU
track-assembly-words = Dirigida por los gobiernos locales y regionales. Los documentos de posición llegan a mesas redondas de alto nivel, por continente o por sector, y siguen hasta la Asamblea Mundial.
track-town_hall-words = La sociedad civil toma la iniciativa. Los socios escriben documentos de política, los líderes locales responden y el debate está abierto a todas las personas presentes.
track-local4action-words = El espacio donde todas las personas se sienten en casa: Inspiración, Políticas y Voces Locales, Conversaciones Globales, Labs y el Hub.
track-statutory-words = Para los miembros de CGLU. Las instancias que definen sus políticas y su plan de trabajo se reúnen aquí y renuevan su dirección.
