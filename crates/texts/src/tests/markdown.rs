//! Markdown in and out.

use proptest::prelude::*;

use super::arbitrary::{text, up_to_ids};
use crate::{
    clean::{BLOCKS_MAX, Notice, PASTE_MAX},
    markdown::{export, import},
    model::{Block, BlockKind, Content, Run},
};

fn read(text: &str) -> Vec<Block> {
    import(text).expect("read").blocks
}

fn said(blocks: &[Block]) -> Vec<(BlockKind, i32, bool, String)> {
    let said = |block: &Block| (block.kind, block.level, block.numbered, block.content.words());
    blocks.iter().map(said).collect()
}

#[test]
fn headings_paragraphs_lists_quotations_tables_and_footnotes_are_read() {
    let text = "# Housing\n\nWe **resolve**[^a] to *act*,\nsee [the pact](https://uclg.org/pact).\n\n1. first\n   - within\n2. second\n\n> Said\n\n| a | b |\n|---|---|\n| c |\n\n[^a]: On the way.\n";

    let blocks = read(text);

    let expected = [
        (BlockKind::Heading, 1, false, "Housing"),
        (BlockKind::Paragraph, 0, false, "We resolve to act, see the pact."),
        (BlockKind::Item, 1, true, "first"),
        (BlockKind::Item, 2, false, "within"),
        (BlockKind::Item, 1, true, "second"),
        (BlockKind::Quote, 0, false, "Said"),
        (BlockKind::Table, 0, false, "a\tb\nc\t"),
        (BlockKind::Footnote, 0, false, "On the way."),
    ];
    assert_eq!(
        said(&blocks),
        expected.map(|(kind, level, numbered, words)| (kind, level, numbered, words.to_owned()))
    );
    let Content::Text(runs) = &blocks[1].content else {
        panic!("runs")
    };
    assert_eq!(
        runs[1],
        Run {
            strong: true,
            ..Run::plain("resolve")
        }
    );
    assert_eq!(runs[2], Run::mark(blocks[7].id));
    assert_eq!(runs[6].link.as_deref(), Some("https://uclg.org/pact"));
}

#[test]
fn what_is_written_out_reads_as_people_write_it() {
    let text = "# Housing\n\nWe **resolve**[^1] to *act*, see [the pact](<https://uclg.org/pact>).\n\n1. first\n   - within\n2. second\n\n> Said\n\n| a | b |\n| --- | --- |\n| c |  |\n\n[^1]: On the way.\n";

    assert_eq!(export(&read(text)), text);
}

#[test]
fn raw_html_becomes_text() {
    let found = import("a <b onclick=\"x()\">b</b>\n\n<script>alert(1)</script>\n").expect("read");

    assert_eq!(
        found.blocks[0].content,
        Content::plain("a <b onclick=\"x()\">b</b>")
    );
    assert_eq!(
        found.blocks[1].content,
        Content::plain("<script>alert(1)</script>")
    );
    assert_eq!(found.notices.0.get(&Notice::MarkupAsText), Some(&3));
}

#[test]
fn addresses_that_are_none_of_the_web_are_left_out() {
    let found = import("[a](javascript:alert(1)) [b](/relative) ![c](https://x.org/p.png) <https://x.org>")
        .expect("read");

    assert_eq!(found.blocks[0].content.words(), "a b c https://x.org");
    let links: Vec<_> = found.blocks[0]
        .content
        .runs()
        .filter_map(|run| run.link.clone())
        .collect();
    assert_eq!(links, ["https://x.org/"]);
    assert_eq!(found.notices.0.get(&Notice::LinkDropped), Some(&2));
    assert_eq!(found.notices.0.get(&Notice::PictureLeftOut), Some(&1));
}

#[test]
fn a_list_two_hundred_deep_is_flattened_and_that_is_told() {
    let lines: String = (0..200)
        .map(|depth| format!("{}- {depth}\n", "  ".repeat(depth)))
        .collect();

    let found = import(&lines).expect("read");

    assert_eq!(found.blocks.len(), 200);
    assert_eq!(found.blocks[199].level, 6);
    assert_eq!(found.notices.0.get(&Notice::DepthFlattened), Some(&194));
}

#[test]
fn what_is_too_much_is_refused_and_named() {
    let refused = |text: &str| import(text).expect_err("too much");

    let pasted = refused(&"x".repeat(PASTE_MAX + 1));
    assert_eq!(
        (pasted.code, pasted.fields[0].field.as_str()),
        ("too_much_pasted", "text")
    );
    let many = refused(&"x\n\n".repeat(BLOCKS_MAX + 1));
    assert_eq!((many.code, many.fields[0].code), ("invalid", "too_many_blocks"));
    let long = refused(&format!("a\n\n{}", "x".repeat(20_001)));
    assert_eq!(
        (long.fields[0].field.as_str(), long.fields[0].code),
        ("text.1.content", "too_long")
    );
}

#[test]
fn what_would_be_deep_is_read_quickly() {
    for prank in [
        "> ", "- ", "1. ", "[", "*a ", "**", "_a_", "`", "<b>", "![", "[^", "| ",
    ] {
        let text = prank.repeat(200_000 / prank.len());
        assert!(import(&text).is_ok_and(|found| found.blocks.len() <= BLOCKS_MAX) || import(&text).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_out_and_read_again_is_the_same(blocks in text()) {
        let written = export(&blocks);

        let again = import(&written).expect("read");

        prop_assert_eq!(up_to_ids(again.blocks), up_to_ids(blocks), "{}", written);
    }

    #[test]
    fn anything_can_be_read(text in "[ \\n\\t*_`\\[\\]()<>#+.!|~:\\\\a-c0-9^&;-]{0,200}") {
        let once = import(&text).expect("read").blocks;

        let again = import(&export(&once)).expect("read").blocks;

        prop_assert_eq!(up_to_ids(again), up_to_ids(once));
    }
}
