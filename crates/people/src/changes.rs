//! What somebody changes about how they sign in: password, address, closing the account.
//!
//! Being signed in is not enough for these: the password or a fresh code is asked again (§5.7, 84), but for a first
//! password soon after signing in. After each, all other browsers are signed out (§5.7, 73). By a person at a browser
//! only, never by a program's token.

use access_rules::{AccountId, Actor};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Email, Fault, Fields, Id, Moment};
use records::{
    audit::{self, Note},
    limits,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    accounts, codes,
    faults::AccountFault,
    half_sign_ins,
    model::{Account, Outcome, Purpose, SignInSession},
    passwords::{Answered, Challenge, Hashed, Password},
    rules, sessions,
    sign_in::{self, CodeInput, Progress, Visitor},
    tables::accounts as accounts_table,
    tokens,
};

/// What the form of a new password asks; by its old one or by a code.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct NewPasswordInput {
    /// The new password.
    #[serde(default)]
    pub password: Password,
    /// The old one.
    #[serde(default)]
    pub old_password: Password,
    /// Or a code sent to the account's address.
    #[serde(default)]
    pub code: String,
}

/// What the form of a forgotten password asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct ResetInput {
    /// The account's address.
    #[serde(default)]
    pub email: String,
    /// The code sent to it.
    #[serde(default)]
    pub code: String,
    /// The new password.
    #[serde(default)]
    pub password: Password,
}

/// What the form of a new address asks, and that of closing the account: the proof, and the address.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct NewEmailInput {
    /// The new address; nothing when the account is closed.
    #[serde(default)]
    pub email: String,
    /// The password.
    #[serde(default)]
    pub password: Password,
    /// Or a code sent to the account's present address.
    #[serde(default)]
    pub code: String,
}

/// How somebody who is signed in proves again who they are.
#[derive(Clone, Copy)]
pub enum Proof<'a> {
    /// Not at all.
    None,
    /// By a code sent to the account's address for [`Purpose::Verify`].
    Code(&'a str),
    /// By the password, compared outside of the transaction.
    Password(&'a Answered),
}

/// Begins to prove oneself by password: counts the try, and answers what it is to be compared with.
///
/// # Errors
/// 401; `too_many`.
pub fn challenge(conn: &mut Conn, actor: &Actor, now: Moment, network: &str) -> Result<Challenge, Fault> {
    let account = mine(conn, actor, now)?;
    limits::begin(conn, now, &sign_in::attempt(&account.email_key, network))?;
    Ok(Challenge {
        account: Some(account.id),
        email: account.email,
        hash: account.password_hash,
    })
}

/// Sets or changes the actor's password. A first one needs no proof soon after signing in.
///
/// # Errors
/// 401; `proof_needed`; `wrong_password`; `too_many`. A wrong code is answered as refused: it has cost a try.
pub fn set_password(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    current: Id<SignInSession>,
    proof: Proof<'_>,
    hashed: &Hashed,
) -> Result<Outcome<()>, Fault> {
    let account = mine(conn, actor, now)?;
    let is_first = account.password_hash.is_none() && matches!(proof, Proof::None);
    if !(is_first && is_fresh(conn, now, account.id, current)?)
        && let Outcome::Refused(fault) = prove(conn, now, network, &account, proof)?
    {
        return Ok(Outcome::Refused(fault));
    }
    keep_password(conn, now, &account, hashed)?;
    sessions::end_others(conn, now, account.id, Some(current))?;
    sessions::proved(conn, now, current)?;
    accounts::note(conn, now, &account, "account.password")?;
    Ok(Outcome::Done(()))
}

/// Sets a new password by a code and signs in, by way of the second factor of who has one; everything signed in before ends, tokens too. An address without an
/// account gets one, so that the answer is the same.
///
/// # Errors
/// `invalid`; `too_many`. A wrong code is answered as refused: it has cost a try.
pub fn reset_password(
    conn: &mut Conn,
    now: Moment,
    visitor: &Visitor<'_>,
    input: &CodeInput,
    hashed: &Hashed,
) -> Result<Outcome<Progress>, Fault> {
    let mut fields = Fields::new();
    let email = fields.email("email", &input.email);
    fields.done()?;
    let Some(email) = email else {
        return Err(Fault::internal("an address is missing unnoticed"));
    };
    let redeemed = codes::redeem(conn, now, visitor.network, &email, Purpose::Reset, &input.code)?;
    if let Outcome::Refused(fault) = redeemed {
        return Ok(Outcome::Refused(fault));
    }
    let account = accounts::find_or_create(conn, now, &email, visitor.language)?;
    accounts::verified(conn, now, account.id)?;
    keep_password(conn, now, &account, hashed)?;
    sessions::end_others(conn, now, account.id, None)?;
    tokens::end_of_account(conn, now, account.id)?;
    accounts::note(conn, now, &account, "account.password_reset")?;
    sign_in::go_on(conn, now, visitor, &account).map(Outcome::Done)
}

/// Asks to change the actor's address. Answers the new one; a code goes there (`mail` posts it), with [`for_account`]
/// as its payload. Whether it belongs to somebody else is not told.
///
/// # Errors
/// 401; `invalid`; `proof_needed`; `wrong_password`; `too_many`. A wrong code is answered as refused.
pub fn ask_new_email(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    proof: Proof<'_>,
    email: &str,
) -> Result<Outcome<(Account, Email)>, Fault> {
    let account = mine(conn, actor, now)?;
    let mut fields = Fields::new();
    let new = fields.email("email", email);
    if new.as_ref().is_some_and(|new| new.key() == account.email_key) {
        fields.wrong("email", "unchanged");
    }
    fields.done()?;
    let Some(new) = new else {
        return Err(Fault::internal("an address is missing unnoticed"));
    };
    let proved = prove(conn, now, network, &account, proof)?;
    Ok(proved.map(|()| (account, new)))
}

/// What the code for a new address is bound to: it changes this account's and no other's.
pub fn for_account(account: AccountId) -> Value {
    json!({ "account": account })
}

/// Changes the actor's address to one they proved by its code. Answers the account as it was.
///
/// # Errors
/// 401; `email_taken`; `too_many`. A wrong code, or one another account asked for, is answered as refused.
pub fn confirm_new_email(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    current: Id<SignInSession>,
    input: &CodeInput,
) -> Result<Outcome<Account>, Fault> {
    let account = mine(conn, actor, now)?;
    let mut fields = Fields::new();
    let new = fields.email("email", &input.email);
    fields.done()?;
    let Some(new) = new else {
        return Err(Fault::internal("an address is missing unnoticed"));
    };
    match codes::redeem(conn, now, network, &new, Purpose::ChangeEmail, &input.code)? {
        Outcome::Refused(fault) => return Ok(Outcome::Refused(fault)),
        Outcome::Done(payload) if payload != for_account(account.id) => {
            return Ok(Outcome::Refused(AccountFault::WrongCode.into()));
        }
        Outcome::Done(_) => {}
    }
    if accounts::by_email(conn, &new)?.is_some() {
        return Ok(Outcome::Refused(AccountFault::EmailTaken.into()));
    }
    on_each!(conn, |c| diesel::update(accounts_table::table.find(account.id))
        .filter(accounts_table::version.eq(account.version))
        .set((
            accounts_table::email.eq(&new),
            accounts_table::email_key.eq(new.key()),
            accounts_table::verified_at.eq(now),
            accounts_table::version.eq(account.version + 1),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    for purpose in [Purpose::SignIn, Purpose::Verify, Purpose::Reset] {
        codes::void(conn, now, &account.email_key, purpose)?;
    }
    sessions::end_others(conn, now, account.id, Some(current))?;
    let note = Note {
        actor: Some(account.person_id.cast()),
        object_id: Some(account.id.uuid()),
        about: Some(account.person_id.cast()),
        personal: json!({ "from": account.email, "to": new }),
        ..Note::of("account.email", "account")
    };
    audit::note(conn, now, &note)?;
    Ok(Outcome::Done(account))
}

/// Closes the actor's account. The person stays, with what they registered for.
///
/// # Errors
/// 401; `proof_needed`; `wrong_password`; `too_many`. A wrong code is answered as refused.
pub fn close(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    proof: Proof<'_>,
) -> Result<Outcome<()>, Fault> {
    let account = mine(conn, actor, now)?;
    if let Outcome::Refused(fault) = prove(conn, now, network, &account, proof)? {
        return Ok(Outcome::Refused(fault));
    }
    accounts::close(conn, now, &account)?;
    Ok(Outcome::Done(()))
}

/// Proves the actor once more before something that cannot be undone. Answers their account.
///
/// # Errors
/// 401; `scope`; `proof_needed`; `wrong_password`; `too_many`. A wrong code is answered as refused.
pub fn prove_again(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    proof: Proof<'_>,
) -> Result<Outcome<Account>, Fault> {
    let account = mine(conn, actor, now)?;
    let proved = prove(conn, now, network, &account, proof)?;
    Ok(proved.map(|()| account))
}

/// The account whose sign-in the actor may change.
pub(crate) fn mine(conn: &mut Conn, actor: &Actor, now: Moment) -> Result<Account, Fault> {
    let id = accounts::own(actor, now)?;
    accounts::get(conn, id)
}

/// Takes the proof of somebody signed in.
pub(crate) fn prove(
    conn: &mut Conn,
    now: Moment,
    network: &str,
    account: &Account,
    proof: Proof<'_>,
) -> Result<Outcome<()>, Fault> {
    match proof {
        Proof::None => Err(AccountFault::ProofNeeded.into()),
        Proof::Code(typed) => {
            let redeemed = codes::redeem(conn, now, network, &account.email, Purpose::Verify, typed)?;
            Ok(redeemed.map(drop))
        }
        Proof::Password(answered) => {
            if sign_in::proved(conn, answered)?.id != account.id {
                return Err(AccountFault::WrongPassword.into());
            }
            limits::succeeded(conn, now, &sign_in::attempt(&account.email_key, network))?;
            Ok(Outcome::Done(()))
        }
    }
}

/// Whether password or code were given in this browser a few minutes ago.
pub(crate) fn is_fresh(
    conn: &mut Conn,
    now: Moment,
    account: AccountId,
    current: Id<SignInSession>,
) -> Result<bool, Fault> {
    let session = sessions::of_account(conn, now, account, current)?;
    Ok(session.is_some_and(|session| now < session.proved_at.plus_minutes(rules::PROOF_MINUTES)))
}

/// Keeps the hash, if the account is still as it was read; an old code for a reset is void.
fn keep_password(conn: &mut Conn, now: Moment, account: &Account, hashed: &Hashed) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(accounts_table::table.find(account.id))
        .filter(accounts_table::version.eq(account.version))
        .set((
            accounts_table::password_hash.eq(hashed.as_str()),
            accounts_table::version.eq(account.version + 1),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    // What the old one began ends here.
    half_sign_ins::void_of_account(conn, now, account.id)?;
    codes::void(conn, now, &account.email_key, Purpose::Reset)
}
