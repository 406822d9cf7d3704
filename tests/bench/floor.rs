//! `bench floor`: something happens on the floor of the World Assembly, and two thousand who follow it are told: how long until
//! the last of them knows, beside one alone, turn by turn; and what each costs in memory.

use std::{
    path::PathBuf,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use db::{DatabaseUrl, migrate};
use kernel::Moment;
use tests::{Client, Program};

use crate::{
    feed::{self, LAST_MS, LISTENER_KB, Stream},
    figures::{self, Report, Wanted},
    furniture,
};

/// Changes that are told.
const ROUNDS: usize = 10;
/// How much longer the last of all may be without than one alone, told in rounds of the feed.
const RATIO: f64 = 5.0;

/// Measures.
///
/// # Panics
/// When the program does not start or a follower is let go: then there is nothing to tell.
pub fn measure(program: &PathBuf) -> Report {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = DatabaseUrl::sqlite(&folder.path().join("hemicycle.db"));
    migrate::up(&url).expect("a schema");
    let floors = furniture::furnished(&url, furniture::floors);
    let data = folder.path().display().to_string();
    let arguments = ["serve", "--data", &data, "--database", url.as_str()];
    let server = Program::start_logging(program, &arguments, &[], &folder.path().join("log"));
    let chair = server.client().with_cookie("hemicycle", &floors.organiser);
    let stream = |session: &str| Stream {
        path: format!("/api/v1/sessions/{session}/floor/events"),
        event: "floor.changed",
    };
    let followers = feed::listeners();

    let mut report = Report::begin("floor");
    // What the first change and the first stream cost once, nobody pays again.
    let alone = feed::listen(server.address(), &stream(&floors.beside.0), &floors.organiser, 1);
    change(&chair, &floors.beside.1, 0);
    feed::reached(&alone, 1);
    let before = server.memory_mib("VmRSS");
    let all = feed::listen(
        server.address(),
        &stream(&floors.hall.0),
        &floors.organiser,
        followers,
    );
    let with_all = server.memory_mib("VmRSS");
    report.add("followers", followers as f64, "", Wanted::Told);

    let mut rounds = Vec::new();
    for round in 1..=ROUNDS {
        let answered = change(&chair, &floors.beside.1, round);
        let one = feed::reached(&alone, 1 + round).saturating_duration_since(answered);
        let answered = change(&chair, &floors.hall.1, round);
        let last = feed::reached(&all, round * followers).saturating_duration_since(answered);
        rounds.push((milliseconds(one), milliseconds(last)));
    }
    assert_eq!(all.ended.load(Ordering::Relaxed), 0, "followers were let go");

    let lasts: Vec<f64> = rounds.iter().map(|(_, last)| *last).collect();
    let ones: Vec<f64> = rounds.iter().map(|(one, _)| *one).collect();
    report.add(
        "a change, from answered until the last knows",
        figures::median(&lasts),
        "ms",
        Wanted::AtMost(LAST_MS),
    );
    report.add(
        "a change, from answered until one alone knows",
        figures::median(&ones),
        "ms",
        Wanted::Told,
    );
    report.add(
        "the last of all to one alone",
        figures::median(&lasts) / figures::median(&ones).max(1.0),
        "",
        Wanted::AtMost(RATIO),
    );
    if let (Some(before), Some(with_all)) = (before, with_all) {
        report.add(
            "memory of a follower who waits",
            1024.0 * (with_all - before).max(0.0) / followers as f64,
            "KB",
            Wanted::AtMost(LISTENER_KB),
        );
    }
    report
}

/// Closes the list of speakers or opens it again. Answers when it was answered.
fn change(chair: &Client, floor: &str, round: usize) -> Instant {
    let act = match round % 2 {
        0 => "list-closing",
        _ => "list-opening",
    };
    let key = format!("round-{round}-{}", Moment::now().micros());
    let path = format!("/api/v1/floors/{floor}/{act}");
    chair.post_once(&path, &key, &serde_json::json!({})).expect(200);
    Instant::now()
}

fn milliseconds(duration: Duration) -> f64 {
    1000.0 * duration.as_secs_f64()
}
