//! The inbox of the World Assembly as a place that is open or closed: once the World Assembly is over, nothing is handed to
//! it any more, whichever track it would come from.
//!
//! Whoever closes it and whoever hands something in take the same row first: what comes before the closing is decided in it
//! (R72), what comes after is refused and stays where it is. When it is closed is the matter of who runs the World Assembly.

use access_rules::EditionId;
use db::Conn;
use kernel::Fault;
use records::settings;

use crate::faults::OutcomeFault;

/// Takes the inbox of an edition until COMMIT: what is handed in meanwhile waits.
///
/// # Errors
/// When the database refuses.
pub fn take(conn: &mut Conn, edition: EditionId) -> Result<(), Fault> {
    settings::take(conn, &name(edition))
}

/// Closes the inbox of an edition. Twice is once.
///
/// # Errors
/// When the database refuses.
pub fn close(conn: &mut Conn, edition: EditionId) -> Result<(), Fault> {
    settings::put(conn, &name(edition), &true)
}

/// Goes on as long as the inbox of an edition is open, which is held until COMMIT.
///
/// # Errors
/// `inbox_closed`.
pub fn receives(conn: &mut Conn, edition: EditionId) -> Result<(), Fault> {
    take(conn, edition)?;
    match settings::get(conn, &name(edition))? {
        Some(true) => Err(OutcomeFault::InboxClosed.into()),
        Some(false) | None => Ok(()),
    }
}

fn name(edition: EditionId) -> String {
    format!("outcomes_inbox:{edition}")
}
