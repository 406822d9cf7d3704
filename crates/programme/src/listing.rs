//! A released programme as the API answers it: the published shape of an edition's programme and of a session in it (R44).
//!
//! The API, the snapshot and whoever reads our JSON share these; rows and keys never leave. What a view of the programme
//! does not hold cannot be listed: access was decided before.

use std::collections::BTreeMap;

use access_rules::{BodyId, EditionId, OrganisationId, PersonId, SessionId};
use kernel::{Coded as _, LocalDate, LocalDateTime, Localized, Moment, Zone};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    model::{Access, Attendance, BodyLabel, Entry, Known, Languages, Link, SessionKind, SpeakerRole},
    released::{self, Programme, ReleasedSession, State},
};

/// An edition's programme as released.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ProgrammeListing {
    /// The congress.
    pub edition: EditionEntry,
    /// Which release this is.
    pub release: ReleaseEntry,
    /// Its days, in order.
    pub days: Vec<LocalDate>,
    /// Its tracks, in order.
    pub tracks: Vec<ListedEntry>,
    /// Its formats, in order.
    pub formats: Vec<ListedEntry>,
    /// Its policy domains, in order.
    pub domains: Vec<ListedEntry>,
    /// Its Town Hall themes, in order.
    pub themes: Vec<ListedEntry>,
    /// Its rooms, in order.
    pub rooms: Vec<RoomEntry>,
    /// Its sessions, by start.
    pub sessions: Vec<SessionEntry>,
}

/// The congress a programme is of.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct EditionEntry {
    /// Its id.
    pub id: EditionId,
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: Localized,
    /// Its motto.
    pub motto: Localized,
    /// Where it takes place.
    pub city: String,
    /// In which country.
    pub country: String,
    /// The zone its local times are in.
    pub zone: Zone,
    /// Its first day.
    pub starts_on: LocalDate,
    /// Its last day.
    pub ends_on: LocalDate,
    /// Its languages, BCP 47 tags.
    pub languages: Vec<String>,
}

/// Which release a programme is.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ReleaseEntry {
    /// 1 for the first.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// When it was released.
    pub at: Moment,
}

/// An entry of a list that sessions refer to by code.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct ListedEntry {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// One line about it.
    pub summary: Localized,
}

/// A room.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RoomEntry {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Localized,
    /// The venue it is in.
    pub venue: Option<Localized>,
    /// Seats, when known.
    pub capacity: Option<i64>,
    /// What is known of its accessibility, for each thing one may ask about.
    #[schema(value_type = std::collections::HashMap<String, Known>)]
    pub accessibility: BTreeMap<&'static str, Known>,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SessionEntry {
    /// Its id.
    pub id: SessionId,
    /// Its id across systems.
    pub guid: String,
    /// Its short code.
    pub code: String,
    /// What has become of it.
    pub state: State,
    /// What it is.
    pub kind: SessionKind,
    /// Code of its track.
    pub track: Option<String>,
    /// Code of its format.
    pub format: Option<String>,
    /// Code of its kind within the format.
    pub format_kind: Option<String>,
    /// Code of its policy domain.
    pub domain: Option<String>,
    /// Code of its Town Hall theme.
    pub theme: Option<String>,
    /// The statutory body that meets.
    pub body: Option<BodyId>,
    /// How its line names that body.
    pub body_label: Option<BodyLabel>,
    /// Its title.
    pub title: Localized,
    /// What it is about.
    #[serde(rename = "abstract")]
    pub abstract_: Localized,
    /// How one gets in.
    pub entry: Entry,
    /// Where one attends from.
    pub attendance: Attendance,
    /// What is spoken, and interpreted into.
    pub languages: Languages,
    /// What is known of its accessibility, its room's included, for each thing one may ask about.
    #[schema(value_type = std::collections::HashMap<String, Known>)]
    pub accessibility: BTreeMap<&'static str, Known>,
    /// Id of its room.
    pub room: Option<String>,
    /// Name of its room.
    pub room_name: Option<Localized>,
    /// Its start on the congress's wall clock.
    pub starts_local: LocalDateTime,
    /// Its end on the congress's wall clock.
    pub ends_local: LocalDateTime,
    /// The zone of these two.
    pub zone: Zone,
    /// Its start as an instant.
    pub starts_at: Moment,
    /// Its end as an instant.
    pub ends_at: Moment,
    /// Who holds it.
    pub organisers: Vec<OrganiserEntry>,
    /// Who speaks.
    pub speakers: Vec<SpeakerEntry>,
    /// Places, when counted.
    pub capacity: Option<i64>,
    /// For whom it is.
    pub level: String,
    /// Links shown beside it.
    pub links: Vec<Link>,
    /// Whether only its line is open to you: it takes place, for members.
    pub members_only: bool,
    /// How often it changed since it was first released, as calendars count.
    pub sequence: i64,
    /// When it last changed in what is printed.
    pub updated_at: Moment,
}

/// Who holds a session.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct OrganiserEntry {
    /// The organisation, when it is one of ours.
    pub id: Option<OrganisationId>,
    /// Its name.
    pub name: String,
}

/// Who speaks in a session.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SpeakerEntry {
    /// The person, when known.
    pub person: Option<PersonId>,
    /// The name.
    pub name: String,
    /// What they do.
    pub role: SpeakerRole,
    /// For whom they speak.
    pub affiliation: String,
}

/// A whole programme, as far as this view of it goes.
pub fn of_programme(programme: &Programme) -> ProgrammeListing {
    let edition = &programme.edition;
    ProgrammeListing {
        edition: EditionEntry {
            id: edition.id,
            slug: edition.slug.clone(),
            title: edition.title.clone(),
            motto: edition.motto.clone(),
            city: edition.city.clone(),
            country: edition.country.clone(),
            zone: edition.zone,
            starts_on: edition.starts_on,
            ends_on: edition.ends_on,
            languages: edition.languages.clone(),
        },
        release: ReleaseEntry {
            number: programme.release.number,
            name: programme.release.name.clone(),
            at: programme.release.at,
        },
        days: programme.days.clone(),
        tracks: of_list(&programme.tracks),
        formats: of_list(&programme.formats),
        domains: of_list(&programme.domains),
        themes: of_list(&programme.themes),
        rooms: programme
            .rooms
            .iter()
            .map(|room| of_room(programme, room))
            .collect(),
        sessions: programme
            .sessions
            .iter()
            .map(|session| of_session(programme, session))
            .collect(),
    }
}

/// One session of a programme.
pub fn of_session(programme: &Programme, session: &ReleasedSession) -> SessionEntry {
    let offered = |access: Access| known(programme.offers(session, access));
    SessionEntry {
        id: session.id,
        guid: session.guid.clone(),
        code: session.code.clone(),
        state: session.state,
        kind: session.kind,
        track: session.track.clone(),
        format: session.format.clone(),
        format_kind: session.format_kind.clone(),
        domain: session.domain.clone(),
        theme: session.theme.clone(),
        body: session.body,
        body_label: session.body_label.clone(),
        title: session.title.clone(),
        abstract_: session.abstract_.clone(),
        entry: session.entry,
        attendance: session.attendance,
        languages: Languages {
            floor: session.languages_floor.clone(),
            interpreted: session.languages_interpreted.clone(),
        },
        accessibility: each_access(offered),
        room: session.room.map(|id| id.to_string()),
        room_name: programme.room_of(session).map(|room| room.name.clone()),
        starts_local: session.starts_local,
        ends_local: session.ends_local,
        zone: programme.edition.zone,
        starts_at: session.starts_at,
        ends_at: session.ends_at,
        organisers: session.organisers.iter().map(of_organiser).collect(),
        speakers: session.speakers.iter().map(of_speaker).collect(),
        capacity: session.capacity,
        level: session.level.clone(),
        links: session.links.clone(),
        members_only: session.line_only,
        sequence: session.sequence,
        updated_at: session.updated_at,
    }
}

fn of_list(list: &[released::Listed]) -> Vec<ListedEntry> {
    let entry = |listed: &released::Listed| ListedEntry {
        code: listed.code.clone(),
        name: listed.name.clone(),
        summary: listed.summary.clone(),
    };
    list.iter().map(entry).collect()
}

fn of_room(programme: &Programme, room: &released::Room) -> RoomEntry {
    let venue = programme.venues.iter().find(|venue| Some(venue.id) == room.venue);
    RoomEntry {
        id: room.id.to_string(),
        name: room.name.clone(),
        venue: venue.map(|venue| venue.name.clone()),
        capacity: room.capacity,
        accessibility: each_access(|access| known(room.accessibility.0.get(&access).copied())),
    }
}

fn of_organiser(organiser: &released::Organiser) -> OrganiserEntry {
    OrganiserEntry {
        id: organiser.id,
        name: organiser.name.clone(),
    }
}

fn of_speaker(speaker: &released::Speaker) -> SpeakerEntry {
    SpeakerEntry {
        person: speaker.person,
        name: speaker.name.clone(),
        role: speaker.role,
        affiliation: speaker.affiliation.clone(),
    }
}

fn each_access(known: impl Fn(Access) -> Known) -> BTreeMap<&'static str, Known> {
    Access::ALL
        .iter()
        .map(|access| (access.code(), known(*access)))
        .collect()
}

/// What nobody has said is unknown, never yes (R60).
const fn known(said: Option<bool>) -> Known {
    match said {
        Some(true) => Known::Yes,
        Some(false) => Known::No,
        None => Known::Unknown,
    }
}
