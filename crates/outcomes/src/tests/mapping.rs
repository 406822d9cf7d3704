//! Strategic priorities and the recommendations that renew them.

use db::testing;

use super::*;
use crate::{
    legacy_model::PriorityId,
    priorities::{self, PriorityInput},
};

fn priority(conn: &mut Conn, it: &Congress, code: &str, position: i64) -> PriorityId {
    let input = PriorityInput {
        code: code.into(),
        title: Localized::of(code, code, code),
        position,
        ..PriorityInput::default()
    };
    priorities::create(conn, &desk(), now(), it.edition, &input)
        .expect("made")
        .id
}

#[test]
fn r193_coverage_tells_priorities_and_recommendations_that_have_nothing_of_each_other() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let codes = ["housing", "learning", "advocacy", "finance"];
    let own: Vec<PriorityId> = codes
        .iter()
        .zip(1..)
        .map(|(code, position)| priority(conn, &it, code, position))
        .collect();
    let titles = ["R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10"];
    let ids: Vec<OutcomeId> = received(conn, &it, 0, &titles).iter().map(|own| own.id).collect();
    for id in &ids {
        taken_to(conn, *id, OutcomeState::Adopted);
    }
    // The fourth priority has none, the last two recommendations have none; the first has two.
    for (place, id) in ids[..8].iter().enumerate() {
        let mut of = vec![own[place % 3]];
        if place == 0 {
            of.push(own[1]);
        }
        priorities::map(conn, &desk(), now(), *id, &of).expect("mapped");
    }

    let coverage = priorities::coverage(conn, &stranger(), it.edition).expect("told");

    assert_eq!(coverage.recommendations, 10);
    assert_eq!(coverage.without_recommendation, ["finance"]);
    let bare: Vec<OutcomeId> = coverage.without_priority.iter().map(|own| own.id).collect();
    assert_eq!(bare, ids[8..]);
    let counts: Vec<usize> = coverage
        .priorities
        .iter()
        .map(|own| own.recommendations.len())
        .collect();
    assert_eq!(counts, [3, 4, 2, 0]);
}

#[test]
fn r193_what_was_not_adopted_renews_nothing_and_what_is_mapped_keeps_its_priority() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let (one, other) = (
        priority(conn, &it, "housing", 1),
        priority(conn, &it, "learning", 2),
    );
    let id = received(conn, &it, 0, &["Build"])[0].id;
    let mapped = priorities::map(conn, &desk(), now(), id, &[one, one]).expect("mapped");
    assert_eq!(mapped.len(), 1);

    assert_eq!(code(priorities::remove(conn, &desk(), now(), one)), "in_use");
    priorities::remove(conn, &desk(), now(), other).expect("taken out");
    let elsewhere = congress(conn, "daejeon-2022");
    let foreign = priority(conn, &elsewhere, "housing", 1);
    let refused = priorities::map(conn, &desk(), now(), id, &[one, foreign]);
    assert_eq!(fields(refused), [("priorities".to_owned(), "unknown")]);
    let before = priorities::coverage(conn, &desk(), it.edition).expect("told");
    taken_to(conn, id, OutcomeState::NotAdopted);
    let after = priorities::coverage(conn, &desk(), it.edition).expect("told");

    assert_eq!(
        (before.recommendations, before.without_recommendation.len()),
        (1, 0)
    );
    assert_eq!(
        (after.recommendations, after.without_recommendation),
        (0, vec!["housing".to_owned()])
    );
    let input = PriorityInput {
        title: Localized::only("en", "Homes"),
        position: 3,
        ..PriorityInput::default()
    };
    let edited = priorities::edit(conn, &desk(), now(), one, &input, Some(1)).expect("edited");
    assert_eq!((edited.code.as_str(), edited.version), ("housing", 2));
    let stale = priorities::edit(conn, &desk(), now(), one, &input, Some(1));
    assert_eq!(code(stale), "stale");
    priorities::map(conn, &desk(), now(), id, &[]).expect("unmapped");
    priorities::remove(conn, &desk(), now(), one).expect("taken out");
    assert_eq!(priorities::list(conn, it.edition), Ok(vec![]));
}
