//! Which outcomes belong together: a link goes both ways (R192).

use std::collections::{BTreeMap, BTreeSet};

use access_rules::{Act, Actor};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Moment};
use records::audit::{self, Note};
use serde_json::json;

use crate::{
    faults::OutcomeFault,
    model::{Outcome, OutcomeId, OutcomeRef},
    outcomes, sight,
    sight::Eyes,
    tables::outcome_links as table,
    titles,
};

/// Says that two outcomes of an edition belong together. Said twice it is said once.
///
/// # Errors
/// 401, 403, 404; `own_link`; `invalid`: `other`, when it is of another edition.
pub fn link(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    one: OutcomeId,
    other: OutcomeId,
) -> Result<(), Fault> {
    let found = both(conn, actor, now, one, other)?;
    let (first, second) = (one.min(other), one.max(other));
    let is_new = on_each!(conn, |c| diesel::insert_into(table::table)
        .values((table::first.eq(first), table::second.eq(second)))
        .on_conflict_do_nothing()
        .execute(c))
    .at_most_one()?;
    match is_new {
        true => note(conn, actor, now, "outcome.link", &found, other),
        false => Ok(()),
    }
}

/// Says that two outcomes do not belong together.
///
/// # Errors
/// 401, 403, 404.
pub fn unlink(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    one: OutcomeId,
    other: OutcomeId,
) -> Result<(), Fault> {
    let found = both(conn, actor, now, one, other)?;
    let (first, second) = (one.min(other), one.max(other));
    on_each!(conn, |c| diesel::delete(table::table.find((first, second)))
        .execute(c))
    .one_or(Fault::not_found())?;
    note(conn, actor, now, "outcome.unlink", &found, other)
}

/// What an outcome belongs together with, as far as the actor reads it, by code.
///
/// # Errors
/// When the database refuses.
pub(crate) fn of(conn: &mut Conn, eyes: &Eyes, id: OutcomeId) -> Result<Vec<OutcomeRef>, Fault> {
    let others = of_many(conn, &[id])?.remove(&id).unwrap_or_default();
    let mut rows: Vec<Outcome> = Vec::new();
    for other in others {
        rows.extend(outcomes::row(conn, other)?.filter(|other| eyes.reads(other)));
    }
    rows.sort_by(|one, other| one.code.cmp(&other.code));
    titles::refs(conn, &rows)
}

/// What these outcomes belong together with.
pub(crate) fn of_many(
    conn: &mut Conn,
    ids: &[OutcomeId],
) -> Result<BTreeMap<OutcomeId, BTreeSet<OutcomeId>>, Fault> {
    let mut links: BTreeMap<OutcomeId, BTreeSet<OutcomeId>> = BTreeMap::new();
    for some in ids.chunks(500) {
        let rows: Vec<(OutcomeId, OutcomeId)> = on_each!(conn, |c| table::table
            .filter(table::first.eq_any(some).or(table::second.eq_any(some)))
            .select((table::first, table::second))
            .load(c))?;
        for (first, second) in rows {
            links.entry(first).or_default().insert(second);
            links.entry(second).or_default().insert(first);
        }
    }
    Ok(links)
}

fn both(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    one: OutcomeId,
    other: OutcomeId,
) -> Result<Outcome, Fault> {
    let found = outcomes::get(conn, actor, one)?;
    sight::may(actor, Act::ManageOutcomes, found.edition, now)?;
    if one == other {
        return Err(OutcomeFault::OwnLink.into());
    }
    let linked = outcomes::get(conn, actor, other)?;
    if linked.edition != found.edition {
        let mut fields = Fields::new();
        fields.wrong("other", "unknown");
        fields.done()?;
    }
    Ok(found)
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    outcome: &Outcome,
    other: OutcomeId,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(outcome.id.uuid()),
        scope: Some(outcome.edition.uuid()),
        summary: json!({ "code": outcome.code, "other": other }),
        ..Note::of(act, "outcome")
    };
    audit::note(conn, now, &note)
}
