//! The authorization-code flow: where a browser is sent, and what is made of what it brings back.

use std::{collections::BTreeMap, sync::Arc};

use kernel::{Coded as _, Fault};
use openidconnect::{
    AccessToken, AccessTokenHash, AuthType, AuthenticationFlow, AuthorizationCode, ClaimsVerificationError,
    ClientId, ClientSecret, CsrfToken, EmptyAdditionalClaims, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    LanguageTag, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RequestTokenError, Scope, SignatureVerificationError, SubjectIdentifier, TokenResponse as _,
    UserInfoClaims,
    core::{
        CoreClient, CoreClientAuthMethod, CoreGenderClaim, CoreIdToken, CoreIdTokenClaims,
        CoreJwsSigningAlgorithm, CoreResponseType,
    },
};
use people::{
    faults::IdentityFault,
    providers::{Asked, Brought, Protocol, Proved, Provider},
};
use url::Url;

use crate::{
    discovery::{Discovered, Metadata, said},
    settings::Known,
    wire::{self, Wire},
};

/// How a token may be signed: by a key only the provider has. Never `none`, and never by our own secret.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];
/// Longest name a provider may have for somebody, in bytes (OpenID Connect Core, 2).
const SUBJECT_MAX: usize = 255;
/// What a provider says in `amr` of more than one factor (RFC 8176).
const SECOND_FACTOR: &str = "mfa";

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Speaks the flow to the providers of the settings.
pub struct OpenId {
    known: BTreeMap<String, Known>,
    discovered: Discovered,
    wire: Wire,
}

impl OpenId {
    /// To these.
    pub fn new(known: Vec<Known>) -> Self {
        Self {
            known: known
                .into_iter()
                .map(|known| (known.provider.key.clone(), known))
                .collect(),
            discovered: Discovered::default(),
            wire: Wire::new(),
        }
    }

    fn client(&self, provider: &Provider, asked: &Asked, metadata: &Metadata) -> Result<Client, Fault> {
        let known = self.known.get(&provider.key).ok_or_else(Fault::not_found)?;
        let redirect = RedirectUrl::new(asked.redirect.clone()).map_err(Fault::internal)?;
        let secret = known.client_secret.clone().map(ClientSecret::new);
        let client = CoreClient::from_provider_metadata(
            metadata.clone(),
            ClientId::new(known.client_id.clone()),
            secret,
        )
        .set_redirect_uri(redirect);
        let takes = metadata.token_endpoint_auth_methods_supported();
        let only_in_body = takes.is_some_and(|takes| {
            takes.contains(&CoreClientAuthMethod::ClientSecretPost)
                && !takes.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        Ok(match only_in_body {
            true => client.set_auth_type(AuthType::RequestBody),
            false => client,
        })
    }

    /// The tokens for a code.
    fn exchange(
        &self,
        provider: &Provider,
        client: &Client,
        asked: &Asked,
        code: &str,
    ) -> Result<openidconnect::core::CoreTokenResponse, Fault> {
        let request = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| down(provider, &error))?
            .set_pkce_verifier(PkceCodeVerifier::new(asked.secret.verifier()));
        request
            .request(&|request| self.wire.send(request))
            .map_err(|error| match &error {
                RequestTokenError::Request(_) => down(provider, &error),
                RequestTokenError::ServerResponse(_)
                | RequestTokenError::Parse(_, _)
                | RequestTokenError::Other(_) => unproved(provider, &error),
            })
    }

    /// What the ID token says, verified; with keys asked for anew when it is signed by one that is not known.
    fn verified(
        &self,
        provider: &Provider,
        asked: &Asked,
        client: &Client,
        tokens: &openidconnect::core::CoreTokenResponse,
    ) -> Result<CoreIdTokenClaims, Fault> {
        let id_token = tokens.id_token().ok_or(IdentityFault::NotProved)?;
        match claims(client, asked, id_token, tokens.access_token()) {
            Ok(claims) => Ok(claims),
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey | SignatureVerificationError::CryptoError(_),
            )) => {
                let metadata = self
                    .discovered
                    .anew(&self.wire, provider)
                    .ok_or(IdentityFault::NotProved)?;
                let client = self.client(provider, asked, &metadata)?;
                claims(&client, asked, id_token, tokens.access_token())
                    .map_err(|error| unproved(provider, &error))
            }
            Err(error) => Err(unproved(provider, &error)),
        }
    }

    /// The address somebody has there, and whether it was checked; asked for where the ID token does not say.
    fn email(
        &self,
        provider: &Provider,
        client: &Client,
        claims: &CoreIdTokenClaims,
        access: &AccessToken,
    ) -> Result<(Option<String>, bool), Fault> {
        if let (Some(email), Some(is_verified)) = (claims.email(), claims.email_verified()) {
            return Ok((Some(email.to_string()), is_verified));
        }
        let subject: SubjectIdentifier = claims.subject().clone();
        let Ok(request) = client.user_info(access.clone(), Some(subject)) else {
            return Ok((None, false));
        };
        let more: UserInfoClaims<EmptyAdditionalClaims, CoreGenderClaim> = request
            .request(&|request| self.wire.send(request))
            .map_err(|error| match &error {
                openidconnect::UserInfoError::Request(_) => down(provider, &error),
                _ => unproved(provider, &error),
            })?;
        let email = more.email().map(|email| email.to_string());
        Ok((email, more.email_verified().unwrap_or(false)))
    }
}

impl Protocol for OpenId {
    fn address(&self, provider: &Provider, asked: &Asked) -> Result<String, Fault> {
        let metadata = self.discovered.of(&self.wire, provider)?;
        let client = self.client(provider, asked, &metadata)?;
        let verifier = PkceCodeVerifier::new(asked.secret.verifier());
        let (state, nonce) = (asked.secret.state(), asked.secret.nonce());
        let request = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .add_scope(Scope::new("email".into()))
            .add_ui_locale(LanguageTag::new(asked.language.code().to_owned()))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        let (address, _, _): (Url, _, _) = request.url();
        match wire::is_safe(&address) {
            true => Ok(address.into()),
            false => Err(IdentityFault::ProviderDown.into()),
        }
    }

    fn prove(&self, provider: &Provider, asked: &Asked, brought: &Brought) -> Result<Proved, Fault> {
        let metadata: Arc<Metadata> = self.discovered.of(&self.wire, provider)?;
        let says_who = metadata
            .additional_metadata()
            .authorization_response_iss_parameter_supported;
        match &brought.iss {
            Some(iss) if *iss != provider.issuer => return Err(IdentityFault::MixedUp.into()),
            None if says_who => return Err(IdentityFault::MixedUp.into()),
            Some(_) | None => {}
        }
        match brought.error.as_deref() {
            None => {}
            Some("access_denied") => return Err(IdentityFault::Denied.into()),
            Some(error) => {
                tracing::warn!(
                    provider = provider.key,
                    error,
                    "a provider refused to say who somebody is"
                );
                return Err(IdentityFault::RefusedThere.into());
            }
        }
        let client = self.client(provider, asked, &metadata)?;
        let tokens = self.exchange(provider, &client, asked, &brought.code)?;
        let claims = self.verified(provider, asked, &client, &tokens)?;
        let subject = claims.subject().to_string();
        if subject.is_empty() || subject.len() > SUBJECT_MAX {
            return Err(IdentityFault::NotProved.into());
        }
        let (email, is_email_verified) = self.email(provider, &client, &claims, tokens.access_token())?;
        let factors = claims.auth_method_refs();
        Ok(Proved {
            issuer: provider.issuer.clone(),
            subject,
            email,
            is_email_verified,
            had_second_factor: factors.is_some_and(|all| all.iter().any(|one| one.as_str() == SECOND_FACTOR)),
        })
    }
}

/// What an ID token says: of this provider, for us alone, for this browser's nonce, not expired, and given together with this
/// access token where it says with which.
fn claims(
    client: &Client,
    asked: &Asked,
    id_token: &CoreIdToken,
    access: &AccessToken,
) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
    let verifier = client.id_token_verifier().set_allowed_algs(ALGORITHMS);
    let claims = id_token.claims(&verifier, &Nonce::new(asked.secret.nonce()))?;
    if let Some(expected) = claims.access_token_hash() {
        let unsigned = ClaimsVerificationError::SignatureVerification;
        let algorithm = id_token.signing_alg().map_err(unsigned)?;
        let key = id_token.signing_key(&verifier).map_err(unsigned)?;
        let found = AccessTokenHash::from_token(access, algorithm, key)
            .map_err(|error| ClaimsVerificationError::Other(error.to_string()))?;
        if found != *expected {
            return Err(ClaimsVerificationError::Other("another access token".into()));
        }
    }
    Ok(claims.clone())
}

fn down(provider: &Provider, error: &dyn std::error::Error) -> Fault {
    tracing::warn!(
        provider = provider.key,
        error = said(error),
        "a provider does not answer"
    );
    IdentityFault::ProviderDown.into()
}

fn unproved(provider: &Provider, error: &dyn std::error::Error) -> Fault {
    tracing::warn!(
        provider = provider.key,
        error = said(error),
        "what a provider sent proves nobody"
    );
    IdentityFault::NotProved.into()
}
