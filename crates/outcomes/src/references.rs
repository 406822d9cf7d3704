//! For whose work an adopted outcome is a reference: « deviendront des références pour la Global Taskforce … comme pour
//! l'Organisation mondiale » (R191).
//!
//! Adoption is itself the to-do: what was adopted and is a reference for nobody yet stands in [`unreferenced`] until it is.

use std::collections::{BTreeMap, BTreeSet};

use access_rules::{Act, Actor, EditionId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Localized, Moment};
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    faults::OutcomeFault,
    legacy_model::{Addressee, Field, Reference, ReferenceId},
    listing::{self, OutcomeFilter},
    model::{Outcome, OutcomeId, OutcomeRef},
    outcomes, rules,
    sight::{self, Eyes},
    tables::outcome_references as table,
    titles,
};

/// What the form of a reference asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ReferenceInput {
    /// For whom.
    pub addressed_to: Option<Addressee>,
    /// For what.
    pub field: Option<Field>,
    /// What they are to make of it.
    pub note: Localized,
}

/// Which references are asked for; an empty filter asks for all.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ReferenceFilter {
    /// For this addressee.
    pub addressed_to: Option<Addressee>,
    /// In this field.
    pub field: Option<Field>,
}

/// A reference with the outcome it is of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReferenceLine {
    /// The reference.
    #[serde(flatten)]
    pub reference: Reference,
    /// The outcome.
    pub of: OutcomeRef,
}

/// An adopted outcome that is a reference for nobody yet: to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Unreferenced {
    /// The outcome.
    #[serde(flatten)]
    pub outcome: OutcomeRef,
    /// Since when: its adoption.
    pub since: Option<Moment>,
}

/// Makes an adopted outcome a reference.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `outcome_not_adopted`; `already_exists`.
pub fn add(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    outcome: OutcomeId,
    input: &ReferenceInput,
) -> Result<Reference, Fault> {
    let found = outcomes::get(conn, actor, outcome)?;
    sight::may(actor, Act::ManageOutcomes, found.edition, now)?;
    let mut fields = Fields::new();
    let addressed_to = fields.required("addressed_to", input.addressed_to);
    let field = fields.required("field", input.field);
    let said = fields.localized_paragraph("note", &input.note, rules::REASON_MAX, false);
    fields.done()?;
    let (Some(addressed_to), Some(field)) = (addressed_to, field) else {
        return Err(Fault::internal("a required field is missing unnoticed"));
    };
    if !found.state.is_adopted() {
        return Err(OutcomeFault::NotAdopted.into());
    }
    let reference = Reference {
        id: Id::new(),
        outcome,
        addressed_to,
        field,
        note: said,
        made_at: now,
        made_by: actor.person,
    };
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&reference)
        .execute(c))
    .exactly_one()?;
    note(conn, actor, now, "outcome.reference", &found, &reference)?;
    Ok(reference)
}

/// Takes a reference back.
///
/// # Errors
/// 401, 403, 404.
pub fn remove(conn: &mut Conn, actor: &Actor, now: Moment, id: ReferenceId) -> Result<(), Fault> {
    let reference = find(conn, id)?.ok_or_else(Fault::not_found)?;
    let found = outcomes::get(conn, actor, reference.outcome)?;
    sight::may(actor, Act::ManageOutcomes, found.edition, now)?;
    on_each!(conn, |c| diesel::delete(table::table.find(id)).execute(c)).one_or(Fault::not_found())?;
    note(conn, actor, now, "outcome.unreference", &found, &reference)
}

/// The references of an edition's outcomes that the actor reads, in the order of the outcomes.
///
/// # Errors
/// When the database refuses.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    edition: EditionId,
    filter: &ReferenceFilter,
) -> Result<Vec<ReferenceLine>, Fault> {
    let adopted = adopted(conn, actor, edition)?;
    let mut by_outcome = of_many(conn, &ids(&adopted))?;
    let mut lines = Vec::new();
    for of in titles::refs(conn, &adopted)? {
        let own = by_outcome.remove(&of.id).unwrap_or_default();
        let asked = own.into_iter().filter(|own| {
            filter.addressed_to.is_none_or(|to| to == own.addressed_to)
                && filter.field.is_none_or(|field| field == own.field)
        });
        lines.extend(asked.map(|reference| ReferenceLine {
            reference,
            of: of.clone(),
        }));
    }
    Ok(lines)
}

/// What an edition adopted that is a reference for nobody yet, the longest waiting first.
///
/// # Errors
/// 401, 403.
pub fn unreferenced(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
) -> Result<Vec<Unreferenced>, Fault> {
    sight::may(actor, Act::ManageOutcomes, edition, now)?;
    let mut adopted = adopted(conn, actor, edition)?;
    let referenced: BTreeSet<OutcomeId> = of_many(conn, &ids(&adopted))?.into_keys().collect();
    adopted.retain(|own| !referenced.contains(&own.id));
    adopted.sort_by_key(|own| (own.decided_at, own.position, own.id));
    let told = titles::refs(conn, &adopted)?
        .into_iter()
        .zip(&adopted)
        .map(|(outcome, own)| Unreferenced {
            outcome,
            since: own.decided_at,
        });
    Ok(told.collect())
}

/// The references of these outcomes.
pub(crate) fn of_many(
    conn: &mut Conn,
    ids: &[OutcomeId],
) -> Result<BTreeMap<OutcomeId, Vec<Reference>>, Fault> {
    let mut references: BTreeMap<OutcomeId, Vec<Reference>> = BTreeMap::new();
    for some in ids.chunks(500) {
        let rows: Vec<Reference> = on_each!(conn, |c| table::table
            .filter(table::outcome.eq_any(some))
            .order(table::id)
            .select(Reference::as_select())
            .load(c))?;
        for row in rows {
            references.entry(row.outcome).or_default().push(row);
        }
    }
    Ok(references)
}

fn find(conn: &mut Conn, id: ReferenceId) -> Result<Option<Reference>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(id)
        .select(Reference::as_select())
        .first(c)
        .optional())?)
}

fn adopted(conn: &mut Conn, actor: &Actor, edition: EditionId) -> Result<Vec<Outcome>, Fault> {
    let eyes = Eyes::of(conn, actor)?;
    listing::every(conn, &eyes, &OutcomeFilter::adopted_by(edition))
}

fn ids(outcomes: &[Outcome]) -> Vec<OutcomeId> {
    outcomes.iter().map(|own| own.id).collect()
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    outcome: &Outcome,
    reference: &Reference,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(outcome.id.uuid()),
        scope: Some(outcome.edition.uuid()),
        summary: json!({
            "code": outcome.code, "addressed_to": reference.addressed_to, "field": reference.field,
        }),
        ..Note::of(act, "outcome")
    };
    audit::note(conn, now, &note)
}
