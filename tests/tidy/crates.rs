//! Who may depend on whom: the table of `docs/architecture.md` §3, compared with every `Cargo.toml`.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree;

/// What a domain crate may use besides the crates of this workspace.
const PURE: &[&str] = &["serde", "serde_json", "utoipa", "uuid"];
/// The crates every slice may use.
const FOUNDATION: &[&str] = &["kernel", "db", "access-rules", "records"];
/// Everything under a track.
const UNDER_TRACKS: &[&str] = &[
    "kernel",
    "db",
    "access-rules",
    "session-formats",
    "timetable",
    "records",
    "files",
    "search",
    "people",
    "members",
    "mail",
    "texts",
    "papers",
    "floor",
    "programme",
    "outcomes",
];
const TRACKS: &[&str] = &["assembly", "town-hall", "local4action", "statutory"];
const HTTP: &[&str] = &["actix-kit", "api", "web", "hemicycle"];

/// The workspace's crates that `name` may depend on; nothing for a crate the table does not know.
fn allowed(name: &str) -> Option<Vec<&'static str>> {
    let more = |base: &[&'static str], extra: &[&'static str]| Some([base, extra].concat());
    let slices = [
        UNDER_TRACKS,
        TRACKS,
        &[
            "registration",
            "follow-up",
            "network",
            "documents",
            "ballots",
            "webhooks",
            "privacy",
        ],
    ]
    .concat();
    match name {
        "kernel" | "xtask" => Some(vec![]),
        "db" | "access-rules" | "timetable" | "ballots" => Some(vec!["kernel"]),
        "session-formats" => Some(vec!["kernel", "access-rules"]),
        "records" | "search" => Some(vec!["kernel", "db"]),
        "files" => Some(vec!["kernel", "db", "records"]),
        "people" => Some(FOUNDATION.to_vec()),
        "openid" => Some(vec!["kernel", "people"]),
        "members" | "mail" => more(FOUNDATION, &["people"]),
        "webhooks" => more(FOUNDATION, &["people", "members", "mail"]),
        "texts" | "floor" => more(FOUNDATION, &["search", "people"]),
        "programme" => more(
            FOUNDATION,
            &[
                "session-formats",
                "timetable",
                "people",
                "members",
                "mail",
                "files",
                "search",
            ],
        ),
        "papers" => more(FOUNDATION, &["search", "people", "members", "mail", "texts"]),
        "outcomes" => more(FOUNDATION, &["search", "people", "members", "mail", "texts"]),
        "statutory" => more(UNDER_TRACKS, &["ballots"]),
        track if TRACKS.contains(&track) => Some(UNDER_TRACKS.to_vec()),
        "registration" => more(
            FOUNDATION,
            &[
                "session-formats",
                "people",
                "members",
                "programme",
                "mail",
                "documents",
            ],
        ),
        "privacy" => more(UNDER_TRACKS, &[TRACKS, &["registration", "webhooks"]].concat()),
        "follow-up" | "network" => more(FOUNDATION, &["people", "members", "outcomes"]),
        "documents" => Some(vec!["kernel"]),
        "actix-kit" => more(FOUNDATION, &["people", "members"]),
        "api" | "web" => more(&slices, &["actix-kit"]),
        "hemicycle" => more(&slices, &["actix-kit", "api", "web", "openid"]),
        _ => None,
    }
}

/// Whether a crate of ours may use this crate of others.
fn may_use(name: &str, foreign: &str) -> bool {
    match foreign {
        _ if foreign.starts_with("actix") => HTTP.contains(&name),
        "diesel" | "diesel_migrations" => !HTTP.contains(&name) && !is_pure(name),
        "libsqlite3-sys" | "pq-sys" | "openssl-sys" => name == "db",
        "askama" => name == "web",
        _ if name == "kernel" => {
            PURE.contains(&foreign)
                || foreign.starts_with("unicode-")
                || ["base64", "chrono", "chrono-tz", "idna", "rand", "sha2"].contains(&foreign)
        }
        _ if is_pure(name) => PURE.contains(&foreign),
        _ => true,
    }
}

/// Crates of decisions: values in, values out.
fn is_pure(name: &str) -> bool {
    ["access-rules", "session-formats", "timetable", "ballots"].contains(&name)
}

/// One sentence for each dependency that the table does not have.
fn problems(name: &str, manifest: &str, ours: &BTreeSet<String>) -> Vec<String> {
    let Some(allowed) = allowed(name) else {
        return vec![format!(
            "{name} is not in the table of tests/tidy/crates.rs and docs/architecture.md"
        )];
    };
    dependencies(manifest)
        .into_iter()
        .filter(|dependency| match ours.contains(dependency) {
            true => !allowed.contains(&dependency.as_str()),
            false => !may_use(name, dependency),
        })
        .map(|dependency| format!("{name} may not depend on {dependency}"))
        .collect()
}

/// The names under `[dependencies]`; what only tests use is not asked for.
fn dependencies(manifest: &str) -> Vec<String> {
    let mut section = "";
    let mut names = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            section = header.trim_end_matches(']');
            names.extend(section.strip_prefix("dependencies.").map(str::to_owned));
        } else if section == "dependencies" && !line.is_empty() && !line.starts_with('#') {
            names.extend(line.split(['.', '=', ' ']).next().map(str::to_owned));
        }
    }
    names
}

fn manifests() -> BTreeMap<String, String> {
    tree::files("crates", "/Cargo.toml")
        .into_iter()
        .filter_map(|file| Some((file.path.split('/').nth(1)?.to_owned(), file.text)))
        .collect()
}

#[test]
fn crates_depend_only_on_what_the_architecture_allows() {
    let manifests = manifests();
    let ours: BTreeSet<String> = manifests.keys().cloned().collect();

    assert!(ours.contains("kernel"), "the crates were found");
    tree::none(
        manifests
            .iter()
            .flat_map(|(name, text)| problems(name, text, &ours))
            .collect(),
    );
}

#[test]
fn a_folder_is_named_as_its_crate() {
    let differs = |(folder, text): (String, String)| {
        let is_named = text
            .lines()
            .any(|line| line.trim() == format!("name = \"{folder}\""));
        (!is_named).then(|| format!("crates/{folder} holds a crate of another name"))
    };

    tree::none(manifests().into_iter().filter_map(differs).collect());
}

#[test]
fn a_forbidden_dependency_is_told() {
    let ours: BTreeSet<String> = ["statutory", "assembly", "kernel", "api", "web"]
        .map(String::from)
        .into();
    let check = |name, line: &str| problems(name, &format!("[dependencies]\n{line}\n"), &ours);

    assert_eq!(
        check("statutory", "assembly.workspace = true"),
        ["statutory may not depend on assembly"]
    );
    assert_eq!(
        check("api", "diesel = { version = \"2\" }"),
        ["api may not depend on diesel"]
    );
    assert_eq!(
        check("web", "api.workspace = true"),
        ["web may not depend on api"]
    );
    assert_eq!(
        check("people", "actix-web = \"4\""),
        ["people may not depend on actix-web"]
    );
    assert_eq!(
        check("kernel", "tokio.workspace = true"),
        ["kernel may not depend on tokio"]
    );
    assert_eq!(
        check("statutory", "kernel.workspace = true"),
        Vec::<String>::new()
    );
    assert_eq!(problems("helpers", "", &ours).len(), 1);
}

#[test]
fn only_the_dependencies_of_the_program_are_read() {
    let manifest = "[package]\nname = \"a\"\n[dependencies]\n# why\nb.workspace = true\n[dependencies.c]\npath = \"\"\n[dev-dependencies]\nd = \"1\"\n";

    assert_eq!(dependencies(manifest), ["b", "c"]);
}
