//! Whom a focal point typed: a name and an address, for somebody who never asked for it.
//!
//! Once that somebody took the registration over, or is sent no more, nobody is meant by it: the name goes, as it does when
//! somebody is erased. Whoever has an account, or a part anywhere else, is somebody and keeps it. Knows no page.

use access_rules::{Actor, OrganisationId, PersonId};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Moment};
use members::{
    model::{Position, PositionState},
    organisations,
    positions::{self, DecideInput},
};
use people::{
    accounts,
    personal::{nowhere, pseudonym},
    persons, standings,
};
use programme::tables::{presences, session_speakers};
use records::{person_keys, personal::Trace};

use crate::{
    model::Registration,
    personal, registrations,
    tables::{delegates, registrations as registered, session_invitations},
};

diesel::table! {
    /// Whom a statutory body seats: of a part this one does not use, and read for this one question.
    body_seats (id) {
        id -> kernel::column::UuidSql,
        person -> kernel::column::UuidSql,
    }
}

/// Takes the name from who was typed for this registration, which is somebody else's by now.
pub(crate) fn forget(
    conn: &mut Conn,
    now: Moment,
    registration: &Registration,
    organisation: OrganisationId,
) -> Result<(), Fault> {
    forgotten(conn, now, registration, organisation).map(drop)
}

/// The same, and takes them out of the registration, which is over and stays theirs.
pub(crate) fn forget_wholly(
    conn: &mut Conn,
    now: Moment,
    registration: &Registration,
    organisation: OrganisationId,
) -> Result<(), Fault> {
    if !forgotten(conn, now, registration, organisation)? {
        return Ok(());
    }
    let person = registration.person;
    personal::blank(conn, registration.id, person, &pseudonym(person))?;
    on_each!(conn, |c| diesel::update(delegates::table.find(registration.id))
        .set(delegates::email_key.eq(nowhere(person)))
        .execute(c))?;
    Ok(())
}

fn forgotten(
    conn: &mut Conn,
    now: Moment,
    registration: &Registration,
    organisation: OrganisationId,
) -> Result<bool, Fault> {
    let person = registration.person;
    let held = positions::all_of(conn, person)?;
    if is_somebody(conn, registration, organisation, &held)? {
        return Ok(false);
    }
    let is_open =
        |held: &&Position| matches!(held.state, PositionState::Requested | PositionState::Confirmed);
    for held in held.iter().filter(is_open) {
        let (version, system) = (Some(held.version), Actor::system());
        positions::end(conn, &system, now, held.id, version, &DecideInput::default())?;
    }
    let of_positions = |trace: &&Trace| (trace.table, trace.column) == ("positions", "person");
    for trace in members::personal::TRACES.iter().filter(of_positions) {
        trace.erase(conn, person.cast())?;
    }
    persons::pseudonymise(conn, now, person, &pseudonym(person))?;
    person_keys::destroy(conn, now, person.cast())?;
    Ok(true)
}

fn is_somebody(
    conn: &mut Conn,
    registration: &Registration,
    organisation: OrganisationId,
    held: &[Position],
) -> Result<bool, Fault> {
    let person = registration.person;
    let surviving = organisations::surviving(conn, organisation)?.id;
    let own = [organisation, surviving];
    let basis = registrations::basis(registration.id);
    let others: i64 = on_each!(conn, |c| registered::table
        .filter(registered::person.eq(person))
        .filter(registered::id.ne(registration.id))
        .count()
        .get_result(c))?;
    Ok(others > 0
        || held.iter().any(|held| !own.contains(&held.organisation))
        || !accounts::of_persons(conn, &[person])?.is_empty()
        || standings::history(conn, person)?
            .iter()
            .any(|standing| standing.basis != basis)
        || has_a_part(conn, person)?)
}

/// Whether a session, a body or an organiser counts on them.
fn has_a_part(conn: &mut Conn, person: PersonId) -> Result<bool, Fault> {
    let speaks: i64 = on_each!(conn, |c| session_speakers::table
        .filter(session_speakers::person.eq(person))
        .count()
        .get_result(c))?;
    let is_present: i64 = on_each!(conn, |c| presences::table
        .filter(presences::person.eq(person))
        .count()
        .get_result(c))?;
    let is_invited: i64 = on_each!(conn, |c| session_invitations::table
        .filter(session_invitations::person.eq(person))
        .count()
        .get_result(c))?;
    let sits: i64 = on_each!(conn, |c| body_seats::table
        .filter(body_seats::person.eq(person))
        .count()
        .get_result(c))?;
    Ok(speaks + is_present + is_invited + sits > 0)
}
