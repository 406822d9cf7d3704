//! Scheduling: place, move, swap, take out. Whoever does it holds the edition's row, so two can never take one room.
//!
//! A room that is taken is refused even in a draft (R45); of the other conflicts those that the edition says refuse a move
//! (`checks::Severity::BlockMove`), unless a reason says why they may stand. The rest is told with the answer.

use access_rules::{Act, Actor, SessionId, decide};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Fields, LocalDateTime, Moment};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    admission::{Admissions, Stage},
    clashing,
    conflicts::Conflict,
    draft,
    editions::{self, parsed, parsed_or_none},
    faults::ProgrammeFault,
    meanwhile,
    model::{Attendance, Edition, Fold, Room, RoomId, Session, SessionState},
    rooms, rules,
    sessions::{self, note},
    tables::sessions as rows,
};

/// What the form of a placement asks; also what the board sends.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Placement {
    /// Where; may be empty for sessions that are online only.
    pub room: String,
    /// From, by the congress's wall clock: `2019-11-14T10:40`.
    pub starts: String,
    /// Until, by the congress's wall clock.
    pub ends: String,
    /// How long, in minutes, when no end is given; as long as it was when neither is.
    pub length_minutes: Option<i64>,
    /// `earlier` or `later`, when the clocks are put back over it (R53).
    pub fold: String,
    /// Why new conflicts that refuse the move may stand.
    pub reason: String,
}

/// Two sessions that change places.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct Swap {
    /// The one.
    pub one: Option<SessionId>,
    /// The other.
    pub other: Option<SessionId>,
    /// Why new conflicts that refuse the move may stand.
    pub reason: String,
}

/// A session put somewhere, and what is wrong with it there.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Placed {
    /// The session as it stands now.
    pub session: Session,
    /// The conflicts it has a part in.
    pub conflicts: Vec<Conflict>,
}

/// Places a session, or moves one that has a place.
///
/// # Errors
/// 401, 403, 404; `room_taken`, `room_kept`; `invalid` with `outside_edition`, `skipped_hour`, `hour_twice`, `zero_length`,
/// `ends_before_start`, `too_long`; `would_clash`; `illegal_step`; `stale`; what the track's admission refuses.
pub fn place(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    id: SessionId,
    input: &Placement,
    version: Option<i64>,
) -> Result<Placed, Fault> {
    let (before, session) = put(conn, actor, now, admissions, id, input, version, Stage::Place)?;
    let (before, after) = ([before], [session]);
    let mut draft = draft::read(conn, after[0].edition)?;
    let conflicts = clashing::let_in(
        conn,
        actor,
        now,
        admissions,
        &mut draft,
        &before,
        &after,
        &input.reason,
    )?;
    let [session] = after;
    Ok(Placed { session, conflicts })
}

/// Places a session read from a file, without looking for conflicts: an import looks once, at its end.
///
/// # Errors
/// As [`place`].
pub fn place_imported(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    id: SessionId,
    input: &Placement,
) -> Result<Session, Fault> {
    let (_, session) = put(conn, actor, now, admissions, id, input, None, Stage::Import)?;
    Ok(session)
}

/// Lets two sessions change room and start in one act; each keeps its length.
///
/// # Errors
/// 401, 403, 404; `invalid`; `room_taken`; `would_clash`; `illegal_step`; what a track's admission refuses.
pub fn swap(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    input: &Swap,
) -> Result<[Placed; 2], Fault> {
    let mut fields = Fields::new();
    let one = fields.required("one", input.one);
    let other = fields.required("other", input.other);
    if one.is_some() && one == other {
        fields.wrong("other", "same_session");
    }
    fields.done()?;
    let (one, other) = one.zip(other).ok_or_else(Fault::not_found)?;
    let seen = [
        sessions::get(conn, actor, now, one)?,
        sessions::get(conn, actor, now, other)?,
    ];
    for found in &seen {
        decide(actor, Act::PlaceSession, &found.object(actor), now).or_fault()?;
    }
    if seen[0].session.edition != seen[1].session.edition {
        return Err(Fault::field("other", "unknown"));
    }
    let edition = editions::change_draft(conn, seen[0].session.edition)?;
    let before = [
        sessions::row(conn, one)?.ok_or_else(Fault::not_found)?,
        sessions::row(conn, other)?.ok_or_else(Fault::not_found)?,
    ];
    let mut after = Vec::new();
    for (session, target) in [(&before[0], &before[1]), (&before[1], &before[0])] {
        let starts = target
            .starts_local
            .ok_or_else(|| Fault::field("other", "not_placed"))?;
        let mut fields = Fields::new();
        let fold = target.details.0.fold;
        let times = rules::times(&mut fields, &edition, starts, None, session.length_minutes, fold);
        let Some(times) = times else {
            return Err(editions::refused(fields));
        };
        after.push(moved(session, target.room, times, fold)?);
    }
    // Both are written before either is looked at: half a swap may well be taken.
    for (session, before) in after.iter_mut().zip(&before) {
        *session = sessions::save(conn, now, session.clone())?;
        note(conn, actor, now, "session.swap", Some(before), session)?;
    }
    for session in &after {
        room_is_free(conn, actor, session)?;
        admissions.check(conn, session, Stage::Place)?;
    }
    let mut draft = draft::read(conn, edition.id)?;
    let reason = &input.reason;
    let conflicts = clashing::let_in(conn, actor, now, admissions, &mut draft, &before, &after, reason)?;
    let told = |session: Session| Placed {
        conflicts: conflicts
            .iter()
            .filter(|conflict| conflict.sessions.contains(&session.id))
            .cloned()
            .collect(),
        session,
    };
    let mut after = after.into_iter().map(told);
    match (after.next(), after.next()) {
        (Some(one), Some(other)) => Ok([one, other]),
        _ => Err(Fault::internal("a swap of other than two")),
    }
}

/// Takes a session out of room and time. One that was released is moved or cancelled instead.
///
/// # Errors
/// 401, 403, 404; `already_released`; `illegal_step`; `stale`.
pub fn unplace(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: SessionId,
    version: Option<i64>,
) -> Result<Session, Fault> {
    let found = sessions::get(conn, actor, now, id)?;
    decide(actor, Act::PlaceSession, &found.object(actor), now).or_fault()?;
    editions::change_draft(conn, found.session.edition)?;
    let before = sessions::row(conn, id)?.ok_or_else(Fault::not_found)?;
    meanwhile::nobody_was_there(conn, actor, now, &[(version, &before)])?;
    let session = sessions::save(conn, now, taken_out(&before)?)?;
    note(conn, actor, now, "session.unplace", Some(&before), &session)?;
    Ok(session)
}

/// The session as it was and as it is now.
fn put(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    id: SessionId,
    input: &Placement,
    version: Option<i64>,
    stage: Stage,
) -> Result<(Session, Session), Fault> {
    let found = sessions::get(conn, actor, now, id)?;
    decide(actor, Act::PlaceSession, &found.object(actor), now).or_fault()?;
    let edition = editions::change_draft(conn, found.session.edition)?;
    let before = sessions::row(conn, id)?.ok_or_else(Fault::not_found)?;
    meanwhile::nobody_was_there(conn, actor, now, &[(version, &before)])?;
    let (room, times, fold) = asked(conn, &edition, &before, input)?;
    let session = moved(&before, room, times, fold)?;
    if session == before {
        return Ok((before, session));
    }
    let session = sessions::save(conn, now, session)?;
    room_is_free(conn, actor, &session)?;
    admissions.check(conn, &session, stage)?;
    note(conn, actor, now, "session.place", Some(&before), &session)?;
    Ok((before, session))
}

pub(crate) fn asked(
    conn: &mut Conn,
    edition: &Edition,
    session: &Session,
    input: &Placement,
) -> Result<(Option<RoomId>, rules::Times, Option<Fold>), Fault> {
    let mut fields = Fields::new();
    let room: Option<RoomId> = parsed_or_none(&mut fields, "room", &input.room, "unknown");
    let room = room.map(|id| rooms::find(conn, id)).transpose()?.flatten();
    let room = room.filter(|room: &Room| room.edition == edition.id);
    if room.is_none() && !input.room.trim().is_empty() && !fields.has("room") {
        fields.wrong("room", "unknown");
    }
    if input.room.trim().is_empty() && session.attendance != Attendance::Online {
        fields.wrong("room", "required");
    }
    let fold: Option<Fold> = parsed_or_none(&mut fields, "fold", &input.fold, "unknown_choice");
    let starts: Option<LocalDateTime> = parsed(&mut fields, "starts", &input.starts, "not_a_time");
    let ends: Option<LocalDateTime> = parsed_or_none(&mut fields, "ends", &input.ends, "not_a_time");
    let length = input.length_minutes.unwrap_or(session.length_minutes);
    let times = match (starts, fields.has("ends")) {
        (Some(starts), false) => rules::times(&mut fields, edition, starts, ends, length, fold),
        _ => None,
    };
    match (times, fields.all_good()) {
        (Some(times), true) => Ok((room.map(|room| room.id), times, fold)),
        _ => Err(editions::refused(fields)),
    }
}

/// The session without room and time. One that was released is moved or cancelled instead.
pub(crate) fn taken_out(session: &Session) -> Result<Session, Fault> {
    if session.was_released() {
        return Err(ProgrammeFault::AlreadyReleased.into());
    }
    rules::session_goes(session.state, SessionState::Proposed)?;
    Ok(Session {
        state: SessionState::Proposed,
        room: None,
        starts_local: None,
        ends_local: None,
        starts_at: None,
        ends_at: None,
        ..session.clone()
    })
}

/// The session at another place; as it was when it is there already.
pub(crate) fn moved(
    session: &Session,
    room: Option<RoomId>,
    times: rules::Times,
    fold: Option<Fold>,
) -> Result<Session, Fault> {
    let is_there = session.room == room
        && session.starts_at == Some(times.starts_at)
        && session.ends_at == Some(times.ends_at)
        && session.starts_local == Some(times.starts_local);
    if is_there {
        return Ok(session.clone());
    }
    let state = rules::state_when_placed(session.state).ok_or_else(|| {
        Fault::conflict("illegal_step")
            .with("from", session.state.code())
            .with("to", SessionState::Moved.code())
    })?;
    let mut next = Session {
        room,
        starts_local: Some(times.starts_local),
        ends_local: Some(times.ends_local),
        starts_at: Some(times.starts_at),
        ends_at: Some(times.ends_at),
        length_minutes: times.length_minutes,
        state,
        ..session.clone()
    };
    next.details.0.fold = fold;
    Ok(next)
}

/// R45: no other session in the room at that time, nor closer than the room's turnaround.
fn room_is_free(conn: &mut Conn, actor: &Actor, session: &Session) -> Result<(), Fault> {
    let (Some(room), Some(starts_at), Some(ends_at)) = (session.room, session.starts_at, session.ends_at)
    else {
        return Ok(());
    };
    let room = rooms::find(conn, room)?.ok_or_else(Fault::not_found)?;
    let gap = room.turnaround_minutes;
    let taken: Option<Session> = on_each!(conn, |c| rows::table
        .filter(rows::room.eq(room.id))
        .filter(rows::id.ne(session.id))
        .filter(rows::state.ne(SessionState::Cancelled))
        .filter(rows::starts_at.lt(ends_at.plus_minutes(gap)))
        .filter(rows::ends_at.gt(starts_at.plus_minutes(-gap)))
        .order((rows::starts_at, rows::id))
        .select(Session::as_select())
        .first(c)
        .optional())?;
    match taken {
        None => Ok(()),
        Some(other) => Err(taken_by(actor, &other, gap)),
    }
}

/// The room is another's then: which one, for those who are told of it.
pub(crate) fn taken_by(actor: &Actor, other: &Session, turnaround_minutes: i64) -> Fault {
    if !other.is_told_to(actor) {
        return ProgrammeFault::RoomKept.into();
    }
    let clock = |at: Option<LocalDateTime>| at.map(|at| at.to_string()).unwrap_or_default();
    ProgrammeFault::RoomTaken {
        session: other.code.clone(),
        starts: clock(other.starts_local),
        ends: clock(other.ends_local),
        turnaround_minutes,
    }
    .into()
}
