//! The floor of a session while it goes on (R79): as an event stream for whoever follows it, as one number for whoever asks
//! now and then.
//!
//! What goes on after the answer began is [`crate::live`].

use access_rules::{Act, SessionId};
use actix_kit::{At, Caller, Problem, Query, csrf};
use actix_web::{
    HttpRequest, HttpResponse,
    http::{Method, header},
    web,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answers,
    events::{EVENT_STREAM, EventsQuery, header_of, retry_ms, streamed},
    live::{Coming, Live},
    table::{Line, get},
    told_floor::{self, Caught, FloorChanged},
    topics::{self, Topic},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/sessions/{id}/floor/events", Act::Read, events, "That something happened on the floor of a session, while it happens: `floor.changed` with the number \
            of the view as it is by now, and within how many milliseconds to ask for it. After a disconnect, how it is by now where it changed since `Last-Event-ID`; \
            for programs that rather ask (`Accept: application/json`), the same since `after`.")
            .asks::<EventsQuery>().gives::<FloorNews>().gives_media(EVENT_STREAM),
    ]
}

/// How a floor is by now, and where one is in its stream.
#[derive(Debug, Serialize, ToSchema)]
pub struct FloorNews {
    /// How it is, where something happened since.
    pub changed: Option<FloorChanged>,
    /// Send it as `after` the next time.
    pub last: String,
}

async fn events(
    request: HttpRequest,
    caller: Caller,
    live: web::Data<Live>,
    At(session): At<SessionId>,
    Query(query): Query<EventsQuery>,
) -> Result<HttpResponse, Problem> {
    let topic = Topic::Floor(session);
    let mut last_seen = header_of(&request, "last-event-id").or(query.after);
    let accepts = header_of(&request, header::ACCEPT.as_str()).unwrap_or_default();
    if accepts.contains("application/json") && !accepts.contains(EVENT_STREAM) {
        let caught = catch_up(&caller, session, last_seen.as_deref()).await?;
        return Ok(answers::one(&FloorNews {
            changed: caught.missed.as_ref().map(|told| told.changed(0)),
            last: topics::id(caller.site(), topic, caught.upto),
        }));
    }
    csrf::check_own_site(&request, caller.site()).map_err(|fault| caller.problem(fault))?;
    if *request.method() == Method::HEAD {
        catch_up(&caller, session, None).await?;
        return Ok(HttpResponse::Ok().content_type(EVENT_STREAM).finish());
    }
    let place = live
        .enter(&caller.network())
        .map_err(|fault| caller.problem(fault))?;
    let mut opening = String::new();
    loop {
        let caught = catch_up(&caller, session, last_seen.as_deref()).await?;
        opening.push_str(&caught.opening(caller.site(), retry_ms()));
        let listening = live.listen(&Coming {
            topic,
            from: caught.upto,
            caller: &caller,
            sight: &caught.sight,
            by_part: caught.following.by_part,
        });
        match listening.map_err(|fault| caller.problem(fault))? {
            Some(receive) => return Ok(streamed(opening, receive, place)),
            // Others were told more while this one caught up.
            None => last_seen = Some(topics::id(caller.site(), topic, caught.upto)),
        }
    }
}

async fn catch_up(caller: &Caller, session: SessionId, last_seen: Option<&str>) -> Result<Caught, Problem> {
    let (site, last_seen) = (caller.site().clone(), last_seen.map(str::to_owned));
    caller
        .read("floor.events", move |conn, actor, now| {
            told_floor::catch_up(conn, &site, actor, now, session, last_seen.as_deref())
        })
        .await
}
