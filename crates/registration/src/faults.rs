//! What can go wrong with registrations and seats.

kernel::faults! {
    /// What can go wrong with registrations.
    pub enum RegistrationFault {
        /// Registration for this congress is not open.
        RegistrationClosed => Conflict, "registration_closed";
        /// The category is not open now.
        CategoryClosed => Invalid, "category_closed", at "category";
        /// The category is not one of this congress.
        UnknownCategory => Invalid, "unknown_category", at "category";
        /// The track is not one of this congress.
        UnknownTrack => Invalid, "unknown_track", at "tracks";
        /// The registration was decided: who it is for is not changed any more (R176).
        IdentityLocked => Conflict, "identity_locked";
        /// The registration was taken back, refused, or ran out.
        RegistrationOver => Conflict, "registration_over";
        /// The person is registered already.
        AlreadyRegistered { number: String } => Conflict, "already_registered";
        /// A decision against somebody needs a reason.
        ReasonNeeded => Invalid, "reason_needed", at "reason";
        /// Special needs are kept only with the person's consent.
        ConsentNeeded => Invalid, "consent_needed", at "needs.consent";
        /// The one who must act was reminded a short while ago.
        RemindedAlready => Conflict, "reminded_already";
        /// The registration waits for a place, and its category has none.
        CategoryFull => Conflict, "category_full";
        /// More registrations are chosen than are decided as one act.
        TooManyAtOnce { most: i64 } => Invalid, "too_many_at_once";
        /// Nobody needs to be reminded.
        NothingToRemind => Conflict, "nothing_to_remind";
    }
}

kernel::faults! {
    /// What can go wrong with delegations.
    pub enum DelegationFault {
        /// The organiser has given the organisation no places in this category.
        NoQuota => Conflict, "no_quota", at "category";
        /// All places of the organisation in this category are taken.
        QuotaFull { places_max: i64 } => Conflict, "quota_full", at "category";
        /// More are registered already than the quota would be.
        QuotaBelowTaken { taken: i64 } => Invalid, "quota_below_taken", at "places_max";
        /// The person looks after the registration themselves by now.
        TakenOver => Conflict, "taken_over";
        /// They are in the delegation already.
        DelegateTwice => Conflict, "delegate_twice", at "given_name";
        /// The registration is over: cancelled, refused or run out.
        DelegateGone => Conflict, "delegate_gone";
    }
}

kernel::faults! {
    /// What can go wrong with seats.
    pub enum SeatFault {
        /// One walks into this session; it can be added to one's agenda.
        WalkIn => Conflict, "walk_in", remedy "add_to_agenda";
        /// One is invited to this session.
        ByInvitation => Conflict, "by_invitation", remedy "ask_invitation";
        /// The session is not in the programme, is over, or is cancelled.
        SessionClosed => Conflict, "session_closed", remedy "see_similar";
        /// The person is not registered for the congress.
        NotRegistered => Forbidden, "not_registered", remedy "register";
        /// The category gives no right to sessions.
        NoSessionsInCategory => Forbidden, "no_sessions_in_category";
        /// The person is not admitted to the session's track.
        NotAdmitted { why: String } => Forbidden, "not_admitted", remedy "remind_confirmer";
        /// No seat is offered to this person.
        NothingOffered => Conflict, "nothing_offered";
        /// The seat was offered until then and went to the next.
        OfferOver => Gone, "offer_over";
        /// Somebody else's seat, or none.
        NoSeat => Conflict, "no_seat";
    }
}

kernel::faults! {
    /// What can go wrong with letters to many.
    pub enum CircularFault {
        /// It was sent, once and for all.
        CircularWasSent => Conflict, "circular_was_sent";
        /// It would go to more people than one letter goes to.
        SegmentTooLarge { most: i64 } => Invalid, "segment_too_large";
        /// It would go to another number of people than was said.
        SegmentChanged { said: i64, now: i64 } => Conflict, "segment_changed";
        /// There is nobody whom it may go to.
        NobodyToWriteTo => Conflict, "nobody_to_write_to";
    }
}
