//! A small blocking client: cookies, bearer tokens, JSON and forms. Whatever the status, it is an answer.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use serde_json::Value;
use ureq::{Agent, http::Request};

/// How long any one answer may take.
const LIMIT: Duration = Duration::from_secs(60);

/// Somebody's browser or program.
pub struct Client {
    base: String,
    agent: Agent,
    bearer: Option<String>,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, names in lower case, the last of each name.
    pub headers: BTreeMap<String, String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Client {
    /// A client of nobody.
    pub fn new(address: SocketAddr) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .timeout_global(Some(LIMIT))
            .proxy(None)
            .build()
            .new_agent();
        Self {
            base: format!("http://{address}"),
            agent,
            bearer: None,
            cookies: Mutex::default(),
        }
    }

    /// The same, showing this token.
    pub fn with_bearer(mut self, token: &str) -> Self {
        self.bearer = Some(token.to_owned());
        self
    }

    /// The same, sending this cookie.
    pub fn with_cookie(self, name: &str, value: &str) -> Self {
        self.cookies
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name.to_owned(), value.to_owned());
        self
    }

    /// `GET`.
    ///
    /// # Panics
    /// When the server does not answer; so do all below.
    pub fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], None)
    }

    /// `POST` of JSON, without a key.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        let body = body.to_string();
        self.send(
            "POST",
            path,
            &[("content-type", "application/json")],
            Some(body.as_bytes()),
        )
    }

    /// `POST` of JSON that is done once under this key.
    pub fn post_once(&self, path: &str, key: &str, body: &Value) -> Answer {
        let body = body.to_string();
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        self.send("POST", path, &headers, Some(body.as_bytes()))
    }

    /// `PUT` of JSON on this version.
    pub fn put(&self, path: &str, version: Option<&str>, body: &Value) -> Answer {
        let body = body.to_string();
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(version.map(|version| ("if-match", version)));
        self.send("PUT", path, &headers, Some(body.as_bytes()))
    }

    /// `POST` of a form.
    pub fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
            .collect();
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        self.send("POST", path, &headers, Some(body.join("&").as_bytes()))
    }

    /// Sends the form of this action as a browser would: with the hidden inputs it stands there with, and what is typed.
    pub fn send_form(&self, page: &str, action: &str, typed: &[(&str, &str)]) -> Answer {
        let html = self.get(page).expect(200).text();
        let form = html
            .split(&format!("action=\"{action}\""))
            .nth(1)
            .and_then(|rest| rest.split("</form>").next())
            .unwrap_or_else(|| panic!("{page} has no form for {action}: {html}"));
        let value_of = |part: &str, name: &str| {
            let found = part.split(&format!("{name}=\"")).nth(1)?.split('"').next()?;
            Some(found.to_owned())
        };
        let hidden: Vec<(String, String)> = form
            .split("<input type=\"hidden\"")
            .skip(1)
            .filter_map(|part| Some((value_of(part, "name")?, value_of(part, "value")?)))
            .collect();
        let fields: Vec<(&str, &str)> = hidden
            .iter()
            .filter(|(name, _)| !typed.iter().any(|(own, _)| own == name))
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .chain(typed.iter().copied())
            .collect();
        self.form(action, &fields)
    }

    /// Any request.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Answer {
        self.try_send(method, path, headers, body)
            .unwrap_or_else(|why| panic!("{method} {path}: {why}"))
    }

    /// Any request, to a server that may be gone.
    ///
    /// # Errors
    /// When no answer came.
    pub fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&[u8]>,
    ) -> Result<Answer, String> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(token) = &self.bearer {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let cookies = self.cookie_header();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        let answered = match body {
            Some(body) => self.agent.run(request.body(body).map_err(|why| why.to_string())?),
            None => self.agent.run(request.body(()).map_err(|why| why.to_string())?),
        };
        let mut answer = answered.map_err(|why| why.to_string())?;
        self.keep_cookies(answer.headers());
        let headers = answer
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()))
            .collect();
        let status = answer.status().as_u16();
        let body = answer.body_mut().with_config().limit(64 << 20).read_to_vec();
        Ok(Answer {
            status,
            headers,
            body: body.map_err(|why| why.to_string())?,
        })
    }

    fn cookie_header(&self) -> String {
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        let pairs: Vec<String> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        pairs.join("; ")
    }

    fn keep_cookies(&self, headers: &ureq::http::HeaderMap) {
        let mut cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        for set in headers.get_all("set-cookie") {
            let pair = set
                .to_str()
                .unwrap_or_default()
                .split(';')
                .next()
                .unwrap_or_default();
            match pair.split_once('=') {
                Some((name, "")) => drop(cookies.remove(name)),
                Some((name, value)) => drop(cookies.insert(name.to_owned(), value.to_owned())),
                None => {}
            }
        }
    }
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON; null when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }

    /// The code of a problem.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// Itself, when it has this status.
    ///
    /// # Panics
    /// When it has another.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }
}

fn escaped(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}
