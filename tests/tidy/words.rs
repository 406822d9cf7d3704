//! English, French and Spanish say the same things: one set of keys, the same arguments, no markup.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree;

const FOLDER: &str = "crates/actix-kit/words";
const LANGUAGES: &[&str] = &["en", "fr", "es"];

/// A language's messages: key (or `key.attribute`) to the arguments it takes.
type Messages = BTreeMap<String, BTreeSet<String>>;

/// Reads one `.ftl` text into `messages` and tells what is wrong with it by itself.
fn read(text: &str, messages: &mut Messages) -> Vec<String> {
    let mut sentences = Vec::new();
    let (mut message, mut key) = (String::new(), String::new());
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once('=').filter(|_| begins_message(line)) {
            (message, key) = (name.trim().to_owned(), name.trim().to_owned());
            if messages.insert(key.clone(), BTreeSet::new()).is_some() {
                sentences.push(format!("`{key}` stands twice"));
            }
        } else if let Some((name, _)) = line
            .trim_start()
            .strip_prefix('.')
            .and_then(|rest| rest.split_once('='))
        {
            key = format!("{message}.{}", name.trim());
            messages.insert(key.clone(), BTreeSet::new());
        }
        if has_markup(line) {
            sentences.push(format!("`{key}` holds markup"));
        }
        if let Some(taken) = messages.get_mut(&key) {
            taken.extend(arguments(line));
        }
    }
    sentences
}

fn begins_message(line: &str) -> bool {
    let name = line.split('=').next().unwrap_or_default().trim_end();
    let is_name = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    is_name && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-')
}

fn has_markup(line: &str) -> bool {
    line.match_indices('<').any(|(at, _)| {
        line[at + 1..]
            .trim_start_matches('/')
            .starts_with(|c: char| c.is_ascii_alphabetic())
    })
}

fn arguments(line: &str) -> Vec<String> {
    line.match_indices('$')
        .map(|(at, _)| {
            let is_name = |c: &char| c.is_ascii_alphanumeric() || *c == '-' || *c == '_';
            line[at + 1..].chars().take_while(is_name).collect()
        })
        .collect()
}

/// How `other` differs from `first`.
fn differences(first: (&str, &Messages), other: (&str, &Messages)) -> Vec<String> {
    let mut sentences = Vec::new();
    for (key, arguments) in first.1 {
        match other.1.get(key) {
            None => sentences.push(format!("`{key}` is missing in {}", other.0)),
            Some(theirs) if theirs != arguments => sentences.push(format!(
                "`{key}` takes {arguments:?} in {} and {theirs:?} in {}",
                first.0, other.0
            )),
            Some(_) => {}
        }
    }
    let extra = other.1.keys().filter(|key| !first.1.contains_key(*key));
    sentences.extend(extra.map(|key| format!("`{key}` is in {} and missing in {}", other.0, first.0)));
    sentences
}

#[test]
fn the_languages_say_the_same_things() {
    let mut languages: BTreeMap<&str, Messages> = BTreeMap::new();
    let mut sentences = Vec::new();
    for file in tree::files(FOLDER, ".ftl") {
        let is_of = |language: &&&str| {
            file.path.contains(&format!("/{language}/")) || file.path.ends_with(&format!("/{language}.ftl"))
        };
        let Some(language) = LANGUAGES.iter().find(is_of) else {
            sentences.push(format!("{} is in none of {LANGUAGES:?}", file.path));
            continue;
        };
        let told = read(&file.text, languages.entry(language).or_default());
        sentences.extend(told.iter().map(|sentence| format!("{}: {sentence}", file.path)));
    }

    if let Some(english) = languages.get("en") {
        for language in &LANGUAGES[1..] {
            let nothing = Messages::new();
            let theirs = languages.get(language).unwrap_or(&nothing);
            sentences.extend(differences(("en", english), (language, theirs)));
        }
    }
    tree::none(sentences);
}

#[cfg(test)]
mod samples {
    //! What the readers above must notice.

    use super::*;

    fn messages(text: &str) -> Messages {
        let mut messages = Messages::new();
        assert_eq!(read(text, &mut messages), Vec::<String>::new());
        messages
    }

    #[test]
    fn a_missing_key_and_another_argument_are_told() {
        let english = messages(
            "# words\nplaces = { $count ->\n    [one] one place\n   *[other] { $count } places\n }\nhello = Hello\n",
        );
        let french = messages("places = { $nombre } places\nbonjour = Bonjour\n");

        let told = differences(("en", &english), ("fr", &french));

        assert_eq!(
            told,
            [
                "`hello` is missing in fr",
                "`places` takes {\"count\"} in en and {\"nombre\"} in fr",
                "`bonjour` is in fr and missing in en",
            ]
        );
    }

    #[test]
    fn the_same_words_agree() {
        let english = messages("name = Name\n    .hint = As { $where } = here\n-brand = Hemicycle\n");

        assert_eq!(
            english.keys().collect::<Vec<_>>(),
            ["-brand", "name", "name.hint"]
        );
        assert_eq!(
            differences(("en", &english), ("fr", &english)),
            Vec::<String>::new()
        );
    }

    #[test]
    fn markup_and_a_key_twice_are_told() {
        let told = read("a = <strong>b</strong>\na = 1 < 2\n", &mut Messages::new());

        assert_eq!(told, ["`a` holds markup", "`a` stands twice"]);
    }
}
