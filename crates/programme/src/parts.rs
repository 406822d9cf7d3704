//! Who organises a session and who has a part in it (R44).

use access_rules::{OrganisationId, PersonId, SessionId};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Fields, Id, text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    model::{Organiser, Session, Speaker, SpeakerRole},
    session_changes,
    session_form::{Hand, SessionInput},
    tables::{session_organisers, session_speakers},
};

/// Most people and organisations one session names.
const PARTS_MOST: usize = 200;

/// An organiser, as the form of a session asks.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct OrganiserInput {
    /// The organisation, when it is one of ours.
    pub organisation: Option<OrganisationId>,
    /// Its name as shown; the organisation's own when left empty.
    pub name: String,
    /// Whether it leads the session.
    pub leads: bool,
}

/// A part somebody has, as the form of a session asks.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct SpeakerInput {
    /// The person, when they are one of ours.
    pub person: Option<PersonId>,
    /// The name as shown; the person's own when left empty.
    pub name: String,
    /// `chair`, `moderator`, `speaker`, `presenter`, `respondent`, `rapporteur`, `lead`; a speaker when left empty.
    pub role: String,
    /// For whom they speak, as shown.
    pub affiliation: String,
    /// For whom they speak, when it is one of ours.
    pub organisation: Option<OrganisationId>,
    /// Of high rank; the desk's to say (R27).
    pub high_level: bool,
    /// Holds an elected mandate; the desk's to say (R93).
    pub elected: bool,
}

/// Who organises a session, in order.
///
/// # Errors
/// When the database refuses.
pub fn organisers(conn: &mut Conn, session: SessionId) -> Result<Vec<Organiser>, Fault> {
    Ok(on_each!(conn, |c| session_organisers::table
        .filter(session_organisers::session.eq(session))
        .order((session_organisers::position, session_organisers::id))
        .select(Organiser::as_select())
        .load(c))?)
}

/// Who has a part in a session, in order.
///
/// # Errors
/// When the database refuses.
pub fn speakers(conn: &mut Conn, session: SessionId) -> Result<Vec<Speaker>, Fault> {
    Ok(on_each!(conn, |c| session_speakers::table
        .filter(session_speakers::session.eq(session))
        .order((session_speakers::position, session_speakers::id))
        .select(Speaker::as_select())
        .load(c))?)
}

/// Who organises which session of an edition.
///
/// # Errors
/// When the database refuses.
pub fn all_organisers(conn: &mut Conn, edition: access_rules::EditionId) -> Result<Vec<Organiser>, Fault> {
    use crate::tables::sessions;
    let of_edition = sessions::table
        .filter(sessions::edition.eq(edition))
        .select(sessions::id);
    Ok(on_each!(conn, |c| session_organisers::table
        .filter(session_organisers::session.eq_any(of_edition))
        .order((session_organisers::position, session_organisers::id))
        .select(Organiser::as_select())
        .load(c))?)
}

/// Who has a part in which session of an edition.
///
/// # Errors
/// When the database refuses.
pub fn all_speakers(conn: &mut Conn, edition: access_rules::EditionId) -> Result<Vec<Speaker>, Fault> {
    use crate::tables::sessions;
    let of_edition = sessions::table
        .filter(sessions::edition.eq(edition))
        .select(sessions::id);
    Ok(on_each!(conn, |c| session_speakers::table
        .filter(session_speakers::session.eq_any(of_edition))
        .order((session_speakers::position, session_speakers::id))
        .select(Speaker::as_select())
        .load(c))?)
}

/// Replaces organisers and speakers by those of the form; what the form leaves out stays.
pub(crate) fn put(conn: &mut Conn, session: &Session, input: &SessionInput, hand: Hand) -> Result<(), Fault> {
    let mut fields = Fields::new();
    if let Some(raw) = &input.organisers {
        let rows = checked_organisers(conn, &mut fields, session, raw)?;
        if fields.all_good() {
            replace_organisers(conn, session.id, &rows)?;
        }
    }
    if let Some(raw) = &input.speakers {
        let before = speakers(conn, session.id)?;
        let rows = checked_speakers(conn, &mut fields, session, raw, &before, hand)?;
        if fields.all_good() {
            replace_speakers(conn, session.id, &rows)?;
        }
    }
    fields.done()
}

pub(crate) fn forget(conn: &mut Conn, session: SessionId) -> Result<(), Fault> {
    session_changes::forget(conn, session)?;
    replace_organisers(conn, session, &[])?;
    replace_speakers(conn, session, &[])
}

fn checked_organisers(
    conn: &mut Conn,
    fields: &mut Fields,
    session: &Session,
    raw: &[OrganiserInput],
) -> Result<Vec<Organiser>, Fault> {
    if raw.len() > PARTS_MOST {
        fields.wrong_with("organisers", "too_many_entries", "most", PARTS_MOST);
        return Ok(vec![]);
    }
    let mut rows = Vec::new();
    for (organiser, position) in raw.iter().zip(0..) {
        let at = format!("organisers.{position}");
        let mut name = fields.line(&format!("{at}.name"), &organiser.name, text::TITLE);
        if let Some(id) = organiser.organisation {
            match members::organisations::find(conn, id)? {
                Some(ours) if name.is_empty() => name = ours.name,
                Some(_) => {}
                None => fields.wrong(&format!("{at}.organisation"), "unknown"),
            }
        } else if name.is_empty() {
            fields.wrong(&format!("{at}.name"), "required");
        }
        rows.push(Organiser {
            id: Id::new(),
            session: session.id,
            organisation: organiser.organisation,
            name,
            leads: organiser.leads,
            position,
        });
    }
    Ok(rows)
}

pub(crate) fn checked_speakers(
    conn: &mut Conn,
    fields: &mut Fields,
    session: &Session,
    raw: &[SpeakerInput],
    before: &[Speaker],
    hand: Hand,
) -> Result<Vec<Speaker>, Fault> {
    if raw.len() > PARTS_MOST {
        fields.wrong_with("speakers", "too_many_entries", "most", PARTS_MOST);
        return Ok(vec![]);
    }
    let mut rows = Vec::new();
    for (speaker, position) in raw.iter().zip(0..) {
        let at = format!("speakers.{position}");
        let mut name = fields.line(&format!("{at}.name"), &speaker.name, text::NAME);
        if let Some(id) = speaker.person {
            match people::persons::find(conn, id)? {
                Some(person) if name.is_empty() => name = person.name(),
                Some(_) => {}
                None => fields.wrong(&format!("{at}.person"), "unknown"),
            }
        } else if name.is_empty() {
            fields.wrong(&format!("{at}.name"), "required");
        }
        if let Some(id) = speaker.organisation
            && members::organisations::find(conn, id)?.is_none()
        {
            fields.wrong(&format!("{at}.organisation"), "unknown");
        }
        let role = match speaker.role.as_str() {
            "" => SpeakerRole::Speaker,
            code => SpeakerRole::from_code(code).unwrap_or_else(|| {
                fields.wrong(&format!("{at}.role"), "unknown_choice");
                SpeakerRole::Speaker
            }),
        };
        let same = before
            .iter()
            .find(|held| held.name == name && held.person == speaker.person);
        let (high_level, elected) = match hand {
            Hand::Desk => (speaker.high_level, speaker.elected),
            // Nobody raises their own rank: what the desk said stays.
            Hand::Lead | Hand::Proposer => {
                same.map_or((false, false), |held| (held.high_level, held.elected))
            }
        };
        rows.push(Speaker {
            id: Id::new(),
            session: session.id,
            person: speaker.person,
            name,
            role,
            affiliation: fields.line(&format!("{at}.affiliation"), &speaker.affiliation, text::TITLE),
            organisation: speaker.organisation,
            high_level,
            elected,
            position,
        });
    }
    Ok(rows)
}

fn replace_organisers(conn: &mut Conn, session: SessionId, rows: &[Organiser]) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::delete(session_organisers::table)
        .filter(session_organisers::session.eq(session))
        .execute(c))?;
    for row in rows {
        on_each!(conn, |c| diesel::insert_into(session_organisers::table)
            .values(row)
            .execute(c))
        .exactly_one()?;
    }
    Ok(())
}

fn replace_speakers(conn: &mut Conn, session: SessionId, rows: &[Speaker]) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::delete(session_speakers::table)
        .filter(session_speakers::session.eq(session))
        .execute(c))?;
    for row in rows {
        on_each!(conn, |c| diesel::insert_into(session_speakers::table)
            .values(row)
            .execute(c))
        .exactly_one()?;
    }
    Ok(())
}
