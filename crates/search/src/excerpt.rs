//! Where a text says what was asked for: a part of it around the first word that was meant, in pieces.

use std::ops::Range;

use crate::{
    asked::Asked,
    model::Piece,
    words::{Word, words},
};

/// Words before the first that was asked for.
const BEFORE: usize = 10;
/// Words in all.
const MOST: usize = 44;
/// Bytes in all, where words are long.
const BYTES: usize = 600;

/// The excerpt; the whole text where it is short.
pub fn of(text: &str, asked: &Asked) -> Vec<Piece> {
    let all = words(text);
    let is_hit = |word: &Word| {
        asked
            .terms()
            .iter()
            .any(|term| word.forms.iter().any(|form| term.is_met_by(form)))
    };
    let first = all.iter().position(is_hit).unwrap_or(0);
    let from = match all.len() <= MOST {
        true => 0,
        false => first.saturating_sub(BEFORE),
    };
    let shown: Vec<&Word> = all.iter().skip(from).take(MOST).collect();
    let Some(window) = window(text, &shown, from > 0, all.len() > from + MOST) else {
        return vec![];
    };
    let mut pieces = Pieces::default();
    if window.start > 0 {
        pieces.add("…", false);
    }
    let mut at = window.start;
    for word in shown.into_iter().filter(|word| is_hit(word)) {
        let Some((between, hit)) = text.get(at..word.at.start).zip(text.get(word.at.clone())) else {
            continue;
        };
        if word.at.end > window.end {
            break;
        }
        pieces.add(between, false);
        pieces.add(hit, true);
        at = word.at.end;
    }
    pieces.add(text.get(at..window.end).unwrap_or_default(), false);
    if window.end < text.len() {
        pieces.add("…", false);
    }
    pieces.0
}

/// The bytes that are shown.
fn window(text: &str, shown: &[&Word], is_begun: bool, goes_on: bool) -> Option<Range<usize>> {
    let (first, last) = shown.first().zip(shown.last())?;
    let start = if is_begun { first.at.start } else { 0 };
    let end = if goes_on { last.at.end } else { text.len() };
    let mut end = end.min((start + BYTES).max(first.at.end));
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    Some(start..end)
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn add(&mut self, text: &str, is_hit: bool) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.is_hit == is_hit => last.text.push_str(text),
            Some(_) | None => self.0.push(Piece {
                text: text.to_owned(),
                is_hit,
            }),
        }
    }
}
