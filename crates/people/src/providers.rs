//! The OpenID providers people may sign in with, as the settings name them, and what is asked of them.
//!
//! How a provider is spoken to is a [`Protocol`], which this program may have been built without: then there are no providers.
//! A provider may be slow, so it is asked on threads of their own, few of them, and whoever finds all of them busy is told so
//! at once. Knows no table and no HTTP.

use std::{fmt, sync::Arc};

use kernel::{Fault, Language, Localized, secret};

use crate::{faults::IdentityFault, threads::Threads};

/// Threads that wait for providers.
const THREADS: usize = 4;
/// Questions that may wait for one of them.
const WAITING: usize = 64;

/// A provider, as the settings name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// By which it is known here and in addresses.
    pub key: String,
    /// Its issuer, as it writes it itself.
    pub issuer: String,
    /// What its button says, in three languages.
    pub label: Localized,
    /// The domains whose addresses it may vouch for; any when there are none.
    pub email_domains: Vec<String>,
    /// Whether it is believed when it says that a second factor was given there.
    pub trusts_second_factor: bool,
}

/// What a browser holds while it is at a provider: all it must bring back follows from it, and it is kept here as a hash. So
/// an answer is worth nothing in another browser, and nothing to who reads the database.
#[derive(Clone, PartialEq, Eq)]
pub struct BrowserSecret(String);

/// What a browser is sent to a provider with, and what it is expected back with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The address it is to come back to, exactly as the provider knows it.
    pub redirect: String,
    /// In which language it reads.
    pub language: Language,
    /// What it holds.
    pub secret: BrowserSecret,
}

/// What it came back with.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Brought {
    /// The code to be exchanged.
    pub code: String,
    /// The `state` it was sent with.
    pub state: String,
    /// Who says that they answer (RFC 9207).
    pub iss: Option<String>,
    /// Why there is no code.
    pub error: Option<String>,
}

/// Who somebody is, as a provider proves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proved {
    /// The provider's issuer.
    pub issuer: String,
    /// Its name for them.
    pub subject: String,
    /// Their address.
    pub email: Option<String>,
    /// Whether it has checked that the address is theirs.
    pub is_email_verified: bool,
    /// Whether it says that a second factor was given.
    pub had_second_factor: bool,
}

/// How providers are spoken to. Each call may take seconds.
pub trait Protocol: Send + Sync + 'static {
    /// Where a browser is sent.
    ///
    /// # Errors
    /// `oidc_provider_down`.
    fn address(&self, provider: &Provider, asked: &Asked) -> Result<String, Fault>;

    /// Who somebody is: checks who answers, exchanges the code, and verifies what comes for it.
    ///
    /// # Errors
    /// `oidc_mixed_up`; `oidc_denied`; `oidc_refused_there`; `oidc_not_proved`; `oidc_provider_down`.
    fn prove(&self, provider: &Provider, asked: &Asked, brought: &Brought) -> Result<Proved, Fault>;
}

/// The providers there are. Cheap to clone.
#[derive(Clone)]
pub struct Providers(Arc<Inner>);

struct Inner {
    all: Vec<Provider>,
    asked: Option<(Arc<dyn Protocol>, Threads)>,
}

impl Providers {
    /// None at all: nothing of it is shown.
    pub fn none() -> Self {
        Self(Arc::new(Inner {
            all: vec![],
            asked: None,
        }))
    }

    /// These, spoken to by this protocol. The threads end with the last clone.
    ///
    /// # Errors
    /// When the system gives no threads.
    pub fn start(all: Vec<Provider>, protocol: impl Protocol) -> std::io::Result<Self> {
        let threads = Threads::start("openid", THREADS, WAITING)?;
        Ok(Self(Arc::new(Inner {
            all,
            asked: Some((Arc::new(protocol), threads)),
        })))
    }

    /// All of them, in the order of the settings.
    pub fn all(&self) -> &[Provider] {
        &self.0.all
    }

    /// The one of this key.
    ///
    /// # Errors
    /// 404.
    pub fn get(&self, key: &str) -> Result<&Provider, Fault> {
        self.0
            .all
            .iter()
            .find(|provider| provider.key == key)
            .ok_or_else(Fault::not_found)
    }

    /// What one is called that was known by this key, or only by its issuer since.
    pub fn name(&self, key: &str, issuer: &str, language: Language) -> String {
        match self.0.all.iter().find(|provider| provider.key == key) {
            Some(provider) => provider.label.text(language).to_owned(),
            None => issuer.to_owned(),
        }
    }

    /// Whether there are any.
    ///
    /// # Errors
    /// 404.
    pub fn offered(&self) -> Result<(), Fault> {
        match self.0.all.is_empty() {
            true => Err(Fault::not_found()),
            false => Ok(()),
        }
    }

    /// Asks where a browser is sent, on a thread that may wait.
    pub fn submit_address(
        &self,
        provider: Provider,
        asked: Asked,
        reply: impl FnOnce(Result<String, Fault>) + Send + 'static,
    ) {
        self.submit(reply, move |protocol| protocol.address(&provider, &asked));
    }

    /// Asks who somebody is, on a thread that may wait.
    pub fn submit_proof(
        &self,
        provider: Provider,
        asked: Asked,
        brought: Brought,
        reply: impl FnOnce(Result<Proved, Fault>) + Send + 'static,
    ) {
        self.submit(reply, move |protocol| protocol.prove(&provider, &asked, &brought));
    }

    /// A reply whose task is dropped undone is dropped with it: who waits for it hears that.
    fn submit<T: Send + 'static>(
        &self,
        reply: impl FnOnce(Result<T, Fault>) + Send + 'static,
        ask: impl FnOnce(&dyn Protocol) -> Result<T, Fault> + Send + 'static,
    ) {
        let Some((protocol, threads)) = &self.0.asked else {
            return reply(Err(Fault::not_found()));
        };
        let protocol = Arc::clone(protocol);
        threads.take(move || reply(ask(protocol.as_ref())));
    }
}

impl fmt::Debug for Providers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(&self.0.all).finish()
    }
}

impl BrowserSecret {
    /// A new one.
    pub fn draw() -> Self {
        Self(secret::token())
    }

    /// The one a browser holds.
    pub fn held(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// As the browser holds it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// As it is kept.
    pub(crate) fn hash(&self) -> Vec<u8> {
        secret::hash(&self.0)
    }

    /// The `state` it must bring back.
    pub fn state(&self) -> String {
        self.made("state")
    }

    /// The nonce that must stand in the ID token.
    pub fn nonce(&self) -> String {
        self.made("nonce")
    }

    /// The PKCE verifier without which the code is worth nothing (RFC 7636).
    pub fn verifier(&self) -> String {
        self.made("verifier")
    }

    /// Whether this `state` was made of it.
    ///
    /// # Errors
    /// `oidc_other_browser`.
    pub fn check(&self, state: &str) -> Result<(), Fault> {
        use subtle::ConstantTimeEq as _;
        match bool::from(self.state().as_bytes().ct_eq(state.as_bytes())) {
            true => Ok(()),
            false => Err(IdentityFault::OtherBrowser.into()),
        }
    }

    fn made(&self, purpose: &str) -> String {
        hex::encode(secret::hash(&format!("oidc {purpose}:{}", self.0)))
    }
}

impl fmt::Debug for BrowserSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BrowserSecret(…)")
    }
}
impl fmt::Debug for Brought {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Brought").finish_non_exhaustive()
    }
}
