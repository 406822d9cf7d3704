//! Webhooks of an edition: where other programs are told what happens, their secrets, and the log of what they answered.
//!
//! A secret is shown on the answer that made it, and on no page after it.

use std::sync::{Arc, Mutex, PoisonError};

use access_rules::Act;
use actix_kit::{Form, Paging};
use actix_web::web::{Data, Path};
use kernel::{Coded as _, Fault, Page as Rows, PageAsk};
use webhooks::{
    deliveries,
    endpoints::{self, EndpointInput, WithSecret},
    model::{Attempt, Delivery, Endpoint, EndpointState, EventKind},
    rules::Guard,
};

use super::{
    Again, AsWritten, DeskPage, Sheet, Table, after, anchor, audit::moment, button, gate, id_of, pager,
    plain, state, write_in,
};
use crate::{
    components::{Notice, Weight},
    forms::{Choice, FormView},
    table::{Line, get, post},
    visit::{Frame, Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    let act = Act::ManageEdition;
    vec![
        get("/{lang}/desk/{edition}/webhooks", act, list),
        post("/{lang}/desk/{edition}/webhooks", act, create),
        get("/{lang}/desk/{edition}/webhooks/{id}", act, webhook),
        post("/{lang}/desk/{edition}/webhooks/{id}", act, save),
        post("/{lang}/desk/{edition}/webhooks/{id}/secret", act, rotate),
        post("/{lang}/desk/{edition}/webhooks/{id}/test", act, test),
        post("/{lang}/desk/{edition}/webhooks/{id}/remove", act, remove),
        get(
            "/{lang}/desk/{edition}/webhooks/{id}/log/{delivery}",
            act,
            delivery,
        ),
        post(
            "/{lang}/desk/{edition}/webhooks/{id}/log/{delivery}/again",
            act,
            again,
        ),
    ]
}

/// The address of a webhook.
type At = Path<(String, String, String)>;
/// The address of a delivery.
type AtDelivery = Path<(String, String, String, String)>;

async fn list(visit: Visit, path: Path<(String, String)>) -> Page {
    show_list(visit, &path.1, None).await
}

async fn show_list(visit: Visit, slug: &str, again: Option<Again<'_>>) -> Page {
    let machine_now = visit.caller.machine_now();
    let (frame, rows) = visit
        .read_in("desk.webhooks", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            endpoints::list(conn, actor, machine_now, edition.id)
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("desk/{slug}/webhooks"));
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-nav-webhooks"));
    page.lead(voice.t("desk-webhooks-lead"));
    if rows.is_empty() {
        page.say(voice.t("none"));
    } else {
        let keys = ["desk-webhook-url", "desk-webhook-kinds", "desk-webhook-state"];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        for endpoint in &rows {
            table.row([
                anchor(format!("{base}/{}", endpoint.id), endpoint.url.clone()),
                plain(said(&visit, &endpoint.kinds.0)),
                state(voice, "webhook-state", endpoint.state.code()),
            ]);
        }
        page.put(&table);
    }
    page.heading(voice.t("desk-webhook-new"));
    let form = Again::view(again, &visit, || FormView::blank(voice)).named("desk-webhook");
    let sheet = sheet(&visit, Sheet::new(base, page.chrome.sends()), &form);
    page.put(&sheet.does(voice.t("desk-webhook-new")));
    page.answer(&visit, again)
}

fn said(visit: &Visit, kinds: &[EventKind]) -> String {
    let words: Vec<String> = kinds.iter().map(|kind| kind_said(visit, *kind)).collect();
    words.join(", ")
}

/// A kind of event in the reader's words; its code has a point, which no message's name may have.
fn kind_said(visit: &Visit, kind: EventKind) -> String {
    visit.voice.code("webhook-kind", &kind.code().replace('.', "-"))
}

fn sheet(visit: &Visit, sheet: Sheet, form: &FormView) -> Sheet {
    let kinds: Vec<Choice> = EventKind::ALL
        .iter()
        .filter(|kind| **kind != EventKind::Test)
        .map(|kind| Choice::new(kind.code(), kind_said(visit, *kind)))
        .collect();
    sheet
        .and(form.summary())
        .with(
            form.text("url", "desk-webhook-url")
                .hint("desk-webhook-url-hint")
                .required(),
        )
        .with(
            form.checks("kinds", "desk-webhook-kinds", &kinds)
                .hint("desk-webhook-kinds-hint"),
        )
}

async fn create(visit: Visit, guard: Data<Guard>, path: Path<(String, String)>, form: Form) -> Page {
    let slug = path.1.clone();
    let shown = Arc::new(Mutex::new(None));
    let showing = Arc::clone(&shown);
    let machine_now = visit.caller.machine_now();
    let done = match form.input::<EndpointInput>() {
        Ok(input) => {
            let run = write_in(
                &visit,
                "desk.webhook.create",
                &slug,
                &form,
                move |conn, actor, _, edition| {
                    let made = endpoints::create(conn, actor, machine_now, &guard, edition.id, &input)?;
                    let next = format!("webhooks/{}", made.endpoint.id);
                    *showing.lock().unwrap_or_else(PoisonError::into_inner) = Some(made);
                    Ok(next)
                },
            );
            run.await
        }
        Err(fault) => Err(fault),
    };
    shown_once(visit, &slug, done, &shown, &form, async |visit, again| {
        show_list(visit, &slug, again).await
    })
    .await
}

async fn rotate(visit: Visit, path: At, form: Form) -> Page {
    let (slug, id) = (path.1.clone(), path.2.clone());
    let shown = Arc::new(Mutex::new(None));
    let showing = Arc::clone(&shown);
    let (machine_now, asked) = (visit.caller.machine_now(), id.clone());
    let run = write_in(
        &visit,
        "desk.webhook.secret",
        &slug,
        &form,
        move |conn, actor, _, _| {
            let made = endpoints::rotate(conn, actor, machine_now, id_of(&asked)?)?;
            let next = format!("webhooks/{}", made.endpoint.id);
            *showing.lock().unwrap_or_else(PoisonError::into_inner) = Some(made);
            Ok(next)
        },
    );
    let done = run.await;
    shown_once(visit, &slug, done, &shown, &form, async |visit, again| {
        show(visit, &slug, &id, PageAsk::first(), again, None).await
    })
    .await
}

/// The webhook's page with its new secret; without it where the form had been sent before.
async fn shown_once(
    visit: Visit,
    slug: &str,
    done: Result<String, Fault>,
    made: &Mutex<Option<WithSecret>>,
    form: &Form,
    back: impl AsyncFnOnce(Visit, Option<Again<'_>>) -> Page,
) -> Page {
    let made = made.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (&done, made) {
        (Ok(_), Some(made)) => {
            let id = made.endpoint.id.to_string();
            show(visit, slug, &id, PageAsk::first(), None, Some(made.secret)).await
        }
        _ => after(visit, done, "saved", form, back).await,
    }
}

async fn webhook(visit: Visit, path: At, paging: Paging) -> Page {
    show(visit, &path.1, &path.2, paging.0, None, None).await
}

async fn show(
    visit: Visit,
    slug: &str,
    id: &str,
    ask: PageAsk,
    again: Option<Again<'_>>,
    secret: Option<String>,
) -> Page {
    let (machine_now, asked, paged) = (visit.caller.machine_now(), id.to_owned(), ask.after.is_some());
    let (frame, (endpoint, log)) = visit
        .read_in("desk.webhook", slug, move |conn, actor, now, edition| {
            gate(actor, now)?;
            let endpoint = endpoints::get(conn, actor, machine_now, id_of(&asked)?)?;
            if endpoint.edition != edition.id {
                return Err(Fault::not_found());
            }
            let log = deliveries::list(conn, actor, machine_now, endpoint.id, &ask)?;
            Ok((endpoint, log))
        })
        .await?;
    let voice = &visit.voice;
    let base = visit.at(&format!("desk/{slug}/webhooks/{id}"));
    let mut page = DeskPage::new(&visit, &frame, voice.t("desk-webhook"));
    page.add(state(voice, "webhook-state", endpoint.state.code()));
    if let Some(secret) = secret {
        page.put(
            &Notice::new(Weight::Done, voice.t("desk-webhook-secret-shown"))
                .with_text(voice.t("desk-webhook-secret-hint")),
        );
        page.put(&AsWritten {
            lang: "zxx".to_owned(),
            text: secret,
        });
    }
    change(&visit, &mut page, &endpoint, &base, again);
    page.heading(voice.t("desk-webhook-log"));
    told(&visit, &frame, &mut page, &base, &log, paged);
    page.answer(&visit, again)
}

/// The form of a webhook, and what is done with it.
fn change(visit: &Visit, page: &mut DeskPage, endpoint: &Endpoint, base: &str, again: Option<Again<'_>>) {
    let voice = &visit.voice;
    let now = serde_json::json!({
        "url": endpoint.url,
        "kinds": endpoint.kinds.0,
        "paused": endpoint.state == EndpointState::Paused,
    });
    let form = Again::view(again, visit, || FormView::filled(voice, &now)).named("desk-webhook");
    let sheet = sheet(
        visit,
        Sheet::new(base, page.chrome.edits(&endpoint.version)),
        &form,
    )
    .with(form.check("paused", "desk-webhook-paused"))
    .does(voice.t("save"));
    page.put(&sheet);
    for (what, key) in [
        ("test", "desk-webhook-test"),
        ("secret", "desk-webhook-rotate"),
        ("remove", "desk-webhook-remove"),
    ] {
        page.add(button(&page.chrome, format!("{base}/{what}"), key));
    }
}

/// The log of what it was told.
fn told(visit: &Visit, frame: &Frame, page: &mut DeskPage, base: &str, log: &Rows<Delivery>, paged: bool) {
    let voice = &visit.voice;
    if log.items.is_empty() {
        page.say(voice.t("none"));
    } else {
        let keys = [
            "desk-audit-at",
            "desk-webhook-kind",
            "desk-webhook-state",
            "desk-webhook-tries",
        ];
        let mut table = Table::new(keys.map(|key| voice.t(key)));
        for delivery in &log.items {
            table.row([
                anchor(
                    format!("{base}/log/{}", delivery.id),
                    moment(visit, frame, delivery.created_at),
                ),
                plain(kind_said(visit, delivery.kind)),
                state(voice, "webhook-delivery", delivery.state.code()),
                plain(delivery.attempts.to_string()),
            ]);
        }
        page.put(&table);
    }
    let nothing = serde_json::json!({});
    page.put(&pager(visit, base, &nothing, log.next.as_ref(), paged));
}

async fn save(visit: Visit, guard: Data<Guard>, path: At, form: Form) -> Page {
    let (slug, id) = (path.1.clone(), path.2.clone());
    let (machine_now, asked) = (visit.caller.machine_now(), id.clone());
    let done = match form.input::<EndpointInput>() {
        Ok(input) => {
            let version = form.version();
            let run = write_in(
                &visit,
                "desk.webhook.save",
                &slug,
                &form,
                move |conn, actor, _, _| {
                    let endpoint = id_of(&asked)?;
                    endpoints::edit(conn, actor, machine_now, &guard, endpoint, &input, version)?;
                    Ok(format!("webhooks/{endpoint}"))
                },
            );
            run.await
        }
        Err(fault) => Err(fault),
    };
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &slug, &id, PageAsk::first(), again, None).await
    })
    .await
}

async fn test(visit: Visit, path: At, form: Form) -> Page {
    let (slug, id) = (path.1.clone(), path.2.clone());
    let (machine_now, asked) = (visit.caller.machine_now(), id.clone());
    let run = write_in(
        &visit,
        "desk.webhook.test",
        &slug,
        &form,
        move |conn, actor, _, _| {
            let delivery = deliveries::test(conn, actor, machine_now, id_of(&asked)?)?;
            Ok(format!("webhooks/{asked}/log/{}", delivery.id))
        },
    );
    let done = run.await;
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &slug, &id, PageAsk::first(), again, None).await
    })
    .await
}

async fn remove(visit: Visit, path: At, form: Form) -> Page {
    let (slug, id) = (path.1.clone(), path.2.clone());
    let (machine_now, asked) = (visit.caller.machine_now(), id.clone());
    let run = write_in(
        &visit,
        "desk.webhook.remove",
        &slug,
        &form,
        move |conn, actor, _, _| {
            endpoints::remove(conn, actor, machine_now, id_of(&asked)?)?;
            Ok("webhooks".to_owned())
        },
    );
    let done = run.await;
    after(visit, done, "saved", &form, async |visit, again| {
        show(visit, &slug, &id, PageAsk::first(), again, None).await
    })
    .await
}

async fn delivery(visit: Visit, path: AtDelivery) -> Page {
    show_delivery(visit, &path, None).await
}

async fn show_delivery(visit: Visit, path: &AtDelivery, again: Option<Again<'_>>) -> Page {
    let (_, slug, id, asked) = path.as_ref().clone();
    let (machine_now, wanted) = (visit.caller.machine_now(), asked.clone());
    let (frame, (delivery, tries)) = visit
        .read_in(
            "desk.webhook.delivery",
            &slug,
            move |conn, actor, now, edition| {
                gate(actor, now)?;
                let found = deliveries::get(conn, actor, machine_now, id_of(&wanted)?)?;
                let endpoint = endpoints::get(conn, actor, machine_now, found.0.endpoint)?;
                match endpoint.edition == edition.id {
                    true => Ok(found),
                    false => Err(Fault::not_found()),
                }
            },
        )
        .await?;
    let voice = &visit.voice;
    let mut page = DeskPage::new(&visit, &frame, kind_said(&visit, delivery.kind));
    page.add(state(voice, "webhook-delivery", delivery.state.code()));
    let action = visit.at(&format!("desk/{slug}/webhooks/{id}/log/{asked}/again"));
    page.add(button(&page.chrome, action, "desk-webhook-again"));
    for attempt in &tries {
        one_try(&visit, &frame, &mut page, attempt);
    }
    page.answer(&visit, again)
}

/// What was sent and what came back, each as it was written.
fn one_try(visit: &Visit, frame: &Frame, page: &mut DeskPage, attempt: &Attempt) {
    let voice = &visit.voice;
    page.heading(moment(visit, frame, attempt.at));
    let came = match (attempt.status, &attempt.error) {
        (Some(status), _) => voice.t2(
            "desk-webhook-answered",
            "status",
            i64::from(status),
            "ms",
            attempt.took_ms,
        ),
        (None, Some(error)) => voice.t1("desk-webhook-failed", "why", error),
        (None, None) => voice.t("none"),
    };
    page.say(came);
    for text in [&attempt.request, &attempt.response] {
        if !text.is_empty() {
            page.put(&AsWritten {
                lang: "zxx".to_owned(),
                text: text.clone(),
            });
        }
    }
}

async fn again(visit: Visit, path: AtDelivery, form: Form) -> Page {
    let (_, slug, id, asked) = path.as_ref().clone();
    let machine_now = visit.caller.machine_now();
    let run = write_in(
        &visit,
        "desk.webhook.again",
        &slug,
        &form,
        move |conn, actor, _, _| {
            deliveries::again(conn, actor, machine_now, id_of(&asked)?)?;
            Ok(format!("webhooks/{id}/log/{asked}"))
        },
    );
    let done = run.await;
    after(visit, done, "saved", &form, async |visit, again| {
        show_delivery(visit, &path, again).await
    })
    .await
}
