//! Texts that many hands and languages work on: numbered blocks with lasting ids.
//!
//! - [`model`]: what a block is. [`clean`]: what may stand in one. [`numbering`]: what each is called.
//! - [`markdown`], [`paste`] and [`html`]: in from other programs, and out again.
//! - [`diff`]: what became of each block and of its words between two versions.
//!
//! Invariants: nothing kept is ever markup; a block's id is for ever, whatever is done to it or round it (R87); the same
//! input gives the same difference, numbers and output. Knows nothing of papers, tracks or HTTP: whose text it is, and
//! who may do what to it, is known to the slice that owns it.

pub mod faults;
pub mod model;

pub mod clean;
pub mod numbering;

mod gathering;
pub mod html;
pub mod markdown;
pub mod paste;

pub mod diff;

pub use gathering::Imported;

#[cfg(test)]
mod tests;
