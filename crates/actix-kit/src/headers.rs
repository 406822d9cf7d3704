//! Headers every answer carries.

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};

/// What browsers are told about our pages. No inline script or style, nothing from elsewhere, never in a frame.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'";

/// Name and value of each header that every answer carries.
pub const EVERY_ANSWER: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(self), microphone=(), geolocation=()",
    ),
    ("content-security-policy", CONTENT_SECURITY_POLICY),
];

/// Puts them on an answer; what a handler set itself stays.
pub fn add_to(headers: &mut HeaderMap, is_secure: bool) {
    // What older browsers are told about frames says the same as the policy of the answer.
    let may_be_framed = headers
        .get("content-security-policy")
        .and_then(|policy| policy.to_str().ok())
        .is_some_and(|policy| policy.ends_with("frame-ancestors *"));
    for (name, value) in EVERY_ANSWER {
        let name = HeaderName::from_static(name);
        if may_be_framed && name.as_str() == "x-frame-options" {
            continue;
        }
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if is_secure {
        headers.insert(
            HeaderName::from_static("strict-transport-security"),
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
    let cache = HeaderName::from_static("cache-control");
    if !headers.contains_key(&cache) {
        headers.insert(cache, HeaderValue::from_static("private, no-store"));
    }
}
