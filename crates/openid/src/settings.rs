//! The file that names the providers: read at the start, refused as a whole when something in it cannot be used.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Localized;
use people::providers::Provider;
use serde::Deserialize;
use url::Url;

use crate::wire;

/// Longest key.
const KEY_MAX: usize = 40;

/// A provider and how we are known there.
#[derive(Clone)]
pub struct Known {
    /// What everybody may know.
    pub provider: Provider,
    /// Our id there.
    pub client_id: String,
    /// Our secret there; none for a public client, which PKCE alone protects.
    pub client_secret: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    provider: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    key: String,
    issuer: String,
    client_id: String,
    client_secret: Option<String>,
    client_secret_file: Option<String>,
    label: Label,
    #[serde(default)]
    email_domains: Vec<String>,
    #[serde(default)]
    trusts_second_factor: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    en: String,
    fr: String,
    es: String,
}

/// Reads the providers of a file's text. `secrets` are those of the settings, by key; `read` reads the file a secret is in.
///
/// # Errors
/// What cannot be used, for the operator; never with a secret in it.
pub fn parse(
    text: &str,
    secrets: &BTreeMap<String, String>,
    read: impl Fn(&str) -> std::io::Result<String>,
) -> Result<Vec<Known>, String> {
    // Its own message would show the line, and the line may be that of a secret.
    let file: File = toml::from_str(text).map_err(|error| error.message().to_owned())?;
    let mut keys = BTreeSet::new();
    let mut all = Vec::new();
    for entry in file.provider {
        let key = entry.key.clone();
        let known = known(entry, secrets, &read).map_err(|why| format!("provider {key:?}: {why}"))?;
        if !keys.insert(key.clone()) {
            return Err(format!("provider {key:?} stands there twice"));
        }
        all.push(known);
    }
    if let Some(key) = secrets.keys().find(|key| !keys.contains(*key)) {
        return Err(format!("there is a secret for {key:?}, and no such provider"));
    }
    Ok(all)
}

fn known(
    entry: Entry,
    secrets: &BTreeMap<String, String>,
    read: impl Fn(&str) -> std::io::Result<String>,
) -> Result<Known, String> {
    let is_key = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
    if entry.key.is_empty() || entry.key.len() > KEY_MAX || !entry.key.bytes().all(is_key) {
        return Err("key: small letters, digits and hyphens, 1 to 40".into());
    }
    let is_issuer = Url::parse(&entry.issuer).is_ok_and(|url| wire::is_safe(&url) && url.query().is_none());
    if !is_issuer {
        return Err("issuer: an https:// address, or http:// of this machine".into());
    }
    if entry.client_id.is_empty() {
        return Err("client_id: as the provider gave it".into());
    }
    let Label { en, fr, es } = entry.label;
    if [&en, &fr, &es].iter().any(|label| label.trim().is_empty()) {
        return Err("label: en, fr and es".into());
    }
    let of_file = match &entry.client_secret_file {
        Some(path) => Some(read(path).map_err(|error| format!("client_secret_file {path:?}: {error}"))?),
        None => None,
    };
    let given = [secrets.get(&entry.key).cloned(), entry.client_secret, of_file];
    let mut given = given.into_iter().flatten().map(|secret| secret.trim().to_owned());
    let client_secret = given.next();
    if given.next().is_some() || client_secret.as_deref() == Some("") {
        return Err("the secret: from one place, or from none for a public client".into());
    }
    Ok(Known {
        provider: Provider {
            key: entry.key,
            issuer: entry.issuer,
            label: Localized::of(&en, &fr, &es),
            email_domains: entry.email_domains,
            trusts_second_factor: entry.trusts_second_factor,
        },
        client_id: entry.client_id,
        client_secret,
    })
}
