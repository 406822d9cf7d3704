//! A volume as one run of blocks, for forms that know nothing else: Markdown, Word.
//!
//! What is said beside the texts bears ids that follow from where it stands, so that the same volume has the same ones.

use kernel::Id;

use super::{Piece, Sort, Volume, aside};
use crate::{
    block::{Block, BlockKind},
    clean::HEADING_MAX,
};

/// The text alone.
pub(super) fn bare(volume: &Volume) -> Vec<Block> {
    let blocks = volume.pieces.iter().flat_map(|piece| &piece.blocks);
    blocks.cloned().collect()
}

/// Below its title, which is the first heading.
pub(super) fn under_title(volume: &Volume) -> Vec<Block> {
    let title = match volume.pieces.as_slice() {
        [only] if volume.sort != Sort::Collection => only.headline(),
        _ => volume.about.title.clone(),
    };
    let mut blocks = vec![named(volume, "title", Block::heading(1, title))];
    blocks.extend(all(volume, 2));
    blocks
}

/// Beside its title, which stands elsewhere.
pub(super) fn beside_title(volume: &Volume) -> Vec<Block> {
    all(volume, 1)
}

/// What stands before its texts, and those; the headings of the first level stand at `level`.
fn all(volume: &Volume, level: i32) -> Vec<Block> {
    let before = volume.before().into_iter().enumerate();
    let mut blocks: Vec<Block> = before
        .map(|(place, line)| named(volume, &format!("before/{place}"), Block::paragraph(line.text)))
        .collect();
    for piece in &volume.pieces {
        of_piece(volume, piece, level, &mut blocks);
    }
    blocks
}

fn of_piece(volume: &Volume, piece: &Piece, level: i32, blocks: &mut Vec<Block>) {
    let own = |place: &str, block: Block| named(volume, &format!("{}/{place}", piece.about.code), block);
    let is_one_of_many = volume.sort == Sort::Collection;
    if is_one_of_many {
        blocks.push(own("title", Block::heading(level, piece.headline())));
    }
    blocks.push(own("flag", aside(piece.flag(volume.language))));
    let deeper = level - 1 + i32::from(is_one_of_many);
    blocks.extend(piece.blocks.iter().map(|block| lowered(block, deeper)));
    for (place, fact) in piece.facts.iter().enumerate() {
        let told = super::pair(&fact.name, &fact.told, volume.language);
        blocks.push(own(&format!("fact/{place}"), Block::item(1, false, told)));
    }
}

/// A heading as much deeper as the text stands deeper.
fn lowered(block: &Block, by: i32) -> Block {
    let level = match block.kind {
        BlockKind::Heading => (block.level + by).min(HEADING_MAX),
        BlockKind::Paragraph
        | BlockKind::Item
        | BlockKind::Quote
        | BlockKind::Table
        | BlockKind::Footnote => block.level,
    };
    Block {
        level,
        ..block.clone()
    }
}

fn named(volume: &Volume, place: &str, block: Block) -> Block {
    let name = format!("{} {:?} {place}", volume.about.address, volume.language);
    Block {
        id: Id::named(&name),
        ..block
    }
}
