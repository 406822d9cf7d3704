//! Properties of the policy: nothing taken away ever lets anybody in, nothing unknown ever does (R12).

use std::collections::BTreeSet;

use kernel::Coded;
use proptest::prelude::*;

use super::{body, now, organisation, session, somebody};
use crate::{
    Act, Actor, Atom, Circumstances, Decision, EditionId, Key, Object, ObjectKind, PersonId, Role, Rule,
    Scope, Standing, Tag, decide, decide::may_read, rule::DEPTH_MOST,
};

fn tags() -> impl Strategy<Value = Tag> {
    prop::sample::select(Tag::ALL)
}

fn roles() -> impl Strategy<Value = Role> {
    prop::sample::select(Role::ALL)
}

fn simple_atoms() -> impl Strategy<Value = Atom> {
    prop_oneof![
        Just(Atom::Everyone),
        Just(Atom::SignedIn),
        Just(Atom::Registered),
        Just(Atom::Invited),
        Just(Atom::OnRoster),
        tags().prop_map(Atom::Tag),
        roles().prop_map(Atom::Role),
        Just(Atom::Unknown("since:2031".into())),
    ]
}

/// Rules up to five deep, one more than is understood.
fn rules() -> impl Strategy<Value = Rule> {
    fn of(atoms: impl Strategy<Value = Atom> + Clone + 'static) -> impl Strategy<Value = Rule> {
        let some = || prop::collection::vec(atoms.clone(), 0..3);
        (some(), some(), some()).prop_map(|(any_of, all_of, none_of)| Rule {
            any_of,
            all_of,
            none_of,
        })
    }
    let atoms = simple_atoms().boxed().prop_recursive(4, 24, 6, |inner| {
        prop_oneof![
            simple_atoms(),
            of(inner).prop_map(|rule| Atom::Rule(Box::new(rule))),
        ]
    });
    of(atoms)
}

fn circumstances() -> impl Strategy<Value = Circumstances> {
    any::<[bool; 3]>().prop_map(|[registered, invited, on_roster]| Circumstances {
        registered,
        invited,
        on_roster,
        ..Circumstances::default()
    })
}

fn scopes() -> impl Strategy<Value = Scope> {
    prop_oneof![
        Just(Scope::Everywhere),
        prop::sample::select(&["assembly", "statutory", "durban"])
            .prop_map(|code| Scope::Track((*code).into())),
        Just(Scope::Edition(EditionId::named("durban"))),
        Just(Scope::Organisation(organisation("a"))),
        Just(Scope::Body(body("bureau"))),
        Just(Scope::Session(session("opening"))),
    ]
}

fn actors() -> impl Strategy<Value = Actor> {
    let standings = prop::collection::vec(
        (roles(), scopes()).prop_map(|(role, scope)| Standing { role, scope }),
        0..4,
    );
    let of_tags = prop::collection::btree_set(tags(), 0..4);
    (standings, of_tags, any::<bool>()).prop_map(|(standings, tags, signed_in)| {
        let person = Actor {
            standings,
            tags,
            ..somebody(&[])
        };
        match signed_in {
            true => person,
            false => Actor {
                account: None,
                person: None,
                ..person
            },
        }
    })
}

fn keys() -> impl Strategy<Value = Key> {
    prop::sample::select(vec![
        Key::Public,
        Key::SignedIn,
        Key::Registered(EditionId::named("durban")),
        Key::Members,
        Key::Body(body("bureau")),
        Key::desk(Some("assembly")),
        Key::desk(None),
        Key::Organisation(organisation("a")),
        Key::Person(PersonId::named("somebody")),
    ])
}

fn without<T: Clone>(items: &[T], at: usize) -> Vec<T> {
    let mut left = items.to_vec();
    left.remove(at);
    left
}

/// The same rule as a version reads it that knows every unknown to mean `instead`.
fn replaced(rule: &Rule, instead: &Atom) -> Rule {
    let each = |atoms: &[Atom]| {
        let atoms = atoms.iter().map(|atom| match atom {
            Atom::Unknown(_) => instead.clone(),
            Atom::Rule(nested) => Atom::Rule(Box::new(replaced(nested, instead))),
            other => other.clone(),
        });
        atoms.collect()
    };
    Rule {
        any_of: each(&rule.any_of),
        all_of: each(&rule.all_of),
        none_of: each(&rule.none_of),
    }
}

proptest! {
    #[test]
    fn r12_taking_an_atom_out_of_any_of_lets_nobody_in(
        rule in rules(), actor in actors(), circumstances in circumstances(), at in any::<prop::sample::Index>(),
    ) {
        prop_assume!(!rule.any_of.is_empty());
        let smaller = Rule { any_of: without(&rule.any_of, at.index(rule.any_of.len())), ..rule.clone() };

        prop_assert!(rule.admits(&actor, circumstances) || !smaller.admits(&actor, circumstances));
    }

    #[test]
    fn r12_whoever_passes_would_pass_whatever_the_unknown_meant(
        rule in rules(), actor in actors(), circumstances in circumstances(),
    ) {
        let passes = rule.admits(&actor, circumstances);

        // One that holds for everybody, one that holds for nobody here.
        for instead in [Atom::Everyone, Atom::AcceptedInCall] {
            prop_assert!(!passes || replaced(&rule, &instead).admits(&actor, circumstances));
        }
    }

    #[test]
    fn r12_losing_a_standing_opens_nothing(
        actor in actors(), key in keys(), at in any::<prop::sample::Index>(), act in prop::sample::select(Act::ALL),
        track in prop::sample::select(vec![None, Some("assembly"), Some("statutory"), Some("durban")]),
        tag in tags(), role in roles(),
    ) {
        prop_assume!(!actor.standings.is_empty());
        let fewer = Actor { standings: without(&actor.standings, at.index(actor.standings.len())), ..actor.clone() };
        let rule = Rule::any([Atom::Tag(tag), Atom::Role(role)]);
        let object = Object::readable_by(ObjectKind::Session, key)
            .of_track(track)
            .of_organisation(organisation("a"))
            .under(&rule, Circumstances::all());

        prop_assert!(decide(&actor, act, &object, now()).allows() || !decide(&fewer, act, &object, now()).allows());
    }

    #[test]
    fn r12_reading_is_the_test_of_the_keys(actor in actors(), key in keys()) {
        let object = Object::readable_by(ObjectKind::Session, key.clone());
        let listed = actor.key_texts().contains(&key.to_string());

        prop_assume!(!actor.is_system());
        prop_assert_eq!(may_read(&actor, &object), listed);
        prop_assert_eq!(decide(&actor, Act::Read, &object, now()).allows(), listed);
    }

    #[test]
    fn a_key_and_a_rule_come_back_as_they_were_written(key in keys(), rule in rules()) {
        prop_assert_eq!(key.to_string().parse::<Key>(), Ok(key));
        let written = serde_json::to_string(&rule).expect("a rule can be written");
        prop_assert_eq!(serde_json::from_str::<Rule>(&written).expect("a rule can be read"), rule);
    }
}

#[test]
fn r12_an_unknown_act_is_no_act_and_an_unknown_atom_denies() {
    assert_eq!(Act::from_code("do_as_i_please"), None);
    let everyone_but = |atom| Rule::any([Atom::Everyone]).except([atom]);
    let unknown = || Atom::Unknown("since:2031".into());
    let nested = Atom::Rule(Box::new(Rule::any([Atom::Tag(Tag::Press)]).and([unknown()])));
    let admits = |rule: &Rule, tags: &[Tag]| rule.admits(&somebody(tags), Circumstances::all());

    assert!(!admits(&Rule::any([unknown()]), &[]));
    assert!(!admits(&Rule::any([Atom::Everyone]).and([unknown()]), &[]));
    assert!(!admits(&everyone_but(unknown()), &[]));
    assert!(!admits(&everyone_but(nested.clone()), &[Tag::Press]));
    assert!(admits(&everyone_but(nested), &[Tag::Mayor]));
}

#[test]
fn r12_what_stands_too_deep_lets_nobody_in_and_nobody_escape() {
    let mut deep = Rule::any([Atom::Everyone]);
    for _ in 0..DEPTH_MOST {
        deep = Rule::any([Atom::Rule(Box::new(deep))]);
    }
    let nobody_escapes = Rule::any([Atom::Everyone]).except([Atom::Rule(Box::new(deep.clone()))]);

    assert!(!deep.admits(&somebody(&[]), Circumstances::all()));
    assert!(!nobody_escapes.admits(&somebody(&[]), Circumstances::all()));
    assert_eq!(deep.check(), Err("rule_too_deep"));
}

#[test]
fn a_rule_that_narrows_nobody_or_holds_what_is_not_known_cannot_be_saved() {
    let cases = [
        (r#"{"any_of":["tag:mayor"],"all_of":["registered"]}"#, Ok(())),
        ("{}", Ok(())),
        (r#"{"all_of":["registered"]}"#, Err("rule_without_any_of")),
        (r#"{"any_of":["tag:emperor"]}"#, Err("unknown_atom")),
        (r#"{"any_of":[{"some_of":["tag:mayor"]}]}"#, Err("unknown_atom")),
        (r#"{"any_of":[7]}"#, Err("unknown_atom")),
    ];

    for (written, expected) in cases {
        let rule: Rule = serde_json::from_str(written).expect(written);
        assert_eq!(rule.check(), expected, "{written}");
    }
    assert!(serde_json::from_str::<Rule>(r#"{"some_of":[]}"#).is_err());
    let long = Rule::any(std::iter::repeat_n(Atom::Invited, 101));
    assert_eq!(long.check(), Err("rule_too_long"));
}

#[test]
fn r14_what_somebody_is_follows_from_records_and_what_they_imply() {
    let city = Tag::with_implied([Tag::UclgMemberIndividual, Tag::Mayor]);

    assert_eq!(
        city,
        BTreeSet::from([
            Tag::Individual,
            Tag::UclgMemberIndividual,
            Tag::UclgMember,
            Tag::CollectiveMember,
            Tag::GtfConstituency,
            Tag::Mayor,
            Tag::ElectedMandate,
            Tag::LocalGovernment,
        ])
    );
    assert_eq!(Tag::with_implied([]), BTreeSet::from([Tag::Individual]));
}

#[test]
fn nobody_and_the_system_are_told_apart() {
    assert!(!Actor::nobody().is_system());
    assert!(Actor::system().is_system());
    assert!(!super::holding(Role::PlatformAdmin, Scope::Everywhere).is_system());
    assert_eq!(
        decide(&Actor::system(), Act::ManageMeeting, &Object::site(), now()),
        Decision::Allow
    );
}
