//! The Town Hall track, *Cities Are Listening*: here partners from civil society take the driver's seat.
//!
//! Each *theme* is led by a partner, others join in ([`partners`]); they write a policy paper with its recommendations. In
//! its session the paper is presented, mayors and other elected representatives respond, and the other communities
//! debate it. What comes of it is presented to the World Assembly. Anybody registered may attend.
//!
//! - [`themes`]: those of Durban 2019 and Daejeon 2022, to begin with. [`partners`]: who leads them. [`space`]: the page a
//!   theme's partners run themselves, [`mod@pages`]: what else they say there.
//! - [`mod@papers`]: a theme's paper begins. [`phases`]: how far it goes. [`consultation`]: when anybody comments on it, and
//!   what the theme still lacks.
//! - [`caucuses`]: who reads all papers for one concern; [`daejeon_caucuses`]: those to begin with. [`asking`]: they are
//!   asked for a review. [`reviews`]: what they say. [`pairing`]: the policy councils a theme talks with.
//! - [`deliberations`]: what came of a session, and its way to the World Assembly.
//! - [`admission`]: what the programme asks this track about its sessions. [`letters`]: what caucuses are told.
//!
//! A partner of a theme: named → ended. A review: asked → answered. A deliberation: recorded → closed.
//!
//! Invariants: a civil-society partner leads a theme and its sessions (R11); a theme has one lead at a time; a session has
//! exactly one theme, of its own edition (R92); it is released with two stakeholder organisations and a respondent who
//! holds an elected mandate (R93). Who leads a theme in person is a dated standing over it: they run its page and its
//! paper, and nothing else (R9). A paper is consolidated once every comment has its disposition (R95), and final once every
//! caucus has answered or let its deadline pass (R96); a session is closed with a result, by one transmission (R94).

pub mod model;
pub mod tables;

pub mod faults;
pub mod rules;

pub mod partners;
pub mod themes;

pub mod pages;
pub mod space;

pub mod consultation;
pub mod papers;
pub mod phases;

pub mod asking;
pub mod caucuses;
pub mod daejeon_caucuses;
pub mod letters;
pub mod pairing;
pub mod reviews;

pub mod deliberations;

pub mod admission;
pub mod personal;

#[cfg(test)]
mod tests;
