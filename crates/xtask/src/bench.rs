//! `cargo xtask bench`: builds the program as it is released, and measures it (`tests/bench`).
//!
//! What is measured and what is wanted stands in `docs/performance.md`. The last line of standard output is JSON.

use std::path::Path;
use std::process::Command;

use crate::postgres::{self, Durability, Private};
use crate::setup::{self, Purpose};
use crate::shell;
use crate::test::DATABASE;

const NAMES: &[&str] = &[
    "read", "seats", "start", "feed", "floor", "board", "growth", "search",
];

/// Runs one of the benches; fails when a ratio, or memory, misses what is wanted.
pub fn run(root: &Path, name: &str) -> Result<(), String> {
    if !NAMES.contains(&name) {
        return Err(format!("`bench {name}`: allowed are {}", NAMES.join(", ")));
    }
    let purposes: &[Purpose] = match name {
        "board" => &[Purpose::Building, Purpose::Browser],
        _ => &[Purpose::Building],
    };
    setup::provide(root, purposes)?;
    // In one call, so that both are built with the same features.
    let build = ["build", "--release", "-p", "hemicycle", "-p", "tests", "--bins"];
    shell::succeed(&mut shell::cargo(root, &build))?;

    let folder = shell::built("release")?;
    let mut bench = shell::command(folder.join("bench"), root);
    bench
        .arg(name)
        .env("HEMICYCLE_TEST_PROGRAM", folder.join("hemicycle"))
        .env_remove(DATABASE);
    if let Some(chromium) = setup::chromium() {
        bench.env("CHROMIUM", chromium);
    }
    match name {
        "seats" | "search" => with_postgres(bench),
        _ => shell::succeed(&mut bench),
    }
}

/// Beside SQLite on a server that keeps what it commits; without one on this machine, on SQLite alone.
fn with_postgres(mut bench: Command) -> Result<(), String> {
    if postgres::binaries().is_none() {
        println!("bench: no PostgreSQL server here (`cargo xtask setup`): SQLite alone");
        return shell::succeed(&mut bench);
    }
    let server = Private::start(Durability::Full)?;
    let measured = shell::succeed(bench.env(DATABASE, server.url()));
    measured.and(server.stop())
}
