//! The programme as a table for spreadsheets, in the columns `import_sessions` reads back (R56).
//!
//! It writes what the view it is given holds: access was decided before.

use kernel::{Coded as _, Language, Localized};
use records::sheets::{Cell, Format, Sheet};

use crate::{
    links::Links,
    released::{Accessibility, Organiser, Programme, ReleasedSession, Speaker},
};

/// How it is served.
pub const MEDIA_TYPE: &str = Format::Csv.media_type();

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

/// The table as CSV; names of rooms and venues are in `language`.
///
/// # Panics
/// Never: memory takes every write.
pub fn render(programme: &Programme, language: Language, links: &Links) -> Vec<u8> {
    let sheet = sheet(programme, language, links);
    sheet.render(Format::Csv).expect("memory takes every write")
}

/// The table; names of rooms and venues are in `language`.
pub fn sheet(programme: &Programme, language: Language, links: &Links) -> Sheet {
    let mut sheet = Sheet::new(COLUMNS.iter().copied());
    for session in &programme.sessions {
        sheet.row(row(programme, session, language, links));
    }
    sheet
}

fn row(programme: &Programme, session: &ReleasedSession, language: Language, links: &Links) -> Vec<Cell> {
    let in_each = |texts: &Localized| {
        Language::ALL
            .iter()
            .map(|tag| Cell::from(texts.0.get(tag.code()).cloned()))
            .collect::<Vec<_>>()
    };
    let room = programme.room_of(session);
    let venue = programme.venue_of(session);
    let mut row: Vec<Cell> = vec![
        session.guid.as_str().into(),
        session.code.as_str().into(),
        session.state.code().into(),
        session.kind.code().into(),
        session.track.clone().into(),
        session.format.clone().into(),
        session.format_kind.clone().into(),
        session.domain.clone().into(),
        session.theme.clone().into(),
    ];
    row.extend(in_each(&session.title));
    row.extend(in_each(&session.abstract_));
    row.extend([
        room.map_or("", |room| room.name.text(language)).into(),
        venue.map_or("", |venue| venue.name.text(language)).into(),
        session.starts_local.to_string().into(),
        session.ends_local.to_string().into(),
        session.starts_at.to_string().into(),
        session.ends_at.to_string().into(),
        speakers_cell(&session.speakers).into(),
        organisers_cell(&session.organisers).into(),
        session.languages_floor.join(" ").into(),
        session.languages_interpreted.join(" ").into(),
        accessibility_cell(&session.accessibility).into(),
        room.map(|room| accessibility_cell(&room.accessibility)).into(),
        session.entry.code().into(),
        session.attendance.code().into(),
        session.capacity.map_or_else(|| "".into(), Cell::Number),
        links
            .session(language, &programme.edition.slug, session.id)
            .into(),
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
