//! Deadlines: « rédigés en amont du Congrès » (R64). A paper is handed in before the congress begins; the desk may give one
//! paper longer, or another chance, with a reason that is kept and told.

use access_rules::{Actor, PaperId};
use db::Conn;
use kernel::{Fault, Fields, Language, Localized, Moment};
use mail::letters::PaperNews;
use papers::{
    letters::{self, News},
    model::Paper,
    progress,
};
use programme::{editions, model::Edition};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{faults::SittingFault, rules, screening, terms};

/// What the form of a paper's deadline asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct DeadlineInput {
    /// Until when it is handed in, this instant not included.
    pub deadline: Option<Moment>,
    /// Why; asked for where the congress has begun by then, or the deadline it had is over.
    pub reason: String,
}

/// Gives a paper another deadline and tells who works at it. One that lies in the congress, and one after the first is
/// over, is an exception and asks for a reason.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `deadline_after_start`, `deadline_over`; `not_a_position_paper`; `stale`.
pub fn set(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    input: &DeadlineInput,
    version: Option<i64>,
) -> Result<Paper, Fault> {
    let paper = screening::managed(conn, actor, now, id, version)?;
    let edition = editions::find(conn, paper.edition)?.ok_or_else(Fault::not_found)?;
    let mut fields = Fields::new();
    let deadline = fields.required("deadline", input.deadline);
    let reason = fields.paragraph("reason", &input.reason, rules::REASON_MAX);
    fields.done()?;
    let deadline = deadline.ok_or_else(|| Fault::internal("a required field is missing unnoticed"))?;
    if reason.is_empty() {
        in_time(&edition, now, deadline)?;
        if paper.deadline.is_some_and(|held| held <= now) {
            return Err(Fault::field("reason", "required"));
        }
    } else if deadline <= now {
        return Err(SittingFault::DeadlineOver.into());
    }
    let after = progress::set_deadline(conn, actor.person, now, id, Some(deadline), &reason)?;
    let until = |language| rules::said_at(deadline, edition.zone, language);
    let news = News {
        reason: &reason,
        until: Some(Localized::of(
            &until(Language::En),
            &until(Language::Fr),
            &until(Language::Es),
        )),
        ..News::of(PaperNews::DeadlineSet)
    };
    letters::tell(conn, now, &after, &news)?;
    Ok(after)
}

/// A deadline as it may be set without a reason: ahead, and before the congress begins.
///
/// # Errors
/// `deadline_over`, `deadline_after_start`.
pub(crate) fn in_time(edition: &Edition, now: Moment, deadline: Moment) -> Result<Moment, Fault> {
    if deadline <= now {
        return Err(SittingFault::DeadlineOver.into());
    }
    let starts = begins_at(edition)?;
    // On the instant the congress begins it is too late: what is handed in comes before it.
    match deadline <= starts {
        true => Ok(deadline),
        false => Err(SittingFault::DeadlineAfterStart { starts }.into()),
    }
}

/// The deadline of an edition's papers where nobody says another. Of a congress so near that it is over already, its first
/// instant.
///
/// # Errors
/// `deadline_over` where the congress has begun.
pub(crate) fn usual(conn: &mut Conn, edition: &Edition, now: Moment) -> Result<Moment, Fault> {
    let terms = terms::of(conn, edition.id)?;
    let starts = begins_at(edition)?;
    let usual = starts.plus_days(-terms.deadline_days);
    in_time(edition, now, if usual > now { usual } else { starts })
}

fn begins_at(edition: &Edition) -> Result<Moment, Fault> {
    rules::begins_at(edition.starts_on, edition.zone)
        .ok_or_else(|| Fault::internal("a day without a beginning"))
}
