//! How a provider is reached: one request, no redirects, a few seconds, a bounded answer, over TLS but on this machine.

use std::{fmt, io::Read as _, time::Duration};

use openidconnect::{HttpRequest, HttpResponse};
use ureq::Agent;
use url::{Host, Url};

/// How long one request may take in all. A sign-in makes three.
const TIME: Duration = Duration::from_secs(5);
/// Largest answer taken; keys and documents of large providers have some ten KiB.
const ANSWER_BYTES_MAX: u64 = 512 * 1024;

/// Speaks HTTP to providers.
#[derive(Clone, Debug)]
pub(crate) struct Wire {
    agent: Agent,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NoAnswer(String);

impl Wire {
    pub(crate) fn new() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_global(Some(TIME))
            .user_agent("Hemicycle-OpenID/1")
            .build();
        Self {
            agent: Agent::new_with_config(config),
        }
    }

    /// Sends a request. An answer of any status is an answer.
    pub(crate) fn send(&self, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
        let said = |error: &dyn fmt::Display| NoAnswer(error.to_string());
        let is_safe = Url::parse(&request.uri().to_string()).is_ok_and(|url| is_safe(&url));
        if !is_safe {
            return Err(NoAnswer("neither https nor this machine".into()));
        }
        let (parts, body) = self
            .agent
            .run(request)
            .map_err(|error| said(&error))?
            .into_parts();
        let mut bytes = Vec::new();
        body.into_reader()
            .take(ANSWER_BYTES_MAX + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| said(&error))?;
        if bytes.len() as u64 > ANSWER_BYTES_MAX {
            return Err(NoAnswer("the answer is too large".into()));
        }
        Ok(HttpResponse::from_parts(parts, bytes))
    }
}

/// Whether what goes there can be read by nobody on the way: TLS, or this machine.
pub(crate) fn is_safe(url: &Url) -> bool {
    let is_here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => return false,
    };
    url.username().is_empty() && (url.scheme() == "https" || (url.scheme() == "http" && is_here))
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for NoAnswer {}
