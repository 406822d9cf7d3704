//! Of which roles the second factor is asked: a setting of the site, changed by who runs it.
//!
//! Whoever holds such a role and has none can do nothing until they add one; the edge asks [`owed`] for every request of
//! somebody signed in. Nobody's role is taken away by it. Participants are never asked: they are thousands, and sign in
//! by a letter to hold a seat.

use std::collections::{BTreeMap, BTreeSet};

use access_rules::{Act, Actor, Object, PersonId, Role};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Fields, Id, Moment};
use records::{
    audit::{self, Note},
    settings,
};
use serde::Deserialize;
use serde_json::json;

use crate::{
    faults::SecondFactorFault,
    rules,
    tables::{accounts, second_factors, standings},
};

/// Under which the roles are kept.
const ROLES: &str = "second_factor_roles";

/// What the form of the setting asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct SecondFactorRuleInput {
    /// The roles of which it is asked; all others are let off.
    #[serde(default)]
    pub roles: Vec<Role>,
}

/// A role, and how it stands with its holders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Which.
    pub role: Role,
    /// Whether the second factor is asked of it.
    pub is_asked: bool,
    /// How many hold it now.
    pub holders: usize,
    /// How many of them have no second factor: they would be asked to add one before anything else.
    pub without: usize,
}

/// Every role it can be asked of, and how it stands with its holders.
///
/// # Errors
/// 401, 403.
pub fn view(conn: &mut Conn, actor: &Actor, now: Moment) -> Result<Vec<Asked>, Fault> {
    access_rules::decide(actor, Act::RunSite, &Object::site(), now).or_fault()?;
    let asked = roles(conn)?;
    let held: Vec<(Role, PersonId)> = on_each!(conn, |c| standings::table
        .filter(standings::role.ne(Role::Participant))
        .filter(standings::from_at.le(now))
        .filter(standings::to_at.is_null().or(standings::to_at.gt(now)))
        .select((standings::role, standings::person_id))
        .distinct()
        .load(c))?;
    let with: Vec<PersonId> = on_each!(conn, |c| second_factors::table
        .inner_join(accounts::table.on(accounts::id.eq(second_factors::account_id)))
        .select(accounts::person_id)
        .load(c))?;
    let with: BTreeSet<PersonId> = with.into_iter().collect();
    let mut holders: BTreeMap<Role, Vec<PersonId>> = BTreeMap::new();
    for (role, person) in held {
        holders.entry(role).or_default().push(person);
    }
    let lines = Role::ALL.iter().copied().filter(|role| rules::is_askable(*role));
    Ok(lines
        .map(|role| {
            let held = holders.remove(&role).unwrap_or_default();
            Asked {
                role,
                is_asked: asked.contains(&role),
                holders: held.len(),
                without: held.iter().filter(|person| !with.contains(person)).count(),
            }
        })
        .collect())
}

/// Says of which roles it is asked from now on.
///
/// # Errors
/// 401, 403; `invalid` for a role it is never asked of.
pub fn set(conn: &mut Conn, actor: &Actor, now: Moment, input: &SecondFactorRuleInput) -> Result<(), Fault> {
    access_rules::decide(actor, Act::RunSite, &Object::site(), now).or_fault()?;
    let mut fields = Fields::new();
    if input.roles.iter().any(|role| !rules::is_askable(*role)) {
        fields.wrong("roles", "never_asked");
    }
    fields.done()?;
    settings::take(conn, ROLES)?;
    let before = roles(conn)?;
    let after: BTreeSet<Role> = input.roles.iter().copied().collect();
    if before == after {
        return Ok(());
    }
    settings::put(conn, ROLES, &after)?;
    let note = Note {
        actor: actor.person.map(Id::cast),
        summary: json!({
            "added": after.difference(&before).collect::<Vec<_>>(),
            "removed": before.difference(&after).collect::<Vec<_>>(),
        }),
        ..Note::of("second_factor.rule", "site")
    };
    audit::note(conn, now, &note)
}

/// Refuses whoever holds a role of which the second factor is asked, and has none.
///
/// # Errors
/// `second_factor_required`.
pub fn owed(conn: &mut Conn, actor: &Actor, has_second_factor: bool) -> Result<(), Fault> {
    // Participants cost nothing here.
    if has_second_factor || !actor.standings.iter().any(|held| rules::is_askable(held.role)) {
        return Ok(());
    }
    let asked = roles(conn)?;
    match actor.standings.iter().any(|held| asked.contains(&held.role)) {
        true => Err(SecondFactorFault::Required.into()),
        false => Ok(()),
    }
}

fn roles(conn: &mut Conn) -> Result<BTreeSet<Role>, Fault> {
    Ok(settings::get(conn, ROLES)?.unwrap_or_default())
}
