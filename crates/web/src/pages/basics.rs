//! What is no page of the congress: static files, the way in, the page for what is not there.

use access_rules::Act;
use actix_web::{HttpRequest, HttpResponse, http::header, web};
use kernel::{Coded as _, Fault};

use crate::{
    assets,
    table::{Line, get},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/static/{file}", Act::UseSite, file),
        get("/", Act::UseSite, way_in),
    ]
}

/// A static file under its hashed name, kept by browsers for ever.
async fn file(request: HttpRequest) -> HttpResponse {
    let Some(asset) = assets::at(request.path()) else {
        return HttpResponse::NotFound()
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .finish();
    };
    let takes_gzip = request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.contains("gzip"));
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CONTENT_TYPE, asset.content_type))
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::VARY, "Accept-Encoding"));
    match takes_gzip {
        true => answer
            .insert_header((header::CONTENT_ENCODING, "gzip"))
            .body(asset.gzip.clone()),
        false => answer.body(asset.bytes),
    }
}

/// `/` goes to the reader's language.
async fn way_in(visit: Visit) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, format!("/{}", visit.language().code())))
        .insert_header((header::VARY, "Accept-Language, Cookie"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .finish()
}

/// What no line matches.
pub async fn missing(visit: Visit) -> Page {
    let frame = visit.frame(None).await?;
    drop(frame);
    Err(visit.refused(Fault::not_found()))
}

/// Registers the page for what is not there; must come last.
pub fn register_missing(config: &mut web::ServiceConfig) {
    config.default_service(web::to(missing));
}

/// A page that has nothing to show yet, and says what will be here.
#[derive(askama::Template)]
#[template(path = "pages/nothing_yet.html")]
pub struct NothingYet {
    chrome: crate::components::Chrome,
    empty: crate::components::Empty,
}

impl NothingYet {
    /// The page, under the words of two keys.
    pub fn new(chrome: crate::components::Chrome, title_key: &str, hint_key: &str) -> Self {
        let empty = crate::components::Empty::new(chrome.t(title_key), chrome.t(hint_key));
        Self { chrome, empty }
    }
}
