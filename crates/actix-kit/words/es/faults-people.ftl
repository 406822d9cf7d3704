# Signing in, accounts and appointments.
fault-wrong_password = La dirección y la contraseña no coinciden. Pruebe otra vez o pida un código.
fault-wrong_code = Este código no es correcto, ya se usó o tiene más de diez minutos. Compruébelo o pida uno nuevo.
fault-email_taken = Esta dirección pertenece a otra cuenta. Use otra dirección o inicie sesión con esta.
fault-proof_needed = Para esto, escriba su contraseña o un código recién enviado a su dirección.
fault-wrong_second_code = No es el código que su aplicación muestra ahora, o ya se usó. Espere al siguiente; si sigue fallando, compruebe la hora de su teléfono.
fault-wrong_recovery_code = No es ninguno de sus códigos de recuperación, o ya se usó.
fault-sign_in_over = Este inicio de sesión esperó demasiado o se intentó demasiadas veces. Vuelva a iniciar sesión.
fault-second_factor_on = Su cuenta ya tiene un segundo factor.
fault-second_factor_off = Esta cuenta no tiene segundo factor.
fault-second_factor_not_begun = Ningún secreto espera su código en este navegador. Empiece de nuevo.
fault-second_factor_required = Una función que usted ejerce pide un segundo factor. Añada uno en la página de su cuenta; hasta entonces no se abre nada más.
fault-not_your_own = El suyo se quita en la página de su cuenta, con él mismo. Pida a otra persona que administre el sitio que lo restablezca.
fault-last_admin = Nadie más administra este sitio. Nombre antes a otra persona.
fault-already_ended = Este nombramiento ya terminó.
fault-role_not_by_hand = Esta función viene con una inscripción, un puesto en un órgano o la gestión de una organización. Cámbiela allí.
fault-scope_mismatch = Esta función no se ejerce sobre algo de este tipo. Elija otro ámbito.

# Beside a field.
fault-too_short = Demasiado corto: { $least } como mínimo.
fault-too_common = Mucha gente usa esta contraseña y es fácil de adivinar. Elija otra.
fault-unchanged = Esta ya es su dirección. Escriba otra.
fault-too_many_tokens = Tiene { $most } fichas de acceso y no puede tener más. Termine antes una de ellas.
fault-never_asked = A esta función nunca se le pide.
