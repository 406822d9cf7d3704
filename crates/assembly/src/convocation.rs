//! Convocation: « L’Assemblée mondiale est convoquée par la Global Taskforce » (R67), three months before at the latest and
//! with the agreement of every network of it (R69).
//!
//! Who convenes asks the networks; each answers by its focal points, or the convener records what it answered otherwise and
//! says how they know. Once all have agreed it is convoked. Later than the notice asks for, that needs a reason, which is
//! kept and shown.

use access_rules::{Act, Actor, Object, ObjectKind, OrganisationId, SessionId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Moment};
use members::organisations;
use programme::{faults::ProgrammeFault, model::SessionState};
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    faults::WorldAssemblyFault,
    letters,
    model::world::{AssemblyState, NetworkAnswer, NetworkConsent, WorldAssembly},
    rules,
    tables::network_consents as table,
    terms::TRACK,
    world_assembly::{self, Known},
};

/// What the form of a network's answer asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ConsentInput {
    /// Whether it agrees.
    pub answer: Option<NetworkAnswer>,
    /// What it says to that; how its answer is known, where the convener records it.
    pub note: String,
}

/// What the form that convokes asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ConvokeInput {
    /// Why it is convoked later than the notice asks for; only then.
    pub override_reason: String,
}

/// A network of the Task Force and what it answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = NetworkConsentView)]
pub struct ConsentView {
    /// Which network.
    pub network: OrganisationId,
    /// Its name.
    pub network_name: String,
    /// What it answered; none yet.
    pub consent: Option<NetworkConsent>,
}

/// Asks every network of the Task Force whether it agrees.
///
/// # Errors
/// 401, 403 `convener_only`, 404; `not_the_world_assembly`; `world_assembly_not_placed`; `no_networks`;
/// `world_assembly_state`; `session_over` where it was called off; `stale`.
pub fn ask(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    version: Option<i64>,
) -> Result<WorldAssembly, Fault> {
    let (known, before) = convoked_by(conn, actor, now, session, version)?;
    if known.found.session.starts_at.is_none() {
        return Err(WorldAssemblyFault::NotPlaced.into());
    }
    let networks = world_assembly::networks(conn, now)?;
    if networks.is_empty() {
        return Err(WorldAssemblyFault::NoNetworks.into());
    }
    let to = WorldAssembly {
        state: AssemblyState::AwaitingConsent,
        ..before.clone()
    };
    let after = world_assembly::step(conn, actor, now, &before, to, "")?;
    for network in networks {
        letters::consent_asked(conn, now, &known.found.session, network)?;
    }
    Ok(after)
}

/// Answers for a network of the Task Force, as long as it is not convoked; the answer may change until then.
///
/// # Errors
/// 401, 403, 404; `not_the_world_assembly`; `invalid` with each field; `not_a_network`; `world_assembly_state`; `stale`.
pub fn answer(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    network: OrganisationId,
    input: &ConsentInput,
    version: Option<i64>,
) -> Result<NetworkConsent, Fault> {
    let known = world_assembly::known(conn, actor, now, session)?;
    let is_own = may_mind(actor, network, now);
    if !is_own {
        world_assembly::may_convoke(actor, known.assembly.edition, now)?;
    }
    if !world_assembly::networks(conn, now)?.contains(&network) {
        return Err(WorldAssemblyFault::NotANetwork.into());
    }
    let mut fields = Fields::new();
    let answer = fields.required("answer", input.answer);
    let said = fields.paragraph("note", &input.note, rules::REASON_MAX);
    if said.is_empty() && !is_own && !fields.has("note") {
        fields.wrong("note", "required");
    }
    fields.done()?;
    let answer = answer.ok_or_else(|| Fault::internal("a required field is missing unnoticed"))?;
    let assembly = world_assembly::take(conn, &known)?;
    if assembly.state != AssemblyState::AwaitingConsent {
        let (from, to) = (assembly.state, AssemblyState::AwaitingConsent);
        return Err(WorldAssemblyFault::State { from, to }.into());
    }
    let before = find(conn, session, network)?;
    let held = before.as_ref().map_or(0, |before| before.version);
    rules::same_version(version, held)?;
    let consent = NetworkConsent {
        session,
        network,
        answer,
        note: said,
        answered_at: now,
        answered_by: actor.person,
        version: held + 1,
    };
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&consent)
        .on_conflict((table::session, table::network))
        .do_update()
        .set(&consent)
        .execute(c))
    .exactly_one()?;
    note(conn, actor, now, &assembly, &consent, is_own)?;
    Ok(consent)
}

/// Convokes the World Assembly. A network that has not agreed leaves it waiting for consent; a notice that is too short
/// needs a reason (R69).
///
/// # Errors
/// 401, 403 `convener_only`, 404; `not_the_world_assembly`; `invalid`: `override_reason`; `world_assembly_state`;
/// `world_assembly_not_placed`; `consent_missing` with the networks; `notice_too_short` with the last day; `stale`.
pub fn convoke(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    input: &ConvokeInput,
    version: Option<i64>,
) -> Result<WorldAssembly, Fault> {
    let (known, before) = convoked_by(conn, actor, now, session, version)?;
    let mut fields = Fields::new();
    let reason = fields.paragraph("override_reason", &input.override_reason, rules::REASON_MAX);
    fields.done()?;
    let to = AssemblyState::Convoked;
    if !rules::assembly_goes(before.state, to) {
        let from = before.state;
        return Err(WorldAssemblyFault::State { from, to }.into());
    }
    let networks = agreed(conn, now, session)?;
    let short_notice_reason = in_time(conn, now, &known, reason)?;
    let after = WorldAssembly {
        state: to,
        convoked_at: Some(now),
        convoked_for: known.found.session.starts_at,
        short_notice_reason,
        ..before.clone()
    };
    let reason = after.short_notice_reason.clone();
    let after = world_assembly::step(conn, actor, now, &before, after, &reason)?;
    for network in networks {
        letters::convoked(conn, now, &known.found.session, network)?;
    }
    Ok(after)
}

/// The networks of the Task Force and what each answered: for who runs the World Assembly, and for the networks.
///
/// # Errors
/// 401, 403, 404; `not_the_world_assembly`.
pub fn consents(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<Vec<ConsentView>, Fault> {
    let known = world_assembly::known(conn, actor, now, session)?;
    let networks = world_assembly::networks(conn, now)?;
    if !actor.focal_point_of().any(|own| networks.contains(&own)) {
        known.may_run(actor, now)?;
    }
    let answers = all(conn, session)?;
    let named = organisations::many(conn, &networks)?;
    let view = |network: OrganisationId| ConsentView {
        network,
        network_name: named
            .iter()
            .find(|own| own.id == network)
            .map(|own| own.name.clone())
            .unwrap_or_default(),
        consent: answers.iter().find(|own| own.network == network).cloned(),
    };
    let mut views: Vec<ConsentView> = networks.into_iter().map(view).collect();
    views.sort_by(|one, other| one.network_name.cmp(&other.network_name));
    Ok(views)
}

/// The World Assembly for who convokes it, its row taken.
fn convoked_by(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    version: Option<i64>,
) -> Result<(Known, WorldAssembly), Fault> {
    let known = world_assembly::known(conn, actor, now, session)?;
    world_assembly::may_convoke(actor, known.assembly.edition, now)?;
    if known.found.session.state == SessionState::Cancelled {
        return Err(ProgrammeFault::SessionOver.into());
    }
    let before = world_assembly::take(conn, &known)?;
    rules::same_version(version, before.version)?;
    Ok((known, before))
}

/// The networks of the Task Force, if all have agreed.
fn agreed(conn: &mut Conn, now: Moment, session: SessionId) -> Result<Vec<OrganisationId>, Fault> {
    let networks = world_assembly::networks(conn, now)?;
    if networks.is_empty() {
        return Err(WorldAssemblyFault::NoNetworks.into());
    }
    let answers = all(conn, session)?;
    let agrees = |network: &OrganisationId| {
        let mut own = answers.iter().filter(|own| own.network == *network);
        own.any(|own| own.answer == NetworkAnswer::Agreed)
    };
    let missing: Vec<OrganisationId> = networks.iter().copied().filter(|own| !agrees(own)).collect();
    if missing.is_empty() {
        return Ok(networks);
    }
    let mut names: Vec<String> = organisations::many(conn, &missing)?
        .into_iter()
        .map(|own| own.name)
        .collect();
    names.sort();
    Err(WorldAssemblyFault::ConsentMissing {
        networks: missing,
        names: names.join(", "),
    }
    .into())
}

/// The reason for a short notice, as it is kept: none where it is in time.
fn in_time(conn: &mut Conn, now: Moment, known: &Known, reason: String) -> Result<String, Fault> {
    let session = &known.found.session;
    let (months, due_on) = world_assembly::due_on(conn, session)?.ok_or(WorldAssemblyFault::NotPlaced)?;
    let today = world_assembly::today(conn, session.edition, now)?;
    if today <= due_on {
        return Ok(String::new());
    }
    match reason.is_empty() {
        true => Err(WorldAssemblyFault::NoticeTooShort { months, due_on }.into()),
        false => Ok(reason),
    }
}

fn may_mind(actor: &Actor, network: OrganisationId, now: Moment) -> bool {
    let object = Object::public(ObjectKind::Organisation)
        .of_track(Some(TRACK))
        .of_organisation(network);
    actor.focal_point_of().any(|own| own == network)
        && decide(actor, Act::MindOrganisation, &object, now).allows()
}

fn find(
    conn: &mut Conn,
    session: SessionId,
    network: OrganisationId,
) -> Result<Option<NetworkConsent>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find((session, network))
        .select(NetworkConsent::as_select())
        .first(c)
        .optional())?)
}

fn all(conn: &mut Conn, session: SessionId) -> Result<Vec<NetworkConsent>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::session.eq(session))
        .order(table::network)
        .select(NetworkConsent::as_select())
        .load(c))?)
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    assembly: &WorldAssembly,
    consent: &NetworkConsent,
    by_its_own: bool,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(assembly.session.uuid()),
        scope: Some(assembly.edition.uuid()),
        summary: json!({ "network": consent.network, "answer": consent.answer, "by_its_own": by_its_own }),
        ..Note::of("world_assembly.consent", "session")
    };
    audit::note(conn, now, &note)
}
