//! `cargo xtask requirements`: does every requirement name the tests that show it, and is every such test named?

use std::path::Path;

use crate::agreement;

/// Prints each difference between `docs/requirements.md` and the tests.
pub fn run(root: &Path) -> Result<(), String> {
    let differences = agreement::of_tree(root)?;
    match differences.len() {
        0 => {
            println!("requirements: docs/requirements.md and the tests agree");
            Ok(())
        }
        count => Err(format!(
            "docs/requirements.md and the tests differ ({count}):\n  {}",
            differences.join("\n  ")
        )),
    }
}
