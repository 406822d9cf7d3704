//! What can go wrong in the Local4Action track, beyond what everybody shares.

kernel::faults! {
    /// What can go wrong with calls and what comes through them.
    pub enum Local4ActionFault {
        /// A session of this track has a format.
        FormatRequired => Invalid, "format_required", at "format";
        /// Sessions of this format come through a call alone.
        CallRequired => Invalid, "call_required", at "call", remedy "see_calls";
        /// The call takes no proposals now.
        CallClosed => Invalid, "call_closed", at "call", remedy "see_calls";
        /// The call is for another format.
        CallMismatch => Invalid, "call_mismatch", at "call", remedy "see_calls";
        /// There is no such call in this edition.
        CallUnknown => Invalid, "call_unknown", at "call", remedy "see_calls";
        /// Sessions came through the call.
        CallInUse { sessions: i64 } => Conflict, "call_in_use";
        /// A statutory body does not meet in this track.
        NotABody => Invalid, "not_a_statutory_meeting", at "body";
    }
}

impl Local4ActionFault {
    /// From the code of `session_formats::calls`.
    pub(crate) fn of_call(code: &str) -> Self {
        match code {
            "call_closed" => Self::CallClosed,
            "call_mismatch" => Self::CallMismatch,
            _ => Self::CallRequired,
        }
    }
}
