//! Where each outcome came from, and what came of each session, paper and organisation: both ways (R194).
//!
//! What a reader may not know of is on no way, from neither end. Titles are as they were when the result was sent.

use std::collections::{BTreeMap, HashMap};

use access_rules::{Actor, EditionId, OrganisationId, PaperId, SessionId, ThemeId};
use db::Conn;
use kernel::Fault;
use members::organisations;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    legacy_model::{Origin, Reference},
    listing::{self, OutcomeFilter},
    model::{Outcome, OutcomeId, OutcomeRef, OutcomeState, Transmission, TransmissionId},
    outcomes, references,
    sight::Eyes,
    titles,
};

/// The way of an outcome: where it came from, and for whose work it is a reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Trail {
    /// The outcome.
    pub outcome: OutcomeRef,
    /// Where it came from; none for what the World Assembly drafted itself.
    pub origin: Option<Origin>,
    /// For whose work it is a reference.
    pub references: Vec<Reference>,
}

/// What came of one input: a line of the matrix from inputs to outcomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Flow {
    /// The input; none for what the World Assembly drafted itself.
    pub origin: Option<Origin>,
    /// Its outcomes with what they are references for, in their order.
    pub outcomes: Vec<Flowed>,
    /// How many of them are in each state, by the state's code.
    #[schema(value_type = std::collections::HashMap<String, usize>)]
    pub states: BTreeMap<OutcomeState, usize>,
}

/// An outcome at the end of a flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Flowed {
    /// The outcome.
    #[serde(flatten)]
    pub outcome: OutcomeRef,
    /// For whose work it is a reference.
    pub references: Vec<Reference>,
}

/// The way of an outcome.
///
/// # Errors
/// 404.
pub fn of_outcome(conn: &mut Conn, actor: &Actor, id: OutcomeId) -> Result<Trail, Fault> {
    let found = outcomes::get(conn, actor, id)?;
    let mut trails = trails(conn, &[found])?;
    trails.pop().ok_or_else(Fault::not_found)
}

/// What came of a session.
///
/// # Errors
/// When the database refuses.
pub fn of_session(conn: &mut Conn, actor: &Actor, session: SessionId) -> Result<Vec<Trail>, Fault> {
    let filter = OutcomeFilter {
        session: Some(session),
        ..OutcomeFilter::default()
    };
    found(conn, actor, &filter)
}

/// What came of a paper.
///
/// # Errors
/// When the database refuses.
pub fn of_paper(conn: &mut Conn, actor: &Actor, paper: PaperId) -> Result<Vec<Trail>, Fault> {
    let filter = OutcomeFilter {
        paper: Some(paper),
        ..OutcomeFilter::default()
    };
    found(conn, actor, &filter)
}

/// What came of a Town Hall theme.
///
/// # Errors
/// When the database refuses.
pub fn of_theme(conn: &mut Conn, actor: &Actor, theme: ThemeId) -> Result<Vec<Trail>, Fault> {
    let filter = OutcomeFilter {
        theme: Some(theme),
        ..OutcomeFilter::default()
    };
    found(conn, actor, &filter)
}

/// What came of the papers and themes of an organisation, in every edition.
///
/// # Errors
/// When the database refuses.
pub fn of_organisation(
    conn: &mut Conn,
    actor: &Actor,
    organisation: OrganisationId,
) -> Result<Vec<Trail>, Fault> {
    let filter = OutcomeFilter {
        organisation: Some(organisation),
        ..OutcomeFilter::default()
    };
    found(conn, actor, &filter)
}

/// From every input of an edition to what became of it, as far as the actor reads it; what nobody transmitted last.
///
/// # Errors
/// When the database refuses.
pub fn matrix(conn: &mut Conn, actor: &Actor, edition: EditionId) -> Result<Vec<Flow>, Fault> {
    let eyes = Eyes::of(conn, actor)?;
    let filter = OutcomeFilter {
        edition: Some(edition),
        ..OutcomeFilter::default()
    };
    let rows = listing::every(conn, &eyes, &filter)?;
    let trails = trails(conn, &rows)?;
    let mut flows: BTreeMap<(bool, Option<TransmissionId>), Flow> = BTreeMap::new();
    for trail in trails {
        let of = trail.origin.as_ref().map(|origin| origin.transmission);
        let flow = flows.entry((of.is_none(), of)).or_insert_with(|| Flow {
            origin: trail.origin.clone(),
            outcomes: vec![],
            states: BTreeMap::new(),
        });
        *flow.states.entry(trail.outcome.state).or_default() += 1;
        flow.outcomes.push(Flowed {
            outcome: trail.outcome,
            references: trail.references,
        });
    }
    Ok(flows.into_values().collect())
}

/// Where these outcomes came from.
pub(crate) fn origins(conn: &mut Conn, rows: &[Outcome]) -> Result<HashMap<TransmissionId, Origin>, Fault> {
    let sources = listing::sources(conn, rows)?;
    let mut ids: Vec<OrganisationId> = sources.values().filter_map(|sent| sent.organisation).collect();
    ids.sort_unstable();
    ids.dedup();
    let bodies = organisations::many(conn, &ids)?;
    let name = |id: Option<OrganisationId>| {
        let body = bodies.iter().find(|body| Some(body.id) == id);
        body.map(|body| body.name.clone()).unwrap_or_default()
    };
    let told = sources
        .into_iter()
        .map(|(id, sent)| (id, origin(&sent, name(sent.organisation))));
    Ok(told.collect())
}

fn found(conn: &mut Conn, actor: &Actor, filter: &OutcomeFilter) -> Result<Vec<Trail>, Fault> {
    let eyes = Eyes::of(conn, actor)?;
    let rows = listing::every(conn, &eyes, filter)?;
    trails(conn, &rows)
}

fn trails(conn: &mut Conn, rows: &[Outcome]) -> Result<Vec<Trail>, Fault> {
    let origins = origins(conn, rows)?;
    let ids: Vec<OutcomeId> = rows.iter().map(|row| row.id).collect();
    let mut references = references::of_many(conn, &ids)?;
    let told = titles::refs(conn, rows)?
        .into_iter()
        .zip(rows)
        .map(|(outcome, row)| Trail {
            references: references.remove(&outcome.id).unwrap_or_default(),
            origin: row.transmission.and_then(|id| origins.get(&id).cloned()),
            outcome,
        });
    Ok(told.collect())
}

fn origin(sent: &Transmission, organisation_name: String) -> Origin {
    Origin {
        transmission: sent.id,
        source: sent.source,
        session: sent.session,
        session_title: sent.session_title.clone(),
        paper: sent.paper,
        paper_title: sent.paper_title.clone(),
        theme: sent.theme,
        organisation: sent.organisation,
        organisation_name,
    }
}
