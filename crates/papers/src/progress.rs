//! A paper goes on: from state to state, published, revoked, opened to comments.
//!
//! The track decided who may and when; here it is refused only what cannot be: a step that does not lead there (409
//! `paper_state`), a publication without a priority (R65). Each takes the paper's row first, so that two who act on one
//! paper stand in line, and whoever writes at it with them.

use access_rules::{Key, PaperId, PersonId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Json, Moment};
use serde_json::json;
use texts::{texts as all_texts, versions as sealed};

use crate::{
    commenting, desk_events,
    faults::PaperFault,
    model::{Paper, PaperState, PaperTrack, Priority, Step, StepKind},
    papers::note,
    rules, searching,
    tables::{paper_steps, papers},
};

/// Has a paper go on to another state.
///
/// # Errors
/// 404; `invalid`: `reason`; `paper_state`, with `from` and `to`; `paper_revoked` where it would be written at;
/// `comments_undisposed` where what was said is to be worked in, and it was not said of every comment what became of it
/// (R95).
pub fn go(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: PaperId,
    to: PaperState,
    reason: &str,
) -> Result<Paper, Fault> {
    go_with(conn, who, now, id, to, reason, None)
}

/// The same, remembering the version of its text that was sealed with it.
pub(crate) fn go_with(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: PaperId,
    to: PaperState,
    reason: &str,
    text_version: Option<i64>,
) -> Result<Paper, Fault> {
    let reason = checked_reason(reason)?;
    let before = take(conn, id)?;
    let from = before.state;
    if !rules::may_go(before.track, from, to) {
        return Err(PaperFault::State { from, to }.into());
    }
    if before.is_revoked && matches!(to, PaperState::Drafting | PaperState::Submitted) {
        return Err(PaperFault::Revoked.into());
    }
    if to == PaperState::Consolidated {
        commenting::all_disposed(conn, &before)?;
    }
    on_each!(conn, |c| diesel::update(papers::table.find(id))
        .filter(papers::state.eq(from))
        .set(papers::state.eq(to))
        .execute(c))
    .one_or(Fault::stale())?;
    let after = Paper {
        state: to,
        ..before.clone()
    };
    let went = Step {
        from_state: Some(from),
        text_version,
        reason,
        ..step(&after, who, now, StepKind::Went)
    };
    remember(conn, &went)?;
    note(
        conn,
        who,
        now,
        "paper.go",
        Some(&before),
        &after,
        json!({ "from": from }),
    )?;
    if rules::is_over(to) {
        searching::keep(conn, &after)?;
    }
    if to == PaperState::Transmitted {
        desk_events::transmitted(conn, now, &after)?;
    }
    Ok(after)
}

/// Gives a paper another deadline, or none. Where it is an exception from the rule (R64), `reason` says why.
///
/// # Errors
/// 404; `invalid`: `reason`.
pub fn set_deadline(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: PaperId,
    deadline: Option<Moment>,
    reason: &str,
) -> Result<Paper, Fault> {
    let reason = checked_reason(reason)?;
    let before = take(conn, id)?;
    let after = Paper {
        deadline,
        deadline_reason: reason.clone(),
        ..before.clone()
    };
    on_each!(conn, |c| diesel::update(papers::table.find(id))
        .set((
            papers::deadline.eq(after.deadline),
            papers::deadline_reason.eq(&after.deadline_reason),
        ))
        .execute(c))
    .exactly_one()?;
    let set = Step {
        reason,
        ..step(&after, who, now, StepKind::DeadlineSet)
    };
    remember(conn, &set)?;
    let summary = json!({ "before": before.deadline, "deadline": deadline });
    note(
        conn,
        who,
        now,
        "paper.set_deadline",
        Some(&before),
        &after,
        summary,
    )?;
    Ok(after)
}

/// Takes the invitation to write a paper back: the paper stays as it is, and nobody edits it (R61). Twice is once.
///
/// # Errors
/// 404; `invalid`: `reason`.
pub fn revoke(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: PaperId,
    reason: &str,
) -> Result<Paper, Fault> {
    let reason = checked_reason(reason)?;
    let before = take(conn, id)?;
    if before.is_revoked {
        return Ok(before);
    }
    on_each!(conn, |c| diesel::update(papers::table.find(id))
        .set(papers::is_revoked.eq(true))
        .execute(c))
    .exactly_one()?;
    let after = Paper {
        is_revoked: true,
        ..before.clone()
    };
    let revoked = Step {
        reason,
        ..step(&after, who, now, StepKind::Revoked)
    };
    remember(conn, &revoked)?;
    note(conn, who, now, "paper.revoke", Some(&before), &after, json!({}))?;
    Ok(after)
}

/// Says which priorities a paper sets (R65), on the version of it that was seen, where one is named.
///
/// # Errors
/// 404; `invalid` with each field; `stale`.
pub fn set_priorities(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: PaperId,
    version: Option<i64>,
    priorities: &[Priority],
) -> Result<Paper, Fault> {
    let mut fields = Fields::new();
    let priorities = rules::checked_priorities(&mut fields, priorities);
    fields.done()?;
    let before = take(conn, id)?;
    if version.is_some_and(|seen| seen + 1 != before.version) {
        return Err(Fault::stale());
    }
    let after = Paper {
        priorities: Json(priorities),
        ..before.clone()
    };
    on_each!(conn, |c| diesel::update(papers::table.find(id))
        .set(papers::priorities.eq(&after.priorities))
        .execute(c))
    .exactly_one()?;
    let kinds: Vec<_> = after
        .priorities
        .0
        .iter()
        .map(|own| (own.kind, own.section))
        .collect();
    let summary = json!({ "priorities": kinds });
    note(
        conn,
        who,
        now,
        "paper.set_priorities",
        Some(&before),
        &after,
        summary,
    )?;
    Ok(after)
}

/// Shows a paper to its readers: seals its text and opens both to an audience. A position paper that was screened is
/// published by this; a policy paper stays in its phase. Again, it shows what the working copy says now.
///
/// # Errors
/// 404; `paper_state` where it is not out and cannot be yet; `priority_missing` for a position paper (R65).
pub fn publish(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: PaperId,
    audience: Key,
) -> Result<Paper, Fault> {
    let before = publishable(conn, who, now, id)?;
    let version = sealed::seal(conn, who, now, before.text, "")?;
    all_texts::show_to(conn, who, now, before.text, &audience)?;
    let after = Paper {
        published_version: Some(version.number),
        published_at: Some(before.published_at.unwrap_or(now)),
        visible_to: audience.to_string(),
        ..before.clone()
    };
    on_each!(conn, |c| diesel::update(papers::table.find(id))
        .set((
            papers::published_version.eq(after.published_version),
            papers::published_at.eq(after.published_at),
            papers::visible_to.eq(&after.visible_to),
        ))
        .execute(c))
    .exactly_one()?;
    let published = Step {
        text_version: after.published_version,
        visible_to: Some(after.visible_to.clone()),
        ..step(&after, who, now, StepKind::Published)
    };
    remember(conn, &published)?;
    let summary = json!({ "text_version": version.number, "visible_to": after.visible_to });
    note(conn, who, now, "paper.publish", Some(&before), &after, summary)?;
    searching::keep(conn, &after)?;
    desk_events::published(conn, now, &after)?;
    Ok(after)
}

/// Says from when to when a published paper takes comments; without an end until that is said again.
///
/// # Errors
/// 404; `invalid`: `to`; `paper_not_published`.
pub fn open_comments(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: PaperId,
    from: Moment,
    to: Option<Moment>,
) -> Result<Paper, Fault> {
    if to.is_some_and(|to| to <= from) {
        return Err(Fault::field("to", "ends_before_it_begins"));
    }
    let before = take(conn, id)?;
    if before.published_version.is_none() {
        return Err(PaperFault::NotPublished.into());
    }
    let after = Paper {
        comments_from: Some(from),
        comments_to: to,
        ..before.clone()
    };
    on_each!(conn, |c| diesel::update(papers::table.find(id))
        .set((
            papers::comments_from.eq(after.comments_from),
            papers::comments_to.eq(after.comments_to),
        ))
        .execute(c))
    .exactly_one()?;
    let opened = step(&after, who, now, StepKind::CommentsOpened);
    remember(conn, &opened)?;
    let summary = json!({ "from": from, "to": to });
    note(
        conn,
        who,
        now,
        "paper.open_comments",
        Some(&before),
        &after,
        summary,
    )?;
    Ok(after)
}

/// Counts a change of a paper and holds its row until COMMIT.
///
/// # Errors
/// 404.
pub(crate) fn take(conn: &mut Conn, id: PaperId) -> Result<Paper, Fault> {
    let taken: Option<Paper> = on_each!(conn, |c| diesel::update(papers::table.find(id))
        .set(papers::version.eq(papers::version + 1))
        .returning(Paper::as_returning())
        .get_result(c)
        .optional())?;
    taken.ok_or_else(Fault::not_found)
}

/// Holds the row of a paper until COMMIT without changing it: whoever writes at it, and whoever has it go on, stand in line.
///
/// # Errors
/// 404.
pub(crate) fn hold(conn: &mut Conn, id: PaperId) -> Result<Paper, Fault> {
    let held: Option<Paper> = on_each!(conn, |c| diesel::update(papers::table.find(id))
        .set(papers::version.eq(papers::version))
        .returning(Paper::as_returning())
        .get_result(c)
        .optional())?;
    held.ok_or_else(Fault::not_found)
}

/// A step of a paper as it is now.
pub(crate) fn step(paper: &Paper, who: Option<PersonId>, now: Moment, what: StepKind) -> Step {
    Step {
        id: Id::new(),
        paper: paper.id,
        what,
        from_state: (what != StepKind::Begun).then_some(paper.state),
        to_state: paper.state,
        text_version: None,
        visible_to: None,
        reason: String::new(),
        done_at: now,
        done_by: who,
    }
}

/// Appends a step.
pub(crate) fn remember(conn: &mut Conn, step: &Step) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::insert_into(paper_steps::table)
        .values(step)
        .execute(c))
    .exactly_one()
}

/// A paper that is out, or goes out by this; its row is taken.
fn publishable(conn: &mut Conn, who: Option<PersonId>, now: Moment, id: PaperId) -> Result<Paper, Fault> {
    use PaperState as S;
    let paper = take(conn, id)?;
    let from = paper.state;
    let out = match paper.track {
        PaperTrack::Assembly if paper.priorities.0.is_empty() => {
            return Err(PaperFault::PriorityMissing.into());
        }
        PaperTrack::Assembly if from == S::Screened => return go(conn, who, now, id, S::Published, ""),
        PaperTrack::Assembly => matches!(
            from,
            S::Published | S::Presented | S::ResultRecorded | S::Transmitted
        ),
        PaperTrack::TownHall => from != S::Invited && !rules::is_over(from),
    };
    match out {
        true => Ok(paper),
        false => Err(PaperFault::State {
            from,
            to: S::Published,
        }
        .into()),
    }
}

fn checked_reason(reason: &str) -> Result<String, Fault> {
    let mut fields = Fields::new();
    let reason = fields.paragraph("reason", reason, rules::REASON_MAX);
    fields.done()?;
    Ok(reason)
}
