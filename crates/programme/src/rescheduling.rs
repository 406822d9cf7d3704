//! Rescheduling in bulk: sessions put later, made longer, moved up to one another, or two rooms exchanged.
//!
//! Each is worked out here, purely, and done as one [`Arrangement`]: all of it or none. Knows nothing of what stands
//! against it.

use std::collections::BTreeMap;

use access_rules::{Actor, EditionId, SessionId};
use db::Conn;
use kernel::{Fault, Fields, LocalDate, LocalDateTime, Moment};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    admission::Admissions,
    arranging::{self, Arranged, Arrangement, Move},
    draft,
    editions::parsed,
    model::{RoomId, Session},
    rooms,
    scheduling::Placement,
    sessions,
};

/// Furthest a session is put, in minutes: an edition's length.
const MINUTES_MOST: i64 = 31 * 24 * 60;

kernel::coded! {
    /// What becomes of the sessions.
    pub enum How {
        /// Each begins so many minutes later; fewer than none is earlier.
        Later => "later",
        /// Each lasts so many minutes longer, and those after it in its room that day begin as much later.
        Longer => "longer",
        /// Each begins so many minutes after the one before it in its room that day ends, where it began later.
        Closer => "closer",
        /// The sessions of two rooms change rooms, each at its time.
        Exchange => "exchange",
    }
}

/// What an organiser sends.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct Reschedule {
    /// `later`, `longer`, `closer`, `exchange`.
    pub how: String,
    /// The sessions.
    pub sessions: Vec<SessionId>,
    /// By so many minutes.
    pub minutes: Option<i64>,
    /// Why new conflicts that refuse the move may stand.
    pub reason: String,
}

/// Reschedules sessions as one act: all of them or none.
///
/// # Errors
/// As [`arranging::arrange`]; `not_placed`; `choose_two_rooms`.
pub fn reschedule(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    edition: EditionId,
    input: &Reschedule,
) -> Result<Arranged, Fault> {
    draft::desk_of(conn, actor, now, edition)?;
    let (how, minutes) = checked(input)?;
    arranging::may_move(conn, actor, now, edition, &input.sessions)?;
    let mut chosen = Vec::with_capacity(input.sessions.len());
    for id in &input.sessions {
        let session = sessions::row(conn, *id)?.ok_or_else(Fault::not_found)?;
        chosen.push(Placed::of(session)?);
    }
    chosen.sort_by_key(|placed| placed.starts);
    let turnaround: BTreeMap<RoomId, i64> = rooms::list(conn, edition)?
        .into_iter()
        .map(|room| (room.id, room.turnaround_minutes))
        .collect();
    match how {
        How::Later => later(&mut chosen, minutes),
        How::Longer => longer(&mut chosen, minutes)?,
        How::Closer => closer(&mut chosen, minutes, &turnaround),
        How::Exchange => exchange(&mut chosen)?,
    }
    let arrangement = Arrangement {
        moves: chosen.into_iter().map(Placed::into_move).collect(),
        reason: input.reason.clone(),
    };
    arranging::arrange(conn, actor, now, admissions, edition, &arrangement)
}

fn checked(input: &Reschedule) -> Result<(How, i64), Fault> {
    let mut fields = Fields::new();
    let how: Option<How> = parsed(&mut fields, "how", &input.how, "unknown_choice");
    if how.is_some_and(|how| matches!(how, How::Later | How::Longer)) {
        fields.required("minutes", input.minutes);
    }
    let minutes = input.minutes.unwrap_or(0);
    let least = if how == Some(How::Closer) {
        0
    } else {
        -MINUTES_MOST
    };
    fields.within("minutes", minutes, least, MINUTES_MOST);
    if input.sessions.is_empty() {
        fields.wrong("sessions", "required");
    }
    fields.done()?;
    Ok((how.ok_or_else(Fault::not_found)?, minutes))
}

/// A session where it stands, and then where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Placed {
    id: SessionId,
    version: i64,
    room: Option<RoomId>,
    starts: LocalDateTime,
    length_minutes: i64,
}

impl Placed {
    fn of(session: Session) -> Result<Self, Fault> {
        Ok(Self {
            id: session.id,
            version: session.version,
            room: session.room,
            starts: session
                .starts_local
                .ok_or_else(|| Fault::field("sessions", "not_placed"))?,
            length_minutes: session.length_minutes,
        })
    }

    fn ends(&self) -> LocalDateTime {
        self.starts.plus_minutes(self.length_minutes)
    }

    fn into_move(self) -> Move {
        Move {
            session: Some(self.id),
            version: Some(self.version),
            to: Some(Placement {
                room: self.room.map(|room| room.to_string()).unwrap_or_default(),
                starts: self.starts.to_string(),
                length_minutes: Some(self.length_minutes),
                ..Placement::default()
            }),
        }
    }
}

fn later(chosen: &mut [Placed], minutes: i64) {
    for placed in chosen {
        placed.starts = placed.starts.plus_minutes(minutes);
    }
}

/// The chosen sessions of each room and day, in order of time.
fn rows(chosen: &mut [Placed]) -> Vec<Vec<&mut Placed>> {
    let mut rows: BTreeMap<(Option<RoomId>, LocalDate), Vec<&mut Placed>> = BTreeMap::new();
    for placed in chosen {
        let row = rows.entry((placed.room, placed.starts.date())).or_default();
        row.push(placed);
    }
    rows.into_values().collect()
}

fn longer(chosen: &mut [Placed], minutes: i64) -> Result<(), Fault> {
    for row in rows(chosen) {
        let mut pushed = 0;
        for placed in row {
            placed.starts = placed.starts.plus_minutes(pushed);
            placed.length_minutes += minutes;
            pushed += minutes;
            if placed.length_minutes <= 0 {
                return Err(Fault::field("minutes", "zero_length"));
            }
        }
    }
    Ok(())
}

fn closer(chosen: &mut [Placed], minutes: i64, turnaround: &BTreeMap<RoomId, i64>) {
    for row in rows(chosen) {
        let mut free_from: Option<LocalDateTime> = None;
        for placed in row {
            let gap = placed.room.and_then(|room| turnaround.get(&room).copied());
            if let Some(free_from) = free_from {
                placed.starts = placed.starts.min(free_from);
            }
            free_from = Some(placed.ends().plus_minutes(minutes.max(gap.unwrap_or(0))));
        }
    }
}

fn exchange(chosen: &mut [Placed]) -> Result<(), Fault> {
    let mut held: Vec<Option<RoomId>> = chosen.iter().map(|placed| placed.room).collect();
    held.sort_unstable();
    held.dedup();
    let [one, other] = held[..] else {
        return Err(Fault::field("sessions", "choose_two_rooms"));
    };
    for placed in chosen {
        placed.room = if placed.room == one { other } else { one };
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kernel::Id;

    use super::*;

    fn at(name: &str, room: &str, starts: &str, length_minutes: i64) -> Placed {
        Placed {
            id: Id::named(name),
            version: 1,
            room: Some(Id::named(room)),
            starts: starts.parse().expect("a time"),
            length_minutes,
        }
    }

    fn morning() -> Vec<Placed> {
        vec![
            at("one", "hall", "2019-11-13T09:00", 60),
            at("two", "hall", "2019-11-13T10:30", 60),
            at("three", "hall", "2019-11-13T13:00", 30),
            at("beside", "room", "2019-11-13T10:00", 60),
            at("next day", "hall", "2019-11-14T10:00", 60),
        ]
    }

    fn told(chosen: &[Placed]) -> Vec<(String, i64)> {
        let told = |placed: &Placed| (placed.starts.clock(), placed.length_minutes);
        chosen.iter().map(told).collect()
    }

    fn times(all: &[(&str, i64)]) -> Vec<(String, i64)> {
        all.iter()
            .map(|(clock, minutes)| ((*clock).to_owned(), *minutes))
            .collect()
    }

    #[test]
    fn what_is_made_longer_pushes_what_comes_after_it_in_its_room_that_day() {
        let mut chosen = morning();

        longer(&mut chosen, 15).expect("longer");

        assert_eq!(
            told(&chosen),
            times(&[
                ("09:00", 75),
                ("10:45", 75),
                ("13:30", 45),
                ("10:00", 75),
                ("10:00", 75)
            ])
        );
        assert_eq!(
            longer(&mut chosen, -60).map_err(|fault| fault.fields[0].code),
            Err("zero_length")
        );
    }

    #[test]
    fn gaps_are_closed_within_a_room_and_a_day_and_nothing_begins_later() {
        let mut chosen = morning();

        closer(&mut chosen, 0, &BTreeMap::from([(Id::named("hall"), 10)]));

        assert_eq!(
            told(&chosen),
            times(&[
                ("09:00", 60),
                ("10:10", 60),
                ("11:20", 30),
                ("10:00", 60),
                ("10:00", 60)
            ])
        );
    }

    #[test]
    fn two_rooms_are_exchanged_and_no_more_than_two() {
        let mut chosen = morning();

        exchange(&mut chosen).expect("two rooms");
        let rooms: Vec<_> = chosen.iter().map(|placed| placed.room).collect();
        chosen.push(at("third", "elsewhere", "2019-11-13T10:00", 60));

        let (hall, room) = (Some(Id::named("hall")), Some(Id::named("room")));
        assert_eq!(rooms, [room, room, room, hall, room]);
        assert_eq!(
            exchange(&mut chosen).map_err(|fault| fault.fields[0].code),
            Err("choose_two_rooms")
        );
    }
}
