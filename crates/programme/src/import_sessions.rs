//! Takes in a table of sessions, CSV or XLSX, row by row: each row's fate is told, and a bad one never spoils the others.
//!
//! Rows go the same way as a person's hand: the form of a session, then its place, each with its checks and its track's
//! admission, under a savepoint of its own. A dry run does all of it and undoes it, so that it tells exactly what would
//! happen, rows that stand in each other's way included. Nothing is released, and no row grants anything (R18).

use access_rules::{Act, Actor, EditionId, Object, ObjectKind, SessionId, decide};
use db::Conn;
use kernel::{Fault, Kind, Moment, fault::FieldFault, text};
use members::sheet::{Sheet, SheetRow};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    admission::Admissions,
    conflicts::Conflict,
    domains, draft, editions, formats,
    import_faults::ImportFault,
    import_plan::Remark,
    model::{Edition, Organiser, Session, Speaker},
    parts::{self, OrganiserInput},
    rooms, scheduling,
    session_rows::{self, Columns, Forms, Lists},
    sessions, themes, tracks,
};

kernel::coded! {
    /// What becomes of a row.
    pub enum Fate {
        /// It makes a session.
        Made => "made",
        /// It changes one.
        Changed => "changed",
        /// The session is as it says.
        Unchanged => "unchanged",
        /// It is refused, and the reason told.
        Refused => "refused",
    }
}

/// A row and what becomes of it.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct RowFate {
    /// Its number in the file, as a spreadsheet shows it.
    pub row: i64,
    /// What becomes of it: `made`, `changed`, `unchanged`, `refused`.
    #[schema(value_type = String)]
    pub fate: Fate,
    /// The guid it is known by.
    pub guid: String,
    /// Its title, as far as it has one.
    pub title: String,
    /// The session, when there is one.
    #[schema(value_type = Option<String>)]
    pub session: Option<SessionId>,
    /// Why it is refused: the code of the fault.
    pub reason: Option<&'static str>,
    /// What is wrong with it, beside its field.
    #[schema(value_type = Vec<Object>)]
    pub fields: Vec<FieldFault>,
    /// What was derived.
    pub told: Vec<Remark>,
}

/// What became of a table.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SessionsReport {
    /// Whether it was only tried.
    pub dry_run: bool,
    /// Each row.
    pub rows: Vec<RowFate>,
    /// Columns nothing is read from.
    pub ignored_columns: Vec<String>,
    /// What is wrong with the programme of which a row's session has a part; it stands until the release.
    pub conflicts: Vec<Conflict>,
}

impl SessionsReport {
    /// How many rows had this fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.rows.iter().filter(|row| row.fate == fate).count()
    }
}

/// A way out of a savepoint with what was found in it.
enum Undo {
    Report(Box<SessionsReport>),
    Unchanged(Box<Session>),
    Fault(Fault),
}

impl From<diesel::result::Error> for Undo {
    fn from(error: diesel::result::Error) -> Self {
        Self::Fault(error.into())
    }
}
impl From<Fault> for Undo {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Takes in a table, or tries to. Runs in the caller's transaction.
///
/// # Errors
/// 401, 403, 404; `edition_over`; `column_missing`, `column_twice`. What is wrong with a row is in the report.
pub fn import(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    edition: EditionId,
    sheet: &Sheet,
    dry_run: bool,
) -> Result<SessionsReport, Fault> {
    let edition = editions::get(conn, actor, edition)?;
    decide(actor, Act::Import, &Object::public(ObjectKind::Session), now).or_fault()?;
    let columns = Columns::of(sheet)?;
    let done = conn.savepoint(|conn| {
        let report = rows(conn, actor, now, admissions, &edition, &columns, sheet, dry_run)?;
        if dry_run {
            return Err(Undo::Report(Box::new(report)));
        }
        Ok(report)
    });
    match done {
        Ok(report) => Ok(report),
        Err(Undo::Report(report)) => Ok(*report),
        Err(Undo::Fault(fault)) => Err(fault),
        Err(Undo::Unchanged(_)) => Err(Fault::internal("a row's way out taken by the table")),
    }
}

fn rows(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    edition: &Edition,
    columns: &Columns,
    sheet: &Sheet,
    dry_run: bool,
) -> Result<SessionsReport, Fault> {
    editions::change_draft(conn, edition.id)?;
    let lists = Lists {
        tracks: tracks::list(conn, edition.id)?,
        formats: formats::list(conn, edition.id)?,
        domains: domains::list(conn, edition.id)?,
        themes: themes::list(conn, edition.id)?,
        rooms: rooms::list(conn, edition.id)?,
    };
    let mut rows: Vec<RowFate> = Vec::with_capacity(sheet.rows.len());
    for row in &sheet.rows {
        let (guid, _) = session_rows::guid(columns, row, edition);
        let twice = rows
            .iter()
            .find(|earlier| earlier.guid == guid && earlier.fate != Fate::Refused);
        let fate = match twice {
            Some(earlier) => Err(ImportFault::RowTwice { row: earlier.row }.into()),
            None => one(conn, actor, now, admissions, edition, columns, &lists, row, &guid),
        };
        rows.push(told(columns, row, guid, fate)?);
    }
    let about: Vec<SessionId> = rows.iter().filter_map(|row| row.session).collect();
    let draft = draft::read(conn, edition.id)?;
    let mut conflicts = draft.conflicts(conn, admissions, &draft.placed())?;
    conflicts.retain(|conflict| conflict.sessions.iter().any(|session| about.contains(session)));
    Ok(SessionsReport {
        dry_run,
        rows,
        ignored_columns: columns.ignored.clone(),
        conflicts,
    })
}

/// One row: read, taken over, placed; or undone as if it had not been there.
fn one(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    edition: &Edition,
    columns: &Columns,
    lists: &Lists,
    row: &SheetRow,
    guid: &str,
) -> Result<(Fate, SessionId, Vec<Remark>), Fault> {
    let before = sessions::by_guid(conn, edition.id, guid)?;
    let mut forms = session_rows::read(columns, row, lists, edition, before.as_ref())?;
    find_organisers(conn, &mut forms)?;
    let parts_before = before
        .as_ref()
        .map(|session| parts_of(conn, session.id))
        .transpose()?;
    let written = conn.savepoint(|conn| {
        let (session, made) = sessions::import(conn, actor, now, admissions, edition.id, &forms.session)?;
        let session = match &forms.placement {
            Some(place) => scheduling::place_imported(conn, actor, now, admissions, session.id, place)?,
            None => session,
        };
        let same = match &before {
            Some(before) => is_same(before, &session) && parts_before == Some(parts_of(conn, session.id)?),
            None => false,
        };
        if same {
            return Err(Undo::Unchanged(Box::new(session)));
        }
        Ok((if made { Fate::Made } else { Fate::Changed }, session.id))
    });
    match written {
        Ok((fate, session)) => Ok((fate, session, forms.told)),
        Err(Undo::Unchanged(session)) => Ok((Fate::Unchanged, session.id, forms.told)),
        Err(Undo::Fault(fault)) => Err(fault),
        Err(Undo::Report(_)) => Err(Fault::internal("the table's way out taken by a row")),
    }
}

fn told(
    columns: &Columns,
    row: &SheetRow,
    guid: String,
    fate: Result<(Fate, SessionId, Vec<Remark>), Fault>,
) -> Result<RowFate, Fault> {
    let titles = ["title_en", "title_fr", "title_es"].map(|name| columns.cell(row, name));
    let title = titles
        .into_iter()
        .find(|title| !title.is_empty())
        .unwrap_or_default();
    let blank = RowFate {
        row: row.number,
        fate: Fate::Refused,
        guid,
        title: text::cut(title, text::TITLE),
        session: None,
        reason: None,
        fields: vec![],
        told: vec![],
    };
    match fate {
        Ok((fate, session, told)) => Ok(RowFate {
            fate,
            session: Some(session),
            told,
            ..blank
        }),
        Err(fault)
            if matches!(
                fault.kind,
                Kind::Internal | Kind::Unavailable | Kind::SignInNeeded
            ) =>
        {
            Err(fault)
        }
        Err(fault) => Ok(RowFate {
            reason: Some(fault.code),
            fields: fault.fields,
            ..blank
        }),
    }
}

/// An organiser whose name is exactly one organisation's is that organisation.
fn find_organisers(conn: &mut Conn, forms: &mut Forms) -> Result<(), Fault> {
    let Some(organisers) = &mut forms.session.organisers else {
        return Ok(());
    };
    for organiser in organisers {
        *organiser = found(conn, organiser.clone())?;
    }
    Ok(())
}

fn found(conn: &mut Conn, organiser: OrganiserInput) -> Result<OrganiserInput, Fault> {
    let key = text::same_name(&organiser.name);
    let suggested = members::organisations::suggest(conn, &organiser.name, 10)?;
    let mut same = suggested.iter().filter(|card| text::same_name(&card.name) == key);
    let organisation = match (same.next(), same.next()) {
        (Some(card), None) => Some(card.id),
        _ => None,
    };
    Ok(OrganiserInput {
        organisation,
        ..organiser
    })
}

/// Who has a part and who organises, without what changes each time they are written.
fn parts_of(conn: &mut Conn, session: SessionId) -> Result<(Vec<Speaker>, Vec<Organiser>), Fault> {
    let mut speakers = parts::speakers(conn, session)?;
    let mut organisers = parts::organisers(conn, session)?;
    let same = kernel::Id::named("any");
    speakers.iter_mut().for_each(|speaker| speaker.id = same);
    organisers
        .iter_mut()
        .for_each(|organiser| organiser.id = same.cast());
    Ok((speakers, organisers))
}

fn is_same(before: &Session, after: &Session) -> bool {
    *before
        == Session {
            version: before.version,
            updated_at: before.updated_at,
            ..after.clone()
        }
}
