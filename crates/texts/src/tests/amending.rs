//! Amendments from the floor to the text: filed, seconded, ordered, put, decided, taken in.

use access_rules::{OrganisationId, PersonId};
use db::{Conn, on_each, testing};
use diesel::{RunQueryDsl as _, sql_query, sql_types};
use kernel::{
    Id, Json, Kind, Localized,
    column::{JsonSql, MomentSql, UuidSql},
};

use super::{code, noon, paragraphs, plain, says, somebody, words};
use crate::{
    amend::{
        AmendmentId, Proposed,
        clash::Clash,
        state::{Advice, AmendmentState, Decision},
    },
    amendments::{self, AmendmentTerms, NewAmendments, SaidBlock, Shown},
    blocks,
    diff::Change,
    faults::TextFault,
    model::{Block, BlockId, TextId},
    numbering, texts, translations,
    versions::{self, Resolved},
};

/// Somebody, and the organisation they speak for.
pub type Voice = (PersonId, OrganisationId);

pub fn voice(conn: &mut Conn, name: &str) -> Voice {
    let id: OrganisationId = Id::new();
    let new = "INSERT INTO organisations (id, name, name_key, name_sort, skeleton, identity, search_key, names, acronym, \
         acronym_key, kind, site, email_domain, state, created_at, version) \
         VALUES ($1, $2, $2, $3, $2, $2, $2, $4, '', '', 'city', '', '', 'active', $5, 1)";
    on_each!(conn, |c| sql_query(new)
        .bind::<UuidSql, _>(id)
        .bind::<sql_types::Text, _>(format!("City of {name} {id}"))
        .bind::<sql_types::Binary, _>(name.as_bytes())
        .bind::<JsonSql, _>(Json(Localized::only("en", name)))
        .bind::<MomentSql, _>(noon())
        .execute(c))
    .expect("there");
    (somebody(conn, name), id)
}

/// A sealed text, its blocks, and whom it concerns.
pub struct Ground {
    pub text: TextId,
    pub blocks: Vec<Block>,
    pub ana: Voice,
    pub bo: Voice,
    pub cy: Voice,
}

pub fn ground(conn: &mut Conn, said: &[&str]) -> Ground {
    let (text, there) = paragraphs(conn, said);
    versions::seal(conn, None, noon(), text, "").expect("sealed");
    Ground {
        text,
        blocks: there.iter().map(|own| own.block()).collect(),
        ana: voice(conn, "Ana"),
        bo: voice(conn, "Bo"),
        cy: voice(conn, "Cy"),
    }
}

pub fn four(conn: &mut Conn) -> Ground {
    let said = [
        "The right to housing is a human right.",
        "Cities build homes for all who need one.",
        "Regions help them.",
        "We thank the hosts.",
    ];
    ground(conn, &said)
}

pub fn add(after: &Block, words: &str) -> Proposed {
    Proposed::Add {
        after: Some(after.id),
        blocks: vec![Block::paragraph(words)],
    }
}

pub fn delete(block: &Block) -> Proposed {
    Proposed::Delete { block: block.id }
}

pub fn replace(block: &Block, words: &str) -> Proposed {
    Proposed::Replace {
        block: block.id,
        blocks: vec![Block::paragraph(words)],
    }
}

pub fn new(ground: &Ground, voice: Voice, proposed: Vec<Proposed>) -> (PersonId, NewAmendments) {
    let new = NewAmendments {
        text: ground.text,
        number: 1,
        of: None,
        organisation: voice.1,
        language: "en".into(),
        reason: "It is clearer.".into(),
        proposed,
    };
    (voice.0, new)
}

pub fn filed(conn: &mut Conn, ground: &Ground, voice: Voice, proposed: Proposed) -> Shown {
    filed_to(conn, ground, voice, None, proposed)
}

pub fn filed_to(
    conn: &mut Conn,
    ground: &Ground,
    voice: Voice,
    of: Option<AmendmentId>,
    proposed: Proposed,
) -> Shown {
    let (who, new) = new(ground, voice, vec![proposed]);
    let filing = amendments::file(conn, Some(who), noon(), noon(), NewAmendments { of, ..new });
    filing.expect("filed").amendments.pop().expect("one")
}

pub fn admit(conn: &mut Conn, id: AmendmentId) {
    let version = amendments::get(conn, id).expect("there").version;
    amendments::judge(conn, None, noon(), id, version, true, "").expect("admissible");
}

/// Gives those that wait the order of the measure; answers it.
pub fn ordered(conn: &mut Conn, text: TextId) -> Vec<AmendmentId> {
    let order = amendments::furthest_first(conn, text, 1).expect("measured");
    amendments::order(conn, None, noon(), text, 1, &order).expect("ordered");
    order
}

pub fn put(conn: &mut Conn, id: AmendmentId) -> Result<Shown, kernel::Fault> {
    let version = amendments::get(conn, id)?.version;
    amendments::put(conn, None, noon(), id, version)
}

pub fn decided(conn: &mut Conn, id: AmendmentId, decision: Decision) -> Vec<(i64, Clash)> {
    let put = put(conn, id).expect("put");
    let decided = amendments::decide(
        conn,
        None,
        noon(),
        id,
        put.version,
        decision,
        "By a show of hands",
    );
    let fell = decided.expect("decided").fell;
    fell.into_iter().map(|own| (own.number, own.why)).collect()
}

pub fn state(conn: &mut Conn, id: AmendmentId) -> AmendmentState {
    amendments::get(conn, id).expect("there").state
}

/// Four amendments to the second block of four: a slight revision, a deletion, an addition after it, another text for it.
fn scenario(conn: &mut Conn) -> (Ground, [AmendmentId; 4]) {
    let ground = four(conn);
    let second = ground.blocks[1].clone();
    let proposed = [
        replace(&second, "Cities and towns build homes for all who need one."),
        delete(&second),
        add(&second, "States pay for them."),
        replace(&second, "Markets build homes."),
    ];
    let ids = proposed.map(|own| filed(conn, &ground, ground.ana, own).id);
    ids.iter().for_each(|id| admit(conn, *id));
    (ground, ids)
}

#[test]
fn r82_four_amendments_the_furthest_is_adopted_and_the_others_fall() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (ground, [slight, deletion, addition, other]) = scenario(conn);

    let order = ordered(conn, ground.text);
    let waiting = amendments::undecided(conn, ground.text, 1);
    let early = put(conn, slight);
    let fell = decided(conn, deletion, Decision::Adopted);

    assert_eq!(order, [deletion, other, slight, addition]);
    assert_eq!(waiting, Ok(vec![1, 2, 3, 4]));
    assert_eq!(
        amendments::undecided(conn, ground.text, 1),
        Ok(vec![]),
        "the text as amended is next"
    );
    let early = early.expect_err("not its turn");
    assert_eq!(
        (early.code, early.facts["next"].as_i64()),
        ("not_its_turn", Some(2))
    );
    assert_eq!(
        fell,
        [
            (1, Clash::SameBlock),
            (3, Clash::TargetGone),
            (4, Clash::SameBlock)
        ]
    );
    let late = amendments::get(conn, slight).expect("there");
    assert_eq!(
        (late.state, late.fallen_for, late.fall_reason),
        (AmendmentState::Fallen, Some(deletion), Some(Clash::SameBlock))
    );
    assert_eq!(code(put(conn, slight)), "illegal_step");
    let applied = amendments::apply(conn, None, noon(), ground.text, 1).expect("applied");
    assert_eq!(applied.amendments, [deletion]);
    assert_eq!(
        words(conn, ground.text),
        [
            "The right to housing is a human right.",
            "Regions help them.",
            "We thank the hosts."
        ]
    );
}

#[test]
fn r82_four_amendments_in_the_chairs_order_and_then_the_text_as_amended() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (ground, [slight, deletion, addition, other]) = scenario(conn);
    let chairs = [deletion, addition, other, slight];

    let stored = amendments::order(conn, None, noon(), ground.text, 1, &chairs).expect("ordered");
    assert_eq!(decided(conn, deletion, Decision::Rejected), []);
    assert_eq!(decided(conn, addition, Decision::Adopted), []);
    assert_eq!(decided(conn, other, Decision::Rejected), []);
    assert_eq!(decided(conn, slight, Decision::Adopted), []);
    let compared = amendments::compare(conn, ground.text, 1).expect("compared");
    let applied = amendments::apply(conn, None, noon(), ground.text, 1).expect("applied");
    let again = amendments::apply(conn, None, noon(), ground.text, 1).expect("nothing left");

    let places: Vec<_> = stored.iter().map(|own| (own.id, own.place)).collect();
    assert_eq!(
        places,
        chairs.iter().copied().zip((1..).map(Some)).collect::<Vec<_>>()
    );
    let expected = [
        "The right to housing is a human right.",
        "Cities and towns build homes for all who need one.",
        "States pay for them.",
        "Regions help them.",
        "We thank the hosts.",
    ];
    assert_eq!(words(conn, ground.text), expected);
    let changes: Vec<Change> = compared.whole.iter().map(|own| own.change).collect();
    assert_eq!(
        changes,
        [
            Change::Same,
            Change::Changed,
            Change::Added,
            Change::Same,
            Change::Same
        ]
    );
    assert_eq!(
        compared.amendments.len(),
        4,
        "each beside the text, adopted or not"
    );
    let working = texts::working(conn, ground.text).expect("read");
    assert_eq!(
        (working[1].id, working[1].version),
        (ground.blocks[1].id, 2),
        "it is the same block"
    );
    let brought = amendments::get(conn, addition).expect("there").proposed;
    assert_eq!(
        working[2].id,
        brought.blocks()[0].id,
        "it bears the id it had in the amendment"
    );
    assert_eq!(applied.consolidated.blocks, compared.consolidated.blocks);
    assert_eq!(again.amendments, [], "once is enough");
    assert_eq!(
        amendments::list(conn, ground.text, Some(1)).expect("read")[3].state,
        AmendmentState::Adopted
    );
}

#[test]
fn r82_the_consolidated_text_is_the_same_whoever_filed_first() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let mut found = Vec::new();
    for turn in [[0, 1, 2, 3], [3, 1, 0, 2], [2, 3, 1, 0]] {
        let ground = four(conn);
        let proposed = [
            add(&ground.blocks[0], "First of two."),
            add(&ground.blocks[0], "Second of two."),
            replace(&ground.blocks[2], "Regions and states help them."),
            delete(&ground.blocks[3]),
        ];
        let ids: Vec<AmendmentId> = turn
            .iter()
            .map(|at| {
                let own: &Proposed = &proposed[*at];
                filed(conn, &ground, ground.ana, own.clone()).id
            })
            .collect();
        ids.iter().for_each(|id| admit(conn, *id));
        for id in ordered(conn, ground.text) {
            decided(conn, id, Decision::Adopted);
        }
        amendments::apply(conn, None, noon(), ground.text, 1).expect("applied");
        found.push(words(conn, ground.text));
    }

    assert_eq!(found[0].len(), 5);
    assert!(found.iter().all(|own| *own == found[0]), "{found:?}");
}

#[test]
fn r82_an_amendment_to_an_amendment_is_put_before_it_and_taken_into_it() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    let parent = filed(
        conn,
        &ground,
        ground.ana,
        replace(&ground.blocks[2], "Regions and states help the cities."),
    );
    let brought = parent.proposed.blocks()[0].clone();
    let sub = filed_to(
        conn,
        &ground,
        ground.bo,
        Some(parent.id),
        replace(&brought, "Regions, states and banks help the cities."),
    );
    let (who, deeper) = new(&ground, ground.cy, vec![add(&brought, "x")]);
    let deeper = NewAmendments {
        of: Some(sub.id),
        ..deeper
    };
    let (_, elsewhere) = new(&ground, ground.cy, vec![delete(&ground.blocks[0])]);
    let elsewhere = NewAmendments {
        of: Some(parent.id),
        ..elsewhere
    };
    let late = filed_to(
        conn,
        &ground,
        ground.cy,
        Some(parent.id),
        add(&brought, "At once."),
    );
    [parent.id, sub.id].iter().for_each(|id| admit(conn, *id));

    assert_eq!(
        code(amendments::file(conn, Some(who), noon(), noon(), deeper)),
        "amendment_too_deep"
    );
    let refused = amendments::file(conn, Some(who), noon(), noon(), elsewhere);
    assert_eq!(
        super::field(refused),
        ("proposed.0.block".into(), "not_in_version")
    );
    let wrong = amendments::order(conn, None, noon(), ground.text, 1, &[parent.id, sub.id]);
    assert_eq!(code(wrong), "parent_first");
    assert_eq!(ordered(conn, ground.text), [sub.id, parent.id]);
    assert_eq!(decided(conn, sub.id, Decision::Adopted), []);
    let version = amendments::get(conn, parent.id).expect("there").version;
    assert_eq!(
        code(amendments::withdraw(
            conn,
            Some(ground.ana.0),
            noon(),
            parent.id,
            version
        )),
        "already_amended"
    );
    let amended = amendments::amended(conn, parent.id).expect("computed");
    assert_eq!(
        amended.blocks()[0].content.words(),
        "Regions, states and banks help the cities."
    );
    admit(conn, late.id);
    let early = put(conn, parent.id).expect_err("another amends it");
    assert_eq!(
        (early.code, early.facts["next"].as_i64()),
        ("not_its_turn", Some(late.number))
    );
    ordered(conn, ground.text);
    assert_eq!(decided(conn, late.id, Decision::Rejected), []);
    decided(conn, parent.id, Decision::Adopted);
    let applied = amendments::apply(conn, None, noon(), ground.text, 1).expect("applied");

    assert_eq!(
        words(conn, ground.text)[2],
        "Regions, states and banks help the cities."
    );
    let origin = &applied.consolidated.provenance[2];
    assert_eq!(
        (origin.block, &origin.by),
        (ground.blocks[2].id, &vec![parent.id, sub.id])
    );
}

#[test]
fn r82_what_amends_an_amendment_falls_with_it() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    let parent = filed(conn, &ground, ground.ana, add(&ground.blocks[0], "More."));
    let brought = parent.proposed.blocks()[0].clone();
    let sub = filed_to(
        conn,
        &ground,
        ground.bo,
        Some(parent.id),
        replace(&brought, "Much more."),
    );

    amendments::withdraw(conn, Some(ground.ana.0), noon(), parent.id, 1).expect("withdrawn");

    let fallen = amendments::get(conn, sub.id).expect("there");
    assert_eq!(
        (fallen.state, fallen.fall_reason),
        (AmendmentState::Fallen, Some(Clash::ParentGone))
    );
    let odd = filed(conn, &ground, ground.ana, add(&ground.blocks[1], "Odd."));
    let to_odd = filed_to(
        conn,
        &ground,
        ground.bo,
        Some(odd.id),
        delete(&odd.proposed.blocks()[0]),
    );
    amendments::judge(conn, None, noon(), odd.id, 1, false, "Unrelated.").expect("judged");
    assert_eq!(state(conn, to_odd.id), AmendmentState::Fallen);
    let (who, late) = new(&ground, ground.cy, vec![add(&brought, "x")]);
    let late = NewAmendments {
        of: Some(parent.id),
        ..late
    };
    assert_eq!(
        code(amendments::file(conn, Some(who), noon(), noon(), late)),
        "amendment_closed"
    );
}

#[test]
fn r82_the_order_names_each_that_waits_once() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (ground, [slight, deletion, addition, other]) = scenario(conn);
    let waits_not = filed(conn, &ground, ground.bo, delete(&ground.blocks[3]));
    let mut order = |ids: &[AmendmentId]| {
        let refused = amendments::order(conn, None, noon(), ground.text, 1, ids).expect_err("refused");
        (refused.code, refused.facts["numbers"].to_string())
    };

    let all = [slight, deletion, addition, other];
    assert_eq!(order(&all[1..]), ("order_mismatch", "[1]".into()));
    assert_eq!(
        order(&[slight, slight, addition, other]),
        ("order_mismatch", "[1,2]".into())
    );
    assert_eq!(
        order(&[&all[..], &[waits_not.id]].concat()),
        ("order_mismatch", "[5]".into())
    );
    assert_eq!(
        order(&[&all[..], &[Id::new()]].concat()),
        ("order_mismatch", "[]".into())
    );
}

#[test]
fn r86_two_thirds_take_up_again_what_was_decided_and_what_fell_comes_back() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (ground, [slight, deletion, addition, other]) = scenario(conn);
    ordered(conn, ground.text);
    decided(conn, deletion, Decision::Adopted);
    let version = amendments::get(conn, deletion).expect("there").version;
    let reconsider = |conn: &mut Conn, in_favour, against| {
        amendments::reconsider(conn, None, noon(), deletion, version, in_favour, against)
    };

    let refused = reconsider(conn, 66, 34).expect_err("less than two thirds");
    let again = reconsider(conn, 67, 33).expect("two thirds");

    assert_eq!(refused.code, "two_thirds_needed");
    assert_eq!(
        (again.state, again.decided_at, again.place),
        (AmendmentState::Ordered, None, Some(1))
    );
    for id in [slight, addition, other] {
        let own = amendments::get(conn, id).expect("there");
        assert_eq!(
            (own.state, own.fallen_for, own.fall_reason),
            (AmendmentState::Admissible, None, None)
        );
    }
    ordered(conn, ground.text);
    assert_eq!(decided(conn, deletion, Decision::Rejected), []);
    decided(conn, other, Decision::Adopted);
    let version = amendments::get(conn, deletion).expect("there").version;
    let excluded = amendments::reconsider(conn, None, noon(), deletion, version, 9, 0);
    assert_eq!(code(excluded), "excluded_by_adopted");
    amendments::apply(conn, None, noon(), ground.text, 1).expect("applied");
    let version = amendments::get(conn, other).expect("there").version;
    let applied = amendments::reconsider(conn, None, noon(), other, version, 9, 0);
    assert_eq!(code(applied), "already_applied");
}

#[test]
fn r87_an_amendment_stays_at_its_block_whatever_that_is_called() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    let third = ground.blocks[2].clone();
    let amendment = filed(
        conn,
        &ground,
        ground.ana,
        replace(&third, "Regions help them all."),
    );
    let called = |conn: &mut Conn, block: BlockId| match versions::resolve(conn, ground.text, block) {
        Ok(Resolved::Here { label, .. }) => label.called(),
        other => panic!("{other:?}"),
    };
    let before = called(conn, third.id);
    blocks::add(conn, None, noon(), ground.text, None, says("A new beginning.")).expect("added");
    blocks::move_after(conn, None, noon(), ground.blocks[3].id, Some(ground.blocks[0].id)).expect("moved");
    versions::seal(conn, None, noon(), ground.text, "").expect("sealed");

    admit(conn, amendment.id);
    ordered(conn, ground.text);
    decided(conn, amendment.id, Decision::Adopted);
    amendments::apply(conn, None, noon(), ground.text, 1).expect("applied");

    assert_eq!((before.as_str(), called(conn, third.id).as_str()), ("§ 3", "§ 5"));
    let working = texts::working(conn, ground.text).expect("read");
    let labels = numbering::labels(&working.iter().map(|own| own.block()).collect::<Vec<_>>());
    assert_eq!(
        (working[4].id, working[4].content.0.words(), labels[4].called()),
        (third.id, "Regions help them all.".into(), "§ 5".into())
    );
    assert_eq!(
        words(conn, ground.text)[0],
        "A new beginning.",
        "what others did meanwhile stays"
    );
}

#[test]
fn an_amendment_to_a_block_that_went_meanwhile_is_told_so() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    let [first, second, third] = [0, 1, 2].map(|at| ground.blocks[at].clone());
    let amendment = filed(conn, &ground, ground.ana, replace(&first, "Housing is a right."));
    let adopted = filed(
        conn,
        &ground,
        ground.ana,
        replace(&second, "Cities build homes for all."),
    );
    let added = filed(conn, &ground, ground.bo, add(&third, "And more."));
    [amendment.id, adopted.id, added.id]
        .iter()
        .for_each(|id| admit(conn, *id));
    let order = [adopted.id, amendment.id, added.id];
    amendments::order(conn, None, noon(), ground.text, 1, &order).expect("ordered");
    decided(conn, adopted.id, Decision::Adopted);
    for block in [&first, &second] {
        blocks::remove(conn, None, noon(), block.id, 1).expect("removed");
    }

    let (who, late) = new(&ground, ground.cy, vec![delete(&first)]);
    let refused = amendments::file(conn, Some(who), noon(), noon(), late).expect_err("it is gone");
    assert_eq!(
        (refused.kind, refused.code, refused.facts["version"].as_i64()),
        (Kind::Gone, "block_removed", Some(1))
    );
    assert_eq!(code(put(conn, amendment.id)), "block_removed");
    assert_eq!(
        code(amendments::apply(conn, None, noon(), ground.text, 1)),
        "block_removed"
    );
    let fell = amendments::let_fall_gone(conn, None, noon(), ground.text).expect("fell");
    assert_eq!(
        fell.iter().map(|own| (own.id, own.why)).collect::<Vec<_>>(),
        [(amendment.id, Clash::TargetGone)]
    );
    put(conn, added.id).expect("it goes on");
}

#[test]
fn what_says_something_else_by_now_is_not_overwritten() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    let revised = filed(
        conn,
        &ground,
        ground.ana,
        replace(&ground.blocks[1], "Cities build homes."),
    );
    let added = filed(conn, &ground, ground.ana, add(&ground.blocks[2], "More."));
    [revised.id, added.id].iter().for_each(|id| admit(conn, *id));
    for id in ordered(conn, ground.text) {
        decided(conn, id, Decision::Adopted);
    }
    let by_hand = says("Cities build houses for all who need one.");
    blocks::change(conn, None, noon(), ground.blocks[1].id, 1, by_hand).expect("changed");
    let elsewhere = says("Regions help them, always.");
    blocks::change(conn, None, noon(), ground.blocks[2].id, 1, elsewhere).expect("changed");

    let refused = amendments::apply(conn, None, noon(), ground.text, 1).expect_err("changed by hand");
    assert_eq!(
        (refused.code, &refused.facts["block"]),
        ("block_changed", &serde_json::json!(ground.blocks[1].id))
    );
    let as_it_was = says("Cities build homes for all who need one.");
    blocks::change(conn, None, noon(), ground.blocks[1].id, 2, as_it_was).expect("as it was");
    amendments::apply(conn, None, noon(), ground.text, 1).expect("applied");

    assert_eq!(
        words(conn, ground.text)[1..4],
        ["Cities build homes.", "Regions help them, always.", "More."]
    );
}

#[test]
fn what_an_amendment_says_in_other_languages_comes_with_it_into_the_text() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    let amendment = filed(
        conn,
        &ground,
        ground.ana,
        add(&ground.blocks[0], "Homes for all."),
    );
    let block = amendment.proposed.blocks()[0].id;
    let said = vec![SaidBlock {
        block,
        content: plain("Un toit\u{202e} pour tous·tes."),
    }];
    amendments::translate(conn, Some(ground.bo.0), noon(), amendment.id, "fr", None, said)
        .expect("translated");
    admit(conn, amendment.id);
    ordered(conn, ground.text);
    decided(conn, amendment.id, Decision::Adopted);

    amendments::apply(conn, None, noon(), ground.text, 1).expect("applied");

    let french = translations::said(conn, ground.text, "fr").expect("read");
    assert_eq!(
        (
            french[1].block.id,
            french[1].block.content.words(),
            french[1].is_stale
        ),
        (block, "Un toit pour tous·tes.".into(), false)
    );
}

#[test]
fn as6_a_committee_recommends_and_the_meeting_follows_in_one_go() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (ground, [slight, deletion, addition, other]) = scenario(conn);
    let advise = |conn: &mut Conn, id, version, advice, note: &str| {
        amendments::advise(conn, Some(ground.cy.0), noon(), id, version, advice, note)
    };
    advise(conn, deletion, None, Advice::Reject, "It is needed.").expect("advised");
    advise(conn, other, None, Advice::Adopt, "").expect("advised");
    advise(conn, other, Some(1), Advice::Reject, "Too little.").expect("advised anew");
    advise(conn, slight, None, Advice::Adopt, "Better.").expect("advised");
    ordered(conn, ground.text);

    let stale = advise(conn, other, Some(1), Advice::Adopt, "");
    let unsaid = advise(conn, addition, None, Advice::Modify, "");
    let all = [slight, deletion, other, addition];
    let undecided = amendments::follow(conn, None, noon(), ground.text, 1, &[addition]);
    let found = amendments::follow(conn, None, noon(), ground.text, 1, &all[..3]).expect("followed");

    assert_eq!((code(stale), code(unsaid)), ("stale", "invalid"));
    assert_eq!(code(undecided), "no_advice");
    let states: Vec<_> = found
        .iter()
        .map(|own| (own.amendment.id, own.amendment.state))
        .collect();
    assert_eq!(
        states,
        [
            (deletion, AmendmentState::Rejected),
            (other, AmendmentState::Rejected),
            (slight, AmendmentState::Adopted),
        ]
    );
    let shown = amendments::get(conn, other).expect("there");
    let advice = shown.advice.expect("advised");
    assert_eq!(
        (advice.advice, advice.note.as_str(), advice.version),
        (Advice::Reject, "Too little.", 2)
    );
    let left = amendments::overlaps(conn, ground.text, 1).expect("read");
    assert_eq!(left.clusters, [], "only what still counts");
    let before = amendments::preview(conn, ground.text, 1, &[addition]).expect("computed");
    assert_eq!(before.blocks.len(), 5);
    assert_eq!(
        amendments::preview(conn, ground.text, 1, &[deletion])
            .expect("computed")
            .left_out
            .len(),
        1
    );
}

#[test]
fn as8_the_same_filed_twice_is_told() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    let one = filed(conn, &ground, ground.ana, add(&ground.blocks[0], "And  more."));
    let two = filed(
        conn,
        &ground,
        ground.bo,
        add(&ground.blocks[0], "And\u{200b} more."),
    );
    filed(conn, &ground, ground.cy, add(&ground.blocks[1], "And more."));

    assert_eq!(two.identical, [one.id]);
    let found = amendments::overlaps(conn, ground.text, 1).expect("read");
    assert_eq!(found.identical, [vec![one.id, two.id]]);
    [one.id, two.id].iter().for_each(|id| admit(conn, *id));
    let order = ordered(conn, ground.text);
    let fell = decided(conn, order[0], Decision::Adopted);
    assert_eq!(fell.len(), 1);
    assert_eq!(fell[0].1, Clash::Identical);
}

#[test]
fn terms_are_set_on_the_version_that_was_seen() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    let set = |conn: &mut Conn, version, terms: &AmendmentTerms| {
        amendments::set_terms(conn, None, noon(), ground.text, version, terms)
    };
    let asked = AmendmentTerms {
        seconders_least: 2,
        circulation_hours: 12,
        languages: vec!["fr".into(), "en".into(), "fr".into(), "es".into()],
    };

    let found = set(conn, 0, &asked).expect("set");

    assert_eq!(
        found.terms.languages,
        ["es", "fr"],
        "the authentic one is there anyway"
    );
    assert_eq!(amendments::terms(conn, ground.text), Ok(found));
    assert_eq!(code(set(conn, 0, &asked)), "stale");
    let wrong = AmendmentTerms {
        seconders_least: -1,
        circulation_hours: 1_000_000,
        languages: vec!["English!".into()],
    };
    let refused = set(conn, 1, &wrong).expect_err("wrong");
    let fields: Vec<_> = refused.fields.iter().map(|own| own.field.as_str()).collect();
    assert_eq!(fields, ["seconders_least", "circulation_hours", "languages"]);
    let nowhere = amendments::set_terms(conn, None, noon(), Id::new(), 0, &asked);
    assert_eq!(code(nowhere), "not_found");
    assert_eq!(
        kernel::Fault::from(TextFault::WholeReplacement).kind,
        Kind::Invalid
    );
}
