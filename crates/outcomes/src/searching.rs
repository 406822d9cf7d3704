//! What is found of outcomes by their words: what they say now, in every language, for whoever has the key beside the row.
//!
//! Who reads an outcome for having to do with it ([`crate::sight`]) and has not its key finds it in lists, and not by this.

use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::Fault;
use search::{Kind, Thing};
use texts::searched;

use crate::{
    model::{Outcome, OutcomeId},
    outcomes,
    tables::outcomes as table,
};

/// Keeps what an outcome says now. Its row is held, so that nobody keeps what it said before.
///
/// # Errors
/// 404.
pub(crate) fn keep(conn: &mut Conn, id: OutcomeId) -> Result<(), Fault> {
    let outcome = outcomes::hold(conn, id)?;
    let thing = thing(conn, &outcome)?;
    search::put(conn, &thing)
}

/// Looks at so many outcomes, those behind this one, and keeps what they say where something else is kept: from before
/// there was a search, or written by a program of that time. Answers how far it came; nothing at the end.
///
/// # Errors
/// When the database refuses.
pub fn mend(conn: &mut Conn, after: Option<OutcomeId>, most: i64) -> Result<Option<OutcomeId>, Fault> {
    let found: Vec<Outcome> = on_each!(conn, |c| {
        let mut asked = table::table.select(Outcome::as_select()).into_boxed();
        if let Some(after) = after {
            asked = asked.filter(table::id.gt(after));
        }
        asked.order(table::id).limit(most).load(c)
    })?;
    for outcome in &found {
        let thing = thing(conn, outcome)?;
        if search::differs(conn, thing.id, Some(&thing))? {
            keep(conn, outcome.id)?;
        }
    }
    Ok(found.last().map(|outcome| outcome.id))
}

fn thing(conn: &mut Conn, outcome: &Outcome) -> Result<Thing, Fault> {
    Ok(Thing {
        kind: Kind::Outcome,
        id: outcome.id.cast(),
        edition: outcome.edition.cast(),
        code: outcome.code.clone(),
        visible_to: outcome.visible_to.clone(),
        details_to: outcome.visible_to.clone(),
        sort: 0,
        said: searched::working(conn, outcome.text)?,
    })
}
