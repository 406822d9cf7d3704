//! How divisions are kept, and how an act takes hold of one.

use access_rules::PersonId;
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Json, Moment};
use serde_json::json;

use super::{Division, DivisionId};
use crate::{
    amend::division::{Part, PartState},
    model::{BlockId, Text, Version},
    tables::{text_division_parts as parts_table, text_divisions as table, text_versions},
    texts,
};

/// A part as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = parts_table)]
pub struct PartRow {
    /// Of which division.
    pub division: DivisionId,
    /// Which, from 1.
    pub number: i64,
    /// Its blocks.
    pub blocks: Json<Vec<BlockId>>,
    /// Whether it is operative.
    pub is_operative: bool,
    /// How far it is.
    pub state: PartState,
    /// When it was decided.
    pub decided_at: Option<Moment>,
    /// What was noted of that.
    pub decision_note: String,
}

/// A division that an act holds.
pub struct Held {
    /// Of which text.
    pub text: Text,
    /// Of which version of it.
    pub sealed: Version,
    /// The division.
    pub row: Division,
    /// Its parts, in their order.
    pub parts: Vec<PartRow>,
}

/// As values.
pub fn parts_of(rows: &[PartRow]) -> Vec<Part> {
    rows.iter()
        .map(|row| Part {
            blocks: row.blocks.0.clone(),
            is_operative: row.is_operative,
            state: row.state,
        })
        .collect()
}

/// A division with all that belongs to it.
pub fn load(conn: &mut Conn, id: DivisionId) -> Result<Held, Fault> {
    let row: Option<Division> = on_each!(conn, |c| table::table
        .find(id)
        .select(Division::as_select())
        .first(c)
        .optional())?;
    let row = row.ok_or_else(Fault::not_found)?;
    let parts = on_each!(conn, |c| parts_table::table
        .filter(parts_table::division.eq(id))
        .order(parts_table::number)
        .select(PartRow::as_select())
        .load(c))?;
    let sealed: Version = on_each!(conn, |c| text_versions::table
        .find(row.text_version)
        .select(Version::as_select())
        .first(c))?;
    Ok(Held {
        text: texts::get(conn, row.text)?,
        sealed,
        row,
        parts,
    })
}

/// Takes hold of a division until COMMIT, on the version of it that was seen.
pub fn hold(conn: &mut Conn, id: DivisionId, version: i64) -> Result<Held, Fault> {
    let is_as_seen = on_each!(conn, |c| diesel::update(table::table.find(id))
        .filter(table::version.eq(version))
        .set(table::version.eq(version))
        .execute(c))
    .at_most_one()?;
    let held = load(conn, id)?;
    match is_as_seen {
        true => Ok(held),
        false => {
            let now = json!({ "state": held.row.state, "version": held.row.version });
            Err(Fault::stale().with("now", now))
        }
    }
}

/// Writes how far a part is.
pub fn write(conn: &mut Conn, part: &PartRow) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(
        parts_table::table.find((part.division, part.number))
    )
    .set((
        parts_table::state.eq(part.state),
        parts_table::decided_at.eq(part.decided_at),
        parts_table::decision_note.eq(&part.decision_note),
    ))
    .execute(c))
    .exactly_one()
}

/// Writes a division as it is after an act, counts it and notes the act.
pub fn save(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    act: &str,
    held: &Held,
) -> Result<(), Fault> {
    let row = &held.row;
    on_each!(conn, |c| diesel::update(table::table.find(row.id))
        .set((
            table::state.eq(row.state),
            table::decided_at.eq(row.decided_at),
            table::decision_note.eq(&row.decision_note),
            table::version.eq(row.version + 1),
        ))
        .execute(c))
    .exactly_one()?;
    let summary = json!({ "division": row.id, "state": row.state });
    texts::note(conn, who, now, act, &held.text, summary)
}

/// What was noted of decisions: it may name somebody.
pub(crate) fn notes(
    conn: &mut Conn,
) -> Result<(Vec<(DivisionId, String)>, Vec<(DivisionId, i64, String)>), Fault> {
    let own = on_each!(conn, |c| table::table
        .filter(table::decision_note.ne(""))
        .select((table::id, table::decision_note))
        .load(c))?;
    let parts = on_each!(conn, |c| parts_table::table
        .filter(parts_table::decision_note.ne(""))
        .select((
            parts_table::division,
            parts_table::number,
            parts_table::decision_note
        ))
        .load(c))?;
    Ok((own, parts))
}

/// Puts other words in their place.
pub(crate) fn rename(
    conn: &mut Conn,
    own: &[(DivisionId, String)],
    parts: &[(DivisionId, i64, String)],
) -> Result<(), Fault> {
    for (id, note) in own {
        on_each!(conn, |c| diesel::update(table::table.find(id))
            .set(table::decision_note.eq(note))
            .execute(c))
        .exactly_one()?;
    }
    for (id, number, note) in parts {
        on_each!(conn, |c| diesel::update(parts_table::table.find((id, number)))
            .set(parts_table::decision_note.eq(note))
            .execute(c))
        .exactly_one()?;
    }
    Ok(())
}
