//! Delegations: who may, for how long, and what stays of whom a focal point had typed.

use std::thread;

use access_rules::{OrganisationId, Role, Scope, Standing};
use members::{
    model::OrganisationKind,
    organisations::{self, OrganisationInput},
};

use super::*;
use crate::{
    delegate_take_over,
    delegates::{self, DelegateInput, Line},
    delegation_quotas::{self, QuotaInput},
    model::RegistrationId,
};

struct Sending {
    congress: Congress,
    organisation: OrganisationId,
    focal: Actor,
}

/// An organisation that may send ten, and its focal point.
fn sending(conn: &mut Conn) -> Sending {
    let congress = congress(conn);
    let input = OrganisationInput {
        name: "Thornveld".into(),
        kind: Some(OrganisationKind::City),
        country: "ZA".into(),
        ..OrganisationInput::default()
    };
    let system = Actor::system();
    let organisation = organisations::create(conn, &system, now(), &input)
        .expect("made")
        .id;
    let quota = QuotaInput {
        organisation: Some(organisation),
        category: Some(congress.category),
        places_max: Some(10),
    };
    delegation_quotas::set(conn, &system, now(), congress.edition, &quota).expect("a quota");
    let mut focal = person(conn, 1);
    focal.standings.push(Standing {
        role: Role::FocalPoint,
        scope: Scope::Organisation(organisation),
    });
    Sending {
        congress,
        organisation,
        focal,
    }
}

fn input(it: &Sending, name: &str, email: &str) -> DelegateInput {
    DelegateInput {
        given_name: name.into(),
        family_name: "Dube".into(),
        email: email.into(),
        position_title: "Mayor of Thornveld".into(),
        category: Some(it.congress.category),
        ..DelegateInput::default()
    }
}

fn sent(conn: &mut Conn, it: &Sending, name: &str, email: &str) -> Line {
    let input = input(it, name, email);
    delegates::add(
        conn,
        &it.focal,
        now(),
        it.congress.edition,
        it.organisation,
        &input,
    )
    .expect("sent")
}

/// Somebody with an account whose address was proved.
fn proved(conn: &mut Conn, number: usize) -> Actor {
    let actor = person(conn, number);
    accounts::verified(conn, now(), actor.account.expect("account")).expect("verified");
    actor
}

/// In a transaction of its own, as the site does it.
fn accept(conn: &mut Conn, actor: &Actor, id: RegistrationId) -> Result<Registration, Fault> {
    conn.transaction(|conn| delegate_take_over::accept(conn, actor, now(), id))
}

fn code<T: std::fmt::Debug>(answer: Result<T, Fault>) -> &'static str {
    answer.expect_err("a refusal").code
}

#[test]
fn a_token_takes_over_what_it_has_the_scope_for() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = sending(conn);
    let line = sent(conn, &it, "Thandeka", "ana2@example.org");
    let actor = proved(conn, 2);
    let reading = Actor {
        token_scopes: Some(vec!["programme".into()]),
        ..actor.clone()
    };

    let offers = delegate_take_over::offers(conn, &reading, now(), it.congress.edition);
    let taken = accept(conn, &reading, line.registration.id);

    assert_eq!((code(offers), code(taken)), ("scope", "scope"));
    let offers = delegate_take_over::offers(conn, &actor, now(), it.congress.edition).expect("offers");
    assert_eq!(offers.len(), 1);
    accept(conn, &actor, line.registration.id).expect("taken over");
}

#[test]
fn who_is_focal_point_no_more_minds_no_delegate() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = sending(conn);
    let id = sent(conn, &it, "Thandeka", "mayor@example.org").registration.id;
    let former = Actor {
        standings: Vec::new(),
        ..it.focal.clone()
    };
    assert!(registrations::get(conn, &it.focal, now(), id).is_ok());

    let read = registrations::get(conn, &former, now(), id);
    let needs = needs::get(conn, &former, now(), id);
    let cancelled = registrations::cancel(conn, &former, now(), id, None);
    let withdrawn = delegates::withdraw(conn, &former, now(), id, None);

    assert_eq!(
        [code(read), code(needs), code(cancelled), code(withdrawn)],
        ["not_found"; 4]
    );
    let made = registrations::mine(conn, &former, it.congress.edition).expect("theirs");
    assert_eq!(made, []);
    delegates::withdraw(conn, &it.focal, now(), id, None).expect("by who minds them");
}

#[test]
fn who_is_registered_takes_no_second_registration_over() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = sending(conn);
    let line = sent(conn, &it, "Thandeka", "ana2@example.org");
    let actor = proved(conn, 2);
    let own = draft(conn, &it.congress, &actor, &[]);
    let own = registrations::submit(conn, &actor, now(), own.id, None).expect("sent");

    let refused = accept(conn, &actor, line.registration.id);
    // As it is for who was not there yet when the other looked.
    let theirs = Registration {
        person: own.person,
        ..line.registration.clone()
    };
    let late = conn.transaction(|conn| registrations::make_theirs(conn, &line.registration, theirs));

    for refused in [refused, late] {
        let fault = refused.expect_err("a second one");
        assert_eq!(fault.code, "already_registered");
        assert_eq!(fault.facts["number"], own.number.clone().expect("a number"));
    }
    registrations::cancel(conn, &actor, now(), own.id, None).expect("cancelled");
    accept(conn, &actor, line.registration.id).expect("taken over");
}

#[test]
fn two_offers_taken_over_at_once_make_one_registration() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = sending(conn);
    let ids = ["Thandeka", "Bongani"].map(|name| sent(conn, &it, name, "ana2@example.org").registration.id);
    let actor = proved(conn, 2);

    let codes: Vec<&str> = std::thread::scope(|scope| {
        let take = |id| {
            let (test, actor) = (&test, &actor);
            scope.spawn(move || {
                accept(&mut test.conn(), actor, id).map_or_else(|fault| fault.code, |_| "done")
            })
        };
        let both = ids.map(take);
        both.into_iter()
            .map(|one| one.join().expect("answered"))
            .collect()
    });

    assert_eq!(
        codes.iter().filter(|code| **code == "done").count(),
        1,
        "{codes:?}"
    );
    assert!(codes.contains(&"already_registered"), "{codes:?}");
}

#[test]
fn nobody_is_named_twice_even_by_an_edit() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = sending(conn);
    sent(conn, &it, "Thandeka", "mayor@example.org");
    let other = sent(conn, &it, "Bongani", "bongani@example.org").registration.id;
    let (same, own) = (
        input(&it, "Thandeka", "mayor@example.org"),
        input(&it, "Bongani", "bongani@example.org"),
    );

    let added = delegates::add(
        conn,
        &it.focal,
        now(),
        it.congress.edition,
        it.organisation,
        &same,
    );
    let edited = delegates::edit(conn, &it.focal, now(), other, &same, None);

    assert_eq!([code(added), code(edited)], ["delegate_twice"; 2]);
    delegates::edit(conn, &it.focal, now(), other, &own, None).expect("as they were");
}

/// What is known by name of a person: their own, the words of their positions, and whether the log can still tell.
fn known(conn: &mut Conn, person: access_rules::PersonId) -> (String, Vec<String>, bool) {
    let held = members::positions::all_of(conn, person).expect("positions");
    let keys = records::person_keys::all(conn).expect("keys");
    let is_gone = keys
        .iter()
        .any(|key| key.person == person.cast() && key.destroyed_at.is_some());
    (
        persons::get(conn, person).expect("there").name(),
        held.into_iter().map(|held| held.title).collect(),
        is_gone,
    )
}

#[test]
fn who_was_only_typed_has_no_name_once_nobody_is_meant_by_it() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = sending(conn);
    let taken = sent(conn, &it, "Thandeka", "ana2@example.org").registration;
    let replaced = sent(conn, &it, "Bongani", "bongani@example.org").registration;
    let gone = sent(conn, &it, "Sipho", "sipho@example.org").registration;
    let title = vec!["Mayor of Thornveld".to_owned()];
    assert_eq!(known(conn, gone.person), ("Sipho Dube".into(), title, false));
    let actor = proved(conn, 2);

    accept(conn, &actor, taken.id).expect("taken over");
    let next = input(&it, "Zola", "zola@example.org");
    let next = delegates::substitute(conn, &it.focal, now(), replaced.id, &next, None).expect("sent instead");
    let left = delegates::withdraw(conn, &it.focal, now(), gone.id, None).expect("withdrawn");

    for typed in [&taken, &replaced, &gone] {
        let pseudonym = people::personal::pseudonym(typed.person);
        assert_eq!(known(conn, typed.person), (pseudonym, vec![String::new()], true));
    }
    assert_eq!(
        left.registration.email.as_str(),
        people::personal::nowhere(gone.person)
    );
    assert!(!left.registration.search_key.contains("sipho"));
    // Who is sent, and who has an account, keep theirs.
    assert_eq!(known(conn, next.registration.person).0, "Zola Dube");
    delegates::withdraw(conn, &it.focal, now(), taken.id, None).expect("withdrawn");
    assert_eq!(known(conn, actor.person.expect("person")).0, "Ana Example 2");
}

/// Names somebody in the one place there is, and takes them out again.
fn in_and_out(conn: &mut Conn, it: &Sending, at: i64) -> Result<(), Fault> {
    let input = input(it, &format!("P{at}"), &format!("p{at}@example.org"));
    let (edition, organisation) = (it.congress.edition, it.organisation);
    let line = delegates::add(conn, &it.focal, now(), edition, organisation, &input)?;
    delegates::withdraw(conn, &it.focal, now(), line.registration.id, None).map(drop)
}

#[test]
fn one_place_is_no_letter_to_everybody() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = sending(conn);
    // As many as there are places are named freely, and then so many more in an hour.
    let most = 10 + delegates::ADDRESSES_MOST.0;
    for at in 0..most {
        in_and_out(conn, &it, at).expect("within the bound");
    }

    let one_more = conn.transaction(|conn| in_and_out(conn, &it, most));

    assert_eq!(code(one_more), "too_many");
    let quota = delegation_quotas::of(conn, it.congress.edition, it.organisation).expect("read");
    assert_eq!(quota[0].taken, 0);
}

#[test]
fn of_two_who_name_somebody_for_the_last_place_one_is_told_that_there_is_none() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = sending(conn);
    for at in 0..9 {
        sent(conn, &it, &format!("P{at}"), &format!("p{at}@example.org"));
    }
    let last = |name: &str| {
        let (input, mut conn) = (input(&it, name, &format!("{name}@example.org")), test.conn());
        let (edition, organisation) = (it.congress.edition, it.organisation);
        conn.transaction(|conn| delegates::add(conn, &it.focal, now(), edition, organisation, &input))
            .map(|line| line.given_name)
    };

    let (one, other) = thread::scope(|scope| {
        let (one, other) = (scope.spawn(|| last("One")), scope.spawn(|| last("Other")));
        (one.join().expect("answered"), other.join().expect("answered"))
    });

    assert_ne!(one.is_ok(), other.is_ok(), "{one:?} {other:?}");
    assert_eq!(code(if one.is_ok() { other } else { one }), "quota_full");
    let quota = delegation_quotas::of(conn, it.congress.edition, it.organisation).expect("read");
    assert_eq!((quota[0].taken, quota[0].places_max), (10, 10));
}

#[test]
fn one_account_changes_only_so_many_addresses_in_an_hour() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = sending(conn);
    let id = sent(conn, &it, "Thandeka", "mayor@example.org").registration.id;
    let mut to = |address: &str| {
        let input = input(&it, "Thandeka", address);
        delegates::edit(conn, &it.focal, now(), id, &input, None)
    };
    for at in 0..delegates::ADDRESSES_MOST.0 {
        to(&format!("mayor{at}@example.org")).expect("within the bound");
    }

    let last = to("one.more@example.org");

    assert_eq!(code(last), "too_many");
    let same = format!("mayor{}@example.org", delegates::ADDRESSES_MOST.0 - 1);
    to(&same).expect("no letter, no bound");
}
