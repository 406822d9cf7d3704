# Kinds of failure, by status.
kind-400 = La demande est illisible
kind-401 = Connexion nécessaire
kind-403 = Non autorisé
kind-404 = Introuvable
kind-405 = Méthode non acceptée
kind-409 = Impossible pour le moment
kind-410 = Terminé
kind-412 = Modifié entre-temps
kind-413 = Trop volumineux
kind-415 = Type non accepté
kind-422 = À corriger
kind-428 = Version nécessaire
kind-429 = Trop d’essais
kind-431 = En-têtes trop longs
kind-500 = Erreur de notre part
kind-503 = Indisponible pour le moment

# What everybody may be told.
fault-malformed = La demande est illisible. Vérifiez son format et renvoyez-la.
fault-bad_cursor = Ce repère de page ne vient pas de ce serveur. Recommencez à la première page.
fault-idempotency_key_missing = Envoyez un en-tête Idempotency-Key, pour qu’une demande répétée ne soit exécutée qu’une fois.
fault-sign_in_needed = Connectez-vous pour continuer.
fault-not_allowed = Vos fonctions ne le permettent pas.
fault-audience = Cela ne vous est pas ouvert.
fault-cross_site = Le formulaire ne vient pas de l’une de nos pages. Rechargez la page et renvoyez-le.
fault-scope = Ce jeton ne donne pas ce droit.
fault-not_found = Cela n’existe pas ou ne vous est pas ouvert.
fault-method_not_allowed = Cette adresse n’accepte pas cette méthode.
fault-already_exists = Cela existe déjà.
fault-in_use = Autre chose y renvoie, ou ce à quoi cela renvoie n’existe plus.
fault-illegal_step = On ne passe pas de « { $from } » à « { $to } ».
fault-idempotency_in_flight = La même demande est en cours. Patientez un instant.
fault-stale = Quelqu’un l’a modifié entre-temps. Relisez, puis refaites votre modification.
fault-too_large = C’est plus volumineux que permis.
fault-media_type = Envoyez-le au format { $taken }.
fault-invalid = Une partie de la saisie ne peut être acceptée. Voyez ci-dessous.
fault-idempotency_mismatch = Cet Idempotency-Key a déjà servi pour une autre demande.
fault-version_needed = Indiquez par If-Match la version que vous avez modifiée.
fault-too_many = Trop d’essais. Réessayez dans un petit moment.
fault-headers_too_large = Les en-têtes de la demande sont plus longs que permis.
fault-internal = Une erreur s’est produite de notre côté. Elle a été notée.
fault-busy = Il y a beaucoup de monde en ce moment. Réessayez dans un instant.
fault-database_unavailable = La base de données est injoignable. Réessayez dans un instant.
fault-write_failed = L’enregistrement a échoué. Réessayez dans un instant.
fault-schema_newer = La base de données a été écrite par une version plus récente de ce logiciel.
fault-write_conflict = D’autres ont modifié la même chose au même instant. Réessayez dans un instant.

# Beside a field.
fault-required = À remplir.
fault-too_long = Trop long : { $most } caractères au plus.
fault-too_many_marks = L’une des lettres porte trop de signes.
fault-not_an_email = Ce n’est pas une adresse électronique.
fault-out_of_range = Entre { $least } et { $most }, s’il vous plaît.
fault-not_a_language = Ce n’est pas un code de langue.
fault-wrong_shape = Ce n’est pas de la forme attendue ici.
