//! The rows of files: which content is called what, by whom it was sent, and whether it may still be read.

use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Moment, fault};
use records::Subject;

use crate::{
    model::{FileState, Hash, StoredFile},
    store::Received,
    tables::files,
};

/// Gives a received content its row. Whoever refers to it does so in the same transaction.
///
/// # Errors
/// When the database refuses.
pub fn record(
    conn: &mut Conn,
    created_by: Option<Id<Subject>>,
    now: Moment,
    received: &Received,
) -> Result<StoredFile, Fault> {
    let file = StoredFile {
        id: Id::new(),
        hash: received.hash.clone(),
        size: received.size,
        media_type: received.media_type,
        original_name: received.name.clone(),
        created_at: now,
        created_by,
        state: FileState::Stored,
    };
    on_each!(conn, |c| diesel::insert_into(files::table)
        .values(&file)
        .execute(c))
    .exactly_one()?;
    Ok(file)
}

/// A file in whatever state, if there is one.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, id: Id<StoredFile>) -> Result<Option<StoredFile>, Fault> {
    Ok(on_each!(conn, |c| files::table
        .find(id)
        .select(StoredFile::as_select())
        .first(c)
        .optional())?)
}

/// A file that may be read.
///
/// # Errors
/// Not found when it is absent, quarantined or removed.
pub fn get(conn: &mut Conn, id: Id<StoredFile>) -> Result<StoredFile, Fault> {
    find(conn, id)?
        .filter(|file| file.state == FileState::Stored)
        .ok_or_else(Fault::not_found)
}

/// Keeps a file from being read until somebody looked at it.
///
/// # Errors
/// Not found; an illegal step when it was removed.
pub fn quarantine(conn: &mut Conn, id: Id<StoredFile>) -> Result<(), Fault> {
    step(conn, id, FileState::Stored, FileState::Quarantined)
}

/// Lets a quarantined file be read again.
///
/// # Errors
/// Not found; an illegal step when it was not quarantined.
pub fn release(conn: &mut Conn, id: Id<StoredFile>) -> Result<(), Fault> {
    step(conn, id, FileState::Quarantined, FileState::Stored)
}

/// Takes a file away for good; its content goes with the next sweep, unless another file shares it.
///
/// # Errors
/// Not found when it is absent or removed already.
pub fn remove(conn: &mut Conn, id: Id<StoredFile>) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(files::table.find(id))
        .filter(files::state.ne(FileState::Removed))
        .set(files::state.eq(FileState::Removed))
        .execute(c))
    .one_or(Fault::not_found())
}

/// The contents that files need, each once; for `doctor`.
///
/// # Errors
/// When the database refuses.
pub fn contents(conn: &mut Conn) -> Result<Vec<Hash>, Fault> {
    Ok(on_each!(conn, |c| files::table
        .filter(files::state.ne(FileState::Removed))
        .order(files::hash)
        .select(files::hash)
        .distinct()
        .load(c))?)
}

/// Whether some file still needs this content.
pub(crate) fn is_needed(conn: &mut Conn, hash: &Hash) -> Result<bool, Fault> {
    let needing: i64 = on_each!(conn, |c| files::table
        .filter(files::hash.eq(hash))
        .filter(files::state.ne(FileState::Removed))
        .count()
        .get_result(c))?;
    Ok(needing > 0)
}

fn step(conn: &mut Conn, id: Id<StoredFile>, from: FileState, to: FileState) -> Result<(), Fault> {
    let stepped = on_each!(conn, |c| diesel::update(files::table.find(id))
        .filter(files::state.eq(from))
        .set(files::state.eq(to))
        .execute(c))
    .at_most_one()?;
    if stepped {
        return Ok(());
    }
    let file = find(conn, id)?.ok_or_else(Fault::not_found)?;
    Err(fault::illegal_step(file.state, to))
}
