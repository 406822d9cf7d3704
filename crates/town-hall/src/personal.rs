//! What this slice keeps about a person: which partners they named, which caucuses they answer for, what they asked, said,
//! paired, recorded and closed. What they did for papers and sessions is the record of a public debate: it stays under an
//! id that names nobody any more. That they answer for a caucus goes with them.

use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Json, text};
use records::personal::Trace;

use crate::{
    model::{Answer, ReviewId},
    tables::caucus_reviews,
};

/// The rows that are about a person.
pub const TRACES: &[Trace] = &[
    Trace::kept(
        "theme_partners",
        "named_by",
        &["from_at", "theme", "organisation", "role"],
    ),
    Trace::kept("theme_pages", "changed_by", &["changed_at", "theme", "title"]),
    Trace::deleted("caucus_members", "person", &["from_at", "caucus", "to_at"]),
    Trace::kept("caucus_members", "named_by", &["from_at", "caucus"]),
    Trace::kept(
        "caucus_reviews",
        "asked_by",
        &["asked_at", "caucus", "paper", "deadline"],
    ),
    Trace::kept(
        "caucus_reviews",
        "answered_by",
        &["answered_at", "caucus", "paper", "answers", "language", "remarks"],
    ),
    Trace::kept(
        "theme_pairings",
        "made_by",
        &["made_at", "theme", "council", "session"],
    ),
    Trace::kept(
        "deliberations",
        "recorded_by",
        &["recorded_at", "session", "theme", "result"],
    ),
    Trace::kept("deliberations", "closed_by", &["closed_at", "session", "theme"]),
];

/// Puts a pseudonym where one of these names or addresses stands for itself in what caucuses said of papers.
///
/// # Errors
/// When the database refuses.
pub fn take_names_out(conn: &mut Conn, words: &[&str], pseudonym: &str) -> Result<(), Fault> {
    let unnamed = |old: &str| {
        words.iter().fold(old.to_owned(), |text, words| {
            text::with_words_replaced(&text, words, pseudonym).unwrap_or(text)
        })
    };
    let reviews: Vec<(ReviewId, String, Json<Vec<Answer>>)> = on_each!(conn, |c| caucus_reviews::table
        .filter(caucus_reviews::answered_at.is_not_null())
        .select((
            caucus_reviews::id,
            caucus_reviews::remarks,
            caucus_reviews::answers
        ))
        .load(c))?;
    for (id, remarks, answers) in reviews {
        let after: Vec<Answer> = answers
            .0
            .iter()
            .map(|answer| Answer {
                remark: unnamed(&answer.remark),
                ..answer.clone()
            })
            .collect();
        let said = unnamed(&remarks);
        if said != remarks || after != answers.0 {
            on_each!(conn, |c| diesel::update(caucus_reviews::table.find(id))
                .set((
                    caucus_reviews::remarks.eq(&said),
                    caucus_reviews::answers.eq(Json(after.clone())),
                ))
                .execute(c))
            .exactly_one()?;
        }
    }
    Ok(())
}
