//! Signatures as Standard Webhooks has them: HMAC-SHA-256 over id, second and body, in base64.
//!
//! An endpoint's secret follows from the site's, the endpoint and a number: rotating counts the number up, and no table
//! holds what could sign. Whoever has the site's secret has them all (docs/decisions/0011).

use base64::{Engine as _, engine::general_purpose::STANDARD};
use db::Conn;
use hmac::{Hmac, KeyInit as _, Mac as _};
use kernel::{Fault, Id, Moment};
use records::settings;
use sha2::Sha256;

use crate::model::{Delivery, Endpoint};

/// What the key is for.
const LABEL: &str = "hemicycle webhook, key 1";
/// Begins every secret, so that one that got out is known for what it is.
const PREFIX: &str = "whsec_";

/// An endpoint's secrets that sign now, the one in force first.
pub(crate) struct Secrets(Vec<Vec<u8>>);

/// The secret in force, as its owner keeps it: `whsec_…`.
pub(crate) fn shown(conn: &mut Conn, endpoint: &Endpoint) -> Result<String, Fault> {
    let site = settings::secret(conn)?;
    let secret = derived(&site, endpoint.id, endpoint.secret_number)?;
    Ok(format!("{PREFIX}{}", STANDARD.encode(secret)))
}

impl Secrets {
    /// Those of an endpoint at a moment.
    pub(crate) fn of(conn: &mut Conn, now: Moment, endpoint: &Endpoint) -> Result<Self, Fault> {
        let site = settings::secret(conn)?;
        let overlaps = endpoint.former_until.is_some_and(|until| now < until);
        let former = overlaps.then_some(endpoint.secret_number - 1);
        [Some(endpoint.secret_number), former]
            .into_iter()
            .flatten()
            .map(|number| derived(&site, endpoint.id, number))
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The `webhook-signature` of a body: one for each secret, with a space between.
    pub(crate) fn sign(&self, id: Id<Delivery>, second: i64, body: &str) -> Result<String, Fault> {
        let content = format!("{id}.{second}.{body}");
        let signatures: Result<Vec<String>, Fault> = self
            .0
            .iter()
            .map(|secret| Ok(format!("v1,{}", STANDARD.encode(mac(secret, &content)?))))
            .collect();
        Ok(signatures?.join(" "))
    }
}

fn derived(site: &[u8], endpoint: Id<Endpoint>, number: i64) -> Result<Vec<u8>, Fault> {
    mac(site, &format!("{LABEL}\n{endpoint}\n{number}"))
}

fn mac(key: &[u8], content: &str) -> Result<Vec<u8>, Fault> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(Fault::internal)?;
    mac.update(content.as_bytes());
    Ok(mac.finalize().into_bytes().to_vec())
}
