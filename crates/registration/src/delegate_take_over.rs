//! A delegate takes their registration over: whoever signed in with the address it was made for.
//!
//! The address was proved by the code of a letter. What the focal point had typed becomes the person's own; from then on
//! the focal point sees how it stands and no more. Nobody is told whether another address waits for anything.

use access_rules::{AccountId, Act, Actor, EditionId, Object, OrganisationId, PersonId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Moment};
use members::{
    model::{PositionKind, PositionState},
    organisations,
    positions::{self, Asked, DecideInput, RecordInput},
};
use people::{accounts, persons, persons::PersonInput};
use programme::editions;

use crate::{
    admissions, categories, delegates, desk_events,
    model::{Delegate, ForWhom, Registration, RegistrationId, RegistrationState},
    registrations, rules,
    tables::{delegates as table, registrations as registered},
    typed_persons,
};

/// A registration that waits for whom it was made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The registration.
    pub registration: Registration,
    /// The organisation that sends them.
    pub organisation: String,
    /// The code of their role.
    pub role: String,
}

/// What waits for the address of this account.
///
/// # Errors
/// 401, 403, 404.
pub fn offers(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId) -> Result<Vec<Offer>, Fault> {
    editions::get(conn, actor, edition)?;
    decide(actor, Act::MindOwn, &Object::site(), now).or_fault()?;
    let account = actor.account.ok_or_else(Fault::sign_in_needed)?;
    let mut offers = Vec::new();
    for (delegate, registration) in waiting(conn, account)? {
        if delegate.edition == edition {
            let of = organisations::find(conn, delegate.organisation)?;
            offers.push(Offer {
                registration,
                organisation: of.map(|of| of.name).unwrap_or_default(),
                role: delegate.role,
            });
        }
    }
    Ok(offers)
}

/// Takes one over.
///
/// # Errors
/// 401, 403; 404 for what waits for another address, or for none; `already_registered`.
pub fn accept(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RegistrationId,
) -> Result<Registration, Fault> {
    decide(actor, Act::MindOwn, &Object::site(), now).or_fault()?;
    let account = actor.account.ok_or_else(Fault::sign_in_needed)?;
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    let found = waiting(conn, account)?
        .into_iter()
        .find(|(of, _)| of.registration == id);
    let (delegate, before) = found.ok_or_else(Fault::not_found)?;
    make_room(conn, actor, now, before.edition, person)?;
    name(conn, person, &before)?;
    let after = Registration {
        person,
        account: Some(account),
        registered_by: Some(account),
        for_whom: ForWhom::Myself,
        updated_at: now,
        ..before.clone()
    };
    let after = delegates::named(conn, after)?;
    let after = registrations::make_theirs(conn, &before, after)?;
    move_position(conn, actor, now, &before, delegate.organisation, person)?;
    registrations::take_standing(conn, now, actor.person, &before)?;
    on_each!(conn, |c| diesel::update(table::table.find(id))
        .filter(table::taken_over_at.is_null())
        .set(table::taken_over_at.eq(now))
        .execute(c))
    .one_or(Fault::stale())?;
    if let Some(category) = after.category
        && let Some(category) = categories::find(conn, category)?
    {
        registrations::give_standing(conn, now, &category, &after)?;
    }
    admissions::decide_all(conn, now, &after)?;
    typed_persons::forget(conn, now, &before, delegate.organisation)?;
    registrations::note(conn, actor, now, "delegate.take_over", Some(&before), &after)?;
    desk_events::delegation(conn, now, after.edition, delegate.organisation, Some(id))?;
    Ok(after)
}

/// What waits for an account, by its address; for none that was not proved.
fn waiting(conn: &mut Conn, account: AccountId) -> Result<Vec<(Delegate, Registration)>, Fault> {
    let account = accounts::get(conn, account)?;
    if account.verified_at.is_none() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Delegate, Registration)> = on_each!(conn, |c| table::table
        .inner_join(registered::table.on(registered::id.eq(table::registration)))
        .filter(table::email_key.eq(&account.email_key))
        .filter(table::taken_over_at.is_null())
        .order((table::created_at, table::registration))
        .select((Delegate::as_select(), Registration::as_select()))
        .load(c))?;
    let is_there = |(_, registration): &(Delegate, Registration)| !rules::is_over(registration.state);
    Ok(rows.into_iter().filter(is_there).collect())
}

/// One registration each: what they only began gives way.
fn make_room(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    person: PersonId,
) -> Result<(), Fault> {
    match registrations::current_of(conn, edition, person)? {
        None => Ok(()),
        Some(own) if own.state == RegistrationState::Draft => {
            registrations::take_back(conn, actor, now, own, None).map(drop)
        }
        Some(own) => Err(registrations::already(own.number)),
    }
}

/// Whoever has no name yet has the one they were registered under.
fn name(conn: &mut Conn, person: PersonId, registration: &Registration) -> Result<(), Fault> {
    let own = persons::get(conn, person)?;
    if !(own.given_name.is_empty() && own.family_name.is_empty()) {
        return Ok(());
    }
    let typed = persons::get(conn, registration.person)?;
    let input = PersonInput {
        given_name: typed.given_name,
        family_name: typed.family_name,
        badge_name: typed.badge_name,
        language: Some(own.language),
    };
    registrations::name_person(conn, person, &input)
}

/// The position the focal point confirmed goes with it; a focal point's own waits for the secretariat (R177).
fn move_position(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    registration: &Registration,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<(), Fault> {
    let organisation = organisations::surviving(conn, organisation)?.id;
    let kind = registration.position_kind.unwrap_or(PositionKind::Delegate);
    let is_open = |state: PositionState| matches!(state, PositionState::Requested | PositionState::Confirmed);
    let system = Actor::system();
    let mut was_confirmed = false;
    for held in positions::all_of(conn, registration.person)? {
        if held.organisation == organisation && is_open(held.state) {
            was_confirmed |= held.state == PositionState::Confirmed;
            positions::end(
                conn,
                &system,
                now,
                held.id,
                Some(held.version),
                &DecideInput::default(),
            )?;
        }
    }
    let has_one = positions::all_of(conn, person)?
        .iter()
        .any(|held| held.organisation == organisation && held.kind == kind && is_open(held.state));
    if has_one {
        return Ok(());
    }
    let is_own_focal_point = actor.focal_point_of().any(|own| own == organisation);
    if was_confirmed && !is_own_focal_point {
        let input = RecordInput {
            person: Some(person),
            organisation: Some(organisation),
            kind: Some(kind),
            title: registration.position_title.clone(),
            ..RecordInput::default()
        };
        return positions::record(conn, &system, now, &input).map(drop);
    }
    let asked = Asked {
        person,
        organisation,
        kind,
        title: registration.position_title.clone(),
        by: Some(person),
        proved: Some(registration.email.clone()),
        has_document: false,
    };
    positions::ask(conn, now, &asked).map(drop)
}
