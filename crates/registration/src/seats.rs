//! Seats: reserve, release, wait in line, be offered, accept (R54, R55).
//!
//! One row per session, `seat_counters`, decides who gets in: `taken` is raised only while it is below the seats there
//! are and nobody waits, by a guarded update. Ranks in the line have no gaps. A seat given back is offered to the first
//! in line for half an hour, not into the night; near the start it is given at once, unless it clashes with another.

use access_rules::{Act, Actor, EditionId, SessionId, decide};
use db::{Affected as _, Conn, Kept, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Json, Moment};
use programme::{
    admission::Admissions,
    editions,
    model::{Entry, RoomId, Session, SessionDetails, SessionState, TrackId},
    tables::{rooms, sessions},
};
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    desk_events,
    faults::SeatFault,
    letters,
    model::{RegistrationId, Seat, SeatState},
    registrations, rules, seat_access,
    tables::{registrations as registered, seat_counters, seats, session_times},
};

/// Offers that run out in one go.
const EXPIRE_MOST: i64 = 200;

/// For whom a seat is asked for.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct SeatInput {
    /// The registration; one's own when not given.
    #[schema(value_type = Option<String>)]
    pub registration: Option<RegistrationId>,
}

/// A seat, the place in line, and what it clashes with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reserved {
    /// The seat.
    pub seat: Seat,
    /// How many are before this one in line, plus one; none for whoever does not wait.
    pub place: Option<i64>,
    /// Other sessions of this person at the same time.
    pub clashes: Vec<SessionId>,
}

/// What a reservation needs to know of a session.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub struct Seating {
    /// Its id.
    pub id: SessionId,
    /// The edition.
    pub edition: EditionId,
    /// The track.
    pub track: Option<TrackId>,
    /// How one gets in.
    pub entry: Entry,
    /// Its own most.
    pub capacity: Option<i64>,
    /// A Lab's most participants.
    pub details: Json<SessionDetails>,
    /// Its room.
    pub room: Option<RoomId>,
    /// When it begins.
    pub starts_at: Option<Moment>,
    /// When it ends.
    pub ends_at: Option<Moment>,
    /// How far it is.
    pub state: SessionState,
    /// The key of the desk that looks after it.
    pub desk: String,
}

impl Seating {
    pub(crate) fn of(session: &Session) -> Self {
        Self {
            id: session.id,
            edition: session.edition,
            track: session.track,
            entry: session.entry,
            capacity: session.capacity,
            details: session.details.clone(),
            room: session.room,
            starts_at: session.starts_at,
            ends_at: session.ends_at,
            state: session.state,
            desk: session.desk.clone(),
        }
    }
}

/// Reserves a seat, or joins the line. Reserving twice answers the seat there is. Who is not in the session's track yet
/// is asked into it first. What is refused here is what [`seat_access::of`] says beforehand.
///
/// # Errors
/// 401, the one 404; `audience`, `not_registered` and what else the rule says; `walk_in`, `by_invitation`,
/// `session_closed`; `no_sessions_in_category`, `not_admitted`.
pub fn reserve(
    conn: &mut Conn,
    admissions: &Admissions,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    input: &SeatInput,
) -> Result<Reserved, Fault> {
    let (seating, found) = seat_access::seen(conn, actor, session, now)?;
    let asked = seat_access::named(conn, actor, now, &seating, input)?;
    let holder = seat_access::may_hold(conn, admissions, actor, now, &found, asked)?;
    let registration = seat_access::into_track(conn, actor, now, &found, holder)?;
    let held = of_both(conn, session, registration.id)?;
    if let Some(held) = &held
        && matches!(
            held.state,
            SeatState::Confirmed | SeatState::Waiting | SeatState::Offered
        )
    {
        let place = place_of(conn, held)?;
        return Ok(Reserved {
            clashes: clashes(conn, &seating, registration.id)?,
            place,
            seat: held.clone(),
        });
    }
    let seats_most = seats_there_are(conn, &seating)?;
    let (state, rank) = take(conn, session, seats_most)?;
    let seat = keep(conn, now, session, registration.id, held, state, rank)?;
    note(conn, actor, now, "seat.reserve", &seating, &seat)?;
    desk_events::seat(conn, now, &seating, &seat)?;
    let seat = if state == SeatState::Waiting {
        refill(conn, now, &seating, seats_most)?
            .into_iter()
            .find(|given| given.id == seat.id)
            .unwrap_or(seat)
    } else {
        seat
    };
    Ok(Reserved {
        clashes: clashes(conn, &seating, registration.id)?,
        place: place_of(conn, &seat)?,
        seat,
    })
}

/// Gives a seat, an offer or a place in line back.
///
/// # Errors
/// 401, 404; `no_seat`.
pub fn release(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    input: &SeatInput,
) -> Result<Seat, Fault> {
    let (seating, seat) = own_seat(conn, actor, now, session, input)?;
    let released = leave(conn, now, &seating, &seat, SeatState::Released)?;
    note(conn, actor, now, "seat.release", &seating, &released)?;
    Ok(released)
}

/// Takes an offered seat, by the rule as it is now (R55).
///
/// # Errors
/// 401, 404; `nothing_offered`; `offer_over` when it went to the next; as [`reserve`].
pub fn accept(
    conn: &mut Conn,
    admissions: &Admissions,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    input: &SeatInput,
) -> Result<Reserved, Fault> {
    let (seating, seat) = own_seat(conn, actor, now, session, input)?;
    if seat.state == SeatState::Lapsed || seat.offered_until.is_some_and(|until| until < now) {
        return Err(SeatFault::OfferOver.into());
    }
    if seat.state != SeatState::Offered {
        return Err(SeatFault::NothingOffered.into());
    }
    let registration = registrations::find_any(conn, seat.registration)?.ok_or_else(Fault::not_found)?;
    let (_, found) = seat_access::seen(conn, actor, session, now)?;
    let holder = seat_access::may_hold(conn, admissions, actor, now, &found, Some(registration))?;
    seat_access::into_track(conn, actor, now, &found, holder)?;
    let taken = move_to(conn, now, &seat, SeatState::Confirmed, None)?;
    note(conn, actor, now, "seat.accept", &seating, &taken)?;
    desk_events::seat(conn, now, &seating, &taken)?;
    Ok(Reserved {
        clashes: clashes(conn, &seating, seat.registration)?,
        place: None,
        seat: taken,
    })
}

/// Refuses an offered seat: it goes to the next.
///
/// # Errors
/// 401, 404; `nothing_offered`.
pub fn decline(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    input: &SeatInput,
) -> Result<Seat, Fault> {
    let (seating, seat) = own_seat(conn, actor, now, session, input)?;
    if seat.state != SeatState::Offered {
        return Err(SeatFault::NothingOffered.into());
    }
    let declined = leave(conn, now, &seating, &seat, SeatState::Declined)?;
    note(conn, actor, now, "seat.decline", &seating, &declined)?;
    Ok(declined)
}

/// Offers that ran out go to the next in line. Answers how many ran out.
///
/// # Errors
/// When the database refuses.
pub fn expire(conn: &mut Conn, now: Moment) -> Result<usize, Fault> {
    let over: Vec<Seat> = on_each!(conn, |c| seats::table
        .filter(seats::state.eq(SeatState::Offered))
        .filter(seats::offered_until.lt(now))
        .order((seats::offered_until, seats::id))
        .limit(EXPIRE_MOST)
        .select(Seat::as_select())
        .load(c))?;
    for seat in &over {
        if let Some(seating) = find(conn, seat.session)? {
            leave(conn, now, &seating, seat, SeatState::Lapsed)?;
        }
    }
    Ok(over.len())
}

/// After seats became more (a larger room, a higher limit): those in line are offered them.
///
/// # Errors
/// When the database refuses.
pub fn refill_session(conn: &mut Conn, now: Moment, session: SessionId) -> Result<usize, Fault> {
    let Some(seating) = find(conn, session)? else {
        return Ok(0);
    };
    let seats_most = seats_there_are(conn, &seating)?;
    Ok(refill(conn, now, &seating, seats_most)?.len())
}

/// The seats of a registration, newest first.
///
/// # Errors
/// When the database refuses.
pub fn of_registration(conn: &mut Conn, registration: RegistrationId) -> Result<Vec<Seat>, Fault> {
    Ok(on_each!(conn, |c| seats::table
        .filter(seats::registration.eq(registration))
        .filter(seats::state.eq_any([SeatState::Confirmed, SeatState::Waiting, SeatState::Offered]))
        .order(seats::created_at.desc())
        .select(Seat::as_select())
        .load(c))?)
}

/// How a session stands: seats there are, taken, waiting. None for a walk-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Occupancy {
    /// Seats there are; none when unknown.
    pub seats: Option<i64>,
    /// Held or offered.
    pub taken: i64,
    /// In line.
    pub waiting: i64,
}

/// How a session that counts seats stands, for whoever may see it.
///
/// # Errors
/// 404.
pub fn occupancy(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<Option<Occupancy>, Fault> {
    let seating = seat_access::visible(conn, actor, session, now)?;
    if seating.entry == Entry::WalkIn {
        return Ok(None);
    }
    let most = seats_there_are(conn, &seating)?;
    let counted: Option<(i64, i64)> = on_each!(conn, |c| seat_counters::table
        .find(session)
        .select((seat_counters::taken, seat_counters::waiting))
        .first(c)
        .optional())?;
    let (taken, waiting) = counted.unwrap_or((0, 0));
    Ok(Some(Occupancy {
        seats: (most < i64::MAX).then_some(most),
        taken,
        waiting,
    }))
}

/// A person's own seat in a session, with the place in line.
///
/// # Errors
/// 401, 404.
pub fn mine(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    input: &SeatInput,
) -> Result<Option<Reserved>, Fault> {
    let seating = seat_access::visible(conn, actor, session, now)?;
    let registration =
        seat_access::named(conn, actor, now, &seating, input)?.ok_or(SeatFault::NotRegistered)?;
    let Some(seat) = of_both(conn, session, registration.id)? else {
        return Ok(None);
    };
    Ok(Some(Reserved {
        clashes: clashes(conn, &seating, registration.id)?,
        place: place_of(conn, &seat)?,
        seat,
    }))
}

/// Gives every seat of a registration back, when it is cancelled.
pub(crate) fn release_all(conn: &mut Conn, now: Moment, registration: RegistrationId) -> Result<(), Fault> {
    for seat in of_registration(conn, registration)? {
        if let Some(seating) = find(conn, seat.session)? {
            leave(conn, now, &seating, &seat, SeatState::Released)?;
        }
    }
    Ok(())
}

/// What a reservation needs to know of a session, without asking who may see it.
pub(crate) fn find(conn: &mut Conn, session: SessionId) -> Result<Option<Seating>, Fault> {
    Ok(on_each!(conn, |c| sessions::table
        .find(session)
        .select(Seating::as_select())
        .first(c)
        .optional())?)
}

pub(crate) fn still_open(seating: &Seating, now: Moment) -> Result<(), Fault> {
    let released = matches!(
        seating.state,
        SessionState::Published | SessionState::Moved | SessionState::Live
    );
    if !released || seating.ends_at.is_some_and(|ends| ends <= now) {
        return Err(SeatFault::SessionClosed.into());
    }
    Ok(())
}

/// Seats there are: the session's own most, a Lab's most participants, the room's; the least of those that are known.
fn seats_there_are(conn: &mut Conn, seating: &Seating) -> Result<i64, Fault> {
    let of_room: Option<i64> = match seating.room {
        Some(room) => on_each!(conn, |c| rooms::table
            .find(room)
            .select(rooms::capacity)
            .first::<Option<i64>>(c)
            .optional())?
        .flatten(),
        None => None,
    };
    Ok([seating.capacity, seating.details.0.participants_max, of_room]
        .into_iter()
        .flatten()
        .min()
        .unwrap_or(i64::MAX))
}

/// Takes a seat, or the next rank in line, by guarded updates of the counter.
fn take(conn: &mut Conn, session: SessionId, seats_most: i64) -> Result<(SeatState, Option<i64>), Fault> {
    if try_take(conn, session, seats_most)? {
        return Ok((SeatState::Confirmed, None));
    }
    if let Some(rank) = try_wait(conn, session, seats_most)? {
        return Ok((SeatState::Waiting, Some(rank)));
    }
    on_each!(conn, |c| diesel::insert_into(seat_counters::table)
        .values((
            seat_counters::session.eq(session),
            seat_counters::taken.eq(0),
            seat_counters::waiting.eq(0),
            seat_counters::last_rank.eq(0),
        ))
        .on_conflict_do_nothing()
        .execute(c))?;
    // Also when another made the row while this one waited for it, or gave a seat back: there may be seats in it.
    if try_take(conn, session, seats_most)? {
        return Ok((SeatState::Confirmed, None));
    }
    let rank = try_wait(conn, session, seats_most)?;
    // Between the two another changed the counter: the command is run again.
    rank.map(|rank| (SeatState::Waiting, Some(rank)))
        .ok_or_else(|| Fault::unavailable("write_conflict", 1))
}

/// The next rank in line, where no seat is free or others wait.
fn try_wait(conn: &mut Conn, session: SessionId, seats_most: i64) -> Result<Option<i64>, Fault> {
    Ok(on_each!(conn, |c| Kept(
        diesel::update(seat_counters::table.find(session))
            .filter(
                seat_counters::taken
                    .ge(seats_most)
                    .or(seat_counters::waiting.gt(0))
            )
            .set((
                seat_counters::waiting.eq(seat_counters::waiting + 1),
                seat_counters::last_rank.eq(seat_counters::last_rank + 1)
            ))
            .returning(seat_counters::last_rank)
    )
    .get_result(c)
    .optional())?)
}

fn try_take(conn: &mut Conn, session: SessionId, seats_most: i64) -> Result<bool, Fault> {
    on_each!(conn, |c| Kept(
        diesel::update(seat_counters::table.find(session))
            .filter(seat_counters::taken.lt(seats_most))
            .filter(seat_counters::waiting.eq(0))
            .set(seat_counters::taken.eq(seat_counters::taken + 1))
            .returning(seat_counters::taken)
    )
    .changed(c))
    .at_most_one()
}

fn keep(
    conn: &mut Conn,
    now: Moment,
    session: SessionId,
    registration: RegistrationId,
    held: Option<Seat>,
    state: SeatState,
    rank: Option<i64>,
) -> Result<Seat, Fault> {
    if let Some(held) = held {
        let again = Seat {
            state,
            rank,
            offered_until: None,
            version: held.version + 1,
            updated_at: now,
            ..held.clone()
        };
        on_each!(conn, |c| Kept(
            diesel::update(seats::table.find(held.id))
                .filter(seats::version.eq(held.version))
                .set(&again)
                .returning(seats::version)
        )
        .changed(c))
        .one_or(Fault::stale())?;
        return Ok(again);
    }
    let seat = Seat {
        id: Id::new(),
        session,
        registration,
        state,
        rank,
        offered_until: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    // Two requests of one person at once: the unique constraint lets one in, the other is told to look again.
    on_each!(conn, |c| diesel::insert_into(seats::table)
        .values(&seat)
        .execute(c))
    .exactly_one()?;
    Ok(seat)
}

/// Ends a seat, an offer or a place in line, and lets the next one move up.
pub(crate) fn leave(
    conn: &mut Conn,
    now: Moment,
    seating: &Seating,
    seat: &Seat,
    to: SeatState,
) -> Result<Seat, Fault> {
    let left = move_to(conn, now, seat, to, None)?;
    if seat.state == SeatState::Waiting {
        on_each!(conn, |c| Kept(
            diesel::update(seat_counters::table.find(seat.session))
                .filter(seat_counters::waiting.gt(0))
                .set(seat_counters::waiting.eq(seat_counters::waiting - 1))
                .returning(seat_counters::taken)
        )
        .changed(c))
        .exactly_one()?;
    } else {
        on_each!(conn, |c| Kept(
            diesel::update(seat_counters::table.find(seat.session))
                .filter(seat_counters::taken.gt(0))
                .set(seat_counters::taken.eq(seat_counters::taken - 1))
                .returning(seat_counters::taken)
        )
        .changed(c))
        .exactly_one()?;
        let seats_most = seats_there_are(conn, seating)?;
        refill(conn, now, seating, seats_most)?;
    }
    desk_events::seat(conn, now, seating, &left)?;
    Ok(left)
}

/// While seats are free and people wait: the first in line is offered one, or given it when the start is near.
fn refill(conn: &mut Conn, now: Moment, seating: &Seating, seats_most: i64) -> Result<Vec<Seat>, Fault> {
    let mut given = Vec::new();
    let over = still_open(seating, now).is_err();
    while !over && promote(conn, seating.id, seats_most)? {
        let next: Option<Seat> = on_each!(conn, |c| seats::table
            .filter(seats::session.eq(seating.id))
            .filter(seats::state.eq(SeatState::Waiting))
            .order(seats::rank)
            .select(Seat::as_select())
            .first(c)
            .optional())?;
        let Some(next) = next else {
            return Err(Fault::internal(
                "the counter says that somebody waits, the line does not",
            ));
        };
        let edition = editions::find(conn, seating.edition)?.ok_or_else(Fault::not_found)?;
        let (state, until) = match rules::offered_until(now, seating.starts_at, edition.zone) {
            Some(until) => (SeatState::Offered, Some(until)),
            // So near the start it is given at once, unless the person has to choose.
            None if !clashes(conn, seating, next.registration)?.is_empty() => (
                SeatState::Offered,
                Some(seating.starts_at.unwrap_or(now).max(now.plus_minutes(1))),
            ),
            None => (SeatState::Confirmed, None),
        };
        let moved = move_to(conn, now, &next, state, until)?;
        letters::seat(conn, now, seating, &moved)?;
        desk_events::seat(conn, now, seating, &moved)?;
        given.push(moved);
    }
    Ok(given)
}

/// Turns a place in line into a seat in the counter, if there is a seat and a line.
fn promote(conn: &mut Conn, session: SessionId, seats_most: i64) -> Result<bool, Fault> {
    on_each!(conn, |c| Kept(
        diesel::update(seat_counters::table.find(session))
            .filter(seat_counters::taken.lt(seats_most))
            .filter(seat_counters::waiting.gt(0))
            .set((
                seat_counters::taken.eq(seat_counters::taken + 1),
                seat_counters::waiting.eq(seat_counters::waiting - 1)
            ))
            .returning(seat_counters::taken)
    )
    .changed(c))
    .at_most_one()
}

fn move_to(
    conn: &mut Conn,
    now: Moment,
    seat: &Seat,
    state: SeatState,
    offered_until: Option<Moment>,
) -> Result<Seat, Fault> {
    let moved = Seat {
        state,
        offered_until,
        version: seat.version + 1,
        updated_at: now,
        ..seat.clone()
    };
    on_each!(conn, |c| Kept(
        diesel::update(seats::table.find(seat.id))
            .filter(seats::version.eq(seat.version))
            .set(&moved)
            .returning(seats::version)
    )
    .changed(c))
    .one_or(Fault::stale())?;
    Ok(moved)
}

fn own_seat(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    input: &SeatInput,
) -> Result<(Seating, Seat), Fault> {
    let seating = seat_access::visible(conn, actor, session, now)?;
    let registration =
        seat_access::named(conn, actor, now, &seating, input)?.ok_or(SeatFault::NotRegistered)?;
    let seat = of_both(conn, session, registration.id)?.ok_or(SeatFault::NoSeat)?;
    match seat.state {
        SeatState::Released | SeatState::Declined => Err(SeatFault::NoSeat.into()),
        _ => Ok((seating, seat)),
    }
}

pub(crate) fn of_both(
    conn: &mut Conn,
    session: SessionId,
    registration: RegistrationId,
) -> Result<Option<Seat>, Fault> {
    Ok(on_each!(conn, |c| seats::table
        .filter(seats::session.eq(session))
        .filter(seats::registration.eq(registration))
        .select(Seat::as_select())
        .first(c)
        .optional())?)
}

fn place_of(conn: &mut Conn, seat: &Seat) -> Result<Option<i64>, Fault> {
    let (SeatState::Waiting, Some(rank)) = (seat.state, seat.rank) else {
        return Ok(None);
    };
    let before: i64 = on_each!(conn, |c| seats::table
        .filter(seats::session.eq(seat.session))
        .filter(seats::state.eq(SeatState::Waiting))
        .filter(seats::rank.lt(rank))
        .count()
        .get_result(c))?;
    Ok(Some(before + 1))
}

/// Other sessions in which this registration holds or is offered a seat at the same time.
fn clashes(
    conn: &mut Conn,
    seating: &Seating,
    registration: RegistrationId,
) -> Result<Vec<SessionId>, Fault> {
    let (Some(starts), Some(ends)) = (seating.starts_at, seating.ends_at) else {
        return Ok(Vec::new());
    };
    Ok(on_each!(conn, |c| seats::table
        .inner_join(session_times::table.on(session_times::id.eq(seats::session)))
        .filter(seats::registration.eq(registration))
        .filter(
            seats::state
                .eq(SeatState::Confirmed)
                .or(seats::state.eq(SeatState::Offered))
        )
        .filter(seats::session.ne(seating.id))
        .filter(session_times::starts_at.lt(ends))
        .filter(session_times::ends_at.gt(starts))
        .order(session_times::starts_at)
        .select(session_times::id)
        .load(c))?)
}

/// The persons who hold seats in a session or wait for one, for the desk and the session's lead: names and nothing of
/// their needs (R22).
///
/// # Errors
/// 401, 403, 404.
pub fn of_session(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<Vec<(Seat, access_rules::PersonId)>, Fault> {
    let (_, found) = seat_access::seen(conn, actor, session, now)?;
    decide(actor, Act::EditSession, &found.object(actor), now).or_fault()?;
    Ok(on_each!(conn, |c| seats::table
        .inner_join(registered::table.on(registered::id.eq(seats::registration)))
        .filter(seats::session.eq(session))
        .filter(seats::state.eq_any([SeatState::Confirmed, SeatState::Offered, SeatState::Waiting]))
        .order((seats::rank, registered::name_sort, seats::id))
        .select((Seat::as_select(), registered::person))
        .load(c))?)
}

pub(crate) fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    seating: &Seating,
    seat: &Seat,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(seating.id.uuid()),
        scope: Some(seating.edition.uuid()),
        summary: json!({ "registration": seat.registration, "state": kernel::Coded::code(seat.state), "rank": seat.rank }),
        ..Note::of(act, "session")
    };
    audit::note(conn, now, &note)
}
