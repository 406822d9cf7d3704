//! How far in substance an amendment is from the text, and the order in which they are put: the furthest first (R82). And
//! when it is none any more, because it replaces the whole (R83).

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use super::{Amendment, AmendmentId, Proposed};
use crate::{
    diff::{shared, word_bag},
    model::{Block, BlockId, BlockKind},
};

/// How far in substance an amendment is from the text: what deletes is further than what revises, that than what adds;
/// among those that revise it is the greater share of words changed, among equals the more words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Distance {
    rank: u8,
    permille: usize,
    words: usize,
}

/// How far what is proposed is from the block it is about, where there is one.
pub fn distance(target: Option<&Block>, proposed: &Proposed) -> Distance {
    let was = target.map_or_else(Vec::new, |block| word_bag(&block.content));
    let is = words_of(proposed.blocks());
    let (rank, permille, words) = match proposed {
        Proposed::Delete { .. } => (2, 1_000, was.len()),
        Proposed::Replace { .. } => {
            let (same, all) = shared(&was, &is);
            let changed = all - same.min(all);
            (1, changed * 1_000 / all, changed)
        }
        Proposed::Add { .. } => (0, 0, is.len()),
    };
    Distance {
        rank,
        permille,
        words,
    }
}

/// The order in which amendments to a text are put: the furthest removed in substance first, then the next, and what amends
/// an amendment before it (R82). Among equals the one whose block stands first. It does not depend on who filed first.
pub fn furthest_first(base: &[Block], amendments: &[Amendment]) -> Vec<AmendmentId> {
    let mut amending: HashMap<AmendmentId, Vec<&Amendment>> = HashMap::new();
    let mut first: Vec<&Amendment> = Vec::new();
    let there: HashSet<AmendmentId> = amendments.iter().map(|own| own.id).collect();
    for amendment in amendments {
        match amendment.of.filter(|of| there.contains(of)) {
            Some(of) => amending.entry(of).or_default().push(amendment),
            None => first.push(amendment),
        }
    }
    let mut order = Vec::with_capacity(amendments.len());
    for amendment in sorted(base, first) {
        let own = amending.remove(&amendment.id).unwrap_or_default();
        order.extend(
            sorted(amendment.proposed.blocks(), own)
                .into_iter()
                .map(|one| one.id),
        );
        order.push(amendment.id);
    }
    order
}

/// Whether what one author proposes replaces the whole (R83): of none of its paragraphs half of the words are left.
/// Headings and footnotes do not make a text, where there is anything else.
pub fn replaces_whole(base: &[Block], proposed: &[Proposed]) -> bool {
    let is_substance = |block: &&Block| ![BlockKind::Heading, BlockKind::Footnote].contains(&block.kind);
    let mut substance: Vec<&Block> = base.iter().filter(is_substance).collect();
    if substance.is_empty() {
        substance = base.iter().collect();
    }
    let mut instead: HashMap<BlockId, Vec<&Proposed>> = HashMap::new();
    for own in proposed {
        match own {
            Proposed::Delete { block } | Proposed::Replace { block, .. } => {
                instead.entry(*block).or_default().push(own);
            }
            Proposed::Add { .. } => {}
        }
    }
    let is_gone = |block: &&Block| {
        let own = instead.get(&block.id).map_or(&[][..], Vec::as_slice);
        let was = word_bag(&block.content);
        own.iter().any(|own| {
            let (same, all) = shared(&was, &words_of(own.blocks()));
            same * 2 < all
        })
    };
    !substance.is_empty() && substance.iter().all(is_gone)
}

fn sorted<'a>(base: &[Block], mut amendments: Vec<&'a Amendment>) -> Vec<&'a Amendment> {
    let places: HashMap<BlockId, usize> = base
        .iter()
        .enumerate()
        .map(|(place, block)| (block.id, place))
        .collect();
    amendments.sort_by_cached_key(|amendment| {
        let place = amendment.proposed.target().and_then(|block| places.get(&block));
        let target = place.and_then(|place| base.get(*place));
        (
            Reverse(distance(target, &amendment.proposed)),
            place.copied(),
            amendment.proposed.words_hash(),
        )
    });
    amendments
}

/// The words of all of them as sorted numbers.
fn words_of(blocks: &[Block]) -> Vec<u64> {
    let mut words: Vec<u64> = blocks.iter().flat_map(|block| word_bag(&block.content)).collect();
    words.sort_unstable();
    words
}
