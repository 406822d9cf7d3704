//! The cookies of this site: where somebody is signed in, and, while they are at a provider to sign in, that they are.

use actix_web::{
    HttpRequest,
    cookie::{Cookie, SameSite, time::Duration},
};
use kernel::Moment;
use people::sessions::Started;

use crate::{Site, caller::cookie_name};

/// The cookie of a browser just signed in: unreadable to scripts, not sent from other sites, over TLS only where there is
/// TLS.
pub fn signed_in(site: &Site, now: Moment, started: &Started) -> Cookie<'static> {
    let seconds = started.expires_at.seconds_since(now).max(0);
    session(site, started.token.clone(), Duration::seconds(seconds))
}

/// The cookie that takes it back.
pub fn signed_out(site: &Site) -> Cookie<'static> {
    session(site, String::new(), Duration::ZERO)
}

/// The cookie of a browser that is sent to a provider. `Lax`, so that it comes back with the browser.
pub fn away(site: &Site, secret: &str) -> Cookie<'static> {
    cookie(site, away_name(site), secret.to_owned(), Duration::hours(1))
}

/// The cookie that takes it back.
pub fn back(site: &Site) -> Cookie<'static> {
    cookie(site, away_name(site), String::new(), Duration::ZERO)
}

/// What a browser holds that was sent to a provider.
pub fn held_away(site: &Site, request: &HttpRequest) -> Option<String> {
    let cookie = request.cookie(away_name(site))?;
    (!cookie.value().is_empty()).then(|| cookie.value().to_owned())
}

fn away_name(site: &Site) -> &'static str {
    if site.is_secure() {
        "__Host-hemicycle-away"
    } else {
        "hemicycle-away"
    }
}

fn session(site: &Site, token: String, age: Duration) -> Cookie<'static> {
    cookie(site, cookie_name(site), token, age)
}

fn cookie(site: &Site, name: &'static str, value: String, age: Duration) -> Cookie<'static> {
    Cookie::build(name, value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(site.is_secure())
        .max_age(age)
        .finish()
}
