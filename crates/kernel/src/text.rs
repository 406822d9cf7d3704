//! Text as people type it: normalised, bounded, and folded for comparing, sorting and searching (R259).

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// Longest name of a person, organisation, room, in graphemes.
pub const NAME: usize = 160;
/// Longest title, in graphemes.
pub const TITLE: usize = 250;
/// Longest abstract or statement, in graphemes.
pub const ABSTRACT: usize = 8000;

/// Marks per letter beyond which a text is a prank, not a language (Unicode UAX 15 stream-safe uses 30).
const MARKS_PER_GRAPHEME: usize = 24;

/// What can be wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Longer than allowed, in graphemes or in bytes.
    TooLong {
        /// The most graphemes allowed.
        graphemes_max: usize,
    },
    /// A letter carries more marks than any script uses.
    TooManyMarks,
}

/// One line of text: NFC, no line breaks, no control or direction-override characters, outer space trimmed.
///
/// # Errors
/// When it is longer than `graphemes_max` graphemes or `8 × graphemes_max` bytes, or piles up marks.
pub fn line(raw: &str, graphemes_max: usize) -> Result<String, Problem> {
    bounded(raw, graphemes_max)?;
    let spaced: String = raw
        .chars()
        .map(|c| {
            if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
                ' '
            } else {
                c
            }
        })
        .collect();
    let cleaned: String = spaced.chars().filter(|c| !is_invisible(*c)).nfc().collect();
    let joined = cleaned
        .split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    checked(joined.trim().to_owned(), graphemes_max)
}

/// Text of several lines: as [`line`], but line breaks (as `\n`) and tabs stay.
///
/// # Errors
/// As [`line`].
pub fn paragraph(raw: &str, graphemes_max: usize) -> Result<String, Problem> {
    bounded(raw, graphemes_max)?;
    checked(several_lines(raw).trim().to_owned(), graphemes_max)
}

/// A piece of a longer text: as [`paragraph`], but its outer spaces stay, because other pieces stand beside it.
///
/// # Errors
/// As [`line`].
pub fn piece(raw: &str, graphemes_max: usize) -> Result<String, Problem> {
    bounded(raw, graphemes_max)?;
    checked(several_lines(raw), graphemes_max)
}

/// The text with others where `words` stand for themselves; nothing where they do not. They do not stand for themselves
/// within a longer word (« Ana Sol » in « Joana Sol »), a longer name (« Ana Sol-Vidal ») or a longer address.
pub fn with_words_replaced(text: &str, words: &str, by: &str) -> Option<String> {
    if words.is_empty() {
        return None;
    }
    let joins = |near: Option<char>, beyond: Option<char>| match near {
        Some('.') => beyond.is_some_and(char::is_alphanumeric),
        Some(near) => near.is_alphanumeric() || matches!(near, '-' | '_' | '+' | '@'),
        None => false,
    };
    let mut replaced = String::with_capacity(text.len());
    let mut from = 0;
    for (at, found) in text.match_indices(words) {
        let (before, after) = (&text[..at], &text[at + found.len()..]);
        let (mut left, mut right) = (before.chars().rev(), after.chars());
        if joins(left.next(), left.next()) || joins(right.next(), right.next()) {
            continue;
        }
        replaced.push_str(&text[from..at]);
        replaced.push_str(by);
        from = at + found.len();
    }
    (from > 0).then(|| replaced + &text[from..])
}

/// The key under which text is compared and searched: compatibility forms and marks folded away, lower case, the
/// inclusive middle dot expanded (« représentant·e·s » is found by « représentants », « représentantes »).
pub fn fold(text: &str) -> String {
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let plain = strip_marks(word);
        if plain.contains('·') || plain.contains('•') {
            words.extend(inclusive_forms(&plain));
        } else {
            words.push(plain);
        }
    }
    words.join(" ")
}

/// The key under which names are compared for sameness: like [`fold`], without punctuation or spaces.
pub fn same_name(text: &str) -> String {
    strip_marks(text)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// Bytes that sort as people expect, the same on both engines: folded first, the text itself to break ties.
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut key = strip_marks(text).into_bytes();
    key.push(0);
    key.extend(text.bytes());
    key
}

/// The skeleton by which two visually equal names are one (Unicode UTS 39 §4), on the folded text.
pub fn skeleton(text: &str) -> String {
    unicode_security::skeleton(&strip_marks(text)).collect()
}

/// Graphemes in a text, what a reader would count as characters.
pub fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// The first `count` graphemes, with an ellipsis when something is left out.
pub fn cut(text: &str, count: usize) -> String {
    if graphemes(text) <= count {
        return text.to_owned();
    }
    text.graphemes(true)
        .take(count.saturating_sub(1))
        .chain(["…"])
        .collect()
}

/// A spreadsheet cell that no program takes for a formula (CSV injection, ASVS 1.2.10).
pub fn csv_safe(cell: &str) -> String {
    let first = cell.trim_start().chars().next();
    if matches!(first, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'))
        || cell.starts_with(['\t', '\r'])
    {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn several_lines(raw: &str) -> String {
    let unix = raw.replace("\r\n", "\n").replace('\r', "\n");
    unix.chars()
        .filter(|c| !is_invisible(*c) && (!c.is_control() || matches!(c, '\n' | '\t')))
        .nfc()
        .collect()
}

fn bounded(raw: &str, graphemes_max: usize) -> Result<(), Problem> {
    if raw.len() > graphemes_max.saturating_mul(16) {
        return Err(Problem::TooLong { graphemes_max });
    }
    Ok(())
}

fn checked(text: String, graphemes_max: usize) -> Result<String, Problem> {
    if text
        .graphemes(true)
        .any(|g| g.chars().count() > MARKS_PER_GRAPHEME)
    {
        return Err(Problem::TooManyMarks);
    }
    if text.len() > graphemes_max.saturating_mul(8) || graphemes(&text) > graphemes_max {
        return Err(Problem::TooLong { graphemes_max });
    }
    Ok(text)
}

/// Direction overrides, byte-order marks, tag characters, zero-width space, soft hyphens, blank letters, signs of formulas
/// that nobody sees: never needed in a name.
/// The zero-width joiner and non-joiner stay: Persian and emoji need them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}'
        | '\u{61C}' | '\u{AD}' | '\u{180E}' | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}'
        | '\u{E0000}'..='\u{E007F}' | '\u{FFF9}'..='\u{FFFB}' | '\u{0}')
}

fn strip_marks(text: &str) -> String {
    let folded = text
        .nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase);
    let mut out = String::with_capacity(text.len());
    for c in folded {
        match c {
            'ß' => out.push_str("ss"),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            '’' | '‘' | 'ʼ' => out.push('\''),
            c if unicode_normalization::char::is_combining_mark(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// `representant·e·s` → the word itself without dots, the stem, and each reading: representant, representants, representantes, representante.
fn inclusive_forms(word: &str) -> Vec<String> {
    let parts: Vec<&str> = word.split(['·', '•']).filter(|part| !part.is_empty()).collect();
    let Some((stem, endings)) = parts.split_first() else {
        return vec![];
    };
    let mut forms = vec![(*stem).to_owned()];
    let mut growing = (*stem).to_owned();
    for ending in endings {
        growing.push_str(ending);
        forms.push(growing.clone());
        forms.push(format!("{stem}{ending}"));
    }
    forms.dedup();
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_replaced_where_they_stand_for_themselves_alone() {
        let replaced = |text: &str, words: &str| with_words_replaced(text, words, "X");
        let cases = [
            (
                "Dear Ana Sol, Ana Sol's seat.",
                "Ana Sol",
                Some("Dear X, X's seat."),
            ),
            ("{\"name\":\"Ana Sol\"}", "Ana Sol", Some("{\"name\":\"X\"}")),
            ("Ask Ana Sol.\nThanks", "Ana Sol", Some("Ask X.\nThanks")),
            ("Joana Sol, Ana Solé, Ana Sol-Vidal", "Ana Sol", None),
            (
                "joana@x.org ana@x.org.uk my.ana@x.org <ana@x.org>",
                "ana@x.org",
                Some("joana@x.org ana@x.org.uk my.ana@x.org <X>"),
            ),
            ("écrire à ana@x.org.", "ana@x.org", Some("écrire à X.")),
            ("anything", "", None),
        ];
        for (text, words, expected) in cases {
            assert_eq!(replaced(text, words).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn r259_names_are_normalised_and_tricks_are_taken_out() {
        let cases = [
            ("  Zoe\u{0301}  Diallo ", "Zoé Diallo"),
            ("Ana\u{202E}txt.exe", "Anatxt.exe"),
            (
                "A\u{61C}n\u{AD}a\u{2063}\u{206A}\u{180E}\u{115F}\u{1160}\u{3164}\u{FFA0}",
                "Ana",
            ),
            ("می\u{200C}خواهم", "می\u{200C}خواهم"),
            ("B\u{FEFF}ob\u{200B}", "Bob"),
            ("line\nbreak\u{0}", "line break"),
            ("می\u{200C}خواهم", "می\u{200C}خواهم"),
            ("O'Neil N'Djamena Null =1+1", "O'Neil N'Djamena Null =1+1"),
            ("홍길동", "홍길동"),
        ];
        for (raw, clean) in cases {
            assert_eq!(line(raw, NAME).as_deref(), Ok(clean));
        }
    }

    #[test]
    fn a_piece_keeps_its_outer_spaces_and_loses_the_same_tricks() {
        assert_eq!(piece(" a\u{202E}b\r\n ", NAME).as_deref(), Ok(" ab\n "));
        assert_eq!(paragraph(" a\u{202E}b\r\n ", NAME).as_deref(), Ok("ab"));
    }

    #[test]
    fn r259_length_is_bounded_in_graphemes_and_in_bytes() {
        assert_eq!(line(&"é".repeat(NAME), NAME).map(|t| graphemes(&t)), Ok(NAME));
        assert_eq!(
            line(&"é".repeat(NAME + 1), NAME),
            Err(Problem::TooLong { graphemes_max: NAME })
        );
        assert_eq!(
            line(&format!("a{}", "\u{0301}".repeat(300)), NAME),
            Err(Problem::TooManyMarks)
        );
        assert_eq!(
            line(&"x".repeat(1_000_000), NAME),
            Err(Problem::TooLong { graphemes_max: NAME })
        );
    }

    #[test]
    fn r259_visually_equal_names_share_a_skeleton() {
        assert_eq!(skeleton("UCLG"), skeleton("U\u{0421}LG"));
        assert_ne!(skeleton("UCLG"), skeleton("UCLC"));
        assert_eq!(same_name("Ville d’Évry"), same_name("VILLE D'EVRY"));
    }

    #[test]
    fn inclusive_writing_is_found_in_each_of_its_readings() {
        let folded = fold("Les représentant·e·s élu·e·s");
        for asked in ["representants", "représentantes", "élues", "elus"] {
            let asked = fold(asked);
            assert!(folded.split(' ').any(|word| word == asked), "{asked} in {folded}");
        }
    }

    #[test]
    fn cells_that_look_like_formulas_are_disarmed() {
        for cell in ["=HYPERLINK()", "+1", "-1", "@x", "\t=1", "＝1"] {
            assert!(csv_safe(cell).starts_with('\''), "{cell}");
        }
        assert_eq!(csv_safe("Durban"), "Durban");
    }
}
