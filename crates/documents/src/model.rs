//! What is printed: values in the order in which they stand on paper, in one language.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::Publication;

/// Counts the changes of the templates: a document printed by another is another document.
const TEMPLATES: &str = "documents 1";
/// The longest run of characters without a space that is left in one piece; longer ones may be broken anywhere.
const WORD_MOST: usize = 40;

/// A document to be printed.
#[derive(Clone, Debug, PartialEq)]
pub enum Document {
    /// A programme.
    Booklet(Box<Booklet>),
    /// An agenda.
    Sheet(Box<Sheet>),
    /// A text, or several.
    Publication(Box<Publication>),
}

/// A programme: cover, days, sessions, indexes.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Booklet {
    /// BCP 47 tag of the language it is in.
    pub language: String,
    /// What the congress is called.
    pub title: String,
    /// Its motto; may be empty.
    pub motto: String,
    /// Where and when.
    pub when_where: String,
    /// Which release, of when.
    pub release: String,
    /// Whose hours are printed.
    pub clock: String,
    /// Where its newest release is found.
    pub address: String,
    /// The day it was released: year, month, day.
    pub released_on: (i32, u32, u32),
    /// Its days, in order.
    pub days: Vec<Day>,
    /// Who speaks, by name.
    pub people: Vec<Entry>,
    /// The rooms, by name.
    pub rooms: Vec<Entry>,
    /// The words of the template.
    pub words: BookletWords,
}

/// Words that stand in every booklet.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct BookletWords {
    /// Heading of the contents.
    pub contents: String,
    /// `Programme`.
    pub programme: String,
    /// Over the list by time.
    pub by_time: String,
    /// Over the lists by room.
    pub by_room: String,
    /// Over the sessions themselves.
    pub sessions: String,
    /// Head of the column of hours.
    pub hour: String,
    /// Head of the column of sessions.
    pub session: String,
    /// Head of the column of rooms.
    pub room: String,
    /// Heading of the index of people.
    pub people: String,
    /// Heading of the index of rooms.
    pub rooms: String,
}

/// A day of a programme.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Day {
    /// Its date in words.
    pub title: String,
    /// Its sessions, by hour.
    pub sessions: Vec<Session>,
    /// The same by room.
    pub rooms: Vec<RoomDay>,
}

/// What takes place in a room on a day.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RoomDay {
    /// The room.
    pub name: String,
    /// Seats, floor, venue.
    pub about: String,
    /// Its sessions.
    pub sessions: Vec<Reference>,
}

/// A session.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Session {
    /// Unique in the booklet, of letters, digits and hyphens: where references lead.
    pub key: String,
    /// Its code, as printed.
    pub code: String,
    /// From when until when.
    pub hours: String,
    /// Its title.
    pub title: String,
    /// Where it is; may be empty.
    pub room: String,
    /// Track, format, kind, each in words.
    pub facts: Vec<String>,
    /// What to look out for: cancelled, members only.
    pub marks: Vec<String>,
    /// In which languages, in words; may be empty.
    pub languages: String,
    /// Paragraphs of what it is about.
    pub about: Vec<String>,
    /// Who speaks: name and part.
    pub people: Vec<String>,
    /// Who holds it; may be empty.
    pub organisers: String,
    /// Whether it is told in the list alone: a break.
    pub is_line: bool,
}

/// A mention of a session.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Reference {
    /// The session's key; empty where it is told in the list alone.
    pub key: String,
    /// What stands before it: its hours.
    pub hours: String,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
}

/// A line of an index.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Entry {
    /// What is looked up.
    pub name: String,
    /// What stands beside it; may be empty.
    pub about: String,
    /// Where it is found.
    pub found: Vec<Reference>,
}

/// One person's agenda.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Sheet {
    /// BCP 47 tag of the language it is in.
    pub language: String,
    /// `My agenda`.
    pub title: String,
    /// Whose it is.
    pub name: String,
    /// What the congress is called.
    pub congress: String,
    /// Where and when.
    pub when_where: String,
    /// Which release its hours are of.
    pub release: String,
    /// Whose hours are printed.
    pub clock: String,
    /// The day it was released: year, month, day.
    pub released_on: (i32, u32, u32),
    /// How much does not fit; empty when all does.
    pub misfits: String,
    /// Said where nothing stands on it.
    pub empty: String,
    /// Its days, in order.
    pub days: Vec<SheetDay>,
    /// Where its rooms are, in the order in which they are needed.
    pub places: Vec<Place>,
    /// The words of the template.
    pub words: SheetWords,
}

/// Words that stand in every sheet.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SheetWords {
    /// Head of the column of hours.
    pub hour: String,
    /// Head of the column of sessions.
    pub session: String,
    /// Head of the column of rooms.
    pub room: String,
    /// Over the ways to the rooms.
    pub ways: String,
}

/// A day of an agenda.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SheetDay {
    /// Its date in words.
    pub title: String,
    /// What is on it, by hour.
    pub lines: Vec<SheetLine>,
}

/// A line of an agenda.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SheetLine {
    /// From when until when.
    pub hours: String,
    /// The session's code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Where it is; may be empty.
    pub room: String,
    /// The seat, and what else is to be known.
    pub facts: Vec<String>,
    /// What it clashes with, and ways that are too long.
    pub clashes: Vec<String>,
}

/// Where a room is.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Place {
    /// The room.
    pub name: String,
    /// Venue, address, floor, directions, each a line.
    pub lines: Vec<String>,
}

impl Document {
    /// The entity tag of what it prints, strong and with its quotes: the same values, printed by the same template, are the
    /// same document on every server.
    pub fn etag(&self) -> String {
        let digest = Sha256::new()
            .chain_update(TEMPLATES)
            .chain_update(self.template().as_bytes())
            .chain_update(self.data().as_bytes())
            .finalize();
        let hex: String = digest[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        format!("\"{hex}\"")
    }

    /// The text of the template that prints it.
    pub(crate) const fn template(&self) -> &'static str {
        match self {
            Self::Booklet(_) => include_str!("../templates/booklet.typ"),
            Self::Sheet(_) => include_str!("../templates/sheet.typ"),
            Self::Publication(_) => include_str!("../templates/publication.typ"),
        }
    }

    /// Its values as JSON, without what would turn the direction of text around or could not be broken into lines.
    pub(crate) fn data(&self) -> String {
        let json = match self {
            Self::Booklet(booklet) => serde_json::to_value(booklet),
            Self::Sheet(sheet) => serde_json::to_value(sheet),
            Self::Publication(publication) => serde_json::to_value(publication.set()),
        };
        let mut json = json.expect("strings, lists and numbers are JSON");
        tame(&mut json);
        json.to_string()
    }
}

fn tame(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) => *text = printable(text),
        serde_json::Value::Array(values) => values.iter_mut().for_each(tame),
        serde_json::Value::Object(fields) => fields.values_mut().for_each(tame),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

fn printable(text: &str) -> String {
    let mut printed = String::with_capacity(text.len());
    let mut run = 0;
    for letter in text.chars().filter(|letter| !turns_or_hides(*letter)) {
        run = if letter.is_whitespace() { 0 } else { run + 1 };
        if run > WORD_MOST {
            printed.push('\u{200b}');
            run = 1;
        }
        printed.push(letter);
    }
    printed
}

/// Control characters, and those that embed, override or isolate a direction.
fn turns_or_hides(letter: char) -> bool {
    (letter.is_control() && letter != '\n')
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_text_around_is_left_out_and_long_runs_may_be_broken() {
        let long = "x".repeat(100);

        assert_eq!(printable("a\u{202e}b\u{2067}c\u{0}"), "abc");
        assert_eq!(printable("mesa redonda"), "mesa redonda");
        assert_eq!(printable(&long).replace('\u{200b}', ""), long);
        assert!(
            printable(&long)
                .split('\u{200b}')
                .all(|part| part.len() <= WORD_MOST)
        );
    }

    #[test]
    fn a_document_is_known_by_its_values() {
        let one = |title: &str| {
            Document::Booklet(Box::new(Booklet {
                title: title.into(),
                ..Booklet::default()
            }))
        };

        assert_eq!(one("Durban").etag(), one("Durban").etag());
        assert_ne!(one("Durban").etag(), one("Daejeon").etag());
    }
}
