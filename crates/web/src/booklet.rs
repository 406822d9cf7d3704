//! The programme and somebody's agenda written down for the press: what is printed, in the reader's words.
//!
//! Decides nothing about who may see what: a booklet is given the public view, a sheet the view of its person.

use std::{collections::BTreeMap, sync::Arc};

use actix_kit::Words;
use documents::{
    Booklet, BookletWords, Day, Entry, Place, Reference, RoomDay, Session, Sheet, SheetDay, SheetLine,
    SheetWords,
};
use kernel::{Coded as _, Id, LocalDate, text};
use programme::{
    links::Links,
    model::SessionKind,
    released::{Programme, ReleasedSession, Room, State},
};
use registration::{
    agenda::Line,
    day_plan,
    printing::{OwnAgenda, Printer},
};

use crate::{
    pages::{agenda, programme::session_title},
    voice::Voice,
};

/// The printer of programmes and agendas; `links`: to where they are found online.
pub fn printer(links: Links) -> Printer {
    let words = Arc::new(Words::embedded());
    let spoken = Arc::clone(&words);
    Printer::new(
        Box::new(move |programme, language| booklet(&Voice::new(language, words.clone()), programme, &links)),
        Box::new(move |agenda, language| sheet(&Voice::new(language, spoken.clone()), agenda)),
    )
}

fn booklet(voice: &Voice, programme: &Programme, links: &Links) -> Booklet {
    let edition = &programme.edition;
    Booklet {
        language: voice.language.code().into(),
        title: voice.said(&edition.title).text,
        motto: voice.said(&edition.motto).text,
        when_where: when_where(voice, programme),
        release: release(voice, programme),
        clock: voice.t1("programme-text-zone", "city", edition.city.as_str()),
        address: links.programme(voice.language, &edition.slug),
        released_on: released_on(programme),
        days: programme
            .days
            .iter()
            .filter_map(|day| day_of(voice, programme, *day))
            .collect(),
        people: people(voice, programme),
        rooms: rooms(voice, programme),
        words: BookletWords {
            contents: voice.t("printed-contents"),
            programme: voice.t("nav-programme"),
            by_time: voice.t("printed-by-time"),
            by_room: voice.t("printed-by-room"),
            sessions: voice.t("printed-sessions"),
            hour: voice.t("printed-hour"),
            session: voice.t("printed-session"),
            room: voice.t("fact-room"),
            people: voice.t("printed-people"),
            rooms: voice.t("printed-rooms"),
        },
    }
}

fn when_where(voice: &Voice, programme: &Programme) -> String {
    let edition = &programme.edition;
    format!(
        "{}, {}",
        edition.city,
        voice.days(edition.starts_on, edition.ends_on)
    )
}

fn release(voice: &Voice, programme: &Programme) -> String {
    voice.t2(
        "programme-release",
        "number",
        programme.release.number,
        "when",
        voice.moment(programme.edition.zone.local(programme.release.at)),
    )
}

fn released_on(programme: &Programme) -> (i32, u32, u32) {
    let day = programme.edition.zone.local(programme.release.at).date();
    let part = |pattern: &str| day.0.format(pattern).to_string();
    (
        part("%Y").parse().unwrap_or_default(),
        part("%-m").parse().unwrap_or(1),
        part("%-d").parse().unwrap_or(1),
    )
}

fn day_of(voice: &Voice, programme: &Programme, day: LocalDate) -> Option<Day> {
    let mut sessions: Vec<&ReleasedSession> = programme.sessions_on(day).collect();
    sessions.sort_by_key(|session| (session.starts_local, session.ends_local, session.id));
    let in_room = |room: &Room| {
        let of_it: Vec<Reference> = sessions
            .iter()
            .filter(|session| session.room == Some(room.id))
            .map(|session| {
                mention(
                    voice,
                    session,
                    &voice.clocks(session.starts_local, session.ends_local),
                )
            })
            .collect();
        (!of_it.is_empty()).then(|| RoomDay {
            name: voice.said(&room.name).text,
            about: about_room(voice, programme, room),
            sessions: of_it,
        })
    };
    (!sessions.is_empty()).then(|| Day {
        title: voice.capital(&voice.day_long(day)),
        rooms: programme.rooms.iter().filter_map(in_room).collect(),
        sessions: sessions
            .iter()
            .map(|session| session_of(voice, programme, session))
            .collect(),
    })
}

fn session_of(voice: &Voice, programme: &Programme, session: &ReleasedSession) -> Session {
    let mut facts = Vec::new();
    match programme.track_of(session) {
        Some(track) => facts.push(voice.said(&track.name).text),
        None => facts.push(voice.code("session-kind", session.kind.code())),
    }
    let listed = [
        programme.format_of(session),
        programme.domain_of(session),
        programme.theme_of(session),
    ];
    facts.extend(
        listed
            .into_iter()
            .flatten()
            .map(|listed| voice.said(&listed.name).text),
    );
    Session {
        key: key(session),
        code: session.code.clone(),
        hours: voice.clocks(session.starts_local, session.ends_local),
        title: session_title(voice, session).text,
        room: room_name(voice, programme, session),
        facts,
        marks: marks(voice, session),
        languages: languages(voice, session),
        about: voice
            .said(&session.abstract_)
            .text
            .split("\n\n")
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect(),
        people: session
            .speakers
            .iter()
            .map(|speaker| {
                let part = voice.code("speaker-role", speaker.role.code());
                let known = [speaker.name.as_str(), speaker.affiliation.as_str(), part.as_str()];
                let known: Vec<&str> = known.into_iter().filter(|part| !part.is_empty()).collect();
                known.join(", ")
            })
            .collect(),
        organisers: session
            .organisers
            .iter()
            .map(|organiser| organiser.name.as_str())
            .collect::<Vec<_>>()
            .join(", "),
        is_line: is_line(session),
    }
}

fn is_line(session: &ReleasedSession) -> bool {
    session.kind == SessionKind::Break
}

/// Where the session is told: its id, in letters no template minds.
fn key(session: &ReleasedSession) -> String {
    format!("s-{}", session.id)
}

fn mention(voice: &Voice, session: &ReleasedSession, hours: &str) -> Reference {
    Reference {
        key: if is_line(session) {
            String::new()
        } else {
            key(session)
        },
        hours: hours.to_owned(),
        code: session.code.clone(),
        title: session_title(voice, session).text,
    }
}

/// The same in an index, where the day is not said above it.
fn mention_with_day(voice: &Voice, session: &ReleasedSession) -> Reference {
    let day = session.starts_local.date();
    let when = format!(
        "{} {} {}",
        voice.weekday_short(day),
        voice.day_of_month(day),
        voice.clock(session.starts_local)
    );
    mention(voice, session, &when)
}

fn marks(voice: &Voice, session: &ReleasedSession) -> Vec<String> {
    let cancelled = (session.state == State::Cancelled).then(|| voice.t("session-cancelled"));
    let closed = session.line_only.then(|| voice.t("corner-members"));
    cancelled.into_iter().chain(closed).collect()
}

fn languages(voice: &Voice, session: &ReleasedSession) -> String {
    let named = |tags: &[String]| {
        tags.iter()
            .map(|tag| tag.to_uppercase())
            .collect::<Vec<_>>()
            .join(" ")
    };
    let (floor, interpreted) = (
        named(&session.languages_floor),
        named(&session.languages_interpreted),
    );
    match (floor.is_empty(), interpreted.is_empty()) {
        (true, true) => String::new(),
        (false, true) => voice.t1("printed-floor", "languages", floor),
        (true, false) => voice.t1("printed-interpreted", "languages", interpreted),
        (false, false) => format!(
            "{} · {}",
            voice.t1("printed-floor", "languages", floor),
            voice.t1("printed-interpreted", "languages", interpreted)
        ),
    }
}

fn room_name(voice: &Voice, programme: &Programme, session: &ReleasedSession) -> String {
    programme
        .room_of(session)
        .map(|room| voice.said(&room.name).text)
        .unwrap_or_default()
}

fn about_room(voice: &Voice, programme: &Programme, room: &Room) -> String {
    let venue = programme.venues.iter().find(|venue| Some(venue.id) == room.venue);
    let known = [
        venue.map(|venue| voice.said(&venue.name).text),
        Some(room.floor.clone()),
        room.capacity
            .map(|places| voice.t1("places-count", "count", places)),
    ];
    let known: Vec<String> = known
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    known.join(", ")
}

/// Who has a part in a session, by name; a name that stands for two persons stands once, as on paper it is one.
fn people(voice: &Voice, programme: &Programme) -> Vec<Entry> {
    let mut by_name: BTreeMap<Vec<u8>, Entry> = BTreeMap::new();
    for session in &programme.sessions {
        for speaker in session
            .speakers
            .iter()
            .filter(|speaker| !speaker.name.trim().is_empty())
        {
            let entry = by_name
                .entry(text::sort_key(&speaker.name))
                .or_insert_with(|| Entry {
                    name: speaker.name.clone(),
                    about: speaker.affiliation.clone(),
                    found: Vec::new(),
                });
            let mentioned = mention_with_day(voice, session);
            if !entry.found.contains(&mentioned) {
                entry.found.push(mentioned);
            }
        }
    }
    by_name.into_values().collect()
}

fn rooms(voice: &Voice, programme: &Programme) -> Vec<Entry> {
    let used = programme.rooms.iter().map(|room| Entry {
        name: voice.said(&room.name).text,
        about: about_room(voice, programme, room),
        found: programme
            .sessions
            .iter()
            .filter(|session| session.room == Some(room.id) && !is_line(session))
            .map(|session| mention_with_day(voice, session))
            .collect(),
    });
    let mut used: Vec<Entry> = used.filter(|entry| !entry.found.is_empty()).collect();
    used.sort_by_key(|entry| text::sort_key(&entry.name));
    used
}

fn sheet(voice: &Voice, agenda: &OwnAgenda) -> Sheet {
    let programme = &agenda.programme;
    let days = days(voice, agenda);
    let misfits = days
        .iter()
        .flat_map(|day| &day.lines)
        .filter(|line| !line.clashes.is_empty())
        .count();
    Sheet {
        language: voice.language.code().into(),
        title: voice.t("my-agenda"),
        name: agenda.name.clone(),
        congress: voice.said(&programme.edition.title).text,
        when_where: when_where(voice, programme),
        release: release(voice, programme),
        clock: voice.t1("programme-text-zone", "city", programme.edition.city.as_str()),
        released_on: released_on(programme),
        misfits: if misfits == 0 {
            String::new()
        } else {
            voice.t1("agenda-misfits", "count", misfits)
        },
        empty: voice.t("my-agenda-empty"),
        days,
        places: places(voice, agenda),
        words: SheetWords {
            hour: voice.t("printed-hour"),
            session: voice.t("printed-session"),
            room: voice.t("fact-room"),
            ways: voice.t("printed-ways"),
        },
    }
}

/// What is on the agenda and in the reader's view of the programme, by time.
fn held(agenda: &OwnAgenda) -> Vec<(&(Line, Option<i64>), &ReleasedSession)> {
    let lines = agenda.lines.iter();
    let mut held: Vec<_> = lines
        .filter_map(|held| Some((held, agenda.programme.session(held.0.session)?)))
        .collect();
    held.sort_by_key(|(_, session)| (session.starts_at, session.id));
    held
}

fn days(voice: &Voice, own: &OwnAgenda) -> Vec<SheetDay> {
    let ids: Vec<_> = own.lines.iter().map(|(line, _)| line.session).collect();
    let mut days: Vec<(LocalDate, SheetDay)> = Vec::new();
    for ((line, place), session) in held(own) {
        let seat = line.seat.as_ref();
        let facts = seat.map(|seat| agenda::seat_words(voice, seat.state, *place));
        let line = SheetLine {
            hours: voice.clocks(session.starts_local, session.ends_local),
            code: session.code.clone(),
            title: session_title(voice, session).text,
            room: room_name(voice, &own.programme, session),
            facts: facts.into_iter().chain(marks(voice, session)).collect(),
            clashes: day_plan::misfits(&own.programme, &ids, session)
                .into_iter()
                .map(|(other, misfit)| agenda::sentence(voice, &own.programme, other, misfit))
                .collect(),
        };
        let day = session.starts_local.date();
        match days.last_mut() {
            Some((known, of_it)) if *known == day => of_it.lines.push(line),
            _ => days.push((
                day,
                SheetDay {
                    title: voice.capital(&voice.day_long(day)),
                    lines: vec![line],
                },
            )),
        }
    }
    days.into_iter().map(|(_, day)| day).collect()
}

/// How to get to the rooms, each once, in the order in which they are needed.
fn places(voice: &Voice, own: &OwnAgenda) -> Vec<Place> {
    let mut seen: Vec<Id<Room>> = Vec::new();
    let mut places = Vec::new();
    for (_, session) in held(own) {
        let Some(room) = own
            .programme
            .room_of(session)
            .filter(|room| !seen.contains(&room.id))
        else {
            continue;
        };
        seen.push(room.id);
        let venue = own.programme.venue_of(session);
        let lines = [
            about_room(voice, &own.programme, room),
            venue.map(|venue| venue.address.clone()).unwrap_or_default(),
            venue
                .map(|venue| voice.said(&venue.directions).text)
                .unwrap_or_default(),
            voice.said(&room.directions).text,
        ];
        places.push(Place {
            name: voice.said(&room.name).text,
            lines: lines.into_iter().filter(|line| !line.is_empty()).collect(),
        });
    }
    places
}
