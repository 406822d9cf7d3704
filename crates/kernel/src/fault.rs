//! What can go wrong, in one shape: a kind, a stable code, the facts, and the fields that are at fault.
//!
//! Below HTTP nobody knows a status number: `actix-kit::problem` alone turns a kind into one (RFC 9457).

use serde::Serialize;
use serde_json::{Map, Value};

/// What sort of failure it is; decides the HTTP status at the edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The request cannot be read (400).
    Malformed,
    /// An account is needed (401).
    SignInNeeded,
    /// The object may be seen, the act may not be done (403).
    Forbidden,
    /// Absent, or not open to this caller: the same answer to the byte (404).
    NotFound,
    /// The address takes other methods (405).
    MethodNotAllowed,
    /// The state does not allow it (409).
    Conflict,
    /// It was there and is over (410).
    Gone,
    /// Somebody else changed it meanwhile (412).
    Stale,
    /// Larger than allowed (413).
    TooLarge,
    /// Of a kind we do not take (415).
    UnsupportedMedia,
    /// Read, but not acceptable; the fields say why (422).
    Invalid,
    /// An edit without saying of which version (428).
    VersionNeeded,
    /// Too often (429).
    TooMany,
    /// Headers larger than allowed (431).
    HeadersTooLarge,
    /// Our own failure (500).
    Internal,
    /// Cannot be done right now (503).
    Unavailable,
}

/// One field at fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldFault {
    /// Dotted path in the input: `title.en`.
    pub field: String,
    /// Stable code: `required`, `too_long`, …
    pub code: &'static str,
    /// What the sentence needs to know.
    pub facts: Map<String, Value>,
}

/// What was denied, for the log of denials (R20): ids and codes only, never a title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    /// Code of the act.
    pub act: &'static str,
    /// Code of the kind of object.
    pub object_kind: &'static str,
    /// The object.
    pub object_id: Option<uuid::Uuid>,
    /// Code of the reason, as decided; the answer may say less.
    pub reason: &'static str,
}

/// A refusal or failure, as every use case answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What sort it is.
    pub kind: Kind,
    /// Stable code, listed in `docs/errors.md`.
    pub code: &'static str,
    /// What the sentence needs to know.
    pub facts: Map<String, Value>,
    /// The fields at fault.
    pub fields: Vec<FieldFault>,
    /// The one thing the reader can do about it (`sign_in`, `choose_organisation`, `see_similar`, …).
    pub remedy: Option<&'static str>,
    /// When to try again, in seconds.
    pub retry_after_seconds: Option<u32>,
    /// For our own log, never for the reader.
    pub cause: Option<String>,
    /// For the log of denials, never for the reader.
    pub denied: Option<Box<Denied>>,
}

/// A line of the catalogue of errors.
#[derive(Clone, Copy, Debug)]
pub struct CatalogueEntry {
    /// Stable code.
    pub code: &'static str,
    /// What sort it is.
    pub kind: Kind,
    /// What it means, for developers.
    pub meaning: &'static str,
}

impl Fault {
    /// A fault of this kind and code, without facts.
    pub fn new(kind: Kind, code: &'static str) -> Self {
        Self {
            kind,
            code,
            facts: Map::new(),
            fields: Vec::new(),
            remedy: None,
            retry_after_seconds: None,
            cause: None,
            denied: None,
        }
    }

    /// Absent, or not open to the caller: never says which.
    pub fn not_found() -> Self {
        Self::new(Kind::NotFound, "not_found")
    }

    /// An account is needed.
    pub fn sign_in_needed() -> Self {
        Self::new(Kind::SignInNeeded, "sign_in_needed").with_remedy("sign_in")
    }

    /// Seen, but not allowed; `code` is the reason.
    pub fn forbidden(code: &'static str) -> Self {
        Self::new(Kind::Forbidden, code)
    }

    /// The state does not allow it.
    pub fn conflict(code: &'static str) -> Self {
        Self::new(Kind::Conflict, code)
    }

    /// Somebody else changed it meanwhile (R255).
    pub fn stale() -> Self {
        Self::new(Kind::Stale, "stale")
    }

    /// Our own failure; `cause` goes to the log only.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        Self {
            cause: Some(cause.to_string()),
            ..Self::new(Kind::Internal, "internal")
        }
    }

    /// Cannot be done right now.
    pub fn unavailable(code: &'static str, retry_after_seconds: u32) -> Self {
        Self {
            retry_after_seconds: Some(retry_after_seconds),
            ..Self::new(Kind::Unavailable, code)
        }
    }

    /// Fields at fault.
    pub fn invalid(fields: Vec<FieldFault>) -> Self {
        Self {
            fields,
            ..Self::new(Kind::Invalid, "invalid")
        }
    }

    /// One field at fault, under the general code `invalid`.
    pub fn field(field: &str, code: &'static str) -> Self {
        Self::invalid(vec![FieldFault {
            field: field.into(),
            code,
            facts: Map::new(),
        }])
    }

    /// The same, naming the field it stands beside.
    pub fn at(mut self, field: &str) -> Self {
        self.fields.push(FieldFault {
            field: field.into(),
            code: self.code,
            facts: self.facts.clone(),
        });
        self
    }

    /// The same, with a fact for the sentence.
    pub fn with(mut self, name: &str, fact: impl Into<Value>) -> Self {
        self.facts.insert(name.into(), fact.into());
        self
    }

    /// The same, with the one thing the reader can do about it.
    pub const fn with_remedy(mut self, remedy: &'static str) -> Self {
        self.remedy = Some(remedy);
        self
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {}", self.kind, self.code)?;
        for field in &self.fields {
            write!(f, " [{}: {}]", field.field, field.code)?;
        }
        self.cause
            .as_ref()
            .map_or(Ok(()), |cause| write!(f, " ({cause})"))
    }
}
impl std::error::Error for Fault {}

/// A row that is not there is not found; a broken unique or foreign key that a use case did not expect is a conflict
/// resp. a missing reference; a database that cannot be reached is unavailable; all else is our failure.
impl From<diesel::result::Error> for Fault {
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind as E, Error};
        match &error {
            Error::NotFound => Self::not_found(),
            Error::DatabaseError(E::UniqueViolation, info) => Self {
                cause: Some(info.message().to_owned()),
                ..Self::conflict("already_exists")
            },
            Error::DatabaseError(E::ForeignKeyViolation, info) => Self {
                cause: Some(info.message().to_owned()),
                ..Self::conflict("in_use")
            },
            Error::DatabaseError(E::SerializationFailure, info) => Self {
                cause: Some(info.message().to_owned()),
                ..Self::unavailable("write_conflict", 1)
            },
            Error::DatabaseError(
                E::ClosedConnection | E::UnableToSendCommand | E::ReadOnlyTransaction,
                _,
            )
            | Error::BrokenTransactionManager => Self {
                cause: Some(error.to_string()),
                ..Self::unavailable("database_unavailable", 2)
            },
            _ => Self::internal(error),
        }
    }
}

/// The faults everybody shares, for `docs/errors.md`.
pub const SHARED: &[CatalogueEntry] = &[
    CatalogueEntry {
        code: "malformed",
        kind: Kind::Malformed,
        meaning: "The request body, path or query cannot be read.",
    },
    CatalogueEntry {
        code: "bad_cursor",
        kind: Kind::Malformed,
        meaning: "The `after` cursor was not made by this server.",
    },
    CatalogueEntry {
        code: "idempotency_key_missing",
        kind: Kind::Malformed,
        meaning: "This act needs an Idempotency-Key header.",
    },
    CatalogueEntry {
        code: "sign_in_needed",
        kind: Kind::SignInNeeded,
        meaning: "An account is needed; sign in or send a bearer token.",
    },
    CatalogueEntry {
        code: "not_allowed",
        kind: Kind::Forbidden,
        meaning: "The caller's roles do not include this act.",
    },
    CatalogueEntry {
        code: "audience",
        kind: Kind::Forbidden,
        meaning: "The rule of who may propose, attend, speak or vote does not include the caller.",
    },
    CatalogueEntry {
        code: "cross_site",
        kind: Kind::Forbidden,
        meaning: "The form was not sent from one of our own pages.",
    },
    CatalogueEntry {
        code: "scope",
        kind: Kind::Forbidden,
        meaning: "The bearer token was not given this scope.",
    },
    CatalogueEntry {
        code: "not_found",
        kind: Kind::NotFound,
        meaning: "It does not exist or is not open to the caller.",
    },
    CatalogueEntry {
        code: "method_not_allowed",
        kind: Kind::MethodNotAllowed,
        meaning: "The address does not take this method.",
    },
    CatalogueEntry {
        code: "already_exists",
        kind: Kind::Conflict,
        meaning: "Something with the same unique name or number exists.",
    },
    CatalogueEntry {
        code: "in_use",
        kind: Kind::Conflict,
        meaning: "Something else refers to it, or it refers to something absent.",
    },
    CatalogueEntry {
        code: "illegal_step",
        kind: Kind::Conflict,
        meaning: "The state it is in does not lead to the one asked for.",
    },
    CatalogueEntry {
        code: "idempotency_in_flight",
        kind: Kind::Conflict,
        meaning: "The same Idempotency-Key is being worked on.",
    },
    CatalogueEntry {
        code: "schema_newer",
        kind: Kind::Conflict,
        meaning: "The database was written by a newer Hemicycle; this one leaves it alone.",
    },
    CatalogueEntry {
        code: "stale",
        kind: Kind::Stale,
        meaning: "Somebody changed it meanwhile; read it again.",
    },
    CatalogueEntry {
        code: "too_large",
        kind: Kind::TooLarge,
        meaning: "The body or file is larger than allowed.",
    },
    CatalogueEntry {
        code: "media_type",
        kind: Kind::UnsupportedMedia,
        meaning: "The body is not of a media type taken here.",
    },
    CatalogueEntry {
        code: "invalid",
        kind: Kind::Invalid,
        meaning: "One or more fields are not acceptable; `errors` names each.",
    },
    CatalogueEntry {
        code: "idempotency_mismatch",
        kind: Kind::Invalid,
        meaning: "The Idempotency-Key was used before with another body.",
    },
    CatalogueEntry {
        code: "version_needed",
        kind: Kind::VersionNeeded,
        meaning: "An edit needs If-Match with the version it was made on.",
    },
    CatalogueEntry {
        code: "too_many",
        kind: Kind::TooMany,
        meaning: "Too many attempts; Retry-After says when to try again.",
    },
    CatalogueEntry {
        code: "headers_too_large",
        kind: Kind::HeadersTooLarge,
        meaning: "The request's headers are larger than allowed.",
    },
    CatalogueEntry {
        code: "internal",
        kind: Kind::Internal,
        meaning: "Our own failure; the instance is its number in our log.",
    },
    CatalogueEntry {
        code: "busy",
        kind: Kind::Unavailable,
        meaning: "Too many writes are waiting; try again shortly.",
    },
    CatalogueEntry {
        code: "write_conflict",
        kind: Kind::Unavailable,
        meaning: "Others changed the same things at the same moment, several times over; try again shortly.",
    },
    CatalogueEntry {
        code: "write_failed",
        kind: Kind::Unavailable,
        meaning: "What was to be written could not be made durable, so nothing was; try again shortly.",
    },
    CatalogueEntry {
        code: "database_unavailable",
        kind: Kind::Unavailable,
        meaning: "The database cannot be reached right now.",
    },
];

/// Illegal change of state, told with both states (requirements §3.5: everything else is a 409).
pub fn illegal_step<S: crate::Coded>(from: S, to: S) -> Fault {
    Fault::conflict("illegal_step")
        .with("from", from.code())
        .with("to", to.code())
}

/// Declares a slice's faults: what can go wrong in its own words, each with kind, stable code and, where it stands
/// beside one, its field. Facts must be `Serialize`. Generates `From<…> for Fault` and `CATALOGUE`.
///
/// ```ignore
/// faults! {
///     /// What can go wrong with a room.
///     pub enum RoomFault {
///         /// The room holds another session at that time.
///         RoomTaken { session: String } => Conflict, "room_taken";
///         /// The room has fewer seats than were reserved.
///         TooSmall { seats: i64 } => Invalid, "too_small", at "capacity";
///     }
/// }
/// ```
#[macro_export]
macro_rules! faults {
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($(#[doc = $doc:literal])+ $variant:ident $({ $($(#[doc = $fdoc:literal])* $fact:ident : $kind_of:ty),* $(,)? })? => $kind:ident, $code:literal $(, at $field:literal)? $(, remedy $remedy:literal)? ;)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        $vis enum $name { $($(#[doc = $doc])+ $variant $({ $(#[doc = stringify!($fact)] $fact: $kind_of),* })?),+ }

        impl $name {
            /// Every fault of this slice, for `docs/errors.md`.
            pub const CATALOGUE: &'static [$crate::fault::CatalogueEntry] = &[
                $($crate::fault::CatalogueEntry { code: $code, kind: $crate::Kind::$kind, meaning: concat!($($doc),+) }),+
            ];
        }
        impl From<$name> for $crate::Fault {
            fn from(fault: $name) -> Self {
                match fault {
                    $($name::$variant $({ $($fact),* })? => $crate::Fault::new($crate::Kind::$kind, $code)
                        $($(.with(stringify!($fact), $crate::serde_json::json!($fact)))*)?
                        $(.at($field))?
                        $(.with_remedy($remedy))?,)+
                }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use crate::{Fault, Kind};

    faults! {
        /// What can go wrong with a room.
        pub enum RoomFault {
            /// The room is closed.
            Closed => Conflict, "closed", remedy "another_room";
            /// The room has fewer seats than were reserved.
            TooSmall { seats: i64 } => Invalid, "too_small", at "capacity";
        }
    }

    #[test]
    fn a_declared_fault_carries_its_code_facts_field_and_remedy() {
        let closed = Fault::new(Kind::Conflict, "closed").with_remedy("another_room");
        let small = Fault::new(Kind::Invalid, "too_small")
            .with("seats", 9)
            .at("capacity");

        assert_eq!(Fault::from(RoomFault::Closed), closed);
        assert_eq!(Fault::from(RoomFault::TooSmall { seats: 9 }), small);
        assert_eq!(RoomFault::CATALOGUE.len(), 2);
    }
}
