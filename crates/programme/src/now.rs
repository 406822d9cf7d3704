//! What is on, and what comes next, by the congress's clock (R57); and what of it stands elsewhere, or at another time,
//! than it did a day ago.
//!
//! Knows views of the released programme, not who reads them: a view holds what its reader may see.

use std::collections::{BTreeMap, BTreeSet};

use access_rules::{Actor, EditionId, SessionId};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Json, LocalDateTime, Localized, Moment};

use crate::{
    changes::{Change, ChangeKind},
    model::SessionKind,
    released::{Programme, ReleasedSession, State},
    tables::releases,
};

/// How far ahead "next" looks, in minutes; further, when nothing begins by then.
const AHEAD_MINUTES: i64 = 120;
/// For how long it is told that a session was moved, in hours.
const MOVED_HOURS: i64 = 24;
/// Releases looked into for that, at most.
const RELEASES_MOST: i64 = 50;

/// What is on, and what comes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NowAndNext<'a> {
    /// Begun and not over, those called off among them; breaks are none.
    pub on: Vec<&'a ReleasedSession>,
    /// Those that begin within two hours; else those that begin next of all.
    pub next: Vec<&'a ReleasedSession>,
}

/// How a session was known a day ago, where it is otherwise now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Before {
    /// When it was to begin and end.
    pub time: Option<(LocalDateTime, LocalDateTime)>,
    /// The name of the room it was to be in.
    pub room: Option<Localized>,
}

/// What is on at a moment and what comes next, of a whole view or of some sessions of it.
pub fn at<'a>(programme: &'a Programme, now: Moment, only: Option<&BTreeSet<SessionId>>) -> NowAndNext<'a> {
    let mut sessions: Vec<&ReleasedSession> = programme
        .sessions
        .iter()
        .filter(|session| session.kind != SessionKind::Break && session.ends_at > now)
        .filter(|session| only.is_none_or(|only| only.contains(&session.id)))
        .collect();
    sessions.sort_by_key(|session| (session.starts_at, session.room, session.id));
    let (on, coming): (Vec<_>, Vec<_>) = sessions.into_iter().partition(|session| session.starts_at <= now);
    let first = coming
        .iter()
        .find(|session| session.state != State::Cancelled)
        .map(|session| session.starts_at);
    let horizon = first.map(|first| first.max(now.plus_minutes(AHEAD_MINUTES)));
    let next = coming
        .into_iter()
        .filter(|session| horizon.is_some_and(|horizon| session.starts_at <= horizon))
        .collect();
    NowAndNext { on, next }
}

/// How the sessions of a view were known a day ago, as far as this actor was told: those alone that are otherwise now.
///
/// # Errors
/// When the database refuses.
pub fn before(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    programme: &Programme,
) -> Result<BTreeMap<SessionId, Before>, Fault> {
    // The first release moved nothing: nobody knew it otherwise.
    let mut changes: Vec<(i64, Json<Vec<Change>>)> = on_each!(conn, |c| releases::table
        .filter(releases::edition.eq(edition))
        .filter(releases::number.gt(1))
        .filter(releases::released_at.gt(now.plus_minutes(-60 * MOVED_HOURS)))
        .order(releases::number.desc())
        .limit(RELEASES_MOST)
        .select((releases::number, releases::changes))
        .load(c))?;
    changes.reverse();
    let sight = actor.sight();
    let mut before: BTreeMap<SessionId, Before> = BTreeMap::new();
    for change in changes.iter().flat_map(|(_, changes)| &changes.0) {
        if !change.is_told_to(&sight) {
            continue;
        }
        // The earliest is how people know it.
        let known = before.entry(change.session).or_default();
        match change.kind {
            ChangeKind::Time => known.time = known.time.or_else(|| change.time_was()),
            ChangeKind::Room => known.room = known.room.take().or_else(|| change.room_was()),
            ChangeKind::Added
            | ChangeKind::Removed
            | ChangeKind::Cancelled
            | ChangeKind::Title
            | ChangeKind::People
            | ChangeKind::Text => {}
        }
    }
    before.retain(|id, known| {
        let Some(session) = programme.session(*id) else {
            return false;
        };
        let room = programme.room_of(session).map(|room| &room.name);
        known.time = known
            .time
            .filter(|time| *time != (session.starts_local, session.ends_local));
        known.room = known
            .room
            .take()
            .filter(|was| !session.line_only && room.is_some_and(|is| is != was));
        known.time.is_some() || known.room.is_some()
    });
    Ok(before)
}
