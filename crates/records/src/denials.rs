//! Who was refused what, and why: ids and reasons, never titles (R20). Written in batches after the answers.

use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Moment, Page, PageAsk, page::Cursor};

use crate::{
    model::{Denial, DenialRow},
    tables::denials,
};

/// Rows in one statement: SQLite and PostgreSQL bound how many values one may carry.
const STRIDE: usize = 500;

/// Appends refusals in the order given.
///
/// # Errors
/// When the database refuses.
pub fn append(conn: &mut Conn, refusals: &[Denial]) -> Result<(), Fault> {
    for some in refusals.chunks(STRIDE) {
        let rows: Vec<DenialRow> = some.iter().map(row).collect();
        on_each!(conn, |c| diesel::insert_into(denials::table)
            .values(&rows)
            .execute(c))?;
    }
    Ok(())
}

/// Refusals, the newest first.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &mut Conn, ask: &PageAsk) -> Result<Page<DenialRow>, Fault> {
    let before: Option<Id<DenialRow>> = ask.after.as_ref().map(|cursor| Id::from_uuid(cursor.id));
    let rows: Vec<DenialRow> = on_each!(conn, |c| {
        let mut asked = denials::table.select(DenialRow::as_select()).into_boxed();
        if let Some(before) = before {
            asked = asked.filter(denials::id.lt(before));
        }
        asked.order(denials::id.desc()).limit(ask.fetch()).load(c)
    })?;
    Ok(Page::cut(rows, ask, |row| Cursor {
        key: String::new(),
        id: row.id.uuid(),
    }))
}

/// Forgets refusals from before this. Answers how many.
///
/// # Errors
/// When the database refuses.
pub fn forget_before(conn: &mut Conn, before: Moment) -> Result<usize, Fault> {
    Ok(on_each!(conn, |c| diesel::delete(denials::table)
        .filter(denials::at.lt(before))
        .execute(c))?)
}

fn row(denial: &Denial) -> DenialRow {
    DenialRow {
        id: Id::new(),
        at: denial.at,
        subject: denial.subject,
        act: denial.act.clone(),
        object_kind: denial.object_kind.clone(),
        object_id: denial.object_id,
        reason: denial.reason.clone(),
    }
}
