//! Screens in the lobby and at the door of each room: what is on and what comes next, in letters one reads from the last
//! row, without a hand to touch them. They show what anybody may see, whoever opened them.

use std::collections::{BTreeMap, BTreeSet};

use access_rules::{Act, Actor, SessionId};
use actix_web::web::{Data, Path};
use askama::Template;
use kernel::{Coded as _, Fault, Id, Moment};
use programme::{
    model::{Edition, SessionKind},
    now::{self, Before, NowAndNext},
    released::{Programme, ReleasedSession, Room, State},
    releases,
    snapshot::Snapshots,
};
use records::feed;

use super::{
    now::{Shown, moved, shown_to, stream_from},
    programme::session_title,
};
use crate::{
    components::{Chrome, Foreign, Link},
    table::{Line, get},
    visit::{Page, Refused, Visit},
    voice::Voice,
};

/// Most sessions of a kind on the lobby's screen: more would be read by nobody.
const LOBBY_MOST: usize = 10;
/// Most sessions that come next on a room's screen.
const ROOM_NEXT_MOST: usize = 3;

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/{edition}/screens", Act::Read, list),
        get("/{lang}/{edition}/screens/lobby", Act::Read, lobby),
        get("/{lang}/{edition}/screens/rooms/{room}", Act::Read, room),
    ]
}

/// A session as a screen shows it.
struct Item {
    time: String,
    title: Foreign,
    room: String,
    languages: String,
    moved: Option<String>,
    off: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/screen.html")]
struct ScreenPage {
    voice: Voice,
    edition: String,
    heading: String,
    clock: String,
    stream: String,
    is_lobby: bool,
    on: Vec<Item>,
    next: Vec<Item>,
}

#[derive(Template)]
#[template(path = "pages/screens.html")]
struct ScreensPage {
    chrome: Chrome,
    screens: Vec<Link>,
}

/// What a screen is drawn from.
struct Known {
    edition: Edition,
    programme: Option<Shown>,
    before: BTreeMap<SessionId, Before>,
    seq: i64,
}

async fn known(visit: &Visit, slug: &str, snapshots: Data<Snapshots>) -> Result<Known, Refused> {
    let snapshots = snapshots.into_inner();
    let (_, known) = visit
        .read_in("screen", slug, move |conn, _, now, edition| {
            let nobody = Actor::nobody();
            let seq = feed::last(conn, &releases::stream(edition.id))?;
            let programme = shown_to(conn, &snapshots, &nobody, edition)?;
            let before = match &programme {
                Some(programme) => now::before(conn, &nobody, now, edition.id, programme)?,
                None => BTreeMap::new(),
            };
            Ok(Known {
                edition: edition.clone(),
                programme,
                before,
                seq,
            })
        })
        .await?;
    Ok(known)
}

async fn list(visit: Visit, snapshots: Data<Snapshots>, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let snapshots = snapshots.into_inner();
    let (frame, programme) = visit
        .read_in("screens", &slug, move |conn, _, _, edition| {
            shown_to(conn, &snapshots, &Actor::nobody(), edition)
        })
        .await?;
    let voice = &visit.voice;
    let chrome = visit.chrome(&frame, voice.t("screens-title"));
    let lobby = Link::new(chrome.to("screens/lobby"), voice.t("screens-lobby"));
    let rooms = programme.iter().flat_map(|programme| &programme.rooms);
    let rooms = rooms.map(|room| {
        Link::new(
            chrome.to(&format!("screens/rooms/{}", room.id)),
            voice.said(&room.name).text,
        )
    });
    let screens = [lobby].into_iter().chain(rooms).collect();
    visit.show(&ScreensPage { chrome, screens })
}

async fn lobby(visit: Visit, snapshots: Data<Snapshots>, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let known = known(&visit, &slug, snapshots).await?;
    let now = visit.caller.now();
    let mut found = known
        .programme
        .as_deref()
        .map(|programme| now::at(programme, now, None))
        .unwrap_or_default();
    found.on.truncate(LOBBY_MOST);
    found.next.truncate(LOBBY_MOST);
    let heading = visit.voice.t("screens-lobby-heading");
    visit.show(&screen(&visit, &known, heading, &found, true))
}

async fn room(visit: Visit, snapshots: Data<Snapshots>, path: Path<(String, String, String)>) -> Page {
    let (_, slug, room) = path.into_inner();
    let known = known(&visit, &slug, snapshots).await?;
    let now = visit.caller.now();
    let room: Option<&Room> = room.parse::<Id<Room>>().ok().and_then(|id| {
        let programme = known.programme.as_deref()?;
        programme.room(id)
    });
    let (Some(programme), Some(room)) = (known.programme.as_deref(), room) else {
        return Err(visit.refused(Fault::not_found()));
    };
    let found = in_room(programme, room, known.edition.zone.local(now).date(), now);
    let heading = visit.voice.said(&room.name).text;
    visit.show(&screen(&visit, &known, heading, &found, false))
}

/// What is on in a room, and what comes there on the same day.
fn in_room<'a>(
    programme: &'a Programme,
    room: &Room,
    today: kernel::LocalDate,
    now: Moment,
) -> NowAndNext<'a> {
    let here: BTreeSet<SessionId> = programme
        .sessions
        .iter()
        .filter(|session| session.room == Some(room.id))
        .map(|session| session.id)
        .collect();
    let mut next: Vec<&ReleasedSession> = programme
        .sessions
        .iter()
        .filter(|session| here.contains(&session.id) && session.kind != SessionKind::Break)
        .filter(|session| session.starts_at > now && session.starts_local.date() == today)
        .collect();
    next.sort_by_key(|session| (session.starts_at, session.id));
    next.truncate(ROOM_NEXT_MOST);
    NowAndNext {
        on: now::at(programme, now, Some(&here)).on,
        next,
    }
}

fn screen(
    visit: &Visit,
    known: &Known,
    heading: String,
    found: &NowAndNext<'_>,
    is_lobby: bool,
) -> ScreenPage {
    let voice = &visit.voice;
    let edition = &known.edition;
    let local = edition.zone.local(visit.caller.now());
    let items = |sessions: &[&ReleasedSession]| match known.programme.as_deref() {
        Some(programme) => sessions
            .iter()
            .map(|session| item(voice, programme, session, known.before.get(&session.id)))
            .collect(),
        None => Vec::new(),
    };
    ScreenPage {
        voice: voice.clone(),
        edition: edition.title.text(visit.language()).to_owned(),
        heading,
        clock: voice.clock(local),
        stream: stream_from(visit.site(), &edition.slug, edition.id, known.seq),
        is_lobby,
        on: items(&found.on),
        next: items(&found.next),
    }
}

fn item(voice: &Voice, programme: &Programme, session: &ReleasedSession, before: Option<&Before>) -> Item {
    let languages: Vec<String> = session
        .languages_floor
        .iter()
        .chain(&session.languages_interpreted)
        .map(|tag| tag.to_uppercase())
        .collect();
    Item {
        time: voice.clocks(session.starts_local, session.ends_local),
        title: session_title(voice, session),
        room: programme
            .room_of(session)
            .map(|room| voice.said(&room.name).text)
            .unwrap_or_default(),
        languages: languages.join(" "),
        moved: moved(voice, session, before),
        off: (session.state == State::Cancelled).then(|| voice.t("session-cancelled")),
    }
}
