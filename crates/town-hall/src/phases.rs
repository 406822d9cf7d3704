//! The phases of a policy paper (R95): its constituency drafts it; anybody comments on it; it is presented, discussed with
//! members, debated with other constituencies; what was said is worked in; it is final (R96).
//!
//! Which phase leads to which is `papers`' ([`papers::rules::may_go`]), and that no comment is left without its disposition;
//! here is what else each of them asks for. A step is taken first and its conditions are asked after that, while the paper's
//! row is held.

use access_rules::{Act, Actor, Key, PaperId};
use db::Conn;
use kernel::{Fault, Fields, Moment};
use papers::{
    faults::PaperFault,
    model::{Paper, PaperState, PaperTrack},
};
use programme::themes;
use serde::Deserialize;
use serde_json::json;
use texts::{comments, texts as all_texts};
use utoipa::ToSchema;

use crate::{deliberations, faults::TownHallFault, model::Space, reviews, space};

/// What the form that takes a paper to its next phase asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct PhaseInput {
    /// To which.
    pub to: Option<PaperState>,
    /// Why; asked for when the paper is taken back.
    pub reason: String,
}

/// Takes a paper to another phase, for who leads its theme and its desk.
///
/// # Errors
/// 401, 403, 404; `invalid`: `to`, `reason`; `paper_state`; for the open comment `paper_empty` and `consultation_missing`;
/// for the consolidation `consultation_runs` and `comments_undisposed`; for the final paper `comments_undisposed` and
/// `reviews_awaited`.
pub fn go(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    input: &PhaseInput,
) -> Result<Paper, Fault> {
    let paper = run_by(conn, actor, now, id)?;
    let mut fields = Fields::new();
    let to = fields.required("to", input.to);
    if to == Some(PaperState::Withdrawn) && input.reason.trim().is_empty() {
        fields.wrong("reason", "required");
    }
    fields.done()?;
    let to = to.ok_or_else(|| Fault::internal("a required field is missing unnoticed"))?;
    match to {
        PaperState::OpenComment => open(conn, actor, now, &paper, &input.reason),
        PaperState::Presented | PaperState::Discussed | PaperState::Debated | PaperState::Withdrawn => {
            papers::go(conn, actor.person, now, id, to, &input.reason)
        }
        PaperState::Consolidated => consolidate(conn, actor, now, &paper, &input.reason),
        PaperState::Final => finish(conn, actor, now, &paper, &input.reason),
        PaperState::Invited
        | PaperState::Declined
        | PaperState::Drafting
        | PaperState::Submitted
        | PaperState::Screened
        | PaperState::Returned
        | PaperState::Published
        | PaperState::ResultRecorded
        | PaperState::Transmitted
        | PaperState::Superseded => {
            let from = paper.state;
            Err(PaperFault::State { from, to }.into())
        }
    }
}

/// Shows the readers of a paper that is out what its working copy says now, within its phase.
///
/// # Errors
/// 401, 403, 404; `paper_not_published`; `paper_not_writable` once it is final.
pub fn show(conn: &mut Conn, actor: &Actor, now: Moment, id: PaperId) -> Result<Paper, Fault> {
    let paper = run_by(conn, actor, now, id)?;
    if paper.published_version.is_none() {
        return Err(PaperFault::NotPublished.into());
    }
    papers::rules::writable(&paper, now)?;
    papers::publish(conn, actor.person, now, id, Key::Public)
}

/// A policy paper, for who runs it: the leads of its theme and its desk.
///
/// # Errors
/// 401, 403; 404 where there is none, or it is not open to them, or it is of another track.
pub(crate) fn run_by(conn: &mut Conn, actor: &Actor, now: Moment, id: PaperId) -> Result<Paper, Fault> {
    let paper = papers::get(conn, actor, now, id)?;
    if paper.track != PaperTrack::TownHall {
        return Err(Fault::not_found());
    }
    papers::may(actor, Act::ManagePapers, &paper, now).or_fault()?;
    Ok(paper)
}

/// The paper goes out, and takes comments as its leads planned it; not before now.
fn open(conn: &mut Conn, actor: &Actor, now: Moment, paper: &Paper, reason: &str) -> Result<Paper, Fault> {
    papers::go(conn, actor.person, now, paper.id, PaperState::OpenComment, reason)?;
    if all_texts::working(conn, paper.text)?.is_empty() {
        return Err(PaperFault::Empty.into());
    }
    let space = planned(conn, paper)?;
    let (Some(from), Some(until)) = (space.comments_from, space.comments_to) else {
        return Err(TownHallFault::ConsultationMissing.into());
    };
    if until <= now {
        return Err(TownHallFault::ConsultationMissing.into());
    }
    let from = from.max(now);
    if space.comments_from != Some(from) {
        let begun = Space {
            comments_from: Some(from),
            ..space.clone()
        };
        let begun = space::save(conn, begun)?;
        let summary = json!({ "from": from, "until": until });
        space::note(conn, actor, now, "theme_space.plan", &space, &begun, summary)?;
    }
    papers::publish(conn, actor.person, now, paper.id, Key::Public)?;
    papers::open_comments(conn, actor.person, now, paper.id, from, Some(until))
}

/// What was said is worked in: nothing is said any more, and each comment has found its disposition.
fn consolidate(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    paper: &Paper,
    reason: &str,
) -> Result<Paper, Fault> {
    heard(paper, now)?;
    let held = papers::go(
        conn,
        actor.person,
        now,
        paper.id,
        PaperState::Consolidated,
        reason,
    )?;
    heard(&held, now)?;
    papers::publish(conn, actor.person, now, paper.id, Key::Public)
}

/// Goes on when a paper takes no comments any more.
fn heard(paper: &Paper, now: Moment) -> Result<(), Fault> {
    match paper.comments_to.filter(|until| now < *until) {
        Some(until) => Err(TownHallFault::ConsultationRuns { until }.into()),
        None => Ok(()),
    }
}

/// The paper changes no more. Where a session on it was closed before, it is with the World Assembly already.
fn finish(conn: &mut Conn, actor: &Actor, now: Moment, paper: &Paper, reason: &str) -> Result<Paper, Fault> {
    let held = papers::go(conn, actor.person, now, paper.id, PaperState::Final, reason)?;
    comments::all_disposed(conn, held.text)?;
    let awaited = reviews::awaited(conn, &held, now)?;
    if !awaited.is_empty() {
        return Err(TownHallFault::ReviewsAwaited { caucuses: awaited }.into());
    }
    let out = papers::publish(conn, actor.person, now, paper.id, Key::Public)?;
    match deliberations::is_transmitted(conn, paper.id)? {
        true => deliberations::hand_over(conn, actor.person, now, &out),
        false => Ok(out),
    }
}

fn planned(conn: &mut Conn, paper: &Paper) -> Result<Space, Fault> {
    let theme = paper.theme.ok_or_else(Fault::not_found)?;
    let theme = themes::find(conn, theme)?.ok_or_else(Fault::not_found)?;
    space::of(conn, &theme)
}
