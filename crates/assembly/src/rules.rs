//! Decisions of the Assembly track without a database.

use std::collections::BTreeSet;

use access_rules::Tag;
use chrono::Months;
use kernel::{Fault, Fields, Language, LocalDate, Moment, Zone, local_time::NotOneInstant};
use mail::days;

use crate::{
    faults::AssemblyFault,
    model::{ScopeKind, SittingScope, world::AssemblyState},
};

/// How many days before the congress papers are due, where the edition says nothing else.
pub const DEADLINE_DAYS: i64 = 30;
/// How many months before it the World Assembly is convoked, where the edition says nothing else (R69).
pub const NOTICE_MONTHS: i64 = 3;
/// The majority a vote needs where the edition says nothing else: two of three.
pub const MAJORITY: (i64, i64) = (2, 3);
/// Longest reason, message or note, in graphemes.
pub const REASON_MAX: usize = 2_000;
/// Longest result of one paper in one sitting, in graphemes.
pub const RESULT_MAX: usize = 20_000;
/// Most recommendations, positions and declarations of one result.
pub const DRAFTS_MOST: usize = 100;

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

/// Whether an organisation that is these may be invited to write a position paper (R61).
pub fn may_be_invited(tags: &BTreeSet<Tag>) -> bool {
    tags.contains(&Tag::UclgSection) || tags.contains(&Tag::SisterOrg)
}

/// The instant a congress begins: midnight of its first day, by its clock (R64).
pub fn begins_at(first: LocalDate, zone: Zone) -> Option<Moment> {
    // Where the clocks skip midnight, the day begins an hour later.
    let hours = [0, 1, 2, 3].into_iter().filter_map(|hour| first.at(hour, 0));
    hours
        .filter_map(|local| match local.in_zone(zone) {
            Ok(at) => Some(at),
            Err(NotOneInstant::Twice { earlier, .. }) => Some(earlier),
            Err(NotOneInstant::Skipped) => None,
        })
        .next()
}

/// The last day on which the World Assembly of a day is convoked in time (R69).
pub fn notice_due(meets_on: LocalDate, months: i64) -> LocalDate {
    let months = u32::try_from(months).unwrap_or(0);
    let due = meets_on.0.checked_sub_months(Months::new(months));
    due.map_or(meets_on, LocalDate)
}

/// Whether a step of the World Assembly is one it may take (§3.5).
pub const fn assembly_goes(from: AssemblyState, to: AssemblyState) -> bool {
    use AssemblyState::{AwaitingConsent, Closed, Convoked, Open, Proposed, Published, Suspended};
    match from {
        Proposed => matches!(to, AwaitingConsent),
        AwaitingConsent => matches!(to, Convoked),
        Convoked => matches!(to, Open),
        Open => matches!(to, Suspended | Closed),
        Suspended => matches!(to, Open),
        Closed => matches!(to, Published),
        Published => false,
    }
}

/// Whether the World Assembly is over.
pub const fn is_over(state: AssemblyState) -> bool {
    match state {
        AssemblyState::Closed | AssemblyState::Published => true,
        AssemblyState::Proposed
        | AssemblyState::AwaitingConsent
        | AssemblyState::Convoked
        | AssemblyState::Open
        | AssemblyState::Suspended => false,
    }
}

/// Whether a show of hands carries: so many of the votes for or against are for it, and more than against it. Who abstains
/// is not counted (R73).
pub fn carried(votes_for: i64, votes_against: i64, majority: (i64, i64)) -> bool {
    let (needed, of) = (i128::from(majority.0), i128::from(majority.1));
    let (won, lost) = (i128::from(votes_for), i128::from(votes_against));
    won > lost && won * of >= (won + lost) * needed
}

/// A moment in words, by the congress's clock: `15 November 2019, 10:00`.
pub fn said_at(at: Moment, zone: Zone, language: Language) -> String {
    let local = zone.local(at);
    let (day, clock) = (days::said(local.date(), language), local.clock());
    match language {
        Language::En | Language::Es => format!("{day}, {clock}"),
        Language::Fr => format!("{day} à {clock}"),
    }
}

/// The year of a congress, as it stands in codes.
pub(crate) fn year_of(starts_on: LocalDate) -> String {
    starts_on.to_string().chars().take(4).collect()
}

/// A reason that must be given.
pub(crate) fn required_reason(fields: &mut Fields, raw: &str) -> String {
    let reason = fields.paragraph("reason", raw, REASON_MAX);
    if reason.is_empty() && !fields.has("reason") {
        fields.wrong("reason", "required");
    }
    reason
}

/// Goes on when no version was asked for or it is this one.
pub(crate) fn same_version(asked: Option<i64>, is: i64) -> Result<(), Fault> {
    match asked {
        Some(asked) if asked != is => Err(Fault::stale()),
        Some(_) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use kernel::{Coded as _, Id, Json, Localized};

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

    #[test]
    fn r61_sections_and_sister_organisations_are_invited_and_nobody_else() {
        for tag in Tag::ALL {
            let tags = Tag::with_implied([*tag]);
            let invited = matches!(tag, Tag::UclgSection | Tag::SisterOrg);
            assert_eq!(may_be_invited(&tags), invited, "{tag}");
        }
    }

    #[test]
    fn r64_a_congress_begins_with_its_first_day() {
        let zone = |name: &str| name.parse().expect("known zone");
        let cases = [
            ("2019-11-11", "Africa/Johannesburg", "2019-11-10T22:00:00Z"),
            // The clocks go forward at midnight: that day begins at one.
            ("2019-11-03", "America/Asuncion", "2019-11-03T03:00:00Z"),
            ("2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00Z"),
        ];
        for (day, name, wanted) in cases {
            let begins = begins_at(LocalDate::on(day), zone(name));
            assert_eq!(begins, Some(Moment::at(wanted)), "{day} {name}");
        }
    }

    #[test]
    fn r69_notice_is_counted_in_months_of_the_calendar() {
        let cases = [
            ("2019-11-15", 3, "2019-08-15"),
            ("2019-05-31", 3, "2019-02-28"),
            ("2019-11-15", 0, "2019-11-15"),
        ];
        for (meets, months, due) in cases {
            assert_eq!(notice_due(LocalDate::on(meets), months), LocalDate::on(due));
        }
    }

    #[test]
    fn r69_the_world_assembly_goes_from_state_to_state_and_skips_none() {
        use AssemblyState::{AwaitingConsent, Closed, Convoked, Open, Proposed, Published, Suspended};
        let allowed = [
            (Proposed, AwaitingConsent),
            (AwaitingConsent, Convoked),
            (Convoked, Open),
            (Open, Suspended),
            (Suspended, Open),
            (Open, Closed),
            (Closed, Published),
        ];
        for from in AssemblyState::ALL {
            for to in AssemblyState::ALL {
                let is_allowed = allowed.contains(&(*from, *to));
                assert_eq!(assembly_goes(*from, *to), is_allowed, "{from} → {to}");
            }
        }
    }

    #[test]
    fn r73_a_vote_carries_with_its_majority_of_the_votes_for_or_against() {
        let cases = [
            (2, 1, MAJORITY, true),
            (19, 10, MAJORITY, false),
            (20, 10, MAJORITY, true),
            (0, 0, MAJORITY, false),
            (1, 0, MAJORITY, true),
            (5, 5, (1, 2), false),
            (6, 5, (1, 2), true),
            (9, 1, (9, 10), true),
            (i64::MAX, i64::MAX, MAJORITY, false),
        ];
        for (votes_for, against, majority, wanted) in cases {
            assert_eq!(
                carried(votes_for, against, majority),
                wanted,
                "{votes_for}:{against}"
            );
        }
    }

    #[test]
    fn a_moment_is_said_by_the_congress_clock_in_the_readers_language() {
        let zone = "Africa/Johannesburg".parse().expect("known zone");
        let said = |language| said_at(Moment::at("2019-11-15T08:05:00Z"), zone, language);

        assert_eq!(said(Language::En), "15 November 2019, 10:05");
        assert_eq!(said(Language::Fr), "15 novembre 2019 à 10:05");
        assert_eq!(said(Language::Es), "15 de noviembre de 2019, 10:05");
    }
}
