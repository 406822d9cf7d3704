//! The rows of the statutory track, and the enums that are their columns.

use access_rules::{BodyId, EditionId, Key, OrganisationId, PersonId, SessionId};
use diesel::prelude::*;
use kernel::{Id, Localized, Moment};
use serde::Serialize;
use utoipa::ToSchema;

use crate::tables::{
    agenda_items, bodies, document_downloads, meeting_documents, meeting_visits, meetings, seats,
};

/// The id of a meeting.
pub type MeetingId = Id<Meeting>;
/// The id of an item of an agenda.
pub type ItemId = Id<AgendaItem>;
/// The id of a paper of a meeting.
pub type DocumentId = Id<Document>;
/// The id of a seat.
pub type SeatId = Id<Seat>;

kernel::coded! {
    /// What sort of body it is: decides who sits in it and what its doors begin as.
    pub enum BodyKind {
        /// All members: supreme organ, names the World Council. Not the World Assembly, which the Global Taskforce
        /// convenes.
        GeneralAssembly => "general_assembly",
        /// The principal policy-making body; elects the Presidency and names the Executive Bureau.
        WorldCouncil => "world_council",
        /// Proposes, carries out, manages; names the two committees.
        ExecutiveBureau => "executive_bureau",
        /// Those elected to represent the organisation.
        Presidency => "presidency",
        /// A committee named by another body.
        Committee => "committee",
        /// Another body.
        Other => "other",
    }
}

impl BodyKind {
    /// Whether who sits in it follows from memberships, so that nobody is listed (R161).
    pub const fn is_computed(self) -> bool {
        matches!(self, Self::GeneralAssembly)
    }
}

kernel::coded! {
    /// How far a seat is.
    pub enum SeatState {
        /// Somebody was named to it.
        Named => "named",
        /// It was ended before its time.
        Ended => "ended",
    }
}

kernel::coded! {
    /// The first door: who sees the meeting's line in the programme (body, day, time, "members only").
    pub enum LineDoor {
        /// Everybody.
        Public => "public",
        /// Those alone who may come in or read; for everybody else it is as if there were no meeting.
        Hidden => "hidden",
    }
}

kernel::coded! {
    /// The second door: who gets into the room, by its rule's reference in the rule book.
    pub enum RoomDoor {
        /// The roster alone.
        Roster => "room",
        /// The roster sits, other members observe.
        Observed => "room_observed",
    }
}

kernel::coded! {
    /// The third door: who reads agenda, papers and attendance, by its rule's reference in the rule book.
    pub enum PapersDoor {
        /// The roster.
        Roster => "papers",
        /// All members, in arrears too.
        Members => "papers_members",
    }
}

kernel::coded! {
    /// What is asked of the meeting on an item (R133).
    pub enum ItemKind {
        /// To adopt a text.
        ForAdoption => "for_adoption",
        /// To take note.
        ForInformation => "for_information",
        /// To decide.
        ForDecision => "for_decision",
        /// To elect.
        ForElection => "for_election",
    }
}

kernel::coded! {
    /// For whom a paper is, until it is public.
    pub enum Audience {
        /// For whom the meeting's papers are.
        Papers => "papers",
        /// For the roster alone, even where other papers are for all members.
        Roster => "roster",
    }
}

/// A statutory body.
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable, AsChangeset,
)]
#[diesel(table_name = bodies, treat_none_as_null = true)]
pub struct Body {
    /// Its id.
    pub id: BodyId,
    /// Its code: `world_council`.
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// What sort it is.
    pub kind: BodyKind,
    /// How many may sit in it at a time; none means nobody has said.
    pub seats: Option<i64>,
    /// The body that names who sits in it.
    pub appointed_by: Option<BodyId>,
    /// Months of notice its agenda is due before a meeting; 0 for none.
    pub notice_months: i64,
    /// Its place in lists.
    pub position: i64,
    /// Guards edits.
    pub version: i64,
}

/// A seat in a body: who sits, from when to when, on what ground.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = seats)]
pub struct Seat {
    /// Its id.
    pub id: SeatId,
    /// In which body.
    pub body: BodyId,
    /// Who sits.
    pub person: PersonId,
    /// For whom.
    pub organisation: Option<OrganisationId>,
    /// From when.
    pub from_at: Moment,
    /// Until when; open when none.
    pub to_at: Option<Moment>,
    /// Which body named them.
    pub appointed_by: Option<BodyId>,
    /// On what ground.
    pub basis: String,
    /// How far it is.
    pub state: SeatState,
    /// Who wrote it down; none when the site itself did.
    pub named_by: Option<PersonId>,
    /// When it was written down.
    pub named_at: Moment,
    /// Guards edits.
    pub version: i64,
    /// The name it was held under, once its holder has none any more.
    #[serde(skip)]
    pub name_on_record: Option<String>,
}

impl Seat {
    /// Whether somebody sits on it at a moment.
    pub fn holds_at(&self, at: Moment) -> bool {
        self.from_at <= at && self.to_at.is_none_or(|to| at < to)
    }
}

/// The three doors of a meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Doors {
    /// Who sees its line in the programme.
    pub line: LineDoor,
    /// Who gets into the room.
    pub room: RoomDoor,
    /// Who reads agenda, papers and attendance.
    pub papers: PapersDoor,
}

/// A meeting of a body: a session of the programme with three doors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = meetings, treat_none_as_null = true)]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// The session it is in the programme.
    pub session: SessionId,
    /// Its edition.
    pub edition: EditionId,
    /// The body that meets.
    pub body: BodyId,
    /// The first door.
    pub line: LineDoor,
    /// The second door.
    pub room: RoomDoor,
    /// The third door.
    pub papers: PapersDoor,
    /// Who may know more than its line, once it is announced, as a key.
    pub known_to: String,
    /// Who reads agenda and papers, once it is announced, as a key.
    pub papers_to: String,
    /// When its agenda went out.
    pub agenda_published_at: Option<Moment>,
    /// Guards edits.
    pub version: i64,
}

impl Meeting {
    /// Its doors.
    pub const fn doors(&self) -> Doors {
        Doors {
            line: self.line,
            room: self.room,
            papers: self.papers,
        }
    }
}

/// An item of an agenda.
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable, AsChangeset,
)]
#[diesel(table_name = agenda_items)]
pub struct AgendaItem {
    /// Its id; stays when it gets another number (R133).
    pub id: ItemId,
    /// The meeting.
    #[schema(value_type = String)]
    pub meeting: MeetingId,
    /// The number people quote.
    pub number: i64,
    /// Its title.
    pub title: Localized,
    /// What is asked of the meeting.
    pub kind: ItemKind,
    /// Its place in the order.
    pub position: i64,
    /// Guards edits.
    pub version: i64,
}

/// A paper of a meeting, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = meeting_documents, treat_none_as_null = true)]
pub struct Document {
    /// Its id; tells nothing about its content.
    pub id: DocumentId,
    /// The meeting.
    pub meeting: MeetingId,
    /// The item it is for.
    pub item: Option<ItemId>,
    /// Its title.
    pub title: Localized,
    /// Its language, a BCP 47 tag.
    pub language: String,
    /// Its file.
    pub file: Id<files::StoredFile>,
    /// For whom it is.
    pub audience: Audience,
    /// The key of those.
    pub visible_to: String,
    /// From when anybody may read it (R21).
    pub public_from: Option<Moment>,
    /// Who uploaded it.
    pub uploaded_by: Option<PersonId>,
    /// When.
    pub uploaded_at: Moment,
    /// What took its place.
    pub replaced_by: Option<DocumentId>,
    /// Guards edits.
    pub version: i64,
}

/// Somebody took a paper away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema, Queryable, Selectable, Insertable)]
#[diesel(table_name = document_downloads)]
pub struct Download {
    /// Its id.
    #[schema(value_type = String)]
    pub id: Id<Download>,
    /// Which paper.
    #[schema(value_type = String)]
    pub document: DocumentId,
    /// Who; none when it was public and nobody was signed in.
    pub person: Option<PersonId>,
    /// When.
    pub at: Moment,
}

/// When somebody last looked at a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = meeting_visits, primary_key(person, meeting))]
pub struct Visit {
    /// Who.
    pub person: PersonId,
    /// Which meeting.
    pub meeting: MeetingId,
    /// When.
    pub last_seen_at: Moment,
}

/// A key as it stands in a column; nobody but the statutory desk when what stands there is not one.
pub fn key_of(text: &str) -> Key {
    text.parse().unwrap_or_else(|_| Key::Desk("statutory".into()))
}
