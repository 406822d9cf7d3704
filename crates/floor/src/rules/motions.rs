//! Procedural motions (R81): which is taken first, who may speak to it, and which majority it needs. Pure.

use crate::model::{Count, Motion, MotionKind, MotionState, SpeechKind};

/// How many may speak to a motion, besides who moved it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides {
    /// For it.
    pub speakers_for: i64,
    /// Against it.
    pub speakers_against: i64,
}

/// How many may speak to a motion: to none to suspend or adjourn the meeting, two and two to adjourn the debate, two
/// against to close it; two and two to a division, two against a reconsideration.
pub const fn sides(kind: MotionKind) -> Sides {
    let (speakers_for, speakers_against) = match kind {
        MotionKind::SuspendMeeting | MotionKind::AdjournMeeting => (0, 0),
        MotionKind::AdjournDebate | MotionKind::Division => (2, 2),
        MotionKind::CloseDebate | MotionKind::Reconsideration => (0, 2),
    };
    Sides {
        speakers_for,
        speakers_against,
    }
}

/// How many may speak on this side of a motion; none for what is no side.
pub const fn speakers_most(kind: MotionKind, side: SpeechKind) -> i64 {
    match side {
        SpeechKind::ForMotion => sides(kind).speakers_for,
        SpeechKind::AgainstMotion => sides(kind).speakers_against,
        SpeechKind::PointOfOrder
        | SpeechKind::Interposed
        | SpeechKind::RightOfReply
        | SpeechKind::Statement => 0,
    }
}

/// The motion in hand: of those that wait, the first by precedence, then the earliest.
pub fn first(motions: &[Motion]) -> Option<&Motion> {
    motions
        .iter()
        .filter(|motion| motion.state == MotionState::Moved)
        .min_by_key(|motion| (motion.kind, motion.seq))
}

/// Whether a motion is carried: by the majority of those who vote for or against; to reconsider, by two thirds of them
/// (R86). Abstentions are not counted, and equal votes lose.
pub const fn is_carried(kind: MotionKind, count: Count) -> bool {
    match kind {
        MotionKind::SuspendMeeting
        | MotionKind::AdjournMeeting
        | MotionKind::AdjournDebate
        | MotionKind::CloseDebate
        | MotionKind::Division => is_majority(count),
        MotionKind::Reconsideration => {
            count.votes_for > 0 && 3 * count.votes_for >= 2 * (count.votes_for + count.votes_against)
        }
    }
}

/// Whether an appeal overrules the chair: by the majority of those who vote for or against it. On equal votes the ruling
/// stands (R80).
pub const fn is_overruled(count: Count) -> bool {
    is_majority(count)
}

const fn is_majority(count: Count) -> bool {
    count.votes_for > count.votes_against
}
