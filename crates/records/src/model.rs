//! The rows: entries of the audit chain, denials, events, jobs, stored answers.

use diesel::prelude::*;
use kernel::{Id, Json, Moment};
use serde::Serialize;
use serde_json::Value;

use crate::tables::{audit_entries, denials, feed_events, idempotency_keys, jobs};

/// Marks the id of whoever acts; persons are known only to crates above this one, which cast to it.
pub enum Subject {}

/// Marks the id of whatever is acted on.
pub enum Object {}

/// One link of the audit chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_entries)]
pub struct Entry {
    /// Its number, from 1, without gaps.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who; none when the site itself acted.
    pub actor: Option<Id<Subject>>,
    /// What was done: `session.place`.
    pub act: String,
    /// To what kind of thing: `session`.
    pub object_kind: String,
    /// To which one.
    pub object_id: Option<Id<Object>>,
    /// In which edition of the congress.
    pub scope: Option<Id<Object>>,
    /// The facts, as the JSON text that was hashed.
    pub summary: String,
    /// SHA-256 of the object before, in hex.
    pub before_hash: Option<String>,
    /// SHA-256 of the object after, in hex.
    pub after_hash: Option<String>,
    /// SHA-256 over the hash before and everything above, in hex.
    pub hash: String,
}

impl Entry {
    /// The facts, read; an empty object when somebody tampered with them.
    pub fn facts(&self) -> Value {
        serde_json::from_str(&self.summary).unwrap_or_else(|_| Value::Object(serde_json::Map::new()))
    }
}

/// One refusal: ids and a reason, never a title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Denial {
    /// Who; none when nobody was signed in.
    pub subject: Option<Id<Subject>>,
    /// What kind of thing was asked for.
    pub object_kind: String,
    /// Which one.
    pub object_id: Option<Id<Object>>,
    /// What was to be done with it.
    pub act: String,
    /// Why not.
    pub reason: String,
    /// When.
    pub at: Moment,
}

/// A denial as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = denials)]
pub struct DenialRow {
    /// Its id; they sort by time.
    pub id: Id<DenialRow>,
    /// When.
    pub at: Moment,
    /// Who; none when nobody was signed in.
    pub subject: Option<Id<Subject>>,
    /// What was to be done.
    pub act: String,
    /// With what kind of thing.
    pub object_kind: String,
    /// With which one.
    pub object_id: Option<Id<Object>>,
    /// Why not.
    pub reason: String,
}

/// One event of a stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = feed_events)]
pub struct Event {
    /// The stream it stands in: `edition:<id>`, `meeting:<id>`.
    pub stream: String,
    /// Its number in the stream, from 1, without gaps.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// What happened: `session.moved`.
    pub kind: String,
    /// Who may know: one visibility key, checked again for each follower.
    pub visible_to: String,
    /// The facts.
    pub payload: Json<Value>,
}

kernel::coded! {
    /// How far a job is.
    pub enum JobState {
        /// It waits for its time.
        Queued => "queued",
        /// Somebody leased it and works on it.
        Running => "running",
        /// It was done.
        Done => "done",
        /// It was given up after its last attempt.
        Failed => "failed",
    }
}

/// Something to be done after the transaction, surely, and perhaps twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = jobs)]
pub struct Job {
    /// Its id.
    pub id: Id<Job>,
    /// What to do: `letter.send`.
    pub kind: String,
    /// Of the waiting jobs of a kind, at most one has this key.
    pub unique_key: Option<String>,
    /// What the worker needs to know.
    pub payload: Json<Value>,
    /// Not before this moment of the machine's clock.
    pub run_at: Moment,
    /// How far it is.
    pub state: JobState,
    /// How often it was leased.
    pub attempts: i32,
    /// Until when the worker has it to itself.
    pub leased_until: Option<Moment>,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
    /// When it was queued.
    pub created_at: Moment,
    /// When it was done or given up.
    pub ended_at: Option<Moment>,
}

/// An answer kept under its idempotency key; empty while the act is being done.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = idempotency_keys)]
pub struct KeptAnswer {
    /// Who asked: a person, a token, a browser.
    pub actor: String,
    /// Method and path.
    pub route: String,
    /// The key the caller chose.
    pub key: String,
    /// The fingerprint of the request.
    pub body_hash: Vec<u8>,
    /// The status of the answer.
    pub status: Option<i32>,
    /// Its body.
    pub answer: Option<String>,
    /// Its headers.
    pub headers: Option<Json<Vec<(String, String)>>>,
    /// When the act was done, by the machine's clock.
    pub created_at: Moment,
}
