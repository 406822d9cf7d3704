//! Endorsements: participants of the World Assembly come through their network (R70).
//!
//! Everybody who is registered attends. Whom a network of the Task Force stands for has the floor and a say in consensus:
//! until their network has answered they are pending, and have neither (reading of R70). A network endorses whoever asks
//! it, and people of its own or of its members unasked.

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, OrganisationId, PersonId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Email, Fault, Fields, Id, Moment};
use members::{actors, model::RelationKind, organisations, positions, relations};
use people::{accounts, persons};
use programme::editions;
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    faults::WorldAssemblyFault,
    letters,
    model::world::{Endorsement, EndorsementId, EndorsementState},
    rules,
    tables::endorsements as table,
    terms::TRACK,
    world_assembly,
};

/// What the form of who asks for an endorsement asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct EndorsementInput {
    /// Which network.
    pub network: Option<OrganisationId>,
}

/// What the form of a network that endorses somebody unasked asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct EndorseInput {
    /// Whom: somebody of the network or of one of its members, registered for the congress.
    pub person: Option<PersonId>,
    /// The same, by the address of their account, for who does not know their id.
    pub email: String,
}

/// What the form of a network's answer asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct EndorsementAnswerInput {
    /// Whether it stands for them.
    pub endorsed: Option<bool>,
    /// Why not; asked for then.
    pub reason: String,
}

/// An endorsement as its readers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct EndorsementView {
    /// It.
    #[serde(flatten)]
    pub endorsement: Endorsement,
    /// Whom the network stands for, by name.
    pub person_name: String,
    /// The network, by name.
    pub network_name: String,
}

/// Asks a network to stand for oneself.
///
/// # Errors
/// 401, 403, 404; `invalid`: `network`; `not_a_network`; `person_not_registered`; `endorsement_asked`.
pub fn ask(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &EndorsementInput,
) -> Result<Endorsement, Fault> {
    editions::get(conn, actor, edition)?;
    let object = Object::public(ObjectKind::Edition);
    decide(actor, Act::MindOwn, &object, now).or_fault()?;
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    let network = input.network.ok_or_else(|| Fault::field("network", "required"))?;
    is_network(conn, network, now)?;
    if !actor.registered().any(|registered| registered == edition) {
        return Err(WorldAssemblyFault::NotRegistered.into());
    }
    let asked = Endorsement {
        id: Id::new(),
        edition,
        network,
        person,
        state: EndorsementState::PendingNetwork,
        reason: String::new(),
        asked_at: now,
        answered_at: None,
        answered_by: None,
        version: 1,
    };
    insert(conn, &asked)?;
    note(conn, actor, now, "endorsement.ask", &asked)?;
    Ok(asked)
}

/// Stands for somebody of the network or of one of its members, unasked.
///
/// # Errors
/// 401, 404; `invalid`: `person`, `email`; `not_a_network`; `person_not_registered`; `endorsement_asked`.
pub fn endorse(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    network: OrganisationId,
    input: &EndorseInput,
) -> Result<Endorsement, Fault> {
    editions::get(conn, actor, edition)?;
    may_mind(actor, network, now)?;
    is_network(conn, network, now)?;
    let (person, field) = meant(conn, input)?;
    let who = actors::load_person(conn, person, now)?;
    // Whoever is not of the network is unknown to it, registered or not.
    if !is_of(conn, &who, network, now)? {
        return Err(Fault::field(field, "unknown"));
    }
    if !who.registered().any(|registered| registered == edition) {
        return Err(WorldAssemblyFault::NotRegistered.into());
    }
    let given = Endorsement {
        id: Id::new(),
        edition,
        network,
        person,
        state: EndorsementState::Endorsed,
        reason: String::new(),
        asked_at: now,
        answered_at: Some(now),
        answered_by: actor.person,
        version: 1,
    };
    insert(conn, &given)?;
    note(conn, actor, now, "endorsement.give", &given)?;
    letters::endorsement(conn, now, &given)?;
    Ok(given)
}

/// Whom a network could endorse unasked, by name: people of its own who are registered, and whom nobody stands for nor was
/// asked to. Those of its members it names by their address ([`EndorseInput`]).
///
/// # Errors
/// 401, 404.
pub fn candidates(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    network: OrganisationId,
) -> Result<Vec<(PersonId, String)>, Fault> {
    editions::get(conn, actor, edition)?;
    may_mind(actor, network, now)?;
    let mut ids: Vec<PersonId> = positions::holders_in(conn, &[network])?
        .into_iter()
        .map(|(person, _)| person)
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let who = actors::load_many(conn, &ids, now)?;
    let comes = |person: &PersonId| {
        let registered = who.get(person).map(Actor::registered);
        registered.is_some_and(|mut all| all.any(|registered| registered == edition))
    };
    ids.retain(comes);
    let spoken_for: Vec<PersonId> = on_each!(conn, |c| table::table
        .filter(table::edition.eq(edition))
        .filter(table::state.eq_any([EndorsementState::PendingNetwork, EndorsementState::Endorsed]))
        .select(table::person)
        .load(c))?;
    ids.retain(|person| !spoken_for.contains(person));
    let mut named: Vec<(PersonId, String)> = persons::many(conn, &ids)?
        .iter()
        .map(|person| (person.id, person.name()))
        .collect();
    named.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(named)
}

/// Whether an organisation is a network of the Global Taskforce, which endorses.
///
/// # Errors
/// When the database refuses.
pub fn endorses(conn: &mut Conn, organisation: OrganisationId, now: Moment) -> Result<bool, Fault> {
    Ok(world_assembly::networks(conn, now)?.contains(&organisation))
}

/// Answers who asked, for the network.
///
/// # Errors
/// 401, 404; `invalid`: `endorsed`, `reason`; `endorsement_answered`; `stale`.
pub fn answer(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: EndorsementId,
    input: &EndorsementAnswerInput,
    version: Option<i64>,
) -> Result<Endorsement, Fault> {
    let before = find(conn, id)?.ok_or_else(Fault::not_found)?;
    may_mind(actor, before.network, now)?;
    let mut fields = Fields::new();
    let endorsed = fields.required("endorsed", input.endorsed);
    let reason = match endorsed {
        Some(false) => rules::required_reason(&mut fields, &input.reason),
        Some(true) | None => fields.paragraph("reason", &input.reason, rules::REASON_MAX),
    };
    fields.done()?;
    let state = match endorsed {
        Some(true) => EndorsementState::Endorsed,
        Some(false) | None => EndorsementState::Refused,
    };
    let from = [EndorsementState::PendingNetwork];
    let after = step(conn, actor, now, &before, state, reason, &from, version)?;
    note(conn, actor, now, "endorsement.answer", &after)?;
    letters::endorsement(conn, now, &after)?;
    Ok(after)
}

/// Takes an endorsement back, or the wish for one: whose it is, or the network.
///
/// # Errors
/// 401, 404; `invalid`: `reason`; `endorsement_answered` where there is nothing to take back; `stale`.
pub fn withdraw(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: EndorsementId,
    reason: &str,
    version: Option<i64>,
) -> Result<Endorsement, Fault> {
    let before = find(conn, id)?.ok_or_else(Fault::not_found)?;
    let is_own = actor.signed_in() && actor.person == Some(before.person);
    if !is_own {
        may_mind(actor, before.network, now)?;
    }
    let mut fields = Fields::new();
    let reason = match is_own {
        true => fields.paragraph("reason", reason, rules::REASON_MAX),
        false => rules::required_reason(&mut fields, reason),
    };
    fields.done()?;
    let from = [EndorsementState::PendingNetwork, EndorsementState::Endorsed];
    let to = EndorsementState::Withdrawn;
    let after = step(conn, actor, now, &before, to, reason, &from, version)?;
    note(conn, actor, now, "endorsement.withdraw", &after)?;
    if !is_own {
        letters::endorsement(conn, now, &after)?;
    }
    Ok(after)
}

/// Whom a network stands for at an edition, and who asked it: for its focal points.
///
/// # Errors
/// 401, 404.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    network: OrganisationId,
) -> Result<Vec<EndorsementView>, Fault> {
    editions::get(conn, actor, edition)?;
    may_mind(actor, network, now)?;
    let all: Vec<Endorsement> = on_each!(conn, |c| table::table
        .filter(table::edition.eq(edition))
        .filter(table::network.eq(network))
        .order(table::id)
        .select(Endorsement::as_select())
        .load(c))?;
    all.into_iter().map(|one| view(conn, one)).collect()
}

/// One's own endorsement at an edition: the one that holds or is asked for, else the last.
///
/// # Errors
/// 401, 404.
pub fn mine(conn: &mut Conn, actor: &Actor, edition: EditionId) -> Result<Option<EndorsementView>, Fault> {
    editions::get(conn, actor, edition)?;
    if !actor.signed_in() {
        return Err(Fault::sign_in_needed());
    }
    let Some(person) = actor.person else {
        return Ok(None);
    };
    let found = current(conn, edition, person)?;
    found.map(|found| view(conn, found)).transpose()
}

/// The network that stands for somebody at a moment, whoever asks: one of the Task Force still.
///
/// # Errors
/// When the database refuses.
pub fn network_of(
    conn: &mut Conn,
    edition: EditionId,
    person: PersonId,
    at: Moment,
) -> Result<Option<OrganisationId>, Fault> {
    let found = current(conn, edition, person)?;
    let network = found
        .filter(|found| found.state == EndorsementState::Endorsed)
        .map(|found| found.network);
    match network {
        Some(network) if world_assembly::networks(conn, at)?.contains(&network) => Ok(Some(network)),
        Some(_) | None => Ok(None),
    }
}

/// Somebody's endorsement at an edition: the one that holds or is asked for, else the last.
pub(crate) fn current(
    conn: &mut Conn,
    edition: EditionId,
    person: PersonId,
) -> Result<Option<Endorsement>, Fault> {
    let all: Vec<Endorsement> = on_each!(conn, |c| table::table
        .filter(table::edition.eq(edition))
        .filter(table::person.eq(person))
        .order(table::id.desc())
        .select(Endorsement::as_select())
        .load(c))?;
    let holds = |one: &&Endorsement| {
        matches!(
            one.state,
            EndorsementState::PendingNetwork | EndorsementState::Endorsed
        )
    };
    Ok(all.iter().find(holds).or(all.first()).cloned())
}

/// Answers an endorsement from one of these states, unless somebody did meanwhile.
fn step(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    before: &Endorsement,
    state: EndorsementState,
    reason: String,
    from: &[EndorsementState],
    version: Option<i64>,
) -> Result<Endorsement, Fault> {
    rules::same_version(version, before.version)?;
    if !from.contains(&before.state) {
        let state = before.state;
        return Err(WorldAssemblyFault::EndorsementAnswered { state }.into());
    }
    let after = Endorsement {
        state,
        reason,
        answered_at: Some(now),
        answered_by: actor.person,
        version: before.version + 1,
        ..before.clone()
    };
    on_each!(conn, |c| diesel::update(table::table)
        .filter(table::id.eq(before.id))
        .filter(table::version.eq(before.version))
        .set(&after)
        .execute(c))
    .one_or(Fault::stale())?;
    Ok(after)
}

/// The unique key says whether one holds or is asked for already, however many ask at once.
fn insert(conn: &mut Conn, row: &Endorsement) -> Result<(), Fault> {
    let written = on_each!(conn, |c| diesel::insert_into(table::table).values(row).execute(c));
    written.exactly_one().map_err(|fault| match fault.code {
        "already_exists" => WorldAssemblyFault::AlreadyAsked.into(),
        _ => fault,
    })
}

/// Who is meant, and the field that says so. An address nobody has is answered as one of somebody of another network.
fn meant(conn: &mut Conn, input: &EndorseInput) -> Result<(PersonId, &'static str), Fault> {
    let typed = input.email.trim();
    match input.person {
        Some(person) => Ok((person, "person")),
        None if typed.is_empty() => Err(Fault::field("person", "required")),
        None => {
            let email: Email = typed.parse().map_err(|_| Fault::field("email", "not_an_email"))?;
            let account = accounts::by_email(conn, &email)?;
            let account = account.ok_or_else(|| Fault::field("email", "unknown"))?;
            Ok((account.person_id, "email"))
        }
    }
}

fn is_network(conn: &mut Conn, network: OrganisationId, now: Moment) -> Result<(), Fault> {
    match world_assembly::networks(conn, now)?.contains(&network) {
        true => Ok(()),
        false => Err(WorldAssemblyFault::NotANetwork.into()),
    }
}

/// Whether somebody holds a confirmed position in a network or in one of its members.
fn is_of(conn: &mut Conn, who: &Actor, network: OrganisationId, now: Moment) -> Result<bool, Fault> {
    if who.organisations.contains(&network) {
        return Ok(true);
    }
    for organisation in &who.organisations {
        let is_member = relations::of(conn, *organisation)?.iter().any(|relation| {
            relation.kind == RelationKind::MemberOfNetwork
                && relation.other == Some(network)
                && relation.from_at <= now
                && relation.to_at.is_none_or(|to| to > now)
        });
        if is_member {
            return Ok(true);
        }
    }
    Ok(false)
}

fn may_mind(actor: &Actor, network: OrganisationId, now: Moment) -> Result<(), Fault> {
    let object = Object::public(ObjectKind::Organisation)
        .of_track(Some(TRACK))
        .of_organisation(network);
    decide(actor, Act::MindOrganisation, &object, now).or_fault()
}

fn find(conn: &mut Conn, id: EndorsementId) -> Result<Option<Endorsement>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(id)
        .select(Endorsement::as_select())
        .first(c)
        .optional())?)
}

fn view(conn: &mut Conn, endorsement: Endorsement) -> Result<EndorsementView, Fault> {
    let network = organisations::find(conn, endorsement.network)?;
    let person = persons::find(conn, endorsement.person)?;
    Ok(EndorsementView {
        person_name: person.map(|person| person.name()).unwrap_or_default(),
        network_name: network.map(|network| network.name).unwrap_or_default(),
        endorsement,
    })
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    endorsement: &Endorsement,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(endorsement.person.uuid()),
        scope: Some(endorsement.edition.uuid()),
        summary: json!({
            "endorsement": endorsement.id, "network": endorsement.network, "state": endorsement.state,
        }),
        ..Note::of(act, "person")
    };
    audit::note(conn, now, &note)
}
