//! The front: the public programme, answered before anything else looks at a request (architecture §6).
//!
//! Headers and bytes of every answer are made when the snapshot changes; a request costs one look into a table. What it
//! does not know, what asks with a query, and whoever is signed in, goes on to the general routes.
//!
//! Addresses: `programme.json` of an edition is `/api/v1/editions/<slug>/programme`, `<lang>/home.html` is
//! `/<lang>/<slug>`, `<lang>/<name>.html` is `/<lang>/<slug>/<name>`, `<lang>/<file>` is `/<lang>/<slug>/<file>`, and any
//! other `<file>` is `/<slug>/<file>`.

use std::{
    collections::HashMap,
    future::{Ready, ready},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use actix_kit::{caller, headers, health::Counters};
use actix_web::{
    Error, HttpResponse,
    body::{BoxBody, MessageBody},
    dev::{Service, ServiceRequest, ServiceResponse, Transform, forward_ready},
    http::{
        Method, StatusCode,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    web::{Bytes, Data},
};
use arc_swap::ArcSwap;
use futures_util::future::{Either, FutureExt as _, LocalBoxFuture};
use kernel::{Coded as _, Language, Moment};
use programme::snapshot::{Rendered, Snapshot, Variant};

/// Of so many answers from the front one is logged.
const LOGGED: u64 = 1000;
/// From when on an answer says that it may be stale: the database was not asked for so many seconds (R262).
const STALE_SECONDS: i64 = 15;
/// Browsers may keep it and must ask each time whether it still is so: a release is seen at once, and asking is cheap.
const CACHE_CONTROL: &str = "public, no-cache";

/// The table of ready answers. Cheap to clone.
#[derive(Clone)]
pub struct Front(Arc<Inner>);

struct Inner {
    table: ArcSwap<HashMap<String, Arc<Page>>>,
    cookie: &'static str,
    is_secure: bool,
    answered: AtomicU64,
    /// When the database was last found to hold nothing newer, in microseconds of the machine's clock.
    checked_micros: AtomicI64,
}

/// One address.
struct Page {
    snapshot: Arc<Snapshot>,
    file: String,
    identity: Copy,
    gzip: Option<Copy>,
    brotli: OnceLock<Option<Copy>>,
}

/// One address in one encoding, whole.
struct Copy {
    etag: String,
    bytes: Bytes,
    whole: HeaderMap,
    not_modified: HeaderMap,
}

impl Front {
    /// Knows nothing yet. `is_secure`: whether people come over TLS.
    pub fn new(is_secure: bool) -> Self {
        Self(Arc::new(Inner {
            table: ArcSwap::default(),
            cookie: if is_secure {
                caller::COOKIE_SECURE
            } else {
                caller::COOKIE_PLAIN
            },
            is_secure,
            answered: AtomicU64::new(0),
            checked_micros: AtomicI64::new(i64::MAX),
        }))
    }

    /// Makes the answers of these snapshots, by slug, ready; those already made are kept.
    pub fn show(&self, snapshots: &HashMap<String, Arc<Snapshot>>) {
        let known = self.0.table.load();
        let mut table = HashMap::new();
        for (slug, snapshot) in snapshots {
            for file in snapshot.paths() {
                let address = address(slug, file);
                let page = match known.get(&address) {
                    Some(page) if Arc::ptr_eq(&page.snapshot, snapshot) => Some(Arc::clone(page)),
                    _ => self.page(snapshot, file),
                };
                if let Some(page) = page {
                    table.insert(address, page);
                }
            }
        }
        self.0.table.store(Arc::new(table));
    }

    /// Remembers that the database was asked just now.
    pub fn checked(&self, now: Moment) {
        self.0.checked_micros.store(now.micros(), Ordering::Relaxed);
    }

    /// The addresses it answers.
    pub fn addresses(&self) -> Vec<String> {
        self.0.table.load().keys().cloned().collect()
    }

    fn page(&self, snapshot: &Arc<Snapshot>, file: &str) -> Option<Arc<Page>> {
        let rendered = snapshot.file(file)?;
        let copy = |variant: &Variant, encoding| self.copy(rendered, variant, encoding);
        Some(Arc::new(Page {
            identity: copy(&rendered.identity, None),
            gzip: rendered.gzip.as_ref().map(|variant| copy(variant, Some("gzip"))),
            brotli: OnceLock::new(),
            snapshot: Arc::clone(snapshot),
            file: file.to_owned(),
        }))
    }

    fn copy(&self, rendered: &Rendered, variant: &Variant, encoding: Option<&'static str>) -> Copy {
        let mut not_modified = HeaderMap::new();
        let mut put = |name: HeaderName, value: &str| {
            let value = HeaderValue::from_str(value).expect("our own headers are plain text");
            not_modified.insert(name, value);
        };
        put(header::ETAG, &variant.etag);
        put(header::CACHE_CONTROL, CACHE_CONTROL);
        put(header::VARY, "Accept-Encoding, Authorization, Cookie");
        put(header::LAST_MODIFIED, &http_date(rendered.last_modified));
        // Nobody who is signed in is answered from here; the service worker is to forget whose agenda it keeps.
        put(HeaderName::from_static("x-reader"), "nobody");
        let mut whole = not_modified.clone();
        whole.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static(rendered.content_type),
        );
        if let Some(encoding) = encoding {
            whole.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        headers::add_to(&mut whole, self.0.is_secure);
        Copy {
            etag: variant.etag.clone(),
            bytes: Bytes::from_owner(Arc::clone(&variant.bytes)),
            whole,
            not_modified,
        }
    }

    /// The answer to a request, if it is one of ours.
    fn answer(&self, request: &ServiceRequest) -> Option<HttpResponse> {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            return None;
        }
        let table = self.0.table.load();
        let page = table.get(request.path())?;
        let uri = request.uri();
        if uri.query().is_some_and(|query| !query.is_empty()) || self.is_somebody(request.headers()) {
            return None;
        }
        let text = |name: HeaderName| {
            request
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
        };
        let copy = page.best(self, text(header::ACCEPT_ENCODING));
        let asked = text(header::IF_NONE_MATCH);
        let mut answer = match page.known(copy, asked) {
            Some(known) => {
                let mut answer = HttpResponse::new(StatusCode::NOT_MODIFIED);
                *answer.headers_mut() = known.not_modified.clone();
                answer
            }
            None => {
                let mut answer = HttpResponse::with_body(StatusCode::OK, BoxBody::new(copy.bytes.clone()));
                *answer.headers_mut() = copy.whole.clone();
                answer
            }
        };
        self.say_if_stale(answer.headers_mut());
        Some(answer)
    }

    /// Whether a request says who sends it.
    fn is_somebody(&self, headers: &HeaderMap) -> bool {
        let is_ours = |pair: &str| {
            pair.trim_start()
                .strip_prefix(self.0.cookie)
                .is_some_and(|rest| rest.starts_with('='))
        };
        headers.contains_key(header::AUTHORIZATION)
            || headers
                .get_all(header::COOKIE)
                .filter_map(|value| value.to_str().ok())
                .any(|cookies| cookies.split(';').any(is_ours))
    }

    fn say_if_stale(&self, headers: &mut HeaderMap) {
        let checked = Moment::from_micros(self.0.checked_micros.load(Ordering::Relaxed));
        let now = Moment::now();
        if checked >= now.plus_seconds(-STALE_SECONDS) {
            return;
        }
        headers.insert(header::AGE, HeaderValue::from(now.seconds_since(checked)));
        headers.insert(
            header::WARNING,
            HeaderValue::from_static("110 - \"Response is Stale\""),
        );
    }

    /// Counts an answer; one in a thousand is logged.
    fn count(&self, request: &ServiceRequest, answer: &HttpResponse) {
        let status = answer.status().as_u16();
        if let Some(counters) = request.app_data::<Data<Counters>>() {
            counters.answered(status);
            counters.from_snapshot();
        }
        if self
            .0
            .answered
            .fetch_add(1, Ordering::Relaxed)
            .is_multiple_of(LOGGED)
        {
            tracing::info!(target: "access", path = request.path(), status, one_of = LOGGED, "from the snapshot");
        }
    }
}

impl Page {
    fn best(&self, front: &Front, accept_encoding: &str) -> &Copy {
        let Some(rendered) = self.snapshot.file(&self.file) else {
            return &self.identity;
        };
        match rendered.best(accept_encoding) {
            (variant, Some("br")) => {
                let copy = self
                    .brotli
                    .get_or_init(|| Some(front.copy(rendered, variant, Some("br"))));
                copy.as_ref().unwrap_or(&self.identity)
            }
            (_, Some(_)) => self.gzip.as_ref().unwrap_or(&self.identity),
            (_, None) => &self.identity,
        }
    }

    /// The copy a client says it has: the one it would get, or the same in another encoding.
    fn known<'a>(&'a self, best: &'a Copy, if_none_match: &str) -> Option<&'a Copy> {
        if if_none_match.is_empty() {
            return None;
        }
        let tags = || {
            if_none_match
                .split(',')
                .map(|tag| tag.trim().trim_start_matches("W/"))
        };
        if if_none_match.trim() == "*" {
            return Some(best);
        }
        let brotli = self.brotli.get().and_then(Option::as_ref);
        [Some(best), Some(&self.identity), self.gzip.as_ref(), brotli]
            .into_iter()
            .flatten()
            .find(|copy| tags().any(|tag| tag == copy.etag))
    }
}

/// Where a file of an edition's snapshot is found.
fn address(slug: &str, file: &str) -> String {
    if file == "programme.json" {
        return format!("/api/v1/editions/{slug}/programme");
    }
    match file.split_once('/') {
        Some((language, rest)) if Language::from_code(language).is_some() => {
            match rest.strip_suffix(".html") {
                Some("home") => format!("/{language}/{slug}"),
                Some(page) => format!("/{language}/{slug}/{page}"),
                None => format!("/{language}/{slug}/{rest}"),
            }
        }
        _ => format!("/{slug}/{file}"),
    }
}

fn http_date(at: Moment) -> String {
    at.utc().format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

impl<S, B> Transform<S, ServiceRequest> for Front
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    S::Future: 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<BoxBody>;
    type Error = Error;
    type Transform = FrontDoor<S>;
    type InitError = ();
    type Future = Ready<Result<FrontDoor<S>, ()>>;

    fn new_transform(&self, inner: S) -> Self::Future {
        ready(Ok(FrontDoor {
            front: self.clone(),
            inner,
        }))
    }
}

/// The front before the general routes.
pub struct FrontDoor<S> {
    front: Front,
    inner: S,
}

impl<S, B> Service<ServiceRequest> for FrontDoor<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error>,
    S::Future: 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<BoxBody>;
    type Error = Error;
    type Future =
        Either<Ready<Result<Self::Response, Error>>, LocalBoxFuture<'static, Result<Self::Response, Error>>>;

    forward_ready!(inner);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        if let Some(answer) = self.front.answer(&request) {
            self.front.count(&request, &answer);
            return Either::Left(ready(Ok(request.into_response(answer))));
        }
        let going = self.inner.call(request);
        Either::Right(async move { going.await.map(ServiceResponse::map_into_boxed_body) }.boxed_local())
    }
}
