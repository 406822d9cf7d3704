# Lo que decide un congreso: transmisiones, resultados, referencias, respuestas, la recopilación.
fault-outcome_state = Este paso no corresponde: un resultado se presenta, luego se debate y luego se decide. Vuelva a leerlo.
fault-outcome_decided = Ya se ha decidido: su texto no cambia más.
fault-outcome_not_adopted = Solo lo que se ha adoptado puede referenciarse, ordenarse o publicarse.
fault-not_a_recommendation = Solo se responde a una recomendación que se ha recibido.
fault-already_answered = El organismo ya ha respondido: lo que se le preguntó no cambia más.
fault-own_link = Un resultado no se enlaza consigo mismo. Elija otro.
fault-inbox_closed = La Asamblea Mundial de este congreso ha terminado: ya no se le puede transmitir nada. Lo que usted anotó queda como está.
fault-nothing_to_publish = Todavía no se ha adoptado nada: no hay nada que publicar.
fault-wording_changed = { $code } ya no dice lo que se adoptó. Restablezca primero su texto.
fault-too_many_outcomes = Se transmiten como máximo { $most } resultados a la vez.
fault-too_many_agendas = Se indican como máximo { $most } agendas.
fault-named_twice = Esto ya figura más arriba.
