//! The rows: papers, who works at them, and what became of them.

use access_rules::{EditionId, OrganisationId, PaperId, PersonId, ThemeId};
use diesel::prelude::*;
use kernel::{Id, Json, Localized, Moment};
use members::sections::Section;
use serde::{Deserialize, Serialize};
use texts::model::TextId;
use utoipa::ToSchema;

use crate::tables::{paper_steps, paper_team, papers};

/// The id of somebody's part in a paper.
pub type TeamPartId = Id<TeamPart>;
/// The id of a step.
pub type StepId = Id<Step>;

kernel::coded! {
    /// Whose paper it is: which track decides when it begins and goes on.
    pub enum PaperTrack {
        /// A position paper of the Assembly (R61).
        Assembly => "assembly",
        /// A policy paper of Town Hall (R90).
        TownHall => "town_hall",
    }
}

kernel::coded! {
    /// How far a paper is (§3.5 and, for Town Hall, the phases of R95).
    pub enum PaperState {
        /// An organisation is invited to write it.
        Invited => "invited",
        /// It said no.
        Declined => "declined",
        /// Its team writes.
        Drafting => "drafting",
        /// It was handed in.
        Submitted => "submitted",
        /// The desk has looked it through.
        Screened => "screened",
        /// The desk gave it back, with a reason.
        Returned => "returned",
        /// It is out.
        Published => "published",
        /// Anybody may say what they think of it.
        OpenComment => "open_comment",
        /// It was presented.
        Presented => "presented",
        /// It was discussed with members.
        Discussed => "discussed",
        /// It was debated with other constituencies.
        Debated => "debated",
        /// What was said is worked in.
        Consolidated => "consolidated",
        /// It changes no more.
        Final => "final",
        /// What came of its deliberation is recorded.
        ResultRecorded => "result_recorded",
        /// That went to the World Assembly.
        Transmitted => "transmitted",
        /// It was taken back.
        Withdrawn => "withdrawn",
        /// Another has taken its place.
        Superseded => "superseded",
    }
}

kernel::coded! {
    /// What sort of priority it is: « des priorités continentales, sectorielles et thématiques » (R65).
    pub enum PriorityKind {
        /// Of a region of the world.
        Continental => "continental",
        /// Of a sector.
        Sectoral => "sectoral",
        /// Of a theme.
        Thematic => "thematic",
    }
}

kernel::coded! {
    /// What somebody does at a paper.
    pub enum TeamRole {
        /// Writes.
        Drafter => "drafter",
        /// Translates.
        Translator => "translator",
    }
}

kernel::coded! {
    /// What became of a paper.
    pub enum StepKind {
        /// It was begun.
        Begun => "begun",
        /// It went on to another state.
        Went => "went",
        /// Its deadline was set anew (R64).
        DeadlineSet => "deadline_set",
        /// Its invitation was taken back (R61).
        Revoked => "revoked",
        /// A version of it was shown to its readers.
        Published => "published",
        /// When it takes comments was said.
        CommentsOpened => "comments_opened",
    }
}

/// A priority that a paper sets (R65).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Priority {
    /// What sort it is.
    pub kind: PriorityKind,
    /// For a continental one: of which section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<Section>,
    /// What it is, in words.
    pub label: Localized,
}

/// A paper. Its words are its text's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = papers)]
#[schema(as = PositionPaper)]
pub struct Paper {
    /// Its id.
    pub id: PaperId,
    /// Of which edition.
    pub edition: EditionId,
    /// Of which track.
    pub track: PaperTrack,
    /// What it is called for ever: `AS-2019-P03`.
    pub code: String,
    /// Whose it is.
    pub owner: OrganisationId,
    /// On which theme, in Town Hall.
    pub theme: Option<ThemeId>,
    /// Its text.
    #[schema(value_type = String)]
    pub text: TextId,
    /// How far it is.
    pub state: PaperState,
    /// Until when it is handed in, this instant not included (R64).
    pub deadline: Option<Moment>,
    /// Why it has another deadline than the others.
    pub deadline_reason: String,
    /// Whether its invitation was taken back: it stays, and nobody edits it (R61).
    pub is_revoked: bool,
    /// The sealed version that its readers read.
    pub published_version: Option<i64>,
    /// When it was first published.
    pub published_at: Option<Moment>,
    /// From when it takes comments.
    pub comments_from: Option<Moment>,
    /// Until when, this instant not included.
    pub comments_to: Option<Moment>,
    /// The priorities it sets.
    #[schema(value_type = Vec<Priority>)]
    pub priorities: Json<Vec<Priority>>,
    /// The paper whose place it takes.
    pub supersedes: Option<PaperId>,
    /// The key of who may read it.
    #[serde(skip)]
    pub visible_to: String,
    /// Guards edits.
    pub version: i64,
    /// When it was begun.
    pub created_at: Moment,
    /// By whom; none when the site itself did.
    #[serde(skip)]
    pub created_by: Option<PersonId>,
}

/// Somebody's part in a paper, past ones too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = paper_team)]
pub struct TeamPart {
    /// Its id.
    #[schema(value_type = String)]
    pub id: TeamPartId,
    /// In which paper.
    pub paper: PaperId,
    /// Whose.
    pub person: PersonId,
    /// What they do.
    pub role: TeamRole,
    /// From when.
    pub from_at: Moment,
    /// Until when; open when none.
    pub to_at: Option<Moment>,
    /// Who named them.
    #[serde(skip)]
    pub named_by: Option<PersonId>,
}

/// What became of a paper at one moment. Never changed.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = paper_steps)]
pub struct Step {
    /// Its id; they sort by time.
    pub id: StepId,
    /// Of which paper.
    pub paper: PaperId,
    /// What it was.
    pub what: StepKind,
    /// The state before; none where it was begun.
    pub from_state: Option<PaperState>,
    /// The state after.
    pub to_state: PaperState,
    /// The version of its text that was sealed or shown.
    pub text_version: Option<i64>,
    /// The key of whom that version was shown to.
    pub visible_to: Option<String>,
    /// Why.
    pub reason: String,
    /// When.
    pub done_at: Moment,
    /// By whom; none when the site itself did.
    pub done_by: Option<PersonId>,
}
