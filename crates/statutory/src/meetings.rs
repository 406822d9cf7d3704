//! Meetings: sessions of the statutory track, seen by who may know of them.
//!
//! A meeting is prepared at the desk. It is announced when the programme is released with it, or when its agenda goes out;
//! from then on whoever may come in or read may know of it. For everybody else there is at most its line in the programme:
//! asking for the meeting answers exactly as if there were none, and the refusal is logged with ids alone (R20).

use access_rules::{Act, Actor, BodyId, Decision, EditionId, Key, Object, ObjectKind, SessionId, decide};
use db::{Affected as _, Conn, on_each};
use diesel::prelude::*;
use kernel::{Fault, Id, LocalDate, LocalDateTime, Localized, Moment};
use programme::{
    admission::Admissions,
    editions,
    model::{RoomId, Session, SessionState},
    releases, rule_book,
    sessions::{self, SessionInput},
};
use records::audit::{self, Fingerprint, Note};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::{
    agenda, bodies,
    documents::{self, DocumentView},
    doors::{self, Answer},
    faults::StatutoryFault,
    model::{AgendaItem, Body, BodyKind, Doors, LineDoor, Meeting, MeetingId, PapersDoor, RoomDoor, key_of},
    roster::{self, SeatView},
    rules,
    tables::{agenda_items, meeting_documents, meeting_visits, meetings},
    visits,
};

/// What the form of a new meeting asks.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct PlanInput {
    /// The body that meets.
    pub body: Option<BodyId>,
    /// Its doors; those of the body when left out.
    pub doors: DoorsInput,
    /// The session it is in the programme. Its title is the body's name when left out; kind, track and body are set.
    pub session: SessionInput,
}

/// What the form of the three doors asks; what is left out stays.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct DoorsInput {
    /// Who sees its line in the programme.
    pub line: Option<LineDoor>,
    /// Who gets into the room.
    pub room: Option<RoomDoor>,
    /// Who reads agenda, papers and attendance.
    pub papers: Option<PapersDoor>,
}

/// A meeting with what it hangs on.
#[derive(Clone, Debug)]
pub struct Found {
    /// The meeting.
    pub meeting: Meeting,
    /// The body that meets.
    pub body: Body,
    /// The session it is, as it stands in the draft.
    pub session: Session,
}

impl Found {
    /// Whether it is announced: released with the programme, or by its agenda.
    pub fn is_announced(&self, now: Moment) -> bool {
        self.session.was_released() || self.meeting.agenda_published_at.is_some_and(|at| at <= now)
    }

    /// The meeting as a decision sees it.
    pub fn object(&self, actor: &Actor, now: Moment) -> Object<'static> {
        self.behind(actor, now, ObjectKind::Meeting, key_of(&self.meeting.known_to))
    }

    /// Its agenda, papers and attendance, as a decision sees them.
    pub fn papers(&self, actor: &Actor, now: Moment) -> Object<'static> {
        self.behind(actor, now, ObjectKind::Meeting, key_of(&self.meeting.papers_to))
    }

    /// Something of it behind a key; the desk reads it always, others once the meeting is announced.
    pub(crate) fn behind(&self, actor: &Actor, now: Moment, kind: ObjectKind, key: Key) -> Object<'static> {
        let desk = Key::Desk("statutory".into());
        let key = if actor.keys().contains(&desk) {
            desk
        } else {
            rules::once_announced(self.is_announced(now), key)
        };
        Object::readable_by(kind, key)
            .of_track(Some("statutory"))
            .of_edition(self.meeting.edition)
            .of_body(self.body.id)
    }
}

/// A body, as a meeting names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct BodyCard {
    /// Its id.
    pub id: BodyId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// What sort it is.
    pub kind: BodyKind,
}

/// When and where a meeting is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct When {
    /// Its title.
    pub title: Localized,
    /// How far it is.
    pub state: SessionState,
    /// Where.
    #[schema(value_type = Option<String>)]
    pub room: Option<RoomId>,
    /// From, by the wall clock.
    pub starts_local: Option<LocalDateTime>,
    /// Until, by the wall clock.
    pub ends_local: Option<LocalDateTime>,
    /// From.
    pub starts_at: Option<Moment>,
    /// Until.
    pub ends_at: Option<Moment>,
}

/// What a meeting is to who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Yours {
    /// Whether they are of the body, on the day of the meeting.
    pub sits: bool,
    /// Whether every membership that makes them a member is in arrears: they attend and read, and do not vote.
    pub in_arrears: bool,
    /// Whether they look after it.
    pub manages: bool,
    /// May they come in?
    pub attend: Answer,
    /// May they read agenda and papers?
    pub read: Answer,
    /// May they vote?
    pub vote: Answer,
}

/// A meeting in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MeetingCard {
    /// Its id.
    #[schema(value_type = String)]
    pub id: MeetingId,
    /// The session it is in the programme.
    pub session: SessionId,
    /// The body that meets.
    pub body: BodyCard,
    /// When and where.
    #[serde(flatten)]
    pub when: When,
    /// When its agenda went out; only for who reads it.
    pub agenda_published_at: Option<Moment>,
    /// What it is to who asks.
    pub you: Yours,
    /// Papers that are new to who asks; 0 for who does not read them.
    pub new_documents: i64,
}

/// By when an agenda is due, and whether it was in time (R131).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Notice {
    /// Months of notice the body asks for.
    pub months: i64,
    /// The last day it is in time.
    pub due_on: LocalDate,
    /// Whether it went out by then; none while it has not and still can.
    pub in_time: Option<bool>,
}

/// A meeting, as far as who asks may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MeetingView {
    /// What the list says.
    #[serde(flatten)]
    pub card: MeetingCard,
    /// Its doors.
    pub doors: Doors,
    /// When they last looked.
    pub last_seen_at: Option<Moment>,
    /// When its agenda is due.
    pub notice: Option<Notice>,
    /// The agenda; none for who does not read it, and until it goes out.
    pub agenda: Option<Vec<AgendaItem>>,
    /// The papers in force; none for who does not read them.
    pub documents: Option<Vec<DocumentView>>,
    /// Guards edits.
    pub version: i64,
}

/// Plans a meeting: makes the session, and hangs its doors.
///
/// # Errors
/// 401, 403, 404; `invalid` with each field; `body_required`, `body_unknown`; what making a session may refuse.
pub fn plan(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    admissions: &Admissions,
    edition: EditionId,
    input: &PlanInput,
) -> Result<Meeting, Fault> {
    bodies::may_manage(actor, now, input.body)?;
    let id = input.body.ok_or(StatutoryFault::BodyRequired)?;
    let body = bodies::find(conn, id)?.ok_or(StatutoryFault::BodyUnknown)?;
    let mut session = SessionInput {
        kind: "statutory".to_owned(),
        track: String::new(),
        body: Some(body.id),
        ..input.session.clone()
    };
    if session.title.is_blank() {
        session.title = body.name.clone();
    }
    let session = sessions::create(conn, actor, now, admissions, edition, &session)?;
    // Its admission has hung the body's usual doors.
    let meeting = of_session(conn, session.id)?
        .ok_or_else(|| Fault::internal("the statutory track is not admitted by `statutory`"))?;
    note(conn, actor, now, "meeting.plan", None, &meeting)?;
    set_doors(conn, actor, now, meeting.id, &input.doors, None)
}

/// Changes the doors of a meeting; what they guard follows at once.
///
/// # Errors
/// 401, 403, 404; `stale`.
pub fn set_doors(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: MeetingId,
    input: &DoorsInput,
    version: Option<i64>,
) -> Result<Meeting, Fault> {
    let found = managed(conn, actor, now, id)?;
    let before = found.meeting;
    if version.is_some_and(|version| version != before.version) {
        return Err(Fault::stale());
    }
    let is = before.doors();
    let asked = Doors {
        line: input.line.unwrap_or(is.line),
        room: input.room.unwrap_or(is.room),
        papers: input.papers.unwrap_or(is.papers),
    };
    if asked == is {
        return Ok(before);
    }
    // As every change of the programme does: the edition's row first, so that nobody waits crosswise.
    editions::change_draft(conn, before.edition)?;
    let hung = doors::hang(conn, before.clone(), &found.body, asked)?;
    let after = doors::keep(conn, &before, &hung)?;
    doors::guard_room(conn, actor, now, &after, &found.body)?;
    doors::show_line(conn, now, &after, &found.body)?;
    note(conn, actor, now, "meeting.doors", Some(&before), &after)?;
    Ok(after)
}

/// Takes out a meeting nobody was ever told of, that has no papers.
///
/// # Errors
/// 401, 403, 404; `in_use` when there are papers; `already_released`; `stale`.
pub fn remove(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: MeetingId,
    version: Option<i64>,
) -> Result<(), Fault> {
    let found = managed(conn, actor, now, id)?;
    if version.is_some_and(|version| version != found.meeting.version) {
        return Err(Fault::stale());
    }
    let papers: i64 = on_each!(conn, |c| meeting_documents::table
        .filter(meeting_documents::meeting.eq(id))
        .count()
        .get_result(c))?;
    if papers > 0 {
        return Err(Fault::conflict("in_use"));
    }
    editions::change_draft(conn, found.meeting.edition)?;
    on_each!(conn, |c| diesel::delete(meeting_visits::table)
        .filter(meeting_visits::meeting.eq(id))
        .execute(c))?;
    on_each!(conn, |c| diesel::delete(agenda_items::table)
        .filter(agenda_items::meeting.eq(id))
        .execute(c))?;
    on_each!(conn, |c| diesel::delete(meetings::table.find(id)).execute(c)).exactly_one()?;
    note(
        conn,
        actor,
        now,
        "meeting.remove",
        Some(&found.meeting),
        &found.meeting,
    )?;
    sessions::remove(conn, actor, now, found.session.id, None)
}

/// How many meetings of an edition have no agenda that went out. For their desk.
///
/// # Errors
/// When the database refuses.
pub fn without_agenda(conn: &mut Conn, edition: EditionId) -> Result<i64, Fault> {
    Ok(on_each!(conn, |c| meetings::table
        .filter(meetings::edition.eq(edition))
        .filter(meetings::agenda_published_at.is_null())
        .count()
        .get_result(c))?)
}

/// The meetings of an edition this actor may know of, by time: for everybody else it is as if there were fewer.
///
/// # Errors
/// When the database refuses.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    edition: EditionId,
) -> Result<Vec<MeetingCard>, Fault> {
    let all: Vec<Meeting> = on_each!(conn, |c| meetings::table
        .filter(meetings::edition.eq(edition))
        .order(meetings::id)
        .select(Meeting::as_select())
        .load(c))?;
    let mut cards = Vec::new();
    for meeting in all {
        let found = whole(conn, meeting)?;
        if decide(actor, Act::Read, &found.object(actor, now), now).allows() {
            cards.push(card(conn, actor, now, &found)?);
        }
    }
    cards.sort_by_key(|card| (card.when.starts_at.is_none(), card.when.starts_at, card.id));
    Ok(cards)
}

/// One meeting, as far as this actor may know it.
///
/// # Errors
/// 404 when it is absent or hidden, the same to the byte.
pub fn get(conn: &mut Conn, actor: &Actor, now: Moment, id: MeetingId) -> Result<MeetingView, Fault> {
    let found = known(conn, actor, now, id)?;
    let card = card(conn, actor, now, &found)?;
    let reads = card.you.read.allowed;
    let goes_out = found.meeting.agenda_published_at.is_some_and(|at| at <= now);
    let agenda = if reads && (goes_out || card.you.manages) {
        Some(agenda::items(conn, id)?)
    } else {
        None
    };
    let documents = if reads {
        Some(documents::views(conn, actor, now, &found)?)
    } else {
        None
    };
    Ok(MeetingView {
        doors: found.meeting.doors(),
        last_seen_at: visits::last_seen(conn, actor, id)?,
        notice: notice(&found, &card.when, now),
        agenda,
        documents,
        version: found.meeting.version,
        card,
    })
}

/// Who sits in the body on the day of the meeting, for who reads its papers. Nobody is listed for the General Assembly.
///
/// # Errors
/// 404 when it is absent or not open to this actor.
pub fn attendance(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    id: MeetingId,
) -> Result<Vec<SeatView>, Fault> {
    let found = readable(conn, actor, now, id)?;
    roster::views_at(conn, found.body.id, found.session.starts_at.unwrap_or(now))
}

/// The meeting a session is, whoever asks.
///
/// # Errors
/// When the database refuses.
pub fn of_session(conn: &mut Conn, session: SessionId) -> Result<Option<Meeting>, Fault> {
    Ok(on_each!(conn, |c| meetings::table
        .filter(meetings::session.eq(session))
        .select(Meeting::as_select())
        .first(c)
        .optional())?)
}

/// The meeting a session is, for who may know of it. The World Assembly is no meeting of a body (R77).
///
/// # Errors
/// 404 when there is no such session or this actor may not know of it; `not_a_statutory_meeting` for another session.
pub fn by_session(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    session: SessionId,
) -> Result<MeetingView, Fault> {
    match of_session(conn, session)? {
        Some(meeting) => get(conn, actor, now, meeting.id),
        None => {
            sessions::get(conn, actor, now, session)?;
            Err(StatutoryFault::NotAMeeting.into())
        }
    }
}

/// A meeting this actor may know of; a refusal is logged.
pub(crate) fn known(conn: &mut Conn, actor: &Actor, now: Moment, id: MeetingId) -> Result<Found, Fault> {
    let meeting = row(conn, id)?.ok_or_else(Fault::not_found)?;
    let (act, kind) = (Act::Read, ObjectKind::Meeting);
    ever_read(actor, now, kind, key_of(&meeting.known_to), None).or_fault_noted(
        act,
        kind,
        Some(id.uuid()),
    )?;
    let found = whole(conn, meeting)?;
    noted(actor, &found, found.object(actor, now), now)?;
    Ok(found)
}

/// Whether this actor has the key of a thing, or is of its desk; whether it is announced is asked later. A stranger is
/// refused here, before anything else is read: their request for what is hidden does no more than one for what is absent.
pub(crate) fn ever_read(
    actor: &Actor,
    now: Moment,
    kind: ObjectKind,
    key: Key,
    public_from: Option<Moment>,
) -> Decision {
    let desk = Key::Desk("statutory".into());
    let key = if actor.keys().contains(&desk) { desk } else { key };
    let object = Object::readable_by(kind, key)
        .of_track(Some("statutory"))
        .public_from(public_from);
    decide(actor, Act::Read, &object, now)
}

/// A meeting whose agenda and papers this actor reads; a refusal is logged.
pub(crate) fn readable(conn: &mut Conn, actor: &Actor, now: Moment, id: MeetingId) -> Result<Found, Fault> {
    let found = known(conn, actor, now, id)?;
    noted(actor, &found, found.papers(actor, now), now)?;
    Ok(found)
}

/// A meeting this actor looks after; a refusal is logged.
pub(crate) fn managed(conn: &mut Conn, actor: &Actor, now: Moment, id: MeetingId) -> Result<Found, Fault> {
    let found = known(conn, actor, now, id)?;
    let (act, kind) = (Act::ManageMeeting, ObjectKind::Meeting);
    decide(actor, act, &found.object(actor, now), now).or_fault_noted(act, kind, Some(id.uuid()))?;
    Ok(found)
}

/// A meeting with what it hangs on, whoever asks.
pub(crate) fn whole(conn: &mut Conn, meeting: Meeting) -> Result<Found, Fault> {
    let body = bodies::get(conn, meeting.body)?;
    let session = sessions::row(conn, meeting.session)?.ok_or_else(Fault::not_found)?;
    Ok(Found {
        meeting,
        body,
        session,
    })
}

/// The row, whoever asks.
pub(crate) fn row(conn: &mut Conn, id: MeetingId) -> Result<Option<Meeting>, Fault> {
    Ok(on_each!(conn, |c| meetings::table
        .find(id)
        .select(Meeting::as_select())
        .first(c)
        .optional())?)
}

/// Takes the meeting's row, so that whoever changes its agenda or papers stands in line until COMMIT.
pub(crate) fn lock(conn: &mut Conn, id: MeetingId) -> Result<(), Fault> {
    on_each!(conn, |c| diesel::update(meetings::table.find(id))
        .set(meetings::version.eq(meetings::version))
        .execute(c))
    .one_or(Fault::not_found())
}

fn noted(actor: &Actor, found: &Found, object: Object<'_>, now: Moment) -> Result<(), Fault> {
    let id = Some(found.meeting.id.uuid());
    decide(actor, Act::Read, &object, now).or_fault_noted(Act::Read, ObjectKind::Meeting, id)
}

fn card(conn: &mut Conn, actor: &Actor, now: Moment, found: &Found) -> Result<MeetingCard, Fault> {
    let you = yours(conn, actor, now, found)?;
    let new_documents = if you.read.allowed {
        documents::count_new(conn, actor, now, found)?
    } else {
        0
    };
    Ok(MeetingCard {
        id: found.meeting.id,
        session: found.session.id,
        body: BodyCard {
            id: found.body.id,
            code: found.body.code.clone(),
            name: found.body.name.clone(),
            kind: found.body.kind,
        },
        when: when(conn, actor, found)?,
        agenda_published_at: found.meeting.agenda_published_at.filter(|_| you.read.allowed),
        you,
        new_documents,
    })
}

fn yours(conn: &mut Conn, actor: &Actor, now: Moment, found: &Found) -> Result<Yours, Fault> {
    let circumstances = doors::circumstances(conn, actor, now, &found.session)?;
    let mut by_rule = |act: Act| -> Result<Answer, Fault> {
        let row = rule_book::for_session(conn, &found.session, act)?;
        let object = found.object(actor, now);
        Ok(match &row {
            Some(row) => decide(actor, act, &object.under(&row.rule.0, circumstances), now),
            None => decide(actor, act, &object, now),
        }
        .into())
    };
    let (attend, vote) = (by_rule(Act::Attend)?, by_rule(Act::Vote)?);
    Ok(Yours {
        sits: circumstances.on_roster,
        in_arrears: actor.in_arrears,
        manages: decide(actor, Act::ManageMeeting, &found.object(actor, now), now).allows(),
        attend,
        read: decide(actor, Act::Read, &found.papers(actor, now), now).into(),
        vote,
    })
}

/// When and where it is: to the desk as the draft says, to others as it was released.
fn when(conn: &mut Conn, actor: &Actor, found: &Found) -> Result<When, Fault> {
    let session = &found.session;
    let of_draft = When {
        title: session.title.clone(),
        state: session.state,
        room: session.room,
        starts_local: session.starts_local,
        ends_local: session.ends_local,
        starts_at: session.starts_at,
        ends_at: session.ends_at,
    };
    let is_desk = actor.keys().contains(&session.desk_key());
    if is_desk || session.state != SessionState::Moved {
        return Ok(of_draft);
    }
    let live = releases::live(conn, session.edition)?;
    let released = live.as_ref().and_then(|programme| programme.session(session.id));
    Ok(match released {
        None => of_draft,
        Some(told) => When {
            title: told.title.clone(),
            state: SessionState::Published,
            room: told.room.map(Id::cast),
            starts_local: Some(told.starts_local),
            ends_local: Some(told.ends_local),
            starts_at: Some(told.starts_at),
            ends_at: Some(told.ends_at),
        },
    })
}

fn notice(found: &Found, when: &When, now: Moment) -> Option<Notice> {
    let starts = when.starts_local?;
    let starts_at = when.starts_at?;
    let due_on = rules::notice_due(starts.date(), found.body.notice_months)?;
    // The day is the congress's: its distance to the meeting is that of the wall clock.
    let days = starts.date().0.signed_duration_since(due_on.0).num_days();
    let until = starts_at
        .plus_minutes(-starts.minute_of_day())
        .plus_days(1 - days);
    let in_time = match found.meeting.agenda_published_at {
        Some(at) => Some(at < until),
        None if now < until => None,
        None => Some(false),
    };
    Some(Notice {
        months: found.body.notice_months,
        due_on,
        in_time,
    })
}

pub(crate) fn note(
    conn: &mut Conn,
    actor: &Actor,
    now: Moment,
    act: &str,
    before: Option<&Meeting>,
    after: &Meeting,
) -> Result<(), Fault> {
    let note = Note {
        actor: actor.person.map(Id::cast),
        object_id: Some(after.id.uuid()),
        scope: Some(after.edition.uuid()),
        summary: json!({
            "session": after.session, "body": after.body, "line": after.line, "room": after.room,
            "papers": after.papers, "agenda_published_at": after.agenda_published_at,
        }),
        before: before.and_then(Fingerprint::of),
        after: Fingerprint::of(after),
        ..Note::of(act, "meeting")
    };
    audit::note(conn, now, &note)
}
