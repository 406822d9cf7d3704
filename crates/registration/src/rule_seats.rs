//! What becomes of the seats of those who lose by a changed rule: whoever changes it chooses. They keep them, or each is
//! given back as if its holder had done so: the next in line get them, and whoever loses one is told by a letter.
//!
//! Before a seat is given back its holder is asked about once more with all that is known of them in that session (an
//! invitation, a body's roster, an endorsement), which the comparison of two rules does not know: who may attend after all
//! keeps theirs. What is over is left alone.

use std::collections::BTreeMap;

use access_rules::{Actor, EditionId, SessionId};
use db::Conn;
use kernel::{Fault, Id, Kind, Moment};
use programme::{
    access,
    admission::Admissions,
    rule_book::{self, RuleInput, RuleRow},
    sessions::{self, Found},
};
use records::audit::{self, Note};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    letters,
    model::{LostSeats, Seat, SeatState},
    registrations, rule_preview, seat_access,
    seats::{self, Seating},
};

/// What became of the seats of those who lose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct SeatsReleased {
    /// How many were given back.
    pub released: usize,
    /// How many were kept, because their holder may attend after all.
    pub kept: usize,
}

/// Sets a rule, and gives back the seats of those who lose by it, if that is chosen. All in one transaction.
///
/// # Errors
/// As [`rule_book::set`].
#[expect(
    clippy::too_many_arguments,
    reason = "the arguments of a use case, and what was chosen"
)]
pub fn set(
    conn: &mut Conn,
    admissions: &Admissions,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &RuleInput,
    version: Option<i64>,
    lost: LostSeats,
) -> Result<(RuleRow, SeatsReleased), Fault> {
    let held = match lost {
        LostSeats::Keep => BTreeMap::new(),
        LostSeats::Release => rule_preview::seats_of_those_who_lose(conn, actor, now, edition, input)?,
    };
    let row = rule_book::set(conn, actor, now, edition, input, version)?;
    let mut told = SeatsReleased::default();
    for (session, seats) in held {
        let of_session = release(conn, admissions, actor, now, session, seats)?;
        told.released += of_session.released;
        told.kept += of_session.kept;
    }
    if lost == LostSeats::Release {
        let note = Note {
            actor: actor.person.map(Id::cast),
            object_id: Some(row.id.uuid()),
            scope: Some(edition.uuid()),
            summary: json!({ "released": told.released, "kept": told.kept }),
            ..Note::of("rule.release_seats", "rule")
        };
        audit::note(conn, now, &note)?;
    }
    Ok((row, told))
}

/// Gives the seats of a session back whose holders may not attend now: those in line first, so that none of them is offered
/// what is given back.
fn release(
    conn: &mut Conn,
    admissions: &Admissions,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    mut held: Vec<Seat>,
) -> Result<SeatsReleased, Fault> {
    let mut told = SeatsReleased::default();
    let Some(session) = sessions::row(conn, session)? else {
        return Ok(told);
    };
    let seating = Seating::of(&session);
    if seats::still_open(&seating, now).is_err() {
        return Ok(told);
    }
    let track = sessions::track_of(conn, &session)?;
    let found = Found { session, track };
    held.sort_by_key(|seat| (seat.state != SeatState::Waiting, seat.rank, seat.id));
    for seat in held {
        if may_attend(conn, admissions, now, &found, &seat)? {
            told.kept += 1;
            continue;
        }
        // It may have moved up in the line since.
        let Some(seat) = seats::of_both(conn, found.session.id, seat.registration)? else {
            continue;
        };
        // Or have been given back by its holder.
        if !matches!(
            seat.state,
            SeatState::Waiting | SeatState::Offered | SeatState::Confirmed
        ) {
            continue;
        }
        let waited = seat.state == SeatState::Waiting;
        let left = seats::leave(conn, now, &seating, &seat, SeatState::Released)?;
        seats::note(conn, actor, now, "seat.release_by_rule", &seating, &left)?;
        letters::seat_lost(conn, now, &seating, &left, waited)?;
        told.released += 1;
    }
    Ok(told)
}

/// Whether the holder of a seat may attend by the rule as it is now and all that is known of them.
fn may_attend(
    conn: &mut Conn,
    admissions: &Admissions,
    now: Moment,
    found: &Found,
    seat: &Seat,
) -> Result<bool, Fault> {
    let Some(registration) = registrations::find_any(conn, seat.registration)? else {
        return Ok(false);
    };
    let holder = Actor {
        account: Some(Id::new()),
        ..members::actors::load_person(conn, registration.person, now)?
    };
    let (known, _) = seat_access::known(conn, admissions, &holder, now, found, Some(&registration))?;
    match access::may_attend(conn, &holder, now, found, known) {
        Ok(()) => Ok(true),
        Err(fault) if matches!(fault.kind, Kind::Forbidden | Kind::NotFound) => Ok(false),
        Err(fault) => Err(fault),
    }
}
