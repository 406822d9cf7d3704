# Ce qui s’imprime : le programme en livret, l’agenda d’une personne en feuille.

printed-pdf = PDF à imprimer
printed-agenda-pdf = PDF à imprimer
printed-contents = Sommaire
printed-by-time = Par heure
printed-by-room = Par salle
printed-sessions = Les sessions
printed-hour = Heure
printed-session = Session
printed-people = Qui intervient
printed-rooms = Les salles
printed-floor = Langues parlées : { $languages }
printed-interpreted = Interprétation : { $languages }
printed-ways = Comment s’y rendre
