//! `cargo xtask soak`: builds the program as it is released, and does the drills at length (`tests/soak`).
//!
//! What a drill does and what may be found stands in `docs/operations.md`. The last line of standard output is JSON.

use std::path::Path;

use crate::postgres::{Durability, Private};
use crate::setup::{self, Purpose};
use crate::shell;
use crate::test::{self, DATABASE};

/// Runs the drills that are named, or all of them; fails when a figure misses what is wanted.
///
/// `--debug` takes the program as the tests build it, where nobody waits for a release build.
pub fn run(root: &Path, options: &[&str]) -> Result<(), String> {
    setup::provide(root, &[Purpose::Building, Purpose::Postgres])?;
    setup::offer(root, Purpose::Drills);
    let (build, folder) = if options.contains(&"--debug") {
        let build = ["build", "--workspace", "--bins", "--tests"];
        (test::linted(root, &build), "debug")
    } else {
        // In one call, so that both are built with the same features.
        let build = ["build", "--release", "-p", "hemicycle", "-p", "tests", "--bins"];
        (shell::cargo(root, &build), "release")
    };
    let mut build = build;
    shell::succeed(&mut build)?;

    let folder = shell::built(folder)?;
    let server = Private::start(Durability::Full)?;
    let mut soak = shell::command(folder.join("soak"), root);
    soak.args(options.iter().filter(|option| **option != "--debug"))
        .env("HEMICYCLE_TEST_PROGRAM", folder.join("hemicycle"))
        .env(DATABASE, server.url());
    let done = shell::succeed(&mut soak);
    done.and(server.stop())
}
