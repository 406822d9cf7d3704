# Un réseau qui donne son aval sans qu’on le lui demande.
wa-endorse-unasked = Donner l’aval à quelqu’un qui ne l’a pas demandé
wa-endorse-unasked-hint = Une personne de votre réseau ou de l’un de ses membres, inscrite à ce congrès.
wa-endorse-person = Parmi vos propres membres
wa-endorse-email = Ou par l’adresse de son compte
wa-endorse-email-hint = Pour une personne d’un membre de votre réseau.
done-endorsed = Cette personne a maintenant la parole et part au consensus. Nous l’en avons avertie par lettre.
delegation-endorsing = Assemblée mondiale : à qui votre réseau donne son aval
