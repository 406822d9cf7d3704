//! People: human beings, the accounts they sign in with, and what they have been appointed to.
//!
//! A person is not an account, and neither is an e-mail address: a mayor's assistant registers four persons from one
//! address, and a mayor may never sign in.
//!
//! - [`persons`]: who somebody is. [`accounts`]: how they sign in; [`sessions`]: where they are signed in;
//!   [`tokens`]: which programs act for them.
//! - [`codes`] and [`passwords`] prove who somebody is; [`sign_in`] lets them in; [`changes`] are what they change about it.
//! - [`second_factor`] and [`recovery_codes`] prove it once more, [`half_sign_ins`] wait for that, and
//!   [`second_factor_rule`] says of which roles it is asked.
//! - [`providers`] say who somebody is with them (OpenID Connect): a browser is sent there and comes back
//!   ([`oidc_attempts`]), and the [`identities`] found there are ways into an account.
//! - [`standings`]: who has been appointed to what, over what, from when to when; [`tags`]: what they are by a decision.
//! - [`consents`]: what they agreed to, and took back. [`personal`]: what is kept about them.
//!
//! Invariants: tokens, codes and passwords are kept as hashes; no answer to a stranger depends on whether an account
//! exists; nobody is ever locked out, tries only become slower; whatever must survive a refusal is written and answered
//! as [`Outcome::Refused`], so that the transaction commits. Sign-in goes by the machine's clock, standings and tags by
//! the congress's. Knows no organisation, no letter and no HTTP.

pub mod model;
pub mod tables;

pub mod faults;
pub mod rules;

pub mod persons;
pub mod standings;
pub mod tags;

pub mod consents;

pub mod accounts;
pub mod sessions;
pub mod tokens;

pub mod codes;
pub mod passwords;

mod seal;
mod threads;
mod totp;

pub mod half_sign_ins;
pub mod recovery_codes;
pub mod second_factor;
pub mod second_factor_rule;

pub mod identities;
pub mod oidc_attempts;
pub mod providers;

pub mod changes;
pub mod personal;
pub mod sign_in;

pub use model::Outcome;

#[cfg(test)]
mod tests;
