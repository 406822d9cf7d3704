//! From the draft to what everybody reads.

use access_rules::Key;
use records::feed;

use super::*;
use crate::{
    changes::ChangeKind,
    model::{BodyLabel, SessionState},
    released::{Programme, State},
    releases::{self, ReleaseInput, Released},
    scheduling,
};

impl Congress {
    fn release(&mut self) -> Result<Released, Fault> {
        self.release_of(&ReleaseInput::default())
    }

    fn release_of(&mut self, input: &ReleaseInput) -> Result<Released, Fault> {
        let Self {
            conn, open, edition, ..
        } = self;
        conn.transaction(|conn| releases::publish(conn, &secretariat(), now(), open, edition.id, input))
    }

    fn live(&mut self) -> Programme {
        releases::live(&mut self.conn, self.edition.id)
            .expect("answers")
            .expect("released")
    }

    fn starts(&mut self, session: SessionId) -> Option<String> {
        let live = self.live();
        live.session(session)
            .map(|session| session.starts_local.to_string())
    }
}

fn kinds(released: &Released) -> Vec<ChangeKind> {
    released.changes.iter().map(|change| change.kind).collect()
}

#[test]
fn nobody_outside_the_desk_sees_a_session_before_its_release() {
    let mut it = congress();
    let session = it.placed("town_hall", "Debate", &at(it.hall, "2019-11-13T10:00", 60));
    let visitor = somebody(&mut it.conn, &[]);
    let absent = sessions::get(&mut it.conn, &visitor, now(), Id::named("absent"));
    assert_eq!(sessions::get(&mut it.conn, &visitor, now(), session.id), absent);
    assert!(sessions::get(&mut it.conn, &desk("town_hall"), now(), session.id).is_ok());

    let released = it.release().expect("nothing in the way");
    assert_eq!(
        (released.release.number, kinds(&released)),
        (1, vec![ChangeKind::Added])
    );
    assert!(sessions::get(&mut it.conn, &visitor, now(), session.id).is_ok());
    let row = it.row(session.id);
    assert_eq!((row.state, row.sequence), (SessionState::Published, 1));
    assert_eq!(row.visible_to, "public");
    assert_eq!(it.live().public().sessions.len(), 1);
    let unplaced = it.make(&about("plenary", "Some day"));
    assert_eq!(it.live().session(unplaced.id), None);
}

#[test]
fn r51_a_session_moved_twice_in_the_draft_is_one_change_of_the_release() {
    let mut it = congress();
    let (hall, room) = (it.hall, it.room);
    let session = it.placed("parallel", "Talk", &at(hall, "2019-11-13T10:00", 60));
    it.release().expect("first");
    let told_before = feed::last(&mut it.conn, &releases::stream(it.edition.id)).expect("answers");
    it.put(session.id, &at(hall, "2019-11-13T12:00", 60))
        .expect("free");
    it.put(session.id, &at(room, "2019-11-13T14:00", 60))
        .expect("free");
    assert_eq!(it.row(session.id).state, SessionState::Moved);
    assert_eq!(it.starts(session.id).as_deref(), Some("2019-11-13T10:00"));

    let released = it.release().expect("second");
    assert_eq!(kinds(&released), [ChangeKind::Time, ChangeKind::Room]);
    assert_eq!(released.changes[0].was["starts"], "2019-11-13T10:00");
    assert_eq!(released.changes[0].is["starts"], "2019-11-13T14:00");
    assert_eq!(released.changes[1].is["name"]["en"], "Room 12");
    let live = it.live();
    let printed = live.session(session.id).expect("there");
    assert_eq!((printed.sequence, printed.state), (2, State::Moved));
    assert_eq!(it.row(session.id).state, SessionState::Published);

    let stream = releases::stream(it.edition.id);
    let told = feed::after(&mut it.conn, &stream, told_before, 10).expect("answers");
    let told: Vec<&str> = told.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(told, ["programme.released", "programme.changed"]);
    assert_eq!(code(it.release()), "nothing_to_release");
}

#[test]
fn r51_moved_and_moved_back_is_no_change_and_nothing_stays_pending() {
    let mut it = congress();
    let hall = it.hall;
    let talk = it.placed("parallel", "Talk", &at(hall, "2019-11-13T10:00", 60));
    it.release().expect("first");
    it.put(talk.id, &at(hall, "2019-11-13T12:00", 60)).expect("free");
    it.put(talk.id, &at(hall, "2019-11-13T10:00", 60)).expect("free");
    it.placed("parallel", "Other", &at(hall, "2019-11-14T10:00", 60));

    let released = it.release().expect("the other is new");
    assert_eq!(kinds(&released), [ChangeKind::Added]);
    let row = it.row(talk.id);
    assert_eq!((row.state, row.sequence), (SessionState::Published, 1));
}

#[test]
fn r51_this_change_only_leaves_all_others_as_they_were_released() {
    let mut it = congress();
    let (hall, room) = (it.hall, it.room);
    let one = it.placed("parallel", "One", &at(hall, "2019-11-13T10:00", 60));
    let two = it.placed("parallel", "Two", &at(room, "2019-11-13T10:00", 60));
    it.release().expect("first");
    it.put(one.id, &at(hall, "2019-11-14T10:00", 60)).expect("free");
    it.put(two.id, &at(hall, "2019-11-13T10:00", 60))
        .expect("free in the draft");

    let only = |session| ReleaseInput {
        only: Some(vec![session]),
        ..ReleaseInput::default()
    };
    // Alone, the second would share the hall with the first as it is printed.
    let fault = it
        .release_of(&only(two.id))
        .expect_err("a clash among the printed");
    assert_eq!(fault.code, "conflicts_left");
    assert_eq!(fault.facts["conflicts"][0]["code"], "room_taken");

    let released = it.release_of(&only(one.id)).expect("alone");
    assert_eq!(kinds(&released), [ChangeKind::Time]);
    assert_eq!(it.starts(one.id).as_deref(), Some("2019-11-14T10:00"));
    assert_eq!(
        it.live().session(two.id).and_then(|two| two.room),
        Some(room.cast())
    );
    assert_eq!(it.row(two.id).state, SessionState::Moved);

    let unplaced = it.make(&about("parallel", "Some day"));
    let refused = it.release_of(&only(unplaced.id));
    assert_eq!(wrong(refused), [("only".to_owned(), "not_placed")]);
}

#[test]
fn r46_errors_left_block_a_release_until_they_are_waived() {
    let mut it = congress();
    let chair = named("Chair", &mut it.conn);
    let (hall, room) = (it.hall, it.room);
    for (title, room) in [("One", hall), ("Two", room)] {
        let mut input = about("parallel", title);
        input.speakers = Some(vec![by(chair)]);
        let session = it.make(&input);
        it.put(session.id, &at(room, "2019-11-13T10:00", 60))
            .expect("free");
    }
    let refused = it.release().expect_err("blocked");
    assert_eq!((refused.kind, refused.code), (Kind::Conflict, "conflicts_left"));
    assert_eq!(refused.facts["conflicts"][0]["code"], "person_conflict");
    let waived = crate::waivers::waive_all(
        &mut it.conn,
        &secretariat(),
        now(),
        &it.open,
        it.edition.id,
        "as imported",
    );
    assert_eq!(waived.map(|waived| waived.len()), Ok(1));
    let released = it.release().expect("waived");
    assert_eq!(released.conflicts[0].waived.as_deref(), Some("as imported"));
}

#[test]
fn a_release_goes_out_as_it_was_previewed_or_not_at_all() {
    let mut it = congress();
    let hall = it.hall;
    it.placed("parallel", "Talk", &at(hall, "2019-11-13T10:00", 60));
    let preview = releases::preview(&mut it.conn, &secretariat(), now(), &it.open, it.edition.id, None)
        .expect("the desk may");
    assert_eq!((preview.number, preview.changes.len()), (1, 1));
    it.placed("parallel", "Late", &at(hall, "2019-11-13T12:00", 60));
    let as_seen = ReleaseInput {
        draft: Some(preview.draft),
        ..ReleaseInput::default()
    };
    assert_eq!(it.release_of(&as_seen), Err(Fault::stale()));
    let somebody = somebody(&mut it.conn, &[]);
    let input = ReleaseInput::default();
    for (actor, refusal) in [
        (Actor::nobody(), "sign_in_needed"),
        (somebody, "not_allowed"),
        (desk("town_hall"), "not_allowed"),
    ] {
        let answer = releases::publish(&mut it.conn, &actor, now(), &it.open, it.edition.id, &input);
        assert_eq!(code(answer), refusal);
    }
}

#[test]
fn r52_a_cancelled_session_stays_in_the_programme_and_is_never_taken_out() {
    let mut it = congress();
    let hall = it.hall;
    let talk = it.placed("parallel", "Talk", &at(hall, "2019-11-13T10:00", 60));
    it.release().expect("first");
    let unplaced = scheduling::unplace(&mut it.conn, &secretariat(), now(), talk.id, None);
    assert_eq!(code(unplaced), "already_released");
    let removed = sessions::remove(&mut it.conn, &secretariat(), now(), talk.id, None);
    assert_eq!(code(removed), "already_released");

    let cancelled = releases::cancel(&mut it.conn, &secretariat(), now(), talk.id, "storm", None);
    assert_eq!(cancelled.map(|session| session.sequence), Ok(2));
    let live = it.live().public();
    let printed = live.session(talk.id).expect("still there");
    assert_eq!((printed.state, printed.sequence), (State::Cancelled, 2));
    let changes = releases::changes_of(&mut it.conn, &Actor::nobody(), it.edition.id, 2).expect("public");
    assert_eq!(changes[0].kind, ChangeKind::Cancelled);

    let again = releases::cancel(&mut it.conn, &secretariat(), now(), talk.id, "", None);
    assert_eq!(code(again), "illegal_step");
    // Its room is free again, and the next release still prints it as called off.
    it.placed("parallel", "Instead", &at(hall, "2019-11-13T10:00", 60));
    it.release().expect("third");
    assert_eq!(
        it.live().session(talk.id).map(|talk| talk.state),
        Some(State::Cancelled)
    );
}

#[test]
fn r52_the_clock_takes_released_sessions_on() {
    let mut it = congress();
    let talk = it.placed("parallel", "Talk", &at(it.hall, "2019-11-13T10:00", 60));
    let draft = it.placed("parallel", "Draft", &at(it.room, "2019-11-13T10:00", 60));
    let only = ReleaseInput {
        only: Some(vec![talk.id]),
        ..ReleaseInput::default()
    };
    it.release_of(&only).expect("released");
    for (clock, state) in [
        ("2019-11-13T07:59:59Z", SessionState::Published),
        ("2019-11-13T08:00:00Z", SessionState::Live),
        ("2019-11-13T09:00:00Z", SessionState::Held),
    ] {
        sessions::turn(&mut it.conn, it.edition.id, Moment::at(clock)).expect("turns");
        assert_eq!(it.row(talk.id).state, state, "{clock}");
    }
    assert_eq!(it.row(draft.id).state, SessionState::Scheduled);
    let moved = it.put(talk.id, &at(it.hall, "2019-11-14T10:00", 60));
    assert_eq!(code(moved), "illegal_step");
    let reported = sessions::report(&mut it.conn, &secretariat(), now(), talk.id);
    assert_eq!(reported.map(|session| session.state), Ok(SessionState::Reported));
}

#[test]
fn r1_a_line_shown_to_few_is_released_to_few_and_told_to_few() {
    let mut it = congress();
    let (hall, room) = (it.hall, it.room);
    let body = Id::named("executive bureau");
    let label = BodyLabel {
        code: "executive_bureau".into(),
        name: Localized::only("en", "Executive Bureau"),
    };
    let open = it.placed("statutory", "Announced", &at(hall, "2019-11-13T14:30", 120));
    let hidden = it.placed("statutory", "Unannounced", &at(room, "2019-11-14T09:00", 60));
    let mut line = |session: SessionId, shown_to: Key, details_to: Key| {
        sessions::set_line(
            &mut it.conn,
            now(),
            session,
            &shown_to,
            &details_to,
            body,
            label.clone(),
        )
        .expect("set")
    };
    line(open.id, Key::Public, Key::Body(body));
    line(hidden.id, Key::Body(body), Key::Body(body));
    it.release().expect("released");
    let public = it.live().public();
    assert_eq!(public.session(hidden.id), None);
    let announced = public.session(open.id).expect("its line");
    assert!(announced.line_only);
    assert_eq!(announced.room, None);
    let visitor = somebody(&mut it.conn, &[]);
    let absent = sessions::get(&mut it.conn, &visitor, now(), Id::named("absent"));
    assert_eq!(sessions::get(&mut it.conn, &visitor, now(), hidden.id), absent);

    it.put(open.id, &at(room, "2019-11-13T14:30", 120)).expect("free");
    it.put(hidden.id, &at(room, "2019-11-14T11:00", 60))
        .expect("free");
    let released = it.release().expect("moved");
    let number = released.release.number;
    assert_eq!(released.changes.len(), 2);
    let told = releases::changes_of(&mut it.conn, &Actor::nobody(), it.edition.id, number).expect("answers");
    assert_eq!(told, [], "neither the room of the one nor the time of the other");
    let member = Actor {
        tags: [Tag::UclgMember].into(),
        standings: vec![Standing {
            role: Role::BodyMember,
            scope: Scope::Body(body),
        }],
        ..visitor
    };
    let told = releases::changes_of(&mut it.conn, &member, it.edition.id, number).expect("answers");
    assert_eq!(told.len(), 2);
}

#[test]
fn r21_a_session_under_embargo_shows_at_its_instant() {
    let mut it = congress();
    let mut input = about("parallel", "Surprise");
    input.public_from = "2019-11-10T06:00:00Z".into();
    let session = it.make(&input);
    let hall = it.hall;
    it.put(session.id, &at(hall, "2019-11-13T10:00", 60))
        .expect("free");
    it.release().expect("released");
    assert_eq!(it.live().public().session(session.id), None);

    let mut lift = |at: &str| {
        let lifted = releases::lift_embargoes(&mut it.conn, Moment::at(at), it.edition.id);
        let live = releases::live(&mut it.conn, it.edition.id)
            .expect("answers")
            .expect("released");
        (lifted, live.public().session(session.id).is_some())
    };
    assert_eq!(lift("2019-11-10T05:59:59Z"), (Ok(0), false));
    assert_eq!(lift("2019-11-10T06:00:00Z"), (Ok(1), true));
    assert_eq!(lift("2019-11-10T06:00:01Z"), (Ok(0), true));
    assert_eq!(it.row(session.id).visible_to, "public");
}

#[test]
fn case_14_a_release_made_while_sessions_move_holds_all_of_a_move_or_nothing() {
    let mut it = congress();
    let (hall, room) = (it.hall, it.room);
    let one = it.placed("parallel", "One", &at(hall, "2019-11-13T10:00", 60));
    let two = it.placed("parallel", "Two", &at(room, "2019-11-13T10:00", 60));
    it.release().expect("first");
    let edition = it.edition.id;
    let swap = scheduling::Swap {
        reason: String::new(),
        one: Some(one.id),
        other: Some(two.id),
    };

    std::thread::scope(|scope| {
        for _ in 0..2 {
            let (database, open, swap) = (&it.database, it.open.clone(), swap.clone());
            scope.spawn(move || {
                for _ in 0..8 {
                    let (open, swap) = (open.clone(), swap.clone());
                    database
                        .write("session.swap", move |conn| {
                            scheduling::swap(conn, &secretariat(), now(), &open, &swap).map(|_| ())
                        })
                        .expect("a swap is always possible");
                }
            });
            let (database, open) = (&it.database, it.open.clone());
            scope.spawn(move || {
                for _ in 0..8 {
                    let open = open.clone();
                    let answer = database.write("programme.release", move |conn| {
                        let input = ReleaseInput::default();
                        releases::publish(conn, &secretariat(), now(), &open, edition, &input).map(|_| ())
                    });
                    assert!(
                        matches!(&answer, Ok(()))
                            || matches!(&answer, Err(fault) if fault.code == "nothing_to_release"),
                        "{answer:?}"
                    );
                }
            });
        }
    });

    let releases = releases::list(&mut it.conn, edition).expect("answers");
    let last = i64::try_from(releases.len()).expect("few");
    assert_eq!(
        releases.iter().map(|release| release.number).collect::<Vec<_>>(),
        (1..=last).rev().collect::<Vec<_>>()
    );
    let mut sequence = 0;
    for number in 1..=last {
        let content = releases::content_of(&mut it.conn, edition, number)
            .expect("answers")
            .expect("kept");
        let (one, two) = (content.session(one.id), content.session(two.id));
        let (one, two) = (one.expect("there"), two.expect("there"));
        assert_ne!(one.room, two.room, "release {number}");
        assert!(one.sequence > sequence, "release {number}");
        sequence = one.sequence;
    }
}
