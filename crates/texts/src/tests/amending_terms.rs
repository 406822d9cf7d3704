//! What is asked of an amendment before it is put, who may do what to their own, and many at once.

use access_rules::PersonId;
use db::{Conn, testing};
use kernel::{Fault, Id, Kind, PageAsk};
use records::audit::{self, Filter};

use super::{
    amending::{Ground, add, admit, delete, filed, filed_to, four, new, ordered, put, replace, state, voice},
    code, field, noon, plain,
};
use crate::{
    amend::{
        AmendmentId, Proposed,
        state::{AmendmentState, Decision},
    },
    amendments::{self, AmendmentTerms, NewAmendments, SaidBlock, Shown},
    model::Block,
    personal,
};

fn ask(conn: &mut Conn, ground: &Ground, terms: AmendmentTerms) {
    let version = amendments::terms(conn, ground.text).expect("read").version;
    amendments::set_terms(conn, None, noon(), ground.text, version, &terms).expect("set");
}

fn judged(conn: &mut Conn, id: AmendmentId, is_admissible: bool, reason: &str) -> Result<Shown, Fault> {
    let version = amendments::get(conn, id)?.version;
    amendments::judge(conn, None, noon(), id, version, is_admissible, reason)
}

#[test]
fn r83_what_replaces_the_whole_is_refused_with_the_advice_to_file_a_proposal() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    let others = ["Alpha.", "Beta.", "Gamma.", "Delta."];
    let whole: Vec<Proposed> = ground
        .blocks
        .iter()
        .zip(others)
        .map(|(block, words)| replace(block, words))
        .collect();
    let (who, filing) = new(&ground, ground.ana, whole.clone());

    let refused = amendments::file(conn, Some(who), noon(), noon(), filing).expect_err("the whole");
    let (_, part) = new(&ground, ground.ana, whole[1..].to_vec());
    let part = amendments::file(conn, Some(who), noon(), noon(), part).expect("a part");

    assert_eq!(
        (refused.kind, refused.code, refused.remedy),
        (Kind::Invalid, "whole_replacement", Some("new_proposal"))
    );
    assert_eq!(refused.fields[0].field, "proposed");
    assert_eq!(part.amendments.len(), 3);
    assert!(
        part.amendments
            .iter()
            .all(|own| own.filing == part.amendments[0].id)
    );
    let changed = amendments::change(
        conn,
        Some(who),
        noon(),
        part.amendments[0].id,
        1,
        delete(&ground.blocks[0]),
        "",
    );
    changed.expect("another part");
    assert_eq!(amendments::list(conn, ground.text, None).expect("read").len(), 3);
}

#[test]
fn r83_a_filing_does_not_come_to_replace_the_whole_by_being_changed() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    let proposed = vec![
        delete(&ground.blocks[0]),
        delete(&ground.blocks[1]),
        delete(&ground.blocks[2]),
        add(&ground.blocks[3], "More thanks."),
    ];
    let (who, filing) = new(&ground, ground.ana, proposed);
    let filing = amendments::file(conn, Some(who), noon(), noon(), filing).expect("filed");
    let last = filing.amendments[3].id;

    let changed = amendments::change(conn, Some(who), noon(), last, 1, delete(&ground.blocks[3]), "");

    assert_eq!(code(changed), "whole_replacement");
}

#[test]
fn r84_an_amendment_is_not_put_before_it_is_seconded_translated_and_circulated() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    ask(
        conn,
        &ground,
        AmendmentTerms {
            seconders_least: 2,
            circulation_hours: 12,
            languages: vec!["fr".into()],
        },
    );
    let amendment = filed(conn, &ground, ground.ana, add(&ground.blocks[0], "More."));
    let id = amendment.id;
    let put_at = |conn: &mut Conn, hours: i64| {
        let version = amendments::get(conn, id).expect("there").version;
        amendments::put(conn, None, noon().plus_minutes(hours * 60), id, version)
    };

    let refused = put_at(conn, 0).expect_err("nobody seconds it");
    assert_eq!(
        (
            refused.code,
            refused.kind,
            refused.facts["seconders"].as_i64(),
            refused.facts["needed"].as_i64()
        ),
        ("not_seconded", Kind::Conflict, Some(0), Some(2))
    );
    assert_eq!(code(judged(conn, id, true, "")), "not_seconded");
    let bo = amendments::second(conn, Some(ground.bo.0), noon(), id, ground.bo.1).expect("seconded");
    let cy = amendments::second(conn, Some(ground.cy.0), noon(), id, ground.cy.1).expect("seconded");
    assert_eq!(
        (bo.state, cy.state, cy.seconders.len()),
        (AmendmentState::Drafted, AmendmentState::Seconded, 2)
    );
    admit(conn, id);
    ordered(conn, ground.text);

    let refused = put_at(conn, 0).expect_err("nobody translated it");
    assert_eq!(
        (refused.code, refused.facts["languages"].to_string()),
        ("languages_missing", "[\"fr\"]".into())
    );
    let version = amendments::get(conn, id).expect("there").version;
    assert_eq!(
        code(amendments::circulate(conn, None, noon(), id, version)),
        "languages_missing"
    );
    let said = || {
        vec![SaidBlock {
            block: amendment.proposed.blocks()[0].id,
            content: plain("Plus."),
        }]
    };
    let own = amendments::translate(conn, None, noon(), id, "en", None, said());
    assert_eq!(code(own), "authentic_language");
    let shown = amendments::translate(conn, None, noon(), id, "fr", None, said()).expect("translated");
    assert_eq!(shown.languages, ["fr"]);
    let again = amendments::translate(conn, None, noon(), id, "fr", None, said());
    assert_eq!(code(again), "stale");

    let refused = put_at(conn, 0).expect_err("nobody has read it");
    assert_eq!(
        (refused.code, refused.facts["until"].as_str()),
        ("not_circulated", None)
    );
    let version = amendments::get(conn, id).expect("there").version;
    amendments::circulate(conn, None, noon(), id, version).expect("circulated");
    let refused = put_at(conn, 11).expect_err("an hour too early");
    assert_eq!(
        (refused.code, refused.facts["until"].as_str()),
        (
            "not_circulated",
            Some(noon().plus_minutes(12 * 60).rfc3339().as_str())
        )
    );
    assert_eq!(put_at(conn, 12).expect("in time").state, AmendmentState::Put);
}

#[test]
fn r84_the_chair_may_waive_circulation_with_a_reason() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    ask(
        conn,
        &ground,
        AmendmentTerms {
            circulation_hours: 12,
            ..AmendmentTerms::default()
        },
    );
    let amendment = filed(conn, &ground, ground.ana, delete(&ground.blocks[0]));
    admit(conn, amendment.id);
    ordered(conn, ground.text);
    let waive = |conn: &mut Conn, reason: &str| {
        let version = amendments::get(conn, amendment.id).expect("there").version;
        amendments::waive_circulation(conn, None, noon(), amendment.id, version, reason)
    };

    assert_eq!(code(put(conn, amendment.id)), "not_circulated");
    assert_eq!(field(waive(conn, " \u{200b}")), ("reason".into(), "required"));
    let waived = waive(conn, "Nobody objects.").expect("waived");
    put(conn, amendment.id).expect("put");

    assert_eq!(waived.circulation_waived.as_deref(), Some("Nobody objects."));
    let log = audit::list(conn, &Filter::default(), &PageAsk::first()).expect("read");
    let acts: Vec<&str> = log.items[..2].iter().map(|own| own.act.as_str()).collect();
    assert_eq!(acts, ["text.put_amendment", "text.waive_circulation"]);
}

#[test]
fn r84_an_organisation_seconds_once_and_never_its_own() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    let amendment = filed(conn, &ground, ground.ana, delete(&ground.blocks[0])).id;
    let dee = voice(conn, "Dee").0;
    let second = |conn: &mut Conn, who: PersonId, organisation| {
        amendments::second(conn, Some(who), noon(), amendment, organisation)
    };

    assert_eq!(
        code(second(conn, ground.ana.0, ground.bo.1)),
        "own_amendment",
        "its author"
    );
    assert_eq!(
        code(second(conn, dee, ground.ana.1)),
        "own_amendment",
        "its author’s organisation"
    );
    second(conn, ground.bo.0, ground.bo.1).expect("seconded");
    assert_eq!(code(second(conn, dee, ground.bo.1)), "already_seconded");
    assert_eq!(code(second(conn, ground.bo.0, ground.cy.1)), "already_seconded");
    assert_eq!(
        code(amendments::second(conn, None, noon(), amendment, ground.cy.1)),
        "sign_in_needed"
    );
    judged(conn, amendment, false, "It is out of order.").expect("inadmissible");
    assert_eq!(code(second(conn, dee, ground.cy.1)), "amendment_closed");
}

#[test]
fn an_amendment_is_inadmissible_for_a_reason() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    let amendment = filed(conn, &ground, ground.ana, delete(&ground.blocks[0])).id;

    assert_eq!(
        field(judged(conn, amendment, false, "")),
        ("reason".into(), "required")
    );
    let stale = amendments::judge(conn, None, noon(), amendment, 9, true, "").expect_err("stale");
    assert_eq!(
        (stale.code, &stale.facts["now"]["state"]),
        ("stale", &serde_json::json!("seconded"))
    );
    let found = judged(conn, amendment, false, "It has nothing to do with the text.").expect("judged");

    assert_eq!(
        (found.state, found.admissibility_reason.as_deref()),
        (
            AmendmentState::Inadmissible,
            Some("It has nothing to do with the text.")
        )
    );
    assert_eq!(code(judged(conn, amendment, true, "")), "illegal_step");
    assert_eq!(amendments::furthest_first(conn, ground.text, 1), Ok(vec![]));
    assert_eq!(code(put(conn, amendment)), "illegal_step");
}

#[test]
fn an_author_changes_their_own_until_it_is_before_others() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    let terms = AmendmentTerms {
        seconders_least: 1,
        ..AmendmentTerms::default()
    };
    ask(conn, &ground, terms);
    let id = filed(conn, &ground, ground.ana, add(&ground.blocks[0], "More.")).id;
    amendments::second(conn, Some(ground.bo.0), noon(), id, ground.bo.1).expect("seconded");
    let change = |conn: &mut Conn, who, version, words: &str| {
        let proposed = add(&ground.blocks[1], words);
        amendments::change(
            conn,
            Some(who),
            noon(),
            id,
            version,
            proposed,
            "Better\u{202e} so.",
        )
    };

    let others = change(conn, ground.bo.0, 2, "x").expect_err("another's");
    assert_eq!(others.kind, Kind::Forbidden);
    assert_eq!(code(change(conn, ground.ana.0, 1, "x")), "stale");
    let changed = change(conn, ground.ana.0, 2, "Much\u{200b} more.").expect("changed");

    let own = &changed.amendments[0];
    assert_eq!(
        (
            own.state,
            own.seconders.len(),
            own.reason.as_str(),
            own.proposed.target()
        ),
        (
            AmendmentState::Drafted,
            0,
            "Better so.",
            Some(ground.blocks[1].id)
        ),
        "who seconded it seconded something else"
    );
    assert_eq!(own.proposed.blocks()[0].content.words(), "Much more.");
    amendments::second(conn, Some(ground.bo.0), noon(), id, ground.bo.1).expect("seconded");
    let version = amendments::get(conn, id).expect("there").version;
    let circulated = amendments::circulate(conn, None, noon(), id, version).expect("circulated");
    assert_eq!(
        code(change(conn, ground.ana.0, circulated.version, "x")),
        "illegal_step"
    );
}

#[test]
fn what_was_withdrawn_somebody_takes_up_as_theirs_once() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    let before = filed(conn, &ground, ground.ana, add(&ground.blocks[0], "More."));
    let id = before.id;
    admit(conn, id);
    let order = ordered(conn, ground.text);
    let version = amendments::get(conn, id).expect("there").version;
    let withdraw =
        |conn: &mut Conn, who: PersonId| amendments::withdraw(conn, Some(who), noon(), id, version);
    let take_up = |conn: &mut Conn| amendments::take_up(conn, Some(ground.bo.0), noon(), id, ground.bo.1);

    assert_eq!(code(take_up(conn)), "illegal_step", "its author holds to it");
    assert_eq!(
        withdraw(conn, ground.bo.0).expect_err("another's").kind,
        Kind::Forbidden
    );
    let gone = withdraw(conn, ground.ana.0).expect("withdrawn");
    let again = take_up(conn).expect("taken up");

    assert_eq!(
        (order, gone.state, gone.place),
        (vec![id], AmendmentState::Withdrawn, None)
    );
    assert_eq!(
        (
            again.author,
            again.organisation,
            again.taken_up_from,
            again.number,
            again.state
        ),
        (ground.bo.0, ground.bo.1, Some(id), 2, AmendmentState::Seconded)
    );
    assert_eq!(again.proposed, before.proposed);
    assert_eq!(code(take_up(conn)), "taken_up");
    admit(conn, again.id);
    ordered(conn, ground.text);
    put(conn, again.id).expect("put");
}

#[test]
fn what_is_handed_in_wrongly_is_told_beside_its_field() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    let good = |proposed| new(&ground, ground.ana, proposed).1;
    let who = Some(ground.ana.0);
    let file = |conn: &mut Conn, input| amendments::file(conn, who, noon(), noon(), input);

    let nothing = file(conn, good(vec![]));
    assert_eq!(field(nothing), ("proposed".into(), "required"));
    let many = vec![delete(&ground.blocks[0]); 101];
    let many = file(conn, good(many));
    assert_eq!(field(many), ("proposed".into(), "too_many_amendments"));
    let wrong = NewAmendments {
        language: "English!".into(),
        reason: "x".repeat(2_001),
        ..good(vec![add(&Block::paragraph("not there"), "x")])
    };
    let refused = file(conn, wrong).expect_err("wrong");
    let told: Vec<_> = refused
        .fields
        .iter()
        .map(|own| (own.field.as_str(), own.code))
        .collect();
    assert_eq!(
        told,
        [
            ("language", "not_a_language"),
            ("reason", "too_long"),
            ("proposed.0.after", "not_in_version"),
        ]
    );
    let unsealed = NewAmendments {
        number: 2,
        ..good(vec![delete(&ground.blocks[0])])
    };
    assert_eq!(code(file(conn, unsealed)), "not_found");
    let nobody = amendments::file(conn, None, noon(), noon(), good(vec![delete(&ground.blocks[0])]));
    assert_eq!(code(nobody), "sign_in_needed");
    assert_eq!(code(amendments::get(conn, Id::new())), "not_found");
    assert_eq!(amendments::list(conn, ground.text, None), Ok(vec![]));
}

#[test]
fn an_author_files_so_often_an_hour() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    let (who, input) = new(&ground, ground.ana, vec![delete(&ground.blocks[0])]);
    for _ in 0..60 {
        amendments::file(conn, Some(who), noon(), noon(), input.clone()).expect("filed");
    }

    let refused = amendments::file(conn, Some(who), noon(), noon(), input.clone()).expect_err("too often");

    assert_eq!(refused.kind, Kind::TooMany);
    let later = noon().plus_minutes(60);
    amendments::file(conn, Some(who), noon(), later, input).expect("filed");
}

#[test]
fn two_that_are_put_at_once_are_put_one_after_the_other() {
    let database = testing::fresh();
    let (ids, text) = {
        let conn = &mut database.conn();
        let ground = four(conn);
        let proposed = [delete(&ground.blocks[0]), delete(&ground.blocks[3])];
        let ids = proposed.map(|own| filed(conn, &ground, ground.ana, own).id);
        ids.iter().for_each(|id| admit(conn, *id));
        let ids = ordered(conn, ground.text);
        (ids, ground.text)
    };

    let codes: Vec<Result<AmendmentState, &'static str>> = std::thread::scope(|scope| {
        let database = &database;
        let hands: Vec<_> = (0..8)
            .map(|hand| {
                let id = ids[hand % 2];
                scope.spawn(move || {
                    let act = move |conn: &mut Conn| put(conn, id).map(|own| own.state);
                    database.write("put", act).map_err(|fault| fault.code)
                })
            })
            .collect();
        hands
            .into_iter()
            .map(|hand| hand.join().expect("answered"))
            .collect()
    });

    let good = codes.iter().filter(|own| own.is_ok()).count();
    assert_eq!(good, 1, "{codes:?}");
    let refusals = ["another_put", "illegal_step", "stale", "not_its_turn"];
    assert!(
        codes
            .iter()
            .all(|own| own.is_ok() || own.is_err_and(|code| refusals.contains(&code))),
        "{codes:?}"
    );
    let conn = &mut database.conn();
    let listed = amendments::list(conn, text, Some(1)).expect("read");
    let states: Vec<_> = listed.iter().map(|own| own.state).collect();
    assert_eq!(states, [AmendmentState::Put, AmendmentState::Ordered]);
    let first = listed[0].clone();
    let decide = |conn: &mut Conn, version| {
        amendments::decide(conn, None, noon(), first.id, version, Decision::Adopted, "")
    };
    assert_eq!(code(decide(conn, first.version - 1)), "stale");
    decide(conn, first.version).expect("decided");
    assert_eq!(code(decide(conn, first.version + 1)), "illegal_step");
}

#[test]
fn seconding_twice_at_once_counts_once() {
    let database = testing::fresh();
    let (id, organisation, text, people) = {
        let conn = &mut database.conn();
        let ground = four(conn);
        let terms = AmendmentTerms {
            seconders_least: 2,
            ..AmendmentTerms::default()
        };
        ask(conn, &ground, terms);
        let id = filed(conn, &ground, ground.ana, delete(&ground.blocks[0])).id;
        let people: Vec<PersonId> = (0..8)
            .map(|own| super::somebody(conn, &format!("Person {own}")))
            .collect();
        (id, ground.bo.1, ground.text, people)
    };

    let good = std::thread::scope(|scope| {
        let database = &database;
        let hands: Vec<_> = people
            .into_iter()
            .map(|who| {
                scope.spawn(move || {
                    let act = move |conn: &mut Conn| {
                        amendments::second(conn, Some(who), noon(), id, organisation).map(drop)
                    };
                    database.write("second", act).map_err(|fault| fault.code)
                })
            })
            .collect();
        let answers: Vec<_> = hands
            .into_iter()
            .map(|hand| hand.join().expect("answered"))
            .collect();
        assert!(
            answers
                .iter()
                .all(|own| own.is_ok() || *own == Err("already_seconded")),
            "{answers:?}"
        );
        answers.iter().filter(|own| own.is_ok()).count()
    });

    let conn = &mut database.conn();
    let shown = &amendments::list(conn, text, None).expect("read")[0];
    assert_eq!(
        (good, shown.seconders.len(), shown.state),
        (1, 1, AmendmentState::Drafted)
    );
}

#[test]
fn what_is_withdrawn_while_it_is_being_put_is_one_or_the_other() {
    let database = testing::fresh();
    for _ in 0..5 {
        let (id, who, version) = {
            let conn = &mut database.conn();
            let ground = four(conn);
            let id = filed(conn, &ground, ground.ana, delete(&ground.blocks[0])).id;
            admit(conn, id);
            ordered(conn, ground.text);
            let version = amendments::get(conn, id).expect("there").version;
            (id, ground.ana.0, version)
        };

        let (put, withdrawn) = std::thread::scope(|scope| {
            let database = &database;
            let put = scope.spawn(move || {
                let act = move |conn: &mut Conn| amendments::put(conn, None, noon(), id, version).map(drop);
                database.write("put", act)
            });
            let withdrawn = scope.spawn(move || {
                let act = move |conn: &mut Conn| {
                    amendments::withdraw(conn, Some(who), noon(), id, version).map(drop)
                };
                database.write("withdraw", act)
            });
            (put.join().expect("answered"), withdrawn.join().expect("answered"))
        });

        let conn = &mut database.conn();
        match (put, withdrawn) {
            (Ok(()), Err(late)) => {
                assert_eq!((late.code, state(conn, id)), ("stale", AmendmentState::Put));
                let now_is = amendments::get(conn, id).expect("there").version;
                let late = amendments::withdraw(conn, Some(who), noon(), id, now_is);
                assert_eq!(code(late), "illegal_step", "it is too late");
                amendments::put_back(conn, None, noon(), id, now_is).expect("put back");
                amendments::withdraw(conn, Some(who), noon(), id, now_is + 1).expect("withdrawn");
            }
            (Err(late), Ok(())) => {
                assert_eq!((late.code, state(conn, id)), ("stale", AmendmentState::Withdrawn));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn whoever_is_erased_is_named_no_more_in_what_was_said_of_amendments() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let ground = four(conn);
    let (who, input) = new(&ground, ground.bo, vec![delete(&ground.blocks[0])]);
    let input = NewAmendments {
        reason: "As Ana Sol said, not Joana Sol".into(),
        ..input
    };
    let id = amendments::file(conn, Some(who), noon(), noon(), input)
        .expect("filed")
        .amendments[0]
        .id;
    judged(conn, id, true, "Ana Sol is right").expect("judged");
    let advice = crate::amend::state::Advice::Adopt;
    amendments::advise(conn, None, noon(), id, None, advice, "With Ana Sol").expect("advised");
    let version = amendments::get(conn, id).expect("there").version;
    amendments::waive_circulation(conn, None, noon(), id, version, "Ana Sol asked").expect("waived");
    ordered(conn, ground.text);
    let version = put(conn, id).expect("put").version;
    let decision = Decision::Adopted;
    amendments::decide(conn, None, noon(), id, version, decision, "Against Ana Sol").expect("decided");
    let another = filed_to(conn, &ground, ground.cy, None, delete(&ground.blocks[1]));

    personal::take_names_out(conn, &["Ana Sol"], "Person 7").expect("taken out");

    let shown = amendments::get(conn, id).expect("there");
    assert_eq!(
        (
            shown.reason.as_str(),
            shown.admissibility_reason.as_deref(),
            shown.circulation_waived.as_deref(),
            shown.decision_note.as_deref(),
            shown.advice.map(|own| own.note).as_deref(),
        ),
        (
            "As Person 7 said, not Joana Sol",
            Some("Person 7 is right"),
            Some("Person 7 asked"),
            Some("Against Person 7"),
            Some("With Person 7"),
        )
    );
    assert_eq!(shown.author, ground.bo.0, "the record stays under their id");
    assert_eq!(amendments::get(conn, another.id), Ok(another));
}
