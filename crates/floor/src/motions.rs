//! Procedural motions (R81): moved, spoken to within their limits, put to the vote in the order of their precedence.
//!
//! While one waits for its decision nobody in line is called; who has the floor ends, and a point of order still comes
//! first. What is carried changes the floor: what it means for the meeting is the owner's to do.

use access_rules::PersonId;
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Moment};
use serde_json::json;

use crate::{
    acts::{done, motions, requests, rulings, take},
    calling,
    faults::FloorFault,
    floors,
    model::{
        Count, Floor, FloorId, FloorState, ItemId, Motion, MotionId, MotionKind, MotionState, Removal,
        Request, Ruling, Speaker, SpeechKind, SpeechState,
    },
    points, rules,
    rules::motions::{first, is_carried, speakers_most},
    speakers::{self, checked, take_out},
    tables::{floors as floors_table, procedural_motions as table},
};

/// A motion as the owner of the floor hands it in, after it decided that this person may move it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMotion {
    /// What it asks for.
    pub kind: MotionKind,
    /// Who moves it.
    pub mover: Speaker,
    /// What a division or a reconsideration is about.
    pub subject: Option<ItemId>,
    /// What is said with it; may be empty.
    pub words: String,
}

/// Moves a motion.
///
/// # Errors
/// 404; `floor_closed`, `floor_paused`, `appeal_open`; `motion_already_moved`; `invalid`: `name`, `speaks_for`, `region`,
/// `words`, `subject`.
pub fn move_one(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    floor: FloorId,
    new: &NewMotion,
) -> Result<Motion, Fault> {
    let floor = take(conn, floor)?;
    let given = rulings(conn, floor.id)?;
    rules::may_go_on(&floor, &given)?;
    let mut fields = Fields::new();
    let mover = checked(&mut fields, &new.mover);
    let words = fields.paragraph("words", &new.words, rules::WORDS_MAX);
    if needs_subject(new.kind) && new.subject.is_none() {
        fields.wrong("subject", "required");
    }
    fields.done()?;
    points::settle(conn, &given)?;
    let motion = moved(&floor, now, new, mover, words);
    let is_only_one = on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&motion)
        .on_conflict_do_nothing()
        .execute(c))
    .at_most_one()?;
    if !is_only_one {
        return Err(FloorFault::MotionAlreadyMoved { kind: new.kind }.into());
    }
    let summary = json!({ "motion": motion.id, "kind": motion.kind });
    done(conn, who, now, &floor, "move", summary)?;
    Ok(motion)
}

/// Takes a motion back, by its mover.
///
/// # Errors
/// 403 for anybody else; 404; `motion_decided`.
pub fn withdraw(conn: &mut Conn, who: Option<PersonId>, now: Moment, id: MotionId) -> Result<Motion, Fault> {
    let who = who.ok_or_else(Fault::sign_in_needed)?;
    let (floor, before) = taken(conn, id)?;
    if before.moved_by != who {
        return Err(Fault::forbidden("not_allowed"));
    }
    undecided(&before)?;
    let after = come_to_nothing(conn, now, &before, MotionState::Withdrawn)?;
    calling::give_back(conn, &floor)?;
    done(
        conn,
        Some(who),
        now,
        &floor,
        "withdraw_motion",
        json!({ "motion": id }),
    )?;
    Ok(after)
}

/// Rules a motion out of order; that may be appealed as any ruling.
///
/// # Errors
/// 404; `invalid`: `words`; `motion_decided`; `floor_closed`, `floor_paused`, `appeal_open`.
pub fn rule_out(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: MotionId,
    words: &str,
) -> Result<Ruling, Fault> {
    let (floor, before) = taken(conn, id)?;
    let given = rulings(conn, floor.id)?;
    rules::may_go_on(&floor, &given)?;
    let mut fields = Fields::new();
    let words = fields.paragraph("words", words, rules::WORDS_MAX);
    fields.done()?;
    undecided(&before)?;
    points::settle(conn, &given)?;
    come_to_nothing(conn, now, &before, MotionState::RuledOut)?;
    calling::give_back(conn, &floor)?;
    let ruling = points::rule_on_motion(conn, who, now, &floor, id, words)?;
    let summary = json!({ "motion": id, "ruling": ruling.id });
    done(conn, who, now, &floor, "rule_out", summary)?;
    Ok(ruling)
}

/// Puts a motion to the vote and counts it. Carried, it changes the floor: suspended, it is paused; adjourned, closed, and
/// who waits keeps their place; with the debate closed, the list is, and nobody speaks to the item any more.
///
/// # Errors
/// 404; `invalid`: `votes_for`, `votes_against`, `abstentions`; `motion_decided`; `motion_waits` while another takes
/// precedence; `somebody_speaks`; `floor_closed`, `floor_paused`, `appeal_open`, `point_not_ruled`.
pub fn put(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: MotionId,
    count: Count,
) -> Result<Motion, Fault> {
    let (floor, before) = taken(conn, id)?;
    let given = rulings(conn, floor.id)?;
    rules::may_go_on(&floor, &given)?;
    counted(count)?;
    undecided(&before)?;
    may_be_put(conn, &floor, &before)?;
    points::settle(conn, &given)?;
    let state = match is_carried(before.kind, count) {
        true => MotionState::Carried,
        false => MotionState::Lost,
    };
    let after = Motion {
        votes_for: Some(count.votes_for),
        votes_against: Some(count.votes_against),
        abstentions: Some(count.abstentions),
        ..before.clone()
    };
    let after = come_to(conn, now, &before, after, state)?;
    calling::give_back(conn, &floor)?;
    let floor = match state {
        MotionState::Carried => carry_out(conn, now, floor, &after)?,
        MotionState::Moved
        | MotionState::Lost
        | MotionState::Withdrawn
        | MotionState::RuledOut
        | MotionState::Fallen => floor,
    };
    let summary = json!({ "motion": id, "kind": after.kind, "state": state, "count": count });
    done(conn, who, now, &floor, "put", summary)?;
    Ok(after)
}

/// A motion that is there.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, id: MotionId) -> Result<Motion, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(id)
        .select(Motion::as_select())
        .first(c))?)
}

/// Takes a place to speak for or against a motion, while there is one.
pub(crate) fn take_side(
    conn: &mut Conn,
    floor: &Floor,
    id: MotionId,
    side: SpeechKind,
    person: PersonId,
) -> Result<(), Fault> {
    let motion = get(conn, id)?;
    if motion.floor != floor.id {
        return Err(Fault::not_found());
    }
    undecided(&motion)?;
    if motion.moved_by == person {
        return Err(FloorFault::MoverHasSpoken.into());
    }
    let most = speakers_most(motion.kind, side);
    let is_there_room = match side {
        SpeechKind::ForMotion => on_each!(conn, |c| diesel::update(table::table.find(id))
            .filter(table::speakers_for.lt(most))
            .set(table::speakers_for.eq(table::speakers_for + 1))
            .execute(c)),
        SpeechKind::AgainstMotion
        | SpeechKind::PointOfOrder
        | SpeechKind::Interposed
        | SpeechKind::RightOfReply
        | SpeechKind::Statement => on_each!(conn, |c| diesel::update(table::table.find(id))
            .filter(table::speakers_against.lt(most))
            .set(table::speakers_against.eq(table::speakers_against + 1))
            .execute(c)),
    };
    is_there_room.one_or(FloorFault::MotionSpeakersFull { most }.into())
}

/// Gives the place back of who was to speak to a motion and was not called.
pub(crate) fn give_side_back(conn: &mut Conn, request: &Request) -> Result<(), Fault> {
    let Some(motion) = request.motion else {
        return Ok(());
    };
    match request.kind {
        SpeechKind::ForMotion => on_each!(conn, |c| diesel::update(table::table.find(motion))
            .set(table::speakers_for.eq(table::speakers_for - 1))
            .execute(c)),
        SpeechKind::AgainstMotion
        | SpeechKind::PointOfOrder
        | SpeechKind::Interposed
        | SpeechKind::RightOfReply
        | SpeechKind::Statement => on_each!(conn, |c| diesel::update(table::table.find(motion))
            .set(table::speakers_against.eq(table::speakers_against - 1))
            .execute(c)),
    }
    .exactly_one()
}

/// Ends a motion without a vote, with what was still to be said to it.
pub(crate) fn come_to_nothing(
    conn: &mut Conn,
    now: Moment,
    before: &Motion,
    state: MotionState,
) -> Result<Motion, Fault> {
    come_to(conn, now, before, before.clone(), state)
}

/// A motion that was ruled out waits for its decision again: the chair was overruled.
pub(crate) fn take_up_again(conn: &mut Conn, id: MotionId) -> Result<(), Fault> {
    let before = get(conn, id)?;
    let spoken = speakers::to_motion(conn, id)?;
    let on_side = |kind: SpeechKind| {
        let has_spoken = |request: &&Request| request.kind == kind && request.state == SpeechState::Done;
        spoken.iter().filter(has_spoken).count() as i64
    };
    let after = Motion {
        state: MotionState::Moved,
        speakers_for: on_side(SpeechKind::ForMotion),
        speakers_against: on_side(SpeechKind::AgainstMotion),
        decided_at: None,
        ..before.clone()
    };
    save(conn, &before, after).map(drop)
}

/// Checks votes counted by hand; one at least.
pub(crate) fn counted(count: Count) -> Result<(), Fault> {
    let mut fields = Fields::new();
    for (field, votes) in [
        ("votes_for", count.votes_for),
        ("votes_against", count.votes_against),
        ("abstentions", count.abstentions),
    ] {
        fields.within(field, votes, 0, rules::VOTES_MOST);
    }
    if fields.all_good() && count == Count::default() {
        fields.wrong("votes_for", "required");
    }
    fields.done()
}

fn come_to(
    conn: &mut Conn,
    now: Moment,
    before: &Motion,
    after: Motion,
    state: MotionState,
) -> Result<Motion, Fault> {
    let after = Motion {
        state,
        decided_at: Some(now),
        ..after
    };
    let after = save(conn, before, after)?;
    for request in speakers::to_motion(conn, after.id)? {
        if request.is_waiting() {
            take_out(conn, now, &request, Removal::MotionDecided, "")?;
        } else if request.is_called() {
            calling::end(conn, now, &request)?;
        }
    }
    Ok(after)
}

/// What a carried motion makes of the floor.
fn carry_out(conn: &mut Conn, now: Moment, floor: Floor, carried: &Motion) -> Result<Floor, Fault> {
    match carried.kind {
        MotionKind::SuspendMeeting => floors::go(conn, now, floor, FloorState::Paused),
        MotionKind::AdjournMeeting | MotionKind::AdjournDebate => {
            floors::go(conn, now, floor, FloorState::Closed)
        }
        MotionKind::CloseDebate => close_debate(conn, now, floor),
        MotionKind::Division | MotionKind::Reconsideration => Ok(floor),
    }
}

fn close_debate(conn: &mut Conn, now: Moment, floor: Floor) -> Result<Floor, Fault> {
    on_each!(conn, |c| diesel::update(floors_table::table.find(floor.id))
        .set(floors_table::list_closed.eq(true))
        .execute(c))
    .exactly_one()?;
    for request in requests(conn, &floor)? {
        let is_of_debate = request.floor == floor.id && request.kind.is_substance();
        if is_of_debate && request.is_waiting() {
            take_out(conn, now, &request, Removal::DebateClosed, "")?;
        } else if is_of_debate && request.is_called() {
            calling::end(conn, now, &request)?;
        }
    }
    Ok(Floor {
        list_closed: true,
        ..floor
    })
}

fn may_be_put(conn: &mut Conn, floor: &Floor, motion: &Motion) -> Result<(), Fault> {
    let motions = motions(conn, floor.id)?;
    if let Some(before) = first(&motions).filter(|first| first.id != motion.id) {
        return Err(FloorFault::MotionWaits {
            motion: before.id,
            kind: before.kind,
        }
        .into());
    }
    let requests = requests(conn, floor)?;
    match rules::current(floor, &requests) {
        Some(current) if current.kind == SpeechKind::PointOfOrder => {
            Err(FloorFault::PointNotRuled { request: current.id }.into())
        }
        Some(current) if current.state == SpeechState::Speaking => {
            Err(FloorFault::SomebodySpeaks { request: current.id }.into())
        }
        Some(_) | None => Ok(()),
    }
}

fn undecided(motion: &Motion) -> Result<(), FloorFault> {
    match motion.state {
        MotionState::Moved => Ok(()),
        MotionState::Carried
        | MotionState::Lost
        | MotionState::Withdrawn
        | MotionState::RuledOut
        | MotionState::Fallen => Err(FloorFault::MotionDecided),
    }
}

const fn needs_subject(kind: MotionKind) -> bool {
    match kind {
        MotionKind::Division | MotionKind::Reconsideration => true,
        MotionKind::SuspendMeeting
        | MotionKind::AdjournMeeting
        | MotionKind::AdjournDebate
        | MotionKind::CloseDebate => false,
    }
}

fn moved(floor: &Floor, now: Moment, new: &NewMotion, mover: Speaker, words: String) -> Motion {
    Motion {
        id: Id::new(),
        floor: floor.id,
        kind: new.kind,
        subject: new.subject,
        moved_by: mover.person,
        organisation: mover.organisation,
        name: mover.name,
        speaks_for: mover.speaks_for,
        words,
        state: MotionState::Moved,
        seq: floor.version,
        speakers_for: 0,
        speakers_against: 0,
        votes_for: None,
        votes_against: None,
        abstentions: None,
        moved_at: now,
        decided_at: None,
        version: 1,
    }
}

fn taken(conn: &mut Conn, id: MotionId) -> Result<(Floor, Motion), Fault> {
    let floor = get(conn, id)?.floor;
    let floor = take(conn, floor)?;
    // Read again: it may have changed before the floor was ours.
    Ok((floor, get(conn, id)?))
}

fn save(conn: &mut Conn, before: &Motion, after: Motion) -> Result<Motion, Fault> {
    let after = Motion {
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
