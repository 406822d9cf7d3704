//! Terms: what an edition's Assembly and World Assembly go by. How long before the congress papers are due (R64), how long
//! before it the World Assembly is convoked (R69), whether and by which majority it may vote where consensus is not
//! reached (R73), and in which languages a text must say the same before it is adopted (R88).
//!
//! An edition that never said has those the program begins with; they become its own with its first change. Whoever closes
//! something of the Assembly takes the row first, so that they stand in line.

use std::collections::BTreeSet;

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Fields, Id, Json, Language, Moment};
use programme::editions;
use records::audit::{self, Fingerprint, Note};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{model::AssemblyTerms, rules, tables::assembly_terms as table};

/// The track whose desk sets them.
pub(crate) const TRACK: &str = "assembly";

/// What the form of the terms asks; what is left out stays.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct AssemblyTermsInput {
    /// How many days before the congress papers are due where an invitation does not say.
    pub deadline_days: Option<i64>,
    /// How many months before it the World Assembly is convoked.
    pub notice_months: Option<i64>,
    /// Whether a vote may be taken where consensus is not reached.
    pub fallback_vote: Option<bool>,
    /// The majority such a vote needs, of so many votes for or against …
    pub majority_votes: Option<i64>,
    /// … out of so many.
    pub majority_of: Option<i64>,
    /// In which languages a text must say the same before the World Assembly adopts it.
    pub aligned_languages: Option<Vec<String>>,
}

/// What an edition goes by, whoever asks.
///
/// # Errors
/// When the database refuses.
pub fn of(conn: &mut Conn, edition: EditionId) -> Result<AssemblyTerms, Fault> {
    let own: Option<AssemblyTerms> = on_each!(conn, |c| table::table
        .find(edition)
        .select(AssemblyTerms::as_select())
        .first(c)
        .optional())?;
    Ok(own.unwrap_or_else(|| usual(edition)))
}

/// Changes what an edition goes by.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `stale`.
pub fn set(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &AssemblyTermsInput,
    version: Option<i64>,
) -> Result<AssemblyTerms, Fault> {
    editions::get(conn, actor, edition)?;
    let object = Object::public(ObjectKind::Rule).of_track(Some(TRACK));
    decide(actor, Act::ManageRules, &object, now).or_fault()?;
    let before = take(conn, edition)?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    let after = checked(&before, input)?;
    on_each!(conn, |c| diesel::update(table::table)
        .filter(table::edition.eq(edition))
        .filter(table::version.eq(before.version))
        .set(&after)
        .execute(c))
    .one_or(Fault::stale())?;
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(edition.uuid()),
        scope: Some(edition.uuid()),
        summary: json!({
            "deadline_days": after.deadline_days, "notice_months": after.notice_months,
            "fallback_vote": after.fallback_vote, "aligned_languages": after.aligned_languages, "majority": [after.majority_votes, after.majority_of],
        }),
        before: Fingerprint::of(&before),
        after: Fingerprint::of(&after),
        ..Note::of("assembly_terms.set", "edition")
    };
    audit::note(conn, now, &note)?;
    Ok(after)
}

/// Holds an edition's terms until COMMIT: whoever closes a sitting or the World Assembly, or has a result go out, stands
/// in line here.
pub(crate) fn take(conn: &mut Conn, edition: EditionId) -> Result<AssemblyTerms, Fault> {
    Ok(on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&usual(edition))
        .on_conflict(table::edition)
        .do_update()
        .set(table::version.eq(table::version))
        .returning(AssemblyTerms::as_returning())
        .get_result(c))?)
}

/// Those the program begins with.
fn usual(edition: EditionId) -> AssemblyTerms {
    AssemblyTerms {
        edition,
        deadline_days: rules::DEADLINE_DAYS,
        notice_months: rules::NOTICE_MONTHS,
        fallback_vote: false,
        majority_votes: rules::MAJORITY.0,
        majority_of: rules::MAJORITY.1,
        version: 0,
        aligned_languages: None,
    }
}

fn checked(before: &AssemblyTerms, input: &AssemblyTermsInput) -> Result<AssemblyTerms, Fault> {
    let mut fields = Fields::new();
    let mut within = |field: &str, asked: Option<i64>, is: i64, least, most| {
        fields.within(field, asked.unwrap_or(is), least, most)
    };
    let deadline_days = within("deadline_days", input.deadline_days, before.deadline_days, 0, 730);
    let notice_months = within("notice_months", input.notice_months, before.notice_months, 0, 24);
    let majority_of = within("majority_of", input.majority_of, before.majority_of, 1, 100);
    // No less than half of the votes, no more than all of them.
    let least = (majority_of + 1) / 2;
    let majority_votes = within(
        "majority_votes",
        input.majority_votes,
        before.majority_votes,
        least,
        majority_of,
    );
    let aligned_languages = match &input.aligned_languages {
        Some(asked) => aligned(&mut fields, asked),
        None => before.aligned_languages.clone(),
    };
    fields.done()?;
    Ok(AssemblyTerms {
        deadline_days,
        notice_months,
        fallback_vote: input.fallback_vote.unwrap_or(before.fallback_vote),
        majority_votes,
        majority_of,
        aligned_languages,
        version: before.version + 1,
        ..before.clone()
    })
}

/// Languages of texts, each once; none where none is asked for.
fn aligned(fields: &mut Fields, asked: &[String]) -> Option<Json<Vec<String>>> {
    let known: BTreeSet<&str> = Language::ALL.iter().map(|language| language.code()).collect();
    if asked.iter().any(|language| !known.contains(language.as_str())) {
        fields.wrong("aligned_languages", "unknown");
    }
    let asked: BTreeSet<String> = asked.iter().cloned().collect();
    (!asked.is_empty()).then(|| Json(asked.into_iter().collect()))
}
