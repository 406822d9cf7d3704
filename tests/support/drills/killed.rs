//! Servers behind a proxy are killed in turn, in the midst of steady use, and started again.
//!
//! An answer that was on its way may break off; whoever reserves asks again under the same key. Nothing that was
//! acknowledged may be lost.

use std::time::{Duration, Instant};

use crate::drills::{Found, Wanted};

/// The drill.
pub const NAME: &str = "killed";
/// The longest until reservations go on.
const GOES_ON: f64 = 10.0;
/// Reservations that are acknowledged between two kills.
const BETWEEN: usize = 10;
/// Of so many requests one may be cut off by each kill: as many as were under way.
const UNDER_WAY: usize = 8;

/// Measures.
///
/// # Panics
/// When a server does not begin again.
pub fn run(wanted: &Wanted) -> Found {
    let (program, furniture) = (&wanted.program, wanted.furniture);
    let (mut found, noticed, seen) = Found::behind_proxy(NAME, program, furniture, BETWEEN, |fleet, used| {
        let mut noticed: Vec<Duration> = Vec::new();
        let begun = Instant::now();
        while noticed.len() < 2 || begun.elapsed() < wanted.time {
            let which = noticed.len() % 2;
            fleet.kill(which);
            noticed.push(used.until_acknowledged(1));
            fleet.begin(which, program);
            used.until_acknowledged(BETWEEN);
        }
        noticed
    });
    found.told("servers killed and started again", noticed.len() as f64, "");
    found.seconds(
        GOES_ON,
        [
            "until the next reservation, median",
            "until the next reservation, at most",
        ],
        &noticed,
    );
    found.seen(UNDER_WAY * noticed.len(), &seen);
    found
}
