# The desk: its navigation.
desk-nav = Le bureau
desk-nav-home = Aujourd’hui
desk-nav-edition = Édition
desk-nav-rooms = Lieux et salles
desk-nav-sessions = Séances
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
desk-waits-conflicts = Conflits dans le projet
desk-waits-positions = Fonctions à confirmer
desk-waits-registrations = Inscriptions à décider
desk-waits-letters = Lettres retenues ou en échec
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
