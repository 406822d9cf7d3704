//! Moments in time and the clocks that tell them.
//!
//! There are two clocks (architecture §5): the *machine clock* for sessions, tokens, leases and protocol dates, and the
//! *congress clock* for domain rules and pages, which a demonstration may shift.

use std::{
    fmt,
    ops::{Add, Sub},
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use diesel::{deserialize::FromSqlRow, expression::AsExpression};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::column::MomentSql;

/// An instant in UTC, in microseconds since 1970, the same on both engines.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = MomentSql)]
pub struct Moment(pub(crate) i64);

impl Moment {
    /// The machine's clock, now.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the machine's clock"
    )]
    pub fn now() -> Self {
        Self::from(Utc::now())
    }

    /// A fixed moment for tests and data, as `2019-11-14T08:40:00Z` (RFC 3339; `2019-11-14T08:40Z` is understood too).
    ///
    /// # Panics
    /// When the text is not such a moment: it stands in the source.
    pub fn at(text: &str) -> Self {
        text.parse()
            .expect("a moment written in the source is in RFC 3339")
    }

    /// From microseconds since 1970.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// As chrono's date-time.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// RFC 3339 in UTC, with microseconds only where there are some.
    pub fn rfc3339(self) -> String {
        let format = if self.0 % 1_000_000 == 0 {
            SecondsFormat::Secs
        } else {
            SecondsFormat::Micros
        };
        self.utc().to_rfc3339_opts(format, true)
    }

    /// So many minutes later (earlier when negative).
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0 + minutes * 60_000_000)
    }

    /// So many seconds later (earlier when negative).
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0 + seconds * 1_000_000)
    }

    /// So many days of 24 hours later (earlier when negative).
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_minutes(days * 1440)
    }

    /// Whole seconds from `earlier` to this moment.
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0) / 1_000_000
    }
}

impl Add<TimeDelta> for Moment {
    type Output = Self;
    fn add(self, delta: TimeDelta) -> Self {
        Self(self.0 + delta.num_microseconds().unwrap_or(i64::MAX / 4))
    }
}
impl Sub for Moment {
    type Output = TimeDelta;
    fn sub(self, earlier: Self) -> TimeDelta {
        TimeDelta::microseconds(self.0 - earlier.0)
    }
}
impl From<DateTime<Utc>> for Moment {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_micros())
    }
}
impl FromStr for Moment {
    type Err = chrono::ParseError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let short = text.len() == 17 && text.ends_with('Z');
        let whole = if short {
            format!("{}:00Z", &text[..16])
        } else {
            text.to_owned()
        };
        DateTime::parse_from_rfc3339(&whole).map(|at| Self::from(at.with_timezone(&Utc)))
    }
}
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}
impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.rfc3339())
    }
}
impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse()
            .map_err(|_| serde::de::Error::custom("not a moment in RFC 3339"))
    }
}
impl utoipa::PartialSchema for Moment {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(
                utoipa::openapi::KnownFormat::DateTime,
            )))
            .into()
    }
}
impl utoipa::ToSchema for Moment {}

/// The congress clock: the machine's clock plus a shift, which only the demonstration sets.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    shift_micros: Arc<AtomicI64>,
}

impl Clock {
    /// A clock that goes with the machine's.
    pub fn machine() -> Self {
        Self::default()
    }

    /// A clock that shows `then` now, and goes on from there.
    pub fn showing(then: Moment) -> Self {
        let clock = Self::default();
        clock.show(then);
        clock
    }

    /// Makes it show `then` now and go on from there; every copy of this clock follows.
    pub fn show(&self, then: Moment) {
        self.set_shift_micros(then.0 - Moment::now().0);
    }

    /// The congress's present.
    pub fn now(&self) -> Moment {
        Moment(Moment::now().0 + self.shift_micros())
    }

    /// By how much this clock differs from the machine's.
    pub fn shift_micros(&self) -> i64 {
        self.shift_micros.load(Ordering::Relaxed)
    }

    /// Sets the difference; every copy of this clock follows.
    pub fn set_shift_micros(&self, micros: i64) {
        self.shift_micros.store(micros, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_and_written_in_rfc_3339() {
        assert_eq!(
            Moment::at("2019-11-14T10:40:00+02:00").rfc3339(),
            "2019-11-14T08:40:00Z"
        );
        assert_eq!(
            Moment::at("2019-11-14T08:40Z"),
            Moment::at("2019-11-14T08:40:00Z")
        );
        assert!("2026-02-30T00:00:00Z".parse::<Moment>().is_err());
        assert!("yesterday".parse::<Moment>().is_err());
    }

    #[test]
    fn a_shifted_clock_goes_on() {
        let clock = Clock::showing(Moment::at("2019-11-14T08:40:00Z"));
        assert!(clock.now() >= Moment::at("2019-11-14T08:40:00Z"));
        assert!(clock.now() < Moment::at("2019-11-14T08:41:00Z"));
    }
}
