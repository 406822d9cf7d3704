//! Partners: which organisations stand behind a theme, and who leads it for them.
//!
//! Who leads a theme in person holds a standing over it, given here and taken with the organisation's part in the theme.

use access_rules::{
    Act, Actor, Decision, EditionId, Object, ObjectKind, OrganisationId, PersonId, Role, Scope, ThemeId,
    decide,
};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Moment};
use members::{actors, organisations, positions};
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
    rules, space,
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

/// Goes on when this actor may name who joins in: the desk of a theme, and who leads it.
///
/// # Errors
/// 401, 403, 404.
pub fn may_name(conn: &mut Conn, actor: &Actor, now: Moment, theme: ThemeId) -> Result<(), Fault> {
    run(conn, actor, now, theme).map(drop)
}

/// Names an organisation a partner of a theme: the one that leads it the desk, which is a civil-society partner, and there
/// is one (R11); those that join in whoever leads the theme, too (PD7).
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
    let role = input.role.unwrap_or(PartnerRole::Co);
    let theme = named_by(conn, actor, now, theme, role)?;
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
    let theme = named_by(conn, actor, now, before.theme, before.role)?;
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

/// Names somebody of a partner to lead the theme in person: the desk, or whoever leads it already.
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
    let theme = run(conn, actor, now, theme)?;
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

/// Takes the lead of a theme from somebody: the desk, or whoever leads it, as long as somebody is left who does.
///
/// # Errors
/// 401, 403; 404 when there is no such theme, or they do not lead it; `last_theme_lead`.
pub fn dismiss_lead(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    theme: ThemeId,
    person: PersonId,
) -> Result<(), Fault> {
    let theme = run(conn, actor, now, theme)?;
    let scope = Scope::Theme(theme.id);
    if !by_desk(actor, now, &theme).allows() {
        // Two who lead it never dismiss each other at once.
        space::hold(conn, &theme)?;
        let held = standings::holders(conn, Role::ThemeLead, &scope, now)?;
        if held.iter().all(|standing| standing.person_id == person) {
            return Err(TownHallFault::LastLead.into());
        }
    }
    match standings::dismiss(conn, now, actor.person, person, Role::ThemeLead, &scope)? {
        true => Ok(()),
        false => Err(Fault::not_found()),
    }
}

/// Who leads a theme in person: for its desk, and for each of them.
///
/// # Errors
/// 401, 403, 404.
pub fn leads(conn: &mut Conn, actor: &Actor, now: Moment, theme: ThemeId) -> Result<Vec<LeadView>, Fault> {
    let theme = run(conn, actor, now, theme)?;
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

/// Who can be named to lead a theme, by name: people with a confirmed position in one of its partners. Its desk chooses
/// among all of them, who leads it among those of their own organisations.
///
/// # Errors
/// 401, 403, 404.
pub fn candidates(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    theme: ThemeId,
) -> Result<Vec<(PersonId, String)>, Fault> {
    let theme = run(conn, actor, now, theme)?;
    let sees_all = by_desk(actor, now, &theme).allows();
    let behind: Vec<OrganisationId> = current(conn, theme.id)?
        .into_iter()
        .map(|partner| partner.organisation)
        .filter(|organisation| sees_all || actor.organisations.contains(organisation))
        .collect();
    let holders = positions::holders_in(conn, &behind)?;
    let mut ids: Vec<PersonId> = holders.into_iter().map(|(person, _)| person).collect();
    ids.sort_unstable();
    ids.dedup();
    let persons = persons::many(conn, &ids)?;
    let mut named: Vec<(PersonId, String)> =
        persons.iter().map(|person| (person.id, person.name())).collect();
    named.sort_by(|one, other| one.1.cmp(&other.1));
    Ok(named)
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

/// A theme whose partners in this role this actor may name: the desk all of them, who leads it those that join in.
fn named_by(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    theme: ThemeId,
    role: PartnerRole,
) -> Result<Theme, Fault> {
    match role {
        PartnerRole::Lead => {
            let theme = seen(conn, actor, theme)?;
            by_desk(actor, now, &theme).or_fault()?;
            Ok(theme)
        }
        PartnerRole::Co => run(conn, actor, now, theme),
    }
}

/// A theme, for its desk and who leads it.
fn run(conn: &mut Conn, actor: &Actor, now: Moment, theme: ThemeId) -> Result<Theme, Fault> {
    let theme = seen(conn, actor, theme)?;
    let desk = by_desk(actor, now, &theme);
    match decide(actor, Act::ManagePapers, &space::object(&theme), now).allows() {
        true => Ok(theme),
        false => desk.or_fault().map(|()| theme),
    }
}

fn by_desk(actor: &Actor, now: Moment, theme: &Theme) -> Decision {
    let object = Object::public(ObjectKind::Edition)
        .of_track(Some("town_hall"))
        .of_theme(theme.id);
    decide(actor, Act::ManageFormats, &object, now)
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
