//! How the World Assembly goes: opened, interrupted and taken up again, closed once everything it received is decided (R72),
//! and published. While it is open, outcomes are presented and debated; what it decides is [`crate::decisions`].

use access_rules::{Actor, SessionId};
use db::Conn;
use kernel::{Fault, Fields, Moment};
use outcomes::{
    decisions as steps_of_outcomes, inbox,
    model::{Outcome, OutcomeId},
    outcomes as all_outcomes,
};
use programme::{closed_sessions, faults::ProgrammeFault, model::SessionState};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    agenda,
    faults::WorldAssemblyFault,
    floor::chairing,
    model::world::{AssemblyState, WorldAssembly},
    rules, terms,
    world_assembly::{self, Known},
};

/// What the form of a step asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct AssemblyStepInput {
    /// Why; may be empty.
    pub reason: String,
}

/// Opens the World Assembly that is convoked.
///
/// # Errors
/// 401, 403, 404; `not_the_world_assembly`; `world_assembly_state`; `session_over` where it was called off; `stale`.
pub fn open(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    version: Option<i64>,
) -> Result<WorldAssembly, Fault> {
    let (known, before) = run(conn, actor, now, session, version)?;
    if known.found.session.state == SessionState::Cancelled {
        return Err(ProgrammeFault::SessionOver.into());
    }
    // An interrupted one is resumed, and the record says so.
    if before.state == AssemblyState::Suspended {
        let (from, to) = (before.state, AssemblyState::Open);
        return Err(WorldAssemblyFault::State { from, to }.into());
    }
    go(conn, actor, now, &before, AssemblyState::Open, "")
}

/// Interrupts it, and its floor.
///
/// # Errors
/// 401, 403, 404; `not_the_world_assembly`; `invalid`: `reason`; `world_assembly_state`; `stale`.
pub fn suspend(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    input: &AssemblyStepInput,
    version: Option<i64>,
) -> Result<WorldAssembly, Fault> {
    let (_, before) = run(conn, actor, now, session, version)?;
    let reason = checked(input)?;
    chairing::pause_with(conn, actor, now, session)?;
    go(conn, actor, now, &before, AssemblyState::Suspended, &reason)
}

/// Takes it up again.
///
/// # Errors
/// 401, 403, 404; `not_the_world_assembly`; `world_assembly_state`; `stale`.
pub fn resume(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    version: Option<i64>,
) -> Result<WorldAssembly, Fault> {
    let (_, before) = run(conn, actor, now, session, version)?;
    if before.state != AssemblyState::Suspended {
        let (from, to) = (before.state, AssemblyState::Open);
        return Err(WorldAssemblyFault::State { from, to }.into());
    }
    go(conn, actor, now, &before, AssemblyState::Open, "")
}

/// Closes it and its floor, once everything it received is decided (R72). From then on nothing is handed to it; sittings and
/// sessions of the Town Hall that close at the same moment stand in line with it.
///
/// # Errors
/// 401, 403, 404; `not_the_world_assembly`; `world_assembly_state`; `undecided_outcomes` with each of them; `appeal_open`,
/// `point_not_ruled`; `stale`.
pub fn close(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    version: Option<i64>,
) -> Result<WorldAssembly, Fault> {
    let known = runs(conn, actor, now, session)?;
    terms::take(conn, known.assembly.edition)?;
    inbox::take(conn, known.assembly.edition)?;
    let before = taken(conn, &known, version)?;
    let to = AssemblyState::Closed;
    if !rules::assembly_goes(before.state, to) {
        let from = before.state;
        return Err(WorldAssemblyFault::State { from, to }.into());
    }
    let undecided = all_outcomes::undecided(conn, before.edition)?;
    if !undecided.is_empty() {
        let count = i64::try_from(undecided.len()).unwrap_or(i64::MAX);
        let outcomes = undecided;
        return Err(WorldAssemblyFault::Undecided { outcomes, count }.into());
    }
    inbox::close(conn, before.edition)?;
    chairing::close_with(conn, actor, now, session)?;
    let closed = go(conn, actor, now, &before, to, "")?;
    closed_sessions::tell(conn, now, &known.found.session)?;
    Ok(closed)
}

/// Publishes what it decided: nothing of it changes any more.
///
/// # Errors
/// 401, 403, 404; `not_the_world_assembly`; `world_assembly_state`; `stale`.
pub fn publish(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    version: Option<i64>,
) -> Result<WorldAssembly, Fault> {
    let (_, before) = run(conn, actor, now, session, version)?;
    go(conn, actor, now, &before, AssemblyState::Published, "")
}

/// Presents an outcome of the agenda (R71).
///
/// # Errors
/// 401, 403, 404; `not_the_world_assembly`; `invalid`: `reason`; `world_assembly_not_open`; `not_on_agenda`;
/// `outcome_state`; `stale`.
pub fn present(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    outcome: OutcomeId,
    input: &AssemblyStepInput,
    version: Option<i64>,
) -> Result<Outcome, Fault> {
    let reason = taken_up(conn, actor, now, session, outcome, input)?;
    steps_of_outcomes::present(conn, actor.person, now, outcome, version, &reason)
}

/// Ends the debate on an outcome that was presented (R71).
///
/// # Errors
/// 401, 403, 404; `not_the_world_assembly`; `invalid`: `reason`; `world_assembly_not_open`; `not_on_agenda`;
/// `outcome_state`; `stale`.
pub fn debate(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    outcome: OutcomeId,
    input: &AssemblyStepInput,
    version: Option<i64>,
) -> Result<Outcome, Fault> {
    let reason = taken_up(conn, actor, now, session, outcome, input)?;
    steps_of_outcomes::debate(conn, actor.person, now, outcome, version, &reason)
}

/// The World Assembly for who runs it, as long as it sits and the outcome is on its agenda. Its row is taken.
pub(crate) fn sits_on(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    outcome: OutcomeId,
) -> Result<WorldAssembly, Fault> {
    let known = runs(conn, actor, now, session)?;
    let assembly = sits(conn, &known)?;
    match agenda::holds(conn, session, outcome)? {
        true => Ok(assembly),
        false => Err(WorldAssemblyFault::NotOnAgenda.into()),
    }
}

/// The World Assembly as long as it sits. Its row is taken.
pub(crate) fn sits(conn: &mut Conn, known: &Known) -> Result<WorldAssembly, Fault> {
    let assembly = world_assembly::take(conn, known)?;
    match assembly.state {
        AssemblyState::Open => Ok(assembly),
        state => Err(WorldAssemblyFault::NotOpen { state }.into()),
    }
}

/// The World Assembly for who runs it.
pub(crate) fn runs(conn: &mut Conn, actor: &Actor, now: Moment, session: SessionId) -> Result<Known, Fault> {
    let known = world_assembly::known(conn, actor, now, session)?;
    known.may_run(actor, now)?;
    Ok(known)
}

fn taken_up(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    outcome: OutcomeId,
    input: &AssemblyStepInput,
) -> Result<String, Fault> {
    sits_on(conn, actor, now, session, outcome)?;
    checked(input)
}

fn run(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    version: Option<i64>,
) -> Result<(Known, WorldAssembly), Fault> {
    let known = runs(conn, actor, now, session)?;
    let before = taken(conn, &known, version)?;
    Ok((known, before))
}

fn taken(conn: &mut Conn, known: &Known, version: Option<i64>) -> Result<WorldAssembly, Fault> {
    let before = world_assembly::take(conn, known)?;
    rules::same_version(version, before.version)?;
    Ok(before)
}

fn go(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    before: &WorldAssembly,
    to: AssemblyState,
    reason: &str,
) -> Result<WorldAssembly, Fault> {
    let after = WorldAssembly {
        state: to,
        ..before.clone()
    };
    world_assembly::step(conn, actor, now, before, after, reason)
}

fn checked(input: &AssemblyStepInput) -> Result<String, Fault> {
    let mut fields = Fields::new();
    let reason = fields.paragraph("reason", &input.reason, rules::REASON_MAX);
    fields.done()?;
    Ok(reason)
}
