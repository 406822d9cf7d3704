//! Consensus: the chair asks whether anybody objects; an objection stops it (R73).
//!
//! Who may object is the edition's rule of who votes in the World Assembly: whoever is registered and endorsed by their
//! network, where nobody changed it. Objections are recorded with their reasons, and stay so when they are taken back. The
//! congress reads them.

use access_rules::{Act, Actor, Circumstances, OrganisationId, SessionId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Moment};
use members::organisations;
use outcomes::{
    faults::OutcomeFault,
    model::{OutcomeId, OutcomeState},
    outcomes as all_outcomes,
};
use people::persons;
use programme::rule_book;
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    endorsements,
    faults::WorldAssemblyFault,
    model::world::{ConsensusQuestion, ConsensusVote, Objection, ObjectionId, QuestionId, QuestionState},
    proceedings, rules,
    tables::{consensus_questions as table, consensus_votes as votes_table, objections as objections_table},
    world_assembly::{self, Known},
};

/// What the form of who objects asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ObjectionInput {
    /// Why.
    pub reason: String,
}

/// An objection as the congress reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ObjectionView {
    /// It.
    #[serde(flatten)]
    pub objection: Objection,
    /// Whose, by name.
    pub person_name: String,
    /// The network that stands for them, by name.
    pub network_name: String,
}

/// A question with what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct QuestionView {
    /// It.
    #[serde(flatten)]
    pub question: ConsensusQuestion,
    /// How many objections stand.
    pub standing: i64,
    /// All that were raised; for the congress alone, none for others.
    pub objections: Vec<ObjectionView>,
    /// The show of hands, where one was counted.
    pub vote: Option<ConsensusVote>,
}

/// Asks whether anybody objects to an outcome that was debated.
///
/// # Errors
/// 401, 403, 404; `not_the_world_assembly`; `world_assembly_not_open`; `not_on_agenda`; `outcome_state`; `question_put`.
pub fn ask(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    outcome: OutcomeId,
) -> Result<ConsensusQuestion, Fault> {
    let assembly = proceedings::sits_on(conn, actor, now, session, outcome)?;
    let found = all_outcomes::row(conn, outcome)?.ok_or_else(Fault::not_found)?;
    if found.state != OutcomeState::Debated {
        return Err(OutcomeFault::OutcomeState {
            from: found.state,
            to: OutcomeState::Adopted,
        }
        .into());
    }
    if asked(conn, outcome)?.is_some() {
        return Err(WorldAssemblyFault::QuestionPut.into());
    }
    let question = ConsensusQuestion {
        id: Id::new(),
        session,
        outcome,
        state: QuestionState::Asked,
        asked_at: now,
        asked_by: actor.person,
        ended_at: None,
        ended_by: None,
        version: 1,
    };
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&question)
        .execute(c))
    .exactly_one()?;
    let summary = json!({ "question": question.id, "outcome": outcome, "code": found.code });
    note(
        conn,
        actor,
        now,
        "consensus.ask",
        session,
        assembly.edition,
        summary,
    )?;
    Ok(question)
}

/// Objects to what the chair has asked about.
///
/// # Errors
/// 401, 403 with what is missing (`not_registered`, `not_endorsed`, `audience`), 404; `invalid`: `reason`;
/// `world_assembly_not_open`; `question_over`; `already_objected`.
pub fn object(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: QuestionId,
    input: &ObjectionInput,
) -> Result<Objection, Fault> {
    let question = find(conn, id)?.ok_or_else(Fault::not_found)?;
    let known = world_assembly::known(conn, actor, now, question.session)?;
    let network = may_object(conn, actor, now, &known)?;
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    let mut fields = Fields::new();
    let reason = rules::required_reason(&mut fields, &input.reason);
    fields.done()?;
    let assembly = proceedings::sits(conn, &known)?;
    hold(conn, id)?;
    let standing = objections(conn, id)?;
    let is_own = |own: &Objection| own.person == person && own.withdrawn_at.is_none();
    if standing.iter().any(is_own) {
        return Err(WorldAssemblyFault::AlreadyObjected.into());
    }
    let objection = Objection {
        id: Id::new(),
        question: id,
        person,
        network,
        reason,
        raised_at: now,
        withdrawn_at: None,
        version: 1,
    };
    on_each!(conn, |c| diesel::insert_into(objections_table::table)
        .values(&objection)
        .execute(c))
    .exactly_one()?;
    let summary = json!({ "question": id, "objection": objection.id, "network": network });
    note(
        conn,
        actor,
        now,
        "consensus.object",
        question.session,
        assembly.edition,
        summary,
    )?;
    Ok(objection)
}

/// Takes one's own objection back, as long as the question is open. It stays recorded.
///
/// # Errors
/// 401, 404; `question_over`; `objection_over`.
pub fn withdraw(conn: &mut Conn, actor: &Actor, now: Moment, id: ObjectionId) -> Result<Objection, Fault> {
    let found: Option<Objection> = on_each!(conn, |c| objections_table::table
        .find(id)
        .select(Objection::as_select())
        .first(c)
        .optional())?;
    let before = found.ok_or_else(Fault::not_found)?;
    let question = find(conn, before.question)?.ok_or_else(Fault::not_found)?;
    let known = world_assembly::known(conn, actor, now, question.session)?;
    if !actor.signed_in() {
        return Err(Fault::sign_in_needed());
    }
    if actor.person != Some(before.person) {
        return Err(match known.comes(actor, now) {
            true => Fault::forbidden("not_allowed"),
            false => Fault::not_found(),
        });
    }
    hold(conn, question.id)?;
    on_each!(conn, |c| diesel::update(objections_table::table.find(id))
        .filter(objections_table::withdrawn_at.is_null())
        .set((
            objections_table::withdrawn_at.eq(now),
            objections_table::version.eq(before.version + 1),
        ))
        .execute(c))
    .one_or(WorldAssemblyFault::ObjectionOver.into())?;
    let summary = json!({ "question": question.id, "objection": id });
    let edition = known.assembly.edition;
    note(
        conn,
        actor,
        now,
        "consensus.withdraw",
        question.session,
        edition,
        summary,
    )?;
    Ok(Objection {
        withdrawn_at: Some(now),
        version: before.version + 1,
        ..before
    })
}

/// What the chair has asked about so far, in order; what was objected is told to the congress alone.
///
/// # Errors
/// 404; `not_the_world_assembly`.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<Vec<QuestionView>, Fault> {
    let known = world_assembly::known(conn, actor, now, session)?;
    let comes = known.comes(actor, now);
    let all: Vec<ConsensusQuestion> = on_each!(conn, |c| table::table
        .filter(table::session.eq(session))
        .order(table::id)
        .select(ConsensusQuestion::as_select())
        .load(c))?;
    let mut views = Vec::new();
    for question in all {
        let found = all_outcomes::get(conn, actor, question.outcome);
        let is_hidden = found.is_err_and(|fault| fault.kind == kernel::Kind::NotFound);
        if is_hidden && !known.runs(actor, now) {
            continue;
        }
        views.push(view(conn, question, comes)?);
    }
    Ok(views)
}

/// Whether this actor may object, by the rule in force, and the network that stands for them.
pub(crate) fn may_object(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    known: &Known,
) -> Result<Option<OrganisationId>, Fault> {
    let (session, track) = (&known.found.session, known.found.track.as_ref());
    let network = match actor.person {
        Some(person) => endorsements::network_of(conn, session.edition, person, now)?,
        None => None,
    };
    let circumstances = Circumstances {
        registered: actor.registered().any(|edition| edition == session.edition),
        endorsed: network.is_some(),
        ..Circumstances::default()
    };
    let row = rule_book::for_session_of(conn, session, track, Act::Vote)?;
    let object = known.object(actor);
    let decision = match &row {
        Some(row) => decide(actor, Act::Vote, &object.under(&row.rule.0, circumstances), now),
        None => decide(actor, Act::Vote, &object, now),
    };
    decision.or_fault()?;
    Ok(network)
}

/// The question that is open on an outcome.
pub(crate) fn asked(conn: &mut Conn, outcome: OutcomeId) -> Result<Option<ConsensusQuestion>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::outcome.eq(outcome))
        .filter(table::state.eq(QuestionState::Asked))
        .select(ConsensusQuestion::as_select())
        .first(c)
        .optional())?)
}

/// Holds a question until COMMIT while it is open: who objects and who decides stand in line here.
pub(crate) fn hold(conn: &mut Conn, id: QuestionId) -> Result<ConsensusQuestion, Fault> {
    let held: Option<ConsensusQuestion> = on_each!(conn, |c| diesel::update(table::table.find(id))
        .filter(table::state.eq(QuestionState::Asked))
        .set(table::version.eq(table::version + 1))
        .returning(ConsensusQuestion::as_returning())
        .get_result(c)
        .optional())?;
    held.ok_or_else(|| WorldAssemblyFault::QuestionOver.into())
}

/// How many objections stand.
pub(crate) fn standing(conn: &mut Conn, question: QuestionId) -> Result<i64, Fault> {
    Ok(on_each!(conn, |c| objections_table::table
        .filter(objections_table::question.eq(question))
        .filter(objections_table::withdrawn_at.is_null())
        .count()
        .get_result(c))?)
}

/// Ends a question that is held.
pub(crate) fn end(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    question: &ConsensusQuestion,
    to: QuestionState,
) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(table::table.find(question.id))
        .filter(table::state.eq(QuestionState::Asked))
        .set((
            table::state.eq(to),
            table::ended_at.eq(now),
            table::ended_by.eq(actor.person),
            table::version.eq(question.version + 1),
        ))
        .execute(c))
    .one_or(WorldAssemblyFault::QuestionOver.into())
}

/// A question with what came of it.
pub(crate) fn view(conn: &mut Conn, question: ConsensusQuestion, comes: bool) -> Result<QuestionView, Fault> {
    let raised = match comes {
        true => objections(conn, question.id)?,
        false => vec![],
    };
    let mut told = Vec::new();
    for objection in raised {
        let person = persons::find(conn, objection.person)?;
        let network = match objection.network {
            Some(network) => organisations::find(conn, network)?,
            None => None,
        };
        told.push(ObjectionView {
            person_name: person.map(|person| person.name()).unwrap_or_default(),
            network_name: network.map(|network| network.name).unwrap_or_default(),
            objection,
        });
    }
    let vote = on_each!(conn, |c| votes_table::table
        .find(question.id)
        .select(ConsensusVote::as_select())
        .first(c)
        .optional())?;
    Ok(QuestionView {
        standing: standing(conn, question.id)?,
        objections: told,
        vote,
        question,
    })
}

/// Notes an act on what is decided: ids and codes, never a reason.
pub(crate) fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    session: SessionId,
    edition: access_rules::EditionId,
    summary: serde_json::Value,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(session.uuid()),
        scope: Some(edition.uuid()),
        summary,
        ..Note::of(act, "session")
    };
    audit::note(conn, now, &note)
}

fn find(conn: &mut Conn, id: QuestionId) -> Result<Option<ConsensusQuestion>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(id)
        .select(ConsensusQuestion::as_select())
        .first(c)
        .optional())?)
}

fn objections(conn: &mut Conn, question: QuestionId) -> Result<Vec<Objection>, Fault> {
    Ok(on_each!(conn, |c| objections_table::table
        .filter(objections_table::question.eq(question))
        .order(objections_table::id)
        .select(Objection::as_select())
        .load(c))?)
}
