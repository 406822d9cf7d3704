//! A `VTIMEZONE` that says what a zone's clocks did around a congress, from the same rules the programme's times are
//! computed with (R53): Johannesburg never changes, Casablanca goes back for Ramadan, Europe twice a year.

use chrono::{NaiveDateTime, Offset as _, TimeDelta, TimeZone as _};
use chrono_tz::{OffsetComponents as _, OffsetName as _};
use kernel::{Moment, Zone};

use crate::calendar_lines::Lines;

/// Days before and after the congress for which changes are told, so that every date near it is covered.
const MARGIN_DAYS: i64 = 400;

/// From when on clocks in a zone stood at one offset.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Observance {
    /// On the wall clock as it stood before.
    starts: NaiveDateTime,
    seconds_before: i32,
    seconds: i32,
    name: String,
    daylight: bool,
}

/// Writes the zone's `VTIMEZONE` for what lies between the two moments.
pub fn write(lines: &mut Lines, zone: Zone, from: Moment, to: Moment) {
    lines.put("BEGIN", "VTIMEZONE");
    lines.put("TZID", zone.name());
    for observance in observances(zone, from, to) {
        let kind = if observance.daylight {
            "DAYLIGHT"
        } else {
            "STANDARD"
        };
        lines.put("BEGIN", kind);
        lines.put("DTSTART", &observance.starts.format("%Y%m%dT%H%M%S").to_string());
        lines.put("TZOFFSETFROM", &offset(observance.seconds_before));
        lines.put("TZOFFSETTO", &offset(observance.seconds));
        lines.text("TZNAME", &[], &observance.name);
        lines.put("END", kind);
    }
    lines.put("END", "VTIMEZONE");
}

/// What held at the start of the stretch, as if for ever before, then each change within it.
fn observances(zone: Zone, from: Moment, to: Moment) -> Vec<Observance> {
    let (start, end) = (
        from.plus_days(-MARGIN_DAYS).utc().naive_utc(),
        to.plus_days(MARGIN_DAYS).utc().naive_utc(),
    );
    let first = NaiveDateTime::new(
        chrono::NaiveDate::from_ymd_opt(1970, 1, 1).unwrap_or_default(),
        chrono::NaiveTime::MIN,
    );
    let at_start = seconds(zone, start);
    let mut found = vec![observance(zone, start, first, at_start)];
    let mut day = start;
    while day < end {
        let next = day + TimeDelta::days(1);
        if seconds(zone, day) != seconds(zone, next) {
            found.push(change_between(zone, day, next));
        }
        day = next;
    }
    found
}

/// The change of offset between two instants that have different ones.
fn change_between(zone: Zone, mut before: NaiveDateTime, mut after: NaiveDateTime) -> Observance {
    let old = seconds(zone, before);
    while after - before > TimeDelta::seconds(1) {
        let middle = before + TimeDelta::seconds((after - before).num_seconds() / 2);
        if seconds(zone, middle) == old {
            before = middle;
        } else {
            after = middle;
        }
    }
    observance(zone, after, after + TimeDelta::seconds(i64::from(old)), old)
}

fn observance(zone: Zone, utc: NaiveDateTime, starts: NaiveDateTime, seconds_before: i32) -> Observance {
    let offset = zone.0.offset_from_utc_datetime(&utc);
    Observance {
        starts,
        seconds_before,
        seconds: offset.fix().local_minus_utc(),
        name: offset.abbreviation().unwrap_or_default().to_owned(),
        daylight: offset.dst_offset() > TimeDelta::zero(),
    }
}

fn seconds(zone: Zone, utc: NaiveDateTime) -> i32 {
    zone.0.offset_from_utc_datetime(&utc).fix().local_minus_utc()
}

/// `+0200`; seconds only where a zone has them.
fn offset(seconds: i32) -> String {
    let (sign, size) = if seconds < 0 {
        ('-', -seconds)
    } else {
        ('+', seconds)
    };
    let (hours, minutes, rest) = (size / 3600, size / 60 % 60, size % 60);
    if rest == 0 {
        format!("{sign}{hours:02}{minutes:02}")
    } else {
        format!("{sign}{hours:02}{minutes:02}{rest:02}")
    }
}
