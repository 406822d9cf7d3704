//! Relations: what an organisation is to UCLG or to a network, recorded by staff, on a basis, from when to when (R247).

use access_rules::{Actor, OrganisationId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Moment, text};
use records::audit::{self, Note};
use serde::Deserialize;
use serde_json::json;

use crate::{
    changed,
    faults::RelationFault,
    model::{OrganisationState, Relation, RelationId, RelationKind},
    organisations, rules,
    tables::relations,
};

/// What the form of a relation asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct RelationInput {
    /// Which.
    pub kind: Option<RelationKind>,
    /// For members of a network: which network.
    pub other: Option<OrganisationId>,
    /// On what paper it rests.
    pub basis: String,
    /// From when; now when none.
    pub from_at: Option<Moment>,
    /// Until when; open when none.
    pub to_at: Option<Moment>,
}

/// What the form that ends a relation asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct EndInput {
    /// From when it holds no more; now when none.
    pub to_at: Option<Moment>,
}

/// Records a relation.
///
/// # Errors
/// 401, 403, 404; `already_merged`; `invalid` with each field; `circular`; `already_related`.
pub fn record(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    organisation: OrganisationId,
    input: &RelationInput,
) -> Result<Relation, Fault> {
    let of = organisations::managed(conn, actor, now, organisation)?;
    organisations::refuse_merged(&of)?;
    let mut fields = Fields::new();
    let kind = fields.required("kind", input.kind);
    let basis = fields.required_line("basis", &input.basis, text::TITLE);
    let from_at = input.from_at.unwrap_or(now);
    if input.to_at.is_some_and(|to| to <= from_at) {
        fields.wrong("to_at", "ends_before_it_begins");
    }
    let is_of_network = kind == Some(RelationKind::MemberOfNetwork);
    match input.other {
        None if is_of_network => fields.wrong("other", "required"),
        Some(_) if !is_of_network => fields.wrong("other", "not_for_this_kind"),
        Some(other) if !is_active(conn, other)? => fields.wrong("other", "unknown"),
        _ => {}
    }
    fields.done()?;
    let relation = Relation {
        id: Id::new(),
        organisation,
        kind: kind.unwrap_or(RelationKind::MemberOfNetwork),
        other: input.other,
        basis,
        from_at,
        to_at: input.to_at,
        recorded_at: now,
        recorded_by: actor.person,
    };
    refuse_circles(conn, &relation)?;
    refuse_twice(conn, &relation)?;
    on_each!(conn, |c| diesel::insert_into(relations::table)
        .values(&relation)
        .execute(c))
    .exactly_one()?;
    note(conn, actor, now, "relation.record", &relation)?;
    tell(conn, now, &relation)?;
    Ok(relation)
}

/// Ends a relation; its row stays.
///
/// # Errors
/// 401, 403, 404; `invalid`; `already_over`.
pub fn end(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RelationId,
    input: &EndInput,
) -> Result<Relation, Fault> {
    organisations::may_manage(actor, now)?;
    let before: Relation = on_each!(conn, |c| relations::table
        .find(id)
        .select(Relation::as_select())
        .first(c))?;
    let to_at = input.to_at.unwrap_or(now);
    if to_at < before.from_at {
        return Err(Fault::field("to_at", "ends_before_it_begins"));
    }
    on_each!(conn, |c| diesel::update(relations::table.find(id))
        .filter(relations::to_at.is_null().or(relations::to_at.gt(now)))
        .set(relations::to_at.eq(to_at))
        .execute(c))
    .one_or(RelationFault::AlreadyOver.into())?;
    let after = Relation {
        to_at: Some(to_at),
        ..before
    };
    note(conn, actor, now, "relation.end", &after)?;
    tell(conn, now, &after)?;
    Ok(after)
}

/// The relations of an organisation, the latest first; unchecked.
///
/// # Errors
/// When the database refuses.
pub fn of(conn: &mut Conn, organisation: OrganisationId) -> Result<Vec<Relation>, Fault> {
    Ok(on_each!(conn, |c| relations::table
        .filter(relations::organisation.eq(organisation))
        .order((relations::from_at.desc(), relations::id.desc()))
        .select(Relation::as_select())
        .load(c))?)
}

/// The organisations with a relation of this kind at a moment; unchecked.
///
/// # Errors
/// When the database refuses.
pub fn of_kind(conn: &mut Conn, kind: RelationKind, at: Moment) -> Result<Vec<OrganisationId>, Fault> {
    Ok(on_each!(conn, |c| relations::table
        .filter(relations::kind.eq(kind))
        .filter(relations::from_at.le(at))
        .filter(relations::to_at.is_null().or(relations::to_at.gt(at)))
        .select(relations::organisation)
        .distinct()
        .load(c))?)
}

fn is_active(conn: &mut Conn, id: OrganisationId) -> Result<bool, Fault> {
    let found = organisations::find(conn, id)?;
    Ok(found.is_some_and(|organisation| organisation.state == OrganisationState::Active))
}

fn refuse_circles(conn: &mut Conn, relation: &Relation) -> Result<(), Fault> {
    let Some(network) = relation.other else {
        return Ok(());
    };
    let edges: Vec<(OrganisationId, Option<OrganisationId>)> = on_each!(conn, |c| relations::table
        .filter(relations::kind.eq(RelationKind::MemberOfNetwork))
        .filter(
            relations::to_at
                .is_null()
                .or(relations::to_at.gt(relation.from_at))
        )
        .select((relations::organisation, relations::other))
        .load(c))?;
    let edges: Vec<_> = edges
        .into_iter()
        .filter_map(|(member, network)| Some((member, network?)))
        .collect();
    if rules::closes_circle(&edges, relation.organisation, network) {
        return Err(RelationFault::Circular.into());
    }
    Ok(())
}

fn refuse_twice(conn: &mut Conn, relation: &Relation) -> Result<(), Fault> {
    let is_same = |held: &Relation| {
        let overlaps = held.to_at.is_none_or(|to| relation.from_at < to)
            && relation.to_at.is_none_or(|to| held.from_at < to);
        held.kind == relation.kind && held.other == relation.other && overlaps
    };
    if of(conn, relation.organisation)?.iter().any(is_same) {
        return Err(RelationFault::AlreadyRelated.into());
    }
    Ok(())
}

/// Its people are something else now; when a network joins or leaves the Task Force, those of its members are too.
fn tell(conn: &mut Conn, now: Moment, relation: &Relation) -> Result<(), Fault> {
    changed::organisation(conn, now, relation.organisation)?;
    if relation.kind != RelationKind::GtfNetwork {
        return Ok(());
    }
    let members: Vec<OrganisationId> = on_each!(conn, |c| relations::table
        .filter(relations::other.eq(relation.organisation))
        .filter(relations::kind.eq(RelationKind::MemberOfNetwork))
        .select(relations::organisation)
        .distinct()
        .load(c))?;
    for member in members {
        changed::organisation(conn, now, member)?;
    }
    Ok(())
}

fn note(conn: &mut Conn, actor: &Actor, now: Moment, act: &str, relation: &Relation) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(relation.organisation.uuid()),
        summary: json!({
            "relation": relation.id, "kind": relation.kind, "other": relation.other, "from": relation.from_at,
            "to": relation.to_at,
        }),
        ..Note::of(act, "organisation")
    };
    audit::note(conn, now, &note)
}
