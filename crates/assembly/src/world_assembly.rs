//! The World Assembly of Local and Regional Governments: convened by the Global Taskforce, once at each congress.
//!
//! Whoever holds the role of convener may plan it, and the desk of this track, which acts for the Task Force; no other
//! desk, the statutory one least of all (R67).

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, Role, Scope, SessionId, Standing, decide};
use db::Conn;
use kernel::{Fault, Id, Moment};
use programme::{
    admission::Admissions,
    editions,
    model::{Session, SessionKind, SessionState},
    sessions::{self, SessionInput},
};
use records::audit::{self, Note};
use serde_json::json;

use crate::faults::AssemblyFault;

/// The track whose desk acts for the Task Force.
const TRACK: &str = "assembly";

/// Plans the World Assembly of an edition.
///
/// # Errors
/// 401, 403 `convener_only`, 404; `world_assembly_exists`; what making a session may refuse.
pub fn convene(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    edition: EditionId,
    input: &SessionInput,
) -> Result<Session, Fault> {
    editions::get(conn, actor, edition)?;
    let convener = may_convene(actor, edition, now)?;
    let input = SessionInput {
        kind: "world_assembly".to_owned(),
        track: String::new(),
        body: None,
        ..input.clone()
    };
    let session = sessions::create(conn, &convener, now, admissions, edition, &input)?;
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(session.id.uuid()),
        scope: Some(edition.uuid()),
        summary: json!({ "code": session.code, "as_convener": is_convener(actor, edition) }),
        ..Note::of("world_assembly.convene", "session")
    };
    audit::note(conn, now, &note)?;
    Ok(session)
}

/// The World Assembly this session is, for who may see it. A meeting of the General Assembly is not it (R77).
///
/// # Errors
/// 404 when there is no such session or this actor may not know of it; `not_the_world_assembly` for another session.
pub fn get(conn: &mut Conn, actor: &Actor, now: Moment, id: SessionId) -> Result<Session, Fault> {
    let found = sessions::get(conn, actor, now, id)?;
    if found.session.kind == SessionKind::WorldAssembly {
        Ok(found.session)
    } else {
        Err(AssemblyFault::NotTheWorldAssembly.into())
    }
}

/// The World Assembly of an edition that is not called off, whoever asks.
///
/// # Errors
/// When the database refuses.
pub fn of_edition(conn: &mut Conn, edition: EditionId) -> Result<Option<Session>, Fault> {
    let all = sessions::all(conn, edition)?;
    Ok(all.into_iter().find(|session| {
        session.kind == SessionKind::WorldAssembly && session.state != SessionState::Cancelled
    }))
}

/// Who may convene, acting for the desk of this track in this one thing.
fn may_convene(actor: &Actor, edition: EditionId, now: Moment) -> Result<Actor, Fault> {
    let object = Object::public(ObjectKind::Session).of_track(Some(TRACK));
    if decide(actor, Act::EditSession, &object, now).allows() {
        return Ok(actor.clone());
    }
    if !actor.signed_in() {
        return Err(Fault::sign_in_needed());
    }
    // A bearer token does no more here than elsewhere.
    let may_write = actor.token_scopes.as_ref().is_none_or(|scopes| {
        scopes
            .iter()
            .any(|scope| scope == "write" || scope == "programme")
    });
    if !may_write {
        return Err(Fault::forbidden("scope"));
    }
    if !is_convener(actor, edition) {
        return Err(Fault::forbidden("convener_only"));
    }
    let mut convener = actor.clone();
    convener.standings.push(Standing {
        role: Role::Secretariat,
        scope: Scope::Track(TRACK.to_owned()),
    });
    Ok(convener)
}

fn is_convener(actor: &Actor, edition: EditionId) -> bool {
    actor.holds(Role::GtfConvener, &Scope::Edition(edition))
}
