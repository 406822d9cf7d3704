//! What a provider says about itself (OpenID Connect Discovery 1.0) and the keys it signs with: asked for when first needed,
//! and anew after an hour. While it does not answer, what it said last holds for a day.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
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

/// What each provider said last, and when one last said nothing.
#[derive(Default)]
pub(crate) struct Discovered(Mutex<All>);

/// By the key of the provider.
#[derive(Default)]
struct All {
    kept: BTreeMap<String, Kept>,
    failed_at: BTreeMap<String, Instant>,
}

#[derive(Clone)]
struct Kept {
    metadata: Arc<Metadata>,
    said_at: Instant,
}

impl All {
    /// Whether it was asked a moment ago, whatever came of it.
    fn was_just_asked(&self, key: &str) -> bool {
        self.has_just_failed(key)
            || self
                .kept
                .get(key)
                .is_some_and(|kept| kept.said_at.elapsed() < PAUSE)
    }

    fn has_just_failed(&self, key: &str) -> bool {
        self.failed_at
            .get(key)
            .is_some_and(|failed| failed.elapsed() < PAUSE)
    }
}

impl Discovered {
    /// What a provider says about itself. One that did not answer a moment ago is left alone: each ask of it holds a
    /// thread that all share, for as long as it is silent.
    ///
    /// # Errors
    /// `oidc_provider_down`.
    pub(crate) fn of(&self, wire: &Wire, provider: &Provider) -> Result<Arc<Metadata>, Fault> {
        let (kept, has_just_failed) = {
            let all = self.all();
            let kept = all.kept.get(&provider.key);
            let holds = kept.filter(|kept| kept.said_at.elapsed() < HOLDS).cloned();
            (holds, all.has_just_failed(&provider.key))
        };
        match kept {
            Some(kept) if kept.said_at.elapsed() < FRESH || has_just_failed => Ok(kept.metadata),
            Some(kept) => self.ask(wire, provider).or(Ok(kept.metadata)),
            None if has_just_failed => Err(IdentityFault::ProviderDown.into()),
            None => self.ask(wire, provider),
        }
    }

    /// The same, asked for just now, because a key was not among those known; nothing when that was done a moment ago.
    pub(crate) fn anew(&self, wire: &Wire, provider: &Provider) -> Option<Arc<Metadata>> {
        if self.all().was_just_asked(&provider.key) {
            return None;
        }
        self.ask(wire, provider).ok()
    }

    fn all(&self) -> MutexGuard<'_, All> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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
        let mut all = self.all();
        match said {
            Ok(metadata) => {
                let metadata = Arc::new(metadata);
                let kept = Kept {
                    metadata: Arc::clone(&metadata),
                    said_at: Instant::now(),
                };
                all.kept.insert(provider.key.clone(), kept);
                all.failed_at.remove(&provider.key);
                Ok(metadata)
            }
            Err(fault) => {
                all.failed_at.insert(provider.key.clone(), Instant::now());
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
