//! Everything kept about a person, as one document a program can read (Articles 15 and 20 GDPR, R260).
//!
//! Hashes and sealed secrets are not in it, nor is anybody else: of a registration filled in for somebody else it says
//! that there was one.

use access_rules::{Actor, PersonId};
use db::{Conn, told::Columns};
use kernel::{Fault, Id, Moment};
use people::sessions;
use records::{
    audit_sealing::{self, PERSONAL},
    model::Entry,
};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::parts;

/// Under which name the shape of this document is known.
pub const FORMAT: &str = "hemicycle-person-1";

/// The table of the log: it tells what one did, and apart from that what it seals about one.
const LOG: &str = "audit_entries";

/// Everything kept about a person.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Export {
    /// The shape of this document.
    pub format: &'static str,
    /// When it was made.
    pub made_at: Moment,
    /// About whom.
    pub person: PersonId,
    /// Table by table; those without a row about them are left out.
    pub kept: Vec<Kept>,
}

/// The rows of one table that are about a person.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Kept {
    /// Which part of the site keeps them.
    pub part: &'static str,
    /// The table.
    pub table: &'static str,
    /// The column by which they are about the person: who it is, or who did it.
    pub by: &'static str,
    /// The rows, each with its columns by name.
    #[schema(value_type = Vec<Object>)]
    pub rows: Vec<Value>,
}

/// Everything kept about the actor. For a person at a browser, never for a program's token.
///
/// # Errors
/// 401; `scope`; when the database refuses.
pub fn own(conn: &mut Conn, actor: &Actor, machine_now: Moment) -> Result<Export, Fault> {
    sessions::list(conn, actor, machine_now)?;
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    of(conn, machine_now, person)
}

/// Everything kept about a person, without asking who may: the caller has.
pub(crate) fn of(conn: &mut Conn, now: Moment, person: PersonId) -> Result<Export, Fault> {
    let columns = Columns::of(conn)?;
    let mut kept = Vec::new();
    for part in parts::ALL {
        for trace in part.traces {
            let mut rows = trace.read(conn, &columns, Id::cast(person))?;
            if trace.table == LOG {
                rows.iter_mut().for_each(leave_sealed_out);
            }
            if !rows.is_empty() {
                kept.push(Kept {
                    part: part.name,
                    table: trace.table,
                    by: trace.column,
                    rows,
                });
            }
        }
    }
    let about: Vec<Value> = audit_sealing::about_person(conn, Id::cast(person))?
        .iter()
        .map(told)
        .collect();
    if !about.is_empty() {
        kept.push(Kept {
            part: "records",
            table: LOG,
            by: "about",
            rows: about,
        });
    }
    Ok(Export {
        format: FORMAT,
        made_at: now,
        person,
        kept,
    })
}

/// An entry of the log about the reader. Who made it is not theirs to know.
fn told(entry: &Entry) -> Value {
    json!({
        "seq": entry.seq,
        "at": entry.at,
        "act": entry.act,
        "object_kind": entry.object_kind,
        "object_id": entry.object_id,
        "scope": entry.scope,
        "summary": entry.summary,
    })
}

/// What the reader did says nothing of whom they did it to.
fn leave_sealed_out(row: &mut Value) {
    let facts = row["summary"].as_str().map(serde_json::from_str::<Value>);
    if let Some(Ok(Value::Object(mut facts))) = facts
        && facts.remove(PERSONAL).is_some()
    {
        row["summary"] = Value::Object(facts).to_string().into();
    }
}
