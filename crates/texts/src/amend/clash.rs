//! Which amendments exclude one another: when one is adopted the other falls (R82). And where several want the same block,
//! for a drafting committee to see (AS6).

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;
use utoipa::ToSchema;

use super::{Amendment, AmendmentId, AmendmentKind, Proposed};
use crate::model::BlockId;

kernel::coded! {
    /// Why an amendment falls.
    pub enum Clash {
        /// The same was adopted already.
        Identical => "identical",
        /// The block says something else now, or is gone.
        SameBlock => "same_block",
        /// The block after which it was to stand is gone.
        TargetGone => "target_gone",
        /// A footnote that it refers to is gone.
        NoteGone => "note_gone",
        /// What it amends is open no more.
        ParentGone => "parent_gone",
    }
}

/// Amendments of which the adoption of one excludes others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Cluster {
    /// The amendment they amend; none when they amend the text.
    #[schema(value_type = Option<String>)]
    pub of: Option<AmendmentId>,
    /// The block they want.
    #[schema(value_type = String)]
    pub block: BlockId,
    /// They, in the order in which they were handed in.
    #[schema(value_type = Vec<String>)]
    pub amendments: Vec<AmendmentId>,
}

/// Where amendments overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Overlaps {
    /// Those that exclude others, block by block.
    pub clusters: Vec<Cluster>,
    /// Those that propose the same, whoever filed them.
    #[schema(value_type = Vec<Vec<String>>)]
    pub identical: Vec<Vec<AmendmentId>>,
}

/// Why one of two falls when the other is adopted; nothing when both may be. It does not matter which is named first.
pub fn incompatible(one: &Amendment, other: &Amendment) -> Option<Clash> {
    if one.id == other.id {
        return None;
    }
    if needs_deleted(one, other) || needs_deleted(other, one) {
        return Some(Clash::NoteGone);
    }
    let (this, that) = (&one.proposed, &other.proposed);
    if one.of != other.of || this.target() != that.target() {
        return None;
    }
    use AmendmentKind::{Add, Delete, Replace};
    match (this.kind(), that.kind()) {
        (Delete, Delete) => Some(Clash::Identical),
        (Add, Add) => are_identical(one, other).then_some(Clash::Identical),
        (Replace, Replace) if are_identical(one, other) => Some(Clash::Identical),
        (Replace, Replace) | (Delete, Replace) | (Replace, Delete) => Some(Clash::SameBlock),
        (Add, Delete) | (Delete, Add) => Some(Clash::TargetGone),
        // What is added after a block stands after whatever came in its place.
        (Add, Replace) | (Replace, Add) => None,
    }
}

/// Where amendments overlap, in time linear in their number and size.
pub fn overlaps(amendments: &[Amendment]) -> Overlaps {
    let mut by_block: BTreeMap<(Option<AmendmentId>, BlockId), Vec<&Amendment>> = BTreeMap::new();
    let mut marking: HashMap<(Option<AmendmentId>, BlockId), Vec<AmendmentId>> = HashMap::new();
    let mut alike: HashMap<String, Vec<AmendmentId>> = HashMap::new();
    for amendment in amendments {
        if let Some(block) = amendment.proposed.target() {
            by_block.entry((amendment.of, block)).or_default().push(amendment);
        }
        for note in amendment.proposed.notes().collect::<HashSet<_>>() {
            marking
                .entry((amendment.of, note))
                .or_default()
                .push(amendment.id);
        }
        alike
            .entry(amendment.proposed.fingerprint(amendment.of))
            .or_default()
            .push(amendment.id);
    }
    let clusters = by_block.into_iter().filter_map(|((of, block), own)| {
        let is_deleted = own.iter().any(|one| one.proposed.kind() == AmendmentKind::Delete);
        let takes_part = |one: &&&Amendment| is_deleted || one.proposed.kind() != AmendmentKind::Add;
        let mut ids: Vec<AmendmentId> = own.iter().filter(takes_part).map(|one| one.id).collect();
        if is_deleted {
            ids.extend(marking.get(&(of, block)).into_iter().flatten());
        }
        (ids.len() > 1).then_some(Cluster {
            of,
            block,
            amendments: ids,
        })
    });
    let mut identical: Vec<Vec<AmendmentId>> = alike.into_values().filter(|own| own.len() > 1).collect();
    identical.sort();
    Overlaps {
        clusters: clusters.collect(),
        identical,
    }
}

/// Whether both propose the same.
pub fn are_identical(one: &Amendment, other: &Amendment) -> bool {
    let same_shape = one.of == other.of
        && one.proposed.kind() == other.proposed.kind()
        && one.proposed.target() == other.proposed.target()
        && one.proposed.blocks().len() == other.proposed.blocks().len();
    same_shape && one.proposed.fingerprint(one.of) == other.proposed.fingerprint(other.of)
}

/// Whether one deletes a footnote that the other refers to: one of the text, or of the amendment that both amend.
fn needs_deleted(one: &Amendment, other: &Amendment) -> bool {
    let reaches = one.of.is_none() || one.of == other.of;
    match &one.proposed {
        Proposed::Delete { block } => reaches && other.proposed.notes().any(|note| note == *block),
        Proposed::Add { .. } | Proposed::Replace { .. } => false,
    }
}
