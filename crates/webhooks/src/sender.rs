//! The sender: writes what the feed tells into deliveries, takes those whose turn it is, and posts them.
//!
//! A delivery is leased by exactly one server at a time: its turn is moved on by a guarded update from the moment at which
//! it was found. Whoever dies with it leaves it to the next once the lease is over. All moments are of the machine's clock.

use access_rules::{Act, Actor, Key, Object, ObjectKind, PersonId, decide};
use db::{Affected as _, Conn, Database, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Id, Moment, text};
use mail::{letters::Content, outbox};
use records::{desk_events, feed, model::Event};
use serde_json::{Value, json};

use crate::{
    deliveries, endpoints,
    model::{Attempt, Delivery, DeliveryState, Endpoint, EventKind},
    rules::{self, Guard},
    signing::Secrets,
    tables::{webhook_attempts, webhook_deliveries, webhook_endpoints},
    wire::{Answer, Parcel, Wire},
};

/// Endpoints told at once, each of one event.
const BATCH: i64 = 8;
/// For how long a server has a delivery, in seconds; longer than the wire waits.
const LEASE_SECONDS: i64 = 120;
/// Characters kept of what was sent.
const REQUEST_KEPT_MAX: usize = 8_000;

/// Posts deliveries over one wire.
pub struct Sender {
    wire: Wire,
}

/// A delivery with what is to be posted.
pub(crate) struct Leased {
    pub(crate) delivery: Delivery,
    pub(crate) parcel: Parcel,
}

impl Sender {
    /// A sender to the addresses this guard lets pass.
    pub fn new(guard: Guard) -> Self {
        Self {
            wire: Wire::new(guard),
        }
    }

    /// Writes and posts all that is due, until nothing is or `is_over` says to stop. Answers how many were posted.
    ///
    /// # Errors
    /// When the database refuses; what an endpoint refuses is in the log of its delivery.
    pub fn work(
        &self,
        database: &Database,
        clock: &(dyn Fn() -> Moment + Sync),
        is_over: &dyn Fn() -> bool,
    ) -> Result<usize, Fault> {
        if database.read("webhooks.behind", deliveries::is_behind)? {
            let now = clock();
            database.write("webhooks.fan_out", move |conn| deliveries::fan_out(conn, now))?;
        }
        let mut posted = 0;
        while !is_over() {
            let now = clock();
            if !database.read("webhooks.due", move |conn| is_any_due(conn, now))? {
                break;
            }
            let leased = database.write("webhooks.lease", move |conn| lease(conn, now))?;
            posted += leased.len();
            std::thread::scope(|scope| {
                let posts: Vec<_> = leased
                    .into_iter()
                    .map(|one| scope.spawn(move || self.send(database, clock, one)))
                    .collect();
                posts.into_iter().try_for_each(|post| {
                    post.join()
                        .unwrap_or_else(|_| Err(Fault::internal("a post panicked")))
                })
            })?;
        }
        Ok(posted)
    }

    fn send(
        &self,
        database: &Database,
        clock: &(dyn Fn() -> Moment + Sync),
        one: Leased,
    ) -> Result<(), Fault> {
        let began = clock();
        let answer = self.wire.post(&one.parcel);
        let now = clock();
        let took_ms = (now.micros() - began.micros()) / 1000;
        database.write("webhooks.note", move |conn| {
            note(conn, now, &one, took_ms, &answer)
        })
    }

    #[cfg(test)]
    pub(crate) const fn wire(&self) -> &Wire {
        &self.wire
    }
}

/// Whether some delivery's turn has come.
fn is_any_due(conn: &mut Conn, now: Moment) -> Result<bool, Fault> {
    let found: Option<Id<Delivery>> = on_each!(conn, |c| webhook_deliveries::table
        .filter(webhook_deliveries::due_at.le(now))
        .select(webhook_deliveries::id)
        .first(c)
        .optional())?;
    Ok(found.is_some())
}

/// Takes one delivery of each of some endpoints whose turn it is, so that a slow one keeps nobody waiting. What is not
/// for everybody is withheld here, and not sent.
///
/// # Errors
/// When the database refuses.
pub(crate) fn lease(conn: &mut Conn, now: Moment) -> Result<Vec<Leased>, Fault> {
    let due: Vec<Id<Endpoint>> = on_each!(conn, |c| webhook_deliveries::table
        .filter(webhook_deliveries::due_at.le(now))
        .select(webhook_deliveries::endpoint)
        .distinct()
        .limit(BATCH)
        .load(c))?;
    let mut leased = Vec::new();
    for id in due {
        let Some(delivery) = take(conn, now, id)? else {
            continue;
        };
        let endpoint: Endpoint = on_each!(conn, |c| webhook_endpoints::table
            .find(id)
            .select(Endpoint::as_select())
            .first(c))?;
        match told(conn, now, &endpoint, &delivery)? {
            Some(told) => {
                let parcel = parcel(conn, now, &endpoint, &delivery, &told)?;
                leased.push(Leased { delivery, parcel });
            }
            None => end(conn, now, &delivery, DeliveryState::Withheld).map(drop)?,
        }
    }
    Ok(leased)
}

/// Takes the delivery of an endpoint that has waited longest; none when another server was quicker.
fn take(conn: &mut Conn, now: Moment, endpoint: Id<Endpoint>) -> Result<Option<Delivery>, Fault> {
    let found: Option<Delivery> = on_each!(conn, |c| webhook_deliveries::table
        .filter(webhook_deliveries::endpoint.eq(endpoint))
        .filter(webhook_deliveries::due_at.le(now))
        .order((webhook_deliveries::due_at, webhook_deliveries::id))
        .select(Delivery::as_select())
        .first(c)
        .optional())?;
    let Some(found) = found else { return Ok(None) };
    let taken = Delivery {
        state: DeliveryState::Sending,
        attempts: found.attempts + 1,
        due_at: Some(now.plus_seconds(LEASE_SECONDS)),
        ..found.clone()
    };
    let is_ours = on_each!(conn, |c| diesel::update(webhook_deliveries::table.find(found.id))
        .filter(webhook_deliveries::due_at.eq(found.due_at))
        .filter(webhook_deliveries::attempts.eq(found.attempts))
        .set((
            webhook_deliveries::state.eq(taken.state),
            webhook_deliveries::attempts.eq(taken.attempts),
            webhook_deliveries::due_at.eq(taken.due_at),
        ))
        .execute(c))
    .at_most_one()?;
    Ok(is_ours.then_some(taken))
}

/// What is told of a delivery, for an owner who looks after the edition still; none otherwise.
fn told(
    conn: &mut Conn,
    now: Moment,
    endpoint: &Endpoint,
    delivery: &Delivery,
) -> Result<Option<Value>, Fault> {
    let Some(account) = people::accounts::of_person(conn, endpoint.owner)? else {
        return Ok(None);
    };
    let owner = members::actors::load(conn, account.id, endpoint.owner, now)?;
    if endpoints::may(&owner, endpoint.edition, now).is_err() {
        return Ok(None);
    }
    let (stream, seq) = match (delivery.seq, delivery.desk_seq) {
        (Some(seq), _) => (endpoints::stream(endpoint.edition), seq),
        (None, Some(seq)) => (desk_events::stream(endpoint.edition), seq),
        (None, None) => {
            return Ok(Some(json!({
                "type": delivery.kind,
                "timestamp": delivery.created_at,
                "data": { "edition": endpoint.edition },
            })));
        }
    };
    let event: Option<Event> = feed::after(conn, &stream, seq - 1, 1)?
        .into_iter()
        .find(|event| event.seq == seq);
    let event = event.filter(|event| may_be_told(&owner, now, delivery.kind, event));
    Ok(event.map(|event| {
        json!({
            "type": delivery.kind,
            "timestamp": event.at,
            "data": event.payload.0,
        })
    }))
}

/// Of the programme what anybody may read, for a program is nobody; of the desk, which is told in ids, what the endpoint's
/// owner may see at this moment.
pub(crate) fn may_be_told(owner: &Actor, now: Moment, kind: EventKind, event: &Event) -> bool {
    let Ok(key) = event.visible_to.parse::<Key>() else {
        return false;
    };
    if !kind.is_of_desk() {
        return key == Key::Public;
    }
    let reads_letters = || {
        decide(owner, Act::ReadOutbox, &Object::public(ObjectKind::Letter), now)
            .or_fault()
            .is_ok()
    };
    owner.sight().reads(&key, None) && (kind != EventKind::LetterBounced || reads_letters())
}

fn parcel(
    conn: &mut Conn,
    now: Moment,
    endpoint: &Endpoint,
    delivery: &Delivery,
    told: &Value,
) -> Result<Parcel, Fault> {
    let second = now.micros().div_euclid(1_000_000);
    let body = told.to_string();
    let signature = Secrets::of(conn, now, endpoint)?.sign(delivery.id, second, &body)?;
    Ok(Parcel {
        url: endpoint.url.clone(),
        id: delivery.id.to_string(),
        second,
        signature,
        body,
    })
}

/// Notes what became of a try; nothing but the try itself when the lease was lost meanwhile.
pub(crate) fn note(
    conn: &mut Conn,
    now: Moment,
    one: &Leased,
    took_ms: i64,
    answer: &Result<Answer, String>,
) -> Result<(), Fault> {
    let delivery = &one.delivery;
    let there: i64 = on_each!(conn, |c| webhook_deliveries::table
        .filter(webhook_deliveries::id.eq(delivery.id))
        .count()
        .get_result(c))?;
    if there == 0 {
        // The endpoint was removed while it was told.
        return Ok(());
    }
    let attempt = Attempt {
        id: Id::new(),
        delivery: delivery.id,
        at: now,
        took_ms,
        status: answer.as_ref().ok().map(|answer| i32::from(answer.status)),
        request: text::cut(&as_sent(&one.parcel), REQUEST_KEPT_MAX),
        response: answer
            .as_ref()
            .map(|answer| answer.body.clone())
            .unwrap_or_default(),
        error: answer.as_ref().err().cloned(),
    };
    on_each!(conn, |c| diesel::insert_into(webhook_attempts::table)
        .values(&attempt)
        .execute(c))
    .exactly_one()?;
    let is_taken = answer
        .as_ref()
        .is_ok_and(|answer| (200..300).contains(&answer.status));
    if is_taken {
        return end(conn, now, delivery, DeliveryState::Delivered).map(drop);
    }
    match rules::next_try(now, delivery.attempts) {
        Some(again) => put_back(conn, delivery, again),
        None => match end(conn, now, delivery, DeliveryState::GivenUp)? {
            true => tell_owner(conn, now, delivery),
            false => Ok(()),
        },
    }
}

/// What was posted, as it is shown; the signature proves nothing to whoever reads a log.
fn as_sent(parcel: &Parcel) -> String {
    format!(
        "POST {}\nwebhook-id: {}\nwebhook-timestamp: {}\n\n{}",
        parcel.url, parcel.id, parcel.second, parcel.body
    )
}

fn put_back(conn: &mut Conn, delivery: &Delivery, again: Moment) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(
        webhook_deliveries::table.find(delivery.id)
    )
    .filter(webhook_deliveries::state.eq(DeliveryState::Sending))
    .filter(webhook_deliveries::attempts.eq(delivery.attempts))
    .set((
        webhook_deliveries::state.eq(DeliveryState::Waiting),
        webhook_deliveries::due_at.eq(again),
    ))
    .execute(c))
    .at_most_one()
    .map(drop)
}

/// Ends a delivery. False when the lease was lost meanwhile.
fn end(conn: &mut Conn, now: Moment, delivery: &Delivery, state: DeliveryState) -> Result<bool, Fault> {
    on_each!(conn, |c| diesel::update(
        webhook_deliveries::table.find(delivery.id)
    )
    .filter(webhook_deliveries::state.eq(DeliveryState::Sending))
    .filter(webhook_deliveries::attempts.eq(delivery.attempts))
    .set((
        webhook_deliveries::state.eq(state),
        webhook_deliveries::due_at.eq(None::<Moment>),
        webhook_deliveries::ended_at.eq(now),
    ))
    .execute(c))
    .at_most_one()
}

/// Tells the endpoint's owner that it was given up: once a day, however many there are.
fn tell_owner(conn: &mut Conn, now: Moment, delivery: &Delivery) -> Result<(), Fault> {
    let (owner, url): (PersonId, String) = on_each!(conn, |c| webhook_endpoints::table
        .find(delivery.endpoint)
        .select((webhook_endpoints::owner, webhook_endpoints::url))
        .first(c))?;
    let host = url::Url::parse(&url)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default();
    let day = now.utc().date_naive();
    let key = format!("webhook:{}:{day}", delivery.endpoint);
    let kind = delivery.kind.code().to_owned();
    outbox::post_to_person(conn, now, owner, Some(key), |_| Content::WebhookGivenUp {
        host,
        kind,
    })
    .map(drop)
}
