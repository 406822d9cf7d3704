//! Transmissions: what a sitting, a Town Hall session or a special session hands to the World Assembly, exactly once
//! (R66, R94, R78).
//!
//! Who may close a session is decided by the track, before it calls: here `who` is only remembered. What was received is
//! read by whoever comes to the congress; by anybody else once all of it is decided.

use access_rules::{Actor, EditionId, Key, OrganisationId, PaperId, PersonId, SessionId, ThemeId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{CodeShape, Coded as _, Fault, Fields, Id, Localized, Moment, text};
use records::audit::{self, Note};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    inbox,
    model::{Outcome, OutcomeKind, OutcomeRef, OutcomeState, Source, Transmission, TransmissionId},
    numbers, rules,
    sight::Eyes,
    tables::{outcomes as outcomes_table, transmissions as table},
    titles,
    wordings::{self, Beginning, NewOutcome, Worded},
};

/// What a track hands in.
#[derive(Clone, Debug)]
pub struct NewTransmission {
    /// The edition.
    pub edition: EditionId,
    /// Where it comes from.
    pub source: Source,
    /// The paper (R66) or the session (R94, R78) it is of: for each there is one.
    pub source_id: Uuid,
    /// What the codes of its outcomes begin with: `TH-2019-03`, `AS-2019-AFR`.
    pub stem: String,
    /// The session in which the result was recorded.
    pub session: Option<SessionId>,
    /// Its title.
    pub session_title: Localized,
    /// The paper.
    pub paper: Option<PaperId>,
    /// Its title.
    pub paper_title: Localized,
    /// The Town Hall theme.
    pub theme: Option<ThemeId>,
    /// The organisation whose paper it is, or that leads the theme.
    pub organisation: Option<OrganisationId>,
    /// What came of the deliberation.
    pub result: Localized,
    /// Its recommendations, positions, declarations.
    pub outcomes: Vec<NewOutcome>,
}

/// A transmission with what became of its outcomes: a line of the inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Received {
    /// It.
    #[serde(flatten)]
    pub transmission: Transmission,
    /// Its outcomes, by their codes.
    pub outcomes: Vec<OutcomeRef>,
}

/// Hands a result to the World Assembly. For a paper or session that has one already it answers that one and changes
/// nothing, however many ask at once; the flag tells which it was.
///
/// # Errors
/// `inbox_closed` once the World Assembly is over; `invalid` with each field: `stem`, `result`, `outcomes.0.title` …
pub fn send(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    new: NewTransmission,
) -> Result<(Transmission, bool), Fault> {
    if let Some(there) = of_source(conn, new.source, new.source_id)? {
        return Ok((there, false));
    }
    inbox::receives(conn, new.edition)?;
    let (transmission, outcomes) = checked(conn, who, now, new)?;
    let is_new = on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&transmission)
        .on_conflict((table::source, table::source_id))
        .do_nothing()
        .execute(c))
    .at_most_one()?;
    if !is_new {
        // Somebody else sent it at the same moment, and their COMMIT came first.
        let there = of_source(conn, transmission.source, transmission.source_id.uuid())?;
        return Ok((there.ok_or_else(Fault::not_found)?, false));
    }
    note(conn, who, now, &transmission, outcomes.len())?;
    receive(conn, who, now, &transmission, outcomes)?;
    Ok((transmission, true))
}

/// A transmission with its outcomes.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, actor: &Actor, id: TransmissionId) -> Result<Received, Fault> {
    let found = find(conn, id)?.ok_or_else(Fault::not_found)?;
    let eyes = Eyes::of(conn, actor)?;
    let received = with_outcomes(conn, vec![found])?;
    let mut seen = received.into_iter().filter(|one| reads(&eyes, one));
    seen.next().ok_or_else(Fault::not_found)
}

/// The inbox of an edition in the order in which it came, as far as this actor reads it.
///
/// # Errors
/// When the database refuses.
pub fn list(conn: &mut Conn, actor: &Actor, edition: EditionId) -> Result<Vec<Received>, Fault> {
    let eyes = Eyes::of(conn, actor)?;
    let mut received = all(conn, edition)?;
    received.retain(|one| reads(&eyes, one));
    Ok(received)
}

/// The whole inbox of an edition; who may read it was decided by the caller.
///
/// # Errors
/// When the database refuses.
pub fn all(conn: &mut Conn, edition: EditionId) -> Result<Vec<Received>, Fault> {
    let rows = on_each!(conn, |c| table::table
        .filter(table::edition.eq(edition))
        .order(table::id)
        .select(Transmission::as_select())
        .load(c))?;
    with_outcomes(conn, rows)
}

/// A transmission, whoever asks.
///
/// # Errors
/// When the database refuses.
pub fn find(conn: &mut Conn, id: TransmissionId) -> Result<Option<Transmission>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find(id)
        .select(Transmission::as_select())
        .first(c)
        .optional())?)
}

/// The transmission of a paper or session, whoever asks.
///
/// # Errors
/// When the database refuses.
pub fn of_source(conn: &mut Conn, source: Source, id: Uuid) -> Result<Option<Transmission>, Fault> {
    let id: Id<crate::model::SourceThing> = Id::from_uuid(id);
    Ok(on_each!(conn, |c| table::table
        .filter(table::source.eq(source))
        .filter(table::source_id.eq(id))
        .select(Transmission::as_select())
        .first(c)
        .optional())?)
}

/// What was sent from a session, whoever asks: of each of its papers, or of itself.
///
/// # Errors
/// When the database refuses.
pub fn of_session(conn: &mut Conn, session: SessionId) -> Result<Vec<Transmission>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::session.eq(session))
        .order(table::id)
        .select(Transmission::as_select())
        .load(c))?)
}

/// What was sent of a paper, whoever asks: as a position paper once, as a policy paper by each session on it.
///
/// # Errors
/// When the database refuses.
pub fn of_paper(conn: &mut Conn, paper: PaperId) -> Result<Vec<Transmission>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::paper.eq(paper))
        .order(table::id)
        .select(Transmission::as_select())
        .load(c))?)
}

/// Whether a reader reads a transmission: what the congress received, or all of which is decided.
pub(crate) fn reads(eyes: &Eyes, received: &Received) -> bool {
    let edition = received.transmission.edition;
    let is_decided = || received.outcomes.iter().all(|outcome| outcome.state.is_decided());
    eyes.reads_all_of(edition)
        || eyes.handed_in.contains(&received.transmission.id)
        || eyes.keys.contains(&Key::Registered(edition).to_string())
        || (!received.outcomes.is_empty() && is_decided())
}

fn checked(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    new: NewTransmission,
) -> Result<(Transmission, Vec<Worded>), Fault> {
    let mut fields = Fields::new();
    let stem = fields.code("stem", &new.stem, CodeShape::Label);
    let result = fields.localized_paragraph("result", &new.result, rules::RESULT_MAX, false);
    let session_title = fields.localized_line("session_title", &new.session_title, text::TITLE, false);
    let paper_title = fields.localized_line("paper_title", &new.paper_title, text::TITLE, false);
    if new.outcomes.len() > rules::OUTCOMES_MOST {
        fields.wrong_with("outcomes", "too_many_outcomes", "most", rules::OUTCOMES_MOST);
    }
    let mut outcomes = Vec::new();
    for (place, outcome) in new.outcomes.iter().enumerate().take(rules::OUTCOMES_MOST) {
        let at = format!("outcomes.{place}");
        outcomes.push(wordings::worded(conn, &mut fields, &at, outcome)?);
    }
    fields.done()?;
    let transmission = Transmission {
        id: Id::new(),
        edition: new.edition,
        source: new.source,
        source_id: Id::from_uuid(new.source_id),
        stem,
        session: new.session,
        session_title,
        paper: new.paper,
        paper_title,
        theme: new.theme,
        organisation: new.organisation,
        result,
        sent_at: now,
        sent_by: who,
        version: 1,
    };
    Ok((transmission, outcomes))
}

/// Writes what came with a transmission, under codes in the order in which it was handed in.
fn receive(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    transmission: &Transmission,
    outcomes: Vec<Worded>,
) -> Result<(), Fault> {
    for kind in OutcomeKind::ALL {
        let of_kind: Vec<&Worded> = outcomes.iter().filter(|one| one.kind == *kind).collect();
        let Ok(count) = i64::try_from(of_kind.len()) else {
            continue;
        };
        if count == 0 {
            continue;
        }
        let before = numbers::take(conn, &transmission.stem, *kind, count)?;
        for (number, worded) in (before + 1..).zip(of_kind) {
            let beginning = Beginning {
                edition: transmission.edition,
                stem: &transmission.stem,
                number,
                transmission: Some(transmission.id),
                state: OutcomeState::Received,
            };
            wordings::begin(conn, who, now, &beginning, worded.clone())?;
        }
    }
    Ok(())
}

/// Transmissions with their outcomes.
pub(crate) fn with_outcomes(conn: &mut Conn, rows: Vec<Transmission>) -> Result<Vec<Received>, Fault> {
    let ids: Vec<TransmissionId> = rows.iter().map(|row| row.id).collect();
    let mut outcomes: Vec<Outcome> = Vec::new();
    for some in ids.chunks(500) {
        let found: Vec<Outcome> = on_each!(conn, |c| outcomes_table::table
            .filter(outcomes_table::transmission.eq_any(some))
            .select(Outcome::as_select())
            .load(c))?;
        outcomes.extend(found);
    }
    outcomes.sort_by(|one, other| one.code.cmp(&other.code));
    let refs = titles::refs(conn, &outcomes)?;
    let of = |id: TransmissionId| {
        let own = outcomes.iter().zip(&refs);
        own.filter(move |(outcome, _)| outcome.transmission == Some(id))
            .map(|(_, told)| told.clone())
            .collect()
    };
    let received = rows.iter().map(|row| Received {
        transmission: row.clone(),
        outcomes: of(row.id),
    });
    Ok(received.collect())
}

fn note(
    conn: &mut Conn,
    who: Option<PersonId>,
    now: Moment,
    transmission: &Transmission,
    outcomes: usize,
) -> Result<(), Fault> {
    let note = Note {
        actor: who.map(Id::cast),
        object_id: Some(transmission.id.uuid()),
        scope: Some(transmission.edition.uuid()),
        summary: json!({
            "source": transmission.source, "source_id": transmission.source_id,
            "stem": transmission.stem, "outcomes": outcomes,
        }),
        ..Note::of("transmission.send", "transmission")
    };
    audit::note(conn, now, &note)
}
