//! Who comes to the congress, in which category and tracks, and who sits where.
//!
//! A registration is seen by whom it is of, who made it, the organisation's focal points and the desk. What somebody needs
//! stands apart and is read by its purpose alone (R22): no list and no export here holds it.

use std::collections::BTreeMap;

use access_rules::{Act, Actor, EditionId, OrganisationId, PersonId, Tag};
use actix_kit::{At, Body, Caller, Paging, Problem, Query, Version, once::created, paper};
use actix_web::{HttpRequest, HttpResponse};
use db::Conn;
use kernel::{Fault, Kind, Language, LocalDate, Localized, Moment};
use members::{model::PositionKind, organisations};
use people::{model::Person, persons};
use programme::tracks;
use records::sheets::Format;
use registration::{
    admissions, categories,
    categories::CategoryInput,
    lists,
    model::{
        Category, CategoryId, ForWhom, Needs, Registration, RegistrationId, RegistrationState,
        TrackRegistration, TrackState,
    },
    needs::{self, NEVER_SAID, NeedsInput, NeedsTotals},
    registrations::{self, BeginInput, DecisionInput, RegistrationInput},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    answers,
    ids::BatchId,
    programme::edition,
    table::{Line, delete, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/categories", Act::Read, all_categories, "The categories one registers in.")
            .lists_all::<CategoryView>(),
        post("/editions/{slug}/categories", Act::ManageFormats, create_category, "Makes a category.")
            .takes::<CategoryInput>().gives::<CategoryView>().once().account(),
        put("/categories/{id}", Act::ManageFormats, edit_category, "Changes a category; who is in it stays.")
            .takes::<CategoryInput>().gives::<CategoryView>().versioned().account(),

        get("/editions/{slug}/registrations", Act::DecideRegistration, list, "Registrations by name: all for the desk, those of their organisations for focal points.")
            .asks::<RegistrationQuery>().lists::<RegistrationView>().account(),
        get("/editions/{slug}/registrations/counts", Act::DecideRegistration, counts, "How many registrations are in each state; drafts left out.")
            .lists_all::<StateCount>().account(),
        get("/editions/{slug}/registrations.csv", Act::DecideRegistration, list_csv, "The same list for spreadsheets.")
            .asks::<RegistrationQuery>().gives_media("text/csv").account(),
        get("/editions/{slug}/registrations.xlsx", Act::DecideRegistration, list_xlsx, "The same list as a workbook.")
            .asks::<RegistrationQuery>().gives_media(Format::Xlsx.media_type()).account(),
        get("/editions/{slug}/registrations.json", Act::DecideRegistration, list_json, "The same rows and columns, whole, for programs.")
            .asks::<RegistrationQuery>().gives_media(Format::Json.media_type()).account(),
        get("/editions/{slug}/needs", Act::ReadNeedsTotals, needs_totals, "How many ask for which care, for the kitchen and the interpreters.")
            .gives::<NeedsTotals>().account(),
        get("/editions/{slug}/me/registrations", Act::MindOwn, mine, "My registration, and those I made for others.")
            .lists_all::<RegistrationDetail>().account(),
        post("/editions/{slug}/registrations", Act::Register, begin, "Begins a registration: for myself, for somebody else, for one of a group.")
            .takes::<BeginInput>().gives::<RegistrationDetail>().once().account(),
        get("/registrations/{id}", Act::Register, view, "One registration, with its tracks.")
            .gives::<RegistrationDetail>().account(),
        put("/registrations/{id}", Act::Register, save, "Keeps what was typed so far, whole or not.")
            .takes::<RegistrationInput>().gives::<RegistrationDetail>().versioned().account(),
        put("/registrations/{id}/submission", Act::Register, submit, "Sends a registration.")
            .gives::<RegistrationDetail>().versioned().account(),
        put("/registrations/{id}/decision", Act::DecideRegistration, decide, "Accepts a registration, or refuses it with a reason.")
            .takes::<DecisionInput>().gives::<RegistrationDetail>().versioned().account(),
        put("/registrations/{id}/cancellation", Act::Register, cancel, "Takes a registration back; its seats go to the next in line.")
            .gives::<RegistrationDetail>().versioned().account(),
        get("/registrations/{id}/needs", Act::ReadNeeds, needs_of, "The care somebody asked for; for themselves and the purpose's roles. Each look by staff is noted.")
            .gives::<NeedsView>().account(),
        put("/registrations/{id}/needs", Act::Register, state_needs, "Says which care somebody needs: themselves, or who registered them. Empty erases it; `\"v0\"` is the version of what was never said.")
            .takes::<NeedsInput>().gives::<NeedsView>().versioned().account(),

        put("/registrations/{id}/tracks/{code}", Act::Register, join_track, "Asks for a track; answers whether it is admitted, waits, or is refused, and why.")
            .gives::<TrackView>().account(),
        delete("/registrations/{id}/tracks/{code}", Act::Register, leave_track, "Takes a track registration back.").account(),
        post("/registrations/{id}/tracks/{code}/reminders", Act::Register, remind, "Reminds who must confirm what a track registration waits for.")
            .gives::<TrackView>().once().account(),

    ]
}

// What goes in and out.

/// A category one registers in.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryView {
    /// Its id.
    pub id: CategoryId,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Localized,
    /// Whom it is for.
    pub description: Localized,
    /// The tag it gives once approved.
    pub tag: Option<Tag>,
    /// Most people in it; none means no limit.
    pub places_max: Option<i64>,
    /// Whether it is full: who registers now waits.
    pub full: bool,
    /// The first day one can register in it.
    pub opens_on: Option<LocalDate>,
    /// The last day one can register in it.
    pub closes_on: Option<LocalDate>,
    /// Whether somebody looks at each registration.
    pub needs_review: bool,
    /// Whether it gives a right to sessions.
    pub allows_sessions: bool,
    /// Whether it is closed to new registrations for good.
    pub retired: bool,
    /// Counts edits; what `If-Match` names.
    pub version: i64,
}

/// Which registrations are asked for.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct RegistrationQuery {
    /// In this state; all but drafts when not said.
    pub state: Option<RegistrationState>,
    /// In this category.
    pub category: Option<CategoryId>,
    /// Of this organisation.
    pub organisation: Option<OrganisationId>,
    /// In whose name, organisation or address a word begins with each of these.
    pub text: Option<String>,
}

/// How many registrations are in a state.
#[derive(Debug, Serialize, ToSchema)]
pub struct StateCount {
    /// The state.
    pub state: RegistrationState,
    /// How many.
    pub registrations: i64,
}

/// A registration, without what is nobody's but its purpose's.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationView {
    /// Its id.
    pub id: RegistrationId,
    /// The edition.
    pub edition: EditionId,
    /// Who comes.
    pub person: PersonId,
    /// Given names.
    pub given_name: String,
    /// Family names.
    pub family_name: String,
    /// What stands on the badge, when it is not the two names.
    pub badge_name: Option<String>,
    /// Whom it is for, seen from who made it.
    pub for_whom: ForWhom,
    /// Those registered together share it.
    pub batch: Option<BatchId>,
    /// The category.
    pub category: Option<CategoryId>,
    /// For which organisation the person comes.
    pub organisation: Option<OrganisationId>,
    /// By name.
    pub organisation_name: Option<String>,
    /// As what, in it.
    pub position_kind: Option<PositionKind>,
    /// The same in their own words.
    pub position_title: String,
    /// How far it is.
    pub state: RegistrationState,
    /// Its number, once confirmed.
    pub number: Option<String>,
    /// Its place on the category's waiting list.
    pub rank: Option<i64>,
    /// Why it was not accepted; may be empty.
    pub reason: String,
    /// When it was begun.
    pub created_at: Moment,
    /// When it was sent.
    pub submitted_at: Option<Moment>,
    /// When it was decided.
    pub decided_at: Option<Moment>,
    /// Counts changes; what `If-Match` names.
    pub version: i64,
}

/// A registration with its tracks and where its letters go.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistrationDetail {
    /// What a list says of it.
    #[serde(flatten)]
    pub registration: RegistrationView,
    /// Where letters about it go; for the person, who made it, and the desk.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// In which language they are.
    pub language: Language,
    /// The step of the form it was left at.
    pub step: i64,
    /// Its tracks.
    pub tracks: Vec<TrackView>,
}

/// Where a registration for a track stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrackView {
    /// The track, by code.
    pub track: String,
    /// Where it stands.
    pub state: TrackState,
    /// What it waits for (`position`, `membership`, `network`, `places`, `registration`) or why it was refused
    /// (`audience`); empty when admitted.
    pub why: String,
    /// Since when.
    pub since: Moment,
    /// When who must act was last reminded.
    pub reminded_at: Option<Moment>,
}

/// The care somebody asked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedsView {
    /// Access and assistance.
    pub access: String,
    /// Diet.
    pub diet: String,
    /// Languages of interpretation.
    pub interpretation: Vec<String>,
    /// When they agreed that it is kept; nothing when nothing was asked for.
    pub consented_at: Option<Moment>,
    /// The day it is erased.
    pub erase_on: Option<LocalDate>,
}

// Categories.

async fn all_categories(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("categories", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            let all = categories::all(conn, edition)?;
            Ok(all.into_iter().map(category_view).collect::<Vec<_>>())
        })
        .await?;
    Ok(answers::all(&views))
}

async fn create_category(
    caller: Caller,
    At(slug): At<String>,
    body: Body<CategoryInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("category.create", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let view = category_view(categories::create(conn, actor, now, edition, &input)?);
            created(
                &format!("/api/v1/categories/{}", view.id),
                Some(view.version),
                &view,
            )
        })
        .await
}

async fn edit_category(
    caller: Caller,
    At(id): At<CategoryId>,
    Version(version): Version,
    body: Body<CategoryInput>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("category.edit", move |conn, actor, now| {
            categories::edit(conn, actor, now, id, version, &body.input).map(category_view)
        })
        .await?;
    Ok(answers::edited(view.version, &view))
}

// Registrations.

async fn list(
    caller: Caller,
    request: HttpRequest,
    At(slug): At<String>,
    Paging(ask): Paging,
    Query(query): Query<RegistrationQuery>,
) -> Result<HttpResponse, Problem> {
    let page = caller
        .read("registrations", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let page = lists::list(conn, actor, now, edition, &filter(&query), &ask)?;
            let next = page.next;
            let items = views(conn, page.items)?;
            Ok(kernel::Page { items, next })
        })
        .await?;
    Ok(answers::list(&caller, &request, &page))
}

async fn counts(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let views = caller
        .read("registrations.counts", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let counted = lists::counts(conn, actor, now, edition)?;
            let views = counted
                .into_iter()
                .map(|(state, registrations)| StateCount { state, registrations });
            Ok(views.collect::<Vec<_>>())
        })
        .await?;
    Ok(answers::all(&views))
}

async fn list_csv(
    caller: Caller,
    At(slug): At<String>,
    Query(query): Query<RegistrationQuery>,
) -> Result<HttpResponse, Problem> {
    list_as(&caller, slug, query, Format::Csv).await
}

async fn list_xlsx(
    caller: Caller,
    At(slug): At<String>,
    Query(query): Query<RegistrationQuery>,
) -> Result<HttpResponse, Problem> {
    list_as(&caller, slug, query, Format::Xlsx).await
}

async fn list_json(
    caller: Caller,
    At(slug): At<String>,
    Query(query): Query<RegistrationQuery>,
) -> Result<HttpResponse, Problem> {
    list_as(&caller, slug, query, Format::Json).await
}

async fn list_as(
    caller: &Caller,
    slug: String,
    query: RegistrationQuery,
    format: Format,
) -> Result<HttpResponse, Problem> {
    let file = caller
        .read("registrations.file", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            lists::sheet(conn, actor, now, edition, &filter(&query))?.render(format)
        })
        .await?;
    Ok(paper::sheet("registrations", format, file))
}

async fn needs_totals(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let totals = caller
        .read("needs.totals", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            needs::totals(conn, actor, now, edition)
        })
        .await?;
    Ok(answers::one(&totals))
}

async fn mine(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let details = caller
        .read("registrations.mine", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            let mine = registrations::mine(conn, actor, edition)?;
            mine.into_iter()
                .map(|registration| detail(conn, actor, registration))
                .collect::<Result<Vec<_>, _>>()
        })
        .await?;
    Ok(answers::all(&details))
}

async fn begin(
    caller: Caller,
    At(slug): At<String>,
    body: Body<BeginInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("registration.begin", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let begun = registrations::begin(conn, actor, now, edition, &input)?;
            let detail = detail(conn, actor, begun)?;
            let location = format!("/api/v1/registrations/{}", detail.registration.id);
            created(&location, Some(detail.registration.version), &detail)
        })
        .await
}

async fn view(caller: Caller, At(id): At<RegistrationId>) -> Result<HttpResponse, Problem> {
    let detail = caller
        .read("registration", move |conn, actor, now| {
            let registration = registrations::get(conn, actor, now, id)?;
            detail(conn, actor, registration)
        })
        .await?;
    // Its tracks are decided again without an edit: it is always answered fresh.
    Ok(answers::edited(detail.registration.version, &detail))
}

async fn save(
    caller: Caller,
    At(id): At<RegistrationId>,
    Version(version): Version,
    body: Body<RegistrationInput>,
) -> Result<HttpResponse, Problem> {
    changed(caller, "registration.save", move |conn, actor, now| {
        registrations::save(conn, actor, now, id, Some(version), &body.input)
    })
    .await
}

async fn submit(
    caller: Caller,
    At(id): At<RegistrationId>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    changed(caller, "registration.submit", move |conn, actor, now| {
        registrations::submit(conn, actor, now, id, Some(version))
    })
    .await
}

async fn decide(
    caller: Caller,
    At(id): At<RegistrationId>,
    Version(version): Version,
    body: Body<DecisionInput>,
) -> Result<HttpResponse, Problem> {
    changed(caller, "registration.decide", move |conn, actor, now| {
        registrations::decide(conn, actor, now, id, Some(version), &body.input)
    })
    .await
}

async fn cancel(
    caller: Caller,
    At(id): At<RegistrationId>,
    Version(version): Version,
) -> Result<HttpResponse, Problem> {
    changed(caller, "registration.cancel", move |conn, actor, now| {
        registrations::cancel(conn, actor, now, id, Some(version))
    })
    .await
}

async fn changed(
    caller: Caller,
    name: &'static str,
    change: impl Fn(&mut Conn, &Actor, Moment) -> Result<Registration, Fault> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let detail = caller
        .write(name, move |conn, actor, now| {
            let changed = change(conn, actor, now)?;
            detail(conn, actor, changed)
        })
        .await?;
    Ok(answers::edited(detail.registration.version, &detail))
}

/// Through the writer: a look by staff is noted.
async fn needs_of(caller: Caller, At(id): At<RegistrationId>) -> Result<HttpResponse, Problem> {
    let needs = caller
        .write("needs.read", move |conn, actor, now| {
            needs::get(conn, actor, now, id)
        })
        .await?;
    Ok(needs_answer(needs))
}

async fn state_needs(
    caller: Caller,
    At(id): At<RegistrationId>,
    Version(version): Version,
    body: Body<NeedsInput>,
) -> Result<HttpResponse, Problem> {
    let needs = caller
        .write("needs.state", move |conn, actor, now| {
            needs::state(conn, actor, now, id, Some(version), &body.input)
        })
        .await?;
    Ok(needs_answer(needs))
}

fn needs_answer(needs: Option<Needs>) -> HttpResponse {
    let version = needs.as_ref().map_or(NEVER_SAID, |needs| needs.version);
    answers::edited(version, &needs_view(needs))
}

// Tracks.

async fn join_track(
    caller: Caller,
    At((id, code)): At<(RegistrationId, String)>,
) -> Result<HttpResponse, Problem> {
    let view = caller
        .write("track.join", move |conn, actor, now| {
            let track = admissions::join(conn, actor, now, id, &code)?;
            Ok(track_view(track, code.clone()))
        })
        .await?;
    Ok(answers::one(&view))
}

async fn leave_track(
    caller: Caller,
    At((id, code)): At<(RegistrationId, String)>,
) -> Result<HttpResponse, Problem> {
    caller
        .write("track.leave", move |conn, actor, now| {
            admissions::leave(conn, actor, now, id, &code).map(drop)
        })
        .await?;
    Ok(answers::done())
}

async fn remind(
    caller: Caller,
    At((id, code)): At<(RegistrationId, String)>,
) -> Result<HttpResponse, Problem> {
    caller
        .once("track.remind", &[], move |conn, actor, now| {
            let track = admissions::remind(conn, actor, now, id, &code)?;
            let view = track_view(track, code.clone());
            created(&format!("/api/v1/registrations/{id}"), None, &view)
        })
        .await
}

// Views.

fn filter(query: &RegistrationQuery) -> lists::Filter {
    lists::Filter {
        state: query.state,
        category: query.category,
        organisation: query.organisation,
        text: query.text.clone(),
    }
}

fn category_view(category: Category) -> CategoryView {
    CategoryView {
        full: category
            .places_max
            .is_some_and(|most| category.places_taken >= most),
        id: category.id,
        code: category.code,
        title: category.title,
        description: category.description,
        tag: category.tag,
        places_max: category.places_max,
        opens_on: category.opens_on,
        closes_on: category.closes_on,
        needs_review: category.needs_review,
        allows_sessions: category.allows_sessions,
        retired: category.retired,
        version: category.version,
    }
}

fn views(conn: &mut Conn, rows: Vec<Registration>) -> Result<Vec<RegistrationView>, Fault> {
    let person_ids: Vec<PersonId> = rows.iter().map(|row| row.person).collect();
    let organisation_ids: Vec<OrganisationId> = rows.iter().filter_map(|row| row.organisation).collect();
    let persons = persons::many(conn, &person_ids)?;
    let organisations = organisations::many(conn, &organisation_ids)?;
    let persons: BTreeMap<PersonId, Person> = persons.into_iter().map(|person| (person.id, person)).collect();
    let names: BTreeMap<OrganisationId, String> =
        organisations.into_iter().map(|of| (of.id, of.name)).collect();
    let view = |row: Registration| {
        let person = persons.get(&row.person);
        let organisation = row.organisation.and_then(|id| names.get(&id).cloned());
        registration_view(row, person, organisation)
    };
    Ok(rows.into_iter().map(view).collect())
}

fn registration_view(
    row: Registration,
    person: Option<&Person>,
    organisation_name: Option<String>,
) -> RegistrationView {
    RegistrationView {
        id: row.id,
        edition: row.edition,
        person: row.person,
        given_name: person.map(|person| person.given_name.clone()).unwrap_or_default(),
        family_name: person
            .map(|person| person.family_name.clone())
            .unwrap_or_default(),
        badge_name: person.and_then(|person| person.badge_name.clone()),
        for_whom: row.for_whom,
        batch: row.batch,
        category: row.category,
        organisation: row.organisation,
        organisation_name,
        position_kind: row.position_kind,
        position_title: row.position_title,
        state: row.state,
        number: row.number,
        rank: row.rank,
        reason: row.reason,
        created_at: row.created_at,
        submitted_at: row.submitted_at,
        decided_at: row.decided_at,
        version: row.version,
    }
}

/// The address is for whom it is of, who made it, and the desk; not for the organisation's focal point.
fn detail(conn: &mut Conn, actor: &Actor, row: Registration) -> Result<RegistrationDetail, Fault> {
    let sees_address = registrations::is_own(actor, &row) || actor.is_staff();
    let (email, language, step) = (row.email.to_string(), row.language, row.step);
    let asked = admissions::of_registration(conn, row.id)?;
    let codes = tracks::list(conn, row.edition)?;
    let tracks = asked.into_iter().filter_map(|track| {
        let code = codes.iter().find(|known| known.id == track.track)?.code.clone();
        Some(track_view(track, code))
    });
    let tracks = tracks.collect();
    let mut views = views(conn, vec![row])?;
    let registration = views
        .pop()
        .ok_or_else(|| Fault::new(Kind::Internal, "internal"))?;
    Ok(RegistrationDetail {
        registration,
        email: sees_address.then_some(email),
        language,
        step,
        tracks,
    })
}

fn track_view(track: TrackRegistration, code: String) -> TrackView {
    TrackView {
        track: code,
        state: track.state,
        why: track.why,
        since: track.since,
        reminded_at: track.reminded_at,
    }
}

fn needs_view(needs: Option<Needs>) -> NeedsView {
    match needs {
        Some(needs) => NeedsView {
            access: needs.access,
            diet: needs.diet,
            interpretation: needs.interpretation.0,
            consented_at: Some(needs.consented_at),
            erase_on: Some(needs.erase_on),
        },
        None => NeedsView {
            access: String::new(),
            diet: String::new(),
            interpretation: vec![],
            consented_at: None,
            erase_on: None,
        },
    }
}
