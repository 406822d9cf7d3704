# Signing in, accounts and appointments.
fault-wrong_password = L’adresse et le mot de passe ne vont pas ensemble. Réessayez, ou faites-vous envoyer un code.
fault-wrong_code = Ce code est inexact, a déjà servi, ou date de plus de dix minutes. Vérifiez-le, ou faites-vous en envoyer un nouveau.
fault-email_taken = Cette adresse appartient à un autre compte. Prenez une autre adresse, ou connectez-vous avec celle-ci.
fault-proof_needed = Pour cela, donnez votre mot de passe, ou un code qui vient d’être envoyé à votre adresse.
fault-last_admin = Personne d’autre n’administre ce site. Nommez d’abord quelqu’un.
fault-already_ended = Cette fonction a déjà pris fin.
fault-role_not_by_hand = Cette fonction découle d’une inscription, d’un siège dans une instance ou du guichet d’une organisation. Modifiez-la là-bas.
fault-scope_mismatch = Cette fonction ne s’exerce pas sur ce genre d’objet. Choisissez une autre portée.

# Beside a field.
fault-too_short = Trop court : { $least } au moins.
fault-too_common = Beaucoup de gens emploient ce mot de passe ; on le devine. Choisissez-en un autre.
fault-unchanged = C’est déjà votre adresse. Indiquez-en une autre.
fault-too_many_tokens = Vous avez { $most } jetons et ne pouvez en avoir davantage. Mettez d’abord fin à l’un d’eux.
