//! What the site remembers, on a fresh database each.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use calamine::{Data, Reader as _, Xlsx};
use db::{Conn, testing};
use kernel::{Coded as _, Fault, Id, Kind, Moment, PageAsk, page::Cursor};
use serde_json::{Value, json};

use crate::{
    Subject,
    audit::{self, Break, Filter, Fingerprint, Note, Verdict, Wrong},
    audit_sheet, denials, feed,
    idempotency::{self, Answer, Key, Replay},
    jobs::{self, Backoff, NewJob},
    limits::{self, Attempt},
    model::{Denial, JobState},
    rules, settings,
    sheets::{Format, Sheet},
};

fn noon() -> Moment {
    Moment::at("2019-11-14T12:00:00Z")
}

// --- audit ---

fn noted(conn: &mut Conn, acts: &[&str]) {
    for (number, act) in acts.iter().enumerate() {
        let note = Note {
            object_id: Some(Id::<Subject>::named(act).uuid()),
            summary: json!({"room": number, "é": "\u{0}", "rate": 1.50}),
            before: Fingerprint::of(&json!({"v": 1})),
            after: Fingerprint::of(&json!({"v": 2})),
            ..Note::of(act, "session")
        };
        conn.transaction(|conn| audit::note(conn, noon(), &note))
            .expect("noted");
    }
}

fn verdict(conn: &mut Conn) -> Verdict {
    audit::verify(conn).expect("read")
}

fn broken_at(entries: i64, seq: i64, why: Wrong) -> Verdict {
    Verdict {
        entries,
        broken: Some(Break { seq, why }),
    }
}

#[test]
fn r254_an_untouched_chain_holds() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    assert_eq!(
        verdict(conn),
        Verdict {
            entries: 0,
            broken: None
        }
    );

    noted(conn, &["a", "b", "c"]);

    assert_eq!(
        verdict(conn),
        Verdict {
            entries: 3,
            broken: None
        }
    );
}

#[test]
fn r254_tampering_is_detected_whatever_was_touched() {
    let cases = [
        (
            "UPDATE audit_entries SET act = 'x' WHERE seq = 2",
            broken_at(1, 2, Wrong::Changed),
        ),
        (
            "UPDATE audit_entries SET summary = '{}' WHERE seq = 3",
            broken_at(2, 3, Wrong::Changed),
        ),
        (
            "UPDATE audit_entries SET actor = object_id WHERE seq = 1",
            broken_at(0, 1, Wrong::Changed),
        ),
        (
            "UPDATE audit_entries SET after_hash = NULL WHERE seq = 2",
            broken_at(1, 2, Wrong::Changed),
        ),
        (
            "DELETE FROM audit_entries WHERE seq = 2",
            broken_at(1, 2, Wrong::Missing),
        ),
        (
            "DELETE FROM audit_entries WHERE seq = 3",
            broken_at(2, 3, Wrong::Missing),
        ),
        (
            "DELETE FROM audit_entries WHERE seq = 3; UPDATE audit_head SET seq = 2",
            broken_at(2, 2, Wrong::Head),
        ),
    ];
    for (tampering, expected) in cases {
        let db = testing::fresh();
        let conn = &mut db.conn();
        noted(conn, &["a", "b", "c"]);

        conn.execute_batch(tampering).expect("tampered");

        assert_eq!(verdict(conn), expected, "{tampering}");
    }
}

#[test]
fn r254_entries_written_at_once_form_one_chain() {
    let db = testing::fresh();
    std::thread::scope(|scope| {
        for _ in 0..40 {
            scope.spawn(|| {
                db.write("note", |conn| {
                    audit::note(conn, noon(), &Note::of("seat.reserve", "seat"))
                })
            });
        }
    });

    assert_eq!(
        verdict(&mut db.conn()),
        Verdict {
            entries: 40,
            broken: None
        }
    );
}

#[test]
fn an_act_that_is_refused_leaves_no_entry() {
    let db = testing::fresh();
    let refused = db.write("note", |conn| {
        audit::note(conn, noon(), &Note::of("seat.reserve", "seat"))?;
        Err::<(), _>(Fault::conflict("full"))
    });

    assert_eq!(refused, Err(Fault::conflict("full")));
    assert_eq!(
        verdict(&mut db.conn()),
        Verdict {
            entries: 0,
            broken: None
        }
    );
}

#[test]
fn r257_entries_are_paged_and_filtered() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    noted(conn, &["a", "b", "a", "b", "a"]);
    let only_a = Filter {
        act: Some("a".into()),
        object_kind: Some("session".into()),
        object_id: Some(Id::<Subject>::named("a").uuid()),
        from: Some(noon()),
        to: Some(noon().plus_seconds(1)),
        ..Filter::default()
    };

    let first = audit::list(conn, &only_a, &PageAsk::of(2)).expect("listed");
    noted(conn, &["a"]);
    let ask = PageAsk {
        after: first.next.clone(),
        limit: 2,
    };
    let second = audit::list(conn, &only_a, &ask).expect("listed");

    let seqs = |page: &kernel::Page<crate::model::Entry>| -> Vec<i64> {
        page.items.iter().map(|entry| entry.seq).collect()
    };
    assert_eq!((seqs(&first), seqs(&second)), (vec![5, 3], vec![1]));
    assert_eq!(second.next, None);
    assert_eq!(first.items[0].facts()["room"], json!(4));
    let forged = PageAsk {
        after: Some(Cursor {
            key: "x".into(),
            id: Id::<Subject>::random().uuid(),
        }),
        limit: 2,
    };
    assert_eq!(
        audit::list(conn, &only_a, &forged).map_err(|fault| (fault.kind, fault.code)),
        Err((Kind::Malformed, "bad_cursor"))
    );
    let nobody = Filter {
        actor: Some(Id::random()),
        ..Filter::default()
    };
    assert_eq!(
        audit::list(conn, &nobody, &PageAsk::first())
            .expect("listed")
            .items,
        vec![]
    );
}

#[test]
fn r20_every_denial_is_kept_with_ids_and_reason() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let denial = |number: usize| Denial {
        subject: Some(Id::named("mallory")),
        object_kind: "meeting".into(),
        object_id: Some(Id::named("council")),
        act: "read".into(),
        reason: format!("reason_{number}"),
        at: noon(),
    };

    denials::append(conn, &(0..10).map(denial).collect::<Vec<_>>()).expect("appended");
    denials::append(conn, &[]).expect("nothing to append");

    let first = denials::list(conn, &PageAsk::of(6)).expect("listed");
    let rest = PageAsk {
        after: first.next.clone(),
        limit: 6,
    };
    let rest = denials::list(conn, &rest).expect("listed");
    let reasons: Vec<String> = first
        .items
        .iter()
        .chain(&rest.items)
        .map(|row| row.reason.clone())
        .collect();
    let newest_first: Vec<String> = (0..10).rev().map(|number| format!("reason_{number}")).collect();
    assert_eq!(reasons, newest_first);
    assert_eq!(first.items[0].subject, Some(Id::named("mallory")));
}

// --- feed ---

#[test]
fn a_stream_numbers_its_events_without_gaps() {
    let db = testing::fresh();
    std::thread::scope(|scope| {
        for number in 0..30 {
            let db = &db;
            scope.spawn(move || {
                db.write("tell", move |conn| {
                    feed::tell(
                        conn,
                        noon(),
                        "edition:1",
                        "seat.taken",
                        "public",
                        json!({"n": number}),
                    )?;
                    // Every third act is refused after it told: its number is given to another.
                    if number % 3 == 0 {
                        Err(Fault::conflict("full"))
                    } else {
                        Ok(())
                    }
                })
            });
        }
    });
    let conn = &mut db.conn();
    feed::tell(conn, noon(), "edition:2", "session.moved", "members", json!({})).expect("told");

    let seqs = |events: Vec<crate::model::Event>| events.iter().map(|event| event.seq).collect::<Vec<_>>();
    assert_eq!(feed::last(conn, "edition:1"), Ok(20));
    assert_eq!(feed::last(conn, "edition:2"), Ok(1));
    assert_eq!(feed::last(conn, "edition:3"), Ok(0));
    assert_eq!(
        feed::after(conn, "edition:1", 0, 100).map(seqs),
        Ok((1..=20).collect())
    );
    assert_eq!(feed::after(conn, "edition:1", 17, 2).map(seqs), Ok(vec![18, 19]));
    let moved = feed::after(conn, "edition:2", 0, 1).expect("read").remove(0);
    assert_eq!(
        (moved.kind.as_str(), moved.visible_to.as_str(), moved.at),
        ("session.moved", "members", noon())
    );
}

// --- jobs ---

const PATIENT: Backoff = Backoff {
    attempts_max: 3,
    first_seconds: 10,
    most_seconds: 60,
};

fn letter(key: Option<&'static str>) -> NewJob<'static> {
    NewJob {
        kind: "letter",
        unique_key: key,
        payload: json!({"to": 1}),
        run_at: noon(),
    }
}

#[test]
fn a_job_is_leased_once_and_again_when_its_worker_dies() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    jobs::enqueue(conn, noon(), &letter(None)).expect("queued");

    assert_eq!(
        jobs::lease(conn, &["letter"], noon().plus_seconds(-1), 60, 10),
        Ok(vec![])
    );
    assert_eq!(jobs::lease(conn, &["other"], noon(), 60, 10), Ok(vec![]));
    let first = jobs::lease(conn, &["other", "letter"], noon(), 60, 10).expect("leased");
    assert_eq!(
        jobs::lease(conn, &["letter"], noon().plus_seconds(59), 60, 10),
        Ok(vec![])
    );
    let second = jobs::lease(conn, &["letter"], noon().plus_seconds(60), 60, 10).expect("leased");

    assert_eq!((first[0].attempts, second[0].attempts), (1, 2));
    assert_eq!(jobs::finish(conn, noon(), &first[0]), Ok(false));
    assert_eq!(
        jobs::fail_and_retry(conn, noon(), &first[0], "late", PATIENT),
        Ok(None)
    );
    assert_eq!(jobs::finish(conn, noon(), &second[0]), Ok(true));
    assert_eq!(
        jobs::lease(conn, &["letter"], noon().plus_days(1), 60, 10),
        Ok(vec![])
    );
    assert_eq!(jobs::sweep(conn, noon().plus_days(6)), Ok(0));
    assert_eq!(jobs::sweep(conn, noon().plus_days(8)), Ok(1));
}

#[test]
fn a_failing_job_waits_longer_each_time_and_is_given_up_at_last() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    jobs::enqueue(conn, noon(), &letter(None)).expect("queued");
    let mut now = noon();

    let mut waits = vec![];
    for _ in 0..3 {
        let job = jobs::lease(conn, &["letter"], now, 60, 1)
            .expect("leased")
            .remove(0);
        let state = jobs::fail_and_retry(conn, now, &job, &"x".repeat(900), PATIENT).expect("failed");
        waits.push((job.run_at.seconds_since(noon()), state));
        now = now.plus_seconds(40);
    }

    assert_eq!(
        waits,
        [
            (0, Some(JobState::Queued)),
            (10, Some(JobState::Queued)),
            (60, Some(JobState::Failed))
        ]
    );
    let given_up = jobs::given_up(conn, 10).expect("listed").remove(0);
    assert_eq!(given_up.last_error.map(|reason| reason.len()), Some(500));
    assert_eq!(given_up.ended_at, Some(noon().plus_seconds(80)));
}

#[test]
fn a_waiting_job_is_not_queued_twice_under_its_key() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let later = NewJob {
        run_at: noon().plus_minutes(9),
        ..letter(Some("k"))
    };
    assert_eq!(jobs::enqueue(conn, noon(), &later), Ok(true));
    assert_eq!(jobs::enqueue(conn, noon(), &letter(Some("k"))), Ok(false));
    assert_eq!(jobs::enqueue(conn, noon(), &later), Ok(false));

    let running = jobs::lease(conn, &["letter"], noon(), 60, 10).expect("leased");
    assert_eq!(running.len(), 1, "brought forward to noon");
    assert_eq!(jobs::enqueue(conn, noon(), &letter(Some("k"))), Ok(true));

    assert_eq!(
        jobs::fail_and_retry(conn, noon(), &running[0], "down", PATIENT),
        Ok(Some(JobState::Failed)),
        "the younger one will do it"
    );
}

#[test]
fn two_workers_never_hold_the_same_job() {
    let db = testing::fresh();
    for _ in 0..60 {
        jobs::enqueue(&mut db.conn(), noon(), &letter(None)).expect("queued");
    }
    let leased: Vec<_> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..12)
            .map(|_| scope.spawn(|| db.write("lease", |conn| jobs::lease(conn, &["letter"], noon(), 60, 5))))
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().expect("ran").expect("leased"))
            .collect()
    });

    let mut ids: Vec<_> = leased.iter().map(|job| job.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((leased.len(), ids.len()), (60, 60));
    assert!(leased.iter().all(|job| job.attempts == 1));
}

// --- browsing the audit ---

#[test]
fn the_audit_of_a_day_is_found_by_its_numbers_and_pages_go_on() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    for day in 0..4 {
        for _ in 0..3 {
            audit::note(conn, noon().plus_days(day), &Note::of("room.edit", "room")).expect("noted");
        }
    }
    let of_day = audit::Filter {
        from: Some(noon().plus_days(1)),
        to: Some(noon().plus_days(2)),
        ..audit::Filter::default()
    };
    let later = audit::Filter {
        from: Some(noon().plus_days(9)),
        ..audit::Filter::default()
    };
    let seqs = |page: &kernel::Page<crate::model::Entry>| {
        page.items.iter().map(|entry| entry.seq).collect::<Vec<_>>()
    };

    let first = audit::list(conn, &of_day, &PageAsk::of(2)).expect("listed");
    let ask = PageAsk {
        after: first.next.clone(),
        limit: 2,
    };
    let second = audit::list(conn, &of_day, &ask).expect("listed");
    let none = audit::list(conn, &later, &PageAsk::first()).expect("listed");

    assert_eq!((seqs(&first), seqs(&second)), (vec![6, 5], vec![4]));
    assert_eq!((second.next, none.items.len()), (None, 0));
}

/// §5.5 case 51.
#[test]
fn no_cell_of_the_audit_is_a_formula() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let note = Note {
        actor: Some(Id::named("ana")),
        ..Note::of("=1+1", "@sum")
    };
    audit::note(conn, noon(), &note).expect("noted");
    let page = audit::list(conn, &audit::Filter::default(), &PageAsk::first()).expect("listed");

    let sheet = audit_sheet::of(&page.items, |_| {
        Some("=HYPERLINK(\"http://evil.example\")".into())
    });

    let text = String::from_utf8(sheet.render(Format::Csv).expect("a file")).expect("text");
    let mut table = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let row = table.records().next().expect("a row").expect("reads");
    assert_eq!(row.len(), 9);
    for cell in &row {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
    }
}

// --- lists as files ---

/// A list of so many rows with all that is hostile to spreadsheets.
fn sheet(rows: i64) -> Sheet {
    let mut sheet = Sheet::new(["number", "name", "note"]);
    for number in 0..rows {
        let name = ["=1+1", "@sum", "-2", "  =x", "Ana, \"Bo\"\nCé", "\u{202e}大田"][number as usize % 6];
        sheet.row([number.into(), name.into(), None.into()]);
    }
    sheet
}

/// The rows of a workbook, its headings among them.
fn rows_of(workbook: Vec<u8>) -> Vec<Vec<Data>> {
    let mut workbook: Xlsx<_> =
        calamine::open_workbook_from_rs(std::io::Cursor::new(workbook)).expect("a workbook");
    let range = workbook.worksheet_range_at(0).expect("a sheet").expect("rows");
    assert!(
        workbook
            .worksheet_formula("Sheet1")
            .expect("read")
            .used_cells()
            .next()
            .is_none(),
        "nothing is a formula"
    );
    range.rows().map(<[Data]>::to_vec).collect()
}

#[test]
fn a_list_says_the_same_as_text_as_a_workbook_and_for_programs() {
    let sheet = sheet(6);

    let csv = sheet.render(Format::Csv).expect("a file");
    let workbook = rows_of(sheet.render(Format::Xlsx).expect("a file"));
    let json: serde_json::Value =
        serde_json::from_slice(&sheet.render(Format::Json).expect("a file")).expect("JSON");

    let mut reader = csv::Reader::from_reader(csv.strip_prefix(b"\xEF\xBB\xBF").expect("marked"));
    let table: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("reads")).collect();
    assert_eq!(table.len(), 6);
    assert_eq!(workbook.len(), 7);
    for (number, row) in table.iter().enumerate() {
        let name = json["items"][number]["name"].as_str().expect("a name");
        assert_eq!(kernel::text::csv_safe(name), row[1]);
        assert_eq!(workbook[number + 1][1], Data::String(name.to_owned()));
        assert_eq!(workbook[number + 1][0], Data::Float(number as f64));
        assert_eq!(json["items"][number]["number"], number);
        assert_eq!(json["items"][number]["note"], "");
    }
}

#[test]
fn ten_thousand_rows_are_written_in_no_time() {
    let sheet = sheet(10_000);

    for format in Format::ALL {
        let started = std::time::Instant::now();
        let file = sheet.render(*format).expect("a file");

        assert!(file.len() > 10_000);
        assert!(
            started.elapsed().as_secs() < 20,
            "{format:?}: {:?}",
            started.elapsed()
        );
    }
}

// --- idempotency ---

fn key<'a>(actor: &'a str, key: &'a str, body: &'a [u8]) -> Key<'a> {
    Key {
        actor,
        route: "POST /api/v1/seats",
        key,
        body_hash: body,
    }
}

fn created(body: &str) -> Answer {
    Answer {
        status: 201,
        body: body.to_owned(),
        headers: vec![("location".into(), "/api/v1/seats/1".into())],
    }
}

#[test]
fn r256_the_same_request_is_done_once_and_answered_the_same() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let done = AtomicU32::new(0);
    let mut ask = |actor: &str, name: &str, body: &[u8]| {
        conn.transaction(|conn| {
            idempotency::once(conn, noon(), &key(actor, name, body), |_| {
                Ok(created(&done.fetch_add(1, Ordering::Relaxed).to_string()))
            })
        })
        .map_err(|fault| (fault.kind, fault.code))
    };

    let first = |body| {
        Ok(Replay {
            answer: created(body),
            replayed: false,
        })
    };
    let again = |body| {
        Ok(Replay {
            answer: created(body),
            replayed: true,
        })
    };
    assert_eq!(ask("ana", "k", b"1"), first("0"));
    assert_eq!(ask("ana", "k", b"1"), again("0"));
    assert_eq!(
        ask("ana", "k", b"2"),
        Err((Kind::Invalid, "idempotency_mismatch"))
    );
    assert_eq!(ask("bo", "k", b"2"), first("1"));
    assert_eq!(ask("ana", "l", b"1"), first("2"));
    assert_eq!(ask("ana", &"x".repeat(255), b"1"), first("3"));
    for bad in ["", "a\nb", "clé", "a\u{7f}", &"x".repeat(256)] {
        assert_eq!(
            ask("ana", bad, b"1"),
            Err((Kind::Malformed, "idempotency_key_malformed"))
        );
    }
    assert_eq!(done.load(Ordering::Relaxed), 4);
}

#[test]
fn r256_a_refused_act_stores_nothing_and_may_be_tried_again() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let again = key("ana", "k", b"1");

    let refused = conn.transaction(|conn| {
        let refused = idempotency::once(conn, noon(), &again, |conn| {
            feed::tell(conn, noon(), "s", "k", "public", json!({}))?;
            Err(Fault::conflict("full"))
        });
        Ok::<_, Fault>(refused)
    });
    let done = conn.transaction(|conn| idempotency::once(conn, noon(), &again, |_| Ok(created(""))));

    assert_eq!(refused, Ok(Err(Fault::conflict("full"))));
    assert_eq!(done.map(|replay| replay.replayed), Ok(false));
    assert_eq!(feed::last(conn, "s"), Ok(0), "the savepoint took the event back");
}

#[test]
fn r256_fifty_at_once_under_one_key_are_one() {
    let db = testing::fresh();
    let done = Arc::new(AtomicU32::new(0));
    let answers: Vec<_> = std::thread::scope(|scope| {
        let askers: Vec<_> = (0..50)
            .map(|_| {
                let (db, done) = (&db, Arc::clone(&done));
                scope.spawn(move || {
                    db.write("once", move |conn| {
                        idempotency::once(conn, noon(), &key("ana", "k", b"1"), |_| {
                            Ok(created(&done.fetch_add(1, Ordering::Relaxed).to_string()))
                        })
                    })
                })
            })
            .collect();
        askers
            .into_iter()
            .map(|asker| asker.join().expect("ran").expect("answered"))
            .collect()
    });

    assert_eq!(answers.iter().filter(|replay| !replay.replayed).count(), 1);
    assert!(answers.iter().all(|replay| replay.answer == created("0")));
}

#[test]
fn an_act_that_asks_again_under_its_own_key_is_in_flight() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let same = key("ana", "k", b"1");
    let nested = conn.transaction(|conn| {
        idempotency::once(conn, noon(), &same, |conn| {
            idempotency::once(conn, noon(), &same, |_| Ok(created(""))).map(|replay| replay.answer)
        })
    });
    assert_eq!(nested.map_err(|fault| fault.code), Err("idempotency_in_flight"));
}

#[test]
fn answers_are_kept_for_a_day() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    conn.transaction(|conn| idempotency::once(conn, noon(), &key("ana", "k", b"1"), |_| Ok(created(""))))
        .expect("done");

    assert_eq!(idempotency::sweep(conn, noon().plus_days(1)), Ok(0));
    assert_eq!(
        idempotency::sweep(conn, noon().plus_days(1).plus_seconds(1)),
        Ok(1)
    );
}

// --- limits ---

fn attempt(address: &'static str) -> Attempt<'static> {
    Attempt {
        purpose: "sign_in",
        account: "ana@example.org",
        address,
    }
}

fn wait(conn: &mut Conn, now: Moment, address: &'static str) -> u32 {
    match limits::check(conn, now, &attempt(address)) {
        Ok(()) => 0,
        Err(fault) => {
            assert_eq!((fault.kind, fault.code), (Kind::TooMany, "too_many"));
            fault.retry_after_seconds.expect("it says when")
        }
    }
}

#[test]
fn delays_grow_to_a_bound_and_a_success_ends_them() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    let mut now = noon();
    let mut waits = vec![];
    for _ in 0..18 {
        limits::failed(conn, now, &attempt("a")).expect("counted");
        waits.push(wait(conn, now, "a"));
        now = now.plus_seconds(i64::from(*waits.last().expect("just pushed")));
        assert_eq!(wait(conn, now, "a"), 0, "never a lock-out");
    }
    assert_eq!(
        waits,
        [
            0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900
        ]
    );

    limits::succeeded(conn, now, &attempt("a")).expect("counted");

    limits::failed(conn, now, &attempt("a")).expect("counted");
    assert_eq!(wait(conn, now, "a"), 0);
}

/// §5.8 case 90.
#[test]
fn a_clock_set_back_delays_nobody_who_was_free_and_locks_nobody_out() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    limits::failed(conn, noon(), &attempt("a")).expect("counted");
    let back = noon().plus_seconds(-3600);
    assert_eq!(wait(conn, back, "a"), 0, "one failure is free");
    assert_eq!(
        wait(conn, noon().plus_seconds(-1), "a"),
        0,
        "also where two nodes differ a little"
    );

    for _ in 0..20 {
        limits::failed(conn, noon(), &attempt("a")).expect("counted");
    }
    assert_eq!(wait(conn, noon(), "a"), 900);
    assert_eq!(wait(conn, back, "a"), 0, "not an hour and a quarter");
    limits::failed(conn, back, &attempt("a")).expect("counted");
    assert_eq!(
        wait(conn, back, "a"),
        900,
        "the next failure counts by the clock as it is"
    );
    assert_eq!(wait(conn, back.plus_seconds(900), "a"), 0);
}

#[test]
fn guessing_from_elsewhere_slows_strangers_but_never_the_owner() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    limits::succeeded(conn, noon(), &attempt("home")).expect("counted");
    for number in 0..40 {
        let address = ["n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9", "n10"][number % 10];
        limits::failed(conn, noon(), &attempt(address)).expect("counted");
    }

    assert_eq!(wait(conn, noon(), "elsewhere"), 60);
    assert_eq!(wait(conn, noon(), "home"), 0);
    let other = Attempt {
        account: "bo@example.org",
        ..attempt("n1")
    };
    assert_eq!(
        limits::check(conn, noon(), &other),
        Ok(()),
        "addresses alone count for nothing"
    );
    let reset = Attempt {
        purpose: "reset",
        ..attempt("n1")
    };
    assert_eq!(limits::check(conn, noon(), &reset), Ok(()));
    assert_eq!(wait(conn, noon().plus_seconds(60), "elsewhere"), 0);
}

#[test]
fn tries_at_once_are_counted_one_after_the_other() {
    let db = testing::fresh();
    let allowed: usize = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..30)
            .map(|_| scope.spawn(|| db.write("try", |conn| limits::begin(conn, noon(), &attempt("a")))))
            .collect();
        tries
            .into_iter()
            .map(|one| usize::from(one.join().expect("ran").is_ok()))
            .sum()
    });
    assert_eq!(allowed, 5);
}

#[test]
fn counts_that_delay_nobody_any_more_are_forgotten() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    for _ in 0..8 {
        limits::failed(conn, noon(), &attempt("a")).expect("counted");
    }
    limits::failed(conn, noon().plus_minutes(61), &attempt("a")).expect("counted");
    assert_eq!(
        wait(conn, noon().plus_minutes(61), "a"),
        0,
        "counted anew after an hour"
    );
    limits::spend(conn, noon(), "post", "ana", 5, 60).expect("spent");

    assert_eq!(limits::sweep(conn, noon()), Ok(0));
    assert_eq!(limits::sweep(conn, noon().plus_minutes(122)), Ok(3));
}

#[test]
fn a_rate_is_spent_within_its_window() {
    let db = testing::fresh();
    let spend = |key: &'static str, now: Moment| {
        db.write("spend", move |conn| limits::spend(conn, now, "post", key, 3, 60))
            .map_err(|fault| fault.retry_after_seconds)
    };
    let now = noon().plus_seconds(20);
    let answers: Vec<_> = std::thread::scope(|scope| {
        let spenders: Vec<_> = (0..10).map(|_| scope.spawn(|| spend("ana", now))).collect();
        spenders
            .into_iter()
            .map(|spender| spender.join().expect("ran"))
            .collect()
    });

    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 3);
    assert_eq!(
        answers.iter().filter(|answer| **answer == Err(Some(40))).count(),
        7
    );
    assert_eq!(spend("bo", now), Ok(()));
    assert_eq!(spend("ana", noon().plus_seconds(60)), Ok(()));
    assert_eq!(
        limits::spend(&mut db.conn(), now, "none", "ana", 0, 60).map_err(|fault| fault.code),
        Err("too_many")
    );
}

#[test]
fn a_household_counts_as_one_address() {
    let network = |text: &str| rules::network(text.parse().expect("an address"));
    assert_eq!(network("192.0.2.7"), "192.0.2.7");
    assert_eq!(network("::ffff:192.0.2.7"), "192.0.2.7");
    assert_eq!(network("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
    assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::2"));
}

#[test]
fn delays_never_overflow() {
    assert_eq!(rules::delay_seconds(i64::MAX, 5, 900), 900);
    assert_eq!(rules::delay_seconds(5 + 63, 5, 900), 900);
    assert_eq!(rules::delay_seconds(-1, 5, 900), 0);
    assert_eq!(rules::next_try(noon(), i32::MAX, 10, 60), noon().plus_seconds(60));
}

// --- settings ---

#[test]
fn settings_keep_any_json() {
    let db = testing::fresh();
    let conn = &mut db.conn();
    assert_eq!(settings::get::<i64>(conn, "shift"), Ok(None));
    for value in [
        json!(5),
        json!(-0.5),
        json!("5"),
        json!(null),
        json!([1]),
        json!({"a": true}),
    ] {
        settings::put(conn, "shift", &value).expect("put");
        assert_eq!(settings::get::<Value>(conn, "shift"), Ok(Some(value)));
    }
    settings::put(conn, "shift", &i64::MIN).expect("put");
    assert_eq!(settings::get(conn, "shift"), Ok(Some(i64::MIN)));
    assert_eq!(
        settings::get::<bool>(conn, "shift").map_err(|fault| fault.kind),
        Err(Kind::Internal)
    );
}

#[test]
fn the_secret_is_drawn_once() {
    let db = testing::fresh();
    let secrets: Vec<[u8; 32]> = std::thread::scope(|scope| {
        let askers: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| db.write("secret", settings::secret)))
            .collect();
        askers
            .into_iter()
            .map(|asker| asker.join().expect("ran").expect("secret"))
            .collect()
    });
    assert!(
        secrets
            .iter()
            .all(|secret| *secret == secrets[0] && *secret != [0; 32])
    );
    let read = db
        .read("secret", settings::secret)
        .expect("readers need not draw it");
    assert_eq!(read, secrets[0]);
}
