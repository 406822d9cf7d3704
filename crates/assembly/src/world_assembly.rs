//! The World Assembly of Local and Regional Governments: convened by the Global Taskforce, once at each congress.
//!
//! Whoever holds the role of convener may plan it, and the desk of this track, which acts for the Task Force; no other
//! desk, the statutory one least of all (R67). Who chairs its session runs it besides. How it is convoked is
//! [`crate::convocation`], what is put to it [`crate::agenda`], how it goes [`crate::proceedings`].
//!
//! Its row comes into being with its first step; a session without one is proposed.

use access_rules::{
    Act, Actor, EditionId, Key, Object, ObjectKind, Role, Scope, SessionId, Standing, decide,
};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, LocalDate, Moment};
use members::{model::RelationKind, relations};
use programme::{
    admission::Admissions,
    editions,
    model::{Session, SessionKind, SessionState},
    sessions::{self, Found, SessionInput},
};
use records::audit::{self, Fingerprint, Note};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    endorsements,
    faults::{AssemblyFault, WorldAssemblyFault},
    model::world::{AssemblyState, AssemblyStep, EndorsementState, WorldAssembly},
    rules,
    shown::{self, Shown},
    tables::{world_assemblies as table, world_assembly_steps as steps_table},
    terms,
};

/// The track whose desk acts for the Task Force.
const TRACK: &str = terms::TRACK;

/// By when it is convoked, and whether it was (R69).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ConvocationNotice {
    /// So many months before it begins.
    pub months: i64,
    /// The last day that is in time.
    pub due_on: LocalDate,
    /// Whether it was convoked by then; none while it is not convoked and still can be.
    pub in_time: Option<bool>,
}

/// What the World Assembly is to who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct YoursThere {
    /// Whether they run it.
    pub runs: bool,
    /// Whether they convoke it.
    pub convokes: bool,
    /// How far the endorsement by their network is; none where they asked for none.
    pub endorsement: Option<EndorsementState>,
}

/// The World Assembly as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct WorldAssemblyView {
    /// It.
    #[serde(flatten)]
    pub assembly: WorldAssembly,
    /// What it is called, and when it is.
    #[serde(flatten)]
    pub shown: Shown,
    /// When it is to be convoked; none before it has a time.
    pub notice: Option<ConvocationNotice>,
    /// What it is to them.
    pub you: YoursThere,
    /// The steps it took.
    pub steps: Vec<AssemblyStep>,
}

/// The World Assembly, found for somebody who may know of it.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// Its session and track.
    pub found: Found,
    /// How far it is.
    pub assembly: WorldAssembly,
    /// Whether this actor knows of it by something else than the session's key: they convene it, or their network is
    /// asked.
    by_part: bool,
}

impl Known {
    /// The session as a decision sees it.
    pub fn object(&self, actor: &Actor) -> Object<'_> {
        let object = self.found.object(actor).of_edition(self.assembly.edition);
        match self.by_part {
            true => Object {
                visible_to: Key::Public,
                ..object
            },
            false => object,
        }
    }

    /// Goes on when this actor runs it: its chair, who convenes it, the desk of the track.
    pub fn may_run(&self, actor: &Actor, now: Moment) -> Result<(), Fault> {
        decide(actor, Act::RunAssembly, &self.object(actor), now).or_fault()
    }

    /// Whether they run it.
    pub fn runs(&self, actor: &Actor, now: Moment) -> bool {
        self.may_run(actor, now).is_ok()
    }

    /// Whether they come to its congress, or run it: those who read what was put to it and what was said.
    pub fn comes(&self, actor: &Actor, now: Moment) -> bool {
        actor.keys().contains(&Key::Registered(self.assembly.edition)) || self.runs(actor, now)
    }
}

/// Plans the World Assembly of an edition.
///
/// # Errors
/// 401, 403 `convener_only`, 404; `world_assembly_exists`; what making a session may refuse.
pub fn convene(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    edition: EditionId,
    input: &SessionInput,
) -> Result<Session, Fault> {
    editions::get(conn, actor, edition)?;
    let convener = may_convene(actor, edition, now)?;
    let input = SessionInput {
        kind: "world_assembly".to_owned(),
        track: String::new(),
        body: None,
        ..input.clone()
    };
    let session = sessions::create(conn, &convener, now, admissions, edition, &input)?;
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(session.id.uuid()),
        scope: Some(edition.uuid()),
        summary: json!({ "code": session.code, "as_convener": is_convener(actor, edition) }),
        ..Note::of("world_assembly.convene", "session")
    };
    audit::note(conn, now, &note)?;
    Ok(session)
}

/// The World Assembly this session is, for who may see it. A meeting of the General Assembly is not it (R77).
///
/// # Errors
/// 404 when there is no such session or this actor may not know of it; `not_the_world_assembly` for another session.
pub fn get(conn: &mut Conn, actor: &Actor, now: Moment, id: SessionId) -> Result<Session, Fault> {
    known(conn, actor, now, id).map(|known| known.found.session)
}

/// The same with how far it is, by when it is convoked, and what it is to who asks.
///
/// # Errors
/// 404 when there is no such session or this actor may not know of it; `not_the_world_assembly` for another session.
pub fn show(conn: &mut Conn, actor: &Actor, now: Moment, id: SessionId) -> Result<WorldAssemblyView, Fault> {
    let known = known(conn, actor, now, id)?;
    let edition = known.assembly.edition;
    let endorsement = match actor.person {
        Some(person) => endorsements::current(conn, edition, person)?.map(|own| own.state),
        None => None,
    };
    Ok(WorldAssemblyView {
        shown: shown::of(conn, actor, &known.found)?,
        notice: notice(conn, &known, now)?,
        you: YoursThere {
            runs: known.runs(actor, now),
            convokes: may_convene(actor, edition, now).is_ok(),
            endorsement,
        },
        steps: steps(conn, id)?,
        assembly: known.assembly,
    })
}

/// The World Assembly of an edition that is not called off, whoever asks.
///
/// # Errors
/// When the database refuses.
pub fn of_edition(conn: &mut Conn, edition: EditionId) -> Result<Option<Session>, Fault> {
    let all = sessions::all(conn, edition)?;
    Ok(all.into_iter().find(|session| {
        session.kind == SessionKind::WorldAssembly && session.state != SessionState::Cancelled
    }))
}

/// How far the World Assembly of an edition is, whoever asks; none where nothing was done about one that takes place.
pub(crate) fn row_of_edition(conn: &mut Conn, edition: EditionId) -> Result<Option<WorldAssembly>, Fault> {
    let rows: Vec<WorldAssembly> = on_each!(conn, |c| table::table
        .filter(table::edition.eq(edition))
        .order(table::session)
        .select(WorldAssembly::as_select())
        .load(c))?;
    for row in rows {
        let session = sessions::row(conn, row.session)?;
        if session.is_some_and(|session| session.state != SessionState::Cancelled) {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

/// The World Assembly, for who may know of it: whoever knows of its session, who convenes it, and the networks that were
/// asked for their consent.
pub(crate) fn known(conn: &mut Conn, actor: &Actor, now: Moment, id: SessionId) -> Result<Known, Fault> {
    let session = sessions::row(conn, id)?.ok_or_else(Fault::not_found)?;
    let mut found = Found { session, track: None };
    let by_key = found.may_be_known(actor, now).allows();
    let assembly = match row(conn, id)? {
        Some(row) => row,
        None => proposed(&found.session),
    };
    let by_part = !by_key
        && found.session.kind == SessionKind::WorldAssembly
        && (is_convener(actor, assembly.edition) || is_asked(conn, actor, now, &assembly)?);
    if !(by_key || by_part) {
        return Err(Fault::not_found());
    }
    if found.session.kind != SessionKind::WorldAssembly {
        return Err(AssemblyFault::NotTheWorldAssembly.into());
    }
    found.track = sessions::track_of(conn, &found.session)?;
    Ok(Known {
        found,
        assembly,
        by_part,
    })
}

/// Holds the World Assembly's row until COMMIT: its steps, answers and agenda stand in line here.
pub(crate) fn take(conn: &mut Conn, known: &Known) -> Result<WorldAssembly, Fault> {
    Ok(on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&proposed(&known.found.session))
        .on_conflict(table::session)
        .do_update()
        .set(table::version.eq(table::version))
        .returning(WorldAssembly::as_returning())
        .get_result(c))?)
}

/// Takes a step that was decided on, from the row that was taken: one that may be taken from there, and once.
pub(crate) fn step(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    before: &WorldAssembly,
    after: WorldAssembly,
    reason: &str,
) -> Result<WorldAssembly, Fault> {
    let (from, to) = (before.state, after.state);
    if !rules::assembly_goes(from, to) {
        return Err(WorldAssemblyFault::State { from, to }.into());
    }
    let after = WorldAssembly {
        version: before.version + 1,
        ..after
    };
    on_each!(conn, |c| diesel::update(table::table)
        .filter(table::session.eq(before.session))
        .filter(table::state.eq(from))
        .filter(table::version.eq(before.version))
        .set(&after)
        .execute(c))
    .one_or(Fault::stale())?;
    let taken = AssemblyStep {
        id: Id::new(),
        session: before.session,
        from_state: from,
        to_state: to,
        reason: reason.to_owned(),
        at: now,
        who: actor.person,
    };
    on_each!(conn, |c| diesel::insert_into(steps_table::table)
        .values(&taken)
        .execute(c))
    .exactly_one()?;
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(before.session.uuid()),
        scope: Some(before.edition.uuid()),
        summary: json!({ "from": from, "to": to, "short_notice": !after.short_notice_reason.is_empty() }),
        before: Fingerprint::of(before),
        after: Fingerprint::of(&after),
        ..Note::of("world_assembly.step", "session")
    };
    audit::note(conn, now, &note)?;
    Ok(after)
}

/// The networks of the Global Taskforce now.
pub(crate) fn networks(conn: &mut Conn, now: Moment) -> Result<Vec<access_rules::OrganisationId>, Fault> {
    let mut networks = relations::of_kind(conn, RelationKind::GtfNetwork, now)?;
    networks.sort_unstable();
    Ok(networks)
}

/// Goes on when this actor convokes: who convenes for the Task Force, or the desk of the track. Its chair does not.
pub(crate) fn may_convoke(actor: &Actor, edition: EditionId, now: Moment) -> Result<(), Fault> {
    may_convene(actor, edition, now).map(drop)
}

/// The last day on which it is convoked in time; none before it has a time.
pub(crate) fn due_on(conn: &mut Conn, session: &Session) -> Result<Option<(i64, LocalDate)>, Fault> {
    let months = terms::of(conn, session.edition)?.notice_months;
    let starts = session.starts_local;
    Ok(starts.map(|starts| (months, rules::notice_due(starts.date(), months))))
}

/// The day it is at the congress.
pub(crate) fn today(conn: &mut Conn, edition: EditionId, now: Moment) -> Result<LocalDate, Fault> {
    let edition = editions::find(conn, edition)?.ok_or_else(Fault::not_found)?;
    Ok(edition.zone.local(now).date())
}

fn notice(conn: &mut Conn, known: &Known, now: Moment) -> Result<Option<ConvocationNotice>, Fault> {
    let Some((months, due_on)) = due_on(conn, &known.found.session)? else {
        return Ok(None);
    };
    let in_time = match known.assembly.convoked_at {
        Some(_) => Some(known.assembly.short_notice_reason.is_empty()),
        None if today(conn, known.assembly.edition, now)? <= due_on => None,
        None => Some(false),
    };
    Ok(Some(ConvocationNotice {
        months,
        due_on,
        in_time,
    }))
}

fn steps(conn: &mut Conn, session: SessionId) -> Result<Vec<AssemblyStep>, Fault> {
    Ok(on_each!(conn, |c| steps_table::table
        .filter(steps_table::session.eq(session))
        .order(steps_table::id)
        .select(AssemblyStep::as_select())
        .load(c))?)
}

fn row(conn: &mut Conn, session: SessionId) -> Result<Option<WorldAssembly>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(session)
        .select(WorldAssembly::as_select())
        .first(c)
        .optional())?)
}

/// One that nothing was done about yet.
fn proposed(session: &Session) -> WorldAssembly {
    WorldAssembly {
        session: session.id,
        edition: session.edition,
        state: AssemblyState::Proposed,
        convoked_at: None,
        convoked_for: None,
        short_notice_reason: String::new(),
        version: 0,
    }
}

/// Whether this actor looks after a network that was asked for its consent.
fn is_asked(conn: &mut Conn, actor: &Actor, now: Moment, assembly: &WorldAssembly) -> Result<bool, Fault> {
    if assembly.state == AssemblyState::Proposed || actor.focal_point_of().next().is_none() {
        return Ok(false);
    }
    let networks = networks(conn, now)?;
    Ok(actor.focal_point_of().any(|own| networks.contains(&own)))
}

/// Who may convene, acting for the desk of this track in this one thing.
fn may_convene(actor: &Actor, edition: EditionId, now: Moment) -> Result<Actor, Fault> {
    let object = Object::public(ObjectKind::Session).of_track(Some(TRACK));
    if decide(actor, Act::EditSession, &object, now).allows() {
        return Ok(actor.clone());
    }
    if !actor.signed_in() {
        return Err(Fault::sign_in_needed());
    }
    // A bearer token does no more here than elsewhere.
    let may_write = actor.token_scopes.as_ref().is_none_or(|scopes| {
        scopes
            .iter()
            .any(|scope| scope == "write" || scope == "programme")
    });
    if !may_write {
        return Err(Fault::forbidden("scope"));
    }
    if !is_convener(actor, edition) {
        return Err(Fault::forbidden("convener_only"));
    }
    let mut convener = actor.clone();
    convener.standings.push(Standing {
        role: Role::Secretariat,
        scope: Scope::Track(TRACK.to_owned()),
    });
    Ok(convener)
}

fn is_convener(actor: &Actor, edition: EditionId) -> bool {
    actor.holds(Role::GtfConvener, &Scope::Edition(edition))
}
