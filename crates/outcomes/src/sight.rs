//! Who reads which outcomes: the one test that lists, counts, exports and single answers share.
//!
//! By the key beside the row, or for having to do with it: the assembly's desk and who convenes the World Assembly of an
//! edition read all of it; those who handed something in follow it, that is the desk of its track, who leads its theme, and
//! the focal points of the organisation whose paper it is; and who looks after a body that was asked for its answer reads
//! what it was asked about.

use std::collections::BTreeSet;

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, Role, Scope, decide};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Moment};

use crate::{
    model::{Outcome, OutcomeId, Source, TransmissionId},
    tables::{outcome_responses, transmissions},
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
    /// What came with these.
    pub handed_in: Vec<TransmissionId>,
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
        let staffed: Vec<Source> = Source::ALL
            .iter()
            .filter(|source| actor.staffs(track(**source)))
            .copied()
            .collect();
        let themes = actor.own_themes();
        let handed_in = match staffed.is_empty() && themes.is_empty() && minded.is_empty() {
            true => vec![],
            false => on_each!(conn, |c| transmissions::table
                .filter(
                    transmissions::source
                        .eq_any(&staffed)
                        .or(transmissions::theme.eq_any(&themes))
                        .or(transmissions::organisation.eq_any(&minded)),
                )
                .select(transmissions::id)
                .load(c))?,
        };
        Ok(Self {
            handed_in,
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
            || outcome
                .transmission
                .is_some_and(|sent| self.handed_in.contains(&sent))
            || self.asked.contains(&outcome.id)
    }
}

/// The track whose desk hands it in.
const fn track(source: Source) -> &'static str {
    match source {
        Source::AssemblyPaper => "assembly",
        Source::TownHallSession => "town_hall",
        Source::SpecialSession => "local4action",
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
