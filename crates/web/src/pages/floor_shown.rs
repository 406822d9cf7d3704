//! What the pages of a floor share: who has it and their clock, who waits and why there, and the part that is kept as it is
//! by now. It does not know who looks.

use access_rules::SessionId;
use actix_kit::Site;
use askama::Template;
use assembly::floor::seeing::SessionFloor;
use db::Conn;
use floor::{Clock, Line, View, Waiting};
use kernel::{Coded as _, Fault, Moment};
use members::sections::Section;
use records::feed;

use crate::{
    components::{Foreign, Markup, Sends},
    voice::Voice,
};

/// The part of a page that follows the floor.
#[derive(Template)]
#[template(path = "parts/floor.html")]
pub(super) struct FloorPart {
    /// Where changes are told.
    pub stream: String,
    /// Of what it shows.
    pub digest: String,
    /// What changed for its reader, as a sentence.
    pub said: String,
    /// Whether it is drawn anew at once.
    pub at_once: bool,
    /// What it shows.
    pub parts: Vec<Markup>,
}

/// A clock as it is shown.
pub(super) struct ClockShown {
    /// What it counts.
    pub label: String,
    /// Minutes and seconds.
    pub text: String,
    /// Whether the time is over.
    pub is_over: bool,
    /// The moment of the text.
    pub at: String,
    /// When the time is over, while it runs.
    pub until: Option<String>,
    /// Since when it would have run without a break, where there is no limit and it runs.
    pub since: Option<String>,
}

/// Who has the floor.
pub(super) struct NowShown {
    /// What for.
    pub what: String,
    /// Their name.
    pub name: String,
    /// What they speak for.
    pub speaks_for: String,
    /// The region they are counted under.
    pub region: Option<String>,
    /// Whether it is their first speech.
    pub is_first: bool,
    /// How long still.
    pub clock: ClockShown,
}

/// Who has the floor, and who gets it back.
#[derive(Template)]
#[template(path = "parts/floor_now.html")]
pub(super) struct Now {
    /// The reader's words.
    pub voice: Voice,
    /// Who has it.
    pub now: Option<NowShown>,
    /// Who gets it back.
    pub back: Vec<String>,
}

/// Who waits.
#[derive(Template)]
#[template(path = "parts/floor_queue.html")]
pub(super) struct Queue {
    /// The reader's words.
    pub voice: Voice,
    /// In their order.
    pub lines: Vec<QueueLine>,
}

/// One who waits.
pub(super) struct QueueLine {
    /// The request.
    pub id: String,
    /// Their name.
    pub name: String,
    /// What they speak for.
    pub speaks_for: String,
    /// The region they are counted under.
    pub region: Option<String>,
    /// Whether it would be their first speech.
    pub is_first: bool,
    /// What for.
    pub what: String,
    /// Why they stand there.
    pub why: String,
    /// Why the chair moved them.
    pub reason: String,
    /// What the chair may do with it.
    pub change: Option<Markup>,
}

/// An act by one button, and the key that presses it.
pub(super) struct Key {
    /// Where it is sent.
    pub action: String,
    /// What every form carries.
    pub sends: Sends,
    /// What it says besides.
    pub fields: Vec<(&'static str, String)>,
    /// How it looks.
    pub class: &'static str,
    /// The key as the script hears it.
    pub letter: Option<&'static str>,
    /// The key as it is shown.
    pub cap: Option<&'static str>,
    /// Its words.
    pub label: String,
}

/// Buttons side by side, each a form of its own.
#[derive(Template)]
#[template(path = "parts/floor_keys.html")]
pub(super) struct Keys {
    /// The reader's words.
    pub voice: Voice,
    /// The buttons.
    pub keys: Vec<Key>,
    /// Whether keys press them, which can be turned off here.
    pub has_switch: bool,
}

/// A form that is unfolded where it is wanted.
#[derive(Template)]
#[template(path = "parts/floor_change.html")]
pub(super) struct Change {
    /// What it is found by.
    pub id: String,
    /// What it is.
    pub label: String,
    /// Whether it stands open.
    pub is_open: bool,
    /// The form.
    pub sheet: Markup,
}

/// How far a page has heard of the floor; asked before the floor is read.
pub(super) fn heard(conn: &mut Conn, session: SessionId) -> Result<i64, Fault> {
    feed::last(conn, &::floor::stream(session))
}

/// Where a page hears of changes after what it shows.
pub(super) fn stream_from(site: &Site, session: SessionId, seq: i64) -> String {
    let last = site.veiled(&format!("feed floor {session}"), seq);
    format!("/api/v1/sessions/{session}/floor/events?after={last}")
}

/// What is discussed: an outcome's or a paper's code and title for who may read it, else what the floor is called.
pub(super) fn item(voice: &Voice, shown: &SessionFloor, floor: &View) -> Foreign {
    match &shown.discussed {
        Some(own) => {
            let title = voice.said(&own.title);
            Foreign {
                text: format!("{} {}", own.code, title.text),
                ..title
            }
        }
        None => voice.said(&floor.title),
    }
}

/// The heading of what is discussed.
#[derive(Template)]
#[template(source = "<h2>{{ item }}</h2>", ext = "html")]
pub(super) struct ItemHeading {
    /// It.
    pub item: Foreign,
}

/// What is discussed, as a heading.
pub(super) fn item_heading(voice: &Voice, shown: &SessionFloor, floor: &View) -> Markup {
    Markup::of(&ItemHeading {
        item: item(voice, shown, floor),
    })
}

/// Who has the floor, and who gets it back.
pub(super) fn now(voice: &Voice, floor: &View) -> Now {
    let back = floor.interrupted.iter().map(|line| {
        let why = voice.code("speaker-place", "resumes");
        format!("{}: {why}", line.name)
    });
    Now {
        voice: voice.clone(),
        now: current(voice, floor),
        back: back.collect(),
    }
}

/// Who has the floor.
pub(super) fn current(voice: &Voice, floor: &View) -> Option<NowShown> {
    floor.current.as_ref().map(|line| NowShown {
        what: what(voice, line),
        name: line.name.clone(),
        speaks_for: line.speaks_for.clone(),
        region: region(voice, line.region.as_deref()),
        is_first: line.is_first_speech,
        clock: clock(voice, &line.clock, floor.at),
    })
}

/// One who waits, without what the chair may do with it.
pub(super) fn line(voice: &Voice, waiting: &Waiting) -> QueueLine {
    QueueLine {
        why: voice.code("speaker-place", waiting.why.code()),
        reason: waiting.reason.clone(),
        ..unplaced(voice, &waiting.line)
    }
}

/// One who waits for the chair to admit them.
pub(super) fn unplaced(voice: &Voice, line: &Line) -> QueueLine {
    QueueLine {
        id: line.id.to_string(),
        name: line.name.clone(),
        speaks_for: line.speaks_for.clone(),
        region: region(voice, line.region.as_deref()),
        is_first: line.is_first_speech,
        what: voice.code("speech-kind", line.kind.code()),
        why: voice.code("speech-state", line.state.code()),
        reason: String::new(),
        change: None,
    }
}

/// A region by its name.
pub(super) fn region(voice: &Voice, code: Option<&str>) -> Option<String> {
    let code = code?;
    Some(match Section::ALL.iter().any(|section| section.code() == code) {
        true => voice.code("section", code),
        false => code.to_owned(),
    })
}

/// Who speaks and how many wait, as a sentence.
pub(super) fn said(voice: &Voice, floor: &View) -> String {
    let count = voice.count(i64::try_from(floor.queue.len()).unwrap_or(i64::MAX));
    match &floor.current {
        Some(line) => voice.t2("floor-changed", "name", line.name.clone(), "count", count),
        None => voice.t1("floor-changed-nobody", "count", count),
    }
}

/// Minutes and seconds.
pub(super) fn minutes(seconds: i64) -> String {
    let sign = if seconds < 0 { "\u{2212}" } else { "" };
    let shown = seconds.abs();
    format!("{sign}{}:{:02}", shown / 60, shown % 60)
}

fn what(voice: &Voice, line: &Line) -> String {
    let kind = voice.code("speech-kind", line.kind.code());
    let state = voice.code("speech-state", line.state.code());
    format!("{kind}. {state}")
}

fn clock(voice: &Voice, clock: &Clock, at: Moment) -> ClockShown {
    let shown = clock.left_seconds.unwrap_or(clock.spoken_seconds);
    let has_limit = clock.left_seconds.is_some();
    let since = clock.is_running && !has_limit;
    ClockShown {
        label: voice.t(match has_limit {
            true => "floor-time-left",
            false => "floor-time-spoken",
        }),
        text: minutes(shown),
        is_over: shown < 0,
        at: at.to_string(),
        until: clock.runs_out_at.map(|at| at.to_string()),
        since: since.then(|| at.plus_seconds(-clock.spoken_seconds).to_string()),
    }
}
