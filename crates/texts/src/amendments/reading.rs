//! Amendments as they may be read, side by side with the text, and with what it says when they are adopted.

use std::collections::HashMap;

use access_rules::{OrganisationId, PersonId};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Moment};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    advising,
    kept::{self, Filed, amendments_of},
    seconding, translating,
};
use crate::{
    amend::{
        Amendment, AmendmentId, Proposed,
        clash::{self, Clash, Overlaps},
        compare::{self, Comparison},
        consolidate::{self, Consolidated},
        state::{Advice, AmendmentState},
    },
    diff,
    model::{TextId, VersionId},
    tables::{text_amendments as table, text_versions},
    versions,
};

/// Who seconded an amendment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Seconder {
    /// For which organisation.
    #[schema(value_type = String)]
    pub organisation: OrganisationId,
    /// Who.
    #[schema(value_type = String)]
    pub person: PersonId,
    /// When.
    pub seconded_at: Moment,
}

/// What is recommended of an amendment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Advised {
    /// What.
    pub advice: Advice,
    /// Why, or how.
    pub note: String,
    /// When.
    pub advised_at: Moment,
    /// Guards edits.
    pub version: i64,
}

/// An amendment as it may be read. Who may is decided by the owner of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Shown {
    /// Its id.
    #[schema(value_type = String)]
    pub id: AmendmentId,
    /// To which text.
    #[schema(value_type = String)]
    pub text: TextId,
    /// To which version of it.
    pub against: i64,
    /// Which of the text's amendments, from 1.
    pub number: i64,
    /// The first of those filed with it.
    #[schema(value_type = String)]
    pub filing: AmendmentId,
    /// The one it amends.
    #[schema(value_type = Option<String>)]
    pub of: Option<AmendmentId>,
    /// What it proposes.
    pub proposed: Proposed,
    /// Who filed it.
    #[schema(value_type = String)]
    pub author: PersonId,
    /// For which organisation.
    #[schema(value_type = String)]
    pub organisation: OrganisationId,
    /// The language its reason is in.
    pub language: String,
    /// Its reason.
    pub reason: String,
    /// How far it is.
    pub state: AmendmentState,
    /// When it was filed.
    pub filed_at: Moment,
    /// Who seconded it.
    pub seconders: Vec<Seconder>,
    /// When it was circulated.
    pub circulated_at: Option<Moment>,
    /// Why it need not have been for so long.
    pub circulation_waived: Option<String>,
    /// The languages in which all is said that it proposes, beside that of the text.
    pub languages: Vec<String>,
    /// Why it may be put or not.
    pub admissibility_reason: Option<String>,
    /// What is recommended of it.
    pub advice: Option<Advised>,
    /// Its place in the chair's order.
    pub place: Option<i64>,
    /// When it was put.
    pub put_at: Option<Moment>,
    /// When it was decided.
    pub decided_at: Option<Moment>,
    /// What was noted of that.
    pub decision_note: Option<String>,
    /// What it fell for.
    #[schema(value_type = Option<String>)]
    pub fallen_for: Option<AmendmentId>,
    /// Why.
    pub fall_reason: Option<Clash>,
    /// The withdrawn one that it is.
    #[schema(value_type = Option<String>)]
    pub taken_up_from: Option<AmendmentId>,
    /// When it was taken into the working copy.
    pub applied_at: Option<Moment>,
    /// Others to the same version that propose the same: they could be seconded instead.
    #[schema(value_type = Vec<String>)]
    pub identical: Vec<AmendmentId>,
    /// Guards every act.
    pub version: i64,
}

/// An amendment.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, id: AmendmentId) -> Result<Shown, Fault> {
    let row = kept::row(conn, id)?;
    shown(conn, vec![row])?.pop().ok_or_else(Fault::not_found)
}

/// The amendments to a text, or to one version of it: those that have a place in the order first, in that order, then the
/// others by their numbers.
///
/// # Errors
/// 404 for a version that is not there.
pub fn list(conn: &mut Conn, text: TextId, number: Option<i64>) -> Result<Vec<Shown>, Fault> {
    let mut rows: Vec<Filed> = match number {
        Some(number) => {
            let version = versions::get(conn, text, number)?;
            kept::of_version(conn, version.id)?
        }
        None => on_each!(conn, |c| table::table
            .filter(table::text.eq(text))
            .order(table::number)
            .select(Filed::as_select())
            .load(c))?,
    };
    rows.sort_by_key(|own| (own.place.unwrap_or(i64::MAX), own.number));
    shown(conn, rows)
}

/// The numbers of those to a version that were found admissible and are not decided: the text as amended comes after them
/// (R82).
///
/// # Errors
/// 404.
pub fn undecided(conn: &mut Conn, text: TextId, number: i64) -> Result<Vec<i64>, Fault> {
    let version = versions::get(conn, text, number)?;
    let waits = [
        AmendmentState::Admissible,
        AmendmentState::Ordered,
        AmendmentState::Put,
    ];
    Ok(on_each!(conn, |c| table::table
        .filter(table::text_version.eq(version.id))
        .filter(table::state.eq_any(waits))
        .order(table::number)
        .select(table::number)
        .load(c))?)
}

/// Where the amendments to a version overlap: those that are open or were adopted.
///
/// # Errors
/// 404.
pub fn overlaps(conn: &mut Conn, text: TextId, number: i64) -> Result<Overlaps, Fault> {
    let version = versions::get(conn, text, number)?;
    let mut rows = kept::of_version(conn, version.id)?;
    rows.retain(counts);
    Ok(clash::overlaps(&amendments_of(&rows)))
}

/// A version beside its amendments: what each changes, and what those that were adopted change together.
///
/// # Errors
/// 404.
pub fn compare(conn: &mut Conn, text: TextId, number: i64) -> Result<Comparison, Fault> {
    let version = versions::get(conn, text, number)?;
    let base = &version.blocks.0;
    let rows = kept::of_version(conn, version.id)?;
    let consolidated = consolidate::consolidate(base, &effective(&rows));
    Ok(Comparison {
        amendments: compare::each(base, &amendments_of(&rows)),
        whole: diff::between(base, &consolidated.blocks),
        consolidated,
    })
}

/// What a version would say if these were adopted beside those that were: [`Consolidated::left_out`] names those that have no
/// place among the others.
///
/// # Errors
/// 404, for one that is not to this version too.
pub fn preview(
    conn: &mut Conn,
    text: TextId,
    number: i64,
    chosen: &[AmendmentId],
) -> Result<Consolidated, Fault> {
    let version = versions::get(conn, text, number)?;
    let rows = kept::of_version(conn, version.id)?;
    let mut all = effective(&rows);
    for id in chosen {
        let own = rows
            .iter()
            .find(|own| own.id == *id)
            .ok_or_else(Fault::not_found)?;
        if all.iter().all(|other| other.id != *id) {
            all.push(own.amendment());
        }
    }
    Ok(consolidate::consolidate(&version.blocks.0, &all))
}

/// What an amendment proposes now, with those amendments to it that were adopted: that is what is put.
///
/// # Errors
/// 404.
pub fn amended(conn: &mut Conn, id: AmendmentId) -> Result<Proposed, Fault> {
    let row = kept::row(conn, id)?;
    let mut rows = kept::of_version(conn, row.text_version)?;
    rows.retain(|own| own.state == AmendmentState::Adopted);
    Ok(consolidate::amended(&row.amendment(), &amendments_of(&rows)))
}

/// These, in this order.
pub fn all(conn: &mut Conn, ids: &[AmendmentId]) -> Result<Vec<Shown>, Fault> {
    let rows: Vec<Filed> = on_each!(conn, |c| table::table
        .filter(table::id.eq_any(ids))
        .select(Filed::as_select())
        .load(c))?;
    let mut found: HashMap<AmendmentId, Shown> =
        shown(conn, rows)?.into_iter().map(|own| (own.id, own)).collect();
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// Those that were adopted and have an effect: what amends one that was not adopted has none.
pub fn effective(rows: &[Filed]) -> Vec<Amendment> {
    let is_adopted = |own: &&Filed| own.state == AmendmentState::Adopted;
    let adopted: HashMap<AmendmentId, &Filed> =
        rows.iter().filter(is_adopted).map(|own| (own.id, own)).collect();
    rows.iter()
        .filter(is_adopted)
        .filter(|own| own.parent.is_none_or(|parent| adopted.contains_key(&parent)))
        .map(Filed::amendment)
        .collect()
}

/// Whether one still counts beside others.
fn counts(row: &Filed) -> bool {
    row.state.is_open() || matches!(row.state, AmendmentState::Put | AmendmentState::Adopted)
}

fn shown(conn: &mut Conn, rows: Vec<Filed>) -> Result<Vec<Shown>, Fault> {
    let ids: Vec<AmendmentId> = rows.iter().map(|own| own.id).collect();
    let mut seconders: HashMap<AmendmentId, Vec<Seconder>> = HashMap::new();
    for own in seconding::of(conn, &ids)? {
        seconders.entry(own.amendment).or_default().push(Seconder {
            organisation: own.organisation,
            person: own.person,
            seconded_at: own.seconded_at,
        });
    }
    let advice = advising::of(conn, &ids)?;
    let mut advice: HashMap<AmendmentId, Advised> = advice
        .into_iter()
        .map(|own| {
            let advised = Advised {
                advice: own.advice,
                note: own.note,
                advised_at: own.advised_at,
                version: own.version,
            };
            (own.amendment, advised)
        })
        .collect();
    let mut said: HashMap<AmendmentId, Vec<translating::SaidRow>> = HashMap::new();
    for own in translating::of(conn, &ids)? {
        said.entry(own.amendment).or_default().push(own);
    }
    let numbers = numbers(conn, &rows)?;
    let alike = alike(conn, &rows)?;
    let shown = |row: Filed| {
        let languages = said
            .get(&row.id)
            .map_or_else(Vec::new, |there| translating::languages(&row, there));
        let same = alike.get(&(row.text_version, row.hash.clone()));
        let identical = same.into_iter().flatten().filter(|id| **id != row.id);
        Shown {
            against: numbers.get(&row.text_version).copied().unwrap_or_default(),
            seconders: seconders.remove(&row.id).unwrap_or_default(),
            advice: advice.remove(&row.id),
            identical: identical.copied().collect(),
            languages,
            id: row.id,
            text: row.text,
            number: row.number,
            filing: row.filing,
            of: row.parent,
            proposed: row.proposed.0,
            author: row.author,
            organisation: row.organisation,
            language: row.language,
            reason: row.reason,
            state: row.state,
            filed_at: row.filed_at,
            circulated_at: row.circulated_at,
            circulation_waived: row.circulation_waived,
            admissibility_reason: row.admissibility_reason,
            place: row.place,
            put_at: row.put_at,
            decided_at: row.decided_at,
            decision_note: row.decision_note,
            fallen_for: row.fallen_for,
            fall_reason: row.fall_reason,
            taken_up_from: row.taken_up_from,
            applied_at: row.applied_at,
            version: row.version,
        }
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// The numbers of the versions that these amend.
fn numbers(conn: &mut Conn, rows: &[Filed]) -> Result<HashMap<VersionId, i64>, Fault> {
    let versions: Vec<VersionId> = versions_of(rows);
    let found: Vec<(VersionId, i64)> = on_each!(conn, |c| text_versions::table
        .filter(text_versions::id.eq_any(&versions))
        .select((text_versions::id, text_versions::number))
        .load(c))?;
    Ok(found.into_iter().collect())
}

/// Those to the same versions that still count, by what they propose.
fn alike(conn: &mut Conn, rows: &[Filed]) -> Result<HashMap<(VersionId, String), Vec<AmendmentId>>, Fault> {
    let versions: Vec<VersionId> = versions_of(rows);
    let found: Vec<(AmendmentId, VersionId, String)> = on_each!(conn, |c| table::table
        .filter(table::text_version.eq_any(&versions))
        .filter(table::state.ne(AmendmentState::Withdrawn))
        .order(table::number)
        .select((table::id, table::text_version, table::hash))
        .load(c))?;
    let mut alike: HashMap<(VersionId, String), Vec<AmendmentId>> = HashMap::new();
    for (id, version, hash) in found {
        alike.entry((version, hash)).or_default().push(id);
    }
    Ok(alike)
}

fn versions_of(rows: &[Filed]) -> Vec<VersionId> {
    let mut versions: Vec<VersionId> = rows.iter().map(|own| own.text_version).collect();
    versions.sort_unstable();
    versions.dedup();
    versions
}
