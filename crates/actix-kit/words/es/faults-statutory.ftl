# Bodies, seats, meetings, agendas and papers.
fault-computed_roster = Quién integra este órgano se deriva de las membresías. Cámbielas.
fault-no_seat_free = Los { $seats } puestos del órgano están ocupados en ese periodo. Termine antes uno.
fault-already_seated = Esta persona ya integra el órgano en ese periodo.
fault-seat_over = Este puesto ya terminó.
fault-body_required = Diga qué órgano se reúne.
fault-body_unknown = No existe ese órgano. Elija uno de la lista.
fault-not_a_statutory_meeting = Esta sesión no es reunión de un órgano estatutario. Elija otra.
fault-body_fixed = Esta reunión ya se publicó: su órgano no cambia. Cancélela y cree otra.
fault-doors_missing = Esta reunión aún no dice a quién está abierta. Guárdela otra vez.
fault-agenda_empty = Un orden del día sin puntos no se puede publicar. Añada uno.
fault-agenda_published = El orden del día ya se publicó.
fault-item_has_documents = Hay documentos vinculados a este punto. Muévalos antes.
fault-document_replaced = Una versión más reciente sustituyó este documento. Abra aquella.

# Beside a field.
fault-not_the_same_items = No son los puntos de este orden del día. Recargue la página.
fault-not_the_appointing_body = Este órgano no nombra a los miembros de aquel.
fault-one_of_a_kind = Ya existe un órgano así.
