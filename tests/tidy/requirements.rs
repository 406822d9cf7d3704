//! `docs/requirements.md` and the tests that bear an R-number agree. `cargo xtask requirements` asks the same.

#[path = "../../crates/xtask/src/agreement.rs"]
mod agreement;

use crate::tree;

#[test]
fn every_requirement_and_its_tests_name_each_other() {
    tree::none(agreement::of_tree(&tree::root()).expect("the tree can be read"));
}
