//! Tracks: the ways through the congress. Four come with the standard edition; an organiser may add custom ones.

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{CodeShape, Coded, Fault, Fields, Id, Localized, Moment, text};
use records::audit::{self, Fingerprint, Note};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    editions::{self, same_version},
    faults::ProgrammeFault,
    model::{Track, TrackId, TrackKind},
    rules,
    tables::{sessions, tracks},
};

/// What the form of a track asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct TrackInput {
    /// Its code; made of its title when not given. Only when it is made.
    pub code: String,
    /// What sort it is; `custom` when not given. Only when it is made.
    pub kind: String,
    /// Its title.
    pub title: Localized,
    /// Its subtitle.
    pub subtitle: Localized,
    /// What it is about.
    pub description: Localized,
    /// Its place in lists; after the others when not given.
    pub position: Option<i64>,
    /// Most people admitted to it; no limit when not given.
    pub places_max: Option<i64>,
}

/// Adds a track.
///
/// # Errors
/// 401, 403, 404; `invalid`; `already_exists`; `edition_over`.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &TrackInput,
) -> Result<Track, Fault> {
    editions::get(conn, actor, edition)?;
    decide(actor, Act::ManageEdition, &Object::public(ObjectKind::Track), now).or_fault()?;
    let mut fields = Fields::new();
    let kind = if input.kind.is_empty() {
        Some(TrackKind::Custom)
    } else {
        TrackKind::from_code(&input.kind)
    };
    if kind.is_none() {
        fields.wrong("kind", "unknown_choice");
    }
    let code = match (input.code.as_str(), kind) {
        // The standard kinds have one track each, under the code that scopes and desks know.
        (_, Some(kind)) if kind != TrackKind::Custom => kind.code().to_owned(),
        ("", _) => rules::code_from(input.title.text(kernel::Language::En)),
        (code, _) => code.to_owned(),
    };
    let code = fields.code("code", &code, CodeShape::Word);
    if kind == Some(TrackKind::Custom) && TrackKind::from_code(&code).is_some() {
        fields.wrong("code", "reserved");
    }
    editions::change_draft(conn, edition)?;
    let blank = Track {
        id: Id::new(),
        edition,
        code,
        kind: kind.unwrap_or(TrackKind::Custom),
        title: Localized::default(),
        subtitle: Localized::default(),
        description: Localized::default(),
        position: i64::try_from(list(conn, edition)?.len()).unwrap_or(i64::MAX),
        places_max: None,
        version: 1,
    };
    let track = checked(fields, blank, input)?;
    insert(conn, &track)?;
    note(conn, actor, now, "track.create", None, &track)?;
    Ok(track)
}

/// Changes a track. Its desk may, and the general desk.
///
/// # Errors
/// As [`create`], and `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: TrackId,
    input: &TrackInput,
    version: Option<i64>,
) -> Result<Track, Fault> {
    let before = find(conn, id)?.ok_or_else(Fault::not_found)?;
    editions::get(conn, actor, before.edition)?;
    let object = Object::public(ObjectKind::Track).of_track(Some(&before.code));
    decide(actor, Act::ManageEdition, &object, now).or_fault()?;
    editions::change_draft(conn, before.edition)?;
    same_version(version, before.version)?;
    let mut track = checked(Fields::new(), before.clone(), input)?;
    track.version = before.version + 1;
    on_each!(conn, |c| diesel::update(tracks::table)
        .filter(tracks::id.eq(id))
        .filter(tracks::version.eq(before.version))
        .set(&track)
        .execute(c))
    .one_or(Fault::stale())?;
    note(conn, actor, now, "track.edit", Some(&before), &track)?;
    Ok(track)
}

/// Takes out a track no session is in.
///
/// # Errors
/// 401, 403, 404; `in_use_by_sessions`.
pub fn remove(conn: &mut Conn, actor: &Actor, now: Moment, id: TrackId) -> Result<(), Fault> {
    let track = find(conn, id)?.ok_or_else(Fault::not_found)?;
    editions::get(conn, actor, track.edition)?;
    decide(actor, Act::ManageEdition, &Object::public(ObjectKind::Track), now).or_fault()?;
    editions::change_draft(conn, track.edition)?;
    let held: i64 = on_each!(conn, |c| sessions::table
        .filter(sessions::track.eq(id))
        .count()
        .get_result(c))?;
    if held > 0 {
        return Err(ProgrammeFault::InUse { sessions: held }.into());
    }
    on_each!(conn, |c| diesel::delete(tracks::table.find(id)).execute(c)).exactly_one()?;
    note(conn, actor, now, "track.remove", Some(&track), &track)
}

/// The tracks of an edition, in order.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &mut Conn, edition: EditionId) -> Result<Vec<Track>, Fault> {
    Ok(on_each!(conn, |c| tracks::table
        .filter(tracks::edition.eq(edition))
        .order((tracks::position, tracks::id))
        .select(Track::as_select())
        .load(c))?)
}

/// One track.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, id: TrackId) -> Result<Option<Track>, Fault> {
    Ok(on_each!(conn, |c| tracks::table
        .find(id)
        .select(Track::as_select())
        .first(c)
        .optional())?)
}

/// The track of this code.
///
/// # Errors
/// When the database refuses.
pub fn by_code(conn: &mut Conn, edition: EditionId, code: &str) -> Result<Option<Track>, Fault> {
    Ok(on_each!(conn, |c| tracks::table
        .filter(tracks::edition.eq(edition))
        .filter(tracks::code.eq(code))
        .select(Track::as_select())
        .first(c)
        .optional())?)
}

pub(crate) fn insert(conn: &mut Conn, track: &Track) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::insert_into(tracks::table)
        .values(track)
        .execute(c))
    .exactly_one()
    .map_err(|fault| {
        if fault.code == "already_exists" {
            fault.at("code")
        } else {
            fault
        }
    })
}

fn checked(mut fields: Fields, track: Track, input: &TrackInput) -> Result<Track, Fault> {
    let track = Track {
        title: fields.localized_line("title", &input.title, text::TITLE, true),
        subtitle: fields.localized_line("subtitle", &input.subtitle, text::TITLE, false),
        description: fields.localized_paragraph("description", &input.description, text::ABSTRACT, false),
        position: fields.within("position", input.position.unwrap_or(track.position), 0, 100_000),
        places_max: input
            .places_max
            .map(|places| fields.within("places_max", places, 1, 1_000_000)),
        ..track
    };
    fields.done()?;
    Ok(track)
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&Track>,
    after: &Track,
) -> Result<(), Fault> {
    audit::note(
        conn,
        now,
        &Note {
            actor: actor.person.map(Id::cast),
            object_id: Some(after.id.uuid()),
            scope: Some(after.edition.uuid()),
            summary: json!({"code": after.code, "places_max": after.places_max}),
            before: before.and_then(Fingerprint::of),
            after: Fingerprint::of(after),
            ..Note::of(act, "track")
        },
    )
}
