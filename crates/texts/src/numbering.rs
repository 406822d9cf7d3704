//! What each block is called: `1.2`, `§ 12`, `a)`. Computed from the order alone, so that numbering anew changes no
//! anchor: an anchor is an id (R87).

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::block::{Block, BlockId, BlockKind};

/// What a block is called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Label {
    /// The number of a heading (`1.`, `1.2`), the letter of a counted item (`a)`), the number of a footnote.
    pub mark: Option<String>,
    /// The running number over headings, paragraphs and items, from 1.
    pub paragraph: Option<u32>,
}

impl Label {
    /// The short name for this block, empty where it has none: a table, a quotation.
    pub fn called(&self) -> String {
        match (&self.mark, self.paragraph) {
            (Some(mark), _) => mark.clone(),
            (None, Some(number)) => format!("§ {number}"),
            (None, None) => String::new(),
        }
    }
}

/// The label of each block, in their order.
pub fn labels(blocks: &[Block]) -> Vec<Label> {
    let notes = footnotes(blocks);
    let mut outline = Outline::default();
    let mut items: Vec<(bool, u32)> = Vec::new();
    let mut running = 0;
    let mut next = || {
        running += 1;
        Some(running)
    };
    let label = |block: &Block| {
        if ![BlockKind::Item, BlockKind::Footnote].contains(&block.kind) {
            items.clear();
        }
        match block.kind {
            BlockKind::Heading => Label {
                mark: Some(outline.next(block.level)),
                paragraph: next(),
            },
            BlockKind::Paragraph => Label {
                mark: None,
                paragraph: next(),
            },
            BlockKind::Item => Label {
                mark: counted(&mut items, block),
                paragraph: next(),
            },
            BlockKind::Footnote => Label {
                mark: notes.get(&block.id).map(u32::to_string),
                paragraph: None,
            },
            BlockKind::Quote | BlockKind::Table => Label::default(),
        }
    };
    blocks.iter().map(label).collect()
}

/// The number of each footnote: in the order of their first marks, then those nothing refers to.
pub fn footnotes(blocks: &[Block]) -> HashMap<BlockId, u32> {
    let there: Vec<BlockId> = blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Footnote)
        .map(|block| block.id)
        .collect();
    let known: std::collections::HashSet<BlockId> = there.iter().copied().collect();
    let marks = blocks.iter().flat_map(|block| block.content.notes());
    let mut numbers = HashMap::new();
    for note in marks
        .filter(|note| known.contains(note))
        .chain(there.iter().copied())
    {
        let following = u32::try_from(numbers.len()).unwrap_or(u32::MAX).saturating_add(1);
        numbers.entry(note).or_insert(following);
    }
    numbers
}

/// The headings that stand above, each with its level and its number.
#[derive(Default)]
struct Outline {
    above: Vec<(i32, u32)>,
}

impl Outline {
    /// A heading stands under the nearest one before it of a lesser level: levels that are left out do not count.
    fn next(&mut self, level: i32) -> String {
        let mut last = 0;
        while let Some((_, number)) = self.above.pop_if(|(own, _)| *own >= level) {
            last = number;
        }
        self.above.push((level, last + 1));
        let numbers: Vec<String> = self.above.iter().map(|(_, number)| number.to_string()).collect();
        match numbers.as_slice() {
            [only] => format!("{only}."),
            several => several.join("."),
        }
    }
}

/// A list goes on until another kind of item, a lesser depth, or another kind of block.
fn counted(items: &mut Vec<(bool, u32)>, block: &Block) -> Option<String> {
    let depth = usize::try_from(block.level.max(1)).unwrap_or(1);
    items.truncate(depth);
    items.resize(depth, (false, 0));
    let (is_numbered, number) = items.last_mut()?;
    if *is_numbered != block.numbered {
        (*is_numbered, *number) = (block.numbered, 0);
    }
    *number += 1;
    block.numbered.then(|| item_mark(depth, *number))
}

/// `a)`, one deeper `i)`, one deeper `1)`, and again.
fn item_mark(depth: usize, number: u32) -> String {
    match depth % 3 {
        1 => format!("{})", letters(number)),
        2 => format!("{})", roman(number)),
        _ => format!("{number})"),
    }
}

/// a … z, aa … az, ba …
fn letters(number: u32) -> String {
    let mut rest = number.max(1);
    let mut letters = Vec::new();
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'a' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(blocks: &[Block]) -> Vec<String> {
        labels(blocks).iter().map(Label::called).collect()
    }

    #[test]
    fn headings_items_and_paragraphs_are_called_by_their_place() {
        let blocks = [
            Block::heading(1, "Housing"),
            Block::paragraph("Whereas"),
            Block::heading(2, "Rights"),
            Block::item(1, true, "first"),
            Block::item(2, true, "nested"),
            Block::item(2, true, "nested"),
            Block::item(1, true, "second"),
            Block::item(1, false, "a bullet"),
            Block::item(1, true, "counted anew"),
            Block::paragraph("After"),
            Block::item(1, true, "another list"),
            Block::heading(2, "Duties"),
            Block::heading(4, "Left out a level"),
            Block::heading(1, "Land"),
        ];

        let found = called(&blocks);

        let expected = [
            "1.", "§ 2", "1.1", "a)", "i)", "ii)", "b)", "§ 8", "a)", "§ 10", "a)", "1.2", "1.2.1", "2.",
        ];
        assert_eq!(found, expected);
        let running: Vec<_> = labels(&blocks)
            .iter()
            .filter_map(|label| label.paragraph)
            .collect();
        assert_eq!(running, (1..=14).collect::<Vec<u32>>());
    }

    #[test]
    fn footnotes_are_numbered_by_their_marks_and_do_not_end_a_list() {
        let (mut one, mut two) = (
            Block::paragraph("first written"),
            Block::paragraph("first referred to"),
        );
        (one.kind, two.kind) = (BlockKind::Footnote, BlockKind::Footnote);
        let mut item = Block::item(1, true, "x");
        item.content = crate::model::Content::Text(vec![
            crate::model::Run::plain("x"),
            crate::model::Run::mark(two.id),
            crate::model::Run::mark(one.id),
        ]);
        let blocks = [item, one, Block::item(1, true, "y"), two];

        assert_eq!(called(&blocks), ["a)", "2", "b)", "1"]);
    }

    #[test]
    fn letters_and_roman_numbers_go_on() {
        assert_eq!(
            [1, 26, 27, 52, 53, 703].map(letters),
            ["a", "z", "aa", "az", "ba", "aaa"]
        );
        assert_eq!(
            [1, 4, 9, 14, 49, 1999].map(roman),
            ["i", "iv", "ix", "xiv", "xlix", "mcmxcix"]
        );
    }

    #[test]
    fn r87_a_block_put_in_front_changes_what_others_are_called_and_not_their_ids() {
        let mut blocks = vec![Block::paragraph("one"), Block::paragraph("two")];
        let (ids, before): (Vec<_>, _) = (blocks.iter().map(|block| block.id).collect(), called(&blocks));

        blocks.insert(0, Block::paragraph("nought"));

        assert_eq!(
            (before, called(&blocks)),
            (
                vec!["§ 1".into(), "§ 2".into()],
                vec!["§ 1".into(), "§ 2".into(), "§ 3".into()]
            )
        );
        assert_eq!(blocks[1..].iter().map(|block| block.id).collect::<Vec<_>>(), ids);
    }
}
