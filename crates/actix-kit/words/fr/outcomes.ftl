# Ce qu’un congrès décide : la série, un résultat, les rapports, la publication.
nav-outcomes = Résultats
outcomes-title = Ce que { $city } a décidé
outcomes-lead = Déclarations, recommandations et positions politiques. Chacune dit d’où elle vient ; ce qui a été renvoyé ou n’a pas été adopté reste ici aussi, avec la raison.
outcomes-series = La série
outcomes-none = Rien n’est encore décidé
outcomes-none-hint = Ce que l’Assemblée mondiale adopte, renvoie ou n’adopte pas figurera ici, chaque texte avec son code et sa raison.
outcomes-published = Publié en recueil, édition { $number }, le { $day }.
outcomes-read = Lire le recueil
outcomes-contents = Sommaire
outcomes-editions = Éditions publiées
outcomes-hash = SHA-256 de ce qui est publié :
outcomes-reports = Ce qu’il en advient
outcomes-unanswered = Recommandations qui attendent une réponse
outcomes-unanswered-lead = Chaque recommandation reçoit la réponse d’un organisme responsable. Celles-ci n’en ont pas encore ; les retards viennent en premier.
outcomes-agendas = Agendas internationaux servis
outcomes-agendas-lead = Combien de résultats adoptés servent chaque agenda, et à quel moment de sa vie. Ce qui sert un objectif sert son agenda.
outcomes-coverage = Priorités stratégiques renouvelées
outcomes-coverage-lead = Quelles recommandations renouvellent quelle priorité stratégique. Ce qui a été renvoyé ou n’a pas été adopté ne renouvelle rien.
outcomes-ways = De chaque document et séance à ce qu’il en est advenu
outcomes-ways-lead = Tout ce qui a été remis à l’Assemblée mondiale, et ce que cela a donné.
filter-kind = Nature
filter-state = État
filter-theme = Thématique
filter-agenda = Agenda international

# Ce qu’il est advenu d’un résultat, et quand.
outcome-became-drafted = En préparation depuis le { $day }
outcome-became-received = Reçu le { $day }
outcome-became-presented = Présenté le { $day }
outcome-became-debated = Débattu le { $day }
outcome-became-adopted = Adopté le { $day }
outcome-became-amended-adopted = Adopté tel qu’amendé le { $day }
outcome-became-returned = Renvoyé le { $day }
outcome-became-not-adopted = Non adopté, décidé le { $day }

# Un résultat.
outcome = Résultat
outcome-text = Texte
outcome-authentic = Texte faisant foi ({ $language })
outcome-translated = Traduction ; langue faisant foi : { $language }
outcome-way = D’où il vient
outcome-way-words = En mots
outcome-way-said = D’où vient { $code } : son document, sa séance et l’Assemblée mondiale. La même chose figure plus bas en mots.
outcome-column-papers = Document
outcome-column-sessions = Séance
outcome-position-paper = Document d’orientation politique
outcome-policy-paper = Document d’orientation
outcome-theme = Thématique
outcome-session = Délibéré en séance :
outcome-sent = Transmis à l’Assemblée mondiale le { $day }
outcome-drafted-itself = Rédigé pour l’Assemblée mondiale elle-même, depuis le { $day }
outcome-history = Historique
outcome-use = À quoi il sert
outcome-addressed = Adressé à
outcome-reference = { $whom } : { $field }
outcome-agendas = Agendas internationaux
outcome-priorities = Priorités stratégiques
outcome-horizon = Suivi jusqu’au
outcome-responses = Réponses
outcome-others = Va de pair avec
outcome-cite = Citer
outcome-citation = { $congress }. { $kind } { $code } : { $title }. { $became }. { $address }
outcome-data = En données (JSON)
outcome-to-desk = S’en occuper au bureau
agenda = Agenda
agenda-phases = À quel moment de sa vie
agenda-outcomes = Résultats
agenda-lead = Résultats adoptés qui servent cet agenda, ou un de ses objectifs.
agenda-none = Aucun résultat adopté ne le sert
agenda-none-hint = Les résultats disent quels agendas ils servent quand ils sont remis ; le secrétariat ajoute ce qui manque.
agenda-read = Lire l’agenda lui-même
priority = Priorité stratégique
priority-recommendations = Renouvelée par
priority-bare = Aucune recommandation
priority-unmapped = Recommandations qui ne renouvellent aucune priorité
priority-none = Il n’y a pas encore de priorités stratégiques
priority-none-hint = Le secrétariat du congrès les nomme.
unanswered-body = Organisme responsable
unanswered-due = Réponse attendue
unanswered-none = Rien n’attend de réponse
unanswered-none-hint = Qui a été interrogé, et n’a pas répondu, figurera ici.
unanswered-unasked = Au sujet de celles-ci, personne n’a encore été interrogé
way-input = Document ou séance
way-track = Circuit
way-organisation = Organisation
way-outcomes = Ce que cela a donné
way-own = Rédigé pour l’Assemblée mondiale elle-même

# Ce que répondent les organismes.
responses-title = Ce qui est demandé à mon organisation
responses-lead = Recommandations du congrès au sujet desquelles on demande à votre organisation ce qu’il en advient. Ce qu’elle répond est public.
responses-none = Rien n’a été demandé à votre organisation
responses-none-hint = Quand on lui demandera ce qu’il advient d’une recommandation, elle figurera ici, avec le jour jusqu’auquel répondre.
response-title = Répondre à une recommandation
response-answer = Répondre
response-answer-choice = Ce que répond votre organisation
response-correct = Corriger la réponse
response-said = Dans ses propres mots
response-said-hint = Une langue suffit. Ce qu’elle en fait, pour quand, ou pourquoi non.
response-answered = De quel jour est la réponse
response-answered-on = Réponse du { $day }
response-answered-hint = Aujourd’hui si rien n’est indiqué.
response-send = Envoyer la réponse
response-due = Attendue le { $day }, { $days ->
    [0] aujourd’hui
    [one] dans un jour
   *[other] dans { $days } jours
 }
response-late = Attendue le { $day }, { $days ->
    [one] un jour de retard
   *[other] { $days } jours de retard
 }
done-response-sent = La réponse est envoyée, et publique.
my-responses = { $count ->
    [one] Une recommandation attend ma réponse
   *[other] { $count } recommandations attendent ma réponse
 }

# Le bureau.
desk-nav-outcomes = Résultats
desk-outcomes-inbox = Remis à l’Assemblée mondiale
desk-outcomes-inbox-none = Rien n’est encore arrivé
desk-outcomes-inbox-none-hint = Quand une séance de l’Assemblée ou une session du Town Hall est close, son résultat et ses recommandations arrivent ici, une fois.
desk-outcomes-from = Document ou séance
desk-outcomes-track = Circuit
desk-outcomes-sent = Arrivé
desk-outcomes-with = Résultats
desk-outcomes-own = Rédigé pour l’Assemblée mondiale elle-même
desk-outcomes-own-none = Rien encore : une déclaration se rédige ici.
desk-outcomes-references = Références
desk-outcomes-references-count = { $count ->
    [0] Références
    [one] Références (une à faire)
   *[other] Références ({ $count } à faire)
 }
desk-outcomes-references-lead = Ce qui a été adopté devient une référence pour la Global Taskforce et pour CGLU : pour les politiques, le plaidoyer et les plans de travail.
desk-outcomes-unreferenced = Adopté, encore adressé à personne
desk-outcomes-unreferenced-none = Tout ce qui a été adopté est adressé à quelqu’un.
desk-outcomes-referenced = Adressé
desk-waits-references = Adopté, encore adressé à personne
desk-outcome-new = Rédiger un résultat
desk-outcome-new-lead = Pour ce que personne ne remet : une déclaration, par exemple. Le secrétariat seul le voit jusqu’à sa présentation.
desk-outcome-draft = Le rédiger
desk-outcome-shown = Tel que le voient ses lecteur·rice·s
desk-outcome-code = Code
desk-outcome-title = Titre
desk-outcome-title-hint = Au moins dans la langue dans laquelle il est écrit.
desk-outcome-kind = Nature
desk-outcome-state = État
desk-outcome-language = Langue faisant foi
desk-outcome-language-hint = La langue qui compte ; les autres sont des traductions.
desk-outcome-markdown = Texte
desk-outcome-markdown-hint = En Markdown : une ligne vide entre les paragraphes, # devant un titre, - devant un élément de liste.
desk-outcome-adopted = Adopté
desk-outcome-to-do = À faire
desk-outcome-refer = Dire pour qui
desk-outcome-horizon-to = Dernier jour
desk-outcome-horizon-hint = Jusque-là, il figure dans le suivi.
desk-outcome-renews = Priorités qu’il renouvelle
desk-reference-none = Encore adressé à personne. Dites pour le travail de qui.
desk-reference-addressed-to = À qui
desk-reference-field = Pour quoi
desk-reference-note = Note
desk-reference-note-hint = Ce qu’il y a à en faire. Une langue suffit.
desk-reference-add = L’adresser
desk-agenda-none = Il ne sert encore aucun agenda international.
desk-agenda-add = Ajouter
desk-link-other = Code de l’autre résultat
desk-link-other-hint = Par exemple TH-2019-03-R07.
desk-link-add = Les relier
desk-response-organisation-name = Organisme responsable
desk-response-organisation-hint = Tapez le début de son nom et choisissez.
desk-response-due-on = Jusqu’à quel jour il doit répondre
desk-response-ask = L’interroger
desk-response-answer = Réponse
desk-response-enter = Consigner
desk-response-enter-do = Consigner sa réponse
desk-response-title = La réponse d’un organisme
desk-response-postpone = Lui donner un autre jour
desk-collection = Recueil
desk-collection-lead = Pas une seule déclaration, mais une série : ce qui a été adopté, dans un ordre, publié en une édition numérotée qui ne change plus.
desk-collection-title = Comment il s’appelle
desk-collection-foreword = Avant-propos
desk-collection-foreword-hint = Précède les textes. Une langue suffit.
desk-collection-order = Ordre
desk-collection-order-do = Garder cet ordre
desk-collection-place = Rang
desk-collection-none = Rien n’est encore adopté
desk-collection-none-hint = Ce que l’Assemblée mondiale adopte est ordonné et publié ici.
desk-collection-publish = Publier
desk-collection-publish-do = Publier l’édition { $number }
desk-collection-number = Édition
desk-collection-when = Publiée
desk-collection-items = Textes
done-collection-published = Publié. C’est public, et cela reste tel quel.
desk-priorities = Priorités stratégiques
desk-priorities-lead = Ce que renouvellent les recommandations. Laquelle renouvelle quoi se dit sur sa propre page.
desk-priority-new = Une nouvelle priorité
desk-priority-title = Titre
desk-priority-description = Ce qu’elle veut dire
desk-priority-code-hint = Court, en minuscules et tirets bas ; il reste.
desk-priority-remove = Retirer cette priorité
