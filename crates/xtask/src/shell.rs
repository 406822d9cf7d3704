//! Running other programs: never with an input to wait for, always with a sentence when they fail.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How many lines of what a failed program said are repeated.
const LINES_REPEATED: usize = 100;

/// The workspace's folder: the nearest one upwards that holds `Cargo.lock`.
pub fn root() -> Result<PathBuf, String> {
    let here = match env::var_os("CARGO_MANIFEST_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => env::current_dir().map_err(|e| format!("no working folder: {e}"))?,
    };
    here.ancestors()
        .find(|folder| folder.join("Cargo.lock").is_file())
        .map(Path::to_path_buf)
        .ok_or_else(|| format!("no Cargo.lock in {} or above", here.display()))
}

/// A command in `folder` that has no terminal to ask at.
pub fn command(program: impl AsRef<std::ffi::OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stdin(Stdio::null());
    command
}

/// `cargo` with these arguments, in the workspace, as if called from there by hand: what `cargo run` told this program
/// about its own package makes build scripts that look at it (ring's) run once more, and all that depends on them.
pub fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut cargo = command("cargo", root);
    cargo.args(arguments);
    for (name, _) in env::vars_os() {
        let is_about_us = name.to_str().is_some_and(|name| {
            ["CARGO_PKG_", "CARGO_MANIFEST_"]
                .iter()
                .any(|beginning| name.starts_with(beginning))
        });
        if is_about_us {
            cargo.env_remove(name);
        }
    }
    cargo
}

/// Runs it, its output going where ours goes.
pub fn succeed(command: &mut Command) -> Result<(), String> {
    let status = command
        .status()
        .map_err(|e| format!("{} did not start: {e}", name(command)))?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("{} ended with {status}", name(command))),
    }
}

/// Runs it, and shows what it said in one piece when it is over. A failure ends with the last of that: in a long report
/// it is read where the failures are named.
pub fn succeed_and_tell(command: &mut Command) -> Result<(), String> {
    let output = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .map_err(|e| format!("{} did not start: {e}", name(command)))?;
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    println!("\n── {}\n{said}", name(command));
    match output.status.success() {
        true => Ok(()),
        false => Err(format!(
            "{} ended with {}\n{}",
            name(command),
            output.status,
            last(&said, LINES_REPEATED)
        )),
    }
}

/// The last so many lines of a text.
pub fn last(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

/// What it prints, without the line end; nothing when it is absent or fails.
pub fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

/// Where `PATH` has a program of this name.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// Where programs of this profile are built: beside the folder this program was built into.
pub fn built(profile: &str) -> Result<PathBuf, String> {
    let own = env::current_exe().map_err(|e| format!("this program's own file: {e}"))?;
    own.ancestors()
        .nth(2)
        .map(|target| target.join(profile))
        .ok_or_else(|| format!("{} lies in no target folder", own.display()))
}

/// Whether this process may do everything.
pub fn is_root() -> bool {
    answer("id", &["-u"]).as_deref() == Some("0")
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    let words = command
        .get_args()
        .take(2)
        .map(|word| word.to_string_lossy().into_owned());
    std::iter::once(program.to_string_lossy().into_owned())
        .chain(words)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_failed_program_said_last_is_part_of_its_failure() {
        let mut command = command("sh", Path::new("."));
        command.args(["-c", "echo first; echo the reason >&2; exit 3"]);

        let reason = succeed_and_tell(&mut command).unwrap_err();

        assert!(reason.starts_with("sh -c echo first"), "{reason}");
        assert!(reason.ends_with("first\nthe reason"), "{reason}");
    }

    #[test]
    fn only_the_last_lines_are_repeated() {
        assert_eq!(last("a\nb\nc", 2), "b\nc");
        assert_eq!(last("a", 2), "a");
    }
}
