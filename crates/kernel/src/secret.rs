//! Chance: tokens, codes and their hashes. A token is shown once and kept only as a hash.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// `N` unpredictable bytes from the system's generator.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that draws secrets"
)]
pub fn bytes<const N: usize>() -> [u8; N] {
    rand::random()
}

/// A token of 192 bits, safe in an address; for sessions, private calendars and bearer tokens.
pub fn token() -> String {
    URL_SAFE_NO_PAD.encode(bytes::<24>())
}

/// A six-digit code as sent by letter, each of the million values equally likely.
pub fn six_digits() -> String {
    loop {
        let drawn = u32::from_le_bytes(bytes::<4>());
        // Values past the last whole million would favour small codes.
        if drawn < u32::MAX - u32::MAX % 1_000_000 {
            return format!("{:06}", drawn % 1_000_000);
        }
    }
}

/// The hash under which a token is kept (SHA-256: tokens have enough chance in them to need no salt).
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    #[test]
    fn codes_have_six_digits_and_tokens_differ() {
        let code = super::six_digits();
        assert_eq!(code.len(), 6);
        assert!(code.bytes().all(|byte| byte.is_ascii_digit()));
        assert_ne!(super::token(), super::token());
    }
}
