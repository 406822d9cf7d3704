//! What somebody typed, as it is asked for: each word must be there, in any of its forms; the last may be the beginning of
//! one. No sign of it means anything to an engine.

use kernel::{Fault, Fields};

use crate::words::{meaning, words};

/// Longest question, in characters.
pub const LONGEST: usize = 200;
/// Most words of one.
pub const MOST: usize = 16;
/// Shortest beginning of a word in letters without accents; one letter begins too many.
const BEGINNING: usize = 2;

/// A word that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Any of these.
    pub any_of: Vec<String>,
    /// Whether it is enough that a word begins so.
    pub begins: bool,
}

/// What is asked for: all of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked(Vec<Term>);

impl Asked {
    /// What somebody typed.
    ///
    /// # Errors
    /// `invalid`: `q`, `required` where no word is in it, `too_long` beyond 200 characters, `too_many_words` beyond 16.
    pub fn of(typed: &str) -> Result<Self, Fault> {
        let mut fields = Fields::new();
        // Bytes first: nobody counts the characters of ten megabytes, or takes them apart.
        let is_long = typed.len() > LONGEST * 4 || typed.chars().count() > LONGEST;
        if is_long {
            fields.wrong_with("q", "too_long", "most", LONGEST);
        }
        let words = if is_long { vec![] } else { words(typed) };
        if words.is_empty() && !is_long {
            fields.wrong("q", "required");
        }
        if words.len() > MOST {
            fields.wrong_with("q", "too_many_words", "most", MOST);
        }
        fields.done()?;
        let last = words.len().saturating_sub(1);
        let terms = words.iter().enumerate();
        let terms = terms.map(|(at, word)| Term::of(&word.forms, at == last));
        Ok(Self(terms.collect()))
    }

    /// The words that are asked for; one at least.
    pub fn terms(&self) -> &[Term] {
        &self.0
    }

    /// Whether these words, as they are kept, have all that is asked for.
    pub fn is_in(&self, indexed: &str) -> bool {
        self.0
            .iter()
            .all(|term| indexed.split(' ').any(|word| term.is_met_by(word)))
    }
}

impl Term {
    fn of(forms: &[String], is_last: bool) -> Self {
        let mut any_of: Vec<String> = forms.iter().flat_map(|form| meaning(form)).collect();
        any_of.sort_unstable();
        any_of.dedup();
        let is_long = |form: &String| !form.is_ascii() || form.len() >= BEGINNING;
        Self {
            begins: is_last && any_of.iter().all(is_long),
            any_of,
        }
    }

    /// Whether this word is asked for.
    pub fn is_met_by(&self, word: &str) -> bool {
        self.any_of.iter().any(|form| match self.begins {
            true => word.starts_with(form.as_str()),
            false => word == form,
        })
    }
}
