//! Whom a letter to many goes to: everybody whom a list's filter chooses, and whether each may be written to.
//!
//! The filters are those of the lists of registrations and of sessions, and mean the same here. Somebody is written to once,
//! however often they are found. Who may not be is told with the reason, and never left out unseen.

use std::collections::{BTreeMap, BTreeSet};

use access_rules::{Actor, EditionId, OrganisationId, PersonId, Role, SessionId};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Email, Fault, Fields, Language, LocalDate, Moment, Page, PageAsk, page};
use people::{accounts, consents, model::ConsentPurpose, persons, standings};
use programme::{
    model::{RoomId, SessionKind, SessionState, SpeakerRole},
    parts, session_list,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    admissions,
    faults::CircularFault,
    lists::{self, Filter},
    model::{CategoryId, CircularPurpose, NotWritten, Registration, RegistrationState, SeatState, SegmentOf},
    rules,
    tables::{registrations, seats},
};

/// Most people one letter goes to.
pub const MOST: usize = 20_000;
/// Rows asked for at once: SQLite bounds how many values a statement may carry.
const STRIDE: usize = 500;

/// Whom a letter goes to; all conditions hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Segment {
    /// Of these.
    pub of: Option<SegmentOf>,
    /// Registered: in this state; those who take part when not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<RegistrationState>,
    /// Registered: in this category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<CategoryId>,
    /// Registered: for this organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// Registered and members: for an organisation of this country, by its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Registered: admitted to this track. Speakers and leads: of sessions in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub track: Option<String>,
    /// What the list was searched for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Speakers and leads: of sessions of this kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<SessionKind>,
    /// Speakers and leads: of sessions in this state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_state: Option<SessionState>,
    /// Speakers and leads: of sessions in this room.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub room: Option<RoomId>,
    /// Speakers and leads: of sessions on this day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<LocalDate>,
    /// Speakers and leads: of sessions with, or without, a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placed: Option<bool>,
    /// Speakers and leads: of this session. With a seat: in this session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
}

/// Somebody of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Who, when we know them.
    pub person: Option<PersonId>,
    /// Their name.
    pub name: String,
    /// Where letters to them go.
    pub email: Option<Email>,
    /// In which language.
    pub language: Language,
    /// Why they are not written to.
    pub left_out: Option<NotWritten>,
}

/// Checks a segment as it was asked for.
pub(crate) fn check(fields: &mut Fields, segment: &Segment) {
    match segment.of {
        None => fields.wrong("segment.of", "required"),
        Some(SegmentOf::Reserved) if segment.session.is_none() => {
            fields.wrong("segment.session", "required");
        }
        Some(_) => {}
    }
}

/// Everybody of a segment, by name, with who is not written to and why.
///
/// # Errors
/// What reading the list refuses; `segment_too_large`.
pub(crate) fn recipients(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    purpose: CircularPurpose,
    segment: &Segment,
) -> Result<Vec<Recipient>, Fault> {
    let found = match segment.of {
        None => Vec::new(),
        Some(SegmentOf::Registered) => {
            let rows = registered(conn, actor, now, edition, segment)?;
            of_registrations(conn, &rows)?
        }
        Some(SegmentOf::Reserved) => {
            let rows = reserved(conn, edition, segment.session)?;
            of_registrations(conn, &rows)?
        }
        Some(SegmentOf::Speakers) => speakers(conn, actor, edition, segment, None)?,
        Some(SegmentOf::Leads) => {
            let mut leads = speakers(conn, actor, edition, segment, Some(SpeakerRole::Lead))?;
            let people = appointed(conn, actor, now, edition, segment)?;
            leads.extend(of_people(conn, edition, &people)?);
            leads
        }
        Some(SegmentOf::Members) => {
            let people = members(conn, segment)?;
            of_people(conn, edition, &people)?
        }
    };
    let mut each = once_each(found);
    if each.len() > MOST {
        let most = i64::try_from(MOST).unwrap_or(i64::MAX);
        return Err(CircularFault::SegmentTooLarge { most }.into());
    }
    leave_out(conn, purpose, &mut each)?;
    Ok(each)
}

fn registered(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    segment: &Segment,
) -> Result<Vec<Registration>, Fault> {
    let filter = Filter {
        state: segment.state,
        category: segment.category,
        organisation: segment.organisation,
        text: segment.text.clone(),
    };
    let admitted = match &segment.track {
        Some(code) => Some(admissions::admitted_to(conn, edition, code)?),
        None => None,
    };
    let mut chosen = 0;
    page::walk(PageAsk::of(page::LIMIT_MOST), |ask| {
        let Page {
            items: mut rows,
            next,
        } = lists::list(conn, actor, now, edition, &filter, ask)?;
        if segment.state.is_none() {
            rows.retain(|row| rules::participates(row.state));
        }
        if let Some(country) = &segment.country {
            let of: BTreeSet<OrganisationId> = rows.iter().filter_map(|row| row.organisation).collect();
            let there = of_country(conn, of, country)?;
            rows.retain(|row| row.organisation.is_some_and(|of| there.contains(&of)));
        }
        if let Some(admitted) = &admitted {
            rows.retain(|row| admitted.contains(&row.id));
        }
        chosen += rows.len();
        // Only whom it goes to counts: beyond that many the whole is refused.
        Ok(Page {
            items: rows,
            next: next.filter(|_| chosen <= MOST),
        })
    })
}

fn of_country(
    conn: &mut Conn,
    organisations: BTreeSet<OrganisationId>,
    country: &str,
) -> Result<BTreeSet<OrganisationId>, Fault> {
    let all: Vec<OrganisationId> = organisations.into_iter().collect();
    let mut there = BTreeSet::new();
    for some in all.chunks(STRIDE) {
        let found = members::organisations::many(conn, some)?;
        let of = found
            .into_iter()
            .filter(|one| one.country.as_deref() == Some(country));
        there.extend(of.map(|one| one.id));
    }
    Ok(there)
}

/// Who has a seat in a session of this edition, or is offered one.
fn reserved(
    conn: &mut Conn,
    edition: EditionId,
    session: Option<SessionId>,
) -> Result<Vec<Registration>, Fault> {
    let Some(session) = session else {
        return Ok(Vec::new());
    };
    let seated = seats::table
        .filter(seats::session.eq(session))
        .filter(seats::state.eq_any([SeatState::Confirmed, SeatState::Offered]))
        .select(seats::registration);
    Ok(on_each!(conn, |c| registrations::table
        .filter(registrations::edition.eq(edition))
        .filter(registrations::id.eq_any(seated))
        .order((registrations::name_sort, registrations::id))
        .select(Registration::as_select())
        .load(c))?)
}

/// The sessions a segment speaks of, as the list of sessions has them.
fn sessions_of(
    conn: &mut Conn,
    actor: &Actor,
    edition: EditionId,
    segment: &Segment,
) -> Result<BTreeSet<SessionId>, Fault> {
    let filter = session_list::Filter {
        state: segment.session_state,
        kind: segment.kind,
        track: segment.track.clone(),
        room: segment.room,
        day: segment.day,
        placed: segment.placed,
        text: segment.text.clone(),
        ..session_list::Filter::default()
    };
    let all = page::walk(PageAsk::of(page::LIMIT_MOST), |ask| {
        session_list::list(conn, actor, edition, &filter, ask)
    })?;
    let kept = all.iter().filter(|session| {
        segment.session.is_none_or(|only| only == session.id)
            && (segment.session_state.is_some() || session.state != SessionState::Cancelled)
    });
    Ok(kept.map(|session| session.id).collect())
}

fn speakers(
    conn: &mut Conn,
    actor: &Actor,
    edition: EditionId,
    segment: &Segment,
    only: Option<SpeakerRole>,
) -> Result<Vec<Recipient>, Fault> {
    let sessions = sessions_of(conn, actor, edition, segment)?;
    let parts = parts::all_speakers(conn, edition)?;
    let parts = parts
        .into_iter()
        .filter(|part| sessions.contains(&part.session) && only.is_none_or(|role| role == part.role));
    let (mut people, mut by_name_alone) = (Vec::new(), Vec::new());
    for part in parts {
        match part.person {
            Some(person) => people.push(person),
            // A name in the programme, and nobody of ours.
            None => by_name_alone.push(Recipient {
                person: None,
                name: part.name,
                email: None,
                language: Language::En,
                left_out: None,
            }),
        }
    }
    let mut found = of_people(conn, edition, &people)?;
    found.extend(by_name_alone);
    Ok(found)
}

/// Who was made lead of one of these sessions.
fn appointed(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    segment: &Segment,
) -> Result<Vec<PersonId>, Fault> {
    let sessions: BTreeSet<String> = sessions_of(conn, actor, edition, segment)?
        .iter()
        .map(ToString::to_string)
        .collect();
    let held = standings::of_roles(conn, &[Role::SessionLead], now)?;
    Ok(held
        .into_iter()
        .filter(|held| sessions.contains(&held.scope_ref))
        .map(|held| held.person_id)
        .collect())
}

fn members(conn: &mut Conn, segment: &Segment) -> Result<Vec<PersonId>, Fault> {
    let all: BTreeSet<OrganisationId> = members::memberships::all_members(conn)?.into_iter().collect();
    let chosen = match &segment.country {
        Some(country) => of_country(conn, all, country)?,
        None => all,
    };
    let chosen: Vec<OrganisationId> = chosen.into_iter().collect();
    let mut people = Vec::new();
    for some in chosen.chunks(STRIDE) {
        let held = members::positions::holders_in(conn, some)?;
        people.extend(held.into_iter().map(|(person, _)| person));
    }
    Ok(people)
}

fn of_registrations(conn: &mut Conn, rows: &[Registration]) -> Result<Vec<Recipient>, Fault> {
    let mut names: BTreeMap<PersonId, String> = BTreeMap::new();
    let people: Vec<PersonId> = rows.iter().map(|row| row.person).collect();
    for some in people.chunks(STRIDE) {
        let found = persons::many(conn, some)?;
        names.extend(found.into_iter().map(|person| (person.id, person.name())));
    }
    let recipient = |row: &Registration| Recipient {
        person: Some(row.person),
        name: names.get(&row.person).cloned().unwrap_or_default(),
        email: Some(row.email.clone()),
        language: row.language,
        left_out: None,
    };
    Ok(rows.iter().map(recipient).collect())
}

/// People at their account's address; at that of their registration when they have none.
fn of_people(conn: &mut Conn, edition: EditionId, people: &[PersonId]) -> Result<Vec<Recipient>, Fault> {
    let people: BTreeSet<PersonId> = people.iter().copied().collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let mut recipients = Vec::new();
    for some in people.chunks(STRIDE) {
        let accounts: BTreeMap<PersonId, (Email, Language)> = accounts::of_persons(conn, some)?
            .into_iter()
            .map(|account| (account.person_id, (account.email, account.language)))
            .collect();
        let registered: Vec<(PersonId, Email, Language)> = on_each!(conn, |c| registrations::table
            .filter(registrations::edition.eq(edition))
            .filter(registrations::person.eq_any(some))
            .filter(registrations::state.eq_any([RegistrationState::Approved, RegistrationState::Confirmed,]))
            .select((
                registrations::person,
                registrations::email,
                registrations::language
            ))
            .load(c))?;
        let registered: BTreeMap<_, _> = registered
            .into_iter()
            .map(|(person, email, language)| (person, (email, language)))
            .collect();
        for person in persons::many(conn, some)? {
            let found = accounts.get(&person.id).or_else(|| registered.get(&person.id));
            recipients.push(Recipient {
                person: Some(person.id),
                name: person.name(),
                email: found.map(|(email, _)| email.clone()),
                language: found.map_or(person.language, |(_, language)| *language),
                left_out: None,
            });
        }
    }
    Ok(recipients)
}

/// Each person once, and each name without a person once.
fn once_each(found: Vec<Recipient>) -> Vec<Recipient> {
    let (mut people, mut names) = (BTreeSet::new(), BTreeSet::new());
    found
        .into_iter()
        .filter(|one| match one.person {
            Some(person) => people.insert(person),
            None => names.insert(one.name.clone()),
        })
        .collect()
}

/// Says of each why they are not written to, if so.
fn leave_out(conn: &mut Conn, purpose: CircularPurpose, all: &mut [Recipient]) -> Result<(), Fault> {
    for some in all.chunks_mut(STRIDE) {
        let addresses: Vec<Email> = some.iter().filter_map(|one| one.email.clone()).collect();
        let given_back = mail::outbox::given_back(conn, &addresses)?;
        let people: Vec<PersonId> = some.iter().filter_map(|one| one.person).collect();
        let agreeing: BTreeSet<PersonId> = match purpose {
            CircularPurpose::Service => BTreeSet::new(),
            CircularPurpose::News => consents::agreeing(conn, ConsentPurpose::News, &people)?
                .into_iter()
                .collect(),
        };
        for one in some {
            let is_erased = one
                .person
                .is_some_and(|person| one.name == people::personal::pseudonym(person));
            let agrees = purpose == CircularPurpose::Service
                || one.person.is_some_and(|person| agreeing.contains(&person));
            one.left_out = match &one.email {
                _ if is_erased => Some(NotWritten::Erased),
                None => Some(NotWritten::NoAddress),
                Some(email) if given_back.contains(email.as_str()) => Some(NotWritten::Bounced),
                Some(_) if !agrees => Some(NotWritten::NoConsent),
                Some(_) => None,
            };
        }
    }
    Ok(())
}

/// How many are not written to, by reason.
pub fn left_out(recipients: &[Recipient]) -> BTreeMap<String, i64> {
    let mut counted = BTreeMap::new();
    for why in recipients.iter().filter_map(|one| one.left_out) {
        *counted.entry(why.code().to_owned()).or_insert(0) += 1;
    }
    counted
}
