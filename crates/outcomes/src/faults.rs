//! What can go wrong with what a congress decides, beyond what everybody shares.

use crate::model::OutcomeState;

kernel::faults! {
    /// What can go wrong with transmissions, outcomes and what is made of them.
    pub enum OutcomeFault {
        /// The state an outcome is in does not lead to the one asked for: nothing is skipped (R71).
        OutcomeState { from: OutcomeState, to: OutcomeState } => Conflict, "outcome_state";
        /// It is decided: its wording stands.
        OutcomeDecided => Conflict, "outcome_decided";
        /// Only what was adopted can be referred to, ordered or published.
        NotAdopted => Conflict, "outcome_not_adopted";
        /// The World Assembly is over: nothing is handed to it any more.
        InboxClosed => Conflict, "inbox_closed";
        /// Only a recommendation is answered.
        NotARecommendation => Conflict, "not_a_recommendation";
        /// The body has answered: what it was asked stands.
        AlreadyAnswered => Conflict, "already_answered";
        /// An outcome is not linked with itself.
        OwnLink => Invalid, "own_link", at "other";
        /// Nothing adopted is there to be published.
        NothingToPublish => Conflict, "nothing_to_publish";
        /// The wording of an outcome is no longer what was adopted.
        WordingChanged { code: String } => Conflict, "wording_changed";
    }
}
