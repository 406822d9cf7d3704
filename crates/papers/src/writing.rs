//! Writing at a paper: its title, its blocks, the whole of it pasted in, its priorities.
//!
//! Every act is asked whether the actor may write at it, and takes the paper's row, so that nobody writes into a paper that
//! is being handed in. Two hands on different blocks never disturb each other; two on one are told what is there now.
//! A paper that was returned is drafted again with the first edit.

use std::collections::HashSet;

use access_rules::{Act, Actor, PaperId};
use db::Conn;
use kernel::{Fault, Fields, Localized, Moment};
use serde::{Deserialize, Serialize};
use texts::{
    Imported,
    blocks::{self, Edited},
    clean::{Notice, Notices},
    markdown,
    model::{Block, BlockId, BlockInput, BlockKind, Content, Run, Text, WorkingBlock},
    paste, texts as all_texts,
};
use utoipa::ToSchema;

use crate::{
    model::{Paper, PaperState, Priority},
    papers, progress, rules,
};

/// What the form of a title asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct TitleInput {
    /// The title, in one language at least.
    pub title: Localized,
}

/// What the form of a block asks: either what it holds, or its words as Markdown.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct BlockForm {
    /// For a new block: after which it stands; before all of them when none.
    #[schema(value_type = Option<String>)]
    pub after: Option<BlockId>,
    /// What sort it is; a paragraph when none is named.
    pub kind: Option<BlockKind>,
    /// The level of a heading, the depth of an item.
    pub level: i32,
    /// Whether an item is counted.
    pub numbered: bool,
    /// What it holds.
    pub content: Option<Content>,
    /// Its words as Markdown, of one block or several: they say themselves what sort they are.
    pub markdown: Option<String>,
}

/// Where a block goes.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct MoveInput {
    /// After which; before all of them when none.
    #[schema(value_type = Option<String>)]
    pub after: Option<BlockId>,
}

/// A whole text, pasted in.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ImportInput {
    /// It.
    pub text: String,
}

/// What the form of priorities asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct PrioritiesInput {
    /// All of them.
    pub priorities: Vec<Priority>,
}

/// A paper's title after an edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TitleView {
    /// It.
    pub title: Localized,
    /// Guards edits of title and whole text.
    pub text_version: i64,
}

/// What was changed in what was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NoticeView {
    /// What.
    pub notice: Notice,
    /// How often.
    pub times: usize,
}

/// A block of the working copy after an edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct BlockView {
    /// It.
    #[serde(flatten)]
    pub block: Block,
    /// Guards edits of what it says.
    pub version: i64,
    /// Whether it was taken out.
    pub is_removed: bool,
}

/// What an edit did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct EditView {
    /// The blocks it made or changed, in their order.
    pub blocks: Vec<BlockView>,
    /// What was changed in what was handed in.
    pub notices: Vec<NoticeView>,
}

/// What an import did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReplacedView {
    /// Blocks that say what they said.
    pub kept: usize,
    /// Blocks that say something else.
    pub changed: usize,
    /// New ones.
    pub added: usize,
    /// Those that are there no more.
    pub removed: usize,
    /// What was changed in what was handed in.
    pub notices: Vec<NoticeView>,
}

/// Gives a paper another title, on the version of its text that was seen, where one is named.
///
/// # Errors
/// 401, 403, 404; `paper_revoked`; `paper_not_writable`; `deadline_passed`; `invalid`: `title`; `stale`.
pub fn rename(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    version: Option<i64>,
    input: &TitleInput,
) -> Result<TitleView, Fault> {
    let paper = open(conn, actor, now, id)?;
    all_texts::rename(conn, actor.person, now, paper.text, version, &input.title).map(TitleView::from)
}

/// Puts a block in, or the several that Markdown makes.
///
/// # Errors
/// 401, 403, 404; `paper_revoked`; `paper_not_writable`; `deadline_passed`; `invalid`: `content`, `after`; `text_full`.
pub fn add(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    input: &BlockForm,
) -> Result<EditView, Fault> {
    let paper = open(conn, actor, now, id)?;
    let (blocks, mut notices) = handed_in(input)?;
    let added = add_after(conn, actor, now, &paper, input.after, blocks, &mut notices)?;
    Ok(EditView {
        blocks: added.into_iter().map(BlockView::from).collect(),
        notices: told(notices),
    })
}

/// Has a block say something else, on the version of it that was seen. Where Markdown makes several of it, the others stand
/// after it.
///
/// # Errors
/// 401, 403, 404; `paper_revoked`; `paper_not_writable`; `deadline_passed`; `block_removed`; `invalid`: `content`;
/// `footnote_in_use`; `text_full`; `stale`, telling the block as it is `now`.
pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    block: BlockId,
    version: i64,
    input: &BlockForm,
) -> Result<EditView, Fault> {
    let paper = open(conn, actor, now, id)?;
    let before = own_block(conn, &paper, block)?;
    let (blocks, mut notices) = handed_in(input)?;
    let mut blocks = blocks.into_iter();
    let mut first = blocks.next().ok_or_else(|| Fault::field("content", "required"))?;
    if input.markdown.is_some() {
        keep_marks(&mut first, &before.content.0);
    }
    let Edited {
        block: changed,
        notices: more,
    } = blocks::change(conn, actor.person, now, block, version, first)?;
    add_up(&mut notices, more);
    let mut all = vec![changed];
    all.extend(add_after(
        conn,
        actor,
        now,
        &paper,
        Some(block),
        blocks.collect(),
        &mut notices,
    )?);
    Ok(EditView {
        blocks: all.into_iter().map(BlockView::from).collect(),
        notices: told(notices),
    })
}

/// Puts a block elsewhere. The version that guards what it says stays.
///
/// # Errors
/// 401, 403, 404; `paper_revoked`; `paper_not_writable`; `deadline_passed`; `block_removed`; `no_such_place`.
pub fn move_after(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    block: BlockId,
    input: &MoveInput,
) -> Result<BlockView, Fault> {
    let paper = open(conn, actor, now, id)?;
    own_block(conn, &paper, block)?;
    blocks::move_after(conn, actor.person, now, block, input.after).map(BlockView::from)
}

/// Takes a block out, on the version of it that was seen.
///
/// # Errors
/// 401, 403, 404; `paper_revoked`; `paper_not_writable`; `deadline_passed`; `block_removed`; `footnote_in_use`; `stale`,
/// telling the block as it is `now`.
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    block: BlockId,
    version: i64,
) -> Result<BlockView, Fault> {
    let paper = open(conn, actor, now, id)?;
    own_block(conn, &paper, block)?;
    blocks::remove(conn, actor.person, now, block, version).map(BlockView::from)
}

/// Replaces all a paper says by Markdown, on the version of its text that was seen, where one is named. Blocks that say what
/// was there, or nearly, keep their ids (R87).
///
/// # Errors
/// 401, 403, 404; `paper_revoked`; `paper_not_writable`; `deadline_passed`; `too_much_pasted`; `invalid`: `blocks`; `stale`.
pub fn replace_all_markdown(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    version: Option<i64>,
    input: &ImportInput,
) -> Result<ReplacedView, Fault> {
    replace_all(conn, actor, now, id, version, || markdown::import(&input.text))
}

/// The same by HTML, as a word processor pastes it.
///
/// # Errors
/// As [`replace_all_markdown`].
pub fn replace_all_html(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    version: Option<i64>,
    input: &ImportInput,
) -> Result<ReplacedView, Fault> {
    replace_all(conn, actor, now, id, version, || paste::import(&input.text))
}

/// The same by what was read of a file: a Word document that was written out here has the ids of its blocks. It is read
/// before, since that takes its time ([`texts::docx::import`]).
///
/// # Errors
/// As [`replace_all_markdown`].
pub fn replace_all_read(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    version: Option<i64>,
    imported: Imported,
) -> Result<ReplacedView, Fault> {
    replace_all(conn, actor, now, id, version, || Ok(imported))
}

/// Goes on for who may write at a paper: from nobody else a file is read. Whether it is written at now is asked once it was.
///
/// # Errors
/// 401, 403, 404.
pub fn may_write(conn: &mut Conn, actor: &Actor, now: Moment, id: PaperId) -> Result<(), Fault> {
    let paper = papers::get(conn, actor, now, id)?;
    papers::may(actor, Act::WritePaper, &paper, now).or_fault()
}

/// Says which priorities a paper sets (R65), on the version of the paper that was seen, where one is named: its team while it
/// is written, who manages it at any time.
///
/// # Errors
/// 401, 403, 404; `paper_revoked`; `paper_not_writable`; `deadline_passed`; `invalid` with each field; `stale`.
pub fn set_priorities(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    version: Option<i64>,
    input: &PrioritiesInput,
) -> Result<Paper, Fault> {
    let seen = papers::get(conn, actor, now, id)?;
    let version = match papers::may(actor, Act::ManagePapers, &seen, now).allows() {
        true => version,
        false => {
            let opened = open(conn, actor, now, id)?;
            // A returned paper is drafted again by this very act: what counted it up was not somebody else.
            version.map(|version| version + opened.version - seen.version)
        }
    };
    progress::set_priorities(conn, actor.person, now, id, version, &input.priorities)
}

/// A paper the actor writes at now. Its row is held until COMMIT; where it was returned, it is drafted again.
fn open(conn: &mut Conn, actor: &Actor, now: Moment, id: PaperId) -> Result<Paper, Fault> {
    let paper = papers::get(conn, actor, now, id)?;
    papers::may(actor, Act::WritePaper, &paper, now).or_fault()?;
    let paper = progress::hold(conn, id)?;
    rules::writable(&paper, now)?;
    match paper.state {
        PaperState::Returned => progress::go(conn, actor.person, now, id, PaperState::Drafting, ""),
        _ => Ok(paper),
    }
}

/// A block of a paper's text, or its tombstone.
pub(crate) fn own_block(conn: &mut Conn, paper: &Paper, block: BlockId) -> Result<WorkingBlock, Fault> {
    blocks::find(conn, block)?
        .filter(|row| row.text == paper.text)
        .ok_or_else(Fault::not_found)
}

/// The blocks that were handed in.
fn handed_in(input: &BlockForm) -> Result<(Vec<BlockInput>, Notices), Fault> {
    if let Some(text) = &input.markdown {
        let imported = markdown::import(text)?;
        if imported.blocks.is_empty() {
            return Err(Fault::field("markdown", "required"));
        }
        let blocks = imported.blocks.iter().map(Block::input).collect();
        return Ok((blocks, imported.notices));
    }
    let mut fields = Fields::new();
    let content = fields.required("content", input.content.clone());
    fields.done()?;
    let block = BlockInput {
        kind: input.kind.unwrap_or(BlockKind::Paragraph),
        level: input.level,
        numbered: input.numbered,
        content: content.ok_or_else(|| Fault::internal("a required field is missing unnoticed"))?,
    };
    Ok((vec![block], Notices::default()))
}

/// Adds blocks one after another.
fn add_after(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    paper: &Paper,
    mut after: Option<BlockId>,
    new: Vec<BlockInput>,
    notices: &mut Notices,
) -> Result<Vec<WorkingBlock>, Fault> {
    let mut added = Vec::new();
    for block in new {
        let edited = blocks::add(conn, actor.person, now, paper.text, after, block)?;
        add_up(notices, edited.notices);
        after = Some(edited.block.id);
        added.push(edited.block);
    }
    Ok(added)
}

/// Markdown of one block cannot name the footnotes of the others: the marks that stood there stay, at its end.
pub(crate) fn keep_marks(block: &mut BlockInput, before: &Content) {
    let there: HashSet<BlockId> = block.content.notes().collect();
    let lost: Vec<BlockId> = before.notes().filter(|note| !there.contains(note)).collect();
    if let Content::Text(runs) = &mut block.content {
        runs.extend(lost.into_iter().map(Run::mark));
    }
}

fn replace_all(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    version: Option<i64>,
    import: impl FnOnce() -> Result<Imported, Fault>,
) -> Result<ReplacedView, Fault> {
    let paper = open(conn, actor, now, id)?;
    let imported = import()?;
    let mut notices = imported.notices;
    let replaced = blocks::replace_all(conn, actor.person, now, paper.text, version, imported.blocks)?;
    add_up(&mut notices, replaced.notices);
    Ok(ReplacedView {
        kept: replaced.kept,
        changed: replaced.changed,
        added: replaced.added,
        removed: replaced.removed,
        notices: told(notices),
    })
}

fn add_up(notices: &mut Notices, more: Notices) {
    for (notice, times) in more.0 {
        *notices.0.entry(notice).or_default() += times;
    }
}

fn told(notices: Notices) -> Vec<NoticeView> {
    let view = |(notice, times)| NoticeView { notice, times };
    notices.0.into_iter().map(view).collect()
}

impl From<Text> for TitleView {
    fn from(text: Text) -> Self {
        Self {
            title: text.title,
            text_version: text.version,
        }
    }
}

impl From<WorkingBlock> for BlockView {
    fn from(row: WorkingBlock) -> Self {
        Self {
            block: row.block(),
            version: row.version,
            is_removed: row.removed_in.is_some(),
        }
    }
}
