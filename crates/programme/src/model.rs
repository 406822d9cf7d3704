//! The rows of the programme, and the enums that are their columns.

use std::collections::BTreeMap;

use access_rules::{Actor, BodyId, EditionId, Key, OrganisationId, PersonId, SessionId, ThemeId};
use diesel::prelude::*;
use kernel::{Coded as _, Id, Json, Language, LocalDate, LocalDateTime, Localized, Moment, Zone};
use serde::{Deserialize, Serialize};
pub use session_formats::{FormatState, Kind as FormatKind, Terms as FormatTerms};
use utoipa::ToSchema;

use crate::tables::{
    calendar_tokens, change_terms, domains, editions, formats, releases, rooms, session_change_fields,
    session_changes, session_organisers, session_speakers, sessions, themes, tracks, venues, waivers,
};

/// The id of a venue.
pub type VenueId = Id<Venue>;
/// The id of a room.
pub type RoomId = Id<Room>;
/// The id of a track.
pub type TrackId = Id<Track>;
/// The id of a format.
pub type FormatId = Id<Format>;
/// The id of a policy domain.
pub type DomainId = Id<Domain>;
/// The id of a change a lead asks for.
pub type SessionChangeId = Id<SessionChange>;
/// The id of a release.
pub type ReleaseId = Id<Release>;

kernel::coded! {
    /// How far an edition of the congress is (requirements §3.5).
    pub enum EditionState {
        /// Being prepared; only the desk sees it.
        Draft => "draft",
        /// Made known.
        Announced => "announced",
        /// Registration is open.
        Open => "open",
        /// The congress is on.
        Running => "running",
        /// The congress is over.
        Closed => "closed",
        /// Kept for the record; nothing changes any more.
        Archived => "archived",
        /// Does not take place.
        Cancelled => "cancelled",
    }
}

kernel::coded! {
    /// What sort of track it is: decides whose admission its sessions pass.
    pub enum TrackKind {
        /// Position papers to round tables to the World Assembly.
        Assembly => "assembly",
        /// Led by partners of civil society.
        TownHall => "town_hall",
        /// Calls, formats, the Hub.
        Local4action => "local4action",
        /// Members only.
        Statutory => "statutory",
        /// Any other an organiser makes.
        Custom => "custom",
    }
}

kernel::coded! {
    /// What a session is (`readings.md` "Session kinds").
    pub enum SessionKind {
        /// A high-level round table of the Assembly track.
        Sitting => "sitting",
        /// The World Assembly, convened by the Global Taskforce; not the General Assembly.
        WorldAssembly => "world_assembly",
        /// An open debate of the Town Hall track.
        TownHall => "town_hall",
        /// A session of the Local4Action track.
        Local4action => "local4action",
        /// A meeting of a statutory body.
        Statutory => "statutory",
        /// For everybody at once.
        Plenary => "plenary",
        /// A special session.
        Special => "special",
        /// A parallel meeting.
        Parallel => "parallel",
        /// At the Hub.
        Hub => "hub",
        /// Opening, closing and the like.
        Ceremony => "ceremony",
        /// Coffee, lunch.
        Break => "break",
        /// Keeps a room and is told to the desk alone: cleaning, a rehearsal, the technicians.
        Blocker => "blocker",
    }
}

kernel::coded! {
    /// How one gets in; never two ways for one session.
    pub enum Entry {
        /// One walks in; it can only be added to one's agenda.
        WalkIn => "walk_in",
        /// One reserves a seat.
        Seat => "seat",
        /// One is invited.
        Invitation => "invitation",
    }
}

kernel::coded! {
    /// Where one attends from (R58).
    pub enum Attendance {
        /// In the room.
        InPerson => "in_person",
        /// By a link.
        Online => "online",
        /// Either.
        Mixed => "mixed",
    }
}

kernel::coded! {
    /// How far a session is (R52, requirements §3.5).
    pub enum SessionState {
        /// It has no place in the programme yet.
        Proposed => "proposed",
        /// It has a time, and was never released.
        Scheduled => "scheduled",
        /// It was released as it stands.
        Published => "published",
        /// It was released and has another time or room in the draft.
        Moved => "moved",
        /// It is on.
        Live => "live",
        /// It is over.
        Held => "held",
        /// It was reported on.
        Reported => "reported",
        /// It does not take place; whoever was told of it goes on seeing that.
        Cancelled => "cancelled",
    }
}

kernel::coded! {
    /// How far a change is that somebody who leads a session asks for.
    pub enum SessionChangeState {
        /// The desk has not looked at it.
        Waiting => "waiting",
        /// All of it was made.
        Accepted => "accepted",
        /// Some of it was made.
        PartlyAccepted => "partly_accepted",
        /// None of it was made.
        Refused => "refused",
        /// Whoever asked for it took it back.
        Withdrawn => "withdrawn",
    }
}

kernel::coded! {
    /// What became of one field of a change.
    pub enum FieldOutcome {
        /// Nothing yet.
        Waiting => "waiting",
        /// It was made.
        Accepted => "accepted",
        /// The desk did not want it.
        Refused => "refused",
        /// The session had changed there meanwhile: it was left as it was.
        Stale => "stale",
    }
}

kernel::coded! {
    /// What is known of a room's or session's access (R60): a missing answer is unknown, never yes.
    #[derive(Default)]
    pub enum Known {
        /// It is there.
        Yes => "yes",
        /// It is not there.
        No => "no",
        /// Nobody has said.
        #[default]
        Unknown => "unknown",
    }
}

kernel::coded! {
    /// What somebody does in a session (R44).
    pub enum SpeakerRole {
        /// Chairs it.
        Chair => "chair",
        /// Moderates it.
        Moderator => "moderator",
        /// Speaks.
        Speaker => "speaker",
        /// Presents a paper or an experience.
        Presenter => "presenter",
        /// Responds, in a Town Hall (R93).
        Respondent => "respondent",
        /// Reports on it.
        Rapporteur => "rapporteur",
        /// Leads it.
        Lead => "lead",
    }
}

kernel::coded! {
    /// What a room or session offers, or a session asks for (R60).
    pub enum Access {
        /// Without a step.
        StepFree => "step_free",
        /// With a hearing loop.
        HearingLoop => "hearing_loop",
        /// With captions.
        Captions => "captions",
        /// With interpretation into sign language.
        SignLanguage => "sign_language",
        /// A quiet room.
        Quiet => "quiet_room",
    }
}

kernel::coded! {
    /// Which of two instants is meant when the clocks are put back and an hour happens twice (R53).
    pub enum Fold {
        /// The first.
        Earlier => "earlier",
        /// The second.
        Later => "later",
    }
}

/// One congress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = editions, treat_none_as_null = true)]
pub struct Edition {
    /// Its id.
    pub id: EditionId,
    /// Its name in addresses: `durban-2019`.
    pub slug: String,
    /// Its title.
    pub title: Localized,
    /// Its motto.
    pub motto: Localized,
    /// The city that hosts it.
    pub city: String,
    /// The country, as ISO 3166-1 alpha-2, or empty.
    pub country: String,
    /// The IANA zone its programme is written in.
    pub zone: Zone,
    /// Its first day.
    pub starts_on: LocalDate,
    /// Its last day.
    pub ends_on: LocalDate,
    /// The languages of the congress, as BCP 47 tags.
    pub languages: Json<Vec<String>>,
    /// How far it is.
    pub state: EditionState,
    /// For how many years those elected hold office.
    pub mandate_years: i64,
    /// Counts the changes of the draft programme.
    pub draft: i64,
    /// The number of the release in force; 0 for none.
    pub live_release: i64,
    /// Guards edits.
    pub version: i64,
    /// When it was made.
    pub created_at: Moment,
}

impl Edition {
    /// The year it is held in, which codes bear.
    pub fn year(&self) -> i64 {
        let first_day = self.starts_on.to_string();
        let year = first_day.split('-').next();
        year.and_then(|year| year.parse().ok()).unwrap_or_default()
    }

    /// The first of its languages that is one of the site's: that of what stands in one alone.
    pub fn own_language(&self) -> Language {
        let mut ours = self.languages.0.iter().filter_map(|tag| Language::from_code(tag));
        ours.next().unwrap_or(Language::En)
    }
}

/// A building or site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = venues, treat_none_as_null = true)]
pub struct Venue {
    /// Its id.
    pub id: VenueId,
    /// The edition it is of.
    pub edition: EditionId,
    /// Its name.
    pub name: Localized,
    /// Its name, folded; one of a kind in the edition.
    pub name_key: String,
    /// Where it stands.
    pub address: String,
    /// How to get there.
    pub directions: Localized,
    /// Its place in lists.
    pub position: i64,
    /// Guards edits.
    pub version: i64,
}

/// A room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = rooms, treat_none_as_null = true)]
pub struct Room {
    /// Its id.
    pub id: RoomId,
    /// The edition it is of.
    pub edition: EditionId,
    /// The venue it is in.
    pub venue: Option<VenueId>,
    /// Its name.
    pub name: Localized,
    /// Its name, folded; one of a kind in the edition.
    pub name_key: String,
    /// Its place in lists and grids.
    pub position: i64,
    /// Seats; none means unknown.
    pub capacity: Option<i64>,
    /// The floor, in the house's own words.
    pub floor: String,
    /// How to find it.
    pub directions: Localized,
    /// Without a step.
    pub step_free: Known,
    /// With a hearing loop.
    pub hearing_loop: Known,
    /// With captions.
    pub captions: Known,
    /// With a place for interpreters into sign language.
    pub sign_language: Known,
    /// Quiet.
    pub quiet: Known,
    /// What stands in it.
    pub equipment: Json<Equipment>,
    /// Minutes it must stay free between two sessions.
    pub turnaround_minutes: i64,
    /// When it is open, by day; a day that is not named is open all day.
    pub hours: Json<BTreeMap<LocalDateKey, OpenHours>>,
    /// Guards edits.
    pub version: i64,
}

/// A day as a key of JSON: `2019-11-14`.
pub type LocalDateKey = String;

/// When a room is open on a day, by the wall clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OpenHours {
    /// From, as `08:30`.
    pub opens: String,
    /// Until, as `19:00`; `24:00` is the end of the day.
    pub closes: String,
}

/// What stands in a room.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Equipment {
    /// Booths for interpreters; none means unknown.
    pub booths: Option<i64>,
    /// Whether it can be streamed from.
    pub streaming: Known,
    /// How the chairs stand: `theatre`, `classroom`, `round_tables`, …
    pub layout: String,
    /// Anything else, in the house's own words.
    pub other: Vec<String>,
}

/// A track.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = tracks, treat_none_as_null = true)]
pub struct Track {
    /// Its id.
    pub id: TrackId,
    /// The edition it is of.
    pub edition: EditionId,
    /// Its code in addresses, scopes and files: `town_hall`.
    pub code: String,
    /// What sort it is.
    pub kind: TrackKind,
    /// Its title.
    pub title: Localized,
    /// Its subtitle.
    pub subtitle: Localized,
    /// What it is about.
    pub description: Localized,
    /// Its place in lists.
    pub position: i64,
    /// Most people admitted to it; none means no limit.
    pub places_max: Option<i64>,
    /// Guards edits.
    pub version: i64,
}

/// A format of session (R23).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = formats, treat_none_as_null = true)]
pub struct Format {
    /// Its id.
    pub id: FormatId,
    /// The edition it is of.
    pub edition: EditionId,
    /// Its code: `labs`.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// Its invitation: "Get a seat at the global table!".
    pub tagline: Localized,
    /// Its place in lists.
    pub position: i64,
    /// How far it is.
    pub state: FormatState,
    /// What it asks for now.
    pub terms: Json<FormatTerms>,
    /// The number of these terms; sessions keep those they were created under (R31).
    pub rule_version: i64,
    /// Guards edits.
    pub version: i64,
}

/// A policy domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = domains, treat_none_as_null = true)]
pub struct Domain {
    /// Its id.
    pub id: DomainId,
    /// The edition it is of.
    pub edition: EditionId,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// Its place in lists.
    pub position: i64,
    /// Whether it is offered no more.
    pub retired: bool,
    /// Guards edits.
    pub version: i64,
}

/// A Town Hall theme; who leads it is `town-hall`'s.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = themes, treat_none_as_null = true)]
pub struct Theme {
    /// Its id.
    pub id: ThemeId,
    /// The edition it is of.
    pub edition: EditionId,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// The question it asks.
    pub question: Localized,
    /// Its place in lists.
    pub position: i64,
    /// Whether it is offered no more.
    pub retired: bool,
    /// Guards edits.
    pub version: i64,
}

/// A session, as it stands in the draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = sessions, treat_none_as_null = true)]
pub struct Session {
    /// Its id.
    pub id: SessionId,
    /// The edition it is of.
    pub edition: EditionId,
    /// Its id in exchanged files, one of a kind in the edition.
    pub guid: String,
    /// Its short public code.
    pub code: String,
    /// What it is.
    pub kind: SessionKind,
    /// Its track.
    pub track: Option<TrackId>,
    /// Its format.
    pub format: Option<FormatId>,
    /// Its main policy domain.
    pub domain: Option<DomainId>,
    /// Its Town Hall theme.
    pub theme: Option<ThemeId>,
    /// The statutory body that meets.
    pub body: Option<BodyId>,
    /// Its title.
    pub title: Localized,
    /// Title and abstract in all languages, folded, for searching.
    pub title_key: String,
    /// What it is about.
    pub abstract_text: Localized,
    /// How one gets in.
    pub entry: Entry,
    /// Where one attends from.
    pub attendance: Attendance,
    /// Most people in it; none means the room's.
    pub capacity: Option<i64>,
    /// What is spoken in it.
    pub languages: Json<Languages>,
    /// What only some sessions have.
    pub details: Json<SessionDetails>,
    /// How long it is, in minutes.
    pub length_minutes: i64,
    /// Where it is.
    pub room: Option<RoomId>,
    /// When it begins, by the congress's wall clock.
    pub starts_local: Option<LocalDateTime>,
    /// When it ends, by the congress's wall clock.
    pub ends_local: Option<LocalDateTime>,
    /// The instant it begins, derived.
    pub starts_at: Option<Moment>,
    /// The instant it ends, derived.
    pub ends_at: Option<Moment>,
    /// How far it is.
    pub state: SessionState,
    /// Who may read it; the desk until it is released.
    pub visible_to: String,
    /// The key of the desk that looks after it.
    pub desk: String,
    /// Counts what calendars must be told (RFC 5545 SEQUENCE): 0 until it is released, then it grows with releases only.
    pub sequence: i64,
    /// Guards edits.
    pub version: i64,
    /// When it was last changed.
    pub updated_at: Moment,
}

impl Session {
    /// Who may read the row, as a key; nobody but the desk when what is stored is not one.
    pub fn visible_key(&self) -> Key {
        self.visible_to.parse().unwrap_or_else(|_| self.desk_key())
    }

    /// The desk that looks after it.
    pub fn desk_key(&self) -> Key {
        self.desk.parse().unwrap_or_else(|_| Key::Desk("general".into()))
    }

    /// Who reads it once it is released: everybody, unless its line is shown to fewer.
    pub fn released_key(&self) -> Key {
        match self.details.0.shown_to.as_str() {
            _ if self.kind == SessionKind::Blocker => self.desk_key(),
            "" => Key::Public,
            key => key.parse().unwrap_or_else(|_| self.desk_key()),
        }
    }

    /// Whether this actor may know that there is such a session, released or not: an unannounced meeting is told to few.
    pub fn is_told_to(&self, actor: &Actor) -> bool {
        let keys = actor.keys();
        keys.contains(&self.released_key())
            || keys.contains(&self.desk_key())
            || actor.own_sessions().contains(&self.id)
    }

    /// Who reads more than its line once it is released.
    pub fn details_key(&self) -> Key {
        match self.details.0.details_to.as_str() {
            "" => self.released_key(),
            key => key.parse().unwrap_or_else(|_| self.desk_key()),
        }
    }

    /// Whether it was ever told to anybody.
    pub const fn was_released(&self) -> bool {
        self.sequence > 0
    }
}

/// What is spoken in a session, as BCP 47 tags.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Languages {
    /// Spoken on the floor.
    pub floor: Vec<String>,
    /// Interpreted into.
    pub interpreted: Vec<String>,
}

/// What only some sessions have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct SessionDetails {
    /// The kind within its format: `localtalks` (R24).
    pub format_kind: String,
    /// The number of the format's terms it was created under (R31).
    pub format_version: Option<i64>,
    /// Further policy domains (R29).
    pub other_domains: Vec<DomainId>,
    /// How a Lab works (R26).
    pub method: String,
    /// Most participants of a Lab (R26).
    pub participants_max: Option<i64>,
    /// Spheres of government involved: `local`, `regional`, `national` (R28).
    pub spheres: Vec<String>,
    /// What a sitting is about: a region group or a sector (R63).
    pub scope: SittingScope,
    /// The papers presented (R62).
    pub papers: Vec<Paper>,
    /// The call it came through (R6, R7).
    pub call: String,
    /// For beginners, for experts, …
    pub level: String,
    /// What of R60 it asks for or promises.
    pub access: Vec<Access>,
    /// Where to join online; shown to those entitled only (R58).
    pub join_link: String,
    /// Not shown to the public before (R21).
    pub public_from: Option<Moment>,
    /// Who sees its line (body, title, day, time) once released, as a key; empty for everybody.
    pub shown_to: String,
    /// Who sees more than its line once released, as a key; empty for whoever sees the line.
    pub details_to: String,
    /// The body that meets, as its line names it; filled in by `statutory`.
    pub body: Option<BodyLabel>,
    /// Which hour is meant when it happens twice (R53).
    pub fold: Option<Fold>,
    /// Where it was imported from.
    pub source: String,
    /// Links shown beside it.
    pub links: Vec<Link>,
}

/// The body that meets, as a line of the programme names it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct BodyLabel {
    /// Its code: `world_council`.
    pub code: String,
    /// Its name.
    pub name: Localized,
}

/// What a sitting is about: exactly one of the two (R63).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct SittingScope {
    /// A region group, by code.
    pub region_group: String,
    /// A sector, by code.
    pub sector: String,
}

/// A paper presented in a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Paper {
    /// Its id, once papers have one.
    pub id: String,
    /// Its title.
    pub title: Localized,
}

/// A link.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Link {
    /// Where to.
    pub url: String,
    /// What it is called.
    pub title: String,
}

/// Who organises a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = session_organisers)]
pub struct Organiser {
    /// Its id.
    pub id: Id<Organiser>,
    /// The session.
    pub session: SessionId,
    /// The organisation, when it is one of ours.
    pub organisation: Option<OrganisationId>,
    /// Its name as shown.
    pub name: String,
    /// Whether it leads the session.
    pub leads: bool,
    /// Its place in the list.
    pub position: i64,
}

/// Who does something in a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = session_speakers)]
pub struct Speaker {
    /// Its id.
    pub id: Id<Speaker>,
    /// The session.
    pub session: SessionId,
    /// The person, when they are one of ours.
    pub person: Option<PersonId>,
    /// The name as shown.
    pub name: String,
    /// What they do.
    pub role: SpeakerRole,
    /// For whom they speak, as shown.
    pub affiliation: String,
    /// For whom they speak, when it is one of ours.
    pub organisation: Option<OrganisationId>,
    /// Of high rank: mayor, governor, minister, head of an organisation (R27).
    pub high_level: bool,
    /// Holds an elected mandate (R93).
    pub elected: bool,
    /// Their place in the list.
    pub position: i64,
}

/// Until when the leads of an edition's sessions may change them.
#[derive(
    Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, AsChangeset, ToSchema,
)]
#[diesel(table_name = change_terms, treat_none_as_null = true)]
pub struct ChangeTerms {
    /// The edition.
    pub edition: EditionId,
    /// The last day, by the congress's wall clock; none for no end.
    pub last_day: Option<LocalDate>,
    /// Whom leads ask afterwards, in the organiser's words.
    pub contact: String,
    /// Guards edits; 0 when nobody set anything yet.
    pub version: i64,
}

/// A change somebody who leads a session asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = session_changes)]
pub struct SessionChange {
    /// Its id.
    pub id: SessionChangeId,
    /// The edition.
    pub edition: EditionId,
    /// The session.
    pub session: SessionId,
    /// Who asks.
    pub person: PersonId,
    /// What they say about it.
    pub note: String,
    /// How far it is.
    pub state: SessionChangeState,
    /// Why the desk did not make all of it.
    pub reason: String,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// Guards decisions.
    pub version: i64,
    /// When it was asked for.
    pub created_at: Moment,
    /// When it was decided or taken back.
    pub decided_at: Option<Moment>,
}

/// One field of a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = session_change_fields)]
pub struct ChangedField {
    /// The change.
    pub change: SessionChangeId,
    /// The path in the session's form: `title.fr`, `languages.floor`, `speakers`.
    pub field: String,
    /// What it said when the change was asked for.
    pub before: Json<Said>,
    /// What it is to say.
    pub after: Json<Said>,
    /// What became of it.
    pub outcome: FieldOutcome,
}

/// What a field of a session says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// Words.
    Text(String),
    /// Codes of a list.
    Codes(Vec<String>),
    /// Who has a part in it.
    People(Vec<Part>),
}

/// A part somebody has in a session, as far as who leads it may say: rank is the desk's to say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Part {
    /// The person, when they are one of ours.
    pub person: Option<PersonId>,
    /// The name as shown; the person's own when left empty.
    pub name: String,
    /// `chair`, `moderator`, `speaker`, …; a speaker when left empty.
    pub role: String,
    /// For whom they speak, as shown.
    pub affiliation: String,
    /// For whom they speak, when it is one of ours.
    pub organisation: Option<OrganisationId>,
}

/// A conflict that may stand, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = waivers)]
pub struct Waiver {
    /// The edition.
    pub edition: EditionId,
    /// The conflict's key.
    pub conflict: String,
    /// Why it may stand.
    pub reason: String,
    /// Who said so.
    pub waived_by: Option<PersonId>,
    /// When.
    pub waived_at: Moment,
}

/// A release, without its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable)]
#[diesel(table_name = releases)]
pub struct Release {
    /// Its id.
    pub id: ReleaseId,
    /// The edition.
    pub edition: EditionId,
    /// Its number in the edition, from 1.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// What the organisers say of it.
    pub note: String,
    /// Who released it.
    pub released_by: Option<PersonId>,
    /// When.
    pub released_at: Moment,
}

/// The secret under which a person's calendar is fetched.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = calendar_tokens)]
pub struct CalendarToken {
    /// The edition.
    pub edition: EditionId,
    /// Whose calendar it opens.
    pub person: PersonId,
    /// The hash of the token.
    pub token_hash: Vec<u8>,
    /// When it was drawn.
    pub created_at: Moment,
}
