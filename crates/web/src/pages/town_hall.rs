//! The Town Hall for everybody: its themes with who leads them and how far their papers are, and the page of each theme,
//! which its partners run themselves: how they introduce it, their paper, when it takes comments, the policy councils it
//! talks with, its sessions and what came of them. Who leads a theme works at [`super::town_hall_lead`].

use access_rules::{Act, Actor, SessionId, ThemeId};
use actix_web::web::Path;
use askama::Template;
use db::Conn;
use kernel::{Coded as _, Fault, Localized, Moment};
use outcomes::provenance::{self, Trail};
use papers::{PaperLine, model::PaperState};
use programme::{
    model::{Edition, SessionKind, Track},
    themes, tracks,
};
use town_hall::{
    consultation,
    deliberations::DeliberationView,
    model::PartnerRole,
    pages::{self, PageView},
    pairing::PairingView,
    reviews,
    space::{self, Call, SpaceView},
};

use crate::{
    components::{Chrome, Empty, Foreign, Link, Notice, State, Steps, TrackLabel, Weight},
    table::{Line, get},
    visit::{Page, Visit},
    voice::Voice,
};

/// The code of the track.
const TRACK: &str = "town_hall";

/// The phases of a policy paper, in their order (R95).
pub const PHASES: [PaperState; 7] = [
    PaperState::Drafting,
    PaperState::OpenComment,
    PaperState::Presented,
    PaperState::Discussed,
    PaperState::Debated,
    PaperState::Consolidated,
    PaperState::Final,
];

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/{edition}/town-hall", Act::Read, all),
        get("/{lang}/{edition}/town-hall/{theme}", Act::Read, theme),
    ]
}

/// A theme of an edition by its code.
///
/// # Errors
/// 404.
pub fn of(conn: &mut Conn, edition: &Edition, code: &str) -> Result<ThemeId, Fault> {
    let theme = themes::by_code(conn, edition.id, code)?.ok_or_else(Fault::not_found)?;
    Ok(theme.id)
}

// All themes.

/// A theme in the list.
struct Listed {
    number: Option<String>,
    href: String,
    title: Foreign,
    question: Option<Foreign>,
    led_by: Option<String>,
    paper: Option<Link>,
    comments: Option<String>,
    state: Option<State>,
}

#[derive(Template)]
#[template(path = "pages/town_hall.html")]
struct TownHallPage {
    chrome: Chrome,
    hue: &'static str,
    subtitle: Foreign,
    words: Foreign,
    themes: Vec<Listed>,
    empty: Empty,
    months: Option<String>,
    links: Vec<Link>,
}

async fn all(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, (spaces, track, terms, is_asked)) = visit
        .read_in("town_hall", &slug, |conn, actor, now, edition| {
            let is_asked = match actor.person {
                Some(_) => !reviews::mine(conn, actor, now, edition.id)?.is_empty(),
                None => false,
            };
            Ok((
                space::list(conn, actor, now, edition.id)?,
                tracks::by_code(conn, edition.id, TRACK)?,
                consultation::terms(conn, actor, edition.id)?,
                is_asked,
            ))
        })
        .await?;
    let voice = &visit.voice;
    // An edition words its tracks itself; where it says nothing, the site does.
    let worded = |own: fn(&Track) -> &Localized, key: &str| match track.as_ref().map(own) {
        Some(words) if !words.is_blank() => voice.said(words),
        _ => voice.foreign(&voice.t(key), voice.language.code()),
    };
    let title = worded(|track| &track.title, "track-town_hall");
    let chrome = visit.chrome(&frame, title.text);
    let mut links = vec![Link::new(
        format!("{}?track={TRACK}", chrome.to("papers")),
        voice.t("town-hall-papers"),
    )];
    if is_asked {
        links.push(Link::new(
            chrome.to("town-hall/reviews"),
            voice.t("town-hall-reviews"),
        ));
    }
    visit.show(&TownHallPage {
        hue: crate::svg::hue(Some(TRACK)),
        subtitle: worded(|track| &track.subtitle, "track-town_hall-subtitle"),
        words: worded(|track| &track.description, "track-town_hall-words"),
        themes: spaces
            .iter()
            .map(|space| listed(voice, &chrome, frame.edition.as_ref(), space))
            .collect(),
        empty: Empty::new(voice.t("town-hall-none"), voice.t("town-hall-none-hint")),
        months: (terms.consultation_months > 0)
            .then(|| voice.t1("town-hall-months", "months", terms.consultation_months)),
        links,
        chrome,
    })
}

fn listed(voice: &Voice, chrome: &Chrome, edition: Option<&Edition>, space: &SpaceView) -> Listed {
    let paper = space.paper.as_ref();
    Listed {
        number: space.number.map(|number| voice.count(number)),
        href: chrome.to(&format!("town-hall/{}", space.code)),
        title: voice.said(&space.title),
        question: some(voice, &space.question),
        led_by: led_by(space).map(|name| voice.t1("town-hall-led-by", "name", name)),
        paper: paper.map(|line| read(voice, chrome, line)),
        comments: space
            .call
            .filter(|call| call.is_open)
            .map(|call| voice.t1("town-hall-comments-until", "when", at(voice, edition, call.until))),
        state: paper.map(|line| state_of(voice, line.paper.state)),
    }
}

/// The name of the partner that leads a theme.
fn led_by(space: &SpaceView) -> Option<String> {
    let lead = space
        .partners
        .iter()
        .find(|view| view.partner.role == PartnerRole::Lead)?;
    Some(lead.organisation_name.clone())
}

fn some(voice: &Voice, text: &Localized) -> Option<Foreign> {
    (!text.is_blank()).then(|| voice.said(text))
}

fn read(voice: &Voice, chrome: &Chrome, line: &PaperLine) -> Link {
    let title = voice.said(&line.title).text;
    Link::new(
        chrome.to(&format!("papers/{}", line.paper.code)),
        format!("{} {title}", line.paper.code),
    )
}

fn state_of(voice: &Voice, state: PaperState) -> State {
    State::of(state.code(), voice.code("paper-state", state.code()))
}

/// A moment by the congress's clock.
pub fn at(voice: &Voice, edition: Option<&Edition>, at: Moment) -> String {
    edition.map_or_else(String::new, |edition| voice.moment(edition.zone.local(at)))
}

// One theme.

/// What came of a session.
struct Concluded {
    session: Link,
    result: Foreign,
    /// With their codes and states where the reader knows of the outcomes.
    recommendations: Vec<Recommended>,
}

struct Recommended {
    href: Option<String>,
    code: String,
    title: Foreign,
    state: Option<State>,
}

/// A session of the theme.
struct Session {
    link: Link,
    when: String,
    state: State,
    record: Option<Link>,
}

#[derive(Template)]
#[template(path = "pages/town_hall_theme.html")]
struct ThemePage {
    chrome: Chrome,
    hue: &'static str,
    track: TrackLabel,
    number: Option<String>,
    title: Foreign,
    question: Option<Foreign>,
    run: Option<Link>,
    introduction: Option<Foreign>,
    paper: Option<(Link, State)>,
    steps: Option<Steps>,
    no_paper: Empty,
    call: Option<Notice>,
    councils: Vec<(Foreign, Option<Link>)>,
    sessions: Vec<Session>,
    concluded: Vec<Concluded>,
    partners: Vec<(String, String)>,
    pages: Vec<(String, Foreign)>,
    links: Vec<(String, Foreign)>,
}

async fn theme(visit: Visit, path: Path<(String, String, String)>) -> Page {
    let (_, slug, code) = path.into_inner();
    let (frame, (space, trails, own_pages)) = visit
        .read_in("town_hall.theme", &slug, move |conn, actor, now, edition| {
            found(conn, actor, now, edition, &code)
        })
        .await?;
    let voice = &visit.voice;
    let title = voice.said(&space.title);
    let chrome = visit.chrome(&frame, title.text.clone());
    let edition = frame.edition.as_ref();
    let run = format!("town-hall/{}/lead", space.code);
    visit.show(&ThemePage {
        hue: crate::svg::hue(Some(TRACK)),
        track: voice.track(TRACK),
        number: space
            .number
            .map(|number| voice.t1("town-hall-number", "number", voice.count(number))),
        question: some(voice, &space.question),
        run: space
            .is_run_by_reader
            .then(|| Link::new(chrome.to(&run), voice.t("town-hall-run"))),
        introduction: some(voice, &space.introduction),
        paper: space
            .paper
            .as_ref()
            .map(|line| (read(voice, &chrome, line), state_of(voice, line.paper.state))),
        steps: space.paper.as_ref().map(|line| steps(voice, line.paper.state)),
        no_paper: Empty::new(voice.t("town-hall-no-paper"), voice.t("town-hall-no-paper-hint")),
        call: space
            .call
            .map(|own| call(voice, &chrome, edition, own, space.paper.as_ref())),
        councils: space
            .pairings
            .iter()
            .map(|own| council(voice, &chrome, own))
            .collect(),
        sessions: sessions(voice, &chrome, edition, &space),
        concluded: space
            .results
            .iter()
            .map(|own| concluded(voice, &chrome, own, &trails))
            .collect(),
        partners: space
            .partners
            .iter()
            .map(|view| {
                (
                    view.organisation_name.clone(),
                    voice.code("partner-role", view.partner.role.code()),
                )
            })
            .collect(),
        pages: own_pages
            .iter()
            .map(|page| {
                let here = format!("town-hall/{}/pages/{}", space.code, page.slug);
                (chrome.to(&here), voice.said(&page.title))
            })
            .collect(),
        links: space
            .links
            .iter()
            .map(|link| (link.url.clone(), voice.said(&link.title)))
            .collect(),
        title,
        chrome,
    })
}

fn found(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: &Edition,
    code: &str,
) -> Result<(SpaceView, Vec<Trail>, Vec<PageView>), Fault> {
    let theme = of(conn, edition, code)?;
    let mut own_pages = pages::list(conn, actor, now, theme)?;
    own_pages.retain(|page| page.is_published);
    Ok((
        space::get(conn, actor, now, theme)?,
        provenance::of_theme(conn, actor, theme)?,
        own_pages,
    ))
}

/// Where a paper is among its phases; behind all of them once it went on to the World Assembly.
pub fn steps(voice: &Voice, state: PaperState) -> Steps {
    let names = PHASES
        .iter()
        .map(|phase| (voice.code("paper-state", phase.code()), None));
    let place = PHASES.iter().position(|phase| *phase == state);
    Steps::new(
        voice,
        names.collect(),
        place.map_or(PHASES.len(), |place| place) + 1,
    )
}

/// The call for comments: by when, and where.
fn call(
    voice: &Voice,
    chrome: &Chrome,
    edition: Option<&Edition>,
    call: Call,
    paper: Option<&PaperLine>,
) -> Notice {
    let words = voice.t2(
        "town-hall-call-dates",
        "from",
        at(voice, edition, call.from),
        "until",
        at(voice, edition, call.until),
    );
    match paper.filter(|_| call.is_open) {
        Some(line) => Notice::new(Weight::Done, voice.t("town-hall-call-open"))
            .with_text(words)
            .with_act(Link::new(
                chrome.to(&format!("papers/{}", line.paper.code)),
                voice.t("town-hall-comment"),
            )),
        None => Notice::new(Weight::Info, voice.t("town-hall-call")).with_text(words),
    }
}

fn council(voice: &Voice, chrome: &Chrome, own: &PairingView) -> (Foreign, Option<Link>) {
    let link = own.session.map(|session| {
        Link::new(
            chrome.to(&format!("sessions/{session}")),
            voice.t("town-hall-council-session"),
        )
    });
    (voice.said(&own.council), link)
}

fn sessions(voice: &Voice, chrome: &Chrome, edition: Option<&Edition>, space: &SpaceView) -> Vec<Session> {
    let one = |line: &space::SessionLine| {
        let here = format!("sessions/{}", line.id);
        let records = space.is_run_by_reader && line.kind == SessionKind::TownHall;
        Session {
            link: Link::new(
                chrome.to(&here),
                format!("{} {}", line.code, voice.said(&line.title).text)
                    .trim()
                    .to_owned(),
            ),
            when: at(voice, edition, line.starts_at),
            state: State::of(line.state.code(), voice.code("session-state", line.state.code())),
            record: records.then(|| {
                Link::new(
                    chrome.to(&format!("{here}/deliberation")),
                    voice.t("town-hall-record"),
                )
            }),
        }
    };
    space.sessions.iter().map(one).collect()
}

fn concluded(voice: &Voice, chrome: &Chrome, own: &DeliberationView, trails: &[Trail]) -> Concluded {
    let known: Vec<Recommended> = trails
        .iter()
        .filter(|trail| came_from(trail, own.session))
        .map(|trail| Recommended {
            href: Some(chrome.to(&format!("outcomes/{}", trail.outcome.code))),
            code: trail.outcome.code.clone(),
            title: voice.said(&trail.outcome.title),
            state: Some(State::of(
                trail.outcome.state.code(),
                voice.code("outcome-state", trail.outcome.state.code()),
            )),
        })
        .collect();
    let handed_in = || {
        let plain = |own: &outcomes::wordings::NewOutcome| Recommended {
            href: None,
            code: String::new(),
            title: voice.said(&own.title),
            state: None,
        };
        own.recommendations.iter().map(plain).collect()
    };
    Concluded {
        session: Link::new(
            chrome.to(&format!("sessions/{}", own.session)),
            voice.said(&own.session_title).text,
        ),
        result: voice.said(&own.result),
        recommendations: match known.is_empty() {
            true => handed_in(),
            false => known,
        },
    }
}

fn came_from(trail: &Trail, session: SessionId) -> bool {
    trail
        .origin
        .as_ref()
        .is_some_and(|origin| origin.session == Some(session))
}
