//! Two servers behind a proxy on one PostgreSQL say the same: the feed, the rendered programme, who is signed in.
//!
//! What was done at one is asked of the other until it says so, and of the proxy; that time is measured.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{
    Client, EventStream, Fleet,
    cast::SLUG,
    drills::{Found, Wanted},
    wait_for,
};

/// The drill.
pub const NAME: &str = "agree";
/// In which they must agree.
const AGREED: Duration = Duration::from_secs(5);
/// Rounds that are made however little time there is: one at each server.
const ROUNDS: usize = 2;

/// Measures.
///
/// # Panics
/// When they never agree.
pub fn run(wanted: &Wanted) -> Found {
    let fleet = Fleet::start(&wanted.program, wanted.furniture);
    let mut times = Times::default();
    let begun = Instant::now();
    let mut rounds = 0;
    while rounds < ROUNDS || begun.elapsed() < wanted.time {
        round(&fleet, rounds, &mut times);
        rounds += 1;
    }
    let mut found = Found::by(NAME);
    let most = AGREED.as_secs_f64();
    found.told("rounds, at one server and the other in turn", rounds as f64, "");
    found.seconds(
        most,
        [
            "feed: both tell the change, median",
            "feed: both tell the change, at most",
        ],
        &times.feed,
    );
    found.seconds(
        most,
        [
            "streams: all four are told, median",
            "streams: all four are told, at most",
        ],
        &times.streams,
    );
    found.seconds(
        most,
        [
            "programme: the same bytes, median",
            "programme: the same bytes, at most",
        ],
        &times.programme,
    );
    found.seconds(
        most,
        ["signed out at both, median", "signed out at both, at most"],
        &times.signed_out,
    );
    found
}

#[derive(Default)]
struct Times {
    feed: Vec<Duration>,
    streams: Vec<Duration>,
    programme: Vec<Duration>,
    signed_out: Vec<Duration>,
}

/// A change is released at one server, and somebody signs out at the other.
fn round(fleet: &Fleet, round: usize, times: &mut Times) {
    let (here, there) = (round % 2, (round + 1) % 2);
    let asked = || [fleet.node(0), fleet.node(1), Client::new(fleet.address())];
    let before = programme(&fleet.node(here));
    assert!(!before.0.is_empty(), "it is rendered beforehand");
    assert!(before == programme(&fleet.node(there)), "they agreed before");
    let last = feed(&fleet.node(here), "").1;
    // Two are told by the servers themselves, two by the proxy.
    let addresses = [
        fleet.node_address(0),
        fleet.node_address(1),
        fleet.address(),
        fleet.address(),
    ];
    let path = format!("/api/v1/editions/{SLUG}/events");
    let streams = addresses.map(|address| EventStream::begun(address, &path, &[]));

    release(
        &fleet
            .node(here)
            .with_cookie("hemicycle", &fleet.furnished.organiser),
        fleet,
        round,
    );
    let released = Instant::now();
    let told: Vec<(Instant, Value)> = std::thread::scope(|scope| {
        let each = streams.map(|mut stream| {
            scope.spawn(move || {
                let event = stream.event().expect("the change");
                (Instant::now(), event.data)
            })
        });
        each.map(|one| one.join().expect("told")).into()
    });
    let latest = told.iter().map(|(at, _)| *at).max().unwrap_or(released);
    times.streams.push(latest.saturating_duration_since(released));
    // Ids are veiled, another text each time: what is told is the same.
    let changes = &told[0].1["changes"];
    assert!(
        told.iter().all(|(_, data)| &data["changes"] == changes),
        "{told:?}"
    );

    wait_for("the feeds to agree", AGREED, || {
        let feeds = asked().map(|client| feed(&client, &last));
        let agree = feeds
            .iter()
            .all(|(events, _)| events.len() == 1 && &events[0]["changes"] == changes);
        agree.then_some(())
    });
    times.feed.push(released.elapsed());
    wait_for("the programmes to agree", AGREED, || {
        let programmes = asked().map(|client| programme(&client));
        let agree = programmes
            .iter()
            .all(|one| *one == programmes[0] && *one != before);
        agree.then_some(())
    });
    times.programme.push(released.elapsed());

    if let Some(cookie) = fleet.furnished.spare.get(round) {
        sign_out(fleet, there, cookie, times);
    }
}

/// Whoever signed out at one server is nobody at the other, and whoever did not stays in.
fn sign_out(fleet: &Fleet, at: usize, cookie: &str, times: &mut Times) {
    let status =
        |client: Client, cookie: &str| client.with_cookie("hemicycle", cookie).get("/api/v1/me").status;
    let all = |cookie: &str| {
        [fleet.node(0), fleet.node(1), Client::new(fleet.address())].map(|client| status(client, cookie))
    };
    assert_eq!(all(cookie), [200; 3]);
    fleet
        .node(at)
        .with_cookie("hemicycle", cookie)
        .send("DELETE", "/api/v1/sign-in", &[], None)
        .expect(204);
    let out = Instant::now();
    wait_for("everybody to let them in no more", AGREED, || {
        (all(cookie) == [401; 3]).then_some(())
    });
    times.signed_out.push(out.elapsed());
    assert_eq!(all(&fleet.furnished.organiser), [200; 3]);
}

/// The rendered programme: its tag and its bytes.
fn programme(client: &Client) -> (String, Vec<u8>) {
    let answer = client.get(&format!("/{SLUG}/schedule.json")).expect(200);
    (answer.header("etag").to_owned(), answer.body)
}

/// The events since an id, and where the feed is.
fn feed(client: &Client, after: &str) -> (Vec<Value>, String) {
    let path = match after {
        "" => format!("/api/v1/editions/{SLUG}/events"),
        after => format!("/api/v1/editions/{SLUG}/events?after={after}"),
    };
    let answer = client.send("GET", &path, &[("accept", "application/json")], None);
    let told = answer.expect(200).json();
    let events = told["items"].as_array().cloned().unwrap_or_default();
    (events, told["last"].as_str().unwrap_or_default().to_owned())
}

fn release(organiser: &Client, fleet: &Fleet, round: usize) {
    let moving = fleet.furnished.moving;
    let draft = organiser
        .get(&format!("/api/v1/sessions/{moving}/draft"))
        .expect(200);
    let starts = format!("2030-11-{:02}T{:02}:00", 11 + round % 5, 8 + (round / 5) % 10);
    let place = json!({ "room": draft.json()["room"], "starts": starts });
    let path = format!("/api/v1/sessions/{moving}/placement");
    organiser
        .put(&path, Some(draft.header("etag")), &place)
        .expect(200);
    let only = json!({ "only": [moving] });
    let path = format!("/api/v1/editions/{SLUG}/releases");
    organiser
        .post_once(&path, &format!("round-{round}"), &only)
        .expect(201);
}
