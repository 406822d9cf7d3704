//! What whoever chairs does on the floor: opens it for an item, calls speakers, rules on points of order, puts motions.
//!
//! In the World Assembly a floor is opened while it sits. It is suspended and closed with it.

use access_rules::{Actor, SessionId};
use db::Conn;
use floor::{
    calling::{self, CallInput},
    floors::{self, Arrangement, NewFloor},
    model::{
        Count, Criterion, Floor, FloorId, FloorState, ItemId, Limits, Motion, MotionId, Request, RequestId,
        Ruling, RulingId, SpeakingOrder,
    },
    motions,
    points::{self, RulingInput},
    speakers::{self, PlaceInput},
};
use kernel::{Fault, Localized, Moment};
use outcomes::outcomes as all_outcomes;
use serde::Deserialize;
use utoipa::ToSchema;

use super::meeting::Meeting;
use crate::{agenda, faults::MeetingFault, sitting_papers};

/// What a floor goes by where the chair says nothing and none was opened in the session before: seconds to speak.
const STATEMENT_SECONDS: i64 = 180;
const REPLY_SECONDS: i64 = 120;
const SHORT_SECONDS: i64 = 60;

/// What the form that opens a floor asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct FloorInput {
    /// The item of the agenda, or the paper of the sitting, that is discussed.
    #[schema(value_type = Option<String>)]
    pub item: Option<ItemId>,
    /// What is discussed where it is no item.
    pub title: Localized,
    /// How long one may speak; as on the session's floor before when left out.
    pub limits: Option<Limits>,
    /// In which order statements are called; as before when left out.
    pub speaking_order: Option<SpeakingOrder>,
    /// What a balanced order goes by, the weightiest first; as before when left out.
    pub criteria: Option<Vec<Criterion>>,
    /// Whether the chair admits statements, too; as before when left out.
    pub by_admission: Option<bool>,
}

/// What the form that calls somebody out of turn asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct OutOfTurnInput {
    /// Why: everybody reads it.
    pub reason: String,
    /// Who has the floor, as the chair sees it; none when nobody has.
    #[schema(value_type = Option<String>)]
    pub ending: Option<RequestId>,
    /// Whether the clock begins at once.
    pub start: bool,
}

/// What the form asks that takes somebody from the list, or rules a motion out of order.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = FloorReasonInput)]
pub struct ReasonInput {
    /// Why: everybody reads it.
    pub reason: String,
}

/// What the form that gives somebody more time asks.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct MoreTimeInput {
    /// How much more, in seconds.
    pub seconds: i64,
}

/// Opens the floor for an item, or for what the chair names.
///
/// # Errors
/// 401, 403, 404; `no_floor_here`; `world_assembly_not_open`, `sitting_closed`, `session_over`; `invalid`: `item`, `title`,
/// `limits.…`; `another_floor_open`.
pub fn open(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    input: &FloorInput,
) -> Result<Floor, Fault> {
    let meeting = Meeting::of(conn, actor, now, session)?;
    meeting.may_chair(actor, now)?;
    meeting.sits(conn)?;
    let title = match input.item {
        Some(item) => item_title(conn, &meeting, item)?,
        None => input.title.clone(),
    };
    let before = floors::of_session(conn, session)?.pop();
    let row = &meeting.found().session;
    let new = NewFloor {
        edition: row.edition,
        session,
        item: input.item,
        title,
        visible_to: row.visible_key(),
        limits: input
            .limits
            .clone()
            .or_else(|| before.as_ref().map(|before| before.limits.0.clone()))
            .unwrap_or_else(usual_limits),
        speaking_order: input
            .speaking_order
            .or(before.as_ref().map(|before| before.speaking_order))
            .unwrap_or(SpeakingOrder::Asked),
        criteria: input
            .criteria
            .clone()
            .or_else(|| before.as_ref().map(|before| before.criteria.0.clone()))
            .unwrap_or_default(),
        by_admission: input
            .by_admission
            .or(before.as_ref().map(|before| before.by_admission))
            .unwrap_or(false),
    };
    floors::open(conn, actor.person, now, &new)
}

/// Arranges the floor, on the version of it that was seen.
///
/// # Errors
/// 401, 403, 404; `stale`; `floor_closed`; `invalid`: `limits.…`.
pub fn arrange(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: FloorId,
    input: &Arrangement,
    version: Option<i64>,
) -> Result<Floor, Fault> {
    chairs(conn, actor, now, id)?;
    floors::arrange(conn, actor.person, now, id, version, input)
}

/// Closes the list of speakers, or opens it again.
///
/// # Errors
/// 401, 403, 404; `floor_closed`.
pub fn close_list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: FloorId,
    is_closed: bool,
) -> Result<Floor, Fault> {
    chairs(conn, actor, now, id)?;
    floors::close_list(conn, actor.person, now, id, is_closed)
}

/// Suspends the floor: the clock stands, nobody is called.
///
/// # Errors
/// 401, 403, 404; `illegal_step` when it is not open.
pub fn pause(conn: &mut Conn, actor: &Actor, now: Moment, id: FloorId) -> Result<Floor, Fault> {
    chairs(conn, actor, now, id)?;
    floors::pause(conn, actor.person, now, id)
}

/// Goes on after a suspension, or takes the item up again.
///
/// # Errors
/// 401, 403, 404; `world_assembly_not_open`, `sitting_closed`; `illegal_step` when it is open; `another_floor_open`.
pub fn resume(conn: &mut Conn, actor: &Actor, now: Moment, id: FloorId) -> Result<Floor, Fault> {
    chairs(conn, actor, now, id)?.sits(conn)?;
    floors::resume(conn, actor.person, now, id)
}

/// Closes the floor: who has it is done, who waits keeps their place.
///
/// # Errors
/// 401, 403, 404; `illegal_step` when it is closed; `appeal_open`; `point_not_ruled`.
pub fn close(conn: &mut Conn, actor: &Actor, now: Moment, id: FloorId) -> Result<Floor, Fault> {
    chairs(conn, actor, now, id)?;
    floors::close(conn, actor.person, now, id)
}

/// Calls whoever comes next, in one step with what becomes of who has the floor.
///
/// # Errors
/// 401, 403, 404; `floor_moved_on`, `next_changed`; `floor_closed`, `floor_paused`, `appeal_open`, `point_not_ruled`,
/// `motion_pending`, `nobody_waits`.
pub fn call_next(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: FloorId,
    input: &CallInput,
) -> Result<Request, Fault> {
    chairs(conn, actor, now, id)?;
    calling::call_next(conn, actor.person, now, id, input)
}

/// Calls somebody out of turn, with a reason.
///
/// # Errors
/// As [`call_next`], and `invalid`: `reason`; `place_is_fixed`.
pub fn call_one(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RequestId,
    input: &OutOfTurnInput,
) -> Result<Request, Fault> {
    chairs_request(conn, actor, now, id)?;
    let call = CallInput {
        ending: input.ending,
        next: None,
        start: input.start,
    };
    calling::call_out_of_turn(conn, actor.person, now, id, &input.reason, &call)
}

/// Begins the clock of who has the floor, or lets it go on.
///
/// # Errors
/// 401, 403, 404; `not_speaking`; `illegal_step` when it runs; `floor_closed`, `floor_paused`, `appeal_open`.
pub fn start(conn: &mut Conn, actor: &Actor, now: Moment, id: RequestId) -> Result<Request, Fault> {
    chairs_request(conn, actor, now, id)?;
    calling::start(conn, actor.person, now, id)
}

/// Stops the clock of who has the floor.
///
/// # Errors
/// 401, 403, 404; `not_speaking`; `illegal_step` when it stands.
pub fn pause_speech(conn: &mut Conn, actor: &Actor, now: Moment, id: RequestId) -> Result<Request, Fault> {
    chairs_request(conn, actor, now, id)?;
    calling::pause(conn, actor.person, now, id)
}

/// Gives a speaker more time.
///
/// # Errors
/// 401, 403, 404; `invalid`: `seconds`; `illegal_step` when their turn is over.
pub fn add_time(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RequestId,
    input: &MoreTimeInput,
) -> Result<Request, Fault> {
    chairs_request(conn, actor, now, id)?;
    calling::add_time(conn, actor.person, now, id, input.seconds)
}

/// Ends a turn.
///
/// # Errors
/// 401, 403, 404; `illegal_step` when it was not called, or is over; `point_not_ruled`.
pub fn finish(conn: &mut Conn, actor: &Actor, now: Moment, id: RequestId) -> Result<Request, Fault> {
    chairs_request(conn, actor, now, id)?;
    calling::finish(conn, actor.person, now, id)
}

/// Admits a request to the line.
///
/// # Errors
/// 401, 403, 404; `floor_closed`; `illegal_step`.
pub fn admit(conn: &mut Conn, actor: &Actor, now: Moment, id: RequestId) -> Result<Request, Fault> {
    chairs_request(conn, actor, now, id)?;
    speakers::admit(conn, actor.person, now, id)
}

/// Puts somebody in another place in line, with a reason.
///
/// # Errors
/// 401, 403, 404; `invalid`: `reason`; `place_is_fixed`; `place_unknown`.
pub fn place(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RequestId,
    input: &PlaceInput,
) -> Result<Request, Fault> {
    chairs_request(conn, actor, now, id)?;
    speakers::place(conn, actor.person, now, id, input)
}

/// Takes somebody from the list, with a reason.
///
/// # Errors
/// 401, 403, 404; `invalid`: `reason`; `already_called`; `illegal_step`.
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RequestId,
    input: &ReasonInput,
) -> Result<Request, Fault> {
    chairs_request(conn, actor, now, id)?;
    speakers::remove(conn, actor.person, now, id, &input.reason)
}

/// Rules on a point of order.
///
/// # Errors
/// 401, 403, 404; `invalid`: `finding`, `words`; `not_a_point_of_order`; `not_speaking`; `floor_closed`, `floor_paused`,
/// `appeal_open`.
pub fn rule(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RequestId,
    input: &RulingInput,
) -> Result<Ruling, Fault> {
    chairs_request(conn, actor, now, id)?;
    points::rule(conn, actor.person, now, id, input)
}

/// Counts the vote on an appeal against a ruling.
///
/// # Errors
/// 401, 403, 404; `invalid`: `votes_for`, `votes_against`, `abstentions`; `no_appeal`.
pub fn decide_appeal(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RulingId,
    count: &Count,
) -> Result<Ruling, Fault> {
    Meeting::of_ruling(conn, actor, now, id)?.may_chair(actor, now)?;
    points::decide(conn, actor.person, now, id, *count)
}

/// Rules a motion out of order.
///
/// # Errors
/// 401, 403, 404; `invalid`: `words`; `motion_decided`; `floor_closed`, `floor_paused`, `appeal_open`.
pub fn rule_out(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: MotionId,
    input: &ReasonInput,
) -> Result<Ruling, Fault> {
    Meeting::of_motion(conn, actor, now, id)?.may_chair(actor, now)?;
    motions::rule_out(conn, actor.person, now, id, &input.reason)
}

/// Puts a motion to the vote and counts it.
///
/// # Errors
/// 401, 403, 404; `invalid`: `votes_for`, `votes_against`, `abstentions`; `motion_decided`; `motion_waits`;
/// `somebody_speaks`; `floor_closed`, `floor_paused`, `appeal_open`, `point_not_ruled`.
pub fn put(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: MotionId,
    count: &Count,
) -> Result<Motion, Fault> {
    Meeting::of_motion(conn, actor, now, id)?.may_chair(actor, now)?;
    motions::put(conn, actor.person, now, id, *count)
}

/// The meeting is interrupted: its floor is, too, where one is open. Before the meeting notes its own step.
pub(crate) fn pause_with(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<(), Fault> {
    match floors::open_of(conn, session)? {
        Some(floor) if floor.state == FloorState::Open => {
            floors::pause(conn, actor.person, now, floor.id).map(drop)
        }
        Some(_) | None => Ok(()),
    }
}

/// The meeting is over: its floor is closed, where one is not. Before the meeting notes its own step.
pub(crate) fn close_with(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<(), Fault> {
    match floors::open_of(conn, session)? {
        Some(floor) => floors::close(conn, actor.person, now, floor.id).map(drop),
        None => Ok(()),
    }
}

fn chairs(conn: &mut Conn, actor: &Actor, now: Moment, id: FloorId) -> Result<Meeting, Fault> {
    let (meeting, _) = Meeting::of_floor(conn, actor, now, id)?;
    meeting.may_chair(actor, now)?;
    Ok(meeting)
}

fn chairs_request(conn: &mut Conn, actor: &Actor, now: Moment, id: RequestId) -> Result<(), Fault> {
    Meeting::of_request(conn, actor, now, id)?.may_chair(actor, now)
}

/// What an item is called to everybody who follows. An outcome or a paper is named by its code: its title is shown to who
/// may read it ([`super::seeing`]).
fn item_title(conn: &mut Conn, meeting: &Meeting, item: ItemId) -> Result<Localized, Fault> {
    let session = meeting.found().session.id;
    let code = match meeting {
        Meeting::World(_) => {
            let items = agenda::items(conn, session)?;
            let own = items.into_iter().find(|own| own.id.uuid() == item.uuid());
            match own.ok_or(MeetingFault::NotAnItem)? {
                own if own.outcome.is_none() => return Ok(own.title),
                own => match own.outcome {
                    Some(outcome) => all_outcomes::row(conn, outcome)?.map(|outcome| outcome.code),
                    None => None,
                },
            }
        }
        Meeting::Sitting(_) => {
            let papers = sitting_papers::living(conn, session)?;
            let own = papers.into_iter().find(|own| own.id.uuid() == item.uuid());
            own.map(|own| own.code)
        }
    };
    let code = code.ok_or(MeetingFault::NotAnItem)?;
    Ok(Localized::of(&code, &code, &code))
}

fn usual_limits() -> Limits {
    Limits {
        statement_seconds: Some(STATEMENT_SECONDS),
        right_of_reply_seconds: Some(REPLY_SECONDS),
        point_of_order_seconds: Some(SHORT_SECONDS),
        interposed_seconds: Some(SHORT_SECONDS),
        motion_seconds: Some(SHORT_SECONDS),
        ..Limits::default()
    }
}
