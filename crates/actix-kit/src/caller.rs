//! Who calls: credentials, language and address of a request. The actor behind them is loaded inside the transaction
//! that acts, so that a right taken away counts at once.

use std::{
    net::IpAddr,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
};

use access_rules::{Act, Actor, within_token};
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, dev::Payload, http::header, web};
use db::{Conn, Isolation};
use kernel::{Coded as _, Fault, Id, Kind, Language, Moment};
use people::{
    model::{BearerToken, SignInSession},
    second_factor_rule,
};
use records::{model::Denial, rules::network};

use crate::{Problem, Site, csrf};

/// The name of the session cookie behind TLS.
pub const COOKIE_SECURE: &str = "__Host-hemicycle";
/// The name of the session cookie without TLS.
pub const COOKIE_PLAIN: &str = "hemicycle";
/// The name of the cookie that remembers the reader's language.
pub const COOKIE_LANGUAGE: &str = "language";

/// A request's caller. Cheap to clone.
///
/// Somebody who holds a role of which the second factor is asked, and has none, is refused everything
/// (`second_factor_required`) but what is done as [`Caller::adding_second_factor`].
#[derive(Clone)]
pub struct Caller(Arc<Inner>, Owing);

/// What becomes of a caller who owes a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owing {
    /// They are refused.
    Refused,
    /// They may: this is how they add one.
    Taken,
}

struct Inner {
    site: Site,
    credentials: Credentials,
    language: Language,
    address: String,
    user_agent: String,
    idempotency_key: Option<String>,
    route: String,
    machine_now: Moment,
    now: Moment,
    seen: OnceLock<Actor>,
    used: OnceLock<Used>,
    is_used_told: AtomicBool,
    lacks_version: AtomicBool,
    writes: OnceLock<Act>,
}

/// What was shown and whose last use is remembered no more closely than to the minute.
#[derive(Clone, Copy)]
enum Used {
    Browser(Id<SignInSession>),
    Token(Id<BearerToken>),
}

/// What a request shows to say who sends it.
#[derive(Clone, PartialEq, Eq)]
pub enum Credentials {
    /// Nothing.
    None,
    /// The session cookie of a browser.
    Cookie(String),
    /// The bearer token of a program.
    Bearer(String),
}

impl Caller {
    /// The caller of this request, read once.
    pub fn of(request: &HttpRequest) -> Self {
        if let Some(known) = request.extensions().get::<Self>() {
            return known.clone();
        }
        let site = request
            .app_data::<web::Data<Site>>()
            .map(|site| site.get_ref().clone())
            .expect("the site is registered when the server starts");
        let inner = Arc::new(Inner {
            credentials: credentials(request, &site),
            language: language(request),
            address: address(request, &site),
            user_agent: text_header(request, header::USER_AGENT.as_str())
                .chars()
                .take(300)
                .collect(),
            idempotency_key: request
                .headers()
                .get("idempotency-key")
                .map(|value| value.to_str().unwrap_or("\u{0}").to_owned()),
            route: format!("{} {}", request.method(), request.path()),
            machine_now: Moment::now(),
            now: site.now(),
            seen: OnceLock::new(),
            used: OnceLock::new(),
            is_used_told: AtomicBool::new(false),
            lacks_version: AtomicBool::new(false),
            writes: OnceLock::new(),
            site,
        });
        let caller = Self(inner, Owing::Refused);
        request.extensions_mut().insert(caller.clone());
        caller
    }

    /// The same caller where a second factor is added: who owes one may do this, and nothing else.
    pub fn adding_second_factor(&self) -> Self {
        Self(Arc::clone(&self.0), Owing::Taken)
    }

    /// Remembers what this request is to change: a token that was not given for it is refused (`scope`), whatever the use
    /// case asks besides.
    pub fn writes(&self, act: Act) {
        self.0.writes.set(act).ok();
    }

    /// The site.
    pub fn site(&self) -> &Site {
        &self.0.site
    }

    /// The reader's language.
    pub fn language(&self) -> Language {
        self.0.language
    }

    /// The congress's present, the same for the whole request.
    pub fn now(&self) -> Moment {
        self.0.now
    }

    /// The machine's present, the same for the whole request: for codes, sessions, tokens, limits, letters.
    pub fn machine_now(&self) -> Moment {
        self.0.machine_now
    }

    /// The address the request came from.
    pub fn address(&self) -> &str {
        &self.0.address
    }

    /// The network that address counts for where tries are limited: itself in IPv4, the /64 in IPv6.
    pub fn network(&self) -> String {
        self.0
            .address
            .parse()
            .map_or_else(|_| self.0.address.clone(), network)
    }

    /// What the browser calls itself, cut to 300 characters.
    pub fn user_agent(&self) -> &str {
        &self.0.user_agent
    }

    /// The session cookie, if that is what was shown.
    pub fn cookie(&self) -> Option<&str> {
        match &self.0.credentials {
            Credentials::Cookie(token) => Some(token),
            _ => None,
        }
    }

    /// What was shown.
    pub fn credentials(&self) -> &Credentials {
        &self.0.credentials
    }

    /// Method and path.
    pub fn route(&self) -> &str {
        &self.0.route
    }

    /// The `Idempotency-Key` header.
    pub fn idempotency_key(&self) -> Option<&str> {
        self.0.idempotency_key.as_deref()
    }

    /// The actor as the last transaction of this request saw them; nobody before the first.
    pub fn actor_seen(&self) -> Actor {
        self.0.seen.get().cloned().unwrap_or_default()
    }

    /// Whether nobody known sends this request: nothing was shown, or what was shown is over or was never given out.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_nobody(&self) -> Result<bool, Fault> {
        if let Some(seen) = self.0.seen.get() {
            return Ok(!seen.signed_in());
        }
        // Who owes a second factor is somebody.
        let asking = self.adding_second_factor();
        match asking.try_read("who", |_, actor, _| Ok(actor.signed_in())).await {
            Ok(signed_in) => Ok(!signed_in),
            Err(fault) if fault.kind == Kind::SignInNeeded => Ok(true),
            Err(fault) => Err(fault),
        }
    }

    /// Remembers that an edit came without `If-Match`.
    pub(crate) fn lacks_version(&self) {
        self.0.lacks_version.store(true, Ordering::Relaxed);
    }

    /// A fault as an answer to this caller.
    pub fn problem(&self, fault: Fault) -> Problem {
        let fault = if fault.kind == Kind::Stale && self.0.lacks_version.load(Ordering::Relaxed) {
            Fault::new(Kind::VersionNeeded, "version_needed")
        } else {
            fault
        };
        Problem::new(fault, self.0.site.words(), self.0.language)
    }

    /// Reads one snapshot as this caller.
    ///
    /// # Errors
    /// What `run` answers, as a problem in the reader's language.
    pub async fn read<T: Send + 'static>(
        &self,
        name: &'static str,
        run: impl Fn(&mut Conn, &Actor, Moment) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Problem> {
        self.try_read(name, run)
            .await
            .map_err(|fault| self.problem(fault))
    }

    /// Reads one snapshot as this caller, answering the bare fault: for pages that show it in their own way.
    ///
    /// # Errors
    /// What `run` answers.
    pub async fn try_read<T: Send + 'static>(
        &self,
        name: &'static str,
        run: impl Fn(&mut Conn, &Actor, Moment) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let caller = self.clone();
        self.kept(
            self.0
                .site
                .read(name, move |conn| caller.acting(conn, &run))
                .await,
        )
    }

    /// Writes durably as this caller. `run` may be run again: it must have no effect but rows.
    ///
    /// # Errors
    /// What `run` answers, as a problem in the reader's language.
    pub async fn write<T: Send + 'static>(
        &self,
        name: &'static str,
        run: impl Fn(&mut Conn, &Actor, Moment) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Problem> {
        self.try_write(name, run)
            .await
            .map_err(|fault| self.problem(fault))
    }

    /// Writes durably as this caller, answering the bare fault: for forms that are shown again with it.
    ///
    /// # Errors
    /// What `run` answers.
    pub async fn try_write<T: Send + 'static>(
        &self,
        name: &'static str,
        run: impl Fn(&mut Conn, &Actor, Moment) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let caller = self.clone();
        self.kept(
            self.0
                .site
                .write(name, move |conn| caller.acting(conn, &run))
                .await,
        )
    }

    fn acting<T>(
        &self,
        conn: &mut Conn,
        run: &impl Fn(&mut Conn, &Actor, Moment) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let (actor, has_second_factor) = self.actor(conn, self.0.machine_now, self.0.now)?;
        let answer = self
            .owes_nothing(conn, &actor, has_second_factor)
            .and_then(|()| self.may_write(&actor))
            .and_then(|()| run(conn, &actor, self.0.now));
        self.0.seen.set(actor).ok();
        answer
    }

    /// Who these credentials stand for by now: for answers that go on long after their request was let in.
    ///
    /// # Errors
    /// 401 when they are over; `second_factor_required`.
    pub fn still(&self, conn: &mut Conn, machine_now: Moment, now: Moment) -> Result<Actor, Fault> {
        let (actor, has_second_factor) = self.actor(conn, machine_now, now)?;
        self.owes_nothing(conn, &actor, has_second_factor)?;
        Ok(actor)
    }

    fn may_write(&self, actor: &Actor) -> Result<(), Fault> {
        match self.0.writes.get() {
            Some(act) if !within_token(actor, *act) => Err(Fault::forbidden("scope")),
            Some(_) | None => Ok(()),
        }
    }

    fn owes_nothing(&self, conn: &mut Conn, actor: &Actor, has_second_factor: bool) -> Result<(), Fault> {
        match self.1 {
            Owing::Taken => Ok(()),
            Owing::Refused => second_factor_rule::owed(conn, actor, has_second_factor),
        }
    }

    /// The actor behind the credentials, as of then, and whether their account has a second factor. A cookie that is over
    /// is nobody; a bearer token that is over is 401.
    fn actor(&self, conn: &mut Conn, machine_now: Moment, now: Moment) -> Result<(Actor, bool), Fault> {
        match &self.0.credentials {
            Credentials::None => Ok((Actor::nobody(), false)),
            Credentials::Cookie(token) => match people::sessions::signed_in(conn, token, machine_now)? {
                Some(found) => {
                    if found.stale_seen {
                        self.0.used.set(Used::Browser(found.session)).ok();
                    }
                    let actor = members::actors::load(conn, found.account, found.person, now)?;
                    Ok((actor, found.has_second_factor))
                }
                None => Ok((Actor::nobody(), false)),
            },
            Credentials::Bearer(token) => {
                let found =
                    people::tokens::bearer(conn, token, machine_now)?.ok_or_else(Fault::sign_in_needed)?;
                if found.stale_seen {
                    self.0.used.set(Used::Token(found.token)).ok();
                }
                let actor = members::actors::load(conn, found.account, found.person, now)?;
                let actor = Actor {
                    token_scopes: Some(found.scopes),
                    ..actor
                };
                Ok((actor, found.has_second_factor))
            }
        }
    }

    /// Keeps what a fault denied for the log (R20); for callers that carry faults on in their own way.
    pub fn note_denial(&self, fault: &Fault) {
        if let Some(denied) = &fault.denied {
            self.0.site.keep_denial(Denial {
                subject: self.0.seen.get().and_then(|actor| actor.person).map(Id::cast),
                object_kind: denied.object_kind.to_owned(),
                object_id: denied.object_id.map(Id::from_uuid),
                act: denied.act.to_owned(),
                reason: denied.reason.to_owned(),
                at: self.0.machine_now,
            });
        }
    }

    /// Keeps a denial for the log before the fault goes on.
    fn kept<T>(&self, answer: Result<T, Fault>) -> Result<T, Fault> {
        if let Err(fault) = &answer {
            self.note_denial(fault);
        }
        self.tell_used();
        answer
    }

    /// Queues, once for a request and at most once a minute, that a browser or token was used. Nobody waits for it.
    fn tell_used(&self) {
        let Some(used) = self.0.used.get().copied() else {
            return;
        };
        if self.0.is_used_told.swap(true, Ordering::Relaxed) {
            return;
        }
        let now = self.0.machine_now;
        let run = move |conn: &mut Conn| match used {
            Used::Browser(id) => people::sessions::touch(conn, now, id),
            Used::Token(id) => people::tokens::touch(conn, now, id),
        };
        self.0
            .site
            .db()
            .submit_write("used", Isolation::Guarded, run, |_| {});
    }
}

impl FromRequest for Caller {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = Self::of(request);
        std::future::ready(match csrf::check_origin(request, caller.site()) {
            Ok(()) => Ok(caller),
            Err(fault) => Err(caller.problem(fault)),
        })
    }
}

/// The name of the session cookie on this site.
pub fn cookie_name(site: &Site) -> &'static str {
    if site.is_secure() {
        COOKIE_SECURE
    } else {
        COOKIE_PLAIN
    }
}

fn credentials(request: &HttpRequest, site: &Site) -> Credentials {
    let bearer = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| {
            let (scheme, token) = value.split_once(' ')?;
            scheme
                .eq_ignore_ascii_case("bearer")
                .then(|| token.trim().to_owned())
        });
    match (bearer, request.cookie(cookie_name(site))) {
        (Some(token), _) => Credentials::Bearer(token),
        (None, Some(cookie)) if !cookie.value().is_empty() => Credentials::Cookie(cookie.value().to_owned()),
        _ => Credentials::None,
    }
}

/// The language of the address, else of the cookie, else of the browser.
fn language(request: &HttpRequest) -> Language {
    let in_path = request.path().split('/').nth(1).and_then(Language::from_code);
    let in_cookie = || {
        request
            .cookie(COOKIE_LANGUAGE)
            .and_then(|cookie| Language::from_code(cookie.value()))
    };
    in_path
        .or_else(in_cookie)
        .unwrap_or_else(|| Language::negotiate(&text_header(request, header::ACCEPT_LANGUAGE.as_str())))
}

/// The address of the peer; behind a proxy of ours, the last address that is not one of ours.
fn address(request: &HttpRequest, site: &Site) -> String {
    let trusted = &site.settings().trusted_proxies;
    let Some(peer) = request.peer_addr().map(|peer| peer.ip()) else {
        return "unknown".into();
    };
    if !trusted.contains(&peer) {
        return peer.to_string();
    }
    let forwarded = text_header(request, "x-forwarded-for");
    let mut hops = forwarded
        .rsplit(',')
        .filter_map(|hop| hop.trim().parse::<IpAddr>().ok());
    hops.find(|hop| !trusted.contains(hop))
        .unwrap_or(peer)
        .to_string()
}

fn text_header(request: &HttpRequest, name: &str) -> String {
    request
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}
