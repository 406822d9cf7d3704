//! What can go wrong in the programme, beyond what everybody shares.

kernel::faults! {
    /// What can go wrong with editions, rooms, sessions and releases.
    pub enum ProgrammeFault {
        /// The edition is archived or cancelled: nothing in it changes any more.
        EditionOver => Conflict, "edition_over";
        /// The room holds another session at that time, or too shortly before or after.
        RoomTaken { session: String, starts: String, ends: String, turnaround_minutes: i64 } => Conflict, "room_taken", at "room";
        /// The room is kept at that time for something whoever asks is not told of.
        RoomKept => Conflict, "room_kept", at "room";
        /// Nothing of this track can be planned: its admission is not set up.
        TrackClosed { track: String } => Conflict, "track_closed", at "track";
        /// The session was cancelled or reported on: it changes no more.
        SessionOver => Conflict, "session_over";
        /// The session has its place: who leads it asks for changes, and its desk makes them.
        ProposeInstead => Conflict, "propose_instead", remedy "propose_change";
        /// The last day on which leads may change their sessions is over.
        ChangesFrozen { last_day: String, contact: String } => Conflict, "changes_frozen";
        /// What is asked for is what the session says already.
        NothingChanged => Conflict, "nothing_changed";
        /// A change of the same person to the same session waits already.
        ChangeWaiting => Conflict, "change_waiting", remedy "withdraw";
        /// The change was decided or withdrawn meanwhile.
        ChangeDecided => Conflict, "change_decided";
        /// The session was released before: it can be moved or cancelled, no more taken out.
        AlreadyReleased => Conflict, "already_released", remedy "cancel";
        /// Conflicts are left that block a release.
        ConflictsLeft { conflicts: serde_json::Value } => Conflict, "conflicts_left", remedy "waive";
        /// Moving these sessions makes conflicts that block a release.
        WouldClash { conflicts: serde_json::Value } => Conflict, "would_clash", remedy "waive";
        /// Nothing changed since the last release.
        NothingToRelease => Conflict, "nothing_to_release";
        /// The draft holds no such conflict.
        NoSuchConflict => NotFound, "no_such_conflict";
        /// The format is used by sessions: retire it instead.
        FormatInUse { sessions: i64 } => Conflict, "format_in_use", remedy "retire";
        /// The session cannot be joined online yet.
        NotOpenYet { opens_at: String } => Conflict, "not_open_yet";
        /// Sessions refer to it.
        InUse { sessions: i64 } => Conflict, "in_use_by_sessions";
        /// Somebody else changed the rule meanwhile.
        RuleChanged => Stale, "rule_changed";
    }
}
