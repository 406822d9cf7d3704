//! The programme for other sites to frame: what anybody may see, by day, in one of three languages.
//!
//! It is made from the rendered programme alone. No cookie is read and none is set, there is no form and no script, so
//! that a page that frames it, whatever it means to do, gets nothing that is anybody's, and no click that does anything.

use std::sync::Arc;

use access_rules::Act;
use actix_kit::{Query, Site};
use actix_web::{
    HttpResponse, HttpResponseBuilder,
    http::header,
    web::{Data, Path},
};
use askama::Template;
use kernel::{Coded as _, Language};
use programme::{
    links::Links,
    model::SessionKind,
    released::{self, Programme, ReleasedSession, State},
    snapshot::Snapshots,
};

use super::programme::{session_title, track_label};
use crate::{
    components::{Foreign, TrackLabel},
    table::{Line, get},
    voice::Voice,
};

/// What browsers are told about it: as little as there is in it, and that anybody may frame it.
const CONTENT_SECURITY_POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";
/// For how long a browser may show it without asking, in seconds.
const CACHE_CONTROL: &str = "public, max-age=60";

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![get("/{lang}/{edition}/widget", Act::Read, show)]
}

/// A session as the widget lists it.
struct Item {
    time: String,
    title: Foreign,
    href: String,
    track: TrackLabel,
    room: String,
    off: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/widget.html")]
struct WidgetPage {
    voice: Voice,
    title: String,
    whole: String,
    days: Vec<(String, Vec<Item>)>,
}

async fn show(
    site: Data<Site>,
    snapshots: Data<Snapshots>,
    path: Path<(String, String)>,
    query: Query<released::Query>,
) -> HttpResponse {
    let (language, slug) = path.into_inner();
    let language = Language::from_code(&language).unwrap_or(Language::En);
    let voice = Voice::new(language, Arc::new(site.get_ref().clone()));
    let Some(snapshot) = snapshots.get(&slug) else {
        return framed(HttpResponse::NotFound(), &voice, voice.t("not-found-title"));
    };
    let links = Links::below(&site.settings().public_url);
    let page = page(voice.clone(), &snapshot.programme, &query.0, &links);
    match page.render() {
        Ok(html) => framed(HttpResponse::Ok(), &voice, html),
        Err(error) => {
            tracing::error!(%error, "the widget cannot be drawn");
            framed(HttpResponse::InternalServerError(), &voice, String::new())
        }
    }
}

fn framed(mut answer: HttpResponseBuilder, voice: &Voice, html: String) -> HttpResponse {
    answer
        .insert_header((header::CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((header::CONTENT_LANGUAGE, voice.language.code()))
        .insert_header((header::CACHE_CONTROL, CACHE_CONTROL))
        .insert_header((header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .insert_header(("cross-origin-resource-policy", "cross-origin"))
        .body(html)
}

fn page(voice: Voice, programme: &Programme, query: &released::Query, links: &Links) -> WidgetPage {
    let found = released::filter(programme, query);
    let days = programme.days.iter().filter_map(|day| {
        let items: Vec<Item> = found
            .iter()
            .filter(|session| session.starts_local.date() == *day && session.kind != SessionKind::Break)
            .map(|session| item(&voice, programme, session, links))
            .collect();
        (!items.is_empty()).then(|| (voice.capital(&voice.day_long(*day)), items))
    });
    WidgetPage {
        title: programme.edition.title.text(voice.language).to_owned(),
        whole: format!(
            "{}/programme",
            links.edition(voice.language, &programme.edition.slug)
        ),
        days: days.collect(),
        voice: voice.clone(),
    }
}

fn item(voice: &Voice, programme: &Programme, session: &ReleasedSession, links: &Links) -> Item {
    Item {
        time: voice.clocks(session.starts_local, session.ends_local),
        title: session_title(voice, session),
        href: format!(
            "{}/sessions/{}",
            links.edition(voice.language, &programme.edition.slug),
            session.id
        ),
        track: track_label(voice, programme, session),
        room: programme
            .room_of(session)
            .map(|room| voice.said(&room.name).text)
            .unwrap_or_default(),
        off: (session.state == State::Cancelled).then(|| voice.t("session-cancelled")),
    }
}
