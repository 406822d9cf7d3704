//! The primary of the database is killed in the midst of steady use, and the standby that had each commit before it was
//! answered is promoted. The server goes on by itself; nothing that was acknowledged is lost.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use db::{Database, DatabaseUrl, Settings, migrate};
use xtask::postgres::{self, Private};

use crate::{
    Client, Program,
    cast::SLUG,
    drills::{Found, Wanted},
    fleet::{Furnished, Furniture, ask, furnish},
    note,
    steady::{self, Outcome, Pace},
    wait_for,
};

/// The drill.
pub const NAME: &str = "standby";
/// How long a change of the primary may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);
/// The longest from the standby's promotion until reservations go on.
const GOES_ON: f64 = 30.0;
/// Reservations that are acknowledged before and after.
const AROUND: usize = 10;

/// Whether there can be one here, with a word about it where not.
pub fn is_possible() -> bool {
    let is_possible = postgres::binaries().is_some();
    if !is_possible {
        note("no PostgreSQL server is installed: no standby is promoted");
    }
    is_possible
}

/// Measures.
///
/// # Panics
/// When there is no standby, or it is never promoted.
pub fn run(wanted: &Wanted) -> Found {
    let begun = Instant::now();
    let (mut away, mut outcomes) = (Vec::new(), Vec::new());
    while away.is_empty() || begun.elapsed() < wanted.time {
        let (time, outcome) = round(&wanted.program, wanted.furniture);
        away.push(time);
        outcomes.push(outcome);
    }
    let mut found = Found::by(NAME);
    found.told("primaries killed", away.len() as f64, "");
    found.seconds(
        GOES_ON,
        [
            "from killed until the next reservation, median",
            "from killed until the next reservation, at most",
        ],
        &away,
    );
    let failures = || outcomes.iter().flat_map(|outcome| &outcome.failures);
    // While no database takes a write, writes are told to come again, and reads of it too.
    let told_again = failures().filter(|failure| failure.contains(": 503")).count();
    let others: Vec<&String> = failures().filter(|failure| !failure.contains(": 503")).collect();
    if !others.is_empty() {
        note(&format!("{others:?}"));
    }
    found.told("requests told to come again (503)", told_again as f64, "");
    found.at_most(0.0, "requests that failed otherwise", others.len() as f64, "");
    found.used(&summed(&outcomes));
    found
}

fn round(program: &PathBuf, furniture: Furniture) -> (Duration, Outcome) {
    let mut primary = Private::primary().expect("a primary");
    let standby = primary.standby().expect("a standby");
    let first = named(&primary.host(), "congress");
    let second = named(&standby.host(), "congress");
    wait_for_each_other(&primary, &first);
    let furnished = Arc::new(furnished(&first, furniture));
    let folder = tempfile::tempdir().expect("a folder");
    let (data, both) = (
        folder.path().display().to_string(),
        format!(
            "postgres://hemicycle@{},{}/congress?target_session_attrs=read-write",
            primary.host(),
            standby.host()
        ),
    );
    let server = Program::start(program, &["serve", "--data", &data, "--database", &both], &[]);
    let address = server.address();
    let done = steady::during_at(address, &furnished, &second, Pace::usual(), |used| {
        used.until_acknowledged(AROUND);
        let killed = Instant::now();
        primary.kill().expect("killed");
        let schedule = format!("/{SLUG}/schedule.json");
        Client::new(address).get(&schedule).expect(200);
        let promoted = ask(&second, "SELECT CAST(pg_promote() AS TEXT) AS said");
        assert_eq!(promoted, ["true"]);
        used.until_acknowledged(1);
        let away = killed.elapsed();
        used.until_acknowledged(AROUND);
        away
    });
    drop(server);
    let recovery = ask(&second, "SELECT CAST(pg_is_in_recovery() AS TEXT) AS said");
    assert_eq!(recovery, ["false"]);
    let mut conn = second.connect().expect("it answers");
    let verdict = records::audit::verify(&mut conn).expect("followed");
    assert_eq!(verdict.broken, None, "the log's chain holds");
    drop(conn);
    assert_eq!(standby.stop(), Ok(()));
    done
}

fn named(host: &str, name: &str) -> DatabaseUrl {
    let url = format!("postgres://hemicycle@{host}/{name}");
    url.parse().expect("a URL")
}

/// From now on the primary answers a COMMIT once the standby has it. Not before: a copy of a primary that waits for a standby
/// would wait for one itself.
fn wait_for_each_other(primary: &Private, first: &DatabaseUrl) {
    let mut admin = named(&primary.host(), "postgres").connect().expect("it answers");
    for statement in [
        "CREATE DATABASE congress",
        "ALTER SYSTEM SET synchronous_commit = 'on'",
        "ALTER SYSTEM SET synchronous_standby_names = '*'",
        "SELECT pg_reload_conf()",
    ] {
        admin.execute_batch(statement).expect("done");
    }
    wait_for("the standby to be waited for", PATIENCE, || {
        let state = "SELECT sync_state AS said FROM pg_stat_replication";
        (ask(first, state) == ["sync"]).then_some(())
    });
}

fn furnished(url: &DatabaseUrl, furniture: Furniture) -> Furnished {
    migrate::up(url).expect("a schema");
    let database = Database::open(url, Settings::usual()).expect("it opens");
    database
        .write("furnish", move |conn| Ok(furnish(conn, furniture)))
        .expect("furnished")
}

fn summed(outcomes: &[Outcome]) -> Outcome {
    let mut sum = Outcome::default();
    for outcome in outcomes {
        sum.requests += outcome.requests;
        sum.slowest_ms = sum.slowest_ms.max(outcome.slowest_ms);
        sum.acknowledged += outcome.acknowledged;
        sum.lost += outcome.lost;
        sum.changes += outcome.changes;
        sum.unheard += outcome.unheard;
        sum.begun_again += outcome.begun_again;
    }
    sum
}
