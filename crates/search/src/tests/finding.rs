//! What is found, by whom and in which order.

use db::testing;
use kernel::page;
use proptest::{
    collection::vec,
    prelude::*,
    sample::{select, subsequence},
    test_runner::{Config, TestRunner},
};
use uuid::Uuid;

use super::*;
use crate::{differs, entries::all_differ, put_all, take_away};

#[test]
fn titles_come_first_then_by_kind_then_as_the_thing_goes_on() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let edition = an_edition(conn, "durban-2019");
    let things = [
        a_thing(
            edition,
            Kind::Session,
            "S1",
            "Logement pour tous",
            &[("fr", "le logement"), ("en", "housing")],
        ),
        a_thing(
            edition,
            Kind::Outcome,
            "R1",
            "Eau",
            &[("fr", "l’eau et le logement")],
        ),
        a_thing(
            edition,
            Kind::Paper,
            "P1",
            "Logement",
            &[("fr", "logements"), ("fr", "rien")],
        ),
    ];
    for thing in &things {
        put(conn, thing).expect("put in");
    }

    let hits = found(conn, ANYBODY, edition, "logement");

    assert_eq!(codes(&hits), ["P1", "S1", "R1", "P1", "S1"]);
    assert_eq!(
        hits.iter().map(|hit| hit.is_title).collect::<Vec<_>>(),
        [true, true, false, false, false]
    );
    assert_eq!(hits[2].title, Localized::only("fr", "Eau"));
    assert_eq!(hits[2].block, Some(Uuid::from_u128(1)));
    assert_eq!(codes(&found(conn, ANYBODY, edition, "s1")), ["S1"]);
}

#[test]
fn a_filter_asks_for_one_kind_or_one_language_and_another_edition_has_its_own() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let (edition, other) = (an_edition(conn, "durban-2019"), an_edition(conn, "daejeon-2022"));
    let said = [("fr", "Durban"), ("en", "Durban")];
    put(conn, &a_thing(edition, Kind::Paper, "P1", "Un", &said)).expect("put in");
    put(conn, &a_thing(edition, Kind::Outcome, "R1", "Deux", &said)).expect("put in");
    put(conn, &a_thing(other, Kind::Outcome, "R2", "Trois", &said)).expect("put in");
    let filtered = |conn: &mut Conn, filter: Filter| {
        let page = find(
            conn,
            &keys(ANYBODY),
            edition,
            &asked("durban"),
            &filter,
            &PageAsk::first(),
        );
        let hits = page.expect("found").items;
        hits.into_iter()
            .map(|hit| (hit.code, hit.language))
            .collect::<Vec<_>>()
    };

    assert_eq!(filtered(conn, Filter::default()).len(), 4);
    let english = Filter {
        language: Some("en".into()),
        kind: None,
    };
    let [r1, p1] = ["R1", "P1"].map(|code| (code.to_owned(), "en".to_owned()));
    assert_eq!(filtered(conn, english), [r1.clone(), p1]);
    let outcomes = Filter {
        kind: Some(Kind::Outcome),
        language: Some("en".into()),
    };
    assert_eq!(filtered(conn, outcomes), [r1]);
    assert_eq!(codes(&found(conn, ANYBODY, other, "durban")), ["R2", "R2"]);
}

#[test]
fn both_keys_are_needed_for_what_it_says_and_one_for_its_title() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let edition = an_edition(conn, "durban-2019");
    let line = Thing {
        visible_to: "signed_in".into(),
        details_to: "members".into(),
        ..a_thing(
            edition,
            Kind::Session,
            "S1",
            "Conseil mondial",
            &[("fr", "le conseil dit")],
        )
    };
    put(conn, &line).expect("put in");

    for (of, wanted) in [
        (&["public"][..], 0),
        (&["public", "members"], 0),
        (&["public", "signed_in"], 1),
        (&["public", "signed_in", "members"], 2),
    ] {
        assert_eq!(found(conn, of, edition, "conseil").len(), wanted, "{of:?}");
    }
}

#[test]
fn what_is_put_in_again_writes_nothing_and_what_changed_is_found_as_it_is_now() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let edition = an_edition(conn, "durban-2019");
    let before = a_thing(
        edition,
        Kind::Paper,
        "P1",
        "Eau",
        &[("fr", "potable"), ("en", "drinkable")],
    );
    put(conn, &before).expect("put in");
    let rows = all(conn);

    assert_eq!(differs(conn, before.id, Some(&before)), Ok(false));
    put(conn, &before).expect("put in again");
    assert_eq!(all(conn), rows);

    let mut after = before.clone();
    after.said.retain(|said| said.language == "fr");
    after.said[1].text = "salée".into();
    after.visible_to = "members".into();
    after.details_to = "members".into();
    assert_eq!(differs(conn, before.id, Some(&after)), Ok(true));
    put(conn, &after).expect("put in");

    assert_eq!(differs(conn, before.id, Some(&after)), Ok(false));
    let member = &["public", "members"];
    for gone in ["potable", "drinkable"] {
        assert_eq!(found(conn, member, edition, gone), []);
    }
    assert_eq!(found(conn, ANYBODY, edition, "salee"), []);
    assert_eq!(codes(&found(conn, member, edition, "salee")), ["P1"]);

    take_away(conn, before.id).expect("taken");
    assert_eq!(found(conn, member, edition, "salee"), []);
    assert_eq!(differs(conn, before.id, None), Ok(false));
}

#[test]
fn all_of_a_kind_are_kept_at_once_and_others_stay() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let edition = an_edition(conn, "durban-2019");
    let paper = a_thing(edition, Kind::Paper, "P1", "Ville", &[]);
    put(conn, &paper).expect("put in");
    let many: Vec<Thing> = (0..700)
        .map(|at| {
            a_thing(
                edition,
                Kind::Session,
                &format!("S{at}"),
                "Ville",
                &[("en", "city")],
            )
        })
        .collect();

    put_all(conn, Kind::Session, edition, &many).expect("kept");
    assert_eq!(all(conn).len(), 1401);
    put_all(conn, Kind::Session, edition, &many[1..]).expect("kept");

    assert_eq!(all(conn).len(), 1399);
    assert_eq!(all_differ(conn, Kind::Session, edition, &many[1..]), Ok(false));
    assert_eq!(all_differ(conn, Kind::Session, edition, &many), Ok(true));
    assert_eq!(codes(&found(conn, ANYBODY, edition, "p1")), ["P1"]);
}

#[test]
fn signs_of_the_engines_mean_nothing() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let edition = an_edition(conn, "durban-2019");
    put(
        conn,
        &a_thing(
            edition,
            Kind::Paper,
            "P1",
            "Eau",
            &[("en", "near and or not water")],
        ),
    )
    .expect("put in");

    for typed in [
        "\"water\"",
        "water*",
        "NEAR(water near)",
        "water & or",
        "water | !not",
        "'water':*",
        "water\0",
        "words:water",
        "-water",
        "^water",
        "{water}",
        "water\\",
        "w'); DROP TABLE search_entries; --",
        "water OR nothing",
        "a:b <-> c",
        "''::tsquery",
        "%",
        "_ater",
        "wate?",
    ] {
        let Ok(asked) = Asked::of(typed) else { continue };
        let hits = find(
            conn,
            &keys(ANYBODY),
            edition,
            &asked,
            &Filter::default(),
            &PageAsk::first(),
        );
        let naive = asked.is_in("and near not or water");
        assert_eq!(
            hits.expect("an answer").items.len(),
            usize::from(naive),
            "{typed}"
        );
    }
}

#[test]
fn nothing_is_found_in_an_index_that_lost_a_row_with_its_transaction() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let edition = an_edition(conn, "durban-2019");
    let undone: Result<(), kernel::Fault> = conn.transaction(|conn| {
        put(
            conn,
            &a_thing(edition, Kind::Paper, "P1", "Eau", &[("fr", "Eau")]),
        )?;
        assert_eq!(found(conn, ANYBODY, edition, "eau").len(), 2);
        Err(kernel::Fault::stale())
    });

    assert!(undone.is_err());
    assert_eq!(found(conn, ANYBODY, edition, "eau"), []);
}

const WORDS: &[&str] = &[
    "ville",
    "villes",
    "élu·e·s",
    "élus",
    "LRG",
    "grl",
    "eau",
    "d’eau",
    "représentant(e)s",
    "representantes",
    "città",
    "R-07",
    "日本",
    "мир",
    "acteur·rice·s",
    "the",
    "then",
    "10",
    "(e)",
];
const KEYS: &[&str] = &["public", "members", "desk:assembly", "registered:1"];

/// What can be put in: for whom, in which language, of which kind, where it stands, what it says.
type Made = (
    &'static str,
    &'static str,
    &'static str,
    Kind,
    i64,
    Vec<&'static str>,
);

fn made() -> impl Strategy<Value = Made> {
    (
        select(KEYS),
        select(KEYS),
        select(&["en", "fr", "es"][..]),
        select(&[Kind::Outcome, Kind::Paper, Kind::Session][..]),
        -2..3_i64,
        vec(select(WORDS), 1..6),
    )
}

fn things(edition: EditionId, made: &[Made]) -> Vec<Thing> {
    let thing = |(at, made): (usize, &Made)| {
        let (visible_to, details_to, language, kind, sort, words) = made.clone();
        let mut thing = a_thing(
            edition,
            kind,
            &format!("C{at}"),
            words[0],
            &[(language, &words.join(" "))],
        );
        thing.id = Id::from_uuid(Uuid::from_u128(u128::try_from(at).expect("few") + 7));
        Thing {
            visible_to: visible_to.into(),
            details_to: details_to.into(),
            sort,
            ..thing
        }
    };
    made.iter().enumerate().map(thing).collect()
}

#[test]
fn r252_a_search_is_all_that_can_be_read_and_has_the_words_in_order() {
    let cases = (
        vec(made(), 0..14),
        subsequence(KEYS.to_vec(), 0..=KEYS.len()),
        vec(select(WORDS), 1..3),
        1..5_i64,
    );
    let mut runner = TestRunner::new(Config {
        cases: 60,
        failure_persistence: None,
        ..Config::default()
    });
    let db = testing::fresh();
    let edition = an_edition(&mut db.conn(), "durban-2019");

    let ran = runner.run(&cases, |(made, of, typed, limit)| {
        let conn = &mut db.conn();
        let things = things(edition, &made);
        let kinds = [Kind::Outcome, Kind::Paper, Kind::Session];
        for kind in kinds {
            put_all(conn, kind, edition, &[]).expect("emptied");
        }
        for kind in kinds {
            let own: Vec<Thing> = things
                .iter()
                .filter(|thing| thing.kind == kind)
                .cloned()
                .collect();
            put_all(conn, kind, edition, &own).expect("kept");
        }
        let typed = typed.join(" ");
        let Ok(question) = Asked::of(&typed) else {
            return Ok(());
        };
        let naive: Vec<Vec<u8>> = all(conn)
            .into_iter()
            .filter(|entry| {
                of.contains(&entry.visible_to.as_str()) && of.contains(&entry.details_to.as_str())
            })
            .filter(|entry| question.is_in(&entry.words))
            .map(|entry| entry.order_key)
            .collect();

        let walked = page::walk(PageAsk::of(limit), |page| {
            Ok(paged(conn, &of, edition, &typed, page))
        });

        let hits = walked.expect("every page");
        let order: Vec<Vec<u8>> = hits.iter().map(|hit| hit.order_key.clone()).collect();
        prop_assert_eq!(order, naive);
        prop_assert!(hits.iter().all(|hit| !hit.title.is_blank()));
        let is_marked = |hit: &Hit| hit.excerpt.iter().any(|piece| piece.is_hit);
        prop_assert!(hits.iter().all(|hit| hit.is_title || is_marked(hit)));
        Ok(())
    });

    assert_eq!(ran.map_err(|failed| failed.to_string()), Ok(()));
}
