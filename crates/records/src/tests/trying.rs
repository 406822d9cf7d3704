//! How often one may try.

use super::*;

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
