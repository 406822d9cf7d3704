//! Who may have a seat in a session, and why not: one answer for whoever asks beforehand and for reserving itself.
//!
//! The rule as it is now comes first (R55), then what registration knows: how one gets in, the category, the track. What
//! only a track knows (who sits in the body that meets) its admission says.

use access_rules::{Act, Actor, Circumstances, ObjectKind, SessionId};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Kind, Moment};
use programme::{
    access::{self, AccessView},
    admission::Admissions,
    model::Entry,
    sessions::{self, Found},
};

use crate::{
    admissions as track_admissions,
    faults::SeatFault,
    invitations,
    model::{Registration, TrackRegistration, TrackState},
    registrations, rules,
    seats::{self, SeatInput, Seating},
    tables::categories,
};

/// Who may hold a seat.
pub(crate) struct Holder {
    /// Their registration.
    pub(crate) registration: Registration,
    /// Whether they are in the session's track already, or there is none.
    pub(crate) is_in_track: bool,
}

/// What somebody may do in a session: what its rules say, and of attending what reserving a seat would be refused for.
///
/// # Errors
/// 404 when the session is absent or hidden.
pub fn of(
    conn: &mut Conn,
    admissions: &Admissions,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<AccessView, Fault> {
    let (_, found) = seen(conn, actor, session, now)?;
    let registration = match actor.person {
        Some(person) => registrations::current_of(conn, found.session.edition, person)?,
        None => None,
    };
    let (known, _) = known(conn, admissions, actor, now, &found, registration.as_ref())?;
    let mut view = access::of(conn, actor, now, session, known)?;
    if found.session.entry == Entry::WalkIn || !view.attend.allowed {
        return Ok(view);
    }
    match may_hold(conn, admissions, actor, now, &found, registration) {
        Ok(_) => {}
        Err(fault) if matches!(fault.kind, Kind::Conflict | Kind::Forbidden) => {
            view.attend = view.attend.refused(&fault);
        }
        Err(fault) => return Err(fault),
    }
    Ok(view)
}

/// Everything known of somebody that a rule of a session may ask: registered, admitted to its track, invited, of the
/// body that meets.
///
/// # Errors
/// 404 when the session is absent or hidden.
pub fn circumstances(
    conn: &mut Conn,
    admissions: &Admissions,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<Circumstances, Fault> {
    let (_, found) = seen(conn, actor, session, now)?;
    let registration = match actor.person {
        Some(person) => registrations::current_of(conn, found.session.edition, person)?,
        None => None,
    };
    Ok(known(conn, admissions, actor, now, &found, registration.as_ref())?.0)
}

/// The registration a seat is asked for; none when the actor has none.
pub(crate) fn named(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    seating: &Seating,
    input: &SeatInput,
) -> Result<Option<Registration>, Fault> {
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    match input.registration {
        Some(id) => {
            let named = registrations::get(conn, actor, now, id)?;
            if named.edition != seating.edition {
                return Err(Fault::not_found());
            }
            Ok(Some(named))
        }
        None => registrations::current_of(conn, seating.edition, person),
    }
}

/// Whether somebody may hold a seat: their registration, when they may. The rule as it is now comes first, then what
/// registration knows: how one gets in, the category, the track. Changes nothing.
pub(crate) fn may_hold(
    conn: &mut Conn,
    admissions: &Admissions,
    actor: &Actor,
    now: Moment,
    found: &Found,
    registration: Option<Registration>,
) -> Result<Holder, Fault> {
    if !actor.signed_in() {
        return Err(Fault::sign_in_needed());
    }
    let loaded;
    let who = match &registration {
        Some(of) if actor.person != Some(of.person) => {
            loaded = Actor {
                account: actor.account,
                ..members::actors::load_person(conn, of.person, now)?
            };
            &loaded
        }
        _ => actor,
    };
    let (known, held) = known(conn, admissions, who, now, found, registration.as_ref())?;
    access::may_attend(conn, who, now, found, known)?;
    seats::still_open(&Seating::of(&found.session), now)?;
    match found.session.entry {
        Entry::WalkIn => return Err(SeatFault::WalkIn.into()),
        Entry::Invitation if !known.invited => return Err(SeatFault::ByInvitation.into()),
        Entry::Seat | Entry::Invitation => {}
    }
    let registration = registration
        .filter(|own| rules::participates(own.state))
        .ok_or(SeatFault::NotRegistered)?;
    if !allows_sessions(conn, &registration)? {
        return Err(SeatFault::NoSessionsInCategory.into());
    }
    let holder = |is_in_track| Holder {
        registration: registration.clone(),
        is_in_track,
    };
    let Some(track) = &found.track else {
        return Ok(holder(true));
    };
    let why = match held {
        Some(held) if held.state == TrackState::Admitted => return Ok(holder(true)),
        Some(held) if held.state != TrackState::Withdrawn => held.why,
        _ => match track_admissions::foretold(conn, now, &registration, track)? {
            verdict if verdict.state == TrackState::Admitted => return Ok(holder(false)),
            verdict => verdict.why.to_owned(),
        },
    };
    Err(SeatFault::NotAdmitted { why }.into())
}

/// Asks whoever may hold a seat into the session's track, when they are not in it. Answers their registration.
pub(crate) fn into_track(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    found: &Found,
    holder: Holder,
) -> Result<Registration, Fault> {
    if let (Some(track), false) = (&found.track, holder.is_in_track) {
        let joined = track_admissions::join_track(conn, actor, now, &holder.registration, track.id)?;
        if joined.state != TrackState::Admitted {
            return Err(SeatFault::NotAdmitted { why: joined.why }.into());
        }
    }
    Ok(holder.registration)
}

/// Whether the category of a registration gives a right to sessions.
fn allows_sessions(conn: &mut Conn, registration: &Registration) -> Result<bool, Fault> {
    match registration.category {
        Some(category) => Ok(on_each!(conn, |c| categories::table
            .find(category)
            .select(categories::allows_sessions)
            .first(c))?),
        None => Ok(false),
    }
}

/// The session, if the actor may read it; the one 404 otherwise.
pub(crate) fn visible(
    conn: &mut Conn,
    actor: &Actor,
    session: SessionId,
    now: Moment,
) -> Result<Seating, Fault> {
    seen(conn, actor, session, now).map(|(seating, _)| seating)
}

/// The same with the whole of it.
pub(crate) fn seen(
    conn: &mut Conn,
    actor: &Actor,
    id: SessionId,
    now: Moment,
) -> Result<(Seating, Found), Fault> {
    let session = sessions::row(conn, id)?.ok_or_else(Fault::not_found)?;
    let mut found = Found { session, track: None };
    // Noted, since a seat is asked for by somebody who acts.
    found
        .may_be_known(actor, now)
        .or_fault_noted(Act::Read, ObjectKind::Session, Some(id.uuid()))?;
    found.track = sessions::track_of(conn, &found.session)?;
    Ok((Seating::of(&found.session), found))
}

/// What a rule may ask of somebody, and their registration for the session's track.
pub(crate) fn known(
    conn: &mut Conn,
    admissions: &Admissions,
    who: &Actor,
    now: Moment,
    found: &Found,
    registration: Option<&Registration>,
) -> Result<(Circumstances, Option<TrackRegistration>), Fault> {
    let registration = registration.filter(|own| rules::participates(own.state));
    let held = match (registration, &found.track) {
        (Some(own), Some(track)) => track_admissions::standing(conn, own.id, track.id)?,
        _ => None,
    };
    let invited = match (found.session.entry, who.person) {
        (Entry::Invitation, Some(person)) => invitations::is_invited(conn, found.session.id, person)?,
        _ => false,
    };
    let of_track = admissions.circumstances(conn, who, now, found)?;
    let known = Circumstances {
        registered: registration.is_some(),
        admitted_to_track: held
            .as_ref()
            .is_some_and(|held| held.state == TrackState::Admitted),
        invited,
        ..of_track
    };
    Ok((known, held))
}
