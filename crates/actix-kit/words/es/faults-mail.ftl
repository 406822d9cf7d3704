# Letters.
fault-purpose_not_offered = Los códigos sirven para iniciar sesión, inscribirse o fijar una contraseña nueva. Elija uno de estos usos.
fault-bad_mail_settings = Las cartas no pueden salir: los ajustes del servidor de correo son incorrectos ({ $what }). Avise a quienes gestionan este sitio.
fault-letter_has_left = Esta carta ha salido, está saliendo o se ha abandonado: su texto queda como está. Envíe una nueva copia.
fault-letter_has_code = Una carta con un código conserva su texto.
