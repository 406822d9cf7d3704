//! Six-digit codes that prove an address: sent by letter, good for ten minutes, for five tries and for one use.
//!
//! A code is made only when its letter is sent, so that no letter waiting in the outbox holds one, and kept as a keyed
//! hash. Codes belong to an address and a purpose; a newer one makes the older void. Whether the address has an account
//! plays no part here.

use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use hmac::{Hmac, KeyInit as _, Mac as _};
use kernel::{Email, Fault, Id, Json, Moment, secret};
use records::{
    limits::{self, Attempt},
    settings,
};
use serde_json::Value;
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use crate::{
    faults::AccountFault,
    model::{Code, Outcome, Purpose},
    rules,
    tables::sign_in_codes,
};

/// Codes one address may ask for in a quarter of an hour, and in a day.
const ASKED_MOST: [(i64, i64); 2] = [(5, 15 * 60), (20, 24 * 60 * 60)];
/// Codes one network may ask for in ten minutes: a venue full of people, but no engine for spam (§5.5, 53).
const ASKED_MOST_BY_NETWORK: (i64, i64) = (1000, 10 * 60);

/// Spends one of the codes this address may ask for, whether it has an account or not.
///
/// # Errors
/// `too_many` with the seconds to wait.
pub fn may_ask(conn: &mut Conn, now: Moment, network: &str, email: &Email) -> Result<(), Fault> {
    let (most, seconds) = ASKED_MOST_BY_NETWORK;
    limits::spend(conn, now, "ask_code_network", network, most, seconds)?;
    let key = email.key();
    for (most, seconds) in ASKED_MOST {
        let bucket = format!("ask_code_{seconds}");
        limits::spend(conn, now, &bucket, &key, most, seconds)?;
    }
    Ok(())
}

/// Makes a code for the letter that is being sent just now. Answers the six digits, which nobody else ever learns.
/// Codes made before for the same address and purpose are void.
///
/// # Errors
/// When the database refuses.
pub fn mint(
    conn: &mut Conn,
    now: Moment,
    email: &Email,
    purpose: Purpose,
    payload: Option<&Value>,
) -> Result<String, Fault> {
    mint_for(conn, now, email, purpose, payload, rules::CODE_MINUTES)
}

/// The same, good for so many minutes: for an operator, who hands it over by word of mouth.
///
/// # Errors
/// When the database refuses.
pub fn mint_for(
    conn: &mut Conn,
    now: Moment,
    email: &Email,
    purpose: Purpose,
    payload: Option<&Value>,
    minutes: i64,
) -> Result<String, Fault> {
    let email_key = email.key();
    void(conn, now, &email_key, purpose)?;
    let digits = secret::six_digits();
    let id = Id::new();
    let code = Code {
        id,
        email_key,
        purpose,
        code_hash: keyed_hash(conn, id, purpose, &digits)?,
        payload: payload.cloned().map(Json),
        created_at: now,
        expires_at: now.plus_minutes(minutes),
        tries_left: rules::CODE_TRIES,
        used_at: None,
    };
    on_each!(conn, |c| diesel::insert_into(sign_in_codes::table)
        .values(&code)
        .execute(c))
    .exactly_one()?;
    Ok(digits)
}

/// Uses up the code of an address, if it is this. Answers its payload, null when it has none. A wrong one costs a try
/// and makes the next try from there wait longer; that is written, and answered as refused.
///
/// # Errors
/// `too_many` with the seconds to wait; when the database refuses.
pub fn redeem(
    conn: &mut Conn,
    now: Moment,
    network: &str,
    email: &Email,
    purpose: Purpose,
    typed: &str,
) -> Result<Outcome<Value>, Fault> {
    let email_key = email.key();
    let attempt = Attempt {
        purpose: "code",
        account: &email_key,
        address: network,
    };
    limits::check(conn, now, &attempt)?;
    match take(conn, now, &email_key, purpose, typed)? {
        Some(payload) => {
            limits::succeeded(conn, now, &attempt)?;
            Ok(Outcome::Done(payload))
        }
        None => {
            limits::failed(conn, now, &attempt)?;
            Ok(Outcome::Refused(AccountFault::WrongCode.into()))
        }
    }
}

/// Makes every code void: after a restore.
///
/// # Errors
/// When the database refuses.
pub fn void_all(conn: &mut Conn, now: Moment) -> Result<usize, Fault> {
    Ok(on_each!(conn, |c| diesel::update(sign_in_codes::table)
        .filter(sign_in_codes::used_at.is_null())
        .set(sign_in_codes::used_at.eq(now))
        .execute(c))?)
}

/// Forgets codes that expired a day ago. Answers how many.
///
/// # Errors
/// When the database refuses.
pub fn sweep(conn: &mut Conn, now: Moment) -> Result<usize, Fault> {
    Ok(on_each!(conn, |c| diesel::delete(sign_in_codes::table)
        .filter(sign_in_codes::expires_at.lt(now.plus_days(-1)))
        .execute(c))?)
}

/// Makes the codes of an address for one purpose void.
pub(crate) fn void(conn: &mut Conn, now: Moment, email_key: &str, purpose: Purpose) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(sign_in_codes::table)
        .filter(sign_in_codes::email_key.eq(email_key))
        .filter(sign_in_codes::purpose.eq(purpose))
        .filter(sign_in_codes::used_at.is_null())
        .set(sign_in_codes::used_at.eq(now))
        .execute(c))?;
    Ok(())
}

/// Takes a try from the newest code, compares, and uses it up when it is right. The row is held from the first update
/// on, so of two who come with the same code one finds it used.
fn take(
    conn: &mut Conn,
    now: Moment,
    email_key: &str,
    purpose: Purpose,
    typed: &str,
) -> Result<Option<Value>, Fault> {
    let newest: Option<Id<Code>> = on_each!(conn, |c| sign_in_codes::table
        .filter(sign_in_codes::email_key.eq(email_key))
        .filter(sign_in_codes::purpose.eq(purpose))
        // Without those that are void: of a clock set back they would stay the newest.
        .filter(sign_in_codes::used_at.is_null())
        .order((sign_in_codes::created_at.desc(), sign_in_codes::id.desc()))
        .select(sign_in_codes::id)
        .first(c)
        .optional())?;
    // Without a code the same is computed, so that the answer takes as long.
    let typed_hash = keyed_hash(conn, newest.unwrap_or_else(Id::new), purpose, &digits_of(typed))?;
    let Some(id) = newest else {
        return Ok(None);
    };
    let code: Option<Code> = on_each!(conn, |c| diesel::update(sign_in_codes::table.find(id))
        .filter(sign_in_codes::used_at.is_null())
        .filter(sign_in_codes::tries_left.gt(0))
        .filter(sign_in_codes::expires_at.gt(now))
        .set(sign_in_codes::tries_left.eq(sign_in_codes::tries_left - 1))
        .returning(Code::as_returning())
        .get_result(c)
        .optional())?;
    let Some(code) = code.filter(|code| bool::from(code.code_hash.ct_eq(&typed_hash))) else {
        return Ok(None);
    };
    let is_ours = on_each!(conn, |c| diesel::update(sign_in_codes::table.find(id))
        .filter(sign_in_codes::used_at.is_null())
        .set(sign_in_codes::used_at.eq(now))
        .execute(c))
    .at_most_one()?;
    Ok(is_ours.then(|| code.payload.map_or(Value::Null, |payload| payload.0)))
}

/// What somebody typed or pasted, without the spaces and dashes in between.
fn digits_of(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_digit).take(12).collect()
}

/// A million codes are few: without the site's secret a copy of the table would tell them all.
fn keyed_hash(conn: &mut Conn, id: Id<Code>, purpose: Purpose, digits: &str) -> Result<Vec<u8>, Fault> {
    let key = settings::secret(conn)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(Fault::internal)?;
    mac.update(format!("{id}:{purpose}:{digits}").as_bytes());
    Ok(mac.finalize().into_bytes().to_vec())
}
