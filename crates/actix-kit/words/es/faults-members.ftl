# Organisations, memberships, relations, positions and rolls.
fault-organisation_exists = Esta organización ya está en el directorio. Elíjala allí.
fault-looks_alike = Este nombre se parece al de otra organización, escrito con otros caracteres. Corríjalo o confirme que es correcto.
fault-already_merged = Esta organización se fusionó con otra. Trabaje con aquella.
fault-cannot_merge = Elija otra organización del directorio con la que fusionarla.
fault-both_members = Ambas organizaciones son miembros. Termine antes una de las membresías, para no perder votos ni cuotas.
fault-part_of_itself = Una organización no puede formar parte de sí misma. Elija otra.
fault-already_member = La organización ya es miembro de esta categoría. Avance esa membresía.
fault-not_in_order = Un paso no puede valer desde antes del anterior ({ $last }) ni desde el futuro.
fault-circular = Acabaría perteneciendo a sí misma, a través de otras. Elija otra.
fault-already_related = Esta relación ya consta y no ha terminado. Termínela antes.
fault-already_over = Esta relación ya terminó.
fault-own_position = Nadie confirma su propio cargo. Acuda a la secretaría.
fault-evidence_too_weak = Lo que avala este cargo requiere un examen aparte. Ábralo y decídalo por separado.
fault-position_exists = Este cargo ya se ejerce o ya se ha pedido.
fault-not_a_sheet = No es CSV ni XLSX. Guarde la tabla en uno de estos formatos y vuelva a enviarla.
fault-not_utf8 = La línea { $line } no está en UTF-8. Guarde el archivo en UTF-8 o indique que está en Windows-1252.
fault-bad_line = La línea { $line } no se puede leer. Revise sus comillas y separadores.
fault-sheet_too_large = La tabla es demasiado grande: como máximo { $most } { $what ->
    [rows] filas
    [columns] columnas
    [bytes] bytes
    [parts] partes
   *[other] caracteres por celda
  }. Divídala y envíe las partes una tras otra.
fault-no_rows = No hay ninguna fila bajo el encabezado. Revise el archivo.
fault-column_missing = Falta la columna «{ $column }». Añádala y vuelva a enviar el archivo.
fault-column_twice = Dos columnas se llaman «{ $column }». Cambie el nombre de una.
fault-rows_at_fault = { $rows ->
    [one] Una fila no se puede
   *[other] { $rows } filas no se pueden
  } aceptar, así que no se aceptó nada. Corrija el archivo o tome solo las filas buenas.

# Beside a field, and in the dry run of a roll.
fault-not_an_address = No es la dirección de un sitio web: https://…
fault-not_a_domain = No es un dominio. Escriba lo que sigue a @ en las direcciones de su personal.
fault-not_a_currency = No es una moneda: tres letras, como EUR.
fault-not_for_this_kind = Déjelo vacío para este tipo de relación.
fault-not_an_id = No es un identificador de este directorio. Déjelo vacío para una organización nueva.
fault-not_a_day = No es una fecha. Escríbala así: 2019-11-14, o solo el año.
fault-in_the_future = Está en el futuro.
fault-category_differs = La organización es miembro de otra categoría. Termine antes esa membresía.
fault-state_taken_as_active = No se indica el estado; se toma como activo.
fault-dues_kept = Se conserva la cuota registrada para este año, aunque el archivo la dé por impagada.
fault-merged_into = La organización de este nombre se fusionó con otra, a la que se aplica la fila.
fault-role_ignored = Ninguna importación otorga funciones: esta columna se pasa por alto.
fault-unknown_column = Esta columna no se conoce y se pasa por alto.
