//! Who was there meanwhile: what somebody is told whose move is refused because the session changed since they saw it.
//!
//! Where it stands now is told to whoever may place it; who put it there, to whoever reads the record of its acts. A
//! change the record does not hold names nobody.

use access_rules::{Act, Actor, PersonId, SessionId, decide};
use db::Conn;
use kernel::{Fault, Id, LocalDateTime, Localized, Moment, PageAsk};
use people::persons;
use records::{
    audit::{self, Filter},
    model::Entry,
};
use serde::Serialize;
use serde_json::json;

use crate::{
    editions::same_version,
    model::{RoomId, Session},
    rooms,
    sessions::Found,
    tracks,
};

/// How many acts are looked back for who moved it.
const ACTS_MOST: i64 = 20;

/// A session as it stands now, and who was there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Meanwhile {
    /// The session.
    pub session: SessionId,
    /// Its public code.
    pub code: String,
    /// Its title; empty for who does not read its draft.
    pub title: Localized,
    /// The version it has now.
    pub version: i64,
    /// Where it is.
    pub room: Option<RoomId>,
    /// The room's name.
    pub room_name: Localized,
    /// From, by the wall clock.
    pub starts: Option<LocalDateTime>,
    /// Until, by the wall clock.
    pub ends: Option<LocalDateTime>,
    /// How long it is, in minutes.
    pub length_minutes: i64,
    /// Who put it where it is.
    pub moved: Option<Hand>,
    /// Who changed it last, in whatever way.
    pub changed: Option<Hand>,
}

/// Somebody, and when they were there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hand {
    /// Their name; empty where the site itself acted.
    pub name: String,
    /// Whether it is whoever asks: in another window.
    pub me: bool,
    /// When.
    pub at: Moment,
    /// When, by the congress's wall clock.
    pub at_local: LocalDateTime,
}

/// Goes on when each session has the version it was seen in, where one is named.
///
/// # Errors
/// `stale`, telling of each that has not.
pub(crate) fn nobody_was_there(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    seen: &[(Option<i64>, &Session)],
) -> Result<(), Fault> {
    let mut told = Vec::new();
    for (version, session) in seen {
        if same_version(*version, session.version).is_err() {
            told.push(of(conn, actor, now, session)?);
        }
    }
    match told.is_empty() {
        true => Ok(()),
        false => Err(Fault::stale().with("sessions", json!(told))),
    }
}

fn of(conn: &mut Conn, actor: &Actor, now: Moment, session: &Session) -> Result<Meanwhile, Fault> {
    let track = session.track.map(|id| tracks::find(conn, id)).transpose()?;
    let found = Found {
        session: session.clone(),
        track: track.flatten(),
    };
    let room = session.room.map(|id| rooms::find(conn, id)).transpose()?;
    let acts = match decide(actor, Act::ReadAudit, &found.object(actor), now).allows() {
        true => acts_on(conn, session)?,
        false => vec![],
    };
    let last = acts.first().filter(|entry| entry.at == session.updated_at);
    let mover = last.and_then(|_| put_there(&acts, session));
    Ok(Meanwhile {
        session: session.id,
        code: session.code.clone(),
        title: match found.shows_draft_to(actor) {
            true => session.title.clone(),
            false => Localized::default(),
        },
        version: session.version,
        room: session.room,
        room_name: room.flatten().map(|room| room.name).unwrap_or_default(),
        starts: session.starts_local,
        ends: session.ends_local,
        length_minutes: session.length_minutes,
        moved: mover.map(|entry| hand(conn, actor, session, entry)).transpose()?,
        changed: last.map(|entry| hand(conn, actor, session, entry)).transpose()?,
    })
}

/// What was done to it, the newest first.
fn acts_on(conn: &mut Conn, session: &Session) -> Result<Vec<Entry>, Fault> {
    let filter = Filter {
        object_id: Some(session.id.uuid()),
        ..Filter::default()
    };
    Ok(audit::list(conn, &filter, &PageAsk::of(ACTS_MOST))?.items)
}

/// The first of the acts since which it has stood where it stands.
fn put_there<'a>(acts: &'a [Entry], session: &Session) -> Option<&'a Entry> {
    let is_there = |entry: &&Entry| {
        let left = entry.facts();
        left["room"] == json!(session.room) && left["starts"] == json!(session.starts_local)
    };
    acts.iter().take_while(is_there).last()
}

fn hand(conn: &mut Conn, actor: &Actor, session: &Session, entry: &Entry) -> Result<Hand, Fault> {
    let who: Option<PersonId> = entry.actor.map(Id::cast);
    let person = persons::many(conn, who.as_slice())?.into_iter().next();
    let edition = crate::editions::find(conn, session.edition)?.ok_or_else(Fault::not_found)?;
    Ok(Hand {
        name: person.map(|person| person.name()).unwrap_or_default(),
        me: who.is_some() && who == actor.person,
        at: entry.at,
        at_local: edition.zone.local(entry.at),
    })
}
