//! The words of pages and problems in three languages, from `words/<language>/*.ftl` (Fluent).
//!
//! No markup in messages; a key missing in a language falls back to English, and a test finds it.

use std::collections::BTreeMap;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use kernel::{Coded as _, Language};

const FILES: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// What a message asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    /// A text, printed as it is.
    Text(String),
    /// A number, which also chooses the plural.
    Number(f64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number as f64)
    }
}
impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(number as f64)
    }
}
impl From<&serde_json::Value> for Arg {
    fn from(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::Number(number) => Self::Number(number.as_f64().unwrap_or_default()),
            serde_json::Value::String(text) => Self::Text(text.clone()),
            serde_json::Value::Array(items) => {
                let texts: Vec<_> = items
                    .iter()
                    .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned))
                    .collect();
                Self::Text(texts.join(", "))
            }
            other => Self::Text(other.to_string()),
        }
    }
}

/// All words in all languages.
pub struct Words {
    bundles: BTreeMap<&'static str, FluentBundle<FluentResource>>,
}

impl Words {
    /// Reads the embedded files.
    ///
    /// # Panics
    /// When one of them is not Fluent: they are part of the binary.
    pub fn embedded() -> Self {
        let mut bundles = BTreeMap::new();
        for language in Language::ALL {
            let tag = language.code().parse().expect("our languages are language tags");
            let mut bundle = FluentBundle::new_concurrent(vec![tag]);
            bundle.set_use_isolating(false);
            for (_, file, text) in FILES.iter().filter(|(of, _, _)| *of == language.code()) {
                let resource = FluentResource::try_new((*text).to_owned())
                    .unwrap_or_else(|(_, errors)| panic!("{file} is not Fluent: {errors:?}"));
                bundle
                    .add_resource(resource)
                    .unwrap_or_else(|errors| panic!("{file} repeats a key: {errors:?}"));
            }
            bundles.insert(language.code(), bundle);
        }
        Self { bundles }
    }

    /// Whether there is such a message.
    pub fn knows(&self, language: Language, key: &str) -> bool {
        self.bundles
            .get(language.code())
            .is_some_and(|bundle| bundle.has_message(key))
    }

    /// The message in the reader's language, else in English, else the key itself.
    pub fn say(&self, language: Language, key: &str, args: &[(&str, Arg)]) -> String {
        let mut given = FluentArgs::new();
        for (name, arg) in args {
            match arg {
                Arg::Text(text) => given.set(*name, FluentValue::from(text.as_str())),
                Arg::Number(number) => given.set(*name, FluentValue::from(*number)),
            }
        }
        for tag in [language.code(), "en"] {
            let Some(bundle) = self.bundles.get(tag) else {
                continue;
            };
            let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
                continue;
            };
            let mut errors = Vec::new();
            let said = bundle
                .format_pattern(pattern, Some(&given), &mut errors)
                .into_owned();
            if !errors.is_empty() {
                tracing::warn!(key, tag, ?errors, "a message lacks an argument");
            }
            return said;
        }
        key.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_words_is_fluent_and_faults_are_said_in_three_languages() {
        let words = Words::embedded();
        for language in Language::ALL {
            for entry in kernel::fault::SHARED {
                assert!(
                    words.knows(*language, &format!("fault-{}", entry.code)),
                    "{} {language}",
                    entry.code
                );
            }
        }
    }
}
