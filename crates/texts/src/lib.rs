//! Texts that many hands and languages work on: numbered blocks with lasting ids.
//!
//! - [`block`]: what a block is. [`clean`]: what may stand in one. [`numbering`]: what each is called.
//! - [`markdown`], [`paste`], [`html`] and [`docx`]: in from other programs, and out again. [`akn`]: out to archives.
//! - [`volume`]: a text or several as they are handed out, one gathering for every form.
//! - [`diff`]: what became of each block and of its words between two versions.
//! - [`texts`] and [`blocks`]: the working copy. [`versions`]: what of it was sealed, and where an anchor leads.
//! - [`translations`]: what blocks say in other languages. [`comments`]: what is said of them.
//! - [`amend`]: amendments as values, and what a text says with those that were adopted. [`amendments`]: filed, seconded,
//!   ordered, put and decided. [`divisions`]: a text put part by part.
//!
//! States: a block is there, then a tombstone; a translation is current, then stale; a comment is posted, then hidden with
//! a reason or taken back, and has its disposition; of amendments in [`amend::state`].
//!
//! Invariants: nothing kept is ever markup; a block's id is for ever, whatever is done to it or round it (R87); what was
//! sealed never changes; two hands on different blocks never disturb each other; nothing said is deleted without trace
//! (R100). Knows nothing of papers, tracks or HTTP: whose text it is, and who may do what to it, is decided by the slice
//! that owns it, before it calls; here `who` is only remembered.

pub mod block;
pub mod model;
pub mod tables;

pub mod faults;
pub mod rules;

pub mod clean;
pub mod numbering;

mod gathering;
mod xml;

pub mod akn;
pub mod docx;
pub mod html;
pub mod markdown;
pub mod paste;
pub mod volume;

pub mod diff;

pub mod texts;

pub mod blocks;
pub mod versions;

pub mod comments;
pub mod translations;

pub mod amend;
pub mod amendments;
pub mod divisions;
mod rewriting;

pub mod searched;

pub mod personal;

pub use gathering::Imported;

#[cfg(test)]
mod tests;
