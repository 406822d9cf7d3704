# The outbox and the audit at the desk.
desk-letter-kind = À propos
desk-letter-person = Numéro de la personne
desk-letter-body = Texte
desk-letter-not-before = Pas avant
desk-letter-next-try = Prochain essai
desk-letter-send-now = L’envoyer maintenant
desk-letter-tries = Essais de remise
desk-letter-tries-none = Pas encore essayée.
desk-letter-said = Réponse du serveur de courrier
desk-letter-words = Changer son texte
desk-letter-words-hint = Elle part en texte simple. [site] et [site_name] tiennent lieu de l’adresse et du nom du site.
desk-letter-bounce = Elle est revenue
desk-letter-bounce-hint = Ce que dit l’avis : 550 5.1.1 boîte inconnue
desk-letter-bounce-do = Noter qu’elle est revenue
desk-audit-of-this = Ce qui lui est arrivé
desk-audit-somebody = Quelqu’un d’un bureau
desk-audit-by-this-person = Ce que cette personne a fait
desk-letters-to-this-person = Lettres à cette personne
desk-audit-person = Numéro de la personne

# What letters are about.
letter-kind-sign_in_code = Code de connexion
letter-kind-registration_code = Code d’inscription
letter-kind-verify_code = Code de nouvelle vérification
letter-kind-reset_code = Code pour un nouveau mot de passe
letter-kind-new_email_code = Code pour une nouvelle adresse
letter-kind-account_changed = Compte modifié
letter-kind-erased = Effacement terminé
letter-kind-second_factor_changed = Second facteur modifié
letter-kind-identity_changed = Façon de se connecter modifiée
letter-kind-registration_received = Inscription reçue
letter-kind-registration_decided = Inscription décidée
letter-kind-position_confirmed = Fonction confirmée
letter-kind-position_refused = Fonction non confirmée
letter-kind-track_decision = Décision d’un parcours
letter-kind-seat_offered = Place proposée
letter-kind-seat_confirmed = Place confirmée
letter-kind-staff_invitation = Invitation à aider
letter-kind-programme_changed = Programme modifié
letter-kind-confirm_reminder = Rappel de confirmation
letter-kind-webhook_given_up = Webhook abandonné
letter-kind-session_change_settled = Demande de modification d’une session tranchée
letter-kind-delegate_invited = Désignation dans une délégation
letter-kind-delegate_left = Fin de désignation dans une délégation
letter-kind-seat_lost = Place terminée
letter-kind-paper_named = Désignation pour un document
letter-kind-paper_news = Suite donnée à un document
letter-kind-circular = Lettre à plusieurs

# How far a letter is, and what became of a try.
letter-state-bounced = Revenue
delivery-outcome-taken = Acceptée
delivery-outcome-put_off = Remise à plus tard
delivery-outcome-refused = Refusée
delivery-outcome-bounced = Revenue
