//! Decisions of the programme without a database: which steps are legal, when a wall-clock time is, what belongs together.

use kernel::{
    CodeShape, Fault, Fields, LocalDate, LocalDateTime, Localized, Moment, Zone, local_time::NotOneInstant,
    text,
};

use crate::model::{Edition, EditionState, Fold, OpenHours, SessionKind, SessionState, TrackKind};

/// Longest a session may be, in minutes: a day is too long (§5.8 case 93).
pub const LENGTH_MOST: i64 = 24 * 60 - 1;
/// Days an edition may last at most.
pub const DAYS_MOST: i64 = 31;

/// Where and when a session is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Times {
    /// Its start by the wall clock.
    pub starts_local: LocalDateTime,
    /// Its end by the wall clock.
    pub ends_local: LocalDateTime,
    /// The instant it starts.
    pub starts_at: Moment,
    /// The instant it ends.
    pub ends_at: Moment,
    /// Minutes between them.
    pub length_minutes: i64,
}

/// Whether an edition may go from one state to the other (requirements §3.5).
pub const fn edition_step(from: EditionState, to: EditionState) -> bool {
    use EditionState::{Announced, Archived, Cancelled, Closed, Draft, Open, Running};
    matches!(
        (from, to),
        (Draft, Announced)
            | (Announced, Draft | Open)
            | (Open, Running | Cancelled)
            | (Running, Closed)
            | (Closed, Archived)
    )
}

/// Whether a session may go from one state to the other (requirements §3.5).
pub const fn session_step(from: SessionState, to: SessionState) -> bool {
    use SessionState::{Cancelled, Held, Live, Moved, Proposed, Published, Reported, Scheduled};
    matches!(
        (from, to),
        (Proposed, Scheduled)
            | (Scheduled, Proposed | Published)
            | (Published, Moved | Live)
            | (Moved, Published | Live)
            | (Live, Held)
            | (Held, Reported)
            | (Proposed | Scheduled | Published | Moved, Cancelled)
    )
}

/// The state a session has once it is put somewhere; nothing when it can be put nowhere any more.
pub const fn state_when_placed(state: SessionState) -> Option<SessionState> {
    match state {
        SessionState::Proposed | SessionState::Scheduled => Some(SessionState::Scheduled),
        SessionState::Published | SessionState::Moved => Some(SessionState::Moved),
        SessionState::Live | SessionState::Held | SessionState::Reported | SessionState::Cancelled => None,
    }
}

/// Whether sessions of this kind belong to tracks of that kind: what passes a track's admission cannot go round it.
pub const fn kind_belongs(kind: SessionKind, track: Option<TrackKind>) -> bool {
    use SessionKind as K;
    match (kind, track) {
        (K::Sitting | K::WorldAssembly, track) => matches!(track, Some(TrackKind::Assembly)),
        (K::TownHall, track) => matches!(track, Some(TrackKind::TownHall)),
        (K::Local4action, track) => matches!(track, Some(TrackKind::Local4action)),
        (K::Statutory, track) => matches!(track, Some(TrackKind::Statutory)),
        // The statutory track holds meetings of bodies and nothing else.
        (K::Plenary | K::Special | K::Parallel | K::Hub | K::Ceremony | K::Break | K::Blocker, track) => {
            !matches!(track, Some(TrackKind::Statutory))
        }
    }
}

/// The beginning of the public code of a session of this kind.
pub const fn code_prefix(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Sitting => "AS",
        SessionKind::WorldAssembly => "WA",
        SessionKind::TownHall => "TH",
        SessionKind::Local4action => "L4A",
        SessionKind::Statutory => "ST",
        SessionKind::Plenary => "PL",
        SessionKind::Special => "SP",
        SessionKind::Parallel => "PM",
        SessionKind::Hub => "HB",
        SessionKind::Ceremony => "CE",
        SessionKind::Break => "BR",
        SessionKind::Blocker => "BL",
    }
}

/// The instant a wall-clock time is; where the hour happens twice, `fold` says which one is meant (R53).
///
/// # Errors
/// `skipped_hour` when the clocks are put forward over it, `hour_twice` when `fold` is needed and not given.
pub fn instant(local: LocalDateTime, zone: Zone, fold: Option<Fold>) -> Result<Moment, &'static str> {
    match (local.in_zone(zone), fold) {
        (Ok(moment), _) => Ok(moment),
        (Err(NotOneInstant::Skipped), _) => Err("skipped_hour"),
        (Err(NotOneInstant::Twice { earlier, .. }), Some(Fold::Earlier)) => Ok(earlier),
        (Err(NotOneInstant::Twice { later, .. }), Some(Fold::Later)) => Ok(later),
        (Err(NotOneInstant::Twice { .. }), None) => Err("hour_twice"),
    }
}

/// When a session is that begins at `starts` and ends at `ends`, or lasts `length_minutes` when no end is given.
/// Notes beside `starts` and `ends` what is wrong.
pub fn times(
    fields: &mut Fields,
    edition: &Edition,
    starts: LocalDateTime,
    ends: Option<LocalDateTime>,
    length_minutes: i64,
    fold: Option<Fold>,
) -> Option<Times> {
    if starts.date() < edition.starts_on || starts.date() > edition.ends_on {
        fields.wrong("starts", "outside_edition");
        return None;
    }
    let starts_at = match instant(starts, edition.zone, fold) {
        Ok(moment) => moment,
        Err(code) => {
            fields.wrong(if code == "hour_twice" { "fold" } else { "starts" }, code);
            return None;
        }
    };
    let (ends_local, ends_at) = match ends {
        None => {
            let ends_at = starts_at.plus_minutes(length_minutes);
            (edition.zone.local(ends_at), ends_at)
        }
        Some(ends) => (ends, end_instant(fields, edition.zone, starts_at, ends, fold)?),
    };
    let length_minutes = ends_at.seconds_since(starts_at) / 60;
    match length_minutes {
        0 => fields.wrong("ends", "zero_length"),
        ..0 => fields.wrong("ends", "ends_before_start"),
        LENGTH_MOST.. if length_minutes > LENGTH_MOST => {
            fields.wrong_with("ends", "too_long", "most", LENGTH_MOST);
        }
        _ => {
            return Some(Times {
                starts_local: starts,
                ends_local,
                starts_at,
                ends_at,
                length_minutes,
            });
        }
    }
    None
}

/// An end in an hour that happens twice is the first of the two after the start, unless the later one is asked for.
fn end_instant(
    fields: &mut Fields,
    zone: Zone,
    starts_at: Moment,
    ends: LocalDateTime,
    fold: Option<Fold>,
) -> Option<Moment> {
    match ends.in_zone(zone) {
        Ok(moment) => Some(moment),
        Err(NotOneInstant::Twice { earlier, .. }) if fold != Some(Fold::Later) && earlier > starts_at => {
            Some(earlier)
        }
        Err(NotOneInstant::Twice { later, .. }) => Some(later),
        Err(NotOneInstant::Skipped) => {
            fields.wrong("ends", "skipped_hour");
            None
        }
    }
}

/// Whether two spans overlap when `gap_minutes` must lie between them; where one ends the other may begin.
pub fn overlap(one: (Moment, Moment), other: (Moment, Moment), gap_minutes: i64) -> bool {
    one.0 < other.1.plus_minutes(gap_minutes) && other.0 < one.1.plus_minutes(gap_minutes)
}

/// Whether a span of a day, in minutes since midnight, lies within opening hours; past midnight counts on.
pub fn within_hours(hours: &OpenHours, from_minute: i64, to_minute: i64) -> bool {
    match (minute_of_clock(&hours.opens), minute_of_clock(&hours.closes)) {
        (Some(opens), Some(closes)) => opens <= from_minute && to_minute <= closes,
        _ => true,
    }
}

/// Minutes since midnight of `08:30`; `24:00` is the end of the day.
pub fn minute_of_clock(clock: &str) -> Option<i64> {
    let (hours, minutes) = clock.split_once(':')?;
    let is_two_digits = |part: &str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_two_digits(hours) || !is_two_digits(minutes) {
        return None;
    }
    let minute = hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?;
    (minute <= 24 * 60 && minutes < "60").then_some(minute)
}

/// First words of our own pages' addresses, which no edition can take for its name.
pub const RESERVED_SLUGS: &[&str] = &[
    "about-this-demo",
    "account",
    "audit",
    "bodies",
    "confirmations",
    "demo",
    "desk",
    "editions",
    "letters",
    "organisations",
    "outcomes",
    "papers",
    "people",
    "responses",
    "retention",
    "roll",
    "second-factor",
    "sign-in",
    "sign-out",
];

/// Whether an edition can have it for its name in addresses.
pub fn is_free_slug(slug: &str) -> bool {
    CodeShape::Slug.fits(slug) && !RESERVED_SLUGS.contains(&slug)
}

/// A code made of a name; `other` when nothing of the name can stand in one.
pub fn code_from(name: &str) -> String {
    let longer = || CodeShape::Word.made_of(&format!("{name} 1"));
    [CodeShape::Word.made_of(name), longer()]
        .into_iter()
        .find(|code| !code.is_empty())
        .unwrap_or_else(|| "other".to_owned())
}

/// Title and abstract in all languages, folded, for searching.
pub fn search_key(title: &Localized, abstract_text: &Localized, code: &str) -> String {
    let key = format!(
        "{} {} {}",
        title.folded(),
        abstract_text.folded(),
        text::fold(code)
    );
    key.chars().take(20_000).collect()
}

/// The days of an edition.
pub fn days(edition: &Edition) -> Vec<LocalDate> {
    (0..DAYS_MOST)
        .map(|day| edition.starts_on.plus_days(day))
        .take_while(|day| *day <= edition.ends_on)
        .collect()
}

/// A step or the fault that it is none.
///
/// # Errors
/// `illegal_step` with both states.
pub fn edition_goes(from: EditionState, to: EditionState) -> Result<(), Fault> {
    if edition_step(from, to) {
        Ok(())
    } else {
        Err(kernel::fault::illegal_step(from, to))
    }
}

/// A step or the fault that it is none.
///
/// # Errors
/// `illegal_step` with both states.
pub fn session_goes(from: SessionState, to: SessionState) -> Result<(), Fault> {
    if session_step(from, to) {
        Ok(())
    } else {
        Err(kernel::fault::illegal_step(from, to))
    }
}
