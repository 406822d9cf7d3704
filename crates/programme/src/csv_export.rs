//! The programme as a table for spreadsheets, in the columns `import_sessions` reads back (R56).
//!
//! Invariant: no cell is taken for a formula by any program, and numbers stay numbers (§5.5 case 51). It writes what the
//! view it is given holds: access was decided before.

use kernel::{Coded as _, Language, Localized, text};

use crate::{
    links::Links,
    released::{Accessibility, Organiser, Programme, ReleasedSession, Speaker},
};

/// How it is served.
pub const MEDIA_TYPE: &str = "text/csv; charset=utf-8";

/// Without it a common spreadsheet program takes UTF-8 for something else.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The columns, in order.
pub const COLUMNS: &[&str] = &[
    "guid",
    "code",
    "state",
    "kind",
    "track",
    "format",
    "format_kind",
    "domain",
    "theme",
    "title_en",
    "title_fr",
    "title_es",
    "abstract_en",
    "abstract_fr",
    "abstract_es",
    "room",
    "venue",
    "start",
    "end",
    "start_utc",
    "end_utc",
    "speakers",
    "organisers",
    "languages",
    "interpretation",
    "accessibility",
    "room_accessibility",
    "entry",
    "attendance",
    "capacity",
    "url",
];

/// The table; names of rooms and venues are in `language`.
pub fn render(programme: &Programme, language: Language, links: &Links) -> Vec<u8> {
    let mut table = csv::Writer::from_writer(BYTE_ORDER_MARK.to_vec());
    table.write_record(COLUMNS).expect("memory takes every write");
    for session in &programme.sessions {
        table
            .write_record(row(programme, session, language, links))
            .expect("a row has as many cells as there are columns");
    }
    table.into_inner().expect("memory takes every write")
}

fn row(programme: &Programme, session: &ReleasedSession, language: Language, links: &Links) -> Vec<String> {
    let code = |code: &Option<String>| text::csv_safe(code.as_deref().unwrap_or_default());
    let in_each = |texts: &Localized| {
        Language::ALL
            .iter()
            .map(|tag| text::csv_safe(texts.0.get(tag.code()).map_or("", String::as_str)))
            .collect::<Vec<_>>()
    };
    let room = programme
        .room_of(session)
        .map_or("", |room| room.name.text(language));
    let venue = programme
        .venue_of(session)
        .map_or("", |venue| venue.name.text(language));
    let mut row = vec![
        text::csv_safe(&session.guid),
        text::csv_safe(&session.code),
        session.state.code().into(),
        session.kind.code().into(),
        code(&session.track),
        code(&session.format),
        code(&session.format_kind),
        code(&session.domain),
        code(&session.theme),
    ];
    row.extend(in_each(&session.title));
    row.extend(in_each(&session.abstract_));
    row.extend([
        text::csv_safe(room),
        text::csv_safe(venue),
        session.starts_local.to_string(),
        session.ends_local.to_string(),
        session.starts_at.to_string(),
        session.ends_at.to_string(),
        text::csv_safe(&speakers_cell(&session.speakers)),
        text::csv_safe(&organisers_cell(&session.organisers)),
        text::csv_safe(&session.languages_floor.join(" ")),
        text::csv_safe(&session.languages_interpreted.join(" ")),
        accessibility_cell(&session.accessibility),
        programme
            .room_of(session)
            .map(|room| accessibility_cell(&room.accessibility))
            .unwrap_or_default(),
        session.entry.code().into(),
        session.attendance.code().into(),
        session
            .capacity
            .map(|seats| seats.to_string())
            .unwrap_or_default(),
        links.session(language, &programme.edition.slug, session.id),
    ]);
    row
}

/// `Ana Diallo (Mayor, Somewhere) [chair]; Bo Li [speaker]`.
fn speakers_cell(speakers: &[Speaker]) -> String {
    let said = speakers.iter().map(|speaker| {
        // A name that ends in a bracket gets an empty one after it, so that its own is not read back as an affiliation.
        let affiliation = if speaker.affiliation.is_empty() && !speaker.name.ends_with(')') {
            String::new()
        } else {
            format!(" ({})", without_separator(&speaker.affiliation))
        };
        format!(
            "{}{affiliation} [{}]",
            without_separator(&speaker.name),
            speaker.role.code()
        )
    });
    said.collect::<Vec<_>>().join("; ")
}

fn organisers_cell(organisers: &[Organiser]) -> String {
    let names = organisers.iter().map(|held| without_separator(&held.name));
    names.collect::<Vec<_>>().join("; ")
}

fn without_separator(name: &str) -> String {
    name.replace(';', ",")
}

/// What is known to be there; the unknown is not said.
fn accessibility_cell(known: &Accessibility) -> String {
    let there = known.0.iter().filter(|(_, there)| **there);
    there
        .map(|(feature, _)| feature.code())
        .collect::<Vec<_>>()
        .join(" ")
}
