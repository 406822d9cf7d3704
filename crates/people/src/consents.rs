//! The ledger of consents: who agreed to what, by which words, where they said so, and when they took it back. A line is
//! never changed but to say that it was withdrawn. What rested on it is erased by the slice that kept it.

use access_rules::PersonId;
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Moment};

use crate::{
    model::{Consent, ConsentPurpose},
    tables::consents,
};

/// What is agreed to.
#[derive(Clone, Copy, Debug)]
pub struct Agreed<'a> {
    /// For what.
    pub purpose: ConsentPurpose,
    /// About which thing of theirs.
    pub about: Id<()>,
    /// By which words: their key and version.
    pub words: &'a str,
    /// Where: the form it was said on.
    pub through: &'a str,
}

/// Remembers that somebody agreed. The same words said again change nothing; other words end those before.
///
/// # Errors
/// When the database refuses.
pub fn give(conn: &mut Conn, now: Moment, person: PersonId, agreed: &Agreed<'_>) -> Result<(), Fault> {
    let running = running(conn, person)?;
    let is_same = |held: &&Consent| held.purpose == agreed.purpose && held.about == agreed.about;
    if let Some(held) = running.iter().find(is_same) {
        if held.words == agreed.words {
            return Ok(());
        }
        end(conn, now, held.id, agreed.through)?;
    }
    let consent = Consent {
        id: Id::new(),
        person,
        purpose: agreed.purpose,
        about: agreed.about,
        words: agreed.words.to_owned(),
        given_at: now,
        given_through: agreed.through.to_owned(),
        withdrawn_at: None,
        withdrawn_through: None,
    };
    on_each!(conn, |c| diesel::insert_into(consents::table)
        .values(&consent)
        .execute(c))
    .exactly_one()
}

/// Remembers that somebody took back what they agreed to about one thing. Answers whether they had.
///
/// # Errors
/// When the database refuses.
pub fn withdraw(
    conn: &mut Conn,
    now: Moment,
    purpose: ConsentPurpose,
    about: Id<()>,
    through: &str,
) -> Result<bool, Fault> {
    let ended = on_each!(conn, |c| diesel::update(consents::table)
        .filter(consents::purpose.eq(purpose))
        .filter(consents::about.eq(about))
        .filter(consents::withdrawn_at.is_null())
        .set((
            consents::withdrawn_at.eq(now),
            consents::withdrawn_through.eq(through),
        ))
        .execute(c))?;
    Ok(ended > 0)
}

/// Which of these persons agree to a purpose now.
///
/// # Errors
/// When the database refuses.
pub fn agreeing(
    conn: &mut Conn,
    purpose: ConsentPurpose,
    persons: &[PersonId],
) -> Result<Vec<PersonId>, Fault> {
    Ok(on_each!(conn, |c| consents::table
        .filter(consents::person.eq_any(persons))
        .filter(consents::purpose.eq(purpose))
        .filter(consents::withdrawn_at.is_null())
        .select(consents::person)
        .distinct()
        .load(c))?)
}

/// Every consent somebody ever gave, the latest first.
///
/// # Errors
/// When the database refuses.
pub fn of_person(conn: &mut Conn, person: PersonId) -> Result<Vec<Consent>, Fault> {
    Ok(on_each!(conn, |c| consents::table
        .filter(consents::person.eq(person))
        .order((consents::given_at.desc(), consents::id.desc()))
        .select(Consent::as_select())
        .load(c))?)
}

fn running(conn: &mut Conn, person: PersonId) -> Result<Vec<Consent>, Fault> {
    let all = of_person(conn, person)?;
    Ok(all
        .into_iter()
        .filter(|consent| consent.withdrawn_at.is_none())
        .collect())
}

fn end(conn: &mut Conn, now: Moment, id: Id<Consent>, through: &str) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(consents::table.find(id))
        .set((
            consents::withdrawn_at.eq(now),
            consents::withdrawn_through.eq(through),
        ))
        .execute(c))
    .exactly_one()
}
