//! What each amendment changes, word by word, and what all of those that were adopted change together.

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::{Amendment, AmendmentId, Proposed, consolidate::Consolidated};
use crate::{
    diff::{self, BlockDiff, Change, Steps},
    model::{Block, BlockId},
};

/// What one amendment changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Compared {
    /// Which.
    #[schema(value_type = String)]
    pub amendment: AmendmentId,
    /// What becomes of the block it is about, and the blocks it brings.
    pub diff: Vec<BlockDiff>,
}

/// A text beside what it says with what was adopted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Comparison {
    /// What each amendment changes by itself.
    pub amendments: Vec<Compared>,
    /// The text with those that were adopted.
    pub consolidated: Consolidated,
    /// What they change together.
    pub whole: Vec<BlockDiff>,
}

/// What a proposal changes, beside the block it is about.
pub fn against(target: Option<&Block>, proposed: &Proposed) -> Vec<BlockDiff> {
    against_within(target, proposed, &mut Steps::default())
}

fn against_within(target: Option<&Block>, proposed: &Proposed, steps: &mut Steps) -> Vec<BlockDiff> {
    let mut between =
        |block: &Block, new: &[Block]| diff::between_within(std::slice::from_ref(block), new, steps);
    match (proposed, target) {
        (Proposed::Add { blocks, .. } | Proposed::Replace { blocks, .. }, None) => added(blocks),
        (Proposed::Add { blocks, .. }, Some(_)) => added(blocks),
        (Proposed::Replace { blocks, .. }, Some(block)) => between(block, blocks),
        (Proposed::Delete { .. }, Some(block)) => between(block, &[]),
        (Proposed::Delete { .. }, None) => vec![],
    }
}

/// What each of these changes: in the text, or in the amendment it amends. All of them together spend no more time than one
/// difference may: what is beyond it is told as a whole.
pub fn each(base: &[Block], amendments: &[Amendment]) -> Vec<Compared> {
    let blocks: HashMap<BlockId, &Block> = base.iter().map(|block| (block.id, block)).collect();
    let others: HashMap<AmendmentId, &Amendment> = amendments.iter().map(|own| (own.id, own)).collect();
    let mut steps = Steps::default();
    let compared = |own: &Amendment| {
        let target = own.proposed.target().and_then(|block| match own.of {
            None => blocks.get(&block).copied(),
            Some(of) => {
                let there = others.get(&of)?.proposed.blocks();
                there.iter().find(|own| own.id == block)
            }
        });
        Compared {
            amendment: own.id,
            diff: against_within(target, &own.proposed, &mut steps),
        }
    };
    amendments.iter().map(compared).collect()
}

fn added(blocks: &[Block]) -> Vec<BlockDiff> {
    let diff = |block: &Block| BlockDiff {
        id: block.id,
        change: Change::Added,
        before: None,
        after: Some(block.clone()),
        segments: vec![],
    };
    blocks.iter().map(diff).collect()
}
