//! Registration: who comes to the congress, in which category and tracks, and who sits where.
//!
//! A registration is one person at one congress; it may be filled in by somebody else, for a group, and begins without
//! an account. Its states: draft → applied → (waiting | pending review) → approved → confirmed; rejected, cancelled,
//! expired. A registration for a track is a record of its own: admitted, waiting for something, or refused with a reason,
//! and decided again when something changes. A seat is confirmed, waiting in line, or offered for a while.
//!
//! What organisers do to many at once is said first and logged after: [`many_decisions`] on registrations, [`circulars`]
//! (letters to whom a list's filter chooses, [`segments`]), [`rule_seats`] (the seats of those who lose by a changed rule).
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
pub mod circulars;
pub mod day_plan;
pub mod delegate_take_over;
pub mod delegates;
pub mod delegation_file;
pub mod delegation_quotas;
mod desk_events;
pub mod digests;
pub mod invitations;
pub mod letters;
pub mod lists;
pub mod lookout;
pub mod many_decisions;
pub mod needs;
pub mod personal;
pub mod printing;
pub mod registrations;
pub mod rule_preview;
pub mod rule_seats;
pub mod seat_access;
pub mod seats;
pub mod segments;
mod typed_persons;
pub mod words;

#[cfg(test)]
mod tests;
