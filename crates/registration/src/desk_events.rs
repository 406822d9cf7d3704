//! What happens at the registration desk, for programs that follow it: which registration, seat or delegation, and how it
//! stands now. No name, no need, no reason: who may read those asks for them by the id.

use access_rules::{EditionId, Key, OrganisationId};
use db::Conn;
use kernel::{Coded as _, Fault, Moment};
use records::desk_events;
use serde_json::json;

use crate::{
    model::{Registration, RegistrationId, Seat, SeatState},
    seats::Seating,
};

/// What an act on a registration is told as; nothing for acts that tell nobody anything.
fn told_as(act: &str) -> Option<&'static str> {
    match act {
        "registration.submit" => Some("registration.requested"),
        "registration.decide" => Some("registration.decided"),
        "registration.cancel" => Some("registration.withdrawn"),
        _ => None,
    }
}

/// A registration was sent, decided or taken back.
pub(crate) fn registration(
    conn: &mut Conn,
    now: Moment,
    act: &str,
    after: &Registration,
) -> Result<(), Fault> {
    let Some(kind) = told_as(act) else { return Ok(()) };
    let payload = json!({
        "edition": after.edition,
        "registration": after.id,
        "category": after.category,
        "state": after.state.code(),
    });
    desk_events::leave(conn, now, after.edition, kind, &general(), payload)
}

/// A seat was given or given back; told to the desk of its session. An offer is told once it is taken.
pub(crate) fn seat(conn: &mut Conn, now: Moment, seating: &Seating, seat: &Seat) -> Result<(), Fault> {
    let kind = match seat.state {
        SeatState::Confirmed | SeatState::Waiting => "seat.reserved",
        SeatState::Released | SeatState::Declined | SeatState::Lapsed => "seat.given_back",
        SeatState::Offered => return Ok(()),
    };
    let payload = json!({
        "edition": seating.edition,
        "session": seating.id,
        "registration": seat.registration,
        "state": seat.state.code(),
    });
    desk_events::leave(conn, now, seating.edition, kind, &seating.desk, payload)
}

/// Who belongs to a delegation changed, or how many may.
pub(crate) fn delegation(
    conn: &mut Conn,
    now: Moment,
    edition: EditionId,
    organisation: OrganisationId,
    registration: Option<RegistrationId>,
) -> Result<(), Fault> {
    let payload = json!({ "edition": edition, "organisation": organisation, "registration": registration });
    desk_events::leave(conn, now, edition, "delegation.changed", &general(), payload)
}

/// Who comes is a matter of the general desk.
fn general() -> String {
    Key::desk(None).to_string()
}
