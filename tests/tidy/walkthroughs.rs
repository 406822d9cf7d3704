//! What the pages for newcomers point at is there: each file they name, and in it what they say to look for.

use std::fs;

use crate::tree;

/// The pages that name places in the code.
const PAGES: &[&str] = &["CONTRIBUTING.md", "docs/walkthroughs.md"];
/// Where such places are.
const FOLDERS: &[&str] = &["crates/", "tests/", "config/", "docs/", "migrations/"];
/// How what can be looked for is declared.
const DECLARED: &[&str] = &["fn", "struct", "enum", "const", "trait", "static", "type"];

/// The places a page names: files or folders, and what to look for in them.
fn places(page: &str) -> Vec<(String, Option<String>)> {
    page.split('`')
        .skip(1)
        .step_by(2)
        .filter(|place| FOLDERS.iter().any(|folder| place.starts_with(folder)))
        .map(|place| match place.split_once("::") {
            Some((path, name)) => (path.to_owned(), Some(name.to_owned())),
            None => (place.to_owned(), None),
        })
        .collect()
}

/// Whether something of this name is declared in a text.
fn declares(text: &str, name: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start();
        DECLARED.iter().any(|kind| {
            line.split(&format!("{kind} "))
                .skip(1)
                .any(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next() == Some(name))
        })
    })
}

fn missing(page: &str, text: &str) -> Vec<String> {
    let root = tree::root();
    places(text)
        .into_iter()
        .filter_map(|(path, name)| {
            let Some(name) = name else {
                return (!root.join(&path).exists()).then(|| format!("{page}: there is no {path}"));
            };
            let is_there = fs::read_to_string(root.join(&path)).is_ok_and(|source| declares(&source, &name));
            (!is_there).then(|| format!("{page}: {path} has no {name}"))
        })
        .collect()
}

#[test]
fn what_newcomers_are_shown_is_there() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for page in PAGES {
        let text = fs::read_to_string(tree::root().join(page)).expect("the page");
        seen += places(&text).len();
        wrong.extend(missing(page, &text));
    }

    assert!(seen > 50, "the places were found: {seen}");
    tree::none(wrong);
}

#[test]
fn a_place_that_is_gone_is_told() {
    let page = "See `crates/db/src/writer.rs::try_batch`, `crates/db/src/writer.rs::no_such` and `crates/none`; not `x::y`.";

    assert_eq!(
        missing("page", page),
        [
            "page: crates/db/src/writer.rs has no no_such",
            "page: there is no crates/none"
        ]
    );
    assert!(!declares("fn reserved() {}", "reserve") && declares("    pub async fn reserve(", "reserve"));
}
