//! Caucuses are asked for their review of a paper (R96): by who leads its theme, with a deadline, and told by letter. What
//! they answer is [`crate::reviews`].

use access_rules::{Actor, PaperId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Json, Moment};
use papers::model::Paper;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    caucuses,
    faults::TownHallFault,
    letters,
    model::{Caucus, CaucusId, Review, ReviewState},
    phases,
    reviews::{self, ReviewView},
    tables::caucus_reviews as table,
};

/// What the form that asks caucuses for their review asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = CaucusAskInput)]
pub struct AskInput {
    /// Which caucuses; all that have not answered when left out.
    #[schema(value_type = Vec<String>)]
    pub caucuses: Vec<CaucusId>,
    /// Until when they answer.
    pub deadline: Option<Moment>,
}

/// Asks caucuses for their review of a paper that is out, and writes to who answers for them. Asked again, a caucus that
/// has not answered gets another deadline.
///
/// # Errors
/// 401, 403, 404; `invalid`: `deadline`, `caucuses.0`; `nothing_to_review`; `caucus_retired`; `caucus_empty`;
/// `review_answered`.
pub fn ask(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    paper: PaperId,
    input: &AskInput,
) -> Result<Vec<ReviewView>, Fault> {
    let paper = phases::run_by(conn, actor, now, paper)?;
    let mut fields = Fields::new();
    let deadline = fields.required("deadline", input.deadline);
    if deadline.is_some_and(|deadline| deadline <= now) {
        fields.wrong("deadline", "in_the_past");
    }
    let caucuses = asked(conn, &mut fields, &paper, &input.caucuses)?;
    fields.done()?;
    let deadline = deadline.ok_or_else(|| Fault::internal("a required field is missing unnoticed"))?;
    let version = reviews::reviewable(&paper)?;
    for caucus in &caucuses {
        let review = ask_one(conn, actor, now, &paper, version, caucus, deadline)?;
        letters::asked(conn, now, caucus, &paper, &review)?;
    }
    reviews::of_paper(conn, actor, now, paper.id)
}

/// The caucuses that are to be asked: those named, or all that have not answered.
fn asked(
    conn: &mut Conn,
    fields: &mut Fields,
    paper: &Paper,
    named: &[CaucusId],
) -> Result<Vec<Caucus>, Fault> {
    let all = caucuses::list_all(conn, paper.edition)?;
    if named.is_empty() {
        let answered: Vec<CaucusId> = reviews::of(conn, paper.id)?
            .iter()
            .filter(|review| review.state == ReviewState::Answered)
            .map(|review| review.caucus)
            .collect();
        let is_open = |caucus: &Caucus| !caucus.retired && !answered.contains(&caucus.id);
        return Ok(all.into_iter().filter(is_open).collect());
    }
    for (place, id) in named.iter().enumerate() {
        if !all.iter().any(|caucus| caucus.id == *id) {
            fields.wrong(&format!("caucuses.{place}"), "unknown");
        }
    }
    Ok(all
        .into_iter()
        .filter(|caucus| named.contains(&caucus.id))
        .collect())
}

fn ask_one(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    paper: &Paper,
    text_version: i64,
    caucus: &Caucus,
    deadline: Moment,
) -> Result<Review, Fault> {
    if caucus.retired {
        return Err(TownHallFault::CaucusRetired.into());
    }
    if caucuses::current(conn, caucus.id)?.is_empty() {
        let caucus = caucus.code.clone();
        return Err(TownHallFault::CaucusEmpty { caucus }.into());
    }
    let before = reviews::of(conn, paper.id)?
        .into_iter()
        .find(|review| review.caucus == caucus.id);
    let review = Review {
        id: before.as_ref().map_or_else(Id::new, |before| before.id),
        caucus: caucus.id,
        paper: paper.id,
        state: ReviewState::Asked,
        text_version,
        questions: caucus.questions.clone(),
        asked_at: now,
        asked_by: actor.person,
        deadline,
        answers: Json(vec![]),
        language: String::new(),
        remarks: String::new(),
        answered_at: None,
        answered_by: None,
        version: before.as_ref().map_or(1, |before| before.version + 1),
    };
    match &before {
        None => on_each!(conn, |c| diesel::insert_into(table::table)
            .values(&review)
            .execute(c))
        .exactly_one()?,
        Some(before) => on_each!(conn, |c| diesel::update(table::table.find(before.id))
            .filter(table::state.eq(ReviewState::Asked))
            .filter(table::version.eq(before.version))
            .set((
                table::text_version.eq(review.text_version),
                table::questions.eq(&review.questions),
                table::asked_at.eq(review.asked_at),
                table::asked_by.eq(review.asked_by),
                table::deadline.eq(review.deadline),
                table::version.eq(review.version),
            ))
            .execute(c))
        .one_or(TownHallFault::ReviewAnswered.into())?,
    }
    let summary = json!({ "caucus": caucus.id, "deadline": deadline, "text_version": text_version });
    reviews::note(
        conn,
        actor,
        now,
        "caucus_review.ask",
        paper,
        before.as_ref(),
        &review,
        summary,
    )?;
    Ok(review)
}
