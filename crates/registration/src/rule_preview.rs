//! Who gains and who loses by a rule, before it is saved: everybody registered for the edition, decided by the rule that
//! holds and by the one proposed, with the same function that will decide afterwards. Changes nothing.
//!
//! What hangs on one session alone (an invitation to it, a body's roster, a call) is not known here: nobody has it in
//! either decision. What becomes of the seats of those who lose is chosen when it is saved: [`crate::rule_seats`].

use std::collections::{BTreeMap, BTreeSet};

use access_rules::{
    Act, Actor, Circumstances, EditionId, Object, ObjectKind, PersonId, Rule, SessionId, decide,
};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Moment};
use people::persons;
use programme::{
    rule_book::{self, Asked, RuleInput, RuleScope},
    sessions,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    admissions,
    model::{CategoryId, RegistrationId, RegistrationState, Seat, SeatState},
    rules,
    tables::{registrations, seats},
};

/// Names told of each side.
pub const NAMES_MOST: usize = 50;
/// People asked about at once.
const STRIDE: usize = 500;

/// Who gains and who loses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct RulePreview {
    /// The version it is compared with, for `If-Match`; 0 where there is no such rule.
    pub version: i64,
    /// Everybody registered: approved or confirmed.
    pub people: usize,
    /// Who may afterwards and may not now.
    pub gain: Side,
    /// Who may now and may not afterwards.
    pub lose: Side,
    /// The seats that those who lose hold, are offered or wait for in sessions for which this rule holds. Whoever
    /// saves the rule chooses whether they keep them.
    pub seats: Vec<HeldSeats>,
}

/// Those to whom the same happens.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Side {
    /// How many.
    pub people: usize,
    /// How many of each category; who has none yet is in none of them.
    pub by_category: Vec<OfCategory>,
    /// The first of them by name, for who may see people.
    pub first: Vec<Named>,
}

/// How many of a category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct OfCategory {
    /// The category.
    pub category: CategoryId,
    /// How many.
    pub people: usize,
}

/// Somebody, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Named {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
}

/// How many seats in a session are held by those who lose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct HeldSeats {
    /// The session.
    pub session: SessionId,
    /// How many.
    pub seats: usize,
}

/// A registration as far as a rule asks about it.
type Row = (RegistrationId, PersonId, Option<CategoryId>, RegistrationState);

/// Who gains and who loses, before it is told.
struct Weighed {
    asked: Asked,
    version: i64,
    people: usize,
    gain: Vec<Row>,
    lose: Vec<Row>,
}

/// Compares the rule that holds with the one proposed.
///
/// # Errors
/// 401, 403, 404; `invalid`, as when it is saved.
pub fn compare(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &RuleInput,
) -> Result<RulePreview, Fault> {
    let weighed = weigh(conn, actor, now, edition, input)?;
    let held = seats_of(conn, &weighed)?;
    let seats = held.into_iter().map(|(session, seats)| HeldSeats {
        session,
        seats: seats.len(),
    });
    Ok(RulePreview {
        version: weighed.version,
        people: weighed.people,
        gain: side(conn, actor, now, &weighed.gain)?,
        lose: side(conn, actor, now, &weighed.lose)?,
        seats: seats.collect(),
    })
}

/// The seats that those who would lose hold, are offered or wait for, by session.
///
/// # Errors
/// As [`compare`].
pub(crate) fn seats_of_those_who_lose(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &RuleInput,
) -> Result<BTreeMap<SessionId, Vec<Seat>>, Fault> {
    let weighed = weigh(conn, actor, now, edition, input)?;
    seats_of(conn, &weighed)
}

fn weigh(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &RuleInput,
) -> Result<Weighed, Fault> {
    let asked = rule_book::check(conn, actor, now, edition, input)?;
    let own = rule_book::in_force(conn, edition, asked.scope, &asked.scope_ref, asked.act)?;
    let version = own.as_ref().map_or(0, |own| own.version);
    let before = match own {
        Some(own) => Some(own.rule.0),
        None => more_general(conn, edition, &asked)?,
    };
    let rows = registered(conn, edition)?;
    let admitted = match asked.scope {
        RuleScope::Track => admissions::admitted_to(conn, edition, &asked.scope_ref)?,
        _ => BTreeSet::new(),
    };
    let people: Vec<PersonId> = rows.iter().map(|row| row.1).collect();
    let mut actors: BTreeMap<PersonId, Actor> = BTreeMap::new();
    for some in people.chunks(STRIDE) {
        actors.extend(members::actors::load_many(conn, some, now)?);
    }
    let (mut gain, mut lose) = (Vec::new(), Vec::new());
    for row in &rows {
        let Some(person) = actors.remove(&row.1) else {
            continue;
        };
        let known = Circumstances {
            registered: true,
            admitted_to_track: admitted.contains(&row.0),
            ..Circumstances::default()
        };
        let may = |rule: Option<&Rule>| may(&person, asked.act, rule, known, now);
        match (may(before.as_ref()), may(Some(&input.rule))) {
            (false, true) => gain.push(*row),
            (true, false) => lose.push(*row),
            (true, true) | (false, false) => {}
        }
    }
    Ok(Weighed {
        asked,
        version,
        people: rows.len(),
        gain,
        lose,
    })
}

/// What holds where there is no such rule yet: for one session the most particular there is, else the general one.
fn more_general(conn: &mut Conn, edition: EditionId, asked: &Asked) -> Result<Option<Rule>, Fault> {
    let session = match (asked.scope, asked.scope_ref.parse().ok()) {
        (RuleScope::Session, Some(id)) => sessions::row(conn, id)?,
        _ => None,
    };
    let row = match session {
        Some(session) => rule_book::for_session(conn, &session, asked.act)?,
        None => rule_book::in_force(conn, edition, RuleScope::General, "", asked.act)?,
    };
    Ok(row.map(|row| row.rule.0))
}

/// Whether somebody may, were they signed in; decided as any other time.
fn may(person: &Actor, act: Act, rule: Option<&Rule>, known: Circumstances, now: Moment) -> bool {
    let signed_in = Actor {
        account: Some(Id::new()),
        ..person.clone()
    };
    let object = Object::public(ObjectKind::Session);
    let decision = match rule {
        Some(rule) => decide(&signed_in, act, &object.under(rule, known), now),
        None => decide(&signed_in, act, &object, now),
    };
    decision.allows()
}

fn registered(conn: &mut Conn, edition: EditionId) -> Result<Vec<Row>, Fault> {
    let all: Vec<Row> = on_each!(conn, |c| registrations::table
        .filter(registrations::edition.eq(edition))
        .order((registrations::name_sort, registrations::id))
        .select((
            registrations::id,
            registrations::person,
            registrations::category,
            registrations::state,
        ))
        .load(c))?;
    Ok(all.into_iter().filter(|row| rules::participates(row.3)).collect())
}

/// The seats of those who lose in sessions for which this rule holds; none where it does not say who attends.
fn seats_of(conn: &mut Conn, weighed: &Weighed) -> Result<BTreeMap<SessionId, Vec<Seat>>, Fault> {
    let (scope, scope_ref) = (weighed.asked.scope, weighed.asked.scope_ref.as_str());
    if weighed.asked.act != Act::Attend {
        return Ok(BTreeMap::new());
    }
    let mut held: BTreeMap<SessionId, Vec<Seat>> = BTreeMap::new();
    let ids: Vec<RegistrationId> = weighed.lose.iter().map(|row| row.0).collect();
    for some in ids.chunks(STRIDE) {
        let found: Vec<Seat> = on_each!(conn, |c| seats::table
            .filter(seats::registration.eq_any(some))
            .filter(seats::state.eq_any([SeatState::Confirmed, SeatState::Offered, SeatState::Waiting]))
            .order(seats::id)
            .select(Seat::as_select())
            .load(c))?;
        for seat in found {
            held.entry(seat.session).or_default().push(seat);
        }
    }
    let mut theirs = BTreeMap::new();
    for (session, seats) in held {
        if scope == RuleScope::Session && session.to_string() != scope_ref {
            continue;
        }
        let Some(row) = sessions::row(conn, session)? else {
            continue;
        };
        // Where a more particular rule holds, this change decides nothing; nor does it in what it does not speak of.
        if rule_book::would_hold(conn, &row, scope, scope_ref, Act::Attend)? {
            theirs.insert(session, seats);
        }
    }
    Ok(theirs)
}

fn side(conn: &mut Conn, actor: &Actor, now: Moment, rows: &[Row]) -> Result<Side, Fault> {
    let mut by_category: BTreeMap<CategoryId, usize> = BTreeMap::new();
    for category in rows.iter().filter_map(|row| row.2) {
        *by_category.entry(category).or_default() += 1;
    }
    let first = match decide(actor, Act::SeePeople, &Object::site(), now).allows() {
        true => named(conn, rows)?,
        false => Vec::new(),
    };
    Ok(Side {
        people: rows.len(),
        by_category: by_category
            .into_iter()
            .map(|(category, people)| OfCategory { category, people })
            .collect(),
        first,
    })
}

fn named(conn: &mut Conn, rows: &[Row]) -> Result<Vec<Named>, Fault> {
    let ids: Vec<PersonId> = rows.iter().take(NAMES_MOST).map(|row| row.1).collect();
    let found = persons::many(conn, &ids)?;
    Ok(found
        .into_iter()
        .map(|person| Named {
            person: person.id,
            name: person.name(),
        })
        .collect())
}
