//! Who reads which outcomes: the one test that lists, counts, exports and single answers share.
//!
//! By the key beside the row, or for having to do with it: the assembly's desk and who convenes the World Assembly of an
//! edition read all of it, and who looks after a body that was asked for its answer reads what it was asked about.

use std::collections::BTreeSet;

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, Role, Scope, decide};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Moment};

use crate::{
    model::{Outcome, OutcomeId},
    tables::outcome_responses,
};

/// What an actor reads, worked out once for many rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Eyes {
    /// Everything.
    pub all: bool,
    /// What bears one of these keys.
    pub keys: Vec<String>,
    /// Everything of these editions.
    pub editions: Vec<EditionId>,
    /// These.
    pub asked: Vec<OutcomeId>,
}

impl Eyes {
    /// What this actor reads.
    ///
    /// # Errors
    /// When the database refuses.
    pub fn of(conn: &mut Conn, actor: &Actor) -> Result<Self, Fault> {
        let convenes = |scope: &Scope| actor.holds(Role::GtfConvener, scope);
        let editions = actor
            .standings
            .iter()
            .filter_map(|standing| match &standing.scope {
                Scope::Edition(id) if convenes(&standing.scope) => Some(*id),
                _ => None,
            });
        let editions: BTreeSet<EditionId> = editions.collect();
        let minded: Vec<_> = actor.focal_point_of().collect();
        let asked = match minded.is_empty() {
            true => vec![],
            false => on_each!(conn, |c| outcome_responses::table
                .filter(outcome_responses::organisation.eq_any(&minded))
                .select(outcome_responses::outcome)
                .distinct()
                .load(c))?,
        };
        Ok(Self {
            all: actor.staffs("assembly") || convenes(&Scope::Everywhere),
            keys: actor.key_texts(),
            editions: editions.into_iter().collect(),
            asked,
        })
    }

    /// Whether they read everything of an edition.
    pub fn reads_all_of(&self, edition: EditionId) -> bool {
        self.all || self.editions.contains(&edition)
    }

    /// Whether they read this one.
    pub fn reads(&self, outcome: &Outcome) -> bool {
        self.reads_all_of(outcome.edition)
            || self.keys.contains(&outcome.visible_to)
            || self.asked.contains(&outcome.id)
    }
}

/// What is done to the outcomes of an edition by those who may.
pub(crate) fn object(edition: EditionId) -> Object<'static> {
    Object::public(ObjectKind::Outcome)
        .of_edition(edition)
        .of_track(Some("assembly"))
}

/// Whether somebody may do this with the outcomes of an edition.
///
/// # Errors
/// 401, 403.
pub(crate) fn may(actor: &Actor, act: Act, edition: EditionId, now: Moment) -> Result<(), Fault> {
    decide(actor, act, &object(edition), now).or_fault()
}
