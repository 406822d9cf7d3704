//! When a session cannot be held: the hours of a day at which its room is another's or shut, and at which those with a
//! part in it, or the members of its body, are wanted elsewhere or not there.
//!
//! What counts as being in the way is asked of the same checks as everywhere (`conflicts`, and what tracks find of their
//! own), as grave as the edition holds them to be; what it ignores is in nobody's way. Of what is hidden from whoever asks
//! only that something is there: not available. How a day is drawn is the board's.

use std::collections::{BTreeMap, HashMap};

use access_rules::{Act, Actor, SessionId, decide};
use db::Conn;
use kernel::{Coded as _, Fault, Id, LocalDate, LocalDateTime, Moment};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    admission::Admissions,
    checks::{Check, Severity},
    conflicts::{self, Conflict, Parameters, PlacedSession},
    draft::{self, Draft},
    model::{Attendance, Room, RoomId, Session},
    rules, sessions,
};

/// Why, of what is hidden from whoever asks.
const HIDDEN: &str = "not_available";
/// Minutes of a day by the wall clock.
const DAY_MINUTES: i64 = 24 * 60;

/// When a session cannot be held on a day.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Availability {
    /// The session.
    pub session: SessionId,
    /// The day.
    pub day: LocalDate,
    /// In whatever room.
    pub everywhere: Vec<Window>,
    /// In each room, besides; a room that is free all day is not named.
    pub rooms: Vec<RoomWindows>,
}

/// When a room is not to be had for it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RoomWindows {
    /// The room.
    pub room: RoomId,
    /// When.
    pub windows: Vec<Window>,
}

/// A stretch of time at no part of which it can be held.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
pub struct Window {
    /// From, by the wall clock.
    pub from: LocalDateTime,
    /// Until, by the wall clock.
    pub until: LocalDateTime,
    /// The code of the check that would find something; `not_available` where whoever asks is told no more.
    pub why: &'static str,
    /// How grave that is.
    #[schema(value_type = String)]
    pub severity: Severity,
    /// The code of the session that is in the way.
    pub session: Option<String>,
}

/// When a session cannot be held on a day.
///
/// # Errors
/// 401, 403, 404; `invalid` with `required`, `outside_edition`.
pub fn of(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    id: SessionId,
    day: Option<LocalDate>,
) -> Result<Availability, Fault> {
    let found = sessions::get(conn, actor, now, id)?;
    decide(actor, Act::PlaceSession, &found.object(actor), now).or_fault()?;
    let day = day.ok_or_else(|| Fault::field("day", "required"))?;
    let draft = draft::read(conn, found.session.edition)?;
    if !rules::days(&draft.edition).contains(&day) {
        return Err(Fault::field("day", "outside_edition"));
    }
    let asked = Asked::of(draft, actor, now, id, day)?;
    let mut everywhere = asked.beside(conn, admissions)?;
    everywhere.extend(asked.absences());
    everywhere.sort();
    everywhere.dedup();
    let rooms = asked.draft.rooms.iter();
    Ok(Availability {
        session: id,
        day,
        everywhere,
        rooms: rooms
            .map(|room| RoomWindows {
                room: room.id,
                windows: asked.in_room(room),
            })
            .filter(|room| !room.windows.is_empty())
            .collect(),
    })
}

/// The draft, the session as it might stand anywhere on a day, and the others of that day.
struct Asked<'a> {
    actor: &'a Actor,
    draft: Draft,
    midnight: LocalDateTime,
    own: PlacedSession,
    others: Vec<PlacedSession>,
}

impl<'a> Asked<'a> {
    fn of(draft: Draft, actor: &'a Actor, now: Moment, id: SessionId, day: LocalDate) -> Result<Self, Fault> {
        let midnight = day.at(0, 0).expect("midnight is a time of day");
        let row = draft.sessions.iter().find(|row| row.id == id);
        let anywhere = Session {
            room: None,
            starts_local: Some(midnight),
            ends_local: Some(midnight),
            starts_at: Some(now),
            ends_at: Some(now),
            ..row.ok_or_else(Fault::not_found)?.clone()
        };
        let own = draft.as_placed(&anywhere).ok_or_else(Fault::not_found)?;
        let mut others = draft.placed();
        let end = midnight.plus_minutes(DAY_MINUTES);
        others.retain(|other| other.id != id && other.starts_local < end && midnight < other.ends_local);
        Ok(Self {
            actor,
            draft,
            midnight,
            own,
            others,
        })
    }

    /// What it clashes with, in whatever room, when it is held at the same time: each of the others is looked at with a
    /// twin of the session beside it.
    fn beside(&self, conn: &mut Conn, admissions: &Admissions) -> Result<Vec<Window>, Fault> {
        let twins: Vec<PlacedSession> = self.others.iter().map(|other| self.twin(other)).collect();
        let pairs = || twins.iter().zip(&self.others);
        let rules = Parameters {
            severities: self.draft.parameters.severities.clone(),
            ..Parameters::default()
        };
        let mut general = Vec::new();
        for (twin, other) in pairs() {
            general.extend(conflicts::find(&[twin.clone(), other.clone()], &[], &[], &rules));
        }
        // Who sits in a body is known to its track alone.
        let of_bodies: Vec<PlacedSession> = pairs()
            .filter(|(twin, other)| twin.body.is_some() || other.body.is_some())
            .flat_map(|(twin, other)| [twin.clone(), other.clone()])
            .collect();
        let mut of_tracks = match of_bodies.is_empty() {
            true => vec![],
            false => admissions.conflicts(conn, self.draft.edition.id, &of_bodies, &self.draft.rooms)?,
        };
        for found in [&mut general, &mut of_tracks] {
            rules.weigh(found);
        }
        let beside: HashMap<SessionId, &PlacedSession> =
            pairs().map(|(twin, other)| (twin.id, other)).collect();
        let in_the_way = |conflict: &Conflict| {
            let other = conflict.sessions.iter().find_map(|id| beside.get(id))?;
            let (from, until) = (other.starts_local, other.ends_local);
            conflict
                .sessions
                .contains(&other.id)
                .then(|| self.window(other, from, until, conflict.code, conflict.severity))
        };
        let found = conflicts::merge(general, of_tracks, &BTreeMap::new());
        Ok(found.iter().filter_map(in_the_way).collect())
    }

    fn twin(&self, other: &PlacedSession) -> PlacedSession {
        PlacedSession {
            id: Id::new(),
            starts_local: other.starts_local,
            ends_local: other.ends_local,
            starts_at: other.starts_at,
            ends_at: other.ends_at,
            ..self.own.clone()
        }
    }

    /// When somebody with a part in it is not at the congress.
    fn absences(&self) -> Vec<Window> {
        let severity = self.draft.parameters.severities.of(Check::PersonAway);
        if severity == Severity::Ignore || self.own.attendance != Attendance::InPerson {
            return vec![];
        }
        let presences = &self.draft.parameters.presences;
        let stretches = self
            .own
            .people
            .iter()
            .filter_map(|person| presences.stretches(*person));
        stretches
            .flat_map(|stretches| self.around(stretches))
            .map(|(from, until)| Window {
                from,
                until,
                why: Check::PersonAway.code(),
                severity,
                session: None,
            })
            .collect()
    }

    /// What of the day lies in none of these, which are in order.
    fn around(&self, stretches: &[(LocalDateTime, LocalDateTime)]) -> Vec<(LocalDateTime, LocalDateTime)> {
        let end = self.midnight.plus_minutes(DAY_MINUTES);
        let mut left = Vec::new();
        let mut since = self.midnight;
        for (from, until) in stretches {
            if since < *from {
                left.push((since, end.min(*from)));
            }
            since = since.max(*until);
        }
        if since < end {
            left.push((since, end));
        }
        left.retain(|(from, until)| from < until);
        left
    }

    /// When a room is another's or shut, or, all day, when it is none the edition would let this session into.
    fn in_room(&self, room: &Room) -> Vec<Window> {
        let gap = room.turnaround_minutes;
        let of_room = self.others.iter().filter(|other| other.room == Some(room.id));
        let mut windows: Vec<Window> = of_room
            .map(|other| {
                let from = other.starts_local.plus_minutes(-gap);
                let until = other.ends_local.plus_minutes(gap);
                self.window(other, from, until, Check::RoomTaken.code(), Severity::BlockMove)
            })
            .collect();
        windows.extend(self.shut(room));
        windows.extend(self.unfit(room));
        windows.sort();
        windows
    }

    fn shut(&self, room: &Room) -> Vec<Window> {
        let severity = self.draft.parameters.severities.of(Check::RoomClosed);
        let hours = room.hours.0.get(&self.midnight.date().to_string());
        let open = hours.and_then(|hours| {
            let minute = |clock: &str| rules::minute_of_clock(clock);
            minute(&hours.opens).zip(minute(&hours.closes))
        });
        let (Some((opens, closes)), false) = (open, severity == Severity::Ignore) else {
            return vec![];
        };
        let at = |minute| self.midnight.plus_minutes(minute);
        let shut = |(from, until)| Window {
            from,
            until,
            why: Check::RoomClosed.code(),
            severity,
            session: None,
        };
        self.around(&[(at(opens), at(closes))])
            .into_iter()
            .map(shut)
            .collect()
    }

    fn unfit(&self, room: &Room) -> Vec<Window> {
        let mut always_open = room.clone();
        always_open.hours.0.clear();
        let mut found = conflicts::of_one_in_room(&self.own, &always_open);
        self.draft.parameters.weigh(&mut found);
        found
            .into_iter()
            .filter(|conflict| conflict.severity <= Severity::BlockRelease)
            .map(|conflict| Window {
                from: self.midnight,
                until: self.midnight.plus_minutes(DAY_MINUTES),
                why: conflict.code,
                severity: conflict.severity,
                session: None,
            })
            .collect()
    }

    /// A window another session makes, as whoever asks may know of it.
    fn window(
        &self,
        other: &PlacedSession,
        from: LocalDateTime,
        until: LocalDateTime,
        why: &'static str,
        severity: Severity,
    ) -> Window {
        let row = self.draft.sessions.iter().find(|row| row.id == other.id);
        let is_told = row.is_some_and(|row| row.is_told_to(self.actor));
        Window {
            from,
            until,
            why: if is_told { why } else { HIDDEN },
            severity,
            session: is_told.then(|| other.code.clone()),
        }
    }
}
