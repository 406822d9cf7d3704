//! The acts of `people::identities` whose owner is told of them by letter: an identity was linked to their account, or unlinked.

use access_rules::{AccountId, Actor};
use db::Conn;
use kernel::{Fault, Id, Moment};
use people::{
    Outcome, accounts,
    changes::Proof,
    identities,
    model::{Identity, SignInSession},
    oidc_attempts,
    providers::{BrowserSecret, Proved, Provider, Providers},
};

use crate::{
    letters::{Content, IdentityChange},
    outbox,
};

/// Links what a provider proved to the actor's account, and tells them.
///
/// # Errors
/// As [`identities::link`].
pub fn link(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    current: Id<SignInSession>,
    began: AccountId,
    provider: &Provider,
    proved: &Proved,
    providers: &Providers,
) -> Result<(), Fault> {
    match identities::link(conn, actor, now, current, began, provider, proved)? {
        Some(identity) => tell(conn, actor, now, IdentityChange::Linked, &identity, providers),
        None => Ok(()),
    }
}

/// Links the identity that waits in the actor's browser, and tells them.
///
/// # Errors
/// As [`oidc_attempts::accept`].
pub fn accept(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    current: Id<SignInSession>,
    secret: &BrowserSecret,
    providers: &Providers,
) -> Result<(), Fault> {
    let identity = oidc_attempts::accept(conn, actor, now, current, secret)?;
    tell(conn, actor, now, IdentityChange::Linked, &identity, providers)
}

/// Unlinks one of the actor's, and tells them.
///
/// # Errors
/// As [`identities::unlink`].
pub fn unlink(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    current: Id<SignInSession>,
    id: Id<Identity>,
    proof: Proof<'_>,
    providers: &Providers,
) -> Result<Outcome<()>, Fault> {
    match identities::unlink(conn, actor, now, network, current, id, proof)? {
        Outcome::Done(identity) => {
            tell(conn, actor, now, IdentityChange::Unlinked, &identity, providers)?;
            Ok(Outcome::Done(()))
        }
        Outcome::Refused(fault) => Ok(Outcome::Refused(fault)),
    }
}

fn tell(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    what: IdentityChange,
    identity: &Identity,
    providers: &Providers,
) -> Result<(), Fault> {
    let account = accounts::mine(conn, actor, now)?;
    let provider = providers.name(&identity.provider, &identity.issuer, account.language);
    outbox::tell_owner(conn, now, &account, Content::IdentityChanged { what, provider })
}
