//! Focal points: who looks after the people of one organisation, and of no other (R15).
//!
//! It is a standing over the organisation, given and taken by staff; no import gives it (R18).

use access_rules::{Actor, OrganisationId, PersonId, Role, Scope};
use db::Conn;
use kernel::{Fault, Moment};
use people::{
    model::Person,
    persons,
    standings::{self, Appointment},
};
use serde::Deserialize;

use crate::{changed, model::OrganisationState, organisations, rules};

/// What the form of a focal point asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct FocalPointInput {
    /// Who.
    pub person: Option<PersonId>,
}

/// Appoints a focal point. Appointing twice is once.
///
/// # Errors
/// 401, 403, 404; `invalid` when there is no such person; `already_merged`; `illegal_step` for an
/// organisation that is only proposed.
pub fn appoint(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    organisation: OrganisationId,
    input: &FocalPointInput,
) -> Result<(), Fault> {
    let of = organisations::managed(conn, actor, now, organisation)?;
    organisations::refuse_merged(&of)?;
    if of.state != OrganisationState::Active {
        return Err(kernel::fault::illegal_step(of.state, OrganisationState::Active));
    }
    let person = input.person.ok_or_else(|| Fault::field("person", "required"))?;
    if persons::find(conn, person)?.is_none() {
        return Err(Fault::field("person", "unknown"));
    }
    let appointment = Appointment {
        person,
        role: Role::FocalPoint,
        scope: Scope::Organisation(organisation),
        from: now,
        to: None,
        basis: "focal_point".into(),
        granted_by: actor.person,
    };
    standings::appoint(conn, now, &appointment)?;
    changed::person(conn, now, person)
}

/// Takes it from somebody.
///
/// # Errors
/// 401, 403; 404 when they are not its focal point.
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<(), Fault> {
    organisations::managed(conn, actor, now, organisation)?;
    let scope = Scope::Organisation(organisation);
    if !standings::dismiss(conn, now, actor.person, person, Role::FocalPoint, &scope)? {
        return Err(Fault::not_found());
    }
    changed::person(conn, now, person)
}

/// The focal points of an organisation, for the desk and its own people.
///
/// # Errors
/// 404 for everybody else.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    organisation: OrganisationId,
) -> Result<Vec<Person>, Fault> {
    let of = organisations::surviving(conn, organisation)?;
    if !rules::is_inside(actor, of.id, now) {
        return Err(Fault::not_found());
    }
    let ids = self::of(conn, of.id, now)?;
    persons::many(conn, &ids)
}

/// Who may be reminded that somebody waits to be confirmed; unchecked.
///
/// # Errors
/// When the database refuses.
pub fn of(conn: &mut Conn, organisation: OrganisationId, at: Moment) -> Result<Vec<PersonId>, Fault> {
    let scope = Scope::Organisation(organisation);
    let holders = standings::holders(conn, Role::FocalPoint, &scope, at)?;
    Ok(holders.iter().map(|row| row.person_id).collect())
}

/// Moves the focal points of a merged organisation to the one it lives on in.
pub(crate) fn follow(
    conn: &mut Conn,
    now: Moment,
    by: Option<PersonId>,
    from: OrganisationId,
    into: OrganisationId,
) -> Result<(), Fault> {
    for person in of(conn, from, now)? {
        standings::dismiss(
            conn,
            now,
            by,
            person,
            Role::FocalPoint,
            &Scope::Organisation(from),
        )?;
        let appointment = Appointment {
            person,
            role: Role::FocalPoint,
            scope: Scope::Organisation(into),
            from: now,
            to: None,
            basis: format!("merged:{from}"),
            granted_by: by,
        };
        standings::appoint(conn, now, &appointment)?;
    }
    Ok(())
}
