//! What a snapshot holds and how it is replaced.

use std::{io::Read as _, sync::Arc};

use kernel::Localized;
use serde_json::Value;

use super::{durban, links};
use crate::snapshot::{Printed, Snapshots, files};

fn snapshots() -> Snapshots {
    let page = |programme: &crate::released::Programme| {
        vec![Printed {
            path: "en/programme.html".into(),
            content_type: "text/html; charset=utf-8",
            bytes: format!("{:?}", programme.sessions).into_bytes(),
        }]
    };
    Snapshots::new(vec![files(links()), Box::new(page)])
}

#[test]
fn r1_a_snapshot_holds_what_anybody_may_see_whatever_is_put_in() {
    let snapshots = snapshots();

    let made = snapshots.put(&durban());

    for path in made.paths() {
        let file = made.file(path).expect("named");
        let text = String::from_utf8_lossy(&file.identity.bytes);
        assert!(
            !text.contains("Unannounced") && !text.contains("Presidency"),
            "{path}"
        );
    }
    for path in [
        "programme.json",
        "schedule.xml",
        "schedule.json",
        "en/programme.html",
        "fr/programme.ics",
        "es/programme.csv",
        "en/tracks/town_hall.ics",
        "en/days/2019-11-14.ics",
    ] {
        assert!(snapshots.with("durban-2019", path, |_| ()).is_some(), "{path}");
    }
    assert!(snapshots.with("durban-2019", "nothing", |_| ()).is_none());
    assert!(snapshots.with("nowhere", "programme.json", |_| ()).is_none());
}

#[test]
fn each_encoding_has_its_own_strong_etag_and_the_same_content() {
    let snapshots = snapshots();
    let made = snapshots.put(&durban());
    let file = made.file("programme.json").expect("printed");

    let (plain, none) = file.best("identity, gzip;q=0");
    let (gzip, coding) = file.best("deflate, GZIP;q=0.5");

    assert_eq!((none, coding), (None, Some("gzip")));
    assert!(plain.etag.starts_with('"') && plain.etag.ends_with('"') && plain.etag != gzip.etag);
    assert!(gzip.bytes.len() < plain.bytes.len());
    let mut read = Vec::new();
    flate2::read::GzDecoder::new(&gzip.bytes[..])
        .read_to_end(&mut read)
        .expect("gzip");
    assert_eq!(read, &plain.bytes[..]);
}

#[test]
fn the_brotli_copy_follows() {
    let snapshots = snapshots();
    let made = snapshots.put(&durban());
    let file = made.file("programme.json").expect("printed");

    let mut tries = 0_u64;
    while file.brotli().is_none() && tries < 2_000_000_000 {
        std::thread::yield_now();
        tries += 1;
    }

    let (brotli, coding) = file.best("gzip, br");
    assert_eq!(coding, Some("br"));
    let mut read = Vec::new();
    brotli::Decompressor::new(&brotli.bytes[..], 4096)
        .read_to_end(&mut read)
        .expect("brotli");
    assert_eq!(read, &file.identity.bytes[..]);
}

#[test]
fn a_new_release_replaces_the_old_one_and_never_the_other_way_round() {
    let snapshots = snapshots();
    let mut newer = durban();
    newer.release.number = 3;
    newer.sessions[0].title = Localized::only("en", "Renamed");
    let first = snapshots.put(&durban());
    assert!(snapshots.is_behind("durban-2019", 3) && !snapshots.is_behind("durban-2019", 2));

    let second = snapshots.put(&newer);
    snapshots.put(&durban());

    let held = snapshots.get("durban-2019").expect("there");
    assert!(Arc::ptr_eq(&held, &second));
    let etag = |snapshot: &crate::snapshot::Snapshot| {
        snapshot
            .file("programme.json")
            .expect("printed")
            .identity
            .etag
            .clone()
    };
    assert_ne!(etag(&first), etag(&second));
    assert_eq!(etag(&first), etag(&snapshots.put(&durban())));
    snapshots.forget("durban-2019");
    assert!(snapshots.slugs().is_empty());
}

#[test]
fn r44_the_programme_json_says_what_is_known_and_no_key() {
    let snapshots = snapshots();
    let made = snapshots.put(&durban());
    let file = made.file("programme.json").expect("printed");

    let json: Value = serde_json::from_slice(&file.identity.bytes).expect("JSON");

    let lab = &json["sessions"][1];
    assert_eq!(lab["starts_local"], "2019-11-14T11:00");
    assert_eq!(lab["starts_at"], "2019-11-14T09:00:00Z");
    assert_eq!(lab["accessibility"]["captions"], "yes");
    assert_eq!(lab["accessibility"]["hearing_loop"], "no");
    assert_eq!(lab["accessibility"]["sign_language"], "unknown");
    assert_eq!(lab["capacity"], 30);
    assert!(lab.get("visible_to").is_none());
    assert_eq!(json["sessions"][3]["members_only"], true);
}
