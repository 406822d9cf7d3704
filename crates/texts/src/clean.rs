//! What may stand in a block, and how what is handed in comes to be like that.
//!
//! After it a content has one form only, whoever wrote it and wherever it was pasted from: composed letters, no control
//! or direction-override characters, one space between words and none at the ends of lines, emphasis that begins and
//! ends at a word, checked addresses. Knows no connection; what is refused is told beside its field.

use std::collections::{BTreeMap, HashSet};

use kernel::{
    Fields,
    text::{self, Problem},
};
use url::Url;

use crate::model::{Block, BlockId, BlockInput, BlockKind, Cell, Content, Run};

/// Most blocks in a text.
pub const BLOCKS_MAX: usize = 5_000;
/// Longest block, in graphemes.
pub const GRAPHEMES_MAX: usize = 20_000;
/// Most that is read at once, in bytes.
pub const PASTE_MAX: usize = 2 * 1024 * 1024;
/// Deepest level of a heading.
pub const HEADING_MAX: i32 = 4;
/// Deepest item.
pub const DEPTH_MAX: i32 = 6;
/// Most rows of a table.
pub const ROWS_MAX: usize = 500;
/// Most columns of a table.
pub const COLUMNS_MAX: usize = 30;
/// Longest address, in bytes.
pub const LINK_MAX: usize = 2_000;
/// Most runs of a block or of a cell: how often it may change its look.
pub const RUNS_MAX: usize = 2_000;
/// Most bytes of addresses in a block, all together.
pub const LINKS_MAX: usize = 200_000;
/// Most bytes of a text, as [`bytes`] counts them.
pub const BYTES_MAX: usize = 4 * 1024 * 1024;
/// What a run is counted beside its text and its address.
const RUN_BYTES: usize = 32;
/// Nobody reads more faults than this.
const FAULTS_MAX: usize = 50;

kernel::coded! {
    /// What was changed in what was handed in, and is told to whoever did.
    pub enum Notice as "CleaningNotice" {
        /// A list was deeper than [`DEPTH_MAX`]: its items stand at that depth.
        DepthFlattened => "depth_flattened",
        /// A heading was of a deeper level than [`HEADING_MAX`].
        HeadingFlattened => "heading_flattened",
        /// An address that is none of the web or of mail was left out; its text stays.
        LinkDropped => "link_dropped",
        /// A picture was left out; what it says in words stays.
        PictureLeftOut => "picture_left_out",
        /// Markup stands there as text.
        MarkupAsText => "markup_as_text",
        /// The mark of a footnote that is not there was left out.
        NoteLost => "note_lost",
        /// A comment was left out.
        CommentLeftOut => "comment_left_out",
        /// Something that was put in while changes were followed stands there as text.
        InsertionKept => "insertion_kept",
        /// Something that was taken out while changes were followed is gone.
        DeletionDropped => "deletion_dropped",
        /// A text box, or another document within the document, was left out.
        PartLeftOut => "part_left_out",
    }
}

/// How often each thing was changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notices(pub BTreeMap<Notice, usize>);

impl Notices {
    /// Remembers one more.
    pub fn tell(&mut self, notice: Notice) {
        *self.0.entry(notice).or_default() += 1;
    }
}

/// What a content is counted towards [`BYTES_MAX`].
pub fn bytes(content: &Content) -> usize {
    let of = |run: &Run| run.text.len() + run.link.as_ref().map_or(0, String::len) + RUN_BYTES;
    content.runs().map(of).sum()
}

/// All blocks of a text, each with its id, which no other has. Those that say nothing are left out.
pub fn blocks(fields: &mut Fields, field: &str, raw: Vec<Block>, notices: &mut Notices) -> Vec<Block> {
    if raw.len() > BLOCKS_MAX {
        fields.wrong_with(field, "too_many_blocks", "most", BLOCKS_MAX);
        return vec![];
    }
    if raw.iter().map(|block| bytes(&block.content)).sum::<usize>() > BYTES_MAX {
        fields.wrong_with(field, "text_full", "most", BLOCKS_MAX);
        return vec![];
    }
    let mut taken = HashSet::with_capacity(raw.len());
    if let Some(place) = raw.iter().position(|block| !taken.insert(block.id)) {
        fields.wrong(&format!("{field}.{place}.id"), "block_twice");
        return vec![];
    }
    let mut faults = 0;
    let mut kept = Vec::with_capacity(raw.len());
    for (place, block) in raw.into_iter().enumerate() {
        let mut own = Fields::new();
        let id = block.id;
        let cleaned = self::content(&mut own, "content", block.kind, block.content, notices);
        if own.all_good() {
            let (level, numbered) = shape(block.kind, block.level, block.numbered, notices);
            kept.push(Block {
                id,
                kind: block.kind,
                level,
                numbered,
                content: cleaned,
            });
            continue;
        }
        faults += 1;
        if faults <= FAULTS_MAX
            && let Err(fault) = own.done()
        {
            for one in fault.fields {
                let (fact, value) = one.facts.into_iter().next().unwrap_or_default();
                fields.wrong_with(&format!("{field}.{place}.{}", one.field), one.code, &fact, value);
            }
        }
    }
    kept.retain(|block| !block.content.is_blank());
    let notes: HashSet<BlockId> = kept
        .iter()
        .filter(|block| block.kind == BlockKind::Footnote)
        .map(|block| block.id)
        .collect();
    for block in &mut kept {
        without_lost_notes(block, &notes, notices);
    }
    kept.retain(|block| !block.content.is_blank());
    kept
}

/// One block as it is handed in, which must say something; `notes` are the footnotes of its text.
pub fn block(
    fields: &mut Fields,
    field: &str,
    raw: BlockInput,
    notes: &HashSet<BlockId>,
    notices: &mut Notices,
) -> BlockInput {
    let (level, numbered) = shape(raw.kind, raw.level, raw.numbered, notices);
    let content = self::content(fields, field, raw.kind, raw.content, notices);
    if content.notes().any(|note| !notes.contains(&note)) {
        fields.wrong(field, "note_unknown");
    }
    if fields.all_good() && content.is_blank() {
        fields.wrong(field, "required");
    }
    BlockInput {
        kind: raw.kind,
        level,
        numbered,
        content,
    }
}

/// The content of a block of this kind.
pub fn content(
    fields: &mut Fields,
    field: &str,
    kind: BlockKind,
    raw: Content,
    notices: &mut Notices,
) -> Content {
    let is_table = kind == BlockKind::Table;
    let cleaned = match raw {
        Content::Table { rows } if is_table => table(fields, field, rows, notices),
        Content::Text(runs) if !is_table => Content::Text(self::runs(fields, field, kind, runs, notices)),
        Content::Table { .. } | Content::Text(_) => {
            fields.wrong(field, "content_mismatch");
            return Content::Text(vec![]);
        }
    };
    let graphemes: usize = cleaned.runs().map(|run| text::graphemes(&run.text)).sum();
    if graphemes > GRAPHEMES_MAX && !fields.has(field) {
        fields.wrong_with(field, "too_long", "most", GRAPHEMES_MAX);
    }
    let links: usize = cleaned.runs().flat_map(|run| &run.link).map(String::len).sum();
    if links > LINKS_MAX && !fields.has(field) {
        fields.wrong_with(field, "too_many_links", "most", LINKS_MAX);
    }
    cleaned
}

/// An address of the web or of mail in its one form; nothing for any other, and for one that hides where it leads
/// behind a name and a password.
pub fn link(raw: &str) -> Option<String> {
    if raw.len() > LINK_MAX {
        return None;
    }
    let url = Url::parse(raw.trim()).ok()?;
    let is_plain = url.username().is_empty() && url.password().is_none();
    let leads_somewhere = match url.scheme() {
        "http" | "https" => url.has_host(),
        "mailto" => url.path().contains('@'),
        _ => false,
    };
    let mut address = String::with_capacity(url.as_str().len());
    for c in url.as_str().chars() {
        match c {
            '<' | '>' | '"' | '`' | '\\' | '|' | '{' | '}' | '^' | ' ' => {
                address.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => address.push(c),
        }
    }
    (is_plain && leads_somewhere && address.len() <= LINK_MAX).then_some(address)
}

fn shape(kind: BlockKind, level: i32, numbered: bool, notices: &mut Notices) -> (i32, bool) {
    let (most, notice) = match kind {
        BlockKind::Heading => (HEADING_MAX, Notice::HeadingFlattened),
        BlockKind::Item => (DEPTH_MAX, Notice::DepthFlattened),
        BlockKind::Paragraph | BlockKind::Quote | BlockKind::Table | BlockKind::Footnote => {
            return (0, false);
        }
    };
    if level > most {
        notices.tell(notice);
    }
    (level.clamp(1, most), numbered && kind == BlockKind::Item)
}

fn table(fields: &mut Fields, field: &str, raw: Vec<Vec<Cell>>, notices: &mut Notices) -> Content {
    let columns = raw.iter().map(Vec::len).max().unwrap_or(0);
    if raw.len() > ROWS_MAX || columns > COLUMNS_MAX {
        fields.wrong_with(field, "table_too_large", "most", ROWS_MAX);
        return Content::Table { rows: vec![] };
    }
    let mut rows = Vec::with_capacity(raw.len());
    for row in raw {
        let mut cells: Vec<Cell> = Vec::with_capacity(columns);
        for cell in row {
            cells.push(runs(fields, field, BlockKind::Table, cell, notices));
        }
        cells.resize(columns, vec![]);
        rows.push(cells);
    }
    Content::Table { rows }
}

/// The runs of one block or cell, in their one form.
fn runs(fields: &mut Fields, field: &str, kind: BlockKind, raw: Vec<Run>, notices: &mut Notices) -> Vec<Run> {
    let takes_lines = !matches!(kind, BlockKind::Heading | BlockKind::Table);
    if has_too_many(fields, field, &raw) {
        return vec![];
    }
    let mut checked = Vec::with_capacity(raw.len());
    for mut run in raw {
        if run.note.is_some() {
            match kind {
                // A note on a note, or on a heading that stands in lists of contents, leads nowhere.
                BlockKind::Footnote | BlockKind::Heading => notices.tell(Notice::NoteLost),
                BlockKind::Paragraph | BlockKind::Item | BlockKind::Quote | BlockKind::Table => {
                    checked.push(Run {
                        note: run.note,
                        ..Run::default()
                    });
                }
            }
            continue;
        }
        if let Some(address) = run.link.take() {
            run.link = link(&address);
            if run.link.is_none() {
                notices.tell(Notice::LinkDropped);
            }
        }
        checked.push(run);
    }
    let mut runs = joined(checked);
    for run in &mut runs {
        run.text = piece(fields, field, &run.text, takes_lines);
    }
    let mut runs = bare(spaced(runs));
    for run in &mut runs {
        // What came to stand together may compose.
        run.text = piece(fields, field, &run.text, takes_lines);
    }
    // The spaces round what stands out have come to be runs of their own.
    has_too_many(fields, field, &runs);
    runs
}

fn has_too_many(fields: &mut Fields, field: &str, runs: &[Run]) -> bool {
    let has_too_many = runs.len() > RUNS_MAX;
    if has_too_many && !fields.has(field) {
        fields.wrong_with(field, "too_many_looks", "most", RUNS_MAX);
    }
    has_too_many
}

fn piece(fields: &mut Fields, field: &str, raw: &str, takes_lines: bool) -> String {
    let cleaned = text::piece(raw, GRAPHEMES_MAX).unwrap_or_else(|problem| {
        if !fields.has(field) {
            match problem {
                Problem::TooLong { graphemes_max } => {
                    fields.wrong_with(field, "too_long", "most", graphemes_max);
                }
                Problem::TooManyMarks => fields.wrong(field, "too_many_marks"),
            }
        }
        String::new()
    });
    let spaced = |c| match c {
        '\n' | '\u{2028}' | '\u{2029}' if takes_lines => '\n',
        '\n' | '\t' | '\u{2028}' | '\u{2029}' => ' ',
        c => c,
    };
    cleaned.chars().map(spaced).collect()
}

/// What looks the same and stands together, in one run.
fn joined(runs: Vec<Run>) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs {
        if run.note.is_none() && run.text.is_empty() {
            continue;
        }
        match joined.last_mut() {
            Some(last) if last.looks_as(&run) => last.text.push_str(&run.text),
            Some(_) | None => joined.push(run),
        }
    }
    joined
}

/// One space between words, none where a line begins or ends.
fn spaced(mut runs: Vec<Run>) -> Vec<Run> {
    let mut before = '\n';
    for run in &mut runs {
        if run.note.is_some() {
            before = '*';
            continue;
        }
        let mut kept = String::with_capacity(run.text.len());
        for c in run.text.chars() {
            let is_idle = match before {
                '\n' => c.is_whitespace(),
                ' ' => c == ' ',
                _ => false,
            };
            if !is_idle {
                kept.push(c);
                before = c;
            }
        }
        run.text = kept;
    }
    let mut after = '\n';
    for run in runs.iter_mut().rev() {
        if run.note.is_some() {
            after = '*';
            continue;
        }
        let mut kept: Vec<char> = Vec::with_capacity(run.text.len());
        for c in run.text.chars().rev() {
            if !(after == '\n' && c.is_whitespace()) {
                kept.push(c);
                after = c;
            }
        }
        run.text = kept.iter().rev().collect();
    }
    runs
}

/// Emphasis and links begin and end at something that can be seen: the space around them is plain, and between two that
/// look the same it looks like them.
fn bare(runs: Vec<Run>) -> Vec<Run> {
    let mut bare = Vec::with_capacity(runs.len());
    for run in runs {
        if run.note.is_some() {
            bare.push(run);
            continue;
        }
        let from_start = run.text.trim_start();
        let before = run.text.len() - from_start.len();
        let word = from_start.trim_end();
        bare.push(Run::plain(&run.text[..before]));
        bare.push(Run {
            text: word.to_owned(),
            ..run.clone()
        });
        bare.push(Run::plain(&run.text[before + word.len()..]));
    }
    let mut bare = joined(bare);
    for place in 1..bare.len().saturating_sub(1) {
        let (before, after) = (&bare[place - 1], &bare[place + 1]);
        if before.looks_as(after) && bare[place].note.is_none() && bare[place].text.trim().is_empty() {
            bare[place] = Run {
                text: bare[place].text.clone(),
                ..before.clone()
            };
        }
    }
    joined(bare)
}

/// Takes out the marks of footnotes that are not there.
fn without_lost_notes(block: &mut Block, notes: &HashSet<BlockId>, notices: &mut Notices) {
    let is_lost = |run: &Run| run.note.is_some_and(|note| !notes.contains(&note));
    if !block.content.runs().any(is_lost) {
        return;
    }
    let mut keep = |runs: &mut Vec<Run>| {
        let before = runs.len();
        runs.retain(|run| !is_lost(run));
        (runs.len()..before).for_each(|_| notices.tell(Notice::NoteLost));
        *runs = bare(spaced(joined(std::mem::take(runs))));
        for run in runs {
            // Nothing grew: what was within bounds is.
            run.text = piece(&mut Fields::new(), "content", &run.text, true);
        }
    };
    match &mut block.content {
        Content::Text(runs) => keep(runs),
        Content::Table { rows } => rows.iter_mut().flatten().for_each(keep),
    }
}
