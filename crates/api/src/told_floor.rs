//! What is told to who follows the floor of a session: its number by now. Whoever hears of it asks for the view, spread over
//! as long as the house needs to answer all of them.
//!
//! Nobody's name is told, and nothing of a session one may not know of.

use access_rules::{Actor, Key, SessionId, Sight};
use actix_kit::Site;
use assembly::floor::seeing::{self, Following};
use db::Conn;
use floor::model::FloorId;
use kernel::{Fault, Moment};
use records::{feed, model::Event};
use serde::Serialize;
use utoipa::ToSchema;

use crate::topics::{self, Topic};

/// The name of the event.
pub const CHANGED: &str = ::floor::CHANGED;
/// In so many milliseconds one of those who follow is answered, reckoned with care.
const ANSWERED_MS: usize = 3;
/// The most a reader is asked to wait before they ask for the view, in milliseconds.
const WITHIN_MS_MOST: usize = 10_000;

/// How the floor of a session is by now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FloorTold {
    session: SessionId,
    key: Option<Key>,
    floor: FloorId,
    version: i64,
}

/// What an event of a floor says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FloorChanged {
    /// The floor.
    pub floor: FloorId,
    /// Counts every act on it.
    pub version: i64,
    /// That of the view, as it is by now.
    pub digest: String,
    /// Ask for the view within so many milliseconds, at a moment drawn by lot, where it need not be at once.
    pub within_ms: usize,
}

/// What somebody who comes, or comes back, is told first.
pub(crate) struct Caught {
    /// Whom it is told, and whether they know of it by its key.
    pub following: Following,
    /// What they see.
    pub sight: Sight,
    /// The number of the last event there was.
    pub upto: i64,
    /// How the floor is by now, where something happened since they looked.
    pub missed: Option<FloorTold>,
}

/// How the floor of a session is after its event of this number.
pub(crate) fn by_now(conn: &mut Conn, session: SessionId, seq: i64) -> Result<Option<FloorTold>, Fault> {
    let events = feed::after(conn, &::floor::stream(session), seq - 1, 1)?;
    Ok(events.first().and_then(|event| FloorTold::of(session, event)))
}

/// What somebody missed since the event they say they saw last.
///
/// # Errors
/// 404 for a session they may not know of; `no_floor_here`.
pub(crate) fn catch_up(
    conn: &mut Conn,
    site: &Site,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    last_seen: Option<&str>,
) -> Result<Caught, Fault> {
    let following = seeing::follow(conn, actor, now, session)?;
    let topic = Topic::Floor(session);
    let upto = feed::last(conn, &topic.stream())?;
    let missed = match last_seen {
        None => None,
        Some(id) if topics::seq(site, topic, id) == Some(upto) => None,
        Some(_) => by_now(conn, session, upto)?,
    };
    let sight = actor.sight();
    Ok(Caught {
        missed: missed.filter(|told| told.is_for(&sight, following.by_part)),
        following,
        sight,
        upto,
    })
}

impl FloorTold {
    fn of(session: SessionId, event: &Event) -> Option<Self> {
        let payload = &event.payload.0;
        if event.kind != CHANGED {
            return None;
        }
        Some(Self {
            session,
            key: event.visible_to.parse().ok(),
            floor: payload["floor"].as_str()?.parse().ok()?,
            version: payload["version"].as_i64()?,
        })
    }

    /// Whether somebody who sees this may be told.
    pub fn is_for(&self, sight: &Sight, by_part: bool) -> bool {
        by_part
            || self
                .key
                .as_ref()
                .is_some_and(|key| sight.reads(key, Some(self.session)))
    }

    /// What it says to so many who follow.
    pub fn changed(&self, followers: usize) -> FloorChanged {
        FloorChanged {
            floor: self.floor,
            version: self.version,
            digest: ::floor::digest_of(self.floor, self.version),
            within_ms: (followers * ANSWERED_MS).min(WITHIN_MS_MOST),
        }
    }

    /// Its bytes in the stream, with the number that comes back as `Last-Event-ID`.
    pub fn message(&self, id: &str, followers: usize) -> String {
        let data = serde_json::to_string(&self.changed(followers)).expect("what is told is JSON");
        format!("id: {id}\nevent: {CHANGED}\ndata: {data}\n\n")
    }
}

impl Caught {
    /// The first bytes of their stream: when to come back, what they missed, and where they are now.
    pub fn opening(&self, site: &Site, retry_ms: u64) -> String {
        let id = topics::id(site, Topic::Floor(self.following.session), self.upto);
        let missed = self.missed.as_ref().map(|told| told.message(&id, 0));
        format!("retry: {retry_ms}\n\n{}id: {id}\n\n", missed.unwrap_or_default())
    }
}
