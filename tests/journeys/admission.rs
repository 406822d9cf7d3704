//! What `GET /sessions/{id}/access` says beforehand is what reserving a seat then does: for everybody, every way in, every
//! door.

use access_rules::{Actor, SessionId};
use db::Conn;
use kernel::Moment;
use programme::session_form::SessionInput;
use registration::{categories, invitations};
use statutory::{
    bodies,
    meetings::{self, DoorsInput, PlanInput},
    model::RoomDoor,
};
use tests::{Cast, Congress, Site, Somebody};

/// A session and what it is called in a failure.
type Named = (&'static str, SessionId);

/// A meeting one reserves a seat in, whose room is the roster's.
fn counted(conn: &mut Conn, congress: &Congress, body: &str, starts: &str, ends: &str) -> SessionId {
    let input = PlanInput {
        body: Some(bodies::standard_id(body)),
        doors: DoorsInput {
            room: Some(RoomDoor::Roster),
            ..DoorsInput::default()
        },
        session: SessionInput {
            entry: "seat".into(),
            capacity: Some(100),
            ..SessionInput::default()
        },
    };
    let planned = meetings::plan(
        conn,
        &Actor::system(),
        Moment::now(),
        &congress.admissions,
        congress.edition,
        &input,
    );
    let session = planned.expect("a meeting").session;
    congress.place(conn, session, 1, starts, ends);
    session
}

/// One of each way in, everybody registered who is to be, somebody invited, somebody without a right to sessions.
fn gather(conn: &mut Conn) -> (Cast, Vec<Named>) {
    let mut cast = Cast::gather(conn);
    for name in ["member", "member in arrears", "member of another body"] {
        cast.congress.register(conn, cast.find(name), &["town_hall"]);
    }
    let (system, now) = (Actor::system(), Moment::now());
    let all = categories::all(conn, cast.congress.edition).expect("categories");
    let without = all.iter().find(|category| !category.allows_sessions);
    cast.congress.category = without.expect("one without a right to sessions").id;
    let guest = Somebody::new(conn, "guest of a guest");
    cast.congress.register(conn, &guest, &[]);
    cast.people.push(guest);

    let congress = &cast.congress;
    let room = congress.session(conn, "Small room", "2030-11-12T11:00", Some(2));
    let invited = congress.session(conn, "Round table", "2030-11-12T14:00", Some(10));
    let by_invitation = SessionInput {
        kind: "special".into(),
        title: kernel::Localized::only("en", "Round table"),
        entry: "invitation".into(),
        capacity: Some(10),
        ..SessionInput::default()
    };
    programme::sessions::edit(
        conn,
        &system,
        now,
        &congress.admissions,
        invited,
        &by_invitation,
        None,
    )
    .expect("changed");
    let everybody = counted(
        conn,
        congress,
        "general_assembly",
        "2030-11-14T14:00",
        "2030-11-14T15:00",
    );
    let few = counted(
        conn,
        congress,
        "financial_management_committee",
        "2030-11-14T16:00",
        "2030-11-14T17:00",
    );
    congress.release(conn);
    for name in ["member", "partner"] {
        let input = invitations::InviteInput {
            person: cast.find(name).person,
            refuse: false,
        };
        invitations::invite(conn, &system, now, invited, &input).expect("invited");
    }
    let sessions = vec![
        ("a walk-in", cast.open),
        ("a small room", room),
        ("a round table", invited),
        ("all members", everybody),
        ("a committee", few),
        ("the hidden bureau", cast.hidden),
    ];
    (cast, sessions)
}

#[test]
fn r55_whoever_is_told_that_they_may_attend_gets_a_seat_and_nobody_else() {
    let (site, (cast, sessions)) = Site::furnished(gather);
    let mut said: Vec<(String, &str, String)> = Vec::new();
    let mut wrong = Vec::new();
    for somebody in std::iter::once(&Somebody::nobody()).chain(&cast.people) {
        let client = match somebody.cookie.as_str() {
            "" => site.nobody(),
            cookie => site.browser(cookie),
        };
        for (name, session) in &sessions {
            let access = client.get(&format!("/api/v1/sessions/{session}/access"));
            let attend = access.json()["attend"].clone();
            let told = match (access.status, attend["allowed"].as_bool()) {
                (200, Some(true)) => "yes".to_owned(),
                (200, _) => attend["code"].as_str().unwrap_or_default().to_owned(),
                (404, _) => "not_found".to_owned(),
                other => format!("{other:?}"),
            };
            let seat = client.post_once(
                &format!("/api/v1/sessions/{session}/seat"),
                "admission",
                &serde_json::json!({}),
            );
            let done = match seat.status {
                201 => "yes".to_owned(),
                _ => seat.code(),
            };
            // Nobody is asked for an account before anything else; into a walk-in one walks.
            let agree = match (told.as_str(), done.as_str()) {
                ("yes", "walk_in") => *name == "a walk-in",
                ("not_found", "sign_in_needed") => somebody.cookie.is_empty(),
                (told, done) => told == done,
            };
            if !agree {
                wrong.push(format!("{} into {name}: told {told}, {done}", somebody.name));
            }
            said.push((somebody.name.clone(), name, told));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));

    let told = |who: &str, what: &str| {
        let found = said
            .iter()
            .find(|(name, session, _)| name == who && *session == what);
        found.expect("asked").2.clone()
    };
    let cases = [
        ("nobody", "a small room", "sign_in_needed"),
        ("partner", "a small room", "not_registered"),
        ("individual", "a small room", "yes"),
        ("guest of a guest", "a small room", "no_sessions_in_category"),
        ("individual", "a round table", "by_invitation"),
        ("member", "a round table", "yes"),
        ("individual", "all members", "audience"),
        ("member", "all members", "yes"),
        ("member in arrears", "all members", "yes"),
        ("focal point", "all members", "not_registered"),
        ("member", "a committee", "audience"),
        ("member of another body", "a committee", "yes"),
        ("member", "the hidden bureau", "not_found"),
    ];
    for (who, what, expected) in cases {
        assert_eq!(told(who, what), expected, "{who} into {what}");
    }
}
