//! How Rust files look: openings, documents of public items, and words that belong to one place.

use crate::tree::{self, File, code_only, has_word, without_tests};

const ENGINE_WORDS: &[&str] = &[
    "SqliteConnection",
    "PgConnection",
    "sqlite_type",
    "postgres_type",
    "diesel::pg",
    "diesel::sqlite",
];
const HTTP_CRATES: &[&str] = &["actix-kit", "api", "web", "hemicycle"];
const LINES_MAX: usize = 1000;
/// From here on one should look for a second noun.
const LINES_MANY: usize = 450;

fn crate_of(path: &str) -> &str {
    path.split('/').nth(1).unwrap_or_default()
}

fn is_named(path: &str, names: &[&str]) -> bool {
    path.rsplit('/').next().is_some_and(|name| names.contains(&name))
}

/// Files and folders that hold tests, or what only tests use.
fn is_for_tests(path: &str) -> bool {
    let is_named_so = is_named(path, &["tests.rs", "testing.rs"]) || path.ends_with("_tests.rs");
    is_named_so || path.starts_with("tests/") || path.contains("/tests/")
}

fn opening(file: &File) -> Vec<String> {
    match file.text.starts_with("//!") {
        true => vec![],
        false => vec![format!("{} does not open with `//!`: what it is for", file.path)],
    }
}

fn connections_in_decisions(file: &File) -> Vec<String> {
    let decides = is_named(&file.path, &["rules.rs", "model.rs"]) || file.path.contains("/rules/");
    match decides && has_word(&code_only(&file.text), "Conn") {
        true => vec![format!("{} names `Conn`: rules and models are values", file.path)],
        false => vec![],
    }
}

fn engines(file: &File) -> Vec<String> {
    let may_name = crate_of(&file.path) == "db"
        || file.path == "crates/kernel/src/column.rs"
        || is_named(&file.path, &["engines.rs"]);
    if may_name {
        return vec![];
    }
    let code = code_only(&file.text);
    let named = ENGINE_WORDS.iter().filter(|word| has_word(&code, word));
    named
        .map(|word| {
            format!(
                "{} names `{word}`: engines are known to db and engines.rs alone",
                file.path
            )
        })
        .collect()
}

fn http(file: &File) -> Vec<String> {
    let code = code_only(&file.text);
    let knows = [
        "actix_web",
        "actix_http",
        "actix_rt",
        "actix_kit",
        "actix_multipart",
    ];
    match !HTTP_CRATES.contains(&crate_of(&file.path)) && knows.iter().any(|word| has_word(&code, word)) {
        true => vec![format!(
            "{} knows HTTP: only {} do",
            file.path,
            HTTP_CRATES.join(", ")
        )],
        false => vec![],
    }
}

/// Public items at the margin bear a `///`. A module in a file of its own is described by that file's `//!`.
fn undocumented(file: &File) -> Vec<String> {
    if is_for_tests(&file.path) || is_named(&file.path, &["tables.rs"]) {
        return vec![];
    }
    let code = without_tests(&code_only(&file.text));
    let lines: Vec<&str> = file.text.lines().collect();
    let is_item = |line: &str| {
        let words = line.strip_prefix("pub ").unwrap_or_default();
        let words = ["const fn", "async fn", "unsafe fn"]
            .iter()
            .find_map(|w| words.strip_prefix(w))
            .map_or(words, |_| "fn ");
        let kind = words.split(' ').next().unwrap_or_default();
        let is_file = kind == "mod" && line.trim_end().ends_with(';');
        ["fn", "struct", "enum", "trait", "mod", "const", "static", "type"].contains(&kind) && !is_file
    };
    code.lines()
        .enumerate()
        .filter(|(_, line)| is_item(line))
        .filter(|(at, _)| !has_document_above(&lines[..*at]))
        .map(|(at, line)| format!("{}:{} has no `///`: {}", file.path, at + 1, line.trim()))
        .collect()
}

/// Walks upwards over attributes, which may take several lines, to a document comment.
fn has_document_above(lines: &[&str]) -> bool {
    for line in lines.iter().rev().map(|line| line.trim()) {
        if line.starts_with("///") || line.starts_with("#[doc") || line.ends_with("*/") {
            return true;
        }
        let closes_item = line.is_empty() || line == "}" || line.ends_with(';');
        if closes_item {
            return false;
        }
    }
    false
}

fn bare_unwrap(file: &File) -> Vec<String> {
    if is_for_tests(&file.path) {
        return vec![];
    }
    each_line(
        file,
        &without_tests(&code_only(&file.text)),
        ".unwrap()",
        "say in `expect` why it cannot happen",
    )
}

fn allowed_lints(file: &File) -> Vec<String> {
    let code = code_only(&file.text);
    ["#[allow(", "#![allow("]
        .iter()
        .flat_map(|start| each_line(file, &code, start, "use `#[expect(lint, reason = \"…\")]`"))
        .collect()
}

fn ignored_without_reason(file: &File) -> Vec<String> {
    each_line(
        file,
        &code_only(&file.text),
        "#[ignore]",
        "say why: `#[ignore = \"…\"]`",
    )
}

fn too_long(file: &File) -> Vec<String> {
    let lines = file.text.lines().count();
    match lines > LINES_MAX {
        true => vec![format!("{} has {lines} lines: look for a second noun", file.path)],
        false => vec![],
    }
}

fn each_line(file: &File, code: &str, start: &str, advice: &str) -> Vec<String> {
    code.match_indices(start)
        .map(|(at, _)| {
            format!(
                "{}:{} has `{start}`: {advice}",
                file.path,
                tree::line_of(code, at)
            )
        })
        .collect()
}

fn everywhere() -> Vec<File> {
    let mut files = tree::files("crates", ".rs");
    files.extend(tree::files("tests", ".rs"));
    files
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    tree::none(everywhere().iter().flat_map(opening).collect());
}

#[test]
fn rules_and_models_never_name_a_connection() {
    tree::none(
        tree::sources()
            .iter()
            .flat_map(connections_in_decisions)
            .collect(),
    );
}

#[test]
fn engines_are_named_in_their_own_places_only() {
    tree::none(tree::sources().iter().flat_map(engines).collect());
}

#[test]
fn only_four_crates_know_http() {
    tree::none(tree::sources().iter().flat_map(http).collect());
}

#[test]
fn public_items_say_what_they_are_for() {
    tree::none(tree::sources().iter().flat_map(undocumented).collect());
}

#[test]
fn nothing_outside_tests_unwraps_without_a_word() {
    tree::none(tree::sources().iter().flat_map(bare_unwrap).collect());
}

#[test]
fn lints_are_expected_with_a_reason_and_never_allowed() {
    tree::none(everywhere().iter().flat_map(allowed_lints).collect());
}

#[test]
fn no_test_is_left_out_without_a_reason() {
    tree::none(everywhere().iter().flat_map(ignored_without_reason).collect());
}

#[test]
fn files_are_one_noun_long() {
    let sources = tree::sources();
    for file in &sources {
        let lines = file.text.lines().count();
        if lines > LINES_MANY {
            println!("hint: {} has {lines} lines", file.path);
        }
    }

    tree::none(sources.iter().flat_map(too_long).collect());
}

#[cfg(test)]
mod samples {
    //! Each rule refuses a bad sample and lets a good one pass.

    use super::*;

    fn check(rule: fn(&File) -> Vec<String>, path: &str, text: &str) -> usize {
        rule(&File {
            path: path.to_owned(),
            text: text.to_owned(),
        })
        .len()
    }

    #[test]
    fn a_file_without_an_opening_is_told() {
        assert_eq!(check(opening, "crates/a/src/b.rs", "use c;\n"), 1);
        assert_eq!(check(opening, "crates/a/src/b.rs", "//! For c.\nuse c;\n"), 0);
    }

    #[test]
    fn a_rule_with_a_connection_is_told() {
        let text = "//! R.\npub fn may(conn: &mut Conn) {}\n";

        assert_eq!(check(connections_in_decisions, "crates/a/src/rules.rs", text), 1);
        assert_eq!(check(connections_in_decisions, "crates/a/src/papers.rs", text), 0);
        assert_eq!(
            check(
                connections_in_decisions,
                "crates/a/src/rules.rs",
                "//! No Conn here.\n"
            ),
            0
        );
    }

    #[test]
    fn an_engine_in_a_slice_is_told() {
        let text = "use diesel::pg::PgConnection;\n";

        assert_eq!(check(engines, "crates/people/src/accounts.rs", text), 2);
        assert_eq!(check(engines, "crates/db/src/pool.rs", text), 0);
        assert_eq!(check(engines, "crates/search/src/engines.rs", text), 0);
    }

    #[test]
    fn http_below_the_edge_is_told() {
        assert_eq!(
            check(http, "crates/people/src/accounts.rs", "use actix_web::http;\n"),
            1
        );
        assert_eq!(
            check(http, "crates/api/src/accounts.rs", "use actix_web::http;\n"),
            0
        );
    }

    #[test]
    fn a_public_item_without_a_document_is_told() {
        let path = "crates/a/src/b.rs";

        assert_eq!(check(undocumented, path, "//! B.\n\npub fn c() {}\n"), 1);
        assert_eq!(
            check(
                undocumented,
                path,
                "//! B.\n\n#[derive(\n    Debug,\n)]\npub struct C;\n"
            ),
            1
        );
        assert_eq!(
            check(
                undocumented,
                path,
                "//! B.\n\n/// C.\n#[derive(\n    Debug,\n)]\npub struct C;\n"
            ),
            0
        );
        assert_eq!(
            check(
                undocumented,
                path,
                "//! B.\n\npub const fn c() {}\npub mod d;\npub use d::E;\n"
            ),
            1
        );
        assert_eq!(
            check(undocumented, "crates/a/src/tables.rs", "pub struct C;\n"),
            0
        );
    }

    #[test]
    fn an_unwrap_outside_tests_is_told() {
        let path = "crates/a/src/b.rs";

        assert_eq!(check(bare_unwrap, path, "fn c() { d().unwrap() }\n"), 1);
        assert_eq!(
            check(
                bare_unwrap,
                path,
                "#[cfg(test)]\nmod t {\n    fn c() { d().unwrap() }\n}\n"
            ),
            0
        );
        assert_eq!(
            check(bare_unwrap, "crates/a/src/tests.rs", "fn c() { d().unwrap() }\n"),
            0
        );
    }

    #[test]
    fn an_allowed_lint_is_told() {
        assert_eq!(
            check(
                allowed_lints,
                "crates/a/src/b.rs",
                "#[allow(dead_code)]\nfn c() {}\n"
            ),
            1
        );
        assert_eq!(
            check(
                allowed_lints,
                "crates/a/src/b.rs",
                "#[expect(dead_code, reason = \"…\")]\n"
            ),
            0
        );
    }

    #[test]
    fn an_ignored_test_without_a_reason_is_told() {
        assert_eq!(
            check(
                ignored_without_reason,
                "crates/a/src/b.rs",
                "#[ignore]\nfn c() {}\n"
            ),
            1
        );
        assert_eq!(
            check(
                ignored_without_reason,
                "crates/a/src/b.rs",
                "#[ignore = \"a minute long\"]\n"
            ),
            0
        );
    }

    #[test]
    fn a_file_of_many_nouns_is_told() {
        assert_eq!(
            check(too_long, "crates/a/src/b.rs", &"//! B.\n".repeat(LINES_MAX + 1)),
            1
        );
        assert_eq!(
            check(too_long, "crates/a/src/b.rs", &"//! B.\n".repeat(LINES_MAX)),
            0
        );
    }
}
