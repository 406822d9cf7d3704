//! What the form of a session asks, and what a row says once it is filled in; one form for API, page and import.
//!
//! An edit states all of it again; organisers and speakers alone stay when they are left out. Each hand fills in what is
//! its own to say: a proposer and a lead neither guid nor rank, an embargo or how one gets in.

use access_rules::{BodyId, EditionId, Key};
use db::Conn;
use kernel::{CodeShape, Coded, Fault, Fields, Json, Localized, Moment, text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    domains,
    editions::{languages, parsed, parsed_or_none},
    formats,
    model::{
        Access, Attendance, DomainId, Entry, Format, Languages, Link, Paper, Session, SessionKind,
        SessionState, SittingScope, Track, TrackKind,
    },
    parts::{OrganiserInput, SpeakerInput},
    rules, themes, tracks,
};

/// Longest id in exchanged files, in graphemes.
pub(crate) const GUID_MOST: usize = 120;

/// Whose hand fills in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// The desk of the session's track, or a file it imports.
    Desk,
    /// Who leads the session.
    Lead,
    /// Who proposes it.
    Proposer,
}

/// What the form of a session asks.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct SessionInput {
    /// Its id in exchanged files; made when not given. The desk's to say.
    pub guid: String,
    /// Its short public code; made when not given. The desk's to say.
    pub code: String,
    /// What it is: `sitting`, `world_assembly`, `town_hall`, `local4action`, `statutory`, `plenary`, …
    pub kind: String,
    /// The code of its track; its kind's own when not given.
    pub track: String,
    /// The code of its format.
    pub format: String,
    /// The kind within its format: `localtalks` (R24).
    pub format_kind: String,
    /// The code of its main policy domain (R29).
    pub domain: String,
    /// The codes of further policy domains.
    pub other_domains: Vec<String>,
    /// The code of its Town Hall theme (R92).
    pub theme: String,
    /// The statutory body that meets.
    pub body: Option<BodyId>,
    /// Its title.
    pub title: Localized,
    /// What it is about.
    #[serde(rename = "abstract", alias = "abstract_text")]
    pub abstract_text: Localized,
    /// How one gets in: `walk_in` (when not given), `seat`, `invitation`.
    pub entry: String,
    /// Where one attends from: `in_person` (when not given), `online`, `mixed`.
    pub attendance: String,
    /// Most people in it; the room's seats when not given.
    pub capacity: Option<i64>,
    /// What is spoken in it.
    pub languages: Languages,
    /// How long it is, in minutes; the format's usual length when not given.
    pub length_minutes: Option<i64>,
    /// How a Lab works (R26).
    pub method: String,
    /// Most participants of a Lab (R26).
    pub participants_max: Option<i64>,
    /// Spheres of government involved (R28).
    pub spheres: Vec<String>,
    /// What a sitting is about (R63).
    pub scope: SittingScope,
    /// The papers presented (R62).
    pub papers: Vec<Paper>,
    /// The call it comes through (R6, R7).
    pub call: String,
    /// For beginners, for experts, …
    pub level: String,
    /// What of R60 it offers: `step_free`, `captions`, …
    pub access: Vec<String>,
    /// Where to join online; shown to those entitled only.
    pub join_link: String,
    /// Not shown to the public before, in RFC 3339 (R21).
    pub public_from: String,
    /// Where it was imported from.
    pub source: String,
    /// Links shown beside it.
    pub links: Vec<Link>,
    /// Who organises it; stays when left out.
    pub organisers: Option<Vec<OrganiserInput>>,
    /// Who has a part in it; stays when left out.
    pub speakers: Option<Vec<SpeakerInput>>,
}

/// The track a form names, or that of its kind when it names none.
///
/// # Errors
/// When the database refuses. A track that is not there is told with the other fields.
pub fn track_of(conn: &mut Conn, edition: EditionId, input: &SessionInput) -> Result<Option<Track>, Fault> {
    let own = match SessionKind::from_code(&input.kind) {
        Some(SessionKind::Sitting | SessionKind::WorldAssembly) => TrackKind::Assembly.code(),
        Some(SessionKind::TownHall) => TrackKind::TownHall.code(),
        Some(SessionKind::Local4action) => TrackKind::Local4action.code(),
        Some(SessionKind::Statutory) => TrackKind::Statutory.code(),
        _ => "",
    };
    match (input.track.as_str(), own) {
        ("", "") => Ok(None),
        ("", own) => tracks::by_code(conn, edition, own),
        (code, _) => tracks::by_code(conn, edition, code),
    }
}

/// The form as it would have to be filled in for the session to stay as it is. Organisers and speakers are left out.
///
/// # Errors
/// When the database refuses.
pub fn stated(conn: &mut Conn, session: &Session) -> Result<SessionInput, Fault> {
    let code_of = |found: Option<String>| found.unwrap_or_default();
    let track = session.track.map(|id| tracks::find(conn, id)).transpose()?;
    let format = session.format.map(|id| formats::find(conn, id)).transpose()?;
    let domains = domains::list(conn, session.edition)?;
    let themes = themes::list(conn, session.edition)?;
    let details = session.details.0.clone();
    let domain = |id: DomainId| {
        let found = domains.iter().find(|domain| domain.id == id);
        found.map(|domain| domain.code.clone())
    };
    let theme = themes.into_iter().find(|theme| Some(theme.id) == session.theme);
    Ok(SessionInput {
        guid: session.guid.clone(),
        code: session.code.clone(),
        kind: session.kind.code().to_owned(),
        track: code_of(track.flatten().map(|track| track.code)),
        format: code_of(format.flatten().map(|format| format.code)),
        format_kind: details.format_kind,
        domain: code_of(session.domain.and_then(domain)),
        other_domains: details
            .other_domains
            .iter()
            .filter_map(|id| domain(*id))
            .collect(),
        theme: code_of(theme.map(|theme| theme.code)),
        body: session.body,
        title: session.title.clone(),
        abstract_text: session.abstract_text.clone(),
        entry: session.entry.code().to_owned(),
        attendance: session.attendance.code().to_owned(),
        capacity: session.capacity,
        languages: session.languages.0.clone(),
        length_minutes: Some(session.length_minutes),
        method: details.method,
        participants_max: details.participants_max,
        spheres: details.spheres,
        scope: details.scope,
        papers: details.papers,
        call: details.call,
        level: details.level,
        access: details
            .access
            .iter()
            .map(|access| access.code().to_owned())
            .collect(),
        join_link: details.join_link,
        public_from: details.public_from.map(|at| at.rfc3339()).unwrap_or_default(),
        source: details.source,
        links: details.links,
        organisers: None,
        speakers: None,
    })
}

/// The row filled in from the form by this hand.
pub(crate) fn filled(
    conn: &mut Conn,
    now: Moment,
    before: Session,
    input: &SessionInput,
    hand: Hand,
    is_new: bool,
) -> Result<Session, Fault> {
    let mut fields = Fields::new();
    let mut session = before.clone();
    words(&mut fields, &mut session, input);
    if is_new || hand == Hand::Desk {
        belonging(conn, &mut fields, &mut session, input)?;
    }
    if is_new || hand == Hand::Desk || before.state == SessionState::Proposed {
        format(conn, &mut fields, &mut session, &before, input)?;
        domain(conn, &mut fields, &mut session, input)?;
    }
    length(conn, &mut fields, &mut session, &before, input)?;
    if hand == Hand::Desk {
        desk_only(&mut fields, &mut session, input);
    } else if is_new {
        // A proposal says through which call it comes; its track looks into that.
        session.details.0.call = fields.line("call", &input.call, text::NAME);
    }
    fields.done()?;
    if is_new && (hand != Hand::Desk || input.code.is_empty()) {
        session.code = format!("{}-{}", rules::code_prefix(session.kind), session.code);
    }
    session.title_key = rules::search_key(&session.title, &session.abstract_text, &session.code);
    if !session.was_released() {
        session.visible_to = session.desk.clone();
    }
    session.updated_at = now;
    Ok(session)
}

/// What everybody who may fill in the form says.
fn words(fields: &mut Fields, session: &mut Session, input: &SessionInput) {
    session.title = fields.localized_line("title", &input.title, text::TITLE, true);
    session.abstract_text =
        fields.localized_paragraph("abstract", &input.abstract_text, text::ABSTRACT, false);
    session.languages = Json(Languages {
        floor: languages(fields, "languages.floor", &input.languages.floor),
        interpreted: languages(fields, "languages.interpreted", &input.languages.interpreted),
    });
    let details = &mut session.details.0;
    details.method = fields.paragraph("method", &input.method, 2000);
    details.participants_max = input
        .participants_max
        .map(|most| fields.within("participants_max", most, 1, 100_000));
    details.spheres = lines(fields, "spheres", &input.spheres);
    details.scope = SittingScope {
        region_group: fields.line("scope.region_group", &input.scope.region_group, 60),
        sector: fields.line("scope.sector", &input.scope.sector, 60),
    };
    details.papers = papers(fields, &input.papers);
    details.level = fields.line("level", &input.level, 60);
    details.access = access(fields, &input.access);
    details.join_link = link(fields, "join_link", &input.join_link);
    details.links = links(fields, &input.links);
}

/// Kind and track; a kind that is a track's own cannot go round its admission.
fn belonging(
    conn: &mut Conn,
    fields: &mut Fields,
    session: &mut Session,
    input: &SessionInput,
) -> Result<(), Fault> {
    let kind: Option<SessionKind> = parsed(fields, "kind", &input.kind, "unknown_choice");
    let track = track_of(conn, session.edition, input)?;
    if track.is_none() && !input.track.is_empty() {
        fields.wrong("track", "unknown");
    }
    if let Some(kind) = kind
        && !fields.has("track")
        && !rules::kind_belongs(kind, track.as_ref().map(|track| track.kind))
    {
        fields.wrong("kind", "kind_not_of_track");
    }
    session.kind = kind.unwrap_or(session.kind);
    session.desk = desk(track.as_ref()).to_string();
    session.track = track.map(|track| track.id);
    session.theme = match input.theme.as_str() {
        "" => None,
        code => match themes::by_code(conn, session.edition, code)? {
            Some(theme) if !theme.retired || session.theme == Some(theme.id) => Some(theme.id),
            _ => {
                fields.wrong("theme", "unknown");
                None
            }
        },
    };
    Ok(())
}

/// The desk that looks after sessions of a track; the general one after custom tracks and sessions of none.
pub(crate) fn desk(track: Option<&Track>) -> Key {
    match track {
        Some(track) if track.kind != TrackKind::Custom => Key::Desk(track.code.clone()),
        _ => Key::Desk("general".into()),
    }
}

fn format(
    conn: &mut Conn,
    fields: &mut Fields,
    session: &mut Session,
    before: &Session,
    input: &SessionInput,
) -> Result<(), Fault> {
    let chosen: Option<Format> = match input.format.as_str() {
        "" => None,
        code => {
            let found = formats::by_code(conn, session.edition, code)?;
            if found.is_none() {
                fields.wrong("format", "unknown");
            }
            found
        }
    };
    let details = &mut session.details.0;
    details.format_kind = fields.line("format_kind", &input.format_kind, 60);
    match chosen {
        None => {
            session.format = None;
            details.format_version = None;
        }
        // Who has a format keeps it, and the terms it was taken under (R31).
        Some(format) if before.format == Some(format.id) => {}
        Some(format) => {
            if let Err(code) = session_formats::versions::may_take_new(format.state) {
                fields.wrong("format", code);
            }
            session.format = Some(format.id);
            details.format_version = Some(format.rule_version);
        }
    }
    Ok(())
}

fn domain(
    conn: &mut Conn,
    fields: &mut Fields,
    session: &mut Session,
    input: &SessionInput,
) -> Result<(), Fault> {
    let mut of = |code: &str, name: &str| -> Result<Option<DomainId>, Fault> {
        if code.is_empty() {
            return Ok(None);
        }
        let found = domains::by_code(conn, session.edition, code)?;
        if found.is_none() {
            fields.wrong(name, "unknown");
        }
        Ok(found.map(|domain| domain.id))
    };
    let main = of(&input.domain, "domain")?;
    let mut others = Vec::new();
    for code in input.other_domains.iter().take(20) {
        others.extend(of(code, "other_domains")?.filter(|id| Some(*id) != main));
    }
    others.dedup();
    session.domain = main;
    session.details.0.other_domains = others;
    Ok(())
}

/// The length of a session that has a time changes with its time.
fn length(
    conn: &mut Conn,
    fields: &mut Fields,
    session: &mut Session,
    before: &Session,
    input: &SessionInput,
) -> Result<(), Fault> {
    let asked = input
        .length_minutes
        .map(|minutes| fields.within("length_minutes", minutes, 5, rules::LENGTH_MOST));
    if before.starts_at.is_some() {
        if asked.is_some_and(|minutes| minutes != before.length_minutes) {
            fields.wrong("length_minutes", "change_by_placing");
        }
        return Ok(());
    }
    let usual = match asked {
        Some(_) => None,
        None if session.format != before.format => {
            formats::terms_of(conn, session)?.and_then(|terms| terms.minutes_usual)
        }
        None => None,
    };
    session.length_minutes = asked.or(usual).unwrap_or(before.length_minutes);
    Ok(())
}

fn desk_only(fields: &mut Fields, session: &mut Session, input: &SessionInput) {
    if !input.guid.is_empty() {
        session.guid = fields.line("guid", &input.guid, GUID_MOST);
    }
    // Given anew, a code is held to the rule; the one it has may stay.
    if !input.code.is_empty() && input.code != session.code {
        session.code = fields.code("code", &input.code, CodeShape::Label);
    }
    session.body = input.body.or(session.body);
    let entry: Option<Entry> = parsed_or_none(fields, "entry", &input.entry, "unknown_choice");
    let attendance: Option<Attendance> =
        parsed_or_none(fields, "attendance", &input.attendance, "unknown_choice");
    session.entry = entry.unwrap_or(Entry::WalkIn);
    session.attendance = attendance.unwrap_or(Attendance::InPerson);
    session.capacity = input
        .capacity
        .map(|places| fields.within("capacity", places, 1, 1_000_000));
    session.details.0.public_from = parsed_or_none(fields, "public_from", &input.public_from, "not_a_moment");
    session.details.0.call = fields.line("call", &input.call, text::NAME);
    session.details.0.source = fields.line("source", &input.source, text::TITLE);
}

fn lines(fields: &mut Fields, name: &str, raw: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = raw
        .iter()
        .take(40)
        .map(|line| fields.line(name, line, 60))
        .filter(|line| !line.is_empty())
        .collect();
    kept.dedup();
    kept
}

fn papers(fields: &mut Fields, raw: &[Paper]) -> Vec<Paper> {
    if raw.len() > 50 {
        fields.wrong_with("papers", "too_many_entries", "most", 50);
    }
    let kept = raw.iter().take(50).enumerate().map(|(at, paper)| Paper {
        id: fields.line(&format!("papers.{at}.id"), &paper.id, 80),
        title: fields.localized_line(&format!("papers.{at}.title"), &paper.title, text::TITLE, false),
    });
    kept.filter(|paper| !paper.id.is_empty() || !paper.title.is_blank())
        .collect()
}

fn access(fields: &mut Fields, raw: &[String]) -> Vec<Access> {
    let mut kept: Vec<Access> = Vec::new();
    for code in raw.iter().take(20) {
        match Access::from_code(code) {
            Some(access) if !kept.contains(&access) => kept.push(access),
            Some(_) => {}
            None => fields.wrong("access", "unknown_choice"),
        }
    }
    kept
}

fn links(fields: &mut Fields, raw: &[Link]) -> Vec<Link> {
    let kept = raw.iter().take(50).enumerate().map(|(at, held)| Link {
        url: link(fields, &format!("links.{at}.url"), &held.url),
        title: fields.line(&format!("links.{at}.title"), &held.title, text::TITLE),
    });
    kept.filter(|link| !link.url.is_empty()).collect()
}

/// An address people may follow: no other scheme than the web's.
fn link(fields: &mut Fields, name: &str, raw: &str) -> String {
    let address = fields.line(name, raw, 500);
    let lower = address.to_ascii_lowercase();
    if !address.is_empty() && !lower.starts_with("https://") && !lower.starts_with("http://") {
        fields.wrong(name, "not_a_link");
    }
    address
}
