# What is wrong with a programme, or may be. $codes: the sessions it is about.
conflict-room-taken = { $codes } : dans la même salle au même moment.
conflict-turnaround = { $codes } : moins de { $minutes } minutes entre elles dans la même salle.
conflict-person-conflict = { $codes } : { $name } intervient dans les deux au même moment.
conflict-plenary-conflict = { $codes } : en même temps qu’une séance destinée à tout le monde.
conflict-precedence = { $codes } : dans le mauvais ordre. Ce qui vient d’abord prépare ce qui suit.
conflict-outside-edition = { $codes } : en dehors des jours du congrès.
conflict-too-short = { $codes } : { $minutes } minutes, moins que les { $least } que demande son format.
conflict-too-long = { $codes } : { $minutes } minutes, plus que les { $most } que permet son format.
conflict-no-room = { $codes } : a une heure et pas de salle.
conflict-room-closed = { $codes } : la salle est ouverte de { $opens } à { $closes } ce jour-là.
conflict-room-too-small = { $codes } : la salle a { $seats } sièges pour { $places } places.
conflict-interpretation-missing = { $codes } : la salle a { $booths } cabines pour { $languages } langues d’interprétation.
conflict-accessibility-mismatch = { $codes } : demande un accès que sa salle n’offre pas, ou dont personne n’a rien dit.
conflict-roster-empty = { $codes } : personne ne siège dans cet organe ce jour-là.
conflict-one-sphere-only = { $codes } : associe moins de deux sphères de gouvernement.
conflict-default-above-lab-minimum = La durée habituelle de { $format }, { $minutes } minutes, n’est pas inférieure aux { $minimum } que dure au moins { $lab }.
conflict-lead-not-of-theme = { $codes } : est menée par une organisation qui n’est pas partenaire de son thème.
