//! The second factor: a code of an app that shares a secret with us (RFC 6238), or a recovery code.
//!
//! Somebody is shown a secret in their browser and confirms it by its first code; from then on every sign-in asks for one.
//! A code is taken once: the step of the last one is kept, and nothing up to it is taken again, whatever the clock does.
//! Wrong ones make the next try wait longer, and lock nobody out. All moments are of the machine's clock.
//!
//! Knows no letter: `mail::second_factor_letters` does these acts and tells whose it is.

use std::fmt;

use access_rules::{AccountId, Act, Actor, Object, PersonId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Moment, secret, text};
use records::{
    audit::{self, Note},
    limits::{self, Attempt},
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    accounts,
    changes::{self, Proof},
    faults::SecondFactorFault,
    half_sign_ins,
    model::{Account, Outcome, SecondFactor, SecondFactorDraft, SignInSession},
    persons, recovery_codes, rules, seal, sessions,
    tables::{second_factor_drafts, second_factors},
    tokens, totp,
};

/// How somebody gives their second factor.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct SecondInput {
    /// The six digits the app shows.
    #[serde(default)]
    pub code: String,
    /// Or a recovery code.
    #[serde(default)]
    pub recovery_code: String,
}

/// What the form that takes somebody's second factor from them asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct SecondFactorResetInput {
    /// Why; kept in the audit, and told to whose it is.
    #[serde(default)]
    pub reason: String,
}

/// Which of them was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Used {
    /// A code of the app.
    App,
    /// A recovery code; so many are left.
    RecoveryCode {
        /// How many.
        left: i64,
    },
}

/// Whether an account has a second factor, and what is left for the day it is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// Since when it has one.
    pub since: Option<Moment>,
    /// How many recovery codes are left.
    pub recovery_codes_left: i64,
}

/// A secret that waits for its first code.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// As one types it into an app.
    pub secret: String,
    /// As an app reads it from a picture.
    pub address: String,
    /// Until when it waits.
    pub expires_at: Moment,
}

/// How it stands with the actor's own.
///
/// # Errors
/// 401; when the database refuses.
pub fn mine(conn: &mut Conn, actor: &Actor, now: Moment) -> Result<State, Fault> {
    let account = accounts::own(actor, now)?;
    Ok(State {
        since: find(conn, account)?.map(|found| found.since),
        recovery_codes_left: recovery_codes::left(conn, account)?,
    })
}

/// Since when a person has one, on any account of theirs; for who looks after people.
///
/// # Errors
/// When the database refuses.
pub fn of_person(conn: &mut Conn, person: PersonId) -> Result<Option<Moment>, Fault> {
    for account in accounts::of_persons(conn, &[person])? {
        if let Some(found) = find(conn, account.id)? {
            return Ok(Some(found.since));
        }
    }
    Ok(None)
}

/// Whether an account has one.
///
/// # Errors
/// When the database refuses.
pub fn is_on(conn: &mut Conn, account: AccountId) -> Result<bool, Fault> {
    Ok(find(conn, account)?.is_some())
}

/// Draws a secret for the actor's browser; one that waits there already stays, so that two tabs show the same. Soon after
/// signing in no other proof is asked.
///
/// # Errors
/// 401; `second_factor_on`; `proof_needed`; `wrong_password`; `too_many`. A wrong code is answered as refused.
pub fn begin(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    current: Id<SignInSession>,
    proof: Proof<'_>,
) -> Result<Outcome<Draft>, Fault> {
    let account = changes::mine(conn, actor, now)?;
    if is_on(conn, account.id)? {
        return Err(SecondFactorFault::AlreadyOn.into());
    }
    let needs_none = matches!(proof, Proof::None) && changes::is_fresh(conn, now, account.id, current)?;
    if !needs_none && let Outcome::Refused(fault) = changes::prove(conn, now, network, &account, proof)? {
        return Ok(Outcome::Refused(fault));
    }
    if !needs_none {
        sessions::proved(conn, now, current)?;
    }
    if waiting(conn, now, current)?.is_none() {
        on_each!(conn, |c| diesel::delete(
            second_factor_drafts::table.find(current)
        )
        .execute(c))?;
        let drawn: [u8; totp::SECRET] = secret::bytes();
        let draft = SecondFactorDraft {
            session_id: current,
            sealed: seal::seal(conn, &current.to_string(), &drawn)?,
            created_at: now,
        };
        on_each!(conn, |c| diesel::insert_into(second_factor_drafts::table)
            .values(&draft)
            .on_conflict_do_nothing()
            .execute(c))
        .at_most_one()?;
    }
    let draft = draft_of(conn, now, current, &account)?;
    draft
        .map(Outcome::Done)
        .ok_or_else(|| SecondFactorFault::NoDraft.into())
}

/// The secret that waits in the actor's browser, to be shown again there.
///
/// # Errors
/// 401; when the database refuses.
pub fn draft(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    current: Id<SignInSession>,
) -> Result<Option<Draft>, Fault> {
    let account = changes::mine(conn, actor, now)?;
    draft_of(conn, now, current, &account)
}

/// Whether [`begin`] asks for no other proof in this browser.
///
/// # Errors
/// 401; when the database refuses.
pub fn is_fresh(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    current: Id<SignInSession>,
) -> Result<bool, Fault> {
    let account = accounts::own(actor, now)?;
    changes::is_fresh(conn, now, account, current)
}

/// Confirms the secret by its first code: from now on it is asked at every sign-in. Answers the recovery codes, which are
/// shown this once. Whatever was signed in without it ends: other browsers, and tokens.
///
/// # Errors
/// 401; `second_factor_on`; `second_factor_not_begun`; `too_many`. A wrong code is answered as refused.
pub fn confirm(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    current: Id<SignInSession>,
    typed: &str,
) -> Result<Outcome<Vec<String>>, Fault> {
    let account = changes::mine(conn, actor, now)?;
    if is_on(conn, account.id)? {
        return Err(SecondFactorFault::AlreadyOn.into());
    }
    required("code", typed)?;
    let draft = waiting(conn, now, current)?.ok_or(SecondFactorFault::NoDraft)?;
    let key = account.id.to_string();
    let attempt = attempt(&key, network);
    limits::begin(conn, now, &attempt)?;
    let drawn = seal::open(conn, &current.to_string(), &draft.sealed)?;
    let Some(step) = totp::step_of(&drawn, typed, now)? else {
        return Ok(Outcome::Refused(SecondFactorFault::WrongCode.into()));
    };
    limits::succeeded(conn, now, &attempt)?;
    let factor = SecondFactor {
        account_id: account.id,
        sealed: seal::seal(conn, &key, &drawn)?,
        since: now,
        last_step: step,
    };
    // Of two browsers that confirm at once, one is late.
    let is_first = on_each!(conn, |c| diesel::insert_into(second_factors::table)
        .values(&factor)
        .on_conflict_do_nothing()
        .execute(c))
    .at_most_one()?;
    if !is_first {
        return Err(SecondFactorFault::AlreadyOn.into());
    }
    on_each!(conn, |c| diesel::delete(
        second_factor_drafts::table.find(current)
    )
    .execute(c))?;
    let codes = recovery_codes::draw(conn, now, account.id)?;
    sessions::end_others(conn, now, account.id, Some(current))?;
    tokens::end_of_account(conn, now, account.id)?;
    sessions::proved(conn, now, current)?;
    accounts::note(conn, now, &account, "second_factor.add")?;
    Ok(Outcome::Done(codes))
}

/// Takes an account's second factor: a code of the app, or a recovery code. Each is taken once.
///
/// # Errors
/// `second_factor_off`; `invalid` when neither is given; `too_many`. A wrong one is answered as refused.
pub fn prove(
    conn: &mut Conn,
    now: Moment,
    network: &str,
    account: AccountId,
    given: &SecondInput,
) -> Result<Outcome<Used>, Fault> {
    let by_app = given.recovery_code.trim().is_empty();
    if by_app {
        required("code", &given.code)?;
    }
    let factor = find(conn, account)?.ok_or(SecondFactorFault::NotOn)?;
    let key = account.to_string();
    let attempt = attempt(&key, network);
    limits::begin(conn, now, &attempt)?;
    let used = match by_app {
        true => take(conn, now, &factor, &given.code)?.then_some(Used::App),
        false => match recovery_codes::take(conn, now, account, &given.recovery_code)? {
            true => Some(Used::RecoveryCode {
                left: recovery_codes::left(conn, account)?,
            }),
            false => None,
        },
    };
    let Some(used) = used else {
        return Ok(Outcome::Refused(match by_app {
            true => SecondFactorFault::WrongCode.into(),
            false => SecondFactorFault::WrongRecoveryCode.into(),
        }));
    };
    limits::succeeded(conn, now, &attempt)?;
    if let Used::RecoveryCode { .. } = used {
        let account = accounts::get(conn, account)?;
        accounts::note(conn, now, &account, "second_factor.recovery_code")?;
    }
    Ok(Outcome::Done(used))
}

/// Draws new recovery codes, after the second factor was given again; those before are worth nothing.
///
/// # Errors
/// As [`prove`]; 401.
pub fn renew_codes(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    given: &SecondInput,
) -> Result<Outcome<(Vec<String>, Used)>, Fault> {
    let account = changes::mine(conn, actor, now)?;
    let used = match prove(conn, now, network, account.id, given)? {
        Outcome::Done(used) => used,
        Outcome::Refused(fault) => return Ok(Outcome::Refused(fault)),
    };
    let codes = recovery_codes::draw(conn, now, account.id)?;
    accounts::note(conn, now, &account, "second_factor.renew_codes")?;
    Ok(Outcome::Done((codes, used)))
}

/// Removes the actor's second factor, after it was given again. All other browsers are signed out.
///
/// # Errors
/// As [`prove`]; 401.
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    network: &str,
    current: Id<SignInSession>,
    given: &SecondInput,
) -> Result<Outcome<()>, Fault> {
    let account = changes::mine(conn, actor, now)?;
    if let Outcome::Refused(fault) = prove(conn, now, network, account.id, given)? {
        return Ok(Outcome::Refused(fault));
    }
    forget(conn, account.id)?;
    half_sign_ins::void_of_account(conn, now, account.id)?;
    sessions::end_others(conn, now, account.id, Some(current))?;
    accounts::note(conn, now, &account, "second_factor.remove")?;
    Ok(Outcome::Done(()))
}

/// Takes a person's second factor from them, for who has lost app and codes: by who runs the site, with a reason. They are
/// signed out everywhere, their tokens end. Answers the accounts that had one, for a letter to each.
///
/// # Errors
/// 401, 403, 404; `invalid` without a reason; `not_your_own`; `second_factor_off`.
pub fn reset(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    person: PersonId,
    input: &SecondFactorResetInput,
) -> Result<Vec<Account>, Fault> {
    access_rules::decide(actor, Act::RunSite, &Object::site(), now).or_fault()?;
    persons::get(conn, person)?;
    if actor.person == Some(person) {
        return Err(SecondFactorFault::NotYourOwn.into());
    }
    let mut fields = Fields::new();
    let reason = fields.required_line("reason", &input.reason, text::TITLE);
    fields.done()?;
    let mut reset = vec![];
    for account in accounts::of_persons(conn, &[person])? {
        if !is_on(conn, account.id)? {
            continue;
        }
        forget(conn, account.id)?;
        half_sign_ins::void_of_account(conn, now, account.id)?;
        sessions::end_others(conn, now, account.id, None)?;
        tokens::end_of_account(conn, now, account.id)?;
        let note = Note {
            actor: actor.person.map(Id::cast),
            object_id: Some(account.id.uuid()),
            about: Some(person.cast()),
            personal: json!({ "reason": reason }),
            ..Note::of("second_factor.reset", "account")
        };
        audit::note(conn, now, &note)?;
        reset.push(account);
    }
    if reset.is_empty() {
        return Err(SecondFactorFault::NotOn.into());
    }
    Ok(reset)
}

/// Forgets an account's secret and codes.
pub(crate) fn forget(conn: &mut Conn, account: AccountId) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::delete(second_factors::table.find(account))
        .execute(c))?;
    recovery_codes::forget(conn, account)
}

/// Forgets secrets that were never confirmed.
///
/// # Errors
/// When the database refuses.
pub fn sweep(conn: &mut Conn, now: Moment) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::delete(second_factor_drafts::table)
        .filter(second_factor_drafts::created_at.lt(now.plus_days(-1)))
        .execute(c))?;
    Ok(())
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Draft(…)")
    }
}

fn find(conn: &mut Conn, account: AccountId) -> Result<Option<SecondFactor>, Fault> {
    Ok(on_each!(conn, |c| second_factors::table
        .find(account)
        .select(SecondFactor::as_select())
        .first(c)
        .optional())?)
}

fn waiting(
    conn: &mut Conn,
    now: Moment,
    current: Id<SignInSession>,
) -> Result<Option<SecondFactorDraft>, Fault> {
    let found: Option<SecondFactorDraft> = on_each!(conn, |c| second_factor_drafts::table
        .find(current)
        .select(SecondFactorDraft::as_select())
        .first(c)
        .optional())?;
    Ok(found.filter(|draft| now < draft.created_at.plus_minutes(rules::DRAFT_MINUTES)))
}

fn draft_of(
    conn: &mut Conn,
    now: Moment,
    current: Id<SignInSession>,
    account: &Account,
) -> Result<Option<Draft>, Fault> {
    let Some(draft) = waiting(conn, now, current)? else {
        return Ok(None);
    };
    let drawn = seal::open(conn, &current.to_string(), &draft.sealed)?;
    Ok(Some(Draft {
        secret: totp::in_groups(&drawn),
        address: totp::address(&drawn, account.email.as_str()),
        expires_at: draft.created_at.plus_minutes(rules::DRAFT_MINUTES),
    }))
}

/// Takes a code of the app, if it is right and its step later than that of the last one taken.
fn take(conn: &mut Conn, now: Moment, factor: &SecondFactor, typed: &str) -> Result<bool, Fault> {
    let shared = seal::open(conn, &factor.account_id.to_string(), &factor.sealed)?;
    let Some(step) = totp::step_of(&shared, typed, now)? else {
        return Ok(false);
    };
    on_each!(conn, |c| diesel::update(
        second_factors::table.find(factor.account_id)
    )
    .filter(second_factors::last_step.lt(step))
    .set(second_factors::last_step.eq(step))
    .execute(c))
    .at_most_one()
}

fn required(field: &str, typed: &str) -> Result<(), Fault> {
    if typed.trim().is_empty() {
        return Err(Fault::field(field, "required"));
    }
    Ok(())
}

fn attempt<'a>(account: &'a str, network: &'a str) -> Attempt<'a> {
    Attempt {
        purpose: "second_factor",
        account,
        address: network,
    }
}
