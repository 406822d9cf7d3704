//! How a format changes while sessions use it: its terms are numbered, a session keeps those it was created under; a format in
//! use is retired, never deleted (R31).

use crate::model::{FormatState, Terms};

/// The terms a format had under a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedTerms {
    /// The number, from 1 on.
    pub number: i64,
    /// What it asked for then.
    pub terms: Terms,
}

/// The number of the terms after a change: the same when nothing that binds a session changed, else the next.
pub fn number_after(number: i64, before: &Terms, after: &Terms) -> i64 {
    if before == after { number } else { number + 1 }
}

/// The terms that bind a session: those it was created under; the latest when it does not say, or they are not kept.
pub fn binding(kept: &[NumberedTerms], created_under: Option<i64>) -> Option<&Terms> {
    let own = created_under.and_then(|number| kept.iter().find(|terms| terms.number == number));
    own.or_else(|| kept.iter().max_by_key(|terms| terms.number))
        .map(|terms| &terms.terms)
}

/// Whether a format may be deleted; one that sessions use is retired instead.
///
/// # Errors
/// `format_in_use`.
pub const fn may_delete(sessions: u64) -> Result<(), &'static str> {
    if sessions == 0 {
        Ok(())
    } else {
        Err("format_in_use")
    }
}

/// Whether a new session may be of a format in this state. Sessions that have it already keep it and may be changed.
///
/// # Errors
/// `format_empty` or `format_retired`.
pub const fn may_take_new(state: FormatState) -> Result<(), &'static str> {
    match state {
        FormatState::Active => Ok(()),
        FormatState::Empty => Err("format_empty"),
        FormatState::Retired => Err("format_retired"),
    }
}

/// Whether a format may go from one state to another: filled, retired, taken up again. Nothing becomes empty again.
pub const fn may_become(from: FormatState, to: FormatState) -> bool {
    use FormatState::{Active, Empty, Retired};
    match (from, to) {
        (Active, Active | Retired) | (Empty, Empty | Active | Retired) | (Retired, Retired | Active) => true,
        (Active | Retired, Empty) => false,
    }
}
