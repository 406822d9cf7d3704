//! What makes the programme and one's agenda a thing one can install and read without a network: a manifest for each
//! edition, and the service worker, which says itself what it keeps and when it does away with it.

use access_rules::Act;
use actix_web::{HttpResponse, http::header, web::Path};
use kernel::Coded as _;
use serde_json::json;

use crate::{
    assets,
    table::{Line, get},
    visit::{Page, Visit},
};

/// The service worker; under an address of its own, for its scope is what lies below that.
const SERVICE_WORKER: &str = include_str!("../../static/service-worker.js");

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/service-worker.js", Act::UseSite, service_worker),
        get("/{lang}/{edition}/manifest.webmanifest", Act::Read, manifest),
    ]
}

async fn service_worker() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/javascript; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(SERVICE_WORKER)
}

async fn manifest(visit: Visit, path: Path<(String, String)>) -> Page {
    let (_, slug) = path.into_inner();
    let (_, title) = visit
        .read_in("manifest", &slug, |_, _, _, edition| Ok(edition.title.clone()))
        .await?;
    let title = title.text(visit.language()).to_owned();
    let start = visit.at(&format!("{slug}/programme"));
    let manifest = json!({
        "id": start,
        "name": title,
        "short_name": title.chars().take(12).collect::<String>().trim_end(),
        "lang": visit.language().code(),
        "start_url": start,
        "scope": "/",
        "display": "standalone",
        "background_color": "#f5f6f4",
        "theme_color": "#f5f6f4",
        "icons": [{"src": assets::url("mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
    });
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/manifest+json"))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .body(manifest.to_string()))
}
