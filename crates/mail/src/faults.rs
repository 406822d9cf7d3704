//! What can go wrong with letters, beyond what everybody shares.

kernel::faults! {
    /// What can go wrong with a letter.
    pub enum LetterFault {
        /// Codes for this purpose are not sent to whoever asks.
        PurposeNotOffered => Invalid, "purpose_not_offered", at "purpose";
        /// The letter has left, is leaving or was given up: its text stays as it is.
        LetterHasLeft => Conflict, "letter_has_left";
        /// The text of a letter with a code is not changed.
        LetterHasCode => Conflict, "letter_has_code";
        /// The mail server's settings cannot be used.
        BadMailSettings { what: String } => Internal, "bad_mail_settings";
    }
}
