//! A row of a table of sessions, read as the form of a session and of its place.
//!
//! Lenient in spelling: headings in three languages, codes or names for track, format, domain, theme and room, times with
//! or without their day. What a table does not have a column for stays as it is. What cannot be read stands beside its
//! column; nothing is guessed silently. Formulas are text.

use kernel::{CodeShape, Coded as _, Fault, Fields, Id, LocalDate, LocalDateTime, Localized, text};
use members::sheet::{Sheet, SheetRow};

use crate::{
    import_faults::ImportFault,
    import_plan::Remark,
    model::{Domain, Edition, Format, Room, Session, SessionKind, Theme, Track, TrackKind},
    parts::{OrganiserInput, SpeakerInput},
    scheduling::Placement,
    session_form::{GUID_MOST, SessionInput},
};

/// Columns and how people head them.
const HEADINGS: &[(&str, &[&str])] = &[
    ("guid", &["guid", "uuid"]),
    ("code", &["code"]),
    ("kind", &["kind", "type", "genre", "tipo"]),
    ("track", &["track", "circuit", "eje"]),
    ("format", &["format", "formato"]),
    ("format_kind", &["format_kind"]),
    ("domain", &["domain", "policy domain", "domaine", "ámbito"]),
    ("theme", &["theme", "thématique", "tema"]),
    ("title_en", &["title_en", "title", "title (en)"]),
    ("title_fr", &["title_fr", "titre", "title (fr)", "titre (fr)"]),
    ("title_es", &["title_es", "título", "title (es)", "título (es)"]),
    (
        "abstract_en",
        &["abstract_en", "abstract", "description", "abstract (en)"],
    ),
    ("abstract_fr", &["abstract_fr", "résumé", "abstract (fr)"]),
    ("abstract_es", &["abstract_es", "resumen", "abstract (es)"]),
    ("room", &["room", "salle", "sala"]),
    ("day", &["day", "date", "jour", "día", "fecha"]),
    ("start", &["start", "starts", "begins", "début", "inicio"]),
    ("end", &["end", "ends", "fin"]),
    (
        "length",
        &[
            "length",
            "length_minutes",
            "duration",
            "minutes",
            "durée",
            "duración",
        ],
    ),
    (
        "speakers",
        &["speakers", "intervenants", "intervenant·e·s", "ponentes"],
    ),
    (
        "organisers",
        &["organisers", "organizers", "organisateurs", "organizadores"],
    ),
    ("languages", &["languages", "language", "langues", "idiomas"]),
    (
        "interpretation",
        &["interpretation", "interprétation", "interpretación"],
    ),
    (
        "accessibility",
        &["accessibility", "accessibilité", "accesibilidad"],
    ),
    ("entry", &["entry", "entrée", "entrada"]),
    ("attendance", &["attendance", "mode", "modalidad"]),
    ("capacity", &["capacity", "seats", "capacité", "capacidad"]),
    ("level", &["level", "niveau", "nivel"]),
];

/// Columns of our own export that say what is derived or decided elsewhere.
const DERIVED: &[&str] = &[
    "state",
    "venue",
    "start_utc",
    "end_utc",
    "room_accessibility",
    "url",
];

/// The columns of a table, by what they hold.
pub(crate) struct Columns {
    found: Vec<(&'static str, usize)>,
    /// Headings nothing is read from; a role in a file grants nothing (R18).
    pub(crate) ignored: Vec<String>,
}

/// What rows may refer to, read once.
pub(crate) struct Lists {
    pub(crate) tracks: Vec<Track>,
    pub(crate) formats: Vec<Format>,
    pub(crate) domains: Vec<Domain>,
    pub(crate) themes: Vec<Theme>,
    pub(crate) rooms: Vec<Room>,
}

/// A row as forms.
#[derive(Debug)]
pub(crate) struct Forms {
    pub(crate) session: SessionInput,
    /// None when the row says nothing of where and when.
    pub(crate) placement: Option<Placement>,
    pub(crate) told: Vec<Remark>,
}

impl Columns {
    /// The columns of a table.
    ///
    /// # Errors
    /// `column_twice`; `column_missing` when there is no title and no guid to know sessions by.
    pub(crate) fn of(sheet: &Sheet) -> Result<Self, Fault> {
        let mut found = Vec::new();
        for (name, headings) in HEADINGS {
            found.extend(sheet.column(headings)?.map(|at| (*name, at)));
        }
        let used = |at: &usize| found.iter().any(|(_, column)| column == at);
        let derived = |heading: &str| DERIVED.contains(&heading.to_lowercase().as_str());
        let ignored = sheet
            .header
            .iter()
            .enumerate()
            .filter(|(at, heading)| !heading.is_empty() && !used(at) && !derived(heading))
            .map(|(_, heading)| heading.clone())
            .collect();
        if !found
            .iter()
            .any(|(name, _)| name.starts_with("title_") || *name == "guid")
        {
            return Err(ImportFault::ColumnMissing {
                column: "title_en".into(),
            }
            .into());
        }
        Ok(Self { found, ignored })
    }

    /// A row's cell of this name; empty when the table has no such column.
    pub(crate) fn cell<'a>(&self, row: &'a SheetRow, name: &str) -> &'a str {
        row.cell(self.at(name))
    }

    fn at(&self, name: &str) -> Option<usize> {
        let found = self.found.iter().find(|(held, _)| *held == name);
        found.map(|(_, at)| *at)
    }

    fn has(&self, name: &str) -> bool {
        self.at(name).is_some()
    }
}

/// The guid a row gives, or one that the same row always gives.
pub(crate) fn guid(columns: &Columns, row: &SheetRow, edition: &Edition) -> (String, bool) {
    let own = columns.cell(row, "guid");
    if !own.is_empty() {
        let line = text::line(own, GUID_MOST).unwrap_or_else(|_| own.to_owned());
        return (line, false);
    }
    let named = ["title_en", "title_fr", "title_es", "code"].map(|name| text::fold(columns.cell(row, name)));
    let name = format!("{}/{}", edition.slug, named.join("/"));
    (Id::<Columns>::named(&name).to_string(), true)
}

/// The forms of a row; `before` is the session it is about, when there is one.
///
/// # Errors
/// What cannot be read, each beside its column.
pub(crate) fn read(
    columns: &Columns,
    row: &SheetRow,
    lists: &Lists,
    edition: &Edition,
    before: Option<&Session>,
) -> Result<Forms, Fault> {
    let mut fields = Fields::new();
    let mut told = Vec::new();
    let mut session = before.map(|session| lists.form_of(session)).unwrap_or_default();
    let (guid, derived) = guid(columns, row, edition);
    if derived && before.is_none() {
        told.push(Remark::new(
            "guid_derived",
            columns.cell(row, "title_en"),
            guid.clone(),
        ));
    }
    session.guid = guid;
    if let Some(code) = code(columns, row, &session.code, &mut told) {
        session.code = code;
    }
    lists.fill(columns, row, &mut session);
    fill_words(columns, row, &mut session);
    session.capacity = number(&mut fields, columns, row, "capacity", session.capacity);
    let length = number(&mut fields, columns, row, "length", None);
    let placement = placement(&mut fields, columns, row, lists, before, length)?;
    if placement.is_none() && before.is_none_or(|session| session.starts_at.is_none()) {
        session.length_minutes = length.or(session.length_minutes);
    }
    fields.done()?;
    Ok(Forms {
        session,
        placement,
        told,
    })
}

/// The code a row gives; made plain, and told so, when it is not: another is made when nothing of it can stay. The one it
/// has may stay.
fn code(columns: &Columns, row: &SheetRow, before: &str, told: &mut Vec<Remark>) -> Option<String> {
    let said = columns.cell(row, "code");
    if said == before {
        return None;
    }
    if said.is_empty() || CodeShape::Label.fits(said) {
        return (!said.is_empty()).then(|| said.to_owned());
    }
    let made = CodeShape::Label.made_of(said);
    told.push(Remark::new(
        "code_repaired",
        &text::cut(said, text::NAME),
        made.clone(),
    ));
    (!made.is_empty()).then_some(made)
}

impl Lists {
    /// The form that says of a session what it says already.
    fn form_of(&self, session: &Session) -> SessionInput {
        let details = &session.details.0;
        let domain = |id| {
            self.domains
                .iter()
                .find(|domain| domain.id == id)
                .map(|domain| domain.code.clone())
        };
        let format = self
            .formats
            .iter()
            .find(|format| Some(format.id) == session.format);
        let theme = self.themes.iter().find(|theme| Some(theme.id) == session.theme);
        let track = self.tracks.iter().find(|track| Some(track.id) == session.track);
        SessionInput {
            guid: session.guid.clone(),
            code: session.code.clone(),
            kind: session.kind.code().to_owned(),
            track: track.map(|track| track.code.clone()).unwrap_or_default(),
            format: format.map(|format| format.code.clone()).unwrap_or_default(),
            format_kind: details.format_kind.clone(),
            domain: session.domain.and_then(domain).unwrap_or_default(),
            other_domains: details
                .other_domains
                .iter()
                .filter_map(|id| domain(*id))
                .collect(),
            theme: theme.map(|theme| theme.code.clone()).unwrap_or_default(),
            body: session.body,
            title: session.title.clone(),
            abstract_text: session.abstract_text.clone(),
            entry: session.entry.code().to_owned(),
            attendance: session.attendance.code().to_owned(),
            capacity: session.capacity,
            languages: session.languages.0.clone(),
            length_minutes: Some(session.length_minutes),
            method: details.method.clone(),
            participants_max: details.participants_max,
            spheres: details.spheres.clone(),
            scope: details.scope.clone(),
            papers: details.papers.clone(),
            call: details.call.clone(),
            level: details.level.clone(),
            access: details
                .access
                .iter()
                .map(|access| access.code().to_owned())
                .collect(),
            join_link: details.join_link.clone(),
            public_from: details.public_from.map(|at| at.to_string()).unwrap_or_default(),
            source: details.source.clone(),
            links: details.links.clone(),
            organisers: None,
            speakers: None,
        }
    }

    /// What refers to lists, by code or by name; what is in none of them is left for the form to refuse.
    fn fill(&self, columns: &Columns, row: &SheetRow, session: &mut SessionInput) {
        let tracks = || self.tracks.iter().map(|held| (held.code.as_str(), &held.title));
        let formats = || self.formats.iter().map(|held| (held.code.as_str(), &held.title));
        let domains = || self.domains.iter().map(|held| (held.code.as_str(), &held.title));
        let themes = || self.themes.iter().map(|held| (held.code.as_str(), &held.title));
        let cell = |name| columns.cell(row, name);
        let put = |name: &str, target: &mut String, code: String| {
            if columns.has(name) {
                *target = code;
            }
        };
        put("track", &mut session.track, code_of(tracks(), cell("track")));
        put("format", &mut session.format, code_of(formats(), cell("format")));
        put("domain", &mut session.domain, code_of(domains(), cell("domain")));
        put("theme", &mut session.theme, code_of(themes(), cell("theme")));
        let kind = cell("kind").to_lowercase().replace([' ', '-'], "_");
        if !kind.is_empty() {
            session.kind = kind;
        } else if session.kind.is_empty() {
            session.kind = self.usual_kind(&session.track).code().to_owned();
        }
    }

    /// What sessions of a track usually are.
    fn usual_kind(&self, track: &str) -> SessionKind {
        let track = self.tracks.iter().find(|held| held.code == track);
        match track.map(|track| track.kind) {
            Some(TrackKind::Assembly) => SessionKind::Sitting,
            Some(TrackKind::TownHall) => SessionKind::TownHall,
            Some(TrackKind::Local4action) => SessionKind::Local4action,
            Some(TrackKind::Statutory) => SessionKind::Statutory,
            Some(TrackKind::Custom) | None => SessionKind::Parallel,
        }
    }

    fn room(&self, said: &str) -> Option<&Room> {
        let key = text::fold(said);
        let same = |name: &String| text::fold(name) == key;
        self.rooms
            .iter()
            .find(|room| room.name.0.values().any(same) || room.id.to_string() == said)
    }
}

fn code_of<'a>(mut list: impl Iterator<Item = (&'a str, &'a Localized)>, said: &str) -> String {
    let key = text::fold(said);
    let same = |(code, title): &(&str, &Localized)| {
        *code == said
            || title
                .0
                .values()
                .any(|title| !key.is_empty() && text::fold(title) == key)
    };
    list.find(same).map_or(said, |(code, _)| code).to_owned()
}

/// What a row says in words.
fn fill_words(columns: &Columns, row: &SheetRow, session: &mut SessionInput) {
    let cell = |name: &str| columns.cell(row, name).to_owned();
    for tag in ["en", "fr", "es"] {
        for (name, target) in [
            ("title", &mut session.title),
            ("abstract", &mut session.abstract_text),
        ] {
            let name = format!("{name}_{tag}");
            if columns.has(&name) {
                match cell(&name) {
                    said if said.is_empty() => target.0.remove(tag),
                    said => target.0.insert(tag.to_owned(), said),
                };
            }
        }
    }
    for (name, target) in [
        ("format_kind", &mut session.format_kind),
        ("entry", &mut session.entry),
        ("attendance", &mut session.attendance),
        ("level", &mut session.level),
    ] {
        if !cell(name).is_empty() {
            *target = cell(name);
        }
    }
    for (name, target) in [
        ("languages", &mut session.languages.floor),
        ("interpretation", &mut session.languages.interpreted),
        ("accessibility", &mut session.access),
    ] {
        if columns.has(name) {
            *target = words(&cell(name));
        }
    }
    if columns.has("speakers") {
        session.speakers = Some(speakers(&cell("speakers")));
    }
    if columns.has("organisers") {
        session.organisers = Some(organisers(&cell("organisers")));
    }
}

fn words(cell: &str) -> Vec<String> {
    cell.split([' ', ',', ';', '/'])
        .map(|word| word.trim().to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

/// `Ana Diallo (Mayor, Somewhere) [chair]; Bo Li`, as our own export writes them.
fn speakers(cell: &str) -> Vec<SpeakerInput> {
    let speaker = |said: &str| {
        let (said, role) = ended_by(said, '[', ']');
        let (name, affiliation) = ended_by(said, '(', ')');
        SpeakerInput {
            name: name.to_owned(),
            role: role.to_lowercase(),
            affiliation: affiliation.to_owned(),
            ..SpeakerInput::default()
        }
    };
    entries(cell).map(speaker).collect()
}

/// The first is the one that leads.
fn organisers(cell: &str) -> Vec<OrganiserInput> {
    let organiser = |(place, name): (usize, &str)| OrganiserInput {
        organisation: None,
        name: name.to_owned(),
        leads: place == 0,
    };
    entries(cell).enumerate().map(organiser).collect()
}

fn entries(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', '\n'])
        .map(str::trim)
        .filter(|entry| !entry.is_empty())
}

/// What stands before a bracket at the end, and what stands in it.
fn ended_by(said: &str, open: char, close: char) -> (&str, &str) {
    let said = said.trim();
    let inner = said.strip_suffix(close).and_then(|rest| rest.rsplit_once(open));
    inner.map_or((said, ""), |(before, inner)| (before.trim(), inner.trim()))
}

fn number(
    fields: &mut Fields,
    columns: &Columns,
    row: &SheetRow,
    name: &str,
    before: Option<i64>,
) -> Option<i64> {
    if !columns.has(name) {
        return before;
    }
    let cell = columns.cell(row, name);
    if cell.is_empty() {
        return None;
    }
    let number = cell.parse().ok();
    if number.is_none() {
        fields.wrong(name, "not_a_number");
    }
    number
}

/// Where and when a row puts a session; what it leaves out stays as it was.
fn placement(
    fields: &mut Fields,
    columns: &Columns,
    row: &SheetRow,
    lists: &Lists,
    before: Option<&Session>,
    length: Option<i64>,
) -> Result<Option<Placement>, Fault> {
    let (room, start, end) = (
        columns.cell(row, "room"),
        columns.cell(row, "start"),
        columns.cell(row, "end"),
    );
    let held = before.and_then(|session| session.starts_local);
    let day = columns
        .cell(row, "day")
        .get(..10)
        .and_then(|day| day.parse::<LocalDate>().ok());
    let starts = match (start, held) {
        ("", None) => return Ok(None),
        ("", Some(held)) => Some(held),
        (start, _) => at(start, day),
    };
    let Some(starts) = starts else {
        fields.wrong("start", "not_a_time");
        return Ok(None);
    };
    let ends = if end.is_empty() {
        None
    } else {
        at(end, Some(starts.date()))
    };
    if ends.is_none() && !end.is_empty() {
        fields.wrong("end", "not_a_time");
    }
    // A clock before the start is past midnight, when the table gives no day with it.
    let past_midnight = |ends: LocalDateTime| {
        if ends < starts && !end.contains('-') {
            ends.plus_minutes(24 * 60)
        } else {
            ends
        }
    };
    let found = lists.room(room);
    if found.is_none() && !room.is_empty() {
        fields.wrong("room", "unknown");
    }
    let found = found.map(|room| room.id);
    let room = if columns.has("room") {
        found
    } else {
        before.and_then(|session| session.room)
    };
    Ok(Some(Placement {
        room: room.map(|id| id.to_string()).unwrap_or_default(),
        starts: starts.to_string(),
        ends: ends
            .map(past_midnight)
            .map(|ends| ends.to_string())
            .unwrap_or_default(),
        length_minutes: length,
        ..Placement::default()
    }))
}

/// `2019-11-14T10:40`, `2019-11-14 10:40:00`, or with a day beside it `10:40`, `9:30` and a spreadsheet's part of a day.
fn at(said: &str, day: Option<LocalDate>) -> Option<LocalDateTime> {
    if let Ok(at) = said.parse::<LocalDateTime>() {
        return Some(at);
    }
    let day = day?;
    if let Some((hours, minutes)) = said.split_once(':') {
        let minutes = minutes.get(..2)?;
        return day.at(hours.parse().ok()?, minutes.parse().ok()?);
    }
    let part: f64 = said.parse().ok().filter(|part| (0.0..1.0).contains(part))?;
    let minute = (part * 1440.0).round();
    (minute < 1440.0)
        .then(|| LocalDateTime(day.0.and_time(chrono::NaiveTime::MIN)).plus_minutes(minute as i64))
}
