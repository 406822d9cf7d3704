//! Bodies and who sits in them.

use members::body_register;

use super::*;
use crate::{
    bodies::BodyInput,
    model::{BodyKind, SeatState},
};

#[test]
fn r116_the_bodies_are_there_once_and_each_is_named_by_another() {
    let mut c = congress();
    bodies::seed(&mut c.conn).expect("twice is once");

    let all = bodies::list(&mut c.conn).expect("listed");
    let named_by = |code: &str| {
        let body = all.iter().find(|body| body.code == code).expect("there");
        let by = body.appointed_by?;
        all.iter()
            .find(|body| body.id == by)
            .map(|body| body.code.as_str())
    };
    assert_eq!(all.len(), 6);
    assert_eq!(named_by("general_assembly"), None);
    assert_eq!(named_by("world_council"), Some("general_assembly"));
    assert_eq!(named_by("executive_bureau"), Some("world_council"));
    assert_eq!(named_by("presidency"), Some("world_council"));
    assert_eq!(
        named_by("financial_management_committee"),
        Some("executive_bureau")
    );
    assert_eq!(named_by("statutory_affairs_committee"), Some("executive_bureau"));
    assert_eq!(body_register::all(&mut c.conn).expect("registered").len(), 6);
}

#[test]
fn r116_no_body_comes_to_name_itself() {
    let mut c = congress();
    let staff = secretariat();
    let council = bodies::get(&mut c.conn, body_id("world_council")).expect("there");
    let input = BodyInput {
        name: council.name.clone(),
        appointed_by: Some(body_id("statutory_affairs_committee")),
        ..BodyInput::default()
    };
    let refused = bodies::edit(&mut c.conn, &staff, now(), council.id, &input, None);
    assert_eq!(refused.expect_err("refused").fields[0].code, "circular");
}

#[test]
fn a_body_is_added_and_changed_by_the_statutory_desk_alone() {
    let mut c = congress();
    let input = BodyInput {
        code: "electoral_commission".into(),
        name: Localized::only("en", "Electoral Commission"),
        kind: Some(BodyKind::Committee),
        seats: Some(5),
        appointed_by: Some(body_id("world_council")),
        ..BodyInput::default()
    };
    assert_eq!(
        code(bodies::create(&mut c.conn, &Actor::nobody(), now(), &input)),
        "sign_in_needed"
    );
    let other_desk = staff(Scope::Track("assembly".into()));
    assert_eq!(
        code(bodies::create(&mut c.conn, &other_desk, now(), &input)),
        "not_allowed"
    );
    let desk = staff(Scope::Track("statutory".into()));
    let body = bodies::create(&mut c.conn, &desk, now(), &input).expect("added");
    assert!(
        body_register::all(&mut c.conn)
            .expect("registered")
            .contains(&body.id)
    );
    assert_eq!(
        code(bodies::create(&mut c.conn, &desk, now(), &input)),
        "already_exists"
    );

    let renamed = BodyInput {
        name: Localized::only("en", "Commission"),
        ..input
    };
    let after = bodies::edit(&mut c.conn, &desk, now(), body.id, &renamed, Some(1)).expect("changed");
    assert_eq!((after.code.as_str(), after.version), ("electoral_commission", 2));
    assert_eq!(
        code(bodies::edit(
            &mut c.conn,
            &desk,
            now(),
            body.id,
            &renamed,
            Some(1)
        )),
        "stale"
    );
}

#[test]
fn r2_a_seat_makes_its_holder_of_the_body_until_it_ends() {
    let mut c = congress();
    let staff = secretariat();
    let ana = c.member("Ana");
    let bureau = body_id("executive_bureau");
    let named = roster::appoint(&mut c.conn, &staff, now(), bureau, &seat(ana)).expect("named");
    assert!(c.signed_in(ana).bodies().any(|body| body == bureau));
    assert_eq!(named.appointed_by, Some(body_id("world_council")));

    let later = now().plus_days(3);
    let ended = roster::end(&mut c.conn, &staff, later, named.id, Some(1)).expect("ended");
    assert_eq!((ended.state, ended.to_at), (SeatState::Ended, Some(later)));
    assert!(!c.signed_in_at(ana, later).bodies().any(|body| body == bureau));
    assert_eq!(
        code(roster::end(&mut c.conn, &staff, later, named.id, None)),
        "seat_over"
    );
    assert_eq!(
        roster::history(&mut c.conn, &staff, later, bureau)
            .expect("history")
            .len(),
        1
    );
}

#[test]
fn a_seat_to_come_stays_when_the_one_before_it_ends() {
    let mut c = congress();
    let staff = secretariat();
    let ana = c.member("Ana");
    let bureau = body_id("executive_bureau");
    let until = SeatInput {
        to_at: Some(now().plus_days(10)),
        ..seat(ana)
    };
    let next = SeatInput {
        from_at: Some(now().plus_days(20)),
        ..seat(ana)
    };
    let first = roster::appoint(&mut c.conn, &staff, now(), bureau, &until).expect("named");
    roster::appoint(&mut c.conn, &staff, now(), bureau, &next).expect("named again");
    roster::end(&mut c.conn, &staff, now().plus_days(1), first.id, None).expect("ended");

    let sits = |c: &mut Congress, day| {
        let at = now().plus_days(day);
        c.signed_in_at(ana, at).bodies().any(|body| body == bureau)
    };
    assert!(!sits(&mut c, 2) && sits(&mut c, 21));
}

#[test]
fn r161_nobody_is_named_to_the_general_assembly() {
    let mut c = congress();
    let ana = c.member("Ana");
    let staff = secretariat();
    let refused = roster::appoint(
        &mut c.conn,
        &staff,
        now(),
        body_id("general_assembly"),
        &seat(ana),
    );
    assert_eq!(code(refused), "computed_roster");

    let assembly = bodies::get(&mut c.conn, body_id("general_assembly")).expect("there");
    let ana = c.signed_in(ana);
    let other = c.of_city("Beto", None);
    let other = c.signed_in(other);
    assert!(roster::sits(&mut c.conn, &ana, &assembly, now()).expect("asked"));
    assert!(!roster::sits(&mut c.conn, &other, &assembly, now()).expect("asked"));
}

#[test]
fn a_body_has_no_more_holders_than_seats_and_nobody_twice() {
    let mut c = congress();
    let staff = secretariat();
    let input = BodyInput {
        code: "trio".into(),
        name: Localized::only("en", "Trio"),
        seats: Some(2),
        ..BodyInput::default()
    };
    let trio = bodies::create(&mut c.conn, &staff, now(), &input)
        .expect("added")
        .id;
    let (ana, ben, eva) = (c.person("Ana"), c.person("Ben"), c.person("Eva"));
    let mut name = |input: &SeatInput| roster::appoint(&mut c.conn, &staff, now(), trio, input);
    name(&seat(ana)).expect("the first");
    assert_eq!(code(name(&seat(ana))), "already_seated");
    let short = SeatInput {
        to_at: Some(now().plus_days(5)),
        ..seat(ben)
    };
    name(&short).expect("the second");
    assert_eq!(code(name(&seat(eva))), "no_seat_free");
    let after = SeatInput {
        from_at: Some(now().plus_days(5)),
        ..seat(eva)
    };
    name(&after).expect("once the second is free");

    let wrong = SeatInput {
        person: Some(Id::named("nobody")),
        to_at: Some(now().plus_days(-1)),
        appointed_by: Some(body_id("presidency")),
        basis: String::new(),
        ..SeatInput::default()
    };
    let fields: Vec<String> = name(&wrong)
        .expect_err("refused")
        .fields
        .into_iter()
        .map(|field| field.field)
        .collect();
    assert_eq!(fields, ["basis", "to_at", "person", "appointed_by"]);
}

#[test]
fn r1_a_roster_is_for_members() {
    let mut c = congress();
    let ana = c.member("Ana");
    let beto = c.of_city("Beto", None);
    c.seat("executive_bureau", ana);
    let (ana, beto) = (c.signed_in(ana), c.signed_in(beto));
    let bureau = body_id("executive_bureau");

    let seen = roster::list(&mut c.conn, &ana, now(), bureau).expect("listed");
    assert_eq!(seen[0].person_name, "Ana");
    for other in [beto, Actor::nobody()] {
        assert_eq!(
            code(roster::list(&mut c.conn, &other, now(), bureau)),
            "not_found"
        );
    }
}
