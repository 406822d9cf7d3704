//! Deliberations: what came of a session of the Town Hall, and closing it (R94).
//!
//! Who may record the result of the session writes down what came of it, in words and as a list of recommendations, and may
//! change it. Closing hands it to the World Assembly by one transmission, however many close at once and however often: the
//! row of the deliberation goes from recorded to closed once. From then on it stays, and whoever knows of the session reads
//! what it concluded.

use access_rules::{Act, Actor, PaperId, PersonId, SessionId, ThemeId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Json, Localized, Moment};
use outcomes::{
    inbox,
    model::{OutcomeKind, Source, TransmissionId},
    transmissions::{self, NewTransmission},
    wordings::{self, NewOutcome},
};
use papers::model::{Paper, PaperState};
use programme::{
    closed_sessions, editions,
    model::{Session, SessionKind, Theme},
    sessions::{self, Found},
    themes,
};
use records::audit::{self, Fingerprint, Note};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use texts::versions;
use utoipa::ToSchema;

use crate::{
    faults::TownHallFault,
    model::{Deliberation, DeliberationState, PartnerRole},
    partners, rules, space,
    tables::deliberations as table,
};

/// What the form of a session's result asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct DeliberationInput {
    /// What came of it, in one language at least.
    pub result: Localized,
    /// What it recommends, in order. Whatever their kind says, they are recommendations.
    pub recommendations: Vec<NewOutcome>,
}

/// What came of a session, as its readers see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct DeliberationView {
    /// The session.
    pub session: SessionId,
    /// Its title.
    pub session_title: Localized,
    /// Its theme.
    pub theme: ThemeId,
    /// The paper it was on.
    pub paper: Option<PaperId>,
    /// How far it is.
    pub state: DeliberationState,
    /// What came of it.
    pub result: Localized,
    /// What it recommends, as it was handed in.
    pub recommendations: Vec<NewOutcome>,
    /// When it was written down last.
    pub recorded_at: Moment,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// The transmission that closing made.
    #[schema(value_type = Option<String>)]
    pub transmission: Option<TransmissionId>,
    /// Guards edits.
    pub version: i64,
}

/// Writes down what came of a session, or changes it on the version of it that was seen.
///
/// # Errors
/// 401, 403, 404; `not_a_town_hall`; `invalid` with each field; `deliberation_closed`; `stale`.
pub fn record(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    input: &DeliberationInput,
    version: Option<i64>,
) -> Result<DeliberationView, Fault> {
    let (session, theme) = hall(conn, actor, now, session)?;
    let before = row(conn, session.id)?;
    if before
        .as_ref()
        .is_some_and(|before| before.state == DeliberationState::Closed)
    {
        return Err(TownHallFault::DeliberationClosed.into());
    }
    let seen = before.as_ref().map_or(0, |before| before.version);
    if version.is_some_and(|version| version != seen) {
        return Err(Fault::stale());
    }
    let (result, recommendations) = checked(conn, input)?;
    let after = Deliberation {
        session: session.id,
        edition: session.edition,
        theme: theme.id,
        paper: None,
        state: DeliberationState::Recorded,
        result,
        recommendations: Json(recommendations),
        recorded_at: now,
        recorded_by: actor.person,
        closed_at: None,
        closed_by: None,
        transmission: None,
        version: seen + 1,
    };
    write(conn, before.as_ref(), &after)?;
    let summary = json!({ "recommendations": after.recommendations.0.len() });
    note(
        conn,
        actor,
        now,
        "deliberation.record",
        before.as_ref(),
        &after,
        summary,
    )?;
    Ok(view(&session, after))
}

/// Closes a session: what came of it goes to the World Assembly, once. Again, it answers the same and changes nothing.
///
/// # Errors
/// 401, 403, 404; `not_a_town_hall`; `result_missing`, with what lacks; `hall_not_begun`; `hall_cancelled`; `inbox_closed`
/// once the World Assembly is over.
pub fn close(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<DeliberationView, Fault> {
    let (session, theme) = hall(conn, actor, now, session)?;
    let before = row(conn, session.id)?;
    if let Some(closed) = before
        .as_ref()
        .filter(|before| before.state == DeliberationState::Closed)
    {
        return Ok(view(&session, closed.clone()));
    }
    rules::has_result(before.as_ref())?;
    rules::has_deliberated(&session, now)?;
    inbox::receives(conn, session.edition)?;
    // Whoever takes the row first closes it; who comes later finds it closed once that is committed.
    let Some(taken) = take(conn, actor, now, session.id)? else {
        let closed = row(conn, session.id)?.ok_or_else(Fault::not_found)?;
        return Ok(view(&session, closed));
    };
    let taken = rules::has_result(Some(&taken))?;
    let paper = papers::current_of(conn, theme.id)?.filter(|paper| paper.published_version.is_some());
    let transmission = send(conn, actor.person, now, &session, &theme, paper.as_ref(), taken)?;
    let after = Deliberation {
        paper: paper.as_ref().map(|paper| paper.id),
        transmission: Some(transmission),
        ..taken.clone()
    };
    on_each!(conn, |c| diesel::update(table::table.find(session.id))
        .set((
            table::paper.eq(after.paper),
            table::transmission.eq(after.transmission)
        ))
        .execute(c))
    .exactly_one()?;
    if let Some(paper) = &paper {
        hand_over(conn, actor.person, now, paper)?;
    }
    let summary = json!({ "transmission": transmission, "paper": after.paper });
    note(
        conn,
        actor,
        now,
        "deliberation.close",
        before.as_ref(),
        &after,
        summary,
    )?;
    closed_sessions::tell(conn, now, &session)?;
    Ok(view(&session, after))
}

/// What came of a session: once it is closed for whoever may know of the session, before that for who may record it.
///
/// # Errors
/// 404.
pub fn get(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<DeliberationView, Fault> {
    let found = sessions::get(conn, actor, now, session)?;
    let deliberation = row(conn, session)?.ok_or_else(Fault::not_found)?;
    let is_open = deliberation.state == DeliberationState::Closed
        || decide(actor, Act::RecordResult, &found.object(actor), now).allows();
    match is_open {
        true => Ok(view(&found.session, deliberation)),
        false => Err(Fault::not_found()),
    }
}

/// What the sessions on a theme concluded, for whoever sees the edition and may know of the sessions.
///
/// # Errors
/// 404.
pub fn of_theme(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    theme: ThemeId,
) -> Result<Vec<DeliberationView>, Fault> {
    let theme = partners::seen(conn, actor, theme)?;
    let mut views = Vec::new();
    for deliberation in closed_of(conn, theme.id)? {
        let Some(session) = sessions::row(conn, deliberation.session)? else {
            continue;
        };
        let found = Found { session, track: None };
        if found.may_be_known(actor, now).allows() {
            views.push(view(&found.session, deliberation));
        }
    }
    Ok(views)
}

/// The sessions on a theme that were closed; unchecked.
pub(crate) fn closed_of(conn: &mut Conn, theme: ThemeId) -> Result<Vec<Deliberation>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::theme.eq(theme))
        .filter(table::state.eq(DeliberationState::Closed))
        .order((table::closed_at, table::session))
        .select(Deliberation::as_select())
        .load(c))?)
}

/// Whether what came of a session on this paper is with the World Assembly; unchecked.
pub(crate) fn is_transmitted(conn: &mut Conn, paper: PaperId) -> Result<bool, Fault> {
    let closed: i64 = on_each!(conn, |c| table::table
        .filter(table::paper.eq(paper))
        .filter(table::state.eq(DeliberationState::Closed))
        .count()
        .get_result(c))?;
    Ok(closed > 0)
}

/// A final paper whose deliberation was closed goes with it to the World Assembly; one that is not final yet goes on, and
/// is handed over when it is.
pub(crate) fn hand_over(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    paper: &Paper,
) -> Result<Paper, Fault> {
    if paper.state != PaperState::Final {
        return Ok(paper.clone());
    }
    papers::go(conn, who, now, paper.id, PaperState::ResultRecorded, "")?;
    papers::go(conn, who, now, paper.id, PaperState::Transmitted, "")
}

/// A session of the Town Hall with its theme, for who may record what came of it.
fn hall(conn: &mut Conn, actor: &Actor, now: Moment, session: SessionId) -> Result<(Session, Theme), Fault> {
    let found = sessions::get(conn, actor, now, session)?;
    decide(actor, Act::RecordResult, &found.object(actor), now).or_fault()?;
    let theme = found
        .session
        .theme
        .filter(|_| found.session.kind == SessionKind::TownHall);
    let theme = theme.ok_or(TownHallFault::NotATownHall)?;
    let theme = themes::find(conn, theme)?.ok_or_else(Fault::not_found)?;
    Ok((found.session, theme))
}

fn checked(conn: &mut Conn, input: &DeliberationInput) -> Result<(Localized, Vec<NewOutcome>), Fault> {
    let mut fields = Fields::new();
    let result = fields.localized_paragraph("result", &input.result, rules::RESULT_MAX, true);
    let most = rules::RECOMMENDATIONS_MOST;
    if input.recommendations.len() > most {
        fields.wrong_with("recommendations", "too_many_entries", "most", most);
    }
    let mut recommendations = Vec::new();
    for (place, one) in input.recommendations.iter().take(most).enumerate() {
        let one = NewOutcome {
            kind: OutcomeKind::Recommendation,
            ..one.clone()
        };
        wordings::check(conn, &mut fields, &format!("recommendations.{place}"), &one)?;
        recommendations.push(one);
    }
    fields.done()?;
    Ok((result, recommendations))
}

fn write(conn: &mut Conn, before: Option<&Deliberation>, after: &Deliberation) -> Result<(), Fault> {
    let Some(before) = before else {
        let written = on_each!(conn, |c| diesel::insert_into(table::table)
            .values(after)
            .execute(c));
        return match written.exactly_one() {
            Err(fault) if fault.code == "already_exists" => Err(Fault::stale()),
            answer => answer,
        };
    };
    on_each!(conn, |c| diesel::update(table::table.find(after.session))
        .filter(table::state.eq(DeliberationState::Recorded))
        .filter(table::version.eq(before.version))
        .set((
            table::theme.eq(after.theme),
            table::result.eq(&after.result),
            table::recommendations.eq(&after.recommendations),
            table::recorded_at.eq(after.recorded_at),
            table::recorded_by.eq(after.recorded_by),
            table::version.eq(after.version),
        ))
        .execute(c))
    .one_or(Fault::stale())
}

/// Takes a deliberation from recorded to closed; nothing when it was closed already.
fn take(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<Option<Deliberation>, Fault> {
    Ok(on_each!(conn, |c| diesel::update(table::table.find(session))
        .filter(table::state.eq(DeliberationState::Recorded))
        .set((
            table::state.eq(DeliberationState::Closed),
            table::closed_at.eq(now),
            table::closed_by.eq(actor.person),
            table::version.eq(table::version + 1),
        ))
        .returning(Deliberation::as_returning())
        .get_result(c)
        .optional())?)
}

fn send(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    session: &Session,
    theme: &Theme,
    paper: Option<&Paper>,
    deliberation: &Deliberation,
) -> Result<TransmissionId, Fault> {
    let edition = editions::find(conn, session.edition)?.ok_or_else(Fault::not_found)?;
    let number = space::of(conn, theme)?.number;
    let lead = partners::current(conn, theme.id)?
        .into_iter()
        .find(|partner| partner.role == PartnerRole::Lead);
    let paper_title = match paper {
        Some(paper) => versions::get(conn, paper.text, paper.published_version.unwrap_or(0))?.title,
        None => Localized::default(),
    };
    let new = NewTransmission {
        edition: edition.id,
        source: Source::TownHallSession,
        source_id: session.id.uuid(),
        stem: rules::outcome_stem(&edition, number),
        session: Some(session.id),
        session_title: session.title.clone(),
        paper: paper.map(|paper| paper.id),
        paper_title,
        theme: Some(theme.id),
        organisation: lead.map(|lead| lead.organisation),
        result: deliberation.result.clone(),
        outcomes: deliberation.recommendations.0.clone(),
    };
    let (transmission, _) = transmissions::send(conn, who, now, new)?;
    Ok(transmission.id)
}

fn row(conn: &mut Conn, session: SessionId) -> Result<Option<Deliberation>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(session)
        .select(Deliberation::as_select())
        .first(c)
        .optional())?)
}

fn view(session: &Session, deliberation: Deliberation) -> DeliberationView {
    DeliberationView {
        session: deliberation.session,
        session_title: session.title.clone(),
        theme: deliberation.theme,
        paper: deliberation.paper,
        state: deliberation.state,
        result: deliberation.result,
        recommendations: deliberation.recommendations.0,
        recorded_at: deliberation.recorded_at,
        closed_at: deliberation.closed_at,
        transmission: deliberation.transmission,
        version: deliberation.version,
    }
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&Deliberation>,
    after: &Deliberation,
    summary: Value,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(after.session.uuid()),
        scope: Some(after.edition.uuid()),
        summary,
        before: before.and_then(Fingerprint::of),
        after: Fingerprint::of(after),
        ..Note::of(act, "session")
    };
    audit::note(conn, now, &note)
}
