//! A format and what it asks for.

use std::collections::BTreeSet;

use access_rules::{Rule, Tag};
use kernel::{Coded, Localized};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::fit::{Misfit, Severity};

/// The longest a session may be, in minutes: one day.
pub const MINUTES_MOST: i64 = 24 * 60;

kernel::coded! {
    /// How far a format is (R23, R31).
    pub enum FormatState {
        /// In use.
        Active => "active",
        /// A row without rules until an organiser fills it: the fifth of the source's five.
        Empty => "empty",
        /// Not for new sessions; old ones keep it.
        Retired => "retired",
    }
}

kernel::coded! {
    /// A sphere of government (R28: « tous les niveaux de gouvernance »).
    pub enum Sphere {
        /// Cities and other local governments.
        Local => "local",
        /// Regions.
        Regional => "regional",
        /// National governments.
        National => "national",
    }
}

/// What a format asks of its sessions (R24–R28). Lengths are in minutes; a length not given does not bind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Terms {
    /// The kinds a session chooses one of; none means there are none to choose from.
    pub kinds: Vec<Kind>,
    /// Shortest, in minutes.
    pub minutes_min: Option<i64>,
    /// Usual, in minutes: what a new session begins with.
    pub minutes_usual: Option<i64>,
    /// Longest, in minutes.
    pub minutes_max: Option<i64>,
    /// Whether a session comes only through a call of this format (R6, R7).
    pub needs_call: bool,
    /// Whether a session states its method and most participants (R26). Such formats outlast the usual length of all
    /// others: « sessions interactives […], d’une durée plus longue » (R25).
    pub interactive: bool,
    /// Whether a session has a speaker of high rank (R27).
    pub high_level: bool,
    /// Whether a session names the spheres of government it involves (R28).
    pub spheres: bool,
}

/// A kind within a format, as LocalTALKS within Inspiration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Kind {
    /// Its code: `localtalks`.
    pub code: String,
    /// Its title.
    pub title: Localized,
}

/// A format as an edition begins with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Format {
    /// Its code: `labs`.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// Its invitation.
    pub tagline: Localized,
    /// How far it is.
    pub state: FormatState,
    /// What it asks for.
    pub terms: Terms,
    /// Who may propose a session.
    pub propose: Rule,
    /// Who may attend one.
    pub attend: Rule,
}

impl Terms {
    /// What is wrong with the terms by themselves: lengths out of order or out of a day, kinds without or with the same
    /// code. Fields are as in `terms.minutes_min`.
    pub fn check(&self) -> Vec<Misfit> {
        let mut wrong = Vec::new();
        let lengths = [
            ("terms.minutes_min", self.minutes_min),
            ("terms.minutes_usual", self.minutes_usual),
            ("terms.minutes_max", self.minutes_max),
        ];
        let mut longest_so_far = 1;
        for (field, minutes) in lengths {
            let Some(minutes) = minutes else { continue };
            if !(longest_so_far..=MINUTES_MOST).contains(&minutes) {
                wrong.push(
                    Misfit::new("length_out_of_order", field, Severity::Error)
                        .with("minutes", minutes)
                        .with("least", longest_so_far)
                        .with("most", MINUTES_MOST),
                );
            }
            longest_so_far = longest_so_far.max(minutes);
        }
        let mut codes = BTreeSet::new();
        for kind in &self.kinds {
            if kind.code.is_empty() || !codes.insert(kind.code.as_str()) {
                let misfit = Misfit::new("kind_twice", "terms.kinds", Severity::Error);
                wrong.push(misfit.with("kind", kind.code.as_str()));
            }
        }
        wrong
    }
}

/// Whether somebody is of high rank: mayor, governor, minister, head of an organisation (R27).
pub fn is_high_level(tags: &BTreeSet<Tag>) -> bool {
    [Tag::Mayor, Tag::Governor, Tag::Minister, Tag::HeadOfOrganisation]
        .iter()
        .any(|tag| tags.contains(tag))
}

/// The spheres among these texts, each once, and the texts that are none.
pub fn spheres_of(texts: &[String]) -> (BTreeSet<Sphere>, Vec<&str>) {
    let mut known = BTreeSet::new();
    let mut unknown = Vec::new();
    for text in texts {
        match Sphere::from_code(text) {
            Some(sphere) => {
                known.insert(sphere);
            }
            None => unknown.push(text.as_str()),
        }
    }
    (known, unknown)
}
