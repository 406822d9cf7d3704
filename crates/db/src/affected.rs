//! Writes say how many rows they change.

use diesel::QueryResult;
use kernel::Fault;

/// Checks the number of rows a statement changed.
pub trait Affected {
    /// The statement changed exactly one row.
    ///
    /// # Errors
    /// Internal, when it changed none or several: a use case that expects one and may find none uses [`Self::one_or`].
    fn exactly_one(self) -> Result<(), Fault>;

    /// The statement changed one row; none means `otherwise`.
    ///
    /// # Errors
    /// `otherwise` when no row was changed.
    fn one_or(self, otherwise: Fault) -> Result<(), Fault>;

    /// Whether the statement changed one row; a guarded update answers by this.
    ///
    /// # Errors
    /// Internal, when it changed several.
    fn at_most_one(self) -> Result<bool, Fault>;
}

impl Affected for QueryResult<usize> {
    fn exactly_one(self) -> Result<(), Fault> {
        match self? {
            1 => Ok(()),
            rows => Err(Fault::internal(format!("{rows} rows changed instead of one"))),
        }
    }

    fn one_or(self, otherwise: Fault) -> Result<(), Fault> {
        match self? {
            0 => Err(otherwise),
            1 => Ok(()),
            rows => Err(Fault::internal(format!("{rows} rows changed instead of one"))),
        }
    }

    fn at_most_one(self) -> Result<bool, Fault> {
        match self? {
            0 => Ok(false),
            1 => Ok(true),
            rows => Err(Fault::internal(format!("{rows} rows changed instead of one"))),
        }
    }
}
