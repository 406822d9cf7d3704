//! Text in several languages, with a fall-back that never hides it (R30).

use std::collections::BTreeMap;

use diesel::{deserialize::FromSqlRow, expression::AsExpression};
use serde::{Deserialize, Serialize};

use crate::{Coded as _, Language, column::JsonSql};

/// One text in one or more languages, by BCP 47 tag: `{"en": "…", "fr": "…"}`.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, AsExpression, FromSqlRow, Serialize, Deserialize, utoipa::ToSchema,
)]
#[diesel(sql_type = JsonSql)]
#[serde(transparent)]
#[schema(value_type = std::collections::HashMap<String, String>, example = json!({"en": "Opening", "fr": "Ouverture", "es": "Apertura"}))]
pub struct Localized(pub BTreeMap<String, String>);

/// What was found for a reader: the text and the language it is in, for the `lang` attribute (WCAG 3.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Said<'a> {
    /// The text.
    pub text: &'a str,
    /// Its language, a BCP 47 tag.
    pub lang: &'a str,
}

impl Localized {
    /// The same text in the three working languages.
    pub fn of(en: &str, fr: &str, es: &str) -> Self {
        Self(
            [("en", en), ("fr", fr), ("es", es)]
                .iter()
                .map(|(tag, text)| ((*tag).into(), (*text).into()))
                .collect(),
        )
    }

    /// A text in one language only.
    pub fn only(lang: &str, text: &str) -> Self {
        Self(BTreeMap::from([(lang.to_owned(), text.to_owned())]))
    }

    /// The text for a reader of `language`: in it, else English, French, Spanish, else whatever there is.
    pub fn said(&self, language: Language) -> Said<'_> {
        let order = [language.code(), "en", "fr", "es"];
        let mut found = order
            .iter()
            .filter_map(|tag| self.0.get_key_value(*tag))
            .chain(self.0.iter());
        let (lang, text) = found
            .find(|(_, text)| !text.is_empty())
            .map_or(("en", ""), |(lang, text)| (lang, text));
        Said { text, lang }
    }

    /// The text alone for a reader of `language`.
    pub fn text(&self, language: Language) -> &str {
        self.said(language).text
    }

    /// Whether no language holds any text.
    pub fn is_blank(&self) -> bool {
        self.0.values().all(|text| text.trim().is_empty())
    }

    /// All languages' texts folded into one search key.
    pub fn folded(&self) -> String {
        self.0
            .values()
            .map(|text| crate::text::fold(text))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r30_a_missing_translation_falls_back_and_says_its_language() {
        let only_french = Localized::only("fr", "Ouverture");
        assert_eq!(
            only_french.said(Language::Es),
            Said {
                text: "Ouverture",
                lang: "fr"
            }
        );
        assert_eq!(
            Localized::only("pt", "Abertura").said(Language::En),
            Said {
                text: "Abertura",
                lang: "pt"
            }
        );
        assert_eq!(
            Localized::of("Opening", "", "Apertura").text(Language::Fr),
            "Opening"
        );
    }
}
