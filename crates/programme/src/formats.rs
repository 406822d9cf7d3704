//! Formats of session: rows an organiser changes, adds to and retires without a deployment (R23).
//!
//! What a format asks for stands under a number; a session keeps the terms it was created under (R31).

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{CodeShape, Fault, Fields, Id, Json, Localized, Moment, text};
use records::audit::{self, Fingerprint, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    editions::{self, same_version},
    faults::ProgrammeFault,
    model::{DomainId, Format, FormatId, FormatState, FormatTerms, Session, SessionState},
    rules,
    tables::{format_terms, formats, sessions},
};

/// What the form of a format asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct FormatInput {
    /// Its code; made of its title when not given. Only when it is made.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// Its invitation.
    pub tagline: Localized,
    /// Its place in lists; after the others when not given.
    pub position: Option<i64>,
    /// What it asks of its sessions.
    pub terms: FormatTerms,
}

/// How many sessions of a format and main domain are in a state (R32).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FormatCount {
    /// The format; none for sessions without one.
    #[schema(value_type = Option<String>)]
    pub format: Option<FormatId>,
    /// The main policy domain; none for sessions without one.
    #[schema(value_type = Option<String>)]
    pub domain: Option<DomainId>,
    /// How far they are.
    pub state: SessionState,
    /// How many there are.
    pub sessions: i64,
}

/// Adds a format.
///
/// # Errors
/// 401, 403, 404; `invalid`; `already_exists`; `edition_over`.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &FormatInput,
) -> Result<Format, Fault> {
    may(conn, actor, now, edition)?;
    let mut fields = Fields::new();
    let code = if input.code.is_empty() {
        rules::code_from(input.title.text(kernel::Language::En))
    } else {
        input.code.clone()
    };
    let code = fields.code("code", &code, CodeShape::Word);
    editions::change_draft(conn, edition)?;
    let blank = Format {
        id: Id::new(),
        edition,
        code,
        title: Localized::default(),
        tagline: Localized::default(),
        position: i64::try_from(list(conn, edition)?.len()).unwrap_or(i64::MAX),
        state: FormatState::Active,
        terms: Json(FormatTerms::default()),
        rule_version: 1,
        version: 1,
    };
    let format = checked(fields, blank, input)?;
    insert(conn, now, &format)?;
    note(conn, actor, now, "format.create", None, &format)?;
    Ok(format)
}

/// Changes a format, or fills the empty one. New terms get a new number; sessions that are there keep theirs.
///
/// # Errors
/// As [`create`], and `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: FormatId,
    input: &FormatInput,
    version: Option<i64>,
) -> Result<Format, Fault> {
    let before = find(conn, id)?.ok_or_else(Fault::not_found)?;
    may(conn, actor, now, before.edition)?;
    editions::change_draft(conn, before.edition)?;
    same_version(version, before.version)?;
    let mut format = checked(Fields::new(), before.clone(), input)?;
    if format.state == FormatState::Empty {
        format.state = FormatState::Active;
    }
    if format.terms != before.terms {
        format.rule_version = before.rule_version + 1;
        keep_terms(conn, now, &format)?;
    }
    let format = save(conn, format)?;
    note(conn, actor, now, "format.edit", Some(&before), &format)?;
    Ok(format)
}

/// Takes a format out of what new sessions may choose, or brings it back; sessions that have it keep it.
///
/// # Errors
/// 401, 403, 404; `illegal_step`; `stale`.
pub fn retire(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: FormatId,
    retired: bool,
    version: Option<i64>,
) -> Result<Format, Fault> {
    let before = find(conn, id)?.ok_or_else(Fault::not_found)?;
    may(conn, actor, now, before.edition)?;
    editions::change_draft(conn, before.edition)?;
    same_version(version, before.version)?;
    let to = if retired {
        FormatState::Retired
    } else {
        FormatState::Active
    };
    if before.state == to || !session_formats::versions::may_become(before.state, to) {
        return Err(kernel::fault::illegal_step(before.state, to));
    }
    let format = save(
        conn,
        Format {
            state: to,
            ..before.clone()
        },
    )?;
    note(conn, actor, now, "format.retire", Some(&before), &format)?;
    Ok(format)
}

/// Takes out a format no session has (R31: one in use can only be retired).
///
/// # Errors
/// 401, 403, 404; `format_in_use`.
pub fn remove(conn: &mut Conn, actor: &Actor, now: Moment, id: FormatId) -> Result<(), Fault> {
    let format = find(conn, id)?.ok_or_else(Fault::not_found)?;
    may(conn, actor, now, format.edition)?;
    editions::change_draft(conn, format.edition)?;
    let held: i64 = on_each!(conn, |c| sessions::table
        .filter(sessions::format.eq(id))
        .count()
        .get_result(c))?;
    if held > 0 {
        return Err(ProgrammeFault::FormatInUse { sessions: held }.into());
    }
    on_each!(conn, |c| diesel::delete(format_terms::table)
        .filter(format_terms::format.eq(id))
        .execute(c))?;
    on_each!(conn, |c| diesel::delete(formats::table.find(id)).execute(c)).exactly_one()?;
    note(conn, actor, now, "format.remove", Some(&format), &format)
}

/// The formats of an edition, in order, empty and retired ones too.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &mut Conn, edition: EditionId) -> Result<Vec<Format>, Fault> {
    Ok(on_each!(conn, |c| formats::table
        .filter(formats::edition.eq(edition))
        .order((formats::position, formats::id))
        .select(Format::as_select())
        .load(c))?)
}

/// One format.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, id: FormatId) -> Result<Option<Format>, Fault> {
    Ok(on_each!(conn, |c| formats::table
        .find(id)
        .select(Format::as_select())
        .first(c)
        .optional())?)
}

/// The format of this code.
///
/// # Errors
/// When the database refuses.
pub fn by_code(conn: &mut Conn, edition: EditionId, code: &str) -> Result<Option<Format>, Fault> {
    Ok(on_each!(conn, |c| formats::table
        .filter(formats::edition.eq(edition))
        .filter(formats::code.eq(code))
        .select(Format::as_select())
        .first(c)
        .optional())?)
}

/// What the session's format asked for when the session was created (R31); nothing without a format.
///
/// # Errors
/// When the database refuses.
pub fn terms_of(conn: &mut Conn, session: &Session) -> Result<Option<FormatTerms>, Fault> {
    let Some(format) = session.format else {
        return Ok(None);
    };
    let number = session.details.0.format_version.unwrap_or(1);
    let terms: Option<Json<FormatTerms>> = on_each!(conn, |c| format_terms::table
        .find((format, number))
        .select(format_terms::terms)
        .first(c)
        .optional())?;
    Ok(terms.map(|terms| terms.0))
}

/// How many sessions of each format and main domain are how far (R32); those of no format under none. Attendance and
/// regions are `registration`'s to add.
///
/// # Errors
/// 401, 403, 404.
pub fn statistics(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
) -> Result<Vec<FormatCount>, Fault> {
    editions::get(conn, actor, edition)?;
    let object = Object::public(ObjectKind::Edition).of_track(Some("local4action"));
    decide(actor, Act::SeeDesk, &object, now).or_fault()?;
    let rows: Vec<(Option<FormatId>, Option<DomainId>, SessionState, i64)> =
        on_each!(conn, |c| sessions::table
            .filter(sessions::edition.eq(edition))
            .group_by((sessions::format, sessions::domain, sessions::state))
            .select((
                sessions::format,
                sessions::domain,
                sessions::state,
                diesel::dsl::count_star(),
            ))
            .load(c))?;
    let counts = rows
        .into_iter()
        .map(|(format, domain, state, sessions)| FormatCount {
            format,
            domain,
            state,
            sessions,
        });
    let mut counts: Vec<FormatCount> = counts.collect();
    counts.sort_by_key(|count| (count.format, count.domain, count.state));
    Ok(counts)
}

/// All terms the formats of an edition ever had, by format and number.
///
/// # Errors
/// When the database refuses.
pub fn all_terms(
    conn: &mut Conn,
    edition: EditionId,
) -> Result<std::collections::HashMap<(FormatId, i64), FormatTerms>, Fault> {
    let ids: Vec<FormatId> = on_each!(conn, |c| formats::table
        .filter(formats::edition.eq(edition))
        .select(formats::id)
        .load(c))?;
    let rows: Vec<(FormatId, i64, Json<FormatTerms>)> = on_each!(conn, |c| format_terms::table
        .filter(format_terms::format.eq_any(&ids))
        .select((
            format_terms::format,
            format_terms::rule_version,
            format_terms::terms
        ))
        .load(c))?;
    let by_number = rows
        .into_iter()
        .map(|(format, number, terms)| ((format, number), terms.0));
    Ok(by_number.collect())
}

pub(crate) fn insert(conn: &mut Conn, now: Moment, format: &Format) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::insert_into(formats::table)
        .values(format)
        .execute(c))
    .exactly_one()
    .map_err(|fault| {
        if fault.code == "already_exists" {
            fault.at("code")
        } else {
            fault
        }
    })?;
    keep_terms(conn, now, format)
}

fn keep_terms(conn: &mut Conn, now: Moment, format: &Format) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::insert_into(format_terms::table)
        .values((
            format_terms::format.eq(format.id),
            format_terms::rule_version.eq(format.rule_version),
            format_terms::terms.eq(&format.terms),
            format_terms::since.eq(now),
        ))
        .execute(c))
    .exactly_one()
}

fn save(conn: &mut Conn, format: Format) -> Result<Format, Fault> {
    let next = Format {
        version: format.version + 1,
        ..format
    };
    on_each!(conn, |c| diesel::update(formats::table)
        .filter(formats::id.eq(next.id))
        .filter(formats::version.eq(next.version - 1))
        .set(&next)
        .execute(c))
    .one_or(Fault::stale())?;
    Ok(next)
}

fn may(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId) -> Result<(), Fault> {
    editions::get(conn, actor, edition)?;
    let object = Object::public(ObjectKind::Edition).of_track(Some("local4action"));
    decide(actor, Act::ManageFormats, &object, now).or_fault()
}

fn checked(mut fields: Fields, format: Format, input: &FormatInput) -> Result<Format, Fault> {
    let format = Format {
        title: fields.localized_line("title", &input.title, text::TITLE, true),
        tagline: fields.localized_line("tagline", &input.tagline, text::TITLE, false),
        position: fields.within("position", input.position.unwrap_or(format.position), 0, 100_000),
        terms: Json(terms(&mut fields, &input.terms)),
        ..format
    };
    fields.done()?;
    Ok(format)
}

fn terms(fields: &mut Fields, raw: &FormatTerms) -> FormatTerms {
    let mut terms = raw.clone();
    terms.kinds.truncate(40);
    for (at, kind) in terms.kinds.iter_mut().enumerate() {
        kind.title = fields.localized_line(
            &format!("terms.kinds.{at}.title"),
            &kind.title,
            text::TITLE,
            false,
        );
        if kind.code.is_empty() {
            kind.code = rules::code_from(kind.title.text(kernel::Language::En));
        }
        kind.code = fields.code(&format!("terms.kinds.{at}.code"), &kind.code, CodeShape::Word);
    }
    for misfit in terms.check() {
        fields.wrong(misfit.field, misfit.code);
    }
    terms
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&Format>,
    after: &Format,
) -> Result<(), Fault> {
    audit::note(
        conn,
        now,
        &Note {
            actor: actor.person.map(Id::cast),
            object_id: Some(after.id.uuid()),
            scope: Some(after.edition.uuid()),
            summary: json!({
                "code": after.code,
                "state": after.state.to_string(),
                "rule_version": after.rule_version,
            }),
            before: before.and_then(Fingerprint::of),
            after: Fingerprint::of(after),
            ..Note::of(act, "format")
        },
    )
}
