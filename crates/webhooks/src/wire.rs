//! How a delivery leaves: one POST to the very address that was checked, no redirects, no waiting for ever.
//!
//! The only file that knows HTTP. Knows no table.

use std::{fmt, io::Read as _, time::Duration};

use kernel::text;
use ureq::{
    Agent, Error,
    config::Config,
    http::Uri,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

use crate::rules::{Guard, is_public};

/// How long one try may take in all: name, connection, request, answer.
const TIME: Duration = Duration::from_secs(10);
/// Bytes read of an answer; what comes after is not waited for (§5.9 case 115).
const ANSWER_BYTES_MAX: u64 = 4096;
/// Longest reason kept of a failure, in characters.
const REASON_MAX: usize = 300;

/// What is posted.
#[derive(Clone, Debug)]
pub(crate) struct Parcel {
    /// Where to.
    pub url: String,
    /// The `webhook-id`.
    pub id: String,
    /// The `webhook-timestamp`, in seconds since 1970.
    pub second: i64,
    /// The `webhook-signature`.
    pub signature: String,
    /// The body, as JSON.
    pub body: String,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// Its status.
    pub status: u16,
    /// The beginning of its body.
    pub body: String,
}

/// Posts deliveries. Connections are not kept: each try asks anew who has the name, and checks.
#[derive(Clone, Debug)]
pub struct Wire {
    agent: Agent,
    guard: Guard,
}

impl Wire {
    /// A wire to the addresses this guard lets pass.
    pub fn new(guard: Guard) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_global(Some(TIME))
            .max_idle_connections(0)
            .user_agent("Hemicycle-Webhooks/1")
            .build();
        let resolver = Checked {
            guard: guard.clone(),
            names: DefaultResolver::default(),
        };
        Self {
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
            guard,
        }
    }

    /// Posts a parcel. An answer of any status is an answer.
    ///
    /// # Errors
    /// Why there was none, in words for the endpoint's owner.
    pub(crate) fn post(&self, parcel: &Parcel) -> Result<Answer, String> {
        // The settings may have changed since the endpoint was made.
        self.guard
            .check(&parcel.url)
            .map_err(|fault| kernel::Fault::from(fault).code.to_owned())?;
        let answer = self
            .agent
            .post(&parcel.url)
            .header("content-type", "application/json")
            .header("webhook-id", &parcel.id)
            .header("webhook-timestamp", parcel.second.to_string())
            .header("webhook-signature", &parcel.signature)
            .send(parcel.body.as_bytes())
            .map_err(|error| text::cut(&error.to_string(), REASON_MAX))?;
        let status = answer.status().as_u16();
        let mut begun = Vec::new();
        // A body that breaks off or never ends takes nothing back from the status.
        answer
            .into_body()
            .into_reader()
            .take(ANSWER_BYTES_MAX)
            .read_to_end(&mut begun)
            .ok();
        Ok(Answer {
            status,
            body: readable(&String::from_utf8_lossy(&begun)),
        })
    }
}

/// Finds who has a name, and lets pass only where each of them is of the public internet or the settings name the host.
/// What passes is what is connected to: a name that leads elsewhere a moment later leads nowhere.
struct Checked {
    guard: Guard,
    names: DefaultResolver,
}

impl fmt::Debug for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checked").finish_non_exhaustive()
    }
}

impl Resolver for Checked {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        let port = found.first().map(std::net::SocketAddr::port);
        if self.guard.allows(uri.host().unwrap_or_default(), port) {
            return Ok(found);
        }
        match found.iter().all(|address| is_public(address.ip())) {
            true => Ok(found),
            false => Err(Error::Io(std::io::Error::new(
                std::io::ErrorKind::PermissionDenied,
                "webhook_address_private",
            ))),
        }
    }
}

/// Text that every database keeps and every page shows: without control characters but line breaks.
fn readable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() && c != '\n' { ' ' } else { c })
        .collect()
}
