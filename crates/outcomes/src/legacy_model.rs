//! The rows of what outcomes are good for afterwards: agendas they serve, whom they are addressed to, the priorities they
//! renew, what bodies answer, and the collection they are published in.

use access_rules::{EditionId, OrganisationId, PaperId, PersonId, SessionId, ThemeId};
use diesel::prelude::*;
use kernel::{Id, Json, LocalDate, Localized, Moment};
use serde::{Deserialize, Serialize};
use texts::model::{Block, TextId};
use utoipa::ToSchema;

use crate::{
    model::{AgendaLink, OutcomeId, OutcomeKind, OutcomeState, Source, TransmissionId},
    tables::{
        agendas, collection_editions, collections, outcome_references, outcome_responses,
        strategic_priorities,
    },
};

/// The id of a reference.
pub type ReferenceId = Id<Reference>;
/// The id of a strategic priority.
pub type PriorityId = Id<StrategicPriority>;
/// The id of a response.
pub type ResponseId = Id<Response>;
/// The id of a published edition of a collection.
pub type PublishedId = Id<Published>;

kernel::coded! {
    /// Whom an adopted outcome is addressed to (R191).
    pub enum Addressee {
        /// The Global Taskforce.
        Gtf => "gtf",
        /// United Cities and Local Governments.
        Uclg => "uclg",
    }
}

kernel::coded! {
    /// What it becomes a reference for (R191).
    pub enum Field {
        /// The development of policies.
        Policy => "policy",
        /// Advocacy.
        Advocacy => "advocacy",
        /// Future work plans.
        WorkPlan => "work_plan",
    }
}

kernel::coded! {
    /// What a responsible body says to a recommendation (R99).
    pub enum ResponseAnswer {
        /// It will follow it.
        Accepted => "accepted",
        /// It will in part.
        Partly => "partly",
        /// It takes note of it.
        Noted => "noted",
        /// It will not.
        NotAccepted => "not_accepted",
    }
}

/// An international agenda, or a goal of one.
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable, AsChangeset,
)]
#[diesel(table_name = agendas, primary_key(code), treat_none_as_null = true)]
pub struct Agenda {
    /// Its code.
    pub code: String,
    /// The agenda it is a goal of.
    pub parent: Option<String>,
    /// What it is called.
    pub title: Localized,
    /// Where it can be read; may be empty.
    pub site: String,
    /// Its place among its siblings.
    pub position: i64,
    /// Whether it is offered no more.
    pub retired: bool,
    /// Guards edits.
    pub version: i64,
}

/// That an adopted outcome is a reference for somebody's work (R191).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = outcome_references)]
pub struct Reference {
    /// Its id.
    #[schema(value_type = String)]
    pub id: ReferenceId,
    /// Of which outcome.
    #[schema(value_type = String)]
    pub outcome: OutcomeId,
    /// For whom.
    pub addressed_to: Addressee,
    /// For what.
    pub field: Field,
    /// What they are to make of it; may be empty.
    pub note: Localized,
    /// When it was made.
    pub made_at: Moment,
    /// By whom.
    #[serde(skip)]
    pub made_by: Option<PersonId>,
}

/// A strategic priority that recommendations renew (R193).
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable, AsChangeset,
)]
#[diesel(table_name = strategic_priorities)]
pub struct StrategicPriority {
    /// Its id.
    #[schema(value_type = String)]
    pub id: PriorityId,
    /// Since which edition.
    pub edition: EditionId,
    /// Its code, one of its own in the edition.
    pub code: String,
    /// What it is called.
    pub title: Localized,
    /// What it means; may be empty.
    pub description: Localized,
    /// Its place among the others.
    pub position: i64,
    /// Guards edits.
    pub version: i64,
}

/// What a body was asked about a recommendation, and what it answered (R99).
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable, AsChangeset,
)]
#[diesel(table_name = outcome_responses, treat_none_as_null = true)]
pub struct Response {
    /// Its id.
    #[schema(value_type = String)]
    pub id: ResponseId,
    /// About which recommendation.
    #[schema(value_type = String)]
    pub outcome: OutcomeId,
    /// The body that is responsible.
    pub organisation: OrganisationId,
    /// Until when it is to answer, this day included.
    pub due_on: LocalDate,
    /// When it was asked.
    pub asked_at: Moment,
    /// By whom.
    #[serde(skip)]
    pub asked_by: Option<PersonId>,
    /// What it answered; none until it did.
    pub answer: Option<ResponseAnswer>,
    /// In its own words.
    pub said: Localized,
    /// Of which day the answer is.
    pub answered_on: Option<LocalDate>,
    /// When it was entered.
    pub answered_at: Option<Moment>,
    /// By whom.
    #[serde(skip)]
    pub answered_by: Option<PersonId>,
    /// Guards edits.
    pub version: i64,
}

/// The collection of an edition of the congress, as it is being put together (R192).
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable, AsChangeset,
)]
#[diesel(table_name = collections, primary_key(edition))]
pub struct Collection {
    /// Of which edition.
    pub edition: EditionId,
    /// What it is called; may be empty until it is published.
    pub title: Localized,
    /// What stands before its items; may be empty.
    pub foreword: Localized,
    /// The number of the last one published, 0 for none.
    pub last_number: i64,
    /// Guards edits.
    pub version: i64,
}

/// A published edition of a collection. Never changed (R192).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = collection_editions)]
pub struct Published {
    /// Its id.
    #[schema(value_type = String)]
    pub id: PublishedId,
    /// Of which edition of the congress.
    pub edition: EditionId,
    /// Which, from 1.
    pub number: i64,
    /// What it is called.
    pub title: Localized,
    /// What stands before its items.
    pub foreword: Localized,
    /// Its items, in their order.
    #[schema(value_type = Vec<Item>)]
    pub items: Json<Vec<Item>>,
    /// How it is cited, in each language.
    pub citation: Localized,
    /// SHA-256 over title, foreword and items.
    pub hash: String,
    /// When it was published.
    pub published_at: Moment,
    /// By whom.
    #[serde(skip)]
    pub published_by: Option<PersonId>,
}

/// An outcome as it was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Item {
    /// The outcome.
    #[schema(value_type = String)]
    pub outcome: OutcomeId,
    /// Its code.
    pub code: String,
    /// What sort it is.
    pub kind: OutcomeKind,
    /// Adopted as received, or amended.
    pub state: OutcomeState,
    /// Its title.
    pub title: Localized,
    /// The authentic language.
    pub language: String,
    /// Its text.
    #[schema(value_type = String)]
    pub text: TextId,
    /// The sealed version that is published, with what it says in other languages.
    pub text_version: i64,
    /// Its blocks in the authentic language.
    pub blocks: Vec<Block>,
    /// When it was adopted.
    pub decided_at: Option<Moment>,
    /// The last day of its follow-up.
    pub horizon_to: Option<LocalDate>,
    /// The international agendas it serves.
    pub agendas: Vec<ItemAgenda>,
    /// The codes of the items it belongs together with.
    pub links: Vec<String>,
    /// Where it came from; none for what the World Assembly drafted itself.
    pub origin: Option<Origin>,
}

/// An international agenda that an item serves, as it was called then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ItemAgenda {
    /// Which, and in which part of its life.
    #[serde(flatten)]
    pub link: AgendaLink,
    /// What it is called.
    pub title: Localized,
}

/// Where an outcome came from (R194).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Origin {
    /// The transmission.
    #[schema(value_type = String)]
    pub transmission: TransmissionId,
    /// What sort it is of.
    pub source: Source,
    /// The session in which it was deliberated.
    pub session: Option<SessionId>,
    /// The session's title.
    pub session_title: Localized,
    /// The paper that was debated.
    pub paper: Option<PaperId>,
    /// The paper's title.
    pub paper_title: Localized,
    /// The Town Hall theme.
    pub theme: Option<ThemeId>,
    /// The organisation whose paper it is, or that leads the theme.
    pub organisation: Option<OrganisationId>,
    /// That organisation's name.
    pub organisation_name: String,
}
