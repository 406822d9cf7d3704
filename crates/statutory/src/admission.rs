//! What the statutory track asks of its sessions: a known body, and doors (R1, R47, R49).
//!
//! Whoever makes a session of this track, by whatever way, makes a meeting: it gets the usual doors of its body in the same
//! transaction, so that no way in can leave one standing open.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use access_rules::{Actor, BodyId, Circumstances, EditionId, PersonId, SessionId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Moment};
use programme::{
    admission::{Admission, Stage},
    conflicts::{Check, Conflict, PlacedSession, about_person, overlapping},
    model::{Session, SessionKind},
};

use crate::{
    bodies, doors,
    faults::StatutoryFault,
    meetings,
    model::{Body, BodyKind, Meeting, Seat},
    roster,
    rules::{self, Sitting},
    tables::meetings as meeting_rows,
};

/// The admission of the statutory track.
#[derive(Clone, Copy, Debug, Default)]
pub struct StatutoryAdmission;

impl Admission for StatutoryAdmission {
    fn check(&self, conn: &mut Conn, session: &Session, stage: Stage) -> Result<(), Fault> {
        let id = session.body.ok_or(StatutoryFault::BodyRequired)?;
        let body = bodies::find(conn, id)?.ok_or(StatutoryFault::BodyUnknown)?;
        match (meetings::of_session(conn, session.id)?, stage) {
            (Some(meeting), _) if meeting.body == body.id => Ok(()),
            (None, Stage::Publish) => Err(StatutoryFault::DoorsMissing.into()),
            // Another body means another meeting, and people were told of this one.
            (Some(_), Stage::Publish) => Err(StatutoryFault::BodyFixed.into()),
            (Some(_), _) if session.was_released() => Err(StatutoryFault::BodyFixed.into()),
            (Some(meeting), _) => open_for(conn, session, meeting, &body),
            (None, _) => open(conn, session, &body),
        }
    }

    fn circumstances(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        now: Moment,
        session: &Session,
    ) -> Result<Circumstances, Fault> {
        doors::circumstances(conn, actor, now, session)
    }

    fn conflicts(
        &self,
        conn: &mut Conn,
        _edition: EditionId,
        sessions: &[PlacedSession],
    ) -> Result<Vec<Conflict>, Fault> {
        let bodies: BTreeMap<BodyId, Body> = bodies::list(conn)?
            .into_iter()
            .map(|body| (body.id, body))
            .collect();
        let kind_of =
            |session: &PlacedSession| session.body.and_then(|id| bodies.get(&id)).map(|body| body.kind);
        let mut grave: Vec<&PlacedSession> = sessions
            .iter()
            .filter(|session| matches!(session.kind, SessionKind::Statutory | SessionKind::WorldAssembly))
            .collect();
        grave.sort_by_key(|session| (session.starts_at, session.id));
        let meetings = grave
            .iter()
            .filter(|session| session.kind == SessionKind::Statutory);
        // A body meets more than once, and its seats are read once.
        let mut seats: BTreeMap<BodyId, Vec<Seat>> = BTreeMap::new();
        for body in meetings.clone().filter_map(|session| session.body) {
            if let Entry::Vacant(unread) = seats.entry(body) {
                unread.insert(roster::all(conn, body)?);
            }
        }
        let sitting = |session: &PlacedSession| -> BTreeSet<PersonId> {
            let seats = session.body.and_then(|body| seats.get(&body));
            let held = seats
                .into_iter()
                .flatten()
                .filter(|seat| seat.holds_at(session.starts_at));
            held.map(|seat| seat.person).collect()
        };
        let rosters: BTreeMap<SessionId, BTreeSet<PersonId>> =
            meetings.map(|session| (session.id, sitting(session))).collect();
        let mut found = at_once(&grave, &rosters, kind_of);
        found.extend(elsewhere(&grave, &rosters, sessions));
        found.extend(out_of_order(&grave, kind_of));
        let deserted = grave.iter().filter(|session| {
            session.kind == SessionKind::Statutory
                && kind_of(session).is_some_and(|kind| !kind.is_computed())
                && rosters.get(&session.id).is_none_or(BTreeSet::is_empty)
        });
        found.extend(deserted.map(|session| Conflict::new(Check::RosterEmpty, &[session], "")));
        Ok(found)
    }
}

/// R47, with what is known of bodies and rosters.
fn at_once(
    grave: &[&PlacedSession],
    rosters: &BTreeMap<SessionId, BTreeSet<PersonId>>,
    kind_of: impl Fn(&PlacedSession) -> Option<BodyKind>,
) -> Vec<Conflict> {
    let nobody = BTreeSet::new();
    let sitting = |session: &PlacedSession| Sitting {
        // A meeting whose body is not known may be any body's.
        kind: match session.kind {
            SessionKind::WorldAssembly => None,
            _ => Some(kind_of(session).unwrap_or(BodyKind::GeneralAssembly)),
        },
        roster: rosters.get(&session.id).unwrap_or(&nobody),
    };
    let is_ours = |one: &PlacedSession, other: &PlacedSession| {
        one.kind == SessionKind::Statutory || other.kind == SessionKind::Statutory
    };
    overlapping(grave, 0)
        .into_iter()
        .filter(|(one, other)| is_ours(one, other))
        .map(|(one, other)| {
            let severity = rules::clash(&sitting(one), &sitting(other));
            Conflict::new(Check::PlenaryConflict, &[one, other], "").toned(severity)
        })
        .collect()
}

/// Nobody who sits in a body has a part in another session while it meets. Two meetings at once are R47's.
fn elsewhere(
    grave: &[&PlacedSession],
    rosters: &BTreeMap<SessionId, BTreeSet<PersonId>>,
    sessions: &[PlacedSession],
) -> Vec<Conflict> {
    let meetings = grave
        .iter()
        .filter_map(|meeting| Some((meeting, rosters.get(&meeting.id)?)));
    let mut found = Vec::new();
    for (meeting, roster) in meetings.filter(|(_, roster)| !roster.is_empty()) {
        let beside = sessions.iter().filter(|other| {
            other.kind != SessionKind::Statutory
                && other.starts_at < meeting.ends_at
                && meeting.starts_at < other.ends_at
        });
        for other in beside {
            let torn = other.people.iter().filter(|person| roster.contains(person));
            found.extend(torn.map(|person| about_person(Check::MemberElsewhere, &[other, meeting], *person)));
        }
    }
    found
}

/// R49: the General Assembly names the World Council before the World Council elects.
fn out_of_order(
    grave: &[&PlacedSession],
    kind_of: impl Fn(&PlacedSession) -> Option<BodyKind>,
) -> Vec<Conflict> {
    let is = |session: &PlacedSession, kind| {
        session.kind == SessionKind::Statutory && kind_of(session) == Some(kind)
    };
    let Some(assembly) = grave
        .iter()
        .copied()
        .find(|session| is(session, BodyKind::GeneralAssembly))
    else {
        return vec![];
    };
    grave
        .iter()
        .copied()
        .filter(|session| is(session, BodyKind::WorldCouncil) && session.starts_at < assembly.ends_at)
        .map(|council| Conflict::new(Check::Precedence, &[council, assembly], ""))
        .collect()
}

/// Makes the meeting of a new session, behind its body's usual doors.
fn open(conn: &mut Conn, session: &Session, body: &Body) -> Result<(), Fault> {
    let usual = rules::doors_of(body.kind);
    let blank = Meeting {
        id: Id::new(),
        session: session.id,
        edition: session.edition,
        body: body.id,
        line: usual.line,
        room: usual.room,
        papers: usual.papers,
        known_to: String::new(),
        papers_to: String::new(),
        agenda_published_at: None,
        version: 1,
    };
    let meeting = doors::hang(conn, blank, body, usual)?;
    on_each!(conn, |c| diesel::insert_into(meeting_rows::table)
        .values(&meeting)
        .execute(c))
    .exactly_one()?;
    doors::begin(conn, session.updated_at, &meeting, body)?;
    doors::show_line_within(conn, session, &meeting, body)
}

/// Hangs the usual doors of another body than the one planned before.
fn open_for(conn: &mut Conn, session: &Session, before: Meeting, body: &Body) -> Result<(), Fault> {
    let hung = doors::hang(conn, before.clone(), body, rules::doors_of(body.kind))?;
    let meeting = doors::keep(conn, &before, &hung)?;
    doors::begin(conn, session.updated_at, &meeting, body)?;
    doors::show_line_within(conn, session, &meeting, body)
}
