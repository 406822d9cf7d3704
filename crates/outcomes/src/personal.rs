//! What this slice keeps about a person: what they sent, drafted, decided, asked, answered and published. It is the record
//! of what a congress decided: it stays under an id that names nobody any more, and without their name and addresses where
//! they stand in results, reasons, notes and answers. What was published says for ever what it said.

use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Localized, text};
use records::personal::Trace;

use crate::{
    legacy_model::{ReferenceId, ResponseId},
    model::{OutcomeId, StepId, TransmissionId},
    tables::{outcome_references, outcome_responses, outcome_steps, outcomes, transmissions},
};

/// The rows that are about a person; those that refer to others first.
pub const TRACES: &[Trace] = &[
    Trace::kept(
        "collection_editions",
        "published_by",
        &["published_at", "edition", "number", "title"],
    ),
    Trace::kept(
        "outcome_responses",
        "asked_by",
        &["asked_at", "outcome", "organisation", "due_on"],
    ),
    Trace::kept(
        "outcome_responses",
        "answered_by",
        &["answered_at", "outcome", "organisation", "answer", "said"],
    ),
    Trace::kept(
        "outcome_priorities",
        "made_by",
        &["made_at", "outcome", "priority"],
    ),
    Trace::kept(
        "outcome_references",
        "made_by",
        &["made_at", "outcome", "addressed_to", "field", "note"],
    ),
    Trace::kept(
        "outcome_steps",
        "who",
        &["at", "outcome", "from_state", "to_state", "reason"],
    ),
    Trace::kept(
        "outcomes",
        "created_by",
        &["created_at", "edition", "code", "kind"],
    ),
    Trace::kept(
        "transmissions",
        "sent_by",
        &["sent_at", "edition", "source", "stem"],
    ),
];

/// Puts a pseudonym where one of these names or addresses stands for itself in what was written here: in the results of
/// deliberations, the reasons of decisions, notes and answers.
///
/// # Errors
/// When the database refuses.
pub fn take_names_out(conn: &mut Conn, words: &[&str], pseudonym: &str) -> Result<(), Fault> {
    let unnamed = Unnamed { words, pseudonym };
    results(conn, &unnamed)?;
    reasons(conn, &unnamed)?;
    notes(conn, &unnamed)?;
    answers(conn, &unnamed)
}

/// Who is to be named no more, and how instead.
struct Unnamed<'a> {
    words: &'a [&'a str],
    pseudonym: &'a str,
}

impl Unnamed<'_> {
    fn line(&self, old: &str) -> String {
        self.words.iter().fold(old.to_owned(), |kept, words| {
            text::with_words_replaced(&kept, words, self.pseudonym).unwrap_or(kept)
        })
    }

    fn localized(&self, old: &Localized) -> Localized {
        let told = old.0.iter();
        Localized(told.map(|(tag, said)| (tag.clone(), self.line(said))).collect())
    }
}

fn results(conn: &mut Conn, unnamed: &Unnamed<'_>) -> Result<(), Fault> {
    let rows: Vec<(TransmissionId, Localized)> = on_each!(conn, |c| transmissions::table
        .select((transmissions::id, transmissions::result))
        .load(c))?;
    for (id, before) in rows {
        let after = unnamed.localized(&before);
        if after != before {
            on_each!(conn, |c| diesel::update(transmissions::table.find(id))
                .set(transmissions::result.eq(&after))
                .execute(c))
            .exactly_one()?;
        }
    }
    Ok(())
}

fn reasons(conn: &mut Conn, unnamed: &Unnamed<'_>) -> Result<(), Fault> {
    let decided: Vec<(OutcomeId, String)> = on_each!(conn, |c| outcomes::table
        .filter(outcomes::decision_reason.ne(""))
        .select((outcomes::id, outcomes::decision_reason))
        .load(c))?;
    for (id, before) in decided {
        let after = unnamed.line(&before);
        if after != before {
            on_each!(conn, |c| diesel::update(outcomes::table.find(id))
                .set(outcomes::decision_reason.eq(&after))
                .execute(c))
            .exactly_one()?;
        }
    }
    let steps: Vec<(StepId, String)> = on_each!(conn, |c| outcome_steps::table
        .filter(outcome_steps::reason.ne(""))
        .select((outcome_steps::id, outcome_steps::reason))
        .load(c))?;
    for (id, before) in steps {
        let after = unnamed.line(&before);
        if after != before {
            on_each!(conn, |c| diesel::update(outcome_steps::table.find(id))
                .set(outcome_steps::reason.eq(&after))
                .execute(c))
            .exactly_one()?;
        }
    }
    Ok(())
}

fn notes(conn: &mut Conn, unnamed: &Unnamed<'_>) -> Result<(), Fault> {
    let rows: Vec<(ReferenceId, Localized)> = on_each!(conn, |c| outcome_references::table
        .select((outcome_references::id, outcome_references::note))
        .load(c))?;
    for (id, before) in rows {
        let after = unnamed.localized(&before);
        if after != before {
            on_each!(conn, |c| diesel::update(outcome_references::table.find(id))
                .set(outcome_references::note.eq(&after))
                .execute(c))
            .exactly_one()?;
        }
    }
    Ok(())
}

fn answers(conn: &mut Conn, unnamed: &Unnamed<'_>) -> Result<(), Fault> {
    let rows: Vec<(ResponseId, Localized)> = on_each!(conn, |c| outcome_responses::table
        .select((outcome_responses::id, outcome_responses::said))
        .load(c))?;
    for (id, before) in rows {
        let after = unnamed.localized(&before);
        if after != before {
            on_each!(conn, |c| diesel::update(outcome_responses::table.find(id))
                .set(outcome_responses::said.eq(&after))
                .execute(c))
            .exactly_one()?;
        }
    }
    Ok(())
}
