//! Who gains and who loses by a rule, told before it is saved, and compared with what everybody may do afterwards.

use access_rules::{Circumstances, PersonId, Role, Scope};
use people::standings::{self, Appointment};
use programme::access;

use super::*;
use crate::rule_preview::{self, RulePreview};

/// Everybody of the test, by what they hold beside their registration.
const HELD: [Option<Role>; 4] = [
    None,
    Some(Role::PressOfficer),
    Some(Role::Scanner),
    Some(Role::BadgeDesk),
];

fn people(conn: &mut Conn, congress: &Congress) -> Vec<Actor> {
    let mut all = Vec::new();
    for (number, held) in HELD.into_iter().enumerate() {
        let (actor, _) = registered(conn, congress, number);
        if let Some(role) = held {
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
        all.push(reload(conn, &actor));
    }
    all
}

/// Rules of every shape over what these people are, and over what nobody is.
fn rules() -> Vec<Rule> {
    let atoms = [
        Atom::Everyone,
        Atom::Registered,
        Atom::Role(Role::PressOfficer),
        Atom::Role(Role::Scanner),
        Atom::Tag(Tag::UclgMember),
        Atom::Invited,
    ];
    let mut rules = vec![];
    for any in &atoms {
        for other in &atoms {
            let any_of = vec![any.clone()];
            rules.push(Rule {
                any_of: any_of.clone(),
                all_of: vec![other.clone()],
                none_of: vec![],
            });
            if any != other {
                rules.push(Rule {
                    any_of,
                    all_of: vec![],
                    none_of: vec![other.clone()],
                });
            }
        }
    }
    rules.retain(|rule| rule.check().is_ok());
    rules
}

fn of(session: SessionId, rule: Rule) -> RuleInput {
    RuleInput {
        scope: "session".into(),
        scope_ref: session.to_string(),
        act: "attend".into(),
        rule,
        reading: String::new(),
    }
}

/// Who may attend, as the session's page tells each of them.
fn admitted(conn: &mut Conn, people: &[Actor], session: SessionId) -> Vec<PersonId> {
    let may = |actor: &&Actor| {
        let known = Circumstances::default();
        access::of(conn, actor, now(), session, known)
            .expect("seen")
            .attend
            .allowed
    };
    people
        .iter()
        .filter(may)
        .filter_map(|actor| actor.person)
        .collect()
}

fn sorted(mut people: Vec<PersonId>) -> Vec<PersonId> {
    people.sort_unstable();
    people
}

fn names(side: &rule_preview::Side) -> Vec<PersonId> {
    sorted(side.first.iter().map(|one| one.person).collect())
}

#[test]
fn what_is_told_before_a_rule_is_saved_is_what_changes_for_everybody() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let congress = congress(conn);
    let people = people(conn, &congress);
    let session = session(conn, &congress, "A talk", "Hall", "2019-11-13T09:00", None);
    let (system, mut gained, mut lost) = (Actor::system(), 0, 0);
    for rule in rules() {
        let input = of(session, rule);
        let before = admitted(conn, &people, session);

        let told = rule_preview::compare(conn, &system, now(), congress.edition, &input).expect("compared");
        rule_book::set(conn, &system, now(), congress.edition, &input, Some(told.version)).expect("saved");

        let after = admitted(conn, &people, session);
        let only = |of: &[PersonId], but: &[PersonId]| {
            sorted(of.iter().filter(|one| !but.contains(one)).copied().collect())
        };
        assert_eq!(names(&told.gain), only(&after, &before), "{input:?}");
        assert_eq!(names(&told.lose), only(&before, &after), "{input:?}");
        assert_eq!(told.people, people.len());
        let of_category =
            |side: &rule_preview::Side| side.by_category.iter().map(|one| one.people).sum::<usize>();
        assert_eq!(of_category(&told.gain), told.gain.people);
        gained += told.gain.people;
        lost += told.lose.people;
    }
    assert!(gained > 20 && lost > 20, "{gained} gained and {lost} lost");
}

#[test]
fn the_seats_of_those_who_lose_are_told_and_stay_and_a_rule_changed_meanwhile_is_not_overwritten() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let congress = congress(conn);
    let people = people(conn, &congress);
    let session = session(conn, &congress, "A talk", "Small", "2019-11-13T09:00", Some(3));
    let system = Actor::system();
    let everyone = of(session, Rule::any([Atom::Everyone]));
    rule_book::set(conn, &system, now(), congress.edition, &everyone, None).expect("a rule");
    for actor in &people {
        take_seat(conn, actor, session).expect("seated or in line");
    }
    let input = of(session, Rule::any([Atom::Role(Role::PressOfficer)]));

    let compare = |conn: &mut Conn, actor: &Actor| -> Result<RulePreview, Fault> {
        rule_preview::compare(conn, actor, now(), congress.edition, &input)
    };
    let told = compare(conn, &system).expect("compared");
    let refused = compare(conn, &people[0]).expect_err("not theirs");
    rule_book::set(conn, &system, now(), congress.edition, &everyone, None).expect("changed meanwhile");
    let late = rule_book::set(conn, &system, now(), congress.edition, &input, Some(told.version));

    assert_eq!((told.gain.people, told.lose.people), (0, 3));
    assert_eq!(told.seats.len(), 1);
    assert_eq!((told.seats[0].session, told.seats[0].seats), (session, 3));
    assert_eq!(refused.kind, Kind::Forbidden);
    assert_eq!(late.expect_err("stale").code, "rule_changed");
    let kept: i64 = db::on_each!(conn, |c| seat_rows::table
        .filter(seat_rows::session.eq(session))
        .count()
        .get_result(c))
    .expect("counted");
    assert_eq!(kept, 4, "nobody lost a seat by being previewed");
}
