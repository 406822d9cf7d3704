//! The shapes every module answers in.

use actix_kit::{Caller, query::signed_cursor, version::etag};
use actix_web::{HttpResponse, http::header};
use kernel::Page;
use serde::Serialize;

/// A page of a list: `{items, next}` and `Link: <…>; rel="next"` (RFC 8288).
#[derive(Serialize)]
struct List<'a, T> {
    items: &'a [T],
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Answers a page of a list.
pub fn list<T: Serialize>(caller: &Caller, request: &actix_web::HttpRequest, page: &Page<T>) -> HttpResponse {
    let next = page.next.as_ref().map(|cursor| signed_cursor(caller, cursor));
    let mut answer = HttpResponse::Ok();
    if let Some(next) = &next {
        let others = request
            .query_string()
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with("after="));
        let query: Vec<String> = others
            .map(str::to_owned)
            .chain([format!("after={next}")])
            .collect();
        answer.insert_header((
            header::LINK,
            format!("<{}?{}>; rel=\"next\"", request.path(), query.join("&")),
        ));
    }
    answer
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .json(List {
            items: &page.items,
            next,
        })
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

/// Answers that it is done and there is nothing to show.
pub fn done() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}
