//! A fresh, migrated database for each test, on the engine the run names.
//!
//! SQLite unless `HEMICYCLE_TEST_DATABASE` holds a `postgres://` URL whose user may create databases. An ordinary module
//! and not a feature, so that tests and binary share one build.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Deref,
    sync::OnceLock,
};

use diesel::RunQueryDsl as _;

mod reused;

use crate::{Conn, Database, DatabaseUrl, Engine, Settings, migrate, on_each};

/// A database of one test, gone when the test ends.
pub struct TestDatabase {
    url: DatabaseUrl,
    database: Option<Database>,
    _folder: Option<tempfile::TempDir>,
    _lent: Option<reused::Lent>,
}

impl TestDatabase {
    /// Where it is.
    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// A bare connection, each statement its own transaction unless the test opens one.
    pub fn conn(&self) -> Conn {
        self.url.connect().expect("the test database is there")
    }
}

impl Deref for TestDatabase {
    type Target = Database;
    fn deref(&self) -> &Database {
        self.database.as_ref().expect("open until dropped")
    }
}

impl Drop for TestDatabase {
    /// Its threads end before anybody else is lent it.
    fn drop(&mut self) {
        self.database = None;
    }
}

/// A fresh migrated database on the engine of this run.
///
/// # Panics
/// When it cannot be made: a test without its database means nothing.
pub fn fresh() -> TestDatabase {
    fresh_with(Settings {
        readers: 2,
        writers: 4,
        ..Settings::usual()
    })
}

/// The same, opened with other settings.
///
/// # Panics
/// As [`fresh`].
pub fn fresh_with(settings: Settings) -> TestDatabase {
    match server() {
        None => fresh_sqlite(settings),
        Some(server) => fresh_postgres(&server, settings),
    }
}

/// Which engine this run tests.
pub fn engine() -> Engine {
    server().map_or(Engine::Sqlite, |server| server.engine())
}

/// A fresh migrated database on SQLite whatever the run's engine, for what only concerns SQLite.
///
/// # Panics
/// As [`fresh`].
pub fn fresh_sqlite(settings: Settings) -> TestDatabase {
    static TEMPLATE: OnceLock<(tempfile::TempDir, Vec<u8>)> = OnceLock::new();
    let (_, bytes) = TEMPLATE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("template.db");
        migrate::up(&DatabaseUrl::sqlite(&file)).expect("the migrations run");
        let bytes = std::fs::read(&file).expect("the template is there");
        (folder, bytes)
    });
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("test.db");
    std::fs::write(&file, bytes).expect("room for a copy");
    let url = DatabaseUrl::sqlite(&file);
    let database = Database::open(&url, settings).expect("the copy opens");
    TestDatabase {
        url,
        database: Some(database),
        _folder: Some(folder),
        _lent: None,
    }
}

fn fresh_postgres(server: &DatabaseUrl, settings: Settings) -> TestDatabase {
    let (url, lent) = reused::lend(server);
    let database = Database::open(&url, settings).expect("it opens");
    TestDatabase {
        url,
        database: Some(database),
        _folder: None,
        _lent: Some(lent),
    }
}

/// A column of a table, as the engine's own catalogue has it.
#[derive(diesel::QueryableByName)]
struct Column {
    #[diesel(sql_type = diesel::sql_types::Text)]
    of: String,
    #[diesel(sql_type = diesel::sql_types::Text)]
    name: String,
}

/// Stands between two values of a row; text that people type holds no control characters.
const BETWEEN: char = '\u{1f}';

/// A row as text.
#[derive(diesel::QueryableByName)]
struct Row {
    #[diesel(sql_type = diesel::sql_types::Text)]
    row: String,
}

/// The tables of a database with the names of their columns, but for the list of migrations.
///
/// # Panics
/// When the catalogue cannot be read.
pub fn tables(conn: &mut Conn) -> BTreeMap<String, BTreeSet<String>> {
    let mut tables = all_tables(conn);
    tables.remove("__diesel_schema_migrations");
    tables
}

fn all_tables(conn: &mut Conn) -> BTreeMap<String, BTreeSet<String>> {
    let asked = match conn {
        Conn::Sqlite(_) => format!(
            "SELECT t.name AS of, c.name AS name FROM sqlite_master t, pragma_table_info(t.name) c \
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND {}",
            migrate::NO_INDEX
        ),
        Conn::Pg(_) => {
            "SELECT table_name::text AS of, column_name::text AS name FROM information_schema.columns \
             WHERE table_schema = 'public'"
                .to_owned()
        }
    };
    let found: Vec<Column> =
        on_each!(conn, |c| diesel::sql_query(asked).load(c)).expect("the catalogue is read");
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for column in found {
        tables.entry(column.of).or_default().insert(column.name);
    }
    tables
}

/// The rows of a table, each with the values of these columns as the engine writes them, in no order.
///
/// # Panics
/// When they cannot be read.
pub fn rows(conn: &mut Conn, table: &str, columns: &BTreeSet<String>) -> Vec<Vec<String>> {
    let value = |column: &String| match conn {
        Conn::Sqlite(_) => format!("quote(\"{column}\")"),
        Conn::Pg(_) => format!("coalesce(quote_literal(\"{column}\"::text), 'NULL')"),
    };
    let values: Vec<String> = columns.iter().map(value).collect();
    let between = format!(" || '{BETWEEN}' || ");
    let asked = format!("SELECT {} AS row FROM \"{table}\"", values.join(&between));
    let found: Vec<Row> = on_each!(conn, |c| diesel::sql_query(asked).load(c)).expect("rows are read");
    let values = |found: &Row| found.row.split(BETWEEN).map(str::to_owned).collect();
    found.iter().map(values).collect()
}

/// The URL of another database of the same server.
fn named(server: &DatabaseUrl, name: &str) -> DatabaseUrl {
    let (place, query) = match server.as_str().split_once('?') {
        Some((place, query)) => (place, format!("?{query}")),
        None => (server.as_str(), String::new()),
    };
    let (host, _) = place.rsplit_once('/').expect("a URL with a database name");
    format!("{host}/{name}{query}").parse().expect("still a URL")
}

/// A server that is reached by TLS under its own name, with who signed its certificate; none when the run brought none.
#[expect(
    clippy::disallowed_methods,
    reason = "the test run names its server by the environment"
)]
pub fn tls_server() -> Option<String> {
    std::env::var("HEMICYCLE_TEST_DATABASE_TLS").ok()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test run names its engine by the environment"
)]
fn server() -> Option<DatabaseUrl> {
    let text = std::env::var("HEMICYCLE_TEST_DATABASE").ok()?;
    Some(text.parse().expect("HEMICYCLE_TEST_DATABASE is a database URL"))
}
