//! Agendas: items with stable numbers and a kind, published once.
//!
//! An item keeps its id when it gets another number, so that papers and, later, votes stay with it (R133).

use access_rules::Actor;
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Localized, Moment, text};
use records::{
    audit::{self, Note},
    feed,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    faults::StatutoryFault,
    meetings,
    model::{AgendaItem, ItemId, ItemKind, Meeting, MeetingId},
    rules,
    tables::{agenda_items, meeting_documents, meetings as meeting_rows},
};

/// Most items of one agenda.
const ITEMS_MOST: usize = 200;

/// What the form of an item asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ItemInput {
    /// Its title.
    pub title: Localized,
    /// What is asked of the meeting.
    pub kind: Option<ItemKind>,
}

/// What the form that orders an agenda asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct OrderInput {
    /// Every item, in the new order.
    #[schema(value_type = Vec<String>)]
    pub items: Vec<ItemId>,
}

/// Adds an item, with the next number.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field.
pub fn add(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    meeting: MeetingId,
    input: &ItemInput,
) -> Result<AgendaItem, Fault> {
    meetings::managed(conn, actor, now, meeting)?;
    let (title, kind) = checked(input)?;
    meetings::lock(conn, meeting)?;
    let held = items(conn, meeting)?;
    if held.len() >= ITEMS_MOST {
        return Err(Fault::field("items", "too_many_entries"));
    }
    let last = held.iter().map(|item| item.number).max().unwrap_or(0);
    let item = AgendaItem {
        id: Id::new(),
        meeting,
        number: last + 1,
        title,
        kind,
        position: held.iter().map(|item| item.position).max().unwrap_or(0) + 1,
        version: 1,
    };
    on_each!(conn, |c| diesel::insert_into(agenda_items::table)
        .values(&item)
        .execute(c))
    .exactly_one()?;
    note(conn, actor, now, "agenda.add", &item)?;
    Ok(item)
}

/// Changes title and kind of an item; its number stays.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: ItemId,
    input: &ItemInput,
    version: Option<i64>,
) -> Result<AgendaItem, Fault> {
    let before = find(conn, id)?.ok_or_else(Fault::not_found)?;
    meetings::managed(conn, actor, now, before.meeting)?;
    let (title, kind) = checked(input)?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    let item = AgendaItem {
        title,
        kind,
        version: before.version + 1,
        ..before
    };
    on_each!(conn, |c| diesel::update(agenda_items::table)
        .filter(agenda_items::id.eq(id))
        .filter(agenda_items::version.eq(item.version - 1))
        .set(&item)
        .execute(c))
    .one_or(Fault::stale())?;
    note(conn, actor, now, "agenda.edit", &item)?;
    Ok(item)
}

/// Takes out an item no paper refers to; the others keep their numbers.
///
/// # Errors
/// 401, 403, 404; `item_has_documents`.
pub fn remove(conn: &mut Conn, actor: &Actor, now: Moment, id: ItemId) -> Result<(), Fault> {
    let item = find(conn, id)?.ok_or_else(Fault::not_found)?;
    meetings::managed(conn, actor, now, item.meeting)?;
    meetings::lock(conn, item.meeting)?;
    let documents: i64 = on_each!(conn, |c| meeting_documents::table
        .filter(meeting_documents::item.eq(id))
        .count()
        .get_result(c))?;
    if documents > 0 {
        return Err(StatutoryFault::ItemHasDocuments { documents }.into());
    }
    on_each!(conn, |c| diesel::delete(agenda_items::table.find(id)).execute(c)).one_or(Fault::not_found())?;
    note(conn, actor, now, "agenda.remove", &item)
}

/// Puts the items into this order and numbers them from 1 on; each keeps its id (R133).
///
/// # Errors
/// 401, 403, 404; `invalid` when these are not exactly the items.
pub fn renumber(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    meeting: MeetingId,
    input: &OrderInput,
) -> Result<Vec<AgendaItem>, Fault> {
    let found = meetings::managed(conn, actor, now, meeting)?;
    meetings::lock(conn, meeting)?;
    let held = items(conn, meeting)?;
    let turned =
        rules::renumbered(&held, &input.items).ok_or_else(|| Fault::field("items", "not_the_same_items"))?;
    // A number is free for its next item only once nobody holds it.
    for item in &held {
        on_each!(conn, |c| diesel::update(agenda_items::table.find(item.id))
            .set(agenda_items::number.eq(-item.number))
            .execute(c))
        .exactly_one()?;
    }
    for item in &turned {
        on_each!(conn, |c| diesel::update(agenda_items::table.find(item.id))
            .set(item)
            .execute(c))
        .exactly_one()?;
    }
    meetings::note(conn, actor, now, "agenda.renumber", None, &found.meeting)?;
    Ok(turned)
}

/// Sends the agenda out: from now on whoever reads the meeting's papers reads it, and the meeting is announced.
///
/// # Errors
/// 401, 403, 404; `agenda_empty`; `agenda_published`; `stale`.
pub fn publish(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    meeting: MeetingId,
    version: Option<i64>,
) -> Result<Meeting, Fault> {
    let found = meetings::managed(conn, actor, now, meeting)?;
    let before = found.meeting;
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    if before.agenda_published_at.is_some() {
        return Err(StatutoryFault::AgendaPublished.into());
    }
    if items(conn, meeting)?.is_empty() {
        return Err(StatutoryFault::AgendaEmpty.into());
    }
    let after = Meeting {
        agenda_published_at: Some(now),
        version: before.version + 1,
        ..before.clone()
    };
    on_each!(conn, |c| diesel::update(meeting_rows::table)
        .filter(meeting_rows::id.eq(meeting))
        .filter(meeting_rows::version.eq(before.version))
        .set(&after)
        .execute(c))
    .one_or(Fault::stale())?;
    meetings::note(conn, actor, now, "agenda.publish", Some(&before), &after)?;
    let told = json!({ "meeting": meeting, "body": after.body });
    feed::tell(
        conn,
        now,
        &stream(meeting),
        "agenda.published",
        &after.papers_to,
        told,
    )?;
    Ok(after)
}

/// The items of a meeting in their order; unchecked.
///
/// # Errors
/// When the database refuses.
pub fn items(conn: &mut Conn, meeting: MeetingId) -> Result<Vec<AgendaItem>, Fault> {
    Ok(on_each!(conn, |c| agenda_items::table
        .filter(agenda_items::meeting.eq(meeting))
        .order((agenda_items::position, agenda_items::id))
        .select(AgendaItem::as_select())
        .load(c))?)
}

/// The stream in the feed of what happens to a meeting.
pub fn stream(meeting: MeetingId) -> String {
    format!("meeting:{meeting}")
}

pub(crate) fn find(conn: &mut Conn, id: ItemId) -> Result<Option<AgendaItem>, Fault> {
    Ok(on_each!(conn, |c| agenda_items::table
        .find(id)
        .select(AgendaItem::as_select())
        .first(c)
        .optional())?)
}

fn checked(input: &ItemInput) -> Result<(Localized, ItemKind), Fault> {
    let mut fields = Fields::new();
    let title = fields.localized_line("title", &input.title, text::TITLE, true);
    let kind = fields.required("kind", input.kind);
    fields.done()?;
    Ok((title, kind.unwrap_or(ItemKind::ForInformation)))
}

/// Never a title: titles of a closed meeting have no place in a log (R20).
fn note(conn: &mut Conn, actor: &Actor, now: Moment, act: &str, item: &AgendaItem) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(item.meeting.uuid()),
        summary: json!({ "item": item.id, "number": item.number, "kind": item.kind }),
        ..Note::of(act, "meeting")
    };
    audit::note(conn, now, &note)
}
