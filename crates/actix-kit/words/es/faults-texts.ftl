# Texts: their blocks, versions, translations and comments.
fault-too_much_pasted = Es más de lo que puede pegarse de una vez. Hágalo por partes.
fault-not_a_docx = No es un documento de Word que pueda leerse. Guárdelo como .docx y entregue ese archivo.
fault-docx_damaged = Este documento de Word está dañado. Ábralo en su procesador de textos, guárdelo de nuevo y entregue ese archivo.
fault-docx_protected = Este documento de Word está protegido con contraseña o es de un formato antiguo. Guárdelo como .docx sin contraseña.
fault-docx_has_macros = Este documento de Word contiene macros. Guárdelo como .docx sin ellas.
fault-docx_too_large = Este documento de Word es demasiado grande. Quite imágenes y otros documentos, o entréguelo por partes.
fault-docx_too_deep = En este documento de Word hay tablas u otras partes unas dentro de otras a más de { $most } niveles. Simplifíquelo.
fault-too_long_to_print = Es demasiado largo para imprimirse en un solo archivo: como máximo { $most } párrafos. Tómelo como página, en Word, en Markdown o en Akoma Ntoso.
fault-too_many_blocks = Un texto tiene como máximo { $most } bloques. Divídalo.
fault-text_full = Este texto está lleno: tiene como máximo { $most } bloques y 4 MB. Divídalo.
fault-block_twice = Más arriba hay un bloque con este identificador. Dele otro.
fault-too_many_looks = Este pasaje cambia de aspecto demasiadas veces: como máximo { $most } por bloque. Quite parte de los realces.
fault-too_many_links = Las direcciones de este bloque son demasiado largas: como máximo { $most } bytes en total. Divídalo.
fault-table_too_large = Esta tabla es demasiado grande: como máximo { $most } filas y 30 columnas. Divídala.
fault-content_mismatch = Una tabla contiene filas, todo lo demás contiene texto. Elija la clase que corresponda.
fault-note_unknown = Este texto no tiene esa nota al pie. Añádala antes.
fault-block_removed = Este bloque se quitó entretanto. Su última versión muestra lo que decía.
fault-no_such_place = Este texto no tiene ese bloque tras el cual ponerlo. Vuelva a leer el texto.
fault-footnote_in_use = Otros bloques remiten a esta nota. Quite antes sus llamadas.
fault-authentic_language = Es la lengua en la que está escrito el texto. Elija otra.
fault-own_translation = Una traducción la revisa otra persona que quien la hizo.
fault-translation_stale = El bloque ha cambiado desde que se tradujo. Tradúzcalo de nuevo.
fault-not_aligned = El texto aún no dice lo mismo en todas las lenguas. Vea lo que falta.
fault-not_in_version = Esta versión no tiene ese bloque. Elija uno que contenga.
fault-thread_too_deep = Este hilo no va más lejos. Responda más arriba.
fault-comment_hidden = Este comentario está oculto o lo retiró quien lo escribió.
fault-answer_not_disposed = De una respuesta no se dice qué se hizo: se dice del comentario al que pertenece.
fault-comments_undisposed = { $comments ->
    [one] De un comentario
   *[other] De { $comments } comentarios
 } no se ha dicho todavía qué se hizo. Dígalo de cada uno.

# Enmiendas.
fault-whole_replacement = No quedaría nada del texto: lo que lo sustituye entero no es una enmienda. Preséntelo como una propuesta aparte.
fault-nothing_changes = Es lo que ya está escrito. Cámbielo, o no lo proponga.
fault-too_many_amendments = Se presentan juntas { $most } enmiendas como máximo. Presente las demás aparte.
fault-amendment_too_deep = Lo que enmienda una enmienda no puede enmendarse a su vez. Enmiende la enmienda de arriba.
fault-amendment_closed = Esta enmienda está decidida, retirada o sometida a votación: ya no se le puede hacer nada.
fault-own_amendment = Esta enmienda es de usted o de su organización. La apoya otra.
fault-already_seconded = Usted o su organización ya han apoyado esta enmienda.
fault-not_seconded = { $seconders } de { $needed } organizaciones han apoyado esta enmienda. Espera a las demás.
fault-not_circulated = Esta enmienda no se ha distribuido, o no desde hace bastante tiempo. Espere, o que la presidencia dispense de ello con un motivo.
fault-languages_missing = Esta enmienda no está en todas las lenguas que se piden. Hágala traducir antes.
fault-another_put = La enmienda { $number } está sometida a votación. Decídala antes.
fault-not_its_turn = La enmienda { $next } va antes.
fault-order_mismatch = El orden debe nombrar una vez cada enmienda que espera, y ninguna otra. Vuelva a leer la lista.
fault-parent_first = La enmienda { $number } enmienda una que está antes que ella. Póngala delante.
fault-already_amended = Se adoptó una enmienda a esta: ya no puede retirarse.
fault-taken_up = Alguien ya ha retomado esta enmienda.
fault-two_thirds_needed = { $in_favour } a favor y { $against } en contra son menos de dos tercios: lo decidido se mantiene.
fault-already_applied = Esta enmienda ya está en el texto.
fault-excluded_by_adopted = Se adoptó la enmienda { $number } y no deja lugar a esta.
fault-no_advice = Sobre la enmienda { $number } no se recomienda nada que pueda seguirse tal cual. Decídala aparte.
fault-block_changed = Un bloque que se enmendó dice otra cosa entretanto. Compare ambos y cámbielo a mano.
fault-already_divided = Esta versión ya se dividió.
fault-parts_overlap = Un bloque está en dos partes. Déjelo en una.
fault-too_many_parts = Un texto se divide en { $most } partes como máximo.
