//! Local dates and times and the IANA zone they are meant in (R53): a programme is written in wall-clock time.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Timelike, Utc};
use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types::Text};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Moment;

/// A calendar day, written `2019-11-14`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct LocalDate(pub NaiveDate);

/// A wall-clock time to the minute, written `2019-11-14T10:40`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct LocalDateTime(pub NaiveDateTime);

/// An IANA time zone, as `Africa/Johannesburg`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct Zone(pub chrono_tz::Tz);

/// Why a wall-clock time is not one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOneInstant {
    /// The clocks are put forward over it: it does not exist that day.
    Skipped,
    /// The clocks are put back over it: it happens twice.
    Twice {
        /// The first of the two instants.
        earlier: Moment,
        /// The second of the two instants.
        later: Moment,
    },
}

impl LocalDate {
    /// A day written in the source, as `2019-11-14`.
    ///
    /// # Panics
    /// When the text is not a day.
    pub fn on(text: &str) -> Self {
        text.parse().expect("a day written in the source is YYYY-MM-DD")
    }

    /// That day at `hour:minute`.
    pub fn at(self, hour: u32, minute: u32) -> Option<LocalDateTime> {
        self.0.and_hms_opt(hour, minute, 0).map(LocalDateTime)
    }

    /// So many days later.
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0 + TimeDelta::days(days))
    }
}

impl LocalDateTime {
    /// A time written in the source, as `2019-11-14T10:40`.
    ///
    /// # Panics
    /// When the text is not such a time.
    pub fn at(text: &str) -> Self {
        text.parse()
            .expect("a time written in the source is YYYY-MM-DDTHH:MM")
    }

    /// The day it falls on.
    pub fn date(self) -> LocalDate {
        LocalDate(self.0.date())
    }

    /// Minutes since that day's midnight.
    pub fn minute_of_day(self) -> i64 {
        i64::from(self.0.hour() * 60 + self.0.minute())
    }

    /// So many minutes later on the wall clock.
    pub fn plus_minutes(self, minutes: i64) -> Self {
        Self(self.0 + TimeDelta::minutes(minutes))
    }

    /// Wall-clock minutes from `earlier` to this.
    pub fn minutes_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).num_minutes()
    }

    /// `10:40`.
    pub fn clock(self) -> String {
        self.0.format("%H:%M").to_string()
    }

    /// The instant this wall-clock time is in `zone`.
    ///
    /// # Errors
    /// When daylight saving makes it none or two.
    pub fn in_zone(self, zone: Zone) -> Result<Moment, NotOneInstant> {
        match zone.0.from_local_datetime(&self.0) {
            chrono::LocalResult::Single(at) => Ok(Moment::from(at.with_timezone(&Utc))),
            chrono::LocalResult::None => Err(NotOneInstant::Skipped),
            chrono::LocalResult::Ambiguous(one, two) => {
                let (one, two) = (
                    Moment::from(one.with_timezone(&Utc)),
                    Moment::from(two.with_timezone(&Utc)),
                );
                Err(NotOneInstant::Twice {
                    earlier: one.min(two),
                    later: one.max(two),
                })
            }
        }
    }
}

impl Zone {
    /// Which rules of the world's zones this program knows: the release of the IANA database.
    pub const RULES: &'static str = chrono_tz::IANA_TZDB_VERSION;

    /// The wall-clock time in this zone at `moment`, to the minute.
    pub fn local(self, moment: Moment) -> LocalDateTime {
        let local = moment.utc().with_timezone(&self.0).naive_local();
        LocalDateTime(
            local
                .with_second(0)
                .and_then(|at| at.with_nanosecond(0))
                .unwrap_or(local),
        )
    }

    /// Minutes this zone is ahead of UTC at `moment`.
    pub fn offset_minutes(self, moment: Moment) -> i32 {
        self.0
            .offset_from_utc_datetime(&moment.utc().naive_utc())
            .fix()
            .local_minus_utc()
            / 60
    }

    /// The zone's IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

impl FromStr for LocalDate {
    type Err = chrono::ParseError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Self)
    }
}
impl FromStr for LocalDateTime {
    type Err = chrono::ParseError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (date, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
        let date = NaiveDate::parse_from_str(date, "%Y-%m-%d")?;
        let time = NaiveTime::parse_from_str(time.get(..5).unwrap_or(time), "%H:%M")?;
        Ok(Self(date.and_time(time)))
    }
}
impl FromStr for Zone {
    type Err = chrono_tz::ParseError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}
impl fmt::Display for LocalDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.0.year(),
            self.0.month(),
            self.0.day()
        )
    }
}
impl fmt::Display for LocalDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}T{}", self.date(), self.clock())
    }
}
impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

macro_rules! written_as_text {
    ($($kind:ident, $what:literal, $example:literal);*) => {$(
        impl fmt::Debug for $kind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
        impl Serialize for $kind {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $kind {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(|_| serde::de::Error::custom(concat!("not ", $what)))
            }
        }
        impl utoipa::PartialSchema for $kind {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .description(Some(concat!($what, ", as ", $example)))
                    .into()
            }
        }
        impl utoipa::ToSchema for $kind {}
    )*};
}
written_as_text!(
    LocalDate, "a day", "2019-11-14";
    LocalDateTime, "a wall-clock time", "2019-11-14T10:40";
    Zone, "an IANA time zone", "Africa/Johannesburg"
);

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Zone {
        name.parse().expect("known zone")
    }

    #[test]
    fn r53_wall_clock_times_become_instants_in_their_zone() {
        let cases = [
            ("2019-11-14T10:40", "Africa/Johannesburg", "2019-11-14T08:40:00Z"),
            // Morocco keeps UTC+1 but for Ramadan, when it goes back to UTC+0.
            ("2026-06-22T09:00", "Africa/Casablanca", "2026-06-22T08:00:00Z"),
            ("2026-03-01T09:00", "Africa/Casablanca", "2026-03-01T09:00:00Z"),
            ("2022-10-10T09:00", "Asia/Seoul", "2022-10-10T00:00:00Z"),
        ];
        for (local, name, utc) in cases {
            let local = LocalDateTime::at(local);
            assert_eq!(local.in_zone(zone(name)), Ok(Moment::at(utc)), "{name}");
            assert_eq!(zone(name).local(Moment::at(utc)), local, "{name}");
        }
    }

    #[test]
    fn r53_times_that_daylight_saving_skips_or_repeats_are_told_apart() {
        let paris = zone("Europe/Paris");
        assert_eq!(
            LocalDateTime::at("2026-03-29T02:30").in_zone(paris),
            Err(NotOneInstant::Skipped)
        );
        let twice = LocalDateTime::at("2026-10-25T02:30").in_zone(paris);
        let (earlier, later) = (
            Moment::at("2026-10-25T00:30:00Z"),
            Moment::at("2026-10-25T01:30:00Z"),
        );
        assert_eq!(twice, Err(NotOneInstant::Twice { earlier, later }));
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for bad in ["2026-02-30", "2026-13-01", "soon", ""] {
            assert!(bad.parse::<LocalDate>().is_err(), "{bad}");
        }
        for bad in ["2026-02-20T24:00", "2026-02-20", "2026-02-20T10h30"] {
            assert!(bad.parse::<LocalDateTime>().is_err(), "{bad}");
        }
    }
}
