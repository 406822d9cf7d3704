//! Papers: the position papers of the Assembly (R61, R64, R65) and the policy papers of Town Hall (R90, R95) are one noun.
//!
//! A paper belongs to an organisation, is worked at by its team, and its words are a text ([`texts`]): two hands at once,
//! versions, translations, comments. The track that owns it decides when it begins and when it goes on, and calls
//! [`begin`], [`go`] and [`publish`], which decide nothing but what cannot be.
//!
//! - [`papers`]: begun, found by who may see them, listed. [`progress`]: gone on, published, opened to comments.
//! - [`team`]: who writes and who translates. [`writing`] and [`translating`]: their work. [`steps`]: handed in, and what
//!   became of it.
//! - [`reading`] and [`versions`]: what of it this reader may see, and [`export`] as a file. [`commenting`]: what is
//!   said of it.
//! - [`letters`]: what its people are told.
//!
//! States are in [`rules::may_go`]: a position paper is invited → drafting → submitted → screened → (returned → drafting)
//! → published → presented → result recorded → transmitted; a policy paper drafting → open comment → presented →
//! discussed → debated → consolidated → final, and then the same.
//!
//! Invariants: whoever has no part in a paper reads the version that was published and nothing of the working copy; a paper
//! that is not open to somebody is in no list, count or answer of theirs; a revoked paper stays and is not edited (R61);
//! a theme has one current paper (R90); a code is given once and never changes. Knows no invitations, no sittings and no
//! partners of themes.

pub mod model;
pub mod tables;

pub mod faults;
pub mod rules;

pub mod papers;
pub mod progress;

pub mod steps;
pub mod team;

pub mod translating;
pub mod writing;

pub mod export;
pub mod reading;
pub mod versions;

pub mod commenting;

pub mod searching;

mod desk_events;
pub mod letters;
pub mod personal;

pub use papers::{
    NewPaper, PaperFilter, PaperLine, begin, by_code, count, current_of, get, is_hand, list, may, object,
    of_edition, of_theme, row,
};
pub use progress::{go, open_comments, publish, revoke, set_deadline, set_priorities};

#[cfg(test)]
mod tests;
