//! `cargo xtask test`: everything that must hold, in the order in which a mistake shows soonest.
//!
//! Builds once, with one selection of crates so that nothing is built twice, then runs the tests on SQLite, on a
//! PostgreSQL server of our own, and in a browser. A step that fails does not hide the next ones; the exit is non-zero.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::postgres::{Durability, Private};
use crate::setup::{self, Purpose};
use crate::{requirements, schemathesis, shell};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Engine {
    Sqlite,
    Postgres,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Unit,
    Journeys,
    Browser,
    Tidy,
}

/// What one run does; without options, everything.
#[derive(PartialEq, Eq, Debug, Default)]
struct Plan {
    engine: Option<Engine>,
    only: Option<Part>,
}

/// Runs the plan that the options describe and prints how long each step took.
pub fn run(root: &Path, options: &[&str]) -> Result<(), String> {
    let plan = Plan::parse(options)?;
    let mut report = Report::default();

    let is_ready = report.step("setup", || setup::provide(root, &plan.purposes()));
    if is_ready && plan.drills() {
        setup::offer(root, Purpose::Drills);
    }
    if is_ready && plan.checks_source() {
        report.step("format", || {
            shell::succeed(&mut shell::cargo(root, &["fmt", "--all", "--check"]))
        });
        report.step("requirements", || requirements::run(root));
    }
    if is_ready {
        test(root, &plan, &mut report);
    }
    report.close()
}

impl Plan {
    fn parse(options: &[&str]) -> Result<Plan, String> {
        let mut plan = Plan::default();
        let mut words = options.iter();
        while let Some(option) = words.next() {
            let value = words.next().copied().unwrap_or_default();
            match (*option, value) {
                ("--engine", "sqlite") => plan.engine = Some(Engine::Sqlite),
                ("--engine", "postgres") => plan.engine = Some(Engine::Postgres),
                ("--only", "unit") => plan.only = Some(Part::Unit),
                ("--only", "journeys") => plan.only = Some(Part::Journeys),
                ("--only", "browser") => plan.only = Some(Part::Browser),
                ("--only", "tidy") => plan.only = Some(Part::Tidy),
                _ => {
                    return Err(format!(
                        "`{option} {value}`: allowed are --engine sqlite|postgres and --only \
                         unit|journeys|browser|tidy"
                    ));
                }
            }
        }
        Ok(plan)
    }

    /// One part of the tests is asked for while working on it; the source is checked when everything is.
    fn checks_source(&self) -> bool {
        self.only.is_none()
    }

    fn purposes(&self) -> Vec<Purpose> {
        let mut purposes = vec![Purpose::Building];
        if self.tests_on(Engine::Postgres).is_some() {
            purposes.push(Purpose::Postgres);
        }
        if matches!(self.only, None | Some(Part::Journeys | Part::Browser)) {
            purposes.push(Purpose::Journeys);
        }
        if self.uses_browser() {
            purposes.push(Purpose::Browser);
        }
        purposes
    }

    fn uses_browser(&self) -> bool {
        matches!(self.only, None | Some(Part::Browser)) && self.engine != Some(Engine::Postgres)
    }

    /// Whether drills are done that want more than the tests need: on PostgreSQL, which alone can be used by two servers.
    fn drills(&self) -> bool {
        matches!(self.only, None | Some(Part::Journeys)) && self.engine != Some(Engine::Sqlite)
    }

    /// Whether the API is asked what nobody thought of: once, on the embedded database.
    fn asks_oddly(&self) -> bool {
        self.only.is_none() && self.engine != Some(Engine::Postgres)
    }

    /// The targets of `cargo test` to run on this engine. `--workspace` always, so that each dependency keeps the
    /// features it was built with; on PostgreSQL the house rules and this tool need no second look.
    fn tests_on(&self, engine: Engine) -> Option<&'static [&'static str]> {
        if self.engine.is_some_and(|only| only != engine) {
            return None;
        }
        match (self.only, engine) {
            (None, Engine::Sqlite) => Some(&["--workspace"]),
            (None, Engine::Postgres) => Some(&["--workspace", "--lib", "--test", "journeys"]),
            (Some(Part::Unit), Engine::Sqlite) => Some(&["--workspace", "--lib", "--bins"]),
            (Some(Part::Unit), Engine::Postgres) => Some(&["--workspace", "--lib"]),
            (Some(Part::Journeys), _) => Some(&["--workspace", "--test", "journeys"]),
            (Some(Part::Tidy), Engine::Sqlite) => Some(&["--workspace", "--test", "tidy"]),
            (Some(Part::Tidy), Engine::Postgres) | (Some(Part::Browser), _) => None,
        }
    }

    fn needs_program(&self) -> bool {
        !matches!(self.only, Some(Part::Unit | Part::Tidy))
    }
}

/// Builds the program and asks its API what nobody thought of.
pub fn asked_oddly(root: &Path) -> Result<(), String> {
    // As `test` builds it, so that no dependency is built once more with other features.
    shell::succeed(&mut linted(root, &["build", "--workspace", "--bins", "--tests"]))?;
    schemathesis::run(root, &program())
}

/// Builds, then runs; without a build there is nothing to run.
fn test(root: &Path, plan: &Plan, report: &mut Report) {
    let (sqlite, postgres) = (plan.tests_on(Engine::Sqlite), plan.tests_on(Engine::Postgres));
    // Programs and tests in one call: built apart, dependencies would be built twice, with and without the features that
    // only tests ask for.
    let mut build = linted(root, &["build", "--workspace"]);
    if plan.needs_program() {
        build.arg("--bins");
    }
    if sqlite.or(postgres).is_some() {
        build.arg("--tests");
    }
    let is_built = report.step("build and clippy", || shell::succeed(&mut build));
    if !is_built {
        return;
    }

    // A browser waits half of its time, and so do tests on a server: they run side by side, and what the former says is
    // shown when it is over.
    let mut beside = Report::default();
    let script = root.join("tests/browser/run.mjs");
    let uses_browser = plan.uses_browser() && script.is_file();
    std::thread::scope(|scope| {
        if uses_browser {
            scope.spawn(|| {
                beside.quietly("browser", || shell::succeed_and_tell(&mut browser(root, &script)));
            });
        }
        if let Some(targets) = sqlite {
            report.step("tests on SQLite", || {
                shell::succeed(cargo_test(root, targets).env_remove(DATABASE))
            });
        }
        if let Some(targets) = postgres {
            test_on_postgres(root, targets, report);
        }
        if plan.asks_oddly() {
            report.step("schemathesis", || schemathesis::run(root, &program()));
        }
    });
    report.steps.append(&mut beside.steps);
}

fn browser(root: &Path, script: &Path) -> std::process::Command {
    let mut node = shell::command("node", root);
    node.arg(script)
        .env("HEMICYCLE_TEST_PROGRAM", program())
        .env_remove(DATABASE);
    if let Some(chromium) = setup::chromium() {
        node.env("CHROMIUM", chromium);
    }
    node
}

/// Where tests find the server on which to make their databases; absent, they use SQLite.
pub const DATABASE: &str = "HEMICYCLE_TEST_DATABASE";

fn test_on_postgres(root: &Path, targets: &[&str], report: &mut Report) {
    let mut started = None;
    report.step("start PostgreSQL", || {
        started = Some(Private::start(Durability::None)?);
        Ok(())
    });
    if let Some(server) = started {
        report.step("tests on PostgreSQL", || {
            shell::succeed(cargo_test(root, targets).env(DATABASE, server.url()))
        });
        report.step("stop PostgreSQL", || server.stop());
    }
}

/// A call of cargo whose compiler for our own crates is clippy's: what it builds is also linted, every lint an error, and
/// no dependency is checked once more for clippy's sake. `cargo clippy` sets the same two variables for `cargo check`.
pub fn linted(root: &Path, arguments: &[&str]) -> std::process::Command {
    let mut cargo = shell::cargo(root, arguments);
    cargo
        .env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver")
        .env("CLIPPY_ARGS", "-Dwarnings__CLIPPY_HACKERY__")
        // With what the tests ask for and no more: neither the bundled OpenSSL nor the allocator, minutes of C each.
        .arg("--no-default-features");
    cargo
}

fn cargo_test(root: &Path, targets: &[&str]) -> std::process::Command {
    let mut tests = linted(root, &["test", "--no-fail-fast", "--quiet"]);
    tests.args(targets).env("HEMICYCLE_TEST_PROGRAM", program());
    tests
}

/// The built `hemicycle`: it lies beside this program.
fn program() -> PathBuf {
    let beside = std::env::current_exe()
        .ok()
        .and_then(|file| Some(file.parent()?.join("hemicycle")));
    beside.unwrap_or_else(|| PathBuf::from("target/debug/hemicycle"))
}

#[derive(Default)]
struct Report {
    steps: Vec<(String, Duration, Result<(), String>)>,
}

impl Report {
    /// Runs one step and notes how it went; answers whether it went well.
    fn step(&mut self, name: &str, work: impl FnOnce() -> Result<(), String>) -> bool {
        println!("\n── {name}");
        self.quietly(name, work)
    }

    /// The same for a step that runs beside another and tells at its end what it is.
    fn quietly(&mut self, name: &str, work: impl FnOnce() -> Result<(), String>) -> bool {
        let started = Instant::now();
        let outcome = work();
        let is_well = outcome.is_ok();
        self.steps.push((name.to_owned(), started.elapsed(), outcome));
        is_well
    }

    fn close(self) -> Result<(), String> {
        println!("\n── summary");
        for (name, time, outcome) in &self.steps {
            let word = if outcome.is_ok() { "well" } else { "FAILED" };
            println!("{:>7.1} s  {word:<6}  {name}", time.as_secs_f32());
        }
        for (name, _, outcome) in &self.steps {
            if let Err(reason) = outcome {
                println!("\n── {name} failed: {reason}");
            }
        }
        let failed: Vec<&str> = self
            .steps
            .iter()
            .filter(|(_, _, o)| o.is_err())
            .map(|(name, _, _)| name.as_str())
            .collect();
        match failed.is_empty() {
            true => Ok(()),
            false => Err(format!("failed: {}", failed.join(", "))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_options_everything_runs_on_both_engines() {
        let plan = Plan::parse(&[]).unwrap();

        assert_eq!(plan, Plan::default());
        assert_eq!(
            plan.purposes(),
            [
                Purpose::Building,
                Purpose::Postgres,
                Purpose::Journeys,
                Purpose::Browser
            ]
        );
        assert!(plan.checks_source() && plan.asks_oddly());
    }

    #[test]
    fn one_engine_leaves_the_other_out() {
        let plan = Plan::parse(&["--engine", "sqlite", "--only", "unit"]).unwrap();

        assert_eq!(plan.tests_on(Engine::Postgres), None);
        assert_eq!(plan.purposes(), [Purpose::Building]);
    }

    #[test]
    fn the_house_rules_need_neither_server_nor_browser() {
        let plan = Plan::parse(&["--only", "tidy"]).unwrap();

        assert_eq!(plan.purposes(), [Purpose::Building]);
        assert!(!plan.checks_source() && !plan.needs_program());
    }

    #[test]
    fn an_unknown_option_is_named_with_what_is_allowed() {
        let reason = Plan::parse(&["--engine", "mysql"]).unwrap_err();

        assert!(
            reason.starts_with("`--engine mysql`: allowed are --engine sqlite|postgres"),
            "{reason}"
        );
    }

    #[test]
    fn a_failed_step_fails_the_run_and_lets_the_next_one_speak() {
        let mut report = Report::default();

        assert!(!report.step("first", || Err("no".to_owned())));
        assert!(report.step("second", || Ok(())));

        assert_eq!(report.close(), Err("failed: first".to_owned()));
    }
}
