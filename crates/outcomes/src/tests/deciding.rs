//! Presented, debated, decided.

use std::cell::RefCell;

use db::testing;
use proptest::{prelude::*, test_runner::TestRunner};

use super::*;
use crate::outcomes::OutcomeInput;

/// What somebody may try with an outcome.
#[derive(Clone, Copy, Debug)]
enum Try {
    Present,
    Debate,
    Adopt,
    Return,
    Refuse,
    Edit,
}

fn tried(conn: &mut Conn, id: OutcomeId, what: Try, number: usize) -> Result<Outcome, Fault> {
    let at = now().plus_minutes(i64::try_from(number).expect("few"));
    match what {
        Try::Present => decisions::present(conn, None, at, id, None, ""),
        Try::Debate => decisions::debate(conn, None, at, id, None, ""),
        Try::Adopt => decisions::adopt(conn, None, at, id, None, "", rules::horizon(2019, 3)),
        Try::Return => decisions::return_(conn, None, at, id, None, "Not ripe."),
        Try::Refuse => decisions::refuse(conn, None, at, id, None, "An objection stands."),
        Try::Edit => {
            let input = OutcomeInput {
                title: None,
                markdown: Some(format!("Words number {number}.")),
            };
            outcomes::edit(conn, &desk(), at, id, &input, None)
        }
    }
}

fn reworded(conn: &mut Conn, id: OutcomeId, words: &str) {
    let input = OutcomeInput {
        title: None,
        markdown: Some(words.into()),
    };
    outcomes::edit(conn, &desk(), now(), id, &input, None).expect("edited");
}

fn is_amended(conn: &mut Conn, id: OutcomeId) -> bool {
    let own = row(conn, id);
    decisions::is_amended(conn, &own).expect("told")
}

#[test]
fn r71_adopting_what_was_not_debated_is_refused() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let id = received(conn, &it, 0, &["Build"])[0].id;
    let adopt = |conn: &mut Conn| tried(conn, id, Try::Adopt, 0);

    for (state, from) in [
        (OutcomeState::Received, "received"),
        (OutcomeState::Presented, "presented"),
    ] {
        if state == OutcomeState::Presented {
            decisions::present(conn, None, now(), id, None, "").expect("presented");
        }
        let refused = adopt(conn).expect_err("refused");
        assert_eq!(
            (refused.kind, refused.code),
            (kernel::Kind::Conflict, "outcome_state")
        );
        assert_eq!(refused.facts["from"], from);
        assert_eq!(refused.facts["to"], "adopted");
        assert_eq!(row(conn, id).state, state);
    }
    decisions::debate(conn, None, now(), id, None, "").expect("debated");

    let adopted = adopt(conn).expect("adopted");

    assert_eq!(adopted.state, OutcomeState::Adopted);
    assert_eq!(code(adopt(conn)), "outcome_state", "and not twice");
    let states: Vec<OutcomeState> = outcomes::steps(conn, id)
        .expect("read")
        .iter()
        .map(|step| step.to_state)
        .collect();
    assert_eq!(
        states,
        [
            OutcomeState::Received,
            OutcomeState::Presented,
            OutcomeState::Debated,
            OutcomeState::Adopted
        ]
    );
}

#[test]
fn r71_i6_whatever_is_tried_nothing_is_adopted_that_was_not_presented_and_debated() {
    let test = testing::fresh();
    let mut conn = test.conn();
    let it = congress(&mut conn, "durban-2019");
    let conn = RefCell::new(conn);
    let step = prop_oneof![
        Just(Try::Present),
        Just(Try::Debate),
        Just(Try::Adopt),
        Just(Try::Return),
        Just(Try::Refuse),
        Just(Try::Edit),
    ];
    let config = ProptestConfig {
        cases: 60,
        ..ProptestConfig::default()
    };
    let mut runner = TestRunner::new(config);

    let held = runner.run(&proptest::collection::vec(step, 1..12), |tries| {
        let conn = &mut *conn.borrow_mut();
        let new = outcomes::draft(conn, &desk(), now(), it.edition, 2019, &recommendation("Build"));
        let mut before = new.expect("drafted");
        for (number, what) in tries.into_iter().enumerate() {
            let (answer, after) = (tried(conn, before.id, what, number), row(conn, before.id));
            prop_assert_eq!(&after.code, &before.code);
            match answer {
                Err(_) => prop_assert_eq!(&after, &before, "refused: nothing changed"),
                Ok(_) if before.state.is_decided() => prop_assert!(false, "{what:?} after the decision"),
                Ok(_) => {}
            }
            if after.state.is_decided() {
                let moments = (after.presented_at, after.debated_at, after.decided_at);
                prop_assert!(moments.0.is_some() && moments.0 <= moments.1 && moments.1 <= moments.2);
                let path: Vec<OutcomeState> = outcomes::steps(conn, after.id)
                    .expect("read")
                    .iter()
                    .map(|step| step.to_state)
                    .collect();
                let wanted = [
                    OutcomeState::Drafted,
                    OutcomeState::Presented,
                    OutcomeState::Debated,
                    after.state,
                ];
                prop_assert_eq!(path, wanted.to_vec());
            }
            prop_assert_eq!(after.adopted_version.is_some(), after.state.is_adopted());
            before = after;
        }
        Ok(())
    });

    held.expect("it holds");
}

#[test]
fn r71_i6_no_statement_adopts_what_was_not_debated() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let id = received(conn, &it, 0, &["Build"])[0].id;
    decisions::present(conn, None, now(), id, None, "").expect("presented");

    for state in ["adopted", "amended_adopted"] {
        let statement = format!("UPDATE outcomes SET state = '{state}', adopted_version = 1");
        let refused = on_each!(conn, |c| diesel::sql_query(&statement).execute(c));
        assert!(refused.is_err(), "{state}");
    }

    assert_eq!(row(conn, id).state, OutcomeState::Presented);
}

#[test]
fn r71_what_was_reworded_is_adopted_as_amended() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let ids: Vec<OutcomeId> = received(conn, &it, 0, &["As it was", "Changed", "Changed and back"])
        .iter()
        .map(|own| own.id)
        .collect();
    for id in &ids {
        taken_to(conn, *id, OutcomeState::Debated);
    }
    reworded(conn, ids[1], "We act now.");
    reworded(conn, ids[2], "We act now.");
    assert!(is_amended(conn, ids[2]));
    reworded(conn, ids[2], "Changed and back: we act.\n\nWe act together.");

    let states: Vec<(OutcomeState, i64)> = ids
        .iter()
        .map(|id| {
            let is_amended = is_amended(conn, *id);
            let adopted = adopted(conn, *id);
            assert_eq!(is_amended, adopted.state == OutcomeState::AmendedAdopted);
            (adopted.state, adopted.received_version)
        })
        .collect();

    assert_eq!(
        states,
        [
            (OutcomeState::Adopted, 1),
            (OutcomeState::AmendedAdopted, 1),
            (OutcomeState::Adopted, 1)
        ]
    );
    let changed = row(conn, ids[1]);
    let sealed = texts::versions::get(conn, changed.text, changed.adopted_version.expect("sealed"));
    assert_eq!(sealed.expect("there").blocks.0[0].content.words(), "We act now.");
}

#[test]
fn r71_what_the_world_assembly_drafts_is_received_when_it_is_presented() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let declaration = NewOutcome {
        kind: OutcomeKind::Declaration,
        ..recommendation("Declaration of Durban")
    };
    let drafted = outcomes::draft(conn, &desk(), now(), it.edition, 2019, &declaration).expect("drafted");
    let second = outcomes::draft(conn, &desk(), now(), it.edition, 2019, &recommendation("Build"));

    reworded(conn, drafted.id, "First words.");
    let presented = decisions::present(conn, None, now(), drafted.id, None, "").expect("presented");
    decisions::debate(conn, None, now(), drafted.id, None, "").expect("debated");
    let adopted = adopted(conn, drafted.id);

    assert_eq!(
        (drafted.code.as_str(), drafted.received_version),
        ("WA-2019-D1", 0)
    );
    assert_eq!(second.expect("drafted").code, "WA-2019-R01");
    assert_eq!(presented.received_version, 1);
    assert_eq!(adopted.state, OutcomeState::Adopted);
}

#[test]
fn r71_two_who_decide_at_once_decide_once() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let id = received(conn, &it, 0, &["Build"])[0].id;
    taken_to(conn, id, OutcomeState::Debated);

    let answers: Vec<Result<OutcomeState, &str>> = std::thread::scope(|scope| {
        let deciding: Vec<_> = (0..10)
            .map(|number| {
                let test = &test;
                scope.spawn(move || {
                    let decided = test.write("decide", move |conn| match number % 3 {
                        0 => tried(conn, id, Try::Adopt, 0),
                        1 => tried(conn, id, Try::Return, 0),
                        _ => tried(conn, id, Try::Refuse, 0),
                    });
                    decided.map(|own| own.state).map_err(|fault| fault.code)
                })
            })
            .collect();
        deciding.into_iter().map(|one| one.join().expect("ran")).collect()
    });

    let done: Vec<_> = answers.iter().filter_map(|answer| answer.as_ref().ok()).collect();
    assert_eq!(done.len(), 1, "{answers:?}");
    assert_eq!(*done[0], row(conn, id).state);
    assert!(
        answers
            .iter()
            .all(|answer| matches!(answer, Ok(_) | Err("outcome_state")))
    );
    assert_eq!(outcomes::steps(conn, id).expect("read").len(), 4);
}

#[test]
fn r71_a_decision_on_what_was_seen_before_is_stale() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let id = received(conn, &it, 0, &["Build"])[0].id;
    let seen = taken_to(conn, id, OutcomeState::Debated);
    reworded(conn, id, "Other words.");

    let blind = decisions::adopt(conn, None, now(), id, Some(seen.version), "", today());
    let after = row(conn, id);
    let open = decisions::adopt(conn, None, now(), id, Some(after.version), "", today());

    assert_eq!(code(blind), "stale");
    assert_eq!(open.expect("adopted").state, OutcomeState::AmendedAdopted);
}

#[test]
fn r71_giving_back_and_refusing_need_a_reason_which_stays() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let ids: Vec<OutcomeId> = received(conn, &it, 0, &["Back", "No"])
        .iter()
        .map(|own| own.id)
        .collect();
    for id in &ids {
        taken_to(conn, *id, OutcomeState::Debated);
    }

    let bare = decisions::return_(conn, None, now(), ids[0], None, " ");
    decisions::return_(conn, None, now(), ids[0], None, "Not ripe.").expect("given back");
    decisions::refuse(conn, None, now(), ids[1], None, "An objection stands.").expect("refused");

    assert_eq!(fields(bare), [("reason".to_owned(), "required")]);
    for (id, state, reason) in [
        (ids[0], OutcomeState::Returned, "Not ripe."),
        (ids[1], OutcomeState::NotAdopted, "An objection stands."),
    ] {
        let told = outcomes::get(conn, &stranger(), id).expect("it stays to be seen");
        assert_eq!((told.state, told.decision_reason.as_str()), (state, reason));
        let last = outcomes::steps(conn, id).expect("read").pop().expect("a step");
        assert_eq!(
            (last.from_state, last.reason.as_str()),
            (Some(OutcomeState::Debated), reason)
        );
    }
    assert_eq!(code(tried(conn, ids[0], Try::Edit, 0)), "outcome_decided");
}

#[test]
fn r72_what_is_not_decided_is_listed() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let ids: Vec<OutcomeId> = received(conn, &it, 0, &["A", "B", "C", "D"])
        .iter()
        .map(|own| own.id)
        .collect();
    outcomes::draft(conn, &desk(), now(), it.edition, 2019, &recommendation("Draft")).expect("drafted");
    for (id, to) in [
        (ids[1], OutcomeState::Presented),
        (ids[2], OutcomeState::Debated),
        (ids[3], OutcomeState::NotAdopted),
    ] {
        taken_to(conn, id, to);
    }

    let open = outcomes::undecided(conn, it.edition).expect("listed");

    let codes: Vec<&str> = open.iter().map(|own| own.code.as_str()).collect();
    assert_eq!(codes, ["TH-2019-03-R01", "TH-2019-03-R02", "TH-2019-03-R03"]);
    for id in &ids[..3] {
        let own = row(conn, *id);
        let rest = match own.state {
            OutcomeState::Received => taken_to(conn, *id, OutcomeState::Adopted),
            OutcomeState::Presented => {
                decisions::debate(conn, None, now(), *id, None, "").expect("debated");
                adopted(conn, *id)
            }
            _ => adopted(conn, *id),
        };
        assert!(rest.state.is_decided());
    }
    assert_eq!(outcomes::undecided(conn, it.edition), Ok(vec![]));
}

#[test]
fn r74_what_is_adopted_is_followed_until_its_horizon() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let ids: Vec<OutcomeId> = received(conn, &it, 0, &["Three", "Four", "Refused"])
        .iter()
        .map(|own| own.id)
        .collect();
    for id in &ids {
        taken_to(conn, *id, OutcomeState::Debated);
    }
    let adopt = |conn: &mut Conn, id, years| {
        decisions::adopt(conn, None, now(), id, None, "", rules::horizon(2019, years)).expect("adopted")
    };

    let (three, four) = (adopt(conn, ids[0], 3), adopt(conn, ids[1], 4));
    decisions::refuse(conn, None, now(), ids[2], None, "No.").expect("refused");

    assert_eq!(three.horizon_to, Some(LocalDate::on("2022-12-31")));
    assert_eq!(four.horizon_to, Some(LocalDate::on("2023-12-31")));
    assert_eq!(row(conn, ids[2]).horizon_to, None);
    let followed = |conn: &mut Conn, day: &str| {
        let filter = OutcomeFilter {
            followed_on: Some(LocalDate::on(day)),
            ..OutcomeFilter::default()
        };
        let page = outcomes::list(conn, &stranger(), &filter, &kernel::PageAsk::first()).expect("listed");
        page.items.iter().map(|line| line.outcome.id).collect::<Vec<_>>()
    };
    assert_eq!(followed(conn, "2019-11-16"), [ids[0], ids[1]]);
    assert_eq!(followed(conn, "2022-12-31"), [ids[0], ids[1]]);
    assert_eq!(followed(conn, "2023-01-01"), [ids[1]]);
    assert_eq!(followed(conn, "2024-01-01"), []);
    let longer = outcomes::set_horizon(conn, &desk(), now(), ids[0], LocalDate::on("2024-12-31"), None);
    assert_eq!(longer.expect("set").code, three.code);
    assert_eq!(followed(conn, "2024-01-01"), [ids[0]]);
    let never = outcomes::set_horizon(conn, &desk(), now(), ids[2], today(), None);
    assert_eq!(code(never), "outcome_not_adopted");
}
