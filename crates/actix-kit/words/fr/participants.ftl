# Ce que l’on voit du congrès pendant qu’il a lieu : en cours et à suivre, son agenda, les écrans.

now-title = En cours et à suivre
now-clock = Au congrès, nous sommes { $when }.
now-views = Quelles séances
now-all = Toutes
now-mine = Mon agenda
now-said = Le programme a changé ; ce que vous voyez est à jour.
now-time-was = Prévue auparavant : { $time }.
now-room-was = Salle prévue auparavant : { $room }.
now-empty = Rien n’est en cours
now-empty-hint = Ce qui commence ensuite figure ici dès que c’est connu.

agenda-alone = Mon agenda sur une page à part
agenda-misfits = { $count ->
    [one] Une séance n’est pas compatible avec une autre.
   *[other] { $count } séances ne sont pas compatibles avec une autre.
}
agenda-walk = { $needed } minutes de trajet avec « { $title } », et { $minutes } entre les deux.

filter-understood = Les séances que je comprends
filter-understood-hint = Tenues dans l’une de ces langues, ou interprétées vers l’une d’elles.

screens-title = Écrans
screens-hint = Pour le hall et les portes des salles : ouvrez-en un par écran et laissez-le ; il se met à jour tout seul.
screens-lobby = Hall
screens-lobby-heading = Programme
screens-nothing-on = Rien n’est en cours.
screens-nothing-next = Rien d’autre pour le moment.
