//! E-mail addresses and the key under which two spellings are one.

use std::{fmt, str::FromStr};

use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types::Text};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::UnicodeNormalization as _;

/// An address a letter can be sent to, as typed but for outer space and Unicode form (RFC 5321, RFC 6531).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Email(String);

impl Email {
    /// The key under which it is compared: NFC, lower case, the domain in its ASCII form.
    pub fn key(&self) -> String {
        let (local, domain) = self.parts();
        let domain = idna::domain_to_ascii(domain).unwrap_or_else(|_| domain.to_lowercase());
        format!("{}@{}", local.to_lowercase().nfc().collect::<String>(), domain)
    }

    /// The part after the @, lower case.
    pub fn domain(&self) -> String {
        self.parts().1.to_lowercase()
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn parts(&self) -> (&str, &str) {
        self.0.rsplit_once('@').unwrap_or((&self.0, ""))
    }
}

impl FromStr for Email {
    type Err = String;
    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let text: String = raw.trim().nfc().collect();
        let (local, domain) = text.rsplit_once('@').ok_or("no @")?;
        let odd = |c: char| {
            c.is_control()
                || c.is_whitespace()
                || matches!(c, '<' | '>' | '"' | ',' | ';' | ':' | '\\' | '(' | ')' | '[' | ']' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200B}'..='\u{200F}')
        };
        let good_local =
            !local.is_empty() && local.len() <= 64 && !local.contains(odd) && !local.contains('@');
        let ascii = idna::domain_to_ascii(domain).map_err(|_| "bad domain")?;
        let good_domain = ascii.contains('.')
            && ascii.len() <= 253
            && ascii.split('.').all(|label| {
                !label.is_empty()
                    && label.len() <= 63
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            });
        if good_local && good_domain {
            Ok(Self(text))
        } else {
            Err("not an address".into())
        }
    }
}
impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Debug for Email {
    /// Never whole: addresses do not belong in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "…@{}", self.parts().1)
    }
}
impl Serialize for Email {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
impl<'de> Deserialize<'de> for Email {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r259_two_spellings_of_an_address_have_one_key() {
        let pairs = [
            ("Jose\u{0301}@Example.org", "josé@example.org"),
            ("ana@MÜNCHEN.example", "ana@xn--mnchen-3ya.example"),
            (" x@example.org ", "X@EXAMPLE.ORG"),
        ];
        for (one, other) in pairs {
            let (one, other): (Email, Email) =
                (one.parse().expect("address"), other.parse().expect("address"));
            assert_eq!(one.key(), other.key());
        }
    }

    #[test]
    fn addresses_that_smuggle_headers_are_refused() {
        for bad in [
            "",
            "x",
            "@example.org",
            "a\nBcc: x@example.org",
            "\"a\nb\"@example.org",
            "a b@example.org",
            "a@b",
            "a@-x.org",
            "a@x..org",
            "a@b@c.org",
        ] {
            assert!(bad.parse::<Email>().is_err(), "{bad:?}");
        }
    }
}
