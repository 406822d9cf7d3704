//! Blocks to Markdown and back: CommonMark with the tables and footnotes of GitHub's.
//!
//! What is written out and read in again is the same but for the ids. Raw HTML that is read stands there as text: nothing
//! in a text is ever markup. Knows no connection.

use std::{collections::HashMap, rc::Rc};

use kernel::Fault;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::{
    clean::Notice,
    gathering::{Gathering, Imported, Look, within_bounds},
    model::{Block, BlockId, BlockKind, Content, Run},
    numbering,
};

/// Stands between marks of emphasis and what they would not be marks beside, and is left out when it is read: a word
/// joiner, neither space nor punctuation.
const JOINER: char = '\u{2060}';

/// Reads Markdown.
///
/// # Errors
/// `too_much_pasted`; `invalid`, naming what is too long or too many.
pub fn import(text: &str) -> Result<Imported, Fault> {
    within_bounds(text)?;
    let mut reading = Reading::default();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES) {
        reading.hear(event);
    }
    reading.gathering.done()
}

#[derive(Default)]
struct Reading {
    gathering: Gathering,
    look: Look,
    strong: usize,
    emphasis: usize,
    links: Vec<Option<Rc<str>>>,
}

impl Reading {
    fn hear(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.gathering.text(&text, &self.look);
            }
            Event::Html(text) | Event::InlineHtml(text) => {
                self.gathering.notices.tell(Notice::MarkupAsText);
                self.gathering.text(&text, &self.look);
            }
            Event::FootnoteReference(label) => self.gathering.note(&label),
            Event::SoftBreak => self.gathering.text(" ", &self.look),
            Event::HardBreak => self.gathering.new_line(),
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let gathering = &mut self.gathering;
        match tag {
            Tag::BlockQuote(_) => gathering.open_quote(),
            Tag::List(first) => gathering.open_list(first.is_some()),
            Tag::Item => gathering.open_item(),
            Tag::FootnoteDefinition(label) => gathering.open_footnote(&label),
            Tag::Table(_) => gathering.open_table(),
            Tag::TableHead | Tag::TableRow => gathering.open_row(),
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Link { dest_url, .. } => {
                let link = gathering.address(&dest_url);
                self.links.push(link);
            }
            Tag::Image { .. } => {
                gathering.notices.tell(Notice::PictureLeftOut);
                self.links.push(None);
            }
            Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::TableCell
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
        self.look_again();
    }

    fn end(&mut self, tag: TagEnd) {
        let gathering = &mut self.gathering;
        match tag {
            TagEnd::Paragraph
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => gathering.end_paragraph(),
            TagEnd::Heading(level) => gathering.end_heading(level_of(level)),
            TagEnd::BlockQuote(_) => gathering.close_quote(),
            TagEnd::List(_) => gathering.close_list(),
            TagEnd::Item => gathering.close_item(),
            TagEnd::FootnoteDefinition => gathering.close_footnote(),
            TagEnd::Table => gathering.close_table(),
            TagEnd::TableCell => gathering.close_cell(1),
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => {
                self.links.pop();
            }
            TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::DefinitionList
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
        self.look_again();
    }

    fn look_again(&mut self) {
        self.look.strong = self.strong > 0;
        self.look.emphasis = self.emphasis > 0;
        let link = self.links.last().and_then(Option::as_ref);
        if self.look.link.as_ref() != link {
            self.look.link = link.cloned();
        }
    }
}

const fn level_of(level: HeadingLevel) -> i32 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Writes blocks out.
pub fn export(blocks: &[Block]) -> String {
    let notes = numbering::footnotes(blocks);
    let mut out = String::new();
    let mut lists = Lists::default();
    let mut is_after_item = false;
    for block in blocks {
        let is_item = block.kind == BlockKind::Item;
        if !is_item {
            lists.0.clear();
        }
        if !out.is_empty() {
            out.push_str(if is_item && is_after_item { "\n" } else { "\n\n" });
        }
        is_after_item = is_item;
        write_block(&mut out, block, &mut lists, &notes);
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn write_block(out: &mut String, block: &Block, lists: &mut Lists, notes: &HashMap<BlockId, u32>) {
    let runs: &[Run] = match &block.content {
        Content::Text(runs) => runs,
        Content::Table { rows } => return write_table(out, rows, notes),
    };
    let inline = |place| inline(runs, place, notes);
    match block.kind {
        BlockKind::Heading => {
            let level = usize::try_from(block.level.clamp(1, 6)).unwrap_or(1);
            out.push_str(&format!("{} {}", "#".repeat(level), inline(Place::Heading)));
        }
        BlockKind::Paragraph | BlockKind::Table => out.push_str(&inline(Place::Lines)),
        BlockKind::Quote => with_prefix(out, "> ", "> ", &inline(Place::Lines)),
        BlockKind::Item => {
            let (first, rest) = lists.item(block);
            with_prefix(out, &first, &rest, &inline(Place::Lines));
        }
        BlockKind::Footnote => {
            let number = notes.get(&block.id).copied().unwrap_or_default();
            with_prefix(out, &format!("[^{number}]: "), "    ", &inline(Place::Lines));
        }
    }
}

fn with_prefix(out: &mut String, first: &str, rest: &str, text: &str) {
    for (place, line) in text.split('\n').enumerate() {
        if place > 0 {
            out.push('\n');
        }
        out.push_str(if place == 0 { first } else { rest });
        out.push_str(line);
    }
}

fn write_table(out: &mut String, rows: &[Vec<Vec<Run>>], notes: &HashMap<BlockId, u32>) {
    let columns = rows.first().map_or(0, Vec::len);
    for (place, row) in rows.iter().enumerate() {
        if place > 0 {
            out.push('\n');
        }
        for cell in row {
            out.push_str("| ");
            out.push_str(&inline(cell, Place::Cell, notes));
            out.push(' ');
        }
        out.push('|');
        if place == 0 {
            out.push('\n');
            out.push_str(&"| --- ".repeat(columns));
            out.push('|');
        }
    }
}

/// The lists that are open: whether each is counted, how wide its last mark was, and how many items it has.
#[derive(Default)]
struct Lists(Vec<(bool, usize, u32)>);

impl Lists {
    /// What stands before the first line of an item, and before its others.
    fn item(&mut self, block: &Block) -> (String, String) {
        let depth = usize::try_from(block.level.max(1)).unwrap_or(1);
        self.0.truncate(depth);
        let goes_on = |(is_numbered, ..): &(bool, usize, u32)| *is_numbered == block.numbered;
        if self.0.len() == depth && !self.0.last().is_some_and(goes_on) {
            self.0.pop();
        }
        let above = self.0.len().min(depth - 1);
        let mut first = " ".repeat(self.0[..above].iter().map(|(_, width, _)| width).sum());
        // Depths that no item stands at: a list in a list, with nothing beside it.
        while self.0.len() < depth - 1 {
            first.push_str("- ");
            self.0.push((false, 2, 1));
        }
        if self.0.len() < depth {
            self.0.push((block.numbered, 2, 0));
        }
        if let Some((is_numbered, width, count)) = self.0.last_mut() {
            *count += 1;
            let mark = match *is_numbered {
                true => format!("{count}. "),
                false => "- ".to_owned(),
            };
            *width = mark.len();
            first.push_str(&mark);
        }
        let rest = " ".repeat(self.0.iter().map(|(_, width, _)| width).sum());
        (first, rest)
    }
}

/// Where runs stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Lines,
    Heading,
    Cell,
}

fn inline(runs: &[Run], place: Place, notes: &HashMap<BlockId, u32>) -> String {
    let mut writing = Writing {
        out: String::new(),
        line: 0,
        place,
    };
    for (at, run) in runs.iter().enumerate() {
        let next = runs.get(at + 1);
        match run.note {
            Some(note) => writing.note(notes.get(&note).copied(), next),
            None => writing.run(run, next),
        }
    }
    writing.out
}

struct Writing {
    out: String,
    /// Where the line began.
    line: usize,
    place: Place,
}

impl Writing {
    fn note(&mut self, number: Option<u32>, next: Option<&Run>) {
        // The footnote may be gone.
        let Some(number) = number else { return };
        self.out.push_str(&format!("[^{number}]"));
        // Both together would be a link, or the beginning of the footnote.
        let joins = |run: &Run| run.note.is_some() || run.link.is_some() || run.text.starts_with(['(', ':']);
        if next.is_some_and(joins) {
            self.out.push(JOINER);
        }
    }

    fn run(&mut self, run: &Run, next: Option<&Run>) {
        let marks = match (run.strong, run.emphasis) {
            (true, true) => "***",
            (true, false) => "**",
            (false, true) => "*",
            (false, false) => "",
        };
        if let Some(link) = &run.link {
            self.out.push('[');
            self.marked(run, marks, false);
            self.out.push_str("](<");
            for c in link.chars() {
                if matches!(c, '\\' | '<' | '>' | '&' | '*' | '_') {
                    self.out.push('\\');
                }
                self.out.push(c);
            }
            self.out.push_str(">)");
            return;
        }
        let next_is_plain = next.is_none_or(|next| next.note.is_none() && next.link.is_none());
        let is_followed_by_space = next.is_none_or(|next| {
            next_is_plain && next.text.starts_with([' ', '\n']) && !next.strong && !next.emphasis
        });
        self.marked(run, marks, is_followed_by_space);
        // Before a bracket it would make a picture of a link.
        if !next_is_plain && marks.is_empty() && self.out.ends_with('!') {
            self.out.insert(self.out.len() - 1, '\\');
        }
    }

    /// Text between its marks. They are marks only beside a word, or with space on their other side.
    fn marked(&mut self, run: &Run, marks: &str, is_followed_by_space: bool) {
        if marks.is_empty() {
            return self.plain(&run.text);
        }
        let is_after_space = self.out.ends_with([' ', '\n', '[']) || self.out.is_empty();
        if self.out.ends_with('*') {
            self.out.push(JOINER);
        }
        self.out.push_str(marks);
        if !is_after_space && !run.text.starts_with(char::is_alphanumeric)
            || run.text.starts_with(char::is_whitespace)
        {
            self.out.push(JOINER);
        }
        self.plain(&run.text);
        if !is_followed_by_space && !run.text.ends_with(char::is_alphanumeric)
            || run.text.ends_with(char::is_whitespace)
        {
            self.out.push(JOINER);
        }
        self.out.push_str(marks);
    }

    fn plain(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' => {
                    self.out.push_str("\\\n");
                    self.line = self.out.len();
                    continue;
                }
                '|' if self.place == Place::Cell => {
                    self.out.push_str("&#124;");
                    continue;
                }
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' => self.out.push('\\'),
                '#' if self.place == Place::Heading || self.is_at_start() => self.out.push('\\'),
                '+' | '-' | '=' | '>' | '~' | ':' | '|' if self.is_at_start() => self.out.push('\\'),
                '.' | ')' if self.is_after_number() => self.out.push('\\'),
                _ => {}
            }
            self.out.push(c);
        }
    }

    fn is_at_start(&self) -> bool {
        self.out.len() == self.line
    }

    /// Whether nothing but a number stands on the line: with a point it would begin a list.
    fn is_after_number(&self) -> bool {
        let line = &self.out[self.line..];
        (1..=9).contains(&line.len()) && line.bytes().all(|byte| byte.is_ascii_digit())
    }
}
