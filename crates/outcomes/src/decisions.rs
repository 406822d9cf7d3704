//! What the World Assembly does with an outcome: presented, debated, and then adopted, given back or not adopted. Nothing
//! is skipped, nothing decided twice (R71).
//!
//! Who may record it is decided by the caller, who knows the sitting and its chair: here `who` is only remembered. Each
//! step is one guarded change of the state and one row that is never changed.

use access_rules::PersonId;
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, LocalDate, Moment};
use records::audit::{self, Fingerprint, Note};
use serde_json::json;
use texts::{
    model::{Version, blocks_of},
    texts as wording, versions,
};

use crate::{
    desk_events,
    faults::OutcomeFault,
    model::{Outcome, OutcomeId, OutcomeState},
    outcomes, rules, searching,
    tables::outcomes as table,
    wordings,
};

/// It is presented. What nobody transmitted is sealed now, as what was presented.
///
/// # Errors
/// 404; `stale`; `outcome_state`.
pub fn present(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: OutcomeId,
    version: Option<i64>,
    reason: &str,
) -> Result<Outcome, Fault> {
    let before = may_go(conn, id, OutcomeState::Presented)?;
    let received_version = match before.received_version {
        0 => versions::seal(conn, who, now, before.text, &before.code)?.number,
        sealed => sealed,
    };
    let after = Outcome {
        state: OutcomeState::Presented,
        presented_at: Some(now),
        received_version,
        ..before.clone()
    };
    go(conn, who, now, version, &before, after, reason)
}

/// Its debate is over.
///
/// # Errors
/// 404; `stale`; `outcome_state`.
pub fn debate(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: OutcomeId,
    version: Option<i64>,
    reason: &str,
) -> Result<Outcome, Fault> {
    let before = may_go(conn, id, OutcomeState::Debated)?;
    let after = Outcome {
        state: OutcomeState::Debated,
        debated_at: Some(now),
        ..before.clone()
    };
    go(conn, who, now, version, &before, after, reason)
}

/// It is adopted as it stands: sealed, and *amended and adopted* where it says something else than what was received.
/// It is followed until `horizon_to` ([`rules::horizon`], R74).
///
/// # Errors
/// 404; `stale`; `outcome_state`.
pub fn adopt(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: OutcomeId,
    version: Option<i64>,
    reason: &str,
    horizon_to: LocalDate,
) -> Result<Outcome, Fault> {
    let before = may_go(conn, id, OutcomeState::Adopted)?;
    let received = versions::get(conn, before.text, before.received_version)?;
    let sealed = versions::seal(conn, who, now, before.text, &before.code)?;
    let state = match says_the_same(&received, &sealed) {
        true => OutcomeState::Adopted,
        false => OutcomeState::AmendedAdopted,
    };
    let after = Outcome {
        state,
        decided_at: Some(now),
        adopted_version: Some(sealed.number),
        horizon_to: Some(horizon_to),
        ..before.clone()
    };
    go(conn, who, now, version, &before, after, reason)
}

/// It is given back to where it came from, with a reason. It stays to be seen.
///
/// # Errors
/// 404; `invalid`: `reason`; `stale`; `outcome_state`.
pub fn return_(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: OutcomeId,
    version: Option<i64>,
    reason: &str,
) -> Result<Outcome, Fault> {
    without_adopting(conn, who, now, id, version, reason, OutcomeState::Returned)
}

/// It is not adopted, with a reason. It stays to be seen.
///
/// # Errors
/// 404; `invalid`: `reason`; `stale`; `outcome_state`.
pub fn refuse(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: OutcomeId,
    version: Option<i64>,
    reason: &str,
) -> Result<Outcome, Fault> {
    without_adopting(conn, who, now, id, version, reason, OutcomeState::NotAdopted)
}

/// Whether adopting an outcome as it stands now would adopt other words than were received.
///
/// # Errors
/// 404 where nothing was received yet.
pub fn is_amended(conn: &mut Conn, outcome: &Outcome) -> Result<bool, Fault> {
    let received = versions::get(conn, outcome.text, outcome.received_version)?;
    let text = wording::get(conn, outcome.text)?;
    let blocks = blocks_of(&wording::working(conn, outcome.text)?);
    let (was, is) = ((&received.title, &*received.blocks.0), (&text.title, &*blocks));
    Ok(!rules::says_the_same(&text.language, was, is))
}

fn without_adopting(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: OutcomeId,
    version: Option<i64>,
    reason: &str,
    to: OutcomeState,
) -> Result<Outcome, Fault> {
    let before = may_go(conn, id, to)?;
    if reason.trim().is_empty() {
        let mut fields = Fields::new();
        fields.wrong("reason", "required");
        fields.done()?;
    }
    let after = Outcome {
        state: to,
        decided_at: Some(now),
        ..before.clone()
    };
    go(conn, who, now, version, &before, after, reason)
}

/// An outcome whose state leads to another, held until COMMIT.
fn may_go(conn: &mut Conn, id: OutcomeId, to: OutcomeState) -> Result<Outcome, Fault> {
    let before = outcomes::hold(conn, id)?;
    match rules::may_go(before.state, to) {
        true => Ok(before),
        false => Err(OutcomeFault::OutcomeState {
            from: before.state,
            to,
        }
        .into()),
    }
}

/// Takes a step, unless somebody took one meanwhile.
fn go(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    seen: Option<i64>,
    before: &Outcome,
    after: Outcome,
    reason: &str,
) -> Result<Outcome, Fault> {
    let mut fields = Fields::new();
    let reason = fields.paragraph("reason", reason, rules::REASON_MAX);
    fields.done()?;
    let readers = rules::readers(after.state, after.edition);
    let after = Outcome {
        decision_reason: match after.state.is_decided() {
            true => reason.clone(),
            false => before.decision_reason.clone(),
        },
        visible_to: readers.to_string(),
        version: before.version + 1,
        ..after
    };
    if seen.is_some_and(|seen| seen != before.version) {
        return Err(Fault::stale());
    }
    on_each!(conn, |c| diesel::update(table::table)
        .filter(table::id.eq(before.id))
        .filter(table::state.eq(before.state))
        .filter(table::version.eq(before.version))
        .set(&after)
        .execute(c))
    .one_or(Fault::stale())?;
    if after.visible_to != before.visible_to {
        wording::show_to(conn, who, now, after.text, &readers)?;
        searching::keep(conn, after.id)?;
    }
    wordings::step(conn, who, now, &after, Some(before.state), &reason)?;
    note(conn, who, now, before, &after)?;
    desk_events::went(conn, now, &after)?;
    Ok(after)
}

fn says_the_same(received: &Version, sealed: &Version) -> bool {
    let (was, is) = (
        (&received.title, &*received.blocks.0),
        (&sealed.title, &*sealed.blocks.0),
    );
    rules::says_the_same(&sealed.language, was, is)
}

fn note(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    before: &Outcome,
    after: &Outcome,
) -> Result<(), Fault> {
    let note = Note {
        actor: who.map(Id::cast),
        object_id: Some(after.id.uuid()),
        scope: Some(after.edition.uuid()),
        summary: json!({
            "code": after.code, "from": before.state, "to": after.state,
            "adopted_version": after.adopted_version, "horizon_to": after.horizon_to,
        }),
        before: Fingerprint::of(before),
        after: Fingerprint::of(after),
        ..Note::of("outcome.go", "outcome")
    };
    audit::note(conn, now, &note)
}
