//! Nothing is done to the servers but that they are used, for as long as there is time: no request fails, and their memory
//! does not grow with what they have answered.

use crate::{
    Fleet,
    drills::{Found, Wanted},
    steady::{self, Pace},
};

/// The drill.
pub const NAME: &str = "memory";
/// The most that a server's memory may grow from the first quarter of the time to its end, in MiB.
const GROWTH: f64 = 32.0;

/// Measures.
///
/// # Panics
/// When the servers do not start.
pub fn run(wanted: &Wanted) -> Found {
    let mut fleet = Fleet::start(&wanted.program, wanted.furniture);
    let ([first, warm, last], outcome) = steady::during(&mut fleet, Pace::usual(), |fleet, used| {
        let first = largest(fleet);
        used.go_on(wanted.time / 4);
        let warm = largest(fleet);
        used.go_on(wanted.time / 4 * 3);
        [first, warm, largest(fleet)]
    });
    let mut found = Found::by(NAME);
    found.told("in use for", wanted.time.as_secs_f64(), "s");
    found.told("memory of a server at the start", first, "MiB");
    found.told("after a quarter of the time", warm, "MiB");
    found.told("at the end", last, "MiB");
    found.at_most(GROWTH, "growth since the first quarter", last - warm, "MiB");
    found.at_most(
        0.0,
        "requests that failed for a client",
        outcome.failures.len() as f64,
        "",
    );
    found.used(&outcome);
    if !outcome.failures.is_empty() {
        crate::note(&outcome.told());
    }
    found
}

/// The memory of the server that has most; 0 where the system does not tell.
fn largest(fleet: &Fleet) -> f64 {
    fleet.memory_mib().into_iter().fold(0.0, f64::max)
}
