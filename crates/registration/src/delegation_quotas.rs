//! How many people an organisation may send in each category. The organiser's to set; without a row it sends nobody.
//!
//! Places are taken and given back by guarded updates, so that two focal points at once never have more than there are.

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, OrganisationId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Moment};
use members::organisations;
use programme::editions;
use records::audit::{self, Note};
use serde::Deserialize;
use serde_json::json;

use crate::{
    categories, desk_events,
    faults::DelegationFault,
    model::{CategoryId, DelegationQuota, Registration},
    tables::{delegates, delegation_quotas as table},
};

/// What the form of a quota asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct QuotaInput {
    /// Of which organisation.
    pub organisation: Option<OrganisationId>,
    /// In which category.
    #[schema(value_type = Option<String>)]
    pub category: Option<CategoryId>,
    /// Most people.
    pub places_max: Option<i64>,
}

/// Sets the quota of an organisation in a category.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `quota_below_taken`; `stale` when somebody set it at the same time.
pub fn set(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &QuotaInput,
) -> Result<DelegationQuota, Fault> {
    editions::get(conn, actor, edition)?;
    may_set(actor, now)?;
    let mut fields = Fields::new();
    let organisation = fields.required("organisation", input.organisation);
    let category = fields.required("category", input.category);
    let places_max = fields.required("places_max", input.places_max);
    if let Some(places) = places_max {
        fields.within("places_max", places, 0, 10_000);
    }
    if let Some(id) = organisation
        && organisations::find(conn, id)?.is_none()
    {
        fields.wrong("organisation", "unknown");
    }
    if let Some(id) = category
        && categories::find(conn, id)?.is_none_or(|found| found.edition != edition)
    {
        fields.wrong("category", "unknown");
    }
    fields.done()?;
    let (Some(organisation), Some(category), Some(places_max)) = (organisation, category, places_max) else {
        return Err(Fault::internal("a required field is missing unnoticed"));
    };
    let organisation = organisations::surviving(conn, organisation)?.id;
    let quota = write(conn, edition, organisation, category, places_max)?;
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(organisation.uuid()),
        scope: Some(edition.uuid()),
        summary: json!({ "category": category, "places_max": places_max, "taken": quota.taken }),
        ..Note::of("delegation.quota", "organisation")
    };
    audit::note(conn, now, &note)?;
    desk_events::delegation(conn, now, edition, organisation, None)?;
    Ok(quota)
}

/// Every quota of an edition, for who sets them.
///
/// # Errors
/// 401, 403, 404.
pub fn all(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
) -> Result<Vec<DelegationQuota>, Fault> {
    editions::get(conn, actor, edition)?;
    may_set(actor, now)?;
    Ok(on_each!(conn, |c| table::table
        .filter(table::edition.eq(edition))
        .order((table::organisation, table::category))
        .select(DelegationQuota::as_select())
        .load(c))?)
}

/// The quotas of one organisation, for use cases that decided who may know.
pub(crate) fn of(
    conn: &mut Conn,
    edition: EditionId,
    organisation: OrganisationId,
) -> Result<Vec<DelegationQuota>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::edition.eq(edition))
        .filter(table::organisation.eq(organisation))
        .order(table::category)
        .select(DelegationQuota::as_select())
        .load(c))?)
}

/// Makes whoever else changes this delegation wait until this is done, so that who is in it can be read and then changed.
pub(crate) fn hold(conn: &mut Conn, edition: EditionId, organisation: OrganisationId) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(table::table)
        .filter(table::edition.eq(edition))
        .filter(table::organisation.eq(organisation))
        .set(table::taken.eq(table::taken))
        .execute(c))?;
    Ok(())
}

/// Takes a place; answers the quota it is of.
///
/// # Errors
/// `no_quota`, `quota_full`.
pub(crate) fn take(
    conn: &mut Conn,
    edition: EditionId,
    organisation: OrganisationId,
    category: CategoryId,
) -> Result<DelegationQuota, Fault> {
    let taken = on_each!(conn, |c| diesel::update(table::table.find((
        edition,
        organisation,
        category
    )))
    .filter(table::taken.lt(table::places_max))
    .set(table::taken.eq(table::taken + 1))
    .execute(c))
    .at_most_one()?;
    let quota = find(conn, edition, organisation, category)?.ok_or(DelegationFault::NoQuota)?;
    match taken {
        true => Ok(quota),
        false => Err(DelegationFault::QuotaFull {
            places_max: quota.places_max,
        }
        .into()),
    }
}

/// Gives the place of a registration back that is over, when it was of a delegation.
pub(crate) fn give_back(conn: &mut Conn, registration: &Registration) -> Result<(), Fault> {
    let organisation: Option<OrganisationId> = on_each!(conn, |c| delegates::table
        .find(registration.id)
        .select(delegates::organisation)
        .first(c)
        .optional())?;
    let (Some(organisation), Some(category)) = (organisation, registration.category) else {
        return Ok(());
    };
    let key = (registration.edition, organisation, category);
    on_each!(conn, |c| diesel::update(table::table.find(key))
        .filter(table::taken.gt(0))
        .set(table::taken.eq(table::taken - 1))
        .execute(c))
    .at_most_one()
    .map(drop)
}

fn may_set(actor: &Actor, now: Moment) -> Result<(), Fault> {
    let object = Object::public(ObjectKind::Registration);
    access_rules::decide(actor, Act::DecideRegistration, &object, now).or_fault()
}

fn find(
    conn: &mut Conn,
    edition: EditionId,
    organisation: OrganisationId,
    category: CategoryId,
) -> Result<Option<DelegationQuota>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find((edition, organisation, category))
        .select(DelegationQuota::as_select())
        .first(c)
        .optional())?)
}

/// Makes the row or changes its most, never below what is taken.
fn write(
    conn: &mut Conn,
    edition: EditionId,
    organisation: OrganisationId,
    category: CategoryId,
    places_max: i64,
) -> Result<DelegationQuota, Fault> {
    let new = DelegationQuota {
        edition,
        organisation,
        category,
        places_max,
        taken: 0,
        version: 1,
    };
    let made = on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&new)
        .on_conflict_do_nothing()
        .execute(c))
    .at_most_one()?;
    if made {
        return Ok(new);
    }
    let changed = on_each!(conn, |c| diesel::update(table::table.find((
        edition,
        organisation,
        category
    )))
    .filter(table::taken.le(places_max))
    .set((
        table::places_max.eq(places_max),
        table::version.eq(table::version + 1)
    ))
    .execute(c))
    .at_most_one()?;
    let quota = find(conn, edition, organisation, category)?.ok_or_else(Fault::stale)?;
    match changed {
        true => Ok(quota),
        false => Err(DelegationFault::QuotaBelowTaken { taken: quota.taken }.into()),
    }
}
