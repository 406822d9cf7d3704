//! Journeys over real HTTP: what somebody outside the house sees of it, on the engine of the run.

mod admission;
mod attacks;
mod board;
mod clockwork;
mod desk_records;
mod drills;
mod focal_points;
mod generated;
mod hidden;
mod list_filter;
mod mail;
mod matrix;
mod migrating;
mod outward;
mod privacy;
mod refusals;
mod seats;
mod second_factor;
mod start_again;
mod sweep;
mod tour;
mod track_desks;
mod transfer;
