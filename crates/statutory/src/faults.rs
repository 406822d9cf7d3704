//! What can go wrong in the statutory track, beyond what everybody shares.

kernel::faults! {
    /// What can go wrong with bodies, seats, meetings, agendas and papers.
    pub enum StatutoryFault {
        /// Who sits in the General Assembly follows from memberships; nobody is named to it.
        ComputedRoster => Conflict, "computed_roster", at "body";
        /// Every seat of the body is taken for that time.
        NoSeatFree { seats: i64 } => Conflict, "no_seat_free", at "from_at";
        /// The person sits in the body at that time already.
        AlreadySeated => Conflict, "already_seated", at "person";
        /// The seat was ended already.
        SeatOver => Conflict, "seat_over";
        /// A meeting of the statutory track says which body meets.
        BodyRequired => Invalid, "body_required", at "body";
        /// There is no such body.
        BodyUnknown => Invalid, "body_unknown", at "body";
        /// The session is no meeting of a statutory body; the World Assembly is not one either.
        NotAMeeting => Invalid, "not_a_statutory_meeting", at "meeting";
        /// The body that met in a released meeting cannot become another.
        BodyFixed => Conflict, "body_fixed", at "body";
        /// The session has no doors yet: change it once more, and it gets those of its body.
        DoorsMissing => Conflict, "doors_missing", at "body";
        /// An agenda without an item cannot go out.
        AgendaEmpty => Invalid, "agenda_empty", at "items";
        /// The agenda has gone out already.
        AgendaPublished => Conflict, "agenda_published";
        /// Papers refer to the item.
        ItemHasDocuments { documents: i64 } => Conflict, "item_has_documents";
        /// A newer version took the paper's place.
        DocumentReplaced => Conflict, "document_replaced";
    }
}
