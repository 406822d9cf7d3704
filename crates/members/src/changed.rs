//! What somebody is has changed: whoever decided something by it decides again.
//!
//! Admissions to tracks depend on tags, and tags on records kept here. Members know nothing of registrations, so they
//! leave a job in the same transaction; the slice above takes it up. One waiting job per organisation or person is enough.

use access_rules::{OrganisationId, PersonId};
use db::Conn;
use kernel::{Fault, Moment};
use records::jobs::{self, NewJob};
use serde_json::{Value, json};

/// The job's kind. Its payload is `{"person": id}` or `{"organisation": id}`: everybody with a position there.
pub const JOB: &str = "members.audience_changed";

/// The tags of a person may have changed.
pub(crate) fn person(conn: &mut Conn, now: Moment, person: PersonId) -> Result<(), Fault> {
    tell(
        conn,
        now,
        &format!("person:{person}"),
        json!({ "person": person }),
    )
}

/// The tags of everybody with a position in an organisation may have changed.
pub(crate) fn organisation(conn: &mut Conn, now: Moment, organisation: OrganisationId) -> Result<(), Fault> {
    let key = format!("organisation:{organisation}");
    tell(conn, now, &key, json!({ "organisation": organisation }))
}

fn tell(conn: &mut Conn, now: Moment, key: &str, payload: Value) -> Result<(), Fault> {
    let job = NewJob {
        kind: JOB,
        unique_key: Some(key),
        payload,
        // At once by whatever clock: jobs go by the machine's, this act by the congress's.
        run_at: Moment::from_micros(0),
    };
    jobs::enqueue(conn, now, &job).map(drop)
}
