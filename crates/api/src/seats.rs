//! Who sits where: seats and the line for them, invitations, and one's own agenda.
//!
//! Whether somebody may have a seat is answered beforehand by `GET /sessions/{id}/access`, by the same decision.

use access_rules::{Act, PersonId, SessionId};
use actix_kit::{
    At, Body, Caller, Problem, Query,
    once::{self, created},
    paper,
};
use actix_web::{HttpResponse, http::StatusCode, web};
use documents::Pdf;
use kernel::{Coded as _, Fault, Moment};
use people::{model::Person, persons};
use programme::{admission::Admissions, editions, released::Programme, releases};
use registration::{
    agenda,
    day_plan::{self, Misfit},
    invitations::{self, InviteInput},
    model::{RegistrationId, Seat, SeatState},
    printing::{self, Printer},
    seats::{self, Occupancy, Reserved, SeatInput},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answers,
    ids::SeatId,
    programme::edition,
    table::{Line, delete, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/sessions/{id}/seat", Act::Attend, my_seat, "My seat in a session, or my place in line.")
            .asks::<SeatInput>().gives::<SeatView>().account(),
        post("/sessions/{id}/seat", Act::Attend, reserve, "Reserves a seat, or joins the line.")
            .takes::<SeatInput>().gives::<SeatView>().once().account(),
        delete("/sessions/{id}/seat", Act::MindOwn, release, "Gives a seat, an offer or a place in line back.")
            .asks::<SeatInput>().account(),
        post("/sessions/{id}/seat/acceptance", Act::Attend, accept, "Takes an offered seat.")
            .takes::<SeatInput>().gives::<SeatView>().once().answers(200).account(),
        post("/sessions/{id}/seat/refusal", Act::MindOwn, decline, "Refuses an offered seat: it goes to the next.")
            .takes::<SeatInput>().once().answers(204).account(),
        get("/sessions/{id}/seats", Act::EditSession, seats_of, "Who holds seats in a session or waits for one, by name; for the desk and the session's lead.")
            .lists_all::<SeatOfPerson>().account(),
        get("/sessions/{id}/occupancy", Act::Read, occupancy, "Seats there are, taken, and waited for; nothing for a walk-in.")
            .gives::<OccupancyView>(),

        post("/sessions/{id}/invitation-requests", Act::MindOwn, ask_invitation, "Asks to be invited to a session.")
            .once().answers(202).account(),
        post("/sessions/{id}/invitations", Act::EditSession, invite, "Invites somebody to a session, or refuses their request.")
            .takes::<InviteInput>().once().answers(204).account(),

        get("/editions/{slug}/me/agenda", Act::MindOwn, my_agenda, "My agenda in the order of the day, with clashes.")
            .lists_all::<AgendaLine>().account(),
        get("/editions/{slug}/me/agenda.pdf", Act::MindOwn, my_agenda_pdf, "The same to print, with rooms, ways and clashes, in the caller's language.")
            .gives_media(Pdf::MEDIA_TYPE).account(),
        put("/me/agenda/{session}", Act::MindOwn, add_to_agenda, "Adds a session one walks into to my agenda.").account(),
        delete("/me/agenda/{session}", Act::MindOwn, remove_from_agenda, "Takes a session off my agenda.").account(),
    ]
}

// What goes in and out.

/// A seat, the place in line, and what it clashes with.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatView {
    /// The session.
    pub session: SessionId,
    /// Whose.
    pub registration: RegistrationId,
    /// Where it stands.
    pub state: SeatState,
    /// Its rank in the line, as it was given.
    pub rank: Option<i64>,
    /// How many are before, plus one; none for whoever does not wait.
    pub place: Option<i64>,
    /// Until when it is offered.
    pub offered_until: Option<Moment>,
    /// Other sessions of this person at the same time.
    pub clashes: Vec<SessionId>,
}

/// A seat and whose it is: a name and nothing of what they need.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatOfPerson {
    /// Its id.
    pub id: SeatId,
    /// Who.
    pub person: PersonId,
    /// By name.
    pub name: String,
    /// Where it stands.
    pub state: SeatState,
    /// Its rank in the line.
    pub rank: Option<i64>,
    /// Until when it is offered.
    pub offered_until: Option<Moment>,
}

/// How a session stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct OccupancyView {
    /// Whether seats are counted there.
    pub counted: bool,
    /// Its seats; where they are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occupancy: Option<Occupancy>,
}

/// A line of my agenda.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgendaLine {
    /// The session.
    pub session: SessionId,
    /// When it begins.
    pub starts_at: Option<Moment>,
    /// When it ends.
    pub ends_at: Option<Moment>,
    /// My seat's state, where seats are counted.
    pub seat: Option<SeatState>,
    /// Until when it is offered to me.
    pub offered_until: Option<Moment>,
    /// Other lines at the same time.
    pub clashes: Vec<SessionId>,
    /// Other lines one cannot walk to, or from, in the time between.
    pub walks: Vec<WalkView>,
}

/// A way that takes longer than the time there is.
#[derive(Debug, Serialize, ToSchema)]
pub struct WalkView {
    /// To which session, or from which.
    pub session: SessionId,
    /// What lies between, in minutes.
    pub minutes: i64,
    /// What the way takes, in minutes.
    pub needed: i64,
}

// Seats and invitations.

async fn my_seat(
    caller: Caller,
    At(session): At<SessionId>,
    Query(input): Query<SeatInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .read("seat", move |conn, actor, now| {
            let mine = seats::mine(conn, actor, now, session, &input)?;
            mine.map(seat_view).ok_or_else(Fault::not_found)
        })
        .await?;
    Ok(answers::one(&view))
}

async fn reserve(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(session): At<SessionId>,
    body: Body<SeatInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("seat.reserve", &body.hash, move |conn, actor, now| {
            let view = seat_view(seats::reserve(conn, &admissions, actor, now, session, &input)?);
            created(&format!("/api/v1/sessions/{session}/seat"), None, &view)
        })
        .await
}

async fn release(
    caller: Caller,
    At(session): At<SessionId>,
    Query(input): Query<SeatInput>,
) -> Result<HttpResponse, Problem> {
    caller
        .write("seat.release", move |conn, actor, now| {
            seats::release(conn, actor, now, session, &input).map(drop)
        })
        .await?;
    Ok(answers::done())
}

async fn accept(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(session): At<SessionId>,
    body: Body<SeatInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("seat.accept", &body.hash, move |conn, actor, now| {
            answers::kept(&seat_view(seats::accept(
                conn,
                &admissions,
                actor,
                now,
                session,
                &input,
            )?))
        })
        .await
}

async fn decline(
    caller: Caller,
    At(session): At<SessionId>,
    body: Body<SeatInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("seat.decline", &body.hash, move |conn, actor, now| {
            seats::decline(conn, actor, now, session, &input)?;
            Ok(once::done(StatusCode::NO_CONTENT))
        })
        .await
}

async fn seats_of(caller: Caller, At(session): At<SessionId>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("seats", move |conn, actor, now| {
            let held = seats::of_session(conn, actor, now, session)?;
            let ids: Vec<PersonId> = held.iter().map(|(_, person)| *person).collect();
            let persons = persons::many(conn, &ids)?;
            let views = held
                .into_iter()
                .map(|(seat, person)| seat_of(seat, person, &persons));
            Ok(views.collect::<Vec<_>>())
        })
        .await?;
    Ok(answers::all(&views))
}

async fn occupancy(caller: Caller, At(session): At<SessionId>) -> Result<HttpResponse, Problem> {
    let occupancy = caller
        .read("occupancy", move |conn, actor, now| {
            seats::occupancy(conn, actor, now, session)
        })
        .await?;
    Ok(answers::one(&OccupancyView {
        counted: occupancy.is_some(),
        occupancy,
    }))
}

async fn ask_invitation(caller: Caller, At(session): At<SessionId>) -> Result<HttpResponse, Problem> {
    caller
        .once("invitation.ask", &[], move |conn, actor, now| {
            invitations::ask(conn, actor, now, session)?;
            Ok(once::done(StatusCode::ACCEPTED))
        })
        .await
}

async fn invite(
    caller: Caller,
    At(session): At<SessionId>,
    body: Body<InviteInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("invitation.invite", &body.hash, move |conn, actor, now| {
            invitations::invite(conn, actor, now, session, &input)?;
            Ok(once::done(StatusCode::NO_CONTENT))
        })
        .await
}

// My agenda.

async fn my_agenda(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let lines = caller
        .read("agenda", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            let lines = agenda::of(conn, actor, edition)?;
            let live = releases::live(conn, edition)?.map(|live| live.for_actor(actor));
            let held: Vec<SessionId> = lines.iter().map(|line| line.session).collect();
            let lines = lines
                .into_iter()
                .map(|line| agenda_line(line, live.as_ref(), &held));
            Ok(lines.collect::<Vec<_>>())
        })
        .await?;
    Ok(answers::all(&lines))
}

async fn my_agenda_pdf(
    caller: Caller,
    printer: web::Data<Printer>,
    At(slug): At<String>,
) -> Result<HttpResponse, Problem> {
    let named = slug.clone();
    let own = caller
        .read("agenda.pdf", move |conn, actor, now| {
            let edition = editions::by_slug(conn, actor, &named)?;
            printing::own_agenda(conn, actor, now, &edition)
        })
        .await?;
    let language = caller.language();
    let pdf = paper::set(move || printer.print_agenda(&own, language)).await;
    let pdf = pdf.map_err(|fault| caller.problem(fault))?;
    let name = format!("agenda-{slug}-{}.pdf", language.code());
    Ok(paper::own(&name, Pdf::MEDIA_TYPE, pdf.bytes))
}

async fn add_to_agenda(caller: Caller, At(session): At<SessionId>) -> Result<HttpResponse, Problem> {
    caller
        .write("agenda.add", move |conn, actor, now| {
            agenda::add(conn, actor, now, session)
        })
        .await?;
    Ok(answers::done())
}

async fn remove_from_agenda(caller: Caller, At(session): At<SessionId>) -> Result<HttpResponse, Problem> {
    caller
        .write("agenda.remove", move |conn, actor, _| {
            agenda::remove(conn, actor, session)
        })
        .await?;
    Ok(answers::done())
}

// Views.

fn seat_view(reserved: Reserved) -> SeatView {
    SeatView {
        session: reserved.seat.session,
        registration: reserved.seat.registration,
        state: reserved.seat.state,
        rank: reserved.seat.rank,
        place: reserved.place,
        offered_until: reserved.seat.offered_until,
        clashes: reserved.clashes,
    }
}

fn seat_of(seat: Seat, person: PersonId, persons: &[Person]) -> SeatOfPerson {
    SeatOfPerson {
        id: seat.id,
        name: persons
            .iter()
            .find(|known| known.id == person)
            .map(Person::name)
            .unwrap_or_default(),
        person,
        state: seat.state,
        rank: seat.rank,
        offered_until: seat.offered_until,
    }
}

fn agenda_line(line: agenda::Line, live: Option<&Programme>, held: &[SessionId]) -> AgendaLine {
    let walks = live
        .and_then(|live| Some(day_plan::misfits(live, held, live.session(line.session)?)))
        .unwrap_or_default()
        .into_iter()
        .filter_map(|(session, misfit)| match misfit {
            Misfit::Overlap => None,
            Misfit::Walk { minutes, needed } => Some(WalkView {
                session,
                minutes,
                needed,
            }),
        });
    AgendaLine {
        session: line.session,
        starts_at: line.starts_at,
        ends_at: line.ends_at,
        seat: line.seat.as_ref().map(|seat| seat.state),
        offered_until: line.seat.and_then(|seat| seat.offered_until),
        clashes: line.clashes,
        walks: walks.collect(),
    }
}
