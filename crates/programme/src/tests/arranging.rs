//! Several sessions moved as one act, looked at before, and shown on a board.

use super::*;
use crate::{
    arranging::{self, Arranged, Arrangement, Checked, Move},
    availability::{self, Availability, RoomWindows, Window},
    board,
    conflicts::Severity,
    copies,
    presences::{self, PresenceInput, StretchInput},
    rescheduling::{self, Reschedule},
    scheduling,
};

fn to(session: &Session, placement: Option<Placement>) -> Move {
    Move {
        session: Some(session.id),
        version: Some(session.version),
        to: placement,
    }
}

fn of(moves: Vec<Move>) -> Arrangement {
    Arrangement {
        moves,
        reason: String::new(),
    }
}

fn arrange(it: &mut Congress, actor: &Actor, input: &Arrangement) -> Result<Arranged, Fault> {
    let edition = it.edition.id;
    let Congress { conn, open, .. } = it;
    conn.transaction(|conn| arranging::arrange(conn, actor, now(), open, edition, input))
}

fn check(it: &mut Congress, actor: &Actor, input: &Arrangement) -> Result<Checked, Fault> {
    arranging::check(&mut it.conn, actor, now(), &it.open, it.edition.id, input)
}

fn row(it: &mut Congress, id: SessionId) -> Session {
    sessions::row(&mut it.conn, id).expect("read").expect("there")
}

fn draft(it: &mut Congress) -> i64 {
    let edition = editions::find(&mut it.conn, it.edition.id).expect("read");
    edition.expect("there").draft
}

fn codes(found: &[Conflict]) -> Vec<&'static str> {
    found.iter().map(|conflict| conflict.code).collect()
}

#[test]
fn r45_a_morning_is_put_later_as_one_act_or_not_at_all() {
    let mut it = congress();
    let hall = it.hall;
    let place = |it: &mut Congress, title: &str, starts: &str| {
        let made = it.make(&about("special", title));
        it.put(made.id, &at(hall, starts, 60)).expect("free");
        made.id
    };
    let first = place(&mut it, "First", "2019-11-13T09:00");
    let second = place(&mut it, "Second", "2019-11-13T10:00");
    let noon = place(&mut it, "Noon", "2019-11-13T11:30");
    let shift = |minutes| Reschedule {
        how: "later".into(),
        sessions: vec![first, second],
        minutes: Some(minutes),
        reason: String::new(),
    };
    let mut shifted = |minutes| {
        let edition = it.edition.id;
        let Congress { conn, open, .. } = &mut it;
        conn.transaction(|conn| {
            rescheduling::reschedule(conn, &secretariat(), now(), open, edition, &shift(minutes))
        })
    };

    let half_an_hour = shifted(30).expect("each takes the place of the one before");
    let too_far = shifted(30).expect_err("noon is taken");

    let starts = |session: &Session| session.starts_local.expect("placed").clock();
    let told: Vec<String> = half_an_hour.sessions.iter().map(starts).collect();
    assert_eq!(told, ["09:30", "10:30"]);
    assert_eq!(too_far.code, "room_taken");
    let stand: Vec<String> = [first, second, noon].map(|id| starts(&row(&mut it, id))).into();
    assert_eq!(stand, ["09:30", "10:30", "11:30"]);
}

#[test]
fn two_sessions_change_places_and_one_is_taken_out_in_one_act() {
    let mut it = congress();
    let (hall, room) = (it.hall, it.room);
    let one = it.make(&about("special", "One"));
    let other = it.make(&about("special", "Other"));
    let third = it.make(&about("special", "Third"));
    it.put(one.id, &at(hall, "2019-11-13T09:00", 60)).expect("free");
    it.put(other.id, &at(room, "2019-11-13T09:00", 60)).expect("free");
    it.put(third.id, &at(hall, "2019-11-13T10:00", 60)).expect("free");
    let [one, other, third] = [one.id, other.id, third.id].map(|id| row(&mut it, id));
    let input = of(vec![
        to(&one, Some(at(room, "2019-11-13T09:00", 60))),
        to(&other, Some(at(hall, "2019-11-13T10:00", 60))),
        to(&third, None),
    ]);

    let arranged = arrange(&mut it, &secretariat(), &input).expect("arranged");
    let again = arrange(&mut it, &secretariat(), &input).expect_err("seen in other versions");

    let rooms: Vec<_> = arranged.sessions.iter().map(|session| session.room).collect();
    assert_eq!(rooms, [Some(room), Some(hall), None]);
    assert_eq!(again.code, "stale");
}

#[test]
fn what_an_edition_lets_no_move_make_is_refused_until_somebody_says_why_it_may_stand() {
    let mut it = congress();
    it.hold("person_conflict", "block_move");
    let (hall, room) = (it.hall, it.room);
    let chair = named("Chair", &mut it.conn);
    let mut make = |title: &str| {
        let mut input = about("special", title);
        input.speakers = Some(vec![by(chair)]);
        it.make(&input)
    };
    let (one, other) = (make("One"), make("Other"));
    it.put(one.id, &at(hall, "2019-11-13T09:00", 60)).expect("free");
    let mut input = of(vec![to(&other, Some(at(room, "2019-11-13T09:30", 60)))]);

    let looked = check(&mut it, &secretariat(), &input).expect("looked at");
    let refused = arrange(&mut it, &secretariat(), &input).expect_err("in two places");
    let untouched = row(&mut it, other.id);
    input.reason = "She opens the one and then walks over.".into();
    let arranged = arrange(&mut it, &secretariat(), &input).expect("with a reason");
    let away = of(vec![to(
        &arranged.sessions[0],
        Some(at(room, "2019-11-13T09:45", 60)),
    )]);
    let moved_on = check(&mut it, &secretariat(), &away).expect("looked at");

    assert_eq!(
        (codes(&looked.conflicts), looked.refusing.len()),
        (vec!["person_conflict"], 1)
    );
    assert!(looked.may_waive && looked.refusal.is_none());
    assert_eq!((refused.code, refused.remedy), ("would_clash", Some("waive")));
    assert_eq!(untouched.starts_at, None);
    assert_eq!(
        arranged.conflicts[0].waived.as_deref(),
        Some("She opens the one and then walks over.")
    );
    assert!(!it.conflicts()[0].blocks());
    // What was let stand is no new error.
    assert!(moved_on.refusing.is_empty());
}

#[test]
fn looking_writes_nothing_and_tells_what_could_not_be() {
    let mut it = congress();
    let (hall, room) = (it.hall, it.room);
    let one = it.make(&about("special", "One"));
    let other = it.make(&about("special", "Other"));
    it.put(one.id, &at(hall, "2019-11-13T09:00", 60)).expect("free");
    let counted = draft(&mut it);
    let mut look = |placement: Placement, version| {
        let input = of(vec![Move {
            session: Some(other.id),
            version: Some(version),
            to: Some(placement),
        }]);
        let checked = check(&mut it, &secretariat(), &input).expect("looked at");
        checked.refusal.map(|fault| fault.code)
    };

    assert_eq!(look(at(room, "2019-11-13T09:30", 60), other.version), None);
    assert_eq!(
        look(at(hall, "2019-11-13T09:30", 60), other.version),
        Some("room_taken")
    );
    assert_eq!(
        look(at(room, "2019-12-13T09:30", 60), other.version),
        Some("invalid")
    );
    assert_eq!(look(at(room, "2019-11-13T09:30", 60), 99), Some("stale"));
    assert_eq!(draft(&mut it), counted);
    assert_eq!(row(&mut it, other.id), other);
}

#[test]
fn r255_who_moves_what_another_moved_meanwhile_is_told_by_whom_when_and_where_to() {
    let mut it = congress();
    let (hall, room) = (it.hall, it.room);
    let ada = somebody_of_the_secretariat(&mut it, "Ada");
    let bea = somebody_of_the_secretariat(&mut it, "Bea");
    let seen = it.placed("special", "Talk", &at(hall, "2019-11-13T09:00", 60));
    let goes = |session: &Session, room| of(vec![to(session, Some(at(room, "2019-11-13T11:00", 60)))]);
    arrange(&mut it, &ada, &goes(&seen, room)).expect("free");
    let told = |fault: Fault| {
        assert_eq!(fault.code, "stale");
        fault.facts["sessions"][0].clone()
    };

    let refused = arrange(&mut it, &bea, &goes(&seen, hall)).expect_err("moved meanwhile");
    let looked = check(&mut it, &bea, &goes(&seen, hall)).expect("looked at");
    let mine = arrange(&mut it, &ada, &goes(&seen, hall)).expect_err("moved meanwhile");
    let single = Placement {
        starts: "2019-11-14T09:00".into(),
        ..at(hall, "", 60)
    };
    let placed = scheduling::place(
        &mut it.conn,
        &bea,
        now(),
        &it.open,
        seen.id,
        &single,
        Some(seen.version),
    );
    let told_to_bea = told(refused);

    let row = row(&mut it, seen.id);
    assert_eq!(
        told_to_bea,
        serde_json::json!({
            "session": row.id, "code": row.code, "title": {"en": "Talk"}, "version": row.version,
            "room": room, "room_name": {"en": "Room 12"},
            "starts": "2019-11-13T11:00", "ends": "2019-11-13T12:00", "length_minutes": 60,
            "moved": {"name": "Ada", "me": false, "at": now(), "at_local": told_to_bea["moved"]["at_local"]},
            "changed": told_to_bea["moved"],
        })
    );
    assert_eq!(told(looked.refusal.expect("refused")), told_to_bea);
    assert_eq!(told(placed.expect_err("moved meanwhile")), told_to_bea);
    assert_eq!(told(mine)["moved"]["me"], true);
}

#[test]
fn what_the_record_does_not_hold_names_nobody_and_an_edit_is_no_move() {
    let mut it = congress();
    let hall = it.hall;
    let ada = somebody_of_the_secretariat(&mut it, "Ada");
    let bea = somebody_of_the_secretariat(&mut it, "Bea");
    let seen = it.make(&about("special", "Talk"));
    let goes = |session: &Session| of(vec![to(session, Some(at(hall, "2019-11-13T11:00", 60)))]);
    arrange(&mut it, &ada, &goes(&seen)).expect("free");
    let later = now().plus_minutes(5);
    let renamed = about("special", "Renamed");
    let edited =
        sessions::edit(&mut it.conn, &bea, later, &it.open, seen.id, &renamed, None).expect("edited");
    let mut told = |session: &Session| {
        let refused = arrange(&mut it, &secretariat(), &goes(session)).expect_err("changed meanwhile");
        let told = refused.facts["sessions"][0].clone();
        (told["moved"]["name"].clone(), told["changed"]["name"].clone())
    };

    let of_both = told(&seen);
    let unrecorded = Session {
        version: edited.version,
        ..edited.clone()
    };
    sessions::save(&mut it.conn, later.plus_minutes(5), unrecorded).expect("saved");
    let mut told = |session: &Session| {
        let refused = arrange(&mut it, &secretariat(), &goes(session)).expect_err("changed meanwhile");
        let told = refused.facts["sessions"][0].clone();
        (told["moved"].clone(), told["changed"].clone())
    };

    assert_eq!(of_both, ("Ada".into(), "Bea".into()));
    assert_eq!(told(&edited), (serde_json::Value::Null, serde_json::Value::Null));
}

#[test]
fn a_session_cannot_be_held_while_its_room_or_its_people_are_taken() {
    let mut it = congress();
    let (hall, room) = (it.hall, it.room);
    let chair = named("Chair", &mut it.conn);
    let chaired = |it: &mut Congress, title: &str| {
        let mut input = about("special", title);
        input.speakers = Some(vec![by(chair)]);
        it.make(&input)
    };
    let own = chaired(&mut it, "Own");
    let busy = chaired(&mut it, "Busy");
    it.put(busy.id, &at(room, "2019-11-13T09:00", 60)).expect("free");
    it.put(own.id, &at(hall, "2019-11-13T16:00", 60)).expect("free");
    let stays = StretchInput {
        from: "2019-11-13T08:00".into(),
        until: "2019-11-13T18:00".into(),
    };
    let stays = PresenceInput {
        stretches: vec![stays],
    };
    presences::set(&mut it.conn, &secretariat(), now(), it.edition.id, chair, &stays).expect("said");

    let free = free_on(&mut it, &secretariat(), own.id, "2019-11-13").expect("read");

    let code = Some(busy.code.clone());
    let window = |from: &str, until: &str, why, severity, session: &Option<String>| Window {
        from: from.parse().expect("a time"),
        until: until.parse().expect("a time"),
        why,
        severity,
        session: session.clone(),
    };
    let away = |from, until| window(from, until, "person_away", Severity::Warning, &None);
    let taken = |why, severity| window("2019-11-13T09:00", "2019-11-13T10:00", why, severity, &code);
    assert_eq!(
        free.everywhere,
        [
            away("2019-11-13T00:00", "2019-11-13T08:00"),
            taken("person_conflict", Severity::BlockRelease),
            away("2019-11-13T18:00", "2019-11-14T00:00"),
        ]
    );
    let only = RoomWindows {
        room,
        windows: vec![taken("room_taken", Severity::BlockMove)],
    };
    assert_eq!(free.rooms, [only]);
    it.hold("person_conflict", "ignore");
    it.hold("person_away", "ignore");
    let ignored = free_on(&mut it, &secretariat(), own.id, "2019-11-13").expect("read");
    assert_eq!(ignored.everywhere, []);
    assert_eq!(
        wrong(free_on(&mut it, &secretariat(), own.id, "2019-12-13")),
        [("day".to_owned(), "outside_edition")]
    );
}

#[test]
fn r1_what_is_hidden_from_a_desk_only_makes_a_room_unavailable() {
    let mut it = congress();
    let (hall, edition) = (it.hall, it.edition.id);
    let secret = it.make(&about("plenary", "The bureau meets in secret"));
    it.put(secret.id, &at(hall, "2019-11-13T10:00", 60))
        .expect("free");
    let bureau: access_rules::BodyId = kernel::Id::named("bureau");
    let key = access_rules::Key::Body(bureau);
    let label = crate::model::BodyLabel {
        code: "bureau".into(),
        name: Localized::only("en", "Bureau"),
    };
    sessions::set_line(&mut it.conn, now(), secret.id, &key, &key, bureau, label).expect("hidden");
    let own = it.make(&about("town_hall", "Right to the city"));
    let day = "2019-11-13";

    let general = free_on(&mut it, &secretariat(), own.id, day).expect("read");
    let track = free_on(&mut it, &desk("town_hall"), own.id, day).expect("read");
    let not_theirs = free_on(&mut it, &desk("town_hall"), secret.id, day);
    let nobody = free_on(&mut it, &Actor::nobody(), own.id, day);

    let told = |free: &Availability| {
        let window = free.rooms[0].windows[0].clone();
        (free.rooms.len(), window.why, window.session)
    };
    assert_eq!(told(&general), (1, "room_taken", Some(secret.code)));
    assert_eq!(told(&track), (1, "not_available", None));
    assert_eq!(not_theirs, Err(Fault::not_found()));
    assert!(nobody.is_err());
    assert!(editions::find(&mut it.conn, edition).expect("read").is_some());
}

#[test]
fn a_room_is_not_offered_while_it_is_shut_turned_over_or_refused_for_what_it_lacks() {
    let mut it = congress();
    let room: RoomInput = serde_json::from_value(serde_json::json!({
        "name": {"en": "Small"}, "capacity": 20, "turnaround_minutes": 15,
        "hours": {"2019-11-13": {"opens": "09:00", "closes": "18:00"}},
    }))
    .expect("a form");
    let room = rooms::create(&mut it.conn, &secretariat(), now(), it.edition.id, &room).expect("a room");
    it.placed("special", "There", &at(room.id, "2019-11-13T10:00", 60));
    let mut wide = about("special", "Wide");
    wide.capacity = Some(30);
    let wide = it.make(&wide);
    let told = |it: &mut Congress| -> Vec<(String, &str)> {
        let free = free_on(it, &secretariat(), wide.id, "2019-11-13").expect("read");
        let windows = free.rooms.into_iter().flat_map(|room| room.windows);
        windows
            .map(|window| {
                (
                    format!("{}-{}", window.from.clock(), window.until.clock()),
                    window.why,
                )
            })
            .collect()
    };
    let of_time = |from_until: &str, why| (from_until.to_owned(), why);

    let usual = told(&mut it);
    it.hold("room_too_small", "block_move");
    let refused = told(&mut it);

    let shut = of_time("00:00-09:00", "room_closed");
    let taken = of_time("09:45-11:15", "room_taken");
    let after = of_time("18:00-00:00", "room_closed");
    assert_eq!(usual, [shut.clone(), taken.clone(), after.clone()]);
    assert_eq!(
        refused,
        [shut, of_time("00:00-00:00", "room_too_small"), taken, after]
    );
}

fn free_on(it: &mut Congress, actor: &Actor, id: SessionId, day: &str) -> Result<Availability, Fault> {
    let day = Some(kernel::LocalDate::on(day));
    availability::of(&mut it.conn, actor, now(), &it.open, id, day)
}

/// A person of this name at the general desk.
fn somebody_of_the_secretariat(it: &mut Congress, name: &str) -> Actor {
    Actor {
        person: Some(named(name, &mut it.conn)),
        ..secretariat()
    }
}

#[test]
fn r1_a_board_draws_for_a_track_desk_no_meeting_it_is_not_told_of() {
    let mut it = congress();
    let (hall, room, edition) = (it.hall, it.room, it.edition.id);
    let secret = it.make(&about("plenary", "The bureau meets in secret"));
    it.put(secret.id, &at(hall, "2019-11-13T10:00", 60))
        .expect("free");
    let bureau: access_rules::BodyId = kernel::Id::named("bureau");
    let key = access_rules::Key::Body(bureau);
    let label = crate::model::BodyLabel {
        code: "bureau".into(),
        name: Localized::only("en", "Bureau"),
    };
    sessions::set_line(&mut it.conn, now(), secret.id, &key, &key, bureau, label).expect("hidden");
    let known = it.make(&about("special", "A parallel meeting"));
    it.put(known.id, &at(room, "2019-11-13T10:00", 60)).expect("free");
    let own = it.make(&about("town_hall", "Right to the city"));
    let onto = |room| of(vec![to(&own, Some(at(room, "2019-11-13T10:30", 60)))]);

    let general = board::of(&mut it.conn, &secretariat(), now(), &it.open, edition).expect("read");
    let track = board::of(&mut it.conn, &desk("town_hall"), now(), &it.open, edition).expect("read");
    let nobody = board::of(&mut it.conn, &Actor::nobody(), now(), &it.open, edition).map(|_| ());
    let kept = check(&mut it, &desk("town_hall"), &onto(hall)).expect("looked at");
    let taken = check(&mut it, &desk("town_hall"), &onto(room)).expect("looked at");
    let not_theirs = check(
        &mut it,
        &desk("town_hall"),
        &of(vec![to(&secret, Some(at(room, "2019-11-14T10:30", 60)))]),
    );

    let of_board =
        |board: &board::Board| -> Vec<SessionId> { board.own.iter().map(|own| own.session.id).collect() };
    assert_eq!(of_board(&general).len(), 3);
    assert_eq!(of_board(&track), [own.id]);
    let others: Vec<&str> = track.others.iter().map(|other| other.code.as_str()).collect();
    assert_eq!(others, [known.code.as_str()]);
    assert_eq!(nobody, Err(Fault::sign_in_needed()));
    let code = |checked: &Checked| checked.refusal.as_ref().map(|fault| fault.code);
    assert_eq!(
        (code(&kept), code(&taken)),
        (Some("room_kept"), Some("room_taken"))
    );
    assert!(!track.may_waive && !kept.may_waive);
    assert_eq!(not_theirs.map(|_| ()), Err(Fault::not_found()));
}

#[test]
fn r45_coffee_is_copied_into_every_room_or_into_none() {
    let mut it = congress();
    let (hall, room) = (it.hall, it.room);
    let coffee = it.placed("break", "Coffee", &at(hall, "2019-11-13T10:00", 30));
    let talk = it.placed("special", "Talk", &at(room, "2019-11-13T09:00", 60));
    let mut copy = |id: SessionId| {
        let input = copies::CopyInput { rooms: vec![room] };
        let Congress { conn, open, .. } = &mut it;
        conn.transaction(|conn| copies::to_rooms(conn, &secretariat(), now(), open, id, &input))
    };

    let copied = copy(coffee.id).expect("the room is free at ten");
    let again = copy(coffee.id);
    let a_talk = copy(talk.id);

    let [placed] = copied.as_slice() else {
        panic!("{copied:?}");
    };
    assert_eq!(
        (placed.session.room, placed.session.starts_at, placed.session.kind),
        (Some(room), coffee.starts_at, crate::model::SessionKind::Break)
    );
    assert_eq!(code(again), "room_taken");
    assert_eq!(wrong(a_talk), [("rooms".to_owned(), "only_breaks")]);
    assert_eq!(it.conflicts(), []);
}

#[test]
fn a_blocker_keeps_its_room_and_is_told_to_the_desk_alone() {
    let mut it = congress();
    let hall = it.hall;
    let blocker = it.placed("blocker", "Sound check", &at(hall, "2019-11-13T08:00", 60));
    let session = it.make(&about("special", "Too early"));

    let refused = it.put(session.id, &at(hall, "2019-11-13T08:30", 60));
    it.put(session.id, &at(hall, "2019-11-13T09:00", 60))
        .expect("free");
    let edition = it.edition.id;
    let release = crate::releases::ReleaseInput::default();
    let Congress { conn, open, .. } = &mut it;
    conn.transaction(|conn| crate::releases::publish(conn, &secretariat(), now(), open, edition, &release))
        .expect("released");
    let live = crate::releases::live(conn, edition)
        .expect("read")
        .expect("released");

    assert_eq!(code(refused), "room_taken");
    let released: Vec<SessionId> = live.sessions.iter().map(|session| session.id).collect();
    assert_eq!(released, [session.id]);
    let of_theirs = desk("town_hall");
    assert_eq!(
        code(sessions::get(conn, &of_theirs, now(), blocker.id).map(|_| ())),
        "not_found"
    );
}
