//! A text put part by part, then as a whole (R85).

use std::collections::HashSet;

use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{Block, BlockId, BlockKind};

kernel::coded! {
    /// How far a part is.
    pub enum PartState {
        /// Those before it come first.
        Waiting => "waiting",
        /// It is being decided.
        Put => "put",
        /// It stays.
        Adopted => "adopted",
        /// It is taken out.
        Rejected => "rejected",
    }
}

kernel::coded! {
    /// How far a division is.
    pub enum DivisionState {
        /// Parts are put one by one.
        Parts => "parts",
        /// They are decided, and what is left is put as a whole.
        Whole => "whole",
        /// What was left is adopted.
        Adopted => "adopted",
        /// The whole is rejected.
        Rejected => "rejected",
    }
}

/// A part of a text that is put by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Part {
    /// Its blocks.
    #[schema(value_type = Vec<String>)]
    pub blocks: Vec<BlockId>,
    /// Whether it is operative: whether something is decided in it, not said before that.
    pub is_operative: bool,
    /// How far it is.
    pub state: PartState,
}

/// How far a division is, by its parts. When all operative parts are rejected, and nothing operative stands outside of them,
/// the whole is, without being put.
pub fn state(base: &[Block], parts: &[Part]) -> DivisionState {
    let is_decided = |part: &Part| match part.state {
        PartState::Waiting | PartState::Put => false,
        PartState::Adopted | PartState::Rejected => true,
    };
    if !parts.iter().all(is_decided) {
        return DivisionState::Parts;
    }
    let mut operative = parts.iter().filter(|part| part.is_operative).peekable();
    let has_operative = operative.peek().is_some();
    let all_rejected = operative.all(|part| part.state == PartState::Rejected);
    match has_operative && all_rejected && !has_rest(base, parts) {
        true => DivisionState::Rejected,
        false => DivisionState::Whole,
    }
}

/// The text without the parts that were rejected, and without footnotes whose last mark went with them.
pub fn without_rejected(base: &[Block], parts: &[Part]) -> Vec<Block> {
    let out: HashSet<BlockId> = parts
        .iter()
        .filter(|part| part.state == PartState::Rejected)
        .flat_map(|part| part.blocks.iter().copied())
        .collect();
    let marks = |blocks: &[Block]| -> HashSet<BlockId> {
        blocks.iter().flat_map(|block| block.content.notes()).collect()
    };
    let marked_then = marks(base);
    let is_note = |block: &Block| block.kind == BlockKind::Footnote;
    let mut left: Vec<Block> = base
        .iter()
        .filter(|block| is_note(block) || !out.contains(&block.id))
        .cloned()
        .collect();
    let marked = marks(&left);
    // A footnote goes and stays with its marks, whatever part it stands in.
    left.retain(|block| {
        let is_idle = !marked_then.contains(&block.id) && !out.contains(&block.id);
        !is_note(block) || marked.contains(&block.id) || is_idle
    });
    left
}

/// Whether something that can be operative stands in no part: a heading or a footnote cannot.
fn has_rest(base: &[Block], parts: &[Part]) -> bool {
    let within: HashSet<BlockId> = parts
        .iter()
        .flat_map(|part| part.blocks.iter().copied())
        .collect();
    base.iter().any(|block| {
        ![BlockKind::Heading, BlockKind::Footnote].contains(&block.kind) && !within.contains(&block.id)
    })
}
