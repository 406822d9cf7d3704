//! Changes that the leads of a session ask for: asked, taken back, found, listed.
//!
//! A change is kept field by field with what each said when it was asked for. Nothing changes by asking: what its desk makes
//! of it stands in [`crate::change_settling`].

use std::collections::BTreeMap;

use access_rules::{Act, Actor, EditionId, Key, PersonId, SessionId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Fields, Id, Json, Localized, Moment, Page, PageAsk, page::Cursor};
use people::persons;
use records::audit::{self, Fingerprint, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    change_diff, change_terms,
    editions::{self, same_version},
    faults::ProgrammeFault,
    model::{
        ChangedField, FieldOutcome, Languages, Part, Said, Session, SessionChange, SessionChangeId,
        SessionChangeState, SessionState, Speaker,
    },
    parts::{self, SpeakerInput},
    session_form::{self, Hand},
    sessions::{self, Found},
    tables::{session_change_fields, session_changes, sessions as session_rows},
};

/// Longest note or reason, in graphemes.
pub(crate) const NOTE_MOST: usize = 2000;
/// Most changes of one session or one person shown at once.
const SHOWN_MOST: i64 = 200;

/// What a lead asks to have changed. What is left out stays; what is given is given whole.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct ChangeInput {
    /// A word to the desk.
    pub note: String,
    /// The title, in all its languages.
    pub title: Option<Localized>,
    /// What it is about, in all its languages.
    #[serde(rename = "abstract", alias = "abstract_text")]
    pub abstract_text: Option<Localized>,
    /// What is spoken in it and interpreted.
    pub languages: Option<Languages>,
    /// What of R60 it needs: `step_free`, `captions`, …
    pub access: Option<Vec<String>>,
    /// Who has a part in it.
    pub speakers: Option<Vec<Part>>,
}

/// A change with what whoever looks at it needs to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The change.
    pub change: SessionChange,
    /// The session as it stands now.
    pub session: Session,
    /// The name of who asks.
    pub asked_by: String,
    /// The name of who decided.
    pub decided_by: String,
    /// Field by field.
    pub fields: Vec<FieldTold>,
}

/// A field of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldTold {
    /// Its path.
    pub field: String,
    /// What it said when the change was asked for.
    pub before: Said,
    /// What it is to say.
    pub after: Said,
    /// What it says now.
    pub now: Said,
    /// What became of it.
    pub outcome: FieldOutcome,
}

impl FieldTold {
    /// Whether it waits and the session says something else by now than when it was asked for.
    pub fn is_stale(&self) -> bool {
        self.outcome == FieldOutcome::Waiting && self.now != self.before && self.now != self.after
    }
}

/// A session somebody leads or chairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// The session.
    pub session: Session,
    /// Their change that waits, if any.
    pub waiting: Option<SessionChangeId>,
}

/// Asks for a change.
///
/// # Errors
/// 401, 403, 404; `changes_frozen`, `session_over`; `invalid`; `nothing_changed`; `change_waiting`.
pub fn propose(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
    input: &ChangeInput,
) -> Result<Told, Fault> {
    let found = led(conn, actor, now, session)?;
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    change_terms::may_change(conn, found.session.edition, now)?;
    if is_over(&found.session) {
        return Err(ProgrammeFault::SessionOver.into());
    }
    let speakers = parts::speakers(conn, session)?;
    let (note, wanted) = wanted(conn, now, &found.session, &speakers, input)?;
    let differing = change_diff::differing(&change_diff::fields(&found.session, &speakers), &wanted);
    if differing.is_empty() {
        return Err(ProgrammeFault::NothingChanged.into());
    }
    let change = SessionChange {
        id: Id::new(),
        edition: found.session.edition,
        session,
        person,
        note,
        state: SessionChangeState::Waiting,
        reason: String::new(),
        decided_by: None,
        version: 1,
        created_at: now,
        decided_at: None,
    };
    add(conn, &change, differing)?;
    record(conn, actor, now, "session_change.propose", &change)?;
    told(conn, change)
}

/// Takes a change back that was not decided. Whoever leads the session no more cannot: it is the desk's by then.
///
/// # Errors
/// 401, 403, 404; `change_decided`; `stale`.
pub fn withdraw(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: SessionChangeId,
    version: Option<i64>,
) -> Result<Told, Fault> {
    let (change, found) = find(conn, actor, now, id)?;
    if actor.person != Some(change.person) {
        return Err(Fault::forbidden("not_allowed"));
    }
    decide(actor, Act::ProposeChange, &found.object(actor), now).or_fault()?;
    let after = SessionChange {
        state: SessionChangeState::Withdrawn,
        decided_at: Some(now),
        ..change.clone()
    };
    let after = step(conn, change, after, version)?;
    record(conn, actor, now, "session_change.withdraw", &after)?;
    told(conn, after)
}

/// One change, for the desk of its session and whoever asked for it.
///
/// # Errors
/// 404.
pub fn get(conn: &mut Conn, actor: &Actor, now: Moment, id: SessionChangeId) -> Result<Told, Fault> {
    let (change, _) = find(conn, actor, now, id)?;
    told(conn, change)
}

/// The changes asked for of one session, the latest first: all for its desk, their own for who leads it.
///
/// # Errors
/// 401, 403, 404.
pub fn of_session(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<Vec<Told>, Fault> {
    let found = sessions::get(conn, actor, now, session)?;
    let all = actor.keys().contains(&found.session.desk_key());
    if !all {
        decide(actor, Act::ProposeChange, &found.object(actor), now).or_fault()?;
    }
    let mut rows: Vec<SessionChange> = on_each!(conn, |c| session_changes::table
        .filter(session_changes::session.eq(session))
        .order((session_changes::created_at.desc(), session_changes::id.desc()))
        .limit(SHOWN_MOST)
        .select(SessionChange::as_select())
        .load(c))?;
    rows.retain(|change| all || Some(change.person) == actor.person);
    rows.into_iter().map(|change| told(conn, change)).collect()
}

/// The changes of an edition in this state, of the sessions this actor's desks look after, the oldest first.
///
/// # Errors
/// 401, 403; `bad_cursor`.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    edition: EditionId,
    state: Option<SessionChangeState>,
    ask: &PageAsk,
) -> Result<Page<Told>, Fault> {
    editions::get(conn, actor, edition)?;
    let desks = desks(actor)?;
    let after = ask.after.as_ref().map(place_of).transpose()?;
    let rows: Vec<SessionChange> = on_each!(conn, |c| {
        let mut asked = session_changes::table
            .inner_join(session_rows::table.on(session_rows::id.eq(session_changes::session)))
            .filter(session_changes::edition.eq(edition))
            .filter(session_rows::desk.eq_any(&desks))
            .select(SessionChange::as_select())
            .into_boxed();
        if let Some(state) = state {
            asked = asked.filter(session_changes::state.eq(state));
        }
        if let Some((at, id)) = after {
            asked = asked.filter(
                session_changes::created_at
                    .gt(at)
                    .or(session_changes::created_at.eq(at).and(session_changes::id.gt(id))),
            );
        }
        asked
            .order((session_changes::created_at, session_changes::id))
            .limit(ask.fetch())
            .load(c)
    })?;
    let page = Page::cut(rows, ask, |change| Cursor {
        key: change.created_at.micros().to_string(),
        id: change.id.uuid(),
    });
    let items: Result<Vec<Told>, Fault> = page.items.into_iter().map(|change| told(conn, change)).collect();
    Ok(Page {
        items: items?,
        next: page.next,
    })
}

/// How many changes wait for this actor's desks.
///
/// # Errors
/// When the database refuses.
pub fn waiting(conn: &mut Conn, actor: &Actor, edition: EditionId) -> Result<i64, Fault> {
    let Ok(desks) = desks(actor) else {
        return Ok(0);
    };
    Ok(on_each!(conn, |c| session_changes::table
        .inner_join(session_rows::table.on(session_rows::id.eq(session_changes::session)))
        .filter(session_changes::edition.eq(edition))
        .filter(session_changes::state.eq(SessionChangeState::Waiting))
        .filter(session_rows::desk.eq_any(&desks))
        .count()
        .get_result(c))?)
}

/// The sessions of an edition this actor leads or chairs, by time, those without a time last.
///
/// # Errors
/// 401, 404.
pub fn own(conn: &mut Conn, actor: &Actor, now: Moment, edition: EditionId) -> Result<Vec<Own>, Fault> {
    editions::get(conn, actor, edition)?;
    let person = actor.person.ok_or_else(Fault::sign_in_needed)?;
    let mut rows: Vec<Session> = on_each!(conn, |c| session_rows::table
        .filter(session_rows::edition.eq(edition))
        .filter(session_rows::id.eq_any(actor.own_sessions()))
        .order(session_rows::id)
        .select(Session::as_select())
        .load(c))?;
    rows.sort_by_key(|session| (session.starts_local.is_none(), session.starts_local));
    let waits: Vec<(SessionId, SessionChangeId)> = on_each!(conn, |c| session_changes::table
        .filter(session_changes::edition.eq(edition))
        .filter(session_changes::person.eq(person))
        .filter(session_changes::state.eq(SessionChangeState::Waiting))
        .select((session_changes::session, session_changes::id))
        .load(c))?;
    let mut own = Vec::new();
    for session in rows {
        let waiting = waits.iter().find(|(of, _)| *of == session.id).map(|(_, id)| *id);
        let found = Found {
            track: sessions::track_of(conn, &session)?,
            session,
        };
        if decide(actor, Act::ProposeChange, &found.object(actor), now).allows() {
            own.push(Own {
                session: found.session,
                waiting,
            });
        }
    }
    Ok(own)
}

/// A session this actor leads or chairs, with who has a part in it.
///
/// # Errors
/// 401, 403, 404.
pub fn own_one(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: SessionId,
) -> Result<(Session, Vec<Speaker>), Fault> {
    let session = led(conn, actor, now, id)?.session;
    let speakers = parts::speakers(conn, id)?;
    Ok((session, speakers))
}

/// The form as it would have to be filled in for nothing to change.
pub fn stated(session: &Session, speakers: &[Speaker]) -> ChangeInput {
    let access = session.details.0.access.iter();
    ChangeInput {
        note: String::new(),
        title: Some(session.title.clone()),
        abstract_text: Some(session.abstract_text.clone()),
        languages: Some(session.languages.0.clone()),
        access: Some(access.map(|access| access.code().to_owned()).collect()),
        speakers: Some(speakers.iter().map(change_diff::part).collect()),
    }
}

/// Forgets what was asked of a session that is taken out.
pub(crate) fn forget(conn: &mut Conn, session: SessionId) -> Result<(), Fault> {
    let ids: Vec<SessionChangeId> = on_each!(conn, |c| session_changes::table
        .filter(session_changes::session.eq(session))
        .select(session_changes::id)
        .load(c))?;
    on_each!(conn, |c| diesel::delete(session_change_fields::table)
        .filter(session_change_fields::change.eq_any(&ids))
        .execute(c))?;
    on_each!(conn, |c| diesel::delete(session_changes::table)
        .filter(session_changes::session.eq(session))
        .execute(c))?;
    Ok(())
}

fn led(conn: &mut Conn, actor: &Actor, now: Moment, session: SessionId) -> Result<Found, Fault> {
    let found = sessions::get(conn, actor, now, session)?;
    decide(actor, Act::ProposeChange, &found.object(actor), now).or_fault()?;
    Ok(found)
}

/// A change and its session; hidden from all but its desk and whoever asked.
pub(crate) fn find(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: SessionChangeId,
) -> Result<(SessionChange, Found), Fault> {
    let change: Option<SessionChange> = on_each!(conn, |c| session_changes::table
        .find(id)
        .select(SessionChange::as_select())
        .first(c)
        .optional())?;
    let change = change.ok_or_else(Fault::not_found)?;
    let found = sessions::get(conn, actor, now, change.session)?;
    let is_desk = actor.keys().contains(&found.session.desk_key());
    if is_desk || actor.person == Some(change.person) {
        Ok((change, found))
    } else {
        Err(Fault::not_found())
    }
}

fn desks(actor: &Actor) -> Result<Vec<String>, Fault> {
    let keys = actor.keys();
    let own = keys.iter().filter(|key| matches!(key, Key::Desk(_)));
    let desks: Vec<String> = own.map(ToString::to_string).collect();
    match (desks.is_empty(), actor.signed_in()) {
        (false, _) => Ok(desks),
        (true, true) => Err(Fault::forbidden("not_allowed")),
        (true, false) => Err(Fault::sign_in_needed()),
    }
}

const fn is_over(session: &Session) -> bool {
    matches!(session.state, SessionState::Cancelled | SessionState::Reported)
}

/// What the session would say by the form, checked as its lead's own edit is; and the note to the desk.
fn wanted(
    conn: &mut Conn,
    now: Moment,
    session: &Session,
    speakers: &[Speaker],
    input: &ChangeInput,
) -> Result<(String, BTreeMap<String, Said>), Fault> {
    let mut fields = Fields::new();
    let note = fields.paragraph("note", &input.note, NOTE_MOST);
    let mut form = session_form::stated(conn, session)?;
    form.title = input.title.clone().unwrap_or(form.title);
    form.abstract_text = input.abstract_text.clone().unwrap_or(form.abstract_text);
    form.languages = input.languages.clone().unwrap_or(form.languages);
    form.access = input.access.clone().unwrap_or(form.access);
    let parts = match &input.speakers {
        None => speakers.to_vec(),
        Some(raw) => {
            only_known(&mut fields, speakers, raw);
            let raw: Vec<SpeakerInput> = raw.iter().cloned().map(|part| ranked(part, speakers)).collect();
            parts::checked_speakers(conn, &mut fields, session, &raw, speakers, Hand::Lead)?
        }
    };
    fields.done()?;
    let filled = session_form::filled(conn, now, session.clone(), &form, Hand::Lead, false)?;
    Ok((note, change_diff::fields(&filled, &parts)))
}

/// A lead names people by their names; by their ids only those of the session already, so that no id tells a name.
fn only_known(fields: &mut Fields, speakers: &[Speaker], raw: &[Part]) {
    for (at, part) in raw.iter().enumerate() {
        let is_known = |person: PersonId| speakers.iter().any(|held| held.person == Some(person));
        if part.person.is_some_and(|person| !is_known(person)) {
            fields.wrong(&format!("speakers.{at}.person"), "unknown");
        }
    }
}

/// A part with the rank the desk gave whoever has it.
pub(crate) fn ranked(part: Part, speakers: &[Speaker]) -> SpeakerInput {
    let same = speakers
        .iter()
        .find(|held| held.name == part.name && held.person == part.person);
    SpeakerInput {
        person: part.person,
        name: part.name,
        role: part.role,
        affiliation: part.affiliation,
        organisation: part.organisation,
        high_level: same.is_some_and(|held| held.high_level),
        elected: same.is_some_and(|held| held.elected),
    }
}

fn add(conn: &mut Conn, change: &SessionChange, differing: Vec<(String, Said, Said)>) -> Result<(), Fault> {
    let is_first = on_each!(conn, |c| diesel::insert_into(session_changes::table)
        .values(change)
        .on_conflict_do_nothing()
        .execute(c))
    .at_most_one()?;
    if !is_first {
        return Err(ProgrammeFault::ChangeWaiting.into());
    }
    for (field, before, after) in differing {
        let row = ChangedField {
            change: change.id,
            field,
            before: Json(before),
            after: Json(after),
            outcome: FieldOutcome::Waiting,
        };
        on_each!(conn, |c| diesel::insert_into(session_change_fields::table)
            .values(&row)
            .execute(c))
        .exactly_one()?;
    }
    Ok(())
}

pub(crate) fn fields_of(conn: &mut Conn, change: SessionChangeId) -> Result<Vec<ChangedField>, Fault> {
    Ok(on_each!(conn, |c| session_change_fields::table
        .filter(session_change_fields::change.eq(change))
        .order(session_change_fields::field)
        .select(ChangedField::as_select())
        .load(c))?)
}

/// Takes a waiting change to where it goes, once.
pub(crate) fn step(
    conn: &mut Conn,
    before: SessionChange,
    after: SessionChange,
    version: Option<i64>,
) -> Result<SessionChange, Fault> {
    same_version(version, before.version)?;
    let decided: Fault = ProgrammeFault::ChangeDecided.into();
    if before.state != SessionChangeState::Waiting {
        return Err(decided);
    }
    on_each!(conn, |c| diesel::update(session_changes::table)
        .filter(session_changes::id.eq(before.id))
        .filter(session_changes::state.eq(SessionChangeState::Waiting))
        .filter(session_changes::version.eq(before.version))
        .set((
            session_changes::state.eq(after.state),
            session_changes::reason.eq(&after.reason),
            session_changes::decided_by.eq(after.decided_by),
            session_changes::decided_at.eq(after.decided_at),
            session_changes::version.eq(before.version + 1),
        ))
        .execute(c))
    .one_or(decided)?;
    Ok(SessionChange {
        version: before.version + 1,
        ..after
    })
}

pub(crate) fn told(conn: &mut Conn, change: SessionChange) -> Result<Told, Fault> {
    let session = sessions::row(conn, change.session)?.ok_or_else(Fault::not_found)?;
    let speakers = parts::speakers(conn, session.id)?;
    let says = change_diff::fields(&session, &speakers);
    let fields = fields_of(conn, change.id)?
        .into_iter()
        .map(|row| FieldTold {
            now: change_diff::said_in(&says, &row.field, &row.after.0),
            field: row.field,
            before: row.before.0,
            after: row.after.0,
            outcome: row.outcome,
        })
        .collect();
    let asked_by = name(conn, Some(change.person))?;
    let decided_by = name(conn, change.decided_by)?;
    Ok(Told {
        change,
        session,
        asked_by,
        decided_by,
        fields,
    })
}

fn name(conn: &mut Conn, person: Option<PersonId>) -> Result<String, Fault> {
    let found = person.map(|person| persons::find(conn, person)).transpose()?;
    Ok(found.flatten().map(|person| person.name()).unwrap_or_default())
}

fn place_of(cursor: &Cursor) -> Result<(Moment, SessionChangeId), Fault> {
    let micros: i64 = cursor
        .key
        .parse()
        .map_err(|_| Fault::new(kernel::Kind::Malformed, "bad_cursor").at("after"))?;
    Ok((Moment::from_micros(micros), Id::from_uuid(cursor.id)))
}

pub(crate) fn record(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    change: &SessionChange,
) -> Result<(), Fault> {
    let outcomes: BTreeMap<String, &str> = fields_of(conn, change.id)?
        .into_iter()
        .map(|row| (row.field, row.outcome.code()))
        .collect();
    audit::note(
        conn,
        now,
        &Note {
            actor: actor.person.map(Id::cast),
            object_id: Some(change.id.uuid()),
            scope: Some(change.edition.uuid()),
            summary: json!({
                "session": change.session,
                "state": change.state.code(),
                "asked_by": change.person,
                "decided_by": change.decided_by,
                "fields": outcomes,
            }),
            about: Some(change.person.cast()),
            after: Fingerprint::of(change),
            ..Note::of(act, "session_change")
        },
    )
}
