//! The shape of a line in the table of routes: what it answers to, which act it is, what it takes and gives.
//!
//! The table is the source of the router, of `docs/openapi.json` and of the sweep that calls every route.

use std::rc::Rc;

use access_rules::Act;
use actix_kit::{
    Caller, Problem,
    nest::{Fill, nest},
};
use actix_web::{
    Error, FromRequest, Handler, HttpRequest, HttpResponse, Resource, Responder, ResponseError as _, Scope,
    body::BoxBody,
    dev::{ServiceRequest, ServiceResponse},
    guard::{self, GuardContext},
    http::{Method, StatusCode, header},
    middleware::{Next, from_fn},
    web,
};
use kernel::{Fault, Kind};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

/// Schemas by name.
pub type Named = Vec<(String, RefOr<Schema>)>;

/// A named schema and all it refers to. They are made when the reference is, not for each thread that serves.
#[derive(Clone, Copy)]
pub struct Shape {
    /// The name under which it stands among the components.
    pub name: fn() -> String,
    /// Whether it is a list of them: `{items}`, and `next` when it comes in pages.
    pub is_list: bool,
    /// Whether it comes in pages.
    pub is_paged: bool,
    /// The schema and those it refers to.
    pub schemas: fn() -> Named,
}

/// One line of the table.
pub struct Line {
    /// The method.
    pub method: Method,
    /// The path below `/api/v1`.
    pub path: &'static str,
    /// The act that is decided.
    pub act: Act,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// The body it takes.
    pub takes: Option<Shape>,
    /// The body it gives.
    pub gives: Option<Shape>,
    /// The media types of a file it takes.
    pub takes_media: &'static [&'static str],
    /// Another media type it gives.
    pub gives_media: Option<&'static str>,
    /// The media types it gives instead, by what is asked for.
    pub gives_any: &'static [&'static str],
    /// The status of its answer, when it is not the usual one.
    pub status: Option<u16>,
    /// The query parameters it understands.
    pub asks: Vec<fn() -> Named>,
    /// The schemas those refer to.
    pub asks_schemas: Vec<fn() -> Named>,
    /// Whether it needs an `Idempotency-Key`.
    pub is_once: bool,
    /// Whether it needs `If-Match`.
    pub is_versioned: bool,
    /// Whether it answers 401 to nobody.
    pub needs_account: bool,
    /// Registers the handler.
    pub handler: Box<dyn Fn(actix_web::Route) -> actix_web::Route>,
}

impl Line {
    fn new<F, Args>(method: Method, path: &'static str, act: Act, handler: F, summary: &'static str) -> Self
    where
        F: Handler<Args> + Clone,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        Self {
            method,
            path,
            act,
            summary,
            takes: None,
            gives: None,
            takes_media: &[],
            gives_media: None,
            gives_any: &[],
            status: None,
            asks: Vec::new(),
            asks_schemas: Vec::new(),
            is_once: false,
            is_versioned: false,
            needs_account: false,
            handler: Box::new(move |route| route.to(handler.clone())),
        }
    }

    /// It takes such a body.
    pub fn takes<T: ToSchema>(mut self) -> Self {
        self.takes = Some(shape::<T>(false, false));
        self
    }

    /// It takes a file of one of these media types.
    pub const fn takes_media(mut self, media: &'static [&'static str]) -> Self {
        self.takes_media = media;
        self
    }

    /// It gives such a body.
    pub fn gives<T: ToSchema>(mut self) -> Self {
        self.gives = Some(shape::<T>(false, false));
        self
    }

    /// It gives a page of such.
    pub fn lists<T: ToSchema>(mut self) -> Self {
        self.gives = Some(shape::<T>(true, true));
        self
    }

    /// It gives all of such at once: there are never many.
    pub fn lists_all<T: ToSchema>(mut self) -> Self {
        self.gives = Some(shape::<T>(true, false));
        self
    }

    /// It gives a file of this media type.
    pub const fn gives_media(mut self, media: &'static str) -> Self {
        self.gives_media = Some(media);
        self
    }

    /// It gives a file of one of these media types, as it is asked.
    pub const fn gives_any(mut self, media: &'static [&'static str]) -> Self {
        self.gives_any = media;
        self
    }

    /// It understands the fields of such a query.
    pub fn asks<T: ToSchema>(mut self) -> Self {
        self.asks.push(|| match T::schema() {
            RefOr::T(Schema::Object(object)) => object.properties.into_iter().collect(),
            _ => Named::new(),
        });
        self.asks_schemas.push(nested::<T>);
        self
    }

    /// Its answer has this status and not the usual one.
    pub const fn answers(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// It needs an `Idempotency-Key`.
    pub const fn once(mut self) -> Self {
        self.is_once = true;
        self
    }

    /// It needs `If-Match`.
    pub const fn versioned(mut self) -> Self {
        self.is_versioned = true;
        self
    }

    /// It answers 401 to nobody, before it looks at anything else.
    pub const fn account(mut self) -> Self {
        self.needs_account = true;
        self
    }

    /// The status of its answer: 204 without a body, 201 for what is made once, else 200.
    pub fn good_status(&self) -> u16 {
        let usual = match (&self.gives, self.gives_media) {
            (None, None) if self.gives_any.is_empty() => 204,
            _ if self.is_once => 201,
            _ => 200,
        };
        self.status.unwrap_or(usual)
    }
}

/// `GET path`.
pub fn get<F, Args>(path: &'static str, act: Act, handler: F, summary: &'static str) -> Line
where
    F: Handler<Args> + Clone,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Line::new(Method::GET, path, act, handler, summary)
}

/// `POST path`.
pub fn post<F, Args>(path: &'static str, act: Act, handler: F, summary: &'static str) -> Line
where
    F: Handler<Args> + Clone,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Line::new(Method::POST, path, act, handler, summary)
}

/// `PUT path`: the whole thing anew.
pub fn put<F, Args>(path: &'static str, act: Act, handler: F, summary: &'static str) -> Line
where
    F: Handler<Args> + Clone,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Line::new(Method::PUT, path, act, handler, summary)
}

/// `DELETE path`.
pub fn delete<F, Args>(path: &'static str, act: Act, handler: F, summary: &'static str) -> Line
where
    F: Handler<Args> + Clone,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Line::new(Method::DELETE, path, act, handler, summary)
}

/// Registers every line; a known path answers other methods with 405, an unknown one with the one 404.
pub fn register(config: &mut web::ServiceConfig, lines: Vec<Line>) {
    let mut by_path: Vec<(&'static str, Vec<Line>)> = Vec::new();
    for line in lines {
        match by_path.iter_mut().find(|(path, _)| *path == line.path) {
            Some((_, known)) => known.push(line),
            None => by_path.push((line.path, vec![line])),
        }
    }
    let paths = by_path
        .into_iter()
        .map(|(path, lines)| {
            (
                path,
                Box::new(move |scope, resource| placed(scope, resource, lines)) as Fill,
            )
        })
        .collect();
    config.service(nest(web::scope("/api/v1"), paths, || web::to(unknown_path)));
}

fn placed(scope: Scope, resource: Resource, lines: Vec<Line>) -> Scope {
    let allowed = allowed(&lines);
    let closed: Rc<[Method]> = lines
        .iter()
        .filter(|line| line.needs_account)
        .map(|line| line.method.clone())
        .collect();
    let writing: Rc<[(Method, Act)]> = lines
        .iter()
        .filter(|line| line.method != Method::GET)
        .map(|line| (line.method.clone(), line.act))
        .collect();
    let mut resource = resource;
    for line in lines {
        if line.needs_account {
            resource = resource.route(
                route(&line.method)
                    .guard(guard::fn_guard(is_nobody))
                    .to(sign_in_first),
            );
        }
        resource = resource.route((line.handler)(route(&line.method)));
    }
    let other = move |request: HttpRequest| other_method(request, allowed.clone());
    let resource =
        resource
            .default_service(web::to(other))
            .wrap(from_fn(move |request: ServiceRequest, next| {
                let written = writing.iter().find(|(method, _)| method == request.method());
                if let Some((_, act)) = written {
                    Caller::of(request.request()).writes(*act);
                }
                who_first(closed.clone(), request, next)
            }));
    scope.service(resource)
}

/// A route that is read: by `GET` and `HEAD`.
pub(crate) fn reading() -> actix_web::Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

fn route(method: &Method) -> actix_web::Route {
    if *method == Method::GET {
        reading()
    } else {
        web::route().guard(guard::Method(method.clone()))
    }
}

/// The `Allow` header of a path (RFC 9110 §10.2.1).
fn allowed(lines: &[Line]) -> String {
    let mut methods: Vec<&str> = lines.iter().map(|line| line.method.as_str()).collect();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    methods.sort_unstable();
    methods.join(", ")
}

/// Whether a request shows nothing that could say who sends it.
fn is_nobody(context: &GuardContext<'_>) -> bool {
    let headers = &context.head().headers;
    let has_session = headers.get_all(header::COOKIE).any(|cookies| {
        cookies
            .to_str()
            .is_ok_and(|cookies| cookies.split(';').any(|cookie| names_session(cookie.trim())))
    });
    !has_session && !headers.contains_key(header::AUTHORIZATION)
}

fn names_session(cookie: &str) -> bool {
    let name = cookie.split('=').next().unwrap_or_default();
    [actix_kit::caller::COOKIE_PLAIN, actix_kit::caller::COOKIE_SECURE].contains(&name)
}

async fn sign_in_first(caller: Caller) -> Result<HttpResponse, Problem> {
    Err(caller.problem(Fault::sign_in_needed()))
}

/// Tells a caller whose session or token is over just that, before what else is wrong with the request: what stands in
/// the path, the query, the body or the headers is looked at only for somebody. Asked after a refusal, so that what is
/// good pays nothing for it.
async fn who_first(
    closed: Rc<[Method]>,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse, Error> {
    let answer = next.call(request).await?;
    let method = match *answer.request().method() {
        Method::HEAD => Method::GET,
        ref other => other.clone(),
    };
    if !closed.contains(&method) || !could_wait(answer.status()) {
        return Ok(answer);
    }
    let caller = Caller::of(answer.request());
    let fault = match caller.is_nobody().await {
        Ok(false) => return Ok(answer),
        Ok(true) => Fault::sign_in_needed(),
        Err(fault) => fault,
    };
    let problem = caller.problem(fault).error_response();
    Ok(ServiceResponse::new(answer.into_parts().0, problem))
}

/// Whether a refusal is about the request, and not about who sends it, from where or how often.
fn could_wait(status: StatusCode) -> bool {
    status.is_client_error()
        && !matches!(
            status,
            StatusCode::UNAUTHORIZED
                | StatusCode::FORBIDDEN
                | StatusCode::METHOD_NOT_ALLOWED
                | StatusCode::TOO_MANY_REQUESTS
        )
}

async fn other_method(request: HttpRequest, allowed: String) -> HttpResponse {
    let fault = Fault::new(Kind::MethodNotAllowed, "method_not_allowed");
    let mut answer = Caller::of(&request).problem(fault).error_response();
    if let Ok(allowed) = header::HeaderValue::from_str(&allowed) {
        answer.headers_mut().insert(header::ALLOW, allowed);
    }
    answer
}

async fn unknown_path(request: HttpRequest) -> Result<HttpResponse, Problem> {
    Err(Caller::of(&request).problem(Fault::not_found()))
}

fn shape<T: ToSchema>(is_list: bool, is_paged: bool) -> Shape {
    Shape {
        name: || T::name().into_owned(),
        is_list,
        is_paged,
        schemas: || {
            let mut schemas = vec![(T::name().into_owned(), <T as PartialSchema>::schema())];
            schemas.extend(nested::<T>());
            schemas
        },
    }
}

/// What a schema refers to.
fn nested<T: ToSchema>() -> Named {
    let mut schemas = Named::new();
    T::schemas(&mut schemas);
    schemas
}
