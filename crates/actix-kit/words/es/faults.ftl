# Kinds of failure, by status.
kind-400 = La solicitud no se puede leer
kind-401 = Hay que iniciar sesión
kind-403 = No permitido
kind-404 = No encontrado
kind-405 = Método no aceptado
kind-409 = No es posible ahora
kind-410 = Terminado
kind-412 = Modificado entretanto
kind-413 = Demasiado grande
kind-415 = Tipo no aceptado
kind-422 = Por corregir
kind-428 = Falta la versión
kind-429 = Demasiados intentos
kind-431 = Encabezados demasiado largos
kind-500 = Error nuestro
kind-503 = No disponible en este momento

# What everybody may be told.
fault-malformed = La solicitud no se puede leer. Revise su formato y envíela de nuevo.
fault-bad_cursor = Esta marca de página no es de este servidor. Empiece de nuevo por la primera página.
fault-idempotency_key_missing = Envíe un encabezado Idempotency-Key, para que una solicitud repetida se haga una sola vez.
fault-sign_in_needed = Inicie sesión para continuar.
fault-not_allowed = Sus funciones no lo permiten.
fault-audience = Esto no está abierto para usted.
fault-cross_site = El formulario no viene de una de nuestras páginas. Recargue la página y envíelo de nuevo.
fault-scope = Esta clave no da ese derecho.
fault-not_found = No existe o no está abierto para usted.
fault-method_not_allowed = Esta dirección no acepta ese método.
fault-already_exists = Ya existe.
fault-in_use = Otra cosa remite a esto, o aquello a lo que remite ya no existe.
fault-illegal_step = No se pasa de «{ $from }» a «{ $to }».
fault-idempotency_in_flight = La misma solicitud está en curso. Espere un momento.
fault-stale = Alguien lo modificó entretanto. Vuelva a leerlo y repita su cambio.
fault-too_large = Es más grande de lo permitido.
fault-media_type = Envíelo como { $taken }.
fault-invalid = Parte de lo escrito no se puede aceptar. Vea abajo.
fault-idempotency_mismatch = Esta Idempotency-Key ya se usó para otra solicitud.
fault-version_needed = Diga con If-Match qué versión modificó.
fault-too_many = Demasiados intentos. Pruebe de nuevo en un rato.
fault-headers_too_large = Los encabezados de la solicitud son más largos de lo permitido.
fault-internal = Algo falló por nuestra parte. Ha quedado anotado.
fault-busy = Hay mucha gente en este momento. Pruebe de nuevo en un instante.
fault-database_unavailable = No se puede acceder a la base de datos. Pruebe de nuevo en un instante.
fault-write_failed = No se pudo guardar. Pruebe de nuevo en un instante.
fault-schema_newer = La base de datos la escribió una versión más reciente de este programa.
fault-write_conflict = Otras personas cambiaron lo mismo en el mismo momento. Pruebe de nuevo en un instante.

# Beside a field.
fault-required = Hay que rellenarlo.
fault-too_long = Demasiado largo: { $most } caracteres como máximo.
fault-too_many_marks = Una de las letras lleva demasiados signos.
fault-not_an_email = No es una dirección de correo.
fault-out_of_range = Entre { $least } y { $most }, por favor.
fault-not_a_language = No es un código de idioma.
fault-wrong_shape = No tiene la forma que se espera aquí.
