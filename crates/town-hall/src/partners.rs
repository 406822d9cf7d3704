//! Partners: which organisations stand behind a theme, and who leads it for them.
//!
//! Who leads a theme in person holds a standing over it, given here and taken with the organisation's part in the theme.

use access_rules::{
    Act, Actor, EditionId, Object, ObjectKind, OrganisationId, PersonId, Role, Scope, ThemeId, decide,
};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Moment};
use members::{actors, organisations};
use people::{
    persons,
    standings::{self, Appointment},
};
use programme::{editions, model::Theme, themes};
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    faults::TownHallFault,
    model::{PartnerId, PartnerRole, ThemePartner},
    rules,
    tables::theme_partners,
};

/// What the form that names a partner of a theme asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct PartnerInput {
    /// Which organisation.
    pub organisation: Option<OrganisationId>,
    /// What it is to the theme.
    pub role: Option<PartnerRole>,
}

/// What the form that names somebody to lead a theme asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct LeadInput {
    /// Who: somebody with a confirmed position in a partner of the theme.
    pub person: Option<PersonId>,
}

/// A partner of a theme, as anybody sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PartnerView {
    /// The partner.
    #[serde(flatten)]
    pub partner: ThemePartner,
    /// The organisation's name.
    pub organisation_name: String,
}

/// Somebody who leads a theme, as its desk sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct LeadView {
    /// Who.
    pub person: PersonId,
    /// By name.
    pub person_name: String,
    /// From when.
    pub from_at: Moment,
}

/// Names an organisation a partner of a theme. Its lead is a civil-society partner, and there is one (R11).
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `lead_must_be_civil_society_partner`; `already_partner`; `theme_has_lead`;
/// `edition_over`.
pub fn name(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    theme: ThemeId,
    input: &PartnerInput,
) -> Result<ThemePartner, Fault> {
    let theme = managed(conn, actor, now, theme)?;
    let mut fields = Fields::new();
    let organisation = fields.required("organisation", input.organisation);
    if let Some(organisation) = organisation
        && organisations::find(conn, organisation)?.is_none()
    {
        fields.wrong("organisation", "unknown");
    }
    fields.done()?;
    let organisation =
        organisation.ok_or_else(|| Fault::internal("a required field is missing unnoticed"))?;
    let role = input.role.unwrap_or(PartnerRole::Co);
    let tags = actors::tags_of_organisations(conn, &[organisation], now)?;
    if role == PartnerRole::Lead && !tags.values().any(rules::may_lead) {
        return Err(Fault {
            fields: Fault::field("organisation", "lead_must_be_civil_society_partner").fields,
            ..TownHallFault::LeadMustBeCivilSociety.into()
        });
    }
    // The edition's row is taken: two never name at once.
    editions::change_draft(conn, theme.edition)?;
    let held = current(conn, theme.id)?;
    if held.iter().any(|partner| partner.organisation == organisation) {
        return Err(TownHallFault::AlreadyPartner.into());
    }
    if role == PartnerRole::Lead && held.iter().any(|partner| partner.role == PartnerRole::Lead) {
        return Err(TownHallFault::HasLead.into());
    }
    let partner = ThemePartner {
        id: Id::new(),
        theme: theme.id,
        organisation,
        role,
        from_at: now,
        to_at: None,
        named_by: actor.person,
        version: 1,
    };
    on_each!(conn, |c| diesel::insert_into(theme_partners::table)
        .values(&partner)
        .execute(c))
    .exactly_one()?;
    note(conn, actor, now, "theme_partner.name", &theme, &partner)?;
    Ok(partner)
}

/// Ends an organisation's part in a theme; whoever led the theme for no other partner leads it no more.
///
/// # Errors
/// 401, 403, 404; `partner_over`; `stale`.
pub fn end(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PartnerId,
    version: Option<i64>,
) -> Result<ThemePartner, Fault> {
    let before: ThemePartner = on_each!(conn, |c| theme_partners::table
        .find(id)
        .select(ThemePartner::as_select())
        .first(c))?;
    let theme = managed(conn, actor, now, before.theme)?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    on_each!(conn, |c| diesel::update(theme_partners::table)
        .filter(theme_partners::id.eq(id))
        .filter(theme_partners::to_at.is_null())
        .set((
            theme_partners::to_at.eq(now),
            theme_partners::version.eq(before.version + 1),
        ))
        .execute(c))
    .one_or(TownHallFault::PartnerOver.into())?;
    let after = ThemePartner {
        to_at: Some(now),
        version: before.version + 1,
        ..before
    };
    let scope = Scope::Theme(theme.id);
    for lead in standings::holders(conn, Role::ThemeLead, &scope, now)? {
        if !is_of_a_partner(conn, theme.id, lead.person_id, now)? {
            standings::dismiss(conn, now, actor.person, lead.person_id, Role::ThemeLead, &scope)?;
        }
    }
    note(conn, actor, now, "theme_partner.end", &theme, &after)?;
    Ok(after)
}

/// Names somebody of a partner to lead the theme in person.
///
/// # Errors
/// 401, 403, 404; `invalid`; `not_of_a_partner`.
pub fn name_lead(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    theme: ThemeId,
    input: &LeadInput,
) -> Result<(), Fault> {
    let theme = managed(conn, actor, now, theme)?;
    let person = input.person.ok_or_else(|| Fault::field("person", "required"))?;
    if !is_of_a_partner(conn, theme.id, person, now)? {
        return Err(TownHallFault::NotOfAPartner.into());
    }
    let standing = Appointment {
        person,
        role: Role::ThemeLead,
        scope: Scope::Theme(theme.id),
        from: now,
        to: None,
        basis: format!("theme:{}", theme.id),
        granted_by: actor.person,
    };
    standings::appoint(conn, now, &standing).map(drop)
}

/// Takes the lead of a theme from somebody.
///
/// # Errors
/// 401, 403; 404 when there is no such theme, or they do not lead it.
pub fn dismiss_lead(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    theme: ThemeId,
    person: PersonId,
) -> Result<(), Fault> {
    let theme = managed(conn, actor, now, theme)?;
    let scope = Scope::Theme(theme.id);
    match standings::dismiss(conn, now, actor.person, person, Role::ThemeLead, &scope)? {
        true => Ok(()),
        false => Err(Fault::not_found()),
    }
}

/// Who leads a theme in person: for its desk.
///
/// # Errors
/// 401, 403, 404.
pub fn leads(conn: &mut Conn, actor: &Actor, now: Moment, theme: ThemeId) -> Result<Vec<LeadView>, Fault> {
    let theme = managed(conn, actor, now, theme)?;
    let held = standings::holders(conn, Role::ThemeLead, &Scope::Theme(theme.id), now)?;
    let ids: Vec<PersonId> = held.iter().map(|standing| standing.person_id).collect();
    let persons = persons::many(conn, &ids)?;
    let view = |person: &people::model::Person| {
        let standing = held.iter().find(|standing| standing.person_id == person.id)?;
        Some(LeadView {
            person: person.id,
            person_name: person.name(),
            from_at: standing.from_at,
        })
    };
    Ok(persons.iter().filter_map(view).collect())
}

/// The partners of a theme, its lead first, for whoever sees the edition.
///
/// # Errors
/// 404.
pub fn list(conn: &mut Conn, actor: &Actor, theme: ThemeId) -> Result<Vec<PartnerView>, Fault> {
    let theme = seen(conn, actor, theme)?;
    let mut views = Vec::new();
    for partner in current(conn, theme.id)? {
        let organisation = organisations::find(conn, partner.organisation)?;
        views.push(PartnerView {
            partner,
            organisation_name: organisation.map(|of| of.name).unwrap_or_default(),
        });
    }
    views.sort_by_key(|view| (view.partner.role, view.organisation_name.clone()));
    Ok(views)
}

/// The partners of a theme that are so now; unchecked.
pub(crate) fn current(conn: &mut Conn, theme: ThemeId) -> Result<Vec<ThemePartner>, Fault> {
    Ok(on_each!(conn, |c| theme_partners::table
        .filter(theme_partners::theme.eq(theme))
        .filter(theme_partners::to_at.is_null())
        .order(theme_partners::id)
        .select(ThemePartner::as_select())
        .load(c))?)
}

/// The partners of all themes of an edition that are so now; unchecked.
pub(crate) fn of_edition(conn: &mut Conn, edition: EditionId) -> Result<Vec<ThemePartner>, Fault> {
    let of_edition: Vec<ThemeId> = themes::list(conn, edition)?
        .into_iter()
        .map(|theme| theme.id)
        .collect();
    Ok(on_each!(conn, |c| theme_partners::table
        .filter(theme_partners::theme.eq_any(&of_edition))
        .filter(theme_partners::to_at.is_null())
        .order(theme_partners::id)
        .select(ThemePartner::as_select())
        .load(c))?)
}

fn is_of_a_partner(conn: &mut Conn, theme: ThemeId, person: PersonId, now: Moment) -> Result<bool, Fault> {
    let theirs = actors::load_person(conn, person, now)?.organisations;
    let partners = current(conn, theme)?;
    Ok(partners
        .iter()
        .any(|partner| theirs.contains(&partner.organisation)))
}

/// A theme, for whoever sees its edition.
pub(crate) fn seen(conn: &mut Conn, actor: &Actor, theme: ThemeId) -> Result<Theme, Fault> {
    let theme = themes::find(conn, theme)?.ok_or_else(Fault::not_found)?;
    editions::get(conn, actor, theme.edition)?;
    Ok(theme)
}

fn managed(conn: &mut Conn, actor: &Actor, now: Moment, theme: ThemeId) -> Result<Theme, Fault> {
    let theme = seen(conn, actor, theme)?;
    let object = Object::public(ObjectKind::Edition)
        .of_track(Some("town_hall"))
        .of_theme(theme.id);
    decide(actor, Act::ManageFormats, &object, now).or_fault()?;
    Ok(theme)
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    theme: &Theme,
    partner: &ThemePartner,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(theme.id.uuid()),
        scope: Some(theme.edition.uuid()),
        summary: json!({
            "partner": partner.id, "organisation": partner.organisation, "role": partner.role, "to": partner.to_at,
        }),
        ..Note::of(act, "theme")
    };
    audit::note(conn, now, &note)
}
