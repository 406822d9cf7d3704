//! The house rules as tests: what reviewers would otherwise have to remember.
//!
//! Each file holds one subject; its rules are functions from text to sentences, so that every rule is also shown a
//! bad sample that it must refuse. Nothing here needs the workspace to compile: only the standard library is used.

mod crates;
mod migrations;
mod requirements;
mod source;
mod templates;
mod tracked;
mod tree;
mod walkthroughs;
mod words;
