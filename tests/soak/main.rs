//! The drills at length: `cargo xtask soak [--minutes N] [--from PROGRAM] [NAME…]` builds all, starts a PostgreSQL that keeps
//! what it commits, and calls this. Figures come as they are found; in the end they stand in one table, and as JSON in the
//! last line.
//!
//! What is done, and what may be found, stands in `tests/support/drills`, which the tests call too.

use std::{
    path::PathBuf,
    process::ExitCode,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tests::{
    Fleet, Program,
    drills::{self, Found, Wanted},
    fleet::Furniture,
    note,
};

const USAGE: &str = "[--minutes N] [--from PROGRAM] [agree|rolling|killed|memory|standby|copies …], with HEMICYCLE_TEST_PROGRAM \
    naming the built program and HEMICYCLE_TEST_DATABASE a PostgreSQL";

/// A drill, whether it can be done here, and how much of the time it gets.
struct Drill {
    name: &'static str,
    is_possible: fn() -> bool,
    run: fn(&Wanted) -> Found,
    share: u32,
}

#[rustfmt::skip]
const DRILLS: &[Drill] = &[
    Drill { name: drills::agree::NAME, is_possible: Fleet::is_possible, run: drills::agree::run, share: 1 },
    Drill { name: drills::rolling::NAME, is_possible: Fleet::is_possible, run: drills::rolling::run, share: 2 },
    Drill { name: drills::killed::NAME, is_possible: Fleet::is_possible, run: drills::killed::run, share: 2 },
    Drill { name: drills::memory::NAME, is_possible: Fleet::is_possible, run: drills::memory::run, share: 4 },
    Drill { name: drills::standby::NAME, is_possible: drills::standby::is_possible, run: drills::standby::run, share: 2 },
    Drill { name: drills::copies::NAME, is_possible: drills::copies::is_possible, run: drills::copies::run, share: 1 },
];

/// What was asked for.
#[derive(Debug, PartialEq)]
struct Asked {
    minutes: f64,
    from: Option<PathBuf>,
    names: Vec<String>,
}

impl Asked {
    fn parse(words: &[&str]) -> Option<Self> {
        let mut asked = Self {
            minutes: 10.0,
            from: None,
            names: Vec::new(),
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--minutes" => {
                    asked.minutes = words.next()?.parse().ok()?;
                    (asked.minutes > 0.0).then_some(())?;
                }
                "--from" => asked.from = Some(words.next()?.into()),
                name => {
                    DRILLS.iter().find(|drill| drill.name == name)?;
                    asked.names.push(name.to_owned());
                }
            }
        }
        Some(asked)
    }

    fn drills(&self) -> Vec<&'static Drill> {
        let is_asked =
            |drill: &&Drill| self.names.is_empty() || self.names.iter().any(|name| name == drill.name);
        DRILLS.iter().filter(is_asked).collect()
    }
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let Some(asked) = Asked::parse(&words) else {
        note(USAGE);
        return ExitCode::FAILURE;
    };
    let Some(program) = Program::built() else {
        return ExitCode::FAILURE;
    };
    let chosen = asked.drills();
    let possible: Vec<&Drill> = chosen
        .iter()
        .copied()
        .filter(|drill| (drill.is_possible)())
        .collect();
    let shares: u32 = possible.iter().map(|drill| drill.share).sum();
    let begun = Instant::now();
    let found: Vec<Found> = possible
        .iter()
        .map(|drill| {
            let wanted = Wanted {
                from: asked.from.clone().unwrap_or_else(|| program.clone()),
                program: program.clone(),
                time: Duration::from_secs_f64(60.0 * asked.minutes)
                    .mul_f64(f64::from(drill.share) / f64::from(shares)),
                furniture: Furniture {
                    people: 100,
                    sessions: 20,
                },
            };
            (drill.run)(&wanted)
        })
        .collect();
    let left_out = chosen.len() - possible.len();
    print(&found, left_out, begun.elapsed());
    match left_out == 0 && found.iter().all(Found::holds) {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

/// The table, and the line of JSON.
#[expect(clippy::print_stdout, reason = "this is what was asked for")]
fn print(found: &[Found], left_out: usize, took: Duration) {
    for one in found {
        println!("{}\n", one.table());
    }
    println!("{}", summary(found, left_out, took));
}

fn summary(found: &[Found], left_out: usize, took: Duration) -> Value {
    json!({
        "soak": found.iter().map(Found::json).collect::<Vec<_>>(),
        "holds": left_out == 0 && found.iter().all(Found::holds),
        "left_out": left_out,
        "nproc": std::thread::available_parallelism().map_or(0, usize::from),
        "minutes": (took.as_secs_f64() / 6.0).round() / 10.0,
    })
}

#[cfg(test)]
mod tests_of_soak {
    use super::*;

    #[test]
    fn without_names_every_drill_is_done_and_an_unknown_one_is_refused() {
        let all = Asked::parse(&["--minutes", "2", "--from", "old/hemicycle"]).expect("asked for");
        let one = Asked::parse(&["rolling"]).expect("asked for");

        assert_eq!((all.minutes, all.drills().len()), (2.0, DRILLS.len()));
        assert_eq!(all.from, Some("old/hemicycle".into()));
        assert_eq!(
            one.drills().iter().map(|drill| drill.name).collect::<Vec<_>>(),
            ["rolling"]
        );
        for bad in [&["fire"][..], &["--minutes"], &["--minutes", "0"], &["--from"]] {
            assert_eq!(Asked::parse(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn what_is_missed_or_left_out_is_said_in_table_and_json() {
        let mut good = Found::by("good");
        good.told("requests", 12.0, "");
        good.at_most(5.0, "time", 1.25, "s");
        let mut bad = Found::by("bad");
        bad.at_most(0.0, "lost", 1.0, "");
        let mut unknown = Found::by("unknown");
        unknown.seconds(1.0, ["median", "at most"], &[]);

        assert!(good.holds() && !bad.holds() && !unknown.holds());
        assert!(bad.table().contains("MISSED (at most 0)"), "{}", bad.table());
        let took = Duration::from_secs(90);
        let told = summary(&[good.clone(), bad], 0, took);
        assert_eq!((&told["holds"], &told["minutes"]), (&json!(false), &json!(1.5)));
        assert_eq!(
            told["soak"][0]["figures"]["time"],
            json!({"value": 1.25, "unit": "s", "at_most": 5.0, "holds": true})
        );
        assert_eq!(summary(&[good], 1, took)["holds"], json!(false));
    }
}
