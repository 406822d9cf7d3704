//! A paper in other languages.

use access_rules::{Actor, Key};
use kernel::Localized;
use texts::{
    model::{Alignment, BlockId, Content},
    translations,
};

use super::{World, code, now, said, says, world};
use crate::{
    model::{Paper, PaperState as S, PaperTrack, TeamRole},
    publish, reading,
    rules::LANGUAGES,
    translating::{self, TitleInput, TranslationInput},
    writing,
};

fn translator(it: &mut World, name: &str, paper: &Paper) -> Actor {
    let person = it.person(name);
    it.named(person, paper.id, TeamRole::Translator);
    it.actor(person)
}

fn input(of_version: i64, version: Option<i64>, words: &str) -> TranslationInput {
    TranslationInput {
        of_version,
        version,
        content: Some(Content::plain(words)),
        markdown: None,
    }
}

fn in_french(it: &mut World, who: &Actor, paper: &Paper) -> Vec<(String, bool, bool)> {
    let shown = reading::shown(&mut it.conn, who, now(), paper.id, "fr").expect("shown");
    said(&shown)
        .into_iter()
        .zip(&shown.blocks)
        .map(|(words, block)| (words, block.is_translated, block.is_stale))
        .collect()
}

fn two_blocks(it: &mut World, who: &Actor, paper: &Paper) -> [BlockId; 2] {
    it.blocks(who, paper.id).try_into().expect("two blocks")
}

#[test]
fn r88_a_translator_translates_and_writes_nothing() {
    let mut it = world();
    let (paper, ana) = it.drafted(PaperTrack::Assembly, &["Cities act.", "Regions act."]);
    let [first, _] = two_blocks(&mut it, &ana, &paper);
    let tom = translator(&mut it, "Tom", &paper);
    let (conn, id) = (&mut it.conn, paper.id);

    let set = translating::set(
        conn,
        &tom,
        now(),
        id,
        first,
        "fr",
        &input(1, None, "Les villes agissent."),
    );

    assert_eq!(set.expect("translated").version, Some(1));
    let written = writing::change(conn, &tom, now(), id, first, 1, &says("x"));
    assert_eq!(code(written), "not_allowed");
    let handed_in = crate::steps::submit(conn, &tom, now(), id, &crate::steps::SubmitInput::default());
    assert_eq!(code(handed_in), "not_allowed");
    let states = translating::state(conn, &tom, now(), id).expect("told");
    let states: Vec<_> = states
        .iter()
        .map(|own| (own.language.as_str(), own.state, own.missing))
        .collect();
    assert_eq!(
        states,
        [
            ("en", Alignment::Complete, 0),
            ("fr", Alignment::Partly, 1),
            ("es", Alignment::Missing, 2)
        ]
    );
    assert_eq!(
        in_french(&mut it, &ana, &paper),
        [
            ("Les villes agissent.".into(), true, false),
            ("Regions act.".into(), false, false)
        ]
    );
}

#[test]
fn r88_a_block_that_changes_waits_for_another_translation() {
    let mut it = world();
    let (paper, ana) = it.drafted(PaperTrack::Assembly, &["Cities act.", "Regions act."]);
    let [first, _] = two_blocks(&mut it, &ana, &paper);
    let (conn, id) = (&mut it.conn, paper.id);
    let set = |conn: &mut db::Conn, of, version, words: &str| {
        translating::set(conn, &ana, now(), id, first, "fr", &input(of, version, words))
    };
    set(conn, 1, None, "Les villes agissent.").expect("translated");

    writing::change(conn, &ana, now(), id, first, 1, &says("Cities act now.")).expect("changed");

    let sheet = translating::sheet(conn, &ana, now(), id, "fr").expect("told");
    let line = sheet[0].translation.as_ref().expect("there");
    assert_eq!((line.is_stale, line.version, sheet[0].version), (true, None, 2));
    assert_eq!(
        code(set(conn, 1, None, "Les villes agissent maintenant.")),
        "stale",
        "of what the block says no more"
    );
    set(conn, 2, None, "Les villes agissent maintenant.").expect("translated anew");
    assert_eq!(
        code(set(conn, 2, None, "Autre chose.")),
        "stale",
        "somebody was there"
    );
    assert_eq!(
        in_french(&mut it, &ana, &paper)[0],
        ("Les villes agissent maintenant.".into(), true, false)
    );
}

#[test]
fn r88_somebody_else_reads_a_translation_over_and_then_the_paper_says_the_same() {
    let mut it = world();
    let (paper, ana) = it.drafted(PaperTrack::Assembly, &["Cities act."]);
    let first = it.blocks(&ana, paper.id)[0];
    let (tom, eva) = (
        translator(&mut it, "Tom", &paper),
        translator(&mut it, "Eva", &paper),
    );
    let (conn, id) = (&mut it.conn, paper.id);
    for (language, words) in [("fr", "Les villes agissent."), ("es", "Las ciudades actúan.")] {
        let markdown = TranslationInput {
            of_version: 1,
            markdown: Some(words.into()),
            ..TranslationInput::default()
        };
        translating::set(conn, &tom, now(), id, first, language, &markdown).expect("translated");
        let title = TitleInput {
            title: format!("Title {language}"),
        };
        translating::set_title(conn, &tom, now(), id, language, None, &title).expect("titled");
    }

    assert_eq!(translations::aligned(conn, paper.text, &LANGUAGES, false), Ok(()));
    assert_eq!(
        code(translations::aligned(conn, paper.text, &LANGUAGES, true)),
        "not_aligned"
    );
    let own = translating::review(conn, &tom, now(), id, first, "fr", 1);
    assert_eq!(code(own), "own_translation");
    for language in ["fr", "es"] {
        let reviewed = translating::review(conn, &eva, now(), id, first, language, 1).expect("read over");
        assert!(reviewed.is_reviewed);
    }
    assert_eq!(translations::aligned(conn, paper.text, &LANGUAGES, true), Ok(()));
    let title = it.shown(&ana, id).title;
    assert_eq!(title, Localized::of("Water for all", "Title fr", "Title es"));
}

#[test]
fn a_translation_is_of_one_block_and_not_in_the_authentic_language() {
    let mut it = world();
    let (paper, ana) = it.drafted(PaperTrack::Assembly, &["Cities act."]);
    let first = it.blocks(&ana, paper.id)[0];
    let (conn, id) = (&mut it.conn, paper.id);
    let markdown = |words: &str| TranslationInput {
        of_version: 1,
        markdown: Some(words.into()),
        ..TranslationInput::default()
    };

    let two = translating::set(conn, &ana, now(), id, first, "fr", &markdown("Un.\n\nDeux."));
    let authentic = translating::set(conn, &ana, now(), id, first, "en", &markdown("One."));
    let title = TitleInput { title: "x".into() };

    assert_eq!(code(two), "one_block");
    assert_eq!(code(authentic), "authentic_language");
    assert_eq!(
        code(translating::set_title(conn, &ana, now(), id, "en", None, &title)),
        "authentic_language"
    );
    assert_eq!(
        code(translating::sheet(conn, &ana, now(), id, "en")),
        "authentic_language"
    );
}

#[test]
fn r88_readers_read_what_was_translated_when_the_paper_went_out() {
    let mut it = world();
    let (paper, ana) = it.drafted(PaperTrack::TownHall, &["Cities act.", "Regions act."]);
    let [first, second] = two_blocks(&mut it, &ana, &paper);
    let id = paper.id;
    let nobody = Actor::nobody();
    let set = |it: &mut World, block, of, words: &str| {
        let input = input(of, None, words);
        translating::set(&mut it.conn, &ana, now(), id, block, "fr", &input).expect("translated");
    };
    set(&mut it, first, 1, "Les villes agissent.");
    it.go(id, S::OpenComment);
    publish(&mut it.conn, None, now(), id, Key::Public).expect("out");

    set(&mut it, second, 1, "Les régions agissent.");
    writing::change(&mut it.conn, &ana, now(), id, first, 1, &says("SECRET")).expect("changed");

    assert_eq!(
        in_french(&mut it, &nobody, &paper),
        [
            ("Les villes agissent.".into(), true, false),
            ("Regions act.".into(), false, false)
        ]
    );
    let languages = it.shown(&nobody, id).languages;
    assert_eq!(languages, ["en", "fr"]);
    publish(&mut it.conn, None, now(), id, Key::Public).expect("out again");
    assert_eq!(
        in_french(&mut it, &nobody, &paper),
        [
            ("Les villes agissent.".into(), true, true),
            ("Les régions agissent.".into(), true, false)
        ],
        "with the mark that the first is of what the block said before"
    );
}

#[test]
fn what_is_out_is_still_translated_and_what_is_over_is_not() {
    let mut it = world();
    let (paper, ana) = it.out(Key::Public);
    let first = it.blocks(&ana, paper.id)[0];
    let (conn, id) = (&mut it.conn, paper.id);
    let stranger = Actor::nobody();

    let written = writing::change(conn, &ana, now(), id, first, 1, &says("x"));
    let translated = translating::set(conn, &ana, now(), id, first, "fr", &input(1, None, "Oui."));

    assert_eq!(code(written), "paper_not_writable");
    assert!(translated.is_ok(), "{translated:?}");
    assert_eq!(
        code(translating::sheet(conn, &stranger, now(), id, "fr")),
        "sign_in_needed"
    );
    crate::go(conn, None, now(), id, S::Withdrawn, "").expect("taken back");
    let over = translating::set(conn, &ana, now(), id, first, "es", &input(1, None, "Sí."));
    assert_eq!(code(over), "paper_not_writable");
}
