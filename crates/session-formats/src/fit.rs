//! Whether a session fits its format, on which occasion (R24–R29).
//!
//! What is wrong from the first is refused when the session is made: an unknown kind, a length outside the format's, not
//! exactly one main domain. What may still come (method, speakers, a kind) is a warning until the session is released. On
//! the board a short Lab is a warning (`readings.md` "Conflicts"); an import refuses nothing and reports everything.

use kernel::{Fault, fault::FieldFault};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::model::{Terms, spheres_of};

kernel::coded! {
    /// On which occasion a session is looked at.
    pub enum Stage {
        /// It is proposed, made or changed.
        Create => "create",
        /// It is put into a room and time.
        Place => "place",
        /// It is about to be released.
        Publish => "publish",
        /// It comes from a file.
        Import => "import",
    }
}

kernel::coded! {
    /// How grave a misfit is.
    pub enum Severity {
        /// It is refused.
        Error => "error",
        /// It is told.
        Warning => "warning",
    }
}

/// What a format looks at of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal<'a> {
    /// Its length, in minutes.
    pub length_minutes: i64,
    /// The kind within the format; empty when none was chosen.
    pub kind: &'a str,
    /// How it works; empty when not said.
    pub method: &'a str,
    /// Most participants.
    pub participants_max: Option<i64>,
    /// How many main policy domains it names.
    pub main_domains: usize,
    /// How many of its speakers are of high rank ([`crate::model::is_high_level`]).
    pub speakers_high_level: usize,
    /// The spheres of government it involves, by code.
    pub spheres: &'a [String],
}

/// One way in which a session, or a format, does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Misfit {
    /// Stable code.
    pub code: &'static str,
    /// The field of the input it is about.
    pub field: &'static str,
    /// Whether it is refused or told.
    pub severity: Severity,
    /// What the sentence needs to know.
    pub facts: Map<String, Value>,
}

/// Every way in which a session does not fit its format's terms, in the order of the form.
pub fn fits(terms: &Terms, proposal: &Proposal<'_>, stage: Stage) -> Vec<Misfit> {
    let mut misfits = Vec::new();
    misfits.extend(length(terms, proposal, stage));
    misfits.extend(kind(terms, proposal, stage));
    misfits.extend(interaction(terms, proposal, stage));
    misfits.extend(rank(terms, proposal, stage));
    misfits.extend(spheres(terms, proposal, stage));
    misfits.extend(domain(proposal, stage));
    misfits
}

/// Goes on with the warnings when nothing is refused.
///
/// # Errors
/// 422 with every error beside its field.
pub fn admitted(misfits: Vec<Misfit>) -> Result<Vec<Misfit>, Fault> {
    let (errors, warnings): (Vec<Misfit>, Vec<Misfit>) = misfits
        .into_iter()
        .partition(|misfit| misfit.severity == Severity::Error);
    match errors.is_empty() {
        true => Ok(warnings),
        false => Err(Fault::invalid(errors.into_iter().map(FieldFault::from).collect())),
    }
}

/// R25, second half: formats whose usual length is not below the shortest length of an interactive one. `formats` are
/// the codes and terms of an edition's formats that are not retired, as they would be after the change.
pub fn default_above_lab_minimum<'a>(formats: impl IntoIterator<Item = (&'a str, &'a Terms)>) -> Vec<Misfit> {
    let (interactive, others): (Vec<_>, Vec<_>) =
        formats.into_iter().partition(|(_, terms)| terms.interactive);
    let mut misfits = Vec::new();
    for (lab, min) in interactive
        .iter()
        .filter_map(|(code, terms)| Some((*code, terms.minutes_min?)))
    {
        for (code, usual) in others
            .iter()
            .filter_map(|(code, terms)| Some((*code, terms.minutes_usual?)))
        {
            if usual >= min {
                misfits.push(
                    Misfit::new(
                        "default_above_lab_minimum",
                        "terms.minutes_usual",
                        Severity::Error,
                    )
                    .with("format", code)
                    .with("minutes", usual)
                    .with("lab", lab)
                    .with("minimum", min),
                );
            }
        }
    }
    misfits
}

/// R25: a Lab is long, a LocalTALK short.
fn length(terms: &Terms, proposal: &Proposal<'_>, stage: Stage) -> Option<Misfit> {
    let minutes = proposal.length_minutes;
    let (code, fact, bound) = match (terms.minutes_min, terms.minutes_max) {
        (Some(min), _) if minutes < min => ("too_short", "least", min),
        (_, Some(max)) if minutes > max => ("too_long", "most", max),
        _ => return None,
    };
    let severity = match stage {
        Stage::Create => Severity::Error,
        Stage::Place | Stage::Publish | Stage::Import => Severity::Warning,
    };
    let misfit = Misfit::new(code, "length_minutes", severity);
    Some(misfit.with("minutes", minutes).with(fact, bound))
}

/// R24: a session chooses one of the format's kinds, if it has any.
fn kind(terms: &Terms, proposal: &Proposal<'_>, stage: Stage) -> Option<Misfit> {
    let is_known = terms.kinds.iter().any(|kind| kind.code == proposal.kind);
    let is_chosen = !proposal.kind.is_empty();
    match (is_known, is_chosen) {
        (true, _) => None,
        (false, true) => {
            let known: Vec<&str> = terms.kinds.iter().map(|kind| kind.code.as_str()).collect();
            let misfit = Misfit::new("unknown_kind", "format_kind", from_the_first(stage));
            Some(misfit.with("kind", proposal.kind).with("kinds", known.join(", ")))
        }
        (false, false) if terms.kinds.is_empty() => None,
        (false, false) => Some(Misfit::new("kind_missing", "format_kind", before_release(stage))),
    }
}

/// R26: an interactive session says how it works and for how many at most.
fn interaction(terms: &Terms, proposal: &Proposal<'_>, stage: Stage) -> Vec<Misfit> {
    let mut misfits = Vec::new();
    if terms.interactive && proposal.method.trim().is_empty() {
        misfits.push(Misfit::new("method_missing", "method", before_release(stage)));
    }
    if terms.interactive && proposal.participants_max.is_none_or(|most| most < 1) {
        misfits.push(Misfit::new(
            "participants_max_missing",
            "participants_max",
            before_release(stage),
        ));
    }
    misfits
}

/// R27: « des échanges de haut niveau ».
fn rank(terms: &Terms, proposal: &Proposal<'_>, stage: Stage) -> Option<Misfit> {
    let lacks = terms.high_level && proposal.speakers_high_level == 0;
    lacks.then(|| Misfit::new("high_level_missing", "speakers", before_release(stage)))
}

/// R28: all spheres of government are wished for; fewer than two are told, never refused.
fn spheres(terms: &Terms, proposal: &Proposal<'_>, stage: Stage) -> Vec<Misfit> {
    let (known, unknown) = spheres_of(proposal.spheres);
    let mut misfits: Vec<Misfit> = unknown
        .iter()
        .map(|text| Misfit::new("unknown_sphere", "spheres", from_the_first(stage)).with("sphere", *text))
        .collect();
    if terms.spheres && known.len() < 2 {
        misfits.push(Misfit::new("one_sphere_only", "spheres", Severity::Warning).with("named", known.len()));
    }
    misfits
}

/// R29: exactly one main domain; others may stand beside it.
fn domain(proposal: &Proposal<'_>, stage: Stage) -> Option<Misfit> {
    let misfit = Misfit::new("main_domain", "domain", from_the_first(stage));
    (proposal.main_domains != 1).then(|| misfit.with("named", proposal.main_domains))
}

/// How grave it is when something must be right from the first.
const fn from_the_first(stage: Stage) -> Severity {
    match stage {
        Stage::Create | Stage::Place | Stage::Publish => Severity::Error,
        Stage::Import => Severity::Warning,
    }
}

/// How grave it is when something may still come until release.
const fn before_release(stage: Stage) -> Severity {
    match stage {
        Stage::Publish => Severity::Error,
        Stage::Create | Stage::Place | Stage::Import => Severity::Warning,
    }
}

impl Misfit {
    /// A misfit of this code, beside this field.
    pub fn new(code: &'static str, field: &'static str, severity: Severity) -> Self {
        Self {
            code,
            field,
            severity,
            facts: Map::new(),
        }
    }

    /// The same, with a fact for the sentence.
    pub fn with(mut self, name: &str, fact: impl Into<Value>) -> Self {
        self.facts.insert(name.to_owned(), fact.into());
        self
    }
}

impl From<Misfit> for FieldFault {
    fn from(misfit: Misfit) -> Self {
        Self {
            field: misfit.field.to_owned(),
            code: misfit.code,
            facts: misfit.facts,
        }
    }
}
