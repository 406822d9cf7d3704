//! The contract of architecture §5, provoked: answers after COMMIT, replay of lost batches, one snapshot per read,
//! migrations that go both ways with rows in the tables.

use std::sync::{
    Arc, Barrier, Mutex,
    atomic::{AtomicU32, Ordering},
    mpsc::{Receiver, Sender, channel},
};

use diesel::{
    OptionalExtension as _, QueryableByName, RunQueryDsl as _, sql_query, sql_types::BigInt, sql_types::Text,
};
use kernel::{Fault, Kind};

use crate::{
    Conn, Database, Engine, Isolation, Kept, Settings, migrate, on_each,
    testing::{self, TestDatabase},
};

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// A database with a table of numbers.
fn numbers() -> TestDatabase {
    with_numbers(testing::fresh())
}

fn numbers_in_sqlite() -> TestDatabase {
    with_numbers(testing::fresh_sqlite(Settings::usual()))
}

fn with_numbers(db: TestDatabase) -> TestDatabase {
    db.conn()
        .execute_batch("CREATE TABLE numbers (n BIGINT PRIMARY KEY, of BIGINT REFERENCES numbers (n))")
        .expect("created");
    db
}

fn put(conn: &mut Conn, n: i64) -> Result<(), Fault> {
    Ok(conn.execute_batch(&format!("INSERT INTO numbers (n) VALUES ({n})"))?)
}

fn all(conn: &mut Conn) -> Vec<i64> {
    let rows: Vec<Number> =
        on_each!(conn, |c| sql_query("SELECT n FROM numbers ORDER BY n").load(c)).expect("read");
    rows.into_iter().map(|row| row.n).collect()
}

fn refused() -> Fault {
    Fault::conflict("refused")
}

/// Keeps the writer busy, so that what is queued meanwhile becomes one batch.
struct Held {
    release: Sender<()>,
}

impl Held {
    fn writer_of(db: &Database) -> Self {
        let (release, gate) = channel::<()>();
        let (began, begun) = channel();
        let (gate, began) = (Mutex::new(gate), Mutex::new(began));
        db.submit_write(
            "hold",
            Isolation::Guarded,
            move |_| {
                began.lock().expect("held by nobody else").send(()).ok();
                gate.lock().expect("held by nobody else").recv().ok();
                Ok(())
            },
            |_| {},
        );
        begun.recv().expect("the writer took it");
        Self { release }
    }

    fn let_go(self) {
        drop(self.release);
    }
}

/// A queued command: how often it ran, and what it answered.
struct Queued {
    ran: Arc<AtomicU32>,
    answer: Receiver<Result<(), Fault>>,
}

impl Queued {
    fn on(db: &Database, act: impl Fn(&mut Conn) -> Result<(), Fault> + Send + 'static) -> Self {
        let (send, answer) = channel();
        let ran = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&ran);
        db.submit_write(
            "queued",
            Isolation::Guarded,
            move |conn| {
                count.fetch_add(1, Ordering::SeqCst);
                act(conn)
            },
            move |answer| send.send(answer).expect("the test waits"),
        );
        Self { ran, answer }
    }

    fn outcome(&self) -> (u32, Result<(), (Kind, &'static str)>) {
        let answer = self.answer.recv().expect("every command is answered");
        (
            self.ran.load(Ordering::SeqCst),
            answer.map_err(|fault| (fault.kind, fault.code)),
        )
    }
}

#[test]
fn an_answer_comes_only_after_its_commit() {
    let db = numbers();
    let queued: Vec<_> = (1..=5)
        .map(|n| {
            let (send, seen) = channel();
            let url = db.url().clone();
            db.submit_write(
                "put",
                Isolation::Guarded,
                move |conn| put(conn, n),
                // The reply runs before anybody knows the answer; another connection must see the row by then.
                move |_| _ = send.send(all(&mut url.connect().expect("connected")).contains(&n)),
            );
            seen
        })
        .collect();

    assert!(queued.into_iter().all(|seen| seen.recv() == Ok(true)));
}

#[test]
fn a_batch_is_one_transaction_and_answers_after_it() {
    let db = numbers_in_sqlite();
    let held = Held::writer_of(&db);
    let (send, seen) = channel();
    for n in 1..=5 {
        let (send, url) = (send.clone(), db.url().clone());
        db.submit_write(
            "put",
            Isolation::Guarded,
            move |conn| put(conn, n),
            move |_| _ = send.send(all(&mut url.connect().expect("connected"))),
        );
    }

    held.let_go();

    let first_reply_sees = seen.recv().expect("answered");
    assert_eq!(first_reply_sees, [1, 2, 3, 4, 5]);
}

#[test]
fn a_refused_command_leaves_the_rows_of_the_others() {
    let db = numbers_in_sqlite();
    let held = Held::writer_of(&db);
    let first = Queued::on(&db, |conn| put(conn, 1));
    let second = Queued::on(&db, |conn| {
        put(conn, 2)?;
        Err(refused())
    });
    let third = Queued::on(&db, |conn| put(conn, 1));
    let fourth = Queued::on(&db, |conn| put(conn, 4));

    held.let_go();

    assert_eq!(first.outcome(), (1, Ok(())));
    assert_eq!(second.outcome(), (1, Err((Kind::Conflict, "refused"))));
    assert_eq!(third.outcome(), (1, Err((Kind::Conflict, "already_exists"))));
    assert_eq!(fourth.outcome(), (1, Ok(())));
    assert_eq!(all(&mut db.conn()), [1, 4]);
}

#[test]
fn a_lost_transaction_is_replayed_so_that_every_row_is_there_once() {
    for answer in [Err(refused()), Ok(())] {
        let db = numbers_in_sqlite();
        let held = Held::writer_of(&db);
        let first = Queued::on(&db, |conn| put(conn, 1));
        let culprit = Queued::on(&db, move |conn| {
            put(conn, 2)?;
            conn.execute_batch("ROLLBACK")?;
            answer.clone()
        });
        let third = Queued::on(&db, |conn| put(conn, 3));

        held.let_go();

        assert_eq!(first.outcome(), (2, Ok(())), "run in the batch, then alone");
        assert!(
            culprit.outcome().1.is_err(),
            "nothing of it is durable, so it is not told so"
        );
        assert_eq!(third.outcome(), (1, Ok(())), "the batch ended before it");
        assert_eq!(all(&mut db.conn()), [1, 3]);
    }
}

#[test]
fn when_commit_fails_only_the_culprit_is_refused() {
    let db = numbers_in_sqlite();
    let held = Held::writer_of(&db);
    let first = Queued::on(&db, |conn| put(conn, 1));
    let culprit = Queued::on(&db, |conn| {
        conn.execute_batch("PRAGMA defer_foreign_keys=ON; INSERT INTO numbers VALUES (2, 99)")?;
        Ok(())
    });
    let third = Queued::on(&db, |conn| put(conn, 3));

    held.let_go();

    assert_eq!(first.outcome(), (2, Ok(())));
    assert_eq!(culprit.outcome(), (2, Err((Kind::Conflict, "in_use"))));
    assert_eq!(third.outcome(), (2, Ok(())));
    assert_eq!(all(&mut db.conn()), [1, 3]);
    assert_eq!(db.write("after", |conn| put(conn, 4)), Ok(()));
}

#[test]
fn nothing_is_run_while_another_process_holds_the_database() {
    let db = numbers_in_sqlite();
    // The writer's own patience of five seconds would only make the test long.
    db.write("impatient", |conn| {
        Ok(conn.execute_batch("PRAGMA busy_timeout=0")?)
    })
    .expect("set");
    let mut other = db.conn();
    other.execute_batch("BEGIN IMMEDIATE").expect("taken");

    let turned_away = Queued::on(&db, |conn| put(conn, 1));

    assert_eq!(
        turned_away.outcome(),
        (0, Err((Kind::Unavailable, "database_unavailable")))
    );
    other.execute_batch("ROLLBACK").expect("released");

    assert_eq!(all(&mut other), Vec::<i64>::new());
    assert_eq!(db.write("after", |conn| put(conn, 4)), Ok(()));
}

#[test]
fn a_panic_is_a_fault_and_the_writer_lives() {
    let db = numbers();
    let panicked = db.write("panicking", |conn| {
        put(conn, 1)?;
        if true {
            panic!("on purpose");
        }
        Ok(())
    });
    assert_eq!(panicked.map_err(|fault| fault.code), Err("internal"));

    // Also what it did before the savepoints that the panic left open.
    let within: Result<(), Fault> = db.write("panicking within", |conn| {
        put(conn, 1)?;
        conn.savepoint(|conn| {
            put(conn, 10)?;
            conn.savepoint(|conn| {
                put(conn, 11)?;
                panic!("on purpose")
            })
        })
    });
    assert_eq!(within.map_err(|fault| fault.code), Err("internal"));

    db.submit_write(
        "unwanted",
        Isolation::Guarded,
        |conn| put(conn, 2),
        |_| panic!("on purpose, in a reply"),
    );
    db.submit_read("unwanted", |_| Ok(()), |_| panic!("on purpose, in a reply"));

    for n in 3..8 {
        assert_eq!(db.write("after", move |conn| put(conn, n)), Ok(()));
        assert!(db.read("after", |conn| Ok(all(conn).len())).is_ok());
    }
    assert_eq!(all(&mut db.conn()), [2, 3, 4, 5, 6, 7]);
}

#[test]
fn a_full_queue_answers_busy() {
    let db = testing::fresh_with(Settings {
        queue_writes: 2,
        writers: 1,
        ..Settings::usual()
    });
    let db = with_numbers(db);
    let held = Held::writer_of(&db);
    let waiting = [1, 2].map(|n| Queued::on(&db, move |conn| put(conn, n)));

    let turned_away = Queued::on(&db, |conn| put(conn, 3));

    assert_eq!(turned_away.outcome(), (0, Err((Kind::Unavailable, "busy"))));
    held.let_go();
    assert!(waiting.iter().all(|one| one.outcome() == (1, Ok(()))));
    assert_eq!(all(&mut db.conn()), [1, 2]);
}

#[test]
fn a_read_that_waited_too_long_is_not_run() {
    let db = testing::fresh_with(Settings {
        readers: 1,
        read_wait_ms: 0,
        ..Settings::usual()
    });
    let late = db.read("late", |_| Ok(()));
    assert_eq!(
        late.map_err(|fault| (fault.code, fault.retry_after_seconds)),
        Err(("busy", Some(1)))
    );
}

#[test]
fn a_reader_can_change_nothing() {
    let db = numbers();
    for attempt in [
        "INSERT INTO numbers (n) VALUES (1)",
        "CREATE TABLE more (n BIGINT)",
        "DROP TABLE numbers",
    ] {
        assert!(
            db.read("write", move |conn| Ok(conn.execute_batch(attempt)?))
                .is_err(),
            "{attempt}"
        );
    }
    assert_eq!(db.read("read", |conn| Ok(all(conn))), Ok(vec![]));
}

#[test]
fn a_reader_sees_one_snapshot() {
    let db = numbers();
    db.write("before", |conn| put(conn, 1)).expect("written");
    let (began, begun) = channel();
    let (go_on, gate) = channel::<()>();
    let (seen, sees) = channel();
    let (began, gate) = (Mutex::new(began), Mutex::new(gate));
    db.submit_read(
        "twice",
        move |conn| {
            let first = all(conn);
            began.lock().expect("free").send(()).expect("the test waits");
            gate.lock().expect("free").recv().ok();
            Ok((first, all(conn)))
        },
        move |answer| drop(seen.send(answer)),
    );

    begun.recv().expect("it reads");
    db.write("meanwhile", |conn| put(conn, 2)).expect("written");
    drop(go_on);

    assert_eq!(sees.recv(), Ok(Ok((vec![1], vec![1]))));
    assert_eq!(db.read("later", |conn| Ok(all(conn))), Ok(vec![1, 2]));
}

#[test]
fn savepoints_nest() {
    let db = numbers();
    let answer = db.write("nested", |conn| {
        put(conn, 1)?;
        let inner = conn.savepoint(|conn| {
            put(conn, 2)?;
            let innermost = conn.savepoint(|conn| put(conn, 1));
            assert_eq!(innermost.map_err(|fault| fault.code), Err("already_exists"));
            conn.savepoint(|conn| put(conn, 3))?;
            Err::<(), _>(refused())
        });
        assert_eq!(inner, Err(refused()));
        conn.savepoint(|conn| put(conn, 4))
    });
    assert_eq!(answer, Ok(()));
    assert_eq!(all(&mut db.conn()), [1, 4]);
}

#[test]
fn an_error_swallowed_is_never_a_success_without_rows() {
    let db = numbers();
    db.write("first", |conn| put(conn, 1)).expect("written");

    let answer = db.write("careless", |conn| {
        put(conn, 2)?;
        put(conn, 1).ok();
        Ok(())
    });

    // SQLite takes back one statement, PostgreSQL all: either way the answer and the rows agree.
    assert_eq!(all(&mut db.conn()).contains(&2), answer.is_ok());
}

#[test]
fn a_bare_transaction_keeps_all_or_nothing() {
    let db = numbers();
    let mut conn = db.conn();
    assert_eq!(conn.transaction(|conn| put(conn, 1)), Ok(()));
    assert_eq!(
        conn.transaction(|conn| put(conn, 2).and(Err::<(), _>(refused()))),
        Err(refused())
    );
    assert_eq!(all(&mut conn), [1]);
}

#[test]
fn an_invariant_over_several_rows_holds_under_serializable() {
    let db = numbers();
    db.write("rows", |conn| put(conn, 1).and_then(|()| put(conn, 2)))
        .expect("written");
    // SQLite has one writer: there each looks when the one before is done.
    let both_looked = match testing::engine() {
        Engine::Sqlite => Arc::new(Barrier::new(1)),
        Engine::Postgres => Arc::new(Barrier::new(2)),
    };
    let third = |n: i64| {
        let (barrier, first_run) = (Arc::clone(&both_looked), AtomicU32::new(0));
        let (send, answer) = channel();
        let at_most_three = move |conn: &mut Conn| {
            let count = all(conn).len();
            if first_run.fetch_add(1, Ordering::SeqCst) == 0 {
                barrier.wait();
            }
            match count < 3 {
                true => put(conn, n),
                false => Err(refused()),
            }
        };
        db.submit_write(
            "at most three",
            Isolation::Serializable,
            at_most_three,
            move |answer| {
                _ = send.send(answer.map_err(|fault| fault.code));
            },
        );
        answer
    };
    let tries = [third(3), third(4)];

    let mut answers = tries.map(|answer| answer.recv().expect("answered"));

    answers.sort();
    assert_eq!(answers, [Ok(()), Err("refused")]);
    assert_eq!(all(&mut db.conn()).len(), 3);
}

#[test]
fn a_command_sacrificed_in_a_deadlock_is_run_again() {
    if testing::engine() == Engine::Sqlite {
        return; // One writer cannot wait for itself.
    }
    let db = numbers();
    db.write("rows", |conn| put(conn, 1).and_then(|()| put(conn, 2)))
        .expect("written");
    let both_hold_one = Arc::new(Barrier::new(2));
    let crossing = |mine: i64, other: i64| {
        let barrier = Arc::clone(&both_hold_one);
        let first_run = AtomicU32::new(0);
        Queued::on(&db, move |conn| {
            conn.execute_batch(&format!("UPDATE numbers SET of = 1 WHERE n = {mine}"))?;
            if first_run.fetch_add(1, Ordering::SeqCst) == 0 {
                barrier.wait();
            }
            Ok(conn.execute_batch(&format!("UPDATE numbers SET of = 2 WHERE n = {other}"))?)
        })
    };
    let (one, two) = (crossing(1, 2), crossing(2, 1));

    let (one, two) = (one.outcome(), two.outcome());

    assert_eq!((one.1, two.1), (Ok(()), Ok(())));
    // On a busy server both may be sacrificed.
    assert!((3..=4).contains(&(one.0 + two.0)), "{} and {} runs", one.0, two.0);
}

#[test]
fn a_lost_server_connection_is_opened_again() {
    if testing::engine() == Engine::Sqlite {
        return; // There is no server to lose.
    }
    let db = numbers();
    db.write("before", |conn| put(conn, 1)).expect("written");

    db.conn()
        .execute_batch(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .expect("terminated");

    for n in 2..10 {
        assert_eq!(db.write("after", move |conn| put(conn, n)), Ok(()));
        assert_eq!(
            db.read("after", |conn| Ok(all(conn).len())),
            Ok(usize::try_from(n).expect("small"))
        );
    }
}

#[test]
fn what_is_queued_is_finished_before_the_end() {
    let db = numbers();
    let url = db.url().clone();
    let handle = Database::open(
        &url,
        Settings {
            writers: 1,
            ..Settings::usual()
        },
    )
    .expect("opened");
    let held = Held::writer_of(&handle);
    let queued: Vec<_> = (1..=20)
        .map(|n| Queued::on(&handle, move |conn| put(conn, n)))
        .collect();
    held.let_go();

    drop(handle);

    assert!(queued.iter().all(|one| one.outcome() == (1, Ok(()))));
    assert_eq!(all(&mut db.conn()).len(), 20);
}

// --- migrations ---

fn tables(conn: &mut Conn) -> Vec<String> {
    let listing = match conn {
        Conn::Sqlite(_) => {
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1"
        }
        Conn::Pg(_) => {
            "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename::text"
        }
    };
    let rows: Vec<Name> = on_each!(conn, |c| sql_query(listing).load(c)).expect("listed");
    rows.into_iter()
        .map(|row| row.name)
        .filter(|name| name != "__diesel_schema_migrations")
        .collect()
}

/// A few rows, with references between them.
fn populate(conn: &mut Conn) {
    let (id, json) = match conn {
        Conn::Sqlite(_) => ("X'018F0000000070008000000000000001'", "'{}'"),
        Conn::Pg(_) => ("'018f0000-0000-7000-8000-000000000001'::uuid", "'{}'::jsonb"),
    };
    let at = match conn {
        Conn::Sqlite(_) => "1573728000000000",
        Conn::Pg(_) => "'2019-11-14T10:40:00Z'::timestamptz",
    };
    for row in [
        format!(
            "INSERT INTO audit_entries VALUES (1, {at}, {id}, 'a', 'b', {id}, NULL, '{{}}', NULL, NULL, 'h')"
        ),
        "UPDATE audit_head SET seq = 1, hash = 'h'".to_owned(),
        format!("INSERT INTO denials VALUES ({id}, {at}, NULL, 'read', 'meeting', {id}, 'hidden')"),
        "INSERT INTO feed_streams VALUES ('s', 1)".to_owned(),
        format!("INSERT INTO feed_events VALUES ('s', 1, {at}, 'k', 'public', {json})"),
        format!(
            "INSERT INTO jobs VALUES ({id}, 'k', NULL, {json}, {at}, 'queued', 0, NULL, NULL, {at}, NULL)"
        ),
        format!("INSERT INTO spent VALUES ('b', 'k', {at}, 1)"),
        format!("INSERT INTO settings VALUES ('s', {json})"),
    ] {
        conn.execute_batch(&row)
            .unwrap_or_else(|error| panic!("{row}: {error}"));
    }
}

#[test]
fn a_populated_database_goes_down_and_up_again() {
    let db = testing::fresh();
    let url = db.url();
    let conn = &mut db.conn();
    let at_first = tables(conn);
    populate(conn);

    migrate::down(url).expect("down");

    assert_eq!(tables(conn), Vec::<String>::new());
    let done = migrate::up(url).expect("up");
    assert_eq!(tables(conn), at_first);
    assert!(!done.is_empty());
    populate(conn);
    assert_eq!(migrate::up(url), Ok(vec![]), "up again changes nothing");
    let status = migrate::status(url).expect("read");
    assert_eq!((status.pending, status.unknown), (vec![], vec![]));
}

#[test]
fn nodes_that_start_together_migrate_once() {
    let db = testing::fresh();
    let url = db.url();
    migrate::down(url).expect("down");
    db.conn()
        .execute_batch("DROP TABLE __diesel_schema_migrations")
        .expect("as new");

    let done: Vec<usize> = std::thread::scope(|scope| {
        let nodes: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| migrate::up(url).expect("up").len()))
            .collect();
        nodes.into_iter().map(|node| node.join().expect("ran")).collect()
    });

    assert_eq!(
        done.iter().filter(|migrations| **migrations > 0).count(),
        1,
        "{done:?}"
    );
}

#[test]
fn a_newer_database_is_left_alone() {
    let db = testing::fresh();
    db.conn()
        .execute_batch("INSERT INTO __diesel_schema_migrations (version) VALUES ('99991231000000')")
        .expect("from the future");

    let refusal = migrate::up(db.url()).expect_err("refused");

    assert_eq!((refusal.kind, refusal.code), (Kind::Conflict, "schema_newer"));
    assert_eq!(refusal.facts["unknown"], "99991231000000");
    assert_eq!(
        migrate::status(db.url()).expect("read").unknown,
        ["99991231000000"]
    );
}

#[test]
fn a_migration_that_breaks_a_reference_is_found() {
    let db = numbers_in_sqlite();
    let mut conn = db.url().connect_to_migrate().expect("connected");
    conn.execute_batch("INSERT INTO numbers VALUES (1, 99)")
        .expect("unchecked");

    let refusal = migrate::down(db.url()).expect_err("refused");

    assert_eq!(refusal.kind, Kind::Internal);
    assert!(!tables(&mut db.conn()).is_empty(), "nothing was changed");
}

// --- connections ---

#[test]
fn sqlite_is_opened_to_keep_what_it_was_told() {
    let db = testing::fresh_sqlite(Settings::usual());
    let pragma = |conn: &mut Conn, name: &str| -> Option<i64> {
        let asked = format!("SELECT {name} AS n FROM pragma_{name}");
        let row: Option<Number> =
            on_each!(conn, |c| sql_query(asked).get_result(c).optional()).expect("read");
        row.map(|row| row.n)
    };
    let conn = &mut db.conn();
    assert_eq!(pragma(conn, "synchronous"), Some(2), "FULL");
    assert_eq!(pragma(conn, "foreign_keys"), Some(1));
    let journal: Name = on_each!(conn, |c| sql_query(
        "SELECT journal_mode AS name FROM pragma_journal_mode"
    )
    .get_result(c))
    .expect("read");
    assert_eq!(journal.name, "wal");
}

#[test]
fn as_many_read_at_once_as_there_are_readers() {
    let db = testing::fresh_sqlite(Settings {
        readers: 4,
        ..Settings::usual()
    });
    let together = std::sync::Arc::new(std::sync::Barrier::new(4));

    std::thread::scope(|scope| {
        for _ in 0..4 {
            let together = std::sync::Arc::clone(&together);
            // Nobody gets further until all four are here.
            let wait = move |_: &mut Conn| {
                together.wait();
                Ok(())
            };
            scope.spawn(|| db.read("together", wait).expect("together"));
        }
    });
}

// --- statements that are kept ---

diesel::table! {
    numbers (n) {
        n -> BigInt,
        of -> Nullable<BigInt>,
    }
}

#[test]
fn a_kept_update_is_prepared_once() {
    use diesel::{ExpressionMethods as _, QueryDsl as _, connection::InstrumentationEvent};

    let db = numbers();
    let conn = &mut db.conn();
    put(conn, 1).expect("put");
    put(conn, 2).expect("put");
    let prepared = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&prepared);
    let watch = move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::CacheQuery { sql, .. } = event {
            seen.lock().expect("unharmed").push(sql.to_owned());
        }
    };
    on_each!(conn, |c| diesel::Connection::set_instrumentation(c, watch));

    for (from, to) in [(1, 2), (2, 1), (7, 1)] {
        let changed = on_each!(conn, |c| Kept(
            diesel::update(numbers::table.find(from))
                .set(numbers::of.eq(Some(to)))
                .returning(numbers::n)
        )
        .changed(c));
        assert_eq!(changed, Ok(usize::from(from < 7)));
    }
    let told: Result<Option<i64>, _> = on_each!(conn, |c| Kept(
        diesel::update(numbers::table.find(2))
            .set(numbers::of.eq(Some(2)))
            .returning(numbers::of)
    )
    .get_result(c));

    assert_eq!(told, Ok(Some(2)));
    let prepared = prepared.lock().expect("unharmed");
    assert_eq!(prepared.len(), 2, "{prepared:?}");
}
