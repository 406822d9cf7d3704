//! The Assembly track, *Local Action for the People*: representatives of local and regional governments drive it.
//!
//! UCLG's sections and the sister organisations of local governments are invited to write position papers before the
//! congress. Papers are presented in *sittings*, high-level round tables each for one group of regions or one sector
//! ([`scopes`]). What comes of them goes to the *World Assembly* ([`world_assembly`]), which the Global Taskforce convenes
//! once at each congress, and in which the constituency agrees on its political voice. The World Assembly is not the
//! General Assembly, in which UCLG's members decide and which lives in `statutory`.
//!
//! - [`admission`]: what the programme asks this track about its sessions.
//!
//! Invariants: a local or regional government, or an association or network of them, leads a sitting (R10); a sitting is
//! about exactly one group of regions or one sector (R63), and is released with a paper and a speaker of high rank (R62);
//! an edition has one World Assembly, within its days (R68), convened by who may act for the Global Taskforce (R67); it is
//! never a meeting of a body (R77). A paper may be presented in several sittings.

pub mod model;
pub mod tables;

pub mod faults;
pub mod rules;

pub mod scopes;
pub mod world_assembly;

pub mod admission;

#[cfg(test)]
mod tests;
