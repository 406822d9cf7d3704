//! Who may do what, and why not: one policy, pure, deny by default (R12).
//!
//! An [`Actor`] (who asks) does an [`Act`] on an [`Object`] (what it is done to); [`decide`] answers with a
//! [`Decision`] and its reason. What may be *read* is a [`Key`] stored beside each row, so that lists, counts, search and
//! paging obey the same policy; rules of who may propose, attend, speak and vote are typed data ([`Rule`]) from which the
//! sentence in three languages is generated.
//!
//! Invariants: no connection, no clock, no configuration; an unknown atom or act denies; removing an allow rule never
//! grants; a role says nothing outside its scope; a bearer token never does more than its person.

pub mod ids;

pub mod role;
pub mod tag;

pub mod actor;
pub mod key;

pub mod act;
pub mod object;

pub mod rule;

pub mod decide;

pub mod catalogue;
pub mod matrix;
pub mod sentence;
pub mod words;

#[cfg(test)]
mod tests;

pub use act::{Act, Basis};
pub use actor::{Actor, Sight, Standing};
pub use decide::{Decision, Reason, decide, decide_somewhere, within_token};
pub use ids::{AccountId, BodyId, EditionId, OrganisationId, PaperId, PersonId, SessionId, ThemeId};
pub use key::Key;
pub use object::{Circumstances, Object, ObjectKind};
pub use role::{Role, Scope};
pub use rule::{Atom, Rule};
pub use tag::Tag;
