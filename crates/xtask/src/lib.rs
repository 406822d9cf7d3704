//! What the tests use of `cargo xtask`: PostgreSQL servers of their own, where nginx is, and how other programs are run.

pub mod nginx;
pub mod postgres;
pub mod shell;
