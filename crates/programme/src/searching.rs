//! What is found of sessions by their words: titles and abstracts, as they were last released, under the keys that stand in
//! the release. Nobody's name is among them.

use access_rules::EditionId;
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::Fault;
use search::{Kind, Part, Thing, entries};

use crate::{
    editions,
    model::Edition,
    released::{Programme, ReleasedSession},
    releases,
    tables::editions as table,
};

/// Keeps what a release says; the edition's row was taken.
///
/// # Errors
/// When the database refuses.
pub(crate) fn keep(conn: &mut Conn, edition: EditionId, programme: &Programme) -> Result<(), Fault> {
    search::put_all(conn, Kind::Session, edition.cast(), &things(edition, programme))
}

/// Looks at the release in force of each edition, and keeps what it says where something else is kept: from before there was
/// a search, or written by a program of that time.
///
/// # Errors
/// When the database refuses.
pub fn mend(conn: &mut Conn) -> Result<(), Fault> {
    let released: Vec<EditionId> = on_each!(conn, |c| table::table
        .filter(table::live_release.gt(0))
        .select(table::id)
        .load(c))?;
    for edition in released {
        let Some(programme) = releases::live(conn, edition)? else {
            continue;
        };
        let things = things(edition, &programme);
        if !entries::all_differ(conn, Kind::Session, edition.cast(), &things)? {
            continue;
        }
        // Whoever releases meanwhile is waited for, and what they released is kept.
        let held = hold(conn, edition)?;
        if let Some(programme) = releases::content_of(conn, edition, held.live_release)? {
            keep(conn, edition, &programme)?;
        }
    }
    Ok(())
}

fn hold(conn: &mut Conn, edition: EditionId) -> Result<Edition, Fault> {
    on_each!(conn, |c| diesel::update(table::table.find(edition))
        .set(table::live_release.eq(table::live_release))
        .execute(c))?;
    editions::find(conn, edition)?.ok_or_else(Fault::not_found)
}

fn things(edition: EditionId, programme: &Programme) -> Vec<Thing> {
    let sessions = programme.sessions.iter();
    sessions.map(|session| thing(edition, session)).collect()
}

fn thing(edition: EditionId, session: &ReleasedSession) -> Thing {
    let mut said = Thing::titled(&session.title);
    said.extend(Thing::in_languages(Part::Abstract, 1, &session.abstract_));
    Thing {
        kind: Kind::Session,
        id: session.id.cast(),
        edition: edition.cast(),
        code: session.code.clone(),
        visible_to: session.visible_to.clone(),
        details_to: session.details_to.clone(),
        sort: session.starts_at.micros(),
        said,
    }
}
