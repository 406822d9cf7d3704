//! What can go wrong with a text, beyond what everybody shares.

use crate::translations::Lacking;

kernel::faults! {
    /// What can go wrong with a text, its blocks, translations and comments.
    pub enum TextFault {
        /// More was pasted at once than is read.
        TooMuchPasted { most: usize } => TooLarge, "too_much_pasted", at "text";
        /// A text has as many blocks, or as many bytes, as it may have.
        TextFull { most: usize, bytes: usize } => Conflict, "text_full";
        /// The block was taken out; `version` is the last sealed one that holds it, where one does.
        BlockRemoved { version: Option<i64> } => Gone, "block_removed";
        /// A block cannot stand after itself, or after one of another text.
        NoSuchPlace => Invalid, "no_such_place", at "after";
        /// Other blocks refer to the footnote.
        FootnoteInUse => Conflict, "footnote_in_use";
        /// It is the authentic language: there is nothing to translate.
        AuthenticLanguage => Invalid, "authentic_language", at "language";
        /// Somebody else than who translated it reads a translation over.
        OwnTranslation => Forbidden, "own_translation";
        /// The block has changed since it was translated.
        TranslationStale => Conflict, "translation_stale";
        /// Languages lack something: `languages` says what.
        NotAligned { languages: Vec<Lacking> } => Conflict, "not_aligned";
        /// There is no such block in the version commented on.
        NotInVersion => Invalid, "not_in_version", at "block";
        /// A thread goes no deeper.
        ThreadTooDeep { most: i32 } => Conflict, "thread_too_deep";
        /// The comment is hidden or was taken back.
        CommentHidden => Conflict, "comment_hidden";
        /// An answer has no disposition: the comment that began the thread has.
        NotToBeDisposed => Conflict, "answer_not_disposed";
        /// Comments have no disposition yet.
        Undisposed { comments: i64 } => Conflict, "comments_undisposed";
    }
}
