//! OpenID Connect: how the providers that the settings name are spoken to. The feature `oidc` of `hemicycle` builds it in.
//!
//! - [`settings`]: which providers there are, read from their file.
//! - [`discovery`]: what a provider says about itself, kept for an hour.
//! - [`flow`]: the authorization-code flow with PKCE (RFC 7636), and everything that is checked of an answer: who answers
//!   (RFC 9207), signature, audience, nonce and expiry of the ID token.
//! - [`wire`]: the one file that knows HTTP.
//!
//! Knows no table, no account and no page: who signs in by what is proved here is decided in `people::identities`.

pub mod settings;

mod discovery;
pub mod flow;
mod wire;

#[cfg(test)]
mod tests;
