//! Sealing what must be read again and must not stand open in a table: ChaCha20-Poly1305 under a key that follows from
//! the site's secret. What is sealed is bound to whom it is of: moved to another row it does not open.
//!
//! The site's secret is a row of the same database. So this guards against a table, a log or a query that got out, and
//! not against a copy of the whole database (docs/decisions/0011).

use db::Conn;
use hmac::{Hmac, KeyInit as _, Mac as _};
use kernel::Fault;
use records::{sealing::SealingKey, settings};
use sha2::Sha256;

/// What the key is for.
const LABEL: &[u8] = b"hemicycle second factor, key 1";

/// Seals `plain` for `whose`.
pub(crate) fn seal(conn: &mut Conn, whose: &str, plain: &[u8]) -> Result<Vec<u8>, Fault> {
    key(conn)?.seal(whose, plain)
}

/// Opens what was sealed for `whose`.
pub(crate) fn open(conn: &mut Conn, whose: &str, sealed: &[u8]) -> Result<Vec<u8>, Fault> {
    let opened = key(conn)?.open(whose, sealed);
    opened.ok_or_else(|| Fault::internal("a sealed secret cannot be opened: it was not sealed by this site"))
}

fn key(conn: &mut Conn) -> Result<SealingKey, Fault> {
    let site = settings::secret(conn)?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&site).map_err(Fault::internal)?;
    mac.update(LABEL);
    SealingKey::from_bytes(&mac.finalize().into_bytes())
        .ok_or_else(|| Fault::internal("the key has the wrong length"))
}
