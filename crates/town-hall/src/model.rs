//! The rows of the Town Hall track, and the enums that are their columns.

use access_rules::{EditionId, OrganisationId, PaperId, PersonId, SessionId, ThemeId};
use diesel::prelude::*;
use kernel::{Id, Json, Localized, Moment};
use outcomes::{model::TransmissionId, wordings::NewOutcome};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::tables::{
    caucus_members, caucus_reviews, caucuses, deliberations, theme_pages, theme_pairings, theme_partners,
    theme_spaces, town_hall_terms,
};

/// The id of a theme's partner.
pub type PartnerId = Id<ThemePartner>;
/// The id of a page of a theme.
pub type PageId = Id<ThemePage>;
/// The id of a caucus.
pub type CaucusId = Id<Caucus>;
/// The id of a caucus's review of a paper.
pub type ReviewId = Id<Review>;
/// The id of a pairing with a policy council.
pub type PairingId = Id<Pairing>;

kernel::coded! {
    /// What an organisation is to a theme.
    pub enum PartnerRole {
        /// Leads it.
        Lead => "lead",
        /// Joins in.
        Co => "co",
    }
}

kernel::coded! {
    /// How a question of a caucus's checklist is answered; a remark may always be added.
    pub enum AnswerKind {
        /// Yes or no.
        YesNo => "yes_no",
        /// Fully, partly, not at all, or it does not concern the paper.
        Extent => "extent",
        /// In words alone.
        Words => "words",
    }
}

kernel::coded! {
    /// A typed answer to a question of a checklist.
    pub enum AnswerValue {
        /// Yes; fully.
        Yes => "yes",
        /// Partly.
        Partly => "partly",
        /// No; not at all.
        No => "no",
        /// It does not concern this paper.
        NotConcerned => "not_concerned",
    }
}

kernel::coded! {
    /// How far a caucus's review is.
    pub enum ReviewState {
        /// The caucus was asked.
        Asked => "asked",
        /// It answered; it may change its answer until the paper is final.
        Answered => "answered",
    }
}

kernel::coded! {
    /// How far the result of a session is.
    pub enum DeliberationState {
        /// It is written down, and may be changed.
        Recorded => "recorded",
        /// It was transmitted to the World Assembly, and stays as it is.
        Closed => "closed",
    }
}

/// An organisation that stands behind a theme, past ones too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = theme_partners)]
pub struct ThemePartner {
    /// Its id.
    #[schema(value_type = String)]
    pub id: PartnerId,
    /// The theme.
    pub theme: ThemeId,
    /// The organisation.
    pub organisation: OrganisationId,
    /// What it is to the theme.
    pub role: PartnerRole,
    /// From when.
    pub from_at: Moment,
    /// Until when; open when none.
    pub to_at: Option<Moment>,
    /// Who named it; none when the site itself did.
    pub named_by: Option<PersonId>,
    /// Guards edits.
    pub version: i64,
}

/// A page of a theme's space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = theme_pages)]
pub struct ThemePage {
    /// Its id.
    pub id: PageId,
    /// The theme.
    pub theme: ThemeId,
    /// Its edition.
    pub edition: EditionId,
    /// Its name in addresses; it never changes.
    pub slug: String,
    /// Its title.
    pub title: Localized,
    /// Its blocks, in order.
    pub blocks: Json<Vec<PageBlock>>,
    /// Its place among the pages of its theme, from 1.
    pub position: i64,
    /// Whether anybody reads it.
    pub is_published: bool,
    /// When it was changed last.
    pub changed_at: Moment,
    /// By whom.
    pub changed_by: Option<PersonId>,
    /// Guards edits.
    pub version: i64,
}

/// A block of a page: a heading, a text, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PageBlock {
    /// What stands above it; may be empty.
    pub heading: Localized,
    /// Its text; lines are kept.
    pub text: Localized,
}

/// What the edition's Town Hall asks of all its papers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = town_hall_terms)]
#[schema(as = TownHallTerms)]
pub struct Terms {
    /// The edition.
    pub edition: EditionId,
    /// For how many months a paper is open to comment before the congress (R98).
    pub consultation_months: i64,
    /// Guards edits; 0 while nobody set them.
    pub version: i64,
}

/// What a theme keeps: its number, and its page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = theme_spaces)]
pub struct Space {
    /// The theme.
    pub theme: ThemeId,
    /// Its edition.
    pub edition: EditionId,
    /// Its number in the edition, for ever: what comes of it bears it (R101).
    pub number: i64,
    /// How its leads introduce it.
    pub introduction: Localized,
    /// Where more is to be found.
    pub links: Json<Vec<SpaceLink>>,
    /// From when its paper is open to comment, as its leads plan it (R98).
    pub comments_from: Option<Moment>,
    /// Until when, this instant not included.
    pub comments_to: Option<Moment>,
    /// Guards edits.
    pub version: i64,
}

/// A link on the page of a theme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct SpaceLink {
    /// Where to: an `https` address.
    pub url: String,
    /// What it is called.
    pub title: Localized,
}

/// Who reads every paper of the edition for one concern that cuts across its themes (R96).
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable, AsChangeset,
)]
#[diesel(table_name = caucuses)]
pub struct Caucus {
    /// Its id.
    #[schema(value_type = String)]
    pub id: CaucusId,
    /// The edition it is of.
    pub edition: EditionId,
    /// Its code, one of a kind in the edition.
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// Its checklist.
    #[schema(value_type = Vec<Question>)]
    pub questions: Json<Vec<Question>>,
    /// Its place in lists.
    pub position: i64,
    /// Whether it is asked no more.
    pub retired: bool,
    /// Guards edits.
    pub version: i64,
}

/// A question of a caucus's checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Question {
    /// Its code, one of a kind in the checklist.
    pub code: String,
    /// What is asked.
    pub text: Localized,
    /// How it is answered.
    pub kind: AnswerKind,
}

/// An answer to a question of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = CaucusAnswer)]
pub struct Answer {
    /// The code of the question.
    pub question: String,
    /// The answer; none where it is in words alone.
    pub value: Option<AnswerValue>,
    /// What is to be added, or the answer in words.
    pub remark: String,
}

/// Somebody who answers for a caucus, past ones too.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = caucus_members)]
pub struct CaucusMember {
    /// The row.
    pub id: Id<CaucusMember>,
    /// The caucus.
    pub caucus: CaucusId,
    /// Who.
    pub person: PersonId,
    /// From when.
    pub from_at: Moment,
    /// Until when; open when none.
    pub to_at: Option<Moment>,
    /// Who named them.
    pub named_by: Option<PersonId>,
}

/// A caucus's review of a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = caucus_reviews)]
pub struct Review {
    /// Its id.
    pub id: ReviewId,
    /// The caucus.
    pub caucus: CaucusId,
    /// The paper.
    pub paper: PaperId,
    /// How far it is.
    pub state: ReviewState,
    /// The version of the paper that was out when it was asked for.
    pub text_version: i64,
    /// The checklist as it was then.
    pub questions: Json<Vec<Question>>,
    /// When it was asked for.
    pub asked_at: Moment,
    /// By whom.
    pub asked_by: Option<PersonId>,
    /// Until when; from then on the paper waits for it no more.
    pub deadline: Moment,
    /// The answers, in the order of the questions; none before it is answered.
    pub answers: Json<Vec<Answer>>,
    /// In which language remarks are, a BCP 47 tag.
    pub language: String,
    /// What is to be said of the whole.
    pub remarks: String,
    /// When it was answered last.
    pub answered_at: Option<Moment>,
    /// By whom.
    pub answered_by: Option<PersonId>,
    /// Guards edits.
    pub version: i64,
}

/// A policy council that a theme talks with (R97).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = theme_pairings)]
pub struct Pairing {
    /// Its id.
    pub id: PairingId,
    /// The theme.
    pub theme: ThemeId,
    /// The council's name.
    pub council: Localized,
    /// Its name folded; one of a kind in the theme.
    pub council_key: String,
    /// The session in which they talk.
    pub session: Option<SessionId>,
    /// When it was made.
    pub made_at: Moment,
    /// By whom.
    pub made_by: Option<PersonId>,
    /// Guards edits.
    pub version: i64,
}

/// What came of a session of the Town Hall (R94).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = deliberations)]
pub struct Deliberation {
    /// The session.
    pub session: SessionId,
    /// Its edition.
    pub edition: EditionId,
    /// Its theme.
    pub theme: ThemeId,
    /// The theme's paper when the session was closed.
    pub paper: Option<PaperId>,
    /// How far it is.
    pub state: DeliberationState,
    /// What came of it.
    pub result: Localized,
    /// What it recommends, in order.
    pub recommendations: Json<Vec<NewOutcome>>,
    /// When it was written down last.
    pub recorded_at: Moment,
    /// By whom.
    pub recorded_by: Option<PersonId>,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// By whom.
    pub closed_by: Option<PersonId>,
    /// The transmission that closing made.
    pub transmission: Option<TransmissionId>,
    /// Guards edits.
    pub version: i64,
}
