//! The same request again: done once, and answered the same.

use super::*;

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
