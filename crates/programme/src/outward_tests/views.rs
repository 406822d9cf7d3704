//! Who sees what of a released programme, and what filters find in it.

use kernel::Id;

use super::{durban, sitting};
use crate::released::{Programme, Query, filter};

fn ids<'a>(found: impl IntoIterator<Item = &'a crate::released::ReleasedSession>) -> Vec<String> {
    let names = ["opening", "lab", "debate", "bureau", "council"];
    let name = |id| {
        names
            .iter()
            .find(|name| Id::named(name) == id)
            .expect("of the sample")
    };
    found
        .into_iter()
        .map(|session| (*name(session.id)).to_owned())
        .collect()
}

#[test]
fn r56_a_view_holds_what_its_reader_may_see_and_a_line_holds_no_more_than_its_line() {
    let whole = durban();
    let roster = sitting("world council");

    let public = whole.public();
    let seen = whole.for_actor(&roster);

    assert_eq!(
        ids(&seen.sessions),
        ["opening", "lab", "debate", "bureau", "council"]
    );
    assert_eq!(seen, whole);
    assert_eq!(ids(&public.sessions), ["opening", "lab", "debate", "council"]);
    let line = public.session(Id::named("council")).expect("its line is public");
    assert!(line.line_only);
    assert!(line.abstract_.is_blank() && line.room.is_none() && line.speakers.is_empty());
    let printed = serde_json::to_string(&public).expect("serialises");
    assert!(!printed.contains("Presidency") && !printed.contains("Unannounced"));
}

#[test]
fn r56_a_search_finds_nothing_in_what_a_line_leaves_out() {
    let whole = durban();
    let asked = Query {
        text: Some("presidency".into()),
        ..Query::default()
    };

    assert_eq!(ids(filter(&whole, &asked)), ["council"]);
    assert!(filter(&whole.public(), &asked).is_empty());
}

#[test]
fn a_released_programme_survives_its_storage() {
    let whole = durban();

    let stored = serde_json::to_value(&whole).expect("serialises");
    let read: Programme = serde_json::from_value(stored).expect("reads back");

    assert_eq!(read.indexed(), whole);
}

#[test]
fn r43_filters_are_conjunctive_and_text_is_folded() {
    let whole = durban();
    let some = |text: &str| Some(text.to_owned());
    let cases: [(Query, &[&str]); 9] = [
        (
            Query {
                track: some("local4action"),
                ..Query::default()
            },
            &["lab"],
        ),
        (
            Query {
                day: Some("2019-11-14".parse().expect("a day")),
                ..Query::default()
            },
            &["lab", "debate"],
        ),
        (
            Query {
                day: Some("2019-11-14".parse().expect("a day")),
                theme: some("right_to_the_city"),
                ..Query::default()
            },
            &["debate"],
        ),
        (
            Query {
                track: some("town_hall"),
                format: some("labs"),
                ..Query::default()
            },
            &[],
        ),
        (
            Query {
                language: some("fr"),
                ..Query::default()
            },
            &["opening"],
        ),
        (
            Query {
                interpretation: some("en"),
                ..Query::default()
            },
            &[],
        ),
        (
            Query {
                organiser: some("reseau"),
                ..Query::default()
            },
            &["lab"],
        ),
        (
            Query {
                text: some("ÉLUES zoe"),
                ..Query::default()
            },
            &["opening"],
        ),
        (
            Query {
                room: Some(Id::<()>::named("Room 22").to_string()),
                kind: some("town_hall"),
                ..Query::default()
            },
            &["debate"],
        ),
    ];

    for (query, expected) in cases {
        assert_eq!(ids(filter(&whole, &query)), expected, "{query:?}");
    }
}

#[test]
fn r60_captions_and_step_free_finds_exactly_those_known_to_have_both() {
    let whole = durban();
    let with = |features: &[&str]| Query {
        accessibility: features.iter().map(|feature| (*feature).to_owned()).collect(),
        ..Query::default()
    };

    assert_eq!(
        ids(filter(&whole, &with(&["captions", "step_free"]))),
        ["opening", "lab"]
    );
    assert_eq!(
        ids(filter(&whole, &with(&["captions"]))),
        ["opening", "lab", "debate", "bureau"]
    );
    assert!(filter(&whole, &with(&["hearing_loop"])).is_empty());
    assert!(filter(&whole, &with(&["sign_language"])).is_empty());
    assert!(filter(&whole, &with(&["no_such_feature"])).is_empty());
}

#[test]
fn r43_who_says_what_they_understand_is_shown_what_is_held_in_it_or_interpreted() {
    let programme = durban();
    let shown = |understood: &[&str]| {
        let query = Query {
            understood: understood.iter().map(|tag| (*tag).to_owned()).collect(),
            ..Query::default()
        };
        filter(&programme, &query).len()
    };

    // All are held in English, and the opening is interpreted into French and Spanish.
    assert_eq!(shown(&[]), 5);
    assert_eq!(shown(&["en"]), 5);
    assert_eq!(shown(&["fr"]), 1);
    assert_eq!(shown(&["es", "pt"]), 1);
    assert_eq!(shown(&["pt"]), 0);
    // What is left empty in a form asks for nothing.
    assert_eq!(shown(&[""]), 5);
}
