//! Blocks as HTML: each under the anchor of its id, every text escaped, every address checked before it was kept.
//!
//! Knows no page: the caller says in which language the text is and how deep its headings stand there. What is written
//! here is read again by [`crate::paste`], ids and all.

use std::collections::HashMap;

use crate::{
    gathering::anchor,
    model::{Block, BlockId, BlockKind, Content, Run},
    numbering::{self, Label},
};

/// How a text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Showing<'a> {
    /// Its language, a BCP 47 tag.
    pub language: &'a str,
    /// How deep the headings of the first level stand in the page.
    pub headings_from: i32,
    /// Whether each block shows what it is called, as a link to itself.
    pub has_numbers: bool,
}

/// What stands around a block beyond what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// Its language, where that is not the text's.
    pub language: Option<String>,
    /// A class of its own.
    pub class: Option<&'static str>,
    /// Markup after what it says. Whoever gives it answers for its being escaped.
    pub after: String,
}

/// Writes a text.
pub fn render(blocks: &[Block], showing: &Showing<'_>) -> String {
    render_with(blocks, showing, &|_| Around::default())
}

/// Writes a text whose blocks may each be in another language, and have something after them.
pub fn render_with(blocks: &[Block], showing: &Showing<'_>, around: &dyn Fn(&Block) -> Around) -> String {
    let notes = numbering::footnotes(blocks);
    let mut page = Page {
        out: String::with_capacity(blocks.len() * 200),
        lists: Vec::new(),
        notes: &notes,
        showing: *showing,
        around,
    };
    page.out.push_str("<div class=\"text\" lang=\"");
    page.escaped(showing.language);
    page.out.push_str("\">\n");
    for (block, label) in blocks.iter().zip(numbering::labels(blocks)) {
        page.block(block, &label);
    }
    page.close_lists(0);
    page.out.push_str("</div>\n");
    page.out
}

/// Writes runs that stand in no block of their own, such as those of a difference; `notes` are the numbers of the
/// footnotes of their text ([`numbering::footnotes`]).
pub fn runs(runs: &[Run], notes: &HashMap<BlockId, u32>) -> String {
    let mut page = Page {
        out: String::new(),
        lists: Vec::new(),
        notes,
        showing: Showing {
            language: "",
            headings_from: 1,
            has_numbers: false,
        },
        around: &|_| Around::default(),
    };
    page.runs(runs);
    page.out
}

struct Page<'a> {
    out: String,
    /// The lists that are open, and whether each is counted.
    lists: Vec<bool>,
    notes: &'a HashMap<BlockId, u32>,
    showing: Showing<'a>,
    around: &'a dyn Fn(&Block) -> Around,
}

impl Page<'_> {
    fn block(&mut self, block: &Block, label: &Label) {
        if block.kind != BlockKind::Item {
            self.close_lists(0);
        }
        let around = (self.around)(block);
        match (&block.content, block.kind) {
            (Content::Table { rows }, _) => self.table(block.id, rows, &around),
            (Content::Text(runs), BlockKind::Item) => self.item(block, label, runs, &around),
            (Content::Text(runs), BlockKind::Heading) => {
                let level = (self.showing.headings_from + block.level - 1).clamp(1, 6);
                self.whole(&format!("h{level}"), "", block.id, label, runs, &around);
            }
            (Content::Text(runs), BlockKind::Quote) => {
                self.open("blockquote", "", block.id, &around);
                self.out.push_str("<p>");
                self.runs(runs);
                self.out.push_str("</p>");
                self.out.push_str(&around.after);
                self.out.push_str("</blockquote>\n");
            }
            (Content::Text(runs), BlockKind::Footnote) => {
                self.whole(
                    "p",
                    " role=\"doc-footnote\"",
                    block.id,
                    label,
                    runs,
                    &Around {
                        class: Some("b-footnote"),
                        ..around
                    },
                );
            }
            (Content::Text(runs), BlockKind::Paragraph | BlockKind::Table) => {
                self.whole("p", "", block.id, label, runs, &around);
            }
        }
    }

    fn whole(
        &mut self,
        tag: &str,
        attributes: &str,
        id: BlockId,
        label: &Label,
        runs: &[Run],
        around: &Around,
    ) {
        self.open(tag, attributes, id, around);
        self.number(id, label);
        self.runs(runs);
        self.out.push_str(&around.after);
        self.out.push_str(&format!("</{tag}>\n"));
    }

    fn open(&mut self, tag: &str, attributes: &str, id: BlockId, around: &Around) {
        self.out.push_str(&format!("<{tag}"));
        if let Some(class) = around.class {
            self.out.push_str(&format!(" class=\"{class}\""));
        }
        self.out.push_str(&format!("{attributes} id=\"{}\"", anchor(id)));
        if let Some(language) = &around.language {
            self.out.push_str(" lang=\"");
            self.escaped(language);
            self.out.push('"');
        }
        self.out.push('>');
    }

    fn number(&mut self, id: BlockId, label: &Label) {
        let called = label.called();
        if self.showing.has_numbers && !called.is_empty() {
            let anchor = anchor(id);
            self.out
                .push_str(&format!("<a class=\"b-number\" href=\"#{anchor}\">{called}</a> "));
        }
    }

    /// An item stays open, since a list may stand in it.
    fn item(&mut self, block: &Block, label: &Label, runs: &[Run], around: &Around) {
        let depth = usize::try_from(block.level.max(1)).unwrap_or(1);
        let goes_on = self.lists.get(depth - 1) == Some(&block.numbered);
        self.close_lists(if goes_on { depth } else { depth - 1 });
        if self.lists.len() == depth {
            self.out.push_str("</li>\n");
        }
        while self.lists.len() < depth {
            let is_own = self.lists.len() == depth - 1;
            let is_numbered = is_own && block.numbered;
            self.out
                .push_str(if is_numbered { "\n<ol>\n" } else { "\n<ul>\n" });
            self.lists.push(is_numbered);
            if !is_own {
                self.out.push_str("<li class=\"b-skipped\">");
            }
        }
        self.open("li", "", block.id, around);
        self.number(block.id, label);
        self.runs(runs);
        self.out.push_str(&around.after);
    }

    fn close_lists(&mut self, to: usize) {
        while self.lists.len() > to
            && let Some(is_numbered) = self.lists.pop()
        {
            self.out.push_str(if is_numbered {
                "</li>\n</ol>\n"
            } else {
                "</li>\n</ul>\n"
            });
        }
    }

    fn table(&mut self, id: BlockId, rows: &[Vec<Vec<Run>>], around: &Around) {
        self.open("table", "", id, around);
        if !around.after.is_empty() {
            self.out.push_str(&format!("<caption>{}</caption>", around.after));
        }
        for (place, row) in rows.iter().enumerate() {
            let (before, cell, after) = match place {
                0 => ("\n<thead>\n<tr>", "th", "</tr>\n</thead>"),
                _ => ("\n<tr>", "td", "</tr>"),
            };
            if place == 1 {
                self.out.push_str("\n<tbody>");
            }
            self.out.push_str(before);
            for runs in row {
                self.out
                    .push_str(if place == 0 { "<th scope=\"col\">" } else { "<td>" });
                self.runs(runs);
                self.out.push_str(&format!("</{cell}>"));
            }
            self.out.push_str(after);
        }
        self.out.push_str(if rows.len() > 1 {
            "\n</tbody>\n</table>\n"
        } else {
            "\n</table>\n"
        });
    }

    fn runs(&mut self, runs: &[Run]) {
        for run in runs {
            match run.note {
                Some(note) => self.mark(note),
                None => self.run(run),
            }
        }
    }

    fn mark(&mut self, note: BlockId) {
        // The footnote may be gone, or stand in another part.
        let Some(number) = self.notes.get(&note).copied() else {
            return;
        };
        let anchor = anchor(note);
        self.out.push_str(&format!(
            "<sup><a class=\"b-note\" role=\"doc-noteref\" href=\"#{anchor}\">{number}</a></sup>"
        ));
    }

    fn run(&mut self, run: &Run) {
        if let Some(link) = &run.link {
            self.out.push_str("<a rel=\"nofollow noopener\" href=\"");
            self.escaped(link);
            self.out.push_str("\">");
        }
        let tags = [(run.strong, "strong"), (run.emphasis, "em")];
        for (_, tag) in tags.iter().filter(|(is, _)| *is) {
            self.out.push_str(&format!("<{tag}>"));
        }
        for (place, line) in run.text.split('\n').enumerate() {
            if place > 0 {
                self.out.push_str("<br>");
            }
            self.escaped(line);
        }
        for (_, tag) in tags.iter().rev().filter(|(is, _)| *is) {
            self.out.push_str(&format!("</{tag}>"));
        }
        if run.link.is_some() {
            self.out.push_str("</a>");
        }
    }

    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\'' => self.out.push_str("&#39;"),
                c => self.out.push(c),
            }
        }
    }
}
