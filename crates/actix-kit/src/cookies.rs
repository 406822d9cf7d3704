//! The cookies of this site: where somebody is signed in, and nothing else that says who they are.

use actix_web::cookie::{Cookie, SameSite, time::Duration};
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

fn session(site: &Site, token: String, age: Duration) -> Cookie<'static> {
    Cookie::build(cookie_name(site), token)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(site.is_secure())
        .max_age(age)
        .finish()
}
