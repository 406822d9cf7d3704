//! Taking what was adopted into the working copy of a text, in one transaction: blocks keep their ids where only their words
//! change, those that are brought get the ids they had in the amendment (R82, R87).

use std::collections::{HashMap, HashSet};

use access_rules::PersonId;
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Json, Moment};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    kept::{self, Filed, amendments_of},
    reading, terms, translating,
};
use crate::{
    amend::{
        Amendment, AmendmentId, Proposed,
        consolidate::{self, Consolidated},
    },
    blocks,
    faults::TextFault,
    model::{Block, BlockId, TextId, Translation, WorkingBlock, blocks_of},
    rewriting,
    rules::content_hash,
    tables::text_translations,
    texts, versions,
};

/// What was taken into a working copy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Applied {
    /// The amendments; none when all that were adopted had been taken in.
    #[schema(value_type = Vec<String>)]
    pub amendments: Vec<AmendmentId>,
    /// The working copy, and where each block comes from.
    pub consolidated: Consolidated,
}

/// Takes into the working copy what was adopted of the amendments to a version and is not in it yet. What others changed
/// elsewhere meanwhile stays. What is said of the new blocks in other languages comes with them.
///
/// # Errors
/// 404; `block_removed` when a block that was amended is there no more; `block_changed` when it says something else than in
/// the version; `text_full`.
pub fn apply(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    text: TextId,
    number: i64,
) -> Result<Applied, Fault> {
    let version = versions::get(conn, text, number)?;
    terms::hold(conn, text)?;
    let rows = kept::of_version(conn, version.id)?;
    let effective: HashSet<AmendmentId> = reading::effective(&rows).iter().map(|own| own.id).collect();
    let rows: Vec<Filed> = rows
        .into_iter()
        .filter(|own| effective.contains(&own.id) && own.applied_at.is_none())
        .collect();
    if rows.is_empty() {
        return Ok(Applied::default());
    }
    let row = texts::take(conn, text, None)?;
    let working = texts::working(conn, text)?;
    let adopted = amendments_of(&rows);
    stands_as_amended(conn, &version.blocks.0, &working, &adopted)?;
    let consolidated = consolidate::consolidate(&blocks_of(&working), &adopted);
    if !consolidated.left_out.is_empty() {
        return Err(Fault::internal(format!(
            "adopted amendments exclude each other: {:?}",
            consolidated.left_out
        )));
    }
    rewriting::to(conn, text, &working, &consolidated.blocks)?;
    for own in &rows {
        bring_languages(conn, own, &consolidated.blocks)?;
    }
    let ids: Vec<AmendmentId> = rows.iter().map(|own| own.id).collect();
    for own in rows {
        kept::save(
            conn,
            Filed {
                applied_at: Some(now),
                ..own
            },
        )?;
    }
    let summary = json!({ "number": number, "amendments": ids });
    texts::note(conn, who, now, "text.apply_amendments", &row, summary)?;
    Ok(Applied {
        amendments: ids,
        consolidated,
    })
}

/// Goes on when every block that is amended is there, and says what it said in the version where it is to say something else.
fn stands_as_amended(
    conn: &mut Conn,
    base: &[Block],
    working: &[WorkingBlock],
    adopted: &[Amendment],
) -> Result<(), Fault> {
    let there: HashMap<BlockId, Block> = working.iter().map(|own| (own.id, own.block())).collect();
    let before: HashMap<BlockId, &Block> = base.iter().map(|own| (own.id, own)).collect();
    let brought: HashSet<BlockId> = adopted
        .iter()
        .flat_map(|own| own.proposed.blocks())
        .map(|own| own.id)
        .collect();
    for own in adopted {
        let notes = own.proposed.notes().filter(|note| !brought.contains(note));
        let needed = own.proposed.target().filter(|_| own.of.is_none());
        for block in notes.chain(needed) {
            if !there.contains_key(&block) {
                // Refuses, and names the version that holds it.
                blocks::get(conn, block)?;
            }
        }
        let changed = match &own.proposed {
            Proposed::Delete { block } | Proposed::Replace { block, .. } => needed.map(|_| *block),
            Proposed::Add { .. } => None,
        };
        let says_as_before = |block: &BlockId| match (there.get(block), before.get(block)) {
            (Some(is), Some(was)) => is.says_as(was),
            (None | Some(_), _) => false,
        };
        if let Some(block) = changed.filter(|block| !says_as_before(block)) {
            return Err(TextFault::BlockChanged { block }.into());
        }
    }
    Ok(())
}

/// What an amendment says in other languages becomes what its blocks say in them, where they stand as it brought them.
fn bring_languages(conn: &mut Conn, row: &Filed, now_there: &[Block]) -> Result<(), Fault> {
    let brought: HashMap<BlockId, &Block> = row.proposed.0.blocks().iter().map(|own| (own.id, own)).collect();
    let stands = |block: &BlockId| -> Option<&Block> {
        let own = brought.get(block)?;
        let is = now_there.iter().find(|is| is.id == *block)?;
        is.says_as(own).then_some(is)
    };
    for said in translating::of(conn, &[row.id])? {
        if said.of_hash != row.hash {
            continue;
        }
        for own in said.said.0 {
            let Some(block) = stands(&own.block) else { continue };
            let translation = Translation {
                block: own.block,
                language: said.language.clone(),
                of_hash: content_hash(&block.content),
                text: row.text,
                content: Json(own.content),
                translated_by: said.translated_by,
                translated_at: said.translated_at,
                reviewed_by: None,
                reviewed_at: None,
                version: 1,
            };
            // Where somebody said it of the working copy already, that stays.
            on_each!(conn, |c| diesel::insert_into(text_translations::table)
                .values(&translation)
                .on_conflict_do_nothing()
                .execute(c))?;
        }
    }
    Ok(())
}
