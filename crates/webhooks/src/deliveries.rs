//! Deliveries: written from the feed, each event once for each endpoint; looked at and sent again by the organiser.

use access_rules::{Actor, EditionId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Id, Moment, Page, PageAsk, page::Cursor};
use records::{desk_events, feed, model::Event};

use crate::{
    endpoints,
    faults::WebhookFault,
    model::{Attempt, Delivery, DeliveryState, Endpoint, EndpointState, EventKind},
    tables::{webhook_attempts, webhook_deliveries, webhook_endpoints},
};

/// Events looked at for an endpoint at once.
const STRIDE: i64 = 100;
/// Deliveries an endpoint is given within an hour; the others wait in the feed. A program that answers each by an act that
/// causes the next goes in a circle no faster than this.
pub const HOURLY_MAX: i64 = 600;
/// How long what is over is kept, in days.
const KEPT_DAYS: i64 = 30;
/// Deliveries forgotten in one sweep: SQLite bounds how many values a statement may carry.
const SWEPT_AT_ONCE: i64 = 5_000;

/// The deliveries of an endpoint, the newest first.
///
/// # Errors
/// 401, 403, 404.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    endpoint: Id<Endpoint>,
    ask: &PageAsk,
) -> Result<Page<Delivery>, Fault> {
    endpoints::get(conn, actor, now, endpoint)?;
    let before: Option<Id<Delivery>> = ask.after.as_ref().map(|cursor| Id::from_uuid(cursor.id));
    let rows: Vec<Delivery> = on_each!(conn, |c| {
        let mut asked = webhook_deliveries::table
            .filter(webhook_deliveries::endpoint.eq(endpoint))
            .select(Delivery::as_select())
            .into_boxed();
        if let Some(before) = before {
            asked = asked.filter(webhook_deliveries::id.lt(before));
        }
        asked
            .order(webhook_deliveries::id.desc())
            .limit(ask.fetch())
            .load(c)
    })?;
    Ok(Page::cut(rows, ask, |delivery| Cursor {
        key: String::new(),
        id: delivery.id.uuid(),
    }))
}

/// One delivery with its tries, the newest first.
///
/// # Errors
/// 401, 403, 404.
pub fn get(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: Id<Delivery>,
) -> Result<(Delivery, Vec<Attempt>), Fault> {
    let (_, delivery) = find(conn, actor, now, id)?;
    let tries = on_each!(conn, |c| webhook_attempts::table
        .filter(webhook_attempts::delivery.eq(id))
        .order(webhook_attempts::id.desc())
        .limit(STRIDE)
        .select(Attempt::as_select())
        .load(c))?;
    Ok((delivery, tries))
}

/// Sends a delivery again, at once and with all its tries before it, under the same `webhook-id`.
///
/// # Errors
/// 401, 403, 404; `webhook_being_sent`.
pub fn again(conn: &mut Conn, actor: &Actor, now: Moment, id: Id<Delivery>) -> Result<(), Fault> {
    let (endpoint, delivery) = find(conn, actor, now, id)?;
    if delivery.state == DeliveryState::Sending {
        return Err(WebhookFault::BeingSent.into());
    }
    on_each!(conn, |c| diesel::update(webhook_deliveries::table.find(id))
        .filter(webhook_deliveries::state.eq(delivery.state))
        .set((
            webhook_deliveries::state.eq(DeliveryState::Waiting),
            webhook_deliveries::attempts.eq(0),
            webhook_deliveries::due_at.eq(now),
            webhook_deliveries::ended_at.eq(None::<Moment>),
        ))
        .execute(c))
    .one_or(WebhookFault::BeingSent.into())?;
    endpoints::note_delivery(conn, actor, now, "webhook.send_again", &endpoint, &delivery)
}

/// Sends an endpoint a test, paused or not.
///
/// # Errors
/// 401, 403, 404; `too_many` beyond the hour's number.
pub fn test(conn: &mut Conn, actor: &Actor, now: Moment, id: Id<Endpoint>) -> Result<Delivery, Fault> {
    let endpoint = endpoints::get(conn, actor, now, id)?;
    if room_within_the_hour(conn, now, &endpoint)? == 0 {
        let mut fault = Fault::new(kernel::Kind::TooMany, "too_many");
        fault.retry_after_seconds = Some(3600);
        return Err(fault);
    }
    let delivery = new(now, &endpoint, None, EventKind::Test);
    on_each!(conn, |c| diesel::insert_into(webhook_deliveries::table)
        .values(&delivery)
        .execute(c))
    .exactly_one()?;
    endpoints::note_delivery(conn, actor, now, "webhook.test", &endpoint, &delivery)?;
    Ok(delivery)
}

/// Whether the feed went on for some endpoint, so that an idle server only reads.
///
/// # Errors
/// When the database refuses.
pub fn is_behind(conn: &mut Conn) -> Result<bool, Fault> {
    for endpoint in active(conn)? {
        if feed::last(conn, &endpoints::stream(endpoint.edition))? > endpoint.seq
            || feed::last(conn, &desk_events::stream(endpoint.edition))? > endpoint.desk_seq.unwrap_or(0)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Writes a delivery for each event that an endpoint was not told of yet and wants to be. Answers how many.
///
/// The number of the last event looked at is moved on by the same transaction, from where it was found: of two servers one
/// moves it, and the other writes nothing.
///
/// # Errors
/// When the database refuses.
pub fn fan_out(conn: &mut Conn, now: Moment) -> Result<usize, Fault> {
    let mut written = 0;
    for endpoint in active(conn)? {
        written += of_programme(conn, now, &endpoint)?;
        written += of_desk(conn, now, &endpoint)?;
    }
    Ok(written)
}

/// What happened to the edition's programme.
fn of_programme(conn: &mut Conn, now: Moment, endpoint: &Endpoint) -> Result<usize, Fault> {
    let events = feed::after(conn, &endpoints::stream(endpoint.edition), endpoint.seq, STRIDE)?;
    let events = within_the_hour(conn, now, endpoint, events)?;
    let Some(last) = events.last() else { return Ok(0) };
    let is_ours = on_each!(conn, |c| diesel::update(
        webhook_endpoints::table.find(endpoint.id)
    )
    .filter(webhook_endpoints::seq.eq(endpoint.seq))
    .set(webhook_endpoints::seq.eq(last.seq))
    .execute(c))
    .at_most_one()?;
    let wanted = |event: &Event| wanted(endpoint, event).filter(|kind| !kind.is_of_desk());
    let deliveries = events.iter().filter_map(|event| {
        let kind = wanted(event)?;
        Some(new(now, endpoint, Some(event.seq), kind))
    });
    write(conn, is_ours, deliveries.collect())
}

/// What happened at the edition's desk.
fn of_desk(conn: &mut Conn, now: Moment, endpoint: &Endpoint) -> Result<usize, Fault> {
    let from = endpoint.desk_seq.unwrap_or(0);
    let events = feed::after(conn, &desk_events::stream(endpoint.edition), from, STRIDE)?;
    let events = within_the_hour(conn, now, endpoint, events)?;
    let Some(last) = events.last() else { return Ok(0) };
    let is_ours = on_each!(conn, |c| diesel::update(
        webhook_endpoints::table.find(endpoint.id)
    )
    // None becomes a number once, and never none again.
    .filter(
        webhook_endpoints::desk_seq
            .eq(endpoint.desk_seq)
            .or(webhook_endpoints::desk_seq.is_null())
    )
    .set(webhook_endpoints::desk_seq.eq(last.seq))
    .execute(c))
    .at_most_one()?;
    let deliveries = events.iter().filter_map(|event| {
        let kind = wanted(endpoint, event).filter(|kind| kind.is_of_desk())?;
        Some(Delivery {
            desk_seq: Some(event.seq),
            ..new(now, endpoint, None, kind)
        })
    });
    write(conn, is_ours, deliveries.collect())
}

/// As many of these events as an endpoint may be told of within this hour.
fn within_the_hour(
    conn: &mut Conn,
    now: Moment,
    endpoint: &Endpoint,
    mut events: Vec<Event>,
) -> Result<Vec<Event>, Fault> {
    if !events.is_empty() {
        events.truncate(room_within_the_hour(conn, now, endpoint)?);
    }
    Ok(events)
}

fn wanted(endpoint: &Endpoint, event: &Event) -> Option<EventKind> {
    EventKind::from_code(&event.kind).filter(|kind| endpoint.kinds.0.contains(kind))
}

/// Writes these, unless another server does.
fn write(conn: &mut Conn, is_ours: bool, deliveries: Vec<Delivery>) -> Result<usize, Fault> {
    if !is_ours {
        return Ok(0);
    }
    for delivery in &deliveries {
        on_each!(conn, |c| diesel::insert_into(webhook_deliveries::table)
            .values(delivery)
            .execute(c))
        .exactly_one()?;
    }
    Ok(deliveries.len())
}

/// After a restore: whatever was to be told when the copy was made may have been told since, and the copy may stand elsewhere.
/// Every endpoint is paused and what waited is withheld until somebody looks (§5.9, 103). Answers how many endpoints.
///
/// # Errors
/// When the database refuses.
pub fn withhold_everything(conn: &mut Conn, now: Moment) -> Result<usize, Fault> {
    on_each!(conn, |c| diesel::update(webhook_deliveries::table)
        .filter(webhook_deliveries::due_at.is_not_null())
        .set((
            webhook_deliveries::state.eq(DeliveryState::Withheld),
            webhook_deliveries::due_at.eq(None::<Moment>),
            webhook_deliveries::ended_at.eq(now),
        ))
        .execute(c))?;
    let paused = on_each!(conn, |c| diesel::update(webhook_endpoints::table)
        .filter(webhook_endpoints::state.eq(EndpointState::Active))
        .set(webhook_endpoints::state.eq(EndpointState::Paused))
        .execute(c))?;
    for edition in editions(conn)? {
        endpoints::follow(conn, edition)?;
    }
    Ok(paused)
}

/// Forgets deliveries that were over a month ago. Answers how many.
///
/// # Errors
/// When the database refuses.
pub fn sweep(conn: &mut Conn, now: Moment) -> Result<usize, Fault> {
    let old: Vec<Id<Delivery>> = on_each!(conn, |c| webhook_deliveries::table
        .filter(webhook_deliveries::ended_at.lt(now.plus_days(-KEPT_DAYS)))
        .select(webhook_deliveries::id)
        .limit(SWEPT_AT_ONCE)
        .load(c))?;
    on_each!(conn, |c| diesel::delete(webhook_attempts::table)
        .filter(webhook_attempts::delivery.eq_any(&old))
        .execute(c))?;
    Ok(on_each!(conn, |c| diesel::delete(webhook_deliveries::table)
        .filter(webhook_deliveries::id.eq_any(&old))
        .execute(c))?)
}

/// The editions that have endpoints.
fn editions(conn: &mut Conn) -> Result<Vec<EditionId>, Fault> {
    Ok(on_each!(conn, |c| webhook_endpoints::table
        .select(webhook_endpoints::edition)
        .distinct()
        .load(c))?)
}

fn find(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: Id<Delivery>,
) -> Result<(Endpoint, Delivery), Fault> {
    access_rules::decide_somewhere(actor, access_rules::Act::ManageEdition).or_fault()?;
    let delivery: Delivery = on_each!(conn, |c| webhook_deliveries::table
        .find(id)
        .select(Delivery::as_select())
        .first(c))?;
    let endpoint = endpoints::get(conn, actor, now, delivery.endpoint)?;
    Ok((endpoint, delivery))
}

fn active(conn: &mut Conn) -> Result<Vec<Endpoint>, Fault> {
    Ok(on_each!(conn, |c| webhook_endpoints::table
        .filter(webhook_endpoints::state.eq(EndpointState::Active))
        .order(webhook_endpoints::id)
        .select(Endpoint::as_select())
        .load(c))?)
}

/// How many more deliveries an endpoint may be given in this hour.
fn room_within_the_hour(conn: &mut Conn, now: Moment, endpoint: &Endpoint) -> Result<usize, Fault> {
    let given: i64 = on_each!(conn, |c| webhook_deliveries::table
        .filter(webhook_deliveries::endpoint.eq(endpoint.id))
        .filter(webhook_deliveries::created_at.gt(now.plus_minutes(-60)))
        .count()
        .get_result(c))?;
    Ok(usize::try_from(HOURLY_MAX - given).unwrap_or(0))
}

fn new(now: Moment, endpoint: &Endpoint, seq: Option<i64>, kind: EventKind) -> Delivery {
    Delivery {
        id: Id::new(),
        endpoint: endpoint.id,
        seq,
        kind,
        state: DeliveryState::Waiting,
        attempts: 0,
        due_at: Some(now),
        created_at: now,
        ended_at: None,
        desk_seq: None,
    }
}
