//! Sealing what must be read again and must not stand open in a table: ChaCha20-Poly1305 under a key that follows from
//! the site's secret. What is sealed is bound to whom it is of: moved to another row it does not open.
//!
//! The site's secret is a row of the same database. So this guards against a table, a log or a query that got out, and
//! not against a copy of the whole database (docs/decisions/0011).

use db::Conn;
use hmac::{Hmac, KeyInit as _, Mac as _};
use kernel::{Fault, secret};
use records::settings;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use sha2::Sha256;

/// Begins every sealed value, so that another way of sealing can come later.
const VERSION: u8 = 1;
/// What the key is for.
const LABEL: &[u8] = b"hemicycle second factor, key 1";

/// Seals `plain` for `whose`.
pub(crate) fn seal(conn: &mut Conn, whose: &str, plain: &[u8]) -> Result<Vec<u8>, Fault> {
    let nonce: [u8; NONCE_LEN] = secret::bytes();
    let mut body = plain.to_vec();
    key(conn)?
        .seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(whose.as_bytes()),
            &mut body,
        )
        .map_err(|_| Fault::internal("a secret cannot be sealed"))?;
    Ok([&[VERSION], nonce.as_slice(), &body].concat())
}

/// Opens what was sealed for `whose`.
pub(crate) fn open(conn: &mut Conn, whose: &str, sealed: &[u8]) -> Result<Vec<u8>, Fault> {
    let unreadable = || Fault::internal("a sealed secret cannot be opened: it was not sealed by this site");
    let (version, rest) = sealed.split_first().ok_or_else(unreadable)?;
    let (nonce, body) = rest.split_at_checked(NONCE_LEN).ok_or_else(unreadable)?;
    if *version != VERSION {
        return Err(unreadable());
    }
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| unreadable())?;
    let mut body = body.to_vec();
    let plain = key(conn)?
        .open_in_place(nonce, Aad::from(whose.as_bytes()), &mut body)
        .map_err(|_| unreadable())?;
    Ok(plain.to_vec())
}

fn key(conn: &mut Conn) -> Result<LessSafeKey, Fault> {
    let site = settings::secret(conn)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&site).map_err(Fault::internal)?;
    mac.update(LABEL);
    let key = UnboundKey::new(&CHACHA20_POLY1305, &mac.finalize().into_bytes())
        .map_err(|_| Fault::internal("the key has the wrong length"))?;
    Ok(LessSafeKey::new(key))
}
