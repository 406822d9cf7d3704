//! The audit as a table for spreadsheets.
//!
//! Invariant: no cell is taken for a formula by any program (§5.5 case 51). It writes the entries it is given: access was
//! decided before.

use kernel::{Id, text};

use crate::model::{Entry, Subject};

/// How it is served.
pub const MEDIA_TYPE: &str = "text/csv; charset=utf-8";
/// Most entries in one file; the next begins where it ends.
pub const ENTRIES_MAX: i64 = 10_000;

/// Without it a common spreadsheet program takes UTF-8 for something else.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
/// The columns, in order.
const COLUMNS: [&str; 9] = [
    "number",
    "at",
    "person",
    "name",
    "act",
    "object_kind",
    "object",
    "edition",
    "facts",
];

/// The table of these entries; `name` knows who somebody is, as far as the reader may know.
pub fn render(entries: &[Entry], name: impl Fn(Id<Subject>) -> Option<String>) -> Vec<u8> {
    let mut table = csv::Writer::from_writer(BYTE_ORDER_MARK.to_vec());
    table.write_record(COLUMNS).expect("memory takes every write");
    for entry in entries {
        let id = |id: Option<String>| id.unwrap_or_default();
        let row = [
            entry.seq.to_string(),
            entry.at.rfc3339(),
            id(entry.actor.map(|id| id.to_string())),
            text::csv_safe(&entry.actor.and_then(&name).unwrap_or_default()),
            text::csv_safe(&entry.act),
            text::csv_safe(&entry.object_kind),
            id(entry.object_id.map(|id| id.to_string())),
            id(entry.scope.map(|id| id.to_string())),
            text::csv_safe(&entry.summary),
        ];
        table
            .write_record(row)
            .expect("a row has as many cells as there are columns");
    }
    table.into_inner().expect("memory takes every write")
}
