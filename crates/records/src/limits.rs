//! How often one may try.
//!
//! Failures are counted per account and address, and per account from anywhere; after some free ones each makes the
//! next try wait longer, up to a bound: nobody is ever locked out. Failures from elsewhere never delay an address that
//! signed in to the account before, so that a stranger's guessing does not keep its owner out. Nothing is counted per
//! address alone: five thousand people share the venue's one. Accounts and addresses are kept as hashes.
//! All moments are of the machine's clock. A clock set back leaves failures of the future behind: they delay nobody.

use db::{Conn, on_each};
use diesel::{prelude::*, query_dsl::methods::FilterDsl};
use kernel::{Fault, Kind, Moment};

use crate::{
    rules,
    tables::{failures, spent},
};

/// A last failure further ahead than this was counted before the clock was set back; nodes differ by less.
const AHEAD_SECONDS_MOST: i64 = 60;

/// The row that counts an account's failures from anywhere.
const ANYWHERE: &str = "";

/// Somebody trying.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// What is tried: `sign_in`, `code`, `reset`.
    pub purpose: &'a str,
    /// On which account, by its folded key, whether it exists or not.
    pub account: &'a str,
    /// From where: [`rules::network`] of the address.
    pub address: &'a str,
}

/// Whether a try may be made now; counts nothing.
///
/// # Errors
/// `too_many` with the seconds to wait.
pub fn check(conn: &mut Conn, now: Moment, attempt: &Attempt<'_>) -> Result<(), Fault> {
    let (account, address) = keys(attempt);
    let here = counted(conn, attempt.purpose, &account, &address)?;
    let is_known = here
        .as_ref()
        .and_then(|here| here.succeeded_at)
        .is_some_and(|at| at > now.plus_days(-rules::KNOWN_DAYS));
    let mut until = here.map_or(now, |here| {
        here.until(now, rules::FREE_HERE, rules::DELAY_HERE_MOST)
    });
    if !is_known && let Some(anywhere) = counted(conn, attempt.purpose, &account, ANYWHERE)? {
        until = until.max(anywhere.until(now, rules::FREE_ANYWHERE, rules::DELAY_ANYWHERE_MOST));
    }
    if until > now {
        Err(too_many(now, until))
    } else {
        Ok(())
    }
}

/// Checks and counts in one step: the try is a failure until [`succeeded`] says otherwise. So a thousand tries at once
/// are counted one after the other, whatever is slow between this and the outcome.
///
/// # Errors
/// `too_many` with the seconds to wait.
pub fn begin(conn: &mut Conn, now: Moment, attempt: &Attempt<'_>) -> Result<(), Fault> {
    let (account, address) = keys(attempt);
    // Takes the account's row until COMMIT, so that the count checked is the count raised.
    count(conn, now, attempt.purpose, &account, ANYWHERE, 0)?;
    check(conn, now, attempt)?;
    count(conn, now, attempt.purpose, &account, ANYWHERE, 1)?;
    count(conn, now, attempt.purpose, &account, &address, 1)
}

/// Counts a failure.
///
/// # Errors
/// When the database refuses.
pub fn failed(conn: &mut Conn, now: Moment, attempt: &Attempt<'_>) -> Result<(), Fault> {
    let (account, address) = keys(attempt);
    count(conn, now, attempt.purpose, &account, ANYWHERE, 1)?;
    count(conn, now, attempt.purpose, &account, &address, 1)
}

/// Forgets the failures from this address and remembers that it is the account's own.
///
/// # Errors
/// When the database refuses.
pub fn succeeded(conn: &mut Conn, now: Moment, attempt: &Attempt<'_>) -> Result<(), Fault> {
    let (account, address) = keys(attempt);
    on_each!(conn, |c| diesel::insert_into(failures::table)
        .values((
            failures::purpose.eq(attempt.purpose),
            failures::account.eq(&account),
            failures::address.eq(&address),
            failures::times.eq(0_i64),
            failures::last_at.eq(now),
            failures::succeeded_at.eq(now),
        ))
        .on_conflict((failures::purpose, failures::account, failures::address))
        .do_update()
        .set((failures::times.eq(0_i64), failures::succeeded_at.eq(now)))
        .execute(c))?;
    Ok(())
}

/// Spends one of the `most` tokens that `key` has in `bucket` for each window of `window_seconds`.
///
/// # Errors
/// `too_many` with the seconds to the next window.
pub fn spend(
    conn: &mut Conn,
    now: Moment,
    bucket: &str,
    key: &str,
    most: i64,
    window_seconds: i64,
) -> Result<(), Fault> {
    let ends_at = rules::window_end(now, window_seconds);
    let spending = (
        spent::bucket.eq(bucket),
        spent::key.eq(rules::sha256_hex(key.as_bytes())),
        spent::ends_at.eq(ends_at),
        spent::times.eq(1_i64),
    );
    let spend = diesel::insert_into(spent::table)
        .values(spending)
        .on_conflict((spent::bucket, spent::key, spent::ends_at))
        .do_update()
        .set(spent::times.eq(spent::times + 1));
    let within = FilterDsl::filter(spend, spent::times.lt(most));
    let rows = on_each!(conn, |c| within.execute(c))?;
    if rows == 0 || most < 1 {
        Err(too_many(now, ends_at))
    } else {
        Ok(())
    }
}

/// Forgets what no longer delays anybody. Answers how many rows.
///
/// # Errors
/// When the database refuses.
pub fn sweep(conn: &mut Conn, now: Moment) -> Result<usize, Fault> {
    let known_since = now.plus_days(-rules::KNOWN_DAYS);
    let counts = on_each!(conn, |c| diesel::delete(failures::table)
        .filter(failures::last_at.lt(now.plus_seconds(-rules::FORGOTTEN_AFTER)))
        .filter(
            failures::succeeded_at
                .is_null()
                .or(failures::succeeded_at.lt(known_since))
        )
        .execute(c))?;
    let windows = on_each!(conn, |c| diesel::delete(spent::table)
        .filter(spent::ends_at.lt(now))
        .execute(c))?;
    Ok(counts + windows)
}

#[derive(Queryable)]
struct Counted {
    times: i64,
    last_at: Moment,
    succeeded_at: Option<Moment>,
}

impl Counted {
    fn until(&self, now: Moment, free: i64, most: i64) -> Moment {
        let delay = rules::delay_seconds(self.times, free, most);
        if delay == 0 || self.last_at > now.plus_seconds(AHEAD_SECONDS_MOST) {
            return now;
        }
        self.last_at.plus_seconds(delay)
    }
}

fn keys(attempt: &Attempt<'_>) -> (String, String) {
    (
        rules::sha256_hex(attempt.account.as_bytes()),
        rules::sha256_hex(attempt.address.as_bytes()),
    )
}

fn counted(conn: &mut Conn, purpose: &str, account: &str, address: &str) -> Result<Option<Counted>, Fault> {
    Ok(on_each!(conn, |c| failures::table
        .find((purpose, account, address))
        .select((failures::times, failures::last_at, failures::succeeded_at))
        .first(c)
        .optional())?)
}

/// Raises a count by `more`; it begins anew after a long time without failures.
fn count(
    conn: &mut Conn,
    now: Moment,
    purpose: &str,
    account: &str,
    address: &str,
    more: i64,
) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(
        failures::table.find((purpose, account, address))
    )
    .filter(failures::last_at.lt(now.plus_seconds(-rules::FORGOTTEN_AFTER)))
    .set(failures::times.eq(0_i64))
    .execute(c))?;
    on_each!(conn, |c| diesel::insert_into(failures::table)
        .values((
            failures::purpose.eq(purpose),
            failures::account.eq(account),
            failures::address.eq(address),
            failures::times.eq(more),
            failures::last_at.eq(now),
        ))
        .on_conflict((failures::purpose, failures::account, failures::address))
        .do_update()
        .set(failures::times.eq(failures::times + more))
        .execute(c))?;
    if more == 0 {
        return Ok(());
    }
    on_each!(conn, |c| diesel::update(
        failures::table.find((purpose, account, address))
    )
    .set(failures::last_at.eq(now))
    .execute(c))?;
    Ok(())
}

fn too_many(now: Moment, until: Moment) -> Fault {
    let micros = (until.micros() - now.micros()).max(0);
    let seconds = u32::try_from((micros + 999_999) / 1_000_000)
        .unwrap_or(u32::MAX)
        .max(1);
    Fault {
        retry_after_seconds: Some(seconds),
        ..Fault::new(Kind::TooMany, "too_many").with("seconds", seconds)
    }
}
