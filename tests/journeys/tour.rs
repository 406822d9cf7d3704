//! `docs/tour.md` and `docs/api-guide.md`, run as they stand against a fresh demonstration.

use std::{fmt::Write as _, fs, net::SocketAddr, path::Path, process::Command};

use db::{Engine, testing};
use hemicycle::demo::DemoMoment;
use tests::{Program, Site, note, root};

const TOUR: &str = "docs/tour.md";
const GUIDE: &str = "docs/api-guide.md";
/// Printed between two steps.
const MARK: &str = "=== the next step ===";

/// A step: what is run, and the lines that must be in what it prints, in their order.
struct Step {
    shell: String,
    printed: Vec<String>,
}

#[test]
fn the_tour_says_what_one_sees() {
    let Some(program) = Program::built() else { return };
    if Command::new("curl").arg("--version").output().is_err() {
        return note("no curl: the tour is not taken");
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data").display().to_string();
    let demo = Program::start(&program, &["demo", "--data", &data], &[]);
    take(TOUR, demo.address(), folder.path());
}

/// The command has an embedded database; the same house, furnished in the same way, says the same on a server's.
#[test]
fn the_tour_says_the_same_on_postgresql() {
    if testing::engine() == Engine::Sqlite {
        return note("on SQLite the tour is taken with the program");
    }
    if Command::new("curl").arg("--version").output().is_err() {
        return note("no curl: the tour is not taken");
    }
    let site = Site::demonstration(DemoMoment::Live);
    let folder = tempfile::tempdir().expect("a temporary folder");
    take(TOUR, site.address(), folder.path());
}

/// The guide to the API, on the engine of the run.
#[test]
fn the_guide_to_the_api_says_what_one_sees() {
    let has = |tool: &str| Command::new(tool).arg("version").output().is_ok();
    if !has("curl") || !has("openssl") {
        return note("no curl or no openssl: the guide is not followed");
    }
    let site = Site::demonstration(DemoMoment::Live);
    let folder = tempfile::tempdir().expect("a temporary folder");
    take(GUIDE, site.address(), folder.path());
}

/// Takes the steps of a page against a fresh demonstration at this address, in this folder.
fn take(page: &str, address: SocketAddr, folder: &Path) {
    let page = fs::read_to_string(root().join(page)).expect("the page");
    let steps = steps(&page);
    assert!(steps.iter().all(|step| !step.printed.is_empty()) && steps.len() > 8);

    let script: String = steps
        .iter()
        .map(|step| format!("{}\necho '{MARK}'\n", step.shell))
        .collect();
    let taken = Command::new("bash")
        .args(["-c", &script])
        .current_dir(folder)
        .env("BASE", format!("http://{address}"))
        .output()
        .expect("bash");

    let printed = String::from_utf8_lossy(&taken.stdout).into_owned();
    let complaints = String::from_utf8_lossy(&taken.stderr).into_owned();
    let mut wrong = String::new();
    for (step, seen) in steps.iter().zip(printed.split(MARK)) {
        let mut lines = seen.lines();
        for line in &step.printed {
            if !lines.any(|seen| is_like(line, seen)) {
                writeln!(
                    wrong,
                    "{line}\nis not where it should be in what\n{}printed:\n{seen}",
                    step.shell
                )
                .expect("text");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}\n{complaints}");
}

#[test]
fn a_line_is_like_another_but_for_what_is_left_out() {
    assert!(is_like("a…c", "abbc") && is_like("…", "") && is_like("a…", "a") && is_like("a…b…", "a1b2"));
    assert!(!is_like("a…c", "abcd") && !is_like("ab", "abc") && !is_like("a…a", "a"));
}

/// The blocks of shell in a page, each with the block of text after it.
fn steps(page: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut within = None;
    for line in page.lines() {
        match (within, line) {
            (None, "```sh") => {
                steps.push(Step {
                    shell: String::new(),
                    printed: vec![],
                });
                within = Some("sh");
            }
            (None, "```text") => within = Some("text"),
            (None, _) => {}
            (Some(_), "```") => within = None,
            (Some(block), line) => {
                let step = steps.last_mut().expect("shell stands before its text");
                match block {
                    "sh" => writeln!(step.shell, "{line}").expect("text"),
                    _ => step.printed.push(line.to_owned()),
                }
            }
        }
    }
    steps
}

/// Whether a line is as the page has it, `…` standing for anything.
fn is_like(line: &str, seen: &str) -> bool {
    let Some((start, rest)) = line.split_once('…') else {
        return line == seen;
    };
    let Some(after) = seen.strip_prefix(start) else {
        return false;
    };
    after
        .char_indices()
        .map(|(at, _)| at)
        .chain([after.len()])
        .any(|at| is_like(rest, &after[at..]))
}
