//! Sealing what must be read again and must not stand open in a table: ChaCha20-Poly1305 under a key of 256 bits. What is
//! sealed is bound to a label; under another label it does not open.
//!
//! Does not know where keys come from or who may open what.

use hmac::{Hmac, KeyInit as _, Mac as _};
use kernel::{Fault, secret};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::Sha256;

/// How long a key is, in bytes.
pub const KEY_BYTES: usize = 32;
/// Begins every sealed value, so that another way of sealing can come later.
const VERSION: u8 = 1;
/// What marks are made with: never the key that seals.
const MARKS: &[u8] = b"hemicycle marks of the log, key 1";

/// A key that seals, opens and marks. Says nothing of itself when it is printed.
#[derive(Clone)]
pub struct SealingKey([u8; KEY_BYTES]);

impl SealingKey {
    /// One that was never there before.
    pub fn draw() -> Self {
        Self(secret::bytes())
    }

    /// One that was kept; nothing for what has another length.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// As it is kept.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Seals `plain` under `label`.
    ///
    /// # Errors
    /// Internal when it is too long for the cipher.
    pub fn seal(&self, label: &str, plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let nonce: [u8; NONCE_LEN] = secret::bytes();
        let mut body = plain.to_vec();
        self.cipher()?
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(label.as_bytes()),
                &mut body,
            )
            .map_err(|_| Fault::internal("it cannot be sealed"))?;
        Ok([&[VERSION], nonce.as_slice(), &body].concat())
    }

    /// Opens what was sealed under `label`; nothing when it was not, by this key.
    pub fn open(&self, label: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (version, rest) = sealed.split_first()?;
        let (nonce, body) = rest.split_at_checked(NONCE_LEN)?;
        if *version != VERSION {
            return None;
        }
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut body = body.to_vec();
        let cipher = self.cipher().ok()?;
        let plain = cipher
            .open_in_place(nonce, Aad::from(label.as_bytes()), &mut body)
            .ok()?;
        Some(plain.to_vec())
    }

    /// What this text is marked with, in hex: who has the key can compare two, who has not cannot guess either.
    ///
    /// # Errors
    /// Internal when the machine has no such hash.
    pub fn mark(&self, text: &str) -> Result<String, Fault> {
        let marks = mac(&self.0, MARKS)?;
        Ok(hex::encode(mac(&marks, text.as_bytes())?))
    }

    fn cipher(&self) -> Result<LessSafeKey, Fault> {
        let key = UnboundKey::new(&CHACHA20_POLY1305, &self.0)
            .map_err(|_| Fault::internal("the key has the wrong length"))?;
        Ok(LessSafeKey::new(key))
    }
}

impl std::fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SealingKey")
    }
}

fn mac(key: &[u8], text: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(Fault::internal)?;
    mac.update(text);
    Ok(mac.finalize().into_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_under_its_key_and_label_only() {
        let key = SealingKey::draw();
        let sealed = key.seal("mine", b"Quenby").expect("sealed");
        let mut bent = sealed.clone();
        bent[20] ^= 1;

        assert_eq!(key.open("mine", &sealed), Some(b"Quenby".to_vec()));
        assert_eq!(key.open("yours", &sealed), None);
        assert_eq!(SealingKey::draw().open("mine", &sealed), None);
        for bad in [&bent[..], &sealed[..12], &[], &[2; 40]] {
            assert_eq!(key.open("mine", bad), None);
        }
        assert_ne!(key.seal("mine", b"Quenby").expect("sealed"), sealed);
        assert_eq!(format!("{key:?}"), "SealingKey");
    }

    #[test]
    fn a_mark_is_the_same_for_the_same_text_and_key_alone() {
        let key = SealingKey::draw();
        let mark = |key: &SealingKey, text| key.mark(text).expect("marked");

        assert_eq!(mark(&key, "a"), mark(&key, "a"));
        assert_ne!(mark(&key, "a"), mark(&key, "b"));
        assert_ne!(mark(&key, "a"), mark(&SealingKey::draw(), "a"));
    }
}
