//! The programme board over HTTP, without script: whom it shows what, its forms, and what a large one weighs.

use access_rules::{Actor, Role, Scope, SessionId};
use kernel::{Localized, Moment};
use programme::{
    rooms::{self, RoomInput},
    scheduling::{self, Placement},
    session_form::SessionInput,
    sessions,
};
use statutory::model::{LineDoor, PapersDoor};
use tests::{Answer, Client, Congress, Site, Somebody, cast::SLUG};

/// Who asks, and what there is.
struct Desks {
    congress: Congress,
    organiser: Somebody,
    track: Somebody,
    registrar: Somebody,
    open: SessionId,
    own: SessionId,
}

fn gather(conn: &mut db::Conn) -> Desks {
    let congress = Congress::open(conn);
    let open = congress.session(conn, "A plenary of everybody", "2030-11-12T09:00", None);
    let own = of_track(conn, &congress, "A debate of the Town Hall");
    congress.place(conn, own, 1, "2030-11-12T09:30", "2030-11-12T10:30");
    of_track(conn, &congress, "A debate that waits");
    let doors = statutory::meetings::DoorsInput {
        line: Some(LineDoor::Hidden),
        papers: Some(PapersDoor::Roster),
        room: None,
    };
    congress.meeting(
        conn,
        "executive_bureau",
        doors,
        "2030-11-12T14:00",
        "2030-11-12T15:00",
    );
    Desks {
        organiser: Somebody::new(conn, "organiser").appointed(conn, Role::Secretariat),
        track: Somebody::new(conn, "track").given(conn, Role::Secretariat, Scope::Track("town_hall".into())),
        registrar: Somebody::new(conn, "registrar").appointed(conn, Role::Registrar),
        congress,
        open,
        own,
    }
}

/// A session of the Town Hall track that needs no theme.
fn of_track(conn: &mut db::Conn, congress: &Congress, title: &str) -> SessionId {
    let input = SessionInput {
        kind: "special".into(),
        track: "town_hall".into(),
        title: Localized::only("en", title),
        length_minutes: Some(60),
        ..SessionInput::default()
    };
    let (system, now) = (Actor::system(), Moment::now());
    let made = sessions::create(conn, &system, now, &congress.admissions, congress.edition, &input);
    made.expect("a session").id
}

fn board(client: &Client) -> Answer {
    client.get(&format!("/en/desk/{SLUG}/board?day=2030-11-12"))
}

/// Sends a form of the board.
fn sent(client: &Client, what: &str, fields: &[(&str, &str)]) -> Answer {
    let page = board(client).expect(200).text();
    let (_, rest) = page.split_once("name=\"_csrf\" value=\"").expect("a form");
    let (csrf, _) = rest.split_once('"').expect("a token");
    let key = kernel::secret::token();
    let back = format!("/en/desk/{SLUG}/board?day=2030-11-12");
    let mut all = vec![("_csrf", csrf), ("_key", key.as_str()), ("_back", back.as_str())];
    all.extend_from_slice(fields);
    client.form(&format!("/en/desk/{SLUG}/board/{what}"), &all)
}

/// Where a session stands on the board: room and start.
fn stands(client: &Client, id: SessionId) -> (String, String) {
    let page = board(client).expect(200).text();
    let (_, rest) = page
        .split_once(&format!("data-session=\"{id}\""))
        .expect("on the board");
    let value = |name: &str| {
        let (_, rest) = rest.split_once(&format!("{name}=\"")).expect("a place");
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    (value("data-room"), value("data-starts"))
}

#[test]
fn r1_the_board_shows_a_track_desk_its_own_by_title_others_by_code_and_hidden_meetings_not_at_all() {
    let (site, desks) = Site::furnished(gather);
    let of = |somebody: &Somebody| site.browser(&somebody.cookie);

    let whole = board(&of(&desks.organiser)).expect(200).text();
    let track = board(&of(&desks.track)).expect(200).text();

    for title in [
        "A plenary of everybody",
        "A debate of the Town Hall",
        "Executive Bureau",
    ] {
        assert!(whole.contains(title), "{title}");
    }
    assert!(track.contains("A debate of the Town Hall") && track.contains("A debate that waits"));
    assert!(!track.contains("A plenary of everybody") && !track.contains("Executive Bureau"));
    let conn = &mut site.conn();
    let code = |conn: &mut db::Conn, id| sessions::row(conn, id).expect("read").expect("there").code;
    assert!(track.contains(&code(conn, desks.open)));
    let hidden = sessions::all(conn, desks.congress.edition)
        .expect("read")
        .into_iter()
        .find(|session| session.body.is_some())
        .expect("the bureau meets");
    assert!(whole.contains(&hidden.id.to_string()));
    assert!(!track.contains(&hidden.code) && !track.contains(&hidden.id.to_string()));
    assert_eq!(board(&of(&desks.registrar)).status, 403);
    assert_eq!(board(&site.nobody()).status, 303);
}

#[test]
fn without_script_a_session_is_placed_from_a_free_stretch_put_later_and_exchanged() {
    let (site, desks) = Site::furnished(gather);
    let client = site.browser(&desks.organiser.cookie);
    let (hall, room) = (
        desks.congress.rooms[0].to_string(),
        desks.congress.rooms[1].to_string(),
    );
    let (open, own) = (desks.open.to_string(), desks.own.to_string());
    let page = board(&client).expect(200).text();
    let stretch = format!("/en/desk/{SLUG}/board/place?room={hall}&amp;starts=2030-11-12T11:00");
    assert!(
        page.contains(&stretch) || page.contains(&stretch.replace("&amp;", "&#38;")),
        "{stretch}"
    );
    let form = client
        .get(&format!(
            "/en/desk/{SLUG}/board/place?room={hall}&starts=2030-11-12T11:00"
        ))
        .expect(200)
        .text();
    assert!(form.contains("value=\"2030-11-12T11:00\""), "{form}");

    let placed = [
        ("session", own.as_str()),
        ("room", hall.as_str()),
        ("starts", "2030-11-12T10:00"),
    ];
    sent(&client, "place", &placed).expect(303);
    assert_eq!(
        stands(&client, desks.own),
        (hall.clone(), "2030-11-12T10:00".into())
    );

    // The hall is the other's at nine.
    let refused = sent(
        &client,
        "reschedule",
        &[("how", "later"), ("sessions[]", &own), ("minutes", "-30")],
    );
    assert_eq!(refused.status, 409);
    assert!(refused.text().contains("Choose another room or time."));
    // Both together go.
    let both = [
        ("how", "later"),
        ("sessions[]", own.as_str()),
        ("sessions[]", open.as_str()),
        ("minutes", "-30"),
    ];
    sent(&client, "reschedule", &both).expect(303);
    assert_eq!(stands(&client, desks.own).1, "2030-11-12T09:30");
    assert_eq!(stands(&client, desks.open).1, "2030-11-12T08:30");

    let placed = [
        ("session", own.as_str()),
        ("room", room.as_str()),
        ("starts", "2030-11-12T10:00"),
    ];
    sent(&client, "place", &placed).expect(303);
    let one = sent(&client, "swap", &[("sessions[]", &own)]);
    assert_eq!(one.status, 422);
    assert!(one.text().contains("Tick exactly two sessions."));
    sent(&client, "swap", &[("sessions[]", &own), ("sessions[]", &open)]).expect(303);
    assert_eq!(stands(&client, desks.own), (hall, "2030-11-12T08:30".into()));
    assert_eq!(stands(&client, desks.open), (room, "2030-11-12T10:00".into()));
}

#[test]
fn without_script_a_break_is_copied_into_the_rooms_that_are_ticked_or_into_none() {
    let (site, desks) = Site::furnished(|conn| {
        let desks = gather(conn);
        let input = SessionInput {
            kind: "break".into(),
            title: Localized::only("en", "Coffee"),
            length_minutes: Some(30),
            ..SessionInput::default()
        };
        let (system, now, congress) = (Actor::system(), Moment::now(), &desks.congress);
        let made = sessions::create(conn, &system, now, &congress.admissions, congress.edition, &input);
        let coffee = made.expect("a break").id;
        congress.place(conn, coffee, 0, "2030-11-12T16:00", "2030-11-12T16:30");
        (desks, coffee)
    });
    let (desks, coffee) = desks;
    let client = site.browser(&desks.organiser.cookie);
    let room = desks.congress.rooms[1].to_string();
    let address = format!("/en/desk/{SLUG}/board/copy");
    let which = client.get(&address).expect(200).text();
    assert!(
        which.contains("Coffee") && which.contains(&coffee.to_string()),
        "{which}"
    );
    let form = client
        .get(&format!("{address}?session={coffee}"))
        .expect(200)
        .text();
    assert!(form.contains(&room) && !form.contains(&desks.congress.rooms[0].to_string()));

    let fields = [("session", coffee.to_string()), ("rooms[]", room.clone())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(sent(&client, "copy", &fields[..1]).status, 422);
    sent(&client, "copy", &fields).expect(303);
    let again = sent(&client, "copy", &fields);

    assert_eq!(again.status, 409);
    let board = board(&client).expect(200).text();
    assert_eq!(board.matches("Coffee</a>").count(), 2, "{board}");
    let track = site.browser(&desks.track.cookie);
    assert!(!track.get(&address).expect(200).text().contains("Coffee"));
}

#[test]
fn the_board_of_a_thousand_sessions_in_forty_rooms_is_light_over_the_wire() {
    let (site, organiser) = Site::furnished(|conn| {
        let congress = Congress::open(conn);
        let (system, now) = (Actor::system(), Moment::now());
        // With the two there are.
        let rooms: Vec<String> = (0..38)
            .map(|number| {
                let input = RoomInput {
                    name: Localized::only("en", &format!("Upper room {number}")),
                    ..RoomInput::default()
                };
                let room = rooms::create(conn, &system, now, congress.edition, &input).expect("a room");
                room.id.to_string()
            })
            .collect();
        for number in 0..1000_usize {
            let input = SessionInput {
                kind: "special".into(),
                title: Localized::only("en", &format!("Session {number} on the right to the city")),
                length_minutes: Some(75),
                ..SessionInput::default()
            };
            let made = sessions::create(conn, &system, now, &congress.admissions, congress.edition, &input);
            let (day, hour) = (11 + number / 228, 8 + 2 * (number / 38 % 6));
            let placement = Placement {
                room: rooms[number % 38].clone(),
                starts: format!("2030-11-{day}T{hour:02}:00"),
                ..Placement::default()
            };
            let id = made.expect("a session").id;
            scheduling::place_imported(conn, &system, now, &congress.admissions, id, &placement)
                .expect("free");
        }
        Somebody::new(conn, "organiser").appointed(conn, Role::Secretariat)
    });
    let client = site.browser(&organiser.cookie);
    let address = format!("/en/desk/{SLUG}/board?day=2030-11-12&snap=5");

    let headers = [("accept-encoding", "gzip"), ("sec-fetch-site", "same-origin")];
    let packed = client.send("GET", &address, &headers, None).expect(200);
    let foreign = [("accept-encoding", "gzip"), ("sec-fetch-site", "cross-site")];
    let plain = client.send("GET", &address, &foreign, None).expect(200);

    assert_eq!(packed.header("content-encoding"), "gzip");
    assert_eq!(plain.header("content-encoding"), "");
    assert_eq!(plain.text().matches("class=\"slot ").count(), 228);
    tests::note(&format!(
        "the board's day: {} KB, {} KB over the wire",
        plain.body.len() / 1024,
        packed.body.len() / 1024
    ));
    assert!(packed.body.len() < 300 * 1024, "{}", packed.body.len());
}
