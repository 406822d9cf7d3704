//! Delegations: who may, for how long, and what stays of whom a focal point had typed.

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
    let taken = delegate_take_over::accept(conn, &reading, now(), line.registration.id);

    assert_eq!((code(offers), code(taken)), ("scope", "scope"));
    let offers = delegate_take_over::offers(conn, &actor, now(), it.congress.edition).expect("offers");
    assert_eq!(offers.len(), 1);
    delegate_take_over::accept(conn, &actor, now(), line.registration.id).expect("taken over");
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
