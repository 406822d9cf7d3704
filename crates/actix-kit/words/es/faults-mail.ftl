# Letters.
fault-purpose_not_offered = Los códigos sirven para iniciar sesión, inscribirse o fijar una contraseña nueva. Elija uno de estos usos.
fault-bad_mail_settings = Las cartas no pueden salir: los ajustes del servidor de correo son incorrectos ({ $what }). Avise a quienes gestionan este sitio.
