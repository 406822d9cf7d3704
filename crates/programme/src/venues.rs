//! Venues: the buildings an edition takes place in.

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Localized, Moment, text};
use records::audit::{self, Fingerprint, Note};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    editions::{self, same_version},
    faults::ProgrammeFault,
    model::{Venue, VenueId},
    tables::{rooms, venues},
};

/// What the form of a venue asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct VenueInput {
    /// Its name.
    pub name: Localized,
    /// Where it stands.
    pub address: String,
    /// How to get there.
    pub directions: Localized,
    /// Its place in lists; after the others when not given.
    pub position: Option<i64>,
}

/// Adds a venue.
///
/// # Errors
/// 401, 403, 404; `invalid`; `already_exists`; `edition_over`.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &VenueInput,
) -> Result<Venue, Fault> {
    editions::get(conn, actor, edition)?;
    decide(actor, Act::ManageEdition, &Object::public(ObjectKind::Room), now).or_fault()?;
    let checked = check(input)?;
    editions::change_draft(conn, edition)?;
    let position = match input.position {
        Some(position) => position,
        None => i64::try_from(list(conn, edition)?.len()).unwrap_or(i64::MAX),
    };
    let venue = Venue {
        id: Id::new(),
        edition,
        name_key: text::same_name(checked.name.text(kernel::Language::En)),
        name: checked.name,
        address: checked.address,
        directions: checked.directions,
        position,
        version: 1,
    };
    on_each!(conn, |c| diesel::insert_into(venues::table)
        .values(&venue)
        .execute(c))
    .map_err(|error| name_taken(error.into()))?;
    note(conn, actor, now, "venue.create", None, &venue)?;
    Ok(venue)
}

/// Changes a venue.
///
/// # Errors
/// As [`create`], and `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: VenueId,
    input: &VenueInput,
    version: Option<i64>,
) -> Result<Venue, Fault> {
    let before = find(conn, id)?.ok_or_else(Fault::not_found)?;
    editions::get(conn, actor, before.edition)?;
    decide(actor, Act::ManageEdition, &Object::public(ObjectKind::Room), now).or_fault()?;
    let checked = check(input)?;
    editions::change_draft(conn, before.edition)?;
    same_version(version, before.version)?;
    let venue = Venue {
        name_key: text::same_name(checked.name.text(kernel::Language::En)),
        name: checked.name,
        address: checked.address,
        directions: checked.directions,
        position: input.position.unwrap_or(before.position),
        version: before.version + 1,
        ..before.clone()
    };
    on_each!(conn, |c| diesel::update(venues::table)
        .filter(venues::id.eq(id))
        .filter(venues::version.eq(before.version))
        .set(&venue)
        .execute(c))
    .map_err(|error| name_taken(error.into()))
    .and_then(|rows| Ok(rows).one_or(Fault::stale()))?;
    note(conn, actor, now, "venue.edit", Some(&before), &venue)?;
    Ok(venue)
}

/// Takes out a venue without rooms.
///
/// # Errors
/// 401, 403, 404; `in_use_by_sessions` when rooms are in it.
pub fn remove(conn: &mut Conn, actor: &Actor, now: Moment, id: VenueId) -> Result<(), Fault> {
    let venue = find(conn, id)?.ok_or_else(Fault::not_found)?;
    editions::get(conn, actor, venue.edition)?;
    decide(actor, Act::ManageEdition, &Object::public(ObjectKind::Room), now).or_fault()?;
    editions::change_draft(conn, venue.edition)?;
    let held: i64 = on_each!(conn, |c| rooms::table
        .filter(rooms::venue.eq(id))
        .count()
        .get_result(c))?;
    if held > 0 {
        return Err(ProgrammeFault::InUse { sessions: held }.into());
    }
    on_each!(conn, |c| diesel::delete(venues::table.find(id)).execute(c)).exactly_one()?;
    note(conn, actor, now, "venue.remove", Some(&venue), &venue)
}

/// The venues of an edition, in order.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &mut Conn, edition: EditionId) -> Result<Vec<Venue>, Fault> {
    Ok(on_each!(conn, |c| venues::table
        .filter(venues::edition.eq(edition))
        .order((venues::position, venues::id))
        .select(Venue::as_select())
        .load(c))?)
}

/// One venue.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, id: VenueId) -> Result<Option<Venue>, Fault> {
    Ok(on_each!(conn, |c| venues::table
        .find(id)
        .select(Venue::as_select())
        .first(c)
        .optional())?)
}

struct Checked {
    name: Localized,
    address: String,
    directions: Localized,
}

fn check(input: &VenueInput) -> Result<Checked, Fault> {
    let mut fields = Fields::new();
    let name = fields.localized_line("name", &input.name, text::NAME, true);
    let address = fields.line("address", &input.address, text::TITLE);
    let directions = fields.localized_paragraph("directions", &input.directions, 2000, false);
    fields.within("position", input.position.unwrap_or(0), 0, 100_000);
    fields.done()?;
    Ok(Checked {
        name,
        address,
        directions,
    })
}

fn name_taken(fault: Fault) -> Fault {
    if fault.code == "already_exists" {
        fault.at("name")
    } else {
        fault
    }
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&Venue>,
    after: &Venue,
) -> Result<(), Fault> {
    audit::note(
        conn,
        now,
        &Note {
            actor: actor.person.map(Id::cast),
            object_id: Some(after.id.uuid()),
            scope: Some(after.edition.uuid()),
            before: before.and_then(Fingerprint::of),
            after: Fingerprint::of(after),
            ..Note::of(act, "venue")
        },
    )
}
