//! What is pasted from a word processor or a browser, to blocks.
//!
//! Read by the tokens of the HTML standard and never as a tree: headings, paragraphs, lists, quotations, tables,
//! footnotes, strong, emphasis and links are taken over; styles, classes, scripts, comments and whatever is hidden are
//! not. A list of Word's is paragraphs whose style says how deep they stand. Knows no connection.

use html5gum::{DefaultEmitter, Token, Tokenizer};
use kernel::Fault;

use crate::{
    clean::Notice,
    gathering::{Gathering, Imported, Look, anchored, within_bounds},
};

/// The beginning of an element.
type StartTag = html5gum::StartTag<()>;

/// How far up the beginning of what ends is looked for: a page's tags are not nested deeper, and a prank is not followed.
const LOOKED_UP: usize = 200;

/// Reads HTML.
///
/// # Errors
/// `too_much_pasted`; `invalid`, naming what is too long or too many.
pub fn import(html: &str) -> Result<Imported, Fault> {
    within_bounds(html)?;
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut reading = Reading::default();
    for token in Tokenizer::new_with_emitter(without_header(html), emitter) {
        let Ok(token) = token;
        reading.hear(token);
    }
    reading.leave(0);
    reading.gathering.done()
}

/// Windows puts lines before what was copied that say where it begins and ends.
fn without_header(html: &str) -> &str {
    let has_header = html.trim_start().starts_with("Version:");
    let start = html.find('<').filter(|_| has_header).unwrap_or(0);
    &html[start..]
}

/// What an element is to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Sort {
    /// It only changes how its text looks.
    Inline,
    Paragraph,
    Heading(i32),
    List {
        is_numbered: bool,
    },
    Item,
    /// A paragraph that Word shows as an item of this depth.
    WordItem(i32),
    /// What Word puts before such an item.
    Marker,
    Quote,
    Table,
    Row,
    Cell {
        columns: usize,
    },
    Footnote(String),
    /// The mark of a footnote.
    Note(String),
    Hidden,
}

/// An element that is open.
struct Open {
    name: Vec<u8>,
    sort: Sort,
    /// How text looked before it.
    look: Look,
}

#[derive(Default)]
struct Reading {
    gathering: Gathering,
    opened: Vec<Open>,
    look: Look,
    /// How many of the open elements hide their text.
    hidden: usize,
    /// How many of them keep line ends.
    preformatted: usize,
    /// What stands before the item of Word's that is open; `is_marking` while it is being read.
    marker: String,
    is_marking: bool,
}

impl Reading {
    fn hear(&mut self, token: Token) {
        match token {
            Token::String(text) => self.text(&String::from_utf8_lossy(&text)),
            Token::StartTag(tag) => self.start(&tag),
            Token::EndTag(tag) => self.end(&tag.name),
            Token::Comment(comment) => self.comment(&String::from_utf8_lossy(&comment)),
            Token::Doctype(_) | Token::Error(_) => {}
        }
    }

    /// Word marks what stands before an item by comments.
    fn comment(&mut self, comment: &str) {
        let comment = comment.trim().to_ascii_lowercase();
        if comment.contains("if !supportlists") {
            // Where no item of Word's is open it marks nothing, and all that follows would be lost.
            let mut above = self.opened.iter().rev().take(LOOKED_UP);
            self.is_marking = above.any(|open| matches!(open.sort, Sort::WordItem(_)));
        } else if comment.contains("endif") {
            self.is_marking = false;
        }
    }

    fn text(&mut self, text: &str) {
        let is_in_marker = self.is_marking
            || self
                .opened
                .iter()
                .rev()
                .take(8)
                .any(|open| open.sort == Sort::Marker);
        if is_in_marker {
            self.marker.push_str(text.get(..40).unwrap_or(text));
        } else if self.hidden == 0 {
            match self.preformatted {
                0 => self
                    .gathering
                    .text(&text.replace(['\n', '\r', '\x0C'], " "), &self.look),
                _ => self.gathering.text(text, &self.look),
            }
        }
    }

    fn start(&mut self, tag: &StartTag) {
        let name = &*tag.name;
        let sort = sort_of(name, tag, self.gathering.is_in_table());
        self.end_implied(name, &sort);
        match name.as_slice() {
            b"td" | b"th" if self.hidden == 0 && sort == Sort::Inline => self.gathering.keep_cells_apart(),
            b"br" if self.hidden == 0 => return self.gathering.new_line(),
            b"hr" if self.hidden == 0 => return self.gathering.end_paragraph(),
            b"img" if self.hidden == 0 => return self.picture(tag),
            b"br" | b"hr" | b"img" | b"input" | b"meta" | b"link" | b"col" | b"area" | b"base" | b"embed"
            | b"source" | b"track" | b"wbr" => return,
            _ => {}
        }
        let is_raw = matches!(name.as_slice(), b"script" | b"style" | b"textarea" | b"title");
        if tag.self_closing && sort == Sort::Hidden && !is_raw {
            return;
        }
        let look = self.look.clone();
        self.change_look(name, tag);
        self.enter(&sort, tag);
        if name.as_slice() == b"pre" {
            self.preformatted += 1;
        }
        self.opened.push(Open {
            name: name.to_vec(),
            sort,
            look,
        });
    }

    fn picture(&mut self, tag: &StartTag) {
        self.gathering.notices.tell(Notice::PictureLeftOut);
        if let Some(words) = attribute(tag, "alt").filter(|words| !words.trim().is_empty()) {
            self.gathering.text(&words, &self.look);
        }
    }

    fn enter(&mut self, sort: &Sort, tag: &StartTag) {
        if is_hiding(sort) {
            if let Sort::Note(label) = sort
                && self.hidden == 0
            {
                self.gathering.note(label);
            }
            self.hidden += 1;
            return;
        }
        if self.hidden > 0 {
            return;
        }
        let id = attribute(tag, "id").as_deref().and_then(anchored);
        let gathering = &mut self.gathering;
        match sort {
            Sort::Paragraph | Sort::Heading(_) | Sort::WordItem(_) => {
                self.marker.clear();
                self.is_marking = false;
                // What stood before it, in no paragraph of its own, is one.
                gathering.end_paragraph();
            }
            Sort::List { is_numbered } => gathering.open_list(*is_numbered),
            Sort::Item => gathering.open_item(),
            Sort::Quote => gathering.open_quote(),
            Sort::Footnote(label) => gathering.open_footnote(label),
            Sort::Table => {
                gathering.end_paragraph();
                gathering.id(id);
                return gathering.open_table();
            }
            Sort::Row => gathering.open_row(),
            Sort::Cell { .. } | Sort::Inline | Sort::Marker | Sort::Note(_) | Sort::Hidden => {}
        }
        self.gathering.id(id);
    }

    fn leave(&mut self, to: usize) {
        while self.opened.len() > to
            && let Some(open) = self.opened.pop()
        {
            self.look = open.look;
            if open.name == b"pre" {
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            if is_hiding(&open.sort) {
                self.hidden = self.hidden.saturating_sub(1);
                continue;
            }
            let is_block = !matches!(open.sort, Sort::Inline | Sort::Row | Sort::Cell { .. });
            if is_block {
                self.is_marking = false;
            }
            if self.hidden > 0 {
                continue;
            }
            let gathering = &mut self.gathering;
            match open.sort {
                Sort::Paragraph => gathering.end_paragraph(),
                Sort::Heading(level) => gathering.end_heading(level),
                Sort::List { .. } => gathering.close_list(),
                Sort::Item => gathering.close_item(),
                Sort::WordItem(level) => gathering.end_item_at(level, counts(&self.marker)),
                Sort::Quote => gathering.close_quote(),
                Sort::Table => gathering.close_table(),
                Sort::Cell { columns } => gathering.close_cell(columns),
                Sort::Footnote(_) => gathering.close_footnote(),
                Sort::Row | Sort::Inline | Sort::Marker | Sort::Note(_) | Sort::Hidden => {}
            }
            if is_block {
                self.gathering.forget_id();
            }
        }
    }

    fn end(&mut self, name: &[u8]) {
        if name == b"br" {
            return self.gathering.new_line();
        }
        let mut above = self.opened.iter().enumerate().rev().take(LOOKED_UP);
        let found = above.find(|(_, open)| open.name == name).map(|(place, _)| place);
        if let Some(found) = found {
            self.leave(found);
        }
    }

    /// Ends what this element ends by beginning: a paragraph, an item, a cell, a row.
    fn end_implied(&mut self, name: &[u8], sort: &Sort) {
        if name == b"body" {
            return self.leave(0);
        }
        let (ends, within): (fn(&Sort) -> bool, fn(&Sort) -> bool) = match sort {
            Sort::Item => (
                |open| *open == Sort::Item,
                |open| matches!(open, Sort::List { .. } | Sort::Cell { .. } | Sort::Table),
            ),
            Sort::Cell { .. } => (
                |open| matches!(open, Sort::Cell { .. }),
                |open| *open == Sort::Table,
            ),
            Sort::Row => (|open| *open == Sort::Row, |open| *open == Sort::Table),
            Sort::Inline | Sort::Marker | Sort::Note(_) | Sort::Hidden => return,
            Sort::Paragraph
            | Sort::Heading(_)
            | Sort::List { .. }
            | Sort::WordItem(_)
            | Sort::Quote
            | Sort::Table
            | Sort::Footnote(_) => return self.end_open_paragraph(),
        };
        let mut found = None;
        for (place, open) in self.opened.iter().enumerate().rev().take(LOOKED_UP) {
            if ends(&open.sort) {
                found = Some(place);
                break;
            }
            if within(&open.sort) {
                break;
            }
        }
        if let Some(found) = found {
            self.leave(found);
        }
    }

    /// A `p` that was left open ends where the next block begins.
    fn end_open_paragraph(&mut self) {
        let mut found = None;
        for (place, open) in self.opened.iter().enumerate().rev().take(LOOKED_UP) {
            if open.name == b"p" {
                found = Some(place);
                break;
            }
            if matches!(
                open.sort,
                Sort::Cell { .. } | Sort::Table | Sort::Item | Sort::Quote
            ) {
                break;
            }
        }
        if let Some(found) = found {
            self.leave(found);
        }
    }

    fn change_look(&mut self, name: &[u8], tag: &StartTag) {
        match name {
            b"b" | b"strong" => self.look.strong = true,
            b"i" | b"em" | b"cite" | b"dfn" => self.look.emphasis = true,
            b"a" => self.follow(tag),
            _ => {}
        }
        let Some(style) = attribute(tag, "style") else {
            return;
        };
        for (property, value) in properties(&style) {
            match (property.as_str(), value.as_str()) {
                ("font-weight", "normal" | "lighter") => self.look.strong = false,
                ("font-weight", "bold" | "bolder") => self.look.strong = true,
                ("font-weight", weight) => {
                    if let Ok(weight) = weight.parse::<u32>() {
                        self.look.strong = weight >= 600;
                    }
                }
                ("font-style", "normal") => self.look.emphasis = false,
                ("font-style", "italic" | "oblique") => self.look.emphasis = true,
                _ => {}
            }
        }
    }

    fn follow(&mut self, tag: &StartTag) {
        let address =
            attribute(tag, "href").filter(|address| !address.is_empty() && !address.starts_with('#'));
        if let Some(address) = address {
            self.look.link = self.gathering.address(&address);
        }
    }
}

const fn is_hiding(sort: &Sort) -> bool {
    matches!(sort, Sort::Hidden | Sort::Note(_) | Sort::Marker)
}

fn sort_of(name: &[u8], tag: &StartTag, is_in_table: bool) -> Sort {
    let class = attribute(tag, "class").unwrap_or_default();
    let style = attribute(tag, "style").unwrap_or_default();
    let is_of = |named: &str| class.split_ascii_whitespace().any(|own| own == named);
    let styled: Vec<(String, String)> = properties(&style).collect();
    let says = |property: &str| {
        let found = styled.iter().find(|(own, _)| own == property);
        found.map(|(_, value)| value.as_str())
    };
    if is_of("b-number") || says("display") == Some("none") || says("visibility") == Some("hidden") {
        return Sort::Hidden;
    }
    if says("mso-list") == Some("ignore") {
        return Sort::Marker;
    }
    let label = attribute(tag, "id").unwrap_or_default();
    match name {
        b"script" | b"style" | b"head" | b"title" | b"template" | b"noscript" | b"svg" | b"math"
        | b"object" | b"iframe" | b"xml" | b"button" | b"select" | b"textarea" | b"canvas" | b"audio"
        | b"video" | b"applet" | b"frameset" | b"map" | b"datalist" => Sort::Hidden,
        b"a" => sort_of_link(tag, is_of("b-note")),
        b"p" if is_of("b-footnote") => Sort::Footnote(label),
        b"div" | b"li" if says("mso-element") == Some("footnote") => Sort::Footnote(label),
        b"p" if is_of("MsoTitle") => Sort::Heading(1),
        b"p" => match says("mso-list").and_then(word_level) {
            Some(level) => Sort::WordItem(level),
            None => Sort::Paragraph,
        },
        b"h1" => Sort::Heading(1),
        b"h2" => Sort::Heading(2),
        b"h3" => Sort::Heading(3),
        b"h4" => Sort::Heading(4),
        b"h5" => Sort::Heading(5),
        b"h6" => Sort::Heading(6),
        b"ol" => Sort::List { is_numbered: true },
        b"ul" | b"menu" | b"dir" => Sort::List { is_numbered: false },
        b"li" => Sort::Item,
        b"blockquote" => Sort::Quote,
        b"table" if !is_in_table => Sort::Table,
        b"tr" if is_in_table => Sort::Row,
        b"td" | b"th" if is_in_table => Sort::Cell {
            columns: attribute(tag, "colspan")
                .and_then(|columns| columns.trim().parse().ok())
                .unwrap_or(1),
        },
        b"div" | b"section" | b"article" | b"header" | b"footer" | b"main" | b"aside" | b"nav"
        | b"address" | b"figure" | b"figcaption" | b"dl" | b"dt" | b"dd" | b"pre" | b"form" | b"fieldset"
        | b"center" | b"details" | b"summary" | b"caption" | b"table" | b"tr" => Sort::Paragraph,
        _ => Sort::Inline,
    }
}

/// Marks of footnotes are links: ours by their class, Word's by where they lead, and back.
fn sort_of_link(tag: &StartTag, is_ours: bool) -> Sort {
    let address = attribute(tag, "href").unwrap_or_default();
    let Some(fragment) = address.rsplit_once('#').map(|(_, fragment)| fragment) else {
        return Sort::Inline;
    };
    if fragment.starts_with("_ftnref") {
        return Sort::Hidden;
    }
    match fragment.strip_prefix("_ftn") {
        Some(number) => Sort::Note(format!("ftn{number}")),
        None if is_ours => Sort::Note(fragment.to_owned()),
        None => Sort::Inline,
    }
}

/// The depth in `l0 level2 lfo1`.
fn word_level(list: &str) -> Option<i32> {
    let level = list
        .split_ascii_whitespace()
        .find_map(|word| word.strip_prefix("level"))?;
    level.parse().ok()
}

/// Whether what Word puts before an item counts it: `1.`, `(a)`, `iv)`, and not `·` or `o`.
fn counts(marker: &str) -> bool {
    let marker = marker.trim();
    marker.ends_with(['.', ')']) && marker.chars().any(char::is_alphanumeric)
}

/// The properties of a style, in lower case.
fn properties(style: &str) -> impl Iterator<Item = (String, String)> {
    style.split(';').filter_map(|property| {
        let (name, value) = property.split_once(':')?;
        Some((
            name.trim().to_ascii_lowercase(),
            value.trim().to_ascii_lowercase(),
        ))
    })
}

fn attribute(tag: &StartTag, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(value).into_owned())
}
