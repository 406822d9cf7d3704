//! The shape of a line in the table of pages. The table is the source of the router and of the sweep that calls every page.

use access_rules::Act;
use actix_kit::nest::{Fill, nest};
use actix_web::{FromRequest, Handler, Resource, Responder, Route, http::Method, web};

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
        .map(|(path, lines)| (path, Box::new(move |resource| filled(resource, lines)) as Fill))
        .collect();
    config.service(nest(web::scope(""), paths, missing));
}

fn filled(resource: Resource, lines: Vec<Line>) -> Resource {
    lines.into_iter().fold(resource, |resource, line| {
        let route = if line.method == Method::GET {
            web::route().guard(actix_web::guard::Any(actix_web::guard::Get()).or(actix_web::guard::Head()))
        } else {
            web::post()
        };
        resource.route((line.handler)(route))
    })
}
