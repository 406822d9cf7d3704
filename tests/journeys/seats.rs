//! Five hundred people want a hundred seats, all at once; and once more with the program killed in the midst of it.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
};

use access_rules::SessionId;
use db::{Conn, Database, DatabaseUrl, migrate};
use serde_json::Value;
use tests::{Answer, Client, Congress, Program, Site, Somebody};

/// Who wants a seat.
const PEOPLE: usize = 500;
/// Seats there are.
const SEATS: usize = 100;
/// Connections at a time.
const CLIENTS: usize = 32;
/// After how many successes the program is killed.
const KILLED_AFTER: usize = 150;

/// A session with a hundred seats, and five hundred registered people with their cookies.
fn crowd(conn: &mut Conn) -> (SessionId, Vec<String>) {
    let congress = Congress::open(conn);
    let session = congress.session(conn, "The small room", "2030-11-12T09:00", Some(SEATS as i64));
    congress.release(conn);
    let people = (0..PEOPLE).map(|number| {
        let somebody = Somebody::new(conn, &format!("person {number}"));
        congress.register(conn, &somebody, &[]);
        somebody.cookie
    });
    let cookies = people.collect();
    (session, cookies)
}

/// Everybody asks for a seat under a key of their own; an answer for each, or none where the server was gone.
pub fn ask_all(
    client: impl Fn() -> Client + Sync,
    session: SessionId,
    cookies: &[String],
    succeeded: impl Fn() + Sync,
) -> Vec<Option<Answer>> {
    let next = AtomicUsize::new(0);
    let answers = Mutex::new(vec![None; cookies.len()]);
    let path = format!("/api/v1/sessions/{session}/seat");
    std::thread::scope(|scope| {
        for _ in 0..CLIENTS {
            scope.spawn(|| {
                let client = client();
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(cookie) = cookies.get(number) else { break };
                    let (key, cookie) = (format!("seat-{number}"), format!("hemicycle={cookie}"));
                    let headers = [
                        ("content-type", "application/json"),
                        ("idempotency-key", key.as_str()),
                        ("cookie", cookie.as_str()),
                    ];
                    let Ok(answer) = client.try_send("POST", &path, &headers, Some(b"{}")) else {
                        continue;
                    };
                    assert!(answer.status < 300, "{} {}", answer.status, answer.text());
                    answers.lock().unwrap_or_else(PoisonError::into_inner)[number] = Some(answer);
                    succeeded();
                }
            });
        }
    });
    answers.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// How many stand how, and the ranks of the line in order.
fn outcome(answers: &[Value]) -> (BTreeMap<String, usize>, Vec<i64>) {
    let mut states = BTreeMap::new();
    let mut ranks = Vec::new();
    for seat in answers {
        let state = seat["state"].as_str().unwrap_or_default().to_owned();
        if state == "waiting" {
            ranks.extend(seat["rank"].as_i64());
        }
        *states.entry(state).or_insert(0) += 1;
    }
    ranks.sort_unstable();
    (states, ranks)
}

fn is_fair(answers: &[Value]) {
    let (states, ranks) = outcome(answers);
    let waiting = PEOPLE - SEATS;
    let expected = BTreeMap::from([("confirmed".to_owned(), SEATS), ("waiting".to_owned(), waiting)]);
    assert_eq!(states, expected);
    assert_eq!(ranks, (1..=waiting as i64).collect::<Vec<_>>());
}

#[test]
fn r54_five_hundred_at_once_get_a_hundred_seats_and_a_line_without_gaps() {
    let (site, (session, cookies)) = Site::furnished(crowd);
    let address = site.address();
    let answers = ask_all(|| Client::new(address), session, &cookies, || ());
    let seats: Vec<Value> = answers.iter().flatten().map(Answer::json).collect();
    assert_eq!(seats.len(), PEOPLE);
    is_fair(&seats);

    let seen = site
        .nobody()
        .get(&format!("/api/v1/sessions/{session}/occupancy"))
        .expect(200)
        .json()["occupancy"]
        .clone();
    assert_eq!(
        (&seen["taken"], &seen["waiting"]),
        (&Value::from(SEATS), &Value::from(PEOPLE - SEATS)),
        "{seen}"
    );
}

#[test]
fn r256_killed_in_the_midst_and_asked_again_everybody_gets_the_answer_they_got() {
    let Some(program) = Program::built() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("hemicycle.db");
    let url = DatabaseUrl::sqlite(&file);
    migrate::up(&url).expect("a schema");
    let database = Database::open(&url, db::Settings::usual()).expect("opens");
    let (session, cookies) = database
        .write("furnish", |conn| Ok(crowd(conn)))
        .expect("furnished");
    drop(database);

    let (data, url) = (folder.path().display().to_string(), url.as_str().to_owned());
    let arguments = ["serve", "--data", &data, "--database", &url];
    let mut first = Program::start(&program, &arguments, &[]);
    let address = first.address();
    let (tell, told) = mpsc::channel();
    let successes = AtomicUsize::new(0);
    let before = std::thread::scope(|scope| {
        let first = &mut first;
        let killer = scope.spawn(move || {
            told.recv().expect("there are that many successes");
            first.kill();
        });
        let answers = ask_all(
            || Client::new(address),
            session,
            &cookies,
            || {
                if successes.fetch_add(1, Ordering::SeqCst) + 1 == KILLED_AFTER {
                    tell.send(()).ok();
                }
            },
        );
        killer.join().expect("killed");
        answers
    });
    let answered = before.iter().flatten().count();
    assert!(
        (KILLED_AFTER..PEOPLE).contains(&answered),
        "{answered} answered before the end"
    );

    let second = Program::start(&program, &arguments, &[]);
    let address = second.address();
    let after = ask_all(|| Client::new(address), session, &cookies, || ());
    for (before, after) in before.iter().zip(&after) {
        let Some(before) = before else { continue };
        let after = after.as_ref().expect("an answer");
        assert_eq!((before.status, &before.body), (after.status, &after.body));
        assert_eq!(after.header("idempotent-replayed"), "true");
    }
    let seats: Vec<Value> = after.iter().flatten().map(Answer::json).collect();
    assert_eq!(seats.len(), PEOPLE);
    is_fair(&seats);
}
