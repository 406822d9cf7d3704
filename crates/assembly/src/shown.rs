//! What a session is called and when it begins, to a reader: its desk and who has a part in it read the draft, everybody
//! else what was released.

use access_rules::Actor;
use db::Conn;
use kernel::{Fault, Localized, Moment};
use programme::{model::SessionState, releases, sessions::Found};
use serde::Serialize;
use utoipa::ToSchema;

/// What a session is called, and when it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ShownSession)]
pub struct Shown {
    /// Its title.
    pub title: Localized,
    /// When it begins.
    pub starts_at: Option<Moment>,
    /// When it ends.
    pub ends_at: Option<Moment>,
}

/// What this reader is told. One who knows of a session that was never released (a network that is asked for its consent)
/// is told the draft.
pub(crate) fn of(conn: &mut Conn, actor: &Actor, found: &Found) -> Result<Shown, Fault> {
    let session = &found.session;
    let draft = Shown {
        title: session.title.clone(),
        starts_at: session.starts_at,
        ends_at: session.ends_at,
    };
    if found.shows_draft_to(actor) || !session.was_released() || session.state == SessionState::Cancelled {
        return Ok(draft);
    }
    let live = releases::live(conn, session.edition)?;
    let told = live.as_ref().and_then(|programme| programme.session(session.id));
    Ok(told.map_or(draft, |told| Shown {
        title: told.title.clone(),
        starts_at: Some(told.starts_at),
        ends_at: Some(told.ends_at),
    }))
}
