# Letters.
fault-purpose_not_offered = Les codes servent à se connecter, à s’inscrire ou à choisir un nouveau mot de passe. Choisissez l’un de ces usages.
fault-bad_mail_settings = Les lettres ne peuvent partir : les réglages du serveur de courrier sont incorrects ({ $what }). Prévenez les responsables de ce site.
fault-letter_has_left = Cette lettre est partie, part ou a été abandonnée : son texte reste tel quel. Envoyez plutôt une nouvelle copie.
fault-letter_has_code = Une lettre qui porte un code garde son texte.
