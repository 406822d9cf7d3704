//! What becomes of papers, for programs that follow it: which paper, and how far it is. Its words whoever may read them asks
//! for by the id.

use db::Conn;
use kernel::{Coded as _, Fault, Moment};
use records::desk_events;
use serde_json::json;

use crate::model::Paper;

/// A paper is out, or a newer version of it.
pub(crate) fn published(conn: &mut Conn, now: Moment, paper: &Paper) -> Result<(), Fault> {
    tell(conn, now, "paper.published", paper)
}

/// A paper went to the World Assembly.
pub(crate) fn transmitted(conn: &mut Conn, now: Moment, paper: &Paper) -> Result<(), Fault> {
    tell(conn, now, "paper.transmitted", paper)
}

fn tell(conn: &mut Conn, now: Moment, kind: &str, paper: &Paper) -> Result<(), Fault> {
    let payload = json!({
        "edition": paper.edition,
        "paper": paper.id,
        "code": paper.code,
        "track": paper.track.code(),
        "state": paper.state.code(),
        "version": paper.published_version,
    });
    desk_events::leave(conn, now, paper.edition, kind, &paper.visible_to, payload)
}
