//! The few words that stand in what is exported, in the three languages: of kinds and states, and how a collection is
//! cited.

use kernel::{Coded as _, Language, LocalDate, Localized};

use crate::{
    collection::Citing,
    model::{OutcomeKind, OutcomeState, Phase},
};

/// What stands in an export beside what stands in every volume ([`texts::volume::Word`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// Before the session.
    Session,
    /// Before the paper.
    Paper,
    /// Before the last day of its follow-up.
    FollowedUntil,
    /// Before the agendas.
    Agendas,
    /// Before what it belongs together with.
    SeeAlso,
}

/// A word in a language.
pub(crate) const fn say(word: Word, language: Language) -> &'static str {
    let (en, fr, es) = match word {
        Word::Session => ("Session", "Séance", "Sesión"),
        Word::Paper => ("Paper", "Document", "Documento"),
        Word::FollowedUntil => ("Followed until", "Suivi jusqu’au", "En seguimiento hasta el"),
        Word::Agendas => (
            "International agendas",
            "Agendas internationaux",
            "Agendas internacionales",
        ),
        Word::SeeAlso => ("See also", "Voir aussi", "Véase también"),
    };
    pick(language, en, fr, es)
}

/// Which edition of a collection, of which day.
pub(crate) fn edition(number: i64, on: LocalDate, language: Language) -> String {
    let edition = pick(language, "Edition", "Édition", "Edición");
    format!("{edition} {number}, {on}")
}

/// What a kind is called.
pub(crate) const fn kind(kind: OutcomeKind, language: Language) -> &'static str {
    let (en, fr, es) = match kind {
        OutcomeKind::Declaration => (
            "Political declaration",
            "Déclaration politique",
            "Declaración política",
        ),
        OutcomeKind::Recommendation => (
            "Policy recommendation",
            "Recommandation politique",
            "Recomendación política",
        ),
        OutcomeKind::Position => ("Political position", "Position politique", "Posición política"),
    };
    pick(language, en, fr, es)
}

/// What became of it.
pub(crate) const fn state(state: OutcomeState, language: Language) -> &'static str {
    let (en, fr, es) = match state {
        OutcomeState::Drafted => ("in preparation", "en préparation", "en preparación"),
        OutcomeState::Received => ("received", "reçue", "recibida"),
        OutcomeState::Presented => ("presented", "présentée", "presentada"),
        OutcomeState::Debated => ("debated", "débattue", "debatida"),
        OutcomeState::Adopted => ("adopted", "adoptée", "adoptada"),
        OutcomeState::AmendedAdopted => (
            "adopted as amended",
            "adoptée telle qu’amendée",
            "adoptada con enmiendas",
        ),
        OutcomeState::Returned => ("returned", "renvoyée", "devuelta"),
        OutcomeState::NotAdopted => ("not adopted", "non adoptée", "no adoptada"),
    };
    pick(language, en, fr, es)
}

/// What a phase is called.
pub(crate) const fn phase(phase: Phase, language: Language) -> &'static str {
    let (en, fr, es) = match phase {
        Phase::Definition => ("definition", "définition", "definición"),
        Phase::FollowUp => ("follow-up", "suivi", "seguimiento"),
        Phase::Review => ("review", "examen", "examen"),
    };
    pick(language, en, fr, es)
}

/// How an edition of a collection is cited, in each language: who, what, which edition, of which day, where. The day is
/// written as ISO 8601 has it, which no language reads otherwise.
pub(crate) fn citation(title: &Localized, citing: &Citing, number: i64, on: LocalDate) -> Localized {
    let mut cited = Localized::default();
    for language in Language::ALL {
        let edition = pick(*language, "edition", "édition", "edición");
        let mut parts = vec![
            citing.publisher.clone(),
            title.text(*language).to_owned(),
            citing.congress.text(*language).to_owned(),
            format!("{edition} {number}"),
            on.to_string(),
        ];
        if !citing.address.is_empty() {
            parts.push(format!("{}/{number}", citing.address.trim_end_matches('/')));
        }
        parts.retain(|part| !part.is_empty());
        cited.0.insert(language.code().to_owned(), parts.join(". "));
    }
    cited
}

const fn pick(language: Language, en: &'static str, fr: &'static str, es: &'static str) -> &'static str {
    match language {
        Language::En => en,
        Language::Fr => fr,
        Language::Es => es,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r192_a_collection_is_cited_in_each_language() {
        let citing = Citing {
            congress: Localized::of("Durban 2019", "", ""),
            publisher: "UCLG".into(),
            address: "https://example.org/durban-2019/collection/".into(),
        };
        let title = Localized::of("What we decided", "Ce que nous avons décidé", "");

        let cited = citation(&title, &citing, 2, LocalDate::on("2019-11-15"));

        assert_eq!(
            cited.text(Language::Fr),
            "UCLG. Ce que nous avons décidé. Durban 2019. édition 2. 2019-11-15. https://example.org/durban-2019/collection/2"
        );
        assert!(cited.text(Language::Es).starts_with("UCLG. What we decided. "));
        let bare = citation(&title, &Citing::default(), 1, LocalDate::on("2019-11-15"));
        assert_eq!(bare.text(Language::En), "What we decided. edition 1. 2019-11-15");
    }
}
