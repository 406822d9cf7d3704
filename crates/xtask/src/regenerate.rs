//! `cargo xtask regenerate`: writes `docs/openapi.json`, `docs/access-matrix.md` and `docs/errors.md` anew.
//!
//! The tests that compare these pages with the program write them instead when they are told to, so that there is
//! one text that says what the pages hold.

use std::path::Path;

use crate::shell;
use crate::test::linted;

/// Runs the tests called `generated…` in writing mode.
pub fn run(root: &Path) -> Result<(), String> {
    let mut tests = linted(root, &["test", "--workspace", "--test", "journeys", "generated"]);
    shell::succeed(tests.env("HEMICYCLE_REGENERATE", "1"))?;
    println!("regenerate: see `git diff docs`");
    Ok(())
}
