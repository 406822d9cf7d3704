//! A floor: opened for a session and perhaps an item, arranged, paused, closed, opened again.
//!
//! One floor of a session at a time is not closed (a unique key). Who waits on a floor that is closed keeps their place:
//! a debate that was adjourned goes on where it was.

use access_rules::{EditionId, Key, PersonId, SessionId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Fields, Id, Json, Localized, Moment, text};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    acts::{self, done, requests, rulings, take},
    calling,
    faults::FloorFault,
    model::{Criterion, Floor, FloorId, FloorState, ItemId, Limits, MotionState, SpeakingOrder, SpeechState},
    motions, points, rules,
    tables::floors,
};

/// What a floor is opened with.
#[derive(Clone, Debug)]
pub struct NewFloor {
    /// Of which edition.
    pub edition: EditionId,
    /// Of which session.
    pub session: SessionId,
    /// What of the agenda is discussed.
    pub item: Option<ItemId>,
    /// What it is called, in one language at least.
    pub title: Localized,
    /// Who may follow it.
    pub visible_to: Key,
    /// How long one may speak.
    pub limits: Limits,
    /// In which order statements are called.
    pub speaking_order: SpeakingOrder,
    /// What a balanced order goes by, the weightiest first; all of them when none is named.
    pub criteria: Vec<Criterion>,
    /// Whether the chair admits statements, too.
    pub by_admission: bool,
}

/// What the chair arranges; what is not given stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = FloorArrangement)]
pub struct Arrangement {
    /// Whether the list of speakers is closed.
    pub list_closed: Option<bool>,
    /// How long one may speak.
    pub limits: Option<Limits>,
    /// In which order statements are called.
    pub speaking_order: Option<SpeakingOrder>,
    /// What a balanced order goes by, the weightiest first.
    pub criteria: Option<Vec<Criterion>>,
    /// Whether the chair admits statements, too.
    pub by_admission: Option<bool>,
}

/// Opens a floor.
///
/// # Errors
/// `invalid`: `title`, `limits.…`; `another_floor_open`.
pub fn open(conn: &mut Conn, who: Option<PersonId>, now: Moment, new: &NewFloor) -> Result<Floor, Fault> {
    let mut fields = Fields::new();
    let title = fields.localized_line("title", &new.title, text::TITLE, true);
    let limits = checked_limits(&mut fields, &new.limits);
    fields.done()?;
    let criteria = match new.criteria.is_empty() {
        true => Criterion::ALL.to_vec(),
        false => each_once(&new.criteria),
    };
    let floor = Floor {
        id: Id::new(),
        edition: new.edition,
        session: new.session,
        item: new.item,
        title,
        visible_to: new.visible_to.to_string(),
        state: FloorState::Open,
        list_closed: false,
        speaking_order: new.speaking_order,
        criteria: Json(criteria),
        by_admission: new.by_admission,
        limits: Json(limits),
        opened_at: now,
        closed_at: None,
        version: 1,
    };
    let is_opened = on_each!(conn, |c| diesel::insert_into(floors::table)
        .values(&floor)
        .on_conflict_do_nothing()
        .execute(c))
    .at_most_one()?;
    if !is_opened {
        return Err(another_open(conn, new.session)?.into());
    }
    done(conn, who, now, &floor, "open", json!({ "item": floor.item }))?;
    Ok(floor)
}

/// Arranges a floor, on the version of it that was seen, where one is named.
///
/// # Errors
/// 404; `stale`; `floor_closed`; `invalid`: `limits.…`.
pub fn arrange(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: FloorId,
    version: Option<i64>,
    input: &Arrangement,
) -> Result<Floor, Fault> {
    let before = take(conn, id)?;
    if version.is_some_and(|seen| seen + 1 != before.version) {
        return Err(Fault::stale().with("now", json!({ "version": before.version - 1 })));
    }
    not_closed(&before)?;
    let mut fields = Fields::new();
    let limits = input
        .limits
        .as_ref()
        .map(|limits| checked_limits(&mut fields, limits));
    fields.done()?;
    let after = Floor {
        list_closed: input.list_closed.unwrap_or(before.list_closed),
        limits: limits.map_or_else(|| before.limits.clone(), Json),
        speaking_order: input.speaking_order.unwrap_or(before.speaking_order),
        criteria: input
            .criteria
            .as_deref()
            .filter(|criteria| !criteria.is_empty())
            .map_or_else(|| before.criteria.clone(), |criteria| Json(each_once(criteria))),
        by_admission: input.by_admission.unwrap_or(before.by_admission),
        ..before
    };
    on_each!(conn, |c| diesel::update(floors::table.find(id))
        .set((
            floors::list_closed.eq(after.list_closed),
            floors::limits.eq(&after.limits),
            floors::speaking_order.eq(after.speaking_order),
            floors::criteria.eq(&after.criteria),
            floors::by_admission.eq(after.by_admission),
        ))
        .execute(c))
    .exactly_one()?;
    let summary =
        json!({ "list_closed": after.list_closed, "order": after.speaking_order, "limits": after.limits });
    done(conn, who, now, &after, "arrange", summary)?;
    Ok(after)
}

/// Closes the list of speakers, or opens it again.
///
/// # Errors
/// 404; `floor_closed`.
pub fn close_list(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: FloorId,
    is_closed: bool,
) -> Result<Floor, Fault> {
    let input = Arrangement {
        list_closed: Some(is_closed),
        ..Arrangement::default()
    };
    arrange(conn, who, now, id, None, &input)
}

/// Suspends: the clock stands, nobody is called. Whoever has the floor keeps it.
///
/// # Errors
/// 404; `illegal_step` when it is not open.
pub fn pause(conn: &mut Conn, who: Option<PersonId>, now: Moment, id: FloorId) -> Result<Floor, Fault> {
    let floor = take(conn, id)?;
    let floor = go(conn, now, floor, FloorState::Paused)?;
    done(conn, who, now, &floor, "pause", json!({}))?;
    Ok(floor)
}

/// Goes on after a suspension, or takes the item up again. The clock stands until it is begun.
///
/// # Errors
/// 404; `illegal_step` when it is open; `another_floor_open`.
pub fn resume(conn: &mut Conn, who: Option<PersonId>, now: Moment, id: FloorId) -> Result<Floor, Fault> {
    let floor = take(conn, id)?;
    let floor = go(conn, now, floor, FloorState::Open)?;
    done(conn, who, now, &floor, "resume", json!({}))?;
    Ok(floor)
}

/// Closes a floor: who has it is done, who waits keeps their place, motions that wait fall.
///
/// # Errors
/// 404; `illegal_step` when it is closed; `appeal_open`; `point_not_ruled`.
pub fn close(conn: &mut Conn, who: Option<PersonId>, now: Moment, id: FloorId) -> Result<Floor, Fault> {
    let floor = take(conn, id)?;
    let floor = go(conn, now, floor, FloorState::Closed)?;
    done(conn, who, now, &floor, "close", json!({}))?;
    Ok(floor)
}

/// Shows a floor to others than before.
///
/// # Errors
/// 404.
pub fn show_to(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: FloorId,
    visible_to: &Key,
) -> Result<Floor, Fault> {
    let floor = Floor {
        visible_to: visible_to.to_string(),
        ..take(conn, id)?
    };
    on_each!(conn, |c| diesel::update(floors::table.find(id))
        .set(floors::visible_to.eq(&floor.visible_to))
        .execute(c))
    .exactly_one()?;
    done(
        conn,
        who,
        now,
        &floor,
        "show_to",
        json!({ "visible_to": floor.visible_to }),
    )?;
    Ok(floor)
}

/// A floor that is there.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, id: FloorId) -> Result<Floor, Fault> {
    Ok(on_each!(conn, |c| floors::table
        .find(id)
        .select(Floor::as_select())
        .first(c))?)
}

/// The floors of a session, in the order in which they were opened.
///
/// # Errors
/// When the database refuses.
pub fn of_session(conn: &mut Conn, session: SessionId) -> Result<Vec<Floor>, Fault> {
    Ok(on_each!(conn, |c| floors::table
        .filter(floors::session.eq(session))
        .order(floors::id)
        .select(Floor::as_select())
        .load(c))?)
}

/// The floor of a session that is not closed, if there is one.
///
/// # Errors
/// When the database refuses.
pub fn open_of(conn: &mut Conn, session: SessionId) -> Result<Option<Floor>, Fault> {
    Ok(on_each!(conn, |c| floors::table
        .filter(floors::session.eq(session))
        .filter(floors::state.ne(FloorState::Closed))
        .select(Floor::as_select())
        .first(c)
        .optional())?)
}

/// Changes how far a floor is, with all that goes with it.
///
/// # Errors
/// `illegal_step`; `another_floor_open`; `appeal_open`; `point_not_ruled`.
pub(crate) fn go(conn: &mut Conn, now: Moment, before: Floor, to: FloorState) -> Result<Floor, Fault> {
    use FloorState::{Closed, Open, Paused};
    match (before.state, to) {
        (Open, Paused) => stop_the_clock(conn, now, &before)?,
        (Open | Paused, Closed) => end_all(conn, now, &before)?,
        (Paused | Closed, Open) => {}
        (Open, Open) | (Paused, Paused) | (Closed, Paused | Closed) => {
            return Err(kernel::fault::illegal_step(before.state, to));
        }
    }
    let closed_at = (to == Closed).then_some(now);
    let written = on_each!(conn, |c| diesel::update(floors::table.find(before.id))
        .set((floors::state.eq(to), floors::closed_at.eq(closed_at)))
        .execute(c))
    .exactly_one();
    match written {
        // The unique key: another floor of the session was opened meanwhile.
        Err(fault) if to == Open && is_taken(&fault) => {
            Err(FloorFault::AnotherFloorOpen { floor: None }.into())
        }
        Err(fault) => Err(fault),
        Ok(()) => Ok(Floor {
            state: to,
            closed_at,
            ..before
        }),
    }
}

fn is_taken(fault: &Fault) -> bool {
    fault.code == "already_exists"
}

fn stop_the_clock(conn: &mut Conn, now: Moment, floor: &Floor) -> Result<(), Fault> {
    let requests = requests(conn, floor)?;
    match rules::current(floor, &requests).filter(|request| request.state == SpeechState::Speaking) {
        Some(speaking) => calling::stand(conn, now, speaking, true).map(drop),
        None => Ok(()),
    }
}

fn end_all(conn: &mut Conn, now: Moment, floor: &Floor) -> Result<(), Fault> {
    let rulings = rulings(conn, floor.id)?;
    rules::no_appeal(&rulings)?;
    points::settle(conn, &rulings)?;
    for request in requests(conn, floor)? {
        if request.floor == floor.id && request.is_called() {
            rules::may_end(&request)?;
            calling::end(conn, now, &request)?;
        }
    }
    for motion in acts::motions(conn, floor.id)? {
        if motion.state == MotionState::Moved {
            motions::come_to_nothing(conn, now, &motion, MotionState::Fallen)?;
        }
    }
    Ok(())
}

pub(crate) fn not_closed(floor: &Floor) -> Result<(), FloorFault> {
    match floor.state {
        FloorState::Closed => Err(FloorFault::FloorClosed),
        FloorState::Open | FloorState::Paused => Ok(()),
    }
}

fn another_open(conn: &mut Conn, session: SessionId) -> Result<FloorFault, Fault> {
    let floor = open_of(conn, session)?.map(|floor| floor.id);
    Ok(FloorFault::AnotherFloorOpen { floor })
}

fn each_once(criteria: &[Criterion]) -> Vec<Criterion> {
    let mut once = Vec::new();
    for criterion in criteria {
        if !once.contains(criterion) {
            once.push(*criterion);
        }
    }
    once
}

fn checked_limits(fields: &mut Fields, limits: &Limits) -> Limits {
    let mut within = |name: &str, seconds: Option<i64>| {
        let (least, most) = rules::LIMIT_SECONDS;
        seconds.map(|seconds| fields.within(&format!("limits.{name}"), seconds, least, most))
    };
    let mut checked = Limits {
        statement_seconds: within("statement_seconds", limits.statement_seconds),
        right_of_reply_seconds: within("right_of_reply_seconds", limits.right_of_reply_seconds),
        point_of_order_seconds: within("point_of_order_seconds", limits.point_of_order_seconds),
        interposed_seconds: within("interposed_seconds", limits.interposed_seconds),
        motion_seconds: within("motion_seconds", limits.motion_seconds),
        regions: limits.regions.clone(),
    };
    if limits.regions.len() > rules::REGIONS_MOST {
        fields.wrong_with("limits.regions", "too_long", "most", rules::REGIONS_MOST);
        checked.regions.clear();
    }
    let (least, most) = rules::LIMIT_SECONDS;
    for (region, seconds) in &checked.regions {
        let field = format!("limits.regions.{region}");
        fields.line(&field, region, rules::REGION_MAX);
        fields.within(&field, *seconds, least, most);
    }
    checked
}
