//! The draft of the programme, as its desks work on it: sessions, where and when they are, what clashes, and tables of them.
//!
//! Nothing here is told to anybody before it is released (`releases`).

use std::collections::HashMap;

use access_rules::{Act, Actor, BodyId, EditionId, SessionId};
use actix_kit::{At, Body, Caller, Paging, Problem, Query, Version, once::created, problem};
use actix_web::{HttpRequest, HttpResponse, web};
use db::Conn;
use kernel::{Fault, Id, LocalDate, LocalDateTime, Localized, Moment};
use members::sheet::{self, Charset};
use programme::{
    admission::Admissions,
    arranging::{self, Arranged, Arrangement, Checked},
    availability::{self, Availability},
    conflicts::Conflict,
    copies::{self, CopyInput},
    domains, draft, formats, import_apply,
    import_apply::ImportOptions,
    import_plan::ImportReport,
    import_schedule,
    import_sessions::{self, SessionsReport},
    listing::{OrganiserEntry, SpeakerEntry},
    model::{
        Attendance, DomainId, Entry, FormatId, Languages, RoomId, Session, SessionDetails, SessionKind,
        SessionState,
    },
    releases,
    rescheduling::{self, Reschedule},
    scheduling::{self, Placed, Placement, Swap},
    session_form::SessionInput,
    session_list::{self, Filter},
    sessions,
    snapshot::Snapshots,
    themes, tracks,
    waivers::{self, WaiverInput},
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use crate::{
    answers,
    programme::{edition, refresh},
    releases::{all_said, said, told},
    table::{Line, delete, get, post, put},
    upload::{self, SHEETS},
};

/// The media types of a schedule.
const SCHEDULES: &[&str] = &["application/xml", "text/xml", "application/octet-stream"];

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/sessions", Act::Read, list, "The draft, as far as my desks see it: sessions in the order they were made.")
            .asks::<DraftQuery>().lists::<DraftView>().account(),
        post("/editions/{slug}/sessions", Act::EditSession, create, "Makes a session in the draft.")
            .takes::<SessionInput>().gives::<DraftDetail>().once().account(),
        get("/sessions/{id}/draft", Act::Read, view, "A session as it stands in the draft; for its desk and who has a part in it.")
            .gives::<DraftDetail>().account(),
        put("/sessions/{id}", Act::EditSession, edit, "Changes a session in the draft.")
            .takes::<SessionInput>().gives::<DraftDetail>().versioned().account(),
        delete("/sessions/{id}", Act::EditSession, remove, "Takes a session nobody was told of out of the draft.")
            .versioned().account(),
        put("/sessions/{id}/placement", Act::PlaceSession, place, "Gives a session its room and time; tells what it clashes with.")
            .takes::<Placement>().gives::<PlacedView>().versioned().account(),
        delete("/sessions/{id}/placement", Act::PlaceSession, unplace, "Takes a session's room and time away.")
            .gives::<DraftView>().versioned().account(),
        post("/editions/{slug}/swaps", Act::PlaceSession, swap, "Lets two sessions change places.")
            .takes::<Swap>().lists_all::<PlacedView>().once().answers(200).account(),
        post("/editions/{slug}/arrangements", Act::PlaceSession, arrange, "Moves several sessions as one act; refused where it makes conflicts that the edition lets no move make, unless a reason says why they may stand.")
            .takes::<Arrangement>().gives::<ArrangedView>().once().answers(200).account(),
        post("/editions/{slug}/reschedules", Act::PlaceSession, reschedule, "Puts sessions later, makes them longer, closes their gaps or exchanges two rooms, as one act.")
            .takes::<Reschedule>().gives::<ArrangedView>().once().answers(200).account(),
        get("/sessions/{id}/availability", Act::PlaceSession, availability_on, "When a session cannot be held on a day, and why: rooms that are another's, people who are wanted elsewhere.")
            .asks::<AvailabilityQuery>().gives::<Availability>().account(),
        post("/sessions/{id}/copies", Act::PlaceSession, copy, "Copies a break or a blocker into other rooms, into all of them or none.")
            .takes::<CopyInput>().lists_all::<PlacedView>().once().answers(200).account(),
        post("/editions/{slug}/checks", Act::PlaceSession, check, "Tells what would become of an arrangement, and writes nothing.")
            .takes::<Arrangement>().gives::<CheckedView>().answers(200).account(),
        post("/sessions/{id}/cancellation", Act::Release, cancel, "Cancels a session; whoever was told of it is told, with the reason.")
            .takes::<CancelInput>().gives::<DraftView>().once().versioned().answers(200).account(),
        post("/sessions/{id}/report", Act::EditSession, report, "Marks a session that was held as reported on.")
            .gives::<DraftView>().once().answers(200).account(),

        get("/editions/{slug}/conflicts", Act::EditSession, conflicts, "What is wrong with the draft, or may be; the grave first.")
            .lists_all::<Conflict>().account(),
        post("/editions/{slug}/waivers", Act::WaiveConflict, waive, "Lets a conflict stand, with a reason.")
            .takes::<WaiverInput>().gives::<Conflict>().once().account(),
        delete("/editions/{slug}/waivers/{conflict}", Act::WaiveConflict, unwaive, "Takes that back.").account(),

        post("/editions/{slug}/imports/sessions", Act::Import, import_table, "Takes in a table of sessions, row by row; with `dry_run` only tells what would become of each.")
            .asks::<TableQuery>().takes_media(SHEETS).gives::<SessionsReport>().account(),
        post("/imports/schedules", Act::Import, import_schedule_file, "Takes in a schedule.xml: an edition with its rooms, tracks and sessions.")
            .asks::<ImportOptions>().takes_media(SCHEDULES).gives::<ImportReport>().once().answers(200).account(),
    ]
}

// What goes in and out.

/// Which sessions of the draft are asked for.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct DraftQuery {
    /// In this state.
    pub state: Option<SessionState>,
    /// Of this kind.
    pub kind: Option<SessionKind>,
    /// In the track of this code.
    pub track: Option<String>,
    /// Of the format of this id.
    pub format: Option<FormatId>,
    /// With this main domain.
    pub domain: Option<DomainId>,
    /// In this room.
    pub room: Option<RoomId>,
    /// On this day.
    pub day: Option<LocalDate>,
    /// With, or without, a time.
    pub placed: Option<bool>,
    /// With these words in title, abstract or code.
    pub text: Option<String>,
}

/// A session as it stands in the draft.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DraftView {
    /// Its id.
    pub id: SessionId,
    /// The edition it is of.
    pub edition: EditionId,
    /// Its id in exchanged files.
    pub guid: String,
    /// Its short public code.
    pub code: String,
    /// What it is.
    pub kind: SessionKind,
    /// Code of its track.
    pub track: Option<String>,
    /// Code of its format.
    pub format: Option<String>,
    /// Code of its main policy domain.
    pub domain: Option<String>,
    /// Code of its Town Hall theme.
    pub theme: Option<String>,
    /// The statutory body that meets.
    pub body: Option<BodyId>,
    /// Its title.
    pub title: Localized,
    /// What it is about.
    #[serde(rename = "abstract")]
    pub abstract_text: Localized,
    /// How one gets in.
    pub entry: Entry,
    /// Where one attends from.
    pub attendance: Attendance,
    /// Most people in it; none means the room's.
    pub capacity: Option<i64>,
    /// What is spoken in it.
    pub languages: Languages,
    /// What only some sessions have.
    pub details: SessionDetails,
    /// How long it is, in minutes.
    pub length_minutes: i64,
    /// Where it is.
    pub room: Option<RoomId>,
    /// When it begins, by the congress's wall clock.
    pub starts_local: Option<LocalDateTime>,
    /// When it ends, by the congress's wall clock.
    pub ends_local: Option<LocalDateTime>,
    /// The instant it begins.
    pub starts_at: Option<Moment>,
    /// The instant it ends.
    pub ends_at: Option<Moment>,
    /// How far it is.
    pub state: SessionState,
    /// Counts what calendars are told; 0 until it is released.
    pub sequence: i64,
    /// When it was last changed.
    pub updated_at: Moment,
    /// Counts edits; what `If-Match` names.
    pub version: i64,
}

/// A session of the draft with who has a part in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DraftDetail {
    /// The session.
    #[serde(flatten)]
    pub session: DraftView,
    /// Who holds it.
    pub organisers: Vec<OrganiserEntry>,
    /// Who speaks.
    pub speakers: Vec<SpeakerEntry>,
}

/// A session that was placed, and what it clashes with.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlacedView {
    /// The session.
    pub session: DraftView,
    /// What it clashes with.
    pub conflicts: Vec<Conflict>,
}

/// Sessions that were moved as one act, and what they clash with.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArrangedView {
    /// The sessions, in the order in which they were named.
    pub sessions: Vec<DraftView>,
    /// What they clash with.
    pub conflicts: Vec<Conflict>,
}

/// What would become of an arrangement.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckedView {
    /// Why it cannot be at all.
    pub refusal: Option<RefusalView>,
    /// What the sessions would clash with.
    pub conflicts: Vec<Conflict>,
    /// The keys of those that are new and refuse the move, unless a reason is given.
    pub refusing: Vec<String>,
    /// Whether I may give the reason.
    pub may_waive: bool,
}

/// Why something cannot be.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusalView {
    /// Stable code, listed in docs/errors.md.
    pub code: &'static str,
    /// What is wrong and what can be done.
    pub sentence: String,
    /// What the sentence speaks of.
    #[schema(value_type = Object)]
    pub facts: Map<String, Value>,
}

/// Which day is asked about.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct AvailabilityQuery {
    /// The day, within the edition's.
    pub day: Option<LocalDate>,
}

/// Why a session does not take place.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct CancelInput {
    /// What people are told.
    pub reason: String,
}

/// How a table of sessions is to be read.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct TableQuery {
    /// Whether it is only tried.
    pub dry_run: bool,
    /// In which characters a CSV is written: `utf-8` when not said, or `windows-1252`.
    pub charset: Option<Charset>,
}

/// The codes by which lists are named outside.
struct Codes(HashMap<String, String>);

impl Codes {
    fn read(conn: &mut Conn, edition: EditionId) -> Result<Self, Fault> {
        let mut codes = HashMap::new();
        codes.extend(
            tracks::list(conn, edition)?
                .into_iter()
                .map(|of| (of.id.to_string(), of.code)),
        );
        codes.extend(
            formats::list(conn, edition)?
                .into_iter()
                .map(|of| (of.id.to_string(), of.code)),
        );
        codes.extend(
            domains::list(conn, edition)?
                .into_iter()
                .map(|of| (of.id.to_string(), of.code)),
        );
        codes.extend(
            themes::list(conn, edition)?
                .into_iter()
                .map(|of| (of.id.to_string(), of.code)),
        );
        Ok(Self(codes))
    }

    fn of<T>(&self, id: Option<Id<T>>) -> Option<String> {
        id.and_then(|id| self.0.get(&id.to_string()).cloned())
    }
}

// Sessions of the draft.

async fn list(
    caller: Caller,
    request: HttpRequest,
    At(slug): At<String>,
    Paging(ask): Paging,
    Query(query): Query<DraftQuery>,
) -> Result<HttpResponse, Problem> {
    let page = caller
        .read("sessions", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            let page = session_list::list(conn, actor, edition, &filter(&query), &ask)?;
            let codes = Codes::read(conn, edition)?;
            Ok(page.map(|session| draft_view(session, &codes)))
        })
        .await?;
    Ok(answers::list(&caller, &request, &page))
}

async fn create(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(slug): At<String>,
    body: Body<SessionInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("session.create", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let session = sessions::create(conn, actor, now, &admissions, edition, &input)?;
            let detail = detail(conn, session)?;
            created(
                &format!("/api/v1/sessions/{}/draft", detail.session.id),
                Some(detail.session.version),
                &detail,
            )
        })
        .await
}

async fn view(caller: Caller, request: HttpRequest, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    let detail = caller
        .read("session.draft", move |conn, actor, now| {
            let found = sessions::get(conn, actor, now, id)?;
            if !found.shows_draft_to(actor) {
                return Err(Fault::forbidden("not_allowed"));
            }
            detail(conn, found.session)
        })
        .await?;
    Ok(answers::versioned(&request, detail.session.version, &detail))
}

async fn edit(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(id): At<SessionId>,
    Version(version): Version,
    body: Body<SessionInput>,
) -> Result<HttpResponse, Problem> {
    let detail = caller
        .write("session.edit", move |conn, actor, now| {
            let session = sessions::edit(conn, actor, now, &admissions, id, &body.input, Some(version))?;
            detail(conn, session)
        })
        .await?;
    Ok(answers::edited(detail.session.version, &detail))
}

async fn remove(
    caller: Caller,
    At(id): At<SessionId>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    caller
        .write("session.remove", move |conn, actor, now| {
            sessions::remove(conn, actor, now, id, Some(version))
        })
        .await?;
    Ok(answers::done())
}

// Where and when.

async fn place(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(id): At<SessionId>,
    Version(version): Version,
    body: Body<Placement>,
) -> Result<HttpResponse, Problem> {
    let reader = caller.clone();
    let view = caller
        .write("session.place", move |conn, actor, now| {
            let placed = scheduling::place(conn, actor, now, &admissions, id, &body.input, Some(version))
                .map_err(|fault| told(&reader, fault))?;
            placed_view(conn, &reader, placed)
        })
        .await?;
    Ok(answers::edited(view.session.version, &view))
}

async fn unplace(
    caller: Caller,
    At(id): At<SessionId>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("session.unplace", move |conn, actor, now| {
            let session = scheduling::unplace(conn, actor, now, id, Some(version))?;
            one(conn, session)
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn swap(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(slug): At<String>,
    body: Body<Swap>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    let reader = caller.clone();
    caller
        .once("session.swap", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let placed = scheduling::swap(conn, actor, now, &admissions, &input)
                .map_err(|fault| told(&reader, fault))?;
            if placed.iter().any(|placed| placed.session.edition != edition) {
                return Err(Fault::field("one", "unknown"));
            }
            let views: Result<Vec<PlacedView>, Fault> = placed
                .into_iter()
                .map(|placed| placed_view(conn, &reader, placed))
                .collect();
            answers::kept(&answers::Items::of(views?))
        })
        .await
}

async fn arrange(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(slug): At<String>,
    body: Body<Arrangement>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    let reader = caller.clone();
    caller
        .once("session.arrange", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let arranged = arranging::arrange(conn, actor, now, &admissions, edition, &input)
                .map_err(|fault| told(&reader, fault))?;
            answers::kept(&arranged_view(conn, &reader, edition, arranged)?)
        })
        .await
}

async fn reschedule(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(slug): At<String>,
    body: Body<Reschedule>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    let reader = caller.clone();
    caller
        .once("session.reschedule", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let arranged = rescheduling::reschedule(conn, actor, now, &admissions, edition, &input)
                .map_err(|fault| told(&reader, fault))?;
            answers::kept(&arranged_view(conn, &reader, edition, arranged)?)
        })
        .await
}

async fn availability_on(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(id): At<SessionId>,
    Query(query): Query<AvailabilityQuery>,
) -> Result<HttpResponse, Problem> {
    let found = caller
        .read("session.availability", move |conn, actor, now| {
            availability::of(conn, actor, now, &admissions, id, query.day)
        })
        .await?;
    Ok(answers::one(&found))
}

async fn copy(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(id): At<SessionId>,
    body: Body<CopyInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    let reader = caller.clone();
    caller
        .once("session.copy", &body.hash, move |conn, actor, now| {
            let copies = copies::to_rooms(conn, actor, now, &admissions, id, &input)
                .map_err(|fault| told(&reader, fault))?;
            let views: Result<Vec<PlacedView>, Fault> = copies
                .into_iter()
                .map(|placed| placed_view(conn, &reader, placed))
                .collect();
            answers::kept(&answers::Items::of(views?))
        })
        .await
}

fn arranged_view(
    conn: &mut Conn,
    reader: &Caller,
    edition: EditionId,
    arranged: Arranged,
) -> Result<ArrangedView, Fault> {
    let codes = Codes::read(conn, edition)?;
    let sessions = arranged.sessions.into_iter();
    Ok(ArrangedView {
        sessions: sessions.map(|session| draft_view(session, &codes)).collect(),
        conflicts: all_said(reader, arranged.conflicts),
    })
}

async fn check(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(slug): At<String>,
    body: Body<Arrangement>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    let checked = caller
        .read("session.check", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            arranging::check(conn, actor, now, &admissions, edition, &input)
        })
        .await?;
    Ok(answers::one(&checked_view(&caller, checked)))
}

/// A refusal about a field is told by what is wrong with the field.
fn checked_view(caller: &Caller, checked: Checked) -> CheckedView {
    let say = |code: &str, facts: &Map<String, Value>| {
        problem::sentence(caller.site().words(), caller.language(), code, facts)
    };
    let refusal = checked.refusal.map(|fault| match fault.fields.first() {
        Some(field) => RefusalView {
            code: field.code,
            sentence: say(field.code, &field.facts),
            facts: field.facts.clone(),
        },
        None => RefusalView {
            code: fault.code,
            sentence: say(fault.code, &fault.facts),
            facts: fault.facts,
        },
    });
    CheckedView {
        refusal,
        conflicts: all_said(caller, checked.conflicts),
        refusing: checked.refusing,
        may_waive: checked.may_waive,
    }
}

async fn cancel(
    caller: Caller,
    snapshots: web::Data<Snapshots>,
    At(id): At<SessionId>,
    Version(version): Version,
    body: Body<CancelInput>,
) -> Result<HttpResponse, Problem> {
    let reason = body.input.reason;
    let answer = caller
        .once("session.cancel", &body.hash, move |conn, actor, now| {
            let session = releases::cancel(conn, actor, now, id, &reason, Some(version))?;
            answers::kept(&one(conn, session)?)
        })
        .await?;
    refresh(&caller, snapshots).await;
    Ok(answer)
}

async fn report(caller: Caller, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    caller
        .once("session.report", &[], move |conn, actor, now| {
            let session = sessions::report(conn, actor, now, id)?;
            answers::kept(&one(conn, session)?)
        })
        .await
}

// What clashes.

async fn conflicts(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(slug): At<String>,
) -> Result<HttpResponse, Problem> {
    let found = caller
        .read("conflicts", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            draft::conflicts_of(conn, actor, now, &admissions, edition)
        })
        .await?;
    Ok(answers::all(&all_said(&caller, found)))
}

async fn waive(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(slug): At<String>,
    body: Body<WaiverInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    let reader = caller.clone();
    caller
        .once("conflict.waive", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let conflict = waivers::waive(conn, actor, now, &admissions, edition, &input)?;
            let location = format!("/api/v1/editions/{slug}/conflicts");
            created(&location, None, &said(&reader, conflict))
        })
        .await
}

async fn unwaive(
    caller: Caller,
    At((slug, conflict)): At<(String, String)>,
) -> Result<HttpResponse, Problem> {
    caller
        .write("conflict.unwaive", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            waivers::unwaive(conn, actor, now, edition, &conflict)
        })
        .await?;
    Ok(answers::done())
}

// Files.

async fn import_table(
    caller: Caller,
    request: HttpRequest,
    admissions: web::Data<Admissions>,
    At(slug): At<String>,
    Query(query): Query<TableQuery>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let upload = upload::read(&caller, &request, payload, SHEETS, sheet::FILE_MAX).await?;
    let charset = query.charset.unwrap_or(Charset::Utf8);
    let (bytes, hash) = (upload.bytes, upload.hash);
    let sheet = upload::aside(&caller, move || sheet::read(&bytes, charset)).await?;
    let run = move |conn: &mut Conn, actor: &Actor, now: Moment| {
        let edition = edition(conn, actor, &slug)?;
        import_sessions::import(conn, actor, now, &admissions, edition, &sheet, query.dry_run)
    };
    if query.dry_run {
        let report = caller.write("sessions.import_try", run).await?;
        return Ok(answers::one(&report));
    }
    caller
        .once("sessions.import", &hash, move |conn, actor, now| {
            answers::kept(&run(conn, actor, now)?)
        })
        .await
}

async fn import_schedule_file(
    caller: Caller,
    request: HttpRequest,
    admissions: web::Data<Admissions>,
    snapshots: web::Data<Snapshots>,
    Query(options): Query<ImportOptions>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let upload = upload::read(&caller, &request, payload, SCHEDULES, sheet::FILE_MAX).await?;
    let (bytes, hash) = (upload.bytes, upload.hash);
    let plan = upload::aside(&caller, move || import_schedule::read(&bytes, None)).await?;
    let answer = caller
        .once("schedule.import", &hash, move |conn, actor, now| {
            answers::kept(&import_apply::apply(
                conn,
                actor,
                now,
                &admissions,
                &plan,
                &options,
            )?)
        })
        .await?;
    refresh(&caller, snapshots).await;
    Ok(answer)
}

// Views.

pub(crate) fn filter(query: &DraftQuery) -> Filter {
    Filter {
        state: query.state,
        kind: query.kind,
        track: query.track.clone(),
        format: query.format,
        domain: query.domain,
        room: query.room,
        day: query.day,
        placed: query.placed,
        text: query.text.clone(),
    }
}

fn one(conn: &mut Conn, session: Session) -> Result<DraftView, Fault> {
    let codes = Codes::read(conn, session.edition)?;
    Ok(draft_view(session, &codes))
}

/// A session of the draft, whole.
pub(crate) fn detail(conn: &mut Conn, session: Session) -> Result<DraftDetail, Fault> {
    let organisers = sessions::organisers(conn, session.id)?;
    let speakers = sessions::speakers(conn, session.id)?;
    Ok(DraftDetail {
        session: one(conn, session)?,
        organisers: organisers
            .into_iter()
            .map(|organiser| OrganiserEntry {
                id: organiser.organisation,
                name: organiser.name,
            })
            .collect(),
        speakers: speakers
            .into_iter()
            .map(|speaker| SpeakerEntry {
                person: speaker.person,
                name: speaker.name,
                role: speaker.role,
                affiliation: speaker.affiliation,
            })
            .collect(),
    })
}

fn placed_view(conn: &mut Conn, reader: &Caller, placed: Placed) -> Result<PlacedView, Fault> {
    Ok(PlacedView {
        session: one(conn, placed.session)?,
        conflicts: all_said(reader, placed.conflicts),
    })
}

fn draft_view(session: Session, codes: &Codes) -> DraftView {
    DraftView {
        id: session.id,
        edition: session.edition,
        guid: session.guid,
        code: session.code,
        kind: session.kind,
        track: codes.of(session.track),
        format: codes.of(session.format),
        domain: codes.of(session.domain),
        theme: codes.of(session.theme),
        body: session.body,
        title: session.title,
        abstract_text: session.abstract_text,
        entry: session.entry,
        attendance: session.attendance,
        capacity: session.capacity,
        languages: session.languages.0,
        details: session.details.0,
        length_minutes: session.length_minutes,
        room: session.room,
        starts_local: session.starts_local,
        ends_local: session.ends_local,
        starts_at: session.starts_at,
        ends_at: session.ends_at,
        state: session.state,
        sequence: session.sequence,
        updated_at: session.updated_at,
        version: session.version,
    }
}
