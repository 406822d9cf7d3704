//! What caucuses say of a paper (R96): each is asked by who leads the theme, has until a deadline, and answers a checklist
//! with its remarks.
//!
//! Whoever answers for the caucus answers once; after that the answer is changed by naming its version, until the paper is
//! final. The checklist stays as it was asked. Whoever reads the paper reads the answers, and not who gave them.

use access_rules::{Act, Actor, EditionId, PaperId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Json, Localized, Moment, fields::is_language_tag};
use papers::model::{Paper, PaperState};
use programme::editions;
use records::audit::{self, Fingerprint, Note};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::{
    caucuses,
    faults::TownHallFault,
    model::{Answer, AnswerValue, CaucusId, Question, Review, ReviewId, ReviewState},
    rules,
    tables::caucus_reviews as table,
};

/// What the form of a review asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ReviewInput {
    /// The answers to the checklist.
    pub answers: Vec<AnswerInput>,
    /// In which language remarks are, a BCP 47 tag.
    pub language: String,
    /// What is to be said of the whole.
    pub remarks: String,
}

/// An answer to one question.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = CaucusAnswerInput)]
pub struct AnswerInput {
    /// The code of the question.
    pub question: String,
    /// The answer; none where it is in words alone.
    pub value: Option<AnswerValue>,
    /// What is to be added, or the answer in words.
    pub remark: String,
}

/// A review as readers of the paper see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReviewView {
    /// Its id.
    #[schema(value_type = String)]
    pub id: ReviewId,
    /// The caucus.
    #[schema(value_type = String)]
    pub caucus: CaucusId,
    /// Its code.
    pub caucus_code: String,
    /// Its name.
    pub caucus_name: Localized,
    /// The paper.
    pub paper: PaperId,
    /// How far it is.
    pub state: ReviewState,
    /// The version of the paper that was out when it was asked for.
    pub text_version: i64,
    /// The checklist.
    pub questions: Vec<Question>,
    /// The answers, in the order of the questions.
    pub answers: Vec<Answer>,
    /// In which language remarks are.
    pub language: String,
    /// What is said of the whole.
    pub remarks: String,
    /// When it was asked for.
    pub asked_at: Moment,
    /// Until when.
    pub deadline: Moment,
    /// When it was answered last.
    pub answered_at: Option<Moment>,
    /// Whether the reader may answer it now.
    pub may_answer: bool,
    /// Guards edits.
    pub version: i64,
}

/// A caucus that a paper still waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Awaited {
    /// The caucus.
    #[schema(value_type = String)]
    pub caucus: CaucusId,
    /// Its code.
    pub code: String,
    /// Until when it may answer; none when it was not asked.
    pub deadline: Option<Moment>,
}

/// Answers for a caucus, or changes what it answered on the version of it that was seen.
///
/// # Errors
/// 401; 403 for who does not answer for the caucus; 404; `nothing_to_review` once the paper is final; `review_answered`
/// where no version is named and somebody answered before; `invalid` with each field; `stale`.
pub fn answer(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: ReviewId,
    input: &ReviewInput,
    version: Option<i64>,
) -> Result<ReviewView, Fault> {
    let before = row(conn, id)?.ok_or_else(Fault::not_found)?;
    let paper = papers::get(conn, actor, now, before.paper)?;
    papers::may(actor, Act::Comment, &paper, now).or_fault()?;
    if !answers_for(conn, actor, before.caucus)? {
        return Err(Fault::forbidden("not_allowed"));
    }
    reviewable(&paper)?;
    match version {
        None if before.state == ReviewState::Answered => return Err(TownHallFault::ReviewAnswered.into()),
        Some(version) if version != before.version => return Err(Fault::stale()),
        Some(_) | None => {}
    }
    let answered = Review {
        state: ReviewState::Answered,
        answered_at: Some(now),
        answered_by: actor.person,
        version: before.version + 1,
        ..checked(&before, input)?
    };
    on_each!(conn, |c| diesel::update(table::table.find(id))
        .filter(table::version.eq(before.version))
        .set((
            table::state.eq(answered.state),
            table::answers.eq(&answered.answers),
            table::language.eq(&answered.language),
            table::remarks.eq(&answered.remarks),
            table::answered_at.eq(answered.answered_at),
            table::answered_by.eq(answered.answered_by),
            table::version.eq(answered.version),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    let summary = json!({ "caucus": answered.caucus, "again": before.state == ReviewState::Answered });
    note(
        conn,
        actor,
        now,
        "caucus_review.answer",
        &paper,
        Some(&before),
        &answered,
        summary,
    )?;
    let mut views = views(conn, actor, &paper, vec![answered])?;
    views.pop().ok_or_else(Fault::not_found)
}

/// The reviews of a paper in the order of the caucuses, for whoever reads the paper.
///
/// # Errors
/// 404.
pub fn of_paper(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    paper: PaperId,
) -> Result<Vec<ReviewView>, Fault> {
    let paper = papers::get(conn, actor, now, paper)?;
    let rows = of(conn, paper.id)?;
    views(conn, actor, &paper, rows)
}

/// The reviews the reader may give for the caucuses they answer for, those not answered first.
///
/// # Errors
/// 401; 404.
pub fn mine(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
) -> Result<Vec<ReviewView>, Fault> {
    let edition = editions::get(conn, actor, edition)?;
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    let own = caucuses::of_person(conn, person)?;
    let own: Vec<CaucusId> = caucuses::list_all(conn, edition.id)?
        .iter()
        .map(|caucus| caucus.id)
        .filter(|caucus| own.contains(caucus))
        .collect();
    let rows: Vec<Review> = on_each!(conn, |c| table::table
        .filter(table::caucus.eq_any(&own))
        .order((table::deadline, table::id))
        .select(Review::as_select())
        .load(c))?;
    let mut found = Vec::new();
    for review in rows {
        let Some(paper) = papers::row(conn, review.paper)? else {
            continue;
        };
        if papers::may(actor, Act::Read, &paper, now).allows() {
            found.extend(views(conn, actor, &paper, vec![review])?);
        }
    }
    found.retain(|view| view.may_answer);
    found.sort_by_key(|view| (view.state, view.deadline, view.id));
    Ok(found)
}

/// The caucuses of the edition that a paper still waits for: not asked, or with time left to answer (R96); unchecked.
pub(crate) fn awaited(conn: &mut Conn, paper: &Paper, now: Moment) -> Result<Vec<Awaited>, Fault> {
    let reviews = of(conn, paper.id)?;
    let all = caucuses::list_all(conn, paper.edition)?;
    let mut awaited = Vec::new();
    for caucus in all {
        let review = reviews.iter().find(|review| review.caucus == caucus.id);
        // A retired caucus is asked no more; one that was asked before that has its time.
        let is_asked_no_more = caucus.retired && review.is_none();
        if !is_asked_no_more && rules::is_waited_for(review, now) {
            awaited.push(Awaited {
                caucus: caucus.id,
                code: caucus.code,
                deadline: review.map(|review| review.deadline),
            });
        }
    }
    Ok(awaited)
}

fn checked(before: &Review, input: &ReviewInput) -> Result<Review, Fault> {
    let mut fields = Fields::new();
    let answers = rules::checked_answers(&mut fields, &before.questions.0, &input.answers);
    let language = input.language.trim().to_owned();
    if language.is_empty() {
        fields.wrong("language", "required");
    } else if language.len() > 35 || !is_language_tag(&language) {
        fields.wrong("language", "not_a_language");
    }
    let remarks = fields.paragraph("remarks", &input.remarks, rules::REMARKS_MAX);
    fields.done()?;
    Ok(Review {
        answers: Json(answers),
        language,
        remarks,
        ..before.clone()
    })
}

/// The version of a paper that caucuses read: it is out, and not final yet.
pub(crate) fn reviewable(paper: &Paper) -> Result<i64, Fault> {
    let is_under_way = match paper.state {
        PaperState::OpenComment
        | PaperState::Presented
        | PaperState::Discussed
        | PaperState::Debated
        | PaperState::Consolidated => true,
        PaperState::Invited
        | PaperState::Declined
        | PaperState::Drafting
        | PaperState::Submitted
        | PaperState::Screened
        | PaperState::Returned
        | PaperState::Published
        | PaperState::Final
        | PaperState::ResultRecorded
        | PaperState::Transmitted
        | PaperState::Withdrawn
        | PaperState::Superseded => false,
    };
    let out = paper.published_version.filter(|_| is_under_way);
    out.ok_or_else(|| TownHallFault::NothingToReview.into())
}

fn answers_for(conn: &mut Conn, actor: &Actor, caucus: CaucusId) -> Result<bool, Fault> {
    match actor.person {
        Some(person) => Ok(caucuses::of_person(conn, person)?.contains(&caucus)),
        None => Ok(false),
    }
}

fn row(conn: &mut Conn, id: ReviewId) -> Result<Option<Review>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(id)
        .select(Review::as_select())
        .first(c)
        .optional())?)
}

/// The reviews of a paper; unchecked.
pub(crate) fn of(conn: &mut Conn, paper: PaperId) -> Result<Vec<Review>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::paper.eq(paper))
        .order(table::id)
        .select(Review::as_select())
        .load(c))?)
}

fn views(
    conn: &mut Conn,
    actor: &Actor,
    paper: &Paper,
    reviews: Vec<Review>,
) -> Result<Vec<ReviewView>, Fault> {
    let all = caucuses::list_all(conn, paper.edition)?;
    let own = match actor.person {
        Some(person) => caucuses::of_person(conn, person)?,
        None => vec![],
    };
    let is_open = reviewable(paper).is_ok();
    let mut views = Vec::new();
    for caucus in &all {
        let of_caucus = reviews.iter().filter(|review| review.caucus == caucus.id);
        views.extend(of_caucus.map(|review| ReviewView {
            id: review.id,
            caucus: caucus.id,
            caucus_code: caucus.code.clone(),
            caucus_name: caucus.name.clone(),
            paper: review.paper,
            state: review.state,
            text_version: review.text_version,
            questions: review.questions.0.clone(),
            answers: review.answers.0.clone(),
            language: review.language.clone(),
            remarks: review.remarks.clone(),
            asked_at: review.asked_at,
            deadline: review.deadline,
            answered_at: review.answered_at,
            may_answer: is_open && own.contains(&caucus.id),
            version: review.version,
        }));
    }
    Ok(views)
}

/// Notes an act on a review: ids, codes and numbers, and none of its words.
#[expect(
    clippy::too_many_arguments,
    reason = "what is noted of a review is its paper, the two states of it and the facts"
)]
pub(crate) fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    paper: &Paper,
    before: Option<&Review>,
    after: &Review,
    summary: Value,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(paper.id.uuid()),
        scope: Some(paper.edition.uuid()),
        summary,
        before: before.and_then(Fingerprint::of),
        after: Fingerprint::of(after),
        ..Note::of(act, "paper")
    };
    audit::note(conn, now, &note)
}
