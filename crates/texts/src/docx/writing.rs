//! A text as WordprocessingML: headings, lists, tables, quotations and footnotes as Word has them, each block with its id
//! as a bookmark.

use std::{
    collections::{HashMap, HashSet},
    io::{Cursor, Write as _},
};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::{About, Mark, TITLE_MARK, parts};
use crate::{
    block::{Block, BlockId, BlockKind, Cell, Content, Run},
    numbering,
    xml::Xml,
};

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// How wide a page's text is, in twentieths of a point.
const WIDTH: usize = 9_026;

/// Writes a document.
pub(super) fn write(about: &About<'_>, blocks: &[Block]) -> Vec<u8> {
    let notes = Footnotes::of(blocks);
    let mut bookmarks = 0;
    let mut footnotes = Part::begun("w:footnotes", &notes, &mut bookmarks);
    footnotes.separators();
    for block in &notes.referred {
        footnotes.note(block);
    }
    let (footnotes, note_links) = footnotes.done();
    let mut text = Part::begun("w:document", &notes, &mut bookmarks);
    text.xml.open("w:body", &[]);
    text.title(about.title);
    let lists = text.body(blocks);
    text.page();
    let (text, links) = text.done();
    packed(&[
        ("[Content_Types].xml", parts::TYPES.as_bytes()),
        ("_rels/.rels", parts::RELATIONS.as_bytes()),
        ("docProps/core.xml", &parts::core(about)),
        ("word/document.xml", &text),
        ("word/_rels/document.xml.rels", &parts::text_relations(&links)),
        ("word/footnotes.xml", &footnotes),
        (
            "word/_rels/footnotes.xml.rels",
            &parts::note_relations(&note_links),
        ),
        ("word/styles.xml", &parts::styles(about.language)),
        ("word/numbering.xml", &parts::numbering(&lists)),
        ("word/settings.xml", parts::SETTINGS.as_bytes()),
    ])
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .and_then(|()| Ok(archive.write_all(bytes)?))
            .expect("memory takes every write");
    }
    archive.finish().expect("memory takes every write").into_inner()
}

/// The footnotes of a text.
struct Footnotes<'a> {
    numbers: HashMap<BlockId, u32>,
    /// Those that some block refers to, in the order of their numbers.
    referred: Vec<&'a Block>,
    /// The same as a set.
    known: HashSet<BlockId>,
    /// Those that are referred to more than once.
    often: HashSet<BlockId>,
}

impl<'a> Footnotes<'a> {
    fn of(blocks: &'a [Block]) -> Self {
        let numbers = numbering::footnotes(blocks);
        let (mut once, mut often) = (HashSet::new(), HashSet::new());
        let marking = blocks.iter().filter(|block| block.kind != BlockKind::Footnote);
        for note in marking.flat_map(|block| block.content.notes()) {
            if !once.insert(note) {
                often.insert(note);
            }
        }
        let is_referred = |block: &&Block| block.kind == BlockKind::Footnote && once.contains(&block.id);
        let mut referred: Vec<&Block> = blocks.iter().filter(is_referred).collect();
        referred.sort_by_key(|block| numbers.get(&block.id));
        Self {
            numbers,
            known: referred.iter().map(|block| block.id).collect(),
            referred,
            often,
        }
    }
}

/// The depth from which each counted list is counted anew, in the order of the lists.
pub(super) type CountedLists = Vec<i32>;

/// A part that is being written.
struct Part<'a> {
    xml: Xml,
    notes: &'a Footnotes<'a>,
    /// How many bookmarks there are in all parts.
    bookmarks: &'a mut usize,
    links: Vec<String>,
    linked: HashMap<String, usize>,
    /// The footnotes whose first mark was written.
    marked: HashSet<BlockId>,
}

impl<'a> Part<'a> {
    fn begun(root: &'static str, notes: &'a Footnotes<'a>, bookmarks: &'a mut usize) -> Self {
        let mut xml = Xml::new();
        xml.open(root, &[("xmlns:w", MAIN), ("xmlns:r", RELATIONS)]);
        xml.line();
        Self {
            xml,
            notes,
            bookmarks,
            links: Vec::new(),
            linked: HashMap::new(),
            marked: HashSet::new(),
        }
    }

    /// What was written, and where its links lead.
    fn done(self) -> (Vec<u8>, Vec<String>) {
        (self.xml.done(), self.links)
    }

    fn title(&mut self, title: &str) {
        self.paragraph(Some("Title"), None, |part| {
            part.bookmarked(TITLE_MARK, |part| part.run(&Run::plain(title)));
        });
    }

    /// Writes the blocks; gives the counted lists that they need.
    fn body(&mut self, blocks: &[Block]) -> CountedLists {
        let mut lists = Lists::default();
        for block in blocks {
            if ![BlockKind::Item, BlockKind::Footnote].contains(&block.kind) {
                lists.open.clear();
            }
            self.block(block, &mut lists);
        }
        lists.counted
    }

    fn block(&mut self, block: &Block, lists: &mut Lists) {
        let runs: &[Run] = match &block.content {
            Content::Text(runs) => runs,
            Content::Table { rows } => return self.table(block.id, rows),
        };
        if self.notes.known.contains(&block.id) {
            return self.bookmarked(&Mark::Place.name(block.id), |_| {});
        }
        let heading = format!("Heading{}", block.level.clamp(1, 4));
        let (style, list) = match block.kind {
            BlockKind::Heading => (Some(heading.as_str()), None),
            BlockKind::Item => (Some("ListParagraph"), Some(lists.item(block))),
            BlockKind::Quote => (Some("Quote"), None),
            BlockKind::Footnote => (Some("FootnoteText"), None),
            BlockKind::Paragraph | BlockKind::Table => (None, None),
        };
        self.paragraph(style, list, |part| {
            part.bookmarked(&Mark::Block.name(block.id), |part| part.runs(runs));
        });
    }

    fn paragraph(&mut self, style: Option<&str>, list: Option<(i32, usize)>, write: impl FnOnce(&mut Self)) {
        self.xml.open("w:p", &[]);
        if style.is_some() || list.is_some() {
            self.xml.open("w:pPr", &[]);
            if let Some(style) = style {
                self.value("w:pStyle", style);
            }
            if let Some((level, list)) = list {
                self.xml.open("w:numPr", &[]);
                self.value("w:ilvl", &level.to_string());
                self.value("w:numId", &list.to_string());
                self.xml.close();
            }
            self.xml.close();
        }
        write(self);
        self.xml.close();
        self.xml.line();
    }

    fn bookmarked(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        let number = self.bookmarks.to_string();
        *self.bookmarks += 1;
        self.xml
            .empty("w:bookmarkStart", &[("w:id", &number), ("w:name", name)]);
        write(self);
        self.xml.empty("w:bookmarkEnd", &[("w:id", &number)]);
    }

    fn table(&mut self, id: BlockId, rows: &[Vec<Cell>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let width = (WIDTH / columns).to_string();
        self.bookmarked(&Mark::Table.name(id), |part| {
            part.xml.open("w:tbl", &[]);
            part.xml.open("w:tblPr", &[]);
            part.value("w:tblStyle", "TableGrid");
            part.xml.empty("w:tblW", &[("w:w", "5000"), ("w:type", "pct")]);
            part.xml.close();
            part.xml.open("w:tblGrid", &[]);
            for _ in 0..columns {
                part.xml.empty("w:gridCol", &[("w:w", &width)]);
            }
            part.xml.close();
            for (place, row) in rows.iter().enumerate() {
                part.row(row, place == 0, &width);
            }
            part.xml.close();
        });
        // Two tables with nothing between them are one to Word.
        self.paragraph(None, None, |_| {});
    }

    fn row(&mut self, row: &[Cell], is_head: bool, width: &str) {
        self.xml.open("w:tr", &[]);
        if is_head {
            self.xml.open("w:trPr", &[]);
            self.xml.empty("w:tblHeader", &[]);
            self.xml.close();
        }
        for cell in row {
            self.xml.open("w:tc", &[]);
            self.xml.open("w:tcPr", &[]);
            self.xml.empty("w:tcW", &[("w:w", width), ("w:type", "dxa")]);
            self.xml.close();
            self.paragraph(None, None, |part| part.runs(cell));
            self.xml.close();
        }
        self.xml.close();
        self.xml.line();
    }

    /// The lines between text and footnotes, which Word wants to be told of.
    fn separators(&mut self) {
        for (number, of_type, line) in [
            ("-1", "separator", "w:separator"),
            ("0", "continuationSeparator", "w:continuationSeparator"),
        ] {
            self.xml
                .open("w:footnote", &[("w:type", of_type), ("w:id", number)]);
            self.paragraph(None, None, |part| {
                part.xml.open("w:r", &[]);
                part.xml.empty(line, &[]);
                part.xml.close();
            });
            self.xml.close();
        }
    }

    fn note(&mut self, block: &Block) {
        let number = self.notes.numbers.get(&block.id).copied().unwrap_or_default();
        self.xml.open("w:footnote", &[("w:id", &number.to_string())]);
        self.paragraph(Some("FootnoteText"), None, |part| {
            part.styled("FootnoteReference", |part| part.xml.empty("w:footnoteRef", &[]));
            part.run(&Run::plain(" "));
            part.bookmarked(&Mark::Block.name(block.id), |part| {
                if let Content::Text(runs) = &block.content {
                    runs.iter()
                        .filter(|run| run.note.is_none())
                        .for_each(|run| part.run(run));
                }
            });
        });
        self.xml.close();
    }

    /// The size of the page and its margins.
    fn page(&mut self) {
        self.xml.open("w:sectPr", &[]);
        self.xml.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")]);
        let margin = "1440";
        let sides = ["w:top", "w:right", "w:bottom", "w:left"].map(|side| (side, margin));
        let rest = [("w:header", "708"), ("w:footer", "708"), ("w:gutter", "0")];
        self.xml.empty("w:pgMar", &[&sides[..], &rest[..]].concat());
        self.xml.close();
    }

    fn runs(&mut self, runs: &[Run]) {
        for run in runs {
            match run.note {
                Some(note) => self.mark(note),
                None => self.run(run),
            }
        }
    }

    fn run(&mut self, run: &Run) {
        let before = self.xml.depth();
        if let Some(link) = &run.link {
            let id = self.link(link);
            self.xml.open("w:hyperlink", &[("r:id", &id)]);
        }
        self.xml.open("w:r", &[]);
        if run.strong || run.emphasis || run.link.is_some() {
            self.xml.open("w:rPr", &[]);
            if run.link.is_some() {
                self.value("w:rStyle", "Hyperlink");
            }
            for (_, property) in [(run.strong, "w:b"), (run.emphasis, "w:i")]
                .iter()
                .filter(|(is, _)| *is)
            {
                self.xml.empty(property, &[]);
            }
            self.xml.close();
        }
        for (place, line) in run.text.split('\n').enumerate() {
            if place > 0 {
                self.xml.empty("w:br", &[]);
            }
            if !line.is_empty() {
                self.xml.leaf("w:t", &[("xml:space", "preserve")], line);
            }
        }
        self.xml.close_to(before);
    }

    /// Word numbers a footnote at its first mark; the others refer to that one.
    fn mark(&mut self, note: BlockId) {
        // The footnote may be gone.
        if !self.notes.known.contains(&note) {
            return;
        }
        let number = self
            .notes
            .numbers
            .get(&note)
            .copied()
            .unwrap_or_default()
            .to_string();
        let name = Mark::Note.name(note);
        let first = |part: &mut Self| {
            part.styled("FootnoteReference", |part| {
                part.xml.empty("w:footnoteReference", &[("w:id", &number)]);
            });
        };
        match (self.marked.insert(note), self.notes.often.contains(&note)) {
            (true, true) => self.bookmarked(&name, first),
            (true, false) => first(self),
            (false, _) => {
                self.xml
                    .open("w:fldSimple", &[("w:instr", &format!(" NOTEREF {name} \\h "))]);
                self.styled("FootnoteReference", |part| part.xml.leaf("w:t", &[], &number));
                self.xml.close();
            }
        }
    }

    fn styled(&mut self, style: &str, write: impl FnOnce(&mut Self)) {
        self.xml.open("w:r", &[]);
        self.xml.open("w:rPr", &[]);
        self.value("w:rStyle", style);
        self.xml.close();
        write(self);
        self.xml.close();
    }

    fn value(&mut self, name: &'static str, value: &str) {
        self.xml.empty(name, &[("w:val", value)]);
    }

    fn link(&mut self, address: &str) -> String {
        let place = match self.linked.get(address) {
            Some(place) => *place,
            None => {
                self.links.push(address.to_owned());
                self.linked.insert(address.to_owned(), self.links.len() - 1);
                self.links.len() - 1
            }
        };
        parts::link_id(place)
    }
}

/// The lists that are open: whether each is counted, and which of Word's it is.
#[derive(Default)]
struct Lists {
    open: Vec<Option<(bool, usize)>>,
    counted: CountedLists,
}

impl Lists {
    /// How deep an item stands, from 0, and in which of Word's lists: a new one wherever counting begins anew.
    fn item(&mut self, block: &Block) -> (i32, usize) {
        let level = block.level.clamp(1, 9) - 1;
        let depth = usize::try_from(level).unwrap_or(0) + 1;
        self.open.truncate(depth);
        self.open.resize(depth, None);
        let list = match self.open.last().copied().flatten() {
            Some((is_numbered, list)) if is_numbered == block.numbered => list,
            Some(_) | None if block.numbered => {
                self.counted.push(level);
                parts::counted_list(self.counted.len() - 1)
            }
            Some(_) | None => parts::BULLETS,
        };
        if let Some(last) = self.open.last_mut() {
            *last = Some((block.numbered, list));
        }
        (level, list)
    }
}
