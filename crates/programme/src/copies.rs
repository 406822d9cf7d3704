//! Copies of a break or a blocker into other rooms: coffee is served everywhere at ten.

use access_rules::{Act, Actor, SessionId, decide};
use db::Conn;
use kernel::{Coded as _, Fault, Fields, Moment};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    admission::Admissions,
    editions,
    model::{RoomId, Session, SessionKind},
    scheduling::{self, Placed, Placement},
    sessions::{self, SessionInput},
};

/// Most rooms at once.
const ROOMS_MOST: usize = 200;

/// What the form asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct CopyInput {
    /// The rooms it is copied to.
    pub rooms: Vec<RoomId>,
}

/// Copies a break or a blocker, at its time, into other rooms: into all of them or none.
///
/// # Errors
/// 401, 403, 404; `invalid` with `only_breaks`, `not_placed`; `room_taken`, `room_kept`; `would_clash`.
pub fn to_rooms(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    id: SessionId,
    input: &CopyInput,
) -> Result<Vec<Placed>, Fault> {
    let found = sessions::get(conn, actor, now, id)?;
    decide(actor, Act::PlaceSession, &found.object(actor), now).or_fault()?;
    editions::change_draft(conn, found.session.edition)?;
    let original = sessions::row(conn, id)?.ok_or_else(Fault::not_found)?;
    let starts = checked(&original, input)?;
    let mut copies = Vec::with_capacity(input.rooms.len());
    for room in &input.rooms {
        let copy = copy_of(&original);
        let made = sessions::create(conn, actor, now, admissions, original.edition, &copy)?;
        let place = Placement {
            room: room.to_string(),
            starts: starts.clone(),
            length_minutes: Some(original.length_minutes),
            ..Placement::default()
        };
        copies.push(scheduling::place(
            conn, actor, now, admissions, made.id, &place, None,
        )?);
    }
    Ok(copies)
}

fn checked(original: &Session, input: &CopyInput) -> Result<String, Fault> {
    let mut fields = Fields::new();
    if !matches!(original.kind, SessionKind::Break | SessionKind::Blocker) {
        fields.wrong("rooms", "only_breaks");
    }
    if original.starts_local.is_none() {
        fields.wrong("rooms", "not_placed");
    }
    if input.rooms.is_empty() {
        fields.wrong("rooms", "required");
    } else if input.rooms.len() > ROOMS_MOST {
        fields.wrong("rooms", "too_many_entries");
    }
    fields.done()?;
    let starts = original.starts_local.ok_or_else(Fault::not_found)?;
    Ok(starts.to_string())
}

fn copy_of(original: &Session) -> SessionInput {
    SessionInput {
        kind: original.kind.code().to_owned(),
        title: original.title.clone(),
        abstract_text: original.abstract_text.clone(),
        length_minutes: Some(original.length_minutes),
        attendance: original.attendance.code().to_owned(),
        entry: original.entry.code().to_owned(),
        ..SessionInput::default()
    }
}
