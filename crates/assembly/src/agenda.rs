//! The World Assembly's agenda: what it received, and topics of its own, in order.
//!
//! Who runs it puts it together, and changes it until it is over. Once it is convoked everybody who knows of it reads the
//! agenda, each with the outcomes they may read.

use std::collections::BTreeSet;

use access_rules::{Actor, SessionId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Kind, Localized, Moment, text};
use outcomes::{
    model::{OutcomeId, OutcomeKind, OutcomeState},
    outcomes as all_outcomes,
};
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    faults::WorldAssemblyFault,
    model::world::{AssemblyItem, AssemblyItemKind, AssemblyState, ItemId, WorldAssembly},
    rules,
    tables::world_assembly_items as table,
    world_assembly::{self, Known},
};

/// Most items of one agenda.
const ITEMS_MOST: usize = 500;

/// What the form of an item asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct AssemblyItemInput {
    /// The outcome that is put; only when the item is made.
    #[schema(value_type = Option<String>)]
    pub outcome: Option<OutcomeId>,
    /// The title of a topic; an outcome has its own.
    pub title: Localized,
    /// What is asked; for adoption when left out. An outcome is always for adoption.
    pub kind: Option<AssemblyItemKind>,
}

/// What the form that orders the agenda asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct AssemblyOrderInput {
    /// Every item, in the new order.
    #[schema(value_type = Vec<String>)]
    pub items: Vec<ItemId>,
}

/// An outcome as an agenda names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OutcomeCard {
    /// Its code.
    pub code: String,
    /// What sort it is.
    pub kind: OutcomeKind,
    /// How far it is.
    pub state: OutcomeState,
    /// Its title.
    pub title: Localized,
    /// Guards what is done with it.
    pub version: i64,
}

/// An item as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct AssemblyItemView {
    /// The item.
    #[serde(flatten)]
    pub item: AssemblyItem,
    /// The outcome that is put; none for a topic.
    pub put: Option<OutcomeCard>,
}

/// Puts an outcome or a topic on the agenda, last.
///
/// # Errors
/// 401, 403, 404; `not_the_world_assembly`; `invalid` with each field; `outcome_for_adoption`; `already_on_agenda`;
/// `world_assembly_over`.
pub fn add(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    input: &AssemblyItemInput,
) -> Result<AssemblyItem, Fault> {
    let assembly = changed(conn, actor, now, session)?;
    let held = items(conn, session)?;
    room_for(&held, 1)?;
    let item = match input.outcome {
        Some(outcome) => put(conn, &assembly, &held, outcome, input)?,
        None => topic(&assembly, &held, input)?,
    };
    insert(conn, &item)?;
    note(
        conn,
        actor,
        now,
        "world_assembly_item.add",
        &assembly,
        json!({ "item": item.id, "outcome": item.outcome }),
    )?;
    Ok(item)
}

/// Puts all that the World Assembly received and that is not on it yet on the agenda, by its codes. Answers the new items.
///
/// # Errors
/// 401, 403, 404; `not_the_world_assembly`; `invalid`: `items`; `world_assembly_over`.
pub fn add_received(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<Vec<AssemblyItem>, Fault> {
    let assembly = changed(conn, actor, now, session)?;
    let held = items(conn, session)?;
    let known: BTreeSet<OutcomeId> = held.iter().filter_map(|item| item.outcome).collect();
    let waiting = all_outcomes::undecided(conn, assembly.edition)?;
    let waiting = waiting.iter().filter(|outcome| !known.contains(&outcome.id));
    let last = last_position(&held);
    let new: Vec<AssemblyItem> = waiting
        .zip(last + 1..)
        .map(|(outcome, position)| item_of(&assembly, Some(outcome.id), position))
        .collect();
    room_for(&held, new.len())?;
    for item in &new {
        insert(conn, item)?;
    }
    note(
        conn,
        actor,
        now,
        "world_assembly_item.add_received",
        &assembly,
        json!({ "items": new.len() }),
    )?;
    Ok(new)
}

/// Changes the title of a topic and what is asked.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `outcome_for_adoption`; `world_assembly_over`; `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: ItemId,
    input: &AssemblyItemInput,
    version: Option<i64>,
) -> Result<AssemblyItem, Fault> {
    let (assembly, before) = changed_item(conn, actor, now, id)?;
    rules::same_version(version, before.version)?;
    if before.outcome.is_some() {
        return Err(WorldAssemblyFault::ForAdoptionOnly.into());
    }
    let said = topic(&assembly, &[], input)?;
    let after = AssemblyItem {
        title: said.title,
        kind: input.kind.unwrap_or(before.kind),
        version: before.version + 1,
        ..before.clone()
    };
    save(conn, &before, &after)?;
    note(
        conn,
        actor,
        now,
        "world_assembly_item.edit",
        &assembly,
        json!({ "item": id, "kind": after.kind }),
    )?;
    Ok(after)
}

/// Takes an item off the agenda whose outcome was not presented.
///
/// # Errors
/// 401, 403, 404; `item_taken_up`; `world_assembly_over`.
pub fn remove(conn: &mut Conn, actor: &Actor, now: Moment, id: ItemId) -> Result<(), Fault> {
    let (assembly, item) = changed_item(conn, actor, now, id)?;
    if let Some(outcome) = item.outcome {
        let found = all_outcomes::row(conn, outcome)?;
        let waits = |state| matches!(state, OutcomeState::Drafted | OutcomeState::Received);
        if found.is_some_and(|found| !waits(found.state)) {
            return Err(WorldAssemblyFault::TakenUp.into());
        }
    }
    on_each!(conn, |c| diesel::delete(table::table.find(id)).execute(c)).one_or(Fault::not_found())?;
    note(
        conn,
        actor,
        now,
        "world_assembly_item.remove",
        &assembly,
        json!({ "item": id, "outcome": item.outcome }),
    )
}

/// Puts the items into this order.
///
/// # Errors
/// 401, 403, 404; `not_the_world_assembly`; `invalid` when these are not exactly the items; `world_assembly_over`.
pub fn order(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    input: &AssemblyOrderInput,
) -> Result<Vec<AssemblyItem>, Fault> {
    let assembly = changed(conn, actor, now, session)?;
    let held = items(conn, session)?;
    let distinct: BTreeSet<ItemId> = input.items.iter().copied().collect();
    if distinct.len() != held.len() || input.items.len() != held.len() {
        return Err(Fault::field("items", "not_the_same_items"));
    }
    for (id, position) in input.items.iter().zip(1..) {
        let before = held.iter().find(|item| item.id == *id);
        let before = before.ok_or_else(|| Fault::field("items", "not_the_same_items"))?;
        let after = AssemblyItem {
            position,
            version: before.version + 1,
            ..before.clone()
        };
        save(conn, before, &after)?;
    }
    note(
        conn,
        actor,
        now,
        "world_assembly_item.order",
        &assembly,
        json!({ "items": held.len() }),
    )?;
    items(conn, session)
}

/// The agenda as this actor reads it: whole for who runs it; for others once it is convoked, without the outcomes they may
/// not read.
///
/// # Errors
/// 404; `not_the_world_assembly`.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<Vec<AssemblyItemView>, Fault> {
    let known = world_assembly::known(conn, actor, now, session)?;
    let is_out = !matches!(
        known.assembly.state,
        AssemblyState::Proposed | AssemblyState::AwaitingConsent
    );
    let runs = known.runs(actor, now);
    if !(is_out || runs) {
        return Ok(vec![]);
    }
    let mut views = Vec::new();
    for item in items(conn, session)? {
        let Some(outcome) = item.outcome else {
            views.push(AssemblyItemView { item, put: None });
            continue;
        };
        let found = match all_outcomes::get(conn, actor, outcome) {
            Err(fault) if fault.kind == Kind::NotFound && runs => all_outcomes::row(conn, outcome)?,
            Err(fault) if fault.kind == Kind::NotFound => None,
            Err(fault) => return Err(fault),
            Ok(found) => Some(found),
        };
        if let Some(found) = found {
            let put = Some(OutcomeCard {
                title: texts::texts::get(conn, found.text)?.title,
                code: found.code,
                kind: found.kind,
                state: found.state,
                version: found.version,
            });
            views.push(AssemblyItemView { item, put });
        }
    }
    Ok(views)
}

/// Whether an outcome is on the agenda; unchecked.
pub(crate) fn holds(conn: &mut Conn, session: SessionId, outcome: OutcomeId) -> Result<bool, Fault> {
    let held: i64 = on_each!(conn, |c| table::table
        .filter(table::session.eq(session))
        .filter(table::outcome.eq(outcome))
        .count()
        .get_result(c))?;
    Ok(held > 0)
}

/// The items in their order; unchecked.
pub(crate) fn items(conn: &mut Conn, session: SessionId) -> Result<Vec<AssemblyItem>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::session.eq(session))
        .order((table::position, table::id))
        .select(AssemblyItem::as_select())
        .load(c))?)
}

/// The World Assembly whose agenda this actor changes now, its row taken.
fn changed(conn: &mut Conn, actor: &Actor, now: Moment, session: SessionId) -> Result<WorldAssembly, Fault> {
    let known = world_assembly::known(conn, actor, now, session)?;
    known.may_run(actor, now)?;
    taken(conn, &known)
}

fn changed_item(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: ItemId,
) -> Result<(WorldAssembly, AssemblyItem), Fault> {
    let item: AssemblyItem = on_each!(conn, |c| table::table
        .find(id)
        .select(AssemblyItem::as_select())
        .first(c))?;
    let assembly = changed(conn, actor, now, item.session)?;
    Ok((assembly, item))
}

fn taken(conn: &mut Conn, known: &Known) -> Result<WorldAssembly, Fault> {
    let assembly = world_assembly::take(conn, known)?;
    match rules::is_over(assembly.state) {
        true => Err(WorldAssemblyFault::Over.into()),
        false => Ok(assembly),
    }
}

fn put(
    conn: &mut Conn,
    assembly: &WorldAssembly,
    held: &[AssemblyItem],
    outcome: OutcomeId,
    input: &AssemblyItemInput,
) -> Result<AssemblyItem, Fault> {
    let found = all_outcomes::row(conn, outcome)?;
    if found.is_none_or(|found| found.edition != assembly.edition || found.state.is_decided()) {
        return Err(Fault::field("outcome", "unknown"));
    }
    if input.kind == Some(AssemblyItemKind::ForInformation) {
        return Err(WorldAssemblyFault::ForAdoptionOnly.into());
    }
    if held.iter().any(|item| item.outcome == Some(outcome)) {
        return Err(WorldAssemblyFault::OnAgenda.into());
    }
    Ok(item_of(assembly, Some(outcome), last_position(held) + 1))
}

fn topic(
    assembly: &WorldAssembly,
    held: &[AssemblyItem],
    input: &AssemblyItemInput,
) -> Result<AssemblyItem, Fault> {
    let mut fields = Fields::new();
    let title = fields.localized_line("title", &input.title, text::TITLE, true);
    fields.done()?;
    Ok(AssemblyItem {
        title,
        kind: input.kind.unwrap_or(AssemblyItemKind::ForAdoption),
        ..item_of(assembly, None, last_position(held) + 1)
    })
}

fn item_of(assembly: &WorldAssembly, outcome: Option<OutcomeId>, position: i64) -> AssemblyItem {
    AssemblyItem {
        id: Id::new(),
        session: assembly.session,
        position,
        kind: AssemblyItemKind::ForAdoption,
        outcome,
        title: Localized::default(),
        version: 1,
    }
}

fn room_for(held: &[AssemblyItem], more: usize) -> Result<(), Fault> {
    match held.len() + more > ITEMS_MOST {
        true => Err(Fault::field("items", "too_many_entries")),
        false => Ok(()),
    }
}

fn last_position(held: &[AssemblyItem]) -> i64 {
    held.iter().map(|item| item.position).max().unwrap_or(0)
}

fn insert(conn: &mut Conn, item: &AssemblyItem) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(item)
        .execute(c))
    .exactly_one()
}

fn save(conn: &mut Conn, before: &AssemblyItem, after: &AssemblyItem) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(table::table)
        .filter(table::id.eq(before.id))
        .filter(table::version.eq(before.version))
        .set(after)
        .execute(c))
    .one_or(Fault::stale())
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    assembly: &WorldAssembly,
    summary: serde_json::Value,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(assembly.session.uuid()),
        scope: Some(assembly.edition.uuid()),
        summary,
        ..Note::of(act, "session")
    };
    audit::note(conn, now, &note)
}
