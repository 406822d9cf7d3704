//! Texts written as Akoma Ntoso: valid by the published schema, every block under its id.

use std::{
    collections::{BTreeMap, HashSet},
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use kernel::{Id, LocalDate};
use proptest::{prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use quick_xml::{Reader, events::Event};

use super::arbitrary::{cleaned, text};
use crate::{
    akn::{About, Author, AuthorKind, Element, Line, NO_OTHERS, Work, collection, document},
    model::{Block, BlockId, BlockKind, Content, Run},
    numbering,
};

fn recommendation() -> About {
    About {
        authority: "un-uclg".into(),
        sort: "recommendation".into(),
        code: "TH-2019-03-R07".into(),
        title: "Housing & land <for> \"all\"".into(),
        language: "en".into(),
        authentic_language: "en".into(),
        event: "adoption".into(),
        date: LocalDate::on("2019-11-15"),
        version: Some(3),
        version_date: LocalDate::on("2019-11-15"),
        address: "https://congress.example/outcomes/TH-2019-03-R07?a=1&b=2".into(),
        authors: vec![
            organisation("metropolis", "Metropolis"),
            Author {
                kind: AuthorKind::Person,
                ..organisation("ana diallo", "Ana Diallo")
            },
        ],
        publisher: organisation("uclg", "UCLG"),
    }
}

fn organisation(key: &str, name: &str) -> Author {
    Author {
        kind: AuthorKind::Organisation,
        key: key.into(),
        name: name.into(),
    }
}

fn statement<'a>(about: &'a About, blocks: &'a [Block]) -> Work<'a> {
    Work {
        element: Element::Statement,
        about,
        preface: &[],
        blocks,
        other_languages: &NO_OTHERS,
    }
}

/// A resolution with everything in it that a text can hold.
fn adopted() -> Vec<Block> {
    let note = Block {
        kind: BlockKind::Footnote,
        ..Block::paragraph("See the Durban declaration.")
    };
    let marked = |words: &str| Content::Text(vec![Run::plain(words), Run::mark(note.id), Run::plain(".")]);
    let mut twice = Block::item(1, true, "");
    twice.content = marked("of cities");
    let mut preamble = Block::paragraph("");
    preamble.content = marked("Recalling the right to housing");
    let table = Block {
        kind: BlockKind::Table,
        content: Content::Table {
            rows: vec![
                vec![vec![Run::plain("Goal")], vec![Run::plain("By")]],
                vec![
                    vec![Run::plain("11.1")],
                    vec![Run::plain("2030"), Run::mark(note.id)],
                ],
            ],
        },
        ..Block::paragraph("")
    };
    cleaned(vec![
        preamble,
        Block::heading(1, "Housing"),
        Block::paragraph("We resolve to act\nnow."),
        Block::item(1, true, "for all,"),
        Block::item(2, false, "tenants,"),
        Block::item(4, true, "deep,"),
        twice,
        Block::heading(2, "Land"),
        table,
        Block {
            kind: BlockKind::Quote,
            ..Block::paragraph("Land is for living.")
        },
        Block::heading(4, "Left out a level"),
        Block::heading(1, "Follow-up"),
        note,
        Block {
            kind: BlockKind::Footnote,
            ..Block::paragraph("Nothing leads here.")
        },
    ])
}

/// What elements bear as `attribute`, in their order: those within notes last, in the order of the notes.
fn read_back(xml: &[u8], attribute: &str) -> Vec<String> {
    let mut reader = Reader::from_reader(xml);
    let (mut text, mut notes, mut buffer) = (Vec::new(), Vec::new(), Vec::new());
    loop {
        match reader.read_event_into(&mut buffer).expect("well-formed") {
            Event::Start(start) | Event::Empty(start) => {
                let found = start
                    .attributes()
                    .flatten()
                    .find(|own| own.key.as_ref() == attribute);
                let list = match start.name().as_ref() {
                    "authorialNote" => &mut notes,
                    _ => &mut text,
                };
                list.extend(found.map(|found| found.value.into_owned()));
            }
            Event::Eof => break,
            _ => {}
        }
        buffer.clear();
    }
    text.extend(notes);
    text
}

/// The ids of blocks in their order, footnotes that are referred to last, by their numbers.
fn in_order(blocks: &[Block]) -> Vec<String> {
    let numbers = numbering::footnotes(blocks);
    let referred: HashSet<BlockId> = blocks.iter().flat_map(|block| block.content.notes()).collect();
    let (mut notes, others): (Vec<&Block>, Vec<&Block>) =
        blocks.iter().partition(|block| referred.contains(&block.id));
    notes.sort_by_key(|note| numbers[&note.id]);
    others
        .into_iter()
        .chain(notes)
        .map(|block| block.id.to_string())
        .collect()
}

/// The schema, beside the workspace or where `HEMICYCLE_SHARED` says; a note where it is absent.
#[expect(clippy::disallowed_methods, reason = "a test run may say where its data is")]
fn schema() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let root = std::env::var_os("HEMICYCLE_SHARED").map_or(beside, PathBuf::from);
    let file = root.join("data/schemas/akomantoso30.xsd");
    if !file.exists() {
        note(&format!("no schema at {}: nothing is validated", file.display()));
        return None;
    }
    Some(file)
}

fn note(why: &str) {
    writeln!(std::io::stderr(), "{why}").ok();
}

fn assert_valid(schema: &Path, documents: &[Vec<u8>]) {
    let folder = std::env::temp_dir().join(format!("hemicycle-{}", Id::<()>::new()));
    std::fs::create_dir(&folder).expect("a folder");
    let file = |place: usize| folder.join(format!("{place}.xml"));
    for (place, document) in documents.iter().enumerate() {
        std::fs::write(file(place), document).expect("written");
    }
    let checked = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(schema)
        .args((0..documents.len()).map(file))
        .output();
    std::fs::remove_dir_all(&folder).ok();
    match checked {
        Err(_) => note("no xmllint here: nothing is validated"),
        Ok(answer) => assert!(
            answer.status.success(),
            "{}",
            String::from_utf8_lossy(&answer.stderr)
                .lines()
                .filter(|line| !line.ends_with("validates"))
                .take(20)
                .collect::<Vec<_>>()
                .join("\n")
        ),
    }
}

#[test]
fn r88_an_adopted_resolution_is_valid_akoma_ntoso_and_keeps_the_ids_of_its_paragraphs() {
    let (about, blocks) = (recommendation(), adopted());

    let xml = document(&statement(&about, &blocks));

    assert_eq!(read_back(&xml, "wId"), in_order(&blocks));
    if let Some(schema) = schema() {
        assert_valid(&schema, &[xml]);
    }
}

#[test]
fn r88_each_language_says_which_one_is_authentic() {
    let blocks = [Block::paragraph("Nous agissons.")];
    let french = About {
        language: "fr".into(),
        ..recommendation()
    };
    let authentic = String::from_utf8(document(&statement(&recommendation(), &blocks))).expect("UTF-8");
    let translated = String::from_utf8(document(&statement(&french, &blocks))).expect("UTF-8");

    assert!(
        authentic
            .contains("<FRBRauthoritative value=\"true\"/><FRBRlanguage language=\"eng\"/></FRBRExpression>")
    );
    assert!(translated.contains("<FRBRauthoritative value=\"false\"/><FRBRlanguage language=\"fra\"/><FRBRtranslation href=\"/akn/un-uclg/statement/recommendation/2019-11-15/TH-2019-03-R07/eng@3\" fromLanguage=\"eng\" authoritative=\"false\" by=\"#publisher\"/>"));
    assert!(translated.contains(
        "<FRBRthis value=\"/akn/un-uclg/statement/recommendation/2019-11-15/TH-2019-03-R07/fra@3/!main\"/>"
    ));
    assert!(translated.contains(
        "<FRBRalias name=\"address\" value=\"https://congress.example/outcomes/TH-2019-03-R07?a=1&amp;b=2\"/>"
    ));
}

#[test]
fn a_body_reads_as_people_would_mark_it_up() {
    let blocks = adopted();
    let xml = String::from_utf8(document(&statement(&recommendation(), &blocks))).expect("UTF-8");
    let id = |place: usize| blocks[place].id;

    let body = &xml[xml.find("<mainBody ").expect("a body")..];

    let note = format!(
        "<authorialNote eId=\"para_1__authorialNote_1\" marker=\"1\" placement=\"bottom\" wId=\"{}\"><p>See the Durban declaration.</p></authorialNote>",
        id(12)
    );
    let (first, second, third) = (id(0), id(1), id(2));
    let expected = format!(
        "<mainBody xml:lang=\"en\">\n<paragraph eId=\"para_1\" wId=\"{first}\"><num>§ 1</num><content eId=\"para_1__content\"><p>Recalling the right to housing{note}.</p></content></paragraph>\n\
        <section eId=\"sec_1\" wId=\"{second}\"><num>1.</num><heading eId=\"sec_1__heading\">Housing</heading>\n\
        <paragraph eId=\"sec_1__para_3\" wId=\"{third}\"><num>§ 3</num><content eId=\"sec_1__para_3__content\"><p>We resolve to act<br/>now.</p></content></paragraph>\n\
        <hcontainer eId=\"sec_1__hcontainer_1\" name=\"list\"><content eId=\"sec_1__hcontainer_1__content\"><blockList eId=\"sec_1__hcontainer_1__list_1\">\n\
        <item eId=\"sec_1__hcontainer_1__list_1__item_1\" wId=\"{}\"><num>a)</num><p>for all,</p><blockList eId=\"sec_1__hcontainer_1__list_1__item_1__list_1\">\n",
        id(3)
    );
    assert!(body.starts_with(&expected), "{body}");
    assert!(
        body.contains(
            "of cities<noteRef href=\"#para_1__authorialNote_1\" marker=\"1\" placement=\"bottom\"/>."
        ),
        "{body}"
    );
    assert!(
        body.contains(&format!(
            "<section eId=\"sec_1__sec_1__sec_1\" wId=\"{}\"><num>1.1.1</num>",
            id(10)
        )),
        "{body}"
    );
    assert!(
        body.contains(&format!(
            "<section eId=\"sec_2\" wId=\"{}\"><num>2.</num>",
            id(11)
        )),
        "{body}"
    );
}

#[test]
fn a_block_in_another_language_says_so() {
    let (about, blocks) = (
        recommendation(),
        [Block::paragraph("We act."), Block::paragraph("Nous agissons.")],
    );
    let others = BTreeMap::from([(blocks[1].id, "fr".to_owned())]);
    let work = Work {
        other_languages: &others,
        ..statement(&about, &blocks)
    };

    let xml = String::from_utf8(document(&work)).expect("UTF-8");

    assert!(xml.contains(&format!("<paragraph eId=\"para_1\" wId=\"{}\">", blocks[0].id)));
    assert!(xml.contains(&format!(
        "<paragraph eId=\"para_2\" wId=\"{}\" xml:lang=\"fr\">",
        blocks[1].id
    )));
}

#[test]
fn what_stands_before_a_text_stands_in_its_preface() {
    let (about, blocks) = (recommendation(), adopted());
    let line = |text: &str, language: Option<&str>| Line {
        text: text.into(),
        language: language.map(str::to_owned),
    };
    let preface = [
        line("To be cited as: <UCLG>", None),
        line("Nous agissons.", Some("fr")),
    ];
    let own = Work {
        preface: &preface,
        ..statement(&about, &blocks)
    };

    let (alone, many) = (document(&own), collection(&about, &preface, &[own]));

    let written = String::from_utf8_lossy(&many).into_owned();
    let lines = "<p>To be cited as: &lt;UCLG&gt;</p><p xml:lang=\"fr\">Nous agissons.</p></preface>";
    assert_eq!(written.matches(lines).count(), 2, "{written}");
    if let Some(schema) = schema() {
        assert_valid(&schema, &[alone, many]);
    }
}

#[test]
fn nothing_that_is_known_of_a_text_breaks_out_of_its_place() {
    let hostile = "\"/><evil xmlns=\"x\">&\u{FFFE}\u{202e}é /../";
    let author = organisation(hostile, hostile);
    let about = About {
        authority: hostile.into(),
        sort: hostile.into(),
        code: hostile.into(),
        title: hostile.into(),
        language: "en".into(),
        authentic_language: "x\"y".into(),
        event: hostile.into(),
        address: hostile.into(),
        authors: vec![],
        publisher: author,
        version: None,
        ..recommendation()
    };

    let xml = document(&statement(&about, &[]));

    assert!(!String::from_utf8_lossy(&xml).contains("<evil"));
    if let Some(schema) = schema() {
        assert_valid(&schema, &[xml, collection(&about, &[], &[])]);
    }
}

#[test]
fn the_largest_text_is_written_in_bounded_time() {
    let mut blocks: Vec<Block> = (0..5_000)
        .map(|place| Block::item(1 + place % 6, place % 2 == 0, "x".repeat(400)))
        .collect();
    blocks[4_999] = Block {
        kind: BlockKind::Footnote,
        ..blocks[4_999].clone()
    };

    let xml = document(&statement(&recommendation(), &blocks));

    assert_eq!(read_back(&xml, "wId").len(), 5_000);
}

#[test]
fn r88_whatever_a_text_holds_it_is_valid_alone_and_in_a_collection() {
    let Some(schema) = schema() else { return };
    let mut runner = TestRunner::deterministic();
    let about = recommendation();
    let paper = About {
        language: "fr".into(),
        ..recommendation()
    };
    let texts: Vec<Vec<Block>> = (0..120)
        .map(|_| text().new_tree(&mut runner).expect("a text").current())
        .collect();

    let works: Vec<Work<'_>> = texts.iter().map(|blocks| statement(&about, blocks)).collect();
    let mixed: Vec<Work<'_>> = texts
        .iter()
        .take(20)
        .map(|blocks| Work {
            element: Element::Doc,
            ..statement(&paper, blocks)
        })
        .chain(works.iter().copied())
        .collect();

    let mut documents: Vec<Vec<u8>> = works.iter().map(document).collect();
    documents.push(collection(&paper, &[], &mixed));
    assert_valid(&schema, &documents);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn r88_the_ids_that_are_read_back_are_the_ids_of_the_blocks(blocks in text()) {
        let about = recommendation();

        let xml = document(&statement(&about, &blocks));

        prop_assert_eq!(read_back(&xml, "wId"), in_order(&blocks));
        let places = read_back(&xml, "eId");
        let distinct: HashSet<&String> = places.iter().collect();
        prop_assert_eq!(distinct.len(), places.len(), "two elements have one place");
    }

    #[test]
    fn a_collection_holds_the_ids_of_all_its_texts(one in text(), other in text()) {
        let about = recommendation();

        let xml = collection(&about, &[], &[statement(&about, &one), statement(&about, &other)]);

        let mut found = read_back(&xml, "wId");
        let mut expected = [in_order(&one), in_order(&other)].concat();
        found.sort();
        expected.sort();
        prop_assert_eq!(found, expected);
        let places = read_back(&xml, "eId");
        let distinct: HashSet<&String> = places.iter().collect();
        prop_assert_eq!(distinct.len(), places.len(), "two elements have one place");
    }
}
