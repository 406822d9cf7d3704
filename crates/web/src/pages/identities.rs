//! Signing in with an OpenID provider, and the providers one has linked to one's account.
//!
//! A browser leaves by a page that names where it goes and goes on by itself, for a form of ours may lead to no other site. It
//! comes back to one address for each provider, which bears no language: what it set out with is in the attempt. A refusal is
//! shown where one can begin anew, and nothing is half done. Where the settings name no provider, none of this is there.

use access_rules::Act;
use actix_kit::{Form, Query, cookies, proof};
use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Data, Path},
};
use askama::Template;
use kernel::{Fault, Id, Kind};
use mail::identity_letters;
use people::{
    Outcome, accounts,
    faults::IdentityFault,
    identities::{self, Arrival},
    model::{Identity, OidcAttempt},
    oidc_attempts::{self, SettingOut},
    passwords::{Hasher, Password},
    providers::{Asked, Brought, BrowserSecret, Proved, Provider, Providers},
    second_factor,
    sign_in::Visitor,
};
use serde::Deserialize;

use super::account;
use crate::{
    components::{Chrome, Notice, Weight},
    forms::FormView,
    table::{Line, get, post},
    visit::{Frame, Page, Refused, Visit, own_address},
};

/// The lines of this part.
pub fn lines() -> Vec<Line> {
    vec![
        post("/{lang}/sign-in/elsewhere", Act::UseSite, set_out),
        get("/oidc/{provider}", Act::UseSite, come_back),
        get("/{lang}/account/identities", Act::MindOwn, shown),
        post("/{lang}/account/identities", Act::MindOwn, sent),
    ]
}

/// A button that leads to a provider.
pub(crate) struct Way {
    pub(crate) key: String,
    pub(crate) says: String,
}

/// The buttons there are.
pub(crate) fn ways(visit: &Visit, providers: &Providers) -> Vec<Way> {
    let all = providers.all().iter();
    all.map(|provider| Way {
        key: provider.key.clone(),
        says: visit
            .voice
            .t1("oidc-with", "provider", provider.label.text(visit.language())),
    })
    .collect()
}

// Leaving.

#[derive(Template)]
#[template(path = "pages/leaving.html")]
struct LeavingPage {
    chrome: Chrome,
    lead: String,
    address: String,
}

async fn set_out(visit: Visit, providers: Data<Providers>, form: Form) -> Page {
    let provider = of_key(&visit, &providers, form.typed("provider"))?;
    let setting_out = setting_out(&visit, &provider, form.typed("next"));
    let asking = visit.caller.clone();
    let begun = visit.site().write("oidc.begin", move |conn| {
        oidc_attempts::begin(conn, asking.machine_now(), &asking.network(), &setting_out)
    });
    let onward = match begun.await {
        Ok(secret) => onward(&visit, &providers, &provider, secret).await,
        Err(fault) => Err(fault),
    };
    match onward {
        Ok(onward) => leave(&visit, &provider, &onward).await,
        Err(fault) => refused_at_door(&visit, &providers, fault, form.typed("next")).await,
    }
}

/// Where a browser goes, and what it holds meanwhile.
struct Onward {
    address: String,
    secret: BrowserSecret,
}

fn setting_out(visit: &Visit, provider: &Provider, next: &str) -> SettingOut {
    SettingOut {
        provider: provider.key.clone(),
        language: visit.language(),
        next: own_address(next).unwrap_or_default(),
    }
}

async fn onward(
    visit: &Visit,
    providers: &Providers,
    provider: &Provider,
    secret: BrowserSecret,
) -> Result<Onward, Fault> {
    let asked = asked(visit, provider, secret.clone());
    let address = proof::address(providers, provider, asked).await?;
    Ok(Onward { address, secret })
}

/// The page that goes on to the provider.
async fn leave(visit: &Visit, provider: &Provider, onward: &Onward) -> Page {
    let internal = |error: String| visit.refused(Fault::internal(error));
    let frame = visit.frame(None).await?;
    let name = provider.label.text(visit.language());
    let page = LeavingPage {
        chrome: visit.chrome(&frame, visit.voice.t("oidc-leaving")),
        lead: visit.voice.t1("oidc-leaving-lead", "provider", name),
        address: onward.address.clone(),
    };
    let mut answer = visit.show(&page)?;
    let refresh = header::HeaderValue::from_str(&format!("0;url={}", onward.address));
    let refresh = refresh.map_err(|error| internal(error.to_string()))?;
    answer.headers_mut().insert(header::REFRESH, refresh);
    answer
        .add_cookie(&cookies::away(visit.site(), onward.secret.reveal()))
        .map_err(|error| internal(error.to_string()))?;
    Ok(answer)
}

fn asked(visit: &Visit, provider: &Provider, secret: BrowserSecret) -> Asked {
    Asked {
        redirect: format!("{}/oidc/{}", visit.site().settings().public_url, provider.key),
        language: visit.language(),
        secret,
    }
}

// Coming back.

/// What a provider sends a browser back with.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Back {
    code: String,
    state: String,
    iss: Option<String>,
    error: Option<String>,
}

async fn come_back(
    visit: Visit,
    request: HttpRequest,
    providers: Data<Providers>,
    path: Path<String>,
    query: Query<Back>,
) -> Page {
    let visit = visit.of_door();
    let provider = of_key(&visit, &providers, &path)?;
    let Back {
        code,
        state,
        iss,
        error,
    } = query.0;
    let brought = Brought {
        code,
        state,
        iss,
        error,
    };
    let (secret, attempt) = match taken_in(&visit, &request, &brought).await {
        Ok(taken) => taken,
        Err(fault) => return refused_at_door(&visit, &providers, fault, "").await,
    };
    let visit = visit.speaking(attempt.language);
    let proved = prove(&visit, &providers, &provider, &secret, &attempt, brought).await;
    match (attempt.linking_account, proved) {
        (None, Ok(proved)) => enter(&visit, &providers, provider, secret, attempt, proved).await,
        (None, Err(fault)) => refused_at_door(&visit, &providers, fault, &attempt.next).await,
        (Some(began), Ok(proved)) => {
            let asking = visit.caller.clone();
            let known = providers.get_ref().clone();
            let linked = visit.caller.try_write("oidc.link", move |conn, actor, _| {
                let current = proof::browser(conn, &asking)?;
                let now = asking.machine_now();
                identity_letters::link(conn, actor, now, current, began, &provider, &proved, &known)
            });
            match linked.await {
                Ok(()) => over(
                    &visit,
                    visit.go(&visit.at("account/identities"), Some("identity-linked")),
                ),
                Err(fault) => refused_at_account(&visit, &providers, fault, None).await,
            }
        }
        (Some(_), Err(fault)) => refused_at_account(&visit, &providers, fault, None).await,
    }
}

/// Takes the browser back in that was sent: by what it holds and what it brings.
async fn taken_in(
    visit: &Visit,
    request: &HttpRequest,
    brought: &Brought,
) -> Result<(BrowserSecret, OidcAttempt), Fault> {
    let held = cookies::held_away(visit.site(), request).ok_or(IdentityFault::OtherBrowser)?;
    let secret = BrowserSecret::held(&held);
    secret.check(&brought.state)?;
    let (now, key) = (visit.caller.machine_now(), secret.clone());
    let attempt = visit
        .site()
        .write("oidc.take", move |conn| oidc_attempts::take(conn, now, &key));
    Ok((secret, attempt.await?))
}

async fn prove(
    visit: &Visit,
    providers: &Providers,
    provider: &Provider,
    secret: &BrowserSecret,
    attempt: &OidcAttempt,
    brought: Brought,
) -> Result<Proved, Fault> {
    if attempt.provider != provider.key {
        return Err(IdentityFault::MixedUp.into());
    }
    let asked = asked(visit, provider, secret.clone());
    proof::identity(providers, provider, asked, brought).await
}

async fn enter(
    visit: &Visit,
    providers: &Providers,
    provider: Provider,
    secret: BrowserSecret,
    attempt: OidcAttempt,
    proved: Proved,
) -> Page {
    let (asking, by) = (visit.caller.clone(), provider.clone());
    let arrived = visit.site().write("oidc.enter", move |conn| {
        let network = asking.network();
        let visitor = Visitor {
            language: attempt.language,
            ..proof::visitor(&asking, &network)
        };
        identities::enter(conn, asking.machine_now(), &visitor, &secret, &by, &proved)
    });
    match arrived.await {
        Ok(Arrival::Progress(progress)) => {
            let next = own_address(&attempt.next);
            let answer = account::arrive(visit, progress, next.as_deref()).await?;
            over(visit, answer)
        }
        Ok(Arrival::Offered(email)) => {
            let name = provider.label.text(visit.language());
            let notice = Notice::new(Weight::Wait, visit.voice.t1("oidc-offered", "provider", name))
                .with_text(visit.voice.t("oidc-offered-why"));
            let form = FormView::blank(&visit.voice)
                .with("email", email.to_string())
                .with("next", visit.at("account/identities"));
            account::door(visit, providers, form, Some(notice), None).await
        }
        Err(fault) => refused_at_door(visit, providers, fault, &attempt.next).await,
    }
}

/// The answer after which the browser holds nothing of it any more.
fn over(visit: &Visit, mut answer: HttpResponse) -> Page {
    answer
        .add_cookie(&cookies::back(visit.site()))
        .map_err(|error| visit.refused(Fault::internal(error)))?;
    Ok(answer)
}

/// A refusal, where one can sign in anew.
async fn refused_at_door(visit: &Visit, providers: &Providers, fault: Fault, next: &str) -> Page {
    if matches!(fault.kind, Kind::Internal | Kind::NotFound) {
        return Err(visit.refused(fault));
    }
    let form = FormView::blank(&visit.voice)
        .with("next", own_address(next).unwrap_or_default())
        .with_fault(visit.site().words(), &fault);
    account::door(visit, providers, form, None, Some(&fault)).await
}

fn of_key(visit: &Visit, providers: &Providers, key: &str) -> Result<Provider, Refused> {
    let found = providers.get(key).cloned();
    found.map_err(|fault| visit.refused(fault))
}

// One's own.

/// What the page shows, read in one go.
struct Mine {
    identities: Vec<Identity>,
    offered: Option<String>,
    fresh: bool,
    has_password: bool,
}

/// A line of those linked.
struct Linked {
    id: String,
    name: String,
    text: String,
    unlink: String,
}

#[derive(Template)]
#[template(path = "pages/identities.html")]
struct IdentitiesPage {
    chrome: Chrome,
    form: FormView,
    linked: Vec<Linked>,
    ways: Vec<Way>,
    offered: Option<String>,
    asks_proof: bool,
    asks_password: bool,
}

async fn shown(visit: Visit, request: HttpRequest, providers: Data<Providers>) -> Page {
    providers.offered().map_err(|fault| visit.refused(fault))?;
    let held = cookies::held_away(visit.site(), &request);
    let form = FormView::blank(&visit.voice);
    let page = page(&visit, &providers, form, held).await?;
    visit.show(&page)
}

async fn sent(
    visit: Visit,
    request: HttpRequest,
    providers: Data<Providers>,
    hasher: Data<Hasher>,
    form: Form,
) -> Page {
    providers.offered().map_err(|fault| visit.refused(fault))?;
    let held = cookies::held_away(visit.site(), &request);
    let done = if !form.typed("accept").is_empty() {
        let accepted = accept(&visit, &providers, held.as_deref()).await;
        accepted.map(|()| "identity-linked")
    } else if let Ok(id) = form.typed("unlink").parse() {
        let unlinked = unlink(&visit, &providers, &hasher, &form, id).await;
        unlinked.map(|()| "identity-unlinked")
    } else {
        let provider = of_key(&visit, &providers, form.typed("link"))?;
        return match link(&visit, &providers, &hasher, &form, &provider).await {
            Ok(onward) => leave(&visit, &provider, &onward).await,
            Err(fault) => refused_at_account(&visit, &providers, fault, held).await,
        };
    };
    match done {
        Ok(done) => over(&visit, visit.go(&visit.at("account/identities"), Some(done))),
        Err(fault) => refused_at_account(&visit, &providers, fault, held).await,
    }
}

async fn accept(visit: &Visit, providers: &Data<Providers>, held: Option<&str>) -> Result<(), Fault> {
    let secret = BrowserSecret::held(held.ok_or(IdentityFault::OfferOver)?);
    let (asking, known) = (visit.caller.clone(), providers.get_ref().clone());
    let accepted = visit.caller.try_write("oidc.accept", move |conn, actor, _| {
        let current = proof::browser(conn, &asking)?;
        identity_letters::accept(conn, actor, asking.machine_now(), current, &secret, &known)
    });
    accepted.await
}

async fn unlink(
    visit: &Visit,
    providers: &Data<Providers>,
    hasher: &Hasher,
    form: &Form,
    id: Id<Identity>,
) -> Result<(), Fault> {
    let given = given(visit, hasher, form).await?;
    let (asking, known) = (visit.caller.clone(), providers.get_ref().clone());
    let outcome = visit.caller.try_write("oidc.unlink", move |conn, actor, _| {
        let (now, network, current) = (
            asking.machine_now(),
            asking.network(),
            proof::browser(conn, &asking)?,
        );
        identity_letters::unlink(conn, actor, now, &network, current, id, given.as_given(), &known)
    });
    outcome.await.and_then(Outcome::settled)
}

async fn link(
    visit: &Visit,
    providers: &Providers,
    hasher: &Hasher,
    form: &Form,
    provider: &Provider,
) -> Result<Onward, Fault> {
    let given = given(visit, hasher, form).await?;
    let setting_out = setting_out(visit, provider, "");
    let asking = visit.caller.clone();
    let outcome = visit
        .caller
        .try_write("oidc.begin_linking", move |conn, actor, _| {
            let (now, network, current) = (
                asking.machine_now(),
                asking.network(),
                proof::browser(conn, &asking)?,
            );
            oidc_attempts::begin_linking(
                conn,
                actor,
                now,
                &network,
                current,
                given.as_given(),
                &setting_out,
            )
        });
    let secret = outcome.await.and_then(Outcome::settled)?;
    onward(visit, providers, provider, secret).await
}

async fn given(visit: &Visit, hasher: &Hasher, form: &Form) -> Result<proof::Given, Fault> {
    let password = Password::new(form.typed("password"));
    proof::prove(&visit.caller, hasher, password, form.typed("code").to_owned()).await
}

/// A refusal, where one can link anew; for who is signed in no more, at the door.
async fn refused_at_account(
    visit: &Visit,
    providers: &Providers,
    fault: Fault,
    held: Option<String>,
) -> Page {
    if matches!(fault.kind, Kind::Internal | Kind::NotFound | Kind::SignInNeeded) {
        return Err(visit.refused(fault));
    }
    let form = FormView::blank(&visit.voice).with_fault(visit.site().words(), &fault);
    let page = page(visit, providers, form, held).await?;
    visit.show_again(&fault, &page)
}

async fn read(visit: &Visit, providers: &Providers, held: Option<String>) -> Result<(Frame, Mine), Refused> {
    let asking = visit.caller.clone();
    let (known, language) = (providers.clone(), visit.language());
    visit
        .read("identities", None, move |conn, actor, _, _| {
            let now = asking.machine_now();
            let account = accounts::mine(conn, actor, now)?;
            let current = proof::browser(conn, &asking)?;
            let offer = match &held {
                Some(held) => oidc_attempts::waiting(conn, actor, now, &BrowserSecret::held(held))?,
                None => None,
            };
            Ok(Mine {
                identities: identities::list(conn, actor, now)?,
                offered: offer.map(|offer| known.name(&offer.provider, &offer.issuer, language)),
                fresh: second_factor::is_fresh(conn, actor, now, current)?,
                has_password: account.password_hash.is_some(),
            })
        })
        .await
}

async fn page(
    visit: &Visit,
    providers: &Providers,
    form: FormView,
    held: Option<String>,
) -> Result<IdentitiesPage, Refused> {
    let (frame, mine) = read(visit, providers, held).await?;
    let voice = &visit.voice;
    let zone = frame
        .edition
        .as_ref()
        .map_or_else(|| "UTC".parse().expect("UTC is a zone"), |edition| edition.zone);
    let said = |at| voice.moment(zone.local(at));
    let linked = mine.identities.into_iter().map(|identity| {
        let name = providers.name(&identity.provider, &identity.issuer, visit.language());
        Linked {
            id: identity.id.to_string(),
            text: match identity.last_used_at {
                Some(used) => voice.t2(
                    "oidc-used",
                    "since",
                    said(identity.created_at),
                    "when",
                    said(used),
                ),
                None => voice.t1("oidc-since", "since", said(identity.created_at)),
            },
            unlink: voice.t1("oidc-unlink", "provider", name.as_str()),
            name,
        }
    });
    Ok(IdentitiesPage {
        chrome: visit.chrome(&frame, voice.t("oidc-title")),
        form: form.named("identities"),
        linked: linked.collect(),
        ways: ways(visit, providers),
        asks_proof: !mine.fresh,
        asks_password: mine.has_password,
        offered: mine.offered,
    })
}

impl IdentitiesPage {
    /// The identity that waits to be linked.
    fn offered_notice(&self) -> Option<Notice> {
        self.offered.as_ref().map(|name| {
            Notice::new(
                Weight::Wait,
                self.chrome.t1("oidc-waiting", "provider", name.as_str()),
            )
            .with_text(self.chrome.t("oidc-waiting-why"))
        })
    }
}
