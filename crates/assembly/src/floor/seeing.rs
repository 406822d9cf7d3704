//! The floor as its readers see it: one view for the chair's desk, a delegate's and the screen in the hall, and who may
//! follow it while it goes on.

use access_rules::{Actor, SessionId};
use db::Conn;
use floor::{
    MotionLine, OwnRequest, View,
    model::{FloorState, ItemId, MotionId, MotionState},
};
use kernel::{Fault, Kind, Localized, Moment};
use outcomes::outcomes as all_outcomes;
use papers::papers as all_papers;
use serde::Serialize;
use utoipa::ToSchema;

use super::meeting::{Meeting, Saying};
use crate::{agenda, sitting_papers};

/// The floor of a session, as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SessionFloor {
    /// The session.
    pub session: SessionId,
    /// What it is called.
    pub title: Localized,
    /// What is discussed, where it is an outcome or a paper that the reader may read.
    pub discussed: Option<Discussed>,
    /// What the floor is to the reader.
    pub you: FloorYou,
    /// The floor that is not closed, else the one opened last; none where none was.
    pub floor: Option<View>,
}

/// An outcome or a paper that is discussed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Discussed {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Localized,
}

/// What the floor is to who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FloorYou {
    /// Whether they chair it.
    pub chairs: bool,
    /// Whether they may speak.
    pub may_speak: bool,
    /// Why not, by the code of the fault.
    pub why_not: Option<String>,
    /// What can be done about that.
    pub remedy: Option<String>,
    /// What they speak for, where they may.
    pub speaks_for: String,
    /// Their requests that are not over.
    pub requests: Vec<OwnRequest>,
    /// Their motions that wait for a decision.
    #[schema(value_type = Vec<String>)]
    pub motions: Vec<MotionId>,
}

/// Who follows the floor of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Following {
    /// Of which session.
    pub session: SessionId,
    /// Whether they know of it by something else than the key beside it.
    pub by_part: bool,
}

/// The floor of a session.
///
/// # Errors
/// 404; `no_floor_here` for a session that never has one.
pub fn of_session(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<SessionFloor, Fault> {
    let meeting = Meeting::of(conn, actor, now, session)?;
    let floor = floor::of_session(conn, session, now)?;
    let item = floor.as_ref().and_then(|floor| floor.item);
    Ok(SessionFloor {
        session,
        title: meeting.title(conn, actor)?,
        discussed: match item {
            Some(item) => discussed(conn, actor, now, &meeting, item)?,
            None => None,
        },
        you: you(conn, actor, now, &meeting, floor.as_ref())?,
        floor,
    })
}

/// Whether somebody may follow the floor of a session, whether one is open or not.
///
/// # Errors
/// 404; `no_floor_here` for a session that never has one.
pub fn follow(conn: &mut Conn, actor: &Actor, now: Moment, session: SessionId) -> Result<Following, Fault> {
    let meeting = Meeting::of(conn, actor, now, session)?;
    let key = meeting.found().session.visible_key();
    Ok(Following {
        session,
        by_part: !actor.sight().reads(&key, Some(session)),
    })
}

fn you(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    meeting: &Meeting,
    floor: Option<&View>,
) -> Result<FloorYou, Fault> {
    let speaker = match meeting.may_speak(conn, actor, now, Saying::default()) {
        Err(fault) if matches!(fault.kind, Kind::Internal | Kind::Unavailable) => return Err(fault),
        speaker => speaker,
    };
    let own = actor.person.zip(floor);
    let waits = |own: &&MotionLine| own.state == MotionState::Moved;
    Ok(FloorYou {
        chairs: meeting.may_chair(actor, now).is_ok(),
        may_speak: speaker.is_ok(),
        why_not: speaker.as_ref().err().map(|fault| fault.code.to_owned()),
        remedy: speaker
            .as_ref()
            .err()
            .and_then(|fault| fault.remedy)
            .map(str::to_owned),
        speaks_for: speaker.map(|speaker| speaker.speaks_for).unwrap_or_default(),
        requests: own.map(|(person, floor)| floor.of(person)).unwrap_or_default(),
        motions: own.map_or_else(Vec::new, |(person, floor)| {
            let moved = floor.motions.iter().filter(waits);
            moved
                .filter(|own| own.moved_by == person)
                .map(|own| own.id)
                .collect()
        }),
    })
}

/// The outcome or the paper, for who may read it.
fn discussed(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    meeting: &Meeting,
    item: ItemId,
) -> Result<Option<Discussed>, Fault> {
    let session = meeting.found().session.id;
    let (code, text) = match meeting {
        Meeting::World(_) => {
            let items = agenda::items(conn, session)?;
            let own = items.into_iter().find(|own| own.id.uuid() == item.uuid());
            let Some(outcome) = own.and_then(|own| own.outcome) else {
                return Ok(None);
            };
            match unless_hidden(all_outcomes::get(conn, actor, outcome))? {
                Some(outcome) => (outcome.code, outcome.text),
                None => return Ok(None),
            }
        }
        Meeting::Sitting(_) => {
            let papers = sitting_papers::living(conn, session)?;
            let own = papers.into_iter().find(|own| own.id.uuid() == item.uuid());
            let Some(paper) = own else { return Ok(None) };
            match unless_hidden(all_papers::get(conn, actor, now, paper.id))? {
                Some(paper) => (paper.code, paper.text),
                None => return Ok(None),
            }
        }
    };
    let title = texts::texts::get(conn, text)?.title;
    Ok(Some(Discussed { code, title }))
}

fn unless_hidden<T>(found: Result<T, Fault>) -> Result<Option<T>, Fault> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(fault) if fault.kind == Kind::NotFound => Ok(None),
        Err(fault) => Err(fault),
    }
}

impl SessionFloor {
    /// The floor, as long as it is not closed.
    pub fn is_on(&self) -> Option<&View> {
        self.floor
            .as_ref()
            .filter(|floor| floor.state != FloorState::Closed)
    }
}
