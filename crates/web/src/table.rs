//! The shape of a line in the table of pages. The table is the source of the router and of the sweep that calls every page.

use access_rules::Act;
use actix_kit::{
    Caller, csrf,
    nest::{Fill, nest},
};
use actix_web::{
    Error, FromRequest, Handler, Resource, Responder, ResponseError as _, Route, Scope,
    body::BoxBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, header},
    middleware::{Next, from_fn},
    web,
};
use kernel::Fault;

use crate::visit::Visit;

/// One line of the table.
pub struct Line {
    /// The method: `GET`, or `POST` for forms.
    pub method: Method,
    /// The path, with `{lang}` first.
    pub path: &'static str,
    /// The act that is decided.
    pub act: Act,
    /// Registers the handler.
    handler: Box<dyn Fn(actix_web::Route) -> actix_web::Route>,
}

/// A page.
pub fn get<F, Args>(path: &'static str, act: Act, handler: F) -> Line
where
    F: Handler<Args> + Clone,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Line {
        method: Method::GET,
        path,
        act,
        handler: Box::new(move |route| route.to(handler.clone())),
    }
}

/// A form that is sent.
pub fn post<F, Args>(path: &'static str, act: Act, handler: F) -> Line
where
    F: Handler<Args> + Clone,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Line {
        method: Method::POST,
        path,
        act,
        handler: Box::new(move |route| route.to(handler.clone())),
    }
}

/// Registers every line: at each place of a path fixed parts stand before variable ones. What matches none is `missing`.
pub fn register(config: &mut web::ServiceConfig, lines: Vec<Line>, missing: fn() -> Route) {
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
    config.service(nest(web::scope(""), paths, missing));
}

fn placed(scope: Scope, resource: Resource, lines: Vec<Line>) -> Scope {
    let resource = lines.into_iter().fold(resource, |resource, line| {
        let route = if line.method == Method::GET {
            web::route().guard(actix_web::guard::Any(actix_web::guard::Get()).or(actix_web::guard::Head()))
        } else {
            web::post()
        };
        resource.route((line.handler)(route))
    });
    scope.service(resource.wrap(from_fn(signed_in_first)))
}

/// Leads a browser whose session is over to sign-in when its form cannot be read: its token, its shape and its size are
/// looked at for somebody only. What comes from another site is refused as it is.
async fn signed_in_first(request: ServiceRequest, next: Next<BoxBody>) -> Result<ServiceResponse, Error> {
    let answer = next.call(request).await?;
    let is_problem = answer
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|media| media == "application/problem+json");
    let asked = answer.request();
    if *asked.method() != Method::POST || !is_problem || !answer.status().is_client_error() {
        return Ok(answer);
    }
    let caller = Caller::of(asked);
    let is_ours = csrf::check_origin(asked, caller.site()).is_ok();
    if !is_ours || caller.cookie().is_none() || !matches!(caller.is_nobody().await, Ok(true)) {
        return Ok(answer);
    }
    let sign_in = Visit::of(asked).refused(Fault::sign_in_needed()).error_response();
    Ok(ServiceResponse::new(answer.into_parts().0, sign_in))
}
