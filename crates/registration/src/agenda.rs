//! One's own agenda: sessions one walks into, and those one holds a seat in, in the order of the day, with clashes.

use access_rules::{Actor, EditionId, SessionId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Moment};
use programme::{model::Entry, tables::sessions};

use crate::{
    model::{AgendaEntry, Seat, SeatState},
    registrations, seat_access, seats,
    tables::agenda_entries,
};

/// A line of somebody's agenda.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The session.
    pub session: SessionId,
    /// When it begins.
    pub starts_at: Option<Moment>,
    /// When it ends.
    pub ends_at: Option<Moment>,
    /// The seat, where seats are counted.
    pub seat: Option<Seat>,
    /// Other lines at the same time.
    pub clashes: Vec<SessionId>,
}

/// Most sessions on one agenda.
pub const ENTRIES_MOST: i64 = 500;

/// Adds a session one walks into. Adding twice is once.
///
/// # Errors
/// 401, 404; `use_seat` where seats are counted: one reserves there.
pub fn add(conn: &mut Conn, actor: &Actor, now: Moment, session: SessionId) -> Result<(), Fault> {
    let seating = seat_access::visible(conn, actor, session, now)?;
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    if seating.entry != Entry::WalkIn {
        return Err(Fault::conflict("use_seat").with_remedy("reserve"));
    }
    let count: i64 = on_each!(conn, |c| agenda_entries::table
        .filter(agenda_entries::person.eq(person))
        .count()
        .get_result(c))?;
    if count >= ENTRIES_MOST {
        return Err(Fault::conflict("agenda_full"));
    }
    let entry = AgendaEntry {
        person,
        session,
        added_at: now,
    };
    on_each!(conn, |c| diesel::insert_into(agenda_entries::table)
        .values(&entry)
        .on_conflict_do_nothing()
        .execute(c))
    .at_most_one()
    .map(drop)
}

/// Takes a session off one's agenda. Taking off what is not there is fine.
///
/// # Errors
/// 401.
pub fn remove(conn: &mut Conn, actor: &Actor, session: SessionId) -> Result<(), Fault> {
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    on_each!(conn, |c| diesel::delete(
        agenda_entries::table.find((person, session))
    )
    .execute(c))
    .at_most_one()
    .map(drop)
}

/// One's agenda of an edition, in the order of the day. Sessions one may no longer see are left out.
///
/// # Errors
/// 401.
pub fn of(conn: &mut Conn, actor: &Actor, edition: EditionId) -> Result<Vec<Line>, Fault> {
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    let walked: Vec<SessionId> = on_each!(conn, |c| agenda_entries::table
        .filter(agenda_entries::person.eq(person))
        .select(agenda_entries::session)
        .load(c))?;
    let held = match registrations::current_of(conn, edition, person)? {
        Some(registration) => seats::of_registration(conn, registration.id)?,
        None => Vec::new(),
    };
    let mut ids: Vec<SessionId> = walked
        .into_iter()
        .chain(held.iter().map(|seat| seat.session))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let keys = actor.key_texts();
    let own = actor.own_sessions();
    let rows: Vec<(SessionId, Option<Moment>, Option<Moment>)> = on_each!(conn, |c| sessions::table
        .filter(sessions::id.eq_any(&ids))
        .filter(sessions::edition.eq(edition))
        .filter(
            sessions::visible_to
                .eq_any(&keys)
                .or(sessions::desk.eq_any(&keys))
                .or(sessions::id.eq_any(&own))
        )
        .order((sessions::starts_at, sessions::id))
        .select((sessions::id, sessions::starts_at, sessions::ends_at))
        .load(c))?;
    let overlap = |one: &(SessionId, Option<Moment>, Option<Moment>),
                   other: &(SessionId, Option<Moment>, Option<Moment>)| {
        one.0 != other.0
            && matches!((one.1, one.2, other.1, other.2), (Some(a), Some(b), Some(x), Some(y)) if a < y && x < b)
    };
    let line = |row: &(SessionId, Option<Moment>, Option<Moment>)| Line {
        session: row.0,
        starts_at: row.1,
        ends_at: row.2,
        seat: held.iter().find(|seat| seat.session == row.0).cloned(),
        clashes: rows
            .iter()
            .filter(|other| overlap(row, other))
            .map(|other| other.0)
            .collect(),
    };
    Ok(rows.iter().map(line).collect())
}

/// The persons who have a session on their agenda or hold a seat in it: who is told when it changes.
///
/// # Errors
/// When the database refuses.
pub fn followers(conn: &mut Conn, session: SessionId) -> Result<Vec<access_rules::PersonId>, Fault> {
    use crate::tables::{registrations as registered, seats as seat_rows};
    let mut persons: Vec<access_rules::PersonId> = on_each!(conn, |c| agenda_entries::table
        .filter(agenda_entries::session.eq(session))
        .select(agenda_entries::person)
        .load(c))?;
    let seated: Vec<access_rules::PersonId> = on_each!(conn, |c| seat_rows::table
        .inner_join(registered::table.on(registered::id.eq(seat_rows::registration)))
        .filter(seat_rows::session.eq(session))
        .filter(seat_rows::state.eq_any([SeatState::Confirmed, SeatState::Offered, SeatState::Waiting]))
        .select(registered::person)
        .load(c))?;
    persons.extend(seated);
    persons.sort_unstable();
    persons.dedup();
    Ok(persons)
}
