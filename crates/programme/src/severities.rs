//! How grave an edition holds each conflict to be, and how far its venues and its people are from one another: what the
//! checks of a draft go by besides the draft itself.
//!
//! Data, set by the desk: a check nobody set is as grave as usual. Knows nothing of how conflicts are found.

use std::collections::BTreeMap;

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Fields, Id, Moment};
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    checks::{Check, Severity, weighed},
    draft, editions,
    tables::conflict_severities as rows,
};

/// What an edition holds each check to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Severities {
    set: BTreeMap<Check, Severity>,
}

/// What the form asks, and what an organiser sends: some checks, by code, with how grave each is from now on.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct SeveritiesInput {
    /// By the check's code: `block_move`, `block_release`, `warning`, `ignore`; empty for as usual.
    pub severities: BTreeMap<String, String>,
}

/// A check and how grave what it finds is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CheckTerms {
    /// Its code.
    #[schema(value_type = String)]
    pub check: Check,
    /// How grave it is in this edition.
    #[schema(value_type = String)]
    pub severity: Severity,
    /// How grave it is where nothing is set.
    #[schema(value_type = String)]
    pub usual: Severity,
    /// Whether it cannot be set.
    pub fixed: bool,
}

impl Severities {
    /// How grave this check is.
    pub fn of(&self, check: Check) -> Severity {
        let set = self.set.get(&check).copied();
        set.filter(|_| !check.is_fixed()).unwrap_or(check.usual())
    }

    /// How grave something found by its check is; `found` may be milder than usual.
    pub fn weigh(&self, code: &str, found: Severity) -> Severity {
        match Check::from_code(code) {
            Some(check) => weighed(check, found, self.of(check)),
            None => found,
        }
    }

    /// All checks with how grave they are.
    pub fn all(&self) -> Vec<CheckTerms> {
        let terms = |check: &Check| CheckTerms {
            check: *check,
            severity: self.of(*check),
            usual: check.usual(),
            fixed: check.is_fixed(),
        };
        Check::ALL.iter().map(terms).collect()
    }
}

/// What an edition holds each check to be.
///
/// # Errors
/// When the database refuses.
pub fn of(conn: &mut Conn, edition: EditionId) -> Result<Severities, Fault> {
    let set: Vec<(String, Severity)> = on_each!(conn, |c| rows::table
        .filter(rows::edition.eq(edition))
        .select((rows::code, rows::severity))
        .load(c))?;
    let known = |(code, severity): (String, Severity)| Some((Check::from_code(&code)?, severity));
    Ok(Severities {
        set: set.into_iter().filter_map(known).collect(),
    })
}

/// All checks with how grave they are, for whoever works on the draft.
///
/// # Errors
/// 401, 403, 404.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
) -> Result<Vec<CheckTerms>, Fault> {
    draft::desk_of(conn, actor, now, edition)?;
    Ok(of(conn, edition)?.all())
}

/// Sets how grave some checks are; those that are not named stay as they are.
///
/// # Errors
/// 401, 403, 404; `invalid` with `unknown_choice`, `fixed`; `edition_over`.
pub fn set(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &SeveritiesInput,
) -> Result<Vec<CheckTerms>, Fault> {
    editions::get(conn, actor, edition)?;
    decide(actor, Act::ManageEdition, &Object::public(ObjectKind::Room), now).or_fault()?;
    let asked = checked(input)?;
    editions::change_draft(conn, edition)?;
    let before = of(conn, edition)?;
    for (check, severity) in asked {
        put(conn, edition, check, severity)?;
    }
    let after = of(conn, edition)?;
    if before != after {
        let changed: BTreeMap<&str, &str> = Check::ALL
            .iter()
            .filter(|check| before.of(**check) != after.of(**check))
            .map(|check| (check.code(), after.of(*check).code()))
            .collect();
        let noted = Note {
            actor: actor.person.map(Id::cast),
            scope: Some(edition.uuid()),
            summary: json!(changed),
            ..Note::of("edition.severities", "edition")
        };
        audit::note(conn, now, &noted)?;
    }
    Ok(after.all())
}

fn checked(input: &SeveritiesInput) -> Result<Vec<(Check, Option<Severity>)>, Fault> {
    let mut fields = Fields::new();
    let mut asked = Vec::new();
    for (code, severity) in &input.severities {
        let field = format!("severities.{code}");
        let wanted = Some(severity.trim()).filter(|severity| !severity.is_empty());
        match (Check::from_code(code), wanted.map(Severity::from_code)) {
            (None, _) | (_, Some(None)) => fields.wrong(&field, "unknown_choice"),
            (Some(check), Some(Some(severity))) if check.is_fixed() && severity != check.usual() => {
                fields.wrong(&field, "fixed_severity");
            }
            (Some(check), wanted) => asked.push((check, wanted.flatten())),
        }
    }
    fields.done()?;
    Ok(asked)
}

fn put(conn: &mut Conn, edition: EditionId, check: Check, severity: Option<Severity>) -> Result<(), Fault> {
    let Some(severity) = severity.filter(|severity| *severity != check.usual()) else {
        on_each!(conn, |c| diesel::delete(
            rows::table.find((edition, check.code()))
        )
        .execute(c))?;
        return Ok(());
    };
    on_each!(conn, |c| diesel::insert_into(rows::table)
        .values((
            rows::edition.eq(edition),
            rows::code.eq(check.code()),
            rows::severity.eq(severity)
        ))
        .on_conflict((rows::edition, rows::code))
        .do_update()
        .set(rows::severity.eq(severity))
        .execute(c))
    .exactly_one()
}
