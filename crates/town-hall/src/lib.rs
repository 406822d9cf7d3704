//! The Town Hall track, *Cities Are Listening*: here partners from civil society take the driver's seat.
//!
//! Each *theme* is led by a partner, others join in ([`partners`]); they write a policy paper with its recommendations. In
//! its session the paper is presented, mayors and other elected representatives respond, and the other communities
//! debate it. What comes of it is presented to the World Assembly. Anybody registered may attend.
//!
//! - [`themes`]: those of Durban 2019 and Daejeon 2022, to begin with. [`partners`]: who leads them.
//! - [`admission`]: what the programme asks this track about its sessions.
//!
//! A partner of a theme: named → ended.
//!
//! Invariants: a civil-society partner leads a theme and its sessions (R11); a theme has one lead at a time; a session has
//! exactly one theme, of its own edition (R92); it is released with two stakeholder organisations and a respondent who
//! holds an elected mandate (R93). Who leads a theme in person is a dated standing over it.

pub mod model;
pub mod tables;

pub mod faults;
pub mod rules;

pub mod partners;
pub mod themes;

pub mod admission;
pub mod personal;

#[cfg(test)]
mod tests;
