//! Somebody who gave code or password and owes the second factor.
//!
//! What they hold meanwhile is a token of its own kind: no route takes it for a session, it opens nothing, it is good for
//! ten minutes, five tries and one use. The browser becomes one that is signed in when it is finished, with a token drawn
//! then (§5.7, 73). All moments are of the machine's clock.

use access_rules::AccountId;
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Moment, secret};
use serde::Deserialize;

use crate::{
    accounts,
    faults::SecondFactorFault,
    model::{Account, HalfSignIn, Outcome},
    rules,
    second_factor::{self, SecondInput, Used},
    sign_in::{self, Entered, Visitor},
    tables::half_sign_ins,
};

/// A sign-in that waits for its second factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Half {
    /// Its token; shown this once.
    pub token: String,
    /// Until when it waits.
    pub expires_at: Moment,
}

/// What the second step asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct SecondStepInput {
    /// The token of the first step.
    #[serde(default)]
    pub token: String,
    /// The six digits the app shows.
    #[serde(default)]
    pub code: String,
    /// Or a recovery code.
    #[serde(default)]
    pub recovery_code: String,
}

/// Begins to wait.
pub(crate) fn begin(conn: &mut Conn, now: Moment, account: &Account) -> Result<Half, Fault> {
    let token = secret::token();
    let row = HalfSignIn {
        id: Id::new(),
        account_id: account.id,
        token_hash: secret::hash(&token),
        created_at: now,
        expires_at: now.plus_minutes(rules::HALF_MINUTES),
        tries_left: rules::HALF_TRIES,
        used_at: None,
    };
    on_each!(conn, |c| diesel::insert_into(half_sign_ins::table)
        .values(&row)
        .execute(c))
    .exactly_one()?;
    Ok(Half {
        token,
        expires_at: row.expires_at,
    })
}

/// Signs in by the second factor. Answers as well which it was: who used a recovery code is told by letter.
///
/// # Errors
/// `sign_in_over`; `invalid`; `too_many`. A wrong code is answered as refused: it has cost a try.
pub fn finish(
    conn: &mut Conn,
    now: Moment,
    visitor: &Visitor<'_>,
    input: &SecondStepInput,
) -> Result<Outcome<(Entered, Used)>, Fault> {
    let over = || Fault::from(SecondFactorFault::SignInOver);
    let waiting: Option<HalfSignIn> = on_each!(conn, |c| diesel::update(half_sign_ins::table)
        .filter(half_sign_ins::token_hash.eq(secret::hash(&input.token)))
        .filter(half_sign_ins::used_at.is_null())
        .filter(half_sign_ins::tries_left.gt(0))
        .filter(half_sign_ins::expires_at.gt(now))
        .set(half_sign_ins::tries_left.eq(half_sign_ins::tries_left - 1))
        .returning(HalfSignIn::as_returning())
        .get_result(c)
        .optional())?;
    let waiting = waiting.ok_or_else(over)?;
    let given = SecondInput {
        code: input.code.clone(),
        recovery_code: input.recovery_code.clone(),
    };
    let used = match second_factor::prove(conn, now, visitor.network, waiting.account_id, &given)? {
        Outcome::Done(used) => used,
        Outcome::Refused(fault) => return Ok(Outcome::Refused(fault)),
    };
    on_each!(conn, |c| diesel::update(half_sign_ins::table.find(waiting.id))
        .filter(half_sign_ins::used_at.is_null())
        .set(half_sign_ins::used_at.eq(now))
        .execute(c))
    .one_or(over())?;
    let account = accounts::get(conn, waiting.account_id)?;
    let entered = sign_in::enter(conn, now, visitor, &account)?;
    Ok(Outcome::Done((entered, used)))
}

/// Makes an account's waiting sign-ins void: its second factor is another now.
pub(crate) fn void_of_account(conn: &mut Conn, now: Moment, account: AccountId) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(half_sign_ins::table)
        .filter(half_sign_ins::account_id.eq(account))
        .filter(half_sign_ins::used_at.is_null())
        .set(half_sign_ins::used_at.eq(now))
        .execute(c))?;
    Ok(())
}

/// Makes every one void: after a restore.
pub(crate) fn void_all(conn: &mut Conn, now: Moment) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(half_sign_ins::table)
        .filter(half_sign_ins::used_at.is_null())
        .set(half_sign_ins::used_at.eq(now))
        .execute(c))?;
    Ok(())
}

/// Forgets those that were over a day ago. Answers how many.
///
/// # Errors
/// When the database refuses.
pub fn sweep(conn: &mut Conn, now: Moment) -> Result<usize, Fault> {
    Ok(on_each!(conn, |c| diesel::delete(half_sign_ins::table)
        .filter(half_sign_ins::expires_at.lt(now.plus_days(-1)))
        .execute(c))?)
}
