//! International agendas: which outcomes serve which, and in which part of its life (R75, R76).
//!
//! Agendas and their goals are data that a desk adds to; one that is retired is offered no more, and stays where it was
//! named.

use std::collections::{BTreeMap, BTreeSet};

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{CodeShape, Coded as _, Fault, Fields, Id, Localized, Moment, text};
use records::audit::{self, Fingerprint, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    legacy_model::Agenda,
    listing::{self, OutcomeFilter},
    model::{AgendaLink, Outcome, OutcomeId, OutcomeRef, Phase},
    outcomes,
    sight::{self, Eyes},
    tables::{agendas as table, outcome_agendas as served},
    titles,
};

/// The code of the New Urban Agenda.
pub const NEW_URBAN_AGENDA: &str = "new_urban_agenda";
/// Most agendas an outcome names.
const LINKS_MOST: usize = 60;
/// Most agendas there are.
const AGENDAS_MOST: i64 = 500;

/// What the form of an agenda asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct AgendaInput {
    /// Its code; only when it is made.
    pub code: String,
    /// The agenda it is a goal of.
    pub parent: Option<String>,
    /// What it is called.
    pub title: Localized,
    /// Where it can be read.
    pub site: String,
    /// Its place among its siblings.
    pub position: i64,
    /// Whether it is offered no more.
    pub retired: bool,
}

/// A line of the report: an agenda and what serves it, phase by phase. What serves a goal serves its agenda.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = AgendaReportLine)]
pub struct AgendaLine {
    /// The agenda.
    pub agenda: Agenda,
    /// How many adopted outcomes serve each phase, by the phase's code.
    #[schema(value_type = std::collections::HashMap<String, usize>)]
    pub phases: BTreeMap<Phase, usize>,
    /// How many adopted outcomes serve it at all.
    pub outcomes: usize,
}

/// An outcome that serves an agenda, with the phases in which it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Serving {
    /// The outcome.
    #[serde(flatten)]
    pub outcome: OutcomeRef,
    /// In which phases.
    pub phases: Vec<Phase>,
}

/// Every agenda and goal, in their order.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &mut Conn) -> Result<Vec<Agenda>, Fault> {
    let all: Vec<Agenda> = on_each!(conn, |c| table::table
        .order((table::position, table::code))
        .limit(AGENDAS_MOST)
        .select(Agenda::as_select())
        .load(c))?;
    let (tops, goals): (Vec<_>, Vec<_>) = all.into_iter().partition(|own| own.parent.is_none());
    let mut listed = Vec::new();
    for top in tops {
        let own: Vec<Agenda> = goals
            .iter()
            .filter(|goal| goal.parent.as_deref() == Some(&top.code))
            .cloned()
            .collect();
        listed.push(top);
        listed.extend(own);
    }
    Ok(listed)
}

/// Adds an agenda, or a goal of one.
///
/// # Errors
/// 401, 403; `invalid` with each field; `already_exists`.
pub fn create(conn: &mut Conn, actor: &Actor, now: Moment, input: &AgendaInput) -> Result<Agenda, Fault> {
    may(actor, now)?;
    let mut fields = Fields::new();
    let code = fields.code("code", &input.code, CodeShape::Word);
    let made = worded(conn, &mut fields, &code, input, 1)?;
    fields.done()?;
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&made)
        .execute(c))
    .exactly_one()?;
    note(conn, actor, now, "agenda.create", None, &made)?;
    Ok(made)
}

/// Changes an agenda. Its code stays.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    code: &str,
    input: &AgendaInput,
    version: Option<i64>,
) -> Result<Agenda, Fault> {
    may(actor, now)?;
    let before = find(conn, code)?.ok_or_else(Fault::not_found)?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    let mut fields = Fields::new();
    let after = worded(conn, &mut fields, code, input, before.version + 1)?;
    fields.done()?;
    on_each!(conn, |c| diesel::update(table::table)
        .filter(table::code.eq(code))
        .filter(table::version.eq(before.version))
        .set(&after)
        .execute(c))
    .one_or(Fault::stale())?;
    note(conn, actor, now, "agenda.edit", Some(&before), &after)?;
    Ok(after)
}

/// The agendas an outcome serves.
///
/// # Errors
/// When the database refuses.
pub fn of(conn: &mut Conn, id: OutcomeId) -> Result<Vec<AgendaLink>, Fault> {
    Ok(of_many(conn, &[id])?.remove(&id).unwrap_or_default())
}

/// Says which agendas an outcome serves, whatever its state: what it says stays.
///
/// # Errors
/// 401, 403, 404; `invalid`: `agendas`.
pub fn set(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: OutcomeId,
    links: &[AgendaLink],
) -> Result<Vec<AgendaLink>, Fault> {
    let found = outcomes::get(conn, actor, id)?;
    sight::may(actor, Act::ManageOutcomes, found.edition, now)?;
    outcomes::hold(conn, id)?;
    let mut fields = Fields::new();
    let links = checked(conn, &mut fields, "agendas", links)?;
    fields.done()?;
    on_each!(conn, |c| diesel::delete(
        served::table.filter(served::outcome.eq(id))
    )
    .execute(c))?;
    put(conn, id, &links)?;
    let said = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(id.uuid()),
        scope: Some(found.edition.uuid()),
        summary: json!({ "agendas": links }),
        ..Note::of("outcome.set_agendas", "outcome")
    };
    audit::note(conn, now, &said)?;
    Ok(links)
}

/// How many adopted outcomes of an edition serve each agenda in each phase, as far as the actor reads them (R75). Agendas
/// that none serves stand in it too.
///
/// # Errors
/// When the database refuses.
pub fn report(conn: &mut Conn, actor: &Actor, edition: EditionId) -> Result<Vec<AgendaLine>, Fault> {
    let adopted = adopted(conn, actor, edition)?;
    let ids: Vec<OutcomeId> = adopted.iter().map(|own| own.id).collect();
    let links = of_many(conn, &ids)?;
    let all = list(conn)?;
    let line = |own: &Agenda| {
        let is_of = |link: &AgendaLink| {
            link.agenda == own.code
                || all
                    .iter()
                    .any(|goal| goal.code == link.agenda && goal.parent.as_deref() == Some(&own.code))
        };
        let serving = |wanted: Option<Phase>| {
            let own = links.values().filter(|links| {
                links
                    .iter()
                    .any(|link| is_of(link) && wanted.is_none_or(|wanted| wanted == link.phase))
            });
            own.count()
        };
        AgendaLine {
            phases: Phase::ALL
                .iter()
                .map(|phase| (*phase, serving(Some(*phase))))
                .collect(),
            outcomes: serving(None),
            agenda: own.clone(),
        }
    };
    Ok(all.iter().map(line).collect())
}

/// The adopted outcomes of an edition that serve an agenda or a goal of it, as far as the actor reads them; for the New
/// Urban Agenda this is the report on its follow-up (R76).
///
/// # Errors
/// 404 for an agenda there is not.
pub fn serving(
    conn: &mut Conn,
    actor: &Actor,
    edition: EditionId,
    code: &str,
    only: Option<Phase>,
) -> Result<Vec<Serving>, Fault> {
    find(conn, code)?.ok_or_else(Fault::not_found)?;
    let goals = with_goals(conn, code)?;
    let mut adopted = adopted(conn, actor, edition)?;
    let ids: Vec<OutcomeId> = adopted.iter().map(|own| own.id).collect();
    let links = of_many(conn, &ids)?;
    let phases = |id: OutcomeId| -> Vec<Phase> {
        let own = links.get(&id).into_iter().flatten();
        let phases: BTreeSet<Phase> = own
            .filter(|link| goals.contains(&link.agenda))
            .map(|link| link.phase)
            .filter(|phase| only.is_none_or(|only| only == *phase))
            .collect();
        phases.into_iter().collect()
    };
    adopted.retain(|own| !phases(own.id).is_empty());
    let told = titles::refs(conn, &adopted)?.into_iter().map(|outcome| Serving {
        phases: phases(outcome.id),
        outcome,
    });
    Ok(told.collect())
}

/// One agenda.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, code: &str) -> Result<Option<Agenda>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(code)
        .select(Agenda::as_select())
        .first(c)
        .optional())?)
}

/// An agenda's code, and those of its goals.
pub(crate) fn with_goals(conn: &mut Conn, code: &str) -> Result<Vec<String>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::code.eq(code).or(table::parent.eq(code)))
        .select(table::code)
        .load(c))?)
}

/// Links without doubles, in their order; those to what there is not are noted beside the field.
pub(crate) fn checked(
    conn: &mut Conn,
    fields: &mut Fields,
    field: &str,
    links: &[AgendaLink],
) -> Result<Vec<AgendaLink>, Fault> {
    if links.len() > LINKS_MOST {
        fields.wrong_with(field, "too_many_agendas", "most", LINKS_MOST);
        return Ok(vec![]);
    }
    if links.is_empty() {
        return Ok(vec![]);
    }
    let known: BTreeSet<String> = list(conn)?.into_iter().map(|own| own.code).collect();
    let links: BTreeSet<AgendaLink> = links.iter().cloned().collect();
    for link in &links {
        if !known.contains(&link.agenda) {
            fields.wrong(field, "unknown");
        }
    }
    Ok(links.into_iter().collect())
}

/// Writes the links of an outcome that has none.
pub(crate) fn put(conn: &mut Conn, id: OutcomeId, links: &[AgendaLink]) -> Result<(), Fault> {
    for link in links {
        on_each!(conn, |c| diesel::insert_into(served::table)
            .values((
                served::outcome.eq(id),
                served::agenda.eq(&link.agenda),
                served::phase.eq(link.phase)
            ))
            .execute(c))
        .exactly_one()?;
    }
    Ok(())
}

/// The agendas these outcomes serve.
pub(crate) fn of_many(
    conn: &mut Conn,
    ids: &[OutcomeId],
) -> Result<BTreeMap<OutcomeId, Vec<AgendaLink>>, Fault> {
    let mut links: BTreeMap<OutcomeId, Vec<AgendaLink>> = BTreeMap::new();
    for some in ids.chunks(500) {
        let rows: Vec<(OutcomeId, String, Phase)> = on_each!(conn, |c| served::table
            .filter(served::outcome.eq_any(some))
            .select((served::outcome, served::agenda, served::phase))
            .load(c))?;
        for (id, agenda, phase) in rows {
            links.entry(id).or_default().push(AgendaLink { agenda, phase });
        }
    }
    for own in links.values_mut() {
        own.sort();
    }
    Ok(links)
}

/// What an edition adopted, as far as the actor reads it.
fn adopted(conn: &mut Conn, actor: &Actor, edition: EditionId) -> Result<Vec<Outcome>, Fault> {
    let eyes = Eyes::of(conn, actor)?;
    listing::every(conn, &eyes, &OutcomeFilter::adopted_by(edition))
}

fn worded(
    conn: &mut Conn,
    fields: &mut Fields,
    code: &str,
    input: &AgendaInput,
    version: i64,
) -> Result<Agenda, Fault> {
    let title = fields.localized_line("title", &input.title, text::TITLE, true);
    let site = fields.line("site", &input.site, 500);
    if !site.is_empty() && !site.starts_with("https://") && !site.starts_with("http://") {
        fields.wrong("site", "not_an_address");
    }
    let parent = input.parent.clone().filter(|parent| !parent.is_empty());
    if let Some(parent) = &parent {
        let found = find(conn, parent)?;
        if parent == code || found.is_none_or(|found| found.parent.is_some()) {
            fields.wrong("parent", "unknown");
        }
    }
    Ok(Agenda {
        code: code.to_owned(),
        parent,
        title,
        site,
        position: fields.within("position", input.position, 0, 10_000),
        retired: input.retired,
        version,
    })
}

fn may(actor: &Actor, now: Moment) -> Result<(), Fault> {
    let object = Object::public(ObjectKind::Outcome).of_track(Some("assembly"));
    decide(actor, Act::ManageOutcomes, &object, now).or_fault()
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&Agenda>,
    after: &Agenda,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        summary: json!({ "code": after.code, "parent": after.parent, "retired": after.retired }),
        before: before.and_then(Fingerprint::of),
        after: Fingerprint::of(after),
        ..Note::of(act, "agenda")
    };
    audit::note(conn, now, &note)
}
