# Ce qui figure sur chaque page.
skip = Aller au contenu
nav-main = Principale
nav-language = Langue
nav-programme = Programme
nav-tracks = Circuits
nav-register = S’inscrire
nav-my-congress = Mon congrès
nav-desk = Bureau
nav-sign-in = Se connecter
nav-account = Compte
sign-in = Se connecter
sign-out = Se déconnecter

# Le bandeau de la démonstration.
demo-label = Démonstration
demo-strip = Démonstration : nous sommes le { $when }.
demo-caution = Les villes et les personnes sont fictives.
demo-you-are = Vous êtes { $name }.
demo-change = Être quelqu’un d’autre
demo-choose = Qui voulez-vous être ?
demo-about = À propos de cette démonstration

# Le pied de chaque page.
footer-times = Toutes les heures sont celles de { $place }.
footer-not-official = Une démonstration, non un site officiel : ce qui est inventé est signalé.
footer-api = Interface de programmation (API)

# Trois faux amis, distingués sur chaque page.
friends-title = Trois noms qu’il ne faut pas confondre :
friends-general-assembly = Assemblée générale
friends-general-assembly-is = Les membres de CGLU se réunissent et décident.
friends-world-assembly = Assemblée mondiale
friends-world-assembly-is = Convoquée par la Global Taskforce ; elle reçoit ce que les circuits apportent et l’adopte.
friends-partners = Assemblée générale des partenaires
friends-partners-is = Un partenaire du circuit Town Hall.

# Oui, non, et les boutons habituels.
yes = Oui
no = Non
save = Enregistrer
save-and-go-on = Enregistrer et continuer
go-on = Continuer
back = Retour
cancel = Annuler
edit = Modifier
add = Ajouter
remove = Retirer
show = Afficher
search = Rechercher
send = Envoyer
download = Télécharger
print = Imprimer
copy = Copier
copied = Copié
close = Fermer
undo = Défaire
view = Voir
all = Tout
none = Aucun
any = Indifférent
unknown = Non connu
choose = Choisir
filter-any = Indifférent
optional = (facultatif)
more = Plus
steps = Étapes
step-done = fait
pages = Pages
page-first = Première page
page-next = Page suivante
count-of = { $count } sur { $whole }
results = { $count ->
    [0] Aucun résultat
    [one] { $count } résultat
   *[other] { $count } résultats
 }
sessions-count = { $count ->
    [0] Aucune séance
    [one] { $count } séance
   *[other] { $count } séances
 }
people-count = { $count ->
    [0] Personne
    [one] { $count } personne
   *[other] { $count } personnes
 }
places-count = { $count ->
    [0] Aucune place
    [one] { $count } place
   *[other] { $count } places
 }
places-left = { $count ->
    [0] Complet
    [one] { $count } place libre
   *[other] { $count } places libres
 }
minutes-count = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
 }
capacity-reserved = Places réservées
capacity-registered = Personnes inscrites

# Listes.
filter = Filtrer
filter-remove = retirer ce filtre
filter-clear = Tout afficher
select-all = Tout sélectionner
select-one = Sélectionner { $name }
selected-count = { $count ->
    [one] { $count } sélection
   *[other] { $count } sélections
 }
export-as = Enregistrer au format
export-csv = CSV
export-xlsx = XLSX
export-json = JSON
list-empty = Rien ici pour l’instant
list-empty-filtered = Rien ne correspond à ces filtres
list-empty-filtered-hint = Retirez un filtre ou cherchez un autre mot.

# Formulaires.
form-wrong = { $count ->
    [one] Une réponse est à corriger
   *[other] { $count } réponses sont à corriger
 }
form-wrong-field = { $label } : { $sentence }
form-kept = Tout le reste est conservé.
form-saved = Enregistré
suggestions = Suggestions : { $count }
suggestions-none = Aucune suggestion. Vous pouvez continuer avec votre texte.
localized-hint = Une langue suffit ; les autres lecteurs la voient, signalée comme telle.

# Fautes en pages.
not-found-title = Cette page n’existe pas ou ne vous est pas ouverte
not-found-sent-link = Vous a-t-on envoyé ce lien ? Connectez-vous, et vous reviendrez ici.
not-found-signed-in = Vous êtes connecté·e en tant que { $name }. Si quelqu’un vous a envoyé ce lien, demandez-lui s’il vous est ouvert.
fault-page-home = Aller au congrès
fault-page-number = Numéro de cette erreur : { $number }

# Remèdes : le seul acte qu’offre un refus.
remedy-sign_in = Se connecter
remedy-register = S’inscrire au congrès
remedy-choose_organisation = Choisir mon organisation
remedy-remind_confirmer = Rappeler à qui doit confirmer
remedy-ask_invitation = Demander une invitation
remedy-see_similar = Voir des séances semblables qui me sont ouvertes
remedy-settle_dues = Voir comment régler la cotisation
remedy-add_second_factor = Ajouter un second facteur

# Puis-je …, et pourquoi.
may-title = Puis-je …
may-attend = assister
may-propose = proposer
may-speak = intervenir
may-vote = voter

# Jours et heures.
clock = { $hour } h { $minute }
clock-span = { $from } – { $until }
clock-until = jusqu’à { $time }
clock-now = Maintenant
date-day = { $weekday } { $day ->
    [1] 1er
   *[other] { $day }
 } { $month }
date-long = { $weekday } { $day ->
    [1] 1er
   *[other] { $day }
 } { $month } { $year }
date-plain = { $day ->
    [1] 1er
   *[other] { $day }
 } { $month } { $year }
date-time = { $date }, { $time }
date-span-days = { $day ->
    [1] 1er
   *[other] { $day }
 }–{ $last-day } { $last-month } { $last-year }
date-span-months = { $day ->
    [1] 1er
   *[other] { $day }
 } { $month } – { $last-day ->
    [1] 1er
   *[other] { $last-day }
 } { $last-month } { $last-year }
date-span-years = { $day ->
    [1] 1er
   *[other] { $day }
 } { $month } { $year } – { $last-day ->
    [1] 1er
   *[other] { $last-day }
 } { $last-month } { $last-year }
zone-yours = Pour vous, à { $place } : { $time }
weekday-1 = lundi
weekday-2 = mardi
weekday-3 = mercredi
weekday-4 = jeudi
weekday-5 = vendredi
weekday-6 = samedi
weekday-7 = dimanche
weekday-short-1 = lun.
weekday-short-2 = mar.
weekday-short-3 = mer.
weekday-short-4 = jeu.
weekday-short-5 = ven.
weekday-short-6 = sam.
weekday-short-7 = dim.
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

# Les circuits, dans leurs propres mots.
track = Circuit
track-assembly = Assemblée
track-town_hall = Town Hall
track-local4action = Local4Action
track-statutory = Statutaire
track-none = Hors circuits
track-assembly-subtitle = Action locale pour les communautés
track-town_hall-subtitle = Les villes à l’écoute
track-local4action-subtitle = Partager, écouter, revoir
track-statutory-subtitle = Le processus décisionnel de CGLU
track-assembly-words = Conduite par les gouvernements locaux et régionaux. Les documents d’orientation politique viennent en tables rondes de haut niveau, par continent ou par secteur, puis vont à l’Assemblée mondiale.
track-town_hall-words = La société civile est aux commandes. Les partenaires écrivent des documents d’orientation, les élu·e·s locaux y répondent, et le débat est ouvert à toutes les personnes présentes.
track-local4action-words = L’espace où chacun·e se sent chez soi : Inspiration, Politiques et voix locales, Conversations mondiales, Labs, et le Hub.
track-statutory-words = Pour les membres de CGLU. Les instances qui façonnent ses politiques et son plan de travail s’y réunissent et renouvellent sa direction.
