//! Pages of `docs/` that are written from the code say what the code says.
//!
//! With `HEMICYCLE_REGENERATE` set, as by `cargo xtask regenerate`, they are written anew.

use std::fs;

use tests::{given, root};

fn same(page: &str, from_code: &str) {
    let file = root().join("docs").join(page);
    if given("HEMICYCLE_REGENERATE").is_some() {
        fs::create_dir_all(root().join("docs")).expect("docs");
        fs::write(&file, from_code).expect("written");
        return;
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    let differs = kept
        .lines()
        .zip(from_code.lines())
        .position(|(kept, made)| kept != made);
    assert!(
        kept == from_code,
        "docs/{page} is out of date from line {}: run `cargo xtask regenerate`",
        differs.unwrap_or_else(|| kept.lines().count()) + 1
    );
}

#[test]
fn the_reference_is_that_of_the_routes() {
    same("openapi.json", api::openapi::json());
}

#[test]
fn r16_the_access_matrix_is_that_of_the_rules() {
    let page = format!(
        "{}{}",
        access_rules::matrix::markdown(),
        crate::matrix::markdown()
    );
    same("access-matrix.md", &page);
}

#[test]
fn r255_the_list_of_error_codes_is_that_of_the_faults() {
    same("errors.md", &api::meta::errors_markdown());
}
