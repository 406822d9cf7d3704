//! Releases: from the draft to what everybody reads (R51, R52).
//!
//! A release is kept whole, never changed, numbered without gaps in its edition. It is made under the edition's lock, so
//! it holds all of a change of the draft or nothing of it (§5.1 case 14). Errors left in the draft block it unless they
//! were waived; "this change only" looks at what it lets out, on top of the release before.

use std::collections::{BTreeMap, HashMap, HashSet};

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, SessionId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Json, Moment, fault::FieldFault, text};
use records::{
    audit::{self, Note},
    desk_events, feed,
    jobs::{self, NewJob},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    admission::{Admissions, Stage},
    changes::{self, Change, ChangeKind},
    conflicts::{Conflict, PlacedSession},
    content,
    draft::{self, Draft},
    editions::{self, same_version},
    faults::ProgrammeFault,
    model::{Edition, Release, Session, SessionState},
    released::{Programme, ReleasedSession},
    rules, searching, sessions,
    tables::{editions as edition_rows, releases, sessions as session_rows},
};

/// What the form of a release asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ReleaseInput {
    /// Its name; its number when not given.
    pub name: String,
    /// What to tell about it.
    pub note: String,
    /// The sessions whose changes go out; all changes when not given.
    #[schema(value_type = Option<Vec<String>>)]
    pub only: Option<Vec<SessionId>>,
    /// The count of changes the preview showed: refused as stale when the draft changed since.
    pub draft: Option<i64>,
}

/// What a release would be.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Preview {
    /// The number it would have.
    pub number: i64,
    /// The count of changes of the draft it was computed from.
    pub draft: i64,
    /// What it would change.
    pub changes: Vec<Change>,
    /// What is wrong with it, waived or not.
    pub conflicts: Vec<Conflict>,
    /// Sessions their track would not let out as they are.
    pub refusals: Vec<Refusal>,
}

/// A session that its track would not let out.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct Refusal {
    /// The session.
    #[schema(value_type = String)]
    pub session: SessionId,
    /// Its public code.
    pub code: String,
    /// Why not.
    pub reason: &'static str,
    /// What is missing, beside its field.
    #[schema(value_type = Vec<Object>)]
    pub fields: Vec<FieldFault>,
}

/// A release that was made.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Released {
    /// The release.
    pub release: Release,
    /// What it changed.
    pub changes: Vec<Change>,
    /// What is wrong with it and stands all the same.
    pub conflicts: Vec<Conflict>,
}

struct Plan {
    next: Programme,
    placed: Vec<PlacedSession>,
    changes: Vec<Change>,
    is_first: bool,
    draft: Draft,
}

/// The kind of the job that tells people what a release changed for them. Its payload is `{"edition": id, "number": n}`.
/// The programme knows nobody's agenda: the slice above takes it up.
pub const TELL_JOB: &str = "programme.tell_changes";

/// The stream of an edition's programme in the feed.
pub fn stream(edition: EditionId) -> String {
    format!("programme:{edition}")
}

/// What a release would change now, and what stands in its way.
///
/// # Errors
/// 401, 403, 404; `invalid` when `only` names sessions that cannot go out.
pub fn preview(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    edition: EditionId,
    only: Option<&[SessionId]>,
) -> Result<Preview, Fault> {
    let edition = editions::get(conn, actor, edition)?;
    may(conn, actor, now, &edition, only)?;
    let plan = plan(conn, now, &edition, only)?;
    let conflicts = conflicts_of(conn, actor, admissions, &plan, only)?;
    let refusals = refusals(conn, admissions, &plan)?;
    Ok(Preview {
        number: edition.live_release + 1,
        draft: edition.draft,
        changes: plan.changes,
        conflicts,
        refusals,
    })
}

/// Releases the draft, or the changes of some sessions of it.
///
/// # Errors
/// 401, 403, 404; `conflicts_left` listing them; `nothing_to_release`; `stale`; what a track's admission refuses.
pub fn publish(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    edition: EditionId,
    input: &ReleaseInput,
) -> Result<Released, Fault> {
    let seen = editions::get(conn, actor, edition)?;
    let only = input.only.as_deref();
    may(conn, actor, now, &seen, only)?;
    let mut fields = Fields::new();
    let name = fields.line("name", &input.name, text::TITLE);
    let said = fields.paragraph("note", &input.note, 2000);
    fields.done()?;
    let edition = editions::change_draft(conn, edition)?;
    // The lock itself counts as one.
    same_version(input.draft, edition.draft - 1)?;
    let plan = plan(conn, now, &edition, only)?;
    let conflicts = conflicts_of(conn, actor, admissions, &plan, only)?;
    let left: Vec<&Conflict> = conflicts.iter().filter(|conflict| conflict.blocks()).collect();
    if !left.is_empty() {
        return Err(ProgrammeFault::ConflictsLeft {
            conflicts: json!(left),
        }
        .into());
    }
    for session in going_out(&plan) {
        admissions
            .check(conn, session, Stage::Publish)
            .map_err(|fault| fault.with("session", session.code.clone()))?;
    }
    if plan.changes.is_empty() && !plan.is_first {
        return Err(ProgrammeFault::NothingToRelease.into());
    }
    let (release, changes) = put(conn, actor, now, &edition, plan, &name, &said)?;
    Ok(Released {
        release,
        changes,
        conflicts,
    })
}

/// Calls a session off. Who was told of it is told at once: its release goes out alone, and its line stays.
///
/// # Errors
/// 401, 403, 404; `illegal_step` once it is live; `stale`.
pub fn cancel(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: SessionId,
    reason: &str,
    version: Option<i64>,
) -> Result<Session, Fault> {
    let found = sessions::get(conn, actor, now, id)?;
    decide(actor, Act::PlaceSession, &found.object(actor), now).or_fault()?;
    if found.session.was_released() {
        decide(actor, Act::Release, &found.object(actor), now).or_fault()?;
    }
    let mut fields = Fields::new();
    let reason = fields.line("reason", reason, text::TITLE);
    fields.done()?;
    let edition = editions::change_draft(conn, found.session.edition)?;
    let before = sessions::row(conn, id)?.ok_or_else(Fault::not_found)?;
    same_version(version, before.version)?;
    rules::session_goes(before.state, SessionState::Cancelled)?;
    let session = sessions::save(
        conn,
        now,
        Session {
            state: SessionState::Cancelled,
            ..before.clone()
        },
    )?;
    sessions::note(conn, actor, now, "session.cancel", Some(&before), &session)?;
    if session.was_released() {
        let plan = plan(conn, now, &edition, Some(&[id]))?;
        put(conn, actor, now, &edition, plan, "", &reason)?;
    }
    sessions::row(conn, id)?.ok_or_else(Fault::not_found)
}

/// Shows sessions whose embargo is over (R21). Answers how many.
///
/// # Errors
/// When the database refuses.
pub fn lift_embargoes(conn: &mut Conn, now: Moment, edition: EditionId) -> Result<usize, Fault> {
    let over: Vec<SessionId> = sessions::all(conn, edition)?
        .into_iter()
        .filter(|session| session.was_released() && session.visible_to == session.desk)
        .filter(|session| session.details.0.public_from.is_some_and(|from| from <= now))
        .map(|session| session.id)
        .collect();
    if over.is_empty() {
        return Ok(0);
    }
    let edition = editions::change_draft(conn, edition)?;
    let plan = plan(conn, now, &edition, Some(&over))?;
    if plan.changes.is_empty() {
        return Ok(0);
    }
    put(conn, &Actor::system(), now, &edition, plan, "", "")?;
    Ok(over.len())
}

/// What everybody reads now: the content of the release in force; none before the first. A view for somebody is made by
/// [`Programme::for_actor`]; searching wants [`Programme::indexed`] first.
///
/// # Errors
/// When the database refuses.
pub fn live(conn: &mut Conn, edition: EditionId) -> Result<Option<Programme>, Fault> {
    let edition = editions::find(conn, edition)?.ok_or_else(Fault::not_found)?;
    content_of(conn, edition.id, edition.live_release)
}

/// A session as it is released, as far as this actor may see it.
///
/// # Errors
/// 404 when it is absent, hidden or not released.
pub fn session(conn: &mut Conn, actor: &Actor, id: SessionId) -> Result<ReleasedSession, Fault> {
    let row = sessions::row(conn, id)?.ok_or_else(Fault::not_found)?;
    let live = live(conn, row.edition)?.ok_or_else(Fault::not_found)?;
    let view = live.for_actor(actor);
    view.session(id).cloned().ok_or_else(Fault::not_found)
}

/// The released programme a session is in, as this actor sees it.
///
/// # Errors
/// 404 when the session is absent, hidden, not released, or of an edition this actor may not know of.
pub fn around(conn: &mut Conn, actor: &Actor, now: Moment, id: SessionId) -> Result<Programme, Fault> {
    let row = sessions::row(conn, id)?.ok_or_else(Fault::not_found)?;
    let found = sessions::Found {
        session: row,
        track: None,
    };
    found.may_be_known(actor, now).or_fault()?;
    let edition = editions::get(conn, actor, found.session.edition)?;
    let programme = live(conn, edition.id)?.ok_or_else(Fault::not_found)?;
    let programme = programme.for_actor(actor);
    match programme.session(id) {
        Some(_) => Ok(programme),
        None => Err(Fault::not_found()),
    }
}

/// The content of a release by its number.
///
/// # Errors
/// When the database refuses.
pub fn content_of(conn: &mut Conn, edition: EditionId, number: i64) -> Result<Option<Programme>, Fault> {
    let content: Option<Json<Programme>> = on_each!(conn, |c| releases::table
        .filter(releases::edition.eq(edition))
        .filter(releases::number.eq(number))
        .select(releases::content)
        .first(c)
        .optional())?;
    Ok(content.map(|content| content.0))
}

/// The releases of an edition, the latest first.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &mut Conn, edition: EditionId) -> Result<Vec<Release>, Fault> {
    Ok(on_each!(conn, |c| releases::table
        .filter(releases::edition.eq(edition))
        .order(releases::number.desc())
        .limit(500)
        .select(Release::as_select())
        .load(c))?)
}

/// What a release changed; a reader is told only what they may be.
///
/// # Errors
/// When the database refuses.
pub fn changes_of(
    conn: &mut Conn,
    actor: &Actor,
    edition: EditionId,
    number: i64,
) -> Result<Vec<Change>, Fault> {
    let sight = actor.sight();
    let changes = all_changes_of(conn, edition, number)?;
    Ok(changes
        .into_iter()
        .filter(|change| change.is_told_to(&sight))
        .collect())
}

/// All that a release changed, whoever may be told: for the one who tells each what concerns them.
///
/// # Errors
/// 404 when there is no such release.
pub fn all_changes_of(conn: &mut Conn, edition: EditionId, number: i64) -> Result<Vec<Change>, Fault> {
    let changes: Option<Json<Vec<Change>>> = on_each!(conn, |c| releases::table
        .filter(releases::edition.eq(edition))
        .filter(releases::number.eq(number))
        .select(releases::changes)
        .first(c)
        .optional())?;
    Ok(changes.ok_or_else(Fault::not_found)?.0)
}

fn may(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: &Edition,
    only: Option<&[SessionId]>,
) -> Result<(), Fault> {
    let Some(only) = only else {
        return decide(actor, Act::Release, &Object::public(ObjectKind::Release), now).or_fault();
    };
    if only.is_empty() {
        return Err(Fault::field("only", "required"));
    }
    for id in only {
        let found = sessions::get(conn, actor, now, *id)?;
        decide(actor, Act::Release, &found.object(actor), now).or_fault()?;
        if found.session.edition != edition.id {
            return Err(Fault::field("only", "unknown"));
        }
        if found.session.starts_at.is_none() {
            return Err(Fault::field("only", "not_placed"));
        }
    }
    Ok(())
}

fn plan(conn: &mut Conn, now: Moment, edition: &Edition, only: Option<&[SessionId]>) -> Result<Plan, Fault> {
    let draft = draft::read(conn, edition.id)?;
    let drafted = content::build(conn, &draft, now)?;
    let live = content_of(conn, edition.id, edition.live_release)?;
    let only: Option<HashSet<SessionId>> = only.map(|only| only.iter().copied().collect());
    let (next, changes) = changes::next(live.as_ref(), &drafted, only.as_ref());
    let mut placed = draft.placed();
    if let (Some(only), Some(_)) = (&only, &live) {
        placed.retain(|session| only.contains(&session.id));
        let before = placed_of(conn, edition.id, edition.live_release)?;
        placed.extend(before.into_iter().filter(|session| !only.contains(&session.id)));
    } else if let Some(only) = &only {
        placed.retain(|session| only.contains(&session.id));
    }
    Ok(Plan {
        next,
        placed,
        changes,
        is_first: live.is_none(),
        draft,
    })
}

fn placed_of(conn: &mut Conn, edition: EditionId, number: i64) -> Result<Vec<PlacedSession>, Fault> {
    let placed: Option<Json<Vec<PlacedSession>>> = on_each!(conn, |c| releases::table
        .filter(releases::edition.eq(edition))
        .filter(releases::number.eq(number))
        .select(releases::placed)
        .first(c)
        .optional())?;
    Ok(placed.map(|placed| placed.0).unwrap_or_default())
}

/// What is wrong with the programme as it would be released; of a part, what the part has to do with.
fn conflicts_of(
    conn: &mut Conn,
    actor: &Actor,
    admissions: &Admissions,
    plan: &Plan,
    only: Option<&[SessionId]>,
) -> Result<Vec<Conflict>, Fault> {
    let mut found = plan.draft.conflicts(conn, admissions, &plan.placed)?;
    if let Some(only) = only {
        found.retain(|conflict| conflict.sessions.iter().any(|session| only.contains(session)));
    }
    Ok(plan.draft.as_read_by(actor, found))
}

/// The rows of the sessions a release changes and that take place.
fn going_out(plan: &Plan) -> impl Iterator<Item = &Session> {
    let changed: HashSet<SessionId> = plan.changes.iter().map(|change| change.session).collect();
    plan.draft
        .sessions
        .iter()
        .filter(move |session| changed.contains(&session.id))
        .filter(|session| session.state != SessionState::Cancelled)
}

fn refusals(conn: &mut Conn, admissions: &Admissions, plan: &Plan) -> Result<Vec<Refusal>, Fault> {
    let mut refusals = Vec::new();
    for session in going_out(plan) {
        match admissions.check(conn, session, Stage::Publish) {
            Ok(()) => {}
            Err(fault) if matches!(fault.kind, kernel::Kind::Internal | kernel::Kind::Unavailable) => {
                return Err(fault);
            }
            Err(fault) => refusals.push(Refusal {
                session: session.id,
                code: session.code.clone(),
                reason: fault.code,
                fields: fault.fields,
            }),
        }
    }
    Ok(refusals)
}

fn put(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: &Edition,
    plan: Plan,
    name: &str,
    said: &str,
) -> Result<(Release, Vec<Change>), Fault> {
    let number = edition.live_release + 1;
    let release = Release {
        id: Id::new(),
        edition: edition.id,
        number,
        name: if name.is_empty() {
            number.to_string()
        } else {
            name.to_owned()
        },
        note: said.to_owned(),
        released_by: actor.person,
        released_at: now,
    };
    let Plan {
        mut next,
        placed,
        changes,
        is_first,
        draft,
    } = plan;
    next.release = crate::released::Release {
        number,
        name: release.name.clone(),
        at: now,
    };
    mark(conn, &draft, &next, &changes)?;
    searching::keep(conn, edition.id, &next)?;
    let (content, placed, changes) = (Json(next), Json(placed), Json(changes));
    on_each!(conn, |c| diesel::insert_into(releases::table)
        .values((
            releases::id.eq(release.id),
            releases::edition.eq(release.edition),
            releases::number.eq(release.number),
            releases::name.eq(&release.name),
            releases::note.eq(&release.note),
            releases::content.eq(&content),
            releases::placed.eq(&placed),
            releases::changes.eq(&changes),
            releases::released_by.eq(release.released_by),
            releases::released_at.eq(release.released_at),
        ))
        .execute(c))
    .exactly_one()?;
    on_each!(conn, |c| diesel::update(edition_rows::table)
        .filter(edition_rows::id.eq(edition.id))
        .filter(edition_rows::live_release.eq(edition.live_release))
        .set(edition_rows::live_release.eq(number))
        .execute(c))
    .one_or(Fault::stale())?;
    audit::note(
        conn,
        now,
        &Note {
            actor: actor.person.map(Id::cast),
            object_id: Some(release.id.uuid()),
            scope: Some(edition.id.uuid()),
            summary: json!({"number": number, "changes": changes.0.len()}),
            ..Note::of("programme.release", "release")
        },
    )?;
    if !is_first {
        let job = NewJob {
            kind: TELL_JOB,
            unique_key: Some(&format!("{}:{number}", edition.id)),
            payload: json!({"edition": edition.id, "number": number}),
            // At once by whatever clock: jobs go by the machine's, this act by the congress's.
            run_at: Moment::from_micros(0),
        };
        jobs::enqueue(conn, now, &job)?;
    }
    tell(conn, now, &release, &changes.0, is_first)?;
    Ok((release, changes.0))
}

/// Marks the rows that go out: their number for calendars, their state, who may read them from now on.
fn mark(conn: &mut Conn, draft: &Draft, next: &Programme, changes: &[Change]) -> Result<(), Fault> {
    let changed: HashSet<SessionId> = changes.iter().map(|change| change.session).collect();
    let rows: HashMap<SessionId, &Session> = draft
        .sessions
        .iter()
        .map(|session| (session.id, session))
        .collect();
    for session in next
        .sessions
        .iter()
        .filter(|session| changed.contains(&session.id))
    {
        let Some(row) = rows.get(&session.id) else {
            continue;
        };
        let state = match row.state {
            SessionState::Proposed
            | SessionState::Scheduled
            | SessionState::Published
            | SessionState::Moved => SessionState::Published,
            SessionState::Live | SessionState::Held | SessionState::Reported | SessionState::Cancelled => {
                row.state
            }
        };
        on_each!(conn, |c| diesel::update(session_rows::table.find(session.id))
            .set((
                session_rows::sequence.eq(session.sequence),
                session_rows::state.eq(state),
                session_rows::visible_to.eq(&session.visible_to),
            ))
            .execute(c))
        .exactly_one()?;
    }
    // Moved and moved back: nobody is told, and nothing is pending any more.
    for session in &next.sessions {
        let is_as_released = rows.get(&session.id).is_some_and(|row| {
            row.state == SessionState::Moved
                && !changed.contains(&session.id)
                && row.starts_at == Some(session.starts_at)
                && row.ends_at == Some(session.ends_at)
                && row.room.map(Id::cast) == session.room
        });
        if is_as_released {
            on_each!(conn, |c| diesel::update(session_rows::table.find(session.id))
                .set(session_rows::state.eq(SessionState::Published))
                .execute(c))
            .exactly_one()?;
        }
    }
    Ok(())
}

/// Tells the feed: that there is a release, to everybody; what it changed, to those who may know. The first release
/// changes everything and so tells nothing in particular.
fn tell(
    conn: &mut Conn,
    now: Moment,
    release: &Release,
    changes: &[Change],
    is_first: bool,
) -> Result<(), Fault> {
    let stream = stream(release.edition);
    let head = json!({"edition": release.edition, "number": release.number, "name": release.name});
    feed::tell(conn, now, &stream, "programme.released", "public", head)?;
    if is_first {
        return Ok(());
    }
    let mut told: BTreeMap<&str, Vec<&Change>> = BTreeMap::new();
    for change in changes {
        told.entry(&change.visible_to).or_default().push(change);
    }
    for (key, changes) in told {
        let facts = json!({
            "edition": release.edition,
            "number": release.number,
            "changes": changes,
        });
        feed::tell(conn, now, &stream, "programme.changed", key, facts)?;
    }
    tell_desk(conn, now, release, changes)
}

/// Tells programs that follow the desk of each session: which, and what kinds of change, to those who may know of them.
fn tell_desk(conn: &mut Conn, now: Moment, release: &Release, changes: &[Change]) -> Result<(), Fault> {
    if !desk_events::is_followed(conn, release.edition)? {
        return Ok(());
    }
    let mut told: BTreeMap<(&str, SessionId, &str), Vec<ChangeKind>> = BTreeMap::new();
    for change in changes {
        let event = match change.kind {
            ChangeKind::Added => "session.added",
            ChangeKind::Cancelled => "session.cancelled",
            ChangeKind::Removed
            | ChangeKind::Time
            | ChangeKind::Room
            | ChangeKind::Title
            | ChangeKind::People
            | ChangeKind::Text => "session.changed",
        };
        let key = (event, change.session, change.visible_to.as_str());
        told.entry(key).or_default().push(change.kind);
    }
    for ((event, session, key), kinds) in told {
        let payload = json!({
            "edition": release.edition,
            "number": release.number,
            "session": session,
            "changes": kinds,
        });
        desk_events::leave(conn, now, release.edition, event, key, payload)?;
    }
    Ok(())
}
