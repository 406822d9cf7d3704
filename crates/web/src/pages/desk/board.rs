//! The programme board: rooms × time for a day, what has no place yet, and what is wrong; and the plain forms behind it.
//!
//! Whole without script: every block leads to its session's form, every free stretch to a form with room and start filled
//! in, ticked sessions are put later or change places by two buttons. `static/board.js` adds dragging, keys, undoing and
//! the moves of others to the same page. Whom it shows what is `programme::board`'s; nothing is hidden here.

mod copying;
mod drawing;
mod forms;

use std::io::Write as _;

use access_rules::Act;
use actix_kit::Query;
use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path},
};
use askama::Template;
use flate2::{Compression, write::GzEncoder};
use kernel::{Coded as _, Fault, LocalDate};
use programme::{
    admission::Admissions,
    board::{self, Board},
    rules,
};
use serde::{Deserialize, Serialize};

use self::{
    copying::{copy, copy_form},
    drawing::{Drawing, Grid, Head, Issue, Waiting},
    forms::{place, place_form, reschedule, swap},
};
use super::{asked_for, gate, navigation};
use crate::{
    components::{Chrome, DeskNav, Link, Notice, TrackLabel},
    grid, svg,
    table::{Line, get, post},
    visit::{Page, Visit},
    voice::Voice,
};

/// Minutes a board can snap to.
const SNAPS: [i64; 4] = [5, 15, 30, 60];
/// Minutes it snaps to when nothing is asked.
const SNAP: i64 = 15;
/// How tall an hour can be drawn.
const ZOOMS: [&str; 3] = ["small", "normal", "large"];
/// Rooms side by side; what has no room stands in one more column.
const ROOMS_MOST: usize = grid::ROOMS_MOST - 1;
/// With more rooms than this the grid scrolls in its own window.
const ROOMS_FIT: usize = 6;
/// Most sessions without a place shown at once.
const WAITING_MOST: usize = 200;
/// Most conflicts told beside the board; all stand on their own page.
const ISSUES_MOST: usize = 60;

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/desk/{edition}/board", Act::PlaceSession, show),
        get(
            "/{lang}/desk/{edition}/board/place",
            Act::PlaceSession,
            place_form,
        ),
        post("/{lang}/desk/{edition}/board/place", Act::PlaceSession, place),
        post(
            "/{lang}/desk/{edition}/board/reschedule",
            Act::PlaceSession,
            reschedule,
        ),
        post("/{lang}/desk/{edition}/board/swap", Act::PlaceSession, swap),
        get("/{lang}/desk/{edition}/board/copy", Act::PlaceSession, copy_form),
        post("/{lang}/desk/{edition}/board/copy", Act::PlaceSession, copy),
    ]
}

type At = Path<(String, String)>;

/// What of a board is asked for, kept in its address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct Asked {
    day: Option<String>,
    snap: Option<String>,
    zoom: Option<String>,
    /// Words in the title of what has no place yet.
    q: Option<String>,
    /// The first of the rooms shown, from 0.
    rooms: Option<String>,
}

impl Asked {
    fn snap(&self) -> i64 {
        let asked = self.snap.as_deref().and_then(|snap| snap.parse().ok());
        asked.filter(|snap| SNAPS.contains(snap)).unwrap_or(SNAP)
    }

    fn zoom(&self) -> &'static str {
        let known = ZOOMS.into_iter().find(|zoom| Some(*zoom) == self.zoom.as_deref());
        known.unwrap_or("normal")
    }

    fn day(&self, days: &[LocalDate], today: LocalDate) -> LocalDate {
        let asked = self.day.as_deref().and_then(|day| day.parse::<LocalDate>().ok());
        let known = |day: &LocalDate| days.contains(day);
        asked
            .filter(known)
            .or_else(|| Some(today).filter(known))
            .or_else(|| days.first().copied())
            .unwrap_or(today)
    }

    fn address(&self, base: &str) -> String {
        match asked_for(self) {
            all if all.is_empty() => base.to_owned(),
            all => format!("{base}?{}", all.join("&")),
        }
    }
}

/// The page.
#[derive(Template)]
#[template(path = "pages/desk/board.html")]
struct BoardPage {
    chrome: Chrome,
    nav: DeskNav,
    /// What stands on the board's element for its script: names and values of `data-…`.
    told: Vec<(&'static str, String)>,
    days: Vec<Tab>,
    day: String,
    snaps: Vec<Tab>,
    zooms: Vec<Tab>,
    sets: Vec<Tab>,
    zoom: &'static str,
    many: bool,
    heads: Vec<Head>,
    grid: Grid,
    search: String,
    kept: Vec<(String, String)>,
    waiting: Vec<Waiting>,
    more_waiting: Option<String>,
    issues: Vec<Issue>,
    more_issues: Option<Link>,
    by_form: String,
    copy: String,
    reschedule: String,
    swap: String,
    back: String,
}

struct Tab {
    href: String,
    word: String,
    /// Of the month, on the tab of a day.
    number: String,
    long: String,
    current: bool,
}

async fn show(
    visit: Visit,
    request: HttpRequest,
    path: At,
    query: Query<Asked>,
    admissions: Data<Admissions>,
) -> Page {
    let (_, slug) = path.into_inner();
    let page = drawn(&visit, &slug, query.0, admissions, None).await?;
    sent(&visit, &request, &page)
}

async fn drawn(
    visit: &Visit,
    slug: &str,
    asked: Asked,
    admissions: Data<Admissions>,
    notice: Option<Notice>,
) -> Result<BoardPage, crate::visit::Refused> {
    let (frame, board) = visit
        .read_in("desk.board", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            board::of(conn, actor, now, admissions.get_ref(), edition.id)
        })
        .await?;
    let mut chrome = visit.chrome(&frame, visit.voice.t("board-title"));
    if notice.is_some() {
        chrome.notice = notice;
    }
    let nav = navigation(&chrome, &frame.actor, visit.caller.now());
    let today = board.edition.zone.local(visit.caller.now()).date();
    Ok(BoardPage::new(visit, chrome, nav, slug, &board, &asked, today))
}

/// A board is large and alike: compressed it is a tenth. Not where another site made the browser ask, for a length could
/// then be made to tell what the page holds.
fn sent(visit: &Visit, request: &HttpRequest, page: &BoardPage) -> Page {
    let has = |name: header::HeaderName, word: &str| {
        let value = request.headers().get(name).and_then(|value| value.to_str().ok());
        value.is_some_and(|value| value.contains(word))
    };
    let foreign = header::HeaderName::from_static("sec-fetch-site");
    if !has(header::ACCEPT_ENCODING, "gzip") || has(foreign, "cross-site") {
        return visit.show(page);
    }
    let html = page
        .render()
        .map_err(|error| visit.refused(Fault::internal(error)))?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    let bytes = gzip
        .write_all(html.as_bytes())
        .and_then(|()| gzip.finish())
        .map_err(|error| visit.refused(Fault::internal(error)))?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_LANGUAGE, visit.language().code()))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::CONTENT_ENCODING, "gzip"))
        .body(bytes))
}

impl BoardPage {
    fn new(
        visit: &Visit,
        chrome: Chrome,
        nav: DeskNav,
        slug: &str,
        board: &Board,
        asked: &Asked,
        today: LocalDate,
    ) -> Self {
        let voice = &visit.voice;
        let base = visit.at(&format!("desk/{slug}/board"));
        let days = rules::days(&board.edition);
        let day = asked.day(&days, today);
        let first = asked
            .rooms
            .as_deref()
            .and_then(|first| first.parse::<usize>().ok());
        let first = first.filter(|first| *first < board.rooms.len()).unwrap_or(0);
        let last = (first + ROOMS_MOST).min(board.rooms.len());
        let drawing = Drawing {
            chrome: &chrome,
            board,
            sessions: visit.at(&format!("desk/{slug}/sessions")),
            asked,
            day,
            midnight: day.at(0, 0).expect("midnight is a time of day"),
            rooms: &board.rooms[first..last],
            tracks: board
                .tracks
                .iter()
                .map(|track| {
                    (
                        track.id,
                        TrackLabel::named(Some(&track.code), voice.said(&track.title)),
                    )
                })
                .collect(),
            base: base.clone(),
        };
        let (issues, marks, left) = drawing.issues(visit, slug);
        let grid = drawing.grid(&marks);
        let (waiting, unseen) = drawing.waiting();
        let tab = |word: String, long: String, current: bool, change: &dyn Fn(&mut Asked)| {
            let mut next = asked.clone();
            change(&mut next);
            Tab {
                href: next.address(&base),
                word,
                number: String::new(),
                long,
                current,
            }
        };
        let mut kept = asked.clone();
        kept.q = None;
        kept.day = Some(day.to_string());
        Self {
            told: told(voice, slug, board, asked.snap()),
            days: days
                .iter()
                .map(|one| {
                    let long = voice.capital(&voice.day_long(*one));
                    let tab = tab(voice.weekday_short(*one), long, *one == day, &|next| {
                        next.day = Some(one.to_string());
                    });
                    Tab {
                        number: voice.day_of_month(*one),
                        ..tab
                    }
                })
                .collect(),
            day: voice.capital(&voice.day_long(day)),
            snaps: SNAPS
                .iter()
                .map(|snap| {
                    let words = voice.t1("board-snap-of", "count", *snap);
                    tab(snap.to_string(), words, *snap == asked.snap(), &|next| {
                        next.snap = Some(snap.to_string());
                    })
                })
                .collect(),
            zooms: ZOOMS
                .iter()
                .map(|zoom| {
                    let word = voice.code("board-zoom", zoom);
                    tab(word.clone(), word, *zoom == asked.zoom(), &|next| {
                        next.zoom = Some((*zoom).to_owned());
                    })
                })
                .collect(),
            sets: (0..board.rooms.len())
                .step_by(ROOMS_MOST)
                .map(|from| {
                    let until = (from + ROOMS_MOST).min(board.rooms.len());
                    let words = voice.t2("board-rooms-of", "first", from + 1, "last", until);
                    tab(words.clone(), words, from == first, &|next| {
                        next.rooms = Some(from.to_string());
                    })
                })
                .collect(),
            zoom: asked.zoom(),
            many: grid.columns > ROOMS_FIT,
            heads: drawing.heads(grid.columns),
            grid,
            search: asked.q.clone().unwrap_or_default(),
            kept: fields_of(&kept),
            waiting,
            more_waiting: (unseen > 0).then(|| voice.t1("board-more", "count", unseen)),
            issues,
            more_issues: (left > 0).then(|| {
                Link::new(
                    visit.at(&format!("desk/{slug}/conflicts")),
                    voice.t1("board-more-conflicts", "count", left),
                )
            }),
            by_form: format!("{base}/place"),
            copy: format!("{base}/copy"),
            reschedule: format!("{base}/reschedule"),
            swap: format!("{base}/swap"),
            back: Asked {
                day: Some(day.to_string()),
                ..asked.clone()
            }
            .address(&base),
            nav,
            chrome,
        }
    }
}

/// What the script says and asks, in the reader's words; `{…}` is filled in there.
fn told(voice: &Voice, slug: &str, board: &Board, snap: i64) -> Vec<(&'static str, String)> {
    let named = |key: &str| {
        let held = [
            ("title", "{title}"),
            ("room", "{room}"),
            ("time", "{time}"),
            ("snap", "{snap}"),
            ("name", "{name}"),
            ("at", "{at}"),
        ];
        let args: Vec<_> = held
            .iter()
            .map(|(name, place)| (*name, (*place).into()))
            .collect();
        voice.tn(key, &args)
    };
    vec![
        ("slug", slug.to_owned()),
        ("draft", board.edition.draft.to_string()),
        ("snap", snap.to_string()),
        ("held", named("board-held")),
        ("dropped", named("board-dropped")),
        ("unplaced", named("board-unplaced")),
        ("stays", named("board-stays")),
        ("theirs", named("board-theirs")),
        ("theirs-moved", named("board-theirs-moved")),
        ("theirs-unplaced", named("board-theirs-unplaced")),
        ("theirs-changed", named("board-theirs-changed")),
        ("somebody", voice.t("board-somebody")),
        ("you", voice.t("board-you")),
        ("free", voice.t("board-free")),
        ("unavailable", voice.t("board-unavailable")),
        ("nowhere", voice.t("board-nowhere")),
        ("refused", voice.t("board-refused")),
        ("clash", voice.t("board-clash")),
        ("let-stand", voice.t("board-let-stand")),
        ("leave", voice.t("board-leave")),
        ("stale", voice.t("board-stale")),
        ("take-over", voice.t("board-take-over")),
        ("undone", named("board-undone")),
        ("redone", named("board-redone")),
        ("pick-some", voice.t("board-pick-some")),
        ("pick-two", voice.t("board-pick-two")),
        ("offline", voice.t("board-offline")),
    ]
}

fn fields_of(asked: &Asked) -> Vec<(String, String)> {
    let all = [
        ("day", &asked.day),
        ("snap", &asked.snap),
        ("zoom", &asked.zoom),
        ("rooms", &asked.rooms),
    ];
    all.into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)))
        .collect()
}
