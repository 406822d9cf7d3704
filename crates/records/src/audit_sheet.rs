//! The audit as a list to be kept as a file. It writes the entries it is given: access was decided before.

use kernel::Id;

use crate::{
    model::{Entry, Subject},
    sheets::Sheet,
};

/// Most entries in one file; the next begins where it ends.
pub const ENTRIES_MAX: i64 = 10_000;

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

/// The list of these entries; `name` knows who somebody is, as far as the reader may know.
pub fn of(entries: &[Entry], name: impl Fn(Id<Subject>) -> Option<String>) -> Sheet {
    let mut sheet = Sheet::new(COLUMNS);
    for entry in entries {
        sheet.row([
            entry.seq.into(),
            entry.at.rfc3339().into(),
            entry.actor.map(|id| id.to_string()).into(),
            entry.actor.and_then(&name).into(),
            entry.act.clone().into(),
            entry.object_kind.clone().into(),
            entry.object_id.map(|id| id.to_string()).into(),
            entry.scope.map(|id| id.to_string()).into(),
            entry.summary.clone().into(),
        ]);
    }
    sheet
}
