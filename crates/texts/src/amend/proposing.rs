//! What an amendment may propose, and how what is handed in comes to be like that: of a block that is there, cleaned as every
//! block is, under ids of its own, and saying something else than what stands there.

use std::collections::HashSet;

use kernel::Fields;

use super::Proposed;
use crate::{
    clean::{self, BLOCKS_MAX, BYTES_MAX, Notices},
    diff::{shared, word_bag},
    model::{Block, BlockId, BlockKind, with_new_ids},
};

/// Most blocks that one amendment brings.
pub const BROUGHT_MAX: usize = 100;

/// What is proposed, checked against the blocks it is about: those of a version, or of the amendment that it amends. `notes`
/// are the footnotes that it may refer to beside its own. Blocks get new ids; of those that replace a block the one that is
/// most like it gets its id, so that it stays the same block where only its words change (R87).
pub fn checked(
    fields: &mut Fields,
    field: &str,
    base: &[Block],
    notes: &HashSet<BlockId>,
    raw: Proposed,
    notices: &mut Notices,
) -> Proposed {
    let target = raw.target();
    let found = target.and_then(|target| base.iter().find(|block| block.id == target));
    if target.is_some() && found.is_none() {
        let named = match &raw {
            Proposed::Add { .. } => "after",
            Proposed::Delete { .. } | Proposed::Replace { .. } => "block",
        };
        fields.wrong(&format!("{field}.{named}"), "not_in_version");
        return raw;
    }
    let field_of_blocks = format!("{field}.blocks");
    match raw {
        Proposed::Delete { block } => {
            if base
                .iter()
                .flat_map(|own| own.content.notes())
                .any(|note| note == block)
            {
                fields.wrong(&format!("{field}.block"), "footnote_in_use");
            }
            Proposed::Delete { block }
        }
        Proposed::Add { after, blocks } => Proposed::Add {
            after,
            blocks: brought(fields, &field_of_blocks, notes, blocks, notices),
        },
        Proposed::Replace { block, blocks } => {
            let mut blocks = brought(fields, &field_of_blocks, notes, blocks, notices);
            if let Some(was) = found
                && fields.all_good()
            {
                match most_like(was, &blocks) {
                    Some(place) => rename(&mut blocks, place, was.id),
                    None => fields.wrong(&field_of_blocks, "footnote_in_use"),
                }
                if let [only] = blocks.as_slice()
                    && only.says_as(was)
                {
                    fields.wrong(&field_of_blocks, "nothing_changes");
                }
            }
            Proposed::Replace { block, blocks }
        }
    }
}

/// The blocks that are brought, each cleaned and saying something.
fn brought(
    fields: &mut Fields,
    field: &str,
    notes: &HashSet<BlockId>,
    raw: Vec<Block>,
    notices: &mut Notices,
) -> Vec<Block> {
    if raw.is_empty() {
        fields.wrong(field, "required");
    }
    if raw.len() > BROUGHT_MAX {
        fields.wrong_with(field, "too_many_blocks", "most", BROUGHT_MAX);
        return vec![];
    }
    if raw
        .iter()
        .map(|block| clean::bytes(&block.content))
        .sum::<usize>()
        > BYTES_MAX
    {
        fields.wrong_with(field, "text_full", "most", BLOCKS_MAX);
        return vec![];
    }
    let mut taken = HashSet::with_capacity(raw.len());
    if let Some(place) = raw.iter().position(|block| !taken.insert(block.id)) {
        fields.wrong(&format!("{field}.{place}.id"), "block_twice");
        return vec![];
    }
    let raw = with_new_ids(raw);
    let own = raw.iter().filter(|block| block.kind == BlockKind::Footnote);
    let notes: HashSet<BlockId> = notes.iter().copied().chain(own.map(|block| block.id)).collect();
    let mut cleaned = Vec::with_capacity(raw.len());
    for (place, block) in raw.into_iter().enumerate() {
        let (id, input) = (block.id, block.input());
        let input = clean::block(
            fields,
            &format!("{field}.{place}.content"),
            input,
            &notes,
            notices,
        );
        cleaned.push(input.with_id(id));
    }
    cleaned
}

/// The place of the block that is most like one; among equals the first. A footnote is replaced by a footnote, since marks
/// lead to it.
fn most_like(was: &Block, blocks: &[Block]) -> Option<usize> {
    let is_note = was.kind == BlockKind::Footnote;
    let words = word_bag(&was.content);
    let mut best: Option<(usize, (usize, usize))> = None;
    for (place, block) in blocks.iter().enumerate() {
        if is_note && block.kind != BlockKind::Footnote {
            continue;
        }
        let own = shared(&words, &word_bag(&block.content));
        if best.is_none_or(|(_, best)| own.0 * best.1 > best.0 * own.1) {
            best = Some((place, own));
        }
    }
    best.map(|(place, _)| place)
}

/// Has a block bear another id, and the marks that lead to it.
fn rename(blocks: &mut [Block], place: usize, to: BlockId) {
    let Some(from) = blocks.get(place).map(|block| block.id) else {
        return;
    };
    for block in blocks {
        if block.id == from {
            block.id = to;
        }
        for run in block.content.runs_mut() {
            run.note = run.note.map(|note| if note == from { to } else { note });
        }
    }
}
