//! Bodies: the five the source names, the Presidency, and what an organiser adds (R116).
//!
//! The World Council names the Executive Bureau, the Bureau the two committees; the General Assembly names the World
//! Council and is named by nobody: it is all members.

use access_rules::{Act, Actor, BodyId, Object, ObjectKind, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{CodeShape, Fault, Fields, Id, Localized, Moment, text};
use members::body_register;
use programme::model::BodyLabel;
use records::audit::{self, Fingerprint, Note};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    model::{Body, BodyKind},
    tables::bodies,
};

/// Most months of notice anybody asks for.
const NOTICE_MOST: i64 = 24;
/// Most seats of a body.
const SEATS_MOST: i64 = 10_000;

/// What the form of a body asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct BodyInput {
    /// Its code; only when it is made.
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// What sort it is; only when it is made.
    pub kind: Option<BodyKind>,
    /// How many may sit in it at a time; none means nobody has said.
    pub seats: Option<i64>,
    /// The body that names who sits in it.
    pub appointed_by: Option<BodyId>,
    /// Months of notice its agenda is due before a meeting.
    pub notice_months: i64,
    /// Its place in lists.
    pub position: i64,
}

/// Remembers the bodies every site begins with, as far as they are not there. Seats as of 2019: 342 and 116.
///
/// # Errors
/// When the database refuses.
pub fn seed(conn: &mut Conn) -> Result<(), Fault> {
    for body in standard() {
        if find(conn, body.id)?.is_none() && by_code(conn, &body.code)?.is_none() {
            insert(conn, &body)?;
        }
    }
    Ok(())
}

/// The id of one of the bodies every site begins with, by its code.
pub fn standard_id(code: &str) -> BodyId {
    Id::named(&format!("statutory body {code}"))
}

/// Adds a body.
///
/// # Errors
/// 401, 403; `invalid` with each field; `already_exists`.
pub fn create(conn: &mut Conn, actor: &Actor, now: Moment, input: &BodyInput) -> Result<Body, Fault> {
    may_manage(actor, now, None)?;
    let mut fields = Fields::new();
    let code = fields.code("code", &input.code, CodeShape::Word);
    let kind = input.kind.unwrap_or(BodyKind::Other);
    if kind.is_computed() {
        fields.wrong("kind", "one_of_a_kind");
    }
    let blank = Body {
        id: Id::new(),
        code,
        name: Localized::default(),
        kind,
        seats: None,
        appointed_by: None,
        notice_months: 0,
        position: 0,
        version: 1,
    };
    let body = checked(conn, fields, blank, input)?;
    insert(conn, &body).map_err(|fault| match fault.code {
        "already_exists" => fault.at("code"),
        _ => fault,
    })?;
    note(conn, actor, now, "body.create", None, &body)?;
    Ok(body)
}

/// Changes a body; its code and kind stay.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: BodyId,
    input: &BodyInput,
    version: Option<i64>,
) -> Result<Body, Fault> {
    let before = get(conn, id)?;
    may_manage(actor, now, Some(id))?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    let mut after = checked(conn, Fields::new(), before.clone(), input)?;
    after.version = before.version + 1;
    on_each!(conn, |c| diesel::update(bodies::table)
        .filter(bodies::id.eq(id))
        .filter(bodies::version.eq(before.version))
        .set(&after)
        .execute(c))
    .one_or(Fault::stale())?;
    note(conn, actor, now, "body.edit", Some(&before), &after)?;
    Ok(after)
}

/// All bodies, in order: their names stand in the public programme.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &mut Conn) -> Result<Vec<Body>, Fault> {
    Ok(on_each!(conn, |c| bodies::table
        .order((bodies::position, bodies::id))
        .select(Body::as_select())
        .load(c))?)
}

/// One body.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, id: BodyId) -> Result<Option<Body>, Fault> {
    Ok(on_each!(conn, |c| bodies::table
        .find(id)
        .select(Body::as_select())
        .first(c)
        .optional())?)
}

/// One body that is there.
///
/// # Errors
/// 404; when the database refuses.
pub fn get(conn: &mut Conn, id: BodyId) -> Result<Body, Fault> {
    find(conn, id)?.ok_or_else(Fault::not_found)
}

/// The body of this code.
///
/// # Errors
/// When the database refuses.
pub fn by_code(conn: &mut Conn, code: &str) -> Result<Option<Body>, Fault> {
    Ok(on_each!(conn, |c| bodies::table
        .filter(bodies::code.eq(code))
        .select(Body::as_select())
        .first(c)
        .optional())?)
}

/// How a line of the programme names it.
pub fn label(body: &Body) -> BodyLabel {
    BodyLabel {
        code: body.code.clone(),
        name: body.name.clone(),
    }
}

/// Whether this actor looks after the statutory track; a refusal goes to the log of denials (R20).
pub(crate) fn may_manage(actor: &Actor, now: Moment, body: Option<BodyId>) -> Result<(), Fault> {
    let object = Object {
        body,
        ..Object::public(ObjectKind::Body).of_track(Some("statutory"))
    };
    decide(actor, Act::ManageMeeting, &object, now).or_fault_noted(
        Act::ManageMeeting,
        ObjectKind::Body,
        body.map(|body| body.uuid()),
    )
}

/// Takes the body's row, so that whoever names somebody to it stands in line until COMMIT.
pub(crate) fn lock(conn: &mut Conn, id: BodyId) -> Result<Body, Fault> {
    let body: Option<Body> = on_each!(conn, |c| diesel::update(bodies::table.find(id))
        .set(bodies::version.eq(bodies::version))
        .returning(Body::as_returning())
        .get_result(c)
        .optional())?;
    body.ok_or_else(Fault::not_found)
}

fn insert(conn: &mut Conn, body: &Body) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::insert_into(bodies::table)
        .values(body)
        .execute(c))
    .exactly_one()?;
    body_register::add(conn, body.id)
}

fn checked(conn: &mut Conn, mut fields: Fields, body: Body, input: &BodyInput) -> Result<Body, Fault> {
    let checked = Body {
        name: fields.localized_line("name", &input.name, text::NAME, true),
        seats: input
            .seats
            .map(|seats| fields.within("seats", seats, 1, SEATS_MOST)),
        appointed_by: input.appointed_by,
        notice_months: fields.within("notice_months", input.notice_months, 0, NOTICE_MOST),
        position: fields.within("position", input.position, 0, 100_000),
        ..body
    };
    if let Some(by) = checked.appointed_by {
        if find(conn, by)?.is_none() {
            fields.wrong("appointed_by", "unknown");
        } else if is_named_by(conn, by, checked.id)? {
            fields.wrong("appointed_by", "circular");
        }
    }
    if checked.kind.is_computed() && (checked.seats.is_some() || checked.appointed_by.is_some()) {
        fields.wrong("kind", "computed_roster");
    }
    fields.done()?;
    Ok(checked)
}

/// Whether `body` comes, over however many steps, from `of`: naming one another would be a circle (R116).
fn is_named_by(conn: &mut Conn, body: BodyId, of: BodyId) -> Result<bool, Fault> {
    let all = list(conn)?;
    let mut at = Some(body);
    // No chain is longer than there are bodies.
    for _ in 0..=all.len() {
        match at {
            None => return Ok(false),
            Some(id) if id == of => return Ok(true),
            Some(id) => {
                at = all
                    .iter()
                    .find(|body| body.id == id)
                    .and_then(|body| body.appointed_by)
            }
        }
    }
    Ok(true)
}

fn standard() -> Vec<Body> {
    let body = |position, kind, code: &str, by: Option<&str>, seats, name: Localized| Body {
        id: standard_id(code),
        code: code.to_owned(),
        name,
        kind,
        seats,
        appointed_by: by.map(standard_id),
        notice_months: if kind == BodyKind::GeneralAssembly { 1 } else { 0 },
        position,
        version: 1,
    };
    vec![
        body(
            0,
            BodyKind::GeneralAssembly,
            "general_assembly",
            None,
            None,
            Localized::of("General Assembly", "Assemblée générale", "Asamblea General"),
        ),
        body(
            1,
            BodyKind::WorldCouncil,
            "world_council",
            Some("general_assembly"),
            Some(342),
            Localized::of("World Council", "Conseil mondial", "Consejo Mundial"),
        ),
        body(
            2,
            BodyKind::ExecutiveBureau,
            "executive_bureau",
            Some("world_council"),
            Some(116),
            Localized::of("Executive Bureau", "Bureau exécutif", "Bureau Ejecutivo"),
        ),
        body(
            3,
            BodyKind::Presidency,
            "presidency",
            Some("world_council"),
            None,
            Localized::of("Presidency", "Présidence", "Presidencia"),
        ),
        body(
            4,
            BodyKind::Committee,
            "financial_management_committee",
            Some("executive_bureau"),
            None,
            Localized::of(
                "Financial Management Committee",
                "Comité de gestion financière",
                "Comité de Gestión Financiera",
            ),
        ),
        body(
            5,
            BodyKind::Committee,
            "statutory_affairs_committee",
            Some("executive_bureau"),
            None,
            Localized::of(
                "Committee on Statutory Affairs",
                "Commission des affaires statutaires",
                "Comisión de Asuntos Estatutarios",
            ),
        ),
    ]
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&Body>,
    after: &Body,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(after.id.uuid()),
        summary: json!({ "code": after.code, "kind": after.kind, "seats": after.seats }),
        before: before.and_then(Fingerprint::of),
        after: Fingerprint::of(after),
        ..Note::of(act, "body")
    };
    audit::note(conn, now, &note)
}
