//! Who has the floor (R79): called, begun, paused, given more time, ended. One person at a time: to call the next is to end
//! who spoke, or to interrupt them where what comes next is a point of order or an interposed question.
//!
//! Whoever chairs says whose turn they end: of two who call at once one is told that the meeting has gone on.

use access_rules::PersonId;
use db::Conn;
use kernel::{Fault, Fields, Moment};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    acts::{done, motions, requests, rulings, take},
    faults::FloorFault,
    model::{Floor, FloorId, Request, RequestId, SpeechState},
    points, rules,
    rules::{loudness, time},
    speakers::{put, required, save, taken},
};

/// What the chair sees when they call the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = SpeakerCallInput)]
pub struct CallInput {
    /// Who has the floor, as the chair sees it; none when nobody has.
    #[schema(value_type = Option<String>)]
    pub ending: Option<RequestId>,
    /// Who comes next, as the chair sees it; whoever does, when none.
    #[schema(value_type = Option<String>)]
    pub next: Option<RequestId>,
    /// Whether the clock begins at once.
    pub start: bool,
}

/// Gives the floor to whoever comes next, in one step with what becomes of who has it.
///
/// # Errors
/// 404; `floor_moved_on` when somebody else has the floor than the chair sees, `next_changed`; `floor_closed`,
/// `floor_paused`, `appeal_open`, `point_not_ruled`, `motion_pending`, `nobody_waits`.
pub fn call_next(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    floor: FloorId,
    input: &CallInput,
) -> Result<Request, Fault> {
    let floor = take(conn, floor)?;
    let called = call(conn, now, &floor, input)?;
    let summary = json!({ "request": called.id, "ended": input.ending, "start": input.start });
    done(conn, who, now, &floor, "call", summary)?;
    Ok(called)
}

/// Gives the floor to somebody out of turn, with a reason: first in line, then called. What is before the line stays so.
///
/// # Errors
/// As [`call_next`], and `invalid`: `reason`; `place_is_fixed`; `next_changed` when a point of order or the like comes first.
pub fn call_out_of_turn(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: RequestId,
    reason: &str,
    input: &CallInput,
) -> Result<Request, Fault> {
    let (floor, request) = taken(conn, id)?;
    let reason = required(reason)?;
    put(conn, &floor, &request, None, &reason)?;
    let input = CallInput {
        next: Some(id),
        ..*input
    };
    let called = call(conn, now, &floor, &input)?;
    let summary = json!({ "request": id, "ended": input.ending, "out_of_turn": true });
    done(conn, who, now, &floor, "call", summary)?;
    Ok(called)
}

/// Begins the clock of who has the floor, or lets it go on.
///
/// # Errors
/// 404; `not_speaking`; `illegal_step` when it runs; `floor_closed`, `floor_paused`, `appeal_open`.
pub fn start(conn: &mut Conn, who: Option<PersonId>, now: Moment, id: RequestId) -> Result<Request, Fault> {
    let (floor, before) = taken(conn, id)?;
    let given = rulings(conn, floor.id)?;
    rules::may_go_on(&floor, &given)?;
    has_floor(&before)?;
    rules::step(&before, SpeechState::Speaking)?;
    points::settle(conn, &given)?;
    let after = save(conn, &before, running(before.clone(), now))?;
    done(conn, who, now, &floor, "start", json!({ "request": id }))?;
    Ok(after)
}

/// Stops the clock of who has the floor; they keep it.
///
/// # Errors
/// 404; `not_speaking`; `illegal_step` when it stands.
pub fn pause(conn: &mut Conn, who: Option<PersonId>, now: Moment, id: RequestId) -> Result<Request, Fault> {
    let (floor, before) = taken(conn, id)?;
    has_floor(&before)?;
    rules::step(&before, SpeechState::Paused)?;
    let after = stand(conn, now, &before, true)?;
    done(conn, who, now, &floor, "pause_speech", json!({ "request": id }))?;
    Ok(after)
}

/// Adds time to a speech that is not over; it is added to the region's, too.
///
/// # Errors
/// 404; `invalid`: `seconds`; `illegal_step` when it is over.
pub fn add_time(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: RequestId,
    seconds: i64,
) -> Result<Request, Fault> {
    let (floor, before) = taken(conn, id)?;
    let mut fields = Fields::new();
    fields.within("seconds", seconds, 1, rules::ADDED_SECONDS_MOST);
    fields.done()?;
    if !before.is_open() {
        return Err(kernel::fault::illegal_step(before.state, SpeechState::Speaking));
    }
    let after = Request {
        added_seconds: before.added_seconds + seconds,
        ..before.clone()
    };
    let after = save(conn, &before, after)?;
    let summary = json!({ "request": id, "seconds": seconds });
    done(conn, who, now, &floor, "add_time", summary)?;
    Ok(after)
}

/// Ends a turn, of who has the floor or was interrupted. The floor goes back to who was interrupted, else to nobody.
///
/// # Errors
/// 404; `illegal_step` when it was not called, or is over; `point_not_ruled`.
pub fn finish(conn: &mut Conn, who: Option<PersonId>, now: Moment, id: RequestId) -> Result<Request, Fault> {
    let (floor, before) = taken(conn, id)?;
    rules::step(&before, SpeechState::Done)?;
    rules::may_end(&before)?;
    let after = end(conn, now, &before)?;
    give_back(conn, &floor)?;
    done(conn, who, now, &floor, "finish", json!({ "request": id }))?;
    Ok(after)
}

/// The guarded act itself, with the floor taken.
fn call(conn: &mut Conn, now: Moment, floor: &Floor, input: &CallInput) -> Result<Request, Fault> {
    let requests = requests(conn, floor)?;
    let current = rules::current(floor, &requests);
    let current_id = current.map(|request| request.id);
    if current_id != input.ending {
        return Err(FloorFault::MovedOn { current: current_id }.into());
    }
    let (motions, given) = (motions(conn, floor.id)?, rulings(conn, floor.id)?);
    let next = rules::next(floor, &requests, &motions, &given)?;
    if input.next.is_some_and(|seen| seen != next.id) {
        return Err(FloorFault::NextChanged { next: next.id }.into());
    }
    points::settle(conn, &given)?;
    if let Some(current) = current {
        match loudness(next.kind) > loudness(current.kind) {
            true => stand(conn, now, current, false)?,
            false => end(conn, now, current)?,
        };
    }
    give(conn, now, floor, next, input.start)
}

fn give(conn: &mut Conn, now: Moment, floor: &Floor, next: &Request, start: bool) -> Result<Request, Fault> {
    let is_back = next.is_called();
    let called = Request {
        has_floor: true,
        state: if is_back { next.state } else { SpeechState::Called },
        turn: next.turn.or(Some(floor.version)),
        called_at: next.called_at.or(Some(now)),
        ..next.clone()
    };
    let called = if start { running(called, now) } else { called };
    save(conn, next, called)
}

/// Gives the floor back to who was interrupted, where nobody has it; the clock stands until it is begun.
pub(crate) fn give_back(conn: &mut Conn, floor: &Floor) -> Result<(), Fault> {
    let requests = requests(conn, floor)?;
    match rules::interrupted(floor, &requests) {
        Some(back) if rules::current(floor, &requests).is_none() => {
            let after = Request {
                has_floor: true,
                ..back.clone()
            };
            save(conn, back, after).map(drop)
        }
        Some(_) | None => Ok(()),
    }
}

/// Stops a clock; `keeps` says whether the floor stays with them, or another interrupts.
pub(crate) fn stand(conn: &mut Conn, now: Moment, before: &Request, keeps: bool) -> Result<Request, Fault> {
    let after = Request {
        state: match before.state {
            SpeechState::Speaking => SpeechState::Paused,
            as_it_is => as_it_is,
        },
        has_floor: keeps,
        spoken_ms: time::spoken_ms(before, now),
        ..before.clone()
    };
    save(conn, before, after)
}

/// Ends a turn.
pub(crate) fn end(conn: &mut Conn, now: Moment, before: &Request) -> Result<Request, Fault> {
    let after = Request {
        state: SpeechState::Done,
        has_floor: false,
        spoken_ms: time::spoken_ms(before, now),
        ended_at: Some(now),
        ..before.clone()
    };
    save(conn, before, after)
}

fn running(request: Request, now: Moment) -> Request {
    Request {
        state: SpeechState::Speaking,
        started_at: Some(now),
        ..request
    }
}

fn has_floor(request: &Request) -> Result<(), FloorFault> {
    match request.has_floor {
        true => Ok(()),
        false => Err(FloorFault::NotSpeaking),
    }
}
