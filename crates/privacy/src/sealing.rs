//! The keys of people: sealing what the log said about them before there were any, and what a copy of the site needs of
//! them when it comes back.
//!
//! A backup keeps the keys in a file of their own. The newest such file opens older backups too, but for whoever was
//! erased since; and it says who that was, so that they are erased again.

use std::collections::BTreeMap;

use access_rules::{AccountId, PersonId};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Moment};
use mail::model::Letter;
use people::{model::Person, personal::pseudonym, persons};
use records::{
    Subject,
    audit_sealing::{self, About, Resealed},
    model::Entry,
    person_keys::{self, PersonKey},
    settings,
    tables::audit_entries,
};

use crate::erasure;

/// Under which it is kept that this was done.
const DONE: &str = "audit.sealed";
/// Under which it is kept when a broken chain last stood in the way.
const BROKEN: &str = "audit.sealing_broken_at";
/// A broken chain is read anew after this long, no sooner: that is the whole log.
const RETRY_SECONDS: i64 = 24 * 60 * 60;
/// People looked up at once.
const STRIDE: usize = 1000;

/// Seals what is not sealed yet, unless that was done before: the worker that forgets what was kept long enough begins with
/// it. Entries about people who were erased before lose their fingerprints for good. Answers nothing when there was
/// nothing to do, or when the chain is broken: then it stays as it is, `hemicycle doctor` says where, and it is tried again
/// a day later.
///
/// # Errors
/// When the database refuses.
pub fn run_once(conn: &mut Conn, now: Moment) -> Result<Option<Resealed>, Fault> {
    if settings::get::<bool>(conn, DONE)?.unwrap_or(false) {
        return Ok(None);
    }
    let broken_at = settings::get::<Moment>(conn, BROKEN)?;
    if broken_at.is_some_and(|at| now < at.plus_seconds(RETRY_SECONDS)) {
        return Ok(None);
    }
    for person in erased(conn)? {
        person_keys::destroy(conn, now, person)?;
    }
    let done = audit_sealing::seal_old(conn, now, whose)?;
    match done {
        Some(_) => settings::put(conn, DONE, &true)?,
        None => settings::put(conn, BROKEN, &now)?,
    }
    Ok(done)
}

/// Gives a copy that came back its keys, from a file that may be newer than it, and erases again who was erased since.
/// Answers how many those were.
///
/// # Errors
/// When the database refuses.
pub fn give_back(conn: &mut Conn, now: Moment, rows: &[PersonKey]) -> Result<usize, Fault> {
    let mut here: Vec<PersonKey> = Vec::new();
    let mut erased_since: Vec<PersonId> = Vec::new();
    for some in rows.chunks(STRIDE) {
        let ids: Vec<PersonId> = some.iter().map(|row| row.person.cast()).collect();
        let known: BTreeMap<PersonId, Person> = persons::many(conn, &ids)?
            .into_iter()
            .map(|person| (person.id, person))
            .collect();
        for row in some {
            let Some(person) = known.get(&row.person.cast()) else {
                continue;
            };
            if row.destroyed_at.is_some() && person.given_name != pseudonym(person.id) {
                erased_since.push(person.id);
            }
            here.push(row.clone());
        }
    }
    person_keys::put_back(conn, &here)?;
    for person in &erased_since {
        erasure::repeat(conn, now, *person)?;
    }
    Ok(erased_since.len())
}

/// Those who were erased before there were keys.
fn erased(conn: &mut Conn) -> Result<Vec<Id<Subject>>, Fault> {
    let objects: Vec<Option<Id<records::Object>>> = on_each!(conn, |c| audit_entries::table
        .filter(audit_entries::act.eq("person.erase"))
        .select(audit_entries::object_id)
        .load(c))?;
    Ok(objects.into_iter().flatten().map(Id::cast).collect())
}

/// Whom an entry is about, when its fingerprints are of something that says who that is (a person's row, a letter to
/// them, what they wrote beside a change of their session) or its facts do. A new one of these says so itself, in its note.
fn whose(conn: &mut Conn, entry: &Entry) -> Result<Option<About>, Fault> {
    let Some(object) = entry.object_id else {
        return Ok(None);
    };
    let (person, facts): (Option<PersonId>, &[&str]) = match (entry.object_kind.as_str(), entry.act.as_str())
    {
        ("person", "person.edit") => (Some(object.cast()), &[]),
        ("letter", "letter.edit") => (addressee(conn, object.cast())?, &[]),
        ("session_change", _) => {
            let asked_by = entry.facts()["asked_by"].as_str().map(str::parse);
            (asked_by.and_then(Result::ok), &[])
        }
        ("account", "second_factor.reset") => (holder(conn, object.cast())?, &["reason"]),
        _ => return Ok(None),
    };
    Ok(person.map(|person| About {
        person: person.cast(),
        facts,
    }))
}

fn holder(conn: &mut Conn, account: AccountId) -> Result<Option<PersonId>, Fault> {
    use people::tables::accounts;

    Ok(on_each!(conn, |c| accounts::table
        .find(account)
        .select(accounts::person_id)
        .first(c)
        .optional())?)
}

fn addressee(conn: &mut Conn, letter: Id<Letter>) -> Result<Option<PersonId>, Fault> {
    use mail::tables::letters;

    let found: Option<Option<PersonId>> = on_each!(conn, |c| letters::table
        .find(letter)
        .select(letters::person_id)
        .first(c)
        .optional())?;
    Ok(found.flatten())
}
