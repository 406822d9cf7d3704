//! Registration on a real database: one congress, its people, a session with seats.

mod circulars;
mod delegations;
mod digest;
mod many_decisions;
mod rule_preview;
mod rule_seats;
mod searching;

use std::sync::Arc;

use access_rules::{Act, Actor, Atom, EditionId, Rule, SessionId, Tag};
use db::{Conn, testing};
use kernel::{Fault, Id, Kind, Language, Localized, Moment};
use people::{accounts, persons};
use programme::{
    admission::Admissions,
    editions::{self, EditionInput},
    model::EditionState,
    releases::{self, ReleaseInput},
    rooms::{self, RoomInput},
    rule_book::{self, RuleInput},
    scheduling::{self, Placement},
    session_form::SessionInput,
    sessions,
    tracks::{self, TrackInput},
};

use crate::{
    admissions, agenda, categories,
    lists::{self, Filter},
    model::{ForWhom, Registration, RegistrationState, SeatState, TrackState},
    needs::{self, NeedsInput},
    registrations::{self, BeginInput, DecisionInput, RegistrationInput},
    seats::{self, SeatInput},
    tables::{seat_counters, seats as seat_rows},
};
use diesel::prelude::*;

fn now() -> Moment {
    Moment::at("2019-11-12T08:00:00Z")
}

struct Congress {
    edition: EditionId,
    category: crate::model::CategoryId,
}

/// A congress open for registration, with a custom track whose attend rule asks for a member.
fn congress(conn: &mut Conn) -> Congress {
    let system = Actor::system();
    let input = EditionInput {
        slug: "durban-2019".into(),
        title: Localized::of("Durban 2019", "Durban 2019", "Durban 2019"),
        city: "Durban".into(),
        country: "ZA".into(),
        zone: "Africa/Johannesburg".into(),
        starts_on: "2019-11-11".into(),
        ends_on: "2019-11-15".into(),
        standard: true,
        ..EditionInput::default()
    };
    let edition = editions::create(conn, &system, now(), &input).expect("an edition");
    for state in [EditionState::Announced, EditionState::Open] {
        editions::step(conn, &system, now(), edition.id, state, None).expect("opened");
    }
    let track = TrackInput {
        code: "hosts".into(),
        title: Localized::only("en", "Hosts"),
        ..TrackInput::default()
    };
    tracks::create(conn, &system, now(), edition.id, &track).expect("a track");
    let rule = RuleInput {
        scope: "track".into(),
        scope_ref: "hosts".into(),
        act: "attend".into(),
        rule: Rule {
            all_of: vec![Atom::Registered],
            ..Rule::tags([Tag::UclgMember, Tag::Press])
        },
        reading: "test".into(),
    };
    rule_book::set(conn, &system, now(), edition.id, &rule, None).expect("a rule");
    categories::seed(conn, &system, now(), edition.id).expect("categories");
    let category = categories::all(conn, edition.id)
        .expect("categories")
        .into_iter()
        .find(|found| found.code == "individual")
        .expect("one")
        .id;
    Congress {
        edition: edition.id,
        category,
    }
}

fn person(conn: &mut Conn, number: usize) -> Actor {
    let named = persons::NewPerson {
        given_name: "Ana".into(),
        family_name: format!("Example {number}"),
        ..persons::NewPerson::default()
    };
    let person = persons::create(conn, now(), &named).expect("a person");
    let email = format!("ana{number}@example.org").parse().expect("address");
    let account = accounts::create(conn, now(), person, &email, Language::En).expect("an account");
    members::actors::load(conn, account.id, person, now()).expect("an actor")
}

fn reload(conn: &mut Conn, actor: &Actor) -> Actor {
    members::actors::load(
        conn,
        actor.account.expect("account"),
        actor.person.expect("person"),
        now(),
    )
    .expect("an actor")
}

fn draft(conn: &mut Conn, congress: &Congress, actor: &Actor, tracks: &[&str]) -> Registration {
    let begun = registrations::begin(
        conn,
        actor,
        now(),
        congress.edition,
        &BeginInput {
            for_whom: ForWhom::Myself,
            batch: None,
            language: None,
        },
    )
    .expect("begun");
    let input = RegistrationInput {
        given_name: "Ana".into(),
        family_name: "Example".into(),
        category: Some(congress.category),
        tracks: tracks.iter().map(|code| (*code).to_owned()).collect(),
        step: 3,
        ..RegistrationInput::default()
    };
    registrations::save(conn, actor, now(), begun.id, Some(begun.version), &input).expect("saved")
}

fn registered(conn: &mut Conn, congress: &Congress, number: usize) -> (Actor, Registration) {
    let actor = person(conn, number);
    let saved = draft(conn, congress, &actor, &[]);
    let sent = registrations::submit(conn, &actor, now(), saved.id, Some(saved.version)).expect("sent");
    (reload(conn, &actor), sent)
}

/// A released plenary with so many seats.
fn session(
    conn: &mut Conn,
    congress: &Congress,
    title: &str,
    room: &str,
    starts: &str,
    capacity: Option<i64>,
) -> SessionId {
    let system = Actor::system();
    let none = Admissions::general_only();
    let input = RoomInput {
        name: Localized::only("en", room),
        capacity: Some(1000),
        ..RoomInput::default()
    };
    let room = rooms::create(conn, &system, now(), congress.edition, &input)
        .expect("a room")
        .id;
    let input = SessionInput {
        kind: "special".into(),
        title: Localized::only("en", title),
        entry: if capacity.is_some() {
            "seat".into()
        } else {
            "walk_in".into()
        },
        capacity,
        length_minutes: Some(60),
        ..SessionInput::default()
    };
    let made = sessions::create(conn, &system, now(), &none, congress.edition, &input).expect("a session");
    let place = Placement {
        room: room.to_string(),
        starts: starts.into(),
        ..Placement::default()
    };
    scheduling::place(conn, &system, now(), &none, made.id, &place, None).expect("placed");
    let release = ReleaseInput::default();
    releases::publish(conn, &system, now(), &none, congress.edition, &release).expect("released");
    made.id
}

fn take_seat(conn: &mut Conn, actor: &Actor, session: SessionId) -> Result<seats::Reserved, Fault> {
    seats::reserve(conn, &Admissions::general_only(), actor, now(), session, &own())
}

fn own() -> SeatInput {
    SeatInput::default()
}

#[test]
fn r169_a_registration_goes_from_draft_to_confirmed_and_makes_a_participant() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);

    let (actor, sent) = registered(&mut conn, &congress, 1);

    assert_eq!(sent.state, RegistrationState::Confirmed);
    assert_eq!(sent.number.as_deref(), Some("DURBAN2019-00001"));
    assert_eq!(actor.registered().collect::<Vec<_>>(), vec![congress.edition]);
    let again = registrations::submit(&mut conn, &actor, now(), sent.id, None).expect_err("once only");
    assert_eq!((again.kind, again.code), (Kind::Conflict, "illegal_step"));

    let gone =
        registrations::cancel(&mut conn, &actor, now(), sent.id, Some(sent.version)).expect("cancelled");
    assert_eq!(gone.state, RegistrationState::Cancelled);
    assert_eq!(reload(&mut conn, &actor).registered().count(), 0);
}

#[test]
fn what_lacks_is_named_field_by_field_and_a_draft_is_kept() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let actor = person(&mut conn, 1);

    let begun = registrations::begin(
        &mut conn,
        &actor,
        now(),
        congress.edition,
        &BeginInput {
            for_whom: ForWhom::SomeoneElse,
            batch: None,
            language: Some(Language::Fr),
        },
    )
    .expect("begun");
    let refused = registrations::submit(&mut conn, &actor, now(), begun.id, None).expect_err("incomplete");

    let fields: Vec<&str> = refused.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields, vec!["given_name", "category"]);
    assert_eq!(
        registrations::get(&mut conn, &actor, now(), begun.id)
            .expect("kept")
            .state,
        RegistrationState::Draft
    );
}

#[test]
fn one_address_registers_several_people_and_duplicates_are_not_blocked() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let assistant = person(&mut conn, 1);

    for number in 0..3 {
        let begun = registrations::begin(
            &mut conn,
            &assistant,
            now(),
            congress.edition,
            &BeginInput {
                for_whom: ForWhom::Group,
                batch: None,
                language: None,
            },
        )
        .expect("begun");
        let input = RegistrationInput {
            given_name: "Same".into(),
            family_name: "Name".into(),
            category: Some(congress.category),
            step: number,
            ..RegistrationInput::default()
        };
        let saved = registrations::save(
            &mut conn,
            &assistant,
            now(),
            begun.id,
            Some(begun.version),
            &input,
        )
        .expect("saved");
        let sent =
            registrations::submit(&mut conn, &assistant, now(), begun.id, Some(saved.version)).expect("sent");
        assert_eq!(sent.state, RegistrationState::Confirmed);
        assert_eq!(sent.email.as_str(), "ana1@example.org");
    }
    assert_eq!(
        registrations::mine(&mut conn, &assistant, congress.edition)
            .expect("mine")
            .len(),
        3
    );
}

#[test]
fn r176_who_a_decided_registration_is_for_is_not_changed_any_more() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let (actor, sent) = registered(&mut conn, &congress, 1);

    let refused = registrations::save(
        &mut conn,
        &actor,
        now(),
        sent.id,
        Some(sent.version),
        &RegistrationInput::default(),
    )
    .expect_err("locked");

    assert_eq!((refused.kind, refused.code), (Kind::Conflict, "identity_locked"));
}

#[test]
fn another_persons_registration_does_not_exist_for_a_stranger() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let (_, sent) = registered(&mut conn, &congress, 1);
    let stranger = person(&mut conn, 2);

    let hidden = registrations::get(&mut conn, &stranger, now(), sent.id).expect_err("hidden");
    let absent = registrations::get(&mut conn, &stranger, now(), Id::new()).expect_err("absent");

    assert_eq!(hidden, absent);
    assert_eq!(hidden, Fault::not_found());
}

#[test]
fn r171_a_full_category_puts_the_next_in_line_by_rank_without_gaps() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    on_each_set_places(&mut conn, congress.category, 2);

    let ranks: Vec<(RegistrationState, Option<i64>)> = (0..5)
        .map(|number| registered(&mut conn, &congress, number).1)
        .map(|sent| (sent.state, sent.rank))
        .collect();

    let confirmed = (RegistrationState::Confirmed, None);
    assert_eq!(ranks[..2], [confirmed, confirmed]);
    assert_eq!(
        ranks[2..].iter().map(|(_, rank)| *rank).collect::<Vec<_>>(),
        vec![Some(1), Some(2), Some(3)]
    );
}

fn on_each_set_places(conn: &mut Conn, category: crate::model::CategoryId, places: i64) {
    use crate::tables::categories::dsl;
    db::on_each!(conn, |c| diesel::update(dsl::categories.find(category))
        .set(dsl::places_max.eq(Some(places)))
        .execute(c))
    .expect("set");
}

#[test]
fn a_track_is_decided_again_when_what_somebody_is_changes() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let actor = person(&mut conn, 1);
    let saved = draft(&mut conn, &congress, &actor, &["hosts"]);
    let sent = registrations::submit(&mut conn, &actor, now(), saved.id, Some(saved.version)).expect("sent");
    let state = |conn: &mut Conn| {
        let held = admissions::of_registration(conn, sent.id).expect("held");
        (held[0].state, held[0].why.clone())
    };
    assert_eq!(state(&mut conn), (TrackState::Refused, "audience".to_owned()));

    people::tags::give(
        &mut conn,
        actor.person.expect("person"),
        Tag::Press,
        now(),
        None,
        "test",
    )
    .expect("given");
    let payload = serde_json::json!({ "person": actor.person });
    admissions::redecide(&mut conn, now(), &payload).expect("decided again");

    assert_eq!(state(&mut conn), (TrackState::Admitted, String::new()));
}

#[test]
fn r181_needs_are_kept_only_with_consent_and_erased_after_the_congress() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let actor = person(&mut conn, 1);
    let saved = draft(&mut conn, &congress, &actor, &[]);
    let wanted = |consent| RegistrationInput {
        given_name: "Ana".into(),
        family_name: "Example".into(),
        category: Some(congress.category),
        needs: Some(NeedsInput {
            diet: "No nuts".into(),
            consent,
            ..NeedsInput::default()
        }),
        ..RegistrationInput::default()
    };

    let refused = registrations::save(&mut conn, &actor, now(), saved.id, None, &wanted(false))
        .expect_err("no consent");
    assert_eq!(refused.code, "consent_needed");
    let version = registrations::get(&mut conn, &actor, now(), saved.id)
        .expect("there")
        .version;
    registrations::save(&mut conn, &actor, now(), saved.id, Some(version), &wanted(true)).expect("kept");
    assert_eq!(
        needs::get(&mut conn, &actor, now(), saved.id)
            .expect("own")
            .map(|kept| kept.diet),
        Some("No nuts".to_owned())
    );

    assert_eq!(
        needs::erase_due(&mut conn, now(), "2019-12-15".parse().expect("day")).expect("run"),
        0
    );
    assert_eq!(
        needs::erase_due(&mut conn, now(), "2019-12-16".parse().expect("day")).expect("run"),
        1
    );
    assert_eq!(needs::get(&mut conn, &actor, now(), saved.id).expect("own"), None);
}

#[test]
fn needs_said_anew_are_not_changed_by_who_has_those_that_were_erased_still_open() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let congress = congress(conn);
    let (actor, registration) = registered(conn, &congress, 1);
    let id = registration.id;
    let said = |diet: &str| NeedsInput {
        diet: diet.into(),
        consent: true,
        ..NeedsInput::default()
    };
    let state = |conn: &mut Conn, seconds: i64, version: i64, input: &NeedsInput| {
        needs::state(
            conn,
            &actor,
            now().plus_seconds(seconds),
            id,
            Some(version),
            input,
        )
    };
    let first = state(conn, 0, needs::NEVER_SAID, &said("No nuts"));
    let first = first.expect("said").expect("kept").version;

    let gone = state(conn, 1, first, &NeedsInput::default()).expect("erased");
    let anew = state(conn, 2, needs::NEVER_SAID, &said("No fish"));
    let anew = anew.expect("said").expect("kept").version;
    let old_tab = state(conn, 3, first, &said("No nuts")).expect_err("of what was erased");
    let edited = state(conn, 4, anew, &said("No fish, no nuts"));

    assert_eq!(gone, None);
    assert_eq!(old_tab.kind, Kind::Stale);
    let edited = edited.expect("said").expect("kept");
    assert_eq!(
        (edited.version, edited.diet.as_str()),
        (anew + 1, "No fish, no nuts")
    );
}

#[test]
fn r22_no_list_and_no_role_but_the_purposes_own_reads_needs() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let actor = person(&mut conn, 1);
    let saved = draft(&mut conn, &congress, &actor, &[]);
    let input = RegistrationInput {
        given_name: "Ana".into(),
        family_name: "Example".into(),
        category: Some(congress.category),
        needs: Some(NeedsInput {
            diet: "Sesame-secret".into(),
            consent: true,
            ..NeedsInput::default()
        }),
        ..RegistrationInput::default()
    };
    let saved =
        registrations::save(&mut conn, &actor, now(), saved.id, Some(saved.version), &input).expect("saved");
    registrations::submit(&mut conn, &actor, now(), saved.id, Some(saved.version)).expect("sent");
    let staff = |role| Actor {
        account: Some(Id::new()),
        person: None,
        standings: vec![access_rules::Standing {
            role,
            scope: access_rules::Scope::Everywhere,
        }],
        ..Actor::nobody()
    };

    for (role, reads) in [
        (access_rules::Role::Registrar, true),
        (access_rules::Role::CareDesk, true),
        (access_rules::Role::Secretariat, false),
        (access_rules::Role::PlatformAdmin, false),
    ] {
        assert_eq!(
            needs::get(&mut conn, &staff(role), now(), saved.id).is_ok(),
            reads,
            "{role}"
        );
    }
    let table = lists::sheet(
        &mut conn,
        &staff(access_rules::Role::Secretariat),
        now(),
        congress.edition,
        &Filter::default(),
    )
    .expect("a table");
    // The rows are what every format is written of.
    let table = format!("{table:?}");
    assert!(
        table.contains("Example") && !table.contains("Sesame-secret"),
        "{table}"
    );
}

#[test]
fn seats_are_for_sessions_that_count_them_and_agendas_for_the_others() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let walked = session(
        &mut conn,
        &congress,
        "Walk in",
        "Hall A",
        "2019-11-13T09:00",
        None,
    );
    let counted = session(
        &mut conn,
        &congress,
        "Counted",
        "Hall B",
        "2019-11-13T09:30",
        Some(5),
    );
    let (actor, _) = registered(&mut conn, &congress, 1);

    assert_eq!(
        take_seat(&mut conn, &actor, walked).expect_err("walk in").code,
        "walk_in"
    );
    assert_eq!(
        agenda::add(&mut conn, &actor, now(), counted)
            .expect_err("seat")
            .code,
        "use_seat"
    );
    agenda::add(&mut conn, &actor, now(), walked).expect("added");
    let reserved = take_seat(&mut conn, &actor, counted).expect("reserved");
    assert_eq!(reserved.seat.state, SeatState::Confirmed);

    let lines = agenda::of(&mut conn, &actor, congress.edition).expect("agenda");
    assert_eq!(
        lines
            .iter()
            .map(|line| (line.session, line.clashes.clone()))
            .collect::<Vec<_>>(),
        vec![(walked, vec![counted]), (counted, vec![walked])]
    );
}

#[test]
fn r168_who_is_not_registered_reserves_nothing() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let counted = session(
        &mut conn,
        &congress,
        "Counted",
        "Hall B",
        "2019-11-13T09:30",
        Some(5),
    );
    let stranger = person(&mut conn, 1);

    let refused = take_seat(&mut conn, &stranger, counted).expect_err("not registered");
    assert_eq!(
        (refused.kind, refused.code, refused.remedy),
        (Kind::Forbidden, "not_registered", Some("register"))
    );
    assert_eq!(
        take_seat(&mut conn, &Actor::nobody(), counted)
            .expect_err("nobody")
            .kind,
        Kind::SignInNeeded
    );
}

#[test]
fn r54_a_seat_given_back_is_offered_to_the_first_in_line_then_to_the_next() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let counted = session(
        &mut conn,
        &congress,
        "Counted",
        "Hall B",
        "2019-11-14T09:30",
        Some(1),
    );
    let people: Vec<Actor> = (0..3)
        .map(|number| registered(&mut conn, &congress, number).0)
        .collect();
    let reserve = |conn: &mut Conn, actor: &Actor| take_seat(conn, actor, counted).expect("reserved");
    assert_eq!(reserve(&mut conn, &people[0]).seat.state, SeatState::Confirmed);
    assert_eq!(reserve(&mut conn, &people[1]).place, Some(1));
    let third = reserve(&mut conn, &people[2]);
    assert_eq!((third.place, third.seat.rank), (Some(2), Some(2)));

    seats::release(&mut conn, &people[0], now(), counted, &own()).expect("given back");
    let mine = |conn: &mut Conn, actor: &Actor| {
        seats::mine(conn, actor, now(), counted, &own())
            .expect("mine")
            .expect("there")
            .seat
    };
    let offered = mine(&mut conn, &people[1]);
    assert_eq!(
        (offered.state, offered.offered_until),
        (SeatState::Offered, Some(now().plus_minutes(30)))
    );
    let jumped = take_seat(&mut conn, &people[0], counted).expect("again");
    assert_eq!(jumped.seat.state, SeatState::Waiting, "nobody jumps the line");

    assert_eq!(seats::expire(&mut conn, now().plus_minutes(31)).expect("run"), 1);
    assert_eq!(mine(&mut conn, &people[1]).state, SeatState::Lapsed);
    assert_eq!(
        seats::accept(
            &mut conn,
            &Admissions::general_only(),
            &people[1],
            now().plus_minutes(32),
            counted,
            &own()
        )
        .expect_err("over")
        .code,
        "offer_over"
    );
    let taken = seats::accept(
        &mut conn,
        &Admissions::general_only(),
        &people[2],
        now().plus_minutes(32),
        counted,
        &own(),
    )
    .expect("taken");
    assert_eq!(taken.seat.state, SeatState::Confirmed);
}

#[test]
fn r55_a_right_taken_away_takes_the_reservation_away() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let counted = session(
        &mut conn,
        &congress,
        "Counted",
        "Hall B",
        "2019-11-14T09:30",
        Some(1),
    );
    let rule = RuleInput {
        scope: "session".into(),
        scope_ref: counted.to_string(),
        act: Act::Attend.to_string(),
        rule: Rule::tags([Tag::UclgMember]),
        reading: "test".into(),
    };
    rule_book::set(&mut conn, &Actor::system(), now(), congress.edition, &rule, None).expect("a rule");
    let (actor, _) = registered(&mut conn, &congress, 1);

    let refused = take_seat(&mut conn, &actor, counted).expect_err("not a member");

    assert_eq!((refused.kind, refused.code), (Kind::Forbidden, "audience"));
}

#[test]
fn r54_five_hundred_at_once_for_a_hundred_seats_confirm_a_hundred_and_rank_the_rest_without_gaps() {
    let test = testing::fresh_with(db::Settings {
        writers: 8,
        ..db::Settings::usual()
    });
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let counted = session(
        &mut conn,
        &congress,
        "Counted",
        "Hall B",
        "2019-11-14T09:30",
        Some(100),
    );
    let actors: Arc<Vec<Actor>> = Arc::new(
        test.write("people", move |conn| {
            Ok((0..500)
                .map(|number| registered(conn, &congress, number).0)
                .collect::<Vec<_>>())
        })
        .expect("people"),
    );

    let (send, receive) = std::sync::mpsc::channel();
    for number in 0..actors.len() {
        let (send, actors) = (send.clone(), Arc::clone(&actors));
        test.submit_write(
            "reserve",
            db::Isolation::Guarded,
            move |conn| take_seat(conn, &actors[number], counted),
            move |answer| drop(send.send(answer)),
        );
    }
    drop(send);
    let answers: Vec<_> = receive
        .iter()
        .map(|answer| answer.expect("reserved").seat)
        .collect();

    let confirmed = answers
        .iter()
        .filter(|seat| seat.state == SeatState::Confirmed)
        .count();
    let mut ranks: Vec<i64> = answers
        .iter()
        .filter(|seat| seat.state == SeatState::Waiting)
        .filter_map(|seat| seat.rank)
        .collect();
    ranks.sort_unstable();
    assert_eq!((answers.len(), confirmed), (500, 100));
    assert_eq!(ranks, (1..=400).collect::<Vec<i64>>());
    let counter: (i64, i64) = db::on_each!(&mut conn, |c| seat_counters::table
        .find(counted)
        .select((seat_counters::taken, seat_counters::waiting))
        .first(c))
    .expect("counter");
    let rows: i64 = db::on_each!(&mut conn, |c| seat_rows::table
        .filter(seat_rows::state.eq(SeatState::Confirmed))
        .count()
        .get_result(c))
    .expect("count");
    assert_eq!((counter, rows), ((100, 400), 100));
}

#[test]
fn who_looks_after_registrations_refuses_with_a_reason_only() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let congress = congress(&mut conn);
    let press = categories::all(&mut conn, congress.edition)
        .expect("categories")
        .into_iter()
        .find(|found| found.code == "press")
        .expect("press");
    let actor = person(&mut conn, 1);
    let saved = draft(
        &mut conn,
        &Congress {
            category: press.id,
            ..congress
        },
        &actor,
        &[],
    );
    let sent = registrations::submit(&mut conn, &actor, now(), saved.id, Some(saved.version)).expect("sent");
    assert_eq!(sent.state, RegistrationState::PendingReview);
    let system = Actor::system();

    let bare = registrations::decide(
        &mut conn,
        &system,
        now(),
        sent.id,
        None,
        &DecisionInput::default(),
    )
    .expect_err("no reason");
    assert_eq!(bare.code, "reason_needed");
    assert_eq!(
        registrations::decide(
            &mut conn,
            &actor,
            now(),
            sent.id,
            None,
            &DecisionInput {
                accept: true,
                reason: String::new()
            }
        )
        .expect_err("not theirs")
        .kind,
        Kind::Forbidden
    );
    let accepted = registrations::decide(
        &mut conn,
        &system,
        now(),
        sent.id,
        Some(sent.version),
        &DecisionInput {
            accept: true,
            reason: String::new(),
        },
    )
    .expect("accepted");

    assert_eq!(accepted.state, RegistrationState::Confirmed);
    assert!(reload(&mut conn, &actor).is(Tag::Press));
}

#[test]
fn a_room_with_fewer_seats_than_are_reserved_blocks_the_release() {
    let database = testing::fresh();
    let mut conn = database.conn();
    let congress = congress(&mut conn);
    let (ana, _) = registered(&mut conn, &congress, 1);
    let (eva, _) = registered(&mut conn, &congress, 2);
    let talk = session(&mut conn, &congress, "Talk", "Hall", "2019-11-13T09:00", Some(10));
    for actor in [&ana, &eva] {
        take_seat(&mut conn, actor, talk).expect("a seat");
    }
    let input = RoomInput {
        name: Localized::only("en", "Cupboard"),
        capacity: Some(1),
        ..RoomInput::default()
    };
    let system = Actor::system();
    let watched = Admissions::general_only().watched_by(crate::lookout::ReservedSeats);
    let cupboard = rooms::create(&mut conn, &system, now(), congress.edition, &input).expect("a room");
    let place = Placement {
        room: cupboard.id.to_string(),
        starts: "2019-11-13T09:00".into(),
        ..Placement::default()
    };

    let placed = scheduling::place(&mut conn, &system, now(), &watched, talk, &place, None).expect("free");
    let release = ReleaseInput::default();
    let refused = releases::publish(&mut conn, &system, now(), &watched, congress.edition, &release);

    let over = placed
        .conflicts
        .iter()
        .find(|conflict| conflict.code == "reserved_over_room");
    let over = over.expect("told with the move");
    assert_eq!(
        (&over.facts["taken"], &over.facts["seats"]),
        (&2.into(), &1.into())
    );
    assert_eq!(refused.expect_err("blocked").code, "conflicts_left");
}
