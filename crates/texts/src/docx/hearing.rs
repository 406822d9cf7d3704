//! What a part of a document says, heard element by element: nothing here calls itself, and nothing of what stays out is
//! kept.
//!
//! Elements are known by their own names, whatever stands before the colon; one that is not known is passed through.

use std::rc::Rc;

use kernel::Fault;
use quick_xml::events::BytesStart;

use super::{
    Opened,
    blocks::Own,
    fields::Fields,
    notes::Notes,
    package::{Heard, Relations, attribute, is_on, value},
    styles::{Properties, Styles},
};
use crate::{
    block::BlockId,
    clean::Notice,
    faults::TextFault,
    gathering::{Gathering, Look},
};

/// An element that is open, as far as it matters to those in it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Open {
    Paragraph,
    ParagraphProperties,
    /// How the end of a paragraph looks, and whether it was taken out.
    EndProperties,
    Numbering,
    Run,
    RunProperties,
    Text,
    Instruction,
    SimpleField,
    Link,
    Table,
    Row,
    RowProperties,
    Cell,
    Note,
    /// Neither it nor anything in it is text.
    Hidden,
    Other,
}

/// What hides what is heard.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hiding {
    Nothing,
    Silently,
    Picture { has_text: bool },
}

/// What a part says, so far.
pub(super) struct Hearing<'a> {
    pub(super) styles: &'a Styles,
    relations: Relations,
    pub(super) notes: Notes,
    /// What comes before the numbers of the notes that are read; none where it is the text.
    pub(super) letter: Option<char>,
    pub(super) gathering: Gathering,
    open: Vec<Open>,
    hiding: Hiding,
    look: Look,
    is_vanished: bool,
    links: Vec<Option<Rc<str>>>,
    pub(super) fields: Fields,
    pub(super) paragraph: Properties,
    pub(super) is_in_paragraph: bool,
    /// Whether the end of the paragraph was taken out: it goes on in the next.
    pub(super) goes_on: bool,
    pub(super) own: Option<Own>,
    /// What the next table is called.
    pub(super) next_table: Option<BlockId>,
    /// The footnotes whose place this is, as soon as the paragraph is over.
    pub(super) places: Vec<BlockId>,
    /// Whether the next words begin a line: in a cell and in a note a paragraph is no block.
    pub(super) needs_line: bool,
    pub(super) tables: usize,
    pub(super) table_is_named: bool,
    pub(super) row_is_gone: bool,
    pub(super) columns: usize,
    /// The note that is read.
    pub(super) note: Option<String>,
    pub(super) is_title: bool,
    pub(super) title: Option<String>,
}

impl<'a> Hearing<'a> {
    /// Hears the text itself.
    pub fn of_text(styles: &'a Styles, relations: Relations, notes: Notes) -> Self {
        let mut gathering = Gathering::default();
        gathering.notices = notes.notices.clone();
        Self {
            styles,
            relations,
            notes,
            letter: None,
            gathering,
            open: Vec::new(),
            hiding: Hiding::Nothing,
            look: Look::default(),
            is_vanished: false,
            links: Vec::new(),
            fields: Fields::default(),
            paragraph: Properties::default(),
            is_in_paragraph: false,
            goes_on: false,
            own: None,
            next_table: None,
            places: Vec::new(),
            needs_line: false,
            tables: 0,
            table_is_named: false,
            row_is_gone: false,
            columns: 1,
            note: None,
            is_title: false,
            title: None,
        }
    }

    /// Hears a part of notes; in `notes` are those of parts before it.
    pub fn of_notes(styles: &'a Styles, relations: Relations, letter: char, notes: Notes) -> Self {
        Self {
            letter: Some(letter),
            ..Self::of_text(styles, relations, notes)
        }
    }

    /// The notes that were heard.
    pub fn into_notes(self) -> Notes {
        let mut notes = self.notes;
        let (blocks, notices) = self.gathering.into_blocks();
        notes.notices = notices;
        blocks.into_iter().for_each(|note| notes.wait(note));
        notes
    }

    /// The text that was heard.
    pub fn done(mut self) -> Result<Opened, Fault> {
        self.goes_on = false;
        self.end_paragraph();
        for note in self.notes.rest() {
            self.gathering.add(note);
        }
        let read = self.gathering.done()?;
        Ok(Opened {
            title: self.title,
            blocks: read.blocks,
            notices: read.notices,
        })
    }

    pub fn hear(&mut self, heard: Heard<'_>) -> Result<(), Fault> {
        match heard {
            Heard::Start(start) => {
                if self.open.is_empty() && self.letter.is_none() && start.local_name().as_ref() != "document"
                {
                    return Err(TextFault::NotADocx.into());
                }
                let open = match self.hiding {
                    Hiding::Nothing => self.start(start.local_name().as_ref(), &start)?,
                    Hiding::Silently => Open::Other,
                    Hiding::Picture { .. } => self.start_in_picture(start.local_name().as_ref(), &start),
                };
                self.open.push(open);
            }
            Heard::End => self.end(),
            Heard::Text(text) => match self.open.last() {
                Some(Open::Text) => self.say(&text.replace(['\n', '\r', '\t'], " ")),
                Some(Open::Instruction) => self.fields.instruct(text),
                _ => {}
            },
        }
        Ok(())
    }

    fn start(&mut self, name: &str, start: &BytesStart<'_>) -> Result<Open, Fault> {
        // How something looked before a change that was followed.
        if name.ends_with("PrChange") || name == "numberingChange" {
            return Ok(self.hide(Hiding::Silently));
        }
        let within = self.open.last().copied().unwrap_or(Open::Other);
        Ok(match within {
            Open::ParagraphProperties | Open::Numbering | Open::EndProperties => {
                self.start_in_paragraph_properties(name, within, start)
            }
            Open::RunProperties => {
                self.start_in_run_properties(name, start);
                Open::Other
            }
            Open::RowProperties => {
                self.row_is_gone |= name == "del";
                Open::Other
            }
            Open::Run => match self.start_in_run(name, start)? {
                Some(open) => open,
                None => self.start_elsewhere(name, within, start)?,
            },
            _ => self.start_elsewhere(name, within, start)?,
        })
    }

    fn start_in_paragraph_properties(&mut self, name: &str, within: Open, start: &BytesStart<'_>) -> Open {
        let number = || value(start).and_then(|number| number.parse().ok());
        match (within, name) {
            (Open::ParagraphProperties, "pStyle") => self.paragraph.style = value(start),
            (Open::ParagraphProperties, "outlineLvl") => self.paragraph.outline = number(),
            (Open::ParagraphProperties, "numPr") => return Open::Numbering,
            (Open::ParagraphProperties, "rPr") => return Open::EndProperties,
            (Open::Numbering, "numId") => self.paragraph.numbering.list = value(start),
            (Open::Numbering, "ilvl") => self.paragraph.numbering.level = number(),
            (Open::EndProperties, "del" | "moveFrom") => {
                self.gathering.notices.tell(Notice::DeletionDropped);
                self.goes_on = true;
            }
            _ => {}
        }
        Open::Other
    }

    fn start_in_run_properties(&mut self, name: &str, start: &BytesStart<'_>) {
        match name {
            "rStyle" => {
                let style = value(start).unwrap_or_default();
                (self.look.strong, self.look.emphasis) = self.styles.look(&style);
            }
            "b" => self.look.strong = is_on(start),
            "i" => self.look.emphasis = is_on(start),
            "vanish" => self.is_vanished = is_on(start),
            _ => {}
        }
    }

    /// What stands in a run, and nowhere else; nothing for whatever may stand elsewhere too.
    fn start_in_run(&mut self, name: &str, start: &BytesStart<'_>) -> Result<Option<Open>, Fault> {
        match name {
            "rPr" => return Ok(Some(Open::RunProperties)),
            "t" => return Ok(Some(Open::Text)),
            "instrText" => return Ok(Some(Open::Instruction)),
            "delText" | "delInstrText" => return Ok(Some(self.hide(Hiding::Silently))),
            "tab" | "ptab" => self.say(" "),
            "cr" => self.new_line(),
            "br" => match attribute(start, "type").as_deref() {
                Some("page" | "column") => self.say(" "),
                _ => self.new_line(),
            },
            "noBreakHyphen" => self.say("\u{2011}"),
            "fldChar" => match attribute(start, "fldCharType").as_deref() {
                Some("begin") => self.fields.begin()?,
                Some("separate") => self.show_field(),
                Some("end") => self.fields.end(),
                _ => {}
            },
            "footnoteReference" => self.mark('f', start),
            "endnoteReference" => self.mark('e', start),
            "commentReference" => self.gathering.notices.tell(Notice::CommentLeftOut),
            _ => return Ok(None),
        }
        Ok(Some(Open::Other))
    }

    fn start_elsewhere(&mut self, name: &str, within: Open, start: &BytesStart<'_>) -> Result<Open, Fault> {
        Ok(match name {
            "p" => self.begin_paragraph(),
            "pPr" if within == Open::Paragraph => Open::ParagraphProperties,
            "r" => {
                (self.look, self.is_vanished) = (Look::default(), false);
                Open::Run
            }
            // Formulas: what they say is taken as it stands.
            "t" => Open::Text,
            "ins" | "moveTo" => {
                self.gathering.notices.tell(Notice::InsertionKept);
                Open::Other
            }
            "del" | "moveFrom" => {
                self.gathering.notices.tell(Notice::DeletionDropped);
                self.hide(Hiding::Silently)
            }
            "hyperlink" => {
                let address =
                    attribute(start, "id").and_then(|id| self.relations.link(&id).map(str::to_owned));
                let link = address.and_then(|address| self.gathering.address(&address));
                self.links.push(link);
                Open::Link
            }
            "fldSimple" => {
                self.fields.begin()?;
                self.fields
                    .instruct(&attribute(start, "instr").unwrap_or_default());
                self.show_field();
                Open::SimpleField
            }
            "drawing" | "pict" | "object" => self.hide(Hiding::Picture { has_text: false }),
            "altChunk" | "subDoc" => {
                self.gathering.notices.tell(Notice::PartLeftOut);
                Open::Other
            }
            // `Fallback` says again what was said; `rt` says how a word is read aloud.
            "Fallback" | "sdtPr" | "sdtEndPr" | "rt" | "rPr" | "sectPr" | "tblPr" | "tblGrid" => {
                self.hide(Hiding::Silently)
            }
            "tbl" => self.begin_table(),
            "tr" => {
                self.row_is_gone = false;
                if self.is_in_own_table() {
                    self.gathering.open_row();
                }
                Open::Row
            }
            "trPr" => Open::RowProperties,
            "tc" => {
                if self.is_in_own_table() {
                    (self.columns, self.needs_line) = (1, false);
                }
                Open::Cell
            }
            "gridSpan" if self.is_in_own_table() => {
                self.columns = value(start).and_then(|columns| columns.parse().ok()).unwrap_or(1);
                Open::Other
            }
            "bookmarkStart" => {
                self.begin_bookmark(start);
                Open::Other
            }
            "bookmarkEnd" => {
                self.end_bookmark(&attribute(start, "id").unwrap_or_default());
                Open::Other
            }
            "footnote" | "endnote" => self.begin_note(start),
            _ => Open::Other,
        })
    }

    /// What a picture says in words stays, and text that is in one is told.
    fn start_in_picture(&mut self, name: &str, start: &BytesStart<'_>) -> Open {
        let words = match name {
            "docPr" => attribute(start, "descr"),
            "shape" => attribute(start, "alt"),
            "txbxContent" => {
                self.hiding = Hiding::Picture { has_text: true };
                None
            }
            _ => None,
        };
        if let Some(words) = words.filter(|words| !words.trim().is_empty()) {
            self.say(&words);
        }
        Open::Other
    }

    fn end(&mut self) {
        let Some(open) = self.open.pop() else { return };
        match open {
            Open::Hidden => match std::mem::replace(&mut self.hiding, Hiding::Nothing) {
                Hiding::Picture { has_text: true } => self.gathering.notices.tell(Notice::PartLeftOut),
                Hiding::Picture { has_text: false } => self.gathering.notices.tell(Notice::PictureLeftOut),
                Hiding::Silently | Hiding::Nothing => {}
            },
            Open::Paragraph => self.end_paragraph(),
            Open::SimpleField => self.fields.end(),
            Open::Link => {
                self.links.pop();
            }
            Open::Table => self.end_table(),
            Open::Cell => self.end_cell(),
            Open::Note => self.end_note(),
            Open::ParagraphProperties
            | Open::EndProperties
            | Open::Numbering
            | Open::Run
            | Open::RunProperties
            | Open::Text
            | Open::Instruction
            | Open::Row
            | Open::RowProperties
            | Open::Other => {}
        }
    }

    pub(super) const fn hide(&mut self, hiding: Hiding) -> Open {
        self.hiding = hiding;
        Open::Hidden
    }

    fn say(&mut self, text: &str) {
        if self.is_vanished || !self.fields.are_shown() {
            return;
        }
        self.begin_words();
        let own = self.links.last().and_then(Clone::clone);
        self.look.link = own.or_else(|| self.fields.link());
        self.gathering.text(text, &self.look);
    }

    fn new_line(&mut self) {
        if !self.is_vanished && self.fields.are_shown() {
            self.begin_words();
            self.gathering.new_line();
        }
    }

    pub(super) fn begin_words(&mut self) {
        if std::mem::take(&mut self.needs_line) {
            self.gathering.new_line();
        }
    }
}
