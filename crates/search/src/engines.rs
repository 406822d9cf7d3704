//! The one place where the engines differ: how they are asked for rows that have all of the words.
//!
//! What is asked for goes as one value, made of letters, digits and our own signs around them.

use db::{Conn, Engine};

use crate::asked::{Asked, Term};

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
