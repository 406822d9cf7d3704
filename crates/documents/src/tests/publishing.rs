//! Texts set as publications.

use super::text_of;
use crate::{Document, Piece, Press, Publication, PublicationWords, TextBlock, TextKind, TextRun};

fn words(text: &str) -> TextRun {
    TextRun {
        text: text.into(),
        ..TextRun::default()
    }
}

fn block(kind: TextKind, number: &str, text: &str) -> TextBlock {
    TextBlock {
        kind,
        level: 1,
        number: number.into(),
        runs: vec![words(text)],
        ..TextBlock::default()
    }
}

fn mark(key: &str) -> TextRun {
    TextRun {
        note: key.into(),
        ..TextRun::default()
    }
}

fn published(pieces: Vec<Piece>) -> Document {
    Document::Publication(Box::new(Publication {
        language: "en".into(),
        title: "What the World Assembly adopted".into(),
        about: vec!["Durban, November 2019".into()],
        citation: "World Assembly 2019, collection 3, https://congress.example/c/3".into(),
        address: "https://congress.example/en/durban-2019/collection/3".into(),
        issuer: "UCLG".into(),
        issued_on: (2019, 11, 15),
        pieces,
        words: PublicationWords {
            contents: "Contents".into(),
        },
    }))
}

/// A recommendation with everything in it that a text can hold.
fn recommendation(code: &str) -> Piece {
    let note = TextBlock {
        key: "n1".into(),
        ..block(TextKind::Footnote, "1", "See the Durban declaration.")
    };
    let mut preamble = block(TextKind::Paragraph, "§ 1", "Recalling");
    preamble.runs[0].is_emphasised = true;
    preamble.runs.extend([
        words(" the right to "),
        TextRun {
            is_strong: true,
            link: "https://uclg.org/en/issues/right-to-housing-and-land-for-all".into(),
            ..words("housing")
        },
        mark("n1"),
        words(",\nwe act."),
    ]);
    let table = TextBlock {
        rows: vec![
            vec![vec![words("Goal")], vec![words("By when")]],
            vec![vec![words("11.1"), mark("n1")], vec![words("2030")]],
        ],
        ..block(TextKind::Table, "", "")
    };
    let counted = TextKind::Item { is_counted: true };
    let deeper = TextBlock {
        level: 2,
        ..block(TextKind::Item { is_counted: false }, "§ 5", "tenants")
    };
    Piece {
        code: code.into(),
        title: format!("Housing for all, {code}"),
        language: String::new(),
        facts: vec!["Adopted. English is the authentic language.".into()],
        blocks: vec![
            preamble,
            block(TextKind::Heading, "1.", "Rights"),
            block(counted, "a)", "first"),
            deeper,
            block(counted, "b)", "second"),
            table,
            TextBlock {
                language: "fr".into(),
                ..block(TextKind::Quote, "", "Le sol est à tous.")
            },
            note,
            TextBlock {
                key: "n2".into(),
                ..block(TextKind::Footnote, "2", "Nothing leads here.")
            },
        ],
    }
}

#[test]
fn a_collection_has_a_title_page_contents_and_every_text_with_its_numbers() {
    let pieces = vec![recommendation("WA-2019-R12"), recommendation("WA-2019-R13")];

    let pdf = Press::default().print(published(pieces)).expect("printed");

    let Some(text) = text_of(&pdf.bytes) else { return };
    let mut rest = text.as_str();
    for said in [
        "What the World Assembly adopted",
        "Durban, November 2019",
        "World Assembly 2019, collection 3",
        "Contents",
        "WA-2019-R12",
        "WA-2019-R12",
        "Adopted. English is the authentic language.",
        "§ 1",
        "Recalling the right to housing1,",
        "we act.",
        "1.",
        "Rights",
        "a)",
        "first",
        "tenants",
        "b)",
        "second",
        "Goal",
        "By when",
        "11.1",
        "Le sol est à tous.",
        "Nothing leads here.",
    ] {
        let at = rest.find(said);
        assert!(at.is_some(), "{said}, after what stands before it: {text}");
        rest = &rest[at.unwrap_or(0) + said.len()..];
    }
    assert_eq!(
        text.matches("See the Durban declaration.").count(),
        2,
        "once in each: {text}"
    );
}

#[test]
fn a_publication_is_tagged_bears_its_language_and_leads_where_it_says() {
    let bytes = crate::typeset::pdf(&published(vec![recommendation("WA-2019-R12")])).expect("printed");

    let raw = String::from_utf8_lossy(&bytes);
    assert!(
        raw.contains("/MarkInfo") && raw.contains("/StructTreeRoot"),
        "it is tagged"
    );
    assert!(
        raw.contains("/Lang (en)") || raw.contains("/Lang(en)"),
        "it bears its language"
    );
    for address in [
        "https://congress.example/en/durban-2019/collection/3",
        "https://uclg.org/en/issues/right-to-housing-and-land-for-all",
    ] {
        assert!(raw.contains(address), "{address} is in one piece");
    }
    assert!(bytes == crate::typeset::pdf(&published(vec![recommendation("WA-2019-R12")])).expect("printed"));
}

#[test]
fn hostile_texts_are_printed_as_text() {
    let hostile = [
        "#import \"@preview/evil:0.1.0\": *",
        "#read(\"secret\") *bold* _thin_ $x^2$ `raw` <label> @reference",
        "a\u{202e}b\u{2066}c\u{0}d\u{200b}e",
        "= heading\n+ item\n/ term: x",
    ];
    let mut blocks: Vec<TextBlock> = hostile.map(|text| block(TextKind::Paragraph, "", text)).to_vec();
    blocks.extend((1..=200).map(|level| TextBlock {
        level,
        ..block(
            TextKind::Item {
                is_counted: level % 2 == 0,
            },
            "x)",
            "deep",
        )
    }));
    blocks.push(TextBlock {
        rows: vec![(0..30).map(|_| vec![words(&"x".repeat(300))]).collect(), vec![]],
        ..block(TextKind::Table, "", "")
    });
    blocks.push(TextBlock {
        runs: vec![mark("nowhere"), words("after")],
        ..TextBlock::default()
    });
    blocks.push(block(TextKind::Heading, "", ""));
    blocks.push(block(TextKind::Table, "", ""));
    let piece = Piece {
        code: hostile[0].into(),
        title: hostile[1].into(),
        language: "x-evil".into(),
        blocks,
        ..Piece::default()
    };

    let pdf = crate::typeset::pdf(&published(vec![piece, Piece::default()])).expect("printed");

    if let Some(text) = text_of(&pdf) {
        assert!(text.contains("#import \"@preview/evil:0.1.0\": *"), "{text}");
        assert!(
            text.contains("*bold* _thin_ $x^2$ `raw` <label> @reference"),
            "{text}"
        );
        assert!(text.contains("+ item") && text.contains("= heading"), "{text}");
        assert!(text.contains("abcd"), "{text}");
    }
}

#[test]
fn other_scripts_and_directions_are_printed() {
    let arabic = Piece {
        language: "ar".into(),
        title: "إعلان ديربان".into(),
        blocks: vec![block(TextKind::Paragraph, "§ 1", "نحن المدن")],
        ..Piece::default()
    };
    let chinese = Piece {
        language: "zh-Hant-TW".into(),
        title: "大田宣言".into(),
        ..Piece::default()
    };

    let pdf = crate::typeset::pdf(&published(vec![arabic, chinese])).expect("printed");

    if let Some(text) = text_of(&pdf) {
        assert!(text.contains("大田宣言"), "{text}");
    }
}

#[test]
fn a_long_text_is_printed_and_one_beyond_all_measure_is_refused() {
    let paragraphs = |count: usize| {
        let blocks = (0..count)
            .map(|_| block(TextKind::Paragraph, "§ 1", &"word ".repeat(400)))
            .collect();
        published(vec![Piece {
            blocks,
            ..Piece::default()
        }])
    };

    let long = crate::typeset::pdf(&paragraphs(100)).expect("printed");
    let refused = crate::typeset::pdf(&paragraphs(9_000)).expect_err("too large");

    assert!(long.starts_with(b"%PDF-"));
    assert_eq!(
        (refused.kind, refused.code),
        (kernel::Kind::TooLarge, "too_large")
    );
}
