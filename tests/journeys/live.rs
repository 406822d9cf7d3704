//! Changes as they are told while they happen (R57): what arrives, what is caught up with, what is never told; who is let
//! in and for how long; two servers; a stop.

use std::time::{Duration, Instant};

use access_rules::Actor;
use db::{Conn, Engine, testing};
use kernel::{Fault, Moment};
use people::standings;
use serde_json::{Value, json};
use tests::{Cast, Congress, EventStream, Site, Somebody, cast::SLUG, note, stream::Event, wait_for};

use crate::drills::serve;

/// How long what happens at once may take on a busy machine.
const SOON: Duration = Duration::from_secs(60);

fn path() -> String {
    format!("/api/v1/editions/{SLUG}/events")
}

/// Changes the draft and releases it, in one transaction.
fn release(conn: &mut Conn, congress: &Congress, change: impl Fn(&mut Conn)) {
    conn.transaction(|conn| {
        change(conn);
        congress.release(conn);
        Ok::<_, Fault>(())
    })
    .expect("released");
}

/// What an event says of each session: its id, what happened, and the new room's name or start.
fn said(event: &Event) -> Vec<(String, String, Value)> {
    assert_eq!(event.name, "programme.changed", "{event:?}");
    let changes = event.data["changes"].as_array().expect("changes").iter();
    changes
        .map(|change| {
            let is = match change["kind"].as_str() {
                Some("room") => change["is"]["name"]["en"].clone(),
                _ => change["is"]["starts"].clone(),
            };
            let text = |name: &str| change[name].as_str().unwrap_or_default().to_owned();
            (text("session"), text("kind"), is)
        })
        .collect()
}

fn cookie(of: &str) -> String {
    format!("hemicycle={of}")
}

#[test]
fn r57_a_room_change_arrives_and_who_was_away_catches_up_and_nobody_hears_of_what_is_hidden() {
    let (site, cast) = Site::furnished(Cast::gather);
    let organiser = cookie(&cast.find("organiser").cookie);
    let conn = &mut site.conn();
    let mut anybody = EventStream::begun(site.address(), &path(), &[]);
    let mut desk = EventStream::begun(site.address(), &path(), &[("cookie", &organiser)]);

    release(conn, &cast.congress, |conn| {
        cast.congress.place(conn, cast.open, 1, "2030-11-12T09:00", "");
    });

    let room = (cast.open.to_string(), "room".to_owned(), json!("Room 21"));
    let event = anybody.event().expect("told");
    assert_eq!(said(&event), std::slice::from_ref(&room));
    assert_eq!(said(&desk.event().expect("told")), [room]);

    // What is hidden moves: its desk hears of it, and nobody else, not even when they come back.
    release(conn, &cast.congress, |conn| {
        cast.congress
            .place(conn, cast.hidden, 1, "2030-11-13T11:00", "2030-11-13T12:00");
    });
    let hidden = cast.hidden.to_string();
    assert_eq!(said(&desk.event().expect("told"))[0].0, hidden);
    drop(anybody);
    release(conn, &cast.congress, |conn| {
        cast.congress.place(conn, cast.open, 1, "2030-11-12T10:00", "");
    });
    let back = [("last-event-id", event.id.as_str())];
    let mut anybody = EventStream::begun(site.address(), &path(), &back);
    let time = (
        cast.open.to_string(),
        "time".to_owned(),
        json!("2030-11-12T10:00"),
    );
    let caught = anybody.event().expect("caught up");
    assert_eq!(said(&caught), [time]);
    release(conn, &cast.congress, |conn| {
        cast.congress
            .place(conn, cast.hidden, 1, "2030-11-13T13:00", "2030-11-13T14:00");
    });
    release(conn, &cast.congress, |conn| {
        cast.congress.place(conn, cast.open, 0, "2030-11-12T10:00", "");
    });
    let next = anybody.event().expect("told");
    assert_eq!(said(&next)[0].0, cast.open.to_string());
    assert!(!anybody.said.contains(&hidden), "{}", anybody.said);

    // Ids are as long as each other and never the same, whatever lies between.
    let again = EventStream::begun(site.address(), &path(), &[("last-event-id", &next.id)]);
    let ids = [&event.id, &caught.id, &next.id, &again.last_id];
    assert!(ids.iter().all(|id| id.len() == ids[0].len()), "{ids:?}");
    assert!(
        ids.iter().enumerate().all(|(at, id)| !ids[..at].contains(id)),
        "{ids:?}"
    );

    // The same for who rather asks; of an id nobody gave out it is told to read anew.
    let asks = |after: &str| {
        let path = format!("{}?after={after}", path());
        let answer = site
            .nobody()
            .send("GET", &path, &[("accept", "application/json")], None);
        answer.expect(200).json()["items"].clone()
    };
    assert_eq!(asks(&event.id).as_array().map(Vec::len), Some(2));
    assert_eq!(asks(&next.id), json!([]));
    assert_eq!(asks("7")[0]["event"], "programme.anew");
}

#[test]
fn a_stream_ends_with_the_sign_in_or_the_right_it_began_with() {
    let (site, cast) = Site::furnished(Cast::gather);
    let [individual, member, organiser] = ["individual", "member", "organiser"].map(|name| cast.find(name));
    let open = |somebody: &Somebody| {
        EventStream::begun(site.address(), &path(), &[("cookie", &cookie(&somebody.cookie))])
    };
    let (mut out, mut demoted, mut stays) = (open(individual), open(organiser), open(member));
    let mut nobody = EventStream::begun(site.address(), &path(), &[]);

    site.browser(&individual.cookie)
        .send("DELETE", "/api/v1/sign-in", &[], None)
        .expect(204);
    let conn = &mut site.conn();
    end_standings(conn, organiser);
    site.look_again_at_listeners();

    assert_eq!(out.event(), None);
    assert_eq!(demoted.event(), None);
    release(conn, &cast.congress, |conn| {
        cast.congress.place(conn, cast.open, 1, "2030-11-12T09:00", "");
    });
    assert_eq!(said(&stays.event().expect("told")).len(), 1);
    assert_eq!(said(&nobody.event().expect("told")).len(), 1);
}

/// Takes all roles from somebody.
fn end_standings(conn: &mut Conn, somebody: &Somebody) {
    let now = Moment::now();
    for standing in standings::history(conn, somebody.person).expect("listed") {
        standings::end(conn, &Actor::system(), now, standing.id).expect("ended");
    }
}

#[test]
fn who_finds_no_place_is_told_when_to_come_back_and_another_site_gets_none() {
    let settings = [("server.listeners_max", "1".to_owned())];
    let (site, _) = Site::with_settings(&settings, Cast::gather);
    let elsewhere = [
        ("origin", "https://evil.example"),
        ("sec-fetch-site", "cross-site"),
    ];
    assert_eq!(EventStream::open(site.address(), &path(), &elsewhere).status, 403);
    let first = EventStream::begun(site.address(), &path(), &[]);

    let second = EventStream::open(site.address(), &path(), &[]);

    assert_eq!(second.status, 503);
    assert!(
        second
            .head
            .to_ascii_lowercase()
            .contains("\r\nretry-after: 15\r\n"),
        "{}",
        second.head
    );
    drop(first);
    wait_for("the place to be free", SOON, || {
        (EventStream::open(site.address(), &path(), &[]).status == 200).then_some(())
    });
}

#[test]
fn a_stop_ends_open_streams_and_waits_for_none() {
    let (site, _) = Site::furnished(Cast::gather);
    let mut stream = EventStream::begun(site.address(), &path(), &[]);
    let begun = Instant::now();

    site.stop();

    assert_eq!(stream.event(), None);
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
}

#[test]
fn r57_of_two_servers_on_one_database_each_tells_what_was_released_at_the_other() {
    if testing::engine() == Engine::Sqlite {
        return note("SQLite is for one server: two are not tested on it");
    }
    let database = testing::fresh();
    let (organiser, open) = database
        .write("furnish", |conn| {
            let cast = Cast::gather(conn);
            cast.congress.place(conn, cast.open, 1, "2030-11-12T09:00", "");
            Ok((cast.find("organiser").cookie.clone(), cast.open))
        })
        .expect("furnished");
    let data = tempfile::tempdir().expect("a folder");
    let url = database.url().as_str();
    let (one, other) = (serve(url, data.path()), serve(url, data.path()));
    let mut here = EventStream::begun(one.address(), &path(), &[]);
    let mut there = EventStream::begun(other.address(), &path(), &[]);

    tests::Client::new(one.address())
        .with_cookie("hemicycle", &organiser)
        .post_once(
            &format!("/api/v1/editions/{SLUG}/releases"),
            "release",
            &json!({}),
        )
        .expect(201);

    let (told, elsewhere) = (here.event().expect("told"), there.event().expect("told"));
    assert_eq!(said(&told)[0].0, open.to_string());
    assert_eq!(said(&told), said(&elsewhere));
    // Whoever was cut off from one comes back to the other.
    let back = EventStream::begun(other.address(), &path(), &[("last-event-id", &told.id)]);
    assert!(!back.said.contains("event:"), "{}", back.said);
    one.stop();
    other.stop();
}
