//! The three doors of a meeting: its *line* in the programme, the *room*, the *papers* (R1, R2).
//!
//! Each is a rule of the edition's rule book (`door`: `line`, `room`, `room_observed`, `papers`, `papers_members`). A door
//! makes a key, and the key stands beside every row it guards, so that lists, counts and searches obey it too. Who gets
//! into the room is besides a rule of the body, or of the session where its door is not the body's usual one, so that
//! whoever reserves and whoever scans decides by it.

use access_rules::{Act, Actor, Circumstances, Decision, EditionId, Key, Rule, SessionId, catalogue};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Coded as _, Fault, Json, Moment};
use programme::{
    model::{Session, SessionDetails},
    rule_book::{self, RuleInput, RuleScope},
    tables::sessions,
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    bodies,
    model::{Body, Document, Doors, Meeting, key_of},
    roster, rules,
    tables::{meeting_documents, meetings},
};

/// Whether something may be done, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Answer {
    /// Whether they may.
    pub allowed: bool,
    /// Why not: `audience`, `not_registered`, `in_arrears`, `roster_only`, …
    pub code: Option<&'static str>,
    /// The one thing they can do about it.
    pub remedy: Option<&'static str>,
}

impl From<Decision> for Answer {
    fn from(decision: Decision) -> Self {
        let (allowed, code, remedy) = match decision {
            Decision::Allow => (true, None, None),
            Decision::SignInNeeded => (false, Some("sign_in_needed"), Some("sign_in")),
            Decision::Hidden => (false, Some("roster_only"), None),
            Decision::Deny(reason) => (false, Some(reason.code), reason.remedy),
        };
        Self {
            allowed,
            code,
            remedy,
        }
    }
}

/// What a rule of a session may ask about this actor, as far as `statutory` knows: whether they are of the body that meets,
/// on the day of the meeting (R13, R161).
///
/// # Errors
/// When the database refuses.
pub fn circumstances(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: &Session,
) -> Result<Circumstances, Fault> {
    let body = session
        .body
        .map(|id| bodies::find(conn, id))
        .transpose()?
        .flatten();
    let on_roster = match &body {
        Some(body) => roster::sits(conn, actor, body, session.starts_at.unwrap_or(now))?,
        None => false,
    };
    Ok(Circumstances {
        registered: actor.registered().any(|edition| edition == session.edition),
        on_roster,
        ..Circumstances::default()
    })
}

/// Makes the keys of every meeting of an edition again, after a rule of a door was changed in the rule book.
///
/// # Errors
/// 404; `edition_over`.
pub fn renew(conn: &mut Conn, now: Moment, edition: EditionId) -> Result<usize, Fault> {
    programme::editions::change_draft(conn, edition)?;
    let all: Vec<Meeting> = on_each!(conn, |c| meetings::table
        .filter(meetings::edition.eq(edition))
        .order(meetings::id)
        .select(Meeting::as_select())
        .load(c))?;
    let mut changed = 0;
    for meeting in all {
        let body = bodies::get(conn, meeting.body)?;
        let doors = meeting.doors();
        let hung = hang(conn, meeting.clone(), &body, doors)?;
        if (&hung.known_to, &hung.papers_to) != (&meeting.known_to, &meeting.papers_to) {
            keep(conn, &meeting, &hung)?;
            show_line(conn, now, &hung, &body)?;
            changed += 1;
        }
    }
    Ok(changed)
}

/// The meeting with these doors and the keys they make.
pub(crate) fn hang(conn: &mut Conn, meeting: Meeting, body: &Body, doors: Doors) -> Result<Meeting, Fault> {
    let room = rule(conn, &meeting, doors.room.code(), Act::Attend)?;
    let papers = rule(conn, &meeting, doors.papers.code(), Act::Read)?;
    let papers_to = rules::key_of_rule(&papers, body.kind, body.id);
    let known_to = rules::wider(&rules::key_of_rule(&room, body.kind, body.id), &papers_to);
    Ok(Meeting {
        body: body.id,
        line: doors.line,
        room: doors.room,
        papers: doors.papers,
        known_to: known_to.to_string(),
        papers_to: papers_to.to_string(),
        ..meeting
    })
}

/// Writes a meeting whose doors were hung anew, and the keys of its papers.
pub(crate) fn keep(conn: &mut Conn, before: &Meeting, hung: &Meeting) -> Result<Meeting, Fault> {
    let after = Meeting {
        version: before.version + 1,
        ..hung.clone()
    };
    on_each!(conn, |c| diesel::update(meetings::table)
        .filter(meetings::id.eq(before.id))
        .filter(meetings::version.eq(before.version))
        .set(&after)
        .execute(c))
    .one_or(Fault::stale())?;
    let body = bodies::get(conn, after.body)?;
    let papers: Vec<Document> = on_each!(conn, |c| meeting_documents::table
        .filter(meeting_documents::meeting.eq(after.id))
        .select(Document::as_select())
        .load(c))?;
    for paper in papers {
        let key = rules::document_key(paper.audience, &key_of(&after.papers_to), body.kind, body.id);
        on_each!(conn, |c| diesel::update(meeting_documents::table.find(paper.id))
            .set(meeting_documents::visible_to.eq(key.to_string()))
            .execute(c))
        .exactly_one()?;
    }
    Ok(after)
}

/// Tells the programme who sees the line and who sees more.
pub(crate) fn show_line(
    conn: &mut Conn,
    now: Moment,
    meeting: &Meeting,
    body: &Body,
) -> Result<Session, Fault> {
    let known_to = key_of(&meeting.known_to);
    let shown_to = rules::line_key(meeting.line, &known_to);
    programme::sessions::set_line(
        conn,
        now,
        meeting.session,
        &shown_to,
        &known_to,
        body.id,
        bodies::label(body),
    )
}

/// The same within the act that writes the session's row, which counts its version itself.
pub(crate) fn show_line_within(
    conn: &mut Conn,
    session: &Session,
    meeting: &Meeting,
    body: &Body,
) -> Result<(), Fault> {
    let known_to = key_of(&meeting.known_to);
    let shown_to = match rules::line_key(meeting.line, &known_to) {
        Key::Public => String::new(),
        key => key.to_string(),
    };
    let details_to = if shown_to == meeting.known_to {
        String::new()
    } else {
        meeting.known_to.clone()
    };
    let details = SessionDetails {
        shown_to,
        details_to,
        body: Some(bodies::label(body)),
        ..session.details.0.clone()
    };
    on_each!(conn, |c| diesel::update(sessions::table.find(session.id))
        .set(sessions::details.eq(Json(details)))
        .execute(c))
    .exactly_one()
}

/// Gives the body the rule of its usual room, where it has none yet in this edition.
pub(crate) fn begin(conn: &mut Conn, since: Moment, meeting: &Meeting, body: &Body) -> Result<(), Fault> {
    let door = rules::doors_of(body.kind).room.code();
    let rule = rule(conn, meeting, door, Act::Attend)?;
    let reading = catalogue::source(&catalogue_code(door), Act::Attend);
    rule_book::begin_with(
        conn,
        since,
        meeting.edition,
        RuleScope::Body,
        &body.id.to_string(),
        Act::Attend,
        rule,
        reading,
    )
}

/// Sets who gets into the room of this meeting alone, where its door is not the body's usual one; lifts it where it is.
pub(crate) fn guard_room(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    meeting: &Meeting,
    body: &Body,
) -> Result<(), Fault> {
    let of = meeting.session.to_string();
    let own = rule_book::in_force(conn, meeting.edition, RuleScope::Session, &of, Act::Attend)?;
    let is_usual = meeting.room == rules::doors_of(body.kind).room;
    if is_usual {
        return match own {
            Some(_) => {
                let scope = RuleScope::Session;
                rule_book::lift(conn, actor, now, meeting.edition, scope, &of, Act::Attend)
            }
            None => Ok(()),
        };
    }
    let rule = rule(conn, meeting, meeting.room.code(), Act::Attend)?;
    if own.as_ref().is_some_and(|own| own.rule.0 == rule) {
        return Ok(());
    }
    let input = RuleInput {
        scope: RuleScope::Session.code().to_owned(),
        scope_ref: of,
        act: Act::Attend.code().to_owned(),
        rule,
        reading: catalogue::source(&catalogue_code(meeting.room.code()), Act::Attend).to_owned(),
    };
    rule_book::set(conn, actor, now, meeting.edition, &input, None).map(drop)
}

/// The rule of a door: that of this meeting alone, else that of the edition, else the one every edition begins with.
fn rule(conn: &mut Conn, meeting: &Meeting, door: &str, act: Act) -> Result<Rule, Fault> {
    let own = own_door(door, meeting.session);
    for of in [own.as_str(), door] {
        if let Some(row) = rule_book::in_force(conn, meeting.edition, RuleScope::Door, of, act)? {
            return Ok(row.rule.0);
        }
    }
    Ok(catalogue::seeded(&catalogue_code(door), act))
}

/// The reference in the rule book of one meeting's own door.
pub fn own_door(door: &str, session: SessionId) -> String {
    format!("{door}:{session}")
}

fn catalogue_code(door: &str) -> String {
    format!("statutory_{door}")
}
