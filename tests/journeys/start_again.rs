//! The demonstration starts again while it runs: for everybody at once, wholly or not at all, and nowhere else.
//!
//! It has an embedded database of its own whatever the engine of the run.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use db::{Conn, DatabaseUrl, on_each};
use diesel::{RunQueryDsl as _, sql_query, sql_types};
use hemicycle::{
    commands,
    config::{self, Config},
    demo::DemoMoment,
    server::{self, Running},
    wiring::DEMO,
};
use records::settings;
use serde_json::json;
use tests::{Answer, Client, Program, wait_for};

const PROGRAMME: &str = "/api/v1/editions/durban-2019/programme";
const ROOMS: &str = "/api/v1/editions/durban-2019/rooms";
const AGAIN: &str = "/en/demo/start-again";
/// The demonstration's part of a data folder.
const FOLDER: &str = "demo/live";

fn settings_in(folder: &Path) -> Config {
    let flags = [
        ("server.addr", "127.0.0.1:0".to_owned()),
        ("server.workers", "2".to_owned()),
        ("data.dir", folder.display().to_string()),
        ("database.readers", "2".to_owned()),
    ];
    config::load(None, &BTreeMap::new(), &flags).expect("good settings")
}

fn served(folder: &Path) -> Running {
    let (config, house) =
        commands::demo::house(settings_in(folder), DemoMoment::Live).expect("a furnished house");
    server::start(&config, house).expect("it serves")
}

fn file(folder: &Path, name: &str) -> DatabaseUrl {
    DatabaseUrl::sqlite(&folder.join(FOLDER).join(name))
}

/// Somebody of the demonstration.
fn be(client: Client, persona: &str) -> Client {
    client.form("/en/demo", &[("persona", persona)]).expect(303);
    client.get("/en/account").expect(200);
    client
}

fn press(client: &Client) -> Answer {
    let page = client.get("/en/demo").expect(200).text();
    let token = page.split("name=\"_csrf\" value=\"").nth(1);
    let token = token.and_then(|rest| rest.split('"').next()).unwrap_or_default();
    client.form(AGAIN, &[("_csrf", token)])
}

/// Makes a room and releases the programme.
fn change(organiser: &Client) {
    let room = json!({ "name": { "en": "The annex" }, "capacity": 12 });
    organiser.post_once(ROOMS, "a room", &room).expect(201);
    let release = "/api/v1/editions/durban-2019/releases";
    organiser.post_once(release, "a release", &json!({})).expect(201);
}

#[derive(diesel::QueryableByName)]
struct Named {
    #[diesel(sql_type = sql_types::Text)]
    name: String,
}

#[derive(diesel::QueryableByName)]
struct Counted {
    #[diesel(sql_type = sql_types::BigInt)]
    rows: i64,
}

fn count(conn: &mut Conn, asked: &str) -> i64 {
    let counted: Counted = on_each!(conn, |c| sql_query(asked).get_result(c)).expect(asked);
    counted.rows
}

/// The tables of the demonstration whose rows are not those it began with; without those workers write to by themselves
/// within a second of any start: letters leave, jobs are done, and the edition is taken while the
/// rules of its zone are looked at.
fn differing(folder: &Path) -> Vec<String> {
    let conn = &mut file(folder, "hemicycle.db")
        .connect_beside(&file(folder, "start.db"))
        .expect("both are there");
    let asked = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' \
                 AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search\\_index%' ESCAPE '\\' \
                 AND name NOT IN ('settings', 'denials', 'letters', 'letter_deliveries', 'jobs', 'editions') ORDER BY name";
    let tables: Vec<Named> = on_each!(conn, |c| sql_query(asked).load(c)).expect("tables");
    assert!(tables.len() > 60, "{} tables", tables.len());
    let mut differs = |table: &str| {
        let apart = |one: &str, other: &str| {
            format!(
                "SELECT count(*) AS rows FROM (SELECT * FROM {one}.{table} EXCEPT SELECT * FROM {other}.{table})"
            )
        };
        count(conn, &apart("main", "beside")) + count(conn, &apart("beside", "main")) > 0
    };
    tables
        .into_iter()
        .map(|table| table.name)
        .filter(|table| differs(table))
        .collect()
}

#[test]
fn whatever_was_changed_is_as_it_was_for_everybody_and_pressing_twice_is_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let running = served(folder.path());
    let client = || Client::new(running.address());
    let clock = running.house().site.clock().clone();
    let opens = DemoMoment::Live.opens();
    let visitor = client();
    let (programme, rooms) = (
        visitor.get(PROGRAMME).expect(200),
        visitor.get(ROOMS).expect(200).json(),
    );
    assert_eq!(
        differing(folder.path()),
        [""; 0],
        "a demonstration begins as its start"
    );

    let (organiser, individual) = (be(client(), "organiser"), be(client(), "individual"));
    change(&organiser);
    clock.show(opens.plus_days(1));
    assert_ne!(visitor.get(PROGRAMME).expect(200).body, programme.body);
    assert_ne!(visitor.get(ROOMS).expect(200).json(), rooms);
    for table in ["rooms", "releases", "audit_entries", "sign_in_sessions"] {
        let found = differing(folder.path());
        assert!(found.iter().any(|found| found == table), "{table} in {found:?}");
    }

    // A form of another site, or without this browser's token, changes nothing.
    let evil = [
        ("origin", "https://evil.example"),
        ("content-type", "application/x-www-form-urlencoded"),
    ];
    visitor.send("POST", AGAIN, &evil, Some(b"")).expect(403);
    organiser.form(AGAIN, &[]).expect(403);
    // Nor does anything in a database that is no demonstration's.
    let conn = &mut file(folder.path(), "hemicycle.db").connect().expect("it opens");
    settings::remove(conn, DEMO).expect("unmarked");
    press(&organiser).expect(500);
    settings::put(conn, DEMO, &true).expect("marked");
    assert_ne!(visitor.get(ROOMS).expect(200).json(), rooms);
    assert!(clock.now() >= opens.plus_days(1));

    let pressed = std::thread::scope(|scope| {
        let one = scope.spawn(|| press(&organiser));
        let other = scope.spawn(|| press(&visitor));
        [one.join().expect("answered"), other.join().expect("answered")]
    });
    let statuses = pressed.each_ref().map(|answer| answer.status);
    assert!(
        statuses.contains(&303) && statuses.iter().all(|status| matches!(status, 303 | 429)),
        "{statuses:?}"
    );
    for answer in pressed.iter().filter(|answer| answer.status == 303) {
        assert_eq!(answer.header("location"), "/en/demo?done=started-again");
    }

    assert_eq!(visitor.get(PROGRAMME).expect(200).body, programme.body);
    assert_eq!(visitor.get(ROOMS).expect(200).json(), rooms);
    assert_eq!(differing(folder.path()), [""; 0]);
    assert!(clock.now() >= opens && clock.now() < opens.plus_minutes(5));
    for signed_out in [&organiser, &individual] {
        let answer = signed_out.get("/en/account").expect(303);
        assert!(answer.header("location").starts_with("/en/sign-in"));
    }
    for (language, told) in [
        ("en", "Everything is as it was at the start"),
        ("fr", "Tout est revenu à l’état de départ"),
        ("es", "Todo está como al principio"),
    ] {
        let page = visitor
            .get(&format!("/{language}/demo?done=started-again"))
            .expect(200)
            .text();
        assert!(page.contains(told), "{page}");
    }

    let once_more = press(&visitor).expect(429);
    let wait: i64 = once_more.header("retry-after").parse().expect("seconds");
    assert!((1..=10).contains(&wait), "{wait}");

    // It goes on as on the first day: the same people, the same acts.
    change(&be(client(), "organiser"));
    assert_ne!(visitor.get(PROGRAMME).expect(200).body, programme.body);
    running.stop();

    // What was changed since stays over a start; only the button takes it back.
    let running = served(folder.path());
    let rooms_now = Client::new(running.address()).get(ROOMS).expect(200).json();
    assert_ne!(rooms_now, rooms);
    running.stop();
}

/// How long a process may take to begin to put back.
const SOON: Duration = Duration::from_secs(30);

#[test]
fn killed_while_it_starts_again_it_has_done_all_of_it_or_nothing() {
    let Some(program) = Program::built() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().display().to_string();
    let arguments = ["demo", "--data", data.as_str()];
    let mut running = Program::start(&program, &arguments, &[]);
    for round in 0..4_u32 {
        change(&be(running.client(), "organiser"));
        let log = folder.path().join(FOLDER).join("hemicycle.db-wal");
        let length = || std::fs::metadata(&log).map_or(0, |found| found.len());
        let before = length();
        let (client, is_answered) = (running.client(), AtomicBool::new(false));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                client.try_send("POST", AGAIN, &[], Some(b"")).ok();
                is_answered.store(true, Ordering::Relaxed);
            });
            // In the midst of what it writes: a little later each time.
            let enough = before + u64::from(round) * 300_000;
            wait_for("it to write", SOON, || {
                (length() > enough || is_answered.load(Ordering::Relaxed)).then_some(())
            });
            running.kill();
        });
        let conn = &mut file(folder.path(), "hemicycle.db").connect().expect("it opens");
        let annex = count(
            conn,
            "SELECT count(*) AS rows FROM rooms WHERE name LIKE '%annex%'",
        );
        let releases = count(conn, "SELECT max(number) AS rows FROM releases");
        let browsers = count(conn, "SELECT count(*) AS rows FROM sign_in_sessions");
        let all_or_nothing = [(1, 3, 1), (0, 2, 0)].contains(&(annex, releases, browsers));
        assert!(all_or_nothing, "round {round}: {annex} {releases} {browsers}");
        running = Program::start(&program, &arguments, &[]);
        let rooms = running.client().get(ROOMS).expect(200).text();
        assert_eq!(rooms.contains("annex"), annex == 1);
        if annex == 1 {
            press(&running.client()).expect(303);
        }
    }
}
