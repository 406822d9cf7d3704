//! What both surfaces, the API and the pages, need of HTTP: who calls, in which language, how a command runs off the
//! serving thread, how a fault becomes an answer.
//!
//! Invariants: the actor is loaded in the very transaction that acts, never before it; `problem` alone knows which
//! status a fault has; a body is never read beyond its limit; forwarded addresses are believed from trusted proxies only.

pub mod body;
pub mod caller;
pub mod cookies;
pub mod csrf;
pub mod form;
pub mod headers;
pub mod health;
pub mod language;
pub mod metrics;
pub mod nest;
pub mod once;
pub mod paper;
pub mod path;
pub mod problem;
pub mod proof;
pub mod query;
pub mod site;
pub mod version;

#[cfg(test)]
mod tests;

pub use body::Body;
pub use caller::Caller;
pub use form::Form;
pub use language::{Arg, Words};
pub use path::At;
pub use problem::Problem;
pub use query::{Paging, Query};
pub use site::{EdgeSettings, Site};
pub use version::{Version, VersionSeen};
