# Mots des codes : le message d’un code est `<sorte>-<code>`.

# Langues.
language-en = Anglais
language-fr = Français
language-es = Espagnol
language-pt = Portugais
language-ar = Arabe
language-ru = Russe
language-zh = Chinois
language-tr = Turc
language-zu = Zoulou
language-ko = Coréen
language-ca = Catalan
language-de = Allemand
language-it = Italien
language-sw = Swahili
language-id = Indonésien
language-ja = Japonais
language-ils = Signes internationaux
language-other = Autre langue

# États d’une édition.
edition-state-draft = Brouillon
edition-state-announced = Annoncée
edition-state-open = Ouverte
edition-state-running = En cours
edition-state-closed = Close
edition-state-archived = Archivée
edition-state-cancelled = Annulée

# Sortes de séances.
session-kind-sitting = Séance de l’Assemblée
session-kind-world_assembly = Assemblée mondiale
session-kind-town_hall = Town Hall
session-kind-local4action = Local4Action
session-kind-statutory = Réunion statutaire
session-kind-plenary = Plénière
session-kind-special = Séance spéciale
session-kind-parallel = Séance parallèle
session-kind-hub = Hub
session-kind-ceremony = Cérémonie
session-kind-break = Pause
session-kind-blocker = Blocage, bureau seul

# Comment on entre.
entry-walk_in = Entrée libre
entry-seat = Places réservées
entry-invitation = Sur invitation

# Comment on assiste.
attendance-in_person = Sur place
attendance-online = En ligne
attendance-mixed = Sur place et en ligne

# États d’une séance.
session-state-proposed = Proposée
session-state-scheduled = Placée
session-state-published = Publiée
session-state-moved = Déplacée
session-state-live = En cours
session-state-held = Tenue
session-state-reported = Compte rendu fait
session-state-cancelled = Annulée

# États d’un format.
format-state-active = En usage
format-state-empty = Encore sans règles
format-state-retired = Abandonné

# Oui, non, ou non connu.
known-yes = Oui
known-no = Non
known-unknown = Non connu

# Qui intervient, à quel titre.
speaker-role-chair = préside
speaker-role-moderator = anime
speaker-role-speaker = intervient
speaker-role-presenter = présente
speaker-role-respondent = répond
speaker-role-rapporteur = rend compte
speaker-role-lead = dirige

# Ce qu’offre une salle ou une séance.
access-step_free = De plain-pied
access-hearing_loop = Boucle magnétique
access-captions = Sous-titres en direct
access-sign_language = Langue des signes
access-quiet_room = Salle calme à proximité

# Sortes d’organisations.
organisation-kind-city = Ville
organisation-kind-metropolis = Métropole
organisation-kind-region = Région
organisation-kind-national_association = Association nationale de gouvernements locaux
organisation-kind-regional_association = Association régionale de gouvernements locaux
organisation-kind-international_lg_network = Réseau international de gouvernements locaux
organisation-kind-national_government = Gouvernement national
organisation-kind-un_agency = Agence des Nations unies
organisation-kind-international_organisation = Organisation internationale
organisation-kind-ngo = Organisation de la société civile
organisation-kind-academia = Université ou recherche
organisation-kind-foundation = Fondation
organisation-kind-company = Entreprise
organisation-kind-press = Presse
organisation-kind-section = Section de CGLU
organisation-kind-consultation_mechanism = Mécanisme de consultation
organisation-kind-other = Autre

# États d’une organisation.
organisation-state-proposed = Proposée
organisation-state-active = Active
organisation-state-merged = Fusionnée

# Catégories de membres.
membership-category-individual = Gouvernement local
membership-category-association = Association
membership-category-international_organisation = Organisation internationale
membership-category-associate = Membre associé
membership-category-honorary = Membre d’honneur
membership-category-section = Section

# États d’une adhésion.
membership-state-applied = Demandée
membership-state-approved = Approuvée
membership-state-awaiting_fee = En attente de la première cotisation
membership-state-active = En règle
membership-state-in_arrears = En retard de cotisation
membership-state-suspended = Suspendue
membership-state-excluded = Exclue
membership-state-resigned = Retirée

# Cotisation d’une année.
dues-state-paid = Réglée
dues-state-partial = Réglée en partie
dues-state-waived = Dispensée
dues-state-due = Due

# Relations d’une organisation.
relation-gtf_network = Réseau de la Global Taskforce
relation-sister_org = Organisation sœur
relation-uclg_partner = Partenaire de CGLU
relation-global_institutional_partner = Partenaire institutionnel mondial
relation-national_government_partner = Partenaire gouvernement national
relation-civil_society_partner = Partenaire de la société civile
relation-stakeholder = Partie prenante
relation-consultation_mechanism = Mécanisme de consultation
relation-member_of_network = Membre d’un réseau

# Fonctions.
position-mayor = Maire
position-governor = Gouverneur·e ou président·e de région
position-minister = Ministre
position-head = Direction de l’organisation
position-councillor = Conseillère ou conseiller
position-staff = Personnel
position-delegate = Délégué·e
position-other = Autre

# États d’une fonction.
position-state-requested = À confirmer
position-state-confirmed = Confirmée
position-state-refused = Non confirmée
position-state-ended = Terminée

# Ce qui appuie une fonction.
evidence-member_roll_contact = Contact du registre des membres
evidence-document = Document
evidence-email_domain = Domaine de l’adresse
evidence-none = Rien encore

# Sections de CGLU.
section-africa = Afrique
section-asia_pacific = Asie-Pacifique
section-eurasia = Eurasie
section-europe = Europe
section-latin_america = Amérique latine
section-mewa = Moyen-Orient et Asie de l’Ouest
section-north_america = Amérique du Nord
section-metropolitan = Section métropolitaine
section-regions = Forum des régions

# Rôles.
role-platform_admin = Administration du site
role-secretariat = Secrétariat
role-section_officer = Responsable de section
role-commission_secretariat = Secrétariat d’une commission
role-theme_lead = Pilote d’une thématique
role-drafter = Rédaction d’un document d’orientation
role-session_lead = Pilote d’une séance
role-rapporteur = Rapporteur·e
role-chair = Présidence
role-returning_officer = Responsable du scrutin
role-scrutineer = Scrutatrice ou scrutateur
role-registrar = Responsable des inscriptions
role-badge_desk = Accueil des badges
role-scanner = Contrôle aux portes
role-translator = Traduction
role-press_officer = Service de presse
role-care_desk = Accueil des besoins
role-gtf_convener = Convocation de la Global Taskforce
role-focal_point = Point focal d’une organisation
role-body_member = Membre d’une instance
role-participant = Participant·e

# Admission à un circuit.
admission-requested = Demandée
admission-admitted = Admission accordée
admission-waiting = En attente
admission-refused = Admission refusée
admission-withdrawn = Retirée

# États d’une inscription.
registration-state-draft = Commencée
registration-state-pre_registered = Préinscription
registration-state-applied = Envoyée
registration-state-pending_network = En attente du réseau
registration-state-pending_proof = En attente d’un justificatif
registration-state-pending_review = En cours d’examen
registration-state-approved = Approuvée
registration-state-awaiting_payment = En attente de paiement
registration-state-confirmed = Confirmée
registration-state-badge_issued = Badge remis
registration-state-checked_in = Arrivée enregistrée
registration-state-attended = Participation faite
registration-state-rejected = Refusée
registration-state-expired = Expirée
registration-state-cancelled = Annulée
registration-state-refund_due = À rembourser
registration-state-refunded = Remboursée

# Places.
seat-state-reserved = Réservée
seat-state-waiting = Liste d’attente
seat-state-offered = Proposée
seat-state-released = Rendue
seat-state-confirmed = Réservée
seat-state-expired = Offre expirée

# Gravité d’un conflit.
severity-block_move = Refuse le déplacement
severity-block_release = Bloque une publication
severity-ignore = Non signalé
severity-warning = Avertissement
severity-info = Pour information
severity-waived = Levé

# Lettres.
letter-state-held = Retenue
letter-state-queued = À envoyer
letter-state-sending = En cours d’envoi
letter-state-sent = Envoyée
letter-state-failed = Échec
letter-state-cancelled = Retirée

# Ce qu’une organisation est à un thème, et ce dont traite une session.
partner-role-lead = Le conduit
partner-role-co = S’y joint
scope-kind-continental = Groupe de régions
scope-kind-sectoral = Secteur

# Documents d’orientation, et ce qui en est dit.
paper-track-assembly = Document d’orientation politique
paper-track-town_hall = Document d’orientation
paper-state-invited = Sollicité
paper-state-declined = Décliné
paper-state-drafting = En cours de rédaction
paper-state-submitted = Remis
paper-state-screened = Examiné
paper-state-returned = Rendu à son équipe
paper-state-published = Publié
paper-state-open_comment = Ouvert aux commentaires
paper-state-presented = Présenté
paper-state-discussed = Discuté avec les membres
paper-state-debated = Débattu avec d’autres collectifs
paper-state-consolidated = Consolidé
paper-state-final = Définitif
paper-state-result_recorded = Résultat consigné
paper-state-transmitted = Transmis à l’Assemblée mondiale
paper-state-withdrawn = Retiré
paper-state-superseded = Remplacé par un autre
paper-role-drafter = Rédaction
paper-role-translator = Traduction
paper-step-begun = Commencé
paper-step-went = Passé à l’étape suivante
paper-step-deadline_set = Délai fixé
paper-step-revoked = Invitation retirée
paper-step-published = Version publiée
paper-step-comments_opened = Commentaires ouverts
priority-kind-continental = Priorité continentale
priority-kind-sectoral = Priorité sectorielle
priority-kind-thematic = Priorité thématique
comment-position-support = Pour
comment-position-neutral = Neutre
comment-position-oppose = Contre
comment-state-posted = Publié
comment-state-moderated = Masqué par la modération
comment-state-withdrawn = Retiré par son auteur·e
disposition-accepted = Accepté
disposition-partly = Accepté en partie
disposition-not_accepted = Non accepté
alignment-complete = Complet
alignment-partly = Traduit en partie
alignment-missing = Non traduit

# Town Hall : caucus, leurs grilles, résultats des sessions, ce qui manque à une thématique.
answer-kind-yes_no = Oui ou non
answer-kind-extent = Dans quelle mesure
answer-kind-words = En toutes lettres
answer-value-yes = Oui
answer-value-partly = En partie
answer-value-no = Non
answer-value-not_concerned = Ne concerne pas ce document
review-state-asked = Demandé
review-state-answered = Donné
deliberation-state-recorded = Consigné
deliberation-state-closed = Clos et transmis
theme-lack-lead = Aucun partenaire n’est chef de file de la thématique.
theme-lack-lead_person = Personne n’est responsable de la thématique.
theme-lack-introduction = La page présente la thématique en moins de langues que n’en a le congrès.
theme-lack-paper = La thématique n’a pas de document.
theme-lack-consultation = Personne n’a dit quand le document reçoit des commentaires.
theme-lack-consultation_short = Avant le congrès, il manque { $days ->
    [one] un jour
   *[other] { $days } jours
 } aux { $months } mois pendant lesquels le document reçoit des commentaires.
theme-lack-dispositions = { $comments ->
    [one] Un commentaire est
   *[other] { $comments } commentaires sont
 } sans suite.
theme-lack-reviews = L’avis de certains caucus n’a pas été demandé, ou n’a pas été donné.
theme-lack-session = Aucune session du Town Hall ne porte sur la thématique.
theme-lack-result = La session { $code } est finie et n’a pas été close.

# Ce qu’un congrès décide.
outcome-kind-declaration = Déclaration politique
outcome-kind-recommendation = Recommandation politique
outcome-kind-political_position = Position politique
outcome-state-drafted = En préparation
outcome-state-received = Reçu
outcome-state-presented = Présenté
outcome-state-debated = Débattu
outcome-state-adopted = Adopté
outcome-state-amended_adopted = Adopté tel qu’amendé
outcome-state-returned = Renvoyé
outcome-state-not_adopted = Non adopté
outcome-source-assembly_paper = Document d’orientation de l’Assemblée
outcome-source-town_hall_session = Session du Town Hall
outcome-source-special_session = Session spéciale
agenda-phase-definition = Définition
agenda-phase-follow_up = Suivi
agenda-phase-review = Examen
reference-addressee-gtf = Global Taskforce
reference-addressee-uclg = Cités et Gouvernements Locaux Unis
reference-field-policy = Développement des politiques
reference-field-advocacy = Plaidoyer
reference-field-work_plan = Plans de travail
response-answer-accepted = Acceptée
response-answer-partly = Acceptée en partie
response-answer-noted = Prise en note
response-answer-not_accepted = Non acceptée
collection-warning-single_item = Il n’a qu’un seul élément : un congrès laisse une série, pas un seul texte.
collection-warning-no_declaration = Il n’a pas de déclaration politique.
collection-warning-no_recommendation = Il n’a pas de recommandation politique.
collection-warning-undecided = Une partie de ce qui a été reçu attend encore une décision.

# Amendements aux textes, et textes mis aux voix par parties.
amendment-kind-add = Ajout
amendment-kind-delete = Suppression
amendment-kind-replace = Modification
amendment-state-drafted = Attend des appuis
amendment-state-seconded = Appuyé
amendment-state-admissible = Recevable
amendment-state-inadmissible = Irrecevable
amendment-state-ordered = À mettre aux voix
amendment-state-put = Mis aux voix
amendment-state-adopted = Adopté
amendment-state-rejected = Rejeté
amendment-state-fallen = Devenu sans objet
amendment-state-withdrawn = Retiré
amendment-clash-identical = Le même a déjà été adopté
amendment-clash-same_block = Un autre amendement au même passage a été adopté
amendment-clash-target_gone = Le passage après lequel il devait se placer, ou qu’il amende, n’y est plus
amendment-clash-note_gone = Une note à laquelle il renvoie n’y est plus
amendment-clash-parent_gone = L’amendement qu’il amende n’est plus ouvert
amendment-advice-adopt = Adoption recommandée
amendment-advice-reject = Rejet recommandé
amendment-advice-modify = À modifier
division-state-parts = Mis aux voix par parties
division-state-whole = À mettre aux voix en entier
division-state-adopted = Adopté
division-state-rejected = Rejeté
division-part-waiting = En attente
division-part-put = Mise aux voix
division-part-adopted = Adoptée
division-part-rejected = Rejetée

# L’Assemblée : invitations, lectorat d’un document, Assemblée mondiale.
invitation-state-open = Sans réponse
invitation-state-accepted = Acceptée
invitation-state-declined = Déclinée
invitation-state-revoked = Retirée
paper-speaker-role-presenter = Présente
paper-speaker-role-respondent = Répond
paper-audience-participants = Participant·e·s
paper-audience-everyone = Tout le monde
world-assembly-state-proposed = Proposée
world-assembly-state-awaiting_consent = En attente d’accord
world-assembly-state-convoked = Convoquée
world-assembly-state-open = Ouverte
world-assembly-state-suspended = Suspendue
world-assembly-state-closed = Close
world-assembly-state-published = Publiée
network-answer-agreed = D’accord
network-answer-not_agreed = Pas d’accord
endorsement-state-pending_network = En attente du réseau
endorsement-state-endorsed = Aval donné
endorsement-state-refused = Aval refusé
endorsement-state-withdrawn = Retiré
world-assembly-item-for_adoption = Pour adoption
world-assembly-item-for_information = Pour information
consensus-state-asked = Objections demandées
consensus-state-agreed = Accord par consensus
consensus-state-voted = Voté
consensus-state-ended = Terminé sans consensus

# La parole : intervenant·e·s, motions, décisions.
floor-state-open = Ouverte
floor-state-paused = Suspendue
floor-state-closed = Close
speaking-order-asked = Dans l’ordre des demandes
speaking-order-balanced = Équilibré
balance-criterion-first_speech = Qui n’a pas encore parlé
balance-criterion-region = Région
balance-criterion-gender = Genre
speaker-gender-woman = Femme
speaker-gender-man = Homme
speaker-gender-other = Autre
speech-kind-point_of_order = Motion d’ordre
speech-kind-interposed = Question incidente
speech-kind-for_motion = Pour la motion
speech-kind-against_motion = Contre la motion
speech-kind-right_of_reply = Droit de réponse
speech-kind-statement = Déclaration
speech-state-requested = À admettre
speech-state-queued = En attente
speech-state-called = Invité·e à parler
speech-state-speaking = Parle
speech-state-paused = Temps arrêté
speech-state-done = A parlé
speech-state-withdrawn = Retirée
speech-state-removed = Rayée de la liste
speech-removal-by_chair = Par la présidence
speech-removal-debate_closed = Le débat a été clos
speech-removal-motion_decided = La motion a été décidée
speaker-place-point_of_order = Une motion d’ordre passe en premier
speaker-place-resumes = Reprend la parole
speaker-place-interposed = Une question admise
speaker-place-on_motion = S’exprime sur la motion
speaker-place-by_chair = Déplacé·e par la présidence
speaker-place-kept = Garde cette place
speaker-place-right_of_reply = Un droit de réponse
speaker-place-in_order = Dans l’ordre des demandes
speaker-place-waited = A attendu pendant que d’autres passaient
speaker-place-first_speech = N’a pas encore parlé
speaker-place-region = D’une région moins entendue
speaker-place-gender = D’un genre moins entendu
motion-kind-suspend_meeting = Suspension de la séance
motion-kind-adjourn_meeting = Ajournement de la séance
motion-kind-adjourn_debate = Ajournement du débat
motion-kind-close_debate = Clôture du débat
motion-kind-division = Vote par division
motion-kind-reconsideration = Nouvel examen
motion-state-moved = À décider
motion-state-carried = Adoptée
motion-state-lost = Rejetée
motion-state-withdrawn = Retirée
motion-state-ruled_out = Déclarée irrecevable
motion-state-fallen = Caduque
ruling-finding-well_taken = Fondée
ruling-finding-not_well_taken = Non fondée
ruling-finding-noted = Prise en note
ruling-finding-out_of_order = Irrecevable
ruling-state-given = Peut faire l’objet d’un appel
ruling-state-stands = Maintenue
ruling-state-appealed = En appel : à mettre aux voix
ruling-state-upheld = Confirmée par vote
ruling-state-overruled = Infirmée par vote
