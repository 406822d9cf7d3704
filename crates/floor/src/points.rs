//! Points of order (R80): ruled on at once; an appeal opens a vote at once; then the list goes on unchanged.
//!
//! Until its ruling nobody else is called. A ruling may be appealed until the meeting goes on: until somebody is called or
//! a clock begins, a motion is moved or put, the floor is closed. Until the appeal is voted on nothing else goes on.

use access_rules::PersonId;
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Moment, text};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    acts::{done, rulings, take},
    calling,
    faults::FloorFault,
    model::{
        Count, Finding, Floor, FloorState, MotionId, Request, RequestId, Ruling, RulingId, RulingState,
        Speaker, SpeechKind,
    },
    motions, rules,
    speakers::taken,
    tables::floor_rulings as table,
};

/// What the chair rules on a point of order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = FloorRulingInput)]
pub struct RulingInput {
    /// What is found: `well_taken`, `not_well_taken` or `noted`.
    pub finding: Option<Finding>,
    /// In the chair's words; may be empty.
    pub words: String,
}

/// Rules on a point of order that has the floor. That ends it, and the floor goes back to who was interrupted.
///
/// # Errors
/// 404; `invalid`: `finding`, `words`; `not_a_point_of_order`; `not_speaking` before it was called; `floor_closed`,
/// `floor_paused`, `appeal_open`.
pub fn rule(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: RequestId,
    input: &RulingInput,
) -> Result<Ruling, Fault> {
    let (floor, point) = taken(conn, id)?;
    let given = rulings(conn, floor.id)?;
    rules::may_go_on(&floor, &given)?;
    let (finding, words) = checked(input)?;
    on_the_floor(&point)?;
    settle(conn, &given)?;
    let ruling = Ruling {
        request: Some(id),
        ..new(&floor, who, now, finding, words)
    };
    insert(conn, &ruling)?;
    calling::end(conn, now, &point)?;
    calling::give_back(conn, &floor)?;
    let summary = json!({ "ruling": ruling.id, "request": id, "finding": finding });
    done(conn, who, now, &floor, "rule", summary)?;
    Ok(ruling)
}

/// Appeals a ruling: the vote is open at once. Whether this person may is decided by the owner of the floor.
///
/// # Errors
/// 404; `invalid`: `name`; `ruling_final` when the meeting has gone on; `floor_closed`.
pub fn appeal(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: RulingId,
    appellant: &Speaker,
) -> Result<Ruling, Fault> {
    let (floor, before) = taken_ruling(conn, id)?;
    if floor.state == FloorState::Closed {
        return Err(FloorFault::FloorClosed.into());
    }
    let mut fields = Fields::new();
    let name = fields.required_line("name", &appellant.name, text::NAME);
    fields.done()?;
    if before.state != RulingState::Given {
        return Err(FloorFault::RulingFinal.into());
    }
    let after = Ruling {
        state: RulingState::Appealed,
        appealed_by: Some(appellant.person),
        appellant: name,
        appealed_at: Some(now),
        ..before.clone()
    };
    let after = save(conn, &before, after)?;
    done(conn, who, now, &floor, "appeal", json!({ "ruling": id }))?;
    Ok(after)
}

/// Counts the vote on an appeal: the majority of those who vote for or against it overrules the chair, else the ruling
/// stands. A motion that was ruled out and is not by the vote waits for its decision again.
///
/// # Errors
/// 404; `invalid`: `votes_for`, `votes_against`, `abstentions`; `no_appeal`.
pub fn decide(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: RulingId,
    count: Count,
) -> Result<Ruling, Fault> {
    let (floor, before) = taken_ruling(conn, id)?;
    motions::counted(count)?;
    if before.state != RulingState::Appealed {
        return Err(FloorFault::NoAppeal.into());
    }
    let is_overruled = rules::motions::is_overruled(count);
    let after = Ruling {
        state: match is_overruled {
            true => RulingState::Overruled,
            false => RulingState::Upheld,
        },
        votes_for: Some(count.votes_for),
        votes_against: Some(count.votes_against),
        abstentions: Some(count.abstentions),
        decided_at: Some(now),
        ..before.clone()
    };
    let after = save(conn, &before, after)?;
    if let Some(motion) = after.motion.filter(|_| is_overruled) {
        motions::take_up_again(conn, motion)?;
    }
    let summary = json!({ "ruling": id, "state": after.state, "count": count });
    done(conn, who, now, &floor, "decide_appeal", summary)?;
    Ok(after)
}

/// A ruling that is there.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, id: RulingId) -> Result<Ruling, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(id)
        .select(Ruling::as_select())
        .first(c))?)
}

/// The meeting goes on: what was ruled and not appealed stands.
pub(crate) fn settle(conn: &mut Conn, given: &[Ruling]) -> Result<(), Fault> {
    for before in given.iter().filter(|ruling| ruling.state == RulingState::Given) {
        let after = Ruling {
            state: RulingState::Stands,
            ..before.clone()
        };
        save(conn, before, after)?;
    }
    Ok(())
}

/// Rules a motion out of order; its state is the caller's to change.
pub(crate) fn rule_on_motion(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    floor: &Floor,
    motion: MotionId,
    words: String,
) -> Result<Ruling, Fault> {
    let ruling = Ruling {
        motion: Some(motion),
        ..new(floor, who, now, Finding::OutOfOrder, words)
    };
    insert(conn, &ruling)?;
    Ok(ruling)
}

fn new(floor: &Floor, who: Option<PersonId>, now: Moment, finding: Finding, words: String) -> Ruling {
    Ruling {
        id: Id::new(),
        floor: floor.id,
        request: None,
        motion: None,
        finding,
        words,
        ruled_by: who,
        ruled_at: now,
        state: RulingState::Given,
        appealed_by: None,
        appellant: String::new(),
        appealed_at: None,
        votes_for: None,
        votes_against: None,
        abstentions: None,
        decided_at: None,
        version: 1,
    }
}

fn insert(conn: &mut Conn, ruling: &Ruling) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(ruling)
        .execute(c))
    .exactly_one()
}

fn save(conn: &mut Conn, before: &Ruling, after: Ruling) -> Result<Ruling, Fault> {
    let after = Ruling {
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

fn taken_ruling(conn: &mut Conn, id: RulingId) -> Result<(Floor, Ruling), Fault> {
    let floor = get(conn, id)?.floor;
    let floor = take(conn, floor)?;
    Ok((floor, get(conn, id)?))
}

fn on_the_floor(point: &Request) -> Result<(), FloorFault> {
    match point.kind {
        SpeechKind::PointOfOrder if point.has_floor => Ok(()),
        SpeechKind::PointOfOrder => Err(FloorFault::NotSpeaking),
        SpeechKind::Interposed
        | SpeechKind::ForMotion
        | SpeechKind::AgainstMotion
        | SpeechKind::RightOfReply
        | SpeechKind::Statement => Err(FloorFault::NotAPoint),
    }
}

fn checked(input: &RulingInput) -> Result<(Finding, String), Fault> {
    let mut fields = Fields::new();
    let finding = fields.required("finding", input.finding);
    let finding = finding.unwrap_or(Finding::Noted);
    // That is what a motion is found to be.
    if finding == Finding::OutOfOrder {
        fields.wrong("finding", "unknown");
    }
    let words = fields.paragraph("words", &input.words, rules::WORDS_MAX);
    fields.done()?;
    Ok((finding, words))
}
