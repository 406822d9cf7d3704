//! What is still to do: written in the transaction that wants it, done after it, surely, and perhaps twice.
//!
//! A worker leases a job for a while; if it dies, the lease runs out and another takes over. Whoever lost the lease can
//! neither finish nor fail the job any more. All moments are of the machine's clock.

use std::collections::BTreeMap;

use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Id, Json, Moment};
use serde_json::Value;

use crate::{
    engines,
    model::{Job, JobState},
    rules,
    tables::jobs,
};

/// Longest reason kept of a failure, in characters.
const REASON_LENGTH_MAX: usize = 500;
/// How long a done job is kept, in days.
pub const DONE_KEPT_DAYS: i64 = 7;

/// A job to be.
#[derive(Clone, Debug)]
pub struct NewJob<'a> {
    /// What to do.
    pub kind: &'a str,
    /// Where several want the same done, one waiting job with this key is enough.
    pub unique_key: Option<&'a str>,
    /// What the worker needs to know: an object or an array.
    pub payload: Value,
    /// Not before.
    pub run_at: Moment,
}

/// How patiently a job is tried again.
#[derive(Clone, Copy, Debug)]
pub struct Backoff {
    /// Attempts in all; then it is given up.
    pub attempts_max: i32,
    /// Wait after the first failure, in seconds; doubled each time.
    pub first_seconds: i64,
    /// Longest wait, in seconds.
    pub most_seconds: i64,
}

/// Queues a job; one that already waits under the same key is brought forward if need be. Answers whether it is new.
///
/// # Errors
/// When the database refuses.
pub fn enqueue(conn: &mut Conn, now: Moment, new: &NewJob<'_>) -> Result<bool, Fault> {
    let job = Job {
        id: Id::new(),
        kind: new.kind.to_owned(),
        unique_key: new.unique_key.map(str::to_owned),
        payload: Json(new.payload.clone()),
        run_at: new.run_at,
        state: JobState::Queued,
        attempts: 0,
        leased_until: None,
        last_error: None,
        created_at: now,
        ended_at: None,
    };
    let is_new = on_each!(conn, |c| diesel::insert_into(jobs::table)
        .values(&job)
        .on_conflict_do_nothing()
        .execute(c))
    .at_most_one()?;
    if !is_new {
        on_each!(conn, |c| diesel::update(jobs::table)
            .filter(jobs::kind.eq(new.kind))
            .filter(jobs::unique_key.eq(new.unique_key))
            .filter(jobs::state.eq(JobState::Queued))
            .filter(jobs::run_at.gt(new.run_at))
            .set(jobs::run_at.eq(new.run_at))
            .execute(c))?;
    }
    Ok(is_new)
}

/// Takes up to `limit` jobs of these kinds whose turn it is, for `lease_seconds`.
///
/// # Errors
/// When the database refuses.
pub fn lease(
    conn: &mut Conn,
    kinds: &[&str],
    now: Moment,
    lease_seconds: i64,
    limit: i64,
) -> Result<Vec<Job>, Fault> {
    let due = engines::jobs_due(conn, kinds, now, limit)?;
    let mut leased: Vec<Job> = on_each!(conn, |c| diesel::update(jobs::table)
        .filter(jobs::id.eq_any(due))
        .set((
            jobs::state.eq(JobState::Running),
            jobs::attempts.eq(jobs::attempts + 1),
            jobs::leased_until.eq(now.plus_seconds(lease_seconds)),
        ))
        .returning(Job::as_returning())
        .get_results(c))?;
    leased.sort_by_key(|job| (job.run_at, job.id));
    Ok(leased)
}

/// Marks a leased job as done. False when the lease was lost meanwhile: somebody else has it.
///
/// # Errors
/// When the database refuses.
pub fn finish(conn: &mut Conn, now: Moment, job: &Job) -> Result<bool, Fault> {
    end(conn, now, job, JobState::Done, job.last_error.clone())
}

/// Puts a leased job back for later, or gives it up after its last attempt, or when a younger one waits under its key.
/// Answers its state; none when the lease was lost meanwhile.
///
/// # Errors
/// When the database refuses.
pub fn fail_and_retry(
    conn: &mut Conn,
    now: Moment,
    job: &Job,
    reason: &str,
    backoff: Backoff,
) -> Result<Option<JobState>, Fault> {
    let reason: String = reason.chars().take(REASON_LENGTH_MAX).collect();
    if job.attempts >= backoff.attempts_max || is_superseded(conn, job)? {
        let given_up = end(conn, now, job, JobState::Failed, Some(reason))?;
        return Ok(given_up.then_some(JobState::Failed));
    }
    let again = rules::next_try(now, job.attempts, backoff.first_seconds, backoff.most_seconds);
    let put_back = on_each!(conn, |c| diesel::update(jobs::table)
        .filter(jobs::id.eq(job.id))
        .filter(jobs::state.eq(JobState::Running))
        .filter(jobs::attempts.eq(job.attempts))
        .set((
            jobs::state.eq(JobState::Queued),
            jobs::run_at.eq(again),
            jobs::leased_until.eq(None::<Moment>),
            jobs::last_error.eq(&reason),
        ))
        .execute(c))
    .at_most_one()?;
    Ok(put_back.then_some(JobState::Queued))
}

/// Jobs that were given up, the latest first: for those who look after the site.
///
/// # Errors
/// When the database refuses.
pub fn given_up(conn: &mut Conn, limit: i64) -> Result<Vec<Job>, Fault> {
    Ok(on_each!(conn, |c| jobs::table
        .filter(jobs::state.eq(JobState::Failed))
        .order((jobs::ended_at.desc(), jobs::id.desc()))
        .limit(limit)
        .select(Job::as_select())
        .load(c))?)
}

/// How many jobs are in each state.
///
/// # Errors
/// When the database refuses.
pub fn counts(conn: &mut Conn) -> Result<BTreeMap<JobState, i64>, Fault> {
    let counted: Vec<(JobState, i64)> = on_each!(conn, |c| jobs::table
        .group_by(jobs::state)
        .select((jobs::state, diesel::dsl::count_star()))
        .load(c))?;
    Ok(JobState::ALL
        .iter()
        .map(|state| (*state, 0))
        .chain(counted)
        .collect())
}

/// Forgets jobs done a week ago. Answers how many.
///
/// # Errors
/// When the database refuses.
pub fn sweep(conn: &mut Conn, now: Moment, days: i64) -> Result<usize, Fault> {
    Ok(on_each!(conn, |c| diesel::delete(jobs::table)
        .filter(jobs::state.eq(JobState::Done))
        .filter(jobs::ended_at.lt(now.plus_days(-days)))
        .execute(c))?)
}

fn end(
    conn: &mut Conn,
    now: Moment,
    job: &Job,
    state: JobState,
    reason: Option<String>,
) -> Result<bool, Fault> {
    on_each!(conn, |c| diesel::update(jobs::table)
        .filter(jobs::id.eq(job.id))
        .filter(jobs::state.eq(JobState::Running))
        .filter(jobs::attempts.eq(job.attempts))
        .set((
            jobs::state.eq(state),
            jobs::leased_until.eq(None::<Moment>),
            jobs::last_error.eq(&reason),
            jobs::ended_at.eq(now),
        ))
        .execute(c))
    .at_most_one()
}

fn is_superseded(conn: &mut Conn, job: &Job) -> Result<bool, Fault> {
    let Some(key) = &job.unique_key else {
        return Ok(false);
    };
    let waiting: i64 = on_each!(conn, |c| jobs::table
        .filter(jobs::kind.eq(&job.kind))
        .filter(jobs::unique_key.eq(key))
        .filter(jobs::state.eq(JobState::Queued))
        .count()
        .get_result(c))?;
    Ok(waiting > 0)
}
