//! The rows: floors, requests to speak, procedural motions, rulings; and what an owner hands in.

use std::collections::BTreeMap;

use access_rules::{EditionId, OrganisationId, PersonId, SessionId};
use diesel::prelude::*;
use kernel::{Id, Json, Localized, Moment};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use crate::kinds::{
    Criterion, Finding, FloorState, Gender, MotionKind, MotionState, Removal, RulingState, SpeakingOrder,
    SpeechKind, SpeechState,
};
use crate::tables::{floor_rulings, floors, procedural_motions, speaker_requests};

/// Marks the id of what is discussed or decided, which only the owner of the floor knows: an agenda item, a paper, a text.
pub enum Item {}

/// The id of what is discussed or decided.
pub type ItemId = Id<Item>;
/// The id of a floor.
pub type FloorId = Id<Floor>;
/// The id of a request to speak.
pub type RequestId = Id<Request>;
/// The id of a procedural motion.
pub type MotionId = Id<Motion>;
/// The id of a ruling.
pub type RulingId = Id<Ruling>;

/// How long one may speak, in seconds; where nothing stands there is no limit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = SpeechLimits)]
pub struct Limits {
    /// A statement.
    pub statement_seconds: Option<i64>,
    /// A right of reply.
    pub right_of_reply_seconds: Option<i64>,
    /// A point of order.
    pub point_of_order_seconds: Option<i64>,
    /// An interposed question.
    pub interposed_seconds: Option<i64>,
    /// For or against a motion.
    pub motion_seconds: Option<i64>,
    /// All of a region together, on this floor; points of order and motions are not counted.
    pub regions: BTreeMap<String, i64>,
}

/// The floor of a session for one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = floors)]
pub struct Floor {
    /// Its id.
    pub id: FloorId,
    /// Of which edition.
    pub edition: EditionId,
    /// Of which session.
    pub session: SessionId,
    /// What of the agenda is discussed, by an id of the owner's.
    pub item: Option<ItemId>,
    /// What it is called.
    pub title: Localized,
    /// The key of who may follow it. Its owner keeps it.
    pub visible_to: String,
    /// How far it is.
    pub state: FloorState,
    /// Whether the list of speakers is closed.
    pub list_closed: bool,
    /// In which order statements are called.
    pub speaking_order: SpeakingOrder,
    /// What a balanced order goes by, the weightiest first.
    pub criteria: Json<Vec<Criterion>>,
    /// Whether the chair admits statements, too, before they are in line.
    pub by_admission: bool,
    /// How long one may speak.
    pub limits: Json<Limits>,
    /// When it was opened first.
    pub opened_at: Moment,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// Counts every act on it.
    pub version: i64,
}

/// A request to speak, and the speech it became.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = speaker_requests, treat_none_as_null = true)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// On which floor.
    pub floor: FloorId,
    /// Who speaks.
    pub person: PersonId,
    /// For which organisation, where it is one.
    pub organisation: Option<OrganisationId>,
    /// Their name, as it is shown.
    pub name: String,
    /// What they speak for, as it is shown.
    pub speaks_for: String,
    /// The region they are counted under.
    pub region: Option<String>,
    /// What they declared, for the balance alone.
    pub gender: Option<Gender>,
    /// What for.
    pub kind: SpeechKind,
    /// To which motion, for who speaks for or against one.
    pub motion: Option<MotionId>,
    /// How far it is.
    pub state: SpeechState,
    /// When it was asked, by the floor's counter.
    pub seq: i64,
    /// When it was called, by the floor's counter.
    pub turn: Option<i64>,
    /// Where the chair put it.
    pub chair_place: Option<i64>,
    /// Why; empty for who only kept their place before somebody who was moved.
    pub place_reason: String,
    /// Whether it has the floor.
    pub has_floor: bool,
    /// Who put it on the list: themselves, or the chair for them.
    pub asked_by: Option<PersonId>,
    /// When.
    pub asked_at: Moment,
    /// When it was called.
    pub called_at: Option<Moment>,
    /// When its clock last began to run.
    pub started_at: Option<Moment>,
    /// When it was over.
    pub ended_at: Option<Moment>,
    /// How long its clock ran before that, in milliseconds.
    pub spoken_ms: i64,
    /// What the chair added.
    pub added_seconds: i64,
    /// How it came to be removed.
    pub removal: Option<Removal>,
    /// Why the chair removed it.
    pub removal_reason: String,
    /// Guards edits.
    pub version: i64,
}

/// A procedural motion.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = procedural_motions, treat_none_as_null = true)]
pub struct Motion {
    /// Its id.
    pub id: MotionId,
    /// On which floor.
    pub floor: FloorId,
    /// What it asks for.
    pub kind: MotionKind,
    /// What a division or reconsideration is about, by an id of the owner's.
    pub subject: Option<ItemId>,
    /// Who moved it.
    pub moved_by: PersonId,
    /// For which organisation, where it is one.
    pub organisation: Option<OrganisationId>,
    /// The mover's name, as it is shown.
    pub name: String,
    /// What they speak for, as it is shown.
    pub speaks_for: String,
    /// What was said with it: until when, which parts.
    pub words: String,
    /// How far it is.
    pub state: MotionState,
    /// When it was moved, by the floor's counter.
    pub seq: i64,
    /// Places taken to speak for it.
    pub speakers_for: i64,
    /// Places taken to speak against it.
    pub speakers_against: i64,
    /// Votes for it.
    pub votes_for: Option<i64>,
    /// Votes against it.
    pub votes_against: Option<i64>,
    /// Abstentions.
    pub abstentions: Option<i64>,
    /// When it was moved.
    pub moved_at: Moment,
    /// When it was decided, or came to nothing.
    pub decided_at: Option<Moment>,
    /// Guards edits.
    pub version: i64,
}

/// A ruling of the chair.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = floor_rulings, treat_none_as_null = true)]
pub struct Ruling {
    /// Its id.
    pub id: RulingId,
    /// On which floor.
    pub floor: FloorId,
    /// On which point of order.
    pub request: Option<RequestId>,
    /// Or on which motion.
    pub motion: Option<MotionId>,
    /// What was found.
    pub finding: Finding,
    /// In the chair's words.
    pub words: String,
    /// By whom.
    pub ruled_by: Option<PersonId>,
    /// When.
    pub ruled_at: Moment,
    /// How far it is.
    pub state: RulingState,
    /// Who appealed.
    pub appealed_by: Option<PersonId>,
    /// Their name, as it is shown.
    pub appellant: String,
    /// When.
    pub appealed_at: Option<Moment>,
    /// Votes for the appeal.
    pub votes_for: Option<i64>,
    /// Votes against the appeal: for the ruling.
    pub votes_against: Option<i64>,
    /// Abstentions.
    pub abstentions: Option<i64>,
    /// When the vote was counted.
    pub decided_at: Option<Moment>,
    /// Guards edits.
    pub version: i64,
}

/// Somebody who speaks, as the owner of the floor knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// Who.
    pub person: PersonId,
    /// For which organisation, where it is one.
    pub organisation: Option<OrganisationId>,
    /// Their name, as it is to be shown.
    pub name: String,
    /// What they speak for, as it is to be shown.
    pub speaks_for: String,
    /// The region they are counted under.
    pub region: Option<String>,
    /// What they declared about themselves.
    pub gender: Option<Gender>,
}

/// Votes by show of hands, as they were counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = HandCount)]
pub struct Count {
    /// For it.
    pub votes_for: i64,
    /// Against it.
    pub votes_against: i64,
    /// Neither.
    pub abstentions: i64,
}

impl Request {
    /// Whether it was called and is not over.
    pub const fn is_called(&self) -> bool {
        match self.state {
            SpeechState::Called | SpeechState::Speaking | SpeechState::Paused => true,
            SpeechState::Requested
            | SpeechState::Queued
            | SpeechState::Done
            | SpeechState::Withdrawn
            | SpeechState::Removed => false,
        }
    }

    /// Whether it was called, and another has the floor for the moment.
    pub const fn is_interrupted(&self) -> bool {
        self.is_called() && !self.has_floor
    }

    /// Whether it waits, admitted or not.
    pub const fn is_waiting(&self) -> bool {
        matches!(self.state, SpeechState::Requested | SpeechState::Queued)
    }

    /// Whether it is neither over nor taken from the list.
    pub const fn is_open(&self) -> bool {
        self.is_waiting() || self.is_called()
    }
}

impl Count {
    /// What was counted of a motion or an appeal; nothing before.
    pub fn of(votes_for: Option<i64>, votes_against: Option<i64>, abstentions: Option<i64>) -> Option<Self> {
        Some(Self {
            votes_for: votes_for?,
            votes_against: votes_against?,
            abstentions: abstentions?,
        })
    }
}
