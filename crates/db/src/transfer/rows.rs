//! Reads a table row by row, and writes rows by the batch. Here the two engines differ.

use diesel::{
    QueryableByName, RunQueryDsl as _,
    connection::DefaultLoadingMode,
    deserialize,
    pg::{Pg, PgRowByRowLoadingMode},
    row::{Field as _, NamedRow, Row},
    sql_query,
    sql_types::{BigInt, Binary, Bool, Double, Integer, Nullable, Text},
    sqlite::Sqlite,
};
use kernel::{
    Id, Moment,
    column::{MomentSql, UuidSql},
};

use super::{
    Stopped,
    schema::{Kind, Table, quoted},
    value::{Cell, Value},
};
use crate::Conn;

/// Values in one statement: under the bounds of both engines (32,766 and 65,535).
const VALUES_MOST: usize = 8_000;
/// Bytes of values in one statement, but for one row that alone is longer.
const BYTES_MOST: usize = 1 << 20;

/// Binds a value by the kind of its column: an absent one has a type too.
macro_rules! bound {
    ($asked:expr, $kind:expr, $value:expr) => {
        match ($kind, $value) {
            (_, Value::Uuid(id)) => $asked.bind::<UuidSql, _>(*id),
            (_, Value::Moment(moment)) => $asked.bind::<MomentSql, _>(*moment),
            (_, Value::Json(text) | Value::Text(text)) => $asked.bind::<Text, _>(text.as_str()),
            (_, Value::Bool(is)) => $asked.bind::<Bool, _>(*is),
            (_, Value::Big(number)) => $asked.bind::<BigInt, _>(*number),
            (_, Value::Int(number)) => $asked.bind::<Integer, _>(*number),
            (_, Value::Bytes(bytes)) => $asked.bind::<Binary, _>(bytes.as_slice()),
            (_, Value::Double(number)) => $asked.bind::<Double, _>(*number),
            (Kind::Uuid, Value::Null) => $asked.bind::<Nullable<UuidSql>, _>(None::<Id<()>>),
            (Kind::Moment, Value::Null) => $asked.bind::<Nullable<MomentSql>, _>(None::<Moment>),
            (Kind::Json | Kind::Text, Value::Null) => $asked.bind::<Nullable<Text>, _>(None::<&str>),
            (Kind::Bool, Value::Null) => $asked.bind::<Nullable<Bool>, _>(None::<bool>),
            (Kind::Big, Value::Null) => $asked.bind::<Nullable<BigInt>, _>(None::<i64>),
            (Kind::Int, Value::Null) => $asked.bind::<Nullable<Integer>, _>(None::<i32>),
            (Kind::Bytes, Value::Null) => $asked.bind::<Nullable<Binary>, _>(None::<&[u8]>),
            (Kind::Double, Value::Null) => $asked.bind::<Nullable<Double>, _>(None::<f64>),
        }
    };
}

/// A row as its engine hands it over.
pub(crate) struct Cells(pub(crate) Vec<Cell>);

impl QueryableByName<Sqlite> for Cells {
    fn build<'a>(row: &impl NamedRow<'a, Sqlite>) -> deserialize::Result<Self> {
        let cells = (0..row.field_count()).map(|place| {
            let field = Row::get(row, place).ok_or("a row that ends early")?;
            Cell::of_sqlite(field.value())
        });
        cells.collect::<deserialize::Result<_>>().map(Self)
    }
}

impl QueryableByName<Pg> for Cells {
    fn build<'a>(row: &impl NamedRow<'a, Pg>) -> deserialize::Result<Self> {
        let cells = (0..row.field_count()).map(|place| {
            let field = Row::get(row, place).ok_or("a row that ends early")?;
            Cell::of_postgres(field.value())
        });
        cells.collect::<deserialize::Result<_>>().map(Self)
    }
}

/// Hands over each row of a table; one at a time is in memory.
pub(crate) fn each(
    conn: &mut Conn,
    table: &Table,
    mut act: impl FnMut(Vec<Value>) -> Result<(), Stopped>,
) -> Result<(), Stopped> {
    let asked = sql_query(format!(
        "SELECT {} FROM {}",
        table.column_list(),
        quoted(&table.name)
    ));
    match conn {
        Conn::Sqlite(c) => {
            for row in asked.load_iter::<Cells, DefaultLoadingMode>(c)? {
                act(values(table, row?)?)?;
            }
        }
        Conn::Pg(c) => {
            for row in asked.load_iter::<Cells, PgRowByRowLoadingMode>(c)? {
                act(values(table, row?)?)?;
            }
        }
    }
    Ok(())
}

fn values(table: &Table, row: Cells) -> Result<Vec<Value>, Stopped> {
    let pairs = table.columns.iter().zip(row.0);
    pairs
        .map(|(column, cell)| {
            cell.into_value(column.kind)
                .ok_or_else(|| Stopped::BadValue(format!("{}.{}", table.name, column.name)))
        })
        .collect()
}

/// Rows on their way into a table.
pub(crate) struct Batch<'t> {
    table: &'t Table,
    rows: Vec<Vec<Value>>,
    bytes: usize,
}

impl<'t> Batch<'t> {
    pub(crate) const fn new(table: &'t Table) -> Self {
        Self {
            table,
            rows: Vec::new(),
            bytes: 0,
        }
    }

    /// Takes a row along, and writes when it holds enough.
    pub(crate) fn push(&mut self, conn: &mut Conn, row: Vec<Value>) -> Result<(), Stopped> {
        self.bytes += row.iter().map(Value::size).sum::<usize>();
        self.rows.push(row);
        let is_full = (self.rows.len() + 1) * self.table.columns.len() > VALUES_MOST;
        if is_full || self.bytes >= BYTES_MOST {
            self.write(conn)?;
        }
        Ok(())
    }

    /// Writes what it holds. How many rows that changed is not asked: they are counted where they are.
    pub(crate) fn write(&mut self, conn: &mut Conn) -> Result<(), Stopped> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.rows);
        self.bytes = 0;
        let written = match conn {
            Conn::Sqlite(c) => {
                let mut asked =
                    sql_query(self.statement(rows.len(), |_, _| "?".to_owned())).into_boxed::<Sqlite>();
                for (kind, value) in self.pairs(&rows) {
                    asked = bound!(asked, kind, value);
                }
                asked.execute(c)
            }
            Conn::Pg(c) => {
                let mut asked = sql_query(self.statement(rows.len(), numbered)).into_boxed::<Pg>();
                for (kind, value) in self.pairs(&rows) {
                    asked = bound!(asked, kind, value);
                }
                asked.execute(c)
            }
        };
        written.map(drop).map_err(|error| Stopped::Refused {
            table: self.table.name.clone(),
            why: error.to_string(),
        })
    }

    fn pairs<'r>(&self, rows: &'r [Vec<Value>]) -> impl Iterator<Item = (Kind, &'r Value)> {
        let kinds: Vec<Kind> = self.table.columns.iter().map(|column| column.kind).collect();
        rows.iter()
            .flat_map(move |row| kinds.clone().into_iter().zip(row))
    }

    fn statement(&self, rows: usize, place: impl Fn(usize, Kind) -> String) -> String {
        let width = self.table.columns.len();
        let one = |row: usize| {
            let places: Vec<String> = self
                .table
                .columns
                .iter()
                .enumerate()
                .map(|(at, column)| place(row * width + at + 1, column.kind))
                .collect();
            format!("({})", places.join(", "))
        };
        let all: Vec<String> = (0..rows).map(one).collect();
        format!(
            "INSERT INTO {} ({}) VALUES {}",
            quoted(&self.table.name),
            self.table.column_list(),
            all.join(", ")
        )
    }
}

/// JSON goes as text, so that no number of it is read and written anew on the way.
fn numbered(number: usize, kind: Kind) -> String {
    match kind {
        Kind::Json => format!("${number}::jsonb"),
        Kind::Uuid
        | Kind::Moment
        | Kind::Bool
        | Kind::Big
        | Kind::Int
        | Kind::Text
        | Kind::Bytes
        | Kind::Double => format!("${number}"),
    }
}
