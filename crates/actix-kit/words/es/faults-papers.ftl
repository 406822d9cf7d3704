# Documentos, sus equipos y los comentarios sobre ellos.
fault-paper_state = El documento no está en un punto desde el que pueda pasar a esa etapa. Vuelva a leerlo.
fault-paper_revoked = La invitación a redactar este documento se retiró. Queda como está.
fault-paper_not_writable = Este documento no se redacta en este momento.
fault-deadline_passed = El plazo de entrega de este documento ha pasado. Pida otro a la organización.
fault-one_block = Una traducción es de un solo bloque. Quite las líneas vacías.
fault-paper_empty = Este documento aún no dice nada. Redáctelo primero.
fault-priority_missing = Un documento se publica con al menos una prioridad, continental, sectorial o temática. Indique una.
fault-paper_not_published = Este documento aún no está publicado. Publíquelo primero.
fault-theme_has_paper = Este tema tiene un documento. Indique que el nuevo ocupa su lugar.
fault-not_of_the_owner = Quien redacta tiene un cargo confirmado en la organización a la que pertenece el documento. Haga que se confirme primero.
fault-already_in_team = Esta persona ya tiene esa parte en el documento.
fault-comments_closed = Este documento no está abierto a comentarios en este momento.
fault-account_unproved = Acredite primero la dirección de su cuenta: entre una vez con un código.
