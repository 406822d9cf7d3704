//! Webhooks of an edition: where to tell what happens, and what came of it.
//!
//! A secret stands in the answer that made it and nowhere else: the kept answer of a request sent twice has none.

use std::sync::{Arc, Mutex, PoisonError};

use access_rules::{Act, Actor, EditionId, PersonId};
use actix_kit::{
    At, Body, Caller, Paging, Problem, Version,
    once::{self, created},
};
use actix_web::{HttpRequest, HttpResponse, web::Data};
use db::Conn;
use kernel::{Fault, Moment};
use serde::Serialize;
use utoipa::ToSchema;
use webhooks::{
    deliveries,
    endpoints::{self, EndpointInput, WithSecret},
    model::{Attempt, Delivery, DeliveryState, Endpoint, EndpointState, EventKind},
    rules::Guard,
};

use crate::{
    answers,
    ids::{WebhookDeliveryId, WebhookId},
    programme::edition,
    table::{Line, delete, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    let act = Act::ManageEdition;
    vec![
        get("/editions/{slug}/webhooks", act, list, "Where other programs are told what happens in an edition.")
            .lists_all::<WebhookView>().account(),
        post("/editions/{slug}/webhooks", act, create, "Makes a webhook. Its secret is shown in this answer and never again.")
            .takes::<EndpointInput>().gives::<WebhookSecretView>().once().account(),
        get("/webhooks/{id}", act, one, "One webhook.")
            .gives::<WebhookView>().account(),
        put("/webhooks/{id}", act, edit, "Changes a webhook; what happens while it is paused is not told later.")
            .takes::<EndpointInput>().gives::<WebhookView>().versioned().account(),
        delete("/webhooks/{id}", act, remove, "Removes a webhook with its log.").account(),
        post("/webhooks/{id}/secrets", act, rotate, "Gives a webhook a new secret; for a day the one before signs too.")
            .gives::<WebhookSecretView>().once().account(),
        post("/webhooks/{id}/tests", act, test, "Sends a webhook a test.")
            .gives::<WebhookDeliveryView>().once().account(),
        get("/webhooks/{id}/deliveries", act, log, "What a webhook was told, the newest first.")
            .lists::<WebhookDeliveryView>().account(),
        get("/webhook-deliveries/{id}", act, delivery, "One delivery with its tries: what was sent, what was answered.")
            .gives::<WebhookTriesView>().account(),
        put("/webhook-deliveries/{id}/dispatch", act, again, "Sends a delivery again, under the same `webhook-id`.").account(),
    ]
}

/// Where another program is told what happens.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookView {
    /// Its id.
    pub id: WebhookId,
    /// Of which edition.
    pub edition: EditionId,
    /// Who made it.
    pub owner: PersonId,
    /// Its address.
    pub url: String,
    /// Of what it is told.
    pub kinds: Vec<EventKind>,
    /// Whether it is told.
    pub state: EndpointState,
    /// Until when the secret before signs too.
    pub former_until: Option<Moment>,
    /// When it was made.
    pub created_at: Moment,
    /// Counts its edits; what `If-Match` names.
    pub version: i64,
}

/// A webhook that was just given a secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookSecretView {
    /// The secret, `whsec_…`, shown this once; nothing when the same request is answered again.
    pub secret: Option<String>,
    /// The webhook.
    #[serde(flatten)]
    pub webhook: WebhookView,
}

/// One event for one webhook.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookDeliveryView {
    /// Its id, which is its `webhook-id`.
    pub id: WebhookDeliveryId,
    /// What happened.
    pub kind: EventKind,
    /// How far it is.
    pub state: DeliveryState,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is tried next.
    pub due_at: Option<Moment>,
    /// When it was written.
    pub created_at: Moment,
    /// When it was over.
    pub ended_at: Option<Moment>,
}

/// A delivery with its tries.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookTriesView {
    /// The delivery.
    #[serde(flatten)]
    pub delivery: WebhookDeliveryView,
    /// Its tries, the newest first.
    pub tries: Vec<WebhookTryView>,
}

/// One try to deliver.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookTryView {
    /// When.
    pub at: Moment,
    /// How long it took, in milliseconds.
    pub took_ms: i64,
    /// The status of the answer, where there was one.
    pub status: Option<i32>,
    /// What was sent, cut.
    pub request: String,
    /// What was answered, cut.
    pub response: String,
    /// Why there was no answer.
    pub error: Option<String>,
}

async fn list(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    let views = caller
        .read("webhooks", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            let rows = endpoints::list(conn, actor, machine_now, edition)?;
            Ok(rows.into_iter().map(view).collect::<Vec<_>>())
        })
        .await?;
    Ok(answers::all(&views))
}

async fn create(
    caller: Caller,
    guard: Data<Guard>,
    At(slug): At<String>,
    body: Body<EndpointInput>,
) -> Result<HttpResponse, Problem> {
    let (machine_now, input) = (caller.machine_now(), body.input);
    with_secret(caller, "webhook.create", &body.hash, move |conn, actor| {
        let edition = edition(conn, actor, &slug)?;
        endpoints::create(conn, actor, machine_now, &guard, edition, &input)
    })
    .await
}

async fn rotate(caller: Caller, At(id): At<WebhookId>) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    with_secret(caller, "webhook.rotate", &[], move |conn, actor| {
        endpoints::rotate(conn, actor, machine_now, id)
    })
    .await
}

/// The kept answer does not hold the secret: it is put in beside it, the first time alone.
async fn with_secret(
    caller: Caller,
    name: &'static str,
    hash: &[u8],
    run: impl Fn(&mut Conn, &Actor) -> Result<WithSecret, Fault> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let Some(key) = caller.idempotency_key().map(str::to_owned) else {
        return Err(caller.problem(once::key_missing()));
    };
    let shown = Arc::new(Mutex::new(None));
    let showing = Arc::clone(&shown);
    let mut replay = caller
        .try_once(name, &key, hash, move |conn, actor, _| {
            let made = run(conn, actor)?;
            *showing.lock().unwrap_or_else(PoisonError::into_inner) = Some(made.secret);
            let view = WebhookSecretView {
                secret: None,
                webhook: view(made.endpoint),
            };
            let location = format!("/api/v1/webhooks/{}", view.webhook.id);
            created(&location, Some(view.webhook.version), &view)
        })
        .await
        .map_err(|fault| caller.problem(fault))?;
    if !replay.replayed {
        let secret = shown.lock().unwrap_or_else(PoisonError::into_inner).take();
        let mut view: serde_json::Value = serde_json::from_str(&replay.answer.body)
            .map_err(|error| caller.problem(Fault::internal(error)))?;
        view["secret"] = secret.into();
        replay.answer.body = view.to_string();
    }
    Ok(once::reply(replay))
}

async fn one(caller: Caller, request: HttpRequest, At(id): At<WebhookId>) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    let view = caller
        .read("webhook", move |conn, actor, _| {
            endpoints::get(conn, actor, machine_now, id).map(view)
        })
        .await?;
    Ok(answers::versioned(&request, view.version, &view))
}

async fn edit(
    caller: Caller,
    guard: Data<Guard>,
    At(id): At<WebhookId>,
    Version(version): Version,
    body: Body<EndpointInput>,
) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    let view = caller
        .write("webhook.edit", move |conn, actor, _| {
            endpoints::edit(conn, actor, machine_now, &guard, id, &body.input, Some(version)).map(view)
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn remove(caller: Caller, At(id): At<WebhookId>) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    caller
        .write("webhook.remove", move |conn, actor, _| {
            endpoints::remove(conn, actor, machine_now, id)
        })
        .await?;
    Ok(answers::done())
}

async fn test(caller: Caller, At(id): At<WebhookId>) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    caller
        .once("webhook.test", &[], move |conn, actor, _| {
            let view = delivery_view(deliveries::test(conn, actor, machine_now, id)?);
            created(&format!("/api/v1/webhook-deliveries/{}", view.id), None, &view)
        })
        .await
}

async fn log(
    caller: Caller,
    request: HttpRequest,
    At(id): At<WebhookId>,
    Paging(ask): Paging,
) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    let page = caller
        .read("webhook.deliveries", move |conn, actor, _| {
            let page = deliveries::list(conn, actor, machine_now, id, &ask)?;
            Ok(page.map(delivery_view))
        })
        .await?;
    Ok(answers::list(&caller, &request, &page))
}

async fn delivery(caller: Caller, At(id): At<WebhookDeliveryId>) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    let (delivery, tries) = caller
        .read("webhook.delivery", move |conn, actor, _| {
            deliveries::get(conn, actor, machine_now, id)
        })
        .await?;
    Ok(answers::one(&WebhookTriesView {
        delivery: delivery_view(delivery),
        tries: tries.into_iter().map(try_view).collect(),
    }))
}

async fn again(caller: Caller, At(id): At<WebhookDeliveryId>) -> Result<HttpResponse, Problem> {
    let machine_now = caller.machine_now();
    caller
        .write("webhook.send_again", move |conn, actor, _| {
            deliveries::again(conn, actor, machine_now, id)
        })
        .await?;
    Ok(answers::done())
}

fn view(endpoint: Endpoint) -> WebhookView {
    WebhookView {
        id: endpoint.id,
        edition: endpoint.edition,
        owner: endpoint.owner,
        url: endpoint.url,
        kinds: endpoint.kinds.0,
        state: endpoint.state,
        former_until: endpoint.former_until,
        created_at: endpoint.created_at,
        version: endpoint.version,
    }
}

fn delivery_view(delivery: Delivery) -> WebhookDeliveryView {
    WebhookDeliveryView {
        id: delivery.id,
        kind: delivery.kind,
        state: delivery.state,
        attempts: delivery.attempts,
        due_at: delivery.due_at,
        created_at: delivery.created_at,
        ended_at: delivery.ended_at,
    }
}

fn try_view(attempt: Attempt) -> WebhookTryView {
    WebhookTryView {
        at: attempt.at,
        took_ms: attempt.took_ms,
        status: attempt.status,
        request: attempt.request,
        response: attempt.response,
        error: attempt.error,
    }
}
