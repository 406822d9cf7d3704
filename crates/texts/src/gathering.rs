//! Puts blocks together from what a reader of Markdown or of HTML comes across, one thing after another.
//!
//! It is where both agree on what becomes of a paragraph within an item, a list within a quotation, a table within a
//! cell. Nothing here calls itself: lists two hundred deep cost two hundred numbers.

use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use kernel::{Fault, Fields, Id};

use crate::{
    clean::{
        self, BLOCKS_MAX, BYTES_MAX, COLUMNS_MAX, LINK_MAX, Notice, Notices, PASTE_MAX, ROWS_MAX, RUNS_MAX,
    },
    faults::TextFault,
    model::{Block, BlockId, BlockKind, Cell, Content, Run},
};

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// The blocks, each with an id: its own where the text names one, else a new one.
    pub blocks: Vec<Block>,
    /// What was changed on the way.
    pub notices: Notices,
}

/// How what is read next looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Look {
    pub strong: bool,
    pub emphasis: bool,
    pub link: Option<Rc<str>>,
}

/// A list that is open.
struct List {
    is_numbered: bool,
    /// Whether the block of the item that is open was made already.
    has_said: bool,
}

/// The blocks so far, and what the next one will hold.
#[derive(Default)]
pub(crate) struct Gathering {
    blocks: Vec<Block>,
    runs: Vec<Run>,
    lists: Vec<List>,
    quotes: usize,
    footnote: Option<String>,
    table: Option<Vec<Vec<Cell>>>,
    /// The footnotes by what the text calls them.
    labels: HashMap<String, BlockId>,
    /// What the text calls the next block.
    id: Option<BlockId>,
    /// How many bytes of addresses stand in all of it: one that goes on for ever would be kept once for each run.
    linked: usize,
    pub notices: Notices,
}

/// Refuses what is too much to read.
pub(crate) fn within_bounds(text: &str) -> Result<(), Fault> {
    match text.len() > PASTE_MAX {
        true => Err(TextFault::TooMuchPasted { most: PASTE_MAX }.into()),
        false => Ok(()),
    }
}

/// The name of a block's anchor in HTML: `b-` and its id.
pub(crate) fn anchor(id: BlockId) -> String {
    format!("b-{id}")
}

/// The block that an anchor names.
pub(crate) fn anchored(anchor: &str) -> Option<BlockId> {
    anchor.strip_prefix("b-")?.parse().ok()
}

impl Gathering {
    /// An address, unless it is longer than any that is kept.
    pub fn address(&mut self, address: &str) -> Option<Rc<str>> {
        if address.len() > LINK_MAX {
            self.notices.tell(Notice::LinkDropped);
            return None;
        }
        Some(address.into())
    }

    pub fn text(&mut self, text: &str, look: &Look) {
        if text.is_empty() {
            return;
        }
        let looks_as = |run: &&mut Run| {
            run.note.is_none()
                && (run.strong, run.emphasis, run.link.as_deref())
                    == (look.strong, look.emphasis, look.link.as_deref())
        };
        if let Some(run) = self.runs.last_mut().filter(looks_as) {
            return run.text.push_str(text);
        }
        let link = look.link.as_deref().and_then(|link| self.linked(link));
        self.push_run(Run {
            text: text.to_owned(),
            strong: look.strong,
            emphasis: look.emphasis,
            link,
            note: None,
        });
    }

    /// An address of a new run, as long as there is room for it.
    fn linked(&mut self, link: &str) -> Option<String> {
        if self.linked + link.len() > BYTES_MAX {
            self.notices.tell(Notice::LinkDropped);
            return None;
        }
        self.linked += link.len();
        Some(link.to_owned())
    }

    /// One more than may be is kept, so that it is refused; no more is.
    fn push_run(&mut self, run: Run) {
        if self.runs.len() <= RUNS_MAX {
            self.runs.push(run);
        }
    }

    pub fn new_line(&mut self) {
        self.text("\n", &Look::default());
    }

    /// The mark of the footnote that the text calls so.
    pub fn note(&mut self, label: &str) {
        let note = self.named(label);
        self.push_run(Run::mark(note));
    }

    /// The mark of a footnote whose id is known.
    pub fn mark(&mut self, note: BlockId) {
        self.push_run(Run::mark(note));
    }

    /// A block that was put together elsewhere.
    pub fn add(&mut self, block: Block) {
        self.push_block(block);
    }

    /// Whether nothing was said since the last block.
    pub fn is_blank(&self) -> bool {
        runs_are_blank(&self.runs)
    }

    /// What was said since the last block, which belongs to none.
    pub fn take_words(&mut self) -> String {
        let runs = std::mem::take(&mut self.runs);
        runs.into_iter().map(|run| run.text).collect()
    }

    /// The blocks as they were found, not cleaned.
    pub fn into_blocks(self) -> (Vec<Block>, Notices) {
        (self.blocks, self.notices)
    }

    /// What the text calls the table that is open.
    pub const fn table_id(&mut self, id: BlockId) {
        if self.table.is_some() {
            self.id = Some(id);
        }
    }

    /// What the text calls the block that comes next.
    pub fn id(&mut self, id: Option<BlockId>) {
        if id.is_some() && self.table.is_none() {
            self.id = id;
        }
    }

    /// What the text called so is over.
    pub const fn forget_id(&mut self) {
        self.id = None;
    }

    /// A paragraph ends.
    pub fn end_paragraph(&mut self) {
        if self.is_within_one() {
            return self.new_line();
        }
        match self.lists.last() {
            Some(list) if self.quotes == 0 && !list.has_said => self.new_line(),
            Some(_) | None => self.close(self.kind(), 0, false),
        }
    }

    /// A heading ends; within anything else it is a paragraph.
    pub fn end_heading(&mut self, level: i32) {
        if self.is_within_one() || self.quotes > 0 || !self.lists.is_empty() {
            return self.end_paragraph();
        }
        self.close(BlockKind::Heading, level, false);
    }

    /// An item ends that says itself how deep it is, as a word processor's do.
    pub fn end_item_at(&mut self, level: i32, is_numbered: bool) {
        if self.is_within_one() || self.quotes > 0 || !self.lists.is_empty() {
            return self.end_paragraph();
        }
        self.close(BlockKind::Item, level, is_numbered);
    }

    /// A quotation ends that says itself that it is one, as a word processor's do.
    pub fn end_quote(&mut self) {
        if self.is_within_one() || !self.lists.is_empty() {
            return self.end_paragraph();
        }
        self.close(BlockKind::Quote, 0, false);
    }

    /// A footnote ends that says itself that it is one, as a word processor's do.
    pub fn end_note(&mut self) {
        if self.is_within_one() || self.quotes > 0 || !self.lists.is_empty() {
            return self.end_paragraph();
        }
        self.close(BlockKind::Footnote, 0, false);
    }

    pub fn open_list(&mut self, is_numbered: bool) {
        self.say_item();
        self.lists.push(List {
            is_numbered,
            has_said: true,
        });
    }

    pub fn open_item(&mut self) {
        self.close_item();
        if let Some(list) = self.lists.last_mut() {
            list.has_said = false;
        }
    }

    pub fn close_item(&mut self) {
        self.say_item();
        if self.is_within_one() {
            return;
        }
        if !self.lists.is_empty() {
            self.close(self.kind(), 0, false);
        }
        if let Some(list) = self.lists.last_mut() {
            list.has_said = true;
        }
    }

    pub fn close_list(&mut self) {
        self.close_item();
        self.lists.pop();
    }

    pub fn open_quote(&mut self) {
        self.break_off();
        self.quotes += 1;
    }

    pub fn close_quote(&mut self) {
        self.break_off();
        self.quotes = self.quotes.saturating_sub(1);
    }

    /// A footnote begins; one within another, or within a table, is text.
    pub fn open_footnote(&mut self, label: &str) {
        self.break_off();
        if !self.is_within_one() {
            self.footnote = Some(label.to_owned());
        }
    }

    pub fn close_footnote(&mut self) {
        if self.table.is_some() {
            return;
        }
        if let Some(label) = self.footnote.take() {
            self.id = Some(self.named(&label));
            self.close(BlockKind::Footnote, 0, false);
        }
    }

    /// Whether a table is open.
    pub const fn is_in_table(&self) -> bool {
        self.table.is_some()
    }

    pub fn open_table(&mut self) {
        let own = self.id.take();
        self.break_off();
        if self.footnote.is_none() {
            self.id = own;
            self.table = Some(vec![]);
        }
    }

    pub fn open_row(&mut self) {
        let Some(rows) = &mut self.table else {
            if self.footnote.is_some() {
                self.new_line();
            }
            return;
        };
        // As with runs: one more than may be, so that it is refused. One without cells is none.
        if rows.len() <= ROWS_MAX && !rows.last().is_some_and(Vec::is_empty) {
            rows.push(vec![]);
        }
        // What stands in a table and in no cell of it, such as its caption, stands before it.
        let stray = std::mem::take(&mut self.runs);
        if !runs_are_blank(&stray) {
            self.push_block(Block {
                content: Content::Text(stray),
                ..Block::paragraph("")
            });
        }
    }

    /// A cell ends; `columns` says over how many it goes.
    pub fn close_cell(&mut self, columns: usize) {
        let Some(rows) = &mut self.table else {
            return self.keep_cells_apart();
        };
        if rows.is_empty() {
            rows.push(vec![]);
        }
        if let Some(row) = rows.last_mut() {
            row.push(std::mem::take(&mut self.runs));
            let more = columns.clamp(1, COLUMNS_MAX) - 1;
            row.resize((row.len() + more).min(row.len().max(COLUMNS_MAX + 1)), vec![]);
        }
    }

    /// Between two cells of a table that is none, since it stands in a footnote.
    pub fn keep_cells_apart(&mut self) {
        if self.table.is_none() && self.footnote.is_some() {
            self.text(" ", &Look::default());
        }
    }

    pub fn close_table(&mut self) {
        let Some(mut rows) = self.table.take() else { return };
        rows.retain(|row| !row.is_empty());
        let stray = std::mem::take(&mut self.runs);
        let content = Content::Table { rows };
        if !content.is_blank() {
            self.push(BlockKind::Table, 0, false, content);
        }
        self.runs = stray;
        self.break_off();
    }

    /// Cleans what was gathered and tells what is wrong with it.
    pub fn done(mut self) -> Result<Imported, Fault> {
        self.close_table();
        self.close_footnote();
        self.close_item();
        self.close(self.kind(), 0, false);
        let mut fields = Fields::new();
        let own = with_own_ids(self.blocks);
        let blocks = clean::blocks(&mut fields, "text", own, &mut self.notices);
        fields.done()?;
        Ok(Imported {
            blocks,
            notices: self.notices,
        })
    }

    /// Whether everything that comes belongs to one block.
    const fn is_within_one(&self) -> bool {
        self.table.is_some() || self.footnote.is_some()
    }

    /// What a text that ends here is.
    const fn kind(&self) -> BlockKind {
        match self.quotes {
            0 => BlockKind::Paragraph,
            _ => BlockKind::Quote,
        }
    }

    fn break_off(&mut self) {
        if self.is_within_one() {
            return self.new_line();
        }
        self.say_item();
        self.close(self.kind(), 0, false);
    }

    /// Makes the block of the item that is open, once.
    fn say_item(&mut self) {
        if self.is_within_one() {
            return self.new_line();
        }
        let level = i32::try_from(self.lists.len()).unwrap_or(i32::MAX);
        match self.lists.last_mut() {
            // Reading the runs comes last: many lists may begin where nothing but spaces was said.
            Some(list) if !list.has_said && self.quotes == 0 && !runs_are_blank(&self.runs) => {
                list.has_said = true;
                let is_numbered = list.is_numbered;
                self.close(BlockKind::Item, level, is_numbered);
            }
            Some(_) if self.quotes > 0 => self.close(BlockKind::Quote, 0, false),
            Some(_) | None => {}
        }
    }

    fn close(&mut self, kind: BlockKind, level: i32, numbered: bool) {
        let runs = std::mem::take(&mut self.runs);
        if !runs_are_blank(&runs) {
            self.push(kind, level, numbered, Content::Text(runs));
        }
    }

    fn push(&mut self, kind: BlockKind, level: i32, numbered: bool, content: Content) {
        let id = self.id.take().unwrap_or_else(Id::new);
        self.push_block(Block {
            id,
            kind,
            level,
            numbered,
            content,
        });
    }

    /// As with runs: one more than may be, so that it is refused.
    fn push_block(&mut self, block: Block) {
        if self.blocks.len() <= BLOCKS_MAX {
            self.blocks.push(block);
        }
    }

    fn named(&mut self, label: &str) -> BlockId {
        if let Some(id) = self.labels.get(label) {
            return *id;
        }
        let id = anchored(label).unwrap_or_else(Id::new);
        self.labels.insert(label.to_owned(), id);
        id
    }
}

fn runs_are_blank(runs: &[Run]) -> bool {
    runs.iter()
        .all(|run| run.note.is_none() && run.text.trim().is_empty())
}

/// No two blocks have one id: what names itself as another did before gets a new one.
fn with_own_ids(mut blocks: Vec<Block>) -> Vec<Block> {
    let mut taken = HashSet::with_capacity(blocks.len());
    for block in &mut blocks {
        if !taken.insert(block.id) {
            block.id = Id::new();
            taken.insert(block.id);
        }
    }
    blocks
}
