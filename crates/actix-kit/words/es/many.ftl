# Decidir sobre varias inscripciones.

desk-many-choose = Elegir a { $name }
desk-many-ticked = Decidir sobre las marcadas…
desk-many-all = Decidir sobre toda esta lista…
desk-many-title = Decidir sobre varias
desk-many-log = Decisiones sobre varias
desk-many-none = No se eligió nada. Vuelva y marque algunas, o tome toda la lista.
desk-many-chosen = { $count ->
    [one] Hay una elegida. Una carta comunica la decisión, así que no se retira.
   *[other] Hay { $count } elegidas. Una carta comunica la decisión a cada persona, así que no se retira.
}
desk-many-accept-title = Aceptar
desk-many-refuse-title = Rechazar
desk-many-accepts = { $count ->
    [0] Ninguna se acepta
    [one] Una se acepta
   *[other] Se aceptan { $count }
}
desk-many-refuses = { $count ->
    [0] Ninguna se rechaza
    [one] Una se rechaza
   *[other] Se rechazan { $count }
}
desk-many-left = Quedan { $count }: { $why }
desk-many-each = Cada una
desk-many-why = Por qué quedó
desk-many-before = Antes
desk-many-after = Después
desk-many-done = Decididas
desk-many-not = Quedaron como estaban
desk-many-how = Elegidas
desk-many-by-ticks = una a una
desk-many-by-filter = toda una lista, estado: { $state }
desk-many-any-state = cualquiera
desk-many-accept = { $count ->
    [one] Aceptarla
   *[other] Aceptar las { $count }
}
desk-many-refuse = { $count ->
    [one] Rechazarla
   *[other] Rechazar las { $count }
}
done-decided-many = Hecho. Abajo está lo que fue de cada una; una carta lo comunica a cada persona, y queda en el registro.
fault-too_many_at_once = Se decide sobre { $most } como máximo a la vez. Acote la lista.
fault-category_full = Espera una plaza, y en su categoría no queda ninguna.

# Por qué una de ellas queda como está.
left-because-decided_already = ya decidida así
left-because-illegal_step = su estado no lo permite
left-because-unknown_category = no tiene categoría
left-because-category_full = no quedan plazas en su categoría
left-because-changed_since = cambió después de mostrarse
left-because-not_shown = entró después en la lista
