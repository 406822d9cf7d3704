//! Fees, a row per organisation and year. A year without a row is unpaid.
//!
//! Whether a member is in arrears is a step of its membership that staff take; [`rules::years_owed`] tells them when.

use access_rules::{Actor, OrganisationId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, LocalDate, Moment};
use records::audit::{self, Note};
use serde::Deserialize;
use serde_json::json;

use crate::{
    changed,
    model::{Dues, DuesState},
    organisations, rules,
    tables::dues,
};

/// The first year there could be a fee for: UCLG was founded in 2004.
pub const YEAR_FIRST: i32 = 2004;
/// The last year that is plausible.
pub const YEAR_LAST: i32 = 2100;

/// What the form of a fee asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct DuesInput {
    /// For which year.
    pub year: i32,
    /// What became of it.
    pub state: Option<DuesState>,
    /// How much was paid, in hundredths of the currency.
    pub amount_cents: Option<i64>,
    /// The currency, ISO 4217.
    pub currency: String,
    /// On which day.
    pub paid_on: Option<LocalDate>,
}

/// Records what became of a year's fee, or corrects it.
///
/// # Errors
/// 401, 403, 404; `already_merged`; `invalid` with each field.
pub fn record(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    organisation: OrganisationId,
    input: &DuesInput,
) -> Result<Dues, Fault> {
    let of = organisations::managed(conn, actor, now, organisation)?;
    organisations::refuse_merged(&of)?;
    let mut fields = Fields::new();
    fields.within("year", input.year.into(), YEAR_FIRST.into(), YEAR_LAST.into());
    let state = fields.required("state", input.state);
    let currency = input.currency.trim().to_ascii_uppercase();
    let is_currency = currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase());
    if !currency.is_empty() && !is_currency {
        fields.wrong("currency", "not_a_currency");
    }
    if let Some(amount) = input.amount_cents {
        fields.within("amount_cents", amount, 0, 1_000_000_000_000);
        if currency.is_empty() {
            fields.wrong("currency", "required");
        }
    }
    fields.done()?;
    let row = Dues {
        organisation,
        year: input.year,
        state: state.unwrap_or(DuesState::Paid),
        amount_cents: input.amount_cents,
        currency,
        paid_on: input.paid_on,
        recorded_at: now,
        recorded_by: actor.person,
    };
    keep(conn, &row)?;
    changed::organisation(conn, now, organisation)?;
    Ok(row)
}

/// The fees of an organisation by year; unchecked.
///
/// # Errors
/// When the database refuses.
pub fn of(conn: &mut Conn, organisation: OrganisationId) -> Result<Vec<Dues>, Fault> {
    Ok(on_each!(conn, |c| dues::table
        .filter(dues::organisation.eq(organisation))
        .order(dues::year)
        .select(Dues::as_select())
        .load(c))?)
}

/// The years from `first` to `last` an organisation still owes; unchecked.
///
/// # Errors
/// When the database refuses.
pub fn owed(conn: &mut Conn, organisation: OrganisationId, first: i32, last: i32) -> Result<Vec<i32>, Fault> {
    let dues: Vec<(i32, DuesState)> = of(conn, organisation)?
        .iter()
        .map(|dues| (dues.year, dues.state))
        .collect();
    Ok(rules::years_owed(
        &dues,
        first.max(YEAR_FIRST),
        last.min(YEAR_LAST),
    ))
}

/// Writes a year's fee over what was there.
pub(crate) fn keep(conn: &mut Conn, row: &Dues) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::insert_into(dues::table)
        .values(row)
        .on_conflict((dues::organisation, dues::year))
        .do_update()
        .set(row)
        .execute(c))
    .exactly_one()?;
    let note = Note {
        actor: row.recorded_by.map(Id::cast),
        object_id: Some(row.organisation.uuid()),
        summary: json!({
            "year": row.year, "state": row.state, "amount_cents": row.amount_cents, "currency": row.currency,
        }),
        ..Note::of("dues.record", "organisation")
    };
    audit::note(conn, row.recorded_at, &note)
}
