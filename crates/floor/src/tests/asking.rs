//! The list of speakers, and the floor it belongs to.

use access_rules::Key;
use kernel::{Coded as _, Localized};

use super::{Hall, at, code, field, hall, hall_with, request};
use crate::{
    floors::{self, Arrangement, NewFloor},
    model::{FloorState, Limits, Removal, Request, Speaker, SpeakingOrder, SpeechKind, SpeechState},
    rules,
    rules::order::Why,
    speakers::{self, PlaceInput},
};

fn removed(
    hall: &mut Hall,
    request: crate::model::RequestId,
    reason: &str,
) -> Result<Request, kernel::Fault> {
    hall.act(|conn| speakers::remove(conn, None, at(0), request, reason))
}

fn withdrawn(hall: &mut Hall, request: &Request) -> Result<Request, kernel::Fault> {
    let (who, id) = (request.person, request.id);
    hall.act(|conn| speakers::withdraw(conn, Some(who), at(0), id))
}

fn admitted(hall: &mut Hall, request: &Request) -> Result<Request, kernel::Fault> {
    let id = request.id;
    hall.act(|conn| speakers::admit(conn, None, at(0), id))
}

fn placed(
    hall: &mut Hall,
    request: crate::model::RequestId,
    after: Option<crate::model::RequestId>,
    reason: &str,
) -> Result<Request, kernel::Fault> {
    let input = PlaceInput {
        after,
        reason: reason.into(),
    };
    hall.act(|conn| speakers::place(conn, None, at(0), request, &input))
}

#[test]
fn r79_speakers_are_called_as_they_asked_whatever_the_clock_says() {
    let mut hall = hall();
    let floor = hall.floor;
    for (name, seconds) in [("Ana", 50), ("Ben", 20), ("Cao", -600)] {
        let new = request(&hall.somebody(name), SpeechKind::Statement, None);
        hall.act(|conn| speakers::ask(conn, None, at(seconds), floor, &new))
            .expect("asked");
    }

    assert_eq!(hall.queue(), ["Ana", "Ben", "Cao"]);
    let called: Vec<String> = (0..3).map(|_| hall.calls().expect("called").name).collect();
    assert_eq!(called, ["Ana", "Ben", "Cao"]);
    assert_eq!(code(hall.calls()), "nobody_waits");
}

#[test]
fn r79_one_person_has_one_open_request_for_the_same() {
    let mut hall = hall();
    let ana = hall.somebody("Ana");
    let first = hall.asks(&ana, SpeechKind::Statement).expect("asked");
    hall.statement("Ben");

    let again = hall
        .asks(&ana, SpeechKind::Statement)
        .expect_err("is on the list");
    assert_eq!(
        (again.code, &again.facts["request"]),
        ("already_asked", &first.id.to_string().into())
    );
    hall.asks(&ana, SpeechKind::PointOfOrder)
        .expect("of another kind");
    assert_eq!(code(hall.asks(&ana, SpeechKind::PointOfOrder)), "already_asked");

    withdrawn(&mut hall, &first).expect("withdrawn");
    hall.asks(&ana, SpeechKind::Statement).expect("asked anew");
    assert_eq!(
        hall.queue(),
        ["Ana", "Ben", "Ana"],
        "the point of order, then as asked for"
    );
}

#[test]
fn r79_a_closed_list_takes_rights_of_reply_and_points_of_order_alone() {
    let mut hall = hall();
    hall.statement("Ana");
    hall.close_list();
    let ben = hall.somebody("Ben");

    assert_eq!(
        code(hall.asks(&ben, SpeechKind::Statement)),
        "speakers_list_closed"
    );
    assert_eq!(
        code(hall.asks(&ben, SpeechKind::Interposed)),
        "speakers_list_closed"
    );
    let reply = hall.asks(&ben, SpeechKind::RightOfReply).expect("taken");
    hall.asks(&ben, SpeechKind::PointOfOrder).expect("taken");
    let open_to = hall.view(at(0)).open_to;
    assert_eq!(open_to, [SpeechKind::PointOfOrder, SpeechKind::RightOfReply]);

    // A right of reply is the chair's to give.
    assert_eq!(hall.queue(), ["Ben", "Ana"]);
    admitted(&mut hall, &reply).expect("admitted");
    let queue = hall.view(at(0)).queue;
    let places: Vec<(&str, Why)> = queue
        .iter()
        .map(|waiting| (waiting.line.name.as_str(), waiting.why))
        .collect();
    assert_eq!(
        places,
        [
            ("Ben", Why::PointOfOrder),
            ("Ben", Why::RightOfReply),
            ("Ana", Why::InOrder)
        ]
    );
    let floor = hall.floor;
    hall.act(|conn| floors::close_list(conn, None, at(0), floor, false))
        .expect("opened");
    hall.asks(&ben, SpeechKind::Statement).expect("open again");
}

#[test]
fn r79_the_chair_moves_somebody_with_a_reason_that_everybody_sees() {
    let mut hall = hall();
    let [ana, ben, cao, dia] = ["Ana", "Ben", "Cao", "Dia"].map(|name| hall.statement(name));
    assert_eq!(
        field(placed(&mut hall, cao, None, " ")),
        ("reason".to_owned(), "required")
    );

    placed(&mut hall, cao, Some(ana), "Her train leaves").expect("moved");

    let queue = hall.view(at(0)).queue;
    let places: Vec<(i64, &str, Why, &str)> = queue
        .iter()
        .map(|one| (one.place, one.line.name.as_str(), one.why, one.reason.as_str()))
        .collect();
    assert_eq!(
        places,
        [
            (1, "Ana", Why::Kept, ""),
            (2, "Cao", Why::ByChair, "Her train leaves"),
            (3, "Ben", Why::InOrder, ""),
            (4, "Dia", Why::InOrder, ""),
        ]
    );
    hall.statement("Eva");
    placed(&mut hall, dia, None, "Host of the congress").expect("moved");
    placed(&mut hall, ana, Some(ben), "Asked to be later").expect("moved");
    assert_eq!(hall.queue(), ["Dia", "Cao", "Ben", "Ana", "Eva"]);
    assert_eq!(hall.calls().expect("called").id, dia);
    assert_eq!(hall.queue(), ["Cao", "Ben", "Ana", "Eva"]);
    assert_eq!(
        field(placed(&mut hall, ana, Some(dia), "After who speaks")),
        ("after".to_owned(), "place_unknown")
    );
    assert_eq!(code(placed(&mut hall, dia, None, "Again")), "place_is_fixed");
}

#[test]
fn a_reply_that_is_admitted_goes_before_whom_the_chair_placed() {
    let mut hall = hall();
    hall.statement("Ana");
    let ben = hall.statement("Ben");
    placed(&mut hall, ben, None, "Host").expect("moved");
    let cao = hall.somebody("Cao");
    let reply = hall.asks(&cao, SpeechKind::RightOfReply).expect("asked");

    admitted(&mut hall, &reply).expect("admitted");

    assert_eq!(hall.queue(), ["Cao", "Ben", "Ana"]);
}

#[test]
fn r79_a_speaker_cannot_jump_the_queue() {
    let mut hall = hall();
    hall.statement("Ana");
    let ben = hall.somebody("Ben");
    let late = hall.asks(&ben, SpeechKind::Statement).expect("asked");
    hall.statement("Cao");

    // To withdraw and to ask again is to stand at the end.
    withdrawn(&mut hall, &late).expect("withdrawn");
    hall.asks(&ben, SpeechKind::Statement).expect("asked");
    assert_eq!(hall.queue(), ["Ana", "Cao", "Ben"]);
    // What comes before statements waits until the chair admits it.
    hall.asks(&ben, SpeechKind::Interposed).expect("asked");
    hall.asks(&ben, SpeechKind::RightOfReply).expect("asked");
    assert_eq!(hall.queue(), ["Ana", "Cao", "Ben"]);
    assert_eq!(hall.view(at(0)).to_admit.len(), 2);
    // Nobody takes another's request back.
    let ana = hall.view(at(0)).queue[0].line.id;
    let stranger = ben.person;
    assert_eq!(
        code(hall.act(|conn| speakers::withdraw(conn, Some(stranger), at(0), ana))),
        "not_allowed"
    );
    assert_eq!(
        code(hall.act(|conn| speakers::withdraw(conn, None, at(0), ana))),
        "sign_in_needed"
    );
    // A point of order is heard first, is ruled on, and leaves its raiser's statement where it was.
    hall.asks(&ben, SpeechKind::PointOfOrder).expect("raised");
    let called = hall.calls().expect("called");
    assert_eq!(
        (called.name.as_str(), called.kind),
        ("Ben", SpeechKind::PointOfOrder)
    );
    assert_eq!(hall.queue(), ["Ana", "Cao", "Ben"]);
}

#[test]
fn who_asks_without_end_is_stopped() {
    let mut hall = hall();
    let ana = hall.somebody("Ana");
    for _ in 0..rules::ASKS_MOST {
        let asked = hall.asks(&ana, SpeechKind::Statement).expect("asked");
        withdrawn(&mut hall, &asked).expect("withdrawn");
    }

    assert_eq!(code(hall.asks(&ana, SpeechKind::Statement)), "asked_too_often");
    hall.statement("Ben");
}

#[test]
fn statements_wait_for_admission_where_the_floor_asks_for_it() {
    let mut hall = hall_with(|new| new.by_admission = true);
    let (ana, ben) = (hall.somebody("Ana"), hall.somebody("Ben"));
    let first = hall.asks(&ana, SpeechKind::Statement).expect("asked");
    let second = hall.asks(&ben, SpeechKind::Statement).expect("asked");
    assert_eq!(first.state, SpeechState::Requested);
    assert_eq!(code(hall.calls()), "nobody_waits");

    admitted(&mut hall, &second).expect("admitted");
    admitted(&mut hall, &first).expect("admitted");

    assert_eq!(hall.queue(), ["Ana", "Ben"], "as they asked");
    assert_eq!(code(admitted(&mut hall, &first)), "illegal_step");
}

#[test]
fn a_request_goes_its_steps_and_no_others() {
    use SpeechState::{Called, Done, Paused, Queued, Removed, Requested, Speaking, Withdrawn};
    let steps = [
        (Requested, vec![Queued, Withdrawn, Removed]),
        (Queued, vec![Called, Withdrawn, Removed]),
        (Called, vec![Speaking, Done]),
        (Speaking, vec![Paused, Done]),
        (Paused, vec![Speaking, Done]),
        (Done, vec![]),
        (Withdrawn, vec![]),
        (Removed, vec![]),
    ];

    for (from, to) in steps {
        let allowed: Vec<SpeechState> = SpeechState::ALL
            .iter()
            .copied()
            .filter(|state| rules::may_go(from, *state))
            .collect();
        assert_eq!(allowed, to, "from {from}");
    }
}

#[test]
fn what_is_over_or_called_is_neither_taken_back_nor_out() {
    let mut hall = hall();
    let ana = hall.somebody("Ana");
    let ben = hall.statement("Ben");
    let called = hall.asks(&ana, SpeechKind::Statement).expect("asked");
    assert_eq!(
        field(removed(&mut hall, ben, "")),
        ("reason".to_owned(), "required")
    );
    let gone = removed(&mut hall, ben, "Not accredited").expect("removed");
    assert_eq!(
        (gone.state, gone.removal, gone.removal_reason.as_str()),
        (SpeechState::Removed, Some(Removal::ByChair), "Not accredited")
    );
    hall.calls().expect("called");

    assert_eq!(code(withdrawn(&mut hall, &called)), "already_called");
    assert_eq!(code(removed(&mut hall, called.id, "Late")), "already_called");
    hall.finishes(called.id).expect("done");
    assert_eq!(code(withdrawn(&mut hall, &called)), "illegal_step");
    assert_eq!(code(hall.finishes(ben)), "illegal_step");
    let nowhere = kernel::Id::new();
    assert_eq!(code(removed(&mut hall, nowhere, "Late")), "not_found");
}

#[test]
fn a_session_has_one_floor_that_is_not_closed_and_who_waits_keeps_their_place() {
    let mut hall = hall();
    hall.statement("Ana");
    let (first, session) = (hall.floor, hall.session);
    let edition = hall.floor().edition;
    let next = NewFloor {
        edition,
        session,
        item: None,
        title: Localized::only("en", "Migration"),
        visible_to: Key::Public,
        limits: Limits::default(),
        speaking_order: SpeakingOrder::Asked,
        criteria: vec![],
        by_admission: false,
    };
    let second = hall
        .act(|conn| floors::open(conn, None, at(0), &next))
        .expect_err("one is open");
    assert_eq!(
        (second.code, &second.facts["floor"]),
        ("another_floor_open", &first.to_string().into())
    );

    let closed = hall
        .act(|conn| floors::close(conn, None, at(5), first))
        .expect("closed");
    assert_eq!(
        (closed.state, closed.closed_at),
        (FloorState::Closed, Some(at(5)))
    );
    let ben = hall.somebody("Ben");
    assert_eq!(code(hall.asks(&ben, SpeechKind::PointOfOrder)), "floor_closed");
    assert_eq!(code(hall.calls()), "floor_closed");
    assert_eq!(
        code(hall.act(|conn| floors::close(conn, None, at(5), first))),
        "illegal_step"
    );
    let second = hall
        .act(|conn| floors::open(conn, None, at(9), &next))
        .expect("open")
        .id;
    assert_eq!(
        code(hall.act(|conn| floors::resume(conn, None, at(9), first))),
        "another_floor_open"
    );
    hall.act(|conn| floors::close(conn, None, at(9), second))
        .expect("closed");
    hall.act(|conn| floors::resume(conn, None, at(9), first))
        .expect("taken up again");

    assert_eq!(hall.queue(), ["Ana"]);
    let all = floors::of_session(&mut hall.conn, session).expect("read");
    assert_eq!(
        all.iter().map(|floor| floor.id).collect::<Vec<_>>(),
        [first, second]
    );
}

#[test]
fn while_the_meeting_is_suspended_one_may_ask_and_nobody_is_called() {
    let mut hall = hall();
    hall.statement("Ana");
    hall.calls().expect("called");
    let floor = hall.floor;

    hall.act(|conn| floors::pause(conn, None, at(30), floor))
        .expect("suspended");

    hall.statement("Ben");
    assert_eq!(code(hall.calls()), "floor_paused");
    let current = hall.view(at(500)).current.expect("Ana keeps the floor");
    assert_eq!(
        (current.state, current.clock.spoken_seconds),
        (SpeechState::Paused, 30)
    );
    assert_eq!(
        code(hall.act(|conn| crate::calling::start(conn, None, at(500), current.id))),
        "floor_paused"
    );
    hall.act(|conn| floors::resume(conn, None, at(600), floor))
        .expect("goes on");
    hall.act(|conn| crate::calling::start(conn, None, at(600), current.id))
        .expect("speaks on");
    let clock = hall.view(at(610)).current.expect("Ana").clock;
    assert_eq!((clock.spoken_seconds, clock.left_seconds), (40, Some(140)));
}

#[test]
fn what_is_handed_in_is_checked() {
    let mut hall = hall();
    let ana = hall.somebody("Ana");
    let nameless = Speaker {
        name: " ".into(),
        ..ana.clone()
    };
    let far = Speaker {
        region: Some("x".repeat(rules::REGION_MAX + 1)),
        ..ana.clone()
    };
    assert_eq!(
        field(hall.asks(&nameless, SpeechKind::Statement)),
        ("name".to_owned(), "required")
    );
    assert_eq!(
        field(hall.asks(&far, SpeechKind::Statement)),
        ("region".to_owned(), "too_long")
    );
    assert_eq!(
        field(hall.asks(&ana, SpeechKind::ForMotion)),
        ("motion".to_owned(), "required")
    );
    let floor = hall.floor;
    let endless = Arrangement {
        limits: Some(Limits {
            statement_seconds: Some(-1),
            ..Limits::default()
        }),
        ..Arrangement::default()
    };
    assert_eq!(
        field(hall.act(|conn| floors::arrange(conn, None, at(0), floor, None, &endless))),
        ("limits.statement_seconds".to_owned(), "out_of_range")
    );
    let seen = hall.floor().version;
    let shorter = Arrangement {
        limits: Some(Limits {
            statement_seconds: Some(60),
            ..Limits::default()
        }),
        ..Arrangement::default()
    };
    hall.act(|conn| floors::arrange(conn, None, at(0), floor, Some(seen), &shorter))
        .expect("arranged");
    assert_eq!(
        code(hall.act(|conn| floors::arrange(conn, None, at(0), floor, Some(seen), &shorter))),
        "stale"
    );
    assert_eq!(hall.floor().limits.0.statement_seconds, Some(60));
}
