//! The statutory track: bodies, who sits in them, meetings, agendas and papers.
//!
//! Behind a closed door everything answers as if absent, the same to the byte (R1, R20). A paper has no address that could
//! be passed on: each time it is taken away it is decided who may, and written down.

use std::{
    fs::File,
    io::{self, Read as _},
    time::Duration,
};

use access_rules::{Act, Actor, BodyId, OrganisationId, PersonId};
use actix_kit::{
    At, Body, Caller, Problem, Query, Version, body,
    once::{self, created},
};
use actix_web::{HttpRequest, HttpResponse, http::header, web};
use db::Conn;
use files::{
    Received, Store,
    rules::{Disposition, disposition},
};
use futures_util::{StreamExt as _, stream};
use kernel::{Coded as _, Fault, Kind, Localized, Moment};
use programme::admission::Admissions;
use serde::{Deserialize, Serialize};
use statutory::{
    agenda::{self, ItemInput, OrderInput},
    bodies::{self, BodyInput},
    documents::{self, DocumentInput, DocumentView},
    meetings::{self, DoorsInput, MeetingCard, MeetingView, PlanInput},
    model::{
        AgendaItem, Audience, Body as StatutoryBody, Document, DocumentId, Download, ItemId, MeetingId, Seat,
        SeatId,
    },
    roster::{self, SeatInput, SeatView},
    visits,
};
use utoipa::ToSchema;

use crate::{
    answers,
    programme::edition,
    table::{Line, delete, get, post, put},
    upload::aside,
};

/// The media types papers come in; what they are is found by looking at them.
const PAPERS: &[&str] = &[
    "application/octet-stream",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation",
    "image/png",
    "image/jpeg",
    "text/csv",
    "text/plain",
];
/// How long a sender may be silent.
const SILENCE: Duration = Duration::from_secs(30);
/// Bytes read from the disk at a time.
const CHUNK: usize = 64 * 1024;

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/bodies", Act::Read, all_bodies, "The statutory bodies.").lists_all::<StatutoryBody>(),
        get("/bodies/{id}", Act::Read, one_body, "One statutory body.").gives::<StatutoryBody>(),
        post("/bodies", Act::ManageMeeting, create_body, "Makes a body.")
            .takes::<BodyInput>().gives::<StatutoryBody>().once().account(),
        put("/bodies/{id}", Act::ManageMeeting, edit_body, "Changes a body.")
            .takes::<BodyInput>().gives::<StatutoryBody>().versioned().account(),
        get("/bodies/{id}/seats", Act::ManageMeeting, seats, "Who sits in a body; for its desk and who sits in it.")
            .lists_all::<RosterSeat>().account(),
        get("/bodies/{id}/seats/history", Act::ManageMeeting, seats_history, "Everybody who ever sat in it.")
            .lists_all::<RosterSeat>().account(),
        post("/bodies/{id}/seats", Act::ManageMeeting, appoint, "Names somebody to a body.")
            .takes::<RosterSeatInput>().gives::<RosterSeat>().once().account(),
        delete("/body-seats/{id}", Act::ManageMeeting, end_seat, "Ends a seat, now.").versioned().account(),

        get("/editions/{slug}/meetings", Act::Read, list, "The meetings of an edition I may know of, by time.")
            .lists_all::<MeetingCard>(),
        post("/editions/{slug}/meetings", Act::ManageMeeting, plan, "Plans a meeting: makes its session, and hangs its doors.")
            .takes::<PlanInput>().gives::<MeetingView>().once().account(),
        get("/meetings/{id}", Act::Read, view, "One meeting, as far as I may know it.").gives::<MeetingView>(),
        put("/meetings/{id}/doors", Act::ManageMeeting, set_doors, "Changes to whom a meeting is open.")
            .takes::<DoorsInput>().gives::<MeetingView>().versioned().account(),
        delete("/meetings/{id}", Act::ManageMeeting, remove, "Takes out a meeting nobody was told of.").versioned().account(),
        get("/meetings/{id}/attendance", Act::Read, attendance, "Who is of the meeting; for who reads its papers.")
            .lists_all::<RosterSeat>().account(),
        post("/meetings/{id}/visit", Act::MindOwn, visit, "Remembers that I looked at a meeting now: what comes later is new.").account(),

        post("/meetings/{id}/agenda", Act::ManageMeeting, add_item, "Adds an item to an agenda.")
            .takes::<ItemInput>().gives::<AgendaItem>().once().account(),
        put("/meetings/{id}/agenda/order", Act::ManageMeeting, renumber, "Puts the items of an agenda in another order; each keeps its id.")
            .takes::<OrderInput>().lists_all::<AgendaItem>().account(),
        post("/meetings/{id}/agenda/publication", Act::ManageMeeting, publish, "Sends an agenda out.")
            .gives::<MeetingView>().once().versioned().answers(200).account(),
        put("/agenda-items/{id}", Act::ManageMeeting, edit_item, "Changes an item of an agenda.")
            .takes::<ItemInput>().gives::<AgendaItem>().versioned().account(),
        delete("/agenda-items/{id}", Act::ManageMeeting, remove_item, "Removes an item no paper is for.").account(),

        get("/editions/{slug}/documents", Act::Read, public_documents, "The papers anybody may read by now.").lists_all::<DocumentView>(),
        post("/meetings/{id}/documents", Act::ManageMeeting, add_document, "Puts a paper on the table: the file is the body.")
            .asks::<DocumentInput>().asks::<FileQuery>().takes_media(PAPERS).gives::<PaperView>().once().account(),
        put("/documents/{id}", Act::ManageMeeting, edit_document, "Changes what is said of a paper.")
            .takes::<DocumentInput>().gives::<PaperView>().versioned().account(),
        put("/documents/{id}/file", Act::ManageMeeting, replace_document, "Puts a newer version in the place of a paper.")
            .asks::<FileQuery>().takes_media(PAPERS).gives::<PaperView>().versioned().account(),
        get("/documents/{id}/file", Act::Read, download, "The paper itself; each time is written down.")
            .gives_media("application/octet-stream"),
        get("/documents/{id}/downloads", Act::ManageMeeting, downloads, "Who took a paper away, the latest first.")
            .lists_all::<Download>().account(),
    ]
}

// What goes in and out.

/// Who sits in a body.
#[derive(Debug, Serialize, ToSchema)]
pub struct RosterSeat {
    /// Its id.
    #[schema(value_type = String)]
    pub id: SeatId,
    /// In which body.
    pub body: BodyId,
    /// Who sits.
    pub person: PersonId,
    /// By name.
    pub person_name: String,
    /// For whom.
    pub organisation: Option<OrganisationId>,
    /// By name; may be empty.
    pub organisation_name: String,
    /// From when.
    pub from_at: Moment,
    /// Until when; open when none.
    pub to_at: Option<Moment>,
    /// Which body named them.
    pub appointed_by: Option<BodyId>,
    /// On what ground.
    pub basis: String,
    /// How far it is: `named`, `ended`.
    pub state: &'static str,
    /// Counts edits; what `If-Match` names.
    pub version: i64,
}

/// Who is named to a body.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct RosterSeatInput {
    /// Who.
    pub person: Option<PersonId>,
    /// For which organisation.
    pub organisation: Option<OrganisationId>,
    /// From when; now when none.
    pub from_at: Option<Moment>,
    /// Until when; open when none.
    pub to_at: Option<Moment>,
    /// Which body named them.
    pub appointed_by: Option<BodyId>,
    /// On what ground: the decision.
    pub basis: String,
}

/// What a file is called.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct FileQuery {
    /// What its sender calls it.
    pub name: String,
}

/// A paper as its desk sees it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaperView {
    /// Its id.
    #[schema(value_type = String)]
    pub id: DocumentId,
    /// The meeting.
    #[schema(value_type = String)]
    pub meeting: MeetingId,
    /// The item it is for.
    #[schema(value_type = Option<String>)]
    pub item: Option<ItemId>,
    /// Its title.
    pub title: Localized,
    /// Its language.
    pub language: String,
    /// For whom it is.
    pub audience: Audience,
    /// From when anybody may read it.
    pub public_from: Option<Moment>,
    /// When it was uploaded.
    pub uploaded_at: Moment,
    /// Counts edits; what `If-Match` names.
    pub version: i64,
}

// Bodies and who sits in them.

async fn all_bodies(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let all = caller
        .read("bodies", move |conn, actor, _| {
            edition(conn, actor, &slug)?;
            bodies::list(conn)
        })
        .await?;
    Ok(answers::all(&all))
}

async fn one_body(caller: Caller, request: HttpRequest, At(id): At<BodyId>) -> Result<HttpResponse, Problem> {
    let body = caller
        .read("body", move |conn, _, _| bodies::get(conn, id))
        .await?;
    Ok(answers::versioned(&request, body.version, &body))
}

async fn create_body(caller: Caller, body: Body<BodyInput>) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("body.create", &body.hash, move |conn, actor, now| {
            let made = bodies::create(conn, actor, now, &input)?;
            created(&format!("/api/v1/bodies/{}", made.id), Some(made.version), &made)
        })
        .await
}

async fn edit_body(
    caller: Caller,
    At(id): At<BodyId>,
    Version(version): Version,
    body: Body<BodyInput>,
) -> Result<HttpResponse, Problem> {
    let edited = caller
        .write("body.edit", move |conn, actor, now| {
            bodies::edit(conn, actor, now, id, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(edited.version, &edited))
}

async fn seats(caller: Caller, At(id): At<BodyId>) -> Result<HttpResponse, Problem> {
    let seats = caller
        .read("body.seats", move |conn, actor, now| {
            roster::list(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&roster_seats(seats)))
}

async fn seats_history(caller: Caller, At(id): At<BodyId>) -> Result<HttpResponse, Problem> {
    let seats = caller
        .read("body.history", move |conn, actor, now| {
            roster::history(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&roster_seats(seats)))
}

async fn appoint(
    caller: Caller,
    At(id): At<BodyId>,
    body: Body<RosterSeatInput>,
) -> Result<HttpResponse, Problem> {
    let input = seat_input(body.input);
    caller
        .once("body.appoint", &body.hash, move |conn, actor, now| {
            let seat = roster::appoint(conn, actor, now, id, &input)?;
            let seats = roster::history(conn, actor, now, id)?;
            let named = seats.into_iter().find(|known| known.seat.id == seat.id);
            let view = named.map_or_else(|| unnamed(seat), roster_seat);
            created(&format!("/api/v1/bodies/{id}/seats"), Some(view.version), &view)
        })
        .await
}

async fn end_seat(
    caller: Caller,
    At(id): At<SeatId>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    caller
        .write("body.end_seat", move |conn, actor, now| {
            roster::end(conn, actor, now, id, Some(version)).map(drop)
        })
        .await?;
    Ok(answers::done())
}

// Meetings.

async fn list(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let cards = caller
        .read("meetings", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            meetings::list(conn, actor, now, edition)
        })
        .await?;
    Ok(answers::all(&cards))
}

async fn plan(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(slug): At<String>,
    body: Body<PlanInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("meeting.plan", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let meeting = meetings::plan(conn, actor, now, &admissions, edition, &input)?;
            let view = meetings::get(conn, actor, now, meeting.id)?;
            created(
                &format!("/api/v1/meetings/{}", meeting.id),
                Some(view.version),
                &view,
            )
        })
        .await
}

/// What is in it depends on who reads and when: it is always answered fresh.
async fn view(caller: Caller, At(id): At<MeetingId>) -> Result<HttpResponse, Problem> {
    let view = caller
        .read("meeting", move |conn, actor, now| {
            meetings::get(conn, actor, now, id)
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn set_doors(
    caller: Caller,
    At(id): At<MeetingId>,
    Version(version): Version,
    body: Body<DoorsInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("meeting.doors", move |conn, actor, now| {
            meetings::set_doors(conn, actor, now, id, &body.input, Some(version))?;
            meetings::get(conn, actor, now, id)
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn remove(
    caller: Caller,
    At(id): At<MeetingId>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    caller
        .write("meeting.remove", move |conn, actor, now| {
            meetings::remove(conn, actor, now, id, Some(version))
        })
        .await?;
    Ok(answers::done())
}

async fn attendance(caller: Caller, At(id): At<MeetingId>) -> Result<HttpResponse, Problem> {
    let seats = caller
        .read("meeting.attendance", move |conn, actor, now| {
            meetings::attendance(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&roster_seats(seats)))
}

async fn visit(caller: Caller, At(id): At<MeetingId>) -> Result<HttpResponse, Problem> {
    caller
        .write("meeting.visit", move |conn, actor, now| {
            visits::look(conn, actor, now, id)
        })
        .await?;
    Ok(answers::done())
}

// Agendas.

async fn add_item(
    caller: Caller,
    At(id): At<MeetingId>,
    body: Body<ItemInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("agenda.add", &body.hash, move |conn, actor, now| {
            let item = agenda::add(conn, actor, now, id, &input)?;
            created(&format!("/api/v1/meetings/{id}"), Some(item.version), &item)
        })
        .await
}

async fn renumber(
    caller: Caller,
    At(id): At<MeetingId>,
    body: Body<OrderInput>,
) -> Result<HttpResponse, Problem> {
    let items = caller
        .write("agenda.renumber", move |conn, actor, now| {
            agenda::renumber(conn, actor, now, id, &body.input)
        })
        .await?;
    Ok(answers::all(&items))
}

async fn publish(
    caller: Caller,
    At(id): At<MeetingId>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    caller
        .once("agenda.publish", &[], move |conn, actor, now| {
            agenda::publish(conn, actor, now, id, Some(version))?;
            answers::kept(&meetings::get(conn, actor, now, id)?)
        })
        .await
}

async fn edit_item(
    caller: Caller,
    At(id): At<ItemId>,
    Version(version): Version,
    body: Body<ItemInput>,
) -> Result<HttpResponse, Problem> {
    let item = caller
        .write("agenda.edit", move |conn, actor, now| {
            agenda::edit(conn, actor, now, id, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(item.version, &item))
}

async fn remove_item(caller: Caller, At(id): At<ItemId>) -> Result<HttpResponse, Problem> {
    caller
        .write("agenda.remove", move |conn, actor, now| {
            agenda::remove(conn, actor, now, id)
        })
        .await?;
    Ok(answers::done())
}

// Papers.

async fn public_documents(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("documents", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            documents::public(conn, now, edition)
        })
        .await?;
    Ok(answers::all(&views))
}

/// Who may not is told before the file is taken in.
async fn add_document(
    caller: Caller,
    request: HttpRequest,
    store: web::Data<Store>,
    At(id): At<MeetingId>,
    Query(input): Query<DocumentInput>,
    Query(file): Query<FileQuery>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    if caller.idempotency_key().is_none() {
        return Err(caller.problem(once::key_missing()));
    }
    caller
        .read("document.may", move |conn, actor, now| {
            if meetings::get(conn, actor, now, id)?.card.you.manages {
                return Ok(());
            }
            Err(Fault::forbidden("not_allowed"))
        })
        .await?;
    let received = take_in(&caller, &request, store, payload, file.name).await?;
    let hash = format!("{} {}", received.hash.as_str(), request.query_string());
    caller
        .once("document.add", hash.as_bytes(), move |conn, actor, now| {
            let document = documents::add(conn, actor, now, id, &input, &received)?;
            let view = paper_view(document);
            let location = format!("/api/v1/documents/{}/file", view.id);
            created(&location, Some(view.version), &view)
        })
        .await
}

async fn edit_document(
    caller: Caller,
    At(id): At<DocumentId>,
    Version(version): Version,
    body: Body<DocumentInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("document.edit", move |conn, actor, now| {
            documents::edit(conn, actor, now, id, &body.input, Some(version)).map(paper_view)
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn replace_document(
    caller: Caller,
    request: HttpRequest,
    store: web::Data<Store>,
    At(id): At<DocumentId>,
    Version(version): Version,
    Query(file): Query<FileQuery>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    caller
        .read("document.may", move |conn, actor, now| {
            may_mind(conn, actor, now, id)
        })
        .await?;
    let received = take_in(&caller, &request, store, payload, file.name).await?;
    let view = caller
        .write("document.replace", move |conn, actor, now| {
            documents::replace(conn, actor, now, id, &received, Some(version)).map(paper_view)
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn download(
    caller: Caller,
    store: web::Data<Store>,
    At(id): At<DocumentId>,
) -> Result<HttpResponse, Problem> {
    let content = caller
        .write("document.download", move |conn, actor, now| {
            documents::download(conn, actor, now, id)
        })
        .await?;
    let hash = content.hash.clone();
    let file = aside(&caller, move || store.open_read(&hash)).await?;
    Ok(HttpResponse::Ok()
        .no_chunking(u64::try_from(content.size).unwrap_or_default())
        .insert_header((header::CONTENT_TYPE, content.media_type.code()))
        .insert_header((
            header::CONTENT_DISPOSITION,
            disposition(Disposition::Attachment, &content.name),
        ))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::ACCEPT_RANGES, "none"))
        .streaming(chunks(file)))
}

async fn downloads(caller: Caller, At(id): At<DocumentId>) -> Result<HttpResponse, Problem> {
    let all = caller
        .read("document.downloads", move |conn, actor, now| {
            documents::downloads(conn, actor, now, id)
        })
        .await?;
    Ok(answers::all(&all))
}

/// Who may see who took a paper away looks after it.
fn may_mind(conn: &mut Conn, actor: &Actor, now: Moment, id: DocumentId) -> Result<(), Fault> {
    documents::downloads(conn, actor, now, id).map(drop)
}

/// Takes a file in, chunk by chunk, to the disk.
async fn take_in(
    caller: &Caller,
    request: &HttpRequest,
    store: web::Data<Store>,
    mut payload: web::Payload,
    name: String,
) -> Result<Received, Problem> {
    if !PAPERS.contains(&body::media_type(request).as_str()) {
        let fault = Fault::new(Kind::UnsupportedMedia, "media_type").with("taken", PAPERS.join(", "));
        return Err(caller.problem(fault));
    }
    let broken = |_| caller.problem(Fault::new(Kind::Malformed, "malformed"));
    let slow = |_| caller.problem(Fault::new(Kind::Malformed, "malformed").with("reason", "sent too slowly"));
    let mut upload = aside(caller, move || store.begin()).await?;
    while let Some(chunk) = tokio::time::timeout(SILENCE, payload.next())
        .await
        .map_err(slow)?
    {
        let chunk = chunk.map_err(broken)?;
        upload = aside(caller, move || {
            upload.write(&chunk)?;
            Ok(upload)
        })
        .await?;
    }
    aside(caller, move || upload.finish(&name)).await
}

/// A file, chunk by chunk, read beside the serving threads.
fn chunks(file: File) -> impl stream::Stream<Item = io::Result<web::Bytes>> {
    stream::unfold(Some(file), |file| async move {
        let mut file = file?;
        let read = web::block(move || {
            let mut chunk = vec![0; CHUNK];
            let length = file.read(&mut chunk)?;
            chunk.truncate(length);
            io::Result::Ok((file, chunk))
        })
        .await
        .unwrap_or_else(|_| Err(io::Error::other("broken off")));
        match read {
            Ok((_, chunk)) if chunk.is_empty() => None,
            Ok((file, chunk)) => Some((Ok(web::Bytes::from(chunk)), Some(file))),
            Err(error) => Some((Err(error), None)),
        }
    })
}

// Views.

fn seat_input(input: RosterSeatInput) -> SeatInput {
    SeatInput {
        person: input.person,
        organisation: input.organisation,
        from_at: input.from_at,
        to_at: input.to_at,
        appointed_by: input.appointed_by,
        basis: input.basis,
    }
}

fn roster_seats(seats: Vec<SeatView>) -> Vec<RosterSeat> {
    seats.into_iter().map(roster_seat).collect()
}

fn roster_seat(view: SeatView) -> RosterSeat {
    RosterSeat {
        person_name: view.person_name,
        organisation_name: view.organisation_name,
        ..unnamed(view.seat)
    }
}

fn unnamed(seat: Seat) -> RosterSeat {
    RosterSeat {
        id: seat.id,
        body: seat.body,
        person: seat.person,
        person_name: String::new(),
        organisation: seat.organisation,
        organisation_name: String::new(),
        from_at: seat.from_at,
        to_at: seat.to_at,
        appointed_by: seat.appointed_by,
        basis: seat.basis,
        state: seat.state.code(),
        version: seat.version,
    }
}

fn paper_view(document: Document) -> PaperView {
    PaperView {
        id: document.id,
        meeting: document.meeting,
        item: document.item,
        title: document.title,
        language: document.language,
        audience: document.audience,
        public_from: document.public_from,
        uploaded_at: document.uploaded_at,
        version: document.version,
    }
}
