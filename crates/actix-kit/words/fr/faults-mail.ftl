# Letters.
fault-purpose_not_offered = Les codes servent à se connecter, à s’inscrire ou à choisir un nouveau mot de passe. Choisissez l’un de ces usages.
fault-bad_mail_settings = Les lettres ne peuvent partir : les réglages du serveur de courrier sont incorrects ({ $what }). Prévenez les responsables de ce site.
