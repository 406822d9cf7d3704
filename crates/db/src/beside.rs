//! Two SQLite files on one connection, and all rows of the one put in place of the other's: for what keeps a copy of how
//! it began.
//!
//! Knows no table by name; asks only that both files have the same ones. What is made of rows by triggers follows them. PostgreSQL has no such thing and says so.

use diesel::{RunQueryDsl as _, SqliteConnection, sql_query, sql_types};
use kernel::Fault;

use crate::{Conn, DatabaseUrl};

/// Under which the other file is known on the connection.
const OTHER: &str = "beside";

/// A column as both files must have it.
#[derive(Debug, PartialEq, Eq, diesel::QueryableByName)]
struct Column {
    #[diesel(sql_type = sql_types::Text)]
    table: String,
    #[diesel(sql_type = sql_types::Text)]
    column: String,
}

impl DatabaseUrl {
    /// Opens a connection that may write, knows the other file as well, and enforces no foreign keys: it is for
    /// [`take_over`] alone, which leaves them as sound as they are in the other file.
    ///
    /// # Errors
    /// `database_unavailable`; internal when either is no SQLite file that is there.
    pub fn connect_beside(&self, other: &Self) -> Result<Conn, Fault> {
        // ATTACH would make the file that is not there.
        let file = other.file().filter(|file| file.is_file());
        let file = file.ok_or_else(|| Fault::internal(format!("{other:?} is no file")))?;
        let mut conn = self.connect_to_migrate()?;
        sql_query(format!("ATTACH DATABASE ? AS {OTHER}"))
            .bind::<sql_types::Text, _>(file.display().to_string())
            .execute(sqlite(&mut conn)?)?;
        Ok(conn)
    }
}

/// Puts the other file's rows in place of all there are, in the running transaction. Answers in how many tables.
///
/// # Errors
/// Internal when the files do not have the same tables; when the engine refuses.
pub fn take_over(conn: &mut Conn) -> Result<usize, Fault> {
    let c = sqlite(conn)?;
    let columns = columns_of(c, "main")?;
    if columns != columns_of(c, OTHER)? {
        return Err(Fault::internal("the two files have other tables"));
    }
    let mut tables: Vec<String> = columns.into_iter().map(|column| column.table).collect();
    tables.dedup();
    // Which migrations were run is true of the file, whatever its rows.
    tables.retain(|table| !table.starts_with("__diesel"));
    for table in &tables {
        sql_query(format!("DELETE FROM main.\"{table}\"")).execute(c)?;
        sql_query(format!(
            "INSERT INTO main.\"{table}\" SELECT * FROM {OTHER}.\"{table}\""
        ))
        .execute(c)?;
    }
    Ok(tables.len())
}

fn columns_of(c: &mut SqliteConnection, file: &str) -> Result<Vec<Column>, Fault> {
    let asked = format!(
        "SELECT t.name AS \"table\", c.name AS \"column\" FROM {file}.sqlite_master t, pragma_table_info(t.name, '{file}') c \
         WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND {} ORDER BY t.name, c.cid",
        crate::migrate::NO_INDEX
    );
    Ok(sql_query(asked).load(c)?)
}

fn sqlite(conn: &mut Conn) -> Result<&mut SqliteConnection, Fault> {
    match conn {
        Conn::Sqlite(c) => Ok(c),
        Conn::Pg(_) => Err(Fault::internal("only SQLite has files beside each other")),
    }
}

#[cfg(test)]
mod tests {
    use kernel::Fault;

    use super::*;

    const SCHEMA: &str = "CREATE TABLE rooms (id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE); \
         CREATE TABLE sessions (id BIGINT PRIMARY KEY, room BIGINT NOT NULL REFERENCES rooms (id));";

    #[derive(diesel::QueryableByName)]
    struct Told {
        #[diesel(sql_type = sql_types::Text)]
        text: String,
    }

    /// A file with this schema and these rows.
    fn file(folder: &tempfile::TempDir, name: &str, schema: &str, rows: &str) -> DatabaseUrl {
        let url = DatabaseUrl::sqlite(&folder.path().join(name));
        let mut conn = url.connect().expect("it opens");
        conn.execute_batch(schema).expect("a schema");
        conn.execute_batch(rows).expect("rows");
        url
    }

    /// Every row there is.
    fn told(url: &DatabaseUrl) -> Vec<String> {
        let mut conn = url.connect().expect("it opens");
        let asked = sql_query(
            "SELECT 'room ' || id || ' ' || name AS text FROM rooms \
             UNION ALL SELECT 'session ' || id || ' in ' || room FROM sessions ORDER BY 1",
        );
        let rows: Vec<Told> = asked.load(sqlite(&mut conn).expect("SQLite")).expect("read");
        rows.into_iter().map(|row| row.text).collect()
    }

    fn pair(folder: &tempfile::TempDir) -> (DatabaseUrl, DatabaseUrl) {
        let start = "INSERT INTO rooms VALUES (1, 'Hall'), (2, 'Aula'); INSERT INTO sessions VALUES (7, 2);";
        let now = "INSERT INTO rooms VALUES (1, 'Aula'), (9, 'Attic'); INSERT INTO sessions VALUES (8, 9);";
        (
            file(folder, "now.db", SCHEMA, now),
            file(folder, "start.db", SCHEMA, start),
        )
    }

    #[test]
    fn all_rows_are_those_of_the_other_file_which_keeps_its_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let (now, start) = pair(&folder);
        let kept = told(&start);

        let mut conn = now.connect_beside(&start).expect("both open");
        let tables = conn.transaction(take_over).expect("taken over");

        assert_eq!(tables, 2);
        assert_eq!(told(&now), kept);
        assert_eq!(told(&start), kept);
        assert_eq!(kept, ["room 1 Hall", "room 2 Aula", "session 7 in 2"]);
    }

    #[test]
    fn what_fails_after_it_leaves_every_row_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let (now, start) = pair(&folder);
        let before = told(&now);

        let mut conn = now.connect_beside(&start).expect("both open");
        let refused: Result<(), Fault> = conn.transaction(|conn| {
            take_over(conn)?;
            Err(Fault::conflict("changed_my_mind"))
        });

        assert!(refused.is_err());
        assert_eq!(told(&now), before);
    }

    #[test]
    fn a_file_of_other_tables_or_none_at_all_is_refused_and_nothing_is_made() {
        let folder = tempfile::tempdir().expect("a folder");
        let (now, _) = pair(&folder);
        let before = told(&now);
        let other = file(
            &folder,
            "other.db",
            "CREATE TABLE rooms (id BIGINT PRIMARY KEY, title TEXT); CREATE TABLE sessions (id BIGINT, room BIGINT);",
            "",
        );

        let mut conn = now.connect_beside(&other).expect("both open");
        assert!(conn.transaction(take_over).is_err());
        assert_eq!(told(&now), before);

        let absent = folder.path().join("absent.db");
        assert!(now.connect_beside(&DatabaseUrl::sqlite(&absent)).is_err());
        assert!(!absent.exists());
    }
}
