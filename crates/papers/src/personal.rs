//! What this slice keeps about a person: the papers they began, their part in them, and the steps they took. It is the
//! record of how a paper came about: it stays under an id that names nobody any more, and without their name and addresses.

use access_rules::PaperId;
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, text};
use records::personal::Trace;

use crate::{
    model::StepId,
    tables::{paper_steps, papers},
};

/// The rows that are about a person.
pub const TRACES: &[Trace] = &[
    Trace::kept("papers", "created_by", &["created_at", "edition", "code"]),
    Trace::kept("paper_team", "person", &["from_at", "to_at", "paper", "role"]),
    Trace::kept("paper_team", "named_by", &["from_at", "paper", "role"]),
    Trace::kept(
        "paper_steps",
        "done_by",
        &["done_at", "paper", "what", "to_state", "reason"],
    ),
];

/// Puts a pseudonym where one of these names or addresses stands for itself in why a paper went on, came back or has
/// another deadline.
///
/// # Errors
/// When the database refuses.
pub fn take_names_out(conn: &mut Conn, texts: &[&str], pseudonym: &str) -> Result<(), Fault> {
    let unnamed = |old: &str| {
        texts.iter().fold(old.to_owned(), |text, words| {
            text::with_words_replaced(&text, words, pseudonym).unwrap_or(text)
        })
    };

    let steps: Vec<(StepId, String)> = on_each!(conn, |c| paper_steps::table
        .filter(paper_steps::reason.ne(""))
        .select((paper_steps::id, paper_steps::reason))
        .load(c))?;
    for (id, before) in steps {
        let after = unnamed(&before);
        if after != before {
            on_each!(conn, |c| diesel::update(paper_steps::table.find(id))
                .set(paper_steps::reason.eq(&after))
                .execute(c))
            .exactly_one()?;
        }
    }

    let deadlines: Vec<(PaperId, String)> = on_each!(conn, |c| papers::table
        .filter(papers::deadline_reason.ne(""))
        .select((papers::id, papers::deadline_reason))
        .load(c))?;
    for (id, before) in deadlines {
        let after = unnamed(&before);
        if after != before {
            on_each!(conn, |c| diesel::update(papers::table.find(id))
                .set(papers::deadline_reason.eq(&after))
                .execute(c))
            .exactly_one()?;
        }
    }
    Ok(())
}
