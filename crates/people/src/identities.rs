//! Identities at OpenID providers, as ways into an account: signing in by one, linking, unlinking.
//!
//! An identity is the provider's issuer and its name for somebody, and nothing else: an address there may be given to somebody
//! else one day. An address that is an account's already never opens it: the account's owner signs in the ordinary way and
//! links the identity, or nobody does. All moments are of the machine's clock.
//!
//! Knows no letter: `mail::identity_letters` does these acts and tells whose account it is.

use access_rules::{AccountId, Actor};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Email, Fault, Id, Moment};
use records::audit::{self, Note};
use serde_json::json;

use crate::{
    accounts,
    changes::{self, Proof},
    faults::IdentityFault,
    half_sign_ins,
    model::{Account, Identity, Outcome, SignInSession},
    oidc_attempts,
    providers::{BrowserSecret, Proved, Provider},
    rules, second_factor, sessions,
    sign_in::{self, Progress, Visitor},
    tables::oidc_identities,
};

/// How far somebody has come who was proved by a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// The identity opens an account.
    Progress(Progress),
    /// Its address is an account's already: its owner signs in the ordinary way first.
    Offered(Email),
}

/// Signs in by an identity. One that is not known yet and whose address is nobody's makes an account, as a code sent to that
/// address would.
///
/// # Errors
/// `oidc_email_unverified`; `oidc_email_elsewhere`.
pub fn enter(
    conn: &mut Conn,
    now: Moment,
    visitor: &Visitor<'_>,
    secret: &BrowserSecret,
    provider: &Provider,
    proved: &Proved,
) -> Result<Arrival, Fault> {
    if let Some(identity) = find(conn, &proved.issuer, &proved.subject)? {
        let account = accounts::get(conn, identity.account_id)?;
        used(conn, now, identity.id)?;
        return go_on(conn, now, visitor, provider, proved, &account).map(Arrival::Progress);
    }
    let email = address(provider, proved)?;
    if let Some(account) = accounts::by_email(conn, &email)? {
        oidc_attempts::offer(conn, now, secret, account.id, provider, proved)?;
        return Ok(Arrival::Offered(email));
    }
    let account = accounts::find_or_create(conn, now, &email, visitor.language)?;
    accounts::verified(conn, now, account.id)?;
    let (identity, _) = keep(
        conn,
        now,
        &account,
        &provider.key,
        &proved.issuer,
        &proved.subject,
    )?;
    used(conn, now, identity.id)?;
    go_on(conn, now, visitor, provider, proved, &account).map(Arrival::Progress)
}

/// Links what a provider proved to the account its owner began to link it to. All other browsers are signed out. Answers
/// nothing when it was linked already.
///
/// # Errors
/// 401; `oidc_other_account`; `oidc_email_unverified` and `oidc_email_elsewhere` where only some domains are let in; `oidc_taken`.
pub fn link(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    current: Id<SignInSession>,
    began: AccountId,
    provider: &Provider,
    proved: &Proved,
) -> Result<Option<Identity>, Fault> {
    if actor.account != Some(began) {
        return Err(IdentityFault::OtherAccount.into());
    }
    let account = changes::mine(conn, actor, now)?;
    if !provider.email_domains.is_empty() {
        address(provider, proved)?;
    }
    let (identity, is_new) = keep(
        conn,
        now,
        &account,
        &provider.key,
        &proved.issuer,
        &proved.subject,
    )?;
    if !is_new {
        return Ok(None);
    }
    sessions::end_others(conn, now, account.id, Some(current))?;
    Ok(Some(identity))
}

/// The actor's own.
///
/// # Errors
/// 401; `scope`.
pub fn list(conn: &mut Conn, actor: &Actor, now: Moment) -> Result<Vec<Identity>, Fault> {
    let account = accounts::own(actor, now)?;
    of_account(conn, account)
}

/// Unlinks one of the actor's. All other browsers are signed out. Answers what it was.
///
/// # Errors
/// 401; 404 when it is not theirs; `oidc_last_way`; `proof_needed`; `wrong_password`; `too_many`. A wrong code is answered as
/// refused.
pub fn unlink(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    current: Id<SignInSession>,
    id: Id<Identity>,
    proof: Proof<'_>,
) -> Result<Outcome<Identity>, Fault> {
    let account = changes::mine(conn, actor, now)?;
    let (mine, others): (Vec<Identity>, Vec<Identity>) = of_account(conn, account.id)?
        .into_iter()
        .partition(|identity| identity.id == id);
    let identity = mine.into_iter().next().ok_or_else(Fault::not_found)?;
    if !rules::may_unlink(
        account.password_hash.is_some(),
        account.verified_at.is_some(),
        others.len(),
    ) {
        return Err(IdentityFault::LastWay.into());
    }
    if let Outcome::Refused(fault) = prove(conn, now, network, &account, current, proof)? {
        return Ok(Outcome::Refused(fault));
    }
    on_each!(conn, |c| diesel::delete(oidc_identities::table.find(id))
        .filter(oidc_identities::account_id.eq(account.id))
        .execute(c))
    .one_or(Fault::not_found())?;
    half_sign_ins::void_of_account(conn, now, account.id)?;
    sessions::end_others(conn, now, account.id, Some(current))?;
    note(conn, now, &account, "identity.unlink", &identity.provider)?;
    Ok(Outcome::Done(identity))
}

/// Asks for a proof, but soon after one was given in this browser.
pub(crate) fn prove(
    conn: &mut Conn,
    now: Moment,
    network: &str,
    account: &Account,
    current: Id<SignInSession>,
    proof: Proof<'_>,
) -> Result<Outcome<()>, Fault> {
    if matches!(proof, Proof::None) && changes::is_fresh(conn, now, account.id, current)? {
        return Ok(Outcome::Done(()));
    }
    let outcome = changes::prove(conn, now, network, account, proof)?;
    if let Outcome::Done(()) = outcome {
        sessions::proved(conn, now, current)?;
    }
    Ok(outcome)
}

/// Keeps an identity for an account. Answers it, and whether it is new.
pub(crate) fn keep(
    conn: &mut Conn,
    now: Moment,
    account: &Account,
    provider: &str,
    issuer: &str,
    subject: &str,
) -> Result<(Identity, bool), Fault> {
    let identity = Identity {
        id: Id::new(),
        account_id: account.id,
        provider: provider.to_owned(),
        issuer: issuer.to_owned(),
        subject: subject.to_owned(),
        created_at: now,
        last_used_at: None,
    };
    let is_new = on_each!(conn, |c| diesel::insert_into(oidc_identities::table)
        .values(&identity)
        .on_conflict((oidc_identities::issuer, oidc_identities::subject))
        .do_nothing()
        .execute(c))
    .at_most_one()?;
    if is_new {
        note(conn, now, account, "identity.link", provider)?;
        return Ok((identity, true));
    }
    match find(conn, issuer, subject)? {
        Some(known) if known.account_id == account.id => Ok((known, false)),
        _ => Err(IdentityFault::Taken.into()),
    }
}

/// Forgets an account's.
pub(crate) fn forget(conn: &mut Conn, account: AccountId) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::delete(oidc_identities::table)
        .filter(oidc_identities::account_id.eq(account))
        .execute(c))?;
    oidc_attempts::forget(conn, account)
}

/// Lets in, or asks for the second factor of who has one; unless the provider is trusted with it and says it was given.
fn go_on(
    conn: &mut Conn,
    now: Moment,
    visitor: &Visitor<'_>,
    provider: &Provider,
    proved: &Proved,
    account: &Account,
) -> Result<Progress, Fault> {
    let is_vouched = provider.trusts_second_factor && proved.had_second_factor;
    if second_factor::is_on(conn, account.id)? && !is_vouched {
        return half_sign_ins::begin(conn, now, account).map(Progress::Half);
    }
    let entered = sign_in::enter(conn, now, visitor, account)?;
    sessions::let_in_by_provider(conn, now, entered.started.id, is_vouched)?;
    Ok(Progress::Entered(entered))
}

/// The address a provider vouches for, where it may.
fn address(provider: &Provider, proved: &Proved) -> Result<Email, Fault> {
    let email: Option<Email> = proved.email.as_deref().and_then(|email| email.parse().ok());
    let email = email
        .filter(|_| proved.is_email_verified)
        .ok_or(IdentityFault::EmailUnverified)?;
    match rules::is_of_domains(&email, &provider.email_domains) {
        true => Ok(email),
        false => Err(IdentityFault::EmailElsewhere.into()),
    }
}

fn find(conn: &mut Conn, issuer: &str, subject: &str) -> Result<Option<Identity>, Fault> {
    Ok(on_each!(conn, |c| oidc_identities::table
        .filter(oidc_identities::issuer.eq(issuer))
        .filter(oidc_identities::subject.eq(subject))
        .select(Identity::as_select())
        .first(c)
        .optional())?)
}

fn of_account(conn: &mut Conn, account: AccountId) -> Result<Vec<Identity>, Fault> {
    Ok(on_each!(conn, |c| oidc_identities::table
        .filter(oidc_identities::account_id.eq(account))
        .order((oidc_identities::created_at, oidc_identities::id))
        .select(Identity::as_select())
        .load(c))?)
}

fn used(conn: &mut Conn, now: Moment, id: Id<Identity>) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(oidc_identities::table.find(id))
        .set(oidc_identities::last_used_at.eq(now))
        .execute(c))
    .exactly_one()
}

fn note(conn: &mut Conn, now: Moment, account: &Account, act: &str, provider: &str) -> Result<(), Fault> {
    let note = Note {
        actor: Some(account.person_id.cast()),
        object_id: Some(account.id.uuid()),
        summary: json!({ "provider": provider }),
        ..Note::of(act, "account")
    };
    audit::note(conn, now, &note)
}
