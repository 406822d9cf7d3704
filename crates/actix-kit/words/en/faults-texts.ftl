# Texts: their blocks, versions, translations and comments.
fault-too_much_pasted = This is more than can be pasted at once. Take it over in parts.
fault-too_many_blocks = A text has at most { $most } blocks. Divide it.
fault-text_full = This text is full: it has at most { $most } blocks and 4 MB. Divide it.
fault-block_twice = A block with this id stands further up. Give it another id, or none of your own.
fault-too_many_looks = This changes its look too often: at most { $most } times in a block. Take some of the emphasis out.
fault-too_many_links = The addresses in this block are too long: at most { $most } bytes all together. Divide it.
fault-table_too_large = This table is too large: at most { $most } rows and 30 columns. Divide it.
fault-content_mismatch = A table holds rows, everything else holds text. Choose the kind that fits.
fault-note_unknown = This text has no such footnote. Add it first.
fault-block_removed = This block was taken out meanwhile. Its last version shows what it said.
fault-no_such_place = There is no such block in this text to put it after. Read the text again.
fault-footnote_in_use = Other blocks refer to this footnote. Take its marks out first.
fault-authentic_language = This is the language the text is written in. Choose another.
fault-own_translation = Somebody else than who translated it reads a translation over.
fault-translation_stale = The block has changed since it was translated. Translate it anew.
fault-not_aligned = The text does not say the same in every language yet. See what is missing.
fault-not_in_version = This version has no such block. Choose one that it has.
fault-thread_too_deep = This thread goes no deeper. Answer further up.
fault-comment_hidden = This comment is hidden or was taken back.
fault-answer_not_disposed = An answer needs no disposition: the comment it belongs to has one.
fault-comments_undisposed = { $comments ->
    [one] One comment has
   *[other] { $comments } comments have
 } no disposition yet. Say what became of each.
