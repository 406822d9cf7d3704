//! Visits: when somebody last looked at a meeting, so that the page can say what came since.

use access_rules::Actor;
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Moment};

use crate::{
    meetings,
    model::{MeetingId, Visit},
    tables::meeting_visits,
};

/// Remembers that this actor looked at a meeting now; the page that shows it calls this after it was read.
///
/// # Errors
/// 401; 404 when it is absent or not open to them.
pub fn look(conn: &mut Conn, actor: &Actor, now: Moment, meeting: MeetingId) -> Result<(), Fault> {
    meetings::known(conn, actor, now, meeting)?;
    let visit = Visit {
        person: actor.person.ok_or_else(Fault::sign_in_needed)?,
        meeting,
        last_seen_at: now,
    };
    on_each!(conn, |c| diesel::insert_into(meeting_visits::table)
        .values(&visit)
        .on_conflict((meeting_visits::person, meeting_visits::meeting))
        .do_update()
        .set(meeting_visits::last_seen_at.eq(now))
        .execute(c))
    .exactly_one()
}

/// When this actor last looked at a meeting.
pub(crate) fn last_seen(conn: &mut Conn, actor: &Actor, meeting: MeetingId) -> Result<Option<Moment>, Fault> {
    let Some(person) = actor.person else {
        return Ok(None);
    };
    Ok(on_each!(conn, |c| meeting_visits::table
        .find((person, meeting))
        .select(meeting_visits::last_seen_at)
        .first(c)
        .optional())?)
}
