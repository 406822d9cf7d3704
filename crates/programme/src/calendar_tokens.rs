//! The secret under which somebody's own calendar is fetched by a program (R56): shown once, kept as a hash, drawn anew at
//! will. Whoever holds it sees what its person may see, no more.

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, PersonId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Moment, secret};
use records::audit::{self, Note};

use crate::{editions, model::CalendarToken, tables::calendar_tokens};

/// Draws a new token for the actor's calendar of an edition; the one before stops working.
///
/// # Errors
/// 401, 404.
pub fn rotate(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId) -> Result<String, Fault> {
    editions::get(conn, actor, edition)?;
    let person = person(actor, now)?;
    let token = secret::token();
    let row = CalendarToken {
        edition,
        person,
        token_hash: secret::hash(&token),
        created_at: now,
    };
    on_each!(conn, |c| diesel::insert_into(calendar_tokens::table)
        .values(&row)
        .on_conflict((calendar_tokens::edition, calendar_tokens::person))
        .do_update()
        .set((
            calendar_tokens::token_hash.eq(&row.token_hash),
            calendar_tokens::created_at.eq(row.created_at),
        ))
        .execute(c))
    .exactly_one()?;
    note(conn, actor, now, edition, "calendar_token.rotate")?;
    Ok(token)
}

/// Takes the token back: nobody fetches this calendar any more.
///
/// # Errors
/// 401, 404.
pub fn revoke(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId) -> Result<(), Fault> {
    let person = person(actor, now)?;
    on_each!(conn, |c| diesel::delete(
        calendar_tokens::table.find((edition, person))
    )
    .execute(c))
    .one_or(Fault::not_found())?;
    note(conn, actor, now, edition, "calendar_token.revoke")
}

/// Since when the actor has a token for this edition, if they have one.
///
/// # Errors
/// When the database refuses.
pub fn drawn_at(conn: &mut Conn, actor: &Actor, edition: EditionId) -> Result<Option<Moment>, Fault> {
    let Some(person) = actor.person else {
        return Ok(None);
    };
    Ok(on_each!(conn, |c| calendar_tokens::table
        .find((edition, person))
        .select(calendar_tokens::created_at)
        .first(c)
        .optional())?)
}

/// Whose calendar a token opens.
///
/// # Errors
/// 404 for a token that is not, or no more, one of ours.
pub fn person_of(conn: &mut Conn, token: &str) -> Result<(EditionId, PersonId), Fault> {
    let found: Option<(EditionId, PersonId)> = on_each!(conn, |c| calendar_tokens::table
        .filter(calendar_tokens::token_hash.eq(secret::hash(token)))
        .select((calendar_tokens::edition, calendar_tokens::person))
        .first(c)
        .optional())?;
    found.ok_or_else(Fault::not_found)
}

fn person(actor: &Actor, now: Moment) -> Result<PersonId, Fault> {
    decide(actor, Act::MindOwn, &Object::public(ObjectKind::Account), now).or_fault()?;
    actor.person.ok_or_else(Fault::sign_in_needed)
}

fn note(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId, act: &str) -> Result<(), Fault> {
    audit::note(
        conn,
        now,
        &Note {
            actor: actor.person.map(Id::cast),
            object_id: actor.person.map(|person| person.uuid()),
            scope: Some(edition.uuid()),
            ..Note::of(act, "calendar_token")
        },
    )
}
