//! Who did what: an append-only chain in which each entry carries the hash of the one before (R254).
//!
//! One row, the head, holds number and hash of the last entry. Taking it by an update makes writers stand in line, on
//! both engines, so the chain has no gap and no fork.

use db::{Affected as _, Conn, Kept, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Kind, Moment, Page, PageAsk, page::Cursor};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    audit_sealing,
    model::{Entry, Object, Subject},
    rules::{self, GENESIS},
    tables::{audit_entries, audit_head},
};

/// Entries read at once when the chain is verified.
const STRIDE: i64 = 1000;

/// What is to be remembered of an act. `Note { actor, object_id, ..Note::of("session.place", "session") }`.
#[derive(Clone, Debug)]
pub struct Note<'a> {
    /// Who; none when the site itself acts.
    pub actor: Option<Id<Subject>>,
    /// What was done: `session.place`.
    pub act: &'a str,
    /// To what kind of thing: `session`.
    pub object_kind: &'a str,
    /// To which one.
    pub object_id: Option<Uuid>,
    /// In which edition.
    pub scope: Option<Uuid>,
    /// Facts: ids, codes, numbers. Never a title of a statutory document, never special-category data.
    pub summary: Value,
    /// The person it is about, where anything below tells who that is.
    pub about: Option<Id<Subject>>,
    /// Facts that tell who that is, such as names and addresses: kept sealed under their key.
    pub personal: Value,
    /// The object before; kept as a hash only.
    pub before: Option<Fingerprint>,
    /// The object after; kept as a hash only.
    pub after: Option<Fingerprint>,
}

impl<'a> Note<'a> {
    /// A note that says only what was done to what kind of thing; the rest is filled in by the literal.
    pub fn of(act: &'a str, object_kind: &'a str) -> Self {
        Self {
            actor: None,
            act,
            object_kind,
            object_id: None,
            scope: None,
            summary: Value::Object(serde_json::Map::new()),
            about: None,
            personal: Value::Null,
            before: None,
            after: None,
        }
    }
}

/// The hash of an object as it was: enough to prove later what it said, too little to tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The hash of this object's JSON; nothing for what cannot be JSON.
    pub fn of(object: &impl Serialize) -> Option<Self> {
        rules::fingerprint(object).map(Self)
    }

    pub(crate) fn as_hex(&self) -> &str {
        &self.0
    }
}

/// Which entries are asked for; an empty filter asks for all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// By this person.
    pub actor: Option<Id<Subject>>,
    /// On this kind of thing.
    pub object_kind: Option<String>,
    /// On this one.
    pub object_id: Option<Uuid>,
    /// This act.
    pub act: Option<String>,
    /// In this edition.
    pub scope: Option<Uuid>,
    /// Not before.
    pub from: Option<Moment>,
    /// Before.
    pub to: Option<Moment>,
}

/// What a check of the chain found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// Entries in order before the first break, or all of them.
    pub entries: i64,
    /// The first break, if any.
    pub broken: Option<Break>,
}

/// Where the chain is broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Break {
    /// The number of the entry that is not what it was, or is not there.
    pub seq: i64,
    /// What is wrong with it.
    pub why: Wrong,
}

kernel::coded! {
    /// What can be wrong with an entry.
    pub enum Wrong {
        /// It is not there.
        Missing => "missing",
        /// It, or one before it, was changed.
        Changed => "changed",
        /// The head of the chain says otherwise: entries were cut off or put on.
        Head => "head",
    }
}

/// Appends an entry to the chain.
///
/// # Errors
/// When the database refuses.
pub fn note(conn: &mut Conn, now: Moment, note: &Note<'_>) -> Result<(), Fault> {
    let sealed = audit_sealing::seal(conn, now, note)?;
    let (seq, previous): (i64, String) = on_each!(conn, |c| Kept(
        diesel::update(audit_head::table)
            .set(audit_head::seq.eq(audit_head::seq + 1))
            .returning((audit_head::seq, audit_head::hash))
    )
    .get_result(c))?;
    let mut entry = Entry {
        seq,
        at: now,
        actor: note.actor,
        act: note.act.to_owned(),
        object_kind: note.object_kind.to_owned(),
        object_id: note.object_id.map(Id::from_uuid),
        scope: note.scope.map(Id::from_uuid),
        summary: sealed.summary.to_string(),
        before_hash: sealed.before,
        after_hash: sealed.after,
        hash: String::new(),
    };
    entry.hash = rules::link(&previous, &entry);
    on_each!(conn, |c| diesel::insert_into(audit_entries::table)
        .values(&entry)
        .execute(c))
    .exactly_one()?;
    on_each!(conn, |c| Kept(
        diesel::update(audit_head::table)
            .set(audit_head::hash.eq(&entry.hash))
            .returning(audit_head::seq)
    )
    .changed(c))
    .exactly_one()
}

/// Follows the chain from its beginning to its head and tells the first break.
///
/// # Errors
/// When the database refuses.
pub fn verify(conn: &mut Conn) -> Result<Verdict, Fault> {
    let (last, head): (i64, String) = on_each!(conn, |c| audit_head::table
        .select((audit_head::seq, audit_head::hash))
        .first(c))?;
    let mut previous = GENESIS.to_owned();
    let mut entries = 0;
    loop {
        let next = stride(conn, entries)?;
        if next.is_empty() {
            break;
        }
        for entry in next {
            if entry.seq != entries + 1 {
                return Ok(broken(entries, Wrong::Missing));
            }
            if rules::link(&previous, &entry) != entry.hash {
                return Ok(broken(entries, Wrong::Changed));
            }
            entries = entry.seq;
            previous = entry.hash;
        }
    }
    if entries < last {
        return Ok(broken(entries, Wrong::Missing));
    }
    if entries > last || previous != head {
        return Ok(Verdict {
            entries,
            broken: Some(Break {
                seq: last,
                why: Wrong::Head,
            }),
        });
    }
    Ok(Verdict {
        entries,
        broken: None,
    })
}

/// The next entries of the chain behind this one: a part of it that one holds in memory; nothing behind its end.
pub(crate) fn stride(conn: &mut Conn, behind: i64) -> Result<Vec<Entry>, Fault> {
    Ok(on_each!(conn, |c| audit_entries::table
        .filter(audit_entries::seq.gt(behind))
        .order(audit_entries::seq)
        .limit(STRIDE)
        .select(Entry::as_select())
        .load(c))?)
}

/// Entries, the newest first.
///
/// # Errors
/// `bad_cursor`; when the database refuses.
pub fn list(conn: &mut Conn, filter: &Filter, ask: &PageAsk) -> Result<Page<Entry>, Fault> {
    let before = ask.after.as_ref().map(seq_of).transpose()?;
    let span = match (filter.from, filter.to) {
        (None, None) => None,
        (from, to) => match span(conn, from, to)? {
            Some(span) => Some(span),
            None => return Ok(Page::cut(Vec::new(), ask, place)),
        },
    };
    let rows: Vec<Entry> = on_each!(conn, |c| {
        let mut asked = audit_entries::table.select(Entry::as_select()).into_boxed();
        if let Some(before) = before {
            asked = asked.filter(audit_entries::seq.lt(before));
        }
        if let Some(actor) = filter.actor {
            asked = asked.filter(audit_entries::actor.eq(actor));
        }
        if let Some(kind) = &filter.object_kind {
            asked = asked.filter(audit_entries::object_kind.eq(kind));
        }
        if let Some(object) = filter.object_id {
            asked = asked.filter(audit_entries::object_id.eq(Id::<Object>::from_uuid(object)));
        }
        if let Some(act) = &filter.act {
            asked = asked.filter(audit_entries::act.eq(act));
        }
        if let Some(scope) = filter.scope {
            asked = asked.filter(audit_entries::scope.eq(Id::<Object>::from_uuid(scope)));
        }
        if let Some((first, last)) = span {
            asked = asked.filter(audit_entries::seq.between(first, last));
        }
        if let Some(from) = filter.from {
            asked = asked.filter(audit_entries::at.ge(from));
        }
        if let Some(to) = filter.to {
            asked = asked.filter(audit_entries::at.lt(to));
        }
        asked.order(audit_entries::seq.desc()).limit(ask.fetch()).load(c)
    })?;
    Ok(Page::cut(rows, ask, place))
}

/// The first and the last number between two moments; none when nothing was noted then. Asked of the index of moments
/// alone, so that a day of long ago is found without walking through all that came after it.
fn span(conn: &mut Conn, from: Option<Moment>, to: Option<Moment>) -> Result<Option<(i64, i64)>, Fault> {
    let (first, last): (Option<i64>, Option<i64>) = on_each!(conn, |c| {
        let mut asked = audit_entries::table
            .select((
                diesel::dsl::min(audit_entries::seq),
                diesel::dsl::max(audit_entries::seq),
            ))
            .into_boxed();
        if let Some(from) = from {
            asked = asked.filter(audit_entries::at.ge(from));
        }
        if let Some(to) = to {
            asked = asked.filter(audit_entries::at.lt(to));
        }
        asked.first(c)
    })?;
    Ok(first.zip(last))
}

fn place(entry: &Entry) -> Cursor {
    Cursor {
        key: entry.seq.to_string(),
        id: Uuid::nil(),
    }
}

fn broken(entries: i64, why: Wrong) -> Verdict {
    Verdict {
        entries,
        broken: Some(Break {
            seq: entries + 1,
            why,
        }),
    }
}

fn seq_of(cursor: &Cursor) -> Result<i64, Fault> {
    cursor
        .key
        .parse()
        .map_err(|_| Fault::new(Kind::Malformed, "bad_cursor").at("after"))
}
