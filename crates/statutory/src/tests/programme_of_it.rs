//! What the programme asks this track: bodies, doors, and who meets when.

use programme::{
    conflicts::{Conflict, Severity},
    draft, sessions,
};

use super::*;

fn conflicts(c: &mut Congress) -> Vec<(&'static str, Severity)> {
    let edition = c.edition.id;
    let found: Vec<Conflict> =
        draft::conflicts_of(&mut c.conn, &secretariat(), now(), &c.admissions, edition).expect("looked for");
    found
        .iter()
        .filter(|conflict| !matches!(conflict.code, "no_room" | "roster_empty"))
        .map(|conflict| (conflict.code, conflict.severity))
        .collect()
}

fn other(c: &mut Congress, kind: &str) -> Session {
    let input = SessionInput {
        kind: kind.into(),
        title: Localized::only("en", kind),
        ..SessionInput::default()
    };
    let edition = c.edition.id;
    sessions::create(&mut c.conn, &secretariat(), now(), &c.admissions, edition, &input).expect("made")
}

fn statutory(body: Option<BodyId>) -> SessionInput {
    SessionInput {
        kind: "statutory".into(),
        title: Localized::only("en", "A meeting"),
        body,
        ..SessionInput::default()
    }
}

#[test]
fn r1_every_way_into_the_programme_hangs_the_doors() {
    let mut c = congress();
    let staff = secretariat();
    let edition = c.edition.id;
    let mut make =
        |input: &SessionInput| sessions::create(&mut c.conn, &staff, now(), &c.admissions, edition, input);
    assert_eq!(code(make(&statutory(None))), "body_required");
    assert_eq!(code(make(&statutory(Some(Id::named("no body"))))), "body_unknown");
    let session = make(&statutory(Some(body_id("executive_bureau")))).expect("made");

    let meeting = meetings::of_session(&mut c.conn, session.id)
        .expect("read")
        .expect("a meeting");
    let row = sessions::row(&mut c.conn, session.id)
        .expect("read")
        .expect("there");
    let bureau = format!("body:{}", body_id("executive_bureau"));
    assert_eq!((&meeting.known_to, &meeting.papers_to), (&bureau, &bureau));
    assert_eq!(
        (row.details.0.shown_to.as_str(), &row.details.0.details_to),
        ("", &bureau)
    );
    assert_eq!(row.version, session.version);

    // Another body before anybody was told: other doors.
    let input = statutory(Some(body_id("general_assembly")));
    let edited = sessions::edit(
        &mut c.conn,
        &staff,
        now(),
        &c.admissions,
        session.id,
        &input,
        None,
    );
    let edited = edited.expect("changed");
    let after = meetings::of_session(&mut c.conn, edited.id)
        .expect("read")
        .expect("a meeting");
    assert_eq!((after.id, after.papers_to.as_str()), (meeting.id, "members"));

    let hall = c.hall;
    c.place(&after, hall, "2019-11-14T16:30", "2019-11-14T18:00");
    c.release();
    let back = statutory(Some(body_id("executive_bureau")));
    let refused = sessions::edit(&mut c.conn, &staff, now(), &c.admissions, session.id, &back, None);
    assert_eq!(code(refused), "body_fixed");
}

#[test]
fn a_meeting_nobody_was_told_of_can_be_taken_out() {
    let mut c = congress();
    let staff = secretariat();
    let meeting = c.plan("executive_bureau");
    c.item(&meeting, "Opening");
    meetings::remove(&mut c.conn, &staff, now(), meeting.id, None).expect("taken out");
    assert!(
        sessions::row(&mut c.conn, meeting.session)
            .expect("read")
            .is_none()
    );

    let with_paper = c.plan("executive_bureau");
    c.paper(&with_paper, &english("Report"));
    assert_eq!(
        code(meetings::remove(&mut c.conn, &staff, now(), with_paper.id, None)),
        "in_use"
    );
}

#[test]
fn r77_another_session_is_no_meeting_of_a_body() {
    let mut c = congress();
    let staff = secretariat();
    let assembly = other(&mut c, "world_assembly");
    let refused = meetings::by_session(&mut c.conn, &staff, now(), assembly.id);
    assert_eq!(code(refused), "not_a_statutory_meeting");
    let nobody = meetings::by_session(&mut c.conn, &Actor::nobody(), now(), assembly.id);
    assert_eq!(code(nobody), "not_found");
    let meeting = c.plan("general_assembly");
    let found = meetings::by_session(&mut c.conn, &staff, now(), meeting.session).expect("a meeting");
    assert_eq!(found.card.id, meeting.id);
}

#[test]
fn r47_two_statutory_meetings_never_meet_at_once() {
    let mut c = congress();
    let (council, bureau) = (c.plan("world_council"), c.plan("executive_bureau"));
    let (hall, room) = (c.hall, c.room);
    c.place(&council, hall, "2019-11-15T15:00", "2019-11-15T18:00");
    let placed = c.place(&bureau, room, "2019-11-15T17:00", "2019-11-15T19:00");
    let told: Vec<_> = placed.conflicts.iter().map(|conflict| conflict.code).collect();
    assert!(told.contains(&"plenary_conflict"));
    assert_eq!(conflicts(&mut c), [("plenary_conflict", Severity::BlockRelease)]);
    let edition = c.edition.id;
    let input = ReleaseInput::default();
    let refused = releases::publish(&mut c.conn, &secretariat(), now(), &c.admissions, edition, &input);
    assert_eq!(code(refused), "conflicts_left");

    c.place(&bureau, room, "2019-11-15T18:00", "2019-11-15T19:00");
    assert_eq!(conflicts(&mut c), []);
}

#[test]
fn r47_committees_that_share_nobody_may_meet_at_once() {
    let mut c = congress();
    let (ana, eva) = (c.member("Ana"), c.member("Eva"));
    let finance = c.plan("financial_management_committee");
    let statutes = c.plan("statutory_affairs_committee");
    let (hall, room) = (c.hall, c.room);
    c.place(&finance, hall, "2019-11-13T09:00", "2019-11-13T11:00");
    c.place(&statutes, room, "2019-11-13T10:00", "2019-11-13T12:00");
    assert_eq!(conflicts(&mut c), [("plenary_conflict", Severity::BlockRelease)]);

    c.seat("financial_management_committee", ana);
    c.seat("statutory_affairs_committee", eva);
    assert_eq!(conflicts(&mut c), [("plenary_conflict", Severity::Warning)]);

    c.seat("statutory_affairs_committee", ana);
    // Whoever sits in both cannot be in both places.
    assert_eq!(conflicts(&mut c)[0], ("plenary_conflict", Severity::BlockRelease));
}

#[test]
fn r47_the_world_assembly_never_meets_while_the_general_assembly_does() {
    let mut c = congress();
    let world = other(&mut c, "world_assembly");
    let general = c.plan("general_assembly");
    let bureau = c.plan("executive_bureau");
    let (hall, room) = (c.hall, c.room);
    let placement = Placement {
        room: hall.to_string(),
        starts: "2019-11-15T09:00".into(),
        ends: "2019-11-15T13:00".into(),
        ..Placement::default()
    };
    let staff = secretariat();
    scheduling::place(
        &mut c.conn,
        &staff,
        now(),
        &c.admissions,
        world.id,
        &placement,
        None,
    )
    .expect("placed");
    c.place(&bureau, room, "2019-11-15T09:00", "2019-11-15T10:00");
    assert_eq!(conflicts(&mut c), [("plenary_conflict", Severity::Warning)]);
    c.place(&general, room, "2019-11-15T12:00", "2019-11-15T14:00");
    assert_eq!(conflicts(&mut c)[0], ("plenary_conflict", Severity::BlockRelease));
}

#[test]
fn r49_the_general_assembly_is_over_before_the_world_council_begins() {
    let mut c = congress();
    let (general, council) = (c.plan("general_assembly"), c.plan("world_council"));
    let (hall, room) = (c.hall, c.room);
    c.place(&general, hall, "2019-11-14T16:30", "2019-11-14T18:00");
    c.place(&council, room, "2019-11-14T15:00", "2019-11-14T16:00");
    assert_eq!(conflicts(&mut c), [("precedence", Severity::BlockRelease)]);

    c.place(&council, room, "2019-11-14T18:00", "2019-11-14T20:00");
    assert_eq!(conflicts(&mut c), []);
}

#[test]
fn who_sits_in_a_body_has_no_part_elsewhere_while_it_meets() {
    let mut c = congress();
    let ana = c.member("Ana");
    let finance = c.plan("financial_management_committee");
    c.seat("financial_management_committee", ana);
    let (hall, room) = (c.hall, c.room);
    c.place(&finance, hall, "2019-11-13T09:00", "2019-11-13T11:00");
    let talk = SessionInput {
        kind: "special".into(),
        title: Localized::only("en", "A talk of Ana's"),
        speakers: Some(vec![programme::sessions::SpeakerInput {
            person: Some(ana),
            role: "speaker".into(),
            ..Default::default()
        }]),
        ..SessionInput::default()
    };
    let edition = c.edition.id;
    let made =
        sessions::create(&mut c.conn, &secretariat(), now(), &c.admissions, edition, &talk).expect("made");
    let mut put = |starts: &str| {
        let place = programme::scheduling::Placement {
            room: room.to_string(),
            starts: starts.into(),
            length_minutes: Some(60),
            ..Default::default()
        };
        programme::scheduling::place(
            &mut c.conn,
            &secretariat(),
            now(),
            &c.admissions,
            made.id,
            &place,
            None,
        )
        .expect("a free room");
        conflicts(&mut c)
    };

    assert_eq!(put("2019-11-13T10:00"), [("member_elsewhere", Severity::Warning)]);
    assert_eq!(put("2019-11-13T11:00"), []);
    let day = Some(kernel::LocalDate::on("2019-11-13"));
    let mut beside = |id| {
        let asked = programme::availability::of(&mut c.conn, &secretariat(), now(), &c.admissions, id, day);
        let everywhere = asked.expect("the desk asks").everywhere.into_iter();
        everywhere
            .map(|window| (window.from.clock(), window.until.clock(), window.why))
            .collect::<Vec<_>>()
    };
    let at = |from: &str, until: &str| vec![(from.to_owned(), until.to_owned(), "member_elsewhere")];
    assert_eq!(beside(made.id), at("09:00", "11:00"));
    assert_eq!(beside(finance.session), at("11:00", "12:00"));
}
