//! What can go wrong on a floor, beyond what everybody shares.

use crate::model::{FloorId, MotionId, MotionKind, RequestId, RulingId};

kernel::faults! {
    /// What can go wrong on the floor of a meeting.
    pub enum FloorFault {
        /// The floor is closed.
        FloorClosed => Conflict, "floor_closed";
        /// The meeting is suspended: nobody is called before it goes on.
        FloorPaused => Conflict, "floor_paused";
        /// Another floor of the session is not closed yet.
        AnotherFloorOpen { floor: Option<FloorId> } => Conflict, "another_floor_open";
        /// The list of speakers is closed; a right of reply and a point of order are still taken.
        ListClosed => Conflict, "speakers_list_closed";
        /// This person is on the list already, for the same; or spoke to the same motion.
        AlreadyAsked { request: Option<RequestId> } => Conflict, "already_asked";
        /// This person asked too often on this floor.
        AskedTooOften { most: i64 } => Conflict, "asked_too_often";
        /// It was called already.
        AlreadyCalled => Conflict, "already_called";
        /// Somebody else has the floor by now; `current` says who, none where nobody does.
        MovedOn { current: Option<RequestId> } => Conflict, "floor_moved_on";
        /// Another comes next by now.
        NextChanged { next: RequestId } => Conflict, "next_changed";
        /// Nobody waits.
        NobodyWaits => Conflict, "nobody_waits";
        /// It does not have the floor.
        NotSpeaking => Conflict, "not_speaking";
        /// Somebody speaks; their turn is ended first.
        SomebodySpeaks { request: RequestId } => Conflict, "somebody_speaks";
        /// Only statements and rights of reply that wait in line have a place that can be changed.
        PlaceFixed => Conflict, "place_is_fixed";
        /// Nothing that waits in line is called this, to stand after it.
        PlaceUnknown => Invalid, "place_unknown", at "after";
        /// A point of order waits for its ruling.
        PointNotRuled { request: RequestId } => Conflict, "point_not_ruled";
        /// It is no point of order.
        NotAPoint => Conflict, "not_a_point_of_order";
        /// The meeting has gone on since this ruling, or its appeal was voted on.
        RulingFinal => Conflict, "ruling_final";
        /// A ruling was appealed: the vote on it comes first.
        AppealOpen { ruling: RulingId } => Conflict, "appeal_open";
        /// The ruling was not appealed, or the vote was counted.
        NoAppeal => Conflict, "no_appeal";
        /// A procedural motion waits for its decision.
        MotionPending { motion: MotionId, kind: MotionKind } => Conflict, "motion_pending";
        /// A motion of the same kind waits for its decision.
        MotionAlreadyMoved { kind: MotionKind } => Conflict, "motion_already_moved";
        /// Another motion takes precedence.
        MotionWaits { motion: MotionId, kind: MotionKind } => Conflict, "motion_waits";
        /// As many as may have spoken on this side of the motion, or will.
        MotionSpeakersFull { most: i64 } => Conflict, "motion_speakers_full";
        /// Who moved a motion has spoken to it.
        MoverHasSpoken => Conflict, "mover_has_spoken";
        /// The motion was decided, or came to nothing.
        MotionDecided => Conflict, "motion_decided";
    }
}
