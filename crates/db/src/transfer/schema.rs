//! The tables of a database as its engine describes them, and the order in which rows may come in.
//!
//! Knows no table by name: whatever the migrations made is what is copied.

use std::collections::{BTreeMap, BTreeSet};

use diesel::{QueryResult, RunQueryDsl as _, sql_query, sql_types::Text};

use crate::{Conn, migrate::NO_INDEX, on_each, transfer::Stopped};

/// Diesel's own list of migrations: each database keeps its own.
const MIGRATIONS: &str = "__diesel_schema_migrations";

/// What a column holds, by the type names of `migrations/README.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Uuid,
    Moment,
    Json,
    Bool,
    Big,
    Int,
    Text,
    Bytes,
    Double,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub name: String,
    pub kind: Kind,
}

/// A table, its columns in order of their names: two engines may have come to another order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Table {
    pub name: String,
    pub columns: Vec<Column>,
}

/// A foreign key: rows of `child` refer to rows of `parent`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Reference {
    pub child: String,
    pub parent: String,
    /// The constraint's name; SQLite has none.
    pub name: String,
}

/// The order in which tables are filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Order {
    /// Those that are referred to come first.
    pub tables: Vec<Table>,
    /// References that no order of tables can satisfy: a table's to itself, or round a circle.
    pub late: Vec<Reference>,
}

#[derive(diesel::QueryableByName)]
struct Described {
    #[diesel(sql_type = Text)]
    table: String,
    #[diesel(sql_type = Text)]
    column: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

#[derive(diesel::QueryableByName)]
struct Referring {
    #[diesel(sql_type = Text)]
    child: String,
    #[diesel(sql_type = Text)]
    parent: String,
    #[diesel(sql_type = Text)]
    name: String,
}

impl Table {
    /// Its columns, quoted, for a statement.
    pub(crate) fn column_list(&self) -> String {
        let quoted: Vec<String> = self.columns.iter().map(|column| quoted(&column.name)).collect();
        quoted.join(", ")
    }
}

/// A name for a statement.
pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Every table but diesel's own, in order of their names. An index that is kept as tables is made anew where the rows go.
pub(crate) fn tables(conn: &mut Conn) -> Result<Vec<Table>, Stopped> {
    let mut tables: BTreeMap<String, Vec<Column>> = BTreeMap::new();
    for found in described(conn)? {
        if found.table == MIGRATIONS {
            continue;
        }
        let kind = kind(&found.kind).ok_or_else(|| Stopped::UnknownKind {
            column: format!("{}.{}", found.table, found.column),
            kind: found.kind,
        })?;
        tables.entry(found.table).or_default().push(Column {
            name: found.column,
            kind,
        });
    }
    let sorted = |(name, mut columns): (String, Vec<Column>)| {
        columns.sort_by(|one, other| one.name.cmp(&other.name));
        Table { name, columns }
    };
    Ok(tables.into_iter().map(sorted).collect())
}

/// Every foreign key.
pub(crate) fn references(conn: &mut Conn) -> QueryResult<Vec<Reference>> {
    let asked = sql_query(match conn {
        Conn::Sqlite(_) => {
            "SELECT t.name AS child, f.\"table\" AS parent, '' AS name \
             FROM sqlite_schema AS t JOIN pragma_foreign_key_list(t.name) AS f WHERE t.type = 'table'"
        }
        Conn::Pg(_) => {
            "SELECT child.relname::text AS child, parent.relname::text AS parent, c.conname::text AS name \
             FROM pg_constraint c JOIN pg_class child ON child.oid = c.conrelid \
             JOIN pg_class parent ON parent.oid = c.confrelid \
             WHERE c.contype = 'f' AND child.relnamespace = current_schema()::regnamespace"
        }
    });
    let found: Vec<Referring> = on_each!(conn, |c| asked.load(c))?;
    let mut references: Vec<Reference> = found
        .into_iter()
        .map(|found| Reference {
            child: found.child,
            parent: found.parent,
            name: found.name,
        })
        .collect();
    references.sort();
    Ok(references)
}

/// The order in which these tables can be filled.
pub(crate) fn in_order(tables: Vec<Table>, references: &[Reference]) -> Order {
    let mut waiting: BTreeMap<String, Table> = tables
        .into_iter()
        .map(|table| (table.name.clone(), table))
        .collect();
    let mut order = Order {
        tables: Vec::new(),
        late: Vec::new(),
    };
    while !waiting.is_empty() {
        let held: BTreeSet<&str> = references
            .iter()
            .filter(|one| one.child != one.parent && waiting.contains_key(&one.parent))
            .map(|one| one.child.as_str())
            .collect();
        let next = waiting
            .keys()
            .find(|name| !held.contains(name.as_str()))
            // A circle: it is broken at its first table.
            .or_else(|| waiting.keys().next())
            .cloned();
        let Some(table) = next.and_then(|name| waiting.remove(&name)) else {
            break;
        };
        let not_yet = |one: &&Reference| {
            one.child == table.name && (one.parent == table.name || waiting.contains_key(&one.parent))
        };
        order.late.extend(references.iter().filter(not_yet).cloned());
        order.tables.push(table);
    }
    order
}

fn described(conn: &mut Conn) -> QueryResult<Vec<Described>> {
    let asked = sql_query(match conn {
        Conn::Sqlite(_) => format!(
            "SELECT t.name AS \"table\", c.name AS \"column\", upper(c.type) AS kind \
             FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c \
             WHERE t.type = 'table' AND substr(t.name, 1, 7) <> 'sqlite_' AND {NO_INDEX}"
        ),
        Conn::Pg(_) => "SELECT c.relname::text AS \"table\", a.attname::text AS \"column\", \
             format_type(a.atttypid, a.atttypmod) AS kind \
             FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid \
             WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') \
             AND a.attnum > 0 AND NOT a.attisdropped"
            .to_owned(),
    });
    on_each!(conn, |c| asked.load(c))
}

fn kind(said: &str) -> Option<Kind> {
    Some(match said {
        "UUID" | "uuid" => Kind::Uuid,
        "TIMESTAMPTZ" | "timestamp with time zone" => Kind::Moment,
        "JSONB" | "jsonb" => Kind::Json,
        "BOOLEAN" | "boolean" => Kind::Bool,
        "BIGINT" | "bigint" => Kind::Big,
        "INTEGER" | "integer" => Kind::Int,
        "TEXT" | "text" => Kind::Text,
        "BYTEA" | "bytea" => Kind::Bytes,
        "DOUBLE PRECISION" | "double precision" => Kind::Double,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(names: &[&str], references: &[(&str, &str)]) -> (Vec<String>, Vec<(String, String)>) {
        let tables = names.iter().map(|name| Table {
            name: (*name).into(),
            columns: vec![],
        });
        let references: Vec<Reference> = references
            .iter()
            .map(|(child, parent)| Reference {
                child: (*child).into(),
                parent: (*parent).into(),
                name: String::new(),
            })
            .collect();
        let order = in_order(tables.collect(), &references);
        let names = order.tables.into_iter().map(|table| table.name).collect();
        let late = order
            .late
            .into_iter()
            .map(|one| (one.child, one.parent))
            .collect();
        (names, late)
    }

    #[test]
    fn what_is_referred_to_comes_first_and_what_refers_to_itself_is_late() {
        let (tables, late) = order(
            &["a", "b", "c", "d"],
            &[("a", "b"), ("b", "c"), ("b", "b"), ("d", "a")],
        );

        assert_eq!(tables, ["c", "b", "a", "d"]);
        assert_eq!(late, [("b".to_owned(), "b".to_owned())]);
    }

    #[test]
    fn a_circle_is_broken_once() {
        let (tables, late) = order(&["a", "b", "c"], &[("a", "b"), ("b", "a"), ("c", "b")]);

        assert_eq!(tables, ["a", "b", "c"]);
        assert_eq!(late, [("a".to_owned(), "b".to_owned())]);
    }

    #[test]
    fn the_two_engines_have_the_same_tables_with_columns_of_the_same_kinds() {
        let database = crate::testing::fresh();
        let sqlite = crate::testing::fresh_sqlite(crate::Settings::usual());

        let there = tables(&mut database.conn()).expect("described");

        assert_eq!(tables(&mut sqlite.conn()), Ok(there.clone()));
        assert!(there.len() > 50 && there.iter().all(|table| !table.columns.is_empty()));
    }
}
