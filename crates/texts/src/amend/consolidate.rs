//! What a text says with the amendments that were adopted, and where each of its blocks comes from.
//!
//! Computed from the text and the amendments alone, in time n log n: which of two compatible amendments was filed first
//! does not matter. What is added at one place stands in the chair's order, and where that says nothing in that of what it
//! says.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use utoipa::ToSchema;

use super::{Amendment, AmendmentId, Proposed, clash::Clash};
use crate::model::{Block, BlockId, BlockKind};

/// Where a block comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Origin {
    /// The block.
    #[schema(value_type = String)]
    pub block: BlockId,
    /// The amendment that brought what it says, and the one that amended that; none when it stands as it stood.
    #[schema(value_type = Vec<String>)]
    pub by: Vec<AmendmentId>,
}

/// A block that is there no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Removed {
    /// The block.
    #[schema(value_type = String)]
    pub block: BlockId,
    /// The amendment that took it out; none for a footnote whose last mark went.
    #[schema(value_type = Option<String>)]
    pub by: Option<AmendmentId>,
}

/// An amendment that had no place among the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LeftOut {
    /// Which.
    #[schema(value_type = String)]
    pub amendment: AmendmentId,
    /// Why.
    pub why: Clash,
}

/// A text with what was adopted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Consolidated {
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// Where each of them comes from, in their order.
    pub provenance: Vec<Origin>,
    /// The blocks that are there no more.
    pub removed: Vec<Removed>,
    /// The amendments that had no place: empty when all of them are compatible and of this text.
    pub left_out: Vec<LeftOut>,
}

/// A block on its way.
struct Traced {
    block: Block,
    by: Vec<AmendmentId>,
}

/// An amendment whose own amendments were taken in.
struct Change<'a> {
    amendment: &'a Amendment,
    /// The hash of what it brings.
    words: String,
    blocks: Vec<Traced>,
}

/// What a text says with the amendments that were adopted.
pub fn consolidate(base: &[Block], adopted: &[Amendment]) -> Consolidated {
    let mut told = Consolidated::default();
    let (first, mut amending) = by_what_they_amend(adopted);
    let changes = first
        .into_iter()
        .map(|amendment| {
            let own = amending.remove(&amendment.id).unwrap_or_default();
            let blocks = with_own(amendment, own, &mut told.left_out);
            change(amendment, blocks)
        })
        .collect();
    let orphans = amending.into_values().flatten();
    told.left_out.extend(orphans.map(|own| LeftOut {
        amendment: own.id,
        why: Clash::ParentGone,
    }));
    let base = base.iter().map(|block| traced(block, vec![])).collect();
    let merged = merge(base, changes, &mut told.removed, &mut told.left_out);
    told.left_out.sort_by_key(|own| own.amendment);
    for own in merged {
        told.provenance.push(Origin {
            block: own.block.id,
            by: own.by,
        });
        told.blocks.push(own.block);
    }
    told
}

/// What an amendment proposes with those amendments to it that were adopted.
pub fn amended(amendment: &Amendment, adopted: &[Amendment]) -> Proposed {
    let own = adopted
        .iter()
        .filter(|own| own.of == Some(amendment.id))
        .collect();
    let blocks = with_own(amendment, own, &mut vec![]);
    let blocks = blocks.into_iter().map(|own| own.block).collect();
    amendment.proposed.with_blocks(blocks)
}

/// Those that amend the text, and those that amend them.
fn by_what_they_amend(all: &[Amendment]) -> (Vec<&Amendment>, HashMap<AmendmentId, Vec<&Amendment>>) {
    let mut first = Vec::new();
    let mut amending: HashMap<AmendmentId, Vec<&Amendment>> = HashMap::new();
    for amendment in all {
        match amendment.of {
            None => first.push(amendment),
            Some(of) => amending.entry(of).or_default().push(amendment),
        }
    }
    (first, amending)
}

fn traced(block: &Block, by: Vec<AmendmentId>) -> Traced {
    Traced {
        block: block.clone(),
        by,
    }
}

fn change(amendment: &Amendment, blocks: Vec<Traced>) -> Change<'_> {
    Change {
        amendment,
        words: amendment.proposed.words_hash(),
        blocks,
    }
}

/// What an amendment brings, with the amendments to it taken in.
fn with_own(amendment: &Amendment, own: Vec<&Amendment>, left_out: &mut Vec<LeftOut>) -> Vec<Traced> {
    let brought = amendment.proposed.blocks().iter();
    let base: Vec<Traced> = brought.map(|block| traced(block, vec![amendment.id])).collect();
    if own.is_empty() {
        return base;
    }
    let changes = own.into_iter().map(|own| {
        let by = || vec![amendment.id, own.id];
        let blocks = own.proposed.blocks().iter();
        change(own, blocks.map(|block| traced(block, by())).collect())
    });
    merge(base, changes.collect(), &mut vec![], left_out)
}

/// Takes changes into blocks. Two changes that exclude each other do not both find a place.
fn merge(
    base: Vec<Traced>,
    mut changes: Vec<Change<'_>>,
    removed: &mut Vec<Removed>,
    left_out: &mut Vec<LeftOut>,
) -> Vec<Traced> {
    changes.sort_by(|one, other| {
        let key = |own: &Change<'_>| (own.amendment.order, own.amendment.id);
        let (this, that) = (key(one), key(other));
        (this.0, &one.words, this.1).cmp(&(that.0, &other.words, that.1))
    });
    let known: HashSet<BlockId> = base.iter().map(|own| own.block.id).collect();
    let marked_then: HashSet<BlockId> = base.iter().flat_map(|own| own.block.content.notes()).collect();
    let marked_by_changes: HashSet<BlockId> = changes
        .iter()
        .flat_map(|own| &own.blocks)
        .flat_map(|own| own.block.content.notes())
        .collect();

    let mut instead: HashMap<BlockId, Change<'_>> = HashMap::new();
    let mut adding: Vec<Change<'_>> = Vec::new();
    for own in changes {
        let (target, id) = (own.amendment.proposed.target(), own.amendment.id);
        let mut leave = |why| left_out.push(LeftOut { amendment: id, why });
        match (&own.amendment.proposed, target) {
            (_, Some(block)) if !known.contains(&block) => leave(Clash::TargetGone),
            (Proposed::Add { .. }, _) | (_, None) => adding.push(own),
            (_, Some(block)) if instead.contains_key(&block) => leave(Clash::SameBlock),
            (Proposed::Delete { .. }, Some(block)) if marked_by_changes.contains(&block) => {
                leave(Clash::NoteGone);
            }
            (Proposed::Delete { .. } | Proposed::Replace { .. }, Some(block)) => {
                instead.insert(block, own);
            }
        }
    }

    let mut after: HashMap<Option<BlockId>, Vec<Traced>> = HashMap::new();
    let mut seen: HashSet<(Option<BlockId>, String)> = HashSet::new();
    for own in adding {
        let target = own.amendment.proposed.target();
        let is_deleted = target
            .and_then(|block| instead.get(&block))
            .is_some_and(|own| matches!(own.amendment.proposed, Proposed::Delete { .. }));
        let why = match (is_deleted, seen.insert((target, own.words))) {
            (true, _) => Some(Clash::TargetGone),
            (false, false) => Some(Clash::Identical),
            (false, true) => None,
        };
        match why {
            Some(why) => left_out.push(LeftOut {
                amendment: own.amendment.id,
                why,
            }),
            None => after.entry(target).or_default().extend(own.blocks),
        }
    }

    let mut merged = after.remove(&None).unwrap_or_default();
    for own in base {
        let id = own.block.id;
        match instead.remove(&id) {
            None => merged.push(own),
            Some(change) => {
                if change.blocks.iter().all(|new| new.block.id != id) {
                    removed.push(Removed {
                        block: id,
                        by: Some(change.amendment.id),
                    });
                }
                merged.extend(change.blocks);
            }
        }
        merged.append(&mut after.remove(&Some(id)).unwrap_or_default());
    }
    without_orphans(merged, &marked_then, removed)
}

/// A footnote whose last mark went goes with it.
fn without_orphans(
    mut merged: Vec<Traced>,
    marked_then: &HashSet<BlockId>,
    removed: &mut Vec<Removed>,
) -> Vec<Traced> {
    if marked_then.is_empty() {
        return merged;
    }
    let marked: HashSet<BlockId> = merged.iter().flat_map(|own| own.block.content.notes()).collect();
    merged.retain(|own| {
        let id = own.block.id;
        let is_orphan =
            own.block.kind == BlockKind::Footnote && marked_then.contains(&id) && !marked.contains(&id);
        if is_orphan {
            removed.push(Removed { block: id, by: None });
        }
        !is_orphan
    });
    merged
}
