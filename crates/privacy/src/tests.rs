//! What is kept about a person, told and erased.

use std::collections::BTreeSet;

use access_rules::{Actor, PersonId};
use db::{Conn, testing, told};
use kernel::{Moment, PageAsk};
use people::persons::{self, NewPerson, PersonInput};
use records::{
    audit::{self, Filter, Fingerprint, Note, Wrong},
    audit_sealing,
    model::Entry,
    person_keys, settings,
};
use serde_json::{Value, json};

use crate::{erasure, export, parts, sealing};

/// Ids that are no person's: of things, or of rows that are told under another column.
const NOT_PERSONS: &[(&str, &str)] = &[
    ("audit_entries", "object_id"),
    ("audit_entries", "scope"),
    ("body_register", "body"),
    ("consents", "about"),
    ("denials", "object_id"),
    ("floors", "item"),
    ("procedural_motions", "subject"),
    ("registrations", "batch"),
    ("search_entries", "thing"),
    ("sessions", "body"),
    ("transmissions", "source_id"),
];

/// Tables whose rows are somebody's.
const OF_PERSONS: &[&str] = &[
    "persons",
    "accounts",
    "sign_in_sessions",
    "registrations",
    "letters",
];

#[test]
fn r260_every_column_that_refers_to_persons_is_declared_by_its_slice() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let referring = told::referring(conn).expect("read");
    let columns = told::Columns::of(conn).expect("read");
    let traces = || parts::ALL.iter().flat_map(|part| part.traces);
    let declared: BTreeSet<(&str, &str)> = traces().map(|trace| (trace.table, trace.column)).collect();
    let keys: BTreeSet<(&str, &str)> = referring
        .iter()
        .map(|key| (key.table.as_str(), key.column.as_str()))
        .collect();

    let by_key = referring
        .iter()
        .filter(|key| OF_PERSONS.contains(&key.parent.as_str()))
        .map(|key| (key.table.as_str(), key.column.as_str()));
    let without_key = columns
        .ids()
        .into_iter()
        .filter(|id| id.1 != "id" && !keys.contains(id) && !NOT_PERSONS.contains(id));
    let forgotten: Vec<(&str, &str)> = by_key
        .chain(without_key)
        .filter(|found| !declared.contains(found))
        .collect();

    assert!(
        referring.len() > 60,
        "the foreign keys were not read: {}",
        referring.len()
    );
    assert_eq!(
        forgotten,
        [],
        "declare them in their slice's `personal.rs`, for export and erasure"
    );
}

#[test]
fn nothing_told_is_a_hash_or_a_secret_and_every_told_column_is_there() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let columns = told::Columns::of(conn).expect("read");

    for trace in parts::ALL.iter().flat_map(|part| part.traces) {
        let secret = trace.told.iter().find(|column| {
            ["hash", "sealed", "secret", "_key"]
                .iter()
                .any(|word| column.contains(word))
        });
        assert_eq!(secret, None, "{}", trace.table);
        assert_eq!(
            trace.read(conn, &columns, kernel::Id::new()),
            Ok(vec![]),
            "{} by {}",
            trace.table,
            trace.column
        );
        assert_eq!(
            trace.erase(conn, kernel::Id::new()),
            Ok(0),
            "{} by {}",
            trace.table,
            trace.column
        );
    }
}

fn noon() -> Moment {
    Moment::at("2030-11-12T12:00:00Z")
}

/// Somebody who was called Ana Sol and is called Quenby Zwartbooi.
fn renamed(conn: &mut Conn) -> PersonId {
    let ana = NewPerson {
        given_name: "Ana".into(),
        family_name: "Sol".into(),
        ..NewPerson::default()
    };
    let id = persons::create(conn, noon(), &ana).expect("created");
    let input = PersonInput {
        given_name: "Quenby".into(),
        family_name: "Zwartbooi".into(),
        ..PersonInput::default()
    };
    persons::edit(conn, &Actor::system(), noon(), id, Some(1), &input).expect("renamed");
    id
}

/// The log, the newest entry first, as it is kept and as it is read.
fn log(conn: &mut Conn) -> (Vec<Entry>, Vec<Entry>) {
    let kept = audit::list(conn, &Filter::default(), &PageAsk::first()).expect("read");
    let read = audit_sealing::open(conn, kept.items.clone()).expect("opened");
    (kept.items, read)
}

/// An entry as they were written before there were keys.
fn written_before(conn: &mut Conn, person: PersonId) {
    let note = Note {
        object_id: Some(person.uuid()),
        before: Fingerprint::of(&"Ana Sol"),
        after: Fingerprint::of(&"Quenby Zwartbooi"),
        ..Note::of("person.edit", "person")
    };
    audit::note(conn, noon(), &note).expect("noted");
}

#[test]
fn r260_what_the_log_says_of_somebody_is_sealed_and_gone_with_them_while_the_chain_holds() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let person = renamed(conn);
    let (kept, read) = log(conn);
    assert_eq!(
        read[0].facts()["personal"],
        json!({ "from": "Ana Sol", "to": "Quenby Zwartbooi" })
    );
    assert!(!kept[0].summary.contains("Quenby"), "{}", kept[0].summary);
    let names = told::holding(conn, &["Zwartbooi", "Ana Sol"]).expect("read");
    assert!(
        !names.iter().any(|column| column.starts_with("audit_entries")),
        "{names:?}"
    );
    let row = persons::get(conn, person).expect("there");
    let guessed = Fingerprint::of(&row).map(|print| format!("{print:?}"));
    assert!(
        !guessed
            .expect("hashed")
            .contains(kept[0].after_hash.as_deref().expect("marked"))
    );

    person_keys::destroy(conn, noon(), person.cast()).expect("destroyed");

    let (still, read) = log(conn);
    assert_eq!(still, kept, "the entry itself stays");
    assert_eq!(read[0].facts()["personal"], "erased");
    // What is noted later about somebody who is gone says nothing of them either.
    persons::edit(
        conn,
        &Actor::system(),
        noon(),
        person,
        Some(2),
        &PersonInput {
            given_name: "Late".into(),
            ..PersonInput::default()
        },
    )
    .expect("renamed");
    let (kept, _) = log(conn);
    assert_eq!(kept[0].facts()["personal"], "erased");
    assert_eq!((&kept[0].before_hash, &kept[0].after_hash), (&None, &None));
    assert_eq!(audit::verify(conn).expect("read").broken, None);
}

#[test]
fn r260_the_export_opens_what_the_log_seals_about_oneself_and_nothing_about_others() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (reader, other) = (renamed(conn), renamed(conn));
    let input = PersonInput {
        given_name: "Secret".into(),
        ..PersonInput::default()
    };
    let themselves = Actor {
        person: Some(reader),
        ..Actor::system()
    };
    persons::edit(conn, &themselves, noon(), other, Some(2), &input).expect("renamed");

    let export = export::of(conn, noon(), reader).expect("made");

    let rows = |by: &str| {
        let found = export
            .kept
            .iter()
            .find(|kept| (kept.table, kept.by) == ("audit_entries", by));
        found.map(|kept| json!(kept.rows).to_string()).unwrap_or_default()
    };
    assert!(rows("about").contains("Quenby Zwartbooi"), "{}", rows("about"));
    assert!(!rows("about").contains("Secret"));
    assert!(rows("actor").contains("person.edit"), "{}", rows("actor"));
    assert!(!rows("actor").contains("sealed"), "{}", rows("actor"));
}

#[test]
fn a_sealed_part_moved_to_somebody_else_does_not_open() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (one, other) = (renamed(conn), renamed(conn));
    let (kept, _) = log(conn);
    let mut moved = kept[1].clone();
    moved.summary = moved.summary.replace(&one.to_string(), &other.to_string());
    assert_ne!(moved.summary, kept[1].summary);

    let read = audit_sealing::open(conn, vec![moved]).expect("read");

    assert_eq!(read[0].facts()["personal"], json!({}));
}

#[test]
fn r260_entries_of_the_time_before_are_sealed_once_and_the_chain_says_so() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (person, gone) = (renamed(conn), renamed(conn));
    written_before(conn, person);
    written_before(conn, gone);
    let erased = Note {
        object_id: Some(gone.uuid()),
        ..Note::of("person.erase", "person")
    };
    audit::note(conn, noon(), &erased).expect("noted");
    let (before, _) = log(conn);

    let done = sealing::run_once(conn, noon()).expect("sealed").expect("done");

    assert_eq!((done.sealed, done.linked), (2, 3), "{done:?}");
    let (after, _) = log(conn);
    assert_eq!(after[0].act, "audit.seal");
    assert_eq!(
        after[0].facts()["hash_before"],
        Value::from(before[0].hash.clone())
    );
    let of = |log: &[Entry], whom: PersonId| -> Vec<Entry> {
        let about = log.iter().filter(|entry| entry.object_id == Some(whom.cast()));
        about
            .filter(|entry| entry.act == "person.edit")
            .cloned()
            .collect()
    };
    // The first of each is the old one; the other was sealed when it was written.
    let (old, new) = (of(&before, person), of(&after, person));
    assert!(new[0].after_hash.is_some() && new[0].after_hash != old[0].after_hash);
    assert_eq!(
        (new[0].seq, new[0].at, new[0].actor),
        (old[0].seq, old[0].at, old[0].actor)
    );
    assert_eq!(new[1], old[1]);
    let gone = &of(&after, gone)[0];
    assert_eq!((&gone.before_hash, &gone.after_hash), (&None, &None));
    assert_eq!(audit::verify(conn).expect("read").broken, None);
    assert_eq!(sealing::run_once(conn, noon()), Ok(None), "once for good");
}

#[test]
fn a_broken_chain_is_not_linked_anew() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let person = renamed(conn);
    written_before(conn, person);
    let (kept, _) = log(conn);
    let first = kept.iter().find(|entry| entry.seq == 1).expect("there");
    let mend = format!("UPDATE audit_entries SET act = '{}' WHERE seq = 1", first.act);
    conn.execute_batch("UPDATE audit_entries SET act = 'person.look' WHERE seq = 1")
        .expect("tampered");

    let done = sealing::run_once(conn, noon());

    assert_eq!(done, Ok(None));
    let broken = audit::verify(conn).expect("read").broken.expect("seen");
    assert_eq!((broken.seq, broken.why), (1, Wrong::Changed));
    assert_eq!(settings::get::<bool>(conn, "audit.sealed"), Ok(None));

    conn.execute_batch(&mend).expect("mended");

    assert_eq!(
        sealing::run_once(conn, noon().plus_seconds(60 * 60)),
        Ok(None),
        "not each hour"
    );
    let next_day = sealing::run_once(conn, noon().plus_seconds(24 * 60 * 60));
    assert!(next_day.expect("read").is_some());
}

#[test]
fn r260_whoever_was_erased_after_a_copy_was_made_is_erased_again_when_it_comes_back() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let (stays, goes) = (renamed(conn), renamed(conn));
    let copied = person_keys::all(conn).expect("read");
    let mut later = copied.clone();
    for row in later.iter_mut().filter(|row| row.person == goes.cast()) {
        row.sealing = None;
        row.destroyed_at = Some(noon());
    }
    person_keys::take_all_out(conn).expect("taken out");

    let erased = sealing::give_back(conn, noon(), &later).expect("given back");

    assert_eq!(erased, 1);
    assert_eq!(
        persons::get(conn, stays).expect("there").name(),
        "Quenby Zwartbooi"
    );
    let pseudonym = people::personal::pseudonym(goes);
    assert_eq!(persons::get(conn, goes).expect("there").name(), pseudonym);
    let (_, read) = log(conn);
    let personal = |whom: PersonId| {
        let mut about = read.iter().filter(|entry| entry.object_id == Some(whom.cast()));
        about
            .find(|entry| entry.act == "person.edit")
            .expect("noted")
            .facts()["personal"]
            .clone()
    };
    assert_eq!(personal(stays)["to"], "Quenby Zwartbooi");
    assert_eq!(personal(goes), "erased");
    erasure::repeat(conn, noon(), goes).expect("erasing twice is once");
}

#[test]
fn facts_that_stood_open_are_sealed_with_the_rest() {
    let database = testing::fresh();
    let conn = &mut database.conn();
    let person = renamed(conn);
    let old = Note {
        summary: json!({ "why": "a lost telephone", "number": 7 }),
        ..Note::of("second_factor.reset", "account")
    };
    audit::note(conn, noon(), &old).expect("noted");
    let about = audit_sealing::About {
        person: person.cast(),
        facts: &["why"],
    };

    let done = audit_sealing::seal_old(conn, noon(), |_, _| Ok(Some(about))).expect("sealed");

    assert_eq!(done.map(|done| done.sealed), Some(1));
    assert_eq!(told::holding(conn, &["telephone"]), Ok(vec![]));
    let (_, read) = log(conn);
    assert_eq!(
        read[1].facts(),
        json!({ "number": 7, "personal": { "why": "a lost telephone" } })
    );
    assert_eq!(audit::verify(conn).expect("read").broken, None);
}
