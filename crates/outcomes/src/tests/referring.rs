//! For whose work adopted outcomes are references.

use db::testing;

use super::*;
use crate::{
    legacy_model::{Addressee, Field},
    references::{self, ReferenceFilter, ReferenceInput},
};

fn to(addressed_to: Addressee, field: Field) -> ReferenceInput {
    ReferenceInput {
        addressed_to: Some(addressed_to),
        field: Some(field),
        note: Localized::only("en", "Take it up."),
    }
}

fn waiting(conn: &mut Conn, it: &Congress) -> Vec<OutcomeId> {
    let told = references::unreferenced(conn, &desk(), now(), it.edition).expect("told");
    told.iter().map(|own| own.outcome.id).collect()
}

#[test]
fn r191_adoption_creates_a_to_do_that_a_reference_settles() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let ids: Vec<OutcomeId> = received(conn, &it, 0, &["A", "B", "C"])
        .iter()
        .map(|own| own.id)
        .collect();
    assert_eq!(waiting(conn, &it), []);

    taken_to(conn, ids[0], OutcomeState::Adopted);
    taken_to(conn, ids[1], OutcomeState::Adopted);
    taken_to(conn, ids[2], OutcomeState::Returned);
    assert_eq!(waiting(conn, &it), ids[..2]);
    let todo = references::unreferenced(conn, &convener(it.edition), now(), it.edition).expect("told");
    assert_eq!(todo[0].since, Some(now()));
    let made =
        references::add(conn, &desk(), now(), ids[0], &to(Addressee::Gtf, Field::Policy)).expect("made");

    assert_eq!(waiting(conn, &it), ids[1..2]);
    references::remove(conn, &desk(), now(), made.id).expect("taken back");
    assert_eq!(waiting(conn, &it), ids[..2]);
}

#[test]
fn r191_a_reference_is_for_the_task_force_or_the_organisation_in_a_field() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let ids: Vec<OutcomeId> = received(conn, &it, 0, &["A", "B"])
        .iter()
        .map(|own| own.id)
        .collect();
    let early = references::add(conn, &desk(), now(), ids[0], &to(Addressee::Gtf, Field::Policy));
    assert_eq!(code(early), "outcome_not_adopted");
    taken_to(conn, ids[0], OutcomeState::Adopted);
    taken_to(conn, ids[1], OutcomeState::Adopted);

    for (id, addressed_to, field) in [
        (ids[1], Addressee::Uclg, Field::WorkPlan),
        (ids[0], Addressee::Gtf, Field::Policy),
        (ids[0], Addressee::Uclg, Field::Advocacy),
    ] {
        references::add(conn, &desk(), now(), id, &to(addressed_to, field)).expect("made");
    }
    let twice = references::add(conn, &desk(), now(), ids[0], &to(Addressee::Gtf, Field::Policy));

    assert_eq!(code(twice), "already_exists");
    let listed = |conn: &mut Conn, filter: ReferenceFilter| -> Vec<(String, Addressee)> {
        let lines = references::list(conn, &stranger(), it.edition, &filter).expect("listed");
        let told = lines.into_iter();
        told.map(|line| (line.of.code, line.reference.addressed_to))
            .collect()
    };
    let (first, second) = ("TH-2019-03-R01".to_owned(), "TH-2019-03-R02".to_owned());
    assert_eq!(
        listed(conn, ReferenceFilter::default()),
        [
            (first.clone(), Addressee::Gtf),
            (first, Addressee::Uclg),
            (second.clone(), Addressee::Uclg)
        ]
    );
    let plans = ReferenceFilter {
        addressed_to: Some(Addressee::Uclg),
        field: Some(Field::WorkPlan),
    };
    assert_eq!(listed(conn, plans), [(second, Addressee::Uclg)]);
    let blank = references::add(conn, &desk(), now(), ids[0], &ReferenceInput::default());
    let told: Vec<String> = fields(blank).into_iter().map(|(field, _)| field).collect();
    assert_eq!(told, ["addressed_to", "field"]);
}
