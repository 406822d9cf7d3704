//! What outcomes are good for afterwards: the agendas they serve, for whom they are references, which priorities they renew,
//! what bodies answer to them, and which belong together.

use access_rules::Act;
use actix_kit::{
    At, Body, Caller, Problem, Query, Version,
    once::{self, created},
};
use actix_web::{HttpResponse, http::StatusCode};
use kernel::LocalDate;
use outcomes::{
    agendas::{self, AgendaInput, AgendaLine, Serving},
    asked::{self, Asked},
    legacy_model::{Agenda, PriorityId, Reference, ReferenceId, Response, ResponseId, StrategicPriority},
    links,
    model::{AgendaLink, Phase},
    priorities::{self, Coverage, PriorityInput},
    references::{self, ReferenceFilter, ReferenceInput, ReferenceLine, Unreferenced},
    responses::{self, AnswerInput, AskInput, Unanswered},
};
use programme::editions;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{
    answers,
    outcomes::{of, today},
    programme::edition,
    table::{Line, delete, get, post, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/agendas", Act::Read, all_agendas, "The international agendas outcomes may serve, each with its goals.").lists_all::<Agenda>(),
        post("/agendas", Act::ManageOutcomes, add_agenda, "Adds an agenda, or a goal of one.")
            .takes::<AgendaInput>().gives::<Agenda>().once().account(),
        put("/agendas/{code}", Act::ManageOutcomes, edit_agenda, "Changes an agenda, or retires it. Its code stays.")
            .takes::<AgendaInput>().gives::<Agenda>().versioned().account(),
        put("/editions/{slug}/outcomes/{code}/agendas", Act::ManageOutcomes, set_agendas, "Says which agendas an outcome serves, and in which part of their life.")
            .takes::<AgendasInput>().lists_all::<AgendaLink>().account(),
        get("/editions/{slug}/agendas", Act::Read, agenda_report, "How many adopted outcomes serve each agenda, in each part of its life.")
            .lists_all::<AgendaLine>(),
        get("/editions/{slug}/agendas/{code}", Act::Read, serving, "The adopted outcomes that serve an agenda: for new_urban_agenda, its follow-up.")
            .asks::<PhaseQuery>().lists_all::<Serving>(),

        get("/editions/{slug}/references", Act::Read, all_references, "For whose work adopted outcomes are references.")
            .asks::<ReferenceFilter>().lists_all::<ReferenceLine>(),
        get("/editions/{slug}/outcomes/unreferenced", Act::ManageOutcomes, unreferenced, "What was adopted and is a reference for nobody yet: to be done.")
            .lists_all::<Unreferenced>().account(),
        post("/editions/{slug}/outcomes/{code}/references", Act::ManageOutcomes, refer, "Makes an adopted outcome a reference for somebody's work.")
            .takes::<ReferenceInput>().gives::<Reference>().once().account(),
        delete("/outcome-references/{id}", Act::ManageOutcomes, unrefer, "Takes a reference back.").account(),

        get("/editions/{slug}/priorities", Act::Read, all_priorities, "The strategic priorities that recommendations renew.")
            .lists_all::<StrategicPriority>(),
        post("/editions/{slug}/priorities", Act::ManageOutcomes, add_priority, "Adds a strategic priority.")
            .takes::<PriorityInput>().gives::<StrategicPriority>().once().account(),
        put("/priorities/{id}", Act::ManageOutcomes, edit_priority, "Changes a strategic priority. Its code stays.")
            .takes::<PriorityInput>().gives::<StrategicPriority>().versioned().account(),
        delete("/priorities/{id}", Act::ManageOutcomes, remove_priority, "Takes out a strategic priority that nothing renews.").account(),
        put("/editions/{slug}/outcomes/{code}/priorities", Act::ManageOutcomes, map, "Says which strategic priorities an outcome renews.")
            .takes::<MapInput>().lists_all::<StrategicPriority>().account(),
        get("/editions/{slug}/priorities/coverage", Act::Read, coverage, "Priorities that no recommendation renews, and recommendations that renew none.")
            .gives::<Coverage>(),

        get("/editions/{slug}/outcomes/unanswered", Act::Read, unanswered, "Recommendations that wait for an answer, the late first.")
            .lists_all::<Unanswered>(),
        get("/editions/{slug}/me/responses", Act::MindOrganisation, mine, "What the organisations I am focal point of were asked.")
            .lists_all::<Asked>().account(),
        post("/editions/{slug}/outcomes/{code}/responses", Act::ManageOutcomes, ask, "Asks a body what becomes of a recommendation.")
            .takes::<AskInput>().gives::<Response>().once().account(),
        put("/outcome-responses/{id}/due", Act::ManageOutcomes, postpone, "Gives a body that has not answered another day.")
            .takes::<DueInput>().gives::<Response>().versioned().account(),
        put("/editions/{slug}/outcome-responses/{id}", Act::MindOrganisation, answer, "Answers for a body, or corrects what it answered.")
            .takes::<AnswerInput>().gives::<Response>().versioned().account(),

        post("/editions/{slug}/outcomes/{code}/links", Act::ManageOutcomes, link, "Says that two outcomes belong together.")
            .takes::<LinkInput>().once().answers(204).account(),
        delete("/editions/{slug}/outcomes/{code}/links/{other}", Act::ManageOutcomes, unlink, "Says that they do not.").account(),
    ]
}

/// The agendas an outcome serves.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct AgendasInput {
    /// Each with a part of its life.
    pub agendas: Vec<AgendaLink>,
}

/// In which part of an agenda's life.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct PhaseQuery {
    /// This one; any when left out.
    pub phase: Option<Phase>,
}

/// The strategic priorities an outcome renews.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct MapInput {
    /// Their ids; those not named it renews no more.
    #[schema(value_type = Vec<String>)]
    pub priorities: Vec<PriorityId>,
}

/// Until when a body is to answer.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub struct DueInput {
    /// This day included.
    pub due_on: LocalDate,
}

/// What belongs together with an outcome.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct LinkInput {
    /// The code of the other one.
    pub other: String,
}

// Agendas.

async fn all_agendas(caller: Caller) -> Result<HttpResponse, Problem> {
    let all = caller.read("agendas", |conn, _, _| agendas::list(conn)).await?;
    Ok(answers::all(&all))
}

async fn add_agenda(caller: Caller, body: Body<AgendaInput>) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("agenda.create", &body.hash, move |conn, actor, now| {
            let made = agendas::create(conn, actor, now, &input)?;
            created("/api/v1/agendas", Some(made.version), &made)
        })
        .await
}

async fn edit_agenda(
    caller: Caller,
    At(code): At<String>,
    Version(version): Version,
    body: Body<AgendaInput>,
) -> Result<HttpResponse, Problem> {
    let edited = caller
        .write("agenda.edit", move |conn, actor, now| {
            agendas::edit(conn, actor, now, &code, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(edited.version, &edited))
}

async fn set_agendas(
    caller: Caller,
    At((slug, code)): At<(String, String)>,
    body: Body<AgendasInput>,
) -> Result<HttpResponse, Problem> {
    let set = caller
        .write("outcome.set_agendas", move |conn, actor, now| {
            let (_, found) = of(conn, actor, &slug, &code)?;
            agendas::set(conn, actor, now, found.id, &body.input.agendas)
        })
        .await?;
    Ok(answers::all(&set))
}

async fn agenda_report(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let lines = caller
        .read("agendas.report", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            agendas::report(conn, actor, edition)
        })
        .await?;
    Ok(answers::all(&lines))
}

async fn serving(
    caller: Caller,
    At((slug, code)): At<(String, String)>,
    Query(query): Query<PhaseQuery>,
) -> Result<HttpResponse, Problem> {
    let found = caller
        .read("agenda.serving", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            agendas::serving(conn, actor, edition, &code, query.phase)
        })
        .await?;
    Ok(answers::all(&found))
}

// References.

async fn all_references(
    caller: Caller,
    At(slug): At<String>,
    Query(filter): Query<ReferenceFilter>,
) -> Result<HttpResponse, Problem> {
    let lines = caller
        .read("references", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            references::list(conn, actor, edition, &filter)
        })
        .await?;
    Ok(answers::all(&lines))
}

async fn unreferenced(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let waiting = caller
        .read("references.unreferenced", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            references::unreferenced(conn, actor, now, edition)
        })
        .await?;
    Ok(answers::all(&waiting))
}

async fn refer(
    caller: Caller,
    At((slug, code)): At<(String, String)>,
    body: Body<ReferenceInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("outcome.reference", &body.hash, move |conn, actor, now| {
            let (_, found) = of(conn, actor, &slug, &code)?;
            let made = references::add(conn, actor, now, found.id, &input)?;
            created(&format!("/api/v1/outcome-references/{}", made.id), None, &made)
        })
        .await
}

async fn unrefer(caller: Caller, At(id): At<ReferenceId>) -> Result<HttpResponse, Problem> {
    caller
        .write("outcome.unreference", move |conn, actor, now| {
            references::remove(conn, actor, now, id)
        })
        .await?;
    Ok(answers::done())
}

// Strategic priorities.

async fn all_priorities(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let all = caller
        .read("priorities", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            priorities::list(conn, edition)
        })
        .await?;
    Ok(answers::all(&all))
}

async fn add_priority(
    caller: Caller,
    At(slug): At<String>,
    body: Body<PriorityInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("priority.create", &body.hash, move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            let made = priorities::create(conn, actor, now, edition, &input)?;
            created(
                &format!("/api/v1/priorities/{}", made.id),
                Some(made.version),
                &made,
            )
        })
        .await
}

async fn edit_priority(
    caller: Caller,
    At(id): At<PriorityId>,
    Version(version): Version,
    body: Body<PriorityInput>,
) -> Result<HttpResponse, Problem> {
    let edited = caller
        .write("priority.edit", move |conn, actor, now| {
            priorities::edit(conn, actor, now, id, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(edited.version, &edited))
}

async fn remove_priority(caller: Caller, At(id): At<PriorityId>) -> Result<HttpResponse, Problem> {
    caller
        .write("priority.remove", move |conn, actor, now| {
            priorities::remove(conn, actor, now, id)
        })
        .await?;
    Ok(answers::done())
}

async fn map(
    caller: Caller,
    At((slug, code)): At<(String, String)>,
    body: Body<MapInput>,
) -> Result<HttpResponse, Problem> {
    let renewed = caller
        .write("outcome.map", move |conn, actor, now| {
            let (_, found) = of(conn, actor, &slug, &code)?;
            priorities::map(conn, actor, now, found.id, &body.input.priorities)
        })
        .await?;
    Ok(answers::all(&renewed))
}

async fn coverage(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let found = caller
        .read("priorities.coverage", move |conn, actor, _| {
            let edition = edition(conn, actor, &slug)?;
            priorities::coverage(conn, actor, edition)
        })
        .await?;
    Ok(answers::one(&found))
}

// What bodies answer.

async fn unanswered(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let waiting = caller
        .read("responses.unanswered", move |conn, actor, now| {
            let edition = editions::by_slug(conn, actor, &slug)?;
            responses::unanswered(conn, actor, today(&edition, now), edition.id)
        })
        .await?;
    Ok(answers::all(&waiting))
}

async fn mine(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let asked = caller
        .read("responses.mine", move |conn, actor, now| {
            let edition = editions::by_slug(conn, actor, &slug)?;
            asked::of_focal_point(conn, actor, today(&edition, now), edition.id)
        })
        .await?;
    Ok(answers::all(&asked))
}

async fn ask(
    caller: Caller,
    At((slug, code)): At<(String, String)>,
    body: Body<AskInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("response.ask", &body.hash, move |conn, actor, now| {
            let (_, found) = of(conn, actor, &slug, &code)?;
            let asked = responses::ask(conn, actor, now, found.id, &input)?;
            let address = format!("/api/v1/editions/{slug}/outcome-responses/{}", asked.id);
            created(&address, Some(asked.version), &asked)
        })
        .await
}

async fn postpone(
    caller: Caller,
    At(id): At<ResponseId>,
    Version(version): Version,
    body: Body<DueInput>,
) -> Result<HttpResponse, Problem> {
    let edited = caller
        .write("response.postpone", move |conn, actor, now| {
            responses::postpone(conn, actor, now, id, body.input.due_on, Some(version))
        })
        .await?;
    Ok(answers::edited(edited.version, &edited))
}

/// The edition says which day it is at the congress.
async fn answer(
    caller: Caller,
    At((slug, id)): At<(String, ResponseId)>,
    Version(version): Version,
    body: Body<AnswerInput>,
) -> Result<HttpResponse, Problem> {
    let answered = caller
        .write("response.answer", move |conn, actor, now| {
            let edition = editions::by_slug(conn, actor, &slug)?;
            let today = today(&edition, now);
            responses::answer(conn, actor, now, today, id, &body.input, Some(version))
        })
        .await?;
    Ok(answers::edited(answered.version, &answered))
}

// What belongs together.

async fn link(
    caller: Caller,
    At((slug, code)): At<(String, String)>,
    body: Body<LinkInput>,
) -> Result<HttpResponse, Problem> {
    let input = body.input;
    caller
        .once("outcome.link", &body.hash, move |conn, actor, now| {
            let (_, found) = of(conn, actor, &slug, &code)?;
            let (_, other) = of(conn, actor, &slug, &input.other)?;
            links::link(conn, actor, now, found.id, other.id)?;
            Ok(once::done(StatusCode::NO_CONTENT))
        })
        .await
}

async fn unlink(
    caller: Caller,
    At((slug, code, other)): At<(String, String, String)>,
) -> Result<HttpResponse, Problem> {
    caller
        .write("outcome.unlink", move |conn, actor, now| {
            let (_, found) = of(conn, actor, &slug, &code)?;
            let (_, other) = of(conn, actor, &slug, &other)?;
            links::unlink(conn, actor, now, found.id, other.id)
        })
        .await?;
    Ok(answers::done())
}
