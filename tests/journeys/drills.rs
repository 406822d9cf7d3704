//! What operators do and what happens to them, as drills: stopping, two servers on one database, a primary that dies, a
//! backup that is needed. `docs/operations.md` says the same in words.

use std::{
    collections::BTreeMap,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    time::Duration,
};

use access_rules::{Actor, Role, SessionId};
use db::{Conn, DatabaseUrl, Engine, migrate, testing};
use hemicycle::{
    commands, config,
    server::{self, Running},
    wiring::{self, Purpose},
};
use kernel::Moment;
use serde_json::{Value, json};
use tests::{
    Answer, Client, Congress, Fleet, Program, Somebody,
    drills::{self, Found, Wanted},
    fleet::ask,
    note, wait_for,
};

use crate::seats::ask_all;

/// In which two servers must agree.
const AGREED: Duration = Duration::from_secs(5);
/// How long a stop, or a change of the primary, may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// A server in this process on that database.
pub fn serve(url: &str, data: &Path) -> Running {
    let flags = [
        ("server.addr", "127.0.0.1:0".to_owned()),
        ("server.workers", "2".to_owned()),
        ("data.dir", data.display().to_string()),
        ("database.url", url.to_owned()),
        ("database.readers", "2".to_owned()),
        ("database.writers", "4".to_owned()),
        ("passwords.memory_kib", "64".to_owned()),
        ("passwords.iterations", "1".to_owned()),
    ];
    let config = config::load(None, &BTreeMap::new(), &flags).expect("good settings");
    let database = commands::open(&config).expect("it opens");
    let house = wiring::house(&config, database, Purpose::Congress).expect("a house");
    server::start(&config, house).expect("it serves")
}

/// A congress with a session of so many seats, released, and people who may want one, with their cookies.
fn crowd(conn: &mut Conn, seats: i64, people: usize) -> (Congress, SessionId, Vec<String>) {
    let congress = Congress::open(conn);
    let session = congress.session(conn, "The small room", "2030-11-12T09:00", Some(seats));
    congress.release(conn);
    let people = (0..people).map(|number| {
        let somebody = Somebody::new(conn, &format!("person {number}"));
        congress.register(conn, &somebody, &[]);
        somebody.cookie
    });
    let cookies = people.collect();
    (congress, session, cookies)
}

fn browser(address: SocketAddr, cookie: &str) -> Client {
    Client::new(address).with_cookie("hemicycle", cookie)
}

/// Seats and places in the line are all given, once each.
fn is_fair(answers: &[Value], seats: usize) {
    let confirmed = answers.iter().filter(|seat| seat["state"] == "confirmed").count();
    let mut ranks: Vec<i64> = answers.iter().filter_map(|seat| seat["rank"].as_i64()).collect();
    ranks.sort_unstable();
    let waiting = answers.len() - seats;
    assert_eq!(confirmed, seats);
    assert_eq!(ranks, (1..=waiting as i64).collect::<Vec<_>>());
}

#[test]
fn two_servers_on_one_database_agree_on_sign_ins_programme_feed_and_seats() {
    const SEATS: usize = 10;
    if testing::engine() == Engine::Sqlite {
        return note("SQLite is for one server: two are not tested on it");
    }
    let database = testing::fresh();
    let (edition, session, cookies, organiser, elsewhere) = database
        .write("furnish", |conn| {
            let (congress, session, cookies) = crowd(conn, SEATS as i64, 3 * SEATS);
            congress.session(conn, "Second thoughts", "2030-11-12T14:00", None);
            let edition = congress.edition;
            let organiser = Somebody::new(conn, "organiser").appointed(conn, Role::Secretariat);
            let elsewhere = organiser.cookie_elsewhere(conn);
            Ok((edition, session, cookies, organiser, elsewhere))
        })
        .expect("furnished");
    let data = tempfile::tempdir().expect("a folder");
    let url = database.url().as_str();
    let (one, other) = (serve(url, data.path()), serve(url, data.path()));
    let status = |server: &Running, cookie: &str| browser(server.address(), cookie).get("/api/v1/me").status;

    // Whoever signed in at one is signed in at the other, and whoever was signed out at one is out at the other.
    assert_eq!((status(&one, &elsewhere), status(&other, &elsewhere)), (200, 200));
    browser(one.address(), &organiser.cookie)
        .send("DELETE", "/api/v1/me/sessions", &[], None)
        .expect(204);
    wait_for("the other server to let nobody in", AGREED, || {
        (status(&other, &elsewhere) == 401).then_some(())
    });
    assert_eq!(status(&other, &organiser.cookie), 200);

    // A release made at one is what the other shows, to the byte.
    let front = |server: &Running| {
        let mut addresses = server.house().front.addresses().into_iter();
        let schedule = addresses.find(|address| address.ends_with("/schedule.json"))?;
        let answer = Client::new(server.address()).get(&schedule);
        Some((answer.header("etag").to_owned(), answer.body))
    };
    let before = front(&other);
    assert!(before.is_some() && before == front(&one));
    let releases = "/api/v1/editions/harbour-2030/releases";
    browser(one.address(), &organiser.cookie)
        .post_once(releases, "release", &json!({}))
        .expect(201);
    let latest =
        |server: &Running| Client::new(server.address()).get(releases).json()["items"][0]["number"].clone();
    wait_for("both to show the release", AGREED, || {
        (latest(&one) == json!(2) && latest(&other) == json!(2)).then_some(())
    });
    let after = wait_for("the rendered programmes to agree", AGREED, || {
        let (here, there) = (front(&one)?, front(&other)?);
        (here == there && Some(&here) != before.as_ref()).then_some(here)
    });
    assert!(String::from_utf8_lossy(&after.1).contains("Second thoughts"));

    // The feed is one, and has no gap.
    let stream = programme::releases::stream(edition);
    let read = |server: &Running| {
        let stream = stream.clone();
        let read = server.house().site.db().read("feed", move |conn| {
            let events = records::feed::after(conn, &stream, 0, 1000)?;
            Ok(events
                .into_iter()
                .map(|event| (event.seq, event.kind))
                .collect::<Vec<_>>())
        });
        read.expect("read")
    };
    let events = wait_for("the feeds to agree", AGREED, || {
        let (here, there) = (read(&one), read(&other));
        (here == there && here.len() > 1).then_some(here)
    });
    let numbers: Vec<i64> = events.iter().map(|(seq, _)| *seq).collect();
    assert_eq!(numbers, (1..=events.len() as i64).collect::<Vec<_>>());

    // The seats of one session, asked for at both at once.
    let turn = AtomicUsize::new(0);
    let addresses = [one.address(), other.address()];
    let client = || Client::new(addresses[turn.fetch_add(1, Ordering::Relaxed) % 2]);
    let answers = ask_all(client, session, &cookies, || ());
    let seats: Vec<Value> = answers.iter().flatten().map(Answer::json).collect();
    assert_eq!(seats.len(), cookies.len());
    is_fair(&seats, SEATS);
    one.stop();
    other.stop();
}

/// A program on a database of its own, with people who may want a seat.
struct Stage {
    program: Program,
    measures: SocketAddr,
    url: DatabaseUrl,
    data: String,
    session: SessionId,
    cookies: Vec<String>,
    _folder: tempfile::TempDir,
    _database: testing::TestDatabase,
}

impl Stage {
    fn set(people: usize) -> Option<Self> {
        let built = Program::built()?;
        let database = testing::fresh();
        let (session, cookies) = database
            .write("furnish", move |conn| {
                let (_, session, cookies) = crowd(conn, people as i64 / 2, people);
                Ok((session, cookies))
            })
            .expect("furnished");
        let folder = tempfile::tempdir().expect("a folder");
        let (url, data) = (database.url().clone(), folder.path().display().to_string());
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let measures = free.expect("a port");
        let program = Program::start(
            &built,
            &["serve", "--data", &data, "--database", url.as_str()],
            &[("HEMICYCLE_SERVER_METRICS_ADDR", &measures.to_string())],
        );
        Some(Self {
            program,
            measures,
            url,
            data,
            session,
            cookies,
            _folder: folder,
            _database: database,
        })
    }
}

#[test]
fn a_stop_lets_a_request_that_came_finish_and_lets_no_other_in() {
    let Some(mut stage) = Stage::set(2) else { return };
    let address = stage.program.address();
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
    let head = format!(
        "POST /api/v1/sessions/{}/seat HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
         Idempotency-Key: stop\r\nCookie: hemicycle={}\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{",
        stage.session, stage.cookies[0]
    );
    stream.write_all(head.as_bytes()).expect("sent");
    let measures = Client::new(stage.measures);
    wait_for("the request to have come", PATIENCE, || {
        let page = measures.get("/metrics").text();
        page.contains("\nhemicycle_requests_running 1\n").then_some(())
    });

    stage.program.ask_to_stop();
    wait_for("nobody else to be let in", PATIENCE, || {
        TcpStream::connect(address).is_err().then_some(())
    });
    stream.write_all(b"}").expect("the rest is still taken");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");

    assert!(answer.starts_with("HTTP/1.1 20"), "{answer}");
    assert!(
        answer.contains("\"state\":\"confirmed\"") && answer.trim_end().ends_with('}'),
        "{answer}"
    );
    assert!(stage.program.ended(PATIENCE), "it says that it went well");
    assert_eq!(count(&stage.url, "seats"), 1);
    if let Some(file) = stage.url.file() {
        // Another process's database may have been opened by this test: its log is empty all the same.
        let log = std::fs::metadata(file.with_extension("db-wal")).map_or(0, |found| found.len());
        assert_eq!(log, 0, "what was written is in the file itself");
    }
}

#[test]
fn a_stop_under_load_loses_nothing_that_was_acknowledged() {
    const PEOPLE: usize = 200;
    let Some(mut stage) = Stage::set(PEOPLE) else {
        return;
    };
    let address = stage.program.address();
    let (tell, told) = mpsc::channel();
    let successes = AtomicUsize::new(0);
    let before = std::thread::scope(|scope| {
        let program = &stage.program;
        let stopper = scope.spawn(move || {
            told.recv().expect("there are that many successes");
            program.ask_to_stop();
        });
        let answers = ask_all(
            || Client::new(address),
            stage.session,
            &stage.cookies,
            || {
                if successes.fetch_add(1, Ordering::SeqCst) + 1 == PEOPLE / 4 {
                    tell.send(()).ok();
                }
            },
        );
        stopper.join().expect("asked");
        answers
    });
    assert!(stage.program.ended(PATIENCE), "it says that it went well");
    let acknowledged = before.iter().flatten().count();
    assert!(acknowledged >= PEOPLE / 4, "{acknowledged}");
    assert_eq!(
        count(&stage.url, "seats"),
        acknowledged as i64,
        "each seat was told to whoever has it"
    );

    let arguments = ["serve", "--data", &stage.data, "--database", stage.url.as_str()];
    let again = Program::start(&Program::built().expect("it was"), &arguments, &[]);
    let address = again.address();
    let after = ask_all(|| Client::new(address), stage.session, &stage.cookies, || ());
    for (before, after) in before.iter().zip(&after) {
        let Some(before) = before else { continue };
        assert_eq!(after.as_ref().map(|after| &after.body), Some(&before.body));
    }
    let seats: Vec<Value> = after.iter().flatten().map(Answer::json).collect();
    is_fair(&seats, PEOPLE / 2);
}

fn count(url: &DatabaseUrl, table: &str) -> i64 {
    let said = ask(
        url,
        &format!("SELECT CAST(count(*) AS TEXT) AS said FROM {table}"),
    );
    said[0].parse().expect("a number")
}

/// Asks for a seat under a key until there is an answer that counts.
fn insist(client: &Client, session: SessionId, key: &str, cookie: &str) -> Answer {
    let cookie = format!("hemicycle={cookie}");
    let headers = [
        ("content-type", "application/json"),
        ("idempotency-key", key),
        ("cookie", cookie.as_str()),
    ];
    let path = format!("/api/v1/sessions/{session}/seat");
    wait_for("an answer that counts", PATIENCE, || {
        let answer = client.try_send("POST", &path, &headers, Some(b"{}")).ok()?;
        assert!(
            answer.status < 300 || answer.status >= 500,
            "{} {}",
            answer.status,
            answer.text()
        );
        (answer.status < 300).then_some(answer)
    })
}

#[test]
fn r263_when_the_primary_is_killed_the_standby_has_all_that_was_acknowledged_and_the_server_goes_on() {
    if testing::engine() == Engine::Sqlite {
        return note("a standby follows PostgreSQL alone: not tested on SQLite");
    }
    if !drills::standby::is_possible() {
        return;
    }
    holds(drills::standby::run);
}

/// The short form of a drill (`cargo xtask soak` is the long one) by the built program.
fn holds(drill: fn(&Wanted) -> Found) {
    let Some(program) = Program::built() else { return };
    let found = drill(&Wanted::briefly(program));
    assert!(found.holds(), "\n{}", found.table());
}

#[test]
fn two_servers_behind_nginx_agree_on_the_feed_the_programme_and_who_is_signed_in() {
    if Fleet::is_possible() {
        holds(drills::agree::run);
    }
}

#[test]
fn each_server_is_replaced_behind_nginx_and_no_client_sees_a_failure() {
    if Fleet::is_possible() {
        holds(drills::rolling::run);
    }
}

#[test]
fn servers_killed_behind_nginx_lose_nothing_that_was_acknowledged() {
    if Fleet::is_possible() {
        holds(drills::killed::run);
    }
}

#[test]
fn servers_in_use_fail_nobody_and_keep_their_memory() {
    if Fleet::is_possible() {
        holds(drills::memory::run);
    }
}

#[test]
fn r261_a_backup_of_postgresql_is_whole_and_what_is_restored_sends_nothing_and_lets_nobody_in() {
    if testing::engine() == Engine::Sqlite {
        return note("the backup of SQLite is tested beside its command");
    }
    if std::process::Command::new("pg_dump")
        .arg("--version")
        .output()
        .is_err()
    {
        return note("no pg_dump: no backup is taken");
    }
    let (source, target) = (testing::fresh(), testing::fresh());
    let (session, cookies) = source
        .write("furnish", |conn| {
            let (_, session, cookies) = crowd(conn, 3, 6);
            Ok((session, cookies))
        })
        .expect("furnished");
    let folder = tempfile::tempdir().expect("a folder");
    let (data, copy, fresh) = (
        folder.path().join("data"),
        folder.path().join("copy"),
        folder.path().join("fresh"),
    );
    let store = files::Store::open(&data.join(wiring::FILES)).expect("a store");
    let received = store
        .receive("notes.txt", &b"kept for good"[..])
        .expect("received");
    source
        .write("file", move |conn| {
            files::stored::record(conn, None, Moment::now(), &received).map(drop)
        })
        .expect("recorded");
    let run = |act: &str, url: &DatabaseUrl, data: &Path| {
        let (copy, data) = (copy.display().to_string(), data.display().to_string());
        commands::run_line([
            "hemicycle",
            act,
            &copy,
            "--database",
            url.as_str(),
            "--data",
            &data,
        ])
    };
    let waiting = "letters WHERE state IN ('waiting', 'sending')";
    assert!(count(source.url(), waiting) > 0);

    // Beside a running server.
    let server = serve(source.url().as_str(), &data);
    run("backup", source.url(), &data).expect("copied");
    let seat = insist(&Client::new(server.address()), session, "after", &cookies[0]);
    assert_eq!(seat.status, 201);
    server.stop();
    assert!(run("restore", target.url(), &fresh).is_err_and(|said| said.contains("not empty")));
    migrate::down(target.url()).expect("emptied");
    run("restore", target.url(), &fresh).expect("restored");

    assert_eq!(count(target.url(), waiting), 0, "no letter leaves by itself");
    assert_eq!(count(target.url(), "letters"), count(source.url(), "letters"));
    assert_eq!(count(target.url(), "registrations"), 6);
    assert_eq!(
        count(target.url(), "seats"),
        0,
        "it is as it was when the copy was made"
    );
    let (url, path) = (target.url().as_str(), fresh.display().to_string());
    commands::run_line(["hemicycle", "doctor", "--database", url, "--data", &path]).expect("sound");
    let restored = serve(url, &fresh);
    let me = browser(restored.address(), &cookies[0]).get("/api/v1/me");
    assert_eq!(me.status, 401, "no sign-in outlives a restore");
    restored.stop();
    let system = Actor::system();
    let editions = programme::editions::list(&mut target.conn(), &system).expect("read");
    assert_eq!(editions.len(), 1);
}
