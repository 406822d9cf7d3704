//! Outcomes in other languages.

use access_rules::Actor;
use db::testing;
use texts::{
    model::{BlockId, Content},
    texts as wording,
};

use super::*;
use crate::{
    reading,
    translating::{self, TranslationInput},
};

fn translator(person: PersonId) -> Actor {
    Actor {
        person: Some(person),
        ..holding(Role::Translator, Scope::Everywhere)
    }
}

fn blocks(conn: &mut Conn, own: &Outcome) -> Vec<(BlockId, i64)> {
    let working = wording::working(conn, own.text).expect("read");
    working.iter().map(|block| (block.id, block.version)).collect()
}

fn in_french(of_version: i64, words: &str) -> TranslationInput {
    TranslationInput {
        language: "fr".into(),
        of_version,
        version: None,
        content: Content::plain(words),
    }
}

#[test]
fn r88_an_outcome_is_said_in_another_language_and_read_over() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let own = received(conn, &it, 0, &["Build"]).remove(0);
    let (ana, bo) = (
        translator(somebody(conn, "Ana")),
        translator(somebody(conn, "Bo")),
    );
    let at_congress = |actor: &Actor| Actor {
        standings: [actor.standings.clone(), registered(it.edition).standings].concat(),
        ..actor.clone()
    };
    let (ana, bo) = (at_congress(&ana), at_congress(&bo));
    let blocks = blocks(conn, &own);

    translating::set(
        conn,
        &ana,
        now(),
        own.id,
        blocks[0].0,
        in_french(blocks[0].1, "Nous agissons."),
    )
    .expect("said");
    let half = reading::shown(conn, &ana, own.id, "fr").expect("shown");
    translating::set(
        conn,
        &ana,
        now(),
        own.id,
        blocks[1].0,
        in_french(blocks[1].1, "Ensemble."),
    )
    .expect("said");
    let alone = translating::review(conn, &ana, now(), own.id, blocks[0].0, "fr", 1);
    translating::review(conn, &bo, now(), own.id, blocks[0].0, "fr", 1).expect("read over");
    translating::entitle(conn, &ana, now(), own.id, "fr", "Construire").expect("entitled");

    assert!(!half.is_whole() && !half.is_authentic());
    assert_eq!(code(alone), "own_translation");
    let whole = reading::shown(conn, &bo, own.id, "fr").expect("shown");
    assert!(whole.is_whole());
    assert_eq!(whole.title.0["fr"], "Construire");
    let said: Vec<String> = whole
        .blocks
        .iter()
        .map(|(said, _)| said.block.content.words())
        .collect();
    assert_eq!(said, ["Nous agissons.", "Ensemble."]);
    let states = reading::languages(conn, &bo, own.id, &["fr", "es"]).expect("told");
    assert_eq!(
        (states[0].current, states[0].unreviewed, states[1].missing),
        (2, 1, 2)
    );
    assert!(
        reading::shown(conn, &bo, own.id, "en")
            .expect("shown")
            .is_authentic()
    );
}

#[test]
fn r71_r88_what_is_translated_is_adopted_as_it_was_received() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let own = received(conn, &it, 0, &["Build"]).remove(0);
    let blocks = blocks(conn, &own);
    for (block, version) in &blocks {
        translating::set(
            conn,
            &desk(),
            now(),
            own.id,
            *block,
            in_french(*version, "Nous agissons."),
        )
        .expect("said");
    }
    translating::entitle(conn, &desk(), now(), own.id, "fr", "Construire").expect("entitled");

    let adopted = taken_to(conn, own.id, OutcomeState::Adopted);
    translating::entitle(conn, &desk(), now(), own.id, "es", "Construir").expect("later too");

    assert_eq!(adopted.state, OutcomeState::Adopted);
    let again = translating::entitle(conn, &desk(), now(), own.id, "en", "Demolish");
    assert_eq!(code(again), "authentic_language");
    assert_eq!(
        reading::shown(conn, &stranger(), own.id, "en")
            .expect("shown")
            .title
            .0["en"],
        "Build"
    );
}

#[test]
fn a_block_of_another_text_is_not_one_of_this_outcome() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let both = received(conn, &it, 0, &["Build", "Rent"]);
    let foreign = blocks(conn, &both[1])[0];

    let set = translating::set(
        conn,
        &desk(),
        now(),
        both[0].id,
        foreign.0,
        in_french(foreign.1, "Louer."),
    );
    let read = translating::review(conn, &desk(), now(), both[0].id, foreign.0, "fr", 1);
    let by_stranger = translating::set(
        conn,
        &registered(it.edition),
        now(),
        both[1].id,
        foreign.0,
        in_french(foreign.1, "Louer."),
    );

    assert_eq!(
        (code(set), code(read), code(by_stranger)),
        ("not_found", "not_found", "not_allowed")
    );
}
