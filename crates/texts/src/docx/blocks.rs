//! What becomes of what was heard: paragraphs and tables that end are blocks, bookmarks name them, marks of footnotes lead
//! to theirs.

use quick_xml::events::BytesStart;

use super::{
    Mark, TITLE_MARK,
    fields::Asks,
    hearing::{Hearing, Hiding, Open},
    package::attribute,
    styles::{Properties, Sort},
};
use crate::block::{BlockId, BlockKind};

/// The bookmark of a block, round what it says.
pub(super) struct Own {
    id: BlockId,
    number: String,
    is_over: bool,
}

impl Hearing<'_> {
    pub(super) fn begin_paragraph(&mut self) -> Open {
        self.paragraph = Properties::default();
        self.is_in_paragraph = true;
        Open::Paragraph
    }

    pub(super) fn end_paragraph(&mut self) {
        self.fields.clear();
        self.is_in_paragraph = false;
        let goes_on = std::mem::take(&mut self.goes_on);
        let is_blank = self.gathering.is_blank();
        if self.tables > 0 || self.note.is_some() {
            self.needs_line = !goes_on && !is_blank;
            self.own = self.own.take().filter(|_| self.tables == 0);
            return;
        }
        if goes_on && !is_blank {
            return;
        }
        let own = self.own.take();
        if std::mem::take(&mut self.is_title) {
            let title = self.gathering.take_words().trim().to_owned();
            self.title = Some(title).filter(|title| !title.is_empty());
        } else if is_blank {
            // A line begun before the first word leaves the beginning of its bookmark behind.
            self.own = own.filter(|own| !own.is_over);
            self.gathering.take_words();
        } else {
            self.gathering.id(own.map(|own| own.id));
            self.make_block();
            self.gathering.forget_id();
        }
        self.place_notes();
    }

    pub(super) fn make_block(&mut self) {
        let gathering = &mut self.gathering;
        match self.styles.sort(&self.paragraph) {
            Sort::Contents => drop(gathering.take_words()),
            Sort::Block {
                kind,
                level,
                is_numbered,
            } => match kind {
                BlockKind::Heading => gathering.end_heading(level),
                BlockKind::Item => gathering.end_item_at(level, is_numbered),
                BlockKind::Quote => gathering.end_quote(),
                BlockKind::Footnote => gathering.end_note(),
                BlockKind::Paragraph | BlockKind::Table => gathering.end_paragraph(),
            },
        }
    }

    pub(super) fn place_notes(&mut self) {
        for id in std::mem::take(&mut self.places) {
            if let Some(note) = self.notes.take(id) {
                self.gathering.add(note);
            }
        }
    }

    /// A table in a cell, or in a note, is text.
    pub(super) fn begin_table(&mut self) -> Open {
        if self.tables == 0 && self.note.is_none() {
            let id = self.next_table.take();
            self.gathering.id(id);
            self.gathering.open_table();
        }
        self.tables += 1;
        Open::Table
    }

    pub(super) fn end_table(&mut self) {
        self.tables = self.tables.saturating_sub(1);
        if self.tables == 0 && self.note.is_none() {
            self.gathering.close_table();
            self.gathering.forget_id();
            (self.table_is_named, self.needs_line) = (false, false);
            self.place_notes();
        }
    }

    pub(super) const fn is_in_own_table(&self) -> bool {
        self.tables == 1 && self.note.is_none()
    }

    pub(super) fn end_cell(&mut self) {
        if !self.is_in_own_table() {
            return;
        }
        match self.row_is_gone {
            true => drop(self.gathering.take_words()),
            false => self.gathering.close_cell(self.columns),
        }
        self.needs_line = false;
    }

    pub(super) fn begin_note(&mut self, start: &BytesStart<'_>) -> Open {
        // Lines between text and notes are notes too, of other types.
        let is_other = attribute(start, "type").is_some_and(|of_type| of_type != "normal");
        match self.letter {
            Some(letter) if !is_other => {
                self.note = Some(format!("{letter}{}", attribute(start, "id").unwrap_or_default()));
                (self.own, self.needs_line) = (None, false);
                Open::Note
            }
            Some(_) => self.hide(Hiding::Silently),
            None => Open::Other,
        }
    }

    pub(super) fn end_note(&mut self) {
        let (note, own) = (self.note.take(), self.own.take());
        if self.gathering.is_blank() {
            self.gathering.take_words();
            return;
        }
        let id = self.notes.id(own.map(|own| own.id));
        self.gathering.id(Some(id));
        self.gathering.end_note();
        self.gathering.forget_id();
        self.notes.name(note.unwrap_or_default(), id);
    }

    pub(super) fn begin_bookmark(&mut self, start: &BytesStart<'_>) {
        let name = attribute(start, "name").unwrap_or_default();
        let number = attribute(start, "id").unwrap_or_default();
        match Mark::read(&name) {
            Some((Mark::Block, id)) if self.own.is_none() => self.own = Some(Own::new(id, number)),
            Some((Mark::Table, id)) if self.is_in_own_table() && !self.table_is_named => {
                self.table_is_named = true;
                self.gathering.table_id(id);
            }
            Some((Mark::Table, id)) if self.tables == 0 => self.next_table = Some(id),
            Some((Mark::Place, id)) => {
                self.places.push(id);
                if self.tables == 0 && !self.is_in_paragraph && self.gathering.is_blank() {
                    self.place_notes();
                }
            }
            Some((Mark::Note, _)) => self.notes.begin(&number, &name),
            Some((Mark::Block | Mark::Table, _)) => {}
            None if name == TITLE_MARK => self.is_title = self.is_in_paragraph && self.title.is_none(),
            None if name.starts_with("_Ref") => self.notes.begin(&number, &name),
            None => {}
        }
    }

    pub(super) fn end_bookmark(&mut self, number: &str) {
        if let Some(own) = self.own.as_mut().filter(|own| own.number == number) {
            own.is_over = true;
        }
        self.notes.end(number);
    }

    /// The mark of a footnote, at its first place.
    pub(super) fn mark(&mut self, letter: char, start: &BytesStart<'_>) {
        let called = format!("{letter}{}", attribute(start, "id").unwrap_or_default());
        if let Some(id) = self.notes.at_mark(&called)
            && self.fields.are_shown()
        {
            self.begin_words();
            self.gathering.mark(id);
        }
    }

    /// What a field asks for is known; what it shows comes next.
    pub(super) fn show_field(&mut self) {
        match self.fields.asks() {
            Asks::Link(address) => {
                let link = self.gathering.address(&address);
                self.fields.show(link);
            }
            // The mark stands for the number that is shown.
            Asks::Note(bookmark) => match self.notes.referred(&bookmark) {
                Some(id) => {
                    self.begin_words();
                    self.gathering.mark(id);
                }
                None => self.fields.show(None),
            },
            Asks::Other => self.fields.show(None),
        }
    }
}

impl Own {
    const fn new(id: BlockId, number: String) -> Self {
        Self {
            id,
            number,
            is_over: false,
        }
    }
}
