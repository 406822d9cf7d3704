//! What this slice keeps about a person: which endpoints they made. What was sent to them may have held a name that was
//! printed, and is kept for a while.

use std::collections::BTreeSet;

use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, text};
use records::personal::Trace;

use crate::{model::Attempt, tables::webhook_attempts};

/// The rows that are about a person.
pub const TRACES: &[Trace] = &[Trace::kept(
    "webhook_endpoints",
    "owner",
    &["created_at", "edition", "url", "kinds", "state"],
)];

/// Puts a pseudonym where one of these names stands for itself in what is kept of the tries. Answers how many tries.
///
/// # Errors
/// When the database refuses.
pub fn take_names_out(conn: &mut Conn, names: &BTreeSet<String>, pseudonym: &str) -> Result<usize, Fault> {
    let mut changed = 0;
    for name in names.iter().filter(|name| !name.is_empty()) {
        let written = name.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        let holds = format!("%{written}%");
        let found: Vec<(Id<Attempt>, String, String)> = on_each!(conn, |c| webhook_attempts::table
            .filter(
                webhook_attempts::request
                    .like(&holds)
                    .escape('!')
                    .or(webhook_attempts::response.like(&holds).escape('!'))
            )
            .select((
                webhook_attempts::id,
                webhook_attempts::request,
                webhook_attempts::response,
            ))
            .load(c))?;
        for (id, request, response) in found {
            let unnamed = |text: &str| text::with_words_replaced(text, name, pseudonym);
            let (new_request, new_response) = (unnamed(&request), unnamed(&response));
            if new_request.is_none() && new_response.is_none() {
                continue;
            }
            on_each!(conn, |c| diesel::update(webhook_attempts::table.find(id))
                .set((
                    webhook_attempts::request.eq(new_request.unwrap_or(request)),
                    webhook_attempts::response.eq(new_response.unwrap_or(response)),
                ))
                .execute(c))
            .exactly_one()?;
            changed += 1;
        }
    }
    Ok(changed)
}
