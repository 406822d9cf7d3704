//! The order in which amendments are put, and putting them: the furthest removed in substance first, unless the chair says
//! otherwise; one at a time; what amends an amendment before it (R82).

use std::collections::{HashMap, HashSet};

use access_rules::PersonId;
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Moment, fault::illegal_step};
use serde_json::json;

use super::{
    filing,
    kept::{self, Filed, Taken},
    reading::{self, Shown},
    terms,
};
use crate::{
    amend::{AmendmentId, distance, state::AmendmentState},
    faults::TextFault,
    model::TextId,
    tables::text_amendments as table,
    texts, versions,
};

/// The order that the measure of substance gives to those that wait to be put. The chair may store another.
///
/// # Errors
/// 404.
pub fn furthest_first(conn: &mut Conn, text: TextId, number: i64) -> Result<Vec<AmendmentId>, Fault> {
    let version = versions::get(conn, text, number)?;
    let rows = kept::of_version(conn, version.id)?;
    let waiting: Vec<_> = waiting(&rows).into_iter().map(Filed::amendment).collect();
    Ok(distance::furthest_first(&version.blocks.0, &waiting))
}

/// Stores the order in which those that wait are put: each of them once, what amends an amendment before it. It may be said
/// anew as long as any wait.
///
/// # Errors
/// 404; `order_mismatch`, with the numbers of those that are wrong; `parent_first`.
pub fn order(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    text: TextId,
    number: i64,
    order: &[AmendmentId],
) -> Result<Vec<Shown>, Fault> {
    let row = texts::get(conn, text)?;
    let version = versions::get(conn, text, number)?;
    terms::hold(conn, text)?;
    let rows = kept::of_version(conn, version.id)?;
    let waiting = waiting(&rows);
    is_whole(&rows, &waiting, order)?;
    let there: HashMap<AmendmentId, &Filed> = waiting.iter().map(|own| (own.id, *own)).collect();
    let mut passed = HashSet::new();
    for own in order.iter().filter_map(|id| there.get(id)) {
        if own.parent.is_some_and(|parent| passed.contains(&parent)) {
            return Err(TextFault::ParentFirst { number: own.number }.into());
        }
        passed.insert(own.id);
    }
    let decided = rows.iter().filter(|own| !there.contains_key(&own.id));
    let last = decided.filter_map(|own| own.place).max().unwrap_or(0);
    on_each!(conn, |c| diesel::update(
        table::table.filter(table::id.eq_any(order))
    )
    .set(table::place.eq(None::<i64>))
    .execute(c))?;
    for (place, own) in (last + 1..).zip(order.iter().filter_map(|id| there.get(id).copied())) {
        kept::save(
            conn,
            Filed {
                place: Some(place),
                state: AmendmentState::Ordered,
                ..own.clone()
            },
        )?;
    }
    let numbers: Vec<i64> = order
        .iter()
        .filter_map(|id| Some(there.get(id)?.number))
        .collect();
    texts::note(
        conn,
        who,
        now,
        "text.order_amendments",
        &row,
        json!({ "numbers": numbers }),
    )?;
    reading::all(conn, order)
}

/// Puts the next amendment: what is asked of it is met (R84), no other is being put, none stands before it.
///
/// # Errors
/// 404; `not_seconded`; `languages_missing`; `not_circulated`; `illegal_step`; `another_put`; `not_its_turn`; `block_removed`;
/// `stale`.
pub fn put(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: AmendmentId,
    version: i64,
) -> Result<Shown, Fault> {
    let taken = kept::take(conn, id, Some(version))?;
    if taken.row.state.is_open() {
        terms::is_seconded(conn, &taken)?;
        terms::is_in_languages(conn, &taken)?;
        terms::is_circulated(&taken, now)?;
    }
    if taken.row.state != AmendmentState::Ordered {
        return Err(illegal_step(taken.row.state, AmendmentState::Put));
    }
    is_next(conn, &taken)?;
    filing::is_still_there(conn, taken.row.block)?;
    let row = kept::save(
        conn,
        Filed {
            state: AmendmentState::Put,
            put_at: Some(now),
            ..taken.row
        },
    )?;
    kept::note(conn, who, now, "text.put_amendment", &taken.text, &row)?;
    reading::get(conn, id)
}

/// Takes back into the order what was put, as long as nothing was decided of it.
///
/// # Errors
/// 404; `illegal_step`; `stale`.
pub fn put_back(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: AmendmentId,
    version: i64,
) -> Result<Shown, Fault> {
    let Taken { text, row, .. } = kept::take(conn, id, Some(version))?;
    if row.state != AmendmentState::Put {
        return Err(illegal_step(row.state, AmendmentState::Ordered));
    }
    let row = kept::save(
        conn,
        Filed {
            state: AmendmentState::Ordered,
            put_at: None,
            ..row
        },
    )?;
    kept::note(conn, who, now, "text.put_back_amendment", &text, &row)?;
    reading::get(conn, id)
}

/// Those that may be given a place: admissible, and what they amend is too.
fn waiting(rows: &[Filed]) -> Vec<&Filed> {
    let waits = |own: &Filed| matches!(own.state, AmendmentState::Admissible | AmendmentState::Ordered);
    let there: HashSet<AmendmentId> = rows.iter().filter(|own| waits(own)).map(|own| own.id).collect();
    rows.iter()
        .filter(|own| waits(own) && own.parent.is_none_or(|parent| there.contains(&parent)))
        .collect()
}

/// Goes on when an order names each of those that wait, once, and no other.
fn is_whole(rows: &[Filed], waiting: &[&Filed], order: &[AmendmentId]) -> Result<(), Fault> {
    let mut times: HashMap<AmendmentId, usize> = HashMap::new();
    order.iter().for_each(|id| *times.entry(*id).or_default() += 1);
    let waits: HashSet<AmendmentId> = waiting.iter().map(|own| own.id).collect();
    let expected = |own: &Filed| usize::from(waits.contains(&own.id));
    let mut numbers: Vec<i64> = Vec::new();
    for own in rows {
        if times.remove(&own.id).unwrap_or(0) != expected(own) {
            numbers.push(own.number);
        }
    }
    match numbers.is_empty() && times.is_empty() {
        true => Ok(()),
        false => Err(TextFault::OrderMismatch { numbers }.into()),
    }
}

/// Goes on when no other amendment to the text is being put, and none of its version stands before this one.
fn is_next(conn: &mut Conn, taken: &Taken) -> Result<(), Fault> {
    let other: Option<i64> = on_each!(conn, |c| table::table
        .filter(table::text.eq(taken.text.id))
        .filter(table::state.eq(AmendmentState::Put))
        .select(table::number)
        .first(c)
        .optional())?;
    if let Some(number) = other {
        return Err(TextFault::AnotherPut { number }.into());
    }
    let rows = kept::of_version(conn, taken.row.text_version)?;
    // What amends it and was found admissible since the order was made comes before it, in whatever place.
    let amends_it = |own: &&Filed| {
        own.parent == Some(taken.row.id)
            && matches!(own.state, AmendmentState::Admissible | AmendmentState::Ordered)
    };
    let first = rows
        .iter()
        .filter(|own| own.state == AmendmentState::Ordered)
        .min_by_key(|own| own.place);
    let before = rows.iter().find(amends_it).or(first);
    match before.filter(|own| own.id != taken.row.id) {
        Some(own) => Err(TextFault::NotItsTurn { next: own.number }.into()),
        None => Ok(()),
    }
}
