//! How a slice declares which of its rows are about a person: how they are found, what of them that person is told when
//! they ask for everything kept about them, and what becomes of them when that person is erased (R260).
//!
//! A declaration is data. `privacy` puts those of all slices together, and a test compares them with the database: a
//! column that refers to persons and is in none of them cannot be forgotten. Knows no slice.

use db::{
    Conn,
    told::{self, Columns},
};
use kernel::{Fault, Id};
use serde_json::Value;

use crate::Subject;

/// Rows of one table that a column binds to a person.
#[derive(Clone, Copy, Debug)]
pub struct Trace {
    /// The table.
    pub table: &'static str,
    /// The column that binds.
    pub column: &'static str,
    /// How it leads there: straight when empty, or through what is theirs.
    pub path: &'static [Step],
    /// The columns they are told. Never a hash, a sealed secret, or what is about somebody else; none where the rows say
    /// nothing that is not told of another table.
    pub told: &'static [&'static str],
    /// What becomes of the rows when the person is erased.
    pub fate: Fate,
}

/// One step from a row towards its person: the column holds a `key` of `table`, whose `column` leads on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The table stepped to.
    pub table: &'static str,
    /// What of it the column before holds.
    pub key: &'static str,
    /// Where it leads on.
    pub column: &'static str,
}

/// What becomes of rows when their person is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// They go.
    Deleted,
    /// They stay without these: the first become nothing, the second the empty text.
    Emptied(&'static [&'static str], &'static [&'static str]),
    /// They stay, under an id that names nobody any more.
    Kept,
    /// A use case of the slice sees to it.
    ByUseCase,
}

impl Trace {
    /// Rows bound to the person that are told and stay.
    pub const fn kept(table: &'static str, column: &'static str, told: &'static [&'static str]) -> Self {
        Self {
            table,
            column,
            path: &[],
            told,
            fate: Fate::Kept,
        }
    }

    /// Rows bound to the person that are told and go.
    pub const fn deleted(table: &'static str, column: &'static str, told: &'static [&'static str]) -> Self {
        Self {
            fate: Fate::Deleted,
            ..Self::kept(table, column, told)
        }
    }

    /// The same, by way of something of theirs.
    pub const fn through(self, path: &'static [Step]) -> Self {
        Self { path, ..self }
    }

    /// The same, with another fate.
    pub const fn with(self, fate: Fate) -> Self {
        Self { fate, ..self }
    }

    /// What the person is told of them, row by row.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn read(&self, conn: &mut Conn, columns: &Columns, person: Id<Subject>) -> Result<Vec<Value>, Fault> {
        if self.told.is_empty() {
            return Ok(vec![]);
        }
        columns.rows(conn, self.table, self.told, &self.condition(), person.cast())
    }

    /// Brings their fate on them. Answers how many rows changed.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn erase(&self, conn: &mut Conn, person: Id<Subject>) -> Result<usize, Fault> {
        let condition = self.condition();
        match self.fate {
            Fate::Deleted => told::delete(conn, self.table, &condition, person.cast()),
            Fate::Emptied(to_nothing, to_blank) => {
                told::empty(conn, self.table, to_nothing, to_blank, &condition, person.cast())
            }
            Fate::Kept | Fate::ByUseCase => Ok(0),
        }
    }

    fn condition(&self) -> String {
        let mut condition = format!(
            "{} = {}",
            self.path.last().map_or(self.column, |step| step.column),
            told::ID
        );
        for (place, step) in self.path.iter().enumerate().rev() {
            let before = place.checked_sub(1).and_then(|before| self.path.get(before));
            let column = before.map_or(self.column, |before| before.column);
            condition = format!(
                "{column} IN (SELECT {} FROM {} WHERE {condition})",
                step.key, step.table
            );
        }
        condition
    }
}

/// What this slice keeps about a person.
pub const TRACES: &[Trace] = &[
    Trace::kept(
        "audit_entries",
        "actor",
        &["seq", "at", "act", "object_kind", "object_id", "scope", "summary"],
    ),
    Trace::kept(
        "denials",
        "subject",
        &["at", "act", "object_kind", "object_id", "reason"],
    ),
    Trace::kept("person_keys", "person", &["made_at", "destroyed_at"]).with(Fate::ByUseCase),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_found_straight_or_through_what_is_theirs() {
        const ACCOUNT: Step = Step {
            table: "accounts",
            key: "id",
            column: "person_id",
        };
        const BROWSER: Step = Step {
            table: "browsers",
            key: "id",
            column: "account",
        };
        let condition = |path| Trace::kept("drafts", "whose", &[]).through(path).condition();

        assert_eq!(condition(&[]), "whose = <ID>");
        assert_eq!(
            condition(&[ACCOUNT]),
            "whose IN (SELECT id FROM accounts WHERE person_id = <ID>)"
        );
        assert_eq!(
            condition(&[BROWSER, ACCOUNT]),
            "whose IN (SELECT id FROM browsers WHERE account IN (SELECT id FROM accounts WHERE person_id = <ID>))"
        );
    }
}
