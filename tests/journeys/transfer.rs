//! A site moves to another database: from SQLite to the engine of the run, and back.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
    sync::OnceLock,
    time::Duration,
};

use db::{
    DatabaseUrl, Engine, migrate, on_each,
    testing::{self, TestDatabase},
    transfer::{self, Digest, Ending, Stopped},
};
use diesel::{RunQueryDsl as _, sql_query};
use hemicycle::{
    commands,
    demo::{self, DemoMoment},
    wiring,
};
use tests::{Program, Somebody, wait_for};

/// How long a server may take to notice that its client is gone.
const NOTICED: Duration = Duration::from_secs(30);

/// The demonstration on SQLite, furnished once; each test has its own copy.
struct Demonstration {
    url: DatabaseUrl,
    folder: tempfile::TempDir,
}

impl Demonstration {
    fn copied() -> Self {
        static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("demonstration.db");
        let url = DatabaseUrl::sqlite(&file);
        let bytes = BYTES.get_or_init(|| {
            migrate::up(&url).expect("a schema");
            let mut conn = url.connect().expect("opens");
            conn.transaction(|conn| {
                let furnished = demo::furnish(conn, &wiring::admissions(), DemoMoment::Live)?;
                let somebody = Somebody::new(conn, "signed in");
                // The log says what they were called, sealed under a key of theirs.
                let named = people::persons::get(conn, somebody.person)?;
                let input = people::persons::PersonInput {
                    given_name: "Quenby".into(),
                    ..Default::default()
                };
                let (system, version) = (access_rules::Actor::system(), Some(named.version));
                people::persons::edit(conn, &system, named.created_at, somebody.person, version, &input)?;
                Ok::<_, kernel::Fault>(furnished)
            })
            .expect("furnished");
            drop(conn);
            std::fs::read(&file).expect("the last to close leaves one file")
        });
        std::fs::write(&file, bytes).expect("room for a copy");
        Self { url, folder }
    }

    /// A fresh database on SQLite, and one on the engine of the run.
    fn fresh() -> (TestDatabase, TestDatabase) {
        let settings = db::Settings {
            readers: 1,
            ..db::Settings::usual()
        };
        (testing::fresh(), testing::fresh_sqlite(settings))
    }
}

fn digests(url: &DatabaseUrl) -> BTreeMap<String, Digest> {
    transfer::digests(url).expect("read")
}

/// What the migrations alone make.
fn empty() -> BTreeMap<String, Digest> {
    digests(Demonstration::fresh().1.url())
}

fn run(from: &DatabaseUrl, to: &DatabaseUrl, more: &[&str]) -> Result<(), String> {
    let line = [
        "hemicycle",
        "transfer",
        "--from",
        from.as_str(),
        "--to",
        to.as_str(),
    ];
    commands::run_line(line.iter().chain(more))
}

fn count(url: &DatabaseUrl, rows_of: &str) -> i64 {
    #[derive(diesel::QueryableByName)]
    struct Count {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        rows: i64,
    }
    let mut conn = url.connect().expect("opens");
    let asked = sql_query(format!("SELECT count(*) AS rows FROM {rows_of}"));
    let found: Count = on_each!(&mut conn, |c| asked.get_result(c)).expect("counted");
    found.rows
}

fn batch(url: &DatabaseUrl, sql: &str) {
    let mut conn = url.connect().expect("opens");
    conn.execute_batch(sql).expect("done");
}

/// Does `act`, a statement of each engine, for each row that comes into the table.
fn on_insert(url: &DatabaseUrl, table: &str, in_sqlite: &str, in_postgres: &str) {
    batch(
        url,
        &match url.engine() {
            Engine::Sqlite => format!("CREATE TRIGGER tamper AFTER INSERT ON {table} BEGIN {in_sqlite}; END"),
            Engine::Postgres => format!(
                "CREATE FUNCTION tamper() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {in_postgres}; RETURN NEW; END $$; \
                 CREATE TRIGGER tamper BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION tamper()"
            ),
        },
    );
}

#[test]
fn the_demonstration_goes_to_the_other_engine_and_back_and_is_equal() {
    let source = Demonstration::copied();
    let (there, back) = Demonstration::fresh();

    for (from, to) in [(&source.url, there.url()), (there.url(), back.url())] {
        let outcome = transfer::copy(from, to, Ending::Keep, |_| Ok(())).expect("copied");
        assert!(outcome.is_same() && outcome.is_kept, "{outcome:?}");
    }

    let before = digests(&source.url);
    assert!(
        before["persons"].rows > 200 && before["audit_entries"].rows > 1000,
        "{before:?}"
    );
    assert_eq!(digests(there.url()), before);
    assert_eq!(digests(back.url()), before);
    for url in [there.url(), back.url()] {
        let mut conn = url.connect().expect("opens");
        let verdict = records::audit::verify(&mut conn).expect("followed");
        assert_eq!(
            (verdict.broken, verdict.entries as u64),
            (None, before["audit_entries"].rows)
        );
        assert_eq!(db::check::problems(&mut conn), Ok(vec![]));
    }
}

#[test]
fn a_site_that_was_moved_keeps_quiet_and_what_holds_a_site_takes_no_other() {
    let source = Demonstration::copied();
    let (there, _) = Demonstration::fresh();
    let waiting = "letters WHERE state IN ('waiting', 'sending')";
    let signed_in = "sign_in_sessions WHERE revoked_at IS NULL";
    batch(
        &source.url,
        "UPDATE letters SET state = 'waiting' WHERE id = (SELECT max(id) FROM letters)",
    );
    assert!(count(&source.url, waiting) > 0 && count(&source.url, signed_in) > 0);

    run(&source.url, there.url(), &["--dry-run"]).expect("tried");
    assert_eq!(digests(there.url()), empty());
    run(&source.url, there.url(), &[]).expect("moved");

    assert_eq!(
        (count(there.url(), waiting), count(there.url(), signed_in)),
        (0, 0)
    );
    assert_eq!(count(there.url(), "letters"), count(&source.url, "letters"));
    assert!(count(&source.url, waiting) > 0, "the source is as it was");
    let mut conn = there.url().connect().expect("opens");
    let verdict = records::audit::verify(&mut conn).expect("followed");
    assert_eq!(verdict.broken, None);
    assert_eq!(verdict.entries, count(&source.url, "audit_entries") + 1);
    assert_eq!(
        records::settings::get::<demo::Furnished>(&mut conn, "demo_furnished").map(|kept| kept.is_some()),
        Ok(true)
    );
    let data = source.folder.path().display().to_string();
    let doctor = [
        "hemicycle",
        "doctor",
        "--database",
        there.url().as_str(),
        "--data",
        &data,
    ];
    commands::run_line(doctor).expect("sound");

    let before = digests(there.url());
    let again = run(&source.url, there.url(), &[]).expect_err("refused");
    assert!(
        again.contains("not freshly migrated and empty") && again.contains(" persons has "),
        "{again}"
    );
    assert_eq!(digests(there.url()), before);
}

#[test]
fn one_row_too_many_is_named_and_another_schema_is_refused() {
    let source = Demonstration::copied();
    let (there, _) = Demonstration::fresh();
    there
        .write("setting", |conn| records::settings::put(conn, "kept", &1))
        .expect("written");
    let refused = run(&source.url, there.url(), &[]).expect_err("refused");
    assert!(refused.ends_with("empty: settings has 1 row"), "{refused}");
    there
        .write("setting", |conn| records::settings::remove(conn, "kept"))
        .expect("removed");

    let newer = "INSERT INTO __diesel_schema_migrations (version, run_on) VALUES ('20990101000000', CURRENT_TIMESTAMP)";
    for (url, side) in [(&source.url, "source"), (there.url(), "target")] {
        batch(url, newer);
        let refused = run(&source.url, there.url(), &[]).expect_err("refused");
        assert_eq!(
            refused,
            format!("the {side} was written by another version: 20990101000000")
        );
        batch(
            url,
            "DELETE FROM __diesel_schema_migrations WHERE version = '20990101000000'",
        );
    }
    batch(there.url(), "ALTER TABLE persons ADD COLUMN height BIGINT");
    let refused = run(&source.url, there.url(), &[]).expect_err("refused");
    assert_eq!(refused, "the target has not this version's tables: persons");
    let nowhere = run(
        &DatabaseUrl::sqlite(&source.folder.path().join("none.db")),
        there.url(),
        &[],
    );
    assert!(nowhere.is_err_and(|said| said.ends_with("there is no database")));
}

#[test]
fn a_copy_that_was_tampered_with_is_noticed_and_not_kept() {
    let source = Demonstration::copied();
    for (table, in_sqlite, in_postgres) in [
        (
            "persons",
            "UPDATE persons SET given_name = 'Eve' WHERE id = NEW.id AND given_name > 'M'",
            "IF NEW.given_name > 'M' THEN NEW.given_name := 'Eve'; END IF",
        ),
        (
            "agenda_entries",
            "DELETE FROM agenda_entries WHERE person = NEW.person AND session = NEW.session",
            "RETURN NULL",
        ),
    ] {
        let (there, _) = Demonstration::fresh();
        on_insert(there.url(), table, in_sqlite, in_postgres);

        let noticed = run(&source.url, there.url(), &[]).expect_err("noticed");

        assert!(
            noticed.contains("differs in 1 tables, nothing was kept") && noticed.contains(table),
            "{noticed}"
        );
        assert_eq!(digests(there.url()), empty());
        batch(
            there.url(),
            &match there.url().engine() {
                Engine::Sqlite => "DROP TRIGGER tamper".to_owned(),
                Engine::Postgres => format!("DROP TRIGGER tamper ON {table}"),
            },
        );
        run(&source.url, there.url(), &[]).expect("moved");
    }
}

#[test]
fn a_row_the_target_refuses_and_a_value_out_of_place_undo_all() {
    let source = Demonstration::copied();
    let (there, _) = Demonstration::fresh();
    on_insert(
        there.url(),
        "registrations",
        "SELECT RAISE(ABORT, 'no room')",
        "RAISE EXCEPTION 'no room'",
    );
    let refused = transfer::copy(&source.url, there.url(), Ending::Keep, |_| Ok(()));
    assert!(
        matches!(&refused, Err(Stopped::Refused { table, why }) if table == "registrations" && why.contains("no room")),
        "{refused:?}"
    );
    assert_eq!(digests(there.url()), empty());

    // SQLite takes text for a number; nothing else would.
    batch(
        &source.url,
        "UPDATE persons SET version = 'three' WHERE id = (SELECT max(id) FROM persons)",
    );
    let refused = run(&source.url, there.url(), &[]).expect_err("refused");
    assert_eq!(
        refused,
        "persons.version holds a value that does not belong there"
    );
    assert_eq!(digests(there.url()), empty());
}

#[test]
fn a_transfer_that_is_killed_leaves_the_target_empty() {
    let Some(program) = Program::built() else { return };
    let source = Demonstration::copied();
    let (there, _) = Demonstration::fresh();
    // It comes as far as the registrations, and there it stays.
    on_insert(
        there.url(),
        "registrations",
        "SELECT count(*) FROM audit_entries AS a, audit_entries AS b, audit_entries AS c, audit_entries AS d",
        "PERFORM pg_advisory_xact_lock(1705)",
    );
    let mut door = there.conn();
    if there.url().engine() == Engine::Postgres {
        door.execute_batch("SELECT pg_advisory_lock(1705)")
            .expect("taken");
    }

    let mut child = Command::new(program)
        .args([
            "transfer",
            "--from",
            source.url.as_str(),
            "--to",
            there.url().as_str(),
        ])
        .env("HEMICYCLE_LOG_LEVEL", "info")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let said = BufReader::new(child.stderr.take().expect("piped"));
    let is_far = said
        .lines()
        .map_while(Result::ok)
        .any(|line| line.contains("copied") && line.contains("table=\"persons\""));
    assert!(is_far, "it ended too early");
    child.kill().expect("killed");
    child.wait().expect("gone");

    if there.url().engine() == Engine::Postgres {
        door.execute_batch("SELECT pg_advisory_unlock(1705)")
            .expect("released");
        let others = "pg_stat_activity WHERE datname = current_database() AND query LIKE 'INSERT INTO%'";
        wait_for("the server to notice", NOTICED, || {
            (count(there.url(), others) == 0).then_some(())
        });
    }
    assert_eq!(digests(there.url()), empty());
    batch(
        there.url(),
        match there.url().engine() {
            Engine::Sqlite => "DROP TRIGGER tamper",
            Engine::Postgres => "DROP TRIGGER tamper ON registrations",
        },
    );
    run(&source.url, there.url(), &[]).expect("moved at the second try");
}
