//! Strategic priorities, and which recommendations renew them: « un guide pour le renouvellement de l'ensemble de la
//! stratégie » (R193).

use std::collections::{BTreeMap, BTreeSet};

use access_rules::{Act, Actor, EditionId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{CodeShape, Fault, Fields, Id, Localized, Moment, text};
use records::audit::{self, Fingerprint, Note};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::{
    legacy_model::{PriorityId, StrategicPriority},
    listing::{self, OutcomeFilter},
    model::{Outcome, OutcomeId, OutcomeKind, OutcomeRef, OutcomeState},
    outcomes, rules,
    sight::{self, Eyes},
    tables::{outcome_priorities as served, strategic_priorities as table},
    titles,
};

/// Most priorities an edition has.
const MOST: i64 = 200;

/// What the form of a strategic priority asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct PriorityInput {
    /// Its code; only when it is made.
    pub code: String,
    /// What it is called.
    pub title: Localized,
    /// What it means.
    pub description: Localized,
    /// Its place among the others.
    pub position: i64,
}

/// A strategic priority with the recommendations that renew it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Covered {
    /// The priority.
    #[serde(flatten)]
    pub priority: StrategicPriority,
    /// The recommendations, in their order.
    pub recommendations: Vec<OutcomeRef>,
}

/// How priorities and recommendations cover each other, both ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Coverage {
    /// How many recommendations were looked at.
    pub recommendations: usize,
    /// Every priority.
    pub priorities: Vec<Covered>,
    /// The codes of priorities that no recommendation renews.
    pub without_recommendation: Vec<String>,
    /// Recommendations that renew no priority.
    pub without_priority: Vec<OutcomeRef>,
}

/// Adds a strategic priority.
///
/// # Errors
/// 401, 403; `invalid` with each field; `already_exists`.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &PriorityInput,
) -> Result<StrategicPriority, Fault> {
    sight::may(actor, Act::ManageOutcomes, edition, now)?;
    let mut fields = Fields::new();
    let code = fields.code("code", &input.code, CodeShape::Word);
    let blank = StrategicPriority {
        id: Id::new(),
        edition,
        code,
        title: Localized::default(),
        description: Localized::default(),
        position: 0,
        version: 0,
    };
    let made = worded(fields, blank, input)?;
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&made)
        .execute(c))
    .exactly_one()?;
    note(conn, actor, now, "priority.create", None, &made)?;
    Ok(made)
}

/// Changes a strategic priority. Its code stays.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PriorityId,
    input: &PriorityInput,
    version: Option<i64>,
) -> Result<StrategicPriority, Fault> {
    let before = get(conn, id)?;
    sight::may(actor, Act::ManageOutcomes, before.edition, now)?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    let after = worded(Fields::new(), before.clone(), input)?;
    on_each!(conn, |c| diesel::update(table::table)
        .filter(table::id.eq(id))
        .filter(table::version.eq(before.version))
        .set(&after)
        .execute(c))
    .one_or(Fault::stale())?;
    note(conn, actor, now, "priority.edit", Some(&before), &after)?;
    Ok(after)
}

/// Takes out a strategic priority that nothing renews.
///
/// # Errors
/// 401, 403, 404; `in_use`.
pub fn remove(conn: &mut Conn, actor: &Actor, now: Moment, id: PriorityId) -> Result<(), Fault> {
    let found = get(conn, id)?;
    sight::may(actor, Act::ManageOutcomes, found.edition, now)?;
    // What is mapped to it refers to it, and keeps it.
    on_each!(conn, |c| diesel::delete(table::table.find(id)).execute(c)).one_or(Fault::not_found())?;
    note(conn, actor, now, "priority.remove", Some(&found), &found)
}

/// The strategic priorities of an edition, in their order. They are for anyone.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &mut Conn, edition: EditionId) -> Result<Vec<StrategicPriority>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::edition.eq(edition))
        .order((table::position, table::id))
        .limit(MOST)
        .select(StrategicPriority::as_select())
        .load(c))?)
}

/// A strategic priority.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, id: PriorityId) -> Result<StrategicPriority, Fault> {
    let found: Option<StrategicPriority> = on_each!(conn, |c| table::table
        .find(id)
        .select(StrategicPriority::as_select())
        .first(c)
        .optional())?;
    found.ok_or_else(Fault::not_found)
}

/// Says which strategic priorities an outcome renews; those it renewed before and are not named, it does no more.
///
/// # Errors
/// 401, 403, 404; `invalid`: `priorities`.
pub fn map(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    outcome: OutcomeId,
    priorities: &[PriorityId],
) -> Result<Vec<StrategicPriority>, Fault> {
    let found = outcomes::get(conn, actor, outcome)?;
    sight::may(actor, Act::ManageOutcomes, found.edition, now)?;
    outcomes::hold(conn, outcome)?;
    let wanted: BTreeSet<PriorityId> = priorities.iter().copied().collect();
    let mut there = list(conn, found.edition)?;
    there.retain(|own| wanted.contains(&own.id));
    let mut fields = Fields::new();
    if there.len() != wanted.len() {
        fields.wrong("priorities", "unknown");
    }
    fields.done()?;
    on_each!(conn, |c| diesel::delete(
        served::table.filter(served::outcome.eq(outcome))
    )
    .execute(c))?;
    for priority in &there {
        on_each!(conn, |c| diesel::insert_into(served::table)
            .values((
                served::outcome.eq(outcome),
                served::priority.eq(priority.id),
                served::made_at.eq(now),
                served::made_by.eq(actor.person),
            ))
            .execute(c))
        .exactly_one()?;
    }
    let said = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(outcome.uuid()),
        scope: Some(found.edition.uuid()),
        summary: json!({ "code": found.code, "priorities": there.iter().map(|own| &own.code).collect::<Vec<_>>() }),
        ..Note::of("outcome.map", "outcome")
    };
    audit::note(conn, now, &said)?;
    Ok(there)
}

/// Which priorities of an edition no recommendation renews, and which recommendations renew none, of those the actor
/// reads. What was given back or not adopted renews nothing, and is not looked at.
///
/// # Errors
/// When the database refuses.
pub fn coverage(conn: &mut Conn, actor: &Actor, edition: EditionId) -> Result<Coverage, Fault> {
    let recommendations = recommendations(conn, actor, edition)?;
    let refs = titles::refs(conn, &recommendations)?;
    let ids: Vec<OutcomeId> = recommendations.iter().map(|own| own.id).collect();
    let renewed = of_many(conn, &ids)?;
    let renews = |outcome: &OutcomeRef, priority: PriorityId| {
        renewed
            .get(&outcome.id)
            .is_some_and(|own| own.contains(&priority))
    };
    let priorities: Vec<Covered> = list(conn, edition)?
        .into_iter()
        .map(|priority| Covered {
            recommendations: refs
                .iter()
                .filter(|outcome| renews(outcome, priority.id))
                .cloned()
                .collect(),
            priority,
        })
        .collect();
    let bare = priorities.iter().filter(|own| own.recommendations.is_empty());
    let is_unmapped = |outcome: &&OutcomeRef| !renewed.contains_key(&outcome.id);
    Ok(Coverage {
        recommendations: refs.len(),
        without_recommendation: bare.map(|own| own.priority.code.clone()).collect(),
        without_priority: refs.iter().filter(is_unmapped).cloned().collect(),
        priorities,
    })
}

/// The priorities these outcomes renew.
pub(crate) fn of_many(
    conn: &mut Conn,
    ids: &[OutcomeId],
) -> Result<BTreeMap<OutcomeId, Vec<PriorityId>>, Fault> {
    let mut renewed: BTreeMap<OutcomeId, Vec<PriorityId>> = BTreeMap::new();
    for some in ids.chunks(500) {
        let rows: Vec<(OutcomeId, PriorityId)> = on_each!(conn, |c| served::table
            .filter(served::outcome.eq_any(some))
            .select((served::outcome, served::priority))
            .load(c))?;
        for (outcome, priority) in rows {
            renewed.entry(outcome).or_default().push(priority);
        }
    }
    Ok(renewed)
}

fn recommendations(conn: &mut Conn, actor: &Actor, edition: EditionId) -> Result<Vec<Outcome>, Fault> {
    let eyes = Eyes::of(conn, actor)?;
    let filter = OutcomeFilter {
        edition: Some(edition),
        kind: Some(OutcomeKind::Recommendation),
        ..OutcomeFilter::default()
    };
    let mut all = listing::every(conn, &eyes, &filter)?;
    all.retain(|own| match own.state {
        OutcomeState::Returned | OutcomeState::NotAdopted => false,
        OutcomeState::Drafted
        | OutcomeState::Received
        | OutcomeState::Presented
        | OutcomeState::Debated
        | OutcomeState::Adopted
        | OutcomeState::AmendedAdopted => true,
    });
    Ok(all)
}

fn worded(
    mut fields: Fields,
    before: StrategicPriority,
    input: &PriorityInput,
) -> Result<StrategicPriority, Fault> {
    let title = fields.localized_line("title", &input.title, text::TITLE, true);
    let description = fields.localized_paragraph("description", &input.description, rules::REASON_MAX, false);
    let position = fields.within("position", input.position, 0, 10_000);
    fields.done()?;
    Ok(StrategicPriority {
        title,
        description,
        position,
        version: before.version + 1,
        ..before
    })
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&StrategicPriority>,
    after: &StrategicPriority,
) -> Result<(), Fault> {
    let summary: Value = json!({ "code": after.code, "position": after.position });
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(after.id.uuid()),
        scope: Some(after.edition.uuid()),
        summary,
        before: before.and_then(Fingerprint::of),
        after: Fingerprint::of(after),
        ..Note::of(act, "priority")
    };
    audit::note(conn, now, &note)
}
