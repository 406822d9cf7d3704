//! Registrations, in the order they happen: begin, fill in, submit, decide, cancel.
//!
//! A registration has a person, perhaps an account, and a correspondence address that may repeat (`readings.md` "Person,
//! account, e-mail"). It is saved at each step and can be taken up again. What makes a participant is written in the same
//! transaction: the standing, the category's tag, the admission to tracks, the letter.

use access_rules::{Act, Actor, EditionId, Key, Object, ObjectKind, OrganisationId, PersonId, Role, Scope};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Email, Fault, Fields, Id, Language, Moment, text};
use members::{model::PositionKind, organisations, positions};
use people::persons::{self, PersonInput};
use programme::{
    editions,
    model::{Edition, EditionState},
};
use records::{
    audit::{self, Fingerprint, Note},
    feed,
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    admissions, categories, delegation_quotas, desk_events,
    faults::RegistrationFault,
    letters,
    model::{Batch, Category, CategoryId, ForWhom, Registration, RegistrationId, RegistrationState},
    needs::{self, NeedsInput},
    rules, seats,
    tables::{registration_numbers, registrations},
    words,
};

/// Most people one registers in a batch.
pub const BATCH_MOST: i64 = 50;
/// The stream of the feed where registrations are told of.
pub const STREAM: &str = "registration";

/// How a registration begins.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
pub struct BeginInput {
    /// Whom it is for.
    pub for_whom: ForWhom,
    /// With those already begun in this batch.
    #[schema(value_type = Option<String>)]
    pub batch: Option<Id<Batch>>,
    /// The language of letters; the reader's own when not given.
    pub language: Option<Language>,
}

/// What the form asks, all steps together. Whatever is absent is empty: a save states all of it again.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct RegistrationInput {
    /// Given names.
    pub given_name: String,
    /// Family names.
    pub family_name: String,
    /// What stands on the badge, when it is not the two names.
    pub badge_name: Option<String>,
    /// Where letters go; the account's own address when not given.
    pub email: String,
    /// The organisation, as found by typing.
    pub organisation: Option<OrganisationId>,
    /// The organisation when it is not listed.
    pub unlisted: Option<organisations::ProposalInput>,
    /// As what they come for it.
    pub position_kind: Option<PositionKind>,
    /// The same in their own words.
    pub position_title: String,
    /// The category.
    #[schema(value_type = Option<String>)]
    pub category: Option<CategoryId>,
    /// The tracks, by code.
    pub tracks: Vec<String>,
    /// Access, diet, interpretation.
    pub needs: Option<NeedsInput>,
    /// The step of the form this was typed at.
    pub step: i64,
}

/// What a decision says.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct DecisionInput {
    /// Whether it is accepted.
    pub accept: bool,
    /// Why not; the person reads it.
    pub reason: String,
}

/// Begins a registration: for oneself (one at a time: what was begun is gone on with), for somebody else, for one of a group.
///
/// # Errors
/// 401; `registration_closed`; `already_registered` for oneself.
pub fn begin(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &BeginInput,
) -> Result<Registration, Fault> {
    let account = actor.account.ok_or_else(Fault::sign_in_needed)?;
    let own = actor.person.ok_or_else(Fault::sign_in_needed)?;
    open_edition(conn, actor, edition)?;
    let signed_in = people::accounts::get(conn, account)?;
    let (person, of_account) = match input.for_whom {
        ForWhom::Myself => {
            if let Some(begun) = current_of(conn, edition, own)? {
                return go_on_with(begun);
            }
            (own, Some(account))
        }
        ForWhom::SomeoneElse | ForWhom::Group => {
            let blank = persons::NewPerson {
                language: input.language,
                ..persons::NewPerson::default()
            };
            (persons::create(conn, now, &blank)?, None)
        }
    };
    let language = input.language.unwrap_or(signed_in.language);
    let registration = Registration {
        account: of_account,
        registered_by: Some(account),
        batch: match input.for_whom {
            ForWhom::Group => Some(input.batch.unwrap_or_else(Id::new)),
            _ => None,
        },
        ..blank(
            now,
            edition,
            person,
            signed_in.email.clone(),
            language,
            input.for_whom,
        )
    };
    let is_first = on_each!(conn, |c| diesel::insert_into(registrations::table)
        .values(&registration)
        .on_conflict_do_nothing()
        .execute(c))
    .at_most_one()?;
    if !is_first {
        // They began elsewhere at the same moment.
        return go_on_with(current_of(conn, edition, person)?.ok_or_else(Fault::stale)?);
    }
    note(conn, actor, now, "registration.begin", None, &registration)?;
    Ok(registration)
}

/// A draft in which nothing is said yet, of nobody's account.
pub(crate) fn blank(
    now: Moment,
    edition: EditionId,
    person: PersonId,
    email: Email,
    language: Language,
    for_whom: ForWhom,
) -> Registration {
    Registration {
        id: Id::new(),
        edition,
        person,
        account: None,
        registered_by: None,
        batch: None,
        email,
        language,
        for_whom,
        category: None,
        organisation: None,
        position_kind: None,
        position_title: String::new(),
        state: RegistrationState::Draft,
        number: None,
        rank: None,
        step: 1,
        name_sort: Vec::new(),
        search_key: String::new(),
        decided_by: None,
        reason: String::new(),
        version: 1,
        created_at: now,
        updated_at: now,
        submitted_at: None,
        decided_at: None,
    }
}

/// One registration each: what was begun is gone on with, what was sent is not begun again.
fn go_on_with(begun: Registration) -> Result<Registration, Fault> {
    match begun.state {
        RegistrationState::Draft => Ok(begun),
        _ => Err(already(begun.number)),
    }
}

pub(crate) fn already(number: Option<String>) -> Fault {
    let number = number.unwrap_or_default();
    RegistrationFault::AlreadyRegistered { number }.into()
}

/// Keeps what was typed so far, whole or not: a step can be left and taken up again.
///
/// # Errors
/// 401, 404; `stale`; `identity_locked` once decided; `invalid` for what can never be right.
pub fn save(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RegistrationId,
    version: Option<i64>,
    input: &RegistrationInput,
) -> Result<Registration, Fault> {
    let before = own(conn, actor, now, id)?;
    if before.state != RegistrationState::Draft {
        return Err(RegistrationFault::IdentityLocked.into());
    }
    let edition = open_edition(conn, actor, before.edition)?;
    let mut fields = Fields::new();
    let person = PersonInput {
        given_name: input.given_name.clone(),
        family_name: input.family_name.clone(),
        badge_name: input.badge_name.clone(),
        language: Some(before.language),
    };
    let named = !(input.given_name.trim().is_empty() && input.family_name.trim().is_empty());
    if named {
        persons::check(&mut fields, "", &person);
    }
    let email = if input.email.trim().is_empty() {
        None
    } else {
        fields.email("email", &input.email)
    };
    let position_title = fields.line("position_title", &input.position_title, text::NAME);
    fields.done()?;
    let organisation = match (&input.organisation, &input.unlisted) {
        (Some(id), _) => Some(
            organisations::find(conn, *id)?
                .ok_or_else(|| Fault::field("organisation", "unknown"))?
                .id,
        ),
        (None, Some(unlisted)) if !unlisted.name.trim().is_empty() => {
            Some(organisations::propose(conn, now, unlisted)?.id)
        }
        _ => None,
    };
    let category = match input.category {
        Some(id) => Some(
            categories::find(conn, id)?
                .filter(|found| found.edition == edition.id)
                .ok_or(RegistrationFault::UnknownCategory)?
                .id,
        ),
        None => None,
    };
    if named {
        name_person(conn, before.person, &person)?;
    }
    let after = Registration {
        email: email.unwrap_or_else(|| before.email.clone()),
        organisation,
        position_kind: input.position_kind,
        position_title,
        category,
        step: input.step.clamp(1, 4),
        updated_at: now,
        ..before.clone()
    };
    let after = store(conn, &before, version, after)?;
    admissions::request(conn, now, &after, &input.tracks)?;
    if let Some(wanted) = &input.needs {
        needs::keep(conn, now, &after, edition.ends_on, wanted)?;
    }
    Ok(after)
}

/// Sends a registration: everything must be there. It takes a place in its category or the next rank of its waiting
/// list, asks for the position it names, and is certain at once where nobody has to look at it.
///
/// # Errors
/// 401, 404; `stale`; `illegal_step`; `invalid` with each field; `category_closed`.
pub fn submit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RegistrationId,
    version: Option<i64>,
) -> Result<Registration, Fault> {
    let before = own(conn, actor, now, id)?;
    send(conn, actor, now, before, version)
}

/// The same for who was found to be allowed to.
pub(crate) fn send(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    before: Registration,
    version: Option<i64>,
) -> Result<Registration, Fault> {
    let id = before.id;
    let edition = open_edition(conn, actor, before.edition)?;
    step_to(&before, RegistrationState::Applied)?;
    let person = persons::get(conn, before.person)?;
    let category = match before.category {
        Some(id) => categories::find(conn, id)?,
        None => None,
    };
    let mut fields = Fields::new();
    if person.given_name.is_empty() && person.family_name.is_empty() {
        fields.wrong("given_name", "required");
    }
    if category.is_none() {
        fields.wrong("category", "required");
    }
    if before.organisation.is_some() && before.position_kind.is_none() {
        fields.wrong("position_kind", "required");
    }
    fields.done()?;
    let category = category.ok_or(RegistrationFault::UnknownCategory)?;
    let today = edition.zone.local(now).date();
    if category.retired || !rules::is_open(category.opens_on, category.closes_on, today) {
        return Err(RegistrationFault::CategoryClosed.into());
    }
    if before.for_whom != ForWhom::Myself
        && let Some(other) = namesake(conn, &before)?
    {
        // Shown to the registrar, never refused and never merged by itself (`readings.md`).
        let summary = json!({ "other": other });
        audit::note(
            conn,
            now,
            &Note {
                object_id: Some(id.uuid()),
                scope: Some(before.edition.uuid()),
                summary,
                ..Note::of("registration.namesake", "registration")
            },
        )?;
    }
    if let (Some(organisation), Some(kind)) = (before.organisation, before.position_kind) {
        ask_position(conn, now, actor, &before, organisation, kind)?;
    }
    let rank = categories::take_place(conn, category.id)?;
    let (state, number) = match rank {
        Some(_) => (RegistrationState::Waiting, None),
        None if category.needs_review => (RegistrationState::PendingReview, None),
        None => (RegistrationState::Confirmed, Some(next_number(conn, &edition)?)),
    };
    let after = Registration {
        state,
        number,
        rank,
        name_sort: person.name_sort.clone(),
        search_key: search_key(conn, &before, &person)?,
        submitted_at: Some(now),
        decided_at: (state == RegistrationState::Confirmed).then_some(now),
        updated_at: now,
        step: 4,
        ..before.clone()
    };
    let after = store(conn, &before, version, after)?;
    note(conn, actor, now, "registration.submit", Some(&before), &after)?;
    settle(conn, now, &edition, &category, &after)?;
    Ok(after)
}

/// Accepts or refuses what waits for somebody to look at it.
///
/// # Errors
/// 401, 403, 404; `stale`; `illegal_step`; `reason_needed` when refusing; `category_full` when accepting who waits for a
/// place that there is not.
pub fn decide(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RegistrationId,
    version: Option<i64>,
    input: &DecisionInput,
) -> Result<Registration, Fault> {
    let before = get(conn, actor, now, id)?;
    access_rules::decide(
        actor,
        Act::DecideRegistration,
        &Object::public(ObjectKind::Registration),
        now,
    )
    .or_fault()?;
    let edition = editions::find(conn, before.edition)?.ok_or_else(Fault::not_found)?;
    let mut fields = Fields::new();
    let reason = fields.paragraph("reason", &input.reason, 2000);
    fields.done()?;
    let to = match input.accept {
        true => RegistrationState::Approved,
        false => RegistrationState::Rejected,
    };
    step_to(&before, to)?;
    let category = match before.category {
        Some(id) => categories::find(conn, id)?.ok_or(RegistrationFault::UnknownCategory)?,
        None => return Err(RegistrationFault::UnknownCategory.into()),
    };
    let after = if input.accept {
        if before.rank.is_some() && !categories::take_free_place(conn, category.id)? {
            return Err(RegistrationFault::CategoryFull.into());
        }
        Registration {
            state: RegistrationState::Confirmed,
            number: Some(next_number(conn, &edition)?),
            rank: None,
            decided_by: actor.person,
            decided_at: Some(now),
            updated_at: now,
            reason,
            ..before.clone()
        }
    } else {
        if reason.is_empty() {
            return Err(RegistrationFault::ReasonNeeded.into());
        }
        Registration {
            state: RegistrationState::Rejected,
            rank: None,
            decided_by: actor.person,
            decided_at: Some(now),
            updated_at: now,
            reason,
            ..before.clone()
        }
    };
    let after = store(conn, &before, version, after)?;
    if after.state == RegistrationState::Rejected && before.rank.is_none() {
        categories::give_place(conn, category.id)?;
    }
    if after.state == RegistrationState::Rejected {
        needs::forget(conn, now, id, needs::FORM)?;
        delegation_quotas::give_back(conn, &after)?;
    }
    note(conn, actor, now, "registration.decide", Some(&before), &after)?;
    settle(conn, now, &edition, &category, &after)?;
    Ok(after)
}

/// Takes a registration back: the person, who registered them, or the desk. Seats go to the next in line.
///
/// # Errors
/// 401, 404; `stale`; `illegal_step`.
pub fn cancel(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RegistrationId,
    version: Option<i64>,
) -> Result<Registration, Fault> {
    let before = get(conn, actor, now, id)?;
    if !is_own(actor, &before) {
        access_rules::decide(
            actor,
            Act::DecideRegistration,
            &Object::public(ObjectKind::Registration),
            now,
        )
        .or_fault()?;
    }
    take_back(conn, actor, now, before, version)
}

/// The same for who was found to be allowed to.
pub(crate) fn take_back(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    before: Registration,
    version: Option<i64>,
) -> Result<Registration, Fault> {
    let id = before.id;
    step_to(&before, RegistrationState::Cancelled)?;
    let after = Registration {
        state: RegistrationState::Cancelled,
        rank: None,
        updated_at: now,
        ..before.clone()
    };
    let after = store(conn, &before, version, after)?;
    let held_place = before.rank.is_none() && before.state != RegistrationState::Draft;
    if let (true, Some(category)) = (held_place, before.category) {
        categories::give_place(conn, category)?;
    }
    take_standing(conn, now, actor.person, &before)?;
    seats::release_all(conn, now, id)?;
    admissions::withdraw_all(conn, now, id)?;
    needs::forget(conn, now, id, needs::FORM)?;
    delegation_quotas::give_back(conn, &after)?;
    note(conn, actor, now, "registration.cancel", Some(&before), &after)?;
    Ok(after)
}

/// One registration, for the person, who registered them, their organisation's focal point, or the desk; anybody else
/// gets the one 404.
///
/// # Errors
/// 401, 404.
pub fn get(conn: &mut Conn, actor: &Actor, now: Moment, id: RegistrationId) -> Result<Registration, Fault> {
    if !actor.signed_in() && !actor.is_system() {
        return Err(Fault::sign_in_needed());
    }
    let found = find_any(conn, id)?.ok_or_else(Fault::not_found)?;
    if may_see(actor, &found, now) {
        Ok(found)
    } else {
        Err(Fault::not_found())
    }
}

/// The registrations somebody has or made, of an edition.
///
/// # Errors
/// 401.
pub fn mine(conn: &mut Conn, actor: &Actor, edition: EditionId) -> Result<Vec<Registration>, Fault> {
    let (Some(person), Some(account)) = (actor.person, actor.account) else {
        return Err(Fault::sign_in_needed());
    };
    Ok(on_each!(conn, |c| registrations::table
        .filter(registrations::edition.eq(edition))
        .filter(
            registrations::person
                .eq(person)
                .or(registrations::registered_by.eq(account))
        )
        .order((registrations::created_at, registrations::id))
        .select(Registration::as_select())
        .load(c))?)
}

/// The registration with which somebody takes part in an edition: not cancelled, refused or run out; the draft when
/// there is nothing more.
///
/// # Errors
/// When the database refuses.
pub fn current_of(
    conn: &mut Conn,
    edition: EditionId,
    person: PersonId,
) -> Result<Option<Registration>, Fault> {
    // One comparison for each state: a list of values would be prepared anew every time.
    Ok(on_each!(conn, |c| registrations::table
        .filter(registrations::person.eq(person))
        .filter(registrations::edition.eq(edition))
        .filter(registrations::state.ne(RegistrationState::Rejected))
        .filter(registrations::state.ne(RegistrationState::Cancelled))
        .filter(registrations::state.ne(RegistrationState::Expired))
        .order(registrations::created_at.desc())
        .select(Registration::as_select())
        .first(c)
        .optional())?)
}

/// Without asking who may see it.
///
/// # Errors
/// When the database refuses.
pub fn find_any(conn: &mut Conn, id: RegistrationId) -> Result<Option<Registration>, Fault> {
    Ok(on_each!(conn, |c| registrations::table
        .find(id)
        .select(Registration::as_select())
        .first(c)
        .optional())?)
}

/// Whether it is the actor's own, or one they made. A delegate is made by nobody's account: their focal points come and go.
pub fn is_own(actor: &Actor, registration: &Registration) -> bool {
    let has_made = registration.registered_by.is_some() && actor.account == registration.registered_by;
    actor.signed_in() && (actor.person == Some(registration.person) || has_made)
}

/// Whether the actor may see a registration.
pub fn may_see(actor: &Actor, registration: &Registration, now: Moment) -> bool {
    // Not before it was sent: until then it is of who writes it.
    let of_organisation = || {
        registration.state != RegistrationState::Draft
            && registration
                .organisation
                .is_some_and(|own| actor.focal_point_of().any(|organisation| organisation == own))
    };
    let of_desk = || {
        access_rules::decide(
            actor,
            Act::DecideRegistration,
            &Object::public(ObjectKind::Registration),
            now,
        )
        .allows()
    };
    is_own(actor, registration) || of_organisation() || of_desk()
}

/// The ground on which a registration gives standings and tags.
pub(crate) fn basis(id: RegistrationId) -> String {
    format!("registration:{id}")
}

/// A registration for whom it is of, or who made it; whoever else sees it may not change it.
pub(crate) fn own(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: RegistrationId,
) -> Result<Registration, Fault> {
    let found = get(conn, actor, now, id)?;
    if is_own(actor, &found) {
        Ok(found)
    } else {
        Err(Fault::forbidden("not_allowed"))
    }
}

/// The edition, visible to the actor and open for registration.
pub(crate) fn open_edition(conn: &mut Conn, actor: &Actor, id: EditionId) -> Result<Edition, Fault> {
    let edition = editions::get(conn, actor, id)?;
    match edition.state {
        EditionState::Open | EditionState::Running => Ok(edition),
        _ => Err(RegistrationFault::RegistrationClosed.into()),
    }
}

fn step_to(before: &Registration, to: RegistrationState) -> Result<(), Fault> {
    if rules::leads_to(before.state, to) {
        Ok(())
    } else {
        Err(kernel::fault::illegal_step(before.state, to))
    }
}

/// Makes a registration somebody else's, who must have no other. Two at once are told apart by the unique key.
///
/// # Errors
/// `already_registered`; `stale`.
pub(crate) fn make_theirs(
    conn: &mut Conn,
    before: &Registration,
    after: Registration,
) -> Result<Registration, Fault> {
    let (edition, person) = (after.edition, after.person);
    // A broken key ends a transaction on PostgreSQL, and the number of the other one is still to be read.
    let stored = conn.savepoint(|conn| store(conn, before, None, after));
    match stored {
        Err(fault) if fault.code == "already_exists" => {
            let other = current_of(conn, edition, person)?;
            Err(already(other.and_then(|other| other.number)))
        }
        stored => stored,
    }
}

pub(crate) fn store(
    conn: &mut Conn,
    before: &Registration,
    version: Option<i64>,
    mut after: Registration,
) -> Result<Registration, Fault> {
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    after.version = before.version + 1;
    on_each!(conn, |c| diesel::update(registrations::table.find(before.id))
        .filter(registrations::version.eq(before.version))
        .set(&after)
        .execute(c))
    .one_or(Fault::stale())?;
    if after.search_key != before.search_key {
        words::keep(conn, &after)?;
    }
    Ok(after)
}

/// What follows from a registration's new state, in the same transaction.
pub(crate) fn settle(
    conn: &mut Conn,
    now: Moment,
    edition: &Edition,
    category: &Category,
    registration: &Registration,
) -> Result<(), Fault> {
    give_standing(conn, now, category, registration)?;
    admissions::decide_all(conn, now, registration)?;
    letters::state(conn, now, edition, registration)?;
    let payload = json!({ "registration": registration.id, "state": registration.state.code() });
    feed::tell(
        conn,
        now,
        STREAM,
        "registration.state",
        &Key::Desk("general".into()).to_string(),
        payload,
    )
    .map(drop)
}

/// The standing of a participant and the category's tag, as long as the registration gives them.
pub(crate) fn give_standing(
    conn: &mut Conn,
    now: Moment,
    category: &Category,
    registration: &Registration,
) -> Result<(), Fault> {
    if rules::participates(registration.state) {
        people::standings::appoint(
            conn,
            now,
            &people::standings::Appointment {
                person: registration.person,
                role: Role::Participant,
                scope: Scope::Edition(registration.edition),
                from: now,
                to: None,
                basis: basis(registration.id),
                granted_by: registration.decided_by,
            },
        )?;
        if let Some(tag) = category.tag {
            people::tags::give(conn, registration.person, tag, now, None, &basis(registration.id))?;
        }
    }
    Ok(())
}

/// Takes the standing and the tag from whose registration it was.
pub(crate) fn take_standing(
    conn: &mut Conn,
    now: Moment,
    by: Option<PersonId>,
    registration: &Registration,
) -> Result<(), Fault> {
    let scope = Scope::Edition(registration.edition);
    people::standings::dismiss(conn, now, by, registration.person, Role::Participant, &scope)?;
    people::tags::take(conn, now, &basis(registration.id)).map(drop)
}

fn ask_position(
    conn: &mut Conn,
    now: Moment,
    actor: &Actor,
    registration: &Registration,
    organisation: OrganisationId,
    kind: PositionKind,
) -> Result<(), Fault> {
    let surviving = organisations::surviving(conn, organisation)?.id;
    let held = positions::all_of(conn, registration.person)?;
    let open = [
        members::model::PositionState::Requested,
        members::model::PositionState::Confirmed,
    ];
    if held.iter().any(|position| {
        position.organisation == surviving && position.kind == kind && open.contains(&position.state)
    }) {
        return Ok(());
    }
    let proved = if registration.for_whom == ForWhom::Myself {
        Some(registration.email.clone())
    } else {
        None
    };
    let asked = positions::Asked {
        person: registration.person,
        organisation: surviving,
        kind,
        title: registration.position_title.clone(),
        by: actor.person,
        proved,
        has_document: false,
    };
    positions::ask(conn, now, &asked).map(drop)
}

/// The next number of an edition: taken by a guarded update, so that two never share one.
fn next_number(conn: &mut Conn, edition: &Edition) -> Result<String, Fault> {
    on_each!(conn, |c| diesel::insert_into(registration_numbers::table)
        .values((
            registration_numbers::edition.eq(edition.id),
            registration_numbers::last.eq(0)
        ))
        .on_conflict_do_nothing()
        .execute(c))?;
    let number: i64 = on_each!(conn, |c| diesel::update(
        registration_numbers::table.find(edition.id)
    )
    .set(registration_numbers::last.eq(registration_numbers::last + 1))
    .returning(registration_numbers::last)
    .get_result(c))?;
    let prefix: String = edition
        .slug
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .take(12)
        .collect::<String>()
        .to_uppercase();
    Ok(format!("{prefix}-{number:05}"))
}

/// Somebody of the same name from the same organisation who is registered already (R187).
fn namesake(conn: &mut Conn, registration: &Registration) -> Result<Option<RegistrationId>, Fault> {
    let person = persons::get(conn, registration.person)?;
    let same: Vec<PersonId> = persons::namesakes(conn, &person.given_name, &person.family_name)?
        .into_iter()
        .map(|person| person.id)
        .filter(|id| *id != registration.person)
        .collect();
    let others: Vec<(RegistrationId, Option<OrganisationId>)> = on_each!(conn, |c| registrations::table
        .filter(registrations::edition.eq(registration.edition))
        .filter(registrations::person.eq_any(same))
        .filter(registrations::state.ne(RegistrationState::Draft))
        .select((registrations::id, registrations::organisation))
        .order(registrations::id)
        .load(c))?;
    Ok(others
        .into_iter()
        .find(|(_, organisation)| *organisation == registration.organisation)
        .map(|(id, _)| id))
}

pub(crate) fn name_person(conn: &mut Conn, id: PersonId, input: &PersonInput) -> Result<(), Fault> {
    let person = persons::get(conn, id)?;
    if person.given_name == input.given_name.trim()
        && person.family_name == input.family_name.trim()
        && person.badge_name == input.badge_name
    {
        return Ok(());
    }
    // Who fills in a draft may name the person it is for; the registration itself was found to be theirs.
    let oneself = Actor {
        person: Some(id),
        account: Some(Id::new()),
        ..Actor::nobody()
    };
    persons::edit(conn, &oneself, person.created_at, id, Some(person.version), input).map(drop)
}

pub(crate) fn search_key(
    conn: &mut Conn,
    registration: &Registration,
    person: &people::model::Person,
) -> Result<String, Fault> {
    let organisation = match registration.organisation {
        Some(id) => organisations::find(conn, id)?
            .map(|found| found.name)
            .unwrap_or_default(),
        None => String::new(),
    };
    let all = format!(
        "{} {} {organisation} {}",
        person.given_name, person.family_name, registration.email
    );
    Ok(text::fold(&all))
}

pub(crate) fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&Registration>,
    after: &Registration,
) -> Result<(), Fault> {
    let told = |registration: &Registration| json!({ "state": registration.state.code(), "category": registration.category, "organisation": registration.organisation, "version": registration.version });
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(after.id.uuid()),
        scope: Some(after.edition.uuid()),
        summary: json!({ "state": after.state.code(), "for_whom": after.for_whom.code() }),
        before: before.and_then(|before| Fingerprint::of(&told(before))),
        after: Fingerprint::of(&told(after)),
        ..Note::of(act, "registration")
    };
    audit::note(conn, now, &note)?;
    desk_events::registration(conn, now, act, after)
}

/// The address letters of a registration go to, checked when it was typed.
pub(crate) fn address(registration: &Registration) -> Email {
    registration.email.clone()
}
