//! The rows of the Assembly track, and the enums that are their columns. Those of the World Assembly are in [`world`].

pub mod world;

use access_rules::{EditionId, OrganisationId, PaperId, PersonId, SessionId};
use diesel::prelude::*;
use kernel::{Id, Json, Localized, Moment};
use members::sections::Section;
use outcomes::model::{AgendaLink, OutcomeKind, TransmissionId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::tables::{
    assembly_terms, paper_invitations, result_drafts, session_results, sitting_closings,
    sitting_paper_speakers, sitting_papers, sitting_scopes, transmitting_sessions,
};

/// The id of what a sitting may be about.
pub type ScopeId = Id<SittingScope>;
/// The id of an invitation to write a paper.
pub type InvitationId = Id<PaperInvitation>;
/// The id of a result.
pub type ResultId = Id<SessionResult>;
/// The id of a recommendation, position or declaration that a result proposes.
pub type DraftId = Id<ResultDraft>;

kernel::coded! {
    /// In which way a round table is held (R63: « à l’échelle continentale ou par secteur »).
    pub enum ScopeKind {
        /// For a group of regions of the world: one section of UCLG or several.
        Continental => "continental",
        /// For a sector.
        Sectoral => "sectoral",
    }
}

/// Something a sitting may be about.
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable, AsChangeset,
)]
#[diesel(table_name = sitting_scopes)]
pub struct SittingScope {
    /// Its id.
    #[schema(value_type = String)]
    pub id: ScopeId,
    /// The edition it is of.
    pub edition: EditionId,
    /// A group of regions, or a sector.
    pub kind: ScopeKind,
    /// Its code: `africa`; sessions refer to it.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// The sections it is of.
    #[schema(value_type = Vec<Section>)]
    pub sections: Json<Vec<Section>>,
    /// Its place in lists.
    pub position: i64,
    /// Guards edits; 0 for one the program begins with and nobody has changed.
    pub version: i64,
}

kernel::coded! {
    /// How far an invitation to write a paper is (R61).
    pub enum InvitationState {
        /// The organisation has not answered.
        Open => "open",
        /// It writes.
        Accepted => "accepted",
        /// It does not.
        Declined => "declined",
        /// The desk took it back.
        Revoked => "revoked",
    }
}

kernel::coded! {
    /// What somebody does when a paper is presented in a sitting.
    pub enum PaperSpeakerRole {
        /// Presents it.
        Presenter => "presenter",
        /// Responds.
        Respondent => "respondent",
    }
}

/// What an edition's Assembly and World Assembly go by.
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable, AsChangeset,
)]
#[diesel(table_name = assembly_terms, treat_none_as_null = true)]
pub struct AssemblyTerms {
    /// The edition.
    pub edition: EditionId,
    /// How many days before the congress papers are due where an invitation does not say (R64).
    pub deadline_days: i64,
    /// How many months before it the World Assembly is convoked (R69).
    pub notice_months: i64,
    /// Whether a vote may be taken where consensus is not reached (R73).
    pub fallback_vote: bool,
    /// The majority such a vote needs, of so many votes for or against …
    pub majority_votes: i64,
    /// … out of so many: 2 of 3.
    pub majority_of: i64,
    /// Guards edits; 0 where nobody changed anything yet.
    pub version: i64,
    /// In which languages a text must say the same before the World Assembly adopts it (R88); none asks for none.
    #[schema(value_type = Option<Vec<String>>)]
    pub aligned_languages: Option<Json<Vec<String>>>,
}

/// An invitation to an organisation to write a position paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = paper_invitations)]
pub struct PaperInvitation {
    /// Its id.
    #[schema(value_type = String)]
    pub id: InvitationId,
    /// Of which edition.
    pub edition: EditionId,
    /// To which organisation.
    pub organisation: OrganisationId,
    /// The paper it is for.
    pub paper: PaperId,
    /// How far it is.
    pub state: InvitationState,
    /// What the desk says in it.
    pub message: String,
    /// When it went out.
    pub invited_at: Moment,
    /// Who sent it.
    #[serde(skip)]
    pub invited_by: Option<PersonId>,
    /// What the organisation says to its answer; may be empty.
    pub answer: String,
    /// When it answered.
    pub answered_at: Option<Moment>,
    /// Who answered for it.
    #[serde(skip)]
    pub answered_by: Option<PersonId>,
    /// Why it was taken back.
    pub revoke_reason: String,
    /// When it was taken back.
    pub revoked_at: Option<Moment>,
    /// Who took it back.
    #[serde(skip)]
    pub revoked_by: Option<PersonId>,
    /// Guards answers.
    pub version: i64,
}

/// That a sitting takes up a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = sitting_papers)]
pub struct SittingPaper {
    /// The sitting.
    pub session: SessionId,
    /// The paper.
    pub paper: PaperId,
    /// Its place in the sitting.
    pub position: i64,
    /// Guards edits.
    pub version: i64,
}

/// Somebody who presents a paper in a sitting, or responds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = sitting_paper_speakers)]
pub struct PaperSpeaker {
    /// Its id.
    #[schema(value_type = String)]
    pub id: Id<PaperSpeaker>,
    /// In which sitting.
    #[serde(skip)]
    pub session: SessionId,
    /// At which paper.
    #[serde(skip)]
    pub paper: PaperId,
    /// What they do.
    pub role: PaperSpeakerRole,
    /// The person, when they are one of ours.
    pub person: Option<PersonId>,
    /// The name as shown.
    pub name: String,
    /// Their place in the list.
    pub position: i64,
}

/// What came of a paper in a sitting, or of a special session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = session_results)]
pub struct SessionResult {
    /// Its id.
    #[schema(value_type = String)]
    pub id: ResultId,
    /// In which session.
    pub session: SessionId,
    /// Of which paper; none for a special session.
    pub paper: Option<PaperId>,
    /// What came of it.
    pub result: Localized,
    /// What it went to the World Assembly as; none before, and for the second sitting of a paper.
    #[schema(value_type = Option<String>)]
    pub transmission: Option<TransmissionId>,
    /// When it was last recorded.
    pub recorded_at: Moment,
    /// By whom.
    #[serde(skip)]
    pub recorded_by: Option<PersonId>,
    /// Guards edits.
    pub version: i64,
}

/// A recommendation, position or declaration that a result proposes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = result_drafts)]
pub struct ResultDraft {
    /// Its id.
    #[schema(value_type = String)]
    pub id: DraftId,
    /// Of which result.
    #[serde(skip)]
    pub result: ResultId,
    /// Its place in it.
    pub position: i64,
    /// What sort it is.
    pub kind: OutcomeKind,
    /// Its title.
    pub title: Localized,
    /// The language it is written in.
    pub language: String,
    /// Its words, in Markdown.
    pub markdown: String,
    /// Which international agendas it serves, and how.
    #[schema(value_type = Vec<AgendaLink>)]
    pub agendas: Json<Vec<AgendaLink>>,
}

/// That a sitting is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = sitting_closings)]
pub struct SittingClosing {
    /// The sitting.
    pub session: SessionId,
    /// Its edition.
    pub edition: EditionId,
    /// Since when.
    pub closed_at: Moment,
    /// Who closed it.
    #[serde(skip)]
    pub closed_by: Option<PersonId>,
}

/// That the outcome of a special session goes to the World Assembly (R78).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = transmitting_sessions)]
pub struct TransmittingSession {
    /// The session.
    pub session: SessionId,
    /// Its edition.
    pub edition: EditionId,
    /// Since when.
    pub flagged_at: Moment,
    /// Who said so.
    #[serde(skip)]
    pub flagged_by: Option<PersonId>,
}
