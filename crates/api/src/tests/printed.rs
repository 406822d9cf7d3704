//! The tag of a printed programme, without a press: how often it is written down for it.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use access_rules::EditionId;
use kernel::{Language, Moment};
use programme::{released::Programme, snapshot::Snapshots};
use registration::printing::Printer;
use serde_json::json;

fn released() -> Programme {
    let value = json!({
        "edition": {
            "id": EditionId::named("durban"), "slug": "durban-2019", "title": { "en": "Durban" }, "city": "Durban",
            "country": "ZA", "zone": "Africa/Johannesburg", "starts_on": "2019-11-13", "ends_on": "2019-11-15",
            "languages": ["en"],
        },
        "release": { "number": 1, "name": "First", "at": Moment::from_micros(0) },
        "days": [], "tracks": [], "formats": [], "domains": [], "themes": [], "venues": [], "rooms": [],
        "sessions": [],
    });
    serde_json::from_value(value).expect("a release")
}

#[test]
fn a_booklet_is_written_down_once_for_its_tag_and_anew_when_names_are_taken_out() {
    let written = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&written);
    let printer = Printer::new(
        Box::new(move |_, _| {
            count.fetch_add(1, Ordering::Relaxed);
            documents::Booklet::default()
        }),
        Box::new(|_, _| documents::Sheet::default()),
    );
    let snapshots = Snapshots::new(vec![]);
    let snapshot = snapshots.put(&released());

    let before = printer.known_tag(&snapshot, Language::En);
    let tag = printer.tag(&snapshot, Language::En);
    let again = printer.tag(&snapshot, Language::En);

    assert_eq!(before, None);
    assert_eq!((&again, written.load(Ordering::Relaxed)), (&tag, 1));
    assert_eq!(printer.known_tag(&snapshot, Language::En), Some(tag));
    assert_eq!(printer.known_tag(&snapshot, Language::Fr), None);
    // The same release, put in place anew.
    let anew = snapshots.put(&released());
    assert_eq!(printer.known_tag(&anew, Language::En), None);
}
