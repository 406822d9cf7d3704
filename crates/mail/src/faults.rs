//! What can go wrong with letters, beyond what everybody shares.

kernel::faults! {
    /// What can go wrong with a letter.
    pub enum LetterFault {
        /// Codes for this purpose are not sent to whoever asks.
        PurposeNotOffered => Invalid, "purpose_not_offered", at "purpose";
        /// The mail server's settings cannot be used.
        BadMailSettings { what: String } => Internal, "bad_mail_settings";
    }
}
