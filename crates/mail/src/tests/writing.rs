//! What letters say.

use super::*;

#[test]
fn every_letter_is_written_in_three_languages() {
    let mut kinds = vec![];
    for content in samples() {
        for language in Language::ALL {
            for name in ["", "Ana Ferreira"] {
                let words = letters::render(&content, *language, name).expect("rendered");
                let whole = format!("{}\n\n{}", words.subject, words.body);
                assert!(
                    !words.subject.is_empty() && !words.subject.starts_with("Subject"),
                    "{whole}"
                );
                assert!(!words.subject.contains('\n'));
                for odd in ["{{", "{%", "none", "\n\n\n", " ,", "undefined"] {
                    assert!(!whole.contains(odd), "{odd:?} in\n{whole}");
                }
                assert_eq!(whole.contains("[code]"), content.secret().is_some(), "{whole}");
                assert_eq!(
                    whole.contains("Ana Ferreira,") || whole.contains("Ana Ferreira:"),
                    !name.is_empty()
                );
            }
        }
        kinds.push(content.kind());
    }
    kinds.dedup();
    assert_eq!(kinds, LetterKind::ALL, "every kind has a sample");
}

#[test]
fn letters_read_as_somebody_wrote_them() {
    for language in Language::ALL {
        let letters: Vec<String> = samples()
            .iter()
            .map(|content| {
                let words = letters::render(content, *language, "Ana Ferreira").expect("rendered");
                format!("Subject: {}\n\n{}", words.subject, words.body)
            })
            .collect();
        insta::assert_snapshot!(format!("letters.{language}"), letters.join("\n==========\n\n"));
    }
}

#[test]
fn case53_nothing_that_people_type_ends_a_header_or_fills_a_template() {
    let bad = "Ana\r\nBcc: everybody@example.org\r\n\r\n{{ 7*7 }}\u{202E}";
    let content = Content::ConfirmReminder {
        person: bad.into(),
        position: bad.into(),
        organisation: "x".into(),
        since: "today".into(),
    };

    let words = letters::render(&content, Language::En, bad).expect("rendered");

    assert!(!words.subject.contains(['\r', '\n', '\u{202E}']));
    assert!(
        words
            .subject
            .starts_with("Ana Bcc: everybody@example.org {{ 7*7 }}")
    );
    assert!(!words.body.contains("\nBcc"), "{}", words.body);
    assert!(!words.body.contains("49"), "{}", words.body);
}
