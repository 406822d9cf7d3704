//! Blocks as the body of a document. A heading is a `section` that holds what stands under it; a paragraph is a `paragraph`,
//! a list a `blockList`; a footnote stands where its first mark is, and its other marks lead there.
//!
//! Each block bears its id as `wId`. Only what stands in no hierarchy of its own (a list, a quotation, a table) is put into
//! an `hcontainer`, since sections hold nothing else beside one another.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Work, within};
use crate::{
    block::{Block, BlockId, BlockKind, Cell, Content, Run},
    numbering::{self, Label},
    xml::Xml,
};

/// Writes `mainBody`.
pub(super) fn write(xml: &mut Xml, context: &str, work: &Work<'_>) {
    xml.open("mainBody", &[("xml:lang", &work.about.language)]);
    xml.line();
    let footnotes = work
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Footnote);
    let mut body = Body {
        xml,
        context,
        counts: HashMap::new(),
        sections: Vec::new(),
        lists: Vec::new(),
        footnotes: footnotes.map(|block| (block.id, block)).collect(),
        numbers: numbering::footnotes(work.blocks),
        marked: HashMap::new(),
        languages: work.other_languages,
    };
    let marking = work
        .blocks
        .iter()
        .filter(|block| block.kind != BlockKind::Footnote);
    let referred: HashSet<BlockId> = marking.flat_map(|block| block.content.notes()).collect();
    for (block, label) in work.blocks.iter().zip(numbering::labels(work.blocks)) {
        // A footnote stands where its mark does.
        if block.kind != BlockKind::Footnote || !referred.contains(&block.id) {
            body.block(block, &label);
        }
    }
    body.close_lists(0);
    if work.blocks.is_empty() {
        body.xml.empty("p", &[]);
    }
    body.close_sections(0);
    xml.close();
}

struct Section {
    level: i32,
    id: String,
    /// How many elements were open before it.
    depth: usize,
}

struct List {
    is_numbered: bool,
    id: String,
    item: String,
    /// How many elements were open before it.
    depth: usize,
}

struct Body<'a> {
    xml: &'a mut Xml,
    context: &'a str,
    /// How many there are of each element in each place.
    counts: HashMap<String, u32>,
    sections: Vec<Section>,
    lists: Vec<List>,
    footnotes: HashMap<BlockId, &'a Block>,
    numbers: HashMap<BlockId, u32>,
    /// What the footnotes are called that were written.
    marked: HashMap<BlockId, String>,
    languages: &'a BTreeMap<BlockId, String>,
}

impl Body<'_> {
    fn block(&mut self, block: &Block, label: &Label) {
        if block.kind != BlockKind::Item {
            self.close_lists(0);
        }
        match (&block.content, block.kind) {
            (Content::Table { rows }, _) => self.table(block, rows),
            (Content::Text(runs), BlockKind::Heading) => self.heading(block, label, runs),
            (Content::Text(runs), BlockKind::Paragraph) => self.paragraph(block, label, runs),
            (Content::Text(runs), BlockKind::Item) => self.item(block, label, runs),
            (Content::Text(runs), BlockKind::Quote) => self.contained(block, "quotation", |body, id| {
                body.xml.open("p", &[]);
                body.xml
                    .open("embeddedText", &[("eId", &within(id, "embeddedText"))]);
                body.runs(id, runs);
                body.xml.close();
                body.xml.close();
            }),
            (Content::Text(runs), BlockKind::Footnote) => self.contained(block, "footnote", |body, id| {
                body.xml.open("p", &[]);
                body.runs(id, runs);
                body.xml.close();
            }),
            (Content::Text(runs), BlockKind::Table) => self.contained(block, "table", |body, id| {
                body.xml.open("p", &[]);
                body.runs(id, runs);
                body.xml.close();
            }),
        }
    }

    /// A section goes on until a heading of its level or of a higher one.
    fn heading(&mut self, block: &Block, label: &Label, runs: &[Run]) {
        while self
            .sections
            .last()
            .is_some_and(|above| above.level >= block.level)
        {
            self.close_sections(self.sections.len() - 1);
        }
        let id = self.next("sec");
        let depth = self.xml.depth();
        self.open_block("section", &[("eId", &id)], block);
        self.number(label.mark.as_deref());
        self.xml.open("heading", &[("eId", &within(&id, "heading"))]);
        self.runs(&id, runs);
        self.xml.close();
        self.xml.line();
        self.sections.push(Section {
            level: block.level,
            id,
            depth,
        });
    }

    fn close_sections(&mut self, to: usize) {
        while self.sections.len() > to
            && let Some(section) = self.sections.pop()
        {
            self.xml.close_to(section.depth);
            self.xml.line();
        }
    }

    fn paragraph(&mut self, block: &Block, label: &Label, runs: &[Run]) {
        let number = label.paragraph.unwrap_or_default();
        let id = within(self.place(), &format!("para_{number}"));
        self.open_block("paragraph", &[("eId", &id)], block);
        self.number(Some(&label.called()));
        self.xml.open("content", &[("eId", &within(&id, "content"))]);
        self.xml.open("p", &[]);
        self.runs(&id, runs);
        self.xml.close();
        self.xml.close();
        self.xml.close();
        self.xml.line();
    }

    /// An item stays open, since a list may stand in it.
    fn item(&mut self, block: &Block, label: &Label, runs: &[Run]) {
        let depth = usize::try_from(block.level.max(1)).unwrap_or(1);
        let goes_on = self
            .lists
            .get(depth - 1)
            .is_some_and(|list| list.is_numbered == block.numbered);
        self.close_lists(if goes_on { depth } else { depth - 1 });
        if self.lists.len() == depth {
            self.xml.close();
            self.xml.line();
        }
        while self.lists.len() < depth {
            let is_own = self.lists.len() == depth - 1;
            self.open_list(is_own && block.numbered);
            if !is_own {
                // A depth at which nothing is said.
                let id = self.next_item();
                self.xml.open("item", &[("eId", &id)]);
            }
        }
        let id = self.next_item();
        self.open_block("item", &[("eId", &id)], block);
        self.number(Some(label.mark.as_deref().unwrap_or("•")));
        self.xml.open("p", &[]);
        self.runs(&id, runs);
        self.xml.close();
    }

    fn open_list(&mut self, is_numbered: bool) {
        let depth = self.xml.depth();
        let context = match self.lists.last() {
            Some(list) => list.item.clone(),
            None => self.open_container("list", None),
        };
        let id = self.count(&context, "list");
        self.xml.open("blockList", &[("eId", &id)]);
        self.xml.line();
        self.lists.push(List {
            is_numbered,
            item: id.clone(),
            id,
            depth,
        });
    }

    fn next_item(&mut self) -> String {
        let context = self.lists.last().map(|list| list.id.clone()).unwrap_or_default();
        let id = self.count(&context, "item");
        if let Some(list) = self.lists.last_mut() {
            list.item.clone_from(&id);
        }
        id
    }

    fn close_lists(&mut self, to: usize) {
        while self.lists.len() > to
            && let Some(list) = self.lists.pop()
        {
            self.xml.close_to(list.depth);
            self.xml.line();
        }
    }

    fn table(&mut self, block: &Block, rows: &[Vec<Cell>]) {
        self.contained(block, "table", |body, id| {
            body.xml.open("table", &[("eId", &within(id, "table"))]);
            for (place, row) in rows.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
                body.xml.open("tr", &[]);
                for cell in row {
                    body.xml.open(if place == 0 { "th" } else { "td" }, &[]);
                    body.xml.open("p", &[]);
                    body.runs(id, cell);
                    body.xml.close();
                    body.xml.close();
                }
                body.xml.close();
                body.xml.line();
            }
            if rows.iter().all(Vec::is_empty) {
                body.xml.open("tr", &[]);
                body.xml.empty("td", &[]);
                body.xml.close();
            }
            body.xml.close();
        });
    }

    /// A block in a container of its own.
    fn contained(&mut self, block: &Block, name: &str, write: impl FnOnce(&mut Self, &str)) {
        let depth = self.xml.depth();
        let id = self.open_container(name, Some(block));
        write(self, &id);
        self.xml.close_to(depth);
        self.xml.line();
    }

    fn open_container(&mut self, name: &str, block: Option<&Block>) -> String {
        let id = self.next("hcontainer");
        let own = [("eId", id.as_str()), ("name", name)];
        match block {
            Some(block) => self.open_block("hcontainer", &own, block),
            None => self.xml.open("hcontainer", &own),
        }
        self.xml.open("content", &[("eId", &within(&id, "content"))]);
        id
    }

    /// Begins the element that is a block.
    fn open_block(&mut self, name: &'static str, own: &[(&str, &str)], block: &Block) {
        let id = block.id.to_string();
        let mut attributes = own.to_vec();
        attributes.push(("wId", &id));
        if let Some(language) = self.languages.get(&block.id) {
            attributes.push(("xml:lang", language));
        }
        self.xml.open(name, &attributes);
    }

    fn number(&mut self, number: Option<&str>) {
        if let Some(number) = number.filter(|number| !number.is_empty()) {
            self.xml.leaf("num", &[], number);
        }
    }

    /// What the element is called in which blocks stand now.
    fn place(&self) -> &str {
        self.sections.last().map_or(self.context, |section| &section.id)
    }

    fn next(&mut self, element: &str) -> String {
        let place = self.place().to_owned();
        self.count(&place, element)
    }

    /// The next of these elements in its context.
    fn count(&mut self, context: &str, element: &str) -> String {
        let name = within(context, element);
        let count = self.counts.entry(name.clone()).or_default();
        *count += 1;
        format!("{name}_{count}")
    }

    fn runs(&mut self, context: &str, runs: &[Run]) {
        for run in runs {
            match run.note {
                Some(note) => self.mark(context, note),
                None => self.run(run),
            }
        }
    }

    fn run(&mut self, run: &Run) {
        let before = self.xml.depth();
        if let Some(link) = &run.link {
            self.xml.open("a", &[("href", &without_brackets(link))]);
        }
        for (_, tag) in [(run.strong, "b"), (run.emphasis, "i")]
            .iter()
            .filter(|(is, _)| *is)
        {
            self.xml.open(tag, &[]);
        }
        for (place, line) in run.text.split('\n').enumerate() {
            if place > 0 {
                self.xml.empty("br", &[]);
            }
            self.xml.text(line);
        }
        self.xml.close_to(before);
    }

    /// At its first mark a footnote is told, at the others it is referred to.
    fn mark(&mut self, context: &str, note: BlockId) {
        // The footnote may be gone.
        let (Some(block), Some(number)) = (self.footnotes.get(&note).copied(), self.numbers.get(&note))
        else {
            return;
        };
        let number = number.to_string();
        let shown = [("marker", number.as_str()), ("placement", "bottom")];
        if let Some(id) = self.marked.get(&note) {
            let href = format!("#{id}");
            return self
                .xml
                .empty("noteRef", &[("href", href.as_str()), shown[0], shown[1]]);
        }
        let id = self.count(context, "authorialNote");
        self.marked.insert(note, id.clone());
        self.open_block("authorialNote", &[("eId", &id), shown[0], shown[1]], block);
        self.xml.open("p", &[]);
        if let Content::Text(runs) = &block.content {
            // No footnote has a footnote.
            runs.iter()
                .filter(|run| run.note.is_none())
                .for_each(|run| self.run(run));
        }
        self.xml.close();
        self.xml.close();
    }
}

/// Browsers leave square brackets in an address as they are; an IRI has them round numbers of hosts alone (RFC 3986 3.2.2).
fn without_brackets(link: &str) -> String {
    let host = link.find("//").map_or(0, |at| at + 2);
    let rest = link[host..]
        .find(['/', '?', '#'])
        .map_or(link.len(), |at| host + at);
    let (before, after) = link.split_at(rest);
    format!("{before}{}", after.replace('[', "%5B").replace(']', "%5D"))
}
