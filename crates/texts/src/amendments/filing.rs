//! Amendments handed in, changed or taken back by their author, and taken up by somebody else.

use std::collections::HashSet;

use access_rules::{OrganisationId, PersonId};
use db::{Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Json, Moment};
use records::limits;

use super::{
    deciding,
    kept::{self, Filed, Taken},
    reading::{self, Shown},
    seconding, terms, translating,
};
use crate::{
    amend::{AmendmentId, Proposed, clash::Clash, distance, proposing, state::AmendmentState},
    blocks,
    clean::Notices,
    faults::TextFault,
    model::{Block, BlockId, BlockKind, TextId, Version, VersionId},
    rules::REASON_MAX,
    tables::{text_amendments, text_versions},
    texts, versions,
};

/// Most amendments that are filed together.
pub const FILED_MAX: usize = 100;
/// Most filings by one author within [`FILED_SECONDS`].
const FILED_MOST: i64 = 60;
/// The window of [`FILED_MOST`].
const FILED_SECONDS: i64 = 3_600;

/// Amendments as they are handed in: of one author, for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAmendments {
    /// To which text.
    pub text: TextId,
    /// To which version of it.
    pub number: i64,
    /// The amendment that they amend; none when they amend the text.
    pub of: Option<AmendmentId>,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// The language of the reason, a BCP 47 tag. What is proposed is in that of the text.
    pub language: String,
    /// Why; may be empty.
    pub reason: String,
    /// What is proposed, each put by itself.
    pub proposed: Vec<Proposed>,
}

/// What came of a filing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filing {
    /// The amendments, in their order.
    pub amendments: Vec<Shown>,
    /// What was changed in what was handed in.
    pub notices: Notices,
}

/// Files amendments to a version of a text, or to an amendment.
///
/// # Errors
/// 401; 404; `invalid`: `language`, `reason`, `proposed`; `whole_replacement`; `amendment_too_deep`; `amendment_closed`;
/// `block_removed`, naming the last version that holds the block; `too_many`.
pub fn file(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    machine_now: Moment,
    input: NewAmendments,
) -> Result<Filing, Fault> {
    let author = who.ok_or_else(Fault::sign_in_needed)?;
    let text = texts::get(conn, input.text)?;
    let version = versions::get(conn, input.text, input.number)?;
    let held = terms::hold(conn, text.id)?;
    let amended = open_amendment(conn, input.of, version.id)?;
    let mut fields = Fields::new();
    let mut notices = Notices::default();
    let language = texts::language(&mut fields, &input.language);
    let reason = fields.paragraph("reason", &input.reason, REASON_MAX);
    let proposed = checked(
        &mut fields,
        &version,
        amended.as_ref(),
        input.proposed,
        &mut notices,
    );
    fields.done()?;
    if amended.is_none() && distance::replaces_whole(&version.blocks.0, &proposed) {
        return Err(TextFault::WholeReplacement.into());
    }
    for own in proposed.iter().filter(|_| amended.is_none()) {
        is_still_there(conn, own.target())?;
    }
    limits::spend(
        conn,
        machine_now,
        "text_amendments",
        &author.to_string(),
        FILED_MOST,
        FILED_SECONDS,
    )?;
    let first = terms::number(conn, &held, i64::try_from(proposed.len()).unwrap_or(i64::MAX))?;
    let filing: AmendmentId = Id::new();
    let mut ids = Vec::with_capacity(proposed.len());
    for (number, proposed) in (first..).zip(proposed) {
        let id = if ids.is_empty() { filing } else { Id::new() };
        let row = Filed {
            number,
            filing,
            parent: input.of,
            language: language.clone(),
            reason: reason.clone(),
            state: begins(held.seconders_least),
            ..new(id, &version, proposed, input.of, author, input.organisation, now)
        };
        kept::put_in(conn, &row)?;
        kept::note(conn, who, now, "text.file_amendment", &text, &row)?;
        ids.push(id);
    }
    Ok(Filing {
        amendments: reading::all(conn, &ids)?,
        notices,
    })
}

/// Has an amendment propose something else, by its author, as long as it is neither circulated nor found admissible. Who
/// seconded it seconded something else, and is asked anew.
///
/// # Errors
/// 401; 403 for anybody else; 404; `invalid`: `reason`, `proposed`; `whole_replacement`; `block_removed`; `illegal_step`;
/// `stale`.
pub fn change(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: AmendmentId,
    version: i64,
    proposed: Proposed,
    reason: &str,
) -> Result<Filing, Fault> {
    let taken = kept::take(conn, id, Some(version))?;
    is_author(who, &taken.row)?;
    let begins = begins(taken.terms.seconders_least);
    let is_early = [AmendmentState::Drafted, AmendmentState::Seconded].contains(&taken.row.state);
    if !is_early || taken.row.circulated_at.is_some() {
        return Err(kernel::fault::illegal_step(taken.row.state, begins));
    }
    let sealed = sealed(conn, taken.row.text_version)?;
    let amended = open_amendment(conn, taken.row.parent, sealed.id)?;
    let mut fields = Fields::new();
    let mut notices = Notices::default();
    let reason = fields.paragraph("reason", reason, REASON_MAX);
    let proposed = checked(
        &mut fields,
        &sealed,
        amended.as_ref(),
        vec![proposed],
        &mut notices,
    );
    fields.done()?;
    let Some(proposed) = proposed.into_iter().next() else {
        return Err(Fault::field("proposed", "required"));
    };
    if amended.is_none() {
        is_still_there(conn, proposed.target())?;
        let mut filed = filed_with(conn, &taken.row)?;
        filed.push(proposed.clone());
        if distance::replaces_whole(&sealed.blocks.0, &filed) {
            return Err(TextFault::WholeReplacement.into());
        }
    }
    seconding::forget(conn, id)?;
    let row = kept::save(
        conn,
        Filed {
            block: anchor(taken.row.parent, &proposed),
            hash: proposed.fingerprint(taken.row.parent),
            proposed: Json(proposed),
            reason,
            state: begins,
            ..taken.row
        },
    )?;
    kept::note(conn, who, now, "text.change_amendment", &taken.text, &row)?;
    Ok(Filing {
        amendments: vec![reading::get(conn, id)?],
        notices,
    })
}

/// Takes an amendment back, by its author, until it is put. What amended it falls.
///
/// # Errors
/// 401; 403 for anybody else; 404; `already_amended`; `illegal_step`; `stale`.
pub fn withdraw(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: AmendmentId,
    version: i64,
) -> Result<Shown, Fault> {
    let Taken { text, row, .. } = kept::take(conn, id, Some(version))?;
    is_author(who, &row)?;
    row.may_go(AmendmentState::Withdrawn)?;
    let others = kept::of_version(conn, row.text_version)?;
    let is_adopted = |own: &Filed| own.parent == Some(id) && own.state == AmendmentState::Adopted;
    if others.iter().any(is_adopted) {
        return Err(TextFault::AlreadyAmended.into());
    }
    let row = kept::save(
        conn,
        Filed {
            state: AmendmentState::Withdrawn,
            place: None,
            ..row
        },
    )?;
    deciding::fall(conn, who, now, &text, Some(id), others, |own| {
        (own.parent == Some(id)).then_some(Clash::ParentGone)
    })?;
    kept::note(conn, who, now, "text.withdraw_amendment", &text, &row)?;
    reading::get(conn, id)
}

/// Takes up as one's own an amendment that was withdrawn. It waits for seconders of its own; those it was circulated to have
/// read it.
///
/// # Errors
/// 401; 404; `taken_up`; `illegal_step` when it was not withdrawn; `amendment_closed`; `block_removed`.
pub fn take_up(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    id: AmendmentId,
    organisation: OrganisationId,
) -> Result<Shown, Fault> {
    let author = who.ok_or_else(Fault::sign_in_needed)?;
    let Taken {
        text,
        terms: held,
        row,
    } = kept::take(conn, id, None)?;
    let begins = begins(held.seconders_least);
    if row.state != AmendmentState::Withdrawn {
        return Err(kernel::fault::illegal_step(row.state, begins));
    }
    let again: i64 = on_each!(conn, |c| text_amendments::table
        .filter(text_amendments::taken_up_from.eq(id))
        .count()
        .get_result(c))?;
    if again > 0 {
        return Err(TextFault::TakenUp.into());
    }
    open_amendment(conn, row.parent, row.text_version)?;
    is_still_there(conn, row.block)?;
    let own: AmendmentId = Id::new();
    let taken_up = Filed {
        id: own,
        number: terms::number(conn, &held, 1)?,
        filing: own,
        author,
        organisation,
        state: begins,
        filed_at: now,
        admissibility_reason: None,
        place: None,
        taken_up_from: Some(id),
        version: 1,
        ..row
    };
    kept::put_in(conn, &taken_up)?;
    translating::copy(conn, id, &taken_up)?;
    kept::note(conn, who, now, "text.take_up_amendment", &text, &taken_up)?;
    reading::get(conn, own)
}

/// Goes on when the block that an amendment is anchored to is still in the working copy.
pub fn is_still_there(conn: &mut Conn, block: Option<BlockId>) -> Result<(), Fault> {
    match block {
        Some(block) => blocks::get(conn, block).map(drop),
        None => Ok(()),
    }
}

/// The sealed version with an id.
pub fn sealed(conn: &mut Conn, id: VersionId) -> Result<Version, Fault> {
    Ok(on_each!(conn, |c| text_versions::table
        .find(id)
        .select(Version::as_select())
        .first(c))?)
}

/// The state an amendment begins in: where no seconders are asked for it has as many.
const fn begins(seconders_least: i64) -> AmendmentState {
    match seconders_least {
        ..=0 => AmendmentState::Seconded,
        1.. => AmendmentState::Drafted,
    }
}

fn is_author(who: Option<PersonId>, row: &Filed) -> Result<(), Fault> {
    match who.ok_or_else(Fault::sign_in_needed)? == row.author {
        true => Ok(()),
        false => Err(Fault::forbidden("not_allowed")),
    }
}

/// The amendment to the version that is to be amended, where one is named: open, and none itself to another.
fn open_amendment(
    conn: &mut Conn,
    of: Option<AmendmentId>,
    version: VersionId,
) -> Result<Option<Filed>, Fault> {
    let Some(of) = of else { return Ok(None) };
    let row = kept::row(conn, of)?;
    if row.text_version != version {
        return Err(Fault::not_found());
    }
    if row.parent.is_some() {
        return Err(TextFault::AmendmentTooDeep.into());
    }
    match row.state.is_open() {
        true => Ok(Some(row)),
        false => Err(TextFault::AmendmentClosed.into()),
    }
}

/// What is proposed, checked against the version or the amendment that it is about.
fn checked(
    fields: &mut Fields,
    version: &Version,
    amended: Option<&Filed>,
    raw: Vec<Proposed>,
    notices: &mut Notices,
) -> Vec<Proposed> {
    if raw.is_empty() {
        fields.wrong("proposed", "required");
    }
    if raw.len() > FILED_MAX {
        fields.wrong_with("proposed", "too_many_amendments", "most", FILED_MAX);
        return vec![];
    }
    let base: &[Block] = amended.map_or(&version.blocks.0, |row| row.proposed.0.blocks());
    let notes: HashSet<BlockId> = version
        .blocks
        .0
        .iter()
        .chain(base)
        .filter(|block| block.kind == BlockKind::Footnote)
        .map(|block| block.id)
        .collect();
    let mut cleaned = Vec::with_capacity(raw.len());
    for (place, own) in raw.into_iter().enumerate() {
        let field = format!("proposed.{place}");
        let is_aimless = own.target().is_none() && amended.is_some() && base.is_empty();
        if is_aimless {
            fields.wrong(&format!("{field}.after"), "not_in_version");
        }
        cleaned.push(proposing::checked(fields, &field, base, &notes, own, notices));
    }
    cleaned
}

/// What was filed together with an amendment and still stands.
fn filed_with(conn: &mut Conn, row: &Filed) -> Result<Vec<Proposed>, Fault> {
    let rows: Vec<Filed> = on_each!(conn, |c| text_amendments::table
        .filter(text_amendments::filing.eq(row.filing))
        .filter(text_amendments::id.ne(row.id))
        .filter(text_amendments::state.ne(AmendmentState::Withdrawn))
        .select(Filed::as_select())
        .load(c))?;
    Ok(rows.into_iter().map(|own| own.proposed.0).collect())
}

/// The block of the version that an amendment is anchored to.
fn anchor(of: Option<AmendmentId>, proposed: &Proposed) -> Option<BlockId> {
    match of {
        None => proposed.target(),
        Some(_) => None,
    }
}

fn new(
    id: AmendmentId,
    version: &Version,
    proposed: Proposed,
    of: Option<AmendmentId>,
    author: PersonId,
    organisation: OrganisationId,
    now: Moment,
) -> Filed {
    Filed {
        id,
        text: version.text,
        text_version: version.id,
        number: 0,
        filing: id,
        parent: of,
        block: anchor(of, &proposed),
        hash: proposed.fingerprint(of),
        proposed: Json(proposed),
        author,
        organisation,
        language: String::new(),
        reason: String::new(),
        state: AmendmentState::Drafted,
        filed_at: now,
        circulated_at: None,
        circulation_waived: None,
        admissibility_reason: None,
        place: None,
        put_at: None,
        decided_at: None,
        decision_note: None,
        fallen_for: None,
        fall_reason: None,
        fell_from: None,
        taken_up_from: None,
        applied_at: None,
        version: 1,
    }
}
