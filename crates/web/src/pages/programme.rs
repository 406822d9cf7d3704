//! The programme: every day as a grid of rooms and hours on wide screens and as a list on narrow ones, filters and search
//! in the address, the whole in one request and without script.

use std::collections::BTreeSet;

use access_rules::{Act, Actor, SessionId};
use actix_kit::{Query, paper};
use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path},
};
use askama::Template;
use documents::{Pdf, Press};
use kernel::{Coded as _, Fault, LocalDate, Moment};
use programme::{
    model::{Access, Entry, SessionKind},
    released::{self, Programme, ReleasedSession, State},
    releases,
    snapshot::Snapshots,
};
use registration::{agenda, printing::Printer};

use crate::{
    components::{Chrome, Corner, Empty, Foreign, Link, Slot, SlotAct, TrackLabel},
    forms::{Choice, FormView},
    grid, plain,
    table::{Line, get},
    visit::{Page, Visit},
    voice::Voice,
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/{lang}/{edition}/programme", Act::Read, show),
        get("/{lang}/{edition}/programme.txt", Act::Read, text),
        get("/{lang}/{edition}/programme.pdf", Act::Read, printed),
    ]
}

/// What the reader's own agenda says of sessions.
#[derive(Clone, Debug, Default)]
pub struct Mine {
    /// On the agenda, by seat or walking in.
    pub held: BTreeSet<SessionId>,
    /// Overlapping another of theirs.
    pub clashing: BTreeSet<SessionId>,
}

impl Mine {
    /// The reader's own agenda of an edition; empty for nobody.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn of(conn: &mut db::Conn, actor: &Actor, edition: access_rules::EditionId) -> Result<Self, Fault> {
        if actor.person.is_none() {
            return Ok(Self::default());
        }
        let lines = agenda::of(conn, actor, edition)?;
        Ok(Self {
            held: lines.iter().map(|line| line.session).collect(),
            clashing: lines
                .iter()
                .filter(|line| !line.clashes.is_empty())
                .map(|line| line.session)
                .collect(),
        })
    }
}

/// The page.
#[derive(Template)]
#[template(path = "pages/programme.html")]
pub struct ProgrammePage {
    chrome: Chrome,
    release: String,
    days: Vec<Day>,
    now: Option<String>,
    filters: FormView,
    tracks: Vec<Choice>,
    formats: Vec<Choice>,
    domains: Vec<Choice>,
    rooms: Vec<Choice>,
    languages: Vec<Choice>,
    understood: Vec<Choice>,
    access: Vec<Choice>,
    filtered: bool,
    found: String,
    clear: String,
    exports: Vec<Link>,
    empty: Empty,
}

struct Day {
    id: String,
    long: String,
    short: String,
    number: String,
    rooms: Vec<(String, Option<String>)>,
    hours: Vec<(grid::Hour, String)>,
    slots: Vec<Slot>,
    count: usize,
    now: Option<(i64, String)>,
    today: bool,
    many: bool,
}

impl ProgrammePage {
    /// The page for what this reader may see of a programme.
    pub fn new(
        chrome: Chrome,
        programme: &Programme,
        query: &released::Query,
        mine: &Mine,
        now: Moment,
    ) -> Self {
        let voice = chrome.voice.clone();
        let found = released::filter(programme, query);
        let filtered = *query != released::Query::default();
        let days: Vec<Day> = programme
            .days
            .iter()
            .map(|day| day_of(&chrome, programme, &found, *day, mine, now))
            .filter(|day| day.count > 0)
            .collect();
        let listed = |rows: &[released::Listed]| {
            rows.iter()
                .map(|row| Choice::new(row.code.clone(), voice.said(&row.name).text))
                .collect::<Vec<_>>()
        };
        let mut tongues: Vec<String> = programme
            .sessions
            .iter()
            .flat_map(|session| session.languages_interpreted.iter().cloned())
            .collect();
        tongues.sort();
        tongues.dedup();
        let mut spoken: Vec<String> = programme
            .sessions
            .iter()
            .flat_map(|session| session.languages_floor.iter().cloned())
            .chain(tongues.iter().cloned())
            .collect();
        spoken.sort();
        spoken.dedup();
        let tags = |tags: Vec<String>| {
            let choices = tags.into_iter();
            choices
                .map(|tag| Choice::new(tag.clone(), tag.to_uppercase()))
                .collect::<Vec<_>>()
        };
        let base = chrome.to("programme");
        let slug = programme.edition.slug.clone();
        Self {
            release: voice.t2(
                "programme-release",
                "number",
                programme.release.number,
                "when",
                voice.moment(programme.edition.zone.local(programme.release.at)),
            ),
            now: days
                .iter()
                .find_map(|day| day.now.as_ref().map(|(_, clock)| clock.clone())),
            days,
            filters: FormView::filled(&voice, query),
            tracks: listed(&programme.tracks),
            formats: listed(&programme.formats),
            domains: listed(&programme.domains),
            rooms: programme
                .rooms
                .iter()
                .map(|room| Choice::new(room.id.to_string(), voice.said(&room.name).text))
                .collect(),
            languages: tags(tongues),
            understood: tags(spoken),
            access: Choice::codes::<Access>(&voice, "access"),
            filtered,
            found: voice.t1("sessions-count", "count", found.len()),
            clear: base.clone(),
            exports: vec![
                Link::new(
                    format!("/api/v1/editions/{slug}/programme.ics"),
                    voice.t("programme-ics"),
                ),
                Link::new(format!("/api/v1/editions/{slug}/schedule.xml"), "schedule.xml"),
                Link::new(format!("/api/v1/editions/{slug}/schedule.json"), "schedule.json"),
                Link::new(format!("/api/v1/editions/{slug}/schedule.csv"), "CSV"),
                Link::new(format!("/api/v1/editions/{slug}/schedule.xlsx"), "XLSX"),
                Link::new(chrome.to("programme.txt"), voice.t("programme-text")),
            ]
            .into_iter()
            .chain(Press::PRINTS.then(|| Link::new(chrome.to("programme.pdf"), voice.t("printed-pdf"))))
            .collect(),
            empty: Empty::new(
                voice.t("list-empty-filtered"),
                voice.t("list-empty-filtered-hint"),
            )
            .with_act(Link::new(base, voice.t("filter-clear"))),
            chrome,
        }
    }
}

/// A session as it stands in grids and lists.
pub fn slot(
    chrome: &Chrome,
    programme: &Programme,
    session: &ReleasedSession,
    mine: &Mine,
    now: Moment,
) -> Slot {
    let voice = &chrome.voice;
    let pause = session.kind == SessionKind::Break;
    let track = track_label(voice, programme, session);
    let format = programme
        .format_of(session)
        .map(|format| voice.said(&format.name));
    let languages: Vec<String> = session
        .languages_floor
        .iter()
        .chain(&session.languages_interpreted)
        .map(|tag| tag.to_uppercase())
        .collect();
    let corner = if mine.clashing.contains(&session.id) {
        Some(Corner {
            icon: "octagon",
            word: voice.t("corner-clash"),
        })
    } else if mine.held.contains(&session.id) {
        Some(Corner {
            icon: "check",
            word: voice.t("corner-mine"),
        })
    } else if session.line_only {
        Some(Corner {
            icon: "lock",
            word: voice.t("corner-members"),
        })
    } else {
        None
    };
    let offset = programme.edition.zone.offset_minutes(session.starts_at);
    let sign = if offset < 0 { '-' } else { '+' };
    let act = (chrome.signed_in.is_some() && session.entry == Entry::WalkIn && !pause && !session.line_only)
        .then(|| {
            let held = mine.held.contains(&session.id);
            SlotAct {
                action: chrome.to(&format!("sessions/{}/agenda", session.id)),
                icon: if held { "check" } else { "plus" },
                label: voice.t1(
                    if held { "agenda-remove" } else { "agenda-add" },
                    "title",
                    voice.said(&session.title).text,
                ),
                sends: chrome.sends(),
            }
        });
    Slot {
        track,
        title: session_title(voice, session),
        href: (!pause).then(|| chrome.to(&format!("sessions/{}", session.id))),
        datetime: format!(
            "{}{sign}{:02}:{:02}",
            session.starts_local,
            offset.abs() / 60,
            offset.abs() % 60
        ),
        from: voice.clock(session.starts_local),
        until: voice.clock(session.ends_local),
        until_words: voice.t1("clock-until", "time", voice.clock(session.ends_local)),
        format,
        room: programme.room_of(session).map(|room| voice.said(&room.name).text),
        languages: languages.join(" "),
        begin: 0,
        length: 0,
        column: None,
        past: session.ends_at <= now,
        live: session.starts_at <= now && now < session.ends_at,
        mine: mine.held.contains(&session.id),
        clash: mine.clashing.contains(&session.id),
        off: (session.state == State::Cancelled).then(|| voice.t("session-cancelled")),
        pause,
        corner,
        issue: None,
        act,
    }
}

/// The title of a session; a line shown without its papers is called after the body that meets.
pub fn session_title(voice: &Voice, session: &ReleasedSession) -> Foreign {
    match &session.body_label {
        Some(body) if session.line_only => voice.said(&body.name),
        _ => voice.said(&session.title),
    }
}

/// The track of a session, or what kind of session it is.
pub fn track_label(voice: &Voice, programme: &Programme, session: &ReleasedSession) -> TrackLabel {
    match programme.track_of(session) {
        Some(track) => TrackLabel::named(Some(&track.code), voice.said(&track.name)),
        None => {
            let word = voice.code("session-kind", session.kind.code());
            TrackLabel::named(None, voice.foreign(&word, voice.language.code()))
        }
    }
}

fn day_of(
    chrome: &Chrome,
    programme: &Programme,
    found: &[&ReleasedSession],
    day: LocalDate,
    mine: &Mine,
    now: Moment,
) -> Day {
    let voice = &chrome.voice;
    let midnight = day.at(0, 0).unwrap_or_else(|| {
        programme
            .edition
            .starts_on
            .at(0, 0)
            .expect("midnight is a time of day")
    });
    let mut sessions: Vec<&ReleasedSession> = found
        .iter()
        .copied()
        .filter(|session| session.starts_local.date() == day)
        .collect();
    sessions.sort_by_key(|session| (session.starts_local, session.room, session.id));
    let span =
        |session: &ReleasedSession| grid::Frame::minutes(midnight, session.starts_local, session.ends_local);
    let frame = grid::Frame::around(sessions.iter().map(|session| span(session)));
    let used: Vec<&released::Room> = programme
        .rooms
        .iter()
        .filter(|room| sessions.iter().any(|session| session.room == Some(room.id)))
        .collect();
    let column = |session: &ReleasedSession| {
        let alone = matches!(
            session.kind,
            SessionKind::Plenary | SessionKind::Ceremony | SessionKind::Break
        ) || session.room.is_none();
        let overlaps = sessions.iter().any(|other| {
            other.id != session.id
                && other.starts_local < session.ends_local
                && session.starts_local < other.ends_local
        });
        if alone && !overlaps {
            None
        } else {
            session
                .room
                .and_then(|room| used.iter().position(|own| own.id == room))
                .map(|at| at + 1)
        }
    };
    let slots: Vec<Slot> = sessions
        .iter()
        .filter(|session| {
            column(session).is_some_and(|column| column <= grid::ROOMS_MOST) || column(session).is_none()
        })
        .map(|session| {
            let (from, until) = span(session);
            Slot {
                begin: frame.begin(from),
                length: frame.length(from, until),
                column: column(session),
                ..slot(chrome, programme, session, mine, now)
            }
        })
        .collect();
    let local = programme.edition.zone.local(now);
    let minute = local.minute_of_day();
    Day {
        id: format!("day-{day}"),
        long: voice.capital(&voice.day_long(day)),
        short: voice.weekday_short(day),
        number: voice.day_of_month(day),
        rooms: used
            .iter()
            .map(|room| {
                (
                    voice.said(&room.name).text,
                    room.capacity
                        .map(|capacity| voice.t1("places-count", "count", capacity)),
                )
            })
            .collect(),
        hours: frame
            .hours()
            .into_iter()
            .map(|hour| {
                let at = midnight.plus_minutes(hour.minute);
                (hour, voice.clock(at))
            })
            .collect(),
        count: slots.len(),
        slots,
        now: (local.date() == day && frame.holds(minute)).then(|| (frame.begin(minute), voice.clock(local))),
        today: local.date() == day,
        many: used.len() > grid::ROOMS_FIT,
    }
}

async fn show(visit: Visit, path: Path<(String, String)>, query: Query<released::Query>) -> Page {
    let (_, slug) = path.into_inner();
    let asked = query.0;
    let (frame, (programme, mine)) = visit
        .read_in("programme", &slug, |conn, actor, _, edition| {
            let programme = releases::live(conn, edition.id)?.map(|live| live.for_actor(actor).indexed());
            Ok((programme, Mine::of(conn, actor, edition.id)?))
        })
        .await?;
    let chrome = visit.chrome(&frame, visit.voice.t("nav-programme"));
    match programme {
        Some(programme) => visit.show(&ProgrammePage::new(
            chrome,
            &programme,
            &asked,
            &mine,
            visit.caller.now(),
        )),
        None => visit.show(&super::basics::NothingYet::new(
            chrome,
            "programme-none",
            "programme-none-hint",
        )),
    }
}

/// The whole of what the reader may see, as plain text.
async fn text(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (_, (programme, mine)) = visit
        .read_in("programme", &slug, |conn, actor, _, edition| {
            let programme = releases::live(conn, edition.id)?.ok_or_else(Fault::not_found)?;
            Ok((
                programme.for_actor(actor).indexed(),
                Mine::of(conn, actor, edition.id)?,
            ))
        })
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, plain::MEDIA_TYPE))
        .insert_header((header::CONTENT_LANGUAGE, visit.language().code()))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(plain::programme(&visit.voice, &programme, &mine)))
}

/// What everybody may see, on paper: the same copy for all, whoever asks.
async fn printed(
    visit: Visit,
    snapshots: Data<Snapshots>,
    printer: Data<Printer>,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Page {
    let (_, slug) = path.into_inner();
    let refused = |fault| visit.refused(fault);
    let snapshot = snapshots.get(&slug).ok_or_else(|| refused(Fault::not_found()))?;
    let language = visit.language();
    let known = printer.known_tag(&snapshot, language);
    if let Some(etag) = known.filter(|etag| paper::is_known(&request, etag)) {
        return Ok(paper::known(&etag));
    }
    let name = format!("programme-{slug}-{}.pdf", language.code());
    let pdf = paper::set(move || printer.print_snapshot(&snapshot, language)).await;
    let pdf = pdf.map_err(refused)?;
    if paper::is_known(&request, &pdf.etag) {
        return Ok(paper::known(&pdf.etag));
    }
    Ok(paper::open(&name, Pdf::MEDIA_TYPE, &pdf.etag, pdf.bytes))
}
