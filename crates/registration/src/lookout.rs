//! What those who reserve seats see coming: a session that was moved into a room with fewer seats than are taken.

use std::collections::HashMap;

use access_rules::SessionId;
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::Fault;
use programme::{
    admission::Lookout,
    conflicts::{Check, Conflict, PlacedSession},
    model::{Attendance, Room, RoomId},
};

use crate::tables::seat_counters;

/// Looks out for rooms with fewer seats than are reserved.
#[derive(Clone, Copy, Debug, Default)]
pub struct ReservedSeats;

impl Lookout for ReservedSeats {
    fn conflicts(
        &self,
        conn: &mut Conn,
        sessions: &[PlacedSession],
        rooms: &[Room],
    ) -> Result<Vec<Conflict>, Fault> {
        let seats: HashMap<RoomId, i64> = rooms
            .iter()
            .filter_map(|room| Some((room.id, room.capacity?)))
            .collect();
        let least = seats.values().min().copied().unwrap_or(i64::MAX);
        let taken: HashMap<SessionId, i64> = on_each!(conn, |c| seat_counters::table
            .filter(seat_counters::taken.gt(least))
            .select((seat_counters::session, seat_counters::taken))
            .load::<(SessionId, i64)>(c))?
        .into_iter()
        .collect();
        let over = sessions.iter().filter_map(|session| {
            let seats = *seats.get(&session.room?)?;
            let taken = *taken.get(&session.id)?;
            let is_over = taken > seats && session.attendance == Attendance::InPerson;
            is_over.then(|| {
                Conflict::new(Check::ReservedOverRoom, &[session], "")
                    .with("room", session.room.map(|id| id.to_string()).unwrap_or_default())
                    .with("seats", seats)
                    .with("taken", taken)
            })
        });
        Ok(over.collect())
    }
}
