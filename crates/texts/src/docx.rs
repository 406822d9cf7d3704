//! Texts as Word documents, and Word documents as texts.
//!
//! What is written keeps every block's id as a bookmark round it, so that a document that was written out, worked on in a
//! word processor and read again has the same blocks (R87). What is read is cleaned like whatever is pasted
//! ([`crate::clean`]): headings, paragraphs, lists, quotations, tables, footnotes, strong, emphasis and links are taken
//! over, pictures, comments, text boxes and fields are not, and of changes that were followed the outcome is. Knows no
//! connection; nothing of a document is ever carried out, fetched or looked up elsewhere.

mod blocks;
mod fields;
mod hearing;
mod notes;
mod package;
mod parts;
mod reading;
mod styles;
mod writing;

use kernel::Fault;

use crate::{
    block::{Block, BlockId},
    clean::Notices,
    gathering::Imported,
};

/// How it is served.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// Largest file that is read, in bytes.
pub const FILE_MAX: usize = 25 * 1024 * 1024;
/// Most entries of a file. Word makes some twenty, and one for each picture.
pub const ENTRIES_MAX: usize = 4_000;
/// Most bytes that the text itself, or its footnotes, may unpack to.
pub const TEXT_MAX: usize = 32 * 1024 * 1024;
/// Most bytes that any other part that is read may unpack to: styles, numbering, where links lead.
pub const PART_MAX: usize = 8 * 1024 * 1024;
/// Deepest nesting of elements. A table in a cell of a table is some fifteen deep.
pub const DEPTH_MAX: usize = 100;

/// What is said of a text beside its blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its language, a BCP 47 tag.
    pub language: &'a str,
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The title, where the document was written out here.
    pub title: Option<String>,
    /// The blocks, each with an id: its own where the document names it, else a new one.
    pub blocks: Vec<Block>,
    /// What was changed on the way.
    pub notices: Notices,
}

impl From<Opened> for Imported {
    fn from(opened: Opened) -> Self {
        Self {
            blocks: opened.blocks,
            notices: opened.notices,
        }
    }
}

/// Writes a text. The same one gives the same bytes.
pub fn export(about: &About<'_>, blocks: &[Block]) -> Vec<u8> {
    writing::write(about, blocks)
}

/// Reads a document.
///
/// # Errors
/// `not_a_docx`, `docx_damaged`, `docx_protected`, `docx_has_macros`, `docx_too_large`, `docx_too_deep`; `invalid`, naming
/// what is too long or too many.
pub fn import(bytes: &[u8]) -> Result<Opened, Fault> {
    reading::read(bytes)
}

/// The bookmarks that we make. Word takes letters, digits and `_`, at most forty of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// Round what a block says.
    Block,
    /// Round a table.
    Table,
    /// Where a footnote stands among the blocks.
    Place,
    /// Round the first mark of a footnote, to which the others refer.
    Note,
}

/// The bookmark round the title.
const TITLE_MARK: &str = "hemicycle_title";

impl Mark {
    const ALL: [Self; 4] = [Self::Block, Self::Table, Self::Place, Self::Note];

    const fn letter(self) -> &'static str {
        match self {
            Self::Block => "b_",
            Self::Table => "t_",
            Self::Place => "f_",
            Self::Note => "n_",
        }
    }

    fn name(self, id: BlockId) -> String {
        format!("{}{}", self.letter(), id.uuid().simple())
    }

    /// Which bookmark of which block a name is.
    fn read(name: &str) -> Option<(Self, BlockId)> {
        let found = |mark: Self| {
            let hex = name.strip_prefix(mark.letter()).filter(|hex| hex.len() == 32)?;
            Some((mark, hex.parse().ok()?))
        };
        Self::ALL.into_iter().find_map(found)
    }
}
