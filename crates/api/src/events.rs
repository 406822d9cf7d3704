//! The changes of a programme while they happen (R57): as an event stream for whoever stays, as a list for whoever asks now
//! and then.
//!
//! What goes on after the answer began is [`crate::live`].

use std::future::ready;

use access_rules::Act;
use actix_kit::{At, Caller, Problem, Query, csrf};
use actix_web::{
    Error, HttpRequest, HttpResponse,
    http::{Method, header},
    web,
};
use futures_util::stream::{self, StreamExt as _};
use programme::live::LiveChange;
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;
use utoipa::ToSchema;

use crate::{
    answers,
    live::{Coming, Live, Place},
    table::{Line, get},
    told::{self, Caught, Missed, Told},
    topics::{self, Topic},
};

/// The media type of an event stream.
pub(crate) const EVENT_STREAM: &str = "text/event-stream";
/// After how long a browser comes back whose stream ended, in milliseconds; spread, so that all do not come at once.
const RETRY_MS: std::ops::Range<u64> = 1_000..5_000;

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/events", Act::Read, events, "What changes in the released programme, while it happens, as far as it is open to who asks: \
            `programme.changed` with the changes, `programme.anew` where it is to be read anew. After a disconnect, what was missed since `Last-Event-ID`; \
            for programs that rather ask (`Accept: application/json`), what happened since `after`.")
            .asks::<EventsQuery>().gives::<EventList>().gives_media(EVENT_STREAM),
    ]
}

/// Where one is in the stream.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct EventsQuery {
    /// The id of the last event that was seen, for who cannot send `Last-Event-ID`.
    pub after: Option<String>,
}

/// What happened since, and where one is now.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventList {
    /// The events, oldest first.
    pub items: Vec<EventEntry>,
    /// Send it as `after` the next time.
    pub last: String,
}

/// One event.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventEntry {
    /// Its id. Ids are neither counted nor compared.
    pub id: String,
    /// `programme.changed`, or `programme.anew`: read the programme anew.
    pub event: &'static str,
    /// The changes; empty where the programme is to be read anew.
    pub changes: Vec<LiveChange>,
}

async fn events(
    request: HttpRequest,
    caller: Caller,
    live: web::Data<Live>,
    At(slug): At<String>,
    Query(query): Query<EventsQuery>,
) -> Result<HttpResponse, Problem> {
    let last_seen = header_of(&request, "last-event-id").or(query.after);
    let accepts = header_of(&request, header::ACCEPT.as_str()).unwrap_or_default();
    if accepts.contains("application/json") && !accepts.contains(EVENT_STREAM) {
        let caught = catch_up(&caller, &slug, last_seen.as_deref()).await?;
        return Ok(answers::one(&listed(&caller, caught)));
    }
    csrf::check_own_site(&request, caller.site()).map_err(|fault| caller.problem(fault))?;
    if *request.method() == Method::HEAD {
        catch_up(&caller, &slug, None).await?;
        return Ok(HttpResponse::Ok().content_type(EVENT_STREAM).finish());
    }
    let place = live
        .enter(&caller.network())
        .map_err(|fault| caller.problem(fault))?;
    let mut opening = String::new();
    let mut last_seen = last_seen;
    loop {
        let caught = catch_up(&caller, &slug, last_seen.as_deref()).await?;
        opening.push_str(&caught.opening(caller.site(), retry_ms()));
        let topic = Topic::Programme(caught.edition);
        let listening = live.listen(&Coming {
            topic,
            from: caught.upto,
            caller: &caller,
            sight: &caught.sight,
            by_part: false,
        });
        match listening.map_err(|fault| caller.problem(fault))? {
            Some(receive) => return Ok(streamed(opening, receive, place)),
            // Others were told more while this one caught up.
            None => last_seen = Some(topics::id(caller.site(), topic, caught.upto)),
        }
    }
}

async fn catch_up(caller: &Caller, slug: &str, last_seen: Option<&str>) -> Result<Caught, Problem> {
    let (site, slug, last_seen) = (
        caller.site().clone(),
        slug.to_owned(),
        last_seen.map(str::to_owned),
    );
    caller
        .read("events", move |conn, actor, _| {
            told::catch_up(conn, &site, actor, &slug, last_seen.as_deref())
        })
        .await
}

fn listed(caller: &Caller, caught: Caught) -> EventList {
    let topic = Topic::Programme(caught.edition);
    let id = |seq| topics::id(caller.site(), topic, seq);
    let told = match caught.missed {
        Missed::These(told) => told,
        Missed::Unknown => vec![(caught.upto, Told::Anew {})],
    };
    EventList {
        items: told
            .into_iter()
            .map(|(seq, told)| EventEntry {
                id: id(seq),
                event: told.name(),
                changes: match told {
                    Told::Changed { changes } => changes,
                    Told::Anew {} => Vec::new(),
                },
            })
            .collect(),
        last: id(caught.upto),
    }
}

pub(crate) fn streamed(opening: String, receive: mpsc::Receiver<web::Bytes>, place: Place) -> HttpResponse {
    let opening = stream::once(ready(Ok::<_, Error>(web::Bytes::from(opening))));
    let told = stream::unfold((receive, place), |(mut receive, place)| async move {
        let message = receive.recv().await?;
        Some((Ok(message), (receive, place)))
    });
    HttpResponse::Ok()
        .content_type(EVENT_STREAM)
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        // A proxy that gathers answers before it passes them on would keep everybody waiting.
        .insert_header(("x-accel-buffering", "no"))
        .streaming(opening.chain(told))
}

pub(crate) fn retry_ms() -> u64 {
    let drawn = u64::from(u16::from_be_bytes(kernel::secret::bytes()));
    RETRY_MS.start + drawn % (RETRY_MS.end - RETRY_MS.start)
}

pub(crate) fn header_of(request: &HttpRequest, name: &str) -> Option<String> {
    let value = request.headers().get(name)?.to_str().ok()?;
    (!value.is_empty()).then(|| value.to_owned())
}
