//! The one place where the engines differ: how they are asked for rows that have all of the words, and how many rows come in.
//!
//! What is asked for goes as one value, made of letters, digits and our own signs around them.

use db::{Conn, Engine};
use diesel::{QueryResult, RunQueryDsl as _};

use crate::{
    asked::{Asked, Term},
    model::Entry,
    tables::search_entries,
};

/// A condition on `search_entries`, around a value.
pub(crate) struct Condition {
    pub before: &'static str,
    pub value: String,
    pub after: &'static str,
}

/// That a row has all of the words.
pub(crate) fn having(conn: &Conn, asked: &Asked) -> Condition {
    let engine = match conn.is_sqlite() {
        true => Engine::Sqlite,
        false => Engine::Postgres,
    };
    let terms: Vec<String> = asked.terms().iter().map(|term| said(engine, term)).collect();
    match engine {
        Engine::Sqlite => Condition {
            before: "search_entries.number IN (SELECT rowid FROM search_index WHERE search_index MATCH ",
            value: terms.join(" AND "),
            after: ")",
        },
        Engine::Postgres => Condition {
            before: "array_to_tsvector(string_to_array(search_entries.words, ' ')) @@ CAST(",
            value: terms.join(" & "),
            after: " AS tsquery)",
        },
    }
}

/// Writes new rows. Diesel would begin a transaction of its own for several at once on SQLite, within the one that is open;
/// to PostgreSQL they go in one statement, since each is a way there and back.
pub(crate) fn insert(conn: &mut Conn, rows: &[Entry]) -> QueryResult<()> {
    let table = search_entries::table;
    match conn {
        Conn::Sqlite(c) => rows
            .iter()
            .try_for_each(|row| diesel::insert_into(table).values(row).execute(c).map(drop)),
        Conn::Pg(c) => diesel::insert_into(table).values(rows).execute(c).map(drop),
    }
}

fn said(engine: Engine, term: &Term) -> String {
    let (quote, or, begins) = match engine {
        Engine::Sqlite => ('"', " OR ", " *"),
        Engine::Postgres => ('\'', " | ", ":*"),
    };
    let begins = if term.begins { begins } else { "" };
    let one = |form: &String| format!("{quote}{form}{quote}{begins}");
    let any: Vec<String> = term.any_of.iter().map(one).collect();
    format!("({})", any.join(or))
}
