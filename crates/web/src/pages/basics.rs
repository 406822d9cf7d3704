//! What is no page of the congress: static files, the way in, the page for what is not there.

use access_rules::Act;
use actix_web::{HttpResponse, http::header};
use kernel::{Coded as _, Fault};

use crate::{
    assets,
    table::{Line, get},
    visit::{Page, Visit},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        get("/static/{file}", Act::UseSite, assets::serve),
        get("/", Act::UseSite, way_in),
    ]
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
