//! Registration: who comes to the congress, in which category and tracks, and who sits where.
//!
//! A registration is one person at one congress; it may be filled in by somebody else, for a group, and begins without
//! an account. Its states: draft → applied → (waiting | pending review) → approved → confirmed; rejected, cancelled,
//! expired. A registration for a track is a record of its own: admitted, waiting for something, or refused with a reason,
//! and decided again when something changes. A seat is confirmed, waiting in line, or offered for a while.
//!
//! Invariants: confirmed and offered seats never exceed those there are; ranks in a line have no gaps; a standing as
//! participant exists exactly while the registration is approved or confirmed; needs are readable by their purpose alone;
//! this crate knows no track's process.

pub mod faults;
pub mod model;
pub mod rules;
pub mod tables;

pub mod admissions;
pub mod agenda;
pub mod categories;
pub mod day_plan;
pub mod delegate_take_over;
pub mod delegates;
pub mod delegation_file;
pub mod delegation_quotas;
pub mod digests;
pub mod invitations;
pub mod letters;
pub mod lists;
pub mod lookout;
pub mod needs;
pub mod personal;
pub mod printing;
pub mod registrations;
pub mod rule_preview;
pub mod seat_access;
pub mod seats;
mod typed_persons;

#[cfg(test)]
mod tests;
