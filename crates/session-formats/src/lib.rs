//! What each format of session asks for, as data: how long, which kinds, through a call or not, with a method, with speakers
//! of high rank; and whether a session fits.
//!
//! The source speaks of five formats of Local4Action and describes four; so formats are rows that organisers change and
//! add to, and nothing here is written for one of them by name. [`catalogue`] holds the rows an edition begins with.
//!
//! Invariants: no connection, no clock, no configuration. A session keeps the terms it was created under ([`versions`]).
//! Who may propose and attend is `access-rules`' to say; a format only carries the rules to begin with.

pub mod model;

pub mod catalogue;
pub mod domains;

pub mod calls;
pub mod fit;
pub mod versions;

#[cfg(test)]
mod tests;

pub use catalogue::catalogue;
pub use domains::{Domain, domains};
pub use fit::{Misfit, Proposal, Severity, Stage, fits};
pub use model::{Format, FormatState, Kind, Sphere, Terms};
