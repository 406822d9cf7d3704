//! The feed and the jobs: numbered without gaps, done once.

use super::*;

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
    assert_eq!(
        jobs::sweep(conn, noon().plus_days(6), jobs::DONE_KEPT_DAYS),
        Ok(0)
    );
    assert_eq!(
        jobs::sweep(conn, noon().plus_days(8), jobs::DONE_KEPT_DAYS),
        Ok(1)
    );
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
