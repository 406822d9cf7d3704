//! Keys: who may read a row, stored beside it in its `visible_to` column.

use std::{fmt, str::FromStr};

use crate::ids::{BodyId, EditionId, OrganisationId, PersonId};

/// Who may read a row. An actor reads it when it is among their keys ([`crate::Actor::keys`]).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Anyone.
    Public,
    /// Anyone with an account.
    SignedIn,
    /// Whoever is registered for this edition.
    Registered(EditionId),
    /// People of a member organisation, active or in arrears (R1), and the statutory desk.
    Members,
    /// The roster of a body (R2), and the statutory desk.
    Body(BodyId),
    /// The staff of a track's desk (`general` for sessions of no track).
    Desk(String),
    /// People of an organisation.
    Organisation(OrganisationId),
    /// One person.
    Person(PersonId),
}

impl Key {
    /// The tracks with a desk of their own. What belongs to none of them, or to a track an edition made for itself, is
    /// prepared at the general desk.
    pub const DESKS: [&'static str; 4] = ["assembly", "town_hall", "local4action", "statutory"];

    /// The key of what the staff of a track prepare.
    pub fn desk(track: Option<&str>) -> Self {
        let own = track.filter(|code| Self::DESKS.contains(code));
        Self::Desk(own.unwrap_or("general").to_owned())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Public => f.write_str("public"),
            Self::SignedIn => f.write_str("signed_in"),
            Self::Registered(id) => write!(f, "registered:{id}"),
            Self::Members => f.write_str("members"),
            Self::Body(id) => write!(f, "body:{id}"),
            Self::Desk(track) => write!(f, "desk:{track}"),
            Self::Organisation(id) => write!(f, "organisation:{id}"),
            Self::Person(id) => write!(f, "person:{id}"),
        }
    }
}

impl FromStr for Key {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || format!("{text:?} is not a key");
        let (kind, of) = text.split_once(':').unwrap_or((text, ""));
        Ok(match kind {
            "public" => Self::Public,
            "signed_in" => Self::SignedIn,
            "members" => Self::Members,
            "registered" => Self::Registered(of.parse().map_err(|_| unknown())?),
            "body" => Self::Body(of.parse().map_err(|_| unknown())?),
            "desk" if !of.is_empty() => Self::Desk(of.to_owned()),
            "organisation" => Self::Organisation(of.parse().map_err(|_| unknown())?),
            "person" => Self::Person(of.parse().map_err(|_| unknown())?),
            _ => return Err(unknown()),
        })
    }
}
