//! `bench read`: the public programme of a thousand sessions against a bare actix route with the same bytes and headers,
//! and a page of fifty from a list.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use db::{DatabaseUrl, migrate};
use tests::{Program, wait_for};

use crate::{
    control::{Control, comparable},
    figures::{self, Report, Wanted},
    furniture,
    load::{self, Connection, Reply},
};

/// Sessions in the programme.
const SESSIONS: usize = 1000;
/// Connections at a time.
const CONNECTIONS: usize = 32;
/// Times each is measured, in turn with its control.
const ROUNDS: usize = 7;
/// How long each time.
const TIME: Duration = Duration::from_millis(1500);
/// How long before, unmeasured.
const WARMING: Duration = Duration::from_millis(500);
/// How long brotli may take.
const COMPRESSED: Duration = Duration::from_secs(120);
/// The least that is wanted of what a bare route does.
const RATIO: f64 = 0.8;
/// The least pages of fifty in a second.
const PAGES: f64 = 2000.0;

/// What a browser sends along.
const BROWSER: &[(&str, &str)] = &[("accept", "*/*"), ("accept-encoding", "gzip, deflate, br, zstd")];

/// Measures.
///
/// # Panics
/// When the program does not start or answers something else: then there is nothing to tell.
pub fn measure(program: &PathBuf) -> Report {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = DatabaseUrl::sqlite(&folder.path().join("hemicycle.db"));
    migrate::up(&url).expect("a schema");
    let congress = furniture::furnished(&url, |conn| furniture::programme(conn, SESSIONS));
    let data = folder.path().display().to_string();
    let arguments = ["serve", "--data", &data, "--database", url.as_str()];
    let server = Program::start_logging(program, &arguments, &[], &folder.path().join("log"));

    let mut report = Report::begin("read");
    let json = format!("/api/v1/editions/{}/programme", congress.slug);
    let html = format!("/en/{}/programme", congress.slug);
    for (name, path) in [("programme JSON", &json), ("programme HTML", &html)] {
        let whole = compressed(server.address(), path);
        report.add(
            format!("{name}, size"),
            whole.body.len() as f64,
            "bytes",
            Wanted::Told,
        );
        compare(
            &mut report,
            name,
            server.address(),
            folder.path(),
            path,
            BROWSER,
            &whole,
        );
        let plain = [("accept", "*/*")];
        let identity = ask(server.address(), path, &plain);
        let named = format!("{name}, uncompressed");
        report.add(
            format!("{named}, size"),
            identity.body.len() as f64,
            "bytes",
            Wanted::Told,
        );
        compare(
            &mut report,
            &named,
            server.address(),
            folder.path(),
            path,
            &plain,
            &identity,
        );
        let known = [BROWSER, &[("if-none-match", whole.header("etag"))]].concat();
        let unchanged = ask(server.address(), path, &known);
        assert_eq!(unchanged.status, 304, "{}", unchanged.head);
        let named = format!("{name}, unchanged (304)");
        compare(
            &mut report,
            &named,
            server.address(),
            folder.path(),
            path,
            &known,
            &unchanged,
        );
    }
    let cookie = format!("hemicycle={}", congress.organiser);
    let draft = format!("/api/v1/editions/{}/sessions?limit=50", congress.slug);
    for (name, path, headers) in [
        (
            "the draft, pages of 50",
            draft.as_str(),
            vec![("cookie", cookie.as_str())],
        ),
        (
            "the directory, pages of 50",
            "/api/v1/organisations?limit=50",
            vec![],
        ),
    ] {
        pages(&mut report, name, &server, path, &headers);
    }
    report
}

/// The answer once it comes in brotli, which is made in the background.
fn compressed(address: SocketAddr, path: &str) -> Reply {
    wait_for("brotli", COMPRESSED, || {
        let reply = ask(address, path, BROWSER);
        (reply.header("content-encoding") == "br").then_some(reply)
    })
}

fn ask(address: SocketAddr, path: &str, headers: &[(&str, &str)]) -> Reply {
    let request = load::request("GET", path, headers, "");
    let reply = Connection::open(address).and_then(|mut connection| connection.ask(&request));
    reply.expect("it answers")
}

/// Measures one answer in turn with its control.
fn compare(
    report: &mut Report,
    name: &str,
    address: SocketAddr,
    folder: &std::path::Path,
    path: &str,
    headers: &[(&str, &str)],
    reply: &Reply,
) {
    let control = Control::start(folder, path, reply);
    let copy = ask(control.address(), path, headers);
    assert_eq!(comparable(&copy), comparable(reply), "the control's headers");
    assert!(copy.body == reply.body, "the control's bytes");

    let request = load::request("GET", path, headers, "");
    let expected = (reply.status, reply.body.len());
    let once = |address, time| {
        let tally = load::repeat(address, CONNECTIONS, time, &request, expected);
        assert_eq!(tally.others, 0, "{name}: other answers");
        tally.per_second()
    };
    once(control.address(), WARMING);
    once(address, WARMING);
    let rounds: Vec<(f64, f64)> = (0..ROUNDS)
        .map(|_| (once(control.address(), TIME), once(address, TIME)))
        .collect();
    let of_program: Vec<f64> = rounds.iter().map(|(_, measure)| *measure).collect();
    report.add(
        format!("{name}, rate"),
        figures::median(&of_program),
        "/s",
        Wanted::Told,
    );
    report.add(
        format!("{name}, to a bare route"),
        figures::ratio(&rounds),
        "×",
        Wanted::AtLeast(RATIO),
    );
}

/// Measures a list.
fn pages(report: &mut Report, name: &str, server: &Program, path: &str, headers: &[(&str, &str)]) {
    let address = server.address();
    let reply = ask(address, path, headers);
    let items = serde_json::from_slice::<serde_json::Value>(&reply.body).expect("JSON")["items"].clone();
    assert_eq!(items.as_array().map(Vec::len), Some(50), "{}", reply.head);
    let request = load::request("GET", path, headers, "");
    let expected = (reply.status, reply.body.len());
    load::repeat(address, CONNECTIONS, WARMING, &request, expected);
    let (before, mut answers) = (server.cpu_seconds(), 0);
    let rates: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let tally = load::repeat(address, CONNECTIONS, TIME, &request, expected);
            assert_eq!(tally.others, 0, "{name}: other answers");
            answers += tally.answers;
            tally.per_second()
        })
        .collect();
    report.add(name, figures::median(&rates), "/s", Wanted::IdleAtLeast(PAGES));
    report.add(
        format!("{name}, size"),
        reply.body.len() as f64,
        "bytes",
        Wanted::Told,
    );
    if let (Some(before), Some(after)) = (before, server.cpu_seconds()) {
        let each = 1e6 * (after - before) / answers as f64;
        report.add(format!("{name}, time on a core"), each, "µs", Wanted::Told);
    }
}
