//! The congress while it goes on, as participants meet it: now and next with what was moved, one's own agenda with what does
//! not fit, screens, and the programme framed on another site.

use access_rules::Actor;
use db::Conn;
use kernel::{Localized, Moment};
use programme::{
    releases::{self, ReleaseInput},
    rooms::{self, RoomInput},
    venues::{self, VenueInput},
};
use registration::agenda;
use serde_json::Value;
use tests::{Cast, Client, Congress, Site, Somebody, cast::SLUG};

fn page(rest: &str) -> String {
    format!("/en/{SLUG}/{rest}")
}

fn titles(list: &Value) -> Vec<String> {
    let entries = list.as_array().expect("a list").iter();
    entries
        .map(|entry| {
            entry["session"]["title"]["en"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

#[test]
fn r57_now_and_next_go_by_the_congress_clock_and_mark_what_was_moved() {
    // Durban is two hours ahead: ten minutes before the opening begins.
    let opens = Moment::at("2030-11-12T06:50:00Z");
    let (site, cast) = Site::opening(opens, Cast::gather);
    let (nobody, somebody) = (site.nobody(), site.browser(&cast.find("individual").cookie));
    let now = |client: &Client, query: &str| client.get(&format!("/api/v1/editions/{SLUG}/now{query}"));

    let seen = now(&nobody, "").expect(200).json();
    assert_eq!(titles(&seen["on"]), Vec::<String>::new());
    assert_eq!(titles(&seen["next"]), ["Opening"]);
    assert!(
        seen["local"]
            .as_str()
            .is_some_and(|local| local.starts_with("2030-11-12T08:5"))
    );
    assert_eq!(seen["next"][0]["room_was"], Value::Null);
    assert_eq!(now(&nobody, "?mine=true").status, 401);
    assert_eq!(
        titles(&now(&somebody, "?mine=true").expect(200).json()["next"]),
        Vec::<String>::new()
    );

    let conn = &mut site.conn();
    let individual = cast.find("individual");
    let actor = members::actors::load(conn, individual.account, individual.person, opens);
    agenda::add(conn, &actor.expect("an actor"), opens, cast.open).expect("added");
    conn.transaction(|conn| {
        let congress = &cast.congress;
        congress.place(conn, cast.open, 1, "2030-11-12T09:00", "");
        let input = ReleaseInput::default();
        releases::publish(
            conn,
            &Actor::system(),
            opens,
            &congress.admissions,
            congress.edition,
            &input,
        )
    })
    .expect("released");

    let seen = now(&somebody, "?mine=true").expect(200).json();
    assert_eq!(titles(&seen["next"]), ["Opening"]);
    assert_eq!(seen["next"][0]["room_was"]["en"], "Plenary Hall");
    assert_eq!(seen["next"][0]["starts_was"], Value::Null);
    let room = format!("screens/rooms/{}", cast.congress.rooms[1]);
    for path in ["now", "screens/lobby", &room] {
        let text = nobody.get(&page(path)).expect(200).text();
        assert!(text.contains("It was to be in Plenary Hall."), "{path}: {text}");
        assert!(!text.contains(&cast.hidden.to_string()), "{path}");
    }
    assert!(
        somebody
            .get(&page("now?mine=true"))
            .expect(200)
            .text()
            .contains("Opening")
    );
    assert_eq!(nobody.get(&page("screens/rooms/nothing")).status, 404);
}

/// Two sessions with a quarter of an hour between them, in houses apart, and one over both; all on somebody's agenda.
fn far_apart(conn: &mut Conn) -> (Somebody, Congress) {
    let (system, now) = (Actor::system(), Moment::now());
    let mut congress = Congress::open(conn);
    for name in ["City Hall", "Harbour House"] {
        let input = VenueInput {
            name: Localized::only("en", name),
            ..VenueInput::default()
        };
        let venue = venues::create(conn, &system, now, congress.edition, &input).expect("a venue");
        let input = RoomInput {
            name: Localized::only("en", &format!("Room of {name}")),
            venue: venue.id.to_string(),
            capacity: Some(100),
            ..RoomInput::default()
        };
        let room = rooms::create(conn, &system, now, congress.edition, &input).expect("a room");
        congress.rooms.push(room.id);
    }
    let somebody = Somebody::new(conn, "walker");
    let actor = members::actors::load(conn, somebody.account, somebody.person, now).expect("an actor");
    // Each is made in the first room, and leaves it to the next.
    let here = congress.session(conn, "Here", "2030-11-12T09:00", None);
    congress.place(conn, here, 2, "2030-11-12T09:00", "");
    let there = congress.session(conn, "There", "2030-11-12T10:15", None);
    congress.place(conn, there, 3, "2030-11-12T10:15", "");
    let over = congress.session(conn, "Over", "2030-11-12T11:00", None);
    congress.release(conn);
    for session in [here, there, over] {
        agenda::add(conn, &actor, now, session).expect("added");
    }
    (somebody, congress)
}

#[test]
fn r54_an_agenda_says_what_overlaps_and_where_there_is_no_time_to_walk() {
    let (site, (somebody, congress)) = Site::furnished(far_apart);
    let browser = site.browser(&somebody.cookie);

    let items = browser
        .get(&format!("/api/v1/editions/{SLUG}/me/agenda"))
        .expect(200)
        .json()["items"]
        .clone();
    let text = browser.get(&page("agenda")).expect(200).text();

    let of = |at: usize, what: &str| items[at][what].as_array().map_or(0, Vec::len);
    assert_eq!((of(0, "clashes"), of(0, "walks")), (0, 1), "{items}");
    assert_eq!((of(1, "clashes"), of(1, "walks")), (1, 1), "{items}");
    assert_eq!((of(2, "clashes"), of(2, "walks")), (1, 0), "{items}");
    assert_eq!(items[0]["walks"][0]["minutes"], 15);
    assert_eq!(items[0]["walks"][0]["needed"], 20);
    assert!(text.contains("3 sessions do not fit with another."), "{text}");
    assert!(
        text.contains("Overlaps “Over”.") && text.contains("20 minutes on the way"),
        "{text}"
    );

    // A move that is not released is nobody's clash.
    let conn = &mut site.conn();
    congress.place(conn, congress_session(&items, 2), 0, "2030-11-12T15:00", "");
    let again = browser.get(&page("agenda")).expect(200).text();
    assert!(again.contains("Overlaps “Over”."));
}

fn congress_session(items: &Value, at: usize) -> access_rules::SessionId {
    let id = items[at]["session"].as_str().and_then(|id| id.parse().ok());
    id.expect("an id")
}

#[test]
fn r43_the_programme_is_filtered_by_what_the_reader_understands_and_the_address_keeps_it() {
    let (site, _) = Site::furnished(Cast::gather);
    let nobody = site.nobody();
    let listed = |query: &str| {
        let path = format!("/api/v1/editions/{SLUG}/programme{query}");
        nobody.get(&path).expect(200).json()["sessions"]
            .as_array()
            .map_or(0, Vec::len)
    };

    assert!(listed("") > 0);
    // Nobody said what is spoken: it is not understood.
    assert_eq!(listed("?understood[]=fr&understood[]=es"), 0);
    let path = page("programme?understood[]=fr");
    assert!(
        nobody
            .get(&path)
            .expect(200)
            .text()
            .contains("Nothing fits these filters")
    );
}

#[test]
fn the_widget_is_framed_anywhere_and_reads_and_sets_no_cookie() {
    let (site, cast) = Site::furnished(Cast::gather);
    site.refresh();
    let organiser = site.browser(&cast.find("organiser").cookie);

    let (theirs, anybodys) = (organiser.get(&page("widget")), site.nobody().get(&page("widget")));

    assert_eq!(theirs.body, anybodys.body);
    let answer = anybodys.expect(200);
    assert!(answer.text().contains("Opening"));
    assert!(!answer.text().contains(&cast.hidden.to_string()));
    assert!(
        answer
            .header("content-security-policy")
            .ends_with("frame-ancestors *")
    );
    assert_eq!(
        (answer.header("x-frame-options"), answer.header("set-cookie")),
        ("", "")
    );
    assert!(!answer.text().contains("<script") && !answer.text().contains("<form"));
    // Every other page stays out of frames.
    let other = site.nobody().get(&page("now")).expect(200);
    assert_eq!(other.header("x-frame-options"), "DENY");
    assert_eq!(site.nobody().get("/en/nothing-2030/widget").status, 404);
}
