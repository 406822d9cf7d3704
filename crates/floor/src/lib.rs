//! The floor of a meeting: who asked to speak, who speaks and for how long, points of order, procedural motions (R79–R81).
//!
//! - [`model`]: the rows. [`rules`]: what is decided without a database: the order, time, balance, precedence.
//! - [`floors`]: opened for an item, its list closed, paused, closed. [`speakers`]: asked, admitted, withdrawn, placed.
//! - [`calling`]: who has the floor, one person at a time. [`points`]: rulings and appeals. [`motions`]: procedure.
//! - [`view`]: all that a chair's desk, a delegate's and a screen show, in four queries; [`cards`]: what an act answers.
//!
//! States: a floor is open ⇄ paused, then closed, and may be opened again; a request is requested → queued → called →
//! speaking ⇄ paused → done, or withdrawn or removed before it was called; a ruling is given, then stands, or is appealed
//! and then upheld or overruled; a motion is moved, then carried, lost, withdrawn, ruled out, or falls.
//!
//! Invariants: one person at a time has the floor, and one floor of a session is not closed (unique keys); every act takes
//! the floor's row first and counts its version, so acts on one floor stand in line; who comes before whom follows from that
//! counter and never from a clock; a timer is worked out from what is stored and the `now` it is asked for; whoever was
//! interrupted gets the floor back. Knows no meeting, no track and no HTTP: the owner decides who may chair and who has the
//! right to speak, before it calls; here `who` is only remembered. An act notes and tells after it took the floor: an owner
//! that does more in the same transaction calls it before it notes itself.

pub mod kinds;
pub mod model;
pub mod tables;

pub mod faults;
pub mod rules;

pub mod floors;
pub mod speakers;

pub mod calling;
pub mod motions;
pub mod points;

mod acts;
mod seeing;
mod view;

pub mod cards;
pub mod personal;

pub use acts::{CHANGED, stream};
pub use view::{
    Clock, Line, MotionLine, OwnRequest, RulingLine, Spoken, View, Waiting, balance_of_session, digest,
    digest_of, of_session, view,
};

#[cfg(test)]
mod tests;
