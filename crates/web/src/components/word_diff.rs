//! What a change alters in a field, for whoever decides on it and whoever asked: a text word by word, a list line by line.

use askama::Template;
use kernel::Coded as _;
use programme::{
    change_diff::{self, Fate, Words},
    model::{Part, Said},
};

use crate::{components::Markup, voice::Voice};

/// A text before and after, word by word.
#[derive(Template)]
#[template(path = "parts/word_diff.html")]
struct WordDiff {
    runs: Vec<Words>,
    lang: String,
    language: &'static str,
    removed: String,
    added: String,
}

/// The path of a field in words: the path of a text ends in its language.
pub fn field_name(voice: &Voice, field: &str) -> String {
    let (of, tongue) = field.split_once('.').unwrap_or((field, ""));
    match of {
        "title" | "abstract" => format!(
            "{} ({})",
            voice.t(format!("change-field-{of}")),
            voice.code("language", tongue)
        ),
        "languages" => voice.t(format!("change-field-{tongue}")),
        of => voice.t(format!("change-field-{of}")),
    }
}

/// What becomes of a field.
pub fn difference(voice: &Voice, field: &str, before: &Said, after: &Said) -> Markup {
    let lang = match field.split_once('.') {
        Some(("title" | "abstract", tongue)) => tongue,
        _ => voice.language.code(),
    };
    let runs = match (before, after) {
        (Said::Text(before), Said::Text(after)) => change_diff::words(before, after),
        (before, after) => lines(&shown(voice, field, before), &shown(voice, field, after)),
    };
    Markup::of(&WordDiff {
        runs,
        lang: lang.to_owned(),
        language: voice.language.code(),
        removed: voice.t("change-removed"),
        added: voice.t("change-added"),
    })
}

/// What a field says, as one text.
pub fn said_plain(voice: &Voice, field: &str, said: &Said) -> String {
    match said {
        Said::Text(text) => text.clone(),
        said => shown(voice, field, said).concat(),
    }
}

/// The entries of a list, each a line of its own.
fn shown(voice: &Voice, field: &str, said: &Said) -> Vec<String> {
    let kind = if field == "access" { "access" } else { "language" };
    match said {
        Said::Text(text) => vec![text.clone()],
        Said::Codes(codes) => codes
            .iter()
            .map(|code| format!("{}\n", voice.code(kind, code)))
            .collect(),
        Said::People(people) => people.iter().map(|part| person(voice, part)).collect(),
    }
}

fn person(voice: &Voice, part: &Part) -> String {
    let role = voice.code("speaker-role", &part.role);
    match part.affiliation.as_str() {
        "" => format!("{} – {role}\n", part.name),
        affiliation => format!("{} ({affiliation}) – {role}\n", part.name),
    }
}

/// Entries that go, then those that stay, then those that come.
fn lines(before: &[String], after: &[String]) -> Vec<Words> {
    let run = |fate: Fate, text: &String| Words {
        fate,
        text: text.clone(),
    };
    let gone = before.iter().filter(|line| !after.contains(line));
    let rest = after.iter().map(|line| match before.contains(line) {
        true => run(Fate::Kept, line),
        false => run(Fate::Added, line),
    });
    gone.map(|line| run(Fate::Removed, line)).chain(rest).collect()
}
