//! Endpoints: made by an organiser for one edition, changed, paused, given a new secret, removed.
//!
//! Which editions there are, and whether this actor may see one, is decided before: here an edition is an id.

use std::collections::BTreeSet;

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, PersonId, decide, decide_somewhere};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Fields, Id, Json, Moment};
use records::{
    audit::{self, Fingerprint, Note},
    desk_events, feed, settings,
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    faults::WebhookFault,
    model::{Delivery, Endpoint, EndpointState, EventKind},
    rules::{Guard, URL_MAX},
    signing,
    tables::{webhook_attempts, webhook_deliveries, webhook_endpoints},
};

/// Most endpoints of an edition.
const ENDPOINTS_MAX: i64 = 20;
/// How long the secret before signs beside a new one, in hours.
const OVERLAP_HOURS: i64 = 24;

/// What the form of an endpoint asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct EndpointInput {
    /// Its `https` address.
    #[serde(default)]
    pub url: String,
    /// Of what it is told.
    #[serde(default)]
    pub kinds: Vec<EventKind>,
    /// Whether it is not told for now.
    #[serde(default)]
    pub paused: bool,
}

/// An endpoint and the secret it was just given, which is not shown again.
#[derive(Clone, Debug)]
pub struct WithSecret {
    /// The endpoint.
    pub endpoint: Endpoint,
    /// Its secret: `whsec_…`.
    pub secret: String,
}

/// The stream in which what happens in an edition is told (`programme::releases::stream`).
pub(crate) fn stream(edition: EditionId) -> String {
    format!("programme:{edition}")
}

/// Goes on when this actor looks after the edition.
///
/// # Errors
/// 401, 403.
pub(crate) fn may(actor: &Actor, edition: EditionId, now: Moment) -> Result<(), Fault> {
    let object = Object::public(ObjectKind::Edition).of_edition(edition);
    decide(actor, Act::ManageEdition, &object, now).or_fault()
}

/// The endpoints of an edition, the oldest first.
///
/// # Errors
/// 401, 403.
pub fn list(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId) -> Result<Vec<Endpoint>, Fault> {
    may(actor, edition, now)?;
    Ok(on_each!(conn, |c| webhook_endpoints::table
        .filter(webhook_endpoints::edition.eq(edition))
        .order(webhook_endpoints::id)
        .select(Endpoint::as_select())
        .load(c))?)
}

/// One endpoint. Whoever looks after no edition is told so for every id; another edition's endpoints do not exist.
///
/// # Errors
/// 401, 403, 404.
pub fn get(conn: &mut Conn, actor: &Actor, now: Moment, id: Id<Endpoint>) -> Result<Endpoint, Fault> {
    decide_somewhere(actor, Act::ManageEdition).or_fault()?;
    let endpoint: Endpoint = on_each!(conn, |c| webhook_endpoints::table
        .find(id)
        .select(Endpoint::as_select())
        .first(c))?;
    may(actor, endpoint.edition, now).map_err(|_| Fault::not_found())?;
    Ok(endpoint)
}

/// Makes an endpoint. It is told what happens from now on: of the programme as far as anybody may know it, of the desk as far
/// as whoever makes it may.
///
/// # Errors
/// 401, 403; `invalid` with each field; `too_many_webhooks`.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    guard: &Guard,
    edition: EditionId,
    input: &EndpointInput,
) -> Result<WithSecret, Fault> {
    may(actor, edition, now)?;
    let owner = actor.person.ok_or_else(Fault::sign_in_needed)?;
    let (url, kinds) = check(guard, input)?;
    let there: i64 = on_each!(conn, |c| webhook_endpoints::table
        .filter(webhook_endpoints::edition.eq(edition))
        .count()
        .get_result(c))?;
    if there >= ENDPOINTS_MAX {
        return Err(WebhookFault::TooManyEndpoints { most: ENDPOINTS_MAX }.into());
    }
    let endpoint = Endpoint {
        id: Id::new(),
        edition,
        owner,
        url,
        kinds: Json(kinds),
        state: state_of(input),
        secret_number: 1,
        former_until: None,
        seq: feed::last(conn, &stream(edition))?,
        created_at: now,
        version: 1,
        desk_seq: Some(feed::last(conn, &desk_events::stream(edition))?),
    };
    on_each!(conn, |c| diesel::insert_into(webhook_endpoints::table)
        .values(&endpoint)
        .execute(c))
    .exactly_one()?;
    follow(conn, edition)?;
    note(conn, actor, now, "webhook.create", &endpoint)?;
    let secret = signing::shown(conn, &endpoint)?;
    Ok(WithSecret { endpoint, secret })
}

/// Changes an endpoint. One that goes on after a pause is told what happens from now on.
///
/// # Errors
/// 401, 403, 404; `invalid`; `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    guard: &Guard,
    id: Id<Endpoint>,
    input: &EndpointInput,
    version: Option<i64>,
) -> Result<Endpoint, Fault> {
    let before = get(conn, actor, now, id)?;
    let (url, kinds) = check(guard, input)?;
    let version = version.unwrap_or(before.version);
    // What is sent is what its owner may see: who says where it goes, and what, is from then on its owner.
    let says_more = url != before.url || kinds != before.kinds.0;
    let owner = match says_more {
        true => actor.person.ok_or_else(Fault::sign_in_needed)?,
        false => before.owner,
    };
    let goes_on = before.state == EndpointState::Paused && !input.paused;
    let after = Endpoint {
        owner,
        url,
        kinds: Json(kinds),
        state: state_of(input),
        seq: match goes_on {
            true => feed::last(conn, &stream(before.edition))?,
            false => before.seq,
        },
        desk_seq: match goes_on || before.desk_seq.is_none() {
            true => Some(feed::last(conn, &desk_events::stream(before.edition))?),
            false => before.desk_seq,
        },
        version: version + 1,
        ..before.clone()
    };
    on_each!(conn, |c| diesel::update(webhook_endpoints::table.find(id))
        .filter(webhook_endpoints::version.eq(version))
        .filter(webhook_endpoints::seq.eq(before.seq))
        .filter(
            webhook_endpoints::desk_seq
                .eq(before.desk_seq)
                .or(webhook_endpoints::desk_seq.is_null())
        )
        .set((
            webhook_endpoints::owner.eq(after.owner),
            webhook_endpoints::url.eq(&after.url),
            webhook_endpoints::kinds.eq(&after.kinds),
            webhook_endpoints::state.eq(after.state),
            webhook_endpoints::seq.eq(after.seq),
            webhook_endpoints::desk_seq.eq(after.desk_seq),
            webhook_endpoints::version.eq(after.version),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    follow(conn, after.edition)?;
    note(conn, actor, now, "webhook.edit", &after)?;
    Ok(after)
}

/// Gives an endpoint a new secret. For a day the one before signs too, so that its program can change over.
///
/// # Errors
/// 401, 403, 404; `stale` when somebody else did so just now.
pub fn rotate(conn: &mut Conn, actor: &Actor, now: Moment, id: Id<Endpoint>) -> Result<WithSecret, Fault> {
    let before = get(conn, actor, now, id)?;
    let after = Endpoint {
        secret_number: before.secret_number + 1,
        former_until: Some(now.plus_minutes(OVERLAP_HOURS * 60)),
        version: before.version + 1,
        ..before.clone()
    };
    on_each!(conn, |c| diesel::update(webhook_endpoints::table.find(id))
        .filter(webhook_endpoints::version.eq(before.version))
        .set((
            webhook_endpoints::secret_number.eq(after.secret_number),
            webhook_endpoints::former_until.eq(after.former_until),
            webhook_endpoints::version.eq(after.version),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    note(conn, actor, now, "webhook.rotate", &after)?;
    let secret = signing::shown(conn, &after)?;
    Ok(WithSecret {
        endpoint: after,
        secret,
    })
}

/// Removes an endpoint with all its deliveries.
///
/// # Errors
/// 401, 403, 404.
pub fn remove(conn: &mut Conn, actor: &Actor, now: Moment, id: Id<Endpoint>) -> Result<(), Fault> {
    let endpoint = get(conn, actor, now, id)?;
    let own = webhook_deliveries::table
        .filter(webhook_deliveries::endpoint.eq(id))
        .select(webhook_deliveries::id);
    on_each!(conn, |c| diesel::delete(webhook_attempts::table)
        .filter(webhook_attempts::delivery.eq_any(own))
        .execute(c))?;
    on_each!(conn, |c| diesel::delete(webhook_deliveries::table)
        .filter(webhook_deliveries::endpoint.eq(id))
        .execute(c))?;
    on_each!(conn, |c| diesel::delete(webhook_endpoints::table.find(id))
        .execute(c))
    .exactly_one()?;
    follow(conn, endpoint.edition)?;
    note(conn, actor, now, "webhook.remove", &endpoint)
}

/// What of an edition's desk some endpoint is told of is kept from now on, and nothing else.
pub(crate) fn follow(conn: &mut Conn, edition: EditionId) -> Result<(), Fault> {
    // Of two endpoints changed at once, whoever comes second reads what the first one asks for.
    settings::take(conn, &format!("webhooks_follow:{edition}"))?;
    let told: Vec<Json<Vec<EventKind>>> = on_each!(conn, |c| webhook_endpoints::table
        .filter(webhook_endpoints::edition.eq(edition))
        .filter(webhook_endpoints::state.eq(EndpointState::Active))
        .select(webhook_endpoints::kinds)
        .load(c))?;
    let kinds: BTreeSet<&str> = told
        .iter()
        .flat_map(|kinds| &kinds.0)
        .filter(|kind| kind.is_of_desk())
        .map(|kind| kind.code())
        .collect();
    desk_events::follow(conn, edition, &kinds.into_iter().collect::<Vec<_>>())
}

fn check(guard: &Guard, input: &EndpointInput) -> Result<(String, Vec<EventKind>), Fault> {
    let mut fields = Fields::new();
    let url = fields.required_line("url", &input.url, URL_MAX);
    let mut kinds = input.kinds.clone();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.retain(|kind| *kind != EventKind::Test);
    if kinds.is_empty() {
        fields.wrong("kinds", "required");
    }
    fields.done()?;
    guard.check(&url)?;
    Ok((url, kinds))
}

const fn state_of(input: &EndpointInput) -> EndpointState {
    match input.paused {
        true => EndpointState::Paused,
        false => EndpointState::Active,
    }
}

/// The address itself is not noted: it may carry a token of its owner's.
fn note(conn: &mut Conn, actor: &Actor, now: Moment, act: &str, endpoint: &Endpoint) -> Result<(), Fault> {
    let by: Option<PersonId> = actor.person;
    let note = Note {
        actor: by.map(Id::cast),
        object_id: Some(endpoint.id.uuid()),
        scope: Some(endpoint.edition.uuid()),
        summary: json!({ "kinds": endpoint.kinds.0, "state": endpoint.state, "secret": endpoint.secret_number }),
        after: Fingerprint::of(&endpoint.url),
        ..Note::of(act, "webhook")
    };
    audit::note(conn, now, &note)
}

/// Notes an act on a delivery.
pub(crate) fn note_delivery(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    endpoint: &Endpoint,
    delivery: &Delivery,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(endpoint.id.uuid()),
        scope: Some(endpoint.edition.uuid()),
        summary: json!({ "delivery": delivery.id, "kind": delivery.kind }),
        ..Note::of(act, "webhook")
    };
    audit::note(conn, now, &note)
}
