//! What a text says to be found by: its title and each block, in every language in which they are said.
//!
//! Who may find it is known to the slice that owns it.

use db::Conn;
use kernel::{Fault, Localized};
use search::{Part, Said, Thing};

use crate::{
    model::{Block, TextId, Version, blocks_of},
    texts,
    translations::{self, Said as Translated},
};

/// What the working copy says.
///
/// # Errors
/// 404.
pub fn working(conn: &mut Conn, id: TextId) -> Result<Vec<Said>, Fault> {
    let text = texts::get(conn, id)?;
    let blocks = blocks_of(&texts::working(conn, id)?);
    let mut said = authentic(&text.title, &text.language, &blocks);
    for language in translations::languages(conn, id)? {
        let translated = translations::said(conn, id, &language)?;
        said.extend(in_language(&language, &translated));
    }
    Ok(said)
}

/// What a sealed version says. That never changes.
///
/// # Errors
/// When the database refuses.
pub fn sealed(conn: &mut Conn, version: &Version) -> Result<Vec<Said>, Fault> {
    let mut said = authentic(&version.title, &version.language, &version.blocks.0);
    for language in translations::sealed_languages(conn, version.id)? {
        let translated = translations::sealed(conn, version, &language)?;
        said.extend(in_language(&language, &translated));
    }
    Ok(said)
}

fn authentic(title: &Localized, language: &str, blocks: &[Block]) -> Vec<Said> {
    let mut said = Thing::titled(title);
    said.extend(
        (1..)
            .zip(blocks)
            .map(|(place, block)| one(language, place, block)),
    );
    said
}

/// Only what is said in that language: what is not is found in its own.
fn in_language(language: &str, blocks: &[Translated]) -> Vec<Said> {
    let placed = (1..).zip(blocks).filter(|(_, own)| own.is_translated);
    placed
        .map(|(place, own)| one(language, place, &own.block))
        .collect()
}

fn one(language: &str, place: u32, block: &Block) -> Said {
    Said {
        part: Part::Block(block.id.uuid()),
        language: language.to_owned(),
        place,
        text: block.content.words(),
    }
}
