//! One connection over two engines.

use diesel::{
    PgConnection, QueryResult, RunQueryDsl, SqliteConnection,
    backend::Backend,
    connection::SimpleConnection as _,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    query_dsl::LoadQuery,
};

/// A connection to either engine. Slices never match on it: they use [`on_each!`](crate::on_each).
pub enum Conn {
    /// The engine inside the binary.
    Sqlite(SqliteConnection),
    /// A PostgreSQL server.
    Pg(PgConnection),
}

/// Compiles the same body once for each engine: `on_each!(conn, |c| rooms::table.load::<Room>(c))?`.
#[macro_export]
macro_rules! on_each {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::Conn::Sqlite($c) => $body,
            $crate::Conn::Pg($c) => $body,
        }
    };
}

/// A statement that a connection prepares once and keeps, by its text. Diesel prepares every `UPDATE` anew, and whatever
/// compares with a list: here is for those that are run for each request and whose text is always the same. They must
/// return something, because diesel runs what only counts in a way that cannot be kept:
/// `Kept(diesel::update(…).set(…).returning(rooms::version)).changed(c)`
#[derive(Clone, Copy, Debug)]
pub struct Kept<Q>(pub Q);

impl<Q> QueryId for Kept<Q> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Backend, Q: QueryFragment<DB>> QueryFragment<DB> for Kept<Q> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }

    fn is_safe_to_cache_prepared(&self, _: &DB) -> QueryResult<bool> {
        Ok(true)
    }
}

impl<Q: Query> Query for Kept<Q> {
    type SqlType = Q::SqlType;
}

impl<Q, C> RunQueryDsl<C> for Kept<Q> {}

impl<Q> Kept<Q> {
    /// How many rows it changed: as many as it returns numbers.
    ///
    /// # Errors
    /// What the engine says.
    pub fn changed<'q, C>(self, c: &mut C) -> QueryResult<usize>
    where
        Self: LoadQuery<'q, C, i64>,
    {
        self.load(c).map(|rows| rows.len())
    }
}

/// The statements of a savepoint. They are always the same, so that a connection keeps them.
struct Savepoint {
    set: &'static str,
    release: &'static str,
    undo: &'static str,
}

const ACT: Savepoint = Savepoint {
    set: "SAVEPOINT act",
    release: "RELEASE SAVEPOINT act",
    undo: "ROLLBACK TO SAVEPOINT act; RELEASE SAVEPOINT act",
};

const COMMAND: Savepoint = Savepoint {
    set: "SAVEPOINT command",
    release: "RELEASE SAVEPOINT command",
    undo: "ROLLBACK TO SAVEPOINT command; RELEASE SAVEPOINT command",
};

/// A statement without values.
struct Plain(&'static str);

impl<DB: Backend> QueryFragment<DB> for Plain {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(self.0);
        Ok(())
    }
}

impl Conn {
    /// Runs statements that answer nothing.
    ///
    /// # Errors
    /// What the engine says.
    pub fn execute_batch(&mut self, sql: &str) -> QueryResult<()> {
        on_each!(self, |c| c.batch_execute(sql))
    }

    /// Has SQLite learn how large its tables are and how alike their rows, where that changed much: without it, it takes
    /// every index for as good as any other. PostgreSQL does so by itself. Other connections learn it when they open.
    ///
    /// # Errors
    /// What the engine says.
    pub fn learn_sizes(&mut self) -> QueryResult<()> {
        match self {
            // All tables, whether this connection asked them anything or not; a sample of each.
            Self::Sqlite(c) => c.batch_execute("PRAGMA optimize=0x10012"),
            Self::Pg(_) => Ok(()),
        }
    }

    /// Whether this is SQLite; only for `db` and a slice's `engines.rs`.
    pub const fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(_))
    }

    /// Runs `act` in a savepoint of the running transaction: it happens whole or not at all, and the transaction lives
    /// on either way.
    ///
    /// # Errors
    /// What `act` answers, or the engine's failure to set, release or roll back the savepoint.
    pub fn savepoint<T, E: From<diesel::result::Error>>(
        &mut self,
        act: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.marked(&ACT, act)
    }

    /// The savepoint of a whole command. Its name is its own: undoing it also undoes those within that a panic left open,
    /// which undoing one of a name that both bear would not, because both engines take the innermost.
    pub(crate) fn command<T, E: From<diesel::result::Error>>(
        &mut self,
        act: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.marked(&COMMAND, act)
    }

    fn marked<T, E: From<diesel::result::Error>>(
        &mut self,
        savepoint: &Savepoint,
        act: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.keep_executing(savepoint.set)?;
        match act(self) {
            Ok(done) => {
                self.keep_executing(savepoint.release)?;
                Ok(done)
            }
            Err(refused) => {
                self.execute_batch(savepoint.undo)?;
                Err(refused)
            }
        }
    }

    fn keep_executing(&mut self, sql: &'static str) -> QueryResult<()> {
        match self {
            Self::Sqlite(c) => Kept(Plain(sql)).execute(c).map(drop),
            Self::Pg(c) => c.batch_execute(sql),
        }
    }

    /// Runs `act` in a transaction of its own, for commands and tests that hold a bare connection.
    ///
    /// # Errors
    /// What `act` answers, or the engine's failure to begin or commit.
    pub fn transaction<T, E: From<diesel::result::Error>>(
        &mut self,
        act: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.begin_write()?;
        match act(self) {
            Ok(done) => {
                if let Err(failed) = self.commit() {
                    self.roll_back();
                    return Err(failed.into());
                }
                Ok(done)
            }
            Err(refused) => {
                self.roll_back();
                Err(refused)
            }
        }
    }

    pub(crate) fn begin_write(&mut self) -> QueryResult<()> {
        match self {
            // IMMEDIATE takes the write lock at once, so that no later statement can find it taken.
            Self::Sqlite(c) => c.batch_execute("BEGIN IMMEDIATE"),
            Self::Pg(c) => c.batch_execute("BEGIN ISOLATION LEVEL READ COMMITTED"),
        }
    }

    pub(crate) fn begin_serializable(&mut self) -> QueryResult<()> {
        match self {
            Self::Sqlite(c) => c.batch_execute("BEGIN IMMEDIATE"),
            Self::Pg(c) => c.batch_execute("BEGIN ISOLATION LEVEL SERIALIZABLE"),
        }
    }

    pub(crate) fn begin_read(&mut self) -> QueryResult<()> {
        match self {
            Self::Sqlite(c) => c.batch_execute("BEGIN"),
            Self::Pg(c) => c.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
        }
    }

    /// Ends the transaction so that its rows are there, or fails.
    pub(crate) fn commit(&mut self) -> QueryResult<()> {
        match self {
            Self::Sqlite(c) => c.batch_execute("COMMIT"),
            // After a swallowed error PostgreSQL answers COMMIT with a quiet rollback: make the error show.
            Self::Pg(c) => c.batch_execute("SELECT 1; COMMIT"),
        }
    }

    pub(crate) fn roll_back(&mut self) {
        if let Err(error) = self.execute_batch("ROLLBACK") {
            tracing::debug!(%error, "nothing to roll back");
        }
    }

    /// Whether the transaction begun before still lives. SQLite ends it by itself on some errors (disk full, I/O, memory).
    pub(crate) fn transaction_lives(&mut self) -> bool {
        match self {
            // Inside a transaction BEGIN is refused; where it succeeds, the transaction had been lost.
            Self::Sqlite(c) => {
                c.batch_execute("BEGIN").is_err() || {
                    self.roll_back();
                    false
                }
            }
            Self::Pg(c) => c.batch_execute("SELECT 1").is_ok(),
        }
    }
}
