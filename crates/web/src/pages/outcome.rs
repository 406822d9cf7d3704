//! One outcome: its words under their numbers, where it came from as a picture and in words, what became of it, for whose
//! work it is a reference, and what bodies answered.

use access_rules::{Act, Actor, OrganisationId, decide_somewhere};
use actix_kit::Query;
use actix_web::web::Path;
use askama::Template;
use db::Conn;
use kernel::{Coded as _, Fault, Kind, Language, Localized, Moment, Zone};
use outcomes::{
    agendas,
    legacy_model::{Agenda, Origin, Reference},
    model::OutcomeRef,
    outcomes as decided,
    reading::{self, OutcomeView, Wording},
    responses::ResponseView,
};
use programme::{links::Links, model::Edition, releases, themes};
use serde::Deserialize;
use texts::translations::LanguageState;

use super::{
    outcomes::{in_which, reason, standing, state, tongue, track, track_code, worded},
    text_files,
};
use crate::{
    components::{
        Chrome, Foreign, Link, Markup, State, TrackLabel,
        flow::{self, Way},
    },
    svg,
    table::{Line, get},
    visit::{Frame, Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![get("/{lang}/{edition}/outcomes/{code}", Act::Read, show)]
}

/// In which language its words are asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    text: Option<String>,
}

/// What the page shows, read in one go.
struct Found {
    view: OutcomeView,
    wording: Wording,
    languages: Vec<LanguageState>,
    agendas: Vec<Agenda>,
    /// Where the paper, the session and the theme stand, as far as the reader may open them.
    ways: Ways,
    is_managed: bool,
    minds: Vec<OrganisationId>,
}

/// Addresses below the edition.
#[derive(Default)]
struct Ways {
    paper: Option<String>,
    session: Option<String>,
    theme: Option<(String, Localized)>,
}

/// A line of where it came from.
struct WayLine {
    track: Option<TrackLabel>,
    before: String,
    title: Foreign,
    href: Option<String>,
    after: String,
}

/// A step, as it is told.
struct Step {
    state: String,
    when: String,
    reason: String,
}

/// What a body was asked, and answered.
struct Reply {
    organisation: String,
    line: String,
    state: Option<State>,
    said: Foreign,
    act: Option<Link>,
}

/// What belongs together with it.
struct Other {
    link: Link,
    lang: Option<String>,
    code: String,
}

#[derive(Template)]
#[template(path = "pages/outcome.html")]
struct OutcomePage {
    chrome: Chrome,
    called: String,
    title: Foreign,
    standing: String,
    state: State,
    reason: String,
    languages: Vec<(Link, bool)>,
    in_which: String,
    text: Markup,
    picture: Markup,
    ways: Vec<WayLine>,
    steps: Vec<Step>,
    references: Vec<(String, Foreign)>,
    agendas: Vec<(Link, String)>,
    horizon: String,
    priorities: Vec<Foreign>,
    replies: Vec<Reply>,
    others: Vec<Other>,
    citation: String,
    data: String,
    files: Vec<Link>,
    desk: Option<String>,
}

async fn show(visit: Visit, path: Path<(String, String, String)>, query: Query<Asked>) -> Page {
    let (_, slug, code) = path.into_inner();
    let (asked, reader) = (query.0.text, visit.language());
    let (frame, found) = visit
        .read_in("outcome", &slug, move |conn, actor, now, edition| {
            find(conn, actor, now, edition, &code, asked.as_deref(), reader)
        })
        .await?;
    let edition = frame
        .edition
        .as_ref()
        .ok_or_else(|| visit.refused(Fault::not_found()))?;
    visit.show(&page(&visit, &frame, edition, found))
}

fn find(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: &Edition,
    code: &str,
    asked: Option<&str>,
    reader: Language,
) -> Result<Found, Fault> {
    let outcome = decided::by_code(conn, actor, code)?;
    if outcome.edition != edition.id {
        return Err(Fault::not_found());
    }
    let today = edition.zone.local(now).date();
    let view = reading::view(conn, actor, today, outcome.id)?;
    let ours: Vec<&str> = Language::ALL.iter().map(|language| language.code()).collect();
    let languages = reading::languages(conn, actor, outcome.id, &ours)?;
    let language = language(&languages, &view.language, asked, reader);
    Ok(Found {
        wording: reading::shown(conn, actor, outcome.id, &language)?,
        agendas: agendas::list(conn)?,
        ways: match &view.origin {
            Some(origin) => ways(conn, actor, now, origin)?,
            None => Ways::default(),
        },
        is_managed: decide_somewhere(actor, Act::ManageOutcomes).allows(),
        minds: actor.focal_point_of().collect(),
        languages,
        view,
    })
}

/// The language that is asked for, the reader's, or the authentic one: the first in which something is said.
fn language(states: &[LanguageState], authentic: &str, asked: Option<&str>, reader: Language) -> String {
    let wanted = [asked, Some(reader.code())].into_iter().flatten();
    let mut said = wanted.filter(|tag| *tag == authentic || is_said(states, tag));
    said.next().unwrap_or(authentic).to_owned()
}

fn is_said(states: &[LanguageState], tag: &str) -> bool {
    let mut own = states.iter().filter(|state| state.language == tag);
    own.any(|state| state.current + state.stale > 0)
}

/// Where this reader can go back to.
fn ways(conn: &mut Conn, actor: &Actor, now: Moment, origin: &Origin) -> Result<Ways, Fault> {
    let paper = match origin.paper {
        Some(id) => opened(papers::papers::get(conn, actor, now, id))?,
        None => None,
    };
    let session = match origin.session {
        Some(id) => opened(releases::session(conn, actor, id))?,
        None => None,
    };
    let theme = match origin.theme {
        Some(id) => themes::find(conn, id)?,
        None => None,
    };
    Ok(Ways {
        paper: paper.map(|paper| format!("papers/{}", paper.code)),
        session: session.map(|session| format!("sessions/{}", session.id)),
        theme: theme.map(|theme| (format!("town-hall/{}", theme.code), theme.title)),
    })
}

/// What was found, or nothing where it is not this reader's to know.
fn opened<T>(found: Result<T, Fault>) -> Result<Option<T>, Fault> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(fault) if matches!(fault.kind, Kind::NotFound | Kind::Forbidden | Kind::SignInNeeded) => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn page(visit: &Visit, frame: &Frame, edition: &Edition, found: Found) -> OutcomePage {
    let voice = &visit.voice;
    let outcome = &found.view.outcome;
    let title = voice.said(&found.view.title);
    let chrome = visit.chrome(frame, title.text.clone());
    let zone = edition.zone;
    let ways = way_lines(&chrome, zone, &found);
    let data = format!("/api/v1/editions/{}/outcomes/{}", edition.slug, outcome.code);
    OutcomePage {
        called: format!(
            "{} {}",
            voice.code("outcome-kind", outcome.kind.code()),
            outcome.code
        ),
        standing: standing(voice, zone, outcome),
        state: state(voice, outcome.state),
        reason: reason(outcome),
        languages: tongues(&chrome, &found),
        in_which: in_which(voice, &found.wording),
        text: worded(voice, &found.wording),
        picture: picture(voice, zone, &found),
        ways,
        steps: steps(voice, zone, &found.view),
        references: references(voice, &found.view.references),
        agendas: served(&chrome, &found),
        horizon: outcome
            .horizon_to
            .map(|day| voice.day_plain(day))
            .unwrap_or_default(),
        priorities: found
            .view
            .priorities
            .iter()
            .map(|own| voice.said(&own.title))
            .collect(),
        replies: found
            .view
            .responses
            .iter()
            .map(|own| reply(&chrome, &found.minds, own))
            .collect(),
        others: found.view.links.iter().map(|own| other(&chrome, own)).collect(),
        citation: citation(visit, edition, &found.view, &title.text),
        files: text_files::links(voice, &format!("{data}/export"), &found.wording.language, ""),
        data,
        desk: found
            .is_managed
            .then(|| visit.at(&format!("desk/{}/outcomes/{}", edition.slug, outcome.code))),
        title,
        chrome,
    }
}

/// The languages its words can be read in; the one shown is marked.
fn tongues(chrome: &Chrome, found: &Found) -> Vec<(Link, bool)> {
    let authentic = &found.view.language;
    let others = found.languages.iter().map(|state| &state.language);
    let mut tags: Vec<&String> = others
        .filter(|tag| *tag != authentic && is_said(&found.languages, tag))
        .collect();
    tags.insert(0, authentic);
    let base = chrome.to(&format!("outcomes/{}", found.view.outcome.code));
    let told = tags.into_iter().map(|tag| {
        let link = Link::new(format!("{base}?text={tag}#text"), tongue(chrome, tag));
        (link, *tag == found.wording.language)
    });
    told.collect()
}

// Where it came from.

/// The ends of its way: a paper, a session, the World Assembly. What nobody handed in begins there.
fn picture(voice: &Voice, zone: Zone, found: &Found) -> Markup {
    let outcome = &found.view.outcome;
    let mut columns = Vec::new();
    if let Some(origin) = &found.view.origin {
        let hue = svg::hue(Some(track_code(origin.source)));
        let one = |heading: &str, title: String, lines: Vec<String>| flow::Column {
            heading: voice.t(heading),
            boxes: vec![flow::Box { hue, title, lines }],
        };
        if !origin.paper_title.is_blank() {
            let lines = vec![voice.t(paper_key(origin)), origin.organisation_name.clone()];
            columns.push(one(
                "outcome-column-papers",
                voice.said(&origin.paper_title).text,
                lines,
            ));
        }
        if !origin.session_title.is_blank() {
            let lines = vec![voice.code("track", track_code(origin.source))];
            columns.push(one(
                "outcome-column-sessions",
                voice.said(&origin.session_title).text,
                lines,
            ));
        }
    }
    columns.push(flow::Column {
        heading: voice.code("session-kind", "world_assembly"),
        boxes: vec![flow::Box {
            hue: "everyone",
            title: outcome.code.clone(),
            lines: vec![
                voice.code("outcome-state", outcome.state.code()),
                outcome
                    .decided_at
                    .map(|at| voice.day_plain(zone.local(at).date()))
                    .unwrap_or_default(),
            ],
        }],
    });
    let ways: Vec<Way> = (1..columns.len())
        .map(|next| Way {
            column: next - 1,
            from: 0,
            to: 0,
        })
        .collect();
    flow::flow(
        &columns,
        &ways,
        &voice.t1("outcome-way-said", "code", &outcome.code),
    )
}

const fn paper_key(origin: &Origin) -> &'static str {
    match origin.source {
        outcomes::model::Source::AssemblyPaper => "outcome-position-paper",
        outcomes::model::Source::TownHallSession | outcomes::model::Source::SpecialSession => {
            "outcome-policy-paper"
        }
    }
}

/// The same in words.
fn way_lines(chrome: &Chrome, zone: Zone, found: &Found) -> Vec<WayLine> {
    let outcome = &found.view.outcome;
    let day = |at: Moment| chrome.day_plain(zone.local(at).date());
    let mut lines = Vec::new();
    match &found.view.origin {
        Some(origin) => {
            let own = || Some(track(chrome, Some(origin.source)));
            if !origin.paper_title.is_blank() {
                lines.push(WayLine {
                    track: own(),
                    before: chrome.t(paper_key(origin)),
                    title: chrome.said(&origin.paper_title),
                    href: found.ways.paper.as_ref().map(|path| chrome.to(path)),
                    after: origin.organisation_name.clone(),
                });
            }
            if let Some((path, title)) = &found.ways.theme {
                lines.push(WayLine {
                    track: own(),
                    before: chrome.t("outcome-theme"),
                    title: chrome.said(title),
                    href: Some(chrome.to(path)),
                    after: match origin.paper_title.is_blank() {
                        true => origin.organisation_name.clone(),
                        false => String::new(),
                    },
                });
            }
            if !origin.session_title.is_blank() {
                lines.push(WayLine {
                    track: own(),
                    before: chrome.t("outcome-session"),
                    title: chrome.said(&origin.session_title),
                    href: found.ways.session.as_ref().map(|path| chrome.to(path)),
                    after: String::new(),
                });
            }
            lines.push(said(chrome.t1("outcome-sent", "day", day(outcome.created_at))));
        }
        None => lines.push(said(chrome.t1(
            "outcome-drafted-itself",
            "day",
            day(outcome.created_at),
        ))),
    }
    if outcome.state.is_decided() {
        lines.push(said(standing(chrome, zone, outcome)));
    }
    lines
}

fn said(sentence: String) -> WayLine {
    WayLine {
        track: None,
        before: sentence,
        title: Foreign::default(),
        href: None,
        after: String::new(),
    }
}

// What became of it.

fn steps(voice: &Voice, zone: Zone, view: &OutcomeView) -> Vec<Step> {
    let told = view.steps.iter().map(|step| Step {
        state: voice.code("outcome-state", step.to_state.code()),
        when: voice.moment(zone.local(step.at)),
        reason: step.reason.clone(),
    });
    told.collect()
}

fn references(voice: &Voice, references: &[Reference]) -> Vec<(String, Foreign)> {
    let told = references.iter().map(|own| {
        let whom = voice.t2(
            "outcome-reference",
            "whom",
            voice.code("reference-addressee", own.addressed_to.code()),
            "field",
            voice.code("reference-field", own.field.code()),
        );
        (whom, voice.said(&own.note))
    });
    told.collect()
}

fn served(chrome: &Chrome, found: &Found) -> Vec<(Link, String)> {
    let name = |code: &str| {
        let agenda = found.agendas.iter().find(|agenda| agenda.code == code);
        agenda.map_or_else(|| code.to_owned(), |agenda| chrome.said(&agenda.title).text)
    };
    let told = found.view.agendas.iter().map(|own| {
        let href = chrome.to(&format!("outcomes/agendas/{}", own.agenda));
        (
            Link::new(href, name(&own.agenda)),
            chrome.code("agenda-phase", own.phase.code()),
        )
    });
    told.collect()
}

fn reply(chrome: &Chrome, minds: &[OrganisationId], own: &ResponseView) -> Reply {
    let response = &own.response;
    let line = match (response.answer, response.answered_on) {
        (Some(_), Some(day)) => chrome.t1("response-answered-on", "day", chrome.day_plain(day)),
        _ => due_said(chrome, own),
    };
    Reply {
        organisation: own.organisation_name.clone(),
        line,
        state: response.answer.map(|answer| answer_state(chrome, answer)),
        said: chrome.said(&response.said),
        act: minds.contains(&response.organisation).then(|| {
            Link::new(
                chrome.to(&format!("responses#r-{}", response.id)),
                chrome.t("response-answer"),
            )
        }),
    }
}

/// What a body answered, in its dress.
pub(super) fn answer_state(voice: &Voice, answer: outcomes::legacy_model::ResponseAnswer) -> State {
    use outcomes::legacy_model::ResponseAnswer::{Accepted, NotAccepted, Noted, Partly};
    let class = match answer {
        Accepted => "done",
        Partly => "wait",
        Noted | NotAccepted => "",
    };
    State {
        class,
        word: voice.code("response-answer", answer.code()),
    }
}

/// Until when an answer is due, or since when it is late.
pub(super) fn due_said(voice: &Voice, own: &ResponseView) -> String {
    let day = voice.day_plain(own.response.due_on);
    match own.days_left.unwrap_or_default() {
        late if late < 0 => voice.t2("response-late", "day", day, "days", -late),
        left => voice.t2("response-due", "day", day, "days", left),
    }
}

fn other(chrome: &Chrome, own: &OutcomeRef) -> Other {
    let title = chrome.said(&own.title);
    Other {
        link: Link::new(chrome.to(&format!("outcomes/{}", own.code)), title.text),
        lang: title.lang,
        code: own.code.clone(),
    }
}

/// How it is cited: the congress, what sort it is, its code and title, the day, and an address that lasts.
fn citation(visit: &Visit, edition: &Edition, view: &OutcomeView, title: &str) -> String {
    let voice = &visit.voice;
    let outcome = &view.outcome;
    let links = Links::below(&visit.site().settings().public_url);
    let address = format!(
        "{}/outcomes/{}",
        links.edition(edition.own_language(), &edition.slug),
        outcome.code
    );
    voice.tn(
        "outcome-citation",
        &[
            ("congress", edition.title.text(voice.language).to_owned().into()),
            ("kind", voice.code("outcome-kind", outcome.kind.code()).into()),
            ("code", outcome.code.clone().into()),
            ("title", title.to_owned().into()),
            ("became", standing(voice, edition.zone, outcome).into()),
            ("address", address.into()),
        ],
    )
}
