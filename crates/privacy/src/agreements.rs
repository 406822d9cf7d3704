//! What somebody agreed to, and taking it back: what rested on it is erased by the slice that kept it, in the same
//! transaction. A purpose that is added must say here what rests on it.

use access_rules::Actor;
use db::Conn;
use kernel::{Fault, Fields, Id, Moment};
use people::{
    consents,
    model::{Consent, ConsentPurpose},
    sessions,
};
use registration::needs;

/// What the actor agreed to, the latest first. For a person at a browser, never for a program's token.
///
/// # Errors
/// 401; `scope`.
pub fn own(conn: &mut Conn, actor: &Actor, machine_now: Moment) -> Result<Vec<Consent>, Fault> {
    sessions::list(conn, actor, machine_now)?;
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    consents::of_person(conn, person)
}

/// Takes back one of the actor's consents, and erases what rested on it. Taking it back twice is once.
///
/// # Errors
/// 401; `scope`; `invalid` when none is named; 404 when it is none of theirs.
pub fn withdraw(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    machine_now: Moment,
    id: Option<Id<Consent>>,
) -> Result<(), Fault> {
    let all = own(conn, actor, machine_now)?;
    let mut fields = Fields::new();
    let id = fields.required("consent", id);
    fields.done()?;
    let found = all.into_iter().find(|consent| Some(consent.id) == id);
    let consent = found.ok_or_else(Fault::not_found)?;
    match consent.purpose {
        ConsentPurpose::Needs => needs::withdraw(conn, actor, now, consent.about.cast()),
    }
}
