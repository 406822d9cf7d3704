//! What was already answered: a request sent twice under one key is done once, and answered the same (R256).
//!
//! The key's row is inserted before the act, in the same savepoint. Its primary key decides between two that come at
//! once: on PostgreSQL the second waits for the first to commit. An act that is refused leaves no row, so it may be
//! tried again under its key.

use db::{Affected as _, Conn, Kept, on_each};
use diesel::prelude::*;
use kernel::{Fault, Json, Kind, Moment, text::with_words_replaced};

use crate::{faults::RecordsFault, model::KeptAnswer, rules, tables::idempotency_keys};

/// Under which a request is remembered.
#[derive(Clone, Copy, Debug)]
pub struct Key<'a> {
    /// Who asks: a person, a token, a browser. Others' keys are other keys.
    pub actor: &'a str,
    /// Method and path.
    pub route: &'a str,
    /// The key the caller chose: 1 to 255 printable ASCII characters.
    pub key: &'a str,
    /// SHA-256 of the body.
    pub body_hash: &'a [u8],
}

/// An answer as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status, which means nothing here.
    pub status: u16,
    /// The body.
    pub body: String,
    /// Headers that belong to it: `Location`, `ETag`, `Content-Type`.
    pub headers: Vec<(String, String)>,
}

/// An answer, and whether it is an earlier one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// The answer.
    pub answer: Answer,
    /// Whether it was given before.
    pub replayed: bool,
}

/// Does `act` unless it was done under this key before, and answers what it answered then.
///
/// # Errors
/// `idempotency_key_malformed`; `idempotency_mismatch` when the key was used with another body;
/// `idempotency_in_flight` while it is being done elsewhere; whatever `act` refuses, which stores nothing.
pub fn once(
    conn: &mut Conn,
    now: Moment,
    key: &Key<'_>,
    act: impl FnOnce(&mut Conn) -> Result<Answer, Fault>,
) -> Result<Replay, Fault> {
    if !rules::is_idempotency_key(key.key) {
        return Err(RecordsFault::KeyMalformed.into());
    }
    conn.savepoint(|conn| {
        if !take(conn, now, key)? {
            return earlier(conn, key);
        }
        let answer = act(conn)?;
        keep(conn, key, &answer)?;
        Ok(Replay {
            answer,
            replayed: false,
        })
    })
}

/// Forgets answers older than a day. Answers how many.
///
/// # Errors
/// When the database refuses.
pub fn sweep(conn: &mut Conn, now: Moment) -> Result<usize, Fault> {
    Ok(on_each!(conn, |c| diesel::delete(idempotency_keys::table)
        .filter(idempotency_keys::created_at.lt(now.plus_minutes(-60 * rules::ANSWER_KEPT_HOURS)))
        .execute(c))?)
}

/// Forgets what somebody was answered, and every answer in which one of these texts stands for itself.
///
/// # Errors
/// When the database refuses.
pub fn forget(conn: &mut Conn, actor: &str, texts: &[&str]) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::delete(idempotency_keys::table)
        .filter(idempotency_keys::actor.eq(actor))
        .execute(c))?;
    for text in texts.iter().filter(|text| !text.is_empty()) {
        let written = text.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        let found: Vec<(String, String, String, Option<String>)> =
            on_each!(conn, |c| idempotency_keys::table
                .filter(idempotency_keys::answer.like(format!("%{written}%")).escape('!'))
                .select((
                    idempotency_keys::actor,
                    idempotency_keys::route,
                    idempotency_keys::key,
                    idempotency_keys::answer,
                ))
                .load(c))?;
        for (actor, route, key, answer) in found {
            if with_words_replaced(&answer.unwrap_or_default(), text, "").is_none() {
                continue;
            }
            on_each!(conn, |c| diesel::delete(
                idempotency_keys::table.find((&actor, &route, &key))
            )
            .execute(c))?;
        }
    }
    Ok(())
}

/// Inserts the key's row; false when it is there already.
fn take(conn: &mut Conn, now: Moment, key: &Key<'_>) -> Result<bool, Fault> {
    let row = KeptAnswer {
        actor: key.actor.to_owned(),
        route: key.route.to_owned(),
        key: key.key.to_owned(),
        body_hash: key.body_hash.to_vec(),
        status: None,
        answer: None,
        headers: None,
        created_at: now,
    };
    on_each!(conn, |c| diesel::insert_into(idempotency_keys::table)
        .values(&row)
        .on_conflict_do_nothing()
        .execute(c))
    .at_most_one()
}

fn keep(conn: &mut Conn, key: &Key<'_>, answer: &Answer) -> Result<(), Fault> {
    let kept: Option<Option<i32>> = on_each!(conn, |c| Kept(
        diesel::update(idempotency_keys::table.find((key.actor, key.route, key.key)))
            .set((
                idempotency_keys::status.eq(i32::from(answer.status)),
                idempotency_keys::answer.eq(&answer.body),
                idempotency_keys::headers.eq(Json(answer.headers.clone())),
            ))
            .returning(idempotency_keys::status)
    )
    .get_result(c)
    .optional())?;
    kept.map(drop)
        .ok_or_else(|| Fault::internal("the key's row went away while its act was done"))
}

fn earlier(conn: &mut Conn, key: &Key<'_>) -> Result<Replay, Fault> {
    let in_flight = || Fault {
        retry_after_seconds: Some(1),
        ..Fault::conflict("idempotency_in_flight")
    };
    let kept: Option<KeptAnswer> = on_each!(conn, |c| idempotency_keys::table
        .find((key.actor, key.route, key.key))
        .select(KeptAnswer::as_select())
        .first(c)
        .optional())?;
    let kept = kept.ok_or_else(in_flight)?;
    if kept.body_hash != key.body_hash {
        return Err(Fault::new(Kind::Invalid, "idempotency_mismatch"));
    }
    let (Some(status), Some(body)) = (kept.status, kept.answer) else {
        return Err(in_flight());
    };
    Ok(Replay {
        answer: Answer {
            status: u16::try_from(status).map_err(Fault::internal)?,
            body,
            headers: kept.headers.map(|headers| headers.0).unwrap_or_default(),
        },
        replayed: true,
    })
}
