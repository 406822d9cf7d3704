//! What every act on a floor begins and ends with: its row is taken and counted, what is on it is read, the act is noted
//! and told.

use access_rules::{PersonId, SessionId};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Moment};
use records::{
    audit::{self, Note},
    feed,
};
use serde_json::{Value, json};

use crate::{
    model::{Floor, FloorId, Motion, Request, Ruling},
    tables::{floor_rulings, floors, procedural_motions, speaker_requests},
};

/// The kind of the event that tells that a floor changed. It carries `floor`, `version` and `act`, and nobody's name.
pub const CHANGED: &str = "floor.changed";

/// The stream of a session's floors. Its events say that something changed; whoever hears one asks for the view.
pub fn stream(session: SessionId) -> String {
    format!("floor:{session}")
}

/// Counts an act on a floor and holds its row until COMMIT, so that acts on one floor stand in line.
///
/// # Errors
/// 404.
pub(crate) fn take(conn: &mut Conn, id: FloorId) -> Result<Floor, Fault> {
    Ok(on_each!(conn, |c| diesel::update(floors::table.find(id))
        .set(floors::version.eq(floors::version + 1))
        .returning(Floor::as_returning())
        .get_result(c))?)
}

/// The requests of a floor's session: of all its floors, because who was heard before counts.
pub(crate) fn requests(conn: &mut Conn, floor: &Floor) -> Result<Vec<Request>, Fault> {
    requests_of_session(conn, floor.session)
}

pub(crate) fn requests_of_session(conn: &mut Conn, session: SessionId) -> Result<Vec<Request>, Fault> {
    Ok(on_each!(conn, |c| speaker_requests::table
        .inner_join(floors::table.on(floors::id.eq(speaker_requests::floor)))
        .filter(floors::session.eq(session))
        .order((speaker_requests::floor, speaker_requests::seq))
        .select(Request::as_select())
        .load(c))?)
}

pub(crate) fn motions(conn: &mut Conn, floor: FloorId) -> Result<Vec<Motion>, Fault> {
    Ok(on_each!(conn, |c| procedural_motions::table
        .filter(procedural_motions::floor.eq(floor))
        .order(procedural_motions::seq)
        .select(Motion::as_select())
        .load(c))?)
}

pub(crate) fn rulings(conn: &mut Conn, floor: FloorId) -> Result<Vec<Ruling>, Fault> {
    Ok(on_each!(conn, |c| floor_rulings::table
        .filter(floor_rulings::floor.eq(floor))
        .order(floor_rulings::id)
        .select(Ruling::as_select())
        .load(c))?)
}

/// Notes an act and tells who follows the floor: ids, codes and numbers, and nobody's name.
pub(crate) fn done(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    floor: &Floor,
    act: &str,
    summary: Value,
) -> Result<(), Fault> {
    let name = format!("floor.{act}");
    let note = Note {
        actor: who.map(Id::cast),
        object_id: Some(floor.id.uuid()),
        scope: Some(floor.edition.uuid()),
        summary,
        ..Note::of(&name, "floor")
    };
    audit::note(conn, now, &note)?;
    let told = json!({ "floor": floor.id, "version": floor.version, "act": act });
    let stream = stream(floor.session);
    feed::tell(conn, now, &stream, CHANGED, &floor.visible_to, told).map(drop)
}
