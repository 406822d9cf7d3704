# Cuánto tiempo se guarda lo que se guarda.

desk-nav-retention = Conservación
desk-retention-title = Cuánto tiempo se guarda lo que se guarda
desk-retention-tonight = { $count ->
    [0] Esta noche no se iría nada.
    [one] Esta noche se iría un registro.
   *[other] Esta noche se irían { $count } registros.
}
desk-retention-last = Hecho por última vez el { $day }.
desk-retention-kind = Qué
desk-retention-days = Días
desk-retention-would-go = Se iría esta noche
desk-retention-would-go-then = Se iría con los días de abajo
desk-retention-change = Otros plazos
desk-retention-change-lead = Lo que se prometió a las personas, y lo que protege el sitio, no se cambia aquí. Nada se va antes de la próxima noche.
desk-retention-bounds = De { $least } a { $most } días
desk-retention-check = Probar
desk-retention-log = Lo que se hizo
retention-kind-needs = Necesidades de acceso y dieta, tras el congreso
retention-kind-sign_ins = Navegadores, tras terminar su sesión
retention-kind-codes = Códigos de las cartas, una vez caducados
retention-kind-half_sign_ins = Accesos a la espera de un segundo factor
retention-kind-code_letters = Cartas que llevaban un código
retention-kind-letter_texts = Textos de otras cartas, tras su salida
retention-kind-answers = Respuestas guardadas para una petición repetida
retention-kind-tries = Recuentos de intentos fallidos
retention-kind-jobs = Tareas, una vez hechas
retention-kind-denials = Denegaciones, con quién fue denegado
