//! Texts as nobody would write them, for properties.

use std::collections::HashMap;

use kernel::{Fields, Id};
use proptest::{collection::vec, option, prelude::*, sample::select};

use crate::{
    clean::{self, Notices},
    model::{Block, BlockId, BlockKind, Content, Run},
};

/// Pieces in which everything stands that Markdown or HTML could take for something else.
fn words() -> impl Strategy<Value = String> {
    let piece = select(vec![
        "a",
        "mot",
        "Ciudad",
        "12",
        "3.",
        "4)",
        " ",
        " ",
        "  ",
        "\n",
        "\t",
        "*",
        "**",
        "_",
        "__",
        "`",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "<b>",
        "</p>",
        "<!--",
        "&",
        "&amp;",
        "#",
        "##",
        "+",
        "-",
        "---",
        "=",
        "===",
        ".",
        "!",
        "!!",
        "|",
        "||",
        "~",
        "~~~",
        ":",
        ":-",
        "\\",
        "\"",
        "'",
        "é",
        "e\u{301}",
        "\u{a0}",
        "\u{202f}",
        "«",
        "»",
        "…",
        "’",
        "مرحبا",
        "漢字",
        "👩‍👩‍👧",
        "\u{202e}",
        "\u{200b}",
        "\u{2060}",
        "\u{301}",
        "$",
        "^",
        "{",
        "}",
        "@",
        "http://x.org",
        "[^1]",
        "[^1]:",
        "\u{3000}",
        "1",
        "x",
        "\u{2028}",
    ]);
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn link() -> impl Strategy<Value = String> {
    select(vec![
        "https://uclg.org/fr?x=1&y=2",
        "http://a.example/b_c*d(e)[f]|g<h>\\i",
        "mailto:ana@example.org",
        "https://[::1]:8080/x",
        "https://münchen.example/straße#§",
        "javascript:alert(1)",
    ])
    .prop_map(str::to_owned)
}

fn run() -> impl Strategy<Value = (Run, Option<usize>)> {
    (
        words(),
        any::<bool>(),
        any::<bool>(),
        option::weighted(0.2, link()),
        option::weighted(0.15, 0_usize..4),
    )
        .prop_map(|(text, strong, emphasis, link, note)| {
            let run = Run {
                text,
                strong,
                emphasis,
                link,
                note: None,
            };
            (run, note)
        })
}

fn kind() -> impl Strategy<Value = BlockKind> {
    select(vec![
        BlockKind::Heading,
        BlockKind::Paragraph,
        BlockKind::Paragraph,
        BlockKind::Item,
        BlockKind::Item,
        BlockKind::Item,
        BlockKind::Quote,
        BlockKind::Table,
        BlockKind::Footnote,
        BlockKind::Footnote,
    ])
}

type Runs = Vec<(Run, Option<usize>)>;

fn block() -> impl Strategy<Value = (BlockKind, i32, bool, Vec<Vec<Runs>>)> {
    let cell = || vec(run(), 0..5);
    (kind(), 1..8_i32, any::<bool>(), vec(vec(cell(), 1..4), 1..4))
}

/// Texts as they are after cleaning.
pub fn text() -> impl Strategy<Value = Vec<Block>> {
    vec(block(), 0..9).prop_map(|raw| {
        let notes: Vec<BlockId> = (0..4).map(|_| Id::new()).collect();
        let mut footnotes = notes.iter().copied();
        let marked = |runs: Runs| -> Vec<Run> {
            let with_mark = |(run, note): (Run, Option<usize>)| {
                let mark = note.map(|note| Run::mark(notes[note]));
                [Some(run), mark].into_iter().flatten()
            };
            runs.into_iter().flat_map(with_mark).collect()
        };
        let mut blocks = Vec::new();
        for (kind, level, numbered, rows) in raw {
            let rows: Vec<Vec<Vec<Run>>> = rows
                .into_iter()
                .map(|row| row.into_iter().map(&marked).collect())
                .collect();
            let content = match kind {
                BlockKind::Table => Content::Table { rows },
                _ => Content::Text(rows.into_iter().flatten().next().unwrap_or_default()),
            };
            let own = match kind {
                BlockKind::Footnote => footnotes.next(),
                _ => None,
            };
            blocks.push(Block {
                id: own.unwrap_or_else(Id::new),
                kind,
                level,
                numbered,
                content,
            });
        }
        cleaned(blocks)
    })
}

/// A text as it is kept.
pub fn cleaned(blocks: Vec<Block>) -> Vec<Block> {
    let mut fields = Fields::new();
    let cleaned = clean::blocks(&mut fields, "blocks", blocks, &mut Notices::default());
    fields.done().expect("nothing is too long");
    cleaned
}

/// The same text with ids that say only which block it is.
pub fn up_to_ids(mut blocks: Vec<Block>) -> Vec<Block> {
    let ids: HashMap<BlockId, BlockId> = blocks
        .iter()
        .enumerate()
        .map(|(place, block)| (block.id, Id::named(&place.to_string())))
        .collect();
    for block in &mut blocks {
        block.id = ids[&block.id];
        for run in block.content.runs_mut() {
            run.note = run.note.map(|note| ids[&note]);
        }
    }
    blocks
}
