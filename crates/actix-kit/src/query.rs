//! Queries: typed, each name once, and paging by a signed cursor (R257).

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use kernel::{Fault, Kind, PageAsk, page};
use serde::de::DeserializeOwned;

use crate::{Caller, Problem};

/// The query of an address, as a typed struct.
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(
            parse(request.query_string())
                .map(Self)
                .map_err(|fault| Caller::of(request).problem(fault)),
        )
    }
}

/// Reads a query; empty values count as absent, a scalar given twice is refused. The field that does not fit is named.
///
/// # Errors
/// `malformed`.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, Fault> {
    let kept: Vec<(String, String)> = url::form_urlencoded::parse(text.as_bytes())
        .into_owned()
        .filter(|(_, value)| !value.is_empty())
        .take(200)
        .collect();
    read(&kept).map_err(|reason| {
        let fault = Fault::new(Kind::Malformed, "malformed").with("reason", reason);
        match culprit::<T>(&kept) {
            Some(field) => Fault {
                fields: Fault::field(field, "malformed").fields,
                ..fault
            },
            None => fault,
        }
    })
}

fn read<T: DeserializeOwned>(pairs: &[(String, String)]) -> Result<T, String> {
    let encoded = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    serde_qs::Config::new()
        .use_form_encoding(true)
        .duplicate_key_behavior(serde_qs::DuplicateKeyBehavior::Error)
        .deserialize_str(&encoded)
        .map_err(|error| error.to_string())
}

/// The field without which the rest of a query fits.
fn culprit<T: DeserializeOwned>(pairs: &[(String, String)]) -> Option<&str> {
    let mut names = pairs.iter().map(|(name, _)| field_of(name));
    names.find(|name| {
        let rest: Vec<(String, String)> = pairs
            .iter()
            .filter(|(other, _)| field_of(other) != *name)
            .cloned()
            .collect();
        read::<T>(&rest).is_ok()
    })
}

/// The field of `only[]` or `title[en]`.
fn field_of(name: &str) -> &str {
    name.split('[').next().unwrap_or(name)
}

/// What page is asked for: `?after=…&limit=…`.
pub struct Paging(pub PageAsk);

impl FromRequest for Paging {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = Caller::of(request);
        ready(
            ask(&caller, request.query_string())
                .map(Self)
                .map_err(|fault| caller.problem(fault)),
        )
    }
}

fn ask(caller: &Caller, query: &str) -> Result<PageAsk, Fault> {
    let mut ask = PageAsk::first();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match (&*name, &*value) {
            (_, "") => {}
            ("limit", limit) => {
                let limit: i128 = limit
                    .parse()
                    .map_err(|_| Fault::new(Kind::Malformed, "malformed").at("limit"))?;
                ask.limit = limit.clamp(1, i128::from(page::LIMIT_MOST)) as i64;
            }
            ("after", after) => {
                let bad = || Fault::new(Kind::Malformed, "bad_cursor").at("after");
                let (signature, cursor) = after.split_once('.').ok_or_else(bad)?;
                if !caller.site().signed("cursor", cursor, signature) {
                    return Err(bad());
                }
                ask.after = Some(page::Cursor::decode(cursor)?);
            }
            _ => {}
        }
    }
    Ok(ask)
}

/// A cursor as it goes out: signed.
pub fn signed_cursor(caller: &Caller, cursor: &page::Cursor) -> String {
    let text = cursor.encode();
    format!("{}.{text}", caller.site().sign("cursor", &text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, serde::Deserialize)]
    #[serde(default)]
    struct Asked {
        #[serde(rename = "language")]
        _language: Option<kernel::Language>,
        #[serde(rename = "only")]
        _only: Vec<i64>,
        #[serde(rename = "text")]
        _text: Option<String>,
    }

    #[test]
    fn the_field_of_a_query_that_does_not_fit_is_named() {
        assert!(parse::<Asked>("text=a&language=fr&only[]=1&only[]=2&unknown=3&language=").is_ok());
        for (query, field) in [
            ("text=a&language=tlh", "language"),
            ("language=fr&language=es", "language"),
            ("only[]=1&only[]=x&text=a", "only"),
        ] {
            let fault = parse::<Asked>(query).expect_err(query);
            assert_eq!(
                (fault.code, fault.fields[0].field.as_str()),
                ("malformed", field),
                "{query}"
            );
        }
    }
}
