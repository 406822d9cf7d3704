//! The list of speakers (R79): asked for, admitted, withdrawn, taken out, put in another place with a reason.
//!
//! Nobody chooses their own place: it follows from the floor's counter, the kind and the chair. Whoever withdraws and asks
//! again stands at the end.

use access_rules::PersonId;
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Moment, text};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    acts::{done, motions as motions_of, requests, take},
    faults::FloorFault,
    floors::not_closed,
    model::{
        Floor, FloorId, Motion, MotionId, Removal, Request, RequestId, Speaker, SpeechKind, SpeechState,
    },
    motions, rules,
    rules::order::{Placed, is_in_line, order},
    tables::speaker_requests as table,
};

/// A request as the owner of the floor hands it in, after it decided that this person may speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRequest {
    /// Who is to speak.
    pub speaker: Speaker,
    /// What for.
    pub kind: SpeechKind,
    /// To which motion, for who speaks for or against one.
    pub motion: Option<MotionId>,
}

/// Where the chair puts somebody.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = SpeakerPlaceInput)]
pub struct PlaceInput {
    /// After which request; first in line when none.
    #[schema(value_type = Option<String>)]
    pub after: Option<RequestId>,
    /// Why: everybody reads it.
    pub reason: String,
}

/// Asks for the floor: for oneself, or the chair for somebody (`who`).
///
/// # Errors
/// 404; `floor_closed`, `speakers_list_closed`; `already_asked`, `asked_too_often`; `invalid`: `name`, `speaks_for`,
/// `region`, `motion`; `motion_decided`, `motion_speakers_full`, `mover_has_spoken`.
pub fn ask(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    floor: FloorId,
    new: &NewRequest,
) -> Result<Request, Fault> {
    let floor = take(conn, floor)?;
    rules::may_ask(&floor, new.kind)?;
    let mut fields = Fields::new();
    let speaker = checked(&mut fields, &new.speaker);
    if new.kind.is_on_motion() != new.motion.is_some() {
        fields.wrong(
            "motion",
            if new.motion.is_none() {
                "required"
            } else {
                "unknown"
            },
        );
    }
    fields.done()?;
    not_too_often(conn, &floor, speaker.person)?;
    if let Some(motion) = new.motion {
        motions::take_side(conn, &floor, motion, new.kind, speaker.person)?;
    }
    let request = requested(&floor, who, now, new, speaker);
    let is_first = on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&request)
        .on_conflict_do_nothing()
        .execute(c))
    .at_most_one()?;
    if !is_first {
        return Err(already_asked(conn, &floor, &request)?.into());
    }
    let summary = json!({ "request": request.id, "kind": request.kind, "motion": request.motion });
    done(conn, who, now, &floor, "ask", summary)?;
    Ok(request)
}

/// Admits a request to the line. A right of reply that is admitted goes before the statements, and before whom the chair
/// placed.
///
/// # Errors
/// 404; `floor_closed`; `illegal_step` when it is in line already, or over.
pub fn admit(conn: &mut Conn, who: Option<PersonId>, now: Moment, id: RequestId) -> Result<Request, Fault> {
    let (floor, before) = taken(conn, id)?;
    not_closed(&floor)?;
    rules::step(&before, SpeechState::Queued)?;
    let first_place = match before.kind {
        SpeechKind::RightOfReply => before_the_placed(&requests(conn, &floor)?, &floor),
        SpeechKind::PointOfOrder
        | SpeechKind::Interposed
        | SpeechKind::ForMotion
        | SpeechKind::AgainstMotion
        | SpeechKind::Statement => None,
    };
    let after = Request {
        state: SpeechState::Queued,
        chair_place: first_place,
        ..before.clone()
    };
    let after = save(conn, &before, after)?;
    done(conn, who, now, &floor, "admit", json!({ "request": id }))?;
    Ok(after)
}

/// Takes a request back, by who was to speak.
///
/// # Errors
/// 403 for anybody else; 404; `already_called`; `illegal_step` when it is over.
pub fn withdraw(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: RequestId,
) -> Result<Request, Fault> {
    let who = who.ok_or_else(Fault::sign_in_needed)?;
    let (floor, before) = taken(conn, id)?;
    if before.person != who {
        return Err(Fault::forbidden("not_allowed"));
    }
    rules::step(&before, SpeechState::Withdrawn)?;
    let after = Request {
        state: SpeechState::Withdrawn,
        ended_at: Some(now),
        ..before.clone()
    };
    let after = save(conn, &before, after)?;
    motions::give_side_back(conn, &after)?;
    done(conn, Some(who), now, &floor, "withdraw", json!({ "request": id }))?;
    Ok(after)
}

/// Takes a request from the list, by the chair, with a reason.
///
/// # Errors
/// 404; `invalid`: `reason`; `already_called`; `illegal_step` when it is over.
pub fn remove(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: RequestId,
    reason: &str,
) -> Result<Request, Fault> {
    let (floor, before) = taken(conn, id)?;
    let reason = required(reason)?;
    rules::step(&before, SpeechState::Removed)?;
    let after = take_out(conn, now, &before, Removal::ByChair, &reason)?;
    motions::give_side_back(conn, &after)?;
    done(conn, who, now, &floor, "remove", json!({ "request": id }))?;
    Ok(after)
}

/// Puts a request that waits in line in another place, with a reason. Those who stand before it keep their places, those
/// behind go on as before. Points of order, interposed questions and who speaks to a motion are not in line.
///
/// # Errors
/// 404; `invalid`: `reason`; `place_is_fixed`; `place_unknown`.
pub fn place(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: RequestId,
    input: &PlaceInput,
) -> Result<Request, Fault> {
    let (floor, before) = taken(conn, id)?;
    let reason = required(&input.reason)?;
    let after = put(conn, &floor, &before, input.after, &reason)?;
    let summary = json!({ "request": id, "after": input.after });
    done(conn, who, now, &floor, "place", summary)?;
    Ok(after)
}

/// A request that is there.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, id: RequestId) -> Result<Request, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(id)
        .select(Request::as_select())
        .first(c))?)
}

/// Who was to speak to a motion, or did.
pub(crate) fn to_motion(conn: &mut Conn, motion: MotionId) -> Result<Vec<Request>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::motion.eq(motion))
        .order(table::seq)
        .select(Request::as_select())
        .load(c))?)
}

/// A request as it is now, with its floor taken.
pub(crate) fn taken(conn: &mut Conn, id: RequestId) -> Result<(Floor, Request), Fault> {
    let floor = get(conn, id)?.floor;
    let floor = take(conn, floor)?;
    // Read again: it may have changed before the floor was ours.
    Ok((floor, get(conn, id)?))
}

/// Writes a request over what it was.
pub(crate) fn save(conn: &mut Conn, before: &Request, after: Request) -> Result<Request, Fault> {
    let after = Request {
        version: before.version + 1,
        ..after
    };
    on_each!(conn, |c| diesel::update(table::table.find(before.id))
        .filter(table::version.eq(before.version))
        .set(&after)
        .execute(c))
    .one_or(Fault::stale())?;
    Ok(after)
}

pub(crate) fn take_out(
    conn: &mut Conn,
    now: Moment,
    before: &Request,
    removal: Removal,
    reason: &str,
) -> Result<Request, Fault> {
    let after = Request {
        state: SpeechState::Removed,
        ended_at: Some(now),
        removal: Some(removal),
        removal_reason: reason.to_owned(),
        ..before.clone()
    };
    save(conn, before, after)
}

/// Puts a request in its place in line: everybody up to it, and up to the last whom the chair placed before, gets a place.
pub(crate) fn put(
    conn: &mut Conn,
    floor: &Floor,
    moved: &Request,
    after: Option<RequestId>,
    reason: &str,
) -> Result<Request, Fault> {
    if !is_in_line(moved) {
        return Err(FloorFault::PlaceFixed.into());
    }
    let requests = requests(conn, floor)?;
    let motion = motions_of(conn, floor.id)?;
    let pending = rules::motions::first(&motion).map(|motion: &Motion| motion.id);
    let others: Vec<Placed<'_>> = order(floor, &requests, pending)
        .into_iter()
        .filter(|placed| is_in_line(placed.request) && placed.request.id != moved.id)
        .collect();
    let at = match after {
        None => 0,
        Some(after) => {
            let before = others.iter().position(|placed| placed.request.id == after);
            before.ok_or(FloorFault::PlaceUnknown)? + 1
        }
    };
    let placed = others
        .iter()
        .rposition(|placed| placed.request.chair_place.is_some());
    let kept = at.max(placed.map_or(0, |last| last + 1));
    for (place, other) in others.iter().take(kept).enumerate() {
        let place = (place + usize::from(place >= at)) as i64;
        if other.request.chair_place != Some(place) {
            keep_place(conn, other.request.id, place)?;
        }
    }
    let after = Request {
        chair_place: Some(at as i64),
        place_reason: reason.to_owned(),
        ..moved.clone()
    };
    save(conn, moved, after)
}

/// Its version is not counted: its owner may still take back what they saw.
fn keep_place(conn: &mut Conn, id: RequestId, place: i64) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(table::table.find(id))
        .set(table::chair_place.eq(place))
        .execute(c))
    .exactly_one()
}

/// The place before all whom the chair placed, where there are such.
fn before_the_placed(requests: &[Request], floor: &Floor) -> Option<i64> {
    requests
        .iter()
        .filter(|request| request.floor == floor.id && is_in_line(request))
        .filter_map(|request| request.chair_place)
        .min()
        .map(|first| first - 1)
}

fn requested(
    floor: &Floor,
    who: Option<PersonId>,
    now: Moment,
    new: &NewRequest,
    speaker: Speaker,
) -> Request {
    Request {
        id: Id::new(),
        floor: floor.id,
        person: speaker.person,
        organisation: speaker.organisation,
        name: speaker.name,
        speaks_for: speaker.speaks_for,
        region: speaker.region,
        gender: speaker.gender,
        kind: new.kind,
        motion: new.motion,
        state: rules::first_state(new.kind, floor.by_admission),
        seq: floor.version,
        turn: None,
        chair_place: None,
        place_reason: String::new(),
        has_floor: false,
        asked_by: who,
        asked_at: now,
        called_at: None,
        started_at: None,
        ended_at: None,
        spoken_ms: 0,
        added_seconds: 0,
        removal: None,
        removal_reason: String::new(),
        version: 1,
    }
}

/// A speaker's name and the rest, as they are kept.
pub(crate) fn checked(fields: &mut Fields, speaker: &Speaker) -> Speaker {
    let region = speaker
        .region
        .as_deref()
        .map(|region| fields.line("region", region, rules::REGION_MAX));
    Speaker {
        person: speaker.person,
        organisation: speaker.organisation,
        name: fields.required_line("name", &speaker.name, text::NAME),
        speaks_for: fields.line("speaks_for", &speaker.speaks_for, text::TITLE),
        region: region.filter(|region| !region.is_empty()),
        gender: speaker.gender,
    }
}

pub(crate) fn required(reason: &str) -> Result<String, Fault> {
    let mut fields = Fields::new();
    let reason = fields.required_line("reason", reason, rules::REASON_MAX);
    fields.done()?;
    Ok(reason)
}

/// Counted while the floor is ours, so that two requests at once are counted one after the other.
fn not_too_often(conn: &mut Conn, floor: &Floor, person: PersonId) -> Result<(), Fault> {
    let asked: i64 = on_each!(conn, |c| table::table
        .filter(table::floor.eq(floor.id))
        .filter(table::person.eq(person))
        .count()
        .get_result(c))?;
    match asked < rules::ASKS_MOST {
        true => Ok(()),
        false => Err(FloorFault::AskedTooOften {
            most: rules::ASKS_MOST,
        }
        .into()),
    }
}

fn already_asked(conn: &mut Conn, floor: &Floor, refused: &Request) -> Result<FloorFault, Fault> {
    let own: Vec<Request> = on_each!(conn, |c| table::table
        .filter(table::floor.eq(floor.id))
        .filter(table::person.eq(refused.person))
        .select(Request::as_select())
        .load(c))?;
    let is_in_the_way = |request: &&Request| {
        let is_same = request.kind == refused.kind && request.is_open();
        let is_to_it = refused.motion.is_some() && request.motion == refused.motion;
        is_same || is_to_it
    };
    Ok(FloorFault::AlreadyAsked {
        request: own.iter().find(is_in_the_way).map(|request| request.id),
    })
}
