# Le plan du programme.
board-title = Plan du programme
board-help = Entrée ou Espace prend cette séance pour la déplacer. Majuscule et Entrée ouvrent son formulaire.
board-undo = Annuler
board-redo = Rétablir
board-snap = Pas, en minutes :
board-snap-of = Pas de { $count } minutes
board-zoom = Taille :
board-zoom-small = petite
board-zoom-normal = normale
board-zoom-large = grande
board-rooms = Salles
board-rooms-of = Salles { $first } à { $last }
board-unscheduled = Sans place
board-search = Mots du titre
board-all-placed = Rien n’attend de place.
board-waiting = { $code }, { $count } min
board-more = { $count ->
    [one] Et une autre : cherchez-la.
   *[other] Et { $count } autres : cherchez-les.
 }
board-more-conflicts = { $count ->
    [one] Et un autre conflit
   *[other] Et { $count } autres conflits
 }
board-no-room = Sans salle
board-choose = Cocher { $title }
board-bulk = Les séances cochées :
board-minutes = Minutes (moins de 0 : plus tôt)
board-reason = Raison, si une erreur peut rester
board-shift = Mettre plus tard
board-swap = Échanger les places des deux
board-place = Placer par formulaire
board-place-lead = La séance prend cette salle à partir de là.
desk-place-session = Séance
board-place-length-hint = Vide, elle garde sa durée.
board-back = Retour au plan
board-held = Vous tenez { $title }. Les flèches la déplacent de { $snap } minutes et de salle, Page précédente et Page suivante de jour. Entrée la pose, Suppr lui retire sa place, Échap la remet.
board-dropped = { $title } : désormais { $room }, { $time }.
board-unplaced = { $title } : désormais sans place.
board-stays = { $title } reste où elle était.
board-theirs = Quelqu’un d’autre a déplacé { $title } : { $room }, { $time }.
board-theirs-moved = { $title } a été déplacée ({ $name }, { $at }) : désormais { $room }, { $time }.
board-theirs-unplaced = { $title } n’a plus de place ({ $name }, { $at }).
board-theirs-changed = { $title } a été modifiée ({ $name }, { $at }). Sa place n’a pas changé.
board-somebody = quelqu’un d’autre
board-you = vous, dans une autre fenêtre
board-free = Rien ne s’y oppose.
board-unavailable = Pas disponible à cette heure.
board-nowhere = Sans place
board-refused = C’est impossible
board-clash = Cela crée un conflit que le congrès n’admet pas
board-let-stand = Laisser et déplacer
board-leave = Ne rien faire
board-stale = Quelqu’un d’autre est passé entre-temps
board-take-over = Prendre le dessus
board-undone = Annulé.
board-redone = Rétabli.
board-pick-some = Cochez au moins une séance.
board-pick-two = Cochez exactement deux séances.
board-offline = Le serveur ne répond pas. Rien n’a été déplacé.
board-stretch = Allonger
board-close-gaps = Fermer les intervalles
board-exchange = Échanger deux salles
board-copy = Copier une pause
board-copy-which = Quelle pause ou quel blocage copier dans d’autres salles ?
board-copy-none = Aucune pause ni aucun blocage n’a de place.
board-copy-lead = { $session } : elle aura lieu aussi, à la même heure, dans les salles cochées. Si l’une d’elles est prise, rien n’est copié.
desk-copy-rooms = Salles
desk-copy-do = Copier
