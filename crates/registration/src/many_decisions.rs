//! Deciding on many registrations as one act: those that are named, or all that a filter holds.
//!
//! What would happen is said first ([`consider`]), with why some are left as they are; then it is done to those that were
//! shown and are as they were shown ([`decide`]), each with the entry, the letter and the places that deciding on it alone
//! has. What changed in between is left and told, never done unseen. A decision is not undone: a letter tells it; what
//! became of each is kept ([`outcomes`]).

use std::collections::BTreeMap;

use access_rules::{Act, Actor, EditionId, Object, ObjectKind};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{
    Coded as _, Fault, Id, Json, Moment, Page, PageAsk,
    page::{self, Cursor},
};
use records::audit::{self, Note};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::{
    categories,
    faults::RegistrationFault,
    lists::{self, Filter},
    model::{
        CategoryId, LeftBecause, ManyDecision, ManyDecisionId, ManyDecisionOutcome, Registration,
        RegistrationId, RegistrationState,
    },
    registrations::{self, DecisionInput},
    rules,
    tables::{many_decision_outcomes, many_decisions, registrations as table},
};

/// Most registrations in one act.
pub const MOST: usize = 1_000;

/// What is asked: which registrations, and what becomes of them.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ManyInput {
    /// These.
    pub ids: Vec<RegistrationId>,
    /// Or else all that the following hold.
    pub all: bool,
    /// In this state.
    pub state: Option<RegistrationState>,
    /// In this category.
    pub category: Option<CategoryId>,
    /// In whose name, organisation or address a word begins with each of these, whatever their case and accents.
    pub text: Option<String>,
    /// Whether they are accepted.
    pub accept: bool,
    /// Why not; the persons read it.
    pub reason: String,
    /// What was shown beforehand, as the check said it. Whatever is not as it was shown is left and told; without it,
    /// everything is decided as it is now.
    pub seen: Option<String>,
}

/// A registration, and why it would be left as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Considered {
    /// The registration; after the act, as it is then.
    pub registration: Registration,
    /// Its state before.
    pub before: RegistrationState,
    /// Why it is left as it is.
    pub left: Option<LeftBecause>,
}

/// How many of those considered are decided, and how many are left for each reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many were chosen.
    pub chosen: usize,
    /// How many are decided.
    pub changed: usize,
    /// How many are left, by reason.
    pub left: BTreeMap<LeftBecause, usize>,
}

impl Tally {
    /// Of these.
    pub fn of(reasons: impl IntoIterator<Item = Option<LeftBecause>>) -> Self {
        let mut tally = Self::default();
        for reason in reasons {
            tally.chosen += 1;
            match reason {
                Some(reason) => *tally.left.entry(reason).or_default() += 1,
                None => tally.changed += 1,
            }
        }
        tally
    }
}

/// What would become of each, in the order of the list; writes nothing.
///
/// # Errors
/// 401, 403; 404 for one that is not of this edition; `too_many_at_once`.
pub fn consider(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &ManyInput,
) -> Result<Vec<Considered>, Fault> {
    may(actor, now)?;
    let chosen = if input.all {
        matching(conn, actor, now, edition, input)?
    } else {
        named(conn, edition, &input.ids)?
    };
    let mut considered: Vec<Considered> = chosen
        .into_iter()
        .map(|registration| Considered {
            before: registration.state,
            left: reason_to_leave(&registration, input.accept),
            registration,
        })
        .collect();
    if input.accept {
        leave_without_place(conn, edition, &mut considered)?;
    }
    Ok(considered)
}

/// What was considered, as [`ManyInput::seen`] says it again.
pub fn seen(considered: &[Considered]) -> String {
    let each = considered
        .iter()
        .map(|one| format!("{}:{}", one.registration.id, one.registration.version));
    each.collect::<Vec<_>>().join(",")
}

/// Accepts or refuses all that can be and are as they were shown; the others are left as they are and told. Answers under
/// which id that is kept.
///
/// # Errors
/// As [`consider`]; `reason_needed` when refusing; `invalid` for what was never shown; what deciding on one refuses.
pub fn decide(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &ManyInput,
) -> Result<(ManyDecision, Vec<Considered>), Fault> {
    let mut considered = consider(conn, actor, now, edition, input)?;
    if !input.accept && input.reason.trim().is_empty() {
        return Err(RegistrationFault::ReasonNeeded.into());
    }
    if let Some(shown) = &input.seen {
        compare(conn, edition, &mut considered, &shown_before(shown)?)?;
    }
    let decision = DecisionInput {
        accept: input.accept,
        reason: input.reason.clone(),
    };
    for one in considered.iter_mut().filter(|one| one.left.is_none()) {
        let version = Some(one.registration.version);
        match registrations::decide(conn, actor, now, one.registration.id, version, &decision) {
            Ok(decided) => one.registration = decided,
            // Somebody took the last place meanwhile; nothing of this one was written.
            Err(fault) if fault.code == "category_full" => one.left = Some(LeftBecause::CategoryFull),
            Err(fault) => return Err(fault),
        }
    }
    let kept = keep(conn, actor, now, edition, input, &considered)?;
    Ok((kept, considered))
}

/// The acts of an edition, the latest first.
///
/// # Errors
/// 401, 403; `bad_cursor`.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    ask: &PageAsk,
) -> Result<Page<ManyDecision>, Fault> {
    may(actor, now)?;
    let after = ask
        .after
        .as_ref()
        .map(|cursor| ManyDecisionId::from_uuid(cursor.id));
    let rows: Vec<ManyDecision> = on_each!(conn, |c| {
        let mut asked = many_decisions::table
            .filter(many_decisions::edition.eq(edition))
            .select(ManyDecision::as_select())
            .into_boxed();
        if let Some(after) = after {
            asked = asked.filter(many_decisions::id.lt(after));
        }
        asked.order(many_decisions::id.desc()).limit(ask.fetch()).load(c)
    })?;
    Ok(Page::cut(rows, ask, |row| Cursor {
        key: String::new(),
        id: row.id.uuid(),
    }))
}

/// One act with what became of each registration, by name.
///
/// # Errors
/// 401, 403; 404 when it is none of this edition.
pub fn outcomes(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    id: ManyDecisionId,
) -> Result<(ManyDecision, Vec<(ManyDecisionOutcome, Registration)>), Fault> {
    may(actor, now)?;
    let act: ManyDecision = on_each!(conn, |c| many_decisions::table
        .find(id)
        .filter(many_decisions::edition.eq(edition))
        .select(ManyDecision::as_select())
        .first(c))?;
    let kept: Vec<ManyDecisionOutcome> = on_each!(conn, |c| many_decision_outcomes::table
        .filter(many_decision_outcomes::many_decision.eq(id))
        .select(ManyDecisionOutcome::as_select())
        .load(c))?;
    let ids: Vec<RegistrationId> = kept.iter().map(|one| one.registration).collect();
    let mut of: BTreeMap<_, _> = kept.into_iter().map(|one| (one.registration, one)).collect();
    let rows = by_ids(conn, edition, &ids)?;
    let found = rows
        .into_iter()
        .filter_map(|row| Some((of.remove(&row.id)?, row)));
    Ok((act, found.collect()))
}

fn may(actor: &Actor, now: Moment) -> Result<(), Fault> {
    let object = Object::public(ObjectKind::Registration);
    access_rules::decide(actor, Act::DecideRegistration, &object, now).or_fault()
}

fn matching(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &ManyInput,
) -> Result<Vec<Registration>, Fault> {
    let filter = Filter {
        state: input.state,
        category: input.category,
        text: input.text.clone(),
        ..Filter::default()
    };
    let mut found = 0;
    page::walk(PageAsk::of(page::LIMIT_MOST), |ask| {
        let page = lists::list(conn, actor, now, edition, &filter, ask)?;
        found += page.items.len();
        match found > MOST {
            true => Err(too_many()),
            false => Ok(page),
        }
    })
}

fn named(conn: &mut Conn, edition: EditionId, ids: &[RegistrationId]) -> Result<Vec<Registration>, Fault> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() > MOST {
        return Err(too_many());
    }
    let found = by_ids(conn, edition, &ids)?;
    match found.len() == ids.len() {
        true => Ok(found),
        false => Err(Fault::not_found()),
    }
}

/// Those of this edition, by name; what somebody has not sent yet is theirs alone.
fn by_ids(conn: &mut Conn, edition: EditionId, ids: &[RegistrationId]) -> Result<Vec<Registration>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::id.eq_any(ids))
        .filter(table::edition.eq(edition))
        .filter(table::state.ne(RegistrationState::Draft))
        .order((table::name_sort, table::id))
        .select(Registration::as_select())
        .load(c))?)
}

fn reason_to_leave(registration: &Registration, accept: bool) -> Option<LeftBecause> {
    use RegistrationState::{Approved, Rejected};
    let state = registration.state;
    let is_so_already = if accept {
        rules::participates(state)
    } else {
        state == Rejected
    };
    if is_so_already {
        return Some(LeftBecause::DecidedAlready);
    }
    if !rules::leads_to(state, if accept { Approved } else { Rejected }) {
        return Some(LeftBecause::IllegalStep);
    }
    registration
        .category
        .is_none()
        .then_some(LeftBecause::UnknownCategory)
}

/// Who waits for a place gets one in the order of the waiting list, as long as there are any.
fn leave_without_place(
    conn: &mut Conn,
    edition: EditionId,
    considered: &mut [Considered],
) -> Result<(), Fault> {
    let mut free: BTreeMap<CategoryId, i64> = categories::all(conn, edition)?
        .into_iter()
        .filter_map(|category| Some((category.id, category.places_max? - category.places_taken)))
        .collect();
    let mut waiting: Vec<&mut Considered> = considered
        .iter_mut()
        .filter(|one| one.left.is_none() && one.registration.rank.is_some())
        .collect();
    waiting.sort_by_key(|one| one.registration.rank);
    for one in waiting {
        let places = one.registration.category.and_then(|id| free.get_mut(&id));
        match places {
            Some(places) if *places <= 0 => one.left = Some(LeftBecause::CategoryFull),
            Some(places) => *places -= 1,
            None => {}
        }
    }
    Ok(())
}

fn shown_before(seen: &str) -> Result<BTreeMap<RegistrationId, i64>, Fault> {
    let read = |one: &str| {
        let (id, version) = one.split_once(':')?;
        Some((id.parse().ok()?, version.parse().ok()?))
    };
    let each = seen.split(',').filter(|one| !one.is_empty()).map(read);
    let shown: Option<BTreeMap<_, _>> = each.collect();
    let shown = shown.ok_or_else(|| Fault::field("seen", "wrong_shape"))?;
    match shown.len() > MOST {
        true => Err(too_many()),
        false => Ok(shown),
    }
}

/// Leaves what is not as it was shown: what changed, what came, and what is not among the chosen any more.
fn compare(
    conn: &mut Conn,
    edition: EditionId,
    considered: &mut Vec<Considered>,
    shown: &BTreeMap<RegistrationId, i64>,
) -> Result<(), Fault> {
    for one in considered.iter_mut().filter(|one| one.left.is_none()) {
        one.left = match shown.get(&one.registration.id) {
            Some(version) if *version == one.registration.version => None,
            Some(_) => Some(LeftBecause::ChangedSince),
            None => Some(LeftBecause::NotShown),
        };
    }
    let chosen: Vec<RegistrationId> = considered.iter().map(|one| one.registration.id).collect();
    let gone: Vec<RegistrationId> = shown.keys().copied().filter(|id| !chosen.contains(id)).collect();
    for registration in by_ids(conn, edition, &gone)? {
        considered.push(Considered {
            before: registration.state,
            registration,
            left: Some(LeftBecause::ChangedSince),
        });
    }
    Ok(())
}

/// Keeps what became of each, with an entry of the audit.
fn keep(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    input: &ManyInput,
    considered: &[Considered],
) -> Result<ManyDecision, Fault> {
    let tally = Tally::of(considered.iter().map(|one| one.left));
    let act = ManyDecision {
        id: Id::new(),
        edition,
        decided_by: actor.person,
        decided_at: now,
        accept: input.accept,
        reason: if input.accept {
            String::new()
        } else {
            input.reason.trim().to_owned()
        },
        chosen: Json(chosen(input)),
        changed: count(tally.changed),
        unchanged: count(tally.chosen - tally.changed),
    };
    on_each!(conn, |c| diesel::insert_into(many_decisions::table)
        .values(&act)
        .execute(c))
    .exactly_one()?;
    let rows: Vec<ManyDecisionOutcome> = considered
        .iter()
        .map(|one| ManyDecisionOutcome {
            many_decision: act.id,
            registration: one.registration.id,
            state_before: one.before,
            state_after: one.registration.state,
            left_because: one.left,
        })
        .collect();
    for row in &rows {
        on_each!(conn, |c| diesel::insert_into(many_decision_outcomes::table)
            .values(row)
            .execute(c))
        .exactly_one()?;
    }
    let left: BTreeMap<&str, usize> = tally.left.iter().map(|(why, of)| (why.code(), *of)).collect();
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(act.id.uuid()),
        scope: Some(edition.uuid()),
        summary: json!({ "accept": act.accept, "chosen": act.chosen.0, "changed": act.changed, "left": left }),
        ..Note::of("registration.decide_many", "many_decision")
    };
    audit::note(conn, now, &note)?;
    Ok(act)
}

/// How they were chosen, without the words somebody was looked for by.
fn chosen(input: &ManyInput) -> Value {
    if !input.all {
        return json!({ "by": "ticks" });
    }
    json!({
        "by": "filter",
        "state": input.state.map(|state| state.code()),
        "category": input.category,
        "by_text": input.text.is_some(),
    })
}

fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

fn too_many() -> Fault {
    RegistrationFault::TooManyAtOnce { most: count(MOST) }.into()
}
