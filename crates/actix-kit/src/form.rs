//! Forms of the pages: blank fields are left out, nested names are `title[en]`, names that begin with `_` are ours.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use kernel::{Fault, Kind};
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};

use crate::{Caller, Problem, body, csrf};

/// A form as it was sent. The input is read by [`Form::input`], so that what was typed is kept when it does not fit.
pub struct Form {
    pairs: Vec<(String, String)>,
    /// SHA-256 of the form, for the idempotency key.
    pub hash: Vec<u8>,
}

impl Form {
    /// A form of these fields, for re-rendering and tests.
    pub fn of(pairs: Vec<(String, String)>) -> Self {
        Self {
            pairs,
            hash: Vec::new(),
        }
    }

    /// The same form, known by another hash: that of a file it carries.
    pub fn hashed(mut self, hash: Vec<u8>) -> Self {
        self.hash = hash;
        self
    }

    /// What was typed into a field; empty when nothing was.
    pub fn typed(&self, name: &str) -> &str {
        self.pairs
            .iter()
            .rev()
            .find(|(own, _)| own == name)
            .map_or("", |(_, value)| value)
    }

    /// All values sent under a name: checked boxes, selected options.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs
            .iter()
            .filter(move |(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// All fields, for re-rendering.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// The hidden key under which a form sent twice is done once.
    pub fn key(&self) -> &str {
        self.typed("_key")
    }

    /// The version a hidden field says this edit was made on.
    pub fn version(&self) -> Option<i64> {
        self.typed("_version").parse().ok()
    }

    /// Reads the input: the same struct as the API's body.
    ///
    /// # Errors
    /// `invalid` when a field is not of its type.
    pub fn input<T: DeserializeOwned>(&self) -> Result<T, Fault> {
        let kept = self
            .pairs
            .iter()
            .filter(|(name, value)| !name.starts_with('_') && !value.trim().is_empty());
        let encoded = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(kept)
            .finish();
        serde_qs::Config::new()
            .use_form_encoding(true)
            .max_depth(6)
            .deserialize_str(&encoded)
            .map_err(|error| {
                let said = error.to_string();
                let field = said.split('`').nth(1).unwrap_or_default().to_owned();
                let fault = Fault::new(Kind::Invalid, "invalid").with("reason", said);
                if field.is_empty() {
                    fault
                } else {
                    Fault {
                        fields: vec![kernel::fault::FieldFault {
                            field,
                            code: "wrong_shape",
                            facts: serde_json::Map::new(),
                        }],
                        ..fault
                    }
                }
            })
    }
}

impl FromRequest for Form {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let caller = Caller::of(request);
        let is_form = body::media_type(request) == "application/x-www-form-urlencoded";
        let payload = payload.take();
        Box::pin(async move {
            if !is_form {
                let fault = Fault::new(Kind::UnsupportedMedia, "media_type")
                    .with("taken", "application/x-www-form-urlencoded");
                return Err(caller.problem(fault));
            }
            let bytes = body::read(payload, caller.site().settings().body_bytes_max)
                .await
                .map_err(|fault| caller.problem(fault))?;
            let text = std::str::from_utf8(&bytes)
                .map_err(|_| caller.problem(Fault::new(Kind::Malformed, "malformed")))?;
            let pairs: Vec<(String, String)> = url::form_urlencoded::parse(text.as_bytes())
                .into_owned()
                .take(2000)
                .collect();
            let form = Self {
                pairs,
                hash: Sha256::digest(&bytes).to_vec(),
            };
            csrf::check_token(&caller, form.typed("_csrf")).map_err(|fault| caller.problem(fault))?;
            Ok(form)
        })
    }
}
