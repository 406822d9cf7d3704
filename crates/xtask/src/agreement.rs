//! What `docs/requirements.md` says of the tests, compared with the tests there are.
//!
//! The page is a table: `| R12 | in our words | test_name, test_name |`. A test whose name begins with `r12_` shows
//! requirement R12 and must stand in its row; a row may name other tests too. Words in the third column that cannot be
//! a test's name are remarks. The house's own tests (`tests/tidy`) read this same file.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const PAGE: &str = "docs/requirements.md";

/// One sentence per difference, in the order of the requirements' numbers; none when all agree.
pub fn of_tree(root: &Path) -> Result<Vec<String>, String> {
    let page = match fs::read_to_string(root.join(PAGE)) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(e) => return Err(format!("{PAGE}: {e}")),
    };
    let mut tests = BTreeSet::new();
    for folder in ["crates", "tests"] {
        collect(&root.join(folder), &mut tests)?;
    }
    Ok(differences(&page, &tests))
}

/// One sentence for each test that is listed but absent, present but unlisted, and each row that stands twice.
pub fn differences(page: &str, tests: &BTreeSet<String>) -> Vec<String> {
    let mut listed: BTreeMap<u32, BTreeSet<&str>> = BTreeMap::new();
    let mut sentences = Vec::new();
    for (number, names) in page.lines().filter_map(row) {
        if listed.insert(number, names.into_iter().collect()).is_some() {
            sentences.push(format!("R{number} has two rows"));
        }
    }
    for (number, names) in &listed {
        for name in names.iter().filter(|name| !tests.contains(**name)) {
            sentences.push(format!("R{number} names `{name}`, which is no test"));
        }
    }
    let mut unlisted: Vec<(u32, &str)> = tests
        .iter()
        .filter_map(|name| Some((shown_requirement(name)?, name.as_str())))
        .filter(|(number, name)| !listed.get(number).is_some_and(|names| names.contains(name)))
        .collect();
    unlisted.sort_unstable();
    sentences.extend(
        unlisted
            .iter()
            .map(|(number, name)| format!("`{name}` is not in the row of R{number}")),
    );
    sentences
}

/// The names of the tests in a Rust file.
pub fn rust_tests(source: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut is_test = false;
    for line in source.lines().map(str::trim) {
        if line.starts_with("#[") {
            is_test |= line.starts_with("#[test]") || line.contains("::test]") || line.contains("::test(");
        } else if is_test && !line.starts_with("//") {
            names.extend(function_name(line));
            is_test = false;
        }
    }
    names
}

/// The names in a browser script that begin like a requirement's test.
pub fn script_tests(source: &str) -> BTreeSet<String> {
    source
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| shown_requirement(word).is_some())
        .map(str::to_owned)
        .collect()
}

fn row(line: &str) -> Option<(u32, Vec<&str>)> {
    let cells: Vec<&str> = line.strip_prefix('|')?.split('|').map(str::trim).collect();
    let number = cells.first()?.strip_prefix('R')?.parse().ok()?;
    let names = cells
        .get(2)?
        .split([',', ' ', ';'])
        .map(|word| word.trim_matches('`'));
    let names = names.map(|word| word.rsplit("::").next().unwrap_or(word));
    Some((number, names.filter(|word| could_be_a_name(word)).collect()))
}

fn could_be_a_name(word: &str) -> bool {
    word.contains('_')
        && word
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn shown_requirement(name: &str) -> Option<u32> {
    name.strip_prefix('r')?.split_once('_')?.0.parse().ok()
}

fn function_name(line: &str) -> Option<String> {
    let words = line.strip_prefix("pub ").unwrap_or(line);
    let words = words.strip_prefix("async ").unwrap_or(words);
    let name = words.strip_prefix("fn ")?.split(['(', '<']).next()?;
    Some(name.trim().to_owned())
}

fn collect(folder: &Path, tests: &mut BTreeSet<String>) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            if !path.ends_with("node_modules") && !path.ends_with("target") {
                collect(&path, tests)?;
            }
            continue;
        }
        let read = || fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()));
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("rs") => tests.extend(rust_tests(&read()?)),
            Some("mjs" | "js") => tests.extend(script_tests(&read()?)),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| name.to_string()).collect()
    }

    const TABLE: &str =
        "| | in our words | tests |\n|---|---|---|\n| R7 | a | `r7_a_lab`, some_other_test |\n";

    #[test]
    fn a_table_that_names_every_test_agrees() {
        let tests = set(&["r7_a_lab", "some_other_test", "a_test_about_nothing_numbered"]);

        assert_eq!(differences(TABLE, &tests), Vec::<String>::new());
    }

    #[test]
    fn a_listed_test_that_is_absent_is_told() {
        let told = differences(TABLE, &set(&["r7_a_lab"]));

        assert_eq!(told, ["R7 names `some_other_test`, which is no test"]);
    }

    #[test]
    fn a_numbered_test_outside_its_row_is_told() {
        let tests = set(&["r7_a_lab", "some_other_test", "r12_a_town_hall"]);

        assert_eq!(
            differences(TABLE, &tests),
            ["`r12_a_town_hall` is not in the row of R12"]
        );
    }

    #[test]
    fn a_second_row_of_a_requirement_is_told() {
        assert_eq!(
            differences("| R3 | a | — |\n| R3 | b | later |", &set(&[])),
            ["R3 has two rows"]
        );
    }

    #[test]
    fn a_test_is_a_function_under_its_attribute() {
        let source = "#[test]\n/// Why.\n#[ignore = \"slow\"]\nfn r1_seen() {\n}\nfn r2_helper() {}\n";

        assert_eq!(rust_tests(source), set(&["r1_seen"]));
    }

    #[test]
    fn a_script_names_tests_in_its_strings() {
        assert_eq!(
            script_tests("step(\"r60_a_ramp\", go); const row_1 = 2;"),
            set(&["r60_a_ramp"])
        );
    }
}
