//! What the log says about a person, sealed under that person's key: put in when an entry is written, taken out for who
//! may read the log, and unreadable for everybody once the person is erased.
//!
//! The chain is linked over what is sealed, so it holds whether or not anybody can open it. The fingerprints of such an
//! entry are marked with the same key: without it nobody can try names until one fits. Knows no slice: whom an old entry
//! is about is told by the caller.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use db::{Affected as _, Conn, Kept, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Moment};
use serde_json::{Map, Value, json};

use crate::{
    Subject,
    audit::{self, Note},
    model::Entry,
    person_keys,
    rules::{self, GENESIS},
    sealing::SealingKey,
    tables::{audit_entries, audit_head},
};

/// Under which fact of an entry what is personal stands.
pub const PERSONAL: &str = "personal";
/// What stands there once the person is erased.
pub const ERASED: &str = "erased";

/// What an entry keeps of a note: facts and fingerprints.
pub(crate) struct Sealed {
    pub(crate) summary: Value,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

/// Whom an entry of the time before there were keys is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// Whom.
    pub person: Id<Subject>,
    /// Which of its facts tell who that is.
    pub facts: &'static [&'static str],
}

/// What was sealed when the log was brought up to date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resealed {
    /// Entries of which something was sealed or marked.
    pub sealed: i64,
    /// Entries linked anew, from the first of those on.
    pub linked: i64,
}

/// Seals a note for the person it is about; one that is about nobody stays as it is.
pub(crate) fn seal(conn: &mut Conn, now: Moment, note: &Note<'_>) -> Result<Sealed, Fault> {
    let hash = |print: &Option<audit::Fingerprint>| print.as_ref().map(|print| print.as_hex().to_owned());
    let mut sealed = Sealed {
        summary: note.summary.clone(),
        before: hash(&note.before),
        after: hash(&note.after),
    };
    let Some(about) = note.about else {
        return Ok(sealed);
    };
    let key = person_keys::of(conn, now, about)?;
    sealed.before = marked(key.as_ref(), sealed.before)?;
    sealed.after = marked(key.as_ref(), sealed.after)?;
    let kept = kept(key.as_ref(), about, &note.personal)?;
    if let Value::Object(facts) = &mut sealed.summary {
        facts.insert(PERSONAL.to_owned(), kept);
    }
    Ok(sealed)
}

/// The same entries with what is personal readable, or said to be erased. For who may read the whole log.
///
/// # Errors
/// When the database refuses.
pub fn open(conn: &mut Conn, entries: Vec<Entry>) -> Result<Vec<Entry>, Fault> {
    let mut people: Vec<Id<Subject>> = entries.iter().filter_map(|entry| about(&entry.facts())).collect();
    people.sort_unstable();
    people.dedup();
    let keys = person_keys::many(conn, &people)?;
    let opened = entries.into_iter().map(|mut entry| {
        let mut facts = entry.facts();
        if let Some(whose) = about(&facts) {
            let told = opened(keys.get(&whose), whose, &facts[PERSONAL]);
            if let (None, Some(all)) = (&told, facts.as_object_mut()) {
                all.remove(PERSONAL);
            }
            if let Some(told) = told {
                facts[PERSONAL] = told;
            }
            entry.summary = facts.to_string();
        }
        entry
    });
    Ok(opened.collect())
}

/// What is personal in the log about one person, readable: for that person themselves. The whole log is looked through.
///
/// # Errors
/// When the database refuses.
pub fn about_person(conn: &mut Conn, person: Id<Subject>) -> Result<Vec<Entry>, Fault> {
    let entries: Vec<Entry> = on_each!(conn, |c| audit_entries::table
        .filter(audit_entries::summary.like(format!("%\"about\":\"{person}\"%")))
        .order(audit_entries::seq)
        .select(Entry::as_select())
        .load(c))?;
    open(conn, entries)
}

/// Seals entries of the time before there were keys: `whose` says about whom one is, nothing for those that are about
/// nobody. From the first of them on the chain is linked anew, and an entry at its end tells so, with the hash the chain
/// had. A chain that is broken is left as it is, since linking it anew would hide where; nothing is answered then.
///
/// # Errors
/// When the database refuses.
pub fn seal_old(
    conn: &mut Conn,
    now: Moment,
    mut whose: impl FnMut(&mut Conn, &Entry) -> Result<Option<About>, Fault>,
) -> Result<Option<Resealed>, Fault> {
    // Whoever notes something waits until this is done.
    let head: String = on_each!(conn, |c| Kept(
        diesel::update(audit_head::table)
            .set(audit_head::seq.eq(audit_head::seq))
            .returning(audit_head::hash)
    )
    .get_result(c))?;
    if audit::verify(conn)?.broken.is_some() {
        return Ok(None);
    }
    let mut done = Resealed { sealed: 0, linked: 0 };
    let mut previous = GENESIS.to_owned();
    let mut seq = 0;
    loop {
        let next = audit::stride(conn, seq)?;
        if next.is_empty() {
            break;
        }
        for mut entry in next {
            seq = entry.seq;
            if entry.facts().get(PERSONAL).is_none()
                && let Some(about) = whose(conn, &entry)?
            {
                reseal(conn, now, about, &mut entry)?;
                done.sealed += 1;
            }
            if done.sealed > 0 {
                entry.hash = rules::link(&previous, &entry);
                relink(conn, &entry)?;
                done.linked += 1;
            }
            previous = entry.hash;
        }
    }
    if done.sealed > 0 {
        on_each!(conn, |c| Kept(
            diesel::update(audit_head::table)
                .set(audit_head::hash.eq(&previous))
                .returning(audit_head::seq)
        )
        .changed(c))
        .exactly_one()?;
        let note = Note {
            summary: json!({ "sealed": done.sealed, "linked": done.linked, "until": seq, "hash_before": head }),
            ..Note::of("audit.seal", "site")
        };
        audit::note(conn, now, &note)?;
    }
    Ok(Some(done))
}

fn reseal(conn: &mut Conn, now: Moment, about: About, entry: &mut Entry) -> Result<(), Fault> {
    let key = person_keys::of(conn, now, about.person)?;
    let mut facts = entry.facts();
    if let Value::Object(all) = &mut facts {
        let told: Map<String, Value> = about
            .facts
            .iter()
            .filter_map(|name| all.shift_remove_entry(*name))
            .collect();
        let personal = match told.is_empty() {
            true => Value::Null,
            false => Value::Object(told),
        };
        all.insert(PERSONAL.to_owned(), kept(key.as_ref(), about.person, &personal)?);
    }
    entry.summary = facts.to_string();
    entry.before_hash = marked(key.as_ref(), entry.before_hash.take())?;
    entry.after_hash = marked(key.as_ref(), entry.after_hash.take())?;
    Ok(())
}

fn relink(conn: &mut Conn, entry: &Entry) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(audit_entries::table.find(entry.seq))
        .set((
            audit_entries::summary.eq(&entry.summary),
            audit_entries::before_hash.eq(&entry.before_hash),
            audit_entries::after_hash.eq(&entry.after_hash),
            audit_entries::hash.eq(&entry.hash),
        ))
        .execute(c))
    .exactly_one()
}

/// The personal part of an entry's facts, as it is kept.
fn kept(key: Option<&SealingKey>, about: Id<Subject>, personal: &Value) -> Result<Value, Fault> {
    Ok(match key {
        None => json!(ERASED),
        // Nothing but the fingerprints is personal; that they are marked stands here all the same.
        Some(_) if personal.is_null() => json!({ "about": about }),
        Some(key) => {
            let body = key.seal(&label(about), personal.to_string().as_bytes())?;
            json!({ "about": about, "sealed": STANDARD.encode(body) })
        }
    })
}

/// A fingerprint under a key; nothing once there is none.
fn marked(key: Option<&SealingKey>, hash: Option<String>) -> Result<Option<String>, Fault> {
    match (key, hash) {
        (Some(key), Some(hash)) => key.mark(&hash).map(Some),
        (None, _) | (_, None) => Ok(None),
    }
}

/// What the personal part tells; nothing when it only says that fingerprints are marked.
fn opened(key: Option<&SealingKey>, about: Id<Subject>, kept: &Value) -> Option<Value> {
    let Some(key) = key else {
        return Some(json!(ERASED));
    };
    let body = STANDARD.decode(kept["sealed"].as_str()?).ok();
    let plain = body.and_then(|body| key.open(&label(about), &body));
    let told = plain.and_then(|plain| serde_json::from_slice(&plain).ok());
    Some(told.unwrap_or_else(|| Value::Object(Map::new())))
}

/// Whom the sealed part of these facts is about.
fn about(facts: &Value) -> Option<Id<Subject>> {
    facts[PERSONAL]["about"].as_str()?.parse().ok()
}

fn label(about: Id<Subject>) -> String {
    format!("the log about {about}")
}
