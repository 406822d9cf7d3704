//! What an edition sets besides its sessions: how grave conflicts are, ways between venues, when people are there. And that
//! whoever looks at a programme, by whatever way, finds the same.

use members::sheet::{self, Charset};
use proptest::{prelude::*, test_runner::TestRunner};

use super::*;
use crate::{
    arranging::{self, Arrangement, Move},
    conflicts::Check,
    draft, import_sessions,
    model::VenueId,
    presences::{self, PresenceInput, StretchInput},
    releases::{self, ReleaseInput},
    severities::{self, SeveritiesInput},
    travel::{self, TravelInput, Way},
    venues::{self, VenueInput},
};

fn told(found: &[Conflict]) -> Vec<(&'static str, &'static str)> {
    found
        .iter()
        .map(|conflict| (conflict.code, conflict.severity.code()))
        .collect()
}

fn speaking(it: &mut Congress, person: PersonId, title: &str, place: &Placement) -> Session {
    let mut input = about("special", title);
    input.speakers = Some(vec![by(person)]);
    let session = it.make(&input);
    it.put(session.id, place).expect("a free place").session
}

#[test]
fn an_edition_says_how_grave_a_conflict_is_and_what_refuses_a_move() {
    let mut it = congress();
    let (hall, room) = (it.hall, it.room);
    let chair = named("Chair", &mut it.conn);
    speaking(&mut it, chair, "One", &at(hall, "2019-11-13T09:00", 60));
    let other = speaking(&mut it, chair, "Other", &at(room, "2019-11-13T09:30", 60));
    let usual = it.conflicts();

    it.hold("person_conflict", "ignore");
    let ignored = it.conflicts();
    it.hold("person_conflict", "block_move");
    let held = it.conflicts();
    it.put(other.id, &at(room, "2019-11-13T11:00", 60)).expect("free");
    let refused = it.put(other.id, &at(room, "2019-11-13T09:45", 60));
    let mut with_a_reason = at(room, "2019-11-13T09:45", 60);
    with_a_reason.reason = "She opens the one and then walks over.".into();
    let placed = it.put(other.id, &with_a_reason).expect("with a reason");
    it.hold("person_conflict", "");

    assert_eq!(told(&usual), [("person_conflict", "block_release")]);
    assert_eq!(ignored, []);
    assert_eq!(told(&held), [("person_conflict", "block_move")]);
    assert_eq!(code(refused), "would_clash");
    assert!(placed.conflicts[0].waived.is_some());
    assert_eq!(told(&it.conflicts()), [("person_conflict", "block_release")]);
}

#[test]
fn r45_no_edition_lets_two_sessions_have_one_room() {
    let mut it = congress();
    let set = |it: &mut Congress, actor: &Actor, check: &str, severity: &str| {
        let input = SeveritiesInput {
            severities: [(check.to_owned(), severity.to_owned())].into(),
        };
        severities::set(&mut it.conn, actor, now(), it.edition.id, &input)
    };

    assert_eq!(
        wrong(set(&mut it, &secretariat(), "room_taken", "ignore")),
        [("severities.room_taken".to_owned(), "fixed_severity")]
    );
    assert_eq!(
        wrong(set(&mut it, &secretariat(), "no_such", "ignore")),
        [("severities.no_such".to_owned(), "unknown_choice")]
    );
    assert_eq!(
        wrong(set(&mut it, &secretariat(), "too_long", "grave")),
        [("severities.too_long".to_owned(), "unknown_choice")]
    );
    assert_eq!(
        set(&mut it, &desk("town_hall"), "too_long", "ignore").map_err(|fault| fault.kind),
        Err(Kind::Forbidden)
    );
    let all = severities::list(&mut it.conn, &secretariat(), now(), it.edition.id).expect("read");
    assert_eq!(all.len(), Check::ALL.len());
    assert!(all.iter().all(|terms| terms.severity == terms.usual));
}

#[test]
fn the_way_between_two_venues_takes_time() {
    let mut it = congress();
    let mut venue = |name: &str| -> VenueId {
        let input = VenueInput {
            name: Localized::only("en", name),
            ..VenueInput::default()
        };
        let made = venues::create(&mut it.conn, &secretariat(), now(), it.edition.id, &input);
        made.expect("a venue").id
    };
    let (harbour, city) = (venue("Harbour"), venue("City hall"));
    let mut room = |name: &str, venue: VenueId| {
        let input: RoomInput =
            serde_json::from_value(serde_json::json!({ "name": { "en": name }, "venue": venue }))
                .expect("a form");
        let made = rooms::create(&mut it.conn, &secretariat(), now(), it.edition.id, &input);
        made.expect("a room").id
    };
    let (here, there) = (room("Here", harbour), room("There", city));
    let speaker = named("Speaker", &mut it.conn);
    speaking(&mut it, speaker, "One", &at(here, "2019-11-13T09:00", 60));
    speaking(&mut it, speaker, "Other", &at(there, "2019-11-13T10:15", 60));
    let way = |minutes, other| TravelInput {
        ways: vec![Way {
            one: Some(city),
            other: Some(other),
            minutes,
        }],
    };
    let edition = it.edition.id;
    let mut set = |input: &TravelInput| {
        let set = travel::set(&mut it.conn, &secretariat(), now(), edition, input);
        set.map(|_| told(&it.conflicts()))
    };

    assert_eq!(set(&way(Some(15), harbour)), Ok(vec![]));
    assert_eq!(set(&way(Some(20), harbour)), Ok(vec![("travel_time", "warning")]));
    assert_eq!(set(&way(None, harbour)), Ok(vec![]));
    assert_eq!(
        wrong(set(&way(Some(20), city))),
        [("ways.0.other".to_owned(), "same_venue")]
    );
    assert_eq!(
        wrong(set(&way(Some(20), Id::named("nowhere")))),
        [("ways.0.other".to_owned(), "unknown")]
    );
}

#[test]
fn nobody_speaks_after_they_have_left() {
    let mut it = congress();
    let hall = it.hall;
    let speaker = named("Speaker", &mut it.conn);
    speaking(&mut it, speaker, "Farewell", &at(hall, "2019-11-13T09:00", 60));
    let edition = it.edition.id;
    let mut there = |person: PersonId, from: &str, until: &str| {
        let input = PresenceInput {
            stretches: vec![StretchInput {
                from: from.into(),
                until: until.into(),
            }],
        };
        let set = presences::set(&mut it.conn, &secretariat(), now(), edition, person, &input);
        set.map(|_| told(&it.conflicts()))
    };

    assert_eq!(there(speaker, "2019-11-11T08:00", "2019-11-13T10:00"), Ok(vec![]));
    assert_eq!(
        there(speaker, "2019-11-11T08:00", "2019-11-13T09:30"),
        Ok(vec![("person_away", "warning")])
    );
    assert_eq!(
        wrong(there(speaker, "2019-11-13T08:00", "2019-11-11T09:30")),
        [("stretches.0.until".to_owned(), "ends_before_start")]
    );
    assert_eq!(there(speaker, "", ""), Ok(vec![]));
    assert_eq!(
        code(there(Id::named("nobody"), "2019-11-11T08:00", "2019-11-13T10:00")),
        "not_found"
    );
}

#[test]
fn r59_the_same_domain_at_once_is_told_where_an_edition_asks_for_it() {
    let mut it = congress();
    let (hall, room) = (it.hall, it.room);
    let domain = crate::domains::list(&mut it.conn, it.edition.id).expect("read")[0]
        .code
        .clone();
    for (title, room) in [("One", hall), ("Other", room)] {
        let mut input = about("special", title);
        input.domain.clone_from(&domain);
        let session = it.make(&input);
        it.put(session.id, &at(room, "2019-11-13T09:00", 60))
            .expect("free");
    }

    let unasked = it.conflicts();
    it.hold("same_domain", "warning");

    assert_eq!(unasked, []);
    assert_eq!(told(&it.conflicts()), [("same_domain", "warning")]);
}

#[test]
fn what_is_attended_from_afar_too_asks_for_a_room_that_can_be_streamed_from() {
    let mut it = congress();
    let mut room = |known: &str| {
        let input: RoomInput = serde_json::from_value(serde_json::json!({
            "name": {"en": known}, "equipment": {"streaming": known},
        }))
        .expect("a form");
        let room = rooms::create(&mut it.conn, &secretariat(), now(), it.edition.id, &input);
        room.expect("a room").id
    };
    let (streamed, not, unsaid) = (room("yes"), room("no"), room("unknown"));
    let mut session = |attendance: &str| {
        let mut input = about("special", attendance);
        input.attendance = attendance.to_owned();
        it.make(&input).id
    };
    let (mixed, in_person) = (session("mixed"), session("in_person"));
    let mut found = |session, room, starts: &str| {
        let placed = it.put(session, &at(room, starts, 60)).expect("free");
        told(&placed.conflicts)
    };
    let warned = [("streaming_missing", "warning")];

    assert_eq!(found(mixed, not, "2019-11-13T09:00"), warned);
    assert_eq!(found(mixed, unsaid, "2019-11-13T09:00"), warned);
    assert_eq!(found(mixed, streamed, "2019-11-13T09:00"), []);
    assert_eq!(found(in_person, not, "2019-11-13T09:00"), []);
    it.hold("streaming_missing", "block_move");
    assert_eq!(
        code(it.put(mixed, &at(not, "2019-11-13T11:00", 60))),
        "would_clash"
    );
}

/// Where a session is put: which, in which room, at which quarter of an hour, how long, and by whom it is chaired.
type Put = (usize, usize, u32, i64);

fn puts() -> impl Strategy<Value = Vec<Put>> {
    prop::collection::vec((0..6_usize, 0..2_usize, 0..16_u32, 1..8_i64), 1..14)
}

/// R45, R59: whatever is asked for in whatever order, no two sessions have one room at once; and what a look at the board,
/// the desk's check, an import and the preview of a release find is the same.
#[test]
fn r59_board_import_and_release_agree_on_any_programme_and_no_overlap_survives() {
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let outcome = runner.run(&puts(), |puts| {
        let mut it = congress();
        let rooms = [it.hall, it.room];
        let chairs = [named("Ana", &mut it.conn), named("Eva", &mut it.conn)];
        let sessions: Vec<SessionId> = (0..6)
            .map(|number| {
                let mut input = about("special", &format!("Session {number}"));
                input.speakers = Some(vec![by(chairs[number % 2])]);
                it.make(&input).id
            })
            .collect();
        for (which, room, quarter, length) in puts {
            let starts = format!("2019-11-13T{:02}:{:02}", 9 + quarter / 4, quarter % 4 * 15);
            let placement = at(rooms[room], &starts, length * 15);
            let version = it.row(sessions[which]).version;
            let arrangement = Arrangement {
                moves: vec![Move {
                    session: Some(sessions[which]),
                    version: Some(version),
                    to: Some(placement.clone()),
                }],
                reason: String::new(),
            };
            let edition = it.edition.id;
            let looked = arranging::check(
                &mut it.conn,
                &secretariat(),
                now(),
                &it.open,
                edition,
                &arrangement,
            );
            let looked = looked.expect("looked at");
            let placed = it.put(sessions[which], &placement);
            match placed {
                Ok(placed) => {
                    prop_assert_eq!(looked.refusal.map(|fault| fault.code), None);
                    prop_assert_eq!(looked.conflicts, placed.conflicts);
                }
                Err(fault) => prop_assert_eq!(looked.refusal.map(|fault| fault.code), Some(fault.code)),
            }
        }
        let read = draft::read(&mut it.conn, it.edition.id).expect("read");
        let placed = read.placed();
        for (place, one) in placed.iter().enumerate() {
            for other in &placed[place + 1..] {
                let at_once = one.starts_at < other.ends_at && other.starts_at < one.ends_at;
                prop_assert!(
                    one.room != other.room || !at_once,
                    "{} and {}",
                    one.code,
                    other.code
                );
            }
        }
        let input = ReleaseInput::default();
        let edition = it.edition.id;
        let preview = releases::preview(
            &mut it.conn,
            &secretariat(),
            now(),
            &it.open,
            edition,
            input.only.as_deref(),
        );
        let found = it.conflicts();
        prop_assert_eq!(&preview.expect("a preview").conflicts, &found);
        let guids = read.sessions.iter().map(|session| session.guid.as_str());
        let table = ["guid"].into_iter().chain(guids).collect::<Vec<_>>().join("\n");
        let sheet = sheet::read(table.as_bytes(), Charset::Utf8).expect("a table");
        let Congress { conn, open, .. } = &mut it;
        let imported = conn.transaction(|conn| {
            import_sessions::import(conn, &secretariat(), now(), open, edition, &sheet, true)
        });
        prop_assert_eq!(&imported.expect("tried").conflicts, &found);
        Ok(())
    });
    outcome.expect("every programme");
}
