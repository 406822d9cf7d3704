//! The drills: something is done to the servers of a congress in use, and what follows is measured. A short form of each is
//! a test, a long one is `cargo xtask soak`; both are these functions, given less time or more.
//!
//! [`agree`]: two servers say the same · [`rolling`]: each server is replaced · [`killed`]: servers are killed ·
//! [`memory`]: nothing is done, for long · [`standby`]: the database's primary is killed · [`copies`]: backup, restore, transfer.

pub mod agree;
pub mod copies;
pub mod killed;
pub mod memory;
pub mod rolling;
pub mod standby;

use std::{path::PathBuf, time::Duration};

use serde_json::{Map, Value, json};

use crate::{
    Fleet,
    fleet::Furniture,
    note,
    steady::{self, Outcome, Pace, Use},
};

/// What a drill is given.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The built program.
    pub program: PathBuf,
    /// The program of which the first servers are: an older one for an upgrade, else the same.
    pub from: PathBuf,
    /// For how long something is done; furnishing and looking at what is there comes on top.
    pub time: Duration,
    /// Whom the congress is furnished with.
    pub furniture: Furniture,
}

impl Wanted {
    /// The short form, for a test.
    pub fn briefly(program: PathBuf) -> Self {
        Self {
            from: program.clone(),
            program,
            time: Duration::from_secs(3),
            furniture: Furniture {
                people: 24,
                sessions: 4,
            },
        }
    }
}

/// A figure, and the most that it may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What it says.
    pub name: &'static str,
    /// How much.
    pub value: f64,
    /// Of what.
    pub unit: &'static str,
    /// The most it may be; none for what is only told.
    pub most: Option<f64>,
}

/// What clients saw of two servers behind a proxy, while something was done to these.
struct Seen {
    outcome: Outcome,
    /// Requests that one server did not take and the other was asked.
    passed_over: usize,
}

/// What a drill found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The drill's name.
    pub drill: &'static str,
    /// What was measured.
    pub figures: Vec<Figure>,
}

impl Found {
    /// Nothing yet.
    pub const fn by(drill: &'static str) -> Self {
        Self {
            drill,
            figures: Vec::new(),
        }
    }

    /// Nothing yet of two servers of this program behind a proxy, to which `act` does something in steady use, once so many
    /// reservations were acknowledged. With it what `act` answers, and what clients saw.
    fn behind_proxy<T>(
        drill: &'static str,
        program: &PathBuf,
        furniture: Furniture,
        acknowledged: usize,
        act: impl FnOnce(&mut Fleet, &Use) -> T,
    ) -> (Self, T, Seen) {
        let mut fleet = Fleet::start(program, furniture);
        let (done, outcome) = steady::during(&mut fleet, Pace::usual(), |fleet, used| {
            used.until_acknowledged(acknowledged);
            act(fleet, used)
        });
        let passed_over = fleet.passed_over();
        (Self::by(drill), done, Seen { outcome, passed_over })
    }

    /// Adds what clients saw: so many requests may have failed, and nothing acknowledged was lost.
    fn seen(&mut self, most_failures: usize, seen: &Seen) {
        let Seen { outcome, passed_over } = seen;
        self.at_most(
            most_failures as f64,
            "requests that failed for a client",
            outcome.failures.len() as f64,
            "",
        );
        self.told("requests nginx asked the other server", *passed_over as f64, "");
        self.used(outcome);
        if !outcome.failures.is_empty() {
            note(&outcome.told());
        }
    }

    /// Adds what is only told.
    pub fn told(&mut self, name: &'static str, value: f64, unit: &'static str) {
        self.add(name, value, unit, None);
    }

    /// Adds what may be no more than this.
    pub fn at_most(&mut self, most: f64, name: &'static str, value: f64, unit: &'static str) {
        self.add(name, value, unit, Some(most));
    }

    fn add(&mut self, name: &'static str, value: f64, unit: &'static str, most: Option<f64>) {
        let figure = Figure {
            name,
            value,
            unit,
            most,
        };
        note(&figure.line(self.drill));
        self.figures.push(figure);
    }

    /// Adds the middle one and the largest of some seconds; the largest may be no more than this.
    pub fn seconds(&mut self, most: f64, names: [&'static str; 2], times: &[Duration]) {
        let mut sorted: Vec<f64> = times.iter().map(Duration::as_secs_f64).collect();
        sorted.sort_by(f64::total_cmp);
        let middle = sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN);
        self.told(names[0], middle, "s");
        self.at_most(most, names[1], sorted.last().copied().unwrap_or(f64::NAN), "s");
    }

    /// Adds what clients were told meanwhile: that nothing acknowledged was lost, and no change unheard.
    pub fn used(&mut self, outcome: &Outcome) {
        self.told("requests", outcome.requests as f64, "");
        self.told("slowest answer", outcome.slowest_ms, "ms");
        self.told("reservations acknowledged", outcome.acknowledged as f64, "");
        self.at_most(0.0, "of them lost", outcome.lost as f64, "");
        self.told("changes told to listeners", outcome.changes as f64, "");
        self.at_most(0.0, "of them not heard by somebody", outcome.unheard as f64, "");
        self.told("streams begun again", outcome.begun_again as f64, "");
    }

    /// Whether all is as wanted.
    pub fn holds(&self) -> bool {
        self.figures.iter().all(Figure::holds)
    }

    /// Its lines as a table.
    pub fn table(&self) -> String {
        let lines: Vec<String> = self
            .figures
            .iter()
            .map(|figure| figure.line(self.drill))
            .collect();
        lines.join("\n")
    }

    /// Itself as JSON.
    pub fn json(&self) -> Value {
        let figures: Map<String, Value> = self
            .figures
            .iter()
            .map(|figure| (figure.name.to_owned(), figure.json()))
            .collect();
        json!({ "drill": self.drill, "holds": self.holds(), "figures": figures })
    }
}

impl Figure {
    /// Whether it is as wanted; what could not be measured is not.
    pub fn holds(&self) -> bool {
        self.most.is_none_or(|most| self.value <= most)
    }

    fn line(&self, drill: &str) -> String {
        let wanted = match self.most {
            None => String::new(),
            Some(most) if self.holds() => format!("  (at most {most})"),
            Some(most) => format!("  MISSED (at most {most})"),
        };
        let value = (self.value * 1000.0).round() / 1000.0;
        format!(
            "{drill:<10}  {:<46} {value:>10} {:<4}{wanted}",
            self.name, self.unit
        )
    }

    fn json(&self) -> Value {
        let mut told = Map::new();
        told.insert("value".into(), json!((self.value * 1000.0).round() / 1000.0));
        told.insert("unit".into(), json!(self.unit));
        if let Some(most) = self.most {
            told.insert("at_most".into(), json!(most));
            told.insert("holds".into(), json!(self.holds()));
        }
        Value::Object(told)
    }
}
