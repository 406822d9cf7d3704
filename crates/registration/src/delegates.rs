//! Delegations: whom the focal points of an organisation send to a congress.
//!
//! A delegate is a registration with a role beside it. Any focal point of the organisation registers, edits, substitutes
//! and takes back, whoever of them began; what happens is what happens to any registration, within the quota
//! ([`crate::delegation_quotas`]). Once the person took it over ([`crate::delegate_take_over`]), their details are theirs
//! alone and how it stands is all that is seen. Needs are never asked for here, nor shown.

use access_rules::{Act, Actor, EditionId, Object, OrganisationId, PersonId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Email, Fault, Fields, Language, Localized, Moment, text};
use mail::{
    letters::{Congress, Content},
    outbox::{self, NewLetter},
};
use members::{
    model::{PositionKind, PositionState},
    organisations,
    positions::{self, Asked, DecideInput},
};
use people::persons::{self, NewPerson, PersonInput};
use programme::{editions, model::Edition};
use records::limits;
use serde::{Deserialize, Serialize};

use crate::{
    admissions, categories, delegation_quotas, desk_events,
    faults::{DelegationFault, RegistrationFault},
    model::{CategoryId, Delegate, DelegationQuota, DelegationRole, ForWhom, Registration, RegistrationId},
    needs, registrations, rules, seats,
    tables::{delegates as table, delegation_roles, registrations as registered},
    typed_persons,
};

/// Most delegates' addresses one account changes in so many seconds.
pub const ADDRESSES_MOST: (i64, i64) = (50, 3600);

/// What is asked of who is sent.
#[derive(Clone, Debug, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct DelegateInput {
    /// Given names.
    pub given_name: String,
    /// Family names.
    pub family_name: String,
    /// Where their letters go; whoever proves this address can take the registration over.
    pub email: String,
    /// The code of their role in the delegation; `delegate` when left empty.
    pub role: String,
    /// The category; asked once, when they are registered.
    #[schema(value_type = Option<String>)]
    pub category: Option<CategoryId>,
    /// As what they come for the organisation; `delegate` when not said.
    pub position_kind: Option<PositionKind>,
    /// The same in their own words.
    pub position_title: String,
    /// The tracks, by code; asked once, when they are registered.
    pub tracks: Vec<String>,
    /// The language of their letters; the focal point's own when not said.
    pub language: Option<Language>,
}

/// A delegate as focal points see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The delegate.
    pub delegate: Delegate,
    /// Their registration.
    pub registration: Registration,
    /// Given names.
    pub given_name: String,
    /// Family names.
    pub family_name: String,
}

impl Line {
    /// Whether it is the person's own by now.
    pub const fn is_taken_over(&self) -> bool {
        self.delegate.taken_over_at.is_some()
    }
}

/// A delegation: who is in it, and how many there may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// The organisation's name.
    pub organisation: String,
    /// Its quotas.
    pub quotas: Vec<DelegationQuota>,
    /// Those in it, in the order they were named.
    pub lines: Vec<Line>,
}

/// What was checked of who is sent.
pub(crate) struct Checked {
    pub(crate) name: NewPerson,
    pub(crate) email: Email,
    pub(crate) role: String,
    pub(crate) position_kind: PositionKind,
    pub(crate) position_title: String,
}

/// The roles there are in delegations, in their order. They are public.
///
/// # Errors
/// When the database refuses.
pub fn roles(conn: &mut Conn) -> Result<Vec<DelegationRole>, Fault> {
    Ok(on_each!(conn, |c| delegation_roles::table
        .order((delegation_roles::position, delegation_roles::code))
        .select(DelegationRole::as_select())
        .load(c))?)
}

/// The delegation of an organisation, for its focal points and who manages members.
///
/// # Errors
/// 401, 404.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    organisation: OrganisationId,
) -> Result<Delegation, Fault> {
    editions::get(conn, actor, edition)?;
    let name = minded(conn, actor, now, organisation)?;
    Ok(Delegation {
        organisation: name,
        quotas: delegation_quotas::of(conn, edition, organisation)?,
        lines: lines(conn, edition, organisation)?,
    })
}

/// One delegate, for the focal points of their organisation and who manages members.
///
/// # Errors
/// 401, 404.
pub fn get(conn: &mut Conn, actor: &Actor, now: Moment, id: RegistrationId) -> Result<Line, Fault> {
    let found: Option<Delegate> = on_each!(conn, |c| table::table
        .find(id)
        .select(Delegate::as_select())
        .first(c)
        .optional())?;
    let Some(delegate) = found else {
        return Err(match actor.signed_in() {
            true => Fault::not_found(),
            false => Fault::sign_in_needed(),
        });
    };
    minded(conn, actor, now, delegate.organisation)?;
    line(conn, delegate)
}

/// Registers somebody for the delegation, within its quota, and invites them to take it over.
///
/// # Errors
/// 401, 404; `registration_closed`; `invalid` with each field; `delegate_twice`; `no_quota`, `quota_full`; `too_many`
/// addresses, once as many were named as there are places; `category_closed`.
pub fn add(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    organisation: OrganisationId,
    input: &DelegateInput,
) -> Result<Line, Fault> {
    let name = minded(conn, actor, now, organisation)?;
    let edition = registrations::open_edition(conn, actor, edition)?;
    let roles = roles(conn)?;
    let mut fields = Fields::new();
    let checked = check(&mut fields, input, &roles);
    let category = fields.required("category", input.category);
    fields.done()?;
    let (Some(checked), Some(category)) = (checked, category) else {
        return Err(Fault::internal("a required field is missing unnoticed"));
    };
    if categories::find(conn, category)?.is_none_or(|found| found.edition != edition.id) {
        return Err(RegistrationFault::UnknownCategory.into());
    }
    not_twice(conn, edition.id, organisation, &checked, None)?;
    enter(
        conn,
        actor,
        now,
        &edition,
        organisation,
        &name,
        category,
        input,
        &checked,
    )
}

/// Changes what stands of somebody who has not taken it over.
///
/// # Errors
/// 401, 404; `taken_over`, `delegate_gone`; `invalid` with each field; `delegate_twice`; `too_many` addresses; `stale`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RegistrationId,
    input: &DelegateInput,
    version: Option<i64>,
) -> Result<Line, Fault> {
    let before = get(conn, actor, now, id)?;
    if before.is_taken_over() {
        return Err(DelegationFault::TakenOver.into());
    }
    still_there(&before)?;
    let checked = checked(conn, input)?;
    let (edition, organisation) = (before.delegate.edition, before.delegate.organisation);
    not_twice(conn, edition, organisation, &checked, Some(id))?;
    let is_new_address = checked.email.key() != before.delegate.email_key;
    if is_new_address {
        may_write(conn, actor, now)?;
    }
    let person = PersonInput {
        given_name: checked.name.given_name.clone(),
        family_name: checked.name.family_name.clone(),
        badge_name: None,
        language: Some(before.registration.language),
    };
    registrations::name_person(conn, before.registration.person, &person)?;
    let after = Registration {
        email: checked.email.clone(),
        position_kind: Some(checked.position_kind),
        position_title: checked.position_title.clone(),
        updated_at: now,
        ..before.registration.clone()
    };
    let after = named(conn, after)?;
    let after = registrations::store(conn, &before.registration, version, after)?;
    put(conn, id, &checked, before.delegate.named_by)?;
    registrations::note(
        conn,
        actor,
        now,
        "delegate.edit",
        Some(&before.registration),
        &after,
    )?;
    let edition = editions::find(conn, after.edition)?.ok_or_else(Fault::not_found)?;
    if is_new_address {
        let of = organisations::find(conn, before.delegate.organisation)?.ok_or_else(Fault::not_found)?;
        invite(conn, now, &edition, &of.name, &after, &checked)?;
    }
    desk_events::delegation(conn, now, edition.id, organisation, Some(id))?;
    get(conn, actor, now, id)
}

/// Sends somebody else in their place: place, number and category stay; standing, tags, seats and needs of whom they
/// replace end, and they are told.
///
/// # Errors
/// 401, 404; `delegate_gone`; `invalid` with each field; `delegate_twice`; `too_many` addresses; `stale`.
pub fn substitute(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RegistrationId,
    input: &DelegateInput,
    version: Option<i64>,
) -> Result<Line, Fault> {
    let before = get(conn, actor, now, id)?;
    still_there(&before)?;
    let checked = checked(conn, input)?;
    let (edition, organisation) = (before.delegate.edition, before.delegate.organisation);
    not_twice(conn, edition, organisation, &checked, None)?;
    may_write(conn, actor, now)?;
    let name = minded(conn, actor, now, organisation)?;
    let edition = editions::find(conn, edition)?.ok_or_else(Fault::not_found)?;
    leave(conn, actor, now, &before.registration)?;
    let language = input.language.unwrap_or(before.registration.language);
    let next = NewPerson {
        language: Some(language),
        ..checked.name.clone()
    };
    let after = Registration {
        person: persons::create(conn, now, &next)?,
        account: None,
        registered_by: None,
        for_whom: ForWhom::SomeoneElse,
        email: checked.email.clone(),
        language,
        position_kind: Some(checked.position_kind),
        position_title: checked.position_title.clone(),
        updated_at: now,
        ..before.registration.clone()
    };
    confirm_position(conn, actor, now, &after, organisation)?;
    let after = named(conn, after)?;
    let after = registrations::store(conn, &before.registration, version, after)?;
    put(conn, id, &checked, actor.person)?;
    let category = match after.category {
        Some(category) => categories::find(conn, category)?,
        None => None,
    };
    let category = category.ok_or(RegistrationFault::UnknownCategory)?;
    registrations::note(
        conn,
        actor,
        now,
        "delegate.substitute",
        Some(&before.registration),
        &after,
    )?;
    registrations::settle(conn, now, &edition, &category, &after)?;
    tell_replaced(conn, now, &edition, &name, &before, true)?;
    typed_persons::forget(conn, now, &before.registration, organisation)?;
    invite(conn, now, &edition, &name, &after, &checked)?;
    desk_events::delegation(conn, now, edition.id, organisation, Some(id))?;
    get(conn, actor, now, id)
}

/// Takes somebody out of the delegation: their registration is taken back, the place is free again, and they are told.
///
/// # Errors
/// 401, 404; `illegal_step`; `stale`.
pub fn withdraw(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RegistrationId,
    version: Option<i64>,
) -> Result<Line, Fault> {
    let before = get(conn, actor, now, id)?;
    registrations::take_back(conn, actor, now, before.registration.clone(), version)?;
    let edition = editions::find(conn, before.delegate.edition)?.ok_or_else(Fault::not_found)?;
    let of = organisations::find(conn, before.delegate.organisation)?.ok_or_else(Fault::not_found)?;
    tell_replaced(conn, now, &edition, &of.name, &before, false)?;
    typed_persons::forget_wholly(conn, now, &before.registration, before.delegate.organisation)?;
    desk_events::delegation(conn, now, edition.id, before.delegate.organisation, Some(id))?;
    get(conn, actor, now, id)
}

/// Goes on for a focal point of the organisation, and who manages members; answers its name. For others there is none.
pub(crate) fn minded(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    organisation: OrganisationId,
) -> Result<String, Fault> {
    let object = Object::site().of_organisation(organisation);
    access_rules::decide(actor, Act::MindOrganisation, &object, now).or_fault()?;
    let found = organisations::find(conn, organisation)?.ok_or_else(Fault::not_found)?;
    Ok(found.name)
}

/// What was typed of a delegate, each field named that is wrong; nothing when any is.
pub(crate) fn check(fields: &mut Fields, input: &DelegateInput, roles: &[DelegationRole]) -> Option<Checked> {
    let person = PersonInput {
        given_name: input.given_name.clone(),
        family_name: input.family_name.clone(),
        badge_name: None,
        language: input.language,
    };
    let name = persons::check(fields, "", &person);
    let email = match input.email.trim() {
        "" => {
            fields.wrong("email", "required");
            None
        }
        typed => fields.email("email", typed),
    };
    let role = match input.role.as_str() {
        "" => "delegate",
        code => code,
    };
    if !roles.iter().any(|known| known.code == role) {
        fields.wrong("role", "unknown_choice");
    }
    let position_title = fields.line("position_title", &input.position_title, text::NAME);
    Some(Checked {
        name,
        email: email?,
        role: role.to_owned(),
        position_kind: input.position_kind.unwrap_or(PositionKind::Delegate),
        position_title,
    })
}

/// Who is in a delegation, in the order they were named; unchecked.
fn lines(conn: &mut Conn, edition: EditionId, organisation: OrganisationId) -> Result<Vec<Line>, Fault> {
    let rows: Vec<(Delegate, Registration)> = on_each!(conn, |c| table::table
        .inner_join(registered::table.on(registered::id.eq(table::registration)))
        .filter(table::edition.eq(edition))
        .filter(table::organisation.eq(organisation))
        .order((table::created_at, table::registration))
        .select((Delegate::as_select(), Registration::as_select()))
        .load(c))?;
    let people: Vec<PersonId> = rows.iter().map(|(_, registration)| registration.person).collect();
    let named = persons::many(conn, &people)?;
    let lines = rows.into_iter().map(|(delegate, registration)| {
        let person = named.iter().find(|person| person.id == registration.person);
        Line {
            given_name: person.map(|person| person.given_name.clone()).unwrap_or_default(),
            family_name: person
                .map(|person| person.family_name.clone())
                .unwrap_or_default(),
            delegate,
            registration,
        }
    });
    Ok(lines.collect())
}

/// Nobody is in a delegation twice. Who else changes it waits until this is done.
fn not_twice(
    conn: &mut Conn,
    edition: EditionId,
    organisation: OrganisationId,
    checked: &Checked,
    themselves: Option<RegistrationId>,
) -> Result<(), Fault> {
    delegation_quotas::hold(conn, edition, organisation)?;
    let others = lines(conn, edition, organisation)?;
    let is_other = |line: &&Line| Some(line.delegate.registration) != themselves;
    match others
        .iter()
        .filter(is_other)
        .any(|other| is_same(other, checked))
    {
        true => Err(DelegationFault::DelegateTwice.into()),
        false => Ok(()),
    }
}

/// Whether somebody of this name and address is in the delegation already.
fn is_same(other: &Line, checked: &Checked) -> bool {
    let is_there = !rules::is_over(other.registration.state);
    let same_name = text::fold(&other.given_name) == text::fold(&checked.name.given_name)
        && text::fold(&other.family_name) == text::fold(&checked.name.family_name);
    is_there && same_name && other.delegate.email_key == checked.email.key()
}

/// Registers somebody who was checked, in a place taken from the quota.
pub(crate) fn enter(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: &Edition,
    organisation: OrganisationId,
    name: &str,
    category: CategoryId,
    input: &DelegateInput,
    checked: &Checked,
) -> Result<Line, Fault> {
    let account = actor.account.ok_or_else(Fault::sign_in_needed)?;
    let language = match input.language {
        Some(language) => language,
        None => people::accounts::get(conn, account)?.language,
    };
    let quota = delegation_quotas::take(conn, edition.id, organisation, category)?;
    if named_ever(conn, &quota)? >= quota.places_max {
        // A place that was given back: else one place would be a letter to anybody, again and again.
        may_write(conn, actor, now)?;
    }
    let person = NewPerson {
        language: Some(language),
        ..checked.name.clone()
    };
    let person = persons::create(conn, now, &person)?;
    let email = checked.email.clone();
    // A delegate is registered by nobody's account: whoever is focal point by then minds them, not who named them, which
    // `named_by` tells.
    let draft = Registration {
        category: Some(category),
        organisation: Some(organisation),
        position_kind: Some(checked.position_kind),
        position_title: checked.position_title.clone(),
        step: 4,
        ..registrations::blank(now, edition.id, person, email, language, ForWhom::SomeoneElse)
    };
    on_each!(conn, |c| diesel::insert_into(registered::table)
        .values(&draft)
        .execute(c))
    .exactly_one()?;
    let delegate = Delegate {
        registration: draft.id,
        edition: edition.id,
        organisation,
        role: checked.role.clone(),
        email_key: checked.email.key(),
        named_by: actor.person,
        taken_over_at: None,
        created_at: now,
    };
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&delegate)
        .execute(c))
    .exactly_one()?;
    admissions::request(conn, now, &draft, &input.tracks)?;
    // Whom the focal point sends is of the organisation: their position is confirmed before anything is decided by it.
    confirm_position(conn, actor, now, &draft, organisation)?;
    let sent = registrations::send(conn, actor, now, draft, None)?;
    invite(conn, now, edition, name, &sent, checked)?;
    desk_events::delegation(conn, now, edition.id, organisation, Some(sent.id))?;
    line(conn, delegate)
}

/// The registration with the sorted and searched name of the person it is of.
pub(crate) fn named(conn: &mut Conn, registration: Registration) -> Result<Registration, Fault> {
    let person = persons::get(conn, registration.person)?;
    Ok(Registration {
        name_sort: person.name_sort.clone(),
        search_key: registrations::search_key(conn, &registration, &person)?,
        ..registration
    })
}

fn line(conn: &mut Conn, delegate: Delegate) -> Result<Line, Fault> {
    let registration = registrations::find_any(conn, delegate.registration)?.ok_or_else(Fault::not_found)?;
    let person = persons::get(conn, registration.person)?;
    Ok(Line {
        delegate,
        registration,
        given_name: person.given_name,
        family_name: person.family_name,
    })
}

fn checked(conn: &mut Conn, input: &DelegateInput) -> Result<Checked, Fault> {
    let roles = roles(conn)?;
    let mut fields = Fields::new();
    let checked = check(&mut fields, input, &roles);
    fields.done()?;
    checked.ok_or_else(|| Fault::internal("a required field is missing unnoticed"))
}

/// How many were ever named in these places, with those who were taken out again.
fn named_ever(conn: &mut Conn, quota: &DelegationQuota) -> Result<i64, Fault> {
    Ok(on_each!(conn, |c| table::table
        .inner_join(registered::table.on(registered::id.eq(table::registration)))
        .filter(table::edition.eq(quota.edition))
        .filter(table::organisation.eq(quota.organisation))
        .filter(registered::category.eq(quota.category))
        .count()
        .get_result(c))?)
}

/// Each other address of a delegate is a letter to somebody: so many by one account, and not more.
fn may_write(conn: &mut Conn, actor: &Actor, now: Moment) -> Result<(), Fault> {
    let account = actor.account.ok_or_else(Fault::sign_in_needed)?;
    let (most, seconds) = ADDRESSES_MOST;
    limits::spend(conn, now, "delegate_address", &account.to_string(), most, seconds)
}

fn still_there(line: &Line) -> Result<(), Fault> {
    match rules::is_over(line.registration.state) {
        true => Err(DelegationFault::DelegateGone.into()),
        false => Ok(()),
    }
}

/// What the one who goes had by this registration ends; what they asked for themselves is erased.
fn leave(conn: &mut Conn, actor: &Actor, now: Moment, registration: &Registration) -> Result<(), Fault> {
    registrations::take_standing(conn, now, actor.person, registration)?;
    seats::release_all(conn, now, registration.id)?;
    needs::forget(conn, now, registration.id, "delegation").map(drop)
}

fn confirm_position(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    registration: &Registration,
    organisation: OrganisationId,
) -> Result<(), Fault> {
    let asked = Asked {
        person: registration.person,
        organisation,
        kind: registration.position_kind.unwrap_or(PositionKind::Delegate),
        title: registration.position_title.clone(),
        by: actor.person,
        proved: None,
        has_document: false,
    };
    let position = positions::ask(conn, now, &asked)?;
    if position.state == PositionState::Requested {
        let version = Some(position.version);
        positions::confirm(conn, actor, now, position.id, version, &DecideInput::default())?;
    }
    Ok(())
}

fn put(
    conn: &mut Conn,
    id: RegistrationId,
    checked: &Checked,
    named_by: Option<PersonId>,
) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(table::table.find(id))
        .set((
            table::role.eq(&checked.role),
            table::email_key.eq(checked.email.key()),
            table::named_by.eq(named_by),
            table::taken_over_at.eq(None::<Moment>),
        ))
        .execute(c))
    .exactly_one()
}

/// Tells who is sent that they are, and how they take it over.
fn invite(
    conn: &mut Conn,
    now: Moment,
    edition: &Edition,
    organisation: &str,
    registration: &Registration,
    checked: &Checked,
) -> Result<(), Fault> {
    let language = registration.language;
    let title: Localized = on_each!(conn, |c| delegation_roles::table
        .find(&checked.role)
        .select(delegation_roles::title)
        .first(c))?;
    let letter = NewLetter {
        content: Content::DelegateInvited {
            congress: congress(edition, language),
            organisation: organisation.to_owned(),
            role: title.text(language).to_owned(),
        },
        language,
        to: checked.email.clone(),
        name: format!("{} {}", checked.name.given_name, checked.name.family_name)
            .trim()
            .to_owned(),
        person: Some(registration.person),
        not_before: None,
        dedupe_key: Some(format!("delegate:{}:{}", registration.id, registration.version)),
    };
    outbox::post(conn, now, &letter).map(drop)
}

/// Tells whoever was in the delegation that they no longer are.
fn tell_replaced(
    conn: &mut Conn,
    now: Moment,
    edition: &Edition,
    organisation: &str,
    before: &Line,
    substituted: bool,
) -> Result<(), Fault> {
    let registration = &before.registration;
    let language = registration.language;
    let letter = NewLetter {
        content: Content::DelegateLeft {
            congress: congress(edition, language),
            organisation: organisation.to_owned(),
            substituted,
        },
        language,
        to: registrations::address(registration),
        name: format!("{} {}", before.given_name, before.family_name)
            .trim()
            .to_owned(),
        person: Some(registration.person),
        not_before: None,
        dedupe_key: Some(format!(
            "delegate_left:{}:{}",
            registration.id, registration.version
        )),
    };
    outbox::post(conn, now, &letter).map(drop)
}

fn congress(edition: &Edition, language: Language) -> Congress {
    Congress {
        name: edition.title.text(language).to_owned(),
        slug: edition.slug.clone(),
    }
}
