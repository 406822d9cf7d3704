//! `cargo xtask fresh`: what a stranger gets. Clones the last commit and runs `.ci/run` there.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use crate::shell;

/// Clones `HEAD` beside a link to the shared folder, when there is one, and runs everything as CI would.
pub fn run(root: &Path) -> Result<(), String> {
    let folder = std::env::temp_dir().join(format!("hemicycle-fresh-{}", std::process::id()));
    fs::create_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let outcome = run_in(root, &folder);
    let removed = fs::remove_dir_all(&folder).map_err(|e| format!("{}: {e}", folder.display()));
    outcome.and(removed)
}

fn run_in(root: &Path, folder: &Path) -> Result<(), String> {
    let clone = folder.join("main");
    shell::succeed(
        shell::command("git", root)
            .args(["clone", "--quiet", "--no-hardlinks", "."])
            .arg(&clone),
    )?;
    let shared = root.join("../shared");
    if shared.is_dir() {
        let shared = shared
            .canonicalize()
            .map_err(|e| format!("{}: {e}", shared.display()))?;
        symlink(shared, folder.join("shared")).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    let mut script = shell::command("bash", &clone);
    script
        .arg(".ci/run")
        .env("CI", "true")
        .env_remove("CARGO_TARGET_DIR")
        .env_remove("CARGO_MANIFEST_DIR");
    shell::succeed(&mut script)
}
