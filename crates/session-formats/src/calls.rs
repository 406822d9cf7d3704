//! « Convoqué via des processus d’appel spécifiques »: a proposal in such a format comes through an open call of that format
//! (R6, R7). What organisers plan themselves names a call too; whether that is open is asked of proposals alone.

use crate::{
    fit::{Misfit, Severity},
    model::Terms,
};

/// What is to know of the call a proposal names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call<'a> {
    /// The codes of the formats it calls for.
    pub formats: &'a [String],
    /// Whether it is open at this moment.
    pub is_open: bool,
}

/// What is wrong with the call of a proposal in the format `code`: `call_required`, `call_mismatch` or `call_closed`.
/// A format that needs no call takes a proposal without one, and asks the same of one that is named.
pub fn call_fits(code: &str, terms: &Terms, call: Option<Call<'_>>) -> Option<Misfit> {
    let wrong = match call {
        None if terms.needs_call => "call_required",
        None => return None,
        Some(call) if !call.formats.iter().any(|format| format == code) => "call_mismatch",
        Some(call) if !call.is_open => "call_closed",
        Some(_) => return None,
    };
    Some(Misfit::new(wrong, "call", Severity::Error).with("format", code))
}
