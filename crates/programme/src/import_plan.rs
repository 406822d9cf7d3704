//! What an import means to do, and what it did: the same words for schedules and for tables.

use kernel::{LocalDate, LocalDateTime, Localized, Zone};
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{Link, SessionKind};

/// Something an import tells about an entry of its file, or about the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Remark {
    /// Stable code: `guid_derived`, `length_guessed`, `html_to_text`, …
    pub code: &'static str,
    /// Which entry it is about: its guid or title; empty for the whole file.
    pub about: String,
    /// What it says in particular; may be empty.
    pub fact: String,
}

/// What a schedule holds, made plain.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportPlan {
    /// The congress it is of.
    pub edition: PlannedEdition,
    /// Its rooms, in order of appearance.
    pub rooms: Vec<String>,
    /// Its tracks, in order of appearance.
    pub tracks: Vec<String>,
    /// Its sessions.
    pub sessions: Vec<PlannedSession>,
    /// What was not as it should be and was put right.
    pub repaired: Vec<Remark>,
    /// What could not be used.
    pub skipped: Vec<Remark>,
}

/// The congress a schedule is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedEdition {
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Where it takes place; may be empty.
    pub city: String,
    /// The zone of its times.
    pub zone: Zone,
    /// Its first day.
    pub starts_on: LocalDate,
    /// Its last day.
    pub ends_on: LocalDate,
    /// The schedule's version, which names the release.
    pub version: String,
    /// Languages spoken in its sessions, the commonest first.
    pub languages: Vec<String>,
}

/// A session of a schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedSession {
    /// Its id across systems.
    pub guid: String,
    /// Where it comes from: the schedule's acronym and the event's number.
    pub source: String,
    /// What it is, as far as the file says.
    pub kind: SessionKind,
    /// Its title.
    pub title: Localized,
    /// What it is about, plain text.
    pub abstract_text: Localized,
    /// Its track's name.
    pub track: Option<String>,
    /// Its room's name.
    pub room: Option<String>,
    /// Its start by the wall clock.
    pub starts_local: LocalDateTime,
    /// How long it is, in minutes.
    pub length_minutes: i64,
    /// The instant it starts; tells the two hours apart when the clocks are put back.
    pub starts_at: kernel::Moment,
    /// Languages spoken.
    pub languages: Vec<String>,
    /// Who speaks.
    pub speakers: Vec<String>,
    /// Links shown beside it.
    pub links: Vec<Link>,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ImportReport {
    /// The edition it went into.
    pub edition: String,
    /// Whether that edition was made.
    pub edition_made: bool,
    /// Rooms made.
    pub rooms_made: usize,
    /// Tracks made.
    pub tracks_made: usize,
    /// Sessions made.
    pub made: usize,
    /// Sessions changed.
    pub changed: usize,
    /// Sessions found as the file says.
    pub unchanged: usize,
    /// What was put right.
    pub repaired: Vec<Remark>,
    /// Conflicts that stand all the same, each with its reason.
    pub waived: Vec<Remark>,
    /// What could not be used.
    pub skipped: Vec<Remark>,
    /// The number of the release it ended in; none for a draft or when nothing changed.
    pub release: Option<i64>,
}

impl Remark {
    /// A remark about an entry.
    pub fn new(code: &'static str, about: &str, fact: impl Into<String>) -> Self {
        Self {
            code,
            about: about.to_owned(),
            fact: fact.into(),
        }
    }
}

/// How many remarks there are of each code, the commonest first, with the first of each; for a person to read.
pub fn counted(remarks: &[Remark]) -> Vec<(usize, &Remark)> {
    let mut counted: Vec<(usize, &Remark)> = Vec::new();
    for remark in remarks {
        match counted.iter_mut().find(|(_, first)| first.code == remark.code) {
            Some((count, _)) => *count += 1,
            None => counted.push((1, remark)),
        }
    }
    counted.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    counted
}
