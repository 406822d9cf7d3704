//! A text's blocks: what stands in them, and what they are called by for ever.
//!
//! Safe by construction: a block holds plain text, marks of emphasis and checked addresses, and never markup. Knows
//! nothing of whose text it is, of papers, tracks or HTTP.

use kernel::Id;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The id of a block. It stays when the block is changed, moved or numbered anew (R87).
pub type BlockId = Id<Block>;

kernel::coded! {
    /// What sort of block it is.
    pub enum BlockKind {
        /// A heading, of level 1 to 4.
        Heading => "heading",
        /// A paragraph.
        Paragraph => "paragraph",
        /// An item of a list, 1 to 6 deep.
        Item => "item",
        /// What somebody else said or wrote.
        Quote => "quote",
        /// Rows of cells, the first of which are the heads of the columns.
        Table => "table",
        /// A note to a place in another block.
        Footnote => "footnote",
    }
}

/// A stretch of text that looks the same from end to end, or the mark of a footnote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct Run {
    /// The text; `\n` begins a new line. Empty for the mark of a footnote.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Whether it stands out strongly.
    #[serde(default, skip_serializing_if = "is_false")]
    pub strong: bool,
    /// Whether it is emphasised.
    #[serde(default, skip_serializing_if = "is_false")]
    pub emphasis: bool,
    /// Where it leads: an `http`, `https` or `mailto` address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The footnote whose mark stands here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub note: Option<BlockId>,
}

/// One cell of a table.
pub type Cell = Vec<Run>;

/// What a block holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum Content {
    /// The runs of every kind but tables.
    Text(Vec<Run>),
    /// A table.
    Table {
        /// Its rows, each of as many cells.
        rows: Vec<Vec<Cell>>,
    },
}

/// A block of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Block {
    /// Its id, for ever.
    #[schema(value_type = String)]
    pub id: BlockId,
    /// What sort it is.
    pub kind: BlockKind,
    /// The level of a heading, the depth of an item, 0 for the others.
    pub level: i32,
    /// Whether an item is counted.
    pub numbered: bool,
    /// What it holds.
    pub content: Content,
}

/// A block as it is handed in: without an id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BlockInput {
    /// What sort it is.
    pub kind: BlockKind,
    /// The level of a heading, the depth of an item.
    #[serde(default)]
    pub level: i32,
    /// Whether an item is counted.
    #[serde(default)]
    pub numbered: bool,
    /// What it holds.
    pub content: Content,
}

impl Run {
    /// Plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    /// The mark of a footnote.
    pub fn mark(note: BlockId) -> Self {
        Self {
            note: Some(note),
            ..Self::default()
        }
    }

    /// Whether it looks as another does: what stands in both could stand in one.
    pub fn looks_as(&self, other: &Self) -> bool {
        let both_are_text = self.note.is_none() && other.note.is_none();
        both_are_text
            && (self.strong, self.emphasis, &self.link) == (other.strong, other.emphasis, &other.link)
    }
}

impl Content {
    /// Plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::Text(vec![Run::plain(text)])
    }

    /// Every run, cell after cell.
    pub fn runs(&self) -> impl Iterator<Item = &Run> {
        let (text, rows): (&[Run], &[Vec<Cell>]) = match self {
            Self::Text(runs) => (runs, &[]),
            Self::Table { rows } => (&[], rows),
        };
        text.iter().chain(rows.iter().flatten().flatten())
    }

    /// Every run, to be changed.
    pub fn runs_mut(&mut self) -> impl Iterator<Item = &mut Run> {
        let (text, rows): (&mut [Run], &mut [Vec<Cell>]) = match self {
            Self::Text(runs) => (runs, &mut []),
            Self::Table { rows } => (&mut [], rows),
        };
        text.iter_mut().chain(rows.iter_mut().flatten().flatten())
    }

    /// Whether there is nothing to read.
    pub fn is_blank(&self) -> bool {
        self.runs()
            .all(|run| run.note.is_none() && run.text.trim().is_empty())
    }

    /// The words alone, cells apart by a tab and rows by a line.
    pub fn words(&self) -> String {
        let said = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
        match self {
            Self::Text(runs) => said(runs),
            Self::Table { rows } => {
                let lines = rows.iter().map(|row| {
                    let cells: Vec<String> = row.iter().map(|cell| said(cell)).collect();
                    cells.join("\t")
                });
                lines.collect::<Vec<_>>().join("\n")
            }
        }
    }

    /// The footnotes whose marks stand here.
    pub fn notes(&self) -> impl Iterator<Item = BlockId> {
        self.runs().filter_map(|run| run.note)
    }
}

impl BlockInput {
    /// With an id.
    pub fn with_id(self, id: BlockId) -> Block {
        Block {
            id,
            kind: self.kind,
            level: self.level,
            numbered: self.numbered,
            content: self.content,
        }
    }
}

impl Block {
    /// A paragraph of plain text, with a new id.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::of(BlockKind::Paragraph, 0, text)
    }

    /// A heading of plain text, with a new id.
    pub fn heading(level: i32, text: impl Into<String>) -> Self {
        Self::of(BlockKind::Heading, level, text)
    }

    /// An item of plain text, with a new id.
    pub fn item(level: i32, numbered: bool, text: impl Into<String>) -> Self {
        Self {
            numbered,
            ..Self::of(BlockKind::Item, level, text)
        }
    }

    /// Whether two say the same, whatever they are called.
    pub fn says_as(&self, other: &Self) -> bool {
        (self.kind, self.level, self.numbered, &self.content)
            == (other.kind, other.level, other.numbered, &other.content)
    }

    /// Without its id.
    pub fn input(&self) -> BlockInput {
        BlockInput {
            kind: self.kind,
            level: self.level,
            numbered: self.numbered,
            content: self.content.clone(),
        }
    }

    fn of(kind: BlockKind, level: i32, text: impl Into<String>) -> Self {
        Self {
            id: Id::new(),
            kind,
            level,
            numbered: false,
            content: Content::plain(text),
        }
    }
}

/// Gives every block a new id, and the marks of footnotes the new ones.
pub fn with_new_ids(mut blocks: Vec<Block>) -> Vec<Block> {
    let renamed: std::collections::HashMap<BlockId, BlockId> =
        blocks.iter().map(|block| (block.id, Id::new())).collect();
    for block in &mut blocks {
        block.id = renamed.get(&block.id).copied().unwrap_or(block.id);
        for run in block.content.runs_mut() {
            run.note = run.note.map(|note| renamed.get(&note).copied().unwrap_or(note));
        }
    }
    blocks
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands in a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}
