//! A programme laid out as `schedule.xml` and `schedule.json` want it: days, in them rooms, in them events, each with the
//! identifiers those formats ask for. What they have no word for is said here once, for both.
//!
//! Knows neither of the two formats' spelling.

use std::collections::BTreeSet;

use kernel::{Coded as _, Id, Language, LocalDate, LocalDateTime, Moment, Zone, text};

use crate::{
    calendar::members_only,
    model::Attendance,
    released::{Programme, ReleasedSession, Room, State},
};

/// Marks ids made up for somebody or something that has none here.
enum Made {}

/// One day.
pub(crate) struct Day<'a> {
    /// From 1.
    pub(crate) index: usize,
    pub(crate) date: LocalDate,
    /// Start of its first event and end of its last, RFC 3339 with offset; the whole day when it has none.
    pub(crate) start: String,
    pub(crate) end: String,
    pub(crate) rooms: Vec<DayRoom<'a>>,
}

/// A room on a day, with what happens in it.
pub(crate) struct DayRoom<'a> {
    pub(crate) name: String,
    pub(crate) guid: String,
    pub(crate) events: Vec<Event<'a>>,
}

/// A session as an event of the exchange formats.
pub(crate) struct Event<'a> {
    pub(crate) session: &'a ReleasedSession,
    /// A positive number, unique in the file and the same in every release.
    pub(crate) id: u32,
    /// A UUID; made from the session's own id across systems where that is not one.
    pub(crate) guid: String,
    /// `durban_2019-123-opening`.
    pub(crate) slug: String,
    /// RFC 3339 with the zone's offset.
    pub(crate) date: String,
    pub(crate) end: String,
    /// `00:45`.
    pub(crate) duration: String,
}

/// The programme's days, each with the rooms something happens in.
pub(crate) fn days(programme: &Programme, language: Language) -> Vec<Day<'_>> {
    let mut dates: BTreeSet<LocalDate> = programme.days.iter().copied().collect();
    dates.extend(programme.sessions.iter().map(|s| s.starts_local.date()));
    dates.insert(programme.edition.starts_on);
    let numbers = numbers(programme);
    let numbered = dates.into_iter().zip(1..);
    numbered
        .map(|(date, index)| day(programme, language, &numbers, date, index))
        .collect()
}

/// The congress's short name: lower case letters, digits and underscores, at least four of them.
pub(crate) fn acronym(programme: &Programme) -> String {
    let plain = slug(&programme.edition.slug, 60).replace('-', "_");
    if plain.len() < 4 {
        format!("congress_{plain}")
    } else {
        plain
    }
}

/// The release as a version: its number and name.
pub(crate) fn version(programme: &Programme) -> String {
    let release = &programme.release;
    match (release.number, release.name.as_str()) {
        (0, _) => "draft".into(),
        (number, "") => number.to_string(),
        (number, name) => format!("{number} {name}"),
    }
}

/// Lower case letters and digits joined by single hyphens, beginning and ending with one of them; may be empty.
pub(crate) fn slug(name: &str, length_max: usize) -> String {
    let mut slug = String::new();
    for c in text::fold(name).chars() {
        if slug.len() >= length_max {
            break;
        }
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// What stands before a title's other lines when a session does not take place.
pub(crate) const fn subtitle(session: &ReleasedSession, language: Language) -> &'static str {
    match (session.state, language) {
        (State::Published | State::Moved, _) => "",
        (State::Cancelled, Language::En) => "Cancelled",
        (State::Cancelled, Language::Fr) => "Annulé",
        (State::Cancelled, Language::Es) => "Cancelado",
    }
}

/// The UUID of a text that may be one already.
pub(crate) fn uuid_of(text: &str) -> String {
    text.parse::<Id<Made>>()
        .unwrap_or_else(|_| Id::named(text))
        .to_string()
}

/// A moment with the offset its zone has then.
pub(crate) fn with_offset(zone: Zone, at: Moment) -> String {
    at.utc()
        .with_timezone(&zone.0)
        .to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
}

/// `http` or `https`, the only addresses the formats take.
pub(crate) fn is_http(url: &str) -> bool {
    (url.starts_with("http://") || url.starts_with("https://"))
        && url
            .chars()
            .all(|c| !c.is_whitespace() && !c.is_control() && !"<>\"{}|\\^`".contains(c))
}

fn day<'a>(
    programme: &'a Programme,
    language: Language,
    numbers: &[(&'a str, u32)],
    date: LocalDate,
    index: usize,
) -> Day<'a> {
    let zone = programme.edition.zone;
    let mut rooms: Vec<DayRoom<'a>> = Vec::new();
    for session in programme.sessions_on(date) {
        let room = programme.room_of(session);
        let name = room.map_or_else(
            || nowhere(session, language).to_owned(),
            |room| room.name.text(language).to_owned(),
        );
        let event = event(programme, session, language, numbers);
        match rooms.iter_mut().find(|known| known.name == name) {
            Some(known) => known.events.push(event),
            None => rooms.push(DayRoom {
                guid: room.map_or_else(|| uuid_of(&name), |room| room.id.to_string()),
                name,
                events: vec![event],
            }),
        }
    }
    let place = |room: &DayRoom| {
        let id = |known: &Room| known.id.to_string() == room.guid;
        programme.rooms.iter().position(id).unwrap_or(usize::MAX)
    };
    rooms.sort_by_key(place);
    let on = || programme.sessions_on(date);
    let midnight = Moment::from(date.0.and_time(chrono::NaiveTime::MIN).and_utc()).plus_minutes(-i64::from(
        zone.offset_minutes(Moment::from(date.0.and_time(chrono::NaiveTime::MIN).and_utc())),
    ));
    let start = on().map(|session| session.starts_at).min().unwrap_or(midnight);
    let end = on()
        .map(|session| session.ends_at)
        .max()
        .unwrap_or(midnight.plus_days(1));
    Day {
        index,
        date,
        start: with_offset(zone, start),
        end: with_offset(zone, end),
        rooms,
    }
}

fn event<'a>(
    programme: &'a Programme,
    session: &'a ReleasedSession,
    language: Language,
    numbers: &[(&'a str, u32)],
) -> Event<'a> {
    let zone = programme.edition.zone;
    let guid = session.guid.as_str();
    let id = numbers
        .binary_search_by_key(&guid, |(known, _)| known)
        .map_or(1, |at| numbers[at].1);
    let title = slug(session.title.text(language), 60);
    let title = if title.is_empty() {
        session.kind.code().replace('_', "-")
    } else {
        title
    };
    Event {
        session,
        id,
        guid: uuid_of(guid),
        slug: format!("{}-{id}-{title}", acronym(programme)),
        date: with_offset(zone, session.starts_at),
        end: with_offset(zone, session.ends_at),
        duration: duration(session.starts_local, session.ends_local),
    }
}

/// Numbers for those who still count events: drawn from what names an event for good, so that they survive releases;
/// the rare two that draw the same number step aside.
fn numbers(programme: &Programme) -> Vec<(&str, u32)> {
    let mut guids: Vec<&str> = programme
        .sessions
        .iter()
        .map(|session| session.guid.as_str())
        .collect();
    guids.sort_unstable();
    guids.dedup();
    let mut taken = BTreeSet::new();
    let number = |guid| {
        let bytes = *Id::<Made>::named(guid).uuid().as_bytes();
        let mut number = u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) >> 1;
        while number == 0 || !taken.insert(number) {
            number = (number + 1) & (u32::MAX >> 1);
        }
        (guid, number)
    };
    guids.into_iter().map(number).collect()
}

fn duration(starts: LocalDateTime, ends: LocalDateTime) -> String {
    let minutes = ends.minutes_since(starts).clamp(0, 99 * 60 + 59);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The formats want a room; what stands there when none is said.
const fn nowhere(session: &ReleasedSession, language: Language) -> &'static str {
    if session.line_only {
        return members_only(language);
    }
    match (session.attendance, language) {
        (Attendance::Online, Language::En) => "Online",
        (Attendance::Online, Language::Fr) => "En ligne",
        (Attendance::Online, Language::Es) => "En línea",
        (Attendance::InPerson | Attendance::Mixed, Language::En) => "Place to be announced",
        (Attendance::InPerson | Attendance::Mixed, Language::Fr) => "Lieu à préciser",
        (Attendance::InPerson | Attendance::Mixed, Language::Es) => "Lugar por anunciar",
    }
}
