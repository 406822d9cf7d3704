# Ce qu’un congrès décide : transmissions, résultats, références, réponses, le recueil.
fault-outcome_state = Cette étape ne suit pas : un résultat est présenté, puis débattu, puis fait l’objet d’une décision. Relisez-le.
fault-outcome_decided = La décision est prise : le texte ne change plus.
fault-outcome_not_adopted = Seul ce qui a été adopté peut être référencé, ordonné ou publié.
fault-not_a_recommendation = Seule une recommandation reçue appelle une réponse.
fault-already_answered = L’organisme a répondu : la question qui lui a été posée ne change plus.
fault-own_link = Un résultat n’est pas lié à lui-même. Choisissez-en un autre.
fault-inbox_closed = L’Assemblée mondiale de ce congrès est terminée : plus rien ne peut lui être transmis. Ce que vous avez consigné reste tel quel.
fault-nothing_to_publish = Rien n’a encore été adopté : il n’y a rien à publier.
fault-wording_changed = { $code } ne dit plus ce qui a été adopté. Rétablissez d’abord son texte.
fault-too_many_outcomes = Au plus { $most } résultats sont transmis à la fois.
fault-too_many_agendas = Au plus { $most } agendas sont indiqués.
fault-named_twice = Ceci figure déjà plus haut.
