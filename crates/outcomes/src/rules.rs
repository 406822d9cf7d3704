//! Decisions without a database: which step follows which, what codes look like, how long an outcome is followed.

use access_rules::{EditionId, Key};
use kernel::{LocalDate, Localized};
use records::rules::sha256_hex;
use texts::model::Block;

use crate::{
    legacy_model::Item,
    model::{OutcomeKind, OutcomeState},
};

/// Years after its congress during which what was adopted is followed, where the mandate says nothing else (R74).
pub const HORIZON_YEARS: i64 = 3;
/// The place of what nobody has put in order yet: after all that is.
pub const UNARRANGED: i64 = 1_000_000;
/// Longest reason of a decision, in graphemes.
pub const REASON_MAX: usize = 2_000;
/// Longest result of a deliberation, in graphemes.
pub const RESULT_MAX: usize = 20_000;
/// Most outcomes sent at once.
pub const OUTCOMES_MOST: usize = 200;

/// Whether an outcome may go from one state to another: received or drafted, presented, debated, decided, and nothing
/// skipped (R71). What is decided stays so.
pub const fn may_go(from: OutcomeState, to: OutcomeState) -> bool {
    use OutcomeState::{
        Adopted, AmendedAdopted, Debated, Drafted, NotAdopted, Presented, Received, Returned,
    };
    match from {
        Drafted | Received => matches!(to, Presented),
        Presented => matches!(to, Debated),
        Debated => matches!(to, Adopted | AmendedAdopted | Returned | NotAdopted),
        Adopted | AmendedAdopted | Returned | NotAdopted => false,
    }
}

/// Who may read an outcome in a state, besides the desk: what is being prepared the desk alone, what was received whoever
/// comes to the congress, what was decided anyone.
pub fn readers(state: OutcomeState, edition: EditionId) -> Key {
    match state {
        OutcomeState::Drafted => Key::desk(Some("assembly")),
        OutcomeState::Received | OutcomeState::Presented | OutcomeState::Debated => Key::Registered(edition),
        OutcomeState::Adopted
        | OutcomeState::AmendedAdopted
        | OutcomeState::Returned
        | OutcomeState::NotAdopted => Key::Public,
    }
}

/// The letter of a kind in codes.
pub const fn letter(kind: OutcomeKind) -> &'static str {
    match kind {
        OutcomeKind::Declaration => "D",
        OutcomeKind::Recommendation => "R",
        OutcomeKind::Position => "P",
    }
}

/// The code of the nth of its kind under a stem: `TH-2019-03-R07`, `WA-2019-D1` (R101). Of declarations there are few.
pub fn code(stem: &str, kind: OutcomeKind, number: i64) -> String {
    let letter = letter(kind);
    match kind {
        OutcomeKind::Declaration => format!("{stem}-{letter}{number}"),
        OutcomeKind::Recommendation | OutcomeKind::Position => format!("{stem}-{letter}{number:02}"),
    }
}

/// What the codes of the World Assembly's own begin with.
pub fn own_stem(congress_year: i64) -> String {
    format!("WA-{congress_year}")
}

/// The last day on which what a congress adopted is followed: the last of the year in which the mandate ends (R74).
pub fn horizon(congress_year: i64, mandate_years: i64) -> LocalDate {
    let years = match mandate_years {
        years if years > 0 => years,
        _ => HORIZON_YEARS,
    };
    let year = (congress_year + years).clamp(1, 9999);
    format!("{year:04}-12-31")
        .parse()
        .expect("every year has a last day")
}

/// Whether something is followed on a day: it was adopted, and its horizon is not over (R74).
pub fn is_followed(state: OutcomeState, horizon_to: Option<LocalDate>, on: LocalDate) -> bool {
    state.is_adopted() && horizon_to.is_none_or(|to| on <= to)
}

/// Whether two wordings say the same in the authentic language: only then was something adopted as it was received. What
/// is said in other languages counts for nothing here.
pub fn says_the_same(language: &str, one: (&Localized, &[Block]), other: (&Localized, &[Block])) -> bool {
    let (titles, blocks) = ((one.0, other.0), (one.1, other.1));
    titles.0.0.get(language) == titles.1.0.get(language)
        && blocks.0.len() == blocks.1.len()
        && blocks
            .0
            .iter()
            .zip(blocks.1)
            .all(|(one, other)| one.says_as(other))
}

/// The hash of a published edition: of its title, foreword and items as JSON. Whoever has the three can work it out.
pub fn collection_hash(title: &Localized, foreword: &Localized, items: &[Item]) -> String {
    sha256_hex(&serde_json::to_vec(&(title, foreword, items)).unwrap_or_default())
}

/// Whole days from one day to another: less than 0 where the other is over.
pub fn days_between(from: LocalDate, to: LocalDate) -> i64 {
    to.0.signed_duration_since(from.0).num_days()
}

#[cfg(test)]
mod tests {
    use kernel::{Coded as _, Id};

    use super::*;

    #[test]
    fn r71_nothing_is_skipped_and_what_is_decided_stays() {
        use OutcomeState::{
            Adopted, AmendedAdopted, Debated, Drafted, NotAdopted, Presented, Received, Returned,
        };
        let allowed = [
            (Drafted, Presented),
            (Received, Presented),
            (Presented, Debated),
            (Debated, Adopted),
            (Debated, AmendedAdopted),
            (Debated, Returned),
            (Debated, NotAdopted),
        ];

        for from in OutcomeState::ALL {
            for to in OutcomeState::ALL {
                let is_allowed = allowed.contains(&(*from, *to));
                assert_eq!(may_go(*from, *to), is_allowed, "{from} → {to}");
            }
        }
    }

    #[test]
    fn r101_codes_are_counted_under_their_stem() {
        let cases = [
            ("TH-2019-03", OutcomeKind::Recommendation, 7, "TH-2019-03-R07"),
            ("AS-2019-AFR", OutcomeKind::Recommendation, 2, "AS-2019-AFR-R02"),
            ("AS-2019-AFR", OutcomeKind::Position, 1, "AS-2019-AFR-P01"),
            ("WA-2019", OutcomeKind::Recommendation, 112, "WA-2019-R112"),
            ("WA-2019", OutcomeKind::Declaration, 1, "WA-2019-D1"),
        ];
        for (stem, kind, number, wanted) in cases {
            assert_eq!(code(stem, kind, number), wanted);
        }
        assert_eq!(own_stem(2026), "WA-2026");
    }

    #[test]
    fn r74_a_horizon_is_the_last_day_of_the_year_in_which_the_mandate_ends() {
        let cases = [
            (2019, 3, "2022-12-31"),
            (2019, 0, "2022-12-31"),
            (2016, 3, "2019-12-31"),
            (2022, 4, "2026-12-31"),
            (2026, 4, "2030-12-31"),
        ];
        for (year, mandate, wanted) in cases {
            assert_eq!(horizon(year, mandate), LocalDate::on(wanted), "{year} {mandate}");
        }
    }

    #[test]
    fn r74_what_was_adopted_is_followed_up_to_its_last_day() {
        let four_years = Some(horizon(2022, 4));
        let on = LocalDate::on;

        assert!(is_followed(OutcomeState::Adopted, four_years, on("2022-10-14")));
        assert!(is_followed(
            OutcomeState::AmendedAdopted,
            four_years,
            on("2026-12-31")
        ));
        assert!(!is_followed(OutcomeState::Adopted, four_years, on("2027-01-01")));
        assert!(!is_followed(OutcomeState::Debated, four_years, on("2022-10-14")));
        assert!(!is_followed(
            OutcomeState::NotAdopted,
            four_years,
            on("2022-10-14")
        ));
    }

    #[test]
    fn what_is_not_decided_is_not_for_everybody() {
        let edition = Id::named("durban");
        for state in OutcomeState::ALL {
            let is_public = readers(*state, edition) == Key::Public;
            assert_eq!(is_public, state.is_decided(), "{state}");
        }
        assert_eq!(
            readers(OutcomeState::Drafted, edition),
            Key::Desk("assembly".into())
        );
    }

    #[test]
    fn r71_a_translation_amends_nothing_and_a_word_does() {
        let (en, both) = (
            Localized::only("en", "Housing"),
            Localized::of("Housing", "Logement", ""),
        );
        let (before, same, other) = (
            [Block::paragraph("We act.")],
            [Block::paragraph("We act.")],
            [Block::paragraph("We act now.")],
        );

        assert!(says_the_same("en", (&en, &before), (&both, &same)));
        assert!(!says_the_same("en", (&en, &before), (&en, &other)));
        assert!(!says_the_same("fr", (&en, &before), (&both, &same)));
        assert!(!says_the_same("en", (&en, &before), (&en, &[])));
    }

    #[test]
    fn r99_days_are_counted_until_an_answer_is_due_and_after() {
        let on = LocalDate::on;
        assert_eq!(days_between(on("2020-02-27"), on("2020-03-01")), 3);
        assert_eq!(days_between(on("2020-03-01"), on("2020-03-01")), 0);
        assert_eq!(days_between(on("2020-03-03"), on("2020-03-01")), -2);
    }
}
