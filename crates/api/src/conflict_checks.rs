//! What a draft is checked by: how grave each conflict is, how long the ways between venues take, when people are there.

use access_rules::{Act, PersonId};
use actix_kit::{At, Body, Caller, Problem};
use actix_web::HttpResponse;
use programme::{
    presences::{self, PresenceInput, Stretch, StretchInput},
    severities::{self, CheckTerms, SeveritiesInput},
    travel::{self, TravelInput, Way},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    answers,
    programme::edition,
    table::{Line, get, put},
};

/// The lines of this module, kept to one screen.
#[rustfmt::skip]
pub fn lines() -> Vec<Line> {
    vec![
        get("/editions/{slug}/conflict-checks", Act::PlaceSession, checks, "What the draft is checked for, and how grave each is.")
            .lists_all::<CheckTerms>().account(),
        put("/editions/{slug}/conflict-checks", Act::ManageEdition, set_checks, "Sets how grave some checks are; those that are not named stay.")
            .takes::<SeveritiesInput>().gives::<ChecksView>().account(),
        get("/editions/{slug}/travel-times", Act::PlaceSession, ways, "How long the ways between venues take.")
            .lists_all::<Way>().account(),
        put("/editions/{slug}/travel-times", Act::ManageEdition, set_ways, "Says how long some ways take; those that are not named stay.")
            .takes::<TravelInput>().gives::<TravelView>().account(),
        get("/editions/{slug}/presences", Act::PlaceSession, presences_of, "When people are at the congress; who is not named is there throughout.")
            .lists_all::<PresenceView>().account(),
        put("/editions/{slug}/presences/{person}", Act::ManageEdition, set_presence, "Says when somebody with a part in the programme is there.")
            .takes::<PresenceInput>().gives::<PresenceView>().account(),
    ]
}

/// What the draft is checked for.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChecksView {
    /// All checks.
    pub checks: Vec<CheckTerms>,
}

/// How long the ways between venues take.
#[derive(Debug, Serialize, ToSchema)]
pub struct TravelView {
    /// All that are known.
    pub ways: Vec<Way>,
}

/// When somebody is there.
#[derive(Debug, Serialize, ToSchema)]
pub struct PresenceView {
    /// Who.
    pub person: PersonId,
    /// When; none for throughout.
    pub stretches: Vec<StretchInput>,
}

async fn checks(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let checks = caller
        .read("conflict_checks.list", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            severities::list(conn, actor, now, edition)
        })
        .await?;
    Ok(answers::all(&checks))
}

async fn set_checks(
    caller: Caller,
    At(slug): At<String>,
    body: Body<SeveritiesInput>,
) -> Result<HttpResponse, Problem> {
    let checks = caller
        .write("conflict_checks.set", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            severities::set(conn, actor, now, edition, &body.input)
        })
        .await?;
    Ok(answers::one(&ChecksView { checks }))
}

async fn ways(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let travel = caller
        .read("travel_times.list", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            travel::list(conn, actor, now, edition)
        })
        .await?;
    Ok(answers::all(&travel.ways()))
}

async fn set_ways(
    caller: Caller,
    At(slug): At<String>,
    body: Body<TravelInput>,
) -> Result<HttpResponse, Problem> {
    let travel = caller
        .write("travel_times.set", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            travel::set(conn, actor, now, edition, &body.input)
        })
        .await?;
    Ok(answers::one(&TravelView { ways: travel.ways() }))
}

async fn presences_of(caller: Caller, At(slug): At<String>) -> Result<HttpResponse, Problem> {
    let presences = caller
        .read("presences.list", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            presences::list(conn, actor, now, edition)
        })
        .await?;
    let views: Vec<PresenceView> = presences
        .all()
        .map(|(person, stretches)| view(person, stretches))
        .collect();
    Ok(answers::all(&views))
}

async fn set_presence(
    caller: Caller,
    At((slug, person)): At<(String, PersonId)>,
    body: Body<PresenceInput>,
) -> Result<HttpResponse, Problem> {
    let stretches = caller
        .write("presences.set", move |conn, actor, now| {
            let edition = edition(conn, actor, &slug)?;
            presences::set(conn, actor, now, edition, person, &body.input)
        })
        .await?;
    Ok(answers::one(&view(person, &stretches)))
}

fn view(person: PersonId, stretches: &[Stretch]) -> PresenceView {
    let said = |(from, until): &Stretch| StretchInput {
        from: from.to_string(),
        until: until.to_string(),
    };
    PresenceView {
        person,
        stretches: stretches.iter().map(said).collect(),
    }
}
