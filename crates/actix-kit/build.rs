//! Lists the files of words, so that they are embedded and a change rebuilds.

use std::{env, fmt::Write as _, fs, path::Path};

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build script by the environment where it is"
)]
fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo says where we are")).join("words");
    println!("cargo:rerun-if-changed={}", root.display());
    let mut list = String::from("&[\n");
    for language in ["en", "fr", "es"] {
        let folder = root.join(language);
        println!("cargo:rerun-if-changed={}", folder.display());
        let mut files: Vec<_> = fs::read_dir(&folder)
            .map(|entries| {
                entries
                    .filter_map(|entry| entry.ok().map(|entry| entry.path()))
                    .collect()
            })
            .unwrap_or_default();
        files.retain(|path| path.extension().is_some_and(|extension| extension == "ftl"));
        files.sort();
        for file in files {
            println!("cargo:rerun-if-changed={}", file.display());
            let _ = writeln!(
                list,
                "    ({language:?}, {:?}, include_str!({:?})),",
                file.file_name().expect("a file"),
                file
            );
        }
    }
    list.push(']');
    let out = Path::new(&env::var("OUT_DIR").expect("cargo says where to write")).join("words.rs");
    fs::write(out, list).expect("the list can be written");
}
