//! What can go wrong when somebody wants to be erased.

kernel::faults! {
    /// What stands in the way of an erasure.
    pub enum ErasureFault {
        /// The person holds an office that must be handed over first.
        OfficeHeld { roles: Vec<String> } => Conflict, "office_held";
        /// The person has a part in sessions to come; their desk must find somebody else first.
        PartToCome { sessions: Vec<String> } => Conflict, "part_to_come";
    }
}
