//! A collection as a page, as Markdown, as Word and as Akoma Ntoso.

use db::testing;
use kernel::Language;
use texts::{
    docx,
    faults::TextFault,
    model::{Block, BlockId, Content},
    paste, texts as wording,
    volume::{Imprint, Volume},
};

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

fn imprint() -> Imprint {
    Imprint {
        congress: Localized::only("en", "Durban 2019"),
        publisher: "UCLG".into(),
        address: "https://congress.example/en/durban-2019".into(),
        zone: "Africa/Johannesburg".parse().expect("a zone"),
    }
}

pub(super) fn gathered(conn: &mut Conn, published: &Published, language: Language) -> Volume {
    export::collection(conn, published, &imprint(), language).expect("gathered")
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
        let volume = gathered(conn, &published, language);
        let (html, plain) = (volume.html(), volume.markdown());
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
    let english = gathered(conn, &published, Language::En).html();
    assert!(english.contains("Authentic text. Authentic language: English"));
    assert!(english.contains("<dd>New Urban Agenda (follow-up)</dd>"));
    assert!(english.contains("<dd>2022-12-31</dd>"));
    assert!(english.contains("<dd>Coalition of durban-2019</dd>"));
    assert!(english.contains("Policy recommendation, adopted. Authentic text."));
    let french = gathered(conn, &published, Language::Fr).html();
    assert!(french.contains("Traduction. Langue faisant foi : English"));
    assert!(french.contains("Nous agissons."));
    assert!(french.contains("Pas encore traduit : voici le texte faisant foi. Langue faisant foi : English"));
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

    let plain = gathered(conn, &published, Language::En).markdown();

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

/// The ids of the blocks of every item.
fn ids(published: &Published) -> Vec<BlockId> {
    let blocks = published.items.0.iter().flat_map(|item| &item.blocks);
    blocks.map(|block| block.id).collect()
}

#[test]
fn r88_word_page_and_akoma_ntoso_keep_the_ids_of_every_block() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let with_headings = NewOutcome {
        markdown: "# Why\n\nBecause.\n\n1. One\n2. Two\n".into(),
        ..recommendation("Build")
    };
    let published = published(conn, &it, vec![with_headings, recommendation("Rent")]);
    let volume = gathered(conn, &published, Language::En);

    let (word, again) = (volume.docx(), volume.docx());
    let back = docx::import(&word).expect("read");

    assert!(word == again, "the same volume is the same file");
    assert_eq!(back.title.as_deref(), Some("What <we> decided"));
    let own: Vec<&Block> = published.items.0.iter().flat_map(|item| &item.blocks).collect();
    for block in &own {
        let found = back
            .blocks
            .iter()
            .find(|found| found.id == block.id)
            .expect("there");
        assert_eq!((found.kind, &found.content), (block.kind, &block.content));
    }
    let page = paste::import(&volume.html()).expect("read").blocks;
    let akn = String::from_utf8(volume.akn()).expect("UTF-8");
    for id in ids(&published) {
        assert!(page.iter().any(|block| block.id == id), "{id}");
        assert_eq!(akn.matches(&format!("wId=\"{id}\"")).count(), 1, "{id}");
    }
    assert!(akn.contains("<documentCollection name=\"collection\">"));
    assert!(akn.contains("FRBRnumber value=\"TH-2019-03-R02\""));
}

#[test]
fn one_outcome_is_handed_out_as_its_reader_reads_it() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let published = published(conn, &it, vec![recommendation("Build"), recommendation("Rent")]);
    let id = published.items.0[0].outcome;
    let undecided = sent(conn, result(&it, 1, vec![recommendation("Later")])).1[0].id;
    let nobody = Actor::nobody();

    let french = export::outcome(conn, &nobody, now(), id, &imprint(), Language::Fr).expect("read");
    let spanish = export::outcome(conn, &nobody, now(), id, &imprint(), Language::Es).expect("read");
    let hidden = export::outcome(conn, &nobody, now(), undecided, &imprint(), Language::En);

    assert!(french.html().contains("Nous agissons.") && french.html().contains("<html lang=\"fr\">"));
    assert!(
        spanish.markdown().contains("Aún sin traducir"),
        "{}",
        spanish.markdown()
    );
    assert!(
        spanish
            .citation
            .contains("https://congress.example/en/durban-2019/outcomes/TH-2019-03-R01")
    );
    assert_eq!(hidden.expect_err("hidden"), Fault::not_found());
    assert!(export::outcome(conn, &desk(), now(), undecided, &imprint(), Language::En).is_ok());
}

#[test]
fn what_is_too_long_for_the_press_is_handed_out_in_every_other_form() {
    let test = testing::fresh();
    let conn = &mut test.conn();
    let it = congress(conn, "durban-2019");
    let published = published(conn, &it, vec![recommendation("Build"), recommendation("Rent")]);
    let mut volume = gathered(conn, &published, Language::En);
    assert_eq!(volume.may_be_printed(), Ok(()));

    let one = volume.pieces[0].blocks[0].clone();
    volume.pieces[0].blocks = vec![one; texts::volume::BLOCKS_MAX + 1];

    let most = texts::volume::BLOCKS_MAX;
    assert_eq!(volume.may_be_printed(), Err(TextFault::TooLongToPrint { most }));
    assert!(volume.html().len() > most && volume.akn().len() > most && !volume.docx().is_empty());
}
