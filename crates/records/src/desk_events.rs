//! What happens at an edition's desk, for programs that follow it: ids and states, told where somebody wants to know.
//!
//! An act leaves a job, if its kind is followed, and a worker tells the edition's desk stream of the feed by it. So no act
//! waits for another at the stream, and what nobody follows is kept nowhere. Which kinds there are, who follows them and who
//! may is decided elsewhere; events of one moment may be told in another order.

use std::fmt::Display;

use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Moment};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{
    feed,
    jobs::{self, NewJob},
    tables::{feed_events, feed_follows},
};

/// How long events are kept, in days.
const KEPT_DAYS: i64 = 30;
/// The job's kind.
pub const JOB: &str = "desk.event";

/// An event, as a job carries it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Left {
    stream: String,
    kind: String,
    visible_to: String,
    at: Moment,
    payload: Value,
}

/// The stream of what happens at an edition's desk.
pub fn stream(edition: impl Display) -> String {
    format!("desk:{edition}")
}

/// Whether anything of an edition's desk is followed.
///
/// # Errors
/// When the database refuses.
pub fn is_followed(conn: &mut Conn, edition: impl Display) -> Result<bool, Fault> {
    let followed: i64 = on_each!(conn, |c| feed_follows::table
        .filter(feed_follows::stream.eq(stream(&edition)))
        .count()
        .get_result(c))?;
    Ok(followed > 0)
}

/// Leaves an event where its kind is followed. `payload` is an object of ids and states; `visible_to` a key that whoever is
/// told must hold.
///
/// # Errors
/// When the database refuses.
pub fn leave(
    conn: &mut Conn,
    now: Moment,
    edition: impl Display,
    kind: &str,
    visible_to: &str,
    payload: Value,
) -> Result<(), Fault> {
    let stream = stream(edition);
    let followed: i64 = on_each!(conn, |c| feed_follows::table
        .filter(feed_follows::stream.eq(&stream))
        .filter(feed_follows::kind.eq(kind))
        .count()
        .get_result(c))?;
    if followed == 0 {
        return Ok(());
    }
    left(conn, now, stream, kind, visible_to, payload)
}

fn left(
    conn: &mut Conn,
    now: Moment,
    stream: String,
    kind: &str,
    visible_to: &str,
    payload: Value,
) -> Result<(), Fault> {
    let left = Left {
        stream,
        kind: kind.to_owned(),
        visible_to: visible_to.to_owned(),
        at: now,
        payload,
    };
    let job = NewJob {
        kind: JOB,
        unique_key: None,
        payload: json!(left),
        // At once by whatever clock: jobs go by the machine's, acts by the congress's.
        run_at: Moment::from_micros(0),
    };
    jobs::enqueue(conn, now, &job).map(drop)
}

/// The same of what belongs to no edition: to each desk that follows its kind.
///
/// # Errors
/// When the database refuses.
pub fn leave_everywhere(
    conn: &mut Conn,
    now: Moment,
    kind: &str,
    visible_to: &str,
    payload: &Value,
) -> Result<(), Fault> {
    let streams: Vec<String> = on_each!(conn, |c| feed_follows::table
        .filter(feed_follows::kind.eq(kind))
        .order(feed_follows::stream)
        .select(feed_follows::stream)
        .load(c))?;
    for stream in streams {
        left(conn, now, stream, kind, visible_to, payload.clone())?;
    }
    Ok(())
}

/// Tells the stream what a job carries. Answers the event's number.
///
/// # Errors
/// When the job is none of these, or the database refuses.
pub fn tell(conn: &mut Conn, payload: &Value) -> Result<i64, Fault> {
    let left: Left = serde_json::from_value(payload.clone()).map_err(Fault::internal)?;
    feed::tell(
        conn,
        left.at,
        &left.stream,
        &left.kind,
        &left.visible_to,
        left.payload,
    )
}

/// Says which kinds of an edition's desk are followed from now on; no others are.
///
/// # Errors
/// When the database refuses.
pub fn follow(conn: &mut Conn, edition: impl Display, kinds: &[&str]) -> Result<(), Fault> {
    let stream = stream(edition);
    on_each!(conn, |c| diesel::delete(feed_follows::table)
        .filter(feed_follows::stream.eq(&stream))
        .execute(c))?;
    for kind in kinds {
        on_each!(conn, |c| diesel::insert_into(feed_follows::table)
            .values((feed_follows::stream.eq(&stream), feed_follows::kind.eq(*kind)))
            .on_conflict_do_nothing()
            .execute(c))
        .at_most_one()?;
    }
    Ok(())
}

/// Forgets what happened at the desks of all editions over a month ago, by the clock it happened by: the congress's.
/// Answers how many events.
///
/// # Errors
/// When the database refuses.
pub fn sweep(conn: &mut Conn, now: Moment) -> Result<usize, Fault> {
    Ok(on_each!(conn, |c| diesel::delete(feed_events::table)
        .filter(feed_events::stream.like(format!("{}%", stream(""))))
        .filter(feed_events::at.lt(now.plus_days(-KEPT_DAYS)))
        .execute(c))?)
}
