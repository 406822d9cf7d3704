//! A fresh, migrated database for each test, on the engine the run names.
//!
//! SQLite unless `HEMICYCLE_TEST_DATABASE` holds a `postgres://` URL whose user may create databases. An ordinary module
//! and not a feature, so that tests and binary share one build.

use std::{
    ops::Deref,
    path::Path,
    sync::{
        Mutex, OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use diesel::RunQueryDsl as _;

use crate::{Conn, Database, DatabaseUrl, Engine, Settings, migrate, on_each};

/// A database of one test, gone when the test ends.
pub struct TestDatabase {
    url: DatabaseUrl,
    database: Option<Database>,
    _folder: Option<tempfile::TempDir>,
    admin: Option<(DatabaseUrl, String)>,
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
    fn drop(&mut self) {
        self.database = None;
        if let Some((admin, name)) = &self.admin
            && let Ok(mut conn) = admin.connect()
        {
            conn.execute_batch(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
                .ok();
        }
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
        admin: None,
    }
}

fn fresh_postgres(server: &DatabaseUrl, settings: Settings) -> TestDatabase {
    static TEMPLATE: Mutex<Option<String>> = Mutex::new(None);
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let run = std::process::id();
    let name = format!("test_{run}_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    {
        // One at a time: PostgreSQL copies a template only while nobody is connected to it.
        let mut template = TEMPLATE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut admin = server.connect().expect("the test server answers");
        if template.is_none() {
            sweep(&mut admin);
            let fresh = format!("template_{run}");
            admin
                .execute_batch(&format!("DROP DATABASE IF EXISTS {fresh} WITH (FORCE)"))
                .expect("dropped");
            admin
                .execute_batch(&format!(
                    "CREATE DATABASE {fresh} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
                ))
                .expect("created");
            migrate::up(&named(server, &fresh)).expect("the migrations run");
            *template = Some(fresh);
        }
        let from = template.as_deref().unwrap_or_default();
        admin
            .execute_batch(&format!("CREATE DATABASE {name} TEMPLATE {from}"))
            .expect("created");
    }
    let url = named(server, &name);
    let database = Database::open(&url, settings).expect("the copy opens");
    TestDatabase {
        url,
        database: Some(database),
        _folder: None,
        admin: Some((server.clone(), name)),
    }
}

#[derive(diesel::QueryableByName)]
struct Leftover {
    #[diesel(sql_type = diesel::sql_types::Text)]
    datname: String,
}

/// Drops what runs that are over left on a server that outlives them.
fn sweep(admin: &mut Conn) {
    let asked =
        diesel::sql_query("SELECT datname::text FROM pg_database WHERE datname ~ '^(template|test)_[0-9]+'");
    let found: Vec<Leftover> = on_each!(admin, |c| asked.load(c)).unwrap_or_default();
    let is_over = |name: &str| {
        let run = name.split('_').nth(1).unwrap_or_default();
        Path::new("/proc/self").exists() && !Path::new("/proc").join(run).exists()
    };
    for leftover in found.iter().filter(|leftover| is_over(&leftover.datname)) {
        // Another run may be faster; then there is nothing left to do.
        admin
            .execute_batch(&format!("DROP DATABASE IF EXISTS {}", leftover.datname))
            .ok();
    }
}

fn named(server: &DatabaseUrl, name: &str) -> DatabaseUrl {
    let (host, _) = server
        .as_str()
        .rsplit_once('/')
        .expect("a URL with a database name");
    format!("{host}/{name}").parse().expect("still a URL")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the test run names its engine by the environment"
)]
fn server() -> Option<DatabaseUrl> {
    let text = std::env::var("HEMICYCLE_TEST_DATABASE").ok()?;
    Some(text.parse().expect("HEMICYCLE_TEST_DATABASE is a database URL"))
}
