//! Journeys over real HTTP: what somebody outside the house sees of it, on the engine of the run.

mod admission;
mod attacks;
mod clockwork;
mod generated;
mod hidden;
mod list_filter;
mod mail;
mod matrix;
mod migrating;
mod refusals;
mod seats;
mod sweep;
mod tour;
