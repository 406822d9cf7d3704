//! Special sessions of Local4Action whose outcome goes to the World Assembly too (R78): whoever runs the World Assembly says
//! which; who leads or reports on one records what came of it and hands it in, once.

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, SessionId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, Localized, Moment};
use outcomes::{
    model::{Source, Transmission},
    transmissions::{self, NewTransmission},
};
use programme::{
    closed_sessions, editions,
    model::SessionKind,
    sessions::{self, Found},
};
use records::audit::{self, Note};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    closings,
    faults::SittingFault,
    model::{SessionResult, TransmittingSession},
    results::{self, ResultInput, ResultView},
    rules, shown,
    tables::transmitting_sessions as table,
    terms::{self, TRACK},
};

/// A special session whose outcome goes to the World Assembly, as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SpecialSessionView {
    /// That it does.
    #[serde(flatten)]
    pub flag: TransmittingSession,
    /// Its title.
    pub title: Localized,
    /// What came of it; for who records it, and for the congress once it went out.
    pub result: Option<ResultView>,
}

/// Says that the outcome of a special session goes to the World Assembly. Twice is once.
///
/// # Errors
/// 401, 403, 404; `not_a_special_session`.
pub fn flag(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<TransmittingSession, Fault> {
    let found = special(conn, actor, now, session)?;
    may_flag(actor, now, found.session.edition)?;
    terms::take(conn, found.session.edition)?;
    if let Some(flag) = find(conn, session)? {
        return Ok(flag);
    }
    let flag = TransmittingSession {
        session,
        edition: found.session.edition,
        flagged_at: now,
        flagged_by: actor.person,
    };
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&flag)
        .execute(c))
    .exactly_one()?;
    note(conn, actor, now, "special_session.flag", &found)?;
    Ok(flag)
}

/// Says that it does not after all, as long as nothing went out.
///
/// # Errors
/// 401, 403, 404; `not_flagged`; `result_sent`.
pub fn unflag(conn: &mut Conn, actor: &Actor, now: Moment, session: SessionId) -> Result<(), Fault> {
    let found = special(conn, actor, now, session)?;
    may_flag(actor, now, found.session.edition)?;
    terms::take(conn, found.session.edition)?;
    not_sent(conn, session)?;
    on_each!(conn, |c| diesel::delete(table::table.find(session)).execute(c))
        .one_or(SittingFault::NotFlagged.into())?;
    note(conn, actor, now, "special_session.unflag", &found)
}

/// Records what came of a special session, once it has begun.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `not_a_special_session`; `not_flagged`; `sitting_not_begun`; `result_sent`;
/// `stale`.
pub fn record(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    input: &ResultInput,
    version: Option<i64>,
) -> Result<ResultView, Fault> {
    let found = reported(conn, actor, now, session)?;
    let (result, drafts) = results::checked(conn, input)?;
    results::begun(&found, now)?;
    terms::take(conn, found.session.edition)?;
    not_sent(conn, session)?;
    results::keep(conn, actor, now, &found, None, result, &drafts, version)
}

/// Hands what came of a special session to the World Assembly. Twice is once.
///
/// # Errors
/// 401, 403, 404; `not_a_special_session`; `not_flagged`; `no_result`; `world_assembly_over`.
pub fn transmit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<Transmission, Fault> {
    let found = reported(conn, actor, now, session)?;
    terms::take(conn, found.session.edition)?;
    let source = Source::SpecialSession;
    if let Some(sent) = transmissions::of_source(conn, source, session.uuid())? {
        return Ok(sent);
    }
    closings::still_receives(conn, &found)?;
    let result = results::find(conn, session, None)?.ok_or(SittingFault::NoResult)?;
    let new = transmission(conn, &found, &result)?;
    let (sent, is_new) = transmissions::send(conn, actor.person, now, new)?;
    if is_new {
        closings::went_out(conn, &result, &sent)?;
        note(conn, actor, now, "special_session.transmit", &found)?;
        closed_sessions::tell(conn, now, &found.session)?;
    }
    Ok(sent)
}

/// The special sessions of an edition whose outcome goes to the World Assembly, of those this actor may know of.
///
/// # Errors
/// 404.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
) -> Result<Vec<SpecialSessionView>, Fault> {
    editions::get(conn, actor, edition)?;
    let all: Vec<TransmittingSession> = on_each!(conn, |c| table::table
        .filter(table::edition.eq(edition))
        .order((table::flagged_at, table::session))
        .select(TransmittingSession::as_select())
        .load(c))?;
    let mut views = Vec::new();
    for flag in all {
        let found = match sessions::get(conn, actor, now, flag.session) {
            Ok(found) => found,
            Err(fault) if fault.kind == kernel::Kind::NotFound => continue,
            Err(fault) => return Err(fault),
        };
        views.push(SpecialSessionView {
            result: results::seen(conn, actor, now, &found, None)?,
            title: shown::of(conn, actor, &found)?.title,
            flag,
        });
    }
    Ok(views)
}

/// Whether the outcome of a session goes to the World Assembly, whoever asks.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, session: SessionId) -> Result<Option<TransmittingSession>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(session)
        .select(TransmittingSession::as_select())
        .first(c)
        .optional())?)
}

/// A session this actor may know of, if it is a special one or of Local4Action.
fn special(conn: &mut Conn, actor: &Actor, now: Moment, session: SessionId) -> Result<Found, Fault> {
    let found = sessions::get(conn, actor, now, session)?;
    match found.session.kind {
        SessionKind::Special | SessionKind::Local4action => Ok(found),
        _ => Err(SittingFault::NotSpecial.into()),
    }
}

/// One this actor may report on, whose outcome goes to the World Assembly.
fn reported(conn: &mut Conn, actor: &Actor, now: Moment, session: SessionId) -> Result<Found, Fault> {
    let found = special(conn, actor, now, session)?;
    decide(actor, Act::RecordResult, &found.object(actor), now).or_fault()?;
    match find(conn, session)? {
        Some(_) => Ok(found),
        None => Err(SittingFault::NotFlagged.into()),
    }
}

fn may_flag(actor: &Actor, now: Moment, edition: EditionId) -> Result<(), Fault> {
    let object = Object::public(ObjectKind::Session)
        .of_track(Some(TRACK))
        .of_edition(edition);
    decide(actor, Act::RunAssembly, &object, now).or_fault()
}

fn not_sent(conn: &mut Conn, session: SessionId) -> Result<(), Fault> {
    match transmissions::of_source(conn, Source::SpecialSession, session.uuid())? {
        Some(_) => Err(SittingFault::ResultSent.into()),
        None => Ok(()),
    }
}

fn transmission(conn: &mut Conn, found: &Found, result: &SessionResult) -> Result<NewTransmission, Fault> {
    let edition = editions::find(conn, found.session.edition)?.ok_or_else(Fault::not_found)?;
    let drafts = results::drafts_of(conn, result.id)?;
    Ok(NewTransmission {
        edition: edition.id,
        source: Source::SpecialSession,
        source_id: found.session.id.uuid(),
        stem: format!("SP-{}-{}", rules::year_of(edition.starts_on), found.session.code),
        session: Some(found.session.id),
        session_title: found.session.title.clone(),
        paper: None,
        paper_title: Localized::default(),
        theme: None,
        organisation: None,
        result: result.result.clone(),
        outcomes: closings::handed_in(drafts),
    })
}

fn note(conn: &mut Conn, actor: &Actor, now: Moment, act: &str, found: &Found) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(found.session.id.uuid()),
        scope: Some(found.session.edition.uuid()),
        summary: json!({ "code": found.session.code }),
        ..Note::of(act, "session")
    };
    audit::note(conn, now, &note)
}
