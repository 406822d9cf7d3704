//! Rosters: who sits in a body, from when to when, on what ground.
//!
//! Each naming writes, in the same transaction, a standing of the person over the body: that is what opens the body's
//! papers, as long as the person's organisation is a member (R2). The General Assembly has no list: it is all members.

use std::collections::BTreeSet;

use access_rules::{
    Act, Actor, BodyId, Key, Object, ObjectKind, OrganisationId, PersonId, Role, Scope, Tag, decide,
};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Moment, text};
use members::organisations;
use people::{
    persons,
    standings::{self, Appointment},
};
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    bodies,
    faults::StatutoryFault,
    model::{Body, Seat, SeatId, SeatState},
    rules,
    tables::seats,
};

/// What the form that names somebody to a body asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct SeatInput {
    /// Who.
    pub person: Option<PersonId>,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// From when; now when none.
    pub from_at: Option<Moment>,
    /// Until when; open when none.
    pub to_at: Option<Moment>,
    /// Which body named them: the one that names to this body, when none is given.
    pub appointed_by: Option<BodyId>,
    /// On what ground: the decision.
    pub basis: String,
}

/// A seat as a roster shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SeatView {
    /// The seat.
    #[serde(flatten)]
    pub seat: Seat,
    /// Who sits, by name.
    pub person_name: String,
    /// For which organisation, by name; may be empty.
    pub organisation_name: String,
}

/// Names somebody to a body.
///
/// # Errors
/// 401, 403, 404; `computed_roster`; `invalid` with each field; `already_seated`; `no_seat_free`.
pub fn appoint(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    body: BodyId,
    input: &SeatInput,
) -> Result<Seat, Fault> {
    let body = bodies::get(conn, body)?;
    bodies::may_manage(actor, now, Some(body.id))?;
    if body.kind.is_computed() {
        return Err(StatutoryFault::ComputedRoster.into());
    }
    let seat = checked(conn, actor, now, &body, input)?;
    // From here on whoever names somebody else to the same body waits.
    let body = bodies::lock(conn, body.id)?;
    refuse_twice(conn, &body, &seat)?;
    on_each!(conn, |c| diesel::insert_into(seats::table)
        .values(&seat)
        .execute(c))
    .exactly_one()?;
    seat_standing(conn, actor, now, &seat)?;
    note(conn, actor, now, "seat.name", &seat)?;
    Ok(seat)
}

/// Ends a seat, now: the body's papers close with it.
///
/// # Errors
/// 401, 403, 404; `seat_over`; `stale`.
pub fn end(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: SeatId,
    version: Option<i64>,
) -> Result<Seat, Fault> {
    let found = find(conn, id)?;
    // Decided for what is not there as well: who may end no seat is told the same of every id.
    bodies::may_manage(actor, now, found.as_ref().map(|seat| seat.body))?;
    let before = found.ok_or_else(Fault::not_found)?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    if before.state == SeatState::Ended || before.to_at.is_some_and(|to| to <= now) {
        return Err(StatutoryFault::SeatOver.into());
    }
    bodies::lock(conn, before.body)?;
    let after = Seat {
        // One that had not begun never did.
        to_at: Some(now.max(before.from_at)),
        state: SeatState::Ended,
        version: before.version + 1,
        ..before.clone()
    };
    on_each!(conn, |c| diesel::update(seats::table)
        .filter(seats::id.eq(id))
        .filter(seats::version.eq(before.version))
        .set((
            seats::to_at.eq(after.to_at),
            seats::state.eq(after.state),
            seats::version.eq(after.version),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    let scope = Scope::Body(after.body);
    standings::dismiss(conn, now, actor.person, after.person, Role::BodyMember, &scope)?;
    // A seat of theirs that is still to come stays theirs.
    for seat in all(conn, after.body)? {
        if seat.person == after.person && seat.from_at > now && seat.state == SeatState::Named {
            seat_standing(conn, actor, now, &seat)?;
        }
    }
    note(conn, actor, now, "seat.end", &after)?;
    Ok(after)
}

/// Who sits in a body now, by name: for members. Nobody is listed for the General Assembly.
///
/// # Errors
/// 404 for who is no member, and when there is no such body.
pub fn list(conn: &mut Conn, actor: &Actor, now: Moment, body: BodyId) -> Result<Vec<SeatView>, Fault> {
    let body = bodies::get(conn, body)?;
    let object = Object::readable_by(ObjectKind::Body, Key::Members)
        .of_track(Some("statutory"))
        .of_body(body.id);
    decide(actor, Act::Read, &object, now).or_fault_noted(
        Act::Read,
        ObjectKind::Body,
        Some(body.id.uuid()),
    )?;
    views_at(conn, body.id, now)
}

/// Every seat of a body, past and to come: for the desk.
///
/// # Errors
/// 401, 403, 404.
pub fn history(conn: &mut Conn, actor: &Actor, now: Moment, body: BodyId) -> Result<Vec<SeatView>, Fault> {
    let body = bodies::get(conn, body)?;
    bodies::may_manage(actor, now, Some(body.id))?;
    let seats = all(conn, body.id)?;
    views(conn, seats)
}

/// Who sits in a body at a moment, by id; unchecked.
///
/// # Errors
/// When the database refuses.
pub fn people_at(conn: &mut Conn, body: BodyId, at: Moment) -> Result<BTreeSet<PersonId>, Fault> {
    Ok(seated(conn, body, at)?.iter().map(|seat| seat.person).collect())
}

/// Whether the actor is of a body at a moment: on its roster, or a member where the body is all members (R161).
///
/// # Errors
/// When the database refuses.
pub fn sits(conn: &mut Conn, actor: &Actor, body: &Body, at: Moment) -> Result<bool, Fault> {
    if body.kind.is_computed() {
        return Ok(actor.is(Tag::UclgMember));
    }
    match actor.person {
        None => Ok(false),
        Some(person) => Ok(people_at(conn, body.id, at)?.contains(&person)),
    }
}

/// The seats held at a moment, with names; unchecked.
pub(crate) fn views_at(conn: &mut Conn, body: BodyId, at: Moment) -> Result<Vec<SeatView>, Fault> {
    let held = seated(conn, body, at)?;
    views(conn, held)
}

fn seat_standing(conn: &mut Conn, actor: &Actor, now: Moment, seat: &Seat) -> Result<(), Fault> {
    let standing = Appointment {
        person: seat.person,
        role: Role::BodyMember,
        scope: Scope::Body(seat.body),
        from: seat.from_at,
        to: seat.to_at,
        basis: format!("roster:{}", seat.id),
        granted_by: actor.person,
    };
    standings::appoint(conn, now, &standing).map(drop)
}

fn seated(conn: &mut Conn, body: BodyId, at: Moment) -> Result<Vec<Seat>, Fault> {
    let all = all(conn, body)?;
    Ok(all.into_iter().filter(|seat| seat.holds_at(at)).collect())
}

/// Every seat of a body, whenever it was held; unchecked.
pub(crate) fn all(conn: &mut Conn, body: BodyId) -> Result<Vec<Seat>, Fault> {
    Ok(on_each!(conn, |c| seats::table
        .filter(seats::body.eq(body))
        .order((seats::from_at, seats::id))
        .select(Seat::as_select())
        .load(c))?)
}

fn find(conn: &mut Conn, id: SeatId) -> Result<Option<Seat>, Fault> {
    Ok(on_each!(conn, |c| seats::table
        .find(id)
        .select(Seat::as_select())
        .first(c)
        .optional())?)
}

/// The seats with names, in the order of the persons' names.
fn views(conn: &mut Conn, held: Vec<Seat>) -> Result<Vec<SeatView>, Fault> {
    let ids: Vec<PersonId> = held.iter().map(|seat| seat.person).collect();
    let persons = persons::many(conn, &ids)?;
    let mut views = Vec::new();
    for person in &persons {
        for seat in held.iter().filter(|seat| seat.person == person.id) {
            let organisation = match seat.organisation {
                Some(id) => organisations::find(conn, id)?,
                None => None,
            };
            views.push(SeatView {
                seat: seat.clone(),
                person_name: seat.name_on_record.clone().unwrap_or_else(|| person.name()),
                organisation_name: organisation.map(|of| of.name).unwrap_or_default(),
            });
        }
    }
    Ok(views)
}

fn checked(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    body: &Body,
    input: &SeatInput,
) -> Result<Seat, Fault> {
    let mut fields = Fields::new();
    let person = fields.required("person", input.person);
    let basis = fields.required_line("basis", &input.basis, text::TITLE);
    let from_at = input.from_at.unwrap_or(now);
    if input.to_at.is_some_and(|to| to <= from_at) {
        fields.wrong("to_at", "ends_before_it_begins");
    }
    if let Some(person) = person
        && persons::find(conn, person)?.is_none()
    {
        fields.wrong("person", "unknown");
    }
    if let Some(organisation) = input.organisation
        && organisations::find(conn, organisation)?.is_none()
    {
        fields.wrong("organisation", "unknown");
    }
    // R116: each naming is the naming body's.
    if input.appointed_by.is_some_and(|by| Some(by) != body.appointed_by) {
        fields.wrong("appointed_by", "not_the_appointing_body");
    }
    fields.done()?;
    Ok(Seat {
        id: Id::new(),
        body: body.id,
        person: person.ok_or_else(|| Fault::internal("a required field is missing unnoticed"))?,
        organisation: input.organisation,
        from_at,
        to_at: input.to_at,
        appointed_by: body.appointed_by,
        basis,
        state: SeatState::Named,
        named_by: actor.person,
        named_at: now,
        version: 1,
        name_on_record: None,
    })
}

fn refuse_twice(conn: &mut Conn, body: &Body, seat: &Seat) -> Result<(), Fault> {
    let term = (seat.from_at, seat.to_at);
    let others = all(conn, body.id)?;
    let is_same =
        |other: &Seat| other.person == seat.person && rules::overlap((other.from_at, other.to_at), term);
    if others.iter().any(is_same) {
        return Err(StatutoryFault::AlreadySeated.into());
    }
    let terms: Vec<rules::Term> = others.iter().map(|other| (other.from_at, other.to_at)).collect();
    let taken = i64::try_from(rules::most_taken(term, &terms)).unwrap_or(i64::MAX);
    match body.seats {
        Some(most) if taken >= most => Err(StatutoryFault::NoSeatFree { seats: most }.into()),
        _ => Ok(()),
    }
}

fn note(conn: &mut Conn, actor: &Actor, now: Moment, act: &str, seat: &Seat) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(seat.body.uuid()),
        summary: json!({
            "seat": seat.id, "person": seat.person, "organisation": seat.organisation, "from": seat.from_at,
            "to": seat.to_at, "appointed_by": seat.appointed_by,
        }),
        ..Note::of(act, "body")
    };
    audit::note(conn, now, &note)
}
