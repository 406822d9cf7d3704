//! The numbers in codes: given once each, without a gap, and never again (R101).
//!
//! A counter for each stem and letter, taken by an update, so that those who want numbers at once stand in line.

use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::Fault;

use crate::{
    model::OutcomeKind,
    rules,
    tables::outcome_counters::{self, last, letter, stem},
};

/// Takes so many numbers. Answers the one before the first of them.
///
/// # Errors
/// When the database refuses.
pub(crate) fn take(conn: &mut Conn, of: &str, kind: OutcomeKind, count: i64) -> Result<i64, Fault> {
    let of_kind = rules::letter(kind);
    on_each!(conn, |c| diesel::insert_into(outcome_counters::table)
        .values((stem.eq(of), letter.eq(of_kind), last.eq(0_i64)))
        .on_conflict_do_nothing()
        .execute(c))
    .at_most_one()?;
    let now: i64 = on_each!(conn, |c| diesel::update(
        outcome_counters::table.find((of, of_kind))
    )
    .set(last.eq(last + count))
    .returning(last)
    .get_result(c))?;
    Ok(now - count)
}
