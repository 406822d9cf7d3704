//! Merging two records of one organisation. Nothing is lost: rows keep their ids and dates and move to the one that
//! stays, whose search then finds the other's name too; the merged row stays for what refers to it (R247).

use access_rules::{Actor, OrganisationId};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Moment};
use records::audit::{self, Note};
use serde::Deserialize;
use serde_json::json;

use crate::{
    changed,
    faults::OrganisationFault,
    focal_points, memberships as members,
    model::{Organisation, OrganisationState, Position, PositionState},
    organisations as all, positions as people_there,
    tables::{dues, memberships, organisation_contacts, organisations, positions, relations},
};

/// What the form of a merge asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct MergeInput {
    /// The organisation that stays.
    pub into: Option<OrganisationId>,
}

/// Merges an organisation into another, which stays. Answers the one that stays.
///
/// # Errors
/// 401, 403, 404; `already_merged`; `cannot_merge` into itself or into one that is not active; `both_members` when both
/// have a running membership; `stale`.
pub fn merge(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    from: OrganisationId,
    version: Option<i64>,
    input: &MergeInput,
) -> Result<Organisation, Fault> {
    let gone = all::managed(conn, actor, now, from)?;
    all::refuse_merged(&gone)?;
    let into = input.into.ok_or_else(|| Fault::field("into", "required"))?;
    let kept = all::find(conn, into)?
        .filter(|kept| kept.state == OrganisationState::Active && kept.id != from)
        .ok_or(OrganisationFault::CannotMerge)?;
    if !members::open(conn, from)?.is_empty() && !members::open(conn, into)?.is_empty() {
        return Err(OrganisationFault::BothMembers.into());
    }

    move_positions(conn, now, from, into)?;
    move_dues(conn, from, into)?;
    move_contacts(conn, from, into)?;
    move_relations(conn, now, from, into)?;
    move_rest(conn, from, into)?;
    focal_points::follow(conn, now, actor.person, from, into)?;

    let merged = Organisation {
        state: OrganisationState::Merged,
        merged_into: Some(into),
        ..gone.clone()
    };
    all::update(conn, version.unwrap_or(gone.version), merged)?;
    let names = all::merged_names(conn, into)?;
    let after = Organisation {
        search_key: all::search_key(&kept, &names),
        parent: kept.parent.filter(|parent| *parent != from),
        ..kept.clone()
    };
    let after = all::update(conn, kept.version, after)?;
    people_there::weigh_again(conn, into)?;
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(from.uuid()),
        summary: json!({ "into": into }),
        ..Note::of("organisation.merge", "organisation")
    };
    audit::note(conn, now, &note)?;
    changed::organisation(conn, now, into)?;
    Ok(after)
}

/// Where somebody has the same open position in both, the weaker one ends: a confirmed one outlives a requested one.
fn move_positions(
    conn: &mut Conn,
    now: Moment,
    from: OrganisationId,
    into: OrganisationId,
) -> Result<(), Fault> {
    let open = |conn: &mut Conn, of: OrganisationId| -> Result<Vec<Position>, Fault> {
        Ok(on_each!(conn, |c| positions::table
            .filter(positions::organisation.eq(of))
            .filter(positions::state.eq_any([PositionState::Requested, PositionState::Confirmed]))
            .select(Position::as_select())
            .load(c))?)
    };
    let kept = open(conn, into)?;
    for moved in open(conn, from)? {
        let twin = kept
            .iter()
            .find(|held| held.person == moved.person && held.kind == moved.kind);
        if let Some(twin) = twin {
            let moved_outlives =
                moved.state == PositionState::Confirmed && twin.state == PositionState::Requested;
            let over = if moved_outlives { twin.id } else { moved.id };
            on_each!(conn, |c| diesel::update(positions::table.find(over))
                .set((
                    positions::state.eq(PositionState::Ended),
                    positions::to_at.eq(now),
                    positions::decided_at.eq(now),
                    positions::reason.eq("merged"),
                    positions::version.eq(positions::version + 1),
                ))
                .execute(c))?;
        }
    }
    on_each!(conn, |c| diesel::update(positions::table)
        .filter(positions::organisation.eq(from))
        .set(positions::organisation.eq(into))
        .execute(c))?;
    Ok(())
}

/// A year both paid for stays with each: the other's is history.
fn move_dues(conn: &mut Conn, from: OrganisationId, into: OrganisationId) -> Result<(), Fault> {
    let years: Vec<i32> = on_each!(conn, |c| dues::table
        .filter(dues::organisation.eq(into))
        .select(dues::year)
        .load(c))?;
    on_each!(conn, |c| diesel::update(dues::table)
        .filter(dues::organisation.eq(from))
        .filter(dues::year.ne_all(&years))
        .set(dues::organisation.eq(into))
        .execute(c))?;
    Ok(())
}

fn move_contacts(conn: &mut Conn, from: OrganisationId, into: OrganisationId) -> Result<(), Fault> {
    let known: Vec<String> = on_each!(conn, |c| organisation_contacts::table
        .filter(organisation_contacts::organisation.eq(into))
        .select(organisation_contacts::email_key)
        .load(c))?;
    on_each!(conn, |c| diesel::update(organisation_contacts::table)
        .filter(organisation_contacts::organisation.eq(from))
        .filter(organisation_contacts::email_key.ne_all(&known))
        .set(organisation_contacts::organisation.eq(into))
        .execute(c))?;
    Ok(())
}

/// What the two are to each other, and what both are, ends now; the rest goes along.
fn move_relations(
    conn: &mut Conn,
    now: Moment,
    from: OrganisationId,
    into: OrganisationId,
) -> Result<(), Fault> {
    let of_kept = crate::relations::of(conn, into)?;
    let runs = |to_at: Option<Moment>| to_at.is_none_or(|to| now < to);
    for moved in crate::relations::of(conn, from)? {
        let is_twice = of_kept
            .iter()
            .any(|held| held.kind == moved.kind && held.other == moved.other && runs(held.to_at));
        if runs(moved.to_at) && (is_twice || moved.other == Some(into)) {
            end_relation(conn, now.max(moved.from_at), moved.id)?;
        }
    }
    for held in of_kept {
        if runs(held.to_at) && held.other == Some(from) {
            end_relation(conn, now.max(held.from_at), held.id)?;
        }
    }
    on_each!(conn, |c| diesel::update(relations::table)
        .filter(relations::organisation.eq(from))
        .filter(relations::other.is_null().or(relations::other.ne(into)))
        .set(relations::organisation.eq(into))
        .execute(c))?;
    on_each!(conn, |c| diesel::update(relations::table)
        .filter(relations::other.eq(from))
        .filter(relations::organisation.ne(into))
        .set(relations::other.eq(into))
        .execute(c))?;
    Ok(())
}

fn end_relation(conn: &mut Conn, at: Moment, id: Id<crate::model::Relation>) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(relations::table.find(id))
        .set(relations::to_at.eq(at))
        .execute(c))?;
    Ok(())
}

/// Memberships, what is part of it, and what had been merged into it before.
fn move_rest(conn: &mut Conn, from: OrganisationId, into: OrganisationId) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(memberships::table)
        .filter(memberships::organisation.eq(from))
        .set(memberships::organisation.eq(into))
        .execute(c))?;
    on_each!(conn, |c| diesel::update(organisations::table)
        .filter(organisations::parent.eq(from))
        .filter(organisations::id.ne(into))
        .set(organisations::parent.eq(into))
        .execute(c))?;
    on_each!(conn, |c| diesel::update(organisations::table)
        .filter(organisations::merged_into.eq(from))
        .set(organisations::merged_into.eq(into))
        .execute(c))?;
    Ok(())
}
