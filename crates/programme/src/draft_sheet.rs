//! The sessions of the draft as a list to be kept as a file: those a filter holds, as far as the reader's desks see them.
//! Who has a part is in it by the name that is shown, and by nothing else.

use std::collections::{BTreeMap, BTreeSet};

use access_rules::{Actor, EditionId, SessionId};
use db::Conn;
use kernel::{Coded as _, Fault, Language, Localized, PageAsk, page};
use records::sheets::{Cell, Sheet};

use crate::{
    domains, formats,
    model::Session,
    parts, rooms,
    session_list::{self, Filter},
    tracks,
};

/// The columns, in order.
const COLUMNS: [&str; 17] = [
    "code",
    "state",
    "kind",
    "track",
    "format",
    "domain",
    "title_en",
    "title_fr",
    "title_es",
    "room",
    "start",
    "end",
    "minutes",
    "entry",
    "capacity",
    "speakers",
    "organisers",
];

/// What sessions refer to, by name.
struct Names {
    tracks: BTreeMap<String, String>,
    formats: BTreeMap<String, String>,
    domains: BTreeMap<String, String>,
    rooms: BTreeMap<String, String>,
    speakers: BTreeMap<SessionId, Vec<String>>,
    organisers: BTreeMap<SessionId, Vec<String>>,
}

/// The sessions of a filter, in the order of the list; names of rooms are in `language`.
///
/// # Errors
/// 401, 403; 404 for an edition the reader may not see.
pub fn of(
    conn: &mut Conn,
    actor: &Actor,
    edition: EditionId,
    language: Language,
    filter: &Filter,
) -> Result<Sheet, Fault> {
    let rows = page::walk(PageAsk::of(page::LIMIT_MOST), |ask| {
        session_list::list(conn, actor, edition, filter, ask)
    })?;
    let names = names(conn, edition, language, &rows)?;
    let mut sheet = Sheet::new(COLUMNS);
    for session in &rows {
        sheet.row(row(session, &names));
    }
    Ok(sheet)
}

fn names(conn: &mut Conn, edition: EditionId, language: Language, rows: &[Session]) -> Result<Names, Fault> {
    let shown: BTreeSet<SessionId> = rows.iter().map(|session| session.id).collect();
    let mut speakers: BTreeMap<SessionId, Vec<String>> = BTreeMap::new();
    for part in parts::all_speakers(conn, edition)? {
        if shown.contains(&part.session) {
            let said = format!("{} [{}]", part.name, part.role.code());
            speakers.entry(part.session).or_default().push(said);
        }
    }
    let mut organisers: BTreeMap<SessionId, Vec<String>> = BTreeMap::new();
    for part in parts::all_organisers(conn, edition)? {
        if shown.contains(&part.session) {
            organisers.entry(part.session).or_default().push(part.name);
        }
    }
    let tracks = tracks::list(conn, edition)?;
    let formats = formats::list(conn, edition)?;
    let domains = domains::list(conn, edition)?;
    let rooms = rooms::list(conn, edition)?;
    Ok(Names {
        tracks: tracks
            .into_iter()
            .map(|one| (one.id.to_string(), one.code))
            .collect(),
        formats: formats
            .into_iter()
            .map(|one| (one.id.to_string(), one.code))
            .collect(),
        domains: domains
            .into_iter()
            .map(|one| (one.id.to_string(), one.code))
            .collect(),
        rooms: rooms
            .into_iter()
            .map(|one| (one.id.to_string(), one.name.text(language).to_owned()))
            .collect(),
        speakers,
        organisers,
    })
}

fn row(session: &Session, names: &Names) -> Vec<Cell> {
    let named = |of: &BTreeMap<String, String>, id: Option<String>| {
        Cell::from(id.and_then(|id| of.get(&id).cloned()))
    };
    let listed = |of: &BTreeMap<SessionId, Vec<String>>| {
        let names = of.get(&session.id).map(|names| names.join("; "));
        Cell::from(names)
    };
    let title = |title: &Localized, language: Language| Cell::from(title.0.get(language.code()).cloned());
    vec![
        session.code.as_str().into(),
        session.state.code().into(),
        session.kind.code().into(),
        named(&names.tracks, session.track.map(|id| id.to_string())),
        named(&names.formats, session.format.map(|id| id.to_string())),
        named(&names.domains, session.domain.map(|id| id.to_string())),
        title(&session.title, Language::En),
        title(&session.title, Language::Fr),
        title(&session.title, Language::Es),
        named(&names.rooms, session.room.map(|id| id.to_string())),
        session.starts_local.map(|at| at.to_string()).into(),
        session.ends_local.map(|at| at.to_string()).into(),
        session.length_minutes.into(),
        session.entry.code().into(),
        session.capacity.map_or_else(|| "".into(), Cell::Number),
        listed(&names.speakers),
        listed(&names.organisers),
    ]
}
