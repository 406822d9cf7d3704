# La palabra en una reunión: oradoras y oradores, cuestiones de orden, mociones de procedimiento.
fault-floor_closed = El uso de la palabra está cerrado.
fault-floor_paused = La sesión está suspendida. Se dará la palabra cuando se reanude.
fault-another_floor_open = Se está debatiendo otro punto de esta sesión. Ciérrelo primero.
fault-speakers_list_closed = La lista de oradoras y oradores está cerrada. Aún se admiten un derecho de réplica y una cuestión de orden.
fault-already_asked = Esta persona ya está en la lista por este motivo, o ya habló sobre esta moción.
fault-asked_too_often = Esta persona pidió la palabra { $most } veces en este punto. No se admiten más solicitudes.
fault-already_called = Ya se dio la palabra a esta persona.
fault-floor_moved_on = Otra persona dio la palabra entretanto. Vea de nuevo quién la tiene.
fault-next_changed = Ahora sigue otra persona. Vea de nuevo la lista y dé entonces la palabra.
fault-nobody_waits = Nadie espera la palabra.
fault-not_speaking = Esta persona no tiene la palabra.
fault-somebody_speaks = Alguien está hablando. Ponga fin primero a su intervención.
fault-place_is_fixed = Solo pueden moverse las declaraciones y las réplicas en espera.
fault-place_unknown = No hay nadie así en la fila detrás de quien situarse. Vea de nuevo la lista.
fault-point_not_ruled = Una cuestión de orden espera su decisión. Decida primero sobre ella.
fault-not_a_point_of_order = Esto no es una cuestión de orden.
fault-ruling_final = La reunión ha continuado desde esta decisión, o ya fue apelada. Ya no puede apelarse.
fault-appeal_open = Se ha apelado una decisión. Cuente primero la votación al respecto.
fault-no_appeal = No hay apelación de esta decisión que votar.
fault-motion_pending = Una moción de procedimiento espera su decisión. Sométala primero a votación.
fault-motion_already_moved = Ya hay una moción de este tipo que espera su decisión.
fault-motion_waits = Otra moción tiene precedencia. Someta primero esa a votación.
fault-motion_speakers_full = { $most ->
    [0] Nadie habla de este lado sobre esta moción: se somete a votación de inmediato.
   *[other] Ya han pedido hablar de este lado de la moción tantas personas como se permite: { $most }.
 }
fault-mover_has_spoken = Quien presentó una moción no vuelve a hablar sobre ella.
fault-motion_decided = Esta moción ya fue decidida, o quedó sin objeto.
fault-no_floor_here = Esta sesión no tiene lista de oradores. La Asamblea Mundial y las sesiones del eje Asamblea la tienen.
fault-not_an_item = Elija un punto del orden del día o un documento de esta sesión.
