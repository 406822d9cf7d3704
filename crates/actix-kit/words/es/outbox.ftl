# The outbox and the audit at the desk.
desk-letter-kind = Acerca de
desk-letter-person = Número de la persona
desk-letter-body = Texto
desk-letter-not-before = No antes de
desk-letter-next-try = Próximo intento
desk-letter-send-now = Enviarla ahora
desk-letter-tries = Intentos de entrega
desk-letter-tries-none = Aún sin intentos.
desk-letter-said = Respuesta del servidor de correo
desk-letter-words = Cambiar su texto
desk-letter-words-hint = Sale como texto simple. [site] y [site_name] ocupan el lugar de la dirección y del nombre del sitio.
desk-letter-bounce = Fue devuelta
desk-letter-bounce-hint = Lo que dice el aviso: 550 5.1.1 buzón desconocido
desk-letter-bounce-do = Anotar que fue devuelta
desk-audit-of-this = Qué se hizo con esto
desk-audit-somebody = Alguien de una oficina
desk-audit-by-this-person = Qué hizo esta persona
desk-letters-to-this-person = Cartas a esta persona
desk-audit-person = Número de la persona

# What letters are about.
letter-kind-sign_in_code = Código para entrar
letter-kind-registration_code = Código de inscripción
letter-kind-verify_code = Código para volver a identificarse
letter-kind-reset_code = Código para una contraseña nueva
letter-kind-new_email_code = Código para una dirección nueva
letter-kind-account_changed = Cuenta modificada
letter-kind-erased = Borrado hecho
letter-kind-second_factor_changed = Segundo factor modificado
letter-kind-identity_changed = Forma de iniciar sesión cambiada
letter-kind-registration_received = Inscripción recibida
letter-kind-registration_decided = Inscripción decidida
letter-kind-position_confirmed = Cargo confirmado
letter-kind-position_refused = Cargo no confirmado
letter-kind-track_decision = Decisión de un itinerario
letter-kind-seat_offered = Plaza ofrecida
letter-kind-seat_confirmed = Plaza confirmada
letter-kind-staff_invitation = Invitación a ayudar
letter-kind-programme_changed = Programa modificado
letter-kind-confirm_reminder = Recordatorio de confirmación
letter-kind-webhook_given_up = Webhook abandonado
letter-kind-session_change_settled = Cambios de una sesión resueltos
letter-kind-delegate_invited = Designación en una delegación
letter-kind-delegate_left = Fin de la designación en una delegación
letter-kind-seat_lost = Plaza terminada
letter-kind-paper_named = Designación para un documento
letter-kind-paper_news = Novedades de un documento
letter-kind-circular = Carta a varias personas

# How far a letter is, and what became of a try.
letter-state-bounced = Devuelta
delivery-outcome-taken = Aceptada
delivery-outcome-put_off = Aplazada
delivery-outcome-refused = Rechazada
delivery-outcome-bounced = Devuelta
