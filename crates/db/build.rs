//! Rebuilds when a migration changes: they are embedded. Tests know by a hash which schema a database of theirs was made of.

use std::{
    fs,
    hash::{DefaultHasher, Hasher as _},
    path::Path,
};

const MIGRATIONS: [&str; 3] = [
    "../../migrations/shared",
    "../../migrations/sqlite",
    "../../migrations/postgres",
];

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
    let mut hasher = DefaultHasher::new();
    for folder in MIGRATIONS {
        take_in(Path::new(folder), &mut hasher);
    }
    println!("cargo:rustc-env=MIGRATIONS_HASH={:016x}", hasher.finish());
}

/// Everything in a folder, in the order of names.
fn take_in(folder: &Path, hasher: &mut DefaultHasher) {
    let entries = fs::read_dir(folder).expect("the migrations are there");
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        hasher.write(path.as_os_str().as_encoded_bytes());
        if path.is_dir() {
            take_in(&path, hasher);
        } else {
            hasher.write(&fs::read(&path).expect("a migration is readable"));
        }
    }
}
