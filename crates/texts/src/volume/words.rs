//! The few words that stand in what is handed out, in the three languages.

use kernel::{Coded as _, Language};

/// What stands in a volume.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Before the list of texts.
    Contents,
    /// Before how it is cited.
    Cite,
    /// Before the language that counts.
    AuthenticLanguage,
    /// That this is it.
    IsAuthentic,
    /// That this is a translation of it.
    IsTranslation,
    /// That there is no translation, so that it stands here.
    NotTranslated,
    /// Before an organisation.
    Organisation,
}

/// A word in a language.
pub const fn say(word: Word, language: Language) -> &'static str {
    let (en, fr, es) = match word {
        Word::Contents => ("Contents", "Sommaire", "Índice"),
        Word::Cite => ("To be cited as", "À citer comme suit", "Cítese así"),
        Word::AuthenticLanguage => ("Authentic language", "Langue faisant foi", "Lengua auténtica"),
        Word::IsAuthentic => ("Authentic text", "Texte faisant foi", "Texto auténtico"),
        Word::IsTranslation => ("Translation", "Traduction", "Traducción"),
        Word::NotTranslated => (
            "Not translated yet: this is the authentic text",
            "Pas encore traduit\u{a0}: voici le texte faisant foi",
            "Aún sin traducir: este es el texto auténtico",
        ),
        Word::Organisation => ("Organisation", "Organisation", "Organización"),
    };
    match language {
        Language::En => en,
        Language::Fr => fr,
        Language::Es => es,
    }
}

/// What something is, and it: `Session: The right to the city`.
pub fn pair(name: &str, told: &str, language: Language) -> String {
    match language {
        Language::Fr => format!("{name}\u{a0}: {told}"),
        Language::En | Language::Es => format!("{name}: {told}"),
    }
}

/// What a language calls itself; its tag for one of others.
pub fn tongue(tag: &str) -> &str {
    match Language::from_code(tag) {
        Some(Language::En) => "English",
        Some(Language::Fr) => "français",
        Some(Language::Es) => "español",
        None => tag,
    }
}
