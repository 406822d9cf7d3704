//! What can go wrong with a text, beyond what everybody shares.

kernel::faults! {
    /// What can go wrong with what is handed in to a text.
    pub enum TextFault {
        /// More was pasted at once than is read.
        TooMuchPasted { most: usize } => TooLarge, "too_much_pasted", at "text";
        /// A text has as many blocks as it may have.
        TooManyBlocks { most: usize } => Conflict, "text_full";
    }
}
