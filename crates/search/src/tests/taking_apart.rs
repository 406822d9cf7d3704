//! What is typed and what is kept, taken apart alike.

use kernel::Fault;

use super::asked;
use crate::{
    Asked, Piece, excerpt,
    words::{indexed, words},
};

fn finds(text: &str, typed: &str) -> bool {
    asked(typed).is_in(&indexed([text]))
}

#[test]
fn r258_inclusive_writing_is_found_in_each_of_its_readings_however_it_is_written() {
    let cases = [
        (
            "Les représentant·e·s élu·e·s",
            &[
                "representants",
                "représentante",
                "REPRÉSENTANTES",
                "élus",
                "élue",
                "élues",
                "élu",
            ][..],
        ),
        ("les élu(e)s, les élu-e-s, les élu.e.s", &["elus", "élues"]),
        ("Les acteur·rice·s", &["actrices", "acteurs", "acteur", "actrice"]),
        (
            "des administratif·ve·s et des travailleur‧euse‧s",
            &["administratives", "travailleuses"],
        ),
        ("los ciudadano·a·s", &["ciudadanas", "ciudadanos"]),
    ];
    for (text, typed) in cases {
        for typed in typed {
            assert!(finds(text, typed), "{typed} in {text}");
        }
    }
    assert!(finds("tous les élus", "élu·e·s"), "and the other way round");
}

#[test]
fn signs_that_stand_between_words_do_not_make_one() {
    assert!(finds("Évaluation (annexe)", "annexe"));
    assert!(finds("l’assemblée d'Évry", "ASSEMBLEE evry"));
    assert!(finds("TH-2019-03-R07", "r07"));
    assert!(finds("ana@example.org", "example"));
    assert!(!finds("a plus-value", "valued"));
    assert!(finds("½ and ﬁve №7 Ａ", "five a"));
    assert!(finds("مدينة دربان", "دربان"));
}

#[test]
fn r248_short_names_are_found_by_those_of_other_languages() {
    assert!(finds("the voice of LRG", "GRL"));
    assert!(finds("la voix de CGLU", "uclg"));
    assert!(!finds("la voix de CGLU", "grl"));
}

#[test]
fn the_last_word_may_be_the_beginning_of_one_and_no_other() {
    assert!(finds("housing policies", "housing pol"));
    assert!(!finds("housing policies", "hous policies"));
    assert!(!finds("housing policies", "h"), "one letter begins too many");
    assert!(finds("plan b", "b"));
}

#[test]
fn what_is_typed_is_bounded_and_holds_a_word() {
    let refused = |typed: &str| Asked::of(typed).expect_err("refused");

    for nothing in ["", "   ", "\"", "*", "&|!:()", "\0", "🙂", "- -- ---"] {
        assert_eq!(refused(nothing), Fault::field("q", "required"), "{nothing:?}");
    }
    for (long, code) in [
        ("a".repeat(201), "too_long"),
        ("é".repeat(10_240), "too_long"),
        ("x ".repeat(17), "too_many_words"),
    ] {
        let fields = refused(&long).fields;
        assert_eq!(fields.len(), 1);
        assert_eq!((fields[0].field.as_str(), fields[0].code), ("q", code));
    }
    assert!(Asked::of(&"é".repeat(200)).is_ok());
    assert!(Asked::of(&"ab ".repeat(16)).is_ok());
}

#[test]
fn a_word_stands_where_it_is_said_to() {
    let text = "L’« élu·e·s » — 10 000 élu(e)s!";

    let at: Vec<&str> = words(text).into_iter().map(|word| &text[word.at]).collect();

    assert_eq!(at, ["L", "élu·e·s", "10", "000", "élu(e)s"]);
}

#[test]
fn an_excerpt_marks_what_was_asked_for_and_is_the_text_but_for_that() {
    let text = "Les représentant·e·s <b>élu·e·s</b>.";

    let pieces = excerpt::of(text, &asked("elues representants"));

    let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(whole, text);
    let hits: Vec<&str> = marked(&pieces);
    assert_eq!(hits, ["représentant·e·s", "élu·e·s"]);
}

#[test]
fn a_long_text_is_cut_around_the_first_hit() {
    let text = format!("{}housing {}", "before ".repeat(100), "after ".repeat(100));

    let pieces = excerpt::of(&text, &asked("housing"));

    assert_eq!(marked(&pieces), ["housing"]);
    let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert!(
        whole.starts_with("…before ") && whole.ends_with(" after…"),
        "{whole}"
    );
    assert!(whole.len() < 400);
    let endless = "é".repeat(5000);
    let cut = excerpt::of(&format!("housing {endless} {endless}"), &asked("housing"));
    assert_eq!(marked(&cut), ["housing"]);
}

fn marked(pieces: &[Piece]) -> Vec<&str> {
    let hits = pieces.iter().filter(|piece| piece.is_hit);
    hits.map(|piece| piece.text.as_str()).collect()
}
