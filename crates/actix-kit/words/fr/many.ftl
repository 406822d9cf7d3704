# Décider de plusieurs inscriptions.

desk-many-choose = Choisir { $name }
desk-many-ticked = Décider des inscriptions cochées…
desk-many-all = Décider de toute cette liste…
desk-many-title = Décider de plusieurs inscriptions
desk-many-log = Décisions groupées
desk-many-none = Rien n’a été choisi. Revenez en arrière et cochez des inscriptions, ou prenez toute la liste.
desk-many-chosen = { $count ->
    [one] Une inscription est choisie. Une lettre annonce la décision : elle n’est pas reprise.
   *[other] { $count } inscriptions sont choisies. Une lettre annonce la décision à chacun : elle n’est pas reprise.
}
desk-many-accept-title = Accepter
desk-many-refuse-title = Refuser
desk-many-accepts = { $count ->
    [0] Aucune n’est acceptée
    [one] Une est acceptée
   *[other] { $count } sont acceptées
}
desk-many-refuses = { $count ->
    [0] Aucune n’est refusée
    [one] Une est refusée
   *[other] { $count } sont refusées
}
desk-many-left = { $count } laissées : { $why }
desk-many-each = Chacune d’elles
desk-many-why = Pourquoi elle a été laissée
desk-many-before = Avant
desk-many-after = Après
desk-many-done = Décidées
desk-many-not = Laissées telles quelles
desk-many-how = Choisies
desk-many-by-ticks = une à une
desk-many-by-filter = toute une liste, état : { $state }
desk-many-any-state = tous
desk-many-accept = { $count ->
    [one] L’accepter
   *[other] Accepter les { $count }
}
desk-many-refuse = { $count ->
    [one] La refuser
   *[other] Refuser les { $count }
}
done-decided-many = C’est fait. Le sort de chacune est ci-dessous ; chacun l’apprend par une lettre, et le journal le garde.
fault-too_many_at_once = On décide d’au plus { $most } inscriptions à la fois. Restreignez la liste.
fault-category_full = Elle attend une place, et sa catégorie n’en a plus.

# Pourquoi l’une d’elles reste telle quelle.
left-because-decided_already = déjà décidée ainsi
left-because-illegal_step = son état ne le permet pas
left-because-unknown_category = elle n’a pas de catégorie
left-because-category_full = plus de place dans sa catégorie
left-because-changed_since = elle a changé après avoir été montrée
left-because-not_shown = elle est arrivée dans la liste ensuite
