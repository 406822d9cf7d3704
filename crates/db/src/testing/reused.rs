//! Databases of a PostgreSQL server that tests use one after the other.
//!
//! Making a database copies a thousand files and dropping it removes them, which takes longer than most tests; putting
//! one back to what the migrations left takes milliseconds. So each is used again, by this process and by later ones: who
//! uses one holds an advisory lock on its number. One that cannot be put back, because a test changed the schema or
//! holds on to it, is dropped and made anew.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use diesel::{
    RunQueryDsl as _,
    sql_types::{Bool, Nullable, Text},
};
use kernel::Fault;
use serde::{Deserialize, Serialize};

use super::named;
use crate::{Conn, DatabaseUrl, migrate, on_each};

/// What the migrations of this program come to.
const SCHEMA: &str = env!("MIGRATIONS_HASH");
/// How long a connection of the test before may take to go, in milliseconds.
const PATIENCE_MS: i64 = 5000;
/// The number that stands for the template.
const TEMPLATE: i32 = -1;

static DATABASES: Mutex<Option<Databases>> = Mutex::new(None);

/// A database that nobody else uses until this is dropped.
pub(super) struct Lent {
    number: i32,
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(databases) = &mut *lock() {
            databases.free.push(self.number);
        }
    }
}

/// The databases of this process.
struct Databases {
    server: DatabaseUrl,
    /// Connected to the server's own database; holds the advisory locks.
    admin: Conn,
    template: Template,
    free: Vec<i32>,
    next: i32,
}

/// What the migrations leave; kept as the comment of the template.
#[derive(Serialize, Deserialize)]
struct Template {
    /// Its tables, indexes and columns, as a hash.
    shape: String,
    /// The rows of the tables that are not empty, as JSON.
    rows: BTreeMap<String, String>,
}

#[derive(diesel::QueryableByName)]
struct Told {
    #[diesel(sql_type = Nullable<Text>)]
    told: Option<String>,
}

#[derive(diesel::QueryableByName)]
struct Is {
    #[diesel(sql_type = Bool)]
    is: bool,
}

/// Lends a database that holds what the migrations leave.
///
/// # Panics
/// When there is none to be had: a test without its database means nothing.
pub(super) fn lend(server: &DatabaseUrl) -> (DatabaseUrl, Lent) {
    let lent = {
        let mut databases = lock();
        let databases =
            databases.get_or_insert_with(|| Databases::of(server).expect("the test server answers"));
        Lent {
            number: databases.take().expect("a database nobody uses"),
        }
    };
    let url = ready(server, lent.number);
    (url, lent)
}

/// The database of a number that is this process's, as the migrations left it: put back to that, or made anew.
fn ready(server: &DatabaseUrl, number: i32) -> DatabaseUrl {
    let url = named(server, &name_of(number));
    if reset(&url).is_err() {
        let mut databases = lock();
        let databases = databases.as_mut().expect("there since the number was lent");
        databases.make(number).expect("a database is made");
    }
    url
}

fn lock() -> std::sync::MutexGuard<'static, Option<Databases>> {
    DATABASES.lock().unwrap_or_else(PoisonError::into_inner)
}

fn name_of(number: i32) -> String {
    match number {
        TEMPLATE => format!("schema_{SCHEMA}"),
        number => format!("reused_{SCHEMA}_{number}"),
    }
}

impl Databases {
    fn of(server: &DatabaseUrl) -> Result<Self, Fault> {
        let mut admin = server.connect()?;
        sweep(&mut admin)?;
        let template = template(server, &mut admin)?;
        Ok(Self {
            server: server.clone(),
            admin,
            template,
            free: Vec::new(),
            next: 0,
        })
    }

    /// A number that is locked for this process.
    fn take(&mut self) -> Result<i32, Fault> {
        if let Some(number) = self.free.pop() {
            return Ok(number);
        }
        loop {
            let number = self.next;
            self.next += 1;
            let locked = is(
                &mut self.admin,
                &format!("SELECT pg_try_advisory_lock({}, {number}) AS is", class()),
            )?;
            if locked {
                return Ok(number);
            }
        }
    }

    fn make(&mut self, number: i32) -> Result<(), Fault> {
        // Whoever tests by another schema may have swept it away.
        self.template = template(&self.server, &mut self.admin)?;
        let (name, template) = (name_of(number), name_of(TEMPLATE));
        self.admin
            .execute_batch(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))?;
        self.admin
            .execute_batch(&format!("CREATE DATABASE {name} TEMPLATE {template}"))?;
        Ok(())
    }
}

/// The first half of the advisory locks: other schemas have others.
fn class() -> i32 {
    i32::from_str_radix(&SCHEMA[..7], 16).expect("seven hexadecimal digits")
}

/// The template, made by whichever process is first.
fn template(server: &DatabaseUrl, admin: &mut Conn) -> Result<Template, Fault> {
    let name = name_of(TEMPLATE);
    let asked = format!(
        "SELECT shobj_description(oid, 'pg_database') AS told FROM pg_database WHERE datname = '{name}'"
    );
    admin.execute_batch(&format!("SELECT pg_advisory_lock({}, {TEMPLATE})", class()))?;
    let template = match told(admin, &asked)?.and_then(|told| serde_json::from_str(&told).ok()) {
        Some(template) => template,
        None => {
            admin.execute_batch(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))?;
            admin.execute_batch(&format!(
                "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
            ))?;
            let url = named(server, &name);
            migrate::up(&url)?;
            let template = described(&mut url.connect()?)?;
            let comment = serde_json::to_string(&template).map_err(Fault::internal)?;
            admin.execute_batch(&format!("COMMENT ON DATABASE {name} IS {}", quoted(&comment)))?;
            template
        }
    };
    admin.execute_batch(&format!("SELECT pg_advisory_unlock({}, {TEMPLATE})", class()))?;
    Ok(template)
}

fn described(conn: &mut Conn) -> Result<Template, Fault> {
    let mut rows = BTreeMap::new();
    for table in super::all_tables(conn).into_keys() {
        let asked = format!("SELECT json_agg(t)::text AS told FROM public.\"{table}\" AS t");
        if let Some(found) = told(conn, &asked)? {
            rows.insert(table, found);
        }
    }
    Ok(Template {
        shape: shape(conn)?,
        rows,
    })
}

/// Puts a database back to what the migrations left.
fn reset(url: &DatabaseUrl) -> Result<(), Fault> {
    let mut conn = url.connect()?;
    be_alone(&mut conn)?;
    let restore = {
        let databases = lock();
        let template = &databases
            .as_ref()
            .ok_or_else(|| Fault::internal("no databases"))?
            .template;
        if shape(&mut conn)? != template.shape {
            return Err(Fault::internal("the schema was changed"));
        }
        template.restore()
    };
    Ok(conn.execute_batch(&restore)?)
}

impl Template {
    /// What puts its rows in the place of all others. References are not looked at meanwhile: all of them hold again at
    /// the end.
    fn restore(&self) -> String {
        let mut sql = String::from(
            "BEGIN; SET LOCAL session_replication_role = replica; \
             DO $$ DECLARE t text; BEGIN \
             FOR t IN SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' \
             LOOP EXECUTE format('DELETE FROM public.%I', t); END LOOP; END $$; ",
        );
        for (table, rows) in &self.rows {
            sql.push_str(&format!(
                "INSERT INTO public.\"{table}\" SELECT * FROM json_populate_recordset(NULL::public.\"{table}\", {}); ",
                quoted(rows)
            ));
        }
        sql.push_str("COMMIT");
        sql
    }
}

/// Ends the connections of the test before; each has so long to go.
fn be_alone(conn: &mut Conn) -> Result<(), Fault> {
    let gone = is(
        conn,
        &format!(
            "SELECT coalesce(bool_and(pg_terminate_backend(pid, {PATIENCE_MS})), true) AS is FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ),
    )?;
    match gone {
        true => Ok(()),
        false => Err(Fault::internal("others hold on to the database")),
    }
}

/// Tables, indexes, columns, constraints, functions and triggers, as a hash.
fn shape(conn: &mut Conn) -> Result<String, Fault> {
    let found = told(
        conn,
        "SELECT md5(string_agg(of, E'\\n' ORDER BY of)) AS told FROM ( \
           SELECT format('%s %s %s %s %s %s', n.nspname, c.relkind, c.relname, a.attname, a.atttypid, a.attnotnull) AS of \
           FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
           LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 \
           WHERE n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') \
           UNION ALL SELECT format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint \
           WHERE conrelid <> 0 AND connamespace = 'public'::regnamespace \
           UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' \
           UNION ALL SELECT format('%s %s', tgrelid::regclass, tgname) FROM pg_trigger WHERE NOT tgisinternal \
           UNION ALL SELECT format('%s %s', pronamespace::regnamespace, proname) FROM pg_proc \
           WHERE pronamespace = 'public'::regnamespace \
         ) AS parts",
    )?;
    found.ok_or_else(|| Fault::internal("a database without tables"))
}

/// Drops what schemas of another day left, where nobody tests by them.
fn sweep(admin: &mut Conn) -> Result<(), Fault> {
    let left = told(
        admin,
        &format!(
            "SELECT string_agg(datname, ' ') AS told FROM pg_database WHERE datname ~ '^(schema|reused)_[0-9a-f]+' \
             AND datname !~ '^(schema|reused)_{SCHEMA}' AND NOT EXISTS ( \
               SELECT 1 FROM pg_stat_activity WHERE datname ~ '^reused_' AND datname !~ '^reused_{SCHEMA}')"
        ),
    )?;
    for name in left.iter().flat_map(|names| names.split(' ')) {
        // Another run may be faster; then there is nothing left to do.
        admin
            .execute_batch(&format!("DROP DATABASE IF EXISTS {name}"))
            .ok();
    }
    Ok(())
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn told(conn: &mut Conn, asked: &str) -> Result<Option<String>, Fault> {
    let found: Vec<Told> = on_each!(conn, |c| diesel::sql_query(asked).load(c))?;
    Ok(found.into_iter().next().and_then(|found| found.told))
}

fn is(conn: &mut Conn, asked: &str) -> Result<bool, Fault> {
    let found: Is = on_each!(conn, |c| diesel::sql_query(asked).get_result(c))?;
    Ok(found.is)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Engine, testing};

    /// The server of this run; none where it tests SQLite, whose databases are files.
    fn server() -> Option<DatabaseUrl> {
        testing::server().filter(|server| server.engine() == Engine::Postgres)
    }

    fn asked(url: &DatabaseUrl, asked: &str) -> Option<String> {
        told(&mut url.connect().expect("it answers"), asked).expect("asked")
    }

    fn run(url: &DatabaseUrl, sql: &str) {
        let mut conn = url.connect().expect("it answers");
        conn.execute_batch(sql).expect("done");
    }

    const SETTINGS: &str = "SELECT string_agg(name, ' ') AS told FROM settings";
    /// Another one after it was made anew, though its name is the same.
    const WHICH: &str = "SELECT oid::text AS told FROM pg_database WHERE datname = current_database()";

    #[test]
    fn a_lent_database_holds_nothing_of_who_had_it_before() {
        let Some(server) = server() else { return };
        let (url, lent) = lend(&server);
        let (first, empty) = (asked(&url, WHICH), asked(&url, SETTINGS));
        run(&url, "INSERT INTO settings VALUES ('left', '[1]')");
        assert_eq!(asked(&url, SETTINGS).as_deref(), Some("left"));

        let next = ready(&server, lent.number);

        assert_eq!(next.as_str(), url.as_str());
        assert_eq!(asked(&next, SETTINGS), empty);
        assert_eq!(asked(&next, WHICH), first, "it was put back, and not made anew");
    }

    #[test]
    fn a_database_whose_schema_was_changed_is_not_lent_again() {
        let Some(server) = server() else { return };
        let (mut url, lent) = lend(&server);

        for change in [
            "CREATE TABLE left_over (id BIGINT)",
            "ALTER TABLE settings ADD COLUMN left_over BIGINT",
            "DROP TABLE settings CASCADE",
            "CREATE INDEX left_over ON settings (value)",
        ] {
            let (first, shape_before) = (asked(&url, WHICH), shape_of(&url));
            run(&url, change);
            assert_ne!(shape_of(&url), shape_before, "{change}");

            url = ready(&server, lent.number);

            assert_ne!(asked(&url, WHICH), first, "{change}: it was made anew");
            assert_eq!(shape_of(&url), shape_before, "{change}");
        }
    }

    fn shape_of(url: &DatabaseUrl) -> String {
        shape(&mut url.connect().expect("it answers")).expect("there are tables")
    }
}
