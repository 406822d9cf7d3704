//! International agendas.

use db::testing;

use super::*;
use crate::agendas::{self, AgendaInput, NEW_URBAN_AGENDA};

/// Three adopted outcomes, two of which serve the New Urban Agenda, and one that was not adopted and serves it too.
fn four(conn: &mut Conn, it: &Congress) -> Vec<OutcomeId> {
    let outcomes = vec![
        serving(
            "Housing",
            &[(NEW_URBAN_AGENDA, Phase::FollowUp), ("sdg_11", Phase::FollowUp)],
        ),
        serving(
            "Finance",
            &[
                (NEW_URBAN_AGENDA, Phase::Review),
                ("agenda_2030", Phase::Definition),
            ],
        ),
        serving("Climate", &[("paris_agreement", Phase::FollowUp)]),
        serving("Not adopted", &[(NEW_URBAN_AGENDA, Phase::FollowUp)]),
    ];
    let ids: Vec<OutcomeId> = sent(conn, result(it, 0, outcomes))
        .1
        .iter()
        .map(|own| own.id)
        .collect();
    for id in &ids[..3] {
        taken_to(conn, *id, OutcomeState::Adopted);
    }
    taken_to(conn, ids[3], OutcomeState::NotAdopted);
    ids
}

#[test]
fn r76_the_follow_up_of_the_new_urban_agenda_lists_what_was_adopted_and_serves_it() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let ids = four(conn, &it);

    let report = agendas::serving(conn, &stranger(), it.edition, NEW_URBAN_AGENDA, None).expect("told");

    let told: Vec<_> = report
        .iter()
        .map(|own| (own.outcome.id, own.outcome.code.as_str(), own.phases.clone()))
        .collect();
    assert_eq!(
        told,
        [
            (ids[0], "TH-2019-03-R01", vec![Phase::FollowUp]),
            (ids[1], "TH-2019-03-R02", vec![Phase::Review]),
        ]
    );
    let only = agendas::serving(
        conn,
        &stranger(),
        it.edition,
        NEW_URBAN_AGENDA,
        Some(Phase::FollowUp),
    );
    assert_eq!(only.expect("told").len(), 1);
    let unknown = agendas::serving(conn, &stranger(), it.edition, "the_moon", None);
    assert_eq!(code(unknown), "not_found");
}

#[test]
fn r75_the_report_counts_what_was_adopted_by_agenda_and_phase() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    four(conn, &it);

    let report = agendas::report(conn, &stranger(), it.edition).expect("told");

    let counted = |code: &str| {
        let line = report
            .iter()
            .find(|line| line.agenda.code == code)
            .expect("a line");
        let phase = |phase| line.phases[&phase];
        (
            phase(Phase::Definition),
            phase(Phase::FollowUp),
            phase(Phase::Review),
            line.outcomes,
        )
    };
    assert_eq!(counted(NEW_URBAN_AGENDA), (0, 1, 1, 2));
    assert_eq!(
        counted("agenda_2030"),
        (1, 1, 0, 2),
        "what serves a goal serves its agenda"
    );
    assert_eq!(counted("sdg_11"), (0, 1, 0, 1));
    assert_eq!(counted("paris_agreement"), (0, 1, 0, 1));
    assert_eq!(counted("sendai_framework"), (0, 0, 0, 0));
    assert_eq!(report.len(), agendas::list(conn).expect("listed").len());
}

#[test]
fn r75_agendas_are_data_in_three_languages_that_a_desk_adds_to() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let input = AgendaInput {
        code: "pact_for_the_future".into(),
        title: Localized::of(
            "Pact for the Future",
            "Pacte pour l’avenir",
            "Pacto para el Futuro",
        ),
        site: "https://www.un.org/".into(),
        position: 9,
        ..AgendaInput::default()
    };

    let made = agendas::create(conn, &desk(), now(), &input).expect("made");
    let goal = AgendaInput {
        code: "pact_1".into(),
        parent: Some("pact_for_the_future".into()),
        ..input.clone()
    };
    agendas::create(conn, &desk(), now(), &goal).expect("made");

    let all = agendas::list(conn).expect("listed");
    assert!(
        all.iter()
            .all(|own| own.title.0.len() == 3 && !own.title.is_blank())
    );
    let at = |code: &str| all.iter().position(|own| own.code == code).expect("listed");
    assert_eq!(at("pact_1"), at("pact_for_the_future") + 1);
    assert_eq!(at("sdg_17") - at("agenda_2030"), 17);
    assert_eq!(
        code(agendas::create(conn, &desk(), now(), &input)),
        "already_exists"
    );
    let odd = AgendaInput {
        code: "x y".into(),
        title: Localized::only("en", "Odd"),
        parent: Some("sdg_1".into()),
        site: "ftp://un.org".into(),
        ..AgendaInput::default()
    };
    let told: Vec<String> = fields(agendas::create(conn, &desk(), now(), &odd))
        .into_iter()
        .map(|(field, _)| field)
        .collect();
    assert_eq!(told, ["code", "site", "parent"]);
    let retired = AgendaInput {
        retired: true,
        ..input
    };
    let after = agendas::edit(conn, &desk(), now(), &made.code, &retired, Some(1)).expect("retired");
    assert!(after.retired);
    let stale = agendas::edit(conn, &desk(), now(), &made.code, &retired, Some(1));
    assert_eq!(code(stale), "stale");
    let id = received(conn, &it, 0, &["Build"])[0].id;
    let links = [
        AgendaLink {
            agenda: "pact_1".into(),
            phase: Phase::Definition,
        },
        AgendaLink {
            agenda: "pact_1".into(),
            phase: Phase::Definition,
        },
    ];
    assert_eq!(
        agendas::set(conn, &desk(), now(), id, &links),
        Ok(links[..1].to_vec())
    );
    assert_eq!(agendas::of(conn, id), Ok(links[..1].to_vec()));
    assert_eq!(agendas::set(conn, &desk(), now(), id, &[]), Ok(vec![]));
}
