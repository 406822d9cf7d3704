//! Whether a database is sound: for `doctor` and after a restore.

use diesel::{RunQueryDsl as _, sql_query};
use kernel::Fault;

use crate::Conn;

#[derive(diesel::QueryableByName)]
struct Said {
    #[diesel(sql_type = diesel::sql_types::Text)]
    said: String,
}

/// Everything the engine finds wrong with its own file and with references between rows; PostgreSQL keeps both sound by
/// itself, so there only constraints that were never validated are told.
///
/// # Errors
/// When the database cannot be asked.
pub fn problems(conn: &mut Conn) -> Result<Vec<String>, Fault> {
    let said: Vec<Said> = match conn {
        Conn::Sqlite(c) => {
            let mut said: Vec<Said> =
                sql_query("SELECT quick_check AS said FROM pragma_quick_check WHERE quick_check <> 'ok'").load(c)?;
            let broken: Vec<Said> = sql_query(
                "SELECT 'broken reference from ' || \"table\" || ' to ' || parent AS said FROM pragma_foreign_key_check LIMIT 100",
            )
            .load(c)?;
            said.extend(broken);
            said
        }
        Conn::Pg(c) => sql_query(
            "SELECT 'never validated: ' || conname::text AS said FROM pg_constraint WHERE NOT convalidated ORDER BY 1",
        )
        .load(c)?,
    };
    Ok(said.into_iter().map(|one| one.said).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_fresh_database_is_sound() {
        let database = crate::testing::fresh();
        assert_eq!(database.read("check", super::problems), Ok(vec![]));
    }
}
