//! Who speaks where: the first who fits and is free, those who spoke least before the others.
//!
//! Nobody is in two places at once (R46), and the same people speak in the same sessions every time.

use std::collections::BTreeMap;

use access_rules::PersonId;
use kernel::LocalDateTime;
use members::model::PositionKind as P;

use super::people::Somebody;

/// Whom a part asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// A mayor.
    Mayor,
    /// The president of a region.
    Governor,
    /// Somebody of a council.
    Council,
    /// Somebody of an administration.
    Staff,
    /// The head of an association or another organisation.
    Head,
    /// A minister.
    Minister,
    /// Somebody of the university.
    Scholar,
    /// Somebody who speaks for a community.
    Community,
    /// Somebody for themselves.
    Someone,
    /// The persona of this code.
    Persona(&'static str),
}

/// Who is where already.
#[derive(Default)]
pub(super) struct Cast {
    busy: BTreeMap<PersonId, Vec<(LocalDateTime, LocalDateTime)>>,
}

impl Cast {
    /// Somebody for a part of a session from then to then, of other organisations than the `beside` ones if it can be.
    pub fn take<'p>(
        &mut self,
        people: &'p [Somebody],
        who: Who,
        (from, to): (LocalDateTime, LocalDateTime),
        beside: &[&Somebody],
    ) -> Option<&'p Somebody> {
        let is_free = |person: &Somebody| {
            let held = self.busy.get(&person.id).map_or(&[][..], Vec::as_slice);
            held.iter().all(|(starts, ends)| *ends <= from || to <= *starts)
        };
        let shares = |person: &Somebody| {
            beside
                .iter()
                .any(|other| other.of.is_some() && other.of == person.of)
        };
        let rank = |person: &&Somebody| {
            let spoke = self.busy.get(&person.id).map_or(0, Vec::len);
            (
                shares(person),
                spoke,
                (person.number * 37 + spoke * 11) % 101,
                person.number,
            )
        };
        let chosen = people
            .iter()
            .filter(|person| fits(person, who) && is_free(person))
            .min_by_key(rank)?;
        self.busy.entry(chosen.id).or_default().push((from, to));
        Some(chosen)
    }
}

fn fits(person: &Somebody, who: Who) -> bool {
    if let Who::Persona(code) = who {
        return person.persona == Some(code);
    }
    if person.persona.is_some() || !person.is_recorded {
        return false;
    }
    let of = person.of.unwrap_or_default();
    let is_of_a_house = matches!(
        of,
        "estuary-university" | "hearth-and-commons" | "open-square" | "quayside-courier" | "tidal-transit"
    );
    match who {
        Who::Mayor => person.kind == P::Mayor,
        Who::Governor => person.kind == P::Governor,
        Who::Council => person.kind == P::Councillor,
        Who::Staff => person.kind == P::Staff && !is_of_a_house,
        Who::Head => person.kind == P::Head && !is_of_a_house,
        Who::Minister => person.kind == P::Minister,
        Who::Scholar => of == "estuary-university",
        Who::Community => {
            matches!(of, "hearth-and-commons" | "open-square")
                || (person.kind == P::Delegate && !is_of_a_house)
        }
        Who::Someone => person.of.is_none(),
        Who::Persona(_) => false,
    }
}

/// Whether whoever is chosen for this counts as of high rank (R27).
pub(super) const fn is_high_level(who: P) -> bool {
    matches!(who, P::Mayor | P::Governor | P::Minister | P::Head)
}

/// Whether they hold an elected mandate (R93).
pub(super) const fn is_elected(who: P) -> bool {
    matches!(who, P::Mayor | P::Governor | P::Councillor)
}
