//! One SQL text for two engines: type names both accept, nothing by default, and a way back.

use std::collections::BTreeMap;

use crate::tree;

const TYPES: &[&str] = &[
    "UUID",
    "TIMESTAMPTZ",
    "JSONB",
    "BOOLEAN",
    "BIGINT",
    "INTEGER",
    "TEXT",
    "BYTEA",
    "DOUBLE PRECISION",
];
/// Words that mean different things to the engines, or hide what Rust should say.
const FORBIDDEN: &[&str] = &[
    "STRICT",
    "DEFERRABLE",
    "AUTOINCREMENT",
    "SERIAL",
    "WITHOUT ROWID",
    "ENUM",
];
const CONSTRAINTS: &[&str] = &["PRIMARY", "FOREIGN", "UNIQUE", "CHECK", "CONSTRAINT"];

/// One sentence for each thing in `up` that the other engine would read differently.
fn in_up(up: &str) -> Vec<String> {
    let sql = plain(up);
    let mut sentences = Vec::new();
    for (table, columns) in tables(&sql) {
        for column in columns {
            sentences.extend(in_column(&table, &column));
        }
    }
    for statement in sql
        .split(';')
        .filter(|statement| statement.contains(" ADD COLUMN "))
    {
        let column = statement.split(" ADD COLUMN ").nth(1).unwrap_or_default();
        sentences.extend(wrong_type("ALTER TABLE", column));
    }
    let words = FORBIDDEN.iter().filter(|word| tree::has_word(&sql, word));
    sentences.extend(words.map(|word| format!("uses {word}")));
    sentences
}

/// One sentence for each table of `up` that `down` leaves.
fn left_behind(up: &str, down: &str) -> Vec<String> {
    let down = plain(down);
    tables(&plain(up))
        .into_keys()
        .filter(|table| !down.contains(&format!("DROP TABLE {table}")))
        .filter(|table| !down.contains(&format!("DROP TABLE IF EXISTS {table}")))
        .map(|table| format!("down.sql leaves {table}"))
        .collect()
}

fn in_column(table: &str, column: &str) -> Vec<String> {
    let first = column.split(' ').next().unwrap_or_default();
    if CONSTRAINTS.contains(&first) {
        return vec![];
    }
    let default = tree::has_word(column, "DEFAULT").then(|| format!("{table}.{first} has a DEFAULT"));
    wrong_type(table, column).into_iter().chain(default).collect()
}

fn wrong_type(table: &str, column: &str) -> Option<String> {
    let (name, rest) = column.trim().split_once(' ').unwrap_or((column, ""));
    let is_allowed = TYPES.iter().any(|kind| {
        let after = rest.trim_start().strip_prefix(kind);
        after.is_some_and(|after| after.is_empty() || after.starts_with([' ', ',']))
    });
    (!is_allowed).then(|| {
        format!(
            "{table}.{name} has a type that is not one of {}",
            TYPES.join(", ")
        )
    })
}

/// Upper case without comments and texts, with single spaces.
fn plain(sql: &str) -> String {
    let mut code = String::new();
    for line in sql.lines() {
        code.push_str(line.split("--").next().unwrap_or_default());
        code.push(' ');
    }
    let outside: Vec<&str> = code.split('\'').step_by(2).collect();
    outside
        .join("''")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_uppercase()
}

/// Each created table with its columns and constraints.
fn tables(sql: &str) -> BTreeMap<String, Vec<String>> {
    let mut tables = BTreeMap::new();
    for statement in sql.split(';').map(str::trim) {
        let Some(rest) = statement.strip_prefix("CREATE TABLE ") else {
            continue;
        };
        let rest = rest.strip_prefix("IF NOT EXISTS ").unwrap_or(rest);
        let Some((name, body)) = rest.split_once('(') else {
            continue;
        };
        let body = body.rsplit_once(')').map_or(body, |(inside, _)| inside);
        tables.insert(name.trim().to_owned(), items(body));
    }
    tables
}

/// Splits at the commas that stand in no parentheses.
fn items(body: &str) -> Vec<String> {
    let mut items = vec![String::new()];
    let mut depth = 0;
    for c in body.chars() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        match (c, depth) {
            (',', 0) => items.push(String::new()),
            _ => items.last_mut().expect("there is always one item").push(c),
        }
    }
    items
        .iter()
        .map(|item| item.trim().to_owned())
        .filter(|item| !item.is_empty())
        .collect()
}

#[test]
fn migrations_say_only_what_both_engines_read_alike() {
    let ups = tree::files("migrations/shared", "/up.sql");

    tree::none(
        ups.iter()
            .flat_map(|up| {
                in_up(&up.text)
                    .into_iter()
                    .map(|sentence| format!("{}: {sentence}", up.path))
            })
            .collect(),
    );
}

#[test]
fn every_migration_has_a_way_back() {
    let downs: BTreeMap<String, String> = tree::files("migrations", "/down.sql")
        .into_iter()
        .map(|file| (file.path, file.text))
        .collect();

    let mut sentences = Vec::new();
    for up in tree::files("migrations", "/up.sql") {
        match downs.get(&up.path.replace("/up.sql", "/down.sql")) {
            None => sentences.push(format!("{} has no down.sql beside it", up.path)),
            Some(down) => sentences.extend(
                left_behind(&up.text, down)
                    .iter()
                    .map(|sentence| format!("{}: {sentence}", up.path)),
            ),
        }
    }
    tree::none(sentences);
}

#[test]
fn a_type_of_one_engine_is_told() {
    let up = "-- VARCHAR(9)\nCREATE TABLE a (\n  id UUID PRIMARY KEY,\n  b VARCHAR(9) NOT NULL, -- why\n  c DOUBLE PRECISION,\n  d INTEGER NOT NULL CHECK (d IN (1, 2)),\n  FOREIGN KEY (b, c) REFERENCES e (f, g)\n);\n";

    let told = in_up(up);

    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("A.B has a type"), "{told:?}");
}

#[test]
fn a_default_a_strict_table_and_an_odd_added_column_are_told() {
    assert_eq!(
        in_up("CREATE TABLE a (b TEXT NOT NULL DEFAULT 'x');"),
        ["A.B has a DEFAULT"]
    );
    assert_eq!(in_up("CREATE TABLE a (b TEXT) STRICT;"), ["uses STRICT"]);
    assert_eq!(in_up("ALTER TABLE a ADD COLUMN b SMALLINT;").len(), 1);
    assert_eq!(
        in_up("INSERT INTO a (b) VALUES ('a strict default; by default');"),
        Vec::<String>::new()
    );
}

#[test]
fn a_table_that_is_left_is_told() {
    let up = "CREATE TABLE a (b TEXT);\nCREATE TABLE c (d TEXT);";

    assert_eq!(left_behind(up, "DROP TABLE c;"), ["down.sql leaves A"]);
    assert_eq!(
        left_behind(up, "DROP TABLE c;\nDROP TABLE IF EXISTS a;"),
        Vec::<String>::new()
    );
}
