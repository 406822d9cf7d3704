//! What the journeys share: a running site, a client that never takes a status for an error, and people to be.
//!
//! Everything is made through the use cases of the slices, so that a journey begins where the rules would let somebody
//! stand. Nothing here sleeps: what takes time is waited for, with a limit.

pub mod app;
pub mod cast;
pub mod client;
pub mod decided;
pub mod drills;
pub mod fleet;
pub mod program;
pub mod proxy;
pub mod site;
pub mod steady;
pub mod stream;

pub use app::App;
pub use cast::{Cast, Congress, Somebody};
pub use client::{Answer, Client};
pub use decided::Decided;
pub use fleet::Fleet;
pub use program::Program;
pub use proxy::Proxy;
pub use site::Site;
pub use stream::EventStream;

use std::{
    io::Write as _,
    path::PathBuf,
    sync::mpsc,
    time::{Duration, Instant},
};

/// Waits until `look` finds something, asking a hundred times a second.
///
/// # Panics
/// When nothing was found within the limit.
pub fn wait_for<T>(what: &str, limit: Duration, mut look: impl FnMut() -> Option<T>) -> T {
    let (_never_sends, nothing) = mpsc::channel::<()>();
    let begun = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(begun.elapsed() < limit, "waited {limit:?} for {what}");
        // The channel stays open and silent: its limit is the pause.
        nothing.recv_timeout(Duration::from_millis(10)).ok();
    }
}

/// Says why a journey shows nothing on this machine.
pub fn note(why: &str) {
    writeln!(std::io::stderr(), "{why}").ok();
}

/// A variable of the test run.
#[expect(
    clippy::disallowed_methods,
    reason = "a test run says by the environment what it brought"
)]
pub fn given(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The root of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
