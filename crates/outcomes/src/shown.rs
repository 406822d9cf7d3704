//! Which editions have decided something that anybody may read: they show it in their navigation. Of what was published all
//! was adopted, so these are also the editions that have a published collection.

use access_rules::{EditionId, Key};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::Fault;

use crate::tables::outcomes::{self, edition, visible_to};

/// Whether an edition has.
///
/// # Errors
/// When the database refuses.
pub fn is_decided(conn: &mut Conn, id: EditionId) -> Result<bool, Fault> {
    let found: Option<EditionId> = on_each!(conn, |c| outcomes::table
        .filter(edition.eq(id))
        .filter(visible_to.eq(Key::Public.to_string()))
        .select(edition)
        .first(c)
        .optional())?;
    Ok(found.is_some())
}

/// All that have.
///
/// # Errors
/// When the database refuses.
pub fn editions(conn: &mut Conn) -> Result<Vec<EditionId>, Fault> {
    Ok(on_each!(conn, |c| outcomes::table
        .filter(visible_to.eq(Key::Public.to_string()))
        .select(edition)
        .distinct()
        .load(c))?)
}
