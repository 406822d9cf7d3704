//! Standings: who has been appointed to what, over what, from when to when (R16).
//!
//! Slices appoint inside their own transaction with [`appoint`]: registration makes participants, statutory its
//! rosters, members its focal points. By hand only [`grant`] does, and only for who may grant roles. No import calls
//! either with a role from a file (R18). What a standing is over lives in other slices; here it is a kind and a reference.

use access_rules::{Act, Actor, Object, PersonId, Role, Scope, Standing};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{CodeShape, Fault, Fields, Id, Moment, text};
use records::audit::{self, Note};
use serde::Deserialize;
use serde_json::json;

use crate::{faults::StandingFault, model::StandingRow, persons, rules, tables::standings};

/// An appointment to be.
#[derive(Clone, Debug)]
pub struct Appointment {
    /// Who.
    pub person: PersonId,
    /// To what.
    pub role: Role,
    /// Over what.
    pub scope: Scope,
    /// From when, by the congress's clock.
    pub from: Moment,
    /// Until when; open when none.
    pub to: Option<Moment>,
    /// On what ground: `registration:<id>`, `roster:<id>`, a decision in words.
    pub basis: String,
    /// By whom; none when the site itself does.
    pub granted_by: Option<PersonId>,
}

/// What the form of an appointment asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct GrantInput {
    /// Who.
    pub person: Option<PersonId>,
    /// To what.
    pub role: Option<Role>,
    /// Over what kind of thing: `everywhere`, `edition`, `track`, `body`, `session`, `theme`, `section`.
    #[serde(default)]
    pub scope_kind: String,
    /// Over which one: its id or code.
    #[serde(default)]
    pub scope_ref: String,
    /// From when; at once when none.
    pub from: Option<Moment>,
    /// Until when; open when none.
    pub to: Option<Moment>,
    /// On what ground.
    #[serde(default)]
    pub basis: String,
}

/// Appoints somebody inside the transaction of the act that makes them what they are. Appointing twice is once.
///
/// # Errors
/// `scope_mismatch` when the role is not held over such a thing; when the database refuses.
pub fn appoint(conn: &mut Conn, now: Moment, new: &Appointment) -> Result<Id<StandingRow>, Fault> {
    if !rules::fits(new.role, &new.scope) {
        return Err(StandingFault::ScopeMismatch.into());
    }
    let (scope_kind, scope_ref) = new.scope.columns();
    let row = StandingRow {
        id: Id::new(),
        person_id: new.person,
        role: new.role,
        scope_kind: scope_kind.to_owned(),
        scope_ref,
        from_at: new.from,
        to_at: new.to,
        basis: new.basis.clone(),
        granted_by: new.granted_by,
        created_at: now,
    };
    if let Some(same) = same(conn, &row)? {
        if new.from < same.from_at {
            on_each!(conn, |c| diesel::update(standings::table.find(same.id))
                .set(standings::from_at.eq(new.from))
                .execute(c))
            .exactly_one()?;
        }
        return Ok(same.id);
    }
    on_each!(conn, |c| diesel::insert_into(standings::table)
        .values(&row)
        .execute(c))
    .exactly_one()?;
    note(conn, now, new.granted_by, "standing.grant", &row)?;
    Ok(row.id)
}

/// Appoints somebody by hand.
///
/// # Errors
/// 401, 403; `invalid` with each field; `role_not_by_hand`; `scope_mismatch`.
pub fn grant(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    input: &GrantInput,
) -> Result<Id<StandingRow>, Fault> {
    access_rules::decide(actor, Act::GrantRole, &Object::site(), now).or_fault()?;
    let mut fields = Fields::new();
    let person = fields.required("person", input.person);
    let role = fields.required("role", input.role);
    let scope = Scope::from_columns(&input.scope_kind, &input.scope_ref);
    let scope = fields.required("scope", scope);
    if let Some(Scope::Track(code) | Scope::Section(code)) = &scope
        && !CodeShape::Word.fits(code)
    {
        fields.wrong("scope_ref", CodeShape::Word.fault());
    }
    let basis = fields.required_line("basis", &input.basis, text::TITLE);
    let from = input.from.unwrap_or(now);
    if input.to.is_some_and(|to| to <= from) {
        fields.wrong("to", "ends_before_it_begins");
    }
    if let Some(person) = person
        && persons::find(conn, person)?.is_none()
    {
        fields.wrong("person", "unknown");
    }
    fields.done()?;
    let (Some(person), Some(role), Some(scope)) = (person, role, scope) else {
        return Err(Fault::internal("a required field is missing unnoticed"));
    };
    if !rules::is_by_hand(role) {
        return Err(StandingFault::NotByHand.into());
    }
    let appointment = Appointment {
        person,
        role,
        scope,
        from,
        to: input.to,
        basis,
        granted_by: actor.person,
    };
    appoint(conn, now, &appointment)
}

/// Ends an appointment by hand. It says nothing from this moment on: actors are loaded fresh for each request.
///
/// # Errors
/// 401, 403, 404; `already_ended`; `last_admin`.
pub fn end(conn: &mut Conn, actor: &Actor, now: Moment, id: Id<StandingRow>) -> Result<(), Fault> {
    access_rules::decide(actor, Act::GrantRole, &Object::site(), now).or_fault()?;
    let row = get(conn, id)?;
    if !rules::is_by_hand(row.role) {
        return Err(StandingFault::NotByHand.into());
    }
    if row.to_at.is_some_and(|to| to <= now) {
        return Err(StandingFault::AlreadyEnded.into());
    }
    let others = |holders: Vec<StandingRow>| holders.iter().any(|other| other.person_id != row.person_id);
    if row.role == Role::PlatformAdmin && !others(holders(conn, row.role, &Scope::Everywhere, now)?) {
        return Err(StandingFault::LastAdmin.into());
    }
    let ended = on_each!(conn, |c| diesel::update(standings::table.find(id))
        .filter(standings::to_at.is_null().or(standings::to_at.gt(now)))
        .set(standings::to_at.eq(now))
        .execute(c))
    .at_most_one()?;
    if !ended {
        return Err(StandingFault::AlreadyEnded.into());
    }
    note(conn, now, actor.person, "standing.end", &row)
}

/// Ends what somebody holds of this role over this scope, inside the transaction of the act that takes it from them.
/// Answers whether they held it.
///
/// # Errors
/// When the database refuses.
pub fn dismiss(
    conn: &mut Conn,
    now: Moment,
    by: Option<PersonId>,
    person: PersonId,
    role: Role,
    scope: &Scope,
) -> Result<bool, Fault> {
    let (scope_kind, scope_ref) = scope.columns();
    let held: Vec<StandingRow> = on_each!(conn, |c| standings::table
        .filter(standings::person_id.eq(person))
        .filter(standings::role.eq(role))
        .filter(standings::scope_kind.eq(scope_kind))
        .filter(standings::scope_ref.eq(&scope_ref))
        .filter(standings::to_at.is_null().or(standings::to_at.gt(now)))
        .select(StandingRow::as_select())
        .load(c))?;
    for row in &held {
        on_each!(conn, |c| diesel::update(standings::table.find(row.id))
            .set(standings::to_at.eq(now))
            .execute(c))
        .exactly_one()?;
        note(conn, now, by, "standing.end", row)?;
    }
    Ok(!held.is_empty())
}

/// What somebody holds at a moment, as an actor carries it.
///
/// # Errors
/// When the database refuses.
pub fn of_person(conn: &mut Conn, person: PersonId, at: Moment) -> Result<Vec<Standing>, Fault> {
    let rows: Vec<StandingRow> = on_each!(conn, |c| standings::table
        .filter(standings::person_id.eq(person))
        .filter(standings::from_at.le(at))
        .filter(standings::to_at.is_null().or(standings::to_at.gt(at)))
        .order(standings::id)
        .select(StandingRow::as_select())
        .load(c))?;
    Ok(rows.iter().filter_map(StandingRow::standing).collect())
}

/// Everything somebody ever held, the latest first.
///
/// # Errors
/// When the database refuses.
pub fn history(conn: &mut Conn, person: PersonId) -> Result<Vec<StandingRow>, Fault> {
    Ok(on_each!(conn, |c| standings::table
        .filter(standings::person_id.eq(person))
        .order((standings::from_at.desc(), standings::id.desc()))
        .select(StandingRow::as_select())
        .load(c))?)
}

/// Who holds this role over exactly this scope at a moment.
///
/// # Errors
/// When the database refuses.
pub fn holders(conn: &mut Conn, role: Role, scope: &Scope, at: Moment) -> Result<Vec<StandingRow>, Fault> {
    let (scope_kind, scope_ref) = scope.columns();
    Ok(on_each!(conn, |c| standings::table
        .filter(standings::role.eq(role))
        .filter(standings::scope_kind.eq(scope_kind))
        .filter(standings::scope_ref.eq(&scope_ref))
        .filter(standings::from_at.le(at))
        .filter(standings::to_at.is_null().or(standings::to_at.gt(at)))
        .order((standings::from_at, standings::id))
        .select(StandingRow::as_select())
        .load(c))?)
}

/// Everybody who holds any of these roles at a moment, over whatever scope: for the desk's list of staff.
///
/// # Errors
/// When the database refuses.
pub fn of_roles(conn: &mut Conn, roles: &[Role], at: Moment) -> Result<Vec<StandingRow>, Fault> {
    let codes: Vec<&str> = roles.iter().map(|role| kernel::Coded::code(*role)).collect();
    Ok(on_each!(conn, |c| standings::table
        .filter(standings::role.eq_any(&codes))
        .filter(standings::from_at.le(at))
        .filter(standings::to_at.is_null().or(standings::to_at.gt(at)))
        .order((standings::role, standings::from_at, standings::id))
        .select(StandingRow::as_select())
        .load(c))?)
}

/// Every appointment made by hand that holds now, for who may appoint.
///
/// # Errors
/// 401, 403; when the database refuses.
pub fn held_by_hand(conn: &mut Conn, actor: &Actor, now: Moment) -> Result<Vec<StandingRow>, Fault> {
    access_rules::decide(actor, Act::GrantRole, &Object::site(), now).or_fault()?;
    let by_hand: Vec<Role> = kernel::Coded::ALL
        .iter()
        .copied()
        .filter(|role| rules::is_by_hand(*role))
        .collect();
    of_roles(conn, &by_hand, now)
}

/// One appointment.
///
/// # Errors
/// 404; when the database refuses.
pub fn get(conn: &mut Conn, id: Id<StandingRow>) -> Result<StandingRow, Fault> {
    Ok(on_each!(conn, |c| standings::table
        .find(id)
        .select(StandingRow::as_select())
        .first(c))?)
}

/// Whether somebody works for the congress, or ever did: their sign-ins are shorter.
pub(crate) fn is_staff(conn: &mut Conn, person: PersonId) -> Result<bool, Fault> {
    let held = history(conn, person)?;
    Ok(held.iter().any(|row| rules::is_staff(row.role)))
}

/// An appointment that says the same already.
fn same(conn: &mut Conn, row: &StandingRow) -> Result<Option<StandingRow>, Fault> {
    let held: Vec<StandingRow> = on_each!(conn, |c| standings::table
        .filter(standings::person_id.eq(row.person_id))
        .filter(standings::role.eq(row.role))
        .filter(standings::scope_kind.eq(&row.scope_kind))
        .filter(standings::scope_ref.eq(&row.scope_ref))
        .select(StandingRow::as_select())
        .load(c))?;
    Ok(held
        .into_iter()
        .find(|held| held.to_at == row.to_at && (row.to_at.is_none() || held.from_at == row.from_at)))
}

fn note(
    conn: &mut Conn,
    now: Moment,
    by: Option<PersonId>,
    act: &str,
    row: &StandingRow,
) -> Result<(), Fault> {
    let note = Note {
        actor: by.map(Id::cast),
        object_id: Some(row.person_id.uuid()),
        summary: json!({
            "standing": row.id, "role": row.role, "scope_kind": row.scope_kind, "scope_ref": row.scope_ref,
            "from": row.from_at, "to": row.to_at,
        }),
        ..Note::of(act, "person")
    };
    audit::note(conn, now, &note)
}
