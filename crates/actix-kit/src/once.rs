//! Acts that are done once however often they are sent (R256): the key, the act and the kept answer share a savepoint.

use access_rules::Actor;
use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use db::Conn;
use kernel::{Fault, Kind, Moment};
use records::idempotency::{self, Answer, Key, Replay};
use serde::Serialize;

use crate::{Caller, Problem, version::etag};

/// The fault for an act that needs an `Idempotency-Key` and has none.
pub fn key_missing() -> Fault {
    Fault::new(Kind::Malformed, "idempotency_key_missing")
}

/// The answer of a creating act: status, view, and where the new thing is.
pub fn answer(status: StatusCode, view: &impl Serialize) -> Result<Answer, Fault> {
    let body = serde_json::to_string(view).map_err(Fault::internal)?;
    Ok(Answer {
        status: status.as_u16(),
        body,
        headers: vec![("Content-Type".into(), "application/json".into())],
    })
}

/// The answer `201 Created` with its address and, where it has one, its version.
///
/// # Errors
/// Internal, when the view cannot be written.
pub fn created(location: &str, version: Option<i64>, view: &impl Serialize) -> Result<Answer, Fault> {
    let mut answer = answer(StatusCode::CREATED, view)?;
    answer.headers.push(("Location".into(), location.to_owned()));
    if let Some(version) = version {
        answer.headers.push(("ETag".into(), etag(version).1));
    }
    Ok(answer)
}

/// A kept answer as it goes out; said to be a replay when it is one.
pub fn reply(replay: Replay) -> HttpResponse {
    let status = StatusCode::from_u16(replay.answer.status).unwrap_or(StatusCode::OK);
    let mut answer = HttpResponse::build(status);
    for (name, value) in &replay.answer.headers {
        answer.insert_header((name.as_str(), value.as_str()));
    }
    if replay.replayed {
        answer.insert_header(("Idempotent-Replayed", "true"));
    }
    answer.insert_header((header::CACHE_CONTROL, "no-store"));
    answer.body(replay.answer.body)
}

/// The kept answer that says it is done and there is nothing to show.
pub fn done(status: StatusCode) -> Answer {
    Answer {
        status: status.as_u16(),
        body: String::new(),
        headers: vec![],
    }
}

impl Caller {
    /// Does an act of the API once under the request's `Idempotency-Key`.
    ///
    /// # Errors
    /// `idempotency_key_missing`, `idempotency_mismatch`, or what `run` refuses.
    pub async fn once(
        &self,
        name: &'static str,
        body_hash: &[u8],
        run: impl Fn(&mut Conn, &Actor, Moment) -> Result<Answer, Fault> + Send + 'static,
    ) -> Result<HttpResponse, Problem> {
        let Some(key) = self.idempotency_key().map(str::to_owned) else {
            return Err(self.problem(key_missing()));
        };
        let replay = self
            .try_once(name, &key, body_hash, run)
            .await
            .map_err(|fault| self.problem(fault))?;
        Ok(reply(replay))
    }

    /// Does an act once under a key of a form's hidden field.
    ///
    /// # Errors
    /// As [`Self::once`], as bare faults.
    pub async fn try_once(
        &self,
        name: &'static str,
        key: &str,
        body_hash: &[u8],
        run: impl Fn(&mut Conn, &Actor, Moment) -> Result<Answer, Fault> + Send + 'static,
    ) -> Result<Replay, Fault> {
        let (route, key, hash, machine_now, network) = (
            self.route().to_owned(),
            key.to_owned(),
            body_hash.to_vec(),
            self.machine_now(),
            self.network(),
        );
        self.try_write(name, move |conn, actor, now| {
            let who = actor
                .person
                .map_or_else(|| format!("nobody at {network}"), |person| person.to_string());
            let key = Key {
                actor: &who,
                route: &route,
                key: &key,
                body_hash: &hash,
            };
            idempotency::once(conn, machine_now, &key, |conn| run(conn, actor, now))
        })
        .await
    }
}
