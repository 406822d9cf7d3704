//! Invitations to sessions that are entered by invitation: a participant asks, the desk or the session's lead invites.

use access_rules::{Act, Actor, EditionId, PersonId, SessionId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Moment};
use programme::model::Entry;
use records::audit::{self, Note};
use serde::Deserialize;
use serde_json::json;

use crate::{faults::SeatFault, seat_access, tables::session_invitations};

/// Whom the desk invites, or whose request it refuses.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[schema(as = SessionInviteInput)]
pub struct InviteInput {
    /// Whom.
    pub person: PersonId,
    /// Whether the request is refused.
    #[serde(default)]
    pub refuse: bool,
}

/// Asks for an invitation. Asking twice is once; an answer given stays.
///
/// # Errors
/// 401, 404; `walk_in`, `use_seat` where nobody is invited.
pub fn ask(conn: &mut Conn, actor: &Actor, now: Moment, session: SessionId) -> Result<(), Fault> {
    let seating = seat_access::visible(conn, actor, session, now)?;
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    match seating.entry {
        Entry::WalkIn => return Err(SeatFault::WalkIn.into()),
        Entry::Seat => return Err(Fault::conflict("use_seat").with_remedy("reserve")),
        Entry::Invitation => {}
    }
    on_each!(conn, |c| diesel::insert_into(session_invitations::table)
        .values((
            session_invitations::session.eq(session),
            session_invitations::person.eq(person),
            session_invitations::state.eq("asked"),
            session_invitations::at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(c))
    .at_most_one()?;
    note(
        conn,
        actor,
        now,
        "invitation.ask",
        seating.edition,
        session,
        person,
    )
}

/// Invites somebody, or refuses their request.
///
/// # Errors
/// 401, 403, 404.
pub fn invite(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    input: &InviteInput,
) -> Result<(), Fault> {
    let (seating, found) = seat_access::seen(conn, actor, session, now)?;
    decide(actor, Act::EditSession, &found.object(actor), now).or_fault()?;
    if people::persons::find(conn, input.person)?.is_none() {
        return Err(Fault::field("person", "unknown"));
    }
    let state = if input.refuse { "refused" } else { "invited" };
    on_each!(conn, |c| diesel::insert_into(session_invitations::table)
        .values((
            session_invitations::session.eq(session),
            session_invitations::person.eq(input.person),
            session_invitations::state.eq(state),
            session_invitations::at.eq(now),
        ))
        .on_conflict((session_invitations::session, session_invitations::person))
        .do_update()
        .set((
            session_invitations::state.eq(state),
            session_invitations::at.eq(now)
        ))
        .execute(c))
    .exactly_one()?;
    note(
        conn,
        actor,
        now,
        if input.refuse {
            "invitation.refuse"
        } else {
            "invitation.invite"
        },
        seating.edition,
        session,
        input.person,
    )
}

/// Where somebody's invitation stands: `asked`, `invited`, `refused`.
///
/// # Errors
/// When the database refuses.
pub fn of_person(conn: &mut Conn, session: SessionId, person: PersonId) -> Result<Option<String>, Fault> {
    Ok(on_each!(conn, |c| session_invitations::table
        .find((session, person))
        .select(session_invitations::state)
        .first(c)
        .optional())?)
}

/// Whether somebody is invited.
pub(crate) fn is_invited(conn: &mut Conn, session: SessionId, person: PersonId) -> Result<bool, Fault> {
    Ok(of_person(conn, session, person)?.as_deref() == Some("invited"))
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    edition: EditionId,
    session: SessionId,
    person: PersonId,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(session.uuid()),
        scope: Some(edition.uuid()),
        summary: json!({ "person": person }),
        ..Note::of(act, "session")
    };
    audit::note(conn, now, &note)
}
