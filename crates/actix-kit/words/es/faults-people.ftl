# Signing in, accounts and appointments.
fault-wrong_password = La dirección y la contraseña no coinciden. Pruebe otra vez o pida un código.
fault-wrong_code = Este código no es correcto, ya se usó o tiene más de diez minutos. Compruébelo o pida uno nuevo.
fault-email_taken = Esta dirección pertenece a otra cuenta. Use otra dirección o inicie sesión con esta.
fault-proof_needed = Para esto, escriba su contraseña o un código recién enviado a su dirección.
fault-last_admin = Nadie más administra este sitio. Nombre antes a otra persona.
fault-already_ended = Este nombramiento ya terminó.
fault-role_not_by_hand = Esta función viene con una inscripción, un puesto en un órgano o la gestión de una organización. Cámbiela allí.
fault-scope_mismatch = Esta función no se ejerce sobre algo de este tipo. Elija otro ámbito.

# Beside a field.
fault-too_short = Demasiado corto: { $least } como mínimo.
fault-too_common = Mucha gente usa esta contraseña y es fácil de adivinar. Elija otra.
fault-unchanged = Esta ya es su dirección. Escriba otra.
fault-too_many_tokens = Tiene { $most } fichas de acceso y no puede tener más. Termine antes una de ellas.
