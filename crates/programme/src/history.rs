//! What was done to one session, for the desk that looks after it.
//!
//! The whole audit is for who looks after the whole site. A track's desk reads of it what happened to its own sessions;
//! what it may not see has no history either.

use access_rules::{Act, Actor, SessionId, decide};
use db::Conn;
use kernel::{Fault, Moment, Page, PageAsk};
use records::{
    audit::{self, Filter},
    model::Entry,
};

use crate::sessions;

/// The entries about a session, the newest first.
///
/// # Errors
/// 401, 403, 404 when the session is absent or hidden; `bad_cursor`.
pub fn of_session(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    ask: &PageAsk,
) -> Result<Page<Entry>, Fault> {
    let found = sessions::get(conn, actor, now, session)?;
    decide(actor, Act::ReadAudit, &found.object(actor), now).or_fault()?;
    let filter = Filter {
        object_id: Some(session.uuid()),
        ..Filter::default()
    };
    audit::list(conn, &filter, ask)
}
