//! What happened, for those who follow along. Each stream numbers its events without gaps, in the order of their
//! COMMITs: whoever has seen number 7 has seen 1 to 7, so `Last-Event-ID` never skips.

use std::collections::HashMap;

use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Json, Moment};
use serde_json::Value;

use crate::{
    model::Event,
    tables::{feed_events, feed_streams},
};

/// Appends an event to a stream, which comes into being with its first, and answers its number.
///
/// `payload` must be an object or an array. The stream stays taken until COMMIT, so tell last.
///
/// # Errors
/// When the database refuses.
pub fn tell(
    conn: &mut Conn,
    now: Moment,
    stream: &str,
    kind: &str,
    visible_to: &str,
    payload: Value,
) -> Result<i64, Fault> {
    let seq: i64 = on_each!(conn, |c| diesel::insert_into(feed_streams::table)
        .values((feed_streams::name.eq(stream), feed_streams::seq.eq(1_i64)))
        .on_conflict(feed_streams::name)
        .do_update()
        .set(feed_streams::seq.eq(feed_streams::seq + 1))
        .returning(feed_streams::seq)
        .get_result(c))?;
    let event = Event {
        stream: stream.to_owned(),
        seq,
        at: now,
        kind: kind.to_owned(),
        visible_to: visible_to.to_owned(),
        payload: Json(payload),
    };
    on_each!(conn, |c| diesel::insert_into(feed_events::table)
        .values(&event)
        .execute(c))
    .exactly_one()?;
    Ok(seq)
}

/// What came after number `seq`, oldest first. Whoever passes an event on checks `visible_to` first.
///
/// # Errors
/// When the database refuses.
pub fn after(conn: &mut Conn, stream: &str, seq: i64, limit: i64) -> Result<Vec<Event>, Fault> {
    Ok(on_each!(conn, |c| feed_events::table
        .filter(feed_events::stream.eq(stream))
        .filter(feed_events::seq.gt(seq))
        .order(feed_events::seq)
        .limit(limit)
        .select(Event::as_select())
        .load(c))?)
}

/// The number of the last event; 0 for a stream without any.
///
/// # Errors
/// When the database refuses.
pub fn last(conn: &mut Conn, stream: &str) -> Result<i64, Fault> {
    let last: Option<i64> = on_each!(conn, |c| feed_streams::table
        .filter(feed_streams::name.eq(stream))
        .select(feed_streams::seq)
        .first(c)
        .optional())?;
    Ok(last.unwrap_or(0))
}

/// The numbers of the last events of several streams, by name; streams without any are left out.
///
/// # Errors
/// When the database refuses.
pub fn lasts(conn: &mut Conn, streams: &[String]) -> Result<HashMap<String, i64>, Fault> {
    let lasts: Vec<(String, i64)> = on_each!(conn, |c| feed_streams::table
        .filter(feed_streams::name.eq_any(streams))
        .select((feed_streams::name, feed_streams::seq))
        .load(c))?;
    Ok(lasts.into_iter().collect())
}

/// Changes what the events of one kind in a stream say, where `amend` answers that it did: when a name must go from what
/// was told. Numbers and moments stay. Answers how many.
///
/// # Errors
/// When the database refuses.
pub fn amend(
    conn: &mut Conn,
    stream: &str,
    kind: &str,
    mut amend: impl FnMut(&mut Value) -> bool,
) -> Result<usize, Fault> {
    let events: Vec<Event> = on_each!(conn, |c| feed_events::table
        .filter(feed_events::stream.eq(stream))
        .filter(feed_events::kind.eq(kind))
        .order(feed_events::seq)
        .select(Event::as_select())
        .load(c))?;
    let mut amended = 0;
    for mut event in events {
        if !amend(&mut event.payload.0) {
            continue;
        }
        on_each!(conn, |c| diesel::update(feed_events::table)
            .filter(feed_events::stream.eq(stream))
            .filter(feed_events::seq.eq(event.seq))
            .set(feed_events::payload.eq(&event.payload))
            .execute(c))
        .exactly_one()?;
        amended += 1;
    }
    Ok(amended)
}
