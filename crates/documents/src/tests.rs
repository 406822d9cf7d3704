//! What a printed document says, asked of `pdftotext` where it is installed.

mod publishing;

use std::process::Command;

use crate::{Booklet, Day, Document, Entry, Press, Reference, RoomDay, Session, Sheet, SheetDay, SheetLine};

/// A booklet of so many sessions, whose titles are made by `title`.
fn booklet(count: usize, title: impl Fn(usize) -> String) -> Document {
    let sessions: Vec<Session> = (0..count)
        .map(|number| Session {
            key: format!("s-{number}"),
            code: format!("C{number:04}"),
            hours: "09:00–10:30".into(),
            title: title(number),
            room: "Hall 1".into(),
            facts: vec!["Town Hall".into()],
            about: vec!["What it is about, in a paragraph of some length.".into()],
            people: vec!["Ana Diallo (Mayor of Somewhere), chair".into()],
            ..Session::default()
        })
        .collect();
    let mention = |session: &Session| Reference {
        key: session.key.clone(),
        hours: session.hours.clone(),
        code: session.code.clone(),
        title: session.title.clone(),
    };
    let found: Vec<Reference> = sessions.iter().map(mention).collect();
    Document::Booklet(Box::new(Booklet {
        language: "en".into(),
        title: "World Summit, Durban".into(),
        released_on: (2019, 11, 1),
        address: "https://congress.example/en/durban-2019/programme".into(),
        people: vec![Entry {
            name: "Ana Diallo".into(),
            about: String::new(),
            found: found.clone(),
        }],
        days: vec![Day {
            title: "Monday 11 November 2019".into(),
            rooms: vec![RoomDay {
                name: "Hall 1".into(),
                about: String::new(),
                sessions: found,
            }],
            sessions,
        }],
        ..Booklet::default()
    }))
}

/// The text of a PDF; nothing where `pdftotext` is not installed, which is said.
fn text_of(pdf: &[u8]) -> Option<String> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), pdf).expect("written");
    let Ok(output) = Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8"])
        .arg(file.path())
        .arg("-")
        .output()
    else {
        tracing::warn!("pdftotext is not installed: what the PDF says is not looked at");
        return None;
    };
    assert!(output.status.success(), "pdftotext reads it");
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn every_session_is_found_and_printing_again_costs_nothing() {
    let press = Press::default();

    let first = press
        .print_kept(booklet(40, |number| format!("Session {number}")))
        .expect("printed");
    let again = press
        .print_kept(booklet(40, |number| format!("Session {number}")))
        .expect("printed");

    assert!(first.bytes.starts_with(b"%PDF-"));
    assert!(std::sync::Arc::ptr_eq(&first.bytes, &again.bytes), "it was kept");
    if let Some(text) = text_of(&first.bytes) {
        for number in 0..40 {
            assert!(text.contains(&format!("C{number:04}")), "C{number:04} is printed");
        }
    }
}

#[test]
fn the_same_values_give_the_same_bytes() {
    let one = crate::typeset::pdf(&booklet(3, |number| format!("Session {number}"))).expect("printed");
    let other = crate::typeset::pdf(&booklet(3, |number| format!("Session {number}"))).expect("printed");

    assert!(one == other);
}

#[test]
fn a_long_address_leads_where_it_says() {
    let pdf = crate::typeset::pdf(&booklet(1, |number| format!("Session {number}"))).expect("printed");

    let address = b"https://congress.example/en/durban-2019/programme";
    assert!(pdf.windows(address.len()).any(|window| window == address));
}

#[test]
fn titles_that_look_like_markup_are_text() {
    let hostile = [
        "#import \"@preview/evil:0.1.0\": *",
        "#read(\"secret\") *bold* _thin_ $x^2$ `raw` <label> @reference",
        "\\ #panic() // comment /* open",
        "a\u{202e}b\u{2066}c\u{0}d",
    ];

    let pdf =
        crate::typeset::pdf(&booklet(hostile.len(), |number| hostile[number].to_owned())).expect("printed");

    if let Some(text) = text_of(&pdf) {
        assert!(text.contains("#import \"@preview/evil:0.1.0\": *"), "{text}");
        assert!(text.contains("*bold* _thin_ $x^2$ `raw` <label>"), "{text}");
        assert!(text.contains("#panic() // comment /* open"), "{text}");
        assert!(text.contains("abcd"), "{text}");
    }
}

#[test]
fn a_title_of_ten_kilobytes_and_names_in_other_scripts_are_printed() {
    let titles = [
        "x".repeat(10_000),
        "word ".repeat(2_000),
        "مدينة ديربان".into(),
        "大田广域市 テジョン".into(),
        "Ήπειρος, Łódź, Кишинёв".into(),
    ];

    let pdf = crate::typeset::pdf(&booklet(titles.len(), |number| titles[number].clone())).expect("printed");

    if let Some(text) = text_of(&pdf) {
        assert!(text.contains("大田广域市"), "{text}");
        assert!(text.contains("テジョン"), "{text}");
        assert!(text.contains("Кишинёв"), "{text}");
    }
}

#[test]
fn an_agenda_says_where_and_what_clashes() {
    let sheet = Document::Sheet(Box::new(Sheet {
        language: "fr".into(),
        title: "Mon programme".into(),
        name: "Ana Diallo".into(),
        released_on: (2019, 11, 1),
        days: vec![SheetDay {
            title: "Lundi 11 novembre".into(),
            lines: vec![SheetLine {
                hours: "9 h 00–10 h 30".into(),
                code: "C0001".into(),
                title: "Le climat".into(),
                room: "Salle 1".into(),
                facts: vec!["Place confirmée".into()],
                clashes: vec!["En même temps que « Le logement »".into()],
            }],
        }],
        ..Sheet::default()
    }));

    let pdf = Press::default().print(sheet).expect("printed");

    if let Some(text) = text_of(&pdf.bytes) {
        for said in ["Ana Diallo", "C0001", "Salle 1", "Place confirmée", "Le logement"] {
            assert!(text.contains(said), "{said}: {text}");
        }
    }
}
