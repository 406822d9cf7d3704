//! `bench board`: a thousand sessions in forty rooms: how long a move takes with all it clashes with, a full check, and what
//! both come to with a hundred and ten thousand; how heavy the board is, and how many frames a browser draws of it in a
//! second while a session is dragged.
//!
//! A move is compared with taking the place away again: the same transaction, lock and record, and no look at conflicts.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use db::{DatabaseUrl, migrate};
use serde_json::{Value, json};
use tests::{Answer, Client, Program};

use crate::{
    figures::{self, Report, Wanted},
    furniture::{self, BoardOf},
};

/// Sessions for which figures are wanted.
const SESSIONS: usize = 1000;
/// With how many growth is looked at.
const GROWTH: [usize; 3] = [100, SESSIONS, 10_000];
/// Times each is measured.
const ROUNDS: usize = 30;
/// The most milliseconds of a move.
const MOVE_MS: f64 = 20.0;
/// The most milliseconds of a full check.
const CHECK_MS: f64 = 50.0;
/// The most that ten times as many sessions may cost: what sorting costs more than walking is in it.
const TENFOLD: f64 = 13.0;
/// The most of a board over the wire, in KB.
const BOARD_KB: f64 = 300.0;
/// The least frames in a second of dragging.
const FRAMES: f64 = 50.0;
/// The least of them to those drawn while the mouse moves and holds nothing.
const FRAMES_RATIO: f64 = 0.8;

/// What was measured with so many sessions, in milliseconds.
struct Measured {
    moved: f64,
    to_control: f64,
    cpu: Option<f64>,
    looked: f64,
    checked: f64,
    conflicts: usize,
    shown: f64,
    bytes: f64,
}

/// Measures.
///
/// # Panics
/// When the program does not start or refuses a move: then there is nothing to tell.
pub fn measure(program: &PathBuf) -> Report {
    let mut report = Report::begin("board");
    let mut all = Vec::new();
    for sessions in GROWTH {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = DatabaseUrl::sqlite(&folder.path().join("hemicycle.db"));
        migrate::up(&url).expect("a schema");
        let board = furniture::furnished(&url, move |conn| furniture::board(conn, sessions));
        let data = folder.path().display().to_string();
        let arguments = ["serve", "--data", &data, "--database", url.as_str()];
        let server = Program::start_logging(program, &arguments, &[], &folder.path().join("log"));
        let measured = of(&server, &board);
        tell(&mut report, sessions, &measured);
        if sessions == SESSIONS {
            frames(&mut report, &server, &board);
        }
        all.push(measured);
    }
    let each = |of: fn(&Measured) -> f64| all.iter().map(of).collect::<Vec<f64>>();
    grown(&mut report, "a move", &each(|one| one.moved));
    grown(&mut report, "a full check", &each(|one| one.checked));
    report
}

/// What ten times as many sessions cost, each to the size before.
fn grown(report: &mut Report, name: &str, times: &[f64]) {
    for (at, pair) in times.windows(2).enumerate() {
        let name = format!("{name}, {} sessions to {}", GROWTH[at + 1], GROWTH[at]);
        report.add(name, pair[1] / pair[0], "×", Wanted::AtMost(TENFOLD));
    }
}

fn tell(report: &mut Report, sessions: usize, measured: &Measured) {
    let mut add = |name: &str, value: f64, unit, wanted| {
        let wanted = match sessions == SESSIONS {
            true => wanted,
            false => Wanted::Told,
        };
        report.add(format!("{name}, {sessions} sessions"), value, unit, wanted);
    };
    add("a move", measured.moved, "ms", Wanted::IdleAtMost(MOVE_MS));
    add(
        "a move, to one without checks",
        measured.to_control,
        "×",
        Wanted::Told,
    );
    if let Some(cpu) = measured.cpu {
        add("a move, of a core", cpu, "ms", Wanted::AtMost(MOVE_MS));
    }
    add("a look before a move", measured.looked, "ms", Wanted::Told);
    add(
        "a full check",
        measured.checked,
        "ms",
        Wanted::IdleAtMost(CHECK_MS),
    );
    add("conflicts found", measured.conflicts as f64, "", Wanted::Told);
    add("the board", measured.shown, "ms", Wanted::Told);
    add(
        "the board over the wire",
        measured.bytes,
        "KB",
        Wanted::AtMost(BOARD_KB),
    );
}

fn of(server: &Program, board: &BoardOf) -> Measured {
    let client = server.client().with_cookie("hemicycle", &board.organiser);
    let own = format!("/api/v1/sessions/{}", board.session);
    let placement = format!("{own}/placement");
    let edition = format!("/api/v1/editions/{}", board.slug);
    let page = format!("/en/desk/{}/board?day=2030-11-12", board.slug);
    let gzip = [("accept-encoding", "gzip"), ("sec-fetch-site", "same-origin")];
    let mut version = version_of(&client, &own);
    let place = |hour: usize| json!({"room": board.room, "starts": format!("2030-11-11T{hour}:00")});
    let mut round = |hour: usize| {
        let tag = |version: i64| format!("\"v{version}\"");
        let (answer, moved) = timed(|| client.put(&placement, Some(tag(version).as_str()), &place(hour)));
        version = answer.expect(200).json()["session"]["version"]
            .as_i64()
            .expect("a version");
        let headers = [("if-match", tag(version))];
        let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
        let (answer, taken) = timed(|| client.send("DELETE", &placement, &headers, None));
        version = answer.expect(200).json()["version"].as_i64().expect("a version");
        (taken, moved)
    };
    round(21);
    let before = server.cpu_seconds();
    let rounds: Vec<(f64, f64)> = (0..ROUNDS).map(|number| round(21 + number % 2)).collect();
    let cpu = before
        .zip(server.cpu_seconds())
        .map(|(before, after)| 1000.0 * (after - before) / ROUNDS as f64);
    let look = json!({"moves": [{"session": board.session, "version": version, "to": place(21)}]});
    let looked = median_of(|| client.post(&format!("{edition}/checks"), &look).expect(200));
    let conflicts = format!("{edition}/conflicts");
    let checked = median_of(|| client.get(&conflicts).expect(200));
    let shown = median_of(|| client.send("GET", &page, &gzip, None).expect(200));
    let found = client.get(&conflicts).expect(200).json();
    Measured {
        moved: figures::median(&rounds.iter().map(|(_, moved)| *moved).collect::<Vec<_>>()),
        to_control: figures::ratio(&rounds),
        cpu,
        looked,
        checked,
        conflicts: found["items"].as_array().map_or(0, Vec::len),
        shown,
        bytes: client.send("GET", &page, &gzip, None).expect(200).body.len() as f64 / 1024.0,
    }
}

fn version_of(client: &Client, own: &str) -> i64 {
    let draft = client.get(&format!("{own}/draft")).expect(200).json();
    draft["version"].as_i64().expect("a version")
}

fn timed(ask: impl FnOnce() -> Answer) -> (Answer, f64) {
    let begun = Instant::now();
    let answer = ask();
    (answer, 1000.0 * begun.elapsed().as_secs_f64())
}

fn median_of(ask: impl Fn() -> Answer) -> f64 {
    ask();
    let times: Vec<f64> = (0..ROUNDS).map(|_| timed(&ask).1).collect();
    figures::median(&times)
}

/// What a browser draws while a session is dragged across the board, if there is one on this machine.
fn frames(report: &mut Report, server: &Program, board: &BoardOf) {
    let folder = tests::root().join("tests/browser");
    let chromium = tests::given("CHROMIUM").unwrap_or_else(|| "/usr/bin/chromium".into());
    if !Path::new(&chromium).is_file() || !folder.join("node_modules/playwright-core").is_dir() {
        tests::note("no browser here (`cargo xtask setup`): no frames counted");
        return;
    }
    let told = Command::new("node")
        .arg(folder.join("frames.mjs"))
        .arg(format!("http://{}", server.address()))
        .arg(&board.organiser)
        .arg(format!("/en/desk/{}/board?day=2030-11-12", board.slug))
        .env("CHROMIUM", chromium)
        .output()
        .expect("node starts");
    let said = String::from_utf8_lossy(&told.stdout);
    let counted: Value = said
        .lines()
        .last()
        .and_then(|line| serde_json::from_str(line).ok())
        .unwrap_or_else(|| panic!("{said}{}", String::from_utf8_lossy(&told.stderr)));
    let figure = |name: &str| counted[name].as_f64().expect("a figure");
    report.add(
        "frames in a second of dragging",
        figure("dragging"),
        "/s",
        Wanted::IdleAtLeast(FRAMES),
    );
    report.add(
        "the same, to a mouse that holds nothing",
        figure("dragging") / figure("moving"),
        "×",
        Wanted::AtLeast(FRAMES_RATIO),
    );
    report.add(
        "frames drawn in a second, by the trace",
        figure("drawn_in_trace") / figure("seconds"),
        "/s",
        Wanted::Told,
    );
    report.add("the longest frame", figure("longest_ms"), "ms", Wanted::Told);
}
