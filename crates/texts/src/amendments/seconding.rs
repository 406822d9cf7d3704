//! What an amendment goes through before it may be put: seconders, circulation, and whether it is admissible (R84).

use access_rules::{OrganisationId, PersonId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Moment};

use super::{
    deciding,
    kept::{self, Filed, Taken},
    reading::{self, Shown},
    terms,
};
use crate::{
    amend::{AmendmentId, clash::Clash, state::AmendmentState},
    faults::TextFault,
    rules::REASON_MAX,
    tables::text_amendment_seconders as table,
};

/// Who seconded an amendment, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = table)]
pub struct SeconderRow {
    /// Which amendment.
    pub amendment: AmendmentId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// Who.
    pub person: PersonId,
    /// When.
    pub seconded_at: Moment,
}

/// Seconds an amendment, for an organisation that has not yet. With the last that is asked for it is seconded.
///
/// # Errors
/// 401; 404; `own_amendment`; `already_seconded`; `amendment_closed`.
pub fn second(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: AmendmentId,
    organisation: OrganisationId,
) -> Result<Shown, Fault> {
    let person = who.ok_or_else(Fault::sign_in_needed)?;
    let taken = kept::take(conn, id, None)?;
    if !taken.row.state.is_open() {
        return Err(TextFault::AmendmentClosed.into());
    }
    if taken.row.author == person || taken.row.organisation == organisation {
        return Err(TextFault::OwnAmendment.into());
    }
    let row = SeconderRow {
        amendment: id,
        organisation,
        person,
        seconded_at: now,
    };
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&row)
        .on_conflict_do_nothing()
        .execute(c))
    .one_or(TextFault::AlreadySeconded.into())?;
    let has_enough = terms::seconders_of(conn, &taken)? >= taken.terms.seconders_least;
    let state = match (taken.row.state, has_enough) {
        (AmendmentState::Drafted, true) => AmendmentState::Seconded,
        (state, _) => state,
    };
    let row = kept::save(conn, Filed { state, ..taken.row })?;
    kept::note(conn, who, now, "text.second_amendment", &taken.text, &row)?;
    reading::get(conn, id)
}

/// Finds an amendment admissible, or not and why: what amends it falls then.
///
/// # Errors
/// 404; `invalid`: `reason`; `not_seconded`; `illegal_step`; `stale`.
pub fn judge(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: AmendmentId,
    version: i64,
    is_admissible: bool,
    reason: &str,
) -> Result<Shown, Fault> {
    let taken = kept::take(conn, id, Some(version))?;
    let mut fields = Fields::new();
    let reason = fields.paragraph("reason", reason, REASON_MAX);
    if reason.is_empty() && !is_admissible && !fields.has("reason") {
        fields.wrong("reason", "required");
    }
    fields.done()?;
    if taken.row.state.is_open() {
        terms::is_seconded(conn, &taken)?;
    }
    let to = match is_admissible {
        true => AmendmentState::Admissible,
        false => AmendmentState::Inadmissible,
    };
    // As many as are asked for now, where fewer were when it was filed.
    let from = match taken.row.state {
        AmendmentState::Drafted => AmendmentState::Seconded,
        state => state,
    };
    let row = Filed {
        state: from,
        ..taken.row
    };
    row.may_go(to)?;
    let row = kept::save(
        conn,
        Filed {
            state: to,
            admissibility_reason: Some(reason),
            ..row
        },
    )?;
    kept::note(conn, who, now, "text.judge_amendment", &taken.text, &row)?;
    if !is_admissible {
        let others = kept::of_version(conn, row.text_version)?;
        deciding::fall(conn, who, now, &taken.text, Some(id), others, |own| {
            (own.parent == Some(id)).then_some(Clash::ParentGone)
        })?;
    }
    reading::get(conn, id)
}

/// Circulates an amendment: from now on it is before everybody, in every language that is asked for. Once is enough.
///
/// # Errors
/// 404; `not_seconded`; `languages_missing`; `amendment_closed`; `stale`.
pub fn circulate(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: AmendmentId,
    version: i64,
) -> Result<Shown, Fault> {
    let taken = open(conn, id, version)?;
    terms::is_seconded(conn, &taken)?;
    terms::is_in_languages(conn, &taken)?;
    let circulated_at = taken.row.circulated_at.or(Some(now));
    let row = kept::save(
        conn,
        Filed {
            circulated_at,
            ..taken.row
        },
    )?;
    kept::note(conn, who, now, "text.circulate_amendment", &taken.text, &row)?;
    reading::get(conn, id)
}

/// Has an amendment put although it was not circulated for as long as is asked for, with a reason that stays beside it.
///
/// # Errors
/// 404; `invalid`: `reason`; `amendment_closed`; `stale`.
pub fn waive_circulation(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: AmendmentId,
    version: i64,
    reason: &str,
) -> Result<Shown, Fault> {
    let taken = open(conn, id, version)?;
    let mut fields = Fields::new();
    let reason = fields.paragraph("reason", reason, REASON_MAX);
    if reason.is_empty() && !fields.has("reason") {
        fields.wrong("reason", "required");
    }
    fields.done()?;
    let row = kept::save(
        conn,
        Filed {
            circulation_waived: Some(reason),
            ..taken.row
        },
    )?;
    kept::note(conn, who, now, "text.waive_circulation", &taken.text, &row)?;
    reading::get(conn, id)
}

/// Forgets who seconded an amendment that proposes something else now.
pub fn forget(conn: &mut Conn, id: AmendmentId) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::delete(
        table::table.filter(table::amendment.eq(id))
    )
    .execute(c))?;
    Ok(())
}

/// Who seconded these, the first first.
pub fn of(conn: &mut Conn, amendments: &[AmendmentId]) -> Result<Vec<SeconderRow>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::amendment.eq_any(amendments))
        .order((table::amendment, table::seconded_at, table::organisation))
        .select(SeconderRow::as_select())
        .load(c))?)
}

fn open(conn: &mut Conn, id: AmendmentId, version: i64) -> Result<Taken, Fault> {
    let taken = kept::take(conn, id, Some(version))?;
    match taken.row.state.is_open() {
        true => Ok(taken),
        false => Err(TextFault::AmendmentClosed.into()),
    }
}
