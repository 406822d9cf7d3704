//! What a list holds is what the decision to read allows, one by one: for any keys and anybody.

use std::collections::BTreeSet;

use access_rules::{Act, Actor, Key, Object, ObjectKind, Role, Scope, SessionId, Standing, Tag, decide};
use db::testing;
use kernel::{Id, Moment};
use programme::{listing, released::Programme, releases};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use tests::Congress;

/// Sessions of the sample.
const SESSIONS: usize = 8;

/// One of three ids, so that keys and people meet.
fn id<T>(number: u8) -> Id<T> {
    Id::named(&format!("one of three: {}", number % 3))
}

fn key() -> impl Strategy<Value = Key> {
    (0..8_u8, 0..3_u8).prop_map(|(kind, of)| match kind {
        0 => Key::SignedIn,
        1 => Key::Members,
        2 => Key::Registered(id(of)),
        3 => Key::Body(id(of)),
        4 => Key::desk([None, Some("statutory"), Some("town_hall")][usize::from(of)]),
        5 => Key::Organisation(id(of)),
        6 => Key::Person(id(of)),
        _ => Key::Public,
    })
}

fn standing() -> impl Strategy<Value = Standing> {
    (0..6_u8, 0..3_u8).prop_map(|(kind, of)| {
        let (role, scope) = match kind {
            0 => (Role::Participant, Scope::Edition(id(of))),
            1 => (Role::BodyMember, Scope::Body(id(of))),
            2 => (Role::FocalPoint, Scope::Organisation(id(of))),
            3 => (Role::Secretariat, Scope::Everywhere),
            4 => (Role::Secretariat, Scope::Track("statutory".into())),
            _ => (Role::Registrar, Scope::Everywhere),
        };
        Standing { role, scope }
    })
}

fn actor() -> impl Strategy<Value = Actor> {
    let organisations = prop::collection::vec((0..3_u8).prop_map(id), 0..2);
    let standings = prop::collection::vec(standing(), 0..3);
    (
        any::<bool>(),
        0..3_u8,
        any::<bool>(),
        any::<bool>(),
        organisations,
        standings,
    )
        .prop_map(
            |(signed_in, who, is_member, in_arrears, organisations, standings)| {
                if !signed_in {
                    return Actor::nobody();
                }
                let tags = is_member.then_some(Tag::UclgMemberIndividual);
                Actor {
                    account: Some(id(who)),
                    person: Some(id(who)),
                    organisations,
                    tags: Tag::with_implied(tags),
                    standings,
                    in_arrears,
                    ..Actor::nobody()
                }
            },
        )
}

/// A released programme of so many sessions.
fn released() -> Programme {
    let database = testing::fresh();
    let edition = database.write("furnish", |conn| {
        let congress = Congress::open(conn);
        for hour in 0..SESSIONS {
            let starts = format!("2030-11-12T{:02}:00", 8 + hour);
            congress.session(conn, &format!("Session {hour}"), &starts, None);
        }
        congress.release(conn);
        Ok(congress.edition)
    });
    let edition = edition.expect("furnished");
    releases::live(&mut database.conn(), edition)
        .expect("read")
        .expect("released")
}

#[test]
fn r12_a_list_holds_what_each_by_itself_may_be_read() {
    let programme = released();
    assert_eq!(programme.sessions.len(), SESSIONS);
    let keys = prop::collection::vec(key(), SESSIONS);
    let mut runner = TestRunner::new(Config {
        cases: 200,
        failure_persistence: None,
        ..Config::default()
    });
    let ran = runner.run(&(keys, actor()), |(keys, actor)| {
        let mut sessions = programme.sessions.clone();
        for (session, key) in sessions.iter_mut().zip(&keys) {
            session.visible_to = key.to_string();
        }
        let whole = programme.with_sessions(sessions);

        // As `GET /api/v1/editions/{slug}/programme` lists it.
        let listed: BTreeSet<SessionId> = listing::of_programme(&whole.for_keys(&actor.keys()))
            .sessions
            .iter()
            .map(|session| session.id)
            .collect();
        let readable = whole.sessions.iter().zip(keys).filter(|(_, key)| {
            let object = Object::readable_by(ObjectKind::Session, key.clone());
            decide(&actor, Act::Read, &object, Moment::at("2030-11-12T08:00:00Z"))
                .or_fault()
                .is_ok()
        });
        prop_assert_eq!(
            listed,
            readable.map(|(session, _)| session.id).collect::<BTreeSet<_>>()
        );
        Ok(())
    });
    ran.expect("the list and the decision agree");
}
