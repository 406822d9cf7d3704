//! What the site remembers about itself, for every slice alike.
//!
//! - [`audit`]: who did what, in a chain of hashes that shows when somebody rewrote it (R254); [`audit_sheet`]: the same
//!   as a list; [`audit_sealing`]: what in it is about a person, under that person's key of [`person_keys`], by way of
//!   [`sealing`]; [`denials`]: who was refused what, and why (R20).
//! - [`feed`]: what happened, numbered without gaps, for those who follow along; [`desk_events`]: what of it happens at an
//!   edition's desk, kept where a program wants to know.
//! - [`jobs`]: what is still to do, kept until it is done.
//! - [`idempotency`]: what was already answered, so that a request sent twice is done once (R256).
//! - [`limits`]: how often one may try. Delays grow; nobody is ever locked out.
//! - [`sheets`]: how every slice writes a list as CSV, XLSX and JSON.
//! - [`settings`]: what the site itself must know, such as its secret.
//! - [`personal`]: how each slice declares what it keeps about a person.
//!
//! Invariants: everything is written in the transaction of the act it belongs to; no entry holds the title of a
//! document or anything about a person's health, faith or diet, and who somebody is stands there sealed; a number of the feed and of the audit chain is taken by
//! one guarded update. Within an act: note first, tell last, so that two acts never wait for each other crosswise.
//! Knows no slice, no actor and no HTTP.

pub mod model;
pub mod tables;

pub mod faults;
pub mod rules;

pub mod audit;
pub mod audit_sealing;
pub mod audit_sheet;
pub mod denials;
pub mod desk_events;
pub mod feed;
pub mod jobs;

pub mod idempotency;
pub mod limits;
pub mod settings;
pub mod sheets;

pub mod person_keys;
pub mod personal;
pub mod sealing;

mod engines;

#[cfg(test)]
mod tests;

pub use model::{Object, Subject};
