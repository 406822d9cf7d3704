//! `bench feed`: a room changes, and two thousand who listen are told: how long until the last of them knows, and what
//! each costs in memory.

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use access_rules::SessionId;
use actix_web::rt::{self, net::TcpSocket};
use db::{DatabaseUrl, migrate};
use kernel::Moment;
use tests::{Client, Program, wait_for};

use crate::{
    figures::{self, Report, Wanted},
    furniture,
};

/// Sessions in the programme.
const SESSIONS: usize = 1000;
/// Who listens, where file limits permit.
const LISTENERS: usize = 2000;
/// Files left to everything else.
const OTHER_FILES: usize = 256;
/// Of so many listeners one is signed in.
const SIGNED_IN: usize = 10;
/// Changes that are told.
const ROUNDS: usize = 5;
/// How long all may take to come in, or a change to reach the last.
const PATIENCE: Duration = Duration::from_secs(60);
/// The most that is wanted until the last knows, in milliseconds.
pub const LAST_MS: f64 = 1000.0;
/// The most that is wanted of a listener's memory, in KB.
pub const LISTENER_KB: f64 = 40.0;

/// What the listeners have heard.
#[derive(Default)]
pub struct Heard {
    /// Streams that said where they are.
    begun: AtomicUsize,
    /// Changes, of all listeners together.
    changes: AtomicUsize,
    /// Streams that ended.
    pub ended: AtomicUsize,
}

/// What is listened to: an address, and the name of the events that are counted.
#[derive(Clone)]
pub struct Stream {
    /// Below the site.
    pub path: String,
    /// As it stands in the stream.
    pub event: &'static str,
}

/// Measures.
///
/// # Panics
/// When the program does not start or a listener is let go: then there is nothing to tell.
pub fn measure(program: &PathBuf) -> Report {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = DatabaseUrl::sqlite(&folder.path().join("hemicycle.db"));
    migrate::up(&url).expect("a schema");
    let congress = furniture::furnished(&url, |conn| furniture::programme(conn, SESSIONS));
    let data = folder.path().display().to_string();
    let arguments = ["serve", "--data", &data, "--database", url.as_str()];
    let server = Program::start_logging(program, &arguments, &[], &folder.path().join("log"));
    let organiser = server.client().with_cookie("hemicycle", &congress.organiser);
    let sessions = draft(&organiser, congress.slug);
    let listeners = listeners();
    let stream = Stream {
        path: format!("/api/v1/editions/{}/events", congress.slug),
        event: "programme.changed",
    };

    let mut report = Report::begin("feed");
    // What the first release and the first stream cost once, nobody pays again.
    let heard = listen(server.address(), &stream, &congress.organiser, 10);
    release(&organiser, congress.slug, &sessions[0], 0);
    reached(&heard, 10);
    let before = server.memory_mib("VmRSS");
    let heard = listen(server.address(), &stream, &congress.organiser, listeners);
    let with_all = server.memory_mib("VmRSS");
    report.add("listeners", listeners as f64, "", Wanted::Told);

    let (mut from_asked, mut from_answered) = (Vec::new(), Vec::new());
    for (round, session) in sessions.iter().enumerate().skip(1).take(ROUNDS) {
        let asked = Instant::now();
        let answered = release(&organiser, congress.slug, session, round);
        let last = reached(&heard, round * listeners);
        from_asked.push(1000.0 * (last - asked).as_secs_f64());
        from_answered.push(1000.0 * last.saturating_duration_since(answered).as_secs_f64());
    }
    assert_eq!(heard.ended.load(Ordering::Relaxed), 0, "listeners were let go");
    let after = server.memory_mib("VmRSS");

    report.add(
        "a release, from asked for until the last knows",
        figures::median(&from_asked),
        "ms",
        Wanted::Told,
    );
    report.add(
        "a release, from answered until the last knows",
        figures::median(&from_answered),
        "ms",
        Wanted::AtMost(LAST_MS),
    );
    let each = |more: Option<f64>| match (before, more) {
        (Some(before), Some(more)) => Some(1024.0 * (more - before).max(0.0) / listeners as f64),
        _ => None,
    };
    if let Some(each) = each(with_all) {
        report.add(
            "memory of a listener who waits",
            each,
            "KB",
            Wanted::AtMost(LISTENER_KB),
        );
    }
    if let Some(each) = each(after) {
        report.add(
            "memory of a listener after the changes",
            each,
            "KB",
            Wanted::AtMost(LISTENER_KB),
        );
    }
    report
}

/// Sessions of the draft, each with the room it is in.
fn draft(organiser: &Client, slug: &str) -> Vec<(SessionId, serde_json::Value)> {
    let path = format!("/api/v1/editions/{slug}/sessions?limit=50");
    let page = organiser.get(&path).expect(200).json();
    let items = page["items"].as_array().expect("a page").iter();
    items
        .map(|item| {
            let id = item["id"].as_str().and_then(|id| id.parse().ok());
            (id.expect("an id"), item.clone())
        })
        .collect()
}

/// Puts a session half an hour later on its last day's evening, and releases that alone. Answers when it was answered.
fn release(
    organiser: &Client,
    slug: &str,
    (session, item): &(SessionId, serde_json::Value),
    round: usize,
) -> Instant {
    let place = serde_json::json!({
        "room": item["room"],
        "starts": format!("2030-11-15T{:02}:00", 18 + round % 5),
    });
    let path = format!("/api/v1/sessions/{session}/placement");
    let tag = organiser
        .get(&format!("/api/v1/sessions/{session}/draft"))
        .header("etag")
        .to_owned();
    let tag = (!tag.is_empty()).then_some(tag);
    organiser.put(&path, tag.as_deref(), &place).expect(200);
    let body = serde_json::json!({"only": [session]});
    let key = format!("round-{round}-{}", Moment::now().micros());
    organiser
        .post_once(&format!("/api/v1/editions/{slug}/releases"), &key, &body)
        .expect(201);
    Instant::now()
}

/// How many listen: as many as file limits permit.
pub fn listeners() -> usize {
    LISTENERS.min(files_permitted().saturating_sub(OTHER_FILES))
}

/// So many who listen, from a thread of their own, all of them come in.
pub fn listen(address: SocketAddr, stream: &Stream, cookie: &str, count: usize) -> Arc<Heard> {
    let heard = Arc::new(Heard::default());
    let (told, cookie, stream) = (Arc::clone(&heard), cookie.to_owned(), stream.clone());
    std::thread::spawn(move || {
        rt::System::new().block_on(async move {
            let all: Vec<_> = (0..count)
                .map(|number| {
                    let cookie = (number % SIGNED_IN == 0).then(|| cookie.clone());
                    rt::spawn(follow(
                        (own_address(number), address),
                        stream.clone(),
                        cookie,
                        Arc::clone(&told),
                    ))
                })
                .collect();
            for one in all {
                one.await.ok();
            }
        });
    });
    wait_for("all to come in", PATIENCE, || {
        (heard.begun.load(Ordering::Relaxed) == count).then_some(())
    });
    heard
}

/// Where a listener comes from: each hundred has an address of its own, for one network may not take all places.
fn own_address(number: usize) -> SocketAddr {
    let house = u8::try_from(number / 100).unwrap_or(u8::MAX);
    SocketAddr::from(([127, 0, 1, house], 0))
}

/// One who listens, from the one address to the other.
async fn follow(
    between: (SocketAddr, SocketAddr),
    stream: Stream,
    cookie: Option<String>,
    heard: Arc<Heard>,
) {
    let told = hear(between, &stream, cookie, &heard).await;
    heard.ended.fetch_add(1, Ordering::Relaxed);
    if let Err(why) = told {
        tests::note(&format!("a listener: {why}"));
    }
}

async fn hear(
    (from, to): (SocketAddr, SocketAddr),
    of: &Stream,
    cookie: Option<String>,
    heard: &Heard,
) -> std::io::Result<()> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(from)?;
    let stream = socket.connect(to).await?;
    let cookie = cookie.map_or_else(String::new, |cookie| format!("cookie: hemicycle={cookie}\r\n"));
    let request = format!(
        "GET {} HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n{cookie}\r\n",
        of.path
    );
    let told = format!("event: {}", of.event);
    stream.writable().await?;
    stream.try_write(request.as_bytes())?;
    let (mut bytes, mut text, mut has_begun) = ([0; 4096], String::new(), false);
    loop {
        stream.readable().await?;
        match stream.try_read(&mut bytes) {
            Ok(0) => return Ok(()),
            Ok(count) => text.push_str(&String::from_utf8_lossy(&bytes[..count])),
            Err(why) if why.kind() == std::io::ErrorKind::WouldBlock => continue,
            Err(why) => return Err(why),
        }
        // Whole lines are counted; the rest of one waits for its end.
        let whole = text.rfind('\n').map_or(0, |at| at + 1);
        for line in text[..whole].lines() {
            if line.starts_with("id: ") && !has_begun {
                has_begun = true;
                heard.begun.fetch_add(1, Ordering::Relaxed);
            }
            if line.starts_with(&told) {
                heard.changes.fetch_add(1, Ordering::Relaxed);
            }
        }
        text.drain(..whole);
    }
}

/// When so many changes were heard.
pub fn reached(heard: &Heard, count: usize) -> Instant {
    wait_for("the last to know", PATIENCE, || {
        (heard.changes.load(Ordering::Relaxed) >= count).then(Instant::now)
    })
}

/// How many files this process may open, as Linux tells it.
fn files_permitted() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or(usize::MAX)
}
