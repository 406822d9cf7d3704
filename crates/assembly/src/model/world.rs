//! The rows of the World Assembly, and the enums that are their columns.

use access_rules::{EditionId, OrganisationId, PersonId, SessionId};
use diesel::prelude::*;
use kernel::{Id, Localized, Moment};
use outcomes::model::OutcomeId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::tables::{
    consensus_questions, consensus_votes, endorsements, network_consents, objections, world_assemblies,
    world_assembly_items, world_assembly_steps,
};

/// The id of an endorsement.
pub type EndorsementId = Id<Endorsement>;
/// The id of an item of the agenda.
pub type ItemId = Id<AssemblyItem>;
/// The id of a question whether anybody objects.
pub type QuestionId = Id<ConsensusQuestion>;
/// The id of an objection.
pub type ObjectionId = Id<Objection>;

kernel::coded! {
    /// How far the World Assembly is (§3.5).
    pub enum AssemblyState {
        /// It is planned.
        Proposed => "proposed",
        /// The networks of the Task Force were asked (R69).
        AwaitingConsent => "awaiting_consent",
        /// It is convoked.
        Convoked => "convoked",
        /// It sits.
        Open => "open",
        /// It is interrupted.
        Suspended => "suspended",
        /// It is over: everything it received is decided (R72).
        Closed => "closed",
        /// What it decided is out.
        Published => "published",
    }
}

kernel::coded! {
    /// What a network answered to the convocation (R69).
    pub enum NetworkAnswer {
        /// It agrees.
        Agreed => "agreed",
        /// It does not.
        NotAgreed => "not_agreed",
    }
}

kernel::coded! {
    /// Whether a network stands for a participant (R70).
    pub enum EndorsementState {
        /// It was asked, and has not answered.
        PendingNetwork => "pending_network",
        /// It does.
        Endorsed => "endorsed",
        /// It does not.
        Refused => "refused",
        /// It did, or was asked to, and that was taken back.
        Withdrawn => "withdrawn",
    }
}

kernel::coded! {
    /// What is asked of the World Assembly at an item.
    pub enum AssemblyItemKind {
        /// To adopt it.
        ForAdoption => "for_adoption",
        /// To hear it.
        ForInformation => "for_information",
    }
}

kernel::coded! {
    /// How far the question is whether anybody objects (R73).
    pub enum QuestionState {
        /// The chair has asked.
        Asked => "asked",
        /// Nobody objected, or no longer: it is agreed.
        Agreed => "agreed",
        /// An objection stood, and hands were counted.
        Voted => "voted",
        /// The outcome was returned or not adopted.
        Ended => "ended",
    }
}

/// The World Assembly of an edition, beside its session.
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable, AsChangeset,
)]
#[diesel(table_name = world_assemblies, treat_none_as_null = true)]
pub struct WorldAssembly {
    /// The session it is in the programme.
    pub session: SessionId,
    /// The edition.
    pub edition: EditionId,
    /// How far it is.
    pub state: AssemblyState,
    /// When it was convoked.
    pub convoked_at: Option<Moment>,
    /// For when: its beginning as it stood then.
    pub convoked_for: Option<Moment>,
    /// Why it was convoked later than the notice asks for; empty where it was in time.
    pub short_notice_reason: String,
    /// Guards steps.
    pub version: i64,
}

/// A step of the World Assembly. Never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = world_assembly_steps)]
pub struct AssemblyStep {
    /// Its id; they sort by time.
    #[schema(value_type = String)]
    pub id: Id<AssemblyStep>,
    /// Of which session.
    #[serde(skip)]
    pub session: SessionId,
    /// From which state.
    pub from_state: AssemblyState,
    /// To which.
    pub to_state: AssemblyState,
    /// Why; may be empty.
    pub reason: String,
    /// When.
    pub at: Moment,
    /// By whom.
    #[serde(skip)]
    pub who: Option<PersonId>,
}

/// What a network answered to the convocation.
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable, AsChangeset,
)]
#[diesel(table_name = network_consents, treat_none_as_null = true, primary_key(session, network))]
pub struct NetworkConsent {
    /// To the convocation of which session.
    #[serde(skip)]
    pub session: SessionId,
    /// Which network.
    pub network: OrganisationId,
    /// What it answered.
    pub answer: NetworkAnswer,
    /// What it says to that; how the desk knows, where the desk recorded it.
    pub note: String,
    /// When.
    pub answered_at: Moment,
    /// By whom.
    #[serde(skip)]
    pub answered_by: Option<PersonId>,
    /// Guards edits.
    pub version: i64,
}

/// Whether a network stands for a participant.
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable, AsChangeset,
)]
#[diesel(table_name = endorsements, treat_none_as_null = true)]
pub struct Endorsement {
    /// Its id.
    #[schema(value_type = String)]
    pub id: EndorsementId,
    /// At which edition.
    pub edition: EditionId,
    /// Which network.
    pub network: OrganisationId,
    /// For whom.
    pub person: PersonId,
    /// How far it is.
    pub state: EndorsementState,
    /// Why not, or why no longer.
    pub reason: String,
    /// When it was asked for, or given unasked.
    pub asked_at: Moment,
    /// When it was answered or taken back.
    pub answered_at: Option<Moment>,
    /// By whom.
    #[serde(skip)]
    pub answered_by: Option<PersonId>,
    /// Guards answers.
    pub version: i64,
}

/// An item of the World Assembly's agenda.
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable, AsChangeset,
)]
#[diesel(table_name = world_assembly_items, treat_none_as_null = true)]
pub struct AssemblyItem {
    /// Its id.
    #[schema(value_type = String)]
    pub id: ItemId,
    /// Of which session.
    #[serde(skip)]
    pub session: SessionId,
    /// Its place, from 1.
    pub position: i64,
    /// What is asked.
    pub kind: AssemblyItemKind,
    /// The outcome that is put; none for a topic.
    #[schema(value_type = Option<String>)]
    pub outcome: Option<OutcomeId>,
    /// The title of a topic; empty for an outcome, which has its own.
    pub title: Localized,
    /// Guards edits.
    pub version: i64,
}

/// The chair's question whether anybody objects to an outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = consensus_questions)]
pub struct ConsensusQuestion {
    /// Its id.
    #[schema(value_type = String)]
    pub id: QuestionId,
    /// In which session.
    pub session: SessionId,
    /// On which outcome.
    #[schema(value_type = String)]
    pub outcome: OutcomeId,
    /// How far it is.
    pub state: QuestionState,
    /// When it was asked.
    pub asked_at: Moment,
    /// By whom.
    #[serde(skip)]
    pub asked_by: Option<PersonId>,
    /// When it ended.
    pub ended_at: Option<Moment>,
    /// By whom.
    #[serde(skip)]
    pub ended_by: Option<PersonId>,
    /// Counts objections and what became of it.
    pub version: i64,
}

/// An objection. It stays recorded when it is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = objections)]
pub struct Objection {
    /// Its id.
    #[schema(value_type = String)]
    pub id: ObjectionId,
    /// To which question.
    #[schema(value_type = String)]
    pub question: QuestionId,
    /// Whose.
    pub person: PersonId,
    /// The network that stands for them.
    pub network: Option<OrganisationId>,
    /// Why.
    pub reason: String,
    /// When.
    pub raised_at: Moment,
    /// When they took it back.
    pub withdrawn_at: Option<Moment>,
    /// Guards edits.
    pub version: i64,
}

/// A show of hands, counted by the chair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = consensus_votes)]
pub struct ConsensusVote {
    /// On which question.
    #[schema(value_type = String)]
    pub question: QuestionId,
    /// For.
    pub votes_for: i64,
    /// Against.
    pub votes_against: i64,
    /// Neither.
    pub abstentions: i64,
    /// The majority it needed: so many votes for or against …
    pub majority_votes: i64,
    /// … out of so many.
    pub majority_of: i64,
    /// Whether it was reached.
    pub carried: bool,
    /// When.
    pub counted_at: Moment,
    /// By whom.
    #[serde(skip)]
    pub counted_by: Option<PersonId>,
}
