//! What is decided about a floor without a database: who may ask, which steps there are, who comes next.
//!
//! [`order`]: who comes before whom. [`time`]: how long is left. [`balance`]: who was heard. [`motions`]: precedence,
//! speakers and majorities. Time is an argument; who may chair is not decided here.

pub mod balance;
pub mod motions;
pub mod order;
pub mod time;

use kernel::Fault;

use crate::{
    faults::FloorFault,
    model::{Floor, FloorState, Motion, Request, Ruling, RulingState, SpeechKind, SpeechState},
};

/// Longest reason, in characters.
pub const REASON_MAX: usize = 500;
/// Longest words of a ruling or a motion, in characters.
pub const WORDS_MAX: usize = 1000;
/// Longest code of a region, in characters.
pub const REGION_MAX: usize = 40;
/// Requests of one person on one floor, at most.
pub const ASKS_MOST: i64 = 30;
/// Shortest and longest limit of a speech, and of a region, in seconds.
pub const LIMIT_SECONDS: (i64, i64) = (10, 4 * 3600);
/// Most that is added at once, in seconds.
pub const ADDED_SECONDS_MOST: i64 = 1800;
/// Regions with a limit of their own, at most.
pub const REGIONS_MOST: usize = 60;
/// Most votes that are counted by hand.
pub const VOTES_MOST: i64 = 1_000_000;

/// How loud a kind is: a louder one interrupts a quieter one (R80).
pub const fn loudness(kind: SpeechKind) -> u8 {
    match kind {
        SpeechKind::PointOfOrder => 3,
        SpeechKind::Interposed => 2,
        SpeechKind::ForMotion
        | SpeechKind::AgainstMotion
        | SpeechKind::RightOfReply
        | SpeechKind::Statement => 1,
    }
}

/// Where a request begins: what the chair has to admit waits for that, everything else is in line at once.
pub const fn first_state(kind: SpeechKind, by_admission: bool) -> SpeechState {
    match kind {
        SpeechKind::RightOfReply | SpeechKind::Interposed => SpeechState::Requested,
        SpeechKind::Statement if by_admission => SpeechState::Requested,
        SpeechKind::Statement
        | SpeechKind::PointOfOrder
        | SpeechKind::ForMotion
        | SpeechKind::AgainstMotion => SpeechState::Queued,
    }
}

/// Whether one may ask for the floor now (R79): when the list is closed, for a right of reply and what is procedure alone.
///
/// # Errors
/// `floor_closed`, `speakers_list_closed`.
pub fn may_ask(floor: &Floor, kind: SpeechKind) -> Result<(), FloorFault> {
    if floor.state == FloorState::Closed {
        return Err(FloorFault::FloorClosed);
    }
    match kind {
        SpeechKind::Statement | SpeechKind::Interposed if floor.list_closed => Err(FloorFault::ListClosed),
        SpeechKind::Statement
        | SpeechKind::Interposed
        | SpeechKind::RightOfReply
        | SpeechKind::PointOfOrder
        | SpeechKind::ForMotion
        | SpeechKind::AgainstMotion => Ok(()),
    }
}

/// The steps of a request; everything else is refused.
pub const fn may_go(from: SpeechState, to: SpeechState) -> bool {
    use SpeechState::{Called, Done, Paused, Queued, Removed, Requested, Speaking, Withdrawn};
    matches!(
        (from, to),
        (Requested, Queued | Withdrawn | Removed)
            | (Queued, Called | Withdrawn | Removed)
            | (Called, Speaking | Done)
            | (Speaking, Paused | Done)
            | (Paused, Speaking | Done)
    )
}

/// Checks a step of a request.
///
/// # Errors
/// `already_called` for what is taken back or out too late, else `illegal_step`.
pub fn step(request: &Request, to: SpeechState) -> Result<(), Fault> {
    if may_go(request.state, to) {
        return Ok(());
    }
    let is_taken_out = matches!(to, SpeechState::Withdrawn | SpeechState::Removed);
    if is_taken_out && request.is_called() {
        return Err(FloorFault::AlreadyCalled.into());
    }
    Err(kernel::fault::illegal_step(request.state, to))
}

/// Whether the meeting may go on: somebody called, a clock begun, a motion put.
///
/// # Errors
/// `floor_closed`, `floor_paused`, `appeal_open`.
pub fn may_go_on(floor: &Floor, rulings: &[Ruling]) -> Result<(), FloorFault> {
    match floor.state {
        FloorState::Closed => return Err(FloorFault::FloorClosed),
        FloorState::Paused => return Err(FloorFault::FloorPaused),
        FloorState::Open => {}
    }
    no_appeal(rulings)
}

/// Whether no appeal waits for its vote.
///
/// # Errors
/// `appeal_open`.
pub fn no_appeal(rulings: &[Ruling]) -> Result<(), FloorFault> {
    match rulings
        .iter()
        .find(|ruling| ruling.state == RulingState::Appealed)
    {
        Some(ruling) => Err(FloorFault::AppealOpen { ruling: ruling.id }),
        None => Ok(()),
    }
}

/// Whether this turn may end: a point of order is ruled on first (R80).
///
/// # Errors
/// `point_not_ruled`.
pub fn may_end(request: &Request) -> Result<(), FloorFault> {
    match request.kind {
        // Its ruling ends it, so one that has not ended has none.
        SpeechKind::PointOfOrder => Err(FloorFault::PointNotRuled { request: request.id }),
        SpeechKind::Interposed
        | SpeechKind::ForMotion
        | SpeechKind::AgainstMotion
        | SpeechKind::RightOfReply
        | SpeechKind::Statement => Ok(()),
    }
}

/// Who is called next, by all that keeps somebody from being called. `requests` are those of the session.
///
/// # Errors
/// `floor_closed`, `floor_paused`, `appeal_open`, `point_not_ruled`, `motion_pending`, `nobody_waits`.
pub fn next<'a>(
    floor: &Floor,
    requests: &'a [Request],
    motions: &[Motion],
    rulings: &[Ruling],
) -> Result<&'a Request, FloorFault> {
    may_go_on(floor, rulings)?;
    let current = current(floor, requests);
    if let Some(point) = current.filter(|request| request.kind == SpeechKind::PointOfOrder) {
        return Err(FloorFault::PointNotRuled { request: point.id });
    }
    let pending = motions::first(motions);
    let next = order::order(floor, requests, pending.map(|motion| motion.id))
        .first()
        .map(|placed| placed.request);
    let is_line = next.is_none_or(order::is_in_line);
    match (next, pending) {
        (_, Some(motion)) if is_line => Err(FloorFault::MotionPending {
            motion: motion.id,
            kind: motion.kind,
        }),
        (Some(next), _) => Ok(next),
        (None, _) => Err(FloorFault::NobodyWaits),
    }
}

/// Who has the floor.
pub fn current<'a>(floor: &Floor, requests: &'a [Request]) -> Option<&'a Request> {
    requests
        .iter()
        .find(|request| request.floor == floor.id && request.has_floor)
}

/// Who was interrupted and gets the floor back first.
pub fn interrupted<'a>(floor: &Floor, requests: &'a [Request]) -> Option<&'a Request> {
    requests
        .iter()
        .filter(|request| request.floor == floor.id && request.is_interrupted())
        .max_by_key(|request| loudness(request.kind))
}
