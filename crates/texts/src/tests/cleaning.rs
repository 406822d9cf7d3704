//! What may stand in a block.

use std::collections::HashSet;

use kernel::{Fields, Id};
use proptest::prelude::*;

use super::arbitrary::{cleaned, text};
use crate::{
    clean::{self, BLOCKS_MAX, Notice, Notices, RUNS_MAX, link},
    model::{Block, BlockInput, BlockKind, Content, Run},
};

fn paragraph(runs: Vec<Run>) -> BlockInput {
    BlockInput {
        kind: BlockKind::Paragraph,
        level: 0,
        numbered: false,
        content: Content::Text(runs),
    }
}

fn faults(input: BlockInput) -> Vec<&'static str> {
    let mut fields = Fields::new();
    clean::block(
        &mut fields,
        "content",
        input,
        &HashSet::new(),
        &mut Notices::default(),
    );
    fields
        .done()
        .err()
        .map(|fault| fault.fields.iter().map(|field| field.code).collect())
        .unwrap_or_default()
}

#[test]
fn tricks_of_letters_are_taken_out_and_spaces_are_one() {
    let strong = |text: &str| Run {
        strong: true,
        ..Run::plain(text)
    };
    let raw = vec![
        Run::plain("  Cafe\u{301}\u{202e}  "),
        strong(" and\u{200b} "),
        strong("bread "),
        Run::plain(""),
        Run::plain("\u{0}\r\n\r\n now\t"),
    ];

    let mut fields = Fields::new();
    let found = clean::block(
        &mut fields,
        "content",
        paragraph(raw),
        &HashSet::new(),
        &mut Notices::default(),
    );

    assert!(fields.all_good());
    let expected = vec![Run::plain("Café "), strong("and bread"), Run::plain("\nnow")];
    assert_eq!(found.content, Content::Text(expected));
}

#[test]
fn what_cannot_be_kept_is_told_beside_its_field() {
    let marks = format!("a{}", "\u{301}".repeat(100));
    let mut table = paragraph(vec![]);
    table.content = Content::Table { rows: vec![] };
    let mut wide = table.clone();
    wide.kind = BlockKind::Table;
    wide.content = Content::Table {
        rows: vec![vec![vec![Run::plain("x")]; 31]],
    };

    assert_eq!(
        faults(paragraph(vec![Run::plain("x".repeat(20_001))])),
        ["too_long"]
    );
    assert_eq!(faults(paragraph(vec![Run::plain(marks)])), ["too_many_marks"]);
    assert_eq!(faults(paragraph(vec![Run::plain(" \u{200b}\n")])), ["required"]);
    assert_eq!(faults(paragraph(vec![Run::mark(Id::new())])), ["note_unknown"]);
    assert_eq!(faults(table), ["content_mismatch"]);
    assert_eq!(faults(wide), ["table_too_large"]);
    assert_eq!(
        faults(paragraph(vec![Run::plain("x".repeat(20_000))])),
        Vec::<&str>::new()
    );
}

#[test]
fn levels_are_flattened_and_that_is_told() {
    let blocks = vec![
        Block::item(200, true, "deep"),
        Block::heading(6, "deep"),
        Block::heading(0, "none"),
    ];
    let mut notices = Notices::default();

    let found = clean::blocks(&mut Fields::new(), "blocks", blocks, &mut notices);

    assert_eq!(
        found.iter().map(|block| block.level).collect::<Vec<_>>(),
        [6, 4, 1]
    );
    assert_eq!(
        notices.0.into_iter().collect::<Vec<_>>(),
        [(Notice::DepthFlattened, 1), (Notice::HeadingFlattened, 1)]
    );
}

#[test]
fn a_text_has_only_so_many_blocks() {
    let blocks: Vec<Block> = (0..=BLOCKS_MAX).map(|_| Block::paragraph("x")).collect();
    let mut fields = Fields::new();

    clean::blocks(&mut fields, "blocks", blocks, &mut Notices::default());

    assert_eq!(
        fields.done().expect_err("too many").fields[0].code,
        "too_many_blocks"
    );
}

#[test]
fn only_addresses_of_the_web_and_of_mail_are_kept() {
    let long = format!("https://x.org/{}", "a".repeat(3_000));
    for refused in [
        "javascript:alert(1)",
        " JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//x.org",
        "/here",
        "#there",
        "https://",
        "https://uclg.org@evil.example/",
        "https://a:b@evil.example/",
        "mailto:",
        "",
        &long,
    ] {
        assert_eq!(link(refused), None, "{refused}");
    }
    for (given, kept) in [
        (" https://UCLG.org/a b\"<'x", "https://uclg.org/a%20b%22%3C'x"),
        ("HTTP://x.org", "http://x.org/"),
        ("mailto:ana@x.org", "mailto:ana@x.org"),
        ("https://m\u{fc}nchen.example/", "https://xn--mnchen-3ya.example/"),
    ] {
        assert_eq!(link(given).as_deref(), Some(kept));
        assert_eq!(link(kept).as_deref(), Some(kept));
    }
}

#[test]
fn a_block_changes_its_look_only_so_often_and_leads_only_so_far() {
    let alternating = |count: usize| -> Vec<Run> {
        let run = |place: usize| Run {
            strong: place.is_multiple_of(2),
            ..Run::plain("x")
        };
        (0..count).map(run).collect()
    };
    let links = |count: usize| -> Vec<Run> {
        let run = |place: usize| Run {
            link: Some(format!("https://x.org/{place}{}", "a".repeat(1_900))),
            ..Run::plain("x")
        };
        (0..count).map(run).collect()
    };

    assert_eq!(faults(paragraph(alternating(RUNS_MAX))), [""; 0]);
    assert_eq!(faults(paragraph(alternating(RUNS_MAX + 1))), ["too_many_looks"]);
    assert_eq!(faults(paragraph(links(100))), [""; 0]);
    assert_eq!(faults(paragraph(links(110))), ["too_many_links"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_cleaned_is_clean(blocks in text()) {
        prop_assert_eq!(cleaned(blocks.clone()), blocks);
    }
}
