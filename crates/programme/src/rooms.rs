//! Rooms: what fits into them, what stands in them, when they are open, and what is known of their access (R60).

use std::collections::BTreeMap;

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded, Fault, Fields, Id, Json, LocalDate, Localized, Moment, text};
use records::audit::{self, Fingerprint, Note};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    editions::{self, parsed_or_none, same_version},
    faults::ProgrammeFault,
    model::{Equipment, Known, OpenHours, Room, RoomId, VenueId},
    rules,
    tables::{rooms, sessions},
    venues,
};

/// What the form of a room asks. What is not answered about access stays unknown.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct RoomInput {
    /// The venue it is in.
    pub venue: String,
    /// Its name.
    pub name: Localized,
    /// Its place in lists; after the others when not given.
    pub position: Option<i64>,
    /// Seats; nothing when unknown.
    pub capacity: Option<i64>,
    /// The floor, in the house's own words.
    pub floor: String,
    /// How to find it.
    pub directions: Localized,
    /// `yes`, `no` or `unknown`.
    pub step_free: String,
    /// `yes`, `no` or `unknown`.
    pub hearing_loop: String,
    /// `yes`, `no` or `unknown`.
    pub captions: String,
    /// `yes`, `no` or `unknown`.
    pub sign_language: String,
    /// `yes`, `no` or `unknown`.
    pub quiet: String,
    /// What stands in it.
    pub equipment: Equipment,
    /// Minutes it must stay free between two sessions; none when not given.
    pub turnaround_minutes: Option<i64>,
    /// When it is open, by day; a day that is not named is open all day.
    pub hours: BTreeMap<String, OpenHours>,
}

/// Adds a room.
///
/// # Errors
/// 401, 403, 404; `invalid`; `already_exists`; `edition_over`.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &RoomInput,
) -> Result<Room, Fault> {
    editions::get(conn, actor, edition)?;
    decide(actor, Act::ManageEdition, &Object::public(ObjectKind::Room), now).or_fault()?;
    editions::change_draft(conn, edition)?;
    let last: Option<i64> = on_each!(conn, |c| rooms::table
        .filter(rooms::edition.eq(edition))
        .select(diesel::dsl::max(rooms::position))
        .first(c))?;
    let blank = Room {
        id: Id::new(),
        edition,
        venue: None,
        name: Localized::default(),
        name_key: String::new(),
        position: last.map_or(0, |last| last + 1),
        capacity: None,
        floor: String::new(),
        directions: Localized::default(),
        step_free: Known::Unknown,
        hearing_loop: Known::Unknown,
        captions: Known::Unknown,
        sign_language: Known::Unknown,
        quiet: Known::Unknown,
        equipment: Json(Equipment::default()),
        turnaround_minutes: 0,
        hours: Json(BTreeMap::new()),
        version: 1,
    };
    let room = checked(conn, blank, input)?;
    on_each!(conn, |c| diesel::insert_into(rooms::table)
        .values(&room)
        .execute(c))
    .map_err(|error| name_taken(error.into()))?;
    note(conn, actor, now, "room.create", None, &room)?;
    Ok(room)
}

/// Changes a room. Sessions already in it stay; what no longer fits shows among the conflicts.
///
/// # Errors
/// As [`create`], and `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RoomId,
    input: &RoomInput,
    version: Option<i64>,
) -> Result<Room, Fault> {
    let found = find(conn, id)?.ok_or_else(Fault::not_found)?;
    editions::get(conn, actor, found.edition)?;
    decide(actor, Act::ManageEdition, &Object::public(ObjectKind::Room), now).or_fault()?;
    editions::change_draft(conn, found.edition)?;
    let before = find(conn, id)?.ok_or_else(Fault::not_found)?;
    same_version(version, before.version)?;
    let mut room = checked(conn, before.clone(), input)?;
    room.version = before.version + 1;
    on_each!(conn, |c| diesel::update(rooms::table)
        .filter(rooms::id.eq(id))
        .filter(rooms::version.eq(before.version))
        .set(&room)
        .execute(c))
    .map_err(|error| name_taken(error.into()))
    .and_then(|rows| Ok(rows).one_or(Fault::stale()))?;
    note(conn, actor, now, "room.edit", Some(&before), &room)?;
    Ok(room)
}

/// Takes out a room no session is in.
///
/// # Errors
/// 401, 403, 404; `in_use_by_sessions`.
pub fn remove(conn: &mut Conn, actor: &Actor, now: Moment, id: RoomId) -> Result<(), Fault> {
    let room = find(conn, id)?.ok_or_else(Fault::not_found)?;
    editions::get(conn, actor, room.edition)?;
    decide(actor, Act::ManageEdition, &Object::public(ObjectKind::Room), now).or_fault()?;
    editions::change_draft(conn, room.edition)?;
    let held: i64 = on_each!(conn, |c| sessions::table
        .filter(sessions::room.eq(id))
        .count()
        .get_result(c))?;
    if held > 0 {
        return Err(ProgrammeFault::InUse { sessions: held }.into());
    }
    on_each!(conn, |c| diesel::delete(rooms::table.find(id)).execute(c)).exactly_one()?;
    note(conn, actor, now, "room.remove", Some(&room), &room)
}

/// The rooms of an edition, in order.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &mut Conn, edition: EditionId) -> Result<Vec<Room>, Fault> {
    Ok(on_each!(conn, |c| rooms::table
        .filter(rooms::edition.eq(edition))
        .order((rooms::position, rooms::id))
        .select(Room::as_select())
        .load(c))?)
}

/// One room.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, id: RoomId) -> Result<Option<Room>, Fault> {
    Ok(on_each!(conn, |c| rooms::table
        .find(id)
        .select(Room::as_select())
        .first(c)
        .optional())?)
}

/// The room of this name, however it is written.
///
/// # Errors
/// When the database refuses.
pub fn by_name(conn: &mut Conn, edition: EditionId, name: &str) -> Result<Option<Room>, Fault> {
    Ok(on_each!(conn, |c| rooms::table
        .filter(rooms::edition.eq(edition))
        .filter(rooms::name_key.eq(text::fold(name)))
        .select(Room::as_select())
        .first(c)
        .optional())?)
}

fn checked(conn: &mut Conn, room: Room, input: &RoomInput) -> Result<Room, Fault> {
    let mut fields = Fields::new();
    let venue: Option<VenueId> = parsed_or_none(&mut fields, "venue", &input.venue, "unknown");
    let venue = match venue.map(|id| venues::find(conn, id)).transpose()?.flatten() {
        Some(venue) if venue.edition == room.edition => Some(venue.id),
        _ if venue.is_none() => None,
        _ => {
            fields.wrong("venue", "unknown");
            None
        }
    };
    let name = fields.localized_line("name", &input.name, text::NAME, true);
    if let Some(seats) = input.capacity {
        fields.within("capacity", seats, 1, 1_000_000);
    }
    let turnaround_minutes = fields.within(
        "turnaround_minutes",
        input.turnaround_minutes.unwrap_or(0),
        0,
        240,
    );
    let position = fields.within("position", input.position.unwrap_or(room.position), 0, 100_000);
    let floor = fields.line("floor", &input.floor, 60);
    let directions = fields.localized_paragraph("directions", &input.directions, 2000, false);
    let hours = hours(&mut fields, &input.hours);
    let equipment = equipment(&mut fields, &input.equipment);
    let mut known = |name, raw: &str| answer(&mut fields, name, raw);
    let room = Room {
        venue,
        name_key: text::fold(name.text(kernel::Language::En)),
        name,
        position,
        capacity: input.capacity,
        floor,
        directions,
        step_free: known("step_free", &input.step_free),
        hearing_loop: known("hearing_loop", &input.hearing_loop),
        captions: known("captions", &input.captions),
        sign_language: known("sign_language", &input.sign_language),
        quiet: known("quiet", &input.quiet),
        equipment: Json(equipment),
        turnaround_minutes,
        hours: Json(hours),
        ..room
    };
    fields.done()?;
    Ok(room)
}

fn answer(fields: &mut Fields, name: &str, raw: &str) -> Known {
    if raw.is_empty() {
        return Known::Unknown;
    }
    Known::from_code(raw).unwrap_or_else(|| {
        fields.wrong(name, "unknown_choice");
        Known::Unknown
    })
}

fn hours(fields: &mut Fields, raw: &BTreeMap<String, OpenHours>) -> BTreeMap<String, OpenHours> {
    for (day, open) in raw {
        let name = format!("hours.{day}");
        let span = (
            rules::minute_of_clock(&open.opens),
            rules::minute_of_clock(&open.closes),
        );
        if day.parse::<LocalDate>().is_err() {
            fields.wrong(&name, "not_a_day");
        } else if !matches!(span, (Some(opens), Some(closes)) if opens < closes) {
            fields.wrong(&name, "not_hours");
        }
    }
    if raw.len() > 60 {
        fields.wrong("hours", "too_many_entries");
    }
    raw.clone()
}

fn equipment(fields: &mut Fields, raw: &Equipment) -> Equipment {
    if let Some(booths) = raw.booths {
        fields.within("equipment.booths", booths, 0, 100);
    }
    let other = raw.other.iter().take(40);
    Equipment {
        booths: raw.booths,
        streaming: raw.streaming,
        layout: fields.line("equipment.layout", &raw.layout, 60),
        other: other
            .map(|thing| fields.line("equipment.other", thing, text::NAME))
            .filter(|thing| !thing.is_empty())
            .collect(),
    }
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
    before: Option<&Room>,
    after: &Room,
) -> Result<(), Fault> {
    audit::note(
        conn,
        now,
        &Note {
            actor: actor.person.map(Id::cast),
            object_id: Some(after.id.uuid()),
            scope: Some(after.edition.uuid()),
            summary: json!({"capacity": after.capacity, "turnaround_minutes": after.turnaround_minutes}),
            before: before.and_then(Fingerprint::of),
            after: Fingerprint::of(after),
            ..Note::of(act, "room")
        },
    )
}
