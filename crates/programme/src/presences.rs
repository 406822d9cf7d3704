//! When people are at the congress: somebody who flies out on Thursday is not put on a podium on Friday.
//!
//! Said by the desk for whom it asked. Who has said nothing is there throughout.

use std::collections::BTreeMap;

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, PersonId, decide};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, LocalDateTime, Moment};
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    draft,
    editions::{self, parsed},
    parts,
    tables::presences as rows,
};

/// Most stretches somebody is there.
const STRETCHES_MOST: usize = 20;

/// Since when and until when, by the congress's wall clock.
pub type Stretch = (LocalDateTime, LocalDateTime);

/// When whom is there; who is not named is there throughout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presences {
    by_person: BTreeMap<PersonId, Vec<Stretch>>,
}

/// A stretch of being there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct StretchInput {
    /// From, by the congress's wall clock: `2019-11-14T10:40`.
    pub from: String,
    /// Until.
    pub until: String,
}

/// What the form asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct PresenceInput {
    /// When they are there; none for throughout.
    pub stretches: Vec<StretchInput>,
}

impl Presences {
    /// Whether somebody is there all that while.
    pub fn are_there(&self, person: PersonId, from: LocalDateTime, until: LocalDateTime) -> bool {
        let Some(stretches) = self.by_person.get(&person) else {
            return true;
        };
        stretches
            .iter()
            .any(|(begin, end)| *begin <= from && until <= *end)
    }

    /// When somebody is there; nothing when it is throughout.
    pub fn stretches(&self, person: PersonId) -> Option<&[Stretch]> {
        self.by_person.get(&person).map(Vec::as_slice)
    }

    /// Of all who are not there throughout.
    pub fn all(&self) -> impl Iterator<Item = (PersonId, &[Stretch])> {
        self.by_person
            .iter()
            .map(|(person, stretches)| (*person, stretches.as_slice()))
    }
}

/// When whom is at an edition.
///
/// # Errors
/// When the database refuses.
pub fn of(conn: &mut Conn, edition: EditionId) -> Result<Presences, Fault> {
    let said: Vec<(PersonId, LocalDateTime, LocalDateTime)> = on_each!(conn, |c| rows::table
        .filter(rows::edition.eq(edition))
        .order((rows::person, rows::starts_local))
        .select((rows::person, rows::starts_local, rows::ends_local))
        .load(c))?;
    let mut presences = Presences::default();
    for (person, from, until) in said {
        presences.by_person.entry(person).or_default().push((from, until));
    }
    Ok(presences)
}

/// When whom is there, for whoever works on the draft.
///
/// # Errors
/// 401, 403, 404.
pub fn list(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId) -> Result<Presences, Fault> {
    draft::desk_of(conn, actor, now, edition)?;
    of(conn, edition)
}

/// Says when somebody with a part in the programme is there.
///
/// # Errors
/// 401, 403, 404; `invalid`; `edition_over`.
pub fn set(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    person: PersonId,
    input: &PresenceInput,
) -> Result<Vec<Stretch>, Fault> {
    editions::get(conn, actor, edition)?;
    decide(actor, Act::ManageEdition, &Object::public(ObjectKind::Room), now).or_fault()?;
    if !has_a_part(conn, edition, person)? {
        return Err(Fault::not_found());
    }
    let stretches = checked(input)?;
    editions::change_draft(conn, edition)?;
    on_each!(conn, |c| diesel::delete(rows::table)
        .filter(rows::edition.eq(edition))
        .filter(rows::person.eq(person))
        .execute(c))?;
    for (from, until) in &stretches {
        let id: Id<Stretch> = Id::new();
        on_each!(conn, |c| diesel::insert_into(rows::table)
            .values((
                rows::id.eq(id),
                rows::edition.eq(edition),
                rows::person.eq(person),
                rows::starts_local.eq(from),
                rows::ends_local.eq(until)
            ))
            .execute(c))?;
    }
    let noted = Note {
        actor: actor.person.map(Id::cast),
        scope: Some(edition.uuid()),
        summary: json!({ "stretches": stretches.len() }),
        object_id: Some(person.uuid()),
        ..Note::of("person.presence", "person")
    };
    audit::note(conn, now, &noted)?;
    Ok(stretches)
}

fn has_a_part(conn: &mut Conn, edition: EditionId, person: PersonId) -> Result<bool, Fault> {
    let speakers = parts::all_speakers(conn, edition)?;
    Ok(speakers.iter().any(|speaker| speaker.person == Some(person)))
}

fn checked(input: &PresenceInput) -> Result<Vec<Stretch>, Fault> {
    let mut fields = Fields::new();
    if input.stretches.len() > STRETCHES_MOST {
        fields.wrong("stretches", "too_many_entries");
    }
    let mut stretches = Vec::new();
    let is_said =
        |stretch: &StretchInput| !(stretch.from.trim().is_empty() && stretch.until.trim().is_empty());
    let said = input
        .stretches
        .iter()
        .enumerate()
        .filter(|(_, stretch)| is_said(stretch));
    for (place, stretch) in said {
        let field = |name: &str| format!("stretches.{place}.{name}");
        let from: Option<LocalDateTime> = parsed(&mut fields, &field("from"), &stretch.from, "not_a_time");
        let until: Option<LocalDateTime> = parsed(&mut fields, &field("until"), &stretch.until, "not_a_time");
        if let Some(stretch) = from.zip(until) {
            if stretch.1 <= stretch.0 {
                fields.wrong(&field("until"), "ends_before_start");
            }
            stretches.push(stretch);
        }
    }
    fields.done()?;
    stretches.sort_unstable();
    Ok(stretches)
}
