//! A rolling upgrade behind a proxy under steady use: one server is stopped as an operator does and a new one started in its
//! place, then the other; where the first ones are of an older version, the schema is brought up beside them before that.
//!
//! No client may see a failure: what was not taken by the server that goes is asked of the other by nginx.

use std::time::{Duration, Instant};

use crate::drills::{Found, Wanted};

/// The drill.
pub const NAME: &str = "rolling";
/// The longest that a server may be away while it is replaced.
const AWAY: f64 = 60.0;
/// Reservations that are acknowledged between two replacements.
const BETWEEN: usize = 10;

/// Measures.
///
/// # Panics
/// When a server does not end or begin.
pub fn run(wanted: &Wanted) -> Found {
    let (mut found, (away, ended_well, migrations), seen) =
        Found::behind_proxy(NAME, &wanted.from, wanted.furniture, BETWEEN, |fleet, used| {
            let migrations = fleet.migrate(&wanted.program);
            let (mut away, mut ended_well): (Vec<Duration>, usize) = (Vec::new(), 0);
            let begun = Instant::now();
            while away.is_empty() || begun.elapsed() < wanted.time {
                for which in [0, 1] {
                    let stopped = Instant::now();
                    ended_well += usize::from(fleet.stop(which));
                    fleet.begin(which, &wanted.program);
                    away.push(stopped.elapsed());
                    used.until_acknowledged(BETWEEN);
                }
            }
            (away, ended_well, migrations)
        });
    found.told("servers replaced", away.len() as f64, "");
    found.told("migrations beside running servers", migrations as f64, "");
    let not_well = away.len() - ended_well;
    found.at_most(0.0, "of them that did not end well", not_well as f64, "");
    found.seconds(
        AWAY,
        [
            "from asked to stop until replaced, median",
            "from asked to stop until replaced, at most",
        ],
        &away,
    );
    found.seen(0, &seen);
    found
}
