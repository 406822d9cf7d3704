# Combien de temps est gardé ce qui est gardé.

desk-nav-retention = Conservation
desk-retention-title = Combien de temps est gardé ce qui est gardé
desk-retention-tonight = { $count ->
    [0] Cette nuit, rien ne partirait.
    [one] Cette nuit, un enregistrement partirait.
   *[other] Cette nuit, { $count } enregistrements partiraient.
}
desk-retention-last = Fait pour la dernière fois le { $day }.
desk-retention-kind = Quoi
desk-retention-days = Jours
desk-retention-would-go = Partirait cette nuit
desk-retention-would-go-then = Partirait avec les jours ci-dessous
desk-retention-change = D’autres durées
desk-retention-change-lead = Ce qui a été promis aux personnes, et ce qui protège le site, ne se change pas ici. Rien ne part avant la nuit prochaine.
desk-retention-bounds = De { $least } à { $most } jours
desk-retention-check = Essayer
desk-retention-log = Ce qui a été fait
retention-kind-needs = Besoins d’accès et de régime, après le congrès
retention-kind-sign_ins = Navigateurs, après la fin de leur connexion
retention-kind-codes = Codes des lettres, une fois périmés
retention-kind-half_sign_ins = Connexions en attente d’un second facteur
retention-kind-code_letters = Lettres qui portaient un code
retention-kind-letter_texts = Textes des autres lettres, après leur départ
retention-kind-answers = Réponses gardées pour une demande répétée
retention-kind-tries = Décomptes d’essais manqués
retention-kind-jobs = Tâches, une fois faites
retention-kind-denials = Refus, avec qui a été refusé
