//! What can be found by its words (R248, R252, R258): titles, abstracts and blocks, in each language in which they are said.
//!
//! - [`entries`]: the slices above put the words of a thing in when it becomes readable, or readable to others, and take
//!   them away when it is not any more; in the transaction that does so.
//! - [`words`]: how text is folded and taken apart, the same for what is kept and for what is asked.
//! - [`asked`]: what somebody typed, bounded; every sign of it that is no letter and no digit stands between words.
//! - [`finding`]: what has all of the words and the reader's keys, in an order that is ours; [`excerpt`]: where it says so.
//!
//! Invariants: an entry is found by nobody who has not both of its keys, and neither a page nor a next one tells of it; the
//! same rows give the same hits in the same order on both engines ([decision 21](../../docs/decisions/0021-search.md)); the
//! index of the engine is kept by the engine, from the row. Knows no slice, no actor and no address.

pub mod model;
pub mod tables;

pub mod asked;
pub mod words;

pub mod entries;

mod engines;
pub mod excerpt;
pub mod finding;

pub use asked::Asked;
pub use entries::{differs, put, put_all, take_away};
pub use finding::{Filter, find};
pub use model::{Hit, Kind, Part, Piece, Said, Thing};

#[cfg(test)]
mod tests;
