//! The statutory track: where the organisation of cities itself decides. It is for its members, and for nobody else.
//!
//! Members meet as the *General Assembly* (all of them: general policy, direction, oversight; it names the World Council),
//! the *World Council* (makes policy, elects the Presidency), the *Executive Bureau* (proposes and carries out), and two
//! committees the Bureau names: the *Financial Management Committee*, chaired by the elected treasurer, and the *Committee
//! on Statutory Affairs*. The General Assembly is not the World Assembly, which the Global Taskforce convenes and which
//! lives in `assembly`.
//!
//! - [`bodies`], and who sits in them ([`roster`]).
//! - [`meetings`]: a session of the programme with three [`doors`]: its *line* there (public, or hidden), the *room* (the
//!   roster sits; other members observe the General Assembly and the World Council), the *papers* (of the General Assembly
//!   for all members, of other bodies for their roster). [`agenda`], [`documents`], [`visits`].
//! - [`admission`]: what the programme asks this track about its sessions.
//!
//! A seat: named → ended. A meeting: planned → announced (released, or its agenda sent out). A paper: in force → replaced;
//! for its audience → from its day on for anybody.
//!
//! Invariants: behind a closed door everything answers as if absent, and the refusal is logged with ids and never a title
//! (R1, R20); who sits in a body reads its papers as long as the organisation is a member, in arrears too (R2, R13); the
//! General Assembly's roster is computed (R161); every way into the programme hangs the doors; a paper is taken away only
//! through [`documents::download`], which writes it down; an agenda item keeps its id (R133).

pub mod model;
pub mod tables;

pub mod faults;
pub mod rules;

pub mod bodies;
pub mod roster;

pub mod doors;
pub mod meetings;

pub mod agenda;
pub mod documents;
pub mod visits;

pub mod admission;
pub mod personal;

#[cfg(test)]
mod tests;
