//! Bodies of JSON: of the right type, bounded in size and depth, and read before anything else happens.

use std::future::Future;
use std::pin::Pin;

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use futures_util::StreamExt as _;
use kernel::{Fault, Kind};
use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;
use sha2::{Digest as _, Sha256};

use crate::{Caller, Problem};

/// How deep JSON may nest.
const DEPTH_MOST: usize = 64;
/// How long a body of JSON or a form may take to arrive.
const BODY_TIME: std::time::Duration = std::time::Duration::from_secs(30);

/// A body of JSON, and its hash for the idempotency key.
pub struct Body<T> {
    /// What was sent.
    pub input: T,
    /// SHA-256 of the bytes sent.
    pub hash: Vec<u8>,
}

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let caller = Caller::of(request);
        let is_json = media_type(request) == "application/json"
            && !request.headers().contains_key(header::CONTENT_ENCODING);
        let payload = payload.take();
        Box::pin(async move {
            if !is_json {
                return Err(caller.problem(
                    Fault::new(Kind::UnsupportedMedia, "media_type").with("taken", "application/json"),
                ));
            }
            let bytes = read(payload, caller.site().settings().body_bytes_max)
                .await
                .map_err(|fault| caller.problem(fault))?;
            let input = parse(&bytes).map_err(|fault| caller.problem(fault))?;
            Ok(Self {
                input,
                hash: Sha256::digest(&bytes).to_vec(),
            })
        })
    }
}

/// The media type of the body, without parameters, lower case.
pub fn media_type(request: &HttpRequest) -> String {
    let value = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    value
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// Reads a body up to `most` bytes.
///
/// # Errors
/// `too_large` beyond, `malformed` when the connection breaks off.
pub async fn read(mut payload: Payload, most: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    let limit = tokio::time::Instant::now() + BODY_TIME;
    loop {
        let Ok(next) = tokio::time::timeout_at(limit, payload.next()).await else {
            return Err(Fault::new(Kind::Malformed, "malformed").with("reason", "sent too slowly"));
        };
        let Some(chunk) = next else { break };
        let chunk = chunk.map_err(|_| Fault::new(Kind::Malformed, "malformed"))?;
        if bytes.len() + chunk.len() > most {
            return Err(Fault::new(Kind::TooLarge, "too_large").with("most_bytes", most));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// Reads a JSON object that nests no deeper than allowed; a field that does not fit is named.
///
/// # Errors
/// `malformed` for what is no JSON, `invalid` naming the field for what does not fit.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Fault> {
    // What stands in no field of ours is passed over unread, bytes that are no UTF-8 too.
    if std::str::from_utf8(bytes).is_err() {
        return Err(Fault::new(Kind::Malformed, "malformed").with("reason", "not UTF-8"));
    }
    if depth(bytes) > DEPTH_MOST {
        return Err(Fault::new(Kind::Malformed, "malformed").with("reason", "nested too deep"));
    }
    // And so is half a character, written as an escape.
    if bytes.windows(2).any(|pair| pair == b"\\u") {
        serde_json::from_slice::<serde_json::Value>(bytes).map_err(|error| not_json(&error))?;
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let input = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().clone();
        let error = error.into_inner();
        match error.classify() {
            serde_json::error::Category::Data => misfit(&path, &error.to_string()),
            _ => not_json(&error),
        }
    })?;
    json.end().map_err(|error| not_json(&error))?;
    // A list would have been taken for the fields of an object, one after the other.
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Err(Fault::new(Kind::Invalid, "invalid").with("reason", "a list where an object is expected"));
    }
    Ok(input)
}

fn not_json(error: &serde_json::Error) -> Fault {
    Fault::new(Kind::Malformed, "malformed")
        .with("line", error.line())
        .with("column", error.column())
}

/// The fault of a value that is none of what its field takes, from what serde says of it.
fn misfit(path: &serde_path_to_error::Path, said: &str) -> Fault {
    let mut field: Vec<String> = path
        .iter()
        .filter_map(|part| match part {
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Map { key } => Some(key.clone()),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect();
    let quoted = |before: &str| {
        let rest = said.strip_prefix(before)?;
        Some(rest.split_once('`')?.0.to_owned())
    };
    let code = if let Some(missing) = quoted("missing field `") {
        field.push(missing);
        "required"
    } else if let Some(twice) = quoted("duplicate field `") {
        if field.last() != Some(&twice) {
            field.push(twice);
        }
        "wrong_shape"
    } else if said.contains(" is not one of ") {
        "unknown_choice"
    } else {
        "wrong_shape"
    };
    let plain = said.split(" at line ").next().unwrap_or_default().to_owned();
    let fault = Fault::new(Kind::Invalid, "invalid").with("reason", plain);
    if field.is_empty() {
        return fault;
    }
    Fault {
        fields: Fault::field(&field.join("."), code).fields,
        ..fault
    }
}

fn depth(bytes: &[u8]) -> usize {
    let (mut deepest, mut now, mut in_text, mut escaped) = (0, 0_usize, false, false);
    for byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => {
                now += 1;
                deepest = deepest.max(now);
            }
            b']' | b'}' if !in_text => now = now.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_that_nests_like_a_bomb_is_refused_before_it_is_parsed() {
        let bomb = "[".repeat(100_000);
        let fault = parse::<serde_json::Value>(bomb.as_bytes()).expect_err("refused");
        assert_eq!(fault.kind, Kind::Malformed);
        assert!(parse::<serde_json::Value>(br#"{"a":"[[[[\"[["}"#).is_ok());
        assert!(parse::<serde_json::Value>(b"{\"a\":\"\\ud800\"}").is_err());
    }

    #[test]
    fn half_a_character_is_refused_in_a_field_that_is_none_of_ours_too() {
        #[derive(Debug, serde::Deserialize)]
        struct Nothing {}
        for sent in [
            &br#"{"a":"\ud800"}"#[..],
            br#"{"a":["\udc00x"]}"#,
            br#"{"\ud83d":1}"#,
            b"{\"a\":\"\xff\"}",
            b"{\"a\":\"\xc3\"}",
        ] {
            let fault = parse::<Nothing>(sent).expect_err("refused");
            assert_eq!(
                (fault.kind, fault.code),
                (Kind::Malformed, "malformed"),
                "{sent:?}"
            );
        }
        assert!(parse::<Nothing>(br#"{"a":"\ud83d\ude00 \\ud800"}"#).is_ok());
    }

    #[test]
    fn a_field_that_does_not_fit_is_named() {
        #[derive(Debug, serde::Deserialize)]
        struct Input {
            #[serde(rename = "seats")]
            _seats: i64,
            #[serde(default, rename = "speakers")]
            _speakers: Vec<Speaker>,
            #[serde(default, rename = "language")]
            _language: Option<kernel::Language>,
        }
        #[derive(Debug, serde::Deserialize)]
        struct Speaker {
            #[serde(rename = "name")]
            _name: String,
        }
        for (sent, field, code) in [
            ("{}", "seats", "required"),
            (r#"{"seats":"many"}"#, "seats", "wrong_shape"),
            (r#"{"seats":1.5}"#, "seats", "wrong_shape"),
            (r#"{"seats":99999999999999999999}"#, "seats", "wrong_shape"),
            (r#"{"seats":1,"seats":2}"#, "seats", "wrong_shape"),
            (r#"{"seats":1,"language":"tlh"}"#, "language", "unknown_choice"),
            (
                r#"{"seats":1,"speakers":[{"name":"A"},{"name":2}]}"#,
                "speakers.1.name",
                "wrong_shape",
            ),
            (r#"{"seats":1,"speakers":[{}]}"#, "speakers.0.name", "required"),
        ] {
            let fault = parse::<Input>(sent.as_bytes()).expect_err(sent);
            assert_eq!(fault.kind, Kind::Invalid, "{sent}");
            let found = &fault.fields[0];
            assert_eq!((found.field.as_str(), found.code), (field, code), "{sent}");
        }
    }

    #[test]
    fn what_is_no_object_is_refused() {
        #[derive(Debug, Default, serde::Deserialize)]
        #[serde(default)]
        struct Input {
            #[serde(rename = "seats")]
            _seats: i64,
        }
        for (sent, kind) in [
            ("[]", Kind::Invalid),
            (" [1]", Kind::Invalid),
            ("null", Kind::Invalid),
            ("{} {}", Kind::Malformed),
            (r#"{"seats":1e400}"#, Kind::Malformed),
            ("", Kind::Malformed),
        ] {
            assert_eq!(
                parse::<Input>(sent.as_bytes()).expect_err(sent).kind,
                kind,
                "{sent}"
            );
        }
    }
}
