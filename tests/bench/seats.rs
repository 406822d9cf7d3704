//! `bench seats`: sixty-four signed-in people reserve seats, as fast as they are answered, each answer durable; against the
//! same server with a transaction for every request.

use std::{
    collections::BTreeMap,
    io::Write as _,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use db::{DatabaseUrl, migrate, testing};
use serde_json::Value;
use tests::{Client, Program, given};

use crate::{
    figures::{self, Report, Wanted},
    furniture::{self, Seats},
    load::{self, Tally},
};

/// People, each on a connection of their own.
const PEOPLE: usize = 64;
/// Sessions when there are many.
const SESSIONS: usize = 200;
/// Seats in each: fewer than people, so that there is a line.
const CAPACITY: i64 = 40;
/// Times each is measured, in turn with its control.
const ROUNDS: usize = 3;
/// How long each time.
const TIME: Duration = Duration::from_secs(4);
/// Flushes that are timed.
const FLUSHES: usize = 200;
/// The least that is wanted of what a transaction per request does.
const RATIO: f64 = 3.0;
/// The setting that turns group commit off.
const ALONE: &[(&str, &str)] = &[("HEMICYCLE_DATABASE_BATCH_MAX", "1")];

/// How people ask.
#[derive(Clone, Copy)]
enum Crowd {
    /// Each reserves in one session after the other, everybody beginning at another.
    OnMany,
    /// All want the same session; whoever got something gives it back and asks again.
    OnOne,
}

/// What one run came to.
struct Run {
    /// Reservations in a second.
    rate: f64,
    /// Microseconds the program had a core for each, where the machine tells.
    core_us: Option<f64>,
}

/// Measures.
///
/// # Panics
/// When the program does not start, refuses a reservation, or gives more seats than there are: then nothing is told.
pub fn measure(program: &PathBuf) -> Report {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut report = Report::begin("seats");
    report.add(
        "one flush of this disk",
        figures::median(&flushes(folder.path())),
        "µs",
        Wanted::Told,
    );
    for (crowd, name, sessions) in [
        (Crowd::OnMany, "on 200 sessions", SESSIONS),
        (Crowd::OnOne, "on one session", 1),
    ] {
        let origin = folder.path().join(format!("{sessions}.db"));
        let url = DatabaseUrl::sqlite(&origin);
        migrate::up(&url).expect("a schema");
        let seats = furniture::furnished(&url, move |conn| {
            furniture::seats(conn, sessions, CAPACITY, PEOPLE)
        });
        let once = |settings: &[(&str, &str)]| {
            // A fresh copy each time, on the disk before anybody waits for the disk.
            let home = tempfile::tempdir_in(folder.path()).expect("a folder");
            let file = home.path().join("hemicycle.db");
            std::fs::copy(&origin, &file).expect("room for a copy");
            let copied = std::fs::File::open(&file).and_then(|file| file.sync_all());
            copied.expect("on the disk");
            on(
                program,
                home.path(),
                &DatabaseUrl::sqlite(&file),
                settings,
                crowd,
                &seats,
            )
        };
        let rounds: Vec<(Run, Run)> = (0..ROUNDS).map(|_| (once(ALONE), once(&[]))).collect();
        let rates: Vec<(f64, f64)> = rounds
            .iter()
            .map(|(alone, grouped)| (alone.rate, grouped.rate))
            .collect();
        let (alone, grouped): (Vec<f64>, Vec<f64>) = rates.iter().copied().unzip();
        let core: Vec<f64> = rounds.iter().filter_map(|(_, grouped)| grouped.core_us).collect();
        let mut told =
            |what: &str, value, unit, wanted| report.add(format!("{name}, {what}"), value, unit, wanted);
        told("reservations", figures::median(&grouped), "/s", Wanted::Told);
        told("time on a core", figures::median(&core), "µs", Wanted::Told);
        told("a transaction each", figures::median(&alone), "/s", Wanted::Told);
        let ratio = figures::ratio(&rates);
        told("to a transaction each", ratio, "×", Wanted::AtLeast(RATIO));
        if given("HEMICYCLE_TEST_DATABASE").is_some() {
            let database = testing::fresh();
            let seats = furniture::furnished(database.url(), move |conn| {
                furniture::seats(conn, sessions, CAPACITY, PEOPLE)
            });
            let home = tempfile::tempdir_in(folder.path()).expect("a folder");
            let run = on(program, home.path(), database.url(), &[], crowd, &seats);
            told("reservations on PostgreSQL", run.rate, "/s", Wanted::Told);
        }
    }
    report
}

/// Microseconds that a page of four KiB takes to the disk: what a transaction for each request pays each time.
fn flushes(folder: &Path) -> Vec<f64> {
    let mut file = std::fs::File::create(folder.join("flushed")).expect("a file");
    (0..FLUSHES)
        .map(|_| {
            let begun = Instant::now();
            file.write_all(&[1; 4096])
                .and_then(|()| file.sync_data())
                .expect("on the disk");
            1e6 * begun.elapsed().as_secs_f64()
        })
        .collect()
}

/// One run on a furnished database, checked at its end.
fn on(
    program: &PathBuf,
    data: &Path,
    url: &DatabaseUrl,
    settings: &[(&str, &str)],
    crowd: Crowd,
    seats: &Seats,
) -> Run {
    let data_text = data.display().to_string();
    let arguments = ["serve", "--data", &data_text, "--database", url.as_str()];
    let server = Program::start_logging(program, &arguments, settings, &data.join("log"));
    let before = server.cpu_seconds();
    let confirmed = Mutex::new(BTreeMap::<usize, i64>::new());
    let tally = match crowd {
        Crowd::OnMany => {
            let session_of = |person: usize, count: u64| {
                let count = usize::try_from(count)
                    .ok()
                    .filter(|count| *count < seats.sessions.len())?;
                Some((count + person * seats.sessions.len() / PEOPLE) % seats.sessions.len())
            };
            load::drive(
                server.address(),
                PEOPLE,
                TIME,
                |person, count| {
                    let session = session_of(person, count)?;
                    Some(reserve(seats, person, session, count))
                },
                |person, count, status, body| {
                    assert_eq!(status, 201, "{}", String::from_utf8_lossy(body));
                    let state = serde_json::from_slice::<Value>(body).expect("JSON")["state"].clone();
                    if state == "confirmed" {
                        let session = session_of(person, count).expect("it was asked for");
                        *confirmed
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .entry(session)
                            .or_insert(0) += 1;
                    }
                    true
                },
            )
        }
        Crowd::OnOne => {
            // Every other request gives back what the one before it got; it is not counted.
            let tally = load::drive(
                server.address(),
                PEOPLE,
                TIME,
                |person, count| {
                    Some(if count % 2 == 0 {
                        reserve(seats, person, 0, count)
                    } else {
                        release(seats, person, 0)
                    })
                },
                |_, count, status, body| {
                    let expected = if count % 2 == 0 { 201 } else { 204 };
                    assert_eq!(status, expected, "{}", String::from_utf8_lossy(body));
                    count % 2 == 0
                },
            );
            Tally { others: 0, ..tally }
        }
    };
    assert_eq!(tally.others, 0, "refused");
    for (session, count) in confirmed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        assert!(
            count <= CAPACITY,
            "session {session} confirmed {count} of {CAPACITY} seats"
        );
    }
    let after = server.cpu_seconds();
    never_over(&server, seats);
    Run {
        rate: tally.per_second(),
        core_us: before
            .zip(after)
            .map(|(before, after)| 1e6 * (after - before) / tally.answers as f64),
    }
}

/// No session has given more seats than it has, by what the program itself tells.
fn never_over(server: &Program, seats: &Seats) {
    let client: Client = server.client();
    for session in &seats.sessions {
        let told = client
            .get(&format!("/api/v1/sessions/{session}/occupancy"))
            .expect(200)
            .json();
        let taken = told["occupancy"]["taken"].as_i64().expect("a number");
        assert!(
            (0..=CAPACITY).contains(&taken),
            "{session} has given {taken} of {CAPACITY} seats"
        );
    }
}

fn reserve(seats: &Seats, person: usize, session: usize, count: u64) -> Vec<u8> {
    let key = format!("{person}-{count}");
    let cookie = format!("hemicycle={}", seats.people[person]);
    let headers = [
        ("content-type", "application/json"),
        ("idempotency-key", key.as_str()),
        ("cookie", cookie.as_str()),
    ];
    load::request("POST", &path(seats, session), &headers, "{}")
}

fn release(seats: &Seats, person: usize, session: usize) -> Vec<u8> {
    let cookie = format!("hemicycle={}", seats.people[person]);
    load::request(
        "DELETE",
        &path(seats, session),
        &[("cookie", cookie.as_str())],
        "",
    )
}

fn path(seats: &Seats, session: usize) -> String {
    format!("/api/v1/sessions/{}/seat", seats.sessions[session])
}
