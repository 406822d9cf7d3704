//! A text put part by part, then as a whole.

use db::{Conn, testing};
use kernel::Id;

use super::{
    amending::{Ground, four},
    code, field, noon, words,
};
use crate::{
    amend::{
        division::{DivisionState, PartState},
        state::Decision,
    },
    divisions::{self, DivisionId, NewPart, Shown},
    personal, texts, versions,
};

fn part(ground: &Ground, at: usize, is_operative: bool) -> NewPart {
    NewPart {
        blocks: vec![ground.blocks[at].id],
        is_operative,
    }
}

/// A preamble and three operative parts.
fn divided(conn: &mut Conn) -> (Ground, DivisionId) {
    let ground = four(conn);
    let mut parts: Vec<NewPart> = (1..4).map(|at| part(&ground, at, true)).collect();
    parts.insert(0, part(&ground, 0, false));
    let division = divisions::divide(conn, None, noon(), ground.text, 1, &parts).expect("divided");
    (ground, division.id)
}

fn decide(conn: &mut Conn, id: DivisionId, decision: Decision) -> Shown {
    let version = divisions::get(conn, id).expect("there").version;
    let put = divisions::put_part(conn, None, noon(), id, version).expect("put");
    divisions::decide_part(conn, None, noon(), id, put.version, decision, "").expect("decided")
}

#[test]
fn r85_a_part_that_is_rejected_is_taken_out_of_the_text() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (ground, id) = divided(conn);
    let decisions = [
        Decision::Adopted,
        Decision::Adopted,
        Decision::Rejected,
        Decision::Adopted,
    ];

    let early = divisions::decide_whole(conn, None, noon(), id, 1, Decision::Adopted, "");
    assert_eq!(code(early), "illegal_step", "the parts come first");
    let after = decisions.map(|decision| decide(conn, id, decision).state);
    let version = divisions::get(conn, id).expect("there").version;
    let whole = divisions::decide_whole(conn, None, noon(), id, version, Decision::Adopted, "By consensus");

    assert_eq!(
        after,
        [
            DivisionState::Parts,
            DivisionState::Parts,
            DivisionState::Parts,
            DivisionState::Whole
        ]
    );
    let whole = whole.expect("decided");
    assert_eq!(
        (whole.state, whole.decision_note.as_str()),
        (DivisionState::Adopted, "By consensus")
    );
    let expected = [
        "The right to housing is a human right.",
        "Cities build homes for all who need one.",
        "We thank the hosts.",
    ];
    assert_eq!(words(conn, ground.text), expected);
    let left: Vec<String> = whole.left.iter().map(|block| block.content.words()).collect();
    assert_eq!(left, expected);
    versions::seal(conn, None, noon(), ground.text, "").expect("sealed");
    let found = divisions::find(conn, ground.text, 1).expect("read");
    assert_eq!(found, Some(whole));
    assert_eq!(divisions::find(conn, ground.text, 2), Ok(None));
}

#[test]
fn r85_when_all_operative_parts_are_rejected_so_is_the_whole_without_a_vote() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (ground, id) = divided(conn);
    decide(conn, id, Decision::Adopted);
    decide(conn, id, Decision::Rejected);
    decide(conn, id, Decision::Rejected);

    let last = decide(conn, id, Decision::Rejected);

    assert_eq!(
        (last.state, last.decided_at),
        (DivisionState::Rejected, Some(noon()))
    );
    let version = last.version;
    let whole = divisions::decide_whole(conn, None, noon(), id, version, Decision::Adopted, "");
    assert_eq!(code(whole), "illegal_step");
    assert_eq!(
        words(conn, ground.text).len(),
        4,
        "the text stays as it was, and is not adopted"
    );
}

#[test]
fn a_whole_that_is_rejected_changes_no_text() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (ground, id) = divided(conn);
    for decision in [
        Decision::Adopted,
        Decision::Rejected,
        Decision::Rejected,
        Decision::Adopted,
    ] {
        decide(conn, id, decision);
    }
    let before = texts::get(conn, ground.text).expect("there").version;
    let version = divisions::get(conn, id).expect("there").version;

    let whole = divisions::decide_whole(conn, None, noon(), id, version, Decision::Rejected, "");

    assert_eq!(whole.expect("decided").state, DivisionState::Rejected);
    assert_eq!(words(conn, ground.text).len(), 4);
    assert_eq!(texts::get(conn, ground.text).expect("there").version, before);
}

#[test]
fn parts_are_put_one_by_one_and_on_the_version_that_was_seen() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (_, id) = divided(conn);

    let put = divisions::put_part(conn, None, noon(), id, 1).expect("put");
    let late = divisions::put_part(conn, None, noon(), id, 1);
    let two = divisions::put_part(conn, None, noon(), id, put.version);

    let states: Vec<PartState> = put.parts.iter().map(|own| own.part.state).collect();
    assert_eq!(
        states,
        [
            PartState::Put,
            PartState::Waiting,
            PartState::Waiting,
            PartState::Waiting
        ]
    );
    assert_eq!((code(late), code(two)), ("stale", "illegal_step"));
    let decide = |conn: &mut Conn, version| {
        divisions::decide_part(
            conn,
            None,
            noon(),
            id,
            version,
            Decision::Adopted,
            "Ana Sol objected",
        )
    };
    let decided = decide(conn, put.version).expect("decided");
    assert_eq!(code(decide(conn, decided.version)), "illegal_step", "none is put");
    personal::take_names_out(conn, &["Ana Sol"], "Person 7").expect("taken out");
    let shown = divisions::get(conn, id).expect("there");
    assert_eq!(shown.parts[0].decision_note, "Person 7 objected");
}

#[test]
fn two_who_decide_a_part_at_once_decide_it_once() {
    let database = testing::fresh();
    let (id, version) = {
        let conn = &mut database.conn();
        let (_, id) = divided(conn);
        let put = divisions::put_part(conn, None, noon(), id, 1).expect("put");
        (id, put.version)
    };

    let good = std::thread::scope(|scope| {
        let database = &database;
        let hands: Vec<_> = [Decision::Adopted, Decision::Rejected]
            .into_iter()
            .map(|decision| {
                scope.spawn(move || {
                    let act = move |conn: &mut Conn| {
                        divisions::decide_part(conn, None, noon(), id, version, decision, "").map(drop)
                    };
                    database.write("decide", act).map_err(|fault| fault.code)
                })
            })
            .collect();
        let answers: Vec<_> = hands
            .into_iter()
            .map(|hand| hand.join().expect("answered"))
            .collect();
        assert!(answers.contains(&Err("stale")), "{answers:?}");
        answers.iter().filter(|own| own.is_ok()).count()
    });

    assert_eq!(good, 1);
}

#[test]
fn what_a_division_may_not_be_is_refused() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    let divide =
        |conn: &mut Conn, parts: &[NewPart]| divisions::divide(conn, None, noon(), ground.text, 1, parts);

    assert_eq!(field(divide(conn, &[])), ("parts".into(), "required"));
    let empty = NewPart::default();
    assert_eq!(
        field(divide(conn, &[empty])),
        ("parts.0.blocks".into(), "required")
    );
    let unknown = NewPart {
        blocks: vec![Id::new()],
        is_operative: true,
    };
    assert_eq!(
        field(divide(conn, &[unknown])),
        ("parts.0.blocks".into(), "not_in_version")
    );
    let twice = [part(&ground, 1, true), part(&ground, 1, false)];
    assert_eq!(code(divide(conn, &twice)), "parts_overlap");
    divide(conn, &twice[..1]).expect("divided");
    assert_eq!(code(divide(conn, &twice[..1])), "already_divided");
    let nowhere = divisions::divide(conn, None, noon(), ground.text, 2, &twice[..1]);
    assert_eq!(code(nowhere), "not_found");
    assert_eq!(code(divisions::get(conn, Id::new())), "not_found");
}
