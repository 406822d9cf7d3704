//! What blocks say in other languages.

use db::testing;
use kernel::{Id, Localized};
use serde_json::json;

use super::{code, field, noon, paragraphs, plain, says, somebody};
use crate::{
    blocks,
    model::{Alignment, Content, Run},
    texts, translations, versions,
};

#[test]
fn r88_a_language_is_complete_when_every_block_is_said_in_it_as_it_stands() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, there) = paragraphs(conn, &["Cities act.", "Regions act."]);
    let now = noon();
    let state = |conn: &mut db::Conn| translations::state(conn, text, "fr").expect("told");
    assert_eq!(state(conn).state, Alignment::Missing);

    translations::set(
        conn,
        None,
        now,
        there[0].id,
        "fr",
        1,
        None,
        plain("Les villes agissent."),
    )
    .expect("said");
    let partly = state(conn);
    translations::set(
        conn,
        None,
        now,
        there[1].id,
        "fr",
        1,
        None,
        plain("Les régions agissent."),
    )
    .expect("said");
    let complete = state(conn);
    blocks::change(conn, None, now, there[0].id, 1, says("All cities act.")).expect("changed");
    let stale = state(conn);

    assert_eq!(
        (partly.state, partly.current, partly.missing),
        (Alignment::Partly, 1, 1)
    );
    assert_eq!(
        (complete.state, complete.current, complete.unreviewed),
        (Alignment::Complete, 2, 2)
    );
    assert_eq!(
        (stale.state, stale.current, stale.stale, stale.missing),
        (Alignment::Partly, 1, 1, 0)
    );
    assert_eq!(
        translations::state(conn, text, "en").expect("told").state,
        Alignment::Complete
    );
}

#[test]
fn r88_a_translation_stays_for_the_version_that_it_is_of() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, there) = paragraphs(conn, &["Cities act.", "Regions act."]);
    let now = noon();
    let id = there[0].id;
    translations::set(conn, None, now, id, "fr", 1, None, plain("Les villes agissent.")).expect("said");
    let sealed = versions::seal(conn, None, now, text, "").expect("sealed");
    blocks::change(conn, None, now, id, 1, says("All cities act.")).expect("changed");
    let told = |said: Vec<translations::Said>| -> Vec<(String, bool, bool)> {
        said.into_iter()
            .map(|said| (said.block.content.words(), said.is_translated, said.is_stale))
            .collect()
    };
    assert_eq!(
        told(translations::said(conn, text, "fr").expect("read"))[0],
        ("Les villes agissent.".into(), true, true)
    );

    let later = now.plus_minutes(1);
    translations::set(
        conn,
        None,
        later,
        id,
        "fr",
        2,
        None,
        plain("Toutes les villes agissent."),
    )
    .expect("said");

    assert_eq!(
        told(translations::said(conn, text, "fr").expect("read")),
        [
            ("Toutes les villes agissent.".into(), true, false),
            ("Regions act.".into(), false, false)
        ]
    );
    assert_eq!(
        told(translations::sealed(conn, &sealed, "fr").expect("read")),
        [
            ("Les villes agissent.".into(), true, false),
            ("Regions act.".into(), false, false)
        ]
    );
}

#[test]
fn what_a_sealed_version_says_in_another_language_never_changes() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (text, there) = paragraphs(conn, &["Cities act.", "Regions act."]);
    let now = noon();
    let say = |conn: &mut db::Conn, place: usize, version, words: &str| {
        let id = there[place].id;
        translations::set(conn, None, now, id, "fr", 1, version, plain(words)).expect("said")
    };
    say(conn, 0, None, "Les villes agissent.");
    let one = versions::seal(conn, None, now, text, "").expect("sealed");
    let before = translations::sealed(conn, &one, "fr").expect("read");

    say(conn, 0, Some(1), "Les villes dorment.");
    say(conn, 1, None, "Les régions agissent.");

    assert_eq!(before[0].block.content.words(), "Les villes agissent.");
    assert_eq!(translations::sealed(conn, &one, "fr").expect("read"), before);
    let two = versions::seal(conn, None, now, text, "").expect("sealed");
    let again = versions::seal(conn, None, now, text, "").expect("the same");
    assert_eq!((two.number, &two.hash, again.number), (2, &one.hash, 2));
    assert_eq!(
        translations::sealed(conn, &two, "fr").expect("read"),
        translations::said(conn, text, "fr").expect("read")
    );
    assert_eq!(translations::sealed(conn, &one, "fr").expect("read"), before);
}

#[test]
fn two_translators_of_one_block_are_told_and_so_is_one_of_a_block_that_changed() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (_, there) = paragraphs(conn, &["Cities act."]);
    let (now, id) = (noon(), there[0].id);
    translations::set(conn, None, now, id, "es", 1, None, plain("Las ciudades actúan.")).expect("said");

    let late = translations::set(conn, None, now, id, "es", 1, None, plain("x")).expect_err("stale");
    assert_eq!(
        late.facts["now"]["content"],
        json!([{ "text": "Las ciudades actúan." }])
    );
    let own = translations::set(
        conn,
        None,
        now,
        id,
        "es",
        1,
        Some(1),
        plain("Actúan las ciudades."),
    )
    .expect("said");
    assert_eq!(own.version, 2);
    blocks::change(conn, None, now, id, 1, says("All cities act.")).expect("changed");
    let of_before = translations::set(conn, None, now, id, "es", 1, Some(2), plain("x")).expect_err("stale");
    assert_eq!(of_before.facts["now"]["version"], json!(2));
}

#[test]
fn r88_somebody_else_reads_a_translation_over() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (ana, bo) = (somebody(conn, "Ana"), somebody(conn, "Bo"));
    let (text, there) = paragraphs(conn, &["Cities act."]);
    let (now, id) = (noon(), there[0].id);
    let review = |conn: &mut db::Conn, who, version| translations::review(conn, who, now, id, "fr", version);
    assert_eq!(code(review(conn, Some(bo), 1)), "not_found");
    translations::set(
        conn,
        Some(ana),
        now,
        id,
        "fr",
        1,
        None,
        plain("Les villes agissent."),
    )
    .expect("said");

    assert_eq!(code(review(conn, None, 1)), "sign_in_needed");
    assert_eq!(code(review(conn, Some(ana), 1)), "own_translation");
    assert_eq!(code(review(conn, Some(bo), 7)), "stale");
    let read = review(conn, Some(bo), 1).expect("read over");
    assert_eq!((read.reviewed_by, read.version), (Some(bo), 2));
    assert_eq!(translations::state(conn, text, "fr").expect("told").unreviewed, 0);

    // What is said anew was read over by nobody.
    translations::set(
        conn,
        Some(bo),
        now,
        id,
        "fr",
        1,
        Some(2),
        plain("Agissent les villes."),
    )
    .expect("said");
    assert_eq!(translations::state(conn, text, "fr").expect("told").unreviewed, 1);
    blocks::change(conn, None, now, id, 1, says("All cities act.")).expect("changed");
    assert_eq!(code(review(conn, Some(ana), 3)), "translation_stale");
}

#[test]
fn r88_a_text_is_aligned_when_no_language_lacks_anything() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (ana, bo) = (somebody(conn, "Ana"), somebody(conn, "Bo"));
    let (text, there) = paragraphs(conn, &["Cities act."]);
    let (now, id) = (noon(), there[0].id);
    let all = ["en", "fr", "es"];
    let refused = translations::aligned(conn, text, &all, true).expect_err("lacking");
    let lacks = |language: &str| json!({ "language": language, "title": true, "missing": 1, "stale": 0, "unreviewed": 0 });
    assert_eq!(
        (refused.code, &refused.facts["languages"]),
        ("not_aligned", &json!([lacks("es"), lacks("fr")]))
    );

    for (language, words) in [("fr", "Les villes agissent."), ("es", "Las ciudades actúan.")] {
        translations::set(conn, Some(ana), now, id, language, 1, None, plain(words)).expect("said");
    }
    texts::rename(
        conn,
        None,
        now,
        text,
        None,
        &Localized::of("Housing", "Logement", "Vivienda"),
    )
    .expect("renamed");

    translations::aligned(conn, text, &all, false).expect("aligned");
    assert_eq!(code(translations::aligned(conn, text, &all, true)), "not_aligned");
    for language in ["fr", "es"] {
        translations::review(conn, Some(bo), now, id, language, 1).expect("read over");
    }
    translations::aligned(conn, text, &all, true).expect("aligned");
}

#[test]
fn what_a_translation_may_not_be_is_refused() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (_, there) = paragraphs(conn, &["Cities act."]);
    let (now, id) = (noon(), there[0].id);
    let set = |conn: &mut db::Conn, language: &str, content: Content| {
        translations::set(conn, None, now, id, language, 1, None, content)
    };

    assert_eq!(code(set(conn, "en", plain("x"))), "authentic_language");
    assert_eq!(
        field(set(conn, "français", plain("x"))),
        ("language".into(), "not_a_language")
    );
    assert_eq!(field(set(conn, "fr", plain(" "))), ("content".into(), "required"));
    assert_eq!(
        field(set(conn, "fr", Content::Table { rows: vec![] })),
        ("content".into(), "content_mismatch")
    );
    assert_eq!(
        field(set(conn, "fr", Content::Text(vec![Run::mark(Id::new())]))),
        ("content".into(), "note_unknown")
    );
    let absent = translations::set(conn, None, now, Id::new(), "fr", 1, None, plain("x"));
    assert_eq!(code(absent), "not_found");
}
