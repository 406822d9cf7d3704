//! What differs between two versions: block by block by their ids, and within a block word by word.
//!
//! The same two versions always give the same difference: no clock is asked, and what would take long is bounded by its
//! size and told as a whole instead. Linear in the blocks; words are compared in changed blocks alone.

use std::collections::{HashMap, HashSet, VecDeque, hash_map::Entry};

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;
use utoipa::ToSchema;

use crate::model::{Block, BlockId, Content, Run};

/// Most steps spent on comparing the words of one difference, all blocks together; those beyond are told as a whole.
const STEPS_MAX: usize = 40_000_000;
/// Most steps spent on one block.
const BLOCK_STEPS_MAX: usize = 16_000_000;
/// Two texts of the same block that share fewer of their words than one in so many are told as a whole.
const SHARED_LEAST: usize = 5;
/// How many blocks on either side are looked at for one that is nearly the same.
const NEARBY: usize = 16;

kernel::coded! {
    /// What became of a block.
    pub enum Change as "BlockChange" {
        /// Nothing.
        Same => "same",
        /// It says something else.
        Changed => "changed",
        /// It was not there.
        Added => "added",
        /// It is there no more.
        Removed => "removed",
        /// It stands elsewhere; it may say something else too.
        Moved => "moved",
    }
}

kernel::coded! {
    /// What became of some words.
    pub enum Fate {
        /// They stand in both.
        Kept => "kept",
        /// They were put in.
        Added => "added",
        /// They were taken out.
        Removed => "removed",
    }
}

/// Words that met the same fate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = TextSegment)]
pub struct Segment {
    /// What became of them.
    pub fate: Fate,
    /// They, as they look.
    pub runs: Vec<Run>,
}

/// What became of one block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct BlockDiff {
    /// Which.
    #[schema(value_type = String)]
    pub id: BlockId,
    /// What became of it.
    pub change: Change,
    /// As it was.
    pub before: Option<Block>,
    /// As it is.
    pub after: Option<Block>,
    /// Its words, where they changed and it is no table: those kept and added make what it says now, those kept and
    /// removed what it said.
    pub segments: Vec<Segment>,
}

/// What differs: every block of the newer version in its order, and those removed where they stood.
pub fn between(old: &[Block], new: &[Block]) -> Vec<BlockDiff> {
    between_within(old, new, &mut Steps::default())
}

/// The steps that several differences may spend together.
pub(crate) struct Steps(usize);

impl Default for Steps {
    fn default() -> Self {
        Self(STEPS_MAX)
    }
}

/// The same, spending of the steps that several differences share.
pub(crate) fn between_within(old: &[Block], new: &[Block], steps: &mut Steps) -> Vec<BlockDiff> {
    let was: HashMap<BlockId, usize> = old.iter().enumerate().map(|(at, block)| (block.id, at)).collect();
    let is: HashSet<BlockId> = new.iter().map(|block| block.id).collect();
    let pairs: Vec<usize> = new
        .iter()
        .filter_map(|block| was.get(&block.id).copied())
        .collect();
    let in_place: HashSet<usize> = longest_rising(&pairs).into_iter().collect();

    let mut gone = removed_after(old, &is);
    let mut diffs = Vec::with_capacity(old.len().max(new.len()));
    diffs.append(&mut gone.remove(&None).unwrap_or_default());
    for block in new {
        let at = was.get(&block.id).copied();
        let before = at.and_then(|at| old.get(at));
        diffs.push(match (before, at) {
            (Some(before), Some(at)) => compared(before, block, in_place.contains(&at), &mut steps.0),
            (Some(_) | None, _) => BlockDiff {
                id: block.id,
                change: Change::Added,
                before: None,
                after: Some(block.clone()),
                segments: vec![],
            },
        });
        diffs.append(&mut gone.remove(&Some(block.id)).unwrap_or_default());
    }
    diffs
}

/// For each newer block the id of the older one it is, whatever ids the newer ones bear: the same words first, wherever
/// they stand; then nearly the same near the same neighbours. No older block is two.
pub fn align(old: &[Block], new: &[Block]) -> Vec<Option<BlockId>> {
    let mut by_words: HashMap<(crate::model::BlockKind, &Content), VecDeque<usize>> = HashMap::new();
    for (at, block) in old.iter().enumerate() {
        by_words
            .entry((block.kind, &block.content))
            .or_default()
            .push_back(at);
    }
    let mut found: Vec<Option<usize>> = new
        .iter()
        .map(|block| by_words.get_mut(&(block.kind, &block.content))?.pop_front())
        .collect();
    let mut is_free = vec![true; old.len()];
    found.iter().flatten().for_each(|at| is_free[*at] = false);
    let free: Vec<usize> = (0..old.len()).filter(|at| is_free[*at]).collect();
    let words: HashMap<usize, Vec<u64>> = free.iter().map(|at| (*at, word_bag(&old[*at].content))).collect();

    let mut after = 0;
    for (place, block) in new.iter().enumerate() {
        if let Some(at) = found[place] {
            after = at;
            continue;
        }
        let own = word_bag(&block.content);
        let from = free.partition_point(|at| *at < after);
        let (before, following) = free.split_at(from);
        let is_left = |at: &&usize| is_free[**at];
        let ahead = following.iter().filter(is_left).take(NEARBY);
        let nearby = ahead.chain(before.iter().rev().filter(is_left).take(NEARBY));
        let likeness = |at: &usize| match old[*at].kind == block.kind {
            true => shared(&words[at], &own),
            false => (0, 1),
        };
        let best = nearby.fold(None, |best: Option<(usize, (usize, usize))>, at| {
            let (own, best_own) = (likeness(at), best.map_or((0, 1), |(_, likeness)| likeness));
            match own.0 * best_own.1 > best_own.0 * own.1 {
                true => Some((*at, own)),
                false => best,
            }
        });
        // At least half of the words of both.
        if let Some((at, (same, all))) = best
            && same * 2 >= all
        {
            found[place] = Some(at);
            is_free[at] = false;
            after = at;
        }
    }
    found.into_iter().map(|at| at.map(|at| old[at].id)).collect()
}

/// The removed blocks, by the block that stays before them.
fn removed_after(old: &[Block], is: &HashSet<BlockId>) -> HashMap<Option<BlockId>, Vec<BlockDiff>> {
    let mut gone: HashMap<Option<BlockId>, Vec<BlockDiff>> = HashMap::new();
    let mut before = None;
    for block in old {
        if is.contains(&block.id) {
            before = Some(block.id);
            continue;
        }
        gone.entry(before).or_default().push(BlockDiff {
            id: block.id,
            change: Change::Removed,
            before: Some(block.clone()),
            after: None,
            segments: vec![],
        });
    }
    gone
}

fn compared(before: &Block, after: &Block, is_in_place: bool, steps: &mut usize) -> BlockDiff {
    let says_same = before.says_as(after);
    let change = match (is_in_place, says_same) {
        (true, true) => Change::Same,
        (true, false) => Change::Changed,
        (false, _) => Change::Moved,
    };
    let segments = match (&before.content, &after.content) {
        (Content::Text(old), Content::Text(new)) if old != new => words(old, new, steps),
        (Content::Text(_) | Content::Table { .. }, _) => vec![],
    };
    BlockDiff {
        id: after.id,
        change,
        before: Some(before.clone()),
        after: Some(after.clone()),
        segments,
    }
}

/// The places of a longest rising part of a row of numbers, as the numbers.
fn longest_rising(row: &[usize]) -> Vec<usize> {
    // The place of the least number that a rising part of each length ends with, and what stands before each.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(row.len());
    for (place, number) in row.iter().enumerate() {
        let length = ends.partition_point(|end| row[*end] < *number);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    let mut rising = Vec::with_capacity(ends.len());
    let mut place = ends.last().copied();
    while let Some(at) = place {
        rising.push(row[at]);
        place = before[at];
    }
    rising
}

/// A word, a space or a sign, as it looks.
type Token = Run;

fn tokens(runs: &[Run]) -> Vec<Token> {
    let mut tokens = Vec::new();
    for run in runs {
        if run.note.is_some() {
            tokens.push(run.clone());
        }
        // Each field by itself: `..run.clone()` would copy the text of the whole run for every word of it.
        tokens.extend(run.text.split_word_bounds().map(|word| Run {
            text: word.to_owned(),
            strong: run.strong,
            emphasis: run.emphasis,
            link: run.link.clone(),
            note: None,
        }));
    }
    tokens
}

/// How the words of one block became those of another.
fn words(old: &[Run], new: &[Run], steps: &mut usize) -> Vec<Segment> {
    let (old, new) = (tokens(old), tokens(new));
    let (old_numbers, new_numbers) = numbers_of(&old, &new);
    let is_hopeless = {
        let (same, all) = shared(&sorted(&old_numbers), &sorted(&new_numbers));
        same * SHARED_LEAST < all
    };
    let cost = unlike(&old_numbers, &new_numbers);
    if is_hopeless || cost > BLOCK_STEPS_MAX.min(*steps) {
        return [(Fate::Removed, old), (Fate::Added, new)]
            .into_iter()
            .filter(|(_, tokens)| !tokens.is_empty())
            .map(|(fate, tokens)| Segment {
                fate,
                runs: joined(&tokens),
            })
            .collect();
    }
    *steps -= cost;
    let ops = capture_diff_slices(Algorithm::Myers, &old_numbers, &new_numbers);
    segments(&ops, &old, &new)
}

/// The same word has the same number in both.
fn numbers_of(old: &[Token], new: &[Token]) -> (Vec<u32>, Vec<u32>) {
    let mut numbers: HashMap<&Token, u32> = HashMap::new();
    let mut number = |token| {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        match numbers.entry(token) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(unknown) => *unknown.insert(next),
        }
    };
    let old = old.iter().map(&mut number).collect();
    let new = new.iter().map(&mut number).collect();
    (old, new)
}

/// The most steps that a comparison can take of what is left between the same beginning and the same end: each of as many
/// edits as there are words looks at as many ways as there were edits, from either end.
fn unlike(old: &[u32], new: &[u32]) -> usize {
    let same_start = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let (old, new) = (&old[same_start..], &new[same_start..]);
    let pairs = old.iter().rev().zip(new.iter().rev());
    let same_end = pairs.take_while(|(old, new)| old == new).count();
    match (old.len() - same_end, new.len() - same_end) {
        (0, _) | (_, 0) => 0,
        (old, new) => (old + new).saturating_mul(old + new) / 2,
    }
}

/// What follows one another and met the same fate, together; a space between two changes has changed with them.
fn segments(ops: &[DiffOp], old: &[Token], new: &[Token]) -> Vec<Segment> {
    let mut segments = Vec::new();
    let (mut removed, mut added): (Vec<Token>, Vec<Token>) = (vec![], vec![]);
    for (place, op) in ops.iter().enumerate() {
        let (was, is) = (&old[op.old_range()], &new[op.new_range()]);
        let is_kept = matches!(op, DiffOp::Equal { .. });
        let is_between = place > 0 && place + 1 < ops.len();
        let is_idle = is_between
            && is
                .iter()
                .all(|token| token.note.is_none() && token.text.trim().is_empty());
        if is_kept && !is_idle {
            push(&mut segments, Fate::Removed, &mut removed);
            push(&mut segments, Fate::Added, &mut added);
            push(&mut segments, Fate::Kept, &mut is.to_vec());
        } else {
            removed.extend_from_slice(was);
            added.extend_from_slice(is);
        }
    }
    push(&mut segments, Fate::Removed, &mut removed);
    push(&mut segments, Fate::Added, &mut added);
    segments
}

fn push(segments: &mut Vec<Segment>, fate: Fate, tokens: &mut Vec<Token>) {
    if !tokens.is_empty() {
        segments.push(Segment {
            fate,
            runs: joined(tokens),
        });
        tokens.clear();
    }
}

fn joined(tokens: &[Token]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for token in tokens {
        match runs.last_mut() {
            Some(last) if last.looks_as(token) => last.text.push_str(&token.text),
            Some(_) | None => runs.push(token.clone()),
        }
    }
    runs
}

fn sorted(numbers: &[u32]) -> Vec<u32> {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    sorted
}

/// The words of a content as sorted numbers.
pub(crate) fn word_bag(content: &Content) -> Vec<u64> {
    use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    let words = content.words();
    let mut bag: Vec<u64> = words.unicode_words().map(|word| hasher.hash_one(word)).collect();
    bag.sort_unstable();
    bag
}

/// How much two sorted rows share: how many stand in both, of how many in the longer.
pub(crate) fn shared<T: Ord>(one: &[T], other: &[T]) -> (usize, usize) {
    let (mut at, mut with, mut same) = (0, 0, 0);
    while let (Some(left), Some(right)) = (one.get(at), other.get(with)) {
        match left.cmp(right) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => with += 1,
            std::cmp::Ordering::Equal => (at, with, same) = (at + 1, with + 1, same + 1),
        }
    }
    (same, one.len().max(other.len()).max(1))
}
