//! `bench start`: how long the program takes to its first answer on an existing database, and what memory the
//! demonstration keeps when it has nothing to do, after it was walked through and signed in to.

use std::{
    collections::{BTreeSet, VecDeque},
    path::PathBuf,
    sync::mpsc,
    time::{Duration, Instant},
};

use tests::{Client, Program};

use crate::figures::{self, Report, Wanted};

/// Starts that are measured.
const STARTS: usize = 5;
/// The most seconds from the start to the first answer.
const SECONDS: f64 = 1.0;
/// The most memory at rest, in MiB.
const MEMORY: f64 = 64.0;
/// How long it rests before its memory is read.
const REST: Duration = Duration::from_secs(30);
/// Who walks: the persona's code and where they begin; a visitor has none.
const WALKERS: &[(&str, &str)] = &[
    ("", "/en/durban-2019"),
    ("", "/fr/durban-2019"),
    ("individual", "/en/durban-2019"),
    ("arrears", "/en/durban-2019"),
    ("council", "/es/durban-2019"),
    ("organiser", "/en/desk"),
];
/// Pages each of them looks at.
const PAGES: usize = 40;
/// Sign-ins of each kind: by one click, and by a password.
const SIGN_INS: usize = 20;

/// Measures.
///
/// # Panics
/// When the program does not start or a page fails: then there is nothing to tell.
pub fn measure(program: &PathBuf) -> Report {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().display().to_string();
    let log = folder.path().join("log");
    let start = || {
        let begun = Instant::now();
        let started = Program::start_logging(program, &["demo", "--data", &data], &[], &log);
        started.client().get("/en/durban-2019").expect(200);
        (started, begun.elapsed().as_secs_f64())
    };
    let mut report = Report::begin("start");
    let (first, seconds) = start();
    report.add(
        "first start, furnishing the demonstration",
        seconds,
        "s",
        Wanted::Told,
    );
    drop(first);
    let times: Vec<f64> = (0..STARTS).map(|_| start().1).collect();
    report.add(
        "start on an existing database",
        figures::median(&times),
        "s",
        Wanted::IdleAtMost(SECONDS),
    );

    let (server, _) = start();
    report.add(
        "memory after the start",
        memory(&server, "VmRSS"),
        "MiB",
        Wanted::Told,
    );
    let mut pages = 0;
    for (persona, from) in WALKERS {
        let client = server.client();
        if !persona.is_empty() {
            enter(&client, persona);
        }
        pages += walk(&client, from);
    }
    report.add("pages looked at", f64::from(pages), "", Wanted::Told);
    sign_in(&server);
    rest();
    report.add(
        "memory at rest",
        memory(&server, "VmRSS"),
        "MiB",
        Wanted::AtMost(MEMORY),
    );
    report.add("memory at most", memory(&server, "VmHWM"), "MiB", Wanted::Told);
    report
}

/// Becomes a persona of the demonstration by one click.
fn enter(client: &Client, persona: &str) {
    let entered = client.form("/en/demo", &[("persona", persona)]);
    assert_eq!(entered.status, 303, "{persona}: {}", entered.text());
}

/// Follows the links of a page and of the pages they lead to, the nearest first.
fn walk(client: &Client, from: &str) -> u32 {
    let mut known = BTreeSet::from([from.to_owned()]);
    let mut next = VecDeque::from([from.to_owned()]);
    let mut seen = 0;
    while let Some(path) = next.pop_front() {
        if seen as usize == PAGES {
            break;
        }
        let page = client.get(&path);
        assert!(page.status < 500, "{path}: {}", page.status);
        seen += 1;
        for link in links(&page.text()) {
            if known.insert(link.clone()) {
                next.push_back(link);
            }
        }
    }
    seen
}

/// Addresses on this site that a page links to.
fn links(page: &str) -> Vec<String> {
    page.split("href=\"/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|path| format!("/{}", path.replace("&amp;", "&")))
        .collect()
}

/// Signs in by one click, and asks as often with a password, which is hashed whether it is right or not.
fn sign_in(server: &Program) {
    for number in 0..SIGN_INS {
        enter(&server.client(), "individual");
        let email = format!("nobody-{number}@congress.example");
        let fields = [
            ("email", email.as_str()),
            ("password", "correct horse battery staple"),
        ];
        let refused = server.client().form("/en/sign-in", &fields);
        assert!(refused.status < 500, "{}", refused.text());
    }
}

fn memory(server: &Program, line: &str) -> f64 {
    server.memory_mib(line).expect("Linux tells it")
}

fn rest() {
    let (_never_sends, nothing) = mpsc::channel::<()>();
    nothing.recv_timeout(REST).ok();
}

#[cfg(test)]
mod tests_of_start {
    use super::*;

    #[test]
    fn only_links_within_the_site_are_followed() {
        let page = r#"<a href="/en/a?b=1&amp;c=2">a</a> <a href="https://elsewhere.example/">b</a> <a href="/fr">c</a>"#;

        assert_eq!(links(page), ["/en/a?b=1&c=2", "/fr"]);
    }
}
