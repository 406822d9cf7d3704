//! A version of a text put part by part, then as a whole (R85). A part that is rejected is taken out; when all operative
//! parts are, the whole is rejected without being put.
//!
//! What the parts amount to is decided in [`crate::amend::division`]. Who may ask for a division, and whether anybody
//! objects, is decided by the owner of the text.

use std::collections::HashSet;

use access_rules::PersonId;
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Json, Moment, fault::illegal_step};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

mod kept;

use kept::{Held, PartRow, parts_of};
pub(crate) use kept::{notes, rename};

use crate::{
    amend::{
        division::{self, DivisionState, Part, PartState},
        state::Decision,
    },
    faults::TextFault,
    model::{Block, BlockId, TextId, VersionId, blocks_of},
    rewriting,
    rules::NOTE_MAX,
    tables::{text_division_parts as parts_table, text_divisions as table},
    texts, versions,
};

/// The id of a division.
pub type DivisionId = Id<Division>;

/// Most parts of a division.
const PARTS_MAX: usize = 200;

/// A part as it is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(default)]
pub struct NewPart {
    /// Its blocks.
    #[schema(value_type = Vec<String>)]
    pub blocks: Vec<BlockId>,
    /// Whether something is decided in it, not said before that.
    pub is_operative: bool,
}

/// A division as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = table)]
pub struct Division {
    /// Its id.
    pub id: DivisionId,
    /// Of which text.
    pub text: TextId,
    /// Of which version of it.
    pub(crate) text_version: VersionId,
    /// How far it is.
    pub state: DivisionState,
    /// When it was asked for.
    pub asked_at: Moment,
    /// When the whole was decided.
    pub decided_at: Option<Moment>,
    /// What was noted of that.
    pub decision_note: String,
    /// Guards every act.
    pub version: i64,
}

/// A part as it may be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ShownPart {
    /// Which, from 1.
    pub number: i64,
    /// It.
    #[serde(flatten)]
    pub part: Part,
    /// When it was decided.
    pub decided_at: Option<Moment>,
    /// What was noted of that.
    pub decision_note: String,
}

/// A division as it may be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Shown {
    /// Its id.
    #[schema(value_type = String)]
    pub id: DivisionId,
    /// Of which text.
    #[schema(value_type = String)]
    pub text: TextId,
    /// Of which version of it.
    pub number: i64,
    /// How far it is.
    pub state: DivisionState,
    /// Its parts, in their order.
    pub parts: Vec<ShownPart>,
    /// What is left of the text without the parts that were rejected.
    pub left: Vec<Block>,
    /// When it was asked for.
    pub asked_at: Moment,
    /// When the whole was decided.
    pub decided_at: Option<Moment>,
    /// What was noted of that.
    pub decision_note: String,
    /// Guards every act.
    pub version: i64,
}

/// Divides a version of a text into parts that are put one by one. Blocks in no part are put with the whole alone.
///
/// # Errors
/// 404; `invalid`: `parts`; `parts_overlap`; `already_divided`.
pub fn divide(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    text: TextId,
    number: i64,
    parts: &[NewPart],
) -> Result<Shown, Fault> {
    let row = texts::get(conn, text)?;
    let sealed = versions::get(conn, text, number)?;
    checked(&sealed.blocks.0, parts)?;
    let division = Division {
        id: Id::new(),
        text,
        text_version: sealed.id,
        state: DivisionState::Parts,
        asked_at: now,
        decided_at: None,
        decision_note: String::new(),
        version: 1,
    };
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&division)
        .on_conflict_do_nothing()
        .execute(c))
    .one_or(TextFault::AlreadyDivided.into())?;
    for (number, part) in (1..).zip(parts) {
        let part = PartRow {
            division: division.id,
            number,
            blocks: Json(part.blocks.clone()),
            is_operative: part.is_operative,
            state: PartState::Waiting,
            decided_at: None,
            decision_note: String::new(),
        };
        on_each!(conn, |c| diesel::insert_into(parts_table::table)
            .values(&part)
            .execute(c))
        .exactly_one()?;
    }
    let summary = json!({ "division": division.id, "number": number, "parts": parts.len() });
    texts::note(conn, who, now, "text.divide", &row, summary)?;
    get(conn, division.id)
}

/// Puts the next part.
///
/// # Errors
/// 404; `illegal_step` when a part is being put, or none is left; `stale`.
pub fn put_part(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: DivisionId,
    version: i64,
) -> Result<Shown, Fault> {
    let mut held = kept::hold(conn, id, version)?;
    if held.row.state != DivisionState::Parts {
        return Err(illegal_step(held.row.state, DivisionState::Parts));
    }
    if held.parts.iter().any(|part| part.state == PartState::Put) {
        return Err(illegal_step(PartState::Put, PartState::Put));
    }
    let next = held
        .parts
        .iter_mut()
        .find(|part| part.state == PartState::Waiting);
    if let Some(part) = next {
        part.state = PartState::Put;
        kept::write(conn, part)?;
    }
    noted(conn, who, now, "text.put_part", &held)
}

/// Decides the part that was put. After the last one the whole is to be put, or is rejected with its operative parts.
///
/// # Errors
/// 404; `invalid`: `note`; `illegal_step` when none is being put; `stale`.
pub fn decide_part(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: DivisionId,
    version: i64,
    decision: Decision,
    note: &str,
) -> Result<Shown, Fault> {
    let mut held = kept::hold(conn, id, version)?;
    let note = checked_note(note)?;
    let to = match decision {
        Decision::Adopted => PartState::Adopted,
        Decision::Rejected => PartState::Rejected,
    };
    let put = held.parts.iter_mut().find(|part| part.state == PartState::Put);
    let Some(part) = put else {
        return Err(illegal_step(PartState::Waiting, to));
    };
    part.state = to;
    part.decided_at = Some(now);
    part.decision_note = note;
    kept::write(conn, part)?;
    held.row.state = division::state(&held.sealed.blocks.0, &parts_of(&held.parts));
    if held.row.state == DivisionState::Rejected {
        held.row.decided_at = Some(now);
    }
    noted(conn, who, now, "text.decide_part", &held)
}

/// Decides the whole, after its parts. When it is adopted, the parts that were rejected are taken out of the working copy.
///
/// # Errors
/// 404; `invalid`: `note`; `illegal_step` as long as parts wait, and when it is decided; `stale`.
pub fn decide_whole(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: DivisionId,
    version: i64,
    decision: Decision,
    note: &str,
) -> Result<Shown, Fault> {
    let mut held = kept::hold(conn, id, version)?;
    let note = checked_note(note)?;
    let to = match decision {
        Decision::Adopted => DivisionState::Adopted,
        Decision::Rejected => DivisionState::Rejected,
    };
    if held.row.state != DivisionState::Whole {
        return Err(illegal_step(held.row.state, to));
    }
    held.row.state = to;
    held.row.decided_at = Some(now);
    held.row.decision_note = note;
    if decision == Decision::Adopted {
        let text = texts::take(conn, held.text.id, None)?;
        let working = texts::working(conn, text.id)?;
        let left = division::without_rejected(&blocks_of(&working), &parts_of(&held.parts));
        rewriting::to(conn, text.id, &working, &left)?;
    }
    noted(conn, who, now, "text.decide_divided", &held)
}

/// A division.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, id: DivisionId) -> Result<Shown, Fault> {
    let held = kept::load(conn, id)?;
    let parts = parts_of(&held.parts);
    let left = division::without_rejected(&held.sealed.blocks.0, &parts);
    let shown = |(row, part): (PartRow, Part)| ShownPart {
        number: row.number,
        part,
        decided_at: row.decided_at,
        decision_note: row.decision_note,
    };
    Ok(Shown {
        id,
        text: held.row.text,
        number: held.sealed.number,
        state: held.row.state,
        parts: held.parts.into_iter().zip(parts).map(shown).collect(),
        left,
        asked_at: held.row.asked_at,
        decided_at: held.row.decided_at,
        decision_note: held.row.decision_note,
        version: held.row.version,
    })
}

/// The division of a version, if it was divided.
///
/// # Errors
/// 404 when there is no such version.
pub fn find(conn: &mut Conn, text: TextId, number: i64) -> Result<Option<Shown>, Fault> {
    let version = versions::get(conn, text, number)?;
    let id: Option<DivisionId> = on_each!(conn, |c| table::table
        .filter(table::text_version.eq(version.id))
        .select(table::id)
        .first(c)
        .optional())?;
    id.map(|id| get(conn, id)).transpose()
}

fn checked(base: &[Block], parts: &[NewPart]) -> Result<(), Fault> {
    let mut fields = Fields::new();
    if parts.is_empty() {
        fields.wrong("parts", "required");
    }
    if parts.len() > PARTS_MAX {
        fields.wrong_with("parts", "too_many_parts", "most", PARTS_MAX);
    }
    let there: HashSet<BlockId> = base.iter().map(|block| block.id).collect();
    let mut taken = HashSet::new();
    let mut is_apart = true;
    for (place, part) in parts.iter().enumerate() {
        let field = format!("parts.{place}.blocks");
        if part.blocks.is_empty() {
            fields.wrong(&field, "required");
        }
        if !part.blocks.iter().all(|block| there.contains(block)) {
            fields.wrong(&field, "not_in_version");
        }
        is_apart &= part.blocks.iter().all(|block| taken.insert(*block));
    }
    fields.done()?;
    match is_apart {
        true => Ok(()),
        false => Err(TextFault::PartsOverlap.into()),
    }
}

fn checked_note(note: &str) -> Result<String, Fault> {
    let mut fields = Fields::new();
    let note = fields.paragraph("note", note, NOTE_MAX);
    fields.done()?;
    Ok(note)
}

fn noted(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    act: &str,
    held: &Held,
) -> Result<Shown, Fault> {
    kept::save(conn, who, now, act, held)?;
    get(conn, held.row.id)
}
