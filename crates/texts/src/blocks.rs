//! The blocks of a working copy: put in, changed, moved, taken out, or all replaced by an import.
//!
//! Two hands on different blocks never disturb each other: each block guards its own words, and where it stands is not
//! counted. What is taken out leaves a tombstone, for anchors (R87). Who may is decided by the owner of the text.

use std::collections::{HashMap, HashSet};

use access_rules::PersonId;
use db::{Affected as _, Conn, on_each};
use diesel::{prelude::*, sql_query};
use kernel::{Fault, Fields, Id, Json, Moment, column::UuidSql};
use serde_json::json;

use crate::{
    clean::{self, BLOCKS_MAX, BYTES_MAX, Notices},
    diff,
    faults::TextFault,
    model::{Block, BlockId, BlockInput, BlockKind, Content, TextId, WorkingBlock, blocks_of},
    rules::{self, GAP},
    tables::text_blocks,
    texts, versions,
};

/// A block after an edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// It.
    pub block: WorkingBlock,
    /// What was changed in what was handed in.
    pub notices: Notices,
}

/// What an import did to a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replaced {
    /// Blocks that say what they said.
    pub kept: usize,
    /// Blocks that say something else.
    pub changed: usize,
    /// New ones.
    pub added: usize,
    /// Those that are there no more.
    pub removed: usize,
    /// What was changed in what was handed in.
    pub notices: Notices,
}

/// A block of the working copy.
///
/// # Errors
/// 404; `block_removed`, naming the last sealed version that holds it.
pub fn get(conn: &mut Conn, id: BlockId) -> Result<WorkingBlock, Fault> {
    let found = find(conn, id)?.ok_or_else(Fault::not_found)?;
    match found.removed_in {
        None => Ok(found),
        Some(_) => Err(TextFault::BlockRemoved {
            version: found.last_seen_in(),
        }
        .into()),
    }
}

/// A block of the working copy, or its tombstone, if there is such.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, id: BlockId) -> Result<Option<WorkingBlock>, Fault> {
    Ok(on_each!(conn, |c| text_blocks::table
        .find(id)
        .select(WorkingBlock::as_select())
        .first(c)
        .optional())?)
}

/// Puts a block in after another, or before all of them.
///
/// # Errors
/// 404; `invalid`: `content`, `after`; `text_full`.
pub fn add(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    text: TextId,
    after: Option<BlockId>,
    input: BlockInput,
) -> Result<Edited, Fault> {
    let row = texts::take(conn, text, None)?;
    let (input, notices) = checked(conn, text, input)?;
    has_room(conn, text, None, &input.content)?;
    let place = place_after(conn, text, after, None)?;
    let last = versions::last(conn, text)?;
    let block = put_in(conn, text, last, place, input.with_id(Id::new()))?;
    texts::note(
        conn,
        who,
        now,
        "text.add_block",
        &row,
        json!({ "block": block.id, "after": after }),
    )?;
    Ok(Edited { block, notices })
}

/// Has a block say something else, on the version of it that was seen.
///
/// # Errors
/// 404; `block_removed`; `invalid`: `content`; `footnote_in_use`; `text_full`; `stale`, telling the block as it is `now`.
pub fn change(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: BlockId,
    version: i64,
    input: BlockInput,
) -> Result<Edited, Fault> {
    let text = get(conn, id)?.text;
    let row = texts::take(conn, text, None)?;
    let before = get(conn, id)?;
    if before.version != version {
        return Err(Fault::stale().with("now", json!(before)));
    }
    let (input, notices) = checked(conn, text, input)?;
    if before.kind == BlockKind::Footnote && input.kind != BlockKind::Footnote {
        nothing_refers_to(conn, text, id)?;
    }
    if clean::bytes(&input.content) > clean::bytes(&before.content.0) {
        has_room(conn, text, Some(id), &input.content)?;
    }
    let after = WorkingBlock {
        kind: input.kind,
        level: input.level,
        numbered: input.numbered,
        content: Json(input.content),
        version: version + 1,
        ..before
    };
    write(conn, &after, version)?;
    let summary = json!({ "block": id, "version": after.version });
    texts::note(conn, who, now, "text.change_block", &row, summary)?;
    Ok(Edited {
        block: after,
        notices,
    })
}

/// Puts a block elsewhere: after another, or before all of them. What it says, and the version that guards it, stay.
///
/// # Errors
/// 404; `block_removed`; `invalid`: `after`.
pub fn move_after(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: BlockId,
    after: Option<BlockId>,
) -> Result<WorkingBlock, Fault> {
    let text = get(conn, id)?.text;
    let row = texts::take(conn, text, None)?;
    let block = get(conn, id)?;
    let place = place_after(conn, text, after, Some(id))?;
    on_each!(conn, |c| diesel::update(text_blocks::table.find(id))
        .set(text_blocks::place.eq(place))
        .execute(c))
    .exactly_one()?;
    texts::note(
        conn,
        who,
        now,
        "text.move_block",
        &row,
        json!({ "block": id, "after": after }),
    )?;
    Ok(WorkingBlock { place, ..block })
}

/// Takes a block out, on the version of it that was seen. Its tombstone stays.
///
/// # Errors
/// 404; `block_removed`; `footnote_in_use`; `stale`, telling the block as it is `now`.
pub fn remove(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: BlockId,
    version: i64,
) -> Result<WorkingBlock, Fault> {
    let text = get(conn, id)?.text;
    let row = texts::take(conn, text, None)?;
    let block = get(conn, id)?;
    if block.version != version {
        return Err(Fault::stale().with("now", json!(block)));
    }
    if block.kind == BlockKind::Footnote {
        nothing_refers_to(conn, text, id)?;
    }
    let last = versions::last(conn, text)?;
    bury(conn, id, last)?;
    texts::note(
        conn,
        who,
        now,
        "text.remove_block",
        &row,
        json!({ "block": id, "last": last }),
    )?;
    Ok(WorkingBlock {
        removed_in: Some(last),
        ..block
    })
}

/// Replaces all blocks, on the version of the text that was seen, where one is named. A block that bears the id of one
/// that is there, or says nearly what one said, is that one and keeps its id (R87).
///
/// # Errors
/// 404; `stale`; `invalid`: `blocks`.
pub fn replace_all(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    text: TextId,
    version: Option<i64>,
    blocks: Vec<Block>,
) -> Result<Replaced, Fault> {
    let row = texts::take(conn, text, version)?;
    let mut replaced = Replaced::default();
    let mut fields = Fields::new();
    let blocks = clean::blocks(&mut fields, "blocks", blocks, &mut replaced.notices);
    fields.done()?;
    let old = texts::working(conn, text)?;
    let last = versions::last(conn, text)?;
    let mut before: HashMap<BlockId, WorkingBlock> = old.iter().map(|row| (row.id, row.clone())).collect();
    for (place, block) in as_they_were(&blocks_of(&old), blocks).into_iter().enumerate() {
        let place = rules::place_at(place);
        let Some(was) = before.remove(&block.id) else {
            replaced.added += 1;
            put_in(conn, text, last, place, block)?;
            continue;
        };
        let says_same = was.block().says_as(&block);
        match says_same {
            true => replaced.kept += 1,
            false => replaced.changed += 1,
        }
        let is = WorkingBlock {
            place,
            kind: block.kind,
            level: block.level,
            numbered: block.numbered,
            content: Json(block.content),
            version: was.version + i64::from(!says_same),
            ..was.clone()
        };
        if is != was {
            write(conn, &is, was.version)?;
        }
    }
    replaced.removed = before.len();
    for id in before.into_keys() {
        bury(conn, id, last)?;
    }
    let summary = json!({
        "kept": replaced.kept,
        "changed": replaced.changed,
        "added": replaced.added,
        "removed": replaced.removed,
    });
    texts::note(conn, who, now, "text.replace_all", &row, summary)?;
    Ok(replaced)
}

/// Writes a new block.
pub(crate) fn put_in(
    conn: &mut Conn,
    text: TextId,
    last: i64,
    place: i64,
    block: Block,
) -> Result<WorkingBlock, Fault> {
    let row = WorkingBlock {
        id: block.id,
        text,
        place,
        kind: block.kind,
        level: block.level,
        numbered: block.numbered,
        content: Json(block.content),
        version: 1,
        added_after: last,
        removed_in: None,
    };
    on_each!(conn, |c| diesel::insert_into(text_blocks::table)
        .values(&row)
        .execute(c))
    .exactly_one()?;
    Ok(row)
}

/// New blocks under the ids of those they are, and the others under new ids, whatever ids they bear.
fn as_they_were(old: &[Block], mut new: Vec<Block>) -> Vec<Block> {
    let there: HashSet<BlockId> = old.iter().map(|block| block.id).collect();
    let named: HashSet<BlockId> = new
        .iter()
        .map(|block| block.id)
        .filter(|id| there.contains(id))
        .collect();
    let free = |block: &&Block| !named.contains(&block.id);
    let others: Vec<Block> = new.iter().filter(free).cloned().collect();
    let free_old: Vec<Block> = old.iter().filter(free).cloned().collect();
    let ids: HashMap<BlockId, BlockId> = others
        .iter()
        .zip(diff::align(&free_old, &others))
        .map(|(block, found)| (block.id, found.unwrap_or_else(Id::new)))
        .collect();
    for block in &mut new {
        block.id = ids.get(&block.id).copied().unwrap_or(block.id);
        for run in block.content.runs_mut() {
            run.note = run.note.map(|note| ids.get(&note).copied().unwrap_or(note));
        }
    }
    new
}

/// Checks a block against its text.
pub(crate) fn checked(
    conn: &mut Conn,
    text: TextId,
    input: BlockInput,
) -> Result<(BlockInput, Notices), Fault> {
    let notes: Vec<BlockId> = match input.content.notes().next() {
        None => vec![],
        Some(_) => on_each!(conn, |c| text_blocks::table
            .filter(text_blocks::text.eq(text))
            .filter(text_blocks::kind.eq(BlockKind::Footnote))
            .filter(text_blocks::removed_in.is_null())
            .select(text_blocks::id)
            .load(c))?,
    };
    let mut fields = Fields::new();
    let mut notices = Notices::default();
    let notes = notes.into_iter().collect();
    let input = clean::block(&mut fields, "content", input, &notes, &mut notices);
    fields.done()?;
    Ok((input, notices))
}

/// Goes on when a text has room for a content, in a new block or instead of what one says.
fn has_room(
    conn: &mut Conn,
    text: TextId,
    instead_of: Option<BlockId>,
    content: &Content,
) -> Result<(), Fault> {
    let mut others: Vec<(BlockId, Json<Content>)> = on_each!(conn, |c| text_blocks::table
        .filter(text_blocks::text.eq(text))
        .filter(text_blocks::removed_in.is_null())
        .select((text_blocks::id, text_blocks::content))
        .load(c))?;
    others.retain(|(id, _)| Some(*id) != instead_of);
    let bytes: usize = others.iter().map(|(_, own)| clean::bytes(&own.0)).sum();
    match others.len() < BLOCKS_MAX && bytes + clean::bytes(content) <= BYTES_MAX {
        true => Ok(()),
        false => Err(TextFault::TextFull {
            most: BLOCKS_MAX,
            bytes: BYTES_MAX,
        }
        .into()),
    }
}

fn nothing_refers_to(conn: &mut Conn, text: TextId, footnote: BlockId) -> Result<(), Fault> {
    let working = texts::working(conn, text)?;
    let mut notes = working.iter().flat_map(|block| block.content.0.notes());
    match notes.any(|note| note == footnote) {
        true => Err(TextFault::FootnoteInUse.into()),
        false => Ok(()),
    }
}

/// The place after a block, or before all; `moved` is the block that is to come there. Where there is none left, all
/// are placed anew.
fn place_after(
    conn: &mut Conn,
    text: TextId,
    after: Option<BlockId>,
    moved: Option<BlockId>,
) -> Result<i64, Fault> {
    for _ in 0..2 {
        let left = match after {
            None => None,
            Some(after) => Some(place_of(conn, text, after, moved)?),
        };
        let right: Option<i64> = on_each!(conn, |c| text_blocks::table
            .filter(text_blocks::text.eq(text))
            .filter(text_blocks::removed_in.is_null())
            .filter(text_blocks::place.gt(left.unwrap_or(i64::MIN)))
            .order(text_blocks::place)
            .select(text_blocks::place)
            .first(c)
            .optional())?;
        if let Some(place) = rules::place_between(left, right) {
            return Ok(place);
        }
        place_anew(conn, text)?;
    }
    Err(Fault::internal(
        "there is no place between two blocks that were placed anew",
    ))
}

fn place_of(conn: &mut Conn, text: TextId, after: BlockId, moved: Option<BlockId>) -> Result<i64, Fault> {
    let place: Option<i64> = on_each!(conn, |c| text_blocks::table
        .find(after)
        .filter(text_blocks::text.eq(text))
        .filter(text_blocks::removed_in.is_null())
        .select(text_blocks::place)
        .first(c)
        .optional())?;
    place
        .filter(|_| Some(after) != moved)
        .ok_or_else(|| TextFault::NoSuchPlace.into())
}

/// Places all blocks of a text a gap apart, in one statement.
fn place_anew(conn: &mut Conn, text: TextId) -> Result<(), Fault> {
    let asked = format!(
        "UPDATE text_blocks SET place = placed.anew FROM \
         (SELECT id AS block, row_number() OVER (ORDER BY place, id) * {GAP} AS anew \
         FROM text_blocks WHERE text = $1 AND removed_in IS NULL) AS placed \
         WHERE text_blocks.id = placed.block"
    );
    on_each!(conn, |c| sql_query(&asked).bind::<UuidSql, _>(text).execute(c))?;
    Ok(())
}

/// Writes what a block says and where it stands, if nobody was there since.
pub(crate) fn write(conn: &mut Conn, after: &WorkingBlock, version: i64) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(text_blocks::table.find(after.id))
        .filter(text_blocks::version.eq(version))
        .filter(text_blocks::removed_in.is_null())
        .set((
            text_blocks::place.eq(after.place),
            text_blocks::kind.eq(after.kind),
            text_blocks::level.eq(after.level),
            text_blocks::numbered.eq(after.numbered),
            text_blocks::content.eq(&after.content),
            text_blocks::version.eq(after.version),
        ))
        .execute(c))
    .one_or(Fault::stale())
}

/// Makes a block a tombstone.
pub(crate) fn bury(conn: &mut Conn, id: BlockId, last: i64) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(text_blocks::table.find(id))
        .filter(text_blocks::removed_in.is_null())
        .set(text_blocks::removed_in.eq(last))
        .execute(c))
    .exactly_one()
}
