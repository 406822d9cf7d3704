//! One database over two engines: SQLite inside the binary, PostgreSQL when one machine is not enough.
//!
//! A slice sees `&mut Conn` and writes each query once, inside [`on_each!`]. The edge sees [`Database`]: it hands in a
//! command to write or to read and gets the answer once it is durable.
//!
//! Invariants (architecture §5): knows no domain word and no HTTP; a write answers only after its COMMIT; a command is
//! re-runnable and has no effect but rows; a reader sees one snapshot and can change nothing; the engine is chosen by
//! the scheme of the URL and anything else is an error.

pub mod affected;
pub mod beside;
pub mod check;
pub mod clock;
pub mod conn;
pub mod database;
pub mod migrate;
pub mod open;
mod queue;
mod reader;
pub mod testing;
pub mod told;
pub mod transfer;
mod writer;

#[cfg(test)]
mod tests;

pub use affected::Affected;
pub use conn::{Conn, Kept};
pub use database::{Database, Isolation, Load, Settings, Side};
pub use open::{DatabaseUrl, Engine};

#[doc(hidden)]
pub use diesel;
