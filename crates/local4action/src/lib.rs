//! The Local4Action track, *Share, Listen, Review*: the space in which everybody feels at home.
//!
//! Its sessions have *formats*: inspiration for all comers; local policies and voices; global conversations, at the table
//! of the Global Taskforce; labs, longer and for learning by doing. What a format asks for is a row of its edition
//! (`session-formats`). Two of them take sessions through *calls* alone ([`calls`]). Whoever a format is open to proposes a
//! session ([`proposals`]), which the desk then looks into.
//!
//! - [`admission`]: what the programme asks this track about its sessions.
//!
//! A call: scheduled → open → closed, by its dates alone.
//!
//! Invariants: who may propose is the format's rule, exactly (R3–R5, R7); a session of a format that needs a call names
//! one of that format (R6, R7): whoever proposes, an open one; the desk, whichever it came through, or a call by invitation,
//! which records why there was no other; a session fits its format's terms as they were when it was made (R24–R29, R31).

pub mod model;
pub mod tables;

pub mod faults;
pub mod rules;

pub mod calls;
pub mod proposals;

pub mod admission;
pub mod personal;

#[cfg(test)]
mod tests;
