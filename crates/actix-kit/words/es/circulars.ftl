# Cartas a varias personas.

desk-nav-circulars = Cartas a varias personas
desk-circular-new = Escribir a varias personas
desk-circulars-none-hint = Escriba una aquí, o desde una lista de inscripciones o de sesiones.
desk-circular-purpose = Para qué es
desk-circular-subject = Asunto
desk-circular-body = Texto
desk-circular-of = A quién
desk-circular-state = Estado
desk-circular-letters = Cartas
desk-circular-whom = A quién va
desk-circular-count = { $count ->
    [0] No iría a nadie.
    [one] Iría a una persona.
   *[other] Iría a { $count } personas.
}
desk-circular-sample = Entre ellas: { $names }
desk-circular-left-out = No reciben nada, porque
desk-circular-left-out-none = No se deja fuera a nadie.
desk-circular-preview = Cómo se lee: { $language }
desk-circular-instead = No está escrita en este idioma: sus lectores la tienen en { $language }.
desk-circular-send = { $count ->
    [one] Escribir a esta persona
   *[other] Escribir a estas { $count } personas
}
desk-circular-discard = Tirarla
desk-circular-edit = Cambiarla
desk-circular-save = Guardarla y ver a quién va
desk-circular-progress = Cómo van sus cartas
desk-circular-its-letters = Sus cartas en la bandeja de salida
desk-circular-of-registered = Solo de las inscripciones
desk-circular-of-sessions = Solo de algunas sesiones
desk-circular-of-both = De inscripciones y sesiones
desk-circular-state-hint = Quienes participan, si no se elige nada.
desk-circular-country = País
desk-circular-country-hint = Sus dos letras: ZA. De la organización, también para miembros.
desk-circular-segment = A quién va
desk-circular-session = Número de la sesión
desk-circular-session-hint = Está en la dirección de la página de la sesión.
desk-write-to-these = Escribirles…
desk-write-to-seated = Escribir a quien tiene plaza…
done-circular-sent = Enviada. Cada carta espera en la bandeja de salida.
circular-state-draft = Se está escribiendo
circular-state-sent = Enviada
circular-purpose-service = Lo que hay que saber para participar, o como miembro
circular-purpose-news = Noticias; solo a quien las aceptó
segment-of-registered = Quien tiene inscripción
segment-of-speakers = Quien participa en una sesión
segment-of-leads = Quien dirige una sesión
segment-of-reserved = Quien tiene plaza en una sesión
segment-of-members = Quien tiene un cargo en una organización miembro
not-written-erased = sus datos se borraron
not-written-no_address = no conocemos su dirección
not-written-bounced = la última carta volvió
not-written-no_consent = no aceptó noticias
fault-circular_was_sent = Esta carta ya se envió.
fault-segment_too_large = Se escribe a { $most } personas como máximo a la vez. Acote la selección.
fault-segment_changed = Ahora iría a { $now } personas, y no a { $said } como se mostró. Mire de nuevo.
fault-nobody_to_write_to = No hay nadie a quien pueda ir.
