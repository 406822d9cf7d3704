//! Codes for the day the app is lost: ten of fifty bits each, shown once, kept as keyed hashes, good for one use each.

use access_rules::AccountId;
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use hmac::{Hmac, KeyInit as _, Mac as _};
use kernel::{Fault, Id, Moment, secret};
use records::settings;
use sha2::Sha256;

use crate::{model::RecoveryCode, rules, tables::recovery_codes};

/// Crockford's: what is read as another character is that one.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Length of a code, without the dash in its middle.
const LENGTH: usize = 10;

/// Draws new codes; those before are forgotten. Nobody ever sees these again.
pub(crate) fn draw(conn: &mut Conn, now: Moment, account: AccountId) -> Result<Vec<String>, Fault> {
    forget(conn, account)?;
    let mut shown = Vec::with_capacity(rules::RECOVERY_CODES);
    for _ in 0..rules::RECOVERY_CODES {
        let code = drawn();
        let row = RecoveryCode {
            id: Id::new(),
            account_id: account,
            code_hash: keyed_hash(conn, account, &code)?,
            created_at: now,
            used_at: None,
        };
        on_each!(conn, |c| diesel::insert_into(recovery_codes::table)
            .values(&row)
            .execute(c))
        .exactly_one()?;
        shown.push(format!("{}-{}", &code[..LENGTH / 2], &code[LENGTH / 2..]));
    }
    Ok(shown)
}

/// Uses a code up, if it is one of the account's. Of two who come with the same, one finds it used.
pub(crate) fn take(conn: &mut Conn, now: Moment, account: AccountId, typed: &str) -> Result<bool, Fault> {
    let hash = keyed_hash(conn, account, &plain(typed))?;
    on_each!(conn, |c| diesel::update(recovery_codes::table)
        .filter(recovery_codes::account_id.eq(account))
        .filter(recovery_codes::code_hash.eq(&hash))
        .filter(recovery_codes::used_at.is_null())
        .set(recovery_codes::used_at.eq(now))
        .execute(c))
    .at_most_one()
}

/// How many an account has left.
///
/// # Errors
/// When the database refuses.
pub fn left(conn: &mut Conn, account: AccountId) -> Result<i64, Fault> {
    Ok(on_each!(conn, |c| recovery_codes::table
        .filter(recovery_codes::account_id.eq(account))
        .filter(recovery_codes::used_at.is_null())
        .count()
        .get_result(c))?)
}

/// Forgets an account's codes.
pub(crate) fn forget(conn: &mut Conn, account: AccountId) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::delete(recovery_codes::table)
        .filter(recovery_codes::account_id.eq(account))
        .execute(c))?;
    Ok(())
}

fn drawn() -> String {
    let bytes: [u8; LENGTH] = secret::bytes();
    bytes
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]))
        .collect()
}

/// What somebody typed, as it was drawn: without dashes and spaces, in small letters, an O as a nought.
fn plain(typed: &str) -> String {
    typed
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .take(2 * LENGTH)
        .map(|c| match c.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            other => other,
        })
        .collect()
}

fn keyed_hash(conn: &mut Conn, account: AccountId, code: &str) -> Result<Vec<u8>, Fault> {
    let key = settings::secret(conn)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(Fault::internal)?;
    mac.update(format!("recovery:{account}:{code}").as_bytes());
    Ok(mac.finalize().into_bytes().to_vec())
}
