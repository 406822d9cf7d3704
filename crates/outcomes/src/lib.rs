//! What the congress decides: declarations, recommendations and political positions, where each came from, and what it is
//! good for afterwards. « Ne sera pas seulement une déclaration unique, mais une série de recommandations politiques
//! intégrées ».
//!
//! - [`transmissions`]: what sittings, Town Hall sessions and special sessions hand to the World Assembly, exactly once.
//! - [`outcomes`]: drafted and found; [`listing`]: many of them. [`wordings`]: how they are handed in. [`decisions`]: presented, debated, decided.
//! - [`reading`] and [`translating`]: what they say, in which language.
//! - [`agendas`]: the international agendas they serve. [`priorities`]: the strategic priorities they renew.
//! - [`references`]: for whose work they are references. [`responses`]: what bodies answer.
//! - [`provenance`]: from paper, session and organisation to outcome, and back.
//! - [`links`] and [`collection`]: put together and published, as an edition that never changes. [`export`]: to be handed out
//!   as files.
//!
//! States: drafted or received → presented → debated → adopted, amended and adopted, returned, or not adopted.
//!
//! Invariants: a paper or session transmits once (R66, R94); a code is given once, without a gap, and never changes (R101);
//! nothing is adopted that was not presented and debated (R71); whoever may not know of an outcome finds it in no list,
//! count, export or way back (R194). Knows nothing of editions' own states, sittings, phases, consensus or HTTP: that an
//! edition is there, and who may decide, and when, is the caller's; here `who` is only remembered.

pub mod legacy_model;
pub mod model;
pub mod tables;

pub mod faults;
pub mod rules;

mod desk_events;
mod numbers;
mod sight;
mod titles;
mod words;

pub mod wordings;

pub mod inbox;
pub mod transmissions;

pub mod decisions;
pub mod listing;
pub mod outcomes;

pub mod reading;
pub mod translating;
pub mod translation_sheet;

pub mod agendas;
pub mod priorities;
pub mod references;
pub mod responses;

pub mod asked;
pub mod letters;
pub mod shown;

pub mod provenance;

pub mod collection;
pub mod export;
pub mod links;

pub mod searching;

pub mod personal;

pub use decisions::{adopt, debate, present, refuse, return_};
pub use outcomes::{draft, get, list, undecided};
pub use wordings::NewOutcome;

#[cfg(test)]
mod tests;
