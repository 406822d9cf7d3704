# The desk: its navigation.
desk-nav = Le bureau
desk-nav-home = Aujourd’hui
desk-nav-edition = Édition
desk-nav-rooms = Lieux et salles
desk-nav-sessions = Séances
desk-nav-board = Plan du programme
desk-nav-conflicts = Conflits
desk-nav-releases = Publications
desk-nav-rules = Règles
desk-nav-registrations = Inscriptions
desk-nav-categories = Catégories
desk-nav-confirmations = Confirmations
desk-nav-organisations = Organisations
desk-nav-people = Personnes
desk-nav-roll = Registre des membres
desk-nav-letters = Lettres
desk-nav-audit = Qui a fait quoi

# What is done.
done-saved = C’est enregistré.
done-removed = C’est retiré.
done-stepped = L’édition a franchi cette étape.
done-placed = La séance a sa place.
done-unplaced = La séance n’a plus de place.
done-swapped = Les deux séances ont échangé leurs places.
done-rescheduled = Les séances sont à leurs nouvelles heures.
done-copied = La pause est copiée.
done-cancelled = C’est annulé.
done-waived = Le conflit est levé, avec sa raison.
done-unwaived = Le conflit compte de nouveau.
done-released = Le programme est publié.
done-decided = C’est décidé. La personne reçoit une lettre.
done-confirmed = C’est confirmé.
done-confirmed-some = C’est confirmé là où la preuve suffit. Les autres attendent encore.
done-refused = C’est refusé, avec la raison.
done-granted = Le rôle est donné.
done-ended = C’est terminé.
done-imported = Le registre des membres est importé.
done-accepted = C’est accepté.
done-held = La lettre est retenue.
done-let-go = La lettre part.
done-resent = Une nouvelle copie part.

# Today.
desk-today = Ce qui attend
desk-waits = En attente
desk-how-many = Combien
desk-waits-proposals = Propositions sans créneau
desk-waits-blocking = Conflits qui bloquent la publication
desk-waits-conflicts = Autres conflits du brouillon
desk-waits-agendas = Réunions dont l’ordre du jour n’est pas parti
desk-waits-positions = Fonctions à confirmer
desk-waits-registrations = Inscriptions à décider
desk-waits-held = Lettres retenues
desk-waits-failed = Lettres en échec
desk-waits-nothing = Rien ne vous attend ici.
desk-first-run = D’un bureau vide à un congrès ouvert
desk-editions = Éditions
desk-todo-go = Y aller
desk-todo-edition = L’édition est annoncée
desk-todo-edition-text = { $count ->
    [one] Une langue ; les dates, le fuseau et la ville peuvent encore changer.
   *[other] { $count } langues ; les dates, le fuseau et la ville peuvent encore changer.
 }
desk-todo-tracks = Filières et formats
desk-todo-tracks-text = { $count } en tout, chacun avec ses règles.
desk-todo-rooms = Lieu et salles
desk-todo-rooms-text = { $count ->
    [0] Pas encore de salle.
    [one] Une salle.
   *[other] { $count } salles.
 }
desk-todo-categories = Catégories d’inscription
desk-todo-categories-text = { $count ->
    [0] Sans catégorie, personne ne peut s’inscrire.
    [one] Une catégorie.
   *[other] { $count } catégories.
 }
desk-todo-roll = Registre des membres
desk-todo-roll-text = { $count ->
    [0] Pas encore d’organisation : importez le registre, d’abord à l’essai.
   *[other] Des organisations sont là. Importez de nouveau quand le registre change.
 }
desk-todo-sessions = Premières séances
desk-todo-sessions-text = { $count ->
    [0] Pas encore de séance.
    [one] Une séance dans le projet.
   *[other] { $count } séances dans le projet.
 }
desk-todo-release = Un programme publié
desk-todo-release-text = { $count ->
    [0] Le public ne voit rien avant la première publication.
    [one] Une publication.
   *[other] { $count } publications.
 }
desk-todo-open = L’inscription est ouverte
desk-todo-open-text = Annoncez l’édition, puis ouvrez-la : on peut alors s’inscrire.

# The edition.
desk-edition-new = Une nouvelle édition
desk-edition-new-lead = Une édition est un congrès : ses dates, sa ville, ses langues. Tout le reste lui appartient.
desk-edition-facts = Données
desk-edition-title = Titre
desk-edition-state = État
desk-edition-slug = Nom dans les adresses
desk-edition-slug-hint = Minuscules, chiffres et traits d’union : durban-2019
desk-edition-motto = Devise
desk-edition-city = Ville
desk-edition-country = Pays
desk-country-hint = Deux lettres, comme ZA ou FR
desk-edition-zone = Fuseau horaire
desk-edition-zone-hint = Comme Africa/Johannesburg ou Europe/Paris
desk-edition-starts-on = Premier jour
desk-edition-ends-on = Dernier jour
desk-edition-languages = Langues du congrès
desk-edition-mandate-years = Années d’un mandat
desk-edition-standard = Commencer avec les filières, formats, domaines, règles et catégories habituels
desk-edition-standard-hint = Tout peut être changé ensuite.
desk-edition-steps = Une édition avance étape par étape ; chaque étape est notée.
desk-edition-step = Passer à : { $state }

# Venues and rooms.
desk-room-new = Ajouter une salle
desk-venue-new = Ajouter un lieu
desk-rooms-none = Pas encore de salle
desk-rooms-none-hint = Ajoutez d’abord le lieu, puis ses salles avec leurs places et leur accès.
desk-venues = Lieux
desk-room-name = Salle
desk-room-venue = Lieu
desk-room-capacity = Places
desk-room-capacity-hint = Combien de personnes y tiennent. Vide : ce n’est pas connu.
desk-room-floor = Étage
desk-room-directions = Comment s’y rendre
desk-room-access = Accessibilité
desk-room-step-free = Sans marche
desk-room-hearing-loop = Boucle magnétique
desk-room-captions = Sous-titrage en direct
desk-room-sign-language = Langue des signes
desk-room-quiet = Salle calme à proximité
desk-room-equipment = Équipement
desk-room-booths = Cabines d’interprétation
desk-room-streaming = Diffusion en ligne
desk-room-layout = Disposition
desk-room-turnaround-minutes = Minutes entre les séances
desk-room-hours = Heures d’ouverture
desk-room-opens = Ouvre
desk-room-closes = Ferme
desk-room-remove = Retirer cette salle
desk-position = Rang
desk-venue-name = Lieu
desk-venue-address = Adresse
desk-venue-directions = Comment s’y rendre

# Sessions.
desk-session-new = Ajouter une séance
desk-sessions-none-hint = Ajoutez la première séance ; elle reste dans le projet jusqu’à une publication.
desk-session-title = Titre
desk-session-abstract = Résumé
desk-session-kind = Genre
desk-session-track = Filière
desk-session-track-hint = Cérémonies, plénières et pauses n’appartiennent à aucune filière.
desk-session-state = État
desk-session-day = Jour
desk-session-placed = A une place
desk-session-when = Quand et où
desk-session-unplaced = Pas encore d’heure
desk-session-length-minutes = Durée en minutes
desk-session-entry = Comment on entre
desk-session-capacity = Sièges
desk-session-capacity-hint = Pour les sièges réservés. Vide : la salle décide.
desk-session-attendance = Comment on participe
desk-session-join-link = Lien pour ceux qui sont en ligne
desk-session-languages = Langues
desk-session-floor = Langues parlées
desk-session-interpreted = Interprétation vers
desk-session-access = Ce qu’elle demande
desk-session-code = Code court
desk-session-local4action = Format (Local4Action)
desk-session-format = Format
desk-session-format-kind = Genre dans le format
desk-session-domain = Domaine
desk-session-other-domains = Autres domaines
desk-session-method = Méthode
desk-session-method-hint = Pour un Lab : ce qu’on y fait ensemble.
desk-session-participants-max = Participants au plus
desk-session-spheres = Sphères de gouvernement
desk-sphere-local = Locale
desk-sphere-regional = Régionale
desk-sphere-national = Nationale
desk-session-call = Appel dont elle vient
desk-session-town-hall = Thème (Town Hall)
desk-session-theme = Thème
desk-session-assembly = Table ronde et documents (Assembly)
desk-session-region-group = Groupe de régions
desk-session-sector = Secteur
desk-session-scope = Sujet de la table ronde
desk-session-paper = Document
desk-session-papers = Documents
desk-session-statutory = Organe (Statutaire)
desk-session-body = Organe qui se réunit
desk-session-organisers = Organisateurs
desk-session-organiser = Organisation
desk-session-leads = Mène la séance
desk-session-speakers = Intervenants
desk-session-speaker = Nom
desk-session-speaker-role = En tant que
desk-session-affiliation = D’où
desk-session-high-level = De haut rang
desk-session-elected = Élu ou élue
desk-session-remove = Retirer cette séance

# Placing.
desk-place = Lui donner une place
desk-move = La déplacer
desk-place-room = Salle
desk-place-starts = Début, à l’heure du congrès
desk-place-length-minutes = Durée en minutes
desk-place-do = La placer et voir les conflits
desk-unplace = Lui retirer sa place
desk-swap = Échanger deux séances
desk-swap-lead = Chacune prend la salle et l’heure de l’autre.
desk-swap-one = Cette séance
desk-swap-other = Et celle-ci
desk-cancel = Annuler la séance
desk-cancel-reason = Raison, dite à tous ceux qui comptaient venir
desk-cancel-do = L’annuler

# Conflicts.
desk-conflicts-lead = Ce qui s’oppose au projet tel qu’il est. Les erreurs retiennent une publication jusqu’à ce qu’elles soient réglées ou levées avec une raison.
desk-conflicts-none = Aucun conflit
desk-conflict-sentence = Ce qui ne va pas
desk-conflict-severity = Gravité
desk-conflict-sessions = Séances
desk-conflict-act = Levée
desk-waive = Lever
desk-waive-reason = Raison
desk-unwaive = Retirer la levée

# Releases.
desk-release-new = Préparer une publication
desk-release-title = Publication { $number } : ce qui changerait
desk-releases-none = Rien n’est encore publié
desk-releases-none-hint = Le public voit le programme dès la première publication.
desk-release-number = Numéro
desk-release-name = Nom
desk-release-name-hint = Vide : elle porte son numéro.
desk-release-only = Publier seulement ce qui est coché
desk-release-all = Tout publier
desk-release-at = Quand
desk-release-note = Note aux lecteurs
desk-release-draft = État du projet
desk-release-why = Pourquoi pas
desk-release-unchanged = Rien n’a changé depuis la dernière publication
desk-release-unchanged-hint = Changez ou placez d’abord une séance.
desk-release-refusals = Pas prêtes à être publiées
desk-release-conflicts = Conflits restants
desk-release-changes = { $count ->
    [one] Un changement
   *[other] { $count } changements
 }
desk-release-told = Une fois publié, le programme et ses calendriers changent pour tous ceux qui peuvent voir ces séances ; qui a une séance changée dans son agenda y voit le changement.
desk-change = Changement
desk-change-words = En mots
desk-change-from-to = { $was } → { $is }
desk-change-added = Nouvelle
desk-change-removed = N’est plus montrée
desk-change-cancelled = Annulée
desk-change-time = Autre heure
desk-change-room = Autre salle
desk-change-title = Autre titre
desk-change-people = Autres personnes
desk-change-text = Autres détails

# Categories.
desk-category-new = Ajouter une catégorie
desk-categories-none = Pas encore de catégorie
desk-categories-none-hint = Sans catégorie, personne ne peut s’inscrire. Commencez par les habituelles, ou ajoutez les vôtres.
desk-categories-seed = Commencer avec les catégories habituelles
desk-category-title = Catégorie
desk-category-description = Ce que c’est
desk-category-code = Code
desk-category-places-max = Places
desk-category-places-hint = Au-delà, on attend dans l’ordre. Vide : pas de limite.
desk-category-no-limit = Pas de limite
desk-category-taken = Prises
desk-category-opens-on = Ouvre le
desk-category-closes-on = Ferme le
desk-category-tag = Ce qu’elle fait des personnes
desk-category-tag-hint = Les règles peuvent le demander.
desk-category-needs-review = Quelqu’un décide de chacune
desk-category-no-sessions = N’ouvre aucune séance
desk-category-retired = N’est plus proposée

# Registrations.
desk-registration-name = Nom
desk-registration-organisation = Organisation
desk-registration-position = Fonction
desk-registration-category = Catégorie
desk-registration-state = État
desk-registration-number = Numéro
desk-registration-email = Courriel
desk-registration-person = Cette personne
desk-registration-decide = Décider
desk-registration-accept = Accepter
desk-registration-refuse = Refuser
desk-registration-reason = Raison
desk-registration-reason-hint = La lettre de refus la dit.

# Confirmations.
desk-confirmations-lead = Les mieux prouvées d’abord. Un domaine de courriel seul ne confirme personne : regardez celles-là une par une.
desk-confirmations-none = Aucune fonction n’attend
desk-confirmations-check = Confirmer celles qui sont cochées…
desk-confirmations-about-to = { $count ->
    [one] Vous allez confirmer une fonction.
   *[other] Vous allez confirmer { $count } fonctions.
 }
desk-confirmations-do = { $count ->
    [one] La confirmer
   *[other] Confirmer ces { $count }
 }
desk-position-person = Personne
desk-position-kind = Fonction
desk-position-organisation = Organisation
desk-position-evidence = Ce qui l’appuie
desk-position-look = Regarder
desk-position-reason = Raison
desk-position-confirm = Confirmer
desk-position-refuse = Refuser

# The member roll.
desk-roll-file = Fichier
desk-roll-file-hint = CSV ou Excel (XLSX), une organisation par ligne, avec une ligne de titres : nom, pays, type, catégorie, état…
desk-roll-charset = Caractères
desk-charset-utf-8 = UTF-8 (habituel)
desk-charset-windows-1252 = Windows-1252 (anciens Excel)
desk-roll-try = Essayer, sans rien changer
desk-roll-plan = Ce que ferait l’importation
desk-roll-plan-lead = Rien n’est encore changé.
desk-roll-name = Organisation
desk-roll-row = Ligne
desk-roll-fate = Ce qu’elle devient
desk-roll-changes = Changements
desk-roll-messages = À regarder
desk-roll-good-rows-only = Laisser les lignes fautives et prendre les autres
desk-roll-apply = L’importer maintenant
desk-roll-too-long = Ce fichier est trop long pour être gardé entre deux pages. Coupez-le, ou envoyez-le à l’interface de programmation.
desk-roll-again = Un autre fichier
desk-fate-create = Nouvelles
desk-fate-update = Changées
desk-fate-unchanged = Déjà connues
desk-fate-error = En faute

# Rules.
desk-rules-lead = Chaque règle est une phrase. La plus proche l’emporte : une séance sur son format, un format sur sa filière.
desk-rules-others = Autres règles
desk-scope-general = Tout
desk-scope-track = Filière
desk-scope-kind = Genre de séance
desk-scope-body = Organe
desk-scope-format = Format
desk-scope-session = Séance
desk-scope-door = Porte
desk-act-read = voir
desk-rule-of = Règle de
desk-rule-act = Pour
desk-rule-sentence = Qui peut
desk-rule-none = Pas de règle propre : la plus générale vaut.
desk-rule-edit = Changer
desk-rule-change = Changer la règle
desk-rule-try = L’essayer sur quelqu’un
desk-rule-try-name = Nom de la personne
desk-rule-admits = { $name } le peut ({ $act }).
desk-rule-refuses = { $name } ne le peut pas ({ $act }), car la règle dit : { $sentence }
desk-rule-any-of = L’une de ces choses
desk-rule-any-of-hint = Cela seul laisse entrer. Sans rien cocher, personne ne peut.
desk-rule-all-of = Et toutes celles-ci
desk-rule-all-of-hint = Restreint la première.
desk-rule-none-of = Et aucune de celles-ci
desk-rule-none-of-hint = Exceptions.
desk-rule-rule = Règle
desk-rule-nested = Cette règle en contient d’autres ; elles restent telles quelles.
desk-rule-reading = Comment la lire
desk-rule-reading-hint = Là où le texte d’origine laisse un doute.
desk-rule-preview = Voir qui y gagne et qui y perd
desk-rule-preview-title = Qui y gagnerait et qui y perdrait
desk-rule-preview-people = { $count ->
    [one] Une personne est inscrite.
   *[other] { $count } personnes sont inscrites.
}
desk-rule-preview-nobody = Rien ne change pour les personnes inscrites.
desk-rule-preview-category = Catégorie
desk-rule-preview-gain = Y gagneraient
desk-rule-preview-lose = Y perdraient
desk-rule-preview-all = En tout
desk-rule-preview-first-gain = Y gagneraient, premières par nom : { $names }
desk-rule-preview-first-lose = Y perdraient, premières par nom : { $names }
desk-rule-preview-seats = Les personnes qui y perdraient ont ces places, se les voient offrir ou les attendent. Choisissez plus bas ce qu’il en advient.
desk-rule-lost-seats = Les places de qui y perd
lost-seats-keep = Elles sont gardées
lost-seats-release = Elles vont aux suivants de la liste ; une lettre le dit à chacun. Qui peut assister par une invitation ou un organe garde la sienne
desk-rule-preview-limits = Ce qui dépend d’une seule session n’est pas compté : une invitation, la composition d’un organe, un appel.
desk-rule-same = La même que pour proposer

# Letters and audit.
desk-letters-none = Aucune lettre
desk-letter-subject = Objet
desk-letter-to = À
desk-letter-language = Langue
desk-letter-state = État
desk-letter-written = Écrite
desk-letter-sent = Envoyée
desk-letter-error = Ce qui n’a pas marché
desk-letter-hold = La retenir
desk-letter-release = La laisser partir
desk-letter-cancel = L’annuler
desk-letter-resend = Envoyer une nouvelle copie
desk-audit-at = Quand
desk-audit-who = Qui
desk-audit-nobody = Le système
desk-audit-act = Acte
desk-audit-object-kind = Genre d’objet
desk-audit-object = Son numéro
desk-audit-day = Jour
desk-audit-erased = effacé avec la personne
desk-audit-facts = Faits

# People and their roles.
desk-person-name = Nom
desk-person-badge = Sur le badge
desk-person-language = Langue
desk-person-positions = Fonctions
desk-person-roles = Rôles
desk-position-state = État
desk-standing-role = Rôle
desk-standing-scope = Sur
desk-standing-scope-ref = Lequel ou laquelle
desk-standing-scope-ref-hint = Le code d’une filière ou section, ou le numéro de la chose ; rien pour partout.
desk-standing-basis = Sur quelle base
desk-standing-basis-hint = Une décision, une lettre, une date : qui lit l’audit la voit.
desk-standing-grant = Donner un rôle
desk-standing-end = Jusqu’à
desk-standing-end-do = Y mettre fin
desk-standing-over = Terminé
desk-over-everywhere = Partout
desk-over-edition = Édition
desk-over-track = Filière
desk-over-organisation = Organisation
desk-over-body = Organe
desk-over-session = Séance
desk-over-theme = Thème
desk-over-section = Section

# Organisations.
desk-organisation-new = Ajouter une organisation
desk-organisations-none-hint = Importez le registre des membres, ou ajoutez-en une à la main.
desk-organisation-name = Nom
desk-organisation-names = Son nom en d’autres langues
desk-organisation-acronym = Sigle
desk-organisation-kind = Type
desk-organisation-country = Pays
desk-organisation-section = Section de CGLU
desk-organisation-site = Site web
desk-organisation-email-domain = Domaine de courriel
desk-organisation-email-domain-hint = Un indice pour les confirmations ; seul, il ne confirme personne.
desk-organisation-despite-lookalike = C’en est une autre, bien que les noms se ressemblent
desk-organisation-state = État
desk-organisation-membership = Adhésion
desk-organisation-accept = Accepter cette proposition
desk-organisation-people = Personnes et fonctions
desk-organisation-focal-points = Points focaux
desk-organisation-focal-point = Nouveau point focal
desk-organisation-memberships = Adhésions
desk-membership-category = Catégorie
desk-membership-state = État
desk-membership-step = Étape suivante
desk-membership-to = Passer à
desk-membership-reason = Raison
desk-membership-go = Franchir cette étape
desk-membership-admit = Enregistrer une adhésion
desk-organisation-dues = Cotisations
desk-dues-year = Année
desk-dues-state = État
desk-dues-paid-on = Payée le
desk-dues-record = Enregistrer la cotisation
desk-organisation-relations = Relations
desk-relation-kind = Relation
desk-relation-other = Avec quelle organisation
desk-relation-basis = Sur quelle base
desk-relation-record = Enregistrer la relation
desk-relation-end = Y mettre fin

# States that wait.
registration-state-waiting = En attente d’une place
letter-state-waiting = En attente de départ

desk-nav-catalogue = Circuits et formats
desk-track-new = Ajouter un circuit
desk-track-title = Titre
desk-track-subtitle = Sous-titre
desk-track-description = Dans ses propres mots
desk-track-places-max = Places
desk-track-places-max-hint = Nombre maximal de personnes admises dans le circuit ; laissez vide s’il n’y a pas de limite.
desk-track-position = Rang
desk-track-code = Code
desk-track-remove = Retirer ce circuit
desk-no-limit = sans limite
desk-code = Code
desk-code-hint = Court, pour les adresses et les fichiers ; tiré du titre s’il est vide.
desk-formats = Formats de séance
desk-format-new = Ajouter un format
desk-format-unnamed = Un format à remplir
desk-format-empty-lead = Ce format n’a pas encore de règles. Donnez-lui un titre et ce qu’il demande aux séances ; dites ensuite sous Règles qui peut proposer et assister.
desk-format-title = Titre
desk-format-tagline = Invitation en une ligne
desk-format-lengths = Minutes : au moins · d’ordinaire · au plus
desk-format-state = État
desk-format-code = Code
desk-format-position = Rang
desk-format-terms = Ce qu’il demande à ses séances
desk-format-minutes-min = Durée minimale, en minutes
desk-format-minutes-usual = Durée habituelle, en minutes
desk-format-minutes-max = Durée maximale, en minutes
desk-format-needs-call = Les séances passent par un appel
desk-format-interactive = Les séances indiquent leur méthode et le nombre maximal de participants
desk-format-high-level = Les séances comptent un intervenant de haut rang
desk-format-spheres = Les séances nomment les niveaux de gouvernance concernés
desk-format-kinds = Types au sein du format
desk-format-kind = Titre d’un type
desk-format-retire = Ne plus proposer ce format
desk-format-bring-back = Proposer de nouveau ce format
desk-format-remove = Retirer ce format
desk-domains = Domaines de politique
desk-domain-new = Ajouter un domaine
desk-domain-title = Titre
desk-domain-state = État
desk-domain-code = Code
desk-domain-position = Rang
desk-domain-retired = N’est plus proposé aux nouvelles séances
desk-domain-remove = Retirer ce domaine

# Thèmes du Town Hall.
desk-themes = Thèmes du Town Hall
desk-theme-new = Ajouter un thème
desk-theme-title = Titre
desk-theme-question = La question qu’il pose
desk-theme-code = Code
desk-theme-position = Rang
desk-theme-led-by = Conduit par
desk-theme-state = État
desk-theme-retired = N’est plus proposé aux nouvelles séances
desk-theme-remove = Retirer ce thème
desk-theme-partners = Les organisations qui le portent
desk-theme-leads = Qui le conduit
desk-theme-leads-hint = Ces personnes préparent les séances de ce thème et appartiennent à l’une de ses organisations.
desk-partner-organisation-name = Organisation
desk-partner-organisation-hint = Tapez le début de son nom. Le chef de file vient de la société civile.
desk-partner-role = Part dans le thème
desk-partner-since = Depuis
desk-partner-end = Fin
desk-partner-end-do = Mettre fin à sa part
desk-partner-name = Nommer cette organisation
desk-lead-person = Personne
desk-lead-since = Depuis
desk-lead-dismiss = Fin
desk-lead-dismiss-do = Lui retirer la conduite
desk-lead-name = Nommer à la conduite
desk-lead-nobody = Personne n’a encore de fonction confirmée dans l’une de ses organisations. Nommez d’abord une organisation, ou confirmez une fonction.

# Ce dont traitent les sessions de l’Assemblée.
desk-scopes = Régions et secteurs des sessions
desk-scopes-standard = Ceux-ci sont proposés tant que vous n’en changez ni n’en ajoutez aucun ; ensuite, la liste est propre à ce congrès.
desk-sitting-new = Ajouter un groupe de régions ou un secteur
desk-sitting-title = Titre
desk-sitting-kind = Genre
desk-sitting-code = Code
desk-sitting-position = Rang
desk-sitting-sections = Sections
desk-sitting-sections-hint = Un groupe de régions en a au moins une.
desk-sitting-remove = Retirer celui-ci

desk-nav-meetings = Réunions statutaires
desk-meetings-none = Aucune réunion pour l’instant
desk-meetings-none-hint = Prévoyez-en une pour un organe ci-dessous ; donnez-lui ensuite une salle et une heure comme à toute séance.
desk-meeting-plan = Prévoir une réunion
desk-meeting-title = Titre
desk-meeting-title-hint = Le nom de l’organe si le champ est vide.
desk-meeting-body = Organe
desk-meeting-when = Quand
desk-meeting-state = État
desk-meeting-length-minutes = Minutes
desk-meeting-place = Salle et heure
desk-meeting-see = La voir comme les membres
desk-meeting-doors = Trois portes
desk-meeting-line = La ligne au programme
desk-meeting-room = La salle
desk-meeting-papers = Documents de la réunion
desk-meeting-agenda = Ordre du jour
desk-meeting-agenda-none = Aucun point pour l’instant.
desk-meeting-due = L’ordre du jour est dû avant le
desk-meeting-agenda-send = Envoyer l’ordre du jour
desk-meeting-agenda-sent = L’ordre du jour est parti le { $when }.
desk-item-new = Ajouter un point
desk-item-title = Point
desk-item-kind = Ce qui est demandé
desk-item-papers = Documents
desk-paper-new = Ajouter un document
desk-paper-item = Pour quel point
desk-paper-title = Titre
desk-paper-title-hint = Le nom du fichier si le champ est vide.
desk-paper-language = Langue
desk-paper-audience = Pour qui
desk-paper-file = Fichier
desk-paper-file-hint = PDF, Word, OpenDocument, Excel, PowerPoint ou texte ; 25 Mio au plus.
audience-papers = Quiconque lit les documents de la réunion
audience-roster = Seulement qui siège dans l’organe

desk-nav-bodies = Organes
desk-body-name = Organe
desk-body-what = Ce qu’il fait
desk-body-computed = Personne n’est inscrit ici : tout membre, à jour ou en retard de cotisation, en fait partie par son adhésion.
desk-body-roster = Qui y siège
desk-body-roster-hint = Pour nommer quelqu’un, ouvrez sa page sous Personnes.
desk-seat-person = Personne
desk-seat-organisation = Pour
desk-seat-basis = Sur quelle base
desk-seat-basis-hint = La décision ou l’élection, avec sa date.
desk-seat-since = Depuis
desk-seat-end = Fin
desk-seat-end-do = Mettre fin au siège
desk-seat-over = jusqu’au { $day }
desk-seat-body = Organe
desk-seat-name = Nommer dans un organe
