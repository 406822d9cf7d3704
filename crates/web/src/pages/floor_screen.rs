//! The screen in the hall of the World Assembly: what is discussed, who speaks and how long still, who comes next, in letters
//! one reads from the last row. It shows what whoever opened it may see, and acts on nothing.

use access_rules::Act;
use actix_web::web::Path;
use askama::Template;
use floor::model::FloorState;
use kernel::Coded as _;

use super::{
    floor::find,
    floor_shown::{NowShown, QueueLine, current, item, line, stream_from},
};
use crate::{
    components::Foreign,
    table::{Line, get},
    visit::{Page, Visit},
    voice::Voice,
};

/// Most who come next on the screen.
const NEXT_MOST: usize = 3;

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![get("/{lang}/{edition}/world-assembly/screen", Act::Read, screen)]
}

#[derive(Template)]
#[template(path = "pages/floor_screen.html")]
struct ScreenPage {
    voice: Voice,
    title: Foreign,
    edition: String,
    stream: String,
    digest: String,
    item: Option<Foreign>,
    is_paused: bool,
    now: Option<NowShown>,
    next: Vec<QueueLine>,
}

async fn screen(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (frame, known) = visit
        .read_in("floor.screen", &slug, |conn, actor, now, edition| {
            find(conn, actor, now, edition)
        })
        .await?;
    let (voice, shown) = (&visit.voice, &known.shown);
    let floor = shown.is_on();
    let next = floor.map_or(&[][..], |floor| &floor.queue);
    let edition = frame.edition.as_ref();
    visit.show(&ScreenPage {
        title: voice.said(&shown.title),
        edition: edition.map_or_else(String::new, |edition| {
            edition.title.text(visit.language()).to_owned()
        }),
        stream: stream_from(visit.site(), shown.session, known.seq),
        digest: shown
            .floor
            .as_ref()
            .map(|floor| floor.digest.clone())
            .unwrap_or_default(),
        item: floor.map(|floor| item(voice, shown, floor)),
        is_paused: floor.is_some_and(|floor| floor.state == FloorState::Paused),
        now: floor.and_then(|floor| current(voice, floor)),
        next: next
            .iter()
            .take(NEXT_MOST)
            .map(|waiting| line(voice, waiting))
            .collect(),
        voice: voice.clone(),
    })
}
