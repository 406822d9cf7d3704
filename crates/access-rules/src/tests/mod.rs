//! Tests of the policy, by subject. Where a test shows a requirement, its name begins with the number.

mod doors;
mod phrases;
mod policy;
mod roles;
mod sentences;

use std::collections::BTreeSet;

use kernel::Moment;

use crate::{
    Act, Actor, BodyId, Decision, Object, ObjectKind, OrganisationId, PersonId, Role, Scope, SessionId,
    Standing, Tag, ids::AccountId, object::Circumstances,
};

fn now() -> Moment {
    Moment::at("2019-11-14T08:40:00Z")
}

fn body(name: &str) -> BodyId {
    BodyId::named(name)
}

fn organisation(name: &str) -> OrganisationId {
    OrganisationId::named(name)
}

fn session(name: &str) -> SessionId {
    SessionId::named(name)
}

/// Somebody with an account who is nothing but these tags.
fn only(tags: &[Tag]) -> Actor {
    Actor {
        account: Some(AccountId::named("somebody")),
        person: Some(PersonId::named("somebody")),
        tags: BTreeSet::from_iter(tags.iter().copied()),
        ..Actor::default()
    }
}

/// Somebody with an account who is these tags and what they imply.
fn somebody(tags: &[Tag]) -> Actor {
    Actor {
        tags: Tag::with_implied(tags.iter().copied()),
        ..only(&[])
    }
}

/// Somebody with one role.
fn holding(role: Role, scope: Scope) -> Actor {
    Actor {
        standings: vec![Standing { role, scope }],
        ..somebody(&[])
    }
}

/// The answer for a public session under a rule an edition begins with.
fn asked(code: &str, act: Act, actor: &Actor, circumstances: Circumstances) -> Decision {
    let rule = crate::catalogue::seeded(code, act);
    let object = Object::public(ObjectKind::Session).under(&rule, circumstances);
    crate::decide(actor, act, &object, now())
}

fn denied(code: &'static str, remedy: &'static str) -> Decision {
    Decision::Deny(crate::Reason {
        code,
        remedy: Some(remedy),
    })
}
