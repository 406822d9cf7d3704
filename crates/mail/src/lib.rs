//! Letters: written in the transaction that wants them, sent after it.
//!
//! - [`letters`]: what each says, in three languages. [`outbox`]: where they wait, and what staff do with them;
//!   [`editing`]: what they change in one before it leaves. [`deliveries`]: what mail servers said to each.
//!   [`letter_sheet`]: the list as a file.
//! - [`sender`] takes them from there and hands them to a [`transport`]; [`worker`] is the thread that keeps doing so.
//! - [`sign_in_letters`], [`second_factor_letters`], [`identity_letters`] and [`invitations`]: the acts of `people` that need a letter.
//!
//! Invariants: nothing leaves before COMMIT; a letter that waits holds no code, no token and no host from a request; one
//! sender has a letter at a time, and a letter sent twice after a crash bears one Message-ID; nothing that people typed
//! ends up in a header but on one line.

pub mod model;
pub mod tables;

pub mod faults;
pub mod rules;

pub mod days;
pub mod deliveries;
pub mod editing;
pub mod letter_sheet;
pub mod letters;
pub mod outbox;

pub mod sender;
pub mod transport;
pub mod worker;

pub mod identity_letters;
pub mod invitations;
pub mod personal;
pub mod second_factor_letters;
pub mod sign_in_letters;

mod engines;

#[cfg(test)]
mod tests;
