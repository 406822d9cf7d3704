//! Webhooks: what happens in an edition, told to other programs.
//!
//! - [`endpoints`]: where to, chosen by an organiser. [`deliveries`]: each event once for each endpoint, with all its tries.
//! - [`sender`] takes those whose turn it is and posts them over the [`wire`], signed ([`signing`]) as Standard Webhooks
//!   has it (github.com/standard-webhooks/standard-webhooks).
//!
//! Invariants: a delivery is a row, written in one transaction with the number of the event it is of, so that each endpoint
//! is told of each event once, whoever crashes when; one server has a delivery at a time; of the
//! programme what anybody may read is sent, of the desk ids and states that the endpoint's owner may see, and nothing once they
//! look after the edition no more; no connection is made to an address inside a network ([`rules::is_public`]),
//! to another address than the one that was checked, or after a redirect. A receiver may hear of an event twice under one
//! `webhook-id`: between its answer and our note of it lies a gap no outbox can close.

pub mod model;
pub mod tables;

pub mod faults;
pub mod rules;

pub mod endpoints;
pub mod signing;

pub mod deliveries;
pub mod sender;
pub mod wire;

pub mod personal;

#[cfg(test)]
mod tests;
