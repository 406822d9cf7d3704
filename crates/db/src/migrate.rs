//! Brings a schema up, or down again, from the one tree under `migrations/`: what both engines share, and what only the one
//! at hand has, in the order of their names.

use diesel::{
    QueryResult, RunQueryDsl as _,
    backend::Backend,
    connection::{AnsiTransactionManager, TransactionManager as _},
    migration::{Migration, MigrationSource, MigrationVersion},
    sql_query,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use kernel::Fault;

use crate::{Conn, DatabaseUrl, on_each};

const SHARED: EmbeddedMigrations = embed_migrations!("../../migrations/shared");
const OF_SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const OF_POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// In SQLite, of a table `t` that its engine lists: that it holds rows of its own, and is no index that is kept as tables.
pub const NO_INDEX: &str =
    "t.name NOT IN (SELECT name FROM pragma_table_list WHERE type IN ('virtual', 'shadow'))";

/// The shared migrations and those of one engine. They are run by their versions, whichever folder they are from.
struct Ours(EmbeddedMigrations);

impl<DB: Backend> MigrationSource<DB> for Ours {
    fn migrations(&self) -> diesel::migration::Result<Vec<Box<dyn Migration<DB>>>> {
        let mut all: Vec<Box<dyn Migration<DB>>> = SHARED.migrations()?;
        all.extend(MigrationSource::<DB>::migrations(&self.0)?);
        Ok(all)
    }
}

const fn ours(conn: &Conn) -> Ours {
    match conn {
        Conn::Sqlite(_) => Ours(OF_SQLITE),
        Conn::Pg(_) => Ours(OF_POSTGRES),
    }
}

/// What stands between a schema and this binary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// Migrations that were run, oldest first.
    pub applied: Vec<String>,
    /// Migrations this binary would run, oldest first.
    pub pending: Vec<String>,
    /// Migrations in the database that this binary does not know: a newer one wrote it.
    pub unknown: Vec<String>,
}

/// Looks without changing anything but diesel's own list of migrations.
///
/// # Errors
/// When the database cannot be reached or read.
pub fn status(url: &DatabaseUrl) -> Result<Status, Fault> {
    let mut conn = url.connect_to_migrate()?;
    status_of(&mut conn)
}

/// Runs every pending migration in one transaction; SQLite must then show no broken foreign key.
///
/// # Errors
/// `schema_newer` when the database was written by a newer binary; internal when a migration fails (nothing is changed).
pub fn up(url: &DatabaseUrl) -> Result<Vec<String>, Fault> {
    let mut conn = url.connect_to_migrate()?;
    in_one_transaction(&mut conn, |conn| {
        let status = status_of(conn)?;
        if !status.unknown.is_empty() {
            return Err(Fault::conflict("schema_newer").with("unknown", status.unknown.join(", ")));
        }
        let ours = ours(conn);
        on_each!(conn, |c| c
            .run_pending_migrations(ours)
            .map(|done| texts(&done))
            .map_err(Fault::internal))
    })
}

/// Undoes every migration, newest first; for tests of the way down.
///
/// # Errors
/// Internal when a migration fails (nothing is changed).
pub fn down(url: &DatabaseUrl) -> Result<(), Fault> {
    let mut conn = url.connect_to_migrate()?;
    in_one_transaction(&mut conn, |conn| {
        let ours = ours(conn);
        on_each!(conn, |c| c
            .revert_all_migrations(ours)
            .map(drop)
            .map_err(Fault::internal))
    })
}

/// Undoes the newest migrations, so many of them, in one transaction; answers their versions, newest first. For tests of
/// the way down with rows in the tables.
///
/// # Errors
/// As [`down`].
pub fn down_by(url: &DatabaseUrl, count: usize) -> Result<Vec<String>, Fault> {
    let mut conn = url.connect_to_migrate()?;
    in_one_transaction(&mut conn, |conn| {
        let mut undone = Vec::with_capacity(count);
        for _ in 0..count {
            let ours = ours(conn);
            let version = on_each!(conn, |c| c
                .revert_last_migration(ours)
                .map(|version| version.to_string())
                .map_err(Fault::internal))?;
            undone.push(version);
        }
        Ok(undone)
    })
}

fn status_of(conn: &mut Conn) -> Result<Status, Fault> {
    let (applied, known) = match conn {
        Conn::Sqlite(c) => (
            texts(&c.applied_migrations().map_err(Fault::internal)?),
            known(&MigrationSource::<diesel::sqlite::Sqlite>::migrations(&Ours(
                OF_SQLITE,
            )))?,
        ),
        Conn::Pg(c) => (
            texts(&c.applied_migrations().map_err(Fault::internal)?),
            known(&MigrationSource::<diesel::pg::Pg>::migrations(&Ours(OF_POSTGRES)))?,
        ),
    };
    Ok(Status {
        pending: known
            .iter()
            .filter(|version| !applied.contains(version))
            .cloned()
            .collect(),
        unknown: applied
            .iter()
            .filter(|version| !known.contains(version))
            .cloned()
            .collect(),
        applied: sorted(applied),
    })
}

fn sorted(mut versions: Vec<String>) -> Vec<String> {
    versions.sort();
    versions
}

fn known<DB: diesel::backend::Backend>(
    found: &diesel::migration::Result<Vec<Box<dyn Migration<DB>>>>,
) -> Result<Vec<String>, Fault> {
    let found = found.as_ref().map_err(Fault::internal)?;
    let mut versions: Vec<String> = found
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect();
    versions.sort();
    Ok(versions)
}

fn texts(versions: &[MigrationVersion<'_>]) -> Vec<String> {
    versions.iter().map(ToString::to_string).collect()
}

fn in_one_transaction<T>(
    conn: &mut Conn,
    act: impl FnOnce(&mut Conn) -> Result<T, Fault>,
) -> Result<T, Fault> {
    match conn {
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")?,
        Conn::Pg(c) => {
            AnsiTransactionManager::begin_transaction_sql(c, "BEGIN")?;
            // A big table may take its time.
            sql_query("SET LOCAL statement_timeout = 0").execute(c)?;
            // Two nodes that start together must not migrate together.
            sql_query("SELECT pg_advisory_xact_lock(7436213)").execute(c)?;
        }
    }
    let done = act(conn).and_then(|done| no_broken_reference(conn).map(|()| done));
    match done {
        Ok(done) => {
            on_each!(conn, |c| AnsiTransactionManager::commit_transaction(c))?;
            Ok(done)
        }
        Err(fault) => {
            on_each!(conn, |c| AnsiTransactionManager::rollback_transaction(c)).ok();
            Err(fault)
        }
    }
}

#[derive(diesel::QueryableByName)]
struct BrokenReference {
    #[diesel(sql_type = diesel::sql_types::Text)]
    table: String,
}

/// SQLite shows no broken foreign key; PostgreSQL keeps its own sound.
pub(crate) fn no_broken_reference(conn: &mut Conn) -> Result<(), Fault> {
    let Conn::Sqlite(c) = conn else { return Ok(()) };
    let broken: QueryResult<Vec<BrokenReference>> =
        sql_query("SELECT \"table\" FROM pragma_foreign_key_check").load(c);
    match broken?.first() {
        None => Ok(()),
        Some(row) => Err(Fault::internal(format!(
            "a broken reference is left in {}",
            row.table
        ))),
    }
}
