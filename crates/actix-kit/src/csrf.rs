//! Requests forged from other sites are refused: by where the browser says they come from, and for forms of people who
//! are signed in by a token as well.

use actix_web::{HttpRequest, http::Method};
use kernel::{Fault, Kind};

use crate::{Caller, Site};

/// Checks an unsafe request's `Sec-Fetch-Site` or `Origin`. Programs send neither; every browser sends one.
///
/// # Errors
/// `cross_site`.
pub fn check_origin(request: &HttpRequest, site: &Site) -> Result<(), Fault> {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    check_own_site(request, site)
}

/// Checks that a request comes from a page of ours or from no page, whatever its method: for what is held open and paid
/// for as long as it is.
///
/// # Errors
/// `cross_site`.
pub fn check_own_site(request: &HttpRequest, site: &Site) -> Result<(), Fault> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let refused = || Err(Fault::new(Kind::Forbidden, "cross_site"));
    match header("sec-fetch-site") {
        Some("same-origin" | "none") => return Ok(()),
        Some(_) => return refused(),
        None => {}
    }
    let Some(origin) = header("origin") else {
        return Ok(());
    };
    let host = request.connection_info().host().to_owned();
    let own = origin == site.settings().public_url
        || url::Url::parse(origin).is_ok_and(|origin| {
            let port = origin.port().map_or_else(String::new, |port| format!(":{port}"));
            origin
                .host_str()
                .is_some_and(|name| format!("{name}{port}") == host)
        });
    if own { Ok(()) } else { refused() }
}

/// The token that this browser's forms carry.
pub fn token(caller: &Caller) -> String {
    caller
        .cookie()
        .map(|cookie| caller.site().sign("csrf", cookie))
        .unwrap_or_default()
}

/// Checks the token of a form sent by somebody signed in.
///
/// # Errors
/// `cross_site`.
pub fn check_token(caller: &Caller, sent: &str) -> Result<(), Fault> {
    match caller.cookie() {
        Some(cookie) if !caller.site().signed("csrf", cookie, sent) => {
            Err(Fault::new(Kind::Forbidden, "cross_site"))
        }
        _ => Ok(()),
    }
}
