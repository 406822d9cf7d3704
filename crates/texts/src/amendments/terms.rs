//! What a text asks of its amendments before they are put: seconders, time to read them, languages (R84). Parameters of each
//! text, set by its owner.

use std::collections::BTreeSet;

use access_rules::PersonId;
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Json, Moment, fields::is_language_tag};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::{kept::Taken, translating};
use crate::{
    faults::TextFault,
    model::TextId,
    tables::{text_amendment_seconders as seconders, text_amendment_terms as table},
    texts,
};

/// Most seconders that may be asked for.
const SECONDERS_MOST: i64 = 1_000;
/// Longest circulation that may be asked for: a year.
const HOURS_MOST: i64 = 24 * 366;
/// Most languages that may be asked for.
const LANGUAGES_MOST: i64 = 20;

/// What a text asks of its amendments before they are put (R84).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct AmendmentTerms {
    /// How many organisations second an amendment, beside its author's.
    pub seconders_least: i64,
    /// For how many hours it was circulated.
    pub circulation_hours: i64,
    /// In which languages it is there, beside the authentic one of the text.
    pub languages: Vec<String>,
}

/// The terms of a text, and the version that guards them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Terms {
    /// They.
    #[serde(flatten)]
    pub terms: AmendmentTerms,
    /// Guards edits; 0 as long as nobody has set them.
    pub version: i64,
}

/// The terms of a text as they are kept, and the number of its last amendment.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = table)]
pub struct TermsRow {
    /// Of which text.
    pub text: TextId,
    /// How many second an amendment.
    pub seconders_least: i64,
    /// For how long it is circulated.
    pub circulation_hours: i64,
    /// In which languages.
    pub languages: Json<Vec<String>>,
    /// The number of the last amendment.
    pub last_number: i64,
    /// Guards edits.
    pub version: i64,
}

/// What a text asks of its amendments. As long as nobody said so, nothing.
///
/// # Errors
/// When the database refuses.
pub fn terms(conn: &mut Conn, text: TextId) -> Result<Terms, Fault> {
    let found: Option<TermsRow> = on_each!(conn, |c| table::table
        .find(text)
        .select(TermsRow::as_select())
        .first(c)
        .optional())?;
    Ok(found.unwrap_or_else(|| none(text)).into())
}

/// Says what a text asks of its amendments, on the version of that which was seen. It counts for those filed already.
///
/// # Errors
/// 404; `invalid`: `seconders_least`, `circulation_hours`, `languages`; `stale`.
pub fn set_terms(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    text: TextId,
    version: i64,
    input: &AmendmentTerms,
) -> Result<Terms, Fault> {
    let row = texts::get(conn, text)?;
    let before = hold(conn, text)?;
    let mut fields = Fields::new();
    let seconders_least = fields.within("seconders_least", input.seconders_least, 0, SECONDERS_MOST);
    let circulation_hours = fields.within("circulation_hours", input.circulation_hours, 0, HOURS_MOST);
    let languages: BTreeSet<String> = input
        .languages
        .iter()
        .map(|tag| tag.trim().to_owned())
        .filter(|tag| *tag != row.language)
        .collect();
    if languages
        .iter()
        .any(|tag| tag.len() > 35 || !is_language_tag(tag))
    {
        fields.wrong("languages", "not_a_language");
    }
    let many = i64::try_from(languages.len()).unwrap_or(i64::MAX);
    fields.within("languages", many, 0, LANGUAGES_MOST);
    fields.done()?;
    if before.version != version {
        return Err(Fault::stale().with("now", json!(Terms::from(before))));
    }
    let after = TermsRow {
        seconders_least,
        circulation_hours,
        languages: Json(languages.into_iter().collect()),
        version: version + 1,
        ..before
    };
    on_each!(conn, |c| diesel::update(table::table.find(text))
        .filter(table::version.eq(version))
        .set((
            table::seconders_least.eq(after.seconders_least),
            table::circulation_hours.eq(after.circulation_hours),
            table::languages.eq(&after.languages),
            table::version.eq(after.version),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    let summary =
        json!({ "seconders": seconders_least, "hours": circulation_hours, "languages": after.languages });
    texts::note(conn, who, now, "text.set_amendment_terms", &row, summary)?;
    Ok(after.into())
}

/// Holds the terms of a text until COMMIT: whoever acts on its amendments stands in line.
pub fn hold(conn: &mut Conn, text: TextId) -> Result<TermsRow, Fault> {
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&none(text))
        .on_conflict_do_nothing()
        .execute(c))?;
    let held: TermsRow = on_each!(conn, |c| diesel::update(table::table.find(text))
        .set(table::version.eq(table::version))
        .returning(TermsRow::as_returning())
        .get_result(c))?;
    Ok(held)
}

/// Numbers so many new amendments; answers the first.
pub fn number(conn: &mut Conn, held: &TermsRow, many: i64) -> Result<i64, Fault> {
    on_each!(conn, |c| diesel::update(table::table.find(held.text))
        .set(table::last_number.eq(table::last_number + many))
        .execute(c))
    .exactly_one()?;
    Ok(held.last_number + 1)
}

/// How many seconded an amendment.
pub fn seconders_of(conn: &mut Conn, taken: &Taken) -> Result<i64, Fault> {
    Ok(on_each!(conn, |c| seconders::table
        .filter(seconders::amendment.eq(taken.row.id))
        .count()
        .get_result(c))?)
}

/// Goes on when as many seconded an amendment as are asked for.
pub fn is_seconded(conn: &mut Conn, taken: &Taken) -> Result<(), Fault> {
    let (seconders, needed) = (seconders_of(conn, taken)?, taken.terms.seconders_least);
    match seconders >= needed {
        true => Ok(()),
        false => Err(TextFault::NotSeconded { seconders, needed }.into()),
    }
}

/// Goes on when an amendment is there in every language that is asked for.
pub fn is_in_languages(conn: &mut Conn, taken: &Taken) -> Result<(), Fault> {
    let there = translating::complete(conn, &taken.row)?;
    let asked = taken.terms.languages.0.iter();
    let languages: Vec<String> = match taken.row.proposed.0.blocks().is_empty() {
        true => vec![],
        false => asked.filter(|own| !there.contains(own)).cloned().collect(),
    };
    match languages.is_empty() {
        true => Ok(()),
        false => Err(TextFault::LanguagesMissing { languages }.into()),
    }
}

/// Goes on when an amendment was circulated for as long as is asked for, or need not be.
pub fn is_circulated(taken: &Taken, now: Moment) -> Result<(), Fault> {
    let hours = taken.terms.circulation_hours;
    if hours == 0 || taken.row.circulation_waived.is_some() {
        return Ok(());
    }
    let until = taken.row.circulated_at.map(|at| at.plus_minutes(hours * 60));
    match until {
        Some(until) if until <= now => Ok(()),
        Some(_) | None => Err(TextFault::NotCirculated { until }.into()),
    }
}

fn none(text: TextId) -> TermsRow {
    TermsRow {
        text,
        seconders_least: 0,
        circulation_hours: 0,
        languages: Json(vec![]),
        last_number: 0,
        version: 0,
    }
}

impl From<TermsRow> for Terms {
    fn from(row: TermsRow) -> Self {
        Self {
            terms: AmendmentTerms {
                seconders_least: row.seconders_least,
                circulation_hours: row.circulation_hours,
                languages: row.languages.0,
            },
            version: row.version,
        }
    }
}
