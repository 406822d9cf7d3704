//! Results: what came of a paper in a sitting, or of a special session, with the recommendations, positions and declarations
//! it proposes (R66, R78).
//!
//! Who chairs, leads or reports on the session records it once it has begun, and changes it until the session is closed.
//! Then the congress reads it; before, whoever may record it.

use access_rules::{Act, Actor, EditionId, Key, PaperId, SessionId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Json, Localized, Moment};
use outcomes::wordings::{self, NewOutcome};
use papers::{
    faults::PaperFault,
    model::{Paper, PaperState},
    papers as all_papers, progress,
};
use programme::{
    faults::ProgrammeFault,
    model::{SessionKind, SessionState},
    sessions::Found,
};
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    closings,
    faults::SittingFault,
    model::{ResultDraft, ResultId, SessionResult},
    rules, sitting_papers,
    tables::{result_drafts as drafts_table, session_results as table},
    terms,
};

/// What the form of a result asks. All of it is stated again.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ResultInput {
    /// What came of it.
    pub result: Localized,
    /// The recommendations, positions and declarations it proposes, in order.
    pub outcomes: Vec<NewOutcome>,
}

/// A result with what it proposes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ResultView {
    /// The result.
    #[serde(flatten)]
    pub result: SessionResult,
    /// What it proposes, in order.
    pub outcomes: Vec<ResultDraft>,
}

/// Records what came of a paper in a sitting. The first time, the paper counts as presented; its result is recorded with
/// that, wherever else it is presented.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `not_a_sitting`; `sitting_not_begun`, `session_over`; `sitting_closed`;
/// `paper_not_published`; `stale`.
pub fn record(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    paper: PaperId,
    input: &ResultInput,
    version: Option<i64>,
) -> Result<ResultView, Fault> {
    let found = sitting_papers::sitting(conn, actor, now, session)?;
    decide(actor, Act::RecordResult, &found.object(actor), now).or_fault()?;
    let taken_up = sitting_papers::of_session(conn, session)?;
    if !taken_up.iter().any(|own| own.paper == paper) {
        return Err(Fault::not_found());
    }
    let (result, drafts) = checked(conn, input)?;
    begun(&found, now)?;
    terms::take(conn, found.session.edition)?;
    if closings::find(conn, session)?.is_some() {
        return Err(SittingFault::Closed.into());
    }
    presented(conn, actor, now, paper)?;
    keep(conn, actor, now, &found, Some(paper), result, &drafts, version)
}

/// The result of a paper in a sitting, or of a special session, whoever asks.
///
/// # Errors
/// When the database refuses.
pub fn find(
    conn: &mut Conn,
    session: SessionId,
    paper: Option<PaperId>,
) -> Result<Option<SessionResult>, Fault> {
    Ok(on_each!(conn, |c| {
        let asked = table::table.filter(table::session.eq(session)).into_boxed();
        let asked = match paper {
            Some(paper) => asked.filter(table::paper.eq(paper)),
            None => asked.filter(table::paper.is_null()),
        };
        asked.select(SessionResult::as_select()).first(c).optional()
    })?)
}

/// Whether an actor may record what comes of a session.
pub(crate) fn may_record(actor: &Actor, now: Moment, found: &Found) -> bool {
    decide(actor, Act::RecordResult, &found.object(actor), now).allows()
}

/// A result as far as this actor may see it: who may record it always, the congress once the session is closed or what
/// came of it went out.
pub(crate) fn seen(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    found: &Found,
    paper: Option<PaperId>,
) -> Result<Option<ResultView>, Fault> {
    let Some(result) = find(conn, found.session.id, paper)? else {
        return Ok(None);
    };
    let is_out = match found.session.kind {
        SessionKind::Sitting => closings::find(conn, found.session.id)?.is_some(),
        _ => result.transmission.is_some(),
    };
    let reads = may_record(actor, now, found) || (is_out && comes(actor, found.session.edition));
    match reads {
        true => Ok(Some(view(conn, result)?)),
        false => Ok(None),
    }
}

/// A result with what it proposes.
pub(crate) fn view(conn: &mut Conn, result: SessionResult) -> Result<ResultView, Fault> {
    let outcomes = drafts_of(conn, result.id)?;
    Ok(ResultView { result, outcomes })
}

/// What a result proposes, in order.
pub(crate) fn drafts_of(conn: &mut Conn, result: ResultId) -> Result<Vec<ResultDraft>, Fault> {
    Ok(on_each!(conn, |c| drafts_table::table
        .filter(drafts_table::result.eq(result))
        .order((drafts_table::position, drafts_table::id))
        .select(ResultDraft::as_select())
        .load(c))?)
}

/// A result and what it proposes, cleaned, so that nothing of it is refused when it goes out.
pub(crate) fn checked(conn: &mut Conn, input: &ResultInput) -> Result<(Localized, Vec<NewOutcome>), Fault> {
    let mut fields = Fields::new();
    let result = fields.localized_paragraph("result", &input.result, rules::RESULT_MAX, true);
    if input.outcomes.len() > rules::DRAFTS_MOST {
        fields.wrong_with("outcomes", "too_many_entries", "most", rules::DRAFTS_MOST);
    }
    let drafts: Vec<NewOutcome> = input.outcomes.iter().take(rules::DRAFTS_MOST).cloned().collect();
    for (place, draft) in drafts.iter().enumerate() {
        wordings::check(conn, &mut fields, &format!("outcomes.{place}"), draft)?;
    }
    fields.done()?;
    Ok((result, drafts))
}

/// Goes on once a session has begun: nothing came of one that is still to be, or that was called off.
pub(crate) fn begun(found: &Found, now: Moment) -> Result<(), Fault> {
    if found.session.state == SessionState::Cancelled {
        return Err(ProgrammeFault::SessionOver.into());
    }
    let starts = found.session.starts_at;
    match starts {
        Some(starts) if starts <= now => Ok(()),
        Some(_) | None => Err(SittingFault::NotBegun { starts }.into()),
    }
}

/// Writes a result: the first of its paper in its session, or what it says now.
pub(crate) fn keep(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    found: &Found,
    paper: Option<PaperId>,
    result: Localized,
    drafts: &[NewOutcome],
    version: Option<i64>,
) -> Result<ResultView, Fault> {
    let session = found.session.id;
    let before = find(conn, session, paper)?;
    let held = before.as_ref().map_or(0, |before| before.version);
    rules::same_version(version, held)?;
    let row = SessionResult {
        id: before.as_ref().map_or_else(Id::new, |before| before.id),
        session,
        paper,
        result,
        transmission: before.as_ref().and_then(|before| before.transmission),
        recorded_at: now,
        recorded_by: actor.person,
        version: held + 1,
    };
    write(conn, before.as_ref(), &row)?;
    replace_drafts(conn, row.id, drafts)?;
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(session.uuid()),
        scope: Some(found.session.edition.uuid()),
        summary: json!({ "result": row.id, "paper": paper, "outcomes": drafts.len() }),
        ..Note::of("session_result.record", "session")
    };
    audit::note(conn, now, &note)?;
    view(conn, row)
}

/// Whoever comes to the congress, and the desk of the track.
fn comes(actor: &Actor, edition: EditionId) -> bool {
    let keys = actor.keys();
    keys.contains(&Key::Registered(edition)) || keys.contains(&Key::desk(Some(terms::TRACK)))
}

/// A paper that is out is presented with the first result that is recorded of it; one that was presented elsewhere stays
/// how far it is.
fn presented(conn: &mut Conn, actor: &Actor, now: Moment, id: PaperId) -> Result<Paper, Fault> {
    let paper = all_papers::row(conn, id)?.ok_or_else(Fault::not_found)?;
    match paper.state {
        PaperState::Published => {
            progress::go(conn, actor.person, now, id, PaperState::Presented, "")?;
            progress::go(conn, actor.person, now, id, PaperState::ResultRecorded, "")
        }
        PaperState::Presented => progress::go(conn, actor.person, now, id, PaperState::ResultRecorded, ""),
        PaperState::ResultRecorded | PaperState::Transmitted => Ok(paper),
        PaperState::Invited
        | PaperState::Declined
        | PaperState::Drafting
        | PaperState::Submitted
        | PaperState::Screened
        | PaperState::Returned
        | PaperState::OpenComment
        | PaperState::Discussed
        | PaperState::Debated
        | PaperState::Consolidated
        | PaperState::Final
        | PaperState::Withdrawn
        | PaperState::Superseded => Err(PaperFault::NotPublished.into()),
    }
}

fn write(conn: &mut Conn, before: Option<&SessionResult>, row: &SessionResult) -> Result<(), Fault> {
    match before {
        None => on_each!(conn, |c| diesel::insert_into(table::table).values(row).execute(c)).exactly_one(),
        Some(before) => on_each!(conn, |c| diesel::update(table::table)
            .filter(table::id.eq(before.id))
            .filter(table::version.eq(before.version))
            .set((
                table::result.eq(&row.result),
                table::recorded_at.eq(row.recorded_at),
                table::recorded_by.eq(row.recorded_by),
                table::version.eq(row.version),
            ))
            .execute(c))
        .one_or(Fault::stale()),
    }
}

fn replace_drafts(conn: &mut Conn, result: ResultId, drafts: &[NewOutcome]) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::delete(drafts_table::table)
        .filter(drafts_table::result.eq(result))
        .execute(c))?;
    for (draft, position) in drafts.iter().zip(1..) {
        let row = ResultDraft {
            id: Id::new(),
            result,
            position,
            kind: draft.kind,
            title: draft.title.clone(),
            language: draft.language.clone(),
            markdown: draft.markdown.clone(),
            agendas: Json(draft.agendas.clone()),
        };
        on_each!(conn, |c| diesel::insert_into(drafts_table::table)
            .values(&row)
            .execute(c))
        .exactly_one()?;
    }
    Ok(())
}
