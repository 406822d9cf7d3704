//! What a session's desk makes of a change its lead asks for: it takes all fields, some, or none with a reason.
//!
//! A field that says something else by then is left as it is and told as stale. What is taken goes the way of the desk's own
//! edit ([`crate::sessions::edit`]): the same checks, the same record, with both names in it. Who asked is told by letter.

use std::collections::BTreeMap;

use access_rules::{Act, Actor, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Localized, Moment};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    admission::Admissions,
    change_diff, change_letters, editions,
    model::{
        ChangedField, FieldOutcome, Said, Session, SessionChange, SessionChangeId, SessionChangeState,
        Speaker,
    },
    parts,
    session_changes::{NOTE_MOST, Told, fields_of, find, ranked, record, step, told},
    session_form::{self, SessionInput},
    sessions::{self, Found},
    tables::session_change_fields,
};

/// What the desk makes of a change.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ChangeDecision {
    /// The fields to be taken, by their paths; none to refuse it.
    pub accept: Vec<String>,
    /// Why not all; asked for when a field is left.
    pub reason: String,
}

/// Takes the fields the desk chose into the session, but for those that changed there meanwhile, and tells who asked.
///
/// # Errors
/// 401, 403, 404; `invalid`; `change_decided`; `stale`; what the desk's own edit is refused for.
pub fn settle(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    id: SessionChangeId,
    input: &ChangeDecision,
    version: Option<i64>,
) -> Result<Told, Fault> {
    let (change, found) = find(conn, actor, now, id)?;
    may_settle(actor, now, &found)?;
    // Whatever changes the session stands in line behind this row: what is read now is what is changed.
    editions::change_draft(conn, change.edition)?;
    let session = sessions::row(conn, change.session)?.ok_or_else(Fault::not_found)?;
    let speakers = parts::speakers(conn, session.id)?;
    let mut fields = fields_of(conn, id)?;
    let reason = checked(input, &fields)?;
    decide_each(
        &mut fields,
        &change_diff::fields(&session, &speakers),
        &input.accept,
    );
    let after = SessionChange {
        state: outcome(&fields),
        reason,
        decided_by: actor.person,
        decided_at: Some(now),
        ..change.clone()
    };
    let after = step(conn, change, after, version)?;
    keep_outcomes(conn, &fields)?;
    if let Some(form) = form_with(conn, &session, &speakers, &fields)? {
        sessions::edit_for(conn, actor, now, admissions, session, &form, after.person)?;
    }
    record(conn, actor, now, "session_change.settle", &after)?;
    let told = told(conn, after)?;
    change_letters::settled(conn, now, &told)?;
    Ok(told)
}

/// Deciding is the desk's: who asks for a change does not grant it.
fn may_settle(actor: &Actor, now: Moment, found: &Found) -> Result<(), Fault> {
    decide(actor, Act::EditSession, &found.object(actor), now).or_fault()?;
    if actor.keys().contains(&found.session.desk_key()) {
        Ok(())
    } else {
        Err(Fault::forbidden("not_allowed"))
    }
}

/// The reason, when the decision is one on these fields.
fn checked(input: &ChangeDecision, changed: &[ChangedField]) -> Result<String, Fault> {
    let mut fields = Fields::new();
    let is_known = |path: &String| changed.iter().any(|row| row.field == *path);
    if !input.accept.iter().all(is_known) {
        fields.wrong("accept", "unknown_choice");
    }
    let reason = fields.paragraph("reason", &input.reason, NOTE_MOST);
    let takes_all = changed.iter().all(|row| input.accept.contains(&row.field));
    if !takes_all && reason.is_empty() && !fields.has("reason") {
        fields.wrong("reason", "required");
    }
    fields.done()?;
    Ok(reason)
}

fn decide_each(changed: &mut [ChangedField], now: &BTreeMap<String, Said>, accept: &[String]) {
    for row in changed {
        let says = change_diff::said_in(now, &row.field, &row.after.0);
        row.outcome = if !accept.contains(&row.field) {
            FieldOutcome::Refused
        } else if says == row.before.0 || says == row.after.0 {
            FieldOutcome::Accepted
        } else {
            FieldOutcome::Stale
        };
    }
}

fn outcome(changed: &[ChangedField]) -> SessionChangeState {
    let accepted = changed
        .iter()
        .filter(|row| row.outcome == FieldOutcome::Accepted)
        .count();
    match accepted {
        0 => SessionChangeState::Refused,
        all if all == changed.len() => SessionChangeState::Accepted,
        _ => SessionChangeState::PartlyAccepted,
    }
}

/// The desk's form of the session with the fields that are taken; none when none is.
fn form_with(
    conn: &mut Conn,
    session: &Session,
    speakers: &[Speaker],
    changed: &[ChangedField],
) -> Result<Option<SessionInput>, Fault> {
    let mut form = session_form::stated(conn, session)?;
    let mut taken = changed
        .iter()
        .filter(|row| row.outcome == FieldOutcome::Accepted)
        .peekable();
    if taken.peek().is_none() {
        return Ok(None);
    }
    for row in taken {
        put(&mut form, speakers, &row.field, &row.after.0);
    }
    Ok(Some(form))
}

fn put(form: &mut SessionInput, speakers: &[Speaker], field: &str, said: &Said) {
    match (field.split_once('.').unwrap_or((field, "")), said) {
        (("title", language), Said::Text(text)) => say(&mut form.title, language, text),
        (("abstract", language), Said::Text(text)) => say(&mut form.abstract_text, language, text),
        (("languages", "floor"), Said::Codes(codes)) => form.languages.floor.clone_from(codes),
        (("languages", "interpreted"), Said::Codes(codes)) => form.languages.interpreted.clone_from(codes),
        (("access", ""), Said::Codes(codes)) => form.access.clone_from(codes),
        (("speakers", ""), Said::People(people)) => {
            form.speakers = Some(
                people
                    .iter()
                    .cloned()
                    .map(|part| ranked(part, speakers))
                    .collect(),
            );
        }
        // Fields are written by `change_diff::fields` alone, which knows no others.
        _ => {}
    }
}

fn say(texts: &mut Localized, language: &str, text: &str) {
    match text {
        "" => texts.0.remove(language),
        text => texts.0.insert(language.to_owned(), text.to_owned()),
    };
}

fn keep_outcomes(conn: &mut Conn, changed: &[ChangedField]) -> Result<(), Fault> {
    for row in changed {
        on_each!(conn, |c| diesel::update(session_change_fields::table)
            .filter(session_change_fields::change.eq(row.change))
            .filter(session_change_fields::field.eq(&row.field))
            .set(session_change_fields::outcome.eq(row.outcome))
            .execute(c))
        .exactly_one()?;
    }
    Ok(())
}
