//! The programme as iCalendar (RFC 5545, RFC 7986): one session, a track, a day, the whole, or one person's list.
//!
//! Invariants: a session's UID never changes and a cancelled one stays, marked so (R52); the same programme gives the same
//! bytes, so that a feed polled by ten thousand phones has an ETag (§5 case 92). It writes what the view it is given holds:
//! access was decided before (R56). Knows no HTTP and no token.

use kernel::{Language, LocalDate, LocalDateTime, Moment, Zone};

use crate::{
    calendar_lines::{Lines, on_one_line},
    calendar_zone,
    links::Links,
    released::{Programme, ReleasedSession, State},
};

/// How a calendar is served.
pub const MEDIA_TYPE: &str = "text/calendar; charset=utf-8";

/// How often subscribers should look again; RFC 5545 duration.
const REFRESH: &str = "PT1H";

/// Which sessions a calendar holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which<'a> {
    /// All of them.
    Whole,
    /// Those that start on a day.
    Day(LocalDate),
    /// Those of a track, by its code.
    Track(&'a str),
    /// One.
    Session(access_rules::SessionId),
    /// These, under a name of its own: one person's agenda.
    List {
        /// The calendar's name.
        name: &'a str,
        /// Its sessions; those the view does not hold are passed over.
        ids: &'a [access_rules::SessionId],
    },
}

/// The calendar, in one language.
pub fn render(programme: &Programme, which: &Which, language: Language, links: &Links) -> Vec<u8> {
    let sessions: Vec<&ReleasedSession> = programme
        .sessions
        .iter()
        .filter(|session| holds(which, session))
        .collect();
    let mut lines = Lines::new();
    lines.put("BEGIN", "VCALENDAR");
    write_head(&mut lines, programme, which, language, links);
    let (from, to) = stretch(programme);
    calendar_zone::write(&mut lines, programme.edition.zone, from, to);
    for session in sessions {
        write_event(&mut lines, programme, session, language, links);
    }
    lines.put("END", "VCALENDAR");
    lines.into_bytes()
}

fn holds(which: &Which, session: &ReleasedSession) -> bool {
    match which {
        Which::Whole => true,
        Which::Day(day) => session.starts_local.date() == *day,
        Which::Track(code) => session.track.as_deref() == Some(*code),
        Which::Session(id) => session.id == *id,
        Which::List { ids, .. } => ids.contains(&session.id),
    }
}

fn write_head(lines: &mut Lines, programme: &Programme, which: &Which, language: Language, links: &Links) {
    let edition = &programme.edition;
    let name = calendar_name(programme, which, language);
    lines.put("VERSION", "2.0");
    lines.put("PRODID", "-//Hemicycle//Programme//EN");
    lines.put("CALSCALE", "GREGORIAN");
    lines.text("NAME", &[], &name);
    lines.text("X-WR-CALNAME", &[], &name);
    lines.put("X-WR-TIMEZONE", edition.zone.name());
    lines.text("DESCRIPTION", &[], &on_one_line(edition.motto.text(language)));
    lines.put("LAST-MODIFIED", &utc(programme.release.at));
    lines.put("URL", &links.edition(language, &edition.slug));
    lines.put_with("REFRESH-INTERVAL", &[("VALUE", "DURATION")], REFRESH);
    lines.put("X-PUBLISHED-TTL", REFRESH);
}

fn calendar_name(programme: &Programme, which: &Which, language: Language) -> String {
    let title = programme.edition.title.text(language);
    let part = match which {
        Which::Whole => None,
        Which::Day(day) => Some(day.to_string()),
        Which::Track(code) => programme
            .tracks
            .iter()
            .find(|track| track.code == *code)
            .map(|track| track.name.text(language).to_owned()),
        Which::Session(id) => programme
            .session(*id)
            .map(|session| session.title.text(language).to_owned()),
        Which::List { name, .. } => return on_one_line(name),
    };
    on_one_line(&part.map_or_else(|| title.to_owned(), |part| format!("{title}: {part}")))
}

/// The stretch of time whose changes of clock matter: the congress and whatever lies outside its days.
fn stretch(programme: &Programme) -> (Moment, Moment) {
    let midnight = |day: LocalDate| Moment::from(day.0.and_time(chrono::NaiveTime::MIN).and_utc());
    let (first, last) = (
        midnight(programme.edition.starts_on),
        midnight(programme.edition.ends_on).plus_days(1),
    );
    let sessions = || programme.sessions.iter();
    (
        sessions()
            .map(|s| s.starts_at)
            .min()
            .map_or(first, |at| at.min(first)),
        sessions()
            .map(|s| s.ends_at)
            .max()
            .map_or(last, |at| at.max(last)),
    )
}

fn write_event(
    lines: &mut Lines,
    programme: &Programme,
    session: &ReleasedSession,
    language: Language,
    links: &Links,
) {
    let zone = programme.edition.zone;
    let title = session.title.said(language);
    lines.put("BEGIN", "VEVENT");
    lines.put("UID", &format!("{}@hemicycle", session.id));
    // Without METHOD the stamp is when the entry last changed (RFC 5545 §3.8.7.2).
    lines.put("DTSTAMP", &utc(session.updated_at));
    lines.put("LAST-MODIFIED", &utc(session.updated_at));
    lines.put("SEQUENCE", &session.sequence.max(0).to_string());
    write_time(lines, "DTSTART", zone, session.starts_local, session.starts_at);
    write_time(lines, "DTEND", zone, session.ends_local, session.ends_at);
    lines.text("SUMMARY", &[("LANGUAGE", title.lang)], &on_one_line(title.text));
    lines.text("DESCRIPTION", &[], &description(session, language));
    lines.text("LOCATION", &[], &location(programme, session, language));
    lines.texts("CATEGORIES", &[], &categories(programme, session, language));
    lines.put(
        "URL",
        &links.session(language, &programme.edition.slug, session.id),
    );
    lines.put("STATUS", status(session.state));
    lines.put("END", "VEVENT");
}

/// On the congress's wall clock, unless the clocks make that time ambiguous that day; then as an instant.
fn write_time(lines: &mut Lines, name: &str, zone: Zone, local: LocalDateTime, at: Moment) {
    if local.in_zone(zone) == Ok(at) {
        let written = local.0.format("%Y%m%dT%H%M%S").to_string();
        lines.put_with(name, &[("TZID", zone.name())], &written);
    } else {
        lines.put(name, &utc(at));
    }
}

fn description(session: &ReleasedSession, language: Language) -> String {
    if session.line_only {
        return members_only(language).to_owned();
    }
    let mut parts = Vec::new();
    if !session.abstract_.is_blank() {
        parts.push(session.abstract_.text(language).to_owned());
    }
    let speakers = session.speakers.iter().map(|speaker| {
        if speaker.affiliation.is_empty() {
            speaker.name.clone()
        } else {
            format!("{} ({})", speaker.name, speaker.affiliation)
        }
    });
    let speakers: Vec<String> = speakers.collect();
    if !speakers.is_empty() {
        parts.push(speakers.join("\n"));
    }
    parts.join("\n\n")
}

fn location(programme: &Programme, session: &ReleasedSession, language: Language) -> String {
    let room = programme.room_of(session);
    let venue = programme.venue_of(session);
    let parts = [
        room.map(|room| room.name.text(language)),
        venue.map(|venue| venue.name.text(language)),
        venue.map(|venue| venue.address.as_str()),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .flatten()
        .map(on_one_line)
        .filter(|part| !part.is_empty())
        .collect();
    said.join(", ")
}

fn categories<'a>(programme: &'a Programme, session: &ReleasedSession, language: Language) -> Vec<&'a str> {
    [
        programme.track_of(session),
        programme.format_of(session),
        programme.domain_of(session),
        programme.theme_of(session),
    ]
    .into_iter()
    .flatten()
    .map(|listed| listed.name.text(language))
    .filter(|name| !name.is_empty())
    .collect()
}

/// What stands where a reader may know of a meeting and no more.
pub const fn members_only(language: Language) -> &'static str {
    match language {
        Language::En => "Members only",
        Language::Fr => "Réservé aux membres",
        Language::Es => "Reservado a los miembros",
    }
}

const fn status(state: State) -> &'static str {
    match state {
        State::Published | State::Moved => "CONFIRMED",
        State::Cancelled => "CANCELLED",
    }
}

fn utc(at: Moment) -> String {
    at.utc().format("%Y%m%dT%H%M%SZ").to_string()
}
