//! That a session was closed, for programs that follow it: its track has written down what came of it, and hands it on. What
//! that is, and who closes when, is the track's own matter; who may know of the session is told.

use db::Conn;
use kernel::{Coded as _, Fault, Moment};
use records::desk_events;
use serde_json::json;

use crate::model::Session;

/// Tells who follows the edition's desk that a session was closed.
///
/// # Errors
/// When the database refuses.
pub fn tell(conn: &mut Conn, now: Moment, session: &Session) -> Result<(), Fault> {
    let payload = json!({
        "edition": session.edition,
        "session": session.id,
        "code": session.code,
        "kind": session.kind.code(),
    });
    let key = &session.visible_to;
    desk_events::leave(conn, now, session.edition, "session.closed", key, payload)
}
