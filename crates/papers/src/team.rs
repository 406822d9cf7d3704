//! Who works at a paper: drafters, who are of the organisation whose it is, and translators, who may be anybody's.
//!
//! They are named by its focal points, who leads its theme, and the desk. What it lets them do is a standing over the
//! paper, which begins and ends with their part.

use access_rules::{Act, Actor, Object, PaperId, PersonId, Role, Scope, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Moment};
use members::actors;
use people::{
    persons,
    standings::{self, Appointment},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    faults::PaperFault,
    letters,
    model::{Paper, TeamPart, TeamPartId, TeamRole},
    papers::{self, note},
    progress, rules,
    tables::paper_team,
};

/// What the form of a part asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct NameInput {
    /// Who.
    pub person: Option<PersonId>,
    /// What they do.
    pub role: Option<TeamRole>,
}

/// Somebody of the team, as its people see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct TeamView {
    /// Their part.
    #[serde(flatten)]
    pub part: TeamPart,
    /// By name.
    pub person_name: String,
}

/// Names somebody to write at a paper or to translate it, and tells them.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `not_of_the_owner`; `already_in_team`; `paper_revoked`; `paper_not_writable`.
pub fn name(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    input: &NameInput,
) -> Result<TeamPart, Fault> {
    let paper = papers::get(conn, actor, now, id)?;
    may_name(actor, &paper, now)?;
    let (person, role) = checked(conn, input)?;
    let paper = progress::hold(conn, paper.id)?;
    if paper.is_revoked {
        return Err(PaperFault::Revoked.into());
    }
    if rules::is_over(paper.state) {
        return Err(PaperFault::NotWritable { state: paper.state }.into());
    }
    let theirs = actors::load_person(conn, person, now)?.organisations;
    if role == TeamRole::Drafter && !theirs.contains(&paper.owner) {
        return Err(PaperFault::NotOfTheOwner.into());
    }
    let part = TeamPart {
        id: Id::new(),
        paper: paper.id,
        person,
        role,
        from_at: now,
        to_at: None,
        named_by: actor.person,
    };
    let written = on_each!(conn, |c| diesel::insert_into(paper_team::table)
        .values(&part)
        .on_conflict_do_nothing()
        .execute(c))
    .at_most_one()?;
    if !written {
        return Err(PaperFault::AlreadyInTeam.into());
    }
    let appointment = Appointment {
        person,
        role: standing(role),
        scope: Scope::Paper(paper.id),
        from: now,
        to: None,
        basis: format!("paper:{}", paper.id),
        granted_by: actor.person,
    };
    standings::appoint(conn, now, &appointment)?;
    letters::named(conn, now, &paper, person, role)?;
    let summary = json!({ "person": person, "role": role });
    note(conn, actor.person, now, "paper.name", None, &paper, summary)?;
    Ok(part)
}

/// Ends somebody's part in a paper. Whoever may name may, and everybody for themselves.
///
/// # Errors
/// 401, 403; 404 where they have no such part now.
pub fn dismiss(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PaperId,
    part: TeamPartId,
) -> Result<TeamPart, Fault> {
    let paper = papers::get(conn, actor, now, id)?;
    let current = current(conn, paper.id)?;
    let found = current.into_iter().find(|own| own.id == part);
    let is_own = found
        .as_ref()
        .is_some_and(|found| actor.person == Some(found.person))
        && decide(actor, Act::MindOwn, &Object::site(), now).allows();
    if !is_own {
        may_name(actor, &paper, now)?;
    }
    let found = found.ok_or_else(Fault::not_found)?;
    on_each!(conn, |c| diesel::update(paper_team::table.find(part))
        .filter(paper_team::to_at.is_null())
        .set(paper_team::to_at.eq(now))
        .execute(c))
    .one_or(Fault::not_found())?;
    let scope = Scope::Paper(paper.id);
    standings::dismiss(
        conn,
        now,
        actor.person,
        found.person,
        standing(found.role),
        &scope,
    )?;
    let summary = json!({ "person": found.person, "role": found.role });
    note(conn, actor.person, now, "paper.dismiss", None, &paper, summary)?;
    Ok(TeamPart {
        to_at: Some(now),
        ..found
    })
}

/// Who works at a paper now, for whoever has a part in it.
///
/// # Errors
/// 404; 401, 403 for who reads it from without.
pub fn list(conn: &mut Conn, actor: &Actor, now: Moment, id: PaperId) -> Result<Vec<TeamView>, Fault> {
    let paper = papers::get(conn, actor, now, id)?;
    if !papers::is_hand(actor, &paper) {
        may_name(actor, &paper, now)?;
    }
    let parts = current(conn, paper.id)?;
    let ids: Vec<PersonId> = parts.iter().map(|part| part.person).collect();
    let persons = persons::many(conn, &ids)?;
    let mut views: Vec<TeamView> = parts
        .into_iter()
        .map(|part| {
            let person = persons.iter().find(|person| person.id == part.person);
            TeamView {
                person_name: person.map(people::model::Person::name).unwrap_or_default(),
                part,
            }
        })
        .collect();
    views.sort_by(|one, other| {
        (one.part.role, &one.person_name, one.part.id).cmp(&(
            other.part.role,
            &other.person_name,
            other.part.id,
        ))
    });
    Ok(views)
}

/// Whether an actor names who works at a paper.
pub fn names(actor: &Actor, paper: &Paper, now: Moment) -> bool {
    may_name(actor, paper, now).is_ok()
}

/// The parts in a paper that are held now; unchecked.
///
/// # Errors
/// When the database refuses.
pub fn current(conn: &mut Conn, paper: PaperId) -> Result<Vec<TeamPart>, Fault> {
    Ok(on_each!(conn, |c| paper_team::table
        .filter(paper_team::paper.eq(paper))
        .filter(paper_team::to_at.is_null())
        .order(paper_team::id)
        .select(TeamPart::as_select())
        .load(c))?)
}

/// Goes on for the focal points of its organisation, and for who manages the paper: the desk, who leads its theme.
pub(crate) fn may_name(actor: &Actor, paper: &Paper, now: Moment) -> Result<(), Fault> {
    let is_focal = actor.focal_point_of().any(|own| own == paper.owner);
    let as_focal = papers::may(actor, Act::MindOrganisation, paper, now);
    match is_focal && as_focal.allows() {
        true => Ok(()),
        false => papers::may(actor, Act::ManagePapers, paper, now).or_fault(),
    }
}

const fn standing(role: TeamRole) -> Role {
    match role {
        TeamRole::Drafter => Role::Drafter,
        TeamRole::Translator => Role::Translator,
    }
}

fn checked(conn: &mut Conn, input: &NameInput) -> Result<(PersonId, TeamRole), Fault> {
    let mut fields = Fields::new();
    let person = fields.required("person", input.person);
    let role = fields.required("role", input.role);
    if let Some(person) = person
        && persons::find(conn, person)?.is_none()
    {
        fields.wrong("person", "unknown");
    }
    fields.done()?;
    match (person, role) {
        (Some(person), Some(role)) => Ok((person, role)),
        _ => Err(Fault::internal("a required field is missing unnoticed")),
    }
}
