//! A paper is handed in by its team, taken back by who answers for it, and what became of it is told in order.

use access_rules::{Act, Actor, PaperId, PersonId};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Moment};
use mail::letters::PaperNews;
use people::persons;
use serde::{Deserialize, Serialize};
use texts::{texts as all_texts, versions as sealed};
use utoipa::ToSchema;

use crate::{
    faults::PaperFault,
    letters::{self, News},
    model::{Paper, PaperState, Step, StepKind},
    papers, progress, rules,
    tables::paper_steps,
    team,
};

/// What the form of a submission asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct SubmitInput {
    /// What the team says of this version; may be empty.
    pub note: String,
}

/// What the form of a withdrawal asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct WithdrawInput {
    /// Why.
    pub reason: String,
}

/// What became of a paper at one moment, as this reader may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct StepView {
    /// What it was.
    pub what: StepKind,
    /// The state before; none where it was begun.
    pub from: Option<PaperState>,
    /// The state after.
    pub to: PaperState,
    /// The version of its text that was sealed or shown.
    pub text_version: Option<i64>,
    /// Why; told to who has a part in the paper.
    pub reason: String,
    /// When.
    pub at: Moment,
    /// By whom, by name; told to who has a part in the paper.
    pub by: String,
}

/// Hands a position paper in: what it says is sealed, and nobody changes it until it comes back (R64).
///
/// # Errors
/// 401, 403, 404; `paper_revoked`; `deadline_passed`; `paper_state`; `paper_empty`; `invalid`: `note`.
pub fn submit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    input: &SubmitInput,
) -> Result<Paper, Fault> {
    let paper = papers::get(conn, actor, now, id)?;
    papers::may(actor, Act::WritePaper, &paper, now).or_fault()?;
    let paper = progress::hold(conn, paper.id)?;
    if paper.is_revoked {
        return Err(PaperFault::Revoked.into());
    }
    let (from, to) = (paper.state, PaperState::Submitted);
    if !rules::may_go(paper.track, from, to) {
        return Err(PaperFault::State { from, to }.into());
    }
    rules::in_time(&paper, now)?;
    if all_texts::working(conn, paper.text)?.is_empty() {
        return Err(PaperFault::Empty.into());
    }
    let version = sealed::seal(conn, actor.person, now, paper.text, &input.note)?;
    let after = progress::go_with(conn, actor.person, now, id, to, "", Some(version.number))?;
    letters::tell(conn, now, &after, &News::of(PaperNews::Submitted))?;
    Ok(after)
}

/// Takes a paper back, for whoever names its team.
///
/// # Errors
/// 401, 403, 404; `invalid`: `reason`; `paper_state`.
pub fn withdraw(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    input: &WithdrawInput,
) -> Result<Paper, Fault> {
    let paper = papers::get(conn, actor, now, id)?;
    team::may_name(actor, &paper, now)?;
    if input.reason.trim().is_empty() {
        return Err(Fault::field("reason", "required"));
    }
    progress::go(conn, actor.person, now, id, PaperState::Withdrawn, &input.reason)
}

/// What became of a paper, the first first: all of it for who has a part in it, for others what became of it in the open,
/// without reasons and names.
///
/// # Errors
/// 404.
pub fn history(conn: &mut Conn, actor: &Actor, now: Moment, id: PaperId) -> Result<Vec<StepView>, Fault> {
    let paper = papers::get(conn, actor, now, id)?;
    let all = of(conn, paper.id)?;
    if papers::is_hand(actor, &paper) {
        return told_whole(conn, all);
    }
    let shown = |step: &&Step| match step.what {
        StepKind::Went => paper.published_at.is_some_and(|out| step.done_at >= out),
        StepKind::Published => true,
        StepKind::Begun | StepKind::DeadlineSet | StepKind::Revoked | StepKind::CommentsOpened => false,
    };
    Ok(all
        .iter()
        .filter(shown)
        .map(|step| view(step, String::new(), String::new()))
        .collect())
}

/// The steps of a paper, the first first; unchecked.
pub(crate) fn of(conn: &mut Conn, paper: PaperId) -> Result<Vec<Step>, Fault> {
    Ok(on_each!(conn, |c| paper_steps::table
        .filter(paper_steps::paper.eq(paper))
        .order(paper_steps::id)
        .select(Step::as_select())
        .load(c))?)
}

fn told_whole(conn: &mut Conn, steps: Vec<Step>) -> Result<Vec<StepView>, Fault> {
    let ids: Vec<PersonId> = steps.iter().filter_map(|step| step.done_by).collect();
    let persons = persons::many(conn, &ids)?;
    let by = |step: &Step| {
        let person = persons.iter().find(|person| Some(person.id) == step.done_by);
        person.map(people::model::Person::name).unwrap_or_default()
    };
    Ok(steps
        .iter()
        .map(|step| view(step, step.reason.clone(), by(step)))
        .collect())
}

fn view(step: &Step, reason: String, by: String) -> StepView {
    StepView {
        what: step.what,
        from: step.from_state,
        to: step.to_state,
        text_version: step.text_version,
        reason,
        at: step.done_at,
        by,
    }
}
