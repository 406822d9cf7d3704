//! Which papers a sitting takes up, in order, and who presents and responds (R62). A paper may be presented in several
//! sittings. What comes of it there is [`crate::results`].
//!
//! A sitting's papers are part of the draft programme: a sitting is released with one at least. Who reads the list reads
//! the papers in it that they would find anyway, and no others.

use access_rules::{Act, Actor, PaperId, PersonId, SessionId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Fields, Id, Localized, Moment, text};
use members::organisations;
use papers::{
    model::{Paper, PaperState, PaperTrack},
    papers as all_papers,
};
use people::persons;
use programme::{
    editions,
    model::SessionKind,
    sessions::{self, Found},
};
use records::audit::{self, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    closings,
    faults::SittingFault,
    invitations,
    model::{PaperSpeaker, PaperSpeakerRole, SittingPaper},
    results::{self, ResultView},
    rules,
    tables::{sitting_paper_speakers as speakers_table, sitting_papers as table},
    terms,
};

/// Most people at one paper in one sitting.
const SPEAKERS_MOST: usize = 30;
/// Most papers of one sitting.
const PAPERS_MOST: i64 = 50;

/// What the form that has a sitting take up a paper asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct SittingPaperInput {
    /// Which paper; only when it is taken up.
    pub paper: Option<PaperId>,
    /// Its place in the sitting, from 1; the last when left out.
    pub position: Option<i64>,
    /// Who presents it and who responds; who did stays when left out.
    pub speakers: Option<Vec<PaperSpeakerInput>>,
}

/// Somebody who presents a paper or responds, as the form asks.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct PaperSpeakerInput {
    /// What they do; present it when left out.
    pub role: Option<PaperSpeakerRole>,
    /// The person, when they are one of ours.
    pub person: Option<PersonId>,
    /// The name as shown; the person's own when left empty.
    pub name: String,
}

/// A paper of a sitting as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SittingPaperView {
    /// That the sitting takes it up.
    #[serde(flatten)]
    pub taken_up: SittingPaper,
    /// What the paper is called for ever.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// Whose it is, by name.
    pub owner_name: String,
    /// How far it is.
    pub state: PaperState,
    /// Who presents it and who responds.
    pub speakers: Vec<PaperSpeaker>,
    /// What came of it; for who records it, and for the congress once the sitting is closed.
    pub result: Option<ResultView>,
}

/// Has a sitting take up a paper.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `not_a_sitting`, `not_a_position_paper`; `paper_in_sitting`; `sitting_closed`;
/// `edition_over`.
pub fn add(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    input: &SittingPaperInput,
) -> Result<SittingPaper, Fault> {
    let found = changed(conn, actor, now, session)?;
    let paper = input.paper.ok_or_else(|| Fault::field("paper", "required"))?;
    let paper = position_paper(conn, actor, now, &found, paper)?;
    let held = of_session(conn, session)?;
    if held.iter().any(|own| own.paper == paper.id) {
        return Err(SittingFault::InSitting.into());
    }
    let mut fields = Fields::new();
    let last = held.iter().map(|own| own.position).max().unwrap_or(0) + 1;
    let position = fields.within("position", input.position.unwrap_or(last), 1, PAPERS_MOST);
    let asked = input.speakers.as_deref().unwrap_or_default();
    let named = checked(conn, &mut fields, session, paper.id, asked)?;
    fields.done()?;
    let row = SittingPaper {
        session,
        paper: paper.id,
        position,
        version: 1,
    };
    on_each!(conn, |c| diesel::insert_into(table::table)
        .values(&row)
        .execute(c))
    .exactly_one()?;
    replace_speakers(conn, &row, &named)?;
    note(conn, actor, now, "sitting_paper.add", &found, &row)?;
    Ok(row)
}

/// Changes the place of a paper in a sitting, and who presents it and responds.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `sitting_closed`; `stale`; `edition_over`.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    paper: PaperId,
    input: &SittingPaperInput,
    version: Option<i64>,
) -> Result<SittingPaper, Fault> {
    let found = changed(conn, actor, now, session)?;
    let before = get(conn, session, paper)?;
    rules::same_version(version, before.version)?;
    let mut fields = Fields::new();
    let asked = input.position.unwrap_or(before.position);
    let position = fields.within("position", asked, 1, PAPERS_MOST);
    let named = match &input.speakers {
        Some(asked) => Some(checked(conn, &mut fields, session, paper, asked)?),
        None => None,
    };
    fields.done()?;
    let after = SittingPaper {
        position,
        version: before.version + 1,
        ..before
    };
    on_each!(conn, |c| diesel::update(table::table)
        .filter(table::session.eq(session))
        .filter(table::paper.eq(paper))
        .filter(table::version.eq(before.version))
        .set((
            table::position.eq(after.position),
            table::version.eq(after.version)
        ))
        .execute(c))
    .one_or(Fault::stale())?;
    if let Some(named) = named {
        replace_speakers(conn, &after, &named)?;
    }
    note(conn, actor, now, "sitting_paper.edit", &found, &after)?;
    Ok(after)
}

/// Has a sitting take up a paper no more, of which no result is recorded there.
///
/// # Errors
/// 401, 403, 404; `paper_has_result`; `sitting_closed`; `edition_over`.
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    paper: PaperId,
) -> Result<(), Fault> {
    let found = changed(conn, actor, now, session)?;
    let row = get(conn, session, paper)?;
    if results::find(conn, session, Some(paper))?.is_some() {
        return Err(SittingFault::HasResult.into());
    }
    replace_speakers(conn, &row, &[])?;
    on_each!(conn, |c| diesel::delete(table::table)
        .filter(table::session.eq(session))
        .filter(table::paper.eq(paper))
        .execute(c))
    .one_or(Fault::not_found())?;
    note(conn, actor, now, "sitting_paper.remove", &found, &row)
}

/// The papers of a sitting that this actor reads, in order.
///
/// # Errors
/// 404 when there is no such session or this actor may not know of it.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<Vec<SittingPaperView>, Fault> {
    let found = sessions::get(conn, actor, now, session)?;
    let records = results::may_record(actor, now, &found);
    let mut views = Vec::new();
    for taken_up in of_session(conn, session)? {
        let Some(paper) = all_papers::row(conn, taken_up.paper)? else {
            continue;
        };
        let reads = all_papers::may(actor, Act::Read, &paper, now).allows();
        if reads || records {
            views.push(view(conn, actor, now, &found, taken_up, &paper)?);
        }
    }
    Ok(views)
}

/// The sittings that take up a paper, whoever asks.
///
/// # Errors
/// When the database refuses.
pub fn sittings_of(conn: &mut Conn, paper: PaperId) -> Result<Vec<SessionId>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::paper.eq(paper))
        .order(table::session)
        .select(table::session)
        .load(c))?)
}

/// The papers of a sitting, in order; unchecked.
pub(crate) fn of_session(conn: &mut Conn, session: SessionId) -> Result<Vec<SittingPaper>, Fault> {
    Ok(on_each!(conn, |c| table::table
        .filter(table::session.eq(session))
        .order((table::position, table::paper))
        .select(SittingPaper::as_select())
        .load(c))?)
}

/// The papers of a sitting of which something may become: neither declined nor withdrawn.
pub(crate) fn living(conn: &mut Conn, session: SessionId) -> Result<Vec<Paper>, Fault> {
    let mut living = Vec::new();
    for taken_up in of_session(conn, session)? {
        let paper = all_papers::row(conn, taken_up.paper)?;
        living.extend(paper.filter(|paper| !papers::rules::is_over(paper.state)));
    }
    Ok(living)
}

/// A session this actor may know of, if it is a sitting.
pub(crate) fn sitting(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<Found, Fault> {
    let found = sessions::get(conn, actor, now, session)?;
    match found.session.kind {
        SessionKind::Sitting => Ok(found),
        _ => Err(SittingFault::NotASitting.into()),
    }
}

/// A sitting whose papers this actor may change now. Its edition's row is taken, and its closing waits.
fn changed(conn: &mut Conn, actor: &Actor, now: Moment, session: SessionId) -> Result<Found, Fault> {
    let found = sitting(conn, actor, now, session)?;
    decide(actor, Act::ManagePapers, &found.object(actor), now).or_fault()?;
    editions::change_draft(conn, found.session.edition)?;
    terms::take(conn, found.session.edition)?;
    match closings::find(conn, session)? {
        Some(_) => Err(SittingFault::Closed.into()),
        None => Ok(found),
    }
}

fn position_paper(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    found: &Found,
    id: PaperId,
) -> Result<Paper, Fault> {
    let paper = all_papers::row(conn, id)?;
    let paper = paper.filter(|paper| all_papers::may(actor, Act::Read, paper, now).allows());
    let is_ours = |paper: &Paper| {
        paper.track == PaperTrack::Assembly
            && paper.edition == found.session.edition
            && !papers::rules::is_over(paper.state)
    };
    paper
        .filter(is_ours)
        .ok_or_else(|| SittingFault::NotAPositionPaper.into())
}

fn checked(
    conn: &mut Conn,
    fields: &mut Fields,
    session: SessionId,
    paper: PaperId,
    asked: &[PaperSpeakerInput],
) -> Result<Vec<PaperSpeaker>, Fault> {
    if asked.len() > SPEAKERS_MOST {
        fields.wrong_with("speakers", "too_many_entries", "most", SPEAKERS_MOST);
        return Ok(vec![]);
    }
    let mut named = Vec::new();
    for (speaker, position) in asked.iter().zip(1..) {
        let at = format!("speakers.{}", position - 1);
        let mut name = fields.line(&format!("{at}.name"), &speaker.name, text::NAME);
        match speaker.person {
            Some(person) => match persons::find(conn, person)? {
                Some(person) if name.is_empty() => name = person.name(),
                Some(_) => {}
                None => fields.wrong(&format!("{at}.person"), "unknown"),
            },
            None if name.is_empty() => fields.wrong(&format!("{at}.name"), "required"),
            None => {}
        }
        named.push(PaperSpeaker {
            id: Id::new(),
            session,
            paper,
            role: speaker.role.unwrap_or(PaperSpeakerRole::Presenter),
            person: speaker.person,
            name,
            position,
        });
    }
    Ok(named)
}

fn replace_speakers(conn: &mut Conn, of: &SittingPaper, named: &[PaperSpeaker]) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::delete(speakers_table::table)
        .filter(speakers_table::session.eq(of.session))
        .filter(speakers_table::paper.eq(of.paper))
        .execute(c))?;
    for row in named {
        on_each!(conn, |c| diesel::insert_into(speakers_table::table)
            .values(row)
            .execute(c))
        .exactly_one()?;
    }
    Ok(())
}

fn speakers(conn: &mut Conn, of: &SittingPaper) -> Result<Vec<PaperSpeaker>, Fault> {
    Ok(on_each!(conn, |c| speakers_table::table
        .filter(speakers_table::session.eq(of.session))
        .filter(speakers_table::paper.eq(of.paper))
        .order((speakers_table::position, speakers_table::id))
        .select(PaperSpeaker::as_select())
        .load(c))?)
}

fn get(conn: &mut Conn, session: SessionId, paper: PaperId) -> Result<SittingPaper, Fault> {
    Ok(on_each!(conn, |c| table::table
        .find((session, paper))
        .select(SittingPaper::as_select())
        .first(c))?)
}

fn view(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    found: &Found,
    taken_up: SittingPaper,
    paper: &Paper,
) -> Result<SittingPaperView, Fault> {
    let owner = organisations::find(conn, paper.owner)?;
    Ok(SittingPaperView {
        code: paper.code.clone(),
        title: title_for(conn, actor, paper)?,
        owner_name: owner.map(|owner| owner.name).unwrap_or_default(),
        state: paper.state,
        speakers: speakers(conn, &taken_up)?,
        result: results::seen(conn, actor, now, found, Some(paper.id))?,
        taken_up,
    })
}

/// What a paper is called: for who has a part in it by its working copy, for others by the version that is out.
fn title_for(conn: &mut Conn, actor: &Actor, paper: &Paper) -> Result<Localized, Fault> {
    match paper.published_version {
        Some(number) if !all_papers::is_hand(actor, paper) => {
            Ok(texts::versions::get(conn, paper.text, number)?.title)
        }
        Some(_) | None => invitations::title_of(conn, paper),
    }
}

fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    found: &Found,
    row: &SittingPaper,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(row.session.uuid()),
        scope: Some(found.session.edition.uuid()),
        summary: json!({ "paper": row.paper, "position": row.position }),
        ..Note::of(act, "session")
    };
    audit::note(conn, now, &note)
}
