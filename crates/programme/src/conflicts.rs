//! What is wrong with a programme as it stands, told the same way to API, pages, imports and releases (R45–R50, R59).
//!
//! Pure: placed sessions and rooms in, conflicts out, in O(n log n) plus what is found. A conflict has a key that stays
//! the same as long as the same sessions clash over the same thing, so that a waiver stays with it. It names sessions by
//! id and code, never by title: a title may be hidden from who reads the list. What a track finds of its own replaces what
//! is found here under the same key.

use std::collections::{BTreeMap, HashMap};

use access_rules::{BodyId, PersonId, SessionId, ThemeId};
use kernel::{Coded as _, LocalDate, LocalDateTime, Moment};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

pub use crate::checks::{Check, Severity};
use crate::{
    model::{Access, Attendance, DomainId, Known, Room, RoomId, SessionKind, TrackKind, VenueId},
    presences::Presences,
    rules,
    severities::Severities,
    travel::Travel,
};

/// A session with a time, as far as clashes are concerned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlacedSession {
    /// Its id.
    pub id: SessionId,
    /// Its public code.
    pub code: String,
    /// What it is.
    pub kind: SessionKind,
    /// What sort of track it is in.
    pub track: Option<TrackKind>,
    /// The body that meets.
    pub body: Option<BodyId>,
    /// Its Town Hall theme.
    pub theme: Option<ThemeId>,
    /// How many spheres of government it names, where its format asks for them (R28).
    pub spheres: Option<usize>,
    /// Its main policy domain.
    pub domain: Option<DomainId>,
    /// To whom alone it is shown, as a key, when that is not everybody who comes.
    pub audience: Option<String>,
    /// Where.
    pub room: Option<RoomId>,
    /// From, by the wall clock.
    pub starts_local: LocalDateTime,
    /// Until, by the wall clock.
    pub ends_local: LocalDateTime,
    /// From.
    pub starts_at: Moment,
    /// Until.
    pub ends_at: Moment,
    /// Most people in it.
    pub capacity: Option<i64>,
    /// Where one attends from.
    pub attendance: Attendance,
    /// Languages interpreted into.
    pub interpreted: Vec<String>,
    /// What it asks for of R60.
    pub access: Vec<Access>,
    /// Who has a part in it.
    pub people: Vec<PersonId>,
    /// Shortest its format allows, in minutes.
    pub minutes_min: Option<i64>,
    /// Longest its format allows, in minutes.
    pub minutes_max: Option<i64>,
}

/// Something that is wrong, or may be.
#[derive(Clone, Debug, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Conflict {
    /// The same as long as the same sessions clash over the same thing.
    pub key: String,
    /// Stable code.
    pub code: &'static str,
    /// How grave it is: `block_move`, `block_release`, `warning`.
    #[schema(value_type = String)]
    pub severity: Severity,
    /// What it is, in a sentence: here its key in the words of the pages, to a reader the words themselves.
    pub sentence: String,
    /// The sessions it is about, by id.
    pub sessions: Vec<SessionId>,
    /// What the sentence needs to know.
    #[schema(value_type = Object)]
    pub facts: Map<String, Value>,
    /// Why it may stand, when somebody said so.
    pub waived: Option<String>,
}

impl Conflict {
    /// A conflict over one or more sessions, as grave as usual; `over` tells apart what the same sessions may clash over.
    pub fn new(check: Check, sessions: &[&PlacedSession], over: &str) -> Self {
        let code = check.code();
        let mut about: Vec<&PlacedSession> = sessions.to_vec();
        about.sort_by_key(|session| session.id);
        let ids: Vec<String> = about
            .iter()
            .map(|session| session.id.uuid().as_simple().to_string())
            .collect();
        let codes: Vec<&str> = sessions.iter().map(|session| session.code.as_str()).collect();
        let mut key = format!("{code}:{}", ids.join("+"));
        if !over.is_empty() {
            key.push(':');
            key.push_str(over);
        }
        Self {
            key,
            code,
            severity: check.usual(),
            sentence: check.sentence(),
            sessions: sessions.iter().map(|session| session.id).collect(),
            facts: Map::from_iter([("codes".to_owned(), json!(codes))]),
            waived: None,
        }
    }

    /// The same, milder than usual.
    pub fn toned(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same, with a fact for its sentence.
    pub fn with(mut self, name: &str, fact: impl Into<Value>) -> Self {
        self.facts.insert(name.to_owned(), fact.into());
        self
    }

    /// The same for somebody from whom some sessions are hidden: that there is a clash is told, and whether it was waived,
    /// not with what, nor the reason.
    pub fn hiding(mut self, is_hidden: impl Fn(SessionId) -> bool) -> Self {
        let hidden: Vec<usize> = (0..self.sessions.len())
            .filter(|place| is_hidden(self.sessions[*place]))
            .collect();
        if hidden.is_empty() {
            return self;
        }
        for place in &hidden {
            if let Some(code) = self
                .facts
                .get_mut("codes")
                .and_then(|codes| codes.get_mut(*place))
            {
                *code = HIDDEN.into();
            }
            let id = self.sessions[*place].uuid().as_simple().to_string();
            self.key = self.key.replace(&id, HIDDEN);
        }
        self.waived = self.waived.map(|_| HIDDEN.to_owned());
        self.sessions.retain(|session| !is_hidden(*session));
        self
    }

    /// Whether it blocks a release.
    pub fn blocks(&self) -> bool {
        self.severity <= Severity::BlockRelease && self.waived.is_none()
    }

    /// Whether the move that makes it is refused.
    pub fn stops_a_move(&self) -> bool {
        self.severity == Severity::BlockMove && self.waived.is_none()
    }
}

/// Stands for the code of a session that is hidden from the reader.
const HIDDEN: &str = "—";

/// What an edition's checks go by besides its sessions, rooms and days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters {
    /// How grave each conflict is.
    pub severities: Severities,
    /// How long the ways between venues take.
    pub travel: Travel,
    /// When people are there.
    pub presences: Presences,
}

impl Parameters {
    /// Makes conflicts as grave as the edition holds them to be; what it ignores is not told.
    pub fn weigh(&self, found: &mut Vec<Conflict>) {
        for conflict in found.iter_mut() {
            conflict.severity = self.severities.weigh(conflict.code, conflict.severity);
        }
        found.retain(|conflict| conflict.severity != Severity::Ignore);
    }
}

/// All that is wrong with these sessions in these rooms on these days, the grave first, in order of time.
pub fn find(
    sessions: &[PlacedSession],
    rooms: &[Room],
    days: &[LocalDate],
    parameters: &Parameters,
) -> Vec<Conflict> {
    let mut by_time: Vec<&PlacedSession> = sessions.iter().collect();
    by_time.sort_by_key(|session| (session.starts_at, session.id));
    let rooms: HashMap<RoomId, &Room> = rooms.iter().map(|room| (room.id, room)).collect();

    let mut found = in_rooms(&by_time, &rooms);
    let busy = by_person(&by_time);
    found.extend(of_people(&busy));
    found.extend(of_absence(&busy, &parameters.presences));
    found.extend(of_ways(&busy, &rooms, &parameters.travel));
    found.extend(in_parallel(&by_time, &parameters.severities));
    found.extend(of_plenaries(&by_time));
    found.extend(of_precedence(&by_time));
    for session in &by_time {
        found.extend(of_one(session, days));
        if let Some(room) = session.room.and_then(|id| rooms.get(&id)) {
            found.extend(of_one_in_room(session, room));
        }
    }
    found.sort_by_key(|conflict| conflict.severity);
    found
}

/// What is found in general and what tracks find of their own, which replaces the former under the same key; with what
/// was waived.
pub fn merge(
    general: Vec<Conflict>,
    of_tracks: Vec<Conflict>,
    waived: &BTreeMap<String, String>,
) -> Vec<Conflict> {
    let own: HashMap<String, ()> = of_tracks
        .iter()
        .map(|conflict| (conflict.key.clone(), ()))
        .collect();
    let mut all: Vec<Conflict> = general
        .into_iter()
        .filter(|conflict| !own.contains_key(&conflict.key))
        .chain(of_tracks)
        .collect();
    for conflict in &mut all {
        conflict.waived = waived.get(&conflict.key).cloned();
    }
    all.sort_by_key(|conflict| conflict.severity);
    all
}

/// Pairs that overlap when `gap_minutes` must lie between them; `by_time` is sorted by start.
pub fn overlapping<'a>(
    by_time: &[&'a PlacedSession],
    gap_minutes: i64,
) -> Vec<(&'a PlacedSession, &'a PlacedSession)> {
    let mut pairs = Vec::new();
    let mut running: Vec<&PlacedSession> = Vec::new();
    for session in by_time {
        running.retain(|earlier| earlier.ends_at.plus_minutes(gap_minutes) > session.starts_at);
        pairs.extend(running.iter().map(|earlier| (*earlier, *session)));
        running.push(session);
    }
    pairs
}

fn in_rooms(by_time: &[&PlacedSession], rooms: &HashMap<RoomId, &Room>) -> Vec<Conflict> {
    let mut held: BTreeMap<RoomId, Vec<&PlacedSession>> = BTreeMap::new();
    for session in by_time {
        if let Some(room) = session.room {
            held.entry(room).or_default().push(session);
        }
    }
    let mut found = Vec::new();
    for (id, sessions) in held {
        let gap = rooms.get(&id).map_or(0, |room| room.turnaround_minutes);
        for (one, other) in overlapping(&sessions, gap) {
            let clash = rules::overlap((one.starts_at, one.ends_at), (other.starts_at, other.ends_at), 0);
            let conflict = if clash {
                Conflict::new(Check::RoomTaken, &[one, other], "")
            } else {
                // Rooms may be given a longer turnaround after they were filled.
                Conflict::new(Check::Turnaround, &[one, other], "").with("minutes", gap)
            };
            found.push(conflict.with("room", id.to_string()));
        }
    }
    found
}

type Busy<'a> = BTreeMap<PersonId, Vec<&'a PlacedSession>>;

/// Who has a part in what, in order of time.
fn by_person<'a>(by_time: &[&'a PlacedSession]) -> Busy<'a> {
    let mut busy = Busy::new();
    for session in by_time {
        for person in &session.people {
            let sessions = busy.entry(*person).or_default();
            if sessions.last().is_none_or(|last| last.id != session.id) {
                sessions.push(session);
            }
        }
    }
    busy
}

/// A conflict about somebody.
pub fn about_person(check: Check, sessions: &[&PlacedSession], person: PersonId) -> Conflict {
    let over = person.uuid().as_simple().to_string();
    Conflict::new(check, sessions, &over).with("person", person.to_string())
}

/// R46: nobody is in two places at once.
fn of_people(busy: &Busy<'_>) -> Vec<Conflict> {
    let mut found = Vec::new();
    for (person, sessions) in busy.iter().filter(|(_, sessions)| sessions.len() > 1) {
        for (one, other) in overlapping(sessions, 0) {
            found.push(about_person(Check::PersonConflict, &[one, other], *person));
        }
    }
    found
}

/// Nobody has a part in what is held while they are not there; who takes part from afar may be anywhere.
fn of_absence(busy: &Busy<'_>, presences: &Presences) -> Vec<Conflict> {
    let known = presences
        .all()
        .filter_map(|(person, _)| Some((person, busy.get(&person)?)));
    known
        .flat_map(|(person, sessions)| sessions.iter().map(move |session| (person, *session)))
        .filter(|(person, session)| {
            session.attendance == Attendance::InPerson
                && !presences.are_there(*person, session.starts_local, session.ends_local)
        })
        .map(|(person, session)| about_person(Check::PersonAway, &[session], person))
        .collect()
}

/// From one session to the next there is time for the way.
fn of_ways(busy: &Busy<'_>, rooms: &HashMap<RoomId, &Room>, travel: &Travel) -> Vec<Conflict> {
    if travel.is_empty() {
        return vec![];
    }
    let venue = |session: &PlacedSession| -> Option<VenueId> { rooms.get(&session.room?)?.venue };
    let mut found = Vec::new();
    for (person, sessions) in busy {
        for pair in sessions.windows(2) {
            let (one, other) = (pair[0], pair[1]);
            let way = venue(one)
                .zip(venue(other))
                .map_or(0, |(here, there)| travel.between(here, there));
            let left = other.starts_at.seconds_since(one.ends_at) / 60;
            if (0..way).contains(&left) {
                found.push(
                    about_person(Check::TravelTime, &[one, other], *person)
                        .with("minutes", left)
                        .with("way", way),
                );
            }
        }
    }
    found
}

/// R59: what would draw the same people, at once. Looked for only where an edition asks for it.
fn in_parallel(by_time: &[&PlacedSession], severities: &Severities) -> Vec<Conflict> {
    let mut found = Vec::new();
    let mut look = |check: Check, of: &dyn Fn(&PlacedSession) -> Option<String>| {
        if severities.of(check) == Severity::Ignore {
            return;
        }
        let mut alike: BTreeMap<String, Vec<&PlacedSession>> = BTreeMap::new();
        for session in by_time {
            if let Some(what) = of(session) {
                alike.entry(what).or_default().push(session);
            }
        }
        for sessions in alike.values() {
            let pairs = overlapping(sessions, 0).into_iter();
            found.extend(pairs.map(|(one, other)| Conflict::new(check, &[one, other], "")));
        }
    };
    look(Check::SameDomain, &|session| {
        session.domain.map(|domain| domain.to_string())
    });
    look(Check::SameAudience, &|session| session.audience.clone());
    found
}

/// R47: two statutory meetings never overlap, nor do the World Assembly and the General Assembly. Which meeting is which
/// body's, and whose rosters are disjoint, is known to `statutory`, which tones this down.
fn of_plenaries(by_time: &[&PlacedSession]) -> Vec<Conflict> {
    use SessionKind::{Plenary, Statutory, WorldAssembly};
    let grave: Vec<&PlacedSession> = by_time
        .iter()
        .copied()
        .filter(|session| matches!(session.kind, Statutory | WorldAssembly | Plenary))
        .collect();
    let pairs = overlapping(&grave, 0).into_iter();
    pairs
        .filter_map(|(one, other)| {
            let severity = match (one.kind, other.kind) {
                (Statutory, Statutory)
                | (Statutory, WorldAssembly)
                | (WorldAssembly, Statutory | WorldAssembly) => Severity::BlockRelease,
                (Plenary, Plenary | WorldAssembly) | (WorldAssembly, Plenary) => Severity::Warning,
                _ => return None,
            };
            Some(Conflict::new(Check::PlenaryConflict, &[one, other], "").toned(severity))
        })
        .collect()
}

/// R48: sittings and Town Halls end before the World Assembly begins.
fn of_precedence(by_time: &[&PlacedSession]) -> Vec<Conflict> {
    let Some(assembly) = by_time
        .iter()
        .find(|session| session.kind == SessionKind::WorldAssembly)
    else {
        return vec![];
    };
    let late = by_time.iter().filter(|session| {
        matches!(session.kind, SessionKind::Sitting | SessionKind::TownHall)
            && session.ends_at > assembly.starts_at
    });
    late.map(|session| Conflict::new(Check::Precedence, &[session, assembly], ""))
        .collect()
}

fn of_one(session: &PlacedSession, days: &[LocalDate]) -> Vec<Conflict> {
    let minutes = session.ends_at.seconds_since(session.starts_at) / 60;
    let mut found = Vec::new();
    if !days.is_empty() && !days.contains(&session.starts_local.date()) {
        found.push(Conflict::new(Check::OutsideEdition, &[session], ""));
    }
    if let Some(least) = session.minutes_min.filter(|least| minutes < *least) {
        found.push(
            Conflict::new(Check::TooShort, &[session], "")
                .with("minutes", minutes)
                .with("least", least),
        );
    }
    if let Some(most) = session.minutes_max.filter(|most| minutes > *most) {
        found.push(
            Conflict::new(Check::TooLong, &[session], "")
                .with("minutes", minutes)
                .with("most", most),
        );
    }
    if session.room.is_none() && session.attendance != Attendance::Online {
        found.push(Conflict::new(Check::NoRoom, &[session], ""));
    }
    found
}

/// What of a session does not fit the room it is in, or is to be in.
pub(crate) fn of_one_in_room(session: &PlacedSession, room: &Room) -> Vec<Conflict> {
    let mut found = Vec::new();
    let mut tell = |conflict: Conflict| found.push(conflict.with("room", room.id.to_string()));
    let from = session.starts_local.minute_of_day();
    let to = from + session.ends_local.minutes_since(session.starts_local);
    if let Some(hours) = room.hours.0.get(&session.starts_local.date().to_string())
        && !rules::within_hours(hours, from, to)
    {
        tell(
            Conflict::new(Check::RoomClosed, &[session], "")
                .with("opens", hours.opens.clone())
                .with("closes", hours.closes.clone()),
        );
    }
    if let (Some(seats), Some(places)) = (room.capacity, session.capacity)
        && places > seats
        && session.attendance == Attendance::InPerson
    {
        tell(
            Conflict::new(Check::RoomTooSmall, &[session], "")
                .with("seats", seats)
                .with("places", places),
        );
    }
    let languages = i64::try_from(session.interpreted.len()).unwrap_or(i64::MAX);
    if let Some(booths) = room.equipment.0.booths.filter(|booths| *booths < languages) {
        tell(
            Conflict::new(Check::InterpretationMissing, &[session], "")
                .with("booths", booths)
                .with("languages", languages),
        );
    }
    let streaming = room.equipment.0.streaming;
    if session.attendance == Attendance::Mixed && streaming != Known::Yes {
        tell(
            Conflict::new(Check::StreamingMissing, &[session], "")
                .with("room_is", kernel::Coded::code(streaming)),
        );
    }
    for need in &session.access {
        let is = known(room, *need);
        if is != Known::Yes {
            tell(
                Conflict::new(
                    Check::AccessibilityMismatch,
                    &[session],
                    kernel::Coded::code(*need),
                )
                .with("need", kernel::Coded::code(*need))
                .with("room_is", kernel::Coded::code(is)),
            );
        }
    }
    found
}

/// What is known of a room's access (R60).
pub const fn known(room: &Room, need: Access) -> Known {
    match need {
        Access::StepFree => room.step_free,
        Access::HearingLoop => room.hearing_loop,
        Access::Captions => room.captions,
        Access::SignLanguage => room.sign_language,
        Access::Quiet => room.quiet,
    }
}
