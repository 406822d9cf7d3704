//! What somebody may do in a session, and why not: one answer for pages and API (`GET /sessions/{id}/access`).

use access_rules::{Act, Actor, Circumstances, Decision, Rule, SessionId, decide};
use db::Conn;
use kernel::{Coded, Fault, Moment};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    faults::ProgrammeFault,
    rule_book::{self, RuleRow},
    sessions::{self, Found},
};

/// Minutes before a session from which it can be joined online (R58).
const JOIN_MINUTES_BEFORE: i64 = 15;

/// What an actor may do in a session.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct AccessView {
    /// The session.
    #[schema(value_type = String)]
    pub session: SessionId,
    /// Enter it, reserve a seat.
    pub attend: Permission,
    /// Propose one like it.
    pub propose: Permission,
    /// Take the floor.
    pub speak: Permission,
    /// Vote.
    pub vote: Permission,
}

/// Whether something may be done, and what the sentence about it needs.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Permission {
    /// Whether they may.
    pub allowed: bool,
    /// Why not: `sign_in_needed`, `not_registered`, `audience`, `in_arrears`, `no_rule`, …
    pub code: Option<&'static str>,
    /// The one thing they can do about it.
    pub remedy: Option<&'static str>,
    /// The rule, from which the sentence in the reader's language is made.
    pub rule: Option<Rule>,
    /// What the rule is for: `session`, `format`, `body`, `kind`, `track`, `general`.
    pub of: Option<&'static str>,
    /// The version of the rule.
    pub version: Option<i64>,
}

impl Permission {
    /// The same, refused for a reason that no rule tells.
    pub fn refused(self, fault: &Fault) -> Self {
        Self {
            allowed: false,
            code: Some(fault.code),
            remedy: fault.remedy,
            ..self
        }
    }
}

/// What this actor may do in this session. `known` is what other slices know of them: admitted, invited, endorsed, of
/// the body that meets.
///
/// # Errors
/// 404 when the session is absent or hidden.
pub fn of(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    known: Circumstances,
) -> Result<AccessView, Fault> {
    let found = sessions::get(conn, actor, now, session)?;
    let known = circumstances(actor, &found, known);
    let mut may = |act| -> Result<Permission, Fault> {
        let row = rule_book::for_session_of(conn, &found.session, found.track.as_ref(), act)?;
        Ok(permission(actor, act, now, &found, row, known))
    };
    Ok(AccessView {
        session,
        attend: may(Act::Attend)?,
        propose: may(Act::Propose)?,
        speak: may(Act::Speak)?,
        vote: may(Act::Vote)?,
    })
}

/// Goes on when this actor may attend the session; what reservations and doors ask.
///
/// # Errors
/// 401, 403 with the reason, 404.
pub fn attend(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    known: Circumstances,
) -> Result<Found, Fault> {
    let found = sessions::get(conn, actor, now, session)?;
    may_attend(conn, actor, now, &found, known)?;
    Ok(found)
}

/// The same for a session that was found.
///
/// # Errors
/// 401, 403 with the reason, 404.
pub fn may_attend(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    found: &Found,
    known: Circumstances,
) -> Result<(), Fault> {
    let row = rule_book::for_session_of(conn, &found.session, found.track.as_ref(), Act::Attend)?;
    let known = circumstances(actor, found, known);
    decision(actor, Act::Attend, now, found, row.as_ref(), known).or_fault()
}

/// Where to join a session online, for who may attend it, from a quarter of an hour before it begins until it ends (R58).
///
/// # Errors
/// 401, 403 with the reason, 404 also where there is nothing to join; `not_open_yet` with the moment it opens.
pub fn join_link(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    known: Circumstances,
) -> Result<String, Fault> {
    let found = attend(conn, actor, now, session, known)?;
    let link = &found.session.details.0.join_link;
    let (Some(starts_at), Some(ends_at), false) =
        (found.session.starts_at, found.session.ends_at, link.is_empty())
    else {
        return Err(Fault::not_found());
    };
    let opens = starts_at.plus_minutes(-JOIN_MINUTES_BEFORE);
    if now < opens {
        let opens_at = opens.rfc3339();
        return Err(ProgrammeFault::NotOpenYet { opens_at }.into());
    }
    if now > ends_at {
        return Err(Fault::not_found());
    }
    Ok(link.clone())
}

/// What the actor's own standings say, beside what other slices know.
fn circumstances(actor: &Actor, found: &Found, known: Circumstances) -> Circumstances {
    let edition = found.session.edition;
    Circumstances {
        registered: known.registered || actor.registered().any(|registered| registered == edition),
        ..known
    }
}

fn decision(
    actor: &Actor,
    act: Act,
    now: Moment,
    found: &Found,
    row: Option<&RuleRow>,
    known: Circumstances,
) -> Decision {
    let object = found.object(actor);
    match row {
        Some(row) => decide(actor, act, &object.under(&row.rule.0, known), now),
        None => decide(actor, act, &object, now),
    }
}

fn permission(
    actor: &Actor,
    act: Act,
    now: Moment,
    found: &Found,
    row: Option<RuleRow>,
    known: Circumstances,
) -> Permission {
    let (allowed, code, remedy) = match decision(actor, act, now, found, row.as_ref(), known) {
        Decision::Allow => (true, None, None),
        Decision::SignInNeeded => (false, Some("sign_in_needed"), Some("sign_in")),
        Decision::Hidden => (false, Some("not_found"), None),
        Decision::Deny(reason) => (false, Some(reason.code), reason.remedy),
    };
    Permission {
        allowed,
        code,
        remedy,
        of: row.as_ref().map(|row| row.scope.code()),
        version: row.as_ref().map(|row| row.version),
        rule: row.map(|row| row.rule.0),
    }
}
