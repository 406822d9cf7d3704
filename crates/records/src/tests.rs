//! What the site remembers, on a fresh database each.

mod auditing;
mod listing;
mod once;
mod trying;
mod working_off;

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
fn of_those_who_take_a_setting_at_once_each_reads_what_the_one_before_made() {
    const AT_ONCE: i64 = 12;
    let db = testing::fresh();
    let count = |conn: &mut Conn| {
        settings::take(conn, "counted")?;
        let before: i64 = settings::get(conn, "counted")?.unwrap_or(0);
        settings::put(conn, "counted", &(before + 1))
    };

    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| db.write("count", count).expect("counted"));
        }
    });

    let counted = db.read("counted", |conn| settings::get::<i64>(conn, "counted"));
    assert_eq!(counted, Ok(Some(AT_ONCE)));
}

#[test]
fn a_setting_that_is_taken_is_what_it_was() {
    let db = testing::fresh();
    let conn = &mut db.conn();

    settings::take(conn, "shift").expect("taken");
    assert_eq!(settings::get::<i64>(conn, "shift"), Ok(None));
    settings::put(conn, "shift", &5).expect("put");
    settings::take(conn, "shift").expect("taken");
    assert_eq!(settings::get(conn, "shift"), Ok(Some(5)));
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
