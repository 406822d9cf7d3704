//! Until when the leads of an edition's sessions may change them, and whom they ask afterwards. The organiser's to set; as
//! long as nobody set anything there is no end.

use access_rules::{Act, Actor, EditionId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, LocalDate, Moment, text};
use records::audit::{self, Fingerprint, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    editions::{self, parsed_or_none, same_version},
    faults::ProgrammeFault,
    model::ChangeTerms,
    tables::change_terms,
};

/// What is asked of who sets the terms.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ChangeTermsInput {
    /// The last day on which leads may change their sessions, by the congress's wall clock; none for no end.
    pub last_day: String,
    /// Whom leads ask afterwards: a name, an address, a number.
    pub contact: String,
}

/// The terms of an edition. Anybody who may see it may know them.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, actor: &Actor, edition: EditionId) -> Result<ChangeTerms, Fault> {
    editions::get(conn, actor, edition)?;
    of(conn, edition)
}

/// Sets them.
///
/// # Errors
/// 401, 403, 404; `invalid`; `stale`.
pub fn set(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &ChangeTermsInput,
    version: Option<i64>,
) -> Result<ChangeTerms, Fault> {
    let seen = editions::get(conn, actor, edition)?;
    decide(actor, Act::ManageEdition, &editions::object(&seen), now).or_fault()?;
    let before = of(conn, edition)?;
    same_version(version, before.version)?;
    let mut fields = Fields::new();
    let last_day: Option<LocalDate> = parsed_or_none(&mut fields, "last_day", &input.last_day, "not_a_day");
    let contact = fields.line("contact", &input.contact, text::TITLE);
    if last_day.is_some() && contact.is_empty() && !fields.has("contact") {
        fields.wrong("contact", "required");
    }
    fields.done()?;
    let terms = ChangeTerms {
        edition,
        last_day,
        contact,
        version: before.version + 1,
    };
    write(conn, &terms)?;
    audit::note(
        conn,
        now,
        &Note {
            actor: actor.person.map(Id::cast),
            object_id: Some(edition.uuid()),
            scope: Some(edition.uuid()),
            summary: json!({"last_day": terms.last_day, "contact": terms.contact}),
            before: Fingerprint::of(&before),
            after: Fingerprint::of(&terms),
            ..Note::of("change_terms.set", "edition")
        },
    )?;
    Ok(terms)
}

/// Goes on while leads may still change their sessions.
///
/// # Errors
/// `changes_frozen`, with the last day and whom to ask.
pub fn may_change(conn: &mut Conn, edition: EditionId, now: Moment) -> Result<(), Fault> {
    let terms = of(conn, edition)?;
    let found = editions::find(conn, edition)?.ok_or_else(Fault::not_found)?;
    match terms.last_day {
        Some(last) if found.zone.local(now).date() > last => Err(ProgrammeFault::ChangesFrozen {
            last_day: last.to_string(),
            contact: terms.contact,
        }
        .into()),
        Some(_) | None => Ok(()),
    }
}

fn of(conn: &mut Conn, edition: EditionId) -> Result<ChangeTerms, Fault> {
    let found = on_each!(conn, |c| change_terms::table
        .find(edition)
        .select(ChangeTerms::as_select())
        .first(c)
        .optional())?;
    Ok(found.unwrap_or(ChangeTerms {
        edition,
        last_day: None,
        contact: String::new(),
        version: 0,
    }))
}

/// Two who set them for the first time at once collide on the edition; later ones on the version.
fn write(conn: &mut Conn, terms: &ChangeTerms) -> Result<(), Fault> {
    if terms.version == 1 {
        return on_each!(conn, |c| diesel::insert_into(change_terms::table)
            .values(terms)
            .on_conflict(change_terms::edition)
            .do_nothing()
            .execute(c))
        .one_or(Fault::stale());
    }
    on_each!(conn, |c| diesel::update(change_terms::table)
        .filter(change_terms::edition.eq(terms.edition))
        .filter(change_terms::version.eq(terms.version - 1))
        .set(terms)
        .execute(c))
    .one_or(Fault::stale())
}
