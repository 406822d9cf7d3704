//! Memberships: who is a member in which way, with every step kept and dated.
//!
//! The state of a moment is that of the last step that holds from before it (R13), so that what is decided today about
//! last week's roll does not change with what happened since.

use access_rules::{Actor, OrganisationId, PersonId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Moment, fault::illegal_step, text};
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    changed,
    faults::MembershipFault,
    model::{Category, Membership, MembershipId, MembershipState, MembershipStep},
    organisations, rules,
    tables::{membership_steps, memberships},
};

/// What the form of a new membership asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct AdmitInput {
    /// In which way.
    pub category: Option<Category>,
    /// The state it begins in, as the roll says; applied when none.
    pub state: Option<MembershipState>,
    /// From when; now when none.
    pub from_at: Option<Moment>,
    /// On what ground.
    pub reason: String,
}

/// What the form of a step asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct StepInput {
    /// The state it enters.
    pub state: Option<MembershipState>,
    /// From when that holds: now when none, and never from the future.
    pub from_at: Option<Moment>,
    /// Why.
    pub reason: String,
}

/// A membership with its steps in the order they were taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct MembershipHistory {
    /// The membership.
    #[serde(flatten)]
    pub membership: Membership,
    /// Its steps.
    pub steps: Vec<MembershipStep>,
}

impl MembershipHistory {
    /// The state it was in at a moment.
    pub fn state_at(&self, at: Moment) -> Option<MembershipState> {
        let steps: Vec<_> = self.steps.iter().map(|step| (step.from_at, step.state)).collect();
        rules::state_at(&steps, at)
    }
}

/// Records a new membership.
///
/// # Errors
/// 401, 403, 404; `already_merged`; `invalid` with each field; `already_member`; `not_in_order` when it would begin in
/// the future.
pub fn admit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    organisation: OrganisationId,
    input: &AdmitInput,
) -> Result<Membership, Fault> {
    let of = organisations::managed(conn, actor, now, organisation)?;
    organisations::refuse_merged(&of)?;
    let mut fields = Fields::new();
    let category = fields.required("category", input.category);
    let reason = fields.line("reason", &input.reason, text::TITLE);
    fields.done()?;
    let from_at = input.from_at.unwrap_or(now);
    if from_at > now {
        return Err(MembershipFault::NotInOrder { last: now.rfc3339() }.into());
    }
    let begin = Beginning {
        organisation,
        category: category.unwrap_or(Category::Individual),
        state: input.state.unwrap_or(MembershipState::Applied),
        from_at,
        reason,
    };
    let membership = begin_at(conn, now, actor.person, begin)?;
    changed::organisation(conn, now, organisation)?;
    Ok(membership)
}

/// Takes a membership one step on in its life (requirements §3.5).
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `illegal_step`; `not_in_order`; `stale`.
pub fn step(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: MembershipId,
    version: Option<i64>,
    input: &StepInput,
) -> Result<Membership, Fault> {
    organisations::may_manage(actor, now)?;
    let membership = find(conn, id)?.ok_or_else(Fault::not_found)?;
    let mut fields = Fields::new();
    let state = fields.required("state", input.state);
    let reason = fields.line("reason", &input.reason, text::TITLE);
    fields.done()?;
    if version.is_some_and(|version| version != membership.version) {
        return Err(Fault::stale());
    }
    let state = state.unwrap_or(membership.state);
    let from_at = input.from_at.unwrap_or(now);
    let stepped = take(conn, now, actor.person, &membership, state, from_at, &reason)?;
    changed::organisation(conn, now, membership.organisation)?;
    Ok(stepped)
}

/// A membership, if there is such; unchecked.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, id: MembershipId) -> Result<Option<Membership>, Fault> {
    Ok(on_each!(conn, |c| memberships::table
        .find(id)
        .select(Membership::as_select())
        .first(c)
        .optional())?)
}

/// The memberships of an organisation, the latest first, each with its steps; unchecked.
///
/// # Errors
/// When the database refuses.
pub fn history(conn: &mut Conn, organisation: OrganisationId) -> Result<Vec<MembershipHistory>, Fault> {
    let held: Vec<Membership> = on_each!(conn, |c| memberships::table
        .filter(memberships::organisation.eq(organisation))
        .order((memberships::from_at.desc(), memberships::id.desc()))
        .select(Membership::as_select())
        .load(c))?;
    let ids: Vec<MembershipId> = held.iter().map(|membership| membership.id).collect();
    let steps: Vec<MembershipStep> = on_each!(conn, |c| membership_steps::table
        .filter(membership_steps::membership.eq_any(&ids))
        .order((membership_steps::membership, membership_steps::number))
        .select(MembershipStep::as_select())
        .load(c))?;
    let of = |membership: Membership| MembershipHistory {
        steps: steps
            .iter()
            .filter(|step| step.membership == membership.id)
            .cloned()
            .collect(),
        membership,
    };
    Ok(held.into_iter().map(of).collect())
}

/// In which ways an organisation was a member at a moment, and in which state (R13); unchecked.
///
/// # Errors
/// When the database refuses.
pub fn as_of(
    conn: &mut Conn,
    organisation: OrganisationId,
    at: Moment,
) -> Result<Vec<(Category, MembershipState)>, Fault> {
    let all = history(conn, organisation)?;
    Ok(all
        .iter()
        .filter_map(|held| Some((held.membership.category, held.state_at(at)?)))
        .collect())
}

/// Every organisation that is a member now, active or in arrears; unchecked.
///
/// # Errors
/// When the database refuses.
pub fn all_members(conn: &mut Conn) -> Result<Vec<OrganisationId>, Fault> {
    Ok(on_each!(conn, |c| memberships::table
        .filter(memberships::state.eq_any([MembershipState::Active, MembershipState::InArrears]))
        .select(memberships::organisation)
        .distinct()
        .order(memberships::organisation)
        .load(c))?)
}

/// Of several organisations, those that are members now, active or in arrears; unchecked.
///
/// # Errors
/// When the database refuses.
pub fn members_among(conn: &mut Conn, ids: &[OrganisationId]) -> Result<Vec<OrganisationId>, Fault> {
    Ok(on_each!(conn, |c| memberships::table
        .filter(memberships::organisation.eq_any(ids))
        .filter(memberships::state.eq_any([MembershipState::Active, MembershipState::InArrears]))
        .select(memberships::organisation)
        .distinct()
        .load(c))?)
}

/// A membership to be.
pub(crate) struct Beginning {
    pub organisation: OrganisationId,
    pub category: Category,
    pub state: MembershipState,
    pub from_at: Moment,
    pub reason: String,
}

/// Writes a new membership with its first step.
pub(crate) fn begin_at(
    conn: &mut Conn,
    now: Moment,
    by: Option<PersonId>,
    begin: Beginning,
) -> Result<Membership, Fault> {
    if open(conn, begin.organisation)?
        .iter()
        .any(|held| held.category == begin.category)
    {
        return Err(MembershipFault::AlreadyMember.into());
    }
    let membership = Membership {
        id: Id::new(),
        organisation: begin.organisation,
        category: begin.category,
        state: begin.state,
        from_at: begin.from_at,
        to_at: rules::is_final(begin.state).then_some(begin.from_at),
        version: 1,
    };
    on_each!(conn, |c| diesel::insert_into(memberships::table)
        .values(&membership)
        .execute(c))
    .exactly_one()?;
    append(conn, now, by, &membership, begin.from_at, &begin.reason)?;
    note(
        conn,
        now,
        by,
        "membership.admit",
        None,
        &membership,
        begin.from_at,
    )?;
    Ok(membership)
}

/// Writes a step, when the life of a membership has it and it comes after the last one.
pub(crate) fn take(
    conn: &mut Conn,
    now: Moment,
    by: Option<PersonId>,
    membership: &Membership,
    state: MembershipState,
    from_at: Moment,
    reason: &str,
) -> Result<Membership, Fault> {
    if !rules::leads_to(membership.state, state) {
        return Err(illegal_step(membership.state, state));
    }
    let last: Option<Moment> = on_each!(conn, |c| membership_steps::table
        .filter(membership_steps::membership.eq(membership.id))
        .select(diesel::dsl::max(membership_steps::from_at))
        .first(c))?;
    let last = last.unwrap_or(membership.from_at);
    if from_at < last || from_at > now {
        return Err(MembershipFault::NotInOrder { last: last.rfc3339() }.into());
    }
    let stepped = Membership {
        state,
        to_at: rules::is_final(state).then_some(from_at),
        version: membership.version + 1,
        ..membership.clone()
    };
    on_each!(conn, |c| diesel::update(memberships::table)
        .filter(memberships::id.eq(membership.id))
        .filter(memberships::version.eq(membership.version))
        .set((
            memberships::state.eq(stepped.state),
            memberships::to_at.eq(stepped.to_at),
            memberships::version.eq(stepped.version),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    append(conn, now, by, &stepped, from_at, reason)?;
    note(
        conn,
        now,
        by,
        "membership.step",
        Some(membership.state),
        &stepped,
        from_at,
    )?;
    Ok(stepped)
}

/// The memberships of an organisation that have not ended.
pub(crate) fn open(conn: &mut Conn, organisation: OrganisationId) -> Result<Vec<Membership>, Fault> {
    Ok(on_each!(conn, |c| memberships::table
        .filter(memberships::organisation.eq(organisation))
        .filter(memberships::to_at.is_null())
        .order(memberships::id)
        .select(Membership::as_select())
        .load(c))?)
}

/// Steps are numbered by the version of their membership, which the guarded update took.
fn append(
    conn: &mut Conn,
    now: Moment,
    by: Option<PersonId>,
    membership: &Membership,
    from_at: Moment,
    reason: &str,
) -> Result<(), Fault> {
    let step = MembershipStep {
        membership: membership.id,
        number: membership.version,
        state: membership.state,
        from_at,
        recorded_at: now,
        recorded_by: by,
        reason: reason.to_owned(),
    };
    on_each!(conn, |c| diesel::insert_into(membership_steps::table)
        .values(&step)
        .execute(c))
    .exactly_one()
}

fn note(
    conn: &mut Conn,
    now: Moment,
    by: Option<PersonId>,
    act: &str,
    from: Option<MembershipState>,
    membership: &Membership,
    from_at: Moment,
) -> Result<(), Fault> {
    let note = Note {
        actor: by.map(Id::cast),
        object_id: Some(membership.organisation.uuid()),
        summary: json!({
            "membership": membership.id, "category": membership.category, "from": from, "to": membership.state,
            "holds_from": from_at,
        }),
        ..Note::of(act, "organisation")
    };
    audit::note(conn, now, &note)
}
