//! A key for each person about whom the log says something personal. Erasing somebody destroys theirs: the entries stay,
//! and nobody can read in them who it was.
//!
//! A key is drawn when it is first needed. One that was destroyed never comes back, whatever is noted later.

use std::collections::BTreeMap;

use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Moment};
use serde::{Deserialize, Serialize};

use crate::{Subject, sealing::SealingKey, tables::person_keys};

/// People looked up at once; SQLite takes so many values in a statement.
const STRIDE: usize = 1000;

/// The row: a key, or that and when it was destroyed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = person_keys)]
pub struct PersonKey {
    /// Whose.
    pub person: Id<Subject>,
    /// The key; nothing once it was destroyed.
    #[serde(with = "hexed")]
    pub sealing: Option<Vec<u8>>,
    /// When it was drawn.
    pub made_at: Moment,
    /// When it was destroyed.
    pub destroyed_at: Option<Moment>,
}

impl PersonKey {
    fn key(&self) -> Option<SealingKey> {
        self.sealing.as_deref().and_then(SealingKey::from_bytes)
    }
}

/// The key of a person, drawn if there never was one; nothing once it was destroyed.
pub(crate) fn of(conn: &mut Conn, now: Moment, person: Id<Subject>) -> Result<Option<SealingKey>, Fault> {
    if let Some(found) = find(conn, person)? {
        return Ok(found.key());
    }
    let drawn = PersonKey {
        person,
        sealing: Some(SealingKey::draw().as_bytes().to_vec()),
        made_at: now,
        destroyed_at: None,
    };
    // Two who note something about the same person at once draw two keys; the first is kept.
    on_each!(conn, |c| diesel::insert_into(person_keys::table)
        .values(&drawn)
        .on_conflict_do_nothing()
        .execute(c))
    .at_most_one()?;
    Ok(find(conn, person)?.and_then(|found| found.key()))
}

/// The keys of these people that are still there.
pub(crate) fn many(
    conn: &mut Conn,
    people: &[Id<Subject>],
) -> Result<BTreeMap<Id<Subject>, SealingKey>, Fault> {
    let mut keys = BTreeMap::new();
    for some in people.chunks(STRIDE) {
        let found: Vec<PersonKey> = on_each!(conn, |c| person_keys::table
            .filter(person_keys::person.eq_any(some))
            .select(PersonKey::as_select())
            .load(c))?;
        keys.extend(found.iter().filter_map(|row| Some((row.person, row.key()?))));
    }
    Ok(keys)
}

/// Destroys the key of a person, and keeps them from ever having another.
///
/// # Errors
/// When the database refuses.
pub fn destroy(conn: &mut Conn, now: Moment, person: Id<Subject>) -> Result<(), Fault> {
    let gone = PersonKey {
        person,
        sealing: None,
        made_at: now,
        destroyed_at: Some(now),
    };
    on_each!(conn, |c| diesel::insert_into(person_keys::table)
        .values(&gone)
        .on_conflict(person_keys::person)
        .do_update()
        .set((
            person_keys::sealing.eq(None::<Vec<u8>>),
            person_keys::destroyed_at.eq(Some(now)),
        ))
        .execute(c))
    .exactly_one()
}

/// Every row: what a backup keeps beside the rest.
///
/// # Errors
/// When the database refuses.
pub fn all(conn: &mut Conn) -> Result<Vec<PersonKey>, Fault> {
    Ok(on_each!(conn, |c| person_keys::table
        .order(person_keys::person)
        .select(PersonKey::as_select())
        .load(c))?)
}

/// Takes every key out of a copy of the database.
///
/// # Errors
/// When the database refuses.
pub fn take_all_out(conn: &mut Conn) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::delete(person_keys::table).execute(c))?;
    Ok(())
}

/// Puts these in place of all there are, for a copy that came back. The caller leaves out people the copy does not know.
///
/// # Errors
/// When the database refuses.
pub fn put_back(conn: &mut Conn, rows: &[PersonKey]) -> Result<(), Fault> {
    take_all_out(conn)?;
    // One by one: diesel opens a transaction of its own for several rows on SQLite, and there is one already.
    for row in rows {
        on_each!(conn, |c| diesel::insert_into(person_keys::table)
            .values(row)
            .execute(c))
        .exactly_one()?;
    }
    Ok(())
}

fn find(conn: &mut Conn, person: Id<Subject>) -> Result<Option<PersonKey>, Fault> {
    Ok(on_each!(conn, |c| person_keys::table
        .find(person)
        .select(PersonKey::as_select())
        .first(c)
        .optional())?)
}

/// Bytes in a file of text.
mod hexed {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de::Error as _};

    pub(super) fn serialize<S: Serializer>(bytes: &Option<Vec<u8>>, to: S) -> Result<S::Ok, S::Error> {
        bytes.as_ref().map(hex::encode).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<u8>>, D::Error> {
        let text: Option<String> = Option::deserialize(from)?;
        text.map(|text| hex::decode(text).map_err(D::Error::custom))
            .transpose()
    }
}
