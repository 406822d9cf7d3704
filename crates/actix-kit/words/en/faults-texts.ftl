# Texts: their blocks, versions, translations and comments.
fault-too_much_pasted = This is more than can be pasted at once. Take it over in parts.
fault-not_a_docx = This is no Word document of the kind that can be read. Save it as .docx and hand that in.
fault-docx_damaged = This Word document is damaged. Open it in your word processor, save it anew and hand that in.
fault-docx_protected = This Word document is protected by a password, or of the old kind. Save it as .docx without a password.
fault-docx_has_macros = This Word document holds macros. Save it as .docx without them.
fault-docx_too_large = This Word document is too large. Take pictures and other documents out of it, or hand it in by parts.
fault-docx_too_deep = In this Word document tables or other parts stand within one another more than { $most } deep. Simplify it.
fault-too_long_to_print = This is too long to be printed as one file: at most { $most } paragraphs. Take it as a page, as Word, as Markdown or as Akoma Ntoso.
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

# Amendments.
fault-whole_replacement = This leaves nothing of the text: what replaces the whole is no amendment. File it as a proposal of its own.
fault-nothing_changes = This says what stands there already. Change it, or leave it out.
fault-too_many_amendments = At most { $most } amendments are filed together. File the others by themselves.
fault-amendment_too_deep = What amends an amendment cannot be amended itself. Amend the amendment above it.
fault-amendment_closed = This amendment is decided, withdrawn or being put: nothing can be done to it any more.
fault-own_amendment = You, or your organisation, filed this amendment. Somebody else seconds it.
fault-already_seconded = You, or your organisation, have seconded this amendment already.
fault-not_seconded = { $seconders } of { $needed } organisations have seconded this amendment. It waits for the others.
fault-not_circulated = This amendment was not circulated, or not for long enough yet. Wait, or let the chair waive it with a reason.
fault-languages_missing = This amendment is not there in every language that is asked for. Have it translated first.
fault-another_put = Amendment { $number } is being put. Decide it first.
fault-not_its_turn = Amendment { $next } comes first.
fault-order_mismatch = The order must name each amendment that waits, once, and no other. Read the list again.
fault-parent_first = Amendment { $number } amends one that stands before it. Put it in front.
fault-already_amended = An amendment to this one was adopted: it cannot be withdrawn any more.
fault-taken_up = Somebody has taken up this amendment already.
fault-two_thirds_needed = { $in_favour } for and { $against } against are less than two thirds: what was decided stands.
fault-already_applied = This amendment is in the text already.
fault-excluded_by_adopted = Amendment { $number } was adopted and leaves no room for this one.
fault-no_advice = Nothing is recommended of amendment { $number } that could be followed as it is. Decide it by itself.
fault-block_changed = A block that was amended says something else by now. Compare both and change it by hand.
fault-already_divided = This version was divided already.
fault-parts_overlap = A block stands in two parts. Leave it in one.
fault-too_many_parts = A text is divided into at most { $most } parts.
