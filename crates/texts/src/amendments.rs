//! Amendments to a sealed version of a text: filed, seconded, found admissible, ordered by the chair, put one at a time,
//! adopted or not, and taken into the working copy (R82–R87).
//!
//! Those of one text stand in line: each act holds the row of the text's terms until COMMIT, so that no two are put at once
//! and none is withdrawn while it is being put. What they amount to is decided in [`crate::amend`] without a database. Knows
//! no meeting, no vote and nobody's right: who may do what is decided by the owner of the text, before it calls.

mod advising;
mod applying;
mod deciding;
mod filing;
mod kept;
mod ordering;
mod reading;
mod seconding;
mod terms;
mod translating;

pub use advising::advise;
pub use applying::{Applied, apply};
pub use deciding::{Decided, Fell, decide, follow, let_fall_gone, reconsider};
pub use filing::{Filing, NewAmendments, change, file, take_up, withdraw};
pub use ordering::{furthest_first, order, put, put_back};
pub use reading::{Advised, Seconder, Shown, amended, compare, get, list, overlaps, preview, undecided};
pub use seconding::{circulate, judge, second, waive_circulation};
pub use terms::{AmendmentTerms, Terms, set_terms, terms};
pub use translating::{SaidBlock, translate};

pub(crate) use kept::{names, rename};
