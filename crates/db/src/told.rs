//! Rows that are found by names of tables and columns which are data: what a slice declares to be about a person is read
//! and changed by what it declared.
//!
//! Every name comes from a constant of the program, never from a request; the one value of a statement is bound. Knows no
//! table by name: [`Columns`] asks the engine what a column holds.

use std::collections::BTreeMap;

use diesel::{QueryResult, RunQueryDsl as _, sql_query, sql_types::Text};
use kernel::{Fault, Id, column::UuidSql};
use serde_json::{Map, Value as Json};

use crate::{
    Conn, on_each,
    transfer::{
        Stopped,
        rows::{self, Cells},
        schema::{self, Kind, quoted},
        value::Value,
    },
};

/// What every column of a database holds.
pub struct Columns(BTreeMap<String, BTreeMap<String, Kind>>);

/// A column that refers to rows of another table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, diesel::QueryableByName)]
pub struct Referring {
    /// The table it is of.
    #[diesel(sql_type = Text)]
    pub table: String,
    /// Its name.
    #[diesel(sql_type = Text)]
    pub column: String,
    /// The table it refers to.
    #[diesel(sql_type = Text)]
    pub parent: String,
}

/// The place of the bound id in a condition: `person = <ID>`.
pub const ID: &str = "<ID>";

impl Columns {
    /// As the engine describes them.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn of(conn: &mut Conn) -> Result<Self, Fault> {
        let tables = schema::tables(conn).map_err(fault)?;
        let kinds = |columns: Vec<schema::Column>| {
            let pairs = columns.into_iter().map(|column| (column.name, column.kind));
            pairs.collect()
        };
        let pairs = tables.into_iter().map(|table| (table.name, kinds(table.columns)));
        Ok(Self(pairs.collect()))
    }

    /// The columns that hold ids, as table and column.
    pub fn ids(&self) -> Vec<(&str, &str)> {
        let all = self.0.iter().flat_map(|(table, columns)| {
            let ids = columns.iter().filter(|(_, kind)| **kind == Kind::Uuid);
            ids.map(move |(column, _)| (table.as_str(), column.as_str()))
        });
        all.collect()
    }

    /// Rows of `table` for which `condition` holds of `id`, as objects of these columns.
    ///
    /// # Errors
    /// When there is no such column; when the database refuses.
    pub fn rows(
        &self,
        conn: &mut Conn,
        table: &str,
        columns: &[&str],
        condition: &str,
        id: Id<()>,
    ) -> Result<Vec<Json>, Fault> {
        let known = self.0.get(table);
        let mut kinds = Vec::new();
        for column in columns {
            let kind = known.and_then(|known| known.get(*column));
            kinds.push(*kind.ok_or_else(|| Fault::internal(format!("there is no {table}.{column}")))?);
        }
        let names: Vec<String> = columns.iter().map(|column| quoted(column)).collect();
        let asked = format!(
            "SELECT {} FROM {} WHERE {} ORDER BY {}",
            names.join(", "),
            quoted(table),
            placed(conn, condition),
            (1..=columns.len().min(2))
                .map(|place| place.to_string())
                .collect::<Vec<_>>()
                .join(", ")
        );
        let found: Vec<Cells> = on_each!(conn, |c| sql_query(&asked).bind::<UuidSql, _>(id).load(c))?;
        let row = |cells: Cells| {
            let mut row = Map::new();
            for ((column, kind), cell) in columns.iter().zip(&kinds).zip(cells.0) {
                let value = cell.into_value(*kind).ok_or_else(|| {
                    Fault::internal(format!("{table}.{column} holds what does not belong there"))
                })?;
                row.insert((*column).to_owned(), json_of(value)?);
            }
            Ok(Json::Object(row))
        };
        found.into_iter().map(row).collect()
    }
}

/// Deletes the rows of `table` for which `condition` holds of `id`. Answers how many.
///
/// # Errors
/// When the database refuses.
pub fn delete(conn: &mut Conn, table: &str, condition: &str, id: Id<()>) -> Result<usize, Fault> {
    let asked = format!("DELETE FROM {} WHERE {}", quoted(table), placed(conn, condition));
    Ok(on_each!(conn, |c| sql_query(&asked)
        .bind::<UuidSql, _>(id)
        .execute(c))?)
}

/// Empties columns of the rows of `table` for which `condition` holds of `id`: to nothing, or to the empty text. Answers
/// how many.
///
/// # Errors
/// When the database refuses.
pub fn empty(
    conn: &mut Conn,
    table: &str,
    to_nothing: &[&str],
    to_blank: &[&str],
    condition: &str,
    id: Id<()>,
) -> Result<usize, Fault> {
    let nothing = to_nothing
        .iter()
        .map(|column| format!("{} = NULL", quoted(column)));
    let blank = to_blank.iter().map(|column| format!("{} = ''", quoted(column)));
    let changes: Vec<String> = nothing.chain(blank).collect();
    let asked = format!(
        "UPDATE {} SET {} WHERE {}",
        quoted(table),
        changes.join(", "),
        placed(conn, condition)
    );
    Ok(on_each!(conn, |c| sql_query(&asked)
        .bind::<UuidSql, _>(id)
        .execute(c))?)
}

/// Every column with a foreign key.
///
/// # Errors
/// When the database refuses.
pub fn referring(conn: &mut Conn) -> QueryResult<Vec<Referring>> {
    let asked = sql_query(match conn {
        Conn::Sqlite(_) => {
            "SELECT t.name AS \"table\", f.\"from\" AS \"column\", f.\"table\" AS parent \
             FROM sqlite_schema AS t JOIN pragma_foreign_key_list(t.name) AS f WHERE t.type = 'table'"
        }
        Conn::Pg(_) => {
            "SELECT child.relname::text AS \"table\", a.attname::text AS \"column\", parent.relname::text AS parent \
             FROM pg_constraint c JOIN pg_class child ON child.oid = c.conrelid \
             JOIN pg_class parent ON parent.oid = c.confrelid \
             JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) \
             WHERE c.contype = 'f' AND child.relnamespace = current_schema()::regnamespace"
        }
    });
    let mut found: Vec<Referring> = on_each!(conn, |c| asked.load(c))?;
    found.sort();
    Ok(found)
}

/// Every column, as `table.column`, in which one of these texts stands, upper and lower case alike.
///
/// # Errors
/// When the database refuses.
pub fn holding(conn: &mut Conn, texts: &[&str]) -> Result<Vec<String>, Fault> {
    let wanted: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
    let stands_in = |text: &str| {
        let text = text.to_lowercase();
        wanted.iter().any(|wanted| text.contains(wanted))
    };
    let mut found = Vec::new();
    for table in schema::tables(conn).map_err(fault)? {
        let mut columns = vec![false; table.columns.len()];
        rows::each(conn, &table, |row| {
            for (is_found, value) in columns.iter_mut().zip(row) {
                *is_found |= match value {
                    Value::Text(text) | Value::Json(text) => stands_in(&text),
                    Value::Bytes(bytes) => stands_in(&String::from_utf8_lossy(&bytes)),
                    Value::Null
                    | Value::Uuid(_)
                    | Value::Moment(_)
                    | Value::Bool(_)
                    | Value::Big(_)
                    | Value::Int(_)
                    | Value::Double(_) => false,
                };
            }
            Ok(())
        })
        .map_err(fault)?;
        let named = table
            .columns
            .iter()
            .zip(columns)
            .filter(|(_, is_found)| *is_found);
        found.extend(named.map(|(column, _)| format!("{}.{}", table.name, column.name)));
    }
    Ok(found)
}

fn placed(conn: &Conn, condition: &str) -> String {
    condition.replace(ID, if conn.is_sqlite() { "?" } else { "$1" })
}

fn json_of(value: Value) -> Result<Json, Fault> {
    Ok(match value {
        Value::Null => Json::Null,
        Value::Uuid(id) => Json::String(id.to_string()),
        Value::Moment(moment) => Json::String(moment.rfc3339()),
        Value::Json(text) => serde_json::from_str(&text).map_err(Fault::internal)?,
        Value::Bool(is) => is.into(),
        Value::Big(number) => number.into(),
        Value::Int(number) => number.into(),
        Value::Text(text) => Json::String(text),
        Value::Double(number) => number.into(),
        Value::Bytes(_) => return Err(Fault::internal("bytes are not told")),
    })
}

fn fault(stopped: Stopped) -> Fault {
    match stopped {
        Stopped::Failed(fault) => fault,
        other => Fault::internal(other),
    }
}
