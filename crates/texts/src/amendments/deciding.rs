//! What is decided of an amendment that was put, and what falls with it (R82); taking up again what was decided (R86); and
//! deciding several as the drafting committee recommends (AS8).

use std::collections::HashSet;

use access_rules::PersonId;
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Moment, fault::illegal_step};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::{
    advising,
    kept::{self, Filed, Taken},
    ordering,
    reading::{self, Shown},
    terms,
};
use crate::{
    amend::{
        Amendment, AmendmentId,
        clash::{Clash, incompatible},
        consolidate, is_reconsidered,
        state::{Advice, AmendmentState, Decision},
    },
    faults::TextFault,
    model::{BlockId, Text, TextId},
    rules::NOTE_MAX,
    tables::{text_amendments as table, text_blocks},
    texts, versions,
};

/// An amendment that fell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Fell {
    /// Which.
    #[schema(value_type = String)]
    pub id: AmendmentId,
    /// Its number.
    pub number: i64,
    /// Why.
    pub why: Clash,
}

/// What was decided, and what fell with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Decided {
    /// The amendment.
    pub amendment: Shown,
    /// Those that fell.
    pub fell: Vec<Fell>,
}

/// Decides what was put. Those that an adopted one leaves no room for fall, and those that amend one that is decided.
///
/// # Errors
/// 404; `invalid`: `note`; `illegal_step`; `stale`.
pub fn decide(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: AmendmentId,
    version: i64,
    decision: Decision,
    note: &str,
) -> Result<Decided, Fault> {
    let Taken { text, row, .. } = kept::take(conn, id, Some(version))?;
    let mut fields = Fields::new();
    let note = fields.paragraph("note", note, NOTE_MAX);
    fields.done()?;
    row.may_go(decision.state())?;
    let row = kept::save(
        conn,
        Filed {
            state: decision.state(),
            decided_at: Some(now),
            decision_note: Some(note),
            ..row
        },
    )?;
    let rows = kept::of_version(conn, row.text_version)?;
    let all = adopted_of(&rows);
    let adopted = as_adopted(&row, &all);
    let why = |own: &Filed| match (own.parent == Some(id), &decision) {
        (true, _) => Some(Clash::ParentGone),
        (false, Decision::Adopted) => incompatible(&adopted, &as_adopted(own, &all)),
        (false, Decision::Rejected) => None,
    };
    let fell = fall(conn, who, now, &text, Some(id), rows, why)?;
    kept::note(conn, who, now, "text.decide_amendment", &text, &row)?;
    Ok(Decided {
        amendment: reading::get(conn, id)?,
        fell,
    })
}

/// Lets fall the amendments to blocks that were taken out of the working copy meanwhile: there is nothing left to put.
///
/// # Errors
/// 404.
pub fn let_fall_gone(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    text: TextId,
) -> Result<Vec<Fell>, Fault> {
    let row = texts::get(conn, text)?;
    terms::hold(conn, text)?;
    let gone: Vec<BlockId> = on_each!(conn, |c| text_blocks::table
        .filter(text_blocks::text.eq(text))
        .filter(text_blocks::removed_in.is_not_null())
        .select(text_blocks::id)
        .load(c))?;
    let gone: HashSet<BlockId> = gone.into_iter().collect();
    let rows: Vec<Filed> = on_each!(conn, |c| table::table
        .filter(table::text.eq(text))
        .order(table::number)
        .select(Filed::as_select())
        .load(c))?;
    let is_gone = |own: &Filed| own.block.is_some_and(|block| gone.contains(&block));
    fall(conn, who, now, &row, None, rows, |own| {
        is_gone(own).then_some(Clash::TargetGone)
    })
}

/// Takes up again what was decided, by two thirds of those for and against (R86): it is put again, next; what fell for it is
/// admissible again.
///
/// # Errors
/// 404; `two_thirds_needed`; `already_applied`; `amendment_closed` when what it amends is decided; `excluded_by_adopted`;
/// `illegal_step`; `stale`.
pub fn reconsider(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: AmendmentId,
    version: i64,
    in_favour: u32,
    against: u32,
) -> Result<Shown, Fault> {
    let Taken { text, row, .. } = kept::take(conn, id, Some(version))?;
    if !matches!(row.state, AmendmentState::Adopted | AmendmentState::Rejected) {
        return Err(illegal_step(row.state, AmendmentState::Ordered));
    }
    if row.applied_at.is_some() {
        return Err(TextFault::AlreadyApplied.into());
    }
    if !is_reconsidered(in_favour, against) {
        return Err(TextFault::NotReconsidered { in_favour, against }.into());
    }
    let rows = kept::of_version(conn, row.text_version)?;
    if let Some(parent) = row.parent
        && !rows.iter().any(|own| own.id == parent && own.state.is_open())
    {
        return Err(TextFault::AmendmentClosed.into());
    }
    if let Some(other) = excluded_by(&row, &rows, &adopted_of(&rows)) {
        return Err(TextFault::Excluded { number: other.number }.into());
    }
    let row = kept::save(
        conn,
        Filed {
            state: AmendmentState::Ordered,
            put_at: None,
            decided_at: None,
            decision_note: None,
            ..row
        },
    )?;
    restore(conn, &row)?;
    let summary = json!({ "amendment": id, "number": row.number, "for": in_favour, "against": against });
    texts::note(conn, who, now, "text.reconsider_amendment", &text, summary)?;
    reading::get(conn, id)
}

/// Decides several as the drafting committee recommends, each put in its turn. One that falls on the way is passed over.
///
/// # Errors
/// 404; `no_advice` where nothing is recommended, or that it be modified; all that [`ordering::put`] refuses.
pub fn follow(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    text: TextId,
    number: i64,
    amendments: &[AmendmentId],
) -> Result<Vec<Decided>, Fault> {
    let version = versions::get(conn, text, number)?;
    terms::hold(conn, text)?;
    let mut rows = kept::of_version(conn, version.id)?;
    rows.retain(|own| amendments.contains(&own.id));
    rows.sort_by_key(|own| own.place.unwrap_or(i64::MAX));
    if rows.len() < amendments.iter().collect::<HashSet<_>>().len() {
        return Err(Fault::not_found());
    }
    let advice = advising::of(conn, amendments)?;
    let mut decided = Vec::with_capacity(rows.len());
    for own in rows {
        let advised = advice.iter().find(|row| row.amendment == own.id);
        let decision = match advised.map(|row| row.advice) {
            Some(Advice::Adopt) => Decision::Adopted,
            Some(Advice::Reject) => Decision::Rejected,
            Some(Advice::Modify) | None => {
                return Err(TextFault::NoAdvice { number: own.number }.into());
            }
        };
        let now_is = kept::row(conn, own.id)?;
        if own.state.is_open() && now_is.state == AmendmentState::Fallen {
            continue;
        }
        let put = ordering::put(conn, who, now, own.id, now_is.version)?;
        decided.push(decide(conn, who, now, own.id, put.version, decision, "")?);
    }
    Ok(decided)
}

/// Lets fall those for which there is a reason, and what amends them.
pub fn fall(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    text: &Text,
    fallen_for: Option<AmendmentId>,
    rows: Vec<Filed>,
    why: impl Fn(&Filed) -> Option<Clash>,
) -> Result<Vec<Fell>, Fault> {
    let mut fell = Vec::new();
    let mut gone: HashSet<AmendmentId> = HashSet::new();
    let (first, amending): (Vec<Filed>, Vec<Filed>) = rows.into_iter().partition(|own| own.parent.is_none());
    for own in first.into_iter().chain(amending) {
        let parent_fell = own.parent.is_some_and(|parent| gone.contains(&parent));
        let reason = why(&own).or_else(|| parent_fell.then_some(Clash::ParentGone));
        let Some(reason) = reason.filter(|_| own.state.is_open()) else {
            continue;
        };
        gone.insert(own.id);
        fell.push(Fell {
            id: own.id,
            number: own.number,
            why: reason,
        });
        let row = kept::save(
            conn,
            Filed {
                fell_from: Some(own.state),
                state: AmendmentState::Fallen,
                place: None,
                fallen_for,
                fall_reason: Some(reason),
                ..own
            },
        )?;
        kept::note(conn, who, now, "text.let_fall_amendment", text, &row)?;
    }
    fell.sort_by_key(|own| own.number);
    Ok(fell)
}

/// Those that were adopted, as values.
fn adopted_of(rows: &[Filed]) -> Vec<Amendment> {
    rows.iter()
        .filter(|own| own.state == AmendmentState::Adopted)
        .map(Filed::amendment)
        .collect()
}

/// An amendment with what of its own amendments was adopted: what falls for it falls for what it says now.
fn as_adopted(row: &Filed, adopted: &[Amendment]) -> Amendment {
    let own = row.amendment();
    Amendment {
        proposed: consolidate::amended(&own, adopted),
        ..own
    }
}

/// Another that was adopted and leaves no room for one.
fn excluded_by<'a>(row: &Filed, rows: &'a [Filed], adopted: &[Amendment]) -> Option<&'a Filed> {
    let own = as_adopted(row, adopted);
    rows.iter().find(|other| {
        other.state == AmendmentState::Adopted && incompatible(&as_adopted(other, adopted), &own).is_some()
    })
}

/// Brings back what fell for an amendment that is open again, unless something else leaves no room for it. Who had a place in
/// the order is given one anew.
fn restore(conn: &mut Conn, row: &Filed) -> Result<(), Fault> {
    let rows = kept::of_version(conn, row.text_version)?;
    let adopted = adopted_of(&rows);
    let fell = rows.iter().filter(|own| own.fallen_for == Some(row.id));
    let (first, amending): (Vec<&Filed>, Vec<&Filed>) = fell.partition(|own| own.parent.is_none());
    let mut open: HashSet<AmendmentId> = rows
        .iter()
        .filter(|own| own.state.is_open())
        .map(|own| own.id)
        .collect();
    for own in first.into_iter().chain(amending) {
        if own.parent.is_some_and(|parent| !open.contains(&parent)) {
            continue;
        }
        if let Some(other) = excluded_by(own, &rows, &adopted) {
            let fallen_for = Some(other.id);
            kept::save(
                conn,
                Filed {
                    fallen_for,
                    ..own.clone()
                },
            )?;
            continue;
        }
        let state = match own.fell_from {
            None | Some(AmendmentState::Ordered) => AmendmentState::Admissible,
            Some(state) => state,
        };
        own.may_go(state)?;
        open.insert(own.id);
        kept::save(
            conn,
            Filed {
                state,
                fallen_for: None,
                fall_reason: None,
                fell_from: None,
                ..own.clone()
            },
        )?;
    }
    Ok(())
}
