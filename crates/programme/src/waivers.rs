//! Waivers: a conflict that may stand, with the reason and who said so.

use std::collections::BTreeMap;

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Moment, text};
use records::audit::{self, Note};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    admission::Admissions, conflicts::Conflict, draft, editions, faults::ProgrammeFault, model::Waiver,
    tables::waivers,
};

/// What the form of a waiver asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct WaiverInput {
    /// The key of the conflict.
    pub conflict: String,
    /// Why it may stand.
    pub reason: String,
}

/// Lets a conflict of the draft stand. Said again, the new reason holds.
///
/// # Errors
/// 401, 403, 404; `no_such_conflict`; `invalid`.
pub fn waive(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    edition: EditionId,
    input: &WaiverInput,
) -> Result<Conflict, Fault> {
    editions::get(conn, actor, edition)?;
    may(actor, now)?;
    let mut fields = Fields::new();
    let reason = fields.required_line("reason", &input.reason, text::TITLE);
    fields.done()?;
    editions::change_draft(conn, edition)?;
    let draft = draft::read(conn, edition)?;
    let found = draft.conflicts(conn, admissions, &draft.placed())?;
    let mut conflict = found
        .into_iter()
        .find(|conflict| conflict.key == input.conflict)
        .ok_or(ProgrammeFault::NoSuchConflict)?;
    put(conn, actor, now, edition, &conflict.key, &reason)?;
    note(
        conn,
        actor,
        now,
        edition,
        "conflict.waive",
        &conflict.key,
        &reason,
    )?;
    conflict.waived = Some(reason);
    Ok(conflict)
}

/// Lets all errors left in the draft stand, for an import that reports them. Answers those it let stand.
///
/// # Errors
/// 401, 403, 404.
pub fn waive_all(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    edition: EditionId,
    reason: &str,
) -> Result<Vec<Conflict>, Fault> {
    editions::get(conn, actor, edition)?;
    may(actor, now)?;
    editions::change_draft(conn, edition)?;
    let draft = draft::read(conn, edition)?;
    let mut left: Vec<Conflict> = draft
        .conflicts(conn, admissions, &draft.placed())?
        .into_iter()
        .filter(Conflict::blocks)
        .collect();
    for conflict in &mut left {
        put(conn, actor, now, edition, &conflict.key, reason)?;
        note(conn, actor, now, edition, "conflict.waive", &conflict.key, reason)?;
        conflict.waived = Some(reason.to_owned());
    }
    Ok(left)
}

/// Takes a waiver back.
///
/// # Errors
/// 401, 403, 404.
pub fn unwaive(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    conflict: &str,
) -> Result<(), Fault> {
    editions::get(conn, actor, edition)?;
    may(actor, now)?;
    editions::change_draft(conn, edition)?;
    on_each!(conn, |c| diesel::delete(waivers::table.find((edition, conflict)))
        .execute(c))
    .one_or(Fault::not_found())?;
    note(conn, actor, now, edition, "conflict.unwaive", conflict, "")
}

/// The waivers of an edition, the latest first.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &mut Conn, edition: EditionId) -> Result<Vec<Waiver>, Fault> {
    Ok(on_each!(conn, |c| waivers::table
        .filter(waivers::edition.eq(edition))
        .order((waivers::waived_at.desc(), waivers::conflict))
        .select(Waiver::as_select())
        .load(c))?)
}

/// The reasons, by the conflict's key.
///
/// # Errors
/// When the database refuses.
pub fn reasons(conn: &mut Conn, edition: EditionId) -> Result<BTreeMap<String, String>, Fault> {
    let waived = list(conn, edition)?.into_iter();
    Ok(waived.map(|waiver| (waiver.conflict, waiver.reason)).collect())
}

/// Lets a conflict stand within another act that decided already.
pub(crate) fn let_stand(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    conflict: &str,
    reason: &str,
) -> Result<(), Fault> {
    put(conn, actor, now, edition, conflict, reason)?;
    note(conn, actor, now, edition, "conflict.waive", conflict, reason)
}

fn put(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    conflict: &str,
    reason: &str,
) -> Result<(), Fault> {
    let waiver = Waiver {
        edition,
        conflict: conflict.to_owned(),
        reason: reason.to_owned(),
        waived_by: actor.person,
        waived_at: now,
    };
    on_each!(conn, |c| diesel::insert_into(waivers::table)
        .values(&waiver)
        .on_conflict((waivers::edition, waivers::conflict))
        .do_update()
        .set((
            waivers::reason.eq(&waiver.reason),
            waivers::waived_by.eq(waiver.waived_by),
            waivers::waived_at.eq(waiver.waived_at),
        ))
        .execute(c))
    .exactly_one()
}

/// Who may let conflicts stand.
pub(crate) fn may(actor: &Actor, now: Moment) -> Result<(), Fault> {
    decide(
        actor,
        Act::WaiveConflict,
        &Object::public(ObjectKind::Release),
        now,
    )
    .or_fault()
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    act: &str,
    conflict: &str,
    reason: &str,
) -> Result<(), Fault> {
    audit::note(
        conn,
        now,
        &Note {
            actor: actor.person.map(Id::cast),
            scope: Some(edition.uuid()),
            summary: json!({"conflict": conflict, "reason": reason}),
            ..Note::of(act, "conflict")
        },
    )
}
