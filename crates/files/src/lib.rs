//! Files people send: papers, pictures, tables.
//!
//! The content stands on disk under its SHA-256, so that the same paper sent twice is kept once and can never be
//! swapped unseen; a row says what it is called, who sent it and whether it may still be read. States: *stored* →
//! *quarantined* ⇄ *stored*, and *removed*, which is final.
//!
//! Invariants: at most 25 MiB; the type is found by looking at the bytes, never believed; only documents, tables,
//! plain text and pictures are taken, never pages, drawings with scripts, macros or programs; pictures are drawn anew,
//! so that nothing but the picture remains (no position, no second format behind it); the content is on the disk for
//! good before the row commits; nothing passes through the database writer. A file has no address of its own: whoever
//! serves it decides first. Knows no slice and no HTTP.

pub mod model;
pub mod tables;

pub mod faults;
pub mod rules;

mod images;
mod office;
mod sniff;
pub mod store;

pub mod personal;
pub mod stored;

#[cfg(test)]
mod tests;

pub use model::{FileState, Hash, MediaType, StoredFile};
pub use store::{Received, Store, Upload};
pub use stored::{find, get, quarantine, record, release, remove};
