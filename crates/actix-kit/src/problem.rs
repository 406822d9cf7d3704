//! Faults as answers (RFC 9457). The one place that knows which status a fault has, and says it in the reader's language.

use actix_web::{
    HttpResponse, HttpResponseBuilder, ResponseError,
    body::BoxBody,
    http::{StatusCode, header},
};
use kernel::{Coded as _, Fault, Kind, Language};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{Arg, Words};

/// The body of a problem, `application/problem+json`.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemBody {
    /// A stable name of this sort of problem.
    #[serde(rename = "type")]
    pub kind: String,
    /// What sort of failure, in the reader's language.
    pub title: String,
    /// The status, once more.
    pub status: u16,
    /// What is wrong and what can be done, in the reader's language.
    pub detail: String,
    /// Stable code, listed in docs/errors.md.
    pub code: &'static str,
    /// The one thing to do about it: `sign_in`, `register`, `choose_organisation`, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<&'static str>,
    /// What the sentence speaks of.
    #[serde(skip_serializing_if = "Map::is_empty")]
    #[schema(value_type = Object)]
    pub facts: Map<String, Value>,
    /// The fields at fault.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
    /// The number of this failure in our log; only where it is our own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
}

/// One field at fault.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemField {
    /// JSON pointer into the body (RFC 6901).
    pub pointer: String,
    /// Stable code.
    pub code: &'static str,
    /// What is wrong, in the reader's language.
    pub detail: String,
}

/// A fault on its way to a reader.
#[derive(Debug)]
pub struct Problem {
    /// What went wrong.
    pub fault: Fault,
    /// Said in this language.
    body: ProblemBody,
}

impl Problem {
    /// Says a fault in the reader's language. Our own failures are logged under a number that the answer carries.
    pub fn new(fault: Fault, words: &Words, language: Language) -> Self {
        let instance = matches!(fault.kind, Kind::Internal).then(|| {
            let number = kernel::Id::<Self>::random();
            tracing::error!(%number, fault = %fault, "internal failure");
            format!("urn:uuid:{number}")
        });
        let status = status(fault.kind);
        let body = ProblemBody {
            kind: format!("urn:hemicycle:error:{}", fault.code),
            title: words.say(language, &format!("kind-{}", status.as_u16()), &[]),
            status: status.as_u16(),
            detail: sentence(words, language, fault.code, &fault.facts),
            code: fault.code,
            remedy: fault.remedy,
            facts: fault.facts.clone(),
            errors: fault
                .fields
                .iter()
                .map(|field| ProblemField {
                    pointer: format!("/{}", field.field.replace('.', "/")),
                    code: field.code,
                    detail: sentence(words, language, field.code, &field.facts),
                })
                .collect(),
            instance,
        };
        Self { fault, body }
    }

    /// The sentence for the reader.
    pub fn detail(&self) -> &str {
        &self.body.detail
    }
}

/// What a fault's code says with its facts, in a language: the message `fault-<code>`.
pub fn sentence(words: &Words, language: Language, code: &str, facts: &Map<String, Value>) -> String {
    let args: Vec<(&str, Arg)> = facts
        .iter()
        .map(|(name, value)| (name.as_str(), Arg::from(value)))
        .collect();
    let key = format!("fault-{code}");
    if words.knows(language, &key) || words.knows(Language::En, &key) {
        words.say(language, &key, &args)
    } else {
        tracing::warn!(code, language = language.code(), "no words for this code");
        words.say(language, "fault-invalid", &[])
    }
}

/// The HTTP status of a kind of fault.
pub const fn status(kind: Kind) -> StatusCode {
    match kind {
        Kind::Malformed => StatusCode::BAD_REQUEST,
        Kind::SignInNeeded => StatusCode::UNAUTHORIZED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Gone => StatusCode::GONE,
        Kind::Stale => StatusCode::PRECONDITION_FAILED,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::UnsupportedMedia => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Kind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::VersionNeeded => StatusCode::PRECONDITION_REQUIRED,
        Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Kind::HeadersTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.fault.fmt(f)
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        status(self.fault.kind)
    }

    fn error_response(&self) -> HttpResponse<BoxBody> {
        let mut answer = HttpResponseBuilder::new(self.status_code());
        answer.insert_header((header::CONTENT_TYPE, "application/problem+json"));
        answer.insert_header((header::CACHE_CONTROL, "no-store"));
        if let Some(seconds) = self.fault.retry_after_seconds {
            answer.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        if self.fault.kind == Kind::SignInNeeded {
            answer.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        answer.body(serde_json::to_vec(&self.body).unwrap_or_default())
    }
}
