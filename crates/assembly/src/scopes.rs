//! What sittings may be about: groups of regions and sectors, data of each edition (R63).
//!
//! A group is one section of UCLG or several; which ones is for the edition to say. An edition that never said has the
//! standard ones; they become its own with its first change.

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{CodeShape, Coded as _, Fault, Fields, Id, Json, Language, Localized, Moment, text};
use members::sections::Section;
use programme::{editions, rules, sessions};
use records::audit::{self, Fingerprint, Note};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    faults::AssemblyFault,
    model::{ScopeId, ScopeKind, SittingScope},
    tables::sitting_scopes,
};

/// What the form of a group of regions or a sector asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ScopeInput {
    /// A group of regions, or a sector; only when it is made.
    pub kind: Option<ScopeKind>,
    /// Its code; made of its title when not given. Only when it is made.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// The sections it is of.
    pub sections: Vec<Section>,
    /// Its place in lists.
    pub position: i64,
}

/// What sittings of an edition may be about: groups of regions first, each in its order.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &mut Conn, edition: EditionId) -> Result<Vec<SittingScope>, Fault> {
    let own: Vec<SittingScope> = on_each!(conn, |c| sitting_scopes::table
        .filter(sitting_scopes::edition.eq(edition))
        .order((sitting_scopes::kind, sitting_scopes::position, sitting_scopes::id))
        .select(SittingScope::as_select())
        .load(c))?;
    Ok(if own.is_empty() { standard(edition) } else { own })
}

/// Adds a group of regions or a sector.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `already_exists`; `edition_over`.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &ScopeInput,
) -> Result<SittingScope, Fault> {
    may(conn, actor, now, edition)?;
    let mut fields = Fields::new();
    let kind = fields.required("kind", input.kind);
    let code = match input.code.as_str() {
        "" => rules::code_from(input.title.text(Language::En)),
        code => code.to_owned(),
    };
    let code = fields.code("code", &code, CodeShape::Word);
    let blank = SittingScope {
        id: Id::new(),
        edition,
        kind: kind.unwrap_or(ScopeKind::Sectoral),
        code,
        title: Localized::default(),
        sections: Json(vec![]),
        position: 0,
        version: 1,
    };
    let scope = checked(fields, blank, input)?;
    own(conn, edition)?;
    insert(conn, &scope).map_err(|fault| match fault.code {
        "already_exists" => fault.at("code"),
        _ => fault,
    })?;
    note(conn, actor, now, "sitting_scope.create", None, &scope)?;
    Ok(scope)
}

/// Changes one; its kind and code stay, since sessions refer to it by them.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `stale`; `edition_over`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    id: ScopeId,
    input: &ScopeInput,
    version: Option<i64>,
) -> Result<SittingScope, Fault> {
    let before = find(conn, actor, now, edition, id)?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    let mut after = checked(Fields::new(), before.clone(), input)?;
    own(conn, edition)?;
    after.version = before.version + 1;
    on_each!(conn, |c| diesel::update(sitting_scopes::table)
        .filter(sitting_scopes::id.eq(id))
        .filter(sitting_scopes::version.eq(before.version))
        .set(&after)
        .execute(c))
    .one_or(Fault::stale())?;
    note(conn, actor, now, "sitting_scope.edit", Some(&before), &after)?;
    Ok(after)
}

/// Takes out one that no sitting is about.
///
/// # Errors
/// 401, 403, 404; `scope_in_use`; `edition_over`.
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    id: ScopeId,
) -> Result<(), Fault> {
    let scope = find(conn, actor, now, edition, id)?;
    own(conn, edition)?;
    let is_about = |about: &programme::model::SittingScope| match scope.kind {
        ScopeKind::Continental => about.region_group == scope.code,
        ScopeKind::Sectoral => about.sector == scope.code,
    };
    let held = sessions::all(conn, edition)?;
    let held = held
        .iter()
        .filter(|session| is_about(&session.details.0.scope))
        .count();
    if held > 0 {
        let sessions = i64::try_from(held).unwrap_or(i64::MAX);
        return Err(AssemblyFault::ScopeInUse { sessions }.into());
    }
    on_each!(conn, |c| diesel::delete(sitting_scopes::table.find(id))
        .execute(c))
    .one_or(Fault::not_found())?;
    note(conn, actor, now, "sitting_scope.remove", Some(&scope), &scope)
}

/// The standard groups and sectors: the seven regional sections, both Americas together besides, and the sections that cut
/// across regions with the sectors they stand for.
pub fn standard(edition: EditionId) -> Vec<SittingScope> {
    let make =
        |kind: ScopeKind, code: &str, title: Localized, sections: Vec<Section>, position| SittingScope {
            id: Id::named(&format!("sitting scope {edition} {kind} {code}")),
            edition,
            kind,
            code: code.to_owned(),
            title,
            sections: Json(sections),
            position,
            version: 0,
        };
    let regional = Section::ALL.iter().filter(|section| section.is_regional());
    let mut scopes: Vec<SittingScope> = regional
        .zip(0..)
        .map(|(section, position)| {
            let title = section.names();
            make(
                ScopeKind::Continental,
                section.code(),
                title,
                vec![*section],
                position,
            )
        })
        .collect();
    scopes.push(make(
        ScopeKind::Continental,
        "americas",
        Localized::of("The Americas", "Amériques", "Las Américas"),
        vec![Section::LatinAmerica, Section::NorthAmerica],
        7,
    ));
    scopes.push(make(
        ScopeKind::Sectoral,
        "metropolises",
        Localized::of("Metropolises", "Métropoles", "Metrópolis"),
        vec![Section::Metropolitan],
        0,
    ));
    scopes.push(make(
        ScopeKind::Sectoral,
        "regions",
        Localized::of("Regions", "Régions", "Regiones"),
        vec![Section::Regions],
        1,
    ));
    scopes.push(make(
        ScopeKind::Sectoral,
        "intermediary_cities",
        Localized::of(
            "Intermediary cities",
            "Villes intermédiaires",
            "Ciudades intermedias",
        ),
        vec![],
        2,
    ));
    scopes.push(make(
        ScopeKind::Sectoral,
        "territories",
        Localized::of("Territories", "Territoires", "Territorios"),
        vec![],
        3,
    ));
    scopes
}

/// Makes the standard ones the edition's own, where it has none. The edition's row is taken: two do not both do it.
fn own(conn: &mut Conn, edition: EditionId) -> Result<(), Fault> {
    editions::change_draft(conn, edition)?;
    for scope in list(conn, edition)?.iter().filter(|scope| scope.version == 0) {
        let held: i64 = on_each!(conn, |c| sitting_scopes::table
            .find(scope.id)
            .count()
            .get_result(c))?;
        if held == 0 {
            insert(conn, scope)?;
        }
    }
    Ok(())
}

fn find(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    id: ScopeId,
) -> Result<SittingScope, Fault> {
    may(conn, actor, now, edition)?;
    let all = list(conn, edition)?;
    all.into_iter()
        .find(|scope| scope.id == id)
        .ok_or_else(Fault::not_found)
}

fn may(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId) -> Result<(), Fault> {
    editions::get(conn, actor, edition)?;
    let object = Object::public(ObjectKind::Edition).of_track(Some("assembly"));
    decide(actor, Act::ManageFormats, &object, now).or_fault()
}

fn insert(conn: &mut Conn, scope: &SittingScope) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::insert_into(sitting_scopes::table)
        .values(scope)
        .execute(c))
    .exactly_one()
}

fn checked(mut fields: Fields, scope: SittingScope, input: &ScopeInput) -> Result<SittingScope, Fault> {
    let mut sections = input.sections.clone();
    sections.sort_unstable();
    sections.dedup();
    if scope.kind == ScopeKind::Continental && sections.is_empty() {
        fields.wrong("sections", "required");
    }
    let scope = SittingScope {
        title: fields.localized_line("title", &input.title, text::TITLE, true),
        sections: Json(sections),
        position: fields.within("position", input.position, 0, 100_000),
        ..scope
    };
    fields.done()?;
    Ok(scope)
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&SittingScope>,
    after: &SittingScope,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(after.id.uuid()),
        scope: Some(after.edition.uuid()),
        summary: json!({ "kind": after.kind, "code": after.code, "sections": after.sections }),
        before: before.and_then(Fingerprint::of),
        after: Fingerprint::of(after),
        ..Note::of(act, "sitting_scope")
    };
    audit::note(conn, now, &note)
}
