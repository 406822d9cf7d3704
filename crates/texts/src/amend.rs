//! Amendments as values: what one proposes, which exclude one another, how far each is from the text, and what the text says
//! with those that were adopted (R82–R87). No connection, no clock, nobody's name.

use std::collections::HashMap;

use kernel::Id;
use records::rules::sha256_hex;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{Block, BlockId};

pub mod clash;
pub mod compare;
pub mod consolidate;
pub mod distance;
pub mod division;
pub mod proposing;
pub mod state;

/// The id of an amendment.
pub type AmendmentId = Id<Amendment>;

kernel::coded! {
    /// What sort of change an amendment proposes: it adds, deletes or revises part of a text, and nothing else (R82).
    pub enum AmendmentKind {
        /// It puts blocks in.
        Add => "add",
        /// It takes a block out.
        Delete => "delete",
        /// It puts others in the place of a block.
        Replace => "replace",
    }
}

/// What an amendment proposes. Blocks are named by their ids and never by what they are called (R87).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Proposed {
    /// Blocks after another, or before all of them.
    Add {
        /// After which; none for the start.
        #[serde(default)]
        #[schema(value_type = Option<String>)]
        after: Option<BlockId>,
        /// They.
        blocks: Vec<Block>,
    },
    /// A block goes.
    Delete {
        /// Which.
        #[schema(value_type = String)]
        block: BlockId,
    },
    /// Others come in its place. The one that is most like it bears its id.
    Replace {
        /// Which.
        #[schema(value_type = String)]
        block: BlockId,
        /// They.
        blocks: Vec<Block>,
    },
}

/// An amendment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amendment {
    /// Its id.
    pub id: AmendmentId,
    /// Which other it amends; none when it amends the text.
    pub of: Option<AmendmentId>,
    /// Its place in the chair's order. Of what is added at one place the first in this order stands first.
    pub order: i64,
    /// What it proposes.
    pub proposed: Proposed,
}

impl Proposed {
    /// What sort of change it is.
    pub const fn kind(&self) -> AmendmentKind {
        match self {
            Self::Add { .. } => AmendmentKind::Add,
            Self::Delete { .. } => AmendmentKind::Delete,
            Self::Replace { .. } => AmendmentKind::Replace,
        }
    }

    /// The block it is about: that goes, is replaced, or after which others come.
    pub const fn target(&self) -> Option<BlockId> {
        match self {
            Self::Add { after, .. } => *after,
            Self::Delete { block } | Self::Replace { block, .. } => Some(*block),
        }
    }

    /// The blocks it brings.
    pub fn blocks(&self) -> &[Block] {
        match self {
            Self::Add { blocks, .. } | Self::Replace { blocks, .. } => blocks,
            Self::Delete { .. } => &[],
        }
    }

    /// The same with other blocks.
    pub fn with_blocks(&self, blocks: Vec<Block>) -> Self {
        match self {
            Self::Add { after, .. } => Self::Add {
                after: *after,
                blocks,
            },
            Self::Delete { block } => Self::Delete { block: *block },
            Self::Replace { block, .. } => Self::Replace {
                block: *block,
                blocks,
            },
        }
    }

    /// The footnotes that what it brings refers to.
    pub fn notes(&self) -> impl Iterator<Item = BlockId> {
        self.blocks().iter().flat_map(|block| block.content.notes())
    }

    /// A hash of what it proposes, whatever ids its blocks bear: two that propose the same of the same have the same (AS8).
    pub fn fingerprint(&self, of: Option<AmendmentId>) -> String {
        let said = (of, self.kind(), self.target(), self.words_hash());
        sha256_hex(&serde_json::to_vec(&said).unwrap_or_default())
    }

    /// A hash of the blocks it brings, without their ids. It says nothing of who filed it or when, and so settles orders that
    /// must not depend on either.
    pub fn words_hash(&self) -> String {
        let mut blocks = self.blocks().to_vec();
        let places: HashMap<BlockId, BlockId> = blocks
            .iter()
            .enumerate()
            .map(|(place, block)| (block.id, Id::named(&place.to_string())))
            .collect();
        for block in &mut blocks {
            block.id = places.get(&block.id).copied().unwrap_or(block.id);
            for run in block.content.runs_mut() {
                run.note = run.note.map(|note| places.get(&note).copied().unwrap_or(note));
            }
        }
        sha256_hex(&serde_json::to_vec(&blocks).unwrap_or_default())
    }
}

/// Whether what was decided is taken up again: by two thirds of those for and against, abstentions apart (R86).
pub const fn is_reconsidered(in_favour: u32, against: u32) -> bool {
    let (in_favour, against) = (in_favour as u64, against as u64);
    in_favour > 0 && in_favour * 3 >= (in_favour + against) * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r86_two_thirds_of_those_for_and_against_take_up_again_what_was_decided() {
        for (in_favour, against, expected) in [
            (66, 34, false),
            (67, 33, true),
            (2, 1, true),
            (66, 33, true),
            (65, 33, false),
            (1, 0, true),
            (0, 0, false),
            (0, 5, false),
            (u32::MAX, u32::MAX / 2, true),
            (u32::MAX, u32::MAX, false),
        ] {
            assert_eq!(
                is_reconsidered(in_favour, against),
                expected,
                "{in_favour} for, {against} against"
            );
        }
    }
}
