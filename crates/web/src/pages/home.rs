//! The home of an edition: what, where, when; what is on now and next; the four tracks in their own words; the way in.

use access_rules::Act;
use actix_web::web::Path;
use askama::Template;
use kernel::{Coded as _, Moment};
use programme::{
    links::Links,
    model::{Edition, SessionKind},
    released::{Programme, ReleasedSession, State},
    releases, tracks,
};

use crate::{
    components::{Chrome, Foreign, Link, Markup, Preview, SessionCard, TrackLabel},
    pages::{
        basics::NothingYet,
        programme::{Mine, slot},
    },
    svg,
    table::{Line, get},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}", Act::Read, current),
        get("/{lang}/{edition}", Act::Read, show),
        get("/{lang}/{edition}/tracks", Act::Read, all_tracks),
    ]
}

/// A track in its own words.
struct TrackCard {
    label: TrackLabel,
    subtitle: String,
    words: String,
    href: String,
    count: String,
    /// Pages of its own.
    pages: Vec<Link>,
}

#[derive(Template)]
#[template(path = "pages/home.html")]
struct HomePage {
    chrome: Chrome,
    preview: Preview,
    title: Foreign,
    motto: Foreign,
    when_where: String,
    acts: Vec<(&'static str, Link)>,
    now: Vec<SessionCard>,
    next: Vec<SessionCard>,
    tracks: Vec<TrackCard>,
    glance: Option<(Markup, String)>,
}

#[derive(Template)]
#[template(path = "pages/tracks.html")]
struct TracksPage {
    chrome: Chrome,
    tracks: Vec<TrackCard>,
}

async fn current(visit: Visit) -> Page {
    let frame = visit.frame(None).await?;
    match &frame.edition {
        // What was done is said where one arrives: whoever was erased comes by here.
        Some(edition) => Ok(visit.go(&visit.at(&edition.slug), visit.done())),
        None => {
            let chrome = visit.chrome(&frame, visit.voice.t("home-none"));
            visit.show(&NothingYet::new(chrome, "home-none", "home-none-hint"))
        }
    }
}

async fn show(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, (edition, programme, rows, mine)) = visit
        .read_in("home", &slug, |conn, actor, _, edition| {
            let programme = releases::live(conn, edition.id)?.map(|live| live.for_actor(actor).indexed());
            Ok((
                edition.clone(),
                programme,
                tracks::list(conn, edition.id)?,
                Mine::of(conn, actor, edition.id)?,
            ))
        })
        .await?;
    let chrome = visit.chrome(&frame, edition.title.text(visit.language()));
    let links = Links::below(&visit.site().settings().public_url);
    let preview = Preview::new(
        edition.title.text(visit.language()),
        &format!(
            "{}, {}. {}",
            edition.city,
            visit.voice.days(edition.starts_on, edition.ends_on),
            edition.motto.text(visit.language())
        ),
        links.edition(visit.language(), &edition.slug),
        edition.title.text(visit.language()),
    );
    visit.show(&home(
        chrome,
        preview,
        &edition,
        programme.as_ref(),
        &rows,
        &mine,
        visit.caller.now(),
    ))
}

async fn all_tracks(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, (programme, rows)) = visit
        .read_in("tracks", &slug, |conn, actor, _, edition| {
            let programme = releases::live(conn, edition.id)?.map(|live| live.for_actor(actor).indexed());
            Ok((programme, tracks::list(conn, edition.id)?))
        })
        .await?;
    let chrome = visit.chrome(&frame, visit.voice.t("nav-tracks"));
    let tracks = cards(&chrome, programme.as_ref(), &rows);
    visit.show(&TracksPage { chrome, tracks })
}

fn home(
    chrome: Chrome,
    preview: Preview,
    edition: &Edition,
    programme: Option<&Programme>,
    rows: &[programme::model::Track],
    mine: &Mine,
    now: Moment,
) -> HomePage {
    let voice = chrome.voice.clone();
    let registers = chrome.edition.as_ref().is_some_and(|edition| edition.registers);
    let see = Link::new(chrome.to("programme"), chrome.t("home-see-programme"));
    let acts = if registers {
        let register = Link::new(chrome.to("register"), chrome.t("nav-register"));
        vec![("act", register), ("btn", see)]
    } else {
        vec![("act", see)]
    };
    let some = |wanted: &dyn Fn(&&ReleasedSession) -> bool, most: usize| -> Vec<SessionCard> {
        let Some(programme) = programme else {
            return Vec::new();
        };
        let mut found: Vec<&ReleasedSession> = programme
            .sessions
            .iter()
            .filter(|session| session.state != State::Cancelled && session.kind != SessionKind::Break)
            .filter(wanted)
            .collect();
        found.sort_by_key(|session| (session.starts_at, session.id));
        found
            .into_iter()
            .take(most)
            .map(|session| card(&chrome, programme, session, mine, now))
            .collect()
    };
    HomePage {
        preview,
        title: voice.said(&edition.title),
        motto: voice.said(&edition.motto),
        when_where: format!(
            "{}, {}",
            edition.city,
            voice.days(edition.starts_on, edition.ends_on)
        ),
        acts,
        now: some(&|session| session.starts_at <= now && now < session.ends_at, 8),
        next: some(&|session| session.starts_at > now, 6),
        tracks: cards(&chrome, programme, rows),
        glance: programme.map(|programme| glance(&chrome, programme, rows)),
        chrome,
    }
}

/// The congress at a glance: a half circle of its sessions, a seat each, by track; and how many they are.
fn glance(chrome: &Chrome, programme: &Programme, rows: &[programme::model::Track]) -> (Markup, String) {
    let shares: Vec<svg::Share> = rows
        .iter()
        .map(|track| svg::Share {
            hue: svg::hue(Some(&track.code)),
            seats: programme
                .sessions
                .iter()
                .filter(|session| session.track.as_deref() == Some(track.code.as_str()))
                .count(),
        })
        .collect();
    let seats: usize = shares.iter().map(|share| share.seats).sum();
    let words = chrome.t1("home-seats", "count", seats);
    (svg::glance(&shares, &words), words)
}

fn cards(chrome: &Chrome, programme: Option<&Programme>, rows: &[programme::model::Track]) -> Vec<TrackCard> {
    let voice = &chrome.voice;
    let card = |track: &programme::model::Track| {
        let own = voice.said(&track.description).text;
        let words = if own.is_empty() {
            voice.t(format!("track-{}-words", track.kind.code()))
        } else {
            own
        };
        let count = programme.map_or(0, |programme| {
            programme
                .sessions
                .iter()
                .filter(|session| session.track.as_deref() == Some(track.code.as_str()))
                .count()
        });
        TrackCard {
            label: TrackLabel::named(Some(&track.code), voice.said(&track.title)),
            subtitle: voice.said(&track.subtitle).text,
            words,
            href: if track.code == "statutory" {
                chrome.to("statutory")
            } else {
                format!("{}?track={}", chrome.to("programme"), track.code)
            },
            count: voice.t1("sessions-count", "count", count),
            pages: pages_of(chrome, &track.code),
        }
    };
    rows.iter().map(card).collect()
}

/// Where a track has more to show than its sessions.
fn pages_of(chrome: &Chrome, track: &str) -> Vec<Link> {
    let pages: &[(&str, &str)] = match track {
        "assembly" => &[
            ("papers?track=assembly", "papers"),
            ("world-assembly", "world-assembly-open"),
        ],
        "town_hall" => &[
            ("town-hall", "town-hall-open"),
            ("papers?track=town_hall", "papers"),
        ],
        _ => &[],
    };
    pages
        .iter()
        .map(|(rest, key)| Link::new(chrome.to(rest), chrome.t(key)))
        .collect()
}

fn card(
    chrome: &Chrome,
    programme: &Programme,
    session: &ReleasedSession,
    mine: &Mine,
    now: Moment,
) -> SessionCard {
    let drawn = slot(chrome, programme, session, mine, now);
    SessionCard {
        track: drawn.track,
        title: drawn.title,
        href: drawn.href.unwrap_or_default(),
        line: format!(
            "{}{}",
            chrome.voice.clocks(session.starts_local, session.ends_local),
            drawn.room.map(|room| format!(", {room}")).unwrap_or_default()
        ),
        state: None,
    }
}
