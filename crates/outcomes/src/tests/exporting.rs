//! A collection as a page and as Markdown.

use db::testing;
use kernel::Language;
use texts::{model::Content, texts as wording};

use super::*;
use crate::{
    collection::{self, Citing, CollectionInput},
    export,
    legacy_model::Published,
    translating::{self, TranslationInput},
};

fn published(conn: &mut Conn, it: &Congress, outcomes: Vec<NewOutcome>) -> Published {
    let ids: Vec<OutcomeId> = sent(conn, result(it, 0, outcomes))
        .1
        .iter()
        .map(|own| own.id)
        .collect();
    for id in &ids {
        taken_to(conn, *id, OutcomeState::Adopted);
    }
    let input = CollectionInput {
        title: Localized::of(
            "What <we> decided",
            "Ce que nous avons décidé",
            "Lo que decidimos",
        ),
        foreword: Localized::only("en", "A & B."),
    };
    collection::edit(conn, &desk(), now(), it.edition, &input, None).expect("edited");
    // The first is said in French, whole; the second in part.
    for (id, most) in ids.iter().zip([9, 1]) {
        let own = row(conn, *id);
        let working = wording::working(conn, own.text).expect("read");
        let texts = working
            .iter()
            .filter(|block| matches!(block.content.0, Content::Text(_)));
        for block in texts.take(most) {
            let input = TranslationInput {
                language: "fr".into(),
                of_version: block.version,
                version: None,
                content: Content::plain("Nous agissons."),
            };
            translating::set(conn, &desk(), now(), *id, block.id, input).expect("said");
        }
    }
    collection::publish(
        conn,
        &desk(),
        now(),
        it.edition,
        today(),
        &Citing::default(),
        None,
    )
    .expect("published")
    .0
}

#[test]
fn r192_an_export_holds_every_code_and_says_which_language_counts() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let outcomes = vec![
        serving("Build <b>", &[("new_urban_agenda", Phase::FollowUp)]),
        recommendation("Rent"),
    ];
    let published = published(conn, &it, outcomes);

    for language in [Language::En, Language::Fr, Language::Es] {
        let html = export::html(conn, &published, language).expect("written");
        let plain = export::markdown(conn, &published, language).expect("written");
        for code in ["TH-2019-03-R01", "TH-2019-03-R02"] {
            assert!(html.contains(&format!("<article id=\"{code}\"")), "{code}");
            assert!(html.contains(&format!("href=\"#{code}\"")), "{code}");
            assert!(plain.contains(code), "{code}");
        }
        assert!(
            !html.contains("<b>") && !html.contains("<we>"),
            "text is never markup"
        );
    }
    let english = export::html(conn, &published, Language::En).expect("written");
    assert!(english.contains("Authentic text. Authentic language: English"));
    assert!(english.contains("<dd>New Urban Agenda (follow-up)</dd>"));
    assert!(english.contains("<dd>2022-12-31</dd>"));
    assert!(english.contains("<dd>Coalition of durban-2019</dd>"));
    let french = export::html(conn, &published, Language::Fr).expect("written");
    assert!(french.contains("Traduction. Langue faisant foi: English"));
    assert!(french.contains("Nous agissons."));
    assert!(french.contains("Pas encore traduit : voici le texte faisant foi. Langue faisant foi: English"));
    assert!(
        french.contains("<div class=\"text\" lang=\"fr\">")
            && french.contains("<div class=\"text\" lang=\"en\">")
    );
    assert!(french.contains("<p lang=\"en\">A &amp; B.</p>"));
}

#[test]
fn r192_an_export_as_markdown_reads_back_with_every_item() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let with_headings = NewOutcome {
        markdown:
            "# Why\n\nBecause.[^1]\n\n1. One\n2. Two\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n[^1]: A note.\n"
                .into(),
        ..recommendation("Build")
    };
    let published = published(conn, &it, vec![with_headings, recommendation("Rent")]);

    let plain = export::markdown(conn, &published, Language::En).expect("written");

    let back = texts::markdown::import(&plain).expect("read").blocks;
    let headings: Vec<(i32, String)> = back
        .iter()
        .filter(|block| block.kind == texts::model::BlockKind::Heading)
        .map(|block| (block.level, block.content.words()))
        .collect();
    assert_eq!(
        headings,
        [
            (1, "What <we> decided".to_owned()),
            (2, "TH-2019-03-R01 Build".to_owned()),
            (3, "Why".to_owned()),
            (2, "TH-2019-03-R02 Rent".to_owned()),
        ]
    );
    let words: Vec<String> = back.iter().map(|block| block.content.words()).collect();
    for said in ["One", "Two", "A note.", "A\tB\n1\t2", "Rent: we act."] {
        assert!(words.iter().any(|words| words == said), "{said}");
    }
}
