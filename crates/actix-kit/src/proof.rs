//! Proving who one is, as the API and the pages need it: passwords are compared and hashed on their own threads while
//! nobody is held up, and the browser that asks is known by its cookie.

use db::Conn;
use kernel::{Email, Fault, Id};
use people::{
    changes::{self, Proof},
    model::SignInSession,
    passwords::{Answered, Challenge, Hashed, Hasher, Password},
    providers::{Asked, Brought, Proved, Provider, Providers},
    sessions,
    sign_in::Visitor,
};
use tokio::sync::oneshot;

use crate::{Caller, caller::Credentials};

/// What somebody gave to prove themselves again.
pub enum Given {
    /// Nothing.
    Nothing,
    /// A code.
    Code(String),
    /// The password, compared.
    Password(Box<Answered>),
}

impl Given {
    /// As the use cases take it.
    pub fn as_given(&self) -> Proof<'_> {
        match self {
            Self::Nothing => Proof::None,
            Self::Code(code) => Proof::Code(code),
            Self::Password(answered) => Proof::Password(answered),
        }
    }
}

/// Takes the proof of somebody signed in: the password when there is one, else the code.
///
/// # Errors
/// 401; `too_many`; `busy`.
pub async fn prove(
    caller: &Caller,
    hasher: &Hasher,
    password: Password,
    code: String,
) -> Result<Given, Fault> {
    if password.is_empty() {
        return Ok(match code.trim() {
            "" => Given::Nothing,
            _ => Given::Code(code),
        });
    }
    let asking = caller.clone();
    let challenge = caller
        .try_write("me.challenge", move |conn, actor, _| {
            changes::challenge(conn, actor, asking.machine_now(), &asking.network())
        })
        .await?;
    let answered = compare(hasher, password, challenge).await?;
    Ok(Given::Password(Box::new(answered)))
}

/// Compares a password with what was challenged.
///
/// # Errors
/// `busy`.
pub async fn compare(hasher: &Hasher, password: Password, challenge: Challenge) -> Result<Answered, Fault> {
    let (send, receive) = oneshot::channel();
    hasher.submit_verify(password, challenge, move |answer| drop(send.send(answer)));
    receive
        .await
        .unwrap_or_else(|_| Err(Fault::unavailable("busy", 1)))
}

/// Checks and hashes a new password.
///
/// # Errors
/// `invalid` beside `password`; `busy`.
pub async fn hash(hasher: &Hasher, password: Password, email: Option<Email>) -> Result<Hashed, Fault> {
    let (send, receive) = oneshot::channel();
    hasher.submit_hash(password, email, move |answer| drop(send.send(answer)));
    receive
        .await
        .unwrap_or_else(|_| Err(Fault::unavailable("busy", 1)))
}

/// Where a browser is sent to sign in with a provider, asked while nobody is held up.
///
/// # Errors
/// `oidc_provider_down`; `busy`.
pub async fn address(providers: &Providers, provider: &Provider, asked: Asked) -> Result<String, Fault> {
    let (send, receive) = oneshot::channel();
    providers.submit_address(provider.clone(), asked, move |answer| drop(send.send(answer)));
    receive
        .await
        .unwrap_or_else(|_| Err(Fault::unavailable("busy", 1)))
}

/// Who somebody is that a provider sent back, asked while nobody is held up.
///
/// # Errors
/// As `people::providers::Protocol::prove`; `busy`.
pub async fn identity(
    providers: &Providers,
    provider: &Provider,
    asked: Asked,
    brought: Brought,
) -> Result<Proved, Fault> {
    let (send, receive) = oneshot::channel();
    providers.submit_proof(provider.clone(), asked, brought, move |answer| {
        drop(send.send(answer))
    });
    receive
        .await
        .unwrap_or_else(|_| Err(Fault::unavailable("busy", 1)))
}

/// The browser that signs in.
pub fn visitor<'a>(caller: &'a Caller, network: &'a str) -> Visitor<'a> {
    Visitor {
        network,
        user_agent: caller.user_agent(),
        former_token: caller.cookie(),
        language: caller.language(),
    }
}

/// The browser that asks. A program has none: what needs one is not for tokens.
///
/// # Errors
/// 401; `scope`.
pub fn browser(conn: &mut Conn, caller: &Caller) -> Result<Id<SignInSession>, Fault> {
    match caller.credentials() {
        Credentials::Cookie(token) => sessions::signed_in(conn, token, caller.machine_now())?
            .map(|found| found.session)
            .ok_or_else(Fault::sign_in_needed),
        Credentials::Bearer(_) => Err(Fault::forbidden("scope")),
        Credentials::None => Err(Fault::sign_in_needed()),
    }
}
