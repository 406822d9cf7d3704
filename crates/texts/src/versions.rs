//! Sealed versions of a text, what differs between them, and where an anchor leads.
//!
//! A version is whole and never changed. Who may seal is decided by the owner of the text.

use access_rules::PersonId;
use db::{Affected as _, Conn, on_each};
use diesel::{dsl::max, prelude::*};
use kernel::{Fault, Fields, Id, Json, Localized, Moment};
use serde::Serialize;
use serde_json::json;

use crate::{
    blocks,
    diff::{self, BlockDiff},
    model::{Block, BlockId, Text, TextId, Version, VersionLine, blocks_of},
    numbering::{self, Label},
    rules,
    tables::{text_versions, texts as texts_table},
    texts, translations,
};

/// Where an anchor leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Resolved {
    /// To a block of the working copy.
    Here {
        /// Its place among all blocks, from 1.
        place: usize,
        /// What it is called now.
        label: Label,
        /// It.
        block: Block,
    },
    /// To one that is there no more.
    Tombstone {
        /// The last sealed version that holds it; none when it came and went between two.
        version: Option<i64>,
        /// As it stands in that version: words that were never sealed are handed out to nobody.
        block: Option<Block>,
    },
}

/// Seals the working copy, and with it what it says in other languages. Where nothing changed since the last version, it is
/// that one.
///
/// # Errors
/// 404; `invalid`: `note`.
pub fn seal(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    text: TextId,
    note: &str,
) -> Result<Version, Fault> {
    let row = hold(conn, text)?;
    let mut fields = Fields::new();
    let note = fields.paragraph("note", note, rules::NOTE_MAX);
    fields.done()?;
    let blocks = blocks_of(&texts::working(conn, text)?);
    let hash = rules::text_hash(&row.language, &row.title, &blocks);
    let translations = translations::all_said(conn, text, &blocks)?;
    let last = last(conn, text)?;
    if last > 0 {
        let sealed = get(conn, text, last)?;
        if sealed.hash == hash && translations::all_sealed(conn, sealed.id)? == translations {
            return Ok(sealed);
        }
    }
    let version = Version {
        id: Id::new(),
        text,
        number: last + 1,
        language: row.language.clone(),
        title: row.title.clone(),
        blocks: Json(blocks),
        hash,
        note,
        sealed_at: now,
        sealed_by: who,
    };
    on_each!(conn, |c| diesel::insert_into(text_versions::table)
        .values(&version)
        .execute(c))
    .exactly_one()?;
    translations::seal(conn, version.id, translations)?;
    let summary = json!({ "number": version.number, "hash": version.hash });
    texts::note(conn, who, now, "text.seal", &row, summary)?;
    Ok(version)
}

/// Every version of a text, the newest first, without their blocks.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &mut Conn, text: TextId) -> Result<Vec<VersionLine>, Fault> {
    Ok(on_each!(conn, |c| text_versions::table
        .filter(text_versions::text.eq(text))
        .order(text_versions::number.desc())
        .select(VersionLine::as_select())
        .load(c))?)
}

/// A version, whole.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, text: TextId, number: i64) -> Result<Version, Fault> {
    let found: Option<Version> = on_each!(conn, |c| text_versions::table
        .filter(text_versions::text.eq(text))
        .filter(text_versions::number.eq(number))
        .select(Version::as_select())
        .first(c)
        .optional())?;
    found.ok_or_else(Fault::not_found)
}

/// The number of the last version, 0 for none.
///
/// # Errors
/// When the database refuses.
pub fn last(conn: &mut Conn, text: TextId) -> Result<i64, Fault> {
    let last: Option<i64> = on_each!(conn, |c| text_versions::table
        .filter(text_versions::text.eq(text))
        .select(max(text_versions::number))
        .first(c))?;
    Ok(last.unwrap_or(0))
}

/// The title of every version of these texts, by its number.
///
/// # Errors
/// When the database refuses.
pub fn titles(conn: &mut Conn, texts: &[TextId]) -> Result<Vec<(TextId, i64, Localized)>, Fault> {
    Ok(on_each!(conn, |c| text_versions::table
        .filter(text_versions::text.eq_any(texts))
        .select((text_versions::text, text_versions::number, text_versions::title))
        .load(c))?)
}

/// What differs from one version to another, or to the working copy when none is named.
///
/// # Errors
/// 404.
pub fn between(conn: &mut Conn, text: TextId, from: i64, to: Option<i64>) -> Result<Vec<BlockDiff>, Fault> {
    let old = get(conn, text, from)?.blocks.0;
    let new = match to {
        Some(to) => get(conn, text, to)?.blocks.0,
        None => blocks_of(&texts::working(conn, text)?),
    };
    Ok(diff::between(&old, &new))
}

/// Where the anchor of a block leads (R87).
///
/// # Errors
/// 404 when the text never held such a block.
pub fn resolve(conn: &mut Conn, text: TextId, block: BlockId) -> Result<Resolved, Fault> {
    let row = blocks::find(conn, block)?
        .filter(|row| row.text == text)
        .ok_or_else(Fault::not_found)?;
    if row.removed_in.is_some() {
        let version = row.last_seen_in();
        let sealed = version.map(|number| get(conn, text, number)).transpose()?;
        return Ok(Resolved::Tombstone {
            version,
            block: sealed.and_then(|sealed| sealed.blocks.0.into_iter().find(|own| own.id == block)),
        });
    }
    let working = blocks_of(&texts::working(conn, text)?);
    let at = working
        .iter()
        .position(|own| own.id == block)
        .ok_or_else(Fault::not_found)?;
    let label = numbering::labels(&working)
        .into_iter()
        .nth(at)
        .unwrap_or_default();
    Ok(Resolved::Here {
        place: at + 1,
        label,
        block: row.block(),
    })
}

/// Holds the row of a text until COMMIT without changing it: two who seal stand in line, and whoever edits with them.
fn hold(conn: &mut Conn, text: TextId) -> Result<Text, Fault> {
    let held: Option<Text> = on_each!(conn, |c| diesel::update(texts_table::table.find(text))
        .set(texts_table::version.eq(texts_table::version))
        .returning(Text::as_returning())
        .get_result(c)
        .optional())?;
    held.ok_or_else(Fault::not_found)
}
