//! The shapes every module answers in.

use actix_kit::{Caller, once, query::signed_cursor, version::etag};
use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use kernel::{Fault, Page, page::Cursor};
use records::idempotency::Answer;
use serde::Serialize;

/// A page of a list: `{items, next}` and `Link: <…>; rel="next"` (RFC 8288).
#[derive(Serialize)]
struct List<'a, T> {
    items: &'a [T],
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// All there are of something, in an answer that is kept.
#[derive(Serialize)]
pub struct Items<T> {
    items: Vec<T>,
}

impl<T: Serialize> Items<T> {
    /// These.
    pub const fn of(items: Vec<T>) -> Self {
        Self { items }
    }
}

/// The answer `200` of an act that is done once and makes nothing new.
///
/// # Errors
/// Internal, when the view cannot be written.
pub fn kept(view: &impl Serialize) -> Result<Answer, Fault> {
    once::answer(StatusCode::OK, view)
}

/// Answers a page of a list.
pub fn list<T: Serialize>(caller: &Caller, request: &actix_web::HttpRequest, page: &Page<T>) -> HttpResponse {
    let next = page.next.as_ref().map(|cursor| signed_cursor(caller, cursor));
    let mut answer = HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .json(List {
            items: &page.items,
            next,
        });
    link_next(caller, request, page.next.as_ref(), &mut answer);
    answer
}

/// Says in `Link` where an answer goes on, keeping what was asked for.
pub fn link_next(
    caller: &Caller,
    request: &actix_web::HttpRequest,
    next: Option<&Cursor>,
    answer: &mut HttpResponse,
) {
    let Some(next) = next else { return };
    let others = request
        .query_string()
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("after="));
    let query: Vec<String> = others
        .map(str::to_owned)
        .chain([format!("after={}", signed_cursor(caller, next))])
        .collect();
    let link = format!("<{}?{}>; rel=\"next\"", request.path(), query.join("&"));
    if let Ok(link) = header::HeaderValue::from_str(&link) {
        answer.headers_mut().insert(header::LINK, link);
    }
}

/// Answers all there are of something of which there are never many.
pub fn all<T: Serialize>(items: &[T]) -> HttpResponse {
    one(&List { items, next: None })
}

/// Answers one thing.
pub fn one<T: Serialize>(view: &T) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .json(view)
}

/// Answers one thing that can be edited: with its version as entity tag; 304 when the caller has that version.
pub fn versioned<T: Serialize>(request: &actix_web::HttpRequest, version: i64, view: &T) -> HttpResponse {
    let (name, tag) = etag(version);
    let known = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok());
    if known.is_some_and(|known| known.split(',').any(|one| one.trim() == tag)) {
        return HttpResponse::NotModified().insert_header((name, tag)).finish();
    }
    HttpResponse::Ok()
        .insert_header((name, tag))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .json(view)
}

/// Answers a thing that was just edited, with its new version.
pub fn edited<T: Serialize>(version: i64, view: &T) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(etag(version))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(view)
}

/// Answers a file to be kept under this name.
pub fn file(media: &str, name: &str, bytes: impl Into<Vec<u8>>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, media))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .body(bytes.into())
}

/// Answers that it is done and there is nothing to show.
pub fn done() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}
