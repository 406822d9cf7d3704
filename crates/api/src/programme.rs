//! The congress and its programme, as everybody reads it: the release in force, through the eyes of who asks (R56).
//!
//! What a view of the programme does not hold is answered as if it were not there: in lists, files, calendars and alone.

use std::sync::{Arc, Mutex, PoisonError};

use access_rules::{Act, Actor, EditionId, Rule, SessionId};
use actix_kit::{At, Body, Caller, Problem, Query, Version, once, once::created, paper, problem};
use actix_web::{HttpRequest, HttpResponse, http::header, web};
use db::Conn;
use documents::Pdf;
use kernel::{Coded as _, Fault, Language, LocalDate, Localized, Moment, Zone};
use programme::{
    access::{self, AccessView, Permission},
    admission::Admissions,
    calendar::{self, Which},
    calendar_tokens, csv_export,
    editions::{self, EditionInput},
    links::Links,
    listing::{self, ProgrammeListing, SessionEntry},
    model::{Edition, EditionState},
    released::{self, Programme},
    releases, schedule_json, schedule_xml,
    snapshot::{self, Snapshots},
};
use records::sheets::Format;
use registration::{agenda, printing::Printer, seat_access};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    answers,
    table::{Line, delete, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions", Act::Read, list, "The editions of the congress; those being prepared for the desk alone.")
            .lists_all::<EditionView>(),
        post("/editions", Act::ManageEdition, create, "Makes an edition, with the standard tracks, formats and rules when asked to.")
            .takes::<EditionInput>().gives::<EditionView>().once().account(),
        get("/editions/{slug}", Act::Read, view, "One edition.").gives::<EditionView>(),
        put("/editions/{slug}", Act::ManageEdition, edit, "Changes an edition.")
            .takes::<EditionInput>().gives::<EditionView>().versioned().account(),
        post("/editions/{slug}/state", Act::ManageEdition, step, "Takes an edition one step on in its life.")
            .takes::<EditionStep>().gives::<EditionView>().once().versioned().answers(200).account(),

        get("/editions/{slug}/programme", Act::Read, programme, "The programme as released, as far as it is open to who asks.")
            .asks::<released::Query>().gives::<ProgrammeListing>(),
        get("/editions/{slug}/schedule.xml", Act::Read, xml, "The same for schedule programs, as XML.")
            .asks::<ExportQuery>().gives_media("application/xml"),
        get("/editions/{slug}/schedule.json", Act::Read, json, "The same for schedule programs, as JSON.")
            .asks::<ExportQuery>().gives_media("application/json"),
        get("/editions/{slug}/schedule.csv", Act::Read, csv, "The same for spreadsheets.")
            .asks::<ExportQuery>().gives_media("text/csv"),
        get("/editions/{slug}/schedule.xlsx", Act::Read, xlsx, "The same as a workbook.")
            .asks::<ExportQuery>().gives_media(Format::Xlsx.media_type()),
        get("/editions/{slug}/programme.ics", Act::Read, ics, "The same for calendars.")
            .asks::<ExportQuery>().gives_media("text/calendar"),
        get("/editions/{slug}/programme.pdf", Act::Read, pdf, "What everybody may see of it as a booklet to print, in the caller's language.")
            .gives_media(Pdf::MEDIA_TYPE),
        get("/sessions/{id}", Act::Read, session, "One session as released.").gives::<SessionEntry>(),
        get("/sessions/{id}/access", Act::Attend, access_of, "What I may do in a session: attend, propose one like it, speak, vote; and if not, why.")
            .gives::<AccessAnswer>(),
        get("/sessions/{id}/join-link", Act::Attend, join_link, "Where to join a session online, for who may attend, from a quarter of an hour before.")
            .gives::<JoinLink>(),
        get("/sessions/{id}/calendar.ics", Act::Read, session_ics, "One session for calendars.").gives_media("text/calendar"),

        get("/editions/{slug}/me/calendar", Act::MindOwn, calendar_state, "Since when I have a calendar address.")
            .gives::<CalendarView>().account(),
        post("/editions/{slug}/me/calendar", Act::MindOwn, rotate_calendar, "Draws a new secret address for my own calendar; the one before stops working.")
            .gives::<CalendarView>().once().account(),
        delete("/editions/{slug}/me/calendar", Act::MindOwn, revoke_calendar, "Takes the address of my calendar back.").account(),
        get("/calendars/{token}", Act::MindOwn, personal, "Somebody's own calendar under its secret address, `.ics` added or not: agenda and seats.")
            .gives_media("text/calendar"),
    ]
}

// What goes in and out.

/// An edition of the congress.
#[derive(Debug, Serialize, ToSchema)]
pub struct EditionView {
    /// Its id.
    pub id: EditionId,
    /// Its name in addresses.
    pub slug: String,
    /// Its title.
    pub title: Localized,
    /// Its motto.
    pub motto: Localized,
    /// The city that hosts it.
    pub city: String,
    /// The country, as ISO 3166-1 alpha-2, or empty.
    pub country: String,
    /// The zone its programme is written in.
    pub zone: Zone,
    /// Its first day.
    pub starts_on: LocalDate,
    /// Its last day.
    pub ends_on: LocalDate,
    /// Its languages, BCP 47 tags.
    pub languages: Vec<String>,
    /// How far it is.
    pub state: EditionState,
    /// For how many years those elected hold office.
    pub mandate_years: i64,
    /// Counts the changes of the draft programme.
    pub draft: i64,
    /// The number of the release in force; 0 for none.
    pub live_release: i64,
    /// Counts edits; what `If-Match` names.
    pub version: i64,
}

/// Where an edition goes next.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct EditionStep {
    /// The state it is to be in.
    pub to: EditionState,
}

/// What of a programme is exported.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct ExportQuery {
    /// The track of this code alone.
    pub track: Option<String>,
    /// This day alone.
    pub day: Option<LocalDate>,
}

/// What somebody may do in a session.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessAnswer {
    /// The session.
    pub session: SessionId,
    /// Enter it, reserve a seat.
    pub attend: AccessOf,
    /// Propose one like it.
    pub propose: AccessOf,
    /// Take the floor.
    pub speak: AccessOf,
    /// Vote.
    pub vote: AccessOf,
}

/// Whether something may be done, why not, and for whom it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessOf {
    /// Whether they may.
    pub allowed: bool,
    /// Why not, as a code.
    pub code: Option<&'static str>,
    /// Why not, in the reader's language.
    pub reason: Option<String>,
    /// The one thing they can do about it.
    pub remedy: Option<&'static str>,
    /// For whom it is, in the reader's language.
    pub sentence: Option<String>,
    /// The rule this says.
    pub rule: Option<Rule>,
    /// What the rule is for: `session`, `format`, `body`, `kind`, `track`, `general`.
    pub of: Option<&'static str>,
    /// The version of the rule.
    pub version: Option<i64>,
}

/// Where to join a session.
#[derive(Debug, Serialize, ToSchema)]
pub struct JoinLink {
    /// The address.
    pub url: String,
}

/// The secret address of somebody's own calendar.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarView {
    /// When it was drawn.
    pub drawn_at: Option<Moment>,
    /// The address itself; shown once, when it is drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

// Editions.

async fn list(caller: Caller) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("editions", |conn, actor, _| {
            let all = editions::list(conn, actor)?;
            Ok(all.into_iter().map(edition_view).collect::<Vec<_>>())
        })
        .await?;
    Ok(answers::all(&views))
}

async fn create(caller: Caller, body: Body<EditionInput>) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("edition.create", &body.hash, move |conn, actor, now| {
            let view = edition_view(editions::create(conn, actor, now, &input)?);
            created(
                &format!("/api/v1/editions/{}", view.slug),
                Some(view.version),
                &view,
            )
        })
        .await
}

/// Its programme changes draft and release without an edit: it is always answered fresh.
async fn view(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let view = caller
        .read("edition", move |conn, actor, _| {
            editions::by_slug(conn, actor, &slug).map(edition_view)
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

async fn edit(
    caller: Caller,
    snapshots: web::Data<Snapshots>,
    At(slug): At<String>,
    Version(version): Version,
    body: Body<EditionInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("edition.edit", move |conn, actor, now| {
            let edition = editions::by_slug(conn, actor, &slug)?;
            editions::edit(conn, actor, now, edition.id, &body.input, Some(version)).map(edition_view)
        })
        .await?;
    refresh(&caller, snapshots).await;
    Ok(answers::edited(view.version, &view))
}

async fn step(
    caller: Caller,
    snapshots: web::Data<Snapshots>,
    At(slug): At<String>,
    Version(version): Version,
    body: Body<EditionStep>,
) -> Result<HttpResponse, Problem> {
    let to = body.input.to;
    let answer = caller
        .once("edition.step", &body.hash, move |conn, actor, now| {
            let edition = editions::by_slug(conn, actor, &slug)?;
            let stepped = editions::step(conn, actor, now, edition.id, to, Some(version))?;
            answers::kept(&edition_view(stepped))
        })
        .await?;
    refresh(&caller, snapshots).await;
    Ok(answer)
}

// The programme.

async fn programme(
    caller: Caller,
    At(slug): At<String>,
    Query(query): Query<released::Query>,
) -> Result<HttpResponse, Problem> {
    let programme = seen_by(&caller, "programme", slug).await?;
    let listing = listing::of_programme(&filtered(&programme, &query));
    Ok(answers::one(&listing))
}

async fn xml(
    caller: Caller,
    At(slug): At<String>,
    Query(query): Query<ExportQuery>,
) -> Result<HttpResponse, Problem> {
    let programme = exported(&caller, "programme.xml", slug, &query).await?;
    let language = snapshot::own_language(&programme);
    let bytes = schedule_xml::render(&programme, language, &links(&caller));
    Ok(answers::file(schedule_xml::MEDIA_TYPE, "schedule.xml", bytes))
}

async fn json(
    caller: Caller,
    At(slug): At<String>,
    Query(query): Query<ExportQuery>,
) -> Result<HttpResponse, Problem> {
    let programme = exported(&caller, "programme.json", slug, &query).await?;
    let language = snapshot::own_language(&programme);
    let bytes = schedule_json::render(&programme, language, &links(&caller));
    Ok(answers::file(schedule_json::MEDIA_TYPE, "schedule.json", bytes))
}

async fn csv(
    caller: Caller,
    At(slug): At<String>,
    Query(query): Query<ExportQuery>,
) -> Result<HttpResponse, Problem> {
    let programme = exported(&caller, "programme.csv", slug, &query).await?;
    let bytes = csv_export::render(&programme, caller.language(), &links(&caller));
    Ok(answers::file(csv_export::MEDIA_TYPE, "schedule.csv", bytes))
}

async fn xlsx(
    caller: Caller,
    At(slug): At<String>,
    Query(query): Query<ExportQuery>,
) -> Result<HttpResponse, Problem> {
    let programme = exported(&caller, "programme.xlsx", slug, &query).await?;
    let (language, links) = (caller.language(), links(&caller));
    let file = paper::set(move || csv_export::sheet(&programme, language, &links).render(Format::Xlsx)).await;
    Ok(paper::sheet(
        "schedule",
        Format::Xlsx,
        file.map_err(|fault| caller.problem(fault))?,
    ))
}

async fn ics(
    caller: Caller,
    At(slug): At<String>,
    Query(query): Query<ExportQuery>,
) -> Result<HttpResponse, Problem> {
    let programme = exported(&caller, "programme.ics", slug, &query).await?;
    let which = match (&query.track, query.day) {
        (_, Some(day)) => Which::Day(day),
        (Some(track), None) => Which::Track(track),
        (None, None) => Which::Whole,
    };
    Ok(calendar_file(&caller, &programme, &which, "programme.ics"))
}

/// One copy for all: whoever asks reads of it what everybody does.
async fn pdf(
    caller: Caller,
    snapshots: web::Data<Snapshots>,
    printer: web::Data<Printer>,
    request: HttpRequest,
    At(slug): At<String>,
) -> Result<HttpResponse, Problem> {
    let refused = |fault| caller.problem(fault);
    let snapshot = snapshots.get(&slug).ok_or_else(|| refused(Fault::not_found()))?;
    let language = caller.language();
    let known = printer.known_tag(&snapshot, language);
    let known = known.filter(|etag| paper::is_known(&request, etag));
    let mut answer = if let Some(etag) = known {
        paper::known(&etag)
    } else {
        let pdf = paper::set(move || printer.print_snapshot(&snapshot, language))
            .await
            .map_err(refused)?;
        if paper::is_known(&request, &pdf.etag) {
            paper::known(&pdf.etag)
        } else {
            let name = format!("programme-{slug}-{}.pdf", language.code());
            paper::open(&name, Pdf::MEDIA_TYPE, &pdf.etag, pdf.bytes)
        }
    };
    let by_language = header::HeaderValue::from_static("accept-language, cookie");
    answer.headers_mut().insert(header::VARY, by_language);
    Ok(answer)
}

async fn session(caller: Caller, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    let programme = around(&caller, "session", id).await?;
    let entry = programme
        .session(id)
        .map(|session| listing::of_session(&programme, session))
        .ok_or_else(|| caller.problem(Fault::not_found()))?;
    Ok(answers::one(&entry))
}

async fn session_ics(caller: Caller, At(id): At<SessionId>) -> Result<HttpResponse, Problem> {
    let programme = around(&caller, "session.ics", id).await?;
    Ok(calendar_file(
        &caller,
        &programme,
        &Which::Session(id),
        "session.ics",
    ))
}

async fn access_of(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(id): At<SessionId>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .read("session.access", move |conn, actor, now| {
            seat_access::of(conn, &admissions, actor, now, id)
        })
        .await?;
    Ok(answers::one(&access_answer(&caller, view)))
}

async fn join_link(
    caller: Caller,
    admissions: web::Data<Admissions>,
    At(id): At<SessionId>,
) -> Result<HttpResponse, Problem> {
    let url = caller
        .read("session.join", move |conn, actor, now| {
            let known = seat_access::circumstances(conn, &admissions, actor, now, id)?;
            access::join_link(conn, actor, now, id, known)
        })
        .await?;
    Ok(answers::one(&JoinLink { url }))
}

// My own calendar.

async fn calendar_state(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let drawn_at = caller
        .read("me.calendar", move |conn, actor, _| {
            let edition = editions::by_slug(conn, actor, &slug)?;
            if !actor.signed_in() {
                return Err(Fault::sign_in_needed());
            }
            calendar_tokens::drawn_at(conn, actor, edition.id)
        })
        .await?;
    Ok(answers::one(&CalendarView { drawn_at, url: None }))
}

/// The kept answer does not hold the address: it is put in beside it, the first time alone.
async fn rotate_calendar(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let Some(key) = caller.idempotency_key().map(str::to_owned) else {
        return Err(caller.problem(once::key_missing()));
    };
    let shown = Arc::new(Mutex::new(None));
    let showing = Arc::clone(&shown);
    let mut replay = caller
        .try_once("me.calendar", &key, &[], move |conn, actor, now| {
            let edition = editions::by_slug(conn, actor, &slug)?;
            let token = calendar_tokens::rotate(conn, actor, now, edition.id)?;
            *showing.lock().unwrap_or_else(PoisonError::into_inner) = Some(token);
            let view = CalendarView {
                drawn_at: Some(now),
                url: None,
            };
            created(&format!("/api/v1/editions/{slug}/me/calendar"), None, &view)
        })
        .await
        .map_err(|fault| caller.problem(fault))?;
    let token = shown.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let (false, Some(token)) = (replay.replayed, token) {
        let mut view: serde_json::Value = serde_json::from_str(&replay.answer.body)
            .map_err(|error| caller.problem(Fault::internal(error)))?;
        let public_url = caller.site().settings().public_url.trim_end_matches('/');
        view["url"] = format!("{public_url}/api/v1/calendars/{token}.ics").into();
        replay.answer.body = view.to_string();
    }
    Ok(once::reply(replay))
}

async fn revoke_calendar(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    caller
        .write("me.calendar_revoke", move |conn, actor, now| {
            let edition = editions::by_slug(conn, actor, &slug)?;
            calendar_tokens::revoke(conn, actor, now, edition.id)
        })
        .await?;
    Ok(answers::done())
}

/// Whoever holds the address reads as its person, and no more than this.
async fn personal(caller: Caller, At(token): At<String>) -> Result<HttpResponse, Problem> {
    let (programme, ids) = caller
        .read("calendar", move |conn, _, now| {
            let token = token.strip_suffix(".ics").unwrap_or(&token);
            let (edition, person) = calendar_tokens::person_of(conn, token)?;
            let actor = members::actors::load_person(conn, person, now)?;
            let ids: Vec<SessionId> = agenda::of(conn, &actor, edition)?
                .iter()
                .map(|line| line.session)
                .collect();
            let live = live(conn, edition)?;
            Ok((live.for_actor(&actor), ids))
        })
        .await?;
    let title = &programme.edition.title;
    let name = title.text(caller.language()).to_owned();
    let which = Which::List {
        name: &name,
        ids: &ids,
    };
    Ok(calendar_file(&caller, &programme, &which, "calendar.ics"))
}

// What several handlers share.

/// Renders what was just released at once, here; the worker does so on other nodes.
pub(crate) async fn refresh(caller: &Caller, snapshots: web::Data<Snapshots>) {
    let snapshots = snapshots.into_inner();
    let refreshed = caller
        .site()
        .read("snapshot", move |conn| snapshots.refresh(conn))
        .await;
    if let Err(fault) = refreshed {
        tracing::warn!(code = fault.code, "the snapshot is left to the worker");
    }
}

/// The edition of a slug, where this actor may see it.
pub(crate) fn edition(conn: &mut Conn, actor: &Actor, slug: &str) -> Result<EditionId, Fault> {
    editions::by_slug(conn, actor, slug).map(|edition| edition.id)
}

fn live(conn: &mut Conn, edition: EditionId) -> Result<Programme, Fault> {
    releases::live(conn, edition)?.ok_or_else(Fault::not_found)
}

/// The programme as this caller sees it.
async fn seen_by(caller: &Caller, name: &'static str, slug: String) -> Result<Programme, Problem> {
    caller
        .read(name, move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            Ok(live(conn, edition)?.for_actor(actor))
        })
        .await
}

async fn exported(
    caller: &Caller,
    name: &'static str,
    slug: String,
    query: &ExportQuery,
) -> Result<Programme, Problem> {
    let programme = seen_by(caller, name, slug).await?;
    let query = released::Query {
        track: query.track.clone(),
        day: query.day,
        ..released::Query::default()
    };
    Ok(filtered(&programme, &query))
}

/// The programme a session is in, as this caller sees it; the 404 when the session is not in it.
async fn around(caller: &Caller, name: &'static str, id: SessionId) -> Result<Programme, Problem> {
    caller
        .read(name, move |conn, actor, now| {
            releases::around(conn, actor, now, id)
        })
        .await
}

fn filtered(programme: &Programme, query: &released::Query) -> Programme {
    let sessions = released::filter(programme, query);
    programme.with_sessions(sessions.into_iter().cloned().collect())
}

fn links(caller: &Caller) -> Links {
    Links::below(&caller.site().settings().public_url)
}

fn calendar_file(caller: &Caller, programme: &Programme, which: &Which<'_>, name: &str) -> HttpResponse {
    let bytes = calendar::render(programme, which, caller.language(), &links(caller));
    let mut answer = answers::file(calendar::MEDIA_TYPE, name, bytes);
    answer.headers_mut().insert(
        header::VARY,
        header::HeaderValue::from_static("accept-language, cookie"),
    );
    answer
}

fn access_answer(caller: &Caller, view: AccessView) -> AccessAnswer {
    let (words, language) = (caller.site().words(), caller.language());
    let said = |permission: Permission, act: Act| AccessOf {
        allowed: permission.allowed,
        reason: permission
            .code
            .map(|code| problem::sentence(words, language, code, &serde_json::Map::new())),
        code: permission.code,
        remedy: permission.remedy,
        sentence: permission.rule.as_ref().map(|rule| sentence(rule, act, language)),
        rule: permission.rule,
        of: permission.of,
        version: permission.version,
    };
    AccessAnswer {
        session: view.session,
        attend: said(view.attend, Act::Attend),
        propose: said(view.propose, Act::Propose),
        speak: said(view.speak, Act::Speak),
        vote: said(view.vote, Act::Vote),
    }
}

/// A rule as a sentence.
pub(crate) fn sentence(rule: &Rule, act: Act, language: Language) -> String {
    access_rules::sentence::sentence(rule, act, language)
}

fn edition_view(edition: Edition) -> EditionView {
    EditionView {
        id: edition.id,
        slug: edition.slug,
        title: edition.title,
        motto: edition.motto,
        city: edition.city,
        country: edition.country,
        zone: edition.zone,
        starts_on: edition.starts_on,
        ends_on: edition.ends_on,
        languages: edition.languages.0,
        state: edition.state,
        mandate_years: edition.mandate_years,
        draft: edition.draft,
        live_release: edition.live_release,
        version: edition.version,
    }
}
