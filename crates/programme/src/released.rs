//! A released programme as one value: what every page, feed and export of it is made from.
//!
//! Invariants: nothing here is looked up again, so that a release never changes after the fact; every session carries the
//! key of who may see it, and a view for somebody is made by [`Programme::for_actor`] alone; what a view leaves out is gone
//! from it, its search text included. Knows no connection, no table and no page.

use std::collections::BTreeMap;

use access_rules::{Actor, BodyId, Key, PersonId, SessionId};
use kernel::{Coded as _, Id, LocalDate, LocalDateTime, Localized, Moment, Zone, text};
use serde::{Deserialize, Serialize};

use crate::model::{Access, Attendance, BodyLabel, Entry, Link, SessionKind, SpeakerRole};

/// A released programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Programme {
    /// The congress it is of.
    pub edition: Edition,
    /// Which release it is.
    pub release: Release,
    /// Its days, in order.
    pub days: Vec<LocalDate>,
    /// Its tracks, in the edition's order.
    pub tracks: Vec<Listed>,
    /// Its session formats, in order.
    pub formats: Vec<Listed>,
    /// Its policy domains, in order.
    pub domains: Vec<Listed>,
    /// Its Town Hall themes, in order.
    pub themes: Vec<Listed>,
    /// Its venues, in order.
    pub venues: Vec<Venue>,
    /// Its rooms, in order.
    pub rooms: Vec<Room>,
    /// Its sessions, by start, room and title.
    pub sessions: Vec<ReleasedSession>,
}

/// The congress a release is of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edition {
    /// Its id.
    pub id: access_rules::EditionId,
    /// Its name in addresses: `durban-2019`.
    pub slug: String,
    /// Its title.
    pub title: Localized,
    /// Its motto.
    #[serde(default)]
    pub motto: Localized,
    /// The city it takes place in.
    pub city: String,
    /// The country, ISO 3166-1 alpha-2 or a name.
    pub country: String,
    /// The zone its times are meant in.
    pub zone: Zone,
    /// Its first day.
    pub starts_on: LocalDate,
    /// Its last day.
    pub ends_on: LocalDate,
    /// Its working languages, BCP 47 tags.
    pub languages: Vec<String>,
}

/// Which release it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Release {
    /// 1 for the first of the edition; 0 for a draft that was never released.
    pub number: i64,
    /// Its name, as the organisers called it.
    pub name: String,
    /// When it was released, by the machine's clock.
    pub at: Moment,
}

/// One entry of a list sessions refer to by code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its code, unique in its list.
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// One line about it: a track's subtitle, a format's tagline, a theme's question.
    #[serde(default)]
    pub summary: Localized,
}

/// Where rooms are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Venue {
    /// Its id.
    pub id: Id<Venue>,
    /// Its name.
    pub name: Localized,
    /// Its postal address, on one line.
    #[serde(default)]
    pub address: String,
    /// How to get there.
    #[serde(default)]
    pub directions: Localized,
}

/// A room.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Room {
    /// Its id.
    pub id: Id<Room>,
    /// Its venue.
    pub venue: Option<Id<Venue>>,
    /// Its name, unique in the edition.
    pub name: Localized,
    /// The floor it is on.
    #[serde(default)]
    pub floor: String,
    /// How to get there.
    #[serde(default)]
    pub directions: Localized,
    /// Seats, when known.
    pub capacity: Option<i64>,
    /// What is known of its accessibility.
    #[serde(default)]
    pub accessibility: Accessibility,
}

/// What is known of accessibility; what is not there is unknown, never yes and never no (R60).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Accessibility(pub BTreeMap<Access, bool>);

kernel::coded! {
    /// What has become of a released session (R52).
    pub enum State {
        /// It takes place as printed.
        Published => "published",
        /// It was released at another time or place before.
        Moved => "moved",
        /// It does not take place; it stays listed.
        Cancelled => "cancelled",
    }
}

/// A session as released.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReleasedSession {
    /// Its id; also the stable part of its calendar UID.
    pub id: SessionId,
    /// Its id across systems, as imported or made here.
    pub guid: String,
    /// Its short code, as printed.
    pub code: String,
    /// How often it changed in what a calendar shows: RFC 5545 SEQUENCE, never decreasing (R51).
    pub sequence: i64,
    /// What has become of it.
    pub state: State,
    /// What it is.
    pub kind: SessionKind,
    /// Code of its track, if any.
    pub track: Option<String>,
    /// Code of its format, if any.
    pub format: Option<String>,
    /// The kind the format asked for, if any.
    pub format_kind: Option<String>,
    /// Code of its policy domain, if any.
    pub domain: Option<String>,
    /// Code of its Town Hall theme, if any.
    pub theme: Option<String>,
    /// The statutory body that meets, if any.
    pub body: Option<BodyId>,
    /// How its line names that body.
    #[serde(default)]
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
    /// Languages spoken on the floor, BCP 47 tags.
    pub languages_floor: Vec<String>,
    /// Languages interpreted into, BCP 47 tags.
    pub languages_interpreted: Vec<String>,
    /// What is known of its own accessibility; the room's is with the room.
    #[serde(default)]
    pub accessibility: Accessibility,
    /// Its room, when placed in one.
    pub room: Option<Id<Room>>,
    /// Its start on the congress's wall clock.
    pub starts_local: LocalDateTime,
    /// Its end on the congress's wall clock.
    pub ends_local: LocalDateTime,
    /// Its start as an instant.
    pub starts_at: Moment,
    /// Its end as an instant.
    pub ends_at: Moment,
    /// The organisations that hold it.
    pub organisers: Vec<Organiser>,
    /// Who speaks, in order.
    pub speakers: Vec<Speaker>,
    /// The key of who may see it at all ([`Key`] as text).
    pub visible_to: String,
    /// The key of who may see more than its line: body, title, day and time (the statutory line of R1).
    pub details_to: String,
    /// Whether this view holds its line only: "members only", no room, people, abstract.
    #[serde(default)]
    pub line_only: bool,
    /// Places, when counted.
    pub capacity: Option<i64>,
    /// For whom it is: beginners, experts, …
    #[serde(default)]
    pub level: String,
    /// Links shown beside it.
    #[serde(default)]
    pub links: Vec<Link>,
    /// When it last changed in what is printed.
    pub updated_at: Moment,
    /// What text search looks at, folded; made by [`Programme::indexed`].
    #[serde(skip)]
    pub folded: String,
}

/// An organisation that holds a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organiser {
    /// Its id, when it is one of ours.
    pub id: Option<access_rules::OrganisationId>,
    /// Its name.
    pub name: String,
}

/// Somebody with a part in a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The person, when known.
    pub person: Option<PersonId>,
    /// The name, as printed.
    pub name: String,
    /// What they do.
    pub role: SpeakerRole,
    /// Position and organisation, as printed.
    #[serde(default)]
    pub affiliation: String,
}

/// What a reader filters by; every given part must hold (R43).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Query {
    /// Code of a track.
    pub track: Option<String>,
    /// Code of a format.
    pub format: Option<String>,
    /// Code of a policy domain.
    pub domain: Option<String>,
    /// Code of a Town Hall theme.
    pub theme: Option<String>,
    /// A day on the congress's wall clock.
    pub day: Option<LocalDate>,
    /// Id of a room.
    pub room: Option<String>,
    /// A language one can follow it in: spoken on the floor or interpreted.
    pub language: Option<String>,
    /// A language it is interpreted into.
    pub interpretation: Option<String>,
    /// Languages the reader understands: those sessions alone that are held in one of them or interpreted into one. What
    /// nobody has said is not understood; breaks always are.
    pub understood: Vec<String>,
    /// What must be there, each of them: `captions`, `step_free`, …
    pub accessibility: Vec<String>,
    /// Id of an organiser, or part of its name.
    pub organiser: Option<String>,
    /// Code of a kind.
    pub kind: Option<String>,
    /// Words that must all occur in title, abstract, people, organisers, room or code.
    pub text: Option<String>,
}

impl Programme {
    /// The same with its search text made; call it once after reading or building a programme.
    pub fn indexed(mut self) -> Self {
        for session in &mut self.sessions {
            session.folded = folded(&self.rooms, session);
        }
        self
    }

    /// What somebody sees of it: each session that a decision to read it would allow them, and no other. A session that
    /// is hidden is as if absent; one whose line alone is open loses all else.
    pub fn for_actor(&self, actor: &Actor) -> Self {
        let sight = actor.sight();
        let reads = |session: &ReleasedSession, key: &str| {
            let desk = session.desk_key();
            let key = key.parse().unwrap_or_else(|_| desk.clone());
            sight.reads(&key, Some(session.id)) || sight.reads(&desk, None)
        };
        let seen = self
            .sessions
            .iter()
            .filter(|session| reads(session, &session.visible_to));
        let sessions = seen
            .map(|session| {
                if reads(session, &session.details_to) {
                    session.clone()
                } else {
                    self.line_of(session)
                }
            })
            .collect();
        self.with_sessions(sessions)
    }

    /// What anybody sees of it.
    pub fn public(&self) -> Self {
        self.for_actor(&Actor::nobody())
    }

    /// The same lists with other sessions: for a view, a filter, one person's agenda.
    pub fn with_sessions(&self, sessions: Vec<ReleasedSession>) -> Self {
        Self {
            edition: self.edition.clone(),
            release: self.release.clone(),
            days: self.days.clone(),
            tracks: self.tracks.clone(),
            formats: self.formats.clone(),
            domains: self.domains.clone(),
            themes: self.themes.clone(),
            venues: self.venues.clone(),
            rooms: self.rooms.clone(),
            sessions,
        }
    }

    /// The session of this id, when this view holds it.
    pub fn session(&self, id: SessionId) -> Option<&ReleasedSession> {
        self.sessions.iter().find(|session| session.id == id)
    }

    /// The room of this id.
    pub fn room(&self, id: Id<Room>) -> Option<&Room> {
        self.rooms.iter().find(|room| room.id == id)
    }

    /// The room a session is in.
    pub fn room_of(&self, session: &ReleasedSession) -> Option<&Room> {
        session.room.and_then(|id| self.room(id))
    }

    /// The venue a session is in.
    pub fn venue_of(&self, session: &ReleasedSession) -> Option<&Venue> {
        let id = self.room_of(session)?.venue?;
        self.venues.iter().find(|venue| venue.id == id)
    }

    /// The track a session belongs to.
    pub fn track_of(&self, session: &ReleasedSession) -> Option<&Listed> {
        listed(&self.tracks, session.track.as_deref())
    }

    /// The format a session has.
    pub fn format_of(&self, session: &ReleasedSession) -> Option<&Listed> {
        listed(&self.formats, session.format.as_deref())
    }

    /// The policy domain of a session.
    pub fn domain_of(&self, session: &ReleasedSession) -> Option<&Listed> {
        listed(&self.domains, session.domain.as_deref())
    }

    /// The Town Hall theme of a session.
    pub fn theme_of(&self, session: &ReleasedSession) -> Option<&Listed> {
        listed(&self.themes, session.theme.as_deref())
    }

    /// The day a session is listed under: that of its start.
    pub fn sessions_on(&self, day: LocalDate) -> impl Iterator<Item = &ReleasedSession> {
        self.sessions
            .iter()
            .filter(move |session| session.starts_local.date() == day)
    }

    /// Whether a session offers something: it says so itself or, where it says nothing, its room does.
    pub fn offers(&self, session: &ReleasedSession, feature: Access) -> Option<bool> {
        let of_room = || self.room_of(session)?.accessibility.0.get(&feature).copied();
        session.accessibility.0.get(&feature).copied().or_else(of_room)
    }

    fn line_of(&self, session: &ReleasedSession) -> ReleasedSession {
        let mut line = ReleasedSession {
            format: None,
            format_kind: None,
            domain: None,
            theme: None,
            abstract_: Localized::default(),
            languages_floor: vec![],
            languages_interpreted: vec![],
            accessibility: Accessibility::default(),
            room: None,
            organisers: vec![],
            speakers: vec![],
            line_only: true,
            capacity: None,
            level: String::new(),
            links: vec![],
            ..session.clone()
        };
        line.folded = folded(&self.rooms, &line);
        line
    }
}

impl ReleasedSession {
    /// The desk that looks after it: it reads what it plans, whoever else does.
    fn desk_key(&self) -> Key {
        Key::desk(self.track.as_deref())
    }
}

/// The sessions for which all of `query` holds, in the programme's order.
pub fn filter<'a>(programme: &'a Programme, query: &Query) -> Vec<&'a ReleasedSession> {
    let words = text::fold(query.text.as_deref().unwrap_or_default());
    let words: Vec<&str> = words.split_whitespace().take(20).collect();
    programme
        .sessions
        .iter()
        .filter(|session| matches(programme, session, query) && speaks_of(programme, session, &words))
        .collect()
}

fn matches(programme: &Programme, session: &ReleasedSession, query: &Query) -> bool {
    let is = |asked: &Option<String>, held: Option<&str>| {
        asked
            .as_deref()
            .is_none_or(|asked| asked.is_empty() || held == Some(asked))
    };
    let among = |asked: &Option<String>, lists: &[&[String]]| {
        asked.as_deref().is_none_or(|asked| {
            asked.is_empty() || lists.iter().any(|list| list.iter().any(|held| held == asked))
        })
    };
    let room = session.room.map(|room| room.to_string());
    is(&query.track, session.track.as_deref())
        && is(&query.format, session.format.as_deref())
        && is(&query.domain, session.domain.as_deref())
        && is(&query.theme, session.theme.as_deref())
        && is(&query.kind, Some(session.kind.code()))
        && is(&query.room, room.as_deref())
        && query.day.is_none_or(|day| session.starts_local.date() == day)
        && among(
            &query.language,
            &[&session.languages_floor, &session.languages_interpreted],
        )
        && among(&query.interpretation, &[&session.languages_interpreted])
        && is_understood(session, &query.understood)
        && held_by(session, query.organiser.as_deref())
        && query
            .accessibility
            .iter()
            .filter(|feature| !feature.is_empty())
            .all(|feature| {
                Access::from_code(feature).and_then(|feature| programme.offers(session, feature))
                    == Some(true)
            })
}

fn is_understood(session: &ReleasedSession, languages: &[String]) -> bool {
    let mut asked = languages.iter().filter(|tag| !tag.is_empty()).peekable();
    asked.peek().is_none()
        || session.kind == SessionKind::Break
        || asked
            .any(|tag| session.languages_floor.contains(tag) || session.languages_interpreted.contains(tag))
}

fn held_by(session: &ReleasedSession, organiser: Option<&str>) -> bool {
    let Some(asked) = organiser.filter(|asked| !asked.is_empty()) else {
        return true;
    };
    let folded = text::fold(asked);
    session.organisers.iter().any(|organiser| {
        organiser.id.is_some_and(|id| id.to_string() == asked)
            || text::fold(&organiser.name).contains(&folded)
    })
}

fn speaks_of(programme: &Programme, session: &ReleasedSession, words: &[&str]) -> bool {
    if words.is_empty() {
        return true;
    }
    let made;
    let searched = if session.folded.is_empty() {
        made = folded(&programme.rooms, session);
        &made
    } else {
        &session.folded
    };
    words.iter().all(|word| searched.contains(word))
}

fn folded(rooms: &[Room], session: &ReleasedSession) -> String {
    let mut parts = vec![
        session.title.folded(),
        session.abstract_.folded(),
        text::fold(&session.code),
    ];
    parts.extend(session.body_label.iter().map(|body| body.name.folded()));
    parts.extend(session.organisers.iter().map(|held| text::fold(&held.name)));
    for speaker in &session.speakers {
        parts.push(text::fold(&speaker.name));
        parts.push(text::fold(&speaker.affiliation));
    }
    let room = session
        .room
        .and_then(|id| rooms.iter().find(|room| room.id == id));
    parts.extend(room.map(|room| room.name.folded()));
    parts.join(" ")
}

fn listed<'a>(list: &'a [Listed], code: Option<&str>) -> Option<&'a Listed> {
    list.iter().find(|entry| Some(entry.code.as_str()) == code)
}
