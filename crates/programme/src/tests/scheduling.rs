//! Placing, moving, swapping; what clashes.

use access_rules::BodyId;
use kernel::LocalDate;

use super::*;
use crate::{
    conflicts::{self, Check, Parameters, PlacedSession, Severity},
    model::{Attendance, SessionKind, SessionState},
    rules,
    scheduling::{self, Swap},
    waivers::{self, WaiverInput},
};

#[test]
fn r45_of_fifty_who_take_a_room_at_once_one_gets_it() {
    let mut it = congress();
    let ids: Vec<SessionId> = (0..50)
        .map(|number| it.make(&about("parallel", &format!("Talk {number}"))).id)
        .collect();
    let place = at(it.hall, "2019-11-13T10:00", 60);

    let answers: Vec<Result<(), Fault>> = std::thread::scope(|scope| {
        let threads: Vec<_> = ids
            .into_iter()
            .map(|id| {
                let (database, place, open) = (&it.database, place.clone(), it.open.clone());
                scope.spawn(move || {
                    database.write("session.place", move |conn| {
                        scheduling::place(conn, &secretariat(), now(), &open, id, &place, None).map(|_| ())
                    })
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"))
            .collect()
    });

    let taken = answers
        .iter()
        .filter(|answer| matches!(answer, Err(fault) if fault.code == "room_taken"))
        .count();
    let won = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!((won, taken), (1, 49), "{answers:?}");
    assert!(
        it.conflicts()
            .iter()
            .all(|conflict| conflict.code != "room_taken")
    );
}

#[test]
fn r45_where_one_session_ends_the_next_may_begin_and_turnaround_counts() {
    let mut it = congress();
    let (hall, room) = (it.hall, it.room);
    it.placed("parallel", "First", &at(hall, "2019-11-13T10:00", 60));
    it.placed("parallel", "Second", &at(hall, "2019-11-13T11:00", 60));
    let third = it.make(&about("parallel", "Third"));
    let taken = it.put(third.id, &at(hall, "2019-11-13T11:59", 60));
    let fault = taken.expect_err("by a minute");
    assert_eq!((fault.kind, fault.code), (Kind::Conflict, "room_taken"));
    assert_eq!(fault.facts["starts"], "2019-11-13T11:00");
    assert_eq!(it.row(third.id).state, SessionState::Proposed);

    let slow = RoomInput {
        name: Localized::only("en", "Room 12"),
        turnaround_minutes: Some(15),
        ..RoomInput::default()
    };
    rooms::edit(&mut it.conn, &secretariat(), now(), room, &slow, None).expect("edited");
    it.placed("parallel", "Fourth", &at(room, "2019-11-13T10:00", 60));
    assert_eq!(
        code(it.put(third.id, &at(room, "2019-11-13T11:14", 30))),
        "room_taken"
    );
    assert_eq!(
        code(it.put(third.id, &at(room, "2019-11-13T09:20", 30))),
        "room_taken"
    );
    assert!(it.put(third.id, &at(room, "2019-11-13T11:15", 30)).is_ok());
}

#[test]
fn r45_a_swap_is_one_act() {
    let mut it = congress();
    let (hall, room) = (it.hall, it.room);
    let one = it.placed("parallel", "One", &at(hall, "2019-11-13T10:00", 60));
    let other = it.placed("parallel", "Other", &at(room, "2019-11-13T14:00", 90));
    let swap = Swap {
        reason: String::new(),
        one: Some(one.id),
        other: Some(other.id),
    };
    let [one, other] =
        scheduling::swap(&mut it.conn, &secretariat(), now(), &it.open, &swap).expect("swapped");
    let place = |placed: &Placed| {
        let session = &placed.session;
        (
            session.room,
            session.starts_local.map(|at| at.to_string()),
            session.length_minutes,
        )
    };
    assert_eq!(place(&one), (Some(room), Some("2019-11-13T14:00".into()), 60));
    assert_eq!(place(&other), (Some(hall), Some("2019-11-13T10:00".into()), 90));

    let same = Swap {
        reason: String::new(),
        one: Some(one.session.id),
        other: Some(one.session.id),
    };
    let refused = scheduling::swap(&mut it.conn, &secretariat(), now(), &it.open, &same);
    assert_eq!(wrong(refused), [("other".to_owned(), "same_session")]);
    // The longer one would run into the next session: then neither moves.
    it.placed("parallel", "Next", &at(hall, "2019-11-13T11:30", 30));
    it.placed("parallel", "After", &at(room, "2019-11-13T15:00", 30));
    let Congress { conn, open, .. } = &mut it;
    let refused = conn.transaction(|conn| scheduling::swap(conn, &secretariat(), now(), open, &swap));
    assert_eq!(code(refused), "room_taken");
    assert_eq!(it.row(one.session.id).room, Some(room));
}

#[test]
fn a_placement_that_cannot_be_is_told_beside_its_field() {
    let mut it = congress();
    let hall = it.hall;
    let session = it.make(&about("parallel", "Talk"));
    let mut told = |place: Placement| wrong(it.put(session.id, &place));
    let at_hall = |starts: &str, ends: &str| Placement {
        room: hall.to_string(),
        starts: starts.into(),
        ends: ends.into(),
        ..Placement::default()
    };
    let cases = [
        ("2019-11-13T10:00", "2019-11-13T10:00", "ends", "zero_length"),
        (
            "2019-11-13T10:00",
            "2019-11-13T09:00",
            "ends",
            "ends_before_start",
        ),
        ("2019-11-13T10:00", "2019-11-14T10:00", "ends", "too_long"),
        (
            "2019-11-10T23:00",
            "2019-11-11T01:00",
            "starts",
            "outside_edition",
        ),
        ("2019-11-16T09:00", "", "starts", "outside_edition"),
        ("2019-02-30T10:00", "", "starts", "not_a_time"),
        ("2019-11-13T24:00", "", "starts", "not_a_time"),
        ("", "", "starts", "required"),
        ("2019-11-13T10:00", "soon", "ends", "not_a_time"),
    ];
    for (starts, ends, field, code) in cases {
        assert_eq!(
            told(at_hall(starts, ends)),
            [(field.to_owned(), code)],
            "{starts} {ends}"
        );
    }
    let nowhere = Placement {
        room: String::new(),
        ..at_hall("2019-11-13T10:00", "")
    };
    assert_eq!(told(nowhere), [("room".to_owned(), "required")]);
    // Past midnight is no other day of the programme.
    assert!(
        it.put(session.id, &at_hall("2019-11-15T22:00", "2019-11-16T01:00"))
            .is_ok()
    );
}

#[test]
fn r53_an_hour_that_does_not_exist_is_refused_and_one_that_happens_twice_asks_which() {
    let paris = EditionInput {
        slug: "paris".into(),
        zone: "Europe/Paris".into(),
        starts_on: "2026-10-20".into(),
        ends_on: "2026-10-26".into(),
        ..durban()
    };
    let mut it = congress_of(&paris);
    let session = it.make(&about("parallel", "Night"));
    let mut night = at(it.hall, "2026-10-25T02:30", 45);
    assert_eq!(
        wrong(it.put(session.id, &night)),
        [("fold".to_owned(), "hour_twice")]
    );
    night.fold = "later".into();
    let placed = it.put(session.id, &night).expect("told which").session;
    assert_eq!(placed.starts_at, Some(Moment::at("2026-10-25T01:30:00Z")));
    night.fold = "earlier".into();
    let placed = it.put(session.id, &night).expect("told which").session;
    assert_eq!(placed.starts_at, Some(Moment::at("2026-10-25T00:30:00Z")));
    assert_eq!(
        placed.ends_local.map(|at| at.to_string()),
        Some("2026-10-25T02:15".into())
    );

    let spring = EditionInput {
        slug: "spring".into(),
        starts_on: "2026-03-28".into(),
        ends_on: "2026-03-30".into(),
        ..paris
    };
    let mut it = congress_of(&spring);
    let session = it.make(&about("parallel", "Night"));
    let gap = at(it.hall, "2026-03-29T02:30", 45);
    assert_eq!(
        wrong(it.put(session.id, &gap)),
        [("starts".to_owned(), "skipped_hour")]
    );
}

#[test]
fn r53_wall_clock_times_stay_when_the_zone_changes_and_instants_follow() {
    let tangier = EditionInput {
        slug: "tangier-2026".into(),
        zone: "Africa/Casablanca".into(),
        starts_on: "2026-02-27".into(),
        ends_on: "2026-03-03".into(),
        ..durban()
    };
    let mut it = congress_of(&tangier);
    // Morocco is at UTC+0 in Ramadan, which that year began on 18 February.
    let session = it.placed("plenary", "Opening", &at(it.hall, "2026-03-01T09:00", 60));
    assert_eq!(session.starts_at, Some(Moment::at("2026-03-01T09:00:00Z")));

    assert_eq!(editions::follow_tzdata(&mut it.conn, now(), it.edition.id), Ok(0));

    let seoul = EditionInput {
        zone: "Asia/Seoul".into(),
        ..tangier
    };
    editions::edit(&mut it.conn, &secretariat(), now(), it.edition.id, &seoul, None).expect("edited");
    let session = it.row(session.id);
    assert_eq!(session.starts_at, Some(Moment::at("2026-03-01T00:00:00Z")));
    assert_eq!(
        session.starts_local.map(|at| at.to_string()),
        Some("2026-03-01T09:00".into())
    );
}

#[test]
fn r46_nobody_chairs_two_sessions_at_once_unless_it_is_waived_with_a_reason() {
    let mut it = congress();
    let chair = named("Chair", &mut it.conn);
    let (hall, room) = (it.hall, it.room);
    let mut input = about("parallel", "One");
    input.speakers = Some(vec![by(chair)]);
    let one = it.make(&input);
    input.title = Localized::only("en", "Two");
    let two = it.make(&input);
    it.put(one.id, &at(hall, "2019-11-13T10:00", 60)).expect("free");
    let placed = it.put(two.id, &at(room, "2019-11-13T10:30", 60)).expect("free");
    let [conflict] = placed.conflicts.as_slice() else {
        panic!("{:?}", placed.conflicts);
    };
    assert_eq!(
        (conflict.code, conflict.severity, conflict.sentence.as_str()),
        (
            "person_conflict",
            Severity::BlockRelease,
            "conflict-person-conflict"
        )
    );
    assert_eq!(conflict.facts["person"], chair.to_string());

    let mut waive = |key: &str, reason: &str| {
        let input = WaiverInput {
            conflict: key.to_owned(),
            reason: reason.to_owned(),
        };
        waivers::waive(
            &mut it.conn,
            &secretariat(),
            now(),
            &it.open,
            it.edition.id,
            &input,
        )
    };
    assert_eq!(
        wrong(waive(&conflict.key, " ")),
        [("reason".to_owned(), "required")]
    );
    assert_eq!(code(waive("person_conflict:none", "why not")), "no_such_conflict");
    let waived = waive(&conflict.key, "opens both").expect("waived");
    assert!(!waived.blocks());
    assert_eq!(it.conflicts(), std::slice::from_ref(&waived));
    waivers::unwaive(&mut it.conn, &secretariat(), now(), it.edition.id, &waived.key).expect("taken back");
    assert!(it.conflicts()[0].blocks());

    it.put(two.id, &at(room, "2019-11-13T11:00", 60)).expect("free");
    assert_eq!(it.conflicts(), []);
}

/// A session of the rules' own tests, in hours of one day.
fn held(kind: SessionKind, from: u32, to: u32) -> PlacedSession {
    let day = LocalDate::on("2019-11-14");
    let local = |hour| day.at(hour, 0).expect("an hour of the day");
    let zone = "Africa/Johannesburg".parse().expect("a zone");
    let instant = |hour| local(hour).in_zone(zone).expect("once");
    PlacedSession {
        id: Id::named(&format!("{kind} {from} {to}")),
        code: format!("{kind}-{from}"),
        kind,
        track: None,
        body: None::<BodyId>,
        theme: None,
        spheres: None,
        domain: None,
        audience: None,
        room: None,
        starts_local: local(from),
        ends_local: local(to),
        starts_at: instant(from),
        ends_at: instant(to),
        capacity: None,
        attendance: Attendance::Online,
        interpreted: vec![],
        access: vec![],
        people: vec![],
        minutes_min: None,
        minutes_max: None,
    }
}

fn found(sessions: &[PlacedSession]) -> Vec<(&'static str, Severity)> {
    conflicts::find(sessions, &[], &[], &Parameters::default())
        .iter()
        .map(|conflict| (conflict.code, conflict.severity))
        .collect()
}

#[test]
fn r47_statutory_meetings_overlap_neither_each_other_nor_the_world_assembly() {
    use SessionKind::{Parallel, Plenary, Statutory, WorldAssembly};
    let clash = |severity| vec![("plenary_conflict", severity)];
    let cases = [
        (
            held(Statutory, 9, 11),
            held(Statutory, 10, 12),
            clash(Severity::BlockRelease),
        ),
        (
            held(Statutory, 9, 11),
            held(WorldAssembly, 10, 12),
            clash(Severity::BlockRelease),
        ),
        (
            held(Plenary, 9, 11),
            held(Plenary, 10, 12),
            clash(Severity::Warning),
        ),
        (held(Statutory, 9, 11), held(Statutory, 11, 12), vec![]),
        (held(Statutory, 9, 11), held(Parallel, 10, 12), vec![]),
    ];
    for (one, other, expected) in cases {
        assert_eq!(found(&[one.clone(), other.clone()]), expected);
        assert_eq!(found(&[other, one]), expected);
    }
}

#[test]
fn r47_what_a_track_knows_better_replaces_what_is_found_in_general() {
    let (one, other) = (
        held(SessionKind::Statutory, 9, 11),
        held(SessionKind::Statutory, 10, 12),
    );
    let general = conflicts::find(&[one.clone(), other.clone()], &[], &[], &Parameters::default());
    let milder = Conflict::new(Check::PlenaryConflict, &[&other, &one], "").toned(Severity::Warning);
    assert_eq!(general[0].key, milder.key);

    let merged = conflicts::merge(general, vec![milder.clone()], &std::collections::BTreeMap::new());
    assert_eq!(merged, [milder]);
}

#[test]
fn r48_sittings_and_town_halls_end_before_the_world_assembly_begins() {
    use SessionKind::{Local4action, Sitting, TownHall, WorldAssembly};
    let late = vec![("precedence", Severity::BlockRelease)];
    let cases = [
        (held(Sitting, 9, 11), held(WorldAssembly, 11, 12), vec![]),
        (held(TownHall, 9, 12), held(WorldAssembly, 11, 12), late.clone()),
        (held(Sitting, 14, 15), held(WorldAssembly, 11, 12), late),
        (held(Local4action, 14, 15), held(WorldAssembly, 11, 12), vec![]),
    ];
    for (one, assembly, expected) in cases {
        assert_eq!(found(&[one, assembly]), expected);
    }
}

#[test]
fn r59_rooms_hours_seats_booths_access_and_lengths_are_looked_at() {
    let mut it = congress();
    let room: RoomInput = serde_json::from_value(serde_json::json!({
        "name": {"en": "Small"}, "capacity": 20, "step_free": "no", "equipment": {"booths": 1},
        "hours": {"2019-11-13": {"opens": "09:00", "closes": "18:00"}},
    }))
    .expect("a form");
    let room = rooms::create(&mut it.conn, &secretariat(), now(), it.edition.id, &room).expect("a room");
    let lab: SessionInput = serde_json::from_value(serde_json::json!({
        "kind": "local4action", "format": "labs", "title": {"en": "Lab"}, "capacity": 30,
        "languages": {"interpreted": ["fr", "es"]}, "access": ["step_free", "captions"],
    }))
    .expect("a form");
    let lab = it.make(&lab);
    let placed = it
        .put(lab.id, &at(room.id, "2019-11-13T17:30", 60))
        .expect("free");
    let told: Vec<(&str, Severity)> = placed
        .conflicts
        .iter()
        .map(|conflict| (conflict.code, conflict.severity))
        .collect();
    assert_eq!(
        told,
        [
            ("room_closed", Severity::BlockRelease),
            ("too_short", Severity::Warning),
            ("room_too_small", Severity::Warning),
            ("interpretation_missing", Severity::Warning),
            ("accessibility_mismatch", Severity::Warning),
            ("accessibility_mismatch", Severity::Warning),
        ]
    );
    let known: Vec<&serde_json::Value> = placed
        .conflicts
        .iter()
        .filter_map(|conflict| conflict.facts.get("room_is"))
        .collect();
    assert_eq!(known, ["no", "unknown"]);
}

#[test]
fn r59_a_thousand_sessions_are_looked_at_in_one_sweep() {
    let many: Vec<PlacedSession> = (0..1000)
        .map(|number| {
            let mut session = held(SessionKind::Parallel, 9, 10);
            session.id = Id::named(&format!("session {number}"));
            session.room = Some(Id::named(&format!("room {}", number % 500)));
            session.people = vec![Id::named(&format!("person {number}"))];
            session
        })
        .collect();
    let found = conflicts::find(&many, &[], &[], &Parameters::default());
    assert_eq!(found.len(), 500);
    assert!(found.iter().all(|conflict| conflict.code == "room_taken"));
}

#[test]
fn sessions_go_their_way_and_no_other() {
    use SessionState::{Cancelled, Held, Live, Moved, Proposed, Published, Reported, Scheduled};
    let legal = [
        (Proposed, Scheduled),
        (Scheduled, Proposed),
        (Scheduled, Published),
        (Published, Moved),
        (Published, Live),
        (Moved, Published),
        (Moved, Live),
        (Live, Held),
        (Held, Reported),
        (Proposed, Cancelled),
        (Scheduled, Cancelled),
        (Published, Cancelled),
        (Moved, Cancelled),
    ];
    for from in SessionState::ALL {
        for to in SessionState::ALL {
            assert_eq!(
                rules::session_step(*from, *to),
                legal.contains(&(*from, *to)),
                "{from} {to}"
            );
        }
    }
}

#[test]
fn a_tracks_desk_places_its_own_sessions_and_no_others() {
    let mut it = congress();
    let hall = it.hall;
    let debate = it.make(&about("town_hall", "Debate"));
    let mut place = |actor: &Actor| {
        scheduling::place(
            &mut it.conn,
            actor,
            now(),
            &it.open,
            debate.id,
            &at(hall, "2019-11-13T10:00", 60),
            None,
        )
        .map(|_| ())
    };
    assert_eq!(place(&Actor::nobody()), Err(Fault::not_found()));
    assert_eq!(place(&desk("assembly")), Err(Fault::not_found()));
    assert_eq!(place(&desk("town_hall")), Ok(()));
}

#[test]
fn r1_a_clash_with_an_unannounced_meeting_does_not_tell_a_track_desk_of_it() {
    let mut it = congress();
    let (hall, room) = (it.hall, it.room);
    let chair = named("Chair", &mut it.conn);
    let mut secret = about("plenary", "The bureau meets in secret");
    secret.speakers = Some(vec![by(chair)]);
    let secret = it.make(&secret);
    it.put(secret.id, &at(hall, "2019-11-13T10:00", 60))
        .expect("free");
    let bureau: BodyId = Id::named("bureau");
    let key = access_rules::Key::Body(bureau);
    let label = crate::model::BodyLabel {
        code: "bureau".into(),
        name: Localized::only("en", "Bureau"),
    };
    sessions::set_line(&mut it.conn, now(), secret.id, &key, &key, bureau, label).expect("hidden");
    let edition = it.edition.id;
    let whole = crate::releases::ReleaseInput::default();
    let Congress {
        conn, open: tracks, ..
    } = &mut it;
    crate::releases::publish(conn, &secretariat(), now(), tracks, edition, &whole)
        .expect("the bureau is told");
    let mut open = about("town_hall", "Right to the city");
    open.speakers = Some(vec![by(chair)]);
    let open = it.make(&open);
    let mut place = |actor: &Actor, room| {
        let asked = at(room, "2019-11-13T10:30", 60);
        let Congress {
            conn, open: tracks, ..
        } = &mut it;
        conn.transaction(|conn| scheduling::place(conn, actor, now(), tracks, open.id, &asked, None))
    };

    let kept = place(&desk("town_hall"), hall).expect_err("the room is not free");
    let taken = place(&secretariat(), hall).expect_err("the room is not free");
    let placed = place(&desk("town_hall"), room).expect("free");

    assert_eq!((kept.code, kept.facts.get("session")), ("room_kept", None));
    assert_eq!(
        (taken.code, &taken.facts["session"]),
        ("room_taken", &secret.code.clone().into())
    );
    let twice = placed
        .conflicts
        .iter()
        .find(|one| one.code == "person_conflict")
        .expect("a chair is in both");
    assert_eq!(twice.sessions, [open.id]);
    let told = serde_json::to_string(&placed.conflicts).expect("JSON");
    assert!(
        !told.contains(&secret.id.uuid().as_simple().to_string()),
        "{told}"
    );
    let only = [open.id];
    let preview = crate::releases::preview(
        &mut it.conn,
        &desk("town_hall"),
        now(),
        &it.open,
        it.edition.id,
        Some(&only),
    )
    .expect("a desk sees what its own session would change");
    let in_preview: Vec<&[SessionId]> = preview
        .conflicts
        .iter()
        .filter(|one| one.code == "person_conflict")
        .map(|one| one.sessions.as_slice())
        .collect();
    assert_eq!(in_preview, [&only[..]]);
    let input = crate::releases::ReleaseInput {
        only: Some(only.to_vec()),
        draft: Some(preview.draft),
        ..crate::releases::ReleaseInput::default()
    };
    let Congress {
        conn, open: tracks, ..
    } = &mut it;
    let refused = conn
        .transaction(|conn| {
            crate::releases::publish(conn, &desk("town_hall"), now(), tracks, edition, &input)
        })
        .expect_err("a chair is in two places");
    assert_eq!(refused.code, "conflicts_left");
    let left = refused.facts["conflicts"].to_string();
    for told in [
        secret.code.clone(),
        secret.id.to_string(),
        secret.id.uuid().as_simple().to_string(),
    ] {
        assert!(!left.contains(&told), "{left}");
    }
    assert!(
        !twice.facts["codes"].to_string().contains(&secret.code),
        "{:?}",
        twice.facts
    );
    let at_the_desk =
        crate::draft::conflicts_of(&mut it.conn, &desk("town_hall"), now(), &it.open, it.edition.id)
            .expect("read");
    assert!(at_the_desk.iter().all(|one| !one.sessions.contains(&secret.id)));
    assert!(it.conflicts().iter().any(|one| one.sessions.contains(&secret.id)));
}
