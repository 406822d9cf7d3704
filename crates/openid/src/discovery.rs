//! What a provider says about itself (OpenID Connect Discovery 1.0) and the keys it signs with: asked for when first needed,
//! and anew after an hour. While it does not answer, what it said last holds for a day.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use kernel::Fault;
use openidconnect::{AdditionalProviderMetadata, IssuerUrl, ProviderMetadata, core::*};
use people::{faults::IdentityFault, providers::Provider};
use serde::{Deserialize, Serialize};

use crate::wire::Wire;

/// What is older is asked for anew.
const FRESH: Duration = Duration::from_secs(60 * 60);
/// What is older does not hold any more.
const HOLDS: Duration = Duration::from_secs(24 * 60 * 60);
/// For an unknown key, and for a provider that does not answer, it is asked anew no sooner than this.
const PAUSE: Duration = Duration::from_secs(30);

/// What we need to know beyond the core.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Answering {
    /// Whether each answer says who answers (RFC 9207).
    #[serde(default)]
    pub(crate) authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Answering {}

/// All it says.
pub(crate) type Metadata = ProviderMetadata<
    Answering,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// What each provider said last.
#[derive(Default)]
pub(crate) struct Discovered(Mutex<BTreeMap<String, Kept>>);

#[derive(Clone)]
struct Kept {
    metadata: Arc<Metadata>,
    said_at: Instant,
    asked_at: Instant,
}

impl Discovered {
    /// What a provider says about itself.
    ///
    /// # Errors
    /// `oidc_provider_down`.
    pub(crate) fn of(&self, wire: &Wire, provider: &Provider) -> Result<Arc<Metadata>, Fault> {
        match self.kept(provider) {
            Some(kept) if kept.said_at.elapsed() < FRESH => Ok(kept.metadata),
            Some(kept) if kept.asked_at.elapsed() < PAUSE => Ok(kept.metadata),
            Some(kept) => self.ask(wire, provider).or(Ok(kept.metadata)),
            None => self.ask(wire, provider),
        }
    }

    /// The same, asked for just now, because a key was not among those known; nothing when that was done a moment ago.
    pub(crate) fn anew(&self, wire: &Wire, provider: &Provider) -> Option<Arc<Metadata>> {
        let is_new = self
            .kept(provider)
            .is_some_and(|kept| kept.asked_at.elapsed() < PAUSE);
        if is_new {
            return None;
        }
        self.ask(wire, provider).ok()
    }

    fn kept(&self, provider: &Provider) -> Option<Kept> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&provider.key)
            .filter(|kept| kept.said_at.elapsed() < HOLDS)
            .cloned()
    }

    /// Asks without holding anybody else up.
    fn ask(&self, wire: &Wire, provider: &Provider) -> Result<Arc<Metadata>, Fault> {
        let said = IssuerUrl::new(provider.issuer.clone())
            .map_err(Fault::internal)
            .and_then(|issuer| {
                Metadata::discover(&issuer, &|request| wire.send(request)).map_err(|error| {
                    tracing::warn!(
                        provider = provider.key,
                        error = said(&error),
                        "a provider says nothing about itself"
                    );
                    IdentityFault::ProviderDown.into()
                })
            });
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match said {
            Ok(metadata) => {
                let metadata = Arc::new(metadata);
                let kept = Kept {
                    metadata: Arc::clone(&metadata),
                    said_at: Instant::now(),
                    asked_at: Instant::now(),
                };
                all.insert(provider.key.clone(), kept);
                Ok(metadata)
            }
            Err(fault) => {
                if let Some(kept) = all.get_mut(&provider.key) {
                    kept.asked_at = Instant::now();
                }
                Err(fault)
            }
        }
    }
}

/// An error and what is behind it, for the log.
pub(crate) fn said(error: &dyn std::error::Error) -> String {
    let mut said = error.to_string();
    let mut behind = error.source();
    while let Some(cause) = behind {
        said = format!("{said}: {cause}");
        behind = cause.source();
    }
    said
}
