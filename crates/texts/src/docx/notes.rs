//! The footnotes of a document until the text comes to where they stand.

use std::collections::{HashMap, HashSet};

use kernel::Id;

use super::Mark;
use crate::{
    block::{Block, BlockId},
    clean::Notices,
};

/// Most bookmarks round one mark that are remembered.
const ROUND_MAX: usize = 20;
/// Longest name of a bookmark, in bytes.
const NAME_MAX: usize = 100;

#[derive(Default)]
pub(super) struct Notes {
    /// By what the text calls them.
    ids: HashMap<String, BlockId>,
    known: HashSet<BlockId>,
    /// Those whose place was not come to.
    waiting: HashMap<BlockId, Block>,
    /// All of them, in their order.
    order: Vec<BlockId>,
    /// What stands round the marks of footnotes.
    marked: HashMap<String, BlockId>,
    /// The bookmarks that are open, by their numbers in the document.
    round: Vec<(String, String)>,
    /// What was left out of them.
    pub notices: Notices,
}

impl Notes {
    /// The id of a footnote that names itself so: another, where one before has it.
    pub fn id(&self, own: Option<BlockId>) -> BlockId {
        own.filter(|id| !self.known.contains(id)).unwrap_or_else(Id::new)
    }

    /// The text calls it so.
    pub fn name(&mut self, called: String, id: BlockId) {
        self.known.insert(id);
        self.ids.insert(called, id);
    }

    /// It is to stand somewhere.
    pub fn wait(&mut self, note: Block) {
        self.order.push(note.id);
        self.waiting.insert(note.id, note);
    }

    /// Its place was come to.
    pub fn take(&mut self, id: BlockId) -> Option<Block> {
        self.waiting.remove(&id)
    }

    /// Those whose place never was.
    pub fn rest(&mut self) -> Vec<Block> {
        let order = std::mem::take(&mut self.order);
        order.iter().filter_map(|id| self.waiting.remove(id)).collect()
    }

    /// A bookmark begins.
    pub fn begin(&mut self, number: &str, name: &str) {
        if self.round.len() < ROUND_MAX && name.len() <= NAME_MAX {
            self.round.push((number.to_owned(), name.to_owned()));
        }
    }

    /// A bookmark ends.
    pub fn end(&mut self, number: &str) {
        self.round.retain(|(own, _)| own != number);
    }

    /// The footnote that the text calls so, at its mark.
    pub fn at_mark(&mut self, called: &str) -> Option<BlockId> {
        let id = *self.ids.get(called)?;
        for (_, name) in &self.round {
            self.marked.insert(name.clone(), id);
        }
        Some(id)
    }

    /// The footnote round whose mark a bookmark stands.
    pub fn referred(&self, bookmark: &str) -> Option<BlockId> {
        let own = Mark::read(bookmark).filter(|(mark, id)| *mark == Mark::Note && self.known.contains(id));
        own.map(|(_, id)| id)
            .or_else(|| self.marked.get(bookmark).copied())
    }
}
