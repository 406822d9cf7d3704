//! Decisions without a database: places between places, hashes, and how far a language is.

use kernel::Localized;
use records::rules::sha256_hex;

use crate::model::{Alignment, Block, Content};

/// How far apart blocks are put: between two of them another fits twenty times in a row.
pub const GAP: i64 = 1 << 20;
/// Longest comment, in graphemes.
pub const COMMENT_MAX: usize = 5_000;
/// Longest reason, in graphemes.
pub const REASON_MAX: usize = 2_000;
/// Longest note on a version, in graphemes.
pub const NOTE_MAX: usize = 500;
/// How deep a thread goes: a comment, its answers, theirs, and theirs.
pub const THREAD_MAX: i32 = 4;
/// Most comments by one author within [`COMMENTS_SECONDS`].
pub const COMMENTS_MOST: i64 = 60;
/// The window of [`COMMENTS_MOST`].
pub const COMMENTS_SECONDS: i64 = 3_600;

/// A place after one and before another; none when they leave no room.
pub fn place_between(after: Option<i64>, before: Option<i64>) -> Option<i64> {
    let after = after.unwrap_or(0);
    let Some(before) = before else {
        return after.checked_add(GAP);
    };
    let middle = after + (before - after) / 2;
    (after < middle && middle < before).then_some(middle)
}

/// The place of the block at an index, where all are placed anew.
pub fn place_at(index: usize) -> i64 {
    i64::try_from(index)
        .unwrap_or(i64::MAX / GAP - 1)
        .saturating_add(1)
        * GAP
}

/// The hash of a text: of its language, title and blocks, as JSON with the fields in their order and without those that
/// say nothing. Whoever has the three can work it out.
pub fn text_hash(language: &str, title: &Localized, blocks: &[Block]) -> String {
    sha256_hex(&serde_json::to_vec(&(language, title, blocks)).unwrap_or_default())
}

/// The hash of what a block says.
pub fn content_hash(content: &Content) -> String {
    sha256_hex(&serde_json::to_vec(content).unwrap_or_default())
}

/// How far a language is, by the number of blocks, of those that say what they should, and of those that say what the
/// block said before.
pub const fn alignment(blocks: usize, current: usize, stale: usize) -> Alignment {
    if current == blocks {
        Alignment::Complete
    } else if current + stale == 0 {
        Alignment::Missing
    } else {
        Alignment::Partly
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_lies_between_or_there_is_none() {
        let cases = [
            (None, None, Some(GAP)),
            (Some(GAP), None, Some(2 * GAP)),
            (None, Some(GAP), Some(GAP / 2)),
            (Some(4), Some(6), Some(5)),
            (Some(4), Some(5), None),
            (Some(4), Some(4), None),
            (None, Some(1), None),
            (Some(i64::MAX), None, None),
        ];
        for (after, before, place) in cases {
            assert_eq!(place_between(after, before), place, "{after:?} {before:?}");
        }
        assert_eq!((place_at(0), place_at(4)), (GAP, 5 * GAP));
    }

    #[test]
    fn a_hash_is_of_what_is_said_and_of_nothing_else() {
        let title = Localized::only("en", "Housing");
        let blocks = [Block::paragraph("We act.")];
        let hash = text_hash("en", &title, &blocks);

        assert_eq!(hash, text_hash("en", &title, &blocks.clone()));
        assert_ne!(hash, text_hash("fr", &title, &blocks));
        assert_ne!(hash, text_hash("en", &title, &[Block::paragraph("We act.")]));
        assert_eq!(
            content_hash(&blocks[0].content),
            content_hash(&Content::plain("We act."))
        );
        assert_eq!(
            content_hash(&blocks[0].content),
            sha256_hex(b"[{\"text\":\"We act.\"}]")
        );
    }

    #[test]
    fn r88_a_language_is_complete_partly_there_or_missing() {
        for (blocks, current, stale, expected) in [
            (3, 3, 0, Alignment::Complete),
            (3, 2, 1, Alignment::Partly),
            (3, 1, 0, Alignment::Partly),
            (3, 0, 1, Alignment::Partly),
            (3, 0, 0, Alignment::Missing),
            (0, 0, 0, Alignment::Complete),
        ] {
            assert_eq!(alignment(blocks, current, stale), expected);
        }
    }
}
