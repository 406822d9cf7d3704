//! Text taken apart into words that are compared: folded ([`kernel::text::fold`]), and inclusive writing in each of its
//! readings, so that « représentant·e·s », « élu(e)s » and « acteur·rice·s » are found by what people type (R258).
//!
//! Knows no language: what is no letter and no digit stands between words.

use std::{collections::BTreeSet, ops::Range};

use kernel::text::fold;

/// Most characters of a word that count; the rest of a longer one is left out, in what is kept and in what is asked alike.
const LONGEST: usize = 48;
/// Most different words of one part that are kept.
const MOST: usize = 20_000;

/// What stands within a word of inclusive writing.
const DOTS: &[char] = &['·', '•', '‧', '⋅', '∙', '・'];
/// What only does so before an ending.
const SIGNS: &[&str] = &[".", "-", "(", ")"];
/// The endings it gives words.
const ENDINGS: &[&str] = &[
    "e", "s", "es", "x", "le", "les", "ne", "nes", "te", "tes", "ve", "ves", "ere", "eres", "rice", "rices",
    "trice", "trices", "euse", "euses", "a", "as", "o", "os",
];
/// Endings that take the place of others: « acteur·rice » is also read « actrice ».
const REPLACED: &[(&str, &str, &str)] = &[
    ("eur", "rice", "rice"),
    ("teur", "trice", "trice"),
    ("eur", "euse", "euse"),
    ("er", "ere", "ere"),
    ("eux", "euse", "euse"),
    ("f", "ve", "ve"),
    ("o", "a", "a"),
];
/// Short names of the same thing in the languages of the house (R248).
const SAME: &[&[&str]] = &[
    &["lrg", "grl", "glr"],
    &["lrgs", "grls", "glrs"],
    &["uclg", "cglu"],
];

/// A word where it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes.
    pub at: Range<usize>,
    /// What it is compared as: one form, or each reading of inclusive writing.
    pub forms: Vec<String>,
}

/// The words of a text, as they come.
pub fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let plain = runs(text);
    let mut rest = plain.as_slice();
    while let [first, others @ ..] = rest {
        let taken = others
            .iter()
            .scan(first.end, |end, next| {
                let goes_on = goes_on(text, *end, next);
                *end = next.end;
                goes_on.then_some(())
            })
            .count();
        let (parts, after) = rest.split_at(taken + 1);
        let folded: Vec<Vec<String>> = parts.iter().map(|at| folded(&text[at.clone()])).collect();
        let end = parts.last().map_or(first.end, |last| last.end);
        let forms = match folded.as_slice() {
            [alone] => alone.clone(),
            many => readings(&many.concat()),
        };
        if !forms.is_empty() {
            words.push(Word {
                at: first.start..end,
                forms,
            });
        }
        rest = after;
    }
    words
}

/// The different words of these texts, in order, with single spaces between: what the index is of.
pub fn indexed<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let all: BTreeSet<String> = texts
        .into_iter()
        .flat_map(words)
        .flat_map(|word| word.forms)
        .collect();
    all.into_iter().take(MOST).collect::<Vec<_>>().join(" ")
}

/// A form and those that mean the same.
pub(crate) fn meaning(form: &str) -> Vec<String> {
    let same = SAME.iter().find(|group| group.contains(&form));
    match same {
        Some(group) => group.iter().map(|own| (*own).to_owned()).collect(),
        None => vec![form.to_owned()],
    }
}

/// Unbroken letters and digits, with the marks on them.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices() {
        if !belongs(c) {
            continue;
        }
        let end = at + c.len_utf8();
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = end,
            Some(_) | None => runs.push(at..end),
        }
    }
    runs
}

/// Letters and digits; what folding takes off them; and what joins letters without being seen.
fn belongs(c: char) -> bool {
    let is_joiner = matches!(c, '\u{200C}' | '\u{200D}' | '\u{AD}');
    let is_sign = c.is_whitespace() || c.is_control() || DOTS.contains(&c);
    c.is_alphanumeric() || is_joiner || !is_sign && fold(c.encode_utf8(&mut [0; 4])).is_empty()
}

/// Whether what begins at `next` is still the word that ended at `end`.
fn goes_on(text: &str, end: usize, next: &Range<usize>) -> bool {
    let between = &text[end..next.start];
    let mut signs = between.chars();
    if signs.next().is_some_and(|sign| DOTS.contains(&sign)) {
        return signs.next().is_none();
    }
    let is_ending = || ENDINGS.contains(&fold(&text[next.clone()]).as_str());
    SIGNS.contains(&between) && is_ending() && closes(text, between, next)
}

/// A bracket that opens an ending is closed behind it; other signs stand before one that ends the word.
fn closes(text: &str, sign: &str, ending: &Range<usize>) -> bool {
    match sign {
        "(" => text[ending.end..].starts_with(')'),
        ")" => true,
        // « bien-e » is no word: two endings, or the end of the word.
        _ => !text[ending.end..].starts_with(['@', '/']),
    }
}

/// One run as it is compared. Folding may take it apart: « ½ » is a one and a two.
fn folded(run: &str) -> Vec<String> {
    fold(run)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(LONGEST).collect())
        .collect()
}

/// `representant`, `e`, `s` → representant, representante, representantes, representants.
fn readings(parts: &[String]) -> Vec<String> {
    let Some((stem, endings)) = parts.split_first() else {
        return vec![];
    };
    let mut forms = vec![stem.clone()];
    let mut grown = vec![stem.clone()];
    for ending in endings {
        let mut next: Vec<String> = grown.iter().map(|word| format!("{word}{ending}")).collect();
        let replaced = REPLACED
            .iter()
            .filter(|(_, said, _)| said == ending)
            .filter_map(|(old, _, new)| Some(format!("{}{new}", stem.strip_suffix(old)?)));
        next.extend(replaced);
        // « Toutes et tou·s·tes »: an ending may follow the stem alone.
        forms.push(format!("{stem}{ending}"));
        forms.extend(next.clone());
        grown = next;
    }
    let forms: BTreeSet<String> = forms
        .into_iter()
        .map(|word| word.chars().take(LONGEST).collect())
        .collect();
    forms.into_iter().collect()
}
