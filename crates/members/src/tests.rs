//! The slice against a real database, on whichever engine the run names.

use access_rules::{Act, Actor, BodyId, Object, OrganisationId, PersonId, Role, Scope, Standing, Tag};
use db::{Conn, on_each, testing};
use diesel::prelude::*;
use kernel::{Email, Fault, Id, Kind, Language, Localized, Moment, PageAsk};
use people::{
    accounts,
    persons::{self, NewPerson},
    standings, tags as granted_tags,
};

use crate::{
    actors, body_register, changed, dues,
    dues::DuesInput,
    export, focal_points,
    focal_points::FocalPointInput,
    import::{self, Fate},
    memberships::{self, AdmitInput, StepInput},
    merging::{self, MergeInput},
    model::{
        Category, DuesState, Evidence, MembershipState, Organisation, OrganisationKind, OrganisationState,
        Position, PositionKind, PositionState, RelationKind,
    },
    organisations::{self, Filter, OrganisationInput, ProposalInput},
    positions::{self, Asked, ConfirmManyInput, DecideInput, RecordInput, RequestInput, WaitingFilter},
    relations::{self, EndInput, RelationInput},
    roll::{self, Severity},
    sections::Section,
    sheet::Charset,
};

mod confirming;
mod directory;
mod importing;
mod membership;
mod who_asks;

fn now() -> Moment {
    Moment::at("2019-11-14T08:40:00Z")
}

fn secretariat() -> Actor {
    Actor {
        account: Some(Id::named("account of the secretariat")),
        standings: vec![Standing {
            role: Role::Secretariat,
            scope: Scope::Everywhere,
        }],
        ..Actor::default()
    }
}

fn person(conn: &mut Conn, name: &str) -> PersonId {
    let new = NewPerson {
        given_name: name.into(),
        ..NewPerson::default()
    };
    persons::create(conn, now(), &new).expect("a person")
}

/// A person with an account whose address is proved.
fn with_address(conn: &mut Conn, name: &str, email: &str) -> PersonId {
    let person = person(conn, name);
    let email: Email = email.parse().expect("an address");
    let account = accounts::create(conn, now(), person, &email, Language::En).expect("an account");
    use people::tables::accounts as table;
    on_each!(conn, |c| diesel::update(table::table.find(account.id))
        .set(table::verified_at.eq(now()))
        .execute(c))
    .expect("proved");
    person
}

fn signed_in(conn: &mut Conn, person: PersonId) -> Actor {
    actors::load(conn, Id::named("account"), person, now()).expect("an actor")
}

fn input(name: &str, kind: OrganisationKind, country: &str) -> OrganisationInput {
    OrganisationInput {
        name: name.into(),
        kind: Some(kind),
        country: country.into(),
        ..OrganisationInput::default()
    }
}

fn organisation(conn: &mut Conn, name: &str, kind: OrganisationKind, country: &str) -> Organisation {
    organisations::create(conn, &secretariat(), now(), &input(name, kind, country)).expect("created")
}

fn city(conn: &mut Conn, name: &str) -> OrganisationId {
    organisation(conn, name, OrganisationKind::City, "ZA").id
}

/// A member since long ago, in this state today.
fn member(conn: &mut Conn, of: OrganisationId, category: Category, state: MembershipState) {
    let admit = AdmitInput {
        category: Some(category),
        state: Some(state),
        from_at: Some(Moment::at("2010-01-01T00:00:00Z")),
        reason: "roll".into(),
    };
    memberships::admit(conn, &secretariat(), now(), of, &admit).expect("admitted");
}

fn confirmed(conn: &mut Conn, person: PersonId, of: OrganisationId, kind: PositionKind) -> Position {
    let record = RecordInput {
        person: Some(person),
        organisation: Some(of),
        kind: Some(kind),
        ..RecordInput::default()
    };
    positions::record(conn, &secretariat(), now(), &record).expect("recorded")
}

fn asked(conn: &mut Conn, person: PersonId, of: OrganisationId) -> Position {
    let asked = Asked {
        person,
        organisation: of,
        kind: PositionKind::Mayor,
        title: "Mayor".into(),
        by: Some(person),
        proved: None,
        has_document: false,
    };
    positions::ask(conn, now(), &asked).expect("asked")
}

fn focal_point(conn: &mut Conn, of: OrganisationId, name: &str) -> (PersonId, Actor) {
    let person = person(conn, name);
    let input = FocalPointInput { person: Some(person) };
    focal_points::appoint(conn, &secretariat(), now(), of, &input).expect("appointed");
    let actor = signed_in(conn, person);
    (person, actor)
}

fn code<T: std::fmt::Debug>(answer: Result<T, Fault>) -> &'static str {
    answer.expect_err("refused").code
}
