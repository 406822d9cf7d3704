# Signing in, accounts and appointments.
fault-wrong_password = L’adresse et le mot de passe ne vont pas ensemble. Réessayez, ou faites-vous envoyer un code.
fault-wrong_code = Ce code est inexact, a déjà servi, ou date de plus de dix minutes. Vérifiez-le, ou faites-vous en envoyer un nouveau.
fault-email_taken = Cette adresse appartient à un autre compte. Prenez une autre adresse, ou connectez-vous avec celle-ci.
fault-proof_needed = Pour cela, donnez votre mot de passe, ou un code qui vient d’être envoyé à votre adresse.
fault-wrong_second_code = Ce n’est pas le code que votre application affiche maintenant, ou il a déjà servi. Attendez le suivant ; si cela persiste, vérifiez l’heure de votre téléphone.
fault-wrong_recovery_code = Ce n’est aucun de vos codes de secours, ou il a déjà servi.
fault-sign_in_over = Cette connexion a trop attendu ou a été tentée trop souvent. Recommencez la connexion.
fault-second_factor_on = Votre compte a déjà un second facteur.
fault-second_factor_off = Ce compte n’a pas de second facteur.
fault-second_factor_not_begun = Aucun secret n’attend son code dans ce navigateur. Recommencez.
fault-second_factor_required = Une fonction que vous exercez demande un second facteur. Ajoutez-en un sur la page de votre compte ; d’ici là, rien d’autre ne s’ouvre.
fault-not_your_own = Le vôtre se retire sur la page de votre compte, par lui-même. Demandez à une autre personne qui administre le site de le remettre à zéro.
fault-last_admin = Personne d’autre n’administre ce site. Nommez d’abord quelqu’un.
fault-already_ended = Cette fonction a déjà pris fin.
fault-role_not_by_hand = Cette fonction découle d’une inscription, d’un siège dans une instance ou du guichet d’une organisation. Modifiez-la là-bas.
fault-scope_mismatch = Cette fonction ne s’exerce pas sur ce genre d’objet. Choisissez une autre portée.

# Beside a field.
fault-too_short = Trop court : { $least } au moins.
fault-too_common = Beaucoup de gens emploient ce mot de passe ; on le devine. Choisissez-en un autre.
fault-unchanged = C’est déjà votre adresse. Indiquez-en une autre.
fault-too_many_tokens = Vous avez { $most } jetons et ne pouvez en avoir davantage. Mettez d’abord fin à l’un d’eux.
fault-never_asked = Cette fonction n’en exige jamais.
