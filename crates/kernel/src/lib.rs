//! The words every part of Hemicycle uses: typed ids, moments and clocks, local times in a congress's zone,
//! text in several languages, coded enums, paging, and faults.
//!
//! Invariants: knows no connection, no table, no slice and no HTTP; the machine's clock is read in `moment` alone,
//! chance is drawn in `id` and `secret` alone; engines are named in `column` alone.

pub mod id;
pub mod secret;

pub mod local_time;
pub mod moment;

pub mod coded;
pub mod email;
pub mod language;
pub mod localized;
pub mod plain_code;
pub mod text;

pub mod fault;
pub mod fields;
pub mod page;

pub mod column;

pub use coded::Coded;
pub use column::Json;
pub use email::Email;
pub use fault::{Fault, Kind};
pub use fields::Fields;
pub use id::Id;
pub use language::Language;
pub use local_time::{LocalDate, LocalDateTime, Zone};
pub use localized::Localized;
pub use moment::{Clock, Moment};
pub use page::{Page, PageAsk};
pub use plain_code::CodeShape;

#[doc(hidden)]
pub use {diesel, serde, serde_json, utoipa};
