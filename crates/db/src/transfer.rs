//! Copies a whole database into another, of either engine, and proves that it is the same.
//!
//! One snapshot of the source is read, one transaction on the target is written: a copy is whole or not there. Rows come
//! in the order of their foreign keys, a batch at a time, so that memory does not grow with the database. Then each table
//! is read back in that same transaction and compared, by the count of its rows and a hash of their values as they are
//! and not as an engine writes them: [`value`]. Knows no table by name: [`schema`] asks the engine.

mod digest;
pub(crate) mod rows;
pub(crate) mod schema;
pub(crate) mod value;

use std::{collections::BTreeMap, fmt};

use kernel::Fault;

pub use self::digest::Digest;
use self::{
    rows::Batch,
    schema::{Order, Reference, Table, quoted},
};
use crate::{Conn, DatabaseUrl, migrate};

/// A table on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// Its name.
    pub table: String,
    /// As it was read from the source.
    pub source: Digest,
    /// As it was read back from the target.
    pub target: Digest,
}

impl Compared {
    /// Whether both hold the same rows.
    pub fn is_same(&self) -> bool {
        self.source == self.target
    }
}

/// How a copy ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Every table, in order of their names.
    pub tables: Vec<Compared>,
    /// Whether the target holds it; not when a table differs, or when it was only tried.
    pub is_kept: bool,
}

impl Outcome {
    /// Whether every table is the same.
    pub fn is_same(&self) -> bool {
        self.tables.iter().all(Compared::is_same)
    }
}

/// Whether a copy is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It is.
    Keep,
    /// It is compared, and then undone.
    Undo,
}

/// Why there is no copy. The target is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// A database has another schema than this program.
    OtherVersion {
        /// Which of the two.
        side: &'static str,
        /// Migrations it lacks.
        lacks: Vec<String>,
        /// Migrations this program does not know.
        unknown: Vec<String>,
    },
    /// The two, or one of them and this program, do not have the same tables and columns.
    OtherTables {
        /// Which of the two.
        side: &'static str,
        /// The tables that only one of them has, or has with other columns.
        tables: Vec<String>,
    },
    /// The target holds more than a fresh one: table, rows there, rows in a fresh one.
    NotEmpty(Vec<(String, u64, u64)>),
    /// A column of a type that is none of ours.
    UnknownKind {
        /// Table and column.
        column: String,
        /// What the engine calls it.
        kind: String,
    },
    /// A value that its column cannot hold: table and column.
    BadValue(String),
    /// The target refused rows.
    Refused {
        /// Of this table.
        table: String,
        /// What the engine said.
        why: String,
    },
    /// Anything else.
    Failed(Fault),
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherVersion { side, lacks, unknown } if unknown.is_empty() => {
                write!(
                    f,
                    "the {side} lacks {} migrations: run `hemicycle migrate`",
                    lacks.len()
                )
            }
            Self::OtherVersion { side, unknown, .. } => {
                write!(
                    f,
                    "the {side} was written by another version: {}",
                    unknown.join(", ")
                )
            }
            Self::OtherTables { side, tables } => {
                write!(
                    f,
                    "the {side} has not this version's tables: {}",
                    tables.join(", ")
                )
            }
            Self::NotEmpty(found) => {
                f.write_str("the target is not freshly migrated and empty:")?;
                for (place, (table, rows, fresh)) in found.iter().enumerate() {
                    let comma = if place > 0 { "," } else { "" };
                    let noun = if *rows == 1 { "row" } else { "rows" };
                    write!(f, "{comma} {table} has {rows} {noun}")?;
                    if *fresh > 0 {
                        write!(f, ", not the {fresh} of a fresh one")?;
                    }
                }
                Ok(())
            }
            Self::UnknownKind { column, kind } => {
                write!(f, "{column} is of the type {kind:?}, which is none of ours")
            }
            Self::BadValue(column) => write!(f, "{column} holds a value that does not belong there"),
            Self::Refused { table, why } => write!(f, "the target refused rows of {table}: {why}"),
            Self::Failed(fault) => {
                f.write_str(fault.code)?;
                fault.cause.iter().try_for_each(|cause| write!(f, "; {cause}"))
            }
        }
    }
}

impl From<Fault> for Stopped {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault)
    }
}

impl From<diesel::result::Error> for Stopped {
    fn from(error: diesel::result::Error) -> Self {
        // A fault tells the kind of an error; here what the engine said is worth more.
        Self::Failed(Fault::internal(error))
    }
}

/// Copies every row of every table and compares. `settle` acts on the target in the same transaction, after it was found
/// equal.
///
/// # Errors
/// [`Stopped`]; the target is then as it was before.
pub fn copy(
    from: &DatabaseUrl,
    to: &DatabaseUrl,
    ending: Ending,
    settle: impl FnOnce(&mut Conn) -> Result<(), Fault>,
) -> Result<Outcome, Stopped> {
    is_current("source", from)?;
    is_current("target", to)?;
    let (tables, fresh) = of_a_fresh_one()?;
    let (mut source, mut target) = (from.connect_read_only()?, to.connect_to_migrate()?);
    take_your_time(&mut source)?;
    take_your_time(&mut target)?;
    source.begin_read()?;
    has_tables("source", &mut source, &tables)?;

    target.begin_write()?;
    let carried = has_tables("target", &mut target, &tables)
        .and_then(|()| carry(&mut source, &mut target, tables, &fresh))
        .and_then(|outcome| {
            if outcome.is_same() && ending == Ending::Keep {
                settle(&mut target)?;
                migrate::no_broken_reference(&mut target)?;
                target.commit()?;
                return Ok(Outcome {
                    is_kept: true,
                    ..outcome
                });
            }
            Ok(outcome)
        });
    source.roll_back();
    if !carried.as_ref().is_ok_and(|outcome| outcome.is_kept) {
        target.roll_back();
    }
    carried
}

/// Count and hash of every table as it is now, by name.
///
/// # Errors
/// As [`copy`].
pub fn digests(url: &DatabaseUrl) -> Result<BTreeMap<String, Digest>, Stopped> {
    let mut conn = url.connect_read_only()?;
    take_your_time(&mut conn)?;
    conn.begin_read()?;
    let tables = schema::tables(&mut conn)?;
    let digests = all(&mut conn, &tables);
    conn.roll_back();
    digests
}

fn is_current(side: &'static str, url: &DatabaseUrl) -> Result<(), Stopped> {
    let status = migrate::status(url)?;
    if status.pending.is_empty() && status.unknown.is_empty() {
        return Ok(());
    }
    Err(Stopped::OtherVersion {
        side,
        lacks: status.pending,
        unknown: status.unknown,
    })
}

/// The tables of this version, and what the migrations themselves put into them.
fn of_a_fresh_one() -> Result<(Vec<Table>, BTreeMap<String, Digest>), Stopped> {
    let folder = tempfile::tempdir().map_err(Fault::internal)?;
    let url = DatabaseUrl::sqlite(&folder.path().join("fresh.db"));
    migrate::up(&url)?;
    let mut conn = url.connect_read_only()?;
    let tables = schema::tables(&mut conn)?;
    let digests = all(&mut conn, &tables)?;
    Ok((tables, digests))
}

/// A long transaction is what this is for.
fn take_your_time(conn: &mut Conn) -> Result<(), Stopped> {
    if !conn.is_sqlite() {
        conn.execute_batch("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0")?;
    }
    Ok(())
}

fn has_tables(side: &'static str, conn: &mut Conn, expected: &[Table]) -> Result<(), Stopped> {
    let found = schema::tables(conn)?;
    let differs = |one: &[Table], other: &[Table]| -> Vec<String> {
        one.iter()
            .filter(|table| !other.contains(table))
            .map(|table| table.name.clone())
            .collect()
    };
    let mut tables = [differs(&found, expected), differs(expected, &found)].concat();
    tables.sort();
    tables.dedup();
    match tables.is_empty() {
        true => Ok(()),
        false => Err(Stopped::OtherTables { side, tables }),
    }
}

/// Copies within the two open transactions, and compares.
fn carry(
    source: &mut Conn,
    target: &mut Conn,
    tables: Vec<Table>,
    fresh: &BTreeMap<String, Digest>,
) -> Result<Outcome, Stopped> {
    keep_others_out(target, &tables)?;
    is_fresh(&all(target, &tables)?, fresh)?;
    let order = schema::in_order(tables, &schema::references(target)?);
    // What the migrations put there comes again from the source, which may have more of it.
    for table in order.tables.iter().rev() {
        if fresh.get(&table.name).is_some_and(|found| found.rows > 0) {
            target.execute_batch(&format!("DELETE FROM {}", quoted(&table.name)))?;
        }
    }
    check_later(target, &order.late)?;
    let read = fill(source, target, &order)?;
    check_now(target, &order.late)?;
    let there = all(target, &order.tables)?;
    let compared = |(table, source): (String, Digest)| Compared {
        target: there.get(&table).copied().unwrap_or_default(),
        table,
        source,
    };
    Ok(Outcome {
        tables: read.into_iter().map(compared).collect(),
        is_kept: false,
    })
}

/// SQLite has one writer anyway.
fn keep_others_out(target: &mut Conn, tables: &[Table]) -> Result<(), Stopped> {
    if target.is_sqlite() {
        return Ok(());
    }
    let names: Vec<String> = tables.iter().map(|table| quoted(&table.name)).collect();
    target.execute_batch(&format!("LOCK TABLE {} IN EXCLUSIVE MODE", names.join(", ")))?;
    Ok(())
}

fn is_fresh(found: &BTreeMap<String, Digest>, fresh: &BTreeMap<String, Digest>) -> Result<(), Stopped> {
    let rows = |table: &str| fresh.get(table).copied().unwrap_or_default();
    let more: Vec<(String, u64, u64)> = found
        .iter()
        .filter(|(table, digest)| **digest != rows(table))
        .map(|(table, digest)| (table.clone(), digest.rows, rows(table).rows))
        .collect();
    match more.is_empty() {
        true => Ok(()),
        false => Err(Stopped::NotEmpty(more)),
    }
}

/// References that no order satisfies are checked once all rows are in. SQLite's are not checked on this connection until
/// the end, as in a migration. PostgreSQL's are made to wait within this transaction, and are what they were after it.
fn check_later(target: &mut Conn, late: &[Reference]) -> Result<(), Stopped> {
    if target.is_sqlite() {
        return Ok(());
    }
    alter(target, late, "DEFERRABLE INITIALLY DEFERRED")
}

fn check_now(target: &mut Conn, late: &[Reference]) -> Result<(), Stopped> {
    if target.is_sqlite() {
        return Ok(migrate::no_broken_reference(target)?);
    }
    target.execute_batch("SET CONSTRAINTS ALL IMMEDIATE")?;
    alter(target, late, "NOT DEFERRABLE")?;
    // The planner knows nothing of what just came.
    target.execute_batch("ANALYZE")?;
    Ok(())
}

fn alter(target: &mut Conn, late: &[Reference], how: &str) -> Result<(), Stopped> {
    for one in late {
        target.execute_batch(&format!(
            "ALTER TABLE {} ALTER CONSTRAINT {} {how}",
            quoted(&one.child),
            quoted(&one.name)
        ))?;
    }
    Ok(())
}

/// Count and hash of each table as it was read.
fn fill(source: &mut Conn, target: &mut Conn, order: &Order) -> Result<BTreeMap<String, Digest>, Stopped> {
    let mut read = BTreeMap::new();
    for table in &order.tables {
        let (mut digest, mut batch) = (Digest::default(), Batch::new(table));
        rows::each(source, table, |row| {
            digest.add(&row);
            batch.push(target, row)
        })?;
        batch.write(target)?;
        tracing::info!(table = table.name, rows = digest.rows, "copied");
        read.insert(table.name.clone(), digest);
    }
    Ok(read)
}

fn all(conn: &mut Conn, tables: &[Table]) -> Result<BTreeMap<String, Digest>, Stopped> {
    let mut digests = BTreeMap::new();
    for table in tables {
        let mut digest = Digest::default();
        rows::each(conn, table, |row| {
            digest.add(&row);
            Ok(())
        })?;
        digests.insert(table.name.clone(), digest);
    }
    Ok(digests)
}
