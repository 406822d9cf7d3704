//! Figures: what was measured, what is wanted, whether it holds; as lines to read and one line of JSON at the end.

use serde_json::{Map, Value, json};

/// What is wanted of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wanted {
    /// Nothing: it is told.
    Told,
    /// No less, on any machine, however busy.
    AtLeast(f64),
    /// No more, on any machine, however busy.
    AtMost(f64),
    /// No less where nothing else runs: told, and not decided by.
    IdleAtLeast(f64),
    /// No more where nothing else runs.
    IdleAtMost(f64),
}

/// One figure.
#[derive(Clone, Debug)]
pub struct Figure {
    name: String,
    value: f64,
    unit: &'static str,
    wanted: Wanted,
}

/// All figures of one run.
pub struct Report {
    bench: &'static str,
    load_before: f64,
    figures: Vec<Figure>,
}

impl Figure {
    /// Whether it is as wanted; nothing is wanted of what is only told.
    fn holds(&self) -> Option<bool> {
        match self.wanted {
            Wanted::Told => None,
            Wanted::AtLeast(least) | Wanted::IdleAtLeast(least) => Some(self.value >= least),
            Wanted::AtMost(most) | Wanted::IdleAtMost(most) => Some(self.value <= most),
        }
    }

    /// Whether the run fails when it does not hold.
    fn decides(&self) -> bool {
        matches!(self.wanted, Wanted::AtLeast(_) | Wanted::AtMost(_))
    }

    fn json(&self) -> Value {
        let mut told = Map::new();
        told.insert("value".into(), json!(rounded(self.value)));
        told.insert("unit".into(), json!(self.unit));
        match self.wanted {
            Wanted::Told => {}
            Wanted::AtLeast(least) | Wanted::IdleAtLeast(least) => {
                told.insert("at_least".into(), json!(least));
            }
            Wanted::AtMost(most) | Wanted::IdleAtMost(most) => {
                told.insert("at_most".into(), json!(most));
            }
        }
        if let Some(holds) = self.holds() {
            told.insert("holds".into(), json!(holds));
            told.insert("decides".into(), json!(self.decides()));
        }
        Value::Object(told)
    }

    fn line(&self) -> String {
        let wanted = match self.wanted {
            Wanted::Told => String::new(),
            Wanted::AtLeast(least) => format!("wanted ≥ {least}"),
            Wanted::AtMost(most) => format!("wanted ≤ {most}"),
            Wanted::IdleAtLeast(least) => format!("wanted ≥ {least} on idle cores"),
            Wanted::IdleAtMost(most) => format!("wanted ≤ {most} on idle cores"),
        };
        let verdict = match self.holds() {
            Some(false) => "  ← MISSED",
            _ => "",
        };
        format!(
            "{:<44} {:>12} {:<8} {wanted}{verdict}",
            self.name,
            rounded(self.value),
            self.unit
        )
    }
}

impl Report {
    /// An empty report of this bench, begun now.
    pub fn begin(bench: &'static str) -> Self {
        Self {
            bench,
            load_before: load(),
            figures: Vec::new(),
        }
    }

    /// Adds a figure and tells it at once.
    pub fn add(&mut self, name: impl Into<String>, value: f64, unit: &'static str, wanted: Wanted) {
        let figure = Figure {
            name: name.into(),
            value,
            unit,
            wanted,
        };
        tests::note(&figure.line());
        self.figures.push(figure);
    }

    /// Whether every figure that decides is as wanted.
    pub fn holds(&self) -> bool {
        self.figures
            .iter()
            .all(|figure| !figure.decides() || figure.holds() != Some(false))
    }

    /// Prints the line of JSON.
    #[expect(clippy::print_stdout, reason = "this is what was asked for")]
    pub fn print(&self) {
        println!("{}", self.json(cores(), load()));
    }

    fn json(&self, cores: usize, load_after: f64) -> Value {
        let figures: Map<String, Value> = self
            .figures
            .iter()
            .map(|figure| (figure.name.clone(), figure.json()))
            .collect();
        json!({
            "bench": self.bench,
            "holds": self.holds(),
            "nproc": cores,
            "load_before": self.load_before,
            "load_after": load_after,
            "figures": figures,
        })
    }
}

/// The middle one; of an even number, the mean of the two in the middle; of none, not a number.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    match (sorted.len(), sorted.len() % 2) {
        (0, _) => f64::NAN,
        (_, 1) => sorted[half],
        _ => f64::midpoint(sorted[half - 1], sorted[half]),
    }
}

/// The median of what each round's measure is to its control, whatever else the machine did in that round.
pub fn ratio(rounds: &[(f64, f64)]) -> f64 {
    let each: Vec<f64> = rounds
        .iter()
        .map(|(control, measure)| measure / control)
        .collect();
    median(&each)
}

/// Cores this process may use.
fn cores() -> usize {
    std::thread::available_parallelism().map_or(0, usize::from)
}

/// How many threads wanted a core in the last minute, on average; −1 where nobody tells.
fn load() -> f64 {
    let told = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    told.split(' ')
        .next()
        .and_then(|text| text.parse().ok())
        .unwrap_or(-1.0)
}

/// Three digits that mean something, and no noise behind them.
fn rounded(value: f64) -> f64 {
    if value.abs() >= 100.0 {
        value.round()
    } else {
        (value * 1000.0).round() / 1000.0
    }
}

#[cfg(test)]
mod tests_of_figures {
    use super::*;

    fn report(figures: &[(f64, Wanted)]) -> Report {
        let mut report = Report {
            bench: "read",
            load_before: 0.5,
            figures: vec![],
        };
        for (number, (value, wanted)) in figures.iter().enumerate() {
            report.figures.push(Figure {
                name: format!("figure {number}"),
                value: *value,
                unit: "×",
                wanted: *wanted,
            });
        }
        report
    }

    #[test]
    fn the_median_is_the_middle_one_whatever_the_order() {
        assert_eq!(median(&[9.0, 1.0, 5.0]), 5.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 100.0]), 3.0);
        assert_eq!(median(&[7.0]), 7.0);
        assert!(median(&[]).is_nan());
    }

    #[test]
    fn a_ratio_compares_each_round_with_its_own_control() {
        // In the second round the machine was busy: both were slow, and their ratio is the same.
        assert_eq!(ratio(&[(100.0, 90.0), (10.0, 9.0), (100.0, 50.0)]), 0.9);
    }

    #[test]
    fn ratios_decide_and_figures_of_an_idle_machine_do_not() {
        assert!(report(&[(0.9, Wanted::AtLeast(0.8)), (70.0, Wanted::IdleAtMost(64.0))]).holds());
        assert!(report(&[(0.8, Wanted::AtLeast(0.8)), (5.0, Wanted::Told)]).holds());
        assert!(!report(&[(0.79, Wanted::AtLeast(0.8))]).holds());
        assert!(!report(&[(64.5, Wanted::AtMost(64.0))]).holds());
        assert!(!report(&[(f64::NAN, Wanted::AtLeast(0.8))]).holds());
    }

    #[test]
    fn the_last_line_is_one_object_with_every_figure() {
        let report = report(&[
            (0.912_345, Wanted::AtLeast(0.8)),
            (1999.6, Wanted::IdleAtLeast(2000.0)),
            (12.0, Wanted::Told),
        ]);
        let line = report.json(2, 1.25).to_string();

        assert!(!line.contains('\n'));
        assert_eq!(
            serde_json::from_str::<Value>(&line).expect("JSON"),
            json!({
                "bench": "read",
                "holds": true,
                "nproc": 2,
                "load_before": 0.5,
                "load_after": 1.25,
                "figures": {
                    "figure 0": {"value": 0.912, "unit": "×", "at_least": 0.8, "holds": true, "decides": true},
                    "figure 1": {"value": 2000.0, "unit": "×", "at_least": 2000.0, "holds": false, "decides": false},
                    "figure 2": {"value": 12.0, "unit": "×"},
                },
            })
        );
    }
}
