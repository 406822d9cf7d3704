//! Who may not know of something finds it nowhere.

use access_rules::Act;
use db::testing;

use super::*;
use crate::{agendas, collection, links, priorities, provenance, reading, references, responses};

/// One outcome in each state: what the world may know of them, and what it may not.
fn of_every_state(conn: &mut Conn, it: &Congress) -> (Vec<Outcome>, Vec<Outcome>) {
    let link = [("new_urban_agenda", Phase::FollowUp)];
    let states = [
        OutcomeState::Received,
        OutcomeState::Presented,
        OutcomeState::Debated,
        OutcomeState::Adopted,
        OutcomeState::Returned,
        OutcomeState::NotAdopted,
    ];
    let outcomes = states
        .iter()
        .map(|state| serving(&format!("Secret {state}"), &link))
        .collect();
    let received = sent(conn, result(it, 0, outcomes)).1;
    let drafted = outcomes::draft(
        conn,
        &desk(),
        now(),
        it.edition,
        2019,
        &serving("Secret draft", &link),
    );
    let mut all = vec![drafted.expect("drafted")];
    for (own, state) in received.iter().zip(states) {
        all.push(taken_to(conn, own.id, state));
    }
    all.into_iter().partition(|own| own.state.is_decided())
}

fn listed(conn: &mut Conn, actor: &Actor, filter: &OutcomeFilter) -> Vec<OutcomeId> {
    let page = outcomes::list(conn, actor, filter, &kernel::PageAsk::of(200)).expect("listed");
    page.items.iter().map(|line| line.outcome.id).collect()
}

#[test]
fn a_stranger_learns_nothing_of_what_is_not_decided() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let (open, hidden) = of_every_state(conn, &it);
    links::link(conn, &desk(), now(), open[0].id, hidden[1].id).expect("linked");
    responses::ask(
        conn,
        &desk(),
        now(),
        hidden[1].id,
        &responses::AskInput {
            organisation: Some(it.organisation),
            due_on: Some(today()),
        },
    )
    .expect("asked");
    let all = OutcomeFilter::default();

    // It is there for those who may.
    assert_eq!(listed(conn, &desk(), &all).len(), 7);
    for own in &hidden {
        assert!(outcomes::get(conn, &desk(), own.id).is_ok());
        assert!(outcomes::by_code(conn, &desk(), &own.code).is_ok());
    }

    for actor in [
        Actor::nobody(),
        stranger(),
        registered(Id::named("another edition")),
    ] {
        for own in &hidden {
            let absent = outcomes::get(conn, &actor, Id::named("absent"));
            assert_eq!(outcomes::get(conn, &actor, own.id), absent, "{}", own.state);
            assert_eq!(code(outcomes::by_code(conn, &actor, &own.code)), "not_found");
            assert_eq!(code(reading::shown(conn, &actor, own.id, "en")), "not_found");
            assert_eq!(code(reading::view(conn, &actor, today(), own.id)), "not_found");
            assert_eq!(code(provenance::of_outcome(conn, &actor, own.id)), "not_found");
            assert_eq!(code(responses::of(conn, &actor, today(), own.id)), "not_found");
            let edited = outcomes::edit(
                conn,
                &actor,
                now(),
                own.id,
                &outcomes::OutcomeInput::default(),
                None,
            );
            assert_eq!(code(edited), "not_found");
        }
        let mut decided: Vec<OutcomeId> = open.iter().map(|own| own.id).collect();
        decided.sort_unstable();
        assert_eq!(listed(conn, &actor, &all), decided);
        let words = OutcomeFilter {
            text: "secret received".into(),
            ..OutcomeFilter::default()
        };
        assert_eq!(listed(conn, &actor, &words), []);
        let ways = [
            provenance::of_session(conn, &actor, it.sessions[0]),
            provenance::of_paper(conn, &actor, it.paper),
            provenance::of_theme(conn, &actor, it.theme),
            provenance::of_organisation(conn, &actor, it.organisation),
        ];
        for way in ways {
            let mut found: Vec<OutcomeId> = way.expect("told").iter().map(|trail| trail.outcome.id).collect();
            found.sort_unstable();
            assert_eq!(found, decided);
        }
        let flow = provenance::matrix(conn, &actor, it.edition).expect("told");
        assert_eq!(flow.iter().map(|flow| flow.outcomes.len()).sum::<usize>(), 3);
        assert_eq!(
            transmissions::list(conn, &actor, it.edition),
            Ok(vec![]),
            "some of it is not decided"
        );
        let report = agendas::report(conn, &actor, it.edition).expect("told");
        assert_eq!(
            report.iter().map(|line| line.outcomes).max(),
            Some(1),
            "what was adopted"
        );
        let coverage = priorities::coverage(conn, &actor, it.edition).expect("told");
        assert_eq!(coverage.recommendations, 1);
        assert_eq!(
            responses::of_organisation(conn, &actor, today(), it.organisation),
            Ok(vec![])
        );
        let waiting = responses::unanswered(conn, &actor, today(), it.edition).expect("told");
        let waiting: Vec<OutcomeId> = waiting.iter().map(|own| own.outcome.id).collect();
        assert_eq!(waiting, [open[0].id]);
        let view = reading::view(conn, &actor, today(), open[0].id).expect("it is public");
        assert_eq!(view.links, []);
        let filter = references::ReferenceFilter::default();
        assert_eq!(references::list(conn, &actor, it.edition, &filter), Ok(vec![]));
    }
}

#[test]
fn what_is_published_holds_nothing_that_is_not_decided() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let (open, hidden) = of_every_state(conn, &it);
    links::link(conn, &desk(), now(), open[0].id, hidden[1].id).expect("linked");
    let input = collection::CollectionInput {
        title: Localized::only("en", "What we decided"),
        ..collection::CollectionInput::default()
    };
    collection::edit(conn, &desk(), now(), it.edition, &input, None).expect("edited");

    let (published, _) = collection::publish(
        conn,
        &desk(),
        now(),
        it.edition,
        today(),
        &collection::Citing::default(),
        None,
    )
    .expect("published");

    assert_eq!(published.items.0.len(), 1);
    for language in [kernel::Language::En, kernel::Language::Fr] {
        let page = super::exporting::gathered(conn, &published, language).html();
        let plain = super::exporting::gathered(conn, &published, language).markdown();
        for text in [page, plain] {
            assert!(text.contains("Secret adopted"));
            for own in &hidden {
                assert!(!text.contains(&own.code), "{}", own.state);
                assert!(!text.contains(&format!("Secret {}", own.state)));
            }
        }
    }
}

#[test]
fn whoever_comes_to_the_congress_reads_what_it_received_and_not_what_is_drafted() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    of_every_state(conn, &it);
    let all = OutcomeFilter::default();

    assert_eq!(listed(conn, &registered(it.edition), &all).len(), 6);
    assert_eq!(listed(conn, &convener(it.edition), &all).len(), 7);
    assert_eq!(
        transmissions::list(conn, &registered(it.edition), it.edition)
            .expect("listed")
            .len(),
        1
    );
    let elsewhere = convener(Id::named("another edition"));
    assert_eq!(listed(conn, &elsewhere, &all).len(), 3);
}

#[test]
fn a_transmission_is_for_everybody_once_all_of_it_is_decided() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let (sent, outcomes) = sent(
        conn,
        result(&it, 0, vec![recommendation("A"), recommendation("B")]),
    );
    taken_to(conn, outcomes[0].id, OutcomeState::Adopted);

    assert!(transmissions::get(conn, &registered(it.edition), sent.id).is_ok());
    assert_eq!(code(transmissions::get(conn, &stranger(), sent.id)), "not_found");
    taken_to(conn, outcomes[1].id, OutcomeState::NotAdopted);

    let told = transmissions::get(conn, &stranger(), sent.id).expect("told");
    assert_eq!((told.transmission, told.outcomes.len()), (sent, 2));
}

#[test]
fn whoever_looks_after_a_body_reads_what_it_is_asked_about() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let asked = received(conn, &it, 0, &["Asked", "Other"]);
    let city = body(conn, "City of Exampleville");
    let focal = focal_point(city);
    assert_eq!(listed(conn, &focal, &OutcomeFilter::default()), []);

    let input = responses::AskInput {
        organisation: Some(city),
        due_on: Some(today()),
    };
    responses::ask(conn, &desk(), now(), asked[0].id, &input).expect("asked");

    assert_eq!(listed(conn, &focal, &OutcomeFilter::default()), [asked[0].id]);
    assert!(outcomes::get(conn, &focal, asked[0].id).is_ok());
    assert_eq!(code(outcomes::get(conn, &focal, asked[1].id)), "not_found");
}

#[test]
fn who_sees_it_and_has_no_such_role_is_told_so() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let (open, _) = of_every_state(conn, &it);
    let id = open[0].id;
    let input = references::ReferenceInput::default();

    for (actor, wanted) in [
        (Actor::nobody(), "sign_in_needed"),
        (stranger(), "not_allowed"),
        (registered(it.edition), "not_allowed"),
        (
            holding(Role::Secretariat, Scope::Track("town_hall".into())),
            "not_allowed",
        ),
        (convener(Id::named("another edition")), "not_allowed"),
    ] {
        let now = now();
        assert_eq!(code(references::add(conn, &actor, now, id, &input)), wanted);
        assert_eq!(
            code(references::unreferenced(conn, &actor, now, it.edition)),
            wanted
        );
        assert_eq!(code(priorities::map(conn, &actor, now, id, &[])), wanted);
        assert_eq!(code(agendas::set(conn, &actor, now, id, &[])), wanted);
        assert_eq!(
            code(outcomes::set_horizon(conn, &actor, now, id, today(), None)),
            wanted
        );
        assert_eq!(
            code(collection::arrange(conn, &actor, now, it.edition, &[], None)),
            wanted
        );
        assert_eq!(code(collection::assembled(conn, &actor, now, it.edition)), wanted);
        let drafted = outcomes::draft(conn, &actor, now, it.edition, 2019, &recommendation("Mine"));
        assert_eq!(code(drafted), wanted);
        let asked = responses::ask(conn, &actor, now, id, &responses::AskInput::default());
        assert_eq!(code(asked), wanted);
        assert_eq!(
            code(agendas::create(
                conn,
                &actor,
                now,
                &agendas::AgendaInput::default()
            )),
            wanted
        );
    }
    for actor in [
        desk(),
        convener(it.edition),
        holding(Role::Secretariat, Scope::Track("assembly".into())),
    ] {
        assert_eq!(code(references::add(conn, &actor, now(), id, &input)), "invalid");
        assert!(crate::sight::may(&actor, Act::ManageOutcomes, it.edition, now()).is_ok());
    }
}

#[test]
fn those_who_handed_something_in_follow_it() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let (of_session, outcomes) = sent(conn, result(&it, 0, vec![recommendation("Ours")]));
    let other = NewTransmission {
        source: Source::SpecialSession,
        theme: None,
        organisation: None,
        ..result(&it, 1, vec![recommendation("Theirs")])
    };
    sent(conn, other);
    let theirs: Vec<Actor> = vec![
        holding(Role::ThemeLead, Scope::Theme(it.theme)),
        holding(Role::Secretariat, Scope::Track("town_hall".into())),
        focal_point(it.organisation),
    ];

    for actor in &theirs {
        assert_eq!(listed(conn, actor, &OutcomeFilter::default()), [outcomes[0].id]);
        assert!(transmissions::get(conn, actor, of_session.id).is_ok());
    }
    let elsewhere = holding(Role::ThemeLead, Scope::Theme(Id::named("another theme")));
    assert_eq!(listed(conn, &elsewhere, &OutcomeFilter::default()), []);
    assert_eq!(
        code(transmissions::get(conn, &elsewhere, of_session.id)),
        "not_found"
    );
}
