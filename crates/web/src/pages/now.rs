//! What is on now and what comes next, for all or on one's own agenda, with what was moved; kept as it is by now where
//! there is script, and true when it was asked for where there is none.

use std::{collections::BTreeMap, ops::Deref, sync::Arc};

use access_rules::{Act, Actor, EditionId, SessionId};
use actix_kit::{Query, Site};
use actix_web::web::{Data, Path};
use askama::Template;
use db::Conn;
use kernel::{Fault, Moment};
use programme::{
    model::Edition,
    now::{self, Before},
    released::{Programme, ReleasedSession},
    releases,
    snapshot::{Snapshot, Snapshots},
};
use records::feed;
use serde::Deserialize;

use super::programme::{Mine, slot};
use crate::{
    components::{Chrome, Empty, Link, NavItem, Row},
    table::{Line, get},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![get("/{lang}/{edition}/now", Act::Read, show)]
}

/// The released programme as its reader sees it; the one everybody sees is not read again for each.
pub(crate) enum Shown {
    /// As anybody sees it.
    Public(Arc<Snapshot>),
    /// As this reader does.
    Own(Box<Programme>),
}

impl Deref for Shown {
    type Target = Programme;

    fn deref(&self) -> &Programme {
        match self {
            Self::Public(snapshot) => &snapshot.programme,
            Self::Own(programme) => programme,
        }
    }
}

/// The released programme for a reader; none before the first release.
///
/// # Errors
/// When the database refuses.
pub(crate) fn shown_to(
    conn: &mut Conn,
    snapshots: &Snapshots,
    actor: &Actor,
    edition: &Edition,
) -> Result<Option<Shown>, Fault> {
    let snapshot = snapshots.get(&edition.slug);
    if let Some(snapshot) = snapshot
        && !actor.signed_in()
        && snapshot.release() == edition.live_release
        && snapshot.programme.edition.id == edition.id
    {
        return Ok(Some(Shown::Public(snapshot)));
    }
    let live = releases::live(conn, edition.id)?;
    Ok(live.map(|live| Shown::Own(Box::new(live.for_actor(actor).indexed()))))
}

/// Where a page hears of changes after what it shows: the address of the event stream from here on.
pub(crate) fn stream_from(site: &Site, slug: &str, edition: EditionId, seq: i64) -> String {
    let last = site.veiled(&format!("feed {edition}"), seq);
    format!("/api/v1/editions/{slug}/events?after={last}")
}

/// How a session was known a day ago, as a sentence; nothing where it is as it was.
pub(crate) fn moved(voice: &Voice, session: &ReleasedSession, before: Option<&Before>) -> Option<String> {
    let before = before?;
    let time = before.time.map(|(starts, ends)| {
        let clocks = voice.clocks(starts, ends);
        if starts.date() == session.starts_local.date() {
            voice.t1("now-time-was", "time", clocks)
        } else {
            let when = format!("{}, {clocks}", voice.day(starts.date()));
            voice.t1("now-time-was", "time", when)
        }
    });
    let room = before
        .room
        .as_ref()
        .map(|room| voice.t1("now-room-was", "room", voice.said(room).text));
    let told: Vec<String> = [time, room].into_iter().flatten().collect();
    (!told.is_empty()).then(|| told.join(" "))
}

/// Of which sessions it is asked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    mine: bool,
}

#[derive(Template)]
#[template(path = "pages/now.html")]
struct NowPage {
    chrome: Chrome,
    clock: String,
    views: Vec<NavItem>,
    stream: String,
    on: Vec<Row>,
    next: Vec<Row>,
    empty: Empty,
}

async fn show(
    visit: Visit,
    snapshots: Data<Snapshots>,
    path: Path<(String, String)>,
    query: Query<Asked>,
) -> Page {
    let (_, slug) = path.into_inner();
    let asked = query.0;
    let snapshots = snapshots.into_inner();
    let wants_mine = asked.mine;
    let (frame, (edition, programme, mine, before, seq)) = visit
        .read_in("now", &slug, move |conn, actor, now, edition| {
            if wants_mine && actor.person.is_none() {
                return Err(Fault::sign_in_needed());
            }
            let seq = feed::last(conn, &releases::stream(edition.id))?;
            let programme = shown_to(conn, &snapshots, actor, edition)?;
            let before = match &programme {
                Some(programme) => now::before(conn, actor, now, edition.id, programme)?,
                None => BTreeMap::new(),
            };
            let mine = Mine::of(conn, actor, edition.id)?;
            Ok((edition.clone(), programme, mine, before, seq))
        })
        .await?;
    let chrome = visit.chrome(&frame, visit.voice.t("now-title"));
    let now = visit.caller.now();
    let found = programme
        .as_deref()
        .map(|programme| now::at(programme, now, asked.mine.then_some(&mine.held)))
        .unwrap_or_default();
    let rows = |sessions: &[&ReleasedSession]| match programme.as_deref() {
        Some(programme) => sessions
            .iter()
            .map(|session| row(&chrome, programme, session, &mine, &before, now))
            .collect(),
        None => Vec::new(),
    };
    let (on, next) = (rows(&found.on), rows(&found.next));
    let voice = &visit.voice;
    visit.show(&NowPage {
        clock: voice.t1("now-clock", "when", voice.moment(edition.zone.local(now))),
        views: views(&chrome, asked.mine),
        stream: stream_from(visit.site(), &edition.slug, edition.id, seq),
        on,
        next,
        empty: Empty::new(voice.t("now-empty"), voice.t("now-empty-hint"))
            .with_act(Link::new(chrome.to("programme"), voice.t("my-to-programme"))),
        chrome,
    })
}

/// For all, or on one's own agenda; nothing to choose for who has none.
fn views(chrome: &Chrome, mine: bool) -> Vec<NavItem> {
    if chrome.signed_in.is_none() {
        return Vec::new();
    }
    let view = |href: String, key: &str, current: bool| NavItem {
        href,
        label: chrome.t(key),
        current,
    };
    vec![
        view(chrome.to("now"), "now-all", !mine),
        view(format!("{}?mine=true", chrome.to("now")), "now-mine", mine),
    ]
}

fn row(
    chrome: &Chrome,
    programme: &Programme,
    session: &ReleasedSession,
    mine: &Mine,
    before: &BTreeMap<SessionId, Before>,
    now: Moment,
) -> Row {
    let mut slot = slot(chrome, programme, session, mine, now);
    slot.act = None;
    slot.issue = moved(&chrome.voice, session, before.get(&session.id));
    slot.row()
}
