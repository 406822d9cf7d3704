//! Screening: the desk looks a paper through that was handed in, gives it back with a reason, or publishes it.

use access_rules::{Act, Actor, Key, PaperId};
use db::Conn;
use kernel::{Fault, Fields, Moment};
use mail::letters::PaperNews;
use papers::{
    letters::{self, News},
    model::{Paper, PaperState, PaperTrack},
    papers as all_papers, progress,
};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{faults::SittingFault, rules};

kernel::coded! {
    /// Who reads a paper that is published.
    #[derive(Default)]
    pub enum Audience {
        /// Whoever is registered for the congress.
        #[default]
        Participants => "participants",
        /// Everyone.
        Everyone => "everyone",
    }
}

/// What the form that takes a paper on asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ScreenInput {
    /// What the desk says to it; to its team and to nobody else.
    pub note: String,
}

/// What the form that gives a paper back asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ReturnInput {
    /// Why.
    pub reason: String,
}

/// What the form that publishes a paper asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct PublishInput {
    /// To whom.
    #[schema(inline)]
    pub audience: Audience,
}

/// Takes on a paper that was handed in.
///
/// # Errors
/// 401, 403, 404; `invalid`: `note`; `paper_state`; `not_a_position_paper`; `stale`.
pub fn screen(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    input: &ScreenInput,
    version: Option<i64>,
) -> Result<Paper, Fault> {
    let paper = managed(conn, actor, now, id, version)?;
    let mut fields = Fields::new();
    let said = fields.paragraph("note", &input.note, rules::REASON_MAX);
    fields.done()?;
    let after = progress::go(conn, actor.person, now, paper.id, PaperState::Screened, &said)?;
    tell(conn, now, &after, PaperNews::Screened, &said)?;
    Ok(after)
}

/// Gives a paper back to its team, with a reason. One that was only handed in is looked through by this.
///
/// # Errors
/// 401, 403, 404; `invalid`: `reason`; `paper_state`; `not_a_position_paper`; `stale`.
pub fn return_(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    input: &ReturnInput,
    version: Option<i64>,
) -> Result<Paper, Fault> {
    let paper = managed(conn, actor, now, id, version)?;
    let mut fields = Fields::new();
    let reason = rules::required_reason(&mut fields, &input.reason);
    fields.done()?;
    if paper.state == PaperState::Submitted {
        progress::go(conn, actor.person, now, paper.id, PaperState::Screened, "")?;
    }
    let after = progress::go(conn, actor.person, now, paper.id, PaperState::Returned, &reason)?;
    tell(conn, now, &after, PaperNews::Returned, &reason)?;
    Ok(after)
}

/// Publishes a paper that was looked through and sets a priority at least (R65), to the participants or to everyone.
/// Published again, it shows what it says now, to whom it is said now; its people are told once.
///
/// # Errors
/// 401, 403, 404; `priority_missing`; `paper_state`; `not_a_position_paper`; `stale`.
pub fn publish(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    input: &PublishInput,
    version: Option<i64>,
) -> Result<Paper, Fault> {
    let paper = managed(conn, actor, now, id, version)?;
    let audience = match input.audience {
        Audience::Participants => Key::Registered(paper.edition),
        Audience::Everyone => Key::Public,
    };
    let after = progress::publish(conn, actor.person, now, paper.id, audience)?;
    if paper.published_at.is_none() {
        tell(conn, now, &after, PaperNews::Published, "")?;
    }
    Ok(after)
}

/// A position paper that this actor manages.
pub(crate) fn managed(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    version: Option<i64>,
) -> Result<Paper, Fault> {
    let paper = all_papers::get(conn, actor, now, id)?;
    if paper.track != PaperTrack::Assembly {
        return Err(SittingFault::NotAPositionPaper.into());
    }
    all_papers::may(actor, Act::ManagePapers, &paper, now).or_fault()?;
    rules::same_version(version, paper.version)?;
    Ok(paper)
}

fn tell(conn: &mut Conn, now: Moment, paper: &Paper, what: PaperNews, reason: &str) -> Result<(), Fault> {
    let news = News {
        reason,
        ..News::of(what)
    };
    letters::tell(conn, now, paper, &news)
}
