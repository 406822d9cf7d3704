//! Policy domains: each Local4Action session has one as its main (R29).

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{CodeShape, Fault, Fields, Id, Localized, Moment, text};
use records::audit::{self, Fingerprint, Note};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    editions::{self, same_version},
    faults::ProgrammeFault,
    model::{Domain, DomainId},
    rules,
    tables::{domains, sessions},
};

/// What the form of a domain asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct DomainInput {
    /// Its code; made of its title when not given. Only when it is made.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// Its place in lists; after the others when not given.
    pub position: Option<i64>,
    /// Whether it is offered no more.
    pub retired: bool,
}

/// Adds a domain.
///
/// # Errors
/// 401, 403, 404; `invalid`; `already_exists`; `edition_over`.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &DomainInput,
) -> Result<Domain, Fault> {
    may(conn, actor, now, edition)?;
    let mut fields = Fields::new();
    let code = if input.code.is_empty() {
        rules::code_from(input.title.text(kernel::Language::En))
    } else {
        input.code.clone()
    };
    let code = fields.code("code", &code, CodeShape::Word);
    editions::change_draft(conn, edition)?;
    let blank = Domain {
        id: Id::new(),
        edition,
        code,
        title: Localized::default(),
        position: i64::try_from(list(conn, edition)?.len()).unwrap_or(i64::MAX),
        retired: false,
        version: 1,
    };
    let domain = checked(fields, blank, input)?;
    insert(conn, &domain)?;
    note(conn, actor, now, "domain.create", None, &domain)?;
    Ok(domain)
}

/// Changes, retires or brings back a domain.
///
/// # Errors
/// As [`create`], and `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: DomainId,
    input: &DomainInput,
    version: Option<i64>,
) -> Result<Domain, Fault> {
    let before = find(conn, id)?.ok_or_else(Fault::not_found)?;
    may(conn, actor, now, before.edition)?;
    editions::change_draft(conn, before.edition)?;
    same_version(version, before.version)?;
    let mut domain = checked(Fields::new(), before.clone(), input)?;
    domain.version = before.version + 1;
    on_each!(conn, |c| diesel::update(domains::table)
        .filter(domains::id.eq(id))
        .filter(domains::version.eq(before.version))
        .set(&domain)
        .execute(c))
    .one_or(Fault::stale())?;
    note(conn, actor, now, "domain.edit", Some(&before), &domain)?;
    Ok(domain)
}

/// Takes out a domain no session has; one in use is retired instead.
///
/// # Errors
/// 401, 403, 404; `in_use_by_sessions`.
pub fn remove(conn: &mut Conn, actor: &Actor, now: Moment, id: DomainId) -> Result<(), Fault> {
    let domain = find(conn, id)?.ok_or_else(Fault::not_found)?;
    may(conn, actor, now, domain.edition)?;
    editions::change_draft(conn, domain.edition)?;
    let held: i64 = on_each!(conn, |c| sessions::table
        .filter(sessions::domain.eq(id))
        .count()
        .get_result(c))?;
    if held > 0 {
        return Err(ProgrammeFault::InUse { sessions: held }.into());
    }
    on_each!(conn, |c| diesel::delete(domains::table.find(id)).execute(c)).exactly_one()?;
    note(conn, actor, now, "domain.remove", Some(&domain), &domain)
}

/// The domains of an edition, in order, retired ones too.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &mut Conn, edition: EditionId) -> Result<Vec<Domain>, Fault> {
    Ok(on_each!(conn, |c| domains::table
        .filter(domains::edition.eq(edition))
        .order((domains::position, domains::id))
        .select(Domain::as_select())
        .load(c))?)
}

/// One domain.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, id: DomainId) -> Result<Option<Domain>, Fault> {
    Ok(on_each!(conn, |c| domains::table
        .find(id)
        .select(Domain::as_select())
        .first(c)
        .optional())?)
}

/// The domain of this code.
///
/// # Errors
/// When the database refuses.
pub fn by_code(conn: &mut Conn, edition: EditionId, code: &str) -> Result<Option<Domain>, Fault> {
    Ok(on_each!(conn, |c| domains::table
        .filter(domains::edition.eq(edition))
        .filter(domains::code.eq(code))
        .select(Domain::as_select())
        .first(c)
        .optional())?)
}

pub(crate) fn insert(conn: &mut Conn, domain: &Domain) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::insert_into(domains::table)
        .values(domain)
        .execute(c))
    .exactly_one()
    .map_err(|fault| {
        if fault.code == "already_exists" {
            fault.at("code")
        } else {
            fault
        }
    })
}

fn may(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId) -> Result<(), Fault> {
    editions::get(conn, actor, edition)?;
    let object = Object::public(ObjectKind::Edition).of_track(Some("local4action"));
    decide(actor, Act::ManageFormats, &object, now).or_fault()
}

fn checked(mut fields: Fields, domain: Domain, input: &DomainInput) -> Result<Domain, Fault> {
    let domain = Domain {
        title: fields.localized_line("title", &input.title, text::TITLE, true),
        position: fields.within("position", input.position.unwrap_or(domain.position), 0, 100_000),
        retired: input.retired,
        ..domain
    };
    fields.done()?;
    Ok(domain)
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&Domain>,
    after: &Domain,
) -> Result<(), Fault> {
    audit::note(
        conn,
        now,
        &Note {
            actor: actor.person.map(Id::cast),
            object_id: Some(after.id.uuid()),
            scope: Some(after.edition.uuid()),
            summary: json!({"code": after.code, "retired": after.retired}),
            before: before.and_then(Fingerprint::of),
            after: Fingerprint::of(after),
            ..Note::of(act, "domain")
        },
    )
}
