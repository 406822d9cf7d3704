# Bodies, seats, meetings, agendas and papers.
fault-computed_roster = La composition de cette instance découle des adhésions. Modifiez celles-ci.
fault-no_seat_free = Les { $seats } sièges de l’instance sont occupés à cette période. Mettez d’abord fin à l’un d’eux.
fault-already_seated = Cette personne siège déjà dans l’instance à cette période.
fault-seat_over = Ce siège a déjà pris fin.
fault-body_required = Dites quelle instance se réunit.
fault-body_unknown = Cette instance n’existe pas. Choisissez-en une dans la liste.
fault-not_a_statutory_meeting = Cette séance n’est pas la réunion d’une instance statutaire. Choisissez-en une autre.
fault-body_fixed = Cette réunion a été publiée : son instance ne change plus. Annulez-la et créez-en une autre.
fault-doors_missing = Cette réunion ne dit pas encore à qui elle est ouverte. Enregistrez-la une nouvelle fois.
fault-agenda_empty = Un ordre du jour sans point ne peut être publié. Ajoutez-en un.
fault-agenda_published = L’ordre du jour est déjà publié.
fault-item_has_documents = Des documents se rattachent à ce point. Déplacez-les d’abord.
fault-document_replaced = Une version plus récente a remplacé ce document. Ouvrez celle-là.

# Beside a field.
fault-not_the_same_items = Ce ne sont pas les points de cet ordre du jour. Rechargez la page.
fault-not_the_appointing_body = Cette instance ne nomme pas à celle-là.
fault-one_of_a_kind = Une telle instance existe déjà.
