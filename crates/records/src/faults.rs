//! What can go wrong here, beyond what everybody shares.

kernel::faults! {
    /// What can be wrong with an idempotency key.
    pub enum RecordsFault {
        /// The Idempotency-Key is empty, longer than 255 characters, or holds others than printable ASCII.
        KeyMalformed => Malformed, "idempotency_key_malformed";
    }
}
