//! What responsible bodies answer to recommendations: « Les villes à l'écoute » (R99).
//!
//! A body is asked with a day until which it is to answer, whatever the World Assembly has decided by then; it answers
//! through its focal points, or the desk enters what it said. Who has not answered is public.

use std::collections::BTreeMap;

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, OrganisationId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, LocalDate, Localized, Moment};
use members::organisations;
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    faults::OutcomeFault,
    legacy_model::{Response, ResponseAnswer, ResponseId},
    letters,
    listing::{self, OutcomeFilter},
    model::{Outcome, OutcomeId, OutcomeKind, OutcomeRef, OutcomeState},
    outcomes, rules,
    sight::{self, Eyes},
    tables::outcome_responses as table,
    titles,
};

/// Longest answer, in graphemes.
const SAID_MAX: usize = 10_000;

/// What the form that asks a body asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ResponseAskInput)]
pub struct AskInput {
    /// The body that is responsible.
    pub organisation: Option<OrganisationId>,
    /// Until when it is to answer, this day included.
    pub due_on: Option<LocalDate>,
}

/// What the form of an answer asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = ResponseAnswerInput)]
pub struct AnswerInput {
    /// What it answers.
    pub answer: Option<ResponseAnswer>,
    /// In its own words.
    pub said: Localized,
    /// Of which day the answer is; today when left out.
    pub answered_on: Option<LocalDate>,
}

/// A response as its readers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ResponseView {
    /// The response.
    #[serde(flatten)]
    pub response: Response,
    /// The body's name.
    pub organisation_name: String,
    /// Days until it is due, less than 0 when it is late; none once it was given.
    pub days_left: Option<i64>,
}

/// A recommendation that nobody answered yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Unanswered {
    /// The recommendation.
    pub outcome: OutcomeRef,
    /// The body that was asked; none where none was.
    pub asked: Option<ResponseView>,
}

/// Asks a body what becomes of a recommendation, and tells it so by letter.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `not_a_recommendation`; `already_exists`.
pub fn ask(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    outcome: OutcomeId,
    input: &AskInput,
) -> Result<Response, Fault> {
    let found = outcomes::get(conn, actor, outcome)?;
    sight::may(actor, Act::ManageOutcomes, found.edition, now)?;
    let mut fields = Fields::new();
    let due_on = fields.required("due_on", input.due_on);
    let organisation = fields.required("organisation", input.organisation);
    let known = match organisation {
        Some(id) => organisations::find(conn, id)?.map(|found| found.id),
        None => None,
    };
    if organisation.is_some() && known.is_none() {
        fields.wrong("organisation", "unknown");
    }
    fields.done()?;
    let (Some(due_on), Some(organisation)) = (due_on, known) else {
        return Err(Fault::internal("a required field is missing unnoticed"));
    };
    if found.kind != OutcomeKind::Recommendation || found.state == OutcomeState::Drafted {
        return Err(OutcomeFault::NotARecommendation.into());
    }
    let asked = Response {
        id: Id::new(),
        outcome,
        organisation,
        due_on,
        asked_at: now,
        asked_by: actor.person,
        answer: None,
        said: Localized::default(),
        answered_on: None,
        answered_at: None,
        answered_by: None,
        version: 1,
    };
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&asked)
        .execute(c))
    .exactly_one()?;
    letters::asked(conn, now, &found, &asked)?;
    note(conn, actor, now, "response.ask", &found, &asked)?;
    Ok(asked)
}

/// Gives a body that has not answered another day, and tells it so by letter.
///
/// # Errors
/// 401, 403, 404; `already_answered`; `stale`.
pub fn postpone(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: ResponseId,
    due_on: LocalDate,
    version: Option<i64>,
) -> Result<Response, Fault> {
    let (found, before) = get(conn, actor, id)?;
    sight::may(actor, Act::ManageOutcomes, found.edition, now)?;
    if before.answer.is_some() {
        return Err(OutcomeFault::AlreadyAnswered.into());
    }
    let after = Response {
        due_on,
        version: before.version + 1,
        ..before.clone()
    };
    write(conn, version, &before, &after)?;
    if after.due_on != before.due_on {
        letters::asked(conn, now, &found, &after)?;
    }
    note(conn, actor, now, "response.postpone", &found, &after)?;
    Ok(after)
}

/// Answers for a body, or corrects what it answered: its focal point, or the desk for it. `today` is the day at the
/// congress.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `stale`.
pub fn answer(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    today: LocalDate,
    id: ResponseId,
    input: &AnswerInput,
    version: Option<i64>,
) -> Result<Response, Fault> {
    let (found, before) = get(conn, actor, id)?;
    may_answer(actor, now, &found, before.organisation)?;
    let mut fields = Fields::new();
    let answer = fields.required("answer", input.answer);
    let said = fields.localized_paragraph("said", &input.said, SAID_MAX, true);
    let answered_on = input.answered_on.unwrap_or(today);
    if answered_on > today {
        fields.wrong("answered_on", "in_the_future");
    }
    fields.done()?;
    let after = Response {
        answer,
        said,
        answered_on: Some(answered_on),
        answered_at: Some(now),
        answered_by: actor.person,
        version: before.version + 1,
        ..before.clone()
    };
    write(conn, version, &before, &after)?;
    letters::answered(conn, now, &found, &after)?;
    note(conn, actor, now, "response.answer", &found, &after)?;
    Ok(after)
}

/// What bodies were asked about a recommendation, and what they answered.
///
/// # Errors
/// 404.
pub fn of(
    conn: &mut Conn,
    actor: &Actor,
    today: LocalDate,
    outcome: OutcomeId,
) -> Result<Vec<ResponseView>, Fault> {
    outcomes::get(conn, actor, outcome)?;
    let mut by_outcome = of_many(conn, &[outcome])?;
    views(conn, today, by_outcome.remove(&outcome).unwrap_or_default())
}

/// What a body was asked, as far as the actor reads what it was asked about: the unanswered first, by their days.
///
/// # Errors
/// When the database refuses.
pub fn of_organisation(
    conn: &mut Conn,
    actor: &Actor,
    today: LocalDate,
    organisation: OrganisationId,
) -> Result<Vec<(OutcomeRef, ResponseView)>, Fault> {
    let eyes = Eyes::of(conn, actor)?;
    let mut rows: Vec<Response> = on_each!(conn, |c| table::table
        .filter(table::organisation.eq(organisation))
        .select(Response::as_select())
        .load(c))?;
    rows.sort_by_key(|row| (row.answer.is_some(), row.due_on, row.id));
    let mut told = Vec::new();
    for row in rows {
        let outcome = outcomes::row(conn, row.outcome)?.filter(|outcome| eyes.reads(outcome));
        if let Some(outcome) = outcome {
            let of = titles::refs(conn, &[outcome])?;
            told.extend(of.into_iter().zip(views(conn, today, vec![row])?));
        }
    }
    Ok(told)
}

/// The recommendations of an edition that wait for an answer, of those the actor reads: those asked about by the day on
/// which they are due, the late first; then those about which nobody was asked. What was given back or not adopted waits
/// only where somebody was asked.
///
/// # Errors
/// When the database refuses.
pub fn unanswered(
    conn: &mut Conn,
    actor: &Actor,
    today: LocalDate,
    edition: EditionId,
) -> Result<Vec<Unanswered>, Fault> {
    let eyes = Eyes::of(conn, actor)?;
    let filter = OutcomeFilter {
        edition: Some(edition),
        kind: Some(OutcomeKind::Recommendation),
        ..OutcomeFilter::default()
    };
    let mut rows = listing::every(conn, &eyes, &filter)?;
    rows.retain(|row| row.state != OutcomeState::Drafted);
    let ids: Vec<OutcomeId> = rows.iter().map(|row| row.id).collect();
    let mut by_outcome = of_many(conn, &ids)?;
    let mut waiting = Vec::new();
    for outcome in titles::refs(conn, &rows)? {
        let asked = by_outcome.remove(&outcome.id).unwrap_or_default();
        if asked.is_empty() && waits_unasked(outcome.state) {
            waiting.push(Unanswered { outcome, asked: None });
            continue;
        }
        let open = asked.into_iter().filter(|own| own.answer.is_none()).collect();
        for asked in views(conn, today, open)? {
            waiting.push(Unanswered {
                outcome: outcome.clone(),
                asked: Some(asked),
            });
        }
    }
    waiting.sort_by_key(|own| {
        let due = own.asked.as_ref().map(|asked| asked.response.due_on);
        (due.is_none(), due)
    });
    Ok(waiting)
}

/// What bodies were asked about these outcomes.
pub(crate) fn of_many(
    conn: &mut Conn,
    ids: &[OutcomeId],
) -> Result<BTreeMap<OutcomeId, Vec<Response>>, Fault> {
    let mut responses: BTreeMap<OutcomeId, Vec<Response>> = BTreeMap::new();
    for some in ids.chunks(500) {
        let rows: Vec<Response> = on_each!(conn, |c| table::table
            .filter(table::outcome.eq_any(some))
            .order(table::id)
            .select(Response::as_select())
            .load(c))?;
        for row in rows {
            responses.entry(row.outcome).or_default().push(row);
        }
    }
    Ok(responses)
}

/// Whether a recommendation that no body was asked about waits for one.
const fn waits_unasked(state: OutcomeState) -> bool {
    match state {
        OutcomeState::Received
        | OutcomeState::Presented
        | OutcomeState::Debated
        | OutcomeState::Adopted
        | OutcomeState::AmendedAdopted => true,
        OutcomeState::Drafted | OutcomeState::Returned | OutcomeState::NotAdopted => false,
    }
}

fn views(conn: &mut Conn, today: LocalDate, rows: Vec<Response>) -> Result<Vec<ResponseView>, Fault> {
    let ids: Vec<OrganisationId> = rows.iter().map(|row| row.organisation).collect();
    let bodies = organisations::many(conn, &ids)?;
    let name = |id: OrganisationId| {
        let body = bodies.iter().find(|body| body.id == id);
        body.map(|body| body.name.clone()).unwrap_or_default()
    };
    let told = rows.into_iter().map(|response| ResponseView {
        organisation_name: name(response.organisation),
        days_left: match response.answer {
            None => Some(rules::days_between(today, response.due_on)),
            Some(_) => None,
        },
        response,
    });
    Ok(told.collect())
}

/// A response about something the actor reads.
fn get(conn: &mut Conn, actor: &Actor, id: ResponseId) -> Result<(Outcome, Response), Fault> {
    let response = row(conn, id)?.ok_or_else(Fault::not_found)?;
    Ok((outcomes::get(conn, actor, response.outcome)?, response))
}

/// A response, whoever asks.
pub(crate) fn row(conn: &mut Conn, id: ResponseId) -> Result<Option<Response>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(id)
        .select(Response::as_select())
        .first(c)
        .optional())?)
}

/// The body's focal point, or the desk.
fn may_answer(
    actor: &Actor,
    now: Moment,
    outcome: &Outcome,
    organisation: OrganisationId,
) -> Result<(), Fault> {
    let body = Object::public(ObjectKind::Outcome).of_organisation(organisation);
    match decide(actor, Act::MindOrganisation, &body, now).allows() {
        true => Ok(()),
        false => sight::may(actor, Act::ManageOutcomes, outcome.edition, now),
    }
}

fn write(conn: &mut Conn, seen: Option<i64>, before: &Response, after: &Response) -> Result<(), Fault> {
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

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    outcome: &Outcome,
    response: &Response,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(outcome.id.uuid()),
        scope: Some(outcome.edition.uuid()),
        summary: json!({
            "code": outcome.code, "organisation": response.organisation, "due_on": response.due_on,
            "answer": response.answer, "answered_on": response.answered_on,
        }),
        ..Note::of(act, "outcome")
    };
    audit::note(conn, now, &note)
}
