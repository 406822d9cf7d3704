//! What an act on a floor answers: what became of what it was done to. All the rest is in the view.

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{
    Count, Finding, Floor, FloorId, FloorState, Motion, MotionId, MotionKind, MotionState, Request,
    RequestId, Ruling, RulingId, RulingState, SpeechKind, SpeechState,
};

/// A floor after an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FloorCard {
    /// Its id.
    pub id: FloorId,
    /// How far it is.
    pub state: FloorState,
    /// Whether the list of speakers is closed.
    pub list_closed: bool,
    /// Counts every act.
    pub version: i64,
}

/// A request to speak after an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TurnCard {
    /// Its id.
    pub id: RequestId,
    /// On which floor.
    pub floor: FloorId,
    /// What for.
    pub kind: SpeechKind,
    /// How far it is.
    pub state: SpeechState,
    /// Whether it has the floor.
    pub has_floor: bool,
    /// Guards edits.
    pub version: i64,
}

/// A motion after an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MotionCard {
    /// Its id.
    pub id: MotionId,
    /// On which floor.
    pub floor: FloorId,
    /// What it asks for.
    pub kind: MotionKind,
    /// How far it is.
    pub state: MotionState,
    /// The vote, where it was put.
    pub count: Option<Count>,
    /// Guards edits.
    pub version: i64,
}

/// A ruling after an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RulingCard {
    /// Its id.
    pub id: RulingId,
    /// On which floor.
    pub floor: FloorId,
    /// What was found.
    pub finding: Finding,
    /// How far it is.
    pub state: RulingState,
    /// The vote, where it was appealed and voted on.
    pub count: Option<Count>,
    /// Guards edits.
    pub version: i64,
}

impl From<&Floor> for FloorCard {
    fn from(floor: &Floor) -> Self {
        Self {
            id: floor.id,
            state: floor.state,
            list_closed: floor.list_closed,
            version: floor.version,
        }
    }
}

impl From<&Request> for TurnCard {
    fn from(request: &Request) -> Self {
        Self {
            id: request.id,
            floor: request.floor,
            kind: request.kind,
            state: request.state,
            has_floor: request.has_floor,
            version: request.version,
        }
    }
}

impl From<&Motion> for MotionCard {
    fn from(motion: &Motion) -> Self {
        Self {
            id: motion.id,
            floor: motion.floor,
            kind: motion.kind,
            state: motion.state,
            count: Count::of(motion.votes_for, motion.votes_against, motion.abstentions),
            version: motion.version,
        }
    }
}

impl From<&Ruling> for RulingCard {
    fn from(ruling: &Ruling) -> Self {
        Self {
            id: ruling.id,
            floor: ruling.floor,
            finding: ruling.finding,
            state: ruling.state,
            count: Count::of(ruling.votes_for, ruling.votes_against, ruling.abstentions),
            version: ruling.version,
        }
    }
}
