//! Browsers that were sent to a provider and are expected back, once; and identities that were proved there and wait for the
//! owner of the account that has their address.
//!
//! Both are known by the hash of a secret the browser holds. All moments are of the machine's clock.

use access_rules::{AccountId, Actor};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Language, Moment};
use records::limits;

use crate::{
    accounts,
    changes::{self, Proof},
    faults::{AccountFault, IdentityFault},
    identities,
    model::{Identity, OidcAttempt, OidcOffer, Outcome, SignInSession},
    providers::{BrowserSecret, Proved, Provider},
    rules, sessions,
    tables::{oidc_attempts, oidc_offers},
};

/// What a browser sets out with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingOut {
    /// To which provider, by its key.
    pub provider: String,
    /// In which language it reads.
    pub language: Language,
    /// Where it goes on to afterwards; may be empty.
    pub next: String,
}

/// Sends a browser to a provider to sign in. Answers what it is to hold.
///
/// # Errors
/// `too_many` with the seconds to wait.
pub fn begin(
    conn: &mut Conn,
    now: Moment,
    network: &str,
    setting_out: &SettingOut,
) -> Result<BrowserSecret, Fault> {
    set_out(conn, now, network, setting_out, None)
}

/// Sends the actor's browser to a provider to link what is proved there to their account. Soon after giving password or code
/// no other proof is asked.
///
/// # Errors
/// 401; `scope`; `proof_needed`; `wrong_password`; `too_many`. A wrong code is answered as refused.
pub fn begin_linking(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    current: Id<SignInSession>,
    proof: Proof<'_>,
    setting_out: &SettingOut,
) -> Result<Outcome<BrowserSecret>, Fault> {
    let account = changes::mine(conn, actor, now)?;
    if let Outcome::Refused(fault) = identities::prove(conn, now, network, &account, current, proof)? {
        return Ok(Outcome::Refused(fault));
    }
    set_out(conn, now, network, setting_out, Some(account.id)).map(Outcome::Done)
}

/// Takes a browser back in: this once.
///
/// # Errors
/// `oidc_over` when it was in already, or is late, or was never sent.
pub fn take(conn: &mut Conn, now: Moment, secret: &BrowserSecret) -> Result<OidcAttempt, Fault> {
    let attempt: Option<OidcAttempt> = on_each!(conn, |c| diesel::update(oidc_attempts::table)
        .filter(oidc_attempts::browser_hash.eq(secret.hash()))
        .filter(oidc_attempts::used_at.is_null())
        .filter(oidc_attempts::expires_at.gt(now))
        .set(oidc_attempts::used_at.eq(now))
        .returning(OidcAttempt::as_returning())
        .get_result(c)
        .optional())?;
    attempt.ok_or_else(|| IdentityFault::Over.into())
}

/// Keeps a proved identity for the owner of an account.
pub(crate) fn offer(
    conn: &mut Conn,
    now: Moment,
    secret: &BrowserSecret,
    account: AccountId,
    provider: &Provider,
    proved: &Proved,
) -> Result<(), Fault> {
    let offer = OidcOffer {
        id: Id::new(),
        browser_hash: secret.hash(),
        account_id: account,
        provider: provider.key.clone(),
        issuer: proved.issuer.clone(),
        subject: proved.subject.clone(),
        created_at: now,
        expires_at: now.plus_minutes(rules::OFFER_MINUTES),
    };
    on_each!(conn, |c| diesel::insert_into(oidc_offers::table)
        .values(&offer)
        .execute(c))
    .exactly_one()
}

/// The identity that waits for the actor in their browser.
///
/// # Errors
/// 401; when the database refuses.
pub fn waiting(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    secret: &BrowserSecret,
) -> Result<Option<OidcOffer>, Fault> {
    let account = accounts::own(actor, now)?;
    Ok(on_each!(conn, |c| oidc_offers::table
        .filter(oidc_offers::browser_hash.eq(secret.hash()))
        .filter(oidc_offers::account_id.eq(account))
        .filter(oidc_offers::expires_at.gt(now))
        .select(OidcOffer::as_select())
        .first(c)
        .optional())?)
}

/// Links the identity that waits, by who has just signed in to its account the ordinary way.
///
/// # Errors
/// 401; `oidc_offer_over`; `proof_needed`; `oidc_taken`.
pub fn accept(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    current: Id<SignInSession>,
    secret: &BrowserSecret,
) -> Result<Identity, Fault> {
    let account = changes::mine(conn, actor, now)?;
    let offer = waiting(conn, actor, now, secret)?.ok_or(IdentityFault::OfferOver)?;
    if !changes::is_fresh(conn, now, account.id, current)? {
        return Err(AccountFault::ProofNeeded.into());
    }
    on_each!(conn, |c| diesel::delete(oidc_offers::table.find(offer.id))
        .execute(c))
    .one_or(IdentityFault::OfferOver.into())?;
    let (identity, is_new) = identities::keep(
        conn,
        now,
        &account,
        &offer.provider,
        &offer.issuer,
        &offer.subject,
    )?;
    if is_new {
        sessions::end_others(conn, now, account.id, Some(current))?;
    }
    Ok(identity)
}

/// Makes every one void: after a restore.
pub(crate) fn void_all(conn: &mut Conn) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::delete(oidc_attempts::table).execute(c))?;
    on_each!(conn, |c| diesel::delete(oidc_offers::table).execute(c))?;
    Ok(())
}

/// Forgets what waits for an account.
pub(crate) fn forget(conn: &mut Conn, account: AccountId) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::delete(oidc_attempts::table)
        .filter(oidc_attempts::linking_account.eq(account))
        .execute(c))?;
    on_each!(conn, |c| diesel::delete(oidc_offers::table)
        .filter(oidc_offers::account_id.eq(account))
        .execute(c))?;
    Ok(())
}

/// Forgets those that were over a day ago. Answers how many.
///
/// # Errors
/// When the database refuses.
pub fn sweep(conn: &mut Conn, now: Moment) -> Result<usize, Fault> {
    let before = now.plus_days(-1);
    let offers = on_each!(conn, |c| diesel::delete(oidc_offers::table)
        .filter(oidc_offers::expires_at.lt(before))
        .execute(c))?;
    let attempts = on_each!(conn, |c| diesel::delete(oidc_attempts::table)
        .filter(oidc_attempts::expires_at.lt(before))
        .execute(c))?;
    Ok(offers + attempts)
}

fn set_out(
    conn: &mut Conn,
    now: Moment,
    network: &str,
    setting_out: &SettingOut,
    linking_account: Option<AccountId>,
) -> Result<BrowserSecret, Fault> {
    let (most, seconds) = rules::ATTEMPTS_BY_NETWORK;
    limits::spend(conn, now, "oidc_network", network, most, seconds)?;
    let secret = BrowserSecret::draw();
    let attempt = OidcAttempt {
        id: Id::new(),
        browser_hash: secret.hash(),
        provider: setting_out.provider.clone(),
        linking_account,
        language: setting_out.language,
        next: setting_out.next.clone(),
        created_at: now,
        expires_at: now.plus_minutes(rules::ATTEMPT_MINUTES),
        used_at: None,
    };
    on_each!(conn, |c| diesel::insert_into(oidc_attempts::table)
        .values(&attempt)
        .execute(c))
    .exactly_one()?;
    Ok(secret)
}
