//! What is kept in the repository names no one's machine and no place that packages were fetched from.

use std::process::Command;

use crate::tree::{self, File};

/// Written in halves, so that this file does not hold what it looks for.
const MACHINE_PATHS: &[[&str; 2]] = &[["/wo", "rk/"], ["/ro", "ot/"], ["/ho", "me/"], ["/Use", "rs/"]];
const REGISTRIES: &[[&str; 2]] = &[
    ["registry.npm", "js.org"],
    ["registry.yarn", "pkg.com"],
    ["index.crat", "es.io"],
    ["static.crat", "es.io"],
    ["deb.deb", "ian.org"],
    ["pypi", ".org/simple"],
    ["files.python", "hosted.org"],
];

fn machine_paths(file: &File) -> Vec<String> {
    MACHINE_PATHS
        .iter()
        .map(|halves| halves.concat())
        .filter(|path| names_folder(&file.text, path))
        .map(|path| format!("{} names a folder of one machine: {path}", file.path))
        .collect()
}

/// Whether the path stands at the start of a path: `/en/work/` is a page, not a folder.
fn names_folder(text: &str, path: &str) -> bool {
    text.match_indices(path).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '}' | '.' | '-' | '_' | '~' | '$'))
    })
}

fn registries(file: &File) -> Vec<String> {
    REGISTRIES
        .iter()
        .map(|halves| halves.concat())
        .filter(|host| file.text.contains(host))
        .map(|host| format!("{} names a registry: {host}", file.path))
        .collect()
}

fn fetched_from(file: &File) -> Vec<String> {
    let is_lock = file.path.ends_with("package-lock.json");
    match is_lock && file.text.contains("\"resolved\": \"http") {
        true => vec![format!("{} says where packages were fetched from", file.path)],
        false => vec![],
    }
}

/// The tracked files that are text; in a copy without git, everything that is not built.
fn tracked() -> Vec<File> {
    let root = tree::root();
    let output = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(&root)
        .output();
    let Some(output) = output.ok().filter(|output| output.status.success()) else {
        return tree::files("", "");
    };
    String::from_utf8_lossy(&output.stdout)
        .split('\0')
        .filter(|path| !path.is_empty())
        .filter_map(|path| {
            Some(File {
                path: path.to_owned(),
                text: std::fs::read_to_string(root.join(path)).ok()?,
            })
        })
        .collect()
}

#[test]
fn no_file_names_a_machine_or_a_registry() {
    let files = tracked();

    assert!(!files.is_empty(), "the files were found");
    tree::none(
        files
            .iter()
            .flat_map(|file| [machine_paths(file), registries(file)].concat())
            .collect(),
    );
}

#[test]
fn lock_files_do_not_say_where_packages_came_from() {
    tree::none(tracked().iter().flat_map(fetched_from).collect());
}

#[test]
fn a_machine_s_path_a_registry_and_an_address_in_a_lock_are_told() {
    let file = |path: &str, text: String| File {
        path: path.to_owned(),
        text,
    };

    let folder = file("docs/a.md", format!("see `{}data`", MACHINE_PATHS[0].concat()));
    let page = file("docs/a.md", format!("GET /en{}papers", MACHINE_PATHS[0].concat()));
    let host = file(".npmrc", format!("registry=https://{}/", REGISTRIES[0].concat()));
    let lock = file(
        "a/package-lock.json",
        "\"resolved\": \"https://example.org/a.tgz\"".to_owned(),
    );

    assert_eq!(machine_paths(&folder).len(), 1);
    assert_eq!(machine_paths(&page).len(), 0);
    assert_eq!(registries(&host).len(), 1);
    assert_eq!(fetched_from(&lock).len(), 1);
}
