//! A list as a file: its columns said once, written for spreadsheets as CSV and XLSX and for programs as JSON.
//!
//! Invariants: the three hold the same rows and the same columns; no cell is taken for a formula by any program, and
//! numbers stay numbers (§5.5 case 51). It writes what it is given: access was decided before, by whoever read the rows.

use kernel::{Coded as _, Fault, text};
use rust_xlsxwriter::{Workbook, XlsxError};
use serde_json::{Map, Value};

/// Without it a common spreadsheet program takes UTF-8 for something else.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// Most characters in a cell of a workbook, as that program has it.
const CELL_MOST: usize = 32_767;
/// Numbers beyond are not whole in a workbook, which keeps them as floating point: 2⁵³.
const WHOLE_MOST: u64 = 1 << 53;

kernel::coded! {
    /// In which form a list is written.
    pub enum Format {
        /// Text, comma-separated.
        Csv => "csv",
        /// A workbook.
        Xlsx => "xlsx",
        /// For programs.
        Json => "json",
    }
}

impl Format {
    /// As in the Content-Type header.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
        }
    }

    /// The name of the file.
    pub fn file(self, name: &str) -> String {
        format!("{name}.{}", self.code())
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Text, whatever it looks like.
    Text(String),
    /// A whole number.
    Number(i64),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        Self::Text(text.unwrap_or_default())
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// A list: columns, and rows that have a cell for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    columns: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// An empty list with these columns.
    pub fn new(columns: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self {
            columns: columns.into_iter().map(Into::into).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    ///
    /// # Panics
    /// When it has not a cell for each column.
    pub fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        let row: Vec<Cell> = cells.into_iter().collect();
        assert_eq!(row.len(), self.columns.len(), "a cell for each column");
        self.rows.push(row);
    }

    /// The file.
    ///
    /// # Errors
    /// When there are more rows than a workbook takes.
    pub fn render(&self, format: Format) -> Result<Vec<u8>, Fault> {
        match format {
            Format::Csv => self.csv(),
            Format::Xlsx => self.xlsx().map_err(Fault::internal),
            Format::Json => self.json(),
        }
    }

    fn csv(&self) -> Result<Vec<u8>, Fault> {
        let mut file = csv::Writer::from_writer(BYTE_ORDER_MARK.to_vec());
        file.write_record(&self.columns).map_err(Fault::internal)?;
        for row in &self.rows {
            let cells = row.iter().map(|cell| match cell {
                Cell::Text(text) => text::csv_safe(text),
                Cell::Number(number) => number.to_string(),
            });
            file.write_record(cells).map_err(Fault::internal)?;
        }
        file.into_inner().map_err(Fault::internal)
    }

    fn xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (column, name) in (0..).zip(&self.columns) {
            sheet.write_string(0, column, name)?;
        }
        sheet.set_freeze_panes(1, 0)?;
        for (line, row) in (1..).zip(&self.rows) {
            for (column, cell) in (0..).zip(row) {
                match cell {
                    // Written as text, a formula is text: no mark in front of it is needed.
                    Cell::Text(text) if text.is_empty() => {}
                    Cell::Text(text) => {
                        sheet.write_string(line, column, fitting(text))?;
                    }
                    Cell::Number(number) if number.unsigned_abs() <= WHOLE_MOST => {
                        sheet.write_number(line, column, *number as f64)?;
                    }
                    Cell::Number(number) => {
                        sheet.write_string(line, column, number.to_string())?;
                    }
                }
            }
        }
        workbook.save_to_buffer()
    }

    fn json(&self) -> Result<Vec<u8>, Fault> {
        let object = |row: &Vec<Cell>| {
            let fields = self.columns.iter().zip(row).map(|(name, cell)| {
                let value = match cell {
                    Cell::Text(text) => Value::from(text.as_str()),
                    Cell::Number(number) => Value::from(*number),
                };
                (name.clone(), value)
            });
            Value::Object(fields.collect::<Map<_, _>>())
        };
        let items: Vec<Value> = self.rows.iter().map(object).collect();
        serde_json::to_vec(&serde_json::json!({ "items": items })).map_err(Fault::internal)
    }
}

/// As much of a text as a cell of a workbook takes.
fn fitting(text: &str) -> &str {
    match text.char_indices().nth(CELL_MOST) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}
