//! The rows: transmissions, outcomes and their steps. What is made of outcomes afterwards is in [`crate::legacy_model`].

use access_rules::{EditionId, OrganisationId, PaperId, PersonId, SessionId, ThemeId};
use diesel::prelude::*;
use kernel::{Id, LocalDate, Localized, Moment};
use serde::{Deserialize, Serialize};
use texts::model::TextId;
use utoipa::ToSchema;

use crate::tables::{outcome_steps, outcomes, transmissions};

/// What a transmission is of, whichever table it stands in; never constructed.
pub enum SourceThing {}

/// The id of a transmission.
pub type TransmissionId = Id<Transmission>;
/// The id of an outcome.
pub type OutcomeId = Id<Outcome>;
/// The id of a step.
pub type StepId = Id<Step>;

kernel::coded! {
    /// Where something transmitted came from (R66, R94, R78).
    pub enum Source {
        /// A position paper, from the sitting it was presented in.
        AssemblyPaper => "assembly_paper",
        /// The deliberation of a Town Hall session.
        TownHallSession => "town_hall_session",
        /// A special session of Local4Action.
        SpecialSession => "special_session",
    }
}

kernel::coded! {
    /// What sort of outcome it is (R192).
    #[derive(Default)]
    pub enum OutcomeKind {
        /// A political declaration.
        Declaration => "declaration",
        /// A policy recommendation: most are.
        #[default]
        Recommendation => "recommendation",
        /// A political position.
        Position => "political_position",
    }
}

kernel::coded! {
    /// How far an outcome is (R71).
    pub enum OutcomeState {
        /// Prepared for the World Assembly itself; nobody transmitted it.
        Drafted => "drafted",
        /// Transmitted to the World Assembly.
        Received => "received",
        /// Presented to it.
        Presented => "presented",
        /// Debated by it.
        Debated => "debated",
        /// Adopted as it was received.
        Adopted => "adopted",
        /// Adopted with other words.
        AmendedAdopted => "amended_adopted",
        /// Given back to where it came from.
        Returned => "returned",
        /// Not adopted.
        NotAdopted => "not_adopted",
    }
}

kernel::coded! {
    /// What part of an international agenda's life an outcome serves (R75).
    #[derive(Default)]
    pub enum Phase {
        /// Its definition.
        Definition => "definition",
        /// Its follow-up.
        #[default]
        FollowUp => "follow_up",
        /// Its review.
        Review => "review",
    }
}

/// That an outcome serves an international agenda.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct AgendaLink {
    /// The code of the agenda, or of a goal of one.
    pub agenda: String,
    /// In which part of its life.
    pub phase: Phase,
}

/// The result of a paper or a session, as the World Assembly received it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = transmissions)]
pub struct Transmission {
    /// Its id.
    #[schema(value_type = String)]
    pub id: TransmissionId,
    /// The edition.
    pub edition: EditionId,
    /// Where it came from.
    pub source: Source,
    /// The paper or the session it is of.
    #[schema(value_type = String)]
    pub source_id: Id<SourceThing>,
    /// What the codes of its outcomes begin with: `TH-2019-03`, `AS-2019-AFR`.
    pub stem: String,
    /// The session in which the result was recorded.
    pub session: Option<SessionId>,
    /// Its title then.
    pub session_title: Localized,
    /// The paper.
    pub paper: Option<PaperId>,
    /// Its title then.
    pub paper_title: Localized,
    /// The Town Hall theme.
    pub theme: Option<ThemeId>,
    /// The organisation whose paper it is, or that leads the theme.
    pub organisation: Option<OrganisationId>,
    /// What came of the deliberation.
    pub result: Localized,
    /// When it was sent.
    pub sent_at: Moment,
    /// Who closed the session; none when the site itself did.
    pub sent_by: Option<PersonId>,
    /// Counts changes.
    pub version: i64,
}

/// A declaration, recommendation or political position.
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable, AsChangeset,
)]
#[diesel(table_name = outcomes, treat_none_as_null = true)]
pub struct Outcome {
    /// Its id.
    #[schema(value_type = String)]
    pub id: OutcomeId,
    /// The edition.
    pub edition: EditionId,
    /// Its code, `TH-2019-03-R07`. It never changes (R101).
    pub code: String,
    /// What sort it is.
    pub kind: OutcomeKind,
    /// Its wording.
    #[schema(value_type = String)]
    pub text: TextId,
    /// The title as it is searched.
    #[serde(skip)]
    pub title_key: String,
    /// The transmission it came with; none for what the World Assembly drafted itself.
    #[schema(value_type = Option<String>)]
    pub transmission: Option<TransmissionId>,
    /// How far it is.
    pub state: OutcomeState,
    /// When it was presented.
    pub presented_at: Option<Moment>,
    /// When it had been debated.
    pub debated_at: Option<Moment>,
    /// When it was decided.
    pub decided_at: Option<Moment>,
    /// Why so; may be empty for what was adopted.
    pub decision_reason: String,
    /// The sealed version of its text that was received, or presented where nobody transmitted it; 0 before.
    pub received_version: i64,
    /// The sealed version that was adopted.
    pub adopted_version: Option<i64>,
    /// The last day of its follow-up (R74); for what was adopted.
    pub horizon_to: Option<LocalDate>,
    /// Its place among the outcomes of its edition.
    pub position: i64,
    /// Who may read it, besides the desk.
    pub visible_to: String,
    /// Guards edits.
    pub version: i64,
    /// When it was drafted or received.
    pub created_at: Moment,
    /// By whom.
    pub created_by: Option<PersonId>,
}

/// A step of an outcome from one state to the next. Never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = outcome_steps)]
pub struct Step {
    /// Its id; they sort by time.
    #[schema(value_type = String)]
    pub id: StepId,
    /// Of which outcome.
    #[schema(value_type = String)]
    pub outcome: OutcomeId,
    /// From which state; none where it began.
    pub from_state: Option<OutcomeState>,
    /// To which.
    pub to_state: OutcomeState,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Moment,
    /// Who recorded it.
    #[serde(skip)]
    pub who: Option<PersonId>,
}

/// An outcome as it stands in a list of outcomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OutcomeRef {
    /// Its id.
    #[schema(value_type = String)]
    pub id: OutcomeId,
    /// Its code.
    pub code: String,
    /// What sort it is.
    pub kind: OutcomeKind,
    /// How far it is.
    pub state: OutcomeState,
    /// Its title.
    pub title: Localized,
    /// The authentic language.
    pub language: String,
}

impl OutcomeState {
    /// Whether the World Assembly has decided.
    pub const fn is_decided(self) -> bool {
        match self {
            Self::Adopted | Self::AmendedAdopted | Self::Returned | Self::NotAdopted => true,
            Self::Drafted | Self::Received | Self::Presented | Self::Debated => false,
        }
    }

    /// Whether it was adopted, as it was received or amended.
    pub const fn is_adopted(self) -> bool {
        match self {
            Self::Adopted | Self::AmendedAdopted => true,
            Self::Drafted
            | Self::Received
            | Self::Presented
            | Self::Debated
            | Self::Returned
            | Self::NotAdopted => false,
        }
    }
}
