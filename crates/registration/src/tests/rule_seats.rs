//! What becomes of the seats of those who lose by a changed rule, and what it costs to tell beforehand.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use access_rules::{Role, Scope};
use diesel::connection::InstrumentationEvent;
use mail::model::LetterKind;
use people::standings::{self, Appointment};

use super::*;
use crate::{
    invitations::{self, InviteInput},
    model::LostSeats,
    rule_preview, rule_seats,
    tables::registrations as registered_rows,
};

fn of(session: SessionId, rule: Rule) -> RuleInput {
    RuleInput {
        scope: "session".into(),
        scope_ref: session.to_string(),
        act: "attend".into(),
        rule,
        reading: String::new(),
    }
}

fn appoint(conn: &mut Conn, actor: &Actor, role: Role) {
    let appointment = Appointment {
        person: actor.person.expect("a person"),
        role,
        scope: Scope::Everywhere,
        from: now(),
        to: None,
        basis: "test".into(),
        granted_by: None,
    };
    standings::appoint(conn, now(), &appointment).expect("appointed");
}

fn states(conn: &mut Conn, session: SessionId, people: &[(Actor, Registration)]) -> Vec<Option<SeatState>> {
    people
        .iter()
        .map(|(_, registration)| {
            seats::of_both(conn, session, registration.id)
                .expect("read")
                .map(|seat| seat.state)
        })
        .collect()
}

fn lost_letters(conn: &mut Conn) -> usize {
    let filter = mail::outbox::Filter {
        kind: Some(LetterKind::SeatLost),
        ..mail::outbox::Filter::default()
    };
    let ask = kernel::PageAsk::of(200);
    let found = mail::outbox::list(conn, &Actor::system(), now(), &filter, &ask).expect("the outbox");
    found.items.len()
}

/// Four in a session of two seats, the last of whom is of the press.
fn full(conn: &mut Conn) -> (Congress, SessionId, Vec<(Actor, Registration)>) {
    let congress = congress(conn);
    let people: Vec<(Actor, Registration)> =
        (0..4).map(|number| registered(conn, &congress, number)).collect();
    appoint(conn, &people[3].0, Role::PressOfficer);
    let session = session(conn, &congress, "A talk", "Small", "2019-11-13T09:00", Some(2));
    let everyone = of(session, Rule::any([Atom::Everyone]));
    rule_book::set(conn, &Actor::system(), now(), congress.edition, &everyone, None).expect("a rule");
    for (actor, _) in &people {
        let actor = reload(conn, actor);
        take_seat(conn, &actor, session).expect("seated or in line");
    }
    (congress, session, people)
}

#[test]
fn seats_of_those_who_lose_are_kept_or_go_to_the_next_in_line_and_each_is_told() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let (congress, session, people) = full(conn);
    let system = Actor::system();
    let none = Admissions::general_only();
    let press = of(session, Rule::any([Atom::Role(Role::PressOfficer)]));
    let anybody = of(session, Rule::any([Atom::Everyone]));
    let (seated, waits) = (Some(SeatState::Confirmed), Some(SeatState::Waiting));
    let set = |conn: &mut Conn, input: &RuleInput, lost| {
        rule_seats::set(conn, &none, &system, now(), congress.edition, input, None, lost)
            .expect("set")
            .1
    };

    let kept = set(conn, &press, LostSeats::Keep);
    let after_keeping = states(conn, session, &people);
    set(conn, &anybody, LostSeats::Keep);
    let told = set(conn, &press, LostSeats::Release);

    assert_eq!((kept.released, kept.kept), (0, 0));
    assert_eq!(after_keeping, [seated, seated, waits, waits]);
    assert_eq!((told.released, told.kept), (3, 0));
    let released = Some(SeatState::Released);
    let after = states(conn, session, &people);
    assert_eq!(after[..3], [released, released, released]);
    assert!(
        matches!(after[3], Some(SeatState::Confirmed | SeatState::Offered)),
        "the next in line who may has it: {after:?}"
    );
    assert_eq!(lost_letters(conn), 3, "one letter each");
    let acts = records::audit::list(
        conn,
        &records::audit::Filter {
            act: Some("seat.release_by_rule".into()),
            ..records::audit::Filter::default()
        },
        &kernel::PageAsk::of(200),
    )
    .expect("the audit");
    assert_eq!(acts.items.len(), 3, "each is in the log");
}

#[test]
fn a_rule_touches_the_seats_it_will_hold_for_and_no_others() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let (congress, ruled, people) = full(conn);
    let plain = session(conn, &congress, "Another", "Large", "2019-11-13T14:00", Some(9));
    for (actor, _) in &people {
        let actor = reload(conn, actor);
        take_seat(conn, &actor, plain).expect("a seat");
    }
    let (system, none) = (Actor::system(), Admissions::general_only());
    let of_kind = RuleInput {
        scope: "kind".into(),
        scope_ref: "special".into(),
        ..of(ruled, Rule::any([Atom::Role(Role::PressOfficer)]))
    };
    let before = states(conn, ruled, &people);

    let told = rule_preview::compare(conn, &system, now(), congress.edition, &of_kind).expect("told");
    let (_, done) = rule_seats::set(
        conn,
        &none,
        &system,
        now(),
        congress.edition,
        &of_kind,
        None,
        LostSeats::Release,
    )
    .expect("set");

    let seats: Vec<(SessionId, usize)> = told.seats.iter().map(|held| (held.session, held.seats)).collect();
    assert_eq!(seats, [(plain, 3)], "what has a rule of its own is not spoken of");
    assert_eq!((done.released, done.kept), (3, 0));
    let (seated, released) = (Some(SeatState::Confirmed), Some(SeatState::Released));
    assert_eq!(
        states(conn, plain, &people),
        [released, released, released, seated]
    );
    assert_eq!(states(conn, ruled, &people), before);
    assert_eq!(lost_letters(conn), 3);
}

#[test]
fn who_may_attend_by_an_invitation_keeps_the_seat() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let (congress, session, people) = full(conn);
    let system = Actor::system();
    conn.execute_batch("UPDATE sessions SET entry = 'invitation'")
        .expect("by invitation");
    let invited = InviteInput {
        person: people[0].0.person.expect("a person"),
        refuse: false,
    };
    invitations::invite(conn, &system, now(), session, &invited).expect("invited");
    let none = Admissions::general_only();
    let input = of(session, Rule::any([Atom::Invited]));

    let told = rule_preview::compare(conn, &system, now(), congress.edition, &input).expect("told");
    let (_, done) = rule_seats::set(
        conn,
        &none,
        &system,
        now(),
        congress.edition,
        &input,
        Some(told.version),
        LostSeats::Release,
    )
    .expect("set");

    assert_eq!(
        told.lose.people, 4,
        "what hangs on the session is not known to the comparison"
    );
    assert_eq!((done.released, done.kept), (3, 1));
    let after = states(conn, session, &people);
    assert_eq!(after[0], Some(SeatState::Confirmed));
}

/// So many more registered people, written as rows.
fn crowd(conn: &mut Conn, congress: &Congress, from: usize, until: usize) {
    let (_, like) = registered(conn, congress, from);
    for number in from + 1..until {
        let named = persons::NewPerson {
            given_name: "Ana".into(),
            family_name: format!("Example {number}"),
            ..persons::NewPerson::default()
        };
        let person = persons::create(conn, now(), &named).expect("a person");
        let row = Registration {
            id: Id::new(),
            person,
            account: None,
            number: None,
            ..like.clone()
        };
        db::on_each!(conn, |c| diesel::insert_into(registered_rows::table)
            .values(&row)
            .execute(c))
        .expect("a row");
    }
}

/// How many statements are run by this.
fn statements(conn: &mut Conn, run: impl FnOnce(&mut Conn)) -> usize {
    let counted = Arc::new(AtomicUsize::new(0));
    let counting = Arc::clone(&counted);
    let watch = move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { .. } = event {
            counting.fetch_add(1, Ordering::Relaxed);
        }
    };
    db::on_each!(conn, |c| diesel::Connection::set_instrumentation(c, watch));
    run(conn);
    let blind = |_: InstrumentationEvent<'_>| {};
    db::on_each!(conn, |c| diesel::Connection::set_instrumentation(c, blind));
    counted.load(Ordering::Relaxed)
}

#[test]
fn telling_who_gains_and_loses_among_five_thousand_asks_for_them_hundreds_at_a_time() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let congress = congress(conn);
    let session = session(conn, &congress, "A talk", "Hall", "2019-11-13T09:00", None);
    let input = of(session, Rule::any([Atom::Role(Role::PressOfficer)]));
    let compare = |conn: &mut Conn| {
        let told = rule_preview::compare(conn, &Actor::system(), now(), congress.edition, &input);
        assert!(told.expect("told").lose.people > 0);
    };

    conn.execute_batch("BEGIN").expect("begun");
    crowd(conn, &congress, 0, 100);
    let few = statements(conn, compare);
    crowd(conn, &congress, 100, 5_000);
    let many = statements(conn, compare);
    conn.execute_batch("COMMIT").expect("kept");

    // Ten strides of five hundred, each asked for with a few statements, whoever is in it.
    assert!(few < 40, "{few} statements for a hundred");
    assert!(
        many <= few + 50,
        "{few} statements for a hundred, {many} for five thousand"
    );
}
