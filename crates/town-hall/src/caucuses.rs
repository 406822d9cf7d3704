//! Caucuses: who reads every paper of an edition for one concern that cuts across its themes (R96). They are data of the
//! edition; those of Daejeon 2022 (youth, feminism, accessibility) are there to begin with.
//!
//! The desk names who answers for one. What they are asked and say of a paper is [`crate::reviews`].

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, PersonId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{CodeShape, Fault, Fields, Id, Json, Localized, Moment, text};
use people::persons;
use programme::editions;
use records::audit::{self, Fingerprint, Note};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::{
    daejeon_caucuses,
    faults::TownHallFault,
    model::{AnswerKind, Caucus, CaucusId, CaucusMember, Question},
    rules,
    tables::{caucus_members, caucuses as table},
};

/// What the form of a caucus asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct CaucusInput {
    /// Its code. Only when it is made.
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// Its checklist.
    pub questions: Vec<QuestionInput>,
    /// Its place in lists; after the others when not given.
    pub position: Option<i64>,
    /// Whether it is asked no more.
    pub retired: bool,
}

/// A question of a checklist, as the form asks.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct QuestionInput {
    /// Its code, one of a kind in the checklist.
    pub code: String,
    /// What is asked.
    pub text: Localized,
    /// How it is answered.
    pub kind: Option<AnswerKind>,
}

/// What the form that names somebody to a caucus asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct MemberInput {
    /// Who.
    pub person: Option<PersonId>,
}

/// Somebody who answers for a caucus, as the desk sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MemberView {
    /// Who.
    pub person: PersonId,
    /// By name.
    pub person_name: String,
    /// From when.
    pub from_at: Moment,
}

/// Gives an edition the three caucuses of Daejeon 2022 that it does not have yet; answers all three.
///
/// # Errors
/// 401, 403, 404; `edition_over`.
pub fn seed(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId) -> Result<Vec<Caucus>, Fault> {
    may(conn, actor, now, edition)?;
    editions::change_draft(conn, edition)?;
    let mut all = Vec::new();
    for input in daejeon_caucuses::all() {
        let there = list_all(conn, edition)?
            .into_iter()
            .find(|caucus| caucus.code == input.code);
        all.push(match there {
            Some(caucus) => caucus,
            None => create(conn, actor, now, edition, &input)?,
        });
    }
    Ok(all)
}

/// Adds a caucus.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `already_exists`; `edition_over`.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &CaucusInput,
) -> Result<Caucus, Fault> {
    may(conn, actor, now, edition)?;
    let mut fields = Fields::new();
    let code = fields.code("code", &input.code, CodeShape::Word);
    let blank = Caucus {
        id: Id::new(),
        edition,
        code,
        name: Localized::default(),
        questions: Json(vec![]),
        position: i64::try_from(list_all(conn, edition)?.len()).unwrap_or(i64::MAX),
        retired: false,
        version: 1,
    };
    let caucus = checked(fields, blank, input)?;
    editions::change_draft(conn, edition)?;
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&caucus)
        .execute(c))
    .exactly_one()
    .map_err(|fault| match fault.code {
        "already_exists" => fault.at("code"),
        _ => fault,
    })?;
    note(conn, actor, now, "caucus.create", None, &caucus, json!({}))?;
    Ok(caucus)
}

/// Changes a caucus, retires it or brings it back. What it was asked before stays as it was asked.
///
/// # Errors
/// As [`create`], and `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: CaucusId,
    input: &CaucusInput,
    version: Option<i64>,
) -> Result<Caucus, Fault> {
    let before = managed(conn, actor, now, id)?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    let after = Caucus {
        version: before.version + 1,
        ..checked(Fields::new(), before.clone(), input)?
    };
    on_each!(conn, |c| diesel::update(table::table.find(id))
        .filter(table::version.eq(before.version))
        .set(&after)
        .execute(c))
    .one_or(Fault::stale())?;
    let summary = json!({ "questions": after.questions.0.len(), "retired": after.retired });
    note(conn, actor, now, "caucus.edit", Some(&before), &after, summary)?;
    Ok(after)
}

/// The caucuses of an edition in their order, retired ones too, for whoever sees the edition.
///
/// # Errors
/// 404.
pub fn list(conn: &mut Conn, actor: &Actor, edition: EditionId) -> Result<Vec<Caucus>, Fault> {
    editions::get(conn, actor, edition)?;
    list_all(conn, edition)
}

/// One caucus, for whoever sees its edition.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, actor: &Actor, id: CaucusId) -> Result<Caucus, Fault> {
    let caucus = find(conn, id)?.ok_or_else(Fault::not_found)?;
    editions::get(conn, actor, caucus.edition)?;
    Ok(caucus)
}

/// Names somebody to answer for a caucus.
///
/// # Errors
/// 401, 403, 404; `invalid`: `person`; `caucus_retired`; `already_in_caucus`.
pub fn name(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: CaucusId,
    input: &MemberInput,
) -> Result<(), Fault> {
    let caucus = managed(conn, actor, now, id)?;
    let person = input.person.ok_or_else(|| Fault::field("person", "required"))?;
    if persons::find(conn, person)?.is_none() {
        return Err(Fault::field("person", "unknown"));
    }
    if caucus.retired {
        return Err(TownHallFault::CaucusRetired.into());
    }
    let member = CaucusMember {
        id: Id::new(),
        caucus: caucus.id,
        person,
        from_at: now,
        to_at: None,
        named_by: actor.person,
    };
    let written = on_each!(conn, |c| diesel::insert_into(caucus_members::table)
        .values(&member)
        .execute(c));
    match written.exactly_one() {
        Err(fault) if fault.code == "already_exists" => return Err(TownHallFault::AlreadyInCaucus.into()),
        answer => answer?,
    }
    note(
        conn,
        actor,
        now,
        "caucus.name",
        None,
        &caucus,
        json!({ "person": person }),
    )
}

/// Takes somebody out of a caucus.
///
/// # Errors
/// 401, 403; 404 when there is no such caucus, or they do not answer for it.
pub fn dismiss(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: CaucusId,
    person: PersonId,
) -> Result<(), Fault> {
    let caucus = managed(conn, actor, now, id)?;
    on_each!(conn, |c| diesel::update(caucus_members::table)
        .filter(caucus_members::caucus.eq(id))
        .filter(caucus_members::person.eq(person))
        .filter(caucus_members::to_at.is_null())
        .set(caucus_members::to_at.eq(now))
        .execute(c))
    .one_or(Fault::not_found())?;
    note(
        conn,
        actor,
        now,
        "caucus.dismiss",
        None,
        &caucus,
        json!({ "person": person }),
    )
}

/// Who answers for a caucus now: for the desk.
///
/// # Errors
/// 401, 403, 404.
pub fn members(conn: &mut Conn, actor: &Actor, now: Moment, id: CaucusId) -> Result<Vec<MemberView>, Fault> {
    let caucus = managed(conn, actor, now, id)?;
    let held = current(conn, caucus.id)?;
    let ids: Vec<PersonId> = held.iter().map(|member| member.person).collect();
    let persons = persons::many(conn, &ids)?;
    let view = |member: &CaucusMember| {
        let person = persons.iter().find(|person| person.id == member.person)?;
        Some(MemberView {
            person: person.id,
            person_name: person.name(),
            from_at: member.from_at,
        })
    };
    Ok(held.iter().filter_map(view).collect())
}

/// Who answers for a caucus now; unchecked.
pub(crate) fn current(conn: &mut Conn, caucus: CaucusId) -> Result<Vec<CaucusMember>, Fault> {
    Ok(on_each!(conn, |c| caucus_members::table
        .filter(caucus_members::caucus.eq(caucus))
        .filter(caucus_members::to_at.is_null())
        .order(caucus_members::id)
        .select(CaucusMember::as_select())
        .load(c))?)
}

/// The caucuses somebody answers for now.
pub(crate) fn of_person(conn: &mut Conn, person: PersonId) -> Result<Vec<CaucusId>, Fault> {
    Ok(on_each!(conn, |c| caucus_members::table
        .filter(caucus_members::person.eq(person))
        .filter(caucus_members::to_at.is_null())
        .select(caucus_members::caucus)
        .load(c))?)
}

/// All caucuses of an edition; unchecked.
pub(crate) fn list_all(conn: &mut Conn, edition: EditionId) -> Result<Vec<Caucus>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::edition.eq(edition))
        .order((table::position, table::id))
        .select(Caucus::as_select())
        .load(c))?)
}

/// One caucus; unchecked.
pub(crate) fn find(conn: &mut Conn, id: CaucusId) -> Result<Option<Caucus>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(id)
        .select(Caucus::as_select())
        .first(c)
        .optional())?)
}

fn checked(mut fields: Fields, caucus: Caucus, input: &CaucusInput) -> Result<Caucus, Fault> {
    let questions: Vec<Question> = rules::checked_questions(&mut fields, &input.questions);
    let caucus = Caucus {
        name: fields.localized_line("name", &input.name, text::NAME, true),
        questions: Json(questions),
        position: fields.within("position", input.position.unwrap_or(caucus.position), 0, 100_000),
        retired: input.retired,
        ..caucus
    };
    fields.done()?;
    Ok(caucus)
}

fn managed(conn: &mut Conn, actor: &Actor, now: Moment, id: CaucusId) -> Result<Caucus, Fault> {
    let caucus = find(conn, id)?.ok_or_else(Fault::not_found)?;
    may(conn, actor, now, caucus.edition)?;
    Ok(caucus)
}

fn may(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId) -> Result<(), Fault> {
    editions::get(conn, actor, edition)?;
    let object = Object::public(ObjectKind::Edition).of_track(Some("town_hall"));
    decide(actor, Act::ManageFormats, &object, now).or_fault()
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&Caucus>,
    after: &Caucus,
    summary: Value,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(after.id.uuid()),
        scope: Some(after.edition.uuid()),
        summary,
        before: before.and_then(Fingerprint::of),
        after: Fingerprint::of(after),
        ..Note::of(act, "caucus")
    };
    audit::note(conn, now, &note)
}
