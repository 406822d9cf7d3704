//! What a person may ask about themselves: everything kept about them, and that it go (R260).
//!
//! - [`parts`]: what every slice declares to keep about persons, in one list.
//! - [`export`]: all of it about one person, as one document.
//! - [`erasure`]: who they were goes from every table; what they did stays under a pseudonym, and the name under which
//!   they sat in a statutory body stays where it is the record.
//! - [`agreements`]: what they agreed to, and taking it back.
//! - [`retention`]: how long what is kept is kept, carried out once a day.
//! - [`sealing`]: what the log said about people before it sealed anything, sealed once.
//!
//! Invariants: a column that refers to persons is in a declaration (a test reads the schema); nobody is told about
//! anybody but themselves; an erasure is one transaction, and needs the password or a fresh code. Knows every slice and
//! no HTTP.

pub mod faults;
pub mod parts;

pub mod agreements;
pub mod erasure;
pub mod export;

pub mod retention;
pub mod sealing;

#[cfg(test)]
mod tests;
