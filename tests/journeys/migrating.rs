//! The way down and up again with a congress in the tables, on the engine of the run: what was released first is never
//! undone, each migration after it is, and loses nothing but what it had itself brought.

use std::collections::{BTreeMap, BTreeSet};

use db::{Conn, migrate, testing};
use hemicycle::{demo, demo::DemoMoment, wiring};

/// The last migration of the first release.
const FIRST_RELEASE: &str = "20261122100700";

/// Tables and their columns.
type Shape = BTreeMap<String, BTreeSet<String>>;

/// What stands in the tables of a database.
struct Contents {
    shape: Shape,
    rows: BTreeMap<String, Vec<Vec<String>>>,
}

impl Contents {
    fn of(conn: &mut Conn) -> Self {
        let shape = testing::tables(conn);
        let rows = shape
            .iter()
            .map(|(table, columns)| (table.clone(), testing::rows(conn, table, columns)))
            .collect();
        Self { shape, rows }
    }

    /// A table's rows in these of its columns, sorted.
    fn in_columns(&self, table: &str, columns: &BTreeSet<String>) -> Vec<Vec<&str>> {
        let places: Vec<usize> = self.shape[table]
            .iter()
            .enumerate()
            .filter(|(_, column)| columns.contains(*column))
            .map(|(at, _)| at)
            .collect();
        let mut rows: Vec<Vec<&str>> = self.rows[table]
            .iter()
            .map(|row| places.iter().map(|at| row[*at].as_str()).collect())
            .collect();
        rows.sort_unstable();
        rows
    }
}

/// The tables and columns both have.
fn shared(one: &Shape, other: &Shape) -> Shape {
    let both = |(table, columns): (&String, &BTreeSet<String>)| {
        let theirs = other.get(table)?;
        Some((table.clone(), columns & theirs))
    };
    one.iter().filter_map(both).collect()
}

/// The tables that do not hold the same, named and counted: nobody reads thousands of rows.
fn differing(shape: &Shape, one: &Contents, other: &Contents) -> Vec<String> {
    shape
        .iter()
        .filter(|(table, columns)| one.in_columns(table, columns) != other.in_columns(table, columns))
        .map(|(table, _)| {
            let (ours, theirs) = (one.rows[table].len(), other.rows[table].len());
            format!("{table}: {ours} rows and {theirs}")
        })
        .collect()
}

#[test]
fn a_congress_goes_down_and_up_through_every_later_migration_and_loses_nothing() {
    let database = testing::fresh();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = files::Store::open(folder.path()).expect("a store");
    demo::open(database.url(), &store, &wiring::admissions(), DemoMoment::Live).expect("furnished");
    let mut conn = database.conn();
    let before = Contents::of(&mut conn);
    let counted = |table: &str| before.rows[table].len();
    assert!(counted("sessions") > 70 && counted("persons") > 250 && counted("seats") > 10);
    let status = migrate::status(database.url()).expect("looked at");
    let later = status
        .applied
        .iter()
        .filter(|version| version.as_str() > FIRST_RELEASE)
        .count();
    assert!(later > 0, "nothing came after the first release");

    // One more of them each time: each is undone with what stood above it gone.
    for count in 1..=later {
        let undone = migrate::down_by(database.url(), count).expect("down");
        let below = Contents::of(&mut conn);
        let done = migrate::up(database.url()).expect("up");
        let above = Contents::of(&mut conn);

        assert_eq!((undone.len(), done.len()), (count, count), "{undone:?}");
        assert_eq!(above.shape, before.shape, "{undone:?}");
        let kept = shared(&before.shape, &below.shape);
        assert_eq!(
            differing(&kept, &before, &above),
            Vec::<String>::new(),
            "{undone:?}"
        );
        // A list of codes loses those it had from what was undone, and has them back above.
        let is_list = |columns: &BTreeSet<String>| columns.iter().all(|column| column == "code");
        let people_wrote: Shape = kept
            .into_iter()
            .filter(|(_, columns)| !is_list(columns))
            .collect();
        assert_eq!(
            differing(&people_wrote, &before, &below),
            Vec::<String>::new(),
            "{undone:?}"
        );
    }
}
