//! Arranging: several sessions moved as one act, and the same looked at without doing it.
//!
//! What a board asks for, and what every reschedule of many becomes, and the undoing of either. Rooms are looked at with all of it done, so
//! that a whole morning can be put half an hour later. Knows nothing of how a board looks.

use std::collections::{BTreeSet, HashMap};

use access_rules::{Act, Actor, EditionId, SessionId, decide};
use db::Conn;
use kernel::{Fault, Fields, Kind, Moment};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    admission::{Admissions, Stage},
    clashing::{self, Clashes},
    conflicts::Conflict,
    draft::{self, Draft},
    editions, meanwhile,
    model::{Session, SessionState},
    scheduling::{self, Placement},
    sessions::{self, note},
    waivers,
};

/// Most sessions moved at once.
const MOVES_MOST: usize = 400;

/// What a board sends: sessions and where each goes, as one act.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct Arrangement {
    /// The sessions and where they go.
    pub moves: Vec<Move>,
    /// Why new conflicts that refuse the move may stand.
    pub reason: String,
}

/// A session and where it goes.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Move {
    /// The session.
    pub session: Option<SessionId>,
    /// The version it was seen in; another refuses the whole act as stale.
    pub version: Option<i64>,
    /// Where and when; nothing takes it out of room and time.
    pub to: Option<Placement>,
}

/// What was arranged.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Arranged {
    /// The sessions as they stand now.
    pub sessions: Vec<Session>,
    /// The conflicts they have a part in.
    pub conflicts: Vec<Conflict>,
}

/// What would become of an arrangement.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// Why it cannot be at all: a room that is taken, a day outside the edition, somebody else's later move.
    pub refusal: Option<Fault>,
    /// The conflicts the sessions would have a part in.
    pub conflicts: Vec<Conflict>,
    /// The keys of those that are new and refuse the move.
    pub refusing: Vec<String>,
    /// Whether whoever asks may let them stand.
    pub may_waive: bool,
}

/// Moves sessions as one act: all of them or none.
///
/// # Errors
/// 401, 403, 404; `invalid`; `stale`; `room_taken`, `room_kept`; `would_clash`; `already_released`; `illegal_step`; what
/// a track's admission refuses.
pub fn arrange(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    edition: EditionId,
    input: &Arrangement,
) -> Result<Arranged, Fault> {
    draft::desk_of(conn, actor, now, edition)?;
    let ids = asked_for(input)?;
    may_move(conn, actor, now, edition, &ids)?;
    editions::change_draft(conn, edition)?;
    let mut draft = draft::read(conn, edition)?;
    let (before, after) = planned(conn, actor, now, &draft, input)?;
    draft.replace(&after);
    let reason = &input.reason;
    let conflicts = clashing::let_in(conn, actor, now, admissions, &mut draft, &before, &after, reason)?;

    let mut stored = Vec::with_capacity(after.len());
    for (before, after) in before.iter().zip(&after) {
        if before == after {
            stored.push(after.clone());
            continue;
        }
        let session = sessions::save(conn, now, after.clone())?;
        note(conn, actor, now, "session.arrange", Some(before), &session)?;
        stored.push(session);
    }
    for session in stored.iter().filter(|session| session.starts_at.is_some()) {
        admissions.check(conn, session, Stage::Place)?;
    }
    Ok(Arranged {
        sessions: stored,
        conflicts,
    })
}

/// Tells what would become of an arrangement, and writes nothing.
///
/// # Errors
/// 401, 403, 404; `invalid` when it names no session.
pub fn check(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    edition: EditionId,
    input: &Arrangement,
) -> Result<Checked, Fault> {
    let (mut draft, _) = draft::for_desk(conn, actor, now, edition)?;
    let ids = asked_for(input)?;
    may_move(conn, actor, now, edition, &ids)?;
    let mut checked = Checked {
        refusal: None,
        conflicts: vec![],
        refusing: vec![],
        may_waive: waivers::may(actor, now).is_ok(),
    };
    let (before, after) = match planned(conn, actor, now, &draft, input) {
        Ok(planned) => planned,
        Err(fault) => {
            checked.refusal = Some(refusal(fault)?);
            return Ok(checked);
        }
    };
    draft.replace(&after);
    for session in after.iter().filter(|session| session.starts_at.is_some()) {
        if let Err(fault) = admissions.check(conn, session, Stage::Place) {
            checked.refusal = Some(refusal(fault)?);
        }
    }
    let Clashes { found, refusing } = clashing::of(conn, admissions, &mut draft, &before, &after)?;
    // A key names the sessions of its conflict: whoever is not told of one is not told the key either.
    let own: Vec<usize> = (0..found.len())
        .filter(|at| refusing.contains(&found[*at].key))
        .collect();
    checked.conflicts = draft.as_read_by(actor, found);
    checked.refusing = own
        .into_iter()
        .map(|at| checked.conflicts[at].key.clone())
        .collect();
    Ok(checked)
}

/// The sessions of an arrangement, each once.
fn asked_for(input: &Arrangement) -> Result<Vec<SessionId>, Fault> {
    let mut fields = Fields::new();
    let ids: Vec<SessionId> = input.moves.iter().filter_map(|one| one.session).collect();
    let each: BTreeSet<SessionId> = ids.iter().copied().collect();
    if ids.is_empty() || ids.len() < input.moves.len() {
        fields.wrong("moves", "required");
    } else if each.len() < ids.len() {
        fields.wrong("moves", "same_session");
    } else if ids.len() > MOVES_MOST {
        fields.wrong("moves", "too_many_entries");
    }
    fields.done()?;
    Ok(ids)
}

pub(crate) fn may_move(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    ids: &[SessionId],
) -> Result<(), Fault> {
    for id in ids {
        let found = sessions::get(conn, actor, now, *id)?;
        decide(actor, Act::PlaceSession, &found.object(actor), now).or_fault()?;
        if found.session.edition != edition {
            return Err(Fault::not_found());
        }
    }
    Ok(())
}

/// The sessions as they are and as they are to be, when every room is free for them.
fn planned(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    draft: &Draft,
    input: &Arrangement,
) -> Result<(Vec<Session>, Vec<Session>), Fault> {
    let rows: HashMap<SessionId, &Session> = draft.sessions.iter().map(|row| (row.id, row)).collect();
    let row_of = |one: &Move| one.session.and_then(|id| rows.get(&id).copied());
    let seen: Vec<(Option<i64>, &Session)> = input
        .moves
        .iter()
        .filter_map(|one| Some((one.version, row_of(one)?)))
        .collect();
    meanwhile::nobody_was_there(conn, actor, now, &seen)?;
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for one in &input.moves {
        let row = row_of(one).ok_or_else(Fault::not_found)?;
        after.push(match &one.to {
            None if row.starts_at.is_none() => row.clone(),
            None => scheduling::taken_out(row)?,
            Some(to) => {
                let (room, times, fold) = scheduling::asked(conn, &draft.edition, row, to)?;
                scheduling::moved(row, room, times, fold)?
            }
        });
        before.push(row.clone());
    }
    for session in &after {
        room_is_free(actor, draft, &after, session)?;
    }
    Ok((before, after))
}

/// R45, with the other moves done as well.
fn room_is_free(actor: &Actor, draft: &Draft, moved: &[Session], session: &Session) -> Result<(), Fault> {
    let (Some(room), Some(starts), Some(ends)) = (session.room, session.starts_at, session.ends_at) else {
        return Ok(());
    };
    let gap = draft
        .rooms
        .iter()
        .find(|known| known.id == room)
        .map_or(0, |known| known.turnaround_minutes);
    let holds = |other: &&Session| {
        other.id != session.id
            && other.room == Some(room)
            && other.state != SessionState::Cancelled
            && other.starts_at.is_some_and(|at| at < ends.plus_minutes(gap))
            && other.ends_at.is_some_and(|at| at > starts.plus_minutes(-gap))
    };
    let staying = |other: &&Session| moved.iter().all(|one| one.id != other.id);
    let taken = draft
        .sessions
        .iter()
        .filter(staying)
        .chain(moved)
        .find(|other| holds(other));
    match taken {
        None => Ok(()),
        Some(other) => Err(scheduling::taken_by(actor, other, gap)),
    }
}

/// A fault that is told as what would become of it; any other is one of the asking itself.
fn refusal(fault: Fault) -> Result<Fault, Fault> {
    match fault.kind {
        Kind::Invalid | Kind::Conflict | Kind::Stale => Ok(fault),
        _ => Err(fault),
    }
}
