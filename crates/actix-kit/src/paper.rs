//! Documents and lists as answers: files that are printed off the asynchronous threads, told apart by entity tags.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
    web::{self, Bytes},
};
use kernel::Fault;
use records::sheets::Format;

/// When to come again, in seconds.
const RETRY_SECONDS: u32 = 1;
/// What all may have: kept by whoever likes, and asked for again each time.
const OPEN: &str = "public, no-cache";
/// What is one person's.
const OWN: &str = "private, no-store";

/// Does what takes its time where it may take it.
///
/// # Errors
/// What it answers; `busy` when it broke off.
pub async fn set<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    web::block(work)
        .await
        .unwrap_or_else(|_| Err(Fault::unavailable("busy", RETRY_SECONDS)))
}

/// Whether the caller says that they have the document of this tag.
pub fn is_known(request: &HttpRequest, etag: &str) -> bool {
    let tags = request
        .headers()
        .get(header::IF_NONE_MATCH)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    tags.split(',')
        .map(|tag| tag.trim().trim_start_matches("W/"))
        .any(|tag| tag == etag || tag == "*")
}

/// Answers that the caller has it already.
pub fn known(etag: &str) -> HttpResponse {
    HttpResponse::NotModified()
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, OPEN))
        .finish()
}

/// Answers a document that all may have.
pub fn open(name: &str, media: &'static str, etag: &str, bytes: Arc<[u8]>) -> HttpResponse {
    let mut answer = own(name, media, bytes);
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(OPEN));
    if let Ok(etag) = HeaderValue::from_str(etag) {
        headers.insert(header::ETAG, etag);
    }
    answer
}

/// Answers a document of one person.
pub fn own(name: &str, media: &'static str, bytes: Arc<[u8]>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, media))
        .insert_header((header::CACHE_CONTROL, OWN))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"{name}\""),
        ))
        .body(Bytes::from_owner(bytes))
}

/// Answers a list to be kept as `name` in its format.
pub fn sheet(name: &str, format: Format, bytes: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, format.media_type()))
        .insert_header((header::CACHE_CONTROL, OWN))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}\"", format.file(name)),
        ))
        .body(bytes)
}
