//! The binary as operators and strangers meet it: commands on a folder, a server on a port of its own.

use std::{
    collections::BTreeSet,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    path::Path,
    time::Duration,
};

use access_rules::{Actor, Role, Scope};
use db::Database;
use kernel::{Fault, Moment};
use mail::model::LetterState;
use programme::editions::{self, EditionInput};

use crate::{
    commands::{self, database_settings},
    config::{self, Config},
    server::{self, Running},
    wiring::{self, Purpose},
};

/// An answer as it came over the wire.
struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find_map(|(own, value)| own.eq_ignore_ascii_case(name).then_some(value))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Status, every header but the date in order of names, and body.
    fn whole(&self) -> (u16, Vec<String>, Vec<u8>) {
        let mut headers: Vec<String> = self
            .head
            .lines()
            .skip(1)
            .filter(|line| !line.to_ascii_lowercase().starts_with("date:"))
            .map(str::to_owned)
            .collect();
        headers.sort();
        (self.status, headers, self.body.clone())
    }
}

fn ask(address: SocketAddr, line: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .expect("a limit");
    let mut text = format!("{line} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if !body.is_empty() {
        text.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    text.push_str("\r\n");
    stream.write_all(text.as_bytes()).expect("sent");
    // A server that refuses early may close before it has read everything.
    stream.write_all(body).ok();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).ok();
    let end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .expect("a whole head");
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
    Answer {
        status: status.expect("a status"),
        head,
        body: bytes[end + 4..].to_vec(),
    }
}

fn settings(folder: &Path) -> Config {
    let flags = [
        ("server.addr", "127.0.0.1:0".to_owned()),
        ("server.metrics_addr", "127.0.0.1:0".to_owned()),
        ("server.workers", "1".to_owned()),
        ("server.public_url", "https://congress.test".to_owned()),
        ("data.dir", folder.display().to_string()),
        ("passwords.memory_kib", "8".to_owned()),
        ("passwords.iterations", "1".to_owned()),
    ];
    config::load(None, &std::collections::BTreeMap::new(), &flags).expect("good settings")
}

fn open(folder: &Path) -> Database {
    let config = settings(folder);
    let url = config.database_url().expect("a URL");
    commands::bring_up(&url, true).expect("the schema is up");
    Database::open(&url, database_settings(&config)).expect("it opens")
}

fn serve(folder: &Path) -> Running {
    let config = settings(folder);
    let house = wiring::house(&config, open(folder), Purpose::Congress).expect("a house");
    server::start(&config, house).expect("it serves")
}

fn run(line: &[&str], folder: &Path) -> Result<(), String> {
    let folder = folder.display().to_string();
    let line = ["hemicycle"]
        .iter()
        .chain(line)
        .copied()
        .chain(["--data", &folder]);
    commands::run_line(line)
}

/// What it tells of itself on the address it has for that.
fn metrics(running: &Running) -> String {
    let address = running.metrics_address().expect("there is one");
    ask(address, "GET /metrics", &[], b"").text()
}

/// The names in a text that begin as ours do, or as those of every client library.
fn names_of_metrics(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    words
        .filter(|word| word.starts_with("hemicycle_") || word.starts_with("process_"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_dashboard_and_the_operators_page_name_metrics_that_exist() {
    let folder = tempfile::tempdir().expect("a folder");
    let running = serve(folder.path());
    let page = metrics(&running);
    running.stop();
    let exist = names_of_metrics(&page);
    assert!(exist.contains("hemicycle_answer_seconds_bucket"), "{page}");

    let dashboard: serde_json::Value =
        serde_json::from_str(include_str!("../../../docs/grafana-dashboard.json")).expect("JSON");
    let mut asked = BTreeSet::new();
    for panel in dashboard["panels"].as_array().expect("panels") {
        for target in panel["targets"].as_array().into_iter().flatten() {
            let expression = target["expr"].as_str().expect("an expression");
            let named = names_of_metrics(expression);
            assert!(!named.is_empty(), "{expression} asks for nothing of ours");
            asked.extend(named);
        }
    }
    assert!(asked.len() > 10, "{asked:?}");
    assert_eq!(
        asked.difference(&exist).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );

    let described: BTreeSet<String> = page
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE ")?.split(' ').next().map(str::to_owned))
        .collect();
    let operations = names_of_metrics(include_str!("../../../docs/operations.md"));
    assert_eq!(operations, described);
}

#[test]
fn every_line_of_the_metrics_is_in_the_text_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let running = serve(folder.path());
    let page = metrics(&running);
    running.stop();
    let mut about = String::new();
    for line in page.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            about = rest.split(' ').next().unwrap_or_default().to_owned();
            continue;
        }
        if line.starts_with("# HELP ") {
            continue;
        }
        let (name, value) = line.rsplit_once(' ').expect("a name and a value");
        assert!(value.parse::<f64>().is_ok(), "{line}");
        assert!(
            name.starts_with(&about) && !about.is_empty(),
            "{line} stands under {about}"
        );
    }
}

#[test]
fn a_server_starts_answers_and_stops_and_another_beside_it() {
    let (one, other) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    let (first, second) = (serve(one.path()), serve(other.path()));
    for running in [&first, &second] {
        for (path, said) in [("/healthz", "ok\n"), ("/readyz", "ready\n")] {
            let answer = ask(running.address(), &format!("GET {path}"), &[], b"");
            assert_eq!((answer.status, answer.text().as_str()), (200, said));
        }
        let elsewhere = ask(running.address(), "GET /metrics", &[], b"").text();
        assert!(!elsewhere.contains("hemicycle_answers_total"), "{elsewhere}");
        let metrics = metrics(running);
        for line in [
            "hemicycle_answers_total{class=\"2xx\"} 3\n",
            "hemicycle_answer_seconds_count 3\n",
        ] {
            assert!(metrics.contains(line), "{line} in {metrics}");
        }
    }
    let address = first.address();
    first.stop();
    assert!(TcpStream::connect(address).is_err());
    assert_eq!(ask(second.address(), "GET /healthz", &[], b"").status, 200);
    second.stop();
    assert!(
        !one.path().join("hemicycle.db-wal").exists(),
        "nothing is left to check in"
    );
}

#[test]
fn what_cannot_be_answered_is_refused_with_its_own_status() {
    let folder = tempfile::tempdir().expect("a folder");
    let running = serve(folder.path());
    let json = ("Content-Type", "application/json");
    let key = ("Idempotency-Key", "k1");
    let nobody = "{\"email\":\"ana@congress.test\"}";
    let long = "x".repeat(20_000);
    let big = vec![b' '; 1_100_000];
    let code = "POST /api/v1/sign-in/codes";
    let cases: Vec<(&str, Vec<(&str, &str)>, &[u8], u16, &str)> = vec![
        ("GET /api/v1/nothing", vec![], b"", 404, "not_found"),
        ("DELETE /api/v1/editions", vec![], b"", 405, "method_not_allowed"),
        (
            "GET /api/v1/editions",
            vec![("X-Long", &long)],
            b"",
            431,
            "headers_too_large",
        ),
        (
            "GET /api/v1/organisations?limit=some",
            vec![],
            b"",
            400,
            "malformed",
        ),
        (
            "GET /api/v1/editions",
            vec![("Authorization", "Bearer nonsense")],
            b"",
            401,
            "sign_in_needed",
        ),
        (
            code,
            vec![key, ("Content-Type", "text/plain")],
            nobody.as_bytes(),
            415,
            "media_type",
        ),
        (code, vec![key, json], &big, 413, "too_large"),
        (code, vec![key, json], b"{", 400, "malformed"),
        (
            code,
            vec![key, json, ("Sec-Fetch-Site", "cross-site")],
            nobody.as_bytes(),
            403,
            "cross_site",
        ),
    ];
    for (line, headers, body, status, code) in cases {
        let answer = ask(running.address(), line, &headers, body);
        let said = answer.text();
        assert_eq!(answer.status, status, "{line}: {said}");
        assert!(said.contains(&format!("\"code\":\"{code}\"")), "{line}: {said}");
        assert_eq!(
            answer.header("content-type"),
            Some("application/problem+json"),
            "{line}"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{line}");
        assert!(
            answer
                .header("content-security-policy")
                .is_some_and(|policy| !policy.contains("unsafe")),
            "{line}"
        );
    }
    running.stop();
}

#[test]
fn absent_hidden_and_malformed_are_the_same_404_to_the_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let running = serve(folder.path());
    let hidden = running
        .house()
        .site
        .db()
        .write("hidden", |conn| edition(conn, "hidden-2030"))
        .expect("made");
    let absent = kernel::Id::<()>::new().to_string();
    let whole = |path: &str| ask(running.address(), &format!("GET {path}"), &[], b"").whole();
    let one = whole(&format!("/api/v1/editions/{absent}"));
    assert_eq!(one.0, 404);
    for path in [
        format!("/api/v1/editions/{hidden}"),
        "/api/v1/editions/no-such-slug".to_owned(),
        "/api/v1/editions/%F0%9F".to_owned(),
        format!("/api/v1/sessions/{absent}"),
        "/api/v1/sessions/not-an-id".to_owned(),
        "/api/v1/nothing".to_owned(),
    ] {
        assert_eq!(whole(&path), one, "{path}");
    }
    running.stop();
}

fn edition(conn: &mut db::Conn, slug: &str) -> Result<String, Fault> {
    let input = EditionInput {
        slug: slug.to_owned(),
        title: kernel::Localized::of("Congress", "Congrès", "Congreso"),
        city: "Durban".into(),
        country: "ZA".into(),
        zone: "Africa/Johannesburg".into(),
        starts_on: "2019-11-11".into(),
        ends_on: "2019-11-15".into(),
        standard: true,
        ..EditionInput::default()
    };
    let made = editions::create(conn, &Actor::system(), Moment::now(), &input)?;
    Ok(made.id.to_string())
}

const SCHEDULE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<schedule>
  <version>1</version>
  <conference><acronym>test24</acronym><title>Test 2024</title><start>2024-02-03</start><end>2024-02-03</end>
    <days>1</days><timeslot_duration>00:05</timeslot_duration><time_zone_name>Europe/Brussels</time_zone_name></conference>
  <day index="1" date="2024-02-03" start="2024-02-03T09:00:00+01:00" end="2024-02-03T17:00:00+01:00">
    <room name="Janson">
      <event guid="7c9a5f2e-1111-5555-8888-000000000001" id="1">
        <date>2024-02-03T09:30:00+01:00</date><start>09:30</start><duration>00:25</duration><room>Janson</room>
        <slug>opening</slug><title>Opening &lt;all&gt;</title><subtitle/><track>Keynotes</track><type>keynote</type>
        <language>en</language><abstract>Welcome to everybody who came.</abstract><description/>
        <persons><person id="1">Ana Example</person></persons><links/>
      </event>
    </room>
  </day>
</schedule>
"#;

#[test]
fn a_schedule_comes_in_and_is_served_from_memory() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("schedule.xml");
    std::fs::write(&file, SCHEDULE).expect("written");
    let data = folder.path().join("data");
    drop(open(&data));
    let file = file.display().to_string();
    run(&["import", "schedule", &file, "--dry-run"], &data).expect("a dry run");
    run(&["import", "schedule", &file], &data).expect("an import");
    run(&["import", "schedule", &file], &data).expect("twice is once");

    let running = serve(&data);
    let mut addresses = running.house().front.addresses();
    addresses.sort();
    let xml = addresses
        .iter()
        .find(|address| address.ends_with("/schedule.xml"))
        .expect("it is released");
    let get = |headers: &[(&str, &str)]| ask(running.address(), &format!("GET {xml}"), headers, b"");
    let plain = get(&[]);
    assert_eq!((plain.status, plain.header("content-encoding")), (200, None));
    assert!(plain.text().contains("Opening &lt;all&gt;"), "{}", plain.text());
    let etag = plain.header("etag").expect("a tag").to_owned();
    assert_eq!(
        plain.header("vary"),
        Some("Accept-Encoding, Authorization, Cookie")
    );
    assert_eq!(plain.header("x-reader"), Some("nobody"));

    let known = get(&[("If-None-Match", &etag)]);
    assert_eq!((known.status, known.body.len()), (304, 0));
    assert_eq!(known.header("x-reader"), Some("nobody"));
    let zipped = get(&[("Accept-Encoding", "gzip")]);
    assert_eq!(zipped.header("content-encoding"), Some("gzip"));
    assert_ne!(zipped.header("etag"), Some(etag.as_str()));
    assert_eq!(
        get(&[("If-None-Match", &etag), ("Accept-Encoding", "gzip")]).status,
        304
    );
    let head = ask(running.address(), &format!("HEAD {xml}"), &[], b"");
    assert_eq!(
        (head.status, head.body.len(), head.header("content-length")),
        (200, 0, plain.header("content-length"))
    );

    let metrics = metrics(&running);
    assert!(
        metrics.contains("hemicycle_snapshot_answers_total 5"),
        "{metrics}"
    );
    let listing = addresses
        .iter()
        .find(|address| address.starts_with("/api/v1/"))
        .expect("the listing");
    let anonymous = ask(running.address(), &format!("GET {listing}"), &[], b"");
    assert_eq!(
        (anonymous.status, anonymous.header("cache-control")),
        (200, Some("public, no-cache"))
    );
    let somebody = ask(
        running.address(),
        &format!("GET {listing}"),
        &[("Cookie", "__Host-hemicycle=x")],
        b"",
    );
    assert_ne!(
        somebody.header("cache-control"),
        Some("public, no-cache"),
        "whoever shows a session goes on"
    );
    running.stop();
}

#[test]
fn the_first_administrator_is_invited_once() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(run(&["init", "--admin", "nobody"], folder.path()).is_err_and(|said| said.contains("e-mail")));
    run(&["init", "--admin", "ana@congress.test"], folder.path()).expect("made");
    let again = run(&["init", "--admin", "bo@congress.test"], folder.path());
    assert!(again.is_err_and(|said| said.contains("--again") && !said.contains('\n')));
    run(&["init", "--admin", "bo@congress.test", "--again"], folder.path()).expect("told to");
    run(
        &["admin", "invite", "cy@congress.test", "--role", "secretariat"],
        folder.path(),
    )
    .expect("invited");
    let unknown = run(
        &["admin", "invite", "cy@congress.test", "--role", "king"],
        folder.path(),
    );
    assert!(unknown.is_err_and(|said| said.contains("registrar")));
    let holders = |role| {
        open(folder.path())
            .read("holders", move |conn| {
                people::standings::holders(conn, role, &Scope::Everywhere, Moment::now())
            })
            .expect("read")
            .len()
    };
    assert_eq!((holders(Role::PlatformAdmin), holders(Role::Secretariat)), (2, 1));
    run(&["doctor"], folder.path()).expect("sound");
}

fn account_person(database: &Database, email: &str) -> access_rules::PersonId {
    let email = email.parse().expect("an address");
    let found = database.read("account", move |conn| people::accounts::by_email(conn, &email));
    found.expect("read").expect("invited").person_id
}

#[test]
fn a_backup_is_whole_and_what_is_restored_keeps_quiet() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, copy, fresh) = (
        folder.path().join("data"),
        folder.path().join("copy"),
        folder.path().join("fresh"),
    );
    run(&["init", "--admin", "ana@congress.test"], &data).expect("made");
    let store = files::Store::open(&data.join(wiring::FILES)).expect("a store");
    let received = store
        .receive("notes.txt", &b"kept for good"[..])
        .expect("received");
    let database = open(&data);
    database
        .write("file", move |conn| {
            files::stored::record(conn, None, Moment::now(), &received).map(drop)
        })
        .expect("recorded");
    let (account, token) = database
        .write("sign in", |conn| {
            let email = "ana@congress.test".parse().expect("an address");
            let account = people::accounts::by_email(conn, &email)?.expect("invited");
            let started = people::sessions::start(conn, Moment::now(), &account, "Test", None)?;
            Ok((account.id, started.token))
        })
        .expect("signed in");

    let person = account_person(&database, "ana@congress.test");
    database
        .write("rename", move |conn| {
            let input = people::persons::PersonInput {
                given_name: "Quenby".into(),
                ..Default::default()
            };
            let version = people::persons::get(conn, person)?.version;
            people::persons::edit(
                conn,
                &Actor::system(),
                Moment::now(),
                person,
                Some(version),
                &input,
            )
        })
        .expect("renamed");

    // Beside an open database, as beside a running server.
    let copied = copy.display().to_string();
    run(&["backup", &copied], &data).expect("copied");
    let keys = std::fs::read_to_string(copy.join("person-keys.json")).expect("keys");
    let key: serde_json::Value = serde_json::from_str(&keys).expect("JSON");
    let key = hex::decode(key["keys"][0]["sealing"].as_str().expect("a key")).expect("hex");
    let bytes = std::fs::read(copy.join("hemicycle.db")).expect("the copy");
    assert!(
        !bytes.windows(key.len()).any(|part| part == key),
        "the copy of the log holds the key to it"
    );
    assert!(run(&["backup", &copied], &data).is_err_and(|said| said.contains("not empty")));
    assert!(run(&["restore", &copied], &data).is_err_and(|said| said.contains("not empty")));
    run(&["restore", &copied], &fresh).expect("restored");
    run(&["doctor"], &fresh).expect("sound");

    let restored = open(&fresh);
    let was = token.clone();
    let (held, signed_in) = restored
        .read("held", move |conn| {
            let letters = mail::outbox::list(
                conn,
                &Actor::system(),
                Moment::now(),
                &mail::outbox::Filter::default(),
                &kernel::PageAsk::first(),
            )?;
            let all_held = letters
                .items
                .iter()
                .all(|letter| letter.state == LetterState::Held);
            let signed_in = people::sessions::signed_in(conn, &was, Moment::now())?;
            Ok((all_held && !letters.items.is_empty(), signed_in.is_some()))
        })
        .expect("read");
    assert!(held, "no letter leaves a restored site by itself");
    assert!(!signed_in, "no sign-in outlives a restore");
    let still = database.read("still", move |conn| {
        people::sessions::signed_in(conn, &token, Moment::now())
    });
    assert!(still.is_ok_and(|found| found.is_some_and(|found| found.account == account)));

    let log = |database: &Database| {
        let read = database.read("log", |conn| {
            let entries = records::audit::list(
                conn,
                &records::audit::Filter {
                    act: Some("person.edit".into()),
                    ..Default::default()
                },
                &kernel::PageAsk::first(),
            )?;
            Ok(records::audit_sealing::open(conn, entries.items)?[0].facts()["personal"].clone())
        });
        read.expect("read")
    };
    assert_eq!(log(&restored)["to"], "Quenby");
    // An older backup with the keys of a newer one: whoever was erased in between stays erased.
    database
        .write("erase", move |conn| {
            records::person_keys::destroy(conn, Moment::now(), person.cast())
        })
        .expect("erased");
    let newer = folder.path().join("newer");
    run(&["backup", &newer.display().to_string()], &data).expect("copied");
    std::fs::remove_file(copy.join("person-keys.json")).expect("thrown away");
    let later = folder.path().join("later");
    let refused = run(&["restore", &copied], &later);
    assert!(refused.is_err_and(|said| said.contains("--keys")));
    let keys = newer.join("person-keys.json").display().to_string();
    run(&["restore", &copied, "--keys", &keys], &later).expect("restored");
    let later = open(&later);
    assert_eq!(log(&later), "erased");
    let name = later.read("name", move |conn| people::persons::get(conn, person));
    assert_eq!(name.expect("read").name(), people::personal::pseudonym(person));

    let manifest = copy.join("hemicycle.db");
    std::fs::write(&manifest, b"something else").expect("written");
    let spoilt = run(&["restore", &copied], &folder.path().join("other"));
    assert!(spoilt.is_err_and(|said| said.contains("not what was backed up")));
}

#[test]
fn a_demonstration_is_not_served_as_a_congress_nor_to_the_world_by_mistake() {
    let folder = tempfile::tempdir().expect("a folder");
    let open_to_all = run(&["demo", "--addr", "0.0.0.0:0"], folder.path());
    assert!(open_to_all.is_err_and(|said| said.contains("--public")));
    let nameless = run(&["serve", "--addr", "0.0.0.0:0"], folder.path());
    assert!(nameless.is_err_and(|said| said.contains("server.public_url")));
    open(folder.path())
        .write("demo", |conn| records::settings::put(conn, wiring::DEMO, &true))
        .expect("marked");
    let config = settings(folder.path());
    let house = wiring::house(&config, open(folder.path()), Purpose::Congress);
    assert!(house.is_err_and(|said| said.contains("hemicycle demo")));
}
