//! Outcomes: drafted for the World Assembly itself, worded and found. What is decided of them is in [`crate::decisions`],
//! many of them at once in [`crate::listing`].
//!
//! An outcome is edited by the desk until it is decided; its code never changes (R101). What a reader may not know of is
//! in no list and no count.

use access_rules::{Act, Actor, EditionId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, LocalDate, Localized, Moment, text};
use records::audit::{self, Fingerprint, Note};
use serde::Deserialize;
use serde_json::json;
use texts::{blocks, model::Block, texts as wording};
use utoipa::ToSchema;

pub use crate::listing::{OutcomeFilter, OutcomeLine, list};
use crate::{
    faults::OutcomeFault,
    model::{Outcome, OutcomeId, OutcomeRef, OutcomeState, Step},
    numbers, rules, searching,
    sight::{self, Eyes},
    tables::{outcome_steps, outcomes as table},
    titles,
    wordings::{self, Beginning, NewOutcome},
};

/// What the form of an outcome that is edited asks. What is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct OutcomeInput {
    /// Its title.
    pub title: Option<Localized>,
    /// Its words, as Markdown; blocks that say nearly what they said keep their ids.
    pub markdown: Option<String>,
}

/// Drafts an outcome that nobody transmitted: a declaration, say. `congress_year` is that of the edition.
///
/// # Errors
/// 401, 403; `invalid` with each field.
pub fn draft(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    congress_year: i64,
    input: &NewOutcome,
) -> Result<Outcome, Fault> {
    sight::may(actor, Act::ManageOutcomes, edition, now)?;
    let mut fields = Fields::new();
    let worded = wordings::worded(conn, &mut fields, "", input)?;
    fields.done()?;
    let stem = rules::own_stem(congress_year);
    let beginning = Beginning {
        edition,
        number: numbers::take(conn, &stem, worded.kind, 1)? + 1,
        stem: &stem,
        transmission: None,
        state: OutcomeState::Drafted,
    };
    let outcome = wordings::begin(conn, actor.person, now, &beginning, worded)?;
    note(conn, actor, now, "outcome.draft", None, &outcome)?;
    Ok(outcome)
}

/// Gives an outcome other words, until it is decided.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `stale`; `outcome_decided`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: OutcomeId,
    input: &OutcomeInput,
    version: Option<i64>,
) -> Result<Outcome, Fault> {
    let seen = get(conn, actor, id)?;
    sight::may(actor, Act::ManageOutcomes, seen.edition, now)?;
    // Whoever decides it takes its row too: words are changed before that or not at all.
    let before = hold(conn, id)?;
    if before.state.is_decided() {
        return Err(OutcomeFault::OutcomeDecided.into());
    }
    let mut fields = Fields::new();
    let text = wording::get(conn, before.text)?;
    let title = input.title.as_ref().map(|title| {
        let title = fields.localized_line("title", title, text::TITLE, true);
        if !title.is_blank() && !title.0.contains_key(&text.language) {
            fields.wrong(&format!("title.{}", text.language), "required");
        }
        title
    });
    let words: Option<Vec<Block>> = input
        .markdown
        .as_ref()
        .map(|markdown| wordings::words(&mut fields, "markdown", markdown));
    fields.done()?;
    let title_key = title
        .as_ref()
        .map(|title| wordings::title_key(&before.code, title));
    let after = Outcome {
        title_key: title_key.unwrap_or_else(|| before.title_key.clone()),
        version: before.version + 1,
        ..before.clone()
    };
    write(conn, version, &before, &after)?;
    if let Some(title) = title {
        wording::rename(conn, actor.person, now, before.text, None, &title)?;
    }
    if let Some(words) = words {
        blocks::replace_all(conn, actor.person, now, before.text, None, words)?;
    }
    searching::keep(conn, id)?;
    note(conn, actor, now, "outcome.edit", Some(&before), &after)?;
    Ok(after)
}

/// Says until when what was adopted is followed.
///
/// # Errors
/// 401, 403, 404; `outcome_not_adopted`; `stale`.
pub fn set_horizon(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: OutcomeId,
    horizon_to: LocalDate,
    version: Option<i64>,
) -> Result<Outcome, Fault> {
    let before = get(conn, actor, id)?;
    sight::may(actor, Act::ManageOutcomes, before.edition, now)?;
    if !before.state.is_adopted() {
        return Err(OutcomeFault::NotAdopted.into());
    }
    let after = Outcome {
        horizon_to: Some(horizon_to),
        version: before.version + 1,
        ..before.clone()
    };
    write(conn, version, &before, &after)?;
    note(conn, actor, now, "outcome.set_horizon", Some(&before), &after)?;
    Ok(after)
}

/// An outcome that the actor reads.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, actor: &Actor, id: OutcomeId) -> Result<Outcome, Fault> {
    let found = row(conn, id)?.ok_or_else(Fault::not_found)?;
    let eyes = Eyes::of(conn, actor)?;
    match eyes.reads(&found) {
        true => Ok(found),
        false => Err(Fault::not_found()),
    }
}

/// An outcome that the actor reads, by its code.
///
/// # Errors
/// 404.
pub fn by_code(conn: &mut Conn, actor: &Actor, code: &str) -> Result<Outcome, Fault> {
    let found: Option<Outcome> = on_each!(conn, |c| table::table
        .filter(table::code.eq(code))
        .select(Outcome::as_select())
        .first(c)
        .optional())?;
    let found = found.ok_or_else(Fault::not_found)?;
    match Eyes::of(conn, actor)?.reads(&found) {
        true => Ok(found),
        false => Err(Fault::not_found()),
    }
}

/// An outcome, whoever asks.
///
/// # Errors
/// When the database refuses.
pub fn row(conn: &mut Conn, id: OutcomeId) -> Result<Option<Outcome>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(id)
        .select(Outcome::as_select())
        .first(c)
        .optional())?)
}

/// An outcome whose row is held until COMMIT, so that those who change it or its words stand in line.
pub(crate) fn hold(conn: &mut Conn, id: OutcomeId) -> Result<Outcome, Fault> {
    let held: Option<Outcome> = on_each!(conn, |c| diesel::update(table::table.find(id))
        .set(table::version.eq(table::version))
        .returning(Outcome::as_returning())
        .get_result(c)
        .optional())?;
    held.ok_or_else(Fault::not_found)
}

/// What the World Assembly has received or was presented, and has not decided: it cannot close while there is any (R72).
/// Who may know of it was decided by the caller.
///
/// # Errors
/// When the database refuses.
pub fn undecided(conn: &mut Conn, edition: EditionId) -> Result<Vec<OutcomeRef>, Fault> {
    let open = [
        OutcomeState::Received,
        OutcomeState::Presented,
        OutcomeState::Debated,
    ];
    let mut rows: Vec<Outcome> = on_each!(conn, |c| table::table
        .filter(table::edition.eq(edition))
        .filter(table::state.eq_any(open))
        .select(Outcome::as_select())
        .load(c))?;
    rows.sort_by(|one, other| one.code.cmp(&other.code));
    titles::refs(conn, &rows)
}

/// The steps of an outcome, the first first.
///
/// # Errors
/// When the database refuses.
pub fn steps(conn: &mut Conn, id: OutcomeId) -> Result<Vec<Step>, Fault> {
    Ok(on_each!(conn, |c| outcome_steps::table
        .filter(outcome_steps::outcome.eq(id))
        .order(outcome_steps::id)
        .select(Step::as_select())
        .load(c))?)
}

/// Writes an outcome over what it was when it was read, on the version that was seen, where one is named.
pub(crate) fn write(
    conn: &mut Conn,
    seen: Option<i64>,
    before: &Outcome,
    after: &Outcome,
) -> Result<(), Fault> {
    if seen.is_some_and(|seen| seen != before.version) {
        return Err(Fault::stale());
    }
    on_each!(conn, |c| diesel::update(table::table)
        .filter(table::id.eq(before.id))
        .filter(table::version.eq(before.version))
        .set(after)
        .execute(c))
    .one_or(Fault::stale())
}

pub(crate) fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&Outcome>,
    after: &Outcome,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(after.id.uuid()),
        scope: Some(after.edition.uuid()),
        summary: json!({
            "code": after.code, "kind": after.kind, "state": after.state, "horizon_to": after.horizon_to,
        }),
        before: before.and_then(Fingerprint::of),
        after: Fingerprint::of(after),
        ..Note::of(act, "outcome")
    };
    audit::note(conn, now, &note)
}
