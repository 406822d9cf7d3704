//! Sessions: proposed, made, imported, edited, taken out; found by whoever may know of them. Their list is
//! [`crate::session_list`].
//!
//! Rows are the draft. Whoever is not of a session's desk, nor has a part in it, reads the release in force
//! ([`crate::releases::live`]) and never the row. All ways in pass the track's admission.

use access_rules::{
    Act, Actor, BodyId, Circumstances, Decision, EditionId, Key, Object, ObjectKind, PersonId, Role, Scope,
    SessionId, decide,
};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Id, Json, Localized, Moment};
use people::standings::{self, Appointment};
use records::audit::{self, Fingerprint, Note};
use serde_json::json;

use crate::{
    admission::{Admissions, Stage},
    change_terms,
    editions::{self, same_version},
    faults::ProgrammeFault,
    formats,
    model::{
        Attendance, BodyLabel, Edition, Entry, Languages, Session, SessionDetails, SessionKind, SessionState,
        Track,
    },
    parts, rule_book, rules,
    session_form::{self, Hand},
    tables::{sessions, tracks as track_rows},
    tracks,
};

pub use crate::{
    parts::{OrganiserInput, SpeakerInput, organisers, speakers},
    session_form::SessionInput,
};

/// A session and the track it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The row.
    pub session: Session,
    /// Its track.
    pub track: Option<Track>,
}

impl Found {
    /// The session as a decision sees it: its desk reads it always, others once it is released to them.
    pub fn object(&self, actor: &Actor) -> Object<'_> {
        let desk = self.session.desk_key();
        let key = if actor.keys().contains(&desk) {
            desk
        } else {
            self.session.visible_key()
        };
        Object {
            body: self.session.body,
            theme: self.session.theme,
            ..Object::readable_by(ObjectKind::Session, key)
                .of_track(self.track.as_ref().map(|track| track.code.as_str()))
                .of_session(self.session.id)
        }
    }

    /// Whether this actor may know of it. Asked before anything else of the session is read, so that a stranger's request
    /// for a hidden one does no more than one for an absent one, and is answered by the same 404.
    pub fn may_be_known(&self, actor: &Actor, now: Moment) -> Decision {
        decide(actor, Act::Read, &self.object(actor), now)
    }

    /// Whether the actor reads the draft: of its desk, or with a part in it.
    pub fn shows_draft_to(&self, actor: &Actor) -> bool {
        actor.keys().contains(&self.session.desk_key()) || actor.own_sessions().contains(&self.session.id)
    }
}

/// Proposes a session, by the rule of who may propose one of its format, kind and track. Who proposes leads it.
///
/// `circumstances` are what a track knows of the proposer: invited, through a call.
///
/// # Errors
/// 401, 403 `audience`, 404; `invalid`; `track_closed`; what the track's admission finds missing.
pub fn propose(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    edition: EditionId,
    circumstances: Circumstances,
    input: &SessionInput,
) -> Result<Session, Fault> {
    let seen = editions::get(conn, actor, edition)?;
    if !actor.signed_in() {
        return Err(Fault::sign_in_needed());
    }
    let track = session_form::track_of(conn, edition, input)?;
    let track_code = track.as_ref().map(|track| track.code.as_str());
    let format = Some(input.format.as_str()).filter(|code| !code.is_empty());
    may_propose(
        conn,
        actor,
        now,
        edition,
        &input.kind,
        format,
        track_code,
        circumstances,
    )?;
    let session = add(
        conn,
        actor,
        now,
        admissions,
        &seen,
        input,
        Hand::Proposer,
        Stage::Create,
    )?;
    if let Some(person) = actor.person {
        let lead = Appointment {
            person,
            role: Role::SessionLead,
            scope: Scope::Session(session.id),
            from: now,
            to: None,
            basis: format!("session:{}", session.id),
            granted_by: None,
        };
        standings::appoint(conn, now, &lead)?;
    }
    Ok(session)
}

/// Makes a session, as staff of its track's desk.
///
/// # Errors
/// 401, 403, 404; `invalid`; `track_closed`; what the track's admission finds missing.
pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    edition: EditionId,
    input: &SessionInput,
) -> Result<Session, Fault> {
    let seen = editions::get(conn, actor, edition)?;
    let track = session_form::track_of(conn, edition, input)?;
    let object =
        Object::public(ObjectKind::Session).of_track(track.as_ref().map(|track| track.code.as_str()));
    decide(actor, Act::EditSession, &object, now).or_fault()?;
    add(
        conn,
        actor,
        now,
        admissions,
        &seen,
        input,
        Hand::Desk,
        Stage::Create,
    )
}

/// Takes over a session from a file: changes the one of the same guid, or makes it. True when it was made.
///
/// # Errors
/// As [`create`], by the act of importing.
pub fn import(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    edition: EditionId,
    input: &SessionInput,
) -> Result<(Session, bool), Fault> {
    let seen = editions::get(conn, actor, edition)?;
    let track = session_form::track_of(conn, edition, input)?;
    let object =
        Object::public(ObjectKind::Session).of_track(track.as_ref().map(|track| track.code.as_str()));
    decide(actor, Act::Import, &object, now).or_fault()?;
    match by_guid(conn, edition, &input.guid)? {
        None => {
            let made = add(
                conn,
                actor,
                now,
                admissions,
                &seen,
                input,
                Hand::Desk,
                Stage::Import,
            )?;
            Ok((made, true))
        }
        Some(before) => {
            let changed = change(
                conn,
                actor,
                now,
                admissions,
                before,
                input,
                Hand::Desk,
                Stage::Import,
            )?;
            Ok((changed, false))
        }
    }
}

/// Changes what a session says. Its desk may change all of it; who leads it, what is theirs to say, as long as it has no
/// place ([`crate::session_changes`] afterwards) and the last day for it is not over: into another format or track goes only
/// who may propose there. Where and when it is changes by `scheduling` alone.
///
/// # Errors
/// 401, 403, 404; `audience` and what else a proposal is refused for; `invalid`; `session_over`; `propose_instead`;
/// `changes_frozen`; `stale`; what the track's admission finds missing.
pub fn edit(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    id: SessionId,
    input: &SessionInput,
    version: Option<i64>,
) -> Result<Session, Fault> {
    let found = get(conn, actor, now, id)?;
    decide(actor, Act::EditSession, &found.object(actor), now).or_fault()?;
    same_version(version, found.session.version)?;
    let hand = if actor.keys().contains(&found.session.desk_key()) {
        Hand::Desk
    } else {
        change_terms::may_change(conn, found.session.edition, now)?;
        if found.session.state != SessionState::Proposed {
            return Err(ProgrammeFault::ProposeInstead.into());
        }
        Hand::Lead
    };
    change(
        conn,
        actor,
        now,
        admissions,
        found.session,
        input,
        hand,
        Stage::Create,
    )
}

/// Changes a session as its desk does, because somebody who leads it asked for it: the record names both.
pub(crate) fn edit_for(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    session: Session,
    input: &SessionInput,
    asked_by: PersonId,
) -> Result<Session, Fault> {
    let stage = Stage::Create;
    let (before, session) = changed(conn, actor, now, admissions, session, input, Hand::Desk, stage)?;
    let mut said = noted(actor, "session.edit", Some(&before), &session);
    said.summary["asked_by"] = json!(asked_by);
    audit::note(conn, now, &said)?;
    Ok(session)
}

/// Takes out a session nobody was ever told of.
///
/// # Errors
/// 401, 403, 404; `already_released`: such a session is cancelled instead; `stale`.
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: SessionId,
    version: Option<i64>,
) -> Result<(), Fault> {
    let found = get(conn, actor, now, id)?;
    decide(actor, Act::PlaceSession, &found.object(actor), now).or_fault()?;
    editions::change_draft(conn, found.session.edition)?;
    let session = row(conn, id)?.ok_or_else(Fault::not_found)?;
    same_version(version, session.version)?;
    if session.was_released() {
        return Err(ProgrammeFault::AlreadyReleased.into());
    }
    parts::forget(conn, id)?;
    on_each!(conn, |c| diesel::delete(sessions::table.find(id)).execute(c)).exactly_one()?;
    note(conn, actor, now, "session.remove", Some(&session), &session)
}

/// Says that a session that was held has been reported on (R42).
///
/// # Errors
/// 401, 403, 404; `illegal_step`.
pub fn report(conn: &mut Conn, actor: &Actor, now: Moment, id: SessionId) -> Result<Session, Fault> {
    let found = get(conn, actor, now, id)?;
    decide(actor, Act::EditSession, &found.object(actor), now).or_fault()?;
    rules::session_goes(found.session.state, SessionState::Reported)?;
    let before = found.session;
    let session = save(
        conn,
        now,
        Session {
            state: SessionState::Reported,
            ..before.clone()
        },
    )?;
    note(conn, actor, now, "session.report", Some(&before), &session)?;
    Ok(session)
}

/// Lets the clock pass: released sessions that began are live, those that ended were held. Answers how many changed.
///
/// # Errors
/// When the database refuses.
pub fn turn(conn: &mut Conn, edition: EditionId, now: Moment) -> Result<usize, Fault> {
    let begun = on_each!(conn, |c| diesel::update(sessions::table)
        .filter(sessions::edition.eq(edition))
        .filter(sessions::state.eq_any([SessionState::Published, SessionState::Moved]))
        .filter(sessions::starts_at.le(now))
        .filter(sessions::sequence.gt(0))
        .set(sessions::state.eq(SessionState::Live))
        .execute(c))?;
    let ended = on_each!(conn, |c| diesel::update(sessions::table)
        .filter(sessions::edition.eq(edition))
        .filter(sessions::state.eq(SessionState::Live))
        .filter(sessions::ends_at.le(now))
        .set(sessions::state.eq(SessionState::Held))
        .execute(c))?;
    Ok(begun + ended)
}

/// One session, for who may know of it. Outside its desk and its leads show the release, not this row.
///
/// # Errors
/// 404 when it is absent or hidden, the same to the byte.
pub fn get(conn: &mut Conn, actor: &Actor, now: Moment, id: SessionId) -> Result<Found, Fault> {
    let session = row(conn, id)?.ok_or_else(Fault::not_found)?;
    let mut found = Found { session, track: None };
    found.may_be_known(actor, now).or_fault()?;
    found.track = track_of(conn, &found.session)?;
    Ok(found)
}

/// The track of a session.
///
/// # Errors
/// When the database refuses.
pub fn track_of(conn: &mut Conn, session: &Session) -> Result<Option<Track>, Fault> {
    match session.track {
        Some(track) => tracks::find(conn, track),
        None => Ok(None),
    }
}

/// The row, whoever asks; for use cases that decided already.
///
/// # Errors
/// When the database refuses.
pub fn row(conn: &mut Conn, id: SessionId) -> Result<Option<Session>, Fault> {
    Ok(on_each!(conn, |c| sessions::table
        .find(id)
        .select(Session::as_select())
        .first(c)
        .optional())?)
}

/// The row of a guid, whoever asks.
///
/// # Errors
/// When the database refuses.
pub fn by_guid(conn: &mut Conn, edition: EditionId, guid: &str) -> Result<Option<Session>, Fault> {
    Ok(on_each!(conn, |c| sessions::table
        .filter(sessions::edition.eq(edition))
        .filter(sessions::guid.eq(guid))
        .select(Session::as_select())
        .first(c)
        .optional())?)
}

/// All rows of an edition, whoever asks.
///
/// # Errors
/// When the database refuses.
pub fn all(conn: &mut Conn, edition: EditionId) -> Result<Vec<Session>, Fault> {
    Ok(on_each!(conn, |c| sessions::table
        .filter(sessions::edition.eq(edition))
        .order(sessions::id)
        .select(Session::as_select())
        .load(c))?)
}

/// Says who sees the line of a session and who more of it once it is released, and which body meets: `statutory`'s to
/// say, within its own act.
///
/// # Errors
/// 404; `edition_over`.
pub fn set_line(
    conn: &mut Conn,
    now: Moment,
    id: SessionId,
    shown_to: &Key,
    details_to: &Key,
    body: BodyId,
    label: BodyLabel,
) -> Result<Session, Fault> {
    let session = row(conn, id)?.ok_or_else(Fault::not_found)?;
    editions::change_draft(conn, session.edition)?;
    let mut session = row(conn, id)?.ok_or_else(Fault::not_found)?;
    session.details.0.shown_to = match shown_to {
        Key::Public => String::new(),
        key => key.to_string(),
    };
    session.details.0.details_to = if details_to == shown_to {
        String::new()
    } else {
        details_to.to_string()
    };
    session.details.0.body = Some(label);
    session.body = Some(body);
    save(conn, now, session)
}

/// Writes a row changed since it was read under the edition's lock; counts its version on.
pub(crate) fn save(conn: &mut Conn, now: Moment, session: Session) -> Result<Session, Fault> {
    let next = Session {
        version: session.version + 1,
        updated_at: now,
        ..session
    };
    on_each!(conn, |c| diesel::update(sessions::table)
        .filter(sessions::id.eq(next.id))
        .filter(sessions::version.eq(next.version - 1))
        .set(&next)
        .execute(c))
    .one_or(Fault::stale())?;
    Ok(next)
}

pub(crate) fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&Session>,
    after: &Session,
) -> Result<(), Fault> {
    audit::note(conn, now, &noted(actor, act, before, after))
}

fn noted<'a>(actor: &Actor, act: &'a str, before: Option<&Session>, after: &Session) -> Note<'a> {
    Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(after.id.uuid()),
        scope: Some(after.edition.uuid()),
        summary: json!({
            "code": after.code,
            "state": after.state.to_string(),
            "room": after.room,
            "starts": after.starts_local,
            "ends": after.ends_local,
        }),
        before: before.and_then(Fingerprint::of),
        after: Fingerprint::of(after),
        ..Note::of(act, "session")
    }
}

fn add(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    seen: &Edition,
    input: &SessionInput,
    hand: Hand,
    stage: Stage,
) -> Result<Session, Fault> {
    let edition = editions::change_draft(conn, seen.id)?;
    let session = session_form::filled(conn, now, blank(&edition, now), input, hand, true)?;
    on_each!(conn, |c| diesel::insert_into(sessions::table)
        .values(&session)
        .execute(c))
    .exactly_one()
    .map_err(|fault| match fault.code {
        "already_exists" => fault.at("code"),
        _ => fault,
    })?;
    parts::put(conn, &session, input, hand)?;
    admissions.check(conn, &session, stage)?;
    note(conn, actor, now, "session.create", None, &session)?;
    Ok(session)
}

fn change(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    found: Session,
    input: &SessionInput,
    hand: Hand,
    stage: Stage,
) -> Result<Session, Fault> {
    let (before, session) = changed(conn, actor, now, admissions, found, input, hand, stage)?;
    note(conn, actor, now, "session.edit", Some(&before), &session)?;
    Ok(session)
}

/// The session before and after the change, not yet noted.
fn changed(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    found: Session,
    input: &SessionInput,
    hand: Hand,
    stage: Stage,
) -> Result<(Session, Session), Fault> {
    editions::change_draft(conn, found.edition)?;
    let before = row(conn, found.id)?.ok_or_else(Fault::not_found)?;
    same_version(Some(found.version), before.version)?;
    if matches!(before.state, SessionState::Cancelled | SessionState::Reported) {
        return Err(ProgrammeFault::SessionOver.into());
    }
    let session = session_form::filled(conn, now, before.clone(), input, hand, false)?;
    if hand == Hand::Lead && (session.format, session.track) != (before.format, before.track) {
        may_move(conn, actor, now, &session)?;
    }
    let session = save(conn, now, session)?;
    parts::put(conn, &session, input, hand)?;
    admissions.check(conn, &session, stage)?;
    Ok((before, session))
}

/// Goes on when this actor may propose a session of this kind, format and track.
fn may_propose(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
    kind: &str,
    format: Option<&str>,
    track: Option<&str>,
    circumstances: Circumstances,
) -> Result<(), Fault> {
    let row = rule_book::for_proposal(conn, edition, kind, format, track)?;
    let row = row.ok_or_else(|| Fault::forbidden("no_rule"))?;
    let circumstances = Circumstances {
        registered: actor.registered().any(|registered| registered == edition),
        ..circumstances
    };
    let object = Object::public(ObjectKind::Session)
        .of_track(track)
        .under(&row.rule.0, circumstances);
    decide(actor, Act::Propose, &object, now).or_fault()
}

/// Goes on when who leads a session might have proposed it as it is now, through the call it came by.
fn may_move(conn: &mut Conn, actor: &Actor, now: Moment, session: &Session) -> Result<(), Fault> {
    let track = session.track.map(|id| tracks::find(conn, id)).transpose()?;
    let track = track.flatten().map(|track| track.code);
    let format = session.format.map(|id| formats::find(conn, id)).transpose()?;
    let format = format.flatten().map(|format| format.code);
    let circumstances = Circumstances {
        accepted_in_call: !session.details.0.call.is_empty(),
        ..Circumstances::default()
    };
    may_propose(
        conn,
        actor,
        now,
        session.edition,
        session.kind.code(),
        format.as_deref(),
        track.as_deref(),
        circumstances,
    )
}

pub(crate) fn blank(edition: &Edition, now: Moment) -> Session {
    let id: SessionId = Id::new();
    Session {
        id,
        edition: edition.id,
        guid: id.to_string(),
        // Filled in with the kind: the count of changes is one of a kind in the edition.
        code: format!("{:04}", edition.draft),
        kind: SessionKind::Parallel,
        track: None,
        format: None,
        domain: None,
        theme: None,
        body: None,
        title: Localized::default(),
        title_key: String::new(),
        abstract_text: Localized::default(),
        entry: Entry::WalkIn,
        attendance: Attendance::InPerson,
        capacity: None,
        languages: Json(Languages::default()),
        details: Json(SessionDetails::default()),
        length_minutes: 60,
        room: None,
        starts_local: None,
        ends_local: None,
        starts_at: None,
        ends_at: None,
        state: SessionState::Proposed,
        visible_to: String::new(),
        desk: String::new(),
        sequence: 0,
        version: 1,
        updated_at: now,
    }
}

/// The codes of tracks by id, for those who show many sessions at once.
///
/// # Errors
/// When the database refuses.
pub fn track_codes(
    conn: &mut Conn,
    edition: EditionId,
) -> Result<std::collections::HashMap<crate::model::TrackId, String>, Fault> {
    let rows: Vec<(crate::model::TrackId, String)> = on_each!(conn, |c| track_rows::table
        .filter(track_rows::edition.eq(edition))
        .select((track_rows::id, track_rows::code))
        .load(c))?;
    Ok(rows.into_iter().collect())
}
