//! Decisions without a database: how entries are hashed, how delays grow, which keys are keys.

use std::net::IpAddr;

use kernel::Moment;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::model::Entry;

/// The hash before the first entry.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Longest idempotency key, in characters (draft-ietf-httpapi-idempotency-key-header, requirements §4.7).
pub const KEY_LENGTH_MAX: usize = 255;
/// How long an answer is kept at least, in hours.
pub const ANSWER_KEPT_HOURS: i64 = 24;

/// Failures one account may have from one address before the first delay.
pub const FREE_HERE: i64 = 5;
/// Longest delay of one account from one address, in seconds.
pub const DELAY_HERE_MOST: i64 = 15 * 60;
/// Failures one account may have from everywhere before strangers to it are delayed.
pub const FREE_ANYWHERE: i64 = 30;
/// Longest delay of an account for addresses that never signed in to it, in seconds.
pub const DELAY_ANYWHERE_MOST: i64 = 60;
/// Without a failure for so long, counting begins anew, in seconds.
pub const FORGOTTEN_AFTER: i64 = 60 * 60;
/// For so long an address that signed in is spared the failures of others, in days.
pub const KNOWN_DAYS: i64 = 30;

/// The hash of an entry, given the hash of the one before. The entry's own `hash` plays no part.
pub fn link(previous: &str, entry: &Entry) -> String {
    let told = json!([
        previous,
        entry.seq,
        entry.at.micros(),
        entry.actor,
        entry.act,
        entry.object_kind,
        entry.object_id,
        entry.scope,
        entry.summary,
        entry.before_hash,
        entry.after_hash,
    ]);
    sha256_hex(told.to_string().as_bytes())
}

/// SHA-256 in hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// SHA-256 in hex of a thing's JSON; nothing for what cannot be JSON.
pub fn fingerprint(thing: &impl Serialize) -> Option<String> {
    serde_json::to_vec(thing).ok().map(|json| sha256_hex(&json))
}

/// Whether a caller may use this as an idempotency key: 1 to 255 printable ASCII characters.
pub fn is_idempotency_key(key: &str) -> bool {
    (1..=KEY_LENGTH_MAX).contains(&key.len()) && key.bytes().all(|byte| (0x20..=0x7e).contains(&byte))
}

/// How long to wait after so many failures, in seconds: nothing while they are free, then 1, 2, 4, … up to `most`.
pub fn delay_seconds(failures: i64, free: i64, most: i64) -> i64 {
    let beyond = failures - free;
    if beyond < 0 {
        return 0;
    }
    1_i64
        .checked_shl(u32::try_from(beyond).unwrap_or(u32::MAX))
        .map_or(most, |delay| if delay <= 0 { most } else { delay.min(most) })
}

/// When a window of a rate that holds `now` ends.
pub fn window_end(now: Moment, window_seconds: i64) -> Moment {
    let length = window_seconds.max(1).saturating_mul(1_000_000);
    Moment::from_micros((now.micros().div_euclid(length) + 1).saturating_mul(length))
}

/// When a job is tried again: `first_seconds` after the first failure, then twice as long each time, up to `most_seconds`.
pub fn next_try(now: Moment, attempts: i32, first_seconds: i64, most_seconds: i64) -> Moment {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(30);
    now.plus_seconds(first_seconds.saturating_mul(1 << doublings).min(most_seconds))
}

/// The network an address counts for: itself in IPv4, the /64 in IPv6, of which one household has all addresses.
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}
