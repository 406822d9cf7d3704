//! What this slice keeps about a person: what they sealed, translated, read over, amended and said of texts. It is the record of a
//! public debate: it stays under an id that names nobody any more, and without their name and addresses. What somebody
//! took back is gone already; what they said that was hidden goes with them.

use access_rules::PersonId;
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, text};
use records::personal::Trace;

use crate::{
    amendments, divisions,
    model::{CommentId, CommentState, VersionId},
    tables::{text_comments, text_versions},
};

/// The rows that are about a person.
pub const TRACES: &[Trace] = &[
    Trace::kept("text_versions", "sealed_by", &["number", "text", "note"]),
    Trace::kept(
        "text_translations",
        "translated_by",
        &["translated_at", "text", "block", "language"],
    ),
    Trace::kept(
        "text_translations",
        "reviewed_by",
        &["reviewed_at", "text", "block", "language"],
    ),
    Trace::kept(
        "text_comments",
        "author",
        &[
            "posted_at",
            "text",
            "block",
            "position",
            "language",
            "body",
            "state",
            "moderation_reason",
            "disposition",
            "disposition_reason",
        ],
    ),
    Trace::kept(
        "text_comments",
        "moderated_by",
        &["moderated_at", "text", "moderation_reason"],
    ),
    Trace::kept(
        "text_comments",
        "disposed_by",
        &["disposed_at", "text", "disposition", "disposition_reason"],
    ),
    Trace::kept(
        "text_amendments",
        "author",
        &[
            "filed_at",
            "text",
            "number",
            "organisation",
            "proposed",
            "language",
            "reason",
            "state",
            "decided_at",
        ],
    ),
    Trace::kept(
        "text_amendment_seconders",
        "person",
        &["seconded_at", "amendment", "organisation"],
    ),
    Trace::kept(
        "text_amendment_translations",
        "translated_by",
        &["translated_at", "amendment", "language", "said"],
    ),
    Trace::kept(
        "text_amendment_advice",
        "advised_by",
        &["advised_at", "amendment", "advice", "note"],
    ),
];

/// Takes away what somebody said that was hidden: nobody but the readers of the log could read it. Its place in the thread,
/// and why it was hidden, stay (R100). Answers how many there were.
///
/// # Errors
/// When the database refuses.
pub fn forget_hidden(conn: &mut Conn, person: PersonId) -> Result<usize, Fault> {
    Ok(on_each!(conn, |c| diesel::update(text_comments::table)
        .filter(text_comments::author.eq(person))
        .filter(text_comments::state.eq(CommentState::Moderated))
        .set(text_comments::body.eq(""))
        .execute(c))?)
}

/// Puts a pseudonym where one of these names or addresses stands for itself in what was said of texts: in comments, in the
/// reasons why they were hidden or what became of them, in what the sealer of a version said of it, and in the reasons and
/// notes of amendments and divisions.
///
/// # Errors
/// When the database refuses.
pub fn take_names_out(conn: &mut Conn, texts: &[&str], pseudonym: &str) -> Result<(), Fault> {
    let unnamed = |old: &str| {
        texts.iter().fold(old.to_owned(), |text, words| {
            text::with_words_replaced(&text, words, pseudonym).unwrap_or(text)
        })
    };

    let comments: Vec<(CommentId, String, Option<String>, Option<String>)> =
        on_each!(conn, |c| text_comments::table
            .select((
                text_comments::id,
                text_comments::body,
                text_comments::moderation_reason,
                text_comments::disposition_reason,
            ))
            .load(c))?;
    for (id, body, hidden_for, disposed_for) in comments {
        let before = (body, hidden_for, disposed_for);
        let after = (
            unnamed(&before.0),
            before.1.as_deref().map(unnamed),
            before.2.as_deref().map(unnamed),
        );
        if after != before {
            on_each!(conn, |c| diesel::update(text_comments::table.find(id))
                .set((
                    text_comments::body.eq(&after.0),
                    text_comments::moderation_reason.eq(&after.1),
                    text_comments::disposition_reason.eq(&after.2),
                ))
                .execute(c))
            .exactly_one()?;
        }
    }

    let notes: Vec<(VersionId, String)> = on_each!(conn, |c| text_versions::table
        .filter(text_versions::note.ne(""))
        .select((text_versions::id, text_versions::note))
        .load(c))?;
    for (id, before) in notes {
        let after = unnamed(&before);
        if after != before {
            on_each!(conn, |c| diesel::update(text_versions::table.find(id))
                .set(text_versions::note.eq(&after))
                .execute(c))
            .exactly_one()?;
        }
    }
    let maybe = |old: &Option<String>| old.as_deref().map(unnamed);
    let (own, advice) = amendments::names(conn)?;
    let own = changed(own, |(id, reason, waived, admissibility, decision)| {
        let (waived, admissibility) = (maybe(waived), maybe(admissibility));
        (*id, unnamed(reason), waived, admissibility, maybe(decision))
    });
    let advice = changed(advice, |(id, note)| (*id, unnamed(note)));
    amendments::rename(conn, &own, &advice)?;
    let (whole, parts) = divisions::notes(conn)?;
    let whole = changed(whole, |(id, note)| (*id, unnamed(note)));
    let parts = changed(parts, |(id, number, note)| (*id, *number, unnamed(note)));
    divisions::rename(conn, &whole, &parts)
}

/// Those rows that become something else, as they become.
fn changed<T: PartialEq>(rows: Vec<T>, becomes: impl Fn(&T) -> T) -> Vec<T> {
    let both = rows.into_iter().map(|row| (becomes(&row), row));
    both.filter(|(after, before)| after != before)
        .map(|(after, _)| after)
        .collect()
}
