//! From a recommendation to where it came from, and back.

use db::testing;

use super::*;
use crate::{
    legacy_model::{Addressee, Field},
    provenance, reading,
    references::{self, ReferenceInput},
};

#[test]
fn r194_every_adopted_recommendation_leads_to_session_paper_and_organisation_and_back() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let mut ids: Vec<OutcomeId> = received(conn, &it, 0, &["A", "B"])
        .iter()
        .map(|own| own.id)
        .collect();
    ids.extend(received(conn, &it, 1, &["C"]).iter().map(|own| own.id));
    for id in &ids {
        taken_to(conn, *id, OutcomeState::Adopted);
    }

    for id in &ids {
        let trail = provenance::of_outcome(conn, &stranger(), *id).expect("told");
        let origin = trail.origin.clone().expect("it was transmitted");
        let (session, paper) = (origin.session.expect("named"), origin.paper.expect("named"));
        let (organisation, theme) = (origin.organisation.expect("named"), origin.theme.expect("named"));
        assert_eq!(origin.organisation_name, "Coalition of durban-2019");
        for back in [
            provenance::of_session(conn, &stranger(), session),
            provenance::of_paper(conn, &stranger(), paper),
            provenance::of_organisation(conn, &stranger(), organisation),
            provenance::of_theme(conn, &stranger(), theme),
        ] {
            assert!(back.expect("told").contains(&trail));
        }
    }
    let of_first = provenance::of_session(conn, &stranger(), it.sessions[0]).expect("told");
    let found: Vec<OutcomeId> = of_first.iter().map(|trail| trail.outcome.id).collect();
    assert_eq!(found, ids[..2]);
    assert_eq!(
        provenance::of_session(conn, &stranger(), it.sessions[3]),
        Ok(vec![])
    );
}

#[test]
fn r194_the_matrix_goes_from_each_input_to_what_became_of_it() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let ids: Vec<OutcomeId> = received(conn, &it, 0, &["A", "B"])
        .iter()
        .map(|own| own.id)
        .collect();
    taken_to(conn, ids[0], OutcomeState::Adopted);
    taken_to(conn, ids[1], OutcomeState::Returned);
    let drafted = outcomes::draft(conn, &desk(), now(), it.edition, 2019, &recommendation("Own"));
    let own = drafted.expect("drafted").id;
    taken_to(conn, own, OutcomeState::Adopted);
    let input = ReferenceInput {
        addressed_to: Some(Addressee::Uclg),
        field: Some(Field::WorkPlan),
        ..ReferenceInput::default()
    };
    references::add(conn, &desk(), now(), ids[0], &input).expect("made");

    let flows = provenance::matrix(conn, &stranger(), it.edition).expect("told");

    assert_eq!(flows.len(), 2);
    assert_eq!(
        flows[0].origin.as_ref().and_then(|origin| origin.session),
        Some(it.sessions[0])
    );
    let referenced: Vec<usize> = flows[0].outcomes.iter().map(|own| own.references.len()).collect();
    assert_eq!(referenced, [1, 0]);
    assert_eq!(flows[0].states[&OutcomeState::Returned], 1);
    assert_eq!(flows[1].origin, None, "what nobody transmitted comes last");
    assert_eq!(flows[1].outcomes[0].outcome.id, own);
    let view = reading::view(conn, &stranger(), today(), ids[0]).expect("told");
    assert_eq!(view.origin, flows[0].origin);
    assert_eq!((view.references.len(), view.steps.len()), (1, 4));
}
