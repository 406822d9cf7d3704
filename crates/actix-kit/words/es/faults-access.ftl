# Why somebody may not, beyond what everybody may be told.
fault-no_rule = La organización aún no ha fijado quién puede hacerlo. Pregúntele.
fault-in_arrears = Su organización debe cuotas: puede asistir y leer, pero no votar. Cuando se paguen, podrá hacerlo.
fault-call_required = Es para quienes presentaron una propuesta aceptada en una convocatoria. Vea las convocatorias abiertas.
fault-not_invited = Es por invitación. Puede pedir una.
fault-not_endorsed = Requiere el aval de una red de la Global Taskforce. Pídaselo a la suya.
