//! Town Hall themes as the programme knows them (R91, R92); who leads one is `town-hall`'s.

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, ThemeId, decide};
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
    model::Theme,
    rules,
    tables::{sessions, themes},
};

/// What the form of a theme asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ThemeInput {
    /// Its code; made of its title when not given. Only when it is made.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// The question it asks.
    pub question: Localized,
    /// Its place in lists; after the others when not given.
    pub position: Option<i64>,
    /// Whether it is offered no more.
    pub retired: bool,
}

/// Adds a theme.
///
/// # Errors
/// 401, 403, 404; `invalid`; `already_exists`; `edition_over`.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &ThemeInput,
) -> Result<Theme, Fault> {
    may(conn, actor, now, edition)?;
    let mut fields = Fields::new();
    let code = if input.code.is_empty() {
        rules::code_from(input.title.text(kernel::Language::En))
    } else {
        input.code.clone()
    };
    let code = fields.code("code", &code, CodeShape::Word);
    editions::change_draft(conn, edition)?;
    let blank = Theme {
        id: Id::new(),
        edition,
        code,
        title: Localized::default(),
        question: Localized::default(),
        position: i64::try_from(list(conn, edition)?.len()).unwrap_or(i64::MAX),
        retired: false,
        version: 1,
    };
    let theme = checked(fields, blank, input)?;
    insert(conn, &theme)?;
    note(conn, actor, now, "theme.create", None, &theme)?;
    Ok(theme)
}

/// Changes, retires or brings back a theme.
///
/// # Errors
/// As [`create`], and `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: ThemeId,
    input: &ThemeInput,
    version: Option<i64>,
) -> Result<Theme, Fault> {
    let before = find(conn, id)?.ok_or_else(Fault::not_found)?;
    may(conn, actor, now, before.edition)?;
    editions::change_draft(conn, before.edition)?;
    same_version(version, before.version)?;
    let mut theme = checked(Fields::new(), before.clone(), input)?;
    theme.version = before.version + 1;
    on_each!(conn, |c| diesel::update(themes::table)
        .filter(themes::id.eq(id))
        .filter(themes::version.eq(before.version))
        .set(&theme)
        .execute(c))
    .one_or(Fault::stale())?;
    note(conn, actor, now, "theme.edit", Some(&before), &theme)?;
    Ok(theme)
}

/// Takes out a theme no session has; one in use is retired instead.
///
/// # Errors
/// 401, 403, 404; `in_use_by_sessions`.
pub fn remove(conn: &mut Conn, actor: &Actor, now: Moment, id: ThemeId) -> Result<(), Fault> {
    let theme = find(conn, id)?.ok_or_else(Fault::not_found)?;
    may(conn, actor, now, theme.edition)?;
    editions::change_draft(conn, theme.edition)?;
    let held: i64 = on_each!(conn, |c| sessions::table
        .filter(sessions::theme.eq(id))
        .count()
        .get_result(c))?;
    if held > 0 {
        return Err(ProgrammeFault::InUse { sessions: held }.into());
    }
    on_each!(conn, |c| diesel::delete(themes::table.find(id)).execute(c)).exactly_one()?;
    note(conn, actor, now, "theme.remove", Some(&theme), &theme)
}

/// The themes of an edition, in order, retired ones too.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &mut Conn, edition: EditionId) -> Result<Vec<Theme>, Fault> {
    Ok(on_each!(conn, |c| themes::table
        .filter(themes::edition.eq(edition))
        .order((themes::position, themes::id))
        .select(Theme::as_select())
        .load(c))?)
}

/// One theme.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, id: ThemeId) -> Result<Option<Theme>, Fault> {
    Ok(on_each!(conn, |c| themes::table
        .find(id)
        .select(Theme::as_select())
        .first(c)
        .optional())?)
}

/// The theme of this code.
///
/// # Errors
/// When the database refuses.
pub fn by_code(conn: &mut Conn, edition: EditionId, code: &str) -> Result<Option<Theme>, Fault> {
    Ok(on_each!(conn, |c| themes::table
        .filter(themes::edition.eq(edition))
        .filter(themes::code.eq(code))
        .select(Theme::as_select())
        .first(c)
        .optional())?)
}

pub(crate) fn insert(conn: &mut Conn, theme: &Theme) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::insert_into(themes::table)
        .values(theme)
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
    let object = Object::public(ObjectKind::Edition).of_track(Some("town_hall"));
    decide(actor, Act::ManageFormats, &object, now).or_fault()
}

fn checked(mut fields: Fields, theme: Theme, input: &ThemeInput) -> Result<Theme, Fault> {
    let theme = Theme {
        title: fields.localized_line("title", &input.title, text::TITLE, true),
        question: fields.localized_paragraph("question", &input.question, 1000, false),
        position: fields.within("position", input.position.unwrap_or(theme.position), 0, 100_000),
        retired: input.retired,
        ..theme
    };
    fields.done()?;
    Ok(theme)
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&Theme>,
    after: &Theme,
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
            ..Note::of(act, "theme")
        },
    )
}
