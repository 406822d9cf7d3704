//! The one statement the two engines do not share.

use db::Conn;
use diesel::prelude::*;
use kernel::{Id, Moment};

use crate::{
    model::{Letter, LetterState},
    tables::letters,
};

/// The letters whose turn it is: those with a code first, since somebody waits before a form. PostgreSQL passes over
/// those another node is just taking; SQLite has one writer.
pub(crate) fn letters_due(conn: &mut Conn, now: Moment, limit: i64) -> QueryResult<Vec<Id<Letter>>> {
    let is_time = letters::not_before
        .is_null()
        .or(letters::not_before.le(now).assume_not_null());
    let is_turn = letters::next_try_at
        .is_null()
        .or(letters::next_try_at.le(now).assume_not_null());
    let waiting = letters::state.eq(LetterState::Waiting).and(is_time).and(is_turn);
    let abandoned = letters::state
        .eq(LetterState::Sending)
        .and(letters::leased_until.le(now).assume_not_null());
    let turn = letters::table
        .filter(waiting.or(abandoned))
        .order((letters::secret.is_null(), letters::id))
        .limit(limit)
        .select(letters::id);
    match conn {
        Conn::Sqlite(c) => turn.load(c),
        Conn::Pg(c) => turn.for_update().skip_locked().load(c),
    }
}
