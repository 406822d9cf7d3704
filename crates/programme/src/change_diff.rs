//! What a change would alter: field by field, and in each text word by word.
//!
//! Pure. It does not know who asks, nor what the desk makes of it.

use std::collections::BTreeMap;

use kernel::{Coded as _, Localized};
use serde::Serialize;
use utoipa::ToSchema;

use crate::model::{Part, Said, Session, Speaker};

/// Most pairs of words compared; texts that differ in more are shown as replaced.
const PAIRS_MOST: usize = 400_000;

kernel::coded! {
    /// What became of some words.
    pub enum Fate {
        /// They stay.
        Kept => "kept",
        /// They go.
        Removed => "removed",
        /// They come.
        Added => "added",
    }
}

/// Words that follow one another and share a fate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Words {
    /// What becomes of them.
    pub fate: Fate,
    /// The words, with the spaces that follow them.
    pub text: String,
}

/// What a session says in the fields its leads may ask to have changed, by the path of each.
pub fn fields(session: &Session, parts: &[Speaker]) -> BTreeMap<String, Said> {
    let mut said = BTreeMap::new();
    for (name, text) in [("title", &session.title), ("abstract", &session.abstract_text)] {
        said.extend(texts(name, text));
    }
    let access = session.details.0.access.iter();
    let access = access.map(|access| access.code().to_owned()).collect();
    let languages = &session.languages.0;
    said.extend([
        ("access".to_owned(), Said::Codes(access)),
        ("languages.floor".to_owned(), Said::Codes(languages.floor.clone())),
        (
            "languages.interpreted".to_owned(),
            Said::Codes(languages.interpreted.clone()),
        ),
        (
            "speakers".to_owned(),
            Said::People(parts.iter().map(part).collect()),
        ),
    ]);
    said
}

fn texts(name: &str, text: &Localized) -> Vec<(String, Said)> {
    let of = |(language, text): (&String, &String)| (format!("{name}.{language}"), Said::Text(text.clone()));
    text.0.iter().map(of).collect()
}

/// A speaker as far as leads may say.
pub fn part(speaker: &Speaker) -> Part {
    Part {
        person: speaker.person,
        name: speaker.name.clone(),
        role: speaker.role.code().to_owned(),
        affiliation: speaker.affiliation.clone(),
        organisation: speaker.organisation,
    }
}

/// What a field says; nothing, of the kind the other has, where it is not there.
pub fn said_in(fields: &BTreeMap<String, Said>, field: &str, like: &Said) -> Said {
    fields.get(field).cloned().unwrap_or_else(|| match like {
        Said::Text(_) => Said::Text(String::new()),
        Said::Codes(_) => Said::Codes(Vec::new()),
        Said::People(_) => Said::People(Vec::new()),
    })
}

/// The fields that differ, with what they say before and after.
pub fn differing(
    before: &BTreeMap<String, Said>,
    after: &BTreeMap<String, Said>,
) -> Vec<(String, Said, Said)> {
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let of = |name: &String| {
        let like = before.get(name).or_else(|| after.get(name))?;
        let (was, is) = (said_in(before, name, like), said_in(after, name, like));
        (was != is).then(|| (name.clone(), was, is))
    };
    names.into_iter().filter_map(of).collect()
}

/// The difference of two texts, word by word: what stays is the longest the two have in common.
pub fn words(before: &str, after: &str) -> Vec<Words> {
    let (old, new) = (split(before), split(after));
    let head = old
        .iter()
        .zip(&new)
        .take_while(|(one, other)| one == other)
        .count();
    let left = old.len().min(new.len()) - head;
    let (old_rest, new_rest) = (old.iter().rev(), new.iter().rev());
    let tail = old_rest
        .zip(new_rest)
        .take(left)
        .take_while(|(one, other)| one == other)
        .count();
    let mut told = Told::default();
    old[..head].iter().for_each(|word| told.say(Fate::Kept, word));
    between(
        &mut told,
        &old[head..old.len() - tail],
        &new[head..new.len() - tail],
    );
    old[old.len() - tail..]
        .iter()
        .for_each(|word| told.say(Fate::Kept, word));
    told.runs
}

/// Words with the spaces that follow them: put together again they are the text.
fn split(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut spaces = false;
    for (at, char) in text.char_indices() {
        if spaces && !char.is_whitespace() {
            words.push(&text[start..at]);
            start = at;
        }
        spaces = char.is_whitespace();
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

#[derive(Default)]
struct Told {
    runs: Vec<Words>,
}

impl Told {
    fn say(&mut self, fate: Fate, word: &str) {
        match self.runs.last_mut() {
            Some(last) if last.fate == fate => last.text.push_str(word),
            _ => self.runs.push(Words {
                fate,
                text: word.to_owned(),
            }),
        }
    }
}

/// What lies between the beginning and the end that two texts share.
fn between(told: &mut Told, old: &[&str], new: &[&str]) {
    if old.len() * new.len() > PAIRS_MOST {
        old.iter().for_each(|word| told.say(Fate::Removed, word));
        new.iter().for_each(|word| told.say(Fate::Added, word));
        return;
    }
    let common = lengths(old, new);
    let wide = new.len() + 1;
    let (mut at, mut to) = (0, 0);
    while at < old.len() || to < new.len() {
        if at < old.len() && to < new.len() && old[at] == new[to] {
            told.say(Fate::Kept, old[at]);
            (at, to) = (at + 1, to + 1);
        } else if to == new.len()
            || (at < old.len() && common[(at + 1) * wide + to] >= common[at * wide + to + 1])
        {
            told.say(Fate::Removed, old[at]);
            at += 1;
        } else {
            told.say(Fate::Added, new[to]);
            to += 1;
        }
    }
}

/// How many words the rests of both have in common from each pair of places on, row by row.
fn lengths(old: &[&str], new: &[&str]) -> Vec<u16> {
    let wide = new.len() + 1;
    let mut common = vec![0_u16; (old.len() + 1) * wide];
    for at in (0..old.len()).rev() {
        for to in (0..new.len()).rev() {
            common[at * wide + to] = if old[at] == new[to] {
                common[(at + 1) * wide + to + 1].saturating_add(1)
            } else {
                common[(at + 1) * wide + to].max(common[at * wide + to + 1])
            };
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> Vec<(Fate, String)> {
        let runs = words(before, after);
        let of = |fate: Fate| -> String {
            let own = runs.iter().filter(|run| run.fate != fate);
            own.map(|run| run.text.as_str()).collect()
        };
        assert_eq!(
            (of(Fate::Added), of(Fate::Removed)),
            (before.into(), after.into())
        );
        runs.into_iter().map(|run| (run.fate, run.text)).collect()
    }

    #[test]
    fn a_difference_names_the_words_and_leaves_both_texts_whole() {
        let of = told("The right to the city", "The duty to the whole city");
        let expected = [
            (Fate::Kept, "The "),
            (Fate::Removed, "right "),
            (Fate::Added, "duty "),
            (Fate::Kept, "to the "),
            (Fate::Added, "whole "),
            (Fate::Kept, "city"),
        ];
        assert_eq!(of, expected.map(|(fate, text)| (fate, text.to_owned())));
        assert_eq!(told("", ""), []);
        assert_eq!(told("", "Salle 3"), [(Fate::Added, "Salle 3".to_owned())]);
        assert_eq!(told("same\n\nsame", "same\n\nsame").len(), 1);
        told("  a  b ", "b  a\tb");
        told("市民 の 権利", "市民 の 義務");
    }

    #[test]
    fn texts_that_share_too_little_are_shown_as_replaced() {
        let many = |word: &str| format!("{word} ").repeat(2_100);
        let of = told(&many("a"), &many("b"));
        assert_eq!(
            of.iter().map(|(fate, _)| *fate).collect::<Vec<_>>(),
            [Fate::Removed, Fate::Added]
        );
    }
}
