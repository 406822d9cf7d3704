//! What can be found, kept as it is now: put in when it becomes readable or changes, taken away when it is not any more.
//!
//! Who puts something in holds its row, so that two who change it stand in line. Rows that say what they said are left
//! alone: putting the same in again writes nothing.

use std::collections::{BTreeMap, HashMap, HashSet};

use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::Fault;

use crate::{
    engines,
    model::{EditionId, Entry, Kind, Part, Thing, ThingId},
    tables::search_entries as table,
    words,
};

/// Rows in one statement.
const AT_ONCE: usize = 500;

/// Which row it is: of which thing, which part, in which language.
type Name = (ThingId, String, String);

/// Keeps what a thing says, in place of what it said.
///
/// # Errors
/// When the database refuses.
pub fn put(conn: &mut Conn, thing: &Thing) -> Result<(), Fault> {
    let there = of_thing(conn, thing.id)?;
    replace(conn, there, rows(thing))
}

/// Keeps what all things of a kind say in an edition: what is not among them is found no more.
///
/// # Errors
/// When the database refuses.
pub fn put_all(conn: &mut Conn, kind: Kind, edition: EditionId, things: &[Thing]) -> Result<(), Fault> {
    let there = of_edition(conn, kind, edition)?;
    replace(conn, there, things.iter().flat_map(rows).collect())
}

/// Forgets what a thing says: nobody finds it.
///
/// # Errors
/// When the database refuses.
pub fn take_away(conn: &mut Conn, thing: ThingId) -> Result<(), Fault> {
    let there = of_thing(conn, thing)?;
    replace(conn, there, vec![])
}

/// Whether what is kept of a thing is something else than this; `None` is a thing that is not to be found.
///
/// # Errors
/// When the database refuses.
pub fn differs(conn: &mut Conn, id: ThingId, thing: Option<&Thing>) -> Result<bool, Fault> {
    let there = of_thing(conn, id)?;
    let wanted = thing.map(rows).unwrap_or_default();
    Ok(!is_same(&there, &wanted))
}

/// Whether what is kept of all things of a kind in an edition is something else than this.
///
/// # Errors
/// When the database refuses.
pub fn all_differ(conn: &mut Conn, kind: Kind, edition: EditionId, things: &[Thing]) -> Result<bool, Fault> {
    let there = of_edition(conn, kind, edition)?;
    let wanted: Vec<Entry> = things.iter().flat_map(rows).collect();
    Ok(!is_same(&there, &wanted))
}

fn is_same(there: &[Entry], wanted: &[Entry]) -> bool {
    let told: HashMap<Name, &Entry> = wanted.iter().map(|row| (row.name(), row)).collect();
    there.len() == told.len()
        && there
            .iter()
            .all(|row| told.get(&row.name()).is_some_and(|own| row.says_as(own)))
}

/// The rows were read before, in this transaction. That is not for them alone: a connection of SQLite that never touched the
/// index, and whose first statement after another connection changed the schema (`ANALYZE` does) were the DELETE, would say
/// that there is no such table (3.53).
fn replace(conn: &mut Conn, there: Vec<Entry>, wanted: Vec<Entry>) -> Result<(), Fault> {
    let mut new: BTreeMap<Name, Entry> = wanted.into_iter().map(|row| (row.name(), row)).collect();
    let mut old: Vec<i32> = Vec::new();
    for row in there {
        match new.get(&row.name()).is_some_and(|own| row.says_as(own)) {
            true => drop(new.remove(&row.name())),
            false => old.push(row.number),
        }
    }
    old.sort_unstable();
    for some in old.chunks(AT_ONCE) {
        on_each!(conn, |c| diesel::delete(
            table::table.filter(table::number.eq_any(some))
        )
        .execute(c))?;
    }
    let mut new = numbered(conn, new.into_values().collect())?;
    // In the order of the index, which writes what comes in another by itself.
    new.sort_by_key(|row| row.number);
    for some in new.chunks(AT_ONCE) {
        engines::insert(conn, some)?;
    }
    Ok(())
}

/// The rows of a thing, as they are to be. What says nothing has none.
fn rows(thing: &Thing) -> Vec<Entry> {
    let row = |said: &crate::Said| {
        let body = said.text.trim();
        let words = match said.part {
            Part::Title => words::indexed([body, &thing.code]),
            Part::Abstract | Part::Block(_) => words::indexed([body]),
        };
        let is_said = !body.is_empty() && !words.is_empty();
        is_said.then(|| Entry {
            number: 0,
            kind: thing.kind,
            thing: thing.id,
            edition: thing.edition,
            code: thing.code.clone(),
            part: said.part.text(),
            language: said.language.clone(),
            visible_to: thing.visible_to.clone(),
            details_to: match said.part {
                Part::Title => thing.visible_to.clone(),
                Part::Abstract | Part::Block(_) => thing.details_to.clone(),
            },
            order_key: thing.order_key(said),
            body: body.to_owned(),
            words,
        })
    };
    thing.said.iter().filter_map(row).collect()
}

/// Gives rows numbers that none has. A number follows from what the row is of, so that nobody waits in line for the next.
fn numbered(conn: &mut Conn, mut rows: Vec<Entry>) -> Result<Vec<Entry>, Fault> {
    let mut used: HashSet<i32> = HashSet::new();
    let mut open: Vec<usize> = (0..rows.len()).collect();
    for row in &mut rows {
        row.number = number(row);
    }
    while !open.is_empty() {
        let numbers: Vec<i32> = open
            .iter()
            .filter_map(|at| rows.get(*at))
            .map(|row| row.number)
            .collect();
        for some in numbers.chunks(AT_ONCE) {
            let taken: Vec<i32> = on_each!(conn, |c| table::table
                .filter(table::number.eq_any(some))
                .select(table::number)
                .load(c))?;
            used.extend(taken);
        }
        open.retain(|at| match rows.get_mut(*at) {
            Some(row) if !used.insert(row.number) => {
                row.number = row.number.checked_add(1).unwrap_or(0);
                true
            }
            Some(_) | None => false,
        });
    }
    Ok(rows)
}

/// FNV-1a, folded into what both engines take for a positive integer.
fn number(row: &Entry) -> i32 {
    let thing = row.thing.uuid();
    let named = [
        thing.as_bytes().as_slice(),
        row.part.as_bytes(),
        row.language.as_bytes(),
    ]
    .concat();
    let hash = named.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    i32::try_from((hash ^ (hash >> 32)) & 0x7fff_ffff).unwrap_or(0)
}

fn of_thing(conn: &mut Conn, thing: ThingId) -> Result<Vec<Entry>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::thing.eq(thing))
        .select(Entry::as_select())
        .load(c))?)
}

fn of_edition(conn: &mut Conn, kind: Kind, edition: EditionId) -> Result<Vec<Entry>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::kind.eq(kind))
        .filter(table::edition.eq(edition))
        .select(Entry::as_select())
        .load(c))?)
}

impl Entry {
    fn name(&self) -> Name {
        (self.thing, self.part.clone(), self.language.clone())
    }

    /// Whether it is found as another is, whatever their numbers.
    fn says_as(&self, other: &Self) -> bool {
        let numberless = Self {
            number: self.number,
            ..other.clone()
        };
        *self == numberless
    }
}
