//! What is kept about a person, told and erased.

use std::collections::BTreeSet;

use db::{testing, told};

use crate::parts;

/// Ids that are no person's: of things, or of rows that are told under another column.
const NOT_PERSONS: &[(&str, &str)] = &[
    ("audit_entries", "object_id"),
    ("audit_entries", "scope"),
    ("body_register", "body"),
    ("consents", "about"),
    ("denials", "object_id"),
    ("registrations", "batch"),
    ("sessions", "body"),
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
