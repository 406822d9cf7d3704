//! What does not fit in somebody's day: sessions at the same time, and ways between them that take longer than the time
//! there is. Pure: of a view of the released programme, so that nobody learns from their clashes what is not out yet.

use access_rules::SessionId;
use programme::released::{Programme, ReleasedSession, State};

/// What one is given to go from one venue to another, in minutes.
pub const BETWEEN_VENUES_MINUTES: i64 = 20;
/// What one is given to go from one floor to another, in minutes.
pub const BETWEEN_FLOORS_MINUTES: i64 = 5;

/// How two sessions of one person do not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// They take place at the same time.
    Overlap,
    /// The second begins before one can be there.
    Walk {
        /// What lies between them, in minutes.
        minutes: i64,
        /// What the way takes, in minutes.
        needed: i64,
    },
}

/// With which other sessions that somebody holds one does not fit, in their order.
pub fn misfits(
    programme: &Programme,
    held: &[SessionId],
    session: &ReleasedSession,
) -> Vec<(SessionId, Misfit)> {
    held.iter()
        .filter(|id| **id != session.id)
        .filter_map(|id| programme.session(*id))
        .filter_map(|other| Some((other.id, misfit(programme, session, other)?)))
        .collect()
}

fn misfit(programme: &Programme, one: &ReleasedSession, other: &ReleasedSession) -> Option<Misfit> {
    if one.state == State::Cancelled || other.state == State::Cancelled {
        return None;
    }
    let (first, second) = if one.starts_at <= other.starts_at {
        (one, other)
    } else {
        (other, one)
    };
    if second.starts_at < first.ends_at {
        return Some(Misfit::Overlap);
    }
    let minutes = second.starts_at.seconds_since(first.ends_at) / 60;
    let needed = walking_minutes(programme, first, second);
    (minutes < needed).then_some(Misfit::Walk { minutes, needed })
}

/// What the way from one session to another takes; none where it is not known.
fn walking_minutes(programme: &Programme, one: &ReleasedSession, other: &ReleasedSession) -> i64 {
    let (Some(from), Some(to)) = (programme.room_of(one), programme.room_of(other)) else {
        return 0;
    };
    let are_apart = from.venue.is_some() && to.venue.is_some() && from.venue != to.venue;
    if are_apart {
        return BETWEEN_VENUES_MINUTES;
    }
    let is_known = !from.floor.is_empty() && !to.floor.is_empty();
    if from.venue == to.venue && is_known && from.floor != to.floor {
        BETWEEN_FLOORS_MINUTES
    } else {
        0
    }
}
