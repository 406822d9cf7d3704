//! What a drafting committee recommends of each amendment (AS6).

use access_rules::PersonId;
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Moment};
use serde_json::json;

use super::{
    kept::{self, AdviceRow},
    reading::{self, Shown},
};
use crate::{
    amend::{AmendmentId, state::Advice},
    faults::TextFault,
    rules::REASON_MAX,
    tables::text_amendment_advice as table,
};

/// Recommends to adopt, to reject or to modify an amendment, with a note that says why or how, on the version of the
/// recommendation that was seen, where there is one.
///
/// # Errors
/// 404; `invalid`: `note`; `amendment_closed`; `stale`.
pub fn advise(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: AmendmentId,
    version: Option<i64>,
    advice: Advice,
    note: &str,
) -> Result<Shown, Fault> {
    let taken = kept::take(conn, id, None)?;
    let mut fields = Fields::new();
    let note = fields.paragraph("note", note, REASON_MAX);
    if note.is_empty() && advice == Advice::Modify && !fields.has("note") {
        fields.wrong("note", "required");
    }
    fields.done()?;
    if !taken.row.state.is_open() {
        return Err(TextFault::AmendmentClosed.into());
    }
    let before = of(conn, &[id])?.into_iter().next();
    if before.as_ref().map(|own| own.version) != version {
        let now = before.map(|own| json!({ "version": own.version, "advice": own.advice, "note": own.note }));
        return Err(Fault::stale().with("now", json!(now)));
    }
    if version.is_some() {
        on_each!(conn, |c| diesel::delete(table::table.find(id)).execute(c)).exactly_one()?;
    }
    let row = AdviceRow {
        amendment: id,
        advice,
        note,
        advised_by: who,
        advised_at: now,
        version: version.unwrap_or(0) + 1,
    };
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&row)
        .execute(c))
    .exactly_one()?;
    kept::note(conn, who, now, "text.advise_amendment", &taken.text, &taken.row)?;
    reading::get(conn, id)
}

/// What is recommended of these.
pub fn of(conn: &mut Conn, amendments: &[AmendmentId]) -> Result<Vec<AdviceRow>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::amendment.eq_any(amendments))
        .select(AdviceRow::as_select())
        .load(c))?)
}
