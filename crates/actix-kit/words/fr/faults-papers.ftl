# Documents, leurs équipes et les commentaires à leur sujet.
fault-paper_state = Le document n’est pas à un point d’où il pourrait passer à cette étape. Relisez-le.
fault-paper_revoked = L’invitation à rédiger ce document a été retirée. Il reste tel quel.
fault-paper_not_writable = Ce document ne se rédige pas en ce moment.
fault-deadline_passed = Le délai de remise de ce document est passé. Demandez-en un autre aux organisateurs.
fault-one_block = Une traduction est celle d’un seul bloc. Retirez les lignes vides.
fault-paper_empty = Ce document ne dit encore rien. Rédigez-le d’abord.
fault-priority_missing = Un document est publié avec au moins une priorité, continentale, sectorielle ou thématique. Indiquez-en une.
fault-paper_not_published = Ce document n’est pas encore publié. Publiez-le d’abord.
fault-theme_has_paper = Ce thème a un document. Dites que le nouveau prend sa place.
fault-not_of_the_owner = Qui rédige a une fonction confirmée dans l’organisation à laquelle appartient le document. Faites-la d’abord confirmer.
fault-already_in_team = Cette personne a déjà cette part au document.
fault-comments_closed = Ce document n’est pas ouvert aux commentaires en ce moment.
fault-account_unproved = Prouvez d’abord l’adresse de votre compte : connectez-vous une fois avec un code.
