//! The Assembly track, *Local Action for the People*: representatives of local and regional governments drive it.
//!
//! UCLG's sections and the sister organisations of local governments are invited to write position papers before the
//! congress. Papers are presented in *sittings*, high-level round tables each for one group of regions or one sector
//! ([`scopes`]). What comes of them goes to the *World Assembly* ([`world_assembly`]), which the Global Taskforce convenes
//! once at each congress, and in which the constituency agrees on its political voice. The World Assembly is not the
//! General Assembly, in which UCLG's members decide and which lives in `statutory`.
//!
//! - [`admission`]: what the programme asks this track about its sessions.
//! - [`invitations`], [`filing`], [`deadlines`], [`screening`], [`priorities`]: a paper from its invitation until it is out.
//! - [`sitting_papers`], [`results`], [`closings`], [`special_sessions`]: what comes of papers, and of special sessions, and
//!   goes to the World Assembly.
//! - [`convocation`], [`endorsements`], [`agenda`], [`proceedings`], [`consensus`], [`decisions`]: the World Assembly from its
//!   convocation until what it decided is out. [`terms`]: what an edition goes by.
//! - [`mod@floor`]: who chairs the floor of the World Assembly or a sitting, who may speak there, and on what it is opened.
//!
//! Invariants: a local or regional government, or an association or network of them, leads a sitting (R10); a sitting is
//! about exactly one group of regions or one sector (R63), and is released with a paper and a speaker of high rank (R62);
//! sections and sister organisations are invited to write, nobody else (R61); a paper may be presented in several sittings,
//! and goes to the World Assembly exactly once (R66); an edition has one World Assembly, within its days (R68), convened by
//! who may act for the Global Taskforce (R67) with the consent of its networks (R69); it is never a meeting of a body (R77);
//! nothing is adopted on which an objection stands, but by a vote that the edition's terms allow (R73).

pub mod model;
pub mod tables;

pub mod faults;
pub mod rules;

pub mod scopes;
pub mod terms;

mod letters;
mod shown;

pub mod deadlines;
pub mod filing;
pub mod invitations;
pub mod priorities;
pub mod screening;

pub mod closings;
pub mod results;
pub mod sitting_papers;
pub mod special_sessions;

pub mod convocation;
pub mod endorsements;
pub mod world_assembly;

pub mod agenda;
pub mod consensus;
pub mod decisions;
pub mod proceedings;

pub mod floor;

pub mod admission;
pub mod personal;

#[cfg(test)]
mod tests;
