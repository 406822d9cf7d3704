//! The one statement the two engines do not share.

use db::Conn;
use diesel::prelude::*;
use kernel::{Id, Moment};

use crate::{
    model::{Job, JobState},
    tables::jobs,
};

/// The jobs whose turn it is. PostgreSQL passes over those another node is just taking; SQLite has one writer.
pub(crate) fn jobs_due(
    conn: &mut Conn,
    kinds: &[&str],
    now: Moment,
    limit: i64,
) -> QueryResult<Vec<Id<Job>>> {
    let waiting = jobs::state.eq(JobState::Queued).and(jobs::run_at.le(now));
    let abandoned = jobs::state
        .eq(JobState::Running)
        .and(jobs::leased_until.le(now).assume_not_null());
    let turn = jobs::table
        .filter(jobs::kind.eq_any(kinds))
        .filter(waiting.or(abandoned))
        .order((jobs::run_at, jobs::id))
        .limit(limit)
        .select(jobs::id);
    match conn {
        Conn::Sqlite(c) => turn.load(c),
        Conn::Pg(c) => turn.for_update().skip_locked().load(c),
    }
}
