//! What a move makes clash: told with it, refused where the edition says so, unless somebody says why it may stand.
//!
//! One rule for a single placement, a swap and an arrangement of many. Knows nothing of rooms that are taken: that is no
//! matter of how grave it is.

use std::collections::BTreeSet;

use access_rules::Actor;
use db::Conn;
use kernel::{Fault, Fields, Moment, text};
use serde_json::json;

use crate::{
    admission::Admissions, conflicts::Conflict, draft::Draft, faults::ProgrammeFault, model::Session, waivers,
};

/// What sessions would have a part in, and the keys of what is new in it and refuses the move.
#[derive(Clone, Debug, PartialEq)]
pub struct Clashes {
    /// The conflicts.
    pub found: Vec<Conflict>,
    /// The keys of those that refuse the move.
    pub refusing: Vec<String>,
}

/// Looks at a draft that holds the sessions as they are to be. What there was before is looked at only when something
/// refuses the move.
///
/// # Errors
/// When the database refuses.
pub fn of(
    conn: &mut Conn,
    admissions: &Admissions,
    draft: &mut Draft,
    before: &[Session],
    after: &[Session],
) -> Result<Clashes, Fault> {
    let mut found = draft.conflicts(conn, admissions, &draft.placed())?;
    found.retain(|conflict| after.iter().any(|one| conflict.sessions.contains(&one.id)));
    if !found.iter().any(Conflict::stops_a_move) {
        return Ok(Clashes {
            found,
            refusing: vec![],
        });
    }
    draft.replace(before);
    let known = draft.conflicts(conn, admissions, &draft.placed())?;
    draft.replace(after);
    let known: BTreeSet<&str> = known.iter().map(|conflict| conflict.key.as_str()).collect();
    let refusing = found
        .iter()
        .filter(|conflict| conflict.stops_a_move() && !known.contains(conflict.key.as_str()))
        .map(|conflict| conflict.key.clone())
        .collect();
    Ok(Clashes { found, refusing })
}

/// Lets the sessions be where they are to be: answers what they clash with, as the actor reads it. What refuses the move
/// stands for this reason from now on.
///
/// # Errors
/// `would_clash` listing what refuses; with a reason, 403 for who may not give one; `invalid`.
#[expect(
    clippy::too_many_arguments,
    reason = "a use case's, and the draft before and after"
)]
pub fn let_in(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    draft: &mut Draft,
    before: &[Session],
    after: &[Session],
    reason: &str,
) -> Result<Vec<Conflict>, Fault> {
    let Clashes { mut found, refusing } = of(conn, admissions, draft, before, after)?;
    if !refusing.is_empty() {
        let reason = stands(actor, now, draft, &found, &refusing, reason)?;
        for conflict in found
            .iter_mut()
            .filter(|conflict| refusing.contains(&conflict.key))
        {
            waivers::let_stand(conn, actor, now, draft.edition.id, &conflict.key, &reason)?;
            conflict.waived = Some(reason.clone());
        }
    }
    Ok(draft.as_read_by(actor, found))
}

/// The reason for which new conflicts may stand.
fn stands(
    actor: &Actor,
    now: Moment,
    draft: &Draft,
    found: &[Conflict],
    refusing: &[String],
    reason: &str,
) -> Result<String, Fault> {
    if reason.trim().is_empty() {
        let left = found
            .iter()
            .filter(|conflict| refusing.contains(&conflict.key))
            .cloned()
            .collect();
        let told = draft.as_read_by(actor, left);
        return Err(ProgrammeFault::WouldClash {
            conflicts: json!(told),
        }
        .into());
    }
    waivers::may(actor, now)?;
    let mut fields = Fields::new();
    let reason = fields.required_line("reason", reason, text::TITLE);
    fields.done()?;
    Ok(reason)
}
