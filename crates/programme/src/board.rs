//! What a board of the programme shows to whoever may place sessions in it: their own by title, others' by code, and what
//! they are not told of not at all.
//!
//! Knows nothing of days, rows and columns: that is the page's.

use access_rules::{Act, Actor, EditionId, decide};
use db::Conn;
use kernel::{Fault, LocalDateTime, Moment};

use crate::{
    admission::Admissions,
    conflicts::Conflict,
    draft,
    model::{Edition, Room, RoomId, Session, SessionKind, SessionState, Track, TrackId},
    sessions::Found,
    waivers,
};

/// The draft as one desk's board shows it.
#[derive(Clone, Debug)]
pub struct Board {
    /// The edition.
    pub edition: Edition,
    /// Its rooms, in order.
    pub rooms: Vec<Room>,
    /// Its tracks, in order.
    pub tracks: Vec<Track>,
    /// The sessions of this desk that take place, with or without a time.
    pub own: Vec<Own>,
    /// The places others hold.
    pub others: Vec<Taken>,
    /// What is wrong, as this desk reads it.
    pub conflicts: Vec<Conflict>,
    /// Whether this desk may let it stand.
    pub may_waive: bool,
}

/// A session of one's own desk.
#[derive(Clone, Debug)]
pub struct Own {
    /// The session.
    pub session: Session,
    /// Whether they may move it.
    pub moves: bool,
}

/// A place that another desk's session holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its public code.
    pub code: String,
    /// What it is.
    pub kind: SessionKind,
    /// Its track.
    pub track: Option<TrackId>,
    /// Where.
    pub room: Option<RoomId>,
    /// From, by the wall clock.
    pub starts: LocalDateTime,
    /// Until, by the wall clock.
    pub ends: LocalDateTime,
}

/// Reads it.
///
/// # Errors
/// 401, 403, 404.
pub fn of(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    edition: EditionId,
) -> Result<Board, Fault> {
    let (mut draft, desk) = draft::for_desk(conn, actor, now, edition)?;
    let found = draft.conflicts(conn, admissions, &draft.placed())?;
    let conflicts = draft.of_desk(actor, &desk, found);
    let keys = actor.keys();
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for session in std::mem::take(&mut draft.sessions) {
        if session.state == SessionState::Cancelled {
            continue;
        }
        if keys.contains(&session.desk_key()) {
            own.push(of_own(actor, now, &draft.tracks, session));
        } else if session.is_told_to(actor) {
            others.extend(taken(&session));
        }
    }
    Ok(Board {
        may_waive: waivers::may(actor, now).is_ok(),
        edition: draft.edition,
        rooms: draft.rooms,
        tracks: draft.tracks,
        own,
        others,
        conflicts,
    })
}

fn of_own(actor: &Actor, now: Moment, tracks: &[Track], session: Session) -> Own {
    let track = tracks
        .iter()
        .find(|track| Some(track.id) == session.track)
        .cloned();
    let found = Found { session, track };
    let moves = decide(actor, Act::PlaceSession, &found.object(actor), now).allows();
    Own {
        moves: moves && crate::rules::state_when_placed(found.session.state).is_some(),
        session: found.session,
    }
}

fn taken(session: &Session) -> Option<Taken> {
    Some(Taken {
        code: session.code.clone(),
        kind: session.kind,
        track: session.track,
        room: session.room,
        starts: session.starts_local?,
        ends: session.ends_local?,
    })
}
