//! Organisations and who is a member: the records from which everything an actor is follows.
//!
//! - [`organisations`]: cities, associations, networks, partners; found by typing, proposed by who registers, matched,
//!   merged and looked after by staff. [`sections`] and [`countries`] are data.
//! - [`memberships`]: applied → approved → awaiting fee → active → in arrears ⇄ active → suspended → (active or
//!   excluded); active → resigned. Every step is kept with the moment from which it holds. [`dues`] per year.
//! - [`relations`]: what an organisation is to UCLG or to a network, dated, on a basis.
//! - [`positions`]: what a person is in an organisation: requested → confirmed or refused → ended, by staff or by the
//!   organisation's focal point ([`focal_points`]), who sees their own people only (R15).
//! - [`tags`]: what all that makes of a person, pure; [`actors`]: the person who asks, loaded fresh for each request.
//! - [`roll`] and [`import`]: the member roll as CSV or XLSX, with a dry run that tells each row's fate; [`export`]
//!   writes it again.
//!
//! Invariants: nobody becomes a member by typing it (R14); only a confirmed position ties a person to an organisation;
//! an e-mail domain alone confirms nothing; no import grants a role (R18); nothing is deleted, rows end or merge; two
//! active organisations never share name, country and kind.

pub mod model;
pub mod tables;

pub mod countries;
pub mod sections;

pub mod faults;
pub mod rules;
pub mod tags;

pub mod contacts;
pub mod merging;
pub mod organisations;

pub mod dues;
pub mod memberships;
pub mod relations;

pub mod focal_points;
pub mod positions;

pub mod actors;
pub mod body_register;

pub mod export;
pub mod import;
pub mod roll;
pub mod sheet;

pub mod changed;
pub mod personal;

#[cfg(test)]
mod tests;
