//! Closing a sitting: « Les contenus seront ensuite soumis à l’Assemblée mondiale » (R66).
//!
//! A sitting is closed once, with a result for each of its papers. Each paper goes to the World Assembly exactly once: with
//! the result of the first of its sittings that is closed. The result of a later sitting is recorded and read like any
//! other, and transmits nothing more; the World Assembly has begun to work with what it received, and two transmissions of
//! one paper would be two sets of codes for one set of recommendations.

use access_rules::{Act, Actor, SessionId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Localized, Moment};
use outcomes::{
    model::{Source, Transmission, TransmissionId},
    transmissions::{self, NewTransmission},
    wordings::NewOutcome,
};
use papers::{
    model::{Paper, PaperState},
    progress,
};
use programme::{closed_sessions, sessions::Found};
use records::audit::{self, Note};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    faults::{SittingFault, WorldAssemblyFault},
    floor::chairing,
    invitations,
    model::{ResultDraft, SessionResult, SittingClosing},
    results, rules, sitting_papers,
    tables::{session_results as results_table, sitting_closings as table},
    terms, world_assembly,
};

/// A sitting that is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ClosingView {
    /// That it is, and since when.
    #[serde(flatten)]
    pub closing: SittingClosing,
    /// What went from it to the World Assembly: each of its papers that had not gone before.
    #[schema(value_type = Vec<String>)]
    pub transmissions: Vec<TransmissionId>,
}

/// Closes a sitting and its floor, and hands the result of each of its papers to the World Assembly. Twice is once.
///
/// # Errors
/// 401, 403, 404; `not_a_sitting`; `sitting_not_begun`; `sitting_without_papers`; `results_missing` with the codes of the
/// papers; `appeal_open`, `point_not_ruled`; `world_assembly_over`.
pub fn close(conn: &mut Conn, actor: &Actor, now: Moment, session: SessionId) -> Result<ClosingView, Fault> {
    let found = sitting_papers::sitting(conn, actor, now, session)?;
    decide(actor, Act::RecordResult, &found.object(actor), now).or_fault()?;
    // Whoever closes something of this edition stands in line here, and reads what the others left.
    terms::take(conn, found.session.edition)?;
    if let Some(closing) = find(conn, session)? {
        return view(conn, closing);
    }
    results::begun(&found, now)?;
    let closable = closable(conn, session)?;
    chairing::close_with(conn, actor, now, session)?;
    let closing = SittingClosing {
        session,
        edition: found.session.edition,
        closed_at: now,
        closed_by: actor.person,
    };
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&closing)
        .execute(c))
    .exactly_one()?;
    let sent = hand_in(conn, actor, now, &found, closable)?;
    note(conn, actor, now, &found, sent)?;
    closed_sessions::tell(conn, now, &found.session)?;
    view(conn, closing)
}

/// Whether a sitting is closed, whoever asks.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, session: SessionId) -> Result<Option<SittingClosing>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(session)
        .select(SittingClosing::as_select())
        .first(c)
        .optional())?)
}

/// What a result proposes, as the World Assembly receives it.
pub(crate) fn handed_in(drafts: Vec<ResultDraft>) -> Vec<NewOutcome> {
    let one = |draft: ResultDraft| NewOutcome {
        kind: draft.kind,
        title: draft.title,
        language: draft.language,
        markdown: draft.markdown,
        agendas: draft.agendas.0,
    };
    drafts.into_iter().map(one).collect()
}

/// Remembers what a result went out as.
pub(crate) fn went_out(
    conn: &mut Conn,
    result: &SessionResult,
    transmission: &Transmission,
) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(results_table::table.find(result.id))
        .set((
            results_table::transmission.eq(transmission.id),
            results_table::version.eq(result.version + 1),
        ))
        .execute(c))
    .exactly_one()
}

/// Goes on as long as the World Assembly of an edition takes what is handed to it.
pub(crate) fn still_receives(conn: &mut Conn, found: &Found) -> Result<(), Fault> {
    match world_assembly::row_of_edition(conn, found.session.edition)? {
        Some(assembly) if rules::is_over(assembly.state) => Err(WorldAssemblyFault::Over.into()),
        Some(_) | None => Ok(()),
    }
}

/// The papers of a sitting, each with its result.
fn closable(conn: &mut Conn, session: SessionId) -> Result<Vec<(Paper, SessionResult)>, Fault> {
    let papers = sitting_papers::living(conn, session)?;
    if papers.is_empty() {
        return Err(SittingFault::NoPapers.into());
    }
    let (mut closable, mut missing) = (Vec::new(), Vec::new());
    for paper in papers {
        match results::find(conn, session, Some(paper.id))? {
            Some(result) => closable.push((paper, result)),
            None => missing.push(paper.code),
        }
    }
    match missing.is_empty() {
        true => Ok(closable),
        false => Err(SittingFault::ResultsMissing { papers: missing }.into()),
    }
}

/// Hands in each paper that has not gone before; answers how many went.
fn hand_in(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    found: &Found,
    closable: Vec<(Paper, SessionResult)>,
) -> Result<usize, Fault> {
    let mut sent = 0;
    for (paper, result) in closable {
        let drafts = results::drafts_of(conn, result.id)?;
        let title = invitations::title_of(conn, &paper)?;
        if transmissions::of_source(conn, Source::AssemblyPaper, paper.id.uuid())?.is_some() {
            continue;
        }
        still_receives(conn, found)?;
        let new = transmission(found, &paper, &result, title, handed_in(drafts));
        let (transmission, is_new) = transmissions::send(conn, actor.person, now, new)?;
        if is_new {
            went_out(conn, &result, &transmission)?;
            progress::go(conn, actor.person, now, paper.id, PaperState::Transmitted, "")?;
            sent += 1;
        }
    }
    Ok(sent)
}

fn transmission(
    found: &Found,
    paper: &Paper,
    result: &SessionResult,
    title: Localized,
    outcomes: Vec<NewOutcome>,
) -> NewTransmission {
    NewTransmission {
        edition: paper.edition,
        source: Source::AssemblyPaper,
        source_id: paper.id.uuid(),
        stem: paper.code.clone(),
        session: Some(found.session.id),
        session_title: found.session.title.clone(),
        paper: Some(paper.id),
        paper_title: title,
        theme: None,
        organisation: Some(paper.owner),
        result: result.result.clone(),
        outcomes,
    }
}

fn view(conn: &mut Conn, closing: SittingClosing) -> Result<ClosingView, Fault> {
    let sent = transmissions::of_session(conn, closing.session)?;
    Ok(ClosingView {
        transmissions: sent.iter().map(|one| one.id).collect(),
        closing,
    })
}

fn note(conn: &mut Conn, actor: &Actor, now: Moment, found: &Found, sent: usize) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(found.session.id.uuid()),
        scope: Some(found.session.edition.uuid()),
        summary: json!({ "transmissions": sent }),
        ..Note::of("sitting.close", "session")
    };
    audit::note(conn, now, &note)
}
