//! What the tests use of `cargo xtask`: PostgreSQL servers of their own, and how other programs are run.

pub mod postgres;
pub mod shell;
