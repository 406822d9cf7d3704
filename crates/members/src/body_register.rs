//! The ids of all statutory bodies, and nothing else of them.
//!
//! The statutory desk reads every body's papers, so its actors carry every body's key; but actors are loaded here, and
//! bodies live in the slice above, whose tables this one may not read. So that slice writes a body's id here when it
//! creates one, in the same transaction, as it writes standings for its rosters.

use access_rules::BodyId;
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::Fault;

use crate::tables::body_register;

/// Remembers a body. Twice is once.
///
/// # Errors
/// When the database refuses.
pub fn add(conn: &mut Conn, body: BodyId) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::insert_into(body_register::table)
        .values(body_register::body.eq(body))
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}

/// All bodies.
///
/// # Errors
/// When the database refuses.
pub fn all(conn: &mut Conn) -> Result<Vec<BodyId>, Fault> {
    Ok(on_each!(conn, |c| body_register::table
        .order(body_register::body)
        .select(body_register::body)
        .load(c))?)
}
