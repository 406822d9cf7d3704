//! The shape of a line in the table of pages. The table is the source of the router and of the sweep that calls every page.

use access_rules::Act;
use actix_web::{FromRequest, Handler, Responder, http::Method, web};

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

/// Registers every line, in order: particular paths stand before general ones.
pub fn register(config: &mut web::ServiceConfig, lines: Vec<Line>) {
    let mut by_path: Vec<(&'static str, Vec<Line>)> = Vec::new();
    for line in lines {
        match by_path.iter_mut().find(|(path, _)| *path == line.path) {
            Some((_, known)) => known.push(line),
            None => by_path.push((line.path, vec![line])),
        }
    }
    for (path, lines) in by_path {
        let mut resource = web::resource(path);
        for line in lines {
            let route = if line.method == Method::GET {
                web::route()
                    .guard(actix_web::guard::Any(actix_web::guard::Get()).or(actix_web::guard::Head()))
            } else {
                web::post()
            };
            resource = resource.route((line.handler)(route));
        }
        config.service(resource);
    }
}
