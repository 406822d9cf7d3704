//! Copies: a backup beside a server in use, restored elsewhere; the database transferred to the other engine and back.
//!
//! Each command compares what it wrote with what it read, and fails where they differ; here it is timed, and asked whether
//! a restored site holds at least what had been acknowledged before the copy began, and sends nothing.

use std::{
    path::PathBuf,
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use db::{DatabaseUrl, Engine, migrate, testing};

use crate::{
    Program,
    drills::{Found, Wanted},
    fleet::{ask, furnish},
    note,
    steady::{self, Pace},
};

/// The drill.
pub const NAME: &str = "copies";
/// Reservations that are acknowledged before a copy and during it.
const AROUND: usize = 10;
/// What a copy of this small congress may take.
const SECONDS: f64 = 60.0;

/// Whether it can be done in this run, with a word about it where not.
pub fn is_possible() -> bool {
    let has_dump = Command::new("pg_dump").arg("--version").output().is_ok();
    let is_possible = has_dump && testing::engine() == Engine::Postgres;
    if !is_possible {
        note("no PostgreSQL, or no pg_dump: no copies are made of it");
    }
    is_possible
}

/// Measures.
///
/// # Panics
/// When a command refuses: then there is nothing to tell.
pub fn run(wanted: &Wanted) -> Found {
    let source = testing::fresh();
    let furniture = wanted.furniture;
    let there = source
        .write("furnish", move |conn| Ok(furnish(conn, furniture)))
        .expect("furnished");
    let folder = tempfile::tempdir().expect("a folder");
    let hands = Hands {
        program: wanted.program.clone(),
        data: folder.path().join("data").display().to_string(),
    };
    let server = Program::start(
        &wanted.program,
        &[
            "serve",
            "--data",
            &hands.data,
            "--database",
            source.url().as_str(),
        ],
        &[],
    );
    let copy = |round: usize| folder.path().join(format!("copy-{round}")).display().to_string();
    let ((times, before), outcome) = steady::during_at(
        server.address(),
        &Arc::new(there),
        source.url(),
        Pace::usual(),
        |used| {
            let (mut times, mut before) = (Vec::new(), Vec::new());
            let begun = Instant::now();
            while times.is_empty() || begun.elapsed() < wanted.time {
                used.until_acknowledged(AROUND);
                before.push(seats(source.url()));
                times.push(hands.run(&["backup", &copy(times.len())], source.url()));
                used.until_acknowledged(AROUND);
            }
            (times, before)
        },
    );
    drop(server);

    let mut found = Found::by(NAME);
    found.told("backups beside a server in use", times.len() as f64, "");
    found.seconds(SECONDS, ["a backup, median", "a backup, at most"], &times);
    found.at_most(
        0.0,
        "requests that failed for a client",
        outcome.failures.len() as f64,
        "",
    );
    restore(
        &hands,
        &copy(times.len() - 1),
        *before.last().unwrap_or(&0),
        &mut found,
    );
    transfer(&hands, source.url(), &folder, &mut found);
    found.used(&outcome);
    found
}

/// The built program, called by hand.
struct Hands {
    program: PathBuf,
    data: String,
}

impl Hands {
    /// Runs a command on a database; how long it took.
    fn run(&self, words: &[&str], url: &DatabaseUrl) -> Duration {
        let begun = Instant::now();
        let on = ["--database", url.as_str(), "--data", &self.data];
        let ran = Command::new(&self.program)
            .args(words)
            .args(on)
            .env("HEMICYCLE_LOG_LEVEL", "error")
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&ran.stderr);
        assert!(ran.status.success(), "{words:?}: {said}");
        begun.elapsed()
    }
}

fn seats(url: &DatabaseUrl) -> usize {
    ask(url, "SELECT CAST(id AS TEXT) AS said FROM seats").len()
}

fn restore(hands: &Hands, copy: &str, before: usize, found: &mut Found) {
    let target = testing::fresh();
    migrate::down(target.url()).expect("emptied");
    let fresh = Hands {
        program: hands.program.clone(),
        data: format!("{copy}-restored"),
    };
    let took = fresh.run(&["restore", copy], target.url());
    fresh.run(&["doctor"], target.url());
    found.at_most(SECONDS, "a restore", took.as_secs_f64(), "s");
    let missing = before.saturating_sub(seats(target.url()));
    found.at_most(
        0.0,
        "seats from before the copy that are not in it",
        missing as f64,
        "",
    );
    let waiting = "SELECT CAST(id AS TEXT) AS said FROM letters WHERE state IN ('waiting', 'sending')";
    let waiting = ask(target.url(), waiting).len();
    found.at_most(0.0, "letters that would leave by themselves", waiting as f64, "");
}

fn transfer(hands: &Hands, source: &DatabaseUrl, folder: &tempfile::TempDir, found: &mut Found) {
    let file = DatabaseUrl::sqlite(&folder.path().join("moved.db"));
    let back = testing::fresh();
    let moved = |from: &DatabaseUrl, to: &DatabaseUrl| {
        let words = ["transfer", "--from", from.as_str(), "--to", to.as_str()];
        hands.run(&words, from).as_secs_f64()
    };
    found.at_most(SECONDS, "transfer to SQLite, compared", moved(source, &file), "s");
    found.at_most(
        SECONDS,
        "and back to PostgreSQL, compared",
        moved(&file, back.url()),
        "s",
    );
    let differ = seats(source).abs_diff(seats(back.url()));
    found.at_most(0.0, "seats that differ in the end", differ as f64, "");
}
