//! How amendments are kept, and how an act takes hold of one.

use access_rules::{OrganisationId, PersonId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Json, Moment, fault::illegal_step};
use serde_json::{Value, json};

use super::terms::{self, TermsRow};
use crate::{
    amend::{
        Amendment, AmendmentId, Proposed,
        clash::Clash,
        state::{Advice, AmendmentState},
    },
    model::{BlockId, Text, TextId, VersionId},
    tables::{text_amendment_advice, text_amendments},
    texts,
};

/// An amendment as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = text_amendments, treat_none_as_null = true)]
pub struct Filed {
    /// Its id.
    pub id: AmendmentId,
    /// To which text.
    pub text: TextId,
    /// To which version of it.
    pub text_version: VersionId,
    /// Which of the text's amendments, from 1.
    pub number: i64,
    /// The first of those filed with it.
    pub filing: AmendmentId,
    /// The one it amends.
    pub parent: Option<AmendmentId>,
    /// The block of the version that it is anchored to.
    pub block: Option<BlockId>,
    /// What it proposes.
    pub proposed: Json<Proposed>,
    /// The hash of that.
    pub hash: String,
    /// Who filed it.
    pub author: PersonId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// The language its reason is in.
    pub language: String,
    /// Its reason.
    pub reason: String,
    /// How far it is.
    pub state: AmendmentState,
    /// When it was filed.
    pub filed_at: Moment,
    /// When it was circulated.
    pub circulated_at: Option<Moment>,
    /// Why it need not have been for so long.
    pub circulation_waived: Option<String>,
    /// Why it may be put or not.
    pub admissibility_reason: Option<String>,
    /// Its place in the chair's order.
    pub place: Option<i64>,
    /// When it was put.
    pub put_at: Option<Moment>,
    /// When it was decided.
    pub decided_at: Option<Moment>,
    /// What was noted of that.
    pub decision_note: Option<String>,
    /// What it fell for.
    pub fallen_for: Option<AmendmentId>,
    /// Why.
    pub fall_reason: Option<Clash>,
    /// The state it fell from.
    pub fell_from: Option<AmendmentState>,
    /// The withdrawn one that it is.
    pub taken_up_from: Option<AmendmentId>,
    /// When it was taken into the working copy.
    pub applied_at: Option<Moment>,
    /// Guards every act.
    pub version: i64,
}

/// What a committee recommends of one.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = text_amendment_advice)]
pub struct AdviceRow {
    /// Of which.
    pub amendment: AmendmentId,
    /// What.
    pub advice: Advice,
    /// Why, or how.
    pub note: String,
    /// Who said so.
    pub advised_by: Option<PersonId>,
    /// When.
    pub advised_at: Moment,
    /// Guards edits.
    pub version: i64,
}

/// An amendment that an act holds, with its text and what that asks for.
pub struct Taken {
    /// The text.
    pub text: Text,
    /// What it asks for.
    pub terms: TermsRow,
    /// The amendment.
    pub row: Filed,
}

impl Filed {
    /// As a value.
    pub fn amendment(&self) -> Amendment {
        Amendment {
            id: self.id,
            of: self.parent,
            order: self.place.unwrap_or(i64::MAX),
            proposed: self.proposed.0.clone(),
        }
    }

    /// Goes on when its state leads to another.
    pub fn may_go(&self, to: AmendmentState) -> Result<(), Fault> {
        match self.state.leads_to(to) {
            true => Ok(()),
            false => Err(illegal_step(self.state, to)),
        }
    }
}

/// As values.
pub fn amendments_of(rows: &[Filed]) -> Vec<Amendment> {
    rows.iter().map(Filed::amendment).collect()
}

/// An amendment that is there.
pub fn row(conn: &mut Conn, id: AmendmentId) -> Result<Filed, Fault> {
    let found: Option<Filed> = on_each!(conn, |c| text_amendments::table
        .find(id)
        .select(Filed::as_select())
        .first(c)
        .optional())?;
    found.ok_or_else(Fault::not_found)
}

/// Those to a version, by their numbers.
pub fn of_version(conn: &mut Conn, version: VersionId) -> Result<Vec<Filed>, Fault> {
    Ok(on_each!(conn, |c| text_amendments::table
        .filter(text_amendments::text_version.eq(version))
        .order(text_amendments::number)
        .select(Filed::as_select())
        .load(c))?)
}

/// Takes hold of an amendment, on the version of it that was seen, where one is named.
pub fn take(conn: &mut Conn, id: AmendmentId, version: Option<i64>) -> Result<Taken, Fault> {
    let text = row(conn, id)?.text;
    let text = texts::get(conn, text)?;
    let terms = terms::hold(conn, text.id)?;
    let row = row(conn, id)?;
    match version {
        Some(seen) if seen != row.version => {
            let now = json!({ "state": row.state, "version": row.version });
            Err(Fault::stale().with("now", now))
        }
        Some(_) | None => Ok(Taken { text, terms, row }),
    }
}

/// Writes a new amendment.
pub fn put_in(conn: &mut Conn, row: &Filed) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::insert_into(text_amendments::table)
        .values(row)
        .execute(c))
    .exactly_one()
}

/// Writes an amendment as it is after an act, and counts it.
pub fn save(conn: &mut Conn, after: Filed) -> Result<Filed, Fault> {
    let after = Filed {
        version: after.version + 1,
        ..after
    };
    on_each!(conn, |c| diesel::update(text_amendments::table.find(after.id))
        .filter(text_amendments::version.eq(after.version - 1))
        .set(&after)
        .execute(c))
    .one_or(Fault::stale())?;
    Ok(after)
}

/// Notes an act on an amendment.
pub fn note(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    act: &str,
    text: &Text,
    row: &Filed,
) -> Result<(), Fault> {
    let summary: Value = json!({ "amendment": row.id, "number": row.number, "state": row.state });
    texts::note(conn, who, now, act, text, summary)
}

/// What amendments say in words that may name somebody: reasons and notes.
pub(crate) type Names = (
    AmendmentId,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
);

/// The words of every amendment that may name somebody, and those of what is recommended of them.
pub(crate) fn names(conn: &mut Conn) -> Result<(Vec<Names>, Vec<(AmendmentId, String)>), Fault> {
    let own = on_each!(conn, |c| text_amendments::table
        .select((
            text_amendments::id,
            text_amendments::reason,
            text_amendments::circulation_waived,
            text_amendments::admissibility_reason,
            text_amendments::decision_note,
        ))
        .load(c))?;
    let advice = on_each!(conn, |c| text_amendment_advice::table
        .select((text_amendment_advice::amendment, text_amendment_advice::note))
        .load(c))?;
    Ok((own, advice))
}

/// Puts other words in their place.
pub(crate) fn rename(conn: &mut Conn, own: &[Names], advice: &[(AmendmentId, String)]) -> Result<(), Fault> {
    for (id, reason, waived, admissibility, decision) in own {
        on_each!(conn, |c| diesel::update(text_amendments::table.find(id))
            .set((
                text_amendments::reason.eq(reason),
                text_amendments::circulation_waived.eq(waived),
                text_amendments::admissibility_reason.eq(admissibility),
                text_amendments::decision_note.eq(decision),
            ))
            .execute(c))
        .exactly_one()?;
    }
    for (id, note) in advice {
        on_each!(conn, |c| diesel::update(text_amendment_advice::table.find(id))
            .set(text_amendment_advice::note.eq(note))
            .execute(c))
        .exactly_one()?;
    }
    Ok(())
}
