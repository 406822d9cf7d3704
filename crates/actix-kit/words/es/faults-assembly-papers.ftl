# Invitaciones, documentos en las sesiones y sus resultados.
fault-not_invitable = Se invita a las secciones de CGLU y a las organizaciones hermanas de gobiernos locales a redactar documentos de posición. Elija una de ellas.
fault-already_invited = Esta organización tiene una invitación sin responder. Espere su respuesta o retire esa invitación.
fault-invitation_answered = Esta invitación fue respondida o retirada entretanto.
fault-deadline_after_start = Los documentos se entregan antes de que empiece el congreso. Elija una fecha anterior o diga por qué este puede llegar después.
fault-deadline_over = Ese momento ya pasó. Elija uno que esté por venir.
fault-not_a_sitting = Esta sesión no es una sesión de la Asamblea. Elija una que lo sea.
fault-not_a_position_paper = No es un documento de posición de la Asamblea de este congreso, o ya no se le da curso. Elija otro.
fault-paper_in_sitting = Esta sesión ya trata el documento.
fault-paper_has_result = El resultado de este documento consta aquí: se queda en la sesión.
fault-sitting_not_begun = Esta sesión no ha empezado. Sus resultados se registran después.
fault-results_missing = Hay documentos de esta sesión sin resultado. Registre el de cada uno y después ciérrela.
fault-sitting_without_papers = Esta sesión no trata ningún documento. Añada aquellos de los que se ocupa.
fault-sitting_closed = Esta sesión está cerrada: sus documentos y resultados quedan como están.
fault-result_sent = Este resultado se transmitió a la Asamblea Mundial: queda como está.
fault-not_a_special_session = No es una sesión especial de Local4Action. Elija una que lo sea.
fault-not_flagged = Nadie ha indicado que los resultados de esta sesión van a la Asamblea Mundial. Pregunte a quienes la conducen.
fault-no_result = Los resultados de esta sesión aún no están registrados. Regístrelos primero.

# La Asamblea Mundial.
fault-world_assembly_state = La Asamblea Mundial no puede pasar de «{ $from }» a «{ $to }».
fault-world_assembly_not_placed = La Asamblea Mundial aún no tiene horario en el programa. Colóquela primero.
fault-no_networks = No hay ninguna red de la Global Taskforce registrada. Regístrelas primero en el directorio.
fault-consent_missing = No todas las redes de la Global Taskforce han dado su acuerdo. Faltan: { $names }.
fault-notice_too_short = La Asamblea Mundial se convoca { $months } meses antes de que empiece; el último día fue el { $due_on }. Si debe convocarse de todos modos, diga por qué.
fault-not_a_network = Esta organización no es una red de la Global Taskforce. Elija una que lo sea.
fault-endorsement_asked = Una red ya da su aval a esta persona, o se le ha pedido. Retire eso primero.
fault-endorsement_answered = Esto fue respondido o retirado entretanto.
fault-person_not_registered = Solo quienes están inscritos en este congreso pueden recibir un aval. Inscríbase primero.
fault-world_assembly_not_open = La Asamblea Mundial no está reunida ahora. Ábrala o reanúdela primero.
fault-world_assembly_over = La Asamblea Mundial ha terminado: ya no se le somete nada.
fault-not_on_agenda = Esto no está en el orden del día de la Asamblea Mundial. Inclúyalo primero.
fault-already_on_agenda = Esto ya está en el orden del día.
fault-item_taken_up = Esto ya se presentó: se queda en el orden del día.
fault-outcome_for_adoption = Lo transmitido a la Asamblea Mundial se somete a adopción: debe decidir sobre ello.
fault-question_put = La presidencia ya ha preguntado si hay objeciones.
fault-objections_not_asked = Nada se adopta antes de que la presidencia pregunte si hay objeciones. Pregunte primero.
fault-question_over = Esto se decidió entretanto.
fault-already_objected = Usted ya ha objetado.
fault-objection_over = Esta objeción ya fue retirada.
fault-objection_stands = No hay consenso: { $objections ->
    [one] se mantiene una objeción
   *[other] se mantienen { $objections } objeciones
 }. Espere a que se retire, devuelva el texto o no lo adopte.
fault-no_objection_stands = No se mantiene ninguna objeción: puede adoptarse por consenso.
fault-no_fallback_vote = Este congreso decide solo por consenso: no se vota.
fault-undecided_outcomes = { $count ->
    [one] Hay un texto recibido por la Asamblea Mundial sin decisión
   *[other] Hay { $count } textos recibidos por la Asamblea Mundial sin decisión
 }. Decida sobre cada uno antes de cerrarla.
