//! Versions of what is read and edited: `ETag` on reads, `If-Match` on edits (RFC 9110 §13, R255).

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};

use crate::{Caller, Problem};

/// The version an edit says it was made on.
#[derive(Clone, Copy, Debug)]
pub struct Version(pub i64);

impl FromRequest for Version {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let sent = request
            .headers()
            .get(header::IF_MATCH)
            .and_then(|value| value.to_str().ok());
        // Without one the edit is stale, and told as `version_needed`; but only to whoever may edit at all.
        let version = sent.map_or_else(
            || {
                Caller::of(request).lacks_version();
                NONE
            },
            read,
        );
        ready(Ok(Self(version)))
    }
}

/// The version of `If-Match` where there is one, for what is made by its first writing and edited by the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VersionSeen(pub Option<i64>);

impl FromRequest for VersionSeen {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let sent = request
            .headers()
            .get(header::IF_MATCH)
            .and_then(|value| value.to_str().ok());
        ready(Ok(Self(sent.map(read))))
    }
}

/// A version nothing ever has.
const NONE: i64 = -1;

/// The version in an entity tag of ours; one that fits nothing (so that the edit is stale) for any other tag.
fn read(tag: &str) -> i64 {
    tag.trim()
        .trim_start_matches("W/")
        .trim_matches('"')
        .strip_prefix('v')
        .and_then(|digits| digits.parse().ok())
        .unwrap_or(NONE)
}

/// The entity tag of a version.
pub fn etag(version: i64) -> (header::HeaderName, String) {
    (header::ETAG, format!("\"v{version}\""))
}
