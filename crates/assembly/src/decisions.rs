//! What the World Assembly decides of an outcome that was debated: it adopts it by consensus, gives it back, or does not
//! adopt it (R71, R73).
//!
//! Adopting asks for a question of the chair on which no objection stands. Where one stands, the chair may wait until it is
//! taken back, give the outcome back, leave it unadopted, or, where the edition's terms allow it, count hands.

use access_rules::{Actor, SessionId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Moment};
use outcomes::{
    decisions as steps_of_outcomes,
    model::{Outcome, OutcomeId},
    outcomes as all_outcomes,
};
use programme::editions;
use serde::{Deserialize, Serialize};
use serde_json::json;
use texts::translations;
use utoipa::ToSchema;

use crate::{
    consensus,
    faults::WorldAssemblyFault,
    model::world::{ConsensusQuestion, ConsensusVote, QuestionState, WorldAssembly},
    proceedings, rules,
    tables::consensus_votes as votes_table,
    terms,
};

/// What the form of a decision asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = AssemblyDecisionInput)]
pub struct DecisionInput {
    /// Why; asked for where it is not adopted.
    pub reason: String,
}

/// What the form of a show of hands asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct HandsInput {
    /// For.
    pub votes_for: Option<i64>,
    /// Against.
    pub votes_against: Option<i64>,
    /// Neither.
    pub abstentions: Option<i64>,
}

/// A show of hands and what became of the outcome by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct VotedView {
    /// The hands.
    pub vote: ConsensusVote,
    /// The outcome.
    pub outcome: Outcome,
}

/// Most hands of one kind.
const HANDS_MOST: i64 = 100_000;

/// Adopts an outcome by consensus: the chair has asked, and no objection stands.
///
/// # Errors
/// 401, 403, 404; `not_the_world_assembly`; `invalid`: `reason`; `world_assembly_not_open`; `not_on_agenda`;
/// `objections_not_asked`; `objection_stands`; `outcome_state`; `not_aligned` where a language the edition's terms ask for
/// lacks something (R88); `stale`.
pub fn adopt(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    outcome: OutcomeId,
    input: &DecisionInput,
    version: Option<i64>,
) -> Result<Outcome, Fault> {
    let assembly = proceedings::sits_on(conn, actor, now, session, outcome)?;
    steps_to_adopted(conn, outcome)?;
    let question = put(conn, outcome)?;
    let objections = consensus::standing(conn, question.id)?;
    if objections > 0 {
        return Err(WorldAssemblyFault::ObjectionStands { objections }.into());
    }
    let adopted = adopted(conn, actor, now, &assembly, outcome, version, &input.reason)?;
    consensus::end(conn, actor, now, &question, QuestionState::Agreed)?;
    Ok(adopted)
}

/// Gives an outcome back to where it came from, with a reason. What was asked about it is over.
///
/// # Errors
/// 401, 403, 404; `not_the_world_assembly`; `invalid`: `reason`; `world_assembly_not_open`; `not_on_agenda`;
/// `outcome_state`; `stale`.
pub fn return_(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    outcome: OutcomeId,
    input: &DecisionInput,
    version: Option<i64>,
) -> Result<Outcome, Fault> {
    proceedings::sits_on(conn, actor, now, session, outcome)?;
    let (who, reason) = (actor.person, &input.reason);
    let returned = steps_of_outcomes::return_(conn, who, now, outcome, version, reason)?;
    end_what_is_asked(conn, actor, now, outcome)?;
    Ok(returned)
}

/// Leaves an outcome unadopted, with a reason. What was asked about it is over.
///
/// # Errors
/// 401, 403, 404; `not_the_world_assembly`; `invalid`: `reason`; `world_assembly_not_open`; `not_on_agenda`;
/// `outcome_state`; `stale`.
pub fn refuse(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    outcome: OutcomeId,
    input: &DecisionInput,
    version: Option<i64>,
) -> Result<Outcome, Fault> {
    proceedings::sits_on(conn, actor, now, session, outcome)?;
    let (who, reason) = (actor.person, &input.reason);
    let refused = steps_of_outcomes::refuse(conn, who, now, outcome, version, reason)?;
    end_what_is_asked(conn, actor, now, outcome)?;
    Ok(refused)
}

/// Records a show of hands that the chair counted, where an objection stands and the edition's terms allow a vote. The
/// outcome is adopted by its majority, or not adopted.
///
/// # Errors
/// 401, 403, 404; `not_the_world_assembly`; `invalid` with each field; `world_assembly_not_open`; `not_on_agenda`;
/// `no_fallback_vote`; `objections_not_asked`; `no_objection_stands`; `outcome_state`; `stale`.
pub fn count(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    outcome: OutcomeId,
    input: &HandsInput,
    version: Option<i64>,
) -> Result<VotedView, Fault> {
    let assembly = proceedings::sits_on(conn, actor, now, session, outcome)?;
    let terms = terms::of(conn, assembly.edition)?;
    if !terms.fallback_vote {
        return Err(WorldAssemblyFault::NoVote.into());
    }
    let (votes_for, votes_against, abstentions) = checked(input)?;
    let question = put(conn, outcome)?;
    if consensus::standing(conn, question.id)? == 0 {
        return Err(WorldAssemblyFault::NoObjection.into());
    }
    let majority = (terms.majority_votes, terms.majority_of);
    let vote = ConsensusVote {
        question: question.id,
        votes_for,
        votes_against,
        abstentions,
        majority_votes: majority.0,
        majority_of: majority.1,
        carried: rules::carried(votes_for, votes_against, majority),
        counted_at: now,
        counted_by: actor.person,
    };
    on_each!(conn, |c| diesel::insert_into(votes_table::table)
        .values(&vote)
        .execute(c))
    .exactly_one()?;
    consensus::end(conn, actor, now, &question, QuestionState::Voted)?;
    let said = format!("{votes_for} : {votes_against} : {abstentions}");
    let outcome = match vote.carried {
        true => adopted(conn, actor, now, &assembly, outcome, version, &said)?,
        false => steps_of_outcomes::refuse(conn, actor.person, now, outcome, version, &said)?,
    };
    let summary = json!({
        "question": question.id, "outcome": outcome.id, "for": votes_for, "against": votes_against,
        "abstentions": abstentions, "majority": [majority.0, majority.1], "carried": vote.carried,
    });
    consensus::note(
        conn,
        actor,
        now,
        "consensus.count",
        session,
        assembly.edition,
        summary,
    )?;
    Ok(VotedView { vote, outcome })
}

/// The question the chair has put about an outcome, held.
fn put(conn: &mut Conn, outcome: OutcomeId) -> Result<ConsensusQuestion, Fault> {
    let asked = consensus::asked(conn, outcome)?.ok_or(WorldAssemblyFault::NotAsked)?;
    consensus::hold(conn, asked.id)
}

/// R71 before R73: what was not debated, or is decided already, is told so, asked about or not.
fn steps_to_adopted(conn: &mut Conn, outcome: OutcomeId) -> Result<(), Fault> {
    use outcomes::{faults::OutcomeFault, model::OutcomeState};
    let found = all_outcomes::row(conn, outcome)?.ok_or_else(Fault::not_found)?;
    let (from, to) = (found.state, OutcomeState::Adopted);
    match outcomes::rules::may_go(from, to) {
        true => Ok(()),
        false => Err(OutcomeFault::OutcomeState { from, to }.into()),
    }
}

/// Adopts: followed until the mandate of its congress ends (R74).
fn adopted(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    assembly: &WorldAssembly,
    outcome: OutcomeId,
    version: Option<i64>,
    reason: &str,
) -> Result<Outcome, Fault> {
    says_the_same(conn, assembly, outcome)?;
    let edition = editions::find(conn, assembly.edition)?.ok_or_else(Fault::not_found)?;
    let year = rules::year_of(edition.starts_on).parse().unwrap_or(0);
    let horizon_to = outcomes::rules::horizon(year, edition.mandate_years);
    steps_of_outcomes::adopt(conn, actor.person, now, outcome, version, reason, horizon_to)
}

/// Goes on when an outcome says the same in every language the edition's terms ask for (R88).
fn says_the_same(conn: &mut Conn, assembly: &WorldAssembly, outcome: OutcomeId) -> Result<(), Fault> {
    let Some(languages) = terms::of(conn, assembly.edition)?.aligned_languages else {
        return Ok(());
    };
    let found = all_outcomes::row(conn, outcome)?.ok_or_else(Fault::not_found)?;
    let languages: Vec<&str> = languages.0.iter().map(String::as_str).collect();
    translations::aligned(conn, found.text, &languages, false)
}

fn end_what_is_asked(conn: &mut Conn, actor: &Actor, now: Moment, outcome: OutcomeId) -> Result<(), Fault> {
    match consensus::asked(conn, outcome)? {
        Some(question) => consensus::end(conn, actor, now, &question, QuestionState::Ended),
        None => Ok(()),
    }
}

fn checked(input: &HandsInput) -> Result<(i64, i64, i64), Fault> {
    let mut fields = Fields::new();
    let mut hands = |field: &str, asked: Option<i64>| match fields.required(field, asked) {
        Some(asked) => fields.within(field, asked, 0, HANDS_MOST),
        None => 0,
    };
    let counted = (
        hands("votes_for", input.votes_for),
        hands("votes_against", input.votes_against),
        hands("abstentions", input.abstentions),
    );
    fields.done()?;
    Ok(counted)
}
