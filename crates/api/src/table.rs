//! The shape of a line in the table of routes: what it answers to, which act it is, what it takes and gives.
//!
//! The table is the source of the router, of `docs/openapi.json` and of the sweep that calls every route.

use access_rules::Act;
use actix_kit::{Caller, Problem};
use actix_web::{FromRequest, Handler, HttpRequest, HttpResponse, Responder, guard, http::Method, web};
use kernel::{Fault, Kind};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, Schema},
};

/// A named schema and all it refers to.
#[derive(Clone)]
pub struct Shape {
    /// The name under which it stands among the components.
    pub name: String,
    /// Whether it is a list of them: `{items, next}`.
    pub is_list: bool,
    /// The schema and those it refers to.
    pub schemas: Vec<(String, RefOr<Schema>)>,
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
    /// Another media type it gives.
    pub gives_media: Option<&'static str>,
    /// The query parameters it understands.
    pub asks: Vec<(String, RefOr<Schema>)>,
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
            gives_media: None,
            asks: Vec::new(),
            is_once: false,
            is_versioned: false,
            needs_account: false,
            handler: Box::new(move |route| route.to(handler.clone())),
        }
    }

    /// It takes such a body.
    pub fn takes<T: ToSchema>(mut self) -> Self {
        self.takes = Some(shape::<T>(false));
        self
    }

    /// It gives such a body.
    pub fn gives<T: ToSchema>(mut self) -> Self {
        self.gives = Some(shape::<T>(false));
        self
    }

    /// It gives a page of such.
    pub fn lists<T: ToSchema>(mut self) -> Self {
        self.gives = Some(shape::<T>(true));
        self
    }

    /// It gives a file of this media type.
    pub const fn gives_media(mut self, media: &'static str) -> Self {
        self.gives_media = Some(media);
        self
    }

    /// It understands the fields of such a query.
    pub fn asks<T: ToSchema>(mut self) -> Self {
        if let RefOr::T(Schema::Object(object)) = T::schema() {
            self.asks.extend(object.properties);
        }
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

    /// It answers 401 to nobody.
    pub const fn account(mut self) -> Self {
        self.needs_account = true;
        self
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
    let mut scope = web::scope("/api/v1");
    for (path, lines) in by_path {
        let mut resource = web::resource(path);
        for line in lines {
            let method = line.method.clone();
            let route = if method == Method::GET {
                web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
            } else {
                web::route().guard(guard::Method(method))
            };
            resource = resource.route((line.handler)(route));
        }
        scope = scope.service(resource.default_service(web::to(other_method)));
    }
    config.service(scope.default_service(web::to(unknown_path)));
}

async fn other_method(request: HttpRequest) -> Result<HttpResponse, Problem> {
    Err(Caller::of(&request).problem(Fault::new(Kind::MethodNotAllowed, "method_not_allowed")))
}

async fn unknown_path(request: HttpRequest) -> Result<HttpResponse, Problem> {
    Err(Caller::of(&request).problem(Fault::not_found()))
}

fn shape<T: ToSchema>(is_list: bool) -> Shape {
    let mut schemas = vec![(T::name().into_owned(), <T as PartialSchema>::schema())];
    T::schemas(&mut schemas);
    Shape {
        name: T::name().into_owned(),
        is_list,
        schemas,
    }
}
