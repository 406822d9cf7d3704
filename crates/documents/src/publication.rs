//! A text, or several in a row, as they are published: a declaration, the collection of what an assembly adopted, a paper.
//!
//! Whoever makes the values has numbered every block and written every sentence. Texts come as they are kept, block after
//! block; what stands within what, and which mark a footnote is told at, is worked out here.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

/// Deepest list; what is deeper stands at that depth.
const DEPTH_MAX: usize = 6;
/// Deepest heading, as a page has them.
const HEADING_MAX: u32 = 6;

/// A publication: a title page, then each of its pieces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Publication {
    /// BCP 47 tag of the language it is in.
    pub language: String,
    /// What it is called.
    pub title: String,
    /// Lines under the title: what it is, whose, where and when.
    pub about: Vec<String>,
    /// How it is to be cited.
    pub citation: String,
    /// Where it is found for ever.
    pub address: String,
    /// Who publishes it.
    pub issuer: String,
    /// The day it was published: year, month, day.
    pub issued_on: (i32, u32, u32),
    /// Its pieces, in order.
    pub pieces: Vec<Piece>,
    /// The words of the template.
    pub words: PublicationWords,
}

/// Words that stand in every publication.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PublicationWords {
    /// Heading of the contents, which stand where there are several pieces.
    pub contents: String,
}

/// One text of a publication.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece {
    /// Its lasting code; may be empty.
    pub code: String,
    /// Its title; may be empty where the publication is this one text.
    pub title: String,
    /// Its language; empty where it is the publication's.
    pub language: String,
    /// What is told of it before it begins: its state, which language is authentic.
    pub facts: Vec<String>,
    /// Its blocks, in order.
    pub blocks: Vec<TextBlock>,
}

/// What sort of block it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextKind {
    /// A heading within the text.
    Heading,
    /// A paragraph.
    #[default]
    Paragraph,
    /// An item of a list; `is_counted` says whether its number stands in place of a bullet.
    Item {
        /// Whether it is counted.
        is_counted: bool,
    },
    /// What somebody else said or wrote.
    Quote,
    /// Rows of cells, the first of which are the heads of the columns.
    Table,
    /// A footnote, told where its first mark is.
    Footnote,
}

/// A block of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextBlock {
    /// What its marks call it, where it is a footnote.
    pub key: String,
    /// What sort it is.
    pub kind: TextKind,
    /// The level of a heading, the depth of an item, from 1.
    pub level: u32,
    /// What it is called: `1.2`, `§ 12`, `a)`; may be empty.
    pub number: String,
    /// Its language; empty where it is the text's.
    pub language: String,
    /// What it says, where it is no table.
    pub runs: Vec<TextRun>,
    /// What it says, where it is one.
    pub rows: Vec<Vec<Vec<TextRun>>>,
}

/// A stretch of text that looks the same, or the mark of a footnote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextRun {
    /// The text; `\n` begins a new line.
    pub text: String,
    /// Whether it stands out strongly.
    pub is_strong: bool,
    /// Whether it is emphasised.
    pub is_emphasised: bool,
    /// Where it leads; may be empty.
    pub link: String,
    /// The key of the footnote whose mark stands here; empty for text.
    pub note: String,
}

/// A publication as the template reads it.
#[derive(Serialize)]
pub(crate) struct Set<'a> {
    tongue: Tongue,
    title: &'a str,
    about: &'a [String],
    citation: &'a str,
    address: &'a str,
    issuer: &'a str,
    issued_on: (i32, u32, u32),
    pieces: Vec<SetPiece<'a>>,
    words: &'a PublicationWords,
}

#[derive(Serialize)]
struct SetPiece<'a> {
    code: &'a str,
    title: &'a str,
    tongue: Option<Tongue>,
    facts: &'a [String],
    body: Vec<SetBlock<'a>>,
}

/// A language in two or three letters, and where it is spoken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Tongue {
    lang: String,
    region: Option<String>,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum SetBlock<'a> {
    Heading {
        level: u32,
        number: &'a str,
        tongue: Option<Tongue>,
        runs: Vec<SetRun<'a>>,
    },
    Paragraph {
        number: &'a str,
        tongue: Option<Tongue>,
        runs: Vec<SetRun<'a>>,
    },
    Quote {
        tongue: Option<Tongue>,
        runs: Vec<SetRun<'a>>,
    },
    List {
        is_counted: bool,
        entries: Vec<Entry<'a>>,
    },
    Table {
        tongue: Option<Tongue>,
        columns: usize,
        /// Not where it has a footnote: that would be told on every page.
        head_repeats: bool,
        head: Vec<Vec<SetRun<'a>>>,
        rows: Vec<Vec<Vec<SetRun<'a>>>>,
    },
    /// A footnote that nothing refers to.
    Note {
        number: &'a str,
        tongue: Option<Tongue>,
        runs: Vec<SetRun<'a>>,
    },
}

#[derive(Default, Serialize)]
struct Entry<'a> {
    number: &'a str,
    tongue: Option<Tongue>,
    runs: Vec<SetRun<'a>>,
    lists: Vec<SetBlock<'a>>,
}

#[derive(Serialize)]
struct SetRun<'a> {
    text: &'a str,
    is_strong: bool,
    is_emphasised: bool,
    link: &'a str,
    note: Option<Mark<'a>>,
}

#[derive(Serialize)]
struct Mark<'a> {
    /// Unique in the publication.
    key: String,
    number: &'a str,
    /// What the footnote says, at its first mark; the others lead there.
    told: Option<Vec<SetRun<'a>>>,
}

impl Publication {
    /// As the template reads it.
    pub(crate) fn set(&self) -> Set<'_> {
        Set {
            tongue: tongue(&self.language),
            title: &self.title,
            about: &self.about,
            citation: &self.citation,
            address: &self.address,
            issuer: &self.issuer,
            issued_on: self.issued_on,
            pieces: self
                .pieces
                .iter()
                .enumerate()
                .map(|(place, piece)| piece.set(place))
                .collect(),
            words: &self.words,
        }
    }
}

impl Piece {
    fn set(&self, place: usize) -> SetPiece<'_> {
        let is_note = |block: &&TextBlock| block.kind == TextKind::Footnote;
        let mut setting = Setting {
            place,
            notes: self
                .blocks
                .iter()
                .filter(is_note)
                .map(|block| (block.key.as_str(), block))
                .collect(),
            told: HashSet::new(),
        };
        let has_heading = !self.title.is_empty() || !self.code.is_empty();
        SetPiece {
            code: &self.code,
            title: &self.title,
            tongue: other_tongue(&self.language),
            facts: &self.facts,
            body: setting.body(&self.blocks, u32::from(has_heading)),
        }
    }
}

/// A text that is being put together.
struct Setting<'a> {
    place: usize,
    notes: HashMap<&'a str, &'a TextBlock>,
    told: HashSet<&'a str>,
}

impl<'a> Setting<'a> {
    fn body(&mut self, blocks: &'a [TextBlock], above: u32) -> Vec<SetBlock<'a>> {
        let marks = blocks.iter().filter(|block| block.kind != TextKind::Footnote);
        let marks = marks.flat_map(|block| block.runs.iter().chain(block.rows.iter().flatten().flatten()));
        let referred: HashSet<&str> = marks.map(|run| run.note.as_str()).collect();
        let mut body = Vec::new();
        let mut items: Vec<&TextBlock> = Vec::new();
        for block in blocks {
            match block.kind {
                TextKind::Footnote if referred.contains(block.key.as_str()) => {}
                TextKind::Item { .. } => items.push(block),
                _ => {
                    body.extend(self.lists(&std::mem::take(&mut items), 1));
                    body.push(self.block(block, above));
                }
            }
        }
        body.extend(self.lists(&items, 1));
        body
    }

    fn block(&mut self, block: &'a TextBlock, above: u32) -> SetBlock<'a> {
        let (tongue, number) = (other_tongue(&block.language), block.number.as_str());
        if block.kind == TextKind::Table {
            return self.table(block, tongue);
        }
        let runs = self.runs(&block.runs);
        match block.kind {
            TextKind::Heading => SetBlock::Heading {
                level: block.level.max(1).saturating_add(above).min(HEADING_MAX),
                number,
                tongue,
                runs,
            },
            TextKind::Quote => SetBlock::Quote { tongue, runs },
            TextKind::Footnote => SetBlock::Note { number, tongue, runs },
            TextKind::Paragraph | TextKind::Item { .. } | TextKind::Table => {
                SetBlock::Paragraph { number, tongue, runs }
            }
        }
    }

    fn table(&mut self, block: &'a TextBlock, tongue: Option<Tongue>) -> SetBlock<'a> {
        let columns = block.rows.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let mut rows = Vec::with_capacity(block.rows.len());
        for row in &block.rows {
            let mut cells: Vec<Vec<SetRun<'_>>> = row.iter().map(|cell| self.runs(cell)).collect();
            cells.resize_with(columns, Vec::new);
            rows.push(cells);
        }
        let head = match rows.is_empty() {
            true => Vec::new(),
            false => rows.remove(0),
        };
        SetBlock::Table {
            tongue,
            columns,
            head_repeats: head.iter().flatten().all(|run| run.note.is_none()),
            head,
            rows,
        }
    }

    /// The lists that these items are, at this depth: one goes on until an item of the other kind.
    fn lists(&mut self, items: &[&'a TextBlock], depth: usize) -> Vec<SetBlock<'a>> {
        let mut lists = Vec::new();
        let mut rest = items;
        while let Some(first) = rest.first() {
            let counts = is_counted(first) && is_own(first, depth);
            let goes_on = |item: &&TextBlock| {
                !is_own(item, depth) || (is_counted(item) == counts && is_own(first, depth))
            };
            let length = rest.iter().take_while(|item| goes_on(item)).count().max(1);
            let (own, others) = rest.split_at(length);
            rest = others;
            lists.push(SetBlock::List {
                is_counted: counts,
                entries: self.entries(own, depth),
            });
        }
        lists
    }

    /// Each item of a list with the lists that stand in it.
    fn entries(&mut self, items: &[&'a TextBlock], depth: usize) -> Vec<Entry<'a>> {
        let mut entries = Vec::new();
        let mut rest = items;
        while let Some(first) = rest.first() {
            let is_first_own = is_own(first, depth);
            let begin = usize::from(is_first_own);
            let within = rest[begin..]
                .iter()
                .take_while(|item| !is_own(item, depth))
                .count();
            let mut entry = Entry::default();
            if is_first_own {
                entry.number = &first.number;
                entry.tongue = other_tongue(&first.language);
                entry.runs = self.runs(&first.runs);
            }
            entry.lists = self.lists(&rest[begin..begin + within], depth + 1);
            entries.push(entry);
            rest = &rest[begin + within..];
        }
        entries
    }

    fn runs(&mut self, runs: &'a [TextRun]) -> Vec<SetRun<'a>> {
        runs.iter().filter_map(|run| self.run(run)).collect()
    }

    /// Nothing for the mark of a footnote that is not there.
    fn run(&mut self, run: &'a TextRun) -> Option<SetRun<'a>> {
        let note = match run.note.as_str() {
            "" => None,
            key => Some(self.mark(self.notes.get(key).copied()?)),
        };
        Some(SetRun {
            text: &run.text,
            is_strong: run.is_strong,
            is_emphasised: run.is_emphasised,
            link: &run.link,
            note,
        })
    }

    fn mark(&mut self, note: &'a TextBlock) -> Mark<'a> {
        let is_first = self.told.insert(&note.key);
        // No footnote has a footnote.
        let said = || note.runs.iter().filter(|run| run.note.is_empty());
        Mark {
            key: format!("note-{}-{}", self.place, note.key),
            number: &note.number,
            told: is_first.then(|| said().filter_map(|run| self.run(run)).collect()),
        }
    }
}

/// Whether an item stands at this depth, or can stand no deeper.
fn is_own(item: &TextBlock, depth: usize) -> bool {
    depth >= DEPTH_MAX || usize::try_from(item.level.max(1)).unwrap_or(usize::MAX) <= depth
}

const fn is_counted(item: &TextBlock) -> bool {
    matches!(item.kind, TextKind::Item { is_counted: true })
}

/// The tongue of a text within another, where it is another.
fn other_tongue(tag: &str) -> Option<Tongue> {
    (!tag.is_empty()).then(|| tongue(tag))
}

/// What the typesetter takes for a language: `pt-BR` is `pt` in `BR`, and what it cannot name is undetermined.
fn tongue(tag: &str) -> Tongue {
    let is_word = |part: &&str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let mut parts = tag.split('-');
    let primary = parts
        .next()
        .filter(is_word)
        .filter(|part| (2..=3).contains(&part.len()));
    Tongue {
        lang: primary.unwrap_or("und").to_ascii_lowercase(),
        region: parts
            .filter(is_word)
            .find(|part| part.len() == 2)
            .map(str::to_ascii_uppercase),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(level: u32, is_counted: bool, words: &str) -> TextBlock {
        TextBlock {
            kind: TextKind::Item { is_counted },
            level,
            runs: vec![TextRun {
                text: words.into(),
                ..TextRun::default()
            }],
            ..TextBlock::default()
        }
    }

    /// Lists as brackets: round for counted ones, square for others.
    fn drawn(lists: &[SetBlock<'_>]) -> String {
        let entry = |entry: &Entry<'_>| {
            let words: String = entry.runs.iter().map(|run| run.text).collect();
            format!("{words}{}", drawn(&entry.lists))
        };
        let list = |list: &SetBlock<'_>| match list {
            SetBlock::List { is_counted, entries } => {
                let entries: Vec<String> = entries.iter().map(entry).collect();
                let (open, close) = if *is_counted { ("(", ")") } else { ("[", "]") };
                format!("{open}{}{close}", entries.join(" "))
            }
            _ => "?".to_owned(),
        };
        lists.iter().map(list).collect()
    }

    fn body(blocks: Vec<TextBlock>) -> String {
        let piece = Piece {
            blocks,
            ..Piece::default()
        };
        drawn(&piece.set(0).body)
    }

    #[test]
    fn items_stand_within_one_another_by_their_depth() {
        let found = body(vec![
            item(1, true, "a"),
            item(2, false, "b"),
            item(2, false, "c"),
            item(1, true, "d"),
            item(1, false, "e"),
            item(3, true, "f"),
            item(1, true, "g"),
        ]);

        assert_eq!(found, "(a[b c] d)[e[(f)]](g)");
        assert_eq!(body(vec![item(3, true, "a"), item(1, true, "b")]), "[[(a)]](b)");
    }

    #[test]
    fn a_list_two_hundred_deep_stands_at_six() {
        let found = body((1..=200).map(|level| item(level, false, "x")).collect());

        assert_eq!(found.matches('[').count(), DEPTH_MAX);
        assert_eq!(found.matches('x').count(), 200);
    }

    #[test]
    fn a_language_is_two_or_three_letters_and_a_place() {
        let found = ["en", "pt-BR", "zh-Hant-TW", "x", "", "1-2"].map(|tag| {
            let found = tongue(tag);
            (found.lang, found.region.unwrap_or_default())
        });

        let expected = [
            ("en", ""),
            ("pt", "BR"),
            ("zh", "TW"),
            ("und", ""),
            ("und", ""),
            ("und", ""),
        ];
        assert_eq!(
            found,
            expected.map(|(lang, region)| (lang.to_owned(), region.to_owned()))
        );
    }
}
