//! Positions: what a person says they are in an organisation, and who confirmed it.
//!
//! Requested → confirmed or refused; an open one → ended. Staff confirm, or the organisation's focal point, who sees the
//! people of their own organisation only: another's do not exist for them (R15), and their own position is for the
//! secretariat (R177). The queue is sorted by evidence; an e-mail domain alone confirms nothing.

use access_rules::{Act, Actor, Object, OrganisationId, PersonId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{
    Email, Fault, Fields, Id, Kind, Moment, Page, PageAsk, fault::illegal_step, page::Cursor, text,
};
use people::persons;
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    changed, contacts,
    faults::PositionFault,
    model::{OrganisationState, Position, PositionId, PositionKind, PositionState},
    organisations::{self, Card},
    rules,
    tables::positions,
};

/// Most positions decided at once.
pub const BULK_MAX: usize = 200;

/// What the form of one's own position asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct RequestInput {
    /// In which organisation.
    pub organisation: Option<OrganisationId>,
    /// What.
    pub kind: Option<PositionKind>,
    /// In their own words.
    pub title: String,
}

/// A position to be asked for by the slice that has decided who may.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Whose.
    pub person: PersonId,
    /// In which organisation; a merged one stands for the one it lives on in.
    pub organisation: OrganisationId,
    /// What.
    pub kind: PositionKind,
    /// In their own words, cleaned.
    pub title: String,
    /// Who asks.
    pub by: Option<PersonId>,
    /// An address proved otherwise than by an account of the person.
    pub proved: Option<Email>,
    /// Whether a document was handed in.
    pub has_document: bool,
}

/// What the form of a position recorded by staff asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct RecordInput {
    /// Whose.
    pub person: Option<PersonId>,
    /// In which organisation.
    pub organisation: Option<OrganisationId>,
    /// What.
    pub kind: Option<PositionKind>,
    /// In words.
    pub title: String,
    /// From when; now when none.
    pub from_at: Option<Moment>,
    /// Until when; open when none.
    pub to_at: Option<Moment>,
}

/// What the form that decides a position asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct DecideInput {
    /// Why.
    pub reason: String,
    /// From when, when confirming; since it was asked for when none.
    pub from_at: Option<Moment>,
    /// Until when, when confirming or ending.
    pub to_at: Option<Moment>,
}

/// What the form that confirms several asks.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct ConfirmManyInput {
    /// Which; at most [`BULK_MAX`].
    pub positions: Vec<PositionId>,
}

/// What became of one of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct BulkOutcome {
    /// Which.
    pub position: PositionId,
    /// Whether it is confirmed now.
    pub confirmed: bool,
    /// Why not: a fault's code.
    pub code: Option<&'static str>,
}

/// A position as the queue shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PositionView {
    /// The position.
    #[serde(flatten)]
    pub position: Position,
    /// Whose, by name.
    pub person_name: String,
    /// In which organisation.
    pub in_organisation: Card,
    /// Whether this reader may decide it.
    pub may_decide: bool,
}

/// Which waiting positions are asked for.
#[derive(Clone, Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct WaitingFilter {
    /// Of this organisation.
    pub organisation: Option<OrganisationId>,
}

/// Asks for a position of one's own.
///
/// # Errors
/// 401; `invalid` with each field; `position_exists`.
pub fn request(conn: &mut Conn, actor: &Actor, now: Moment, input: &RequestInput) -> Result<Position, Fault> {
    access_rules::decide(actor, Act::MindOwn, &Object::site(), now).or_fault()?;
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    let mut fields = Fields::new();
    let organisation = fields.required("organisation", input.organisation);
    let kind = fields.required("kind", input.kind);
    let title = fields.line("title", &input.title, text::NAME);
    fields.done()?;
    let organisation = organisation.unwrap_or_else(Id::new);
    if !organisations::find(conn, organisation)?.is_some_and(|of| rules::may_see(actor, &of, now)) {
        return Err(Fault::field("organisation", "unknown"));
    }
    let asked = Asked {
        person,
        organisation,
        kind: kind.unwrap_or(PositionKind::Other),
        title,
        by: Some(person),
        proved: None,
        has_document: false,
    };
    ask(conn, now, &asked)
}

/// Asks for a position inside the act of a slice that has decided who may; a registration, for instance. It counts for
/// nothing until it is confirmed (R14).
///
/// # Errors
/// 404 when there is no such organisation; `position_exists`.
pub fn ask(conn: &mut Conn, now: Moment, asked: &Asked) -> Result<Position, Fault> {
    let organisation = organisations::surviving(conn, asked.organisation)?.id;
    let evidence = contacts::weigh(
        conn,
        asked.person,
        organisation,
        asked.proved.as_ref(),
        asked.has_document,
    )?;
    let position = Position {
        id: Id::new(),
        person: asked.person,
        organisation,
        kind: asked.kind,
        title: asked.title.clone(),
        state: PositionState::Requested,
        evidence,
        strength: rules::strength(evidence),
        requested_at: now,
        requested_by: asked.by,
        decided_at: None,
        decided_by: None,
        reason: String::new(),
        from_at: now,
        to_at: None,
        version: 1,
    };
    insert(conn, &position)?;
    note(conn, now, asked.by, "position.request", &position)?;
    Ok(position)
}

/// Records a position as confirmed, for staff who know it.
///
/// # Errors
/// 401, 403; `invalid` with each field; `position_exists`.
pub fn record(conn: &mut Conn, actor: &Actor, now: Moment, input: &RecordInput) -> Result<Position, Fault> {
    access_rules::decide(actor, Act::ConfirmPosition, &Object::site(), now).or_fault()?;
    let mut fields = Fields::new();
    let person = fields.required("person", input.person);
    let organisation = fields.required("organisation", input.organisation);
    let kind = fields.required("kind", input.kind);
    let title = fields.line("title", &input.title, text::NAME);
    let from_at = input.from_at.unwrap_or(now);
    if input.to_at.is_some_and(|to| to <= from_at) {
        fields.wrong("to_at", "ends_before_it_begins");
    }
    if let Some(person) = person
        && persons::find(conn, person)?.is_none()
    {
        fields.wrong("person", "unknown");
    }
    if let Some(id) = organisation
        && organisations::find(conn, id)?.is_none_or(|of| of.state == OrganisationState::Merged)
    {
        fields.wrong("organisation", "unknown");
    }
    fields.done()?;
    let (Some(person), Some(organisation), Some(kind)) = (person, organisation, kind) else {
        return Err(Fault::internal("a required field is missing unnoticed"));
    };
    let evidence = contacts::weigh(conn, person, organisation, None, false)?;
    let position = Position {
        id: Id::new(),
        person,
        organisation,
        kind,
        title,
        state: PositionState::Confirmed,
        evidence,
        strength: rules::strength(evidence),
        requested_at: now,
        requested_by: actor.person,
        decided_at: Some(now),
        decided_by: actor.person,
        reason: String::new(),
        from_at,
        to_at: input.to_at,
        version: 1,
    };
    insert(conn, &position)?;
    note(conn, now, actor.person, "position.record", &position)?;
    changed::person(conn, now, person)?;
    Ok(position)
}

/// Confirms a position that waits.
///
/// # Errors
/// 401; 404 for another organisation's focal point (R15) and everybody else it is not open to; `own_position`;
/// `not_allowed` for oneself; `illegal_step`; `invalid`; `stale`.
pub fn confirm(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PositionId,
    version: Option<i64>,
    input: &DecideInput,
) -> Result<Position, Fault> {
    let position = decidable(conn, actor, now, id)?;
    let from_at = input.from_at.unwrap_or(position.from_at);
    if input.to_at.is_some_and(|to| to <= from_at) {
        return Err(Fault::field("to_at", "ends_before_it_begins"));
    }
    let of = organisations::find(conn, position.organisation)?.ok_or_else(Fault::not_found)?;
    if of.state != OrganisationState::Active {
        // What somebody typed in is matched or accepted first; else they would be of an organisation nobody looked at.
        return Err(illegal_step(of.state, OrganisationState::Active));
    }
    let decided = Position {
        state: PositionState::Confirmed,
        from_at,
        to_at: input.to_at,
        ..position.clone()
    };
    decide(conn, actor, now, &position, version, decided, &input.reason)
}

/// Refuses a position that waits, with the reason the person is told.
///
/// # Errors
/// As [`confirm`]; `required` without a reason.
pub fn refuse(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PositionId,
    version: Option<i64>,
    input: &DecideInput,
) -> Result<Position, Fault> {
    let position = decidable(conn, actor, now, id)?;
    if input.reason.trim().is_empty() {
        return Err(Fault::field("reason", "required"));
    }
    let decided = Position {
        state: PositionState::Refused,
        ..position.clone()
    };
    decide(conn, actor, now, &position, version, decided, &input.reason)
}

/// Ends a position, or withdraws one that waits: staff, the organisation's focal point, or the person.
///
/// # Errors
/// 401, 404; `illegal_step`; `stale`.
pub fn end(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: PositionId,
    version: Option<i64>,
    input: &DecideInput,
) -> Result<Position, Fault> {
    let position = visible(conn, actor, now, id)?;
    let is_own = actor.person == Some(position.person);
    if !is_own && !may_decide(actor, &position, now) {
        return Err(Fault::forbidden("not_allowed"));
    }
    let ended = Position {
        state: PositionState::Ended,
        to_at: Some(input.to_at.unwrap_or(now).max(position.from_at)),
        ..position.clone()
    };
    decide(conn, actor, now, &position, version, ended, &input.reason)
}

/// Ends every position somebody holds and withdraws those that wait: they are erased.
///
/// # Errors
/// As [`end`].
pub fn end_all_own(conn: &mut Conn, actor: &Actor, now: Moment) -> Result<usize, Fault> {
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    let is_open = |held: &Position| {
        matches!(held.state, PositionState::Requested | PositionState::Confirmed)
            && held.to_at.is_none_or(|to| to > now)
    };
    let open: Vec<Position> = all_of(conn, person)?.into_iter().filter(is_open).collect();
    for held in &open {
        end(conn, actor, now, held.id, None, &DecideInput::default())?;
    }
    Ok(open.len())
}

/// Confirms several that wait. Each is told by itself: one that was decided meanwhile, or whose evidence wants a look of
/// its own, does not hold up the others.
///
/// # Errors
/// 401; `out_of_range` for too many at once.
pub fn confirm_many(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    input: &ConfirmManyInput,
) -> Result<Vec<BulkOutcome>, Fault> {
    may_look(actor, now)?;
    let mut fields = Fields::new();
    let count = i64::try_from(input.positions.len()).unwrap_or(i64::MAX);
    fields.within("positions", count, 1, BULK_MAX as i64);
    fields.done()?;
    let mut outcomes = Vec::new();
    for id in &input.positions {
        let confirmed = conn.savepoint(|conn| {
            let position = decidable(conn, actor, now, *id)?;
            let knows_them = actor.focal_point_of().any(|own| own == position.organisation);
            if !knows_them && !rules::suffices_in_bulk(position.evidence) {
                return Err(PositionFault::EvidenceTooWeak.into());
            }
            confirm(
                conn,
                actor,
                now,
                *id,
                Some(position.version),
                &DecideInput::default(),
            )
        });
        if let Err(fault) = &confirmed
            && matches!(fault.kind, Kind::Internal | Kind::Unavailable)
        {
            return Err(fault.clone());
        }
        outcomes.push(BulkOutcome {
            position: *id,
            confirmed: confirmed.is_ok(),
            code: confirmed.err().map(|fault| fault.code),
        });
    }
    Ok(outcomes)
}

/// Positions that wait, the strongest evidence first, then the oldest: all for staff, those of their own organisations
/// for focal points.
///
/// # Errors
/// 401; 403 for everybody else; `bad_cursor`.
pub fn waiting(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    filter: &WaitingFilter,
    ask: &PageAsk,
) -> Result<Page<PositionView>, Fault> {
    let is_staff = may_look(actor, now)?;
    let own: Vec<OrganisationId> = actor.focal_point_of().collect();
    let after = ask.after.as_ref().map(place_of).transpose()?;
    let rows: Vec<Position> = on_each!(conn, |c| {
        let mut asked = positions::table
            .filter(positions::state.eq(PositionState::Requested))
            .select(Position::as_select())
            .into_boxed();
        if !is_staff {
            asked = asked.filter(positions::organisation.eq_any(&own));
        }
        if let Some(organisation) = filter.organisation {
            asked = asked.filter(positions::organisation.eq(organisation));
        }
        if let Some((strength, at, id)) = after {
            let later = positions::requested_at
                .gt(at)
                .or(positions::requested_at.eq(at).and(positions::id.gt(id)));
            asked = asked.filter(
                positions::strength
                    .gt(strength)
                    .or(positions::strength.eq(strength).and(later)),
            );
        }
        asked
            .order((positions::strength, positions::requested_at, positions::id))
            .limit(ask.fetch())
            .load(c)
    })?;
    let page = Page::cut(rows, ask, |position| Cursor {
        key: format!("{}-{}", position.strength, position.requested_at.micros()),
        id: position.id.uuid(),
    });
    let items = views(conn, actor, now, page.items)?;
    Ok(Page {
        items,
        next: page.next,
    })
}

/// How many wait for this actor; nothing for who decides none.
///
/// # Errors
/// When the database refuses.
pub fn waiting_count(conn: &mut Conn, actor: &Actor, now: Moment) -> Result<i64, Fault> {
    let Ok(is_staff) = may_look(actor, now) else {
        return Ok(0);
    };
    let own: Vec<OrganisationId> = actor.focal_point_of().collect();
    Ok(on_each!(conn, |c| {
        let mut asked = positions::table
            .filter(positions::state.eq(PositionState::Requested))
            .into_boxed();
        if !is_staff {
            asked = asked.filter(positions::organisation.eq_any(&own));
        }
        asked.count().get_result(c)
    })?)
}

/// One position: for staff, the organisation's focal points and the person.
///
/// # Errors
/// 401; 404 for everybody else (R15).
pub fn get(conn: &mut Conn, actor: &Actor, now: Moment, id: PositionId) -> Result<PositionView, Fault> {
    let position = visible(conn, actor, now, id)?;
    let mut views = views(conn, actor, now, vec![position])?;
    views.pop().ok_or_else(Fault::not_found)
}

/// The positions of a person, the latest first: all for themselves and for staff, those in their own organisations for
/// focal points.
///
/// # Errors
/// 401; 404 when nothing of them is open to this reader.
pub fn of_person(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    person: PersonId,
) -> Result<Vec<PositionView>, Fault> {
    let is_own = actor.person == Some(person);
    let is_staff = rules::is_desk(actor, now);
    let mut held = all_of(conn, person)?;
    if !is_own && !is_staff {
        if !actor.signed_in() {
            return Err(Fault::sign_in_needed());
        }
        held.retain(|position| actor.focal_point_of().any(|own| own == position.organisation));
        if held.is_empty() {
            return Err(Fault::not_found());
        }
    }
    views(conn, actor, now, held)
}

/// The people of an organisation, open positions first: for staff and its focal points.
///
/// # Errors
/// 401; 404 for everybody else (R15).
pub fn of_organisation(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    organisation: OrganisationId,
) -> Result<Vec<PositionView>, Fault> {
    let object = Object::site().of_organisation(organisation);
    access_rules::decide(actor, Act::MindOrganisation, &object, now).or_fault()?;
    let mut held: Vec<Position> = on_each!(conn, |c| positions::table
        .filter(positions::organisation.eq(organisation))
        .order((positions::requested_at.desc(), positions::id.desc()))
        .limit(1000)
        .select(Position::as_select())
        .load(c))?;
    held.sort_by_key(|position| {
        !matches!(
            position.state,
            PositionState::Requested | PositionState::Confirmed
        )
    });
    views(conn, actor, now, held)
}

/// The positions of a person, whatever their state, the latest first; unchecked, for slices that have decided.
///
/// # Errors
/// When the database refuses.
pub fn all_of(conn: &mut Conn, person: PersonId) -> Result<Vec<Position>, Fault> {
    Ok(on_each!(conn, |c| positions::table
        .filter(positions::person.eq(person))
        .order((positions::requested_at.desc(), positions::id.desc()))
        .select(Position::as_select())
        .load(c))?)
}

/// Who holds a confirmed position, or asks for one, in an organisation; unchecked, for what must be decided again.
///
/// # Errors
/// When the database refuses.
pub fn people_of(conn: &mut Conn, organisation: OrganisationId) -> Result<Vec<PersonId>, Fault> {
    Ok(on_each!(conn, |c| positions::table
        .filter(positions::organisation.eq(organisation))
        .filter(positions::state.eq_any([PositionState::Requested, PositionState::Confirmed]))
        .select(positions::person)
        .distinct()
        .order(positions::person)
        .load(c))?)
}

/// Who holds a confirmed position in one of these organisations, and in which; unchecked, for whoever may name one of their people.
///
/// # Errors
/// When the database refuses.
pub fn holders_in(
    conn: &mut Conn,
    organisations: &[OrganisationId],
) -> Result<Vec<(PersonId, OrganisationId)>, Fault> {
    Ok(on_each!(conn, |c| positions::table
        .filter(positions::organisation.eq_any(organisations))
        .filter(positions::state.eq(PositionState::Confirmed))
        .select((positions::person, positions::organisation))
        .distinct()
        .order((positions::person, positions::organisation))
        .load(c))?)
}

/// Weighs the evidence of what waits in an organisation again, after its contacts or its domain changed.
pub(crate) fn weigh_again(conn: &mut Conn, organisation: OrganisationId) -> Result<(), Fault> {
    let waiting: Vec<Position> = on_each!(conn, |c| positions::table
        .filter(positions::organisation.eq(organisation))
        .filter(positions::state.eq(PositionState::Requested))
        .select(Position::as_select())
        .load(c))?;
    for position in waiting {
        let found = contacts::weigh(conn, position.person, organisation, None, false)?;
        let strength = rules::strength(found);
        // What was proved otherwise is not forgotten: evidence only grows.
        if strength < position.strength {
            on_each!(conn, |c| diesel::update(positions::table.find(position.id))
                .set((positions::evidence.eq(found), positions::strength.eq(strength)))
                .execute(c))
            .exactly_one()?;
        }
    }
    Ok(())
}

/// Whether the actor decides positions of every organisation (staff) or at least of one.
fn may_look(actor: &Actor, now: Moment) -> Result<bool, Fault> {
    let decision = access_rules::decide(actor, Act::ConfirmPosition, &Object::site(), now);
    if decision.allows() {
        return Ok(true);
    }
    if actor.focal_point_of().next().is_some() {
        return Ok(false);
    }
    decision.or_fault().map(|()| true)
}

fn may_decide(actor: &Actor, position: &Position, now: Moment) -> bool {
    let object = Object::site().of_organisation(position.organisation);
    if access_rules::decide(actor, Act::ConfirmPosition, &object, now).allows() {
        return true;
    }
    let is_own = actor.person == Some(position.person);
    !is_own && is_focal_point(actor, position, now)
}

fn is_focal_point(actor: &Actor, position: &Position, now: Moment) -> bool {
    let object = Object::site().of_organisation(position.organisation);
    access_rules::decide(actor, Act::MindOrganisation, &object, now).allows()
        && actor.focal_point_of().any(|own| own == position.organisation)
}

/// The position, when it is open to this actor: staff, its organisation's focal point, the person.
fn visible(conn: &mut Conn, actor: &Actor, now: Moment, id: PositionId) -> Result<Position, Fault> {
    let is_staff = rules::is_desk(actor, now)
        || access_rules::decide(actor, Act::ConfirmPosition, &Object::site(), now).allows();
    if !is_staff && !actor.signed_in() {
        return Err(Fault::sign_in_needed());
    }
    let position: Position = on_each!(conn, |c| positions::table
        .find(id)
        .select(Position::as_select())
        .first(c))?;
    let is_own = actor.person == Some(position.person);
    if is_staff || is_own || is_focal_point(actor, &position, now) {
        Ok(position)
    } else {
        Err(Fault::not_found())
    }
}

/// The position, when this actor may decide it.
fn decidable(conn: &mut Conn, actor: &Actor, now: Moment, id: PositionId) -> Result<Position, Fault> {
    let position = visible(conn, actor, now, id)?;
    if may_decide(actor, &position, now) {
        return Ok(position);
    }
    if is_focal_point(actor, &position, now) {
        return Err(PositionFault::OwnPosition.into());
    }
    Err(Fault::forbidden("not_allowed"))
}

fn decide(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    before: &Position,
    version: Option<i64>,
    decided: Position,
    reason: &str,
) -> Result<Position, Fault> {
    if !rules::position_leads_to(before.state, decided.state) {
        return Err(illegal_step(before.state, decided.state));
    }
    let mut fields = Fields::new();
    let reason = fields.line("reason", reason, text::TITLE);
    fields.done()?;
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    let after = Position {
        decided_at: Some(now),
        decided_by: actor.person,
        reason,
        version: before.version + 1,
        ..decided
    };
    on_each!(conn, |c| diesel::update(positions::table)
        .filter(positions::id.eq(after.id))
        .filter(positions::version.eq(before.version))
        .set((
            positions::state.eq(after.state),
            positions::decided_at.eq(after.decided_at),
            positions::decided_by.eq(after.decided_by),
            positions::reason.eq(&after.reason),
            positions::from_at.eq(after.from_at),
            positions::to_at.eq(after.to_at),
            positions::version.eq(after.version),
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    let act = match after.state {
        PositionState::Requested => "position.request",
        PositionState::Confirmed => "position.confirm",
        PositionState::Refused => "position.refuse",
        PositionState::Ended => "position.end",
    };
    note(conn, now, actor.person, act, &after)?;
    changed::person(conn, now, after.person)?;
    Ok(after)
}

fn insert(conn: &mut Conn, position: &Position) -> Result<(), Fault> {
    let open = all_of(conn, position.person)?;
    let is_same = |held: &Position| {
        held.organisation == position.organisation
            && held.kind == position.kind
            && matches!(held.state, PositionState::Requested | PositionState::Confirmed)
    };
    if open.iter().any(is_same) {
        return Err(PositionFault::AlreadyHeld.into());
    }
    on_each!(conn, |c| diesel::insert_into(positions::table)
        .values(position)
        .execute(c))
    .exactly_one()
}

fn views(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    held: Vec<Position>,
) -> Result<Vec<PositionView>, Fault> {
    let person_ids: Vec<PersonId> = held.iter().map(|position| position.person).collect();
    let organisation_ids: Vec<OrganisationId> = held.iter().map(|position| position.organisation).collect();
    let persons = persons::many(conn, &person_ids)?;
    let organisations = organisations::many(conn, &organisation_ids)?;
    let view = |position: Position| {
        let person = persons.iter().find(|person| person.id == position.person);
        let organisation = organisations.iter().find(|of| of.id == position.organisation)?;
        let is_open = matches!(position.state, PositionState::Requested);
        Some(PositionView {
            person_name: person.map(people::model::Person::name).unwrap_or_default(),
            in_organisation: Card::from(organisation),
            may_decide: is_open && may_decide(actor, &position, now),
            position,
        })
    };
    Ok(held.into_iter().filter_map(view).collect())
}

fn note(
    conn: &mut Conn,
    now: Moment,
    by: Option<PersonId>,
    act: &str,
    position: &Position,
) -> Result<(), Fault> {
    let note = Note {
        actor: by.map(Id::cast),
        object_id: Some(position.person.uuid()),
        summary: json!({
            "position": position.id, "organisation": position.organisation, "kind": position.kind,
            "state": position.state, "evidence": position.evidence,
        }),
        ..Note::of(act, "person")
    };
    audit::note(conn, now, &note)
}

fn place_of(cursor: &Cursor) -> Result<(i32, Moment, PositionId), Fault> {
    let bad = || Fault::new(Kind::Malformed, "bad_cursor").at("after");
    let (strength, micros) = cursor.key.split_once('-').ok_or_else(bad)?;
    Ok((
        strength.parse().map_err(|_| bad())?,
        Moment::from_micros(micros.parse().map_err(|_| bad())?),
        Id::from_uuid(cursor.id),
    ))
}
