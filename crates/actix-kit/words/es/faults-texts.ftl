# Texts: their blocks, versions, translations and comments.
fault-too_much_pasted = Es más de lo que puede pegarse de una vez. Hágalo por partes.
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
fault-answer_not_disposed = Una respuesta no necesita resolución: la tiene el comentario al que pertenece.
fault-comments_undisposed = { $comments ->
    [one] Un comentario no tiene
   *[other] { $comments } comentarios no tienen
 } resolución todavía. Diga qué se hizo con cada uno.
