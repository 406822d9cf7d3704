//! What can go wrong with a text, beyond what everybody shares.

use kernel::Moment;

use crate::{model::BlockId, translations::Lacking};

kernel::faults! {
    /// What can go wrong with a text, its blocks, translations, comments and amendments.
    pub enum TextFault {
        /// More was pasted at once than is read.
        TooMuchPasted { most: usize } => TooLarge, "too_much_pasted", at "text";
        /// The file is no Word document of the kind that is read: a DOCX.
        NotADocx => Invalid, "not_a_docx", at "file";
        /// The file ends too early, or its parts contradict one another.
        DocxDamaged => Invalid, "docx_damaged", at "file";
        /// The file is protected by a password, or of the kind before DOCX.
        DocxProtected => Invalid, "docx_protected", at "file";
        /// The file holds macros.
        DocxHasMacros => Invalid, "docx_has_macros", at "file";
        /// The file, or one of its parts unpacked, is larger than is read.
        DocxTooLarge { most: usize } => TooLarge, "docx_too_large", at "file";
        /// Its parts are put into one another deeper than is read.
        DocxTooDeep { most: usize } => Invalid, "docx_too_deep", at "file";
        /// A volume is longer than is set for the press at once.
        TooLongToPrint { most: usize } => Conflict, "too_long_to_print", at "format";
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
        /// Nothing would be left of the text: what replaces the whole is another proposal, and no amendment (R83).
        WholeReplacement => Invalid, "whole_replacement", at "proposed", remedy "new_proposal";
        /// What amends an amendment cannot be amended itself.
        AmendmentTooDeep => Conflict, "amendment_too_deep";
        /// What is to be amended is decided, withdrawn or being put.
        AmendmentClosed => Conflict, "amendment_closed";
        /// Nobody seconds what they, or their organisation, filed.
        OwnAmendment => Conflict, "own_amendment";
        /// The organisation, or the person, has seconded it already.
        AlreadySeconded => Conflict, "already_seconded";
        /// Fewer have seconded it than are asked for.
        NotSeconded { seconders: i64, needed: i64 } => Conflict, "not_seconded";
        /// It was not circulated, or not for as long as is asked for: `until` says when it will have been.
        NotCirculated { until: Option<Moment> } => Conflict, "not_circulated";
        /// It is not there yet in each of the languages that are asked for: `languages` says in which it is not.
        LanguagesMissing { languages: Vec<String> } => Conflict, "languages_missing";
        /// Another amendment to the text is being put.
        AnotherPut { number: i64 } => Conflict, "another_put";
        /// Another comes first.
        NotItsTurn { next: i64 } => Conflict, "not_its_turn";
        /// An order names each of those that wait, once: `numbers` are those that it lacks, names twice, or may not name.
        OrderMismatch { numbers: Vec<i64> } => Conflict, "order_mismatch";
        /// What amends an amendment is put before it: `number` stands behind what it amends.
        ParentFirst { number: i64 } => Conflict, "parent_first";
        /// An amendment to it was adopted: it is its author's alone no more.
        AlreadyAmended => Conflict, "already_amended";
        /// Somebody took it up already.
        TakenUp => Conflict, "taken_up";
        /// What was decided is taken up again by two thirds of those for and against (R86).
        NotReconsidered { in_favour: u32, against: u32 } => Conflict, "two_thirds_needed";
        /// It is in the working copy already.
        AlreadyApplied => Conflict, "already_applied";
        /// What was adopted since leaves no room for it.
        Excluded { number: i64 } => Conflict, "excluded_by_adopted";
        /// Nothing is recommended of it that could be followed as it is.
        NoAdvice { number: i64 } => Conflict, "no_advice";
        /// The block says something else than in the version that was amended.
        BlockChanged { block: BlockId } => Conflict, "block_changed";
        /// The version was divided already.
        AlreadyDivided => Conflict, "already_divided";
        /// A block stands in two parts.
        PartsOverlap => Invalid, "parts_overlap", at "parts";
    }
}
