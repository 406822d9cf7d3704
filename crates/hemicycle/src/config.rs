//! Settings: the embedded defaults, then a file, then the environment, then flags. An unknown key or a value that is not
//! allowed stops the start, naming key, value, and what is allowed.

use std::{collections::BTreeMap, fmt, net::SocketAddr, path::PathBuf};

use db::DatabaseUrl;
use serde::Deserialize;
use toml::{Table, Value};

/// Every setting with its default and explanation.
pub const DEFAULT: &str = include_str!("../../../config/default.toml");
/// What every variable of ours begins with.
const PREFIX: &str = "HEMICYCLE_";
/// Variables that are ours but no settings.
const OTHERS: &[&str] = &[
    "HEMICYCLE_CONFIG",
    "HEMICYCLE_TEST_DATABASE",
    "HEMICYCLE_TEST_PROGRAM",
    "HEMICYCLE_REGENERATE",
    "HEMICYCLE_SHARED",
];

/// The settings of a start.
#[derive(Clone, Debug, Deserialize)]
pub struct Config {
    /// The HTTP server.
    pub server: Server,
    /// The database.
    pub database: Database,
    /// The data folder.
    pub data: Data,
    /// How letters leave.
    pub mail: Mail,
    /// Which other programs may be told what happens.
    pub webhooks: Webhooks,
    /// With which OpenID providers people may sign in.
    pub oidc: Oidc,
    /// How passwords are hashed.
    pub passwords: Passwords,
    /// The log.
    pub log: Log,
}

/// The HTTP server.
#[derive(Clone, Debug, Deserialize)]
pub struct Server {
    /// Address and port to listen on.
    pub addr: SocketAddr,
    /// Address and port of `/metrics`; empty for none.
    pub metrics_addr: String,
    /// The address people type; empty for the one above.
    pub public_url: String,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Threads that serve; 0 for one per core.
    pub workers: usize,
    /// Largest body, in KiB.
    pub body_kib_max: usize,
    /// Most clients that are told of changes as they happen.
    pub listeners_max: usize,
    /// Seconds to finish running requests in.
    pub stop_seconds: u64,
}

/// The database.
#[derive(Clone, Debug, Deserialize)]
pub struct Database {
    /// Where it is; empty for SQLite in the data folder.
    pub url: String,
    /// Threads that read.
    pub readers: usize,
    /// Threads that write on PostgreSQL.
    pub writers: usize,
    /// Most writes in one SQLite transaction.
    pub batch_max: usize,
}

/// The data folder.
#[derive(Clone, Debug, Deserialize)]
pub struct Data {
    /// Its path.
    pub dir: PathBuf,
}

/// How letters leave.
#[derive(Clone, Debug, Deserialize)]
pub struct Mail {
    /// `none` or `smtp`.
    pub transport: String,
    /// The mail server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// `none`, `starttls` or `tls`.
    pub security: String,
    /// Empty for no sign-in.
    pub user: String,
    /// Its password.
    pub password: String,
    /// The sender.
    pub from: String,
    /// The sender's name.
    pub from_name: String,
}

/// Which other programs may be told what happens.
#[derive(Clone, Debug, Deserialize)]
pub struct Webhooks {
    /// Hosts inside our own networks that may be told.
    pub allowed_hosts: Vec<String>,
}

/// With which OpenID providers people may sign in.
#[derive(Clone, Deserialize)]
pub struct Oidc {
    /// The file that names them; empty for none.
    pub providers: PathBuf,
    /// Secrets that do not stand there, as `KEY=SECRET`.
    pub secrets: Vec<String>,
}

impl fmt::Debug for Oidc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Oidc")
            .field("providers", &self.providers)
            .finish_non_exhaustive()
    }
}

/// How passwords are hashed.
#[derive(Clone, Debug, Deserialize)]
pub struct Passwords {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Iterations.
    pub iterations: u32,
}

/// The log.
#[derive(Clone, Debug, Deserialize)]
pub struct Log {
    /// `text` or `json`.
    pub format: String,
    /// The least level that is logged.
    pub level: String,
}

/// A setting that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadSetting {
    /// Its key, as `server.addr`.
    pub key: String,
    /// The value given; never that of a secret.
    pub value: String,
    /// What is allowed.
    pub allowed: String,
    /// Where it was given.
    pub origin: String,
}

impl fmt::Display for BadSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} = {:?} ({}) cannot be used; allowed: {}",
            self.key, self.value, self.origin, self.allowed
        )
    }
}
impl std::error::Error for BadSetting {}

/// Puts the settings together. `file` is the text of the file and its name; `environment` all variables; `flags` pairs
/// of key and value.
///
/// # Errors
/// The first setting that cannot be taken.
pub fn load(
    file: Option<(&str, &str)>,
    environment: &BTreeMap<String, String>,
    flags: &[(&str, String)],
) -> Result<Config, BadSetting> {
    let mut table: Table = DEFAULT.parse().expect("the embedded defaults are TOML");
    if let Some((name, text)) = file {
        overlay(&mut table, name, text)?;
    }
    let known: Vec<(String, String)> = keys(&table)
        .into_iter()
        .map(|key| (variable(&key), key))
        .collect();
    for (name, value) in environment
        .iter()
        .filter(|(name, _)| name.starts_with(PREFIX) && !OTHERS.contains(&name.as_str()))
    {
        let Some((_, key)) = known.iter().find(|(variable, _)| variable == name) else {
            let allowed = known
                .iter()
                .map(|(variable, _)| variable.as_str())
                .collect::<Vec<_>>()
                .join(", ");
            return Err(BadSetting {
                key: name.clone(),
                value: hidden(name, value),
                allowed,
                origin: "environment".into(),
            });
        };
        set(&mut table, key, value, &format!("environment {name}"))?;
    }
    for (key, value) in flags {
        set(&mut table, key, value, "flag")?;
    }
    check(&table)?;
    Value::Table(table)
        .try_into()
        .map_err(|error: toml::de::Error| BadSetting {
            key: "settings".into(),
            value: String::new(),
            allowed: error.to_string(),
            origin: "all together".into(),
        })
}

impl Config {
    /// Where the database is.
    ///
    /// # Errors
    /// When the URL names no engine.
    pub fn database_url(&self) -> Result<DatabaseUrl, BadSetting> {
        if self.database.url.is_empty() {
            return Ok(DatabaseUrl::sqlite(&self.data.dir.join("hemicycle.db")));
        }
        self.database.url.parse().map_err(|allowed| BadSetting {
            key: "database.url".into(),
            value: hidden("database.url", &self.database.url),
            allowed,
            origin: "settings".into(),
        })
    }

    /// Where `/metrics` is; none when it is not wanted.
    pub fn metrics_addr(&self) -> Option<SocketAddr> {
        self.server.metrics_addr.parse().ok()
    }

    /// The address people type, without a trailing slash.
    pub fn public_url(&self) -> String {
        if self.server.public_url.is_empty() {
            format!("http://{}", self.server.addr)
        } else {
            self.server.public_url.trim_end_matches('/').to_owned()
        }
    }
}

fn overlay(table: &mut Table, name: &str, text: &str) -> Result<(), BadSetting> {
    let bad = |key: &str, value: String, allowed: String| BadSetting {
        key: key.into(),
        value,
        allowed,
        origin: name.into(),
    };
    let given: Table = text
        .parse()
        .map_err(|error: toml::de::Error| bad("file", name.into(), format!("TOML ({})", error.message())))?;
    for (section, values) in given {
        let sections = table.keys().cloned().collect::<Vec<_>>().join(", ");
        let Some(Value::Table(own)) = table.get_mut(&section) else {
            return Err(bad(&section, values.to_string(), sections));
        };
        let Value::Table(values) = values else {
            return Err(bad(
                &section,
                values.to_string(),
                format!("a section [{section}]"),
            ));
        };
        for (key, value) in values {
            let full = format!("{section}.{key}");
            let Some(usual) = own.get(&key) else {
                return Err(bad(
                    &full,
                    hidden(&full, &value.to_string()),
                    own.keys().cloned().collect::<Vec<_>>().join(", "),
                ));
            };
            if usual.type_str() != value.type_str() {
                return Err(bad(
                    &full,
                    hidden(&full, &value.to_string()),
                    format!("a value of type {}", usual.type_str()),
                ));
            }
            own.insert(key, value);
        }
    }
    Ok(())
}

fn set(table: &mut Table, key: &str, text: &str, origin: &str) -> Result<(), BadSetting> {
    let bad = |allowed: &str| BadSetting {
        key: key.into(),
        value: hidden(key, text),
        allowed: allowed.into(),
        origin: origin.into(),
    };
    let (section, name) = key.split_once('.').ok_or_else(|| bad("SECTION.KEY"))?;
    let slot = table
        .get_mut(section)
        .and_then(|section| section.as_table_mut())
        .and_then(|section| section.get_mut(name))
        .ok_or_else(|| bad("a known key"))?;
    *slot = match slot {
        Value::String(_) => Value::String(text.to_owned()),
        Value::Integer(_) => Value::Integer(text.parse().map_err(|_| bad("a whole number"))?),
        Value::Boolean(_) => Value::Boolean(text.parse().map_err(|_| bad("true or false"))?),
        Value::Array(_) => Value::Array(
            text.split(',')
                .map(str::trim)
                .filter(|one| !one.is_empty())
                .map(|one| Value::String(one.to_owned()))
                .collect(),
        ),
        _ => return Err(bad("a plain value")),
    };
    Ok(())
}

fn check(table: &Table) -> Result<(), BadSetting> {
    let ranges: &[(&str, i64, i64)] = &[
        ("server.workers", 0, 256),
        ("server.body_kib_max", 8, 16384),
        ("server.listeners_max", 0, 100_000),
        ("server.stop_seconds", 1, 300),
        ("database.readers", 1, 64),
        ("database.writers", 1, 64),
        ("database.batch_max", 1, 1024),
        ("mail.port", 1, 65535),
        ("passwords.memory_kib", 8, 1_048_576),
        ("passwords.iterations", 1, 20),
    ];
    for (key, least, most) in ranges {
        let value = text_of(table, key);
        if !value
            .parse::<i64>()
            .is_ok_and(|value| (*least..=*most).contains(&value))
        {
            return Err(bad(key, &value, &format!("{least} to {most}")));
        }
    }
    let choices: &[(&str, &[&str])] = &[
        ("mail.transport", &["none", "smtp"]),
        ("mail.security", &["none", "starttls", "tls"]),
        ("log.format", &["text", "json"]),
        ("log.level", &["error", "warn", "info", "debug", "trace"]),
    ];
    for (key, allowed) in choices {
        let value = text_of(table, key);
        if !allowed.contains(&value.as_str()) {
            return Err(bad(key, &value, &allowed.join(", ")));
        }
    }
    let addr = text_of(table, "server.addr");
    if addr.parse::<SocketAddr>().is_err() {
        return Err(bad(
            "server.addr",
            &addr,
            "ADDRESS:PORT, as 127.0.0.1:8019 or [::1]:8019",
        ));
    }
    let metrics = text_of(table, "server.metrics_addr");
    if !metrics.is_empty() && metrics.parse::<SocketAddr>().is_err() {
        return Err(bad(
            "server.metrics_addr",
            &metrics,
            "ADDRESS:PORT, as 127.0.0.1:9464, or nothing",
        ));
    }
    let url = text_of(table, "database.url");
    if !url.is_empty()
        && let Err(allowed) = url.parse::<DatabaseUrl>()
    {
        return Err(bad("database.url", &hidden("database.url", &url), &allowed));
    }
    let public = text_of(table, "server.public_url");
    let good_public = public.is_empty()
        || url::Url::parse(&public).is_ok_and(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.has_host()
                && url.path() == "/"
                && url.query().is_none()
        });
    if !good_public {
        return Err(bad(
            "server.public_url",
            &public,
            "http://HOST or https://HOST, without a path",
        ));
    }
    let proxies = table["server"]["trusted_proxies"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    for proxy in proxies {
        let text = proxy.as_str().unwrap_or_default().to_owned();
        if text.parse::<std::net::IpAddr>().is_err() {
            return Err(bad("server.trusted_proxies", &text, "IP addresses"));
        }
    }
    let secrets = table["oidc"]["secrets"].as_array().cloned().unwrap_or_default();
    let is_pair = |secret: &Value| secret.as_str().is_some_and(|secret| secret.contains('='));
    if !secrets.iter().all(is_pair) {
        return Err(bad("oidc.secrets", "…", "KEY=SECRET for each provider"));
    }
    let from = text_of(table, "mail.from");
    if from.parse::<kernel::Email>().is_err() {
        return Err(bad("mail.from", &from, "an e-mail address"));
    }
    Ok(())
}

fn bad(key: &str, value: &str, allowed: &str) -> BadSetting {
    BadSetting {
        key: key.into(),
        value: value.into(),
        allowed: allowed.into(),
        origin: "settings".into(),
    }
}

fn text_of(table: &Table, key: &str) -> String {
    let (section, name) = key.split_once('.').unwrap_or((key, ""));
    match table.get(section).and_then(|section| section.get(name)) {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

fn keys(table: &Table) -> Vec<String> {
    let of = |(section, values): (&String, &Value)| -> Vec<String> {
        values
            .as_table()
            .map(|values| values.keys().map(|key| format!("{section}.{key}")).collect())
            .unwrap_or_default()
    };
    table.iter().flat_map(of).collect()
}

fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "_").to_uppercase())
}

/// A value as it may be shown: passwords never are, nor what stands before the @ of a database URL.
fn hidden(key: &str, value: &str) -> String {
    let key = key.to_lowercase();
    if key.ends_with("password") || key.ends_with("secrets") {
        return "…".into();
    }
    if key.ends_with("url") {
        return value
            .rsplit_once('@')
            .map_or_else(|| value.to_owned(), |(_, host)| format!("…@{host}"));
    }
    value.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn a_flag_wins_over_the_environment_and_that_over_the_file() {
        let file = "[server]\naddr = \"127.0.0.1:1\"\nworkers = 3\n[log]\nlevel = \"warn\"\n";
        let variables = environment(&[
            ("HEMICYCLE_SERVER_ADDR", "127.0.0.1:2"),
            ("HEMICYCLE_SERVER_WORKERS", "5"),
            ("PATH", "/bin"),
        ]);
        let config = load(
            Some(("a.toml", file)),
            &variables,
            &[("server.addr", "127.0.0.1:3".into())],
        )
        .expect("good settings");
        assert_eq!(config.server.addr.port(), 3);
        assert_eq!(
            (config.server.workers, config.log.level.as_str(), config.mail.port),
            (5, "warn", 25)
        );
    }

    #[test]
    fn what_cannot_be_used_stops_the_start_naming_key_value_and_what_is_allowed() {
        let none = BTreeMap::new();
        let cases: Vec<(Result<Config, BadSetting>, &str, &str, &str)> = vec![
            (
                load(Some(("f", "[server]\nadr = \"x\"")), &none, &[]),
                "server.adr",
                "\"x\"",
                "addr",
            ),
            (
                load(Some(("f", "[sever]\naddr = \"x\"")), &none, &[]),
                "sever",
                "",
                "server",
            ),
            (
                load(Some(("f", "[server]\nworkers = \"two\"")), &none, &[]),
                "server.workers",
                "two",
                "integer",
            ),
            (
                load(None, &environment(&[("HEMICYCLE_SERVER_PORT", "80")]), &[]),
                "HEMICYCLE_SERVER_PORT",
                "80",
                "HEMICYCLE_SERVER_ADDR",
            ),
            (
                load(None, &environment(&[("HEMICYCLE_MAIL_TRANSPORT", "pigeon")]), &[]),
                "mail.transport",
                "pigeon",
                "none, smtp",
            ),
            (
                load(None, &none, &[("server.addr", "localhost".into())]),
                "server.addr",
                "localhost",
                "ADDRESS:PORT",
            ),
            (
                load(None, &none, &[("database.url", "mysql://ana:secret@x".into())]),
                "database.url",
                "…@x",
                "postgres://",
            ),
            (
                load(None, &none, &[("server.public_url", "congress.example/x".into())]),
                "server.public_url",
                "congress.example/x",
                "https://HOST",
            ),
        ];
        for (answer, key, value, allowed) in cases {
            let bad = answer.expect_err(key);
            assert_eq!(bad.key, key);
            assert!(bad.value.contains(value), "{bad}");
            assert!(bad.allowed.contains(allowed), "{bad}");
        }
    }
}
