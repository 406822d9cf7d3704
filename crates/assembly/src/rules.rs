//! Decisions of the Assembly track without a database.

use std::collections::BTreeSet;

use access_rules::Tag;
use kernel::LocalDate;

use crate::{
    faults::AssemblyFault,
    model::{ScopeKind, SittingScope},
};

/// Whether what carries these tags may lead a sitting: a local or regional government, or an association or network of
/// them (R10).
pub fn may_lead(tags: &BTreeSet<Tag>) -> bool {
    tags.contains(&Tag::LocalGovernment)
}

/// What a sitting is about: exactly one of the two, and one the edition has (R63).
///
/// # Errors
/// `scope_required`, `scope_ambiguous`, `scope_unknown`.
pub fn scope<'a>(
    region_group: &str,
    sector: &str,
    scopes: &'a [SittingScope],
) -> Result<&'a SittingScope, AssemblyFault> {
    let (kind, code) = match (region_group, sector) {
        ("", "") => return Err(AssemblyFault::ScopeRequired),
        (code, "") => (ScopeKind::Continental, code),
        ("", code) => (ScopeKind::Sectoral, code),
        _ => return Err(AssemblyFault::ScopeAmbiguous),
    };
    scopes
        .iter()
        .find(|scope| scope.kind == kind && scope.code == code)
        .ok_or(AssemblyFault::ScopeUnknown)
}

/// What a sitting still lacks to be released: a paper (R62), a speaker of high rank.
pub fn lacks(papers: usize, high_level: usize) -> Option<AssemblyFault> {
    match (papers, high_level) {
        (0, _) => Some(AssemblyFault::PaperRequired),
        (_, 0) => Some(AssemblyFault::HighLevelMissing),
        _ => None,
    }
}

/// Whether a session lies within the days of the congress (R68). It may end after midnight of the last day.
pub fn within(starts_on: LocalDate, first: LocalDate, last: LocalDate) -> bool {
    first <= starts_on && starts_on <= last
}

#[cfg(test)]
mod tests {
    use kernel::{Id, Json, Localized};

    use super::*;

    fn some(kind: ScopeKind, code: &str) -> SittingScope {
        SittingScope {
            id: Id::named(code),
            edition: Id::named("edition"),
            kind,
            code: code.to_owned(),
            title: Localized::default(),
            sections: Json(vec![]),
            position: 0,
            version: 1,
        }
    }

    #[test]
    fn r63_a_sitting_is_about_exactly_one_group_or_one_sector() {
        let all = [
            some(ScopeKind::Continental, "africa"),
            some(ScopeKind::Sectoral, "metropolises"),
        ];
        let told = |group, sector| scope(group, sector, &all).map(|scope| scope.code.as_str());
        assert_eq!(told("africa", ""), Ok("africa"));
        assert_eq!(told("", "metropolises"), Ok("metropolises"));
        assert_eq!(told("", ""), Err(AssemblyFault::ScopeRequired));
        assert_eq!(told("africa", "metropolises"), Err(AssemblyFault::ScopeAmbiguous));
        assert_eq!(told("metropolises", ""), Err(AssemblyFault::ScopeUnknown));
        assert_eq!(told("", "africa"), Err(AssemblyFault::ScopeUnknown));
    }

    #[test]
    fn r62_a_sitting_goes_out_with_a_paper_and_a_speaker_of_high_rank() {
        assert_eq!(lacks(0, 0), Some(AssemblyFault::PaperRequired));
        assert_eq!(lacks(0, 1), Some(AssemblyFault::PaperRequired));
        assert_eq!(lacks(1, 0), Some(AssemblyFault::HighLevelMissing));
        assert_eq!(lacks(2, 1), None);
    }

    #[test]
    fn r10_local_governments_and_their_networks_may_lead_and_nobody_else() {
        let leads = |tags: &[Tag]| may_lead(&Tag::with_implied(tags.iter().copied()));
        for tag in [
            Tag::City,
            Tag::Region,
            Tag::SisterOrg,
            Tag::GtfNetwork,
            Tag::UclgSection,
            Tag::UclgMemberAssociation,
        ] {
            assert!(leads(&[tag]), "{tag}");
        }
        for tag in [
            Tag::CivilSocietyPartner,
            Tag::NationalGovernment,
            Tag::UclgAssociate,
            Tag::UclgPartner,
            Tag::Academia,
        ] {
            assert!(!leads(&[tag]), "{tag}");
        }
    }

    #[test]
    fn r68_the_days_of_the_congress_count_the_first_and_the_last() {
        let (first, last) = (LocalDate::on("2019-11-11"), LocalDate::on("2019-11-15"));
        assert!(within(first, first, last) && within(last, first, last));
        assert!(!within(first.plus_days(-1), first, last));
        assert!(!within(last.plus_days(1), first, last));
    }
}
