//! The slice tried: what is pure by tables and properties, the rest against a database on the engine the run names.

mod akn;
mod amending;
mod amending_parts;
mod amending_purely;
mod amending_terms;
mod arbitrary;
mod cleaning;
mod commenting;
mod differing;
mod docx;
mod markdown;
mod pasting;
mod translating;
mod working;

use access_rules::{Key, PersonId};
use db::Conn;
use kernel::{Fault, Localized, Moment};
use people::persons::{self, NewPerson};

use crate::{
    model::{Block, BlockInput, Content, Text, TextId, WorkingBlock},
    texts::{self, NewText},
};

fn noon() -> Moment {
    Moment::at("2026-12-01T12:00:00Z")
}

fn somebody(conn: &mut Conn, name: &str) -> PersonId {
    let new = NewPerson {
        given_name: name.into(),
        ..NewPerson::default()
    };
    persons::create(conn, noon(), &new).expect("created")
}

/// A text in English.
fn a_text(conn: &mut Conn, blocks: Vec<Block>) -> Text {
    let new = NewText {
        language: "en".into(),
        title: Localized::only("en", "Housing"),
        edition: None,
        visible_to: Key::Public,
        blocks,
    };
    texts::begin(conn, None, noon(), new).expect("begun")
}

/// A text of paragraphs.
fn paragraphs(conn: &mut Conn, words: &[&str]) -> (TextId, Vec<WorkingBlock>) {
    let blocks = words.iter().map(|words| Block::paragraph(*words)).collect();
    let id = a_text(conn, blocks).id;
    (id, texts::working(conn, id).expect("read"))
}

fn says(words: &str) -> BlockInput {
    Block::paragraph(words).input()
}

fn words(conn: &mut Conn, text: TextId) -> Vec<String> {
    let working = texts::working(conn, text).expect("read");
    working.iter().map(|block| block.content.0.words()).collect()
}

fn plain(words: &str) -> Content {
    Content::plain(words)
}

fn code<T: std::fmt::Debug>(refused: Result<T, Fault>) -> &'static str {
    refused.expect_err("refused").code
}

/// The first field's fault.
fn field<T: std::fmt::Debug>(refused: Result<T, Fault>) -> (String, &'static str) {
    let fault = refused.expect_err("refused");
    let first = fault.fields.first().expect("beside a field");
    (first.field.clone(), first.code)
}
